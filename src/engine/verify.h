/* SPDX-License-Identifier: MIT
 *
 * Proofs over the store: the audit chain and the summaries. The exchange
 * layer adds the batches, which only it can rebuild.
 */
#ifndef ONWARD_ENGINE_VERIFY_H
#define ONWARD_ENGINE_VERIFY_H

#include "engine/core.h"

struct audit_proof {
    int64_t rows, erased;     /* rows walked; values erased since */
    int64_t broken_at;        /* sequence number of the first bad row; 0: none */
    char why[96];
    char head[SHA256_HEX];
};
/* False only when the store cannot be read; a broken chain is an answer. */
MUST_CHECK bool audit_prove(struct session *s, struct audit_proof *p, struct err *e);
/* Counts that differ from the facts; `first` names one of them in words. */
MUST_CHECK bool summary_prove(struct session *s, int64_t *differ, char first[160], struct err *e);

#endif

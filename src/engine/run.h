/* SPDX-License-Identifier: MIT
 *
 * What running a verb and running a list share: typed words into a record of
 * arguments, and the word for "not yours".
 */
#ifndef ONWARD_ENGINE_RUN_H
#define ONWARD_ENGINE_RUN_H

#include "engine/core.h"

/* What words may fill: an args record and, inside it, a record of the store. */
struct run_target {
    const struct field *fields;
    size_t count;
    const struct record_type *record; /* NULL: none */
    size_t record_at;
    void *args;
};
/* Fills the target from the words: keyed ones by key, the others by position.
 * INVALID names an unknown key and the known ones. */
MUST_CHECK bool run_parse(struct session *s, const struct run_target *to, const struct typed *words, size_t n_words,
                          uint64_t *given, struct err *e);
/* Audits the denial and returns false with e DENIED. */
bool run_denied(struct session *s, const char *name, struct err *e);
/* False with REFUSED, and audited, in a session that is read-only. */
MUST_CHECK bool run_may_write(struct session *s, const char *name, struct err *e);
/* Audits what was refused or denied, or lay out of this user's sight; any other error is not its business. */
void run_log_refusal(struct session *s, const char *ref, const struct err *e);
/* False; where the store failed meanwhile, and that was taken for an answer (a code that is not there, a person out
 * of sight), e says so. */
bool run_failed(struct session *s, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What the next nightly run has to look at: handoffs that are queued, held,
 * or have a correction or a stop to send.
 */
#ifndef ONWARD_STORE_TONIGHT_H
#define ONWARD_STORE_TONIGHT_H

#include "onward/date.h"
#include "store/db.h"

struct tonight_query {
    int64_t organisation_id, worker_id; /* FIELD_ABSENT: any */
    int64_t user_id;   /* who asks: persons that this user may not know of are left out */
    const char *areas; /* ",a,b," where only those neighbourhoods are in sight; "" for all */
};
/* Handoff ids, by name of organisation, the oldest first. */
struct stmt *tonight_handoffs(struct db *db, const struct tonight_query *q, struct err *e);
/* When the last run that came to its end did; INT64_MIN when none has. */
MUST_CHECK bool tonight_last_run(struct db *db, int64_t *finished_at, struct err *e);
/* The batch that a handoff went in last, "" when none; a void one went nowhere. */
MUST_CHECK bool tonight_last_batch(struct db *db, int64_t handoff_id, char *name, size_t size, struct err *e);

#endif

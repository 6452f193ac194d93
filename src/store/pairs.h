/* SPDX-License-Identifier: MIT
 *
 * Pairs of records that may be, or were found to be, one person: offers,
 * which a person settles, and merges with what they moved.
 */
#ifndef ONWARD_STORE_PAIRS_H
#define ONWARD_STORE_PAIRS_H

#include "onward/records.h"
#include "store/db.h"

/* ---- offers */

struct offer {
    int64_t id, person_id, other_id; /* person: the newer record */
    int64_t score;
    char reasons[1024];
    int64_t created_at;
};
MUST_CHECK bool offer_insert(struct db *db, const struct offer *o, struct err *e);
/* The offer of a pair, whichever is the newer, open or settled. */
MUST_CHECK bool offer_find(struct db *db, int64_t a, int64_t b, bool *found, int64_t *id, struct err *e);
/* decided: merged, different; "" opens it again. */
MUST_CHECK bool offer_decide(struct db *db, int64_t id, const char *decided, struct err *e);
/* Columns id, person_id, other_id, score, reasons, created_at of the open offers between records that both
 * stand; newest first; of one person, or of all (person_id 0). */
struct stmt *offers_open(struct db *db, int64_t person_id, struct err *e);

/* ---- merges */

struct merge {
    int64_t id, kept_id, dropped_id, merged_at, merged_by;
    char *moved; /* JSON; see engine/person_merge.c. The holder's (free) */
};
MUST_CHECK bool merge_insert(struct db *db, const struct merge *m, struct err *e);
/* The merge in force that dropped (kept) this record; of several kept, the newest. *found false when none. */
MUST_CHECK bool merge_of_dropped(struct db *db, int64_t person_id, bool *found, struct merge *out, struct err *e);
MUST_CHECK bool merge_of_kept(struct db *db, int64_t person_id, bool *found, struct merge *out, struct err *e);
MUST_CHECK bool merge_set_undone(struct db *db, int64_t id, int64_t at, struct err *e);

/* Ids, ascending, of what belongs to a person and moves with a merge. */
struct stmt *consent_ids_of_person(struct db *db, int64_t person_id, struct err *e);
struct stmt *risk_ids_of_person(struct db *db, int64_t person_id, struct err *e);
struct stmt *referral_ids_of_person(struct db *db, int64_t person_id, struct err *e);
/* Has a row of this handoff gone into a batch since then? */
MUST_CHECK bool handoff_left_since(struct db *db, int64_t handoff_id, int64_t at, bool *left, struct err *e);
/* Pairs of handoffs of a person to one service, whatever their states: id, ref and state of the one, then of
 * the other, and the referral id of the first; each pair once. */
struct stmt *handoffs_doubled(struct db *db, int64_t person_id, struct err *e);

#endif

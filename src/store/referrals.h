/* SPDX-License-Identifier: MIT
 *
 * Episodes beyond their own row: what belongs to them, the few facts that
 * rules ask for, and the one query of `referral list`.
 */
#ifndef ONWARD_STORE_REFERRALS_H
#define ONWARD_STORE_REFERRALS_H

#include "onward/records.h"
#include "store/db.h"
#include "store/page.h"

/* Every record of that type under its parent, in the order recorded (contacts by day): needs,
 * contacts, plan items, signposts, flags, answers, sources and handoffs of a referral; risks and
 * referrals of a person. *rows is an array of *n records, the caller's (free); NULL when there is
 * none. */
MUST_CHECK bool referral_children(struct db *db, const struct record_type *t, int64_t parent_id,
                                  void **rows, size_t *n, struct err *e);

/* The reference of a person's open referral other than `own`, the first; "" when there is none. */
MUST_CHECK bool referral_open_of_person(struct db *db, int64_t person_id, int64_t own,
                                        char ref[REF_SIZE], struct err *e);
/* Different days on which contact was tried. */
MUST_CHECK bool referral_attempt_days(struct db *db, int64_t referral_id, int64_t *days,
                                      struct err *e);
/* Is a risk, or "no known risks", recorded and not ended? */
MUST_CHECK bool risk_recorded(struct db *db, int64_t person_id, bool *recorded, struct err *e);
/* Keys of the referrals that are with a worker, the oldest first; *ids is the caller's. */
MUST_CHECK bool referrals_with_worker(struct db *db, int64_t worker_id, int64_t **ids, size_t *n,
                                      struct err *e);
/* The need of a referral with that code. */
MUST_CHECK bool need_of_referral(struct db *db, int64_t referral_id, const char *code, bool *found,
                                 struct need *out, struct err *e);
/* Columns ref, need, state, state_at, urgent, service's ref and name, organisation's code and name,
 * reply_by, last_reply_on. */
struct stmt *referral_handoffs(struct db *db, int64_t referral_id, struct err *e);

/* ---- the list of referrals */

struct referral_query {
    struct page page; /* of their ids */
    const char *state, *neighbourhood, *need; /* "": any */
    bool open;                                /* received .. paused only */
    int64_t worker_id, person_id;             /* FIELD_ABSENT: any */
    const char *reached_before; /* nobody reached since this day, in open work; "": any */
    int64_t user_id; /* who asks: restricted records that this user may not know of are left out */
    const char *areas; /* ",a,b," where only those neighbourhoods are in sight; "" for all */
};
/* Newest first: neighbourhood of the person, then the columns of the list. */
struct stmt *referral_list_rows(struct db *db, const struct referral_query *q, struct err *e);
MUST_CHECK bool referral_id_of_ref(struct db *db, const char *ref, int64_t *id,
                                   struct err *e); /* NOT_FOUND */
MUST_CHECK bool referral_list_count(struct db *db, const struct referral_query *q, int64_t *count,
                                    struct err *e);

#endif

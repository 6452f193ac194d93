/* SPDX-License-Identifier: MIT
 *
 * Candidates for the worklist, found by index: whatever a clock may have
 * something to say of. The clocks decide, in C.
 */
#ifndef ONWARD_STORE_WORKLIST_H
#define ONWARD_STORE_WORKLIST_H

#include "onward/clock.h"
#include "store/db.h"

enum worklist_scope {
    WORKLIST_REFERRAL, /* one episode; key: its id */
    WORKLIST_WORKER,   /* a worker's cases; key: the user's id */
    WORKLIST_SERVICE,  /* the whole service, the most pressing of each kind; no key */
};
struct worklist_query {
    enum worklist_scope scope;
    int64_t key;
    int64_t user_id; /* who asks: restricted records that this user may not know of are left out */
    const char *today;
    const char *quiet;    /* a case is quiet when nobody was reached since this day */
    const char *no_news;  /* an organisation is silent when nothing was heard since this day */
    const char *expiring; /* consents that expire up to this day are looked at */
    int64_t most;         /* candidates of each kind for the whole service */
};

struct worklist_row {
    const void *record; /* borrowed until the function returns */
    char person[REF_SIZE], referral[REF_SIZE];
    char name[2 * NAME_SIZE];
    struct referral_facts facts; /* of a referral; without consent_expires_on, */
    bool consents_expire;        /* which is worth working out where this says so */
};
typedef bool worklist_fn(void *ctx, const struct worklist_row *row, struct err *e);

/* Candidates of a type: referral, handoff, flag, answer. For the whole service the same one may
 * come more than once. */
MUST_CHECK bool worklist_each(struct db *db, const struct worklist_query *q,
                              const struct record_type *t, worklist_fn *fn, void *ctx,
                              struct err *e);
/* Organisation's code and need of each handoff of an episode that is under way: those whose consent
 * matters. */
struct stmt *worklist_recipients(struct db *db, int64_t referral_id, struct err *e);
/* Batches not delivered: name, run_on, organisation's code; the whole service's business. */
struct stmt *worklist_batches(struct db *db, const struct worklist_query *q, struct err *e);
/* Replies that were refused or match nothing and are not settled: row_id, why, organisation's code,
 * created_at, handoff's and referral's ref. Of a worker: those on the worker's handoffs alone. */
struct stmt *worklist_replies(struct db *db, const struct worklist_query *q, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Handoffs beyond their own row: events, shut gates, replies, the batches
 * they went in, and the one query of `handoff list`.
 */
#ifndef ONWARD_STORE_HANDOFFS_H
#define ONWARD_STORE_HANDOFFS_H

#include "onward/records.h"
#include "store/db.h"
#include "store/page.h"

struct handoff_event {
    int64_t id, handoff_id, at;
    const char *on_date, *event, *state_from, *state_to, *effect, *how;
    int64_t reply_id; /* FIELD_ABSENT: none */
    const char *note;
    int64_t by_user;
};
MUST_CHECK bool handoff_event_add(struct db *db, const struct handoff_event *ev, struct err *e);
/* at, on_date, event, state_from, state_to, effect, how, note, login; in order. */
struct stmt *handoff_events(struct db *db, int64_t handoff_id, struct err *e);

MUST_CHECK bool handoff_gates_clear(struct db *db, int64_t handoff_id, struct err *e);
MUST_CHECK bool handoff_gate_add(struct db *db, int64_t handoff_id, const char *gate,
                                 const char *reason, struct err *e);
struct stmt *handoff_gates(struct db *db, int64_t handoff_id, struct err *e); /* gate, reason */

/* Ids in ascending order. `state` NULL: any. */
struct stmt *handoff_ids_of_person(struct db *db, int64_t person_id, const char *state,
                                   struct err *e);
struct stmt *handoff_ids_of_referral(struct db *db, int64_t referral_id, const char *state,
                                     struct err *e);
struct stmt *handoff_ids_of_organisation(struct db *db, int64_t organisation_id, const char *state,
                                         struct err *e);
struct stmt *handoff_ids_of_service(struct db *db, int64_t service_id, const char *state,
                                    struct err *e);
struct stmt *handoff_ids_in_state(struct db *db, const char *state, struct err *e);
/* Those in a state whose reply_by is before a day. */
struct stmt *handoff_ids_reply_before(struct db *db, const char *state, const char *day,
                                      struct err *e);

struct stmt *handoff_replies(struct db *db, int64_t handoff_id,
                             struct err *e); /* REPLY columns, in order */
/* batch name, run_on, state, row_id, action, sha256; in order. */
struct stmt *handoff_batches(struct db *db, int64_t handoff_id, struct err *e);
MUST_CHECK bool handoff_person_ref(struct db *db, int64_t person_id, char out[REF_SIZE],
                                   struct err *e);
/* RISK columns of the risks that have not ended. */
struct stmt *handoff_risks(struct db *db, int64_t person_id, struct err *e);
/* id, ref, state of what was asked of a service for a need of a person, newest first. */
struct stmt *handoffs_asked(struct db *db, int64_t person_id, const char *need, int64_t service_id,
                            struct err *e);
MUST_CHECK bool handoff_need_of_referral(struct db *db, int64_t referral_id, const char *code,
                                         bool *found, struct err *e);

/* The filters of `handoff list`, resolved. FIELD_ABSENT or "": not asked for. */
struct handoff_query {
    struct page page; /* of their ids */
    const char *state, *neighbourhood, *need;
    int64_t organisation_id, service_id, worker_id, person_id, referral_id;
    int64_t user_id; /* who asks: restricted persons that this user may not know of are left out */
    bool news;       /* only what was answered since the worker looked */
    const char *areas; /* ",a,b," where only those neighbourhoods are in sight; "" for all */
};
/* Newest first: person's id, neighbourhood, then the columns of the list. */
struct stmt *handoff_list_rows(struct db *db, const struct handoff_query *q, struct err *e);
MUST_CHECK bool handoff_list_count(struct db *db, const struct handoff_query *q, int64_t *count,
                                   struct err *e);
MUST_CHECK bool handoff_id_of_ref(struct db *db, const char *ref, int64_t *id,
                                  struct err *e); /* NOT_FOUND */

/* ---- batches at the desk */

struct stmt *batch_new_handoffs(struct db *db, int64_t batch_id,
                                struct err *e); /* handoff ids of new rows, in order */
struct stmt *
batch_rows_shown(struct db *db, int64_t batch_id,
                 struct err *e); /* row_no, row_id, action, handoff, its state, sha256, the key of its person */
struct stmt *batch_deliveries(struct db *db, int64_t batch_id,
                              struct err *e); /* tried_at, command, ok, note */
struct batch_query {
    struct page page;        /* of their ids */
    int64_t organisation_id; /* FIELD_ABSENT: any organisation */
    const char *state, *run_on;
};
/* Newest first: name, organisation, run_on, state, rows, sha256, delivered_at. */
struct stmt *batch_list_rows(struct db *db, const struct batch_query *q, struct err *e);
MUST_CHECK bool batch_id_of_name(struct db *db, const char *name, int64_t *id,
                                 struct err *e); /* NOT_FOUND */
MUST_CHECK bool batch_list_count(struct db *db, const struct batch_query *q, int64_t *count,
                                 struct err *e);

#endif

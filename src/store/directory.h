/* SPDX-License-Identifier: MIT
 *
 * The directory beyond its own rows: which agreement counts, which services
 * answer a need, what our own record says of an organisation, and the lists.
 */
#ifndef ONWARD_STORE_DIRECTORY_H
#define ONWARD_STORE_DIRECTORY_H

#include "onward/records.h"
#include "store/db.h"

/* The agreement in date on that day (the newest of several), else the newest of all. */
MUST_CHECK bool agreement_of(struct db *db, int64_t organisation_id, day_t on, bool *found,
                             struct agreement *out, struct err *e);
struct stmt *agreements_of(struct db *db, int64_t organisation_id,
                           struct err *e); /* AGREEMENT columns, newest first */
struct stmt *services_of(struct db *db, int64_t organisation_id,
                         struct err *e); /* SERVICE columns, by id */

/* For a picker, by name: code, name, what tells it from others of that name. Neither closed
 * organisations nor services that have ended. */
struct stmt *organisations_offered(struct db *db, struct err *e);
struct stmt *services_offered(struct db *db, struct err *e);

struct stmt *services_for_need(struct db *db, const char *code,
                               struct err *e); /* service ids, ascending */
/* Makes the rows of service_need say what service.needs says. */
MUST_CHECK bool service_needs_set(struct db *db, int64_t service_id, const char *needs,
                                  struct err *e);

struct stmt *service_details(struct db *db, int64_t service_id, struct err *e); /* kind, text */

/* state, count: of all handoffs to an organisation, from the index alone. */
struct stmt *organisation_handoffs(struct db *db, int64_t organisation_id, struct err *e);
/* Of its last hundred answered handoffs: when it was sent, the day of the first answer. */
struct stmt *organisation_answers(struct db *db, int64_t organisation_id, struct err *e);

/* One page of a list by name: behind (after_name, after_id), "" and 0 from the start. "" and
 * FIELD_ABSENT: not asked for. */
struct directory_query {
    const char *after_name;
    int64_t after_id, organisation_id;
    const char *status, *name, *need, *area, *capacity; /* name: how its search form begins */
    const char *verified_before;
    int64_t limit; /* 0: all */
};
struct stmt *organisation_list_rows(struct db *db, const struct directory_query *q, struct err *e);
MUST_CHECK bool organisation_list_count(struct db *db, const struct directory_query *q,
                                        int64_t *count, struct err *e);
struct stmt *service_list_rows(struct db *db, const struct directory_query *q, struct err *e);
MUST_CHECK bool service_list_count(struct db *db, const struct directory_query *q, int64_t *count,
                                   struct err *e);

/* Agreements by end, behind (after_end, after_id): ref, organisation code, starts_on, ends_on,
 * categories, the four flags, signed_by, version. */
struct agreement_query {
    int64_t organisation_id; /* FIELD_ABSENT: all */
    const char *ends_before, *after_end;
    int64_t after_id, limit;
};
struct stmt *agreement_list_rows(struct db *db, const struct agreement_query *q, struct err *e);
MUST_CHECK bool agreement_list_count(struct db *db, const struct agreement_query *q, int64_t *count,
                                     struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * People beyond their own row: other names, identifiers, search terms, who
 * may know of a restricted record, looks behind the mask, and the queries of
 * search and list. Pairs of records that may be one person: store/pairs.h.
 */
#ifndef ONWARD_STORE_PEOPLE_H
#define ONWARD_STORE_PEOPLE_H

#include "onward/records.h"
#include "store/db.h"
#include "store/page.h"

/* ---- names and identifiers */

struct stmt *person_names(struct db *db, int64_t person_id, struct err *e);       /* PERSON_NAME columns, in order */
struct stmt *person_identifiers(struct db *db, int64_t person_id, struct err *e); /* PERSON_IDENTIFIER columns, in order */

/* ---- search terms */

MUST_CHECK bool person_terms_clear(struct db *db, int64_t person_id, struct err *e);
MUST_CHECK bool person_term_insert(struct db *db, int64_t person_id, const char *term, struct err *e); /* one that is there: nothing */

#define SEARCH_TERMS 4
/* Ids of persons who have a term beginning with each of the `n` (1 .. SEARCH_TERMS) prefixes, in order of
 * the first one's term, then id; the same id may come more than once. Of the first prefix the first `limit` terms
 * are looked at, whatever the others are: what a key pressed costs is bounded. */
struct stmt *person_ids_by_prefixes(struct db *db, const char *const *prefixes, size_t n, int64_t limit, struct err *e);
/* How many terms begin with the prefix, counted up to `most`. */
MUST_CHECK bool person_terms_counted(struct db *db, const char *prefix, int64_t most, int64_t *count, struct err *e);

/* Ids of persons not merged away, at most `limit`. */
struct stmt *person_ids_by_nhs_number(struct db *db, const char *nhs_number, int64_t limit, struct err *e);
struct stmt *person_ids_by_birth(struct db *db, const char *date_of_birth, int64_t limit, struct err *e);
struct stmt *person_ids_by_term(struct db *db, const char *term, int64_t limit, struct err *e);

/* ---- the list of people */

struct person_query {
    struct page page;                          /* of their ids */
    const char *neighbourhood, *gp_practice, *date_of_birth; /* "": any */
    int64_t user_id;                           /* who asks: restricted records that this user may not know of are left out */
    const char *areas;                         /* ",a,b," where only those neighbourhoods are in sight; "" for all */
};
/* Newest first: id, neighbourhood, then the columns of the list. Merged records are left out. */
struct stmt *person_list_rows(struct db *db, const struct person_query *q, struct err *e);
MUST_CHECK bool person_list_count(struct db *db, const struct person_query *q, int64_t *count, struct err *e);
MUST_CHECK bool person_id_of_ref(struct db *db, const char *ref, int64_t *id, struct err *e); /* NOT_FOUND */

/* ref, state, received_on, worker's login, neighbourhood, closed_on, close_reason; newest first. */
struct stmt *person_referrals(struct db *db, int64_t person_id, struct err *e);
/* kind, note, ref of the risks in force. */
struct stmt *person_risks(struct db *db, int64_t person_id, struct err *e);
/* The last `count` changes of a person's own row: at, login, acting_as, fields; newest first. */
struct stmt *person_changes(struct db *db, const char *ref, int64_t count, struct err *e);

/* ---- who may know, and who looked */

MUST_CHECK bool person_access_add(struct db *db, int64_t person_id, int64_t user_id, struct err *e);
MUST_CHECK bool person_access_clear(struct db *db, int64_t person_id, struct err *e);
struct stmt *person_access_users(struct db *db, int64_t person_id, struct err *e); /* user_id, login; by login */

struct unmask {
    int64_t id, user_id, person_id;
    const char *reason;
    int64_t from_at, until_at;
};
MUST_CHECK bool unmask_insert(struct db *db, const struct unmask *u, struct err *e);
/* Those from before an instant: person_id, then from_at, reference, login, reason, until_at; newest first. */
struct stmt *unmask_rows(struct db *db, int64_t before, struct err *e);

#endif

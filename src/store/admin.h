/* SPDX-License-Identifier: MIT
 *
 * The store's own rows: what it is, settings, coded lists, holidays, users by
 * account, reply words, and who may know of restricted persons.
 */
#ifndef ONWARD_STORE_ADMIN_H
#define ONWARD_STORE_ADMIN_H

#include "onward/records.h"
#include "store/db.h"

/* False without error and *found false when there is no such key. */
MUST_CHECK bool meta_get(struct db *db, const char *key, bool *found, struct buf *value, struct err *e);
MUST_CHECK bool meta_set(struct db *db, const char *key, const char *value, struct err *e);

struct stmt *settings_all(struct db *db, struct err *e);                         /* key, value */
MUST_CHECK bool setting_set(struct db *db, const char *key, const char *value, struct err *e);
struct stmt *holidays_all(struct db *db, struct err *e);                         /* on_date, is_holiday, name */
MUST_CHECK bool holiday_set(struct db *db, const char *on_date, bool is_holiday, const char *name, struct err *e);

struct code_row {
    const char *set, *code, *label, *grouping, *snomed;
    int64_t sort, active;
};
struct stmt *codes_all(struct db *db, struct err *e); /* code_set, code, label, grouping, sort, active, snomed, in order of set, sort, code */
MUST_CHECK bool code_set_row(struct db *db, const struct code_row *c, struct err *e); /* adds or changes */

MUST_CHECK bool user_by_account(struct db *db, const char *os_account, bool *found, struct user *out, struct err *e);
struct stmt *users_listed(struct db *db, struct err *e);       /* login, name, roles, neighbourhoods, os_account, service, active; by login */
/* For a picker: code, name, what tells it from others of that name. Active workers by name; active practices whose
 * name in its search form begins with `name`, by name; the others whose code begins with `code`, by code. */
struct stmt *workers_offered(struct db *db, struct err *e);
struct stmt *practices_named(struct db *db, const char *name, int64_t limit, struct err *e);
struct stmt *practices_coded(struct db *db, const char *code, const char *name, int64_t limit, struct err *e);
struct stmt *neighbourhoods_all(struct db *db, struct err *e); /* NEIGHBOURHOOD columns, by code */
struct stmt *wordings_all(struct db *db, struct err *e);       /* WORDING columns, by code */
MUST_CHECK bool practice_known(struct db *db, const char *ods_code, bool *found, struct err *e);
MUST_CHECK bool practice_any(struct db *db, bool *any, struct err *e);

/* Restricted persons this user may not know of: ids in ascending order. */
struct stmt *restricted_hidden_from(struct db *db, int64_t user_id, struct err *e);
MUST_CHECK bool person_access_has(struct db *db, int64_t person_id, int64_t user_id, bool *has, struct err *e);
MUST_CHECK bool unmask_in_force(struct db *db, int64_t user_id, int64_t person_id, int64_t now, bool *in_force, struct err *e);

#endif

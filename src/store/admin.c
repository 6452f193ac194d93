/* SPDX-License-Identifier: MIT
 *
 * Statements of the store's own rows (see admin.h).
 */
#include "store/admin.h"

#include "store/record.h"

/* Steps a question of one row; *found says whether there was one. The statement stays open on a row. */
static bool ask(struct stmt *s, bool *found, struct err *e)
{
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    return step != STEP_FAILED;
}

static bool exists(struct stmt *s, bool *found, struct err *e)
{
    if (!ask(s, found, e))
        return false;
    stmt_done(s);
    return true;
}

bool meta_get(struct db *db, const char *key, bool *found, struct buf *value, struct err *e)
{
    static const char sql[] = "SELECT value FROM store_meta WHERE key = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, key);
    if (!ask(s, found, e))
        return false;
    if (*found)
        buf_str(value, col_text(s, 0));
    stmt_done(s);
    return true;
}

static bool put_pair(struct db *db, const char *sql, const char *key, const char *value, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, key);
    stmt_text_raw(s, 2, value);
    return stmt_run(s, e) >= 0;
}

bool meta_set(struct db *db, const char *key, const char *value, struct err *e)
{
    static const char sql[] = "INSERT INTO store_meta (key, value) VALUES ($1, $2) "
                              "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    return put_pair(db, sql, key, value, e);
}

bool setting_set(struct db *db, const char *key, const char *value, struct err *e)
{
    static const char sql[] = "INSERT INTO setting (key, value) VALUES ($1, $2) "
                              "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    return put_pair(db, sql, key, value, e);
}

struct stmt *settings_all(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT key, value FROM setting /*scan*/";
    return db_prepare(db, sql, e);
}

struct stmt *holidays_all(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT on_date, is_holiday, name FROM holiday ORDER BY on_date /*scan*/";
    return db_prepare(db, sql, e);
}

bool holiday_set(struct db *db, const char *on_date, bool is_holiday, const char *name, struct err *e)
{
    static const char sql[] = "INSERT INTO holiday (on_date, is_holiday, name) VALUES ($1, $2, $3) "
                              "ON CONFLICT (on_date) DO UPDATE SET is_holiday = excluded.is_holiday, name = excluded.name";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, on_date);
    stmt_int(s, 2, is_holiday);
    stmt_text_raw(s, 3, name);
    return stmt_run(s, e) >= 0;
}

struct stmt *codes_all(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT code_set, code, label, grouping, sort, active, snomed FROM code_value "
                              "ORDER BY code_set, sort, code /*scan*/ /*sort*/";
    return db_prepare(db, sql, e);
}

bool code_set_row(struct db *db, const struct code_row *c, struct err *e)
{
    static const char sql[] =
        "INSERT INTO code_value (code_set, code, label, grouping, sort, active, snomed) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) "
        "ON CONFLICT (code_set, code) DO UPDATE SET label = excluded.label, grouping = excluded.grouping, "
        "sort = excluded.sort, active = excluded.active, snomed = excluded.snomed";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, c->set);
    stmt_text(s, 2, c->code);
    stmt_text(s, 3, c->label);
    stmt_text(s, 4, c->grouping);
    stmt_int(s, 5, c->sort);
    stmt_int(s, 6, c->active);
    stmt_text(s, 7, c->snomed);
    return stmt_run(s, e) >= 0;
}

bool user_by_account(struct db *db, const char *os_account, bool *found, struct user *out, struct err *e)
{
    static const char sql[] = "SELECT " USER_COLUMNS " FROM app_user WHERE os_account = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, os_account);
    if (!ask(s, found, e))
        return false;
    if (*found)
        record_read(s, 0, &user_type, out);
    stmt_done(s);
    return true;
}

struct stmt *users_listed(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT login, name, roles, neighbourhoods, os_account, service, active FROM app_user "
                              "ORDER BY login /*scan*/";
    return db_prepare(db, sql, e);
}

struct stmt *workers_offered(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT login, name, '' FROM app_user WHERE active = 1 AND ',' || roles || ',' LIKE '%,worker,%' "
                              "ORDER BY name, login /*scan*/ /*sort*/";
    return db_prepare(db, sql, e);
}

struct stmt *practices_named(struct db *db, const char *name, int64_t limit, struct err *e)
{
    static const char sql[] = "SELECT ods_code, name, postcode FROM practice WHERE fold_name >= $1 AND fold_name < $2 "
                              "AND status = 'active' ORDER BY fold_name, ods_code LIMIT CAST($3 AS BIGINT)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_prefix(s, 1, name);
    stmt_int(s, 3, limit);
    return s;
}

struct stmt *practices_coded(struct db *db, const char *code, const char *name, int64_t limit, struct err *e)
{
    static const char sql[] = "SELECT ods_code, name, postcode FROM practice WHERE ods_code >= $1 AND ods_code < $2 "
                              "AND NOT (fold_name >= $3 AND fold_name < $4) AND status = 'active' "
                              "ORDER BY ods_code LIMIT CAST($5 AS BIGINT)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_prefix(s, 1, code);
    stmt_prefix(s, 3, name);
    stmt_int(s, 5, limit);
    return s;
}

struct stmt *neighbourhoods_all(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT " NEIGHBOURHOOD_COLUMNS " FROM neighbourhood ORDER BY code /*scan*/";
    return db_prepare(db, sql, e);
}

struct stmt *wordings_all(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT " WORDING_COLUMNS " FROM wording ORDER BY code /*scan*/";
    return db_prepare(db, sql, e);
}

bool practice_known(struct db *db, const char *ods_code, bool *found, struct err *e)
{
    static const char sql[] = "SELECT 1 FROM practice WHERE ods_code = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, ods_code);
    return exists(s, found, e);
}

bool practice_any(struct db *db, bool *any, struct err *e)
{
    static const char sql[] = "SELECT 1 FROM practice LIMIT 1 /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    return s && exists(s, any, e);
}

struct stmt *restricted_hidden_from(struct db *db, int64_t user_id, struct err *e)
{
    static const char sql[] = "SELECT id FROM person WHERE restricted = 1 AND NOT EXISTS "
                              "(SELECT 1 FROM person_access a WHERE a.person_id = person.id AND a.user_id = $1) "
                              "ORDER BY id /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, user_id);
    return s;
}

bool person_access_has(struct db *db, int64_t person_id, int64_t user_id, bool *has, struct err *e)
{
    static const char sql[] = "SELECT 1 FROM person_access WHERE person_id = $1 AND user_id = $2";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, person_id);
    stmt_int(s, 2, user_id);
    return exists(s, has, e);
}

bool unmask_in_force(struct db *db, int64_t user_id, int64_t person_id, int64_t now, bool *in_force, struct err *e)
{
    static const char sql[] = "SELECT 1 FROM unmask WHERE user_id = $1 AND person_id = $2 AND until_at > $3 LIMIT 1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, user_id);
    stmt_int(s, 2, person_id);
    stmt_int(s, 3, now);
    return exists(s, in_force, e);
}

/* SPDX-License-Identifier: MIT
 *
 * Statements on people (see people.h).
 */
#include "store/people.h"

#include <string.h>

#include "onward/text.h"
#include "store/record.h"

static struct stmt *with_key(struct db *db, const char *sql, int64_t key, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, key);
    return s;
}

static bool run_with_key(struct db *db, const char *sql, int64_t key, struct err *e)
{
    struct stmt *s = with_key(db, sql, key, e);
    return s && stmt_run(s, e) >= 0;
}

static bool run_with_keys(struct db *db, const char *sql, int64_t first, int64_t second, struct err *e)
{
    struct stmt *s = with_key(db, sql, first, e);
    if (!s)
        return false;
    stmt_int(s, 2, second);
    return stmt_run(s, e) >= 0;
}

/* ---- names and identifiers */

struct stmt *person_names(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT " PERSON_NAME_COLUMNS " FROM person_name WHERE person_id = $1 ORDER BY id";
    return with_key(db, sql, person_id, e);
}

struct stmt *person_identifiers(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT " PERSON_IDENTIFIER_COLUMNS " FROM person_identifier WHERE person_id = $1 ORDER BY id";
    return with_key(db, sql, person_id, e);
}

/* ---- search terms */

bool person_terms_clear(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "DELETE FROM person_term WHERE person_id = $1";
    return run_with_key(db, sql, person_id, e);
}

bool person_term_insert(struct db *db, int64_t person_id, const char *term, struct err *e)
{
    static const char sql[] = "INSERT INTO person_term (term, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text_raw(s, 1, term);
    stmt_int(s, 2, person_id);
    return stmt_run(s, e) >= 0;
}

/* Binds `prefix` and the text just past everything that begins with it. */
static void bind_range(struct stmt *s, int n, const char *prefix)
{
    struct buf past = {0};
    buf_fmt(&past, "%s\xF4\x8F\xBF\xBF", prefix); /* U+10FFFF, the last character there is */
    stmt_text_raw(s, n, prefix);
    stmt_text_raw(s, n + 1, past.data);
    buf_free(&past);
}

#define ALSO(low, high)                                                                                   \
    "(CAST(" low " AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM person_term t WHERE t.person_id = d.person_id " \
    "AND t.term >= " low " AND t.term < " high ")) "

struct stmt *person_ids_by_prefixes(struct db *db, const char *const *prefixes, size_t n, int64_t limit, struct err *e)
{
    static const char sql[] =
        "SELECT d.person_id FROM (SELECT term, person_id FROM person_term WHERE term >= $1 AND term < $2 "
        "ORDER BY term, person_id LIMIT CAST($9 AS BIGINT)) d WHERE " ALSO("$3", "$4") "AND " ALSO("$5", "$6")
        "AND " ALSO("$7", "$8") "ORDER BY d.term, d.person_id /*scan*/ /*sort*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    for (size_t i = 0; i < SEARCH_TERMS; i++) {
        int at = (int)(2 * i + 1);
        if (i < n) {
            bind_range(s, at, prefixes[i]);
        } else {
            stmt_null(s, at);
            stmt_null(s, at + 1);
        }
    }
    stmt_int(s, 9, limit);
    return s;
}

bool person_terms_counted(struct db *db, const char *prefix, int64_t most, int64_t *count, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM (SELECT 1 FROM person_term WHERE term >= $1 AND term < $2 "
                              "LIMIT CAST($3 AS BIGINT)) few /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    bind_range(s, 1, prefix);
    stmt_int(s, 3, most);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *count = col_int(s, 0);
    stmt_done(s);
    return true;
}

static struct stmt *ids_by_text(struct db *db, const char *sql, const char *text, int64_t limit, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_text(s, 1, text);
    stmt_int(s, 2, limit);
    return s;
}

struct stmt *person_ids_by_nhs_number(struct db *db, const char *nhs_number, int64_t limit, struct err *e)
{
    static const char sql[] = "SELECT id FROM person WHERE nhs_number = $1 AND merged_into IS NULL LIMIT CAST($2 AS BIGINT)";
    return ids_by_text(db, sql, nhs_number, limit, e);
}

struct stmt *person_ids_by_birth(struct db *db, const char *date_of_birth, int64_t limit, struct err *e)
{
    static const char sql[] = "SELECT id FROM person WHERE date_of_birth = $1 AND merged_into IS NULL "
                              "ORDER BY id DESC LIMIT CAST($2 AS BIGINT)";
    return ids_by_text(db, sql, date_of_birth, limit, e);
}

struct stmt *person_ids_by_term(struct db *db, const char *term, int64_t limit, struct err *e)
{
    static const char sql[] = "SELECT person_id FROM person_term WHERE term = $1 ORDER BY person_id DESC "
                              "LIMIT CAST($2 AS BIGINT)";
    return ids_by_text(db, sql, term, limit, e);
}

/* ---- the list of people: one body, driven by the most selective filter */

#define LIST_COLUMNS                                                                                              \
    "SELECT p.id, p.neighbourhood, p.ref, p.given_name || ' ' || p.family_name, p.date_of_birth, p.nhs_number, "  \
    "p.postcode, p.neighbourhood, p.phone, p.gp_practice, p.contact_method, p.died_on "
#define LIST_WHERE                                                                                                \
    "FROM person p WHERE p.id < $1 AND p.merged_into IS NULL "                                                    \
    "AND (CAST($2 AS TEXT) IS NULL OR p.neighbourhood = $2) "                                                     \
    "AND (CAST($3 AS TEXT) IS NULL OR p.gp_practice = $3) "                                                       \
    "AND (CAST($4 AS TEXT) IS NULL OR p.date_of_birth = $4) "                                                     \
    "AND (p.restricted = 0 OR EXISTS (SELECT 1 FROM person_access a WHERE a.person_id = p.id AND a.user_id = $5)) " \
    "AND (CAST($6 AS TEXT) IS NULL OR $6 LIKE '%,' || p.neighbourhood || ',%') "
#define LIST_ORDER(way) "AND p.id > $8 ORDER BY p.id " way " LIMIT CAST($7 AS BIGINT)"

struct list_sql {
    const char *rows[2], *count; /* rows[1]: backwards */
};
#define LIST_SQL(where)                                                                                           \
    {                                                                                                             \
        {LIST_COLUMNS LIST_WHERE where LIST_ORDER("DESC"), LIST_COLUMNS LIST_WHERE where LIST_ORDER("ASC")},      \
            "SELECT count(*) " LIST_WHERE where "/*scan*/"                                                        \
    }

static const struct list_sql *list_sql_for(const struct person_query *q)
{
    static const struct list_sql by_birth = LIST_SQL("AND p.date_of_birth = $4 "), by_practice = LIST_SQL("AND p.gp_practice = $3 "),
                                 by_area = LIST_SQL("AND p.neighbourhood = $2 "), every = LIST_SQL("");
    return *q->date_of_birth ? &by_birth : *q->gp_practice ? &by_practice : *q->neighbourhood ? &by_area : &every;
}

static struct stmt *list_prepare(struct db *db, const char *sql, const struct person_query *q, int64_t before, struct err *e)
{
    struct stmt *s = with_key(db, sql, before, e);
    if (!s)
        return NULL;
    stmt_text(s, 2, q->neighbourhood);
    stmt_text(s, 3, q->gp_practice);
    stmt_text(s, 4, q->date_of_birth);
    stmt_int(s, 5, q->user_id);
    stmt_text(s, 6, q->areas);
    return s;
}

struct stmt *person_list_rows(struct db *db, const struct person_query *q, struct err *e)
{
    struct stmt *s = list_prepare(db, list_sql_for(q)->rows[q->page.backwards], q, q->page.below, e);
    if (!s)
        return NULL;
    stmt_int(s, 7, page_limit(&q->page));
    stmt_int(s, 8, q->page.above);
    return s;
}

static bool one_count(struct stmt *s, int64_t *count, struct err *e)
{
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    *count = col_int(s, 0);
    stmt_done(s);
    return true;
}

static bool count_each(struct db *db, const struct person_query *q, int64_t *count, struct err *e)
{
    return one_count(list_prepare(db, list_sql_for(q)->count, q, INT64_MAX, e), count, e);
}

/* Every record there is, or every one of an area: an index alone tells. */
static bool count_records(struct db *db, const char *neighbourhood, int64_t *count, struct err *e)
{
    static const char all[] = "SELECT count(*) FROM person /*scan*/";
    static const char area[] = "SELECT count(*) FROM person WHERE neighbourhood = $1";
    struct stmt *s = db_prepare(db, *neighbourhood ? area : all, e);
    if (s && *neighbourhood)
        stmt_text(s, 1, neighbourhood);
    return one_count(s, count, e);
}

/* Those of them that are not in the list, few beside the others: merged into another, or not to be known of. */
static bool count_left_out(struct db *db, const struct person_query *q, int64_t *count, struct err *e)
{
    static const char sql[] =
        "SELECT (SELECT count(*) FROM person p WHERE p.id IN (SELECT m.dropped_id FROM person_merge m) "
        "AND p.merged_into IS NOT NULL AND (CAST($1 AS TEXT) IS NULL OR p.neighbourhood = $1)) "
        "+ (SELECT count(*) FROM person p WHERE p.restricted = 1 AND p.merged_into IS NULL "
        "AND (CAST($1 AS TEXT) IS NULL OR p.neighbourhood = $1) AND NOT EXISTS "
        "(SELECT 1 FROM person_access a WHERE a.person_id = p.id AND a.user_id = $2)) /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, q->neighbourhood);
    stmt_int(s, 2, q->user_id);
    return one_count(s, count, e);
}

bool person_list_count(struct db *db, const struct person_query *q, int64_t *count, struct err *e)
{
    int64_t all = 0, left_out = 0;
    if (*q->gp_practice || *q->date_of_birth || *q->areas)
        return count_each(db, q, count, e);
    if (!count_records(db, q->neighbourhood, &all, e) || !count_left_out(db, q, &left_out, e))
        return false;
    *count = all - left_out;
    return true;
}

bool person_id_of_ref(struct db *db, const char *ref, int64_t *id, struct err *e)
{
    static const char sql[] = "SELECT id FROM person WHERE ref = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, ref);
    enum step step = stmt_step(s, e);
    if (step == STEP_DONE)
        return err_set(e, ERR_NOT_FOUND, "There is no person %s. Check the reference.", ref);
    if (step == STEP_FAILED)
        return false;
    *id = col_int(s, 0);
    stmt_done(s);
    return true;
}

struct stmt *person_referrals(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT r.ref, r.state, r.received_on, u.login, r.neighbourhood, r.closed_on, r.close_reason "
                              "FROM referral r LEFT JOIN app_user u ON u.id = r.worker_id "
                              "WHERE r.person_id = $1 ORDER BY r.id DESC";
    return with_key(db, sql, person_id, e);
}

struct stmt *person_risks(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT kind, note, ref FROM risk WHERE person_id = $1 AND ended_on IS NULL ORDER BY id";
    return with_key(db, sql, person_id, e);
}

struct stmt *person_changes(struct db *db, const char *ref, int64_t count, struct err *e)
{
    static const char sql[] = "SELECT at, login, acting_as, fields FROM audit WHERE ref = $1 AND record = 'person' "
                              "AND effect = 'changed' ORDER BY seq DESC LIMIT CAST($2 AS BIGINT)";
    return ids_by_text(db, sql, ref, count, e);
}

/* ---- who may know, and who looked */

bool person_access_add(struct db *db, int64_t person_id, int64_t user_id, struct err *e)
{
    static const char sql[] = "INSERT INTO person_access (person_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    return run_with_keys(db, sql, person_id, user_id, e);
}

bool person_access_clear(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "DELETE FROM person_access WHERE person_id = $1";
    return run_with_key(db, sql, person_id, e);
}

struct stmt *person_access_users(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT a.user_id, u.login FROM person_access a JOIN app_user u ON u.id = a.user_id "
                              "WHERE a.person_id = $1 ORDER BY u.login /*sort*/";
    return with_key(db, sql, person_id, e);
}

bool unmask_insert(struct db *db, const struct unmask *u, struct err *e)
{
    static const char sql[] = "INSERT INTO unmask (id, user_id, person_id, reason, from_at, until_at) "
                              "VALUES ($1, $2, $3, $4, $5, $6)";
    struct stmt *s = with_key(db, sql, u->id, e);
    if (!s)
        return false;
    stmt_int(s, 2, u->user_id);
    stmt_int(s, 3, u->person_id);
    stmt_text(s, 4, u->reason);
    stmt_int(s, 5, u->from_at);
    stmt_int(s, 6, u->until_at);
    return stmt_run(s, e) >= 0;
}

struct stmt *unmask_rows(struct db *db, int64_t before, struct err *e)
{
    static const char sql[] = "SELECT k.person_id, k.from_at, p.ref, u.login, k.reason, k.until_at FROM unmask k "
                              "JOIN person p ON p.id = k.person_id JOIN app_user u ON u.id = k.user_id "
                              "WHERE k.from_at < $1 ORDER BY k.id DESC /*scan*/";
    return with_key(db, sql, before, e);
}

/* SPDX-License-Identifier: MIT
 *
 * Statements of the directory (see directory.h).
 */
#include "store/directory.h"

#include "store/record.h"

static struct stmt *with_key(struct db *db, const char *sql, int64_t key, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, key);
    return s;
}

struct stmt *agreements_of(struct db *db, int64_t organisation_id, struct err *e)
{
    static const char sql[] =
        "SELECT " AGREEMENT_COLUMNS " FROM agreement WHERE organisation_id = $1 ORDER BY id DESC";
    return with_key(db, sql, organisation_id, e);
}

bool agreement_of(struct db *db, int64_t organisation_id, day_t on, bool *found,
                  struct agreement *out, struct err *e)
{
    struct agreement a;
    struct stmt *s = agreements_of(db, organisation_id, e);
    if (!s)
        return false;
    *found = false;
    enum step step;
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        record_read(s, 0, &agreement_type, &a);
        bool in_date = date_parse(a.starts_on) <= on && on <= date_parse(a.ends_on);
        if (!*found || in_date)
            *out = a;
        *found = true;
        if (in_date) {
            stmt_done(s);
            return true;
        }
    }
    return step != STEP_FAILED;
}

struct stmt *services_of(struct db *db, int64_t organisation_id, struct err *e)
{
    static const char sql[] =
        "SELECT " SERVICE_COLUMNS " FROM service WHERE organisation_id = $1 ORDER BY id";
    return with_key(db, sql, organisation_id, e);
}

struct stmt *organisations_offered(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT code, name, '' FROM organisation WHERE status <> 'closed' "
                              "ORDER BY fold_name, id /*scan*/";
    return db_prepare(db, sql, e);
}

struct stmt *services_offered(struct db *db, struct err *e)
{
    static const char sql[] =
        "SELECT v.ref, v.name, g.name FROM service v JOIN organisation g "
        "ON g.id = v.organisation_id WHERE v.status IN ('active', 'temporarily_closed') "
        "AND g.status <> 'closed' ORDER BY v.fold_name, v.id /*scan*/";
    return db_prepare(db, sql, e);
}

struct stmt *services_for_need(struct db *db, const char *code, struct err *e)
{
    static const char sql[] =
        "SELECT service_id FROM service_need WHERE code = $1 ORDER BY service_id";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_text(s, 1, code);
    return s;
}

bool service_needs_set(struct db *db, int64_t service_id, const char *needs, struct err *e)
{
    static const char clear[] = "DELETE FROM service_need WHERE service_id = $1";
    static const char add[] = "INSERT INTO service_need (code, service_id) VALUES ($2, $1) ON "
                              "CONFLICT (code, service_id) DO NOTHING";
    struct stmt *s = with_key(db, clear, service_id, e);
    if (!s || stmt_run(s, e) < 0)
        return false;
    char code[CODE_SIZE];
    for (const char *at = needs; (at = codes_next(at, code)) && *code;) {
        if (!(s = with_key(db, add, service_id, e)))
            return false;
        stmt_text(s, 2, code);
        if (stmt_run(s, e) < 0)
            return false;
    }
    return true;
}

struct stmt *service_details(struct db *db, int64_t service_id, struct err *e)
{
    static const char sql[] =
        "SELECT kind, text FROM service_detail WHERE service_id = $1 ORDER BY kind, id /*sort*/";
    return with_key(db, sql, service_id, e);
}

struct stmt *organisation_handoffs(struct db *db, int64_t organisation_id, struct err *e)
{
    static const char sql[] = "SELECT state, count(*) FROM handoff WHERE organisation_id = $1 "
                              "GROUP BY state ORDER BY state";
    return with_key(db, sql, organisation_id, e);
}

struct stmt *organisation_answers(struct db *db, int64_t organisation_id, struct err *e)
{
    /* The states that an answer leads to: found in the index, then the newest of them looked at. */
    static const char sql[] =
        "SELECT coalesce(h.delivered_at, h.exported_at), "
        "(SELECT min(p.on_date) FROM reply p WHERE p.handoff_id = h.id AND p.verdict = 'applied') "
        "FROM handoff h WHERE h.id IN (SELECT i.id FROM handoff i WHERE i.organisation_id = $1 "
        "AND i.state IN ('acknowledged', 'waitlisted', 'accepted', 'declined', 'in_progress', "
        "'on_hold', 'completed', 'failed') ORDER BY i.id DESC LIMIT 100) /*sort*/";
    return with_key(db, sql, organisation_id, e);
}

/* ---- lists */

static bool count_of(struct stmt *s, int64_t *count, struct err *e)
{
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *count = col_int(s, 0);
    stmt_done(s);
    return true;
}

static int64_t limit_of(const struct directory_query *q)
{
    return q->limit ? q->limit : INT64_MAX;
}

#define ORGANISATION_WHERE                                                                         \
    "WHERE (CAST($1 AS TEXT) IS NULL OR g.status = $1) "                                           \
    "AND (CAST($2 AS TEXT) IS NULL OR g.fold_name LIKE $2 || '%') "                                \
    "AND (CAST($3 AS TEXT) IS NULL OR g.verified_on IS NULL OR g.verified_on < $3) "

static struct stmt *organisation_bound(struct db *db, const char *sql,
                                       const struct directory_query *q, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_text(s, 1, q->status);
    stmt_text(s, 2, q->name);
    stmt_text(s, 3, q->verified_before);
    return s;
}

struct stmt *organisation_list_rows(struct db *db, const struct directory_query *q, struct err *e)
{
    static const char sql[] =
        "SELECT g.code, g.name, g.status, g.phone, g.email, g.profile, g.delivery, "
        "(SELECT count(*) FROM service v WHERE v.organisation_id = g.id), "
        "(SELECT max(a.ends_on) FROM agreement a WHERE a.organisation_id = g.id), "
        "g.verified_on, g.version FROM organisation g " ORGANISATION_WHERE
        "AND (g.fold_name, g.id) > ($4, $5) ORDER BY g.fold_name, g.id LIMIT CAST($6 AS BIGINT)";
    struct stmt *s = organisation_bound(db, sql, q, e);
    if (!s)
        return NULL;
    stmt_text_raw(s, 4, q->after_name);
    stmt_int(s, 5, q->after_id);
    stmt_int(s, 6, limit_of(q));
    return s;
}

bool organisation_list_count(struct db *db, const struct directory_query *q, int64_t *count,
                             struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM organisation g " ORGANISATION_WHERE "/*scan*/";
    struct stmt *s = organisation_bound(db, sql, q, e);
    return s && count_of(s, count, e);
}

/* A service that names no area covers them all. */
#define SERVICE_FROM "FROM service v JOIN organisation g ON g.id = v.organisation_id "
#define SERVICE_WHERE                                                                              \
    "WHERE (CAST($1 AS TEXT) IS NULL OR v.status = $1) "                                           \
    "AND (CAST($2 AS TEXT) IS NULL OR v.fold_name LIKE $2 || '%') "                                \
    "AND (CAST($3 AS TEXT) IS NULL OR v.verified_on IS NULL OR v.verified_on < $3) "               \
    "AND (CAST($4 AS BIGINT) IS NULL OR v.organisation_id = $4) "                                  \
    "AND (CAST($5 AS TEXT) IS NULL OR v.capacity = $5) "                                           \
    "AND (CAST($6 AS TEXT) IS NULL OR v.areas IS NULL "                                            \
    "OR ',' || v.areas || ',' LIKE '%,' || $6 || ',%') "                                           \
    "AND (CAST($7 AS TEXT) IS NULL "                                                               \
    "OR EXISTS (SELECT 1 FROM service_need n WHERE n.code = $7 AND n.service_id = v.id)) "

static struct stmt *service_bound(struct db *db, const char *sql, const struct directory_query *q,
                                  struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_text(s, 1, q->status);
    stmt_text(s, 2, q->name);
    stmt_text(s, 3, q->verified_before);
    stmt_int_or_null(s, 4, q->organisation_id, FIELD_ABSENT);
    stmt_text(s, 5, q->capacity);
    stmt_text(s, 6, q->area);
    stmt_text(s, 7, q->need);
    return s;
}

struct stmt *service_list_rows(struct db *db, const struct directory_query *q, struct err *e)
{
    static const char sql[] =
        "SELECT v.ref, v.name, g.code, g.name, v.status, v.needs, v.areas, v.capacity, v.remote, "
        "(SELECT max(a.ends_on) FROM agreement a WHERE a.organisation_id = g.id), "
        "v.verified_on, v.version " SERVICE_FROM SERVICE_WHERE
        "AND (v.fold_name, v.id) > ($8, $9) ORDER BY v.fold_name, v.id LIMIT CAST($10 AS BIGINT)";
    struct stmt *s = service_bound(db, sql, q, e);
    if (!s)
        return NULL;
    stmt_text_raw(s, 8, q->after_name);
    stmt_int(s, 9, q->after_id);
    stmt_int(s, 10, limit_of(q));
    return s;
}

bool service_list_count(struct db *db, const struct directory_query *q, int64_t *count,
                        struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM service v " SERVICE_WHERE "/*scan*/";
    struct stmt *s = service_bound(db, sql, q, e);
    return s && count_of(s, count, e);
}

#define AGREEMENT_WHERE                                                                            \
    "WHERE (CAST($1 AS BIGINT) IS NULL OR a.organisation_id = $1) AND a.ends_on < $2 "

static struct stmt *agreement_bound(struct db *db, const char *sql, const struct agreement_query *q,
                                    struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_int_or_null(s, 1, q->organisation_id, FIELD_ABSENT);
    stmt_text(s, 2, *q->ends_before ? q->ends_before : "9999-12-31");
    return s;
}

struct stmt *agreement_list_rows(struct db *db, const struct agreement_query *q, struct err *e)
{
    static const char sql[] =
        "SELECT a.ref, g.code, g.name, a.starts_on, a.ends_on, a.categories, a.nhs_number, a.risk_note, "
        "a.summary, a.death, a.signed_by, a.version "
        "FROM agreement a JOIN organisation g ON g.id = a.organisation_id " AGREEMENT_WHERE
        "AND (a.ends_on, a.id) > ($3, $4) ORDER BY a.ends_on, a.id LIMIT CAST($5 AS BIGINT)";
    struct stmt *s = agreement_bound(db, sql, q, e);
    if (!s)
        return NULL;
    stmt_text_raw(s, 3, q->after_end);
    stmt_int(s, 4, q->after_id);
    stmt_int(s, 5, q->limit ? q->limit : INT64_MAX);
    return s;
}

bool agreement_list_count(struct db *db, const struct agreement_query *q, int64_t *count,
                          struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM agreement a " AGREEMENT_WHERE;
    struct stmt *s = agreement_bound(db, sql, q, e);
    return s && count_of(s, count, e);
}

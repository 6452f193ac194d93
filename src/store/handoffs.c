/* SPDX-License-Identifier: MIT
 *
 * Statements of handoffs (see handoffs.h).
 */
#include "store/handoffs.h"

#include "store/record.h"

bool handoff_event_add(struct db *db, const struct handoff_event *ev, struct err *e)
{
    static const char sql[] =
        "INSERT INTO handoff_event (id, handoff_id, at, on_date, event, state_from, state_to, "
        "effect, how, reply_id, note, by_user) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, ev->id);
    stmt_int(s, 2, ev->handoff_id);
    stmt_int(s, 3, ev->at);
    stmt_text(s, 4, ev->on_date);
    stmt_text(s, 5, ev->event);
    stmt_text(s, 6, ev->state_from);
    stmt_text(s, 7, ev->state_to);
    stmt_text(s, 8, ev->effect);
    stmt_text(s, 9, ev->how);
    stmt_int_or_null(s, 10, ev->reply_id, FIELD_ABSENT);
    stmt_text(s, 11, ev->note);
    stmt_int(s, 12, ev->by_user);
    return stmt_run(s, e) >= 0;
}

static struct stmt *with_key(struct db *db, const char *sql, int64_t key, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, key);
    return s;
}

struct stmt *handoff_events(struct db *db, int64_t handoff_id, struct err *e)
{
    static const char sql[] = "SELECT v.at, v.on_date, v.event, v.state_from, v.state_to, "
                              "v.effect, v.how, v.note, u.login "
                              "FROM handoff_event v JOIN app_user u ON u.id = v.by_user "
                              "WHERE v.handoff_id = $1 ORDER BY v.id";
    return with_key(db, sql, handoff_id, e);
}

bool handoff_gates_clear(struct db *db, int64_t handoff_id, struct err *e)
{
    static const char sql[] = "DELETE FROM handoff_gate WHERE handoff_id = $1";
    struct stmt *s = with_key(db, sql, handoff_id, e);
    return s && stmt_run(s, e) >= 0;
}

bool handoff_gate_add(struct db *db, int64_t handoff_id, const char *gate, const char *reason,
                      struct err *e)
{
    static const char sql[] =
        "INSERT INTO handoff_gate (handoff_id, gate, reason) VALUES ($1, $2, $3)";
    struct stmt *s = with_key(db, sql, handoff_id, e);
    if (!s)
        return false;
    stmt_text(s, 2, gate);
    stmt_text_raw(s, 3, reason);
    return stmt_run(s, e) >= 0;
}

struct stmt *handoff_gates(struct db *db, int64_t handoff_id, struct err *e)
{
    static const char sql[] =
        "SELECT gate, reason FROM handoff_gate WHERE handoff_id = $1 ORDER BY gate";
    return with_key(db, sql, handoff_id, e);
}

static struct stmt *with_key_and_state(struct db *db, const char *sql, int64_t key,
                                       const char *state, struct err *e)
{
    struct stmt *s = with_key(db, sql, key, e);
    if (s)
        stmt_text(s, 2, state);
    return s;
}

struct stmt *handoff_ids_of_person(struct db *db, int64_t person_id, const char *state,
                                   struct err *e)
{
    static const char sql[] =
        "SELECT id FROM handoff WHERE person_id = $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2) "
        "ORDER BY id";
    return with_key_and_state(db, sql, person_id, state, e);
}

struct stmt *handoff_ids_of_referral(struct db *db, int64_t referral_id, const char *state,
                                     struct err *e)
{
    static const char sql[] = "SELECT id FROM handoff WHERE referral_id = $1 AND (CAST($2 AS TEXT) "
                              "IS NULL OR state = $2) "
                              "ORDER BY id";
    return with_key_and_state(db, sql, referral_id, state, e);
}

struct stmt *handoff_ids_of_organisation(struct db *db, int64_t organisation_id, const char *state,
                                         struct err *e)
{
    static const char sql[] =
        "SELECT id FROM handoff WHERE organisation_id = $1 AND state = $2 ORDER BY id";
    return with_key_and_state(db, sql, organisation_id, state, e);
}

struct stmt *handoff_ids_of_service(struct db *db, int64_t service_id, const char *state,
                                    struct err *e)
{
    static const char sql[] =
        "SELECT id FROM handoff WHERE service_id = $1 AND state = $2 ORDER BY id";
    return with_key_and_state(db, sql, service_id, state, e);
}

struct stmt *handoff_ids_in_state(struct db *db, const char *state, struct err *e)
{
    static const char sql[] = "SELECT id FROM handoff WHERE state = $1 ORDER BY id";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_text(s, 1, state);
    return s;
}

struct stmt *handoff_ids_reply_before(struct db *db, const char *state, const char *day,
                                      struct err *e)
{
    static const char sql[] =
        "SELECT id FROM handoff WHERE state = $1 AND reply_by < $2 ORDER BY id";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_text(s, 1, state);
    stmt_text(s, 2, day);
    return s;
}

struct stmt *handoff_replies(struct db *db, int64_t handoff_id, struct err *e)
{
    static const char sql[] =
        "SELECT " REPLY_COLUMNS " FROM reply WHERE handoff_id = $1 ORDER BY id";
    return with_key(db, sql, handoff_id, e);
}

struct stmt *handoff_batches(struct db *db, int64_t handoff_id, struct err *e)
{
    static const char sql[] =
        "SELECT b.name, b.run_on, b.state, r.row_id, r.action, r.sha256 FROM batch_row r "
        "JOIN batch b ON b.id = r.batch_id WHERE r.handoff_id = $1 ORDER BY r.batch_id";
    return with_key(db, sql, handoff_id, e);
}

struct stmt *handoff_risks(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] =
        "SELECT " RISK_COLUMNS " FROM risk WHERE person_id = $1 AND ended_on IS NULL ORDER BY id";
    return with_key(db, sql, person_id, e);
}

struct stmt *handoffs_asked(struct db *db, int64_t person_id, const char *need, int64_t service_id,
                            struct err *e)
{
    static const char sql[] =
        "SELECT id, ref, state FROM handoff WHERE person_id = $1 AND need = $2 AND service_id = $3 "
        "ORDER BY id DESC";
    struct stmt *s = with_key(db, sql, person_id, e);
    if (!s)
        return NULL;
    stmt_text(s, 2, need);
    stmt_int(s, 3, service_id);
    return s;
}

bool handoff_need_of_referral(struct db *db, int64_t referral_id, const char *code, bool *found,
                              struct err *e)
{
    static const char sql[] = "SELECT 1 FROM need WHERE referral_id = $1 AND code = $2";
    struct stmt *s = with_key(db, sql, referral_id, e);
    if (!s)
        return false;
    stmt_text(s, 2, code);
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found)
        stmt_done(s);
    return step != STEP_FAILED;
}

bool handoff_person_ref(struct db *db, int64_t person_id, char out[REF_SIZE], struct err *e)
{
    static const char sql[] = "SELECT ref FROM person WHERE id = $1";
    struct stmt *s = with_key(db, sql, person_id, e);
    if (!s)
        return false;
    enum step step = stmt_step(s, e);
    if (step == STEP_DONE)
        return err_set(e, ERR_STORE, "A handoff belongs to nobody; run verify.");
    if (step == STEP_FAILED)
        return false;
    text_put(out, REF_SIZE, col_text(s, 0));
    stmt_done(s);
    return true;
}

bool handoff_id_of_ref(struct db *db, const char *ref, int64_t *id, struct err *e)
{
    static const char sql[] = "SELECT id FROM handoff WHERE ref = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, ref);
    enum step step = stmt_step(s, e);
    if (step == STEP_FAILED)
        return false;
    if (step == STEP_DONE)
        return err_set(e, ERR_NOT_FOUND, "There is no handoff %s.", ref);
    *id = col_int(s, 0);
    stmt_done(s);
    return true;
}

/* ---- handoff list: one body, driven by the most selective filter */

#define LIST_COLUMNS                                                                               \
    "SELECT p.id, p.neighbourhood, h.ref, p.ref, p.given_name || ' ' || p.family_name, r.ref, "    \
    "h.need, v.ref, v.name, g.code, h.state, h.state_at, h.urgent, h.reply_by, u.login, "          \
    "p.neighbourhood, (SELECT w.reason FROM handoff_gate w WHERE w.handoff_id = h.id "             \
    "AND h.state = 'held' ORDER BY w.gate LIMIT 1) "
#define LIST_FROM                                                                                  \
    "FROM handoff h JOIN referral r ON r.id = h.referral_id "                                      \
    "JOIN person p ON p.id = h.person_id JOIN service v ON v.id = h.service_id "                   \
    "JOIN organisation g ON g.id = h.organisation_id LEFT JOIN app_user u ON u.id = r.worker_id "
/* With every filter; see below for where less will do. */
#define COUNT_FROM                                                                                 \
    "SELECT count(*) FROM handoff h JOIN referral r ON r.id = h.referral_id "                      \
    "JOIN person p ON p.id = h.person_id "
#define LIST_WHERE                                                                                 \
    "WHERE h.id < $1 AND (CAST($2 AS TEXT) IS NULL OR h.state = $2) "                              \
    "AND (CAST($3 AS BIGINT) IS NULL OR h.organisation_id = $3) "                                  \
    "AND (CAST($4 AS BIGINT) IS NULL OR h.service_id = $4) "                                       \
    "AND (CAST($5 AS BIGINT) IS NULL OR r.worker_id = $5) "                                        \
    "AND (CAST($6 AS TEXT) IS NULL OR p.neighbourhood = $6) "                                      \
    "AND (CAST($7 AS BIGINT) IS NULL OR h.person_id = $7) "                                        \
    "AND (CAST($8 AS BIGINT) IS NULL OR h.referral_id = $8) "                                      \
    "AND (CAST($9 AS TEXT) IS NULL OR h.need = $9) "                                               \
    "AND (p.restricted = 0 OR EXISTS (SELECT 1 FROM person_access a "                              \
    "WHERE a.person_id = p.id AND a.user_id = $10)) "                                              \
    "AND (CAST($11 AS TEXT) IS NULL OR $11 LIKE '%,' || p.neighbourhood || ',%') "                 \
    "AND ($12 = 0 OR h.worker_told = 0) "
#define LIST_ORDER(way) "AND h.id > $14 ORDER BY h.id " way " LIMIT CAST($13 AS BIGINT)"

struct list_sql {
    const char *rows[2], *count; /* rows[1]: backwards */
};
#define LIST_SQL(where, sort)                                                                      \
    {                                                                                              \
        {LIST_COLUMNS LIST_FROM LIST_WHERE where LIST_ORDER("DESC") sort,                          \
         LIST_COLUMNS LIST_FROM LIST_WHERE where LIST_ORDER("ASC") sort},                          \
            COUNT_FROM LIST_WHERE where "/*scan*/"                                                 \
    }

/* The filters that an index serves, the most selective first. */
static const struct list_sql *list_sql_for(const struct handoff_query *q)
{
    static const struct list_sql sqls[] = {
        LIST_SQL("AND h.referral_id = $8 ", ""),
        LIST_SQL("AND h.person_id = $7 ", ""),
        LIST_SQL("AND h.service_id = $4 ", " /*sort*/"),
        LIST_SQL("AND r.worker_id = $5 ", " /*sort*/"),
        LIST_SQL("AND h.organisation_id = $3 AND h.state = $2 ", ""),
        LIST_SQL("AND h.organisation_id = $3 ", " /*sort*/"),
        LIST_SQL("AND h.worker_told = 0 ", ""),
        LIST_SQL("AND h.state = $2 ", ""),
        LIST_SQL("", ""),
    };
    const bool asked[] = {q->referral_id != FIELD_ABSENT,
                          q->person_id != FIELD_ABSENT,
                          q->service_id != FIELD_ABSENT,
                          q->worker_id != FIELD_ABSENT,
                          q->organisation_id != FIELD_ABSENT && *q->state,
                          q->organisation_id != FIELD_ABSENT,
                          q->news,
                          *q->state != '\0',
                          true};
    size_t i = 0;
    while (!asked[i])
        i++;
    return &sqls[i];
}

static void list_bind(struct stmt *s, const struct handoff_query *q, int64_t before)
{
    stmt_int(s, 1, before);
    stmt_text(s, 2, q->state);
    stmt_int_or_null(s, 3, q->organisation_id, FIELD_ABSENT);
    stmt_int_or_null(s, 4, q->service_id, FIELD_ABSENT);
    stmt_int_or_null(s, 5, q->worker_id, FIELD_ABSENT);
    stmt_text(s, 6, q->neighbourhood);
    stmt_int_or_null(s, 7, q->person_id, FIELD_ABSENT);
    stmt_int_or_null(s, 8, q->referral_id, FIELD_ABSENT);
    stmt_text(s, 9, q->need);
    stmt_int(s, 10, q->user_id);
    stmt_text(s, 11, q->areas);
    stmt_int(s, 12, q->news);
}

struct stmt *handoff_list_rows(struct db *db, const struct handoff_query *q, struct err *e)
{
    struct stmt *s = db_prepare(db, list_sql_for(q)->rows[q->page.backwards], e);
    if (!s)
        return NULL;
    list_bind(s, q, q->page.below);
    stmt_int(s, 13, page_limit(&q->page));
    stmt_int(s, 14, q->page.above);
    return s;
}

/* ---- how many: where the handoff's own row tells, the persons that the user may not know of are
 * counted apart, which are few */

static bool one_int(struct stmt *s, int64_t *out, struct err *e)
{
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    *out = col_int(s, 0);
    stmt_done(s);
    return true;
}

static bool count_each(struct db *db, const struct handoff_query *q, int64_t *count, struct err *e)
{
    struct stmt *s = db_prepare(db, list_sql_for(q)->count, e);
    if (s)
        list_bind(s, q, INT64_MAX);
    return one_int(s, count, e);
}

/* From the counts that are kept. */
static bool count_kept(struct db *db, const struct handoff_query *q, int64_t *count, struct err *e)
{
    static const char sql[] =
        "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM summary WHERE measure = "
        "'handoff_state' AND month = '' AND neighbourhood = '' AND (CAST($1 AS TEXT) IS NULL OR "
        "code = $1)";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_text(s, 1, q->state);
    return one_int(s, count, e);
}

#define OWN_WHERE                                                                                  \
    "(CAST($1 AS TEXT) IS NULL OR h.state = $1) "                                                  \
    "AND (CAST($2 AS TEXT) IS NULL OR h.need = $2) AND ($3 = 0 OR h.worker_told = 0) "             \
    "AND (CAST($4 AS BIGINT) IS NULL OR h.organisation_id = $4) "                                  \
    "AND (CAST($5 AS BIGINT) IS NULL OR h.service_id = $5) "

static struct stmt *own_prepare(struct db *db, const char *sql, const struct handoff_query *q,
                                struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_text(s, 1, q->state);
    stmt_text(s, 2, q->need);
    stmt_int(s, 3, q->news);
    stmt_int_or_null(s, 4, q->organisation_id, FIELD_ABSENT);
    stmt_int_or_null(s, 5, q->service_id, FIELD_ABSENT);
    return s;
}

static bool count_own(struct db *db, const struct handoff_query *q, int64_t *count, struct err *e)
{
#define OWN "SELECT count(*) FROM handoff h WHERE " OWN_WHERE
    static const char service[] = OWN "AND h.service_id = $5";
    static const char organisation[] = OWN "AND h.organisation_id = $4";
    static const char news[] = OWN "AND h.worker_told = 0 /*scan*/";
    static const char state[] = OWN "AND h.state = $1";
    static const char every[] = OWN "/*scan*/";
#undef OWN
    const char *sql = q->service_id != FIELD_ABSENT        ? service
                      : q->organisation_id != FIELD_ABSENT ? organisation
                      : q->news                            ? news
                      : *q->state                          ? state
                                                           : every;
    return one_int(own_prepare(db, sql, q, e), count, e);
}

static bool count_hidden(struct db *db, const struct handoff_query *q, int64_t *count, struct err *e)
{
    static const char sql[] =
        "SELECT count(*) FROM person p CROSS JOIN handoff h WHERE p.restricted = 1 AND NOT EXISTS "
        "(SELECT 1 FROM person_access a WHERE a.person_id = p.id AND a.user_id = $6) "
        "AND h.person_id = p.id AND " OWN_WHERE "/*scan*/";
    struct stmt *s = own_prepare(db, sql, q, e);
    if (s)
        stmt_int(s, 6, q->user_id);
    return one_int(s, count, e);
}

bool handoff_list_count(struct db *db, const struct handoff_query *q, int64_t *count, struct err *e)
{
    bool kept = q->organisation_id == FIELD_ABSENT && q->service_id == FIELD_ABSENT && !*q->need &&
                !q->news;
    int64_t all = 0, hidden = 0;
    if (q->worker_id != FIELD_ABSENT || q->person_id != FIELD_ABSENT ||
        q->referral_id != FIELD_ABSENT || *q->neighbourhood || *q->areas)
        return count_each(db, q, count, e);
    if (!(kept ? count_kept : count_own)(db, q, &all, e) || !count_hidden(db, q, &hidden, e))
        return false;
    *count = all - hidden;
    return true;
}

/* ---- batches at the desk */

struct stmt *batch_new_handoffs(struct db *db, int64_t batch_id, struct err *e)
{
    static const char sql[] =
        "SELECT handoff_id FROM batch_row WHERE batch_id = $1 AND action = 'new' ORDER BY row_no";
    return with_key(db, sql, batch_id, e);
}

struct stmt *batch_rows_shown(struct db *db, int64_t batch_id, struct err *e)
{
    static const char sql[] =
        "SELECT r.row_no, r.row_id, r.action, h.ref, h.state, r.sha256, h.person_id FROM batch_row r "
        "JOIN handoff h ON h.id = r.handoff_id WHERE r.batch_id = $1 ORDER BY r.row_no";
    return with_key(db, sql, batch_id, e);
}

struct stmt *batch_deliveries(struct db *db, int64_t batch_id, struct err *e)
{
    static const char sql[] =
        "SELECT tried_at, command, ok, note FROM delivery WHERE batch_id = $1 ORDER BY id";
    return with_key(db, sql, batch_id, e);
}

#define BATCH_ROWS                                                                                 \
    "SELECT b.name, g.code, b.run_on, b.state, b.row_count, b.sha256, b.delivered_at "             \
    "FROM batch b JOIN organisation g ON g.id = b.organisation_id "
#define BATCH_WHERE                                                                                \
    "WHERE b.id < $1 AND (CAST($2 AS BIGINT) IS NULL OR b.organisation_id = $2) "                  \
    "AND (CAST($3 AS TEXT) IS NULL OR b.state = $3) "                                              \
    "AND (CAST($4 AS TEXT) IS NULL OR b.run_on = $4) "

bool batch_id_of_name(struct db *db, const char *name, int64_t *id, struct err *e)
{
    struct batch b;
    if (!record_load_ref(db, &batch_type, name, &b, e))
        return false;
    *id = b.id;
    return true;
}

static struct stmt *batch_bound(struct db *db, const char *sql, const struct batch_query *q,
                                int64_t before, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_int(s, 1, before);
    stmt_int_or_null(s, 2, q->organisation_id, FIELD_ABSENT);
    stmt_text(s, 3, q->state);
    stmt_text(s, 4, q->run_on);
    return s;
}

struct stmt *batch_list_rows(struct db *db, const struct batch_query *q, struct err *e)
{
#define ORDER(way) "AND b.id > $6 ORDER BY b.id " way " LIMIT CAST($5 AS BIGINT)"
    static const char *const every[] = {BATCH_ROWS BATCH_WHERE ORDER("DESC"),
                                        BATCH_ROWS BATCH_WHERE ORDER("ASC")};
    static const char *const of_one[] = {
        BATCH_ROWS BATCH_WHERE "AND b.organisation_id = $2 " ORDER("DESC"),
        BATCH_ROWS BATCH_WHERE "AND b.organisation_id = $2 " ORDER("ASC")};
#undef ORDER
    const char *const *sql = q->organisation_id == FIELD_ABSENT ? every : of_one;
    struct stmt *s = batch_bound(db, sql[q->page.backwards], q, q->page.below, e);
    if (!s)
        return NULL;
    stmt_int(s, 5, page_limit(&q->page));
    stmt_int(s, 6, q->page.above);
    return s;
}

bool batch_list_count(struct db *db, const struct batch_query *q, int64_t *count, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM batch b " BATCH_WHERE "/*scan*/";
    struct stmt *s = batch_bound(db, sql, q, INT64_MAX, e);
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    *count = col_int(s, 0);
    stmt_done(s);
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * Statements of episodes and of what belongs to them (see referrals.h).
 */
#include <stdlib.h>
#include <string.h>

#include "onward/workflow.h"
#include "store/record.h"
#include "store/referrals.h"

static const struct {
    const struct record_type *type;
    const char *sql;
} children[] = {
    {&need_type, "SELECT " NEED_COLUMNS " FROM need WHERE referral_id = $1 ORDER BY id /*sort*/"},
    {&contact_type,
     "SELECT " CONTACT_COLUMNS " FROM contact WHERE referral_id = $1 ORDER BY on_date, id"},
    {&plan_item_type,
     "SELECT " PLAN_ITEM_COLUMNS " FROM plan_item WHERE referral_id = $1 ORDER BY id"},
    {&signpost_type,
     "SELECT " SIGNPOST_COLUMNS " FROM signpost WHERE referral_id = $1 ORDER BY id"},
    {&flag_type, "SELECT " FLAG_COLUMNS " FROM flag WHERE referral_id = $1 ORDER BY id"},
    {&answer_type, "SELECT " ANSWER_COLUMNS " FROM answer WHERE referral_id = $1 ORDER BY id"},
    {&referral_source_type,
     "SELECT " REFERRAL_SOURCE_COLUMNS " FROM referral_source WHERE referral_id = $1 ORDER BY id"},
    {&handoff_type, "SELECT " HANDOFF_COLUMNS " FROM handoff WHERE referral_id = $1 ORDER BY id"},
    {&risk_type, "SELECT " RISK_COLUMNS " FROM risk WHERE person_id = $1 ORDER BY id"},
    {&referral_type, "SELECT " REFERRAL_COLUMNS " FROM referral WHERE person_id = $1 ORDER BY id"},
};

static const char *children_sql(const struct record_type *t)
{
    for (size_t i = 0; i < sizeof children / sizeof *children; i++)
        if (children[i].type == t)
            return children[i].sql;
    die("%s has no parent to be found under", t->name);
}

bool referral_children(struct db *db, const struct record_type *t, int64_t parent_id, void **rows,
                       size_t *n, struct err *e)
{
    struct stmt *s = db_prepare(db, children_sql(t), e);
    if (!s)
        return false;
    stmt_int(s, 1, parent_id);
    char *all = NULL;
    size_t count = 0, room = 0;
    enum step step;
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        if (count == room)
            all = xrealloc(all, (room = room ? 2 * room : 4) * t->size);
        record_read(s, 0, t, all + count++ * t->size);
    }
    if (step == STEP_FAILED) {
        free(all);
        return false;
    }
    *rows = all;
    *n = count;
    return true;
}

static struct stmt *with_key(struct db *db, const char *sql, int64_t key, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, key);
    return s;
}

bool referral_open_of_person(struct db *db, int64_t person_id, int64_t own, char ref[REF_SIZE],
                             struct err *e)
{
    static const char sql[] =
        "SELECT ref, state FROM referral WHERE person_id = $1 AND id <> $2 ORDER BY id";
    struct stmt *s = with_key(db, sql, person_id, e);
    if (!s)
        return false;
    stmt_int(s, 2, own);
    *ref = '\0';
    enum step step;
    while ((step = stmt_step(s, e)) == STEP_ROW && !*ref)
        if (referral_is_open(col_text(s, 1)))
            text_put(ref, REF_SIZE, col_text(s, 0));
    stmt_done(s);
    return step != STEP_FAILED;
}

static bool one_int(struct stmt *s, int64_t *out, struct err *e)
{
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    *out = col_int(s, 0);
    stmt_done(s);
    return true;
}

bool referral_attempt_days(struct db *db, int64_t referral_id, int64_t *days, struct err *e)
{
    static const char sql[] =
        "SELECT count(DISTINCT on_date) FROM contact WHERE referral_id = $1 AND outcome <> 'note' /*sort*/";
    return one_int(with_key(db, sql, referral_id, e), days, e);
}

bool risk_recorded(struct db *db, int64_t person_id, bool *recorded, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM risk WHERE person_id = $1 AND ended_on IS NULL";
    int64_t n;
    if (!one_int(with_key(db, sql, person_id, e), &n, e))
        return false;
    *recorded = n > 0;
    return true;
}

bool referrals_with_worker(struct db *db, int64_t worker_id, int64_t **ids, size_t *n,
                           struct err *e)
{
    static const char sql[] = "SELECT id FROM referral WHERE worker_id = $1 AND state IN "
                              "('allocated', 'active', 'paused') "
                              "ORDER BY id";
    struct stmt *s = with_key(db, sql, worker_id, e);
    if (!s)
        return false;
    *ids = NULL;
    *n = 0;
    enum step step;
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        *ids = xrealloc(*ids, (*n + 1) * sizeof **ids);
        (*ids)[(*n)++] = col_int(s, 0);
    }
    return step != STEP_FAILED;
}

bool need_of_referral(struct db *db, int64_t referral_id, const char *code, bool *found,
                      struct need *out, struct err *e)
{
    static const char sql[] =
        "SELECT " NEED_COLUMNS " FROM need WHERE referral_id = $1 AND code = $2";
    struct stmt *s = with_key(db, sql, referral_id, e);
    if (!s)
        return false;
    stmt_text(s, 2, code);
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found)
        record_read(s, 0, &need_type, out);
    stmt_done(s);
    return step != STEP_FAILED;
}

struct stmt *referral_handoffs(struct db *db, int64_t referral_id, struct err *e)
{
    static const char sql[] = "SELECT h.ref, h.need, h.state, h.state_at, h.urgent, v.ref, v.name, "
                              "g.code, g.name, h.reply_by, h.last_reply_on "
                              "FROM handoff h JOIN service v ON v.id = h.service_id JOIN "
                              "organisation g ON g.id = h.organisation_id "
                              "WHERE h.referral_id = $1 ORDER BY h.id";
    return with_key(db, sql, referral_id, e);
}

bool referral_id_of_ref(struct db *db, const char *ref, int64_t *id, struct err *e)
{
    static const char sql[] = "SELECT id FROM referral WHERE ref = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, ref);
    enum step step = stmt_step(s, e);
    if (step == STEP_ROW)
        *id = col_int(s, 0);
    stmt_done(s);
    return step == STEP_ROW ||
           (step == STEP_DONE && err_set(e, ERR_NOT_FOUND, "There is no referral %s.", ref));
}

/* ---- referral list: one body, driven by the most selective filter */

#define LIST_COLUMNS                                                                               \
    "SELECT p.neighbourhood, r.ref, p.ref, p.given_name || ' ' || p.family_name, r.state, "        \
    "r.received_on, u.login, "                                                                     \
    "r.neighbourhood, r.last_reached_on, r.urgent, r.source, r.close_reason, r.closed_on, "        \
    "(SELECT count(*) FROM need n WHERE n.referral_id = r.id), "                                   \
    "(SELECT count(*) FROM handoff h WHERE h.referral_id = r.id AND h.state NOT IN "               \
    "('declined', 'completed', 'failed', 'withdrawn', 'error')) "
#define OPEN_STATES "('received', 'waiting', 'allocated', 'active', 'paused') "
#define FILTERS                                                                                    \
    "AND (CAST($2 AS TEXT) IS NULL OR r.state = $2) "                                              \
    "AND (CAST($3 AS TEXT) IS NULL OR r.neighbourhood = $3) "                                      \
    "AND (CAST($4 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM need y WHERE y.referral_id = r.id "    \
    "AND y.code = $4)) "                                                                           \
    "AND (CAST($5 AS BIGINT) IS NULL OR r.worker_id = $5) AND (CAST($6 AS BIGINT) IS NULL OR "     \
    "r.person_id = $6) "                                                                           \
    "AND (CAST($7 AS TEXT) IS NULL OR (r.state IN ('allocated', 'active') AND (r.last_reached_on " \
    "IS NULL OR r.last_reached_on <= $7))) "                                                       \
    "AND ($8 = 0 OR r.state NOT IN ('draft', 'closed', 'error')) "
#define IN_SIGHT                                                                                   \
    "AND (p.restricted = 0 OR EXISTS (SELECT 1 FROM person_access a WHERE a.person_id = p.id AND " \
    "a.user_id = $9)) "                                                                            \
    "AND (CAST($10 AS TEXT) IS NULL OR replace($10, ',' || p.neighbourhood || ',', '') <> $10) "
#define PERSON "JOIN person p ON p.id = r.person_id "
#define WORKER "LEFT JOIN app_user u ON u.id = r.worker_id "

/* `count` is of all that there are; `count_in_sight` looks at the person of each. */
struct list_sql {
    const char *rows[2], *count, *count_in_sight; /* rows[1]: backwards */
};
#define COUNTS(from)                                                                               \
    "SELECT count(*) " from("") FILTERS "/*scan*/",                                                \
        "SELECT count(*) " from(PERSON) FILTERS IN_SIGHT "/*scan*/"
#define LIST_SQL(from, order)                                                                      \
    {                                                                                              \
        {LIST_COLUMNS from(PERSON WORKER) FILTERS IN_SIGHT order("DESC"),                          \
         LIST_COLUMNS from(PERSON WORKER) FILTERS IN_SIGHT order("ASC")},                          \
            COUNTS(from)                                                                           \
    }
#define LIST_LIMIT "LIMIT CAST($11 AS BIGINT)"
#define LIST_ORDER(way) "AND r.id > $12 ORDER BY r.id " way " " LIST_LIMIT

#define EVERY(join) "FROM referral r " join "WHERE r.id < $1 "
#define OF_PERSON(join) EVERY(join) "AND r.person_id = $6 "
#define OF_WORKER(join) EVERY(join) "AND r.worker_id = $5 "
#define OF_STATE(join) EVERY(join) "AND r.state = $2 "
#define OF_AREA(join) EVERY(join) "AND r.neighbourhood = $3 "
#define OPEN(join) EVERY(join) "AND r.state IN " OPEN_STATES
#define QUIET(join) EVERY(join) "AND r.state IN ('allocated', 'active') "
/* The statement of five states is longer than the 4095 bytes that ISO C promises and less than what any compiler of C17 takes. */
#pragma GCC diagnostic ignored "-Woverlength-strings"
/* Several states, each in the order of its index, merged as they are read: open cases are few among
 * the closed, and the oldest of them far from the end of the list. */
#define IN_STATE(state)                                                                            \
    LIST_COLUMNS ", r.id AS row_id " EVERY(PERSON WORKER) "AND r.id > $12 AND r.state = '" state   \
                 "' " FILTERS IN_SIGHT
#define QUIET_ROWS IN_STATE("allocated") "UNION ALL " IN_STATE("active")
#define OPEN_ROWS                                                                                  \
    IN_STATE("received") "UNION ALL " IN_STATE("waiting") "UNION ALL " IN_STATE("paused")          \
        "UNION ALL " QUIET_ROWS
#define MERGED_SQL(rows, count_from)                                                               \
    {                                                                                              \
        {rows "ORDER BY row_id DESC " LIST_LIMIT, rows "ORDER BY row_id ASC " LIST_LIMIT},         \
            COUNTS(count_from)                                                                     \
    }
/* A sum is served by no index: the small one of open cases is then the best there is. */
#define CASELOAD(join)                                                                             \
    "FROM referral r " join "WHERE r.id + 0 < $1 AND r.worker_id = $5 AND r.state IN " OPEN_STATES
#define CASELOAD_ORDER(way) "AND r.id + 0 > $12 ORDER BY r.id + 0 " way " " LIST_LIMIT " /*sort*/"
#define OF_NEED(join)                                                                              \
    "FROM need x CROSS JOIN referral r " join                                                      \
    "WHERE r.id = x.referral_id AND x.code = $4 AND x.referral_id < $1 "
#define NEED_ORDER(way) "AND x.referral_id > $12 ORDER BY x.referral_id " way " " LIST_LIMIT

/* The filters that an index serves, the most selective first. */
static const struct list_sql *list_sql_for(const struct referral_query *q)
{
    static const struct list_sql sqls[] = {
        LIST_SQL(OF_PERSON, LIST_ORDER), LIST_SQL(CASELOAD, CASELOAD_ORDER),
        LIST_SQL(OF_WORKER, LIST_ORDER), MERGED_SQL(QUIET_ROWS, QUIET),
        MERGED_SQL(OPEN_ROWS, OPEN),     LIST_SQL(OF_NEED, NEED_ORDER),
        LIST_SQL(OF_STATE, LIST_ORDER),  LIST_SQL(OF_AREA, LIST_ORDER),
        LIST_SQL(EVERY, LIST_ORDER)};
    bool worker = q->worker_id != FIELD_ABSENT, of_open = referral_is_open(q->state);
    bool open = q->open || of_open || *q->reached_before;
    const bool asked[] = {q->person_id != FIELD_ABSENT,
                          worker && open,
                          worker,
                          *q->reached_before != '\0',
                          q->open,
                          *q->need && !of_open,
                          *q->state != '\0',
                          *q->neighbourhood != '\0',
                          true};
    size_t i = 0;
    while (!asked[i])
        i++;
    return &sqls[i];
}

static void bind_filters(struct stmt *s, const struct referral_query *q, int64_t before)
{
    stmt_int(s, 1, before);
    stmt_text(s, 2, q->state);
    stmt_text(s, 3, q->neighbourhood);
    stmt_text(s, 4, q->need);
    stmt_int_or_null(s, 5, q->worker_id, FIELD_ABSENT);
    stmt_int_or_null(s, 6, q->person_id, FIELD_ABSENT);
    stmt_text(s, 7, q->reached_before);
    stmt_int(s, 8, q->open);
}

static void bind_sight(struct stmt *s, const struct referral_query *q)
{
    stmt_int(s, 9, q->user_id);
    stmt_text(s, 10, q->areas);
}

struct stmt *referral_list_rows(struct db *db, const struct referral_query *q, struct err *e)
{
    struct stmt *s = db_prepare(db, list_sql_for(q)->rows[q->page.backwards], e);
    if (!s)
        return NULL;
    bind_filters(s, q, q->page.below);
    bind_sight(s, q);
    stmt_int(s, 11, page_limit(&q->page));
    stmt_int(s, 12, q->page.above);
    return s;
}

/* ---- how many: a look at each of a million takes a second, so that counts kept are taken where
 * there are any */

static bool count_in_sight(struct db *db, const struct referral_query *q, int64_t *n, struct err *e)
{
    struct stmt *s = db_prepare(db, list_sql_for(q)->count_in_sight, e);
    if (!s)
        return false;
    bind_filters(s, q, INT64_MAX);
    bind_sight(s, q);
    return one_int(s, n, e);
}

/* By state and area alone. */
static bool count_kept(struct db *db, const struct referral_query *q, int64_t *n, struct err *e)
{
    static const char sql[] =
        "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM summary "
        "WHERE measure = 'referral_state' AND month = '' AND (CAST($1 AS TEXT) IS NULL OR code = "
        "$1) "
        "AND (CAST($2 AS TEXT) IS NULL OR neighbourhood = $2) AND ($3 = 0 OR code IN " OPEN_STATES
        ")";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, q->state);
    stmt_text(s, 2, q->neighbourhood);
    stmt_int(s, 3, q->open);
    return one_int(s, n, e);
}

/* By need alone: a referral has each need once. */
static bool count_need(struct db *db, const struct referral_query *q, int64_t *n, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM need WHERE code = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, q->need);
    return one_int(s, n, e);
}

static bool count_each(struct db *db, const struct referral_query *q, int64_t *n, struct err *e)
{
    struct stmt *s = db_prepare(db, list_sql_for(q)->count, e);
    if (!s)
        return false;
    bind_filters(s, q, INT64_MAX);
    return one_int(s, n, e);
}

/* Of persons that the user may not know of: those are few and lead. */
static bool count_hidden(struct db *db, const struct referral_query *q, int64_t *n, struct err *e)
{
    static const char sql[] =
        "SELECT count(*) FROM person p CROSS JOIN referral r WHERE p.restricted = 1 AND NOT EXISTS "
        "(SELECT 1 FROM person_access a WHERE a.person_id = p.id AND a.user_id = $9) "
        "AND r.person_id = p.id AND r.id < $1 " FILTERS "/*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    bind_filters(s, q, INT64_MAX);
    stmt_int(s, 9, q->user_id);
    return one_int(s, n, e);
}

bool referral_list_count(struct db *db, const struct referral_query *q, int64_t *count,
                         struct err *e)
{
    bool kept = q->worker_id == FIELD_ABSENT && q->person_id == FIELD_ABSENT && !*q->need &&
                !*q->reached_before;
    bool need_alone = *q->need && q->worker_id == FIELD_ABSENT && q->person_id == FIELD_ABSENT &&
                      !*q->reached_before && !*q->state && !*q->neighbourhood && !q->open;
    int64_t all = 0, hidden = 0;
    if (*q->areas)
        return count_in_sight(db, q, count, e);
    if (!(kept ? count_kept : need_alone ? count_need : count_each)(db, q, &all, e) ||
        !count_hidden(db, q, &hidden, e))
        return false;
    *count = all - hidden;
    return true;
}

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
        "SELECT count(DISTINCT on_date) FROM contact WHERE referral_id = $1 /*sort*/";
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
#define LIST_FROM                                                                                  \
    "FROM referral r JOIN person p ON p.id = r.person_id LEFT JOIN app_user u ON u.id = "          \
    "r.worker_id "
#define COUNT_FROM "SELECT count(*) FROM referral r JOIN person p ON p.id = r.person_id "
#define LIST_WHERE "WHERE r.id < $1 " LIST_REST
/* A sum is served by no index: the small one of open cases is then the best there is. */
#define CASELOAD_WHERE                                                                             \
    "WHERE r.id + 0 < $1 AND r.worker_id = $5 AND r.state IN " OPEN_STATES LIST_REST
#define LIST_REST                                                                                  \
    "AND (CAST($2 AS TEXT) IS NULL OR r.state = $2) "                                              \
    "AND (CAST($3 AS TEXT) IS NULL OR r.neighbourhood = $3) "                                      \
    "AND (CAST($4 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM need x WHERE x.referral_id = r.id "    \
    "AND x.code = $4)) "                                                                           \
    "AND (CAST($5 AS BIGINT) IS NULL OR r.worker_id = $5) AND (CAST($6 AS BIGINT) IS NULL OR "     \
    "r.person_id = $6) "                                                                           \
    "AND (CAST($7 AS TEXT) IS NULL OR (r.state IN ('allocated', 'active') AND (r.last_reached_on " \
    "IS NULL OR r.last_reached_on <= $7))) "                                                       \
    "AND ($8 = 0 OR r.state NOT IN ('draft', 'closed', 'error')) "                                 \
    "AND (p.restricted = 0 OR EXISTS (SELECT 1 FROM person_access a WHERE a.person_id = p.id AND " \
    "a.user_id = $9)) "                                                                            \
    "AND (CAST($10 AS TEXT) IS NULL OR replace($10, ',' || p.neighbourhood || ',', '') <> $10) "
#define OPEN_STATES "('received', 'waiting', 'allocated', 'active', 'paused') "
#define LIST_ORDER "ORDER BY r.id DESC LIMIT CAST($11 AS BIGINT)"
#define CASELOAD_ORDER "ORDER BY r.id + 0 DESC LIMIT CAST($11 AS BIGINT) /*sort*/"

struct list_sql {
    const char *rows, *count;
};

/* The filters that an index serves, the most selective first. */
static const struct list_sql *list_sql_for(const struct referral_query *q)
{
    static const char all[] = LIST_COLUMNS LIST_FROM LIST_WHERE LIST_ORDER;
    static const char all_n[] = COUNT_FROM LIST_WHERE "/*scan*/";
    static const char person[] =
        LIST_COLUMNS LIST_FROM LIST_WHERE "AND r.person_id = $6 " LIST_ORDER;
    static const char person_n[] = COUNT_FROM LIST_WHERE "AND r.person_id = $6";
    static const char any_of_worker[] =
        LIST_COLUMNS LIST_FROM LIST_WHERE "AND r.worker_id = $5 " LIST_ORDER;
    static const char any_of_worker_n[] = COUNT_FROM LIST_WHERE "AND r.worker_id = $5";
    static const char caseload[] = LIST_COLUMNS LIST_FROM CASELOAD_WHERE CASELOAD_ORDER;
    static const char caseload_n[] = COUNT_FROM CASELOAD_WHERE;
    static const char open_n[] = COUNT_FROM LIST_WHERE "AND r.state IN " OPEN_STATES;
    static const char state[] = LIST_COLUMNS LIST_FROM LIST_WHERE "AND r.state = $2 " LIST_ORDER;
    static const char state_n[] = COUNT_FROM LIST_WHERE "AND r.state = $2";
    static const struct list_sql sqls[] = {
        {person, person_n}, {caseload, caseload_n}, {any_of_worker, any_of_worker_n},
        {state, state_n},   {all, open_n},          {all, all_n}};
    bool worker = q->worker_id != FIELD_ABSENT, open = q->open || referral_is_open(q->state);
    const bool asked[] = {
        q->person_id != FIELD_ABSENT, worker && open, worker, *q->state != '\0', open, true};
    size_t i = 0;
    while (!asked[i])
        i++;
    return &sqls[i];
}

static void list_bind(struct stmt *s, const struct referral_query *q, int64_t before)
{
    stmt_int(s, 1, before);
    stmt_text(s, 2, q->state);
    stmt_text(s, 3, q->neighbourhood);
    stmt_text(s, 4, q->need);
    stmt_int_or_null(s, 5, q->worker_id, FIELD_ABSENT);
    stmt_int_or_null(s, 6, q->person_id, FIELD_ABSENT);
    stmt_text(s, 7, q->reached_before);
    stmt_int(s, 8, q->open);
    stmt_int(s, 9, q->user_id);
    stmt_text(s, 10, q->areas);
}

struct stmt *referral_list_rows(struct db *db, const struct referral_query *q, struct err *e)
{
    struct stmt *s = db_prepare(db, list_sql_for(q)->rows, e);
    if (!s)
        return NULL;
    list_bind(s, q, q->before);
    stmt_int(s, 11, q->limit ? q->limit : INT64_MAX);
    return s;
}

bool referral_list_count(struct db *db, const struct referral_query *q, int64_t *count,
                         struct err *e)
{
    struct stmt *s = db_prepare(db, list_sql_for(q)->count, e);
    if (!s)
        return false;
    list_bind(s, q, INT64_MAX);
    return one_int(s, count, e);
}

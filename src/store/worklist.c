/* SPDX-License-Identifier: MIT
 *
 * Statements of the worklist (see worklist.h). One body for each type of
 * record; a table says by which index its candidates are found in each scope.
 * Parameters: $1 who asks, $2 the scope's key or, for the whole service, how
 * many at most, $3 and $4 the days that the row of the table names.
 */
#include <stdlib.h>
#include <string.h>

#include "store/record.h"
#include "store/worklist.h"

#define OPEN_STATES "('received', 'waiting', 'allocated', 'active', 'paused')"
#define THEIR_OPEN_CASES                                                                           \
    "(SELECT w.id FROM referral w WHERE w.worker_id = $2 AND w.state IN " OPEN_STATES ")"
#define VISIBLE                                                                                    \
    "(p_restricted = 0 OR EXISTS (SELECT 1 FROM person_access a WHERE a.person_id = p_id AND "     \
    "a.user_id = $1)) "
#define RING_STATES "('queued', 'exported', 'delivered', 'no_response')"
#define MOST " LIMIT CAST($2 AS BIGINT)"

/* ---- what each candidate is read with */

#define PERSON_ABOUT                                                                               \
    "JOIN (SELECT p.id AS p_id, p.ref AS p_ref, p.given_name || ' ' || p.family_name AS p_name, "  \
    "p.restricted AS p_restricted, p.died_on AS p_died FROM person p) about ON p_id = person_id "
#define REFERRAL_ABOUT                                                                             \
    "JOIN (SELECT r.id AS r_id, r.ref AS r_ref, r.state AS r_state, r.worker_id AS r_worker, "     \
    "p.id AS p_id, "                                                                               \
    "p.ref AS p_ref, p.given_name || ' ' || p.family_name AS p_name, p.restricted AS "             \
    "p_restricted, "                                                                               \
    "p.died_on AS p_died FROM referral r JOIN person p ON p.id = r.person_id) about ON r_id = "    \
    "referral_id "

#define REFERRALS                                                                                  \
    "SELECT " REFERRAL_COLUMNS ", p_ref, p_name, ref, "                                            \
    "(SELECT count(DISTINCT c.on_date) FROM contact c WHERE c.referral_id = referral.id AND c.outcome <> 'note'), "        \
    "(SELECT count(*) FROM risk k WHERE k.person_id = p_id AND k.ended_on IS NULL), "              \
    "(SELECT count(*) FROM handoff h WHERE h.referral_id = referral.id AND h.state NOT IN "        \
    "('declined', 'completed', 'failed', 'withdrawn', 'error')), "                                 \
    "CASE WHEN source_key IS NOT NULL AND NOT EXISTS "                                             \
    "(SELECT 1 FROM consent n WHERE n.person_id = p_id AND n.purpose = 'contact') THEN 1 ELSE 0 "  \
    "END, "                                                                                        \
    "CASE WHEN EXISTS (SELECT 1 FROM consent x WHERE x.person_id = p_id AND x.purpose = 'share' "  \
    "AND x.expires_on <= $3) THEN 1 ELSE 0 END "                                                   \
    "FROM referral " PERSON_ABOUT "WHERE " VISIBLE "AND "
#define HANDOFFS                                                                                   \
    "SELECT " HANDOFF_COLUMNS ", p_ref, p_name, r_ref FROM handoff " REFERRAL_ABOUT                \
    "WHERE " VISIBLE "AND "
#define FLAGS                                                                                      \
    "SELECT " FLAG_COLUMNS ", p_ref, p_name, r_ref FROM flag " REFERRAL_ABOUT "WHERE " VISIBLE     \
    "AND p_died IS NULL AND r_state <> 'error' AND resolved_on IS NULL AND "
#define ANSWERS                                                                                    \
    "SELECT " ANSWER_COLUMNS ", p_ref, p_name, r_ref FROM answer " REFERRAL_ABOUT "WHERE " VISIBLE \
    "AND told_on IS NULL AND "

#define SAFEGUARDING(answer)                                                                       \
    REFERRALS "safeguarding = '" answer "' AND safeguarding <> 'none' AND state IN " OPEN_STATES   \
              " ORDER BY id" MOST " /*sort*/"

enum day { NO_DAY, TODAY, QUIET, NO_NEWS, EXPIRING };

static const struct source {
    const struct record_type *type;
    enum worklist_scope scope;
    const char *sql;
    enum day third, fourth;
} sources[] = {
    {&referral_type, WORKLIST_REFERRAL, REFERRALS "id = $2 /*sort*/", EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_WORKER,
     REFERRALS "worker_id = $2 AND state IN " OPEN_STATES " /*sort*/", EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_WORKER,
     REFERRALS "state = 'draft' AND created_by = $2 AND p_died IS NULL /*sort*/", EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE, SAFEGUARDING("concern"), EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE, SAFEGUARDING("not_yet"), EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE, SAFEGUARDING("not_asked"), EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE, REFERRALS "state = 'received' ORDER BY id" MOST " /*sort*/",
     EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE, REFERRALS "state = 'waiting' ORDER BY id" MOST " /*sort*/",
     EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE, REFERRALS "state = 'allocated' ORDER BY id" MOST " /*sort*/",
     EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE,
     REFERRALS "call_back_on <= $4 ORDER BY call_back_on, id" MOST " /*sort*/", EXPIRING, TODAY},
    {&referral_type, WORKLIST_SERVICE,
     REFERRALS "state = 'active' AND last_reached_on <= $4 ORDER BY last_reached_on, id" MOST
               " /*sort*/",
     EXPIRING, QUIET},
    {&referral_type, WORKLIST_SERVICE,
     REFERRALS "state = 'active' AND last_reached_on IS NULL ORDER BY id" MOST " /*sort*/",
     EXPIRING, NO_DAY},
    {&referral_type, WORKLIST_SERVICE,
     REFERRALS "state = 'paused' AND paused_until <= $4 ORDER BY paused_until, id" MOST " /*sort*/",
     EXPIRING, TODAY},
    {&referral_type, WORKLIST_SERVICE,
     REFERRALS "state = 'active' AND plan_review_on <= $4 ORDER BY plan_review_on, id" MOST
               " /*sort*/",
     EXPIRING, TODAY},
    {&referral_type, WORKLIST_SERVICE,
     REFERRALS "person_id IN (SELECT y.person_id FROM consent y WHERE y.expires_on >= $4 "
               "AND y.expires_on <= $3 AND y.purpose = 'share' ORDER BY y.expires_on" MOST
               ") /*sort*/",
     EXPIRING, QUIET},
    {&referral_type, WORKLIST_SERVICE,
     REFERRALS "state = 'draft' AND created_by = $1 AND p_died IS NULL ORDER BY id" MOST
               " /*sort*/",
     EXPIRING, NO_DAY},

    {&handoff_type, WORKLIST_REFERRAL, HANDOFFS "referral_id = $2", NO_DAY, NO_DAY},
    {&handoff_type, WORKLIST_WORKER,
     HANDOFFS "referral_id IN " THEIR_OPEN_CASES
              " AND (state NOT IN ('completed', 'withdrawn', 'error') OR stop_reason IS NOT NULL)",
     NO_DAY, NO_DAY},
    /* What left goes on when a case is closed: its stops and refusals come to the last worker. */
    {&handoff_type, WORKLIST_WORKER,
     HANDOFFS "stop_reason IS NOT NULL AND stop_confirmed_on IS NULL AND r_worker = $2 AND r_state "
              "NOT IN " OPEN_STATES,
     NO_DAY, NO_DAY},
    {&handoff_type, WORKLIST_WORKER,
     HANDOFFS "state = 'declined' AND reviewed_on IS NULL AND r_worker = $2 AND "
              "r_state NOT IN " OPEN_STATES,
     NO_DAY, NO_DAY},
    {&handoff_type, WORKLIST_SERVICE,
     HANDOFFS "stop_reason IS NOT NULL AND stop_confirmed_on IS NULL ORDER BY id" MOST, NO_DAY,
     NO_DAY},
    {&handoff_type, WORKLIST_SERVICE,
     HANDOFFS "urgent = 1 AND rung_on IS NULL AND state IN " RING_STATES " ORDER BY id" MOST,
     NO_DAY, NO_DAY},
    {&handoff_type, WORKLIST_SERVICE,
     HANDOFFS "state IN ('declined', 'failed') AND reviewed_on IS NULL "
              "AND (state = 'declined' OR r_state IN " OPEN_STATES ") ORDER BY id" MOST, NO_DAY,
     NO_DAY},
    {&handoff_type, WORKLIST_SERVICE, HANDOFFS "state = 'held' ORDER BY id" MOST, NO_DAY, NO_DAY},
    {&handoff_type, WORKLIST_SERVICE, HANDOFFS "state = 'draft' ORDER BY id" MOST, NO_DAY, NO_DAY},
    {&handoff_type, WORKLIST_SERVICE, HANDOFFS "state = 'no_response' ORDER BY id" MOST, NO_DAY,
     NO_DAY},
    {&handoff_type, WORKLIST_SERVICE,
     HANDOFFS "state IN ('exported', 'delivered', 'acknowledged') AND reply_by <= $3 ORDER BY "
              "reply_by, id" MOST " /*sort*/",
     TODAY, NO_DAY},
    {&handoff_type, WORKLIST_SERVICE,
     HANDOFFS "state IN ('accepted', 'waitlisted', 'in_progress', 'on_hold') AND last_reply_on <= "
              "$3 ORDER BY last_reply_on, id" MOST " /*sort*/",
     NO_NEWS, NO_DAY},

    {&flag_type, WORKLIST_REFERRAL, FLAGS "referral_id = $2", NO_DAY, NO_DAY},
    {&flag_type, WORKLIST_WORKER, FLAGS "referral_id IN " THEIR_OPEN_CASES, NO_DAY, NO_DAY},
    {&flag_type, WORKLIST_SERVICE, FLAGS "due_on <= $3 ORDER BY due_on, id" MOST, TODAY, NO_DAY},

    {&answer_type, WORKLIST_REFERRAL, ANSWERS "referral_id = $2", NO_DAY, NO_DAY},
    {&answer_type, WORKLIST_WORKER, ANSWERS "referral_id IN " THEIR_OPEN_CASES, NO_DAY, NO_DAY},
    {&answer_type, WORKLIST_WORKER,
     ANSWERS "worker_id = $2 AND owed_on <= $3 AND r_state NOT IN " OPEN_STATES, TODAY, NO_DAY},
    {&answer_type, WORKLIST_SERVICE, ANSWERS "owed_on <= $3 ORDER BY owed_on, id" MOST, TODAY,
     NO_DAY},
};

static const char *day_of(const struct worklist_query *q, enum day day)
{
    switch (day) {
    case TODAY:
        return q->today;
    case QUIET:
        return q->quiet;
    case NO_NEWS:
        return q->no_news;
    case EXPIRING:
        return q->expiring;
    default:
        return NULL;
    }
}

static struct stmt *prepare(struct db *db, const struct worklist_query *q, const struct source *src,
                            struct err *e)
{
    struct stmt *s = db_prepare(db, src->sql, e);
    if (!s)
        return NULL;
    stmt_int(s, 1, q->user_id);
    stmt_int(s, 2, q->scope == WORKLIST_SERVICE ? q->most : q->key);
    if (src->third != NO_DAY)
        stmt_text(s, 3, day_of(q, src->third));
    if (src->fourth != NO_DAY)
        stmt_text(s, 4, day_of(q, src->fourth));
    return s;
}

static void read_row(struct stmt *s, const struct record_type *t, void *record,
                     struct worklist_row *row)
{
    int after = (int)t->count;
    record_read(s, 0, t, record);
    row->record = record;
    text_put(row->person, sizeof row->person, col_text(s, after));
    text_put(row->name, sizeof row->name, col_text(s, after + 1));
    text_put(row->referral, sizeof row->referral, col_text(s, after + 2));
    if (t != &referral_type)
        return;
    row->facts.attempt_days = col_int(s, after + 3);
    row->facts.has_risk = col_int(s, after + 4) > 0;
    row->facts.open_handoffs = col_int(s, after + 5);
    row->facts.contact_not_asked = col_int(s, after + 6);
    row->consents_expire = col_int(s, after + 7) == 1;
}

static bool each_of(struct db *db, const struct worklist_query *q, const struct source *src,
                    void *record, worklist_fn *fn, void *ctx, struct err *e)
{
    struct stmt *s = prepare(db, q, src, e);
    enum step step = STEP_FAILED;
    while (s && (step = stmt_step(s, e)) == STEP_ROW) {
        struct worklist_row row = {0};
        read_row(s, src->type, record, &row);
        if (!fn(ctx, &row, e)) {
            stmt_done(s);
            return false;
        }
    }
    return step != STEP_FAILED;
}

bool worklist_each(struct db *db, const struct worklist_query *q, const struct record_type *t,
                   worklist_fn *fn, void *ctx, struct err *e)
{
    void *record = xcalloc(1, t->size);
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof sources / sizeof *sources; i++)
        if (sources[i].type == t && sources[i].scope == q->scope)
            ok = each_of(db, q, &sources[i], record, fn, ctx, e);
    free(record);
    return ok;
}

struct stmt *worklist_recipients(struct db *db, int64_t referral_id, struct err *e)
{
    static const char sql[] =
        "SELECT g.code, h.need FROM handoff h JOIN organisation g ON g.id = h.organisation_id "
        "WHERE h.referral_id = $1 AND h.state NOT IN ('declined', 'completed', 'failed', "
        "'withdrawing', "
        "'withdrawn', 'error')";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, referral_id);
    return s;
}

/* ---- batches and replies */

struct stmt *worklist_batches(struct db *db, const struct worklist_query *q, struct err *e)
{
    static const char sql[] =
        "SELECT b.name, b.run_on, g.code FROM batch b JOIN organisation g ON g.id = "
        "b.organisation_id "
        "WHERE b.state IN ('frozen', 'published') ORDER BY b.id LIMIT CAST($1 AS BIGINT) /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, q->most);
    return s;
}

#define REPLIES                                                                                    \
    "SELECT y.row_id, y.why, g.code, y.created_at, h.ref, r.ref FROM reply y "                     \
    "JOIN organisation g ON g.id = y.organisation_id LEFT JOIN handoff h ON h.id = y.handoff_id "  \
    "LEFT JOIN referral r ON r.id = h.referral_id LEFT JOIN person p ON p.id = h.person_id "       \
    "WHERE y.verdict IN ('refused', 'unmatched') AND y.settled_on IS NULL "                        \
    "AND (p.id IS NULL OR p.restricted = 0 "                                                       \
    "OR EXISTS (SELECT 1 FROM person_access a WHERE a.person_id = p.id AND a.user_id = $2)) "

struct stmt *worklist_replies(struct db *db, const struct worklist_query *q, struct err *e)
{
    static const char worker[] = REPLIES "AND r.worker_id = $1 ORDER BY y.id /*scan*/";
    static const char service[] = REPLIES "ORDER BY y.id LIMIT CAST($1 AS BIGINT) /*scan*/";
    struct stmt *s = db_prepare(db, q->scope == WORKLIST_WORKER ? worker : service, e);
    if (!s)
        return NULL;
    stmt_int(s, 1, q->scope == WORKLIST_WORKER ? q->key : q->most);
    stmt_int(s, 2, q->user_id);
    return s;
}

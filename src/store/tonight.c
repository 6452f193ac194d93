/* SPDX-License-Identifier: MIT
 *
 * Statements of what goes tonight (see tonight.h).
 */
#include "store/tonight.h"

#include "onward/field.h"

#define FOUND "SELECT h.id AS id, g.fold_name AS organisation "
#define AND_ITS "JOIN person p ON p.id = h.person_id JOIN organisation g ON g.id = h.organisation_id "
#define FILTERS                                                                                    \
    "AND (CAST($1 AS BIGINT) IS NULL OR h.organisation_id = $1) "                                  \
    "AND (CAST($2 AS BIGINT) IS NULL OR r.worker_id = $2) "                                        \
    "AND (p.restricted = 0 OR EXISTS (SELECT 1 FROM person_access a WHERE a.person_id = p.id AND " \
    "a.user_id = $3)) "                                                                            \
    "AND (CAST($4 AS TEXT) IS NULL OR replace($4, ',' || p.neighbourhood || ',', '') <> $4) "
#define QUEUED "h.state = 'queued' "
#define HELD "h.state = 'held' "
#define UPDATE "h.update_due = 1 "
#define STOP                                                                                       \
    "h.stop_reason IS NOT NULL AND h.stop_confirmed_on IS NULL AND h.stop_batch_id IS NULL "

/* Each by its own index. */
#define EACH(which)                                                                                \
    FOUND "FROM handoff h JOIN referral r ON r.id = h.referral_id " AND_ITS "WHERE " which FILTERS
/* A worker's own are found by their cases: a handful, however long the night is. */
#define OF_WORKER                                                                                  \
    FOUND "FROM referral r CROSS JOIN handoff h " AND_ITS "WHERE r.worker_id = $2 "                \
          "AND h.referral_id = r.id AND (" QUEUED "OR " HELD "OR " UPDATE "OR (" STOP ")) " FILTERS
#define BY_NAME "ORDER BY organisation, id /*scan*/ /*sort*/"

struct stmt *tonight_handoffs(struct db *db, const struct tonight_query *q, struct err *e)
{
    static const char all[] =
        EACH(QUEUED) "UNION " EACH(HELD) "UNION " EACH(UPDATE) "UNION " EACH(STOP) BY_NAME;
    static const char of_worker[] = OF_WORKER BY_NAME;
    struct stmt *s = db_prepare(db, q->worker_id == FIELD_ABSENT ? all : of_worker, e);
    if (!s)
        return NULL;
    stmt_int_or_null(s, 1, q->organisation_id, FIELD_ABSENT);
    stmt_int_or_null(s, 2, q->worker_id, FIELD_ABSENT);
    stmt_int(s, 3, q->user_id);
    stmt_text(s, 4, q->areas);
    return s;
}

bool tonight_last_run(struct db *db, int64_t *finished_at, struct err *e)
{
    static const char sql[] = "SELECT finished_at FROM nightly_run WHERE report IS NOT NULL "
                              "ORDER BY id DESC LIMIT 1 /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    enum step step = s ? stmt_step(s, e) : STEP_FAILED;
    *finished_at = step == STEP_ROW ? col_int(s, 0) : INT64_MIN;
    if (step == STEP_ROW)
        stmt_done(s);
    return step != STEP_FAILED;
}

bool tonight_last_batch(struct db *db, int64_t handoff_id, char *name, size_t size, struct err *e)
{
    static const char sql[] = "SELECT b.name FROM batch_row r JOIN batch b ON b.id = r.batch_id "
                              "WHERE r.handoff_id = $1 AND b.state <> 'void' "
                              "ORDER BY r.batch_id DESC LIMIT 1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, handoff_id);
    enum step step = stmt_step(s, e);
    text_put(name, size, step == STEP_ROW ? col_text(s, 0) : "");
    if (step == STEP_ROW)
        stmt_done(s);
    return step != STEP_FAILED;
}

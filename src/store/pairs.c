/* SPDX-License-Identifier: MIT
 *
 * Statements on pairs of records (see pairs.h).
 */
#include "store/pairs.h"

#include "onward/text.h"

static struct stmt *with_key(struct db *db, const char *sql, int64_t key, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, key);
    return s;
}

/* ---- offers */

bool offer_insert(struct db *db, const struct offer *o, struct err *e)
{
    static const char sql[] = "INSERT INTO duplicate_offer (id, person_id, other_id, score, reasons, created_at) "
                              "VALUES ($1, $2, $3, $4, $5, $6)";
    struct stmt *s = with_key(db, sql, o->id, e);
    if (!s)
        return false;
    stmt_int(s, 2, o->person_id);
    stmt_int(s, 3, o->other_id);
    stmt_int(s, 4, o->score);
    stmt_text_raw(s, 5, o->reasons);
    stmt_int(s, 6, o->created_at);
    return stmt_run(s, e) >= 0;
}

bool offer_find(struct db *db, int64_t a, int64_t b, bool *found, int64_t *id, struct err *e)
{
    static const char sql[] = "SELECT id FROM duplicate_offer WHERE person_id = $1 AND other_id = $2 "
                              "UNION ALL SELECT id FROM duplicate_offer WHERE person_id = $2 AND other_id = $1";
    struct stmt *s = with_key(db, sql, a, e);
    if (!s)
        return false;
    stmt_int(s, 2, b);
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found)
        *id = col_int(s, 0);
    if (step != STEP_FAILED)
        stmt_done(s);
    return step != STEP_FAILED;
}

bool offer_decide(struct db *db, int64_t id, const char *decided, struct err *e)
{
    static const char sql[] = "UPDATE duplicate_offer SET decided = $2 WHERE id = $1";
    struct stmt *s = with_key(db, sql, id, e);
    if (!s)
        return false;
    stmt_text(s, 2, decided);
    return stmt_run(s, e) >= 0;
}

#define OFFER_ROWS                                                                                      \
    "SELECT o.id, o.person_id, o.other_id, o.score, o.reasons, o.created_at FROM duplicate_offer o "    \
    "JOIN person p ON p.id = o.person_id JOIN person q ON q.id = o.other_id "                           \
    "WHERE o.decided IS NULL AND p.merged_into IS NULL AND q.merged_into IS NULL "

struct stmt *offers_open(struct db *db, int64_t person_id, struct err *e)
{
    static const char all[] = OFFER_ROWS "ORDER BY o.id DESC /*scan*/";
    static const char of_one[] = OFFER_ROWS "AND (o.person_id = $1 OR o.other_id = $1) ORDER BY o.id DESC /*sort*/";
    return person_id ? with_key(db, of_one, person_id, e) : db_prepare(db, all, e);
}

/* ---- merges */

bool merge_insert(struct db *db, const struct merge *m, struct err *e)
{
    static const char sql[] = "INSERT INTO person_merge (id, kept_id, dropped_id, merged_at, merged_by, moved) "
                              "VALUES ($1, $2, $3, $4, $5, $6)";
    struct stmt *s = with_key(db, sql, m->id, e);
    if (!s)
        return false;
    stmt_int(s, 2, m->kept_id);
    stmt_int(s, 3, m->dropped_id);
    stmt_int(s, 4, m->merged_at);
    stmt_int(s, 5, m->merged_by);
    stmt_text_raw(s, 6, m->moved);
    return stmt_run(s, e) >= 0;
}

#define MERGE_ROWS "SELECT id, kept_id, dropped_id, merged_at, merged_by, moved FROM person_merge WHERE undone_at IS NULL "

static bool one_merge(struct db *db, const char *sql, int64_t person_id, bool *found, struct merge *out, struct err *e)
{
    struct stmt *s = with_key(db, sql, person_id, e);
    if (!s)
        return false;
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found)
        *out = (struct merge){col_int(s, 0), col_int(s, 1), col_int(s, 2), col_int(s, 3), col_int(s, 4), xstrdup(col_text(s, 5))};
    if (step != STEP_FAILED)
        stmt_done(s);
    return step != STEP_FAILED;
}

bool merge_of_dropped(struct db *db, int64_t person_id, bool *found, struct merge *out, struct err *e)
{
    static const char sql[] = MERGE_ROWS "AND dropped_id = $1";
    return one_merge(db, sql, person_id, found, out, e);
}

bool merge_of_kept(struct db *db, int64_t person_id, bool *found, struct merge *out, struct err *e)
{
    static const char sql[] = MERGE_ROWS "AND kept_id = $1 ORDER BY id DESC LIMIT 1 /*sort*/";
    return one_merge(db, sql, person_id, found, out, e);
}

bool merge_set_undone(struct db *db, int64_t id, int64_t at, struct err *e)
{
    static const char sql[] = "UPDATE person_merge SET undone_at = $2 WHERE id = $1";
    struct stmt *s = with_key(db, sql, id, e);
    if (!s)
        return false;
    stmt_int(s, 2, at);
    return stmt_run(s, e) >= 0;
}

struct stmt *consent_ids_of_person(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT id FROM consent WHERE person_id = $1 ORDER BY id";
    return with_key(db, sql, person_id, e);
}

struct stmt *risk_ids_of_person(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT id FROM risk WHERE person_id = $1 ORDER BY id";
    return with_key(db, sql, person_id, e);
}

struct stmt *referral_ids_of_person(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] = "SELECT id FROM referral WHERE person_id = $1 ORDER BY id";
    return with_key(db, sql, person_id, e);
}

bool handoff_left_since(struct db *db, int64_t handoff_id, int64_t at, bool *left, struct err *e)
{
    static const char sql[] = "SELECT 1 FROM batch_row r JOIN batch b ON b.id = r.batch_id "
                              "WHERE r.handoff_id = $1 AND b.created_at >= $2 AND b.state <> 'void' LIMIT 1";
    struct stmt *s = with_key(db, sql, handoff_id, e);
    if (!s)
        return false;
    stmt_int(s, 2, at);
    enum step step = stmt_step(s, e);
    *left = step == STEP_ROW;
    if (step != STEP_FAILED)
        stmt_done(s);
    return step != STEP_FAILED;
}

struct stmt *handoffs_doubled(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] =
        "SELECT a.id, a.ref, a.state, b.id, b.ref, b.state, a.referral_id FROM handoff a JOIN handoff b ON b.person_id = a.person_id "
        "AND b.service_id = a.service_id AND b.id > a.id WHERE a.person_id = $1 ORDER BY a.id, b.id /*sort*/";
    return with_key(db, sql, person_id, e);
}

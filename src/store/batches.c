/* SPDX-License-Identifier: MIT
 *
 * Statements of the night (see batches.h).
 */
#include "store/batches.h"

#include "store/record.h"

static struct stmt *with_key(struct db *db, const char *sql, int64_t key, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, key);
    return s;
}

struct stmt *night_organisations(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT id, code FROM organisation ORDER BY code /*scan*/";
    return db_prepare(db, sql, e);
}

/* ---- what is due */

struct stmt *night_rows_due(struct db *db, int64_t organisation_id, struct err *e)
{
    static const char sql[] =
        "SELECT h.id, p.ref, h.ref FROM handoff h JOIN person p ON p.id = h.person_id "
        "WHERE h.organisation_id = $1 AND h.state = 'queued' "
        "UNION ALL SELECT h.id, p.ref, h.ref FROM handoff h JOIN person p ON p.id = h.person_id "
        "WHERE h.organisation_id = $1 AND h.update_due = 1 "
        "UNION ALL SELECT h.id, p.ref, h.ref FROM handoff h JOIN person p ON p.id = h.person_id "
        "WHERE h.organisation_id = $1 AND h.stop_reason IS NOT NULL AND h.stop_confirmed_on IS "
        "NULL "
        "AND h.stop_batch_id IS NULL ORDER BY 2, 3 /*sort*/";
    return with_key(db, sql, organisation_id, e);
}

struct stmt *night_rows_open(struct db *db, int64_t organisation_id, struct err *e)
{
    static const char sql[] =
        "SELECT h.ref, h.revision, h.state, h.last_reply_on, h.stop_reason, p.given_name, "
        "p.family_name, v.name, p.ref "
        "FROM handoff h JOIN person p ON p.id = h.person_id JOIN service v ON v.id = h.service_id "
        "WHERE h.organisation_id = $1 AND h.state IN ('exported', 'delivered', 'acknowledged', "
        "'waitlisted', 'no_response', "
        "'accepted', 'in_progress', 'on_hold') AND h.stop_reason IS NULL "
        "UNION ALL "
        "SELECT h.ref, h.revision, h.state, h.last_reply_on, h.stop_reason, p.given_name, "
        "p.family_name, v.name, p.ref "
        "FROM handoff h JOIN person p ON p.id = h.person_id JOIN service v ON v.id = h.service_id "
        "WHERE h.organisation_id = $1 AND h.stop_reason IS NOT NULL AND h.stop_confirmed_on IS "
        "NULL "
        "AND h.stop_batch_id IS NOT NULL ORDER BY 9, 1 /*sort*/";
    return with_key(db, sql, organisation_id, e);
}

struct stmt *night_held(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT h.id, h.ref, g.gate, g.reason FROM handoff h LEFT JOIN "
                              "handoff_gate g ON g.handoff_id = h.id "
                              "WHERE h.state = 'held' ORDER BY h.id, g.gate";
    return db_prepare(db, sql, e);
}

/* ---- batches */

bool batch_count(struct db *db, int64_t organisation_id, const char *run_on, int64_t *all,
                 int64_t *standing, struct err *e)
{
    static const char sql[] =
        "SELECT count(*), coalesce(sum(CASE WHEN state = 'void' THEN 0 ELSE 1 END), 0) FROM batch "
        "WHERE organisation_id = $1 AND run_on = $2";
    struct stmt *s = with_key(db, sql, organisation_id, e);
    if (!s)
        return false;
    stmt_text(s, 2, run_on);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *all = col_int(s, 0);
    *standing = col_int(s, 1);
    stmt_done(s);
    return true;
}

bool batch_last(struct db *db, int64_t organisation_id, char name[CODE_SIZE], struct err *e)
{
    static const char sql[] = "SELECT name FROM batch WHERE organisation_id = $1 AND state <> "
                              "'void' ORDER BY id DESC LIMIT 1";
    struct stmt *s = with_key(db, sql, organisation_id, e);
    if (!s)
        return false;
    enum step step = stmt_step(s, e);
    name[0] = '\0';
    if (step == STEP_ROW) {
        text_put(name, CODE_SIZE, col_text(s, 0));
        stmt_done(s);
    }
    return step != STEP_FAILED;
}

struct stmt *batches_undelivered(struct db *db, struct err *e)
{
    static const char sql[] =
        "SELECT " BATCH_COLUMNS
        " FROM batch WHERE state IN ('frozen', 'published') ORDER BY id /*scan*/";
    return db_prepare(db, sql, e);
}

struct stmt *batches_void(struct db *db, const char *since, struct err *e)
{
    static const char sql[] = "SELECT name, organisation_id FROM batch WHERE state = 'void' AND "
                              "run_on >= $1 ORDER BY id /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_text(s, 1, since);
    return s;
}

struct stmt *batches_from(struct db *db, int64_t after_id, struct err *e)
{
    static const char sql[] = "SELECT " BATCH_COLUMNS " FROM batch WHERE id > $1 ORDER BY id";
    return with_key(db, sql, after_id, e);
}

struct stmt *batches_answered(struct db *db, int64_t file_id, struct err *e)
{
    static const char sql[] =
        "SELECT " BATCH_COLUMNS
        " FROM batch WHERE state = 'published' AND EXISTS (SELECT 1 FROM batch_row r "
        "JOIN reply y ON y.handoff_id = r.handoff_id WHERE r.batch_id = batch.id AND y.row_id = "
        "r.row_id AND y.file_id = $1 "
        "AND y.verdict = 'applied') ORDER BY id /*scan*/";
    return with_key(db, sql, file_id, e);
}

bool batch_files_set(struct db *db, int64_t batch_id, const struct batch_files *f, struct err *e)
{
    static const char sql[] =
        "UPDATE batch SET replies = $2, replies_sha256 = $3, manifest = $4 WHERE id = $1";
    struct stmt *s = with_key(db, sql, batch_id, e);
    if (!s)
        return false;
    stmt_text(s, 2, buf_text(&f->replies));
    stmt_text(s, 3, f->replies_sha256);
    stmt_text(s, 4, buf_text(&f->manifest));
    return stmt_run(s, e) >= 0;
}

bool batch_files_get(struct db *db, int64_t batch_id, struct batch_files *f, struct err *e)
{
    static const char sql[] = "SELECT replies, replies_sha256, manifest FROM batch WHERE id = $1";
    struct stmt *s = with_key(db, sql, batch_id, e);
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    buf_str(&f->replies, col_text(s, 0));
    bool fits = text_copy(f->replies_sha256, sizeof f->replies_sha256, col_text(s, 1));
    buf_str(&f->manifest, col_text(s, 2));
    stmt_done(s);
    return fits || err_set(e, ERR_STORE, "A batch holds a digest that is none; run verify.");
}

bool batch_row_add(struct db *db, const struct batch_row *r, struct err *e)
{
    static const char sql[] =
        "INSERT INTO batch_row (batch_id, row_no, row_id, action, handoff_id, payload, sha256) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)";
    struct stmt *s = with_key(db, sql, r->batch_id, e);
    if (!s)
        return false;
    stmt_int(s, 2, r->row_no);
    stmt_text(s, 3, r->row_id);
    stmt_text(s, 4, r->action);
    stmt_int(s, 5, r->handoff_id);
    stmt_text(s, 6, r->payload);
    stmt_text(s, 7, r->sha256);
    return stmt_run(s, e) >= 0;
}

struct stmt *batch_rows_of(struct db *db, int64_t batch_id, struct err *e)
{
    static const char sql[] = "SELECT row_no, row_id, action, handoff_id, payload, sha256 FROM "
                              "batch_row WHERE batch_id = $1 "
                              "ORDER BY row_no";
    return with_key(db, sql, batch_id, e);
}

struct stmt *batch_rows_sent(struct db *db, int64_t handoff_id, int64_t organisation_id,
                             struct err *e)
{
    static const char sql[] =
        "SELECT r.row_id, r.action, r.batch_id FROM batch_row r JOIN batch b ON b.id = r.batch_id "
        "WHERE r.handoff_id = $1 AND b.organisation_id = $2 AND b.state <> 'frozen' ORDER BY "
        "r.batch_id DESC";
    struct stmt *s = with_key(db, sql, handoff_id, e);
    if (s)
        stmt_int(s, 2, organisation_id);
    return s;
}

/* ---- tries */

bool delivery_begin(struct db *db, int64_t id, int64_t batch_id, int64_t at, const char *command,
                    struct err *e)
{
    static const char sql[] = "INSERT INTO delivery (id, batch_id, tried_at, command, ok, note) "
                              "VALUES ($1, $2, $3, $4, 0, 'begun')";
    struct stmt *s = with_key(db, sql, id, e);
    if (!s)
        return false;
    stmt_int(s, 2, batch_id);
    stmt_int(s, 3, at);
    stmt_text_raw(s, 4, command);
    return stmt_run(s, e) >= 0;
}

bool delivery_end(struct db *db, int64_t id, bool ok, const char *note, struct err *e)
{
    static const char sql[] = "UPDATE delivery SET ok = $2, note = $3 WHERE id = $1";
    struct stmt *s = with_key(db, sql, id, e);
    if (!s)
        return false;
    stmt_int(s, 2, ok);
    stmt_text(s, 3, note);
    return stmt_run(s, e) >= 0;
}

bool delivery_tried(struct db *db, int64_t handoff_id, bool *tried, struct err *e)
{
    static const char sql[] = "SELECT 1 FROM batch_row r JOIN delivery d ON d.batch_id = "
                              "r.batch_id WHERE r.handoff_id = $1 LIMIT 1";
    struct stmt *s = with_key(db, sql, handoff_id, e);
    if (!s)
        return false;
    enum step step = stmt_step(s, e);
    *tried = step == STEP_ROW;
    if (*tried)
        stmt_done(s);
    return step != STEP_FAILED;
}

/* ---- runs */

bool nightly_run_count(struct db *db, const char *run_on, int64_t *n, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM nightly_run WHERE run_on = $1 /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, run_on);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n = col_int(s, 0);
    stmt_done(s);
    return true;
}

bool nightly_run_begin(struct db *db, int64_t id, const char *run_on, int64_t at, struct err *e)
{
    static const char sql[] =
        "INSERT INTO nightly_run (id, run_on, started_at) VALUES ($1, $2, $3)";
    struct stmt *s = with_key(db, sql, id, e);
    if (!s)
        return false;
    stmt_text(s, 2, run_on);
    stmt_int(s, 3, at);
    return stmt_run(s, e) >= 0;
}

bool nightly_run_end(struct db *db, int64_t id, int64_t at, const char *report, struct err *e)
{
    static const char sql[] = "UPDATE nightly_run SET finished_at = $2, report = $3 WHERE id = $1";
    struct stmt *s = with_key(db, sql, id, e);
    if (!s)
        return false;
    stmt_int(s, 2, at);
    stmt_text(s, 3, report);
    return stmt_run(s, e) >= 0;
}

bool nightly_last_report(struct db *db, struct buf *report, struct err *e)
{
    static const char sql[] =
        "SELECT report FROM nightly_run WHERE report IS NOT NULL ORDER BY id DESC LIMIT 1 /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    enum step step = stmt_step(s, e);
    if (step == STEP_ROW) {
        buf_str(report, col_text(s, 0));
        stmt_done(s);
    }
    return step != STEP_FAILED;
}

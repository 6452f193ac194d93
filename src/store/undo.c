/* SPDX-License-Identifier: MIT
 *
 * Statements of undo (see undo.h).
 */
#include "store/undo.h"

#include "onward/text.h"

bool undo_step_insert(struct db *db, const struct undo_step *st, struct err *e)
{
    static const char sql[] = "INSERT INTO undo_step (id, user_id, at, title, state) VALUES ($1, $2, $3, $4, $5)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, st->id);
    stmt_int(s, 2, st->user_id);
    stmt_int(s, 3, st->at);
    stmt_text_raw(s, 4, st->title);
    stmt_text(s, 5, st->state);
    return stmt_run(s, e) >= 0;
}

bool undo_step_close(struct db *db, int64_t id, const char *title, const char *state, struct err *e)
{
    static const char sql[] = "UPDATE undo_step SET title = $2, state = $3 WHERE id = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, id);
    stmt_text_raw(s, 2, title);
    stmt_text(s, 3, state);
    return stmt_run(s, e) >= 0;
}

bool undo_step_set_state(struct db *db, int64_t id, const char *state, struct err *e)
{
    static const char sql[] = "UPDATE undo_step SET state = $2 WHERE id = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, id);
    stmt_text(s, 2, state);
    return stmt_run(s, e) >= 0;
}

static bool one_step(struct stmt *s, bool *found, struct undo_step *out, struct err *e)
{
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found) {
        out->id = col_int(s, 0);
        out->user_id = col_int(s, 1);
        out->at = col_int(s, 2);
        text_put(out->title, sizeof out->title, col_text(s, 3));
        text_put(out->state, sizeof out->state, col_text(s, 4));
    }
    if (step != STEP_FAILED)
        stmt_done(s);
    return step != STEP_FAILED;
}

bool undo_step_done(struct db *db, int64_t user_id, bool *found, struct undo_step *out, struct err *e)
{
    static const char sql[] = "SELECT id, user_id, at, title, state FROM undo_step "
                              "WHERE user_id = $1 AND state <> 'undone' ORDER BY id DESC LIMIT 1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, user_id);
    return one_step(s, found, out, e);
}

bool undo_step_undone(struct db *db, int64_t user_id, int64_t after_id, bool *found, struct undo_step *out, struct err *e)
{
    static const char sql[] = "SELECT id, user_id, at, title, state FROM undo_step "
                              "WHERE user_id = $1 AND id > $2 AND state = 'undone' ORDER BY id LIMIT 1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, user_id);
    stmt_int(s, 2, after_id);
    return one_step(s, found, out, e);
}

bool undo_change_insert(struct db *db, const struct undo_change *c, struct err *e)
{
    static const char sql[] = "INSERT INTO undo_change (id, step_id, record, record_id, image_before, image_after, version) "
                              "VALUES ($1, $2, $3, $4, $5, $6, $7)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, c->id);
    stmt_int(s, 2, c->step_id);
    stmt_text(s, 3, c->record);
    stmt_int(s, 4, c->record_id);
    stmt_text(s, 5, c->before);
    stmt_text_raw(s, 6, c->after);
    stmt_int(s, 7, c->version);
    return stmt_run(s, e) >= 0;
}

bool undo_change_set_version(struct db *db, int64_t id, int64_t version, struct err *e)
{
    static const char sql[] = "UPDATE undo_change SET version = $2 WHERE id = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, id);
    stmt_int(s, 2, version);
    return stmt_run(s, e) >= 0;
}

struct stmt *undo_changes(struct db *db, int64_t step_id, bool backwards, struct err *e)
{
    static const char down[] = "SELECT id, record, record_id, image_before, image_after, version FROM undo_change "
                               "WHERE step_id = $1 ORDER BY id DESC";
    static const char up[] = "SELECT id, record, record_id, image_before, image_after, version FROM undo_change "
                             "WHERE step_id = $1 ORDER BY id";
    struct stmt *s = db_prepare(db, backwards ? down : up, e);
    if (s)
        stmt_int(s, 1, step_id);
    return s;
}

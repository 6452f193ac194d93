/* SPDX-License-Identifier: MIT
 *
 * Statements of replies (see replies.h).
 */
#include "store/replies.h"

#include <string.h>

#include "store/record.h"

bool reply_file_find(struct db *db, int64_t organisation_id, const char *sha256, int64_t *id,
                     bool *was_read, struct err *e)
{
    static const char sql[] =
        "SELECT id, verdict FROM reply_file WHERE organisation_id = $1 AND sha256 = $2";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, organisation_id);
    stmt_text(s, 2, sha256);
    enum step step = stmt_step(s, e);
    *id = step == STEP_ROW ? col_int(s, 0) : 0;
    *was_read = step == STEP_ROW && strcmp(col_text(s, 1), "read") == 0;
    if (step == STEP_ROW)
        stmt_done(s);
    return step != STEP_FAILED;
}

bool reply_file_add(struct db *db, const struct reply_file *f, struct err *e)
{
    static const char sql[] = "INSERT INTO reply_file (id, organisation_id, sha256, name, read_at, "
                              "row_count, applied, refused, "
                              "unmatched, verdict) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, $6)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, f->id);
    stmt_int(s, 2, f->organisation_id);
    stmt_text(s, 3, f->sha256);
    stmt_text_raw(s, 4, f->name);
    stmt_int(s, 5, f->read_at);
    stmt_text(s, 6, f->verdict);
    return stmt_run(s, e) >= 0;
}

bool reply_file_set(struct db *db, const struct reply_file *f, struct err *e)
{
    static const char sql[] = "UPDATE reply_file SET (name, read_at, row_count, applied, refused, "
                              "unmatched, verdict, why) = "
                              "($2, $3, $4, $5, $6, $7, $8, $9) WHERE id = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, f->id);
    stmt_text_raw(s, 2, f->name);
    stmt_int(s, 3, f->read_at);
    stmt_int(s, 4, f->row_count);
    stmt_int(s, 5, f->applied);
    stmt_int(s, 6, f->refused);
    stmt_int(s, 7, f->unmatched);
    stmt_text(s, 8, f->verdict);
    stmt_text(s, 9, f->why);
    return stmt_run(s, e) >= 0;
}

/* ---- words */

bool reply_word_status(struct db *db, const char *organisation, const char *word,
                       char status[CODE_SIZE], struct err *e)
{
    static const char sql[] =
        "SELECT status FROM reply_alias WHERE organisation IN ($1, '') AND word = $2 "
        "ORDER BY organisation DESC LIMIT 1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text_raw(s, 1, organisation);
    stmt_text_raw(s, 2, word);
    enum step step = stmt_step(s, e);
    status[0] = '\0';
    if (step == STEP_ROW) {
        text_put(status, CODE_SIZE, col_text(s, 0));
        stmt_done(s);
    }
    return step != STEP_FAILED;
}

bool reply_word_set(struct db *db, const char *organisation, const char *word, const char *status,
                    struct err *e)
{
    static const char sql[] =
        "INSERT INTO reply_alias (organisation, word, status) VALUES ($1, $2, $3) "
        "ON CONFLICT (organisation, word) DO UPDATE SET status = excluded.status";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text_raw(s, 1, organisation);
    stmt_text_raw(s, 2, word);
    stmt_text(s, 3, status);
    return stmt_run(s, e) >= 0;
}

struct stmt *reply_words(struct db *db, struct err *e)
{
    static const char sql[] =
        "SELECT organisation, word, status FROM reply_alias ORDER BY organisation, word /*scan*/";
    return db_prepare(db, sql, e);
}

/* ---- what waits */

#define WAITING                                                                                    \
    "LEFT JOIN handoff h ON h.id = y.handoff_id LEFT JOIN person p ON p.id = h.person_id "         \
    "WHERE y.verdict IN ('refused', 'unmatched') AND y.settled_on IS NULL "                        \
    "AND (p.id IS NULL OR p.restricted = 0 OR EXISTS (SELECT 1 FROM person_access a "              \
    "WHERE a.person_id = p.id AND a.user_id = $1)) "

struct stmt *replies_waiting(struct db *db, const struct page *page, int64_t user_id, struct err *e)
{
#define ROWS(way)                                                                                  \
    "SELECT y.id, g.code, f.name, y.line, y.row_id, h.ref, p.ref, y.status, y.on_date, y.note, "   \
    "y.verdict, y.why, y.created_at, p.id, p.neighbourhood FROM reply y "                          \
    "JOIN organisation g ON g.id = y.organisation_id "                                             \
    "LEFT JOIN reply_file f ON f.id = y.file_id " WAITING                                          \
    "AND y.id > $2 AND y.id < $3 ORDER BY y.id " way " LIMIT CAST($4 AS BIGINT)"
    static const char *const sql[] = {ROWS("DESC"), ROWS("ASC")};
#undef ROWS
    struct stmt *s = db_prepare(db, sql[page->backwards], e);
    if (!s)
        return NULL;
    stmt_int(s, 1, user_id);
    stmt_int(s, 2, page->above);
    stmt_int(s, 3, page->below);
    stmt_int(s, 4, page_limit(page));
    return s;
}

bool replies_waiting_count(struct db *db, int64_t user_id, int64_t *count, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM reply y " WAITING "/*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, user_id);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *count = col_int(s, 0);
    stmt_done(s);
    return true;
}

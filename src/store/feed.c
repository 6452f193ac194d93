/* SPDX-License-Identifier: MIT
 *
 * Statements of imported files and directory feeds.
 */
#include "store/feed.h"

bool imported_file_find(struct db *db, const char *kind, const char *sha256, bool *found, int64_t *refused, struct err *e)
{
    static const char sql[] = "SELECT refused FROM import_file WHERE kind = $1 AND sha256 = $2";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, kind);
    stmt_text(s, 2, sha256);
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found) {
        *refused = col_int(s, 0);
        stmt_done(s);
    }
    return step != STEP_FAILED;
}

bool imported_file_put(struct db *db, const struct imported_file *f, struct err *e)
{
    static const char sql[] = "INSERT INTO import_file (id, kind, sha256, name, read_at, row_count, added, changed, refused) "
                              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (kind, sha256) DO UPDATE SET "
                              "name = excluded.name, read_at = excluded.read_at, row_count = excluded.row_count, "
                              "added = excluded.added, changed = excluded.changed, refused = excluded.refused";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, f->id);
    stmt_text(s, 2, f->kind);
    stmt_text(s, 3, f->sha256);
    stmt_text_raw(s, 4, f->name);
    stmt_int(s, 5, f->read_at);
    stmt_int(s, 6, f->row_count);
    stmt_int(s, 7, f->added);
    stmt_int(s, 8, f->changed);
    stmt_int(s, 9, f->refused);
    return stmt_run(s, e) >= 0;
}

static bool of_feed(struct db *db, const char *sql, const struct record_type *t, const char *feed, const char *key, bool *found,
                    void *out, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, feed);
    stmt_text(s, 2, key);
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found) {
        record_read(s, 0, t, out);
        stmt_done(s);
    }
    return step != STEP_FAILED;
}

bool organisation_of_feed(struct db *db, const char *feed, const char *key, bool *found, struct organisation *out, struct err *e)
{
    static const char sql[] = "SELECT " ORGANISATION_COLUMNS " FROM organisation WHERE feed = $1 AND source_key = $2";
    return of_feed(db, sql, &organisation_type, feed, key, found, out, e);
}

bool service_of_feed(struct db *db, const char *feed, const char *key, bool *found, struct service *out, struct err *e)
{
    static const char sql[] = "SELECT " SERVICE_COLUMNS " FROM service WHERE feed = $1 AND source_key = $2";
    return of_feed(db, sql, &service_type, feed, key, found, out, e);
}

bool directory_codes_count(struct db *db, int64_t *n, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM organisation WHERE code >= 'dir-' AND code < 'dir.'";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    *n = col_int(s, 0);
    stmt_done(s);
    return true;
}

bool feed_details_clear(struct db *db, int64_t service_id, struct err *e)
{
    static const char sql[] = "DELETE FROM service_detail WHERE service_id = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, service_id);
    return stmt_run(s, e) >= 0;
}

bool service_detail_add(struct db *db, int64_t id, int64_t service_id, const char *kind, const char *key, const char *text, struct err *e)
{
    static const char sql[] = "INSERT INTO service_detail (id, service_id, kind, source_key, text) VALUES ($1, $2, $3, $4, $5)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, id);
    stmt_int(s, 2, service_id);
    stmt_text(s, 3, kind);
    stmt_text_raw(s, 4, key);
    stmt_text_raw(s, 5, text);
    return stmt_run(s, e) >= 0;
}

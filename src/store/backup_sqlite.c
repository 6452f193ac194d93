/* SPDX-License-Identifier: MIT
 *
 * Backup, restore and integrity check of a SQLite store. Copies are made by
 * SQLite's backup API, never by copying the file, which would miss the log
 * and drop locks. A copy keeps no log of its own (journal mode DELETE), so it
 * is one file that opens from read-only media too; a restored store gets the
 * journal that its url asks for.
 */
#include "store/sqlite.h"

/* In one step: readers of a log do not hold up writers, and the copy is of one moment. */
static bool copy_all(sqlite3 *to, sqlite3 *from, const char *to_path, struct err *e)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (!b)
        return sqlite_say(to, to_path, sqlite3_extended_errcode(to), e);
    sqlite3_backup_step(b, -1);
    int rc = sqlite3_backup_finish(b);
    return rc == SQLITE_OK || sqlite_say(to, to_path, rc, e);
}

/* Opens `path`, hardened; NULL with e. */
static sqlite3 *open_plain(const char *path, int access, struct err *e)
{
    sqlite3 *handle = NULL;
    int rc = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite_harden(handle);
    if (rc == SQLITE_OK)
        return handle;
    sqlite_say(handle, path, rc, e);
    sqlite3_close(handle);
    return NULL;
}

/* Copies `from` into the new file `path` and leaves that with a journal of the kind that `journal`
 * sets. */
static bool copy_into(const char *path, sqlite3 *from, const char *journal, struct err *e)
{
    sqlite3 *to = open_plain(path, SQLITE_OPEN_READWRITE, e);
    bool ok = to && copy_all(to, from, path, e);
    if (ok) {
        int rc = sqlite3_exec(to, journal, NULL, NULL, NULL);
        ok = rc == SQLITE_OK || sqlite_say(to, path, rc, e);
    }
    sqlite3_close(to);
    return ok;
}

bool sqlite_backup(struct db *db, const char *file, struct err *e)
{
    struct store_url url;
    if (!store_url_parse(file, &url, e))
        return false;
    bool made = sqlite_file_make(url.place, e);
    bool ok = made && copy_into(url.place, ((struct sqlite_db *)db)->handle,
                                "PRAGMA journal_mode = DELETE", e);
    if (made && !ok)
        sqlite_discard(&url);
    store_url_clear(&url);
    return ok;
}

static sqlite3 *open_backup(const char *file, struct err *e)
{
    int64_t id;
    struct store_url url;
    if (!store_url_parse(file, &url, e))
        return NULL;
    sqlite3 *from = open_plain(url.place, SQLITE_OPEN_READONLY, e);
    store_url_clear(&url);
    if (!from || (sqlite_number(from, "PRAGMA application_id", &id) && id == SQLITE_APPLICATION_ID))
        return from;
    sqlite3_close(from);
    err_set(e, ERR_STORE, "%s is not a backup of an onward store.", file);
    return NULL;
}

bool sqlite_restore(const struct store_url *url, const char *file, struct err *e)
{
    bool truncate = url->journal == JOURNAL_TRUNCATE; /* else as a new store has it */
    sqlite3 *from = open_backup(file, e);
    bool made = from && sqlite_place_make(url->place, e);
    bool ok =
        made &&
        copy_into(url->place, from,
                  truncate ? "PRAGMA journal_mode = TRUNCATE" : "PRAGMA journal_mode = WAL", e);
    sqlite3_close(from);
    if (made && !ok)
        sqlite_discard(url);
    return ok;
}

static bool first_row_is(struct db *db, const char *sql, const char *good, const char *what,
                         struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    enum step step = s ? stmt_step(s, e) : STEP_FAILED;
    if (step != STEP_ROW)
        return step == STEP_DONE;
    bool ok = good && text_equal_fold(col_text(s, 0), good);
    if (!ok)
        err_set(e, ERR_STORE,
                "The store is damaged: %s: %s. Close every desk and restore the last good backup.",
                what, col_text(s, 0));
    stmt_done(s);
    return ok;
}

bool sqlite_integrity(struct db *db, struct err *e)
{
    return first_row_is(db, "PRAGMA integrity_check(1)", "ok", "integrity check", e) &&
           first_row_is(db, "PRAGMA foreign_key_check", NULL, "a row without its parent in table",
                        e);
}

/* SPDX-License-Identifier: MIT
 *
 * What every connection to a SQLite file gets before it is used, and the
 * words for what SQLite reports. A failure is worded for the person who can
 * mend it; SQLite's own text stands where it names tables and columns, never
 * values.
 */
#include <errno.h>
#include <string.h>

#include "store/sqlite.h"

int sqlite_harden(sqlite3 *handle)
{
    static const struct {
        int option, on;
    } options[] = {
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (sqlite3_db_config(handle, options[i].option, options[i].on, NULL) != SQLITE_OK)
            die("this SQLite (%s) cannot be hardened", sqlite3_libversion());
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_busy_timeout(handle, BUSY_TIMEOUT_MS);
    sqlite3_wal_autocheckpoint(handle, 0);
    return sqlite3_exec(
        handle,
        "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;"
        "PRAGMA case_sensitive_like = ON;" /* as PostgreSQL has it */
        "PRAGMA cache_size = -6000",       /* KiB: a desk is small, and the system caches too */
        NULL, NULL, NULL);
}

bool sqlite_number(sqlite3 *handle, const char *sql, int64_t *out)
{
    sqlite3_stmt *st = NULL;
    bool found = sqlite3_prepare_v2(handle, sql, -1, &st, NULL) == SQLITE_OK &&
                 sqlite3_step(st) == SQLITE_ROW;
    if (found)
        *out = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return found;
}

static const struct words {
    int rc; /* extended or primary, the first match counts */
    enum failure failure;
    enum err_code code;
    const char *text;
} known[] = {
    {SQLITE_CONSTRAINT_UNIQUE, FAIL_DUPLICATE, ERR_CONFLICT,
     "A record with the same key is there already"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, FAIL_DUPLICATE, ERR_CONFLICT,
     "A record with the same key is there already"},
    {SQLITE_CONSTRAINT_ROWID, FAIL_DUPLICATE, ERR_CONFLICT,
     "A record with the same key is there already"},
    {SQLITE_CONSTRAINT, FAIL_OTHER, ERR_STORE, "A rule of the store refused the record"},
    {SQLITE_BUSY, FAIL_RACE, ERR_BUSY,
     "Another program holds the store and did not let go in time; nothing was changed, try again"},
    {SQLITE_LOCKED, FAIL_RACE, ERR_BUSY,
     "Another program holds the store and did not let go in time; nothing was changed, try again"},
    {SQLITE_FULL, FAIL_OTHER, ERR_STORE,
     "The disk that holds the store is full; nothing was saved. Free some space, then try again"},
    {SQLITE_READONLY, FAIL_OTHER, ERR_STORE,
     "The store may only be read. Saving needs its file and its folder to be writable for this "
     "account, on a disk mounted for writing"},
    {SQLITE_CANTOPEN, FAIL_OTHER, ERR_STORE,
     "The store's file, or -wal and -shm beside it, cannot be opened. This account needs to read "
     "and write them and their folder"},
    {SQLITE_NOTADB, FAIL_OTHER, ERR_STORE, "This file is not an onward store. Check its name"},
    {SQLITE_CORRUPT, FAIL_OTHER, ERR_STORE,
     "The store's file is damaged. Close every desk, keep a copy of the file, and restore the last "
     "good backup"},
    {SQLITE_IOERR, FAIL_OTHER, ERR_STORE,
     "The disk that holds the store reports an error; nothing was saved. Have the disk looked at"},
};

static bool is_full(int os)
{
    return os == ENOSPC || os == EDQUOT || os == EFBIG;
}

/* A quota and a size limit come as I/O errors of the file or of its journal. */
static bool is_out_of_room(sqlite3 *handle)
{
    int os = 0;
    sqlite3_file *journal = NULL;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &os);
    if (is_full(os))
        return true;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (journal && journal->pMethods)
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &os);
    return is_full(os);
}

static const struct words *words_for(sqlite3 *handle, int rc)
{
    if ((rc & 0xff) == SQLITE_IOERR && handle && is_out_of_room(handle))
        rc = SQLITE_FULL;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].rc == rc || known[i].rc == (rc & 0xff))
            return &known[i];
    return NULL;
}

static bool say(sqlite3 *handle, const char *path, int rc, const struct words *w, struct err *e)
{
    const char *detail = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(rc);
    if (rc == SQLITE_NOMEM)
        die("out of memory");
    if (w)
        return err_set(e, w->code, "%s: %s (%s, %d).", path, w->text, detail, rc);
    return err_set(e, ERR_STORE, "%s: SQLite reports: %s (%d).", path, detail, rc);
}

bool sqlite_say(sqlite3 *handle, const char *path, int rc, struct err *e)
{
    return say(handle, path, rc, words_for(handle, rc), e);
}

bool sqlite_failure(struct sqlite_db *q, sqlite3 *handle, int rc, struct err *e)
{
    const struct words *w = words_for(handle, rc);
    db_failed(&q->db, w ? w->failure : FAIL_OTHER);
    if (rc == SQLITE_INTERRUPT) /* db_on_wait */
        return err_set(e, ERR_BUSY, "Stopped.");
    return say(handle, q->path, rc, w, e);
}

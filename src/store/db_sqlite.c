/* SPDX-License-Identifier: MIT
 *
 * The SQLite driver: one connection, its statements, its transactions.
 *
 * Durability rests on WAL (or a TRUNCATE journal) with synchronous FULL, which
 * lost no acknowledged commit in simulated power failures. Automatic
 * checkpoints are off on every connection: SQLite before 3.51.3 can lose
 * committed frames when one runs beside another writer. sqlite_checkpoint()
 * runs them with the write lock held instead. The process never opens or
 * closes the database file itself while a connection lives: closing any
 * descriptor of it would drop SQLite's POSIX locks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/sqlite.h"

struct sqlite_stmt {
    struct stmt stmt;
    sqlite3_stmt *st;
    int count; /* parameters $1 .. $count */
    int *slot; /* of $n at [n]; 0 where the text has no $n */
};

static struct sqlite_db *own(struct db *db)
{
    return (struct sqlite_db *)db;
}

static struct sqlite_stmt *mine(struct stmt *s)
{
    return (struct sqlite_stmt *)s;
}

/* ---- transactions */

static int note_frames(void *ctx, sqlite3 *handle, const char *name, int frames)
{
    (void)handle, (void)name;
    ((struct sqlite_db *)ctx)->frames = frames;
    return SQLITE_OK;
}

/* The second connection has to read something first: on one that never did, a checkpoint is a
 * silent no-op. */
static bool open_checkpointer(struct sqlite_db *q)
{
    int64_t tables;
    if (q->checkpointer)
        return true;
    if (sqlite3_open_v2(q->path, &q->checkpointer, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) == SQLITE_OK &&
        sqlite_harden(q->checkpointer) == SQLITE_OK &&
        sqlite_number(q->checkpointer, "SELECT count(*) FROM sqlite_schema", &tables))
        return true;
    sqlite3_close(q->checkpointer);
    q->checkpointer = NULL;
    return false;
}

/* Whatever goes wrong here costs nothing but a longer log: the commit that led here stands, and the
 * next one tries again. */
void sqlite_checkpoint(struct sqlite_db *q)
{
    int frames = 0;
    if (!open_checkpointer(q) ||
        sqlite3_exec(q->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return;
    int rc =
        sqlite3_wal_checkpoint_v2(q->checkpointer, NULL, SQLITE_CHECKPOINT_PASSIVE, &frames, NULL);
    sqlite3_exec(q->handle, "ROLLBACK", NULL, NULL, NULL);
    if (rc == SQLITE_OK && frames < 0)
        die("a checkpoint of %s copied nothing", q->path);
}

static bool run(struct sqlite_db *q, const char *sql, struct err *e)
{
    int rc = sqlite3_exec(q->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || sqlite_failure(q, q->handle, rc, e);
}

static bool begin(struct db *db, bool write, struct err *e)
{
    struct sqlite_db *q = own(db);
    if (!write)
        return run(q, "BEGIN", e);
    if (!queue_enter(&q->queue, db->patience_ms ? db->patience_ms : QUEUE_WAIT_MS, e)) {
        db_failed(db, FAIL_OTHER);
        return false;
    }
    if (run(q, "BEGIN IMMEDIATE", e))
        return true;
    queue_leave(&q->queue);
    return false;
}

static bool commit(struct db *db, struct err *e)
{
    struct sqlite_db *q = own(db);
    q->batch = (struct batch_cells){0};
    if (!run(q, "COMMIT", e))
        return false;
    if (q->frames > CHECKPOINT_FRAMES)
        sqlite_checkpoint(q);
    queue_leave(&q->queue);
    return true;
}

/* Also the end of a read snapshot. A full disk may have rolled back by itself. */
static void rollback(struct db *db)
{
    struct sqlite_db *q = own(db);
    q->batch = (struct batch_cells){0};
    if (!sqlite3_get_autocommit(q->handle))
        sqlite3_exec(q->handle, "ROLLBACK", NULL, NULL, NULL);
    queue_leave(&q->queue);
}

/* ---- statements */

/* The n of the parameter name "$n"; every other form is read differently by PostgreSQL or silently
 * NULL here ("$1::text"). */
static int parameter_number(const char *name, const char *sql)
{
    int64_t n;
    if (!name || *name != '$' || !text_to_int(name + 1, 1, 9999, &n))
        die("%s is no parameter of the form $1: %s", name ? name : "?", sql);
    return (int)n;
}

static void find_parameters(struct sqlite_stmt *m, const char *sql)
{
    int slots = sqlite3_bind_parameter_count(m->st);
    for (int i = 1; i <= slots; i++) {
        int n = parameter_number(sqlite3_bind_parameter_name(m->st, i), sql);
        m->count = n > m->count ? n : m->count;
    }
    m->slot = xcalloc((size_t)m->count + 1, sizeof *m->slot);
    for (int i = 1; i <= slots; i++)
        m->slot[parameter_number(sqlite3_bind_parameter_name(m->st, i), sql)] = i;
}

#ifdef ONWARD_PLAN_CHECK
static void check_plan(struct sqlite_db *q, const char *sql)
{
    char row[256];
    if (!sqlite_plan_is_admitted(q->handle, sql, row))
        die("the plan holds \"%s\", which the text does not admit: %s", row, sql);
}
#endif

static struct stmt *prepare(struct db *db, const char *sql, struct err *e)
{
    struct sqlite_db *q = own(db);
    sqlite3_stmt *st;
    int rc = sqlite3_prepare_v3(q->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (rc != SQLITE_OK) {
        sqlite_failure(q, q->handle, rc, e);
        return NULL;
    }
#ifdef ONWARD_PLAN_CHECK
    check_plan(q, sql);
#endif
    struct sqlite_stmt *m = xcalloc(1, sizeof *m);
    m->st = st;
    m->stmt.writes = !sqlite3_stmt_readonly(st);
    find_parameters(m, sql);
    return &m->stmt;
}

static void finalize(struct stmt *s)
{
    struct sqlite_stmt *m = mine(s);
    sqlite3_finalize(m->st);
    free(m->slot);
    free(m);
}

static int slot_of(const struct sqlite_stmt *m, int n)
{
    if (n < 1 || n > m->count || !m->slot[n])
        die("$%d is no parameter of: %s", n, m->stmt.sql);
    return m->slot[n];
}

static void bind_text(struct stmt *s, int n, const char *text)
{
    struct sqlite_stmt *m = mine(s);
    sqlite3_bind_text(m->st, slot_of(m, n), text, -1, SQLITE_TRANSIENT);
}

static void bind_int(struct stmt *s, int n, int64_t value)
{
    struct sqlite_stmt *m = mine(s);
    sqlite3_bind_int64(m->st, slot_of(m, n), value);
}

static void bind_blob(struct stmt *s, int n, const void *data, size_t len)
{
    struct sqlite_stmt *m = mine(s);
    sqlite3_bind_blob64(m->st, slot_of(m, n), len ? data : "", len, SQLITE_TRANSIENT);
}

static enum step step(struct stmt *s, struct err *e)
{
    int rc = sqlite3_step(mine(s)->st);
    if (rc == SQLITE_ROW)
        return STEP_ROW;
    if (rc == SQLITE_DONE)
        return STEP_DONE;
    sqlite_failure(own(s->db), own(s->db)->handle, rc, e);
    return STEP_FAILED;
}

static void reset(struct stmt *s)
{
    sqlite3_reset(mine(s)->st);
    sqlite3_clear_bindings(mine(s)->st);
}

static int64_t changes(struct stmt *s)
{
    return s->writes ? sqlite3_changes64(own(s->db)->handle) : 0;
}

static const char *text(struct stmt *s, int n)
{
    const char *t = (const char *)sqlite3_column_text(mine(s)->st, n);
    return t ? t : "";
}

static int64_t integer(struct stmt *s, int n)
{
    return sqlite3_column_int64(mine(s)->st, n);
}

static bool is_null(struct stmt *s, int n)
{
    return sqlite3_column_type(mine(s)->st, n) == SQLITE_NULL;
}

static const void *blob(struct stmt *s, int n, size_t *len)
{
    const void *data = sqlite3_column_blob(mine(s)->st, n);
    *len = (size_t)sqlite3_column_bytes(mine(s)->st, n);
    return data;
}

static bool script(struct db *db, const char *sql, struct err *e)
{
    return run(own(db), sql, e);
}

/* Batches write all over a large store: with more pages at hand they are a tenth quicker. */
static bool batch(struct db *db, const struct batch_cells *cells, struct err *e)
{
    struct sqlite_db *q = own(db);
    if (!q->roomy) {
        int rc = sqlite3_exec(q->handle, "PRAGMA cache_size = -16000", NULL, NULL, NULL);
        if (rc != SQLITE_OK)
            return sqlite_failure(q, q->handle, rc, e);
        q->roomy = true;
    }
    q->batch = *cells;
    return true;
}

/* Operations of SQLite's virtual machine between two looks at the clock: some milliseconds. */
#define OPERATIONS 100000

static int progress(void *ctx)
{
    return !db_keep_on(ctx);
}

static void on_wait(struct db *db, bool asks)
{
    sqlite3_progress_handler(own(db)->handle, asks ? OPERATIONS : 0, progress, db);
}

static void patience(struct db *db)
{
    sqlite3_busy_timeout(own(db)->handle, db->patience_ms ? db->patience_ms : BUSY_TIMEOUT_MS);
}

/* ---- opening */

static bool ask_word(struct sqlite_db *q, const char *sql, char out[16], struct err *e)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(q->handle, sql, -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    if (rc == SQLITE_ROW)
        snprintf(out, 16, "%s", (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return rc == SQLITE_ROW || sqlite_failure(q, q->handle, rc, e);
}

/* SQLite answers with the mode it has, which is the old one where it could not change. */
static bool set_journal(struct sqlite_db *q, enum journal wanted, struct err *e)
{
    char now[16], then[16];
    if (q->db.mode == DB_READ_ONLY)
        return true;
    if (!ask_word(q, "PRAGMA journal_mode", now, e))
        return false;
    if (wanted == JOURNAL_OF_FILE)
        wanted =
            q->db.mode == DB_CREATE || strcmp(now, "wal") == 0 ? JOURNAL_WAL : JOURNAL_TRUNCATE;
    bool wal = wanted == JOURNAL_WAL;
    if (!ask_word(q, wal ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE", then, e))
        return false;
    if (strcmp(then, wal ? "wal" : "truncate") == 0)
        return true;
    return err_set(e, ERR_BUSY,
                   "%s cannot change its journal from %s to %s. Close every desk first.", q->path,
                   then, wal ? "wal" : "truncate");
}

static bool is_ours(struct sqlite_db *q, struct err *e)
{
    int64_t id;
    if (!sqlite_number(q->handle, "PRAGMA application_id", &id))
        return sqlite_failure(q, q->handle, sqlite3_errcode(q->handle), e);
    return id == SQLITE_APPLICATION_ID ||
           err_set(e, ERR_STORE, "%s is a database, but not an onward store. Check its name.",
                   q->path);
}

static bool is_writable(struct sqlite_db *q, struct err *e)
{
    if (q->db.mode == DB_READ_ONLY || sqlite3_db_readonly(q->handle, "main") == 0)
        return true;
    return sqlite_failure(q, q->handle, SQLITE_READONLY, e);
}

static bool prepare_connection(struct sqlite_db *q, enum journal journal, struct err *e)
{
    struct stat st;
    int rc = sqlite_harden(q->handle);
    if (rc != SQLITE_OK)
        return sqlite_failure(q, q->handle, rc, e);
    if ((q->db.mode != DB_CREATE && !is_ours(q, e)) || !is_writable(q, e) ||
        !set_journal(q, journal, e))
        return false;
    if (stat(q->path, &st) != 0)
        return sqlite_failure(q, q->handle, SQLITE_CANTOPEN, e);
    queue_open(&q->queue, &st);
    sqlite3_wal_hook(q->handle, note_frames, q);
    sqlite_batch_register(q);
    return true;
}

static void sqlite_close(struct db *db)
{
    struct sqlite_db *q = own(db);
    sqlite3_close(q->checkpointer);
    if (sqlite3_close(q->handle) != SQLITE_OK)
        die("%s is closed with statements open", q->path);
    free(q->path);
    free(q);
}

static struct db *sqlite_open(const struct store_url *url, enum db_mode mode, struct err *e)
{
    if (!(mode == DB_CREATE ? sqlite_place_make(url->place, e) : sqlite_place_check(url->place, e)))
        return NULL;
    struct sqlite_db *q = xcalloc(1, sizeof *q);
    q->db.driver = &driver_sqlite;
    q->db.mode = mode;
    q->path = xstrdup(url->place);
    int access = mode == DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    int rc = sqlite3_open_v2(q->path, &q->handle, access | SQLITE_OPEN_NOMUTEX, NULL);
    bool ok = rc == SQLITE_OK ? prepare_connection(q, url->journal, e)
                              : sqlite_failure(q, q->handle, rc, e);
    if (ok)
        return &q->db;
    sqlite_close(&q->db);
    if (mode == DB_CREATE)
        sqlite_discard(url);
    return NULL;
}

static bool mark(struct db *db, struct err *e)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d", SQLITE_APPLICATION_ID);
    return run(own(db), sql, e);
}

const struct driver driver_sqlite = {
    .engine = DB_SQLITE,
    .count_tables = "SELECT count(*) FROM sqlite_schema /*scan*/",
    .count_named = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1 /*scan*/",
    .open = sqlite_open,
    .close = sqlite_close,
    .mark = mark,
    .discard = sqlite_discard,
    .prepare = prepare,
    .finalize = finalize,
    .bind_text = bind_text,
    .bind_int = bind_int,
    .bind_blob = bind_blob,
    .step = step,
    .reset = reset,
    .changes = changes,
    .text = text,
    .integer = integer,
    .is_null = is_null,
    .blob = blob,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .batch = batch,
    .backup = sqlite_backup,
    .restore = sqlite_restore,
    .check = sqlite_integrity,
    .on_wait = on_wait,
    .patience = patience,
};

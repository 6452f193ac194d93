/* SPDX-License-Identifier: MIT
 *
 * What both engines share: opening by url, the statement cache, nested
 * transactions and the retry round them. A statement lives no longer than the
 * transaction it was prepared in: the outermost begin and end release what is
 * still open, so that a reader that left early neither holds a snapshot nor
 * sees another one on one engine and its own on the other.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "onward/ident.h"
#include "store/driver.h"
#include "store/migrate.h"
#include "store/schema_text.h"

/* Longer than a cluster takes to promote its standby (20 s measured). */
#define RETRY_FOR_MS 30000
#define LONGEST_PAUSE_MS 64
#define ASK_EVERY_MS 100

static const struct driver *driver_of(const struct store_url *url)
{
    return url->engine == DB_SQLITE ? &driver_sqlite : &driver_postgresql;
}

/* ---- opening */

void store_ignore_signals(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

/* Creates the tables or checks them; on false nothing is left open. */
static struct db *open_place(const struct store_url *url, enum db_mode mode, struct err *e)
{
    const struct driver *driver = driver_of(url);
    struct db *db = driver->open(url, mode, e);
    if (!db)
        return NULL;
    bool ok = mode == DB_CREATE ? migrate_create(db, schema_text, &store_migrations, e)
                                : migrate_open(db, &store_migrations, e);
    if (ok)
        return db;
    db_close(db);
    if (mode == DB_CREATE && driver->discard)
        driver->discard(url);
    return NULL;
}

struct db *db_open(const char *text, enum db_mode mode, struct err *e)
{
    struct store_url url;
    store_ignore_signals();
    if (!store_url_parse(text, &url, e))
        return NULL;
    struct db *db = open_place(&url, mode, e);
    store_url_clear(&url);
    return db;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    if (db->depth) {
        db->depth = 1;
        if (db->reading)
            db_end_read(db);
        else
            db_rollback(db);
    }
    const struct driver *driver = db->driver;
    for (size_t i = 0; i < db->cache_size; i++) {
        for (struct stmt *s = db->cache[i], *next; s; s = next) {
            next = s->twin;
            driver->finalize(s);
        }
    }
    free(db->cache);
    driver->close(db);
}

enum db_engine db_engine(const struct db *db)
{
    return db->driver->engine;
}

bool db_was_duplicate(const struct db *db)
{
    return db->failure == FAIL_DUPLICATE;
}

bool db_has_failed(const struct db *db)
{
    return db->failed && db->failure != FAIL_DUPLICATE;
}

void db_failed(struct db *db, enum failure failure)
{
    if (!db->failed)
        db->failure = failure;
    if (db->depth)
        db->failed = true;
}

/* ---- statements */

static size_t cache_slot(const struct db *db, const char *sql)
{
    size_t mask = db->cache_size - 1;
    size_t i = (size_t)(((uint64_t)(uintptr_t)sql * 0x9E3779B97F4A7C15u) >> 32) & mask;
    while (db->cache[i] && db->cache[i]->sql != sql)
        i = (i + 1) & mask;
    return i;
}

static void cache_grow(struct db *db)
{
    struct stmt **old = db->cache;
    size_t old_size = db->cache_size;
    db->cache_size = old_size ? old_size * 2 : 128;
    db->cache = xcalloc(db->cache_size, sizeof(struct stmt *));
    for (size_t i = 0; i < old_size; i++)
        if (old[i])
            db->cache[cache_slot(db, old[i]->sql)] = old[i];
    free(old);
}

static struct stmt *take(struct stmt *s)
{
    s->live = true;
    s->started = false;
    s->db->live++;
    return s;
}

struct stmt *db_prepare(struct db *db, const char *sql, struct err *e)
{
    if (db->cache_used * 2 >= db->cache_size)
        cache_grow(db);
    struct stmt **slot = &db->cache[cache_slot(db, sql)];
    for (struct stmt *s = *slot; s; s = s->twin)
        if (!s->live)
            return take(s);
    struct stmt *s = db->driver->prepare(db, sql, e);
    if (!s)
        return NULL;
    db->cache_used += !*slot;
    s->db = db;
    s->sql = sql;
    s->twin = *slot;
    *slot = s;
    return take(s);
}

void stmt_done(struct stmt *s)
{
    if (!s->live)
        return;
    s->live = false;
    s->db->live--;
    s->db->driver->reset(s);
}

static void release_all(struct db *db)
{
    for (size_t i = 0; db->live && i < db->cache_size; i++)
        for (struct stmt *s = db->cache[i]; s; s = s->twin)
            stmt_done(s);
}

static const struct driver *unstarted(const struct stmt *s)
{
    if (!s->live || s->started)
        die("a statement is bound after it was %s: %s", s->live ? "started" : "released", s->sql);
    return s->db->driver;
}

void stmt_text_raw(struct stmt *s, int n, const char *text)
{
    unstarted(s)->bind_text(s, n, text);
}

void stmt_text(struct stmt *s, int n, const char *text)
{
    stmt_text_raw(s, n, text && *text ? text : NULL);
}

void stmt_int(struct stmt *s, int n, int64_t value)
{
    unstarted(s)->bind_int(s, n, value);
}

void stmt_int_or_null(struct stmt *s, int n, int64_t value, int64_t null_value)
{
    if (value == null_value)
        stmt_null(s, n);
    else
        stmt_int(s, n, value);
}

void stmt_blob(struct stmt *s, int n, const void *data, size_t len)
{
    unstarted(s)->bind_blob(s, n, data, len);
}

void stmt_null(struct stmt *s, int n)
{
    stmt_text_raw(s, n, NULL);
}

void stmt_prefix(struct stmt *s, int n, const char *prefix)
{
    struct buf past = {0};
    buf_fmt(&past, "%s\xF4\x8F\xBF\xBF", prefix); /* U+10FFFF, the last character there is */
    stmt_text_raw(s, n, prefix);
    stmt_text_raw(s, n + 1, past.data);
    buf_free(&past);
}

static enum step advance(struct stmt *s, struct err *e)
{
    const struct db *db = s->db;
    if (!s->live)
        die("a statement is stepped after it was released: %s", s->sql);
    if (!s->started && s->writes && (!db->depth || db->reading))
        die("a write outside any write transaction: %s", s->sql);
    s->started = true;
    return db->driver->step(s, e);
}

enum step stmt_step(struct stmt *s, struct err *e)
{
    enum step step = advance(s, e);
    if (step != STEP_ROW)
        stmt_done(s);
    return step;
}

int64_t stmt_run(struct stmt *s, struct err *e)
{
    enum step step = advance(s, e);
    if (step == STEP_ROW)
        die("a statement that should return no row returned one: %s", s->sql);
    int64_t changes = step == STEP_DONE ? s->db->driver->changes(s) : -1;
    stmt_done(s);
    return changes;
}

const char *col_text(struct stmt *s, int n)
{
    return s->db->driver->text(s, n);
}

int64_t col_int(struct stmt *s, int n)
{
    return s->db->driver->integer(s, n);
}

bool col_null(struct stmt *s, int n)
{
    return s->db->driver->is_null(s, n);
}

const void *col_blob(struct stmt *s, int n, size_t *len)
{
    return s->db->driver->blob(s, n, len);
}

/* ---- transactions */

static bool begin_outermost(struct db *db, bool write, const char *where, struct err *e)
{
    release_all(db);
    db->failure = FAIL_NONE;
    if (!db->driver->begin(db, write, e))
        return false;
    db->depth = 1;
    db->reading = !write;
    db->failed = false;
    snprintf(db->opener, sizeof db->opener, "%s", where);
    return true;
}

static void end_outermost(struct db *db)
{
    db->driver->rollback(db);
    db->failed = false;
}

bool db_begin(struct db *db, const char *where, struct err *e)
{
    if (db->depth && db->reading)
        die("%s begins to write inside the read snapshot of %s", where, db->opener);
    if (db->depth) {
        db->depth++;
        return true;
    }
    db->failure = FAIL_NONE;
    if (db->mode == DB_READ_ONLY)
        return err_set(e, ERR_STORE, "The store is opened for reading only; nothing can be saved.");
    return begin_outermost(db, true, where, e);
}

bool db_commit(struct db *db, struct err *e)
{
    if (!db->depth || db->reading)
        die("a commit without a begin");
    bool spoiled = db->failed;
    if (--db->depth == 0) {
        release_all(db);
        if (!spoiled && db->driver->commit(db, e))
            return true;
        end_outermost(db);
    }
    if (spoiled)
        return err_set(e, ERR_STORE,
                       "Nothing was saved: a step of %s failed and its whole change was undone.",
                       db->opener);
    return db->depth > 0;
}

void db_rollback(struct db *db)
{
    if (!db->depth || db->reading)
        die("a rollback without a begin");
    db->failed = true;
    if (--db->depth > 0)
        return;
    release_all(db);
    end_outermost(db);
}

bool db_in_transaction(const struct db *db)
{
    return db->depth > 0 && !db->reading;
}

bool db_begin_read(struct db *db, struct err *e)
{
    if (db->depth) {
        db->depth++;
        return true;
    }
    return begin_outermost(db, false, __func__, e);
}

void db_end_read(struct db *db)
{
    if (!db->depth)
        die("the end of a read snapshot without its begin");
    if (--db->depth > 0)
        return;
    if (!db->reading)
        die("%s ends as a read snapshot", db->opener);
    release_all(db);
    end_outermost(db);
    db->reading = false;
}

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void db_on_wait(struct db *db, bool (*keep_on)(void *ctx), void *ctx)
{
    db->keep_on = keep_on;
    db->keep_on_ctx = ctx;
    if (db->driver->on_wait)
        db->driver->on_wait(db, keep_on != NULL);
}

void db_set_patience(struct db *db, int ms)
{
    db->patience_ms = ms;
    if (db->driver->patience)
        db->driver->patience(db);
}

int db_patience(const struct db *db)
{
    return db->patience_ms;
}

bool db_keep_on(struct db *db)
{
    int64_t now = monotonic_ms();
    if (db_in_transaction(db) || now < db->asked_at + ASK_EVERY_MS)
        return true;
    db->asked_at = now;
    return db->keep_on(db->keep_on_ctx);
}

/* A random time up to a bound that doubles with each attempt, so that losers of one race do not
 * meet in the next. */
static void pause_before(int attempt)
{
    uint32_t dice;
    random_bytes(&dice, sizeof dice);
    int64_t bound_us = 1000 * (attempt < 6 ? INT64_C(1) << attempt : LONGEST_PAUSE_MS);
    struct timespec t = {.tv_nsec = (long)(dice % bound_us * 1000)};
    nanosleep(&t, NULL);
}

static bool attempt_once(struct db *db, const char *where, db_work *fn, void *ctx, struct err *e)
{
    if (!db_begin(db, where, e))
        return false;
    if (fn(db, ctx, e))
        return db_commit(db, e);
    db_rollback(db);
    return false;
}

bool db_transact(struct db *db, const char *where, db_work *fn, void *ctx, struct err *e)
{
    bool outermost = !db->depth;
    int64_t give_up = monotonic_ms() + (db->patience_ms ? db->patience_ms : RETRY_FOR_MS);
    for (int attempt = 1;; attempt++) {
        if (attempt_once(db, where, fn, ctx, e))
            return true;
        bool again = db->failure == FAIL_RACE || db->failure == FAIL_LOST;
        if (!outermost || !again || monotonic_ms() > give_up)
            return false;
        pause_before(attempt);
    }
}

bool db_script(struct db *db, const char *sql, struct err *e)
{
    if (!db_begin(db, __func__, e))
        return false;
    if (db->driver->script(db, sql, e))
        return db_commit(db, e);
    db_rollback(db);
    return false;
}

bool db_batch(struct db *db, const struct batch_cells *batch, struct err *e)
{
    if (!db_in_transaction(db))
        die("a batch outside a write transaction");
    if (batch->columns > BATCH_COLUMNS)
        die("a batch of %zu columns", batch->columns);
    return db->driver->batch(db, batch, e);
}

/* ---- whole stores */

bool file_publish(const char *part, const char *file, struct err *e)
{
    if (rename(part, file) != 0)
        return err_set(e, ERR_STORE, "Cannot write %s: %s.", file, strerror(errno));
    char *folder = xstrdup(file);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[1] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    bool ok = fd >= 0 && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0)
        close(fd);
    return ok || err_set(e, ERR_STORE, "%s is written, but its folder cannot be synced: %s.", file,
                         strerror(why));
}

bool db_backup(struct db *db, const char *file, struct err *e)
{
    struct buf part = {0};
    if (db->depth)
        die("a backup inside the transaction of %s", db->opener);
    if (access(file, F_OK) == 0)
        return err_set(e, ERR_STORE, "%s exists already. Give the backup another name.", file);
    buf_fmt(&part, "%s.part", file);
    unlink(part.data); /* of a backup that was killed */
    bool ok = db->driver->backup(db, part.data, e) && file_publish(part.data, file, e);
    if (!ok)
        unlink(part.data);
    buf_free(&part);
    return ok;
}

bool db_restore(const char *text, const char *file, struct err *e)
{
    struct store_url url;
    store_ignore_signals();
    if (!store_url_parse(text, &url, e))
        return false;
    if (access(file, R_OK) != 0) {
        store_url_clear(&url);
        return err_set(e, ERR_NOT_FOUND, "Cannot read the backup %s: %s.", file, strerror(errno));
    }
    const struct driver *driver = driver_of(&url);
    bool ok = driver->restore(&url, file, e);
    if (ok) {
        struct db *db = open_place(&url, DB_OPEN, e);
        ok = db && db_check(db, e);
        db_close(db);
        if (!ok && driver->discard)
            driver->discard(&url);
    }
    store_url_clear(&url);
    return ok || err_prefix(e, "The backup %s was not restored", file);
}

bool db_check(struct db *db, struct err *e)
{
    return db->driver->check(db, e);
}

/* SPDX-License-Identifier: MIT
 *
 * What the two engines give to db.c, and what db.c keeps for both. A driver
 * embeds `struct db` and `struct stmt` as the first member of its own structs,
 * knows nothing of nesting, retries or the cache, and reports the class of
 * each failure through db_failed(), which alone decides what a retry and
 * db_was_duplicate() see. Private to this folder.
 */
#ifndef ONWARD_STORE_DRIVER_H
#define ONWARD_STORE_DRIVER_H

#include "onward/text.h"
#include "store/db.h"

/* The file keeps its journal mode when the url names none. */
enum journal { JOURNAL_OF_FILE, JOURNAL_WAL, JOURNAL_TRUNCATE };

struct store_url {
    enum db_engine engine;
    char *place; /* path of the file, or the whole postgresql:// url */
    enum journal journal;
};

enum failure {
    FAIL_NONE,
    FAIL_OTHER,
    FAIL_DUPLICATE, /* UNIQUE or PRIMARY KEY */
    FAIL_RACE,      /* the transaction lost a race and may win the next */
    FAIL_LOST,      /* the connection is gone; the transaction never happened */
};

struct db {
    const struct driver *driver;
    enum db_mode mode;
    struct stmt **cache; /* open addressing by address of text; a power of two long */
    size_t cache_size, cache_used;
    size_t live;          /* statements between prepare and release */
    int depth;            /* open begins; 0 outside any transaction */
    bool reading;         /* the open transaction is a read snapshot */
    bool failed;          /* a step of the open transaction failed: it can only be rolled back */
    enum failure failure; /* what the last failure was; inside a transaction, its first */
    char opener[64];      /* `where` of the outermost begin */
    bool (*keep_on)(void *ctx); /* db_on_wait; NULL: every question runs to its end */
    void *keep_on_ctx;
    int patience_ms;  /* db_set_patience; 0: as long as each part of the store waits by itself */
    int64_t asked_at; /* when keep_on was asked last, monotonic ms */
};

struct stmt {
    struct db *db;
    const char *sql;
    struct stmt *twin; /* another statement of the same text, made when this one was in use */
    bool live;
    bool started;
    bool writes; /* known to write (SQLite tells; PostgreSQL does not) */
};

struct driver {
    enum db_engine engine;
    /* Whether there are tables at all, whether there is a table $1: count(*) each. */
    const char *count_tables, *count_named;

    struct db *(*open)(const struct store_url *url, enum db_mode mode, struct err *e);
    void (*close)(struct db *db);
    bool (*mark)(struct db *db,
                 struct err *e); /* in the transaction that makes the tables; may be NULL */
    void (*discard)(
        const struct store_url *url); /* removes what a failed making left; may be NULL */

    struct stmt *(*prepare)(struct db *db, const char *sql, struct err *e);
    void (*finalize)(struct stmt *s);
    void (*bind_text)(struct stmt *s, int n, const char *text); /* NULL binds NULL */
    void (*bind_int)(struct stmt *s, int n, int64_t value);
    void (*bind_blob)(struct stmt *s, int n, const void *data, size_t len);
    enum step (*step)(struct stmt *s, struct err *e);
    void (*reset)(struct stmt *s); /* ready to be bound again, all parameters NULL */
    int64_t (*changes)(struct stmt *s);

    const char *(*text)(struct stmt *s, int n);
    int64_t (*integer)(struct stmt *s, int n);
    bool (*is_null)(struct stmt *s, int n);
    const void *(*blob)(struct stmt *s, int n, size_t *len);

    bool (*begin)(struct db *db, bool write, struct err *e);
    bool (*commit)(struct db *db, struct err *e); /* on false the caller rolls back */
    void (*rollback)(struct db *db);

    bool (*script)(struct db *db, const char *sql, struct err *e);
    bool (*batch)(struct db *db, const struct batch_cells *batch, struct err *e);
    bool (*backup)(struct db *db, const char *file, struct err *e);
    bool (*restore)(const struct store_url *url, const char *file,
                    struct err *e); /* the bytes; db.c checks them */
    bool (*check)(struct db *db, struct err *e);
    /* From here on db_keep_on() is asked every now and then within a step, or no longer. NULL: the
     * engine cannot (PostgreSQL, whose answer libpq awaits as a whole). */
    void (*on_wait)(struct db *db, bool asks);
    void (*patience)(struct db *db); /* patience_ms changed; NULL: the engine has no such limit */
};

extern const struct driver driver_sqlite, driver_postgresql;

#define BATCH_COLUMNS 64

/* Notes a failure of this connection. A transaction keeps its first one. */
void db_failed(struct db *db, enum failure failure);

/* Whether the step at hand may go on: false when db_on_wait's function says so. Never of a write. */
bool db_keep_on(struct db *db);

MUST_CHECK bool store_url_parse(const char *url, struct store_url *out, struct err *e);
void store_url_clear(struct store_url *url);

/* A pipe whose reader left and a file over its size limit are errors to
 * report, not signals to die of. */
void store_ignore_signals(void);

/* Moves a finished copy to its final name, durably: rename, then sync of the folder. */
MUST_CHECK bool file_publish(const char *part, const char *file, struct err *e);

#endif

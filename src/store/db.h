/* SPDX-License-Identifier: MIT
 *
 * The driver seam: one connection to one engine, and statements on it. All
 * SQL of onward is written once, in the subset that SQLite and PostgreSQL
 * both read, with parameters $1 .. $n. Statements are found by the address of
 * their text, so the text must be static; each is prepared once a connection.
 * SQL text stands in this folder alone; the engine may step through a bound
 * statement that a store function returns.
 *
 * Columns are counted from 0, parameters from 1. A text read from a statement
 * is borrowed until its next step or reset. A statement lives no longer than
 * its transaction: the outermost begin and end release every open one. A write
 * outside a write transaction ends the program, as do other misuses.
 */
#ifndef ONWARD_STORE_DB_H
#define ONWARD_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "onward/err.h"

struct db;
struct stmt;

enum db_engine { DB_SQLITE, DB_POSTGRESQL };
enum db_mode { DB_OPEN, DB_CREATE, DB_READ_ONLY };

/* `url`: a path, sqlite:PATH, sqlite:PATH?journal=truncate, or postgresql://...
 * DB_CREATE makes a new, empty store and refuses one that exists. Opening
 * checks that the store is ours and not newer, and migrates an older one.
 * Errors: NOT_FOUND, STORE (not ours, newer, read-only, network file system,
 * full), BUSY. */
MUST_CHECK struct db *db_open(const char *url, enum db_mode mode, struct err *e);
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);

/* A statement ready to be bound, cached on the connection. When the cached
 * one is in use (a nested call), a second one is made. NULL with e on error. */
MUST_CHECK struct stmt *db_prepare(struct db *db, const char *sql, struct err *e);
void stmt_text(struct stmt *s, int n, const char *text);      /* NULL or "" binds NULL */
void stmt_text_raw(struct stmt *s, int n, const char *text);  /* "" stays "", NULL binds NULL */
void stmt_int(struct stmt *s, int n, int64_t value);
void stmt_int_or_null(struct stmt *s, int n, int64_t value, int64_t null_value);
void stmt_blob(struct stmt *s, int n, const void *data, size_t len);
void stmt_null(struct stmt *s, int n);
/* Binds n to `prefix` and n + 1 to the text just past everything that begins with it. */
void stmt_prefix(struct stmt *s, int n, const char *prefix);

enum step { STEP_ROW, STEP_DONE, STEP_FAILED };
/* STEP_ROW: columns may be read. STEP_DONE: finished and released. STEP_FAILED: e is set, released. */
MUST_CHECK enum step stmt_step(struct stmt *s, struct err *e);
void stmt_done(struct stmt *s); /* releases a statement before its end; safe after STEP_DONE */

const char *col_text(struct stmt *s, int n); /* "" for NULL */
int64_t col_int(struct stmt *s, int n);      /* 0 for NULL */
bool col_null(struct stmt *s, int n);
const void *col_blob(struct stmt *s, int n, size_t *len);

/* Steps a statement that returns no row; the number of rows changed, or -1 with e. */
MUST_CHECK int64_t stmt_run(struct stmt *s, struct err *e);
/* Runs a script of statements separated by ';' (schema, migrations), no parameters. */
MUST_CHECK bool db_script(struct db *db, const char *sql, struct err *e);

/* Write transactions. Nesting is counted; only the outermost commits. The
 * outermost begin takes its place in the first-in-first-out queue (SQLite) and
 * BEGIN IMMEDIATE. A rollback inside marks the whole as failed: the outermost
 * commit then returns false. `where` is __func__ of the opener, for messages. */
MUST_CHECK bool db_begin(struct db *db, const char *where, struct err *e);
MUST_CHECK bool db_commit(struct db *db, struct err *e);
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);
/* One read snapshot over several statements. */
MUST_CHECK bool db_begin_read(struct db *db, struct err *e);
void db_end_read(struct db *db);

/* Runs `fn` in a write transaction and runs it again, from the start, when the
 * engine says the transaction lost a race (SQLITE_BUSY*, 40001, 40P01) or the
 * connection was lost before commit. `fn` must therefore change nothing but
 * the store. */
typedef bool db_work(struct db *db, void *ctx, struct err *e);
MUST_CHECK bool db_transact(struct db *db, const char *where, db_work *fn, void *ctx, struct err *e);

/* True when the last failure of this connection was a broken UNIQUE or PRIMARY KEY rule. */
bool db_was_duplicate(const struct db *db);
/* True when a step of the open transaction or read snapshot failed in any other way: what was read
 * since may be wanting, whatever was made of it, and nothing can be saved. */
bool db_has_failed(const struct db *db);

/* While a question takes long, `keep_on` is asked every 100 ms or so; false ends it with BUSY "Stopped.". NULL: nobody
 * is asked. It must not use this connection. Questions inside a write transaction are never ended;
 * nor is any on PostgreSQL. */
void db_on_wait(struct db *db, bool (*keep_on)(void *ctx), void *ctx);

/* How long a write waits for its turn before it is BUSY; 0: the store's own patience (20 s for the queue). On PostgreSQL
 * it only bounds how long a lost race is run again. */
void db_set_patience(struct db *db, int ms);
int db_patience(const struct db *db);

/* Set-at-a-time work: loads `rows` x `columns` cells (NULL text = NULL; at most
 * 64 columns), after which the statements of this transaction can read them as
 * the table `batch_rows` with columns `n` (0-based row number, integer) and
 * c0 .. c63 (text). SQLite reads the array in place through a virtual table:
 * it must live until the next call or the end of the transaction; PostgreSQL
 * copies it into a temporary table. */
struct batch_cells {
    const char *const *cells; /* row-major */
    size_t rows, columns;
};
MUST_CHECK bool db_batch(struct db *db, const struct batch_cells *batch, struct err *e);

/* Copies the whole store to `file`: SQLite by the backup API (the copy is
 * itself a store), PostgreSQL by pg_dump (custom format). Restore makes a new
 * store at `url` from such a file; an existing one is refused. */
MUST_CHECK bool db_backup(struct db *db, const char *file, struct err *e);
MUST_CHECK bool db_restore(const char *url, const char *file, struct err *e);
/* Engine's own integrity check (SQLite: integrity_check and foreign_key_check). */
MUST_CHECK bool db_check(struct db *db, struct err *e);

/* In a build with ONWARD_PLAN_CHECK every SQLite statement is explained when
 * first prepared; a full scan or temporary sort that its text does not admit
 * with the comment scan or sort in SQL comment marks ends the program. */

#endif

/* SPDX-License-Identifier: MIT
 *
 * The PostgreSQL driver: statements and transactions over libpq.
 *
 * Statements go through PQexecParams with text parameters, parsed anew each
 * time, and never as named prepared statements: behind pgbouncer in
 * transaction mode the next transaction may run on another server connection,
 * where the name is unknown (Debian 12's pgbouncer 1.18 does not follow
 * names). For the same reason nothing is SET but within a transaction.
 * Results are fetched whole, so any number of statements can be open at once.
 * Writers run READ COMMITTED and line up on the row locks that they take.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onward/ident.h"
#include "store/postgresql.h"

struct pg_stmt {
    struct stmt stmt;
    int count;           /* parameters $1 .. $count */
    struct buf *texts;   /* of $n at [n - 1] */
    const char **values; /* the same as libpq takes them: NULL or the text */
    PGresult *result;
    int row;
    unsigned char *bytes; /* of the last col_blob */
};

static struct pg_db *own(struct db *db)
{
    return (struct pg_db *)db;
}

static struct pg_stmt *mine(struct stmt *s)
{
    return (struct pg_stmt *)s;
}

/* ---- transactions */

/* Outside a transaction a lost connection is made again before it is used; within one the
 * transaction is what was lost. */
static void reconnect(struct pg_db *q)
{
    if (q->lost || pq.PQstatus(q->conn) != CONNECTION_OK)
        pq.PQreset(q->conn);
    q->lost = false;
}

static bool begin(struct db *db, bool write, struct err *e)
{
    /* The same patience as in the queue before a SQLite store. */
    static const char to_write[] =
        "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '20s'";
    static const char to_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    reconnect(own(db));
    return pg_run(own(db), write ? to_write : to_read, PGRES_COMMAND_OK, e);
}

/* A connection that dies in COMMIT leaves open whether it happened: that must be looked up, not
 * done again. */
static bool commit(struct db *db, struct err *e)
{
    struct pg_db *q = own(db);
    PGresult *r = pq.PQexec(q->conn, "COMMIT");
    bool ok = pq.PQresultStatus(r) == PGRES_COMMAND_OK || pg_failure(q, r, e);
    if (ok && strcmp(pq.PQcmdStatus(r), "COMMIT") !=
                  0) { /* the server's answer to a commit of a failed transaction */
        db_failed(db, FAIL_OTHER);
        ok = err_set(e, ERR_STORE, "Nothing was saved, because an earlier step failed.");
    }
    pq.PQclear(r);
    if (!ok && db->failure == FAIL_LOST) {
        db_failed(db, FAIL_OTHER);
        err_set(e, ERR_STORE,
                "The connection to the database server was lost at the moment of saving. "
                "Whether it was saved is not known: look at the record before doing it again.");
    }
    return ok;
}

static void rollback(struct db *db)
{
    struct pg_db *q = own(db);
    if (pq.PQtransactionStatus(q->conn) != PQTRANS_IDLE)
        pq.PQclear(pq.PQexec(q->conn, "ROLLBACK"));
}

/* ---- statements */

static struct stmt *prepare(struct db *db, const char *sql, struct err *e)
{
    (void)db, (void)e;
    struct pg_stmt *m = xcalloc(1, sizeof *m);
    m->count = pg_parameters(sql);
    m->texts = xcalloc((size_t)m->count + 1, sizeof *m->texts);
    m->values = xcalloc((size_t)m->count + 1, sizeof *m->values);
    return &m->stmt;
}

static void reset(struct stmt *s)
{
    struct pg_stmt *m = mine(s);
    pq.PQclear(m->result);
    pq.PQfreemem(m->bytes);
    m->result = NULL;
    m->bytes = NULL;
    for (int i = 0; i < m->count; i++)
        m->values[i] = NULL;
}

static void finalize(struct stmt *s)
{
    struct pg_stmt *m = mine(s);
    reset(s);
    for (int i = 0; i < m->count; i++)
        buf_free(&m->texts[i]);
    free(m->texts);
    free(m->values);
    free(m);
}

static int index_of(const struct pg_stmt *m, int n)
{
    if (n < 1 || n > m->count)
        die("$%d is no parameter of: %s", n, m->stmt.sql);
    return n - 1;
}

static void bind_text(struct stmt *s, int n, const char *text)
{
    struct pg_stmt *m = mine(s);
    int i = index_of(m, n);
    buf_clear(&m->texts[i]);
    buf_str(&m->texts[i], text ? text : "");
    m->values[i] = text ? buf_text(&m->texts[i]) : NULL;
}

static void bind_int(struct stmt *s, int n, int64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)value);
    bind_text(s, n, text);
}

static void bind_blob(struct stmt *s, int n, const void *data, size_t len)
{
    char *text = xmalloc(2 * len + 3);
    memcpy(text, "\\x", 3);
    hex_encode(data, len, text + 2);
    bind_text(s, n, text);
    free(text);
}

static enum step step(struct stmt *s, struct err *e)
{
    struct pg_stmt *m = mine(s);
    struct pg_db *q = own(s->db);
    if (m->result)
        return ++m->row < pq.PQntuples(m->result) ? STEP_ROW : STEP_DONE;
    if (!s->db->depth)
        reconnect(q);
    m->result = pq.PQexecParams(q->conn, s->sql, m->count, NULL, m->values, NULL, NULL, 0);
    m->row = 0;
    switch (pq.PQresultStatus(m->result)) {
    case PGRES_TUPLES_OK:
        return pq.PQntuples(m->result) ? STEP_ROW : STEP_DONE;
    case PGRES_COMMAND_OK:
        return STEP_DONE;
    default:
        pg_failure(q, m->result, e);
        return STEP_FAILED;
    }
}

static int64_t changes(struct stmt *s)
{
    return strtoll(pq.PQcmdTuples(mine(s)->result), NULL, 10);
}

static const char *text(struct stmt *s, int n)
{
    return pq.PQgetvalue(mine(s)->result, mine(s)->row, n);
}

static int64_t integer(struct stmt *s, int n)
{
    return strtoll(text(s, n), NULL, 10);
}

static bool is_null(struct stmt *s, int n)
{
    return pq.PQgetisnull(mine(s)->result, mine(s)->row, n);
}

static const void *blob(struct stmt *s, int n, size_t *len)
{
    struct pg_stmt *m = mine(s);
    pq.PQfreemem(m->bytes);
    m->bytes = pq.PQunescapeBytea((const unsigned char *)text(s, n), len);
    return *len ? m->bytes : NULL;
}

static bool script(struct db *db, const char *sql, struct err *e)
{
    struct buf b = {0};
    pg_dialect(sql, &b);
    PGresult *r = pq.PQexec(own(db)->conn, buf_text(&b));
    ExecStatusType status = pq.PQresultStatus(r);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
              status == PGRES_EMPTY_QUERY || pg_failure(own(db), r, e);
    pq.PQclear(r);
    buf_free(&b);
    return ok;
}

#define IN_OUR_SCHEMA "(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())"

const struct driver driver_postgresql = {
    .engine = DB_POSTGRESQL,
    .count_tables = "SELECT count(*) FROM pg_catalog.pg_class WHERE relnamespace = " IN_OUR_SCHEMA
                    " AND relkind <> 't'",
    .count_named = "SELECT count(*) FROM pg_catalog.pg_class WHERE relnamespace = " IN_OUR_SCHEMA
                   " AND relkind = 'r' AND relname = $1",
    .open = pg_open,
    .close = pg_close,
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
    .batch = pg_batch,
    .backup = pg_backup,
    .restore = pg_restore,
    .check = pg_check,
};

/* SPDX-License-Identifier: MIT
 *
 * Connections to PostgreSQL and the words for what the server reports. Text
 * of the server is passed on only where it names tables and rules; its detail
 * line, and anything it says about badly formed data, holds values and stays
 * out.
 */
#include <stdlib.h>
#include <string.h>

#include "store/postgresql.h"

static const struct words {
    const char *state; /* SQLSTATE or its first characters; the first match counts */
    enum failure failure;
    enum err_code code;
    bool tells; /* the server's message is safe to show */
    const char *text;
} known[] = {
    {"23505", FAIL_DUPLICATE, ERR_CONFLICT, true, "A record with the same key is there already"},
    {"23", FAIL_OTHER, ERR_STORE, true, "A rule of the store refused the record"},
    {"22", FAIL_OTHER, ERR_STORE, false, "The store cannot hold a value in the form it was given"},
    {"40001", FAIL_RACE, ERR_BUSY, false,
     "Two desks changed the same thing at once; nothing was changed, try again"},
    {"40P01", FAIL_RACE, ERR_BUSY, false,
     "Two desks waited for each other; nothing was changed, try again"},
    {"55P03", FAIL_OTHER, ERR_BUSY, false,
     "Another desk has been saving for 20 seconds; nothing was changed, try again"},
    {"57P", FAIL_LOST, ERR_STORE, true,
     "The database server ended the connection; nothing was saved, try again"},
    {"08", FAIL_LOST, ERR_STORE, true,
     "The connection to the database server was lost; nothing was saved, try again"},
    {"25006", FAIL_LOST, ERR_STORE, false,
     "This database server takes no changes (it is a standby, or was opened for reading)"},
    {"25P02", FAIL_OTHER, ERR_STORE, false, "Nothing was saved, because an earlier step failed"},
    {"42501", FAIL_OTHER, ERR_STORE, true,
     "The database account lacks a right on the store. Its owner can grant it"},
    {"53100", FAIL_OTHER, ERR_STORE, false,
     "The disk of the database server is full; nothing was saved. Free some space, then try again"},
    {"53", FAIL_OTHER, ERR_BUSY, true,
     "The database server has no room for more; try again in a moment"},
};

static const struct words *words_for(const char *state)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_starts(state, known[i].state))
            return &known[i];
    return NULL;
}

static bool connection_failure(struct pg_db *q, struct err *e)
{
    char *text = xstrdup(pq.PQerrorMessage(q->conn));
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
    text_trim(text);
    q->lost = true;
    db_failed(&q->db, FAIL_LOST);
    err_set(e, ERR_STORE, "The database server cannot be reached: %s.", text);
    free(text);
    return false;
}

bool pg_failure(struct pg_db *q, const PGresult *r, struct err *e)
{
    const char *state = pq.PQresultErrorField(r, PG_DIAG_SQLSTATE);
    const char *message = pq.PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    const struct words *w = state ? words_for(state) : NULL;
    if (!state || (!w && pq.PQstatus(q->conn) != CONNECTION_OK))
        return connection_failure(q, e);
    enum failure failure = w ? w->failure : FAIL_OTHER;
    q->lost |= failure == FAIL_LOST;
    db_failed(&q->db, failure);
    if (w && (!w->tells || !message))
        return err_set(e, w->code, "%s (%s).", w->text, state);
    return err_set(e, w ? w->code : ERR_STORE, "%s: %s (%s).", w ? w->text : "PostgreSQL reports",
                   message, state);
}

bool pg_run(struct pg_db *q, const char *sql, ExecStatusType wanted, struct err *e)
{
    PGresult *r = pq.PQexec(q->conn, sql);
    bool ok = pq.PQresultStatus(r) == wanted || pg_failure(q, r, e);
    pq.PQclear(r);
    return ok;
}

/* What the shared SQL takes for granted, asked once. Byte order of texts only
 * matters to a store that is made here: its pages and files are sorted by it. */
static bool is_fit(struct pg_db *q, enum db_mode mode, struct err *e)
{
    static const char sql[] =
        "SELECT current_schema() IS NULL, d.datcollate IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8') "
        "FROM pg_catalog.pg_database d WHERE d.datname = current_database()";
    PGresult *r = pq.PQexec(q->conn, sql);
    bool ok = pq.PQresultStatus(r) == PGRES_TUPLES_OK || pg_failure(q, r, e);
    bool no_schema = ok && *pq.PQgetvalue(r, 0, 0) == 't',
         bytewise = ok && *pq.PQgetvalue(r, 0, 1) == 't';
    pq.PQclear(r);
    if (!ok)
        return false;
    if (no_schema)
        return err_set(
            e, ERR_STORE,
            "The schema that the store's address names does not exist. Create it first.");
    const char *encoding = pq.PQparameterStatus(q->conn, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0 || (mode == DB_CREATE && !bytewise))
        return err_set(e, ERR_STORE,
                       "The database has to be made with encoding UTF8 and locale C.UTF-8: "
                       "createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 NAME.");
    return true;
}

static void ignore_notice(void *ctx, const PGresult *notice)
{
    (void)ctx, (void)notice;
}

struct db *pg_open(const struct store_url *url, enum db_mode mode, struct err *e)
{
    /* A later keyword overrides an earlier one: the url may set the timeout, not the encoding. */
    static const char *const keys[] = {"connect_timeout", "dbname", "client_encoding",
                                       "fallback_application_name", NULL};
    const char *values[] = {"10", url->place, "UTF8", "onward", NULL};
    if (!libpq_load(e))
        return NULL;
    struct pg_db *q = xcalloc(1, sizeof *q);
    q->db.driver = &driver_postgresql;
    q->db.mode = mode;
    q->conn = pq.PQconnectdbParams(keys, values, 1);
    if (!q->conn)
        die("out of memory");
    pq.PQsetNoticeReceiver(q->conn, ignore_notice, NULL);
    bool ok = pq.PQstatus(q->conn) == CONNECTION_OK ? is_fit(q, mode, e) : connection_failure(q, e);
    if (ok)
        return &q->db;
    pg_close(&q->db);
    return NULL;
}

void pg_close(struct db *db)
{
    struct pg_db *q = (struct pg_db *)db;
    pq.PQfinish(q->conn);
    free(q);
}

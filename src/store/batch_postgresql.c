/* SPDX-License-Identifier: MIT
 *
 * The table `batch_rows` on PostgreSQL: a temporary table of the transaction,
 * filled by COPY.
 */
#include <string.h>

#include "store/postgresql.h"

#define CHUNK 65536 /* bytes before they are sent */

static bool make_table(struct pg_db *q, struct err *e)
{
    struct buf sql = {0};
    buf_str(&sql,
            "DROP TABLE IF EXISTS pg_temp.batch_rows; CREATE TEMPORARY TABLE batch_rows (n BIGINT");
    for (int i = 0; i < BATCH_COLUMNS; i++)
        buf_fmt(&sql, ", c%d TEXT", i);
    buf_str(&sql, ") ON COMMIT DROP");
    bool ok = pg_run(q, sql.data, PGRES_COMMAND_OK, e);
    buf_free(&sql);
    return ok;
}

static bool start_copy(struct pg_db *q, size_t columns, struct err *e)
{
    struct buf sql = {0};
    buf_str(&sql, "COPY batch_rows (n");
    for (size_t i = 0; i < columns; i++)
        buf_fmt(&sql, ", c%zu", i);
    buf_str(&sql, ") FROM STDIN");
    bool ok = pg_run(q, sql.data, PGRES_COPY_IN, e);
    buf_free(&sql);
    return ok;
}

/* A cell in COPY's text format. */
static void add_cell(struct buf *out, const char *text)
{
    static const char special[] = "\\\t\n\r", letter[] = "\\tnr";
    if (!text) {
        buf_str(out, "\\N");
        return;
    }
    while (*text) {
        size_t plain = strcspn(text, special);
        buf_add(out, text, plain);
        text += plain;
        if (*text) {
            buf_char(out, '\\');
            buf_char(out, letter[strchr(special, *text) - special]);
            text++;
        }
    }
}

static bool send_rows(struct pg_db *q, const struct batch_cells *b)
{
    struct buf out = {0};
    bool ok = true;
    for (size_t r = 0; ok && r < b->rows; r++) {
        buf_fmt(&out, "%zu", r);
        for (size_t c = 0; c < b->columns; c++) {
            buf_char(&out, '\t');
            add_cell(&out, b->cells[r * b->columns + c]);
        }
        buf_char(&out, '\n');
        if (out.len >= CHUNK || r + 1 == b->rows) {
            ok = pq.PQputCopyData(q->conn, out.data, (int)out.len) == 1;
            buf_clear(&out);
        }
    }
    buf_free(&out);
    return ok;
}

bool pg_batch(struct db *db, const struct batch_cells *batch, struct err *e)
{
    struct pg_db *q = (struct pg_db *)db;
    if (!make_table(q, e) || !start_copy(q, batch->columns, e))
        return false;
    bool ok = send_rows(q, batch) && pq.PQputCopyEnd(q->conn, NULL) == 1;
    PGresult *r = pq.PQgetResult(q->conn);
    ok = (ok && pq.PQresultStatus(r) == PGRES_COMMAND_OK) || pg_failure(q, r, e);
    for (; r; r = pq.PQgetResult(q->conn))
        pq.PQclear(r);
    return ok;
}

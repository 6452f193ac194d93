/* SPDX-License-Identifier: MIT
 *
 * The table `batch_rows`: an array of C strings read in place, without a copy
 * or an insert. One INSERT .. SELECT from it does the work of thousands of
 * single statements in a third of the time. It is an eponymous virtual table:
 * no CREATE, one a connection, empty outside a batch. Rows come in the order
 * of n; a search by n goes straight to its row.
 */
#include <stdlib.h>

#include "store/sqlite.h"

struct batch_table {
    sqlite3_vtab base;
    const struct batch_cells *batch;
};
struct batch_cursor {
    sqlite3_vtab_cursor base;
    size_t row, end;
};

enum plan { PLAN_ALL, PLAN_ONE };

/* A typical batch; the planner has to be told something before the first one is there. */
#define TYPICAL_ROWS 1000

static int batch_connect(sqlite3 *handle, void *aux, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **why)
{
    struct buf declaration = {0};
    (void)argc, (void)argv, (void)why;
    buf_str(&declaration, "CREATE TABLE x(n INTEGER");
    for (int i = 0; i < BATCH_COLUMNS; i++)
        buf_fmt(&declaration, ", c%d TEXT", i);
    buf_str(&declaration, ")");
    int rc = sqlite3_declare_vtab(handle, declaration.data);
    buf_free(&declaration);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_vtab_config(handle,
                        SQLITE_VTAB_DIRECTONLY); /* never from a trigger or view of the file */
    struct batch_table *t = xcalloc(1, sizeof *t);
    t->batch = &((struct sqlite_db *)aux)->batch;
    *out = &t->base;
    return SQLITE_OK;
}

static int batch_disconnect(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

static int batch_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->idxNum = PLAN_ALL;
    info->estimatedRows = TYPICAL_ROWS;
    info->estimatedCost = TYPICAL_ROWS;
    for (int i = 0; i < info->nConstraint; i++) {
        if (!info->aConstraint[i].usable || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ ||
            info->aConstraint[i].iColumn > 0)
            continue;
        info->aConstraintUsage[i].argvIndex = 1;
        info->idxNum = PLAN_ONE;
        info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
        info->estimatedRows = 1;
        info->estimatedCost = 1;
        break;
    }
    if (info->nOrderBy == 1 && info->aOrderBy[0].iColumn <= 0 && !info->aOrderBy[0].desc)
        info->orderByConsumed = 1;
    return SQLITE_OK;
}

static int batch_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct batch_cursor *c = xcalloc(1, sizeof *c);
    (void)table;
    *out = &c->base;
    return SQLITE_OK;
}

static int batch_close(sqlite3_vtab_cursor *cursor)
{
    free(cursor);
    return SQLITE_OK;
}

static int batch_filter(sqlite3_vtab_cursor *cursor, int plan, const char *text, int argc,
                        sqlite3_value **argv)
{
    struct batch_cursor *c = (struct batch_cursor *)cursor;
    size_t rows = ((struct batch_table *)cursor->pVtab)->batch->rows;
    (void)text, (void)argc;
    c->row = 0;
    c->end = rows;
    if (plan == PLAN_ONE) {
        /* A text or a fraction is left to SQLite, which compares again: it finds no row here or
         * none there. */
        sqlite3_int64 n =
            sqlite3_value_type(argv[0]) == SQLITE_NULL ? -1 : sqlite3_value_int64(argv[0]);
        bool there = n >= 0 && (size_t)n < rows;
        c->row = there ? (size_t)n : 0;
        c->end = there ? (size_t)n + 1 : 0;
    }
    return SQLITE_OK;
}

static int batch_next(sqlite3_vtab_cursor *cursor)
{
    ((struct batch_cursor *)cursor)->row++;
    return SQLITE_OK;
}

static int batch_eof(sqlite3_vtab_cursor *cursor)
{
    const struct batch_cursor *c = (const struct batch_cursor *)cursor;
    return c->row >= c->end;
}

static int batch_column(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int column)
{
    const struct batch_cursor *c = (const struct batch_cursor *)cursor;
    const struct batch_cells *b = ((const struct batch_table *)cursor->pVtab)->batch;
    if (column == 0) {
        sqlite3_result_int64(out, (sqlite3_int64)c->row);
        return SQLITE_OK;
    }
    size_t cell = (size_t)column - 1;
    const char *text = cell < b->columns ? b->cells[c->row * b->columns + cell] : NULL;
    if (text)
        sqlite3_result_text(out, text, -1, SQLITE_STATIC);
    return SQLITE_OK;
}

static int batch_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = (sqlite3_int64)((struct batch_cursor *)cursor)->row;
    return SQLITE_OK;
}

static const sqlite3_module batch_module = {
    .xConnect = batch_connect,
    .xBestIndex = batch_best_index,
    .xDisconnect = batch_disconnect,
    .xOpen = batch_open,
    .xClose = batch_close,
    .xFilter = batch_filter,
    .xNext = batch_next,
    .xEof = batch_eof,
    .xColumn = batch_column,
    .xRowid = batch_rowid,
};

void sqlite_batch_register(struct sqlite_db *q)
{
    if (sqlite3_create_module(q->handle, "batch_rows", &batch_module, q) != SQLITE_OK)
        die("batch_rows: %s", sqlite3_errmsg(q->handle));
}

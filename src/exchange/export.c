/* SPDX-License-Identifier: MIT
 *
 * A list as CSV: its rows, its order, its columns by key, as codes and ISO
 * dates, so that an import reads them back. Internal keys stay inside. Rows
 * go out as the query gives them; an export of any length needs no memory.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/csv_write.h"
#include "onward/exchange.h"

struct exporting {
    struct csv_writer csv;
    int64_t rows;
};

static bool is_shown(const struct column *c)
{
    return c->kind != FIELD_KEY;
}

static enum csv_kind kind_of(const struct column *c)
{
    return c->kind == FIELD_NHS || c->kind == FIELD_PHONE ? CSV_DIGITS : CSV_TEXT;
}

static bool write_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct exporting *x = ctx;
    for (size_t i = 0; i < l->columns_count; i++)
        if (is_shown(&l->columns[i]))
            csv_cell(&x->csv, kind_of(&l->columns[i]), cells[i].text);
    csv_end_row(&x->csv);
    x->rows++;
    return !x->csv.failure || csv_writer_finish(&x->csv, e); /* nobody reads on: stop */
}

bool export_list(struct session *s, const struct list *l, const struct typed *words, size_t n, bool spreadsheet, int fd, int64_t *rows,
                 struct err *e)
{
    struct exporting x = {0};
    struct list_run run = {.row = write_row, .ctx = &x};
    csv_writer_init(&x.csv, spreadsheet ? CSV_SPREADSHEET : CSV_MACHINE, spreadsheet, fd);
    for (size_t i = 0; i < l->columns_count; i++)
        if (is_shown(&l->columns[i]))
            csv_cell(&x.csv, CSV_TEXT, l->columns[i].key);
    csv_end_row(&x.csv);
    bool ok = list_call(s, l, words, n, "export", &run, e) && csv_writer_finish(&x.csv, e);
    if (ok)
        *rows = x.rows;
    csv_writer_free(&x.csv);
    return ok;
}

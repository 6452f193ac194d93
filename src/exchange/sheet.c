/* SPDX-License-Identifier: MIT
 *
 * Tables in memory (sheet.h). A column is put in order when it is first asked
 * for.
 */
#include "exchange/sheet.h"

#include <stdlib.h>
#include <string.h>

static int column_of(const struct sheet *s, const char *name)
{
    for (size_t i = 0; i < s->columns; i++)
        if (csv_same_column(s->names[i], name))
            return (int)i;
    return -1;
}

static void take_row(struct sheet *s, const struct csv_row *row)
{
    if ((s->count & (s->count + 1)) == 0) /* one before a power of two: room for as many again */
        s->rows = xrealloc(s->rows, 2 * (s->count + 1) * sizeof *s->rows);
    struct sheet_row *r = &s->rows[s->count++];
    *r = (struct sheet_row){xcalloc(s->columns, sizeof *r->cells), row->line};
    for (size_t i = 0; i < s->columns; i++)
        r->cells[i] = xstrdup(row->fields[i]);
}

bool sheet_read(int fd, const struct csv_limits *limits, struct sheet *out, struct err *e)
{
    struct csv_reader *csv = csv_open_fd(fd, limits, e);
    if (!csv)
        return false;
    const struct csv_row *header = csv_header(csv);
    struct sheet s = {.columns = header->count, .names = xcalloc(header->count, sizeof *s.names)};
    s.order = xcalloc(header->count, sizeof *s.order);
    for (size_t i = 0; i < s.columns; i++)
        s.names[i] = xstrdup(header->fields[i]);
    struct csv_row row;
    enum csv_next next;
    while ((next = csv_next(csv, &row, e)) == CSV_ROW)
        take_row(&s, &row);
    csv_close(csv);
    if (next != CSV_END) {
        sheet_free(&s);
        return false;
    }
    *out = s;
    return true;
}

void sheet_free(struct sheet *s)
{
    for (size_t r = 0; r < s->count; r++) {
        for (size_t i = 0; i < s->columns; i++)
            free(s->rows[r].cells[i]);
        free(s->rows[r].cells);
    }
    free(s->rows);
    for (size_t i = 0; i < s->columns; i++) {
        free(s->names[i]);
        free(s->order[i]);
    }
    free(s->names);
    free(s->order);
    *s = (struct sheet){0};
}

const char *sheet_cell(const struct sheet *s, size_t row, const char *column)
{
    int i = column_of(s, column);
    return i < 0 ? "" : s->rows[row].cells[i];
}

struct ordering {
    const struct sheet *sheet;
    size_t column;
};

static int in_order(const void *a, const void *b, void *ctx)
{
    const struct ordering *o = ctx;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order = strcmp(o->sheet->rows[x].cells[o->column], o->sheet->rows[y].cells[o->column]);
    return order ? order : x < y ? -1 : x > y;
}

size_t sheet_find(struct sheet *s, const char *column, const char *value, size_t i)
{
    int c = column_of(s, column);
    if (c < 0 || !*value || !s->count)
        return SIZE_MAX;
    if (!s->order[c]) {
        s->order[c] = xcalloc(s->count, sizeof **s->order);
        for (size_t r = 0; r < s->count; r++)
            s->order[c][r] = r;
        struct ordering o = {s, (size_t)c};
        qsort_r(s->order[c], s->count, sizeof **s->order, in_order, &o);
    }
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strcmp(s->rows[s->order[c][mid]].cells[c], value) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    low += i;
    return low < s->count && strcmp(s->rows[s->order[c][low]].cells[c], value) == 0 ? s->order[c][low] : SIZE_MAX;
}

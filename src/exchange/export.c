/* SPDX-License-Identifier: MIT
 *
 * A list as CSV: its rows, its order, its columns by key, as codes and ISO
 * dates, so that an import reads them back. Internal keys stay inside. Rows
 * go out as the query gives them; an export of any length needs no memory.
 * Or some rows of it, in the order of whoever chose them.
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

/* The text of a cell; that of a number is made in `number` where the list gives none. */
static const char *cell_text(const struct cell *c, char number[24])
{
    if (*c->text || c->number == FIELD_ABSENT)
        return c->text;
    snprintf(number, 24, "%lld", (long long)c->number);
    return number;
}

static bool write_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct exporting *x = ctx;
    char number[24];
    for (size_t i = 0; i < l->columns_count; i++)
        if (is_shown(&l->columns[i]))
            csv_cell(&x->csv, kind_of(&l->columns[i]), cell_text(&cells[i], number));
    csv_end_row(&x->csv);
    x->rows++;
    return !x->csv.failure || csv_writer_finish(&x->csv, e); /* nobody reads on: stop */
}

static void begin(struct exporting *x, const struct list *l, bool spreadsheet, int fd)
{
    csv_writer_init(&x->csv, spreadsheet ? CSV_SPREADSHEET : CSV_MACHINE, spreadsheet, fd);
    for (size_t i = 0; i < l->columns_count; i++)
        if (is_shown(&l->columns[i]))
            csv_cell(&x->csv, CSV_TEXT, l->columns[i].key);
    csv_end_row(&x->csv);
}

static bool end(struct exporting *x, bool ok, int64_t *rows, struct err *e)
{
    ok = ok && csv_writer_finish(&x->csv, e);
    if (ok)
        *rows = x->rows;
    csv_writer_free(&x->csv);
    return ok;
}

bool export_list(struct session *s, const struct list *l, const struct typed *words, size_t n, bool spreadsheet, int fd, int64_t *rows,
                 struct err *e)
{
    struct exporting x = {0};
    struct list_run run = {.row = write_row, .ctx = &x};
    begin(&x, l, spreadsheet, fd);
    return end(&x, list_call(s, l, words, n, "export", &run, e), rows, e);
}

/* ---- some rows */

/* A row asked for, and what the list has of it. */
struct wanted {
    const char *name;
    size_t place;  /* among those asked for */
    char **texts;  /* of its cells; NULL: not found (yet) */
};
struct picking {
    struct wanted *by_name; /* sorted by name, then place */
    size_t count;
};

static int compare_names(const void *a, const void *b)
{
    const struct wanted *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int compare_places(const void *a, const void *b)
{
    const struct wanted *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

/* The first that is asked for by that name; NULL when none is. */
static struct wanted *first_of(const struct picking *p, const char *name)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(p->by_name[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->count && strcmp(p->by_name[low].name, name) == 0 ? &p->by_name[low] : NULL;
}

static char **copy_texts(const struct list *l, const struct cell *cells)
{
    char number[24], **texts = xcalloc(l->columns_count, sizeof *texts);
    for (size_t i = 0; i < l->columns_count; i++)
        texts[i] = xstrdup(cell_text(&cells[i], number));
    return texts;
}

/* Two rows may have one name (two lines of the worklist that say the same): each is taken once, in the order of the list,
 * for as many as were asked for. */
static bool pick_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    const struct picking *p = ctx;
    struct buf name = {0};
    (void)e;
    list_row_name(l, cells, &name);
    struct wanted *w = first_of(p, buf_text(&name));
    while (w && w->texts)
        w = w + 1 < p->by_name + p->count && strcmp(w[1].name, w->name) == 0 ? w + 1 : NULL;
    if (w)
        w->texts = copy_texts(l, cells);
    buf_free(&name);
    return true;
}

static bool write_picked(struct exporting *x, const struct list *l, const struct wanted *w, struct err *e)
{
    struct cell *cells = xcalloc(l->columns_count, sizeof *cells);
    for (size_t i = 0; i < l->columns_count; i++)
        cells[i] = (struct cell){w->texts[i], FIELD_ABSENT};
    bool ok = write_row(x, l, cells, e);
    free(cells);
    return ok;
}

static void free_picked(const struct list *l, struct picking *p)
{
    for (size_t i = 0; i < p->count; i++) {
        for (size_t c = 0; p->by_name[i].texts && c < l->columns_count; c++)
            free(p->by_name[i].texts[c]);
        free(p->by_name[i].texts);
    }
    free(p->by_name);
}

/* One reading of the whole list, and what was chosen of it. */
static bool pick_from_all(struct session *s, const struct list *l, const struct typed *words, size_t n, const char *const *names,
                          size_t n_names, struct exporting *x, struct err *e)
{
    struct picking p = {xcalloc(n_names + 1, sizeof *p.by_name), n_names};
    struct list_run run = {.row = pick_row, .ctx = &p};
    for (size_t i = 0; i < n_names; i++)
        p.by_name[i] = (struct wanted){.name = names[i], .place = i};
    qsort(p.by_name, p.count, sizeof *p.by_name, compare_names);
    bool ok = list_call(s, l, words, n, "export", &run, e);
    qsort(p.by_name, p.count, sizeof *p.by_name, compare_places);
    for (size_t i = 0; ok && i < p.count; i++)
        ok = !p.by_name[i].texts || write_picked(x, l, &p.by_name[i], e);
    free_picked(l, &p);
    return ok;
}

/* Each row by itself. The first call is the one that the log tells of. */
static bool pick_each(struct session *s, const struct list *l, const struct typed *words, size_t n, const char *const *names,
                      size_t n_names, struct exporting *x, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n_names; i++) {
        struct list_run run = {.row = write_row, .ctx = x, .itself = true};
        ok = text_copy(run.after, sizeof run.after, names[i])
                 ? list_call(s, l, words, n, i ? "screen" : "export", &run, e)
                 : err_set(e, ERR_INVALID, "\"%.70s\" is no row of the list \"%s\".", names[i], l->name);
    }
    return ok;
}

bool export_rows(struct session *s, const struct list *l, const struct typed *words, size_t n, const char *const *names, size_t n_names,
                 bool spreadsheet, int fd, int64_t *rows, struct err *e)
{
    struct exporting x = {0};
    if (!n_names)
        return err_set(e, ERR_INVALID, "No row was chosen: there is nothing to export.");
    begin(&x, l, spreadsheet, fd);
    return end(&x, (l->both_ways ? pick_each : pick_from_all)(s, l, words, n, names, n_names, &x, e), rows, e);
}

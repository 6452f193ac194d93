/* SPDX-License-Identifier: MIT
 *
 * Rows of a view: read from a list of the engine a window at a time, or put in
 * by hand; what is selected, and moving on (see view.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

#define PAGE_LEAST 64   /* rows of one reading, at least */
#define WINDOW_PAGES 4  /* held of a long list, at most */

static int page_rows(const struct view *v)
{
    return v->height * 2 > PAGE_LEAST ? v->height * 2 : PAGE_LEAST;
}

/* ---- making */

static struct view *view_make(const struct view_column *columns, size_t n)
{
    struct view *v = xcalloc(1, sizeof *v);
    if (n > VIEW_COLUMNS)
        die("a view has too many columns");
    memcpy(v->columns, columns, n * sizeof *columns);
    v->n_columns = n;
    v->sort = -1;
    v->selected = -1;
    v->height = 20;
    v->at_start = v->at_end = true;
    v->limit = xstrdup("");
    v->empty = xstrdup("There is nothing here.");
    return v;
}

static size_t list_column(const struct list *l, const char *key)
{
    for (size_t i = 0; i < l->columns_count; i++)
        if (strcmp(l->columns[i].key, key) == 0)
            return i;
    die("the list %s has no column %s", l->name, key);
}

struct view *view_new(struct session *s, const char *list, const struct view_column *columns, size_t n)
{
    struct view *v = view_make(columns, n);
    v->session = s;
    v->list = list_find(list);
    if (!v->list)
        die("there is no list %s", list);
    for (size_t i = 0; i < n; i++)
        v->source[i] = list_column(v->list, columns[i].key);
    return v;
}

struct view *view_by_hand(const struct view_column *columns, size_t n)
{
    struct view *v = view_make(columns, n);
    for (size_t i = 0; i < n; i++)
        v->source[i] = i;
    return v;
}

static void words_free(struct view_word *words, size_t *n)
{
    for (size_t i = 0; i < *n; i++) {
        free(words[i].key);
        free(words[i].value);
    }
    *n = 0;
}

static void rows_free(struct view *v, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        free(v->rows[i].texts);
}

static void drop_last(struct view *v)
{
    v->n--;
    rows_free(v, v->n, v->n + 1);
}

void view_free(struct view *v)
{
    if (!v)
        return;
    rows_free(v, 0, v->n);
    free(v->rows);
    free(v->order);
    words_free(v->where, &v->n_where);
    words_free(v->filters, &v->n_filters);
    view_words_free(v->words, v->n_words);
    view_words_free(v->tags, v->n_tags);
    free(v->limit);
    free(v->empty);
    free(v->cleared_on);
    free(v);
}

void view_set_key(struct view *v, const char *const *columns, size_t n)
{
    v->n_keys = n < VIEW_KEYS ? n : VIEW_KEYS;
    for (size_t i = 0; i < v->n_keys; i++) {
        size_t at = 0;
        while (!v->list && at < v->n_columns && strcmp(v->columns[at].key, columns[i]) != 0)
            at++;
        v->keys[i] = v->list ? list_column(v->list, columns[i]) : at;
    }
}

void view_set_style(struct view *v, view_style_fn *style)
{
    v->style = style;
}

void view_set_heading(struct view *v, view_heading_fn *heading)
{
    v->heading = heading;
}

void view_set_empty(struct view *v, const char *text)
{
    free(v->empty);
    v->empty = xstrdup(text);
}

void view_where(struct view *v, const char *key, const char *value)
{
    size_t i = 0;
    while (i < v->n_where && strcmp(v->where[i].key, key) != 0)
        i++;
    if (i < v->n_where) {
        free(v->where[i].key);
        free(v->where[i].value);
        v->where[i] = v->where[--v->n_where];
    }
    if (value && v->n_where < VIEW_WORDS)
        v->where[v->n_where++] = (struct view_word){xstrdup(key), xstrdup(value)};
}

/* ---- rows */

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* "23 Nov 2026", or "23 Nov" where the column is too narrow for the year. */
static void show_date(const char *iso, int width, struct buf *out)
{
    day_t d = date_parse(iso);
    int year, month, day;
    if (d == DATE_NONE) {
        buf_str(out, iso);
        return;
    }
    date_to_ymd(d, &year, &month, &day);
    buf_fmt(out, width && width < 11 ? "%d %s" : "%d %s %d", day, months[month - 1], year);
}

static void show_instant(int64_t at, struct buf *out)
{
    char text[INSTANT_SIZE];
    if (at == FIELD_ABSENT)
        return;
    instant_format(at, text);
    show_date((text[10] = '\0', text), 11, out);
    buf_fmt(out, " %.5s", text + 11);
}

static void show_cell(const struct view *v, size_t column, const struct cell *cell, struct buf *out)
{
    const struct column *c = &v->list->columns[v->source[column]];
    int width = v->columns[column].width;
    if (c->kind == FIELD_FLAG)
        buf_str(out, cell->number == 1 ? "yes" : cell->number == 0 ? "" : "not asked");
    else if (c->kind == FIELD_INSTANT)
        show_instant(cell->number, out);
    else if (c->kind == FIELD_DATE)
        show_date(cell->text, width, out);
    else if (c->kind == FIELD_INT && cell->number != FIELD_ABSENT)
        buf_fmt(out, "%lld", (long long)cell->number);
    else if (c->kind == FIELD_CHOICE && c->choices)
        buf_str(out, choice_label(c->choices, cell->text));
    else if (c->kind == FIELD_CODE && c->set && *cell->text)
        buf_str(out, session_code_label(v->session, c->set, cell->text));
    else
        buf_str(out, cell->text);
}

static void canonical(const struct column *c, const struct cell *cell, struct buf *out)
{
    bool number = (c->kind == FIELD_INT || c->kind == FIELD_FLAG || c->kind == FIELD_KEY) && !*cell->text;
    if (!number)
        buf_str(out, cell->text);
    else if (cell->number != FIELD_ABSENT)
        buf_fmt(out, "%lld", (long long)cell->number);
}

/* The row in one block: pointers, then texts. `cells` NULL: by hand from `texts`. */
static struct view_row row_make(const struct view *v, const struct cell *cells, const char *const *texts)
{
    size_t n_texts = v->list ? v->list->columns_count : v->n_columns, n = n_texts + v->n_columns + 2;
    size_t at[VIEW_COLUMNS + 64];
    struct buf b = {0};
    if (n > sizeof at / sizeof *at)
        die("a list has too many columns to show");
    for (size_t i = 0; i < n_texts; i++) {
        at[i] = b.len;
        if (cells)
            canonical(&v->list->columns[i], &cells[i], &b);
        else
            buf_str(&b, texts[i] ? texts[i] : "");
        buf_add(&b, "", 1);
    }
    for (size_t i = 0; i < v->n_columns; i++) {
        at[n_texts + i] = b.len;
        if (cells)
            show_cell(v, i, &cells[v->source[i]], &b);
        else
            buf_str(&b, texts[i] ? texts[i] : "");
        buf_add(&b, "", 1);
    }
    at[n - 2] = b.len;
    if (cells)
        list_row_name(v->list, cells, &b);
    buf_add(&b, "", 1);
    at[n - 1] = b.len;
    for (size_t i = 0; i < v->n_keys; i++) {
        struct buf part = {0};
        buf_str(&part, b.data + at[v->keys[i]]);
        buf_fmt(&b, "%s%s", i ? "/" : "", buf_text(&part));
        buf_free(&part);
    }
    buf_add(&b, "", 1);
    char **block = xmalloc(n * sizeof *block + b.len);
    char *text = (char *)(block + n);
    memcpy(text, b.data, b.len);
    for (size_t i = 0; i < n; i++)
        block[i] = text + at[i];
    buf_free(&b);
    return (struct view_row){.texts = block, .shown = block + n_texts, .name = block[n - 2],
                             .key = v->n_keys ? block[n - 1] : block[0]};
}

static void row_append(struct view *v, struct view_row r)
{
    if (v->n == v->room)
        v->rows = xrealloc(v->rows, (v->room = v->room ? 2 * v->room : 64) * sizeof *v->rows);
    for (size_t i = 0; i < v->n_tags && !r.tagged; i++)
        r.tagged = strcmp(v->tags[i], r.key) == 0;
    v->rows[v->n++] = r;
}

/* What was selected before the rows were put in anew; until it comes (or where it is gone) the one in its place. */
static void find_cleared(struct view *v)
{
    v->top = v->cleared_top;
    if (strcmp(view_key(v), v->cleared_on) != 0) {
        v->selected = v->cleared_at < (long)v->n_order ? v->cleared_at : (long)v->n_order - 1;
        return;
    }
    free(v->cleared_on);
    v->cleared_on = NULL;
}

void view_add(struct view *v, const char *const *texts)
{
    row_append(v, row_make(v, NULL, texts));
    view_arrange(v, v->cleared_on ? v->cleared_on : view_key(v));
    if (v->cleared_on && v->n_order)
        find_cleared(v);
}

void view_clear(struct view *v)
{
    if (view_key(v)) {
        free(v->cleared_on);
        v->cleared_on = xstrdup(view_key(v));
        v->cleared_at = v->selected;
        v->cleared_top = v->top;
    }
    rows_free(v, 0, v->n);
    v->n = v->n_order = 0;
    v->selected = -1;
    v->top = 0;
}

static bool keep_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct view *v = ctx;
    (void)l, (void)e;
    row_append(v, row_make(v, cells, NULL));
    return true;
}

static size_t all_words(const struct view *v, struct typed *words, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_where && n < most; i++) {
        bool limited = false; /* what the limit says of the same key goes before */
        for (size_t k = 0; k < v->n_filters; k++)
            limited |= strcmp(v->filters[k].key, v->where[i].key) == 0;
        if (!limited)
            words[n++] = (struct typed){v->where[i].key, v->where[i].value};
    }
    for (size_t i = 0; i < v->n_filters && n < most; i++)
        words[n++] = (struct typed){v->filters[i].key, v->filters[i].value};
    return n;
}

size_t view_words(const struct view *v, struct typed *words, size_t most)
{
    return all_words(v, words, most);
}

/* Reads up to `limit` rows behind (or before) the row of that name; they are appended as they come. */
static bool read_rows(struct view *v, const char *after, bool backwards, int64_t limit, struct err *e)
{
    struct typed words[2 * VIEW_WORDS];
    struct list_run run = {.limit = limit, .backwards = backwards, .row = keep_row, .ctx = v};
    if (!text_copy(run.after, sizeof run.after, after))
        return err_set(e, ERR_STORE, "The row to go on from has too long a name.");
    return list_call(v->session, v->list, words, all_words(v, words, 2 * VIEW_WORDS), "screen", &run, e);
}

/* ---- loading */

/* A window of a list that is read both ways; what was held is gone afterwards, or still there on an error. */
static bool reload(struct view *v, int64_t limit, const char *after, struct err *e)
{
    struct view old = *v;
    v->rows = NULL;
    v->n = v->room = 0;
    bool ok = read_rows(v, after, false, limit + 1, e);
    if (!ok) {
        rows_free(v, 0, v->n);
        free(v->rows);
        v->rows = old.rows;
        v->n = old.n;
        v->room = old.room;
        return false;
    }
    rows_free(&old, 0, old.n);
    free(old.rows);
    v->at_end = v->n <= (size_t)limit;
    if (!v->at_end)
        drop_last(v);
    return true;
}

static void drop_lost_tags(struct view *v)
{
    size_t kept = 0;
    if (!v->at_start || !v->at_end)
        return;
    for (size_t i = 0; i < v->n_tags; i++) {
        bool there = false;
        for (size_t r = 0; r < v->n && !there; r++)
            there = strcmp(v->rows[r].key, v->tags[i]) == 0;
        if (there)
            v->tags[kept++] = v->tags[i];
        else
            free(v->tags[i]);
    }
    v->n_tags = kept;
}

bool view_load(struct view *v, struct err *e)
{
    if (!v->list)
        return true;
    bool wants_all = v->n_words || v->sort >= 0 || !v->list->both_ways;
    int64_t limit = wants_all ? VIEW_WHOLE : (int64_t)v->n > page_rows(v) ? (int64_t)v->n : page_rows(v);
    char *selected = view_key(v) ? xstrdup(view_key(v)) : NULL;
    /* A window in the middle begins behind the row before its first, which is still there or not: paging takes both. */
    char *after = xstrdup(v->at_start || wants_all || !v->n ? "" : v->rows[0].name);
    bool ok = reload(v, limit, after, e);
    if (ok) {
        v->at_start = !*after;
        drop_lost_tags(v);
        view_arrange(v, selected);
    }
    free(after);
    free(selected);
    return ok;
}

bool view_whole(struct view *v, struct err *e)
{
    if (!v->list || (v->at_start && v->at_end))
        return true;
    char *selected = view_key(v) ? xstrdup(view_key(v)) : NULL;
    struct view_row *rows = v->rows;
    size_t n = v->n, room = v->room;
    v->rows = NULL;
    v->n = v->room = 0;
    bool ok = read_rows(v, "", false, VIEW_WHOLE + 1, e);
    if (ok && v->n > VIEW_WHOLE)
        ok = err_rule(e, "too-many", "There are more than %d rows here: limit them first with l, for example by key=value.", VIEW_WHOLE);
    if (!ok) {
        rows_free(v, 0, v->n);
        free(v->rows);
        v->rows = rows;
        v->n = n;
        v->room = room;
    } else {
        for (size_t i = 0; i < n; i++)
            free(rows[i].texts);
        free(rows);
        v->at_start = v->at_end = true;
        view_arrange(v, selected);
    }
    free(selected);
    return ok;
}

/* ---- asking */

const struct view_row *view_row_at(const struct view *v, size_t row)
{
    return row < v->n_order ? &v->rows[v->order[row]] : NULL;
}

size_t view_rows(const struct view *v)
{
    return v->n_order;
}

int64_t view_total(const struct view *v)
{
    return v->at_start && v->at_end ? (int64_t)v->n_order : -1;
}

long view_selected(const struct view *v)
{
    return v->selected;
}

const char *view_key_at(const struct view *v, size_t row)
{
    const struct view_row *r = view_row_at(v, row);
    return r ? r->key : NULL;
}

const char *view_key(const struct view *v)
{
    return v->selected < 0 ? NULL : view_key_at(v, (size_t)v->selected);
}

bool view_select(struct view *v, const char *key)
{
    for (size_t i = 0; i < v->n_order; i++)
        if (strcmp(view_key_at(v, i), key) == 0) {
            v->selected = (long)i;
            return true;
        }
    return false;
}

const char *view_cell_at(const struct view *v, size_t row, const char *column)
{
    const struct view_row *r = view_row_at(v, row);
    size_t n = v->list ? v->list->columns_count : v->n_columns;
    for (size_t i = 0; r && i < n; i++)
        if (strcmp(v->list ? v->list->columns[i].key : v->columns[i].key, column) == 0)
            return r->texts[i];
    return "";
}

const char *view_cell(const struct view *v, const char *column)
{
    return v->selected < 0 ? "" : view_cell_at(v, (size_t)v->selected, column);
}

const struct list *view_list(const struct view *v)
{
    return v->list;
}

/* ---- moving */

/* Rows fell out of the window at its start: what counts rows moves with them. */
static void drop_front(struct view *v, size_t n)
{
    rows_free(v, 0, n);
    memmove(v->rows, v->rows + n, (v->n - n) * sizeof *v->rows);
    v->n -= n;
    v->selected -= (long)n;
    v->top -= (long)n;
    v->at_start = false;
}

static void show_all(struct view *v)
{
    v->order = xrealloc(v->order, (v->n ? v->n : 1) * sizeof *v->order);
    v->n_order = v->n;
    for (size_t i = 0; i < v->n; i++)
        v->order[i] = i;
}

static bool read_on(struct view *v, struct err *e)
{
    int page = page_rows(v);
    size_t before = v->n;
    if (v->at_end || !v->n || !v->list)
        return true;
    char *last = xstrdup(v->rows[v->n - 1].name);
    bool ok = read_rows(v, last, false, page + 1, e);
    free(last);
    if (!ok) {
        rows_free(v, before, v->n);
        v->n = before;
        return false;
    }
    v->at_end = v->n - before <= (size_t)page;
    if (!v->at_end)
        drop_last(v);
    if (v->n > (size_t)(page * WINDOW_PAGES))
        drop_front(v, v->n - (size_t)(page * WINDOW_PAGES));
    show_all(v);
    return true;
}

static void turn(struct view_row *rows, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        struct view_row r = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = r;
    }
}

/* The page before the window: it comes nearest first, behind the rows held, and is turned to their front. */
static bool read_back(struct view *v, struct err *e)
{
    int page = page_rows(v);
    size_t before = v->n;
    if (v->at_start || !v->n || !v->list)
        return true;
    char *first = xstrdup(v->rows[0].name);
    bool ok = read_rows(v, first, true, page + 1, e);
    free(first);
    if (!ok) {
        rows_free(v, before, v->n);
        v->n = before;
        return false;
    }
    v->at_start = v->n - before <= (size_t)page;
    if (!v->at_start)
        drop_last(v);
    size_t got = v->n - before;
    turn(v->rows, before);
    turn(v->rows, v->n);
    v->selected += (long)got;
    v->top += (long)got;
    if (v->n > (size_t)(page * WINDOW_PAGES)) {
        size_t kept = (size_t)(page * WINDOW_PAGES);
        rows_free(v, kept, v->n);
        v->n = kept;
        v->at_end = false;
    }
    show_all(v);
    return true;
}

static bool is_arranged(const struct view *v)
{
    return v->n_words || v->sort >= 0 || v->reverse;
}

bool view_move(struct view *v, long by, struct err *e)
{
    if (v->selected < 0)
        return true;
    long to = v->selected + by;
    while (to >= (long)v->n_order && !v->at_end && !is_arranged(v)) {
        long was = v->selected;
        if (!read_on(v, e))
            return false;
        to += v->selected - was;
    }
    while (to < 0 && !v->at_start && !is_arranged(v)) {
        long was = v->selected;
        if (!read_back(v, e))
            return false;
        to += v->selected - was;
    }
    v->selected = to < 0 ? 0 : to >= (long)v->n_order ? (long)v->n_order - 1 : to;
    return true;
}

bool view_page(struct view *v, int by, struct err *e)
{
    long rows = v->height > 2 ? v->height - 1 : 1;
    if (!view_move(v, by * rows, e))
        return false;
    v->top += by * rows;
    return true;
}

bool view_home(struct view *v, struct err *e)
{
    if (v->at_start || is_arranged(v)) {
        v->selected = v->n_order ? 0 : -1;
        return true;
    }
    if (!reload(v, page_rows(v), "", e))
        return false;
    v->at_start = true;
    view_arrange(v, NULL);
    v->selected = v->n_order ? 0 : -1;
    v->top = 0;
    return true;
}

bool view_end(struct view *v, struct err *e)
{
    if (v->at_end || is_arranged(v)) {
        v->selected = (long)v->n_order - 1;
        return true;
    }
    struct view_row *rows = v->rows;
    size_t n = v->n, room = v->room, page = (size_t)page_rows(v);
    v->rows = NULL;
    v->n = v->room = 0;
    if (!read_rows(v, "", true, (int64_t)page + 1, e)) {
        rows_free(v, 0, v->n);
        free(v->rows);
        v->rows = rows;
        v->n = n;
        v->room = room;
        return false;
    }
    for (size_t i = 0; i < n; i++)
        free(rows[i].texts);
    free(rows);
    v->at_start = v->n <= page;
    if (!v->at_start)
        drop_last(v);
    turn(v->rows, v->n);
    v->at_end = true;
    show_all(v);
    v->selected = (long)v->n_order - 1;
    v->top = v->selected;
    return true;
}

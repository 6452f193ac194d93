/* SPDX-License-Identifier: MIT
 *
 * What a view is made of and what may be asked of it; rows by hand (see
 * view.h).
 */
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

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
    v->total = -1;
    v->height = 20;
    v->held.at_start = v->held.at_end = true;
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

static size_t own_column(const struct view *v, const char *key)
{
    for (size_t i = 0; i < v->n_columns; i++)
        if (strcmp(v->columns[i].key, key) == 0)
            return i;
    die("the view has no column %s", key);
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

void view_word_free(struct view_word *w)
{
    free(w->key);
    free(w->value);
}

void view_free(struct view *v)
{
    if (!v)
        return;
    view_untag(v);
    view_stretch_free(&v->held);
    free(v->order);
    for (size_t i = 0; i < v->n_where; i++)
        view_word_free(&v->where[i]);
    for (size_t i = 0; i < v->n_filters; i++)
        view_word_free(&v->filters[i]);
    view_words_free(v->words, v->n_words);
    free(v->limit);
    free(v->empty);
    free(v->awaited);
    free(v);
}

void view_set_key(struct view *v, const char *const *columns, size_t n)
{
    if (n > VIEW_KEYS)
        die("a view's key has too many columns");
    for (size_t i = 0; i < n; i++)
        v->keys[i] = v->list ? list_column(v->list, columns[i]) : own_column(v, columns[i]);
    v->n_keys = n;
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
    bool was = i < v->n_where;
    if (was ? value && strcmp(v->where[i].value, value) == 0 : !value)
        return;
    v->asked_anew = true;
    if (was) {
        view_word_free(&v->where[i]);
        v->where[i] = v->where[--v->n_where];
    }
    if (value && v->n_where == VIEW_WORDS)
        die("a view has too many filters");
    if (value)
        v->where[v->n_where++] = (struct view_word){xstrdup(key), xstrdup(value)};
}

/* ---- rows by hand */

/* While what was selected has not come again, the row in its place is. */
void view_add(struct view *v, const char *const *texts)
{
    struct view_row *r = view_row_new(v, NULL, texts);
    view_stretch_add(&v->held, r);
    view_tag_keep(v, r);
    if (!v->awaited) {
        view_arrange(v, view_key(v), 0);
        return;
    }
    view_arrange(v, v->awaited, v->awaited_at);
    v->top = v->selected - v->awaited_line;
    if (v->selected >= 0 && strcmp(view_key(v), v->awaited) == 0) {
        free(v->awaited);
        v->awaited = NULL;
    }
}

void view_clear(struct view *v)
{
    if (view_key(v)) {
        free(v->awaited);
        v->awaited = xstrdup(view_key(v));
        v->awaited_at = v->selected;
        v->awaited_line = v->selected - v->top;
    }
    v->n_order = 0;
    v->selected = -1;
    v->top = 0;
    view_stretch_cut(&v->held, 0, v->held.n);
}

/* ---- asking */

struct view_row *view_row_at(const struct view *v, size_t row)
{
    return row < v->n_order ? v->order[row] : NULL;
}

size_t view_rows(const struct view *v)
{
    return v->n_order;
}

int64_t view_total(const struct view *v)
{
    return view_is_whole(v) ? (int64_t)v->n_order : v->total;
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
        if (strcmp(v->order[i]->key, key) == 0) {
            v->selected = (long)i;
            return true;
        }
    return false;
}

size_t view_text_columns(const struct view *v)
{
    return v->list ? v->list->columns_count : v->n_columns;
}

const char *view_row_cell(const struct view *v, const struct view_row *r, const char *column)
{
    for (size_t i = 0; i < view_text_columns(v); i++)
        if (strcmp(v->list ? v->list->columns[i].key : v->columns[i].key, column) == 0)
            return r->texts[i];
    return "";
}

const char *view_cell_at(const struct view *v, size_t row, const char *column)
{
    const struct view_row *r = view_row_at(v, row);
    return r ? view_row_cell(v, r, column) : "";
}

const char *view_cell(const struct view *v, const char *column)
{
    return v->selected < 0 ? "" : view_cell_at(v, (size_t)v->selected, column);
}

const char *view_label(const struct view *v, size_t column)
{
    if (v->columns[column].label)
        return v->columns[column].label;
    return v->list ? v->list->columns[v->source[column]].label : "";
}

const struct list *view_list(const struct view *v)
{
    return v->list;
}

size_t view_words(const struct view *v, struct typed *words, size_t most)
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

/* SPDX-License-Identifier: MIT
 *
 * Which of a view's rows are shown, and in which order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

/* ---- what a column is sorted by */

enum sorting { BY_NUMBER, BY_DAY, BY_CANONICAL, BY_SHOWN };

/* One row as the sort sees it. */
struct item {
    struct view_row *row;
    size_t place; /* before sorting: rows alike stay as they stood */
    bool empty, reverse;
    int64_t number;
    char *text;
};

/* A column by hand has no kind: it is of numbers or days where every text in it is one. */
static bool all_are(const struct view *v, enum sorting how)
{
    bool any = false;
    for (size_t i = 0; i < v->n_order; i++) {
        const char *text = v->order[i]->shown[v->sort];
        int64_t n;
        if (*text && (how == BY_NUMBER ? !text_to_int(text, INT64_MIN, INT64_MAX, &n) : date_parse_loose(text, 0) == DATE_NONE))
            return false;
        any |= *text != '\0';
    }
    return any;
}

static enum sorting sorting_of(const struct view *v)
{
    if (!v->list)
        return all_are(v, BY_NUMBER) ? BY_NUMBER : all_are(v, BY_DAY) ? BY_DAY : BY_SHOWN;
    switch (v->list->columns[v->source[v->sort]].kind) {
    case FIELD_INT:
    case FIELD_FLAG:
    case FIELD_KEY:
        return BY_NUMBER;
    case FIELD_DATE:
    case FIELD_PARTIAL:
    case FIELD_TIME:
    case FIELD_INSTANT:
        return BY_CANONICAL;
    default:
        return BY_SHOWN;
    }
}

static struct item item_of(const struct view *v, enum sorting how, size_t place)
{
    struct view_row *r = v->order[place];
    const char *text = r->texts[v->source[v->sort]];
    struct item it = {.row = r, .place = place, .empty = !*text, .reverse = v->reverse};
    struct buf folded = {0};
    if (how == BY_NUMBER)
        it.number = strtoll(text, NULL, 10);
    else if (how == BY_DAY)
        it.number = date_parse_loose(text, 0);
    else if (how == BY_SHOWN)
        text_fold(r->shown[v->sort], &folded);
    it.text = xstrdup(how == BY_CANONICAL ? text : buf_text(&folded));
    buf_free(&folded);
    return it;
}

/* Empty ones last, whichever way round. */
static int compare(const void *x, const void *y)
{
    const struct item *a = x, *b = y;
    if (a->empty != b->empty)
        return a->empty - b->empty;
    int c = (a->number > b->number) - (a->number < b->number);
    if (!c)
        c = strcmp(a->text, b->text);
    if (c)
        return a->reverse ? -c : c;
    return (a->place > b->place) - (a->place < b->place);
}

static void sort_rows(struct view *v)
{
    enum sorting how = sorting_of(v);
    struct item *items = xmalloc((v->n_order ? v->n_order : 1) * sizeof *items);
    for (size_t i = 0; i < v->n_order; i++)
        items[i] = item_of(v, how, i);
    qsort(items, v->n_order, sizeof *items, compare);
    for (size_t i = 0; i < v->n_order; i++) {
        v->order[i] = items[i].row;
        free(items[i].text);
    }
    free(items);
}

static void turn_round(struct view *v)
{
    for (size_t i = 0; i < v->n_order / 2; i++) {
        struct view_row *r = v->order[i];
        v->order[i] = v->order[v->n_order - 1 - i];
        v->order[v->n_order - 1 - i] = r;
    }
}

/* ---- */

/* What is not shown is not tagged: an action touches only what can be seen. */
static void choose(struct view *v)
{
    v->order = xrealloc(v->order, (v->held.n ? v->held.n : 1) * sizeof(struct view_row *));
    v->n_order = 0;
    for (size_t i = 0; i < v->held.n; i++) {
        struct view_row *r = v->held.rows[i];
        if (view_matches(v, r, v->words, v->n_words))
            v->order[v->n_order++] = r;
        else
            view_tag_drop(v, r);
    }
}

void view_arrange(struct view *v, const char *key, long place)
{
    long line = v->selected < 0 ? 0 : v->selected - v->top;
    choose(v);
    if (v->sort >= 0)
        sort_rows(v);
    else if (v->reverse)
        turn_round(v);
    long last = (long)v->n_order - 1;
    if (!key || !view_select(v, key))
        v->selected = place > last ? last : place < 0 && last >= 0 ? 0 : place;
    v->top = v->selected - line;
}

static bool sort_to(struct view *v, int column, bool reverse, struct err *e)
{
    if ((column >= 0 || reverse) && !view_whole(v, e))
        return false;
    v->sort = column;
    v->reverse = reverse;
    const char *label = column < 0 ? "" : view_label(v, (size_t)column);
    if (column < 0)
        snprintf(v->sorted_by, sizeof v->sorted_by, "%s", reverse ? "its own order, reversed" : "");
    else
        snprintf(v->sorted_by, sizeof v->sorted_by, "%.60s%s", *label ? label : v->columns[column].key, reverse ? ", reversed" : "");
    view_arrange(v, view_key(v), 0);
    return true;
}

bool view_sort(struct view *v, bool reverse, struct err *e)
{
    if (reverse)
        return sort_to(v, v->sort, !v->reverse, e);
    int next = v->sort + 1;
    while (next < (int)v->n_columns && v->columns[next].width == 0)
        next++;
    return sort_to(v, next < (int)v->n_columns ? next : -1, false, e);
}

bool view_sort_by(struct view *v, const char *column, bool reverse, struct err *e)
{
    for (size_t i = 0; i < v->n_columns; i++)
        if (strcmp(v->columns[i].key, column) == 0)
            return sort_to(v, (int)i, reverse, e);
    return err_set(e, ERR_INVALID, "There is no column %s here.", column);
}

const char *view_sorted_by(const struct view *v)
{
    return v->sorted_by;
}

/* SPDX-License-Identifier: MIT
 *
 * In which order a view's rows are shown, and which of them are tagged.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

/* ---- order */

static bool is_number_column(const struct view *v, size_t column)
{
    if (!v->list)
        return false;
    enum field_kind k = v->list->columns[v->source[column]].kind;
    return k == FIELD_INT || k == FIELD_FLAG || k == FIELD_KEY;
}

static int compare_cells(const struct view *v, const struct view_row *a, const struct view_row *b)
{
    size_t column = (size_t)v->sort;
    const char *x = a->texts[v->source[column]], *y = b->texts[v->source[column]];
    bool is_date = v->list && (v->list->columns[v->source[column]].kind == FIELD_DATE || v->list->columns[v->source[column]].kind == FIELD_INSTANT);
    if (!*x || !*y) /* empty ones last */
        return !*x - !*y;
    if (is_number_column(v, column)) {
        long long m = atoll(x), n = atoll(y);
        return (m > n) - (m < n);
    }
    if (is_date)
        return strcmp(x, y);
    struct buf fx = {0}, fy = {0};
    text_fold(a->shown[column], &fx);
    text_fold(b->shown[column], &fy);
    int c = strcmp(buf_text(&fx), buf_text(&fy));
    buf_free(&fx);
    buf_free(&fy);
    return c;
}

/* Insertion into halves: stable, and no sort function of the library takes a context portably. */
static void merge_sort(const struct view *v, size_t *order, size_t *spare, size_t n)
{
    if (n < 2)
        return;
    size_t half = n / 2, i = 0, k = half, to = 0;
    merge_sort(v, order, spare, half);
    merge_sort(v, order + half, spare, n - half);
    while (i < half || k < n)
        spare[to++] = k == n || (i < half && compare_cells(v, &v->rows[order[i]], &v->rows[order[k]]) <= 0) ? order[i++] : order[k++];
    memcpy(order, spare, n * sizeof *order);
}

void view_arrange(struct view *v, const char *selected)
{
    long was = v->selected;
    char *key = selected ? xstrdup(selected) : NULL;
    v->order = xrealloc(v->order, (v->n ? v->n : 1) * sizeof *v->order);
    v->n_order = 0;
    for (size_t i = 0; i < v->n; i++)
        if (view_matches(v, &v->rows[i], v->words, v->n_words))
            v->order[v->n_order++] = i;
    if (v->sort >= 0) {
        size_t *spare = xmalloc((v->n ? v->n : 1) * sizeof *spare);
        merge_sort(v, v->order, spare, v->n_order);
        free(spare);
    }
    for (size_t i = 0; v->reverse && i < v->n_order / 2; i++) {
        size_t kept = v->order[i];
        v->order[i] = v->order[v->n_order - 1 - i];
        v->order[v->n_order - 1 - i] = kept;
    }
    if (!key || !view_select(v, key))
        v->selected = !v->n_order ? -1 : was < 0 ? 0 : was >= (long)v->n_order ? (long)v->n_order - 1 : was;
    free(key);
}

static const char *label_of(const struct view *v, size_t column)
{
    if (v->columns[column].label && *v->columns[column].label)
        return v->columns[column].label;
    return v->list ? v->list->columns[v->source[column]].label : v->columns[column].key;
}

static bool sort_to(struct view *v, int column, bool reverse, struct err *e)
{
    if ((column >= 0 || reverse) && !view_whole(v, e))
        return false;
    v->sort = column;
    v->reverse = reverse;
    if (column < 0)
        snprintf(v->sorted_by, sizeof v->sorted_by, "%s", reverse ? "its own order, reversed" : "");
    else
        snprintf(v->sorted_by, sizeof v->sorted_by, "%.60s%s", label_of(v, (size_t)column), reverse ? ", reversed" : "");
    view_arrange(v, view_key(v));
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

/* ---- tags */

static struct view_row *shown_row(struct view *v, size_t row)
{
    return &v->rows[v->order[row]];
}

static bool add_tag(struct view *v, struct view_row *r, struct err *e)
{
    if (r->tagged)
        return true;
    if (v->n_tags == VIEW_TAGS)
        return err_rule(e, "tags", "%d rows are tagged, which is the most that one action may touch.", VIEW_TAGS);
    v->tags = xrealloc(v->tags, (v->n_tags + 1) * sizeof *v->tags);
    v->tags[v->n_tags++] = xstrdup(r->key);
    r->tagged = true;
    return true;
}

static void take_tag(struct view *v, struct view_row *r)
{
    for (size_t i = 0; i < v->n_tags; i++)
        if (strcmp(v->tags[i], r->key) == 0) {
            free(v->tags[i]);
            v->tags[i] = v->tags[--v->n_tags];
            break;
        }
    r->tagged = false;
}

bool view_tag(struct view *v, struct err *e)
{
    if (v->selected < 0)
        return true;
    struct view_row *r = shown_row(v, (size_t)v->selected);
    if (r->tagged)
        take_tag(v, r);
    else if (!add_tag(v, r, e))
        return false;
    return view_move(v, 1, e);
}

bool view_tag_all(struct view *v, const char *limit, struct err *e)
{
    size_t n_words, wanted = 0;
    if (!view_whole(v, e))
        return false;
    char **words = view_fold_words(limit, &n_words);
    for (size_t i = 0; i < v->n_order; i++)
        wanted += !shown_row(v, i)->tagged && view_matches(v, shown_row(v, i), words, n_words);
    bool ok = wanted + v->n_tags <= VIEW_TAGS ||
              err_rule(e, "tags", "That would tag %zu rows; one action may touch %d. Use more words.", wanted + v->n_tags, VIEW_TAGS);
    for (size_t i = 0; ok && i < v->n_order; i++)
        if (view_matches(v, shown_row(v, i), words, n_words))
            ok = add_tag(v, shown_row(v, i), e);
    view_words_free(words, n_words);
    return ok;
}

void view_untag(struct view *v)
{
    view_words_free(v->tags, v->n_tags);
    v->tags = NULL;
    v->n_tags = 0;
    for (size_t i = 0; i < v->n; i++)
        v->rows[i].tagged = false;
}

size_t view_tags(const struct view *v, const char *keys[VIEW_TAGS])
{
    size_t n = 0;
    for (size_t i = 0; keys && i < v->n_order && n < VIEW_TAGS; i++)
        if (view_row_at(v, i)->tagged)
            keys[n++] = view_key_at(v, i);
    return keys ? n : v->n_tags;
}

/* ---- what is shown, for an export */

const char **view_shown_keys(const struct view *v, size_t *n)
{
    bool as_it_is = !v->n_words && v->sort < 0 && !v->reverse && !v->n_tags;
    *n = 0;
    if (as_it_is)
        return NULL;
    const char **keys = xcalloc(v->n_order ? v->n_order : 1, sizeof *keys);
    for (size_t i = 0; i < v->n_order; i++)
        if (!v->n_tags || view_row_at(v, i)->tagged)
            keys[(*n)++] = view_row_at(v, i)->name;
    return keys;
}

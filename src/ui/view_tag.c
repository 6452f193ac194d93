/* SPDX-License-Identifier: MIT
 *
 * Which rows of a view are tagged, and which an export writes. A tag keeps its
 * row: the window of a long list may move on from it.
 */
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

static size_t tag_of(const struct view *v, const char *key)
{
    size_t i = 0;
    while (i < v->n_tags && strcmp(v->tags[i]->key, key) != 0)
        i++;
    return i;
}

void view_tag_keep(struct view *v, struct view_row *r)
{
    size_t i = tag_of(v, r->key);
    if (i == v->n_tags || v->tags[i] == r)
        return;
    r->holders++;
    r->tagged = true;
    v->tags[i]->tagged = false;
    view_row_release(v->tags[i]);
    v->tags[i] = r;
}

void view_tag_drop(struct view *v, struct view_row *r)
{
    size_t i = r->tagged ? tag_of(v, r->key) : v->n_tags;
    r->tagged = false;
    if (i == v->n_tags)
        return;
    struct view_row *kept = v->tags[i];
    memmove(v->tags + i, v->tags + i + 1, (v->n_tags - i - 1) * sizeof(struct view_row *));
    v->n_tags--;
    view_row_release(kept);
}

static void add(struct view *v, struct view_row *r)
{
    v->tags = xrealloc(v->tags, (v->n_tags + 1) * sizeof(struct view_row *));
    v->tags[v->n_tags++] = r;
    r->holders++;
    r->tagged = true;
}

/* Rows by hand that were put in anew without what was tagged before. */
static void drop_lost(struct view *v)
{
    for (size_t i = v->n_tags; i-- > 0 && view_is_whole(v);)
        if (v->tags[i]->holders == 1)
            view_tag_drop(v, v->tags[i]);
}

bool view_tag(struct view *v, struct err *e)
{
    struct view_row *r = v->selected < 0 ? NULL : view_row_at(v, (size_t)v->selected);
    if (!r)
        return true;
    drop_lost(v);
    if (!r->tagged && v->n_tags == VIEW_TAGS)
        return err_rule(e, "tags", "%d rows are tagged, which is the most that one action may touch.", VIEW_TAGS);
    if (r->tagged)
        view_tag_drop(v, r);
    else
        add(v, r);
    return view_move(v, 1, e);
}

bool view_tag_all(struct view *v, const char *limit, struct err *e)
{
    size_t n_words, wanted = 0;
    if (!view_whole(v, e))
        return false;
    drop_lost(v);
    char **words = view_fold_words(limit, &n_words);
    for (size_t i = 0; i < v->n_order; i++)
        wanted += v->order[i]->tagged || view_matches(v, v->order[i], words, n_words);
    bool ok = wanted <= VIEW_TAGS ||
              err_rule(e, "tags", "That would tag %zu rows; one action may touch %d. Use more words.", wanted, VIEW_TAGS);
    for (size_t i = 0; ok && i < v->n_order; i++)
        if (!v->order[i]->tagged && view_matches(v, v->order[i], words, n_words))
            add(v, v->order[i]);
    view_words_free(words, n_words);
    return ok;
}

void view_untag(struct view *v)
{
    while (v->n_tags)
        view_tag_drop(v, v->tags[v->n_tags - 1]);
    free(v->tags);
    v->tags = NULL;
}

/* In the order shown where all is held, else in the order tagged. */
static size_t tagged_rows(const struct view *v, const struct view_row *rows[VIEW_TAGS])
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_order && view_is_whole(v); i++)
        if (v->order[i]->tagged)
            rows[n++] = v->order[i];
    for (size_t i = 0; i < v->n_tags && !view_is_whole(v); i++)
        rows[n++] = v->tags[i];
    return n;
}

size_t view_tags(const struct view *v, const char *keys[VIEW_TAGS])
{
    const struct view_row *rows[VIEW_TAGS];
    size_t n = tagged_rows(v, rows);
    for (size_t i = 0; keys && i < n; i++)
        keys[i] = rows[i]->key;
    return n;
}

const char *view_tag_cell(const struct view *v, size_t tag, const char *column)
{
    const struct view_row *rows[VIEW_TAGS];
    return tag < tagged_rows(v, rows) ? view_row_cell(v, rows[tag], column) : "";
}

/* ---- what is shown, for an export */

const char **view_shown_keys(const struct view *v, size_t *n)
{
    const struct view_row *rows[VIEW_TAGS];
    *n = 0;
    if (!v->n_words && v->sort < 0 && !v->reverse && !view_tags(v, NULL))
        return NULL;
    size_t tags = tagged_rows(v, rows), most = tags ? tags : v->n_order;
    const char **names = xcalloc(most ? most : 1, sizeof *names);
    for (size_t i = 0; i < most; i++)
        names[(*n)++] = tags ? rows[i]->name : v->order[i]->name;
    return names;
}

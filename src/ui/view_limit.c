/* SPDX-License-Identifier: MIT
 *
 * Limiting the rows of a view by filters of its list and by words, and
 * searching in what is shown.
 */
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

void view_words_free(char **words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(words[i]);
    free(words);
}

static void add_word(char ***words, size_t *n, char *word)
{
    *words = xrealloc(*words, (*n + 1) * sizeof **words);
    (*words)[(*n)++] = word;
}

/* Folded words of a text; a '!' before one stays in front of it (and of each part that folding makes of it). */
char **view_fold_words(const char *text, size_t *n)
{
    char **words = NULL;
    *n = 0;
    while (*(text += strspn(text, " "))) {
        size_t len = strcspn(text, " ");
        bool not = *text == '!' && len > 1;
        char *word = xstrndup(text + not, len - not);
        struct buf folded = {0};
        text_fold(word, &folded);
        for (char *part = strtok(folded.data, " "); part; part = strtok(NULL, " ")) {
            struct buf b = {0};
            buf_fmt(&b, "%s%s", not ? "!" : "", part);
            add_word(&words, n, b.data);
        }
        buf_free(&folded);
        free(word);
        text += len;
    }
    return words;
}

/* Some word of the row's shown text begins with it. */
static bool begins_a_word(const char *folded, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = folded; (at = strstr(at, word)); at += n)
        if (at == folded || at[-1] == ' ')
            return true;
    return false;
}

bool view_matches(const struct view *v, const struct view_row *r, char *const *words, size_t n)
{
    struct buf text = {0}, folded = {0};
    bool matches = true;
    if (!n)
        return true;
    for (size_t i = 0; i < v->n_columns; i++)
        buf_fmt(&text, "%s ", r->shown[i]);
    text_fold(buf_text(&text), &folded);
    for (size_t i = 0; i < n && matches; i++)
        matches = words[i][0] == '!' ? !begins_a_word(buf_text(&folded), words[i] + 1) : begins_a_word(buf_text(&folded), words[i]);
    buf_free(&text);
    buf_free(&folded);
    return matches;
}

/* ---- the limit */

struct limit {
    struct view_word filters[VIEW_WORDS];
    size_t n_filters;
    char **words;
    size_t n_words;
};

static void limit_free(struct limit *l)
{
    for (size_t i = 0; i < l->n_filters; i++) {
        free(l->filters[i].key);
        free(l->filters[i].value);
    }
    view_words_free(l->words, l->n_words);
    *l = (struct limit){0};
}

/* One word: up to a blank, a value in 'single' or "double" quotes whole. */
static const char *next_word(const char *s, struct buf *out)
{
    char quote = '\0';
    buf_clear(out);
    for (; *s && (quote || *s != ' '); s++) {
        if (quote ? *s == quote : *s == '\'' || *s == '"')
            quote = quote ? '\0' : *s;
        else
            buf_char(out, *s);
    }
    return s;
}

static bool parse(const struct view *v, const char *text, struct limit *l, struct err *e)
{
    struct buf word = {0}, free_text = {0};
    bool ok = true;
    while (ok && *(text += strspn(text, " "))) {
        text = next_word(text, &word);
        const char *w = buf_text(&word), *eq = strchr(w, '=');
        size_t key = strspn(w, "abcdefghijklmnopqrstuvwxyz_");
        if (!v->list || !eq || eq != w + key || !key) {
            buf_fmt(&free_text, "%s ", w);
        } else if (l->n_filters == VIEW_WORDS) {
            ok = err_set(e, ERR_INVALID, "That limit has too many parts.");
        } else {
            l->filters[l->n_filters++] = (struct view_word){xstrndup(w, key), xstrdup(eq + 1)};
        }
    }
    l->words = view_fold_words(buf_text(&free_text), &l->n_words);
    buf_free(&word);
    buf_free(&free_text);
    return ok;
}

static void swap_limit(struct view *v, struct limit *l)
{
    struct limit was = {.n_filters = v->n_filters, .words = v->words, .n_words = v->n_words};
    memcpy(was.filters, v->filters, sizeof was.filters);
    memcpy(v->filters, l->filters, sizeof v->filters);
    v->n_filters = l->n_filters;
    v->words = l->words;
    v->n_words = l->n_words;
    *l = was;
}

bool view_limit(struct view *v, const char *text, struct err *e)
{
    struct limit l = {0};
    if (!parse(v, text, &l, e)) {
        limit_free(&l);
        return false;
    }
    bool filters = l.n_filters || v->n_filters;
    bool was_start = v->at_start;
    swap_limit(v, &l);
    if (filters)
        v->at_start = true; /* what is held is of another question: from the start */
    bool ok = (!filters || view_load(v, e)) && (!v->n_words || view_whole(v, e));
    if (!ok) {
        swap_limit(v, &l);
        limit_free(&l);
        struct err again = {0};
        v->at_start = was_start;
        if (filters && !view_load(v, &again))
            err_clear(&again);
        return false;
    }
    limit_free(&l);
    free(v->limit);
    v->limit = xstrdup(text);
    text_trim(v->limit);
    char *selected = view_key(v) ? xstrdup(view_key(v)) : NULL;
    view_arrange(v, selected);
    free(selected);
    return true;
}

const char *view_limit_text(const struct view *v)
{
    return v->limit;
}

/* ---- searching */

static bool contains(const struct view *v, const struct view_row *r, const char *folded)
{
    struct buf text = {0}, row = {0};
    for (size_t i = 0; i < v->n_columns; i++)
        buf_fmt(&text, "%s ", r->shown[i]);
    text_fold(buf_text(&text), &row);
    bool has = strstr(buf_text(&row), folded) != NULL;
    buf_free(&text);
    buf_free(&row);
    return has;
}

bool view_search(struct view *v, const char *text, bool back)
{
    struct buf sought = {0};
    bool found = false;
    text_fold(text, &sought);
    long n = (long)v->n_order;
    for (long i = 1; i <= n && !found; i++) {
        long at = ((v->selected + (back ? -i : i)) % n + n) % n;
        if (contains(v, view_row_at(v, (size_t)at), buf_text(&sought))) {
            v->selected = at;
            found = true;
        }
    }
    buf_free(&sought);
    return found;
}

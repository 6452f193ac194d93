/* SPDX-License-Identifier: MIT
 *
 * Limiting the rows of a view by filters of its list and by words, and
 * searching in what is shown.
 */
#include <ctype.h>
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

bool view_matches(const struct view *v, struct view_row *r, char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool not = words[i][0] == '!';
        if (begins_a_word(view_row_folded(v, r), words[i] + not) == not)
            return false;
    }
    return true;
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
    for (size_t i = 0; i < l->n_filters; i++)
        view_word_free(&l->filters[i]);
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
        size_t key = strspn(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
        if (!v->list || !eq || eq != w + key || !key) {
            buf_fmt(&free_text, "%s ", w);
        } else if (l->n_filters == VIEW_WORDS) {
            ok = err_set(e, ERR_INVALID, "That limit has too many parts.");
        } else {
            struct view_word *f = &l->filters[l->n_filters++];
            *f = (struct view_word){xstrndup(w, key), xstrdup(eq + 1)};
            for (char *c = f->key; *c; c++)
                *c = (char)tolower((unsigned char)*c);
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
    swap_limit(v, &l);
    bool ok = !v->list || view_read(v, true, e);
    if (!ok)
        swap_limit(v, &l);
    limit_free(&l);
    if (!ok)
        return false;
    if (!v->list)
        view_arrange(v, view_key(v), 0);
    free(v->limit);
    v->limit = xstrdup(text);
    text_trim(v->limit);
    return true;
}

const char *view_limit_text(const struct view *v)
{
    return v->limit;
}

/* ---- searching */

bool view_search(struct view *v, const char *text, bool back)
{
    struct buf sought = {0};
    bool found = false;
    text_fold(text, &sought);
    long n = (long)v->n_order;
    for (long i = 1; i <= n && !found && sought.len; i++) {
        long at = ((v->selected + (back ? -i : i)) % n + n) % n;
        if (strstr(view_row_folded(v, v->order[at]), buf_text(&sought))) {
            v->selected = at;
            found = true;
        }
    }
    buf_free(&sought);
    return found;
}

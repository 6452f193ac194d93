/* SPDX-License-Identifier: MIT
 *
 * Lists as tables and as JSON. The first rows are kept to find how wide the
 * columns must be; after them rows go out as they come. Nothing is cut: a
 * text wider than its column pushes the line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

#define KEPT_ROWS 500
#define SHOWN_ROWS 50 /* for people, unless they say limit= */

struct table {
    struct session *s;
    char **cells;              /* kept texts, row-major, and one row more for passing through */
    size_t kept;
    size_t *width;
    bool *shown;
    int64_t printed;
};

/* What a person reads in a cell: labels for codes, yes/no, dates and times short. */
static void show_cell(struct table *t, const struct column *c, const struct cell *cell, struct buf *out)
{
    if (c->choices && *cell->text)
        text_show(choice_label(c->choices, cell->text), false, out);
    else if (c->set && c->kind == FIELD_CODE && *cell->text)
        text_show(session_code_label(t->s, c->set, cell->text), false, out);
    else if (c->kind == FIELD_FLAG && cell->number != FIELD_ABSENT)
        buf_str(out, cell->number ? "yes" : "no");
    else if (c->kind == FIELD_INT && cell->number != FIELD_ABSENT)
        buf_fmt(out, "%lld", (long long)cell->number);
    else
        text_show(cell->text, false, out);
}

/* Columns of width 0 are for programs; those in which no row says anything are left out. */
static void print_line(const struct table *t, const struct list *l, char *const *texts)
{
    size_t owed = 0; /* blanks before the next column: none at the end of a line */
    for (size_t i = 0; i < l->columns_count; i++) {
        if (!t->shown[i])
            continue;
        size_t w = utf8_width(texts[i]);
        printf("%*s%s", (int)owed, "", texts[i]);
        owed = (w < t->width[i] ? t->width[i] - w : 0) + 2;
    }
    putchar('\n');
}

static void print_head(const struct table *t, const struct list *l)
{
    char *labels[64];
    for (size_t i = 0; i < l->columns_count; i++)
        labels[i] = (char *)(uintptr_t)l->columns[i].label;
    print_line(t, l, labels);
}

/* `all`: no row follows, so that an empty column is known to stay empty. */
static void flush_kept(struct table *t, const struct list *l, bool all)
{
    for (size_t i = 0; i < l->columns_count; i++) {
        t->shown[i] = l->columns[i].kind != FIELD_KEY && l->columns[i].width > 0 && (t->width[i] || !all);
        if (t->width[i] < utf8_width(l->columns[i].label))
            t->width[i] = utf8_width(l->columns[i].label);
    }
    print_head(t, l);
    for (size_t r = 0; r < t->kept; r++) {
        print_line(t, l, t->cells + r * l->columns_count);
        for (size_t i = 0; i < l->columns_count; i++)
            free(t->cells[r * l->columns_count + i]);
    }
    t->kept = 0;
}

static bool table_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct table *t = ctx;
    (void)e;
    char **texts = t->cells + (t->printed < KEPT_ROWS ? t->kept : 0) * l->columns_count;
    for (size_t i = 0; i < l->columns_count; i++) {
        struct buf b = {0};
        show_cell(t, &l->columns[i], &cells[i], &b);
        texts[i] = xstrdup(buf_text(&b));
        buf_free(&b);
        size_t w = utf8_width(texts[i]);
        if (t->printed < KEPT_ROWS && w > t->width[i])
            t->width[i] = w;
    }
    if (t->printed++ < KEPT_ROWS) {
        if (++t->kept == KEPT_ROWS)
            flush_kept(t, l, false);
        return true;
    }
    print_line(t, l, texts);
    for (size_t i = 0; i < l->columns_count; i++)
        free(texts[i]);
    return true;
}

struct json_rows {
    int64_t n;
};

static bool json_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct json_rows *j = ctx;
    (void)e;
    json_t *row = json_object();
    for (size_t i = 0; i < l->columns_count; i++) {
        const struct column *c = &l->columns[i];
        if (c->kind == FIELD_KEY)
            continue;
        if (c->kind == FIELD_FLAG && cells[i].number != FIELD_ABSENT)
            json_object_set_new(row, c->key, json_boolean(cells[i].number));
        else if (c->kind == FIELD_INT && cells[i].number != FIELD_ABSENT)
            json_object_set_new(row, c->key, json_integer(cells[i].number));
        else if (*cells[i].text)
            json_object_set_new(row, c->key, json_string(cells[i].text));
        else
            json_object_set_new(row, c->key, json_null());
    }
    if (j->n++)
        putchar(',');
    json_dumpf(row, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(row);
    return true;
}

/* limit= and after= are common to all lists: they are taken out of the words. */
static bool take_paging(struct typed *words, size_t *n, struct list_run *r, struct err *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        if (words[i].key && strcmp(words[i].key, "limit") == 0) {
            if (!text_to_int(words[i].value, 0, INT64_MAX, &r->limit))
                return err_field(e, "limit", "limit=%s is no number; 0 means all.", words[i].value);
        } else if (words[i].key && strcmp(words[i].key, "after") == 0) {
            if (!text_copy(r->after, sizeof r->after, words[i].value))
                return err_field(e, "after", "after= takes the reference of the last row you saw.");
        } else {
            words[kept++] = words[i];
        }
    }
    *n = kept;
    return true;
}

static bool print_table(struct session *s, const struct list *l, const struct typed *words, size_t n, struct list_run *r,
                        struct err *e)
{
    struct table t = {.s = s};
    t.width = xcalloc(l->columns_count, sizeof *t.width);
    t.cells = xcalloc((KEPT_ROWS + 1) * l->columns_count, sizeof *t.cells);
    t.shown = xcalloc(l->columns_count, sizeof *t.shown);
    r->row = table_row;
    r->ctx = &t;
    bool ok = list_call(s, l, words, n, "screen", r, e);
    if (t.printed <= KEPT_ROWS && t.kept)
        flush_kept(&t, l, true);
    if (ok && !t.printed)
        puts("Nothing matches.");
    else if (ok && r->total > t.printed)
        printf("%lld of %lld shown; limit=0 shows all.\n", (long long)t.printed, (long long)r->total);
    free(t.width);
    free(t.shown);
    free(t.cells);
    return ok;
}

static bool print_json_list(struct session *s, const struct list *l, const struct typed *words, size_t n, struct list_run *r,
                            struct err *e)
{
    struct json_rows j = {0};
    r->row = json_row;
    r->ctx = &j;
    fputs("{\"rows\":[", stdout);
    bool ok = list_call(s, l, words, n, "screen", r, e);
    printf("],\"total\":%lld}\n", (long long)(ok ? r->total : 0));
    return ok;
}

/* "person find amara quill": what is typed for a list's one positional text is one text. Joined in `text`. */
static void join_words(const struct list *l, struct typed *words, size_t *n, struct buf *text)
{
    size_t loose = 0, kept = 0;
    for (size_t i = 0; i < *n; i++)
        loose += !words[i].key;
    if (loose < 2 || !l->filters_count || !(l->filters[0].flags & FIELD_POSITIONAL) || l->filters[0].kind != FIELD_TEXT)
        return;
    for (size_t i = 0; i < *n; i++)
        if (words[i].key)
            words[kept++] = words[i];
        else
            buf_fmt(text, "%s%s", text->len ? " " : "", words[i].value);
    words[kept++] = (struct typed){NULL, buf_text(text)};
    *n = kept;
}

int run_list(struct cli *c, const struct list *l)
{
    struct err e = {0};
    size_t n;
    const struct typed *rest = cli_rest(c, &n);
    struct typed words[MAX_WORDS];
    memcpy(words, rest, n * sizeof *words);
    struct list_run r = {.want_total = true, .limit = c->json ? 0 : SHOWN_ROWS};
    struct session *s = NULL;
    struct buf text = {0};
    join_words(l, words, &n, &text);
    bool ok = take_paging(words, &n, &r, &e) && (s = cli_open(c, &e)) &&
              (c->json ? print_json_list(s, l, words, n, &r, &e) : print_table(s, l, words, n, &r, &e));
    int status = ok ? STATUS_DONE : cli_fail(c, &e);
    session_close(s);
    buf_free(&text);
    return status;
}

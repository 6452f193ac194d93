/* SPDX-License-Identifier: MIT
 *
 * One row of a view: the texts of its cells as the engine says them and as
 * they are shown, made once when it is read, so that drawing only copies.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

enum { DATE_COLS = 11, INSTANT_COLS = 17 }; /* "23 Nov 2026", "23 Nov 2026 09:00" */
enum { MOST_COLUMNS = 48 };                 /* of a list, as the engine has it */

/* ---- texts */

static bool is_number(enum field_kind k)
{
    return k == FIELD_INT || k == FIELD_FLAG || k == FIELD_INSTANT || k == FIELD_KEY;
}

/* A date without its year, an instant without its time (and year), where the column has no room for more. */
static void show_time(const struct field *f, const void *value, int width, struct buf *out)
{
    struct buf whole = {0};
    field_show(f, value, &whole);
    char *year = NULL, *time = NULL, *at = whole.data;
    if (at && date_parse_loose(at, 0) != DATE_NONE && (year = strchr(at, ' ')) && (year = strchr(year + 1, ' ')))
        time = strchr(year + 1, ' ');
    if (time && width < INSTANT_COLS)
        *time = '\0';
    if (year && width < DATE_COLS)
        *year = '\0';
    buf_str(out, buf_text(&whole));
    buf_free(&whole);
}

static void show_codes(struct session *s, const char *set, const char *codes, struct buf *out)
{
    for (const char *rest = codes; *rest; rest += *rest == ',') {
        size_t n = strcspn(rest, ",");
        char *code = xstrndup(rest, n);
        buf_fmt(out, "%s%s", rest == codes ? "" : ", ", session_code_label(s, set, code));
        free(code);
        rest += n;
    }
}

/* As people read it. Only what is so stands in a column of yes and no: the others would hide it. */
static void show_cell(const struct view *v, size_t column, const struct cell *cell, struct buf *out)
{
    const struct column *c = &v->list->columns[v->source[column]];
    const struct field f = {.key = c->key, .kind = c->kind, .choices = c->choices, .size = strlen(cell->text) + 1};
    bool masked = is_number(c->kind) && cell->number == FIELD_ABSENT;
    if (masked && c->kind == FIELD_FLAG && !*cell->text)
        buf_str(out, "not asked");
    else if (masked)
        buf_str(out, c->kind == FIELD_INSTANT && !(c->flags & FIELD_PERSONAL) ? "" : cell->text);
    else if (c->kind == FIELD_DATE || c->kind == FIELD_INSTANT)
        show_time(&f, is_number(c->kind) ? (const void *)&cell->number : cell->text, v->columns[column].width, out);
    else if (c->kind == FIELD_FLAG)
        buf_str(out, cell->number ? "yes" : "");
    else if ((c->kind == FIELD_CODE || c->kind == FIELD_CODES) && c->set)
        show_codes(v->session, c->set, cell->text, out);
    else
        field_show(&f, is_number(c->kind) ? (const void *)&cell->number : cell->text, out);
}

static void canonical(const struct column *c, const struct cell *cell, struct buf *out)
{
    if (*cell->text || !is_number(c->kind))
        buf_str(out, cell->text);
    else if (cell->number != FIELD_ABSENT)
        buf_fmt(out, "%lld", (long long)cell->number);
}

/* ---- the row */

/* The texts of a row behind one another, and where each begins. */
struct texts {
    struct buf b;
    size_t at[MOST_COLUMNS + VIEW_COLUMNS + 2], n;
};

static void end_text(struct texts *t, size_t began)
{
    buf_add(&t->b, "", 1);
    t->at[t->n++] = began;
}

static void add_texts(const struct view *v, const struct cell *cells, const char *const *texts, struct texts *t)
{
    for (size_t i = 0; i < view_text_columns(v); i++) {
        size_t began = t->b.len;
        if (cells)
            canonical(&v->list->columns[i], &cells[i], &t->b);
        else
            buf_str(&t->b, texts[i] ? texts[i] : "");
        end_text(t, began);
    }
    for (size_t i = 0; i < v->n_columns; i++) {
        size_t began = t->b.len;
        if (cells)
            show_cell(v, i, &cells[v->source[i]], &t->b);
        else
            buf_str(&t->b, texts[i] ? texts[i] : "");
        end_text(t, began);
    }
}

static void add_name_and_key(const struct view *v, const struct cell *cells, const char *const *texts, struct texts *t)
{
    size_t name = t->b.len;
    if (cells)
        list_row_name(v->list, cells, &t->b);
    else
        buf_str(&t->b, texts[0] ? texts[0] : "");
    end_text(t, name);
    struct buf key = {0};
    for (size_t i = 0; i < v->n_keys; i++)
        buf_fmt(&key, "%s%s", i ? "/" : "", t->b.data + t->at[v->keys[i]]);
    if (!v->n_keys)
        buf_str(&key, t->b.data + name);
    size_t began = t->b.len;
    buf_str(&t->b, buf_text(&key));
    end_text(t, began);
    buf_free(&key);
}

struct view_row *view_row_new(const struct view *v, const struct cell *cells, const char *const *texts)
{
    struct texts t = {.n = 0};
    size_t columns = view_text_columns(v);
    if (columns > MOST_COLUMNS)
        die("a list has too many columns to show");
    add_texts(v, cells, texts, &t);
    add_name_and_key(v, cells, texts, &t);
    struct view_row *r = xmalloc(sizeof *r + t.n * sizeof(char *) + t.b.len);
    char **at = (char **)(r + 1), *text = (char *)(at + t.n);
    memcpy(text, t.b.data, t.b.len);
    for (size_t i = 0; i < t.n; i++)
        at[i] = text + t.at[i];
    *r = (struct view_row){.holders = 1, .texts = at, .shown = at + columns, .name = at[t.n - 2], .key = at[t.n - 1]};
    buf_free(&t.b);
    return r;
}

void view_row_release(struct view_row *r)
{
    if (--r->holders)
        return;
    free(r->folded);
    free(r);
}

/* What is searched in is what can be seen. */
const char *view_row_folded(const struct view *v, struct view_row *r)
{
    struct buf text = {0}, folded = {0};
    if (r->folded)
        return r->folded;
    for (size_t i = 0; i < v->n_columns; i++)
        if (v->columns[i].width)
            buf_fmt(&text, "%s ", r->shown[i]);
    text_fold(buf_text(&text), &folded);
    r->folded = xstrdup(buf_text(&folded));
    buf_free(&text);
    buf_free(&folded);
    return r->folded;
}

/* ---- runs of rows */

void view_stretch_add(struct view_stretch *s, struct view_row *r)
{
    if (s->n == s->room)
        s->rows = xrealloc(s->rows, (s->room = s->room ? 2 * s->room : 64) * sizeof(struct view_row *));
    s->rows[s->n++] = r;
}

void view_stretch_cut(struct view_stretch *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        view_row_release(s->rows[i]);
    if (to < s->n)
        memmove(s->rows + from, s->rows + to, (s->n - to) * sizeof(struct view_row *));
    s->n -= to - from;
}

void view_stretch_free(struct view_stretch *s)
{
    view_stretch_cut(s, 0, s->n);
    free(s->rows);
    *s = (struct view_stretch){0};
}

/* SPDX-License-Identifier: MIT
 *
 * Reading the rows of a view from its list, and moving among them. Of a long
 * list a window is held, which goes along with the selection: whatever the
 * size of the list, a move costs a page at most. A list that is read from its
 * start only is held up to VIEW_WHOLE rows.
 */
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

#define PAGE_LEAST 40  /* rows of one reading, at least: a terminal of usual height */
#define WINDOW_PAGES 4 /* held of a long list, at most */
#define ALL_WORDS ((size_t)2 * VIEW_WORDS) /* the screen's filters and those of the limit */

bool view_is_whole(const struct view *v)
{
    return v->held.at_start && v->held.at_end;
}

static size_t page_rows(const struct view *v)
{
    int rows = v->height + v->height / 4;
    return rows > PAGE_LEAST ? (size_t)rows : PAGE_LEAST;
}

/* Shown otherwise than as the list says: only a list that is held whole can be. */
static bool is_arranged(const struct view *v)
{
    return v->n_words || v->sort >= 0 || v->reverse;
}

static bool has_windows(const struct view *v)
{
    return v->list && v->list->both_ways && !is_arranged(v);
}

/* ---- one reading */

struct reading {
    const struct view *v;
    struct view_stretch *to;
};

static bool keep_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct reading *r = ctx;
    (void)l, (void)e;
    if (r->to)
        view_stretch_add(r->to, view_row_new(r->v, cells, NULL));
    return true;
}

static bool ask(const struct view *v, struct list_run *run, const char *name, struct view_stretch *to, struct err *e)
{
    struct typed words[ALL_WORDS];
    struct reading r = {v, to};
    run->row = keep_row;
    run->ctx = &r;
    if (!text_copy(run->after, sizeof run->after, name))
        return err_set(e, ERR_STORE, "The row to read on from has too long a name.");
    return list_call(v->session, v->list, words, view_words(v, words, ALL_WORDS), "screen", run, e);
}

static void turn(struct view_row **rows, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        struct view_row *r = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = r;
    }
}

/* Up to `limit` rows behind the one of that name ("": from the start), put behind what is there. */
static bool read_on(const struct view *v, const char *name, size_t limit, struct view_stretch *to, struct err *e)
{
    struct list_run run = {.limit = (int64_t)limit + 1}; /* one more tells whether any follow */
    size_t before = to->n;
    bool ok = ask(v, &run, name, to, e);
    size_t most = before + (ok ? limit : 0);
    to->at_end = ok && to->n <= most;
    if (to->n > most)
        view_stretch_cut(to, most, to->n);
    return ok;
}

/* Up to `limit` rows before it ("": the list's last ones), put before what is there. They come nearest first. */
static bool read_back(const struct view *v, const char *name, size_t limit, struct view_stretch *to, struct err *e)
{
    struct list_run run = {.limit = (int64_t)limit + 1, .backwards = true};
    struct view_stretch got = {0};
    bool ok = ask(v, &run, name, &got, e);
    if (ok) {
        to->at_start = got.n <= limit;
        if (!to->at_start)
            view_stretch_cut(&got, limit, got.n);
        turn(got.rows, got.n);
        for (size_t i = 0; i < to->n; i++)
            view_stretch_add(&got, to->rows[i]);
        to->n = 0;
        got.at_start = to->at_start;
        got.at_end = to->at_end;
        struct view_stretch was = *to;
        *to = got;
        got = was;
    }
    view_stretch_free(&got);
    return ok;
}

/* ---- loading */

static bool has_key(const struct view_stretch *s, const char *key)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->rows[i]->key, key) == 0)
            return true;
    return false;
}

/* Tagged rows that are not in the stretch may still be in the list elsewhere. */
static bool read_tags(const struct view *v, const struct view_stretch *fresh, struct view_stretch *elsewhere, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < v->n_tags && has_windows(v); i++) {
        struct list_run itself = {.itself = true};
        ok = has_key(fresh, v->tags[i]->key) || ask(v, &itself, v->tags[i]->name, elsewhere, e);
    }
    return ok;
}

/* The rows read take the place of those held; a tag whose row was not read again goes. */
static void hold(struct view *v, struct view_stretch *fresh, struct view_stretch *elsewhere)
{
    struct view_row *were[VIEW_TAGS];
    for (size_t i = 0; i < v->n_tags; i++)
        were[i] = v->tags[i];
    for (size_t i = 0; i < fresh->n; i++)
        view_tag_keep(v, fresh->rows[i]);
    for (size_t i = 0; i < elsewhere->n; i++)
        view_tag_keep(v, elsewhere->rows[i]);
    for (size_t i = v->n_tags; i-- > 0;)
        if (v->tags[i] == were[i])
            view_tag_drop(v, were[i]);
    view_stretch_free(&v->held);
    v->held = *fresh;
    *fresh = (struct view_stretch){0};
}

/* Ends every loading: the stretch is held and shown, or nothing has changed. */
static bool take(struct view *v, struct view_stretch *fresh, bool read, const char *key, long place, struct err *e)
{
    struct view_stretch elsewhere = {0};
    bool ok = read && read_tags(v, fresh, &elsewhere, e);
    char *selected = key ? xstrdup(key) : NULL; /* of a row that goes */
    if (ok) {
        hold(v, fresh, &elsewhere);
        view_arrange(v, selected, place);
    }
    free(selected);
    view_stretch_free(fresh);
    view_stretch_free(&elsewhere);
    return ok;
}

static bool read_first(const struct view *v, size_t limit, struct view_stretch *fresh, struct err *e)
{
    fresh->at_start = true;
    return read_on(v, "", limit, fresh, e);
}

static bool count(const struct view *v, int64_t *total, struct err *e)
{
    struct list_run run = {.limit = 1, .want_total = true};
    bool ok = ask(v, &run, "", NULL, e);
    *total = ok ? run.total : -1;
    return ok;
}

static bool too_many(struct err *e)
{
    return err_rule(e, "too-many", "There are more than %d rows here: limit them first (l), for example to a state or a neighbourhood.",
                    VIEW_WHOLE);
}

/* All rows, or REFUSED. A long list is counted first: that costs less than what would be read in vain. */
static bool read_whole(const struct view *v, struct view_stretch *fresh, struct err *e)
{
    int64_t total = 0;
    if (v->list->both_ways && !view_is_whole(v) && !count(v, &total, e))
        return false;
    return (total <= VIEW_WHOLE || too_many(e)) && read_first(v, VIEW_WHOLE, fresh, e) && (fresh->at_end || too_many(e));
}

/* The row of that name, where it still is one, amid the pages around it; *place is where it stands, or would. */
static bool read_around(const struct view *v, const char *name, struct view_stretch *fresh, long *place, struct err *e)
{
    struct list_run itself = {.itself = true};
    bool ok = ask(v, &itself, name, fresh, e) && read_on(v, name, page_rows(v), fresh, e);
    size_t behind = fresh->n;
    ok = ok && read_back(v, name, page_rows(v), fresh, e);
    *place = ok ? (long)(fresh->n - behind) : 0;
    if (!ok)
        view_stretch_free(fresh);
    return ok;
}

/* A window around the selected row, or where that was taken out of the store, around one beside it, or from the start. */
static bool read_window(const struct view *v, struct view_stretch *fresh, long *place, struct err *e)
{
    static const long beside[] = {0, 1, -1};
    for (size_t i = 0; i < sizeof beside / sizeof *beside && v->selected >= 0; i++) {
        const struct view_row *r = view_row_at(v, (size_t)(v->selected + beside[i]));
        if (!r)
            continue;
        if (read_around(v, r->name, fresh, place, e)) {
            *place += beside[i] < 0;
            return true;
        }
        if (e->code != ERR_NOT_FOUND)
            return false;
        err_clear(e);
    }
    *place = 0;
    return read_first(v, page_rows(v), fresh, e);
}

/* The start: a page of a list that has windows, of another all that is ever held. */
static bool read_top(const struct view *v, struct view_stretch *fresh, struct err *e)
{
    return read_first(v, has_windows(v) ? page_rows(v) : VIEW_WHOLE, fresh, e);
}

bool view_read(struct view *v, bool from_top, struct err *e)
{
    struct view_stretch fresh = {0};
    int64_t total = -1;
    long place = v->selected;
    const char *key = v->asked_anew ? NULL : view_key(v);
    bool windows = has_windows(v), ok;
    if (is_arranged(v))
        ok = read_whole(v, &fresh, e);
    else
        ok = windows && key ? read_window(v, &fresh, &place, e) : read_top(v, &fresh, e);
    if (ok && windows && from_top && key && !has_key(&fresh, key)) {
        view_stretch_free(&fresh);
        ok = read_top(v, &fresh, e);
    }
    if (ok && windows && !(fresh.at_start && fresh.at_end))
        ok = count(v, &total, e);
    if (!take(v, &fresh, ok, key, from_top || !key ? 0 : place, e))
        return false;
    v->total = total;
    v->asked_anew = false;
    return true;
}

bool view_load(struct view *v, struct err *e)
{
    return !v->list || view_read(v, false, e);
}

bool view_whole(struct view *v, struct err *e)
{
    struct view_stretch fresh = {0};
    return !v->list || view_is_whole(v) || take(v, &fresh, read_whole(v, &fresh, e), view_key(v), v->selected, e);
}

/* ---- moving */

/* The window has other rows at its start now: what counts rows moves with them. */
static void shift(struct view *v, long by, long *to)
{
    *to += by;
    v->selected += by;
    v->top += by;
}

/* Lets go of the rows farthest from where the selection goes, and shows what is left. */
static void trim(struct view *v, long *to)
{
    struct view_stretch *h = &v->held;
    size_t most = page_rows(v) * WINDOW_PAGES, over = h->n > most ? h->n - most : 0;
    if (over && *to > (long)h->n / 2) {
        view_stretch_cut(h, 0, over);
        shift(v, -(long)over, to);
        h->at_start = false;
    } else if (over) {
        view_stretch_cut(h, most, h->n);
        h->at_end = false;
    }
    v->order = xrealloc(v->order, (h->n ? h->n : 1) * sizeof(struct view_row *));
    v->n_order = h->n;
    for (size_t i = 0; i < h->n; i++)
        v->order[i] = h->rows[i];
}

static void select_near(struct view *v, long to)
{
    long last = (long)v->n_order - 1;
    v->selected = to > last ? last : to < 0 && last >= 0 ? 0 : to;
}

/* A page more at one end of the window. Where the row at that end was taken out of the store, all is read again. */
static bool read_more(struct view *v, bool back, long *to, struct err *e)
{
    struct view_stretch *h = &v->held;
    size_t before = h->n, page = page_rows(v);
    char *name = xstrdup(h->rows[back ? 0 : before - 1]->name);
    bool ok = back ? read_back(v, name, page, h, e) : read_on(v, name, page, h, e);
    free(name);
    if (!ok && e->code == ERR_NOT_FOUND) {
        err_clear(e);
        select_near(v, *to);
        long still = *to - v->selected;
        ok = view_read(v, false, e);
        *to = v->selected + still;
        return ok;
    }
    if (!ok)
        return false;
    for (size_t i = back ? 0 : before, end = back ? h->n - before : h->n; i < end; i++)
        view_tag_keep(v, h->rows[i]);
    if (back)
        shift(v, (long)(h->n - before), to);
    trim(v, to);
    return true;
}

static bool only_so_many(const struct view *v, struct err *e)
{
    if (!v->list || v->held.at_end || has_windows(v))
        return true;
    return err_rule(e, "too-many", "Only the first %d rows are shown; limit them (l) to come to others.", VIEW_WHOLE);
}

/* Rows are read on before they are needed: as many as are seen at a time stay held on both sides of the selected one. */
bool view_move(struct view *v, long by, struct err *e)
{
    if (v->selected < 0)
        return true;
    long to = v->selected + by;
    bool ok = true;
    while (ok && by > 0 && has_windows(v) && !v->held.at_end && to + v->height >= (long)v->n_order)
        ok = read_more(v, false, &to, e);
    while (ok && by < 0 && has_windows(v) && !v->held.at_start && to - v->height < 0)
        ok = read_more(v, true, &to, e);
    bool over = to >= (long)v->n_order;
    select_near(v, to);
    return ok && (!over || only_so_many(v, e));
}

bool view_is_short(const struct view *v)
{
    return v->selected >= 0 && has_windows(v) && !v->held.at_end && (long)v->n_order < v->top + v->height;
}

bool view_fill(struct view *v, struct err *e)
{
    long to = v->selected;
    while (view_is_short(v))
        if (!read_more(v, false, &to, e))
            return false;
    return true;
}

bool view_page(struct view *v, int by, struct err *e)
{
    long rows = by * (v->height > 2 ? v->height - 1L : 1L);
    if (!view_move(v, rows, e))
        return false;
    v->top += rows;
    return true;
}

bool view_home(struct view *v, struct err *e)
{
    struct view_stretch fresh = {0};
    if (has_windows(v) && !v->held.at_start && !take(v, &fresh, read_first(v, page_rows(v), &fresh, e), NULL, 0, e))
        return false;
    select_near(v, v->n_order ? 0 : -1);
    v->top = 0;
    return true;
}

bool view_end(struct view *v, struct err *e)
{
    struct view_stretch fresh = {.at_end = true};
    if (has_windows(v) && !v->held.at_end && !take(v, &fresh, read_back(v, "", page_rows(v), &fresh, e), NULL, 0, e))
        return false;
    select_near(v, (long)v->n_order - 1);
    v->top = v->selected;
    return only_so_many(v, e);
}

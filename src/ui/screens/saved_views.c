/* SPDX-License-Identifier: MIT
 *
 * A few views on one screen (see saved_views.h).
 */
#include "saved_views.h"

static struct view *make(const struct saved_view *t, struct session *s)
{
    struct view *v = view_new(s, t->list, t->columns, t->n_columns);
    for (size_t i = 0; i < sizeof t->where / sizeof *t->where && t->where[i].key; i++)
        view_where(v, t->where[i].key, t->where[i].value);
    if (t->mine)
        view_where(v, "worker", session_login(s));
    view_set_empty(v, t->empty);
    if (t->heading)
        view_set_heading(v, t->heading);
    if (t->style)
        view_set_style(v, t->style);
    size_t keys = 0;
    while (keys < sizeof t->key / sizeof *t->key && t->key[keys])
        keys++;
    if (keys)
        view_set_key(v, t->key, keys);
    return v;
}

bool saved_views_open(struct saved_views *w, struct session *s, const struct saved_view *table, size_t n, struct err *e)
{
    *w = (struct saved_views){.table = table, .n = n};
    if (saved_views_show(w, s, 0, e))
        return true;
    saved_views_close(w);
    return false;
}

void saved_views_close(struct saved_views *w)
{
    for (size_t i = 0; i < w->n; i++)
        view_free(w->views[i]);
    *w = (struct saved_views){0};
}

struct view *saved_views_shown(const struct saved_views *w)
{
    return w->views[w->shown];
}

bool saved_views_show(struct saved_views *w, struct session *s, long which, struct err *e)
{
    size_t i = (size_t)((which + (long)w->n) % (long)w->n);
    if (!w->views[i])
        w->views[i] = make(&w->table[i], s);
    if (!view_load(w->views[i], e))
        return false;
    w->shown = i;
    return true;
}

void saved_views_draw(const struct saved_views *w, struct canvas *c, struct area a)
{
    int at = 1;
    for (size_t i = 0; i < w->n && at < a.cols; i++) {
        bool shown = i == w->shown;
        at += canvas_fmt(c, a.row, a.col + at, a.cols - at, shown ? STYLE_TITLE : STYLE_DIM, shown ? "[%zu %s]" : " %zu %s ", i + 1,
                         w->table[i].name);
        at++;
    }
}

static void show(struct saved_views *w, struct screen *self, long which)
{
    struct err e = {0};
    if (!saved_views_show(w, desk_session(self->desk), which, &e))
        desk_error(self, &e);
}

void saved_views_step(struct saved_views *w, struct screen *self, int by)
{
    show(w, self, (long)w->shown + by);
}

bool saved_views_key(struct saved_views *w, struct screen *self, const struct event *ev)
{
    if (ev->kind != EVENT_KEY || ev->key < '1' || ev->key >= '1' + (int32_t)w->n)
        return false;
    show(w, self, ev->key - '1');
    return true;
}

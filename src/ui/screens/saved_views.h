/* SPDX-License-Identifier: MIT
 *
 * A few views on one screen, each a list of the engine with what it is
 * limited to, gone through by [ and ] or their numbers. Only the one that is
 * shown is read.
 */
#ifndef ONWARD_UI_SAVED_VIEWS_H
#define ONWARD_UI_SAVED_VIEWS_H

#include "desk.h"

#define SAVED_VIEWS 9

struct saved_view {
    const char *name;            /* "News of mine" */
    const char *list;
    const struct view_column *columns;
    size_t n_columns;
    struct typed where[2];       /* its limit, key NULL where none */
    bool mine;                   /* worker=, the one who sits here */
    const char *empty;           /* what would fill it */
    view_heading_fn *heading;
    view_style_fn *style;
    const char *key[3];          /* columns that name a row together, NULL-ended; none: the list's first */
};
struct saved_views {
    const struct saved_view *table;
    size_t n, shown;
    struct view *views[SAVED_VIEWS]; /* NULL: not shown yet */
};

MUST_CHECK bool saved_views_open(struct saved_views *w, struct session *s, const struct saved_view *table, size_t n, struct err *e);
void saved_views_close(struct saved_views *w);
struct view *saved_views_shown(const struct saved_views *w);
/* Shows the view of that number (from 0), reading it; wraps round. */
MUST_CHECK bool saved_views_show(struct saved_views *w, struct session *s, long which, struct err *e);
/* The names in one line, the shown one in brackets. */
void saved_views_draw(const struct saved_views *w, struct canvas *c, struct area a);
/* The next one or the one before; an error is said on the screen. */
void saved_views_step(struct saved_views *w, struct screen *self, int by);
/* True when the key was the number of one, which is shown then. */
bool saved_views_key(struct saved_views *w, struct screen *self, const struct event *ev);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The inside of a view: view.c, view_limit.c, view_order.c, view_draw.c alone.
 */
#ifndef ONWARD_UI_VIEW_INSIDE_H
#define ONWARD_UI_VIEW_INSIDE_H

#include "view.h"

#define VIEW_COLUMNS 12
#define VIEW_KEYS 8
#define VIEW_WORDS 24

/* One row: its texts stand behind one another in one allocation. */
struct view_row {
    char *name;     /* within the list, as paging takes it */
    char *key;      /* what is selected and tagged by */
    char **texts;   /* canonical, one a column of the list (by hand: of the view) */
    char **shown;   /* as drawn, one a column of the view */
    bool tagged;
};

struct view_word {
    char *key, *value; /* a filter of the list */
};

struct view {
    struct session *session;
    const struct list *list;              /* NULL: rows by hand */
    struct view_column columns[VIEW_COLUMNS];
    size_t n_columns, source[VIEW_COLUMNS]; /* column of the list */
    size_t keys[VIEW_KEYS], n_keys;       /* columns that make the key; 0: the first */
    view_style_fn *style;
    view_heading_fn *heading;
    char *empty;

    struct view_word where[VIEW_WORDS];
    size_t n_where;
    char *limit;                          /* as typed */
    struct view_word filters[VIEW_WORDS]; /* of the limit */
    size_t n_filters;
    char **words;                         /* free words of the limit, folded; '!' in front: not */
    size_t n_words;

    struct view_row *rows;                /* held */
    size_t n, room;
    bool at_start, at_end;                /* nothing before, nothing after what is held */
    size_t *order, n_order;               /* of the rows that are shown */
    int sort;                             /* column of the view, -1: the list's order */
    bool reverse;
    char sorted_by[80];

    long selected;                        /* in `order`; -1 none */
    long top;                             /* first drawn, in `order` */
    char *cleared_on;                     /* rows by hand: what was selected when they were cleared, until it is there again; NULL none */
    long cleared_at, cleared_top;
    int height;                           /* rows as last drawn */
    char **tags;                          /* keys */
    size_t n_tags;
};

/* Which of the held rows are shown, and in which order; keeps the selected row where it is still shown. */
void view_arrange(struct view *v, const char *selected);
/* Reads on until the whole list is held; REFUSED in words when it has over VIEW_WHOLE rows. */
MUST_CHECK bool view_whole(struct view *v, struct err *e);
bool view_matches(const struct view *v, const struct view_row *r, char *const *words, size_t n);
void view_words_free(char **words, size_t n);
char **view_fold_words(const char *text, size_t *n);
const struct view_row *view_row_at(const struct view *v, size_t row);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The inside of a view, for the view's own files alone: view.c (what it is
 * asked), view_row.c (one row), view_page.c (reading the list, moving),
 * view_limit.c (limit and search), view_order.c (which rows are shown, sort),
 * view_tag.c (tags, export), view_draw.c.
 */
#ifndef ONWARD_UI_VIEW_INSIDE_H
#define ONWARD_UI_VIEW_INSIDE_H

#include "view.h"

#define VIEW_COLUMNS 12
#define VIEW_KEYS 8
#define VIEW_WORDS 24

/* One row: its texts stand behind it in the same block. */
struct view_row {
    unsigned holders; /* of the stretch it was read with and of its tag: the last one frees it */
    bool tagged;
    char *name;       /* within the list, as paging takes it */
    char *key;        /* what is selected and tagged by */
    char **texts;     /* canonical, one a column of the list (by hand: of the view) */
    char **shown;     /* as drawn, one a column of the view */
    char *folded;     /* what is shown as it is searched in; NULL: not needed yet */
};

/* An unbroken run of the list's rows, in its order. */
struct view_stretch {
    struct view_row **rows;
    size_t n, room;
    bool at_start, at_end; /* nothing before, nothing after */
};

struct view_word {
    char *key, *value; /* a filter of the list */
};

struct view {
    struct session *session;
    const struct list *list;              /* NULL: rows by hand */
    struct view_column columns[VIEW_COLUMNS];
    size_t n_columns, source[VIEW_COLUMNS]; /* column of the list */
    size_t keys[VIEW_KEYS], n_keys;       /* columns that make the key; 0: the row's name */
    view_style_fn *style;
    view_heading_fn *heading;
    char *empty;

    struct view_word where[VIEW_WORDS];
    size_t n_where;
    bool asked_anew;                      /* other rows are asked for than those held: they are looked at from the top */
    char *limit;                          /* as typed */
    struct view_word filters[VIEW_WORDS]; /* of the limit */
    size_t n_filters;
    char **words;                         /* free words of the limit, folded; '!' in front: not */
    size_t n_words;

    struct view_stretch held;
    int64_t total;                        /* of the list; -1 not known */
    struct view_row **order;              /* of the rows held those that are shown */
    size_t n_order;
    int sort;                             /* column of the view, -1: the list's order */
    bool reverse;
    char sorted_by[80];

    long selected;                        /* in `order`; -1 none */
    long top;                             /* first drawn, in `order` */
    char *awaited;                        /* by hand: selected when the rows were cleared, and not there again; NULL none */
    long awaited_at, awaited_line;
    int height;                           /* rows as last drawn */
    struct view_row **tags;               /* in the order tagged */
    size_t n_tags;
};

/* ---- view.c */
struct view_row *view_row_at(const struct view *v, size_t row); /* of those shown; NULL past the last */
const char *view_label(const struct view *v, size_t column);    /* of a column of the view; "" none */
size_t view_text_columns(const struct view *v);                 /* how many texts a row has */
const char *view_row_cell(const struct view *v, const struct view_row *r, const char *column);
void view_word_free(struct view_word *w);

/* ---- view_row.c */
/* A row with one holder; of the list from `cells`, by hand from `texts`. */
struct view_row *view_row_new(const struct view *v, const struct cell *cells, const char *const *texts);
void view_row_release(struct view_row *r);
const char *view_row_folded(const struct view *v, struct view_row *r);
void view_stretch_add(struct view_stretch *s, struct view_row *r);
void view_stretch_cut(struct view_stretch *s, size_t from, size_t to); /* takes rows out of one end */
void view_stretch_free(struct view_stretch *s);

/* ---- view_page.c */
bool view_is_whole(const struct view *v);
/* Reads the rows (again). Nothing has changed when it fails. Where the selected row is gone, the one in its place is
 * selected; the first one with `from_top`. */
MUST_CHECK bool view_read(struct view *v, bool from_top, struct err *e);
/* Reads until the whole list is held; REFUSED in words when it has over VIEW_WHOLE rows. */
MUST_CHECK bool view_whole(struct view *v, struct err *e);

/* ---- view_order.c */
/* Which of the held rows are shown, in which order; then selects that key or, where it is not there (or NULL), the row at
 * `place` or the last one. The selected row keeps its line. */
void view_arrange(struct view *v, const char *key, long place);

/* ---- view_limit.c */
char **view_fold_words(const char *text, size_t *n);
void view_words_free(char **words, size_t n);
bool view_matches(const struct view *v, struct view_row *r, char *const *words, size_t n);

/* ---- view_tag.c */
/* A row that was read (again): where its key is tagged, it is the tagged row from now on. */
void view_tag_keep(struct view *v, struct view_row *r);
void view_tag_drop(struct view *v, struct view_row *r);

#endif

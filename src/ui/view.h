/* SPDX-License-Identifier: MIT
 *
 * A view: a window over one list of the engine (or over rows put in by hand),
 * with a selection that is kept by key, never by number. Long lists are paged
 * by key in both directions; a list of up to VIEW_WHOLE rows is held whole and
 * can be sorted and limited by free text.
 */
#ifndef ONWARD_UI_VIEW_H
#define ONWARD_UI_VIEW_H

#include "canvas.h"
#include "key.h"
#include "onward/session.h"

#define VIEW_WHOLE 2000 /* rows held whole */
#define VIEW_TAGS 100   /* most that may be tagged: what one action may touch */

struct view_column {
    const char *key;   /* of the list's column */
    const char *label; /* NULL: the list's */
    int width;         /* columns; with `grows` at least */
    bool grows;        /* shares what is left over */
    bool last;         /* shown only from 100 columns on */
};

struct view;

/* A row's look, asked when it is drawn; NULL: plain. `cell` reads a cell of that row by key. */
typedef enum style view_style_fn(const struct view *v, size_t row);

struct view *view_new(struct session *s, const char *list, const struct view_column *columns, size_t n);
/* Rows by hand: the first column's text is the key (it need not be shown: width 0). */
struct view *view_by_hand(const struct view_column *columns, size_t n);
void view_add(struct view *v, const char *const *texts);
void view_clear(struct view *v); /* the rows put in next keep what was selected, and the scroll */
void view_free(struct view *v);

/* What a row is selected and tagged by: the texts of these columns, joined by '/'. Without it what the row is called
 * within its list (list_row_name: the first column, where the list does not name others); by hand the first column. */
void view_set_key(struct view *v, const char *const *columns, size_t n);
void view_set_style(struct view *v, view_style_fn *style);
/* A heading drawn above the first row of each run of rows with the same heading ("Overdue"); it takes a line and cannot be selected. NULL: none. */
typedef const char *view_heading_fn(const struct view *v, size_t row);
void view_set_heading(struct view *v, view_heading_fn *heading);
void view_set_empty(struct view *v, const char *text); /* what would fill it */

/* A filter of the engine's list that the screen sets (not shown as a limit); value NULL takes it away. Takes effect with
 * view_load; where it is another value than before, that begins with the first row. */
void view_where(struct view *v, const char *key, const char *value);
/* Reads the rows (again): the same row stays selected, on the same line of the screen; where the row is gone, the one now in
 * its place. What could not be read leaves the view as it was. */
MUST_CHECK bool view_load(struct view *v, struct err *e);

size_t view_rows(const struct view *v);            /* rows held now */
int64_t view_total(const struct view *v);          /* rows that match; -1 not known */
long view_selected(const struct view *v);          /* index among those held; -1 none */
const char *view_key(const struct view *v);        /* of the selected row; NULL none. Borrowed until the next load */
bool view_select(struct view *v, const char *key); /* false: not among those held */
const char *view_cell(const struct view *v, const char *column);             /* canonical text in the selected row; "" */
const char *view_cell_at(const struct view *v, size_t row, const char *column);
const char *view_key_at(const struct view *v, size_t row);

/* Moves by rows; reads on before the window ends. False with e when reading failed, and (REFUSED) past the last row held of
 * a list that has more but is read from its start only. */
MUST_CHECK bool view_move(struct view *v, long by, struct err *e);
MUST_CHECK bool view_page(struct view *v, int by, struct err *e); /* by windows as last drawn */
MUST_CHECK bool view_home(struct view *v, struct err *e);
MUST_CHECK bool view_end(struct view *v, struct err *e);

/* The limit as typed: key=value words are filters of the list, other words must each begin a word of the row's shown
 * text, with '!' in front: must not (REFUSED where the list cannot be held whole). Values of several words stand in quotes.
 * "" clears. An error says what is wrong and leaves the old limit and rows. */
MUST_CHECK bool view_limit(struct view *v, const char *text, struct err *e);
const char *view_limit_text(const struct view *v); /* "" none */
/* To the next (or with `back` the previous) row whose shown text contains it, case and marks ignored; wraps within what is held. */
bool view_search(struct view *v, const char *text, bool back);
/* Sorts by the next shown column after the one now sorted by; `reverse` turns the present order round. REFUSED with the
 * words for it where the list is not held whole. */
MUST_CHECK bool view_sort(struct view *v, bool reverse, struct err *e);
MUST_CHECK bool view_sort_by(struct view *v, const char *column, bool reverse, struct err *e);
const char *view_sorted_by(const struct view *v); /* "Name", "Name, reversed"; "" the list's own order */

/* Tags. They go with their rows, and from rows that a limit leaves out. */
MUST_CHECK bool view_tag(struct view *v, struct err *e);      /* turns the selected row's tag and moves on; REFUSED over VIEW_TAGS */
MUST_CHECK bool view_tag_all(struct view *v, const char *limit, struct err *e); /* rows that the text limits to, "" all */
void view_untag(struct view *v);
size_t view_tags(const struct view *v, const char *keys[VIEW_TAGS]); /* in the order shown, or where that is not held whole, in the order tagged; keys may be NULL. Borrowed */
const char *view_tag_cell(const struct view *v, size_t tag, const char *column);  /* of the row of that tag, held now or not: number in view_tags' order */

/* It was drawn in a taller area than it holds rows for, and there are more: view_fill reads them. */
bool view_is_short(const struct view *v);
MUST_CHECK bool view_fill(struct view *v, struct err *e);

void view_draw(struct view *v, struct canvas *c, struct area a, bool focus);

/* The list and words behind it, to export exactly what is shown; NULL list for one by hand. */
const struct list *view_list(const struct view *v);
size_t view_words(const struct view *v, struct typed *words, size_t most);
/* Every row shown in order (tagged ones only, when any is tagged) by its name in the list, as export_rows takes it; NULL
 * when the list's own order and filter say the same: then the whole list goes. The caller frees the array, not its texts. */
const char **view_shown_keys(const struct view *v, size_t *n);

#endif

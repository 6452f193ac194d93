/* SPDX-License-Identifier: MIT
 *
 * Looking at lists of the engine through views: a world with some hundred
 * people, the plain list to compare a view with, and frames of a view alone.
 */
#ifndef ONWARD_TESTS_VIEWING_H
#define ONWARD_TESTS_VIEWING_H

#include "support/episode.h"
#include "view.h"

#define COLUMNS(c) c, sizeof c / sizeof *c

/* Fixtures of a group: PEOPLE people, CASES of them with a referral that waits for triage. */
enum { PEOPLE = 300, CASES = 250 };
int viewing_begin(void **state);
int viewing_end(void **state);
extern struct session *viewer; /* has every role */
extern const struct view_column people_columns[3], case_columns[4]; /* of "person list" and "referral list" */

/* The names of all rows of a list, as last read by read_plain. */
struct plain {
    char names[8192][24];
    long n;
};
extern struct plain plain;
void plain_read(const char *list, const struct typed *words, size_t n);
long plain_place(const char *name); /* fails the test where there is none */
/* What is held is a piece of the plain list without a gap, small, with the row of that place selected and as many rows
 * around it as a screen of 24 rows shows. */
void window_is_right(struct view *v, long at);

/* What must not fail. */
void must_do(bool ok, const struct err *e);
void must_load(struct view *v);
void must_move(struct view *v, long by);
void must_limit(struct view *v, const char *text);
void must_sort(struct view *v, const char *column, bool reverse);
void must_tag(struct view *v);
struct view *must_view(const char *list, const struct view_column *columns, size_t n); /* loaded */

/* The frame of so many rows and columns with the view all over it; the caller frees it. */
struct canvas view_frame(struct view *v, int rows, int cols, bool linear);
void frame_row_is(const struct canvas *c, int row, const char *text);
bool frame_row_has(const struct canvas *c, int row, const char *text);
int selected_line(struct view *v, int rows); /* of the selected row, when drawn that high */

unsigned viewing_chance(void); /* the same numbers in every run */

#endif

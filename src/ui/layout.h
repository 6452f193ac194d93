/* SPDX-License-Identifier: MIT
 *
 * Where the parts of a screen stand: a pure function of the size.
 */
#ifndef ONWARD_UI_LAYOUT_H
#define ONWARD_UI_LAYOUT_H

#include "canvas.h"

#define LAYOUT_ROWS_LEAST 24
#define LAYOUT_COLS_LEAST 80

struct layout {
    bool fits;             /* at least 80x24; else nothing below means anything */
    struct area header;    /* one line: screen, who, what is limited */
    struct area body;      /* the screen's own */
    struct area status;    /* one line: what was done, what went wrong */
    struct area footer;    /* one line: keys */
};
struct layout layout_of(int rows, int cols);
/* Splits a body into a list and the pane that follows its cursor: beside it from 140 columns on, else below it (a third,
 * at least 5 rows and at most 12). `pane` false: the list has it all, the pane no rows. */
void layout_split(struct area body, bool pane, struct area *list, struct area *detail);
/* The area of a dialog with so many lines and columns inside, in the middle of the whole, never larger than it. */
struct area layout_dialog(int rows, int cols, int lines, int columns);

#endif

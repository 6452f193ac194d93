/* SPDX-License-Identifier: MIT
 *
 * Where the parts of a screen stand (see layout.h).
 */
#include "layout.h"

#define SIDE_BY_SIDE_COLS 140

struct layout layout_of(int rows, int cols)
{
    struct layout l = {.fits = rows >= LAYOUT_ROWS_LEAST && cols >= LAYOUT_COLS_LEAST};
    if (!l.fits)
        return l;
    l.header = (struct area){0, 0, 1, cols};
    l.body = (struct area){1, 0, rows - 3, cols};
    l.status = (struct area){rows - 2, 0, 1, cols};
    l.footer = (struct area){rows - 1, 0, 1, cols};
    return l;
}

static int within(int n, int least, int most)
{
    return n < least ? least : n > most ? most : n;
}

void layout_split(struct area body, bool pane, struct area *list, struct area *detail)
{
    *list = *detail = body;
    detail->rows = 0;
    if (!pane || body.rows < 2)
        return;
    if (body.cols >= SIDE_BY_SIDE_COLS) {
        int half = body.cols * 3 / 5;
        list->cols = half - 1;
        detail->rows = body.rows;
        detail->col = body.col + half;
        detail->cols = body.cols - half;
        return;
    }
    int rows = within(body.rows / 3, 5, 12);
    rows = rows < body.rows ? rows : body.rows - 1;
    list->rows = body.rows - rows;
    detail->row = body.row + list->rows;
    detail->rows = rows;
}

struct area layout_dialog(int rows, int cols, int lines, int columns)
{
    int high = within(lines + 2, 0, rows), wide = within(columns + 4, 0, cols);
    return (struct area){(rows - high) / 2, (cols - wide) / 2, high, wide};
}

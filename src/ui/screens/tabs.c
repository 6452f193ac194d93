/* SPDX-License-Identifier: MIT
 *
 * A row of tabs (see tabs.h).
 */
#include "tabs.h"

/* One column before each name and one after the last; brackets stand in those. */
static int columns_of(const char *const *names, size_t n, bool digits)
{
    int sum = 1;
    for (size_t i = 0; i < n; i++)
        sum += (int)utf8_width(names[i]) + 1 + (digits ? 2 : 0);
    return sum;
}

void tabs_draw(struct canvas *c, int row, int col, int cols, const char *const *names, size_t n, size_t current)
{
    bool digits = columns_of(names, n, true) <= cols;
    size_t first = 0;
    int end = col + cols;
    while (first < current && columns_of(names + first, current + 1 - first, digits) > cols)
        first++;
    for (size_t i = first; i < n && col < end; i++) {
        enum style style = i == current ? STYLE_FOCUS : STYLE_DIM;
        col += canvas_text(c, row, col, end - col, style, i == current ? "[" : i == current + 1 ? "]" : " ");
        if (digits)
            col += canvas_fmt(c, row, col, end - col, style, "%zu ", i + 1);
        col += canvas_text(c, row, col, end - col, style, names[i]);
    }
    if (current + 1 == n)
        canvas_text(c, row, col, end - col, STYLE_FOCUS, "]");
}

/* SPDX-License-Identifier: MIT
 *
 * A row of names of which one is in front: the tabs of a person, the saved
 * views of a list.
 */
#ifndef ONWARD_UI_TABS_H
#define ONWARD_UI_TABS_H

#include "canvas.h"

/* Draws the names in one line, that of `current` in brackets, with their digits where there is room; scrolled so that
 * the current one is seen. */
void tabs_draw(struct canvas *c, int row, int col, int cols, const char *const *names, size_t n, size_t current);

#endif

/* SPDX-License-Identifier: MIT
 *
 * How a cell looks: attributes and colours by theme. Nothing is told by
 * colour alone, so that every theme, monochrome too, says the same.
 */
#ifndef ONWARD_UI_THEME_H
#define ONWARD_UI_THEME_H

#include "canvas.h"

/* Prepares a theme ("dark", "light", "contrast"; NULL is dark); mono uses no colour. False: no such theme. */
bool theme_set(const char *name, bool mono);
/* Puts a cell into curses' screen. */
void theme_put(int row, int col, const struct cell_glyph *g);

#endif

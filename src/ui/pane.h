/* SPDX-License-Identifier: MIT
 *
 * A pane: text to read, in lines of "label  value", under headings. What does
 * not fit is scrolled. Screens make it anew when their data change.
 */
#ifndef ONWARD_UI_PANE_H
#define ONWARD_UI_PANE_H

#include "canvas.h"

struct pane_line {
    enum style style; /* of the value */
    char *label, *value; /* label "": the value has the whole width; both "": an empty line */
};
struct pane {
    struct pane_line *lines;
    size_t n, room;
    int label_width;  /* columns kept for labels; 0: as wide as the widest, at most 24 */
    int top;          /* first drawn line of text */
    int drawn, shown; /* lines of text in all, and rows of the last area */
};
void pane_free(struct pane *p);  /* and zeroes: ready for use again */
void pane_clear(struct pane *p); /* keeps the scroll */
void pane_heading(struct pane *p, const char *text);
void pane_add(struct pane *p, const char *label, enum style style, const char *value); /* nothing for an empty value */
void pane_fmt(struct pane *p, const char *label, enum style style, const char *fmt, ...) PRINTF_LIKE(4, 5);
void pane_draw(struct pane *p, struct canvas *c, struct area a);
void pane_scroll(struct pane *p, int by); /* lines, kept within what was drawn */

#endif

/* SPDX-License-Identifier: MIT
 *
 * A few lines to fill in, one under the other: what the ways into a store ask
 * for before there is a verb that could say it. The last line goes on.
 */
#ifndef ONWARD_UI_ASKED_H
#define ONWARD_UI_ASKED_H

#include "editor.h"
#include "onward/field.h"

#define ASKED_MOST 4

struct asked_line {
    const char *label, *hint;
    const struct choice *choices; /* gone through by Left and Right, or their first letters; NULL: free text */
};
struct asked {
    const struct asked_line *lines;
    size_t n, at;
    struct editor texts[ASKED_MOST];
};
void asked_open(struct asked *a, const struct asked_line *lines, size_t n);
void asked_close(struct asked *a);
void asked_set(struct asked *a, size_t line, const char *text);
/* As typed, blanks at both ends taken away; the code where there are choices. Until the next call for that line. */
const char *asked_text(struct asked *a, size_t line);
/* True when the key was its own. Enter is, but on the last line. */
bool asked_event(struct asked *a, const struct event *ev);
void asked_draw(const struct asked *a, struct canvas *c, struct area area);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A list that typing narrows, Up and Down choose from, Enter takes from and
 * Esc leaves: what the choices of a dialog, the keys and the palette share.
 */
#ifndef ONWARD_UI_CHOOSER_H
#define ONWARD_UI_CHOOSER_H

#include "editor.h"
#include "view.h"

struct chooser {
    struct view *view;   /* by hand; its first column is the key */
    struct editor typed;
};
void chooser_init(struct chooser *c, const struct view_column *columns, size_t n, const char *empty);
void chooser_free(struct chooser *c);

enum chosen { CHOOSING, CHOSEN, CHOSEN_NONE };
/* CHOSEN: what is selected was taken (or nothing, where nothing is left); CHOSEN_NONE: it was left. The row whose `first`
 * column begins as typed is selected before those that only have the words somewhere; NULL: the first one is. */
enum chosen chooser_event(struct chooser *c, const struct event *ev, const char *first);
/* The prompt and what is typed in the first row, the list below; the cursor stands in what is typed. */
void chooser_draw(struct chooser *c, struct canvas *canvas, struct area a, const char *prompt);

#endif

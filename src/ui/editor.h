/* SPDX-License-Identifier: MIT
 *
 * The line editor, a value: text, a place in it, and what keys do to them.
 * It needs no terminal. Moves and deletes by grapheme. Text that is not UTF-8
 * or holds control characters is mended on the way in (a paste of anything is
 * text): what cannot stand in a field becomes U+FFFD, newlines become blanks
 * in a one-line editor.
 */
#ifndef ONWARD_UI_EDITOR_H
#define ONWARD_UI_EDITOR_H

#include "canvas.h"
#include "key.h"

struct editor {
    struct buf text;
    size_t at;       /* byte offset of the cursor, on a grapheme boundary */
    size_t most;     /* bytes it takes; 0: 4,000. What does not fit is not taken, and `full` says so until the next key */
    bool lines;      /* ^J makes a new line; up and down move between lines */
    bool secret;     /* drawn as dots, never as text */
    bool full;
};
void editor_init(struct editor *ed, size_t most, bool lines);
void editor_free(struct editor *ed);          /* zeroes the text: it may have been a password */
void editor_set(struct editor *ed, const char *text); /* cursor at its end */
const char *editor_text(const struct editor *ed);
/* True when the key was its own: printable characters, arrows, Home, End, Rubout, Delete, ^A ^E ^B ^F ^K ^U ^W ^D, ^J.
 * Up and down only where there is a line to go to. */
bool editor_key(struct editor *ed, int32_t key);
/* True when all of it was taken. */
bool editor_paste(struct editor *ed, const char *bytes, size_t n);
/* Draws the part round the cursor in the area (one row or several); with `focus` puts the cursor there. */
void editor_draw(const struct editor *ed, struct canvas *c, struct area a, bool focus);
/* Rows the text needs at that width, at least 1. */
int editor_rows(const struct editor *ed, int cols);

#endif

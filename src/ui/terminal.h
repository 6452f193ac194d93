/* SPDX-License-Identifier: MIT
 *
 * The terminal: the one place that knows curses, signals and file descriptors.
 * It reads events, shows canvases by their differences, and gives the terminal
 * back sane however the program ends.
 */
#ifndef ONWARD_UI_TERMINAL_H
#define ONWARD_UI_TERMINAL_H

#include "canvas.h"
#include "key.h"
#include "onward/err.h"

struct terminal_options {
    bool mono;         /* no colour: also by NO_COLOR or a terminal without */
    bool ascii;
    const char *theme; /* "dark", "light", "contrast" */
};
/* Takes the terminal. False with e (in words: what is missing and what to do) when there is none or TERM is of no use. */
MUST_CHECK bool terminal_open(const struct terminal_options *o, struct err *e);
void terminal_close(void);
void terminal_size(int *rows, int *cols);
/* Waits up to `wait_ms` for the next event; EVENT_TICK when nothing came. Resizes are seen whether a signal came or not.
 * Suspends by itself on ^Z and comes back with EVENT_RESIZE. */
struct event terminal_read(int wait_ms);
/* More input is there already: it is read before anything is drawn. */
bool terminal_pending(void);
void terminal_show(const struct canvas *c);

/* While the store works on one question: a line in place of the status line until the next frame .. */
void terminal_notice(const char *text);
/* .. and whether Esc was typed meanwhile (it is heard then, and what was typed before it forgotten; what came after is kept). */
bool terminal_stop_asked(void);

#endif

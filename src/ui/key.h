/* SPDX-License-Identifier: MIT
 *
 * Keys and events as the desk sees them, whatever terminal they come from.
 * A key is a Unicode code point as typed (controls: 1..26 for ^A..^Z) or one
 * of the names below.
 */
#ifndef ONWARD_UI_KEY_H
#define ONWARD_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key {
    PRESS_TAB = 9,
    PRESS_NEWLINE = 10,  /* ^J: a new line in a note */
    PRESS_ENTER = 13,
    PRESS_ESC = 27,
    PRESS_RUBOUT = 127,  /* backspace, however the terminal sends it */
    PRESS_UP = 0x110000,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_HOME,
    PRESS_END,
    PRESS_DELETE,
    PRESS_BACKTAB,
    PRESS_HELP,          /* F1 */
    PRESS_QUIT,          /* F10 */
    PRESS_NONE           /* something without meaning: a mouse report, an unknown sequence */
};
#define CTRL(letter) ((letter) & 31)

enum event_kind {
    EVENT_KEY,
    EVENT_PASTE,   /* bracketed paste: text, never commands */
    EVENT_RESIZE,
    EVENT_TICK,    /* time passed: about once a second while nothing is typed */
    EVENT_HANGUP   /* the terminal is gone or the program is asked to end: keep drafts and leave */
};
struct event {
    enum event_kind kind;
    int32_t key;
    const char *paste; /* valid until the next event; any bytes */
    size_t length;
    int rows, cols;
};

/* "j", "Down", "^R", "Enter", "Space" ..: as the footer, the help and the manual write it. */
void key_label(int32_t key, char out[16]);
/* The key that a name means; PRESS_NONE when none. */
int32_t key_named(const char *name);
/* True when `key` is one of the blank-separated names ("j Down"). */
bool key_in(const char *names, int32_t key);

#endif

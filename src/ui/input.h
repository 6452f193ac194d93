/* SPDX-License-Identifier: MIT
 *
 * Bytes from a terminal into events: a value that knows no descriptor and no
 * clock, so that every sequence can be tried without a terminal. Keys are told
 * from their bytes here and not by curses, because curses hands the rest of a
 * sequence that it does not know on as letters, which would then be commands.
 *
 * What is no UTF-8 is U+FFFD. A sequence that is no key is taken away whole
 * (CSI, SS2, SS3, DCS, OSC, SOS, PM, APC, a letter with Alt): PRESS_NONE.
 */
#ifndef ONWARD_UI_INPUT_H
#define ONWARD_UI_INPUT_H

#include "key.h"
#include "onward/text.h"

#define INPUT_PASTE_MOST (4u << 20) /* bytes of one paste; what is more is read and dropped */
#define INPUT_DEFINED 40            /* most sequences that may be defined */
#define PRESS_SYNC (PRESS_NONE + 1) /* terminal.c's own: a test asks whether all it typed has been drawn */

struct input {
    struct buf bytes; /* as they came */
    size_t at;        /* those before it are used */
    bool pasting, pasted;
    struct buf paste;
    struct input_sequence {
        char bytes[16];
        int32_t key;
    } defined[INPUT_DEFINED];
    size_t n_defined;
};
void input_free(struct input *in);
/* A sequence of this terminal's own. Only such as begin with ESC are taken: a control character means what it is. */
void input_define(struct input *in, const char *bytes, int32_t key);
void input_add(struct input *in, const char *bytes, size_t n);
/* The next event (a key or a paste, whose bytes stand until the next call). False: nothing is there, or what is there has
 * only begun. With `silence` nothing more is coming: what has begun is all there is. */
bool input_next(struct input *in, bool silence, struct event *ev);
/* Milliseconds without a byte after which there was silence; -1: nothing has begun. */
int input_patience(const struct input *in);

#endif

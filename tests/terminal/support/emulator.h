/* SPDX-License-Identifier: MIT
 *
 * A terminal for tests: the real program on a pseudo-terminal, and what it
 * sends read by libvterm, as a person's terminal would. Nothing here sleeps:
 * emulator_sync types a sequence that the program answers once all that was
 * typed before it has been drawn (ONWARD_SYNC, see src/ui/input.h); what is
 * not onward is waited for by what it writes. Every wait ends after 20 s with
 * the screen printed and the test failed.
 */
#ifndef ONWARD_TESTS_EMULATOR_H
#define ONWARD_TESTS_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>

struct emulator;
/* Starts argv (found in PATH) in that size. The environment is a plain one (TERM xterm-256color, LC_ALL C.UTF-8, TZ, a
 * clock that stands at Monday 2026-11-23 09:00, ONWARD_SYNC) changed by `env`: "NAME=value", or "NAME" alone takes it
 * away; NULL-ended, may be NULL. */
struct emulator *emulator_start(const char *const *argv, const char *const *env, int rows, int cols);
void emulator_end(struct emulator *e); /* kills what still runs */

/* Bytes as they are, and keys as seat.h writes them: "jj<Enter>", "<Down>", "<C-s>". */
void emulator_send(struct emulator *e, const char *bytes, size_t n);
void emulator_keys(struct emulator *e, const char *keys);
void emulator_sync(struct emulator *e);
/* Until the text stands on the screen, or does not. */
void emulator_await(struct emulator *e, const char *text);
void emulator_await_gone(struct emulator *e, const char *text);
void emulator_resize(struct emulator *e, int rows, int cols);
void emulator_signal(struct emulator *e, int number);
void emulator_hang_up(struct emulator *e); /* the person's end is closed */
/* Until the program has ended; its status as waitpid has it. */
int emulator_wait(struct emulator *e);
bool emulator_is_running(struct emulator *e);

/* What is seen. The texts live until the next call. */
const char *emulator_text(struct emulator *e);
const char *emulator_row(struct emulator *e, int row);
const char *emulator_from(struct emulator *e, int row, int col); /* a row from that column on */
void emulator_has(struct emulator *e, const char *text);
void emulator_hasnt(struct emulator *e, const char *text);
/* Row and column of a text; fails where it is not. */
void emulator_find(struct emulator *e, const char *text, int *row, int *col);
void emulator_cursor(struct emulator *e, int *row, int *col);
struct emulator_look {
    bool bold, underline, reverse, coloured;
};
struct emulator_look emulator_look(struct emulator *e, int row, int col);

/* All bytes that the program sent since the last emulator_forget. */
const char *emulator_bytes(struct emulator *e, size_t *n);
void emulator_forget(struct emulator *e);

/* The terminal's settings are those of the start, the first screen is back, the cursor is seen. */
void emulator_is_sane(struct emulator *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Sitting at a desk without a terminal: keys go in as a person types them, the
 * frame is read as text. Time stands until a test moves it.
 */
#ifndef ONWARD_TESTS_SEAT_H
#define ONWARD_TESTS_SEAT_H

#include "desk.h"
#include "support/world.h"

struct seat;
/* Sits down at that size; the seat owns the session. The desk has started (Today, or what the roles have first). */
struct seat *seat_open(struct session *s, int rows, int cols);
struct seat *seat_with(const struct desk_options *o); /* ticks may be NULL: the seat's own */
void seat_close(struct seat *seat);
struct desk *seat_desk(struct seat *seat);
/* Literal text and <Enter> <Esc> <Tab> <Backtab> <Up> <Down> <Left> <Right> <PgUp> <PgDn> <Home> <End> <BS> <Del>
 * <Space> <C-s> <lt>; says how many keys that were. The frame is drawn after each one. */
int seat_keys(struct seat *seat, const char *keys);
void seat_paste(struct seat *seat, const char *bytes, size_t n);
void seat_size(struct seat *seat, int rows, int cols);
void seat_wait(struct seat *seat, int64_t ms); /* moves the ticks, then one tick event */
void seat_hang_up(struct seat *seat);
const char *seat_text(struct seat *seat);      /* the whole frame, rows ended by newlines; until the next call */
/* Fail the test with the frame printed when the text is not (is) on it. */
void seat_has(struct seat *seat, const char *text);
void seat_hasnt(struct seat *seat, const char *text);
/* The frame is the one in tests/screens/golden/NAME.txt; ONWARD_GOLDEN=write writes it. */
void seat_golden(struct seat *seat, const char *name);

#endif

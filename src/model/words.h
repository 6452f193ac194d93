/* SPDX-License-Identifier: MIT
 *
 * Sentences that rules say, in fixed arrays: a reason, a task, a score. They
 * are words for a person, never data, so what is over the limit is clipped at
 * a character boundary.
 */
#ifndef ONWARD_MODEL_WORDS_H
#define ONWARD_MODEL_WORDS_H

#include <stddef.h>

#include "onward/date.h"
#include "onward/err.h"

#define WORDS_DAY 16

/* "3 Nov 2026"; "an unknown day" for DATE_NONE. Returns out. */
const char *words_day(day_t d, char out[WORDS_DAY]);
/* Writes the text. */
void words_say(char *out, size_t cap, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Adds to the text that stands there, `between` parting them when there is any. */
void words_add(char *out, size_t cap, const char *between, const char *fmt, ...) PRINTF_LIKE(4, 5);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Sitting at a new referral: what the tests of intake share. Keys that are
 * text and keys that are not are counted apart.
 */
#ifndef ONWARD_TESTS_TAKING_IN_H
#define ONWARD_TESTS_TAKING_IN_H

#include "screens/support/seat.h"

extern struct session *lead, *worker; /* worker: the seat's */
extern struct seat *seat;
extern int keys_used, text_typed;

int sit_down(void **state); /* as a worker at 80x24, a new referral begun */
int get_up(void **state);
#define TAKING_IN(name) cmocka_unit_test_setup_teardown(name, sit_down, get_up)

void type(const char *text);
void press(const char *keys);
void field(const char *text); /* text, then Enter */

/* Steps as in most: a made-up person, who agreed on the telephone, and asks for themselves. */
void ottoline(void);
void agreed_by_phone(void);
void asked_by_self(const char *reason);
/* Elizabeth Wetherlam, born 7 March 1951, is recorded already. */
void known_person(char person[64]);

size_t rows_of(const char *line);
json_t *newest(void); /* the newest referral, whole; the caller's */
/* Fails unless the document has that text there, by keys and indexes joined with dots; "" for nothing. */
void is_at(const json_t *doc, const char *path, const char *text);

#endif

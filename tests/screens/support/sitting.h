/* SPDX-License-Identifier: MIT
 *
 * A small world with somebody sitting in it: a person with an open referral
 * and a debt need, arranged through one session, looked at through another.
 */
#ifndef ONWARD_TESTS_SITTING_H
#define ONWARD_TESTS_SITTING_H

#include "screens/support/seat.h"
#include "support/episode.h"

struct sitting {
    struct session *s; /* everybody's roles, to arrange things */
    struct seat *seat; /* NULL until sitting_at */
    char login[64];
    char person[64], referral[64], handoff[64];
};
/* Fixtures: a fresh world, one person with a referral (no consent to share); the one who will sit is "worker". */
int sitting_begin(void **state);
int sitting_end(void **state);
extern struct sitting sitting;

/* Sits down, 24x80, at that screen over the first one. */
void sitting_at(const struct screen_type *type, const struct open_args *args);
/* A planned handoff to the debt service for the need, kept in sitting.handoff. */
void sitting_plan(void);
/* The handoff's state, as the store has it. */
void sitting_is(const char *handoff_state);

#endif

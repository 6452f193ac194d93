/* SPDX-License-Identifier: MIT
 *
 * The demonstration borough: a made-up Salford, from a seed. Nobody in it
 * exists: NHS numbers are of the 999 test range, telephone numbers of the
 * ranges kept for drama.
 */
#ifndef ONWARD_DEMO_H
#define ONWARD_DEMO_H

#include "onward/session.h"

#define DEMO_LOGIN "gloria" /* a worker of every borough that is made, to sit down as */

struct demo_options {
    const char *folder;     /* made when missing; onward.db and spool/ are made inside, and must not be there yet */
    const char *os_account; /* becomes a user with every role */
    int64_t people;         /* 1 .. 1,000,000 */
    uint64_t seed;          /* the same people, seed and day make the same borough */
    int64_t (*clock)(void);
    void (*progress)(int64_t done, int64_t of); /* NULL: quiet */
};
/* {"people","referrals","handoffs","organisations","services","workers","replies"} */
MUST_CHECK bool demo_make(const struct demo_options *o, json_t **summary, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Roles and what each may do and see: deny by default. The engine asks here
 * for every verb and every query.
 */
#ifndef ONWARD_ROLE_H
#define ONWARD_ROLE_H

#include <stdbool.h>
#include <stddef.h>

enum role {
    ROLE_WORKER = 1,
    ROLE_REP = 2, /* CVS representative: own neighbourhoods, masked */
    ROLE_MANAGER = 4,
    ROLE_ADMIN = 8, /* users, organisations, settings; no person's content */
    ROLE_AUDITOR = 16,
    ROLE_NIGHTLY = 32,
};
#define ROLE_ANY 63u
#define ROLE_CARE (ROLE_WORKER | ROLE_MANAGER) /* sees a person's content */

unsigned roles_parse(const char *codes); /* "worker,rep" -> bits; unknown words are no bits */
const char *roles_words(unsigned roles, char out[128]); /* "worker, rep" */

/* How a user with these roles sees persons of a neighbourhood. */
enum sight { SIGHT_NONE, SIGHT_MASKED, SIGHT_FULL };
/* `own` is the comma-separated list of the user's neighbourhoods (a rep's scope). */
enum sight role_sight(unsigned roles, const char *own, const char *neighbourhood);
/* May a worker with these neighbourhoods be given a case there? An empty list covers the whole borough. */
bool role_covers(unsigned roles, const char *own, const char *neighbourhood);

#endif

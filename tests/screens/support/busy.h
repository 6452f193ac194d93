/* SPDX-License-Identifier: MIT
 *
 * A small store in which everything goes on at once: people in every state of
 * a referral, handoffs planned, held, queued, delivered and answered, a name
 * in four scripts, a possible duplicate, flags and a plan. For tests that do
 * much to a store without caring for what.
 */
#ifndef ONWARD_TESTS_BUSY_H
#define ONWARD_TESTS_BUSY_H

#include "screens/support/seat.h"

#define BUSY_PEOPLE 12

struct busy {
    struct session *s; /* everybody's roles; the caller's to close by world_close */
    char person[BUSY_PEOPLE][64], referral[BUSY_PEOPLE][64];
    char planned[64], held[64], queued[64], sent[64], answered[64];
    char news[64], urgent[64], stopped[64]; /* answered by file; not rung yet; to be confirmed. Of further people */
    char twin[64];                          /* may be recorded twice; has no referral */
};
/* Who has a referral in which state. */
enum { BUSY_PLANNED, BUSY_HELD, BUSY_QUEUED, BUSY_SENT, BUSY_ANSWERED, BUSY_ACTIVE, BUSY_PAUSED, BUSY_CLOSED, BUSY_ALLOCATED, BUSY_WAITING,
       BUSY_RECEIVED, BUSY_DRAFT };
extern struct busy busy;
void busy_open(void);

#endif

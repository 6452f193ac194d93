/* SPDX-License-Identifier: MIT
 *
 * First in, first out: the order in which programs on this host write to one
 * SQLite file. SQLite's own waiting starves the unlucky (64 desks saving flat
 * out: worst save 5.5 s, against 60 ms in a queue). The queue only orders;
 * what makes writing safe is SQLite's lock, so a host without semaphores, or
 * a program that keeps none, loses fairness and nothing else.
 */
#ifndef ONWARD_STORE_QUEUE_H
#define ONWARD_STORE_QUEUE_H

#include <sys/stat.h>

#include "onward/err.h"

struct queue {
    int set; /* semaphore set of this user, -1 where there is none */
    unsigned short place;
    bool held;
};

/* The queue of the file that `file` describes (device and inode). */
void queue_open(struct queue *q, const struct stat *file);
/* Waits for our turn. False with BUSY when it did not come within `wait_ms`. */
MUST_CHECK bool queue_enter(struct queue *q, int wait_ms, struct err *e);
void queue_leave(struct queue *q);
/* How many programs wait for their turn. */
int queue_waiting(const struct queue *q);

#endif

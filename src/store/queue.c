/* SPDX-License-Identifier: MIT
 *
 * The queue of writers (see queue.h) as a SysV semaphore. The kernel hands it
 * over in order of arrival, to the sleeper itself, so that nobody barges in;
 * with SEM_UNDO it passes on the turn of a program that was killed. Zero means
 * free, so a new semaphore needs no first value and nobody races to set one.
 * All stores of a user share one set, a semaphore a store by device and
 * inode: nothing is left behind by stores that come and go, and two stores
 * that meet on one semaphore only wait for each other.
 */
#include "store/queue.h"

#include <errno.h>
#include <stdint.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <time.h>
#include <unistd.h>

#define STORES 8000         /* half a megabyte of kernel memory; Linux allows 32,000 a set */
#define KEY_BASE 0x6f770000 /* "ow" and the user */

void queue_open(struct queue *q, const struct stat *file)
{
    key_t key = (key_t)(KEY_BASE ^ geteuid());
    uint64_t mixed = ((uint64_t)file->st_dev << 32 ^ (uint64_t)file->st_ino) * 0x9E3779B97F4A7C15u;
    q->place = (unsigned short)((mixed >> 32) % STORES);
    q->held = false;
    q->set = key == IPC_PRIVATE ? -1 : semget(key, STORES, IPC_CREAT | 0600);
}

bool queue_enter(struct queue *q, int wait_ms, struct err *e)
{
    struct sembuf turn[] = {
        {.sem_num = q->place, .sem_op = 0},
        {.sem_num = q->place, .sem_op = 1, .sem_flg = SEM_UNDO},
    };
    struct timespec limit = {.tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1000000L};
    int rc = -1;
    if (q->set < 0)
        return true;
    do
        rc = semtimedop(q->set, turn, 2, &limit);
    while (rc != 0 && errno == EINTR);
    if (rc != 0 && errno == EAGAIN)
        return err_set(
            e, ERR_BUSY,
            "Another desk or an import has been saving for %d seconds. Nothing was changed; try again.",
            (wait_ms + 999) / 1000);
    if (rc != 0)
        q->set = -1; /* the set was taken away: go on without order */
    q->held = rc == 0;
    return true;
}

void queue_leave(struct queue *q)
{
    struct sembuf leave = {.sem_num = q->place, .sem_op = -1, .sem_flg = IPC_NOWAIT | SEM_UNDO};
    if (q->held)
        semop(q->set, &leave, 1);
    q->held = false;
}

int queue_waiting(const struct queue *q)
{
    return semctl(q->set, q->place, GETZCNT);
}

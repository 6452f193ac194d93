/* SPDX-License-Identifier: MIT
 *
 * What the programs of the bench share: the instant at which all of it takes
 * place, and times of one thing done again and again, of which the median and
 * the 99th percentile are told. Milliseconds throughout.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "onward/err.h"

#define BENCH_NOW INT64_C(1795424400000) /* 2026-11-23T09:00:00Z, as in bench.sh */

struct samples {
    double *ms;
    size_t count, room;
};

static inline double clock_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static inline double now_ms(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

static inline void samples_add(struct samples *s, double ms)
{
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 512;
        s->ms = xrealloc(s->ms, s->room * sizeof *s->ms);
    }
    s->ms[s->count++] = ms;
}

static inline int samples_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The least time that at least `share` of the samples do not exceed. */
static inline double samples_at(struct samples *s, double share)
{
    if (!s->count)
        return 0;
    qsort(s->ms, s->count, sizeof *s->ms, samples_order);
    size_t at = (size_t)(share * (double)s->count);
    return s->ms[at < s->count ? at : s->count - 1];
}

#endif

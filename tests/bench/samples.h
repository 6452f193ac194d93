/* SPDX-License-Identifier: MIT
 *
 * Times of one thing done again and again, and what is told of them: the
 * median and the 99th percentile. Milliseconds throughout.
 */
#ifndef BENCH_SAMPLES_H
#define BENCH_SAMPLES_H

#include <stdlib.h>
#include <time.h>

#include "onward/err.h"

struct samples {
    double *ms;
    size_t count, room;
};

static inline double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
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

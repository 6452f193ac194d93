/* SPDX-License-Identifier: MIT
 *
 * The time of the borough, and acting as someone at that time. The clock that
 * a session asks has no context of its own, so the one borough in the making
 * is known to it here, from borough_begin to borough_end and nowhere else.
 */
#include <stdio.h>
#include <string.h>

#include "demo/borough.h"
#include "onward/workday.h"

static const struct borough *in_the_making;

int64_t borough_clock(void)
{
    return in_the_making->now;
}

void borough_begin(struct borough *b)
{
    in_the_making = b;
}

void borough_end(void)
{
    in_the_making = NULL;
}

/* A second passes with every act, so that no two stand at one instant. */
enum { ACT_MS = 1000 };

void borough_at(struct borough *b, day_t day, int minute)
{
    int64_t at = instant_of_day(day, minute);
    if (at > b->now)
        b->now = at;
}

/* ---- acting */

bool borough_act(struct borough *b, const struct user *as, const char *verb, char ref[REF_SIZE],
                 const struct typed *words, size_t n, struct err *e)
{
    enum { WORDS_MOST = 48 };
    struct typed said[WORDS_MOST];
    size_t count = 0;
    const struct verb *v = verb_find(verb);
    if (!v || n > WORDS_MOST)
        die("the demonstration cannot act: %s", verb);
    for (size_t i = 0; i < n; i++)
        if (words[i].value && *words[i].value)
            said[count++] = words[i];
    struct outcome o = {0};
    b->now += ACT_MS;
    engine_act_as(b->s, as);
    bool ok = verb_run(b->s, v, said, count, &o, e) || err_prefix(e, "%s", verb);
    if (ok && ref)
        text_put(ref, REF_SIZE, o.ref);
    outcome_free(&o);
    return ok;
}

bool borough_open(struct borough *b, struct err *e)
{
    return engine_begin(b->s, __func__, e);
}

bool borough_commit(struct borough *b, struct err *e)
{
    return engine_commit(b->s, e);
}

/* ---- days and numbers as text */

day_t borough_workday(day_t d)
{
    const struct holidays rules = {holiday_one_offs, holiday_one_off_count};
    while (!is_workday(d, &rules))
        d++;
    return d;
}

day_t borough_workday_before(day_t d)
{
    const struct holidays rules = {holiday_one_offs, holiday_one_off_count};
    while (!is_workday(d, &rules))
        d--;
    return d;
}

const char *iso_into(day_t d, char out[DATE_SIZE])
{
    date_format(d, out);
    return out;
}

const char *digits_into(int64_t n, char out[24])
{
    snprintf(out, 24, "%lld", (long long)n);
    return out;
}

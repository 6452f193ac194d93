/* SPDX-License-Identifier: MIT
 *
 * Planning one life: which days things happen on. plan.c plans the episode,
 * plan_out.c its handoffs and what the organisations make of them.
 */
#ifndef ONWARD_DEMO_PLAN_H
#define ONWARD_DEMO_PLAN_H

#include "demo/story.h"

/* What a twist asks of who somebody is and what they need; before the worker is chosen. */
void plan_twist(struct borough *b, struct life *l);
void plan_life(struct borough *b, struct life *l);

/* The need of that code among those that people of the borough have. */
const char *need_known(const char *code);

/* A life being planned. Its days may be tried out before any event is added. */
struct planning {
    struct borough *b;
    struct life *l;
    struct chance c;
    bool trying;  /* only the last day is wanted */
    day_t latest; /* the last day anything happens on */
    day_t first_talk;
    int planned; /* events so far */
};
/* An event of the life on the next working day from `day` on, if that has come by the end of
 * history. */
void plan_event(struct planning *p, enum event_kind kind, int arg, day_t day);
/* The working day so many days before the end of history, or the one before that; 1 is the last of
 * all. */
day_t plan_ago(const struct planning *p, int days);
/* The handoffs, from a day on. */
void plan_outs(struct planning *p, day_t from);

size_t plan_service(const struct borough *b, const struct life *l, size_t need);

#endif

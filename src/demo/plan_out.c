/* SPDX-License-Identifier: MIT
 *
 * The handoffs of a life: what goes to whom on which night, what each
 * organisation makes of it and when it says so, by file or by telephone.
 */
#include <string.h>

#include "demo/plan.h"

static struct out *new_out(struct planning *p, size_t service, size_t need,
                           enum course_number course)
{
    struct out *o = &p->l->out[p->l->out_count++];
    *o = (struct out){
        .service = (uint16_t)service, .need = (uint8_t)need, .course = (uint8_t)course};
    return o;
}

/* A service for the need that this life has not asked, nor will. SIZE_MAX when there is none. */
size_t plan_service(const struct borough *b, const struct life *l, size_t need)
{
    for (int turn = 0; turn < 12; turn++) {
        size_t service = borough_service(b, l, l->needs[need], turn);
        bool used = false;
        for (size_t k = 0; k < l->out_count; k++)
            used = used || l->out[k].service == service;
        if (!used)
            return service;
    }
    return SIZE_MAX;
}

/* Says what the course says, from the night it left on. */
static void plan_answers(struct planning *p, size_t out, day_t left)
{
    const struct course *course = &courses[p->l->out[out].course];
    day_t day = left;
    for (size_t i = 0; i < STAGES_MOST && course->stages[i].status; i++) {
        const struct course_stage *st = &course->stages[i];
        day_t on = borough_workday(left + chance_between(&p->c, st->low, st->high));
        day = on > day ? on : day + 1;
        bool by_phone = chance_percent(&p->c, 18);
        day_t read = by_phone ? day : borough_night_after(p->b, day);
        if (by_phone)
            plan_event(p, EV_PHONED, (int)(out * STAGES_MOST + i), day);
        else if (!p->trying && day < p->b->today)
            borough_answer(p->b, p->l, out, i, day);
        if (read == DATE_NONE)
            read = p->b->today; /* it lies in the tray for tonight */
        if (read > p->latest)
            p->latest = read;
        day = read;
    }
}

static void plan_one(struct planning *p, size_t out, day_t day);

/* A no, or a try that came to nothing: it is looked at, and the next organisation is asked. */
static void plan_review(struct planning *p, size_t out, day_t read)
{
    const struct out *o = &p->l->out[out];
    day_t day = borough_workday(read + chance_between(&p->c, 2, 7));
    bool again = o->course == FAILS ||
                 chance_percent(&p->c, 50); /* a no may stand; a try that failed asks for another */
    size_t next =
        again && p->l->out_count < OUT_MOST ? plan_service(p->b, p->l, o->need) : SIZE_MAX;
    if (next != SIZE_MAX) {
        struct out *n = new_out(p, next, o->need, chance_percent(&p->c, 60) ? COMPLETES : QUICK);
        n->follows = true;
        plan_event(p, EV_REVIEW, (int)out, day);
        plan_one(p, (size_t)(n - p->l->out), day);
        return;
    }
    plan_event(p, EV_REVIEW, (int)out, day);
}

static void plan_one(struct planning *p, size_t out, day_t day)
{
    struct out *o = &p->l->out[out];
    day = borough_workday(day);
    if (!o->follows)
        plan_event(p, EV_OUT, (int)out, day);
    day_t left = borough_night_after(p->b, day);
    if (left == DATE_NONE)
        return;
    if (o->course == FAILS &&
        (p->l->out_count == OUT_MOST || plan_service(p->b, p->l, o->need) == SIZE_MAX))
        o->course = COMPLETES; /* nobody else could be asked */
    plan_answers(p, out, left);
    if (o->course == DECLINES || o->course == PERSON_DECLINES || o->course == FAILS)
        plan_review(p, out, p->latest);
    if (o->course == SILENCE)
        plan_event(p, EV_NUDGE, (int)out,
                   borough_night_after(p->b, left + 16) == DATE_NONE
                       ? p->b->today
                       : borough_night_after(p->b, left + 16) + 4);
}

static enum course_number draw_course(struct planning *p)
{
    int weights[COURSES];
    for (size_t i = 0; i < COURSES; i++)
        weights[i] = courses[i].weight;
    return (enum course_number)chance_weighted(&p->c, weights, COURSES);
}

/* What the twist makes of the first handoff: the course it runs, and how many days ago it is sent
 * (0: as it comes). */
/* clang-format off: a row a line */
static const struct {
    enum twist twist;
    enum course_number course;
    int days_ago;
} shaped[] = {
    {ON_HOLD, HOLDS, 40},
    {WAITING_LIST, WAITS, 32},
    {SILENT, SILENCE, 47},
    {WITHDRAWN, COMPLETES, 26},
    {WITHDRAWN_CONFIRMED, COMPLETES, 44},
    {OUT_ERROR, QUICK, 12},
    {URGENT, SILENCE, 1},
    {URGENT_RUNG, SILENCE, 7},
    {OUT_DRAFT, SILENCE, 3},
    {CONCERN, SILENCE, 6},
    {CONCERN_SAFE, SILENCE, 3},
    {REFUSED, SILENCE, 9},
    {EXPIRED, SILENCE, 3},
    {NOT_COVERING, SILENCE, 8},
    {NO_RECORD, SILENCE, 5},
    {NOT_SOUGHT, SILENCE, 7},
    {BEST_INTERESTS, COMPLETES, 0},
    {LEGAL_DUTY, QUICK, 0},
    {NO_ROOM, SILENCE, 6},
    {NO_AGREEMENT, SILENCE, 10},
    {AGREEMENT_ENDED, SILENCE, 4},
    {LONG_HELD, SILENCE, 44},
    {MOVED_HOUSE, HOLDS, 36},
    {REALLOCATED, HOLDS, 36},
    {MERGED, COMPLETES, 20},
    {PARENT_DECIDES, COMPLETES, 12},
    {COMPETENT, COMPLETES, 10},
    {FLAGGED, COMPLETES, 0},
};
/* clang-format on */

static size_t service_for(const struct planning *p, size_t need)
{
    const struct life *l = p->l;
    if (l->twist == NO_ROOM)
        return borough_odd_service(p->b, AGREED, true);
    if (l->twist == NO_AGREEMENT)
        return borough_odd_service(p->b, NOT_AGREED, false);
    if (l->twist == AGREEMENT_ENDED)
        return borough_odd_service(p->b, AGREED_ENDED, false);
    return plan_service(p->b, l, need);
}

static bool plan_shaped(struct planning *p, day_t from)
{
    for (size_t i = 0; i < sizeof shaped / sizeof *shaped; i++) {
        if (shaped[i].twist != p->l->twist)
            continue;
        size_t service = service_for(p, 0);
        if (service == SIZE_MAX)
            return false;
        day_t day = shaped[i].days_ago ? plan_ago(p, shaped[i].days_ago) : from;
        struct out *o = new_out(p, service, 0, shaped[i].course);
        o->urgent = p->l->twist == URGENT || p->l->twist == URGENT_RUNG;
        plan_one(p, 0, day < from ? from : day);
        return true;
    }
    return false;
}

void plan_outs(struct planning *p, day_t from)
{
    static const int weights[] = {7, 40, 40, 13};
    size_t wanted = chance_weighted(&p->c, weights, 4);
    size_t first = plan_shaped(p, from) ? 1 : 0;
    /* Of those with a twist the others may be asked too, where the twist is not about asking. */
    if (first && p->l->twist != MOVED_HOUSE && p->l->twist != FLAGGED)
        return;
    day_t day = from;
    for (size_t i = first; i < wanted && i < p->l->need_count + 1u && p->l->out_count < OUT_MOST;
         i++) {
        size_t need = i % p->l->need_count;
        size_t service = plan_service(p->b, p->l, need);
        if (service == SIZE_MAX)
            continue;
        day += chance_between(&p->c, 0, 14);
        new_out(p, service, need, draw_course(p));
        plan_one(p, (size_t)(p->l->out_count - 1), day);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * The days of an episode. One that is over is tried out first: when it would
 * not be over yet, it begins so much earlier.
 */
#include <string.h>

#include "demo/plan.h"

/* ---- what a twist asks for */

static void live_with_service(struct borough *b, struct life *l, size_t service)
{
    const struct demo_service *v = &b->services[service];
    char need[CODE_SIZE];
    codes_next(v->needs, need);
    l->need_count = 1;
    l->needs[0] = need_known(need);
    for (uint8_t i = 0; *v->areas && i < NEIGHBOURHOODS; i++)
        if (codes_have(v->areas, places[i].code))
            l->neighbourhood = i;
    if (v->min_age > l->age)
        l->age = (int16_t)(v->min_age + 3);
    if (v->max_age > 0 && v->max_age <= l->age)
        l->age = (int16_t)(v->max_age - 3);
}

void plan_twist(struct borough *b, struct life *l)
{
    bool is_child = l->twist == PARENT_DECIDES || l->twist == COMPETENT;
    if (is_child) {
        l->age = l->twist == COMPETENT ? 15 : 11;
        l->need_count = 1;
        l->needs[0] = need_known("emotional_health");
    } else if (l->twist != PLAIN && l->age < 16) {
        l->age = 41;
    }
    if (l->twist == BEST_INTERESTS) {
        l->age = 83;
        l->need_count = 1;
        l->needs[0] = need_known("dementia");
    } else if (l->twist == LEGAL_DUTY) {
        l->need_count = 1;
        l->needs[0] = need_known("housing");
    } else if (l->twist == NO_ROOM) {
        live_with_service(b, l, borough_odd_service(b, AGREED, true));
    } else if (l->twist == NO_AGREEMENT) {
        live_with_service(b, l, borough_odd_service(b, NOT_AGREED, false));
    } else if (l->twist == AGREEMENT_ENDED) {
        live_with_service(b, l, borough_odd_service(b, AGREED_ENDED, false));
    } else if (l->twist != PLAIN && borough_service(b, l, l->needs[0], 0) == SIZE_MAX) {
        l->need_count =
            1; /* nobody is there for that one: this one somebody is there for everywhere */
        l->needs[0] = need_known(l->age < 18 ? "emotional_health" : "isolation");
    }
}

/* ---- events */

void plan_event(struct planning *p, enum event_kind kind, int arg, day_t day)
{
    /* What is planned later comes later in the day, too. */
    enum { NINE = 9 * 60 + 5, STEP = 10, STEPS = 44 };
    day = borough_workday(day);
    int minute = NINE + STEP * (p->planned < STEPS ? p->planned : STEPS) +
                 chance_between(&p->c, 0, STEP - 1);
    p->planned++;
    if (day > p->latest)
        p->latest = day;
    if (!p->trying && day <= p->b->last)
        borough_add_event(p->b, p->l, kind, arg, day, minute);
}

day_t plan_ago(const struct planning *p, int days)
{
    return borough_workday_before(p->b->last - (days - 1));
}

/* The referrer hears of it sooner or later; of the last weeks some have not yet. */
static void plan_answer(struct planning *p, day_t day)
{
    if (day < p->b->last - 25 || chance_percent(&p->c, 72))
        plan_event(p, EV_ANSWERED, 0, day);
}

/* Talks from the second on, up to a day: weekly to begin with, rarer later. */
static void plan_contacts(struct planning *p, day_t from, day_t until)
{
    day_t day = from;
    for (int i = 0; i < 14; i++) {
        day += i < 5 ? chance_between(&p->c, 6, 12) : chance_between(&p->c, 9, 19);
        if (day >= until)
            break;
        plan_event(p, EV_CONTACT, 0, day);
    }
}

/* The day after which nobody reached them any more. */
static day_t quiet_since(struct planning *p)
{
    switch (p->l->twist) {
    case QUIET:
        return plan_ago(p, chance_between(&p->c, 17, 28));
    case VERY_QUIET:
        return plan_ago(p, chance_between(&p->c, 33, 58));
    default:
        return p->b->last;
    }
}

/* A case that is open was heard from lately, unless it is quiet. */
static void plan_open_contacts(struct planning *p, day_t from)
{
    day_t until = quiet_since(p);
    bool called = p->l->twist == CALL_BACK;
    plan_contacts(p, from, until - 12);
    plan_event(p, EV_CONTACT, called ? 2 : 0,
               borough_workday_before(
                   until - (called ? chance_between(&p->c, 2, 6) : chance_between(&p->c, 0, 11))));
}

/* ---- the turns of an episode */

static day_t plan_triage(struct planning *p, day_t from)
{
    const struct story *st = story_of(p->l);
    day_t day = borough_workday(from + chance_between(&p->c, 0, 3));
    if (strcmp(st->word, "error") == 0) {
        plan_event(p, EV_ODD, 0, day);
        return day;
    }
    plan_event(p, EV_TRIAGE, 0, day);
    plan_answer(p, day + chance_between(&p->c, 1, 6));
    return day;
}

/* The first talk, after up to two tries. */
static day_t plan_tries(struct planning *p, day_t from, int tries, int days_between)
{
    day_t day = from + chance_between(&p->c, 0, 3);
    for (int i = 0; i < tries; i++) {
        plan_event(p, EV_TRY, i, day);
        day = borough_workday(day) + chance_between(&p->c, 1, days_between);
    }
    return borough_workday(day);
}

static void plan_allocated_only(struct planning *p, day_t day)
{
    const char *word = story_of(p->l)->word;
    bool unable = strcmp(word, "unable") == 0;
    day = plan_tries(p, day, unable ? chance_between(&p->c, 3, 5) : chance_between(&p->c, 0, 2),
                     unable ? 8 : 3);
    if (unable) {
        plan_event(p, EV_END, 0, day + 4);
        plan_answer(p, day + chance_between(&p->c, 6, 9));
    }
    if (strcmp(word, "returned") == 0)
        plan_event(p, EV_ODD, 0, day);
}

/* The twists that are one more thing done on a day of its own, counted back from today. */
static void plan_odd(struct planning *p)
{
    /* clang-format off: a row a line */
    static const struct {
        enum twist twist;
        int young, old; /* days before today */
    } odd[] = {
        {FLAGGED, 2, 8},
        {RESTRICTED, 3, 12},
        {LIKENESS, 1, 9},
        {MERGED, 1, 9},
        {SECOND, 1, 3},
        {REALLOCATED, 2, 9},
        {MOVED_HOUSE, 1, 6},
        {ANOTHER_SOURCE, 2, 10},
        {OUT_ERROR, 1, 4},
        {WITHDRAWN, 3, 7},
        {WITHDRAWN_CONFIRMED, 16, 24},
        {LONG_HELD, 2, 4},
        {URGENT_RUNG, 1, 1},
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (odd[i].twist == p->l->twist)
            plan_event(p, EV_ODD, 0, plan_ago(p, chance_between(&p->c, odd[i].young, odd[i].old)));
    if (p->l->twist == WITHDRAWN_CONFIRMED)
        plan_event(p, EV_STOPPED, 0, plan_ago(p, 5));
    if (p->l->twist == CONCERN_SAFE)
        plan_event(p, EV_ODD, 0, p->first_talk + 3);
}

static void plan_paused(struct planning *p)
{
    const char *word = story_of(p->l)->word;
    if (strcmp(word, "paused") == 0)
        plan_event(p, EV_ODD, 0, plan_ago(p, chance_between(&p->c, 4, 30)));
    if (strcmp(word, "reopened") == 0) {
        day_t closed = plan_ago(p, chance_between(&p->c, 30, 50));
        plan_event(p, EV_END, 0, closed);
        plan_event(p, EV_ODD, 0, closed + chance_between(&p->c, 6, 14));
    }
}

static void plan_end(struct planning *p)
{
    day_t day = borough_workday(p->latest + chance_between(&p->c, 3, 12));
    plan_event(p, EV_CONTACT, 1, day - 1);
    plan_event(p, EV_END, 0, day + 1);
    plan_answer(p, day + 3 + chance_between(&p->c, 0, 5));
    day_t stopped = borough_night_after(p->b, day + 1);
    if (stopped != DATE_NONE)
        plan_event(p, EV_STOPPED, 0, stopped + chance_between(&p->c, 3, 9));
}

static void plan_work(struct planning *p, day_t day)
{
    const struct story *st = story_of(p->l);
    bool closed = *st->close || strcmp(st->word, "reopened") == 0;
    plan_event(p, EV_PLAN, 0, day + chance_between(&p->c, 5, 12));
    plan_event(p, EV_SHARE, 0, day + chance_between(&p->c, 0, 5));
    plan_outs(p, day + 7);
    if (!closed || strcmp(st->word, "reopened") == 0) {
        plan_open_contacts(p, day);
        plan_odd(p);
        plan_paused(p);
        return;
    }
    bool left = strcmp(st->close, "disengaged") == 0;
    day_t talked_out = day + chance_between(&p->c, 35, 120);
    plan_contacts(p, day, left ? day + 30 : talked_out);
    if (!left && talked_out > p->latest)
        p->latest = talked_out;
    plan_end(p);
}

static void plan_days(struct planning *p)
{
    const struct story *st = story_of(p->l);
    day_t day = p->l->begins;
    p->l->out_count = 0;
    p->planned = 0;
    p->latest = day;
    plan_event(p, EV_REFERRED, 0, day);
    if (st->reach <= TO_RECEIVED)
        return;
    day = plan_triage(p, day);
    if (st->reach <= TO_WAITING)
        return;
    day = borough_workday(day + chance_between(&p->c, 0, 4));
    plan_event(p, EV_ALLOCATED, 0, day);
    if (st->reach == TO_ALLOCATED) {
        plan_allocated_only(p, day);
        return;
    }
    day = plan_tries(p, day + 1, chance_between(&p->c, 0, 2), 3);
    p->first_talk = day;
    plan_event(p, EV_FIRST, 0, day);
    if (st->reach == TO_WORK)
        plan_work(p, day);
    else
        plan_answer(p, day + chance_between(&p->c, 2, 6));
}

/* Twists need an episode of some age. */
static int youngest(const struct life *l)
{
    switch (l->twist) {
    case VERY_QUIET:
        return 75;
    case QUIET:
        return 45;
    case EXPIRED:
        return 70;
    case LONG_HELD:
        return 65;
    case ON_HOLD:
        return 48;
    case WITHDRAWN:
    case WITHDRAWN_CONFIRMED:
    case OUT_ERROR:
        return 50;
    case SILENT:
        return 75;
    case WAITING_LIST:
        return 40;
    default:
        return story_of(l)->young;
    }
}

static int oldest(const struct life *l)
{
    bool is_concern = l->twist == CONCERN || l->twist == CONCERN_SAFE;
    return is_concern ? 40 : story_of(l)->old;
}

void plan_life(struct borough *b, struct life *l)
{
    const struct story *st = story_of(l);
    struct planning p = {.b = b,
                         .l = l,
                         .c = life_chance(b, l, "plan"),
                         .trying = *st->close && st->reach == TO_WORK};
    l->begins = b->today - chance_between(&p.c, youngest(l), oldest(l));
    struct chance after_drawing = p.c;
    for (int tries = 0; p.trying && tries < 8; tries++) {
        p.c = after_drawing;
        plan_days(&p);
        if (p.latest < b->last)
            break;
        l->begins -= p.latest - b->last + 1;
    }
    if (l->begins < b->first)
        l->begins = b->first;
    l->begins = borough_workday_before(l->begins);
    p.c = after_drawing;
    p.trying = false;
    plan_days(&p);
}

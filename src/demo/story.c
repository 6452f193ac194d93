/* SPDX-License-Identifier: MIT
 *
 * See story.h: which stories and twists there are, how often each, and who
 * gets which. They are dealt like cards, so that the rare ones come in every
 * borough that is large enough and none comes more often than it should.
 */
#include <stdlib.h>
#include <string.h>

#include "demo/plan.h"

/* clang-format off: a row a line */
const struct story stories[] = {
    {"draft", 1, TO_DRAFT, 1, 4, ""},
    {"received", 2, TO_RECEIVED, 1, 5, ""},
    {"waiting", 4, TO_WAITING, 4, 24, ""},
    {"returned", 1, TO_ALLOCATED, 12, 40, ""},
    {"allocated", 5, TO_ALLOCATED, 3, 15, ""},
    {"active", 38, TO_WORK, 16, 225, ""},
    {"paused", 4, TO_WORK, 50, 200, ""},
    {"reopened", 1, TO_WORK, 120, 240, ""},
    {"error", 1, TO_TRIAGED, 5, 500, ""},
    {"turned away", 5, TO_TRIAGED, 4, 720, "not_appropriate"},
    {"declined", 24, TO_TALK, 12, 720, "person_declined"},
    {"unable", 10, TO_ALLOCATED, 30, 720, "unable_to_contact"},
    {"completed", 78, TO_WORK, 90, 728, "completed"},
    {"disengaged", 13, TO_WORK, 80, 720, "disengaged"},
    {"moved", 4, TO_WORK, 60, 720, "moved_away"},
    {"died", 2, TO_WORK, 40, 700, "died"},
    {"transferred", 2, TO_WORK, 50, 720, "transferred"},
    {"elsewhere", 4, TO_WORK, 50, 720, "needs_met_elsewhere"},
    {"duplicate", 1, TO_TRIAGED, 20, 700, "duplicate"},
};
/* clang-format on */
const size_t story_count = sizeof stories / sizeof *stories;

/* Of those who have a worker and are not yet through. */
/* clang-format off: a row a line */
static const struct {
    enum twist twist;
    int weight;
} twist_weights[] = {
    {PLAIN, 4},           {QUIET, 3},
    {VERY_QUIET, 2},      {CALL_BACK, 2},
    {FLAGGED, 2},         {CONCERN, 1},
    {CONCERN_SAFE, 1},    {REFUSED, 1},
    {WITHDRAWN, 1},       {WITHDRAWN_CONFIRMED, 1},
    {EXPIRED, 2},         {EXPIRING, 2},
    {NOT_COVERING, 2},    {NO_RECORD, 1},
    {NOT_SOUGHT, 1},      {BEST_INTERESTS, 1},
    {LEGAL_DUTY, 1},      {PARENT_DECIDES, 1},
    {COMPETENT, 1},       {INTERPRETED, 1},
    {NO_ROOM, 1},         {NO_AGREEMENT, 1},
    {AGREEMENT_ENDED, 1}, {RESTRICTED, 1},
    {LIKENESS, 1},        {MERGED, 1},
    {URGENT, 1},          {URGENT_RUNG, 1},
    {OUT_ERROR, 1},       {ON_HOLD, 2},
    {OUT_DRAFT, 1},       {SECOND, 1},
    {LONG_HELD, 1},       {REALLOCATED, 1},
    {MOVED_HOUSE, 1},     {ANOTHER_SOURCE, 1},
    {WAITING_LIST, 1},    {SILENT, 1},
};
/* clang-format on */
/* The first round of cards shows everything; in those after it most are plain, as in life. */
enum { PLAIN_LATER = 120, TWIST_CARDS_MOST = 200 };

/* clang-format off: a row a line */
const struct course courses[COURSES] = {
    [COMPLETES] =
        {"completes",
         44,
         {{"received", 1, 4}, {"accepted", 5, 11}, {"started", 14, 24}, {"completed", 35, 80}}},
    [QUICK] = {"quick", 22, {{"accepted", 2, 8}, {"completed", 14, 34}}},
    [WAITS] = {"waits",
               9,
               {{"received", 2, 5},
                {"waiting_list", 6, 12},
                {"started", 40, 62},
                {"completed", 75, 110}}},
    [DECLINES] = {"declines", 9, {{"declined", 3, 11}}},
    [PERSON_DECLINES] = {"person declines", 6, {{"received", 1, 3}, {"declined", 6, 14}}},
    [SILENCE] = {"silence", 4, {{NULL, 0, 0}}},
    [FAILS] = {"fails",
               6,
               {{"accepted", 3, 8}, {"started", 10, 16}, {"could_not_complete", 24, 52}}},
    [HOLDS] = {"holds", 0, {{"accepted", 2, 5}, {"started", 6, 9}, {"on_hold", 10, 16}}},
};
/* clang-format on */

const struct story *story_of(const struct life *l)
{
    return &stories[l->story];
}

struct chance life_chance(const struct borough *b, const struct life *l, const char *about)
{
    return chance_of(b->seed, about, l->number);
}

/* ---- dealing */

static void shuffle(uint8_t *cards, size_t n, struct chance *c)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = chance_index(c, i);
        uint8_t card = cards[i - 1];
        cards[i - 1] = cards[k];
        cards[k] = card;
    }
}

static size_t story_cards(uint8_t cards[STORY_CARDS])
{
    size_t n = 0;
    for (size_t i = 0; i < story_count; i++)
        for (int k = 0; k < stories[i].weight; k++)
            cards[n++] = (uint8_t)i;
    return n;
}

static size_t twist_cards(uint8_t cards[TWIST_CARDS_MOST], int plain)
{
    size_t n = 0;
    for (int i = 0; i < plain; i++)
        cards[n++] = PLAIN;
    for (size_t i = 0; i < sizeof twist_weights / sizeof *twist_weights; i++)
        for (int k = 0; k < twist_weights[i].weight; k++)
            cards[n++] = (uint8_t)twist_weights[i].twist;
    return n;
}

/* Twists are for those who are active; a reopened or paused one is odd enough. */
static bool takes_twist(const struct life *l)
{
    return strcmp(story_of(l)->word, "active") == 0;
}

/* In a hundred and fifty or so. Mental health and loneliness are what most people come with. */
/* clang-format off: a row a line */
static const struct {
    const char *need;
    int weight;
} needs_known[] = {
    {"mental_health", 17},
    {"isolation", 16},
    {"welfare_benefits", 9},
    {"money_debt", 8},
    {"housing", 8},
    {"emotional_health", 6},
    {"physical_activity", 6},
    {"long_term_condition", 5},
    {"caring", 4},
    {"bereavement", 4},
    {"employment", 3},
    {"fuel_poverty", 3},
    {"food", 3},
    {"weight", 3},
    {"falls", 2},
    {"alcohol", 2},
    {"dementia", 2},
    {"immigration", 2},
    {"learning", 2},
    {"digital", 2},
    {"transport", 2},
    {"parenting", 2},
    {"arts_nature", 2},
    {"volunteering", 2},
    {"practical_help", 2},
    {"self_neglect", 1},
    {"domestic_abuse", 1},
    {"smoking", 1},
    {"legal", 1},
    {"substance_use", 1},
    {"faith_culture", 1},
    {"sexual_health", 1},
    {"other", 1},
};
/* clang-format on */
enum { NEEDS_KNOWN = sizeof needs_known / sizeof *needs_known };

const char *need_known(const char *code)
{
    for (size_t i = 0; i < NEEDS_KNOWN; i++)
        if (strcmp(needs_known[i].need, code) == 0)
            return needs_known[i].need;
    die("nobody in the demonstration needs %s", code);
}

static void draw_needs(struct life *l, struct chance *c)
{
    int weights[NEEDS_KNOWN];
    for (size_t i = 0; i < NEEDS_KNOWN; i++)
        weights[i] = needs_known[i].weight;
    int wanted = chance_percent(c, 45) ? 1 : chance_percent(c, 72) ? 2 : 3;
    for (l->need_count = 0; l->need_count < wanted; l->need_count++) {
        size_t i = chance_weighted(c, weights, NEEDS_KNOWN);
        weights[i] = 0;
        l->needs[l->need_count] = needs_known[i].need;
    }
}

static void draw_age(struct life *l, struct chance *c)
{
    static const int low[] = {18, 26, 36, 50, 65, 80}, high[] = {25, 35, 49, 64, 79, 96},
                     weights[] = {8, 14, 20, 25, 22, 11};
    size_t band = chance_weighted(c, weights, 6);
    l->age = (int16_t)chance_between(c, low[band], high[band]);
    if (codes_have("dementia,falls", l->needs[0]) && l->age < 66)
        l->age = (int16_t)(l->age % 25 + 68);
    if (codes_have("parenting,employment,sexual_health", l->needs[0]) && l->age > 58)
        l->age = (int16_t)(l->age % 30 + 22);
    if (chance_percent(c, 2)) {
        l->age = (int16_t)chance_between(c, 9, 15);
        l->need_count = 1;
        l->needs[0] = chance_percent(c, 60) ? "emotional_health" : "isolation";
    }
}

/* The worker who covers the neighbourhood and has the fewest: of those who are with them now, else
 * of all. */
static void give_worker(struct borough *b, struct life *l)
{
    const struct story *st = story_of(l);
    bool is_open = st->reach >= TO_ALLOCATED && !*st->close;
    int *load = is_open ? b->open_load : b->load;
    size_t least = WORKERS;
    for (size_t w = 0; w < WORKERS; w++)
        if (role_covers(ROLE_WORKER, b->workers[w].neighbourhoods, places[l->neighbourhood].code) &&
            (least == WORKERS || load[w] < load[least]))
            least = w;
    load[least]++;
    l->worker = (uint8_t)least;
}

void life_draw(const struct borough *b, struct life *l)
{
    struct chance c = life_chance(b, l, "life");
    int weights[NEIGHBOURHOODS];
    for (size_t i = 0; i < NEIGHBOURHOODS; i++)
        weights[i] = places[i].weight;
    l->neighbourhood = (uint8_t)chance_weighted(&c, weights, NEIGHBOURHOODS);
    draw_needs(l, &c);
    draw_age(l, &c);
}

void stories_deal(struct borough *b)
{
    uint8_t cards[STORY_CARDS], twists[TWIST_CARDS_MOST];
    size_t n_stories = story_cards(cards), n_twists = twist_cards(twists, 0), twisted = 0;
    struct chance c = chance_of(b->seed, "cards", 0);
    shuffle(twists, n_twists, &c);
    for (size_t i = 0; i < b->life_count; i++) {
        struct life *l = &b->lives[i];
        if (i % n_stories == 0)
            shuffle(cards, n_stories, &c);
        l->number = i;
        l->story = cards[i % n_stories];
        life_draw(b, l);
        if (takes_twist(l)) {
            if (twisted == n_twists) {
                n_twists = twist_cards(twists, PLAIN_LATER);
                shuffle(twists, n_twists, &c);
                twisted = 0;
            }
            l->twist = twists[twisted++];
        }
        plan_twist(b, l);
        give_worker(b, l);
        plan_life(b, l);
    }
    events_sort(b);
}

/* ---- events */

void borough_add_event(struct borough *b, const struct life *l, enum event_kind kind, int arg,
                       day_t day, int minute)
{
    if (b->event_count == b->event_room) {
        b->event_room = b->event_room ? 2 * b->event_room : 4096;
        b->events = xrealloc(b->events, b->event_room * sizeof *b->events);
    }
    b->events[b->event_count] = (struct event){.day = day,
                                               .minute = (int16_t)minute,
                                               .kind = (uint8_t)kind,
                                               .arg = (uint8_t)arg,
                                               .life = l ? (uint32_t)(l - b->lives) : UINT32_MAX,
                                               .order = (uint32_t)b->event_count};
    b->event_count++;
}

static int by_time(const void *x, const void *y)
{
    const struct event *a = x, *b = y;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->minute != b->minute)
        return a->minute < b->minute ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void events_sort(struct borough *b)
{
    if (b->event_count)
        qsort(b->events, b->event_count, sizeof *b->events, by_time);
}

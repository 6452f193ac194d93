/* SPDX-License-Identifier: MIT
 *
 * The demonstration borough, from an empty folder to tonight. Those who come
 * first live their episodes event by event through the verbs; in a borough
 * larger than that the others are records of earlier years (archive.c), so
 * that memory and the time a person takes stay the same whatever the size.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "demo/story.h"

/* Two years of history, and as many people as a service of this size sees in them. */
enum {
    HISTORY_DAYS = 740,
    LIVES_MOST = 2500,
    JOINED_MOST = 16,
    EVENTS_A_TRANSACTION = 4000,
    MORNING = 8 * 60
};

/* ---- the folder */

static bool make_folder(struct borough *b, char url[4096], struct err *e)
{
    const char *folder = b->o->folder;
    if (mkdir(folder, 0750) != 0 && errno != EEXIST)
        return err_set(e, ERR_STORE, "The folder %s cannot be made: %s.", folder, strerror(errno));
    if (snprintf(url, 4096, "%s/onward.db", folder) >= 4096 ||
        snprintf(b->spool, sizeof b->spool, "%s/spool", folder) >= (int)sizeof b->spool)
        return err_set(e, ERR_INVALID, "The name of the folder is too long.");
    if (access(b->spool, F_OK) == 0 || access(url, F_OK) == 0)
        return err_set(
            e, ERR_INVALID,
            "There is a borough in %s already; name another folder, or take that one away.",
            folder);
    return mkdir(b->spool, 0750) == 0 ||
           err_set(e, ERR_STORE, "The folder %s cannot be made: %s.", b->spool, strerror(errno));
}

/* ---- history */

/* The last working day before today is the last of history: what was done on it goes tonight. */
static void set_days(struct borough *b)
{
    b->today = instant_day(b->o->clock());
    b->last = borough_workday_before(b->today - 1);
    b->first = b->last - HISTORY_DAYS;
}

static void tell_progress(const struct borough *b)
{
    if (b->o->progress)
        b->o->progress((int64_t)b->done, b->o->people);
}

/* A transaction is open from the first of these to the last; nights end it and open the next. */
static bool found(struct borough *b, struct err *e)
{
    borough_at(b, b->first, MORNING);
    return borough_open(b, e) && borough_staff(b, e) && borough_directory(b, e);
}

static void plan(struct borough *b)
{
    borough_nights(b);
    static const int rounds[DIRECTORY_ROUNDS] = {230, 45};
    borough_add_event(b, NULL, EV_JOINED, 0, borough_workday_before(b->last - 16), MORNING);
    for (int i = 0; i < DIRECTORY_ROUNDS; i++)
        borough_add_event(b, NULL, EV_ROUND, i, borough_workday_before(b->last - rounds[i]),
                          MORNING);
    stories_deal(b);
}

static bool live(struct borough *b, struct err *e)
{
    for (size_t i = 0; i < b->event_count; i++) {
        if (!borough_event(b, &b->events[i], e))
            return false;
        if (i % EVENTS_A_TRANSACTION != EVENTS_A_TRANSACTION - 1)
            continue;
        if (!borough_commit(b, e) || !borough_open(b, e))
            return false;
        tell_progress(b);
    }
    return true;
}

static bool make(struct borough *b, struct err *e)
{
    int64_t earlier = b->joined_from + b->joined_count;
    if (!found(b, e) || !borough_archive(b, earlier, b->o->people - earlier, e))
        return false;
    plan(b);
    if (!live(b, e) || !borough_write_answers(b, b->last + 1, e) || !borough_mess(b, e) ||
        !borough_commit(b, e))
        return false;
    b->done = (size_t)b->o->people;
    tell_progress(b);
    return true;
}

static bool one_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    (void)ctx;
    (void)l;
    (void)cells;
    (void)e;
    return true;
}

static bool count_list(struct borough *b, const char *list, int64_t *total, struct err *e)
{
    struct list_run run = {.limit = 1, .row = one_row, .want_total = true};
    if (!list_call(b->s, list_find(list), NULL, 0, "screen", &run, e))
        return false;
    *total = run.total;
    return true;
}

static bool count_up(struct borough *b, json_t **summary, struct err *e)
{
    int64_t people, referrals, handoffs;
    engine_act_as(b->s, &b->lead);
    if (!count_list(b, "person list", &people, e) ||
        !count_list(b, "referral list", &referrals, e) ||
        !count_list(b, "handoff list", &handoffs, e))
        return false;
    *summary =
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "people", (json_int_t)people, "referrals",
                  (json_int_t)referrals, "handoffs", (json_int_t)handoffs, "organisations",
                  (json_int_t)b->organisation_count, "services", (json_int_t)b->service_count,
                  "workers", (json_int_t)WORKERS, "replies", (json_int_t)b->files);
    return true;
}

bool demo_make(const struct demo_options *o, json_t **summary, struct err *e)
{
    struct borough *b = xcalloc(1, sizeof *b);
    char url[4096];
    b->o = o;
    b->seed = o->seed;
    set_days(b);
    b->now = instant_of_day(b->first, MORNING);
    b->joined_count = o->people / 50 < JOINED_MOST ? o->people / 50 : JOINED_MOST;
    b->joined_from =
        o->people - b->joined_count < LIVES_MOST ? o->people - b->joined_count : LIVES_MOST;
    b->life_count = (size_t)b->joined_from;
    b->lives = xcalloc(b->life_count, sizeof *b->lives);
    borough_begin(b);
    bool ok = make_folder(b, url, e);
    struct session_options session = {.url = url,
                                      .os_account = o->os_account,
                                      .clock = borough_clock,
                                      .seed = o->seed ? o->seed : 1};
    ok = ok && (b->s = session_create(&session, true, e)) != NULL && make(b, e) &&
         count_up(b, summary, e);
    session_close(b->s);
    borough_end();
    json_decref(b->sent);
    free(b->lives);
    free(b->events);
    free(b->nights);
    free(b->answers);
    free(b);
    return ok;
}

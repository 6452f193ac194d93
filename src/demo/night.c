/* SPDX-License-Identifier: MIT
 *
 * The nights of the borough: the real nightly run at two in the morning of
 * some working days, and the post that its packages go by later that day.
 * They are fortnightly at first, weekly later, and nightly in the last two
 * weeks but for the last days, when nobody was there to start it: so there is
 * something to see tonight.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "demo/story.h"
#include "exchange/nightly.h"

enum { NIGHT_MINUTE = 2 * 60, POST_MINUTE = 9 * 60 + 2, DAYS_OFF = 3 };

/* How many days lie between nights, so many days before the end. */
static int gap(day_t days_left)
{
    return days_left > 70 ? 14 : days_left > 14 ? 7 : 1;
}

void borough_nights(struct borough *b)
{
    size_t room = (size_t)(b->last - b->first) / 2 + 40;
    b->nights = xcalloc(room, sizeof *b->nights);
    for (day_t day = borough_workday(b->first + 1); day <= b->last - DAYS_OFF;
         day = borough_workday(day + gap(b->last - day))) {
        b->nights[b->night_count++] = day;
        borough_add_event(b, NULL, EV_NIGHT, 0, day, NIGHT_MINUTE);
        borough_add_event(b, NULL, EV_POST, 0, day, POST_MINUTE);
    }
}

day_t borough_night_after(const struct borough *b, day_t day)
{
    size_t low = 0, high = b->night_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (b->nights[mid] > day)
            high = mid;
        else
            low = mid + 1;
    }
    return low < b->night_count ? b->nights[low] : DATE_NONE;
}

/* Files of a history that is being made up need not outlive a power cut. */
static int no_sync(int fd)
{
    (void)fd;
    return 0;
}

bool borough_night(struct borough *b, day_t day, struct err *e)
{
    struct io_ops io = io_system;
    io.sync = no_sync;
    struct nightly_options o = {.spool = b->spool, .backup = "", .unproved = true};
    json_t *report = NULL;
    enum nightly_status status;
    if (!borough_write_answers(b, day, e))
        return false;
    engine_act_as(b->s, &b->night);
    if (!nightly_run_with(b->s, &o, &io, &report, &status, e))
        return false;
    json_decref(b->sent);
    b->sent = json_incref(json_object_get(report, "batches"));
    json_decref(report);
    return true;
}

/* What lies there still, a line of the worklist: half of what the last nights made, and some days
 * of the slow ones. */
static bool is_forgotten(struct borough *b, const char *organisation, day_t day)
{
    enum { LAST_NIGHTS = 4 };
    if (b->night_count >= LAST_NIGHTS && day >= b->nights[b->night_count - LAST_NIGHTS] &&
        b->late_batches++ % 2 == 0)
        return true;
    for (size_t i = 0; i < b->organisation_count; i++)
        if (strcmp(b->organisations[i].code, organisation) == 0)
            return b->organisations[i].slow_mail && day > b->last - 8;
    return false;
}

bool borough_post(struct borough *b, day_t day, struct err *e)
{
    static const char *const hows[] = {"secure mail", "secure mail",
                                       "handed over at the neighbourhood meeting"};
    json_t *batch;
    size_t i;
    json_array_foreach(b->sent, i, batch)
    {
        const char *name = json_string_value(json_object_get(batch, "batch"));
        if (is_forgotten(b, json_string_value(json_object_get(batch, "organisation")), day))
            continue;
        if (!ACT(b, &b->manager, NULL, e, "batch delivered", {"batch", name},
                 {"by", b->manager.name}, {"how", hows[i % 3]}))
            return false;
    }
    return true;
}

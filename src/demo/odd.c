/* SPDX-License-Identifier: MIT
 *
 * The rarer turns: what makes a story or a twist what it is, on its day.
 */
#include <string.h>

#include "demo/plan.h"
#include "demo/scene.h"

/* ---- of stories */

static bool in_error(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    return SCENE(sc, NULL, e, "referral error", {"referral", sc->l->referral},
                 {"reason", scene_line(sc, &error_reasons, "", why, sizeof why)});
}

static bool returned(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    return ACT(sc->b, &sc->b->manager, NULL, e, "referral return", {"referral", sc->l->referral},
               {"reason", scene_line(sc, &return_reasons, "", why, sizeof why)});
}

static bool paused(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    day_t until = sc->b->today + chance_between(&sc->c, -2, 35);
    if (until <= instant_day(sc->b->now))
        until = instant_day(sc->b->now) + 1;
    size_t out = sc->l->out_count;
    size_t service = plan_service(sc->b, sc->l, 0);
    if (!SCENE(sc, NULL, e, "referral pause", {"referral", sc->l->referral},
               {"reason", scene_line(sc, &pause_reasons, "", why, sizeof why)},
               {"until", ISO(until)}))
        return false;
    if (sc->l->number % 2 || service == SIZE_MAX || out == OUT_MOST)
        return true;
    /* Agreed to and planned while they are away: held until they are back. */
    if (!scene_consent(sc, "share",
                       sc->b->organisations[sc->b->services[service].organisation].code,
                       (struct typed){0}, e))
        return false;
    sc->l->out[out] = (struct out){.service = (uint16_t)service, .course = SILENCE};
    sc->l->out_count++;
    struct event planned = *sc->ev;
    planned.arg = (uint8_t)out;
    struct scene again = *sc;
    again.ev = &planned;
    return scene_out(&again, e);
}

static bool reopened(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    return SCENE(sc, NULL, e, "referral reopen", {"referral", sc->l->referral},
                 {"reason", scene_line(sc, &reopen_reasons, "", why, sizeof why)});
}

/* ---- of twists */

static bool flagged(struct scene *sc, struct err *e)
{
    char message[LONG_SIZE];
    return SCENE(sc, NULL, e, "flag", {"referral", sc->l->referral},
                 {"message", scene_line(sc, &flag_messages, "", message, sizeof message)},
                 {"due", ISO(sc->b->today + chance_between(&sc->c, -2, 4))});
}

static bool safe(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE], by[LINE_SIZE + 32];
    snprintf(by, LINE_SIZE, "%.40s, manager", sc->b->manager.name);
    return ACT(sc->b, &sc->b->manager, NULL, e, "referral safe", {"referral", sc->l->referral},
               {"by", by}, {"why", scene_line(sc, &safe_whys, "", why, sizeof why)});
}

static bool restricted(struct scene *sc, struct err *e)
{
    char users[CODES_SIZE];
    snprintf(users, sizeof users, "%.60s,%.60s,%.60s", sc->me->login, sc->b->manager.login,
             sc->b->lead.login);
    return ACT(sc->b, &sc->b->manager, NULL, e, "person restrict", {"person", sc->l->person},
               {"users", users});
}

/* The same person once more, as another desk would have typed them. */
static bool recorded_twice(struct scene *sc, char ref[REF_SIZE], struct err *e)
{
    struct person p;
    borough_person(sc->b, sc->l, &p);
    *p.nhs_number = *p.email = *p.about_me = '\0';
    text_put(p.nhs_number_status, sizeof p.nhs_number_status, "trace-required");
    *p.representative = *p.representative_relation = *p.representative_phone = '\0';
    return scene_add_person(sc, &p, "The number on the letter is not theirs", ref, e);
}

static bool alike(struct scene *sc, struct err *e)
{
    char other[REF_SIZE];
    return recorded_twice(sc, other, e);
}

static bool merged(struct scene *sc, struct err *e)
{
    char other[REF_SIZE];
    return recorded_twice(sc, other, e) &&
           SCENE(sc, NULL, e, "person merge", {"keep", sc->l->person}, {"drop", other});
}

static bool withdrawn(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    return SCENE(sc, NULL, e, "consent withdraw", {"person", sc->l->person}, {"purpose", "share"},
                 {"reason", scene_line(sc, &withdrawal_reasons, "", why, sizeof why)});
}

static bool out_in_error(struct scene *sc, struct err *e)
{
    return !*sc->l->out[0].ref ||
           SCENE(sc, NULL, e, "handoff error", {"handoff", sc->l->out[0].ref},
                 {"reason", "Wrong service picked from the list"});
}

static bool second(struct scene *sc, struct err *e)
{
    char ref[REF_SIZE], why[LONG_SIZE], reason[NOTE_SIZE];
    return SCENE(sc, ref, e, "referral start", {"person", sc->l->person}, {"source", "hospital"},
                 {"referrer_name", "Discharge team"}, {"referrer_role", "Discharge coordinator"},
                 {"referrer_organisation", "The hospital"}, {"safeguarding", "none"},
                 {"reason",
                  scene_line(sc, &home_words.other, "practical_help", reason, sizeof reason)},
                 {"second_reason", scene_line(sc, &second_reasons, "", why, sizeof why)}) &&
           SCENE(sc, NULL, e, "need add", {"referral", ref}, {"need", "practical_help"},
                 {"severity", "3"}) &&
           SCENE(sc, NULL, e, "referral submit", {"referral", ref});
}

/* Agreed at last, but after so long that the worker is asked whether it is still wanted. */
static bool agreed_late(struct scene *sc, struct err *e)
{
    return !sc->l->out_count ||
           scene_consent(sc, "share", scene_organisation(sc, 0)->code, (struct typed){0}, e);
}

static bool reallocated(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    size_t w = sc->l->worker;
    do
        w = (w + 1) % WORKERS;
    while (!role_covers(ROLE_WORKER, sc->b->workers[w].neighbourhoods,
                        places[sc->l->neighbourhood].code));
    if (w == sc->l->worker)
        return true;
    sc->l->worker = (uint8_t)w;
    return ACT(sc->b, &sc->b->manager, NULL, e, "referral reallocate",
               {"referral", sc->l->referral}, {"worker", sc->b->workers[w].login},
               {"reason", scene_line(sc, &reallocate_reasons, "", why, sizeof why)});
}

static bool moved_house(struct scene *sc, struct err *e)
{
    struct address a;
    place_address(&sc->c, sc->l->neighbourhood, &a);
    return SCENE(sc, NULL, e, "person edit", {"person", sc->l->person}, {"address", a.lines},
                 {"postcode", a.postcode}, {"phone", "07700 900123"});
}

static bool another_source(struct scene *sc, struct err *e)
{
    char reason[NOTE_SIZE];
    return SCENE(
        sc, NULL, e, "referral source", {"referral", sc->l->referral},
        {"source", "housing_provider"}, {"referrer_organisation", "Tenterhook Homes"},
        {"reason", scene_line(sc, &sc->words->other, sc->l->needs[0], reason, sizeof reason)});
}

static bool rung(struct scene *sc, struct err *e)
{
    return !*sc->l->out[0].ref ||
           SCENE(sc, NULL, e, "handoff rung", {"handoff", sc->l->out[0].ref});
}

static const struct {
    const char *story;
    scene_fn *act;
} of_stories[] = {
    {"error", in_error}, {"returned", returned}, {"paused", paused}, {"reopened", reopened}};

/* clang-format off: a row a line */
static scene_fn *const of_twists[TWISTS] = {
    [FLAGGED] = flagged,
    [CONCERN_SAFE] = safe,
    [RESTRICTED] = restricted,
    [LIKENESS] = alike,
    [MERGED] = merged,
    [WITHDRAWN] = withdrawn,
    [WITHDRAWN_CONFIRMED] = withdrawn,
    [OUT_ERROR] = out_in_error,
    [SECOND] = second,
    [LONG_HELD] = agreed_late,
    [REALLOCATED] = reallocated,
    [MOVED_HOUSE] = moved_house,
    [ANOTHER_SOURCE] = another_source,
    [URGENT_RUNG] = rung,
};
/* clang-format on */

bool scene_odd(struct scene *sc, struct err *e)
{
    for (size_t i = 0; i < sizeof of_stories / sizeof *of_stories; i++)
        if (strcmp(of_stories[i].story, story_of(sc->l)->word) == 0)
            return of_stories[i].act(sc, e);
    return of_twists[sc->l->twist](sc, e);
}

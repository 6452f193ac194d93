/* SPDX-License-Identifier: MIT
 *
 * Working together: what may be shared, the plan, and the talks.
 */
#include <string.h>

#include "demo/scene.h"

/* ---- sharing */

/* The organisations that are to be asked, by code, once each. */
static void recipients_of(const struct scene *sc, char out[CODES_SIZE])
{
    struct buf codes = {0};
    for (size_t i = 0; i < sc->l->out_count; i++) {
        const char *code = scene_organisation(sc, i)->code;
        if (!codes_have(buf_text(&codes), code))
            buf_fmt(&codes, "%s%s", codes.len ? "," : "", code);
    }
    text_put(out, CODES_SIZE, buf_text(&codes));
    buf_free(&codes);
}

static bool decide_for_them(struct scene *sc, const char *recipient, struct err *e)
{
    char why[LONG_SIZE];
    day_t now = instant_day(sc->b->now);
    return SCENE(sc, NULL, e, "consent best-interests", {"person", sc->l->person},
                 {"recipients", recipient}, {"categories", "identity,needs,risks"},
                 {"capacity", "lacks_capacity"}, {"capacity_by", "Memory nurse, community team"},
                 {"capacity_on", ISO(now)},
                 {"decider", "Best interests meeting, chaired by the practice"},
                 {"reason", scene_line(sc, &best_interest_reasons, "", why, sizeof why)},
                 {"review_on", ISO(sc->b->today + 20)});
}

static bool share_by_law(struct scene *sc, const char *recipient, struct err *e)
{
    char which[LONG_SIZE];
    return SCENE(sc, NULL, e, "consent legal-duty", {"person", sc->l->person},
                 {"recipients", recipient}, {"categories", "identity,needs"},
                 {"reason", scene_line(sc, &legal_duties, "", which, sizeof which)},
                 {"review_on", ISO(sc->b->today + 40)});
}

/* Agreed to something, but not to what is then sent. */
static bool share_something_else(struct scene *sc, const char *recipients, struct err *e)
{
    switch (sc->l->number % 3) {
    case 0:
        return scene_consent(sc, "share",
                             codes_have(recipients, sc->b->organisations[0].code)
                                 ? sc->b->organisations[1].code
                                 : sc->b->organisations[0].code,
                             (struct typed){0}, e);
    case 1:
        return scene_consent(
            sc, "share", recipients,
            (struct typed){"needs", strcmp(sc->l->needs[0], "digital") == 0 ? "food" : "digital"},
            e);
    default:
        return scene_consent(sc, "share", recipients, (struct typed){"categories", "identity"}, e);
    }
}

static bool ask_to_share(struct scene *sc, const char *recipients, struct err *e)
{
    char why[LONG_SIZE];
    const struct life *l = sc->l;
    day_t today = sc->b->today;
    switch ((enum twist)l->twist) {
    case REFUSED:
        return SCENE(sc, NULL, e, "consent refuse", {"person", l->person}, {"purpose", "share"},
                     {"reason", scene_line(sc, &refusal_reasons, "", why, sizeof why)});
    case NOT_SOUGHT:
        return SCENE(sc, NULL, e, "consent not-sought", {"person", l->person}, {"purpose", "share"},
                     {"reason", scene_line(sc, &not_sought_reasons, "", why, sizeof why)});
    case NO_RECORD:
    case LONG_HELD:
        return true;
    case BEST_INTERESTS:
        return decide_for_them(sc, recipients, e);
    case LEGAL_DUTY:
        return share_by_law(sc, recipients, e);
    case NOT_COVERING:
        return share_something_else(sc, recipients, e);
    case EXPIRED:
        return scene_consent(
            sc, "share", recipients,
            (struct typed){"expires_on", ISO(today - chance_between(&sc->c, 8, 20))}, e);
    case EXPIRING:
        return scene_consent(
            sc, "share", recipients,
            (struct typed){"expires_on", ISO(today + chance_between(&sc->c, 5, 24))}, e);
    default:
        /* One in six keeps something back. */
        return scene_consent(sc, "share", recipients,
                             chance_percent(&sc->c, 16)
                                 ? (struct typed){"categories", "identity,needs"}
                                 : (struct typed){0},
                             e);
    }
}

bool scene_share(struct scene *sc, struct err *e)
{
    char recipients[CODES_SIZE];
    recipients_of(sc, recipients);
    return !*recipients || ask_to_share(sc, recipients, e);
}

/* ---- the plan */

static bool add_item(struct scene *sc, const char *kind, const struct lines *from, size_t turn,
                     const char *parent, char ref[REF_SIZE], struct err *e)
{
    char text[LONG_SIZE];
    bool goal = strcmp(kind, "goal") == 0, action = strcmp(kind, "action") == 0;
    return SCENE(sc, ref, e, "plan add", {"referral", sc->l->referral}, {"kind", kind},
                 {"text", scene_line_in_turn(sc, from, sc->l->needs[0], turn, text, sizeof text)},
                 {"parent", parent},
                 {"importance", goal ? DIGITS(chance_between(&sc->c, 6, 10)) : ""},
                 {"confidence", action ? DIGITS(chance_between(&sc->c, 3, 9)) : ""},
                 {"status", action && chance_percent(&sc->c, 35) ? "in_progress" : ""},
                 {"who", action ? sc->l->name : ""});
}

bool scene_plan(struct scene *sc, struct err *e)
{
    char goal[REF_SIZE] = "", strength[REF_SIZE];
    size_t turn = chance_index(&sc->c, 97);
    int actions = chance_between(&sc->c, 1, 2);
    if (!add_item(sc, "strength", &strengths, turn, "", strength, e) ||
        !add_item(sc, "goal", &sc->words->goals, turn, "", goal, e))
        return false;
    for (int i = 0; i < actions; i++)
        if (!add_item(sc, "action", &sc->words->actions, turn + (size_t)i, goal, strength, e))
            return false;
    return SCENE(sc, NULL, e, "plan review", {"referral", sc->l->referral},
                 {"agreed", chance_percent(&sc->c, 94) ? "yes" : "no"});
}

/* ---- talks */

static bool signpost(struct scene *sc, struct err *e)
{
    char why[LONG_SIZE];
    size_t service = borough_service(sc->b, sc->l, sc->l->needs[0], 3);
    return service == SIZE_MAX ||
           SCENE(sc, NULL, e, "signpost", {"referral", sc->l->referral},
                 {"service", sc->b->services[service].ref},
                 {"reason", scene_line(sc, &signpost_reasons, "", why, sizeof why)});
}

/* The plan is looked at again when its time has come. */
static bool review_plan(struct scene *sc, const struct referral *r, struct err *e)
{
    day_t due = date_parse(r->plan_review_on);
    bool is_due =
        due != DATE_NONE && due <= instant_day(sc->b->now) + 7 && chance_percent(&sc->c, 80);
    return !is_due ||
           SCENE(sc, NULL, e, "plan review", {"referral", sc->l->referral}, {"agreed", "yes"});
}

bool scene_contact(struct scene *sc, struct err *e)
{
    struct chance begins = life_chance(sc->b, sc->l, "middle words");
    bool is_last = sc->ev->arg == 1, calls_back = sc->ev->arg == 2;
    size_t turn = chance_index(&begins, 101) + sc->l->talks;
    day_t call_back = calls_back ? sc->b->today + chance_between(&sc->c, -1, 3) : DATE_NONE;
    if (call_back != DATE_NONE && call_back < instant_day(sc->b->now))
        call_back = instant_day(sc->b->now);
    if (!is_last && !calls_back && chance_percent(&sc->c, 14)) /* not everybody is in */
        return scene_try(sc, e);
    if (!scene_talk(sc,
                    is_last      ? &sc->words->last
                    : calls_back ? &call_back_notes
                                 : &sc->words->middle,
                    turn, call_back, e))
        return false;
    struct referral r;
    if (!scene_referral(sc, &r, e))
        return false;
    if (is_last || !referral_is_open(r.state))
        return true;
    return (!chance_percent(&sc->c, 6) || signpost(sc, e)) && review_plan(sc, &r, e);
}

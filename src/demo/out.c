/* SPDX-License-Identifier: MIT
 *
 * Handoffs: planned and sent, answered by telephone, looked at when they came
 * to nothing, stopped. What has become of one in the meantime (held, stopped,
 * ended) is asked before anything is done to it.
 */
#include <string.h>

#include "demo/scene.h"

/* ---- out */

static bool plan_handoff(struct scene *sc, size_t out, struct err *e)
{
    struct out *o = &sc->l->out[out];
    char summary[NOTE_SIZE], goal[LONG_SIZE];
    const char *need = sc->l->needs[o->need];
    const struct word_family *words = words_of(need, sc->l->age);
    sc->told.org = scene_organisation(sc, out)->name;
    return SCENE(sc, o->ref, e, "handoff plan", {"referral", sc->l->referral}, {"need", need},
                 {"service", sc->b->services[o->service].ref}, {"urgent", o->urgent ? "yes" : "no"},
                 {"summary", scene_line(sc, &words->summaries, need, summary, sizeof summary)},
                 {"goals", scene_line(sc, &words->goals, need, goal, sizeof goal)});
}

bool scene_send(struct scene *sc, size_t out, struct err *e)
{
    return SCENE(sc, NULL, e, "handoff send", {"handoff", sc->l->out[out].ref});
}

bool scene_out(struct scene *sc, struct err *e)
{
    struct referral r;
    if (!scene_referral(sc, &r, e))
        return false;
    if (!referral_is_open(r.state))
        return true;
    return plan_handoff(sc, sc->ev->arg, e) &&
           (sc->l->twist == OUT_DRAFT || scene_send(sc, sc->ev->arg, e));
}

/* ---- what they say by telephone */

static bool may_still_answer(const struct handoff *h)
{
    return h->delivered_at != FIELD_ABSENT && !*h->stop_reason;
}

static bool told(struct scene *sc, size_t out, const char *status, struct err *e)
{
    static const char *const reasons[] = {"no_capacity", "not_eligible", "could_not_reach",
                                          "needs_too_complex", "already_known"};
    static const char *const failures[] = {"did_not_attend", "could_not_reach", "person_stopped",
                                           "person_unwell"};
    static const char *const outcomes[] = {"need_met", "partly_met", "advice_given", "taking_part",
                                           "support_continues"};
    bool declined = strcmp(status, "declined") == 0,
         failed = strcmp(status, "could_not_complete") == 0;
    bool by_person = sc->l->out[out].course == PERSON_DECLINES;
    char note[NOTE_SIZE];
    return SCENE(
        sc, NULL, e, "handoff reply", {"handoff", sc->l->out[out].ref}, {"status", status},
        {"how", chance_percent(&sc->c, 75) ? "phone" : "email"}, {"by", "Coordinator"},
        {"declined_by", !declined   ? ""
                        : by_person ? "person"
                                    : "provider"},
        {"reason", declined ? (by_person ? "person_declined" : reasons[chance_index(&sc->c, 5)])
                   : failed ? failures[chance_index(&sc->c, 4)]
                            : ""},
        {"outcome", strcmp(status, "completed") == 0 ? outcomes[chance_index(&sc->c, 5)] : ""},
        {"note", scene_line(sc, &reply_notes, "", note, sizeof note)});
}

bool scene_phoned(struct scene *sc, struct err *e)
{
    size_t out = sc->ev->arg / STAGES_MOST, stage = sc->ev->arg % STAGES_MOST;
    const char *status = courses[sc->l->out[out].course].stages[stage].status;
    char action[CODE_SIZE];
    struct handoff h;
    if (!scene_handoff(sc, out, &h, e))
        return false;
    snprintf(action, sizeof action, "reply_%s", status);
    if (!may_still_answer(&h) || !workflow_find(MACHINE_HANDOFF, h.state, action))
        return true;
    return told(sc, out, status, e);
}

/* ---- what came to nothing */

/* The out that takes the place of this one, when there is one planned. */
static size_t follower(const struct life *l, size_t out)
{
    size_t next = out + 1;
    return next < l->out_count && l->out[next].follows && !*l->out[next].ref ? next : SIZE_MAX;
}

/* A representative does not know of a restricted record. */
static const struct user *rep_of(const struct scene *sc)
{
    for (size_t i = 0; sc->l->twist != RESTRICTED && i < REPS; i++)
        if (codes_have(sc->b->reps[i].neighbourhoods, places[sc->l->neighbourhood].code))
            return &sc->b->reps[i];
    return sc->me;
}

static bool re_route(struct scene *sc, size_t out, size_t next, struct err *e)
{
    struct out *o = &sc->l->out[next];
    return SCENE(sc, o->ref, e, "handoff re-route", {"handoff", sc->l->out[out].ref},
                 {"service", sc->b->services[o->service].ref}) &&
           scene_send(sc, next, e);
}

bool scene_review(struct scene *sc, struct err *e)
{
    size_t out = sc->ev->arg, next = follower(sc->l, out);
    struct handoff h;
    struct referral r;
    if (!scene_handoff(sc, out, &h, e) || !scene_referral(sc, &r, e))
        return false;
    bool declined = strcmp(h.state, "declined") == 0, failed = strcmp(h.state, "failed") == 0;
    if ((!declined && !failed) || *h.reviewed_on)
        return true;
    if (next != SIZE_MAX && referral_is_open(r.state))
        return re_route(sc, out, next, e);
    return !declined || ACT(sc->b, chance_percent(&sc->c, 60) ? rep_of(sc) : sc->me, NULL, e,
                            "handoff review", {"handoff", h.ref}, {"final", "yes"},
                            {"note", "The person does not want another just now"});
}

/* Rung, they say that they had taken it on and forgot to write. */
bool scene_nudge(struct scene *sc, struct err *e)
{
    struct handoff h;
    if (sc->l->twist == SILENT || !scene_handoff(sc, sc->ev->arg, &h, e))
        return sc->l->twist == SILENT;
    if (strcmp(h.state, "no_response") != 0)
        return true;
    return told(sc, sc->ev->arg, "accepted", e);
}

/* ---- stops */

bool scene_stopped(struct scene *sc, struct err *e)
{
    struct handoff h;
    for (size_t i = 0; i < sc->l->out_count; i++) {
        if (!scene_handoff(sc, i, &h, e))
            return false;
        if (!*h.stop_reason || *h.stop_confirmed_on)
            continue;
        if (h.stop_batch_id != FIELD_ABSENT &&
            chance_percent(&sc->c, 40)) { /* on the withdraw row itself */
            borough_answer(sc->b, sc->l, i, STAGE_STOPPED, sc->ev->day);
            continue;
        }
        if (!SCENE(sc, NULL, e, "handoff stop-confirmed", {"handoff", h.ref}, {"by", "Coordinator"},
                   {"how", chance_percent(&sc->c, 70) ? "phone" : "email"}))
            return false;
    }
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * Who takes a referral: accepted or turned away, given to a worker, moved to
 * another, returned to the list.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/handoffs.h"
#include "engine/referrals.h"
#include "store/admin.h"
#include "store/referrals.h"

/* ---- accept */

struct ref_args {
    char referral[REF_SIZE];
};
static const struct field ref_fields[] = {ARG_REFERRAL(ref_args)};

static bool has_need(struct session *s, const struct episode *ep, struct err *e)
{
    void *rows;
    size_t n;
    if (!referral_children(s->db, &need_type, ep->was.id, &rows, &n, e))
        return false;
    free(rows);
    return n > 0 || err_rule(e, "R04", "%s has no need yet. Record at least one: onward need add %s need=..",
                             ep->was.ref, ep->was.ref);
}

static bool has_risk(struct session *s, const struct episode *ep, struct err *e)
{
    bool recorded;
    if (!risk_recorded(s->db, ep->person.id, &recorded, e))
        return false;
    return recorded ||
           err_rule(e, "R04",
                    "Risk is not recorded for %s. \"No known risks\" is an answer, blank is not: "
                    "onward risk add %s kind=none_known",
                    ep->person.ref, ep->person.ref);
}

static bool accept_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct ref_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "accept", &ep, e) || !has_need(s, &ep, e) || !has_risk(s, &ep, e))
        return false;
    today_text(s, ep.now.accepted_on);
    if (!episode_move(s, &ep, "accept", "accepted", o, e))
        return false;
    outcome_say(
        o, "%s is accepted and on the waiting list. Next: `onward referral allocate %s worker=..`.",
        ep.was.ref, ep.was.ref);
    return answer_owe(s, &ep, "accepted", o, e);
}
const struct verb referral_accept =
    VERB("referral accept", "Accepts a received referral onto the waiting list.",
         ROLE_CARE, ref_fields, ref_args, accept_run);

/* ---- turn away */

struct turn_away_args {
    char referral[REF_SIZE];
    char reason[CODE_SIZE];
    char note[LONG_SIZE];
};
static const struct field turn_away_fields[] = {
    ARG_REFERRAL(turn_away_args),
    {"reason", "Reason", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(turn_away_args, reason),
     .choices = close_reasons},
    {"note", "Note", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(turn_away_args, note),
     .max = ARG_LONG, .help = "why, as the referrer may read it"},
};

static bool turn_away_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                          struct err *e)
{
    const struct turn_away_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "turn_away", &ep, e) || !ending_allows("turn_away", a->reason, e))
        return false;
    episode_end(s, &ep, a->reason, a->note);
    if (!episode_move(s, &ep, "turn_away", "turned away", o, e))
        return false;
    outcome_say(o, "%s is turned away (%s).", ep.was.ref, choice_label(close_reasons, a->reason));
    return ending_stops(s, &ep, a->reason, false, o, e) && answer_owe(s, &ep, "turned_away", o, e);
}
const struct verb referral_turn_away =
    VERB("referral turn-away", "Turns a received referral away, with a coded reason.",
         ROLE_CARE, turn_away_fields, turn_away_args, turn_away_run);

/* ---- allocate, reallocate, return */

/* May this user be given the case? *why is in words, "" when they may. */
static bool may_take(struct session *s, const struct user *u, const struct episode *ep,
                     char why[160], struct err *e)
{
    bool may_know = true;
    *why = '\0';
    if (u->active != 1 || !(roles_parse(u->roles) & ROLE_WORKER))
        snprintf(why, 160, "%.60s is not an active worker", u->login);
    else if (!role_covers(roles_parse(u->roles), u->neighbourhoods, ep->was.neighbourhood))
        snprintf(why, 160, "%.60s does not cover %.60s", u->login, ep->was.neighbourhood);
    else if (ep->person.restricted == 1 && !person_access_has(s->db, ep->person.id, u->id, &may_know, e))
        return false;
    if (!may_know)
        snprintf(why, 160, "%.60s may not see that record", u->login);
    return true;
}

static bool must_take(struct session *s, const char *rule, const char *login,
                      const struct episode *ep, struct user *u, struct err *e)
{
    char why[160];
    if (!find_user(s, login, u, e) || !may_take(s, u, ep, why, e))
        return false;
    return !*why || err_rule(e, rule, "%s cannot be given to them: %s.", ep->was.ref, why);
}

struct allocate_args {
    char referral[REF_SIZE];
    char worker[CODE_SIZE];
};
static const struct field allocate_fields[] = {
    ARG_REFERRAL(allocate_args),
    {"worker", "Worker", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(allocate_args, worker), .set = "user",
     .help = "login"},
};

static bool allocate_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                         struct err *e)
{
    const struct allocate_args *a = args;
    struct episode ep;
    struct user worker;
    (void)given;
    if (!episode_for(s, a->referral, "allocate", &ep, e) || !must_take(s, "R06", a->worker, &ep, &worker, e))
        return false;
    bool first_word = !*ep.was.accepted_on; /* allocated straight from triage: the referrer hears of it too */
    ep.now.worker_id = worker.id;
    today_text(s, ep.now.allocated_on);
    if (first_word)
        today_text(s, ep.now.accepted_on);
    if (!episode_move(s, &ep, "allocate", "allocated", o, e))
        return false;
    outcome_say(o, "%s is with %s. Next: `onward referral contact %s mode=.. outcome=..`.",
                ep.was.ref, worker.login, ep.was.ref);
    return (!first_word || answer_owe(s, &ep, "accepted", o, e)) && episode_recheck(s, &ep, o, e);
}
const struct verb referral_allocate =
    VERB("referral allocate", "Gives a referral to a worker who covers its neighbourhood.",
         ROLE_CARE, allocate_fields, allocate_args, allocate_run);

struct reallocate_args {
    char referral[REF_SIZE];
    char worker[CODE_SIZE];
    char reason[LONG_SIZE];
};
static const struct field reallocate_fields[] = {
    ARG_REFERRAL(reallocate_args),
    {"worker", "Worker", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(reallocate_args, worker),
     .set = "user", .help = "login"},
    {"reason", "Reason", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL,
     FIELD_TEXT_AT(reallocate_args, reason), .max = ARG_LONG},
};

/* The worker's name and telephone stand in rows that organisations hold: those are due an update. */
static bool give_to(struct session *s, struct episode *ep, const struct user *worker,
                    const char *reason, struct outcome *o, struct err *e)
{
    ep->now.worker_id = worker->id;
    text_put(ep->now.move_reason, sizeof ep->now.move_reason, reason);
    return episode_move(s, ep, "reallocate", "reallocated", o, e) &&
           handoffs_mark_update_referral(s, ep->was.id, e);
}

static bool reallocate_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                           struct err *e)
{
    const struct reallocate_args *a = args;
    struct episode ep;
    struct user worker;
    (void)given;
    if (!episode_for(s, a->referral, "reallocate", &ep, e) ||
        !must_take(s, "R07", a->worker, &ep, &worker, e))
        return false;
    if (worker.id == ep.was.worker_id)
        return err_field(e, "worker", "%s is with %s already.", ep.was.ref, worker.login);
    if (!give_to(s, &ep, &worker, a->reason, o, e))
        return false;
    outcome_say(o, "%s is now with %s.", ep.was.ref, worker.login);
    return true;
}
const struct verb referral_reallocate =
    VERB("referral reallocate", "Moves a referral to another worker.",
         ROLE_CARE, reallocate_fields, reallocate_args, reallocate_run);

/* One step moves at most so many: more than any worker's caseload, and small enough to undo at a stroke. */
enum { REALLOCATE_MOST = 500 };

struct reallocate_all_args {
    char from[CODE_SIZE], to[CODE_SIZE];
    char reason[LONG_SIZE];
};
static const struct field reallocate_all_fields[] = {
    {"from", "From", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(reallocate_all_args, from), .set = "user",
     .help = "login of the worker who has them"},
    {"to", "To", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(reallocate_all_args, to), .set = "user",
     .help = "login of the worker who takes them"},
    {"reason", "Reason", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL,
     FIELD_TEXT_AT(reallocate_all_args, reason), .max = ARG_LONG},
};

struct move_counts {
    int64_t moved, left;
    char first_why[200];
};

/* One of many: what cannot go stays, with the first reason kept. Records this user may not see stay
 * without a word. */
static bool reallocate_one(struct session *s, int64_t id, const struct user *to, const char *reason,
                           struct move_counts *c, struct err *e)
{
    struct episode ep;
    struct err hidden;
    char why[160];
    if (!episode_find_by_id(s, id, &ep, &hidden)) {
        if (hidden.code == ERR_NOT_FOUND)
            return true;
        *e = hidden;
        return false;
    }
    if (!workflow_allows(MACHINE_REFERRAL, ep.was.state, "reallocate", session_roles(s), e) ||
        !may_take(s, to, &ep, why, e))
        return false;
    if (*why) {
        if (c->left++ == 0)
            snprintf(c->first_why, sizeof c->first_why, "%s: %s", ep.was.ref, why);
        return true;
    }
    c->moved++;
    return give_to(s, &ep, to, reason, NULL, e);
}

static bool reallocate_all_run(struct session *s, const void *args, uint64_t given,
                               struct outcome *o, struct err *e)
{
    const struct reallocate_all_args *a = args;
    struct user from, to;
    int64_t *ids;
    size_t n;
    (void)given;
    if (!find_user(s, a->from, &from, e) || !find_user(s, a->to, &to, e))
        return false;
    if (from.id == to.id)
        return err_field(e, "to", "from and to are the same worker.");
    if (!referrals_with_worker(s->db, from.id, &ids, &n, e))
        return false;
    if (n > REALLOCATE_MOST) {
        free(ids);
        return err_rule(e, "R07",
                        "%s has %zu referrals; one step moves at most %d. Reallocate some of them "
                        "one by one first.",
                        from.login, n, REALLOCATE_MOST);
    }
    struct move_counts c = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = reallocate_one(s, ids[i], &to, a->reason, &c, e);
    free(ids);
    if (!ok)
        return false;
    if (!c.moved && c.left)
        return err_rule(e, "R07", "None of the referrals of %s can go to %s (%s).", from.login,
                        to.login, c.first_why);
    engine_step_title(s, "reallocated %lld referrals from %s to %s", (long long)c.moved, from.login,
                      to.login);
    text_put(o->kind, sizeof o->kind, "worker");
    text_put(o->ref, sizeof o->ref, to.login);
    o->detail = json_pack("{s:I, s:I}", "moved", (json_int_t)c.moved, "left", (json_int_t)c.left);
    outcome_say(o, "%lld %s moved from %s to %s.", (long long)c.moved,
                c.moved == 1 ? "referral" : "referrals", from.login, to.login);
    if (c.left)
        outcome_say(o, "%lld stayed (%s).", (long long)c.left, c.first_why);
    o->partly = c.left > 0;
    return true;
}
const struct verb referral_reallocate_all =
    VERB("referral reallocate-all", "Moves every referral of one worker to another, as one step.",
         ROLE_MANAGER, reallocate_all_fields, reallocate_all_args, reallocate_all_run);

struct return_args {
    char referral[REF_SIZE];
    char reason[LONG_SIZE];
};
static const struct field return_fields[] = {
    ARG_REFERRAL(return_args),
    {"reason", "Reason", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(return_args, reason),
     .max = ARG_LONG, .help = "the worker leaves, is away, ..."},
};

static bool return_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct return_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "return", &ep, e))
        return false;
    ep.now.worker_id = FIELD_ABSENT;
    *ep.now.allocated_on = *ep.now.pause_reason = *ep.now.paused_until = '\0';
    text_put(ep.now.move_reason, sizeof ep.now.move_reason, a->reason);
    if (!episode_move(s, &ep, "return", "returned to the list", o, e))
        return false;
    outcome_say(o, "%s is back on the waiting list, without a worker.", ep.was.ref);
    return episode_recheck(s, &ep, o, e);
}
const struct verb referral_return =
    VERB("referral return", "Returns a referral to the waiting list.",
         ROLE_CARE, return_fields, return_args, return_run);

/* SPDX-License-Identifier: MIT
 *
 * Handoffs at the desk, on their side: what an organisation said by
 * telephone, e-mail or visit, a stop they confirmed, and what we do with a
 * decline, silence or failure: review it or ask another service.
 */
#include <string.h>

#include "engine/handoff_verbs.h"

/* ---- reply */

struct reply_args {
    char handoff[REF_SIZE], status[CODE_SIZE], on[DATE_SIZE], how[CODE_SIZE], by[LINE_SIZE];
    char declined_by[CODE_SIZE], reason[CODE_SIZE], outcome[CODE_SIZE], note[NOTE_SIZE],
        expected[DATE_SIZE];
    char reference[LINE_SIZE], worker[LINE_SIZE];
};
static const struct field reply_fields[] = {
    ARG_HANDOFF(reply_args),
    {"status", "Status", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(reply_args, status),
     .choices = reply_statuses},
    {"on", "On", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(reply_args, on),
     .help = "the day they said it; today unless given"},
    {"how", "How", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(reply_args, how),
     .choices = reply_hows, .help = "phone, email or visit"},
    {"by", "Said by", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(reply_args, by), .max = ARG_LINE,
     .help = "who said it"},
    {"declined_by", "Declined by", FIELD_CHOICE, 0, FIELD_TEXT_AT(reply_args, declined_by),
     .choices = decliners},
    {"reason", "Reason", FIELD_CODE, 0, FIELD_TEXT_AT(reply_args, reason),
     .help = "a code of decline_reason or fail_reason"},
    {"outcome", "Outcome", FIELD_CODE, 0, FIELD_TEXT_AT(reply_args, outcome),
     .set = "handoff_outcome"},
    {"note", "Note", FIELD_NOTE, FIELD_PERSONAL, FIELD_TEXT_AT(reply_args, note), .max = ARG_NOTE},
    {"expected", "Expected on", FIELD_DATE, 0, FIELD_TEXT_AT(reply_args, expected),
     .help = "when a waiting list should end"},
    {"reference", "Their reference", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(reply_args, reference),
     .max = ARG_LINE},
    {"worker", "Their worker", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(reply_args, worker),
     .max = ARG_LINE},
};

/* What an answer must say besides its status, at the desk, where it can be asked. */
struct answer_needs {
    const char *status, *reason_set;
    bool declined_by, outcome;
};
static const struct answer_needs answer_needs[] = {
    {"declined", "decline_reason", true, false},
    {"could_not_complete", "fail_reason", false, false},
    {"completed", NULL, false, true},
};

static bool reply_is_whole(struct session *s, const struct reply_args *a, struct err *e)
{
    const struct answer_needs *n = NULL;
    for (size_t i = 0; i < COUNT_OF(answer_needs); i++)
        if (strcmp(answer_needs[i].status, a->status) == 0)
            n = &answer_needs[i];
    if (strcmp(a->how, "file") == 0)
        return err_field(e, "how",
                         "How: phone, email or visit; files are read by `onward import replies`.");
    if (n && n->declined_by && !*a->declined_by)
        return err_field(e, "declined_by", "Who declined: provider or person?");
    if (n && n->reason_set && !*a->reason)
        return err_field(e, "reason", "Say why: a code of %s (`onward code list set=%s`).",
                         n->reason_set, n->reason_set);
    if (n && n->outcome && !*a->outcome)
        return err_field(e, "outcome",
                         "Say what came of it: a code of handoff_outcome (`onward code list "
                         "set=handoff_outcome`).");
    if (!n || !n->reason_set)
        return true;
    struct field reason = *field_find(reply_fields, COUNT_OF(reply_fields), "reason");
    reason.set = n->reason_set;
    return code_check(s, &reason, a->reason, e);
}

static void reply_of(struct session *s, const struct reply_args *a, struct reply *r)
{
    record_init(&reply_type, r);
    text_put(r->status, sizeof r->status, a->status);
    today_text(s, r->on_date);
    if (*a->on)
        text_put(r->on_date, sizeof r->on_date, a->on);
    text_put(r->how, sizeof r->how, a->how);
    text_put(r->said_by, sizeof r->said_by, a->by);
    text_put(r->declined_by, sizeof r->declined_by, a->declined_by);
    text_put(r->reason, sizeof r->reason, a->reason);
    text_put(r->outcome, sizeof r->outcome, a->outcome);
    text_put(r->note, sizeof r->note, a->note);
    text_put(r->their_reference, sizeof r->their_reference, a->reference);
    text_put(r->their_worker, sizeof r->their_worker, a->worker);
}

static void say_next(struct outcome *o, const struct handoff *h)
{
    if (strcmp(h->state, "declined") == 0 || strcmp(h->state, "failed") == 0)
        outcome_say(o,
                    "Ask another service with `onward handoff re-route %s service=..`, or let it "
                    "rest with `onward handoff review %s final=yes`.",
                    h->ref, h->ref);
}

static bool run_reply(struct session *s, const void *args, uint64_t given, struct outcome *o,
                      struct err *e)
{
    const struct reply_args *a = args;
    struct handoff h;
    struct person p;
    struct reply r;
    if (!find_handoff(s, a->handoff, &h, &p, e) || !reply_is_whole(s, a, e) ||
        !codes_check(s, reply_fields, COUNT_OF(reply_fields), a, given, e))
        return false;
    if (strcmp(a->status, "stopped") == 0 && handoff_owes_stop(&h))
        return err_rule(e, "H20",
                        "A stop told by telephone says by whom and to whom: onward handoff "
                        "stop-confirmed %s by=.. how=%s",
                        h.ref, a->how);
    reply_of(s, a, &r);
    if (handoff_judge_reply(s, &h, &r, "", false, e) == REPLY_REFUSED)
        return false;
    if (!handoff_apply_told(s, &h, &r, "", false, a->expected, e))
        return false;
    engine_step_title(s, "recorded an answer to %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    if (strcmp(r.verdict, "applied") == 0) {
        outcome_say(o, "%s: %s.", h.ref, choice_label(handoff_states, h.state));
        say_next(o, &h);
    } else {
        outcome_say(o, "%s stays as it is (%s): %s.", h.ref, choice_label(handoff_states, h.state),
                    r.why);
    }
    return true;
}
const struct verb handoff_reply =
    VERB("handoff reply", "Records what an organisation said by telephone, e-mail or visit.",
         ROLE_CARE, reply_fields, reply_args, run_reply);

/* ---- stop-confirmed */

struct stop_args {
    char handoff[REF_SIZE], by[LINE_SIZE], to[LINE_SIZE], on[DATE_SIZE], how[CODE_SIZE];
};
static const struct field stop_fields[] = {
    ARG_HANDOFF(stop_args),
    {"by", "By", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(stop_args, by),
     .max = ARG_LINE, .help = "who at the organisation said so"},
    {"to", "To", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(stop_args, to), .max = ARG_LINE,
     .help = "who was told; you unless given"},
    {"on", "On", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(stop_args, on),
     .help = "today unless given"},
    {"how", "How", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(stop_args, how),
     .choices = reply_hows, .help = "phone, email or visit"},
};

static bool run_stop_confirmed(struct session *s, const void *args, uint64_t given,
                               struct outcome *o, struct err *e)
{
    const struct stop_args *a = args;
    struct handoff h;
    struct person p;
    char on[DATE_SIZE];
    struct buf note = {0};
    (void)given;
    if (!find_handoff(s, a->handoff, &h, &p, e))
        return false;
    if (strcmp(a->how, "file") == 0)
        return err_field(
            e, "how", "How: phone, email or visit; a reply file confirms a stop by its own row.");
    if (!handoff_owes_stop(&h))
        return err_rule(e, "H20", "%s owes no stop (%s).", h.ref,
                        choice_label(handoff_states, h.state));
    today_text(s, on);
    if (*a->on)
        text_put(on, sizeof on, a->on);
    if (date_parse(on) < instant_day(h.stop_owed_at))
        return err_field(e, "on", "%s is before the stop was asked for.", on);
    buf_fmt(&note, "%s, to %s", a->by, *a->to ? a->to : s->user.name);
    struct handoff_step step = {
        .action = "stop_confirmed", .how = a->how, .on_date = on, .reply_id = FIELD_ABSENT};
    bool ok = handoff_confirm_stop(s, &h, &step, buf_text(&note), e);
    buf_free(&note);
    if (!ok)
        return false;
    engine_final(s);
    engine_step_title(s, "recorded that %s is stopped", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(o, "%s: they confirmed on %s that they stopped.", h.ref, on);
    return true;
}
const struct verb handoff_stop_confirmed =
    VERB("handoff stop-confirmed",
         "Records that an organisation confirmed a stop by telephone, e-mail or visit.", ROLE_CARE,
         stop_fields, stop_args, run_stop_confirmed);

/* ---- review */

struct review_args {
    char handoff[REF_SIZE];
    int64_t final;
    char note[LONG_SIZE];
};
static const struct field review_fields[] = {
    ARG_HANDOFF(review_args),
    {"final", "Final", FIELD_FLAG, FIELD_REQUIRED, FIELD_INT_AT(review_args, final),
     .help = "no: back to the worker, with a note"},
    {"note", "Note", FIELD_TEXT, 0, FIELD_TEXT_AT(review_args, note), .max = ARG_LONG},
};

static bool run_review(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct review_args *a = args;
    struct handoff h, before;
    struct person p;
    (void)given;
    if (!handoff_for(s, a->handoff, "review", &h, &p, e))
        return false;
    if (a->final != 1 && !*a->note)
        return err_field(e, "note", "Say in note= what the worker should look at again.");
    before = h;
    h.worker_told = 0; /* a worker who reviews knows: the move sets it */
    struct handoff_step step = {
        .action = "review", .how = "desk", .note = a->note, .reply_id = FIELD_ABSENT};
    if (a->final == 1) {
        today_text(s, h.reviewed_on);
        h.reviewed_by = s->user.id;
    }
    if (!(a->final == 1
              ? handoff_move_from(s, &before, &h, &step, e)
              : handoff_tell_worker(s, &h, &step, e) &&
                    handoff_note_event(s, &h, &step, "history", e) &&
                    handoff_write(s, &before, &h, e)))
        return false;
    engine_step_title(s, "reviewed %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(
        o, a->final == 1 ? "%s was reviewed and rests." : "%s goes back to the worker.",
        h.ref);
    return true;
}
const struct verb handoff_review =
    VERB("handoff review",
         "Reviews one that was declined or not completed: it rests, or goes back to the worker.",
         ROLE_CARE | ROLE_REP, review_fields, review_args, run_review);

/* ---- re-route */

struct re_route_args {
    char handoff[REF_SIZE], service[REF_SIZE];
};
static const struct field re_route_fields[] = {
    ARG_HANDOFF(re_route_args),
    {"service", "Service", FIELD_REF, FIELD_REQUIRED | FIELD_POSITIONAL,
     FIELD_TEXT_AT(re_route_args, service), .help = "the other one, SV-....-...."},
};

/* The old one is settled: reviewed by being passed on; where nobody answered they are told to stop.
 */
static bool leave_behind(struct session *s, struct handoff *h, const char *next, struct err *e)
{
    struct handoff before = *h;
    struct handoff_step step = {
        .action = "re_route", .how = "desk", .note = next, .reply_id = FIELD_ABSENT};
    bool silent = strcmp(h->state, "no_response") == 0;
    today_text(s, h->reviewed_on);
    h->reviewed_by = s->user.id;
    return handoff_move_from(s, &before, h, &step, e) &&
           (!silent || handoff_withdraw_as(s, h, "no_longer_needed", next, "desk", e));
}

static bool run_re_route(struct session *s, const void *args, uint64_t given, struct outcome *o,
                         struct err *e)
{
    const struct re_route_args *a = args;
    struct handoff old, h;
    struct referral r;
    struct person p;
    struct service v;
    (void)given;
    if (!handoff_for(s, a->handoff, "re_route", &old, &p, e) ||
        !find_service(s, a->service, &v, e) ||
        !record_load(s->db, &referral_type, old.referral_id, &r, e))
        return false;
    if (v.id == old.service_id)
        return err_field(e, "service",
                         "%s is the service that was asked; name another, or plan it again.",
                         v.ref);
    record_init(&handoff_type, &h);
    text_put(h.need, sizeof h.need, old.need);
    text_put(h.summary, sizeof h.summary, old.summary);
    text_put(h.goals, sizeof h.goals, old.goals);
    h.urgent = old.urgent;
    h.previous_id = old.id;
    h.service_id = v.id;
    h.organisation_id = v.organisation_id;
    if (!handoff_make(s, &r, &p, &h, e) || !leave_behind(s, &old, h.ref, e))
        return false;
    engine_step_title(s, "re-routed %s", old.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(o, "%s is planned in place of %s. Send it with `onward handoff send %s`.", h.ref,
                old.ref, h.ref);
    if (handoff_owes_stop(&old))
        outcome_say(o, "%s never answered: the first organisation is told tonight to stop.",
                    old.ref);
    return true;
}
const struct verb handoff_re_route =
    VERB("handoff re-route",
         "Plans the same need with another service after a decline, silence or failure.", ROLE_CARE,
         re_route_fields, re_route_args, run_re_route);

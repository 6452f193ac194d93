/* SPDX-License-Identifier: MIT
 *
 * Handoffs at the desk, on our side: planned, sent through the gates, asked
 * for again, corrected, withdrawn, marked as error. What organisations
 * answer is in handoff_answer.c.
 */
#include <string.h>

#include "engine/consents.h"
#include "engine/handoff_verbs.h"
#include "store/handoffs.h"

bool handoff_for(struct session *s, const char *ref, const char *action, struct handoff *h,
                 struct person *p, struct err *e)
{
    return find_handoff(s, ref, h, p, e) &&
           workflow_allows(MACHINE_HANDOFF, h->state, action, session_roles(s), e);
}

/* ---- plan */

struct plan_args {
    char referral[REF_SIZE], need[CODE_SIZE], service[REF_SIZE];
    int64_t urgent;
    char summary[NOTE_SIZE], goals[LONG_SIZE], previous[REF_SIZE];
};
static const struct field plan_fields[] = {
    ARG_REFERRAL(plan_args),
    {"need", "Need", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(plan_args, need), .set = "need",
     .help = "one of the referral's needs"},
    {"service", "Service", FIELD_REF, FIELD_REQUIRED, FIELD_TEXT_AT(plan_args, service),
     .help = "its reference, SV-....-...."},
    {"urgent", "Urgent", FIELD_FLAG, 0, FIELD_INT_AT(plan_args, urgent),
     .help = "they are also to be rung"},
    {"summary", "Summary", FIELD_NOTE, FIELD_PERSONAL, FIELD_TEXT_AT(plan_args, summary),
     .max = ARG_NOTE, .help = "what they need to know, no more"},
    {"goals", "Goals", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(plan_args, goals), .max = ARG_LONG,
     .help = "what the person hopes for"},
    {"previous", "Follows", FIELD_REF, 0, FIELD_TEXT_AT(plan_args, previous),
     .help = "the handoff that this one follows"},
};

/* One open handoff per need and service. *last: the newest that has ended, FIELD_ABSENT when none.
 */
static bool none_asks_already(struct session *s, const struct handoff *h, int64_t *last,
                              struct err *e)
{
    char open[REF_SIZE] = "";
    struct stmt *st = handoffs_asked(s->db, h->person_id, h->need, h->service_id, e);
    if (!st)
        return false;
    *last = FIELD_ABSENT;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        if (col_int(st, 0) == h->id)
            continue;
        if (!*open && handoff_is_open(col_text(st, 2)))
            text_put(open, sizeof open, col_text(st, 1));
        else if (*last == FIELD_ABSENT && strcmp(col_text(st, 2), "error") != 0)
            *last = col_int(st, 0);
    }
    if (step == STEP_FAILED)
        return false;
    return !*open ||
           err_rule(e, "H01",
                    "%s asks this service for this need already; one at a time. Withdraw it first.",
                    open);
}

static bool its_referral_is_open(const struct referral *r, struct err *e)
{
    return referral_is_open(r->state) ||
           err_rule(e, "H01", "%s is %s; a handoff needs an open referral.", r->ref,
                    choice_label(referral_states, r->state));
}

bool handoff_may_be_open(struct session *s, const struct handoff *h, struct err *e)
{
    struct referral r;
    int64_t last;
    return record_load(s->db, &referral_type, h->referral_id, &r, e) &&
           its_referral_is_open(&r, e) && none_asks_already(s, h, &last, e);
}

bool handoff_make(struct session *s, const struct referral *r, const struct person *p,
                  struct handoff *h, struct err *e)
{
    bool has_need;
    int64_t last;
    struct handoff_step step = {.action = "plan", .how = "desk", .reply_id = FIELD_ABSENT};
    if (!workflow_allows(MACHINE_HANDOFF, "", "plan", session_roles(s), e))
        return false;
    if (!its_referral_is_open(r, e))
        return false;
    if (!handoff_need_of_referral(s->db, r->id, h->need, &has_need, e))
        return false;
    if (!has_need)
        return err_rule(e, "H01",
                        "%s is not a need of %s. Add it first: onward need add %s need=%s",
                        session_code_label(s, "need", h->need), r->ref, r->ref, h->need);
    h->referral_id = r->id;
    h->person_id = p->id;
    if (!none_asks_already(s, h, &last, e))
        return false;
    if (h->previous_id == FIELD_ABSENT)
        h->previous_id = last;
    h->revision = 1;
    h->worker_told = 1;
    h->state_at = session_now(s);
    text_put(h->state, sizeof h->state, "draft");
    return engine_insert(s, &handoff_type, h, p->ref, e) &&
           handoff_note_event(s, h, &step, "moved", e);
}

static bool run_plan(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct plan_args *a = args;
    struct referral r;
    struct person p;
    struct service v;
    struct handoff h, previous;
    record_init(&handoff_type, &h);
    if (!find_referral(s, a->referral, &r, &p, e) ||
        !codes_check(s, plan_fields, COUNT_OF(plan_fields), a, given, e) ||
        !find_service(s, a->service, &v, e))
        return false;
    if (*a->previous) {
        if (!find_handoff(s, a->previous, &previous, NULL, e))
            return false;
        if (previous.person_id != p.id)
            return err_field(e, "previous", "%s is of another person.", previous.ref);
        h.previous_id = previous.id;
    }
    text_put(h.need, sizeof h.need, a->need);
    text_put(h.summary, sizeof h.summary, a->summary);
    text_put(h.goals, sizeof h.goals, a->goals);
    h.urgent = a->urgent == 1;
    h.service_id = v.id;
    h.organisation_id = v.organisation_id;
    if (!handoff_make(s, &r, &p, &h, e))
        return false;
    engine_step_title(s, "planned %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(o,
                "%s is planned: %s with %s. Send it with `onward handoff send %s`; `onward handoff "
                "why %s` shows what stands in its way.",
                h.ref, session_code_label(s, "need", h.need), v.ref, h.ref, h.ref);
    return true;
}
const struct verb handoff_plan =
    VERB("handoff plan", "Plans a handoff: one need of a referral, to one service.", ROLE_CARE,
         plan_fields, plan_args, run_plan);

/* ---- send */

struct one_args {
    char handoff[REF_SIZE];
};
static const struct field one_fields[] = {ARG_HANDOFF(one_args)};

static void say_shut(struct outcome *o, const struct gate_state gates[GATE_COUNT])
{
    o->partly = true;
    for (int i = 0; i < GATE_COUNT; i++)
        if (!gates[i].open)
            outcome_say(o, "%s: %s", gate_labels[i], gates[i].reason);
}

static void say_ring(struct outcome *o, const struct handoff *h)
{
    if (h->urgent == 1 && !*h->rung_on)
        outcome_say(o, "It is urgent: ring them too, then say so with `onward handoff rung %s`.",
                    h->ref);
}

static bool run_send(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct one_args *a = args;
    struct handoff h;
    struct person p;
    struct gate_state gates[GATE_COUNT];
    bool open;
    (void)given;
    if (!handoff_for(s, a->handoff, "send", &h, &p, e) ||
        !handoff_ask_gates(s, &h, gates, NULL, &open, e))
        return false;
    struct handoff_step step = {
        .action = "send", .to = open ? "queued" : "held", .how = "desk", .reply_id = FIELD_ABSENT};
    if (!handoff_move(s, &h, &step, e) || (!open && !handoff_keep_gates(s, &h, gates, e)))
        return false;
    engine_step_title(s, "sent %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    if (open) {
        outcome_say(o, "%s goes tonight.", h.ref);
        say_ring(o, &h);
    } else {
        outcome_say(o, "%s is held, and goes by itself once nothing stands in its way.", h.ref);
        say_shut(o, gates);
    }
    return true;
}
const struct verb handoff_send =
    VERB("handoff send", "Sends a planned handoff tonight, or holds it and says why.", ROLE_CARE,
         one_fields, one_args, run_send);

/* ---- again */

static bool run_again(struct session *s, const void *args, uint64_t given, struct outcome *o,
                      struct err *e)
{
    const struct one_args *a = args;
    struct handoff h, before;
    struct person p;
    struct gate_state gates[GATE_COUNT];
    bool open;
    (void)given;
    if (!find_handoff(s, a->handoff, &h, &p, e))
        return false;
    if (strcmp(h.state, "held") != 0)
        return err_rule(e, "H04", "%s is not held (%s); there is nothing to ask for again.", h.ref,
                        choice_label(handoff_states, h.state));
    if (!handoff_ask_gates(s, &h, gates, NULL, &open, e))
        return false;
    before = h;
    today_text(s, h.asked_again_on);
    struct handoff_step step = {.action = "release", .how = "run", .reply_id = FIELD_ABSENT};
    if (!(open ? handoff_move_from(s, &before, &h, &step, e)
               : handoff_write(s, &before, &h, e) && handoff_keep_gates(s, &h, gates, e)))
        return false;
    engine_step_title(s, "asked again for %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(
        o, open ? "%s is still wanted and goes tonight." : "%s is still wanted, and still held.",
        h.ref);
    if (!open)
        say_shut(o, gates);
    return true;
}
const struct verb handoff_again =
    VERB("handoff again", "Says that a handoff held for long is still wanted.", ROLE_CARE,
         one_fields, one_args, run_again);

/* ---- update */

struct update_args {
    char handoff[REF_SIZE];
    int64_t version;
    int64_t urgent;
    char summary[NOTE_SIZE], goals[LONG_SIZE];
};
static const struct field update_fields[] = {
    ARG_HANDOFF(update_args),
    ARG_VERSION(update_args),
    {"urgent", "Urgent", FIELD_FLAG, 0, FIELD_INT_AT(update_args, urgent)},
    {"summary", "Summary", FIELD_NOTE, FIELD_PERSONAL, FIELD_TEXT_AT(update_args, summary),
     .max = ARG_NOTE, .help = "what they need to know, no more"},
    {"goals", "Goals", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(update_args, goals),
     .max = ARG_LONG, .help = "what the person hopes for"},
};

/* An ending that can be reopened is one by an answer. */
bool handoff_takes_correction(const struct handoff *h)
{
    return !*h->stop_reason && (handoff_takes_update(h->state) ||
                                workflow_find(MACHINE_HANDOFF, h->state, "reopen") != NULL);
}

static bool run_update(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct update_args *a = args;
    struct handoff h, before;
    struct person p;
    struct gate_state gates[GATE_COUNT];
    bool open = true, left;
    if (!find_handoff(s, a->handoff, &h, &p, e) ||
        !engine_unchanged(s, &handoff_type, &h, a->version, e))
        return false;
    left = handoff_was_sent(&h);
    if (left ? !handoff_takes_correction(&h) : !handoff_is_open(h.state))
        return err_rule(e, "handoff.update",
                        "%s is %s: nothing more is sent about it but the stop.", h.ref,
                        choice_label(handoff_states, h.state));
    before = h;
    if (was_given(s->verb, given, "urgent"))
        h.urgent = a->urgent == 1;
    if (was_given(s->verb, given, "summary"))
        text_put(h.summary, sizeof h.summary, a->summary);
    if (was_given(s->verb, given, "goals"))
        text_put(h.goals, sizeof h.goals, a->goals);
    h.update_due = left;
    if (!handoff_write(s, &before, &h, e) ||
        (left && !handoff_ask_gates(s, &h, gates, NULL, &open, e)))
        return false;
    engine_step_title(s, "updated %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    if (!left)
        outcome_say(o, "%s was changed; it had not left.", h.ref);
    else
        outcome_say(o,
                    open ? "A correction to %s goes tonight."
                         : "A correction to %s goes once nothing stands in its way.",
                    h.ref);
    if (!open)
        say_shut(o, gates);
    return true;
}
const struct verb handoff_update =
    VERB("handoff update", "Changes what a handoff says, and sends a correction where it has left.",
         ROLE_CARE, update_fields, update_args, run_update);

/* ---- rung */

struct rung_args {
    char handoff[REF_SIZE], on[DATE_SIZE];
};
static const struct field rung_fields[] = {
    ARG_HANDOFF(rung_args),
    {"on", "On", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(rung_args, on),
     .help = "today unless given"},
};

static bool run_rung(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct rung_args *a = args;
    struct handoff h, before;
    struct person p;
    (void)given;
    if (!find_handoff(s, a->handoff, &h, &p, e))
        return false;
    if (h.urgent != 1)
        return err_rule(e, "handoff.rung",
                        "%s is not urgent; what they said by telephone is recorded with `onward "
                        "handoff reply`.",
                        h.ref);
    before = h;
    today_text(s, h.rung_on);
    if (*a->on)
        text_put(h.rung_on, sizeof h.rung_on, a->on);
    if (!handoff_write(s, &before, &h, e))
        return false;
    engine_step_title(s, "rang about %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(o, "They were rung about %s on %s.", h.ref, h.rung_on);
    return true;
}
const struct verb handoff_rung =
    VERB("handoff rung", "Records that an organisation was rung about an urgent handoff.",
         ROLE_CARE, rung_fields, rung_args, run_rung);

/* ---- seen */

static bool run_seen(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct one_args *a = args;
    struct handoff h, before;
    struct person p;
    (void)given;
    if (!find_handoff(s, a->handoff, &h, &p, e))
        return false;
    before = h;
    h.worker_told = 1;
    if (!handoff_write(s, &before, &h, e))
        return false;
    engine_step_title(s, "read the news of %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(o, before.worker_told == 1 ? "There was no news of %s." : "The news of %s is read.",
                h.ref);
    return true;
}
const struct verb handoff_seen =
    VERB("handoff seen", "Says that the worker has read what an organisation answered.", ROLE_CARE,
         one_fields, one_args, run_seen);

/* ---- withdraw, error, reopen */

struct withdraw_args {
    char handoff[REF_SIZE], reason[CODE_SIZE], note[LONG_SIZE];
};
static const struct field withdraw_fields[] = {
    ARG_HANDOFF(withdraw_args),
    {"reason", "Reason", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(withdraw_args, reason),
     .choices = stop_reasons},
    {"note", "Note", FIELD_TEXT, 0, FIELD_TEXT_AT(withdraw_args, note), .max = ARG_LONG},
};

static void say_stopped(struct outcome *o, const struct handoff *h)
{
    if (handoff_owes_stop(h))
        outcome_say(
            o,
            "They are told tonight to stop and delete what we sent. Until they confirm it stays on "
            "the worklist; "
            "told by telephone, record it with `onward handoff stop-confirmed %s by=.. how=phone`.",
            h->ref);
    else
        outcome_say(o, "Nothing had left the building.");
}

static bool run_withdraw(struct session *s, const void *args, uint64_t given, struct outcome *o,
                         struct err *e)
{
    const struct withdraw_args *a = args;
    struct handoff h;
    struct person p;
    (void)given;
    if (!handoff_for(s, a->handoff, "withdraw", &h, &p, e) ||
        !handoff_withdraw_as(s, &h, a->reason, a->note, "desk", e))
        return false;
    engine_step_title(s, "withdrew %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(o, "%s is withdrawn.", h.ref);
    say_stopped(o, &h);
    return true;
}
const struct verb handoff_withdraw =
    VERB("handoff withdraw", "Withdraws a handoff; where it has left they are told to stop.",
         ROLE_CARE, withdraw_fields, withdraw_args, run_withdraw);

struct reason_args {
    char handoff[REF_SIZE], reason[LONG_SIZE];
};
static const struct field reason_fields[] = {
    ARG_HANDOFF(reason_args),
    {"reason", "Reason", FIELD_TEXT, FIELD_REQUIRED, FIELD_TEXT_AT(reason_args, reason),
     .max = ARG_LONG},
};

static bool run_error(struct session *s, const void *args, uint64_t given, struct outcome *o,
                      struct err *e)
{
    const struct reason_args *a = args;
    struct handoff h, before;
    struct person p;
    (void)given;
    if (!handoff_for(s, a->handoff, "error", &h, &p, e))
        return false;
    before = h;
    h.update_due = 0;
    if (handoff_was_sent(&h) && !*h.stop_reason) {
        text_put(h.stop_reason, sizeof h.stop_reason, "sent_in_error");
        h.stop_owed_at = session_now(s);
        h.stop_batch_id = FIELD_ABSENT;
    }
    struct handoff_step step = {
        .action = "error", .how = "desk", .note = a->reason, .reply_id = FIELD_ABSENT};
    if (!handoff_move_from(s, &before, &h, &step, e))
        return false;
    engine_step_title(s, "marked %s as error", h.ref);
    outcome_of(o, &handoff_type, &h);
    outcome_say(o, "%s is marked as entered in error.", h.ref);
    if (!*h.stop_confirmed_on)
        say_stopped(o, &h);
    return true;
}
const struct verb handoff_error =
    VERB("handoff error", "Marks a handoff as entered in error; where it has left a stop is owed.",
         ROLE_CARE, reason_fields, reason_args, run_error);

static bool run_reopen(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct reason_args *a = args;
    struct handoff h, before;
    struct person p;
    int64_t stopped = 0;
    (void)given;
    if (!handoff_for(s, a->handoff, "reopen", &h, &p, e) || !handoff_may_be_open(s, &h, e))
        return false;
    before = h;
    /* What the mistaken answer said goes, and its place in the order of answers with it. */
    *h.declined_by = *h.reason = *h.outcome = *h.outcome_on = *h.reviewed_on = *h.last_reply_on =
        *h.last_reply_key = '\0';
    h.reviewed_by = FIELD_ABSENT;
    h.update_due = 1; /* details that changed while it was ended were not sent */
    struct handoff_step step = {
        .action = "reopen", .how = "desk", .note = a->reason, .reply_id = FIELD_ABSENT};
    /* A withdrawal recorded while it was ended stopped nothing; now there is something to stop. */
    if (!handoff_move_from(s, &before, &h, &step, e) ||
        !consents_against(s, h.person_id, consent_stops, NULL, &stopped, e) ||
        !record_load(s->db, &handoff_type, h.id, &h, e))
        return false;
    engine_step_title(s, "reopened %s", h.ref);
    outcome_of(o, &handoff_type, &h);
    if (stopped) {
        outcome_say(o, "The answer is taken back, and what the person withdrew meanwhile holds.");
        say_stopped(o, &h);
    } else {
        outcome_say(o, "%s is open again: %s.", h.ref, choice_label(handoff_states, h.state));
    }
    return true;
}
const struct verb handoff_reopen =
    VERB("handoff reopen", "Takes back an answer that was sent by mistake.", ROLE_CARE,
         reason_fields, reason_args, run_reopen);

/* SPDX-License-Identifier: MIT
 *
 * The clocks of a referral, a handoff, a flag and an owed answer, as lines of
 * the worklist. A line exists only while the record says that something is to
 * be done, so nothing is ever ticked off by hand.
 *
 * A clock that warns ahead (triage, first contact, consent) shows from its
 * start, its lateness negative; every other shows from the day it is due.
 */
#include "onward/clock.h"

#include <string.h>

#include "onward/settings.h"
#include "onward/workflow.h"
#include "words.h"

const char *const task_names[TASK_COUNT] = {
    [TASK_STOP] = "stop",
    [TASK_SAFEGUARDING] = "safeguarding",
    [TASK_RING_URGENT] = "ring_urgent",
    [TASK_FLAG] = "flag",
    [TASK_CALL_BACK] = "call_back",
    [TASK_DECLINED] = "declined",
    [TASK_TRIAGE] = "triage",
    [TASK_FIRST_CONTACT] = "first_contact",
    [TASK_HELD] = "held",
    [TASK_UNDELIVERED] = "undelivered",
    [TASK_UNMATCHED] = "unmatched",
    [TASK_ANSWER] = "answer",
    [TASK_QUIET] = "quiet",
    [TASK_NO_REPLY] = "no_reply",
    [TASK_CONSENT] = "consent",
    [TASK_REVIEW] = "review",
    [TASK_IMPORTED] = "imported",
    [TASK_DRAFT] = "draft",
};
const char *const task_labels[TASK_COUNT] = {
    [TASK_STOP] = "Stop not confirmed",
    [TASK_SAFEGUARDING] = "Safeguarding",
    [TASK_RING_URGENT] = "Ring them too: urgent",
    [TASK_FLAG] = "Flag",
    [TASK_CALL_BACK] = "Call back",
    [TASK_DECLINED] = "Declined or not completed",
    [TASK_TRIAGE] = "Triage",
    [TASK_FIRST_CONTACT] = "First contact",
    [TASK_HELD] = "Held",
    [TASK_UNDELIVERED] = "Batch not delivered",
    [TASK_UNMATCHED] = "Reply not understood",
    [TASK_ANSWER] = "Answer the referrer",
    [TASK_QUIET] = "Quiet",
    [TASK_NO_REPLY] = "No reply or news",
    [TASK_CONSENT] = "Consent",
    [TASK_REVIEW] = "Review",
    [TASK_IMPORTED] = "Never asked (imported)",
    [TASK_DRAFT] = "Draft",
};

/* ---- lines */

struct lines {
    struct task_line *out;
    size_t count;
    const struct clock_rules *rules;
};

static int days_of(const struct clock_rules *r, enum setting which)
{
    return (int)r->setting[which];
}

static struct task_line *add(struct lines *l, enum task task, day_t due, const char *stops)
{
    struct task_line *line = &l->out[l->count++];
    *line = (struct task_line){.task = task, .due = due, .late = l->rules->today - due};
    words_say(line->stops, sizeof line->stops, "%s", stops);
    return line;
}

/* Only from the day on which it is due. */
static struct task_line *add_when_due(struct lines *l, enum task task, day_t due, const char *stops)
{
    return due == DATE_NONE || due > l->rules->today ? NULL : add(l, task, due, stops);
}

static struct task_line *add_workdays(struct lines *l, enum task task, day_t from, enum setting days, const char *stops)
{
    struct task_line *line = add(l, task, date_add_workdays(from, days_of(l->rules, days), &l->rules->holidays), stops);
    line->late = workdays_between(line->due, l->rules->today, &l->rules->holidays);
    line->workdays = true;
    return line;
}

#define WHAT(line, ...) words_say((line)->what, sizeof(line)->what, __VA_ARGS__)

static bool is(const char *text, const char *code)
{
    return strcmp(text, code) == 0;
}

/* The first of some days that is recorded. */
static day_t first_known(const char *a, const char *b, const char *c)
{
    const char *const days[] = {a, b, c};
    for (size_t i = 0; i < 3; i++)
        if (date_parse(days[i]) != DATE_NONE)
            return date_parse(days[i]);
    return DATE_NONE;
}

/* ---- a referral */

static void safeguarding(struct lines *l, const struct referral *ref, day_t received)
{
    char day[WORDS_DAY];
    struct task_line *line;
    if (is(ref->safeguarding, "concern")) {
        day_t safe = date_parse(ref->safe_on);
        line = add(l, TASK_SAFEGUARDING, safe == DATE_NONE ? received : safe, "Record how the concern was settled");
        if (safe == DATE_NONE)
            WHAT(line, "A concern is open; nothing is handed on");
        else
            WHAT(line, "A concern is open; handing on was found safe on %s", words_day(safe, day));
        return;
    }
    if (!is(ref->safeguarding, "not_yet") && *ref->safeguarding)
        return;
    /* To be asked at first contact: due once they were reached, or should have been. */
    day_t due = date_parse(ref->last_reached_on);
    if (due == DATE_NONE)
        due = date_add_workdays(received, days_of(l->rules, SET_FIRST_CONTACT_WORKDAYS), &l->rules->holidays);
    if ((line = add_when_due(l, TASK_SAFEGUARDING, due, "Ask, and record the answer")))
        WHAT(line, "The safeguarding question is not answered");
}

/* What an old system never asked. Triage asks for risk, so only past it is a missing one an import's. */
static void imported(struct lines *l, const struct referral *ref, const struct referral_facts *f, day_t received)
{
    char which[96] = "";
    if (is(ref->safeguarding, "not_asked"))
        words_add(which, sizeof which, ", ", "safeguarding");
    if (f->has_risk != 1 && !is(ref->state, "received"))
        words_add(which, sizeof which, ", ", "risk");
    if (f->contact_not_asked == 1)
        words_add(which, sizeof which, ", ", "consent to be contacted");
    if (!*which)
        return;
    struct task_line *line = add(l, TASK_IMPORTED, received, "Ask, and record the answer");
    WHAT(line, "Never asked: %s", which);
}

static void triage_or_first_contact(struct lines *l, const struct referral *ref, day_t received)
{
    if (is(ref->state, "received")) {
        WHAT(add_workdays(l, TASK_TRIAGE, received, SET_TRIAGE_WORKDAYS, "Accept it, allocate it or turn it away"),
             "Waiting for triage");
    } else if (is(ref->state, "waiting") && !*ref->last_try_on) {
        WHAT(add_workdays(l, TASK_FIRST_CONTACT, received, SET_FIRST_CONTACT_WORKDAYS, "Allocate it, or log a try at contact"),
             "No worker yet, and nobody has tried to reach them");
    } else if (is(ref->state, "allocated") && !*ref->last_try_on) {
        WHAT(add_workdays(l, TASK_FIRST_CONTACT, received, SET_FIRST_CONTACT_WORKDAYS, "Log a try at contact"),
             "Nobody has tried to reach them");
    }
}

static void quiet(struct lines *l, const struct referral *ref, const struct referral_facts *f, day_t received)
{
    bool is_active = is(ref->state, "active");
    if (!is_active && !(is(ref->state, "allocated") && *ref->last_try_on))
        return;
    day_t since = first_known(ref->last_reached_on, is_active ? ref->begun_on : "", ref->allocated_on);
    if (since == DATE_NONE)
        since = received;
    int days = l->rules->today - since;
    bool is_tried_out = !is_active && f->attempt_days >= days_of(l->rules, SET_ATTEMPT_DAYS);
    struct task_line *line = add_when_due(l, TASK_QUIET, since + days_of(l->rules, SET_QUIET_DAYS),
                                          is_tried_out ? "Log a contact that reached them, or close as unable to contact"
                                                       : "Log a contact that reached them");
    if (line)
        WHAT(line, "%sNo one has reached them for %d days", days >= days_of(l->rules, SET_VERY_QUIET_DAYS) ? "Very quiet. " : "", days);
}

static void reviews(struct lines *l, const struct referral *ref, day_t received)
{
    char day[WORDS_DAY];
    struct task_line *line;
    if (is(ref->state, "paused")) {
        day_t until = date_parse(ref->paused_until);
        if ((line = add_when_due(l, TASK_REVIEW, until, "Resume, pause anew or close")))
            WHAT(line, "Paused until %s", words_day(until, day));
        return;
    }
    if (!is(ref->state, "active"))
        return;
    day_t due = date_parse(ref->plan_review_on), begun = first_known(ref->begun_on, ref->allocated_on, "");
    if (due == DATE_NONE)
        due = (begun == DATE_NONE ? received : begun) + days_of(l->rules, SET_PLAN_REVIEW_DAYS);
    if ((line = add_when_due(l, TASK_REVIEW, due, "Review the plan with them and set the next day")))
        WHAT(line, "The plan was to be reviewed on %s", words_day(due, day));
}

static void consent(struct lines *l, const struct referral_facts *f)
{
    char day[WORDS_DAY];
    day_t ends = date_parse(f->consent_expires_on);
    if (ends == DATE_NONE || ends - l->rules->today > days_of(l->rules, SET_CONSENT_EXPIRING_DAYS))
        return;
    WHAT(add(l, TASK_CONSENT, ends, "Ask them again and record what they say"), "Consent to share %s on %s",
         ends < l->rules->today ? "expired" : "expires", words_day(ends, day));
}

size_t clock_referral(const struct clock_rules *r, const struct referral *ref, const struct referral_facts *f, struct task_line out[8])
{
    struct lines l = {.out = out, .rules = r};
    struct task_line *line;
    if (is(ref->state, "draft")) {
        if ((line = add_when_due(&l, TASK_DRAFT, instant_day(ref->created_at), "Submit it, or discard it")))
            WHAT(line, "Not submitted yet");
        return l.count;
    }
    if (!referral_is_open(ref->state))
        return 0;

    day_t received = date_parse(ref->received_on);
    if (received == DATE_NONE)
        received = instant_day(ref->created_at);
    safeguarding(&l, ref, received);
    if ((line = add_when_due(&l, TASK_CALL_BACK, date_parse(ref->call_back_on), "Call, and log the contact")))
        WHAT(line, "A call back was agreed");
    triage_or_first_contact(&l, ref, received);
    quiet(&l, ref, f, received);
    consent(&l, f);
    reviews(&l, ref, received);
    imported(&l, ref, f, received);
    return l.count;
}

/* ---- a handoff */

bool clock_reply_over(const struct clock_rules *r, const struct handoff *h)
{
    day_t by = date_parse(h->reply_by);
    return codes_have("exported,delivered,acknowledged", h->state) && by != DATE_NONE && r->today > by;
}

static day_t day_of(int64_t instant, day_t otherwise)
{
    return instant == FIELD_ABSENT || instant == 0 ? otherwise : instant_day(instant);
}

bool clock_held_long(const struct clock_rules *r, const struct handoff *h)
{
    day_t since = day_of(h->state_at, r->today), asked = date_parse(h->asked_again_on);
    return is(h->state, "held") && r->today - (asked > since ? asked : since) > days_of(r, SET_HELD_DAYS);
}

static void stop(struct lines *l, const struct handoff *h)
{
    char day[WORDS_DAY];
    day_t since = day_of(h->stop_owed_at, day_of(h->state_at, l->rules->today));
    if ((!*h->stop_reason && !is(h->state, "withdrawing")) || *h->stop_confirmed_on)
        return;
    bool has_gone = h->stop_batch_id != FIELD_ABSENT && h->stop_batch_id != 0;
    struct task_line *line = add(l, TASK_STOP, since, "Their answer to the stop, or their word: ring them, record by whom and when");
    WHAT(line, has_gone ? "They were asked to stop; not confirmed since %s" : "A stop is owed since %s; it goes with the next batch",
         words_day(since, day));
}

/* Until they have it in their hands and said so. */
static void ring_urgent(struct lines *l, const struct handoff *h)
{
    if (h->urgent != 1 || *h->rung_on || !codes_have("queued,exported,delivered,no_response", h->state))
        return;
    WHAT(add(l, TASK_RING_URGENT, day_of(h->queued_at, l->rules->today), "Ring them, and record it"),
         "Urgent: a file alone is too slow");
}

static void no_reply(struct lines *l, const struct handoff *h)
{
    char day[WORDS_DAY];
    day_t by = date_parse(h->reply_by);
    if (is(h->state, "no_response") || clock_reply_over(l->rules, h)) {
        day_t due = by == DATE_NONE ? day_of(h->state_at, l->rules->today) : by;
        WHAT(add(l, TASK_NO_REPLY, due, "Ring them and record what they say, or re-route"), "No reply; it was due by %s",
             words_day(due, day));
        return;
    }
    if (!codes_have("accepted,waitlisted,in_progress,on_hold", h->state))
        return;
    day_t last = date_parse(h->last_reply_on);
    if (last == DATE_NONE)
        last = day_of(h->state_at, l->rules->today);
    struct task_line *line = add_when_due(l, TASK_NO_REPLY, last + days_of(l->rules, SET_NEWS_DAYS), "Ring them and record what they say");
    if (line)
        WHAT(line, "No news since %s", words_day(last, day));
}

static void waiting_for_us(struct lines *l, const struct handoff *h)
{
    char day[WORDS_DAY];
    day_t since = day_of(h->state_at, l->rules->today);
    if (is(h->state, "draft")) {
        WHAT(add(l, TASK_DRAFT, since, "Send it, or withdraw it"), "Planned, not sent");
    } else if (is(h->state, "held")) {
        bool is_long = clock_held_long(l->rules, h);
        WHAT(add(l, TASK_HELD, since, is_long ? "Open its gates and say that it is still wanted, or withdraw it"
                                              : "Open the gates that it names, or withdraw it"),
             "Held since %s%s", words_day(since, day), is_long ? "; still wanted?" : "");
    } else if ((is(h->state, "declined") || is(h->state, "failed")) && !*h->reviewed_on) {
        const char *by = is(h->declined_by, "person") ? "the person" : "them";
        day_t on = date_parse(h->last_reply_on);
        struct task_line *line = add(l, TASK_DECLINED, on == DATE_NONE ? since : on, "Review it as final, or re-route");
        if (is(h->state, "declined"))
            WHAT(line, "Declined by %s", by);
        else
            WHAT(line, "They could not complete it");
    }
}

size_t clock_handoff(const struct clock_rules *r, const struct handoff *h, struct task_line out[4])
{
    struct lines l = {.out = out, .rules = r};
    stop(&l, h);
    ring_urgent(&l, h);
    waiting_for_us(&l, h);
    no_reply(&l, h);
    return l.count;
}

/* ---- a flag, an answer */

size_t clock_flag(const struct clock_rules *r, const struct flag *f, struct task_line out[1])
{
    struct lines l = {.out = out, .rules = r};
    struct task_line *line;
    if (!*f->resolved_on && (line = add_when_due(&l, TASK_FLAG, date_parse(f->due_on), "Resolve it with a note")))
        WHAT(line, "%s", f->message);
    return l.count;
}

size_t clock_answer(const struct clock_rules *r, const struct answer *a, struct task_line out[1])
{
    struct lines l = {.out = out, .rules = r};
    struct task_line *line;
    if (!*a->told_on && (line = add_when_due(&l, TASK_ANSWER, date_parse(a->owed_on), "Send the letter, and record how they were told")))
        WHAT(line, "The referrer is not told yet: %s", choice_label(answer_events, a->event));
    return l.count;
}

/* ---- order */

int task_compare(const struct task_line *a, const char *ref_a, const struct task_line *b, const char *ref_b)
{
    if (a->task != b->task)
        return a->task < b->task ? -1 : 1;
    if (a->late != b->late)
        return a->late > b->late ? -1 : 1;
    if (a->due != b->due)
        return a->due < b->due ? -1 : 1;
    return strcmp(ref_a, ref_b);
}

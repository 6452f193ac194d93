/* SPDX-License-Identifier: MIT
 *
 * Contacts and attempts (R08). The referral keeps the days that clocks need:
 * last tried, last reached, and the call-back that was agreed.
 */
#include <string.h>

#include "engine/referrals.h"

struct contact_args {
    char referral[REF_SIZE];
    struct contact c;
};
static const struct field contact_fields[] = {
    ARG_REFERRAL(contact_args),
    {"mode", "How", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(contact_args, c.mode),
     .choices = contact_modes},
    {"outcome", "What came of it", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(contact_args, c.outcome),
     .choices = contact_outcomes},
    {"on", "Date", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(contact_args, c.on_date),
     .help = "today unless given"},
    {"at_time", "Time", FIELD_TIME, 0, FIELD_TEXT_AT(contact_args, c.at_time), .help = "14:05"},
    {"minutes", "Minutes", FIELD_INT, 0, FIELD_INT_AT(contact_args, c.minutes), .min = 0, .max = 1440,
     .unit = "minutes"},
    {"note", "Note", FIELD_NOTE, FIELD_PERSONAL, FIELD_TEXT_AT(contact_args, c.note), .max = ARG_NOTE},
    {"call_back_on", "Call back on", FIELD_DATE, 0, FIELD_TEXT_AT(contact_args, c.call_back_on),
     .help = "agreed with the person"},
};

static void keep_later(char kept[DATE_SIZE], const char *date)
{
    if (strcmp(date, kept) > 0)
        text_put(kept, DATE_SIZE, date);
}

/* A contact on or after the day of a call-back was the call-back; an earlier one leaves it standing. */
static void note_days(struct referral *r, const struct contact *c)
{
    if (strcmp(c->outcome, "note") == 0)
        return;
    keep_later(r->last_try_on, c->on_date);
    if (strcmp(c->outcome, "reached") == 0)
        keep_later(r->last_reached_on, c->on_date);
    if (*c->call_back_on)
        text_put(r->call_back_on, sizeof r->call_back_on, c->call_back_on);
    else if (*r->call_back_on && strcmp(c->on_date, r->call_back_on) >= 0)
        *r->call_back_on = '\0';
}

static bool check_days(const struct episode *ep, const struct contact *c, struct err *e)
{
    if (*ep->was.received_on && strcmp(c->on_date, ep->was.received_on) < 0)
        return err_field(e, "on",
                         "%s was received on %s; a contact cannot be earlier. Put received_on "
                         "right first if that day is wrong: "
                         "onward referral edit %s received_on=..",
                         ep->was.ref, ep->was.received_on, ep->was.ref);
    if (*c->call_back_on && strcmp(c->call_back_on, c->on_date) < 0)
        return err_field(e, "call_back_on", "The call-back is before the contact itself.");
    return true;
}

static void say_next(const struct episode *ep, const struct contact *c, struct outcome *o)
{
    outcome_say(o, "Logged on %s: %s.", ep->was.ref, choice_label(contact_outcomes, c->outcome));
    if (*c->call_back_on)
        outcome_say(o, "Call back on %s.", c->call_back_on);
    if (strcmp(ep->was.safeguarding, "not_yet") == 0 && strcmp(c->outcome, "reached") == 0)
        outcome_say(o,
                    "The safeguarding question waits for its answer: onward referral safeguarding "
                    "%s answer=..",
                    ep->was.ref);
    if (strcmp(ep->was.state, "allocated") == 0 && strcmp(c->outcome, "reached") == 0)
        outcome_say(o, "If they agreed: `onward referral begin %s agreed=yes`.", ep->was.ref);
}

static bool contact_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                        struct err *e)
{
    const struct contact_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "contact", &ep, e))
        return false;
    struct contact c = a->c;
    c.referral_id = ep.was.id;
    if (!*c.on_date)
        today_text(s, c.on_date);
    if (!check_days(&ep, &c, e) || !engine_insert(s, &contact_type, &c, ep.person.ref, e))
        return false;
    note_days(&ep.now, &c);
    if (!episode_move(s, &ep, "contact", "logged a contact on", o, e))
        return false;
    o->detail = json_pack("{s:s}", "contact", c.ref);
    say_next(&ep, &c, o);
    return true;
}
static const struct verb contact_log =
    VERB("referral contact", "Logs a contact or an attempt.",
         ROLE_CARE, contact_fields, contact_args, contact_run);

const struct verb *const contact_verbs[] = {&contact_log, NULL};

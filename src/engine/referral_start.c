/* SPDX-License-Identifier: MIT
 *
 * Until a referral is received: started as a draft, put right, submitted or
 * discarded; and asked for again by someone else. A draft may lack anything;
 * submitting asks for what triage needs.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/consents.h"
#include "engine/referrals.h"
#include "store/referrals.h"

/* What a referrer tells; `r` is the referral in the arguments. */
#define ASKED(type)                                                                                           \
    {"source", "Source", FIELD_CODE, 0, FIELD_TEXT_AT(type, r.source), .set = "source",                       \
     .help = "who asked: gp, self, ..."},                                                                     \
    {"reason", "Reason", FIELD_NOTE, FIELD_PERSONAL, FIELD_TEXT_AT(type, r.reason), .max = ARG_NOTE,          \
     .help = "what was asked for, in the referrer's words"},                                                  \
    {"received_on", "Received on", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(type, r.received_on),                \
     .help = "today unless given"},                                                                           \
    {"referrer_name", "Referrer", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(type, r.referrer_name),           \
     .max = ARG_LINE},                                                                                        \
    {"referrer_role", "Referrer's role", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(type, r.referrer_role),    \
     .max = ARG_LINE},                                                                                        \
    {"referrer_organisation", "Referrer's organisation", FIELD_TEXT, FIELD_PERSONAL,                          \
     FIELD_TEXT_AT(type, r.referrer_organisation), .max = ARG_LINE},                                          \
    {"referrer_practice", "Referrer's practice", FIELD_ODS, 0, FIELD_TEXT_AT(type, r.referrer_practice),      \
     .set = "practice", .help = "ODS code"},                                                                  \
    {"referrer_phone", "Referrer's telephone", FIELD_PHONE, FIELD_PERSONAL,                                   \
     FIELD_TEXT_AT(type, r.referrer_phone)},                                                                  \
    {"referrer_email", "Referrer's e-mail", FIELD_EMAIL, FIELD_PERSONAL,                                      \
     FIELD_TEXT_AT(type, r.referrer_email)},                                                                  \
    {"urgent", "Urgent", FIELD_FLAG, 0, FIELD_INT_AT(type, r.urgent)},                                        \
    {"neighbourhood", "Neighbourhood", FIELD_CODE, 0, FIELD_TEXT_AT(type, r.neighbourhood),                   \
     .set = "neighbourhood", .help = "the person's unless given"},                                            \
    {"second_reason", "Why a second referral", FIELD_TEXT, FIELD_PERSONAL,                                    \
     FIELD_TEXT_AT(type, r.second_reason), .max = ARG_LONG},                                                  \
    {"safeguarding", "Safeguarding", FIELD_CHOICE, 0, FIELD_TEXT_AT(type, r.safeguarding),                    \
     .choices = safeguarding_answers},                                                                        \
    {"safeguarding_note", "Safeguarding note", FIELD_TEXT, FIELD_PERSONAL,                                    \
     FIELD_TEXT_AT(type, r.safeguarding_note), .max = ARG_LONG}

/* What was given stands in `now` already; the safeguarding answer has a rule of its own. */
static bool check_safeguarding(struct episode *ep, const struct referral *given, struct err *e)
{
    return !*given->safeguarding ||
           episode_safeguarding(ep, given->safeguarding, given->safeguarding_note,
                                "safeguarding_note", e);
}

/* ---- start */

struct start_args {
    char person[REF_SIZE];
    struct referral r;
};
static const struct field start_fields[] = {ARG_PERSON(start_args), ASKED(start_args)};

static bool start_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct start_args *a = args;
    struct episode ep;
    record_init(&referral_type, &ep.was);
    if (!find_person(s, a->person, &ep.person, e) ||
        !workflow_allows(MACHINE_REFERRAL, "", "start", session_roles(s), e) ||
        !codes_check(s, start_fields, COUNT_OF(start_fields), a, given, e))
        return false;
    ep.now = ep.was;
    args_take(start_fields, COUNT_OF(start_fields), given, &referral_type, &ep.now, &a->r);
    ep.now.person_id = ep.person.id;
    ep.now.state_at = session_now(s);
    text_put(ep.now.state, sizeof ep.now.state, "draft");
    if (!*ep.now.neighbourhood)
        text_put(ep.now.neighbourhood, sizeof ep.now.neighbourhood, ep.person.neighbourhood);
    if (!check_safeguarding(&ep, &a->r, e) || !episode_may_open(s, &ep, "R02", e) ||
        !engine_insert(s, &referral_type, &ep.now, ep.person.ref, e))
        return false;
    engine_step_title(s, "started %s", ep.now.ref);
    outcome_of(o, &referral_type, &ep.now);
    outcome_say(o,
                "Draft %s started for %s. Next: add needs (`onward need add %s need=..`) and "
                "`onward referral submit %s`.",
                ep.now.ref, ep.person.ref, ep.now.ref, ep.now.ref);
    return true;
}
const struct verb referral_start =
    VERB("referral start", "Starts a referral of a person, as a draft.",
         ROLE_CARE, start_fields, start_args, start_run);

/* ---- submit */

struct ref_args {
    char referral[REF_SIZE];
};
static const struct field ref_fields[] = {ARG_REFERRAL(ref_args)};

/* The person agreed to be contacted, or it is said why they were not asked. */
static bool may_be_contacted(struct session *s, const struct person *p, struct err *e)
{
    struct consent *rows;
    size_t n;
    if (!consents_load(s, p->id, &rows, &n, e))
        return false;
    enum consent_word word = consent_to_contact(rows, n, session_today(s));
    free(rows);
    switch (word) {
    case CONSENT_GIVEN:
    case CONSENT_EXPIRING:
    case CONSENT_BEST_INTERESTS:
    case CONSENT_LEGAL_DUTY:
    case CONSENT_NOT_SOUGHT:
        return true;
    case CONSENT_REFUSED:
    case CONSENT_WITHDRAWN:
        return err_rule(e, "R02",
                        "%s does not want to be contacted (%s). Discard the draft, or record a new "
                        "decision first: "
                        "onward consent give %s purpose=contact ..",
                        p->ref, consent_word_text(word), p->ref);
    default:
        return err_rule(e, "R02",
                        "Nothing in force says that %s may be contacted (%s). Record it: onward "
                        "consent give %s "
                        "purpose=contact .., or why it was not sought: onward consent not-sought "
                        "%s purpose=contact reason=..",
                        p->ref, consent_word_text(word), p->ref, p->ref);
    }
}

static bool submit_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct ref_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "submit", &ep, e))
        return false;
    const char *ref = ep.was.ref;
    if (!*ep.now.source)
        return err_rule(e, "R02",
                        "%s has no source. Say who asked: onward referral edit %s source=..", ref,
                        ref);
    if (!*ep.now.reason)
        return err_rule(
            e, "R02", "%s has no reason. Say what was asked for: onward referral edit %s reason=..",
            ref, ref);
    if (!*ep.now.safeguarding || strcmp(ep.now.safeguarding, "not_asked") == 0)
        return err_rule(e, "R02",
                        "The safeguarding question of %s is not answered: onward referral "
                        "safeguarding %s answer=none, "
                        "concern or not_yet (not yet known: ask at first contact).",
                        ref, ref);
    if (!may_be_contacted(s, &ep.person, e) || !episode_may_open(s, &ep, "R02", e))
        return false;
    if (!*ep.now.received_on)
        today_text(s, ep.now.received_on);
    if (!episode_move(s, &ep, "submit", "submitted", o, e))
        return false;
    outcome_say(
        o, "%s is received and waits for triage. Next: `onward referral accept %s`, or turn-away.",
        ref, ref);
    return true;
}
const struct verb referral_submit =
    VERB("referral submit", "Submits a draft: it is received and waits for triage.",
         ROLE_CARE, ref_fields, ref_args, submit_run);

/* ---- discard */

static bool discard_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                        struct err *e)
{
    const struct ref_args *a = args;
    struct episode ep;
    void *rows;
    size_t n;
    (void)given;
    if (!episode_for(s, a->referral, "discard", &ep, e) ||
        !referral_children(s->db, &need_type, ep.was.id, &rows, &n, e))
        return false;
    const struct need *needs = rows;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = engine_remove(s, &need_type, &needs[i], ep.person.ref, e);
    free(rows);
    if (!ok || !engine_remove(s, &referral_type, &ep.was, ep.person.ref, e))
        return false;
    engine_final(s);
    engine_step_title(s, "discarded %s", ep.was.ref);
    outcome_of(o, &referral_type, &ep.was);
    text_put(o->state, sizeof o->state, "discarded");
    outcome_say(o, "Draft %s is discarded; the audit keeps its reference.", ep.was.ref);
    return true;
}
const struct verb referral_discard =
    VERB("referral discard", "Discards a draft; only its reference is kept.",
         ROLE_CARE, ref_fields, ref_args, discard_run);

/* ---- edit */

struct edit_args {
    char referral[REF_SIZE];
    int64_t version;
    struct referral r;
};
static const struct field edit_fields[] = {
    ARG_REFERRAL(edit_args),
    ARG_VERSION(edit_args),
    ASKED(edit_args),
    {"gp_action", "Action for the GP", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(edit_args, r.gp_action),
     .max = ARG_LONG, .help = "what the GP is asked to do; \"none\" is an answer"},
    {"call_back_on", "Call back on", FIELD_DATE, 0, FIELD_TEXT_AT(edit_args, r.call_back_on)},
    {"paused_until", "Paused until", FIELD_DATE, 0, FIELD_TEXT_AT(edit_args, r.paused_until)},
    {"plan_review_on", "Plan review on", FIELD_DATE, 0, FIELD_TEXT_AT(edit_args, r.plan_review_on)},
};

/* What a received referral has may be put right, not taken out. */
static bool keeps_what_it_needs(const struct episode *ep, struct err *e)
{
    const char *const keys[] = {"source", "reason", "received_on", "safeguarding", "paused_until"};
    bool draft = strcmp(ep->was.state, "draft") == 0;
    for (size_t i = 0; i < COUNT_OF(keys) && !draft; i++) {
        const struct field *f = field_find(referral_type.fields, referral_type.count, keys[i]);
        if (!field_is_empty(f, &ep->was) && field_is_empty(f, &ep->now))
            return err_field(e, keys[i], "%s of %s may be changed but not emptied.", f->label, ep->was.ref);
    }
    return true;
}

static bool edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct edit_args *a = args;
    struct episode ep;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_count(&ep, e) ||
        !engine_unchanged(s, &referral_type, &ep.was, a->version, e) ||
        !codes_check(s, edit_fields, COUNT_OF(edit_fields), a, given, e))
        return false;
    args_take(edit_fields, COUNT_OF(edit_fields), given, &referral_type, &ep.now, &a->r);
    if (*a->r.paused_until && strcmp(ep.was.state, "paused") != 0)
        return err_field(e, "paused_until",
                         "%s is not paused: onward referral pause %s reason=.. until=..",
                         ep.was.ref, ep.was.ref);
    if (!keeps_what_it_needs(&ep, e) || !only_in_future(s, "paused_until", a->r.paused_until, e) ||
        !check_safeguarding(&ep, &a->r, e) || !episode_write(s, &ep, "edited", o, e))
        return false;
    outcome_say(o, "%s is changed.", ep.was.ref);
    return episode_recheck(s, &ep, o, e);
}
const struct verb referral_edit =
    VERB("referral edit", "Puts a referral's own details right.",
         ROLE_CARE, edit_fields, edit_args, edit_run);

/* ---- source */

struct source_args {
    char referral[REF_SIZE];
    struct referral_source src;
};
static const struct field source_fields[] = {
    ARG_REFERRAL(source_args),
    {"source", "Source", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(source_args, src.source),
     .set = "source"},
    {"received_on", "Received on", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(source_args, src.received_on),
     .help = "today unless given"},
    {"referrer_name", "Referrer", FIELD_TEXT, FIELD_PERSONAL,
     FIELD_TEXT_AT(source_args, src.referrer_name), .max = ARG_LINE},
    {"referrer_organisation", "Referrer's organisation", FIELD_TEXT, FIELD_PERSONAL,
     FIELD_TEXT_AT(source_args, src.referrer_organisation), .max = ARG_LINE},
    {"referrer_practice", "Referrer's practice", FIELD_ODS, 0,
     FIELD_TEXT_AT(source_args, src.referrer_practice), .set = "practice", .help = "ODS code"},
    {"reason", "Reason", FIELD_NOTE, FIELD_PERSONAL, FIELD_TEXT_AT(source_args, src.reason),
     .max = ARG_NOTE},
};

static bool source_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct source_args *a = args;
    struct episode ep;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, false, e) ||
        !codes_check(s, source_fields, COUNT_OF(source_fields), a, given, e))
        return false;
    struct referral_source src = a->src;
    src.referral_id = ep.was.id;
    if (!*src.received_on)
        today_text(s, src.received_on);
    if (!engine_insert(s, &referral_source_type, &src, ep.person.ref, e))
        return false;
    engine_step_title(s, "added a source to %s", ep.was.ref);
    outcome_of(o, &referral_type, &ep.was);
    outcome_say(o, "Another source is added to %s.", ep.was.ref);
    return true;
}
const struct verb referral_source_verb =
    VERB("referral source", "Adds another source to an open referral: someone else asked too.",
         ROLE_CARE, source_fields, source_args, source_run);

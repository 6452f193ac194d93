/* SPDX-License-Identifier: MIT
 *
 * Working together: begun once the person was reached and agreed, paused and
 * resumed, and the safeguarding question with the word that handing on is
 * safe. Each may open or shut gates, so the person's handoffs are asked again.
 */
#include <string.h>

#include "engine/referrals.h"

/* ---- begin */

/* SNOMED CT: "Referral to social prescribing service (procedure)". */
#define CODE_REFERRED "871731000000106"

struct begin_args {
    char referral[REF_SIZE];
    int64_t agreed;
};
static const struct field begin_fields[] = {
    ARG_REFERRAL(begin_args),
    {"agreed", "Agreed", FIELD_FLAG, 0, FIELD_INT_AT(begin_args, agreed),
     .help = "yes: the person wants to work together"},
};

static bool begin_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct begin_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "begin", &ep, e))
        return false;
    const char *ref = ep.was.ref;
    if (!*ep.was.last_reached_on)
        return err_rule(e, "R09",
                        "No contact has reached them yet. Log the one that did: onward referral "
                        "contact %s mode=.. outcome=reached",
                        ref);
    if (a->agreed != 1)
        return err_rule(
            e, "R09",
            "It begins when the person agrees. If they do not want it: onward referral decline %s",
            ref);
    bool first = !*ep.was.begun_on; /* begun again after a return or reopening: the code stands once */
    if (first)
        today_text(s, ep.now.begun_on);
    if (!episode_move(s, &ep, "begin", "began", o, e))
        return false;
    outcome_say(o, "%s: working together.", ref);
    if (first)
        outcome_say(o, "Coded once: Referral to social prescribing service (" CODE_REFERRED ").");
    else
        outcome_say(o, "Coded already on %s; it is not coded twice.", ep.was.begun_on);
    o->detail = json_pack("{s:s, s:b}", "snomed", CODE_REFERRED, "coded", first);
    outcome_say(o,
                "Next: the plan (`onward plan add %s kind=goal ..`) and a service for each need "
                "(`onward match %s --need ..`).",
                ref, ref);
    return episode_recheck(s, &ep, o, e);
}
const struct verb referral_begin =
    VERB("referral begin", "Begins working together: the person was reached and agreed.",
         ROLE_CARE, begin_fields, begin_args, begin_run);

/* ---- pause, resume */

struct pause_args {
    char referral[REF_SIZE];
    char reason[LONG_SIZE];
    char until[DATE_SIZE];
};
static const struct field pause_fields[] = {
    ARG_REFERRAL(pause_args),
    {"reason", "Reason", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(pause_args, reason),
     .max = ARG_LONG},
    {"until", "Until", FIELD_DATE, FIELD_REQUIRED, FIELD_TEXT_AT(pause_args, until),
     .help = "the day to look at it again"},
};

static bool pause_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct pause_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "pause", &ep, e) || !only_in_future(s, "until", a->until, e))
        return false;
    text_put(ep.now.pause_reason, sizeof ep.now.pause_reason, a->reason);
    text_put(ep.now.paused_until, sizeof ep.now.paused_until, a->until);
    if (!episode_move(s, &ep, "pause", "paused", o, e))
        return false;
    outcome_say(o, "%s is paused until %s; it comes back on the worklist then.", ep.was.ref, a->until);
    return episode_recheck(s, &ep, o, e);
}
const struct verb referral_pause =
    VERB("referral pause", "Pauses the work until a day; new handoffs are held meanwhile.",
         ROLE_CARE, pause_fields, pause_args, pause_run);

struct ref_args {
    char referral[REF_SIZE];
};
static const struct field ref_fields[] = {ARG_REFERRAL(ref_args)};

static bool resume_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct ref_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "resume", &ep, e))
        return false;
    *ep.now.pause_reason = *ep.now.paused_until = '\0';
    if (!episode_move(s, &ep, "resume", "resumed", o, e))
        return false;
    outcome_say(o, "%s: working together again.", ep.was.ref);
    return episode_recheck(s, &ep, o, e);
}
const struct verb referral_resume =
    VERB("referral resume", "Resumes a paused referral.", ROLE_CARE, ref_fields, ref_args, resume_run);

/* ---- safeguarding */

struct safeguarding_args {
    char referral[REF_SIZE];
    char answer[CODE_SIZE];
    char note[LONG_SIZE];
};
static const struct field safeguarding_fields[] = {
    ARG_REFERRAL(safeguarding_args),
    {"answer", "Answer", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(safeguarding_args, answer),
     .choices = safeguarding_answers},
    {"note", "Note", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(safeguarding_args, note), .max = ARG_LONG},
};

static bool safeguarding_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                             struct err *e)
{
    const struct safeguarding_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, true, e) ||
        !episode_safeguarding(&ep, a->answer, a->note, "note", e) ||
        !episode_write(s, &ep, "answered the safeguarding question of", o, e))
        return false;
    outcome_say(o, "Safeguarding of %s: %s.", ep.was.ref, choice_label(safeguarding_answers, a->answer));
    if (strcmp(a->answer, "concern") == 0)
        outcome_say(o,
                    "Nothing is handed on until a named person records that it is safe: onward "
                    "referral safe %s by=.. why=..",
                    ep.was.ref);
    return episode_recheck(s, &ep, o, e);
}
const struct verb referral_safeguarding =
    VERB("referral safeguarding", "Answers the safeguarding question.",
         ROLE_CARE, safeguarding_fields, safeguarding_args, safeguarding_run);

struct safe_args {
    char referral[REF_SIZE];
    char by[LINE_SIZE];
    char why[LONG_SIZE];
};
static const struct field safe_fields[] = {
    ARG_REFERRAL(safe_args),
    {"by", "By", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(safe_args, by),
     .max = ARG_LINE, .help = "who decided, by name and role"},
    {"why", "Why", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(safe_args, why),
     .max = ARG_LONG},
};

static bool safe_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct safe_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, true, e))
        return false;
    if (strcmp(ep.was.safeguarding, "concern") != 0)
        return err_rule(e, "referral.safe", "%s has no open concern; the answer is \"%s\".",
                        ep.was.ref,
                        choice_label(safeguarding_answers,
                                     *ep.was.safeguarding ? ep.was.safeguarding : "not_asked"));
    text_put(ep.now.safe_by, sizeof ep.now.safe_by, a->by);
    text_put(ep.now.safe_why, sizeof ep.now.safe_why, a->why);
    today_text(s, ep.now.safe_on);
    if (!episode_write(s, &ep, "recorded that handing on is safe for", o, e))
        return false;
    outcome_say(o, "Recorded: handing on is safe for %s in spite of the open concern.", ep.was.ref);
    return episode_recheck(s, &ep, o, e);
}
const struct verb referral_safe =
    VERB("referral safe", "Records who decided that handing on is safe while a concern is open, and why.",
         ROLE_CARE, safe_fields, safe_args, safe_run);

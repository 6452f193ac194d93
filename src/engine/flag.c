/* SPDX-License-Identifier: MIT
 *
 * Two small records of an episode: a flag, which is a message and a day, and
 * a signpost, which is a name and number given to the person. A signpost is
 * no referral: nothing leaves with it and nobody answers.
 */
#include <string.h>

#include "engine/referrals.h"

struct flag_args {
    char referral[REF_SIZE];
    struct flag f;
};
static const struct field flag_fields[] = {
    ARG_REFERRAL(flag_args),
    {"message", "Message", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL,
     FIELD_TEXT_AT(flag_args, f.message), .max = ARG_LONG},
    {"due", "On", FIELD_DATE, FIELD_REQUIRED, FIELD_TEXT_AT(flag_args, f.due_on),
     .help = "the day it shall come back"},
};

static bool flag_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct flag_args *a = args;
    struct episode ep;
    struct flag f = a->f;
    (void)given;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, false, e))
        return false;
    f.referral_id = ep.was.id;
    if (!engine_insert(s, &flag_type, &f, ep.person.ref, e))
        return false;
    engine_step_title(s, "flagged %s", ep.was.ref);
    outcome_of(o, &flag_type, &f);
    outcome_say(o, "%s: flag %s comes back on %s.", ep.was.ref, f.ref, f.due_on);
    o->detail = json_pack("{s:s}", "referral", ep.was.ref);
    return true;
}
const struct verb flag_add =
    VERB("flag", "Sets a flag: a message and a day.", ROLE_CARE, flag_fields, flag_args, flag_run);

struct done_args {
    char flag[REF_SIZE];
    char note[LONG_SIZE];
};
static const struct field done_fields[] = {
    ARG_SUBJECT(done_args, flag, "Flag", "its reference, FL-....-...."),
    {"note", "Note", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(done_args, note), .max = ARG_LONG},
};

static bool done_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct done_args *a = args;
    struct episode ep;
    struct flag was;
    (void)given;
    if (!find_of_person(s, &flag_type, a->flag, &was, NULL, e) ||
        !episode_find_by_id(s, was.referral_id, &ep, e))
        return false;
    if (*was.resolved_on)
        return err_rule(e, "flag", "%s was done on %s.", was.ref, was.resolved_on);
    struct flag now = was;
    today_text(s, now.resolved_on);
    text_put(now.resolved_note, sizeof now.resolved_note, a->note);
    if (!engine_update(s, &flag_type, &was, &now, ep.person.ref, e))
        return false;
    engine_step_title(s, "settled flag %s", was.ref);
    outcome_of(o, &flag_type, &now);
    outcome_say(o, "%s is done.", was.ref);
    return true;
}
const struct verb flag_done =
    VERB("flag done", "Settles a flag.", ROLE_CARE, done_fields, done_args, done_run);

/* ---- signpost */

struct signpost_args {
    char referral[REF_SIZE];
    char service[REF_SIZE];
    struct signpost p;
};
static const struct field signpost_fields[] = {
    ARG_REFERRAL(signpost_args),
    {"to", "Signposted to", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(signpost_args, p.to_name), .max = ARG_LINE,
     .help = "the organisation's name, unless service= says"},
    {"service", "Service", FIELD_REF, 0, FIELD_TEXT_AT(signpost_args, service),
     .help = "where it is in the directory, SV-....-...."},
    {"contact", "Contact given", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(signpost_args, p.contact), .max = ARG_LONG},
    {"reason", "Reason", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(signpost_args, p.reason),
     .max = ARG_LONG},
    {"on", "Date", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(signpost_args, p.on_date),
     .help = "today unless given"},
};

/* What the directory knows fills what was not given. */
static bool from_directory(struct session *s, const char *service, struct signpost *p, struct err *e)
{
    struct service v;
    if (!find_service(s, service, &v, e))
        return false;
    p->service_id = v.id;
    if (!*p->to_name && !text_copy(p->to_name, sizeof p->to_name, v.name))
        return err_field(e, "to",
                         "The name of %s is too long for a signpost: give a shorter one in to=.",
                         v.ref);
    if (!*p->contact)
        text_put(p->contact, sizeof p->contact, v.phone);
    return true;
}

static bool signpost_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                         struct err *e)
{
    const struct signpost_args *a = args;
    struct episode ep;
    struct signpost p = a->p;
    (void)given;
    p.service_id = FIELD_ABSENT;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, false, e) ||
        (*a->service && !from_directory(s, a->service, &p, e)))
        return false;
    if (!*p.to_name)
        return err_field(e, "to", "Say where they were pointed to: to=NAME or service=SV-..");
    p.referral_id = ep.was.id;
    if (!*p.on_date)
        today_text(s, p.on_date);
    if (!engine_insert(s, &signpost_type, &p, ep.person.ref, e))
        return false;
    engine_step_title(s, "signposted on %s", ep.was.ref);
    outcome_of(o, &referral_type, &ep.was);
    outcome_say(o, "Signposted on %s: %s. Nothing is sent; it is not a referral.", ep.was.ref, p.to_name);
    return true;
}
const struct verb signpost_add =
    VERB("signpost", "Records a name and number given to the person.",
         ROLE_CARE, signpost_fields, signpost_args, signpost_run);

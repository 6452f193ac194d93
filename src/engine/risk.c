/* SPDX-License-Identifier: MIT
 *
 * Risks to or from a person. "No known risks" is a record of its own, and
 * blank is not: a risk that is found ends it, and it is refused while a risk
 * stands.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/handoffs.h"
#include "engine/referrals.h"
#include "store/referrals.h"

#define NONE_KNOWN "none_known"

struct add_args {
    char person[REF_SIZE];
    struct risk r;
};
static const struct field add_fields[] = {
    ARG_PERSON(add_args),
    {"kind", "Risk", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(add_args, r.kind), .set = "risk",
     .help = "none_known is an answer"},
    {"note", "Note", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(add_args, r.note), .max = ARG_LONG},
};

static bool end_risk(struct session *s, const struct risk *was, const char *on,
                     const struct person *p, struct err *e)
{
    struct risk now = *was;
    text_put(now.ended_on, sizeof now.ended_on, on);
    return engine_update(s, &risk_type, was, &now, p->ref, e);
}

/* Makes room for a new one: "no known risks" ends, risks that stand refuse it. *known: it is on
 * record already. */
static bool settle_others(struct session *s, const struct person *p, bool none, bool *known, struct err *e)
{
    void *rows;
    size_t n;
    char today[DATE_SIZE];
    if (!referral_children(s->db, &risk_type, p->id, &rows, &n, e))
        return false;
    const struct risk *r = rows;
    today_text(s, today);
    bool ok = true;
    *known = false;
    for (size_t i = 0; ok && i < n; i++) {
        bool is_none = strcmp(r[i].kind, NONE_KNOWN) == 0;
        if (*r[i].ended_on)
            continue;
        if (none && is_none)
            *known = true;
        else if (none)
            ok = err_rule(e, "risk",
                          "%s has a risk on record, %s. If it is over: onward risk end %s", p->ref,
                          r[i].ref, r[i].ref);
        else if (is_none)
            ok = end_risk(s, &r[i], today, p, e);
    }
    free(rows);
    return ok;
}

static bool add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct add_args *a = args;
    struct person p;
    struct risk r = a->r;
    bool none = strcmp(r.kind, NONE_KNOWN) == 0, known;
    if (!find_person(s, a->person, &p, e) || !codes_check(s, add_fields, COUNT_OF(add_fields), a, given, e) ||
        !settle_others(s, &p, none, &known, e))
        return false;
    if (known) {
        outcome_of(o, &person_type, &p);
        outcome_say(o, "\"No known risks\" is on record for %s already.", p.ref);
        return true;
    }
    r.person_id = p.id;
    if (!engine_insert(s, &risk_type, &r, p.ref, e) || !handoffs_mark_update(s, p.id, e))
        return false;
    engine_step_title(s, "recorded a risk of %s", p.ref);
    outcome_of(o, &risk_type, &r);
    outcome_say(o, "Recorded for %s: %s (%s).", p.ref, session_code_label(s, "risk", r.kind), r.ref);
    return true;
}
const struct verb risk_add =
    VERB("risk add", "Records a risk of a person, or that none is known.",
         ROLE_CARE, add_fields, add_args, add_run);

/* ---- end */

struct end_args {
    char risk[REF_SIZE];
    char on[DATE_SIZE];
};
static const struct field end_fields[] = {
    ARG_SUBJECT(end_args, risk, "Risk", "its reference, RK-....-...."),
    {"on", "On", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(end_args, on), .help = "today unless given"},
};

static bool end_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct end_args *a = args;
    struct risk r;
    struct person p;
    char on[DATE_SIZE];
    (void)given;
    if (!find_of_person(s, &risk_type, a->risk, &r, &p, e))
        return false;
    if (*r.ended_on)
        return err_rule(e, "risk", "%s ended on %s.", r.ref, r.ended_on);
    text_put(on, sizeof on, a->on);
    if (!*on)
        today_text(s, on);
    if (!end_risk(s, &r, on, &p, e) || !handoffs_mark_update(s, p.id, e))
        return false;
    engine_step_title(s, "ended risk %s", r.ref);
    outcome_of(o, &risk_type, &r);
    outcome_say(o, "%s is ended. If nothing else is known of: onward risk add %s kind=none_known",
                r.ref, p.ref);
    return true;
}
const struct verb risk_end =
    VERB("risk end", "Ends a risk that is over.", ROLE_CARE, end_fields, end_args, end_run);

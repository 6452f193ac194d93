/* SPDX-License-Identifier: MIT
 *
 * May this decision be recorded? What each kind of decision needs before it
 * can be relied on, and what follows from it unasked. Saying no is never made
 * harder than saying yes: a refusal or withdrawal needs nothing but itself.
 *
 * Sources: Mental Capacity Act 2005 (from 16 capacity is assumed; an attorney,
 * a deputy or a best interests decision stand in only where an assessment of
 * this decision found it lacking), and under 16 the person's own competence or
 * someone with parental responsibility.
 */
#include <string.h>

#include "onward/consent.h"
#include "words.h"

enum { OF_AGE_TO_CONSENT = 16, ADULT = 18, AGE_UNKNOWN = -1 };

static bool is(const char *text, const char *code)
{
    return strcmp(text, code) == 0;
}

static bool is_no(const struct consent *c)
{
    return is(c->decision, "refused") || is(c->decision, "withdrawn");
}

/* Best interests or a legal duty: not the person's own decision. */
static bool is_without_them(const struct consent *c)
{
    return is(c->decision, "best_interests") || is(c->decision, "legal_duty");
}

static size_t count_codes(const char *codes)
{
    char one[64];
    size_t n = 0;
    for (const char *rest = codes_next(codes, one); rest; rest = codes_next(rest, one))
        n++;
    return n;
}

static void fill(char *field, size_t size, const char *value)
{
    if (!*field)
        text_put(field, size, value);
}

/* ---- what it is about */

static bool check_words(const struct consent *c, struct err *e)
{
    if (!choice_has(consent_purposes, c->purpose))
        return err_field(e, "purpose", "Say what the decision is about: contact, share or evaluation.");
    if (!choice_has(consent_decisions, c->decision))
        return err_field(e, "decision", "Say what was decided: given, refused, withdrawn, not_sought, best_interests or legal_duty.");
    if (is_without_them(c) && is(c->purpose, "evaluation"))
        return err_field(e, "decision", "Only the person can agree to take part in evaluation.");
    return true;
}

static bool check_recipients(struct consent *c, struct err *e)
{
    size_t n = count_codes(c->recipients);
    if (!is(c->purpose, "share"))
        return n == 0 || err_field(e, "recipients", "Only sharing is with an organisation: leave recipients empty, or record purpose=share.");
    if (is_without_them(c) && n != 1)
        return err_field(e, "recipients", "A decision without the person's consent is for one organisation: name exactly one.");
    if (is(c->decision, "given") && n == 0)
        return err_field(e, "recipients", "Name the organisations that the person agreed to: consent for \"anyone\" is no consent.");
    return true;
}

/* A "no" that says no more is about everything. */
static bool check_categories(struct consent *c, struct err *e)
{
    if (!is(c->purpose, "share"))
        fill(c->categories, sizeof c->categories, "identity");
    else if (is_no(c) || is(c->decision, "not_sought"))
        fill(c->categories, sizeof c->categories, "identity,needs,risks,health,notes");
    return categories_parse(c->categories) != 0 ||
           err_field(e, "categories", "Say what may be shared: identity, needs, risks, health, notes (identity and needs at least, for a handoff).");
}

/* ---- when */

static bool check_validity(struct consent *c, day_t today, int valid_months, struct err *e)
{
    char day[WORDS_DAY];
    if (!*c->valid_from)
        date_format(today, c->valid_from);
    day_t from = date_parse(c->valid_from), expires = date_parse(c->expires_on), review = date_parse(c->review_on);
    if (from == DATE_NONE)
        return err_field(e, "valid_from", "Give the day of the decision as a date.");
    if (from > today && !is(c->decision, "given"))
        return err_field(e, "valid_from", "This takes effect at once: the day cannot be after today.");
    if (!is(c->decision, "given") && *c->expires_on)
        return err_field(e, "expires_on", "Only consent that was given expires%s.",
                         is_without_them(c) ? "; this one holds until its review date" : "; this stands until they decide anew");
    if (is_without_them(c) && (review == DATE_NONE || review < from || review < today))
        return err_field(e, "review_on", "Give the day on which this decision is to be reviewed, today or later; it holds until then.");
    if (!is(c->decision, "given"))
        return true;
    if (!*c->expires_on)
        date_format(expires = date_add_months(from, valid_months), c->expires_on);
    return (expires != DATE_NONE && expires >= from) ||
           err_field(e, "expires_on", "Consent cannot end before it begins (%s).", words_day(from, day));
}

/* ---- who decided */

static bool check_assessed(const struct consent *c, day_t today, struct err *e)
{
    if (!is(c->capacity, "has_capacity") && !is(c->capacity, "lacks_capacity"))
        return true;
    if (!*c->capacity_by)
        return err_field(e, "capacity_by", "Say who assessed their capacity for this decision.");
    day_t on = date_parse(c->capacity_on);
    return (on != DATE_NONE && on <= today) ||
           err_field(e, "capacity_on", "Say on which day their capacity for this decision was assessed, today or before.");
}

static bool check_giver(const struct consent *c, int age, struct err *e)
{
    bool lacks = is(c->capacity, "lacks_capacity"), is_child = age != AGE_UNKNOWN && age < OF_AGE_TO_CONSENT;
    if (is(c->given_by, "person")) {
        if (lacks)
            return err_field(e, "given_by", "Who lacks capacity for this decision cannot give consent: it is for their attorney or "
                                            "deputy, or a best interests decision.");
        if (is_child && !is(c->capacity, "competent_under_16"))
            return err_field(e, "capacity", "They are under 16: record that they are competent for this decision "
                                            "(capacity=competent_under_16), or that someone with parental responsibility decided.");
        return true;
    }
    if (!*c->given_by_name)
        return err_field(e, "given_by_name", "Give the name of who decided for them.");
    if (!is(c->given_by, "parental_responsibility"))
        return lacks || err_field(e, "capacity", "An attorney or deputy decides only where an assessment found that the person lacks "
                                                 "capacity for this decision (capacity=lacks_capacity).");
    if (age >= ADULT)
        return err_field(e, "given_by", "Nobody has parental responsibility for a person of %d.", age);
    return is_child || age == AGE_UNKNOWN || lacks ||
           err_field(e, "capacity", "From 16 it is the person's own decision, unless an assessment found that they lack capacity for it "
                                    "(capacity=lacks_capacity).");
}

static bool check_given(struct consent *c, int age, struct err *e)
{
    if (!choice_has(consent_hows, c->how))
        return err_field(e, "how", "Say how they gave it: in_person, phone, video, writing or electronic.");
    bool is_child = age != AGE_UNKNOWN && age < OF_AGE_TO_CONSENT;
    if (!is_child)
        fill(c->capacity, sizeof c->capacity, "assumed");
    if (*c->capacity && !choice_has(capacity_answers, c->capacity))
        return err_field(e, "capacity", "Capacity is one of assumed, has_capacity, lacks_capacity, competent_under_16.");
    if (age >= OF_AGE_TO_CONSENT && is(c->capacity, "competent_under_16"))
        return err_field(e, "capacity", "They are %d: from 16 capacity is assumed unless it was assessed for this decision.", age);
    return check_giver(c, age, e);
}

static bool check_best_interests(const struct consent *c, int age, struct err *e)
{
    if (age != AGE_UNKNOWN && age < OF_AGE_TO_CONSENT)
        return err_field(e, "decision", "Under 16 it is not a best interests decision: someone with parental responsibility decides.");
    if (!is(c->capacity, "lacks_capacity"))
        return err_field(e, "capacity", "A best interests decision needs an assessment that the person lacks capacity for this decision "
                                        "(capacity=lacks_capacity, capacity_by=, capacity_on=).");
    if (!*c->decider)
        return err_field(e, "decider", "Say who decided in their best interests.");
    return *c->reason || err_field(e, "reason", "Say why it is in their best interests.");
}

bool consent_check(struct consent *c, day_t born, day_t today, int valid_months, struct err *e)
{
    struct consent checked = *c;
    if (!check_words(&checked, e) || !check_recipients(&checked, e) || !check_categories(&checked, e) ||
        !check_validity(&checked, today, valid_months, e))
        return false;

    int age = born == DATE_NONE ? AGE_UNKNOWN : date_age(born, date_parse(checked.valid_from));
    if (is(checked.decision, "given") || is_no(&checked))
        fill(checked.given_by, sizeof checked.given_by, "person");
    if (*checked.given_by && !choice_has(consent_givers, checked.given_by))
        return err_field(e, "given_by", "Who decided is one of person, parental_responsibility, attorney, deputy.");
    if (is(checked.decision, "withdrawn"))
        fill(checked.reason, sizeof checked.reason, "not given");

    if (is(checked.decision, "given") && !check_given(&checked, age, e))
        return false;
    if (is(checked.decision, "best_interests") && !check_best_interests(&checked, age, e))
        return false;
    if (is(checked.decision, "legal_duty") && !*checked.reason)
        return err_field(e, "reason", "Say which legal duty it is.");
    if (is(checked.decision, "not_sought") && !*checked.reason)
        return err_field(e, "reason", "Say why it was not sought.");
    if (!check_assessed(&checked, today, e))
        return false;
    *c = checked;
    return true;
}

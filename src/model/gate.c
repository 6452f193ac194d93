/* SPDX-License-Identifier: MIT
 *
 * The gates of a disclosure. Each looks at what it is about and at nothing
 * else, so that a handoff that is held names every cause once: where consent
 * or the agreement is wanting as a whole, its own gate says so and the gate of
 * the columns speaks of the other. Withdraw rows never come here.
 */
#include <string.h>

#include "fit.h"
#include "onward/consent.h"
#include "onward/workflow.h"
#include "words.h"

const char *const gate_names[GATE_COUNT] = {
    [GATE_CONSENT] = "consent",           [GATE_ORGANISATION] = "organisation", [GATE_SERVICE] = "service",
    [GATE_SAFEGUARDING] = "safeguarding", [GATE_REFERRAL] = "referral",         [GATE_COLUMNS] = "columns",
};
const char *const gate_labels[GATE_COUNT] = {
    [GATE_CONSENT] = "Consent",           [GATE_ORGANISATION] = "Organisation and agreement",
    [GATE_SERVICE] = "Service",           [GATE_SAFEGUARDING] = "Safeguarding",
    [GATE_REFERRAL] = "Referral",         [GATE_COLUMNS] = "What may be told",
};

#define REASON sizeof(((struct gate_state *)0)->reason)

/* ---- consent */

static const char *what_would_open(enum consent_word w)
{
    switch (w) {
    case CONSENT_REFUSED:
    case CONSENT_WITHDRAWN:
        return "It is theirs to decide: only a new consent, recorded when they give one, opens this";
    case CONSENT_EXPIRED:
    case CONSENT_EXPIRING:
        return "Ask them again and record what they say for";
    default:
        return "Ask them and record consent that names";
    }
}

static bool is_contact_refused(const struct gate_question *q)
{
    return (q->contact == CONSENT_REFUSED || q->contact == CONSENT_WITHDRAWN) && q->consent.word != CONSENT_LEGAL_DUTY;
}

static bool ask_consent(const struct gate_question *q, char reason[REASON])
{
    const struct consent_answer *a = &q->consent;
    bool is_refused = is_contact_refused(q);
    if (a->covers && !is_refused) {
        words_say(reason, REASON, "%s.", a->word == CONSENT_EXPIRING ? "Given, expiring soon" : consent_word_text(a->word));
        return true;
    }
    enum consent_word word = is_refused ? q->contact : a->word;
    if (*a->reason)
        words_say(reason, REASON, "%s", a->reason);
    else
        words_say(reason, REASON, "They do not want to be contacted (%s).", consent_word_text(word));
    if (word == CONSENT_REFUSED || word == CONSENT_WITHDRAWN)
        words_add(reason, REASON, " ", "%s.", what_would_open(word));
    else
        words_add(reason, REASON, " ", "%s %s.", what_would_open(word), q->organisation->code);
    return false;
}

/* ---- what the directory says */

typedef bool fit_fn(const struct fit_question *q, char why[FIT_WHY]);

static struct fit_question fit_of(const struct gate_question *q)
{
    return (struct fit_question){
        .organisation = q->organisation,
        .agreement = q->agreement,
        .service = q->service,
        .need = q->need,
        .need_label = q->need_label,
        .date_of_birth = q->person->date_of_birth,
        .neighbourhood = *q->person->neighbourhood ? q->person->neighbourhood : q->referral->neighbourhood,
        .on = q->on,
    };
}

static bool ask_each(const struct gate_question *q, fit_fn *const asks[], size_t n, const char *well, char reason[REASON])
{
    struct fit_question fit = fit_of(q);
    char why[FIT_WHY];
    bool open = true;
    *reason = '\0';
    for (size_t i = 0; i < n; i++) {
        if (asks[i](&fit, why))
            continue;
        words_add(reason, REASON, " ", "%s", why);
        open = false;
    }
    if (open)
        words_say(reason, REASON, "%s", well);
    return open;
}

static bool ask_organisation(const struct gate_question *q, char reason[REASON])
{
    static fit_fn *const asks[] = {fit_organisation, fit_agreement};
    return ask_each(q, asks, sizeof asks / sizeof *asks, "Active, agreement in date.", reason);
}

static bool ask_service(const struct gate_question *q, char reason[REASON])
{
    static fit_fn *const asks[] = {fit_status, fit_capacity, fit_age, fit_area, fit_need};
    return ask_each(q, asks, sizeof asks / sizeof *asks, "Active, and it covers them and this need.", reason);
}

/* ---- the referral */

/* A concern that is open shuts the gate until someone says by name, why and when that handing on is safe. */
static bool ask_safeguarding(const struct gate_question *q, char reason[REASON])
{
    const struct referral *r = q->referral;
    day_t safe = date_parse(r->safe_on);
    char day[WORDS_DAY];
    if (strcmp(r->safeguarding, "none") == 0) {
        words_say(reason, REASON, "No concern.");
        return true;
    }
    if (strcmp(r->safeguarding, "concern") != 0) {
        words_say(reason, REASON, "The safeguarding question is not answered (%s). Ask it and record the answer.",
                  *r->safeguarding ? choice_label(safeguarding_answers, r->safeguarding) : "not recorded");
        return false;
    }
    if (safe != DATE_NONE && safe <= q->on && *r->safe_by && *r->safe_why) {
        words_say(reason, REASON, "A concern is open; handing on is safe, recorded on %s.", words_day(safe, day));
        return true;
    }
    words_say(reason, REASON, "A safeguarding concern is open. It stays shut until someone records by name, why and since when "
                              "handing on is safe, or how the concern was settled.");
    return false;
}

static bool ask_referral(const struct gate_question *q, char reason[REASON])
{
    const struct referral *r = q->referral;
    char day[WORDS_DAY];
    if (*q->person->died_on) {
        words_say(reason, REASON, "The person died on %s; nothing new is sent about them.", words_day(date_parse(q->person->died_on), day));
        return false;
    }
    if (strcmp(r->state, "active") == 0 || strcmp(r->state, "allocated") == 0) {
        words_say(reason, REASON, "%s.", choice_label(referral_states, r->state));
        return true;
    }
    if (strcmp(r->state, "paused") == 0)
        words_say(reason, REASON, "The referral is paused until %s; resume it to send.", words_day(date_parse(r->paused_until), day));
    else if (referral_is_open(r->state) || strcmp(r->state, "draft") == 0)
        words_say(reason, REASON, "The referral is \"%s\"; handoffs go once a worker has it.", choice_label(referral_states, r->state));
    else
        words_say(reason, REASON, "The referral is \"%s\"; nothing new is sent.", choice_label(referral_states, r->state));
    return false;
}

/* ---- the columns */

static bool ask_columns(const struct gate_question *q, char reason[REASON])
{
    if (!q->agreement) {
        words_say(reason, REASON, "No agreement says what %s may be told.", q->organisation->code);
        return false;
    }
    unsigned allowed = categories_parse(q->agreement->categories);
    if (q->consent.covers)
        allowed &= q->consent.categories;
    if ((allowed & CATEGORY_LEAST) != CATEGORY_LEAST) {
        words_say(reason, REASON, "A handoff tells at least identity and needs; the agreement with %s does not allow both. "
                                  "A manager can have it widened.", q->organisation->code);
        return false;
    }
    *reason = '\0';
    for (unsigned i = 0; data_categories[i].code; i++)
        if (allowed & (1u << i))
            words_add(reason, REASON, ", ", "%s", data_categories[i].label);
    words_add(reason, REASON, "", ".");
    return true;
}

bool gates_ask(const struct gate_question *q, struct gate_state out[GATE_COUNT])
{
    static bool (*const asks[GATE_COUNT])(const struct gate_question *, char *) = {
        [GATE_CONSENT] = ask_consent,           [GATE_ORGANISATION] = ask_organisation, [GATE_SERVICE] = ask_service,
        [GATE_SAFEGUARDING] = ask_safeguarding, [GATE_REFERRAL] = ask_referral,         [GATE_COLUMNS] = ask_columns,
    };
    bool open = true;
    for (int i = 0; i < GATE_COUNT; i++) {
        out[i].open = asks[i](q, out[i].reason);
        open = open && out[i].open;
    }
    return open;
}

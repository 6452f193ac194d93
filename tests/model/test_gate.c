/* SPDX-License-Identifier: MIT
 *
 * Each gate open and each shut alone, with words that say why and what to do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/consent.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A handoff for which everything is open: one made-up person aged 46 in Swinton, one debt service for adults there. */
struct facts {
    struct person person;
    struct referral referral;
    struct organisation organisation;
    struct agreement agreement;
    struct service service;
    struct gate_question question;
};

static void open_facts(struct facts *f)
{
    memset(f, 0, sizeof *f);
    record_init(&person_type, &f->person);
    record_init(&referral_type, &f->referral);
    record_init(&organisation_type, &f->organisation);
    record_init(&agreement_type, &f->agreement);
    record_init(&service_type, &f->service);
    text_put(f->person.date_of_birth, DATE_SIZE, "1980-05-01");
    text_put(f->person.neighbourhood, CODE_SIZE, "swinton");
    text_put(f->referral.state, CODE_SIZE, "active");
    text_put(f->referral.safeguarding, CODE_SIZE, "none");
    text_put(f->organisation.code, CODE_SIZE, "salford-advice");
    text_put(f->organisation.status, CODE_SIZE, "active");
    text_put(f->agreement.starts_on, DATE_SIZE, "2026-01-01");
    text_put(f->agreement.ends_on, DATE_SIZE, "2026-12-31");
    text_put(f->agreement.categories, CODES_SIZE, "identity,needs,risks");
    text_put(f->service.status, CODE_SIZE, "active");
    text_put(f->service.capacity, CODE_SIZE, "capacity");
    text_put(f->service.needs, CODES_SIZE, "debt,housing");
    text_put(f->service.areas, CODES_SIZE, "swinton,broughton");
    f->service.min_age = 18;
    f->service.max_age = 64;
    f->question = (struct gate_question){
        .person = &f->person, .referral = &f->referral, .organisation = &f->organisation, .agreement = &f->agreement,
        .service = &f->service, .need = "debt", .need_label = "Money and debts",
        .consent = {.covers = true, .categories = CATEGORY_ALL, .word = CONSENT_GIVEN},
        .contact = CONSENT_GIVEN, .on = date_parse("2026-11-23"),
    };
}

static void consent_is(struct facts *f, enum consent_word word, bool covers, const char *reason)
{
    f->question.consent = (struct consent_answer){.covers = covers, .categories = covers ? CATEGORY_LEAST : 0, .word = word};
    text_put(f->question.consent.reason, sizeof f->question.consent.reason, reason);
}

/* ---- what each case changes */

#define SET(member, value) text_put(f->member, sizeof f->member, value)
#define CASE(name) static void name(struct facts *f)

CASE(nothing) { (void)f; }
CASE(expiring) { consent_is(f, CONSENT_EXPIRING, true, ""); }
CASE(best_interests) { consent_is(f, CONSENT_BEST_INTERESTS, true, ""); }
CASE(legal_duty_no_contact) { consent_is(f, CONSENT_LEGAL_DUTY, true, ""); f->question.contact = CONSENT_REFUSED; }
CASE(contact_not_sought) { f->question.contact = CONSENT_NOT_SOUGHT; }
CASE(no_consent) { consent_is(f, CONSENT_NO_RECORD, false, "No consent to share is recorded."); }
CASE(consent_expired) { consent_is(f, CONSENT_EXPIRED, false, "Consent expired on 3 Nov 2026."); }
CASE(consent_withdrawn) { consent_is(f, CONSENT_WITHDRAWN, false, "Consent to sharing was withdrawn on 3 Nov 2026."); }
CASE(contact_refused) { f->question.contact = CONSENT_REFUSED; }
CASE(contact_withdrawn) { f->question.contact = CONSENT_WITHDRAWN; }

CASE(organisation_paused) { SET(organisation.status, "paused"); }
CASE(organisation_closed) { SET(organisation.status, "closed"); }
CASE(agreement_first_day) { SET(agreement.starts_on, "2026-11-23"); }
CASE(agreement_last_day) { SET(agreement.ends_on, "2026-11-23"); }
CASE(agreement_to_come) { SET(agreement.starts_on, "2026-11-24"); }
CASE(agreement_over) { SET(agreement.ends_on, "2026-11-22"); }

CASE(service_waitlist) { SET(service.capacity, "waitlist"); }
CASE(service_unknown_room) { SET(service.capacity, "unknown"); }
CASE(service_no_room) { SET(service.capacity, "no_capacity"); }
CASE(service_inactive) { SET(service.status, "inactive"); }
CASE(service_for_now) { SET(service.status, "temporarily_closed"); }
CASE(service_other_need) { SET(service.needs, "housing"); }
CASE(service_no_needs) { SET(service.needs, ""); }
CASE(service_elsewhere) { SET(service.areas, "broughton"); }
CASE(service_remote) { SET(service.areas, "broughton"); f->service.remote = 1; }
CASE(service_everywhere) { SET(service.areas, ""); }
CASE(area_unknown) { SET(person.neighbourhood, ""); }
CASE(area_of_referral) { SET(person.neighbourhood, ""); SET(referral.neighbourhood, "swinton"); }
CASE(aged_18_today) { SET(person.date_of_birth, "2008-11-23"); }
CASE(aged_17) { SET(person.date_of_birth, "2008-11-24"); }
CASE(aged_64) { SET(person.date_of_birth, "1961-11-24"); }
CASE(aged_65_today) { SET(person.date_of_birth, "1961-11-23"); }
CASE(born_unknown) { SET(person.date_of_birth, ""); }
CASE(born_unknown_any_age) { SET(person.date_of_birth, ""); f->service.min_age = f->service.max_age = FIELD_ABSENT; }
CASE(only_youngest) { f->service.max_age = FIELD_ABSENT; SET(person.date_of_birth, "1930-01-01"); }
CASE(only_oldest) { f->service.min_age = FIELD_ABSENT; SET(person.date_of_birth, "1930-01-01"); }

CASE(concern) { SET(referral.safeguarding, "concern"); }
CASE(concern_safe) { concern(f); SET(referral.safe_by, "Made Up"); SET(referral.safe_why, "police informed"); SET(referral.safe_on, "2026-11-23"); }
CASE(concern_safe_nobody) { concern_safe(f); SET(referral.safe_by, ""); }
CASE(concern_safe_no_why) { concern_safe(f); SET(referral.safe_why, ""); }
CASE(concern_safe_no_day) { concern_safe(f); SET(referral.safe_on, ""); }
CASE(concern_safe_tomorrow) { concern_safe(f); SET(referral.safe_on, "2026-11-24"); }
CASE(not_yet) { SET(referral.safeguarding, "not_yet"); }
CASE(not_asked) { SET(referral.safeguarding, "not_asked"); }
CASE(safeguarding_empty) { SET(referral.safeguarding, ""); }
CASE(not_asked_but_safe) { concern_safe(f); SET(referral.safeguarding, "not_asked"); }

CASE(allocated) { SET(referral.state, "allocated"); }
CASE(draft) { SET(referral.state, "draft"); }
CASE(received) { SET(referral.state, "received"); }
CASE(waiting) { SET(referral.state, "waiting"); }
CASE(paused) { SET(referral.state, "paused"); SET(referral.paused_until, "2026-12-03"); }
CASE(closed) { SET(referral.state, "closed"); }
CASE(in_error) { SET(referral.state, "error"); }
CASE(died) { SET(person.died_on, "2026-11-20"); }

CASE(agreement_least) { SET(agreement.categories, "identity,needs"); }
CASE(agreement_no_needs) { SET(agreement.categories, "identity,risks"); }
CASE(agreement_nothing) { SET(agreement.categories, ""); }

static const struct {
    const char *name;
    void (*change)(struct facts *f);
    int shut;           /* the one gate that is; GATE_COUNT: none */
    const char *reason; /* within the words of the gate that is shut */
} cases[] = {
#define OPEN(c) {#c, c, GATE_COUNT, NULL}
#define SHUT(c, gate, words) {#c, c, gate, words}
    OPEN(nothing),
    OPEN(expiring), OPEN(best_interests), OPEN(legal_duty_no_contact), OPEN(contact_not_sought),
    SHUT(no_consent, GATE_CONSENT, "No consent to share is recorded. Ask them and record consent that names salford-advice."),
    SHUT(consent_expired, GATE_CONSENT, "Consent expired on 3 Nov 2026. Ask them again and record what they say for salford-advice."),
    SHUT(consent_withdrawn, GATE_CONSENT, "withdrawn on 3 Nov 2026. It is theirs to decide"),
    SHUT(contact_refused, GATE_CONSENT, "They do not want to be contacted (Refused)."),
    SHUT(contact_withdrawn, GATE_CONSENT, "They do not want to be contacted (Withdrawn)."),

    OPEN(agreement_first_day), OPEN(agreement_last_day),
    SHUT(organisation_paused, GATE_ORGANISATION, "salford-advice is paused"),
    SHUT(organisation_closed, GATE_ORGANISATION, "salford-advice is closed"),
    SHUT(agreement_to_come, GATE_ORGANISATION, "begins on 24 Nov 2026"),
    SHUT(agreement_over, GATE_ORGANISATION, "ended on 22 Nov 2026; a manager can renew it."),

    OPEN(service_waitlist), OPEN(service_unknown_room), OPEN(service_remote), OPEN(service_everywhere), OPEN(area_of_referral),
    OPEN(aged_18_today), OPEN(aged_64), OPEN(born_unknown_any_age), OPEN(only_youngest),
    SHUT(service_no_room, GATE_SERVICE, "The service has no room"),
    SHUT(service_inactive, GATE_SERVICE, "The service is inactive"),
    SHUT(service_for_now, GATE_SERVICE, "The service is closed for now"),
    SHUT(service_other_need, GATE_SERVICE, "does not list this need (Money and debts)"),
    SHUT(service_no_needs, GATE_SERVICE, "does not list this need"),
    SHUT(service_elsewhere, GATE_SERVICE, "does not cover swinton"),
    SHUT(area_unknown, GATE_SERVICE, "theirs is not recorded; record it"),
    SHUT(aged_17, GATE_SERVICE, "people from 18 to 64, and their age"),
    SHUT(aged_65_today, GATE_SERVICE, "people from 18 to 64, and their age"),
    SHUT(born_unknown, GATE_SERVICE, "their date of birth is not recorded"),
    SHUT(only_oldest, GATE_SERVICE, "people up to 64, and their age"),

    OPEN(concern_safe),
    SHUT(concern, GATE_SAFEGUARDING, "A safeguarding concern is open."),
    SHUT(concern_safe_nobody, GATE_SAFEGUARDING, "records by name, why and since when"),
    SHUT(concern_safe_no_why, GATE_SAFEGUARDING, "A safeguarding concern is open."),
    SHUT(concern_safe_no_day, GATE_SAFEGUARDING, "A safeguarding concern is open."),
    SHUT(concern_safe_tomorrow, GATE_SAFEGUARDING, "A safeguarding concern is open."),
    SHUT(not_yet, GATE_SAFEGUARDING, "(Not yet known: ask at first contact). Ask it"),
    SHUT(not_asked, GATE_SAFEGUARDING, "(Not asked (imported)). Ask it"),
    SHUT(not_asked_but_safe, GATE_SAFEGUARDING, "Ask it"),
    SHUT(safeguarding_empty, GATE_SAFEGUARDING, "(not recorded). Ask it"),

    OPEN(allocated),
    SHUT(draft, GATE_REFERRAL, "\"Draft\"; handoffs go once a worker has it."),
    SHUT(received, GATE_REFERRAL, "\"Waiting for triage\""),
    SHUT(waiting, GATE_REFERRAL, "\"On the waiting list\""),
    SHUT(paused, GATE_REFERRAL, "paused until 3 Dec 2026; resume it to send."),
    SHUT(closed, GATE_REFERRAL, "\"Closed\"; nothing new is sent."),
    SHUT(in_error, GATE_REFERRAL, "\"Entered in error\"; nothing new is sent."),
    SHUT(died, GATE_REFERRAL, "died on 20 Nov 2026"),

    OPEN(agreement_least),
    SHUT(agreement_no_needs, GATE_COLUMNS, "at least identity and needs; the agreement with salford-advice"),
    SHUT(agreement_nothing, GATE_COLUMNS, "at least identity and needs"),
};

static void each_gate_opens_and_shuts_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct facts f;
        struct gate_state out[GATE_COUNT];
        open_facts(&f);
        cases[i].change(&f);
        bool open = gates_ask(&f.question, out);
        assert_int_equal(open, cases[i].shut == GATE_COUNT);
        for (int g = 0; g < GATE_COUNT; g++) {
            if (out[g].open != (g != cases[i].shut))
                fail_msg("%s: gate %s is %s: %s", cases[i].name, gate_names[g], out[g].open ? "open" : "shut", out[g].reason);
            assert_true(*out[g].reason);
            if (g == cases[i].shut && !strstr(out[g].reason, cases[i].reason))
                fail_msg("%s: %s", cases[i].name, out[g].reason);
            assert_null(strstr(out[g].reason, "Made"));
        }
    }
}

static void without_an_agreement_nothing_may_be_told(void **state)
{
    (void)state;
    struct facts f;
    struct gate_state out[GATE_COUNT];
    open_facts(&f);
    f.question.agreement = NULL;
    assert_false(gates_ask(&f.question, out));
    assert_false(out[GATE_ORGANISATION].open);
    assert_non_null(strstr(out[GATE_ORGANISATION].reason, "No data-sharing agreement with salford-advice is recorded"));
    assert_false(out[GATE_COLUMNS].open);
}

static void a_gate_names_every_cause_of_its_own(void **state)
{
    (void)state;
    struct facts f;
    struct gate_state out[GATE_COUNT];
    open_facts(&f);
    service_no_room(&f);
    service_inactive(&f);
    aged_17(&f);
    service_elsewhere(&f);
    f.question.need = "alcohol";
    assert_false(gates_ask(&f.question, out));
    static const char *const causes[] = {"inactive", "no room", "their age is outside", "does not cover", "does not list"};
    for (size_t i = 0; i < COUNT(causes); i++)
        assert_non_null(strstr(out[GATE_SERVICE].reason, causes[i]));
}

static void the_columns_are_what_agreement_and_consent_both_allow(void **state)
{
    (void)state;
    struct facts f;
    struct gate_state out[GATE_COUNT];
    open_facts(&f);
    f.question.consent.categories = CATEGORY_LEAST | CATEGORY_RISKS | CATEGORY_NOTES;
    assert_true(gates_ask(&f.question, out));
    assert_string_equal(out[GATE_COLUMNS].reason, "Identity and contact, Needs, Risks.");
}

static void a_long_label_is_clipped_between_characters(void **state)
{
    (void)state;
    struct facts f;
    struct gate_state out[GATE_COUNT];
    char label[400] = "";
    for (int i = 0; i < 120; i++)
        strcat(label, "\xE2\x82\xAC");
    open_facts(&f);
    f.question.need = "alcohol";
    f.question.need_label = label;
    assert_false(gates_ask(&f.question, out));
    assert_true(utf8_valid(out[GATE_SERVICE].reason, strlen(out[GATE_SERVICE].reason), NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_gate_opens_and_shuts_alone),
        cmocka_unit_test(without_an_agreement_nothing_may_be_told),
        cmocka_unit_test(a_gate_names_every_cause_of_its_own),
        cmocka_unit_test(the_columns_are_what_agreement_and_consent_both_allow),
        cmocka_unit_test(a_long_label_is_clipped_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

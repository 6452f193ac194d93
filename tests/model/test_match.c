/* SPDX-License-Identifier: MIT
 *
 * Matching a need to services: what excludes, what weighs, and an order that
 * is the same every time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "onward/match.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct facts {
    struct person person;
    struct organisation organisation;
    struct agreement agreement;
    struct service service;
    struct match_question question;
};

/* A plain candidate: nothing known for or against but a fresh entry. */
static void plain(struct facts *f)
{
    memset(f, 0, sizeof *f);
    record_init(&person_type, &f->person);
    record_init(&organisation_type, &f->organisation);
    record_init(&agreement_type, &f->agreement);
    record_init(&service_type, &f->service);
    text_put(f->person.date_of_birth, DATE_SIZE, "1980-05-01");
    text_put(f->person.neighbourhood, CODE_SIZE, "swinton");
    text_put(f->organisation.code, CODE_SIZE, "salford-advice");
    text_put(f->organisation.status, CODE_SIZE, "active");
    text_put(f->agreement.starts_on, DATE_SIZE, "2026-01-01");
    text_put(f->agreement.ends_on, DATE_SIZE, "2026-12-31");
    text_put(f->service.ref, REF_SIZE, "SV-0000-0001");
    text_put(f->service.status, CODE_SIZE, "active");
    text_put(f->service.capacity, CODE_SIZE, "unknown");
    text_put(f->service.needs, CODES_SIZE, "debt");
    text_put(f->service.verified_on, DATE_SIZE, "2026-11-01");
    f->question = (struct match_question){
        .person = &f->person, .need = "debt", .on = date_parse("2026-11-23"), .service = &f->service,
        .organisation = &f->organisation, .agreement = &f->agreement,
        .facts = {.median_reply_days = FIELD_ABSENT}, .verify_days = 180,
    };
}

#define SET(member, value) text_put(f->member, sizeof f->member, value)
#define CASE(name) static void name(struct facts *f)

/* ---- hard conditions */

CASE(organisation_closed) { SET(organisation.status, "closed"); }
CASE(service_inactive) { SET(service.status, "inactive"); }
CASE(other_need) { SET(service.needs, "housing"); }
CASE(other_area) { SET(service.areas, "broughton"); }
CASE(too_young) { f->service.min_age = 60; }
CASE(no_agreement) { f->question.agreement = NULL; }
CASE(agreement_over) { SET(agreement.ends_on, "2026-11-22"); }
CASE(no_room) { SET(service.capacity, "no_capacity"); }
CASE(two_at_once) { other_need(f); no_room(f); }
CASE(by_telephone) { other_area(f); f->service.remote = 1; }
CASE(in_area) { SET(service.areas, "broughton,swinton"); }
CASE(waitlist) { SET(service.capacity, "waitlist"); }

static void a_hard_condition_excludes_and_is_the_one_that_is_named(void **state)
{
    (void)state;
    static const struct {
        void (*change)(struct facts *f);
        const char *gate; /* NULL: a candidate */
    } cases[] = {
        {organisation_closed, "status"}, {service_inactive, "status"},   {other_need, "need"},
        {other_area, "area"},            {too_young, "age"},             {no_agreement, "agreement"},
        {agreement_over, "agreement"},   {no_room, "capacity"},          {two_at_once, "need"},
        {by_telephone, NULL},            {in_area, NULL},                {waitlist, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct facts f;
        struct match_result r;
        plain(&f);
        cases[i].change(&f);
        match_service(&f.question, &r);
        assert_int_equal(r.excluded, cases[i].gate != NULL);
        assert_string_equal(r.gate, cases[i].gate ? cases[i].gate : "");
        assert_int_equal(*r.why != '\0', r.excluded);
        if (r.excluded)
            assert_int_equal(r.n_for + r.n_against, 0);
    }
}

/* ---- soft ones */

CASE(has_room) { SET(service.capacity, "capacity"); }
CASE(soon) { f->question.facts.median_reply_days = 7; }
CASE(in_time) { f->question.facts.median_reply_days = 8; }
CASE(late) { f->question.facts.median_reply_days = 15; }
CASE(accepts) { f->question.facts.asked = 10; f->question.facts.accepted = 9; }
CASE(declines) { f->question.facts.asked = 10; f->question.facts.accepted = 2; }
CASE(asked_little) { f->question.facts.asked = 2; f->question.facts.accepted = 2; }
CASE(speaks) { SET(person.language, "polish"); SET(service.languages, "english,polish"); }
CASE(interprets) { SET(person.interpreter_language, "somali"); SET(person.language, "english"); SET(service.languages, "somali"); }
CASE(needs_interpreter) { SET(person.interpreter_language, "somali"); SET(service.languages, "english"); }
CASE(just_english) { SET(person.language, "english"); SET(service.languages, "english"); }
CASE(access_said) { SET(person.mobility, "walks with a frame"); SET(service.access, "step-free"); }
CASE(access_unsaid) { SET(person.mobility, "walks with a frame"); }
CASE(near) { SET(person.postcode, "M6 5FW"); SET(service.postcode, "M6 8ZZ"); }
CASE(not_so_near) { SET(person.postcode, "M6 5FW"); SET(service.postcode, "M27 8ZZ"); }
CASE(far) { SET(person.postcode, "M6 5FW"); SET(service.postcode, "OL4 1AA"); }
CASE(far_by_telephone) { far(f); f->service.remote = 1; }
CASE(stale) { SET(service.verified_on, "2026-05-26"); }
CASE(just_fresh) { SET(service.verified_on, "2026-05-27"); }
CASE(never_verified) { SET(service.verified_on, ""); }

static bool says(const struct match_result *r, bool is_for, const char *words)
{
    for (size_t i = 0; i < (is_for ? r->n_for : r->n_against); i++)
        if (strstr(is_for ? r->reasons_for[i] : r->reasons_against[i], words))
            return true;
    return false;
}

static void each_soft_condition_weighs_and_says_so(void **state)
{
    (void)state;
    static const struct {
        void (*change)(struct facts *f);
        int sign; /* against the plain candidate */
        const char *words;
    } cases[] = {
        {has_room, 1, "Has room"},
        {waitlist, -1, "Has a waiting list"},
        {soon, 1, "Usually replies in 7 days"},
        {in_time, 1, "Usually replies in 8 days"},
        {late, -1, "Usually replies in 15 days"},
        {accepts, 1, "Accepted 9 of 10"},
        {declines, -1, "Accepted 2 of 10"},
        {asked_little, 0, NULL},
        {speaks, 1, "Speaks their language (polish)"},
        {interprets, 1, "Speaks their language (somali)"},
        {needs_interpreter, -1, "an interpreter is needed"},
        {just_english, 0, NULL},
        {access_said, 1, "Access: step-free"},
        {access_unsaid, -1, "Says nothing about access"},
        {near, 1, "In their district (M6)"},
        {not_so_near, 0, NULL},
        {far, -1, "Further away (OL4)"},
        {far_by_telephone, 1, "By telephone or online"},
        {just_fresh, 0, "verified on 27 May 2026"},
        {stale, -1, "last verified on 26 May 2026"},
        {never_verified, -1, "never verified"},
    };
    struct facts f;
    struct match_result even, r;
    plain(&f);
    match_service(&f.question, &even);
    assert_int_equal(even.n_for, 1);
    assert_int_equal(even.n_against, 1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        plain(&f);
        cases[i].change(&f);
        match_service(&f.question, &r);
        int diff = r.score - even.score;
        assert_int_equal((diff > 0) - (diff < 0), cases[i].sign);
        if (!cases[i].words) {
            assert_int_equal(r.n_for + r.n_against, even.n_for + even.n_against);
            continue;
        }
        if (!says(&r, cases[i].sign >= 0, cases[i].words))
            fail_msg("\"%s\" is not said", cases[i].words);
    }
}

static void the_best_and_the_worst_stay_within_bounds(void **state)
{
    (void)state;
    struct facts f;
    struct match_result r;
    plain(&f);
    has_room(&f), soon(&f), accepts(&f), speaks(&f), access_said(&f), near(&f);
    f.service.remote = 1;
    match_service(&f.question, &r);
    assert_int_equal(r.score, 100);
    assert_int_equal(r.n_for, MATCH_REASONS);
    plain(&f);
    waitlist(&f), late(&f), needs_interpreter(&f), access_unsaid(&f), far(&f), never_verified(&f);
    f.question.facts.asked = 10;
    match_service(&f.question, &r);
    assert_int_equal(r.score, 0);
    assert_in_range(r.n_against, 1, MATCH_REASONS);
}

static void a_name_weighs_nothing(void **state)
{
    (void)state;
    struct facts f;
    struct match_result a, b;
    plain(&f);
    match_service(&f.question, &a);
    text_put(f.service.name, sizeof f.service.name, "Debt debt debt");
    text_put(f.service.description, sizeof f.service.description, "The best debt advice");
    match_service(&f.question, &b);
    assert_int_equal(a.score, b.score);
}

/* ---- order */

struct candidate {
    struct match_result result;
    struct service service;
};

static int compare(const struct candidate *a, const struct candidate *b)
{
    int c = match_compare(&a->result, &a->service, &b->result, &b->service);
    return (c > 0) - (c < 0);
}

static void candidates_have_one_order(void **state)
{
    (void)state;
    static const int64_t medians[] = {3, 9, FIELD_ABSENT};
    static const char *const verified[] = {"2026-11-01", "2026-10-01", ""};
    static const char *const refs[] = {"SV-A", "SV-B"};
    enum { N = 2 * 2 * 3 * 3 * 2 };
    struct candidate *all = calloc(N, sizeof *all);
    size_t n = 0;
    /* written from the first to the last */
    for (int excluded = 0; excluded < 2; excluded++)
        for (int score = 70; score >= 60; score -= 10)
            for (size_t m = 0; m < COUNT(medians); m++)
                for (size_t v = 0; v < COUNT(verified); v++)
                    for (size_t r = 0; r < COUNT(refs); r++) {
                        struct candidate *c = &all[n++];
                        c->result = (struct match_result){.excluded = excluded, .score = score, .median_reply_days = medians[m]};
                        text_put(c->service.verified_on, DATE_SIZE, verified[v]);
                        text_put(c->service.ref, REF_SIZE, refs[r]);
                    }
    assert_int_equal(n, N);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            assert_int_equal(compare(&all[i], &all[j]), (i > j) - (i < j));
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hard_condition_excludes_and_is_the_one_that_is_named),
        cmocka_unit_test(each_soft_condition_weighs_and_says_so),
        cmocka_unit_test(the_best_and_the_worst_stay_within_bounds),
        cmocka_unit_test(a_name_weighs_nothing),
        cmocka_unit_test(candidates_have_one_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

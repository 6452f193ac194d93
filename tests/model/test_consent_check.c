/* SPDX-License-Identifier: MIT
 *
 * What a decision needs before it is recorded, and what follows from it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/consent.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define TODAY "2026-11-23"
#define ADULT "1980-05-01"
#define AGED_15 "2010-11-24" /* 16 tomorrow */
#define AGED_16 "2010-11-23" /* 16 today */
#define AGED_18 "2008-11-23"

/* Fills a record from "key=value" words. */
static struct consent record_of(const char *words)
{
    struct consent c;
    struct err e;
    record_init(&consent_type, &c);
    while (*words) {
        char key[64], value[256];
        size_t k = strcspn(words, "="), v = strcspn(words + k + 1, ";");
        assert_true(k < sizeof key && v < sizeof value);
        memcpy(key, words, k);
        key[k] = '\0';
        memcpy(value, words + k + 1, v);
        value[v] = '\0';
        const struct field *f = field_find(consent_type.fields, consent_type.count, key);
        assert_non_null(f);
        if (!field_parse(f, &c, value, date_parse(TODAY), &e))
            fail_msg("%s", e.text);
        words += k + 1 + v;
        words += *words == ';';
    }
    return c;
}

static bool check(struct consent *c, const char *born, struct err *e)
{
    return consent_check(c, date_parse(born), date_parse(TODAY), 12, e);
}

#define GIVEN "purpose=share;decision=given;recipients=salford-advice;categories=identity,needs;how=phone"
#define ASSESSED ";capacity=lacks_capacity;capacity_by=Made Up;capacity_on=2026-11-20"
#define BEST "purpose=share;decision=best_interests;recipients=salford-advice;categories=identity,needs;review_on=2026-12-23"
#define DUTY "purpose=share;decision=legal_duty;recipients=salford-advice;categories=identity,needs"

static void a_decision_needs_what_its_kind_needs(void **state)
{
    (void)state;
    static const struct {
        const char *words, *born, *field; /* field at fault, NULL: may be recorded */
    } cases[] = {
        {GIVEN, ADULT, NULL},
        {GIVEN, "", NULL},
        {"decision=given;recipients=a;categories=identity;how=phone", ADULT, "purpose"},
        {"purpose=share;recipients=a;categories=identity;how=phone", ADULT, "decision"},
        {"purpose=share;decision=given;categories=identity;how=phone", ADULT, "recipients"},
        {"purpose=share;decision=given;recipients=a;how=phone", ADULT, "categories"},
        {"purpose=share;decision=given;recipients=a;categories=identity", ADULT, "how"},
        {"purpose=share;decision=given;recipients=a,b;categories=risks;how=writing", ADULT, NULL},

        {GIVEN ";valid_from=2026-12-01", ADULT, NULL}, /* from a day to come */
        {GIVEN ";valid_from=2026-11-01;expires_on=2026-11-01", ADULT, NULL},
        {GIVEN ";valid_from=2026-11-02;expires_on=2026-11-01", ADULT, "expires_on"},

        {"purpose=contact;decision=given;how=phone", ADULT, NULL},
        {"purpose=contact;decision=given;how=phone;recipients=a", ADULT, "recipients"},
        {"purpose=contact;decision=refused", ADULT, NULL},
        {"purpose=evaluation;decision=given;how=phone", ADULT, NULL},
        {"purpose=evaluation;decision=best_interests;review_on=2026-12-01", ADULT, "decision"},
        {"purpose=evaluation;decision=legal_duty;reason=none;review_on=2026-12-01", ADULT, "decision"},

        /* a no is as easy as a yes */
        {"purpose=share;decision=refused", ADULT, NULL},
        {"purpose=share;decision=withdrawn", ADULT, NULL},
        {"purpose=share;decision=withdrawn", AGED_15, NULL},
        {"purpose=share;decision=withdrawn;recipients=a;needs=debt;categories=risks", ADULT, NULL},
        {"purpose=share;decision=withdrawn;valid_from=2026-11-24", ADULT, "valid_from"},
        {"purpose=share;decision=refused;expires_on=2027-01-01", ADULT, "expires_on"},
        {"purpose=share;decision=not_sought", ADULT, "reason"},
        {"purpose=share;decision=not_sought;reason=Told by letter only", ADULT, NULL},

        /* who decides, and capacity */
        {GIVEN ";capacity=has_capacity", ADULT, "capacity_by"},
        {GIVEN ";capacity=has_capacity;capacity_by=Made Up", ADULT, "capacity_on"},
        {GIVEN ";capacity=has_capacity;capacity_by=Made Up;capacity_on=2026-11-20", ADULT, NULL},
        {GIVEN ASSESSED, ADULT, "given_by"},
        {GIVEN ";given_by=attorney;given_by_name=Made Up", ADULT, "capacity"},
        {GIVEN ";given_by=attorney" ASSESSED, ADULT, "given_by_name"},
        {GIVEN ";given_by=attorney;given_by_name=Made Up" ASSESSED, ADULT, NULL},
        {GIVEN ";given_by=deputy;given_by_name=Made Up" ASSESSED, ADULT, NULL},
        {GIVEN ";given_by=deputy;given_by_name=Made Up;capacity=has_capacity;capacity_by=x;capacity_on=2026-11-20", ADULT, "capacity"},
        {GIVEN, AGED_15, "capacity"},
        {GIVEN ";capacity=assumed", AGED_15, "capacity"},
        {GIVEN ";capacity=competent_under_16", AGED_15, NULL},
        {GIVEN ";given_by=parental_responsibility", AGED_15, "given_by_name"},
        {GIVEN ";given_by=parental_responsibility;given_by_name=Made Up", AGED_15, NULL},
        {GIVEN, AGED_16, NULL},
        {GIVEN ";capacity=competent_under_16", AGED_16, "capacity"},
        {GIVEN ";given_by=parental_responsibility;given_by_name=Made Up", AGED_16, "capacity"},
        {GIVEN ";given_by=parental_responsibility;given_by_name=Made Up" ASSESSED, AGED_16, NULL},
        {GIVEN ";given_by=parental_responsibility;given_by_name=Made Up" ASSESSED, AGED_18, "given_by"},
        {GIVEN ";valid_from=2026-11-22", AGED_16, "capacity"}, /* they were 15 when they decided */

        /* best interests: one organisation, lacking capacity, who, why, until when */
        {BEST ";decider=Made Up;reason=rent arrears" ASSESSED, ADULT, NULL},
        {BEST ";reason=rent arrears" ASSESSED, ADULT, "decider"},
        {BEST ";decider=Made Up" ASSESSED, ADULT, "reason"},
        {BEST ";decider=Made Up;reason=rent arrears", ADULT, "capacity"},
        {BEST ";decider=Made Up;reason=rent arrears;capacity=lacks_capacity", ADULT, "capacity_by"},
        {BEST ";decider=Made Up;reason=rent arrears;recipients=a,b" ASSESSED, ADULT, "recipients"},
        {BEST ";decider=Made Up;reason=rent arrears;recipients=-" ASSESSED, ADULT, "recipients"},
        {BEST ";decider=Made Up;reason=rent arrears;review_on=-" ASSESSED, ADULT, "review_on"},
        {BEST ";decider=Made Up;reason=rent arrears;review_on=2026-11-22" ASSESSED, ADULT, "review_on"},
        {BEST ";decider=Made Up;reason=rent arrears;review_on=2026-11-23" ASSESSED, ADULT, NULL},
        {BEST ";decider=Made Up;reason=rent arrears;expires_on=2027-01-01" ASSESSED, ADULT, "expires_on"},
        {BEST ";decider=Made Up;reason=rent arrears" ASSESSED, AGED_15, "decision"},

        {DUTY ";reason=court order;review_on=2026-12-01", ADULT, NULL},
        {DUTY ";reason=court order;review_on=2026-12-01", AGED_15, NULL},
        {DUTY ";review_on=2026-12-01", ADULT, "reason"},
        {DUTY ";reason=court order", ADULT, "review_on"},
        {"purpose=share;decision=legal_duty;recipients=a;reason=court order;review_on=2026-12-01", ADULT, "categories"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct consent c = record_of(cases[i].words), before = c;
        struct err e = {0};
        bool ok = check(&c, cases[i].born, &e);
        if (ok != (cases[i].field == NULL))
            fail_msg("%s: %s", cases[i].words, ok ? "may be recorded" : e.text);
        if (ok)
            continue;
        assert_int_equal(e.code, ERR_INVALID);
        if (strcmp(e.field, cases[i].field) != 0)
            fail_msg("%s: at %s: %s", cases[i].words, e.field, e.text);
        assert_memory_equal(&c, &before, sizeof c);
    }
}

static void what_follows_is_filled_in(void **state)
{
    (void)state;
    struct err e;
    struct consent c = record_of(GIVEN);
    assert_true(check(&c, ADULT, &e));
    assert_string_equal(c.valid_from, TODAY);
    assert_string_equal(c.expires_on, "2027-11-23");
    assert_string_equal(c.given_by, "person");
    assert_string_equal(c.capacity, "assumed");

    c = record_of(GIVEN ";valid_from=2026-08-31");
    assert_true(consent_check(&c, DATE_NONE, date_parse(TODAY), 6, &e));
    assert_string_equal(c.expires_on, "2027-02-28");

    c = record_of(GIVEN ";expires_on=2026-12-24");
    assert_true(check(&c, ADULT, &e));
    assert_string_equal(c.expires_on, "2026-12-24");

    c = record_of("purpose=share;decision=withdrawn");
    assert_true(check(&c, ADULT, &e));
    assert_string_equal(c.reason, "not given");
    assert_string_equal(c.recipients, "");
    assert_int_equal(categories_parse(c.categories), CATEGORY_ALL);
    assert_string_equal(c.expires_on, "");

    c = record_of("purpose=share;decision=withdrawn;categories=risks;reason=changed their mind");
    assert_true(check(&c, ADULT, &e));
    assert_string_equal(c.categories, "risks");
    assert_string_equal(c.reason, "changed their mind");
}

static void what_may_be_recorded_as_given_covers(void **state)
{
    (void)state;
    static const char *const words[] = {
        GIVEN, BEST ";decider=Made Up;reason=rent arrears" ASSESSED, DUTY ";reason=court order;review_on=2026-12-01",
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        struct err e;
        struct consent c = record_of(words[i]);
        struct consent_answer a;
        assert_true(check(&c, ADULT, &e));
        struct consent_question q = {.rows = &c, .count = 1, .organisation = "salford-advice", .need = "debt",
                                     .categories = CATEGORY_LEAST, .on = date_parse(TODAY), .expiring_days = 28};
        consent_covers(&q, &a);
        assert_true(a.covers);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decision_needs_what_its_kind_needs),
        cmocka_unit_test(what_follows_is_filled_in),
        cmocka_unit_test(what_may_be_recorded_as_given_covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

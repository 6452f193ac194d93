/* SPDX-License-Identifier: MIT
 *
 * Several verbs as one action: a later step is about what an earlier one
 * made, and whatever one of them is refused, nothing of the others stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

#define WORDS(...) \
    .words = (const struct typed[]){__VA_ARGS__}, .n = sizeof((const struct typed[]){__VA_ARGS__}) / sizeof(struct typed)

enum { STEPS = 6 };
static const struct verb_step intake[STEPS] = {
    {.verb = "person add", WORDS({"given_name", "Ottoline"}, {"family_name", "Pembrick"}, {"date_of_birth", "1961-04-02"},
                                 {"neighbourhood", "swinton"})},
    {.verb = "consent give", WORDS({"purpose", "contact"}, {"how", "phone"}, {"wording", "contact-1"}), .of = 1},
    {.verb = "risk add", WORDS({"kind", "none_known"}), .of = 1},
    {.verb = "referral start", WORDS({"source", "self"}, {"reason", "Company"}, {"safeguarding", "none"}), .of = 1},
    {.verb = "need add", WORDS({"need", "isolation"}, {"severity", "3"}), .of = 4},
    {.verb = "referral submit", .of = 4},
};

static size_t rows_of(struct session *s, const char *line)
{
    json_t *rows = world_list(s, line);
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

static void forget(struct outcome *o, size_t n)
{
    for (size_t i = 0; i < n; i++)
        outcome_free(&o[i]);
}

static void a_later_step_is_about_what_an_earlier_one_made(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct outcome o[STEPS] = {0};
    struct err e = {0};
    size_t at;
    if (!verb_run_together(s, intake, STEPS, o, &at, &e))
        fail_msg("step %zu: %s", at, e.text);
    assert_string_equal(o[0].kind, "person");
    assert_string_equal(o[5].state, "received");
    assert_string_equal(o[5].ref, o[3].ref);
    json_t *doc = world_show(s, LINE("referral show %s", o[5].ref));
    assert_string_equal(json_string_value(json_object_get(doc, "person")), o[0].ref);
    assert_int_equal(json_array_size(json_object_get(doc, "needs")), 1);
    json_decref(doc);
    forget(o, STEPS);
    world_close(s);
}

static void refused_anywhere_nothing_of_it_stays(void **state)
{
    (void)state;
    const struct {
        size_t step;
        struct verb_step instead;
        enum err_code code;
    } cases[] = {
        {0, {.verb = "person add", WORDS({"given_name", "Ottoline"})}, ERR_INVALID},
        {1, {.verb = "consent give", WORDS({"purpose", "contact"}, {"how", "smoke"}), .of = 1}, ERR_INVALID},
        {2, {.verb = "risk add", WORDS({"kind", "dragons"}), .of = 1}, ERR_INVALID},
        {3, {.verb = "referral start", WORDS({"safeguarding", "concern"}), .of = 1}, ERR_INVALID},
        {3, {.verb = "referral start", WORDS({"reason", "Company"}), .of = 1}, ERR_REFUSED}, /* at the submission */
        {4, {.verb = "need add", WORDS({"need", "wealth"}), .of = 4}, ERR_INVALID},
        {4, {.verb = "referral begin", .of = 4}, ERR_REFUSED},
    };
    struct session *s = world_open();
    size_t people = rows_of(s, "person list"), referrals = rows_of(s, "referral list");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct verb_step steps[STEPS];
        struct outcome o[STEPS] = {0};
        struct err e = {0};
        size_t at = 99;
        memcpy(steps, intake, sizeof steps);
        steps[cases[i].step] = cases[i].instead;
        assert_false(verb_run_together(s, steps, STEPS, o, &at, &e));
        if (e.code != cases[i].code)
            fail_msg("case %zu: %s (%s)", i, err_name(e.code), e.text);
        assert_int_equal(at, i == 4 ? 5 : cases[i].step);
        assert_int_equal(rows_of(s, "person list"), people);
        assert_int_equal(rows_of(s, "referral list"), referrals);
    }
    world_close(s);
}

static void it_is_one_step_of_undo_named_by_its_last(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], referral[64];
    world_person(s, person);
    world_referral(s, person, referral);
    const struct verb_step steps[] = {
        {.verb = "need add", WORDS({"referral", referral}, {"need", "housing"})},
        {.verb = "need add", WORDS({"referral", referral}, {"need", "isolation"})},
    };
    struct outcome o[2] = {0}, undone = {0};
    struct err e = {0};
    size_t at;
    assert_true(verb_run_together(s, steps, 2, o, &at, &e));
    forget(o, 2);
    assert_true(world_do(s, "undo", &undone, &e));
    assert_non_null(strstr(buf_text(&undone.text), "isolation"));
    outcome_free(&undone);
    world_must(s, "undo yes=yes", NULL);
    json_t *doc = world_show(s, LINE("referral show %s", referral));
    assert_int_equal(json_array_size(json_object_get(doc, "needs")), 1);
    json_decref(doc);
    world_close(s);
}

static void a_refusal_is_logged_under_the_verb_that_refused(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], referral[64];
    world_person(s, person);
    world_referral(s, person, referral);
    const struct verb_step steps[] = {
        {.verb = "need add", WORDS({"referral", referral}, {"need", "housing"})},
        {.verb = "referral begin", WORDS({"referral", referral}, {"agreed", "yes"})},
    };
    struct outcome o[2] = {0};
    struct err e = {0};
    size_t at;
    assert_false(verb_run_together(s, steps, 2, o, &at, &e));
    assert_int_equal(at, 1);
    json_t *rows = world_list(s, "audit"), *newest = json_array_get(rows, 0);
    assert_string_equal(json_string_value(json_object_get(newest, "effect")), "refused");
    assert_string_equal(json_string_value(json_object_get(newest, "verb")), "referral begin");
    json_decref(rows);
    world_close(s);
}

static void who_may_not_do_one_of_them_does_none(void **state)
{
    (void)state;
    struct session *s = world_open(), *rep = world_as("rep");
    size_t people = rows_of(s, "person list"), at;
    struct outcome o[STEPS] = {0};
    struct err e = {0};
    assert_false(verb_run_together(rep, intake, STEPS, o, &at, &e));
    assert_int_equal(e.code, ERR_DENIED);
    assert_int_equal(rows_of(s, "person list"), people);
    world_close(rep);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_step_is_about_what_an_earlier_one_made),
        cmocka_unit_test(refused_anywhere_nothing_of_it_stays),
        cmocka_unit_test(it_is_one_step_of_undo_named_by_its_last),
        cmocka_unit_test(a_refusal_is_logged_under_the_verb_that_refused),
        cmocka_unit_test(who_may_not_do_one_of_them_does_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

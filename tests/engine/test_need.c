/* SPDX-License-Identifier: MIT
 *
 * Needs and their outcomes, risks, signposts and flags.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

static const char *of_row(struct session *s, const char *ref, const char *array, const char *which, const char *is, const char *key)
{
    static char value[256];
    json_t *doc = world_show(s, LINE("referral show %s", ref)), *row;
    size_t i;
    *value = '\0';
    json_array_foreach (json_object_get(doc, array), i, row) {
        const char *name = json_string_value(json_object_get(row, which));
        json_t *v = json_object_get(row, key);
        if (name && strcmp(name, is) == 0 && v)
            snprintf(value, sizeof value, "%s", json_is_string(v) ? json_string_value(v) : json_is_true(v) ? "yes" : "no");
    }
    json_decref(doc);
    return value;
}

static void the_first_need_is_the_main_one_until_another_is_named(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_must(s, LINE("referral start %s", person), ref);
    world_must(s, LINE("need add %s need=housing severity=3", ref), NULL);
    world_must(s, LINE("need add %s need=money_debt found=found note='Letters unopened'", ref), NULL);
    assert_string_equal(of_row(s, ref, "needs", "code", "housing", "is_main"), "yes");
    assert_string_equal(of_row(s, ref, "needs", "code", "housing", "found"), "presenting");
    assert_string_equal(of_row(s, ref, "needs", "code", "money_debt", "is_main"), "no");
    world_must(s, LINE("need edit %s need=money_debt main=yes severity=5", ref), NULL);
    assert_string_equal(of_row(s, ref, "needs", "code", "housing", "is_main"), "no");
    assert_string_equal(of_row(s, ref, "needs", "code", "money_debt", "is_main"), "yes");
    assert_string_equal(of_row(s, ref, "needs", "code", "money_debt", "note"), "Letters unopened");
    world_must(s, "undo yes=yes", NULL);
    assert_string_equal(of_row(s, ref, "needs", "code", "housing", "is_main"), "yes");
    world_close(s);
}

static void a_need_stands_once_and_is_a_code_in_use(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_no(s, LINE("need add %s need=money_debt", ref), ERR_INVALID, "need");
    world_no(s, LINE("need add %s need=wealth", ref), ERR_INVALID, "need");
    world_no(s, LINE("need add %s", ref), ERR_INVALID, "need");
    world_no(s, LINE("need add %s need=housing severity=6", ref), ERR_INVALID, "severity");
    world_no(s, LINE("need edit %s need=housing severity=2", ref), ERR_NOT_FOUND, NULL);
    world_no(s, LINE("need edit %s need=money_debt found=-", ref), ERR_INVALID, "found");
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    world_no(s, LINE("need add %s need=housing", ref), ERR_REFUSED, "referral.open");
    world_close(s);
}

static void an_outcome_has_its_day_and_may_be_heard_of_after_closing(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_no(s, LINE("need outcome %s need=housing outcome=met", ref), ERR_NOT_FOUND, NULL);
    world_no(s, LINE("need outcome %s need=money_debt outcome=splendid", ref), ERR_INVALID, "outcome");
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    world_day(30);
    world_must(s, LINE("need outcome %s need=money_debt outcome=with_organisation note='Heard from the new worker'", ref), NULL);
    assert_string_equal(of_row(s, ref, "needs", "code", "money_debt", "outcome"), "with_organisation");
    assert_string_equal(of_row(s, ref, "needs", "code", "money_debt", "outcome_on"), "2026-12-23");
    world_close(s);
}

/* ---- risk */

static void a_risk_ends_no_known_risks_and_stands_against_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], risk[64];
    world_person(s, person);
    world_must(s, LINE("referral start %s", person), ref);
    world_must(s, LINE("risk add %s kind=none_known", person), NULL);
    world_must(s, LINE("risk add %s kind=none_known", person), NULL); /* said twice, kept once */
    assert_count(s, ref, "risks", 1);
    world_must(s, LINE("risk add %s kind=falls note='Stairs'", person), risk);
    assert_string_equal(of_row(s, ref, "risks", "kind", "none_known", "ended_on"), "2026-11-23");
    assert_string_equal(of_row(s, ref, "risks", "kind", "falls", "ended_on"), "");
    world_no(s, LINE("risk add %s kind=none_known", person), ERR_REFUSED, "risk");
    world_must(s, LINE("risk end %s", risk), NULL);
    world_no(s, LINE("risk end %s", risk), ERR_REFUSED, "risk");
    world_must(s, LINE("risk add %s kind=none_known", person), NULL);
    world_no(s, LINE("risk add %s kind=gravity", person), ERR_INVALID, "kind");
    world_close(s);
}

static void an_ended_risk_is_no_record_of_risk(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], risk[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_must(s, LINE("need add %s need=housing", ref), NULL);
    world_must(s, LINE("risk add %s kind=falls", person), risk);
    world_must(s, LINE("risk end %s on=2026-11-20", risk), NULL);
    world_no(s, LINE("referral accept %s", ref), ERR_REFUSED, "R04");
    world_close(s);
}

/* ---- signposts and flags */

static void a_signpost_takes_what_the_directory_knows_and_sends_nothing(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_no(s, LINE("signpost %s reason='Warm space'", ref), ERR_INVALID, "to");
    world_must(s, LINE("signpost %s to='Library, first floor' contact='0161 496 0300' reason='Warm space'", ref), NULL);
    world_must(s, LINE("signpost %s service=%s", ref, world_service()), NULL);
    assert_string_equal(of_row(s, ref, "signposts", "to_name", "Debt advice", "on_date"), "2026-11-23");
    assert_count(s, ref, "signposts", 2);
    assert_count(s, ref, "handoffs", 0);
    world_close(s);
}

static void a_flag_comes_back_and_is_settled_once(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], flag[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_no(s, LINE("flag %s message='Form due'", ref), ERR_INVALID, "due");
    world_must(s, LINE("flag %s message='Form due' due=+3", ref), flag);
    world_must(s, LINE("flag done %s note='Form went'", flag), NULL);
    assert_string_equal(of_row(s, ref, "flags", "ref", flag, "resolved_note"), "Form went");
    world_no(s, LINE("flag done %s", flag), ERR_REFUSED, "flag");
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_need_is_the_main_one_until_another_is_named),
        cmocka_unit_test(a_need_stands_once_and_is_a_code_in_use),
        cmocka_unit_test(an_outcome_has_its_day_and_may_be_heard_of_after_closing),
        cmocka_unit_test(a_risk_ends_no_known_risks_and_stands_against_it),
        cmocka_unit_test(an_ended_risk_is_no_record_of_risk),
        cmocka_unit_test(a_signpost_takes_what_the_directory_knows_and_sends_nothing),
        cmocka_unit_test(a_flag_comes_back_and_is_settled_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

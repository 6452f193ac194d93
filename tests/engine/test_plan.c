/* SPDX-License-Identifier: MIT
 *
 * The plan and its review.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

static void the_plan_nests_needs_goals_and_actions(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], need[64], goal[64], action[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("plan add %s kind=strength text='Has a sister round the corner'", ref), NULL);
    world_must(s, LINE("plan add %s kind=need text='The letters frighten me' code=money_debt", ref), need);
    world_must(s, LINE("plan add %s kind=goal text='To open the post again' parent=%s importance=9", ref, need), goal);
    world_must(s, LINE("plan add %s kind=action text='Take the letters to the advice session' parent=%s confidence=6 who='Amara and Sam' due=2026-12", ref, goal), action);
    json_t *doc = world_show(s, LINE("referral show %s", ref)), *plan = json_object_get(doc, "plan");
    assert_int_equal(json_array_size(plan), 4);
    json_t *last = json_array_get(plan, 3);
    assert_string_equal(json_string_value(json_object_get(last, "parent")), goal);
    assert_string_equal(json_string_value(json_object_get(last, "status")), "planned");
    assert_int_equal(json_integer_value(json_object_get(last, "confidence")), 6);
    assert_null(json_object_get(json_array_get(plan, 0), "status"));
    json_decref(doc);
    world_must(s, LINE("plan edit %s status=done outcome='Went on Tuesday'", action), NULL);
    doc = world_show(s, LINE("referral show %s", ref));
    last = json_array_get(json_object_get(doc, "plan"), 3);
    assert_string_equal(json_string_value(json_object_get(last, "status")), "done");
    assert_string_equal(json_string_value(json_object_get(last, "parent")), goal);
    json_decref(doc);
    world_close(s);
}

static void what_does_not_go_with_a_kind_is_refused_with_its_field(void **state)
{
    (void)state;
    static const struct {
        const char *words, *field;
    } cases[] = {
        {"kind=goal", "text"},
        {"text=x", "kind"},
        {"kind=dream text=x", "kind"},
        {"kind=action text=x importance=5", "importance"},
        {"kind=goal text=x confidence=5", "confidence"},
        {"kind=goal text=x importance=11", "importance"},
        {"kind=strength text=x status=done", "status"},
        {"kind=need text=x code=wealth", "code"},
        {"kind=action text=x due=someday", "due"},
    };
    struct session *s = world_open();
    char person[64], ref[64], other[64], need[64], goal[64];
    world_person(s, person);
    world_referral(s, person, ref);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        world_no(s, LINE("plan add %s %s", ref, cases[i].words), ERR_INVALID, cases[i].field);
    world_must(s, LINE("plan add %s kind=need text=x", ref), need);
    world_must(s, LINE("plan add %s kind=goal text=x", ref), goal);
    world_no(s, LINE("plan add %s kind=action text=x parent=%s", ref, need), ERR_INVALID, "parent");
    world_no(s, LINE("plan edit %s importance=5", need), ERR_INVALID, "importance");
    world_no(s, LINE("plan edit %s text=-", goal), ERR_INVALID, "text");
    world_person(s, person);
    world_referral(s, person, other);
    world_no(s, LINE("plan add %s kind=action text=x parent=%s", other, goal), ERR_INVALID, "parent");
    world_close(s);
}

static void a_review_sets_the_day_of_the_next(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_no(s, LINE("plan review %s", ref), ERR_INVALID, "agreed");
    world_no(s, LINE("plan review %s agreed=yes review_on=today", ref), ERR_INVALID, "review_on");
    world_must(s, LINE("plan review %s agreed=yes", ref), NULL);
    assert_field(s, ref, "plan_agreed", "yes");
    assert_field(s, ref, "plan_review_on", "2027-02-15"); /* 84 days */
    world_must(s, LINE("plan review %s agreed=no review_on=2026-12-01", ref), NULL);
    assert_field(s, ref, "plan_agreed", "no");
    assert_field(s, ref, "plan_review_on", "2026-12-01");
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_nests_needs_goals_and_actions),
        cmocka_unit_test(what_does_not_go_with_a_kind_is_refused_with_its_field),
        cmocka_unit_test(a_review_sets_the_day_of_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

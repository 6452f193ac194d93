/* SPDX-License-Identifier: MIT
 *
 * Caseload: saved views, limits, the pane of list columns, acting on one case
 * and on many at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

static char people[4][64], cases[4][64];

/* Four cases: two of the worker who work together, one that waits for triage, one on the waiting list. */
static void sit_as(const char *login)
{
    text_put(people[0], 64, sitting.person);
    text_put(cases[0], 64, sitting.referral);
    for (int i = 1; i < 4; i++)
        world_person(sitting.s, people[i]);
    world_referral(sitting.s, people[1], cases[1]);
    episode_received(sitting.s, people[2], cases[2]);
    episode_waiting(sitting.s, people[3], cases[3]);
    sitting.seat = seat_open(world_as(login), 24, 80);
    seat_keys(sitting.seat, "gc");
}

static void keys(const char *text)
{
    seat_keys(sitting.seat, text);
}

static void has(const char *text)
{
    seat_has(sitting.seat, text);
}

static void hasnt(const char *text)
{
    seat_hasnt(sitting.seat, text);
}

static void a_worker_begins_with_their_own_and_goes_through_the_views(void **state)
{
    (void)state;
    sit_as("worker");
    has("[1 Mine]");
    has("Mine: 2");
    seat_golden(sitting.seat, "caseload");
    keys("2");
    has("Everybody was reached lately");
    keys("3");
    has("Triage: 1");
    keys("4");
    has("Waiting: 1");
    keys("5");
    has("All open: 4");
    keys("6");
    has("No referral is closed yet");
    keys("[");
    has("[5 All open]");
    keys("]]");
    has("[1 Mine]");
}

static void an_area_is_chosen_and_then_one_of_the_views(void **state)
{
    (void)state;
    sit_as("worker");
    keys("7");
    has("Which neighbourhood?");
    keys("Swin<Enter>");
    has("[7 Area]");
    has("Swinton: 4");
    keys("]");
    has("[1 Mine]");
    keys("[");
    has("[7 Area]");
}

static void a_manager_begins_with_all_open_cases(void **state)
{
    (void)state;
    sit_as("manager");
    has("[5 All open]");
    has("All open: 4");
}

static void a_representative_sees_no_names(void **state)
{
    (void)state;
    sit_as("rep");
    has("All open: 4");
    hasnt("Amara");
}

static void the_pane_follows_the_cursor_with_what_the_list_has(void **state)
{
    (void)state;
    sit_as("worker");
    json_t *before = world_list(sitting.s, LINE("audit ref=%s", people[0]));
    keys("z");
    has("Neighbourhood");
    seat_golden(sitting.seat, "caseload_pane");
    keys("j");
    json_t *after = world_list(sitting.s, LINE("audit ref=%s", people[0]));
    assert_int_equal(json_array_size(before), json_array_size(after));
    json_decref(before);
    json_decref(after);
}

static void a_limit_shows_only_what_is_asked_for(void **state)
{
    (void)state;
    sit_as("worker");
    keys("5lstate=waiting<Enter>");
    has("limit: state=waiting");
    has("On the waiting list");
    hasnt("Working together");
    keys("<Esc>");
    has("Working together");
}

static void tagged_cases_are_flagged_at_once_and_undone_at_once(void **state)
{
    (void)state;
    sit_as("worker");
    keys("tt");
    has("2 tagged");
    keys(";!");
    has("Set a flag (2:");
    keys("Team day<Enter>2026-12-01<Enter>");
    assert_count(sitting.s, cases[0], "flags", 1);
    assert_count(sitting.s, cases[1], "flags", 1);
    keys("u");
    keys("y");
    assert_count(sitting.s, cases[0], "flags", 0);
    assert_count(sitting.s, cases[1], "flags", 0);
}

static void tagged_rows_that_went_meanwhile_leave_the_one_in_focus_alone(void **state)
{
    (void)state;
    sit_as("worker");
    const char *tagged = LINE("person restrict %s users=worker2", desk_subject(desk_top(seat_desk(sitting.seat)), "person"));
    keys("t;");
    has("Act on 1 tagged");
    world_must(sitting.s, tagged, NULL);
    seat_wait(sitting.seat, 2000);
    has("Mine: 1");
    keys("!");
    hasnt("Set a flag");
    has("Choose a referral first");
}

static void tagged_cases_are_moved_paused_returned_and_closed_at_once(void **state)
{
    (void)state;
    sit_as("manager");
    keys("lstate=active<Enter>tt;W");
    has("Move to another worker (2:");
    keys("worker2<Enter>Sam is ill<Enter>");
    assert_field(sitting.s, cases[0], "worker", "worker2");
    assert_field(sitting.s, cases[1], "worker", "worker2");
    keys(";P");
    has("Pause (2:");
    keys("In hospital<Enter>2026-12-14<Enter>");
    assert_field(sitting.s, cases[0], "state", "paused");
    keys("<Esc>lstate=paused<Enter>tt;B");
    has("Back to the waiting list (2:");
    keys("No worker<Enter>");
    assert_field(sitting.s, cases[1], "state", "waiting");
    keys("<Esc>tttt;D");
    has("Close (");
    keys("Moved away<C-s>");
    assert_field(sitting.s, cases[0], "state", "closed");
}

static void all_cases_of_a_leaver_are_handed_over_in_one_step(void **state)
{
    (void)state;
    sit_as("world");
    keys("gc:leaver<Enter>worker<Enter>worker2<Enter>She left<C-s>");
    has("moved from worker to worker2");
}

static void a_received_case_is_accepted_given_and_resumed_by_name(void **state)
{
    (void)state;
    sit_as("manager");
    keys("4G");
    has("Give to a worker");
    keys("worker2<Enter>");
    assert_field(sitting.s, cases[3], "state", "allocated");
    keys("3:accept<Enter>y");
    has("has no need yet"); /* what is missing is said */
    keys("5lstate=active<Enter>P");
    keys("In hospital<Enter>2026-12-14<Enter>");
    keys("<Esc>lstate=paused<Enter>:resume<Enter>y");
    has("working together again");
}

static void one_case_is_opened_and_the_next_without_going_back(void **state)
{
    (void)state;
    sit_as("worker");
    keys("<Enter>");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &person_screen);
    char first[64];
    text_put(first, sizeof first, desk_subject(desk_top(seat_desk(sitting.seat)), "referral"));
    keys("J");
    assert_string_not_equal(desk_subject(desk_top(seat_desk(sitting.seat)), "referral"), first);
    keys("J");
    has("That was the last of the list.");
    keys("K");
    assert_string_equal(desk_subject(desk_top(seat_desk(sitting.seat)), "referral"), first);
}

static void one_case_is_closed_with_what_came_of_each_need(void **state)
{
    (void)state;
    sit_as("worker");
    char referral[64];
    text_put(referral, sizeof referral, desk_subject(desk_top(seat_desk(sitting.seat)), "referral"));
    keys("D");
    has("Close the referral");
    has("What came of each need");
    keys("<Enter>Completed<C-s>"); /* the need is left out */
    has("every need needs an answer first");
    assert_field(sitting.s, referral, "state", "active");
    keys("p"); /* Partly met */
    seat_golden(sitting.seat, "closing");
    keys("<Enter><Enter>Goes on alone<Enter>");
    assert_field(sitting.s, referral, "state", "closed");
    json_t *doc = world_show(sitting.s, LINE("referral show %s", referral));
    const json_t *need = json_array_get(json_object_get(doc, "needs"), 0);
    assert_string_equal(json_string_value(json_object_get(need, "outcome")), "partly_met");
    json_decref(doc);
    has("Mine: 1");
    keys("uy"); /* one step: outcome and closing */
    assert_field(sitting.s, referral, "state", "active");
    doc = world_show(sitting.s, LINE("referral show %s", referral));
    assert_null(json_object_get(json_array_get(json_object_get(doc, "needs"), 0), "outcome"));
    json_decref(doc);
}

static void a_closing_that_was_begun_is_kept_through_a_crash(void **state)
{
    (void)state;
    sit_as("worker");
    keys("Dm<Enter>c<Enter>Half a no");
    seat_wait(sitting.seat, 2000);
    seat_close(sitting.seat);
    sitting.seat = NULL;
    sitting.seat = seat_open(world_as("worker"), 24, 80);
    has("Closing SP-");
    keys("<Enter>");
    has("Met");
    has("Completed");
    has("Half a no");
    keys("<Esc>y");
    keys("<Esc>:unsaved<Enter>");
    has("Nothing is unsaved");
}

#define T(test) cmocka_unit_test_setup_teardown(test, sitting_begin, sitting_end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_worker_begins_with_their_own_and_goes_through_the_views),
        T(an_area_is_chosen_and_then_one_of_the_views),
        T(a_manager_begins_with_all_open_cases),
        T(a_representative_sees_no_names),
        T(the_pane_follows_the_cursor_with_what_the_list_has),
        T(a_limit_shows_only_what_is_asked_for),
        T(tagged_cases_are_flagged_at_once_and_undone_at_once),
        T(tagged_rows_that_went_meanwhile_leave_the_one_in_focus_alone),
        T(tagged_cases_are_moved_paused_returned_and_closed_at_once),
        T(all_cases_of_a_leaver_are_handed_over_in_one_step),
        T(a_received_case_is_accepted_given_and_resumed_by_name),
        T(one_case_is_opened_and_the_next_without_going_back),
        T(one_case_is_closed_with_what_came_of_each_need),
        T(a_closing_that_was_begun_is_kept_through_a_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

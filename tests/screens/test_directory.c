/* SPDX-License-Identifier: MIT
 *
 * The Directory screen: who can help, whether they have room, when that was
 * checked, and under which agreement anything may go to them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

static char old_service[64];

/* Beside the debt service that was checked lately: one nobody checked, one of an organisation whose agreement ends soon. */
static int begin(void **state)
{
    static const char *const lines[] = {
        "organisation add code=next-door name='Next Door Company (made up)' phone='0161 496 0210' verified_on=2026-10-01",
        "agreement add next-door starts_on=2026-01-01 ends_on=2026-12-20 categories=identity,needs signed_by='Chris Lead'",
        "service add next-door name='Befriending, Swinton' needs=isolation areas=swinton capacity=waitlist verified_on=2026-10-01",
    };
    sitting_begin(state);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        world_must(sitting.s, lines[i], NULL);
    world_must(sitting.s, "service add salford-advice name='Benefits letters' needs=welfare_benefits capacity=capacity verified_on=2025-11-01",
               old_service);
    return 0;
}

static void as(const char *login)
{
    text_put(sitting.login, sizeof sitting.login, login);
    sitting_at(&directory_screen, NULL);
}

/* The present value of a record's field, as the store has it. */
static void stands(const char *show, const char *field, const char *value)
{
    json_t *doc = world_show(sitting.s, show);
    assert_string_equal(json_string_value(json_object_get(doc, field)), value);
    json_decref(doc);
}

static void services_say_what_they_are_for_and_whether_they_have_room(void **state)
{
    (void)state;
    as("worker");
    seat_has(sitting.seat, "Services: 3");
    seat_has(sitting.seat, "Befriending, Swinton, Next Door Company (made up)");
    seat_has(sitting.seat, "Waiting list");
    seat_has(sitting.seat, "until 20 Dec 2026");
    seat_golden(sitting.seat, "directory");
    seat_keys(sitting.seat, "/debt<Enter>");
    seat_has(sitting.seat, "the whole borough");
    seat_keys(sitting.seat, "lneed=isolation<Enter>");
    seat_has(sitting.seat, "Services: 1");
}

static void everybody_has_it(void **state)
{
    static const char *const logins[] = {"worker", "rep", "manager", "admin", "auditor", "night"};
    (void)state;
    for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
        as(logins[i]);
        seat_has(sitting.seat, "Debt advice");
    }
}

static void the_views_go_round_and_have_numbers(void **state)
{
    (void)state;
    as("worker");
    seat_keys(sitting.seat, "2");
    seat_has(sitting.seat, "Organisations: 2");
    seat_golden(sitting.seat, "directory_organisations");
    seat_keys(sitting.seat, "]");
    seat_has(sitting.seat, "Agreements: 2");
    seat_golden(sitting.seat, "directory_agreements");
    seat_keys(sitting.seat, "[[[");
    seat_has(sitting.seat, "Ending: 1");
    seat_has(sitting.seat, "Next Door Company");
}

static void an_entry_that_nobody_checked_is_stale_until_somebody_did(void **state)
{
    (void)state;
    as("worker");
    seat_keys(sitting.seat, "4");
    seat_has(sitting.seat, "Gone stale: 1");
    seat_has(sitting.seat, "Benefits letters");
    seat_golden(sitting.seat, "directory_stale");
    seat_keys(sitting.seat, "v");
    seat_has(sitting.seat, "Gone stale: 0");
    seat_has(sitting.seat, "Every service was checked lately.");
    stands(LINE("service show %s", old_service), "verified_on", "2026-11-23");
}

static void all_that_are_tagged_are_checked_in_one_step(void **state)
{
    (void)state;
    as("worker");
    seat_keys(sitting.seat, "tt;v");
    seat_has(sitting.seat, "Were these entries all checked today? 2: Befriending");
    seat_keys(sitting.seat, "y");
    seat_keys(sitting.seat, "4");
    seat_has(sitting.seat, "Gone stale: 0");
}

static void a_worker_says_whether_there_is_room_and_no_more(void **state)
{
    (void)state;
    as("worker");
    seat_keys(sitting.seat, "/benefits<Enter>p");
    seat_has(sitting.seat, "Has it room?");
    seat_golden(sitting.seat, "directory_room");
    seat_keys(sitting.seat, "<C-u>No room<Tab>back in spring<C-s>");
    stands(LINE("service show %s", old_service), "capacity", "no_capacity");
    stands(LINE("service show %s", old_service), "capacity_note", "back in spring");
    stands(LINE("service show %s", old_service), "verified_on", "2026-11-23");
    seat_keys(sitting.seat, "e");
    seat_has(sitting.seat, "Has it room?");
    seat_keys(sitting.seat, "<Esc>a");
    seat_has(sitting.seat, "\"add\" cannot be done here now");
    seat_keys(sitting.seat, "2e");
    seat_has(sitting.seat, "\"edit\" cannot be done here now");
}

static void those_who_keep_it_change_a_service(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "/benefits<Enter>e");
    seat_has(sitting.seat, "Change a service");
    seat_keys(sitting.seat, "<C-u>Benefits and letters<C-s>");
    seat_has(sitting.seat, "was changed");
    stands(LINE("service show %s", old_service), "name", "Benefits and letters");
}

static void a_service_is_added_to_the_organisation_in_focus(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "a");
    seat_has(sitting.seat, "Add a service");
    seat_has(sitting.seat, "next-door");
    seat_keys(sitting.seat, "<Tab>Walks<C-s>");
    seat_has(sitting.seat, "was added");
    seat_has(sitting.seat, "Services: 4");
}

static void an_organisation_its_agreement_and_its_service_are_added_one_after_the_other(void **state)
{
    (void)state;
    as("admin");
    seat_keys(sitting.seat, "2aEarshot (made up)<Tab>earshot<C-s>");
    seat_has(sitting.seat, "Organisations: 3");
    seat_keys(sitting.seat, "/earshot<Enter>:agreement with them<Enter>");
    seat_keys(sitting.seat, "1/1/2026<Tab>31/12/2027<Tab>identity, needs<C-s>");
    seat_has(sitting.seat, "until 31 Dec 2027");
    seat_keys(sitting.seat, ":service of theirs<Enter>Listening<C-s>");
    seat_has(sitting.seat, "was added");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Agreements");
    seat_has(sitting.seat, "Listening: Active, Not known");
}

static void an_agreement_is_added_and_changed(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "3e");
    seat_has(sitting.seat, "Change an agreement");
    seat_keys(sitting.seat, "<Tab><C-u>30/6/2028<C-s>");
    seat_has(sitting.seat, "30 Jun 2028");
    seat_keys(sitting.seat, "a");
    seat_has(sitting.seat, "Add a data-sharing agreement");
    seat_keys(sitting.seat, "<Esc>");
}

static void entries_are_shown_whole(void **state)
{
    (void)state;
    as("worker");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Neighbourhoods: Swinton");
    seat_has(sitting.seat, "Organisation: Next Door Company (made up) (next-door)");
    seat_keys(sitting.seat, "q2<Enter>");
    seat_has(sitting.seat, "Telephone: 0161 496 0210");
    seat_has(sitting.seat, "Befriending, Swinton: Active, Waiting list");
    seat_has(sitting.seat, "Handoffs: none");
    seat_golden(sitting.seat, "directory_entry");
    seat_keys(sitting.seat, "q3<Enter>");
    seat_has(sitting.seat, "Signed by: Chris Lead");
}

static void an_organisation_is_paused_closed_and_opened_again(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "2P");
    seat_has(sitting.seat, "Pause? Nothing is handed to them");
    seat_keys(sitting.seat, "y");
    stands("organisation show next-door", "status", "paused");
    seat_has(sitting.seat, "Paused");
    seat_keys(sitting.seat, "Dy");
    stands("organisation show next-door", "status", "closed");
    seat_keys(sitting.seat, ":open the organisation<Enter>y");
    stands("organisation show next-door", "status", "active");
    seat_keys(sitting.seat, "v");
    stands("organisation show next-door", "verified_on", "2026-11-23");
    seat_keys(sitting.seat, "e<C-u>Next Door<C-s>");
    stands("organisation show next-door", "name", "Next Door");
}

static void an_empty_directory_says_what_would_fill_it(void **state)
{
    (void)state;
    as("worker");
    seat_keys(sitting.seat, "lneed=food<Enter>");
    seat_has(sitting.seat, "No row has what the limit asks for");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "There is no row to show.");
    seat_keys(sitting.seat, "v");
    seat_has(sitting.seat, "cannot be done here now");
}

static void a_name_of_another_script_is_shown(void **state)
{
    (void)state;
    world_must(sitting.s, "service add next-door name='Zebra \u0633\u0644\u0627\u0645 \u5FC3\u7406' needs=housing", NULL);
    as("worker");
    seat_keys(sitting.seat, "<End>");
    seat_has(sitting.seat, "Zebra \u0633\u0644\u0627\u0645 \u5FC3\u7406");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, sitting_end)
    const struct CMUnitTest tests[] = {
        TEST(services_say_what_they_are_for_and_whether_they_have_room),
        TEST(everybody_has_it),
        TEST(the_views_go_round_and_have_numbers),
        TEST(an_entry_that_nobody_checked_is_stale_until_somebody_did),
        TEST(all_that_are_tagged_are_checked_in_one_step),
        TEST(a_worker_says_whether_there_is_room_and_no_more),
        TEST(those_who_keep_it_change_a_service),
        TEST(a_service_is_added_to_the_organisation_in_focus),
        TEST(an_organisation_its_agreement_and_its_service_are_added_one_after_the_other),
        TEST(an_agreement_is_added_and_changed),
        TEST(entries_are_shown_whole),
        TEST(an_organisation_is_paused_closed_and_opened_again),
        TEST(an_empty_directory_says_what_would_fill_it),
        TEST(a_name_of_another_script_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

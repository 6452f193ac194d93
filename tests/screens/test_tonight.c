/* SPDX-License-Identifier: MIT
 *
 * The Tonight screen: what goes, what is held and why, what is new, and the
 * packages of the nights before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"
#include "support/night.h"
#include "support/sent.h"

/* One goes, one is held for want of consent. */
static int begin(void **state)
{
    char going[64];
    sitting_begin(state);
    sent_queued(sitting.s, NULL, NULL, going);
    sitting_plan();
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    return 0;
}

static void it_says_what_goes_and_what_is_held_and_why(void **state)
{
    (void)state;
    sitting_at(&tonight_screen, NULL);
    seat_has(sitting.seat, "1 goes tonight, 1 of them fresh since last night. 1 held, 1 fresh.");
    seat_has(sitting.seat, "Salford Advice (made up)");
    seat_has(sitting.seat, "onward nightly");
    seat_golden(sitting.seat, "tonight");
    seat_keys(sitting.seat, "<End>");
    seat_has(sitting.seat, "No consent to share is recorded.");
}

static void last_nights_held_one_is_not_new(void **state)
{
    (void)state;
    const char *spool = night_spool();
    night_must(sitting.s, spool, NIGHTLY_PARTLY);
    world_day(1);
    sitting_at(&tonight_screen, NULL);
    seat_has(sitting.seat, "0 go tonight, 0 of them fresh since last night. 1 held, 0 fresh.");
    night_spool_drop(spool);
}

static void enter_opens_the_handoff_at_its_gates(void **state)
{
    (void)state;
    sitting_at(&tonight_screen, NULL);
    seat_keys(sitting.seat, "<End><Enter>");
    seat_has(sitting.seat, "Gates: all must be open");
    seat_keys(sitting.seat, "cyphone<C-s>");
    seat_has(sitting.seat, "Goes tonight since");
    seat_keys(sitting.seat, "q");
    seat_has(sitting.seat, "2 go tonight, 2 of them fresh since last night. 0 held, 0 fresh.");
}

static void consent_of_the_person_of_a_row_is_one_key(void **state)
{
    (void)state;
    sitting_at(&tonight_screen, NULL);
    seat_keys(sitting.seat, "<End>c");
    seat_has(sitting.seat, "How it stands today");
    seat_keys(sitting.seat, "ayphone<C-s>q");
    seat_has(sitting.seat, "2 go tonight");
}

static void packages_are_shown_and_said_to_be_sent(void **state)
{
    (void)state;
    const char *spool = night_spool();
    night_must(sitting.s, spool, NIGHTLY_PARTLY);
    world_day(1);
    sitting_at(&tonight_screen, NULL);
    seat_keys(sitting.seat, "[");
    seat_has(sitting.seat, "[3 Packages]");
    seat_has(sitting.seat, "salford-advice-20261123-001");
    seat_has(sitting.seat, "It waits to be sent by hand");
    seat_golden(sitting.seat, "tonight_packages");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Rows: 1");
    seat_has(sitting.seat, "Tries at delivery");
    seat_keys(sitting.seat, "<Esc>dSam Link<Tab>secure mail<C-s>");
    seat_has(sitting.seat, "was sent by Sam Link");
    seat_has(sitting.seat, "Enter shows its rows");
    night_spool_drop(spool);
}

static void the_views_go_round_and_have_numbers(void **state)
{
    (void)state;
    sitting_at(&tonight_screen, NULL);
    seat_keys(sitting.seat, "]");
    seat_has(sitting.seat, "[2 Mine]");
    seat_keys(sitting.seat, "3");
    seat_has(sitting.seat, "No package was made yet.");
    seat_keys(sitting.seat, "]");
    seat_has(sitting.seat, "[1 Everything]");
}

static void a_representative_sees_no_names(void **state)
{
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "rep");
    sitting_at(&tonight_screen, NULL);
    seat_has(sitting.seat, "1 goes tonight");
    seat_hasnt(sitting.seat, "Quillfeather");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Gates: all must be open");
    seat_hasnt(sitting.seat, "Quillfeather");
    seat_hasnt(sitting.seat, "The very row that would leave");
}

static void a_change_of_another_desk_shows_by_itself(void **state)
{
    (void)state;
    sitting_at(&tonight_screen, NULL);
    seat_keys(sitting.seat, "<End>");
    world_consent(sitting.s, sitting.person);
    seat_wait(sitting.seat, 2000);
    seat_has(sitting.seat, "2 go tonight");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, sitting_end)
    const struct CMUnitTest tests[] = {
        TEST(it_says_what_goes_and_what_is_held_and_why),
        TEST(last_nights_held_one_is_not_new),
        TEST(enter_opens_the_handoff_at_its_gates),
        TEST(consent_of_the_person_of_a_row_is_one_key),
        TEST(packages_are_shown_and_said_to_be_sent),
        TEST(the_views_go_round_and_have_numbers),
        TEST(a_representative_sees_no_names),
        TEST(a_change_of_another_desk_shows_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

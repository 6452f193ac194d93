/* SPDX-License-Identifier: MIT
 *
 * Leaving an intake that is not finished, and coming back to it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/taking_in.h"

static bool count(void *ctx, const struct draft *d)
{
    (void)d;
    ++*(int *)ctx;
    return true;
}

static int drafts_kept(void)
{
    int n = 0;
    struct err e;
    assert_true(draft_each(worker, count, &n, &e));
    return n;
}

static void leaving_asks_and_throwing_away_keeps_nothing(void **state)
{
    (void)state;
    press("n");
    field("Ottoline");
    press("<Esc>");
    seat_has(seat, "Keep it for later");
    press("<Enter>"); /* go on */
    seat_has(seat, "Ottoline");
    seat_wait(seat, 2000);
    assert_int_equal(drafts_kept(), 1);
    press("<Esc><Down><Down><Enter>");
    seat_hasnt(seat, "Ottoline");
    assert_int_equal(drafts_kept(), 0);
}

static void an_empty_one_is_left_without_a_question(void **state)
{
    (void)state;
    press("<Esc>");
    seat_hasnt(seat, "Safe?");
}

static void what_was_typed_is_there_after_the_line_was_lost(void **state)
{
    (void)state;
    press("n");
    ottoline();
    press("y<Enter>");
    press("<Enter><Enter><Enter><Enter><Enter><Enter>");
    field("self");
    type("Company, and hel");
    seat_wait(seat, 2000);
    seat_hang_up(seat);
    seat_close(seat);
    worker = world_as("worker");
    seat = seat_open(worker, 24, 80);
    seat_has(seat, "a new referral, at step 4 of 6");
    press("<Enter>");
    seat_has(seat, "Company, and hel");
    seat_has(seat, "Ottoline Pembrick");
    type("p");
    press("<C-s>n<Enter>");
    json_t *doc = newest();
    is_at(doc, "reason", "Company, and help");
    is_at(doc, "header.given_name", "Ottoline");
    is_at(doc, "header.consent.contact", "Given");
    json_decref(doc);
    seat_keys(seat, ":unsaved<Enter>");
    seat_hasnt(seat, "a new referral");
}

static void kept_for_later_it_goes_on_with_the_person_and_the_needs(void **state)
{
    (void)state;
    char person[64];
    known_person(person);
    press("n");
    field("Elizabeth");
    field("Wetherlam");
    press("<PgDn><Enter>l<Enter><Enter><Enter><Enter><Enter><Enter>");
    asked_by_self("Company");
    press("k5m");
    press("<Esc><Down><Enter>");
    seat_has(seat, "Kept as it is");
    seat_keys(seat, ":unsaved<Enter>");
    seat_has(seat, person);
    press("<Enter>");
    seat_has(seat, "[5] Loneliness");
    seat_has(seat, "Elizabeth Wetherlam");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TAKING_IN(leaving_asks_and_throwing_away_keeps_nothing),
        TAKING_IN(an_empty_one_is_left_without_a_question),
        TAKING_IN(what_was_typed_is_there_after_the_line_was_lost),
        TAKING_IN(kept_for_later_it_goes_on_with_the_person_and_the_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * What is the same at every screen: palette, keys, going about, undo,
 * read-only, leaving, drafts, change notice and the idle lock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/seat.h"

static struct seat *sit(const char *login)
{
    struct session *lead = world_open();
    char person[64], referral[64];
    world_person(lead, person);
    world_referral(lead, person, referral);
    struct session *s = world_as(login);
    world_close(lead);
    return seat_open(s, 24, 80);
}

static void the_keys_of_a_screen_are_shown_and_narrow_while_typing(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_keys(seat, "?");
    seat_has(seat, "Type to find:");
    seat_keys(seat, "undo");
    seat_has(seat, "Names your last step");
    seat_hasnt(seat, "Moves down");
    seat_keys(seat, "<Esc>");
    seat_hasnt(seat, "Type to find:");
    seat_close(seat);
}

static void enter_in_the_keys_does_the_command(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_keys(seat, "?read-only<Enter>");
    seat_has(seat, "Read-only: nothing can be changed");
    seat_keys(seat, "%");
    seat_has(seat, "Changes can be made again");
    seat_close(seat);
}

static void the_palette_completes_and_goes_to_screens(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_keys(seat, ":go to case<Tab>");
    seat_has(seat, "go to caseload");
    seat_keys(seat, "<Enter>");
    seat_has(seat, "Caseload");
    seat_close(seat);
}

static void a_reference_that_cannot_be_opened_says_why(void **state)
{
    (void)state;
    struct seat *seat = sit("admin");
    seat_keys(seat, ":PE-0000-0000<Enter>");
    seat_has(seat, "is no reference");
    seat_hasnt(seat, "There is no command");
    seat_close(seat);
}

static void any_verb_of_the_engine_is_a_form_by_its_name(void **state)
{
    (void)state;
    struct seat *seat = sit("world");
    seat_keys(seat, ":organisation add<Enter>");
    seat_has(seat, "Name");
    seat_keys(seat, "<Esc>");
    seat_close(seat);
}

static void a_key_without_meaning_says_where_the_keys_are(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_keys(seat, "~");
    seat_has(seat, "~ does nothing here; ? shows the keys.");
    seat_close(seat);
}

static void pasted_text_is_never_a_command(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_paste(seat, "iq%uq", 5);
    seat_has(seat, "Pasted text is text");
    assert_false(desk_is_leaving(seat_desk(seat)));
    seat_close(seat);
}

static void leaving_asks_and_can_be_taken_back(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_keys(seat, "q");
    seat_has(seat, "Leave onward?");
    seat_keys(seat, "n");
    assert_false(desk_is_leaving(seat_desk(seat)));
    seat_keys(seat, "qy");
    assert_true(desk_is_leaving(seat_desk(seat)));
    seat_close(seat);
}

static void a_window_too_small_says_so_and_comes_back(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_size(seat, 5, 20);
    seat_has(seat, "onward needs");
    seat_keys(seat, "i");
    seat_size(seat, 24, 80);
    seat_has(seat, "Today");
    seat_close(seat);
}

static void read_only_hides_and_refuses_changes(void **state)
{
    (void)state;
    struct seat *seat = sit("worker");
    seat_keys(seat, "%i");
    seat_has(seat, "read-only");
    seat_close(seat);
}

static void a_step_is_named_before_it_is_undone(void **state)
{
    (void)state;
    struct seat *seat = sit("world");
    seat_keys(seat, "u");
    seat_has(seat, "Undo:");
    seat_has(seat, "y or Enter: yes");
    seat_keys(seat, "n");
    seat_close(seat);
}

static void read_line_by_line_a_dialog_stands_alone(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct seat *seat = seat_with(&(struct desk_options){.session = s, .rows = 24, .cols = 80, .linear = true});
    seat_has(seat, "Nothing needs you now");
    seat_keys(seat, "q");
    seat_has(seat, "\ny or Enter: yes");
    seat_hasnt(seat, "Nothing needs you now");
    seat_keys(seat, "n");
    seat_has(seat, "Nothing needs you now");
    seat_close(seat);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_keys_of_a_screen_are_shown_and_narrow_while_typing),
        cmocka_unit_test(enter_in_the_keys_does_the_command),
        cmocka_unit_test(the_palette_completes_and_goes_to_screens),
        cmocka_unit_test(a_reference_that_cannot_be_opened_says_why),
        cmocka_unit_test(any_verb_of_the_engine_is_a_form_by_its_name),
        cmocka_unit_test(a_key_without_meaning_says_where_the_keys_are),
        cmocka_unit_test(pasted_text_is_never_a_command),
        cmocka_unit_test(leaving_asks_and_can_be_taken_back),
        cmocka_unit_test(a_window_too_small_says_so_and_comes_back),
        cmocka_unit_test(read_only_hides_and_refuses_changes),
        cmocka_unit_test(a_step_is_named_before_it_is_undone),
        cmocka_unit_test(read_line_by_line_a_dialog_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

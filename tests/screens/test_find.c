/* SPDX-License-Identifier: MIT
 *
 * Find: people by whatever is known of them, as it is typed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

static void sit(void)
{
    char person[64];
    for (int i = 0; i < 6; i++)
        world_person(sitting.s, person);
    sitting_at(&find_screen, NULL);
}

static void typing_finds_and_enter_opens(void **state)
{
    (void)state;
    sit();
    seat_has(sitting.seat, "the beginning of each is enough");
    seat_keys(sitting.seat, "quill");
    seat_has(sitting.seat, "Amara Quillfeather");
    seat_golden(sitting.seat, "find");
    seat_keys(sitting.seat, " cer");
    seat_has(sitting.seat, "1 found");
    seat_hasnt(sitting.seat, "Amara");
    seat_keys(sitting.seat, "<Enter>");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &person_screen);
    seat_has(sitting.seat, "Cerys");
    seat_keys(sitting.seat, "<Esc>");
    seat_has(sitting.seat, "1 found"); /* the text is still there */
}

static void the_arrows_choose_and_the_next_record_follows_them(void **state)
{
    char first[64];
    (void)state;
    sit();
    seat_keys(sitting.seat, "quill<Down><Up><Down>");
    text_put(first, sizeof first, desk_subject(desk_top(seat_desk(sitting.seat)), "person"));
    seat_keys(sitting.seat, "<PgDn><PgUp><Down><Enter>");
    const char *second = desk_subject(desk_top(seat_desk(sitting.seat)), "person");
    assert_string_equal(second, first); /* PgUp went to the first, Down to the second again */
    seat_keys(sitting.seat, "J");
    assert_string_not_equal(desk_subject(desk_top(seat_desk(sitting.seat)), "person"), first);
}

static void nobody_found_says_what_else_to_try(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, "zzzyx<Enter>");
    seat_has(sitting.seat, "Nobody is found by that");
    seat_has(sitting.seat, "Nobody is found yet");
    seat_keys(sitting.seat, "<C-n>");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &intake_screen);
}

static void what_cannot_be_looked_for_is_said_and_a_paste_is_text(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, "..");
    seat_has(sitting.seat, "Type a name");
    seat_keys(sitting.seat, "<C-u>");
    seat_paste(sitting.seat, "Amara\n", 6);
    seat_has(sitting.seat, "Amara Quillfeather");
    char *much = xmalloc(1000000);
    memset(much, 'q', 1000000);
    seat_paste(sitting.seat, much, 1000000);
    free(much);
    seat_keys(sitting.seat, "\x1f<Esc>");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &today_screen);
}

#define T(test) cmocka_unit_test_setup_teardown(test, sitting_begin, sitting_end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(typing_finds_and_enter_opens),
        T(the_arrows_choose_and_the_next_record_follows_them),
        T(nobody_found_says_what_else_to_try),
        T(what_cannot_be_looked_for_is_said_and_a_paste_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * The lock: nothing of what is below it shows, no command can be reached from
 * it, and only the password (or, where none is set, any key) goes on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

#define PASSWORD "correct horse battery"

static void set_password(void)
{
    world_must(sitting.s, "user password worker password='" PASSWORD "'", NULL);
}

/* Sits down as the worker; where a password is set that is at the lock. */
static void sit(void)
{
    struct session_options o = {.url = world_url(), .os_account = "world", .as = "worker", .clock = world_clock};
    struct err e;
    struct session *s = session_open(&o, &e);
    assert_non_null(s);
    sitting.seat = seat_open(s, 24, 80);
}

static bool is_locked(void)
{
    return desk_top(seat_desk(sitting.seat))->type == &lock_screen;
}

static void nothing_shows_of_what_is_below(void)
{
    seat_hasnt(sitting.seat, "Quillfeather");
    seat_hasnt(sitting.seat, "SP-");
    seat_hasnt(sitting.seat, "PE-");
    seat_hasnt(sitting.seat, "Today");
    seat_hasnt(sitting.seat, "to do");
}

static void a_desk_with_a_password_begins_at_the_lock(void **state)
{
    (void)state;
    set_password();
    sit();
    assert_true(is_locked());
    nothing_shows_of_what_is_below();
    seat_has(sitting.seat, "You are worker");
    seat_golden(sitting.seat, "lock_start");
    seat_keys(sitting.seat, PASSWORD);
    seat_hasnt(sitting.seat, "horse");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Today");
}

static void a_desk_that_is_left_locks_itself_and_comes_back_as_it_was(void **state)
{
    (void)state;
    set_password();
    sit();
    seat_keys(sitting.seat, PASSWORD "<Enter>gclamara<Enter>");
    seat_has(sitting.seat, "Quillfeather");
    seat_wait(sitting.seat, 5 * 60 * 1000);
    assert_true(is_locked());
    nothing_shows_of_what_is_below();
    seat_golden(sitting.seat, "lock");
    seat_keys(sitting.seat, PASSWORD "<Enter>");
    assert_false(is_locked());
    seat_has(sitting.seat, "limit: amara");
    seat_has(sitting.seat, "Quillfeather");
}

static void what_is_typed_at_the_time_is_there_afterwards(void **state)
{
    (void)state;
    set_password();
    sit();
    seat_keys(sitting.seat, PASSWORD "<Enter>gcC");
    seat_keys(sitting.seat, "<Tab>halfway through a sente");
    seat_wait(sitting.seat, 5 * 60 * 1000);
    assert_true(is_locked());
    seat_hasnt(sitting.seat, "halfway");
    seat_keys(sitting.seat, PASSWORD "<Enter>");
    seat_has(sitting.seat, "halfway through a sente");
}

static void a_wrong_password_says_so_and_when_the_next_try_is_taken(void **state)
{
    (void)state;
    set_password();
    sit();
    seat_keys(sitting.seat, "correct mule battery<Enter>");
    seat_has(sitting.seat, "That is not the password. Try again.");
    seat_keys(sitting.seat, "wrong again<Enter>wrong a third time<Enter>");
    seat_has(sitting.seat, "The next try is taken in 1 second.");
    seat_golden(sitting.seat, "lock_wrong");
    seat_keys(sitting.seat, PASSWORD "<Enter>");
    seat_has(sitting.seat, "this one was not looked at");
    assert_true(is_locked());
    world_now(world_clock() + 1000);
    seat_keys(sitting.seat, PASSWORD "<Enter>");
    assert_false(is_locked());
}

static void enter_on_nothing_is_no_try(void **state)
{
    (void)state;
    set_password();
    sit();
    seat_keys(sitting.seat, "<Enter><Enter><Enter><Enter>");
    seat_has(sitting.seat, "Type the password");
    seat_keys(sitting.seat, PASSWORD "<Enter>");
    assert_false(is_locked());
}

static void without_a_password_any_key_goes_on(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, ":lock<Enter>");
    assert_true(is_locked());
    nothing_shows_of_what_is_below();
    seat_golden(sitting.seat, "lock_any_key");
    seat_keys(sitting.seat, "x");
    assert_false(is_locked());
    seat_has(sitting.seat, "Today");
}

static void no_command_is_reached_from_the_lock(void **state)
{
    static const char *const keys[] = {":", "?", "u", "%", "gc", "f", "i", "<Tab>", "<Esc>", "<F1>", "<C-l>", "<C-r>", "j", "<PgDn>"};
    (void)state;
    set_password();
    sit();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        seat_keys(sitting.seat, keys[i]);
        assert_true(is_locked());
        nothing_shows_of_what_is_below();
    }
    seat_paste(sitting.seat, ":lock\nq", 7);
    assert_true(is_locked());
    assert_false(desk_is_leaving(seat_desk(sitting.seat)));
}

static void a_key_that_waits_for_a_second_waits_no_longer_at_the_lock(void **state)
{
    (void)state;
    set_password();
    sit();
    seat_keys(sitting.seat, PASSWORD "<Enter>g");
    seat_has(sitting.seat, "Go to:");
    seat_wait(sitting.seat, 5 * 60 * 1000);
    assert_true(is_locked());
    seat_keys(sitting.seat, "c");
    assert_true(is_locked());
    nothing_shows_of_what_is_below();
    seat_keys(sitting.seat, "<BS>" PASSWORD "<Enter>");
    assert_false(is_locked());
    seat_has(sitting.seat, "Today");
}

static void a_pasted_password_is_taken(void **state)
{
    (void)state;
    set_password();
    sit();
    seat_paste(sitting.seat, PASSWORD, strlen(PASSWORD));
    seat_keys(sitting.seat, "<Enter>");
    assert_false(is_locked());
}

static void a_password_may_begin_with_any_letter(void **state)
{
    (void)state;
    world_must(sitting.s, "user password worker password='quite long enough'", NULL);
    sit();
    seat_keys(sitting.seat, "quite long enough<Enter>");
    assert_false(is_locked());
}

static void leaving_asks_nothing(void **state)
{
    (void)state;
    set_password();
    sit();
    seat_keys(sitting.seat, "half a passw<C-c>");
    assert_true(desk_is_leaving(seat_desk(sitting.seat)));
}

static void q_leaves_where_there_is_no_password(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, ":lock<Enter>q");
    assert_true(desk_is_leaving(seat_desk(sitting.seat)));
}

static void a_user_who_was_taken_out_of_use_stays_out(void **state)
{
    (void)state;
    set_password();
    sit();
    world_must(sitting.s, "user edit worker active=no", NULL);
    seat_keys(sitting.seat, PASSWORD "<Enter>");
    assert_true(is_locked());
    seat_has(sitting.seat, "is not active any more");
}

static void locking_and_unlocking_are_logged(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, ":lock<Enter>x");
    json_t *rows = world_list(sitting.s, "audit ref=worker"), *row;
    size_t i;
    bool locked = false, unlocked = false;
    json_array_foreach(rows, i, row) {
        const char *effect = json_string_value(json_object_get(row, "effect"));
        locked |= strcmp(effect, "locked") == 0;
        unlocked |= strcmp(effect, "unlocked") == 0;
    }
    json_decref(rows);
    assert_true(locked && unlocked);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, sitting_begin, sitting_end)
    const struct CMUnitTest tests[] = {
        TEST(a_desk_with_a_password_begins_at_the_lock),
        TEST(a_desk_that_is_left_locks_itself_and_comes_back_as_it_was),
        TEST(what_is_typed_at_the_time_is_there_afterwards),
        TEST(a_wrong_password_says_so_and_when_the_next_try_is_taken),
        TEST(enter_on_nothing_is_no_try),
        TEST(without_a_password_any_key_goes_on),
        TEST(no_command_is_reached_from_the_lock),
        TEST(a_key_that_waits_for_a_second_waits_no_longer_at_the_lock),
        TEST(a_pasted_password_is_taken),
        TEST(a_password_may_begin_with_any_letter),
        TEST(leaving_asks_nothing),
        TEST(q_leaves_where_there_is_no_password),
        TEST(a_user_who_was_taken_out_of_use_stays_out),
        TEST(locking_and_unlocking_are_logged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

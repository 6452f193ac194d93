/* SPDX-License-Identifier: MIT
 *
 * The needs of a referral, sitting at them: adding, changing, the main one,
 * what came of it, and on to consent and to a service.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/seat.h"

static struct session *lead;
static struct seat *seat;
static char person[64], referral[64];

static int sit_down(void **state)
{
    (void)state;
    lead = world_open();
    world_must(lead, "person add given_name=Ottoline family_name=Pembrick date_of_birth=1961-04-02 neighbourhood=swinton", person);
    world_referral(lead, person, referral); /* with the need money_debt, 4 of 5 */
    seat = seat_open(world_as("worker"), 24, 80);
    assert_non_null(desk_open(desk_top(seat_desk(seat)), &needs_screen, &(struct open_args){.referral = referral}));
    return 0;
}

static int get_up(void **state)
{
    (void)state;
    seat_close(seat);
    world_close(lead);
    return 0;
}

/* What is recorded of a need, under a key; "" nothing. */
static const char *recorded(const char *need, const char *key)
{
    static char value[256];
    char line[128];
    size_t i;
    json_t *row;
    snprintf(line, sizeof line, "referral show %s", referral);
    json_t *doc = world_show(lead, line);
    *value = '\0';
    json_array_foreach (json_object_get(doc, "needs"), i, row) {
        json_t *v = json_object_get(row, key);
        if (strcmp(json_string_value(json_object_get(row, "code")), need) != 0 || !v)
            continue;
        if (json_is_integer(v))
            snprintf(value, sizeof value, "%d", (int)json_integer_value(v));
        else
            snprintf(value, sizeof value, "%s", json_is_string(v) ? json_string_value(v) : json_is_true(v) ? "yes" : "no");
    }
    json_decref(doc);
    return value;
}

static void what_is_recorded_is_marked_and_said_in_full(void **state)
{
    (void)state;
    seat_has(seat, "[4] Money and debts");
    seat_has(seat, "Ottoline Pembrick");
    seat_has(seat, "it is the main need");
    seat_golden(seat, "needs");
    seat_keys(seat, "<Down>");
    seat_has(seat, "Not a need of this referral. Enter adds it.");
    seat_golden(seat, "needs_not_recorded");
}

static void enter_adds_the_need_in_focus(void **state)
{
    (void)state;
    seat_keys(seat, "<Down><Enter>");
    seat_has(seat, "Add a need: Alcohol");
    seat_keys(seat, "3<Enter>found<Enter><Enter>Drinks alone, evenings<C-s>");
    assert_string_equal(recorded("alcohol", "severity"), "3");
    assert_string_equal(recorded("alcohol", "found"), "found");
    assert_string_equal(recorded("alcohol", "note"), "Drinks alone, evenings");
    seat_has(seat, "[3] Alcohol");
    seat_has(seat, "Drinks alone, evenings");
    seat_keys(seat, "<Down>a");
    seat_has(seat, "Add a need: Smoking");
}

static void enter_and_e_change_what_is_recorded(void **state)
{
    (void)state;
    seat_keys(seat, "<Enter>");
    seat_has(seat, "Change a need: Money and debts");
    seat_keys(seat, "<Esc>e<BS>5<C-s>");
    assert_string_equal(recorded("money_debt", "severity"), "5");
    assert_string_equal(recorded("money_debt", "is_main"), "yes");
}

static void a_digit_says_how_bad_and_m_which_is_the_main_one(void **state)
{
    (void)state;
    seat_keys(seat, "2");
    assert_string_equal(recorded("money_debt", "severity"), "2");
    char line[128];
    snprintf(line, sizeof line, "need add %s need=housing", referral);
    world_must(lead, line, NULL);
    seat_wait(seat, 2000);
    seat_keys(seat, "<Home>m");
    assert_string_equal(recorded("housing", "is_main"), "yes");
    assert_string_equal(recorded("money_debt", "is_main"), "no");
}

static void what_came_of_it_is_recorded_in_the_coded_words(void **state)
{
    (void)state;
    seat_keys(seat, "h");
    seat_has(seat, "What came of it: Money and debts");
    seat_keys(seat, "partly<Enter>A plan with the council<C-s>");
    assert_string_equal(recorded("money_debt", "outcome"), "partly_met");
    assert_string_equal(recorded("money_debt", "outcome_note"), "A plan with the council");
    seat_has(seat, "Partly met: A plan with the council");
    seat_has(seat, "[4] Money and debts");
}

static void who_was_asked_to_help_stands_with_the_need(void **state)
{
    (void)state;
    char line[256];
    world_consent(lead, person);
    snprintf(line, sizeof line, "handoff plan %s need=money_debt service=%s", referral, world_service());
    world_must(lead, line, NULL);
    seat_wait(seat, 2000);
    seat_has(seat, "Debt advice, Salford Advice (made up): Planned");
    seat_golden(seat, "needs_handed");
}

static void what_another_desk_adds_shows_by_itself(void **state)
{
    (void)state;
    char line[128];
    snprintf(line, sizeof line, "need add %s need=housing severity=1", referral);
    world_must(lead, line, NULL);
    seat_wait(seat, 2000);
    seat_has(seat, "[1] Housing");
}

static void r_refers_the_need_and_c_shows_consent(void **state)
{
    (void)state;
    seat_keys(seat, "r");
    assert_ptr_equal(desk_top(seat_desk(seat))->type, &handoff_screen);
    seat_keys(seat, "<Esc>c");
    assert_ptr_equal(desk_top(seat_desk(seat))->type, &consent_screen);
}

static void without_a_referral_it_says_what_to_do(void **state)
{
    (void)state;
    struct seat *bare = seat_open(world_as("admin"), 24, 80); /* where no referral is in focus */
    assert_null(desk_open(desk_top(seat_desk(bare)), &needs_screen, NULL));
    seat_has(bare, "open a person first");
    seat_close(bare);
}

int main(void)
{
#define SITTING(name) cmocka_unit_test_setup_teardown(name, sit_down, get_up)
    const struct CMUnitTest tests[] = {
        SITTING(what_is_recorded_is_marked_and_said_in_full),
        SITTING(enter_adds_the_need_in_focus),
        SITTING(enter_and_e_change_what_is_recorded),
        SITTING(a_digit_says_how_bad_and_m_which_is_the_main_one),
        SITTING(what_came_of_it_is_recorded_in_the_coded_words),
        SITTING(who_was_asked_to_help_stands_with_the_need),
        SITTING(what_another_desk_adds_shows_by_itself),
        SITTING(r_refers_the_need_and_c_shows_consent),
        SITTING(without_a_referral_it_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

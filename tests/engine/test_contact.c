/* SPDX-License-Identifier: MIT
 *
 * Logging contacts, and the days that clocks need of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

static void an_attempt_and_a_contact_that_reached_keep_their_days(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_allocated(s, person, ref);
    world_day(2);
    world_must(s, LINE("referral contact %s mode=phone outcome=no_answer", ref), NULL);
    assert_field(s, ref, "last_try_on", "2026-11-25");
    assert_field(s, ref, "last_reached_on", "");
    world_must(s, LINE("referral contact %s mode=visit outcome=reached on=2026-11-24 minutes=45 at_time=14:05 note='Tea and a long talk'", ref), NULL);
    assert_field(s, ref, "last_try_on", "2026-11-25"); /* the later day stays */
    assert_field(s, ref, "last_reached_on", "2026-11-24");
    assert_count(s, ref, "contacts", 2);
    json_t *doc = world_show(s, LINE("referral show %s", ref));
    json_t *first = json_array_get(json_object_get(doc, "contacts"), 0); /* by day, not as typed */
    assert_string_equal(json_string_value(json_object_get(first, "mode")), "visit");
    assert_int_equal(json_integer_value(json_object_get(first, "minutes")), 45);
    assert_string_equal(json_string_value(json_object_get(first, "by")), "world");
    json_decref(doc);
    world_close(s);
}

static void only_reached_counts_as_reached(void **state)
{
    (void)state;
    static const char *const outcomes[] = {"no_answer", "message_left", "did_not_attend", "wrong_number", "other_person"};
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_allocated(s, person, ref);
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        world_must(s, LINE("referral contact %s mode=phone outcome=%s", ref, outcomes[i]), NULL);
        assert_field(s, ref, "last_reached_on", "");
    }
    world_close(s);
}

static void a_note_is_neither_a_try_nor_a_contact(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_allocated(s, person, ref);
    world_must(s, LINE("referral contact %s mode=desk outcome=note note='Looked up the lunch club'", ref), NULL);
    assert_field(s, ref, "last_try_on", "");
    assert_field(s, ref, "last_reached_on", "");
    for (int day = 0; day < 3; day++, world_day(1))
        world_must(s, LINE("referral contact %s mode=desk outcome=note", ref), NULL);
    world_no(s, LINE("referral unable-to-contact %s", ref), ERR_REFUSED, NULL);
    world_close(s);
}

static void a_call_back_stands_until_its_day_is_met(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("referral contact %s mode=phone outcome=reached call_back_on=2026-12-01", ref), NULL);
    assert_field(s, ref, "call_back_on", "2026-12-01");
    world_day(3);
    world_must(s, LINE("referral contact %s mode=phone outcome=no_answer", ref), NULL);
    assert_field(s, ref, "call_back_on", "2026-12-01"); /* it was not the call-back */
    world_day(5);
    world_must(s, LINE("referral contact %s mode=phone outcome=no_answer call_back_on=+2", ref), NULL);
    assert_field(s, ref, "call_back_on", "2026-12-03");
    world_day(2);
    world_must(s, LINE("referral contact %s mode=phone outcome=reached", ref), NULL);
    assert_field(s, ref, "call_back_on", "");
    world_close(s);
}

static void what_cannot_be_is_refused_with_its_field(void **state)
{
    (void)state;
    static const struct {
        const char *words, *field;
    } cases[] = {
        {"outcome=reached", "mode"},
        {"mode=phone", "outcome"},
        {"mode=carrier_pigeon outcome=reached", "mode"},
        {"mode=phone outcome=reached on=2026-11-24", "on"},
        {"mode=phone outcome=reached on=2026-11-01", "on"}, /* before it was received */
        {"mode=phone outcome=reached minutes=-5", "minutes"},
        {"mode=phone outcome=reached call_back_on=2026-11-22", "call_back_on"},
        {"mode=phone outcome=reached at_time=25:00", "at_time"},
    };
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        world_no(s, LINE("referral contact %s %s", ref, cases[i].words), ERR_INVALID, cases[i].field);
    world_close(s);
}

static void a_draft_has_no_contacts_and_a_closed_case_may(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_must(s, LINE("referral start %s", person), ref);
    world_no(s, LINE("referral contact %s mode=phone outcome=reached", ref), ERR_REFUSED, "R00");
    world_must(s, LINE("referral discard %s", ref), NULL);
    world_referral(s, person, ref);
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    world_must(s, LINE("referral contact %s mode=phone outcome=reached", ref), NULL);
    assert_field(s, ref, "state", "closed");
    world_close(s);
}

static void undo_takes_the_contact_and_its_days_back(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_allocated(s, person, ref);
    world_must(s, LINE("referral contact %s mode=phone outcome=reached", ref), NULL);
    world_must(s, "undo yes=yes", NULL);
    assert_count(s, ref, "contacts", 0);
    assert_field(s, ref, "last_reached_on", "");
    world_no(s, LINE("referral begin %s agreed=yes", ref), ERR_REFUSED, "R09");
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attempt_and_a_contact_that_reached_keep_their_days),
        cmocka_unit_test(only_reached_counts_as_reached),
        cmocka_unit_test(a_note_is_neither_a_try_nor_a_contact),
        cmocka_unit_test(a_call_back_stands_until_its_day_is_met),
        cmocka_unit_test(what_cannot_be_is_refused_with_its_field),
        cmocka_unit_test(a_draft_has_no_contacts_and_a_closed_case_may),
        cmocka_unit_test(undo_takes_the_contact_and_its_days_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * What a person took back stays taken back: whatever is reopened, closed,
 * corrected or undone afterwards, nothing goes on behind a withdrawal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"
#include "support/sent.h"

static void complete(struct session *s, const char *handoff)
{
    world_must(s,
               LINE("handoff reply %s status=completed outcome=need_met how=phone by='Their desk'",
                    handoff),
               NULL);
    sent_is(s, handoff, "completed");
}

/* While it was ended there was nothing to stop; taken back, there is. */
static void reopening_a_handoff_behind_a_withdrawal_stops_it(void **state)
{
    char person[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, person, NULL, handoff);
    complete(s, handoff);
    world_must(s, LINE("consent withdraw %s", person), NULL);
    sent_is(s, handoff, "completed");
    world_must(s, LINE("handoff reopen %s reason='Meant for another'", handoff), NULL);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "withdrawing");
    assert_string_equal(h.stop_reason, "consent_withdrawn");
    assert_true(h.stop_owed_at != FIELD_ABSENT);
    world_close(s);
}

static void a_handoff_is_reopened_only_where_it_could_be_open(void **state)
{
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, person, referral, handoff);
    complete(s, handoff);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", referral, world_service()),
               NULL);
    world_no(s, LINE("handoff reopen %s reason='By mistake'", handoff), ERR_REFUSED, "H01");
    world_must(s, LINE("person died %s on=2026-11-22", person), NULL);
    world_no(s, LINE("handoff reopen %s reason='By mistake'", handoff), ERR_REFUSED, "H01");
    sent_is(s, handoff, "completed");
    world_close(s);
}

/* Details that changed while it was ended were not sent. */
static void a_reopened_handoff_is_due_a_correction(void **state)
{
    char person[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, person, NULL, handoff);
    complete(s, handoff);
    world_must(s, LINE("person edit %s contact_note='Never ring: write'", person), NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 0);
    world_must(s, LINE("handoff reopen %s reason='By mistake'", handoff), NULL);
    sent_is(s, handoff, "delivered");
    assert_int_equal(sent_look(s, handoff).update_due, 1);
    world_close(s);
}

/* After an ending a correction goes only by a worker's decision: not one that happened to be due.
 */
static void a_correction_that_was_due_ends_with_the_handoff(void **state)
{
    char person[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, person, NULL, handoff);
    world_must(s, LINE("person edit %s phone='0161 496 0555'", person), NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 1);
    complete(s, handoff);
    assert_int_equal(sent_look(s, handoff).update_due, 0);
    world_must(s, LINE("handoff update %s summary='Moved to Eccles'", handoff), NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 1);
    world_close(s);
}

static void turning_a_referral_away_withdraws_what_was_planned(void **state)
{
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    episode_received(s, person, referral);
    world_must(s, LINE("need add %s need=money_debt", referral), NULL);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", referral, world_service()),
               handoff);
    world_must(s, LINE("handoff send %s", handoff), NULL);
    sent_is(s, handoff, "held");
    world_must(s,
               LINE("referral turn-away %s reason=no_capacity note='Full until spring'", referral),
               NULL);
    sent_is(s, handoff, "withdrawn");
    world_close(s);
}

/* Whether a person takes part in evaluation is between them and us. */
static void refusing_evaluation_sends_nothing_to_anyone(void **state)
{
    char person[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, person, NULL, handoff);
    world_must(s, LINE("consent refuse %s purpose=evaluation", person), NULL);
    sent_is(s, handoff, "delivered");
    assert_int_equal(sent_look(s, handoff).update_due, 0);
    world_must(s, LINE("consent withdraw %s purpose=contact", person), NULL);
    sent_is(s, handoff, "withdrawing");
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reopening_a_handoff_behind_a_withdrawal_stops_it),
        cmocka_unit_test(a_handoff_is_reopened_only_where_it_could_be_open),
        cmocka_unit_test(a_reopened_handoff_is_due_a_correction),
        cmocka_unit_test(a_correction_that_was_due_ends_with_the_handoff),
        cmocka_unit_test(turning_a_referral_away_withdraws_what_was_planned),
        cmocka_unit_test(refusing_evaluation_sends_nothing_to_anyone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Answering the referrer: when an answer is owed, what the letter says, and
 * that it went.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

static json_t *letter(struct session *s, const char *ref, const char *more)
{
    return world_show(s, LINE("referral letter %s %s", ref, more));
}

static const char *in(const json_t *d, const char *key)
{
    return json_string_value(json_object_get(d, key));
}

static void the_letter_never_leaves_the_gps_action_blank(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_waiting(s, person, ref);
    world_no(s, LINE("referral letter %s", ref), ERR_REFUSED, "letter");
    world_must(s, LINE("referral edit %s gp_action=none", ref), NULL);
    json_t *d = letter(s, ref, "");
    assert_non_null(strstr(in(d, "letter"), "No action for the GP."));
    assert_string_equal(in(d, "event"), "accepted");
    json_decref(d);
    world_must(s, LINE("referral edit %s gp_action='Please review her inhaler'", ref), NULL);
    d = letter(s, ref, "");
    assert_non_null(strstr(in(d, "letter"), "Action for the GP: Please review her inhaler"));
    assert_null(strstr(in(d, "letter"), "No action"));
    json_decref(d);
    world_close(s);
}

static void the_letter_says_what_became_of_the_referral(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("referral edit %s gp_action=none referrer_name='Dr Made Up' referrer_organisation='Quay \"North\" Surgery'", ref), NULL);
    world_must(s, LINE("need outcome %s need=money_debt outcome=met", ref), NULL);
    world_must(s, LINE("referral close %s reason=completed note='Debt plan agreed'", ref), NULL);
    json_t *d = letter(s, ref, "");
    assert_string_equal(in(d, "event"), "closed");
    assert_non_null(strstr(in(d, "letter"), "To: Dr Made Up"));
    assert_non_null(strstr(in(d, "letter"), "ended on 23 Nov 2026: Completed"));
    assert_non_null(strstr(in(d, "letter"), "Debt plan agreed"));
    assert_non_null(strstr(in(d, "letter"), ": Met"));
    assert_non_null(strstr(in(d, "letter"), ref));
    assert_non_null(strstr(in(d, "csv"), "\"Quay \"\"North\"\" Surgery\""));
    assert_non_null(strstr(in(d, "csv"), "\"gp_action\""));
    assert_non_null(strstr(in(d, "csv"), "\"none\""));
    json_decref(d);
    d = letter(s, ref, "event=accepted"); /* an earlier one may be asked for */
    assert_non_null(strstr(in(d, "letter"), "It was accepted on 23 Nov 2026"));
    json_decref(d);
    world_no(s, LINE("referral letter %s event=turned_away", ref), ERR_REFUSED, "letter");
    world_close(s);
}

static void turning_away_and_declining_each_have_their_words(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], away[64], declined[64];
    world_person(s, person);
    episode_received(s, person, away);
    world_must(s, LINE("referral edit %s gp_action=none", away), NULL);
    world_must(s, LINE("referral turn-away %s reason=no_capacity note='Try again in March'", away), NULL);
    json_t *d = letter(s, away, "");
    assert_non_null(strstr(in(d, "letter"), "could not take it on: No capacity"));
    assert_non_null(strstr(in(d, "letter"), "Try again in March"));
    json_decref(d);
    world_person(s, person);
    episode_received(s, person, declined);
    world_must(s, LINE("referral edit %s gp_action=none", declined), NULL);
    world_must(s, LINE("referral decline %s", declined), NULL);
    d = letter(s, declined, "");
    assert_non_null(strstr(in(d, "letter"), "decided not to work with us"));
    assert_null(strstr(in(d, "letter"), "could not take it on"));
    json_decref(d);
    world_close(s);
}

static void told_settles_what_is_owed(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_day(3);
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    world_no(s, LINE("referral told %s", ref), ERR_INVALID, "told");
    world_no(s, LINE("referral told %s told=letter on=2026-11-22 event=accepted", ref), ERR_INVALID, "on");
    world_no(s, LINE("referral told %s told=letter on=2026-11-30", ref), ERR_INVALID, "on");
    world_must(s, LINE("referral told %s told=letter on=2026-11-24 event=accepted", ref), NULL);
    assert_answer(s, ref, "closed");
    world_must(s, LINE("referral told %s told='secure e-mail'", ref), NULL);
    world_no(s, LINE("referral told %s told=letter", ref), ERR_REFUSED, "told");
    world_close(s);
}

static void who_referred_themselves_is_owed_no_letter(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_must(s, LINE("referral edit %s source=self", ref), NULL);
    world_must(s, LINE("referral turn-away %s reason=not_appropriate note=x", ref), NULL);
    assert_count(s, ref, "answers", 0);
    world_no(s, LINE("referral letter %s", ref), ERR_REFUSED, "letter");
    world_close(s);
}

static void a_letter_is_in_the_audit(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("referral edit %s gp_action=none", ref), NULL);
    json_decref(letter(s, ref, ""));
    json_t *rows = world_list(s, LINE("audit %s", ref));
    assert_true(has_row(rows, "effect", "exported"));
    json_decref(rows);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_letter_never_leaves_the_gps_action_blank),
        cmocka_unit_test(the_letter_says_what_became_of_the_referral),
        cmocka_unit_test(turning_away_and_declining_each_have_their_words),
        cmocka_unit_test(told_settles_what_is_owed),
        cmocka_unit_test(who_referred_themselves_is_owed_no_letter),
        cmocka_unit_test(a_letter_is_in_the_audit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Taking in somebody who may be recorded already: who is shown, who is taken,
 * and what becomes of a referral that is open.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/taking_in.h"

static void who_is_probably_recorded_stands_beside_field_by_field(void **state)
{
    (void)state;
    char person[64];
    known_person(person);
    size_t people = rows_of("person list");
    press("n");
    type("Eli");
    seat_has(seat, "Recorded with that name");
    seat_has(seat, person);
    type("zabeth");
    press("<Enter>");
    field("Wetherlam");
    field("7/3/1951");
    type("07700 900999");
    seat_has(seat, "Probably recorded already");
    seat_has(seat, "7 Mar 1951  same");
    seat_has(seat, "07700 900321  differs");
    press("<PgDn><Enter>"); /* it is her */
    seat_has(seat, person);
    agreed_by_phone();
    asked_by_self("Company");
    press("k<Enter>n");
    press("<Enter>");
    assert_int_equal(rows_of("person list"), people);
    json_t *doc = newest();
    is_at(doc, "person", person);
    is_at(doc, "header.phone", "07700 900321");
    is_at(doc, "header.contact_method", "sms");
    json_decref(doc);
}

static void a_person_who_is_probably_there_is_not_made_twice_without_a_reason(void **state)
{
    (void)state;
    char person[64];
    known_person(person);
    size_t people = rows_of("person list");
    press("n");
    field("Betty");
    field("Wetherlam");
    field("7/3/1951");
    press("<Enter><Enter><Enter><Enter><Enter><Enter>");
    seat_has(seat, "Is it one of these?");
    press("n");
    seat_has(seat, "How do you know");
    type("Her cousin, I know both");
    press("<Enter>");
    seat_has(seat, "[3 Contact]");
    agreed_by_phone();
    asked_by_self("Company");
    press("k<Enter>n<Enter>");
    assert_int_equal(rows_of("person list"), people + 1);
    assert_int_equal(rows_of("person duplicates"), 1);
}

static void one_who_looks_alike_by_name_alone_stops_nothing(void **state)
{
    (void)state;
    char person[64];
    known_person(person);
    press("n");
    field("Elizabeth");
    field("Wetherlam");
    seat_has(seat, "Recorded with that name");
    press("<PgDn>n");
    seat_hasnt(seat, "How do you know");
    field("1/1/1990");
    press("<Enter><Enter><Enter><Enter><Enter><Enter>");
    seat_has(seat, "[3 Contact]");
}

static void the_neighbourhood_comes_from_others_at_the_postcode(void **state)
{
    (void)state;
    char person[64];
    known_person(person);
    press("n");
    field("Ottoline");
    field("Pembrick");
    press("<Enter><Enter>");
    field("M27 4ZZ");
    seat_has(seat, "Swinton");
}

static void whoever_has_an_open_referral_gets_another_source(void **state)
{
    (void)state;
    char person[64], referral[64];
    known_person(person);
    world_referral(lead, person, referral);
    size_t referrals = rows_of("referral list");
    press("n");
    field("Elizabeth");
    field("Wetherlam");
    press("<PgDn><Enter>");
    seat_has(seat, "is open for them already");
    press("<Enter>"); /* the first: another source */
    seat_has(seat, "[4 Asked by]");
    field("family");
    press("<C-s>");
    seat_has(seat, "may be"); /* two sources begin so */
    press("<C-s>");
    type(" or");
    press("<Enter>");
    field("Her sister rang, worried");
    press("<Enter>"); /* today */
    field("Agnes Wetherlam");
    press("<C-s>");
    seat_has(seat, "source of SP-");
    press("<Enter>");
    seat_has(seat, "has another source now");
    assert_int_equal(rows_of("referral list"), referrals);
    json_t *doc = newest();
    is_at(doc, "sources.0.source", "family_friend");
    is_at(doc, "sources.0.referrer_name", "Agnes Wetherlam");
    is_at(doc, "source", "gp_practice");
    json_decref(doc);
}

static void a_second_referral_says_why(void **state)
{
    (void)state;
    char person[64], referral[64];
    known_person(person);
    world_referral(lead, person, referral);
    press("n");
    field("Elizabeth");
    field("Wetherlam");
    press("<PgDn><Enter><Down><Enter>");
    seat_has(seat, "Why a second one");
    type("Housing, asked by the landlord");
    press("<Enter>");
    seat_has(seat, "[3 Contact]");
    press("l<Enter><Enter><Enter><Enter><Enter><Enter>");
    asked_by_self("Housing");
    press("a<Enter>l<Enter>");
    json_t *doc = newest();
    is_at(doc, "second_reason", "Housing, asked by the landlord");
    is_at(doc, "needs.0.code", "housing");
    json_decref(doc);
}

static void the_person_shown_can_turn_out_to_be_somebody_else(void **state)
{
    (void)state;
    char person[64];
    known_person(person);
    press("n");
    field("Elizabeth");
    field("Wetherlam");
    press("<PgDn><Enter><C-p>");
    seat_has(seat, "Recorded as");
    press("<C-n>");
    seat_has(seat, "Given name");
    seat_has(seat, "Elizabeth");
}

static void what_is_said_of_reaching_a_known_person_is_put_right(void **state)
{
    (void)state;
    char person[64];
    known_person(person);
    press("n");
    field("Elizabeth");
    field("Wetherlam");
    press("<PgDn><Enter>y<Enter>");
    press("<Enter><Enter>"); /* by text message as before, voicemail */
    field("after two");
    press("<C-s>");
    asked_by_self("Company");
    press("<Enter>n<Enter>");
    json_t *doc = newest();
    is_at(doc, "header.safe_times", "after two");
    is_at(doc, "header.contact_method", "sms");
    json_decref(doc);
}

static void somebody_recorded_meanwhile_is_seen_before_a_second_record(void **state)
{
    (void)state;
    press("n");
    ottoline();
    agreed_by_phone();
    asked_by_self("Company");
    press("k<Enter>n");
    world_must(lead, "person add given_name=Ottoline family_name=Pembrick date_of_birth=1961-04-02 neighbourhood=swinton", NULL);
    size_t people = rows_of("person list");
    press("<Enter>");
    seat_has(seat, "[2 Who]");
    seat_has(seat, "probably recorded already");
    assert_int_equal(rows_of("person list"), people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TAKING_IN(who_is_probably_recorded_stands_beside_field_by_field),
        TAKING_IN(a_person_who_is_probably_there_is_not_made_twice_without_a_reason),
        TAKING_IN(one_who_looks_alike_by_name_alone_stops_nothing),
        TAKING_IN(the_neighbourhood_comes_from_others_at_the_postcode),
        TAKING_IN(whoever_has_an_open_referral_gets_another_source),
        TAKING_IN(a_second_referral_says_why),
        TAKING_IN(the_person_shown_can_turn_out_to_be_somebody_else),
        TAKING_IN(what_is_said_of_reaching_a_known_person_is_put_right),
        TAKING_IN(somebody_recorded_meanwhile_is_seen_before_a_second_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Taking a referral in, sitting at it: the keys it takes, each step as it
 * looks, what stops it, and that nothing is recorded before the end, or by half.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/taking_in.h"

static void a_common_self_referral_takes_under_60_keys_besides_its_text(void **state)
{
    (void)state;
    keys_used = 1; /* i */
    text_typed = 0;
    press("n");
    ottoline();
    agreed_by_phone();
    asked_by_self("Lonely since the move, and letters about the rent");
    press("k3d4m<Enter>");
    press("n");
    seat_has(seat, "Loneliness and isolation (3 of 5)");
    press("<Enter>");
    seat_has(seat, "is received and waits for triage");
    print_message("keys besides the text: %d, characters of text: %d\n", keys_used, text_typed);
    assert_true(keys_used < 60);

    json_t *doc = newest();
    is_at(doc, "state", "received");
    is_at(doc, "source", "self");
    is_at(doc, "reason", "Lonely since the move, and letters about the rent");
    is_at(doc, "safeguarding", "none");
    is_at(doc, "received_on", "2026-11-23");
    is_at(doc, "neighbourhood", "swinton");
    is_at(doc, "header.given_name", "Ottoline");
    is_at(doc, "header.date_of_birth", "1961-04-02");
    is_at(doc, "header.phone", "07700 900512");
    is_at(doc, "header.consent.contact", "Given");
    is_at(doc, "risks.0.kind", "none_known");
    assert_int_equal(json_array_size(json_object_get(doc, "needs")), 2);
    is_at(doc, "needs.0.code", "money_debt");
    is_at(doc, "needs.0.is_main", "yes");
    is_at(doc, "needs.0.severity", "4");
    is_at(doc, "needs.1.code", "isolation");
    is_at(doc, "needs.1.severity", "3");
    json_decref(doc);
}

static void nothing_is_recorded_before_it_is_taken_in(void **state)
{
    (void)state;
    size_t people = rows_of("person list"), referrals = rows_of("referral list");
    press("n");
    ottoline();
    agreed_by_phone();
    asked_by_self("Company");
    press("k<Enter>n");
    seat_has(seat, "Enter takes it in");
    assert_int_equal(rows_of("person list"), people);
    assert_int_equal(rows_of("referral list"), referrals);
    press("<Enter>");
    assert_int_equal(rows_of("person list"), people + 1);
    assert_int_equal(rows_of("referral list"), referrals + 1);
}

/* ---- each step as it looks */

static void each_step_at_80_by_24(void **state)
{
    (void)state;
    char person[64];
    world_must(lead, "person add given_name=Ottoline family_name=Pembrick date_of_birth=1961-04-02 phone='07700 900512' "
                     "postcode='M27 4AB' neighbourhood=swinton", person);
    world_must(lead, "person add given_name=Pembrick family_name=Ottoline date_of_birth=1961-04-02 postcode='M28 1AA' "
                     "neighbourhood=swinton new=yes new_reason='Typed twice'", NULL);
    seat_golden(seat, "intake_1_safe");
    press("y");
    seat_golden(seat, "intake_1_stop");
    press("<Backtab>n");
    seat_golden(seat, "intake_2_empty");
    field("Ottoline");
    field("Pembrick");
    field("2/4/1961");
    seat_golden(seat, "intake_2_likely");
    press("<PgDn>");
    seat_golden(seat, "intake_2_choose");
    press("<Enter>");
    seat_golden(seat, "intake_3_contact");
    press("<C-p>");
    seat_golden(seat, "intake_2_known");
    press("<Enter>y");
    press("<Enter><Enter><Enter><Enter><Enter><Enter><Enter>");
    type("gp");
    press("<Enter>");
    field("Has not left the flat since the summer; would like company");
    seat_golden(seat, "intake_4_asked");
    press("<Enter><Enter>");
    field("Dr Adeyemi Fallowfield");
    press("<Enter><Enter><Enter><Enter><Enter>k4md<Down>");
    seat_golden(seat, "intake_5_needs");
    press("<Enter>");
    seat_golden(seat, "intake_6_risks");
    press("n");
    seat_golden(seat, "intake_6_check");
}

/* ---- safeguarding */

static void a_concern_stops_until_it_has_been_acted_on(void **state)
{
    (void)state;
    press("y");
    seat_has(seat, "STOP");
    seat_has(seat, "999");
    press("<Enter>");
    seat_has(seat, "STOP");
    press("<C-s>");
    seat_has(seat, "STOP");
    press("<C-g>");
    seat_has(seat, "needed"); /* what the concern is */
    seat_has(seat, "STOP");
    type("Her son takes her money");
    press("<Enter>");
    seat_has(seat, "Stop here until you have done this");
    press("<C-g>");
    seat_has(seat, "Given name");
    seat_has(seat, "CONCERN OPEN");
    ottoline();
    agreed_by_phone();
    asked_by_self("Money");
    press("d<Enter>n");
    press("<Enter>");
    json_t *doc = newest();
    is_at(doc, "safeguarding", "concern");
    is_at(doc, "safeguarding_note", "Her son takes her money");
    json_decref(doc);
}

static void not_known_yet_is_an_answer(void **state)
{
    (void)state;
    press("k");
    ottoline();
    agreed_by_phone();
    asked_by_self("Company");
    press("<Enter>l<Enter>"); /* no need yet, risks not asked */
    json_t *doc = newest();
    is_at(doc, "safeguarding", "not_yet");
    assert_int_equal(json_array_size(json_object_get(doc, "needs")), 0);
    assert_int_equal(json_array_size(json_object_get(doc, "risks")), 0);
    json_decref(doc);
}

/* ---- contact and asking */

static void who_says_no_to_contact_is_not_taken_in(void **state)
{
    (void)state;
    press("n");
    ottoline();
    press("n");
    seat_has(seat, "do not want to be contacted");
    press("<Enter>");
    seat_has(seat, "[3 Contact]");
    press("<C-s>");
    seat_has(seat, "[3 Contact]");
}

static void not_asking_needs_its_reason(void **state)
{
    (void)state;
    press("n");
    ottoline();
    press("a<Enter>");
    seat_has(seat, "needed");
    type("The GP asks, she is in hospital until Friday");
    press("<Enter><Enter><Enter><Enter><Enter><Enter><Enter>");
    seat_has(seat, "[4 Asked by]");
    field("gp");
    seat_hasnt(seat, "Referrer's practice");
    field("Frail, lonely");
    press("<Enter><Enter>");
    seat_has(seat, "Referrer's practice");
    field("Dr Adeyemi Fallowfield");
    press("<C-s>n");
    press("<Enter>");
    json_t *doc = newest();
    is_at(doc, "source", "gp_practice");
    is_at(doc, "referrer_name", "Dr Adeyemi Fallowfield");
    is_at(doc, "header.consent.contact", "Not sought");
    json_decref(doc);
}

static void a_risk_is_written_down_with_its_note(void **state)
{
    (void)state;
    press("n");
    ottoline();
    agreed_by_phone();
    asked_by_self("Company");
    press("k<Enter>l");
    seat_has(seat, "[l not asked yet]");
    press("r"); /* after all */
    press("<Enter>"); /* no kind yet */
    press("<Enter>");
    seat_has(seat, "Risk: this is needed.");
    field("animals");
    field("A large dog");
    seat_has(seat, "Enter takes it in");
    press("<Enter>");
    json_t *doc = newest();
    is_at(doc, "risks.0.kind", "animals");
    is_at(doc, "risks.0.note", "A large dog");
    json_decref(doc);
}

/* ---- going about, and what is wrong */

static void what_is_missing_is_shown_where_it_is_typed(void **state)
{
    (void)state;
    press("<C-s>");
    seat_has(seat, "[1 Safe?]");
    press("n");
    field("Ottoline");
    press("<C-s>");
    seat_has(seat, "[2 Who]");
    seat_has(seat, "Family name: this is needed.");
    field("Pembrick");
    field("31/2/1961");
    press("<C-s>");
    seat_has(seat, "[2 Who]");
    press("<C-p>");
    seat_has(seat, "[1 Safe?]");
    press("<Enter>");
    seat_has(seat, "31/2/1961"); /* what was typed is there still */
}

static void back_and_forth_loses_nothing(void **state)
{
    (void)state;
    press("n");
    ottoline();
    agreed_by_phone();
    asked_by_self("Company");
    press("k3<Enter>n");
    press("2");
    seat_has(seat, "Pembrick");
    press("<C-s>5");
    seat_has(seat, "[3] Loneliness");
    press("<C-s>4<Down>");
    seat_has(seat, "Company");
    press("<Backtab><Backtab>");
    seat_has(seat, "[3 Contact]");
    press("<C-s>");
    seat_has(seat, "Enter takes it in");
    press("<Backtab><Backtab>");
    seat_has(seat, "[5 Needs]");
}

static void what_the_engine_refuses_leads_to_its_field_and_leaves_nothing(void **state)
{
    (void)state;
    size_t people = rows_of("person list");
    press("n");
    field("Ottoline");
    field("Pembrick");
    press("<Enter><Enter><Enter>");
    field("swinton");
    press("<Enter><Enter><Enter>");
    agreed_by_phone();
    asked_by_self("Company");
    world_must(lead, "neighbourhood edit swinton active=no", NULL); /* in the meantime */
    seat_wait(seat, 1000);
    press("k<Enter>n<Enter>");
    seat_has(seat, "[2 Who]");
    seat_has(seat, "Swinton");
    assert_int_equal(rows_of("person list"), people);
    press("<C-u>");
    type("broughton");
    press("<C-s><Enter>");
    assert_int_equal(rows_of("person list"), people + 1);
}

static void a_word_of_no_list_is_told_before_the_step_is_left(void **state)
{
    (void)state;
    press("n");
    field("Ottoline");
    field("Pembrick");
    press("<Enter><Enter><Enter>");
    field("atlantis");
    press("<Enter><Enter><Enter>");
    seat_has(seat, "[2 Who]");
    seat_has(seat, "nothing in the list begins so");
    press("<C-u>");
    field("swinton");
    press("<Enter><Enter><Enter>");
    seat_has(seat, "[3 Contact]");
}

static void a_child_consents_in_the_way_a_child_can(void **state)
{
    (void)state;
    size_t people = rows_of("person list");
    press("n");
    field("Ottoline");
    field("Pembrick");
    field("2/4/2013");
    press("<Enter><Enter><Enter><Enter><Enter><Enter>");
    agreed_by_phone();
    asked_by_self("Company");
    press("k<Enter>n<Enter>");
    seat_has(seat, "[3 Contact]");
    seat_has(seat, "under 16");
    assert_int_equal(rows_of("person list"), people);
    press("o");
    field("parental");
    field("Agnes Pembrick");
    press("<C-s><Enter>");
    assert_int_equal(rows_of("person list"), people + 1);
    json_t *doc = newest();
    is_at(doc, "header.consent.contact", "Given");
    json_decref(doc);
}

static void a_read_only_desk_takes_nothing_in_and_loses_nothing(void **state)
{
    (void)state;
    press("n");
    ottoline();
    agreed_by_phone();
    asked_by_self("Company");
    press("k<Enter>n");
    session_set_read_only(worker, true);
    size_t people = rows_of("person list");
    press("<Enter>");
    assert_int_equal(rows_of("person list"), people);
    seat_has(seat, "Company");
}

static void in_one_column_everything_is_there(void **state)
{
    (void)state;
    struct err e;
    struct session_options so = {.url = world_url(), .os_account = "world", .as = "worker", .clock = world_clock};
    seat_close(seat);
    worker = session_open(&so, &e);
    assert_non_null(worker);
    struct desk_options o = {.session = worker, .rows = 24, .cols = 80, .linear = true, .clock = world_clock, .url = world_url()};
    seat = seat_with(&o);
    press("in");
    ottoline();
    agreed_by_phone();
    asked_by_self("Company");
    press("<End>");
    seat_has(seat, "Something else");
    press("<Home>");
    seat_has(seat, "Wider determinants");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TAKING_IN(a_common_self_referral_takes_under_60_keys_besides_its_text),
        TAKING_IN(nothing_is_recorded_before_it_is_taken_in),
        TAKING_IN(each_step_at_80_by_24),
        TAKING_IN(a_concern_stops_until_it_has_been_acted_on),
        TAKING_IN(not_known_yet_is_an_answer),
        TAKING_IN(who_says_no_to_contact_is_not_taken_in),
        TAKING_IN(not_asking_needs_its_reason),
        TAKING_IN(a_risk_is_written_down_with_its_note),
        TAKING_IN(what_is_missing_is_shown_where_it_is_typed),
        TAKING_IN(back_and_forth_loses_nothing),
        TAKING_IN(what_the_engine_refuses_leads_to_its_field_and_leaves_nothing),
        TAKING_IN(a_word_of_no_list_is_told_before_the_step_is_left),
        TAKING_IN(a_child_consents_in_the_way_a_child_can),
        TAKING_IN(a_read_only_desk_takes_nothing_in_and_loses_nothing),
        TAKING_IN(in_one_column_everything_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

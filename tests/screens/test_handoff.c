/* SPDX-License-Identifier: MIT
 *
 * The Handoff screen: from the need to the service to the gates, the row that
 * would leave, sending, and what comes afterwards.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"
#include "support/sent.h"

static void choose(void)
{
    sitting_at(&handoff_screen, &(struct open_args){.referral = sitting.referral});
}

static void sit(void)
{
    sitting_at(&handoff_screen, &(struct open_args){.handoff = sitting.handoff});
}

static void keep_handoff_of_screen(void)
{
    const char *ref = desk_subject(desk_top(seat_desk(sitting.seat)), "handoff");
    assert_non_null(ref);
    text_put(sitting.handoff, sizeof sitting.handoff, ref);
}

/* ---- choosing */

static void several_needs_are_chosen_from(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("need add %s need=housing severity=2 found=found note='Damp in both rooms'", sitting.referral), NULL);
    choose();
    seat_has(sitting.seat, "Which need is to be handed off?");
    seat_has(sitting.seat, "4 of 5 main");
    seat_golden(sitting.seat, "handoff_needs");
    seat_keys(sitting.seat, "j");
    seat_has(sitting.seat, "Damp in both rooms");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "who should help?");
    seat_keys(sitting.seat, "<Esc>");
    seat_has(sitting.seat, "Which need is to be handed off?");
}

static void one_need_leads_straight_to_the_services(void **state)
{
    (void)state;
    world_must(sitting.s, "organisation add code=the-shed name='The Shed (made up)'", NULL);
    world_must(sitting.s, "service add the-shed name='Bills evening' needs=money_debt capacity=capacity verified_on=2026-11-01", NULL);
    world_must(sitting.s, "service add salford-advice name='Debt line' needs=money_debt capacity=waitlist verified_on=2026-01-01", NULL);
    choose();
    seat_has(sitting.seat, "Can take it, the best first");
    seat_has(sitting.seat, "Debt advice");
    seat_has(sitting.seat, "For: ");
    seat_has(sitting.seat, "Cannot take it now");
    seat_has(sitting.seat, "Bills evening");
    seat_golden(sitting.seat, "handoff_services");
    seat_keys(sitting.seat, "<End><Enter>");
    seat_has(sitting.seat, "Plan it all the same?");
}

static void a_referral_without_needs_says_what_to_do(void **state)
{
    char person[64], referral[64];
    (void)state;
    world_person(sitting.s, person);
    episode_received(sitting.s, person, referral);
    sitting_at(&handoff_screen, &(struct open_args){.referral = referral});
    seat_has(sitting.seat, "No need is recorded yet.");
}

static void choosing_a_service_plans_and_leaving_says_that_it_is_not_sent(void **state)
{
    (void)state;
    choose();
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "is planned and not sent");
    keep_handoff_of_screen();
    sitting_is("draft");
    seat_keys(sitting.seat, "<Esc>");
    seat_has(sitting.seat, "stays planned. It is not sent");
    choose();
    seat_has(sitting.seat, "Under way already");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Not sent: s sends it tonight");
}

/* ---- gates */

static void every_gate_stands_open_or_shut_in_words(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    seat_has(sitting.seat, "Gates: all must be open");
    seat_has(sitting.seat, "shut");
    seat_has(sitting.seat, "Organisation and agreement");
    seat_has(sitting.seat, "Active, agreement in date.");
    seat_has(sitting.seat, "Enter takes consent now");
    seat_golden(sitting.seat, "handoff_gates");
}

static void consent_is_taken_at_the_gate_without_leaving(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    seat_keys(sitting.seat, "c");
    seat_has(sitting.seat, "Read this out");
    seat_keys(sitting.seat, "yphone<C-s>");
    seat_has(sitting.seat, "is recorded");
    seat_hasnt(sitting.seat, "shut");
    seat_keys(sitting.seat, "s");
    seat_has(sitting.seat, "goes tonight");
    sitting_is("queued");
    seat_keys(sitting.seat, "uy");
    sitting_is("draft");
}

static void enter_on_a_shut_gate_opens_the_way_to_open_it(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    world_must(sitting.s, LINE("referral safeguarding %s answer=concern note='Bruises'", sitting.referral), NULL);
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    sitting_is("held");
    sit();
    seat_has(sitting.seat, "Held since");
    seat_keys(sitting.seat, "/safeguarding<Enter><Enter>");
    seat_keys(sitting.seat, "record that<Enter>Chris Lead, manager<Tab>They live apart now<C-s>");
    seat_has(sitting.seat, "Goes tonight");
    sitting_is("queued");
}

static void a_paused_referral_is_resumed_at_its_gate(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    world_must(sitting.s, LINE("referral pause %s reason='in hospital' until=2026-12-20", sitting.referral), NULL);
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    sit();
    seat_keys(sitting.seat, "/referral<Enter><Enter>y");
    sitting_is("queued");
}

static void gates_that_others_open_say_whom_to_ask(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    world_must(sitting.s, "organisation add code=the-shed name='The Shed (made up)'", NULL);
    char service[64];
    world_must(sitting.s, "service add the-shed name='Bills evening' needs=money_debt capacity=capacity", service);
    world_must(sitting.s, LINE("handoff plan %s need=money_debt service=%s", sitting.referral, service), sitting.handoff);
    sit();
    seat_keys(sitting.seat, "/organisation<Enter><Enter>");
    seat_has(sitting.seat, "Ask your manager");
}

static void the_very_row_stands_column_by_column_with_what_is_withheld_and_why(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    sit();
    seat_size(sitting.seat, 60, 100);
    seat_has(sitting.seat, "The very row that would leave");
    seat_has(sitting.seat, "given_name");
    seat_has(sitting.seat, "Withheld from it");
    seat_has(sitting.seat, "Their agreement does not name it.");
    seat_has(sitting.seat, "A plan to pay");
    seat_golden(sitting.seat, "handoff_row");
}

static void the_person_has_not_agreed_is_another_reason_to_withhold(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("consent give %s to=salford-advice categories=identity,needs how=phone", sitting.person), NULL);
    sitting_plan();
    sit();
    seat_size(sitting.seat, 60, 100);
    seat_has(sitting.seat, "The person has not agreed to it.");
    seat_hasnt(sitting.seat, "A plan to pay");
}

/* ---- what is done with it */

static void a_shut_gate_holds_and_says_so(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    seat_keys(sitting.seat, "s");
    seat_has(sitting.seat, "is held, and goes by itself");
    sitting_is("held");
}

static void a_held_one_stands_on_its_shut_gate_and_d_opens_it(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    world_must(sitting.s, LINE("referral pause %s reason=holiday until=2026-12-07", sitting.referral), NULL);
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    sit();
    seat_has(sitting.seat, "> Referral ");
    seat_keys(sitting.seat, "<Home>d");
    seat_has(sitting.seat, "> Referral ");
    seat_keys(sitting.seat, "y");
    seat_has(sitting.seat, "Working together.");
    sitting_is("queued");
}

static void it_is_changed_and_withdrawn_in_forms(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    sit();
    seat_keys(sitting.seat, "e");
    seat_has(sitting.seat, "Council tax arrears");
    seat_keys(sitting.seat, "<End> and rent<C-s>");
    assert_string_equal(sent_look(sitting.s, sitting.handoff).summary, "Council tax arrears and rent");
    seat_keys(sitting.seat, "wno longer<C-s>");
    sitting_is("withdrawn");
}

static void a_handoff_of_long_ago_is_said_to_be_still_wanted(void **state)
{
    (void)state;
    sitting_plan();
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    world_day(40);
    world_consent(sitting.s, sitting.person);
    sitting_is("held");
    sit();
    seat_has(sitting.seat, "Still wanted");
    seat_keys(sitting.seat, "/still wanted<Enter><Enter>");
    sitting_is("queued");
}

/* ---- afterwards */

static void sit_at_sent(void)
{
    sent_delivered(sitting.s, NULL, NULL, sitting.handoff);
    sit();
}

static void what_they_said_is_one_key_and_a_letter(void **state)
{
    (void)state;
    sit_at_sent();
    seat_keys(sitting.seat, "y");
    seat_has(sitting.seat, "What did they say?");
    seat_golden(sitting.seat, "handoff_said");
    seat_keys(sitting.seat, "a<Enter>Oksana<Tab>will ring on Friday<C-s>");
    sitting_is("accepted");
    seat_has(sitting.seat, "Accepted since");
    seat_keys(sitting.seat, "/Oksana<Enter>");
    seat_has(sitting.seat, "Oksana: will ring on Friday");
}

static void each_status_has_its_letter_and_its_form(void **state)
{
    static const struct {
        const char *keys, *becomes;
    } cases[] = {
        {"yr<Enter><C-s>", "acknowledged"},
        {"yw<Enter>21/12/2026<C-s>", "waitlisted"},
        {"ys<Enter><C-s>", "in_progress"},
        {"yo<Enter><C-s>", "on_hold"},
        {"yc<Enter>need met<C-s>", "completed"},
    };
    (void)state;
    sit_at_sent();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        seat_keys(sitting.seat, cases[i].keys);
        sitting_is(cases[i].becomes);
    }
    seat_keys(sitting.seat, ":reopen<Enter>They meant somebody else<C-s>");
    sitting_is("on_hold");
}

static void a_decline_is_asked_why_and_leads_to_another_service(void **state)
{
    char other[64];
    (void)state;
    world_must(sitting.s, "service add salford-advice name='Debt line' needs=money_debt capacity=capacity", other);
    sit_at_sent();
    seat_keys(sitting.seat, "yd<Enter>");
    seat_has(sitting.seat, "Why?");
    seat_keys(sitting.seat, "<Enter>provider<C-s>");
    sitting_is("declined");
    seat_has(sitting.seat, "r asks another service");
    seat_golden(sitting.seat, "handoff_declined");
    seat_keys(sitting.seat, "r/debt line<Enter><Enter>");
    seat_has(sitting.seat, "is planned and not sent");
    seat_has(sitting.seat, "previous_reference");
    keep_handoff_of_screen();
    sitting_is("draft");
}

static void a_failure_is_reviewed(void **state)
{
    (void)state;
    sit_at_sent();
    seat_keys(sitting.seat, "ys<Enter><C-s>ycould<Enter><Enter>moved away<C-s>");
    sitting_is("failed");
    seat_keys(sitting.seat, ":review<Enter>yes<C-s>");
    seat_has(sitting.seat, "Reviewed");
}

static void a_stop_is_confirmed_with_d(void **state)
{
    (void)state;
    sit_at_sent();
    seat_keys(sitting.seat, "wno longer<C-s>");
    sitting_is("withdrawing");
    seat_has(sitting.seat, "The stop that is sent");
    seat_hasnt(sitting.seat, "Gates: all must be open");
    seat_golden(sitting.seat, "handoff_stop");
    seat_keys(sitting.seat, "dOksana<C-s>");
    sitting_is("withdrawn");
}

static void a_stop_is_confirmed_as_what_they_said_too(void **state)
{
    (void)state;
    sit_at_sent();
    seat_keys(sitting.seat, "wno longer<C-s>ystopped<Enter>Oksana<C-s>");
    sitting_is("withdrawn");
}

static void an_urgent_one_is_rung(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    world_must(sitting.s, LINE("handoff plan %s need=money_debt service=%s urgent=yes", sitting.referral, world_service()), sitting.handoff);
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    sit();
    seat_has(sitting.seat, "URGENT");
    seat_keys(sitting.seat, "d");
    assert_string_equal(sent_look(sitting.s, sitting.handoff).rung_on, "2026-11-23");
    seat_keys(sitting.seat, "d");
    seat_has(sitting.seat, "cannot be done here now");
}

static void an_error_is_marked_with_its_reason(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    seat_keys(sitting.seat, ":entered in error<Enter>wrong person<C-s>");
    sitting_is("error");
}

static void all_consent_is_behind_the_palette(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    seat_keys(sitting.seat, ":all consent<Enter>");
    seat_has(sitting.seat, "How it stands today");
    seat_keys(sitting.seat, "q");
    seat_has(sitting.seat, "Gates: all must be open");
}

static void the_same_is_in_the_palette_by_name(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("handoff plan %s need=money_debt service=%s urgent=yes", sitting.referral, world_service()), sitting.handoff);
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    sit();
    seat_keys(sitting.seat, ":they were rung<Enter>");
    assert_string_equal(sent_look(sitting.s, sitting.handoff).rung_on, "2026-11-23");
    seat_keys(sitting.seat, ":still wanted<Enter>");
    seat_has(sitting.seat, "still wanted, and still held");
    sent_delivered(sitting.s, NULL, NULL, sitting.handoff);
    world_must(sitting.s, LINE("handoff withdraw %s reason=moved", sitting.handoff), NULL);
    sit();
    seat_keys(sitting.seat, ":stop confirmed<Enter>Oksana<C-s>");
    sitting_is("withdrawn");
}

static void what_cannot_be_done_now_says_so(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    seat_keys(sitting.seat, "y");
    seat_has(sitting.seat, "cannot be done here now");
    seat_keys(sitting.seat, "%s");
    seat_has(sitting.seat, "read-only");
    sitting_is("draft");
}

static void it_fits_every_size(void **state)
{
    static const int sizes[][2] = {{1, 1}, {5, 20}, {24, 80}, {24, 140}, {50, 200}, {300, 1000}};
    (void)state;
    sitting_plan();
    sit();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        seat_size(sitting.seat, sizes[i][0], sizes[i][1]);
        seat_keys(sitting.seat, "jjk<End><Home>");
    }
    seat_size(sitting.seat, 24, 80);
    seat_has(sitting.seat, "Gates: all must be open");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, sitting_begin, sitting_end)
    const struct CMUnitTest tests[] = {
        TEST(several_needs_are_chosen_from),
        TEST(one_need_leads_straight_to_the_services),
        TEST(a_referral_without_needs_says_what_to_do),
        TEST(choosing_a_service_plans_and_leaving_says_that_it_is_not_sent),
        TEST(every_gate_stands_open_or_shut_in_words),
        TEST(consent_is_taken_at_the_gate_without_leaving),
        TEST(enter_on_a_shut_gate_opens_the_way_to_open_it),
        TEST(a_paused_referral_is_resumed_at_its_gate),
        TEST(gates_that_others_open_say_whom_to_ask),
        TEST(the_very_row_stands_column_by_column_with_what_is_withheld_and_why),
        TEST(the_person_has_not_agreed_is_another_reason_to_withhold),
        TEST(a_shut_gate_holds_and_says_so),
        TEST(a_held_one_stands_on_its_shut_gate_and_d_opens_it),
        TEST(it_is_changed_and_withdrawn_in_forms),
        TEST(a_handoff_of_long_ago_is_said_to_be_still_wanted),
        TEST(what_they_said_is_one_key_and_a_letter),
        TEST(each_status_has_its_letter_and_its_form),
        TEST(a_decline_is_asked_why_and_leads_to_another_service),
        TEST(a_failure_is_reviewed),
        TEST(a_stop_is_confirmed_with_d),
        TEST(a_stop_is_confirmed_as_what_they_said_too),
        TEST(an_urgent_one_is_rung),
        TEST(an_error_is_marked_with_its_reason),
        TEST(all_consent_is_behind_the_palette),
        TEST(the_same_is_in_the_palette_by_name),
        TEST(what_cannot_be_done_now_says_so),
        TEST(it_fits_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

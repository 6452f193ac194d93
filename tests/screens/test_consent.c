/* SPDX-License-Identifier: MIT
 *
 * The Consent screen: how consent stands, the words to read out, and each
 * decision recorded by a person at the keys.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

static void sit(void)
{
    sitting_at(&consent_screen, &(struct open_args){.person = sitting.person});
}

static json_t *shown(void)
{
    return world_show(sitting.s, LINE("consent show %s", sitting.person));
}

static void assert_stands(const char *purpose, const char *word)
{
    json_t *doc = shown();
    assert_string_equal(json_string_value(json_object_get(doc, purpose)), word);
    json_decref(doc);
}

/* The value of the decision recorded last. */
static void assert_last(const char *key, const char *value)
{
    json_t *doc = shown(), *all = json_object_get(doc, "decisions");
    const char *is = json_string_value(json_object_get(json_array_get(all, json_array_size(all) - 1), key));
    assert_string_equal(is ? is : "", value);
    json_decref(doc);
}

static void it_shows_how_consent_stands_and_the_words_to_read_out(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sit();
    seat_has(sitting.seat, "How it stands today");
    seat_has(sitting.seat, "To be contacted");
    seat_has(sitting.seat, "Salford Advice (made up)");
    seat_has(sitting.seat, "Decisions, the newest first");
    seat_has(sitting.seat, "To read out (share-1): With your agreement");
    seat_has(sitting.seat, "sharing: Given");
    seat_golden(sitting.seat, "consent");
}

static void decisions_stand_newest_first_and_open_whole(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sit();
    seat_keys(sitting.seat, "<End>k<Enter>");
    seat_has(sitting.seat, "With Salford Advice (made up). About: every need.");
    seat_has(sitting.seat, "heard: share-1.");
    seat_keys(sitting.seat, "<Esc>");
    seat_hasnt(sitting.seat, "Esc or q goes back");
}

static void giving_reads_the_words_out_and_keeps_which_they_were(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, "a");
    seat_has(sitting.seat, "Read this out");
    seat_has(sitting.seat, "Do they agree?");
    seat_golden(sitting.seat, "consent_words");
    seat_keys(sitting.seat, "y");
    seat_has(sitting.seat, "Consent given: To be referred, and details shared");
    seat_golden(sitting.seat, "consent_give");
    seat_keys(sitting.seat, "phone<Tab>salford-advice<C-s>");
    seat_has(sitting.seat, "is recorded");
    assert_stands("share", "Given");
    assert_last("wording", "share-1");
    assert_last("categories", "identity,needs");
    assert_last("capacity", "assumed");
}

static void saying_no_to_the_words_records_nothing(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, "an");
    seat_hasnt(sitting.seat, "Consent given:");
    assert_stands("share", "No record");
}

static void consent_for_anyone_is_refused_at_the_field_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, "ayphone<C-s>");
    seat_has(sitting.seat, "Name the organisations that the person agreed to");
    seat_keys(sitting.seat, "salford-advice<C-s>");
    assert_stands("share", "Given");
}

static void withdrawing_is_one_key_and_enter_and_says_what_was_stopped(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    sit();
    assert_int_equal(seat_keys(sitting.seat, "w<Enter>"), 2);
    seat_has(sitting.seat, "Stopped: 1 handoff");
    seat_has(sitting.seat, "sharing: Withdrawn");
    assert_last("reason", "not given");
    sitting_is("withdrawn");
}

static void withdrawing_on_an_organisation_leaves_the_others(void **state)
{
    (void)state;
    world_must(sitting.s, "organisation add code=the-shed name='The Shed (made up)'", NULL);
    world_must(sitting.s, LINE("consent give %s to=salford-advice,the-shed how=phone", sitting.person), NULL);
    sit();
    seat_keys(sitting.seat, "/shed<Enter>w");
    seat_has(sitting.seat, "the-shed");
    seat_keys(sitting.seat, "<Enter>");
    assert_last("recipients", "the-shed");
    assert_stands("share", "Given");
}

static void refusing_contact_is_recorded_from_its_row(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, "<Home>R<C-s>");
    seat_has(sitting.seat, "is recorded");
    assert_last("purpose", "contact");
    assert_stands("contact", "Refused");
}

static void evaluation_has_a_standing_of_its_own(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("consent give %s purpose=evaluation how=phone", sitting.person), NULL);
    sit();
    assert_stands("evaluation", "Given");
    seat_keys(sitting.seat, "/evaluation<Enter>R<C-s>");
    assert_stands("evaluation", "Refused");
    seat_has(sitting.seat, "Refused");
}

static void the_rarer_decisions_are_in_the_palette(void **state)
{
    (void)state;
    sit();
    seat_keys(sitting.seat, ":consent not sought<Enter>away in hospital<C-s>");
    assert_last("decision", "not_sought");
    seat_keys(sitting.seat, ":best interests decision<Enter>salford-advice<Tab>Dr Obanye<Tab>debts grow daily<Tab>7/12/2026<Tab>Dr Obanye<Tab>today<C-s>");
    assert_last("decision", "best_interests");
    seat_keys(sitting.seat, ":legal duty to share<Enter>salford-advice<Tab>Care Act 2014 s.42<Tab>21/12/2026<C-s>");
    assert_last("decision", "legal_duty");
    assert_last("reason", "Care Act 2014 s.42");
}

static void opened_for_a_handoff_it_is_ready_for_that_organisation_and_need(void **state)
{
    (void)state;
    sitting_plan();
    sitting_at(&consent_screen, &(struct open_args){.handoff = sitting.handoff});
    seat_keys(sitting.seat, "ayphone<C-s>");
    seat_has(sitting.seat, "is recorded");
    assert_last("recipients", "salford-advice");
    assert_last("needs", "money_debt");
}

static void it_needs_a_person_and_says_how_to_find_one(void **state)
{
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "admin"); /* whose first screen names nobody */
    sitting_at(&drafts_screen, NULL);
    assert_null(desk_open(desk_top(seat_desk(sitting.seat)), &consent_screen, NULL));
    seat_has(sitting.seat, "open the person first");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, sitting_begin, sitting_end)
    const struct CMUnitTest tests[] = {
        TEST(it_shows_how_consent_stands_and_the_words_to_read_out),
        TEST(decisions_stand_newest_first_and_open_whole),
        TEST(giving_reads_the_words_out_and_keeps_which_they_were),
        TEST(saying_no_to_the_words_records_nothing),
        TEST(consent_for_anyone_is_refused_at_the_field_and_nothing_typed_is_lost),
        TEST(withdrawing_is_one_key_and_enter_and_says_what_was_stopped),
        TEST(withdrawing_on_an_organisation_leaves_the_others),
        TEST(refusing_contact_is_recorded_from_its_row),
        TEST(evaluation_has_a_standing_of_its_own),
        TEST(the_rarer_decisions_are_in_the_palette),
        TEST(opened_for_a_handoff_it_is_ready_for_that_organisation_and_need),
        TEST(it_needs_a_person_and_says_how_to_find_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

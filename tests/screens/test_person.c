/* SPDX-License-Identifier: MIT
 *
 * Person: what is always in sight, the tabs, what can be done with a row, the
 * course of the referral by its commands, and what may go wrong underfoot.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

static void sit(void)
{
    sitting_at(&person_screen, &(struct open_args){.person = sitting.person, .referral = sitting.referral});
}

static void keys(const char *text)
{
    seat_keys(sitting.seat, text);
}

static void has(const char *text)
{
    seat_has(sitting.seat, text);
}

static void hasnt(const char *text)
{
    seat_hasnt(sitting.seat, text);
}

static struct screen *top(void)
{
    return desk_top(seat_desk(sitting.seat));
}

/* The world's referral with nothing owed: its referrer was told. */
static int begin(void **state)
{
    sitting_begin(state);
    world_must(sitting.s, LINE("referral edit %s gp_action=none", sitting.referral), NULL);
    world_must(sitting.s, LINE("referral told %s told=letter", sitting.referral), NULL);
    return 0;
}

/* ---- always in sight */

static void what_must_be_known_before_ringing_stays_above_every_tab(void **state)
{
    char key[2] = "1";
    (void)state;
    world_must(sitting.s, LINE("person edit %s communication_needs='Large print' safe_times='After 10' contact_method=no_telephone "
                               "interpreter_language=ur", sitting.person), NULL);
    world_must(sitting.s, LINE("referral safeguarding %s answer=concern note='Spoken to the lead'", sitting.referral), NULL);
    sit();
    for (; *key <= '8'; ++*key) {
        keys(key);
        has("Safeguarding concern open");
        has("No telephone contact");
        has("Large print");
        has("After 10");
        has("Consent to be contacted: Given. To be referred, details shared:");
        has("07700 900000");
    }
    keys("1");
    seat_golden(sitting.seat, "person_alerts");
}

static void each_tab_is_reached_by_its_number_and_by_arrows(void **state)
{
    static const char *const tabs[] = {"[1 Summary]", "[2 Needs]", "[3 Consent]", "[4 Handoffs]", "[5 Contacts]", "[6 Plan]", "[7 Outcomes]", "[8 Timeline]"};
    char digit[2] = "1";
    (void)state;
    sit();
    has("[1 Summary]");
    for (size_t i = 1; i < 8; i++) {
        keys(i % 2 ? "<Right>" : "]");
        has(tabs[i]);
    }
    keys("]");
    has(tabs[0]);
    keys("<Left>");
    has(tabs[7]);
    keys("[");
    has(tabs[6]);
    for (size_t i = 0; i < 8; i++, ++*digit) {
        keys(digit);
        has(tabs[i]);
    }
}

static void a_case_with_a_history_shows_it_tab_by_tab(void **state)
{
    (void)state;
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    world_must(sitting.s, LINE("plan add %s kind=goal text='To open my post without a knot in my stomach' importance=8", sitting.referral), NULL);
    world_must(sitting.s, LINE("plan add %s kind=strength text='Her sister rings every day'", sitting.referral), NULL);
    world_must(sitting.s, LINE("signpost %s to='Cook and eat' contact='0161 496 0515'", sitting.referral), NULL);
    world_must(sitting.s, LINE("flag %s message='Ask about the bailiffs' due=2026-11-23", sitting.referral), NULL);
    world_day(3);
    world_must(sitting.s, LINE("need outcome %s need=money_debt outcome=partly_met note='A plan to pay is agreed'", sitting.referral), NULL);
    sit();
    has("What is next");
    has("Ask about the bailiffs");
    seat_golden(sitting.seat, "person_summary");
    keys("2");
    has("Goes tonight: Deb");
    seat_golden(sitting.seat, "person_needs");
    keys("3");
    has("Salford Advice");
    seat_golden(sitting.seat, "person_consent");
    keys("4");
    has("Goes tonight");
    seat_golden(sitting.seat, "person_handoffs");
    keys("5");
    has("Wants help with the council");
    seat_golden(sitting.seat, "person_contacts");
    keys("6");
    has("Her sister rings every day");
    seat_golden(sitting.seat, "person_plan");
    keys("7");
    has("Partly met");
    seat_golden(sitting.seat, "person_outcomes");
    keys("8");
    has("Signposted");
    seat_golden(sitting.seat, "person_timeline");
    keys("z");
    seat_size(sitting.seat, 50, 200);
    has("Salford Advice (made up)");
}

/* ---- rows */

static void enter_shows_a_row_whole_or_opens_what_it_is(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    keys("5<Enter>");
    has("Note: Wants help with the council tax letters");
    keys("<Esc>4<Enter>");
    assert_ptr_equal(top()->type, &handoff_screen);
    keys("q3<Enter>");
    assert_ptr_equal(top()->type, &consent_screen);
    keys("q1<Enter>"); /* the first task: the planned handoff */
    assert_ptr_equal(top()->type, &handoff_screen);
}

static void a_adds_what_the_tab_is_of(void **state)
{
    (void)state;
    sit();
    keys("a");
    has("Their number elsewhere");
    keys("risk<Enter>");
    has("Record a risk");
    keys("<Esc>2a");
    assert_ptr_equal(top()->type, &needs_screen);
    keys("<Esc>");
    sit();
    keys("3a");
    assert_ptr_equal(top()->type, &consent_screen);
    sit();
    keys("4a");
    assert_ptr_equal(top()->type, &handoff_screen);
    sit();
    keys("5a");
    has("Log a contact");
    keys("r<C-s>");
    assert_count(sitting.s, sitting.referral, "contacts", 2);
    keys("6a");
    has("Add to the plan");
    keys("goal<Enter>To sleep through<C-s>");
    has("To sleep through");
    keys("7a");
    has("What came of the need?");
    keys("met<C-s>");
    keys("8a");
    has("Log a contact");
}

static void e_changes_the_row_in_focus(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("plan add %s kind=goal text='To sleep'", sitting.referral), NULL);
    world_must(sitting.s, LINE("flag %s message='Ask about the bailiffs' due=2026-11-23", sitting.referral), NULL);
    sit();
    keys("6e");
    has("Change the plan");
    keys(" through the night<C-s>");
    has("To sleep through the night");
    keys("2e");
    has("Change the need");
    keys("<BS>5<C-s>");
    has("5 of 5");
    keys("7e");
    has("What came of the need?");
    keys("met<C-s>");
    has("Met");
    keys("5e");
    has("A contact stays as it was logged");
    keys("1j"); /* below the task: the telephone */
    keys("e");
    has("Change what is recorded of the person");
    keys("<Esc>");
}

static void d_does_what_is_next_wherever_one_stands(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("flag %s message='Ask about the bailiffs' due=2026-11-23", sitting.referral), NULL);
    sit();
    keys("5d");
    has("The flag is dealt with");
    keys("Done<Enter>");
    keys("d");
    has("Nothing is due here");
}

/* ---- the course of a referral, by the words in the palette */

static void the_referral_goes_its_course_by_name(void **state)
{
    char person[64], referral[64];
    static const struct {
        const char *keys, *state;
    } steps[] = {
        {":give to<Enter>worker<Enter>", "allocated"},
        {":move to another<Enter>worker2<Enter>Sam is ill<Enter>", "allocated"},
        {":back to the wai<Enter>No worker<Enter>", "waiting"},
        {":give to<Enter>worker<Enter>", "allocated"},
        {"Cr<C-s>", "allocated"},
        {":begin work<Enter>y", "active"},
        {":pause<Enter>In hospital<Enter>2026-12-14<Enter>", "paused"},
        {":resume<Enter>y", "active"},
        {":the person decl<Enter>Not now<Enter>", "closed"},
        {":reopen<Enter>Rang again<Enter>", "active"},
        {":entered in err<Enter>Wrong person<Enter>", "error"},
    };
    (void)state;
    world_person(sitting.s, person);
    episode_waiting(sitting.s, person, referral);
    sitting_at(&person_screen, &(struct open_args){.referral = referral});
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        keys(steps[i].keys);
        json_t *doc = world_show(sitting.s, LINE("referral show %s", referral));
        if (strcmp(json_string_value(json_object_get(doc, "state")), steps[i].state) != 0)
            fail_msg("after %s it is %s, not %s:\n%s", steps[i].keys, json_string_value(json_object_get(doc, "state")), steps[i].state,
                     seat_text(sitting.seat));
        json_decref(doc);
    }
}

static void every_form_by_name_opens(void **state)
{
    static const char *const forms[][2] = {
        {":somebody else asked<Enter>", "Someone else asked too"},     {":put the referral right<Enter>", "Put the referral right"},
        {":safeguarding<Enter>", "Is anyone at risk of harm?"},        {":handing on is<Enter>", "Handing on is safe"},
        {":add a risk<Enter>", "Record a risk"},                       {":signpost<Enter>", "Signpost"},
        {":the referrer was<Enter>", "How was the referrer told?"},    {":add to the plan<Enter>", "Add to the plan"},
        {":review the plan<Enter>", "Review the plan"},                {":change the person<Enter>", "Change what is recorded"},
        {":another name<Enter>", "Another name of the person"},        {":number elsewhere<Enter>", "Their number elsewhere"},
        {":the person died<Enter>", "every handoff stops"},            {":turn away<Enter>", "Turn away"},
        {":unable to contact<Enter>", "Unable to contact"},            {":set a flag<Enter>", "Set a flag"},
        {":restrict the<Enter>", "Only these users may know"},
    };
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "manager");
    sit();
    keys("2:outcome of<Enter>");
    has("What came of the need?");
    keys("<Esc>h");
    has("What came of the need?");
    keys("<Esc>1");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        keys(forms[i][0]);
        has(forms[i][1]);
        keys("<Esc>");
        if (top()->type != &person_screen)
            keys("y"); /* throws the text away, where the form asks */
        assert_ptr_equal(top()->type, &person_screen);
    }
}

static void questions_by_name_are_asked_before_anything_is_done(void **state)
{
    static const char *const questions[][2] = {
        {":accept<Enter>", "Accept this referral"}, {":submit the<Enter>", "Submit this draft"}, {":discard the<Enter>", "Discard this draft"},
        {":open the record<Enter>", "whole team"},  {":take merged<Enter>", "Take the two merged records"},
    };
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "manager");
    sit();
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        keys(questions[i][0]);
        has(questions[i][1]);
        keys("y"); /* none fits now: refused in words, nothing changed */
        assert_ptr_equal(top()->type, &person_screen);
    }
    assert_field(sitting.s, sitting.referral, "state", "active");
}

static void the_letter_is_read_by_name(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("referral close %s reason=moved_away", sitting.referral), NULL);
    sit();
    keys(":letter to<Enter>");
    has("Our work with the person ended");
}

static void the_keys_of_a_case_work_here_too(void **state)
{
    (void)state;
    sit();
    keys("M<Enter>");
    assert_count(sitting.s, sitting.referral, "contacts", 2);
    keys("A");
    has("Write a note");
    keys("Neighbour says she is away<C-s>");
    assert_count(sitting.s, sitting.referral, "contacts", 3);
    keys("D");
    has("Close the referral");
    keys("<Esc>y");
    keys("c");
    assert_ptr_equal(top()->type, &consent_screen);
    keys("qr");
    assert_ptr_equal(top()->type, &handoff_screen);
}

/* ---- several referrals, duplicates, what changes underfoot */

static void another_referral_of_the_same_person_is_chosen(void **state)
{
    char second[64];
    (void)state;
    world_must(sitting.s, LINE("referral start %s source=self reason='Lonely' safeguarding=none second_reason='another matter'", sitting.person), second);
    sit();
    has("2 referrals (E)");
    keys("E");
    has("Which of their referrals?");
    keys("Draft<Enter>");
    assert_string_equal(desk_subject(top(), "referral"), second);
    has("Draft");
}

static void a_person_without_a_referral_says_how_one_begins(void **state)
{
    char person[64];
    (void)state;
    world_person(sitting.s, person);
    sitting_at(&person_screen, &(struct open_args){.person = person});
    keys("2");
    has("i begins one");
    keys("E");
    has("They have no referral yet");
    keys("C");
    has("cannot be done here now");
    assert_null(desk_subject(top(), "referral"));
}

static void a_possible_duplicate_is_opened_joined_or_told_apart(void **state)
{
    char twin[64];
    (void)state;
    json_t *doc = world_show(sitting.s, LINE("person show %s", sitting.person));
    world_must(sitting.s, LINE("person add given_name=%s family_name=%s date_of_birth=%s phone='07700 900000' postcode='M27 0AA' new=yes new_reason='test'",
                               json_string_value(json_object_get(doc, "given_name")), json_string_value(json_object_get(doc, "family_name")),
                               json_string_value(json_object_get(doc, "date_of_birth"))),
               twin);
    json_decref(doc);
    sit();
    keys("/May be<Enter>");
    keys("<Enter>");
    assert_string_equal(desk_subject(top(), "person"), twin);
    keys("q:join the two<Enter>");
    has("Join another record");
    keys("<Esc>:they are two<Enter>");
    has("Two records, two people");
    keys("<C-s>");
    hasnt("May be the same person");
}

static void a_change_from_elsewhere_is_seen_without_a_key(void **state)
{
    (void)state;
    sit();
    keys("5");
    hasnt("Rang from the other desk");
    world_must(sitting.s, LINE("referral contact %s mode=phone outcome=reached note='Rang from the other desk'", sitting.referral), NULL);
    seat_wait(sitting.seat, 2000);
    has("Rang from the other desk");
}

static void a_record_restricted_underfoot_closes_with_words(void **state)
{
    (void)state;
    sit();
    world_must(sitting.s, LINE("person restrict %s users=worker2", sitting.person), NULL);
    seat_wait(sitting.seat, 2000);
    assert_ptr_equal(top()->type, &today_screen);
}

static void what_was_being_typed_outlives_the_record_that_closes(void **state)
{
    (void)state;
    sit();
    keys("A<Tab>");
    seat_wait(sitting.seat, 1000);
    keys("<Backtab>typed in the very last second");
    world_must(sitting.s, LINE("person restrict %s users=worker2", sitting.person), NULL);
    seat_wait(sitting.seat, 1000);
    assert_ptr_equal(top()->type, &today_screen);
    has(":unsaved text has it");
    keys(":unsaved<Enter><Enter>");
    has("typed in the very last second");
}

static void a_representative_sees_it_masked(void **state)
{
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "rep");
    sit();
    hasnt("Amara");
    hasnt("07700");
    has(LINE("Person  %s", sitting.person));
    has("Tel masked");
    keys("2345678");
    hasnt("council tax");
    keys(":unmask<Enter>");
    has("unmasked for a while");
}

static void a_row_of_the_summary_is_changed_where_it_stands(void **state)
{
    (void)state;
    sit();
    keys("/telephone<Enter>e");
    has(">Telephone");
    keys("<Esc>/source<Enter>e");
    has(">Source");
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, sitting_end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_row_of_the_summary_is_changed_where_it_stands),
        T(what_must_be_known_before_ringing_stays_above_every_tab),
        T(each_tab_is_reached_by_its_number_and_by_arrows),
        T(a_case_with_a_history_shows_it_tab_by_tab),
        T(enter_shows_a_row_whole_or_opens_what_it_is),
        T(a_adds_what_the_tab_is_of),
        T(e_changes_the_row_in_focus),
        T(d_does_what_is_next_wherever_one_stands),
        T(the_referral_goes_its_course_by_name),
        T(every_form_by_name_opens),
        T(questions_by_name_are_asked_before_anything_is_done),
        T(the_letter_is_read_by_name),
        T(the_keys_of_a_case_work_here_too),
        T(another_referral_of_the_same_person_is_chosen),
        T(a_person_without_a_referral_says_how_one_begins),
        T(a_possible_duplicate_is_opened_joined_or_told_apart),
        T(a_change_from_elsewhere_is_seen_without_a_key),
        T(a_record_restricted_underfoot_closes_with_words),
        T(what_was_being_typed_outlives_the_record_that_closes),
        T(a_representative_sees_it_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

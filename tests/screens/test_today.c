/* SPDX-License-Identifier: MIT
 *
 * Today: what needs the worker in its groups, the call from there and on to
 * the next case, and what `d` does for each kind of line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"
#include "support/sent.h"

/* Sits down at Today as the worker whose case it is. */
static void sit_as(const char *login)
{
    struct seat *before = sitting.seat;
    sitting.seat = seat_open(world_as(login), 24, 80);
    if (before)
        seat_close(before);
}

static void sit(void)
{
    sit_as("worker");
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

static size_t contacts_of(const char *referral)
{
    json_t *doc = world_show(sitting.s, LINE("referral show %s", referral));
    size_t n = json_array_size(json_object_get(doc, "contacts"));
    json_decref(doc);
    return n;
}

/* The world's referral with nothing owed: its referrer was told. */
static int begin(void **state)
{
    sitting_begin(state);
    world_must(sitting.s, LINE("referral edit %s gp_action=none", sitting.referral), NULL);
    world_must(sitting.s, LINE("referral told %s told=letter", sitting.referral), NULL);
    return 0;
}

/* ---- the list */

static void nothing_to_do_says_what_would_fill_it(void **state)
{
    (void)state;
    sit();
    has("Nothing needs you now");
    has("0 to do, 0 overdue");
    keys("<Enter>d");
    has("Nothing needs you now.");
}

static void lines_stand_under_overdue_today_and_soon(void **state)
{
    char person[64], referral[64];
    (void)state;
    world_must(sitting.s, LINE("flag %s message='Ask how the meeting went' due=2026-12-07", sitting.referral), NULL);
    world_day(14); /* nobody reached for 14 days: due today; the flag is due today too */
    world_person(sitting.s, person);
    episode_allocated(sitting.s, person, referral); /* first contact: to come */
    world_must(sitting.s, LINE("flag %s message='Late one' due=2026-12-03", sitting.referral), NULL);
    sit();
    has("Overdue");
    has("Soon");
    has("5 to do, 1 overdue");
    seat_golden(sitting.seat, "today");
    keys("<End>");
    has("What to do  Log a try at contact");
    keys("z");
    has("Log a try at contact");
}

static void a_manager_sees_the_service_or_their_own(void **state)
{
    (void)state;
    world_day(20);
    sit_as("manager");
    has("Quiet");
    keys("]");
    has("my own cases");
    has("Nothing needs you now");
    keys("[");
    has("Quiet");
}

/* ---- the call */

static void a_call_without_answer_is_at_most_four_keys(void **state)
{
    (void)state;
    world_day(20);
    sit();
    int n = seat_keys(sitting.seat, "M<Enter>");
    assert_true(n <= 4);
    assert_int_equal(contacts_of(sitting.referral), 2);
    json_t *doc = world_show(sitting.s, LINE("referral show %s", sitting.referral));
    const json_t *contact = json_array_get(json_object_get(doc, "contacts"), 1);
    assert_string_equal(json_string_value(json_object_get(contact, "outcome")), "no_answer");
    assert_string_equal(json_string_value(json_object_get(contact, "mode")), "phone");
    json_decref(doc);
}

static void a_call_is_opened_logged_and_left_for_the_next_case(void **state)
{
    char person[64], referral[64];
    (void)state;
    world_person(sitting.s, person);
    world_referral(sitting.s, person, referral);
    world_day(20);
    sit();
    has("Quiet");
    keys("<Tab>");
    has("Working together");
    const char *first = desk_subject(desk_top(seat_desk(sitting.seat)), "referral");
    char one[64];
    text_put(one, sizeof one, first);
    int n = seat_keys(sitting.seat, "Cr<Enter><Enter>Has the letters<Enter>") - (int)strlen("Has the letters");
    assert_int_equal(n, 5); /* C, one letter for the outcome, Enter for each field: by telephone is said already */
    assert_int_equal(contacts_of(one), 2);
    keys("<Tab>");
    const char *second = desk_subject(desk_top(seat_desk(sitting.seat)), "referral");
    assert_non_null(second);
    assert_string_not_equal(second, one);
    keys("<Tab>");
    has("That was the last one on your list");
}

/* ---- what d does, kind by kind */

static void a_quiet_case_is_done_by_logging_a_contact(void **state)
{
    (void)state;
    world_day(20);
    sit();
    keys("d");
    has("Log a contact");
    keys("r<C-s>");
    has("Nothing needs you now");
    assert_int_equal(contacts_of(sitting.referral), 2);
}

static void a_flag_is_settled_with_a_note(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("flag %s message='Ask about the bailiffs' due=2026-11-23", sitting.referral), NULL);
    sit();
    has("Ask about the bailiffs");
    keys("d");
    has("The flag is dealt with");
    keys("They rang off<Enter>");
    has("Nothing needs you now");
}

static void triage_offers_what_may_be_done(void **state)
{
    char person[64], referral[64];
    (void)state;
    world_person(sitting.s, person);
    episode_received(sitting.s, person, referral);
    sit_as("manager");
    has("Triage");
    keys("d");
    has("Accept it onto the waiting list");
    has("Turn it away");
    keys("Accept<Enter>");
    has("Accept this referral onto the waiting list?");
    keys("y");
    assert_field(sitting.s, referral, "state", "received"); /* no need, no risk yet: the engine says what is missing */
    has("need");
}

static void a_draft_is_submitted_or_discarded(void **state)
{
    char person[64], referral[64];
    (void)state;
    world_person(sitting.s, person);
    struct session *worker = world_as("worker");
    world_must(worker, LINE("referral start %s source=self reason='Lonely since the move' safeguarding=none", person), referral);
    world_close(worker);
    sit();
    has("Not submitted yet");
    keys("d");
    has("Discard it");
    keys("disc<Enter>y");
    has("Nothing needs you now");
}

static void the_referrer_is_answered_over_the_letter(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("referral edit %s gp_action=-", sitting.referral), NULL);
    world_must(sitting.s, LINE("referral close %s reason=moved_away", sitting.referral), NULL);
    sit();
    has("Answer the referrer");
    keys("d");
    has("What is the GP asked to do?");
    keys("none<Enter>");
    has("Our work with the person ended");
    keys("<Esc>");
    has("How was the referrer told?");
    keys("<C-s>");
    hasnt("Answer the referrer");
}

/* ---- each kind of line, made on the day and done from it */

static void a_concern(void)
{
    world_must(sitting.s, LINE("referral safeguarding %s answer=concern note='Spoken to the lead'", sitting.referral), NULL);
}

static void an_agreed_call(void)
{
    world_must(sitting.s, LINE("referral contact %s mode=phone outcome=reached call_back_on=2026-11-24", sitting.referral), NULL);
    world_day(1);
}

static void a_review_due(void)
{
    world_must(sitting.s, LINE("plan review %s agreed=yes review_on=2026-11-24", sitting.referral), NULL);
    world_day(1);
}

static void never_asked(void)
{
    json_t *doc = world_show(sitting.s, LINE("referral show %s", sitting.referral));
    const json_t *risk = json_array_get(json_object_get(doc, "risks"), 0);
    world_must(sitting.s, LINE("risk end %s", json_string_value(json_object_get(risk, "ref"))), NULL); /* as if it never was */
    json_decref(doc);
}

static void an_urgent_handoff(void)
{
    world_consent(sitting.s, sitting.person);
    world_must(sitting.s, LINE("handoff plan %s need=money_debt service=%s urgent=yes", sitting.referral, world_service()), sitting.handoff);
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
}

static void a_stop(void)
{
    sent_delivered(sitting.s, NULL, NULL, sitting.handoff);
    world_must(sitting.s, LINE("handoff withdraw %s reason=no_longer_needed", sitting.handoff), NULL);
}

static void a_refusal(void)
{
    sent_delivered(sitting.s, NULL, NULL, sitting.handoff);
    world_must(sitting.s, LINE("handoff reply %s status=declined how=phone by='Their desk' declined_by=provider reason=no_capacity", sitting.handoff), NULL);
}

static void long_silence(void)
{
    sent_delivered(sitting.s, NULL, NULL, sitting.handoff);
    world_must(sitting.s, LINE("handoff reply %s status=accepted how=phone by='Their desk'", sitting.handoff), NULL);
    world_day(60);
}

static void a_package_that_waits(void)
{
    char batch[64];
    sent_queued(sitting.s, NULL, NULL, sitting.handoff);
    sent_export(sitting.s, sitting.handoff, "new", batch);
}

static void consent_that_ends(void)
{
    world_consent(sitting.s, sitting.person);
    sitting_plan();
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    world_day(360);
}

static void every_kind_of_line_leads_to_what_stops_it(void **state)
{
    static const struct {
        void (*make)(void);
        const char *login, *line, *asks; /* after d */
        const struct screen_type *opens; /* by Enter */
    } kinds[] = {
        {a_concern, "worker", "Safeguarding", "Is anyone at risk of harm?", &person_screen},
        {an_agreed_call, "worker", "Call back", "Log a contact", &person_screen},
        {a_review_due, "worker", "Review", "The plan was reviewed with them", &person_screen},
        {never_asked, "worker", "Never asked", "Risks, or that none is known", &person_screen},
        {an_urgent_handoff, "worker", "Ring them too", "Have you rung them", &handoff_screen},
        {a_stop, "worker", "Stop not conf", "They confirmed the stop", &handoff_screen},
        {a_refusal, "worker", "Declined or", "Is that the end of it?", &handoff_screen},
        {long_silence, "worker", "No reply or news", "What did they say?", &handoff_screen},
        {a_package_that_waits, "manager", "Batch not", "The package was sent", &tonight_screen},
        {consent_that_ends, "worker", "Consent", "Consent", &person_screen},
    };
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (i) {
            sitting_end(state);
            begin(state);
        }
        kinds[i].make();
        sit_as(kinds[i].login);
        keys("/");
        keys(kinds[i].line);
        keys("<Enter>");
        keys("d");
        has(kinds[i].asks);
        assert_ptr_not_equal(desk_top(seat_desk(sitting.seat))->type, &today_screen);
        sit_as(kinds[i].login);
        keys("/");
        keys(kinds[i].line);
        keys("<Enter><Enter>");
        if (desk_top(seat_desk(sitting.seat))->type != kinds[i].opens)
            fail_msg("%s opened %s, not %s", kinds[i].line, desk_top(seat_desk(sitting.seat))->type->name, kinds[i].opens->name);
    }
}

static void a_held_handoff_opens_over_its_person(void **state)
{
    (void)state;
    sitting_plan();
    world_must(sitting.s, LINE("handoff send %s", sitting.handoff), NULL);
    sitting_is("held");
    sit();
    has("Held");
    keys("<Enter>");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &handoff_screen);
    keys("<Esc>");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &person_screen);
    has("[4 Handoffs]");
    keys("q");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &today_screen);
    keys("d");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &handoff_screen);
}

static void a_planned_handoff_is_a_draft_of_its_own(void **state)
{
    (void)state;
    sitting_plan();
    sit();
    has("Planned, not sent");
    keys("d");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &handoff_screen);
}

static void consent_flag_and_refer_start_from_the_line(void **state)
{
    (void)state;
    world_day(20);
    sit();
    keys("c");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &consent_screen);
    keys("qr");
    assert_ptr_equal(desk_top(seat_desk(sitting.seat))->type, &handoff_screen);
    keys("q!");
    has("Set a flag");
    keys("Ring on Monday<Enter>2026-12-21<Enter>");
    has("2026");
    keys("A");
    has("Write a note");
    keys("<Esc>D");
    has("Close the referral");
}

static void a_look_at_the_list_is_no_look_at_a_record(void **state)
{
    (void)state;
    world_day(20);
    json_t *before = world_list(sitting.s, LINE("audit ref=%s", sitting.person));
    sit();
    keys("jkz");
    json_t *after = world_list(sitting.s, LINE("audit ref=%s", sitting.person));
    assert_int_equal(json_array_size(before), json_array_size(after));
    json_decref(before);
    json_decref(after);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, sitting_end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nothing_to_do_says_what_would_fill_it),
        T(lines_stand_under_overdue_today_and_soon),
        T(a_manager_sees_the_service_or_their_own),
        T(a_call_without_answer_is_at_most_four_keys),
        T(a_call_is_opened_logged_and_left_for_the_next_case),
        T(a_quiet_case_is_done_by_logging_a_contact),
        T(a_flag_is_settled_with_a_note),
        T(triage_offers_what_may_be_done),
        T(a_draft_is_submitted_or_discarded),
        T(the_referrer_is_answered_over_the_letter),
        T(every_kind_of_line_leads_to_what_stops_it),
        T(a_held_handoff_opens_over_its_person),
        T(a_planned_handoff_is_a_draft_of_its_own),
        T(consent_flag_and_refer_start_from_the_line),
        T(a_look_at_the_list_is_no_look_at_a_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

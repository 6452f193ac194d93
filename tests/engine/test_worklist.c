/* SPDX-License-Identifier: MIT
 *
 * The worklist: each task appears when its cause does and goes when that is
 * done, in the order of the ranks, within the scope of who asks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

static void triage_is_the_services_until_it_is_done(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_day(7); /* five working days on, triage within two */
    json_t *rows = world_list(s, "worklist");
    const json_t *line = task_line(rows, "triage", ref);
    assert_non_null(line);
    assert_int_equal(json_integer_value(json_object_get(line, "late")), 3);
    assert_int_equal(json_integer_value(json_object_get(line, "workdays")), 1);
    assert_string_equal(json_string_value(json_object_get(line, "due")), "2026-11-25");
    assert_string_equal(json_string_value(json_object_get(line, "person")), person);
    json_decref(rows);
    assert_task(s, "worklist worker=worker", "triage", ref, false);
    world_must(s, LINE("referral allocate %s worker=worker", ref), NULL);
    assert_done(s, "triage", ref);
    world_close(s);
}

static void the_first_contact_is_due_until_it_is_tried(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_waiting(s, person, ref);
    assert_task(s, "worklist", "first_contact", ref, true);
    world_must(s, LINE("referral allocate %s worker=worker", ref), NULL);
    assert_due(s, "first_contact", ref);
    world_must(s, LINE("referral contact %s mode=phone outcome=no_answer", ref), NULL);
    assert_done(s, "first_contact", ref);
    world_close(s);
}

static void a_quiet_case_is_told_until_someone_reaches_them(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_day(13);
    assert_done(s, "quiet", ref);
    world_day(1);
    assert_due(s, "quiet", ref);
    world_must(s, LINE("referral contact %s mode=phone outcome=message_left", ref), NULL);
    assert_due(s, "quiet", ref);
    world_must(s, LINE("referral contact %s mode=phone outcome=reached", ref), NULL);
    assert_done(s, "quiet", ref);
    world_close(s);
}

static void flags_call_backs_and_reviews_come_on_their_day(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], flag[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("flag %s message='Form due' due=+2", ref), flag);
    world_must(s, LINE("referral contact %s mode=phone outcome=reached call_back_on=+2", ref), NULL);
    world_must(s, LINE("plan review %s agreed=yes review_on=+2", ref), NULL);
    assert_done(s, "flag", ref);
    assert_done(s, "call_back", ref);
    assert_done(s, "review", ref);
    world_day(2);
    assert_due(s, "flag", ref);
    assert_due(s, "call_back", ref);
    assert_due(s, "review", ref);
    world_must(s, LINE("flag done %s", flag), NULL);
    world_must(s, LINE("referral contact %s mode=phone outcome=no_answer", ref), NULL);
    world_must(s, LINE("plan review %s agreed=yes", ref), NULL);
    assert_done(s, "flag", ref);
    assert_done(s, "call_back", ref);
    assert_done(s, "review", ref);
    world_must(s, LINE("referral pause %s reason='In hospital' until=+2", ref), NULL);
    assert_done(s, "review", ref);
    world_day(2);
    assert_due(s, "review", ref);
    world_must(s, LINE("referral resume %s", ref), NULL);
    assert_done(s, "review", ref);
    world_close(s);
}

static void safeguarding_stays_until_it_is_answered(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    assert_done(s, "safeguarding", ref);
    world_must(s, LINE("referral safeguarding %s answer=not_yet", ref), NULL);
    assert_due(s, "safeguarding", ref); /* they were reached, and it was not asked */
    world_must(s, LINE("referral safeguarding %s answer=concern note='Bruises'", ref), NULL);
    assert_due(s, "safeguarding", ref);
    world_must(s, LINE("referral safeguarding %s answer=none note='Settled by social care'", ref), NULL);
    assert_done(s, "safeguarding", ref);
    world_close(s);
}

static void an_answer_is_owed_until_it_is_told_also_after_closing(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    assert_due(s, "answer", ref);
    world_must(s, LINE("referral told %s told=letter", ref), NULL);
    assert_done(s, "answer", ref);
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    assert_due(s, "answer", ref);
    world_must(s, LINE("referral told %s told=letter", ref), NULL);
    assert_done(s, "answer", ref);
    world_close(s);
}

static void who_turned_a_referral_away_owes_the_answer(void **state)
{
    (void)state;
    struct session *s = world_open(), *worker = world_as("worker");
    char person[64], ref[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_must(worker, LINE("referral turn-away %s reason=no_capacity note=x", ref), NULL);
    assert_due(s, "answer", ref);
    assert_task(s, "worklist worker=worker2", "answer", ref, false);
    world_close(worker);
    world_close(s);
}

static void an_answer_from_before_goes_with_the_case(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("referral reallocate %s worker=worker2 reason=x", ref), NULL);
    assert_task(s, "worklist worker=worker2", "answer", ref, true);
    assert_task(s, "worklist worker=worker", "answer", ref, false);
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    world_must(s, LINE("referral told %s told=letter event=closed", ref), NULL);
    assert_task(s, "worklist worker=worker2", "answer", ref, true); /* the first one still */
    assert_task(s, "worklist worker=worker", "answer", ref, false);
    world_close(s);
}

static void a_held_handoff_waits_for_the_worker(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", ref, world_service()), h);
    assert_due(s, "draft", ref);
    world_must(s, LINE("handoff send %s", h), NULL); /* no consent yet */
    assert_done(s, "draft", ref);
    assert_due(s, "held", ref);
    world_consent(s, person);
    assert_done(s, "held", ref);
    world_close(s);
}

static void an_urgent_handoff_is_rung_too(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_consent(s, person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s urgent=yes", ref, world_service()), h);
    world_must(s, LINE("handoff send %s", h), NULL);
    assert_due(s, "ring_urgent", ref);
    world_must(s, LINE("handoff rung %s", h), NULL);
    assert_done(s, "ring_urgent", ref);
    world_close(s);
}

static void consent_that_a_handoff_rests_on_is_renewed_in_time(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("consent give %s recipients=salford-advice categories=identity,needs how=phone wording=share-1 expires_on=2026-12-31", person), NULL);
    world_day(12);
    assert_done(s, "consent", ref); /* nothing rests on it */
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", ref, world_service()), h);
    assert_due(s, "consent", ref);
    world_must(s, LINE("consent give %s recipients=salford-advice categories=identity,needs how=phone wording=share-1", person), NULL);
    assert_done(s, "consent", ref);
    world_close(s);
}

static void a_draft_is_its_makers_business(void **state)
{
    (void)state;
    struct session *s = world_open(), *worker = world_as("worker"), *other = world_as("worker2");
    char person[64], ref[64];
    world_person(s, person);
    world_must(worker, LINE("referral start %s", person), ref);
    assert_task(worker, "worklist", "draft", ref, true);
    assert_task(other, "worklist", "draft", ref, false);
    assert_task(s, "worklist", "draft", ref, false);
    world_must(worker, LINE("referral discard %s", ref), NULL);
    assert_task(worker, "worklist", "draft", ref, false);
    world_close(other);
    world_close(worker);
    world_close(s);
}

/* ---- order and scope */

static void the_most_pressing_comes_first(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], quiet[64], concern[64], flagged[64];
    world_person(s, person);
    world_referral(s, person, quiet);
    world_person(s, person);
    world_referral(s, person, flagged);
    world_person(s, person);
    world_referral(s, person, concern);
    world_must(s, LINE("flag %s message='Form due' due=today", flagged), NULL);
    world_must(s, LINE("referral safeguarding %s answer=concern note='Bruises'", concern), NULL);
    world_day(20);
    json_t *rows = world_list(s, "worklist");
    int64_t last = 0;
    size_t i;
    json_t *row;
    json_array_foreach (rows, i, row) {
        int64_t rank = json_integer_value(json_object_get(row, "rank"));
        assert_true(rank >= last);
        last = rank;
    }
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "referral")), concern);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 1), "referral")), flagged);
    json_decref(rows);
    world_close(s);
}

static void by_day_the_overdue_come_first_whatever_their_kind(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], other[64], fresh[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_day(20); /* quiet since six days, and the answer is owed for longer */
    world_person(s, other);
    episode_received(s, other, fresh); /* triage ranks higher, and is to come */
    json_t *ranked = world_list(s, "worklist"), *by_day = world_list(s, "worklist by_day=yes");
    assert_int_equal(json_array_size(ranked), json_array_size(by_day));
    assert_string_equal(json_string_value(json_object_get(json_array_get(ranked, 0), "task")), "triage");
    int64_t before = INT64_MAX;
    size_t i;
    json_t *row;
    json_array_foreach(by_day, i, row) {
        int64_t late = json_integer_value(json_object_get(row, "late")), group = (late > 0) - (late < 0);
        assert_true(group <= before);
        before = group;
    }
    assert_string_equal(json_string_value(json_object_get(json_array_get(by_day, json_array_size(by_day) - 1), "task")), "triage");
    json_decref(ranked);
    json_decref(by_day);
    world_close(s);
}

static void a_worker_sees_their_own_and_a_manager_any(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_day(14);
    struct session *worker = world_as("worker"), *worker2 = world_as("worker2"), *manager = world_as("manager");
    assert_task(worker, "worklist", "quiet", ref, true);
    assert_task(worker2, "worklist", "quiet", ref, false);
    assert_task(manager, "worklist", "quiet", ref, true);
    assert_task(manager, "worklist worker=worker2", "quiet", ref, false);
    assert_task(manager, "worklist mine=yes", "quiet", ref, false);
    struct err e = {0};
    struct list_run r = {0};
    struct typed words[] = {{"worker", "worker"}};
    assert_false(list_call(worker2, list_find("worklist"), words, 1, "screen", &r, &e));
    assert_int_equal(e.code, ERR_DENIED);
    struct session *rep = world_as("rep");
    assert_false(list_call(rep, list_find("worklist"), NULL, 0, "screen", &r, &e));
    assert_int_equal(e.code, ERR_DENIED);
    world_close(rep);
    world_close(manager);
    world_close(worker2);
    world_close(worker);
    world_close(s);
}

static void a_restricted_case_is_on_nobody_elses_list(void **state)
{
    (void)state;
    struct session *s = world_open(), *manager = world_as("manager");
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_day(14);
    assert_task(manager, "worklist", "quiet", ref, true);
    world_must(s, LINE("person restrict %s users=world", person), NULL);
    assert_task(manager, "worklist", "quiet", ref, false);
    assert_task(s, "worklist", "quiet", ref, true);
    world_close(manager);
    world_close(s);
}

static void the_case_itself_says_what_is_next(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_day(14);
    json_t *doc = world_show(s, LINE("referral show %s", ref)), *next = json_object_get(doc, "next");
    assert_true(has_row(next, "task", "quiet"));
    assert_true(has_row(next, "task", "answer"));
    assert_int_equal(json_array_size(next), 2);
    json_decref(doc);
    char flag[64];
    world_must(s, LINE("flag %s message='Ask about the bailiffs' due=2026-11-23", ref), flag);
    doc = world_show(s, LINE("referral show %s", ref));
    assert_true(has_row(json_object_get(doc, "next"), "flag", flag)); /* names what is to be settled */
    json_decref(doc);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triage_is_the_services_until_it_is_done),
        cmocka_unit_test(the_first_contact_is_due_until_it_is_tried),
        cmocka_unit_test(a_quiet_case_is_told_until_someone_reaches_them),
        cmocka_unit_test(flags_call_backs_and_reviews_come_on_their_day),
        cmocka_unit_test(safeguarding_stays_until_it_is_answered),
        cmocka_unit_test(an_answer_is_owed_until_it_is_told_also_after_closing),
        cmocka_unit_test(who_turned_a_referral_away_owes_the_answer),
        cmocka_unit_test(an_answer_from_before_goes_with_the_case),
        cmocka_unit_test(a_held_handoff_waits_for_the_worker),
        cmocka_unit_test(an_urgent_handoff_is_rung_too),
        cmocka_unit_test(consent_that_a_handoff_rests_on_is_renewed_in_time),
        cmocka_unit_test(a_draft_is_its_makers_business),
        cmocka_unit_test(the_most_pressing_comes_first),
        cmocka_unit_test(by_day_the_overdue_come_first_whatever_their_kind),
        cmocka_unit_test(a_worker_sees_their_own_and_a_manager_any),
        cmocka_unit_test(a_restricted_case_is_on_nobody_elses_list),
        cmocka_unit_test(the_case_itself_says_what_is_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

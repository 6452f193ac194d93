/* SPDX-License-Identifier: MIT
 *
 * Undo and redo through the verbs: named before it is done, refused where it
 * would lie, and each a new audited event.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/sent.h"
#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static const char *text_of(json_t *doc, const char *key, char out[256])
{
    const char *v = json_string_value(json_object_get(doc, key));
    snprintf(out, 256, "%s", v ? v : "");
    json_decref(doc);
    return out;
}

static void state_is(struct session *s, const char *referral, const char *state)
{
    char now[256];
    json_t *rows = world_list(s, "referral list");
    size_t i;
    json_t *row;
    *now = '\0';
    json_array_foreach (rows, i, row)
        if (strcmp(json_string_value(json_object_get(row, "referral")), referral) == 0)
            snprintf(now, sizeof now, "%s", json_string_value(json_object_get(row, "state")));
    json_decref(rows);
    assert_string_equal(now, state);
}

static void undo_names_the_step_and_does_nothing_until_told(void **state)
{
    char person[64], referral[64], title[256];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("referral pause %s reason='In hospital' until=2026-12-10", referral), NULL);
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(s, "undo", &o, &e));
    assert_non_null(strstr(text_of(json_incref(o.detail), "title", title), referral));
    outcome_free(&o);
    state_is(s, referral, "paused");
    world_must(s, "undo yes=yes", NULL);
    state_is(s, referral, "active");
    world_close(s);
}

static void redo_does_again_what_was_undone(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("referral pause %s reason='Away' until=2026-12-10", referral), NULL);
    world_must(s, "undo yes=yes", NULL);
    world_must(s, "redo yes=yes", NULL);
    state_is(s, referral, "paused");
    world_must(s, "undo yes=yes", NULL);
    state_is(s, referral, "active");
    world_must(s, "redo yes=yes", NULL);
    state_is(s, referral, "paused");
    world_close(s);
}

static void a_note_made_by_mistake_goes_away_and_its_audit_row_stays(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    json_t *rows = world_list(s, LINE("audit ref=%s", person));
    size_t before = json_array_size(rows);
    json_decref(rows);
    world_must(s, LINE("flag %s message='Ring the daughter' due=2026-11-30", referral), NULL);
    world_must(s, "undo yes=yes", NULL);
    rows = world_list(s, LINE("audit ref=%s", person));
    assert_true(json_array_size(rows) > before);
    json_decref(rows);
    world_close(s);
}

static void a_record_changed_since_is_not_undone(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("referral pause %s reason='Away' until=2026-12-10", referral), NULL);
    struct session *other = world_as("worker2");
    world_must(other, LINE("referral resume %s", referral), NULL);
    world_close(other);
    world_no(s, "undo yes=yes", ERR_CONFLICT, NULL);
    state_is(s, referral, "active");
    world_close(s);
}

static void one_users_undo_leaves_anothers_step_alone(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    struct session *other = world_as("worker2");
    world_no(other, "undo", ERR_NOT_FOUND, NULL);
    world_close(other);
    world_close(s);
}

static void a_consent_decision_is_final(void **state)
{
    char person[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_consent(s, person);
    world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
    world_close(s);
}

/* ---- what stands meanwhile */

static void other_does(const char *login, const char *words)
{
    struct session *other = world_as(login);
    world_must(other, words, NULL);
    world_close(other);
}

static void undoing_a_withdrawal_asks_the_gates_again(void **state)
{
    char person[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_queued(s, person, NULL, handoff);
    world_must(s, LINE("handoff withdraw %s reason=no_longer_needed", handoff), NULL);
    other_does("worker2", LINE("consent withdraw %s", person));
    world_must(s, "undo yes=yes", NULL);
    sent_is(s, handoff, "held");
    json_t *doc = world_show(s, LINE("handoff show %s", handoff));
    const json_t *events = json_object_get(doc, "events");
    assert_string_equal(json_string_value(json_object_get(json_array_get(events, json_array_size(events) - 2), "event")), "undo");
    json_decref(doc);
    world_close(s);
}

static void redoing_a_send_asks_the_gates_again(void **state)
{
    char referral[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_queued(s, NULL, referral, handoff);
    world_must(s, "undo yes=yes", NULL);
    sent_is(s, handoff, "draft");
    other_does("worker2", LINE("referral pause %s reason='In hospital' until=2026-12-10", referral));
    world_must(s, "redo yes=yes", NULL);
    sent_is(s, handoff, "held");
    world_close(s);
}

static void undoing_an_ending_brings_back_what_may_go_and_no_more(void **state)
{
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_queued(s, person, referral, handoff);
    world_must(s, LINE("referral close %s reason=moved_away", referral), NULL);
    sent_is(s, handoff, "withdrawn");
    world_must(s, "undo yes=yes", NULL);
    state_is(s, referral, "active");
    sent_is(s, handoff, "queued");
    world_must(s, "redo yes=yes", NULL);
    other_does("manager", LINE("service edit %s capacity=no_capacity", world_service()));
    world_must(s, "undo yes=yes", NULL);
    state_is(s, referral, "active");
    sent_is(s, handoff, "held");
    world_close(s);
}

static void undoing_a_directory_entry_asks_the_gates_again(void **state)
{
    char handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_queued(s, NULL, NULL, handoff);
    world_must(s, "organisation edit salford-advice status=paused", NULL);
    sent_is(s, handoff, "held");
    world_must(s, "organisation edit salford-advice status=active", NULL);
    sent_is(s, handoff, "queued");
    world_must(s, "undo yes=yes", NULL);
    sent_is(s, handoff, "held");
    world_close(s);
}

static void a_stop_that_is_owed_is_never_undone(void **state)
{
    char handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, NULL, NULL, handoff);
    world_must(s, LINE("handoff error %s reason='Wrong person'", handoff), NULL);
    world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "error");
    assert_string_equal(h.stop_reason, "sent_in_error");
    world_close(s);
}

static void undo_opens_nothing_beside_what_was_opened_since(void **state)
{
    char person[64], referral[64], handoff[64], second[64];
    struct session *s = world_open();
    (void)state;
    sent_queued(s, person, referral, handoff);
    world_must(s, LINE("handoff withdraw %s reason=no_longer_needed", handoff), NULL);
    other_does("worker2", LINE("handoff plan %s need=money_debt service=%s", referral, world_service()));
    world_no(s, "undo yes=yes", ERR_REFUSED, "H01");
    sent_is(s, handoff, "withdrawn");
    world_must(s, LINE("referral close %s reason=moved_away", referral), NULL);
    struct session *other = world_as("worker2");
    world_must(other, LINE("referral start %s source=self reason='Came back' safeguarding=none", person), second);
    world_must(other, LINE("referral submit %s", second), NULL);
    world_close(other);
    world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
    state_is(s, referral, "closed");
    world_close(s);
}

static void undo_takes_away_nothing_that_others_build_on(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("need add %s need=housing", referral), NULL);
    other_does("worker2", LINE("handoff plan %s need=housing service=%s", referral, world_service()));
    world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
    world_must(s, LINE("referral close %s reason=moved_away", referral), NULL);
    world_must(s, LINE("referral reopen %s reason=Mistake", referral), NULL);
    other_does("worker2", LINE("handoff plan %s need=housing service=%s", referral, world_service()));
    world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
    state_is(s, referral, "active");
    world_close(s);
}

static void moving_a_caseload_is_one_step_although_things_were_sent(void **state)
{
    char referral[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, NULL, referral, handoff);
    world_must(s, "referral reallocate-all from=worker to=worker2 reason='On leave'", NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 1);
    world_must(s, "undo yes=yes", NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 0);
    world_must(s, "redo yes=yes", NULL);
    sent_export(s, handoff, "update", NULL); /* they have been told of the new worker */
    world_no(s, "undo yes=yes", ERR_CONFLICT, NULL);
    world_close(s);
}

static void details_sent_meanwhile_are_put_right(void **state)
{
    char person[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_queued(s, person, NULL, handoff);
    world_must(s, LINE("person edit %s phone='0161 496 0888'", person), NULL);
    world_day(1);
    sent_export(s, handoff, "new", NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 0);
    world_must(s, "undo yes=yes", NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 1);
    world_close(s);
}

static void nobody_undoes_what_they_may_no_longer_see(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open(), *worker = world_as("worker");
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(worker, LINE("referral pause %s reason='Away' until=2026-12-10", referral), NULL);
    world_must(s, LINE("person restrict %s users=world", person), NULL);
    world_no(worker, "undo yes=yes", ERR_REFUSED, "undo");
    state_is(s, referral, "paused");
    world_close(worker);
    world_close(s);
}

/* Undo never reaches past a step that cannot be undone. */
static void a_setting_is_a_step_of_its_own(void **state)
{
    char person[64], referral[64];
    static const char *const steps[] = {"setting edit quiet_days value=21", "holiday add 2026-12-24 name='Closed'",
                                        "code add need sleep label='Sleep'"};
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        world_must(s, LINE("referral pause %s reason='Away' until=2026-12-10", referral), NULL);
        world_must(s, steps[i], NULL);
        world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
        state_is(s, referral, "paused");
        world_must(s, LINE("referral resume %s", referral), NULL);
    }
    world_close(s);
}

static void an_undo_is_found_in_the_log_of_the_person(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("referral pause %s reason='Away' until=2026-12-10", referral), NULL);
    world_must(s, "undo yes=yes", NULL);
    json_t *rows = world_list(s, LINE("audit ref=%s", person));
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "verb")), "undo");
    json_decref(rows);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undo_names_the_step_and_does_nothing_until_told),
        cmocka_unit_test(redo_does_again_what_was_undone),
        cmocka_unit_test(a_note_made_by_mistake_goes_away_and_its_audit_row_stays),
        cmocka_unit_test(a_record_changed_since_is_not_undone),
        cmocka_unit_test(one_users_undo_leaves_anothers_step_alone),
        cmocka_unit_test(a_consent_decision_is_final),
        cmocka_unit_test(undoing_a_withdrawal_asks_the_gates_again),
        cmocka_unit_test(redoing_a_send_asks_the_gates_again),
        cmocka_unit_test(undoing_an_ending_brings_back_what_may_go_and_no_more),
        cmocka_unit_test(undoing_a_directory_entry_asks_the_gates_again),
        cmocka_unit_test(a_stop_that_is_owed_is_never_undone),
        cmocka_unit_test(undo_opens_nothing_beside_what_was_opened_since),
        cmocka_unit_test(undo_takes_away_nothing_that_others_build_on),
        cmocka_unit_test(moving_a_caseload_is_one_step_although_things_were_sent),
        cmocka_unit_test(details_sent_meanwhile_are_put_right),
        cmocka_unit_test(nobody_undoes_what_they_may_no_longer_see),
        cmocka_unit_test(a_setting_is_a_step_of_its_own),
        cmocka_unit_test(an_undo_is_found_in_the_log_of_the_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

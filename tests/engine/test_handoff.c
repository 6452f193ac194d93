/* SPDX-License-Identifier: MIT
 *
 * Handoffs on our side: planned, sent through the gates, asked for again,
 * corrected, withdrawn, marked as error, listed within scope.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/handoffs.h"
#include "support/sent.h"
#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static void plan(struct session *s, const char *referral, char handoff[64])
{
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", referral, world_service()),
               handoff);
}

static void one_open_handoff_per_need_and_service(void **state)
{
    (void)state;
    char person[64], referral[64], first[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    plan(s, referral, first);
    world_no(s, LINE("handoff plan %s need=money_debt service=%s", referral, world_service()),
             ERR_REFUSED, "H01");
    world_must(s, LINE("handoff withdraw %s reason=no_longer_needed", first), NULL);
    char second[64];
    plan(s, referral, second);
    struct handoff h = sent_look(s, second), before = sent_look(s, first);
    assert_int_equal(h.previous_id, before.id);
    world_close(s);
}

static void a_handoff_needs_an_open_referral_and_one_of_its_needs(void **state)
{
    (void)state;
    char person[64], referral[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    world_no(s, LINE("handoff plan %s need=housing service=%s", referral, world_service()),
             ERR_REFUSED, "H01");
    world_no(s, LINE("handoff plan %s need=not_a_need service=%s", referral, world_service()),
             ERR_INVALID, "need");
    world_no(s, LINE("handoff plan %s need=money_debt", referral), ERR_INVALID, "service");
    world_must(s, LINE("need outcome %s need=money_debt outcome=met", referral), NULL);
    world_must(s, LINE("referral close %s reason=completed", referral), NULL);
    world_no(s, LINE("handoff plan %s need=money_debt service=%s", referral, world_service()),
             ERR_REFUSED, "H01");
    world_close(s);
}

static void sending_without_consent_holds_and_says_why(void **state)
{
    (void)state;
    char person[64], referral[64], handoff[64];
    struct outcome o = {0};
    struct err e;
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    plan(s, referral, handoff);
    assert_true(world_do(s, LINE("handoff send %s", handoff), &o, &e));
    assert_string_equal(o.state, "held");
    assert_true(o.partly);
    assert_non_null(strstr(buf_text(&o.text), "Consent:"));
    outcome_free(&o);
    json_t *rows = world_list(s, "handoff list held=yes");
    assert_int_equal(json_array_size(rows), 1);
    assert_true(strlen(json_string_value(json_object_get(json_array_get(rows, 0), "why"))) > 0);
    json_decref(rows);
    world_consent(s, person); /* releases it (H04) */
    sent_is(s, handoff, "queued");
    rows = world_list(s, "handoff list held=yes");
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    world_close(s);
}

static void a_withdrawal_before_leaving_owes_no_stop(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    world_no(s, LINE("handoff withdraw %s", handoff), ERR_INVALID, "reason");
    world_must(s, LINE("handoff withdraw %s reason=no_longer_needed", handoff), NULL);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "withdrawn");
    assert_false(handoff_owes_stop(&h));
    world_no(s, LINE("handoff withdraw %s reason=moved", handoff), ERR_REFUSED, "H00");
    world_close(s);
}

static void a_withdrawal_after_leaving_owes_a_stop_that_only_a_word_settles(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_must(s, LINE("handoff withdraw %s reason=consent_withdrawn", handoff), NULL);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "withdrawing");
    assert_true(handoff_owes_stop(&h));
    world_day(90); /* silence never confirms it */
    h = sent_look(s, handoff);
    assert_true(handoff_owes_stop(&h));
    world_no(s, LINE("handoff stop-confirmed %s how=phone", handoff), ERR_INVALID, "by");
    world_no(s, LINE("handoff stop-confirmed %s by='Dee' how=phone on=2026-11-01", handoff),
             ERR_INVALID, "on");
    world_must(s, LINE("handoff stop-confirmed %s by='Dee at the desk' how=phone", handoff), NULL);
    h = sent_look(s, handoff);
    assert_string_equal(h.state, "withdrawn");
    assert_false(handoff_owes_stop(&h));
    assert_string_equal(h.stop_confirmed_how, "phone");
    assert_non_null(strstr(h.stop_confirmed_note, "Dee at the desk, to "));
    world_no(s, LINE("handoff stop-confirmed %s by='Dee' how=phone", handoff), ERR_REFUSED, "H20");
    world_close(s);
}

static void a_mark_as_error_owes_a_stop_where_it_has_left(void **state)
{
    (void)state;
    char left[64], kept[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, left);
    sent_queued(s, NULL, NULL, kept);
    world_must(s, LINE("handoff error %s reason='Wrong person'", left), NULL);
    world_must(s, LINE("handoff error %s reason='Wrong person'", kept), NULL);
    struct handoff h = sent_look(s, left);
    assert_string_equal(h.state, "error");
    assert_true(handoff_owes_stop(&h));
    assert_string_equal(h.stop_reason, "sent_in_error");
    h = sent_look(s, kept);
    assert_false(handoff_owes_stop(&h));
    world_must(s, LINE("handoff stop-confirmed %s by=Dee how=phone", left), NULL);
    h = sent_look(s, left);
    assert_string_equal(h.state, "error");
    assert_false(handoff_owes_stop(&h));
    world_close(s);
}

static void a_consent_withdrawn_stops_what_left_and_withdraws_what_did_not(void **state)
{
    (void)state;
    char person[64], referral[64], left[64], waiting[64];
    struct session *s = world_open();
    sent_delivered(s, person, referral, left);
    world_must(s, LINE("need add %s need=housing severity=2 found=found", referral), NULL);
    world_must(s, LINE("handoff plan %s need=housing service=%s", referral, world_service()),
               waiting);
    world_must(s, LINE("handoff send %s", waiting), NULL);
    sent_is(s, waiting, "queued");
    world_must(s, LINE("consent withdraw %s", person), NULL);
    sent_is(s, waiting, "withdrawn");
    struct handoff h = sent_look(s, left);
    assert_string_equal(h.state, "withdrawing");
    assert_string_equal(h.stop_reason, "consent_withdrawn");
    world_close(s);
}

static void long_held_waits_for_the_workers_word(void **state)
{
    (void)state;
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    plan(s, referral, handoff);
    world_must(s, LINE("handoff send %s", handoff), NULL);
    sent_is(s, handoff, "held");
    world_day(29);
    world_consent(s, person);
    sent_is(s, handoff, "held");
    json_t *why = world_show(s, LINE("handoff why %s", handoff));
    assert_true(json_is_false(json_object_get(why, "open")));
    json_decref(why);
    world_must(s, LINE("handoff again %s", handoff), NULL);
    sent_is(s, handoff, "queued");
    world_no(s, LINE("handoff again %s", handoff), ERR_REFUSED, "H04");
    world_close(s);
}

static void held_for_just_the_setting_is_released_by_itself(void **state)
{
    (void)state;
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    plan(s, referral, handoff);
    world_must(s, LINE("handoff send %s", handoff), NULL);
    world_day(28);
    world_consent(s, person);
    sent_is(s, handoff, "queued");
    world_close(s);
}

static void only_an_urgent_one_is_rung(void **state)
{
    (void)state;
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    plan(s, referral, handoff);
    world_no(s, LINE("handoff rung %s", handoff), ERR_REFUSED, "handoff.rung");
    world_must(s, LINE("handoff update %s urgent=yes", handoff), NULL);
    world_no(s, LINE("handoff rung %s on=2026-11-30", handoff), ERR_INVALID, "on");
    world_must(s, LINE("handoff rung %s", handoff), NULL);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.rung_on, "2026-11-23");
    world_close(s);
}

static void a_correction_after_the_end_is_a_workers_decision_and_after_a_stop_never(void **state)
{
    (void)state;
    char person[64], running[64], ended[64], stopped[64];
    struct session *s = world_open();
    sent_delivered(s, person, NULL, running);
    sent_delivered(s, NULL, NULL, ended);
    sent_delivered(s, NULL, NULL, stopped);
    world_must(s, LINE("handoff reply %s status=completed outcome=need_met how=phone", ended),
               NULL);
    world_must(s, LINE("handoff withdraw %s reason=moved", stopped), NULL);
    struct err e;
    struct handoff h = sent_look(s, running);
    assert_true(engine_begin(s, __func__, &e) && handoffs_mark_update(s, h.person_id, &e) &&
                engine_commit(s, &e));
    h = sent_look(s, running);
    assert_int_equal(h.update_due, 1);
    world_must(s, LINE("handoff update %s", ended), NULL);
    h = sent_look(s, ended);
    assert_int_equal(h.update_due, 1);
    world_no(s, LINE("handoff update %s summary='New address'", stopped), ERR_REFUSED,
             "handoff.update");
    /* A pending update and a stop become the stop alone. */
    world_must(s, LINE("handoff withdraw %s reason=moved", running), NULL);
    h = sent_look(s, running);
    assert_int_equal(h.update_due, 0);
    world_close(s);
}

static void rows_count_their_revisions(void **state)
{
    (void)state;
    char handoff[64], row_id[32], expected[80];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_must(s, LINE("handoff update %s", handoff), NULL);
    sent_export(s, handoff, "update", NULL);
    world_must(s, LINE("handoff withdraw %s reason=moved", handoff), NULL);
    sent_export(s, handoff, "withdraw", NULL);
    struct handoff h = sent_look(s, handoff);
    assert_int_equal(h.revision, 3);
    assert_int_not_equal(h.stop_batch_id, FIELD_ABSENT);
    assert_true(handoff_owes_stop(&h)); /* on its way, not yet confirmed */
    handoff_row_id(&h, ROW_WITHDRAW, row_id);
    snprintf(expected, sizeof expected, "%s-4", handoff);
    assert_string_equal(row_id, expected);
    world_close(s);
}

static void a_void_batch_gives_the_handoff_back(void **state)
{
    (void)state;
    static const char *const targets[] = {"held", "queued", "withdrawn"};
    struct session *s = world_open();
    for (size_t i = 0; i < 3; i++) {
        char handoff[64];
        struct err e = {0};
        struct batch b;
        record_init(&batch_type, &b);
        text_put(b.name, sizeof b.name, "salford-advice-20261123-900");
        sent_queued(s, NULL, NULL, handoff);
        sent_export(s, handoff, "new", NULL);
        struct handoff h = sent_look(s, handoff);
        assert_true(engine_begin(s, __func__, &e) &&
                    handoff_unfreeze(s, &h, ROW_NEW, &b, targets[i], false, &e) && engine_commit(s, &e));
        h = sent_look(s, handoff);
        assert_string_equal(h.state, targets[i]);
        assert_int_equal(h.exported_at, FIELD_ABSENT);
        assert_false(handoff_owes_stop(&h));
    }
    world_close(s);
}

static void a_stop_of_what_never_left_is_settled_with_its_batch(void **state)
{
    (void)state;
    char handoff[64];
    struct err e = {0};
    struct batch b;
    struct session *s = world_open();
    record_init(&batch_type, &b);
    text_put(b.name, sizeof b.name, "salford-advice-20261123-901");
    sent_queued(s, NULL, NULL, handoff);
    sent_export(s, handoff, "new", NULL);
    world_must(s, LINE("handoff withdraw %s reason=consent_withdrawn", handoff), NULL);
    sent_is(s, handoff, "withdrawing");
    struct handoff h = sent_look(s, handoff);
    assert_true(engine_begin(s, __func__, &e) &&
                handoff_unfreeze(s, &h, ROW_NEW, &b, "withdrawn", false, &e) && engine_commit(s, &e));
    h = sent_look(s, handoff);
    assert_string_equal(h.state, "withdrawn");
    assert_false(handoff_owes_stop(&h));
    world_close(s);
}

static void delivering_a_batch_moves_its_rows_and_restarts_the_reply_time(void **state)
{
    (void)state;
    char handoff[64], batch[64];
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    sent_export(s, handoff, "new", batch);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.reply_by, "2026-12-07"); /* 14 days */
    world_day(2);
    world_no(s, LINE("batch delivered %s how=mail", batch), ERR_INVALID, "by");
    world_must(s, LINE("batch delivered %s by=Sam how=mail", batch), NULL);
    h = sent_look(s, handoff);
    assert_string_equal(h.state, "delivered");
    assert_string_equal(h.reply_by, "2026-12-09");
    world_no(s, LINE("batch delivered %s by=Sam how=mail", batch), ERR_REFUSED, "H07");
    json_t *rows = world_list(s, "batch list organisation=salford-advice state=delivered");
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "batch")),
                        batch);
    json_decref(rows);
    json_t *shown = world_show(s, LINE("batch show %s", batch));
    json_t *row = json_array_get(json_object_get(shown, "rows"), 0);
    assert_string_equal(json_string_value(json_object_get(row, "handoff")), handoff);
    json_decref(shown);
    world_close(s);
}

static void silence_past_the_reply_time_is_told_once(void **state)
{
    (void)state;
    char handoff[64];
    struct err e;
    int64_t moved = 0;
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_day(14);
    assert_true(engine_begin(s, __func__, &e) && handoffs_let_clocks_act(s, &moved, &e) &&
                engine_commit(s, &e));
    assert_int_equal(moved, 0);
    world_day(1);
    assert_true(engine_begin(s, __func__, &e) && handoffs_let_clocks_act(s, &moved, &e) &&
                handoffs_let_clocks_act(s, &moved, &e) && engine_commit(s, &e));
    assert_int_equal(moved, 1);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "no_response");
    assert_int_equal(h.worker_told, 0);
    world_close(s);
}

static void sending_is_undone_until_it_has_left(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    world_must(s, "undo yes=yes", NULL);
    sent_is(s, handoff, "draft");
    world_must(s, LINE("handoff send %s", handoff), NULL);
    sent_export(s, handoff, "new", NULL);
    world_no(s, "undo yes=yes", ERR_CONFLICT, NULL);
    sent_is(s, handoff, "exported");
    world_close(s);
}

static void the_list_finds_by_each_filter(void **state)
{
    (void)state;
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, NULL);
    sent_delivered(s, person, referral, handoff);
    const char *const filters[] = {"person", "referral"};
    const char *const values[] = {person, referral};
    for (size_t i = 0; i < 2; i++) {
        json_t *rows = world_list(s, LINE("handoff list %s=%s", filters[i], values[i]));
        assert_int_equal(json_array_size(rows), 1);
        assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "handoff")),
                            handoff);
        json_decref(rows);
    }
    static const struct {
        const char *filter;
        size_t rows;
    } counts[] = {
        {"", 2},
        {"state=delivered", 1},
        {"state=queued", 1},
        {"organisation=salford-advice", 2},
        {"organisation=salford-advice state=queued", 1},
        {"worker=worker", 2},
        {"worker=worker2", 0},
        {"neighbourhood=swinton", 2},
        {"neighbourhood=broughton", 0},
        {"need=money_debt", 2},
        {"need=housing", 0},
        {"held=yes", 0},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_t *rows = world_list(s, LINE("handoff list %s", counts[i].filter));
        if (json_array_size(rows) != counts[i].rows)
            fail_msg("%s: %zu rows", line, json_array_size(rows));
        json_decref(rows);
    }
    json_t *newest = world_list(s, LINE("handoff list service=%s", world_service()));
    assert_string_equal(json_string_value(json_object_get(json_array_get(newest, 0), "handoff")),
                        handoff);
    json_decref(newest);
    world_close(s);
}

static void a_rep_sees_masked_rows_of_own_neighbourhoods_and_no_restricted_person(void **state)
{
    (void)state;
    char person[64], restricted[64], handoff[64];
    struct session *s = world_open();
    sent_queued(s, person, NULL, handoff);
    sent_queued(s, restricted, NULL, NULL);
    world_must(s, LINE("person restrict %s users=manager", restricted), NULL);
    struct session *rep = world_as("rep");
    json_t *rows = world_list(rep, "handoff list"); /* world_list compares the total too */
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "person")),
                        person);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "name")), "•••");
    json_decref(rows);
    json_t *shown = world_show(rep, LINE("handoff show %s", handoff));
    assert_null(json_object_get(shown, "row"));
    assert_null(json_object_get(shown, "summary"));
    json_decref(shown);
    world_no(rep, LINE("handoff withdraw %s reason=moved", handoff), ERR_DENIED, NULL);
    world_close(rep);
    struct session *auditor = world_as("auditor");
    world_no(auditor, LINE("handoff show %s", handoff), ERR_DENIED, NULL);
    world_close(auditor);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_open_handoff_per_need_and_service),
        cmocka_unit_test(a_handoff_needs_an_open_referral_and_one_of_its_needs),
        cmocka_unit_test(sending_without_consent_holds_and_says_why),
        cmocka_unit_test(a_withdrawal_before_leaving_owes_no_stop),
        cmocka_unit_test(a_withdrawal_after_leaving_owes_a_stop_that_only_a_word_settles),
        cmocka_unit_test(a_mark_as_error_owes_a_stop_where_it_has_left),
        cmocka_unit_test(a_consent_withdrawn_stops_what_left_and_withdraws_what_did_not),
        cmocka_unit_test(long_held_waits_for_the_workers_word),
        cmocka_unit_test(held_for_just_the_setting_is_released_by_itself),
        cmocka_unit_test(only_an_urgent_one_is_rung),
        cmocka_unit_test(a_correction_after_the_end_is_a_workers_decision_and_after_a_stop_never),
        cmocka_unit_test(rows_count_their_revisions),
        cmocka_unit_test(a_void_batch_gives_the_handoff_back),
        cmocka_unit_test(a_stop_of_what_never_left_is_settled_with_its_batch),
        cmocka_unit_test(delivering_a_batch_moves_its_rows_and_restarts_the_reply_time),
        cmocka_unit_test(silence_past_the_reply_time_is_told_once),
        cmocka_unit_test(sending_is_undone_until_it_has_left),
        cmocka_unit_test(the_list_finds_by_each_filter),
        cmocka_unit_test(a_rep_sees_masked_rows_of_own_neighbourhoods_and_no_restricted_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

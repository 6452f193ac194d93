/* SPDX-License-Identifier: MIT
 *
 * What organisations say, by file and at the desk: order, dates, skipped
 * steps, history, stops; and what we do with a decline, silence or failure.
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

/* A row of a reply file. */
struct said {
    const char *status, *on, *key;
    bool on_withdraw_row;
};

static struct reply say(struct session *s, const char *handoff, const struct said *said)
{
    struct err e = {0};
    struct reply r;
    struct handoff h = sent_look(s, handoff);
    record_init(&reply_type, &r);
    text_put(r.status, sizeof r.status, said->status);
    text_put(r.on_date, sizeof r.on_date, said->on);
    text_put(r.how, sizeof r.how, "file");
    if (!engine_begin(s, __func__, &e) ||
        !handoff_apply_reply(s, &h, &r, said->key, said->on_withdraw_row, &e) ||
        !engine_commit(s, &e))
        fail_msg("reply %s: %s", said->status, e.text);
    return r;
}

static void expect(struct session *s, const char *handoff, const struct said *said,
                   const char *verdict, const char *state)
{
    struct reply r = say(s, handoff, said);
    if (strcmp(r.verdict, verdict) != 0)
        fail_msg("%s on %s: %s (%s), not %s", said->status, said->on, r.verdict, r.why, verdict);
    sent_is(s, handoff, state);
}

/* How many events of this effect the handoff has. */
static size_t events(struct session *s, const char *handoff, const char *effect)
{
    size_t n = 0, i;
    json_t *d = world_show(s, LINE("handoff show %s", handoff)), *event;
    json_array_foreach(json_object_get(d, "events"), i, event) n +=
        strcmp(json_string_value(json_object_get(event, "effect")), effect) == 0;
    json_decref(d);
    return n;
}

static void each_status_enters_its_state_and_skipped_steps_are_implied(void **state)
{
    (void)state;
    static const struct {
        const char *status, *state;
        size_t implied;
    } cases[] = {
        {"received", "acknowledged", 0},   {"accepted", "accepted", 1},
        {"waiting_list", "waitlisted", 1}, {"declined", "declined", 1},
        {"started", "in_progress", 2},     {"on_hold", "on_hold", 3},
        {"completed", "completed", 3},     {"could_not_complete", "failed", 2},
    };
    struct session *s = world_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char handoff[64];
        sent_delivered(s, NULL, NULL, handoff);
        expect(s, handoff, &(struct said){cases[i].status, "2026-11-23", "a", false}, "applied",
               cases[i].state);
        if (events(s, handoff, "implied") != cases[i].implied)
            fail_msg("%s implied %zu steps", cases[i].status, events(s, handoff, "implied"));
    }
    world_close(s);
}

static void an_answer_out_of_order_is_history(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_day(5);
    expect(s, handoff, &(struct said){"accepted", "2026-11-26", "b/2", false}, "applied",
           "accepted");
    expect(s, handoff, &(struct said){"received", "2026-11-24", "c/1", false}, "history",
           "accepted");
    expect(s, handoff, &(struct said){"declined", "2026-11-26", "b/1", false}, "history",
           "accepted");
    expect(s, handoff, &(struct said){"started", "2026-11-26", "b/3", false}, "applied",
           "in_progress");
    assert_int_equal(events(s, handoff, "history"), 2);
    world_close(s);
}

static void the_same_answer_twice_moves_nothing(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    expect(s, handoff, &(struct said){"accepted", "2026-11-23", "a", false}, "applied", "accepted");
    struct handoff before = sent_look(s, handoff);
    expect(s, handoff, &(struct said){"accepted", "2026-11-23", "b", false}, "same", "accepted");
    struct handoff after = sent_look(s, handoff);
    assert_int_equal(before.version, after.version);
    world_close(s);
}

static void impossible_dates_and_rows_are_refused(void **state)
{
    (void)state;
    char sent[64], queued[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, sent);
    sent_queued(s, NULL, NULL, queued);
    expect(s, sent, &(struct said){"accepted", "2026-11-24", "a", false}, "refused", "delivered");
    expect(s, sent, &(struct said){"accepted", "2026-11-22", "a", false}, "refused", "delivered");
    expect(s, sent, &(struct said){"accepted", "", "a", false}, "refused", "delivered");
    expect(s, sent, &(struct said){"stopped", "2026-11-23", "a", false}, "refused", "delivered");
    expect(s, queued, &(struct said){"accepted", "2026-11-23", "a", false}, "refused", "queued");
    world_no(s, LINE("handoff reply %s status=accepted how=phone on=2026-11-22", sent), ERR_REFUSED,
             "reply.date");
    world_no(s, LINE("handoff reply %s status=accepted how=phone", queued), ERR_REFUSED,
             "reply.never_sent");
    world_close(s);
}

static void an_answer_backwards_is_refused(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_day(3);
    expect(s, handoff, &(struct said){"started", "2026-11-24", "a", false}, "applied",
           "in_progress");
    expect(s, handoff, &(struct said){"accepted", "2026-11-25", "b", false}, "refused",
           "in_progress");
    world_close(s);
}

static void missing_an_appointment_moves_nothing_but_is_news(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    expect(s, handoff, &(struct said){"started", "2026-11-23", "a", false}, "applied",
           "in_progress");
    world_day(7);
    expect(s, handoff, &(struct said){"did_not_attend", "2026-11-30", "b", false}, "applied",
           "in_progress");
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.last_reply_on, "2026-11-30");
    assert_int_equal(h.worker_told, 0);
    world_close(s);
}

static void a_stop_is_confirmed_by_its_own_row_alone(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_must(s, LINE("handoff withdraw %s reason=no_longer_needed", handoff), NULL);
    sent_export(s, handoff, "withdraw", NULL);
    expect(s, handoff, &(struct said){"stopped", "2026-11-23", "a", false}, "history",
           "withdrawing");
    expect(s, handoff, &(struct said){"completed", "2026-11-23", "a", true}, "history",
           "withdrawing");
    world_no(s, LINE("handoff reply %s status=stopped how=phone", handoff), ERR_REFUSED, "H20");
    world_day(1);
    expect(s, handoff, &(struct said){"received", "2026-11-24", "b", true}, "applied", "withdrawn");
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.stop_confirmed_on, "2026-11-24");
    assert_string_equal(h.stop_confirmed_how, "file");
    expect(s, handoff, &(struct said){"started", "2026-11-24", "c", false}, "history", "withdrawn");
    world_close(s);
}

static void at_the_desk_an_answer_is_whole(void **state)
{
    (void)state;
    static const struct {
        const char *words, *field;
    } cases[] = {
        {"status=declined", "declined_by"},
        {"status=declined declined_by=provider", "reason"},
        {"status=declined declined_by=provider reason=because", "reason"},
        {"status=could_not_complete", "reason"},
        {"status=could_not_complete reason=out_of_area", "reason"}, /* a reason to decline */
        {"status=completed", "outcome"},
        {"status=completed outcome=happy", "outcome"},
        {"status=perhaps", "status"},
    };
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        world_no(s, LINE("handoff reply %s how=phone %s", handoff, cases[i].words), ERR_INVALID,
                 cases[i].field);
    world_no(s, LINE("handoff reply %s status=accepted", handoff), ERR_INVALID, "how");
    world_no(s, LINE("handoff reply %s status=accepted how=file", handoff), ERR_INVALID, "how");
    world_must(s,
               LINE("handoff reply %s status=waiting_list how=email by='Dee' expected=2027-01-11 "
                    "reference=ABC-1",
                    handoff),
               NULL);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "waitlisted");
    assert_string_equal(h.expected_on, "2027-01-11");
    assert_string_equal(h.their_reference, "ABC-1");
    world_close(s);
}

static void words_of_a_file_become_our_codes(void **state)
{
    (void)state;
    static const struct {
        const char *words, *code;
    } cases[] = {{"No capacity", "no_capacity"},
                 {"not-eligible", "not_eligible"},
                 {"The van broke down", "other"},
                 {"", ""}};
    struct session *s = world_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char handoff[64];
        struct err e = {0};
        struct reply r;
        sent_delivered(s, NULL, NULL, handoff);
        struct handoff h = sent_look(s, handoff);
        record_init(&reply_type, &r);
        text_put(r.status, sizeof r.status, "declined");
        text_put(r.on_date, sizeof r.on_date, "2026-11-23");
        text_put(r.how, sizeof r.how, "file");
        text_put(r.declined_by, sizeof r.declined_by, "provider");
        text_put(r.reason, sizeof r.reason, cases[i].words);
        assert_true(engine_begin(s, __func__, &e) &&
                    handoff_apply_reply(s, &h, &r, "a", false, &e) && engine_commit(s, &e));
        h = sent_look(s, handoff);
        assert_string_equal(h.reason, cases[i].code);
    }
    world_close(s);
}

static void an_answer_told_after_a_file_of_that_day_counts(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    expect(s, handoff, &(struct said){"accepted", "2026-11-23", "zzz", false}, "applied",
           "accepted");
    world_must(s, LINE("handoff reply %s status=started how=phone", handoff), NULL);
    sent_is(s, handoff, "in_progress");
    expect(s, handoff, &(struct said){"on_hold", "2026-11-23", "aaa", false}, "applied", "on_hold");
    world_close(s);
}

static void a_reopened_handoff_stands_where_it_stood(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_must(s, LINE("handoff reply %s status=started how=phone", handoff), NULL);
    world_must(s, LINE("handoff reply %s status=completed outcome=need_met how=phone", handoff),
               NULL);
    world_no(s, LINE("handoff reopen %s", handoff), ERR_INVALID, "reason");
    world_must(s, LINE("handoff reopen %s reason='They meant another person'", handoff), NULL);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "in_progress");
    assert_string_equal(h.outcome, "");
    world_no(s, LINE("handoff reopen %s reason=again", handoff), ERR_REFUSED, "H00");
    world_close(s);
}

static void a_decline_is_reviewed_or_passed_on(void **state)
{
    (void)state;
    char first[64], second[64], third[64], other[64];
    struct session *s = world_open();
    world_must(
        s, "service add salford-advice name='Welfare rights' needs=money_debt capacity=capacity",
        other);
    sent_delivered(s, NULL, NULL, first);
    sent_delivered(s, NULL, NULL, second);
    world_no(s, LINE("handoff review %s final=yes", first), ERR_REFUSED, "H00");
    world_must(
        s,
        LINE("handoff reply %s status=declined declined_by=provider reason=no_capacity how=phone",
             first),
        NULL);
    world_must(
        s,
        LINE("handoff reply %s status=declined declined_by=person reason=person_declined how=phone",
             second),
        NULL);
    struct session *rep = world_as("rep");
    world_no(rep, LINE("handoff review %s final=no", first), ERR_INVALID, "note");
    world_must(rep, LINE("handoff review %s final=yes", first), NULL);
    world_close(rep);
    struct handoff h = sent_look(s, first);
    assert_string_equal(h.state, "declined");
    assert_string_equal(h.reviewed_on, "2026-11-23");
    assert_int_equal(h.worker_told, 0);
    world_no(s, LINE("handoff re-route %s service=%s", second, world_service()), ERR_INVALID,
             "service");
    world_must(s, LINE("handoff re-route %s service=%s", second, other), third);
    struct handoff next = sent_look(s, third), old = sent_look(s, second);
    assert_string_equal(next.state, "draft");
    assert_int_equal(next.previous_id, old.id);
    assert_string_equal(next.summary, old.summary);
    assert_string_equal(old.state, "declined");
    assert_string_equal(old.reviewed_on, "2026-11-23");
    world_close(s);
}

static void silence_re_routed_owes_a_stop(void **state)
{
    (void)state;
    char handoff[64], other[64], next[64];
    struct err e;
    int64_t moved = 0;
    struct session *s = world_open();
    world_must(
        s, "service add salford-advice name='Welfare rights' needs=money_debt capacity=capacity",
        other);
    sent_delivered(s, NULL, NULL, handoff);
    world_day(20);
    assert_true(engine_begin(s, __func__, &e) && handoffs_let_clocks_act(s, &moved, &e) &&
                engine_commit(s, &e));
    world_must(s, LINE("handoff re-route %s service=%s", handoff, other), next);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "withdrawing");
    assert_true(handoff_owes_stop(&h));
    sent_is(s, next, "draft");
    world_close(s);
}

static void late_news_wakes_a_silent_one(void **state)
{
    (void)state;
    char handoff[64];
    struct err e;
    int64_t moved = 0;
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_day(20);
    assert_true(engine_begin(s, __func__, &e) && handoffs_let_clocks_act(s, &moved, &e) &&
                engine_commit(s, &e));
    sent_is(s, handoff, "no_response");
    expect(s, handoff, &(struct said){"started", "2026-12-10", "a", false}, "applied",
           "in_progress");
    world_close(s);
}

/* ---- news */

static size_t news_of(struct session *s)
{
    json_t *rows = world_list(s, "handoff list news=yes worker=worker");
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

static void what_others_wrote_down_is_news_until_the_worker_has_read_it(void **state)
{
    char handoff[64];
    struct session *s = world_open(), *worker = world_as("worker");
    (void)state;
    sent_delivered(s, NULL, NULL, handoff); /* a case of worker */
    assert_int_equal(news_of(worker), 0);
    world_must(worker, LINE("handoff reply %s status=received how=phone by='Their desk'", handoff), NULL);
    assert_int_equal(news_of(worker), 0); /* who wrote it down knows it */
    struct session *other = world_as("worker2");
    world_must(other, LINE("handoff reply %s status=accepted how=phone by='Their desk'", handoff), NULL);
    assert_int_equal(news_of(worker), 1);
    world_must(worker, LINE("handoff seen %s", handoff), NULL);
    assert_int_equal(news_of(worker), 0);
    world_must(other, LINE("handoff reply %s status=accepted how=phone by='Their desk' note='In March'", handoff), NULL);
    assert_int_equal(news_of(worker), 1); /* the same state, said anew */
    world_close(other);
    world_close(worker);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_status_enters_its_state_and_skipped_steps_are_implied),
        cmocka_unit_test(an_answer_out_of_order_is_history),
        cmocka_unit_test(the_same_answer_twice_moves_nothing),
        cmocka_unit_test(impossible_dates_and_rows_are_refused),
        cmocka_unit_test(an_answer_backwards_is_refused),
        cmocka_unit_test(missing_an_appointment_moves_nothing_but_is_news),
        cmocka_unit_test(a_stop_is_confirmed_by_its_own_row_alone),
        cmocka_unit_test(at_the_desk_an_answer_is_whole),
        cmocka_unit_test(words_of_a_file_become_our_codes),
        cmocka_unit_test(an_answer_told_after_a_file_of_that_day_counts),
        cmocka_unit_test(a_reopened_handoff_stands_where_it_stood),
        cmocka_unit_test(a_decline_is_reviewed_or_passed_on),
        cmocka_unit_test(silence_re_routed_owes_a_stop),
        cmocka_unit_test(late_news_wakes_a_silent_one),
        cmocka_unit_test(what_others_wrote_down_is_news_until_the_worker_has_read_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

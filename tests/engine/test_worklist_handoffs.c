/* SPDX-License-Identifier: MIT
 *
 * What the worklist says of handoffs that have left, of packages and replies,
 * and of what an import could not bring; and what closing a case leaves to run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/handoffs.h"
#include "support/episode.h"
#include "support/sent.h"

static void commit(struct session *s)
{
    struct err e;
    if (!engine_commit(s, &e))
        fail_msg("%s", e.text);
}

/* An active case with a handoff that left the building. */
static void with_sent(struct session *s, char person[64], char ref[64], char handoff[64])
{
    struct handoff h;
    struct err e;
    world_person(s, person);
    world_referral(s, person, ref);
    world_consent(s, person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", ref, world_service()), handoff);
    world_must(s, LINE("handoff send %s", handoff), NULL);
    const struct handoff_step export = {.action = "export", .how = "run", .reply_id = FIELD_ABSENT};
    assert_true(engine_begin(s, __func__, &e));
    if (!record_load_ref(s->db, &handoff_type, handoff, &h, &e) || !handoff_move(s, &h, &export, &e))
        fail_msg("%s", e.text);
    commit(s);
}

static void a_stop_stays_until_it_is_confirmed_also_when_the_case_is_closed(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    with_sent(s, person, ref, h);
    assert_done(s, "stop", ref);
    world_must(s, LINE("referral decline %s", ref), NULL);
    assert_handoff(s, ref, h, "withdrawing");
    assert_due(s, "stop", ref);
    world_day(30);
    assert_due(s, "stop", ref); /* silence never confirms it */
    world_must(s, LINE("handoff stop-confirmed %s by='Sam Link' to='Their front desk' how=phone", h), NULL);
    assert_done(s, "stop", ref);
    world_close(s);
}

static void closing_may_leave_what_was_sent_to_run_and_names_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    with_sent(s, person, ref, h);
    world_must(s, LINE("need outcome %s need=money_debt outcome=with_organisation", ref), NULL);
    json_t *d = world_show(s, LINE("referral close %s reason=completed leave_sent=yes", ref));
    json_t *left = json_object_get(d, "left_to_run");
    assert_int_equal(json_array_size(left), 1);
    assert_string_equal(json_string_value(json_array_get(left, 0)), h);
    json_decref(d);
    assert_handoff(s, ref, h, "exported");
    /* A refusal that comes later is the last worker's to review. */
    world_day(1);
    world_must(s, LINE("handoff reply %s status=declined how=phone by='Their manager' declined_by=provider reason=no_capacity", h), NULL);
    assert_due(s, "declined", ref);
    world_must(s, LINE("handoff review %s final=yes", h), NULL);
    assert_done(s, "declined", ref);
    world_close(s);
}

static void a_death_stops_what_was_sent(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    with_sent(s, person, ref, h);
    world_must(s, LINE("person died %s on=today", person), NULL);
    assert_handoff(s, ref, h, "withdrawing");
    json_t *rows = world_list(s, "worklist");
    assert_int_equal(json_array_size(rows), 1); /* the stop and nothing else */
    assert_non_null(task_line(rows, "stop", ref));
    json_decref(rows);
    world_close(s);
}

static void no_reply_and_no_news_are_told_until_there_are_some(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    with_sent(s, person, ref, h);
    struct handoff before, after;
    struct err e;
    assert_true(record_load_ref(s->db, &handoff_type, h, &before, &e));
    after = before;
    strcpy(after.reply_by, "2026-12-07"); /* the run sets it */
    assert_true(engine_begin(s, __func__, &e) && engine_update(s, &handoff_type, &before, &after, person, &e));
    commit(s);
    world_day(14);
    assert_done(s, "no_reply", ref);
    world_day(1);
    assert_due(s, "no_reply", ref);
    world_must(s, LINE("handoff reply %s status=accepted how=phone by='Their desk'", h), NULL);
    assert_done(s, "no_reply", ref);
    world_day(56);
    assert_due(s, "no_reply", ref);
    world_close(s);
}

static void an_undelivered_package_is_the_services_business(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct batch b, sent;
    struct organisation g;
    struct err e;
    record_init(&batch_type, &b);
    assert_true(find_organisation(s, "salford-advice", &g, &e));
    b.organisation_id = g.id;
    b.row_count = 1;
    strcpy(b.name, "salford-advice-20261123-001");
    strcpy(b.run_on, "2026-11-23");
    strcpy(b.state, "published");
    strcpy(b.sha256, "0");
    strcpy(b.profile, "machine");
    assert_true(engine_begin(s, __func__, &e) && engine_insert(s, &batch_type, &b, "", &e));
    commit(s);
    world_day(2);
    json_t *rows = world_list(s, "worklist");
    const json_t *line = json_array_get(rows, 0);
    assert_string_equal(json_string_value(json_object_get(line, "task")), "undelivered");
    assert_string_equal(json_string_value(json_object_get(line, "batch")), b.name);
    assert_int_equal(json_integer_value(json_object_get(line, "late")), 2);
    json_decref(rows);
    rows = world_list(s, "worklist worker=worker");
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    sent = b;
    strcpy(sent.state, "delivered");
    assert_true(engine_begin(s, __func__, &e) && engine_update(s, &batch_type, &b, &sent, "", &e));
    commit(s);
    rows = world_list(s, "worklist");
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    world_close(s);
}

static void a_reply_that_was_refused_goes_to_the_worker_and_one_that_matches_nothing_to_the_service(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    struct handoff handoff;
    struct err e;
    with_sent(s, person, ref, h);
    assert_true(record_load_ref(s->db, &handoff_type, h, &handoff, &e));
    static const char *const verdicts[] = {"refused", "unmatched"};
    for (int i = 0; i < 2; i++) {
        struct reply r;
        record_init(&reply_type, &r);
        r.organisation_id = handoff.organisation_id;
        if (i == 0)
            r.handoff_id = handoff.id;
        strcpy(r.row_id, i == 0 ? h : "HO-0000-0000-1");
        strcpy(r.how, "file");
        strcpy(r.verdict, verdicts[i]);
        strcpy(r.why, "the date is to come");
        assert_true(engine_begin(s, __func__, &e) && engine_insert(s, &reply_type, &r, "", &e));
        commit(s);
    }
    assert_due(s, "unmatched", ref);
    assert_task(s, "worklist", "unmatched", "", true);
    assert_task(s, "worklist worker=worker", "unmatched", "", false);
    world_close(s);
}

static void what_an_import_could_not_ask_is_asked(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    struct referral before, after;
    struct err e;
    world_person(s, person);
    world_referral(s, person, ref);
    assert_true(record_load_ref(s->db, &referral_type, ref, &before, &e));
    after = before;
    strcpy(after.safeguarding, "not_asked");
    strcpy(after.source_key, "row-17");
    assert_true(engine_begin(s, __func__, &e) && engine_update(s, &referral_type, &before, &after, person, &e));
    commit(s);
    assert_due(s, "imported", ref);
    world_must(s, LINE("referral safeguarding %s answer=none", ref), NULL);
    assert_done(s, "imported", ref);
    world_close(s);
}

/* Each line names what stops it, and that does. */
static void what_could_not_be_completed_is_reviewed_and_rests(void **state)
{
    char person[64], referral[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, person, referral, handoff);
    world_must(s, LINE("handoff reply %s status=could_not_complete reason=did_not_attend how=phone by='Their desk'", handoff), NULL);
    assert_due(s, "declined", referral);
    world_must(s, LINE("handoff review %s final=yes", handoff), NULL);
    assert_done(s, "declined", referral);
    sent_is(s, handoff, "failed");
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stop_stays_until_it_is_confirmed_also_when_the_case_is_closed),
        cmocka_unit_test(closing_may_leave_what_was_sent_to_run_and_names_it),
        cmocka_unit_test(a_death_stops_what_was_sent),
        cmocka_unit_test(no_reply_and_no_news_are_told_until_there_are_some),
        cmocka_unit_test(an_undelivered_package_is_the_services_business),
        cmocka_unit_test(a_reply_that_was_refused_goes_to_the_worker_and_one_that_matches_nothing_to_the_service),
        cmocka_unit_test(what_an_import_could_not_ask_is_asked),
        cmocka_unit_test(what_could_not_be_completed_is_reviewed_and_rests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Every move of an episode through its verb: what it needs, where it leads,
 * what it says no to, and that undo and audit go with it. All through verbs
 * on a real store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

/* ---- until it is received */

static void a_draft_is_submitted_only_with_what_triage_needs(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_must(s, LINE("referral start %s", person), ref);
    assert_field(s, ref, "state", "draft");
    world_no(s, LINE("referral submit %s", ref), ERR_REFUSED, "R02"); /* no source */
    world_must(s, LINE("referral edit %s source=gp_practice", ref), NULL);
    world_no(s, LINE("referral submit %s", ref), ERR_REFUSED, "R02"); /* no reason */
    world_must(s, LINE("referral edit %s reason='Lonely since the move'", ref), NULL);
    world_no(s, LINE("referral submit %s", ref), ERR_REFUSED, "R02"); /* safeguarding not answered */
    world_must(s, LINE("referral safeguarding %s answer=not_yet", ref), NULL);
    world_no(s, LINE("referral submit %s", ref), ERR_REFUSED, "R02"); /* contact consent */
    world_must(s, LINE("consent give %s purpose=contact how=phone wording=contact-1", person), NULL);
    world_must(s, LINE("referral submit %s", ref), NULL);
    assert_field(s, ref, "state", "received");
    assert_field(s, ref, "received_on", "2026-11-23");
    world_no(s, LINE("referral submit %s", ref), ERR_REFUSED, "R00");
    world_close(s);
}

static void contact_that_was_refused_shuts_the_door_and_not_sought_with_a_reason_does_not(void **state)
{
    (void)state;
    struct session *s = world_open();
    char no[64], unasked[64], a[64], b[64];
    world_person(s, no);
    world_person(s, unasked);
    world_must(s, LINE("consent refuse %s purpose=contact how=phone reason='wants no calls'", no), NULL);
    world_must(s, LINE("consent not-sought %s purpose=contact reason='referred from a ward'", unasked), NULL);
    world_must(s, LINE("referral start %s source=hospital reason='Discharge' safeguarding=none", no), a);
    world_must(s, LINE("referral start %s source=hospital reason='Discharge' safeguarding=none", unasked), b);
    world_no(s, LINE("referral submit %s", a), ERR_REFUSED, "R02");
    world_must(s, LINE("referral submit %s", b), NULL);
    world_close(s);
}

static void a_second_open_referral_is_another_source_or_has_its_reason(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], second[64];
    world_person(s, person);
    world_referral(s, person, ref);
    struct outcome o = {0};
    struct err e = {0};
    assert_false(world_do(s, LINE("referral start %s source=self", person), &o, &e));
    outcome_free(&o);
    assert_string_equal(e.rule, "R02");
    assert_non_null(strstr(e.text, ref));
    assert_non_null(strstr(e.text, "referral source"));
    world_must(s, LINE("referral source %s source=housing_provider referrer_organisation='Made Up Homes' reason='Arrears too'", ref), NULL);
    assert_count(s, ref, "sources", 1);
    world_must(s, LINE("referral start %s source=self second_reason='Another matter, another worker'", person), second);
    world_close(s);
}

static void a_second_draft_of_one_person_cannot_be_submitted_beside_the_first(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], a[64], b[64];
    world_person(s, person);
    world_must(s, LINE("consent give %s purpose=contact how=phone wording=contact-1", person), NULL);
    world_must(s, LINE("referral start %s source=self reason='Money' safeguarding=none", person), a);
    world_must(s, LINE("referral start %s source=self reason='Money' safeguarding=none", person), b);
    world_must(s, LINE("referral submit %s", a), NULL);
    world_no(s, LINE("referral submit %s", b), ERR_REFUSED, "R02");
    world_close(s);
}

static void a_draft_is_discarded_with_its_needs_and_nothing_else_is(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], draft[64], ref[64];
    world_person(s, person);
    world_must(s, LINE("referral start %s", person), draft);
    world_must(s, LINE("need add %s need=housing", draft), NULL);
    world_must(s, LINE("referral discard %s", draft), NULL);
    world_no(s, LINE("referral show %s", draft), ERR_NOT_FOUND, NULL);
    world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
    world_referral(s, person, ref);
    world_no(s, LINE("referral discard %s", ref), ERR_REFUSED, "R00");
    world_close(s);
}

static void what_is_typed_wrong_is_refused_with_its_field(void **state)
{
    (void)state;
    static const struct {
        const char *words, *field;
    } cases[] = {
        {"source=grapevine", "source"},
        {"received_on=2026-11-24", "received_on"},
        {"referrer_email=nobody", "referrer_email"},
        {"neighbourhood=atlantis", "neighbourhood"},
        {"safeguarding=maybe", "safeguarding"},
        {"safeguarding=not_asked", "safeguarding"},
        {"safeguarding=concern", "safeguarding_note"},
        {"state=active", "state"},
        {"urgent=perhaps", "urgent"},
    };
    struct session *s = world_open();
    char person[64];
    world_person(s, person);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        world_no(s, LINE("referral start %s %s", person, cases[i].words), ERR_INVALID, cases[i].field);
    world_close(s);
}

static void a_received_referral_may_be_put_right_but_not_emptied(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_must(s, LINE("referral edit %s urgent=yes received_on=2026-11-20 gp_action=none", ref), NULL);
    assert_field(s, ref, "received_on", "2026-11-20");
    world_no(s, LINE("referral edit %s source=-", ref), ERR_INVALID, "source");
    world_no(s, LINE("referral edit %s received_on=-", ref), ERR_INVALID, "received_on");
    world_no(s, LINE("referral edit %s paused_until=2026-12-24", ref), ERR_INVALID, "paused_until");
    world_close(s);
}

/* ---- triage and workers */

static void accepting_needs_a_need_and_risk_and_owes_the_referrer_an_answer(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_no(s, LINE("referral accept %s", ref), ERR_REFUSED, "R04");
    world_must(s, LINE("need add %s need=housing", ref), NULL);
    world_no(s, LINE("referral accept %s", ref), ERR_REFUSED, "R04");
    world_must(s, LINE("risk add %s kind=none_known", person), NULL);
    world_must(s, LINE("referral accept %s", ref), NULL);
    assert_field(s, ref, "state", "waiting");
    assert_field(s, ref, "accepted_on", "2026-11-23");
    assert_count(s, ref, "answers", 1);
    world_close(s);
}

static void turning_away_has_a_reason_of_its_own(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_no(s, LINE("referral turn-away %s reason=not_appropriate", ref), ERR_INVALID, "note");
    world_no(s, LINE("referral turn-away %s reason=completed note=x", ref), ERR_INVALID, "reason");
    world_no(s, LINE("referral turn-away %s reason=person_declined note=x", ref), ERR_INVALID, "reason");
    world_no(s, LINE("referral turn-away %s reason=unable_to_contact note=x", ref), ERR_INVALID, "reason");
    world_no(s, LINE("referral turn-away %s reason=died note=x", ref), ERR_INVALID, "reason");
    world_must(s, LINE("referral turn-away %s reason=not_appropriate note='Needs a clinician first'", ref), NULL);
    assert_field(s, ref, "state", "closed");
    assert_field(s, ref, "close_reason", "not_appropriate");
    assert_count(s, ref, "answers", 1);
    world_close(s);
}

static void a_case_goes_only_to_a_worker_who_covers_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_waiting(s, person, ref);
    world_must(s, "user add login=elsewhere name='Ola Away' roles=worker neighbourhoods=broughton", NULL);
    world_no(s, LINE("referral allocate %s worker=elsewhere", ref), ERR_REFUSED, "R06");
    world_no(s, LINE("referral allocate %s worker=rep", ref), ERR_REFUSED, "R06");
    world_no(s, LINE("referral allocate %s worker=nobody", ref), ERR_NOT_FOUND, NULL);
    world_must(s, LINE("referral allocate %s worker=worker", ref), NULL);
    assert_field(s, ref, "state", "allocated");
    assert_field(s, ref, "worker", "worker");
    world_no(s, LINE("referral allocate %s worker=worker2", ref), ERR_REFUSED, "R00");
    world_no(s, LINE("referral reallocate %s worker=elsewhere reason=x", ref), ERR_REFUSED, "R07");
    world_no(s, LINE("referral reallocate %s worker=worker reason=x", ref), ERR_INVALID, "worker");
    world_no(s, LINE("referral reallocate %s worker=worker2", ref), ERR_INVALID, "reason");
    world_must(s, LINE("referral reallocate %s worker=worker2 reason='Sam is away'", ref), NULL);
    assert_field(s, ref, "worker", "worker2");
    assert_field(s, ref, "move_reason", "Sam is away");
    world_close(s);
}

static void a_restricted_record_is_given_to_nobody_who_may_not_see_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_waiting(s, person, ref);
    world_must(s, LINE("person restrict %s users=world", person), NULL);
    world_no(s, LINE("referral allocate %s worker=worker", ref), ERR_REFUSED, "R06");
    world_must(s, LINE("referral allocate %s worker=world", ref), NULL);
    world_close(s);
}

static void a_referral_allocated_from_triage_counts_as_accepted(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_received(s, person, ref);
    world_must(s, LINE("referral allocate %s worker=worker", ref), NULL);
    assert_field(s, ref, "accepted_on", "2026-11-23");
    assert_count(s, ref, "answers", 1);
    world_close(s);
}

static void every_case_of_a_worker_moves_in_one_step_that_undo_takes_back(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], refs[3][64];
    for (int i = 0; i < 3; i++) {
        world_person(s, person);
        world_referral(s, person, refs[i]);
    }
    world_no(s, "referral reallocate-all from=worker to=worker reason=x", ERR_INVALID, "to");
    world_must(s, "referral reallocate-all from=worker to=worker2 reason='Sam leaves'", NULL);
    for (int i = 0; i < 3; i++)
        assert_field(s, refs[i], "worker", "worker2");
    world_must(s, "undo yes=yes", NULL);
    for (int i = 0; i < 3; i++)
        assert_field(s, refs[i], "worker", "worker");
    world_close(s);
}

static void what_the_new_worker_does_not_cover_stays_and_is_said(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], stays[64], goes[64];
    world_person(s, person);
    world_referral(s, person, stays);
    world_person(s, person);
    world_referral(s, person, goes);
    world_must(s, LINE("referral edit %s neighbourhood=broughton", goes), NULL);
    world_must(s, "user add login=north name='Nora North' roles=worker neighbourhoods=broughton", NULL);
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(s, "referral reallocate-all from=worker to=north reason='New patch'", &o, &e));
    assert_true(o.partly);
    assert_non_null(strstr(buf_text(&o.text), stays));
    outcome_free(&o);
    assert_field(s, stays, "worker", "worker");
    assert_field(s, goes, "worker", "north");
    world_close(s);
}

static void a_case_returns_to_the_list_without_a_worker(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_no(s, LINE("referral return %s", ref), ERR_INVALID, "reason");
    world_must(s, LINE("referral return %s reason='Sam leaves'", ref), NULL);
    assert_field(s, ref, "state", "waiting");
    assert_field(s, ref, "worker", "");
    assert_field(s, ref, "allocated_on", "");
    world_no(s, LINE("referral return %s reason=x", ref), ERR_REFUSED, "R00");
    world_close(s);
}

/* ---- working together */

static void it_begins_when_the_person_was_reached_and_agreed_and_is_coded_once(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_allocated(s, person, ref);
    world_no(s, LINE("referral begin %s agreed=yes", ref), ERR_REFUSED, "R09");
    world_must(s, LINE("referral contact %s mode=phone outcome=no_answer", ref), NULL);
    world_no(s, LINE("referral begin %s agreed=yes", ref), ERR_REFUSED, "R09");
    world_must(s, LINE("referral contact %s mode=phone outcome=reached", ref), NULL);
    world_no(s, LINE("referral begin %s agreed=no", ref), ERR_REFUSED, "R09");
    json_t *d = world_show(s, LINE("referral begin %s agreed=yes", ref));
    assert_string_equal(json_string_value(json_object_get(d, "snomed")), "871731000000106");
    assert_true(json_is_true(json_object_get(d, "coded")));
    json_decref(d);
    assert_field(s, ref, "state", "active");
    assert_field(s, ref, "begun_on", "2026-11-23");

    world_day(10);
    world_must(s, LINE("referral return %s reason='Sam leaves'", ref), NULL);
    world_must(s, LINE("referral allocate %s worker=worker2", ref), NULL);
    d = world_show(s, LINE("referral begin %s agreed=yes", ref));
    assert_true(json_is_false(json_object_get(d, "coded")));
    json_decref(d);
    assert_field(s, ref, "begun_on", "2026-11-23");
    world_close(s);
}

static void a_pause_ends_on_a_day_to_come(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_no(s, LINE("referral pause %s reason='In hospital' until=2026-11-23", ref), ERR_INVALID, "until");
    world_no(s, LINE("referral resume %s", ref), ERR_REFUSED, "R00");
    world_must(s, LINE("referral pause %s reason='In hospital' until=+14", ref), NULL);
    assert_field(s, ref, "state", "paused");
    assert_field(s, ref, "paused_until", "2026-12-07");
    world_no(s, LINE("referral begin %s agreed=yes", ref), ERR_REFUSED, "R00");
    world_must(s, LINE("referral resume %s", ref), NULL);
    assert_field(s, ref, "state", "active");
    assert_field(s, ref, "paused_until", "");
    world_close(s);
}

static void a_concern_shuts_the_gate_until_someone_named_says_it_is_safe(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_consent(s, person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", ref, world_service()), h);
    world_must(s, LINE("handoff send %s", h), NULL);
    assert_handoff(s, ref, h, "queued");
    world_no(s, LINE("referral safe %s by='Dr Okeke, lead' why=x", ref), ERR_REFUSED, "referral.safe");
    world_no(s, LINE("referral safeguarding %s answer=concern", ref), ERR_INVALID, "note");
    world_must(s, LINE("referral safeguarding %s answer=concern note='Bruises, son answers for her'", ref), NULL);
    assert_handoff(s, ref, h, "held");
    world_no(s, LINE("referral safe %s by='Dr Okeke, lead'", ref), ERR_INVALID, "why");
    world_must(s, LINE("referral safe %s by='Dr Okeke, lead' why='Advice is by telephone to her own number'", ref), NULL);
    assert_handoff(s, ref, h, "queued");
    world_must(s, LINE("referral safeguarding %s answer=concern note='A second concern'", ref), NULL);
    assert_handoff(s, ref, h, "held");
    world_no(s, LINE("referral safeguarding %s answer=none", ref), ERR_INVALID, "note");
    world_must(s, LINE("referral safeguarding %s answer=none note='Social care closed it'", ref), NULL);
    assert_handoff(s, ref, h, "queued");
    world_close(s);
}

static void a_pause_holds_what_would_go_and_resuming_frees_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_consent(s, person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", ref, world_service()), h);
    world_must(s, LINE("handoff send %s", h), NULL);
    world_must(s, LINE("referral pause %s reason='In hospital' until=+14", ref), NULL);
    assert_handoff(s, ref, h, "held");
    world_must(s, LINE("referral resume %s", ref), NULL);
    assert_handoff(s, ref, h, "queued");
    world_close(s);
}

/* ---- endings */

static void the_person_declining_is_not_turning_them_away(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_consent(s, person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", ref, world_service()), h);
    world_must(s, LINE("referral decline %s note='Daughter helps now'", ref), NULL);
    assert_field(s, ref, "state", "closed");
    assert_field(s, ref, "close_reason", "person_declined");
    assert_handoff(s, ref, h, "withdrawn");
    assert_answer(s, ref, "declined");
    world_close(s);
}

static void unable_to_contact_needs_tries_on_three_different_days(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    episode_allocated(s, person, ref);
    for (int day = 0; day < 3; day++) {
        world_no(s, LINE("referral unable-to-contact %s", ref), ERR_REFUSED, "R11");
        world_must(s, LINE("referral contact %s mode=phone outcome=no_answer", ref), NULL);
        world_must(s, LINE("referral contact %s mode=text outcome=message_left", ref), NULL);
        world_day(1);
    }
    world_must(s, LINE("referral unable-to-contact %s", ref), NULL);
    assert_field(s, ref, "close_reason", "unable_to_contact");
    world_close(s);
}

static void closing_needs_an_outcome_for_every_need_unless_there_can_be_none(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("need add %s need=housing", ref), NULL);
    world_must(s, LINE("need outcome %s need=money_debt outcome=met", ref), NULL);
    struct outcome o = {0};
    struct err e = {0};
    assert_false(world_do(s, LINE("referral close %s reason=completed", ref), &o, &e));
    outcome_free(&o);
    assert_string_equal(e.rule, "R14");
    assert_non_null(strstr(e.text, "housing"));
    assert_null(strstr(e.text, "money_debt"));
    world_no(s, LINE("referral close %s reason=died", ref), ERR_INVALID, "reason");
    world_no(s, LINE("referral close %s reason=person_declined", ref), ERR_INVALID, "reason");
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    assert_field(s, ref, "state", "closed");
    assert_answer(s, ref, "closed");
    world_no(s, LINE("referral close %s reason=completed", ref), ERR_REFUSED, "R00");
    world_close(s);
}

static void closing_withdraws_what_is_open_and_undo_brings_the_case_back(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("need outcome %s need=money_debt outcome=met", ref), NULL);
    world_must(s, LINE("referral close %s reason=completed note='All letters answered'", ref), NULL);
    assert_field(s, ref, "closed_on", "2026-11-23");
    assert_count(s, ref, "answers", 2);
    world_must(s, "undo yes=yes", NULL);
    assert_field(s, ref, "state", "active");
    assert_field(s, ref, "closed_on", "");
    assert_count(s, ref, "answers", 1);
    world_must(s, "redo yes=yes", NULL);
    assert_field(s, ref, "state", "closed");
    world_close(s);
}

static void reopening_goes_back_to_the_state_before_and_settles_what_was_owed(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], other[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("referral pause %s reason='In hospital' until=+14", ref), NULL);
    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    world_no(s, LINE("referral reopen %s", ref), ERR_INVALID, "reason");
    world_must(s, LINE("referral reopen %s reason='Moved back'", ref), NULL);
    assert_field(s, ref, "state", "paused");
    assert_field(s, ref, "closed_on", "");
    assert_field(s, ref, "close_reason", "");
    json_t *rows = world_list(s, "worklist"), *row;
    size_t i;
    json_array_foreach (rows, i, row)
        assert_null(strstr(json_string_value(json_object_get(row, "what")), "Closed"));
    json_decref(rows);

    world_must(s, LINE("referral close %s reason=moved_away", ref), NULL);
    episode_received_again(s, person, other);
    world_no(s, LINE("referral reopen %s reason='Moved back'", ref), ERR_REFUSED, "R15");
    world_close(s);
}

static void marking_as_error_leaves_nothing_to_be_done(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], h[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_consent(s, person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", ref, world_service()), h);
    world_no(s, LINE("referral error %s", ref), ERR_INVALID, "reason");
    world_must(s, LINE("referral error %s reason='Wrong person'", ref), NULL);
    assert_field(s, ref, "state", "error");
    assert_handoff(s, ref, h, "withdrawn");
    static const char *const refused[] = {"referral error %s reason=x", "referral reopen %s reason=x", "referral contact %s mode=phone outcome=reached",
                                          "referral edit %s urgent=yes", "need add %s need=housing", "referral source %s source=self",
                                          "plan add %s kind=goal text=x", "flag %s message=x due=+1", "signpost %s to=x"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        world_no(s, episode_line(refused[i], ref), ERR_REFUSED, NULL);
    json_t *rows = world_list(s, "worklist");
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    world_close(s);
}

static void a_death_closes_the_case_and_asks_for_nothing_more(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    world_must(s, LINE("flag %s message='Ring about the form' due=today", ref), NULL);
    world_must(s, LINE("person died %s on=2026-11-22", person), NULL);
    assert_field(s, ref, "state", "closed");
    assert_field(s, ref, "close_reason", "died");
    json_t *rows = world_list(s, "worklist");
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    world_no(s, LINE("referral start %s source=self", person), ERR_REFUSED, "R02");
    world_no(s, LINE("referral reopen %s reason=x", ref), ERR_REFUSED, "R15");
    world_close(s);
}

/* ---- who, and what is kept */

static void roles_without_content_may_do_nothing_here(void **state)
{
    (void)state;
    static const char *const logins[] = {"rep", "admin", "auditor", "night"};
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
        struct session *other = world_as(logins[i]);
        world_no(other, LINE("referral start %s", person), ERR_DENIED, NULL);
        world_no(other, LINE("referral close %s reason=moved_away", ref), ERR_DENIED, NULL);
        world_no(other, LINE("referral letter %s", ref), ERR_DENIED, NULL);
        world_close(other);
    }
    struct session *worker = world_as("worker");
    world_no(worker, "referral reallocate-all from=worker to=worker2 reason=x", ERR_DENIED, NULL);
    world_must(worker, LINE("referral pause %s reason='In hospital' until=+3", ref), NULL);
    world_close(worker);
    world_close(s);
}

static void a_representative_sees_the_case_masked(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], name[128];
    world_person(s, person);
    world_referral(s, person, ref);
    json_t *rows = world_list(s, "referral list");
    strcpy(name, json_string_value(json_object_get(json_array_get(rows, 0), "name")));
    json_decref(rows);

    struct session *rep = world_as("rep");
    json_t *doc = world_show(rep, LINE("referral show %s", ref));
    char *text = json_dumps(doc, 0);
    assert_null(strstr(text, "council tax"));
    assert_null(strstr(text, "Worried about"));
    assert_null(strstr(text, "07700"));
    assert_non_null(strstr(text, "active"));
    free(text);
    json_decref(doc);
    rows = world_list(rep, "referral list");
    assert_int_equal(json_array_size(rows), 1);
    assert_string_not_equal(json_string_value(json_object_get(json_array_get(rows, 0), "name")), name);
    json_decref(rows);
    world_must(s, LINE("person edit %s neighbourhood=broughton", person), NULL);
    rows = world_list(rep, "referral list");
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    world_no(rep, LINE("referral show %s", ref), ERR_NOT_FOUND, NULL);
    world_close(rep);
    world_close(s);
}

static void opening_a_case_and_a_refusal_are_in_the_audit(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64];
    world_person(s, person);
    world_referral(s, person, ref);
    json_decref(world_show(s, LINE("referral show %s", ref)));
    world_no(s, LINE("referral resume %s", ref), ERR_REFUSED, "R00");
    json_t *rows = world_list(s, LINE("audit %s", ref));
    assert_true(has_row(rows, "effect", "opened"));
    assert_true(has_row(rows, "effect", "refused"));
    assert_true(has_row(rows, "verb", "referral begin"));
    json_decref(rows);
    world_close(s);
}

/* ---- the list */

static void the_list_is_filtered_and_paged_newest_first(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], a[64], b[64], c[64];
    world_person(s, person);
    world_referral(s, person, a);
    world_must(s, LINE("referral close %s reason=moved_away", a), NULL);
    world_day(20);
    world_person(s, person);
    world_referral(s, person, b);
    world_must(s, LINE("need add %s need=housing", b), NULL);
    world_person(s, person);
    episode_received(s, person, c);
    static const struct {
        const char *words;
        const char *rows; /* which of c, b, a, in that order */
    } cases[] = {
        {"referral list", "cba"},
        {"referral list open=yes", "cb"},
        {"referral list state=closed", "a"},
        {"referral list worker=worker", "ba"},
        {"referral list worker=worker state=active", "b"},
        {"referral list worker=worker2", ""},
        {"referral list need=housing", "b"},
        {"referral list need=money_debt", "ba"},
        {"referral list neighbourhood=swinton", "cba"},
        {"referral list neighbourhood=broughton", ""},
        {"referral list quiet=0", "b"},
        {"referral list quiet=1", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *rows = world_list(s, cases[i].words);
        char got[8] = "";
        for (size_t k = 0; k < json_array_size(rows); k++) {
            const char *ref = json_string_value(json_object_get(json_array_get(rows, k), "referral"));
            strcat(got, strcmp(ref, a) == 0 ? "a" : strcmp(ref, b) == 0 ? "b" : "c");
        }
        json_decref(rows);
        if (strcmp(got, cases[i].rows) != 0)
            fail_msg("%s gave %s, not %s", cases[i].words, got, cases[i].rows);
    }
    json_t *rows = world_list(s, LINE("referral list person=%s", person)), *row = json_array_get(rows, 0);
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(json_string_value(json_object_get(row, "referral")), c);
    json_decref(rows);
    world_day(14);
    rows = world_list(s, "referral list quiet=14");
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "referral")), b);
    assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 0), "needs")), 2);
    json_decref(rows);
    world_close(s);
}

static void pages_meet_and_the_total_counts_all(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], ref[64], seen[5][64], after[64] = "";
    for (int i = 0; i < 5; i++) {
        world_person(s, person);
        episode_received(s, person, ref);
    }
    for (int i = 0; i < 5; i += 2) {
        size_t n = episode_page(s, after, 2, seen + i, 5 - (size_t)i);
        assert_int_equal(n, i < 4 ? 2 : 1);
        strcpy(after, seen[i + (int)n - 1]);
    }
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(seen[i], seen[k]);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_is_submitted_only_with_what_triage_needs),
        cmocka_unit_test(contact_that_was_refused_shuts_the_door_and_not_sought_with_a_reason_does_not),
        cmocka_unit_test(a_second_open_referral_is_another_source_or_has_its_reason),
        cmocka_unit_test(a_second_draft_of_one_person_cannot_be_submitted_beside_the_first),
        cmocka_unit_test(a_draft_is_discarded_with_its_needs_and_nothing_else_is),
        cmocka_unit_test(what_is_typed_wrong_is_refused_with_its_field),
        cmocka_unit_test(a_received_referral_may_be_put_right_but_not_emptied),
        cmocka_unit_test(accepting_needs_a_need_and_risk_and_owes_the_referrer_an_answer),
        cmocka_unit_test(turning_away_has_a_reason_of_its_own),
        cmocka_unit_test(a_case_goes_only_to_a_worker_who_covers_it),
        cmocka_unit_test(a_restricted_record_is_given_to_nobody_who_may_not_see_it),
        cmocka_unit_test(a_referral_allocated_from_triage_counts_as_accepted),
        cmocka_unit_test(every_case_of_a_worker_moves_in_one_step_that_undo_takes_back),
        cmocka_unit_test(what_the_new_worker_does_not_cover_stays_and_is_said),
        cmocka_unit_test(a_case_returns_to_the_list_without_a_worker),
        cmocka_unit_test(it_begins_when_the_person_was_reached_and_agreed_and_is_coded_once),
        cmocka_unit_test(a_pause_ends_on_a_day_to_come),
        cmocka_unit_test(a_concern_shuts_the_gate_until_someone_named_says_it_is_safe),
        cmocka_unit_test(a_pause_holds_what_would_go_and_resuming_frees_it),
        cmocka_unit_test(the_person_declining_is_not_turning_them_away),
        cmocka_unit_test(unable_to_contact_needs_tries_on_three_different_days),
        cmocka_unit_test(closing_needs_an_outcome_for_every_need_unless_there_can_be_none),
        cmocka_unit_test(closing_withdraws_what_is_open_and_undo_brings_the_case_back),
        cmocka_unit_test(reopening_goes_back_to_the_state_before_and_settles_what_was_owed),
        cmocka_unit_test(marking_as_error_leaves_nothing_to_be_done),
        cmocka_unit_test(a_death_closes_the_case_and_asks_for_nothing_more),
        cmocka_unit_test(roles_without_content_may_do_nothing_here),
        cmocka_unit_test(a_representative_sees_the_case_masked),
        cmocka_unit_test(opening_a_case_and_a_refusal_are_in_the_audit),
        cmocka_unit_test(the_list_is_filtered_and_paged_newest_first),
        cmocka_unit_test(pages_meet_and_the_total_counts_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Consent decisions as they are recorded, and what each does to handoffs
 * under way. The rule itself is tested in tests/model.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/sent.h"
#include "support/world.h"

#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)
static char line[1024];

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "";
}

static void standing_is(struct session *s, const char *person, const char *share, const char *contact)
{
    json_t *doc = world_show(s, LINE("consent show %s", person));
    assert_string_equal(text_of(doc, "share"), share);
    assert_string_equal(text_of(doc, "contact"), contact);
    json_decref(doc);
}

static void handoff_is(struct session *s, const char *handoff, const char *state)
{
    json_t *doc = world_show(s, LINE("handoff show %s", handoff));
    assert_string_equal(text_of(doc, "state"), state);
    json_decref(doc);
}

/* A person with a referral and a handoff that was sent: held, or queued where consent was given before. */
struct case_of {
    char person[64], referral[64], handoff[64];
};
static void open_case(struct session *s, bool with_consent, struct case_of *c)
{
    world_person(s, c->person);
    world_referral(s, c->person, c->referral);
    if (with_consent)
        world_consent(s, c->person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", c->referral, world_service()), c->handoff);
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(s, LINE("handoff send %s", c->handoff), &o, &e));
    outcome_free(&o);
}

static void each_kind_of_decision_is_recorded_with_what_it_needs(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64];
    world_person(s, person);
    standing_is(s, person, "No record", "No record");
    static const struct {
        const char *words, *field; /* field NULL: it is recorded */
    } cases[] = {
        {"consent give %s how=phone", "recipients"},
        {"consent give %s to=salford-advice", "how"},
        {"consent give %s to=nobody how=phone", "recipients"},
        {"consent give %s to=salford-advice recipients=salford-advice how=phone", "to"},
        {"consent give %s to=salford-advice how=phone needs=gold", "needs"},
        {"consent give %s to=salford-advice how=phone decision=refused", "decision"},
        {"consent give %s to=salford-advice how=phone purpose=contact", "recipients"},
        {"consent give %s to=salford-advice how=phone wording=share-1 needs=money_debt", NULL},
        {"consent not-sought %s", "reason"},
        {"consent not-sought %s purpose=evaluation reason='too unwell to ask'", NULL},
        {"consent best-interests %s to=salford-advice reason='cannot weigh it' decider='Dr Made Up'", "review_on"},
        {"consent best-interests %s to=salford-advice reason='cannot weigh it' decider='Dr Made Up' review_on=2026-12-23 "
         "capacity=lacks_capacity capacity_by='Dr Made Up' capacity_on=2026-11-20", NULL},
        {"consent legal-duty %s to=salford-advice review_on=2026-12-23", "reason"},
        {"consent legal-duty %s to=salford-advice review_on=2026-12-23 reason='Care Act 2014 s.45'", NULL},
        {"consent refuse %s purpose=evaluation", NULL},
        {"consent withdraw %s", NULL},
    };
    size_t recorded = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[512];
        snprintf(words, sizeof words, "%.12s", person);
        const char *at = strstr(cases[i].words, "%s");
        char whole[768];
        snprintf(whole, sizeof whole, "%.*s%s%s", (int)(at - cases[i].words), cases[i].words, words, at + 2);
        if (cases[i].field) {
            world_no(s, whole, ERR_INVALID, cases[i].field);
        } else {
            world_must(s, whole, NULL);
            recorded++;
        }
    }
    json_t *doc = world_show(s, LINE("consent show %s", person));
    json_t *rows = json_object_get(doc, "decisions");
    assert_int_equal(json_array_size(rows), recorded);
    assert_string_equal(text_of(json_array_get(rows, 0), "decision_label"), "Given");
    assert_string_equal(text_of(json_array_get(rows, 0), "categories"), "identity,needs");
    assert_string_equal(text_of(json_array_get(rows, 0), "expires_on"), "2027-11-23");
    assert_string_equal(text_of(json_array_get(rows, 0), "recorded_by"), "world");
    assert_string_equal(text_of(json_array_get(rows, recorded - 1), "reason"), "not given");
    assert_string_equal(text_of(doc, "share"), "Withdrawn");
    json_decref(doc);
    world_close(s);
}

static void standing_is_told_for_each_organisation_and_need(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64];
    world_person(s, person);
    world_must(s, "organisation add code=green-shed name='Green Shed (made up)'", NULL);
    world_must(s, LINE("consent give %s to=salford-advice,green-shed how=in_person", person), NULL);
    world_must(s, LINE("consent refuse %s to=green-shed needs=money_debt", person), NULL);
    json_t *doc = world_show(s, LINE("consent show %s", person)), *row;
    size_t i, met = 0;
    json_array_foreach (json_object_get(doc, "organisations"), i, row) {
        bool refused = strcmp(text_of(row, "organisation"), "green-shed") == 0 && strcmp(text_of(row, "need"), "money_debt") == 0;
        assert_int_equal(json_is_true(json_object_get(row, "covers")), !refused);
        assert_string_equal(text_of(row, "standing"), refused ? "Refused" : "Given");
        met++;
    }
    assert_int_equal(met, 4);
    assert_string_equal(text_of(doc, "evaluation"), "No record");
    json_decref(doc);
    world_must(s, LINE("consent give %s purpose=evaluation how=in_person", person), NULL);
    doc = world_show(s, LINE("consent show %s", person));
    assert_string_equal(text_of(doc, "evaluation"), "Given");
    assert_string_equal(text_of(json_array_get(json_object_get(doc, "organisations"), 2), "organisation_name"), "Green Shed (made up)");
    json_decref(doc);
    world_close(s);
}

static void giving_consent_frees_what_was_held_for_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct case_of c;
    open_case(s, false, &c);
    handoff_is(s, c.handoff, "held");
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(s, LINE("consent give %s to=salford-advice how=phone", c.person), &o, &e));
    assert_int_equal(json_integer_value(json_object_get(o.detail, "released")), 1);
    outcome_free(&o);
    handoff_is(s, c.handoff, "queued");
    world_close(s);
}

static void withdrawing_stops_what_it_touches_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *words, *state;
    } cases[] = {
        {"", "withdrawn"},
        {"to=salford-advice", "withdrawn"},
        {"needs=money_debt", "withdrawn"},
        {"purpose=contact", "withdrawn"},
        {"to=green-shed", "queued"},
        {"needs=housing", "queued"},
        {"categories=risks", "queued"},
        {"purpose=evaluation", "queued"},
    };
    struct session *s = world_open();
    world_must(s, "organisation add code=green-shed name='Green Shed (made up)'", NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct case_of c;
        open_case(s, true, &c);
        handoff_is(s, c.handoff, "queued");
        world_must(s, LINE("consent withdraw %s %s", c.person, cases[i].words), NULL);
        handoff_is(s, c.handoff, cases[i].state);
    }
    world_close(s);
}

static void withdrawing_owes_a_stop_to_whom_it_has_reached(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], handoff[64];
    sent_delivered(s, person, NULL, handoff);
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(s, LINE("consent withdraw %s reason='changed her mind'", person), &o, &e));
    assert_int_equal(json_integer_value(json_object_get(o.detail, "withdrawn")), 1);
    outcome_free(&o);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "withdrawing");
    assert_string_equal(h.stop_reason, "consent_withdrawn");
    world_close(s);
}

static void taking_back_a_part_sends_an_update_without_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], handoff[64];
    sent_delivered(s, person, NULL, handoff);
    world_must(s, LINE("consent withdraw %s categories=notes", person), NULL);
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, "delivered");
    assert_int_equal(h.update_due, 1);
    world_close(s);
}

static void a_new_consent_brings_nothing_back_by_itself(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct case_of c;
    open_case(s, true, &c);
    world_must(s, LINE("consent withdraw %s", c.person), NULL);
    world_must(s, LINE("consent give %s to=salford-advice how=phone valid_from=2026-10-01", c.person), NULL);
    standing_is(s, c.person, "Given", "Given"); /* recorded last: it decides, whatever its date */
    handoff_is(s, c.handoff, "withdrawn");      /* and brings nothing back by itself */
    world_close(s);
}

static void a_decision_cannot_be_undone(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64];
    world_person(s, person);
    world_must(s, LINE("consent give %s purpose=contact how=phone", person), NULL);
    world_no(s, "undo yes=yes", ERR_REFUSED, NULL);
    standing_is(s, person, "No record", "Given");
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_decision_is_recorded_with_what_it_needs),
        cmocka_unit_test(standing_is_told_for_each_organisation_and_need),
        cmocka_unit_test(giving_consent_frees_what_was_held_for_it),
        cmocka_unit_test(withdrawing_stops_what_it_touches_and_nothing_else),
        cmocka_unit_test(withdrawing_owes_a_stop_to_whom_it_has_reached),
        cmocka_unit_test(taking_back_a_part_sends_an_update_without_it),
        cmocka_unit_test(a_new_consent_brings_nothing_back_by_itself),
        cmocka_unit_test(a_decision_cannot_be_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

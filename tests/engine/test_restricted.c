/* SPDX-License-Identifier: MIT
 *
 * Restricted records: invisible to all but named users, in search, lists and
 * counts too, and never given away by a rule. And what a representative sees.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/handoffs.h"
#include "support/sent.h"
#include "support/world.h"

#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)
static char line[1024];

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "";
}

static size_t count(struct session *s, const char *words)
{
    json_t *rows = world_list(s, words);
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

static const char relative[] = "given_name=Cerys family_name=Marchbanks date_of_birth=1962-03-09 nhs_number=9990000042 "
                               "phone='0161 496 0444' neighbourhood=swinton";

static void a_restricted_person_is_known_to_the_named_alone(void **state)
{
    (void)state;
    struct session *s = world_open(), *named = world_as("worker"), *other = world_as("worker2");
    char ref[64], referral[64];
    world_must(s, LINE("person add %s", relative), ref);
    world_referral(s, ref, referral);
    assert_int_equal(count(other, "person find marchbanks"), 1);
    world_must(s, LINE("person restrict %s users=worker,world", ref), NULL);

    struct session *fresh = world_as("worker2");
    static const char *const looking[] = {"person find marchbanks", "person find 9990000042", "person list",
                                          "person list neighbourhood=swinton"};
    for (size_t i = 0; i < sizeof looking / sizeof *looking; i++) {
        assert_int_equal(count(fresh, looking[i]), 0);
        assert_int_equal(count(named, looking[i]), 1);
    }
    struct outcome o = {0};
    struct err seen = {0}, none = {0};
    char nobody[REF_SIZE], words[768];
    ref_make("PE", 123456, nobody); /* in the same words as one that does not exist */
    assert_false(world_do(fresh, LINE("person show %s", ref), &o, &seen));
    assert_false(world_do(fresh, LINE("person show %s", nobody), &o, &none));
    assert_int_equal(seen.code, ERR_NOT_FOUND);
    snprintf(words, sizeof words, "There is no person %s. Check the reference.", ref);
    assert_string_equal(seen.text, words);
    snprintf(words, sizeof words, "There is no person %s. Check the reference.", nobody);
    assert_string_equal(none.text, words);
    world_no(fresh, LINE("referral show %s", referral), ERR_NOT_FOUND, NULL);
    world_no(fresh, LINE("person edit %s phone=-", ref), ERR_NOT_FOUND, NULL);
    world_no(fresh, LINE("consent show %s", ref), ERR_NOT_FOUND, NULL);
    json_decref(world_show(named, LINE("person show %s", ref)));

    world_must(s, LINE("person unrestrict %s", ref), NULL);
    struct session *later = world_as("worker2");
    assert_int_equal(count(later, "person find marchbanks"), 1);
    world_close(later);
    world_close(fresh);
    world_close(other);
    world_close(named);
    world_close(s);
}

static void only_a_manager_restricts_and_names_at_least_one(void **state)
{
    (void)state;
    struct session *s = world_open(), *worker = world_as("worker");
    char ref[64];
    world_must(s, LINE("person add %s", relative), ref);
    world_no(worker, LINE("person restrict %s users=worker", ref), ERR_DENIED, NULL);
    world_no(s, LINE("person restrict %s", ref), ERR_INVALID, "users");
    world_no(s, LINE("person restrict %s users=nobody", ref), ERR_INVALID, "users");
    world_close(worker);
    world_close(s);
}

static void a_match_that_one_may_not_see_stops_nothing_and_tells_only_the_named(void **state)
{
    (void)state;
    struct session *s = world_open(), *named = world_as("worker");
    char ref[64], again[64];
    world_must(s, LINE("person add %s", relative), ref);
    world_must(s, LINE("person restrict %s users=worker", ref), NULL);
    struct session *other = world_as("worker2");
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(other, LINE("person add %s", relative), &o, &e));
    strcpy(again, o.ref);
    assert_null(strstr(buf_text(&o.text), "duplicate"));
    outcome_free(&o);
    assert_int_equal(count(other, "person duplicates"), 0);
    assert_int_equal(count(other, LINE("person duplicates %s", again)), 0);
    json_t *doc = world_show(other, LINE("person show %s", again));
    assert_int_equal(json_array_size(json_object_get(doc, "duplicates")), 0);
    json_decref(doc);
    json_t *rows = world_list(named, "person duplicates");
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(text_of(json_array_get(rows, 0), "person"), again);
    assert_string_equal(text_of(json_array_get(rows, 0), "other"), ref);
    json_decref(rows);
    world_close(other);
    world_close(named);
    world_close(s);
}

/* ---- everything there is of one restricted person */

static struct {
    char person[64], referral[64], handoff[64], flag[64], risk[64], item[64], batch[64], reply[64];
} theirs;

/* An answer that was refused: a line of the worklist. */
static void refuse_an_answer(struct session *s)
{
    struct handoff h = sent_look(s, theirs.handoff);
    struct reply r;
    struct err e = {0};
    record_init(&reply_type, &r);
    snprintf(r.status, sizeof r.status, "stopped");
    snprintf(r.on_date, sizeof r.on_date, "2026-11-23");
    snprintf(r.how, sizeof r.how, "file");
    snprintf(r.row_id, sizeof r.row_id, "%.32s-1", h.ref);
    assert_true(engine_begin(s, __func__, &e) && handoff_apply_reply(s, &h, &r, "a", false, &e) && engine_commit(s, &e));
    assert_string_equal(r.verdict, "refused");
    snprintf(theirs.reply, sizeof theirs.reply, "%lld", (long long)r.id);
}

static void make_theirs(struct session *s)
{
    sent_queued(s, theirs.person, theirs.referral, theirs.handoff);
    sent_export(s, theirs.handoff, "new", theirs.batch);
    refuse_an_answer(s);
    world_must(s, LINE("flag %s message='Ring on Monday' due=2026-11-23", theirs.referral), theirs.flag);
    world_must(s, LINE("risk add %s kind=falls", theirs.person), theirs.risk);
    world_must(s, LINE("plan add %s kind=goal text='Sleep through'", theirs.referral), theirs.item);
    world_must(s, LINE("person edit %s given_name=Hespera family_name=Nightingale", theirs.person), NULL);
    world_must(s, LINE("person restrict %s users=world", theirs.person), NULL);
}

static void assert_not_told_of(const char *what, json_t *shown)
{
    const char *const refs[] = {theirs.person, theirs.referral, theirs.handoff, theirs.flag, theirs.risk, theirs.item, "Hespera"};
    char *text = json_dumps(shown, 0);
    for (size_t i = 0; i < sizeof refs / sizeof *refs; i++)
        if (strstr(text, refs[i]))
            fail_msg("%s tells of %s: %s", what, refs[i], text);
    free(text);
    json_decref(shown);
}

static void no_list_tells_of_a_restricted_person(void **state)
{
    (void)state;
    struct session *s = world_open();
    static const char *const users[] = {"worker", "manager", "rep", "admin"};
    make_theirs(s);
    for (size_t u = 0; u < sizeof users / sizeof *users; u++) {
        struct session *other = world_as(users[u]);
        const struct list *l;
        for (size_t i = 0; (l = list_at(i)); i++) {
            char words[128];
            snprintf(words, sizeof words, "%s%s", l->name, strcmp(l->name, "person find") == 0 ? " nightingale" : "");
            if (l->roles & session_roles(other))
                assert_not_told_of(words, world_list(other, words));
        }
        world_close(other);
    }
    struct session *manager = world_as("manager");
    assert_not_told_of("audit of them", world_list(manager, LINE("audit %s", theirs.person)));
    assert_not_told_of("batch show", world_show(manager, LINE("batch show %s", theirs.batch)));
    world_close(manager);
    json_t *rows = world_list(s, "worklist");
    assert_true(json_array_size(rows) >= 3); /* to those named it does */
    json_decref(rows);
    world_close(s);
}

/* In the same words as for what is not there, and it is logged as what it was. */
static void no_reference_opens_a_restricted_person(void **state)
{
    (void)state;
    struct session *s = world_open(), *worker;
    static const struct {
        const char *words, *what, *ref;
    } tries[] = {
        {"person show", "person", theirs.person},   {"person edit", "person", theirs.person},
        {"consent show", "person", theirs.person},  {"referral show", "referral", theirs.referral},
        {"handoff show", "handoff", theirs.handoff}, {"handoff why", "handoff", theirs.handoff},
        {"handoff rung", "handoff", theirs.handoff}, {"flag done", "flag", theirs.flag},
        {"risk end", "risk", theirs.risk},          {"plan edit", "plan item", theirs.item},
    };
    make_theirs(s);
    worker = world_as("worker");
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        char words[128];
        struct outcome o = {0};
        struct err e = {0};
        snprintf(words, sizeof words, "There is no %s %s. Check the reference.", tries[i].what, tries[i].ref);
        assert_false(world_do(worker, LINE("%s %s", tries[i].words, tries[i].ref), &o, &e));
        assert_int_equal(e.code, ERR_NOT_FOUND);
        assert_string_equal(e.text, words);
        outcome_free(&o);
        json_t *rows = world_list(s, LINE("audit %s", tries[i].ref));
        assert_string_equal(text_of(json_array_get(rows, 0), "effect"), "denied");
        assert_string_equal(text_of(json_array_get(rows, 0), "verb"), tries[i].words);
        json_decref(rows);
    }
    world_no(worker, LINE("reply settle %s", theirs.reply), ERR_NOT_FOUND, NULL);
    world_must(s, LINE("reply settle %s note='Rang them'", theirs.reply), NULL);
    world_close(worker);
    world_close(s);
}

static void a_representative_sees_own_neighbourhoods_masked(void **state)
{
    (void)state;
    struct session *s = world_open(), *rep = world_as("rep");
    char near[64], far[64];
    world_must(s, LINE("person add %s", relative), near);
    world_must(s, "person add given_name=Jarek family_name=Umber neighbourhood=broughton date_of_birth=1990-01-01", far);
    json_t *rows = world_list(rep, "person list");
    assert_int_equal(json_array_size(rows), 1);
    json_t *row = json_array_get(rows, 0);
    assert_string_equal(text_of(row, "person"), near);
    assert_string_equal(text_of(row, "name"), "•••");
    assert_string_equal(text_of(row, "phone"), "•••");
    json_decref(rows);
    json_t *doc = world_show(rep, LINE("person show %s", near));
    char *all = json_dumps(doc, 0);
    static const char *const hidden[] = {"Cerys", "Marchbanks", "0161", "999000", "1962"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (strstr(all, hidden[i]))
            fail_msg("a representative sees %s in %s", hidden[i], all);
    assert_string_equal(text_of(doc, "age"), "60-69");
    free(all);
    json_decref(doc);
    world_no(rep, LINE("person show %s", far), ERR_NOT_FOUND, NULL);
    world_no(rep, LINE("person edit %s phone=-", near), ERR_DENIED, NULL);
    struct typed name = {NULL, "marchbanks"}, born = {"date_of_birth", "1962-03-09"};
    struct err e = {0};
    struct list_run r = {0};
    assert_false(list_call(rep, list_find("person find"), &name, 1, "screen", &r, &e));
    assert_int_equal(e.code, ERR_DENIED);
    assert_false(list_call(rep, list_find("person list"), &born, 1, "screen", &r, &e));
    assert_int_equal(e.code, ERR_INVALID);
    world_close(rep);
    world_close(s);
}

static void a_look_behind_the_mask_takes_a_reason_ends_and_is_listed(void **state)
{
    (void)state;
    struct session *s = world_open(), *rep = world_as("rep");
    char ref[64];
    world_must(s, LINE("person add %s", relative), ref);
    world_no(rep, LINE("person unmask %s", ref), ERR_INVALID, "reason");
    world_must(rep, LINE("person unmask %s reason='the provider asks for them by name'", ref), NULL);
    json_t *doc = world_show(rep, LINE("person show %s", ref));
    assert_string_equal(text_of(doc, "family_name"), "Marchbanks");
    json_decref(doc);
    world_now(world_clock() + 181 * 60000);
    doc = world_show(rep, LINE("person show %s", ref));
    assert_string_equal(text_of(doc, "family_name"), "•••");
    json_decref(doc);
    struct session *manager = world_as("manager");
    json_t *rows = world_list(manager, "person unmasked");
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(text_of(json_array_get(rows, 0), "user"), "rep");
    assert_string_equal(text_of(json_array_get(rows, 0), "person"), ref);
    assert_string_equal(text_of(json_array_get(rows, 0), "reason"), "the provider asks for them by name");
    json_decref(rows);
    world_close(manager);
    world_close(rep);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_restricted_person_is_known_to_the_named_alone),
        cmocka_unit_test(only_a_manager_restricts_and_names_at_least_one),
        cmocka_unit_test(a_match_that_one_may_not_see_stops_nothing_and_tells_only_the_named),
        cmocka_unit_test(no_list_tells_of_a_restricted_person),
        cmocka_unit_test(no_reference_opens_a_restricted_person),
        cmocka_unit_test(a_representative_sees_own_neighbourhoods_masked),
        cmocka_unit_test(a_look_behind_the_mask_takes_a_reason_ends_and_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

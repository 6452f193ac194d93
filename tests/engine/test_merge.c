/* SPDX-License-Identifier: MIT
 *
 * Two records of one person joined, and taken apart again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/verify.h"
#include "support/sent.h"
#include "support/world.h"

#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)
static char line[1024];

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "";
}

/* A document without what every write moves on. */
static json_t *document(struct session *s, const char *words)
{
    json_t *doc = world_show(s, words);
    json_object_del(doc, "version");
    return doc;
}

static void same_document(json_t *before, json_t *after)
{
    if (!json_equal(before, after)) {
        char *was = json_dumps(before, JSON_SORT_KEYS | JSON_INDENT(1)), *is = json_dumps(after, JSON_SORT_KEYS | JSON_INDENT(1));
        print_message("was %s\nis %s\n", was, is);
        free(was);
        free(is);
        fail_msg("the documents differ");
    }
    json_decref(before);
    json_decref(after);
}

static const char *word_of(struct session *s, const char *person, const char *purpose)
{
    static char word[64];
    json_t *doc = world_show(s, LINE("consent show %s", person));
    snprintf(word, sizeof word, "%s", text_of(doc, purpose));
    json_decref(doc);
    return word;
}

static void store_verifies(struct session *s)
{
    struct audit_proof proof;
    struct err e = {0};
    int64_t differ = 0;
    char first[160];
    assert_true(audit_prove(s, &proof, &e));
    assert_int_equal(proof.broken_at, 0);
    assert_true(summary_prove(s, &differ, first, &e));
    assert_int_equal(differ, 0);
}

/* Two records of one woman: the second under her married name, with an episode and a handoff that has left. */
struct pair {
    char keep[64], drop[64], referral[64], handoff[64];
};
static void two_records(struct session *s, struct pair *p)
{
    sent_queued(s, p->drop, p->referral, p->handoff);
    world_must(s, LINE("person edit %s given_name=Grainne family_name=Lockwood nhs_number=9990000018 email=g@example.org", p->drop), NULL);
    world_must(s, LINE("person name %s kind=previous family_name=Thistlewood", p->drop), NULL);
    world_must(s, LINE("person identifier %s scheme=housing value=TEN417", p->drop), NULL);
    world_must(s, "person add given_name=Grainne family_name=Marchbanks date_of_birth=1955-05-05 nhs_number=9990000026 neighbourhood=swinton "
                  "phone='0161 496 0555'", p->keep);
}

static void everything_goes_over_and_the_old_reference_resolves(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct pair p;
    two_records(s, &p);
    world_must(s, LINE("person merge %s %s", p.keep, p.drop), NULL);
    json_t *doc = world_show(s, LINE("person show %s", p.drop));
    assert_string_equal(text_of(doc, "person"), p.keep);
    assert_string_equal(text_of(doc, "asked_for"), p.drop);
    assert_string_equal(text_of(doc, "phone"), "0161 496 0555");    /* what the kept one said stays */
    assert_string_equal(text_of(doc, "email"), "g@example.org");    /* what it did not say is filled */
    assert_int_equal(json_array_size(json_object_get(doc, "names")), 2);       /* previous, and the dropped record's own */
    assert_int_equal(json_array_size(json_object_get(doc, "identifiers")), 3); /* housing, reference, the other NHS number */
    assert_string_equal(text_of(json_array_get(json_object_get(doc, "referrals"), 0), "referral"), p.referral);
    json_decref(doc);
    static const char *const finding[] = {"lockwood", "thistlewood", "marchbanks", "9990000018", "ten417"};
    for (size_t i = 0; i < sizeof finding / sizeof *finding; i++) {
        json_t *rows = world_list(s, LINE("person find %s", finding[i]));
        assert_int_equal(json_array_size(rows), 1);
        assert_string_equal(text_of(json_array_get(rows, 0), "person"), p.keep);
        json_decref(rows);
    }
    json_t *rows = world_list(s, LINE("person find %s", p.drop));
    assert_int_equal(json_array_size(rows), 1);
    json_decref(rows);
    rows = world_list(s, LINE("handoff list person=%s", p.keep));
    assert_string_equal(text_of(json_array_get(rows, 0), "handoff"), p.handoff);
    json_decref(rows);
    world_no(s, LINE("person merge %s %s", p.keep, p.drop), ERR_REFUSED, "merge");
    world_no(s, "undo yes=yes", ERR_REFUSED, NULL);
    world_close(s);
}

static void taking_apart_gives_back_equal_records(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct pair p;
    char batch[64];
    two_records(s, &p);
    sent_export(s, p.handoff, "new", batch);
    world_day(1);
    json_t *keep = document(s, LINE("person show %s", p.keep)), *drop = document(s, LINE("person show %s", p.drop)),
           *keep_consent = document(s, LINE("consent show %s", p.keep)), *drop_consent = document(s, LINE("consent show %s", p.drop));
    struct handoff before = sent_look(s, p.handoff);

    world_must(s, LINE("person merge %s %s", p.keep, p.drop), NULL);
    assert_int_equal(sent_look(s, p.handoff).update_due, 1); /* its recipient holds the dropped record's details */
    world_must(s, LINE("person unmerge %s", p.drop), NULL);

    struct handoff after = sent_look(s, p.handoff);
    assert_int_equal(after.person_id, before.person_id);
    assert_int_equal(after.update_due, 0); /* nothing has left in between */
    same_document(keep, document(s, LINE("person show %s", p.keep)));
    same_document(drop, document(s, LINE("person show %s", p.drop)));
    same_document(keep_consent, document(s, LINE("consent show %s", p.keep)));
    same_document(drop_consent, document(s, LINE("consent show %s", p.drop)));
    json_t *rows = world_list(s, "person find lockwood");
    assert_string_equal(text_of(json_array_get(rows, 0), "person"), p.drop);
    json_decref(rows);
    rows = world_list(s, "person duplicates"); /* found to be two people */
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    world_no(s, LINE("person unmerge %s", p.drop), ERR_REFUSED, "unmerge");

    struct session *again = world_as("manager");
    store_verifies(again);
    world_close(again);
    world_close(s);
}

static void what_left_while_they_were_one_is_corrected(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct pair p;
    char batch[64];
    two_records(s, &p);
    world_must(s, LINE("person merge %s %s", p.keep, p.drop), NULL);
    world_day(1);
    sent_export(s, p.handoff, "new", batch);
    assert_int_equal(sent_look(s, p.handoff).update_due, 0);
    world_must(s, LINE("person unmerge %s", p.keep), NULL); /* the kept one names its last merge too */
    assert_int_equal(sent_look(s, p.handoff).update_due, 1);
    world_close(s);
}

/* Nobody can say of what has left whether the person meant it too: it is asked, and stays asked until settled. */
static void what_left_behind_a_refusal_of_the_other_record_is_asked_of_the_worker(void **state)
{
    char keep[64], drop[64], referral[64], handoff[64];
    struct session *s = world_open();
    (void)state;
    sent_delivered(s, keep, referral, handoff);
    world_person(s, drop);
    world_must(s, LINE("consent withdraw %s", drop), NULL);
    world_must(s, LINE("person merge %s %s", keep, drop), NULL);
    sent_is(s, handoff, "delivered");
    json_t *doc = world_show(s, LINE("referral show %s", referral));
    const json_t *flag = json_array_get(json_object_get(doc, "flags"), 0);
    assert_non_null(strstr(json_string_value(json_object_get(flag, "message")), handoff));
    json_decref(doc);
    world_must(s, LINE("person unmerge %s", drop), NULL);
    doc = world_show(s, LINE("referral show %s", referral));
    assert_non_null(json_object_get(json_array_get(json_object_get(doc, "flags"), 0), "resolved_on"));
    json_decref(doc);
    world_close(s);
}

static void the_stricter_consent_holds_until_asked_again(void **state)
{
    (void)state;
    static const struct {
        const char *keep[2], *drop[2]; /* decisions, keep's first recorded first; then what the merged record says */
        bool drop_first;
        const char *share, *contact;
    } cases[] = {
        {{"withdraw %s", ""}, {"give %s to=salford-advice how=phone", ""}, false, "Withdrawn", "No record"},
        {{"give %s to=salford-advice how=phone", ""}, {"withdraw %s", ""}, false, "Withdrawn", "No record"},
        {{"give %s to=salford-advice how=phone", ""}, {"withdraw %s", ""}, true, "Withdrawn", "No record"},
        {{"refuse %s purpose=contact", ""}, {"give %s purpose=contact how=phone", ""}, false, "Refused", "Refused"},
        {{"give %s purpose=contact how=phone", ""}, {"refuse %s purpose=contact", ""}, true, "Refused", "Refused"},
        {{"withdraw %s", "give %s to=salford-advice how=phone"}, {"give %s to=salford-advice how=phone", ""}, false, "Given", "No record"},
        {{"withdraw %s to=green-shed", ""}, {"give %s to=salford-advice how=phone", ""}, false, "Given", "No record"},
        {{"", ""}, {"give %s to=salford-advice how=phone", ""}, false, "Given", "No record"},
    };
    struct session *s = world_open();
    world_must(s, "organisation add code=green-shed name='Green Shed (made up)'", NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char keep[64], drop[64], words[512];
        world_person(s, keep);
        world_person(s, drop);
        for (int side = 0; side < 2; side++) {
            bool is_drop = (side == 0) == cases[i].drop_first;
            const char *const *said = is_drop ? cases[i].drop : cases[i].keep;
            for (int k = 0; k < 2 && *said[k]; k++) {
                const char *at = strstr(said[k], "%s");
                snprintf(words, sizeof words, "consent %.*s%s%s", (int)(at - said[k]), said[k], is_drop ? drop : keep, at + 2);
                world_must(s, words, NULL);
            }
        }
        char keep_before[64], drop_before[64];
        snprintf(keep_before, sizeof keep_before, "%s", word_of(s, keep, "share"));
        snprintf(drop_before, sizeof drop_before, "%s", word_of(s, drop, "share"));
        world_must(s, LINE("person merge %s %s", keep, drop), NULL);
        if (strcmp(word_of(s, keep, "share"), cases[i].share) != 0)
            fail_msg("case %zu: share is %s", i, word_of(s, keep, "share"));
        assert_string_equal(word_of(s, keep, "contact"), cases[i].contact);
        world_must(s, LINE("person unmerge %s", drop), NULL);
        assert_string_equal(word_of(s, keep, "share"), keep_before);
        assert_string_equal(word_of(s, drop, "share"), drop_before);
    }
    world_close(s);
}

static void a_refusal_while_they_were_one_holds_for_both(void **state)
{
    (void)state;
    struct session *s = world_open();
    char keep[64], drop[64];
    world_person(s, keep);
    world_person(s, drop);
    world_consent(s, drop);
    world_must(s, LINE("person merge %s %s", keep, drop), NULL);
    assert_string_equal(word_of(s, keep, "share"), "Given");
    world_must(s, LINE("consent withdraw %s", keep), NULL);
    world_must(s, LINE("person unmerge %s", drop), NULL);
    assert_string_equal(word_of(s, keep, "share"), "Withdrawn");
    assert_string_equal(word_of(s, drop, "share"), "Withdrawn");
    world_close(s);
}

static void two_open_handoffs_to_one_service_become_a_flag(void **state)
{
    (void)state;
    struct session *s = world_open();
    char keep[64], drop[64], referral[2][64], handoff[2][64];
    sent_queued(s, keep, referral[0], handoff[0]);
    sent_queued(s, drop, referral[1], handoff[1]);
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(s, LINE("person merge %s %s", keep, drop), &o, &e));
    assert_non_null(strstr(buf_text(&o.text), handoff[0]));
    assert_non_null(strstr(buf_text(&o.text), "flag"));
    outcome_free(&o);
    world_close(s);
}

static void a_restriction_of_either_record_holds_for_the_one(void **state)
{
    (void)state;
    struct session *s = world_open();
    char keep[64], drop[64];
    world_person(s, keep);
    world_person(s, drop);
    world_must(s, LINE("person restrict %s users=world,worker", drop), NULL);
    world_must(s, LINE("person merge %s %s", keep, drop), NULL);
    struct session *named = world_as("worker"), *other = world_as("worker2");
    json_decref(world_show(named, LINE("person show %s", keep)));
    world_no(other, LINE("person show %s", keep), ERR_NOT_FOUND, NULL);
    world_no(other, LINE("person show %s", drop), ERR_NOT_FOUND, NULL);
    world_no(other, LINE("person unmerge %s", drop), ERR_NOT_FOUND, NULL);
    world_must(s, LINE("person unmerge %s", drop), NULL);
    json_decref(world_show(other, LINE("person show %s", keep)));
    world_no(other, LINE("person show %s", drop), ERR_NOT_FOUND, NULL);
    world_close(other);
    world_close(named);
    world_close(s);
}

static void merges_of_merges_come_apart_last_first(void **state)
{
    (void)state;
    struct session *s = world_open();
    char one[64], two[64], three[64], referral[64];
    world_person(s, one);
    world_person(s, two);
    world_person(s, three);
    world_referral(s, three, referral);
    json_t *before = document(s, LINE("person show %s", three));
    world_must(s, LINE("person merge %s %s", two, three), NULL);
    world_must(s, LINE("person merge %s %s", one, two), NULL);
    json_t *doc = world_show(s, LINE("person show %s", three));
    assert_string_equal(text_of(doc, "person"), one);
    json_decref(doc);
    world_no(s, LINE("person unmerge %s", three), ERR_REFUSED, "unmerge");
    world_must(s, LINE("person unmerge %s", two), NULL);
    world_must(s, LINE("person unmerge %s", three), NULL);
    same_document(before, document(s, LINE("person show %s", three)));
    store_verifies(s);
    world_close(s);
}

static void one_who_died_is_not_merged_with_one_who_lives(void **state)
{
    (void)state;
    struct session *s = world_open();
    char keep[64], drop[64];
    world_person(s, keep);
    world_person(s, drop);
    world_must(s, LINE("person died %s on=2026-11-01", drop), NULL);
    world_no(s, LINE("person merge %s %s", keep, drop), ERR_REFUSED, "merge");
    world_must(s, LINE("person died %s on=2026-11-01", keep), NULL);
    world_must(s, LINE("person merge %s %s", keep, drop), NULL);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_goes_over_and_the_old_reference_resolves),
        cmocka_unit_test(taking_apart_gives_back_equal_records),
        cmocka_unit_test(what_left_while_they_were_one_is_corrected),
        cmocka_unit_test(what_left_behind_a_refusal_of_the_other_record_is_asked_of_the_worker),
        cmocka_unit_test(the_stricter_consent_holds_until_asked_again),
        cmocka_unit_test(a_refusal_while_they_were_one_holds_for_both),
        cmocka_unit_test(two_open_handoffs_to_one_service_become_a_flag),
        cmocka_unit_test(a_restriction_of_either_record_holds_for_the_one),
        cmocka_unit_test(merges_of_merges_come_apart_last_first),
        cmocka_unit_test(one_who_died_is_not_merged_with_one_who_lives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

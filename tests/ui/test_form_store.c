/* SPDX-License-Identifier: MIT
 *
 * Forms and the store: edits of what is there, somebody else's change, many
 * records at once, drafts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/forming.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- changes */

static void an_edit_shows_what_is_there_and_sends_what_was_changed(void **state)
{
    (void)state;
    world_must(forming.s, LINE("person edit %s nhs_number=9990000018 voicemail_ok=yes contact_method=sms address='1 High St'", forming.person), NULL);
    struct form *f = person_form();
    json_t *doc = world_show(forming.s, LINE("person show %s", forming.person));
    assert_string_equal(form_text(f, "given_name"), text_of(doc, "given_name"));
    assert_string_equal(form_text(f, "neighbourhood"), "swinton");
    json_decref(doc);
    seen(f, "999 000 0018");
    seen(f, "Swinton");
    assert_false(form_is_changed(f));
    form_set(f, "phone", "0161 496 0777");
    assert_true(form_is_changed(f));
    assert_true(form_focus(f, "address"));
    keys(f, "<^U>");
    assert_true(form_focus(f, "voicemail_ok"));
    keys(f, "n");
    saves(f);
    person_has("phone", "0161 496 0777");
    person_has("address", "");
    person_has("contact_method", "sms");
    person_has("nhs_number", "9990000018");
    doc = world_show(forming.s, LINE("person show %s", forming.person));
    assert_true(json_is_false(json_object_get(doc, "voicemail_ok")));
    json_decref(doc);
    form_free(f);
}

static void a_needed_field_is_not_emptied(void **state)
{
    (void)state;
    struct form *f = person_form();
    assert_true(form_focus(f, "family_name"));
    keys(f, "<^U>");
    does_not_save(f, ERR_INVALID, "family_name");
    seen(f, "! this is needed and cannot be empty");
    form_free(f);
}

static void what_stands_in_the_store_is_never_judged_again(void **state)
{
    (void)state;
    world_must(forming.s, "neighbourhood edit swinton active=no", NULL); /* no code in use any more */
    struct form *f = person_form();
    seen(f, "Swinton");
    form_set(f, "preferred_name", "Bo");
    saves(f);
    person_has("preferred_name", "Bo");
    person_has("neighbourhood", "swinton");
    form_free(f);
}

static void a_part_of_a_document_is_edited_by_the_words_that_name_it(void **state)
{
    (void)state;
    struct typed fixed[] = {{"referral", forming.referral}, {"need", "money_debt"}};
    world_must(forming.s, LINE("need edit %s need=money_debt severity=4 note='Bailiffs'", forming.referral), NULL);
    struct form *f = open_form(&(struct form_spec){.verb = "need edit", .show = "referral show"}, &(struct form_about){.fixed = fixed, .n_fixed = 2});
    assert_string_equal(form_text(f, "severity"), "4");
    assert_string_equal(form_text(f, "note"), "Bailiffs");
    form_set(f, "severity", "2");
    saves(f);
    json_t *doc = world_show(forming.s, LINE("referral show %s", forming.referral)), *need = json_array_get(json_object_get(doc, "needs"), 0);
    assert_int_equal(json_integer_value(json_object_get(need, "severity")), 2);
    assert_string_equal(text_of(need, "note"), "Bailiffs");
    json_decref(doc);
    form_free(f);
}

static void a_change_by_somebody_else_is_shown_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    struct form *f = person_form();
    struct session *other = world_as("worker");
    form_set(f, "phone", "0161 496 0777");
    form_set(f, "pronouns", "they");
    world_must(other, LINE("person edit %s phone='0161 496 0888' email=new@mail.example preferred_name=Bo", forming.person), NULL);
    does_not_save(f, ERR_CONFLICT, "");
    seen(f, "was changed by worker at 2026-11-23 09:00");
    seen(f, "now: 0161 496 0888");
    assert_string_equal(form_text(f, "phone"), "0161 496 0777");
    assert_string_equal(form_text(f, "preferred_name"), "Bo"); /* not touched here: it follows */
    seen(f, "was: (empty)");
    saves(f);
    person_has("phone", "0161 496 0777");
    person_has("email", "new@mail.example");
    person_has("pronouns", "they");
    person_has("preferred_name", "Bo");
    form_free(f);
    world_close(other);
}

static void the_same_change_by_somebody_else_is_none(void **state)
{
    (void)state;
    struct form *f = person_form();
    form_set(f, "phone", "0161 496 0888");
    world_must(forming.s, LINE("person edit %s phone='0161 496 0888'", forming.person), NULL);
    does_not_save(f, ERR_CONFLICT, "");
    unseen(f, "now:");
    saves(f);
    person_has("phone", "0161 496 0888");
    form_free(f);
}

/* ---- many at once */

static void many_are_changed_in_one_step_or_none_is(void **state)
{
    (void)state;
    char second[64], third[64], ref[64];
    const char *refs[] = {forming.referral, second, third};
    world_person(forming.s, ref);
    world_referral(forming.s, ref, second);
    world_person(forming.s, ref);
    world_referral(forming.s, ref, third);
    struct form *f = open_form(&(struct form_spec){.verb = "referral reallocate"}, &(struct form_about){.refs = refs, .n_refs = 3});
    unseen(f, "Referral");
    seen(f, "Worker");
    form_set(f, "worker", "worker2");
    form_set(f, "reason", "Sam is away");
    world_must(forming.s, LINE("referral pause %s reason='In hospital' until=2026-12-20", third), NULL);
    saves(f);
    json_t *rows = world_list(forming.s, "referral list worker=worker2");
    assert_int_equal(json_array_size(rows), 3);
    json_decref(rows);
    world_must(forming.s, "undo yes=yes", NULL);
    rows = world_list(forming.s, "referral list worker=worker2");
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    form_free(f);

    f = open_form(&(struct form_spec){.verb = "referral resume"}, &(struct form_about){.refs = refs, .n_refs = 3});
    struct outcome o = {0};
    struct err e = {0};
    assert_false(form_save(f, &o, &e)); /* the first was never paused */
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, forming.referral));
    json_t *doc = world_show(forming.s, LINE("referral show %s", third));
    assert_string_equal(text_of(doc, "state"), "paused");
    json_decref(doc);
    form_free(f);
}

static void one_of_many_is_one(void **state)
{
    (void)state;
    const char *refs[] = {forming.referral};
    struct form *f = open_form(&(struct form_spec){.verb = "referral contact", .keys = KEYS("mode", "outcome", "note")},
                               &(struct form_about){.refs = refs, .n_refs = 1});
    form_set(f, "mode", "visit");
    form_set(f, "outcome", "reached");
    form_set(f, "note", "At home");
    saves(f);
    json_t *contact = last_contact();
    assert_string_equal(text_of(contact, "note"), "At home");
    json_decref(contact);
    form_free(f);
}

/* ---- drafts */

static struct form *through_a_draft(struct form *f)
{
    struct err e = {0};
    char *text = form_draft(f);
    form_free(f);
    f = form_of_draft(forming.s, text, &e);
    if (!f)
        fail_msg("%s", e.text);
    free(text);
    return f;
}

static void a_draft_brings_everything_back(void **state)
{
    (void)state;
    struct form *f = contact_form();
    keys(f, "tel<Tab>no a<Tab>line one<^J>line tw");
    f = through_a_draft(f);
    assert_true(form_is_changed(f));
    assert_string_equal(form_text(f, "mode"), "phone");
    keys(f, "o"); /* the cursor is where it was */
    assert_string_equal(form_text(f, "note"), "line one\nline two");
    saves(f);
    json_t *contact = last_contact();
    assert_string_equal(text_of(contact, "note"), "line one\nline two");
    json_decref(contact);
    form_free(f);
}

static void a_draft_of_many_brings_all_back(void **state)
{
    (void)state;
    char second[64], ref[64];
    const char *refs[] = {forming.referral, second};
    world_person(forming.s, ref);
    world_referral(forming.s, ref, second);
    struct form *f = open_form(&(struct form_spec){.verb = "referral reallocate", .title = "Give to"}, &(struct form_about){.refs = refs, .n_refs = 2});
    form_set(f, "worker", "worker2");
    form_set(f, "reason", "Away");
    f = through_a_draft(f);
    assert_string_equal(form_title(f), "Give to");
    saves(f);
    json_t *rows = world_list(forming.s, "referral list worker=worker2");
    assert_int_equal(json_array_size(rows), 2);
    json_decref(rows);
    form_free(f);
}

static void a_draft_of_an_edit_keeps_what_was_typed_and_meets_what_changed(void **state)
{
    (void)state;
    struct form *f = person_form();
    form_set(f, "phone", "0161 496 0777");
    assert_true(form_focus(f, "date_of_birth"));
    keys(f, "<^U>3/2"); /* half typed */
    char *text = form_draft(f);
    assert_null(strstr(text, "neighbourhood")); /* what was not touched is not copied */
    form_free(f);
    world_must(forming.s, LINE("person edit %s phone='0161 496 0888'", forming.person), NULL);

    struct err e = {0};
    f = form_of_draft(forming.s, text, &e);
    assert_non_null(f);
    free(text);
    assert_string_equal(form_text(f, "date_of_birth"), "3/2");
    does_not_save(f, ERR_INVALID, "date_of_birth");
    keys(f, "/1961<^S>");
    does_not_save(f, ERR_CONFLICT, "");
    seen(f, "now: 0161 496 0888");
    saves(f);
    person_has("phone", "0161 496 0777");
    person_has("date_of_birth", "1961-02-03");
    form_free(f);
}

static void a_secret_is_in_no_draft(void **state)
{
    (void)state;
    struct form *f = open_form(&(struct form_spec){.verb = "user password"}, NULL);
    assert_true(form_focus(f, "password"));
    keys(f, "correct horse");
    char *text = form_draft(f);
    assert_null(strstr(text, "correct horse"));
    assert_null(strstr(frame(f, 22, 76, false), "correct"));
    free(text);
    form_free(f);
}

static void text_that_is_no_draft_is_refused_in_words(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "{", "[]", "{}", "null", "{\"verb\":7}", "{\"verb\":\"no such\"}",
                                        "{\"verb\":\"person edit\",\"show\":\"person show\",\"fixed\":{\"person\":\"PE-0000-0000\"}}"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct err e = {0};
        assert_null(form_of_draft(forming.s, texts[i], &e));
        assert_int_not_equal(e.code, ERR_NONE);
        assert_int_not_equal(strlen(e.text), 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, forming_begin, forming_end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_edit_shows_what_is_there_and_sends_what_was_changed),
        TEST(a_needed_field_is_not_emptied),
        TEST(what_stands_in_the_store_is_never_judged_again),
        TEST(a_part_of_a_document_is_edited_by_the_words_that_name_it),
        TEST(a_change_by_somebody_else_is_shown_and_nothing_typed_is_lost),
        TEST(the_same_change_by_somebody_else_is_none),
        TEST(many_are_changed_in_one_step_or_none_is),
        TEST(one_of_many_is_one),
        TEST(a_draft_brings_everything_back),
        TEST(a_draft_of_many_brings_all_back),
        TEST(a_draft_of_an_edit_keeps_what_was_typed_and_meets_what_changed),
        TEST(a_secret_is_in_no_draft),
        TEST(text_that_is_no_draft_is_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

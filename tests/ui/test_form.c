/* SPDX-License-Identifier: MIT
 *
 * Forms over real verbs: what is typed, what is offered, what the verb is
 * given, what is said of what is wrong, and the picture.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/forming.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- a form from its table */

static void a_call_is_logged_by_a_few_keys(void **state)
{
    (void)state;
    struct form *f = contact_form();
    assert_int_equal(keys(f, "tel<Enter>no a<Enter>Rang; nobody there<Enter>+7<Enter>today<Enter>"), FORM_WANTS_SAVE);
    assert_string_equal(form_text(f, "mode"), "phone");
    assert_string_equal(form_text(f, "outcome"), "no_answer");
    seen(f, "Telephone");
    seen(f, "Mon 30 Nov 2026");
    saves(f);
    json_t *contact = last_contact();
    assert_string_equal(text_of(contact, "mode"), "phone");
    assert_string_equal(text_of(contact, "outcome"), "no_answer");
    assert_string_equal(text_of(contact, "note"), "Rang; nobody there");
    json_decref(contact);
    form_free(f);
}

static void keys_choose_and_order_the_fields_and_the_others_are_behind_one_key(void **state)
{
    (void)state;
    struct form *f = contact_form();
    struct buf legend = {0};
    const char *picture = frame(f, 22, 76, false);
    assert_true(strstr(picture, "How *") < strstr(picture, "Note"));
    unseen(f, "Minutes");
    form_legend(f, &legend);
    assert_string_equal(buf_text(&legend), "* must be given    ^O: 2 more fields");
    keys(f, "<Esc>"); /* closes nothing by itself */
    assert_int_equal(keys(f, "<^O>"), FORM_GOES_ON);
    seen(f, "Minutes");
    assert_true(form_focus(f, "minutes"));
    keys(f, "12<^O>");
    unseen(f, "Minutes");
    assert_string_equal(form_text(f, "minutes"), "12");
    assert_true(form_focus(f, "minutes")); /* comes back */
    seen(f, "Minutes");
    assert_false(form_focus(f, "nothing"));
    buf_free(&legend);
    form_free(f);

    f = form_about_one(&(struct form_spec){.verb = "referral contact", .keys = KEYS("note"), .only = true}, "referral", forming.referral);
    keys(f, "<^O>");
    unseen(f, "How");
    form_free(f);
}

static void what_is_fixed_is_not_asked_and_goes_along(void **state)
{
    (void)state;
    struct typed fixed[] = {{"referral", forming.referral}, {"mode", "phone"}, {"outcome", "no_answer"}};
    struct typed initial[] = {{"note", "Second try"}, {"on", "2026-11-23"}};
    struct form *f = open_form(&(struct form_spec){.verb = "referral contact", .title = "No answer"},
                               &(struct form_about){fixed, 3, initial, 2, NULL, 0});
    unseen(f, "How");
    seen(f, "Second try");
    seen(f, "23 Nov 2026");
    assert_string_equal(form_title(f), "No answer");
    assert_false(form_is_changed(f));
    saves(f);
    json_t *contact = last_contact();
    assert_string_equal(text_of(contact, "note"), "Second try");
    json_decref(contact);
    form_free(f);
}

static void a_word_that_no_verb_knows_is_told_at_once(void **state)
{
    (void)state;
    static const struct {
        const char *fixed, *initial, *key;
    } cases[] = {{"nonsense", NULL, NULL}, {NULL, "nonsense", NULL}, {NULL, NULL, "nonsense"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err e = {0};
        struct typed fixed = {cases[i].fixed, "x"}, initial = {cases[i].initial, "x"};
        struct form_about about = {&fixed, cases[i].fixed != NULL, &initial, cases[i].initial != NULL, NULL, 0};
        assert_null(form_new(forming.s, &(struct form_spec){.verb = "person add", .keys = cases[i].key ? KEYS(cases[i].key) : NULL}, &about, &e));
        assert_string_equal(e.field, "nonsense");
    }
    struct err e = {0};
    assert_null(form_new(forming.s, &(struct form_spec){.verb = "no such"}, NULL, &e));
    assert_null(form_new(forming.s, &(struct form_spec){.verb = "person edit", .show = "person show"}, NULL, &e));
}

/* Whatever the tables say: each field can be reached, typed into, drawn at any size, and read back. */
static void every_verb_has_a_form(void **state)
{
    (void)state;
    for (size_t i = 0; verb_at(i); i++) {
        const struct verb *v = verb_at(i);
        struct form *f = open_form(&(struct form_spec){.verb = v->name}, NULL);
        size_t fields = v->count + (v->record ? v->record->count : 0), reached = 1;
        while (keys(f, "<Tab>") != FORM_NOT_MINE && reached <= fields)
            reached++;
        for (size_t k = 0; k < fields; k++) {
            const struct field *field = k < v->count ? &v->args[k] : &v->record->fields[k - v->count];
            bool by_program = field->flags & FIELD_AUTO || strcmp(field->key, "version") == 0 || strcmp(field->key, "yes") == 0;
            if (form_focus(f, field->key) == by_program)
                fail_msg("%s: field %s", v->name, field->key);
            if (by_program)
                continue;
            keys(f, "<Right><Left>z<Backspace><Right>");
            frame(f, 6, 30, false);
            frame(f, 24, 80, true);
            frame(f, 1, 9, false);
        }
        char *draft = form_draft(f);
        struct err e = {0};
        struct form *again = form_of_draft(forming.s, draft, &e);
        if (!again)
            fail_msg("%s: %s", v->name, e.text);
        char *second = form_draft(again);
        assert_string_equal(second, draft);
        free(draft);
        free(second);
        form_free(again);
        form_free(f);
    }
}

/* ---- each kind of field */

static void each_kind_of_field_takes_what_people_type(void **state)
{
    (void)state;
    static const struct {
        const char *verb, *key, *typed, *shown, *value;
    } cases[] = {
        {"referral contact", "note", "one<^J>two", "one", "one\ntwo"},
        {"referral contact", "minutes", "15", "15", "15"},
        {"referral contact", "on", "yesterday", "Sun 22 Nov 2026", "yesterday"},
        {"referral contact", "on", "20/11", "! 20/11 is no date", "20/11"},
        {"referral contact", "on", "+3", "! 2026-11-26 is still to come", "+3"},
        {"referral contact", "at_time", "930", "! 930 is no time of day", "930"},
        {"referral contact", "at_time", "9.30", "09:30", "9.30"},
        {"referral contact", "minutes", "ten", "! ten is no whole number", "ten"},
        {"referral contact", "mode", "vid", "Video call", "video"},
        {"referral contact", "mode", "phone", "Telephone", "phone"},
        {"referral contact", "mode", "TELEPHONE", "Telephone", "phone"},
        {"referral contact", "mode", "zzz", "! zzz is not one of: Telephone, Visit", "zzz"},
        {"person add", "voicemail_ok", "y", "yes", "yes"},
        {"person add", "voicemail_ok", "yes", "yes", "yes"},
        {"person add", "voicemail_ok", "no", "no", "no"},
        {"person add", "voicemail_ok", "y<Backspace>", "Voicemail", ""},
        {"person add", "date_of_birth", "3.2.61", "Fri 3 Feb 1961", "3.2.61"},
        {"person add", "nhs_number", "9990000018", "999 000 0018", "9990000018"},
        {"person add", "nhs_number", "9990000019", "! ", "9990000019"},
        {"person add", "neighbourhood", "swin", "Swinton", "swinton"},
        {"person add", "neighbourhood", "atlantis", "! nothing in the list begins so", "atlantis"},
        {"need add", "need", "debt", "Money and debts", "money_debt"},
        {"need add", "severity", "9", "! 9 is no whole number from 1 to 5", "9"},
        {"consent give", "recipients", "salf", "Salford Advice", "salford-advice"},
        {"consent give", "categories", "id, ne", "Identity and contact, Needs", "identity,needs"},
        {"consent give", "categories", "id,zzz", "! zzz is not one of", "identity,zzz"},
        {"plan add", "due", "1970", "1970", "1970"},
        {"user password", "password", "geheim", "••••••", "geheim"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form *f = open_form(&(struct form_spec){.verb = cases[i].verb, .keys = KEYS(cases[i].key)}, NULL);
        assert_true(form_focus(f, cases[i].key));
        keys(f, cases[i].typed);
        keys(f, "<Tab>");
        if (strcmp(form_text(f, cases[i].key), cases[i].value) != 0)
            fail_msg("%s, typed \"%s\": \"%s\"", cases[i].key, cases[i].typed, form_text(f, cases[i].key));
        seen(f, cases[i].shown);
        form_free(f);
    }
}

static void typing_narrows_and_right_and_left_go_through_what_is_left(void **state)
{
    (void)state;
    struct form *f = contact_form();
    seen(f, "Visit");
    seen(f, "Letter");
    seen(f, "more");
    keys(f, "te");
    seen(f, "Text message");
    unseen(f, "Visit");
    keys(f, "<Right>");
    assert_string_equal(form_text(f, "mode"), "phone");
    keys(f, "<Right>");
    assert_string_equal(form_text(f, "mode"), "text");
    keys(f, "<Right>");
    assert_string_equal(form_text(f, "mode"), "phone"); /* round and round */
    keys(f, "<Left>");
    assert_string_equal(form_text(f, "mode"), "text");
    keys(f, "v"); /* typed over what was chosen */
    assert_string_equal(form_text(f, "mode"), "v");
    keys(f, "<Tab>");
    seen(f, "! \"v\" may be Visit, Video call; type more");
    keys(f, "<Backtab><Backspace><Backspace>");
    assert_string_equal(form_text(f, "mode"), "");
    seen(f, "Telephone");
    form_free(f);
}

static void several_are_chosen_one_after_another(void **state)
{
    (void)state;
    struct form *f = open_form(&(struct form_spec){.verb = "consent give", .keys = KEYS("categories")}, NULL);
    keys(f, "<Right>");
    assert_string_equal(form_text(f, "categories"), "identity");
    keys(f, "ris<Right>");
    assert_string_equal(form_text(f, "categories"), "identity,risks");
    keys(f, ", hea<Tab><Backtab>");
    assert_string_equal(form_text(f, "categories"), "identity,risks,health");
    seen(f, "Identity and contact, Risks, Health summary");
    keys(f, "<Backspace>");
    assert_string_equal(form_text(f, "categories"), "identity,risks");
    keys(f, "<Right><Right>");
    assert_string_equal(form_text(f, "categories"), "identity,risks,needs");
    keys(f, "<Backspace><Backspace><Backspace>");
    assert_string_equal(form_text(f, "categories"), "");
    form_free(f);
}

static void a_label_with_a_comma_stands_alone_or_as_its_code(void **state)
{
    (void)state;
    world_must(forming.s, "code add need arts label='Arts, nature and hobbies'", NULL);
    struct form *f = open_form(&(struct form_spec){.verb = "need add", .keys = KEYS("need")}, NULL);
    form_set(f, "need", "arts");
    seen(f, "Arts, nature and hobbies");
    assert_string_equal(form_text(f, "need"), "arts");
    form_free(f);
    f = open_form(&(struct form_spec){.verb = "service add", .keys = KEYS("needs")}, NULL);
    assert_true(form_focus(f, "needs"));
    form_set(f, "needs", "arts,money_debt");
    seen(f, "arts, Money and debts");
    keys(f, ",hous<Tab>");
    assert_string_equal(form_text(f, "needs"), "arts,money_debt,housing");
    form_free(f);
}

static void large_sets_are_asked_with_what_is_typed(void **state)
{
    (void)state;
    for (int i = 0; i < 250; i++)
        world_must(forming.s, LINE("organisation add code=org-%03d name='Helpers number %03d'", i, i), NULL);
    struct form *f = open_form(&(struct form_spec){.verb = "consent give", .keys = KEYS("recipients")}, NULL);
    keys(f, "helpers number 24");
    seen(f, "Helpers number 240");
    seen(f, "and 4 more");
    keys(f, "7<Tab>");
    assert_string_equal(form_text(f, "recipients"), "org-247");
    form_free(f);
}

/* ---- what is wrong */

static void too_long_is_refused_with_the_number_and_nothing_is_cut(void **state)
{
    (void)state;
    struct form *f = person_form();
    char name[121];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_true(form_focus(f, "preferred_name"));
    paste(f, name, strlen(name));
    keys(f, "<Tab>");
    seen(f, "120 characters, the most is");
    assert_string_equal(form_text(f, "preferred_name"), name);
    does_not_save(f, ERR_INVALID, "preferred_name");
    assert_string_equal(form_text(f, "preferred_name"), name);
    form_free(f);
}

static void a_paste_is_text_never_a_command(void **state)
{
    (void)state;
    size_t n = 1 << 20;
    char *much = malloc(n);
    struct form *f = contact_form();
    assert_non_null(much);
    memset(much, 'q', n);
    assert_true(form_focus(f, "note"));
    paste(f, "\033q\x13\r\n\x01", 6);
    assert_string_equal(form_text(f, "note"), "\xEF\xBF\xBDq\xEF\xBF\xBD\n\xEF\xBF\xBD");
    paste(f, much, n);
    seen(f, "! There is no room for that here; nothing of it was");
    assert_string_equal(form_text(f, "note"), "\xEF\xBF\xBDq\xEF\xBF\xBD\n\xEF\xBF\xBD");
    free(much);
    form_free(f);
}

static void all_that_is_wrong_is_told_and_the_focus_is_on_the_first(void **state)
{
    (void)state;
    struct form *f = contact_form();
    assert_true(form_focus(f, "call_back_on"));
    keys(f, "soon");
    assert_int_equal(keys(f, "<^S>"), FORM_WANTS_SAVE);
    does_not_save(f, ERR_INVALID, "mode");
    seen(f, "! this is needed");
    seen(f, "! soon is no date");
    seen(f, ">How *");
    keys(f, "vis"); /* typing takes the word about it away */
    keys(f, "<Tab>reach<^S>");
    does_not_save(f, ERR_INVALID, "call_back_on");
    seen(f, ">Call back on");
    unseen(f, "this is needed");
    keys(f, "<^U>");
    saves(f);
    form_free(f);
}

static void the_engines_no_stands_at_its_field_or_over_the_form(void **state)
{
    (void)state;
    struct form *f = contact_form();
    keys(f, "tel<Tab>reach<Tab><Tab>yesterday<^S>");
    does_not_save(f, ERR_INVALID, "call_back_on");
    seen(f, ">Call back on");
    seen(f, "! ");
    form_free(f);

    f = form_about_one(&(struct form_spec){.verb = "referral resume"}, "referral", forming.referral);
    does_not_save(f, ERR_REFUSED, "");
    assert_true(*frame(f, 22, 76, false) != ' '); /* in words, at the top */
    form_free(f);

    f = open_form(&(struct form_spec){.verb = "person add", .keys = KEYS("given_name")}, NULL);
    keys(f, "Wanda<^S>");
    does_not_save(f, ERR_INVALID, "family_name"); /* behind ^O: it is shown */
    seen(f, ">Family name");
    form_free(f);
}

/* ---- the picture */

static void a_form_taller_than_its_room_scrolls_with_the_focus(void **state)
{
    (void)state;
    struct form *f = person_form();
    int focused = 0;
    do {
        assert_non_null(strstr(frame(f, 10, 60, false), ">"));
        focused++;
    } while (keys(f, "<Tab>") != FORM_NOT_MINE);
    assert_true(focused > 20);
    assert_non_null(strstr(frame(f, 10, 60, false), "Died on"));
    while (keys(f, "<Backtab>") != FORM_NOT_MINE)
        assert_non_null(strstr(frame(f, 10, 60, false), ">"));
    assert_non_null(strstr(frame(f, 10, 60, false), "Given name"));
    form_free(f);
}

static void without_columns_each_field_has_a_line_of_its_own(void **state)
{
    (void)state;
    struct form *f = contact_form();
    keys(f, "tel<Tab>no a<Tab>");
    assert_true(text_starts(frame(f, 12, 60, true), "How *:  Telephone\nWhat came of it *:  No answer\nNote:"));
    form_free(f);
}

static void two_forms_may_share_a_screen(void **state)
{
    (void)state;
    struct form *f = contact_form();
    struct canvas c = {0};
    canvas_init(&c, 10, 60);
    canvas_clear(&c);
    canvas_cursor(&c, 9, 9);
    form_draw_part(f, &c, (struct area){0, 0, 8, 60}, false);
    assert_int_equal(c.cursor_row, 9);
    struct buf b = {0};
    canvas_row(&c, 1, &b);
    assert_string_equal(buf_text(&b), " What came of it *");
    buf_free(&b);
    canvas_free(&c);
    form_free(f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, forming_begin, forming_end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_call_is_logged_by_a_few_keys),
        TEST(keys_choose_and_order_the_fields_and_the_others_are_behind_one_key),
        TEST(what_is_fixed_is_not_asked_and_goes_along),
        TEST(a_word_that_no_verb_knows_is_told_at_once),
        TEST(every_verb_has_a_form),
        TEST(each_kind_of_field_takes_what_people_type),
        TEST(typing_narrows_and_right_and_left_go_through_what_is_left),
        TEST(several_are_chosen_one_after_another),
        TEST(a_label_with_a_comma_stands_alone_or_as_its_code),
        TEST(large_sets_are_asked_with_what_is_typed),
        TEST(too_long_is_refused_with_the_number_and_nothing_is_cut),
        TEST(a_paste_is_text_never_a_command),
        TEST(all_that_is_wrong_is_told_and_the_focus_is_on_the_first),
        TEST(the_engines_no_stands_at_its_field_or_over_the_form),
        TEST(a_form_taller_than_its_room_scrolls_with_the_focus),
        TEST(without_columns_each_field_has_a_line_of_its_own),
        TEST(two_forms_may_share_a_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

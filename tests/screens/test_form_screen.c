/* SPDX-License-Identifier: MIT
 *
 * A form over a screen: saving, leaving, what becomes of the text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

static struct screen *top(void)
{
    return desk_top(seat_desk(sitting.seat));
}

static int done_count;
static void count_done(struct screen *over, const struct outcome *o)
{
    assert_ptr_equal(over, top());
    assert_string_equal(o->kind, "referral");
    done_count++;
}

/* "Log a contact" over the caseload. */
static void open_contact(void (*done)(struct screen *over, const struct outcome *o))
{
    static const char *const keys[] = {"mode", "outcome", "note", "call_back_on", NULL};
    struct typed fixed = {"referral", sitting.referral};
    dialog_form(top(), &(struct form_spec){.verb = "referral contact", .title = "Log a contact", .keys = keys},
                &(struct form_about){.fixed = &fixed, .n_fixed = 1}, done);
}

static void begin_contact(void)
{
    sitting_at(&caseload_screen, NULL);
    open_contact(NULL);
}

static size_t contacts(void)
{
    json_t *doc = world_show(sitting.s, LINE("referral show %s", sitting.referral));
    size_t n = json_array_size(json_object_get(doc, "contacts"));
    json_decref(doc);
    return n;
}

static size_t drafts(void)
{
    size_t n = 0;
    struct session *s = world_as(sitting.login);
    struct draft d;
    struct err e = {0};
    bool found;
    assert_true(draft_find(s, "form", LINE("referral contact %s", sitting.referral), &found, &d, &e));
    if (found) {
        n = 1;
        assert_null(strstr(d.title, "Quill")); /* a family name of the world's people */
        draft_free(&d);
    }
    world_close(s);
    return n;
}

static void it_shows_its_fields_and_its_keys(void **state)
{
    (void)state;
    begin_contact();
    seat_golden(sitting.seat, "form_contact");
    seat_keys(sitting.seat, "tel<Tab>no a<Tab>Rang twice.<Tab>soon<Tab>");
    seat_golden(sitting.seat, "form_contact_wrong");
    seat_keys(sitting.seat, "<F1>");
    seat_has(sitting.seat, "Saves what was typed");
}

static void saving_says_what_was_done_and_goes_back(void **state)
{
    (void)state;
    begin_contact();
    size_t before = contacts();
    seat_keys(sitting.seat, "tel<Enter>no a<Enter>Rang twice.<Enter><Enter>");
    assert_ptr_equal(top()->type, &caseload_screen);
    assert_int_equal(contacts(), before + 1);
    seat_has(sitting.seat, sitting.referral);
    assert_int_equal(drafts(), 0);
    done_count = 0;
    open_contact(count_done);
    seat_keys(sitting.seat, "vis<Tab>reach<C-s>");
    assert_int_equal(done_count, 1);
    assert_int_equal(contacts(), before + 2);
}

static void what_is_wrong_keeps_the_form_open(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "tel<C-s>");
    seat_has(sitting.seat, "! this is needed");
    seat_has(sitting.seat, "What came of it: this is needed.");
    assert_ptr_equal(top()->type, &form_screen);
    seat_keys(sitting.seat, "no a<C-s>");
    assert_ptr_equal(top()->type, &caseload_screen);
}

static void past_the_ends_it_says_what_to_do(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "<Up>");
    seat_has(sitting.seat, "That is the first field.");
    seat_keys(sitting.seat, "<Tab><Tab><Tab><Tab>");
    seat_has(sitting.seat, "That was the last field; Enter or ^S saves.");
}

static void printable_keys_and_pastes_are_text(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "<Tab><Tab>q?:%!uJKgn1");
    seat_has(sitting.seat, "q?:%!uJKgn1");
    seat_paste(sitting.seat, " and q\033", 7);
    seat_has(sitting.seat, "q?:%!uJKgn1 and q");
    assert_ptr_equal(top()->type, &form_screen);
}

static void leaving_without_text_asks_nothing(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "<Tab><Tab><Esc>");
    assert_ptr_equal(top()->type, &caseload_screen);
    assert_int_equal(drafts(), 0);
}

static void leaving_with_text_asks_and_can_be_taken_back(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "<Tab><Tab>Said that she<Esc>");
    seat_has(sitting.seat, "k keep what you typed for later   x throw it away   Esc go on typing");
    seat_golden(sitting.seat, "form_leave");
    seat_keys(sitting.seat, "z<Enter>"); /* neither */
    seat_has(sitting.seat, "Esc go on typing");
    seat_keys(sitting.seat, "<Esc> will ring");
    seat_has(sitting.seat, "Said that she will ring");
}

static void kept_text_is_there_when_the_form_is_opened_again(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "<Tab><Tab>Said that she<Esc>k");
    assert_ptr_equal(top()->type, &caseload_screen);
    seat_has(sitting.seat, "Kept.");
    assert_int_equal(drafts(), 1);
    open_contact(NULL);
    seat_keys(sitting.seat, " will ring");
    seat_has(sitting.seat, "Said that she will ring");
    assert_true(form_screen.dialog);
    seat_keys(sitting.seat, "<Backtab>reach<Backtab>tel<C-s>");
    assert_ptr_equal(top()->type, &caseload_screen);
    assert_int_equal(drafts(), 0);
    open_contact(NULL);
    seat_hasnt(sitting.seat, "Said that she");
}

static void thrown_away_is_gone(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "<Tab><Tab>Said that she");
    seat_wait(sitting.seat, 1100); /* kept by itself meanwhile */
    assert_int_equal(drafts(), 1);
    seat_keys(sitting.seat, "<Esc>x");
    assert_ptr_equal(top()->type, &caseload_screen);
    assert_int_equal(drafts(), 0);
}

/* The form of changing something of Admin, which is about no reference. */
static struct form_spec setting_form = {.verb = "setting edit", .title = "Change a setting", .show = "setting show"};

static void open_setting(const char *setting)
{
    struct typed fixed = {"setting", setting};
    dialog_form(top(), &setting_form, &(struct form_about){.fixed = &fixed, .n_fixed = 1}, NULL);
}

static void what_is_kept_about_one_thing_never_opens_for_another(void **state)
{
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "admin");
    sitting_at(&admin_screen, NULL);
    open_setting("quiet_days");
    seat_has(sitting.seat, "14");
    seat_keys(sitting.seat, "9<Esc>k");
    open_setting("very_quiet_days");
    seat_hasnt(sitting.seat, "149");
    seat_keys(sitting.seat, "<Esc>");
    open_setting("quiet_days");
    seat_has(sitting.seat, "149");
}

static void open_many(const char *second)
{
    const char *const refs[] = {sitting.referral, second};
    dialog_form(top(), &(struct form_spec){.verb = "referral pause", .title = "Pause"}, &(struct form_about){.refs = refs, .n_refs = 2}, NULL);
}

static void what_is_kept_about_many_opens_for_the_very_same(void **state)
{
    char person[64], second[64], third[64];
    (void)state;
    world_person(sitting.s, person);
    world_referral(sitting.s, person, second);
    world_person(sitting.s, person);
    world_referral(sitting.s, person, third);
    sitting_at(&caseload_screen, NULL);
    open_many(second);
    seat_keys(sitting.seat, "In hospital<Esc>k");
    open_many(third);
    seat_hasnt(sitting.seat, "In hospital");
    seat_keys(sitting.seat, "<Esc>");
    open_many(second);
    seat_has(sitting.seat, "In hospital");
}

static void a_lost_line_loses_nothing(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "tel<Tab>no a<Tab>Rang twice; her son<Tab>");
    seat_hang_up(sitting.seat);
    assert_true(desk_is_leaving(seat_desk(sitting.seat)));
    seat_close(sitting.seat);
    sitting.seat = seat_open(world_as(sitting.login), 24, 80);
    seat_has(sitting.seat, "Logs a contact or an attempt.");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Rang twice; her son");
    seat_has(sitting.seat, "Telephone");
    size_t before = contacts();
    seat_keys(sitting.seat, "<C-s>");
    assert_int_equal(contacts(), before + 1);
    assert_int_equal(drafts(), 0);
}

static void a_resumed_draft_can_be_thrown_away_at_once(void **state)
{
    (void)state;
    begin_contact();
    seat_keys(sitting.seat, "<Tab><Tab>Said<Esc>k");
    open_contact(NULL);
    seat_keys(sitting.seat, "<Esc>x");
    assert_int_equal(drafts(), 0);
}

static void a_desk_for_looking_only_has_no_forms(void **state)
{
    (void)state;
    sitting_at(&caseload_screen, NULL);
    session_set_read_only(desk_session(seat_desk(sitting.seat)), true);
    open_contact(NULL);
    seat_keys(sitting.seat, "");
    assert_ptr_equal(top()->type, &caseload_screen);
    assert_non_null(strstr(seat_text(sitting.seat), "looking only"));
}

static void another_desks_change_is_met_in_the_form(void **state)
{
    (void)state;
    struct typed fixed = {"person", sitting.person};
    static const char *const keys[] = {"given_name", "family_name", "phone", NULL};
    sitting_at(&caseload_screen, NULL);
    dialog_form(top(), &(struct form_spec){.verb = "person edit", .title = "Change a person", .keys = keys, .show = "person show"},
                &(struct form_about){.fixed = &fixed, .n_fixed = 1}, NULL);
    seat_keys(sitting.seat, "<Tab><Tab><C-u>0161 496 0777");
    world_must(sitting.s, LINE("person edit %s phone='0161 496 0888'", sitting.person), NULL);
    seat_keys(sitting.seat, "<C-s>");
    seat_golden(sitting.seat, "form_conflict");
    seat_keys(sitting.seat, "<C-s>");
    assert_ptr_equal(top()->type, &caseload_screen);
    json_t *doc = world_show(sitting.s, LINE("person show %s", sitting.person));
    assert_string_equal(json_string_value(json_object_get(doc, "phone")), "0161 496 0777");
    json_decref(doc);
}

static void any_size_only_redraws(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {1, 1}, {50, 200}, {25, 81}, {24, 300}, {5, 20}, {100, 80}};
    begin_contact();
    seat_keys(sitting.seat, "<Tab><Tab>Said");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        seat_size(sitting.seat, sizes[i][0], sizes[i][1]);
    seat_size(sitting.seat, 24, 80);
    seat_has(sitting.seat, "Said");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sitting_begin, sitting_end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_shows_its_fields_and_its_keys),
        TEST(saving_says_what_was_done_and_goes_back),
        TEST(what_is_wrong_keeps_the_form_open),
        TEST(past_the_ends_it_says_what_to_do),
        TEST(printable_keys_and_pastes_are_text),
        TEST(leaving_without_text_asks_nothing),
        TEST(leaving_with_text_asks_and_can_be_taken_back),
        TEST(kept_text_is_there_when_the_form_is_opened_again),
        TEST(thrown_away_is_gone),
        TEST(a_lost_line_loses_nothing),
        TEST(a_resumed_draft_can_be_thrown_away_at_once),
        TEST(what_is_kept_about_one_thing_never_opens_for_another),
        TEST(what_is_kept_about_many_opens_for_the_very_same),
        TEST(a_desk_for_looking_only_has_no_forms),
        TEST(another_desks_change_is_met_in_the_form),
        TEST(any_size_only_redraws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

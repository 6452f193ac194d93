/* SPDX-License-Identifier: MIT
 *
 * The Admin screen: what the service sets for itself, the audit log, and the
 * proof of the store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"

static void as(const char *login)
{
    text_put(sitting.login, sizeof sitting.login, login);
    sitting_at(&admin_screen, NULL);
}

/* As the desk's own session reads it. */
static json_t *stands(const char *show, const char *field)
{
    static json_t *doc;
    json_decref(doc);
    doc = world_show(desk_session(seat_desk(sitting.seat)), show);
    return json_object_get(doc, field);
}

static void users_are_listed_added_and_changed(void **state)
{
    (void)state;
    as("admin");
    seat_has(sitting.seat, "Users: 8");
    seat_golden(sitting.seat, "admin_users");
    seat_keys(sitting.seat, "asam.new<Tab>Sam New<Tab>worker<C-s>");
    seat_has(sitting.seat, "User sam.new was added.");
    seat_has(sitting.seat, "Users: 9");
    seat_keys(sitting.seat, "/sam new<Enter>e");
    seat_has(sitting.seat, "Change a user: sam.new");
    seat_golden(sitting.seat, "admin_user_edit");
    seat_keys(sitting.seat, "<C-u>Sam Newer<C-s>");
    seat_has(sitting.seat, "User sam.new was changed.");
    assert_string_equal(json_string_value(stands("user show sam.new", "name")), "Sam Newer");
}

static void a_user_is_taken_out_of_use(void **state)
{
    (void)state;
    as("admin");
    seat_keys(sitting.seat, "/alex link<Enter>e<C-s>");
    seat_keys(sitting.seat, "e<Backtab>");
    for (int i = 0; i < 6; i++)
        seat_keys(sitting.seat, "<Tab>");
    seat_keys(sitting.seat, "<C-u>n<C-s>");
    assert_true(json_is_false(stands("user show worker2", "active")));
}

static void an_admin_sets_a_password_and_it_is_never_seen(void **state)
{
    (void)state;
    as("admin");
    seat_keys(sitting.seat, "/sam link<Enter>:password of the user<Enter>");
    seat_has(sitting.seat, "Set the password of a user");
    seat_keys(sitting.seat, "three plain words");
    seat_hasnt(sitting.seat, "three plain words");
    seat_keys(sitting.seat, "<C-s>");
    seat_has(sitting.seat, "The password of worker was set.");
    struct session *s = world_as("worker");
    assert_true(session_has_password(s));
    world_close(s);
}

static void a_setting_is_changed_within_its_range(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "2");
    seat_has(sitting.seat, "Settings: 21");
    seat_golden(sitting.seat, "admin_settings");
    seat_keys(sitting.seat, "/quiet_days<Enter>e");
    seat_has(sitting.seat, "Change a setting: quiet_days");
    seat_keys(sitting.seat, "<C-u>-4<C-s>");
    seat_has(sitting.seat, "Change a setting: quiet_days");
    seat_keys(sitting.seat, "<C-u>21<C-s>");
    seat_has(sitting.seat, "quiet_days is now 21 days.");
    assert_int_equal(json_integer_value(stands("setting show quiet_days", "value")), 21);
}

static void a_holiday_that_no_rule_gives_is_added_and_changed(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "3a24/12/2026<Tab>Closed for training<C-s>");
    seat_has(sitting.seat, "2026-12-24 is a holiday now.");
    seat_keys(sitting.seat, "/training<Enter>e");
    seat_has(sitting.seat, "Change a holiday: 2026-12-24");
    seat_keys(sitting.seat, "<C-u>Training day<C-s>");
    assert_string_equal(json_string_value(stands("holiday show 2026-12-24", "name")), "Training day");
    seat_golden(sitting.seat, "admin_holidays");
}

static void a_neighbourhood_is_added_and_renamed(void **state)
{
    (void)state;
    as("admin");
    seat_keys(sitting.seat, "4");
    seat_golden(sitting.seat, "admin_areas");
    seat_keys(sitting.seat, "aCity Fringe<Tab>city-fringe<C-s>");
    seat_has(sitting.seat, "Neighbourhood city-fringe was added.");
    seat_keys(sitting.seat, "/fringe<Enter>e<C-u>City and Fringe<C-s>");
    assert_string_equal(json_string_value(stands("neighbourhood show city-fringe", "name")), "City and Fringe");
}

static void a_wording_is_never_changed_but_followed_by_another(void **state)
{
    (void)state;
    as("admin");
    seat_keys(sitting.seat, "5");
    seat_has(sitting.seat, "contact-1");
    seat_golden(sitting.seat, "admin_wordings");
    seat_keys(sitting.seat, "acontact-2<Tab>contact<Tab>May we call you about this?<C-s>");
    seat_has(sitting.seat, "Wording contact-2 was added.");
    seat_keys(sitting.seat, "/contact-1<Enter>e<C-u>n<C-s>");
    seat_has(sitting.seat, "Wording contact-1 is no longer offered");
    assert_true(json_is_false(stands("wording show contact-1", "active")));
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Text: We would like to contact you");
}

static void a_code_is_added_to_the_list_in_focus_and_changed(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "6lset=need<Enter>");
    seat_golden(sitting.seat, "admin_codes");
    seat_keys(sitting.seat, "a<Tab>allotment<Tab>Somewhere to grow things<C-s>");
    seat_has(sitting.seat, "need allotment: Somewhere to grow things");
    seat_keys(sitting.seat, "/grow<Enter>e");
    seat_has(sitting.seat, "Change a code: allotment");
    seat_keys(sitting.seat, "<C-u>A place to grow things<C-s>");
    assert_string_equal(json_string_value(stands("code show need allotment", "label")), "A place to grow things");
}

static void the_audit_log_is_read_whole_or_of_one_record(void **state)
{
    (void)state;
    as("auditor");
    seat_keys(sitting.seat, "7");
    seat_has(sitting.seat, "Audit log");
    seat_has(sitting.seat, "acted_as");
    seat_keys(sitting.seat, "F");
    seat_keys(sitting.seat, sitting.referral);
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "limit: ref=SP-");
    seat_has(sitting.seat, "referral begin");
    seat_golden(sitting.seat, "admin_audit");
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "Effect: ");
    seat_hasnt(sitting.seat, "Quillfeather");
    seat_keys(sitting.seat, "q<Esc>");
    seat_hasnt(sitting.seat, "limit:");
    seat_keys(sitting.seat, "1F");
    seat_has(sitting.seat, "cannot be done here now");
}

static void looks_behind_the_mask_stand_with_their_reason(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "8");
    seat_has(sitting.seat, "Nobody looked behind the mask.");
    struct session *rep = world_as("rep");
    world_must(rep, LINE("person unmask %s reason='A complaint about a letter'", sitting.person), NULL);
    world_close(rep);
    seat_keys(sitting.seat, "<C-l>");
    seat_has(sitting.seat, "A complaint about a letter");
    seat_golden(sitting.seat, "admin_looks");
}

static void what_a_word_of_theirs_means_is_said(void **state)
{
    (void)state;
    as("manager");
    seat_keys(sitting.seat, "9");
    seat_has(sitting.seat, "It means");
    seat_keys(sitting.seat, "aall<Tab>shelved<Tab>On hold<C-s>");
    seat_has(sitting.seat, "means \"On hold\" from now on.");
    seat_keys(sitting.seat, "/shelved<Enter>e");
    seat_has(sitting.seat, "Say what a word means: shelved");
    seat_keys(sitting.seat, "<C-u>Stopped<C-s>");
    seat_has(sitting.seat, "means \"Stopped\" from now on.");
    seat_golden(sitting.seat, "admin_words");
}

static void each_role_has_its_parts_and_what_it_may_not_do_says_so(void **state)
{
    (void)state;
    as("admin");
    seat_hasnt(sitting.seat, "Looks");
    as("auditor");
    seat_has(sitting.seat, "Looks");
    seat_keys(sitting.seat, "a");
    seat_has(sitting.seat, "\"add\" cannot be done here now");
    seat_keys(sitting.seat, "2e");
    seat_has(sitting.seat, "\"edit\" cannot be done here now");
    as("manager");
    seat_keys(sitting.seat, "a");
    seat_has(sitting.seat, "\"add\" cannot be done here now");
}

static void a_worker_does_not_have_it(void **state)
{
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "worker");
    sitting_at(&caseload_screen, NULL);
    seat_keys(sitting.seat, "ga");
    seat_has(sitting.seat, "No screen has that key.");
}

static void the_views_go_round(void **state)
{
    (void)state;
    as("admin");
    seat_keys(sitting.seat, "[");
    seat_has(sitting.seat, "Words of replies");
    seat_keys(sitting.seat, "]]");
    seat_has(sitting.seat, "Settings: 21");
}

static void the_store_is_proved_after_asking(void **state)
{
    (void)state;
    as("auditor");
    seat_keys(sitting.seat, ":verify<Enter>");
    seat_has(sitting.seat, "With a large store that takes minutes");
    seat_keys(sitting.seat, "n");
    seat_hasnt(sitting.seat, "All is as it should be.");
    seat_keys(sitting.seat, ":verify<Enter>y");
    seat_has(sitting.seat, "All is as it should be.");
    seat_has(sitting.seat, "rows: ok");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, sitting_begin, sitting_end)
    const struct CMUnitTest tests[] = {
        TEST(users_are_listed_added_and_changed),
        TEST(a_user_is_taken_out_of_use),
        TEST(an_admin_sets_a_password_and_it_is_never_seen),
        TEST(a_setting_is_changed_within_its_range),
        TEST(a_holiday_that_no_rule_gives_is_added_and_changed),
        TEST(a_neighbourhood_is_added_and_renamed),
        TEST(a_wording_is_never_changed_but_followed_by_another),
        TEST(a_code_is_added_to_the_list_in_focus_and_changed),
        TEST(the_audit_log_is_read_whole_or_of_one_record),
        TEST(looks_behind_the_mask_stand_with_their_reason),
        TEST(what_a_word_of_theirs_means_is_said),
        TEST(each_role_has_its_parts_and_what_it_may_not_do_says_so),
        TEST(a_worker_does_not_have_it),
        TEST(the_views_go_round),
        TEST(the_store_is_proved_after_asking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * What an administrator keeps: users, settings, holidays, wordings, coded
 * lists; and that nobody else does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static const char *cell(json_t *rows, const char *key, const char *value, const char *wanted)
{
    size_t i;
    json_t *row;
    json_array_foreach (rows, i, row) {
        const char *v = json_string_value(json_object_get(row, key));
        if (v && strcmp(v, value) == 0) {
            json_t *w = json_object_get(row, wanted);
            static char number[32];
            snprintf(number, sizeof number, "%lld", (long long)json_integer_value(w));
            return json_is_string(w) ? json_string_value(w) : number;
        }
    }
    return "";
}

static void a_setting_takes_effect_and_keeps_its_range(void **state)
{
    struct session *s = world_open();
    (void)state;
    assert_int_equal(session_setting(s, SET_QUIET_DAYS), 14);
    world_must(s, LINE("setting edit %s value=21", setting_rows[SET_QUIET_DAYS].key), NULL);
    assert_int_equal(session_setting(s, SET_QUIET_DAYS), 21);
    world_no(s, LINE("setting edit %s value=-4", setting_rows[SET_QUIET_DAYS].key), ERR_INVALID, "value");
    world_no(s, "setting edit patience value=3", ERR_INVALID, "setting");
    world_close(s);
}

static void a_code_may_be_added_reworded_and_retired(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_must(s, "code add need befriending label=Befriending grouping=Others", NULL);
    world_no(s, "code add need befriending label=Again", ERR_INVALID, "code");
    world_no(s, "code add moods happy label=Happy", ERR_INVALID, "set");
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("need add %s need=befriending found=found", referral), NULL);
    world_must(s, "code edit need befriending active=no", NULL);
    world_person(s, person);
    world_referral(s, person, referral);
    world_no(s, LINE("need add %s need=befriending found=found", referral), ERR_INVALID, NULL);
    json_t *rows = world_list(s, "code list need");
    assert_string_equal(cell(rows, "code", "befriending", "label"), "Befriending");
    json_decref(rows);
    world_close(s);
}

static void a_one_off_holiday_moves_a_deadline(void **state)
{
    struct session *s = world_open();
    (void)state;
    world_must(s, "holiday add 2027-06-14 name='A day of thanks'", NULL);
    json_t *rows = world_list(s, "holiday list");
    assert_string_equal(cell(rows, "on", "2027-06-14", "name"), "A day of thanks");
    json_decref(rows);
    world_must(s, "holiday edit 2027-06-14 name='A working day after all' working=yes", NULL);
    json_t *day = world_show(s, "holiday show 2027-06-14");
    assert_true(json_is_true(json_object_get(day, "working")));
    json_decref(day);
    day = world_show(s, "holiday show 2026-12-25");
    assert_true(json_is_false(json_object_get(day, "working")));
    json_decref(day);
    world_no(s, "holiday show 2026-11-24", ERR_NOT_FOUND, NULL);
    day = world_show(s, "neighbourhood show swinton");
    assert_string_equal(json_string_value(json_object_get(day, "name")), "Swinton");
    json_decref(day);
    world_close(s);
}

static void wordings_are_added_and_never_edited(void **state)
{
    struct session *s = world_open();
    (void)state;
    world_must(s, "wording add code=share-2 purpose=share text='Shall we tell them?'", NULL);
    world_no(s, "wording add code=share-2 purpose=share text='Other words'", ERR_INVALID, "code");
    world_must(s, "wording edit share-1 active=no", NULL);
    json_t *doc = world_show(s, "wording show share-2");
    assert_string_equal(json_string_value(json_object_get(doc, "text")), "Shall we tell them?");
    json_decref(doc);
    json_t *rows = world_list(s, "wording list"), *last = json_array_get(rows, json_array_size(rows) - 1);
    assert_string_equal(json_string_value(json_object_get(last, "wording")), "share-2");
    assert_string_equal(json_string_value(json_object_get(last, "purpose")), "share");
    assert_string_equal(json_string_value(json_object_get(last, "text")), "Shall we tell them?");
    json_decref(rows);
    world_close(s);
}

static void a_user_is_added_changed_and_shut_out(void **state)
{
    struct session *s = world_open();
    struct err e = {0};
    (void)state;
    world_must(s, "user add login=nasra name='Nasra Link' roles=worker neighbourhoods=swinton os_account=nasra", NULL);
    world_no(s, "user add login=nasra name=Other roles=worker", ERR_INVALID, "login");
    world_no(s, "user add login=x name=X roles=queen", ERR_INVALID, "roles");
    world_no(s, "user add login=x name=X roles=worker neighbourhoods=atlantis", ERR_INVALID, "neighbourhoods");
    struct session_options o = {.url = world_url(), .os_account = "nasra", .clock = world_clock};
    struct session *own = session_open(&o, &e);
    assert_non_null(own);
    assert_string_equal(session_login(own), "nasra");
    session_close(own);
    world_must(s, "user edit nasra active=no", NULL);
    assert_null(session_open(&o, &e));
    assert_int_equal(e.code, ERR_DENIED);
    world_close(s);
}

static void an_account_that_nobody_bound_opens_nothing(void **state)
{
    struct session *s = world_open();
    struct err e = {0};
    (void)state;
    struct session_options o = {.url = world_url(), .os_account = "stranger", .as = "worker", .clock = world_clock};
    assert_null(session_open(&o, &e));
    assert_int_equal(e.code, ERR_DENIED);
    world_close(s);
}

static void a_password_is_one_way_and_kept_out_of_the_log(void **state)
{
    struct session *s = world_open(), *worker;
    (void)state;
    world_must(s, "user password worker password='three long words'", NULL);
    world_no(s, "user password worker password=short", ERR_INVALID, "password");
    json_t *doc = world_show(s, "user show worker");
    char *text = json_dumps(doc, JSON_COMPACT);
    assert_null(strstr(text, "argon2"));
    free(text);
    json_decref(doc);
    worker = world_as("worker");
    world_no(worker, "user password manager password='not mine to set'", ERR_DENIED, NULL);
    world_close(worker);
    world_close(s);
}

/* Who may do what: a verb of each kind against each role; 1 allowed. */
static void roles_may_do_their_own_and_no_more(void **state)
{
    static const struct {
        const char *line;
        int worker, rep, manager, admin, auditor, night;
    } cases[] = {
        {"setting edit quiet_days value=10", 0, 0, 1, 1, 0, 0},
        {"user add login=new# name=New roles=worker", 0, 0, 0, 1, 0, 0},
        {"holiday add 2027-01-0# name=Odd", 0, 0, 1, 1, 0, 0},
        {"person add given_name=Ada# family_name=Cobalt# date_of_birth=1961-01-01 neighbourhood=broughton new=yes new_reason=test", 1, 0, 1, 0, 0, 0},
    };
    static const char *const logins[] = {"worker", "rep", "manager", "admin", "auditor", "night"};
    struct session *s = world_open();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < 6; k++) {
            const int *may = &cases[i].worker;
            struct session *as = world_as(logins[k]);
            struct outcome o = {0};
            struct err e = {0};
            snprintf(line, sizeof line, "%s", cases[i].line);
            for (char *mark; (mark = strchr(line, '#'));)
                *mark = (char)('1' + k);
            bool done = world_do(as, line, &o, &e);
            if (done != (may[k] == 1) || (!done && e.code != ERR_DENIED))
                fail_msg("%s as %s: %s", line, logins[k], done ? "was done" : e.text);
            outcome_free(&o);
            world_close(as);
        }
    world_close(s);
}

static void a_user_keeps_login_account_and_the_last_door(void **state)
{
    struct session *s = world_open();
    (void)state;
    world_no(s, "user edit worker2 login=alex", ERR_INVALID, "login");
    world_no(s, "user add login=second name='Second Lead' roles=worker os_account=world", ERR_INVALID, "os_account");
    world_must(s, "user edit worker2 os_account=alex", NULL);
    world_no(s, "user edit worker os_account=alex", ERR_INVALID, "os_account");
    world_must(s, "user edit worker2 os_account=alex phone='0161 496 0103'", NULL);
    world_no(s, "user edit world active=no", ERR_REFUSED, "user.self");
    world_no(s, "user edit world roles=worker,manager", ERR_REFUSED, "user.self");
    world_must(s, "user edit admin active=no", NULL);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_takes_effect_and_keeps_its_range),
        cmocka_unit_test(a_code_may_be_added_reworded_and_retired),
        cmocka_unit_test(a_one_off_holiday_moves_a_deadline),
        cmocka_unit_test(wordings_are_added_and_never_edited),
        cmocka_unit_test(a_user_is_added_changed_and_shut_out),
        cmocka_unit_test(an_account_that_nobody_bound_opens_nothing),
        cmocka_unit_test(a_password_is_one_way_and_kept_out_of_the_log),
        cmocka_unit_test(roles_may_do_their_own_and_no_more),
        cmocka_unit_test(a_user_keeps_login_account_and_the_last_door),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

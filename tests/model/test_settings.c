/* SPDX-License-Identifier: MIT
 *
 * The table of settings: every one named, within its range and explained.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/settings.h"

static void every_setting_is_whole(void **state)
{
    (void)state;
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *r = &setting_rows[i];
        assert_non_null(r->key);
        assert_int_equal(setting_find(r->key), i); /* keys are unique */
        assert_true(r->min < r->max);
        assert_true(r->value >= r->min && r->value <= r->max);
        assert_true(r->unit && *r->unit && r->help && *r->help);
    }
}

static void the_defaults_are_those_of_the_service(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        int64_t value;
    } known[] = {
        {"triage_workdays", 2},
        {"first_contact_workdays", 5},
        {"quiet_days", 14},
        {"very_quiet_days", 30},
        {"plan_review_days", 84},
        {"reply_days", 14},
        {"news_days", 56},
        {"consent_months", 12},
        {"consent_expiring_days", 28},
        {"agreement_expiring_days", 60},
        {"verify_days", 180},
        {"unmask_minutes", 180},
        {"lock_minutes", 5},
        {"attempt_days", 3},
        {"held_days", 28},
        {"reply_file_bytes", 52428800},
        {"reply_file_rows", 200000},
        {"import_file_bytes", INT64_C(4294967296)},
        {"field_bytes", 65536},
        {"file_columns", 256},
        {"delivery_seconds", 120},
    };
    assert_int_equal(sizeof known / sizeof *known, SETTING_COUNT);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int at = setting_find(known[i].key);
        assert_int_equal(at, i);
        assert_true(setting_rows[at].value == known[i].value);
    }
}

static void an_unknown_setting_is_not_found(void **state)
{
    (void)state;
    assert_int_equal(setting_find("quiet_day"), -1);
    assert_int_equal(setting_find(""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_setting_is_whole),
        cmocka_unit_test(the_defaults_are_those_of_the_service),
        cmocka_unit_test(an_unknown_setting_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

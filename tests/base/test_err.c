/* SPDX-License-Identifier: MIT
 *
 * Errors: what each setter fills, and that a text is clipped between characters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/err.h"
#include "onward/text.h"

static void each_setter_fills_its_own_parts_and_empties_the_rest(void **state)
{
    (void)state;
    struct err e;
    assert_false(err_rule(&e, "R09", "Consent of %s is missing.", "PE-1"));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_string_equal(e.rule, "R09");
    assert_string_equal(e.field, "");
    assert_string_equal(e.text, "Consent of PE-1 is missing.");

    assert_false(err_field(&e, "born", "No such day."));
    assert_int_equal(e.code, ERR_INVALID);
    assert_string_equal(e.field, "born");
    assert_string_equal(e.rule, "");

    assert_false(err_set(&e, ERR_STORE, "The disk is full."));
    assert_int_equal(e.code, ERR_STORE);
    assert_string_equal(e.field, "");

    err_clear(&e);
    assert_int_equal(e.code, ERR_NONE);
    assert_string_equal(e.text, "");
}

static void a_prefix_keeps_code_field_and_rule(void **state)
{
    (void)state;
    struct err e;
    err_field(&e, "postcode", "Not a postcode.");
    assert_false(err_prefix(&e, "line %d", 7));
    assert_int_equal(e.code, ERR_INVALID);
    assert_string_equal(e.field, "postcode");
    assert_string_equal(e.text, "line 7: Not a postcode.");
}

static void an_error_may_quote_its_own_text(void **state)
{
    (void)state;
    struct err e;
    err_set(&e, ERR_BUSY, "Locked.");
    err_set(&e, ERR_STORE, "Tried twice: %s", e.text);
    assert_string_equal(e.text, "Tried twice: Locked.");
}

static void a_long_text_is_clipped_between_characters(void **state)
{
    (void)state;
    for (size_t lead = 0; lead < 3; lead++) {
        char text[1200];
        memset(text, 'x', lead);
        for (size_t i = lead; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xE2\x82\xAC", 4); /* euro signs, three bytes each */
        struct err e;
        err_set(&e, ERR_INVALID, "%s", text);
        size_t len = strlen(e.text);
        assert_true(len >= sizeof e.text - 3 && len < sizeof e.text);
        assert_true(utf8_valid(e.text, len, NULL));
        err_prefix(&e, "%s", text);
        assert_true(utf8_valid(e.text, strlen(e.text), NULL));
    }
}

static void no_error_wanted_is_no_crash(void **state)
{
    (void)state;
    assert_false(err_set(NULL, ERR_BUSY, "x"));
    assert_false(err_field(NULL, "f", "x"));
    assert_false(err_rule(NULL, "r", "x"));
    assert_false(err_prefix(NULL, "x"));
    err_clear(NULL);
}

static void codes_have_stable_names(void **state)
{
    (void)state;
    static const char *const names[] = {"none",    "invalid", "not_found", "conflict",
                                        "refused", "denied",  "busy",      "store"};
    for (int code = ERR_NONE; code <= ERR_STORE; code++)
        assert_string_equal(err_name((enum err_code)code), names[code]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_setter_fills_its_own_parts_and_empties_the_rest),
        cmocka_unit_test(a_prefix_keeps_code_field_and_rule),
        cmocka_unit_test(an_error_may_quote_its_own_text),
        cmocka_unit_test(a_long_text_is_clipped_between_characters),
        cmocka_unit_test(no_error_wanted_is_no_crash),
        cmocka_unit_test(codes_have_stable_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

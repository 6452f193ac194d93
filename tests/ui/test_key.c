/* SPDX-License-Identifier: MIT
 *
 * Keys and their names: each name means the key that it names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "key.h"

static void a_name_means_the_key_it_names(void **state)
{
    static const int32_t keys[] = {PRESS_TAB, PRESS_NEWLINE, PRESS_ENTER, PRESS_ESC, PRESS_RUBOUT, PRESS_UP, PRESS_DOWN, PRESS_LEFT, PRESS_RIGHT,
                                   PRESS_PAGE_UP, PRESS_PAGE_DOWN, PRESS_HOME, PRESS_END, PRESS_DELETE, PRESS_BACKTAB, PRESS_HELP, PRESS_QUIT,
                                   CTRL('a'), CTRL('s'), CTRL('z'), ' ', 'j', 'J', '?', ':', ';', '%', '!', '^', '<', 0xE9, 0x674E, 0x1F600};
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char name[16];
        key_label(keys[i], name);
        if (key_named(name) != keys[i])
            fail_msg("\"%s\" means %x and not %x", name, (unsigned)key_named(name), (unsigned)keys[i]);
    }
}

static void what_is_no_key_has_words_and_no_name_means_it(void **state)
{
    char name[16];
    (void)state;
    key_label(PRESS_NONE, name);
    assert_string_equal(name, "that key");
    assert_int_equal(key_named("Nonesuch"), PRESS_NONE);
    assert_int_equal(key_named(""), PRESS_NONE);
    assert_false(key_in("Nonesuch j", PRESS_NONE));
}

static void a_key_is_in_a_list_of_names(void **state)
{
    (void)state;
    assert_true(key_in("j Down", 'j'));
    assert_true(key_in("j Down", PRESS_DOWN));
    assert_false(key_in("j Down", 'D'));
    assert_true(key_in("^R", CTRL('r')));
    assert_false(key_in("", 'j'));
    assert_true(key_in("PgDn Space", ' '));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_means_the_key_it_names),
        cmocka_unit_test(what_is_no_key_has_words_and_no_name_means_it),
        cmocka_unit_test(a_key_is_in_a_list_of_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

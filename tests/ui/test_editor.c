/* SPDX-License-Identifier: MIT
 *
 * The line editor: graphemes, keys, what a paste of anything becomes, and
 * where the cursor is drawn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "editor.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define FFFD "\xEF\xBF\xBD"

/* Types UTF-8 text a code point at a time, as a terminal gives it; control letters as they are. */
static void type(struct editor *ed, const char *keys)
{
    const uint8_t *p = (const uint8_t *)keys;
    while (*p) {
        int n = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
        int32_t key = n == 1 ? *p : *p & (0x7F >> n);
        for (int i = 1; i < n; i++)
            key = key << 6 | (p[i] & 0x3F);
        assert_true(editor_key(ed, key));
        p += n;
    }
}

static void a_sign_is_passed_and_deleted_as_one(void **state)
{
    (void)state;
    static const struct {
        const char *name, *sign;
    } signs[] = {
        {"latin", "a"},
        {"accented", "é"},
        {"letter and combining mark", "e\xCC\x81"},
        {"letter and two marks", "o\xCC\x82\xCC\x81"},
        {"CJK", "王"},
        {"Arabic with a vowel", "ب\xD9\x90"},
        {"Hangul of three letters", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"},
        {"a family of emoji", "👩\xE2\x80\x8D👩\xE2\x80\x8D👧"},
        {"a flag", "🇬🇧"},
    };
    for (size_t i = 0; i < COUNT(signs); i++) {
        struct editor ed;
        char expected[128];
        editor_init(&ed, 0, false);
        type(&ed, "x");
        type(&ed, signs[i].sign);
        type(&ed, "y");
        assert_true(editor_key(&ed, PRESS_LEFT));
        assert_true(editor_key(&ed, PRESS_LEFT));
        assert_int_equal(ed.at, 1);
        assert_true(editor_key(&ed, PRESS_RIGHT));
        assert_int_equal(ed.at, 1 + strlen(signs[i].sign));
        assert_true(editor_key(&ed, PRESS_RUBOUT));
        assert_string_equal(editor_text(&ed), "xy");
        type(&ed, signs[i].sign);
        assert_true(editor_key(&ed, PRESS_LEFT));
        assert_true(editor_key(&ed, PRESS_DELETE));
        assert_string_equal(editor_text(&ed), "xy");
        snprintf(expected, sizeof expected, "x%sy", signs[i].sign);
        assert_true(editor_paste(&ed, signs[i].sign, strlen(signs[i].sign)));
        assert_string_equal(editor_text(&ed), expected);
        editor_free(&ed);
    }
}

static void a_mark_typed_behind_a_letter_joins_it(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, 0, false);
    editor_set(&ed, "ex");
    assert_true(editor_key(&ed, PRESS_LEFT));
    type(&ed, "\xCC\x81");
    assert_int_equal(ed.at, 3);
    editor_set(&ed, "\xCC\x81x"); /* the letter goes before a mark that stood alone */
    assert_true(editor_key(&ed, PRESS_HOME));
    type(&ed, "e");
    assert_int_equal(ed.at, 3);
    editor_free(&ed);
}

static void keys_do_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const char *text, *keys, *becomes;
        size_t at;
    } cases[] = {
        {"one two", "\x01", "one two", 0},
        {"one two", "\x01\x05", "one two", 7},
        {"one two", "\x01\x06\x06", "one two", 2},
        {"one two", "\x02\x02", "one two", 5},
        {"one two", "\x02\x02\x0B", "one t", 5},
        {"one two", "\x02\x02\x15", "wo", 0},
        {"one two", "\x17", "one ", 4},
        {"one two  ", "\x17", "one ", 4},
        {"one two", "\x17\x17", "", 0},
        {"one two", "\x01\x04\x04", "e two", 0},
        {"one two", "\x08", "one tw", 6},
        {"one two", "\x7F", "one tw", 6},
        {"", "\x7F\x17\x15\x0B\x04\x02\x06", "", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct editor ed;
        editor_init(&ed, 0, false);
        editor_set(&ed, cases[i].text);
        type(&ed, cases[i].keys);
        assert_string_equal(editor_text(&ed), cases[i].becomes);
        assert_int_equal(ed.at, cases[i].at);
        editor_free(&ed);
    }
}

static void keys_that_mean_nothing_here_are_left_to_others(void **state)
{
    (void)state;
    static const int32_t keys[] = {PRESS_TAB, PRESS_ENTER, PRESS_ESC, PRESS_UP, PRESS_DOWN, PRESS_PAGE_UP, PRESS_BACKTAB,
                                   PRESS_HELP, PRESS_NONE, PRESS_NEWLINE, CTRL('s'), CTRL('o'), 0xD800};
    struct editor ed;
    editor_init(&ed, 0, false);
    for (size_t i = 0; i < COUNT(keys); i++)
        assert_false(editor_key(&ed, keys[i]));
    assert_string_equal(editor_text(&ed), "");
    editor_free(&ed);
}

static void lines_are_gone_through_by_up_and_down(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, 0, true);
    type(&ed, "first line\nzwei\n");
    type(&ed, "third line");
    assert_int_equal(editor_rows(&ed, 40), 3);
    assert_true(editor_key(&ed, PRESS_UP)); /* shorter: its end */
    assert_int_equal(ed.at, strlen("first line\nzwei"));
    assert_true(editor_key(&ed, PRESS_UP));
    assert_int_equal(ed.at, 4);
    assert_false(editor_key(&ed, PRESS_UP));
    assert_true(editor_key(&ed, PRESS_DOWN));
    assert_true(editor_key(&ed, PRESS_DOWN));
    assert_false(editor_key(&ed, PRESS_DOWN));
    assert_true(editor_key(&ed, PRESS_HOME));
    assert_true(editor_key(&ed, PRESS_RUBOUT)); /* the newline */
    assert_string_equal(editor_text(&ed), "first line\nzweithird line");
    assert_true(editor_key(&ed, CTRL('u')));
    assert_string_equal(editor_text(&ed), "first line\nthird line");
    editor_free(&ed);
}

static void a_paste_of_anything_is_text(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        bool lines;
        const char *becomes;
    } cases[] = {
        {"plain", 5, false, "plain"},
        {"a\0b", 3, false, "a" FFFD "b"},
        {"\033[31mred", 8, false, FFFD "[31mred"},
        {"\xFF\xC3(", 3, false, FFFD FFFD "("},
        {"\xE2\x82", 2, false, FFFD},
        {"\xED\xA0\x80", 3, false, NULL},
        {"a\r\nb\rc\nd", 8, false, "a b c d"},
        {"a\r\nb\rc\nd", 8, true, "a\nb\nc\nd"},
        {"a\tb", 3, true, "a b"},
        {"\xE2\x80\xAE""abc", 6, false, FFFD "abc"},
        {"\xEF\xBB\xBF""abc", 6, false, FFFD "abc"},
        {"\xC2\x9B""31m", 5, false, FFFD "31m"},
        {"", 0, false, ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct editor ed;
        char why[64];
        editor_init(&ed, 0, cases[i].lines);
        assert_true(editor_paste(&ed, cases[i].bytes, cases[i].n));
        if (cases[i].becomes)
            assert_string_equal(editor_text(&ed), cases[i].becomes);
        assert_true(text_is_clean(editor_text(&ed), cases[i].lines, why));
        assert_int_equal(ed.at, ed.text.len);
        editor_free(&ed);
    }
}

static void what_does_not_fit_is_not_taken(void **state)
{
    (void)state;
    size_t n = 1 << 20;
    char *much = malloc(n);
    struct editor ed;
    assert_non_null(much);
    memset(much, 0xE9, n);
    editor_init(&ed, 0, false);
    type(&ed, "kept");
    assert_false(editor_paste(&ed, much, n));
    assert_true(ed.full);
    assert_string_equal(editor_text(&ed), "kept");
    assert_true(editor_key(&ed, 'x'));
    assert_false(ed.full);
    assert_string_equal(editor_text(&ed), "keptx");
    free(much);
    editor_free(&ed);

    editor_init(&ed, 4, false);
    type(&ed, "abcd");
    assert_true(editor_key(&ed, 'e'));
    assert_true(ed.full);
    assert_string_equal(editor_text(&ed), "abcd");
    assert_true(editor_key(&ed, PRESS_RUBOUT));
    assert_true(editor_key(&ed, 0xE9)); /* two bytes: one too many */
    assert_true(ed.full);
    assert_string_equal(editor_text(&ed), "abc");
    editor_free(&ed);
}

/* ---- the picture */

static void row_is(const struct canvas *c, int row, const char *expected)
{
    struct buf b = {0};
    canvas_row(c, row, &b);
    assert_string_equal(buf_text(&b), expected);
    buf_free(&b);
}

static void the_cursor_stands_where_the_next_sign_goes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int back, cols;
        const char *seen;
        int col;
    } cases[] = {
        {"", 0, 10, "", 0},
        {"abc", 0, 10, "abc", 3},
        {"abc", 1, 10, "abc", 2},
        {"王小明", 0, 10, "王小明", 6},
        {"王小明", 1, 10, "王小明", 4},
        {"e\xCC\x81x", 0, 10, "e\xCC\x81x", 2},
        {"abcdefghi", 0, 10, "abcdefghi", 9},
        {"abcdefghij", 0, 10, "…ghij", 5},
        {"abcdefghijklmnop", 16, 10, "abcdefghi…", 0},
        {"a", 0, 1, NULL, -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct canvas c = {0};
        struct editor ed;
        canvas_init(&c, 1, 10);
        editor_init(&ed, 0, false);
        editor_set(&ed, cases[i].text);
        for (int k = 0; k < cases[i].back; k++)
            assert_true(editor_key(&ed, PRESS_LEFT));
        editor_draw(&ed, &c, (struct area){0, 0, 1, cases[i].cols}, true);
        if (cases[i].seen) {
            row_is(&c, 0, cases[i].seen);
            assert_int_equal(c.cursor_col, cases[i].col);
        }
        assert_in_range(c.cursor_col, 0, cases[i].cols - 1);
        editor_free(&ed);
        canvas_free(&c);
    }
}

static void long_lines_are_broken_at_blanks_for_the_eye_alone(void **state)
{
    (void)state;
    struct canvas c = {0};
    struct editor ed;
    canvas_init(&c, 3, 12);
    editor_init(&ed, 0, true);
    type(&ed, "rang, was out\nwill ring again on Friday morning");
    assert_int_equal(editor_rows(&ed, 12), 6);
    editor_draw(&ed, &c, (struct area){0, 0, 3, 12}, true); /* round the cursor, at the end */
    row_is(&c, 0, "again on");
    row_is(&c, 1, "Friday");
    row_is(&c, 2, "morning");
    assert_int_equal(c.cursor_row, 2);
    assert_int_equal(c.cursor_col, 7);
    editor_draw(&ed, &c, (struct area){0, 0, 3, 12}, false); /* from the beginning */
    row_is(&c, 0, "rang, was");
    row_is(&c, 1, "out");
    row_is(&c, 2, "will ring");
    assert_string_equal(editor_text(&ed), "rang, was out\nwill ring again on Friday morning");
    editor_set(&ed, "averylongwordwithoutablank");
    assert_int_equal(editor_rows(&ed, 12), 3);
    editor_free(&ed);
    canvas_free(&c);
}

static void a_secret_is_never_drawn(void **state)
{
    (void)state;
    struct canvas c = {0};
    struct editor ed;
    canvas_init(&c, 1, 12);
    editor_init(&ed, 0, false);
    ed.secret = true;
    type(&ed, "hé2");
    editor_draw(&ed, &c, canvas_area(&c), true);
    row_is(&c, 0, "•••");
    assert_int_equal(c.cursor_col, 3);
    c.ascii = true;
    editor_draw(&ed, &c, canvas_area(&c), true);
    row_is(&c, 0, "***");
    editor_free(&ed);
    canvas_free(&c);
}

static void it_draws_in_any_area(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a", "王王王王", "e\xCC\x81\xCC\x81 x", "one\ntwo\n\nfour five six seven", "👩\xE2\x80\x8D👧 is"};
    for (size_t i = 0; i < COUNT(texts); i++)
        for (int rows = 0; rows < 4; rows++)
            for (int cols = 0; cols < 9; cols++)
                for (int lines = 0; lines < 2; lines++) {
                    struct canvas c = {0};
                    struct editor ed;
                    canvas_init(&c, 4, 9);
                    editor_init(&ed, 0, lines);
                    editor_set(&ed, texts[i]);
                    for (size_t k = 0; k <= strlen(texts[i]); k++) {
                        editor_draw(&ed, &c, (struct area){0, 0, rows, cols}, true);
                        assert_in_range(c.cursor_row, 0, 3);
                        assert_in_range(c.cursor_col, 0, 8);
                        editor_key(&ed, PRESS_LEFT);
                    }
                    editor_free(&ed);
                    canvas_free(&c);
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sign_is_passed_and_deleted_as_one),
        cmocka_unit_test(a_mark_typed_behind_a_letter_joins_it),
        cmocka_unit_test(keys_do_what_they_say),
        cmocka_unit_test(keys_that_mean_nothing_here_are_left_to_others),
        cmocka_unit_test(lines_are_gone_through_by_up_and_down),
        cmocka_unit_test(a_paste_of_anything_is_text),
        cmocka_unit_test(what_does_not_fit_is_not_taken),
        cmocka_unit_test(the_cursor_stands_where_the_next_sign_goes),
        cmocka_unit_test(long_lines_are_broken_at_blanks_for_the_eye_alone),
        cmocka_unit_test(a_secret_is_never_drawn),
        cmocka_unit_test(it_draws_in_any_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * The frame as cells: widths by grapheme, clipping with a mark, wrapping, the
 * filter that no text passes by, boxes, plain ASCII.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"

static struct canvas c;

static int begin(void **state)
{
    (void)state;
    canvas_init(&c, 5, 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    canvas_free(&c);
    return 0;
}

static void row_is(int row, const char *text)
{
    struct buf b = {0};
    canvas_row(&c, row, &b);
    assert_string_equal(buf_text(&b), text);
    buf_free(&b);
}

#define LI "\xE6\x9D\x8E"                 /* 李 */
#define E_ACUTE "e\xCC\x81"               /* e with a combining acute */
#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" /* two emoji joined */
#define MARK "\xE2\x80\xA6"               /* … */

static void text_takes_the_columns_that_it_shows_in(void **state)
{
    static const struct {
        const char *text, *shown;
        int width, columns;
    } cases[] = {
        {"plain", "plain", 20, 5},
        {"", "", 20, 0},
        {"plain", "plain", 5, 5},
        {"plainer", "plai" MARK, 5, 5},
        {"ab", MARK, 1, 1},
        {"a", "a", 1, 1},
        {"a", "", 0, 0},
        {LI LI, LI LI, 4, 4},
        {LI LI, LI MARK, 3, 3},     /* the second does not fit in one column */
        {LI LI LI, LI MARK, 4, 3},
        {LI, MARK, 1, 1},
        {E_ACUTE E_ACUTE, E_ACUTE E_ACUTE, 2, 2},
        {E_ACUTE E_ACUTE E_ACUTE, E_ACUTE MARK, 2, 2},
        {"\xCC\x81x", " \xCC\x81x", 20, 2}, /* a mark without a letter gets a blank to stand on */
        {FAMILY "x", FAMILY "x", 20, 3},
        {"\xD9\x85\xD8\xAD", "\xD9\x85\xD8\xAD", 20, 2},
        {"a\nb", "a\xE2\x8F\x8E" "b", 20, 3},
        {"abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrs" MARK, 40, 20}, /* never past the edge */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        canvas_clear(&c);
        int columns = canvas_text(&c, 1, 0, cases[i].width, STYLE_PLAIN, cases[i].text);
        row_is(1, cases[i].shown);
        if (columns != cases[i].columns)
            fail_msg("case %zu: %d columns", i, columns);
        if (cases[i].width == 20)
            assert_int_equal(columns, utf8_width(cases[i].shown));
    }
}

static void no_control_escape_or_bidi_character_gets_into_a_cell(void **state)
{
    static const char bad[] = "\033[31m\a\x7F\xC2\x9B" "2J\xE2\x80\xAE\xE2\x81\xA6\xFF\xC3(\r\t\b";
    (void)state;
    canvas_text(&c, 0, 0, 20, STYLE_PLAIN, bad);
    canvas_fmt(&c, 1, 0, 20, STYLE_PLAIN, "%s", bad);
    canvas_wrap(&c, (struct area){2, 0, 2, 20}, STYLE_PLAIN, bad, 0);
    canvas_box(&c, (struct area){0, 0, 5, 20}, bad);
    for (int i = 0; i < c.rows * c.cols; i++)
        for (int k = 0; k < CELL_MARKS && c.cells[i].text[k]; k++) {
            uint32_t u = c.cells[i].text[k];
            assert_true(u >= 0x20 && u != 0x7F && !(u >= 0x80 && u < 0xA0) && !(u >= 0x202A && u <= 0x202E) && !(u >= 0x2066 && u <= 0x2069));
        }
}

static void half_of_a_wide_character_is_never_left(void **state)
{
    (void)state;
    canvas_text(&c, 0, 0, 20, STYLE_PLAIN, LI LI LI);
    canvas_text(&c, 0, 1, 1, STYLE_PLAIN, "x");
    row_is(0, " x" LI LI);
    canvas_text(&c, 0, 4, 1, STYLE_PLAIN, "y");
    row_is(0, " x" LI "y");
    canvas_text(&c, 0, 1, 2, STYLE_PLAIN, LI);
    row_is(0, " " LI " y");
    for (int col = 0; col < c.cols; col++)
        if (c.cells[col].width == 2)
            assert_int_equal(c.cells[col + 1].width, 0);
        else if (c.cells[col].width == 0)
            assert_int_equal(c.cells[col - 1].width, 2);
}

static void off_the_canvas_nothing_is_drawn(void **state)
{
    (void)state;
    assert_int_equal(canvas_text(&c, -1, 0, 20, STYLE_PLAIN, "x"), 0);
    assert_int_equal(canvas_text(&c, 5, 0, 20, STYLE_PLAIN, "x"), 0);
    assert_int_equal(canvas_text(&c, 0, 20, 20, STYLE_PLAIN, "x"), 0);
    assert_int_equal(canvas_text(&c, 0, -3, 20, STYLE_PLAIN, "x"), 0);
    assert_int_equal(canvas_text(&c, 0, 0, -1, STYLE_PLAIN, "x"), 0);
    canvas_fill(&c, (struct area){-5, -5, 100, 100}, STYLE_FOCUS);
    canvas_restyle(&c, (struct area){3, 15, 100, 100}, STYLE_ALERT);
    canvas_box(&c, (struct area){-2, -2, 30, 60}, "x");
    canvas_cursor(&c, 99, -7);
    assert_int_equal(c.cursor_row, 4);
    assert_int_equal(c.cursor_col, 0);
}

static void text_is_wrapped_at_blanks_and_counted(void **state)
{
    static const struct {
        const char *text;
        int cols, skip, lines;
        const char *rows[3];
    } cases[] = {
        {"", 10, 0, 1, {"", "", ""}},
        {"one two three", 20, 0, 1, {"one two three", "", ""}},
        {"one two three", 7, 0, 2, {"one two", "three", ""}},
        {"one two three", 8, 0, 2, {"one two", "three", ""}},
        {"one two three", 3, 0, 4, {"one", "two", "thr"}},
        {"abcdefgh", 3, 0, 3, {"abc", "def", "gh"}},
        {"a\n\nb", 10, 0, 3, {"a", "", "b"}},
        {"a\nb", 10, 1, 2, {"b", "", ""}},
        {LI LI LI, 5, 0, 2, {LI LI, LI, ""}},
        {"x   y", 2, 0, 2, {"x", "y", ""}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct area a = {0, 0, 4, cases[i].cols};
        canvas_clear(&c);
        int lines = canvas_wrap(&c, a, STYLE_PLAIN, cases[i].text, cases[i].skip);
        assert_int_equal(lines, cases[i].lines);
        assert_int_equal(canvas_wrap(NULL, a, STYLE_PLAIN, cases[i].text, 0), lines);
        for (int row = 0; row < 3; row++)
            row_is(row, cases[i].rows[row]);
    }
}

static void what_does_not_fit_in_an_area_has_a_mark(void **state)
{
    (void)state;
    assert_int_equal(canvas_wrap(&c, (struct area){0, 0, 2, 7}, STYLE_PLAIN, "one two three four", 0), 3);
    row_is(0, "one two");
    row_is(1, "three" MARK);
    row_is(2, "");
    assert_int_equal(canvas_wrap(&c, (struct area){0, 0, 2, 0}, STYLE_PLAIN, "x", 0), 0);
}

static void a_box_has_its_title_and_gives_its_inside(void **state)
{
    (void)state;
    struct area in = canvas_box(&c, (struct area){0, 0, 4, 12}, "Title");
    assert_int_equal(in.row, 1);
    assert_int_equal(in.col, 2);
    assert_int_equal(in.rows, 2);
    assert_int_equal(in.cols, 8);
    row_is(0, "\xE2\x94\x8C\xE2\x94\x80 Title \xE2\x94\x80\xE2\x94\x80\xE2\x94\x90");
    row_is(1, "\xE2\x94\x82          \xE2\x94\x82");
    c.linear = true;
    in = canvas_box(&c, (struct area){0, 0, 4, 12}, "Title");
    row_is(0, "Title");
    row_is(1, "");
    assert_int_equal(in.rows, 3);
    assert_int_equal(in.cols, 12);
}

static void in_ascii_every_cell_is_ascii(void **state)
{
    (void)state;
    c.ascii = true;
    canvas_text(&c, 1, 0, 20, STYLE_PLAIN, "\xC5\x81ukasz \xC3\x85ngstr\xC3\xB6m " LI "x");
    row_is(1, "Lukasz Angstrom ? x");
    canvas_text(&c, 2, 0, 5, STYLE_PLAIN, "clipped");
    row_is(2, "clip~");
    canvas_text(&c, 3, 0, 20, STYLE_PLAIN, "\xE2\x80\x9Cit\xE2\x80\x99s\xE2\x80\x9D \xE2\x80\x93 " E_ACUTE);
    row_is(3, "\"it's\" - e");
    canvas_box(&c, (struct area){0, 0, 3, 8}, "T");
    row_is(0, "+- T --+");
    for (int i = 0; i < c.rows * c.cols; i++)
        for (int k = 0; k < CELL_MARKS; k++)
            assert_true(c.cells[i].text[k] < 0x80);
}

static void styles_are_kept_by_cell(void **state)
{
    (void)state;
    canvas_text(&c, 0, 2, 5, STYLE_ALERT, "bad");
    assert_int_equal(c.cells[1].style, STYLE_PLAIN);
    assert_int_equal(c.cells[2].style, STYLE_ALERT);
    canvas_restyle(&c, (struct area){0, 0, 1, 20}, STYLE_FOCUS);
    row_is(0, "  bad");
    assert_int_equal(c.cells[2].style, STYLE_FOCUS);
}

static void any_size_is_a_canvas(void **state)
{
    static const int sizes[][2] = {{1, 1}, {0, 0}, {-1, 5}, {300, 1000}, {2, 1}, {1, 200}};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        canvas_resize(&c, sizes[i][0], sizes[i][1]);
        assert_true(c.rows >= 1 && c.cols >= 1);
        canvas_box(&c, canvas_area(&c), LI LI);
        canvas_wrap(&c, canvas_area(&c), STYLE_PLAIN, LI " some words " E_ACUTE, 0);
        canvas_text(&c, 0, 0, c.cols, STYLE_PLAIN, LI);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(text_takes_the_columns_that_it_shows_in),
        TEST(no_control_escape_or_bidi_character_gets_into_a_cell),
        TEST(half_of_a_wide_character_is_never_left),
        TEST(off_the_canvas_nothing_is_drawn),
        TEST(text_is_wrapped_at_blanks_and_counted),
        TEST(what_does_not_fit_in_an_area_has_a_mark),
        TEST(a_box_has_its_title_and_gives_its_inside),
        TEST(in_ascii_every_cell_is_ascii),
        TEST(styles_are_kept_by_cell),
        TEST(any_size_is_a_canvas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

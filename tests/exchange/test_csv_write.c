/* SPDX-License-Identifier: MIT
 *
 * Writing CSV, and what a spreadsheet must not do to it: the bytes that are
 * written, the guarded form of each kind of cell, and the promise that every
 * text comes back from guard, writer and reader exactly as it went.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>
#include <unistr.h>

#include "exchange/csv_read.h"
#include "exchange/csv_write.h"

static void rows_are_written_after_rfc_4180(void **state)
{
    struct csv_writer w;
    struct err e = {0};
    (void)state;
    csv_writer_init(&w, CSV_MACHINE, true, -1);
    csv_cell(&w, CSV_TEXT, "a");
    csv_cell(&w, CSV_TEXT, "b, c");
    csv_end_row(&w);
    csv_cell(&w, CSV_TEXT, "");
    csv_cell(&w, CSV_TEXT, "say \"x\"");
    csv_cell(&w, CSV_TEXT, "two\nlines");
    csv_cell(&w, CSV_TEXT, " blank ");
    csv_cell(&w, CSV_DIGITS, "07700900123");
    csv_cell(&w, CSV_TEXT, "=1+1");
    csv_cell(&w, CSV_TEXT, "a;b\tc");
    csv_cell(&w, CSV_TEXT, "in ner");
    csv_end_row(&w);
    csv_cell(&w, CSV_TEXT, "");
    csv_end_row(&w);
    csv_raw_cells(&w, "\xE9,\"y\"", 5);
    csv_cell(&w, CSV_TEXT, "why");
    csv_end_row(&w);
    assert_true(csv_writer_finish(&w, &e));
    assert_string_equal(buf_text(&w.out), "\xEF\xBB\xBF"
                                          "a,\"b, c\"\r\n"
                                          ",\"say \"\"x\"\"\",\"two\nlines\",\" blank \",07700900123,=1+1,"
                                          "\"a;b\tc\",in ner\r\n"
                                          "\"\"\r\n"
                                          "\xE9,\"y\",why\r\n");
    csv_writer_free(&w);
}

static void an_export_to_a_file_holds_every_row(void **state)
{
    enum { ROWS = 40000 };
    int fd = memfd_create("csv", MFD_CLOEXEC);
    struct csv_writer w;
    struct err e = {0};
    struct csv_row row;
    char number[32];
    (void)state;
    csv_writer_init(&w, CSV_MACHINE, false, fd);
    csv_cell(&w, CSV_TEXT, "n");
    csv_end_row(&w);
    for (int i = 0; i < ROWS; i++) {
        snprintf(number, sizeof number, "row number %d", i);
        csv_cell(&w, CSV_TEXT, number);
        csv_end_row(&w);
        assert_true(w.out.len < 256 * 1024);
    }
    assert_true(csv_writer_finish(&w, &e));
    csv_writer_free(&w);
    struct csv_reader *r = csv_open_fd(fd, &csv_import_limits, &e);
    assert_non_null(r);
    for (int i = 0; i < ROWS; i++) {
        snprintf(number, sizeof number, "row number %d", i);
        assert_int_equal(csv_next(r, &row, &e), CSV_ROW);
        assert_string_equal(row.fields[0], number);
    }
    assert_int_equal(csv_next(r, &row, &e), CSV_END);
    csv_close(r);
}

static void a_write_that_fails_is_told_at_the_end(void **state)
{
    int ends[2];
    struct csv_writer w;
    struct err e = {0};
    (void)state;
    assert_int_equal(pipe(ends), 0);
    csv_writer_init(&w, CSV_MACHINE, false, ends[0]); /* the end that cannot be written */
    csv_cell(&w, CSV_TEXT, "a");
    csv_end_row(&w);
    assert_false(csv_writer_finish(&w, &e));
    assert_int_equal(e.code, ERR_STORE);
    csv_writer_free(&w);
    close(ends[0]);
    close(ends[1]);
}

static const struct {
    const char *text, *in_text, *in_digits;
} guards[] = {
    /* formulas */
    {"=1+1", "'=1+1", "'=1+1"},
    {"-x", "'-x", "'-x"},
    {"@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"},
    {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
    {"\t=1", "'\t=1", "'\t=1"},
    {"\r=1", "'\r=1", "'\r=1"},
    {"\nx", "'\nx", "'\nx"},
    {"  =1", "'  =1", "'  =1"},
    {"\xC2\xA0=1", "'\xC2\xA0=1", "'\xC2\xA0=1"},
    {"\xE2\x80\x8B=1", "'\xE2\x80\x8B=1", "'\xE2\x80\x8B=1"},
    {"\xEF\xBB\xBF@x", "'\xEF\xBB\xBF@x", "'\xEF\xBB\xBF@x"},
    {"\xEF\xBC\x9D" "1", "'\xEF\xBC\x9D" "1", "'\xEF\xBC\x9D" "1"},
    {"\xEF\xBC\x8Bx", "'\xEF\xBC\x8Bx", "'\xEF\xBC\x8Bx"},
    {"\xEF\xBC\x8Dx", "'\xEF\xBC\x8Dx", "'\xEF\xBC\x8Dx"},
    {"\xEF\xBC\xA0x", "'\xEF\xBC\xA0x", "'\xEF\xBC\xA0x"},
    {"'=1+1", "''=1+1", "''=1+1"},
    {"'' -1", "''' -1", "''' -1"},
    {"'0123", "''0123", "''0123"},
    /* none */
    {"", "", ""},
    {"0", "0", "0"},
    {"'", "'", "'"},
    {"'90s", "'90s", "'90s"},
    {"a=1", "a=1", "a=1"},
    {"2026-11-23", "2026-11-23", "2026-11-23"},
    {"12345678901", "12345678901", "12345678901"},
    {"SP-4K7Q-9XD3", "SP-4K7Q-9XD3", "SP-4K7Q-9XD3"},
    /* numbers */
    {"9990000019", "9990000019", "9990000019"}, /* check digit fails */
    {"9990000018", "9990000018", "999 000 0018"},
    {"999 000 0018", "999 000 0018", "999  000  0018"},
    {"999  000 0018", "999  000 0018", "999   000  0018"},
    {"999000 0018", "999000 0018", "999000 0018"},
    {"999 0000018", "999 0000018", "999 0000018"},
    {"07700900123", "'07700900123", "07700 900123"},
    {"07700 900123", "07700 900123", "07700  900123"},
    {"07700 900 123", "07700 900 123", "07700 900 123"},
    {"0161 496 0123", "0161 496 0123", "0161 496 0123"},
    {"0123", "'0123", "'0123"},
    {"00012", "'00012", "'00012"},
    {"000123", "'000123", "00012 3"},
    {"123456789012", "'123456789012", "12345 6789012"},
    {"+447700900123", "'+447700900123", "+44 7700 900123"},
    {"+44 7700 900123", "'+44 7700 900123", "+44  7700  900123"},
    {"+44 161 496 0123", "'+44 161 496 0123", "+44 161 496 0123"},
    {"+441614960", "'+441614960", "+44161 4960"},
    {"+44 (0)161 496 0123", "'+44 (0)161 496 0123", "'+44 (0)161 496 0123"},
    {"+44-161", "'+44-161", "'+44-161"},
    {"+5", "'+5", "'+5"},
    {"+", "'+", "'+"},
    {" 07700900123", "' 07700900123", "' 07700900123"},
    {"0123 ", "'0123 ", "'0123 "},
    {"\xE2\x80\x8B" "0123", "'\xE2\x80\x8B" "0123", "'\xE2\x80\x8B" "0123"},
};

static void each_cell_is_guarded_as_its_kind_needs(void **state)
{
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
        csv_guard(guards[i].text, CSV_TEXT, &out);
        assert_string_equal(buf_text(&out), guards[i].in_text);
        csv_unguard(guards[i].in_text, CSV_TEXT, &out);
        assert_string_equal(buf_text(&out), guards[i].text);
        csv_guard(guards[i].text, CSV_DIGITS, &out);
        assert_string_equal(buf_text(&out), guards[i].in_digits);
        csv_unguard(guards[i].in_digits, CSV_DIGITS, &out);
        assert_string_equal(buf_text(&out), guards[i].text);
    }
    buf_free(&out);
}

/* What a worker at the partner typed, and no guard made. */
static void what_people_typed_is_left_alone(void **state)
{
    static const struct {
        enum csv_kind kind;
        const char *text;
    } cases[] = {
        {CSV_TEXT, "'tis done"},       {CSV_TEXT, "12345 678901"},   {CSV_TEXT, "''"},
        {CSV_DIGITS, "0161 496 0123"}, {CSV_DIGITS, "12345 67"},     {CSV_DIGITS, "'07700900123"},
        {CSV_DIGITS, "999-000-0018"},  {CSV_DIGITS, "01632 960 001"},
    };
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        csv_unguard(cases[i].text, cases[i].kind, &out);
        assert_string_equal(buf_text(&out), cases[i].text);
    }
    buf_free(&out);
}

/* ---- every text, out and back */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* A text of what guards are about, of digits with blanks, or of any characters at all. */
static void add_random_text(struct buf *out, uint64_t *seed)
{
    static const char *const hostile[] = {
        "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", " ", "  ", "\"", "\"\"", ",", ";", "0", "07", "1", "44",
        "+44", "999", "000", "0018", "07700", "900123", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xEF\xBC\x9D",
        "\xEF\xBC\x8B", "\x1A", "\x01", "\xC2\x80", "e5", "x", "\xF0\x9F\x98\x80",
    };
    static const char *const numeric[] = {"0", "1", "9", "07700", "900123", " ", "  ", "+", "+44", "999", "000",
                                          "0018", "7700", "'"};
    size_t n = next_random(seed) % 7;
    uint64_t kind = next_random(seed) % 3;
    for (size_t i = 0; i < n; i++) {
        uint64_t k = next_random(seed);
        if (kind == 0) {
            buf_str(out, hostile[k % (sizeof hostile / sizeof *hostile)]);
        } else if (kind == 1) {
            buf_str(out, numeric[k % (sizeof numeric / sizeof *numeric)]);
        } else {
            uint8_t bytes[6];
            ucs4_t u = (ucs4_t)(1 + k % (k & 0x40000000 ? 0x10FFFF : 0x7FF));
            int len = u8_uctomb(bytes, u, sizeof bytes);
            buf_add(out, (const char *)bytes, len > 0 ? (size_t)len : 0);
        }
    }
}

/* The hostile strings of the table, then many at random. */
static void nth_text(size_t i, struct buf *out, uint64_t *seed)
{
    size_t fixed = sizeof guards / sizeof *guards;
    buf_clear(out);
    if (i < fixed) {
        buf_str(out, guards[i].text);
    } else if (i < 2 * fixed) {
        buf_str(out, guards[i - fixed].in_text);
    } else if (i < 3 * fixed) {
        buf_str(out, guards[i - 2 * fixed].in_digits);
    } else {
        add_random_text(out, seed);
    }
}

static void every_text_comes_back_exactly(void **state)
{
    enum { TEXTS = 60000 };
    (void)state;
    for (int profile = CSV_MACHINE; profile <= CSV_SPREADSHEET; profile++) {
        int fd = memfd_create("csv", MFD_CLOEXEC);
        struct csv_writer w;
        struct err e = {0};
        struct csv_row row;
        struct buf text = {0}, back = {0};
        uint64_t seed = 99;
        csv_writer_init(&w, (enum csv_profile)profile, profile == CSV_SPREADSHEET, fd);
        csv_cell(&w, CSV_TEXT, "text");
        csv_cell(&w, CSV_TEXT, "digits");
        csv_cell(&w, CSV_TEXT, "last");
        csv_end_row(&w);
        for (size_t i = 0; i < TEXTS; i++) {
            nth_text(i, &text, &seed);
            csv_cell(&w, CSV_TEXT, buf_text(&text));
            csv_cell(&w, CSV_DIGITS, buf_text(&text));
            csv_cell(&w, CSV_TEXT, "z");
            csv_end_row(&w);
        }
        assert_true(csv_writer_finish(&w, &e));
        csv_writer_free(&w);

        struct csv_reader *r = csv_open_fd(fd, &csv_import_limits, &e);
        assert_non_null(r);
        seed = 99;
        for (size_t i = 0; i < TEXTS; i++) {
            nth_text(i, &text, &seed);
            assert_int_equal(csv_next(r, &row, &e), CSV_ROW);
            for (int kind = CSV_TEXT; kind <= CSV_DIGITS; kind++) {
                if (profile == CSV_SPREADSHEET) {
                    csv_unguard(row.fields[kind], (enum csv_kind)kind, &back);
                    assert_string_equal(buf_text(&back), buf_text(&text));
                } else {
                    assert_string_equal(row.fields[kind], buf_text(&text));
                }
            }
            assert_string_equal(row.fields[2], "z");
        }
        assert_int_equal(csv_next(r, &row, &e), CSV_END);
        csv_close(r);
        buf_free(&text);
        buf_free(&back);
    }
}

/* A spreadsheet's eye, written apart from the guard: drops blanks and invisible
 * characters, then looks for a formula or a number it would rewrite. */
static bool would_be_changed(const char *cell)
{
    static const char *const invisible[] = {
        " ", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\x01", "\x1A", "\xC2\x80",
    };
    static const char *const triggers[] = {"=", "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D", "\xEF\xBC\x8B"};
    for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++) {
        if (text_starts(cell, invisible[i])) {
            return would_be_changed(cell + strlen(invisible[i]));
        }
    }
    size_t digits = strspn(cell, "0123456789");
    if (strspn(cell + digits, " ") == strlen(cell + digits) && digits > 1) {
        return *cell == '0' || digits > 11;
    }
    if (*cell == '+' && cell[strspn(cell, "+0123456789 ")] == '\0' && strchr(cell, ' ') != NULL &&
        strchr(cell + 1, '+') == NULL) {
        return cell[1] == ' '; /* blanks between digits: neither a number nor a formula */
    }
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++) {
        if (text_starts(cell, triggers[i])) {
            return true;
        }
    }
    return false;
}

static void no_guarded_cell_is_a_formula_or_a_damaged_number(void **state)
{
    struct buf text = {0}, cell = {0};
    uint64_t seed = 4242;
    size_t dangerous = 0;
    (void)state;
    for (size_t i = 0; i < 60000; i++) {
        nth_text(i, &text, &seed);
        dangerous += would_be_changed(buf_text(&text));
        for (int kind = CSV_TEXT; kind <= CSV_DIGITS; kind++) {
            csv_guard(buf_text(&text), (enum csv_kind)kind, &cell);
            if (would_be_changed(buf_text(&cell))) {
                fail_msg("guarded in kind %d: [%s] from [%s]", kind, buf_text(&cell), buf_text(&text));
            }
        }
    }
    assert_true(dangerous > 1000);
    buf_free(&text);
    buf_free(&cell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_written_after_rfc_4180),
        cmocka_unit_test(an_export_to_a_file_holds_every_row),
        cmocka_unit_test(a_write_that_fails_is_told_at_the_end),
        cmocka_unit_test(each_cell_is_guarded_as_its_kind_needs),
        cmocka_unit_test(what_people_typed_is_left_alone),
        cmocka_unit_test(every_text_comes_back_exactly),
        cmocka_unit_test(no_guarded_cell_is_a_formula_or_a_damaged_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

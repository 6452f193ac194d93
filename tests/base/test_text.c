/* SPDX-License-Identifier: MIT
 *
 * Text: buffers, copies, trimming, UTF-8, the search form, hostile characters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void a_buffer_grows_and_stays_terminated(void **state)
{
    (void)state;
    struct buf b = {0};
    assert_string_equal(buf_text(&b), "");
    buf_clear(&b);
    for (int i = 0; i < 1000; i++) {
        buf_char(&b, 'a');
        assert_int_equal(b.data[b.len], 0);
    }
    buf_str(&b, "bc");
    buf_add(&b, "d\0e", 3);
    assert_int_equal(b.len, 1005);
    assert_memory_equal(b.data + 1000, "bcd\0e", 6);
    buf_clear(&b);
    assert_string_equal(buf_text(&b), "");
    buf_fmt(&b, "%0300d|", 7); /* longer than the room kept for a format */
    buf_fmt(&b, "%s", "");
    assert_int_equal(b.len, 301);
    assert_string_equal(b.data + 299, "7|");
    buf_free(&b);
    assert_null(b.data);
    assert_int_equal(b.len, 0);
}

static void text_that_does_not_fit_is_refused_whole(void **state)
{
    (void)state;
    char small[5] = "old";
    assert_false(text_copy(small, sizeof small, "12345"));
    assert_string_equal(small, "old");
    assert_true(text_copy(small, sizeof small, "1234"));
    assert_string_equal(small, "1234");
    assert_false(text_copy(small, 0, ""));
    assert_true(text_copy_trimmed(small, sizeof small,
                                  "  \xC2\xA0"
                                  "ab c\t\n"));
    assert_string_equal(small, "ab c");
    assert_false(text_copy_trimmed(small, sizeof small, " abcde "));
    assert_string_equal(small, "ab c");
    text_put(small, sizeof small, "fits");
    assert_string_equal(small, "fits");
}

static void outer_blanks_of_every_kind_are_trimmed(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"", ""},
        {"a", "a"},
        {" \t\r\n\v\f", ""},
        {"\xEF\xBB\xBF"
         "9990000018\r\n",
         "9990000018"},
        {"\xC2\xA0 a\xC2\xA0"
         "b \xE2\x80\x8B",
         "a\xC2\xA0"
         "b"},
        {"\xC3\xA0", "\xC3\xA0"}, /* a with grave ends in the same byte as a no-break space */
        {"\xE3\x80\x80x", "\xE3\x80\x80x"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char s[32];
        text_put(s, sizeof s, cases[i].in);
        text_trim(s);
        assert_string_equal(s, cases[i].out);
        assert_int_equal(text_is_blank(cases[i].in), !*cases[i].out);
    }
}

static void comparing_ignores_only_ascii_case(void **state)
{
    (void)state;
    assert_true(text_equal_fold("Salford", "sALFORD"));
    assert_false(text_equal_fold("Salford", "Salfor"));
    assert_false(text_equal_fold("Salfor", "Salford"));
    assert_false(text_equal_fold("[", "{")); /* one bit apart, like letters, but no letters */
    assert_false(text_equal_fold("É", "é"));
    assert_true(text_equal_fold("", ""));
    assert_true(text_starts("gate.consent", "gate."));
    assert_true(text_starts("x", ""));
    assert_false(text_starts("gate", "gate."));
    assert_false(text_starts("Gate.", "gate."));
}

static void invalid_utf8_is_found_where_it_begins(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n, bad;
        bool valid;
    } cases[] = {
        {"", 0, 0, true},
        {"plain ascii, longer than a word", 31, 0, true},
        {"\xC3\x85ngstr\xC3\xB6m", 10, 0, true},
        {"\xF0\x9F\x98\x80", 4, 0, true},
        {"nul\0inside", 10, 0, true},
        {"0123456789\xFF", 11, 10, false},
        {"\xC0\xAF", 2, 0, false},             /* overlong slash */
        {"a\xE0\x80\xAF", 4, 1, false},        /* overlong slash in three */
        {"ab\xF0\x80\x80\xAF", 6, 2, false},   /* and in four */
        {"\xC3\xA9\xED\xA0\x80", 5, 2, false}, /* surrogate */
        {"\xF4\x90\x80\x80", 4, 0, false},     /* above U+10FFFF */
        {"caf\xC3", 4, 3, false},              /* cut */
        {"\x80", 1, 0, false},                 /* stray continuation */
        {"\xE9t\xE9", 3, 0, false},            /* Windows-1252 */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t bad = 99;
        assert_int_equal(utf8_valid(cases[i].bytes, cases[i].n, &bad), cases[i].valid);
        assert_int_equal(bad, cases[i].valid ? 99 : cases[i].bad);
        assert_int_equal(utf8_valid(cases[i].bytes, cases[i].n, NULL), cases[i].valid);
    }
}

static void length_counts_characters_and_width_counts_columns(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t length, width;
    } cases[] = {
        {"", 0, 0},
        {"Eccles", 6, 6},
        {"Ångström", 8, 8},
        {"A\u030Angstro\u0308m", 10, 8}, /* decomposed */
        {"日本", 2, 4},
        {"한국", 2, 4},
        {"\u1112\u1161\u11AB", 3, 2}, /* one syllable of three jamo */
        {"👩\u200D👩\u200D👧", 5, 2},    /* a family */
        {"🇬🇧", 2, 2},                 /* a flag */
        {"a\u200Bb", 3, 2},           /* zero-width space */
        {"👍🏽", 2, 2},           /* skin tone */
        {"\u0301", 1, 0},             /* a mark alone */
        {"x\u0301y", 3, 2},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(utf8_length(cases[i].s), cases[i].length);
        assert_int_equal(utf8_width(cases[i].s), cases[i].width);
    }
}

static const struct {
    const char *in, *out;
} folds[] = {
    {"", ""},
    {"  ", ""},
    {"O'Brien-Ångström", "obrien angstrom"},
    {"O\u2019BRIEN", "obrien"},
    {"O´Brien", "obrien"},
    {"O`Brien", "obrien"},
    {"  Mary \t Jane\u00A0 Smith ", "mary jane smith"},
    {"Smith,John", "smith john"},
    {"J.R. Hartley", "jr hartley"},
    {"N.H.S.", "nhs"},
    {"M6 5FW", "m6 5fw"},
    {"health/wellbeing (50+)", "health wellbeing 50"},
    {"100%_x", "100 x"},
    {"-a-", "a"},
    {"Straße", "strasse"},
    {"STRASSE", "strasse"},
    {"ÉAMON", "eamon"},
    {"E\u0301amon", "eamon"},
    {"Łukasz Żółć", "lukasz zolc"},
    {"Søren Ærø", "soren aero"},
    {"İstanbul ısı", "istanbul isi"},
    {"Þór Đặng", "thor dang"},
    {"ＦＵＬＬ　ｗｉｄｔｈ", "full width"},
    {"ﬁnance Ⅳ", "finance iv"},
    {"Ελλάδα ΟΔΟΣ οδος", "ελλαδα οδοσ οδοσ"},
    {"ДОМ", "дом"},
    {"日本", "日本"},
    {"soft\u00ADhyphen zero\u200Dwidth", "softhyphen zerowidth"},
    {"en\u2013dash", "en dash"},
    {"☕ café ☕", "cafe"},
    {"a\xFFz", "a z"},
    {"caf\xC3", "caf"},
};

static void the_search_form_is_what_people_type(void **state)
{
    (void)state;
    struct buf b = {0};
    for (size_t i = 0; i < COUNT(folds); i++) {
        buf_clear(&b);
        text_fold(folds[i].in, &b);
        assert_string_equal(b.data, folds[i].out);
    }
    buf_free(&b);
}

static void folding_twice_is_folding_once_and_appends(void **state)
{
    (void)state;
    struct buf b = {0};
    for (size_t i = 0; i < COUNT(folds); i++) {
        buf_clear(&b);
        text_fold(folds[i].out, &b);
        assert_string_equal(b.data, folds[i].out);
    }
    buf_clear(&b);
    buf_str(&b, "key:");
    text_fold("  Ann Lee", &b);
    assert_string_equal(b.data, "key:ann lee");
    buf_free(&b);
}

/* The ASCII table and libunistring must agree on every character both know. */
static void composed_and_decomposed_letters_fold_alike(void **state)
{
    (void)state;
    struct buf one = {0}, two = {0};
    for (char c = 'A'; c <= 'Z'; c++) {
        char plain[2] = {c, 0}, wide[4] = {'\xEF', '\xBC', (char)(0xA1 + (c - 'A')), 0};
        char marked[4] = {c, '\xCC', '\x81', 0};
        buf_clear(&one);
        text_fold(plain, &one);
        assert_int_equal(one.len, 1);
        assert_int_equal(one.data[0], c + 32);
        buf_clear(&two);
        text_fold(wide, &two);
        assert_string_equal(two.data, one.data);
        buf_clear(&two);
        text_fold(marked, &two);
        assert_string_equal(two.data, one.data);
    }
    buf_free(&one);
    buf_free(&two);
}

static const struct {
    const char *s;
    bool line_ok, lines_ok; /* clean as one line, as several */
    const char *why;        /* as one line */
    const char *shown, *shown_lines;
} hostile[] = {
    {"plain", true, true, "", "plain", "plain"},
    {"Zażółć 日本", true, true, "", "Zażółć 日本", "Zażółć 日本"},
    {"\u200Fשלום", true, true, "", "\u200Fשלום", "\u200Fשלום"},
    {"a\nb", false, true, "a line break (U+000A)", "a⏎b", "a\nb"},
    {"a\tb", false, true, "a tab (U+0009)", "a␉b", "a\tb"},
    {"a\rb", false, false, "a control character (U+000D)", "a␍b", "a␍b"},
    {"\a", false, false, "a control character (U+0007)", "␇", "␇"},
    {"\x1B[2J", false, false, "a control character (U+001B)", "␛[2J", "␛[2J"},
    {"\x7F", false, false, "a control character (U+007F)", "␡", "␡"},
    {"\xC2\x9B"
     "31m",
     false, false, "a control character (U+009B)", "␦31m", "␦31m"},
    {"\u202Egnp.exe", false, false, "a text-direction character (U+202E)", "␦gnp.exe", "␦gnp.exe"},
    {"\u2066x", false, false, "a text-direction character (U+2066)", "␦x", "␦x"},
    {"\u2069", false, false, "a text-direction character (U+2069)", "␦", "␦"},
    {"x\uFEFFy", false, false, "a byte order mark (U+FEFF)", "x␦y", "x␦y"},
    {"\xC0\xAF", false, false, "a byte that is not UTF-8 (0xC0)", "\uFFFD\uFFFD", "\uFFFD\uFFFD"},
    {"\xE9t\xE9", false, false, "a byte that is not UTF-8 (0xE9)", "\uFFFDt\uFFFD",
     "\uFFFDt\uFFFD"},
    {"caf\xC3", false, false, "a byte that is not UTF-8 (0xC3)", "caf\uFFFD", "caf\uFFFD"},
};

static void hostile_text_is_refused_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(hostile); i++) {
        char why[64] = "";
        assert_int_equal(text_is_clean(hostile[i].s, false, why), hostile[i].line_ok);
        assert_string_equal(why, hostile[i].why);
        assert_int_equal(text_is_clean(hostile[i].s, true, why), hostile[i].lines_ok);
    }
}

static void hostile_text_is_shown_harmless(void **state)
{
    (void)state;
    struct buf b = {0};
    char why[64];
    for (size_t i = 0; i < COUNT(hostile); i++) {
        buf_clear(&b);
        text_show(hostile[i].s, false, &b);
        assert_string_equal(b.data, hostile[i].shown);
        assert_true(text_is_clean(b.data, false, why));
        buf_clear(&b);
        text_show(hostile[i].s, true, &b);
        assert_string_equal(b.data, hostile[i].shown_lines);
        assert_true(text_is_clean(b.data, true, why));
    }
    buf_free(&b);
}

/* Most of these are no UTF-8: nothing may read past the end or hand on what is not clean. */
static void any_two_bytes_are_shown_and_folded_clean(void **state)
{
    (void)state;
    struct buf b = {0};
    char why[64];
    for (int first = 1; first < 256; first++) {
        for (int second = 0; second < 256; second += 5) {
            char s[3] = {(char)first, (char)second, 0};
            buf_clear(&b);
            text_show(s, false, &b);
            assert_true(text_is_clean(b.data, false, why));
            assert_true(utf8_width(b.data) <= 4);
            assert_true(utf8_width(s) <= 2);
            buf_clear(&b);
            text_fold(s, &b);
            assert_true(text_is_clean(b.data, false, why));
            assert_true(text_distance(s, "") <= 2);
        }
    }
    buf_free(&b);
}

static void only_whole_integers_in_range_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        bool ok;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"+7", true, 7},
        {"-3", true, -3},
        {"0010", true, 10},
        {"", false, 0},
        {"-", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1.0", false, 0},
        {"0x10", false, 0},
        {"1e3", false, 0},
        {"--1", false, 0},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"99999999999999999999", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t out = 42;
        assert_int_equal(text_to_int(cases[i].s, INT64_MIN, INT64_MAX, &out), cases[i].ok);
        assert_true(out == (cases[i].ok ? cases[i].value : 42));
    }
    int64_t out = 42;
    assert_false(text_to_int("11", 1, 10, &out));
    assert_false(text_to_int("0", 1, 10, &out));
    assert_int_equal(out, 42);
    assert_true(text_to_int("10", 1, 10, &out));
    assert_int_equal(out, 10);
}

static void distance_counts_slips_of_the_hand(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"referral", "referral", 0},
        {"referal", "referral", 1},
        {"refferal", "referral", 2},
        {"brougthon", "broughton", 1}, /* two changed places */
        {"ca", "abc", 2},              /* with one between them */
        {"kitten", "sitting", 3},
        {"Åsa", "Asa", 1}, /* characters, not bytes */
        {"日本", "本日", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(text_distance(cases[i].a, cases[i].b), cases[i].distance);
        assert_int_equal(text_distance(cases[i].b, cases[i].a), cases[i].distance);
    }
    char longer[200];
    memset(longer, 'x', sizeof longer);
    longer[199] = '\0';
    assert_int_equal(text_distance(longer, ""), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_grows_and_stays_terminated),
        cmocka_unit_test(text_that_does_not_fit_is_refused_whole),
        cmocka_unit_test(outer_blanks_of_every_kind_are_trimmed),
        cmocka_unit_test(comparing_ignores_only_ascii_case),
        cmocka_unit_test(invalid_utf8_is_found_where_it_begins),
        cmocka_unit_test(length_counts_characters_and_width_counts_columns),
        cmocka_unit_test(the_search_form_is_what_people_type),
        cmocka_unit_test(folding_twice_is_folding_once_and_appends),
        cmocka_unit_test(composed_and_decomposed_letters_fold_alike),
        cmocka_unit_test(hostile_text_is_refused_in_words),
        cmocka_unit_test(hostile_text_is_shown_harmless),
        cmocka_unit_test(any_two_bytes_are_shown_and_folded_clean),
        cmocka_unit_test(only_whole_integers_in_range_are_read),
        cmocka_unit_test(distance_counts_slips_of_the_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

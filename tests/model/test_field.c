/* SPDX-License-Identifier: MIT
 *
 * Fields by themselves: what each kind reads, keeps, writes and shows, and
 * what it says of text that is no such thing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "onward/field.h"
#include "onward/ident.h"

struct sample {
    char line[41], note[81], born[DATE_SIZE], day[DATE_SIZE], part[DATE_SIZE], time[6];
    int64_t score, any, flag, asked, at, key;
    char choice[64], choices[65], code[64], codes[33];
    char nhs[11], postcode[9], phone[36], email[256], ods[10], practice[10], snomed[19], ref[16];
    char secret[65];
};

static const struct choice colours[] = {
    {"red", "Bright red"}, {"dark_blue", "Blue, dark"}, {"green", "Green"}, {NULL, NULL}};

static const struct field rows[] = {
    {"line", "Line", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(sample, line),
     .max = 10, .help = "a word"},
    {"note", "Note", FIELD_NOTE, 0, FIELD_TEXT_AT(sample, note)},
    {"born", "Born", FIELD_DATE, FIELD_PERSONAL | FIELD_PAST, FIELD_TEXT_AT(sample, born),
     .min = DATE_OF(1880, 1, 1)},
    {"day", "Day", FIELD_DATE, 0, FIELD_TEXT_AT(sample, day)},
    {"part", "Part", FIELD_PARTIAL, 0, FIELD_TEXT_AT(sample, part)},
    {"time", "Time", FIELD_TIME, 0, FIELD_TEXT_AT(sample, time)},
    {"score", "Score", FIELD_INT, 0, FIELD_INT_AT(sample, score), .min = 1, .max = 10,
     .unit = "points"},
    {"any", "Any", FIELD_INT, 0, FIELD_INT_AT(sample, any)},
    {"flag", "Flag", FIELD_FLAG, 0, FIELD_INT_AT(sample, flag)},
    {"asked", "Asked", FIELD_FLAG, FIELD_UNASKED, FIELD_INT_AT(sample, asked)},
    {"at", "At", FIELD_INSTANT, 0, FIELD_INT_AT(sample, at)},
    {"key", "Key", FIELD_KEY, 0, FIELD_INT_AT(sample, key)},
    {"choice", "Choice", FIELD_CHOICE, 0, FIELD_TEXT_AT(sample, choice), .choices = colours},
    {"choices", "Choices", FIELD_CHOICES, 0, FIELD_TEXT_AT(sample, choices), .choices = colours},
    {"code", "Code", FIELD_CODE, 0, FIELD_TEXT_AT(sample, code), .set = "need"},
    {"codes", "Codes", FIELD_CODES, 0, FIELD_TEXT_AT(sample, codes), .set = "need"},
    {"nhs", "NHS number", FIELD_NHS, FIELD_PERSONAL, FIELD_TEXT_AT(sample, nhs)},
    {"postcode", "Postcode", FIELD_POSTCODE, FIELD_PERSONAL, FIELD_TEXT_AT(sample, postcode)},
    {"phone", "Telephone", FIELD_PHONE, FIELD_PERSONAL, FIELD_TEXT_AT(sample, phone)},
    {"email", "E-mail", FIELD_EMAIL, FIELD_PERSONAL, FIELD_TEXT_AT(sample, email)},
    {"ods", "ODS code", FIELD_ODS, 0, FIELD_TEXT_AT(sample, ods)},
    {"practice", "Practice", FIELD_ODS, 0, FIELD_TEXT_AT(sample, practice), .set = "practice"},
    {"snomed", "SNOMED", FIELD_SNOMED, 0, FIELD_TEXT_AT(sample, snomed)},
    {"ref", "Reference", FIELD_REF, 0, FIELD_TEXT_AT(sample, ref)},
    {"secret", "Secret", FIELD_CODE, FIELD_SECRET, FIELD_TEXT_AT(sample, secret)},
};
enum { ROWS = sizeof rows / sizeof *rows };
#define TODAY DATE_OF(2026, 11, 23)

static const struct field *row(const char *key)
{
    const struct field *f = field_find(rows, ROWS, key);
    if (!f)
        fail_msg("no row %s", key);
    return f;
}

static struct sample empty_sample(void)
{
    struct sample s;
    memset(&s, 0x5A, sizeof s);
    fields_init(rows, ROWS, &s);
    return s;
}

/* What was typed, what is kept, what people are shown. */
static const struct {
    const char *key, *typed, *kept, *shown;
} good[] = {
    {"line", "  Aoife  ", "Aoife", "Aoife"},
    {"line", "\xC2\xA0Zo\xC3\xAB\xE2\x80\x8B", "Zo\xC3\xAB", "Zo\xC3\xAB"},
    {"line", "ÅÅÅÅÅÅÅÅÅÅ", "ÅÅÅÅÅÅÅÅÅÅ", "ÅÅÅÅÅÅÅÅÅÅ"},
    {"note", "one\r\ntwo\rthree\n", "one\ntwo\nthree", "one\ntwo\nthree"},
    {"born", "31/12/1950", "1950-12-31", "31 Dec 1950"},
    {"born", "1880-01-01", "1880-01-01", "1 Jan 1880"},
    {"born", "23 Nov 2026", "2026-11-23", "23 Nov 2026"},
    {"day", "+7", "2026-11-30", "30 Nov 2026"},
    {"day", "1/2/2027", "2027-02-01", "1 Feb 2027"},
    {"day", "29-02-2028", "2028-02-29", "29 Feb 2028"},
    {"part", "1970", "1970", "1970"},
    {"part", "1970-02", "1970-02", "Feb 1970"},
    {"part", "28/02/1970", "1970-02-28", "28 Feb 1970"},
    {"time", "9:30", "09:30", "09:30"},
    {"time", "09.05", "09:05", "09:05"},
    {"time", "2359", "23:59", "23:59"},
    {"score", "+7", "7", "7"},
    {"any", "-12", "-12", "-12"},
    {"any", "0", "0", "0"},
    {"flag", "Yes", "1", "yes"},
    {"flag", "n", "0", "no"},
    {"flag", "TRUE", "1", "yes"},
    {"asked", "0", "0", "no"},
    {"at", "2026-11-23T09:00:00Z", "2026-11-23T09:00:00.000Z", "23 Nov 2026 09:00"},
    {"at", "2026-07-01T09:00:00.250Z", "2026-07-01T09:00:00.250Z", "1 Jul 2026 10:00"},
    {"key", "77", "77", "77"},
    {"choice", "RED", "red", "Bright red"},
    {"choice", "Dark blue", "dark_blue", "Blue, dark"},
    {"choice", "blue, dark", "dark_blue", "Blue, dark"},
    {"choices", "green, red,,green", "green,red", "Green, Bright red"},
    {"code", "Money Debt", "money_debt", "money_debt"},
    {"code", "share-2026-1", "share-2026-1", "share-2026-1"},
    {"codes", "housing , Food", "housing,food", "housing, food"},
    {"nhs", "999 000 0018", "9990000018", "999 000 0018"},
    {"postcode", "m6 5fw", "M6 5FW", "M6 5FW"},
    {"postcode", "LA14 2IB", "LA14 2IB",
     "LA14 2IB"}, /* malformed, and kept: official data holds it */
    {"phone", "0161 496 0123", "0161 496 0123", "0161 496 0123"},
    {"email", "a.b@example.org", "a.b@example.org", "a.b@example.org"},
    {"ods", "rh802", "RH802", "RH802"},
    {"practice", "p87003", "P87003", "P87003"},
    {"snomed", "871731000000106", "871731000000106", "871731000000106"},
};

static void each_kind_keeps_one_form_and_shows_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const struct field *f = row(good[i].key);
        struct sample s = empty_sample();
        struct err e = {0};
        struct buf kept = {0}, shown = {0};
        if (!field_parse(f, &s, good[i].typed, TODAY, &e))
            fail_msg("%s <- %s: %s", f->key, good[i].typed, e.text);
        field_format(f, &s, &kept);
        field_show(f, &s, &shown);
        assert_string_equal(buf_text(&kept), good[i].kept);
        assert_string_equal(buf_text(&shown), good[i].shown);
        buf_free(&kept);
        buf_free(&shown);
    }
}

static void what_is_kept_reads_back_as_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const struct field *f = row(good[i].key);
        struct sample typed = empty_sample(), loaded = empty_sample(), parsed = empty_sample();
        struct err e = {0};
        struct buf kept = {0};
        assert_true(field_parse(f, &typed, good[i].typed, TODAY, &e));
        field_format(f, &typed, &kept);
        assert_true(field_load(f, &loaded, buf_text(&kept)));
        assert_true(field_parse(f, &parsed, buf_text(&kept), TODAY, &e));
        assert_true(field_equal(f, &typed, &loaded));
        assert_true(field_equal(f, &typed, &parsed));
        buf_free(&kept);
    }
}

/* What was typed and words that the message must have. */
static const struct {
    const char *key, *typed, *says;
} bad[] = {
    {"line", "", "needed"},
    {"line", " - ", "needed"},
    {"line", "\xE2\x80\x8B", "needed"},
    {"line", "ÅÅÅÅÅÅÅÅÅÅÅ", "11 characters, the most is 10"},
    {"line", "two\nlines", "a line break (U+000A)"},
    {"line", "a\x1B[2Jb", "U+001B"},
    {"line",
     "a\xE2\x80\xAE"
     "b",
     "U+202E"},
    {"line", "a\xFFz", "byte 2"},
    {"note", "a\x07z", "U+0007"},
    {"born", "31/02/1970", "born: 31/02/1970 is no date; write it like 28/02/1970, today, fri or +2w"},
    {"born", "24/11/2026", "2026-11-24 is still to come"},
    {"born", "1879-12-31", "first day that is taken is 1880-01-01"},
    {"born", "Mary Ellen", "born: this is no date"},
    {"day", "2026-13-01", "2026-13-01 is no date"},
    {"part", "1970-13", "a year, a month or a day"},
    {"time", "24:00", "no time of day"},
    {"time", "9:5", "no time of day"},
    {"time", "930", "no time of day"},
    {"time", "9:+5", "no time of day"},
    {"time", ":30", "no time of day"},
    {"score", "0", "0 is no whole number from 1 to 10 points"},
    {"score", "11", "from 1 to 10"},
    {"score", "3.5", "from 1 to 10"},
    {"any", "99999999999999999999", "no whole number"},
    {"any", "-9223372036854775808", "no whole number"}, /* stands for none */
    {"flag", "maybe", "neither yes nor no"},
    {"at", "yesterdayish", "no date and time"},
    {"key", "0", "no key"},
    {"choice", "yellow", "yellow is not one of: red, dark_blue, green"},
    {"choices", "red,yellow,green", "yellow is not one of"},
    {"code", "a/b", "a/b is no code"},
    {"code", "caf\xC3\xA9", "no code"},
    {"codes", "housing,b@d", "b@d is no code"},
    {"codes", "a-code-that-is-long,another-that-is-long", "too many codes"},
    {"nhs", "999 000 0019", "nhs: "},
    {"nhs", "12345", "nhs: "},
    {"postcode", "somewhere in Salford", "too long for a postcode"},
    {"postcode", "M6\x01 5FW", "control character"},
    {"phone", "ring Mary", "phone: "},
    {"email", "nobody", "email: "},
    {"ods", "!", "ods: "},
    {"practice", "RH802", "practice: "},
    {"snomed", "871731000000107", "snomed: "},
    {"ref", "SP-0000-0001", "no reference"},
    {"ref", "x", "no reference"},
};

static void bad_text_is_refused_in_words_and_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct field *f = row(bad[i].key);
        struct sample s, before;
        memset(&s, 0x5A, sizeof s);
        before = s;
        struct err e = {0};
        if (field_parse(f, &s, bad[i].typed, TODAY, &e))
            fail_msg("%s took %s", f->key, bad[i].typed);
        assert_int_equal(e.code, ERR_INVALID);
        assert_string_equal(e.field, f->key);
        if (!strstr(e.text, bad[i].says))
            fail_msg("%s <- %s says: %s", f->key, bad[i].typed, e.text);
        assert_true(text_starts(e.text, f->key));
        assert_memory_equal(&s, &before, sizeof s);
    }
}

static void a_reference_is_read_in_any_spelling(void **state)
{
    (void)state;
    struct sample s = empty_sample();
    struct err e = {0};
    char ref[REF_SIZE], loose[32];
    ref_make("SP", 12345, ref);
    snprintf(loose, sizeof loose, " sp%.4s %.4s ", ref + 3, ref + 8);
    assert_true(field_parse(row("ref"), &s, loose, TODAY, &e));
    assert_string_equal(s.ref, ref);
}

static void a_text_that_fits_in_characters_but_not_in_bytes_is_never_cut(void **state)
{
    (void)state;
    struct sample s = empty_sample();
    struct err e = {0};
    const char *wide = "\xF0\x9F\x8E\xA8"; /* 4 bytes */
    char text[128] = "";
    for (int i = 0; i < 20; i++)
        strcat(text, wide);
    assert_true(field_parse(row("note"), &s, text, TODAY, &e));
    strcat(text, "x");
    assert_false(field_parse(row("note"), &s, text, TODAY, &e));
    assert_non_null(strstr(e.text, "81 bytes, the most is 80"));
}

static void a_text_of_any_length_is_read_and_answered(void **state)
{
    (void)state;
    enum { MUCH = 1 << 20 };
    char *text = malloc(MUCH + 1);
    memset(text, 'x', MUCH);
    text[MUCH] = '\0';
    for (size_t i = 0; i < ROWS; i++) {
        struct sample s = empty_sample();
        struct err e = {0};
        assert_false(field_parse(&rows[i], &s, text, TODAY, &e));
        assert_true(strlen(e.text) < 300);
    }
    memset(text, ' ', MUCH);
    memcpy(text + MUCH / 2, "Aoife", 5);
    struct sample s = empty_sample();
    struct err e = {0};
    assert_true(field_parse(row("line"), &s, text, TODAY, &e));
    assert_string_equal(s.line, "Aoife");
    free(text);
}

static void a_message_never_repeats_a_secret_or_what_may_be_a_name(void **state)
{
    (void)state;
    struct sample s = empty_sample();
    struct err e = {0};
    assert_false(field_parse(row("secret"), &s, "hunter/2", TODAY, &e));
    assert_null(strstr(e.text, "hunter"));
    assert_false(field_parse(row("born"), &s, "Aoife 1970", TODAY, &e));
    assert_null(strstr(e.text, "Aoife"));
    assert_false(field_parse(row("postcode"), &s, "Aoife at the church", TODAY, &e));
    assert_null(strstr(e.text, "Aoife"));
}

static void a_dash_or_nothing_empties_a_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const struct field *f = row(good[i].key);
        if (f->flags & FIELD_REQUIRED)
            continue;
        struct sample s = empty_sample(), none = empty_sample();
        struct err e = {0};
        assert_true(field_parse(f, &s, good[i].typed, TODAY, &e));
        assert_true(field_parse(f, &s, i % 2 ? "-" : "  ", TODAY, &e));
        assert_true(field_equal(f, &s, &none));
        struct buf shown = {0};
        field_show(f, &s, &shown);
        assert_string_equal(buf_text(&shown),
                            f->kind == FIELD_FLAG && !(f->flags & FIELD_UNASKED) ? "no" : "");
        buf_free(&shown);
    }
}

static void an_empty_record_says_no_to_flags_and_nothing_else(void **state)
{
    (void)state;
    struct sample s = empty_sample();
    assert_int_equal(s.flag, 0);
    assert_true(s.asked == FIELD_ABSENT);
    assert_true(s.score == FIELD_ABSENT);
    assert_string_equal(s.line, "");
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(field_is_empty(&rows[i], &s), strcmp(rows[i].key, "flag") != 0);
}

static void a_record_is_complete_once_what_is_required_is_there(void **state)
{
    (void)state;
    struct sample s = empty_sample();
    struct err e = {0};
    assert_false(fields_complete(rows, ROWS, &s, &e));
    assert_string_equal(e.field, "line");
    assert_string_equal(e.text, "line: this is needed (a word)");
    strcpy(s.line, "x");
    assert_true(fields_complete(rows, ROWS, &s, &e));
}

static void what_is_shown_cannot_drive_a_terminal(void **state)
{
    (void)state;
    struct sample s = empty_sample();
    strcpy(s.line, "a\x1B[2J\n");
    strcpy(s.choice, "b\x1B");
    strcpy(s.codes, "c\x1B,d");
    strcpy(s.part, "\x1B");
    static const char *const keys[] = {"line", "choice", "codes", "part"};
    for (size_t i = 0; i < 4; i++) {
        struct buf shown = {0};
        field_show(row(keys[i]), &s, &shown);
        assert_null(strchr(buf_text(&shown), '\x1B'));
        assert_null(strchr(buf_text(&shown), '\n'));
        assert_true(shown.len > 0);
        buf_free(&shown);
    }
}

static void loading_refuses_what_does_not_fit(void **state)
{
    (void)state;
    struct sample s = empty_sample();
    assert_false(field_load(row("part"), &s, "1970-02-28T00"));
    assert_string_equal(s.part, "");
    assert_false(field_load(row("score"), &s, "ten"));
    assert_true(field_load(row("score"), &s, "99")); /* at rest: not judged again */
    assert_int_equal(s.score, 99);
    assert_true(field_load(row("score"), &s, ""));
    assert_true(s.score == FIELD_ABSENT);
}

static void a_copied_field_is_equal_and_alone(void **state)
{
    (void)state;
    struct sample from = empty_sample(), to = empty_sample();
    strcpy(from.line, "here");
    from.score = 4;
    from.any = 5;
    field_copy(row("line"), &to, &from);
    field_copy(row("score"), &to, &from);
    assert_string_equal(to.line, "here");
    assert_int_equal(to.score, 4);
    assert_true(to.any == FIELD_ABSENT);
    assert_true(field_equal(row("line"), &to, &from));
    assert_false(field_equal(row("any"), &to, &from));
}

static void lists_of_codes_are_walked_whole(void **state)
{
    (void)state;
    char one[64], joined[256] = "";
    const char *list = ", a,b c ,,d-1,";
    for (const char *rest = codes_next(list, one); rest; rest = codes_next(rest, one)) {
        strcat(joined, "[");
        strcat(joined, one);
        strcat(joined, "]");
    }
    assert_string_equal(joined, "[a][b c][d-1]");
    assert_null(codes_next("", one));
    assert_true(codes_have("worker, rep", "rep"));
    assert_false(codes_have("workers,reps", "rep"));
    assert_false(codes_have("", "rep"));
}

static void a_code_without_a_choice_is_its_own_label(void **state)
{
    (void)state;
    assert_string_equal(choice_label(colours, "dark_blue"), "Blue, dark");
    assert_string_equal(choice_label(colours, "mauve"), "mauve");
    assert_true(choice_has(colours, "green"));
    assert_false(choice_has(colours, "gree"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_keeps_one_form_and_shows_words),
        cmocka_unit_test(what_is_kept_reads_back_as_itself),
        cmocka_unit_test(bad_text_is_refused_in_words_and_changes_nothing),
        cmocka_unit_test(a_reference_is_read_in_any_spelling),
        cmocka_unit_test(a_text_that_fits_in_characters_but_not_in_bytes_is_never_cut),
        cmocka_unit_test(a_text_of_any_length_is_read_and_answered),
        cmocka_unit_test(a_message_never_repeats_a_secret_or_what_may_be_a_name),
        cmocka_unit_test(a_dash_or_nothing_empties_a_field),
        cmocka_unit_test(an_empty_record_says_no_to_flags_and_nothing_else),
        cmocka_unit_test(a_record_is_complete_once_what_is_required_is_there),
        cmocka_unit_test(what_is_shown_cannot_drive_a_terminal),
        cmocka_unit_test(loading_refuses_what_does_not_fit),
        cmocka_unit_test(a_copied_field_is_equal_and_alone),
        cmocka_unit_test(lists_of_codes_are_walked_whole),
        cmocka_unit_test(a_code_without_a_choice_is_its_own_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

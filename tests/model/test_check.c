/* SPDX-License-Identifier: MIT
 *
 * Identifiers: hand-picked cases, and whole published files as oracles.
 */
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/shared_data.h"
#include "onward/check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void assert_says(const struct err *e, const char *words)
{
    assert_int_equal(e->code, ERR_INVALID);
    assert_string_equal(e->field, "");
    if (!strstr(e->text, words))
        fail_msg("\"%s\" does not say \"%s\"", e->text, words);
}

static void nhs_numbers_are_read_as_written(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "9990000018",
        "999 000 0018",
        "999-000-0018",
        "  9990000018\t",
        "\xEF\xBB\xBF"
        "9990000018\r\n",
        "\xC2\xA0"
        "999 000 0018",
    };
    for (size_t i = 0; i < COUNT(forms); i++) {
        char out[11];
        struct err e;
        assert_true(check_nhs_number(forms[i], out, &e));
        assert_string_equal(out, "9990000018");
    }
    char shown[13];
    nhs_number_show("9990000018", shown);
    assert_string_equal(shown, "999 000 0018");
}

static void a_wrong_nhs_number_is_refused_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "ten digits"},
        {"99900000180", "ten digits"},
        {"999 0000018", "ten digits"},
        {"99 9000 0018", "ten digits"},
        {"999 000-0018", "ten digits"},
        {"999.000.0018", "ten digits"},
        {"999  000 0018", "ten digits"},
        {"99900000I8", "ten digits"},
        {"9.99E+09", "ten digits"},
        {"999000001800000000000000000000000000000000000000000000000000000000000000", "ten digits"},
        {"9990000019", "check digit"},
        {"9990000081", "check digit"}, /* two changed places */
        {"9990000000", "check digit"}, /* would be 10 */
        {"607230002", "060 723 0002"}, /* a spreadsheet took the zero */
        {"607230003", "nine digits"},
        {"5000000013", "never issued"},
        {"0000000000", "never issued"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[11] = "before";
        struct err e;
        assert_false(check_nhs_number(cases[i].text, out, &e));
        assert_says(&e, cases[i].says);
        assert_string_equal(out, "before");
    }
    char out[11];
    struct err e;
    assert_false(check_nhs_number("607230003", out, &e));
    assert_null(strstr(e.text, "060"));
}

static void nhs_numbers_know_their_range(void **state)
{
    (void)state;
    static const struct {
        const char *digits;
        enum nhs_range range;
    } cases[] = {
        {"0000000009", NHS_NOT_ISSUED},
        {"0000000010", NHS_UNRESERVED},
        {"0099999999", NHS_UNRESERVED},
        {"0100000000", NHS_SCOTLAND},
        {"3112999999", NHS_SCOTLAND},
        {"3113000000", NHS_UNRESERVED},
        {"3199999999", NHS_UNRESERVED},
        {"3200000000", NHS_NORTHERN_IRELAND},
        {"3999999999", NHS_NORTHERN_IRELAND},
        {"4000000000", NHS_ENGLAND_WALES},
        {"4999999999", NHS_ENGLAND_WALES},
        {"5000000000", NHS_NOT_ISSUED},
        {"5999999999", NHS_NOT_ISSUED},
        {"6000000000", NHS_ENGLAND_WALES},
        {"7999999999", NHS_ENGLAND_WALES},
        {"8000000000", NHS_IRELAND},
        {"8599999999", NHS_IRELAND},
        {"8600000000", NHS_UNRESERVED},
        {"8999999999", NHS_UNRESERVED},
        {"9000000000", NHS_TEST},
        {"9999999999", NHS_TEST},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(nhs_number_range(cases[i].digits), cases[i].range);
}

/* Of the million identifiers 999000000 to 999999999, 909,091 have a check digit. */
static void one_identifier_in_eleven_has_no_check_digit(void **state)
{
    (void)state;
    int usable = 0;
    for (int i = 0; i < 1000000; i += 1) {
        int digits[9], sum = 0, n = 999000000 + i;
        for (int k = 8; k >= 0; k--, n /= 10)
            digits[k] = n % 10;
        for (int k = 0; k < 9; k++)
            sum += (10 - k) * digits[k];
        int check = (11 - sum % 11) % 11;
        char text[16], out[11];
        snprintf(text, sizeof text, "%d%d", 999000000 + i, check % 10);
        bool valid = check_nhs_number(text, out, NULL);
        if (valid != (check < 10))
            fail_msg("%s", text);
        usable += valid;
    }
    assert_int_equal(usable, 909091);
}

static void the_published_nhs_number_vectors_hold(void **state)
{
    (void)state;
    FILE *f = shared_open("nhs_number/vectors.csv");
    char line[512], input[64], expected[16], out[11];
    int rows = 0;
    assert_non_null(fgets(line, sizeof line, f));
    for (; fgets(line, sizeof line, f); rows++) {
        assert_true(csv_column(line, 0, input, sizeof input));
        assert_true(csv_column(line, 1, expected, sizeof expected));
        if (check_nhs_number(input, out, NULL) != (strcmp(expected, "valid") == 0))
            fail_msg("%s should be %s", input, expected);
    }
    fclose(f);
    assert_int_equal(rows, 12);
}

static void the_sample_file_with_a_bom_is_read(void **state)
{
    (void)state;
    FILE *f = shared_open("nhs_number/valid_999_nhs_numbers_with_bom.csv");
    char line[512], out[11];
    int rows = 0;
    for (; fgets(line, sizeof line, f); rows++) {
        assert_true(check_nhs_number(line, out, NULL));
        assert_int_equal(nhs_number_range(out), NHS_TEST);
    }
    fclose(f);
    assert_int_equal(rows, 9);
}

static void postcodes_take_their_canonical_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool well_formed;
        const char *out, *district;
    } cases[] = {
        {"M6 5FW", true, "M6 5FW", "M6"},
        {"m65fw", true, "M6 5FW", "M6"},
        {" m21 9aq ", true, "M21 9AQ", "M21"},
        {"M28   3EZ", true, "M28 3EZ", "M28"},
        {"CR2 6XH", true, "CR2 6XH", "CR2"},
        {"DN551PT", true, "DN55 1PT", "DN55"},
        {"W1A 0AX", true, "W1A 0AX", "W1A"},
        {"EC1A 1BB", true, "EC1A 1BB", "EC1A"},
        {"gir0aa", true, "GIR 0AA", "GIR"},
        {"ZZ99 3VZ", true, "ZZ99 3VZ", "ZZ99"}, /* no fixed abode */
        {"zz993cz", true, "ZZ99 3CZ", "ZZ99"},
        {"LA14 2IB", false, "LA14 2IB", "LA14"},
        {"dn15 6qv", false, "DN15 6QV", "DN15"},
        {"M6", false, "M6", ""},
        {"M6 5F", false, "M6 5F", "M6"},
        {"QA1 1AA", false, "QA1 1AA", "QA1"},
        {"AI1 1AA", false, "AI1 1AA", "AI1"},
        {"ZZ98 3VZ", false, "ZZ98 3VZ", "ZZ98"},
        {"MK1 11AA", false, "MK1 11AA", "MK1"}, /* never moved to MK11 */
        {"M60 1N W", false, "M60 1N W", "M60"},
        {"Salford", false, "SALFORD", ""},
        {"Salford City", false, "", ""},
        {"HELLO WO", false, "HELLO WO", ""},
        {"", false, "", ""},
        {"   ", false, "", ""},
        {"M6 5FW M6 5FW M6 5FW M6 5FW M6 5FW M6 5FW M6 5FW M6 5FW M6 5FW M6 5FW", false, "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[9] = "before", district[5] = "xxxx";
        if (check_postcode(cases[i].text, out) != cases[i].well_formed)
            fail_msg("%s", cases[i].text);
        assert_string_equal(out, cases[i].out);
        postcode_district(out, district);
        assert_string_equal(district, cases[i].district);
    }
}

/* An independent statement of the shapes (domain notes, section 3.3), compared
 * by putting every capital and digit at every place of a postcode of each shape. */
static void every_place_of_a_postcode_takes_its_own_characters(void **state)
{
    (void)state;
    static const char rule[] =
        "^(GIR 0AA|ZZ99 [0-9][A-Z]{2}|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|"
        "[ABEHMNPRVWXY])?|[0-9][A-HJKPS-UW]) [0-9][ABD-HJLNP-UW-Z]{2})$";
    static const char *const shapes[] = {"M1 1AE",   "M44 5AB",  "W1A 0AX",  "CR2 6XH",
                                         "DN55 1PT", "EC1A 1BB", "ZZ99 3VZ", "GIR 0AA"};
    static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    regex_t regex;
    assert_int_equal(regcomp(&regex, rule, REG_EXTENDED | REG_NOSUB), 0);
    for (size_t i = 0; i < COUNT(shapes); i++) {
        for (size_t at = 0; at < strlen(shapes[i]); at++) {
            for (const char *c = characters; *c; c++) {
                char text[9], out[9];
                snprintf(text, sizeof text, "%s", shapes[i]);
                if (text[at] == ' ')
                    continue;
                text[at] = *c;
                if (check_postcode(text, out) != (regexec(&regex, text, 0, NULL, 0) == 0))
                    fail_msg("%s", text);
            }
        }
    }
    regfree(&regex);
}

static void the_practice_register_has_four_malformed_postcodes(void **state)
{
    (void)state;
    FILE *f = shared_open("ods/epraccur_all_2019q4.csv");
    char line[2048], postcode[32], out[9];
    int present = 0, blank = 0, la14 = 0, dn15 = 0, other = 0;
    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f)) {
        assert_true(csv_column(line, 9, postcode, sizeof postcode));
        if (!*postcode) {
            blank++;
            continue;
        }
        present++;
        bool well_formed = check_postcode(postcode, out);
        assert_string_equal(out, postcode);
        if (!well_formed)
            ++*(strcmp(out, "LA14 2IB") == 0   ? &la14
                : strcmp(out, "DN15 6QV") == 0 ? &dn15
                                               : &other);
    }
    fclose(f);
    assert_int_equal(present, 14337);
    assert_int_equal(blank, 20);
    assert_int_equal(la14, 3);
    assert_int_equal(dn15, 1);
    assert_int_equal(other, 0);
}

static void ods_codes_are_short_capitals_and_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *ods, *practice; /* NULL: refused */
    } cases[] = {
        {"P87002", "P87002", "P87002"},
        {" p87002 ", "P87002", "P87002"},
        {"ALD001", "ALD001", "ALD001"},
        {"RM3", "RM3", NULL},
        {"RH802", "RH802", NULL},
        {"000AA", "000AA", NULL},
        {"Q44", "Q44", NULL},
        {"AB1234", "AB1234", NULL},
        {"123456", "123456", NULL},
        {"A8100A", "A8100A", NULL},
        {"ABCDEF", "ABCDEF", NULL},
        {"ABC123456", "ABC123456", NULL},
        {"P870022", "P870022", NULL},
        {"ABC1234567", NULL, NULL},
        {"RM", NULL, NULL},
        {"", NULL, NULL},
        {"P87-02", NULL, NULL},
        {"P87 02", NULL, NULL},
        {"P8700\xC3\x89", NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[10] = "before";
        struct err e;
        assert_int_equal(check_ods_code(cases[i].text, out, &e), cases[i].ods != NULL);
        assert_string_equal(out, cases[i].ods ? cases[i].ods : "before");
        if (!cases[i].ods)
            assert_says(&e, "3 to 9");
        memcpy(out, "before", 7);
        assert_int_equal(check_gp_practice_code(cases[i].text, out, &e), cases[i].practice != NULL);
        assert_string_equal(out, cases[i].practice ? cases[i].practice : "before");
        if (!cases[i].practice)
            assert_says(&e, "a letter and five digits");
    }
}

static void all_codes_of_the_practice_register_are_of_two_shapes(void **state)
{
    (void)state;
    FILE *f = shared_open("ods/epraccur_all_2019q4.csv");
    char line[2048], code[32], out[10];
    int one_letter = 0, three_letters = 0;
    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f)) {
        assert_true(csv_column(line, 0, code, sizeof code));
        assert_true(check_ods_code(code, out, NULL));
        assert_string_equal(out, code);
        if (!check_gp_practice_code(code, out, NULL))
            fail_msg("%s", code);
        ++*(out[1] >= 'A' ? &three_letters : &one_letter);
    }
    fclose(f);
    assert_int_equal(one_letter, 14222);
    assert_int_equal(three_letters, 135);
}

static void snomed_identifiers_carry_verhoeffs_digit(void **state)
{
    (void)state;
    static const char *const good[] = {
        "871731000000106",  "871711000000103", "1373501000000105", "1373511000000107",
        "390893007",        "771491000000104", "837111000000105",  "306238000",
        "1084431000000106", "444543005",       "224484003",        "1108111000000107",
        "425268008",        "281694009",       "766561000000109",  "861931000000100",
        "707087005",        "881081000000100", "761571000000106",  "999002121000000109",
        "138875005",
    };
    struct err e;
    char out[19];
    for (size_t i = 0; i < COUNT(good); i++) {
        char text[32];
        snprintf(text, sizeof text, " %s ", good[i]);
        assert_true(check_snomed(text, out, &e));
        assert_string_equal(out, good[i]);
        size_t n = strlen(good[i]);
        for (size_t at = 0; at < n; at++) { /* every one wrong digit and every swap shows */
            char wrong[32];
            for (char c = at ? '0' : '1'; c <= '9'; c++) {
                memcpy(wrong, good[i], n + 1);
                wrong[at] = c;
                if (c != good[i][at] && check_snomed(wrong, out, &e))
                    fail_msg("%s", wrong);
            }
            memcpy(wrong, good[i], n + 1);
            if (at + 1 < n && wrong[at] != wrong[at + 1]) {
                wrong[at] = good[i][at + 1];
                wrong[at + 1] = good[i][at];
                if (check_snomed(wrong, out, &e))
                    fail_msg("%s", wrong);
            }
        }
    }
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"1054321000000100", "check digit"}, /* published by mistake in BaRS */
        {"1076171000000100", "check digit"},
        {"104586100000100", "check digit"},
        {"1373501000000100", "15 digits"}, /* a spreadsheet's rounding */
        {"12345", "6 to 18"},
        {"0871731000000106", "6 to 18"},
        {"8717310000001060000", "6 to 18"},
        {"871731000000106a", "6 to 18"},
        {"", "6 to 18"},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        memcpy(out, "before", 7);
        assert_false(check_snomed(bad[i].text, out, &e));
        assert_says(&e, bad[i].says);
        assert_string_equal(out, "before");
    }
}

static void telephone_numbers_keep_the_persons_spacing(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *out, *says; /* out NULL: refused, and why */
    } cases[] = {
        {"0161 496 0123", "0161 496 0123", NULL},
        {"  0161  496 \t 0123 ", "0161 496 0123", NULL},
        {"(0161) 496-0123", "(0161) 496-0123", NULL},
        {"+44 7700 900123", "+44 7700 900123", NULL},
        {"+44 (0)7700 900123", "+44 (0)7700 900123", NULL},
        {"0161 496 0123 ext 45", "0161 496 0123 ext 45", NULL},
        {"01614960123ext.45", "01614960123ext.45", NULL},
        {"0161 496 0123 EXT. 4", "0161 496 0123 EXT. 4", NULL},
        {"111", "111", NULL},
        {"7700 900123", "7700 900123", NULL}, /* a person's blank: not a spreadsheet */
        {"0770090012", "0770090012", NULL},
        {"+331234567", "+331234567", NULL},
        {"7700900123", NULL, "07700900123"},
        {"1614960123", NULL, "01614960123"},
        {"", NULL, "3 to 15"},
        {"12", NULL, "3 to 15"},
        {"1234567890123456", NULL, "3 to 15"},
        {"0161 496 0123 ext", NULL, "extension"},
        {"0161 496 0123 ext 4x", NULL, "extension"},
        {"0161 496 0123 or 0124", NULL, "digits, blanks"},
        {"0161+496 0123", NULL, "digits, blanks"},
        {"0161/4960123", NULL, "digits, blanks"},
        {"0161 496 0123, ask for her", NULL, "digits, blanks"},
        {"ext 45", NULL, "3 to 15"},
        {"0 1 6 1 4 9 6 0 1 2 3 - - - - - - - - - - -", NULL, "at most 35"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[36] = "before";
        struct err e;
        if (check_phone(cases[i].text, out, &e) != (cases[i].out != NULL))
            fail_msg("%s", cases[i].text);
        assert_string_equal(out, cases[i].out ? cases[i].out : "before");
        if (!cases[i].out)
            assert_says(&e, cases[i].says);
    }
}

static void one_email_address_is_read(void **state)
{
    (void)state;
    static const char *const good[] = {"a@b.uk", "first.last+tag@mail.example.org",
                                       "o'neil@example.org", "zoë@exämple.org"};
    static const char *const bad[] = {
        "",        "a",        "a@b",           "@b.uk",         "a@.uk",    "a@b.",
        "a@b.c",   "a@b..uk",  "a b@c.uk",      "a@b.uk c@d.uk", "a@b@c.uk", "a@b.uk,c@d.uk",
        "a@b.uk;", "<a@b.uk>", "mailto:a@b.uk", "a@b.uk\x7F",    "a\t@b.uk",
    };
    struct err e;
    char out[256];
    for (size_t i = 0; i < COUNT(good); i++) {
        char text[64];
        snprintf(text, sizeof text, "  %s\n", good[i]);
        assert_true(check_email(text, out, &e));
        assert_string_equal(out, good[i]);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        memcpy(out, "before", 7);
        if (check_email(bad[i], out, &e))
            fail_msg("%s", bad[i]);
        assert_says(&e, "name@example.org");
        assert_string_equal(out, "before");
    }
    char longest[300];
    memset(longest, 'x', sizeof longest);
    memcpy(longest + 245, "@bcdef.uk", 10);
    assert_true(check_email(longest, out, &e)); /* 254 */
    memset(longest, 'x', sizeof longest);
    memcpy(longest + 247, "@bcdef.uk", 10);
    assert_false(check_email(longest, out, &e)); /* 256 */
    assert_says(&e, "at most 255");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nhs_numbers_are_read_as_written),
        cmocka_unit_test(a_wrong_nhs_number_is_refused_in_words),
        cmocka_unit_test(nhs_numbers_know_their_range),
        cmocka_unit_test(one_identifier_in_eleven_has_no_check_digit),
        cmocka_unit_test(the_published_nhs_number_vectors_hold),
        cmocka_unit_test(the_sample_file_with_a_bom_is_read),
        cmocka_unit_test(postcodes_take_their_canonical_form),
        cmocka_unit_test(every_place_of_a_postcode_takes_its_own_characters),
        cmocka_unit_test(the_practice_register_has_four_malformed_postcodes),
        cmocka_unit_test(ods_codes_are_short_capitals_and_digits),
        cmocka_unit_test(all_codes_of_the_practice_register_are_of_two_shapes),
        cmocka_unit_test(snomed_identifiers_carry_verhoeffs_digit),
        cmocka_unit_test(telephone_numbers_keep_the_persons_spacing),
        cmocka_unit_test(one_email_address_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

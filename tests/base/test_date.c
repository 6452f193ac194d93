/* SPDX-License-Identifier: MIT
 *
 * Dates and instants: every day of the twelve centuries goes to text and back;
 * what people type; the two nights a year when the UK clock jumps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "onward/date.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define TODAY DATE_OF(2026, 11, 23)

static void every_day_of_1800_to_2999_goes_round(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    day_t d = DATE_OF(1800, 1, 1);
    int weekday = 2; /* 1 January 1800 was a Wednesday */
    for (int year = 1800; year <= 2999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int days = lengths[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= days; day++, d++, weekday = (weekday + 1) % 7) {
                int y, m, dd;
                date_to_ymd(d, &y, &m, &dd);
                char text[DATE_SIZE];
                date_format(d, text);
                if (date_from_ymd(year, month, day) != d || y != year || m != month || dd != day ||
                    date_parse(text) != d || date_weekday(d) != weekday)
                    fail_msg("%04d-%02d-%02d went wrong", year, month, day);
            }
            assert_int_equal(date_from_ymd(year, month, days + 1), DATE_NONE);
            assert_int_equal(date_from_ymd(year, month, 0), DATE_NONE);
        }
    }
    assert_int_equal(d, DATE_OF(3000, 1, 1));
}

static void known_days_have_their_numbers(void **state)
{
    (void)state;
    char text[DATE_SIZE];
    assert_int_equal(date_parse("1970-01-01"), 0);
    assert_int_equal(date_parse("1969-12-31"), -1);
    assert_int_equal(date_parse("2000-03-01"), 11017);
    assert_int_equal(date_parse("2026-11-23"), 20780);
    assert_int_equal(date_weekday(TODAY), 0);
    date_format(DATE_NONE, text);
    assert_string_equal(text, "");
    date_format(DATE_OF(2999, 12, 31) + 1, text);
    assert_string_equal(text, "");
    date_format(INT32_MAX, text);
    assert_string_equal(text, "");
}

static void the_strict_form_is_strict(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2026",       "2026-11",    "2026-1-23",  "2026-11-23 ", " 2026-11-23",
        "2026/11/23", "2026-11-2x", "2026-13-01", "2026-00-01", "2026-02-29",  "1900-02-29",
        "1799-12-31", "3000-01-01", "-026-11-23", "2026-11-+3", "23-11-2026",  "2026-11-231",
    };
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_int_equal(date_parse(wrong[i]), DATE_NONE);
}

static void months_are_clipped_to_their_last_day(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},
        {"2026-01-31", 3, "2026-04-30"},  {"2026-03-31", -1, "2026-02-28"},
        {"2026-11-23", 12, "2027-11-23"}, {"2024-02-29", 12, "2025-02-28"},
        {"2026-01-15", -1, "2025-12-15"}, {"2026-12-01", 1, "2027-01-01"},
        {"2026-11-23", 0, "2026-11-23"},  {"2999-12-01", 1, ""},
        {"1800-01-01", -1, ""},           {"2026-11-23", INT32_MAX, ""},
        {"2026-11-23", INT32_MIN, ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[DATE_SIZE];
        date_format(date_add_months(date_parse(cases[i].from), cases[i].months), text);
        assert_string_equal(text, cases[i].to);
    }
    assert_int_equal(date_add_months(DATE_NONE, 1), DATE_NONE);
}

static void a_birthday_on_29_february_falls_on_1_march(void **state)
{
    (void)state;
    static const struct {
        const char *born, *on;
        int age;
    } cases[] = {
        {"2008-02-29", "2026-02-28", 17}, {"2008-02-29", "2026-03-01", 18},
        {"2008-02-29", "2028-02-29", 20}, {"2008-02-29", "2028-02-28", 19},
        {"1950-11-23", "2026-11-22", 75}, {"1950-11-23", "2026-11-23", 76},
        {"2026-11-23", "2026-11-23", 0},  {"2026-11-24", "2026-11-23", -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(date_age(date_parse(cases[i].born), date_parse(cases[i].on)),
                         cases[i].age);
    assert_int_equal(date_age(DATE_NONE, TODAY), -1);
    assert_int_equal(date_age(TODAY, DATE_NONE), -1);
}

static void what_people_type_is_read_in_uk_order(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *read;
    } cases[] = {
        {"2026-11-23", "2026-11-23"},
        {"23/11/2026", "2026-11-23"},
        {"23-11-26", "2026-11-23"},
        {"23.11.2026", "2026-11-23"},
        {"23 11 2026", "2026-11-23"},
        {"3/4/2026", "2026-04-03"}, /* never 4 March */
        {"03/04/26", "2026-04-03"},
        {"23 Nov 2026", "2026-11-23"},
        {"23-Nov-26", "2026-11-23"},
        {"23 NOVEMBER 2026", "2026-11-23"},
        {"1 sept 2026", "2026-09-01"},
        {"2026/1/5", "2026-01-05"},
        {"20261123", "2026-11-23"},
        {"  23/11/2026\r\n", "2026-11-23"},
        {"2026-11-23T00:00:00Z", "2026-11-23"},
        {"2026-11-23 00:00:00.000", "2026-11-23"},
        {"23/11/2026 00:00", "2026-11-23"},
        {"23/11/2026 0:00", "2026-11-23"},
        {"20261123 14:30", "2026-11-23"},
        {"today", "2026-11-23"},
        {"Yesterday", "2026-11-22"},
        {"TOMORROW", "2026-11-24"},
        {"+7", "2026-11-30"},
        {"-3", "2026-11-20"},
        /* two digits reach ten years ahead */
        {"23/11/36", "2036-11-23"},
        {"24/11/36", "1936-11-24"},
        {"1/1/37", "1937-01-01"},
        {"29/2/00", "2000-02-29"},
        {"31/12/99", "1999-12-31"},
        {"+2w", "2026-12-07"},
        {"-1W", "2026-11-16"},
        {"fri", "2026-11-27"},
        {"Mon", "2026-11-30"}, /* never today, which is one */
        {"sunday", "2026-11-29"},
        /* no dates */
        {"su", ""},
        {"frid ay", ""},
        {"+w", ""},
        {"2w", ""},
        {"+9999w", ""},
        {"", ""},
        {"soon", ""},
        {"7", ""},
        {"+", ""},
        {"+7d", ""},
        {"+99999", ""},
        {"11/23/2026", ""},
        {"31/4/2026", ""},
        {"29/2/2026", ""},
        {"23/11-2026", ""},
        {"23/11", ""},
        {"23/11/", ""},
        {"23/11/202", ""},
        {"23/11/20266", ""},
        {"023/11/2026", ""},
        {"23/011/2026", ""},
        {"Nov 23 2026", ""},
        {"23 Novem 2026", ""},
        {"23112026", ""},
        {"202611234", ""},
        {"23/11/2026 25:00", ""},
        {"23/11/2026 10:00 or so", ""},
        {"23/11/2026x", ""},
        {"23/11/2026T", ""},
        {"9999999999999999999999", ""},
        {"23/11/2026                                                                     x", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[DATE_SIZE];
        date_format(date_parse_loose(cases[i].typed, TODAY), text);
        if (strcmp(text, cases[i].read) != 0)
            fail_msg("\"%s\" gave \"%s\", not \"%s\"", cases[i].typed, text, cases[i].read);
    }
}

static void a_weekday_behind_is_the_last_one(void **state)
{
    (void)state;
    assert_int_equal(date_parse_past("fri", TODAY), TODAY - 3);
    assert_int_equal(date_parse_past("mon", TODAY), TODAY);
    assert_int_equal(date_parse_past("tue", TODAY), TODAY - 6);
    assert_int_equal(date_parse_past("tomorrow", TODAY), TODAY + 1); /* said no to by the field */
}

static void without_a_today_only_full_dates_are_read(void **state)
{
    (void)state;
    assert_int_equal(date_parse_loose("23/11/2026", DATE_NONE), TODAY);
    assert_int_equal(date_parse_loose("23/11/26", DATE_NONE), DATE_NONE);
    assert_int_equal(date_parse_loose("today", DATE_NONE), DATE_NONE);
    assert_int_equal(date_parse_loose("+1", DATE_NONE), DATE_NONE);
}

static void every_day_is_read_back_from_each_form(void **state)
{
    (void)state;
    for (day_t d = DATE_OF(1917, 1, 1); d < DATE_OF(2036, 11, 23); d += 13) {
        int y, m, dd;
        date_to_ymd(d, &y, &m, &dd);
        char text[64];
        snprintf(text, sizeof text, "%d/%d/%d", dd, m, y);
        assert_int_equal(date_parse_loose(text, TODAY), d);
        snprintf(text, sizeof text, "%04d%02d%02d", y, m, dd);
        assert_int_equal(date_parse_loose(text, TODAY), d);
        if (d > DATE_OF(1936, 11, 23)) {
            snprintf(text, sizeof text, "%02d.%02d.%02d", dd, m, y % 100);
            assert_int_equal(date_parse_loose(text, TODAY), d);
        }
    }
}

static void partial_dates_keep_what_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *kept; /* NULL: no date */
    } cases[] = {
        {"2019", "2019"},
        {" 2019-04 ", "2019-04"},
        {"2019-04-01", "2019-04-01"},
        {"1/4/2019", "2019-04-01"},
        {"today", "2026-11-23"},
        {"2019-13", NULL},
        {"1799", NULL},
        {"3000", NULL},
        {"2019-4", NULL},
        {"201", NULL},
        {"", NULL},
        {"2019-", NULL},
        {"04/2019", NULL},
        {"20x9", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[DATE_SIZE] = "before";
        assert_int_equal(date_parse_partial(cases[i].typed, TODAY, out), cases[i].kept != NULL);
        assert_string_equal(out, cases[i].kept ? cases[i].kept : "before");
    }
}

static int64_t instant(const char *text)
{
    int64_t ms;
    if (!instant_parse(text, &ms))
        fail_msg("%s is an instant", text);
    return ms;
}

static void the_uk_clock_jumps_on_the_last_sundays(void **state)
{
    (void)state;
    static const struct {
        const char *utc, *uk;
    } cases[] = {
        {"2026-03-29T00:59:59.999Z", "2026-03-29 00:59"},
        {"2026-03-29T01:00:00.000Z", "2026-03-29 02:00"},
        {"2026-10-25T00:59:59.999Z", "2026-10-25 01:59"},
        {"2026-10-25T01:00:00.000Z", "2026-10-25 01:00"},
        {"2026-06-30T23:00:00.000Z", "2026-07-01 00:00"},
        {"2026-06-30T22:59:59.000Z", "2026-06-30 23:59"},
        {"2026-12-31T23:59:59.000Z", "2026-12-31 23:59"},
        {"2024-03-31T01:00:00.000Z", "2024-03-31 02:00"}, /* the last Sunday is the 31st */
        {"2027-10-31T00:30:00.000Z", "2027-10-31 01:30"},
        {"2026-02-28T12:00:00.000Z", "2026-02-28 12:00"},
        {"2026-11-01T12:00:00.000Z", "2026-11-01 12:00"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t ms = instant(cases[i].utc);
        char text[INSTANT_SIZE], date[DATE_SIZE];
        instant_format_uk(ms, text);
        assert_string_equal(text, cases[i].uk);
        instant_format(ms, text);
        assert_string_equal(text, cases[i].utc);
        date_format(instant_day(ms), date);
        assert_memory_equal(date, cases[i].uk, 10);
        int minutes = (cases[i].uk[11] - '0') * 600 + (cases[i].uk[12] - '0') * 60 +
                      (cases[i].uk[14] - '0') * 10 + (cases[i].uk[15] - '0');
        assert_int_equal(instant_uk_minutes(ms), minutes);
    }
}

static void a_wall_clock_time_has_one_instant(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        int minutes;
        const char *utc;
    } cases[] = {
        {"2026-11-23", 9 * 60, "2026-11-23T09:00:00.000Z"},
        {"2026-07-01", 9 * 60, "2026-07-01T08:00:00.000Z"},
        {"2026-07-01", 0, "2026-06-30T23:00:00.000Z"},
        {"2026-10-25", 90, "2026-10-25T00:30:00.000Z"}, /* happens twice: the first */
        {"2026-10-25", 120, "2026-10-25T02:00:00.000Z"},
        {"2026-03-29", 59, "2026-03-29T00:59:00.000Z"},
        {"2026-03-29", 90,
         "2026-03-29T01:30:00.000Z"}, /* never happens: as if the clock had not jumped */
        {"2026-03-29", 120, "2026-03-29T01:00:00.000Z"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[INSTANT_SIZE];
        instant_format(instant_of_day(date_parse(cases[i].day), cases[i].minutes), text);
        assert_string_equal(text, cases[i].utc);
    }
    assert_int_equal(instant_of_day(DATE_NONE, 0), 0);
}

static void noon_of_every_day_is_on_that_day(void **state)
{
    (void)state;
    for (day_t d = DATE_OF(1800, 1, 1); d <= DATE_OF(2999, 12, 31); d++) {
        int64_t ms = instant_of_day(d, 12 * 60);
        if (instant_day(ms) != d || instant_uk_minutes(ms) != 12 * 60)
            fail_msg("day %d", d);
    }
}

static void instants_are_read_in_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *text, *utc; /* NULL: no instant */
    } cases[] = {
        {"2026-11-23T10:20:30Z", "2026-11-23T10:20:30.000Z"},
        {"2026-11-23t10:20:30z", "2026-11-23T10:20:30.000Z"},
        {"2026-11-23 10:20:30.5Z", "2026-11-23T10:20:30.500Z"},
        {"2026-11-23T10:20:30.123456789Z", "2026-11-23T10:20:30.123Z"},
        {"2026-11-23T00:20:30+01:00", "2026-11-22T23:20:30.000Z"},
        {"2026-11-23T23:20:30-05:30", "2026-11-24T04:50:30.000Z"},
        {"2026-11-23", "2026-11-23T12:00:00.000Z"},
        {"2026-07-01", "2026-07-01T11:00:00.000Z"}, /* UK noon */
        {"1795429230000", "2026-11-23T10:20:30.000Z"},
        {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
        {"", NULL},
        {"now", NULL},
        {"-1", NULL},
        {"99999999999999999999", NULL},
        {"32503680000000", NULL}, /* year 3000 */
        {"2026-11-23T", NULL},
        {"2026-11-23T10", NULL},
        {"2026-11-23T10:20", NULL},
        {"2026-11-23T10:20Z", NULL},
        {"2026-11-23T10:20:30", NULL}, /* whose clock? */
        {"2026-11-23T1:20:30.00Z", NULL},
        {"2026-11-23T24:00:00Z", NULL},
        {"2026-11-23T10:60:00Z", NULL},
        {"2026-11-23T10:20:30.Z", NULL},
        {"2026-11-23T10:20:30+1:00", NULL},
        {"2026-11-23T10:20:30Zx", NULL},
        {"2026-02-30T10:20:30Z", NULL},
        {"23/11/2026", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t ms = 42;
        bool read = instant_parse(cases[i].text, &ms);
        if (read != (cases[i].utc != NULL))
            fail_msg("\"%s\" was %sread", cases[i].text, read ? "" : "not ");
        char text[INSTANT_SIZE];
        instant_format(ms, text);
        if (read)
            assert_string_equal(text, cases[i].utc);
        else
            assert_int_equal(ms, 42);
    }
    char text[INSTANT_SIZE] = "x";
    instant_format(0, text);
    assert_string_equal(text, "");
    instant_format_uk(0, text);
    assert_string_equal(text, "");
    instant_format(INT64_MAX, text);
    assert_string_equal(text, "");
    instant_format(INT64_MIN, text);
    assert_string_equal(text, "");
    assert_int_equal(instant_day(INT64_MAX), DATE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weekday_behind_is_the_last_one),
        cmocka_unit_test(every_day_of_1800_to_2999_goes_round),
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(the_strict_form_is_strict),
        cmocka_unit_test(months_are_clipped_to_their_last_day),
        cmocka_unit_test(a_birthday_on_29_february_falls_on_1_march),
        cmocka_unit_test(what_people_type_is_read_in_uk_order),
        cmocka_unit_test(without_a_today_only_full_dates_are_read),
        cmocka_unit_test(every_day_is_read_back_from_each_form),
        cmocka_unit_test(partial_dates_keep_what_is_known),
        cmocka_unit_test(the_uk_clock_jumps_on_the_last_sundays),
        cmocka_unit_test(a_wall_clock_time_has_one_instant),
        cmocka_unit_test(noon_of_every_day_is_on_that_day),
        cmocka_unit_test(instants_are_read_in_every_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

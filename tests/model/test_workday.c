/* SPDX-License-Identifier: MIT
 *
 * Working days: bank holidays by rule and by row, against the published list,
 * and arithmetic over them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/shared_data.h"
#include "onward/workday.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct holidays known(void)
{
    return (struct holidays){.rows = holiday_one_offs, .count = holiday_one_off_count};
}

static void easter_falls_where_it_fell(void **state)
{
    (void)state;
    static const char *const sundays[] = {
        "1818-03-22", /* the earliest */
        "1943-04-25", /* the latest */
        "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27",
        "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31",
        "2025-04-20", "2026-04-05", "2027-03-28", "2030-04-21", "2038-04-25", "2285-03-22",
    };
    for (size_t i = 0; i < COUNT(sundays); i++) {
        int year, month, day;
        day_t d = date_parse(sundays[i]);
        date_to_ymd(d, &year, &month, &day);
        assert_int_equal(easter_sunday(year), d);
    }
    for (int year = 1800; year < 3000; year++) {
        day_t d = easter_sunday(year);
        assert_int_equal(date_weekday(d), 6);
        assert_in_range(d, date_from_ymd(year, 3, 22), date_from_ymd(year, 4, 25));
    }
}

static void rule_holidays_have_names_and_substitutes(void **state)
{
    (void)state;
    static const struct {
        const char *date, *name; /* NULL: none by rule */
    } cases[] = {
        {"2026-01-01", "New Year's Day"},
        {"2026-01-02", NULL}, /* a holiday in Scotland alone */
        {"2022-01-01", NULL}, /* a Saturday: the substitute is the holiday */
        {"2022-01-03", "New Year's Day (substitute day)"},
        {"2023-01-02", "New Year's Day (substitute day)"},
        {"2022-01-04", NULL},
        {"2024-03-29", "Good Friday"},
        {"2024-04-01", "Easter Monday"},
        {"2024-03-31", NULL},
        {"2026-05-04", "Early May bank holiday"},
        {"2026-05-11", NULL},
        {"2026-05-18", NULL},
        {"2026-05-25", "Spring bank holiday"},
        {"2027-05-31", "Spring bank holiday"},
        {"2026-08-31", "Summer bank holiday"},
        {"2026-08-03", NULL}, /* Scotland's */
        {"2024-12-25", "Christmas Day"},
        {"2024-12-26", "Boxing Day"},
        {"2024-12-27", NULL},
        {"2020-12-25", "Christmas Day"}, /* Friday */
        {"2020-12-26", NULL},
        {"2020-12-28", "Boxing Day (substitute day)"},
        {"2021-12-25", NULL}, /* Saturday */
        {"2021-12-27", "Christmas Day (substitute day)"},
        {"2021-12-28", "Boxing Day (substitute day)"},
        {"2022-12-25", NULL}, /* Sunday */
        {"2022-12-26", "Boxing Day"},
        {"2022-12-27", "Christmas Day (substitute day)"},
        {"2022-12-28", NULL},
        {"2023-12-27", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *name = bank_holiday_by_rule(date_parse(cases[i].date));
        if (!cases[i].name)
            assert_null(name);
        else
            assert_string_equal(name, cases[i].name);
    }
}

static void eight_weekdays_a_year_are_holidays_by_rule(void **state)
{
    (void)state;
    for (int year = 1978; year < 2200; year++) {
        int n = 0;
        for (day_t d = date_from_ymd(year, 1, 1); d <= date_from_ymd(year, 12, 31); d++) {
            bool holiday = bank_holiday_by_rule(d) != NULL;
            assert_true(!holiday || date_weekday(d) < 5);
            n += holiday;
        }
        assert_int_equal(n, 8);
    }
}

static void one_offs_of_1995_to_2030_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        bool workday;
    } cases[] = {
        {"1995-05-01", true},  {"1995-05-08", false}, {"1999-12-31", false}, {"2002-05-27", true},
        {"2002-06-03", false}, {"2002-06-04", false}, {"2011-04-29", false}, {"2012-05-28", true},
        {"2012-06-04", false}, {"2012-06-05", false}, {"2020-05-04", true},  {"2020-05-08", false},
        {"2022-05-30", true},  {"2022-06-02", false}, {"2022-06-03", false}, {"2022-09-19", false},
        {"2023-05-01", false}, {"2023-05-08", false}, {"2025-05-08", true},
    };
    struct holidays h = known();
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(is_workday(date_parse(cases[i].date), &h), cases[i].workday);

    day_t last = 0;
    for (size_t i = 0; i < holiday_one_off_count; i++) { /* each row says something new */
        const struct holiday *row = &holiday_one_offs[i];
        assert_true(row->day > last && date_weekday(row->day) < 5 && *row->name);
        assert_int_equal(bank_holiday_by_rule(row->day) != NULL, !row->is_holiday);
        last = row->day;
    }
}

static void weekends_stay_weekends_whatever_the_rows_say(void **state)
{
    (void)state;
    const struct holiday rows[] = {
        {DATE_OF(2026, 11, 28), false, "a Saturday to work on"},
        {DATE_OF(2026, 11, 25), true, "office closed"},
        {DATE_OF(2026, 11, 26), true, "office closed"},
        {DATE_OF(2026, 11, 26), false, "open after all"},
    };
    struct holidays h = {.rows = rows, .count = COUNT(rows)};
    assert_false(is_workday(DATE_OF(2026, 11, 28), &h));
    assert_false(is_workday(DATE_OF(2026, 11, 29), &h));
    assert_false(is_workday(DATE_OF(2026, 11, 25), &h));
    assert_true(is_workday(DATE_OF(2026, 11, 25), NULL));
    assert_true(is_workday(DATE_OF(2026, 11, 26), &h)); /* the later row counts */
}

static void working_days_are_added_over_holidays(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int n;
        const char *to;
    } cases[] = {
        {"2026-11-23", 0, "2026-11-23"},   {"2026-11-28", 0, "2026-11-28"},
        {"2026-11-23", 1, "2026-11-24"},   {"2026-11-23", 5, "2026-11-30"},
        {"2026-11-27", 1, "2026-11-30"},   {"2026-11-28", 1, "2026-11-30"},
        {"2026-12-24", 1, "2026-12-29"}, /* Friday, Saturday, substitute Monday */
        {"2026-04-02", 2, "2026-04-08"}, /* Easter */
        {"2020-05-01", 4, "2020-05-07"},   {"2020-05-01", 5, "2020-05-11"},
        {"2026-11-23", 250, "2027-11-18"},
    };
    struct holidays h = known();
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[DATE_SIZE];
        date_format(date_add_workdays(date_parse(cases[i].from), cases[i].n, &h), text);
        assert_string_equal(text, cases[i].to);
    }
    assert_int_equal(date_add_workdays(DATE_NONE, 3, &h), DATE_NONE);
}

static void counting_undoes_adding(void **state)
{
    (void)state;
    struct holidays h = known();
    for (day_t from = DATE_OF(2019, 12, 1); from < DATE_OF(2023, 1, 31); from += 3) {
        for (int n = 1; n < 40; n += 6) {
            day_t to = date_add_workdays(from, n, &h);
            assert_true(is_workday(to, &h));
            assert_int_equal(workdays_between(from, to, &h), n);
            assert_int_equal(workdays_between(to, from, &h), -n);
        }
        assert_int_equal(workdays_between(from, from, &h), 0);
    }
    assert_int_equal(workdays_between(DATE_OF(2026, 11, 27), DATE_OF(2026, 11, 29), NULL), 0);
    assert_int_equal(workdays_between(DATE_NONE, DATE_OF(2026, 11, 29), NULL), 0);
    assert_int_equal(workdays_between(DATE_OF(2026, 11, 29), DATE_NONE, NULL), 0);
}

/* The whole file in memory, NUL-terminated; free it. */
static char *read_all(FILE *f)
{
    size_t n = 0, cap = 1 << 20;
    char *text = malloc(cap);
    assert_non_null(text);
    n = fread(text, 1, cap - 1, f);
    assert_true(n < cap - 1);
    text[n] = '\0';
    fclose(f);
    return text;
}

static void the_published_list_of_2015_to_2021_agrees_day_by_day(void **state)
{
    (void)state;
    enum { FIRST = DATE_OF(2015, 1, 1), LAST = DATE_OF(2021, 12, 31) };
    static bool listed[LAST - FIRST + 1];
    char *text = read_all(shared_open("bank-holidays.json"));
    char *from = strstr(text, "\"england-and-wales\""),
         *end = from ? strstr(from, "\"scotland\"") : NULL;
    assert_non_null(end);
    *end = '\0';

    static const char key[] = "\"date\": \"";
    int count = 0;
    for (char *at = strstr(from, key); at; at = strstr(at, key), count++) {
        at += strlen(key);
        at[10] = '\0'; /* dd/mm/yyyy, and at[10] was the quotation mark */
        day_t d = date_parse_loose(at, DATE_NONE);
        assert_in_range(d, FIRST, LAST);
        listed[d - FIRST] = true;
        at += 11;
    }
    free(text);
    assert_int_equal(count, 7 * 8);

    struct holidays h = known();
    for (day_t d = FIRST; d <= LAST; d++) {
        bool workday = date_weekday(d) < 5 && !listed[d - FIRST];
        char date[DATE_SIZE];
        date_format(d, date);
        if (is_workday(d, &h) != workday)
            fail_msg("%s should be a %s", date, workday ? "working day" : "free day");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easter_falls_where_it_fell),
        cmocka_unit_test(rule_holidays_have_names_and_substitutes),
        cmocka_unit_test(eight_weekdays_a_year_are_holidays_by_rule),
        cmocka_unit_test(one_offs_of_1995_to_2030_are_known),
        cmocka_unit_test(weekends_stay_weekends_whatever_the_rows_say),
        cmocka_unit_test(working_days_are_added_over_holidays),
        cmocka_unit_test(counting_undoes_adding),
        cmocka_unit_test(the_published_list_of_2015_to_2021_agrees_day_by_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

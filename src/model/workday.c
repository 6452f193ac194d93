/* SPDX-License-Identifier: MIT
 *
 * Working days in England. The bank holidays by rule are those of the Banking
 * and Financial Dealings Act 1971, with New Year's Day since 1974 and early
 * May since 1978, and their substitutes on the next free weekday. What was
 * proclaimed for one year alone is a row, never a rule.
 */
#include <stdint.h>

#include "onward/workday.h"

enum { MONDAY, TUESDAY, SATURDAY = 5 };

/* The Gregorian computus (Anonymous, Nature 1876; Meeus, Astronomical Algorithms, chapter 8). */
day_t easter_sunday(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int g = (b - (b + 8) / 25 + 1) / 3;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return date_from_ymd(year, n / 31, n % 31 + 1);
}

static const char *easter_holiday(day_t d, int year)
{
    day_t easter = easter_sunday(year);
    return d == easter - 2 ? "Good Friday" : d == easter + 1 ? "Easter Monday" : NULL;
}

/* The last week of a month of 31 days begins on the 25th. A holiday that falls
 * on a weekend is the substitute day instead. */
const char *bank_holiday_by_rule(day_t d)
{
    int year, month, day, weekday = date_weekday(d);
    date_to_ymd(d, &year, &month, &day);
    if (weekday >= SATURDAY)
        return NULL;
    switch (month) {
    case 1:
        if (day == 1)
            return "New Year's Day";
        return day <= 3 && weekday == MONDAY ? "New Year's Day (substitute day)" : NULL;
    case 3:
    case 4:
        return easter_holiday(d, year);
    case 5:
        if (weekday != MONDAY)
            return NULL;
        return day <= 7 ? "Early May bank holiday" : day >= 25 ? "Spring bank holiday" : NULL;
    case 8:
        return weekday == MONDAY && day >= 25 ? "Summer bank holiday" : NULL;
    case 12:
        if (day == 25)
            return "Christmas Day";
        if (day == 26)
            return "Boxing Day";
        if (day == 27 && weekday <= TUESDAY)
            return "Christmas Day (substitute day)";
        return day == 28 && weekday <= TUESDAY ? "Boxing Day (substitute day)" : NULL;
    default:
        return NULL;
    }
}

/* Sources: the royal proclamations, as listed at gov.uk/bank-holidays and in its archive. */
const struct holiday holiday_one_offs[] = {
    {DATE_OF(1995, 5, 1), false, "Early May bank holiday moved to 8 May"},
    {DATE_OF(1995, 5, 8), true, "Early May bank holiday (VE Day, 50 years)"},
    {DATE_OF(1999, 12, 31), true, "Millennium holiday"},
    {DATE_OF(2002, 5, 27), false, "Spring bank holiday moved to 4 June"},
    {DATE_OF(2002, 6, 3), true, "Golden Jubilee of Queen Elizabeth II"},
    {DATE_OF(2002, 6, 4), true, "Spring bank holiday"},
    {DATE_OF(2011, 4, 29), true, "Wedding of Prince William"},
    {DATE_OF(2012, 5, 28), false, "Spring bank holiday moved to 4 June"},
    {DATE_OF(2012, 6, 4), true, "Spring bank holiday"},
    {DATE_OF(2012, 6, 5), true, "Diamond Jubilee of Queen Elizabeth II"},
    {DATE_OF(2020, 5, 4), false, "Early May bank holiday moved to 8 May"},
    {DATE_OF(2020, 5, 8), true, "Early May bank holiday (VE Day, 75 years)"},
    {DATE_OF(2022, 5, 30), false, "Spring bank holiday moved to 2 June"},
    {DATE_OF(2022, 6, 2), true, "Spring bank holiday"},
    {DATE_OF(2022, 6, 3), true, "Platinum Jubilee of Queen Elizabeth II"},
    {DATE_OF(2022, 9, 19), true, "State funeral of Queen Elizabeth II"},
    {DATE_OF(2023, 5, 8), true, "Coronation of King Charles III"},
};
const size_t holiday_one_off_count = sizeof holiday_one_offs / sizeof *holiday_one_offs;

/* A later row overrides an earlier one of the same day. */
static bool is_holiday(day_t d, const struct holidays *h)
{
    for (size_t i = h ? h->count : 0; i > 0; i--)
        if (h->rows[i - 1].day == d)
            return h->rows[i - 1].is_holiday;
    return bank_holiday_by_rule(d) != NULL;
}

bool is_workday(day_t d, const struct holidays *h)
{
    return date_weekday(d) < SATURDAY && !is_holiday(d, h);
}

day_t date_add_workdays(day_t d, int n, const struct holidays *h)
{
    if (d == DATE_NONE)
        return DATE_NONE;
    while (n > 0)
        n -= is_workday(++d, h);
    return d;
}

int workdays_between(day_t from, day_t to, const struct holidays *h)
{
    if (from == DATE_NONE || to == DATE_NONE)
        return 0;
    if (to < from)
        return -workdays_between(to, from, h);
    int n = 0;
    while (from < to)
        n += is_workday(++from, h);
    return n;
}

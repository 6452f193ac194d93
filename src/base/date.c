/* SPDX-License-Identifier: MIT
 *
 * Calendar arithmetic on day numbers, and the strict form of a date. The
 * conversions are Howard Hinnant's (chrono-compatible low-level date
 * algorithms): no loops and no tables, since imports call them by the million.
 * What people type is read in date_loose.c, instants are in instant.c.
 */
#include <string.h>

#include "onward/date.h"

enum { FIRST_YEAR = 1800, LAST_YEAR = 2999 };
_Static_assert(DATE_OF(1970, 1, 1) == 0 && DATE_OF(2000, 2, 29) == 11016, "day numbers");

static bool in_range(day_t d)
{
    return d >= DATE_OF(FIRST_YEAR, 1, 1) && d <= DATE_OF(LAST_YEAR, 12, 31);
}

static int month_length(int year, int month)
{
    static const signed char lengths[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : lengths[month];
}

day_t date_from_ymd(int year, int month, int day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
        day > month_length(year, month))
        return DATE_NONE;
    return DATE_OF(year, month, day);
}

void date_to_ymd(day_t d, int *year, int *month, int *day)
{
    if (!in_range(d)) {
        *year = *month = *day = 0;
        return;
    }
    int z = d + 719468; /* days since 1 March of the year 0, a cycle of 400 years has 146097 */
    int era = z / 146097, of_era = z % 146097;
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153; /* 0 March .. 11 February */
    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (m >= 10);
}

/* The number that n digits write, or -1. */
static int digits(const char *s, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

day_t date_parse(const char *iso)
{
    if (strnlen(iso, DATE_SIZE) != DATE_SIZE - 1 || iso[4] != '-' || iso[7] != '-')
        return DATE_NONE;
    return date_from_ymd(digits(iso, 4), digits(iso + 5, 2), digits(iso + 8, 2));
}

static void write_digits(char *out, int n, int value)
{
    while (n-- > 0) {
        out[n] = (char)('0' + value % 10);
        value /= 10;
    }
}

void date_format(day_t d, char out[DATE_SIZE])
{
    int year, month, day;
    date_to_ymd(d, &year, &month, &day);
    if (year == 0) {
        out[0] = '\0';
        return;
    }
    memcpy(out, "0000-00-00", DATE_SIZE);
    write_digits(out, 4, year);
    write_digits(out + 5, 2, month);
    write_digits(out + 8, 2, day);
}

int date_weekday(day_t d)
{
    int64_t since_monday = ((int64_t)d + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(since_monday < 0 ? since_monday + 7 : since_monday);
}

day_t date_add_months(day_t d, int months)
{
    int year, month, day;
    date_to_ymd(d, &year, &month, &day);
    int64_t total = (int64_t)year * 12 + month - 1 + months;
    if (year == 0 || total / 12 < FIRST_YEAR || total / 12 > LAST_YEAR)
        return DATE_NONE;
    year = (int)(total / 12);
    month = (int)(total % 12) + 1;
    int last = month_length(year, month);
    return date_from_ymd(year, month, day < last ? day : last);
}

int date_age(day_t born, day_t on)
{
    int y1, m1, d1, y2, m2, d2;
    if (!in_range(born) || !in_range(on))
        return -1;
    date_to_ymd(born, &y1, &m1, &d1);
    date_to_ymd(on, &y2, &m2, &d2);
    bool had_birthday = m2 > m1 || (m2 == m1 && d2 >= d1);
    return y2 - y1 - !had_birthday;
}

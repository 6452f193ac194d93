/* SPDX-License-Identifier: MIT
 *
 * Instants: UTC milliseconds, their texts, and the UK wall clock. Summer time
 * is the rule of the Summer Time Order 2002 (and of Directive 2000/84/EC
 * before it): from 01:00 UTC on the last Sunday of March to 01:00 UTC on the
 * last Sunday of October. The rule is applied to every year.
 */
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "onward/date.h"
#include "onward/text.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)
#define LAST_INSTANT ((DATE_OF(2999, 12, 31) + 1) * DAY_MS - 1)

/* Splits into a day and milliseconds after midnight; DATE_NONE beyond the years of a date. */
static day_t split(int64_t ms, int64_t *of_day)
{
    int64_t day = ms / DAY_MS, rest = ms % DAY_MS;
    if (rest < 0) {
        rest += DAY_MS;
        day--;
    }
    *of_day = rest;
    return day < DATE_OF(1800, 1, 1) || day > DATE_OF(2999, 12, 31) ? DATE_NONE : (day_t)day;
}

static int64_t last_sunday_1am(int year, int month)
{
    day_t last = DATE_OF(year, month, 31); /* March and October have 31 days */
    return (last - (date_weekday(last) + 1) % 7) * DAY_MS + HOUR_MS;
}

static bool is_summer_time(int64_t ms)
{
    int64_t of_day;
    int year, month, day;
    date_to_ymd(split(ms, &of_day), &year, &month, &day);
    if (month < 3 || month > 10)
        return false;
    if (month > 3 && month < 10)
        return true;
    return month == 3 ? ms >= last_sunday_1am(year, 3) : ms < last_sunday_1am(year, 10);
}

static int64_t to_uk(int64_t ms)
{
    return is_summer_time(ms) ? ms + HOUR_MS : ms;
}

day_t instant_day(int64_t ms)
{
    int64_t of_day;
    return split(to_uk(ms), &of_day);
}

int instant_uk_minutes(int64_t ms)
{
    int64_t of_day;
    split(to_uk(ms), &of_day);
    return (int)(of_day / 60000);
}

int64_t instant_of_day(day_t d, int uk_minutes)
{
    if (d == DATE_NONE)
        return 0;
    int64_t local = d * DAY_MS + uk_minutes * INT64_C(60000);
    int64_t if_summer = local - HOUR_MS;
    return is_summer_time(if_summer) ? if_summer : local;
}

void instant_format(int64_t ms, char out[INSTANT_SIZE])
{
    int64_t of_day;
    char date[DATE_SIZE];
    day_t d = split(ms, &of_day);
    out[0] = '\0';
    if (ms == 0 || d == DATE_NONE)
        return;
    date_format(d, date);
    unsigned t = (unsigned)of_day;
    snprintf(out, INSTANT_SIZE, "%sT%02u:%02u:%02u.%03uZ", date, t / 3600000 % 24, t / 60000 % 60,
             t / 1000 % 60, t % 1000);
}

void instant_format_uk(int64_t ms, char out[INSTANT_SIZE])
{
    int64_t of_day;
    char date[DATE_SIZE];
    day_t d = split(to_uk(ms), &of_day);
    out[0] = '\0';
    if (ms == 0 || d == DATE_NONE)
        return;
    date_format(d, date);
    unsigned minutes = (unsigned)(of_day / 60000);
    snprintf(out, INSTANT_SIZE, "%s %02u:%02u", date, minutes / 60 % 24, minutes % 60);
}

bool instant_parse(const char *text, int64_t *ms)
{
    size_t n = strlen(text);
    if (n > 0 && strspn(text, "0123456789") == n)
        return text_to_int(text, 0, LAST_INSTANT, ms);

    char date[DATE_SIZE] = "";
    if (n >= 10)
        memcpy(date, text, 10);
    day_t d = date_parse(date);
    if (d == DATE_NONE)
        return false;
    if (n == 10) {
        *ms = instant_of_day(d, 12 * 60);
        return true;
    }
    struct clock_time t;
    const char *p = text + 11;
    if (n < sizeof "YYYY-MM-DDTHH:MM:SSZ" - 1 || !strchr("Tt ", text[10]) || text[13] != ':')
        return false;
    if (!clock_scan(&p, &t) || *p || !t.has_seconds || !t.has_zone)
        return false;
    *ms = d * DAY_MS + t.ms - t.zone_minutes * INT64_C(60000);
    return true;
}

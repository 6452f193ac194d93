/* SPDX-License-Identifier: MIT
 *
 * Dates and instants. A calendar date is a day number (days since
 * 1970-01-01, proleptic Gregorian) for arithmetic and "YYYY-MM-DD" at rest.
 * An instant is UTC milliseconds since 1970. The day a UK desk is in follows
 * by rule (summer time from the last Sunday of March 01:00 UTC to the last
 * Sunday of October 01:00 UTC), never from the TZ variable. Nothing here
 * reads a clock: "now" is always given.
 */
#ifndef ONWARD_DATE_H
#define ONWARD_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define DATE_SIZE 11    /* "YYYY-MM-DD" and NUL */
#define INSTANT_SIZE 25 /* "YYYY-MM-DDTHH:MM:SS.mmmZ" and NUL */
#define DATE_NONE INT32_MIN

typedef int32_t day_t; /* a day number; DATE_NONE where there is none */

/* The day number of a real date as a constant, for tables (years from 1; the arguments are not
 * checked). Years begin in March here, so that the leap day is the last of a year. */
#define DATE_OF(y, m, d) \
    ((day_t)(365 * DATE_MARCH_YEAR(y, m) + DATE_MARCH_YEAR(y, m) / 4 - \
             DATE_MARCH_YEAR(y, m) / 100 + DATE_MARCH_YEAR(y, m) / 400 + \
             (153 * ((m) + ((m) > 2 ? -3 : 9)) + 2) / 5 + (d) - 1 - 719468))
#define DATE_MARCH_YEAR(y, m) ((y) - ((m) < 3))

day_t date_from_ymd(int year, int month, int day); /* DATE_NONE when no such day; years 1800-2999 */
void date_to_ymd(day_t d, int *year, int *month, int *day);
day_t date_parse(const char *iso);                 /* strict YYYY-MM-DD, else DATE_NONE */
void date_format(day_t d, char out[DATE_SIZE]);    /* "" for DATE_NONE */
int date_weekday(day_t d);                         /* 0 Monday .. 6 Sunday */
day_t date_add_months(day_t d, int months);        /* clipped to the month's last day */
int date_age(day_t born, day_t on);                /* whole years; 29 February birthdays fall on 1 March (England) */

/* What a person types or a spreadsheet writes, read as UK order: 2026-11-23,
 * 23/11/2026, 23-11-26, 23.11.2026, 23 Nov 2026, 23-Nov-26, 23 November 2026,
 * 20261123, today, yesterday, tomorrow, +7, -3 (up to 9999 days from `today`), +2w,
 * a weekday by three letters or more (the coming one, never today). Two-digit
 * years are 20yy up to ten years after today, else 19yy. A trailing time
 * ("00:00", "00:00:00", "T00:00:00Z") is allowed and ignored. DATE_NONE
 * when it is no date. */
day_t date_parse_loose(const char *text, day_t today);
/* The same of what lies behind: a weekday is the last one, today included. */
day_t date_parse_past(const char *text, day_t today);

/* A partial date is "YYYY", "YYYY-MM" or "YYYY-MM-DD". Returns true and the
 * canonical form when `text` is one (loose forms for whole dates too). */
bool date_parse_partial(const char *text, day_t today, char out[DATE_SIZE]);

day_t instant_day(int64_t ms);                              /* the UK calendar day of an instant */
int instant_uk_minutes(int64_t ms);                         /* minutes after midnight, UK time */
void instant_format(int64_t ms, char out[INSTANT_SIZE]);    /* UTC, RFC 3339 with milliseconds; "" for 0 */
bool instant_parse(const char *text, int64_t *ms);          /* RFC 3339 (Z or +hh:mm) or YYYY-MM-DD (UK noon) or all-digit milliseconds */
void instant_format_uk(int64_t ms, char out[INSTANT_SIZE]); /* "YYYY-MM-DD HH:MM" in UK time */
int64_t instant_of_day(day_t d, int uk_minutes);            /* the instant of a UK wall-clock time; in the hour that happens twice, the first */

#endif

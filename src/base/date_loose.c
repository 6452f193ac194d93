/* SPDX-License-Identifier: MIT
 *
 * Dates as people type them and spreadsheets write them, read in UK order:
 * three parts with one kind of separator, a month perhaps by name, a time
 * perhaps behind. A date that could be read in two ways is read as day, month,
 * year; a year comes first only with four digits.
 */
#include <string.h>
#include <strings.h>

#include "clock.h"
#include "onward/date.h"
#include "onward/text.h"

enum { LONGEST = 64 };

/* A number, or a month by name (then `digits` is 0). */
struct part {
    int value;
    int digits;
};

static int month_named(const char *word, size_t n)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (int i = 0; i < 12; i++) {
        bool length_fits = n == 3 || n == strlen(names[i]) || (n == 4 && i == 8); /* "Sept" */
        if (length_fits && strncasecmp(word, names[i], n) == 0)
            return i + 1;
    }
    return 0;
}

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

static bool take_part(const char **p, struct part *out)
{
    *out = (struct part){0};
    size_t word = strspn(*p, letters);
    if (word > 0) {
        out->value = month_named(*p, word);
        *p += word;
        return out->value > 0;
    }
    for (; **p >= '0' && **p <= '9' && out->digits < 9; (*p)++, out->digits++)
        out->value = out->value * 10 + (**p - '0');
    return out->digits > 0;
}

/* Passes one of / - . or a run of blanks, the same as before when *kind says which. */
static bool take_separator(const char **p, char *kind)
{
    char c = **p;
    if (!c || !strchr("/-. ", c) || (*kind && c != *kind))
        return false;
    *kind = c;
    *p += c == ' ' ? strspn(*p, " ") : 1;
    return true;
}

/* Two-digit years reach ten years ahead of today. */
static day_t in_century(int yy, int month, int day, day_t today)
{
    if (today == DATE_NONE)
        return DATE_NONE;
    day_t d = date_from_ymd(2000 + yy, month, day);
    return d != DATE_NONE && d > date_add_months(today, 120) ? date_from_ymd(1900 + yy, month, day)
                                                             : d;
}

static day_t from_parts(const struct part part[3], day_t today)
{
    bool month_ok = part[1].digits <= 2, year_first = part[0].digits == 4;
    const struct part *year = year_first ? &part[0] : &part[2];
    const struct part *day = year_first ? &part[2] : &part[0];
    if (!month_ok || day->digits < 1 || day->digits > 2)
        return DATE_NONE;
    if (year->digits == 4)
        return date_from_ymd(year->value, part[1].value, day->value);
    if (year->digits == 2)
        return in_century(year->value, part[1].value, day->value, today);
    return DATE_NONE;
}

static bool is_time_or_nothing(const char *p)
{
    struct clock_time ignored;
    if (!*p)
        return true;
    size_t gap = strspn(p, " ");
    if (gap == 0 && (*p == 'T' || *p == 't'))
        gap = 1;
    p += gap;
    return gap > 0 && clock_scan(&p, &ignored) && !*p;
}

/* 0 Monday .. 6 Sunday; -1 none. At least three letters, so that none is meant by chance. */
static int weekday_named(const char *word)
{
    static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    size_t n = strlen(word);
    for (int i = 0; i < 7; i++)
        if (n >= 3 && n <= strlen(names[i]) && strncasecmp(word, names[i], n) == 0)
            return i;
    return -1;
}

/* "+2w", "-1w": days; false when it is none. */
static bool weeks(const char *t, int64_t *days)
{
    char number[8];
    size_t n = strlen(t);
    if (n < 3 || n > sizeof number || (t[n - 1] != 'w' && t[n - 1] != 'W'))
        return false;
    memcpy(number, t, n - 1);
    number[n - 1] = '\0';
    return text_to_int(number, -999, 999, days) && (*days *= 7, true);
}

static day_t relative(const char *t, day_t today, bool past)
{
    static const struct {
        const char *word;
        int days;
    } words[] = {{"today", 0}, {"yesterday", -1}, {"tomorrow", 1}};
    int64_t days = 0;
    int weekday = weekday_named(t);
    if (weekday >= 0) {
        int ahead = (weekday - date_weekday(today) + 6) % 7 + 1; /* the coming one, 1 to 7 days on */
        return past ? today + ahead - 7 : today + ahead;
    }
    bool found = (*t == '+' || *t == '-') && (text_to_int(t, -9999, 9999, &days) || weeks(t, &days));
    for (size_t i = 0; !found && i < sizeof words / sizeof *words; i++) {
        found = text_equal_fold(t, words[i].word);
        days = words[i].days;
    }
    return found ? today + (day_t)days : DATE_NONE;
}

static day_t parse(const char *text, day_t today, bool past)
{
    day_t strict = date_parse(text);
    if (strict != DATE_NONE)
        return strict;
    char t[LONGEST];
    if (!text_copy_trimmed(t, sizeof t, text))
        return DATE_NONE;
    day_t by_word = today == DATE_NONE ? DATE_NONE : relative(t, today, past);
    if (by_word != DATE_NONE)
        return by_word;

    const char *p = t;
    char separator = '\0';
    struct part part[3];
    if (!take_part(&p, &part[0]))
        return DATE_NONE;
    if (part[0].digits == 8) { /* 20261123 */
        if (!is_time_or_nothing(p))
            return DATE_NONE;
        return date_from_ymd(part[0].value / 10000, part[0].value / 100 % 100, part[0].value % 100);
    }
    for (int i = 1; i < 3; i++)
        if (!take_separator(&p, &separator) || !take_part(&p, &part[i]))
            return DATE_NONE;
    return is_time_or_nothing(p) ? from_parts(part, today) : DATE_NONE;
}

day_t date_parse_loose(const char *text, day_t today)
{
    return parse(text, today, false);
}

day_t date_parse_past(const char *text, day_t today)
{
    return parse(text, today, true);
}

bool date_parse_partial(const char *text, day_t today, char out[DATE_SIZE])
{
    char t[LONGEST];
    if (!text_copy_trimmed(t, sizeof t, text))
        return false;
    size_t n = strlen(t);
    if (n == 4 || n == 7) { /* a year or a month stands for its first day */
        char whole[DATE_SIZE] = "0000-01-01";
        memcpy(whole, t, n); /* NOLINT(bugprone-not-null-terminated-result): the end is there already */
        if (date_parse(whole) != DATE_NONE) {
            memcpy(out, t, n + 1);
            return true;
        }
    }
    day_t d = date_parse_loose(t, today);
    if (d == DATE_NONE)
        return false;
    date_format(d, out);
    return true;
}

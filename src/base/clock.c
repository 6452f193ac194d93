/* SPDX-License-Identifier: MIT
 *
 * Reads a time of day. One reader serves instants and the times that
 * spreadsheets put behind a date; each caller says which parts it insists on.
 */
#include "clock.h"

static bool two_digits(const char *p, int max, int *out)
{
    if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
        return false;
    *out = (p[0] - '0') * 10 + (p[1] - '0');
    return *out <= max;
}

/* Digits of a fraction of a second; beyond milliseconds they are dropped. */
static int scan_fraction(const char **p)
{
    int ms = 0, weight = 100;
    for (; **p >= '0' && **p <= '9'; (*p)++, weight /= 10)
        ms += weight * (**p - '0');
    return ms;
}

static bool scan_zone(const char **p, struct clock_time *out)
{
    const char *s = *p;
    int hours, minutes;
    if (*s == 'Z' || *s == 'z') {
        out->has_zone = true;
        *p = s + 1;
    } else if (*s == '+' || *s == '-') {
        if (!two_digits(s + 1, 23, &hours) || s[3] != ':' || !two_digits(s + 4, 59, &minutes))
            return false;
        out->has_zone = true;
        out->zone_minutes = (*s == '-' ? -1 : 1) * (hours * 60 + minutes);
        *p = s + 6;
    }
    return true;
}

bool clock_scan(const char **p, struct clock_time *out)
{
    const char *s = *p;
    int hours, minutes, seconds = 0, ms = 0;
    *out = (struct clock_time){0};
    if (two_digits(s, 23, &hours)) {
        s += 2;
    } else if (s[0] >= '0' && s[0] <= '9' && s[1] == ':') {
        hours = s[0] - '0';
        s += 1;
    } else {
        return false;
    }
    if (s[0] != ':' || !two_digits(s + 1, 59, &minutes))
        return false;
    s += 3;
    if (s[0] == ':') {
        if (!two_digits(s + 1, 59, &seconds))
            return false;
        out->has_seconds = true;
        s += 3;
        if (s[0] == '.' && s[1] >= '0' && s[1] <= '9') {
            s++;
            ms = scan_fraction(&s);
        }
    }
    if (!scan_zone(&s, out))
        return false;
    out->ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
    *p = s;
    return true;
}

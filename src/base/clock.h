/* SPDX-License-Identifier: MIT
 *
 * Private to base: the time of day behind a date, as RFC 3339 and
 * spreadsheets write it: H:MM, HH:MM, HH:MM:SS, HH:MM:SS.fff, then perhaps Z
 * or an offset.
 */
#ifndef ONWARD_BASE_CLOCK_H
#define ONWARD_BASE_CLOCK_H

#include <stdbool.h>

struct clock_time {
    int ms; /* after midnight, 0 .. 86399999 */
    bool has_seconds;
    bool has_zone;
    int zone_minutes; /* east of UTC */
};

/* Reads one at *p and moves *p behind it. False when there is none. */
bool clock_scan(const char **p, struct clock_time *out);

#endif

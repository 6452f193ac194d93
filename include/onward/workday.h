/* SPDX-License-Identifier: MIT
 *
 * Working days in England. Bank holidays by rule (New Year, Good Friday,
 * Easter Monday, early May, spring, summer, Christmas, Boxing Day, with
 * substitute days), plus one-offs: rows that a manager edits, each adding a
 * holiday or taking one away (VE Day moved early May in 2020).
 */
#ifndef ONWARD_WORKDAY_H
#define ONWARD_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>

#include "onward/date.h"

struct holiday {
    day_t day;
    bool is_holiday; /* false: a rule holiday that is a working day this year */
    char name[64];
};
struct holidays {
    const struct holiday *rows;
    size_t count;
};

day_t easter_sunday(int year);
/* Name of the bank holiday by rule on that day, or NULL. One-offs of 1995-2030
 * are not in the rule: they are rows (see holiday_one_offs). */
const char *bank_holiday_by_rule(day_t d);
/* The one-offs known when this was written (1995, 1999, 2002,
 * 2011, 2012, 2020, 2022, 2023), with which a new store starts; a move is two rows. */
extern const struct holiday holiday_one_offs[];
extern const size_t holiday_one_off_count;

bool is_workday(day_t d, const struct holidays *h);
/* The day `n` working days after `d` (n >= 0; n = 0 gives d itself). */
day_t date_add_workdays(day_t d, int n, const struct holidays *h);
/* Working days in (from, to]; negative when to < from. */
int workdays_between(day_t from, day_t to, const struct holidays *h);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Settings: one table of names, defaults, ranges and help; the store keeps
 * only what differs. All are whole numbers.
 */
#ifndef ONWARD_SETTINGS_H
#define ONWARD_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

enum setting {
    SET_TRIAGE_WORKDAYS,      /* 2 */
    SET_FIRST_CONTACT_WORKDAYS, /* 5 */
    SET_QUIET_DAYS,           /* 14 */
    SET_VERY_QUIET_DAYS,      /* 30 */
    SET_PLAN_REVIEW_DAYS,     /* 84 */
    SET_REPLY_DAYS,           /* 14 */
    SET_NEWS_DAYS,            /* 56 */
    SET_CONSENT_MONTHS,       /* 12 */
    SET_CONSENT_EXPIRING_DAYS, /* 28 */
    SET_AGREEMENT_EXPIRING_DAYS, /* 60 */
    SET_VERIFY_DAYS,          /* 180 */
    SET_UNMASK_MINUTES,       /* 180 */
    SET_LOCK_MINUTES,         /* 5 */
    SET_ATTEMPT_DAYS,         /* 3: different days before "unable to contact" */
    SET_HELD_DAYS,            /* 28: longer held than this is asked of the worker again */
    SET_REPLY_FILE_BYTES,     /* 52428800 */
    SET_REPLY_FILE_ROWS,      /* 200000 */
    SET_IMPORT_FILE_BYTES,    /* 4294967296 */
    SET_FIELD_BYTES,          /* 65536 */
    SET_FILE_COLUMNS,         /* 256 */
    SET_DELIVERY_SECONDS,     /* 120 */
    SETTING_COUNT
};
struct setting_row {
    const char *key;
    int64_t value, min, max; /* value: the default */
    const char *unit, *help;
};
extern const struct setting_row setting_rows[SETTING_COUNT];
int setting_find(const char *key); /* -1 */

#endif

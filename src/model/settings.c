/* SPDX-License-Identifier: MIT
 *
 * The settings: names, defaults, ranges and what each is for. The day counts
 * are the clocks of the service; the limits keep a file that is too large
 * from filling memory or disk.
 */
#include <string.h>

#include "onward/settings.h"

#define YEAR_DAYS INT64_C(366)

const struct setting_row setting_rows[SETTING_COUNT] = {
    [SET_TRIAGE_WORKDAYS] = {"triage_workdays", 2, 0, 60, "working days",
                             "from receipt of a referral to its triage"},
    [SET_FIRST_CONTACT_WORKDAYS] = {"first_contact_workdays", 5, 0, 60, "working days",
                                    "from receipt of a referral to the first try at contact"},
    [SET_QUIET_DAYS] = {"quiet_days", 14, 1, YEAR_DAYS, "days",
                        "without a contact that reached the person, before a case is quiet"},
    [SET_VERY_QUIET_DAYS] =
        {"very_quiet_days", 30, 1, YEAR_DAYS, "days",
         "without a contact that reached the person, before a case is very quiet"},
    [SET_PLAN_REVIEW_DAYS] = {"plan_review_days", 84, 1, 2 * YEAR_DAYS, "days",
                              "from the start of a case to the review of its plan"},
    [SET_REPLY_DAYS] = {"reply_days", 14, 1, YEAR_DAYS, "days",
                        "an organisation has to reply, where the service has no time of its own"},
    [SET_NEWS_DAYS] =
        {"news_days", 56, 1, YEAR_DAYS, "days",
         "without news of a handoff that was accepted, is waiting, started or paused"},
    [SET_CONSENT_MONTHS] = {"consent_months", 12, 1, 60, "months",
                            "a consent is valid, unless it says otherwise"},
    [SET_CONSENT_EXPIRING_DAYS] = {"consent_expiring_days", 28, 0, YEAR_DAYS, "days",
                                   "before its end that a consent shows as expiring"},
    [SET_AGREEMENT_EXPIRING_DAYS] = {"agreement_expiring_days", 60, 0, YEAR_DAYS, "days",
                                     "before its end that an agreement shows as expiring"},
    [SET_VERIFY_DAYS] = {"verify_days", 180, 1, 5 * YEAR_DAYS, "days",
                         "after which a directory entry counts as unverified"},
    [SET_UNMASK_MINUTES] = {"unmask_minutes", 180, 1, 1440, "minutes",
                            "a reviewer sees a record that they unmasked"},
    [SET_LOCK_MINUTES] = {"lock_minutes", 5, 1, 240, "minutes",
                          "without a key before the screen locks"},
    [SET_ATTEMPT_DAYS] =
        {"attempt_days", 3, 1, 30, "days",
         "different ones on which contact was tried, before \"unable to contact\""},
    [SET_HELD_DAYS] =
        {"held_days", 28, 1, YEAR_DAYS, "days",
         "a handoff may be held before the worker is asked whether it is still wanted"},
    [SET_REPLY_FILE_BYTES] = {"reply_file_bytes", 52428800, 1024, INT64_C(4294967296), "bytes",
                              "the largest reply file that is read"},
    [SET_REPLY_FILE_ROWS] = {"reply_file_rows", 200000, 1, 10000000, "rows",
                             "the most rows of a reply file"},
    [SET_IMPORT_FILE_BYTES] = {"import_file_bytes", INT64_C(4294967296), 1024,
                               INT64_C(1099511627776), "bytes",
                               "the largest file that is imported"},
    [SET_FIELD_BYTES] = {"field_bytes", 65536, 256, 16777216, "bytes",
                         "the longest cell of a file that is read"},
    [SET_FILE_COLUMNS] = {"file_columns", 256, 8, 4096, "columns",
                          "the most columns of a file that is read"},
    [SET_DELIVERY_SECONDS] = {"delivery_seconds", 120, 1, 3600, "seconds",
                              "a delivery command may take"},
};

int setting_find(const char *key)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(setting_rows[i].key, key) == 0)
            return i;
    return -1;
}

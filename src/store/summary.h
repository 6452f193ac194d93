/* SPDX-License-Identifier: MIT
 *
 * Counts kept with the facts, and the facts recounted.
 */
#ifndef ONWARD_STORE_SUMMARY_H
#define ONWARD_STORE_SUMMARY_H

#include "store/db.h"

/* Adds delta to a count, making the row when there is none. */
MUST_CHECK bool summary_add(struct db *db, const char *measure, const char *month, const char *neighbourhood, const char *code, int64_t delta, struct err *e);
/* The codes of a referral's needs: column code. */
struct stmt *summary_needs_of(struct db *db, int64_t referral_id, struct err *e);
/* Rows where the kept count and the recount differ: measure, month, neighbourhood, code, kept, facts. */
struct stmt *summary_differences(struct db *db, struct err *e);
/* Makes every count anew from the facts, after a bulk load. */
MUST_CHECK bool summary_rebuild(struct db *db, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Consent decisions of a person, in the order recorded.
 */
#ifndef ONWARD_STORE_CONSENTS_H
#define ONWARD_STORE_CONSENTS_H

#include "onward/records.h"
#include "store/db.h"

/* CONSENT columns, then the login of who recorded it; in the order recorded. */
struct stmt *consents_of_person(struct db *db, int64_t person_id, struct err *e);

#endif

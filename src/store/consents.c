/* SPDX-License-Identifier: MIT
 *
 * Statements on consent decisions (see consents.h).
 */
#include "store/consents.h"

#include "store/record.h"

struct stmt *consents_of_person(struct db *db, int64_t person_id, struct err *e)
{
    static const char sql[] =
        "SELECT " CONSENT_COLUMNS ", (SELECT u.login FROM app_user u WHERE u.id = consent.recorded_by) "
        "FROM consent WHERE person_id = $1 ORDER BY id";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, person_id);
    return s;
}

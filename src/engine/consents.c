/* SPDX-License-Identifier: MIT
 *
 * Loading a person's consent rows (see consents.h).
 */
#include "engine/consents.h"

#include <stdlib.h>

#include "store/consents.h"

bool consents_load(struct session *s, int64_t person_id, struct consent **rows, size_t *n, struct err *e)
{
    struct stmt *st = consents_of_person(s->db, person_id, e);
    struct consent *all = NULL;
    size_t count = 0, cap = 0;
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        if (count == cap) {
            cap = cap ? 2 * cap : 8;
            all = xrealloc(all, cap * sizeof *all);
        }
        record_read(st, 0, &consent_type, &all[count++]);
    }
    if (step == STEP_FAILED) {
        free(all);
        return false;
    }
    *rows = all;
    *n = count;
    return true;
}

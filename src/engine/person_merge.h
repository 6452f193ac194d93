/* SPDX-License-Identifier: MIT
 *
 * What a merge remembers so that it can be taken apart, as JSON in
 * person_merge.moved:
 *
 *   "person_name" .. "handoff"  ids of the records that went over, by record type
 *   "added"     {"person_name": [..], "person_identifier": [..]} made to keep what the dropped record said
 *   "filled"    keys of the fields of the kept record that were empty and took the dropped one's value
 *   "consents"  ids of the dropped record's refusals that were said again
 *   "flags"     ids of the flags: for two open handoffs to one service, for one that a refusal stands against
 *   "due"       ids of the handoffs that an update became due for
 *   "access"    ids of the users who knew of the kept record, where the merge narrowed that; "restricted" as it was
 */
#ifndef ONWARD_ENGINE_PERSON_MERGE_H
#define ONWARD_ENGINE_PERSON_MERGE_H

#include "engine/people.h"

/* What belongs to a person and goes over. */
struct merge_part {
    const struct record_type *type;
    struct stmt *(*ids)(struct db *db, int64_t person_id, struct err *e); /* the id is column 0 */
};
extern const struct merge_part merge_parts[]; /* ends with a NULL type */

/* The array of ids under `key`, made when it is not there. */
json_t *merge_ids(json_t *moved, const char *key);
void ids_add(json_t *ids, int64_t id);
bool ids_have(const json_t *ids, int64_t id);
/* Adds the ids in column 0 of a statement, which may be NULL with e set. */
MUST_CHECK bool ids_gather(struct stmt *st, json_t *ids, struct err *e);

/* Sets person_id of the record to `to`, where it is `from` now; one that is gone or belongs elsewhere stays.
 * A handoff whose recipient holds the details of `from` is due an update. */
MUST_CHECK bool merge_move(struct session *s, const struct record_type *t, int64_t id, int64_t from, const struct person *to, struct err *e);
/* Ids of the handoffs of a person that an update is due for. */
MUST_CHECK bool merge_updates_due(struct session *s, int64_t person_id, json_t *ids, struct err *e);

#endif

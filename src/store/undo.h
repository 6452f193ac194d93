/* SPDX-License-Identifier: MIT
 *
 * Undo at rest: the steps of each user and the record changes of each step.
 */
#ifndef ONWARD_STORE_UNDO_H
#define ONWARD_STORE_UNDO_H

#include "store/db.h"

struct undo_step {
    int64_t id, user_id, at;
    char title[256];
    char state[16]; /* done, undone, final */
};
MUST_CHECK bool undo_step_insert(struct db *db, const struct undo_step *s, struct err *e);
/* Gives the step its title and state at the end of its transaction. */
MUST_CHECK bool undo_step_close(struct db *db, int64_t id, const char *title, const char *state, struct err *e);
MUST_CHECK bool undo_step_set_state(struct db *db, int64_t id, const char *state, struct err *e);
/* The newest step not undone, and the oldest step undone after it: what undo and redo act on. *found false when there is none. */
MUST_CHECK bool undo_step_done(struct db *db, int64_t user_id, bool *found, struct undo_step *out, struct err *e);
MUST_CHECK bool undo_step_undone(struct db *db, int64_t user_id, int64_t after_id, bool *found, struct undo_step *out, struct err *e);

struct undo_change {
    int64_t id, step_id, record_id, version;
    const char *record, *before, *after; /* before "": the record was made; after "": it was removed */
};
MUST_CHECK bool undo_change_insert(struct db *db, const struct undo_change *c, struct err *e);
MUST_CHECK bool undo_change_set_version(struct db *db, int64_t id, int64_t version, struct err *e);
/* Columns id, record, record_id, image_before, image_after, version; newest first when `backwards`. */
struct stmt *undo_changes(struct db *db, int64_t step_id, bool backwards, struct err *e);

#endif

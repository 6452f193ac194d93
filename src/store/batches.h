/* SPDX-License-Identifier: MIT
 *
 * What the night needs of the store: the rows that are due, batches with
 * their files and rows, tries at delivery, and the reports of runs.
 */
#ifndef ONWARD_STORE_BATCHES_H
#define ONWARD_STORE_BATCHES_H

#include "onward/records.h"
#include "store/db.h"

/* id, code of every organisation, by code. */
struct stmt *night_organisations(struct db *db, struct err *e);

/* ---- what is due to an organisation */

/* Ids of handoffs with a row to send (queued; update due; stop owed and in no batch), by person,
 * then reference. One may come twice. */
struct stmt *night_rows_due(struct db *db, int64_t organisation_id, struct err *e);
/* What the organisation still has open: handoff ref, revision, state, last_reply_on, stop_reason,
 * given name, family name, service name; by person, then reference. */
struct stmt *night_rows_open(struct db *db, int64_t organisation_id, struct err *e);
/* Every held handoff with its shut gates: handoff id, ref, gate, reason; one row a gate, in order.
 */
struct stmt *night_held(struct db *db, struct err *e);

/* ---- batches */

/* How many batches of that organisation and run date there are, void ones included, and how many
 * are not void. */
MUST_CHECK bool batch_count(struct db *db, int64_t organisation_id, const char *run_on,
                            int64_t *all, int64_t *standing, struct err *e);
/* The name of the organisation's last batch that is not void; "" when there is none. */
MUST_CHECK bool batch_last(struct db *db, int64_t organisation_id, char name[CODE_SIZE],
                           struct err *e);
struct stmt *
batches_undelivered(struct db *db,
                    struct err *e); /* BATCH columns: frozen or published, oldest first */
struct stmt *batches_void(struct db *db, const char *since,
                          struct err *e); /* name, organisation id: of runs since that day */
struct stmt *batches_from(struct db *db, int64_t after_id,
                          struct err *e); /* BATCH columns: id beyond this one, in order */
/* Published batches of which a row was answered in that reply file: BATCH columns. */
struct stmt *batches_answered(struct db *db, int64_t file_id, struct err *e);

/* What a batch says of its files, beside its record. `replies` NULL: erased since. */
struct batch_files {
    struct buf replies, manifest;
    char replies_sha256[SHA256_HEX];
};
MUST_CHECK bool batch_files_set(struct db *db, int64_t batch_id, const struct batch_files *f,
                                struct err *e);
/* Fills zeroed buffers (buf_free). */
MUST_CHECK bool batch_files_get(struct db *db, int64_t batch_id, struct batch_files *f,
                                struct err *e);

struct batch_row {
    int64_t batch_id, row_no;
    const char *row_id, *action;
    int64_t handoff_id;
    const char *payload, *sha256;
};
MUST_CHECK bool batch_row_add(struct db *db, const struct batch_row *r, struct err *e);
struct stmt *
batch_rows_of(struct db *db, int64_t batch_id,
              struct err *e); /* row_no, row_id, action, handoff_id, payload, sha256; in order */
/* Rows of a handoff that went into batches of an organisation, newest first: row_id, action,
 * batch_id. */
struct stmt *batch_rows_sent(struct db *db, int64_t handoff_id, int64_t organisation_id,
                             struct err *e);

/* ---- tries at delivery */

MUST_CHECK bool delivery_begin(struct db *db, int64_t id, int64_t batch_id, int64_t at,
                               const char *command, struct err *e);
MUST_CHECK bool delivery_end(struct db *db, int64_t id, bool ok, const char *note, struct err *e);
/* Was a try made with any batch that this handoff has a row in? */
MUST_CHECK bool delivery_tried(struct db *db, int64_t handoff_id, bool *tried, struct err *e);

/* ---- runs */

/* How many runs of that date there were. */
MUST_CHECK bool nightly_run_count(struct db *db, const char *run_on, int64_t *n, struct err *e);
MUST_CHECK bool nightly_run_begin(struct db *db, int64_t id, const char *run_on, int64_t at,
                                  struct err *e);
MUST_CHECK bool nightly_run_end(struct db *db, int64_t id, int64_t at, const char *report,
                                struct err *e);
/* The report of the last run that came to its end; "" when there is none. */
MUST_CHECK bool nightly_last_report(struct db *db, struct buf *report, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Reply files, replies that wait for somebody, and the words that
 * organisations use for statuses.
 */
#ifndef ONWARD_STORE_REPLIES_H
#define ONWARD_STORE_REPLIES_H

#include "onward/records.h"
#include "store/db.h"
#include "store/page.h"

struct reply_file {
    int64_t id, organisation_id;
    const char *name, *sha256;
    int64_t read_at, row_count, applied, refused, unmatched;
    const char *verdict, *why; /* read, refused */
};
/* The file of an organisation with these bytes: its id, and whether it was read (not refused
 * whole). *id 0: there is none. */
MUST_CHECK bool reply_file_find(struct db *db, int64_t organisation_id, const char *sha256,
                                int64_t *id, bool *was_read, struct err *e);
MUST_CHECK bool reply_file_add(struct db *db, const struct reply_file *f, struct err *e);
/* What became of it. */
MUST_CHECK bool reply_file_set(struct db *db, const struct reply_file *f, struct err *e);

/* ---- words */

/* The status of a folded word, the organisation's own before that of all; "" when nobody knows it.
 */
MUST_CHECK bool reply_word_status(struct db *db, const char *organisation, const char *word,
                                  char status[CODE_SIZE], struct err *e);
MUST_CHECK bool reply_word_set(struct db *db, const char *organisation, const char *word,
                               const char *status, struct err *e);
/* organisation, word, status; in that order. */
struct stmt *reply_words(struct db *db, struct err *e);

/* ---- what waits */

/* Replies refused or unmatched and not settled, newest first, a page of their ids: id, organisation's
 * code, file name, line, row_id, handoff's ref, person's ref, status, on_date, note, verdict, why,
 * created_at, then the person's id and neighbourhood. What is about a person that the user may not
 * know of is left out. */
struct stmt *replies_waiting(struct db *db, const struct page *page, int64_t user_id,
                             struct err *e);
MUST_CHECK bool replies_waiting_count(struct db *db, int64_t user_id, int64_t *count,
                                      struct err *e);

#endif

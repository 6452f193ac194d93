/* SPDX-License-Identifier: MIT
 *
 * What users typed and have not saved: one text a user, form and subject.
 */
#ifndef ONWARD_STORE_DRAFTS_H
#define ONWARD_STORE_DRAFTS_H

#include "store/db.h"

/* Puts the text in place of an earlier one. */
MUST_CHECK bool draft_row_put(struct db *db, const char *login, const char *form, const char *about,
                              const char *title, int64_t saved_at, const char *text, struct err *e);
/* Columns form, about, title, saved_at, text: the one, or all of a user's, newest first. */
struct stmt *draft_row(struct db *db, const char *login, const char *form, const char *about,
                       struct err *e);
struct stmt *draft_rows(struct db *db, const char *login, struct err *e);
MUST_CHECK bool draft_row_delete(struct db *db, const char *login, const char *form,
                                 const char *about, struct err *e);

#endif

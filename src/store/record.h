/* SPDX-License-Identifier: MIT
 *
 * Records in and out of the store by their field tables: one insert, one
 * update, one load by key and one by reference for each record type, with the
 * SQL text written by hand in records.c, columns in the order of the fields.
 */
#ifndef ONWARD_STORE_RECORD_H
#define ONWARD_STORE_RECORD_H

#include "onward/records.h"
#include "store/db.h"

/* By id; NOT_FOUND names the type. */
MUST_CHECK bool record_load(struct db *db, const struct record_type *t, int64_t id, void *out, struct err *e);
/* By its `ref` column (or `code`, `login`, `name` for types whose people-facing key that is). */
MUST_CHECK bool record_load_ref(struct db *db, const struct record_type *t, const char *ref, void *out, struct err *e);
/* Inserts as it stands. */
MUST_CHECK bool record_insert(struct db *db, const struct record_type *t, const void *record, struct err *e);
/* Writes the record (whose version field holds the new number) where the row
 * still has version `was`; types without a version are written as they are.
 * CONFLICT when another changed it. */
MUST_CHECK bool record_update(struct db *db, const struct record_type *t, const void *record, int64_t was, struct err *e);
/* The same for one that is known as it was: reference and keys of other records are written only when they changed,
 * since an engine looks up and indexes again whatever a statement names. */
MUST_CHECK bool record_update_from(struct db *db, const struct record_type *t, const void *before, const void *record, int64_t was, struct err *e);
/* Takes the row away: a discarded draft, an undone note. Ends the program for the types that stay for ever. */
MUST_CHECK bool record_may_go(const struct record_type *t);
MUST_CHECK bool record_delete(struct db *db, const struct record_type *t, int64_t id, struct err *e);

/* For statements written elsewhere that select or insert all columns of a
 * type in field order: reads columns first .. first+count-1, binds parameters
 * n .. n+count-1. */
void record_read(struct stmt *s, int first, const struct record_type *t, void *out);
void record_bind(struct stmt *s, int n, const struct record_type *t, const void *record);

/* The column lists, for other statements of this folder: "id, ref, version, ...". As macros so that SQL stays literal text. */
#include "store/columns.h"

#endif

/* SPDX-License-Identifier: MIT
 *
 * The audit chain at rest: its head row, its rows, and the erasable values
 * behind the digests. What the rows mean is the engine's (engine/audit.c).
 */
#ifndef ONWARD_STORE_AUDIT_H
#define ONWARD_STORE_AUDIT_H

#include "onward/ident.h"
#include "store/db.h"
#include "store/page.h"

struct audit_head {
    int64_t seq;
    char hash[SHA256_HEX];
    int64_t at, ref_number, last_id;
};
/* Locks the head row for this transaction and reads it. */
MUST_CHECK bool audit_head_lock(struct db *db, struct audit_head *h, struct err *e);
/* Reads it without a lock (change notice, manifests). */
MUST_CHECK bool audit_head_read(struct db *db, struct audit_head *h, struct err *e);
MUST_CHECK bool audit_head_write(struct db *db, const struct audit_head *h, struct err *e);

struct audit_row {
    int64_t seq, at;
    const char *login, *acting_as, *verb, *effect, *record, *ref, *about, *fields, *prev, *hash;
};
MUST_CHECK bool audit_row_insert(struct db *db, const struct audit_row *r, struct err *e);
struct audit_value {
    int64_t seq;
    const char *field, *salt, *before, *after, *erased_on;
};
MUST_CHECK bool audit_value_insert(struct db *db, const struct audit_value *v, struct err *e);

/* about, of the rows after `seq` up to `last` that tell of a record made, changed or removed, in order. */
struct stmt *audit_changes(struct db *db, int64_t seq, int64_t last, struct err *e);

/* Statements to step. Rows of the chain from `seq` on, in order: seq, at, login, acting_as, verb, effect, record, ref, about, fields, prev, hash. */
struct stmt *audit_rows_from(struct db *db, int64_t seq, struct err *e);
/* Columns seq, field, salt, value_before, value_after, erased_on, in order of seq and field. */
struct stmt *audit_values_from(struct db *db, int64_t seq, struct err *e);
struct audit_query {
    struct page page; /* of their seq */
    const char *ref;  /* by or about it; "" for all */
    int64_t user_id;  /* who asks: what is about a person that this user may not know of is left out .. */
    bool whole;       /* .. but for one who sees the log whole */
};
/* Newest first, columns of the list "audit": seq, at, login, acting_as, verb, effect, record, ref, about. */
struct stmt *audit_list_rows(struct db *db, const struct audit_query *q, struct err *e);
/* How many there are below a seq. */
MUST_CHECK bool audit_list_count(struct db *db, const struct audit_query *q, int64_t below, int64_t *count, struct err *e);
void audit_row_read(struct stmt *s, struct audit_row *r);
/* The reference of the person that a reference (of a person, referral or handoff) is about; "" for any other. */
MUST_CHECK bool audit_subject(struct db *db, const char *ref, char about[REF_SIZE], struct err *e);
/* Who last made or changed a record, and when; the login is left alone when there is no such row. */
MUST_CHECK bool audit_last_change(struct db *db, const char *record, const char *ref, bool *found, int64_t *at, char login[64],
                                  struct err *e);

#endif

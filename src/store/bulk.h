/* SPDX-License-Identifier: MIT
 *
 * Set-at-a-time work: rows of text cells are gathered in memory, a table of
 * them for each table of the store, and each goes in by one INSERT .. SELECT
 * over `batch_rows` (db.h). Also what an import asks the store about a whole
 * batch at once.
 */
#ifndef ONWARD_STORE_BULK_H
#define ONWARD_STORE_BULK_H

#include "store/record.h"

/* ---- text that lives as long as a batch */

struct arena_block;
struct arena {
    struct arena_block *first, *at;
    size_t used; /* bytes handed out since the last reset */
};
void *arena_take(struct arena *a, size_t n);
char *arena_text(struct arena *a, const char *text);
char *arena_int(struct arena *a, int64_t value); /* in decimal digits */
void arena_reset(struct arena *a);               /* keeps the memory */
void arena_free(struct arena *a);

/* ---- rows of cells */

struct bulk_rows {
    const char **cells; /* row-major; NULL cells are NULL */
    size_t columns, count, cap;
};
/* One more row, all NULL; borrowed until the next. */
const char **bulk_row(struct bulk_rows *b);
void bulk_free(struct bulk_rows *b);

/* The record as cells in the order of its fields (and of the columns of its table); text goes to the arena. */
void bulk_cells(struct arena *a, const struct record_type *t, const void *record, const char **cells);
/* The record again. */
void bulk_record(const struct record_type *t, const char *const *cells, void *record);

/* ---- into the store */

/* In an order that their references to each other allow. */
enum bulk_table {
    BULK_PERSON,     /* cells of person_type; the others of theirs */
    BULK_IDENTIFIER,
    BULK_TERM,       /* term, person_id; no pair twice */
    BULK_REFERRAL,
    BULK_NEED,
    BULK_CONSENT,
    BULK_RISK,
    BULK_OFFER,      /* id, person_id, other_id, score, reasons, created_at */
    BULK_AUDIT,      /* seq, at, login, acting_as, verb, effect, record, ref, about, fields, prev, hash */
    BULK_PRACTICE,   /* struct practice_cell; a code that is there is changed */
    BULK_TABLES
};
size_t bulk_columns(enum bulk_table table);
MUST_CHECK bool bulk_insert(struct db *db, enum bulk_table table, const struct bulk_rows *rows, struct err *e);

enum practice_cell {
    PRACTICE_CODE, PRACTICE_NAME, PRACTICE_ADDRESS, PRACTICE_POSTCODE, PRACTICE_PHONE, PRACTICE_STATUS, PRACTICE_SETTING,
    PRACTICE_COMMISSIONER, PRACTICE_OPENED, PRACTICE_CLOSED, PRACTICE_FOLD_NAME, PRACTICE_CELLS
};

/* ---- questions about the rows of the batch in hand (db_batch); each result's first column is the row's number */

/* What an import knows of a person before it knows who it is. */
enum probe_cell { PROBE_NHS, PROBE_SCHEME, PROBE_KEY, PROBE_NAME_BORN, PROBE_REFERRAL_KEY, PROBE_CELLS };
struct stmt *bulk_persons_by_nhs(struct db *db, struct err *e);      /* n, person id, of those not merged away */
struct stmt *bulk_persons_by_key(struct db *db, struct err *e);      /* n, person id */
struct stmt *bulk_persons_by_name_born(struct db *db, struct err *e); /* n, person id; PROBE_NAME_BORN is a search term */
struct stmt *bulk_referrals_by_key(struct db *db, struct err *e);    /* n, ref */

/* Of batches of one cell, a person's id. */
struct stmt *bulk_referrals_of_persons(struct db *db, struct err *e); /* n, ref, state, received_on, source; not drafts and errors */
struct stmt *bulk_risks_of_persons(struct db *db, struct err *e);     /* n, kind; of risks in force */

/* Of batches of PRACTICE_CELLS: n, then the practice's cells as they are now. */
struct stmt *bulk_practices_now(struct db *db, struct err *e);

#endif

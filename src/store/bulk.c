/* SPDX-License-Identifier: MIT
 *
 * Statements over whole batches. Cells are text, so numbers are cast, with
 * the one word for 63 bits that both engines know.
 */
#include "store/bulk.h"

#include <stdlib.h>
#include <string.h>

/* ---- the arena */

enum { BLOCK_BYTES = 256 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    _Alignas(16) char bytes[];
};

static struct arena_block *block_new(size_t n)
{
    size_t size = n > BLOCK_BYTES ? n : BLOCK_BYTES;
    struct arena_block *b = xmalloc(sizeof *b + size);
    *b = (struct arena_block){.size = size};
    return b;
}

static void *take(struct arena *a, size_t n, size_t align)
{
    if (!a->at)
        a->first = a->at = block_new(n);
    size_t start = (a->at->used + align - 1) & ~(align - 1);
    while (start + n > a->at->size) {
        if (!a->at->next)
            a->at->next = block_new(n);
        a->at = a->at->next;
        start = 0;
    }
    a->at->used = start + n;
    a->used += n;
    return a->at->bytes + start;
}

void *arena_take(struct arena *a, size_t n)
{
    return take(a, n, 16);
}

char *arena_text(struct arena *a, const char *text)
{
    size_t n = strlen(text) + 1;
    return memcpy(take(a, n, 1), text, n);
}

char *arena_int(struct arena *a, int64_t value)
{
    char digits[24], *p = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    *--p = '\0';
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--p = '-';
    return arena_text(a, p);
}

void arena_reset(struct arena *a)
{
    for (struct arena_block *b = a->first; b; b = b->next)
        b->used = 0;
    a->at = a->first;
    a->used = 0;
}

void arena_free(struct arena *a)
{
    for (struct arena_block *b = a->first, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    *a = (struct arena){0};
}

/* ---- rows */

const char **bulk_row(struct bulk_rows *b)
{
    if (b->count == b->cap) {
        b->cap = b->cap ? 2 * b->cap : 1024;
        b->cells = xrealloc(b->cells, b->cap * b->columns * sizeof *b->cells);
    }
    const char **row = b->cells + b->count++ * b->columns;
    memset(row, 0, b->columns * sizeof *row);
    return row;
}

void bulk_free(struct bulk_rows *b)
{
    free(b->cells);
    *b = (struct bulk_rows){.columns = b->columns};
}

void bulk_cells(struct arena *a, const struct record_type *t, const void *record, const char **cells)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (field_is_number(f)) {
            int64_t value = field_int(f, record);
            cells[i] = value == FIELD_ABSENT ? NULL : arena_int(a, value);
        } else {
            const char *text = field_text(f, record);
            cells[i] = *text ? arena_text(a, text) : NULL;
        }
    }
}

void bulk_record(const struct record_type *t, const char *const *cells, void *record)
{
    record_init(t, record);
    for (size_t i = 0; i < t->count; i++)
        if (cells[i] && !field_load(&t->fields[i], record, cells[i]))
            die("%s.%s does not fit its field", t->name, t->fields[i].key);
}

/* ---- inserts */

#define INT(c) "CAST(" c " AS BIGINT)"

static const struct {
    size_t columns;
    const char *sql;
} tables[BULK_TABLES] = {
    [BULK_PERSON] = {40,
        "INSERT INTO person (" PERSON_COLUMNS ") SELECT " INT("c0") ", c1, " INT("c2") ", c3, c4, c5, c6, c7, c8, c9, c10, c11, "
        "c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, " INT("c22") ", c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, "
        "c34, c35, " INT("c36") ", " INT("c37") ", " INT("c38") ", " INT("c39") " FROM batch_rows"},
    [BULK_IDENTIFIER] = {4,
        "INSERT INTO person_identifier (" PERSON_IDENTIFIER_COLUMNS ") SELECT " INT("c0") ", " INT("c1") ", c2, c3 FROM batch_rows"},
    [BULK_TERM] = {2, "INSERT INTO person_term (term, person_id) SELECT c0, " INT("c1") " FROM batch_rows"},
    [BULK_REFERRAL] = {43,
        "INSERT INTO referral (" REFERRAL_COLUMNS ") SELECT " INT("c0") ", c1, " INT("c2") ", " INT("c3") ", c4, c5, " INT("c6") ", "
        "c7, c8, c9, c10, c11, c12, c13, c14, c15, " INT("c16") ", c17, " INT("c18") ", c19, c20, c21, c22, c23, c24, c25, c26, c27, "
        "c28, c29, c30, c31, c32, c33, c34, c35, c36, c37, c38, c39, c40, " INT("c41") ", " INT("c42") " FROM batch_rows"},
    [BULK_NEED] = {13,
        "INSERT INTO need (" NEED_COLUMNS ") SELECT " INT("c0") ", " INT("c1") ", " INT("c2") ", c3, " INT("c4") ", c5, " INT("c6") ", "
        "c7, c8, c9, c10, " INT("c11") ", " INT("c12") " FROM batch_rows"},
    [BULK_CONSENT] = {23,
        "INSERT INTO consent (" CONSENT_COLUMNS ") SELECT " INT("c0") ", c1, " INT("c2") ", c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, "
        "c13, c14, c15, c16, c17, c18, c19, c20, " INT("c21") ", " INT("c22") " FROM batch_rows"},
    [BULK_RISK] = {9,
        "INSERT INTO risk (" RISK_COLUMNS ") SELECT " INT("c0") ", c1, " INT("c2") ", " INT("c3") ", c4, c5, " INT("c6") ", " INT("c7") ", "
        "c8 FROM batch_rows"},
    [BULK_OFFER] = {6,
        "INSERT INTO duplicate_offer (id, person_id, other_id, score, reasons, created_at) SELECT " INT("c0") ", " INT("c1") ", "
        INT("c2") ", " INT("c3") ", c4, " INT("c5") " FROM batch_rows"},
    [BULK_AUDIT] = {12,
        "INSERT INTO audit (seq, at, login, acting_as, verb, effect, record, ref, about, fields, prev, hash) SELECT " INT("c0") ", "
        INT("c1") ", c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 FROM batch_rows"},
    [BULK_PRACTICE] = {PRACTICE_CELLS,
        "INSERT INTO practice (ods_code, name, address, postcode, phone, status, setting, commissioner, opened_on, closed_on, fold_name) "
        "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM batch_rows WHERE n >= 0 ON CONFLICT (ods_code) DO UPDATE SET "
        "name = excluded.name, address = excluded.address, postcode = excluded.postcode, phone = excluded.phone, "
        "status = excluded.status, setting = excluded.setting, commissioner = excluded.commissioner, "
        "opened_on = excluded.opened_on, closed_on = excluded.closed_on, fold_name = excluded.fold_name"},
};

size_t bulk_columns(enum bulk_table table)
{
    return tables[table].columns;
}

/* SQLite keeps every page that a statement changes, as it was, in memory until the statement is done; in a large
 * store each row may change a page of its own in every index. */
enum { ROWS_A_STATEMENT = 2048 };

bool bulk_insert(struct db *db, enum bulk_table table, const struct bulk_rows *rows, struct err *e)
{
    for (size_t at = 0; at < rows->count; at += ROWS_A_STATEMENT) {
        size_t n = rows->count - at < ROWS_A_STATEMENT ? rows->count - at : ROWS_A_STATEMENT;
        struct batch_cells batch = {rows->cells + at * rows->columns, n, rows->columns};
        struct stmt *s = db_batch(db, &batch, e) ? db_prepare(db, tables[table].sql, e) : NULL;
        if (!s || stmt_run(s, e) < 0)
            return false;
    }
    return true;
}

/* ---- questions. CROSS JOIN: the batch leads, the index follows. */

struct stmt *bulk_persons_by_nhs(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT b.n, p.id FROM batch_rows b CROSS JOIN person p "
                              "WHERE p.nhs_number = b.c0 AND p.merged_into IS NULL";
    return db_prepare(db, sql, e);
}

struct stmt *bulk_persons_by_key(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT b.n, i.person_id FROM batch_rows b CROSS JOIN person_identifier i "
                              "WHERE i.scheme = b.c1 AND i.value = b.c2";
    return db_prepare(db, sql, e);
}

struct stmt *bulk_persons_by_name_born(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT b.n, t.person_id FROM batch_rows b CROSS JOIN person_term t WHERE t.term = b.c3";
    return db_prepare(db, sql, e);
}

struct stmt *bulk_referrals_by_key(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT b.n, r.ref FROM batch_rows b CROSS JOIN referral r WHERE r.source_key = b.c4";
    return db_prepare(db, sql, e);
}

struct stmt *bulk_referrals_of_persons(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT b.n, r.ref, r.state, r.received_on, r.source FROM batch_rows b CROSS JOIN referral r "
                              "WHERE r.person_id = " INT("b.c0") " AND r.state NOT IN ('draft', 'error')";
    return db_prepare(db, sql, e);
}

struct stmt *bulk_risks_of_persons(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT b.n, k.kind FROM batch_rows b CROSS JOIN risk k "
                              "WHERE k.person_id = " INT("b.c0") " AND k.ended_on IS NULL";
    return db_prepare(db, sql, e);
}

struct stmt *bulk_practices_now(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT b.n, p.ods_code, p.name, p.address, p.postcode, p.phone, p.status, p.setting, p.commissioner, "
                              "p.opened_on, p.closed_on, p.fold_name FROM batch_rows b CROSS JOIN practice p WHERE p.ods_code = b.c0";
    return db_prepare(db, sql, e);
}

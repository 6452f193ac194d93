/* SPDX-License-Identifier: MIT
 *
 * A row of their file as a record of ours: which column feeds which field,
 * and each cell read by its field's own rule.
 */
#ifndef ONWARD_EXCHANGE_IMPORT_ROW_H
#define ONWARD_EXCHANGE_IMPORT_ROW_H

#include "exchange/import.h"

/* What a row is read into: a record of `size` bytes with these fields. */
struct row_shape {
    const struct field *fields; /* FIELD_REQUIRED ones must be there */
    size_t count, size;
    const void *blank;          /* the record before any cell and default */
    unsigned tolerated; /* bits 1 << field_kind: a cell that cannot be read is left out with a warning */
};

struct row_reader;
/* Fits the header to the fields. INVALID names the columns that nobody knows, the columns that the map names and the file
 * lacks, the fields that must be there. The shape must outlive the reader. */
MUST_CHECK struct row_reader *row_reader_new(struct import *im, const struct csv_row *header, const struct row_shape *shape, struct err *e);
void row_reader_free(struct row_reader *r);

/* Fills the record, which holds the defaults where the row says nothing. What was kept though it is odd is told in
 * `warned`, a sentence each. On false the row is refused: e says which column, which field, and what would be right. */
MUST_CHECK bool row_read(struct row_reader *r, const struct csv_row *row, void *record, struct buf *warned, struct err *e);

/* Does a column or a default feed the field of that key? */
bool row_has(const struct row_reader *r, const char *key);

#endif

/* SPDX-License-Identifier: MIT
 *
 * datapackage.json: what is in a batch folder, as a Frictionless Tabular Data
 * Package (specs.frictionlessdata.io, version 1), so that ordinary validators
 * read it. What the specification has no word for stands under "onward:" names.
 * Same input, same bytes: keys in a fixed order, no clock read here.
 */
#ifndef ONWARD_EXCHANGE_MANIFEST_H
#define ONWARD_EXCHANGE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "onward/err.h"
#include "onward/text.h"

#define MANIFEST_NAME "datapackage.json"

struct manifest_column {
    const char *name;
    const char *type; /* a Table Schema type: string, integer, date, boolean ... */
    const char *description;
    bool is_required;           /* never empty */
    const char *const *choices; /* NULL-terminated list of the words it may hold, or NULL */
};

struct manifest_file {
    const char *path; /* within the folder: "handoffs.csv" */
    size_t bytes;
    size_t rows;        /* without the header */
    const char *sha256; /* 64 hex digits */
    const struct manifest_column *columns;
    size_t column_count;
};

/* Texts that are NULL or "" and lists that are NULL are left out. */
struct manifest {
    const char *batch; /* name and id: "mind-20261123-001" */
    const char *title;
    const char *created; /* RFC 3339, UTC */
    const char *organisation;
    const char *run_date; /* YYYY-MM-DD */
    const char *previous_batch;
    const char *profile;         /* "machine" or "spreadsheet" */
    int format;                  /* version of the columns, from 1 */
    const char *audit_head;      /* digest at the head of the audit chain */
    const char *const *withheld; /* NULL-terminated: columns that the agreement leaves empty */
    const struct manifest_file *files; /* in the order in which they are to be named */
    size_t file_count;
};

/* Puts the descriptor into `out` (UTF-8, two blanks a level, ends with LF).
 * INVALID when a text is not UTF-8. */
MUST_CHECK bool manifest_build(const struct manifest *m, struct buf *out, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A small CSV file as a table in memory, looked up by the value of a column:
 * the files of a directory feed refer to each other.
 */
#ifndef ONWARD_EXCHANGE_SHEET_H
#define ONWARD_EXCHANGE_SHEET_H

#include "exchange/csv_read.h"

struct sheet {
    char **names; /* of the columns; NULL with no columns: there is no such file */
    size_t columns, count;
    struct sheet_row {
        char **cells;
        size_t line;
    } *rows;
    size_t **order; /* for each column that was asked for: row numbers in order of its value */
};

/* Reads it whole. INVALID also for a row that cannot be read: half a directory is none. */
MUST_CHECK bool sheet_read(int fd, const struct csv_limits *limits, struct sheet *out, struct err *e);
void sheet_free(struct sheet *s);

/* The cell of a row under that column; "" where there is no such column. */
const char *sheet_cell(const struct sheet *s, size_t row, const char *column);
/* Rows whose column holds `value`, in the order of the file: the i-th of them, or SIZE_MAX past the last. None for "". */
size_t sheet_find(struct sheet *s, const char *column, const char *value, size_t i);

#endif

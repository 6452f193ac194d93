/* SPDX-License-Identifier: MIT
 *
 * Reads CSV as it comes back from spreadsheets, a row at a time, in memory
 * that does not grow with the file. The one place that touches libcsv's
 * parser. A row is a row of the header: its count of fields is the header's,
 * or it is a bad row. Blank rows (nothing but blanks and delimiters) are
 * skipped, empty fields beyond the header are dropped, and lines are counted
 * as an editor counts them, blank lines and quoted newlines included.
 *
 * Three kinds of trouble: what makes the file no CSV is found by csv_open
 * before any row; a row that cannot be understood is CSV_BAD_ROW and reading
 * goes on; what leaves the ends of rows in doubt (a stray quote, an unclosed
 * quote, a limit) is CSV_FAILED, and nothing of the file may then be kept.
 */
#ifndef ONWARD_EXCHANGE_CSV_READ_H
#define ONWARD_EXCHANGE_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exchange/csv_text.h"
#include "onward/err.h"

struct csv_limits {
    uint64_t file_bytes;
    size_t rows;        /* without header and blank rows */
    size_t columns;     /* of the header */
    size_t field_bytes; /* over it the row is bad */
    size_t row_bytes;   /* over it the file is refused: an unclosed quote, most likely */
};
/* 1 GiB, 10 million rows, 256 columns, 64 KiB a field, 1 MiB a row. */
extern const struct csv_limits csv_import_limits;
/* 50 MiB, 200,000 rows, the rest as for imports. */
extern const struct csv_limits csv_reply_limits;

struct csv_reader;

/* Opens a file, looks at all of it once (csv_text.h) and reads its header.
 * csv_open_fd takes over `fd` (closed by csv_close, and on failure).
 * Errors: NOT_FOUND, STORE (unreadable), INVALID (see csv_sniff; too large; no
 * header; a column without a name or named twice; too many columns). */
MUST_CHECK struct csv_reader *csv_open(const char *path, const struct csv_limits *limits,
                                       struct err *e);
MUST_CHECK struct csv_reader *csv_open_fd(int fd, const struct csv_limits *limits, struct err *e);
/* As csv_open_fd, of a file without a header row: its columns are called `names`, and its first row is a row. */
MUST_CHECK struct csv_reader *csv_open_headless(int fd, const char *const *names, size_t count,
                                                const struct csv_limits *limits, struct err *e);
void csv_close(struct csv_reader *r);

/* A row, borrowed until the next csv_next. `raw` is the row exactly as it came,
 * in the file's own encoding, without the line ending that closes it. */
struct csv_row {
    const char *const *fields; /* UTF-8, NUL-terminated; blanks around an unquoted field are gone */
    size_t count;              /* the header's count; 0 in a bad row */
    size_t line;               /* physical line of its first byte, from 1 */
    const char *raw;
    size_t raw_len;
};

/* The header: names as they came but for blanks at their ends; borrowed until csv_close. */
const struct csv_row *csv_header(const struct csv_reader *r);
/* The index of the column of that name (see csv_same_column), or -1. */
int csv_column(const struct csv_reader *r, const char *name);
/* Equal but for ASCII case, blanks and underscores: "Date of Birth" is date_of_birth. */
bool csv_same_column(const char *a, const char *b);

enum csv_encoding csv_encoding(const struct csv_reader *r);
char csv_delimiter(const struct csv_reader *r);

enum csv_next { CSV_ROW, CSV_END, CSV_BAD_ROW, CSV_FAILED };

/* The next row. CSV_BAD_ROW: `row` has line and raw, `e` says why (INVALID,
 * beginning with "Line n"); go on. CSV_FAILED: `e` says why and where; the
 * reader stays failed and gives the same error again. */
MUST_CHECK enum csv_next csv_next(struct csv_reader *r, struct csv_row *row, struct err *e);

#endif

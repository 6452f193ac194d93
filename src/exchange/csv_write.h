/* SPDX-License-Identifier: MIT
 *
 * Writes CSV after RFC 4180: CRLF, a header of the caller's, fields in quotes
 * where they need them. Into memory, or to a descriptor with a small buffer
 * in front of it, so that an export of any length needs no memory. An error
 * while writing is kept and told once, at the end.
 */
#ifndef ONWARD_EXCHANGE_CSV_WRITE_H
#define ONWARD_EXCHANGE_CSV_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/csv_guard.h"
#include "exchange/io.h"
#include "onward/err.h"
#include "onward/text.h"

/* CSV_MACHINE writes every text as it is; CSV_SPREADSHEET guards it (csv_guard.h). */
enum csv_profile { CSV_MACHINE, CSV_SPREADSHEET };

struct csv_writer {
    struct buf out; /* what has been written; with a descriptor, what has yet to go there */
    enum csv_profile profile;
    char delimiter; /* ',' unless the caller sets another before the first cell */
    bool in_row;
    size_t row_at; /* where in `out` the row begins */
    int fd;        /* -1: everything stays in `out` */
    const struct io_ops *io;
    int failure;     /* errno of the first write that failed, or 0 */
    struct buf cell; /* room for guarding */
};

/* `bom`: begin with a byte order mark, by which Excel knows UTF-8. `fd`: where
 * to write, or -1; it stays the caller's, as does closing it. */
void csv_writer_init(struct csv_writer *w, enum csv_profile profile, bool bom, int fd);
void csv_writer_free(struct csv_writer *w);

/* The next cell of the row. A cell of the kind CSV_DIGITS is guarded as a number. */
void csv_cell(struct csv_writer *w, enum csv_kind kind, const char *text);
/* The next cells of the row, as bytes that are CSV already (a row as csv_next gave it). */
void csv_raw_cells(struct csv_writer *w, const char *raw, size_t n);
void csv_end_row(struct csv_writer *w);

/* Hands the rest to the descriptor. STORE when this or an earlier write failed. */
MUST_CHECK bool csv_writer_finish(struct csv_writer *w, struct err *e);

#endif

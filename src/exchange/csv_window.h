/* SPDX-License-Identifier: MIT
 *
 * The part of a CSV file that is in memory: everything from the start of the
 * row in hand, cut into physical lines. Holds one row and a chunk, whatever
 * the size of the file. Knows line endings (CR, LF, CRLF) and nothing of
 * quotes or fields.
 */
#ifndef ONWARD_EXCHANGE_CSV_WINDOW_H
#define ONWARD_EXCHANGE_CSV_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "onward/err.h"

enum { CSV_CHUNK = 64 * 1024 }; /* bytes a read, and at most in a piece */

struct csv_window {
    int fd;
    off_t end; /* of the file */
    off_t at;  /* file offset of data[len] */
    char *data;
    size_t cap, len;
    size_t row;    /* where the row in hand begins */
    size_t next;   /* first byte not yet taken */
    size_t line;   /* physical line of data[next], from 1 */
    size_t lf_end; /* one past the first LF from `next` on (len + 1: none); not above next: not
                      looked */
};

struct csv_piece {
    const char *text;
    size_t len; /* 0 at the end of the file */
    bool ends_line;
};

/* A window on bytes [begin, end) of `fd`, which stays the caller's. */
void csv_window_init(struct csv_window *w, int fd, off_t begin, off_t end);
void csv_window_free(struct csv_window *w);

/* The piece at `next`: up to and with the end of its physical line, or a chunk
 * of a line that is longer, or what is left of the file. May move the row in
 * hand within `data`. Errors: STORE (unreadable; shorter than it was). */
MUST_CHECK bool csv_window_piece(struct csv_window *w, struct csv_piece *piece, struct err *e);

/* Goes past a piece. */
void csv_window_take(struct csv_window *w, const struct csv_piece *piece);

#endif

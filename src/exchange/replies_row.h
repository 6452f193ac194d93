/* SPDX-License-Identifier: MIT
 *
 * One row of a reply file: which column is which, and what its texts mean.
 */
#ifndef ONWARD_EXCHANGE_REPLIES_ROW_H
#define ONWARD_EXCHANGE_REPLIES_ROW_H

#include "engine/core.h"
#include "exchange/csv_read.h"

enum reply_column {
    REPLY_ROW_ID,
    REPLY_REFERENCE,
    REPLY_STATUS,
    REPLY_DATE,
    REPLY_DECLINED_BY,
    REPLY_REASON,
    REPLY_OUTCOME,
    REPLY_NOTE,
    REPLY_YOUR_REFERENCE,
    REPLY_WORKER,
    REPLY_COLUMN_COUNT
};
struct reply_columns {
    int at[REPLY_COLUMN_COUNT]; /* index in the file, -1: not there */
};
/* INVALID, in words, when the header has no row to answer or no status. */
MUST_CHECK bool reply_columns_find(const struct csv_reader *r, struct reply_columns *c,
                                   struct err *e);

/* A row as it was understood. */
struct reply_words {
    char reference[REF_SIZE];
    int64_t revision;   /* 0: none was given */
    struct reply reply; /* status, date and what came with them */
};
/* Has nobody written anything into it? */
bool reply_row_is_blank(const struct reply_columns *c, const struct csv_row *row);
/* What the row is about. Fills reference, revision and reply.row_id. INVALID when it names nothing
 * that could be ours. */
MUST_CHECK bool reply_row_reference(const struct reply_columns *c, const struct csv_row *row,
                                    struct reply_words *out, struct err *e);
/* What it says. INVALID says what is wrong with which column; STORE. */
MUST_CHECK bool reply_row_read(struct session *s, const char *organisation,
                               const struct reply_columns *c, const struct csv_row *row,
                               struct reply_words *out, struct err *e);

#endif

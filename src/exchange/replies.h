/* SPDX-License-Identifier: MIT
 *
 * Reply files: what an organisation wrote into reply.csv and sent back, after
 * a spreadsheet had it. A file is looked at whole before any row of it is
 * kept, and all of its rows are kept in one transaction. A row that cannot be
 * understood is refused alone; the others are applied.
 */
#ifndef ONWARD_EXCHANGE_REPLIES_H
#define ONWARD_EXCHANGE_REPLIES_H

#include "engine/core.h"
#include "onward/exchange.h"

struct replies_counts {
    int64_t rows;    /* with something in them */
    int64_t applied; /* moved a handoff or were news of it */
    int64_t history; /* older than what is known, or after a stop: kept */
    int64_t same;    /* said before */
    int64_t refused, unmatched;
};
struct replies_result {
    char sha256[SHA256_HEX];
    int64_t file_id;
    bool is_known;   /* these bytes were read before: nothing was done */
    bool is_refused; /* the whole file; `why` says why */
    char why[768];
    struct replies_counts counts;
    struct buf rejects; /* refused and unmatched rows as they came, with line and why: a CSV file;
                           empty when none */
    json_t *fates;      /* [{"line","fate","ref","why"}], where the caller put an array */
};
void replies_result_free(struct replies_result *r);

/* Called inside the transaction, before it ends: what it fails to keep undoes the file. */
typedef bool replies_keep(void *ctx, const struct replies_result *r, struct err *e);

/* Reads the file `fd` (which stays the caller's) of an organisation. False only when the store, the
 * file or `keep` fails; a refused file is a result. `keep` may be NULL. */
MUST_CHECK bool replies_read_file(struct session *s, const struct organisation *o, const char *name,
                                  int fd, replies_keep *keep, void *ctx, struct replies_result *out,
                                  struct err *e);

/* The digest of a file's bytes. */
MUST_CHECK bool replies_digest(int fd, char out[SHA256_HEX], struct err *e);

/* `onward import replies`: the report of import_file. */
MUST_CHECK bool import_replies(struct session *s, const struct import_options *o, json_t **report,
                               bool *partly, struct err *e);

#endif

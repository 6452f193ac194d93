/* SPDX-License-Identifier: MIT
 *
 * A batch as bytes. In the making: the rows of handoffs.csv, then reply.csv
 * and the manifest, all into the store in one transaction with the rows' own
 * change of state. From then on its files are made of what the store holds,
 * never of the records again, and compared with the digests of that day.
 */
#ifndef ONWARD_EXCHANGE_PACKAGE_H
#define ONWARD_EXCHANGE_PACKAGE_H

#include "engine/handoff_row.h"
#include "exchange/csv_write.h"
#include "exchange/spool.h"

#define PACKAGE_FORMAT 1
#define PACKAGE_ROWS "handoffs.csv"
#define PACKAGE_REPLIES "reply.csv"

/* ---- in the making */

struct package_row {
    char row_id[32];
    enum row_action action;
    int64_t handoff_id;
    size_t at, len; /* the line in handoffs.csv, without its end */
};
struct package {
    struct csv_writer csv;
    struct package_row *rows;
    size_t count, room;
};
void package_init(struct package *p, const struct organisation *o);
void package_free(struct package *p);
void package_add(struct package *p, const struct handoff_row *row, enum row_action action,
                 int64_t handoff_id);

/* Completes `b` (name, id and the like are filled), writes reply.csv and the manifest and inserts
 * the batch with its rows. The rows' handoffs are frozen already. `a` NULL: there is no agreement.
 */
MUST_CHECK bool package_keep(struct session *s, struct package *p, const struct organisation *o,
                             const struct agreement *a, struct batch *b, struct err *e);

/* ---- from the store */

struct package_files {
    struct buf rows, replies, manifest;
    bool is_erased;  /* payloads are gone (retention): digests can be compared, files not made */
    char wrong[192]; /* what is not as it was frozen; "" when all is */
};
/* Fills a zeroed struct; package_files_free after. */
MUST_CHECK bool package_load(struct db *db, const struct batch *b, struct package_files *f,
                             struct err *e);
void package_files_free(struct package_files *f);
/* The files in the order in which they are put in place. */
void package_files_list(const struct package_files *f, struct spool_file out[3]);
/* The audit head that the manifest names; false when it names none. */
bool package_audit_head(const struct package_files *f, char head[SHA256_HEX]);

#endif

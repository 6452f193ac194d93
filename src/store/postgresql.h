/* SPDX-License-Identifier: MIT
 *
 * What the parts of the PostgreSQL driver share: the connection, the wording
 * of its failures, the dialect of scripts.
 */
#ifndef ONWARD_STORE_POSTGRESQL_H
#define ONWARD_STORE_POSTGRESQL_H

#include "store/driver.h"
#include "store/libpq.h"

struct pg_db {
    struct db db;
    PGconn *conn;
    bool lost; /* the connection has to be made again before the next transaction */
};

/* Notes and words the failure in `r` (NULL: of the connection). Always false. Never tells values:
 * the server's detail is left out. */
bool pg_failure(struct pg_db *q, const PGresult *r, struct err *e);
/* Runs statements without parameters; a result that is not `wanted` is a failure. */
MUST_CHECK bool pg_run(struct pg_db *q, const char *sql, ExecStatusType wanted, struct err *e);

MUST_CHECK struct db *pg_open(const struct store_url *url, enum db_mode mode, struct err *e);
void pg_close(struct db *db);

/* schema.sql in the words of PostgreSQL: BIGINT for INTEGER, BYTEA for BLOB, outside comments and
 * quotes. */
void pg_dialect(const char *sql, struct buf *out);
/* The highest n of the parameters $n. */
int pg_parameters(const char *sql);

MUST_CHECK bool pg_batch(struct db *db, const struct batch_cells *batch, struct err *e);
MUST_CHECK bool pg_backup(struct db *db, const char *file, struct err *e);
MUST_CHECK bool pg_restore(const struct store_url *url, const char *file, struct err *e);
MUST_CHECK bool pg_check(struct db *db, struct err *e);

#endif

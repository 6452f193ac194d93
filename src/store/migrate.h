/* SPDX-License-Identifier: MIT
 *
 * The tables of a store: made once from schema.sql, then brought forward by
 * numbered steps. A step is never edited after it was released; each runs in
 * its own transaction together with its number.
 */
#ifndef ONWARD_STORE_MIGRATE_H
#define ONWARD_STORE_MIGRATE_H

#include "store/db.h"

struct migration {
    int version;        /* that the store has after the step */
    const char *script; /* same dialect as schema.sql */
};
struct migrations {
    const struct migration *steps; /* ascending by one, the first leads to 2 */
    size_t count;
};
extern const struct migrations store_migrations;

/* Makes the tables of `schema` in an empty store; it must record the version that `m` leads to. */
MUST_CHECK bool migrate_create(struct db *db, const char *schema, const struct migrations *m,
                               struct err *e);

/* Refuses a database that is not ours or newer than `m`, runs the steps that
 * an older one lacks. A store opened for reading only is never changed: an
 * older one is refused. */
MUST_CHECK bool migrate_open(struct db *db, const struct migrations *m, struct err *e);

#endif

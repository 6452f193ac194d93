/* SPDX-License-Identifier: MIT
 *
 * A store that fails: the engine's driver in a wrapper that counts the calls
 * which can fail (preparing and stepping a statement, begin, commit, batches)
 * and lets the nth of them fail as a full disk would. Everything else, and
 * every rollback, goes to the real engine.
 */
#ifndef ONWARD_TESTS_FAULTDB_H
#define ONWARD_TESTS_FAULTDB_H

#include <stdbool.h>

#include "store/db.h"

/* Lets the nth call from now on fail (0: none), and every other go through. One connection at a
 * time. */
void faultdb_fail_at(struct db *db, long n);
/* Has it failed? */
bool faultdb_has_failed(void);
/* From now on another program holds the store: writing says so at once, without the half minute for which it is tried. */
void faultdb_hold(struct db *db);
/* The connection is as it was opened. */
void faultdb_unwrap(struct db *db);

#endif

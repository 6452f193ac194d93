/* SPDX-License-Identifier: MIT
 *
 * A fresh place for a store, on the engine that the environment names:
 * ONWARD_TEST_ENGINE is sqlite (default) or postgresql; ONWARD_TEST_JOURNAL
 * the journal of SQLite stores; ONWARD_TEST_PG the url of a server where
 * databases may be made (see postgres.sh).
 */
#ifndef ONWARD_TESTS_TESTDB_H
#define ONWARD_TESTS_TESTDB_H

#include <stdbool.h>

/* The url of a place where db_open(.., DB_CREATE, ..) makes a store. It lives until testdb_drop. */
const char *testdb_url(void);
/* Removes the store, with everything beside it, and frees the url. */
void testdb_drop(const char *url);

bool testdb_is_sqlite(void);

/* A new folder for a test's files, and its end with all that is in it. */
const char *testdb_folder(void);
void testdb_folder_drop(const char *folder);

#endif

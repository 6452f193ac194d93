/* SPDX-License-Identifier: MIT
 *
 * A fresh store for each test of the driver seam, on the engine that the test
 * run names, with one more table: `probe`, three rows.
 */
#ifndef ONWARD_TESTS_PROBE_STORE_H
#define ONWARD_TESTS_PROBE_STORE_H

#include "store/probe.h"

#define ADD_FOUR "INSERT INTO probe (id, word) VALUES (4, 'four')"

static const char *url;
static struct db *db;

/* Setup and teardown of each test. */
static int make_store(void **state)
{
    (void)state;
    url = testdb_url();
    db = probe_open(url, DB_CREATE);
    probe_script(db, "CREATE TABLE probe (id INTEGER NOT NULL PRIMARY KEY, word TEXT UNIQUE, n "
                     "INTEGER CHECK (n <> 13), "
                     "data BLOB, parent INTEGER REFERENCES probe (id));"
                     "CREATE INDEX probe_parent ON probe (parent);"
                     "INSERT INTO probe (id, word) VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    return 0;
}

static int drop_store(void **state)
{
    (void)state;
    db_close(db);
    testdb_drop(url);
    return 0;
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, make_store, drop_store)

#endif

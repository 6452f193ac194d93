/* SPDX-License-Identifier: MIT
 *
 * Small steps that the tests of the driver seam share: a statement without
 * parameters run, a number asked for, an error made a failed test.
 */
#ifndef ONWARD_TESTS_PROBE_H
#define ONWARD_TESTS_PROBE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/driver.h"
#include "support/testdb.h"

static inline void must(bool ok, const struct err *e)
{
    if (!ok)
        fail_msg("%s: %s", err_name(e->code), e->text);
}

static inline struct db *probe_open(const char *url, enum db_mode mode)
{
    struct err e = {0};
    struct db *db = db_open(url, mode, &e);
    must(db, &e);
    return db;
}

/* Opening has to fail, with this code and with words that hold `says`. */
static inline void probe_refused(const char *url, enum db_mode mode, enum err_code code,
                                 const char *says)
{
    struct err e = {0};
    struct db *db = db_open(url, mode, &e);
    assert_null(db);
    assert_int_equal(e.code, code);
    if (!strstr(e.text, says))
        fail_msg("\"%s\" does not say \"%s\"", e.text, says);
}

static inline bool probe_try(struct db *db, const char *sql, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    return s && stmt_run(s, e) >= 0;
}

/* In a transaction of its own, unless there is one. */
static inline void probe_run(struct db *db, const char *sql)
{
    struct err e = {0};
    must(db_begin(db, __func__, &e), &e);
    must(probe_try(db, sql, &e), &e);
    must(db_commit(db, &e), &e);
}

static inline void probe_script(struct db *db, const char *sql)
{
    struct err e = {0};
    must(db_script(db, sql, &e), &e);
}

static inline int64_t probe_number(struct db *db, const char *sql)
{
    struct err e = {0};
    struct stmt *s = db_prepare(db, sql, &e);
    must(s && stmt_step(s, &e) == STEP_ROW, &e);
    int64_t n = col_int(s, 0);
    stmt_done(s);
    return n;
}

#endif

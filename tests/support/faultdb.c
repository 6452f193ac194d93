/* SPDX-License-Identifier: MIT
 *
 * See faultdb.h. The wrapper is a copy of the real driver with a few doors
 * replaced; the connection and its statements stay the engine's own.
 */
#include "support/faultdb.h"

#include "store/driver.h"

static const struct driver *real;
static struct driver failing;
static long calls, fail_at;
static bool is_held;

static bool goes_through(struct db *db, struct err *e)
{
    if (++calls != fail_at)
        return true;
    db_failed(db, FAIL_OTHER);
    return err_set(e, ERR_STORE, "The store failed at call %ld.", calls);
}

static struct stmt *prepare(struct db *db, const char *sql, struct err *e)
{
    return goes_through(db, e) ? real->prepare(db, sql, e) : NULL;
}

static enum step step(struct stmt *s, struct err *e)
{
    return goes_through(s->db, e) ? real->step(s, e) : STEP_FAILED;
}

static bool begin(struct db *db, bool write, struct err *e)
{
    if (write && is_held) {
        db_failed(db, FAIL_OTHER);
        return err_set(e, ERR_BUSY, "Another program holds the store and did not let go in time; nothing was changed, try again.");
    }
    return goes_through(db, e) && real->begin(db, write, e);
}

static bool commit(struct db *db, struct err *e)
{
    return goes_through(db, e) && real->commit(db, e);
}

static bool batch(struct db *db, const struct batch_cells *cells, struct err *e)
{
    return goes_through(db, e) && real->batch(db, cells, e);
}

void faultdb_fail_at(struct db *db, long n)
{
    if (db->driver != &failing) {
        real = db->driver;
        failing = *real;
        failing.prepare = prepare;
        failing.step = step;
        failing.begin = begin;
        failing.commit = commit;
        failing.batch = batch;
        db->driver = &failing;
    }
    calls = 0;
    fail_at = n;
    is_held = false;
}

void faultdb_hold(struct db *db)
{
    faultdb_fail_at(db, 0);
    is_held = true;
}

bool faultdb_has_failed(void)
{
    return fail_at && calls >= fail_at;
}

void faultdb_unwrap(struct db *db)
{
    if (db->driver == &failing)
        db->driver = real;
}

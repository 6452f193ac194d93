/* SPDX-License-Identifier: MIT
 *
 * Making, recognising and migrating the tables of a store (see migrate.h). A
 * store says what it is in store_meta: application and schema_version.
 */
#include "store/migrate.h"

#include <stdio.h>
#include <string.h>

#include "store/driver.h"

/* From version 1, schema.sql as first released. */
static const struct migration steps[] = {
    {2, "CREATE TABLE draft ("
        "login TEXT NOT NULL REFERENCES app_user (login), "
        "form TEXT NOT NULL, "
        "about TEXT NOT NULL, "
        "title TEXT NOT NULL, "
        "saved_at INTEGER NOT NULL, "
        "text TEXT NOT NULL, "
        "PRIMARY KEY (login, form, about))"},
};
const struct migrations store_migrations = {steps, sizeof steps / sizeof *steps};

static int newest(const struct migrations *m)
{
    return m->count ? m->steps[m->count - 1].version : 1;
}

static bool first_number(struct stmt *s, int64_t *out, struct err *e)
{
    enum step step = s ? stmt_step(s, e) : STEP_FAILED;
    if (step == STEP_ROW) {
        *out = col_int(s, 0);
        stmt_done(s);
    }
    if (step == STEP_DONE)
        return err_set(e, ERR_STORE,
                       "The store does not say which version it has; restore a backup.");
    return step == STEP_ROW;
}

static bool count_tables(struct db *db, const char *name, int64_t *count, struct err *e)
{
    struct stmt *s = db_prepare(db, name ? db->driver->count_named : db->driver->count_tables, e);
    if (s && name)
        stmt_text(s, 1, name);
    return first_number(s, count, e);
}

/* Is there a store_meta that says onward? */
static bool is_ours(struct db *db, bool *ours, struct err *e)
{
    static const char sql[] =
        "SELECT count(*) FROM store_meta WHERE key = 'application' AND value = 'onward'";
    int64_t count = 0;
    if (!count_tables(db, "store_meta", &count, e))
        return false;
    if (count && !first_number(db_prepare(db, sql, e), &count, e))
        return false;
    *ours = count > 0;
    return true;
}

static bool read_version(struct db *db, int64_t *version, struct err *e)
{
    static const char sql[] =
        "SELECT CAST(value AS INTEGER) FROM store_meta WHERE key = 'schema_version'";
    return first_number(db_prepare(db, sql, e), version, e);
}

/* Reads the version and locks its row, so that two programs never run one step. */
static bool lock_version(struct db *db, int64_t *version, struct err *e)
{
    static const char sql[] = "UPDATE store_meta SET value = value WHERE key = 'schema_version' "
                              "RETURNING CAST(value AS INTEGER)";
    return first_number(db_prepare(db, sql, e), version, e);
}

static bool write_version(struct db *db, int version, struct err *e)
{
    static const char sql[] = "UPDATE store_meta SET value = $1 WHERE key = 'schema_version'";
    char text[16];
    snprintf(text, sizeof text, "%d", version);
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, text);
    return stmt_run(s, e) >= 0;
}

struct creation {
    const char *schema;
    const struct migrations *m;
};

static bool create_tables(struct db *db, void *ctx, struct err *e)
{
    const struct creation *c = ctx;
    int64_t count = 0, version = 0;
    if (!count_tables(db, NULL, &count, e))
        return false;
    if (count)
        return err_set(
            e, ERR_STORE,
            "There are tables there already. A new store needs an empty database or schema.");
    if (!db_script(db, c->schema, e) || (db->driver->mark && !db->driver->mark(db, e)) ||
        !read_version(db, &version, e))
        return false;
    if (version != newest(c->m))
        die("schema.sql says version %d and the migrations lead to %d", (int)version, newest(c->m));
    return true;
}

bool migrate_create(struct db *db, const char *schema, const struct migrations *m, struct err *e)
{
    struct creation c = {schema, m};
    return db_transact(db, __func__, create_tables, &c, e);
}

/* One step, unless another program ran it in the meantime. */
static bool run_step(struct db *db, void *ctx, struct err *e)
{
    const struct migration *step = ctx;
    int64_t version = 0;
    if (!lock_version(db, &version, e))
        return false;
    if (version >= step->version)
        return true;
    return db_script(db, step->script, e) && write_version(db, step->version, e);
}

bool migrate_open(struct db *db, const struct migrations *m, struct err *e)
{
    bool ours = false;
    int64_t version = 0;
    if (!is_ours(db, &ours, e))
        return false;
    if (!ours)
        return err_set(e, ERR_STORE,
                       "This database is not an onward store. Check the name of the store.");
    if (!read_version(db, &version, e))
        return false;
    if (version > newest(m))
        return err_set(e, ERR_STORE,
                       "This store has version %d and this onward knows up to %d. Use the newer "
                       "onward that made it.",
                       (int)version, newest(m));
    if (version < newest(m) && db->mode == DB_READ_ONLY)
        return err_set(e, ERR_STORE,
                       "This store has the older version %d and is opened for reading only. "
                       "Open it once for writing, which brings it up to date.",
                       (int)version);
    for (size_t i = 0; i < m->count; i++) {
        struct migration step = m->steps[i];
        if (step.version > version && !db_transact(db, __func__, run_step, &step, e))
            return err_prefix(e, "Bringing the store to version %d failed", step.version);
    }
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * SQLite's WAL-reset bug (3.7.0 to 3.51.2), made to happen on purpose: a
 * checkpoint that another connection overtakes marks frames as copied that
 * are not, and committed rows are lost. SQLite calls xUnfetch of the database
 * file between reading the log's header and copying, so a VFS whose xUnfetch
 * commits a row opens that window every time, on the library as it is. The
 * control shows that the bug is there; the driver's guarded checkpoint has to
 * withstand the same. Source: sqlite.org/wal.html#walresetbug.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/probe.h"
#include "store/sqlite.h"

/* ---- the window: the system's VFS, but for one method of database files */

static sqlite3_vfs *system_vfs, window_vfs;
static sqlite3_io_methods window_methods;
static int (*system_unfetch)(sqlite3_file *, sqlite3_int64, void *);
static bool window_armed;
static int window_opened;

static sqlite3 *writer; /* another program: never sees the window itself */
static int committed;

static void add_rows(int n)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "INSERT INTO t (v) SELECT hex(randomblob(900)) FROM "
             "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
             "SELECT i FROM n)",
             n);
    if (sqlite3_exec(writer, sql, NULL, NULL, NULL) == SQLITE_OK)
        committed += n;
}

static int unfetch(sqlite3_file *file, sqlite3_int64 offset, void *page)
{
    if (window_armed && offset == 0 && !page) {
        window_armed = false;
        window_opened++;
        add_rows(1); /* restarts the log under the checkpoint */
    }
    return system_unfetch(file, offset, page);
}

static int open_with_window(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                            int *out)
{
    (void)vfs;
    int rc = system_vfs->xOpen(system_vfs, name, file, flags, out);
    if (rc == SQLITE_OK && flags & SQLITE_OPEN_MAIN_DB) {
        system_unfetch = file->pMethods->xUnfetch;
        window_methods = *file->pMethods;
        window_methods.xUnfetch = unfetch;
        file->pMethods = &window_methods;
    }
    return rc;
}

static int put_window_in(void **state)
{
    (void)state;
    system_vfs = sqlite3_vfs_find(NULL);
    window_vfs = *system_vfs;
    window_vfs.zName = "window";
    window_vfs.xOpen = open_with_window;
    return sqlite3_vfs_register(&window_vfs, 1);
}

static int take_window_out(void **state)
{
    (void)state;
    return sqlite3_vfs_unregister(&window_vfs);
}

/* ---- the story */

static const char *folder;
static struct buf path;

static int make_folder(void **state)
{
    (void)state;
    folder = testdb_folder();
    path = (struct buf){0};
    buf_fmt(&path, "%s/store.db", folder);
    committed = window_opened = 0;
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    buf_free(&path);
    testdb_folder_drop(folder);
    return 0;
}

static sqlite3 *open_by(const char *vfs)
{
    int64_t tables;
    sqlite3 *handle;
    assert_int_equal(
        sqlite3_open_v2(path.data, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs),
        SQLITE_OK);
    sqlite3_wal_autocheckpoint(handle, 0);
    sqlite3_exec(handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    assert_true(sqlite_number(handle, "SELECT count(*) FROM sqlite_schema", &tables));
    return handle;
}

#define MAKE_TABLE "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE INDEX t_v ON t (v)"

/* 40 rows copied; a checkpoint overtaken by one row; the log grown past where
 * it was; copied again; and restarted. The first checkpoint makes the
 * connection know an older log: one that read the newest has no window. */
static void tell(void (*checkpoint)(void *), void *ctx)
{
    checkpoint(ctx);
    add_rows(40);
    checkpoint(ctx);
    window_armed = true;
    checkpoint(ctx);
    assert_int_equal(window_opened, 1);
    for (int i = 0; i < 60; i++)
        add_rows(1);
    checkpoint(ctx);
    add_rows(1);
}

/* Every row that was committed is there, and the file is sound. */
static bool all_is_there(void)
{
    int64_t rows = 0, sound = 0;
    sqlite3 *handle = open_by(system_vfs->zName);
    bool ok =
        sqlite_number(handle, "SELECT count(*) FROM t", &rows) &&
        sqlite_number(handle,
                      "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'",
                      &sound);
    sqlite3_close(handle);
    return ok && rows == committed && sound == 1;
}

static void plain_checkpoint(void *handle)
{
    sqlite3_wal_checkpoint_v2(handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static void guarded_checkpoint(void *db)
{
    sqlite_checkpoint(db);
}

static bool library_is_mended(void)
{
    int v = sqlite3_libversion_number();
    return v >= 3051003 || (v >= 3050007 && v < 3051000) || (v >= 3044006 && v < 3045000);
}

static void an_unguarded_checkpoint_loses_committed_rows(void **state)
{
    (void)state;
    if (library_is_mended()) {
        print_message("# SQLite %s no longer has the bug\n", sqlite3_libversion());
        skip();
    }
    writer = open_by(system_vfs->zName);
    assert_int_equal(sqlite3_exec(writer, MAKE_TABLE, NULL, NULL, NULL), SQLITE_OK);
    sqlite3 *checkpointer = open_by("window");
    tell(plain_checkpoint, checkpointer);
    sqlite3_close(checkpointer);
    sqlite3_close(writer);
    assert_int_equal(committed, 102);
    assert_false(all_is_there());
}

static void the_drivers_checkpoint_loses_nothing(void **state)
{
    (void)state;
    struct db *db = probe_open(path.data, DB_CREATE);
    probe_script(db, MAKE_TABLE);
    writer = open_by(system_vfs->zName);
    tell(guarded_checkpoint, db);
    sqlite3_close(writer);
    db_close(db);
    assert_int_equal(committed, 101); /* the one that would have overtaken was told to wait */
    assert_true(all_is_there());
}

/* ---- and at work */

enum { DESKS = 4, SAVES = 60 };

static int save_many(void)
{
    static const char save[] =
        "INSERT INTO t (v) VALUES (hex(randomblob(30000)))"; /* 15 frames, and the index */
    struct err e = {0};
    struct db *desk = db_open(path.data, DB_OPEN, &e);
    bool ok = desk;
    for (int i = 0; ok && i < SAVES; i++)
        ok = db_begin(desk, __func__, &e) && probe_try(desk, save, &e) && db_commit(desk, &e);
    db_close(desk);
    if (!ok)
        fprintf(stderr, "%s\n", e.text);
    return ok ? 0 : 1;
}

static void desks_that_save_and_copy_side_by_side_lose_nothing(void **state)
{
    int status;
    (void)state;
    struct db *db = probe_open(path.data, DB_CREATE);
    probe_script(db, MAKE_TABLE);
    db_close(db);
    for (int i = 0; i < DESKS; i++)
        if (fork() == 0)
            _exit(save_many());
    for (int i = 0; i < DESKS; i++) {
        wait(&status);
        assert_int_equal(status, 0);
    }
    committed = DESKS * SAVES;
    assert_true(all_is_there());
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(an_unguarded_checkpoint_loses_committed_rows),
        FRESH(the_drivers_checkpoint_loses_nothing),
        FRESH(desks_that_save_and_copy_side_by_side_lose_nothing),
    };
    return cmocka_run_group_tests(tests, put_window_in, take_window_out);
}

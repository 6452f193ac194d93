/* SPDX-License-Identifier: MIT
 *
 * What onward asks of SQLite in particular: durability and safety settings of
 * every connection, the file's permissions, disks that are full or read-only,
 * locks held by others, the queue of writers, the watch over query plans. A
 * child process opens its connection after the fork.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/probe.h"
#include "store/sqlite.h"

static const char *folder;
static struct buf path, url;
static struct db *db;

static void open_again(enum db_mode mode)
{
    db_close(db);
    db = probe_open(url.data, mode);
}

static int make_store(void **state)
{
    (void)state;
    folder = testdb_folder();
    path = url = (struct buf){0};
    buf_fmt(&path, "%s/store.db", folder);
    buf_fmt(&url, "sqlite:%s", path.data);
    db = probe_open(url.data, DB_CREATE);
    probe_script(db,
                 "CREATE TABLE probe (id INTEGER NOT NULL PRIMARY KEY, word TEXT, who INTEGER)");
    return 0;
}

static int drop_store(void **state)
{
    (void)state;
    db_close(db);
    testdb_folder_drop(folder);
    buf_free(&path);
    buf_free(&url);
    return 0;
}

static sqlite3 *handle(void)
{
    return ((struct sqlite_db *)db)->handle;
}

static int64_t pragma(sqlite3 *connection, const char *name)
{
    char sql[64];
    int64_t n = -1;
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    assert_true(sqlite_number(connection, sql, &n));
    return n;
}

static off_t size_of(const char *ending)
{
    struct buf name = {0};
    struct stat st;
    buf_fmt(&name, "%s%s", path.data, ending);
    int rc = stat(name.data, &st);
    buf_free(&name);
    return rc == 0 ? st.st_size : -1;
}

static unsigned mode_of(const char *name)
{
    struct stat st;
    assert_int_equal(stat(name, &st), 0);
    return st.st_mode & 0777;
}

/* A statement of a program that is not ours. */
static int foreign(sqlite3 *other, const char *sql)
{
    return sqlite3_exec(other, sql, NULL, NULL, NULL);
}

static sqlite3 *foreign_open(void)
{
    sqlite3 *other;
    assert_int_equal(sqlite3_open(path.data, &other), SQLITE_OK);
    return other;
}

/* One row of about 1000 bytes. */
#define ADD_ROW "INSERT INTO probe (word) VALUES (hex(zeroblob(500)))"
#define ADD_MANY                                                                                   \
    "INSERT INTO probe (word) WITH RECURSIVE cte_n (i) AS (SELECT 1 UNION ALL SELECT "             \
    "i + 1 FROM cte_n WHERE i < 2000) SELECT hex(zeroblob(500)) FROM cte_n"

/* ---- settings */

static void a_connection_is_durable_and_closed_to_tricks(void **state)
{
    static const struct {
        const char *pragma;
        int64_t value;
    } settings[] = {
        {"synchronous", 2},        {"foreign_keys", 1},
        {"wal_autocheckpoint", 0}, {"temp_store", 2},
        {"cache_size", -6000},     {"cell_size_check", 1},
        {"trusted_schema", 0},     {"application_id", SQLITE_APPLICATION_ID},
    };
    static const char *const refused[] = {
        "SELECT \"no such column\"",
        "SELECT load_extension('x')",
        "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema",
    };
    int64_t like;
    (void)state;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        assert_int_equal(pragma(handle(), settings[i].pragma), settings[i].value);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_not_equal(foreign(handle(), refused[i]), SQLITE_OK);
    assert_true(sqlite_number(handle(), "SELECT 'Aa' LIKE 'aa'", &like) && like == 0);
    assert_true(size_of("-wal") > 0);
}

static void the_journal_is_what_the_address_says(void **state)
{
    struct buf truncate = {0};
    struct err e = {0};
    (void)state;
    buf_fmt(&truncate, "%s?journal=truncate", url.data);
    db_close(db);
    db = probe_open(truncate.data, DB_OPEN);
    probe_run(db, ADD_ROW);
    assert_int_equal(size_of("-wal"), -1);
    assert_int_equal(size_of("-journal"), 0);
    assert_int_equal(pragma(handle(), "synchronous"), 2);
    open_again(DB_OPEN); /* an address that says nothing keeps what the file has */
    probe_run(db, ADD_ROW);
    assert_int_equal(size_of("-wal"), -1);

    db_close(db);
    buf_clear(&truncate);
    buf_fmt(&truncate, "%s?journal=wal", url.data);
    db = probe_open(truncate.data, DB_OPEN);
    assert_true(size_of("-wal") >= 0);
    buf_clear(&truncate);
    buf_fmt(&truncate, "%s?journal=truncate", url.data);
    sqlite3_busy_timeout(handle(), 0);
    assert_null(db_open(truncate.data, DB_OPEN, &e)); /* while another desk is at work */
    assert_int_equal(e.code, ERR_BUSY);
    buf_free(&truncate);
}

/* ---- the file */

static void a_new_store_is_its_owners_alone(void **state)
{
    struct err e = {0};
    struct buf b = {0};
    mode_t before = umask(0);
    (void)state;
    buf_fmt(&b, "%s/a/b/store.db", folder);
    struct db *other = db_open(b.data, DB_CREATE, &e);
    umask(before);
    must(other, &e);
    assert_int_equal(mode_of(b.data), 0600);
    buf_str(&b, "-wal");
    assert_int_equal(mode_of(b.data), 0600);
    b.data[b.len - strlen("/store.db-wal")] = '\0';
    assert_int_equal(mode_of(b.data), 0700);
    db_close(other);
    buf_free(&b);
}

static void what_is_not_a_store_is_refused(void **state)
{
    (void)state;
    db_close(db);
    db = NULL;
    sqlite_discard(&(struct store_url){.place = path.data});
    probe_refused(folder, DB_OPEN, ERR_STORE, "not a file");

    sqlite3 *other = foreign_open();
    assert_int_equal(foreign(other, "CREATE TABLE store_meta (key TEXT, value TEXT);"
                                    "INSERT INTO store_meta VALUES ('application', 'onward')"),
                     SQLITE_OK);
    sqlite3_close(other);
    probe_refused(path.data, DB_OPEN, ERR_STORE, "not an onward store");
    probe_refused(path.data, DB_CREATE, ERR_STORE, "exists already");

    FILE *f = fopen(path.data, "w");
    fprintf(f, "%0600d", 0);
    fclose(f);
    probe_refused(path.data, DB_OPEN, ERR_STORE, "not an onward store");
    probe_refused(path.data, DB_READ_ONLY, ERR_STORE, "not an onward store");
    assert_int_equal(size_of(""), 600); /* left as it was */
}

static void a_store_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    struct rlimit before, small;
    struct err e = {0};
    struct buf b = {0};
    (void)state;
    buf_fmt(&b, "%s/other.db", folder);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){.rlim_cur = 20000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    struct db *other = db_open(b.data, DB_CREATE, &e);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_null(other);
    assert_int_equal(e.code, ERR_STORE);
    assert_int_equal(access(b.data, F_OK), -1);
    buf_free(&b);
}

/* In a child that is not root, to whom permissions mean something. */
static void a_file_that_may_only_be_read_is_said_so(void **state)
{
    (void)state;
    db_close(db);
    db = NULL;
    chmod(folder, 0755);
    chmod(path.data, 0444);
    pid_t child = fork();
    if (child == 0) {
        struct err e = {0};
        if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0)
            _exit(9);
        bool refused = !db_open(url.data, DB_OPEN, &e) && e.code == ERR_STORE &&
                       strstr(e.text, "only be read");
        if (!refused)
            fprintf(stderr, "%s\n", e.text);
        _exit(refused ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    chmod(path.data, 0600);
}

static void a_full_disk_is_said_and_nothing_is_half_saved(void **state)
{
    struct err e = {0};
    struct rlimit before, small;
    (void)state;
    /* SQLite's own limit */
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d",
             (int)pragma(handle(), "page_count") + 3);
    foreign(handle(), sql);
    must(db_begin(db, __func__, &e) && probe_try(db, ADD_ROW, &e), &e);
    assert_false(probe_try(db, ADD_MANY, &e));
    assert_int_equal(e.code, ERR_STORE);
    assert_non_null(strstr(e.text, "full"));
    db_rollback(db);
    assert_int_equal(probe_number(db, "SELECT count(*) FROM probe /*scan*/"), 0);
    foreign(handle(), "PRAGMA max_page_count = 1000000");

    /* the system's limit, which would be a signal: the large step does not fit into the log */
    getrlimit(RLIMIT_FSIZE, &before);
    small =
        (struct rlimit){.rlim_cur = (rlim_t)size_of("-wal") + 100000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    bool saved = db_begin(db, __func__, &e) && probe_try(db, ADD_MANY, &e) && db_commit(db, &e);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_false(saved);
    assert_int_equal(e.code, ERR_STORE);
    if (!strstr(e.text, "full"))
        fail_msg("%s", e.text);
    if (db_in_transaction(db))
        db_rollback(db);
    assert_int_equal(probe_number(db, "SELECT count(*) FROM probe /*scan*/"), 0);
    must(db_check(db, &e), &e);
    probe_run(db, ADD_ROW);
}

static void damage_is_found(void **state)
{
    struct err e = {0};
    (void)state;
    probe_run(db, ADD_MANY);
    db_close(db);
    db = NULL;
    FILE *f = fopen(path.data, "r+");
    fseek(f, -4096 * 3, SEEK_END);
    for (int i = 0; i < 4096; i++)
        fputc(0x55, f);
    fclose(f);
    db = probe_open(url.data, DB_OPEN);
    assert_false(db_check(db, &e));
    assert_int_equal(e.code, ERR_STORE);
    assert_non_null(strstr(e.text, "damaged"));
}

static void a_row_without_its_parent_is_found(void **state)
{
    struct err e = {0};
    (void)state;
    probe_script(db, "CREATE TABLE child (id INTEGER NOT NULL PRIMARY KEY, probe_id INTEGER "
                     "REFERENCES probe (id))");
    sqlite3 *other = foreign_open(); /* which does not know foreign keys, as is SQLite's default */
    assert_int_equal(foreign(other, "INSERT INTO child VALUES (1, 99)"), SQLITE_OK);
    sqlite3_close(other);
    assert_false(db_check(db, &e));
    assert_non_null(strstr(e.text, "child"));
}

/* ---- locks */

static void a_lock_held_by_another_program_is_busy(void **state)
{
    struct err e = {0};
    (void)state;
    sqlite3_busy_timeout(handle(), 0);
    sqlite3 *other = foreign_open();
    assert_int_equal(foreign(other, "BEGIN IMMEDIATE"), SQLITE_OK);
    assert_false(db_begin(db, __func__, &e));
    assert_int_equal(e.code, ERR_BUSY);
    assert_false(db_in_transaction(db));
    assert_int_equal(foreign(other, "ROLLBACK"), SQLITE_OK);
    probe_run(db, ADD_ROW);
    sqlite3_close(other);
}

/* Asked to wait: gives up once, which is BUSY, and lets go of the other lock the second time. */
static int let_go(void *other, int count)
{
    static int asked;
    (void)count;
    if (++asked == 2)
        foreign(other, "ROLLBACK");
    return asked == 2;
}

static bool add_row(struct db *d, void *ctx, struct err *e)
{
    ++*(int *)ctx;
    return probe_try(d, ADD_ROW, e);
}

static void a_transaction_waits_its_turn_behind_another_program(void **state)
{
    struct err e = {0};
    int runs = 0;
    (void)state;
    sqlite3 *other = foreign_open();
    assert_int_equal(foreign(other, "BEGIN IMMEDIATE"), SQLITE_OK);
    sqlite3_busy_handler(handle(), let_go, other);
    must(db_transact(db, __func__, add_row, &runs, &e), &e);
    assert_int_equal(runs, 1);
    assert_int_equal(probe_number(db, "SELECT count(*) FROM probe /*scan*/"), 1);
    sqlite3_close(other);
}

/* ---- the queue */

enum { DESKS = 4 };

/* A desk: waits until told, then saves one row under its number. */
static pid_t start_desk(int who, int start[2])
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    struct err e = {0};
    char go, sql[80];
    struct db *desk = db_open(url.data, DB_OPEN, &e);
    snprintf(sql, sizeof sql, "INSERT INTO probe (who) VALUES (%d)", who);
    bool ok = desk && read(start[0], &go, 1) == 1 && db_begin(desk, __func__, &e) &&
              probe_try(desk, sql, &e) && db_commit(desk, &e);
    if (!ok)
        fprintf(stderr, "desk %d: %s\n", who, e.text);
    _exit(ok ? 0 : 1);
}

static void wait_for_waiting(int n)
{
    const struct queue *q = &((struct sqlite_db *)db)->queue;
    struct timespec tick = {.tv_nsec = 1000000};
    for (int i = 0; queue_waiting(q) < n; i++) {
        if (i == 20000)
            fail_msg("%d of %d desks wait", queue_waiting(q), n);
        nanosleep(&tick, NULL); /* between looks; nothing is decided by time */
    }
}

static void desks_save_in_the_order_in_which_they_came(void **state)
{
    struct err e = {0};
    pid_t desks[DESKS];
    int start[DESKS][2], status;
    (void)state;
    db_close(db); /* no connection lives through a fork */
    for (int i = 0; i < DESKS; i++) {
        assert_int_equal(pipe(start[i]), 0);
        desks[i] = start_desk(i + 1, start[i]);
    }
    db = probe_open(url.data, DB_OPEN);
    must(db_begin(db, __func__, &e), &e);
    for (int i = DESKS - 1; i >= 0; i--) { /* last made, first come */
        assert_int_equal(write(start[i][1], "g", 1), 1);
        wait_for_waiting(DESKS - i);
    }
    must(db_commit(db, &e), &e);
    probe_run(db,
              "INSERT INTO probe (who) VALUES (9)"); /* who was served and comes again comes last */
    for (int i = 0; i < DESKS; i++) {
        waitpid(desks[i], &status, 0);
        assert_int_equal(status, 0);
        close(start[i][0]);
        close(start[i][1]);
    }
    static const int order[] = {4, 3, 2, 1, 9};
    struct stmt *s = db_prepare(db, "SELECT who FROM probe ORDER BY id /*scan*/", &e);
    for (int i = 0; i < DESKS + 1; i++) {
        must(s && stmt_step(s, &e) == STEP_ROW, &e);
        assert_int_equal(col_int(s, 0), order[i]);
    }
    stmt_done(s);
}

static void the_turn_of_a_killed_desk_passes_on(void **state)
{
    struct err e = {0};
    int said[2], status;
    char c;
    (void)state;
    db_close(db);
    assert_int_equal(pipe(said), 0);
    pid_t desk = fork();
    if (desk == 0) {
        struct db *d = db_open(url.data, DB_OPEN, &e);
        bool ok = d && db_begin(d, __func__, &e) && probe_try(d, ADD_ROW, &e) &&
                  write(said[1], "b", 1) == 1;
        while (ok)
            pause();
        _exit(1);
    }
    assert_int_equal(read(said[0], &c, 1), 1);
    kill(desk, SIGKILL);
    waitpid(desk, &status, 0);
    db = probe_open(url.data, DB_OPEN);
    sqlite3_busy_timeout(handle(), 0);
    probe_run(db, ADD_ROW);
    assert_int_equal(probe_number(db, "SELECT count(*) FROM probe /*scan*/"), 1);
    close(said[0]);
    close(said[1]);
}

/* ---- the log */

static void a_long_log_is_copied_into_the_file(void **state)
{
    off_t file = size_of("");
    (void)state;
    probe_run(db, ADD_MANY); /* 2 MB: more than CHECKPOINT_FRAMES together with the next */
    probe_run(db, ADD_MANY);
    assert_true(size_of("") > file + 2000000);
    for (int i = 0; i < 12; i++)
        probe_run(db, ADD_MANY);
    assert_true(size_of("-wal") < 12000000);
}

static void a_reader_only_puts_the_copying_off(void **state)
{
    struct err e = {0};
    (void)state;
    struct db *reader = probe_open(url.data, DB_OPEN);
    must(db_begin_read(reader, &e), &e);
    assert_int_equal(probe_number(reader, "SELECT count(*) FROM probe /*scan*/"), 0);
    probe_run(db, ADD_MANY);
    probe_run(db, ADD_MANY);
    assert_int_equal(probe_number(reader, "SELECT count(*) FROM probe /*scan*/"), 0);
    assert_true(size_of("") < 2000000); /* what the reader sees may be copied, the rows may not */
    db_end_read(reader);
    probe_run(db, ADD_ROW);
    assert_true(size_of("") > 4000000);
    db_close(reader);
}

/* ---- plans */

static void a_plan_that_scans_or_sorts_has_to_be_admitted(void **state)
{
    static const struct {
        const char *sql;
        bool admitted;
    } cases[] = {
        {"SELECT id FROM probe WHERE id = $1", true},
        {"SELECT id FROM probe", false},
        {"SELECT id FROM probe /*scan*/", true},
        {"SELECT count(*) FROM probe", false},
        {"SELECT id FROM probe ORDER BY word /*scan*/", false},
        {"SELECT id FROM probe ORDER BY word /*scan*/ /*sort*/", true},
        {"SELECT DISTINCT word FROM probe /*scan*/", false},
        {"SELECT id FROM probe ORDER BY id LIMIT 3 /*sort*/", false},
        {"SELECT 1", true},
        {"VALUES (1), (2)", true},
        {"SELECT n FROM batch_rows", true},
        {"SELECT n FROM batch_rows ORDER BY n", true},
        {"SELECT n FROM batch_rows ORDER BY c0", false},
        {"SELECT p.id FROM batch_rows b JOIN probe p ON p.id = CAST(b.c0 AS INTEGER)", true},
        {"WITH RECURSIVE cte_n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM cte_n WHERE i < 9) "
         "SELECT i FROM cte_n",
         true},
        {"SELECT a.id FROM probe a JOIN probe b ON b.word = a.word WHERE a.id = 1", false},
        {"SELECT a.id FROM probe a JOIN probe b ON b.word = a.word WHERE a.id < 9", false},
        {"INSERT INTO probe (word) VALUES ($1)", true},
        {"UPDATE probe SET word = $1", false},
    };
    char row[256];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (sqlite_plan_is_admitted(handle(), cases[i].sql, row) != cases[i].admitted)
            fail_msg("%s: %s", cases[i].sql, row);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, make_store, drop_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(a_connection_is_durable_and_closed_to_tricks),
        FRESH(the_journal_is_what_the_address_says),
        FRESH(a_new_store_is_its_owners_alone),
        FRESH(what_is_not_a_store_is_refused),
        FRESH(a_store_that_cannot_be_made_leaves_nothing_behind),
        FRESH(a_file_that_may_only_be_read_is_said_so),
        FRESH(a_full_disk_is_said_and_nothing_is_half_saved),
        FRESH(damage_is_found),
        FRESH(a_row_without_its_parent_is_found),
        FRESH(a_lock_held_by_another_program_is_busy),
        FRESH(a_transaction_waits_its_turn_behind_another_program),
        FRESH(desks_save_in_the_order_in_which_they_came),
        FRESH(the_turn_of_a_killed_desk_passes_on),
        FRESH(a_long_log_is_copied_into_the_file),
        FRESH(a_reader_only_puts_the_copying_off),
        FRESH(a_plan_that_scans_or_sorts_has_to_be_admitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

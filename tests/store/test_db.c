/* SPDX-License-Identifier: MIT
 *
 * The driver seam: what both engines promise, asked of the one that the test
 * run names: opening and refusals, migrations, statements, transactions,
 * retries.
 */
#include <stdio.h>

#include "store/migrate.h"
#include "store/probe_store.h"

static int64_t rows(void)
{
    return probe_number(db, "SELECT count(*) FROM probe /*scan*/");
}

static void reopen(enum db_mode mode)
{
    db_close(db);
    db = probe_open(url, mode);
}

/* ---- opening */

static void a_new_store_says_what_it_is(void **state)
{
    (void)state;
    assert_int_equal(
        probe_number(
            db, "SELECT count(*) FROM store_meta WHERE key = 'application' AND value = 'onward'"),
        1);
    assert_int_equal(
        probe_number(
            db, "SELECT count(*) FROM store_meta WHERE key = 'schema_version' AND value = '2'"),
        1);
    reopen(DB_OPEN);
    assert_int_equal(rows(), 3);
}

static void a_store_is_never_made_over_another(void **state)
{
    (void)state;
    probe_refused(url, DB_CREATE, ERR_STORE, "already");
    reopen(DB_OPEN);
    assert_int_equal(rows(), 3);
}

static void a_store_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_str(&b, url);
    b.data[b.len - 1] = 'x'; /* another file, another database */
    struct err e = {0};
    if (testdb_is_sqlite() && !strchr(url, '?'))
        probe_refused(b.data, DB_OPEN, ERR_NOT_FOUND, "no store at");
    else
        assert_null(db_open(b.data, DB_OPEN, &e));
    buf_free(&b);
}

static void a_newer_store_is_refused(void **state)
{
    (void)state;
    probe_run(db, "UPDATE store_meta SET value = '3' WHERE key = 'schema_version'");
    probe_refused(url, DB_OPEN, ERR_STORE, "version 3");
    probe_refused(url, DB_READ_ONLY, ERR_STORE, "newer onward");
}

static void a_database_that_is_not_ours_is_refused(void **state)
{
    (void)state;
    probe_run(db, "UPDATE store_meta SET value = 'other' WHERE key = 'application'");
    probe_refused(url, DB_OPEN, ERR_STORE, "not an onward store");
    probe_script(db, "DROP TABLE store_meta");
    probe_refused(url, DB_OPEN, ERR_STORE, "not an onward store");
}

static void an_address_that_makes_no_sense_is_refused(void **state)
{
    (void)state;
    probe_refused("", DB_OPEN, ERR_INVALID, "empty");
    probe_refused("sqlite:", DB_CREATE, ERR_INVALID, "empty");
    probe_refused("mysql://x/y", DB_OPEN, ERR_INVALID, "unknown engine");
    probe_refused("sqlite:x.db?journal=off", DB_OPEN, ERR_INVALID, "journal=off");
    probe_refused("sqlite:x.db?cache=9", DB_OPEN, ERR_INVALID, "cache=9");
}

static void a_store_opened_for_reading_takes_no_change(void **state)
{
    struct err e = {0};
    (void)state;
    reopen(DB_READ_ONLY);
    assert_int_equal(rows(), 3);
    assert_false(db_begin(db, __func__, &e));
    assert_int_equal(e.code, ERR_STORE);
    assert_false(db_in_transaction(db));
}

/* ---- migrations */

/* The store has the first of them already. */
static const struct migration three_steps[] = {
    {2, "CREATE TABLE never (id INTEGER)"},
    {3, "CREATE TABLE second (id INTEGER NOT NULL PRIMARY KEY); INSERT INTO second (id) VALUES "
        "(5000000000)"},
    {4, "ALTER TABLE second ADD COLUMN word TEXT"},
};

static void an_older_store_gets_the_steps_that_it_lacks(void **state)
{
    struct err e = {0};
    (void)state;
    must(migrate_open(db, &(struct migrations){three_steps, 2}, &e), &e);
    assert_int_equal(probe_number(db, "SELECT max(id) FROM second"), 5000000000);
    must(migrate_open(db, &(struct migrations){three_steps, 3}, &e), &e);
    must(migrate_open(db, &(struct migrations){three_steps, 3}, &e), &e);
    assert_int_equal(probe_number(db, "SELECT count(*) FROM second WHERE word IS NULL /*scan*/"),
                     1);
    assert_false(migrate_open(db, &(struct migrations){three_steps, 2}, &e));
    assert_non_null(strstr(e.text, "version 4"));
}

static void a_step_that_fails_changes_nothing(void **state)
{
    static const struct migration bad[] = {
        {3, "CREATE TABLE second (id INTEGER); INSERT INTO nowhere (id) VALUES (1)"}};
    struct err e = {0};
    (void)state;
    assert_false(migrate_open(db, &(struct migrations){bad, 1}, &e));
    assert_int_equal(e.code, ERR_STORE);
    reopen(DB_OPEN); /* still version 2, and without the table, which can be made again */
    must(migrate_open(db, &(struct migrations){three_steps, 3}, &e), &e);
}

static void an_older_store_opened_for_reading_is_left_alone(void **state)
{
    struct err e = {0};
    (void)state;
    reopen(DB_READ_ONLY);
    assert_false(migrate_open(db, &(struct migrations){three_steps, 3}, &e));
    assert_non_null(strstr(e.text, "older version 2"));
}

/* Stores in the field may be as the first release made them. */
static void a_store_of_the_first_release_is_brought_up_to_date(void **state)
{
    (void)state;
    probe_script(db, "DROP TABLE draft; UPDATE store_meta SET value = '1' WHERE key = 'schema_version'");
    probe_refused(url, DB_READ_ONLY, ERR_STORE, "older version 1");
    reopen(DB_OPEN);
    assert_int_equal(probe_number(db, "SELECT count(*) FROM draft /*scan*/"), 0);
    assert_int_equal(probe_number(db, "SELECT CAST(value AS INTEGER) FROM store_meta WHERE key = 'schema_version'"), 2);
    assert_int_equal(rows(), 3);
    reopen(DB_READ_ONLY);
}

/* ---- statements */

static void values_come_back_as_they_went(void **state)
{
    static const char put[] =
        "INSERT INTO probe (id, word, n, data, parent) VALUES ($1, $2, $3, $4, $5)";
    static const char get[] = "SELECT word, n, data, parent FROM probe WHERE id = $1";
    static const struct {
        int64_t id;
        const char *word;
        int64_t n;
        const char *data;
        size_t len;
    } cases[] = {
        {10, "plain", 0, "", 0},
        {11, "O'Brien \"Ångström\" \\ 日本 %_", INT64_MAX, "\0\x01\xff\\'", 5},
        {12, "tab\tand\nline", INT64_MIN, "\\x41", 4},
        {13, " blanks ", -1, "A", 1},
    };
    struct err e = {0};
    (void)state;
    must(db_begin(db, __func__, &e), &e);
    for (size_t i = 0; i < 4; i++) {
        struct stmt *s = db_prepare(db, put, &e);
        must(s, &e);
        stmt_int(s, 1, cases[i].id);
        stmt_text(s, 2, cases[i].word);
        stmt_int(s, 3, cases[i].n);
        stmt_blob(s, 4, cases[i].data, cases[i].len);
        stmt_int_or_null(s, 5, -7, -7);
        assert_int_equal(stmt_run(s, &e), 1);

        size_t len;
        s = db_prepare(db, get, &e);
        must(s, &e);
        stmt_int(s, 1, cases[i].id);
        must(stmt_step(s, &e) == STEP_ROW, &e);
        assert_string_equal(col_text(s, 0), cases[i].word);
        assert_true(col_int(s, 1) == cases[i].n);
        const void *data = col_blob(s, 2, &len);
        assert_int_equal(len, cases[i].len);
        if (len)
            assert_memory_equal(data, cases[i].data, len);
        assert_false(col_null(s, 2));
        assert_true(col_null(s, 3));
        assert_int_equal(col_int(s, 3), 0);
        assert_string_equal(col_text(s, 3), "");
        assert_int_equal(stmt_step(s, &e), STEP_DONE);
        stmt_done(s);
    }
    must(db_commit(db, &e), &e);
}

static void an_empty_text_is_null_unless_raw(void **state)
{
    static const char put[] = "UPDATE probe SET word = $1 WHERE id = $2";
    static const char get[] = "SELECT word FROM probe WHERE id = 1";
    static const struct {
        void (*bind)(struct stmt *, int, const char *);
        const char *text;
        bool null;
    } cases[] = {
        {stmt_text, "x", false},    {stmt_text, "", true},       {stmt_text, NULL, true},
        {stmt_text_raw, "", false}, {stmt_text_raw, NULL, true},
    };
    struct err e = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        must(db_begin(db, __func__, &e), &e);
        struct stmt *s = db_prepare(db, put, &e);
        must(s, &e);
        cases[i].bind(s, 1, cases[i].text);
        stmt_int(s, 2, 1);
        assert_int_equal(stmt_run(s, &e), 1);
        must(db_commit(db, &e), &e);
        s = db_prepare(db, get, &e);
        must(s && stmt_step(s, &e) == STEP_ROW, &e);
        assert_int_equal(col_null(s, 0), cases[i].null);
        stmt_done(s);
    }
}

static void parameters_go_by_number_not_by_place(void **state)
{
    static const char sql[] =
        "SELECT CAST($2 AS TEXT) || CAST($1 AS TEXT) || CAST($2 AS TEXT) || '$3' /* $4 */";
    struct err e = {0};
    (void)state;
    struct stmt *s = db_prepare(db, sql, &e);
    must(s, &e);
    stmt_text(s, 1, "a");
    stmt_text(s, 2, "b");
    must(stmt_step(s, &e) == STEP_ROW, &e);
    assert_string_equal(col_text(s, 0), "bab$3");
    stmt_done(s);
}

static void a_parameter_of_the_last_use_is_not_left_over(void **state)
{
    static const char sql[] = "SELECT CAST($1 AS TEXT)";
    struct err e = {0};
    (void)state;
    struct stmt *s = db_prepare(db, sql, &e);
    must(s, &e);
    stmt_text(s, 1, "a");
    must(stmt_step(s, &e) == STEP_ROW, &e);
    stmt_done(s);
    s = db_prepare(db, sql, &e);
    must(s && stmt_step(s, &e) == STEP_ROW, &e);
    assert_true(col_null(s, 0));
    stmt_done(s);
}

static void one_text_can_be_open_twice(void **state)
{
    static const char sql[] = "SELECT id FROM probe ORDER BY id /*scan*/";
    struct err e = {0};
    int pairs = 0;
    (void)state;
    struct stmt *outer = db_prepare(db, sql, &e);
    while (stmt_step(outer, &e) == STEP_ROW) {
        struct stmt *inner = db_prepare(db, sql, &e);
        assert_ptr_not_equal(inner, outer);
        while (stmt_step(inner, &e) == STEP_ROW)
            pairs++;
    }
    assert_int_equal(pairs, 9);
    struct stmt *again = db_prepare(db, sql, &e); /* one of the two, not a third */
    struct stmt *other = db_prepare(db, sql, &e);
    assert_true(again != other);
    stmt_done(again);
    assert_ptr_equal(db_prepare(db, sql, &e), again);
    stmt_done(again);
    stmt_done(other);
}

static void a_statement_is_prepared_once(void **state)
{
    static const char sql[] = "SELECT id FROM probe WHERE id = 1";
    struct err e = {0};
    (void)state;
    struct stmt *first = db_prepare(db, sql, &e);
    stmt_done(first);
    assert_ptr_equal(db_prepare(db, sql, &e), first);
    stmt_done(first);
    static char many[300][48]; /* more texts than the cache starts with room for */
    for (int i = 0; i < 300; i++) {
        snprintf(many[i], sizeof many[i], "SELECT %d", i);
        assert_int_equal(probe_number(db, many[i]), i);
    }
    assert_ptr_equal(db_prepare(db, sql, &e), first);
    stmt_done(first);
}

static void running_tells_how_many_rows_changed(void **state)
{
    static const char all[] = "UPDATE probe SET n = 1 /*scan*/",
                      none[] = "UPDATE probe SET n = 1 WHERE id = 99",
                      more[] =
                          "INSERT INTO probe (id) SELECT id + 100 FROM probe /*scan*/ /*sort*/";
    struct err e = {0};
    (void)state;
    must(db_begin(db, __func__, &e), &e);
    assert_int_equal(stmt_run(db_prepare(db, all, &e), &e), 3);
    assert_int_equal(stmt_run(db_prepare(db, none, &e), &e), 0);
    assert_int_equal(stmt_run(db_prepare(db, more, &e), &e), 3);
    must(db_commit(db, &e), &e);
}

static void what_is_returned_can_be_left_early(void **state)
{
    static const char sql[] = "UPDATE probe SET n = coalesce(n, 0) + 1 RETURNING id /*scan*/";
    struct err e = {0};
    (void)state;
    must(db_begin(db, __func__, &e), &e);
    struct stmt *s = db_prepare(db, sql, &e);
    must(s && stmt_step(s, &e) == STEP_ROW, &e);
    stmt_done(s);
    must(db_commit(db, &e), &e);
    assert_int_equal(probe_number(db, "SELECT CAST(sum(n) AS BIGINT) FROM probe /*scan*/"), 3);
}

static void an_error_in_a_text_is_reported(void **state)
{
    struct err e = {0};
    (void)state;
    must(db_begin(db, __func__, &e), &e);
    assert_false(probe_try(db, "INSERT INTO nowhere (id) VALUES (1)", &e));
    assert_int_equal(e.code, ERR_STORE);
    assert_non_null(strstr(e.text, "nowhere"));
    db_rollback(db);
}

/* ---- transactions */

static void only_the_outermost_commit_saves(void **state)
{
    struct err e = {0};
    (void)state;
    must(db_begin(db, "outer", &e) && db_begin(db, "inner", &e), &e);
    must(probe_try(db, ADD_FOUR, &e), &e);
    must(db_commit(db, &e), &e);
    assert_true(db_in_transaction(db));
    db_rollback(db);
    assert_false(db_in_transaction(db));
    assert_int_equal(rows(), 3);
}

static void a_rollback_inside_spoils_the_whole(void **state)
{
    struct err e = {0};
    (void)state;
    must(db_begin(db, "outer", &e) && probe_try(db, ADD_FOUR, &e) && db_begin(db, "inner", &e), &e);
    db_rollback(db);
    assert_true(db_in_transaction(db));
    assert_false(db_commit(db, &e));
    assert_int_equal(e.code, ERR_STORE);
    assert_non_null(strstr(e.text, "outer"));
    assert_false(db_in_transaction(db));
    assert_int_equal(rows(), 3);
    probe_run(db, ADD_FOUR); /* and the next one is a fresh one */
    assert_int_equal(rows(), 4);
}

static void a_failed_statement_spoils_the_whole(void **state)
{
    struct err e = {0};
    (void)state;
    must(db_begin(db, __func__, &e) && probe_try(db, ADD_FOUR, &e), &e);
    assert_false(probe_try(db, ADD_FOUR, &e));
    assert_false(db_commit(db, &e));
    assert_int_equal(rows(), 3);
}

static void a_statement_ends_with_its_transaction(void **state)
{
    static const char sql[] = "SELECT id FROM probe /*scan*/";
    struct err e = {0};
    (void)state;
    struct stmt *s = db_prepare(db, sql, &e);
    must(s && stmt_step(s, &e) == STEP_ROW, &e);
    must(db_begin(db, __func__, &e), &e);
    assert_ptr_equal(db_prepare(db, sql, &e), s); /* it was released */
    must(stmt_step(s, &e) == STEP_ROW, &e);
    must(db_commit(db, &e), &e);
    assert_ptr_equal(db_prepare(db, sql, &e), s);
    must(db_begin_read(db, &e), &e);
    assert_ptr_equal(db_prepare(db, sql, &e), s);
    db_end_read(db);
    assert_ptr_equal(db_prepare(db, sql, &e), s);
    stmt_done(s);
}

static void a_read_snapshot_does_not_move(void **state)
{
    struct err e = {0};
    (void)state;
    struct db *desk = probe_open(url, DB_OPEN);
    must(db_begin_read(db, &e), &e);
    assert_int_equal(rows(), 3);
    if (testdb_is_sqlite() && getenv("ONWARD_TEST_JOURNAL")) {
        db_end_read(db); /* a rollback journal lets no one write meanwhile */
        probe_run(desk, ADD_FOUR);
    } else {
        probe_run(desk, ADD_FOUR);
        must(db_begin_read(db, &e), &e); /* nested: the same snapshot */
        assert_int_equal(rows(), 3);
        db_end_read(db);
        assert_int_equal(rows(), 3);
        assert_false(db_in_transaction(db));
        db_end_read(db);
    }
    assert_int_equal(rows(), 4);
    db_close(desk);
}

static void closing_undoes_what_was_not_committed(void **state)
{
    struct err e = {0};
    (void)state;
    must(db_begin(db, "outer", &e) && db_begin(db, "inner", &e) && probe_try(db, ADD_FOUR, &e), &e);
    reopen(DB_OPEN);
    assert_int_equal(rows(), 3);
}

static void a_duplicate_is_told_from_other_broken_rules(void **state)
{
    static const struct {
        const char *sql;
        bool duplicate;
    } cases[] = {
        {"INSERT INTO probe (id) VALUES (1)", true},
        {"INSERT INTO probe (id, word) VALUES (9, 'one')", true},
        {"INSERT INTO probe (id, n) VALUES (9, 13)", false},
        {"INSERT INTO probe (id, word) VALUES (NULL, 'x')", false},
        {"INSERT INTO probe (id, parent) VALUES (9, 77)", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        if (testdb_is_sqlite() &&
            strstr(cases[i].sql, "NULL")) /* there NULL asks for the next number */
            continue;
        must(db_begin(db, __func__, &e), &e);
        assert_false(probe_try(db, cases[i].sql, &e));
        db_rollback(db);
        assert_int_equal(db_was_duplicate(db), cases[i].duplicate);
        assert_int_equal(e.code, cases[i].duplicate ? ERR_CONFLICT : ERR_STORE);
        assert_null(strstr(e.text, "77")); /* never a value */
        probe_run(db, "UPDATE probe SET n = 2 WHERE id = 1");
        assert_false(db_was_duplicate(db));
    }
}

/* ---- retry */

struct tries {
    int count, until;
    enum failure failure;
};

static bool fails_at_first(struct db *d, void *ctx, struct err *e)
{
    struct tries *t = ctx;
    if (!probe_try(d, ADD_FOUR, e))
        return false;
    if (++t->count < t->until) {
        db_failed(d, t->failure);
        return err_set(e, ERR_BUSY, "lost");
    }
    return true;
}

static void a_lost_race_is_run_again_from_the_start(void **state)
{
    struct err e = {0};
    struct tries t = {.until = 4, .failure = FAIL_RACE};
    (void)state;
    must(db_transact(db, __func__, fails_at_first, &t, &e), &e);
    assert_int_equal(t.count, 4);
    assert_int_equal(rows(), 4);
}

static void a_refusal_is_not_run_again(void **state)
{
    struct err e = {0};
    struct tries t = {.until = 4, .failure = FAIL_OTHER};
    (void)state;
    assert_false(db_transact(db, __func__, fails_at_first, &t, &e));
    assert_int_equal(t.count, 1);
    assert_int_equal(rows(), 3);
}

static bool around(struct db *d, void *ctx, struct err *e)
{
    return db_transact(d, __func__, fails_at_first, ctx, e);
}

static void a_race_lost_inside_runs_the_whole_again(void **state)
{
    struct err e = {0};
    struct tries t = {.until = 3, .failure = FAIL_RACE};
    (void)state;
    must(db_transact(db, __func__, around, &t, &e), &e);
    assert_int_equal(t.count, 3);
    assert_int_equal(rows(), 4);
}

/* On PostgreSQL alone: what the server says, and a server connection that goes away. */
static bool server_says(struct db *d, void *ctx, struct err *e)
{
    static const char lose[] = "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$",
                      dead[] = "DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$";
    static const char end[] = "SELECT pg_terminate_backend(pg_backend_pid())";
    struct tries *t = ctx;
    const char *const at[] = {lose, dead, end};
    if (!probe_try(d, ADD_FOUR, e))
        return false;
    if (t->count < 3)
        return db_script(d, at[t->count++], e);
    return true;
}

static void a_lost_connection_is_made_again(void **state)
{
    struct err e = {0};
    struct tries t = {0};
    (void)state;
    if (testdb_is_sqlite()) {
        print_message("# only a server's connection can be lost\n");
        skip();
    }
    must(db_transact(db, __func__, server_says, &t, &e), &e);
    assert_int_equal(t.count, 3);
    assert_int_equal(rows(), 4);
    /* outside a transaction too, once the loss is known */
    assert_false(probe_try(db, "SELECT pg_terminate_backend(pg_backend_pid())", &e));
    assert_int_equal(rows(), 4);
}

/* Done again it could be done twice. */
static void a_connection_lost_while_saving_leaves_it_open(void **state)
{
    static const char who[] = "SELECT pg_backend_pid()",
                      end[] = "SELECT pg_terminate_backend(CAST($1 AS INTEGER), 10000)";
    struct err e = {0};
    (void)state;
    if (testdb_is_sqlite()) {
        print_message("# only a server's connection can be lost\n");
        skip();
    }
    struct db *other = probe_open(url, DB_OPEN);
    must(db_begin(db, __func__, &e) && probe_try(db, ADD_FOUR, &e), &e);
    struct stmt *s = db_prepare(other, end, &e);
    must(s, &e);
    stmt_int(s, 1, probe_number(db, who));
    must(stmt_step(s, &e) == STEP_ROW, &e);
    stmt_done(s);
    assert_false(db_commit(db, &e));
    assert_int_equal(e.code, ERR_STORE);
    assert_non_null(strstr(e.text, "not known"));
    assert_int_equal(db->failure, FAIL_OTHER);
    db_close(other);
    assert_int_equal(rows(), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(a_new_store_says_what_it_is),
        FRESH(a_store_is_never_made_over_another),
        FRESH(a_store_that_is_not_there_is_an_error),
        FRESH(a_newer_store_is_refused),
        FRESH(a_database_that_is_not_ours_is_refused),
        cmocka_unit_test(an_address_that_makes_no_sense_is_refused),
        FRESH(a_store_opened_for_reading_takes_no_change),
        FRESH(an_older_store_gets_the_steps_that_it_lacks),
        FRESH(a_step_that_fails_changes_nothing),
        FRESH(an_older_store_opened_for_reading_is_left_alone),
        FRESH(a_store_of_the_first_release_is_brought_up_to_date),
        FRESH(values_come_back_as_they_went),
        FRESH(an_empty_text_is_null_unless_raw),
        FRESH(parameters_go_by_number_not_by_place),
        FRESH(a_parameter_of_the_last_use_is_not_left_over),
        FRESH(one_text_can_be_open_twice),
        FRESH(a_statement_is_prepared_once),
        FRESH(running_tells_how_many_rows_changed),
        FRESH(what_is_returned_can_be_left_early),
        FRESH(an_error_in_a_text_is_reported),
        FRESH(only_the_outermost_commit_saves),
        FRESH(a_rollback_inside_spoils_the_whole),
        FRESH(a_failed_statement_spoils_the_whole),
        FRESH(a_statement_ends_with_its_transaction),
        FRESH(a_read_snapshot_does_not_move),
        FRESH(closing_undoes_what_was_not_committed),
        FRESH(a_duplicate_is_told_from_other_broken_rules),
        FRESH(a_lost_race_is_run_again_from_the_start),
        FRESH(a_refusal_is_not_run_again),
        FRESH(a_race_lost_inside_runs_the_whole_again),
        FRESH(a_lost_connection_is_made_again),
        FRESH(a_connection_lost_while_saving_leaves_it_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

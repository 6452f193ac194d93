/* SPDX-License-Identifier: MIT
 *
 * The driver seam in the large: batches read as a table, whole stores copied
 * and checked, scripts put into the words of the other engine.
 */
#include <stdio.h>

#include "store/postgresql.h"
#include "store/probe_store.h"

/* ---- batches */

static const char *const cells[] = {
    "10", "ten", NULL, "11", "a\tb\nc\\d\re", "\\N", "12", "", "日本 'quoted' \"too\"",
};
static const struct batch_cells three_rows = {cells, 3, 3};

#define COPY_BATCH                                                                                 \
    "INSERT INTO probe (id, word, n) SELECT CAST(c0 AS INTEGER), c1, n FROM batch_rows "           \
    "WHERE c63 IS NULL ORDER BY n"

static void a_batch_is_read_as_a_table(void **state)
{
    static const char all[] = "SELECT n, c0, c1, c2, c3 FROM batch_rows ORDER BY n /*sort*/";
    struct err e = {0};
    (void)state;
    must(db_begin(db, __func__, &e) && db_batch(db, &three_rows, &e), &e);
    struct stmt *s = db_prepare(db, all, &e);
    must(s, &e);
    for (int r = 0; r < 3; r++) {
        must(stmt_step(s, &e) == STEP_ROW, &e);
        assert_int_equal(col_int(s, 0), r);
        for (int c = 0; c < 3; c++) {
            const char *cell = cells[r * 3 + c];
            assert_int_equal(col_null(s, c + 1), cell == NULL);
            assert_string_equal(col_text(s, c + 1), cell ? cell : "");
        }
        assert_true(col_null(s, 4));
    }
    assert_int_equal(stmt_step(s, &e), STEP_DONE);
    assert_int_equal(stmt_run(db_prepare(db, COPY_BATCH, &e), &e), 3);
    must(db_commit(db, &e), &e);
    assert_int_equal(probe_number(db, "SELECT n FROM probe WHERE id = 12"), 2);
    assert_int_equal(probe_number(db, "SELECT count(*) FROM probe WHERE word = ''"), 1);
}

static void the_next_batch_takes_the_place_of_the_last(void **state)
{
    static const char *const other[] = {"x"};
    static const char count[] = "SELECT count(*) FROM batch_rows";
    static const char by_number[] = "SELECT count(*) FROM probe p JOIN batch_rows b ON b.n = p.id "
                                    "WHERE b.c0 IS NOT NULL /*scan*/";
    struct err e = {0};
    (void)state;
    must(db_begin(db, __func__, &e) && db_batch(db, &three_rows, &e), &e);
    assert_int_equal(probe_number(db, count), 3);
    assert_int_equal(probe_number(db, by_number), 2); /* 1 and 2; there is no row 3 */
    must(db_batch(db, &(struct batch_cells){other, 1, 1}, &e), &e);
    assert_int_equal(probe_number(db, count), 1);
    must(db_batch(db, &(struct batch_cells){other, 0, 1}, &e), &e);
    assert_int_equal(probe_number(db, count), 0);
    must(db_commit(db, &e), &e);
    must(db_begin(db, __func__, &e) && db_batch(db, &three_rows, &e), &e);
    assert_int_equal(probe_number(db, count), 3);
    db_rollback(db);
}

static void a_large_batch_arrives_whole(void **state)
{
    enum { ROWS = 3000, COLUMNS = 64 };
    static char text[ROWS][16];
    static const char *large[ROWS * COLUMNS];
    static const char sum[] = "SELECT CAST(sum(CAST(c0 AS INTEGER)) + sum(CAST(c63 AS INTEGER)) AS "
                              "BIGINT) FROM batch_rows";
    struct err e = {0};
    (void)state;
    for (int r = 0; r < ROWS; r++) {
        snprintf(text[r], sizeof text[r], "%d", r);
        for (int c = 0; c < COLUMNS; c++)
            large[r * COLUMNS + c] = text[r];
    }
    must(db_begin(db, __func__, &e) &&
             db_batch(db, &(struct batch_cells){large, ROWS, COLUMNS}, &e),
         &e);
    assert_int_equal(probe_number(db, sum), 2 * (ROWS * (ROWS - 1) / 2));
    must(db_commit(db, &e), &e);
}

/* ---- whole stores */

static void a_backup_restores_to_the_same_store(void **state)
{
    struct err e = {0};
    const char *folder = testdb_folder(), *other = testdb_url();
    struct buf file = {0};
    (void)state;
    buf_fmt(&file, "%s/copy", folder);
    must(db_backup(db, file.data, &e), &e);
    probe_run(db, ADD_FOUR); /* after the copy */
    assert_false(db_backup(db, file.data, &e));
    assert_non_null(strstr(e.text, "exists already"));

    must(db_restore(other, file.data, &e), &e);
    struct db *copy = probe_open(other, DB_OPEN);
    assert_int_equal(probe_number(copy, "SELECT count(*) FROM probe /*scan*/"), 3);
    must(db_check(copy, &e), &e);
    probe_run(copy, ADD_FOUR);
    assert_false(db_restore(other, file.data, &e)); /* over a store */
    assert_non_null(strstr(e.text, "already"));
    assert_int_equal(probe_number(copy, "SELECT count(*) FROM probe /*scan*/"), 4);
    db_close(copy);
    testdb_drop(other);
    testdb_folder_drop(folder);
    buf_free(&file);
}

static void what_is_no_backup_is_not_restored(void **state)
{
    struct err e = {0};
    const char *folder = testdb_folder(), *other = testdb_url();
    struct buf file = {0};
    (void)state;
    buf_fmt(&file, "%s/copy", folder);
    assert_false(db_restore(other, file.data, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    FILE *f = fopen(file.data, "w");
    fputs("a letter to the council\n", f);
    fclose(f);
    assert_false(db_restore(other, file.data, &e));
    assert_int_equal(e.code, ERR_STORE);
    db_close(probe_open(other, DB_CREATE)); /* nothing is left in the way */
    testdb_drop(other);
    testdb_folder_drop(folder);
    buf_free(&file);
}

static void a_sound_store_passes_its_check(void **state)
{
    struct err e = {0};
    (void)state;
    must(db_check(db, &e), &e);
}

/* ---- words of the engines */

static void a_script_is_put_into_the_words_of_postgresql(void **state)
{
    static const char *const cases[][2] = {
        {"id INTEGER, x BLOB)", "id BIGINT, x BYTEA)"},
        {"INTEGERS MYBLOB BLOB_2 a_INTEGER", "INTEGERS MYBLOB BLOB_2 a_INTEGER"},
        {"'INTEGER' \"BLOB\" INTEGER", "'INTEGER' \"BLOB\" BIGINT"},
        {"'it''s INTEGER' INTEGER", "'it''s INTEGER' BIGINT"},
        {"-- it's INTEGER\nINTEGER", "-- it's INTEGER\nBIGINT"},
        {"/* don't BLOB */BLOB -- BLOB", "/* don't BLOB */BYTEA -- BLOB"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        pg_dialect(cases[i][0], &b);
        assert_string_equal(buf_text(&b), cases[i][1]);
        buf_free(&b);
    }
}

static void parameters_are_counted_outside_quotes_and_comments(void **state)
{
    static const struct {
        const char *sql;
        int count;
    } cases[] = {
        {"SELECT 1", 0}, {"$1", 1},         {"$2 $1 $2", 2},           {"$12", 12},
        {"'$3' $1", 1},  {"$1 -- $2\n", 1}, {"/* $9 */ \"$8\" $1", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(pg_parameters(cases[i].sql), cases[i].count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(a_batch_is_read_as_a_table),
        FRESH(the_next_batch_takes_the_place_of_the_last),
        FRESH(a_large_batch_arrives_whole),
        FRESH(a_backup_restores_to_the_same_store),
        FRESH(what_is_no_backup_is_not_restored),
        FRESH(a_sound_store_passes_its_check),
        cmocka_unit_test(a_script_is_put_into_the_words_of_postgresql),
        cmocka_unit_test(parameters_are_counted_outside_quotes_and_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

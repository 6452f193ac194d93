/* SPDX-License-Identifier: MIT
 *
 * Records that go in set-at-a-time are the records that go in one by one:
 * every column of every bulk table, from full records and from empty ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/bulk.h"
#include "support/testdb.h"

static const char *url;
static struct db *db;

static int begin(void **state)
{
    struct err e;
    (void)state;
    url = testdb_url();
    db = db_open(url, DB_CREATE, &e);
    if (!db)
        fail_msg("%s", e.text);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(db);
    testdb_drop(url);
    return 0;
}

/* Fills every field with a value of its own; keys of other records are 1. */
static void fill(const struct record_type *t, void *record, int64_t id)
{
    record_init(t, record);
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        char text[32];
        if (f->kind == FIELD_KEY)
            snprintf(text, sizeof text, "%lld", (long long)((int)i == t->id ? id : 1));
        else if (field_is_number(f))
            snprintf(text, sizeof text, "%zu", f->kind == FIELD_FLAG ? 1 : i + 1);
        else
            snprintf(text, sizeof text, "%.*s%zu", f->size > 8 ? 3 : 1, "v\"'", i);
        if (!field_load(f, record, text))
            fail_msg("%s.%s", t->name, f->key);
    }
}

static void compare(const struct record_type *t, const void *a, const void *b)
{
    for (size_t i = 0; i < t->count; i++)
        if (!field_equal(&t->fields[i], a, b))
            fail_msg("%s.%s is not what it was", t->name, t->fields[i].key);
}

static const struct {
    enum bulk_table table;
    const struct record_type *type;
} tables[] = {
    {BULK_PERSON, &person_type}, {BULK_IDENTIFIER, &person_identifier_type}, {BULK_REFERRAL, &referral_type},
    {BULK_NEED, &need_type},     {BULK_CONSENT, &consent_type},              {BULK_RISK, &risk_type},
};

static void must(bool ok, const struct err *e)
{
    if (!ok)
        fail_msg("%s", e->text);
}

/* A user, a person and a referral with the key 1, which the others refer to. */
static void make_parents(void)
{
    struct err e;
    struct user u;
    struct person p;
    struct referral r;
    record_init(&user_type, &u);
    record_init(&person_type, &p);
    record_init(&referral_type, &r);
    u.id = p.id = r.id = p.version = r.version = u.version = r.person_id = 1;
    u.created_at = p.created_at = p.created_by = r.created_at = r.created_by = r.state_at = u.failed_tries = 1;
    text_put(u.login, sizeof u.login, "u");
    text_put(u.name, sizeof u.name, "U");
    text_put(u.roles, sizeof u.roles, "worker");
    text_put(p.ref, sizeof p.ref, "PE-1");
    text_put(p.given_name, sizeof p.given_name, "G");
    text_put(p.family_name, sizeof p.family_name, "F");
    text_put(r.ref, sizeof r.ref, "SP-1");
    text_put(r.state, sizeof r.state, "received");
    must(record_insert(db, &user_type, &u, &e) && record_insert(db, &person_type, &p, &e) && record_insert(db, &referral_type, &r, &e), &e);
}

static void every_field_of_every_record_comes_back(void **state)
{
    (void)state;
    struct err e;
    struct arena arena = {0};
    must(db_begin(db, __func__, &e), &e);
    make_parents();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const struct record_type *t = tables[i].type;
        void *in = xcalloc(1, t->size), *out = xcalloc(1, t->size), *again = xcalloc(1, t->size);
        struct bulk_rows rows = {.columns = bulk_columns(tables[i].table)};
        assert_int_equal(rows.columns, t->count);
        fill(t, in, 100);
        const char **cells = bulk_row(&rows);
        bulk_cells(&arena, t, in, cells);
        bulk_record(t, cells, again);
        compare(t, in, again);
        must(bulk_insert(db, tables[i].table, &rows, &e), &e);
        must(record_load(db, t, 100, out, &e), &e);
        compare(t, in, out);
        bulk_free(&rows);
        free(in);
        free(out);
        free(again);
    }
    must(db_commit(db, &e), &e);
    arena_free(&arena);
}

/* More rows than one statement takes; empty cells are NULL. */
static void many_rows_go_in_whole(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    struct err e;
    struct arena arena = {0};
    struct bulk_rows rows = {.columns = bulk_columns(BULK_PERSON)};
    struct person p, out;
    must(db_begin(db, __func__, &e), &e);
    for (int i = 0; i < ROWS; i++) {
        record_init(&person_type, &p);
        p.id = 10 + i;
        p.version = p.created_at = p.created_by = 1;
        snprintf(p.ref, sizeof p.ref, "PE-%d", i);
        snprintf(p.given_name, sizeof p.given_name, "G%d", i);
        snprintf(p.family_name, sizeof p.family_name, "F%d", i);
        bulk_cells(&arena, &person_type, &p, bulk_row(&rows));
    }
    must(bulk_insert(db, BULK_PERSON, &rows, &e), &e);
    for (int i = 0; i < ROWS; i += 617) {
        must(record_load(db, &person_type, 10 + i, &out, &e), &e);
        snprintf(p.given_name, sizeof p.given_name, "G%d", i);
        assert_string_equal(out.given_name, p.given_name);
        assert_string_equal(out.nhs_number, "");
        assert_true(out.merged_into == FIELD_ABSENT);
    }
    must(db_commit(db, &e), &e);
    bulk_free(&rows);
    arena_free(&arena);
}

static void an_arena_keeps_what_it_was_given_until_it_is_reset(void **state)
{
    (void)state;
    struct arena a = {0};
    char *texts[2000], want[96], *big = xcalloc(1, 700000);
    memset(big, 'x', 699999);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 2000; i++) {
            snprintf(want, sizeof want, "text %d of the round %d, with some length to it", i, round);
            texts[i] = arena_text(&a, want);
        }
        assert_string_equal(arena_text(&a, big), big);
        for (int i = 0; i < 2000; i++) {
            snprintf(want, sizeof want, "text %d of the round %d, with some length to it", i, round);
            assert_string_equal(texts[i], want);
        }
        arena_reset(&a);
        assert_int_equal(a.used, 0);
    }
    assert_string_equal(arena_int(&a, 0), "0");
    assert_string_equal(arena_int(&a, -1), "-1");
    assert_string_equal(arena_int(&a, INT64_MAX), "9223372036854775807");
    assert_string_equal(arena_int(&a, INT64_MIN), "-9223372036854775808");
    free(big);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_field_of_every_record_comes_back, begin, end),
        cmocka_unit_test_setup_teardown(many_rows_go_in_whole, begin, end),
        cmocka_unit_test(an_arena_keeps_what_it_was_given_until_it_is_reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Records go into the store and come back as they were: every type, every
 * column, full and empty; an edit of an older copy is told; what is gone is
 * gone. Runs on whichever engine the test run names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "onward/check.h"
#include "store/record.h"
#include "support/testdb.h"

static struct db *db;
static const char *url;

/* Every type with its columns. */
static const struct table {
    const struct record_type *type;
    const char *fields;
} tables[] = {
    {&neighbourhood_type, NEIGHBOURHOOD_FIELDS},
    {&wording_type, WORDING_FIELDS},
    {&user_type, USER_FIELDS},
    {&person_type, PERSON_FIELDS},
    {&consent_type, CONSENT_FIELDS},
    {&risk_type, RISK_FIELDS},
    {&referral_type, REFERRAL_FIELDS},
    {&answer_type, ANSWER_FIELDS},
    {&need_type, NEED_FIELDS},
    {&contact_type, CONTACT_FIELDS},
    {&plan_item_type, PLAN_ITEM_FIELDS},
    {&signpost_type, SIGNPOST_FIELDS},
    {&flag_type, FLAG_FIELDS},
    {&organisation_type, ORGANISATION_FIELDS},
    {&agreement_type, AGREEMENT_FIELDS},
    {&service_type, SERVICE_FIELDS},
    {&handoff_type, HANDOFF_FIELDS},
    {&batch_type, BATCH_FIELDS},
    {&reply_type, REPLY_FIELDS},
    {&person_name_type, PERSON_NAME_FIELDS},
    {&person_identifier_type, PERSON_IDENTIFIER_FIELDS},
    {&referral_source_type, REFERRAL_SOURCE_FIELDS},
};
enum { TABLES = sizeof tables / sizeof *tables };

/* Every parent row has this key, and all keys point at it; the records under test have others. */
enum { PARENT = 1, UNDER_TEST = 1000 };

static void must(bool ok, const struct err *e)
{
    if (!ok)
        fail_msg("%s", e->text);
}

static void *place(const struct field *f, void *record)
{
    return (char *)record + f->offset;
}

/* A value that no other field has, as long as the field can take. */
static void fill_text(const struct field *f, size_t index, void *record)
{
    char *text = place(f, record);
    memset(text, 'a' + (int)(index % 26), f->size - 1);
    int n = snprintf(text, f->size, "%zu", index);
    if (n > 0 && (size_t)n < f->size - 1)
        text[n] = '-';
    text[f->size - 1] = '\0';
}

/* A record of which every column holds something of its own; foreign keys point at the parents. */
static void *filled(const struct record_type *t, int64_t id)
{
    void *record = xcalloc(1, t->size);
    record_init(t, record);
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (!field_is_number(f))
            fill_text(f, i, record);
        else
            *(int64_t *)place(f, record) = f->kind == FIELD_KEY ? PARENT : 1000 + (int64_t)i;
    }
    *(int64_t *)place(&t->fields[t->id], record) = id;
    if (t->version >= 0)
        *(int64_t *)place(&t->fields[t->version], record) = 1;
    return record;
}

/* What is unique in the parent row must not meet the row under test. */
static void rename_ref(const struct record_type *t, void *record, const char *ref)
{
    static const char *const unique[] = {"source_key", "os_account"};
    if (t->ref >= 0)
        text_put(place(&t->fields[t->ref], record), t->fields[t->ref].size, ref);
    for (size_t i = 0; i < sizeof unique / sizeof *unique; i++) {
        const struct field *f = field_find(t->fields, t->count, unique[i]);
        if (f)
            text_put(place(f, record), f->size, ref);
    }
}

static void assert_same(const struct record_type *t, const void *a, const void *b)
{
    for (size_t i = 0; i < t->count; i++)
        if (!field_equal(&t->fields[i], a, b))
            fail_msg("%s.%s came back otherwise", t->name, t->fields[i].key);
}

static void add_parents(void)
{
    static const struct record_type *const parents[] = {&user_type, &person_type, &referral_type,
                                                        &organisation_type, &service_type};
    struct err e;
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++) {
        void *record = filled(parents[i], PARENT);
        rename_ref(parents[i], record, "parent");
        must(record_insert(db, parents[i], record, &e), &e);
        free(record);
    }
    /* What else keys point at: itself, or nothing that is a record. */
    static const struct record_type *const selves[] = {&plan_item_type, &handoff_type};
    for (size_t i = 0; i < 2; i++) {
        void *record = filled(selves[i], PARENT);
        rename_ref(selves[i], record, "parent");
        must(record_insert(db, selves[i], record, &e), &e);
        free(record);
    }
    must(db_script(db,
                   "INSERT INTO reply_file (id, organisation_id, name, sha256, read_at, row_count, "
                   "applied, "
                   "refused, unmatched, verdict) VALUES (1, 1, 'f', 'f', 0, 0, 0, 0, 0, 'read');",
                   &e),
         &e);
}

static int open_store(void **state)
{
    (void)state;
    struct err e;
    url = testdb_url();
    db = db_open(url, DB_CREATE, &e);
    must(db != NULL, &e);
    must(db_begin(db, __func__, &e), &e);
    add_parents();
    must(db_commit(db, &e), &e);
    return 0;
}

static int close_store(void **state)
{
    (void)state;
    db_close(db);
    testdb_drop(url);
    return 0;
}

/* Each test works in a transaction of its own, which leaves nothing behind. */
static int begin(void **state)
{
    (void)state;
    struct err e;
    must(db_begin(db, __func__, &e), &e);
    return 0;
}

static int undo(void **state)
{
    (void)state;
    db_rollback(db);
    return 0;
}

/* ---- */

static void the_columns_of_a_type_are_its_fields(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        const struct record_type *t = tables[i].type;
        char column[64];
        size_t n = 1;
        assert_string_equal(t->fields[0].key, "id");
        for (const char *rest = codes_next(tables[i].fields, column); rest;
             rest = codes_next(rest, column), n++) {
            assert_true(n < t->count);
            assert_string_equal(column, t->fields[n].key);
        }
        assert_int_equal(n, t->count);
    }
}

static void a_full_record_comes_back_as_it_was_until_deleted(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        const struct record_type *t = tables[i].type;
        struct err e;
        void *in = filled(t, UNDER_TEST), *out = xcalloc(1, t->size);
        must(record_insert(db, t, in, &e), &e);
        must(record_load(db, t, UNDER_TEST, out, &e), &e);
        assert_same(t, in, out);

        if (t->ref >= 0) {
            memset(out, 0, t->size);
            must(record_load_ref(db, t, field_text(&t->fields[t->ref], in), out, &e), &e);
            assert_same(t, in, out);
        }
        if (record_may_go(t)) {
            must(record_delete(db, t, UNDER_TEST, &e), &e);
            assert_false(record_load(db, t, UNDER_TEST, out, &e));
        }
        free(in);
        free(out);
    }
}

/* Every column that an edit may change is changed: the key and what points elsewhere stay. */
static void an_edit_writes_every_column(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        const struct record_type *t = tables[i].type;
        struct err e;
        void *record = filled(t, UNDER_TEST), *out = xcalloc(1, t->size);
        must(record_insert(db, t, record, &e), &e);
        for (size_t j = 0; j < t->count; j++) {
            const struct field *f = &t->fields[j];
            if (!field_is_number(f))
                *(char *)place(f, record) = 'Z';
            else if (f->kind != FIELD_KEY)
                *(int64_t *)place(f, record) += 1;
        }
        must(record_update(db, t, record, 1, &e), &e);
        must(record_load(db, t, UNDER_TEST, out, &e), &e);
        assert_same(t, record, out);
        free(record);
        free(out);
    }
}

static void an_edit_of_an_older_copy_is_told_and_writes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        const struct record_type *t = tables[i].type;
        if (t->version < 0)
            continue;
        struct err e;
        void *record = filled(t, UNDER_TEST), *out = xcalloc(1, t->size);
        int64_t *version = place(&t->fields[t->version], record);
        must(record_insert(db, t, record, &e), &e);
        *version = 2;
        must(record_update(db, t, record, 1, &e), &e); /* the other desk */

        void *stale = filled(t, UNDER_TEST);
        *(int64_t *)place(&t->fields[t->version], stale) = 2;
        assert_false(record_update(db, t, stale, 1, &e));
        assert_int_equal(e.code, ERR_CONFLICT);
        if (t->ref >= 0)
            assert_non_null(strstr(e.text, field_text(&t->fields[t->ref], record)));
        must(record_load(db, t, UNDER_TEST, out, &e), &e);
        assert_same(t, record, out);
        free(record);
        free(stale);
        free(out);
    }
}

static void what_is_absent_comes_back_absent(void **state)
{
    (void)state;
    struct err e;
    struct person in, out;
    record_init(&person_type, &in);
    in.id = UNDER_TEST;
    in.version = 1;
    text_put(in.ref, sizeof in.ref, "PE-EMPTY");
    text_put(in.given_name, sizeof in.given_name, "Aoife");
    text_put(in.family_name, sizeof in.family_name, "Example");
    in.created_at = in.created_by = 1;
    must(record_insert(db, &person_type, &in, &e), &e);
    must(record_load(db, &person_type, UNDER_TEST, &out, &e), &e);
    assert_same(&person_type, &in, &out);
    assert_true(out.voicemail_ok == FIELD_ABSENT);
    assert_true(out.merged_into == FIELD_ABSENT);
    assert_int_equal(out.restricted, 0);
}

static void what_is_not_there_is_not_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++) {
        const struct record_type *t = tables[i].type;
        struct err e;
        void *out = xcalloc(1, t->size);
        assert_false(record_load(db, t, 4711, out, &e));
        assert_int_equal(e.code, ERR_NOT_FOUND);
        assert_non_null(strstr(e.text, t->label));
        assert_false(record_may_go(t) && record_delete(db, t, 4711, &e));
        assert_int_equal(e.code, ERR_NOT_FOUND);
        if (t->ref >= 0) {
            assert_false(record_load_ref(db, t, "nowhere", out, &e));
            assert_int_equal(e.code, ERR_NOT_FOUND);
            assert_non_null(strstr(e.text, "nowhere"));
        }
        free(out);
    }
}

static void a_reference_is_never_used_twice(void **state)
{
    (void)state;
    struct err e;
    void *one = filled(&referral_type, UNDER_TEST), *two = filled(&referral_type, UNDER_TEST + 1);
    must(record_insert(db, &referral_type, one, &e), &e);
    assert_false(record_insert(db, &referral_type, two, &e));
    assert_true(db_was_duplicate(db));
    free(one);
    free(two);
}

/* ---- what a new store starts with */

static int64_t count(const char *sql)
{
    struct err e;
    struct stmt *s = db_prepare(db, sql, &e);
    must(s != NULL, &e);
    assert_int_equal(stmt_step(s, &e), STEP_ROW);
    int64_t n = col_int(s, 0);
    stmt_done(s);
    return n;
}

static void every_code_set_that_a_field_names_has_rows(void **state)
{
    (void)state;
    static const char rows_of_set[] =
        "SELECT count(*) FROM code_value WHERE code_set = $1 AND active = 1";
    static const char tables_of_their_own[] = "organisation,neighbourhood,user,practice,wording";
    for (size_t i = 0; i < TABLES; i++)
        for (size_t j = 0; j < tables[i].type->count; j++) {
            const char *set = tables[i].type->fields[j].set;
            if (!set || codes_have(tables_of_their_own, set))
                continue;
            struct err e;
            struct stmt *s = db_prepare(db, rows_of_set, &e);
            must(s != NULL, &e);
            stmt_text(s, 1, set);
            assert_int_equal(stmt_step(s, &e), STEP_ROW);
            if (col_int(s, 0) < 2)
                fail_msg("the code set %s has no rows", set);
            stmt_done(s);
        }
}

/* A code must survive being typed: as it stands, and with blanks for its underscores. */
static void every_code_that_ships_can_be_typed(void **state)
{
    (void)state;
    static const char all[] = "SELECT code, label, coalesce(snomed, '') FROM code_value /*scan*/";
    static const struct field code = {"code", "Code", FIELD_CODE, 0, FIELD_TEXT_AT(need, code)};
    struct err e = {0};
    struct stmt *s = db_prepare(db, all, &e);
    must(s != NULL, &e);
    while (stmt_step(s, &e) == STEP_ROW) {
        struct need n;
        must(field_parse(&code, &n, col_text(s, 0), 0, &e), &e);
        assert_string_equal(n.code, col_text(s, 0));
        assert_true(utf8_length(col_text(s, 1)) <= 70);
        char id[19];
        if (*col_text(s, 2))
            must(check_snomed(col_text(s, 2), id, &e), &e);
    }
    assert_int_equal(e.code, ERR_NONE);
}

static void every_reply_word_is_folded_and_means_a_status(void **state)
{
    (void)state;
    static const char all[] = "SELECT word, status FROM reply_alias WHERE organisation = ''";
    static const char yes[] =
        "SELECT count(*) FROM reply_alias WHERE organisation = '' AND word IN ('yes', 'no', 'ok')";
    struct err e = {0};
    struct stmt *s = db_prepare(db, all, &e);
    must(s != NULL, &e);
    bool meant[16] = {false};
    while (stmt_step(s, &e) == STEP_ROW) {
        struct buf folded = {0};
        text_fold(col_text(s, 0), &folded);
        assert_string_equal(buf_text(&folded), col_text(s, 0));
        buf_free(&folded);
        assert_true(choice_has(reply_statuses, col_text(s, 1)));
        for (int i = 0; reply_statuses[i].code; i++)
            meant[i] |= strcmp(reply_statuses[i].code, col_text(s, 1)) == 0;
    }
    for (int i = 0; reply_statuses[i].code; i++)
        if (!meant[i])
            fail_msg("no word means %s", reply_statuses[i].code);
    assert_int_equal(count(yes), 0); /* they answer no question */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_columns_of_a_type_are_its_fields, begin, undo),
        cmocka_unit_test_setup_teardown(a_full_record_comes_back_as_it_was_until_deleted, begin,
                                        undo),
        cmocka_unit_test_setup_teardown(an_edit_writes_every_column, begin, undo),
        cmocka_unit_test_setup_teardown(an_edit_of_an_older_copy_is_told_and_writes_nothing, begin,
                                        undo),
        cmocka_unit_test_setup_teardown(what_is_absent_comes_back_absent, begin, undo),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_not_found, begin, undo),
        cmocka_unit_test_setup_teardown(a_reference_is_never_used_twice, begin, undo),
        cmocka_unit_test_setup_teardown(every_code_set_that_a_field_names_has_rows, begin, undo),
        cmocka_unit_test_setup_teardown(every_code_that_ships_can_be_typed, begin, undo),
        cmocka_unit_test_setup_teardown(every_reply_word_is_folded_and_means_a_status, begin, undo),
    };
    return cmocka_run_group_tests(tests, open_store, close_store);
}

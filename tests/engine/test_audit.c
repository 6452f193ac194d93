/* SPDX-License-Identifier: MIT
 *
 * The audit log: who did what is in it, no value and no name is, refusals and
 * openings are, and every way of tampering shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/verify.h"
#include "store/audit.h"
#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static struct audit_proof prove(struct session *s)
{
    struct audit_proof p;
    struct err e = {0};
    if (!audit_prove(s, &p, &e))
        fail_msg("%s", e.text);
    return p;
}

/* Does to the store what a person with the file open could do. */
static void tamper(struct session *s, const char *sql)
{
    struct err e = {0};
    if (!db_begin(s->db, __func__, &e) || !db_script(s->db, sql, &e) || !db_commit(s->db, &e))
        fail_msg("%s", e.text);
}

static void a_days_work(struct session *s, char person[64])
{
    char referral[64];
    world_person(s, person);
    world_referral(s, person, referral);
    world_consent(s, person);
}

static void an_untouched_log_is_whole(void **state)
{
    char person[64];
    struct session *s = world_open();
    (void)state;
    a_days_work(s, person);
    struct audit_proof p = prove(s);
    assert_int_equal(p.broken_at, 0);
    assert_true(p.rows > 20);
    world_close(s);
}

static const struct {
    const char *how, *sql;
} tampering[] = {
    {"a row edited", "UPDATE audit SET login = 'someone' WHERE seq = 12"},
    {"its time edited", "UPDATE audit SET at = at - 1 WHERE seq = 15"},
    {"a row removed", "DELETE FROM audit_value WHERE seq = 14; DELETE FROM audit WHERE seq = 14"},
    {"the last row removed",
     "DELETE FROM audit_value WHERE seq = (SELECT max(seq) FROM audit); DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"},
    {"two rows swapped", "UPDATE audit SET seq = -1 WHERE seq = (SELECT max(seq) FROM audit WHERE effect = 'refused')"},
    {"a value changed", "UPDATE audit_value SET value_after = 'nothing' WHERE seq = (SELECT max(seq) FROM audit_value) AND value_after IS NOT NULL"},
};

static void every_way_of_tampering_shows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tampering / sizeof *tampering; i++) {
        char person[64];
        struct session *s = world_open();
        a_days_work(s, person);
        world_no(s, LINE("consent give %s", person), ERR_INVALID, NULL);
        world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
        tamper(s, tampering[i].sql);
        if (!prove(s).broken_at)
            fail_msg("%s was not found", tampering[i].how);
        world_close(s);
    }
}

static void erased_values_leave_the_chain_whole(void **state)
{
    char person[64];
    struct session *s = world_open();
    (void)state;
    a_days_work(s, person);
    tamper(s, "UPDATE audit_value SET value_before = NULL, value_after = NULL, erased_on = '2026-11-23'");
    struct audit_proof p = prove(s);
    assert_int_equal(p.broken_at, 0);
    assert_true(p.erased > 0);
    world_close(s);
}

static void rows_of_the_log_hold_no_name_and_no_value(void **state)
{
    struct session *s = world_open();
    (void)state;
    world_must(s, "person add given_name=Zebedee family_name=Uniquename date_of_birth=1950-01-01 neighbourhood=swinton", NULL);
    struct err e = {0};
    struct stmt *st = audit_rows_from(s->db, 0, &e);
    assert_non_null(st);
    while (stmt_step(st, &e) == STEP_ROW)
        for (int i = 0; i < 12; i++) {
            assert_null(strstr(col_text(st, i), "Zebedee"));
            assert_null(strstr(col_text(st, i), "Uniquename"));
            assert_null(strstr(col_text(st, i), "1950-01-01"));
        }
    world_close(s);
}

static bool log_has(struct session *s, const char *effect, const char *login)
{
    json_t *rows = world_list(s, "audit");
    size_t i;
    json_t *row;
    bool found = false;
    json_array_foreach (rows, i, row)
        found |= strcmp(json_string_value(json_object_get(row, "effect")), effect) == 0 &&
                 (strcmp(json_string_value(json_object_get(row, "login")), login) == 0 ||
                  strcmp(json_string_value(json_object_get(row, "acting_as")), login) == 0);
    json_decref(rows);
    return found;
}

static void openings_refusals_denials_and_acting_as_are_in_the_log(void **state)
{
    char person[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    struct session *worker = world_as("worker");
    json_decref(world_show(worker, LINE("person show %s", person)));
    world_no(worker, "user add login=x name=X roles=worker", ERR_DENIED, NULL);
    world_close(worker);
    world_consent(s, person);
    world_no(s, "undo yes=yes", ERR_REFUSED, NULL);
    assert_true(log_has(s, "opened", "worker"));
    assert_true(log_has(s, "denied", "worker"));
    assert_true(log_has(s, "acted_as", "worker"));
    assert_true(log_has(s, "refused", "world"));
    world_close(s);
}

static void a_clock_set_back_is_told_and_order_holds(void **state)
{
    char person[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_consent(s, person);
    world_day(-3);
    world_must(s, LINE("consent withdraw %s reason='Changed my mind'", person), NULL);
    json_t *doc = world_show(s, LINE("consent show %s", person));
    char *text = json_dumps(doc, JSON_COMPACT);
    assert_non_null(strstr(text, "withdrawn"));
    json_decref(doc);
    free(text);
    assert_true(log_has(s, "clock_back", "world"));
    assert_int_equal(prove(s).broken_at, 0);
    world_close(s);
}

static void counts_are_the_facts_and_a_wrong_one_shows(void **state)
{
    char person[64], first[160];
    int64_t differ;
    struct err e = {0};
    struct session *s = world_open();
    (void)state;
    for (int i = 0; i < 3; i++)
        a_days_work(s, person);
    assert_true(summary_prove(s, &differ, first, &e));
    assert_int_equal(differ, 0);
    tamper(s, "UPDATE summary SET count = count + 1 WHERE measure = 'need'");
    assert_true(summary_prove(s, &differ, first, &e));
    assert_true(differ > 0);
    world_close(s);
}

/* What has no reference of its own stands under its episode's, and says which it is. */
static void what_belongs_to_an_episode_is_found_in_its_log(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("need edit %s need=money_debt severity=5", referral), NULL);
    json_t *rows = world_list(s, LINE("audit %s", referral));
    const json_t *row = json_array_get(rows, 0);
    assert_string_equal(json_string_value(json_object_get(row, "verb")), "need edit");
    assert_string_equal(json_string_value(json_object_get(row, "record")), "need money_debt");
    assert_string_equal(json_string_value(json_object_get(row, "person")), person);
    json_decref(rows);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_untouched_log_is_whole),
        cmocka_unit_test(every_way_of_tampering_shows),
        cmocka_unit_test(erased_values_leave_the_chain_whole),
        cmocka_unit_test(rows_of_the_log_hold_no_name_and_no_value),
        cmocka_unit_test(openings_refusals_denials_and_acting_as_are_in_the_log),
        cmocka_unit_test(a_clock_set_back_is_told_and_order_holds),
        cmocka_unit_test(counts_are_the_facts_and_a_wrong_one_shows),
        cmocka_unit_test(what_belongs_to_an_episode_is_found_in_its_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

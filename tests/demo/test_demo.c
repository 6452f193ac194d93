/* SPDX-License-Identifier: MIT
 *
 * The demonstration borough: sound, the same every time, with everything in
 * it that there is to see, and nobody in it who exists. One borough of 400 is
 * made for all tests that only look; its store is SQLite whatever the engine
 * under test.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/consents.h"
#include "engine/core.h"
#include "onward/check.h"
#include "onward/demo.h"
#include "onward/exchange.h"
#include "support/testdb.h"

#define MONDAY INT64_C(1795424400000) /* 2026-11-23T09:00:00Z */
#define HOUR INT64_C(3600000)

static int64_t now_ms = MONDAY;

static int64_t now(void)
{
    return now_ms;
}

struct borough_path {
    const char *folder;
    char url[512], spool[512];
};

static void name_paths(struct borough_path *p)
{
    snprintf(p->url, sizeof p->url, "%s/onward.db", p->folder);
    snprintf(p->spool, sizeof p->spool, "%s/spool", p->folder);
}

static struct borough_path made(int64_t people, uint64_t seed)
{
    struct borough_path p = {.folder = testdb_folder()};
    struct demo_options o = {
        .folder = p.folder, .os_account = "tester", .people = people, .seed = seed, .clock = now};
    struct err e = {0};
    json_t *summary = NULL;
    if (!demo_make(&o, &summary, &e))
        fail_msg("demo_make: %s", e.text);
    assert_true(json_integer_value(json_object_get(summary, "people")) >= people);
    json_decref(summary);
    name_paths(&p);
    return p;
}

static struct session *opened(const struct borough_path *p)
{
    struct err e = {0};
    struct session_options o = {.url = p->url, .os_account = "tester", .clock = now};
    struct session *s = session_open(&o, &e);
    if (!s)
        fail_msg("session_open: %s", e.text);
    return s;
}

/* ---- the borough that is looked at */

static struct borough_path town;

static int make_town(void **state)
{
    (void)state;
    town = made(400, 1);
    return 0;
}

static int drop_town(void **state)
{
    (void)state;
    testdb_folder_drop(town.folder);
    return 0;
}

/* ---- asking it */

typedef void row_seen(struct session *s, struct stmt *st, void *ctx);

static void each_row(struct session *s, const char *sql, row_seen *seen, void *ctx)
{
    struct err e = {0};
    enum step step = STEP_FAILED;
    struct stmt *st = db_prepare(s->db, sql, &e);
    while (st && (step = stmt_step(st, &e)) == STEP_ROW)
        seen(s, st, ctx);
    if (step == STEP_FAILED)
        fail_msg("%s: %s", sql, e.text);
}

static void add_text(struct session *s, struct stmt *st, void *ctx)
{
    (void)s;
    buf_fmt(ctx, "|%s|", col_text(st, 0));
}

static void expect_all(const char *sql, const struct choice *choices)
{
    struct session *s = opened(&town);
    struct buf there = {0};
    each_row(s, sql, add_text, &there);
    for (; choices->code; choices++) {
        char quoted[CODE_SIZE + 2];
        snprintf(quoted, sizeof quoted, "|%s|", choices->code);
        if (!strstr(buf_text(&there), quoted))
            fail_msg("nobody is %s: %s", choices->code, buf_text(&there));
    }
    buf_free(&there);
    session_close(s);
}

static void verified(const struct borough_path *p, char head[SHA256_HEX])
{
    struct session *s = opened(p);
    struct err e = {0};
    json_t *report = NULL;
    bool sound;
    if (!store_verify(s, p->spool, &report, &sound, &e))
        fail_msg("store_verify: %s", e.text);
    if (!sound)
        fail_msg("not sound: %s", json_dumps(report, 0));
    snprintf(head, SHA256_HEX, "%s", json_string_value(json_object_get(report, "audit_head")));
    json_decref(report);
    session_close(s);
}

/* ---- tests */

static void it_is_sound(void **state)
{
    (void)state;
    char head[SHA256_HEX];
    verified(&town, head);
}

static void every_state_of_a_referral_occurs(void **state)
{
    (void)state;
    expect_all("SELECT DISTINCT state FROM referral /*scan*/ /*sort*/", referral_states);
}

static void every_state_of_a_handoff_occurs(void **state)
{
    (void)state;
    expect_all("SELECT DISTINCT state FROM handoff /*scan*/ /*sort*/", handoff_states);
}

static void every_way_of_closing_occurs(void **state)
{
    (void)state;
    expect_all(
        "SELECT DISTINCT close_reason FROM referral WHERE state = 'closed' /*scan*/ /*sort*/",
        close_reasons);
}

static void every_decision_of_consent_occurs(void **state)
{
    (void)state;
    expect_all("SELECT DISTINCT decision FROM consent /*scan*/ /*sort*/", consent_decisions);
}

static void note_word(struct session *s, struct stmt *st, void *ctx)
{
    bool *words = ctx;
    struct err e = {0};
    struct consent *rows;
    struct consent_answer a;
    size_t n;
    char organisation[CODE_SIZE], need[CODE_SIZE];
    int64_t person = col_int(st, 0);
    text_put(organisation, sizeof organisation, col_text(st, 1));
    text_put(need, sizeof need, col_text(st, 2));
    assert_true(consents_load(s, person, &rows, &n, &e));
    struct consent_question q = {.rows = rows,
                                 .count = n,
                                 .organisation = organisation,
                                 .need = need,
                                 .categories = CATEGORY_LEAST,
                                 .on = instant_day(MONDAY),
                                 .expiring_days = 28};
    consent_covers(&q, &a);
    words[a.word] = true;
    free(rows);
}

static void every_word_of_consent_occurs(void **state)
{
    (void)state;
    bool words[CONSENT_NOT_SOUGHT + 1] = {false};
    struct session *s = opened(&town);
    each_row(s,
             "SELECT h.person_id, g.code, h.need FROM handoff h JOIN organisation g ON g.id = "
             "h.organisation_id /*scan*/",
             note_word, words);
    for (int i = 0; i <= CONSENT_NOT_SOUGHT; i++)
        if (!words[i])
            fail_msg("of no handoff is the consent: %s", consent_word_text((enum consent_word)i));
    session_close(s);
}

static void is_for_drama(struct session *s, struct stmt *st, void *ctx)
{
    (void)s;
    (void)ctx;
    char digits[32];
    size_t n = 0;
    for (const char *c = col_text(st, 0); *c; c++)
        if (*c >= '0' && *c <= '9' && n < sizeof digits - 1)
            digits[n++] = *c;
    digits[n] = '\0';
    bool ok = n == 11 && (text_starts(digits, "01614960") || text_starts(digits, "07700900") ||
                          text_starts(digits, "01632960"));
    if (n && !ok)
        fail_msg("%s may be somebody's telephone", digits);
}

static void no_telephone_is_anyones(void **state)
{
    (void)state;
    struct session *s = opened(&town);
    each_row(s,
             "SELECT phone FROM person UNION ALL SELECT representative_phone FROM person UNION ALL "
             "SELECT referrer_phone FROM referral "
             "UNION ALL SELECT phone FROM organisation UNION ALL SELECT phone FROM service UNION "
             "ALL SELECT phone FROM app_user "
             "UNION ALL SELECT phone FROM practice /*scan*/",
             is_for_drama, NULL);
    session_close(s);
}

static void is_for_tests(struct session *s, struct stmt *st, void *ctx)
{
    (void)s;
    char read[11];
    struct err e = {0};
    const char *number = col_text(st, 0);
    if (!check_nhs_number(number, read, &e) || nhs_number_range(read) != NHS_TEST)
        fail_msg("%s is no number of the test range: %s", number, e.text);
    assert_int_equal(col_int(st, 1), 1);
    ++*(int *)ctx;
}

static void every_nhs_number_is_of_the_test_range_and_of_one_person(void **state)
{
    (void)state;
    int seen = 0;
    struct session *s = opened(&town);
    each_row(s,
             "SELECT nhs_number, count(*) FROM person WHERE nhs_number IS NOT NULL GROUP BY "
             "nhs_number /*scan*/ /*sort*/",
             is_for_tests, &seen);
    assert_true(seen > 300);
    session_close(s);
}

/* A row that left: on that day, what was recorded until then let it go. */
static void had_consent(struct session *s, struct stmt *st, void *ctx)
{
    struct err e = {0};
    struct consent *rows;
    struct consent_answer a;
    size_t n, known = 0;
    char organisation[CODE_SIZE], need[CODE_SIZE], row[64];
    int64_t person = col_int(st, 0), at = col_int(st, 3);
    text_put(organisation, sizeof organisation, col_text(st, 1));
    text_put(need, sizeof need, col_text(st, 2));
    text_put(row, sizeof row, col_text(st, 4));
    assert_true(consents_load(s, person, &rows, &n, &e));
    while (known < n && rows[known].recorded_at <= at)
        known++;
    struct consent_question q = {.rows = rows,
                                 .count = known,
                                 .organisation = organisation,
                                 .need = need,
                                 .categories = CATEGORY_LEAST,
                                 .on = instant_day(at)};
    consent_covers(&q, &a);
    if (!a.covers)
        fail_msg("%s left without consent: %s", row, a.reason);
    free(rows);
    ++*(int *)ctx;
}

static void nobody_has_left_without_consent(void **state)
{
    (void)state;
    int left = 0;
    struct session *s = opened(&town);
    each_row(
        s,
        "SELECT h.person_id, g.code, h.need, b.created_at, w.row_id FROM batch_row w JOIN batch b "
        "ON b.id = w.batch_id "
        "JOIN handoff h ON h.id = w.handoff_id JOIN organisation g ON g.id = b.organisation_id "
        "WHERE w.action <> 'withdraw' AND b.state <> 'void' /*scan*/",
        had_consent, &left);
    assert_true(left > 300);
    session_close(s);
}

static void count_them(struct session *s, struct stmt *st, void *ctx)
{
    (void)s;
    *(int64_t *)ctx = col_int(st, 0);
}

static void expect_some(struct session *s, const char *sql)
{
    int64_t n = 0;
    each_row(s, sql, count_them, &n);
    if (n < 1)
        fail_msg("none: %s", sql);
}

static void what_a_worker_meets_is_there(void **state)
{
    (void)state;
    static const char *const questions[] = {
        "SELECT count(*) FROM person WHERE restricted = 1 /*scan*/",
        "SELECT count(*) FROM person WHERE merged_into IS NOT NULL /*scan*/",
        "SELECT count(*) FROM person WHERE died_on IS NOT NULL /*scan*/",
        "SELECT count(*) FROM person WHERE interpreter_language IS NOT NULL /*scan*/",
        "SELECT count(*) FROM duplicate_offer WHERE decided IS NULL /*scan*/",
        "SELECT count(*) FROM consent WHERE given_by = 'parental_responsibility' /*scan*/",
        "SELECT count(*) FROM consent WHERE capacity = 'competent_under_16' /*scan*/",
        "SELECT count(*) FROM referral WHERE safeguarding = 'not_asked' AND state <> 'closed' "
        "/*scan*/",
        "SELECT count(*) FROM referral WHERE call_back_on >= '2026-11-20' AND call_back_on <= "
        "'2026-11-27' /*scan*/",
        "SELECT count(*) FROM flag WHERE resolved_on IS NULL AND due_on >= '2026-11-20' AND due_on "
        "<= '2026-11-28' /*scan*/",
        "SELECT count(*) FROM handoff WHERE urgent = 1 AND rung_on IS NULL /*scan*/",
        "SELECT count(*) FROM handoff WHERE state = 'declined' AND reviewed_on IS NULL /*scan*/",
        "SELECT count(*) FROM handoff WHERE stop_reason IS NOT NULL AND stop_confirmed_on IS NULL "
        "/*scan*/",
        "SELECT count(*) FROM answer WHERE told_on IS NULL /*scan*/",
        "SELECT count(*) FROM batch WHERE state = 'published' /*scan*/",
        "SELECT count(*) FROM batch_row WHERE action = 'update' /*scan*/",
        "SELECT count(*) FROM service WHERE verified_on < '2026-05-27' /*scan*/",
        "SELECT count(*) FROM agreement WHERE ends_on < '2026-11-23' /*scan*/",
        "SELECT count(*) FROM agreement WHERE ends_on >= '2026-11-23' AND ends_on < '2027-01-22' "
        "/*scan*/",
    };
    struct session *s = opened(&town);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        expect_some(s, questions[i]);
    int64_t gates = 0;
    each_row(s, "SELECT count(DISTINCT gate) FROM handoff_gate /*scan*/ /*sort*/", count_them,
             &gates);
    assert_true(gates >= 5);
    session_close(s);
}

static int64_t number_at(const json_t *report, const char *part, const char *key)
{
    return json_integer_value(json_object_get(json_object_get(report, part), key));
}

static void tonight_has_something_to_do(void **state)
{
    (void)state;
    struct borough_path p = made(400, 2);
    struct session *s = opened(&p);
    struct nightly_options o = {.spool = p.spool, .backup = ""};
    struct err e = {0};
    json_t *report = NULL;
    enum nightly_status status;
    if (!nightly_run(s, &o, &report, &status, &e))
        fail_msg("nightly_run: %s", e.text);
    assert_int_equal(status, NIGHTLY_PARTLY); /* there is something refused, and something held */
    assert_true(json_array_size(json_object_get(report, "batches")) > 0);
    assert_true(json_array_size(json_object_get(report, "held")) > 0);
    assert_true(number_at(report, "replies", "applied") > 0);
    assert_true(number_at(report, "replies", "files") > 1);
    json_decref(report);
    session_close(s);
    char head[SHA256_HEX];
    verified(&p, head);
    testdb_folder_drop(p.folder);
}

/* Every package and every count, as text. */
static void describe(const struct borough_path *p, struct buf *out)
{
    struct session *s = opened(p);
    each_row(s, "SELECT name || sha256 || replies_sha256 FROM batch ORDER BY id /*scan*/", add_text,
             out);
    each_row(
        s, "SELECT ref || coalesce(given_name, '') || family_name FROM person ORDER BY id /*scan*/",
        add_text, out);
    each_row(s, "SELECT ref || state FROM handoff ORDER BY id /*scan*/", add_text, out);
    each_row(s, "SELECT note FROM contact ORDER BY id /*scan*/", add_text, out);
    session_close(s);
}

static void the_same_seed_and_day_make_the_same_borough(void **state)
{
    (void)state;
    char heads[3][SHA256_HEX];
    struct buf told[3] = {{0}, {0}, {0}};
    for (int i = 0; i < 3; i++) {
        now_ms = MONDAY + i * 5 * HOUR;
        struct borough_path p = made(60, i < 2 ? 9 : 10);
        verified(&p, heads[i]);
        describe(&p, &told[i]);
        testdb_folder_drop(p.folder);
    }
    now_ms = MONDAY;
    assert_string_equal(buf_text(&told[0]), buf_text(&told[1]));
    assert_string_equal(heads[0], heads[1]);
    assert_string_not_equal(buf_text(&told[0]), buf_text(&told[2]));
    for (int i = 0; i < 3; i++)
        buf_free(&told[i]);
}

static void the_smallest_boroughs_are_sound_on_any_day(void **state)
{
    (void)state;
    static const struct {
        int64_t people;
        int days; /* after the Monday */
    } cases[] = {{1, 0}, {2, 1}, {3, 5}, {5, 6}, {17, 39}, {51, 134}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char head[SHA256_HEX];
        now_ms = MONDAY + cases[i].days * 24 * HOUR;
        struct borough_path p = made(cases[i].people, 3);
        verified(&p, head);
        testdb_folder_drop(p.folder);
    }
    now_ms = MONDAY;
}

static void a_borough_that_stands_is_left_alone(void **state)
{
    (void)state;
    struct demo_options o = {
        .folder = town.folder, .os_account = "tester", .people = 3, .seed = 1, .clock = now};
    struct err e = {0};
    json_t *summary = NULL;
    assert_false(demo_make(&o, &summary, &e));
    assert_int_equal(e.code, ERR_INVALID);
    char head[SHA256_HEX];
    verified(&town, head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_sound),
        cmocka_unit_test(every_state_of_a_referral_occurs),
        cmocka_unit_test(every_state_of_a_handoff_occurs),
        cmocka_unit_test(every_way_of_closing_occurs),
        cmocka_unit_test(every_decision_of_consent_occurs),
        cmocka_unit_test(every_word_of_consent_occurs),
        cmocka_unit_test(no_telephone_is_anyones),
        cmocka_unit_test(every_nhs_number_is_of_the_test_range_and_of_one_person),
        cmocka_unit_test(nobody_has_left_without_consent),
        cmocka_unit_test(what_a_worker_meets_is_there),
        cmocka_unit_test(tonight_has_something_to_do),
        cmocka_unit_test(the_same_seed_and_day_make_the_same_borough),
        cmocka_unit_test(the_smallest_boroughs_are_sound_on_any_day),
        cmocka_unit_test(a_borough_that_stands_is_left_alone),
    };
    return cmocka_run_group_tests(tests, make_town, drop_town);
}

/* SPDX-License-Identifier: MIT
 *
 * The nightly run: what goes, what is held, what is void, and that a night
 * done twice is a night done once.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/handoffs.h"
#include "exchange/csv_guard.h"
#include "exchange/csv_read.h"
#include "support/night.h"
#include "support/sent.h"
#include "support/world.h"

#define FIRST "salford-advice-20261123-001"
#define SECOND "salford-advice-20261123-002"
#define OUT "out/salford-advice/"

static char line[1024];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static void a_queued_handoff_leaves_in_a_package(void **state)
{
    (void)state;
    char person[64], handoff[64];
    const char *spool = night_spool();
    struct buf text = {0};
    struct session *s = world_open();
    sent_queued(s, person, NULL, handoff);
    json_t *report = night_run(s, &(struct nightly_options){.spool = spool}, NIGHTLY_DONE);
    const json_t *b = json_array_get(json_object_get(report, "batches"), 0);
    assert_string_equal(json_string_value(json_object_get(b, "batch")), FIRST);
    assert_string_equal(json_string_value(json_object_get(b, "organisation")), "salford-advice");
    assert_int_equal(json_integer_value(json_object_get(b, "rows")), 1);
    assert_false(json_is_true(json_object_get(b, "delivered")));
    night_row(spool, FIRST, handoff, &text);
    assert_non_null(strstr(buf_text(&text), ",new,"));
    assert_non_null(strstr(buf_text(&text), person));
    night_read(spool, OUT FIRST "/reply.csv", &text);
    assert_non_null(strstr(buf_text(&text), handoff));
    night_read(spool, OUT FIRST "/datapackage.json", &text);
    json_t *manifest = json_loads(buf_text(&text), 0, NULL);
    assert_string_equal(json_string_value(json_object_get(manifest, "id")), FIRST);
    json_decref(manifest);
    sent_is(s, handoff, "exported");
    night_batch_is(s, FIRST, "published");
    json_decref(report);
    buf_free(&text);
    world_close(s);
    night_spool_drop(spool);
}

static void the_same_date_again_changes_no_batch_state_or_file(void **state)
{
    (void)state;
    char withdrawn[64];
    const char *spool = night_spool();
    struct buf files = {0}, again = {0}, store = {0}, store_again = {0};
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, withdrawn);
    sent_queued(s, NULL, NULL, NULL);
    night_must(s, spool, NIGHTLY_DONE);
    night_files(spool, &files);
    night_store(s, &store);
    json_t *report = night_run(s, &(struct nightly_options){.spool = spool}, NIGHTLY_DONE);
    assert_int_equal(json_integer_value(json_object_get(report, "run")), 2);
    assert_int_equal(json_array_size(json_object_get(report, "batches")), 0);
    json_decref(report);
    night_files(spool, &again);
    night_store(s, &store_again);
    assert_string_equal(buf_text(&files), buf_text(&again));
    assert_string_equal(buf_text(&store), buf_text(&store_again));
    buf_free(&files);
    buf_free(&again);
    buf_free(&store);
    buf_free(&store_again);
    world_close(s);
    night_spool_drop(spool);
}

static void rows_queued_since_go_in_the_next_number(void **state)
{
    (void)state;
    char first[64], second[64];
    const char *spool = night_spool();
    struct buf row = {0};
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, first);
    night_must(s, spool, NIGHTLY_DONE);
    sent_queued(s, NULL, NULL, second);
    night_must(s, spool, NIGHTLY_DONE);
    night_row(spool, SECOND, second, &row);
    assert_true(row.len > 0);
    night_row(spool, SECOND, first, &row);
    assert_int_equal(row.len, 0);
    night_read(spool, OUT SECOND "/reply.csv", &row);
    assert_non_null(strstr(buf_text(&row), first)); /* still open: still one place to answer */
    night_read(spool, OUT SECOND "/datapackage.json", &row);
    assert_non_null(strstr(buf_text(&row), "\"onward:previous_batch\": \"" FIRST "\""));
    buf_free(&row);
    world_close(s);
    night_spool_drop(spool);
}

static void a_night_with_nothing_new_makes_no_package(void **state)
{
    (void)state;
    const char *spool = night_spool();
    struct session *s = world_open();
    night_must(s, spool, NIGHTLY_DONE);
    sent_queued(s, NULL, NULL, NULL);
    night_must(s, spool, NIGHTLY_DONE);
    world_day(1);
    night_must(s, spool, NIGHTLY_DONE);
    assert_false(night_has(spool, OUT "salford-advice-20261124-001"));
    world_close(s);
    night_spool_drop(spool);
}

static void a_weekly_list_goes_on_mondays_when_anything_is_open(void **state)
{
    (void)state;
    char handoff[64];
    const char *spool = night_spool();
    struct buf text = {0};
    struct session *s = world_open();
    world_must(s, "organisation edit salford-advice weekly_list=yes", NULL);
    night_must(s, spool, NIGHTLY_DONE); /* a Monday, and nothing is open */
    assert_false(night_has(spool, OUT FIRST));
    sent_queued(s, NULL, NULL, handoff);
    night_must(s, spool, NIGHTLY_DONE);
    world_day(6);
    night_must(s, spool, NIGHTLY_DONE);
    assert_false(night_has(spool, OUT "salford-advice-20261129-001"));
    world_day(1);
    night_must(s, spool, NIGHTLY_DONE);
    night_must(s, spool, NIGHTLY_DONE); /* once */
    night_read(spool, OUT "salford-advice-20261130-001/reply.csv", &text);
    assert_non_null(strstr(buf_text(&text), handoff));
    assert_false(night_has(spool, OUT "salford-advice-20261130-002"));
    buf_free(&text);
    world_close(s);
    night_spool_drop(spool);
}

/* ---- gates and stops */

static void what_the_gates_say_in_the_night_decides(void **state)
{
    (void)state;
    char person[64], referral[64], handoff[64];
    const char *spool = night_spool();
    struct session *s = world_open();
    sent_queued(s, person, referral, handoff);
    world_day(3 * 365); /* consent expired, agreement too */
    json_t *report = night_run(s, &(struct nightly_options){.spool = spool}, NIGHTLY_PARTLY);
    const json_t *held = json_array_get(json_object_get(report, "held"), 0);
    assert_string_equal(json_string_value(json_object_get(held, "handoff")), handoff);
    assert_true(json_array_size(json_object_get(held, "reasons")) >= 2);
    assert_true(json_is_true(json_object_get(held, "new")));
    json_decref(report);
    sent_is(s, handoff, "held");
    assert_false(night_has(spool, "out/salford-advice"));
    report = night_run(s, &(struct nightly_options){.spool = spool}, NIGHTLY_DONE);
    held = json_array_get(json_object_get(report, "held"), 0);
    assert_false(json_is_true(json_object_get(held, "new")));
    json_decref(report);
    world_close(s);
    night_spool_drop(spool);
}

static void a_stop_goes_to_whom_no_gate_is_open_any_more(void **state)
{
    (void)state;
    char person[64], handoff[64];
    const char *spool = night_spool();
    struct buf row = {0};
    struct session *s = world_open();
    sent_queued(s, person, NULL, handoff);
    night_must(s, spool, NIGHTLY_DONE);
    world_must(s, "batch delivered " FIRST " by='Sam Link' how='secure mail'", NULL);
    world_must(s, "organisation edit salford-advice status=closed", NULL);
    world_must(s, LINE("consent withdraw %s reason='not given'", person), NULL);
    sent_is(s, handoff, "withdrawing");
    night_must(s, spool, NIGHTLY_DONE);
    night_row(spool, SECOND, handoff, &row);
    assert_non_null(strstr(buf_text(&row), "-2,withdraw,"));
    assert_null(strstr(buf_text(&row), person)); /* nothing else of the person */
    night_read(spool, OUT SECOND "/reply.csv", &row);
    assert_non_null(strstr(buf_text(&row), LINE("%s-2,%s,,", handoff, handoff)));
    night_must(s, spool, NIGHTLY_DONE); /* asked once */
    assert_false(night_has(spool, OUT "salford-advice-20261123-003"));
    buf_free(&row);
    world_close(s);
    night_spool_drop(spool);
}

static void a_correction_goes_as_an_update_and_a_stop_instead_of_it(void **state)
{
    (void)state;
    char one[64], other[64], corrected[64], stopped[64];
    const char *spool = night_spool();
    struct buf row = {0};
    struct session *s = world_open();
    sent_queued(s, one, NULL, corrected);
    sent_queued(s, other, NULL, stopped);
    night_must(s, spool, NIGHTLY_DONE);
    world_must(s, "batch delivered " FIRST " by='Sam Link' how='secure mail'", NULL);
    world_must(s, LINE("person edit %s phone='07700 900 777'", one), NULL);
    world_must(s, LINE("person edit %s phone='07700 900 778'", other), NULL);
    world_must(s, LINE("handoff withdraw %s reason=no_longer_needed", stopped), NULL);
    night_must(s, spool, NIGHTLY_DONE);
    night_row(spool, SECOND, corrected, &row);
    assert_non_null(strstr(buf_text(&row), "-2,update,"));
    night_row(spool, SECOND, stopped, &row);
    assert_non_null(strstr(buf_text(&row), "-2,withdraw,"));
    buf_free(&row);
    world_close(s);
    night_spool_drop(spool);
}

/* Something else under the batch's name: it is frozen and cannot be published. */
static void block(const char *spool)
{
    night_write(spool, OUT FIRST "/handoffs.csv", "in the way", 10);
}

static void unblock(const char *spool)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/" OUT FIRST "/handoffs.csv", spool);
    assert_int_equal(unlink(path), 0);
    *strrchr(path, '/') = '\0';
    assert_int_equal(rmdir(path), 0);
}

static void consent_withdrawn_between_freezing_and_publishing_voids_the_batch(void **state)
{
    (void)state;
    char person[64], gone[64], stays[64];
    const char *spool = night_spool();
    struct buf row = {0};
    struct session *s = world_open();
    sent_queued(s, person, NULL, gone);
    sent_queued(s, NULL, NULL, stays);
    block(spool);
    night_must(s, spool, NIGHTLY_UNDELIVERED);
    night_batch_is(s, FIRST, "frozen");
    unblock(spool);
    world_must(s, LINE("consent withdraw %s reason='not given'", person), NULL);
    json_t *report = night_run(s, &(struct nightly_options){.spool = spool}, NIGHTLY_PARTLY);
    assert_int_equal(json_array_size(json_object_get(report, "void")), 1);
    json_decref(report);
    night_batch_is(s, FIRST, "void");
    night_batch_is(s, SECOND, "published");
    assert_false(night_has(spool, OUT FIRST));
    night_row(spool, SECOND, stays, &row);
    assert_non_null(strstr(buf_text(&row), ",new,"));
    night_row(spool, SECOND, gone, &row); /* a try was made: nobody knows that nothing left */
    assert_non_null(strstr(buf_text(&row), ",withdraw,"));
    night_read(spool, OUT SECOND "/datapackage.json", &row);
    assert_null(strstr(buf_text(&row), "previous_batch"));
    buf_free(&row);
    world_close(s);
    night_spool_drop(spool);
}

static void a_gate_that_shuts_after_publishing_takes_the_folder_back(void **state)
{
    (void)state;
    char person[64], referral[64], paused[64], stays[64];
    const char *spool = night_spool();
    struct buf row = {0};
    struct session *s = world_open();
    sent_queued(s, person, referral, paused);
    sent_queued(s, NULL, NULL, stays);
    night_must(s, spool, NIGHTLY_DONE);
    world_must(s, LINE("referral pause %s reason='In hospital' until=2026-12-20", referral), NULL);
    night_must(s, spool, NIGHTLY_PARTLY);
    night_batch_is(s, FIRST, "void");
    assert_false(night_has(spool, OUT FIRST));
    sent_is(s, paused, "held");
    sent_is(s, stays, "exported");
    night_row(spool, SECOND, paused, &row);
    assert_int_equal(row.len, 0);
    world_must(s, LINE("referral resume %s", referral), NULL);
    night_must(s, spool, NIGHTLY_DONE);
    night_row(spool, "salford-advice-20261123-003", paused, &row);
    assert_non_null(strstr(buf_text(&row), ",new,"));
    buf_free(&row);
    world_close(s);
    night_spool_drop(spool);
}

/* ---- dry run */

static void a_dry_run_says_what_would_go_and_writes_nothing(void **state)
{
    (void)state;
    char handoff[64], held[64], person[64], referral[64];
    const char *spool = night_spool();
    struct buf store = {0}, after = {0}, words = {0};
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    sent_queued(s, person, referral, held);
    world_must(s, LINE("referral pause %s reason='In hospital' until=2026-12-20", referral), NULL);
    night_store(s, &store);
    struct nightly_options o = {.spool = spool, .dry_run = true};
    json_t *report = night_run(s, &o, NIGHTLY_PARTLY);
    assert_false(night_has(spool, ""));
    const json_t *b = json_array_get(json_object_get(report, "batches"), 0);
    assert_int_equal(json_integer_value(json_object_get(b, "new")), 1);
    const json_t *row = json_array_get(json_object_get(b, "handoffs"), 0);
    assert_string_equal(json_string_value(json_object_get(row, "handoff")), handoff);
    assert_int_equal(json_array_size(json_object_get(report, "held")), 1);
    nightly_words(report, &words);
    assert_non_null(strstr(buf_text(&words), held));
    json_decref(report);
    night_store(s, &after);
    assert_string_equal(buf_text(&store), buf_text(&after));
    night_must(s, spool, NIGHTLY_PARTLY); /* and the run does just that */
    json_decref(night_run(s, &o, NIGHTLY_DONE));
    buf_free(&store);
    buf_free(&after);
    buf_free(&words);
    world_close(s);
    night_spool_drop(spool);
}

static void a_dry_run_leaves_replies_where_they_are(void **state)
{
    (void)state;
    char handoff[64];
    const char *spool = night_spool();
    struct buf files = {0}, after = {0};
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    night_must(s, spool, NIGHTLY_DONE);
    night_reply(spool, "answer.csv",
                LINE("row_id,status,date\n%s-1,accepted,23/11/2026\n", handoff));
    night_files(spool, &files);
    json_t *report =
        night_run(s, &(struct nightly_options){.spool = spool, .dry_run = true}, NIGHTLY_DONE);
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(report, "replies"), "applied")), 1);
    json_decref(report);
    night_files(spool, &after);
    assert_string_equal(buf_text(&files), buf_text(&after));
    sent_is(s, handoff, "exported");
    buf_free(&files);
    buf_free(&after);
    world_close(s);
    night_spool_drop(spool);
}

/* ---- who may, when, and what stops it */

static void refused(struct session *s, const char *spool, enum nightly_status status,
                    enum err_code code, const char *words)
{
    struct nightly_options o = {.spool = spool};
    json_t *report = NULL;
    enum nightly_status got;
    struct err e = {0};
    assert_false(nightly_run(s, &o, &report, &got, &e));
    assert_int_equal(got, status);
    assert_int_equal(e.code, code);
    if (!strstr(e.text, words))
        fail_msg("\"%s\" does not say \"%s\"", e.text, words);
}

static void a_second_run_says_who_holds_the_lock(void **state)
{
    (void)state;
    const char *spool = night_spool();
    char path[4096];
    struct session *s = world_open();
    night_must(s, spool, NIGHTLY_DONE);
    snprintf(path, sizeof path, "%s/.nightly.lock", spool);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    refused(s, spool, NIGHTLY_LOCKED, ERR_BUSY, "process ");
    close(fd); /* the lock goes with whoever held it */
    night_must(s, spool, NIGHTLY_DONE);
    world_close(s);
    night_spool_drop(spool);
}

static void only_the_nightly_role_may(void **state)
{
    (void)state;
    const char *spool = night_spool();
    struct session *s = world_open(), *worker = world_as("worker"), *night = world_as("night");
    refused(worker, spool, NIGHTLY_UNFIT, ERR_DENIED, "nightly");
    night_must(night, spool, NIGHTLY_DONE);
    world_close(night);
    world_close(worker);
    world_close(s);
    night_spool_drop(spool);
}

static void a_spool_whose_parent_is_missing_stops_the_run(void **state)
{
    (void)state;
    struct session *s = world_open();
    refused(s, "/nowhere/at/all", NIGHTLY_UNFIT, ERR_STORE, "/nowhere/at/all");
    world_close(s);
}

static void a_broken_audit_log_stops_the_run(void **state)
{
    (void)state;
    static const char edit[] = "UPDATE audit SET login = 'someone' WHERE seq = 5";
    const char *spool = night_spool();
    struct err e;
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, NULL);
    assert_true(db_begin(s->db, __func__, &e));
    assert_int_equal(stmt_run(db_prepare(s->db, edit, &e), &e), 1);
    assert_true(db_commit(s->db, &e));
    refused(s, spool, NIGHTLY_UNFIT, ERR_STORE, "row 5");
    assert_false(night_has(spool, "out"));
    world_close(s);
    night_spool_drop(spool);
}

static void a_changed_payload_is_not_sent(void **state)
{
    (void)state;
    static const char edit[] =
        "UPDATE batch_row SET payload = 'HO,new,something else' WHERE row_no = 1 /*scan*/";
    const char *spool = night_spool();
    struct err e;
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, NULL);
    block(spool);
    night_must(s, spool, NIGHTLY_UNDELIVERED);
    unblock(spool);
    assert_true(db_begin(s->db, __func__, &e));
    assert_int_equal(stmt_run(db_prepare(s->db, edit, &e), &e), 1);
    assert_true(db_commit(s->db, &e));
    night_must(s, spool, NIGHTLY_UNDELIVERED);
    assert_false(night_has(spool, OUT FIRST));
    world_close(s);
    night_spool_drop(spool);
}

/* ---- what the files say */

static void rows_of_a_person_stand_together_by_reference(void **state)
{
    (void)state;
    char person[64], referral[64], other[64], first[64], second[64], service[64];
    const char *spool = night_spool();
    struct buf text = {0};
    struct session *s = world_open();
    sent_queued(s, person, referral, first);
    sent_queued(s, NULL, NULL, other);
    world_must(s,
               "service add salford-advice name='Housing advice' needs=housing capacity=capacity "
               "verified_on=2026-11-01",
               service);
    world_must(s, LINE("need add %s need=housing severity=3 found=found", referral), NULL);
    world_must(s, LINE("handoff plan %s need=housing service=%s", referral, service), second);
    world_must(s, LINE("handoff send %s", second), NULL);
    night_must(s, spool, NIGHTLY_DONE);
    night_read(spool, OUT FIRST "/handoffs.csv", &text);
    const char *at_first = strstr(buf_text(&text), first),
               *at_second = strstr(buf_text(&text), second);
    const char *at_other = strstr(buf_text(&text), other);
    assert_true(at_first && at_second && at_other);
    const char *low = at_first < at_second ? at_first : at_second,
               *high = at_first < at_second ? at_second : at_first;
    assert_false(at_other > low && at_other < high);
    assert_true((strcmp(first, second) < 0) == (at_first < at_second));
    buf_free(&text);
    world_close(s);
    night_spool_drop(spool);
}

static void the_spreadsheet_profile_comes_back_as_it_was(void **state)
{
    (void)state;
    char person[64], handoff[64], path[4096];
    const char *spool = night_spool();
    struct csv_row row;
    struct err e = {0};
    struct buf phone = {0};
    struct session *s = world_open();
    world_must(s, "organisation edit salford-advice profile=spreadsheet bom=yes", NULL);
    sent_queued(s, person, NULL, handoff);
    world_must(
        s,
        LINE("person edit %s phone=07700900123 contact_note='=not a formula, \"really\"'", person),
        NULL);
    night_must(s, spool, NIGHTLY_DONE);
    snprintf(path, sizeof path, "%s/" OUT FIRST "/handoffs.csv", spool);
    struct csv_reader *r = csv_open(path, &csv_reply_limits, &e);
    assert_non_null(r);
    assert_int_equal(csv_next(r, &row, &e), CSV_ROW);
    csv_unguard(row.fields[csv_column(r, "phone")], CSV_DIGITS, &phone);
    assert_string_equal(phone.data, "07700900123");
    assert_string_not_equal(row.fields[csv_column(r, "phone")], phone.data);
    csv_unguard(row.fields[csv_column(r, "contact_note")], CSV_TEXT, &phone);
    assert_string_equal(phone.data, "=not a formula, \"really\"");
    csv_close(r);
    buf_free(&phone);
    world_close(s);
    night_spool_drop(spool);
}

static void files_are_for_the_group_and_nobody_else(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        mode_t mode;
    } cases[] = {{OUT FIRST, 0750},
                 {OUT FIRST "/handoffs.csv", 0640},
                 {OUT FIRST "/datapackage.json", 0640},
                 {"backup", 0700}};
    const char *spool = night_spool();
    char path[4096];
    struct stat st;
    struct session *s = world_open();
    mode_t before = umask(0);
    sent_queued(s, NULL, NULL, NULL);
    night_must(s, spool, NIGHTLY_DONE);
    umask(before);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(path, sizeof path, "%s/%s", spool, cases[i].path);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, cases[i].mode);
    }
    world_close(s);
    night_spool_drop(spool);
}

static void the_last_seven_backups_are_kept(void **state)
{
    (void)state;
    const char *spool = night_spool();
    char name[64];
    struct session *s = world_open();
    const char *end = db_engine(s->db) == DB_SQLITE ? "db" : "dump";
    for (int day = 0; day < 9; day++) {
        night_must(s, spool, NIGHTLY_DONE);
        world_day(1);
    }
    for (int day = 23; day <= 30; day++) {
        snprintf(name, sizeof name, "backup/onward-2026-11-%d.%s", day, end);
        assert_int_equal(night_has(spool, name), day >= 25);
    }
    snprintf(name, sizeof name, "backup/onward-2026-12-01.%s", end);
    assert_true(night_has(spool, name));
    world_close(s);
    night_spool_drop(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_queued_handoff_leaves_in_a_package),
        cmocka_unit_test(the_same_date_again_changes_no_batch_state_or_file),
        cmocka_unit_test(rows_queued_since_go_in_the_next_number),
        cmocka_unit_test(a_night_with_nothing_new_makes_no_package),
        cmocka_unit_test(a_weekly_list_goes_on_mondays_when_anything_is_open),
        cmocka_unit_test(what_the_gates_say_in_the_night_decides),
        cmocka_unit_test(a_stop_goes_to_whom_no_gate_is_open_any_more),
        cmocka_unit_test(a_correction_goes_as_an_update_and_a_stop_instead_of_it),
        cmocka_unit_test(consent_withdrawn_between_freezing_and_publishing_voids_the_batch),
        cmocka_unit_test(a_gate_that_shuts_after_publishing_takes_the_folder_back),
        cmocka_unit_test(a_dry_run_says_what_would_go_and_writes_nothing),
        cmocka_unit_test(a_dry_run_leaves_replies_where_they_are),
        cmocka_unit_test(a_second_run_says_who_holds_the_lock),
        cmocka_unit_test(only_the_nightly_role_may),
        cmocka_unit_test(a_spool_whose_parent_is_missing_stops_the_run),
        cmocka_unit_test(a_broken_audit_log_stops_the_run),
        cmocka_unit_test(a_changed_payload_is_not_sent),
        cmocka_unit_test(rows_of_a_person_stand_together_by_reference),
        cmocka_unit_test(the_spreadsheet_profile_comes_back_as_it_was),
        cmocka_unit_test(files_are_for_the_group_and_nobody_else),
        cmocka_unit_test(the_last_seven_backups_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

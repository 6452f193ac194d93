/* SPDX-License-Identifier: MIT
 *
 * What a desk asks of the engine beside verbs and lists: drafts, notice of
 * change, codes for pickers, the lock, looking only, and questions stopped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/core.h"
#include "engine/verify.h"
#include "onward/desk.h"
#include "onward/exchange.h"
#include "support/testdb.h"
#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static void must(bool ok, const struct err *e)
{
    if (!ok)
        fail_msg("%s: %s", err_name(e->code), e->text);
}

static void script(struct session *s, const char *sql)
{
    struct err e = {0};
    must(db_script(s->db, sql, &e), &e);
}

static void assert_proved(struct session *s)
{
    struct audit_proof p;
    struct err e = {0};
    must(audit_prove(s, &p, &e), &e);
    assert_int_equal(p.broken_at, 0);
}

static int64_t mark(struct session *s)
{
    struct err e = {0};
    int64_t at;
    must(session_mark(s, &at, &e), &e);
    return at;
}

/* Rows of the log with that effect about that record. */
static int logged(struct session *s, const char *effect, const char *ref)
{
    json_t *rows = world_list(s, "audit"), *row;
    size_t i;
    int n = 0;
    json_array_foreach (rows, i, row)
        n += strcmp(json_string_value(json_object_get(row, "effect")), effect) == 0 &&
             strcmp(json_string_value(json_object_get(row, "ref")), ref) == 0;
    json_decref(rows);
    return n;
}

/* ---- drafts */

static void keep(struct session *s, const char *form, const char *about, const char *text)
{
    struct err e = {0};
    struct draft d = {.text = (char *)(uintptr_t)text};
    text_put(d.form, sizeof d.form, form);
    text_put(d.about, sizeof d.about, about);
    snprintf(d.title, sizeof d.title, "%s %s", form, about);
    must(draft_keep(s, &d, &e), &e);
}

/* The text kept, "" when there is none; the caller's. */
static char *kept(struct session *s, const char *form, const char *about)
{
    struct err e = {0};
    struct draft d = {0};
    bool found;
    must(draft_find(s, form, about, &found, &d, &e), &e);
    char *text = xstrdup(found ? d.text : "");
    if (found)
        assert_string_equal(d.form, form);
    draft_free(&d);
    return text;
}

static void assert_kept(struct session *s, const char *form, const char *about, const char *text)
{
    char *is = kept(s, form, about);
    assert_string_equal(is, text);
    free(is);
}

static bool add_title(void *ctx, const struct draft *d)
{
    struct buf *b = ctx;
    buf_fmt(b, "%s@%lld;", d->title, (long long)(d->saved_at - world_clock()));
    return b->len < 40;
}

static void assert_titles(struct session *s, const char *wanted)
{
    struct buf b = {0};
    struct err e = {0};
    must(draft_each(s, add_title, &b, &e), &e);
    assert_string_equal(buf_text(&b), wanted);
    buf_free(&b);
}

static void a_draft_is_kept_for_its_user_form_and_subject(void **state)
{
    struct session *s = world_open(), *other = world_as("worker");
    struct err e = {0};
    (void)state;
    int64_t before = mark(s);
    assert_kept(s, "intake", "", "");
    keep(s, "intake", "", "{\"given_name\":\"Zo\xc3\xab\",\"note\":\"two\\nlines, 'quoted'\"}");
    keep(s, "intake", "", "{\"given_name\":\"Zo\xc3\xab\"}");
    world_now(world_clock() + 1000);
    keep(s, "contact", "SP-1", "{}");
    keep(s, "contact", "SP-2", "{\"a\":\"b\"}");
    keep(other, "intake", "", "{\"given_name\":\"Abe\"}");
    assert_kept(s, "intake", "", "{\"given_name\":\"Zo\xc3\xab\"}");
    assert_kept(s, "contact", "SP-2", "{\"a\":\"b\"}");
    assert_kept(other, "intake", "", "{\"given_name\":\"Abe\"}");
    assert_titles(s, "contact SP-1@0;contact SP-2@0;intake @-1000;");
    assert_titles(other, "intake @0;");
    must(draft_drop(s, "contact", "SP-1", &e) && draft_drop(s, "contact", "SP-1", &e), &e);
    assert_titles(s, "contact SP-2@0;intake @-1000;");
    assert_int_equal(mark(s), before); /* no record: nothing in the log */
    world_close(other);
    other = world_as("worker");
    assert_kept(other, "intake", "", "{\"given_name\":\"Abe\"}");
    world_close(other);
    world_close(s);
}

struct dropping {
    struct session *s;
    int seen;
};

static bool drop_it(void *ctx, const struct draft *d)
{
    struct dropping *c = ctx;
    struct err e = {0};
    must(draft_drop(c->s, d->form, d->about, &e), &e);
    return ++c->seen < 2;
}

static void drafts_may_be_dropped_while_they_are_gone_through(void **state)
{
    struct session *s = world_open();
    struct dropping c = {s, 0};
    struct err e = {0};
    (void)state;
    keep(s, "a", "", "{}");
    keep(s, "b", "", "{}");
    keep(s, "c", "", "{}");
    must(draft_each(s, drop_it, &c, &e), &e);
    assert_int_equal(c.seen, 2);
    assert_titles(s, "c @0;");
    world_close(s);
}

static void a_store_of_the_first_release_keeps_drafts_too(void **state)
{
    struct session *s = world_open(), *again;
    (void)state;
    script(s, "DROP TABLE draft; UPDATE store_meta SET value = '1' WHERE key = 'schema_version'");
    again = world_as("worker");
    keep(again, "intake", "", "{}");
    keep(again, "intake", "", "{\"a\":\"b\"}");
    assert_kept(again, "intake", "", "{\"a\":\"b\"}");
    assert_proved(again);
    world_close(again);
    world_close(s);
}

static void drafts_come_back_with_a_backup(void **state)
{
    struct session *s = world_open();
    const char *folder = testdb_folder(), *url = testdb_url();
    struct buf file = {0};
    struct err e = {0};
    (void)state;
    keep(s, "intake", "", "{\"a\":\"b\"}");
    buf_fmt(&file, "%s/copy", folder);
    must(session_backup(s, file.data, &e) && session_restore(url, file.data, &e), &e);
    struct session_options o = {.url = url, .os_account = "world", .clock = world_clock};
    struct session *copy = session_open(&o, &e);
    must(copy, &e);
    assert_kept(copy, "intake", "", "{\"a\":\"b\"}");
    json_t *report;
    bool sound;
    must(store_verify(copy, NULL, &report, &sound, &e), &e);
    assert_true(sound);
    json_decref(report);
    session_close(copy);
    testdb_drop(url);
    testdb_folder_drop(folder);
    buf_free(&file);
    world_close(s);
}

/* ---- change notice */

static bool there_is_one(void *ctx, const char *about)
{
    (void)about;
    *(bool *)ctx = true;
    return false;
}

static bool changed(struct session *s, int64_t *at)
{
    struct err e = {0};
    bool is = false;
    must(session_changes(s, at, there_is_one, &is, &e), &e);
    return is;
}

static void what_was_read_before_a_change_is_read_anew(void **state)
{
    struct session *s = world_open(), *desk = world_as("worker");
    (void)state;
    int64_t at = mark(desk), before = session_setting(desk, SET_QUIET_DAYS);
    world_must(s, "setting edit quiet_days value=9", NULL);
    assert_int_equal(session_setting(desk, SET_QUIET_DAYS), before);
    assert_true(changed(desk, &at));
    assert_int_equal(session_setting(desk, SET_QUIET_DAYS), 9);
    world_close(desk);
    world_close(s);
}

static void a_change_is_noticed_and_a_look_is_not(void **state)
{
    struct session *s = world_open(), *desk = world_as("worker");
    char person[64];
    (void)state;
    int64_t at = mark(desk);
    assert_false(changed(desk, &at));
    world_person(s, person); /* made */
    assert_true(changed(desk, &at));
    assert_int_equal(at, mark(s));
    assert_false(changed(desk, &at));
    int64_t before_looks = at;
    json_decref(world_show(s, LINE("person show %s", person))); /* opened */
    world_no(s, LINE("person edit %s neighbourhood=atlantis", person), ERR_INVALID, NULL);
    world_no(desk, "user add login=x name=X roles=worker", ERR_DENIED, NULL);
    assert_false(changed(desk, &at));
    assert_true(at > before_looks);
    world_must(s, LINE("person edit %s phone='07700 900999'", person), NULL); /* changed */
    assert_true(changed(desk, &at));
    world_must(s, LINE("risk add %s kind=none_known", person), NULL);
    assert_true(changed(desk, &at));
    world_must(s, "undo yes=yes", NULL); /* removed */
    json_decref(world_show(s, LINE("person show %s", person)));
    assert_true(changed(desk, &at));
    world_close(desk);
    world_close(s);
}

static bool add_about(void *ctx, const char *about)
{
    buf_fmt(ctx, "%s;", about);
    return !strstr(buf_text(ctx), "PE-");
}

static void a_change_tells_whom_it_was_about(void **state)
{
    struct session *s = world_open();
    struct err e = {0};
    struct buf b = {0};
    char person[64], other[64], wanted[128];
    (void)state;
    world_person(s, person);
    world_person(s, other);
    int64_t at = mark(s);
    world_must(s, "user edit worker phone='0161 496 0109'", NULL);
    json_decref(world_show(s, LINE("person show %s", other)));
    world_must(s, LINE("risk add %s kind=none_known", person), NULL);
    world_must(s, LINE("person edit %s phone='07700 900999'", other), NULL);
    must(session_changes(s, &at, add_about, &b, &e), &e);
    snprintf(wanted, sizeof wanted, ";%s;", person);
    assert_string_equal(buf_text(&b), wanted); /* told until it was enough */
    assert_int_equal(at, mark(s));
    buf_clear(&b);
    must(session_changes(s, &at, add_about, &b, &e), &e);
    assert_string_equal(buf_text(&b), "");
    buf_free(&b);
    world_close(s);
}

/* ---- codes */

static const char *stop_after; /* a code, or NULL */

static bool add_code(void *ctx, const char *code, const char *label, const char *group)
{
    buf_fmt(ctx, "%s|%s|%s;", code, label, group);
    return !stop_after || strcmp(code, stop_after) != 0;
}

static void assert_codes(struct session *s, const char *set, const char *like, const char *wanted)
{
    struct buf b = {0};
    struct err e = {0};
    must(session_codes(s, set, like, add_code, &b, &e), &e);
    if (strcmp(buf_text(&b), wanted) != 0)
        fail_msg("%s \"%s\": %s\nnot %s", set, like, buf_text(&b), wanted);
    buf_free(&b);
}

static int count_of(struct session *s, const char *set, const char *like)
{
    struct buf b = {0};
    struct err e = {0};
    int n = 0;
    must(session_codes(s, set, like, add_code, &b, &e), &e);
    for (const char *c = buf_text(&b); *c; c++)
        n += *c == ';';
    buf_free(&b);
    return n;
}

static void codes_are_offered_by_how_a_word_begins(void **state)
{
    static const struct {
        const char *set, *like, *wanted;
    } cases[] = {
        {"need", "debt", "money_debt|Money and debts|Wider determinants;"},
        {"need", "  MÓNEY and d", "money_debt|Money and debts|Wider determinants;"},
        {"need", "lonel", "isolation|Loneliness and isolation|Others;"},
        {"need", "oney", ""},
        {"source", "pharm", "pharmacy|Pharmacy|Health;"},
        {"language", "pol", "pl|Polish|;"},
        {"neighbourhood", "hulton", "walkden-little-hulton|Walkden and Little Hulton|;"},
        {"wording", "share", "share-1|share-1|share;"},
        {"organisation", "advice", "salford-advice|Salford Advice (made up)|;"},
        {"organisation", "salford-ad", "salford-advice|Salford Advice (made up)|;"},
        {"user", "", "worker2|Alex Link|;world|Lead Worker|;worker|Sam Link|;"}, /* rep, manager and the like take no case */
        {"user", "lin", "worker2|Alex Link|;worker|Sam Link|;"},
        {"user", "worker2", "worker2|Alex Link|;"},
        {"practice", "", ""},
        {"moods", "", ""},
    };
    struct session *s = world_open();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_codes(s, cases[i].set, cases[i].like, cases[i].wanted);
    char wanted[256];
    snprintf(wanted, sizeof wanted, "%s|Debt advice, Salford Advice (made up)|;", world_service());
    assert_codes(s, "service", "debt", wanted);
    assert_codes(s, "service", world_service(), wanted);
    stop_after = "employment";
    assert_codes(s, "need", "", "housing|Housing|Wider determinants;employment|Employment|Wider determinants;");
    stop_after = NULL;
    world_close(s);
}

static void what_is_out_of_use_is_not_offered(void **state)
{
    struct session *s = world_open();
    (void)state;
    world_must(s, "code edit need alcohol active=no", NULL);
    world_must(s, "user edit worker2 active=no", NULL);
    world_must(s, "wording edit share-1 active=no", NULL);
    world_must(s, LINE("service edit %s status=inactive", world_service()), NULL);
    assert_codes(s, "need", "alco", "");
    assert_codes(s, "user", "lin", "worker|Sam Link|;");
    assert_codes(s, "wording", "share", "");
    assert_codes(s, "service", "", "");
    world_must(s, LINE("service edit %s status=active", world_service()), NULL);
    assert_int_equal(count_of(s, "service", ""), 1);
    world_must(s, "organisation edit salford-advice status=closed", NULL);
    assert_codes(s, "organisation", "", "");
    assert_codes(s, "service", "", "");
    world_close(s);
}

static void practices_are_offered_by_the_start_of_name_or_code(void **state)
{
    struct session *s = world_open();
    struct buf many = {0};
    (void)state;
    script(s, "INSERT INTO practice (ods_code, name, postcode, status, fold_name) VALUES "
              "('P87001', 'THE LIMES', 'M27 4AA', 'active', 'the limes'), "
              "('P87002', 'THE LIMES', 'M6 5FW', 'active', 'the limes'), "
              "('P87003', 'PENDLETON', NULL, 'active', 'pendleton'), "
              "('P87004', 'PENDLEBURY', NULL, 'closed', 'pendlebury'), "
              "('Y00445', 'P.8 SURGERY', NULL, 'active', 'p8 surgery')");
    assert_codes(s, "practice", "the lim", "P87001|THE LIMES, M27 4AA|;P87002|THE LIMES, M6 5FW|;");
    assert_codes(s, "practice", "p87003", "P87003|PENDLETON|;");
    assert_codes(s, "practice", "pend", "P87003|PENDLETON|;");
    /* by name, then by code, none of them twice */
    assert_codes(s, "practice", "p", "Y00445|P.8 SURGERY|;P87003|PENDLETON|;P87001|THE LIMES, M27 4AA|;P87002|THE LIMES, M6 5FW|;");
    assert_int_equal(count_of(s, "practice", ""), 4);
    buf_str(&many, "INSERT INTO practice (ods_code, name, status, fold_name) VALUES ('Z0', 'ZED', 'active', 'zed')");
    for (int i = 1; i < 300; i++)
        buf_fmt(&many, ", ('Z%d', '%s', 'active', '%s')", i, i % 2 ? "ZED" : "OTHER", i % 2 ? "zed" : "other");
    script(s, many.data);
    assert_int_equal(count_of(s, "practice", "z"), 200);
    buf_free(&many);
    world_close(s);
}

/* ---- the lock */

static void assert_locked(struct session *s, const char *password, const char *says)
{
    struct err e = {0};
    assert_false(session_unlock(s, password, &e));
    assert_int_equal(e.code, ERR_DENIED);
    if (!strstr(e.text, says))
        fail_msg("\"%s\" does not say \"%s\"", e.text, says);
}

static void a_desk_without_a_password_opens(void **state)
{
    struct session *s = world_open(), *desk = world_as("worker");
    struct err e = {0};
    (void)state;
    assert_false(session_has_password(desk));
    must(session_log_login(desk, &e) && session_log_locked(desk, &e) && session_unlock(desk, "", &e), &e);
    assert_int_equal(logged(s, "login", "worker"), 1);
    assert_int_equal(logged(s, "locked", "worker"), 1);
    assert_int_equal(logged(s, "unlocked", "worker"), 1);
    assert_proved(s);
    world_close(desk);
    world_close(s);
}

static void the_right_password_opens_and_a_wrong_one_is_counted(void **state)
{
    struct session *s = world_open(), *desk;
    struct err e = {0};
    (void)state;
    world_must(s, "user password worker password='three long words'", NULL);
    desk = world_as("worker");
    assert_true(session_has_password(desk));
    assert_locked(desk, "three long word", "Try again");
    assert_locked(desk, "", "Try again");
    must(session_unlock(desk, "three long words", &e), &e);
    assert_int_equal(logged(s, "failed login", "worker"), 2);
    assert_int_equal(logged(s, "unlocked", "worker"), 1);
    assert_locked(desk, "x", "Try again"); /* the count began anew */
    assert_proved(s);
    world_close(desk);
    world_close(s);
}

static void wrong_tries_are_slowed_and_a_new_start_does_not_help(void **state)
{
    struct session *s = world_open(), *desk, *again;
    struct err e = {0};
    (void)state;
    world_must(s, "user password worker password='three long words'", NULL);
    desk = world_as("worker");
    script(s, "UPDATE app_user SET failed_tries = 2 WHERE login = 'worker'");
    assert_locked(desk, "wrong", "in 1 second.");
    again = world_as("worker");
    assert_locked(again, "three long words", "not looked at. The next try is taken in 1 second.");
    assert_int_equal(logged(s, "failed login", "worker"), 1); /* what was not looked at is not counted */
    world_now(world_clock() + 1000);
    assert_locked(again, "wrong", "in 2 seconds.");
    world_now(world_clock() + 1999);
    assert_locked(desk, "three long words", "in 1 second.");
    world_now(world_clock() + 1);
    must(session_unlock(desk, "three long words", &e), &e);
    script(s, "UPDATE app_user SET failed_tries = 40 WHERE login = 'worker'");
    assert_locked(desk, "wrong", "wrong tries"); /* the last wrong one was two seconds ago */
    world_now(world_clock() + 300000);
    assert_locked(desk, "wrong", "in 300 seconds.");
    world_now(world_clock() - 86400000); /* the clock set back does not lock anyone out */
    must(session_unlock(desk, "three long words", &e), &e);
    world_close(again);
    world_close(desk);
    world_close(s);
}

static void the_lock_asks_the_store_not_the_session(void **state)
{
    struct session *s = world_open(), *desk = world_as("worker");
    struct err e = {0};
    (void)state;
    world_must(s, "user password worker password='three long words'", NULL);
    assert_locked(desk, "", "not the password");
    world_must(s, "user edit worker roles=worker,manager", NULL);
    must(session_unlock(desk, "three long words", &e), &e);
    assert_true(session_has_password(desk));
    assert_int_equal(session_roles(desk), ROLE_WORKER | ROLE_MANAGER);
    world_must(s, "user edit worker active=no", NULL);
    assert_locked(desk, "three long words", "not active");
    world_close(desk);
    world_close(s);
}

/* ---- read-only */

static void a_read_only_desk_looks_and_does_nothing_else(void **state)
{
    struct session *s = world_open();
    char person[64], other[64];
    struct err e = {0};
    json_t *report;
    bool partly;
    enum nightly_status status;
    const char *spool = testdb_folder();
    (void)state;
    world_person(s, person);
    session_set_read_only(s, true);
    assert_true(session_is_read_only(s));
    int64_t at = mark(s);
    json_decref(world_show(s, LINE("person show %s", person)));
    assert_int_equal(logged(s, "opened", person), 1);
    json_decref(world_list(s, "person list"));
    world_no(s, LINE("person edit %s phone='07700 900999'", person), ERR_REFUSED, "read-only");
    world_no(s, "undo yes=yes", ERR_REFUSED, "read-only");
    world_no(s, "redo yes=yes", ERR_REFUSED, "read-only");
    assert_int_equal(logged(s, "refused", person), 1);
    struct nightly_options night = {.spool = spool, .backup = ""};
    assert_false(nightly_run(s, &night, &report, &status, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    night.dry_run = true;
    must(nightly_run(s, &night, &report, &status, &e), &e);
    json_decref(report);
    struct import_options import = {.kind = "people", .path = "nowhere.csv"};
    assert_false(import_file(s, &import, &report, &partly, &e));
    assert_string_equal(e.rule, "read-only");
    import.dry_run = true;
    assert_false(import_file(s, &import, &report, &partly, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_false(changed(s, &at));
    session_set_read_only(s, false);
    world_person(s, other);
    world_must(s, LINE("person edit %s phone='07700 900999'", person), NULL);
    testdb_folder_drop(spool);
    world_close(s);
}

/* A note of several lines is one word to a verb. */
static void a_note_of_several_lines_arrives_as_it_was_typed(void **state)
{
    struct session *s = world_open();
    char person[64];
    (void)state;
    world_person(s, person);
    world_must(s, LINE("person edit %s about_me='Likes walking.\n\nNot on Mondays.'", person), NULL);
    json_t *doc = world_show(s, LINE("person show %s", person));
    char *text = json_dumps(doc, JSON_COMPACT);
    assert_non_null(strstr(text, "Likes walking.\\n\\nNot on Mondays."));
    free(text);
    json_decref(doc);
    world_close(s);
}

/* ---- patience */

static bool never(void *ctx)
{
    ++*(int *)ctx;
    return false;
}

static bool always(void *ctx)
{
    ++*(int *)ctx;
    return true;
}

#define COUNT_TO(n) "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < " n ") SELECT count(*) FROM c /*scan*/"

static bool ask(struct session *s, const char *sql, struct err *e)
{
    struct stmt *st = db_prepare(s->db, sql, e);
    bool ok = st && stmt_step(st, e) == STEP_ROW;
    if (ok)
        stmt_done(st);
    return ok;
}

static void a_long_question_is_stopped_and_the_next_one_answered(void **state)
{
    static const char endless[] = COUNT_TO("2000000000"), some[] = COUNT_TO("300000");
    struct session *s;
    struct err e = {0};
    int asked = 0;
    (void)state;
    if (!testdb_is_sqlite()) {
        print_message("# PostgreSQL's questions run to their end\n");
        skip();
    }
    s = world_open();
    session_on_wait(s, never, &asked);
    assert_false(ask(s, endless, &e));
    assert_int_equal(e.code, ERR_BUSY);
    assert_string_equal(e.text, "Stopped.");
    must(db_begin_read(s->db, &e), &e);
    assert_false(ask(s, endless, &e));
    assert_int_equal(asked, 2);
    db_end_read(s->db);
    session_on_wait(s, always, &asked);
    must(ask(s, some, &e), &e);
    json_decref(world_list(s, "code list"));
    session_on_wait(s, NULL, NULL);
    must(ask(s, some, &e), &e);
    world_close(s);
}

static void a_write_is_not_stopped(void **state)
{
    static const char some[] = COUNT_TO("3000000");
    struct session *s = world_open();
    char person[64];
    struct err e = {0};
    int asked = 0;
    (void)state;
    session_on_wait(s, never, &asked);
    must(db_begin(s->db, __func__, &e) && ask(s, some, &e) && db_commit(s->db, &e), &e);
    assert_int_equal(asked, 0);
    world_person(s, person);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_is_kept_for_its_user_form_and_subject),
        cmocka_unit_test(drafts_may_be_dropped_while_they_are_gone_through),
        cmocka_unit_test(a_store_of_the_first_release_keeps_drafts_too),
        cmocka_unit_test(drafts_come_back_with_a_backup),
        cmocka_unit_test(a_change_is_noticed_and_a_look_is_not),
        cmocka_unit_test(what_was_read_before_a_change_is_read_anew),
        cmocka_unit_test(a_change_tells_whom_it_was_about),
        cmocka_unit_test(codes_are_offered_by_how_a_word_begins),
        cmocka_unit_test(what_is_out_of_use_is_not_offered),
        cmocka_unit_test(practices_are_offered_by_the_start_of_name_or_code),
        cmocka_unit_test(a_desk_without_a_password_opens),
        cmocka_unit_test(the_right_password_opens_and_a_wrong_one_is_counted),
        cmocka_unit_test(wrong_tries_are_slowed_and_a_new_start_does_not_help),
        cmocka_unit_test(the_lock_asks_the_store_not_the_session),
        cmocka_unit_test(a_read_only_desk_looks_and_does_nothing_else),
        cmocka_unit_test(a_note_of_several_lines_arrives_as_it_was_typed),
        cmocka_unit_test(a_long_question_is_stopped_and_the_next_one_answered),
        cmocka_unit_test(a_write_is_not_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * The command line as other programs rely on it: exit statuses, the shapes of
 * JSON, words and options, and the manual in step. The real program is run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <jansson.h>

#include "onward/text.h"
#include "support/testdb.h"

static const char *url;
static char folder[256];
static char out[1 << 20];

/* Runs "onward ARGS" in the test's folder; stdout in `out`, the exit status returned. */
static int run(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static int run(const char *fmt, ...)
{
    char args[2048], command[4096];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(args, sizeof args, fmt, ap);
    va_end(ap);
    snprintf(command, sizeof command, "cd '%s' && ONWARD_NOW=${NOW:-2026-11-23T09:00:00Z} ONWARD_DB='%s' '%s' %s 2>'%s/stderr'",
             folder, url, getenv("PROGRAM_PATH"), args, folder);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    size_t n = fread(out, 1, sizeof out - 1, p);
    out[n] = '\0';
    int status = pclose(p);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static json_t *json(void)
{
    json_error_t e;
    json_t *doc = json_loads(out, 0, &e);
    if (!doc)
        fail_msg("not JSON (%s): %s", e.text, out);
    return doc;
}

/* Runs a command with --json that must be done, and keeps one text of its result. */
static void must(char *kept, const char *key, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void must(char *kept, const char *key, const char *fmt, ...)
{
    char args[2048];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(args, sizeof args, fmt, ap);
    va_end(ap);
    int status = run("--json %s", args);
    if (status != 0)
        fail_msg("onward %s: status %d: %s", args, status, out);
    json_t *doc = json();
    if (kept) {
        assert_non_null(json_string_value(json_object_get(doc, key)));
        strcpy(kept, json_string_value(json_object_get(doc, key)));
    }
    json_decref(doc);
}

static void has_keys(const json_t *doc, const char *const *keys)
{
    for (; *keys; keys++)
        if (!json_object_get(doc, *keys))
            fail_msg("no \"%s\" in %s", *keys, out);
}
#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s/onward-cli.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(folder));
    setenv("ONWARD_SPOOL", "spool", 1);
    url = testdb_url();
    return run("init");
}

static int end(void **state)
{
    char command[300];
    (void)state;
    testdb_drop(url);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static char person[64], referral[64], handoff[64], service[64];

/* The manual's session, word for word, up to a handoff that waits for consent. */
static void a_day(void)
{
    must(NULL, "", "user edit %s neighbourhoods=swinton", getenv("LOGIN_NAME"));
    must(NULL, "", "organisation add code=quay-advice name='Quay Advice'");
    must(NULL, "", "agreement add quay-advice starts_on=2026-01-01 ends_on=2027-12-31 categories=identity,needs");
    must(service, "service", "service add quay-advice name='Debt advice' needs=money_debt capacity=capacity");
    must(person, "person", "person add given_name=Amara family_name=Quillfeather date_of_birth=14/03/1958 neighbourhood=swinton phone='07700 900123'");
    must(NULL, "", "consent give %s purpose=contact how=phone", person);
    must(referral, "referral", "referral start %s source=gp_practice reason='Letters about debt' safeguarding=none", person);
    must(NULL, "", "referral submit %s", referral);
    must(NULL, "", "need add %s need=money_debt severity=4 found=presenting main=yes", referral);
    must(NULL, "", "risk add %s kind=none_known", person);
    must(NULL, "", "referral accept %s", referral);
    must(NULL, "", "referral allocate %s worker=%s", referral, getenv("LOGIN_NAME"));
    must(NULL, "", "referral contact %s mode=phone outcome=reached note=Talked", referral);
    must(NULL, "", "referral begin %s agreed=yes", referral);
    must(handoff, "handoff", "handoff plan %s --need money_debt --service %s", referral, service);
}

static void the_manuals_session_can_be_followed_and_the_loop_closes(void **state)
{
    (void)state;
    a_day();
    assert_int_equal(run("--json match %s --need money_debt", referral), 0);
    json_t *doc = json();
    has_keys(doc, KEYS("candidates", "excluded"));
    json_t *first = json_array_get(json_object_get(doc, "candidates"), 0);
    has_keys(first, KEYS("service", "organisation", "score", "for", "against"));
    assert_string_equal(json_string_value(json_object_get(first, "service")), service);
    json_decref(doc);

    assert_int_equal(run("--json handoff send %s", handoff), 1); /* held: no consent yet */
    assert_int_equal(run("--json handoff why %s", handoff), 0);
    doc = json();
    has_keys(doc, KEYS("handoff", "open", "gates"));
    assert_true(json_is_false(json_object_get(doc, "open")));
    has_keys(json_array_get(json_object_get(doc, "gates"), 0), KEYS("gate", "open", "reason"));
    json_decref(doc);

    must(NULL, "", "consent give %s recipients=quay-advice how=phone", person);
    assert_int_equal(run("--json nightly"), 0);
    doc = json();
    has_keys(doc, KEYS("date", "run", "batches", "held", "released", "replies", "clocks"));
    json_t *batch = json_array_get(json_object_get(doc, "batches"), 0);
    has_keys(batch, KEYS("batch", "organisation", "rows", "sha256", "delivered"));
    has_keys(json_object_get(doc, "replies"), KEYS("files", "applied", "refused", "unmatched"));
    assert_string_equal(json_string_value(json_object_get(batch, "batch")), "quay-advice-20261123-001");
    json_decref(doc);

    char path[512];
    snprintf(path, sizeof path, "%s/answer.csv", folder);
    FILE *f = fopen(path, "w");
    fprintf(f, "Reference;Status;Date;Note\r\n%s;Accepted ;23/11/2026;We will ring on Tuesday\r\n", handoff);
    fclose(f);
    assert_int_equal(run("--json import replies answer.csv --organisation quay-advice"), 0);
    assert_int_equal(run("--json handoff list state=accepted"), 0);
    doc = json();
    has_keys(doc, KEYS("rows", "total"));
    assert_int_equal(json_integer_value(json_object_get(doc, "total")), 1);
    has_keys(json_array_get(json_object_get(doc, "rows"), 0), KEYS("person", "referral", "handoff"));
    json_decref(doc);

    assert_int_equal(run("--json verify"), 0);
    doc = json();
    has_keys(doc, KEYS("store", "audit", "audit_rows", "audit_head", "summaries", "batches"));
    assert_string_equal(json_string_value(json_object_get(doc, "audit")), "ok");
    json_decref(doc);
    assert_int_equal(run("handoff verify quay-advice-20261123-001"), 0);
}

static void exit_statuses_say_what_kind_of_no(void **state)
{
    (void)state;
    assert_int_equal(run("person show PE-BAGW-APCS"), 8);
    assert_int_equal(run("frobnicate"), 2);
    assert_int_equal(run("person add given_name=X"), 2);
    assert_int_equal(run("person add given_name=X family_name=Y date_of_birth=31/02/1970"), 2);
    assert_int_equal(run("nightly --date yesterweek"), 2);
    assert_int_equal(run("init"), 4);
    must(person, "person", "person add given_name=Bilal family_name=Thistlewood date_of_birth=1970-05-04 neighbourhood=swinton");
    must(referral, "referral", "referral start %s source=gp_practice reason=Lonely safeguarding=none", person);
    assert_int_equal(run("--json referral accept %s", referral), 6);
    json_t *doc = json();
    assert_string_equal(json_string_value(json_object_get(doc, "error")), "refused");
    assert_true(*json_string_value(json_object_get(doc, "rule")) != '\0');
    json_decref(doc);
    must(NULL, "", "user add login=eye name=Eye roles=auditor");
    assert_int_equal(run("person edit %s phone='0161 496 0001' version=1", person), 0);
    assert_int_equal(run("person edit %s phone='0161 496 0002' version=1", person), 9);
}

static void a_store_that_is_not_there_is_not_made_by_opening_it(void **state)
{
    (void)state;
    assert_int_not_equal(run("--db nowhere.db person list"), 0);
    assert_int_not_equal(run("--db nowhere.db verify"), 0);
    char path[512];
    snprintf(path, sizeof path, "%s/nowhere.db", folder);
    assert_null(fopen(path, "r"));
}

static void every_list_prints_rows_and_total(void **state)
{
    static const char *const names[] = {"person list", "referral list", "handoff list", "batch list", "organisation list",
                                        "service list", "agreement list", "neighbourhood list", "user list", "setting list",
                                        "holiday list", "wording list", "code list", "worklist", "audit", "person duplicates"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (run("--json %s", names[i]) != 0)
            fail_msg("onward %s: %s", names[i], out);
        json_t *doc = json();
        has_keys(doc, KEYS("rows", "total"));
        assert_int_equal(json_integer_value(json_object_get(doc, "total")), json_array_size(json_object_get(doc, "rows")));
        json_decref(doc);
        assert_int_equal(run("%s limit=2", names[i]), 0);
    }
}

static void help_explains_every_command(void **state)
{
    (void)state;
    assert_int_equal(run("help"), 0);
    assert_non_null(strstr(out, "referral turn-away"));
    assert_int_equal(run("help person add"), 0);
    assert_non_null(strstr(out, "given_name"));
    assert_int_equal(run("help nightly"), 0);
    assert_int_equal(run("help nonsense"), 2);
    assert_int_equal(run("handoff send --help"), 0);
}

static void the_manual_is_in_step_with_the_program(void **state)
{
    char command[1024];
    (void)state;
    snprintf(command, sizeof command, "tests/cli/manual.sh '%s' check", getenv("PROGRAM_PATH"));
    assert_int_equal(system(command), 0);
}

static void hostile_text_reaches_no_terminal(void **state)
{
    (void)state;
    assert_int_equal(run("person add given_name=\"$(printf 'A\\033[2Jb')\" family_name=Y date_of_birth=1970-01-01 neighbourhood=swinton"), 2);
    assert_int_equal(run("person find \"$(printf '\\033]0;x\\007')\""), 2);
    assert_null(strchr(out, '\033'));
}

static void export_writes_what_the_list_shows(void **state)
{
    (void)state;
    must(person, "person", "person add given_name=Cerys family_name='=cmd()' date_of_birth=1970-05-04 neighbourhood=swinton");
    assert_int_equal(run("export people --profile machine"), 0);
    assert_non_null(strstr(out, "person,"));
    assert_non_null(strstr(out, person));
    assert_int_equal(run("export people"), 0);
    assert_null(strstr(out, ",=cmd"));
    assert_int_equal(run("export weather"), 2);
}

int main(void)
{
    char path[4096];
    const char *program = getenv("ONWARD_PROGRAM");
    if (!realpath(program ? program : "build/onward", path)) {
        puts("1..0 # SKIP the program is not built: set ONWARD_PROGRAM");
        return 1;
    }
    setenv("PROGRAM_PATH", path, 1);
    FILE *p = popen("id -un", "r");
    char login[64] = "";
    assert_non_null(fgets(login, sizeof login, p));
    login[strcspn(login, "\n")] = '\0';
    pclose(p);
    setenv("LOGIN_NAME", login, 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_manuals_session_can_be_followed_and_the_loop_closes, begin, end),
        cmocka_unit_test_setup_teardown(exit_statuses_say_what_kind_of_no, begin, end),
        cmocka_unit_test_setup_teardown(a_store_that_is_not_there_is_not_made_by_opening_it, begin, end),
        cmocka_unit_test_setup_teardown(every_list_prints_rows_and_total, begin, end),
        cmocka_unit_test_setup_teardown(help_explains_every_command, begin, end),
        cmocka_unit_test_setup_teardown(the_manual_is_in_step_with_the_program, begin, end),
        cmocka_unit_test_setup_teardown(hostile_text_reaches_no_terminal, begin, end),
        cmocka_unit_test_setup_teardown(export_writes_what_the_list_shows, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

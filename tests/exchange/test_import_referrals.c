/* SPDX-License-Identifier: MIT
 *
 * Referrals from another system (R03): they come in at the state, with the
 * dates and the worker that the file gives; what was never asked is told on
 * the worklist and shuts its gate; what makes no sense is refused by line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/core.h"
#include "support/importing.h"
#include "support/world.h"

static struct session *s;

static int begin(void **state)
{
    (void)state;
    s = world_open();
    importing_begin();
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_close(s);
    importing_end();
    return 0;
}

#define HEAD "given_name,family_name,date_of_birth,nhs_number,neighbourhood,state,received_on,source,worker,needs,begun_on,paused_until,closed_on,close_reason\n"
#define ADA "Ada,Quill,1970-02-28,9990000018,swinton,active,01/09/2026,gp_practice,worker,money_debt; housing,10/09/2026,,,\n"
#define BEN "Ben,Obanye,1951-12-01,9990000026,swinton,received,20/11/2026,self,,,,,,\n"
#define CY "Cy,Umber,1960-05-05,9990000034,eccles-irlam,closed,01/03/2026,hospital,worker2,caring,02/03/2026,,30/06/2026,completed\n"
#define DEE "Dee,Pye,1980-05-05,9990000042,broughton,paused,01/08/2026,self,worker,isolation,02/08/2026,2026-12-24,,\n"

static json_t *take(const char *text, const char *map)
{
    return importing_must(s, "referrals", importing_file("r.csv", text), map ? importing_file("r.map", map) : NULL);
}

static void referrals_come_in_as_the_file_says(void **state)
{
    (void)state;
    json_t *r = take(HEAD ADA BEN CY DEE, NULL);
    if (importing_count(r, "added") != 4)
        fail_msg("%s", json_dumps(r, 0));
    assert_int_equal(importing_count(r, "people"), 4);
    assert_int_equal(importing_rows(s, "person"), 4);
    assert_string_equal(importing_ask(s, "SELECT r.state || ' ' || r.received_on || ' ' || r.begun_on || ' ' || u.login || ' ' || r.neighbourhood "
                                         "FROM referral r JOIN app_user u ON u.id = r.worker_id JOIN person p ON p.id = r.person_id WHERE p.given_name = 'Ada'"),
                        "active 2026-09-01 2026-09-10 worker swinton");
    assert_string_equal(importing_ask(s, "SELECT code || is_main || found FROM need n JOIN referral r ON r.id = n.referral_id WHERE state = 'active' AND is_main = 1"),
                        "money_debt1presenting");
    assert_string_equal(importing_ask(s, "SELECT state_before || ' ' || close_reason FROM referral WHERE state = 'closed'"), "active completed");
    assert_string_equal(importing_ask(s, "SELECT state_at FROM referral WHERE state = 'closed'"), "1782817200000"); /* noon of 30 June, UK */
    assert_int_equal(importing_rows(s, "need"), 4);
    json_t *rows = world_list(s, "referral list state=active");
    assert_int_equal(json_array_size(rows), 1);
    json_decref(rows);
    json_decref(r);
    importing_sound(s); /* the chain, and the counts by month, neighbourhood and code */
}

static int worklist_lines(const char *task, const char *what)
{
    json_t *rows = world_list(s, "worklist"), *row;
    size_t i;
    int n = 0;
    json_array_foreach (rows, i, row) {
        char *text = json_dumps(row, 0);
        n += strcmp(json_string_value(json_object_get(row, "task")), task) == 0 && strstr(text, what);
        free(text);
    }
    json_decref(rows);
    return n;
}

static void what_was_never_asked_is_told_and_shuts_its_gate(void **state)
{
    (void)state;
    json_t *r = take(HEAD ADA BEN CY, NULL);
    assert_int_equal(importing_count(r, "never_asked.safeguarding"), 2); /* of the open ones */
    assert_int_equal(importing_count(r, "never_asked.consent"), 2);
    assert_int_equal(importing_count(r, "never_asked.risk"), 2);
    struct buf words = {0};
    import_words(r, &words);
    assert_non_null(strstr(words.data, "safeguarding 2, consent to be contacted 2, risk 2"));
    buf_free(&words);
    json_decref(r);
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM referral WHERE safeguarding = 'not_asked'"), "3");
    assert_int_equal(importing_rows(s, "consent"), 0);
    assert_int_equal(importing_rows(s, "risk"), 0);
    assert_int_equal(worklist_lines("imported", "safeguarding, risk, consent to be contacted"), 1);
    /* even with consent to share, nothing goes while safeguarding was not asked */
    char ref[64], line[256], handoff[64], person[64];
    snprintf(ref, sizeof ref, "%s", importing_ask(s, "SELECT ref FROM referral WHERE state = 'active'"));
    snprintf(person, sizeof person, "%s", importing_ask(s, "SELECT ref FROM person WHERE given_name = 'Ada'"));
    world_consent(s, person);
    snprintf(line, sizeof line, "handoff plan %s need=money_debt service=%s", ref, world_service());
    world_must(s, line, handoff);
    struct outcome o = {0};
    struct err e = {0};
    snprintf(line, sizeof line, "handoff send %s", handoff);
    assert_true(world_do(s, line, &o, &e));
    assert_string_equal(o.state, "held");
    outcome_free(&o);
    assert_string_equal(importing_ask(s, "SELECT gate FROM handoff_gate WHERE gate = 'safeguarding'"), "safeguarding");
}

static void answers_the_old_system_has_are_taken_over(void **state)
{
    (void)state;
    json_t *r = take("given_name,family_name,date_of_birth,state,received_on,safeguarding,risks,risk_note,contact_consent,contact_consent_on,contact_consent_how\n"
                     "Ada,Quill,1970-02-28,received,2026-11-01,none,lone_visit|falls,Steep stairs,given,2026-10-30,phone\n"
                     "Ben,Obanye,1951-12-01,received,2026-11-01,No concern,No known risks,,refused,,\n"
                     "Cy,Umber,1960-05-05,received,2026-11-01,concern,,,given,,\n", NULL);
    if (importing_count(r, "added") != 3)
        fail_msg("%s", json_dumps(r, 0));
    assert_int_equal(importing_count(r, "never_asked.safeguarding"), 0);
    assert_int_equal(importing_count(r, "never_asked.risk"), 1);
    assert_int_equal(importing_count(r, "never_asked.consent"), 1); /* "given", but nobody knows how: it is asked again */
    assert_non_null(strstr(importing_why(r, 4), "ask again"));
    assert_int_equal(importing_rows(s, "risk"), 3);
    assert_string_equal(importing_ask(s, "SELECT note FROM risk WHERE kind = 'falls'"), "Steep stairs");
    assert_string_equal(importing_ask(s, "SELECT decision || valid_from || expires_on FROM consent WHERE how = 'phone'"), "given2026-10-302027-10-30");
    assert_string_equal(importing_ask(s, "SELECT decision || valid_from FROM consent WHERE how IS NULL"), "refused2026-11-01");
    importing_sound(s);
    json_decref(r);
}

static const struct {
    const char *row, *field;
} refusals[] = {
    {"A,B,,,,draft,01/09/2026,,,,,,,\n", "state"},
    {"A,B,,,,,01/09/2026,,,,,,,\n", "state"},
    {"A,B,,,,received,,,,,,,,\n", "received_on"},
    {"A,B,,,,received,01/09/2027,,,,,,,\n", "received_on"},
    {"A,B,,,,active,01/09/2026,,,,,,,\n", "worker"},
    {"A,B,,,,active,01/09/2026,,nobody,,,,,\n", "worker"},
    {"A,B,,,,active,01/09/2026,,auditor,,,,,\n", "worker"},
    {"A,B,,,,paused,01/09/2026,,worker,,,,,\n", "paused_until"},
    {"A,B,,,,closed,01/09/2026,,,,,,,completed\n", "closed_on"},
    {"A,B,,,,closed,01/09/2026,,,,,,02/09/2026,\n", "close_reason"},
    {"A,B,,,,closed,01/09/2026,,,,,,31/08/2026,completed\n", "closed_on"},
    {"A,B,,,,closed,01/09/2026,,,,,,02/09/2026,bored\n", "close_reason"},
    {"A,B,,,,received,01/09/2026,,,,,,02/09/2026,completed\n", "state"},
    {"A,B,,,,received,01/09/2026,the pub,,,,,,\n", "source"},
    {"A,B,,,,received,01/09/2026,,,sadness,,,,\n", "needs"},
    {"A,B,,,mars,received,01/09/2026,,,,,,,\n", "neighbourhood"},
    {"A,B,,9990000019,,received,01/09/2026,,,,,,,\n", "nhs_number"},
};

static void a_referral_that_makes_no_sense_is_refused_by_field(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_str(&text, HEAD);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        buf_str(&text, refusals[i].row);
    buf_str(&text, ADA);
    json_t *r = take(text.data, NULL);
    assert_int_equal(importing_count(r, "refused"), sizeof refusals / sizeof *refusals);
    assert_int_equal(importing_count(r, "added"), 1);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (!strstr(importing_why(r, (int64_t)i + 2), refusals[i].field))
            fail_msg("%s: %s", refusals[i].row, importing_why(r, (int64_t)i + 2));
    assert_int_equal(importing_rows(s, "referral"), 1);
    importing_sound(s);
    json_decref(r);
    buf_free(&text);
}

static void a_file_with_refused_rows_may_come_again_and_adds_only_those(void **state)
{
    (void)state;
    static const char text[] = HEAD ADA "Ben,Obanye,1951-12-01,,swinton,received,20/11/2026,Their own GP,,,,,,\n";
    json_t *r = take(text, NULL);
    assert_int_equal(importing_count(r, "refused"), 1);
    json_decref(r);
    r = take(text, "value source: Their own GP = gp_practice\n");
    assert_false(importing_count(r, "again"));
    assert_int_equal(importing_count(r, "unchanged"), 1);
    assert_int_equal(importing_count(r, "added"), 1);
    json_decref(r);
    r = take(text, "value source: Their own GP = gp_practice\n");
    assert_true(importing_count(r, "again"));
    assert_int_equal(importing_rows(s, "referral"), 2);
    json_decref(r);
}

static void rows_of_one_person_share_a_record(void **state)
{
    (void)state;
    /* three episodes; the fourth row is the third again */
    json_t *r = take(HEAD "Ada,Quill,1970-02-28,9990000018,swinton,closed,01/03/2025,self,,,,,01/06/2025,completed\n" ADA
                     "Ada,Quill,1970-02-28,9990000018,swinton,received,20/11/2026,self,,,,,,\n"
                     "Ada,Quill,1970-02-28,9990000018,swinton,received,20/11/2026,self,,,,,,\n", NULL);
    assert_int_equal(importing_count(r, "people"), 1);
    assert_int_equal(importing_count(r, "added"), 3);
    assert_int_equal(importing_count(r, "unchanged"), 1);
    assert_non_null(strstr(importing_why(r, 4), "another open referral"));
    assert_non_null(strstr(importing_why(r, 5), "The same person, day of receipt and source"));
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM referral WHERE second_reason IS NOT NULL"), "1");
    json_decref(r);
    /* and so with a later file: what is in the store counts as what is in the file */
    r = importing_must(s, "referrals", importing_file("later.csv", HEAD ADA BEN "Ada,Quill,1970-02-28,9990000018,swinton,received,21/11/2026,self,,,,,,\n"), NULL);
    assert_int_equal(importing_count(r, "added"), 2);
    assert_int_equal(importing_count(r, "unchanged"), 1);
    assert_int_equal(importing_count(r, "people"), 1);
    assert_non_null(strstr(importing_why(r, 4), "another open referral"));
    importing_sound(s);
    json_decref(r);
}

static void a_known_person_keeps_their_decisions_and_gains_risks(void **state)
{
    (void)state;
    char person[64], line[160];
    world_must(s, "person add given_name=Ada family_name=Quill date_of_birth=1970-02-28 nhs_number=9990000018", person);
    snprintf(line, sizeof line, "consent refuse %s purpose=contact", person);
    world_must(s, line, NULL);
    snprintf(line, sizeof line, "risk add %s kind=falls", person);
    world_must(s, line, NULL);
    json_t *r = take("given_name,family_name,nhs_number,state,received_on,risks,contact_consent,contact_consent_how\n"
                     "Ada,Quill,9990000018,received,2026-11-01,falls;lone_visit,given,phone\n"
                     "Ada,Quill,9990000018,received,2026-11-02,falls;none_known,refused,\n", NULL);
    assert_int_equal(importing_count(r, "added"), 2);
    assert_null(strstr(importing_why(r, 2), "contacted"));
    assert_non_null(strstr(importing_why(r, 3), "does not say that they may be contacted"));
    assert_string_equal(importing_ask(s, "SELECT count(*) || min(decision) FROM consent WHERE purpose = 'contact'"), "1refused");
    assert_string_equal(importing_ask(s, "SELECT count(*) || max(kind) FROM risk"), "2lone_visit");
    json_decref(r);
}

static void keys_of_the_old_system_know_persons_and_referrals(void **state)
{
    (void)state;
    static const char map[] = "scheme old-base\nfield person_key = Client\nfield source_key = Case\n";
    json_t *r = take("Client,Case,given_name,family_name,state,received_on\n7,701,Ada,Quill,received,2026-11-01\n7,702,Ada,Quill,received,2026-11-02\n", map);
    assert_int_equal(importing_count(r, "added"), 2);
    assert_int_equal(importing_count(r, "people"), 1);
    json_decref(r);
    r = take("Client,Case,given_name,family_name,state,received_on\n7,701,Ada,Quill,received,2026-11-01\n7,703,Ada,Quill,received,2026-11-03\n", map);
    assert_int_equal(importing_count(r, "added"), 1);
    assert_int_equal(importing_count(r, "unchanged"), 1);
    assert_int_equal(importing_count(r, "people"), 0);
    assert_string_equal(importing_ask(s, "SELECT min(source_key) FROM referral"), "old-base:701");
    json_decref(r);
}

static void a_dry_run_of_referrals_leaves_no_trace(void **state)
{
    (void)state;
    const char *before = importing_snapshot(s), *file = importing_file("d.csv", HEAD ADA BEN CY);
    json_t *r = importing_dry(s, "referrals", file, NULL);
    assert_int_equal(importing_count(r, "added"), 3);
    assert_string_equal(before, importing_snapshot(s));
    json_decref(r);
}

static void several_batches_keep_chain_and_counts_right(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_str(&text, HEAD);
    for (int i = 0; i < 11000; i++)
        buf_fmt(&text, "G%d,F%d,19%02d-01-1%d,,%s,%s,2026-0%d-01,self,worker,money_debt;housing,,,,\n", i % 900, i % 700, i % 100, i % 10,
                i % 3 ? "swinton" : "broughton", i % 2 ? "active" : "waiting", 1 + i % 9);
    json_t *r = take(text.data, NULL);
    assert_int_equal(importing_count(r, "added"), 11000);
    assert_int_equal(importing_rows(s, "need"), 22000);
    importing_sound(s);
    json_decref(r);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(referrals_come_in_as_the_file_says),
        TEST(what_was_never_asked_is_told_and_shuts_its_gate),
        TEST(answers_the_old_system_has_are_taken_over),
        TEST(a_referral_that_makes_no_sense_is_refused_by_field),
        TEST(a_file_with_refused_rows_may_come_again_and_adds_only_those),
        TEST(rows_of_one_person_share_a_record),
        TEST(a_known_person_keeps_their_decisions_and_gains_risks),
        TEST(keys_of_the_old_system_know_persons_and_referrals),
        TEST(a_dry_run_of_referrals_leaves_no_trace),
        TEST(several_batches_keep_chain_and_counts_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

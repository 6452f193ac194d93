/* SPDX-License-Identifier: MIT
 *
 * The NHS ODS file of GP practices: all of it, with its malformed postcodes,
 * and again as an update.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

#define ONE(code, name, postcode, status) \
    "\"" code "\",\"" name "\",\"Y54\",\"Q83\",\"1 HIGH STREET\",\"\",\"SALFORD\",\"\",\"\",\"" postcode "\",\"19740401\",\"\",\"" status \
    "\",\"B\",\"01G\",\"20130401\",\"\",\"0161 4960123\",\"\",\"\",\"\",\"0\",\"\",\"01G\",\"\",\"4\",\"\"\r\n"

static void practices_come_in_without_a_header_as_published(void **state)
{
    (void)state;
    json_t *r = importing_must(s, "practices", importing_file("e.csv", ONE("P87001", "THE LIMES", "M27 4AA", "A") ONE("Y00445", "THE OAKS", "M6 5FW", "C")), NULL);
    assert_int_equal(importing_count(r, "rows"), 2);
    assert_int_equal(importing_count(r, "added"), 2);
    assert_string_equal(importing_ask(s, "SELECT name || '|' || address || '|' || postcode || '|' || status || '|' || setting || '|' || opened_on || '|' || fold_name FROM practice WHERE ods_code = 'P87001'"),
                        "THE LIMES|1 HIGH STREET\nSALFORD|M27 4AA|active|4|1974-04-01|the limes");
    json_decref(r);
    /* from now on a practice must be one of them */
    world_no(s, "person add given_name=Ada family_name=Quill gp_practice=P87999", ERR_INVALID, "gp_practice");
}

static void a_newer_file_changes_what_changed(void **state)
{
    (void)state;
    json_decref(importing_must(s, "practices", importing_file("e.csv", ONE("P87001", "THE LIMES", "M27 4AA", "A") ONE("P87002", "THE ELMS", "M27 4AB", "A")), NULL));
    json_t *r = importing_must(s, "practices", importing_file("f.csv", ONE("P87001", "THE LIMES", "M27 4AA", "C") ONE("P87002", "THE ELMS", "M27 4AB", "A") ONE("P87003", "THE YEWS", "M27 4AC", "A")), NULL);
    assert_int_equal(importing_count(r, "added"), 1);
    assert_int_equal(importing_count(r, "changed"), 1);
    assert_int_equal(importing_count(r, "unchanged"), 1);
    assert_string_equal(importing_ask(s, "SELECT status FROM practice WHERE ods_code = 'P87001'"), "closed");
    json_decref(r);
}

static void bad_rows_are_refused_and_the_others_go_in(void **state)
{
    (void)state;
    json_t *r = importing_must(s, "practices", importing_file("e.csv",
        ONE("P87001", "THE LIMES", "LA14 2IB", "A") ONE("P8", "TOO SHORT", "M27 4AA", "A") ONE("P87002", "", "M27 4AA", "A")
        ONE("P87003", "THE YEWS", "M27 4AA", "X") ONE("P87001", "AGAIN", "M27 4AA", "A") "a,b\r\n"), NULL);
    assert_int_equal(importing_count(r, "added"), 1);
    assert_int_equal(importing_count(r, "refused"), 5);
    assert_int_equal(importing_count(r, "warnings"), 1);
    assert_non_null(strstr(importing_why(r, 4), "status: it is A, C, D or P"));
    assert_non_null(strstr(importing_why(r, 5), "P87001 is on line 1 already"));
    json_decref(r);
}

static void another_file_is_no_ods_file(void **state)
{
    (void)state;
    struct err e = importing_no(s, "practices", importing_file("x.csv", "given_name,family_name\nAda,Quill\n"), NULL);
    assert_int_equal(e.code, ERR_INVALID);
    assert_non_null(strstr(e.text, "epraccur"));
}

static void the_whole_published_file_goes_in(void **state)
{
    (void)state;
    const char *file = importing_shared("ods/epraccur_all_2019q4.csv");
    if (!file)
        skip();
    json_t *r = importing_must(s, "practices", file, NULL);
    assert_int_equal(importing_count(r, "rows"), 14357);
    assert_int_equal(importing_count(r, "added"), 14357);
    assert_int_equal(importing_count(r, "warnings"), 4);
    assert_int_equal(importing_rows(s, "practice"), 14357);
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM practice WHERE commissioner = '01G' AND status = 'active' AND setting = '4'"), "44");
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM practice WHERE postcode = 'LA14 2IB'"), "3");
    json_decref(r);
    r = importing_must(s, "practices", file, NULL);
    assert_true(importing_count(r, "again"));
    json_decref(r);
    importing_sound(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(practices_come_in_without_a_header_as_published),
        TEST(a_newer_file_changes_what_changed),
        TEST(bad_rows_are_refused_and_the_others_go_in),
        TEST(another_file_is_no_ods_file),
        TEST(the_whole_published_file_goes_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

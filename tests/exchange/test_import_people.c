/* SPDX-License-Identifier: MIT
 *
 * People from a team's spreadsheet: mapping, refusals that name the line,
 * duplicates offered and never merged, the same file twice, dry runs, hostile
 * files, and a store that fails half-way.
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
#include "support/faultdb.h"
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

#define HEAD "given_name,family_name,date_of_birth,nhs_number,phone,postcode\r\n"
#define ADA "Ada,Quill,28/02/1970,999 000 0018,07700 900101,m27 4aa\r\n"
#define BEN "Ben,Obanye,1951-12-01,9990000026,0161 496 0101,M27 4AB\r\n"

static void rows_come_in_whole_with_terms_and_audit(void **state)
{
    (void)state;
    int64_t before = importing_rows(s, "audit");
    json_t *r = importing_must(s, "people", importing_file("p.csv", HEAD ADA BEN), NULL);
    assert_int_equal(importing_count(r, "rows"), 2);
    assert_int_equal(importing_count(r, "added"), 2);
    assert_int_equal(importing_count(r, "refused"), 0);
    assert_string_equal(importing_ask(s, "SELECT date_of_birth || nhs_number || postcode FROM person WHERE family_name = 'Quill'"),
                        "1970-02-289990000018M27 4AA");
    json_t *found = world_list(s, "person find quill");
    assert_int_equal(json_array_size(found), 1);
    json_decref(found);
    /* the file and each person, without a value in it */
    assert_int_equal(importing_rows(s, "audit") - before, 3);
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM audit WHERE verb = 'import people' AND effect = 'made' AND about = ref"), "2");
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM audit WHERE fields LIKE '%Quill%' OR fields LIKE '%p.csv%'"), "0");
    importing_sound(s);
    json_decref(r);
}

/* Every term that a hand-made record is found by, an imported one is found by too: searching terms are the same set. */
static void an_imported_person_is_found_like_one_made_by_hand(void **state)
{
    (void)state;
    world_must(s, "person add given_name=Ada family_name=Quill date_of_birth=28/02/1970 nhs_number=9990000018 phone='07700 900101' "
                  "postcode='M27 4AA' preferred_name='Addy Q'", NULL);
    world_must(s, "person add given_name=Zed family_name=Zzz", NULL); /* its terms are others' */
    json_decref(importing_must(s, "people", importing_file("p.csv",
        "given_name,family_name,date_of_birth,phone,postcode,preferred_name\nAda,Quill,1970-02-28,07700 900101,M27 4AA,Addy Q\n"), NULL));
    /* but for the number that only one of them has, and their references */
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM (SELECT term FROM person_term WHERE term NOT LIKE 'pe%' AND term <> '9990000018' "
                                         "AND term NOT LIKE 'zz%' AND term <> 'zed' GROUP BY term HAVING count(*) <> 2) odd"), "0");
    assert_string_equal(importing_ask(s, "SELECT count(*) FROM person_term WHERE term LIKE 'pe%'"), "3");
}

static void the_same_file_twice_does_nothing(void **state)
{
    (void)state;
    const char *file = importing_file("p.csv", HEAD ADA BEN);
    json_decref(importing_must(s, "people", file, NULL));
    struct buf words = {0};
    const char *once = importing_snapshot(s);
    json_t *r = importing_must(s, "people", file, NULL);
    assert_string_equal(once, importing_snapshot(s));
    assert_true(importing_count(r, "again"));
    import_words(r, &words);
    assert_non_null(strstr(words.data, "imported before"));
    json_decref(r);
    buf_free(&words);
}

static void a_dry_run_tells_every_row_and_leaves_no_trace(void **state)
{
    (void)state;
    const char *file = importing_file("p.csv", HEAD ADA "Bad,Date,31/02/1970,,,\r\n" BEN);
    const char *before = importing_snapshot(s);
    json_t *r = importing_dry(s, "people", file, NULL);
    assert_string_equal(before, importing_snapshot(s));
    assert_int_equal(json_array_size(json_object_get(r, "fates")), 3);
    assert_string_equal(importing_why(r, 2), "added: ");
    assert_non_null(strstr(importing_why(r, 3), "refused: Column \"date_of_birth\": date_of_birth: 31/02/1970 is no date"));
    assert_string_equal(importing_why(r, 4), "added: ");
    json_decref(r);
    /* and is no import: the same file may come in */
    r = importing_must(s, "people", file, NULL);
    assert_int_equal(importing_count(r, "added"), 2);
    json_decref(r);
}

static const struct {
    const char *row, *field, *why;
} refusals[] = {
    {",Quill,,,,\r\n", "given_name", "given_name"},
    {"Ada,Quill,30/02/1970,,,\r\n", "date_of_birth", "is no date"},
    {"Ada,Quill,01/01/2030,,,\r\n", "date_of_birth", "still to come"},
    {"Ada,Quill,,9990000019,,\r\n", "nhs_number", "nhs_number"},
    {"Ada,Quill,,999000001,,\r\n", "nhs_number", "nhs_number"},
    {"Ada,Quill,,,12,\r\n", "phone", "phone"},
    {"Ada,Quillquillquillquillquillquillquillquill,,,,\r\n", "family_name", "the most is 35"},
    {"A\x07" "da,Quill,,,,\r\n", "given_name", "U+0007"},
    {"A\x1b[2Jda,Quill,,,,\r\n", "given_name", "U+001B"},
    {"Ada,Quill,,,,,too,many\r\n", "row", "fields where the header has"},
};

static void a_refused_row_names_line_column_and_what_would_be_right(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        char text[512], name[32], reason[96];
        snprintf(text, sizeof text, HEAD "%sGood,Row%c,,,,\r\n", refusals[i].row, (char)('a' + i));
        snprintf(name, sizeof name, "r%zu.csv", i);
        json_t *r = importing_must(s, "people", importing_file(name, text), NULL);
        const char *why = importing_why(r, 2);
        if (importing_count(r, "refused") != 1 || importing_count(r, "added") != 1 || !strstr(why, refusals[i].why))
            fail_msg("%s: %s", refusals[i].row, json_dumps(r, 0));
        assert_null(strstr(why, "Quill"));
        snprintf(reason, sizeof reason, "reasons.%s.refused", refusals[i].field);
        assert_int_equal(importing_count(r, reason), 1);
        json_decref(r);
    }
    importing_sound(s);
}

static void a_malformed_postcode_is_kept_with_a_warning(void **state)
{
    (void)state;
    json_t *r = importing_must(s, "people", importing_file("p.csv", HEAD "Ada,Quill,,,,la14 2ib\r\n"), NULL);
    assert_int_equal(importing_count(r, "added"), 1);
    assert_int_equal(importing_count(r, "warnings"), 1);
    assert_non_null(strstr(importing_why(r, 2), "added: Column \"postcode\""));
    assert_string_equal(importing_ask(s, "SELECT postcode FROM person"), "LA14 2IB");
    json_decref(r);
}

static void a_map_turns_their_columns_and_words_into_ours(void **state)
{
    (void)state;
    const char *map = importing_file("team.map",
        "# the team's sheet\n"
        "scheme swinton-team\n"
        "field person_key = No.\n"
        "field given_name = First name\r\n"
        "field family_name = \"Surname = last\"\n"
        "field address = Street\n"
        "field address = Town\n"
        "field gender = M/F\n"
        "value gender: M = male\n"
        "value gender: F = female\n"
        "value gender: '?' = -\n"
        "value date_of_birth: unknown = -\n"
        "default language = en\n"
        "ignore Colour\n");
    json_t *r = importing_must(s, "people", importing_file("team.csv",
        "No.;First name;Surname = last;Street;Town;M/F;Date of Birth;Colour;Neighbourhood\n"
        "17;Ada;Quill;1 Example Road;Swinton;F;28.2.1970;red;Eccles and Irlam\n"
        "18;Ben;Obanye;;Eccles;?;Unknown;blue;swinton\n"), map);
    if (importing_count(r, "added") != 2)
        fail_msg("%s", json_dumps(r, 0));
    assert_string_equal(importing_ask(s, "SELECT gender || '|' || address || '|' || neighbourhood || '|' || language FROM person WHERE given_name = 'Ada'"),
                        "female|1 Example Road\nSwinton|eccles-irlam|en");
    assert_string_equal(importing_ask(s, "SELECT coalesce(gender, 'none') || '|' || address || coalesce(date_of_birth, 'none') FROM person WHERE given_name = 'Ben'"),
                        "none|Ecclesnone");
    assert_string_equal(importing_ask(s, "SELECT scheme || ' ' || value FROM person_identifier ORDER BY value"), "swinton-team 17");
    json_decref(r);
    /* a later file of the same team knows them by their keys */
    r = importing_must(s, "people", importing_file("team2.csv",
        "No.;First name;Surname = last;Street;Town;M/F;Date of Birth;Colour\n17;Ada;Quill;2 Example Road;Swinton;F;;red\n"), map);
    assert_int_equal(importing_count(r, "unchanged"), 1);
    assert_non_null(strstr(importing_why(r, 2), "differs in: address"));
    json_decref(r);
}

static const struct {
    const char *map, *csv, *why;
} misfits[] = {
    {NULL, "given_name,family_name,Shoe size\r\nA,B,9\r\n", "\"Shoe size\""},
    {NULL, "family_name\r\nB\r\n", "given_name"},
    {NULL, "given_name,family_name,source_key\r\n", "source_key"},
    {NULL, "given_name,family_name,person_key\r\nA,B,1\r\n", "scheme"},
    {"field shoes = Shoe size\n", "given_name,family_name,Shoe size\r\n", "there is no field shoes"},
    {"field phone = Mobile\n", "given_name,family_name\r\n", "no column \"Mobile\""},
    {"default gender = blue\n", "given_name,family_name\r\n", "not one of the codes"},
    {"value gender M = male\n", "given_name,family_name\r\n", "write it like"},
    {"feild a = b\n", "given_name,family_name\r\n", "begins with field"},
    {"field phone = 'Mobile\n", "given_name,family_name\r\n", "never closed"},
};

static void a_file_and_a_map_that_do_not_fit_say_what_is_missing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++) {
        const char *map = misfits[i].map ? importing_file("m.map", misfits[i].map) : NULL;
        struct err e = importing_no(s, "people", importing_file("m.csv", misfits[i].csv), map);
        if (e.code != ERR_INVALID || !strstr(e.text, misfits[i].why))
            fail_msg("%zu: %s", i, e.text);
    }
    assert_int_equal(importing_rows(s, "person"), 0);
}

/* ---- hostile files: refused whole, or read for what they are */

static char *repeat(const char *head, const char *part, size_t times, const char *tail)
{
    struct buf b = {0};
    buf_str(&b, head);
    for (size_t i = 0; i < times; i++)
        buf_str(&b, part);
    buf_str(&b, tail);
    return b.data;
}

static void a_hostile_file_is_refused_whole_and_leaves_nothing(void **state)
{
    (void)state;
    char *many_columns = repeat("given_name,family_name", ",x", 65000, "\r\n");
    char *quote_bomb = repeat(HEAD, "\"a\n", 600000, "");
    char *huge = repeat(HEAD "Ada,\"", "0123456789abcdef", 200000, "\",,,,\r\n");
    const struct {
        const char *name, *text;
        size_t size;
        const char *why;
    } files[] = {
        {"empty", "", 0, "empty"},
        {"no header", "\r\n\r\n", 4, "header"},
        {"wrong header", "colour,taste\r\nred,sweet\r\n", 0, "colour"},
        {"header twice", "given_name,given_name,family_name\r\n", 0, "twice"},
        {"UTF-16", "\xff\xfeg\0i\0v\0", 8, "UTF-16"},
        {"NUL", HEAD "Ada,Qu\0ill,,,,\r\n", sizeof HEAD "Ada,Qu\0ill,,,,\r\n" - 1, "NUL"},
        {"unclosed quote", HEAD ADA "\"Ada,Quill,,,,\r\n" BEN, 0, "never closed"},
        {"stray quote", HEAD ADA "A\"da,Quill,,,,\r\n" BEN, 0, "quote"},
        {"65,000 columns", many_columns, 0, "columns"},
        {"quote bomb", quote_bomb, 0, "quote"},
        {"a field of 3 MB", huge, 0, "longer than"},
        {"a workbook", "PK\x03\x04 a zip", 0, "CSV"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t n = files[i].size ? files[i].size : strlen(files[i].text);
        struct err e = importing_no(s, "people", importing_bytes("h.csv", files[i].text, n), NULL);
        if (e.code != ERR_INVALID || !strstr(e.text, files[i].why))
            fail_msg("%s: %s", files[i].name, e.text);
        assert_int_equal(importing_rows(s, "person"), 0);
        assert_int_equal(importing_rows(s, "import_file"), 0);
    }
    free(many_columns);
    free(quote_bomb);
    free(huge);
    struct err e = importing_no(s, "people", "/nonexistent/file.csv", NULL);
    assert_int_equal(e.code, ERR_NOT_FOUND);
    importing_sound(s);
}

static void a_file_that_went_through_a_spreadsheet_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        int64_t added;
        const char *family;
    } files[] = {
        {"BOM", "\xEF\xBB\xBF" HEAD "Ada,Quill,,,,\r\n", 1, "Quill"},
        {"Windows-1252", HEAD "Ren\xe9,Ang\xe9lique,,,,\r\n", 1, "Ang\xc3\xa9lique"},
        {"mixed line ends", "given_name,family_name\nAda,One\rBen,Two\r\nCy,Three\n", 3, "One"},
        {"blank lines", "given_name,family_name\n\n,\nAda,Four\n\n", 1, "Four"},
        {"tabs", "given_name\tfamily_name\nAda\tFive\n", 1, "Five"},
        {"semicolons", "Given Name;FAMILY NAME\nAda;Six\n", 1, "Six"},
        {"guarded formula", "given_name,family_name\nAda,'=HYPERLINK\n", 1, "=HYPERLINK"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char sql[256];
        json_t *r = importing_must(s, "people", importing_file("s.csv", files[i].text), NULL);
        if (importing_count(r, "added") != files[i].added)
            fail_msg("%s: %s", files[i].name, json_dumps(r, 0));
        snprintf(sql, sizeof sql, "SELECT count(*) FROM person WHERE family_name = '%s'", files[i].family);
        assert_string_equal(importing_ask(s, sql), "1");
        json_decref(r);
    }
}

/* ---- who is it */

static void a_person_with_the_same_nhs_number_is_known_and_left_as_is(void **state)
{
    (void)state;
    char ref[64];
    world_must(s, "person add given_name=Ada family_name=Quill date_of_birth=1970-02-28 nhs_number=9990000018", ref);
    json_t *r = importing_must(s, "people", importing_file("p.csv", HEAD ADA), NULL);
    assert_int_equal(importing_count(r, "unchanged"), 1);
    assert_non_null(strstr(importing_why(r, 2), "differs in: phone, postcode"));
    assert_int_equal(importing_rows(s, "person"), 1);
    assert_string_equal(importing_ask(s, "SELECT coalesce(phone, 'none') FROM person"), "none");
    json_decref(r);
}

static void an_nhs_number_of_someone_with_another_birthday_refuses_the_row(void **state)
{
    (void)state;
    world_must(s, "person add given_name=Ada family_name=Quill date_of_birth=1971-03-01 nhs_number=9990000018", NULL);
    json_t *r = importing_must(s, "people", importing_file("p.csv", HEAD ADA BEN), NULL);
    assert_int_equal(importing_count(r, "refused"), 1);
    assert_int_equal(importing_count(r, "added"), 1);
    assert_non_null(strstr(importing_why(r, 2), "refused: date_of_birth: the NHS number is that of PE-"));
    json_decref(r);
}

static void a_record_of_the_same_name_and_birthday_is_offered_never_merged(void **state)
{
    (void)state;
    world_must(s, "person add given_name=ADA family_name=quill date_of_birth=1970-02-28", NULL);
    json_t *r = importing_must(s, "people", importing_file("p.csv", HEAD ADA "Ben,Obanye,1951-12-01,,,\r\nBEN,OBANYE,1951-12-01,,,\r\n"), NULL);
    assert_int_equal(importing_count(r, "added"), 3);
    assert_int_equal(importing_count(r, "duplicates"), 2); /* one in the store, one in the file itself */
    assert_int_equal(importing_rows(s, "person"), 4);
    assert_int_equal(importing_rows(s, "duplicate_offer"), 2);
    json_t *pairs = world_list(s, "person duplicates");
    assert_int_equal(json_array_size(pairs), 2);
    json_decref(pairs);
    json_decref(r);
}

static void the_same_person_twice_in_a_file_is_one_record(void **state)
{
    (void)state;
    json_t *r = importing_must(s, "people", importing_file("p.csv", HEAD ADA BEN ADA), NULL);
    assert_int_equal(importing_count(r, "added"), 2);
    assert_int_equal(importing_count(r, "unchanged"), 1);
    json_decref(r);
}

static void a_restricted_record_is_never_given_away(void **state)
{
    (void)state;
    char ref[64], line[128];
    world_must(s, "person add given_name=Ada family_name=Quill date_of_birth=1970-02-28 nhs_number=9990000018", ref);
    snprintf(line, sizeof line, "person restrict %s users=worker", ref);
    world_must(s, line, NULL);
    struct session *manager = world_as("manager");
    json_t *r = importing_must(manager, "people", importing_file("p.csv", HEAD ADA), NULL);
    assert_int_equal(importing_count(r, "added"), 1);
    assert_int_equal(importing_count(r, "duplicates"), 0);
    assert_string_equal(importing_why(r, 2), "");
    assert_int_equal(importing_rows(s, "duplicate_offer"), 1); /* for those who may see both */
    json_decref(r);
    world_close(manager);
}

/* ---- roles, faults, real files */

static void only_a_manager_imports_people(void **state)
{
    (void)state;
    static const char *const others[] = {"worker", "rep", "admin", "auditor", "night"};
    const char *file = importing_file("p.csv", HEAD ADA);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct session *other = world_as(others[i]);
        struct err e = importing_no(other, "people", file, NULL);
        assert_int_equal(e.code, ERR_DENIED);
        world_close(other);
    }
    assert_int_equal(importing_rows(s, "person"), 0);
}

/* Whatever call fails, the store is as before, and the next try brings the whole file in. */
static void a_failing_store_takes_nothing_of_the_file(void **state)
{
    (void)state;
    const char *file = importing_file("p.csv", HEAD ADA BEN);
    json_decref(importing_dry(s, "people", file, NULL)); /* settings are read once a session, and have defaults */
    const char *before = importing_snapshot(s);
    for (long n = 1;; n++) {
        struct import_options o = {.kind = "people", .path = file};
        json_t *report = NULL;
        bool partly;
        struct err e = {0};
        faultdb_fail_at(s->db, n);
        bool ok = import_file(s, &o, &report, &partly, &e);
        bool failed = faultdb_has_failed();
        faultdb_unwrap(s->db);
        json_decref(report);
        if (!failed) {
            assert_true(ok);
            assert_true(n > 10);
            break;
        }
        assert_false(ok);
        assert_string_equal(before, importing_snapshot(s));
    }
    assert_int_equal(importing_rows(s, "person"), 2);
    importing_sound(s);
}

static void many_rows_go_in_over_several_batches(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_str(&text, "given_name,family_name,date_of_birth\n");
    for (int i = 0; i < 12000; i++)
        buf_fmt(&text, "Given%d,Family%d,19%02d-0%d-1%d\n", i % 700, i % 1100, i % 100, 1 + i % 9, i % 10);
    buf_str(&text, "Bad,Date,1970-02-31\n");
    json_t *r = importing_must(s, "people", importing_file("many.csv", text.data), NULL);
    assert_int_equal(importing_count(r, "added"), 12000);
    assert_int_equal(importing_count(r, "refused"), 1);
    assert_int_equal(importing_rows(s, "person"), 12000);
    importing_sound(s);
    json_decref(r);
    buf_free(&text);
}

static void real_nhs_numbers_with_a_bom_and_no_header_come_in(void **state)
{
    (void)state;
    const char *file = importing_shared("nhs_number/valid_999_nhs_numbers_with_bom.csv");
    if (!file)
        skip();
    const char *map = importing_file("nhs.map", "columns NHS number\ndefault given_name = Not\ndefault family_name = Recorded\n");
    json_t *r = importing_must(s, "people", file, map);
    assert_int_equal(importing_count(r, "added"), 9);
    assert_string_equal(importing_ask(s, "SELECT min(nhs_number) FROM person"), "9990000018");
    json_decref(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(rows_come_in_whole_with_terms_and_audit),
        TEST(an_imported_person_is_found_like_one_made_by_hand),
        TEST(the_same_file_twice_does_nothing),
        TEST(a_dry_run_tells_every_row_and_leaves_no_trace),
        TEST(a_refused_row_names_line_column_and_what_would_be_right),
        TEST(a_malformed_postcode_is_kept_with_a_warning),
        TEST(a_map_turns_their_columns_and_words_into_ours),
        TEST(a_file_and_a_map_that_do_not_fit_say_what_is_missing),
        TEST(a_hostile_file_is_refused_whole_and_leaves_nothing),
        TEST(a_file_that_went_through_a_spreadsheet_is_read),
        TEST(a_person_with_the_same_nhs_number_is_known_and_left_as_is),
        TEST(an_nhs_number_of_someone_with_another_birthday_refuses_the_row),
        TEST(a_record_of_the_same_name_and_birthday_is_offered_never_merged),
        TEST(the_same_person_twice_in_a_file_is_one_record),
        TEST(a_restricted_record_is_never_given_away),
        TEST(only_a_manager_imports_people),
        TEST(a_failing_store_takes_nothing_of_the_file),
        TEST(many_rows_go_in_over_several_batches),
        TEST(real_nhs_numbers_with_a_bom_and_no_header_come_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * A list as CSV: exactly the rows and the order of the list, cells that a
 * spreadsheet leaves alone, and a way back in with every value unchanged.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "exchange/csv_read.h"
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

/* Exports a list into a file; its path. */
static const char *export(struct session *by, const char *list, const struct typed *words, size_t n, bool spreadsheet, int64_t *rows)
{
    const char *path = importing_file(spreadsheet ? "spreadsheet.csv" : "machine.csv", "");
    int fd = open(path, O_WRONLY | O_TRUNC);
    struct err e = {0};
    assert_true(fd >= 0);
    if (!export_list(by, list_find(list), words, n, spreadsheet, fd, rows, &e))
        fail_msg("export: %s", e.text);
    close(fd);
    return path;
}

static void an_export_has_the_rows_and_order_of_the_list(void **state)
{
    (void)state;
    char ref[64];
    for (int i = 0; i < 5; i++)
        world_person(s, ref);
    int64_t rows, audit = importing_rows(s, "audit");
    const char *path = export(s, "person list", NULL, 0, false, &rows);
    assert_int_equal(rows, 5);
    assert_int_equal(importing_rows(s, "audit"), audit + 1);
    assert_string_equal(importing_ask(s, "SELECT ref FROM audit WHERE effect = 'exported'"), "person list");

    json_t *list = world_list(s, "person list");
    struct err e;
    struct csv_row row;
    struct csv_reader *csv = csv_open(path, &csv_import_limits, &e);
    const struct list *l = list_find("person list");
    assert_int_equal(csv_header(csv)->count, l->columns_count);
    for (size_t c = 0; c < l->columns_count; c++)
        assert_string_equal(csv_header(csv)->fields[c], l->columns[c].key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        assert_int_equal(csv_next(csv, &row, &e), CSV_ROW);
        for (size_t c = 0; c < l->columns_count; c++)
            assert_string_equal(row.fields[c], json_string_value(json_object_get(json_array_get(list, i), l->columns[c].key)));
    }
    assert_int_equal(csv_next(csv, &row, &e), CSV_END);
    csv_close(csv);
    json_decref(list);
}

static void filters_choose_what_goes(void **state)
{
    (void)state;
    char ref[64];
    world_person(s, ref);
    world_must(s, "person add given_name=Else family_name=Where neighbourhood=broughton", NULL);
    int64_t rows;
    export(s, "person list", (struct typed[]){{"neighbourhood", "broughton"}}, 1, false, &rows);
    assert_int_equal(rows, 1);
}

static void a_rep_gets_no_names(void **state)
{
    (void)state;
    char ref[64], text[4096];
    world_person(s, ref);
    struct session *rep = world_as("rep");
    int64_t rows = 0;
    const char *path = export(rep, "referral list", NULL, 0, false, &rows);
    world_referral(s, ref, text);
    path = export(rep, "referral list", NULL, 0, false, &rows);
    assert_int_equal(rows, 1);
    FILE *f = fopen(path, "rb");
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    assert_null(strstr(text, "Quillfeather"));
    assert_non_null(strstr(text, "•••"));
    world_close(rep);
}

/* Names and numbers that spreadsheets and CSV readers trip over, out and back in. The blanks that guard a telephone number in
 * a spreadsheet stay, so there it is the digits that must be the same. */
static void what_goes_out_comes_back_with_every_value(void **state)
{
    (void)state;
    static const char *const people[] = {
        "given_name='=SUM(A1)' family_name=Plus phone='+44 161 496 0101' postcode='M27 4AA' nhs_number=9990000018 date_of_birth=1970-02-28",
        "given_name='\"Quote\", comma; semi' family_name='O-Minus' phone=07700900101 nhs_number=9990000026 contact_method=no_telephone",
        "given_name='@At' family_name='-Dash' phone='07700 900102' neighbourhood=swinton gp_practice=P87001",
        "given_name='Zoë' family_name='Ångström' phone='0161 496 0101 ext 5' postcode='ZZ99 3VZ' date_of_birth=2004-02-29",
    };
    static const char map[] = "scheme exported\nfield person_key = person\nfield preferred_name = name\n"
                              "default given_name = Was\ndefault family_name = Exported\n";
    static const char values[] =
        "SELECT coalesce(date_of_birth, '-') || '|' || coalesce(nhs_number, '-') || '|' || coalesce(%s, '-') || '|' || coalesce(postcode, '-') || '|' || "
        "coalesce(neighbourhood, '-') || '|' || coalesce(gp_practice, '-') || '|' || coalesce(contact_method, '-') FROM person WHERE replace(phone, ' ', '') LIKE '%s%%'";
    static const char *const phones[] = {"+44", "07700900101", "07700900102", "0161"};
    char line[512], before[4][512], names[4][128];
    for (int profile = 0; profile < 2; profile++) {
        for (int i = 0; i < 4; i++) {
            snprintf(line, sizeof line, "person add %s", people[i]);
            world_must(s, line, NULL);
            snprintf(line, sizeof line, values, profile ? "replace(phone, ' ', '')" : "phone", phones[i]);
            snprintf(before[i], sizeof before[i], "%s", importing_ask(s, line));
            snprintf(line, sizeof line, "SELECT given_name || ' ' || family_name FROM person WHERE replace(phone, ' ', '') LIKE '%s%%'", phones[i]);
            snprintf(names[i], sizeof names[i], "%s", importing_ask(s, line));
        }
        int64_t rows;
        const char *path = export(s, "person list", NULL, 0, profile == 1, &rows);
        world_close(s);
        s = world_open();
        json_t *r = importing_must(s, "people", path, importing_file("back.map", map));
        if (importing_count(r, "added") != 4)
            fail_msg("%s", json_dumps(r, 0));
        json_decref(r);
        for (int i = 0; i < 4; i++) {
            snprintf(line, sizeof line, values, profile ? "replace(phone, ' ', '')" : "phone", phones[i]);
            assert_string_equal(importing_ask(s, line), before[i]);
            snprintf(line, sizeof line, "SELECT preferred_name FROM person WHERE replace(phone, ' ', '') LIKE '%s%%'", phones[i]);
            assert_string_equal(importing_ask(s, line), names[i]);
        }
        world_close(s);
        s = world_open();
    }
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    char ref[64];
    world_person(s, ref);
    struct err e = {0};
    int64_t rows = 0;
    int fd = open("/dev/full", O_WRONLY);
    if (fd < 0)
        skip();
    assert_false(export_list(s, list_find("person list"), NULL, 0, true, fd, &rows, &e));
    assert_int_equal(e.code, ERR_STORE);
    close(fd);
}

/* Exports some rows into a file and gives its text; NULL where it was refused. */
static const char *rows_of(const char *list, const struct typed *words, size_t n, const char *const *names, size_t n_names, int64_t *rows,
                           char text[8192])
{
    const char *path = importing_file("some.csv", "");
    int fd = open(path, O_WRONLY | O_TRUNC);
    struct err e = {0};
    assert_true(fd >= 0);
    bool ok = export_rows(s, list_find(list), words, n, names, n_names, false, fd, rows, &e);
    close(fd);
    FILE *f = fopen(path, "rb");
    text[fread(text, 1, 8191, f)] = '\0';
    fclose(f);
    return ok ? text : NULL;
}

static void chosen_rows_go_in_the_order_of_the_choice(void **state)
{
    (void)state;
    char ref[4][64], text[8192], whole[8192];
    int64_t rows;
    for (int i = 0; i < 4; i++)
        world_person(s, ref[i]);
    const char *const chosen[] = {ref[2], ref[0], "PE-2222-2222", ref[3]};
    const struct typed here = {"neighbourhood", "swinton"};
    char line[128];
    snprintf(line, sizeof line, "person edit %s neighbourhood=broughton", ref[3]);
    world_must(s, line, NULL);
    int64_t audit = importing_rows(s, "audit");
    assert_non_null(rows_of("person list", &here, 1, chosen, 4, &rows, text));
    assert_int_equal(rows, 2); /* one has moved away and one never was */
    assert_int_equal(importing_rows(s, "audit"), audit + 1);
    assert_string_equal(importing_ask(s, "SELECT ref FROM audit WHERE effect = 'exported'"), "person list");
    const char *first = strstr(text, ref[2]), *second = strstr(text, ref[0]);
    assert_true(first && second && first < second);
    assert_null(strstr(text, ref[1]));
    assert_null(strstr(text, ref[3]));

    const char *const all[] = {ref[3], ref[2], ref[1], ref[0]};
    assert_non_null(rows_of("person list", NULL, 0, all, 4, &rows, text));
    const char *path = export(s, "person list", NULL, 0, false, &rows);
    FILE *f = fopen(path, "rb");
    whole[fread(whole, 1, sizeof whole - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(text, whole);
    assert_null(rows_of("person list", NULL, 0, NULL, 0, &rows, text));
}

struct gathered {
    struct buf names[32];
    size_t n;
};
static bool gather_name(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct gathered *g = ctx;
    (void)e;
    list_row_name(l, cells, &g->names[g->n++]);
    return true;
}

/* Lines of the worklist have no reference of their own. */
static void lines_of_the_worklist_are_chosen_by_what_they_say(void **state)
{
    (void)state;
    char person[64], referral[64], text[8192];
    for (int i = 0; i < 2; i++) {
        world_person(s, person);
        world_referral(s, person, referral);
        char line[256];
        for (int twice = 0; twice < 2; twice++) {
            snprintf(line, sizeof line, "flag %s message='Ring the council' due=2026-11-20", referral);
            world_must(s, line, NULL);
        }
    }
    struct gathered g = {.n = 0};
    struct err e = {0};
    struct list_run r = {.row = gather_name, .ctx = &g};
    assert_true(list_call(s, list_find("worklist"), NULL, 0, "screen", &r, &e));
    assert_true(g.n >= 4);
    const char *turned[32];
    for (size_t i = 0; i < g.n; i++)
        turned[i] = buf_text(&g.names[g.n - 1 - i]);
    int64_t rows;
    assert_non_null(rows_of("worklist", NULL, 0, turned, g.n, &rows, text));
    assert_int_equal(rows, g.n);
    assert_non_null(strstr(text, "Ring the council"));
    assert_non_null(rows_of("worklist", NULL, 0, turned, 1, &rows, text));
    assert_int_equal(rows, 1);
    for (size_t i = 0; i < g.n; i++)
        buf_free(&g.names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(an_export_has_the_rows_and_order_of_the_list),
        TEST(filters_choose_what_goes),
        TEST(a_rep_gets_no_names),
        TEST(what_goes_out_comes_back_with_every_value),
        TEST(a_full_disk_is_told),
        TEST(chosen_rows_go_in_the_order_of_the_choice),
        TEST(lines_of_the_worklist_are_chosen_by_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

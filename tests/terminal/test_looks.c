/* SPDX-License-Identifier: MIT
 *
 * What the desk does to a terminal: colours and doing without, ASCII alone,
 * names of any width, escapes in records, how few bytes a move is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "terminal/support/program.h"

static bool anything_coloured(void)
{
    for (int row = 0; row < 24; row++)
        for (int col = 0; col < 80; col++)
            if (emulator_look(e, row, col).coloured)
                return true;
    return false;
}

static void colours_are_there_and_can_be_done_without(void **state)
{
    (void)state;
    sit();
    assert_true(anything_coloured());
    sit_with(OPTIONS("--theme", "light"), NULL);
    assert_true(anything_coloured());
    sit_with(NULL, ENV("NO_COLOR="));
    assert_true(anything_coloured());
    sit_with(NULL, ENV("NO_COLOR=1"));
    assert_false(anything_coloured());
    sit_with(OPTIONS("--mono"), NULL);
    assert_false(anything_coloured());
    sit_with(NULL, ENV("TERM=vt100"));
    assert_false(anything_coloured());
}

static void only_ascii(void)
{
    size_t n;
    const char *bytes = emulator_bytes(e, &n);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)bytes[i] >= 0x80 || bytes[i] == 0x0E) /* nor the line characters of another set */
            fail_msg("byte %zu is %02x:\n%s", i, (unsigned char)bytes[i], emulator_text(e));
}

static void an_ascii_terminal_gets_ascii_alone(void **state)
{
    const struct {
        const char *const *options, *const *env;
        bool ascii;
    } cases[] = {
        {OPTIONS("--ascii"), NULL, true},
        {NULL, ENV("LC_ALL=C"), true},
        {NULL, ENV("LC_ALL", "LANG=C"), true},
        {NULL, ENV("LC_ALL"), true},
        {NULL, ENV("LC_ALL", "LANG=xx_XX.UTF-8"), false}, /* a locale that is not installed here */
        {NULL, ENV("LC_ALL=C.UTF-8"), false},
    };
    char line[400];
    (void)state;
    snprintf(line, sizeof line, "person edit %s family_name='\xC3\x85ngstr\xC3\xB6m-\xE6\x9D\x8E' given_name='Jos\xC3\xA9'", person);
    world_must(lead, line, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start(cases[i].options, cases[i].env, 24, 80);
        emulator_sync(e);
        keys("gc?<Esc>:");
        keys("<Esc>q<Esc>");
        emulator_has(e, cases[i].ascii ? "Jose Angstrom-" : "Jos\xC3\xA9 \xC3\x85ngstr\xC3\xB6m-\xE6\x9D\x8E");
        if (cases[i].ascii)
            only_ascii();
    }
}

static void names_of_any_width_leave_the_columns_where_they_are(void **state)
{
    static const char *const names[] = {
        "\xE6\x9D\x8E\xE5\xB0\x8F\xE9\xBE\x99",                         /* Chinese: two columns each */
        "e\xCC\x81" "e\xCC\x81" "e\xCC\x81",                               /* combining */
        "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF",                             /* Arabic */
        "\xE0\xA4\x95\xE0\xA4\xBE\xE0\xA4\xAE",                         /* Devanagari, with a spacing mark */
        "\xED\x95\x9C\xEA\xB8\x80",                                     /* Korean */
        "Z\xCC\x8D\xCC\x8E\xCC\x84\xCC\x85\xCC\xBF\xCC\x91" "algo",     /* more marks than a cell holds */
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char line[400], other[64], ref[64];
        world_person(lead, other);
        world_referral(lead, other, ref);
        snprintf(line, sizeof line, "person edit %s given_name='%s'", other, names[i]);
        world_must(lead, line, NULL);
    }
    sit();
    keys("gc");
    int head_row, name, state_col, row, col;
    emulator_find(e, "Name", &head_row, &name);
    emulator_find(e, "State", &head_row, &state_col);
    for (size_t i = 0; i < sizeof names / sizeof *names - 1; i++) {
        emulator_find(e, names[i], &row, &col);
        assert_int_equal(col, name);
    }
    for (row = head_row + 1; row <= head_row + 7; row++) {
        if (!text_starts(emulator_from(e, row, state_col - 1), " Working together"))
            fail_msg("row %d is out of its columns:\n%s", row, emulator_text(e));
    }
}

/* What is in the store may have come from anywhere; here a name is put there past every door of the engine. */
static void escapes_in_a_record_never_reach_the_terminal(void **state)
{
    static const char bad[] = "\033[31mRed\033]0;x\aQuill\033[2J\xC2\x9B" "5n\xE2\x80\xAE";
    sqlite3 *db;
    sqlite3_stmt *update;
    (void)state;
    assert_int_equal(sqlite3_open(world_url() + (text_starts(world_url(), "sqlite:") ? 7 : 0), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "UPDATE person SET given_name = ?", -1, &update, NULL), SQLITE_OK);
    sqlite3_bind_text(update, 1, bad, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(update), SQLITE_DONE);
    sqlite3_finalize(update);
    sqlite3_close(db);
    sit();
    emulator_forget(e);
    keys("gc");
    emulator_has(e, "[31mRed"); /* behind a sign for the escape */
    size_t n;
    const char *bytes = emulator_bytes(e, &n);
    assert_null(memmem(bytes, n, "\033[31mR", 6));
    assert_null(memmem(bytes, n, "\033[2J", 4));
    assert_null(memmem(bytes, n, "\033]0;", 4));
    assert_null(memmem(bytes, n, "\xC2\x9B", 2));
    assert_null(memmem(bytes, n, "\xE2\x80\xAE", 3));
}

static void a_cursor_move_sends_few_bytes(void **state)
{
    size_t n;
    (void)state;
    more_people(5);
    sit();
    keys("gc");
    emulator_forget(e);
    keys("j");
    emulator_bytes(e, &n);
    assert_true(n < 400);
    print_message("# a cursor move sends %zu bytes\n", n);
}

int main(void)
{
    if (!find_program())
        return 1;
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(colours_are_there_and_can_be_done_without),
        TEST(an_ascii_terminal_gets_ascii_alone),
        TEST(names_of_any_width_leave_the_columns_where_they_are),
        TEST(escapes_in_a_record_never_reach_the_terminal),
        TEST(a_cursor_move_sends_few_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

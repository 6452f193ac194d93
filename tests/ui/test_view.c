/* SPDX-License-Identifier: MIT
 *
 * Views with their rows by hand, and what any view looks like: words that limit
 * and search, order, what is kept when rows are put in anew, frames of any size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/viewing.h"

/* ---- limit and search by words */

static void words_must_each_begin_a_word_of_what_is_shown(void **state)
{
    (void)state;
    static const struct {
        const char *limit;
        const char *keys; /* of the rows shown */
    } table[] = {
        {"", "abcd"},     {"ann", "ab"},    {"ANN angs", "a"},  {"ångström", "a"}, {"nna", ""},       {"!ann", "cd"},   {"!ann !zo", "c"},
        {"secret", ""},   {"o'brien", "b"}, {"obrien", "b"},    {"  ", "abcd"},    {"!", "abcd"},     {"'ann o'", "b"}, {"key=value", ""},
        {"李", "d"},      {"zoe ann", ""},  {"41", "a"},
    };
    static const struct view_column columns[] = {{.key = "id", .width = 0}, {.key = "name", .width = 20}, {.key = "hidden", .width = 0},
                                                 {.key = "age", .width = 3}};
    struct view *v = view_by_hand(COLUMNS(columns));
    view_add(v, (const char *const[]){"a", "Ann Ångström", "secret", "41"});
    view_add(v, (const char *const[]){"b", "Anna O’Brien", "secret", "7"});
    view_add(v, (const char *const[]){"c", "Bob", NULL, ""});
    view_add(v, (const char *const[]){"d", "Zoë 李", "", ""});
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char keys[12] = "";
        must_limit(v, table[i].limit);
        for (size_t r = 0; r < view_rows(v); r++)
            strcat(keys, view_key_at(v, r));
        if (strcmp(keys, table[i].keys) != 0)
            fail_msg("\"%s\" shows \"%s\"", table[i].limit, keys);
    }
    view_free(v);
}

static void a_search_goes_round_in_what_is_held_and_ignores_case_and_marks(void **state)
{
    (void)state;
    static const struct view_column columns[] = {{.key = "id", .width = 0}, {.key = "name", .width = 20}};
    struct view *v = view_by_hand(COLUMNS(columns));
    assert_false(view_search(v, "ann", false));
    view_add(v, (const char *const[]){"a", "Ann"});
    view_add(v, (const char *const[]){"b", "Zoë"});
    view_add(v, (const char *const[]){"c", "HANNAH"});
    assert_true(view_search(v, "ann", false));
    assert_string_equal(view_key(v), "c");
    assert_true(view_search(v, "ann", false));
    assert_string_equal(view_key(v), "a");
    assert_true(view_search(v, "ann", true));
    assert_string_equal(view_key(v), "c");
    assert_true(view_search(v, "zoe", true));
    assert_string_equal(view_key(v), "b");
    assert_true(view_search(v, "zoe", true)); /* the only one: found where it is */
    assert_string_equal(view_key(v), "b");
    assert_false(view_search(v, "nobody", false));
    assert_false(view_search(v, "", false));
    assert_false(view_search(v, "...", false));
    assert_string_equal(view_key(v), "b");
    view_free(v);
}

/* ---- order */

static void in_order(struct view *v, const char *keys)
{
    char got[32] = "";
    for (size_t i = 0; i < view_rows(v); i++)
        strcat(got, view_key_at(v, i));
    assert_string_equal(got, keys);
}

static void columns_by_hand_sort_as_numbers_days_or_words_the_empty_last(void **state)
{
    (void)state;
    static const struct view_column columns[] = {{.key = "id", .width = 0}, {.key = "n", .label = "Count", .width = 5},
                                                 {.key = "day", .label = "Day", .width = 11}, {.key = "word", .width = 9}};
    struct view *v = view_by_hand(COLUMNS(columns));
    view_add(v, (const char *const[]){"a", "10", "1 Dec 2025", "éclair"});
    view_add(v, (const char *const[]){"b", "9", "23 Nov 2026", "Zoo"});
    view_add(v, (const char *const[]){"c", "", "", ""});
    view_add(v, (const char *const[]){"d", "9", "3 Jan 2026", "apple"});
    must_sort(v, "n", false);
    in_order(v, "bdac");
    assert_string_equal(view_sorted_by(v), "Count");
    must_sort(v, "n", true);
    in_order(v, "abdc");
    assert_string_equal(view_sorted_by(v), "Count, reversed");
    must_sort(v, "day", false);
    in_order(v, "adbc");
    must_sort(v, "word", false);
    in_order(v, "dabc");
    assert_string_equal(view_sorted_by(v), "word");
    struct err e = {0};
    assert_false(view_sort_by(v, "nothing", false, &e));
    assert_int_equal(e.code, ERR_INVALID);
    view_free(v);
}

static void sorting_goes_through_the_shown_columns_and_back_to_the_lists_own_order(void **state)
{
    (void)state;
    static const struct view_column columns[] = {{.key = "id", .width = 0}, {.key = "x", .width = 5}, {.key = "y", .width = 5}};
    struct view *v = view_by_hand(COLUMNS(columns));
    struct err e = {0};
    view_add(v, (const char *const[]){"a", "2", "1"});
    view_add(v, (const char *const[]){"b", "1", "2"});
    view_add(v, (const char *const[]){"c", "3", "3"});
    assert_true(view_select(v, "b"));
    must_do(view_sort(v, true, &e), &e);
    in_order(v, "cba");
    assert_true(*view_sorted_by(v));
    must_do(view_sort(v, true, &e), &e);
    must_do(view_sort(v, false, &e), &e);
    in_order(v, "bac");
    must_do(view_sort(v, true, &e), &e);
    in_order(v, "cab");
    assert_string_equal(view_key(v), "b");
    must_do(view_sort(v, false, &e), &e);
    in_order(v, "abc");
    assert_string_equal(view_sorted_by(v), "y");
    must_do(view_sort(v, false, &e), &e);
    in_order(v, "abc");
    assert_string_equal(view_sorted_by(v), "");
    view_free(v);
}

/* ---- rows by hand */

static void rows_put_in_anew_keep_what_was_selected_and_its_line(void **state)
{
    (void)state;
    static const struct view_column columns[] = {{.key = "id", .width = 4}};
    struct view *v = view_by_hand(COLUMNS(columns));
    char id[12];
    const char *text = id;
    for (int i = 0; i < 60; i++) {
        snprintf(id, sizeof id, "%d", i);
        view_add(v, &text);
    }
    must_move(v, 30);
    int line = selected_line(v, 10);
    view_clear(v);
    assert_null(view_key(v));
    for (int i = 10; i < 60; i++) { /* ten are gone above */
        snprintf(id, sizeof id, "%d", i);
        view_add(v, &text);
    }
    assert_string_equal(view_key(v), "30");
    assert_int_equal(selected_line(v, 10), line);
    view_clear(v);
    for (int i = 10; i < 60; i++) { /* and the selected one: the next is in its place */
        snprintf(id, sizeof id, "%d", i == 30 ? 99 : i);
        view_add(v, &text);
    }
    assert_string_equal(view_key(v), "99");
    view_clear(v);
    snprintf(id, sizeof id, "%d", 5);
    view_add(v, &text);
    assert_string_equal(view_key(v), "5");
    assert_int_equal(view_total(v), 1);
    view_free(v);
}

static void the_key_may_be_several_columns(void **state)
{
    (void)state;
    static const struct view_column columns[] = {{.key = "set", .width = 4}, {.key = "code", .width = 4}};
    struct view *v = view_by_hand(COLUMNS(columns));
    view_set_key(v, (const char *const[]){"code", "set"}, 2);
    view_add(v, (const char *const[]){"need", "debt"});
    assert_string_equal(view_key(v), "debt/need");
    view_free(v);
    v = must_view("code list", (const struct view_column[]){{.key = "code", .width = 10}}, 1); /* whose first column is shared */
    for (size_t i = 0; i < view_rows(v); i++) {
        assert_true(view_select(v, view_key_at(v, i)));
        assert_int_equal(view_selected(v), i);
    }
    view_free(v);
}

/* ---- what is shown */

static void cells_are_shown_in_words_and_given_as_the_engine_says_them(void **state)
{
    (void)state;
    static const struct view_column narrow[] = {{.key = "received_on", .label = "Received", .width = 7}, {.key = "neighbourhood", .width = 20},
                                                {.key = "state", .width = 20}};
    struct view *v = view_new(viewer, "referral list", COLUMNS(narrow));
    view_where(v, "state", "received");
    must_load(v);
    struct canvas c = view_frame(v, 3, 60, false);
    frame_row_is(&c, 0, "  Receiv…  Neighbourhood         State");
    frame_row_is(&c, 1, "> 23 Nov   Swinton               Waiting for triage");
    canvas_free(&c);
    assert_string_equal(view_cell(v, "received_on"), "2026-11-23");
    assert_string_equal(view_cell(v, "neighbourhood"), "swinton");
    assert_string_equal(view_cell(v, "state"), "received");
    assert_string_equal(view_cell(v, "no_such_column"), "");
    view_free(v);
}

static void an_instant_is_shown_in_uk_time_as_long_as_there_is_room(void **state)
{
    (void)state;
    static const struct {
        int width;
        const char *text;
    } table[] = {{17, "> 1 Jul 2027 10:30"}, {16, "> 1 Jul 2027"}, {11, "> 1 Jul 2027"}, {8, "> 1 Jul"}};
    int64_t now = world_clock();
    world_now(INT64_C(1814434200000)); /* 2027-07-01T09:30:00Z */
    world_must(viewer, "organisation add code=for-the-audit name='For the audit'", NULL);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct view *v = must_view("audit", &(struct view_column){.key = "at", .width = table[i].width}, 1);
        struct canvas c = view_frame(v, 2, 40, false);
        frame_row_is(&c, 1, table[i].text);
        canvas_free(&c);
        view_free(v);
    }
    world_now(now);
}

static void what_is_masked_is_shown_masked(void **state)
{
    (void)state;
    struct session *rep = world_as("rep");
    struct view *v = view_new(rep, "referral list", COLUMNS(case_columns));
    struct err e = {0};
    must_do(view_load(v, &e), &e);
    struct canvas c = view_frame(v, 3, 80, false);
    assert_true(frame_row_has(&c, 1, "•••"));
    assert_false(frame_row_has(&c, 1, "Quillfeather"));
    canvas_free(&c);
    view_free(v);
    world_close(rep);
}

static void wide_and_hostile_names_stay_in_their_column(void **state)
{
    (void)state;
    static const struct view_column columns[] = {{.key = "name", .label = "Name", .width = 6}, {.key = "town", .label = "Town", .width = 5}};
    static const struct {
        const char *name, *row;
    } table[] = {
        {"Ann", "> Ann     Hull"},          {"李小龍王", "> 李小…   Hull"},      {"e\xcc\x81" "tude", "> e\xcc\x81" "tude   Hull"},
        {"Abcdefgh", "> Abcde…  Hull"},     {"\033[2J", "> ␛[2J    Hull"},       {"", ">         Hull"},
        {"a\nb", "> a⏎b     Hull"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct view *v = view_by_hand(COLUMNS(columns));
        view_add(v, (const char *const[]){table[i].name, "Hull"});
        struct canvas c = view_frame(v, 2, 20, false);
        frame_row_is(&c, 1, table[i].row);
        canvas_free(&c);
        view_free(v);
    }
    (void)state;
}

static const char *decade(const struct view *v, size_t row)
{
    const char *born = view_cell_at(v, row, "id");
    return born[0] == '1' ? "Ones" : born[0] == '2' ? "Twos" : "Others";
}

static struct view *numbers(int n, bool headings)
{
    static const struct view_column columns[] = {{.key = "id", .label = "Number", .width = 6}, {.key = "words", .label = "Words", .width = 8, .grows = true},
                                                 {.key = "more", .label = "More", .width = 4, .last = true}};
    struct view *v = view_by_hand(COLUMNS(columns));
    if (headings)
        view_set_heading(v, decade);
    for (int i = 10; i < 10 + n; i++) {
        char id[12];
        snprintf(id, sizeof id, "%d", i);
        view_add(v, (const char *const[]){id, "text", "m"});
    }
    return v;
}

static void the_selected_and_the_tagged_row_are_marked(void **state)
{
    (void)state;
    struct view *v = numbers(3, false);
    must_tag(v);
    struct canvas c = view_frame(v, 5, 40, false);
    frame_row_is(&c, 0, "  Number  Words");
    frame_row_is(&c, 1, " *10      text");
    frame_row_is(&c, 2, "> 11      text");
    frame_row_is(&c, 3, "  12      text");
    frame_row_is(&c, 4, "");
    assert_int_equal(c.cursor_row, 2);
    assert_int_equal(c.cursor_col, 2);
    canvas_free(&c);
    c = view_frame(v, 5, 100, false);
    assert_true(frame_row_has(&c, 0, "More"));
    canvas_free(&c);
    view_free(v);
}

static void a_heading_stands_above_each_run_of_rows_in_the_lists_own_order(void **state)
{
    (void)state;
    struct view *v = numbers(12, true);
    must_move(v, 9);
    struct canvas c = view_frame(v, 16, 40, false);
    frame_row_is(&c, 1, "Ones");
    frame_row_is(&c, 2, "  10      text");
    frame_row_is(&c, 12, "Twos");
    frame_row_is(&c, 13, "  20      text");
    canvas_free(&c);
    must_sort(v, "id", true);
    c = view_frame(v, 16, 40, false);
    frame_row_is(&c, 1, "  21      text");
    canvas_free(&c);
    view_free(v);
}

static void a_line_a_row_for_screen_readers(void **state)
{
    (void)state;
    struct view *v = numbers(2, true);
    view_add(v, (const char *const[]){"30", "", "x"});
    must_tag(v);
    struct canvas c = view_frame(v, 6, 120, true);
    frame_row_is(&c, 0, "Ones");
    frame_row_is(&c, 1, "  tagged, 10, text, m");
    frame_row_is(&c, 2, "> 11, text, m");
    frame_row_is(&c, 3, "Others");
    frame_row_is(&c, 4, "  30, x");
    assert_int_equal(c.cursor_row, 2);
    assert_int_equal(c.cursor_col, 0);
    canvas_free(&c);
    view_free(v);
    v = must_view("referral list", COLUMNS(case_columns)); /* what speaks for itself is told without its column's name */
    c = view_frame(v, 2, 120, true);
    assert_true(frame_row_has(&c, 0, ", Received 23 Nov 2026, Needs 0"));
    assert_false(frame_row_has(&c, 0, "Name"));
    canvas_free(&c);
    view_free(v);
}

static void an_empty_view_says_what_would_fill_it(void **state)
{
    (void)state;
    struct view *v = view_new(viewer, "referral list", COLUMNS(case_columns));
    view_set_empty(v, "Nobody is waiting.");
    view_where(v, "state", "paused");
    must_load(v);
    struct canvas c = view_frame(v, 4, 60, false);
    frame_row_is(&c, 1, "  Nobody is waiting.");
    assert_int_equal(c.cursor_row, 1);
    canvas_free(&c);
    must_limit(v, "someone");
    c = view_frame(v, 4, 80, false);
    assert_true(frame_row_has(&c, 1, "Esc shows all again"));
    canvas_free(&c);
    struct err e = {0};
    must_move(v, 1);
    must_do(view_page(v, 1, &e) && view_home(v, &e) && view_end(v, &e) && view_tag(v, &e), &e);
    assert_null(view_key(v));
    assert_string_equal(view_cell(v, "name"), "");
    view_free(v);
}

/* Whatever the size, the selected row is on the frame and the cursor on it; a few rows more are seen around it. */
static void every_size_shows_the_selected_row(void **state)
{
    (void)state;
    struct err e = {0};
    for (int headings = 0; headings < 2; headings++) {
        struct view *v = numbers(40, headings);
        for (int rows = 0; rows < 14; rows++)
            for (int cols = 0; cols < 30; cols += cols < 6 ? 1 : 8) {
                int at = (int)(viewing_chance() % 40);
                must_do(view_home(v, &e), &e);
                must_move(v, at);
                struct canvas c = view_frame(v, rows, cols, false);
                char text[12];
                snprintf(text, sizeof text, "%d", 10 + at);
                if (rows && cols > 3)
                    assert_true(frame_row_has(&c, c.cursor_row, text));
                if (rows && cols)
                    assert_true(frame_row_has(&c, c.cursor_row, ">"));
                canvas_free(&c);
            }
        view_free(v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_must_each_begin_a_word_of_what_is_shown),
        cmocka_unit_test(a_search_goes_round_in_what_is_held_and_ignores_case_and_marks),
        cmocka_unit_test(columns_by_hand_sort_as_numbers_days_or_words_the_empty_last),
        cmocka_unit_test(sorting_goes_through_the_shown_columns_and_back_to_the_lists_own_order),
        cmocka_unit_test(rows_put_in_anew_keep_what_was_selected_and_its_line),
        cmocka_unit_test(the_key_may_be_several_columns),
        cmocka_unit_test(cells_are_shown_in_words_and_given_as_the_engine_says_them),
        cmocka_unit_test(an_instant_is_shown_in_uk_time_as_long_as_there_is_room),
        cmocka_unit_test(what_is_masked_is_shown_masked),
        cmocka_unit_test(wide_and_hostile_names_stay_in_their_column),
        cmocka_unit_test(the_selected_and_the_tagged_row_are_marked),
        cmocka_unit_test(a_heading_stands_above_each_run_of_rows_in_the_lists_own_order),
        cmocka_unit_test(a_line_a_row_for_screen_readers),
        cmocka_unit_test(an_empty_view_says_what_would_fill_it),
        cmocka_unit_test(every_size_shows_the_selected_row),
    };
    return cmocka_run_group_tests(tests, viewing_begin, viewing_end);
}

/* SPDX-License-Identifier: MIT
 *
 * Views over lists of the engine: the window that goes along with the selection
 * shows what the plain list has, the selection stays with its row whatever
 * comes and goes, and a limit or an order never shows half of the rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/viewing.h"

static const struct view_column audit[] = {{.key = "at", .label = "When", .width = 17}, {.key = "verb", .label = "What", .width = 22}};

/* ---- windows */

static long clamp(long at)
{
    return at < 0 ? 0 : at >= plain.n ? plain.n - 1 : at;
}

static void moving_at_random_shows_the_plain_list(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    struct err e = {0};
    plain_read("person list", NULL, 0);
    assert_true(plain.n >= PEOPLE);
    long at = 0;
    for (int i = 0; i < 600; i++) {
        struct canvas c = view_frame(v, 23, 80, false);
        canvas_free(&c);
        long by = (long)(viewing_chance() % 400) - 200;
        switch (viewing_chance() % 9) {
        case 0:
            must_do(view_home(v, &e), &e);
            at = 0;
            break;
        case 1:
            must_do(view_end(v, &e), &e);
            at = plain.n - 1;
            break;
        case 2:
            must_load(v);
            break;
        case 3:
        case 4:
            must_do(view_page(v, by > 0 ? 1 : -1, &e), &e);
            at = clamp(at + (by > 0 ? 21 : -21));
            break;
        case 5:
            must_move(v, by);
            at = clamp(at + by);
            break;
        default:
            must_move(v, by / 50);
            at = clamp(at + by / 50);
        }
        window_is_right(v, at);
    }
    view_free(v);
}

static void the_first_page_is_all_that_is_read_at_first(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    plain_read("person list", NULL, 0);
    assert_int_equal(view_rows(v), 40);
    assert_int_equal(view_total(v), plain.n);
    assert_int_equal(view_selected(v), 0);
    view_free(v);
}

static void a_tall_window_is_filled_once_it_is_known_to_be_tall(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    struct err e = {0};
    struct canvas c = view_frame(v, 91, 120, false);
    canvas_free(&c);
    assert_true(view_is_short(v));
    must_do(view_fill(v, &e), &e);
    assert_false(view_is_short(v));
    assert_true(view_rows(v) >= 90);
    assert_int_equal(view_selected(v), 0);
    view_free(v);
}

static void a_page_down_shows_the_rows_below_without_a_gap(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    struct err e = {0};
    plain_read("person list", NULL, 0);
    for (long top = 0; top + 2 * 21 < plain.n; top += 21) {
        struct canvas c = view_frame(v, 23, 120, false);
        for (int i = 0; top > 0 && i < 22; i++) /* the selected row has two above it, but for the first page */
            assert_true(frame_row_has(&c, 1 + i, plain.names[top - 2 + i]));
        canvas_free(&c);
        must_do(view_page(v, 1, &e), &e);
    }
    view_free(v);
}

static void new_rows_above_leave_the_selected_row_on_its_line(void **state)
{
    (void)state;
    struct view *v = must_view("referral list", COLUMNS(case_columns));
    char person[64], ref[64], key[64];
    must_move(v, 40);
    int line = selected_line(v, 24);
    text_put(key, sizeof key, view_key(v));
    for (int i = 0; i < 3; i++) {
        world_person(viewer, person);
        episode_received(viewer, person, ref);
    }
    must_load(v);
    assert_string_equal(view_key(v), key);
    assert_int_equal(selected_line(v, 24), line);
    plain_read("referral list", NULL, 0);
    window_is_right(v, plain_place(key));
    view_free(v);
}

/* More rows than a page come above: the selected one is no longer near the start, and still selected. */
static void the_selected_row_is_found_again_wherever_it_is(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    plain_read("person list", NULL, 0);
    must_move(v, plain.n - 30);
    must_load(v);
    must_load(v);
    window_is_right(v, plain.n - 30);
    view_free(v);
}

static void where_the_selected_row_is_gone_the_next_one_is_selected(void **state)
{
    (void)state;
    struct view *v = view_new(viewer, "referral list", COLUMNS(case_columns));
    char gone[64], next[64];
    view_where(v, "state", "received");
    must_load(v);
    must_move(v, 9);
    int line = selected_line(v, 24);
    text_put(gone, sizeof gone, view_key(v));
    text_put(next, sizeof next, view_key_at(v, 10));
    world_must(viewer, LINE("referral decline %s note='Lives elsewhere'", gone), NULL);
    must_load(v);
    assert_string_equal(view_key(v), next);
    assert_int_equal(selected_line(v, 24), line);
    view_free(v);
}

/* A record that was taken out of the store altogether is no place any more to read on from. */
static void a_row_taken_out_of_the_store_is_no_obstacle(void **state)
{
    (void)state;
    static const struct {
        int newer;           /* rows above it: the first page ends with it, or not */
        long first, by, at; /* moves, and where that leads */
    } table[] = {{39, 0, 200, 200}, {39, 39, 1, 40}, {39, 39, -5, 34}, {0, 0, 0, 0}, {39, 39, 0, 39}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char person[64], ref[64], other[64];
        world_person(viewer, person);
        world_must(viewer, LINE("referral start %s source=gp_practice reason='By mistake' safeguarding=none", person), ref);
        for (int n = 0; n < table[i].newer; n++) {
            world_person(viewer, person);
            episode_received(viewer, person, other);
        }
        struct view *v = must_view("referral list", COLUMNS(case_columns));
        assert_string_equal(view_key_at(v, (size_t)table[i].newer), ref);
        assert_true(view_select(v, view_key_at(v, (size_t)table[i].first)));
        world_must(viewer, LINE("referral discard %s", ref), NULL);
        plain_read("referral list", NULL, 0);
        if (table[i].by > 0)
            must_move(v, table[i].by);
        must_load(v);
        if (table[i].by < 0)
            must_move(v, table[i].by);
        window_is_right(v, table[i].at);
        view_free(v);
    }
}

/* ---- filters, limits */

static void another_filter_of_the_screen_begins_at_the_top(void **state)
{
    (void)state;
    struct view *v = view_new(viewer, "referral list", COLUMNS(case_columns));
    view_where(v, "open", "yes");
    must_load(v);
    must_move(v, 30);
    view_where(v, "open", "yes");
    must_load(v);
    assert_int_equal(view_selected(v), 30);
    view_where(v, "state", "received");
    must_load(v);
    assert_int_equal(view_selected(v), 0);
    view_where(v, "state", NULL);
    view_where(v, "open", NULL);
    view_where(v, "open", NULL);
    must_load(v);
    plain_read("referral list", NULL, 0);
    assert_string_equal(view_key(v), plain.names[0]);
    assert_int_equal(view_total(v), plain.n);
    view_free(v);
}

static void a_limit_by_a_filter_is_a_query_of_the_list(void **state)
{
    (void)state;
    static const char *const texts[] = {"state=received", " State='received' ", "state=\"received\""};
    struct view *v = must_view("referral list", COLUMNS(case_columns));
    plain_read("referral list", &(struct typed){"state", "received"}, 1);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        must_limit(v, "");
        must_limit(v, texts[i]);
        assert_string_equal(view_key(v), plain.names[0]);
        assert_int_equal(view_total(v), plain.n);
    }
    struct typed words[4];
    assert_int_equal(view_words(v, words, 4), 1);
    assert_string_equal(words[0].key, "state");
    assert_string_equal(words[0].value, "received");
    view_free(v);
}

static void a_limit_goes_before_the_screens_own_filter(void **state)
{
    (void)state;
    struct view *v = view_new(viewer, "referral list", COLUMNS(case_columns));
    view_where(v, "state", "paused");
    must_load(v);
    assert_int_equal(view_rows(v), 0);
    assert_null(view_key(v));
    must_limit(v, "state=received");
    assert_true(view_rows(v) > 0);
    must_limit(v, "");
    assert_int_equal(view_rows(v), 0);
    view_free(v);
}

static void a_limit_that_is_wrong_leaves_the_rows_and_the_old_limit(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } table[] = {
        {"state=nonsense", "state: nonsense"},
        {"colour=blue", "colour"},
        {"quiet=often", "quiet"},
        {"worker=nobody", "nobody"},
    };
    struct view *v = must_view("referral list", COLUMNS(case_columns));
    must_limit(v, "state=received");
    must_move(v, 20);
    char key[64];
    text_put(key, sizeof key, view_key(v));
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct err e = {0};
        size_t rows = view_rows(v);
        assert_false(view_limit(v, table[i].text, &e));
        if (!strstr(e.text, table[i].says))
            fail_msg("%s: %s", table[i].text, e.text);
        assert_string_equal(view_limit_text(v), "state=received");
        assert_string_equal(view_key(v), key);
        assert_int_equal(view_rows(v), rows);
        must_load(v);
        assert_string_equal(view_key(v), key);
    }
    view_free(v);
}

static void the_selected_row_stays_selected_when_the_limit_is_taken_away(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    char key[64];
    must_limit(v, "thistlewood");
    assert_true(view_rows(v) > 3);
    must_move(v, 3);
    text_put(key, sizeof key, view_key(v));
    must_limit(v, "");
    assert_string_equal(view_key(v), key);
    plain_read("person list", NULL, 0);
    window_is_right(v, plain_place(key));
    must_limit(v, "thistlewood");
    assert_string_equal(view_key(v), key);
    must_limit(v, "quillfeather");
    assert_int_equal(view_selected(v), 0);
    view_free(v);
}

/* ---- order */

static void a_list_is_read_whole_to_be_sorted_and_stays_sorted(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    must_move(v, 5);
    char key[64], person[64];
    text_put(key, sizeof key, view_key(v));
    must_sort(v, "date_of_birth", false);
    plain_read("person list", NULL, 0);
    assert_int_equal(view_rows(v), plain.n);
    assert_string_equal(view_key(v), key);
    world_person(viewer, person);
    must_load(v);
    assert_int_equal(view_rows(v), plain.n + 1);
    assert_string_equal(view_key(v), key);
    for (size_t i = 1; i < view_rows(v); i++)
        assert_true(strcmp(view_cell_at(v, i - 1, "date_of_birth"), view_cell_at(v, i, "date_of_birth")) <= 0);
    view_free(v);
}

static void a_list_that_is_too_long_is_neither_sorted_nor_limited_by_words(void **state)
{
    (void)state;
    struct err e = {0};
    plain_read("person list", NULL, 0);
    const char *person = LINE("person show %s", plain.names[0]);
    for (int i = 0; i < VIEW_WHOLE; i++) /* each is a row of the audit */
        world_must(viewer, person, NULL);
    struct view *v = must_view("audit", COLUMNS(audit));
    plain_read("audit", NULL, 0);
    assert_true(plain.n > VIEW_WHOLE);
    must_move(v, 10);
    char key[64];
    text_put(key, sizeof key, view_key(v));
    static const char *const names[] = {"sort", "reverse", "limit", "tag all"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        err_clear(&e);
        bool ok = i == 0 ? view_sort(v, false, &e) : i == 1 ? view_sort(v, true, &e) : i == 2 ? view_limit(v, "person", &e) : view_tag_all(v, "", &e);
        assert_false(ok);
        assert_int_equal(e.code, ERR_REFUSED);
        assert_non_null(strstr(e.text, "limit them first"));
        assert_string_equal(view_key(v), key);
        assert_string_equal(view_limit_text(v), "");
        assert_string_equal(view_sorted_by(v), "");
        must_load(v);
        window_is_right(v, plain_place(key));
    }
    view_free(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moving_at_random_shows_the_plain_list),
        cmocka_unit_test(the_first_page_is_all_that_is_read_at_first),
        cmocka_unit_test(a_tall_window_is_filled_once_it_is_known_to_be_tall),
        cmocka_unit_test(a_page_down_shows_the_rows_below_without_a_gap),
        cmocka_unit_test(new_rows_above_leave_the_selected_row_on_its_line),
        cmocka_unit_test(the_selected_row_is_found_again_wherever_it_is),
        cmocka_unit_test(where_the_selected_row_is_gone_the_next_one_is_selected),
        cmocka_unit_test(a_row_taken_out_of_the_store_is_no_obstacle),
        cmocka_unit_test(another_filter_of_the_screen_begins_at_the_top),
        cmocka_unit_test(a_limit_by_a_filter_is_a_query_of_the_list),
        cmocka_unit_test(a_limit_goes_before_the_screens_own_filter),
        cmocka_unit_test(a_limit_that_is_wrong_leaves_the_rows_and_the_old_limit),
        cmocka_unit_test(the_selected_row_stays_selected_when_the_limit_is_taken_away),
        cmocka_unit_test(a_list_is_read_whole_to_be_sorted_and_stays_sorted),
        cmocka_unit_test(a_list_that_is_too_long_is_neither_sorted_nor_limited_by_words),
    };
    return cmocka_run_group_tests(tests, viewing_begin, viewing_end);
}

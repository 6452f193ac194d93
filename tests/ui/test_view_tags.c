/* SPDX-License-Identifier: MIT
 *
 * Tags of a view, which stay with their rows and never touch what is not shown,
 * and the rows an export writes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/viewing.h"

/* ---- tags */

static void tags_stay_with_their_rows_and_come_in_the_order_shown(void **state)
{
    (void)state;
    static const struct view_column columns[] = {{.key = "id", .width = 3}};
    static const char *const before[] = {"a", "b", "c", "d"}, *const after[] = {"x", "d", "b", "c"};
    struct view *v = view_by_hand(COLUMNS(columns));
    const char *keys[VIEW_TAGS];
    for (size_t i = 0; i < 4; i++)
        view_add(v, &before[i]);
    must_tag(v);
    must_tag(v);
    must_move(v, 1);
    must_tag(v);
    assert_int_equal(view_tags(v, NULL), 3);
    view_clear(v);
    for (size_t i = 0; i < 4; i++)
        view_add(v, &after[i]);
    assert_int_equal(view_tags(v, keys), 2); /* a is gone */
    assert_string_equal(keys[0], "d");
    assert_string_equal(keys[1], "b");
    assert_string_equal(view_tag_cell(v, 1, "id"), "b");
    assert_string_equal(view_tag_cell(v, 2, "id"), "");
    assert_true(view_select(v, "b"));
    must_tag(v);
    assert_int_equal(view_tags(v, keys), 1);
    assert_string_equal(view_key(v), "c");
    view_untag(v);
    assert_int_equal(view_tags(v, NULL), 0);
    view_free(v);
}

static void no_more_are_tagged_than_one_action_may_touch(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    struct err e = {0};
    assert_false(view_tag_all(v, "", &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_int_equal(view_tags(v, NULL), 0);
    for (int i = 0; i < VIEW_TAGS; i++)
        must_tag(v);
    assert_int_equal(view_tags(v, NULL), VIEW_TAGS);
    assert_false(view_tag(v, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_int_equal(view_tags(v, NULL), VIEW_TAGS);
    must_move(v, -1); /* one that is tagged can still be untagged, and another tagged instead */
    must_tag(v);
    must_move(v, 1);
    must_tag(v);
    assert_int_equal(view_tags(v, NULL), VIEW_TAGS);
    view_free(v);
}

static void tags_by_words_are_those_of_the_rows_shown(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    struct err e = {0};
    const char *keys[VIEW_TAGS];
    must_do(view_tag_all(v, "thistlewood amara", &e), &e);
    must_limit(v, "thistlewood amara");
    assert_true(view_rows(v) > 0);
    assert_int_equal(view_tags(v, keys), view_rows(v));
    for (size_t i = 0; i < view_rows(v); i++)
        assert_string_equal(keys[i], view_key_at(v, i));
    must_do(view_tag_all(v, "", &e), &e); /* again changes nothing */
    assert_int_equal(view_tags(v, NULL), view_rows(v));
    must_limit(v, "quillfeather"); /* what cannot be seen is not acted on */
    assert_int_equal(view_tags(v, NULL), 0);
    view_free(v);
}

/* The window of a long list leaves a tagged row behind; the tag and its cells stay, until the row is no longer listed. */
static void a_tag_is_kept_outside_the_window_until_its_row_leaves_the_list(void **state)
{
    (void)state;
    struct view *v = view_new(viewer, "referral list", COLUMNS(case_columns));
    struct err e = {0};
    const char *keys[VIEW_TAGS];
    char first[64], last[64];
    view_where(v, "state", "received");
    must_load(v);
    text_put(first, sizeof first, view_key(v));
    must_tag(v);
    must_do(view_end(v, &e), &e);
    text_put(last, sizeof last, view_key(v));
    must_tag(v);
    assert_false(view_select(v, first));
    assert_int_equal(view_tags(v, keys), 2);
    assert_string_equal(keys[0], first);
    assert_string_equal(keys[1], last);
    assert_string_equal(view_tag_cell(v, 0, "referral"), first);
    assert_string_equal(view_tag_cell(v, 0, "state"), "received");
    must_load(v);
    assert_int_equal(view_tags(v, NULL), 2);
    world_must(viewer, LINE("referral decline %s note='Lives elsewhere'", first), NULL);
    must_load(v);
    assert_int_equal(view_tags(v, keys), 1);
    assert_string_equal(keys[0], last);
    must_do(view_home(v, &e), &e);
    assert_int_equal(view_tags(v, NULL), 1);
    must_do(view_end(v, &e), &e);
    must_tag(v); /* the row is the tagged one again */
    assert_int_equal(view_tags(v, NULL), 0);
    view_free(v);
}

/* ---- export */

static void what_is_exported_is_what_is_shown_in_its_order(void **state)
{
    (void)state;
    struct view *v = must_view("person list", COLUMNS(people_columns));
    size_t n = 1;
    assert_null(view_shown_keys(v, &n)); /* the whole list goes */
    assert_int_equal(n, 0);
    must_sort(v, "date_of_birth", true);
    const char **keys = view_shown_keys(v, &n);
    assert_int_equal(n, view_rows(v));
    for (size_t i = 0; i < n; i++)
        assert_string_equal(keys[i], view_cell_at(v, i, "person"));
    free(keys);
    struct err e = {0};
    must_do(view_home(v, &e), &e);
    must_move(v, 7);
    must_tag(v);
    must_move(v, -3);
    must_tag(v);
    keys = view_shown_keys(v, &n);
    assert_int_equal(n, 2);
    assert_string_equal(keys[0], view_cell_at(v, 5, "person"));
    assert_string_equal(keys[1], view_cell_at(v, 7, "person"));
    free(keys);
    must_limit(v, "nobodyatall");
    keys = view_shown_keys(v, &n);
    assert_non_null(keys);
    assert_int_equal(n, 0);
    free(keys);
    view_free(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_stay_with_their_rows_and_come_in_the_order_shown),
        cmocka_unit_test(no_more_are_tagged_than_one_action_may_touch),
        cmocka_unit_test(tags_by_words_are_those_of_the_rows_shown),
        cmocka_unit_test(a_tag_is_kept_outside_the_window_until_its_row_leaves_the_list),
        cmocka_unit_test(what_is_exported_is_what_is_shown_in_its_order),
    };
    return cmocka_run_group_tests(tests, viewing_begin, viewing_end);
}

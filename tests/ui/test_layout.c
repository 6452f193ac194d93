/* SPDX-License-Identifier: MIT
 *
 * Where the parts of a screen stand, at every size: inside the window, none
 * over another, nothing left over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout.h"

static bool is_inside(struct area in, struct area a)
{
    return a.rows >= 0 && a.cols >= 0 && a.row >= in.row && a.col >= in.col && a.row + a.rows <= in.row + in.rows &&
           a.col + a.cols <= in.col + in.cols;
}

static void the_parts_fill_the_window(void **state)
{
    (void)state;
    for (int rows = 24; rows <= 300; rows += 3) {
        struct layout l = layout_of(rows, 200);
        assert_true(l.fits);
        assert_int_equal(l.header.row, 0);
        assert_int_equal(l.body.row, l.header.rows);
        assert_int_equal(l.status.row, l.body.row + l.body.rows);
        assert_int_equal(l.footer.row, l.status.row + l.status.rows);
        assert_int_equal(l.footer.row + l.footer.rows, rows);
        assert_int_equal(l.body.cols, 200);
    }
}

static void below_80x24_it_does_not_fit(void **state)
{
    (void)state;
    assert_true(layout_of(24, 80).fits);
    assert_false(layout_of(23, 80).fits);
    assert_false(layout_of(24, 79).fits);
    assert_false(layout_of(1, 1).fits);
    assert_false(layout_of(0, 0).fits);
}

static void a_pane_shares_the_body_beside_or_below(void **state)
{
    (void)state;
    for (int rows = 1; rows <= 60; rows++)
        for (int cols = 1; cols <= 300; cols++) {
            struct area body = {1, 2, rows, cols}, list, pane;
            layout_split(body, true, &list, &pane);
            assert_true(is_inside(body, list) && is_inside(body, pane) && list.rows > 0 && list.cols > 0);
            bool beside = list.col + list.cols <= pane.col, below = list.row + list.rows <= pane.row;
            assert_true(pane.rows == 0 || beside || below);
            assert_true(cols < 140 || rows < 2 || beside);
            layout_split(body, false, &list, &pane);
            assert_int_equal(list.rows, rows);
            assert_int_equal(pane.rows, 0);
        }
}

static void a_dialog_is_never_larger_than_the_window(void **state)
{
    (void)state;
    for (int rows = 1; rows < 40; rows++)
        for (int lines = 0; lines < 60; lines += 3) {
            struct area a = layout_dialog(rows, rows * 3, lines, lines * 2);
            assert_true(is_inside((struct area){0, 0, rows, rows * 3}, a));
        }
    struct area a = layout_dialog(24, 80, 5, 40);
    assert_int_equal(a.rows, 7);
    assert_int_equal(a.cols, 44);
    assert_int_equal(a.col, 18);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parts_fill_the_window),
        cmocka_unit_test(below_80x24_it_does_not_fit),
        cmocka_unit_test(a_pane_shares_the_body_beside_or_below),
        cmocka_unit_test(a_dialog_is_never_larger_than_the_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

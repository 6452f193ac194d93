/* SPDX-License-Identifier: MIT
 *
 * See viewing.h.
 */
#include "screens/support/viewing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct session *viewer;

/* clang-format off: a column a line */
const struct view_column people_columns[3] = {
    {.key = "name", .width = 24, .grows = true},
    {.key = "date_of_birth", .label = "Born", .width = 11},
    {.key = "person", .label = "Reference", .width = 12},
};
const struct view_column case_columns[4] = {
    {.key = "name", .label = "Name", .width = 20, .grows = true},
    {.key = "state", .label = "State", .width = 20},
    {.key = "received_on", .label = "Received", .width = 11},
    {.key = "needs", .label = "Needs", .width = 5},
};
/* clang-format on */

int viewing_begin(void **state)
{
    (void)state;
    char person[64], ref[64];
    viewer = world_open();
    for (int i = 0; i < PEOPLE; i++) {
        world_person(viewer, person);
        if (i < CASES)
            episode_received(viewer, person, ref);
    }
    return 0;
}

int viewing_end(void **state)
{
    (void)state;
    world_close(viewer);
    return 0;
}

/* ---- the plain list, to compare with */

struct plain plain;

static bool add_name(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    (void)ctx, (void)e;
    struct buf name = {0};
    list_row_name(l, cells, &name);
    assert_true(plain.n < (long)(sizeof plain.names / sizeof plain.names[0]));
    text_put(plain.names[plain.n++], sizeof plain.names[0], buf_text(&name));
    buf_free(&name);
    return true;
}

void plain_read(const char *list, const struct typed *words, size_t n)
{
    struct list_run r = {.row = add_name};
    struct err e = {0};
    plain.n = 0;
    if (!list_call(viewer, list_find(list), words, n, "screen", &r, &e))
        fail_msg("%s: %s", list, e.text);
}

long plain_place(const char *name)
{
    for (long i = 0; i < plain.n; i++)
        if (strcmp(plain.names[i], name) == 0)
            return i;
    fail_msg("%s is not in the list", name);
    return -1;
}

/* ---- shorthands */

void must_do(bool ok, const struct err *e)
{
    if (!ok)
        fail_msg("%s", e->text);
}

void must_load(struct view *v)
{
    struct err e = {0};
    must_do(view_load(v, &e), &e);
}

void must_move(struct view *v, long by)
{
    struct err e = {0};
    must_do(view_move(v, by, &e), &e);
}

void must_limit(struct view *v, const char *text)
{
    struct err e = {0};
    must_do(view_limit(v, text, &e), &e);
}

void must_sort(struct view *v, const char *column, bool reverse)
{
    struct err e = {0};
    must_do(view_sort_by(v, column, reverse, &e), &e);
}

void must_tag(struct view *v)
{
    struct err e = {0};
    must_do(view_tag(v, &e), &e);
}

struct view *must_view(const char *list, const struct view_column *columns, size_t n)
{
    struct view *v = view_new(viewer, list, columns, n);
    must_load(v);
    return v;
}

struct canvas view_frame(struct view *v, int rows, int cols, bool linear)
{
    struct canvas c;
    canvas_init(&c, rows, cols);
    c.linear = linear;
    view_draw(v, &c, canvas_area(&c), true);
    return c;
}

void frame_row_is(const struct canvas *c, int row, const char *text)
{
    struct buf b = {0};
    canvas_row(c, row, &b);
    assert_string_equal(buf_text(&b), text);
    buf_free(&b);
}

bool frame_row_has(const struct canvas *c, int row, const char *text)
{
    struct buf b = {0};
    canvas_row(c, row, &b);
    bool has = strstr(buf_text(&b), text) != NULL;
    buf_free(&b);
    return has;
}

int selected_line(struct view *v, int rows)
{
    struct canvas c = view_frame(v, rows, 80, false);
    int line = c.cursor_row;
    canvas_free(&c);
    return line;
}

void window_is_right(struct view *v, long at)
{
    assert_string_equal(view_key(v), plain.names[at]);
    long first = at - view_selected(v), n = (long)view_rows(v);
    assert_true(first >= 0 && first + n <= plain.n);
    for (long i = 0; i < n; i++)
        assert_string_equal(view_key_at(v, (size_t)i), plain.names[first + i]);
    assert_true(n <= 5 * 64);
    long height = 22;
    assert_true(first == 0 || view_selected(v) + 1 >= height);
    assert_true(first + n == plain.n || n - view_selected(v) >= height);
}

unsigned viewing_chance(void)
{
    static unsigned state = 20261123;
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

/* SPDX-License-Identifier: MIT
 *
 * See need_grid.h.
 */
#include "screens/need_grid.h"

#include <stdlib.h>
#include <string.h>

#include "key.h"

enum { COLUMN = 26, COLUMNS_MOST = 4 };

static const char letters[] = "abcdefghijklnopqrstuvwxyzABCDEFGHIJKLNOPQRSTUVWXYZ"; /* not m: the main one */

static bool add(void *ctx, const char *code, const char *label, const char *group)
{
    struct need_grid *g = ctx;
    if (!(g->n & (g->n - 1)))
        g->cells = xrealloc(g->cells, (g->n ? 2 * g->n : 1) * sizeof *g->cells);
    struct need_cell *cell = &g->cells[g->n];
    *cell = (struct need_cell){.letter = g->n + 1 < sizeof letters ? letters[g->n] : ' '};
    text_put(cell->code, sizeof cell->code, code);
    text_put(cell->label, sizeof cell->label, label);
    text_put(cell->group, sizeof cell->group, group);
    g->n++;
    return true;
}

bool need_grid_init(struct need_grid *g, struct session *s, bool with_letters, struct err *e)
{
    *g = (struct need_grid){.letters = with_letters};
    return session_codes(s, "need", "", add, g, e);
}

void need_grid_free(struct need_grid *g)
{
    free(g->cells);
    *g = (struct need_grid){0};
}

struct need_cell *need_grid_find(struct need_grid *g, const char *code)
{
    for (size_t i = 0; i < g->n; i++)
        if (strcmp(g->cells[i].code, code) == 0)
            return &g->cells[i];
    return NULL;
}

struct need_cell *need_grid_focus(const struct need_grid *g)
{
    return g->n ? &g->cells[g->at] : NULL;
}

size_t need_grid_count(const struct need_grid *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        n += g->cells[i].on;
    return n;
}

/* ---- where each stands */

static bool opens_group(const struct need_grid *g, size_t i)
{
    return i == 0 || strcmp(g->cells[i].group, g->cells[i - 1].group) != 0;
}

/* Puts the cells into columns of so many lines, each group under its heading; says how many columns that takes. */
static int fill_columns(struct need_grid *g, int lines)
{
    int col = 0, row = 0;
    for (size_t i = 0; i < g->n; i++) {
        bool opens = opens_group(g, i);
        int wanted = opens ? (row ? 1 : 0) + 3 : 1; /* a blank, the heading and two of its group stand together */
        if (row + wanted > lines && row) {
            col++;
            row = 0;
        }
        if (opens)
            row += row ? 2 : 1;
        g->cells[i].col = col;
        g->cells[i].row = row++;
    }
    return col + 1;
}

/* The fewest lines in which they fit side by side. */
static void lay_out(struct need_grid *g, int cols, bool linear)
{
    int columns = linear ? 1 : cols / COLUMN, lines = 4;
    if (columns > COLUMNS_MOST)
        columns = COLUMNS_MOST;
    while (fill_columns(g, lines) > (columns < 1 ? 1 : columns))
        lines++;
}

/* ---- keys */

static void move_by(struct need_grid *g, int by)
{
    if (by < 0 ? g->at > 0 : g->at + 1 < g->n)
        g->at = by < 0 ? g->at - 1 : g->at + 1;
}

/* To the cell of the next column that stands nearest to this one's line. */
static void move_across(struct need_grid *g, int by)
{
    const struct need_cell *from = &g->cells[g->at];
    size_t best = g->at;
    int least = INT16_MAX;
    for (size_t i = 0; i < g->n; i++) {
        int off = abs(g->cells[i].row - from->row);
        if (g->cells[i].col == from->col + by && off < least) {
            least = off;
            best = i;
        }
    }
    g->at = best;
}

bool need_grid_move(struct need_grid *g, int32_t key)
{
    if (!g->n)
        return false;
    switch (key) {
    case PRESS_UP:
        move_by(g, -1);
        return true;
    case PRESS_DOWN:
        move_by(g, 1);
        return true;
    case PRESS_LEFT:
        move_across(g, -1);
        return true;
    case PRESS_RIGHT:
        move_across(g, 1);
        return true;
    case PRESS_HOME:
        g->at = 0;
        return true;
    case PRESS_END:
        g->at = g->n - 1;
        return true;
    default:
        return false;
    }
}

static void set_on(struct need_grid *g, size_t i, bool on)
{
    g->at = i;
    g->cells[i].on = on;
    if (!on) {
        g->cells[i].main = false;
        g->cells[i].severity = 0;
    }
}

static void set_main(struct need_grid *g, size_t at)
{
    bool is = !g->cells[at].main;
    for (size_t i = 0; i < g->n; i++)
        g->cells[i].main = false;
    set_on(g, at, true);
    g->cells[at].main = is;
}

bool need_grid_mark(struct need_grid *g, int32_t key)
{
    if (!g->n)
        return false;
    struct need_cell *cell = &g->cells[g->at];
    if (key == ' ') {
        set_on(g, g->at, !cell->on);
        return true;
    }
    if (key >= '0' && key <= '5') {
        set_on(g, g->at, key != '0' || cell->on);
        cell->severity = (int)(key - '0');
        return true;
    }
    if (key == 'm') {
        set_main(g, g->at);
        return true;
    }
    for (size_t i = 0; i < g->n; i++)
        if (g->letters && g->cells[i].letter != ' ' && key == g->cells[i].letter) {
            set_on(g, i, !g->cells[i].on);
            return true;
        }
    return false;
}

/* ---- drawing */

static void draw_cell(const struct need_grid *g, size_t i, struct canvas *c, int row, int col, int width, bool focus)
{
    const struct need_cell *cell = &g->cells[i];
    const char *tail = cell->main ? "main" : cell->tail;
    int at = 0, kept = (int)utf8_width(tail);
    if (g->letters)
        at = canvas_fmt(c, row, col, width, STYLE_KEY, "%c ", cell->letter);
    enum style style = focus ? STYLE_FOCUS : STYLE_PLAIN;
    int box = col + at;
    if (cell->severity)
        at += canvas_fmt(c, row, col + at, width - at, style, "[%d] ", cell->severity);
    else
        at += canvas_text(c, row, col + at, width - at, style, cell->on ? "[x] " : "[ ] ");
    at += canvas_text(c, row, col + at, width - at - (kept ? kept + 1 : 0), cell->on && !focus ? STYLE_TITLE : style, cell->label);
    if (kept)
        canvas_text(c, row, col + at + 1, width - at - 1, STYLE_GOOD, tail);
    if (focus)
        canvas_cursor(c, row, box + 1);
}

/* Scrolls so that the line of the focused cell is among the rows. */
static void keep_in_sight(struct need_grid *g, int rows)
{
    int line = g->cells[g->at].row;
    if (line < g->top + 1)
        g->top = line ? line - 1 : 0;
    if (line >= g->top + rows)
        g->top = line - rows + 1;
}

void need_grid_draw(struct need_grid *g, struct canvas *c, struct area a, bool focus)
{
    if (!g->n) {
        canvas_text(c, a.row, a.col, a.cols, STYLE_DIM, "No need is in use: an administrator adds them with `code add need`.");
        canvas_cursor(c, a.row, a.col);
        return;
    }
    lay_out(g, a.cols, c->linear);
    keep_in_sight(g, a.rows);
    int columns = g->cells[g->n - 1].col + 1, width = a.cols / columns;
    for (size_t i = 0; i < g->n; i++) {
        const struct need_cell *cell = &g->cells[i];
        int row = cell->row - g->top, col = a.col + cell->col * width;
        if (opens_group(g, i) && row >= 1 && row <= a.rows)
            canvas_text(c, a.row + row - 1, col, width - 1, STYLE_TITLE, cell->group);
        if (row >= 0 && row < a.rows)
            draw_cell(g, i, c, a.row + row, col, width - 1, focus && i == g->at);
    }
}

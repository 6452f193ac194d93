/* SPDX-License-Identifier: MIT
 *
 * A view on the canvas: column heads, rows with their marks, headings between.
 */
#include <stdlib.h>
#include <string.h>

#include "view_inside.h"

#define MARKS 2    /* columns before the text: '>' selected, '*' tagged */
#define GAP 2
#define MARGIN 2   /* rows kept above and below the selected one */
#define WIDE_COLS 100

struct place {
    size_t column;
    int col, width;
};

/* Which columns there is room for, and where. */
static size_t lay_out(const struct view *v, int cols, struct place *places)
{
    size_t n = 0;
    int used = MARKS, growing = 0;
    for (size_t i = 0; i < v->n_columns; i++) {
        const struct view_column *c = &v->columns[i];
        if (!c->width || (c->last && cols < WIDE_COLS))
            continue;
        places[n++] = (struct place){i, 0, c->width};
        used += c->width + (n > 1 ? GAP : 0);
        growing += c->grows;
    }
    int spare = cols - used > 0 ? cols - used : 0, at = MARKS;
    for (size_t i = 0; i < n; i++) {
        if (v->columns[places[i].column].grows) {
            int share = spare / growing--;
            places[i].width += share;
            spare -= share;
        }
        places[i].col = at;
        at += places[i].width + GAP;
    }
    return n;
}

static bool has_heads(const struct view *v, const struct place *places, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*view_label(v, places[i].column))
            return true;
    return false;
}

/* A heading stands above the row. */
static const char *heading_above(const struct view *v, size_t row)
{
    const char *now = v->heading && v->sort < 0 ? v->heading(v, row) : NULL; /* in another order they would repeat */
    const char *before = now && row > 0 ? v->heading(v, row - 1) : NULL;
    return now && (!before || strcmp(now, before) != 0) ? now : NULL;
}

/* The first row from which all up to `last` fit on so many lines, headings too. */
static long first_that_fits(const struct view *v, long last, int rows)
{
    long at = last + 1;
    for (int lines = 0; at > 0; at--) {
        lines += 1 + (heading_above(v, (size_t)at - 1) != NULL);
        if (lines > rows)
            break;
    }
    return at;
}

static void scroll(struct view *v, int rows)
{
    int margin = rows > 2 * MARGIN + 1 ? MARGIN : 0;
    long last = (long)v->n_order - 1, below = v->selected + margin < last ? v->selected + margin : last;
    if (v->top > v->selected - margin)
        v->top = v->selected - margin;
    if (v->top < 0)
        v->top = 0;
    long least = first_that_fits(v, below, rows);
    if (v->top < least)
        v->top = least < v->selected ? least : v->selected;
    /* No empty lines at the end while there are rows above. */
    long most = first_that_fits(v, last, rows);
    if (v->top > most)
        v->top = most;
}

/* A text speaks for itself; numbers, days and yes or no are told with their column's name. */
static const char *spoken_head(const struct view *v, size_t column)
{
    if (!v->list)
        return "";
    enum field_kind kind = v->list->columns[v->source[column]].kind;
    return kind == FIELD_INT || kind == FIELD_FLAG || kind == FIELD_DATE || kind == FIELD_INSTANT ? view_label(v, column) : "";
}

static void draw_linear(const struct view *v, struct canvas *c, struct area a, int row, size_t at, const struct place *places, size_t n)
{
    const struct view_row *r = view_row_at(v, at);
    const char *comma = "";
    struct buf line = {0};
    buf_str(&line, (long)at == v->selected ? "> " : "  ");
    if (r->tagged)
        buf_str(&line, "tagged, ");
    for (size_t i = 0; i < n; i++) {
        const char *label = spoken_head(v, places[i].column), *text = r->shown[places[i].column];
        if (*text)
            buf_fmt(&line, "%s%s%s%s", comma, label, *label ? " " : "", text);
        comma = *text ? ", " : comma;
    }
    canvas_text(c, a.row + row, a.col, a.cols, STYLE_PLAIN, buf_text(&line));
    buf_free(&line);
}

static void draw_text(struct canvas *c, struct area a, int row, const struct place *at, enum style style, const char *text)
{
    int room = a.cols - at->col;
    canvas_text(c, a.row + row, a.col + at->col, at->width < room ? at->width : room, style, text);
}

static void draw_row(const struct view *v, struct canvas *c, struct area a, int row, size_t at, const struct place *places, size_t n)
{
    const struct view_row *r = view_row_at(v, at);
    bool selected = (long)at == v->selected;
    enum style style = v->style ? v->style(v, at) : STYLE_PLAIN;
    if (selected)
        canvas_text(c, a.row + row, a.col, 1, STYLE_FOCUS, ">");
    if (r->tagged && a.cols > 1)
        canvas_text(c, a.row + row, a.col + 1, 1, STYLE_KEY, "*");
    for (size_t i = 0; i < n && places[i].col < a.cols; i++)
        draw_text(c, a, row, &places[i], selected && i == 0 ? STYLE_FOCUS : style, r->shown[places[i].column]);
}

static void draw_rows(const struct view *v, struct canvas *c, struct area a, bool focus, const struct place *places, size_t n)
{
    int row = 0;
    for (size_t at = (size_t)v->top; at < v->n_order && row < a.rows; at++) {
        const char *heading = a.rows > 1 ? heading_above(v, at) : NULL;
        if (heading)
            canvas_text(c, a.row + row++, a.col, a.cols, STYLE_TITLE, heading);
        if (row == a.rows)
            break;
        if (focus && (long)at == v->selected)
            canvas_cursor(c, a.row + row, a.col + (c->linear || a.cols <= MARKS ? 0 : MARKS));
        if (c->linear)
            draw_linear(v, c, a, row, at, places, n);
        else
            draw_row(v, c, a, row, at, places, n);
        row++;
    }
}

void view_draw(struct view *v, struct canvas *c, struct area a, bool focus)
{
    struct place places[VIEW_COLUMNS];
    size_t n = lay_out(v, a.cols, places);
    if (a.rows <= 0 || a.cols <= 0)
        return;
    if (has_heads(v, places, n) && !c->linear && a.rows > 1) {
        for (size_t i = 0; i < n && places[i].col < a.cols; i++)
            draw_text(c, a, 0, &places[i], STYLE_TITLE, view_label(v, places[i].column));
        a.row++;
        a.rows--;
    }
    v->height = a.rows;
    if (v->n_order) {
        scroll(v, a.rows);
        draw_rows(v, c, a, focus, places, n);
        return;
    }
    const char *why = view_list(v) && *view_limit_text(v) ? "No row has what the limit asks for; Esc shows all again." : v->empty;
    int marks = a.cols > MARKS ? MARKS : 0;
    canvas_wrap(c, (struct area){a.row, a.col + marks, a.rows, a.cols - marks}, STYLE_DIM, why, 0);
    if (focus)
        canvas_cursor(c, a.row, a.col + marks);
}

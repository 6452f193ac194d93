/* SPDX-License-Identifier: MIT
 *
 * Text to read in lines of "label  value" (see pane.h).
 */
#include "pane.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_MOST 24

void pane_clear(struct pane *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->lines[i].label);
        free(p->lines[i].value);
    }
    p->n = 0;
}

void pane_free(struct pane *p)
{
    pane_clear(p);
    free(p->lines);
    *p = (struct pane){0};
}

static void add(struct pane *p, const char *label, enum style style, const char *value)
{
    if (p->n == p->room)
        p->lines = xrealloc(p->lines, (p->room = p->room ? 2 * p->room : 16) * sizeof *p->lines);
    p->lines[p->n++] = (struct pane_line){style, xstrdup(label), xstrdup(value)};
}

void pane_heading(struct pane *p, const char *text)
{
    if (p->n)
        add(p, "", STYLE_PLAIN, "");
    add(p, "", STYLE_TITLE, text);
}

void pane_add(struct pane *p, const char *label, enum style style, const char *value)
{
    if (value && *value)
        add(p, label, style, value);
}

void pane_fmt(struct pane *p, const char *label, enum style style, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = xvformat(fmt, args);
    va_end(args);
    pane_add(p, label, style, text);
    free(text);
}

static int label_columns(const struct pane *p, int cols)
{
    size_t widest = 0;
    for (size_t i = 0; i < p->n; i++) {
        size_t w = utf8_width(p->lines[i].label);
        widest = w > widest ? w : widest;
    }
    int kept = p->label_width ? p->label_width : (int)(widest > LABEL_MOST ? LABEL_MOST : widest);
    return kept > cols / 2 ? cols / 2 : kept;
}

/* One line of text that is no rows of the area yet: its rows from `row` on, those above 0 not drawn. */
static int draw_line(const struct pane_line *l, struct canvas *c, struct area a, int row, int labels)
{
    int indent = *l->label ? labels + 2 : 0;
    struct area value = {a.row + (row < 0 ? 0 : row), a.col + indent, a.rows - (row < 0 ? 0 : row), a.cols - indent};
    if (*l->label && c->linear) {
        struct buf whole = {0};
        buf_fmt(&whole, "%s: %s", l->label, l->value);
        struct pane_line said = {l->style, "", whole.data};
        int lines = draw_line(&said, c, a, row, 0);
        buf_free(&whole);
        return lines;
    }
    int lines = *l->value ? canvas_wrap(NULL, value, l->style, l->value, 0) : 1;
    if (row >= a.rows || row + lines <= 0)
        return lines;
    if (*l->label && row >= 0)
        canvas_text(c, a.row + row, a.col, labels, STYLE_DIM, l->label);
    value.rows = value.rows < lines ? value.rows : lines;
    canvas_wrap(c, value, l->style, l->value, row < 0 ? -row : 0);
    return lines;
}

void pane_draw(struct pane *p, struct canvas *c, struct area a)
{
    int labels = label_columns(p, a.cols), row = -p->top;
    if (a.rows <= 0 || a.cols <= 0)
        return;
    for (size_t i = 0; i < p->n; i++)
        row += draw_line(&p->lines[i], c, a, row, labels);
    p->drawn = row + p->top;
    p->shown = a.rows;
    int below = p->drawn - p->top - a.rows;
    if (below > 0)
        canvas_fmt(c, a.row + a.rows - 1, a.col + a.cols - 18, 18, STYLE_DIM, " %d more line%s", below, below == 1 ? "" : "s");
}

void pane_scroll(struct pane *p, int by)
{
    int most = p->drawn > p->shown ? p->drawn - p->shown : 0;
    p->top += by;
    if (p->top > most)
        p->top = most;
    if (p->top < 0)
        p->top = 0;
}

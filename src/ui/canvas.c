/* SPDX-License-Identifier: MIT
 *
 * The frame as cells (see canvas.h): text through the one filter, graphemes
 * into cells, clipping, wrapping, boxes.
 */
#include "canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

void canvas_init(struct canvas *c, int rows, int cols)
{
    *c = (struct canvas){0};
    canvas_resize(c, rows, cols);
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
    c->rows = rows > 0 ? rows : 1;
    c->cols = cols > 0 ? cols : 1;
    free(c->cells);
    c->cells = xcalloc((size_t)c->rows * (size_t)c->cols, sizeof *c->cells);
    canvas_clear(c);
}

static const struct cell_glyph blank = {.width = 1};

void canvas_clear(struct canvas *c)
{
    for (size_t i = 0; i < (size_t)c->rows * (size_t)c->cols; i++)
        c->cells[i] = blank;
    c->cursor_row = c->cursor_col = 0;
}

void canvas_free(struct canvas *c)
{
    free(c->cells);
    *c = (struct canvas){0};
}

struct area canvas_area(const struct canvas *c)
{
    return (struct area){0, 0, c->rows, c->cols};
}

static struct cell_glyph *cell_at(const struct canvas *c, int row, int col)
{
    return &c->cells[(size_t)row * (size_t)c->cols + (size_t)col];
}

/* ---- graphemes */

/* Marks that are drawn by the program itself. */
static uint32_t ascii_of_sign(uint32_t u)
{
    switch (u) {
    case 0x2026: return '~';             /* … the clip mark */
    case 0x2022: return '*';             /* • */
    case 0x2500: case 0x2013: case 0x2014: return '-';
    case 0x2502: return '|';
    case 0x250C: case 0x2510: case 0x2514: case 0x2518: case 0x251C: case 0x2524: return '+';
    case 0x2018: case 0x2019: return '\'';
    case 0x201C: case 0x201D: return '"';
    case 0x00A0: return ' ';
    case 0x00B7: return '.';
    default: return '?';
    }
}

/* The plain letter of an accented one; a sign of its own, else '?'. */
static uint32_t ascii_of(uint32_t u)
{
    uint32_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    if (u < 0x80)
        return u;
    while (u >= 0x80) {
        int n = uc_canonical_decomposition(u, parts);
        if (n <= 0)
            break;
        u = parts[0];
    }
    if (u < 0x80)
        return u;
    switch (u) { /* letters that have no decomposition but a plain form that people type */
    case 0x0142: return 'l';
    case 0x0141: return 'L';
    case 0x00F8: return 'o';
    case 0x00D8: return 'O';
    case 0x0111: case 0x00F0: return 'd';
    case 0x0131: return 'i';
    default: return ascii_of_sign(u);
    }
}

/* Where the grapheme at s ends. (u8_grapheme_next looks at two characters at a time and so parts joined emoji.) */
static const uint8_t *grapheme_end(const uint8_t *s, const uint8_t *end)
{
    char starts[64];
    size_t n = (size_t)(end - s) < sizeof starts ? (size_t)(end - s) : sizeof starts, to = 1;
    if (*s < 0x80 && (n == 1 || s[1] < 0x80))
        return s + 1;
    u8_grapheme_breaks(s, n, starts);
    while (to < n && !starts[to])
        to++;
    while (s + to < end && (s[to] & 0xC0) == 0x80) /* longer than any: cut, but between characters */
        to++;
    return s + to;
}

/* One grapheme into a cell. */
static struct cell_glyph glyph_of(const uint8_t *s, const uint8_t *end, bool ascii, enum style style)
{
    struct cell_glyph g = {.style = (uint8_t)style};
    int n = 0, width = 0;
    while (s < end) {
        ucs4_t u;
        s += u8_mbtouc(&u, s, (size_t)(end - s));
        int w = uc_width(u, "UTF-8");
        width += w > 0 ? w : 0;
        if (n < CELL_MARKS)
            g.text[n++] = u;
    }
    g.width = (uint8_t)(width >= 2 ? 2 : 1);
    if (width == 0) { /* a mark without a base gets one */
        memmove(g.text + 1, g.text, (CELL_MARKS - 1) * sizeof *g.text);
        g.text[0] = ' ';
    }
    if (ascii && g.text[0] >= 0x80)
        g = (struct cell_glyph){.text = {ascii_of(g.text[0])}, .width = g.width, .style = (uint8_t)style};
    else if (ascii)
        g.text[1] = 0;
    return g;
}

/* A cell that is written over half a wide one leaves no half behind. */
static void unpair(struct canvas *c, int row, int col)
{
    struct cell_glyph *g = cell_at(c, row, col);
    if (g->width == 0 && col > 0) {
        uint8_t style = g[-1].style;
        g[-1] = blank;
        g[-1].style = style;
    }
    if (g->width == 2 && col + 1 < c->cols) {
        uint8_t style = g[1].style;
        g[1] = blank;
        g[1].style = style;
    }
}

static void put(struct canvas *c, int row, int col, struct cell_glyph g)
{
    unpair(c, row, col);
    if (g.width == 2) {
        unpair(c, row, col + 1);
        *cell_at(c, row, col + 1) = (struct cell_glyph){.style = g.style};
    }
    if (c->ascii && g.width == 2) { /* one sign and a blank: nothing ASCII is wide */
        g.width = 1;
        cell_at(c, row, col + 1)->width = 1;
    }
    *cell_at(c, row, col) = g;
}

static bool is_plain(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7F)
            return false;
    return true;
}

/* Draws n bytes of text that has gone through the filter. */
static int draw(struct canvas *c, int row, int col, int width, enum style style, const char *text, size_t n)
{
    const uint8_t *s = (const uint8_t *)text, *end = s + n;
    int room = c && col + width > c->cols ? c->cols - col : width, at = 0;
    if (!c || row < 0 || row >= c->rows || col < 0 || room <= 0)
        return 0;
    while (s < end) {
        const uint8_t *next = grapheme_end(s, end);
        struct cell_glyph g = glyph_of(s, next, c->ascii, style);
        bool more = next < end;
        if (at + g.width > room || (more && at + g.width == room)) {
            /* Either it does not fit, or it would fill the last column with more behind it: the mark goes there. */
            if (at < room)
                put(c, row, col + at++, (struct cell_glyph){.text = {c->ascii ? '~' : 0x2026}, .width = 1, .style = (uint8_t)style});
            break;
        }
        put(c, row, col + at, g);
        at += g.width;
        s = next;
    }
    return at;
}

int canvas_text(struct canvas *c, int row, int col, int width, enum style style, const char *text)
{
    if (is_plain(text))
        return draw(c, row, col, width, style, text, strlen(text));
    struct buf shown = {0};
    text_show(text, false, &shown);
    int at = draw(c, row, col, width, style, buf_text(&shown), shown.len);
    buf_free(&shown);
    return at;
}

int canvas_fmt(struct canvas *c, int row, int col, int width, enum style style, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = xvformat(fmt, args);
    va_end(args);
    int at = canvas_text(c, row, col, width, style, text);
    free(text);
    return at;
}

/* ---- wrapping */

/* The bytes of the first line of s that fit in `cols` columns: up to a newline, else up to the last blank that fits, else
 * as many graphemes as fit (at least one). *next is where the line after it begins. */
static size_t line_of(const uint8_t *s, const uint8_t *end, int cols, const uint8_t **next)
{
    const uint8_t *p = s, *blank_at = NULL;
    int at = 0;
    while (p < end && *p != '\n') {
        const uint8_t *q = grapheme_end(p, end);
        int w = *p < 0x80 ? 1 : glyph_of(p, q, false, STYLE_PLAIN).width;
        if (*p == ' ')
            blank_at = p;
        if (at + w > cols && *p != ' ') {
            const uint8_t *stop = blank_at && blank_at > s ? blank_at : p > s ? p : q;
            *next = stop;
            while (*next < end && **next == ' ')
                (*next)++;
            while (stop > s && stop[-1] == ' ')
                stop--;
            return (size_t)(stop - s);
        }
        at += w;
        p = q;
    }
    *next = p < end ? p + 1 : p;
    while (p > s && p[-1] == ' ')
        p--;
    return (size_t)(p - s);
}

int canvas_wrap(struct canvas *c, struct area a, enum style style, const char *text, int skip)
{
    struct buf shown = {0};
    int line = 0;
    if (a.cols < 1)
        return 0;
    text_show(text, true, &shown);
    const uint8_t *s = (const uint8_t *)buf_text(&shown), *end = s + shown.len, *next = s;
    do {
        size_t n = line_of(s, end, a.cols, &next);
        int row = line - skip;
        bool last_that_fits = row == a.rows - 1 && next < end;
        if (row >= 0 && row < a.rows) {
            int at = draw(c, a.row + row, a.col, a.cols, style, (const char *)s, n);
            if (last_that_fits && c)
                draw(c, a.row + row, a.col + (at < a.cols ? at : a.cols - 1), 1, style, "\xE2\x80\xA6", 3);
        }
        line++;
        s = next;
    } while (s < end);
    buf_free(&shown);
    return line;
}

/* ---- areas */

static struct area clip(const struct canvas *c, struct area a)
{
    if (a.row < 0)
        a.rows += a.row, a.row = 0;
    if (a.col < 0)
        a.cols += a.col, a.col = 0;
    if (a.row + a.rows > c->rows)
        a.rows = c->rows - a.row;
    if (a.col + a.cols > c->cols)
        a.cols = c->cols - a.col;
    return a;
}

void canvas_fill(struct canvas *c, struct area a, enum style style)
{
    a = clip(c, a);
    for (int row = a.row; row < a.row + a.rows; row++)
        for (int col = a.col; col < a.col + a.cols; col++)
            put(c, row, col, (struct cell_glyph){.width = 1, .style = (uint8_t)style});
}

void canvas_restyle(struct canvas *c, struct area a, enum style style)
{
    a = clip(c, a);
    for (int row = a.row; row < a.row + a.rows; row++)
        for (int col = a.col; col < a.col + a.cols; col++)
            cell_at(c, row, col)->style = (uint8_t)style;
}

static void sign(struct canvas *c, int row, int col, uint32_t u)
{
    if (row >= 0 && row < c->rows && col >= 0 && col < c->cols)
        put(c, row, col, (struct cell_glyph){.text = {c->ascii ? ascii_of_sign(u) : u}, .width = 1});
}

struct area canvas_box(struct canvas *c, struct area a, const char *title)
{
    if (c->linear) /* lines begin at the left */
        a = (struct area){a.row, 0, a.rows, a.col + a.cols};
    canvas_fill(c, a, STYLE_PLAIN);
    if (c->linear || a.rows < 3 || a.cols < 5) {
        canvas_text(c, a.row, a.col, a.cols, STYLE_TITLE, title);
        return (struct area){a.row + 1, a.col, a.rows > 1 ? a.rows - 1 : 0, a.cols};
    }
    for (int col = a.col; col < a.col + a.cols; col++) {
        sign(c, a.row, col, 0x2500);
        sign(c, a.row + a.rows - 1, col, 0x2500);
    }
    for (int row = a.row; row < a.row + a.rows; row++) {
        sign(c, row, a.col, 0x2502);
        sign(c, row, a.col + a.cols - 1, 0x2502);
    }
    sign(c, a.row, a.col, 0x250C);
    sign(c, a.row, a.col + a.cols - 1, 0x2510);
    sign(c, a.row + a.rows - 1, a.col, 0x2514);
    sign(c, a.row + a.rows - 1, a.col + a.cols - 1, 0x2518);
    canvas_fmt(c, a.row, a.col + 2, a.cols - 4, STYLE_TITLE, " %s ", title);
    return (struct area){a.row + 1, a.col + 2, a.rows - 2, a.cols - 4};
}

void canvas_cursor(struct canvas *c, int row, int col)
{
    c->cursor_row = row < 0 ? 0 : row >= c->rows ? c->rows - 1 : row;
    c->cursor_col = col < 0 ? 0 : col >= c->cols ? c->cols - 1 : col;
}

void canvas_row(const struct canvas *c, int row, struct buf *out)
{
    size_t kept = out->len;
    for (int col = 0; col < c->cols; col++) {
        const struct cell_glyph *g = cell_at(c, row, col);
        if (g->width == 0)
            continue;
        if (!g->text[0])
            buf_char(out, ' ');
        for (int i = 0; i < CELL_MARKS && g->text[i]; i++) {
            uint8_t bytes[6];
            int n = u8_uctomb(bytes, g->text[i], sizeof bytes);
            if (n > 0)
                buf_add(out, (const char *)bytes, (size_t)n);
        }
        if (g->text[0] && g->text[0] != ' ')
            kept = out->len;
    }
    if (out->data) {
        out->len = kept;
        out->data[kept] = '\0';
    }
}

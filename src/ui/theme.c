/* SPDX-License-Identifier: MIT
 *
 * Themes as a table, style by style, and cells as curses takes them (see
 * theme.h).
 */
#include "theme.h"

#include <string.h>
#include <wchar.h>

#include <curses.h>

struct paint {
    short colour;
    uint32_t attributes;
};

#define DEFAULT (-1)
static const struct theme {
    const char *name;
    struct paint paint[STYLE_COUNT];
} themes[] = {
    {"dark",
     {[STYLE_PLAIN] = {DEFAULT, 0}, [STYLE_TITLE] = {COLOR_CYAN, A_BOLD}, [STYLE_DIM] = {DEFAULT, A_DIM},
      [STYLE_FOCUS] = {DEFAULT, A_REVERSE}, [STYLE_ALERT] = {COLOR_RED, A_BOLD}, [STYLE_WARN] = {COLOR_YELLOW, 0},
      [STYLE_GOOD] = {COLOR_GREEN, 0}, [STYLE_FIELD] = {DEFAULT, A_UNDERLINE}, [STYLE_KEY] = {COLOR_YELLOW, A_BOLD}}},
    {"light",
     {[STYLE_PLAIN] = {DEFAULT, 0}, [STYLE_TITLE] = {COLOR_BLUE, A_BOLD}, [STYLE_DIM] = {DEFAULT, 0},
      [STYLE_FOCUS] = {DEFAULT, A_REVERSE}, [STYLE_ALERT] = {COLOR_RED, A_BOLD}, [STYLE_WARN] = {COLOR_MAGENTA, 0},
      [STYLE_GOOD] = {COLOR_GREEN, 0}, [STYLE_FIELD] = {DEFAULT, A_UNDERLINE}, [STYLE_KEY] = {COLOR_BLUE, A_BOLD}}},
    {"contrast",
     {[STYLE_PLAIN] = {DEFAULT, A_BOLD}, [STYLE_TITLE] = {DEFAULT, A_BOLD | A_UNDERLINE}, [STYLE_DIM] = {DEFAULT, 0},
      [STYLE_FOCUS] = {DEFAULT, A_REVERSE | A_BOLD}, [STYLE_ALERT] = {DEFAULT, A_REVERSE | A_BOLD}, [STYLE_WARN] = {DEFAULT, A_BOLD | A_UNDERLINE},
      [STYLE_GOOD] = {DEFAULT, A_BOLD}, [STYLE_FIELD] = {DEFAULT, A_UNDERLINE | A_BOLD}, [STYLE_KEY] = {DEFAULT, A_BOLD | A_UNDERLINE}}},
};
static const struct paint mono_paint[STYLE_COUNT] = {
    [STYLE_TITLE] = {DEFAULT, A_BOLD}, [STYLE_FOCUS] = {DEFAULT, A_REVERSE}, [STYLE_ALERT] = {DEFAULT, A_BOLD},
    [STYLE_WARN] = {DEFAULT, A_UNDERLINE}, [STYLE_FIELD] = {DEFAULT, A_UNDERLINE}, [STYLE_KEY] = {DEFAULT, A_BOLD},
};

static const struct paint *paint = mono_paint;

bool theme_set(const char *name, bool mono)
{
    const struct theme *chosen = NULL;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++)
        if (strcmp(themes[i].name, name ? name : "dark") == 0)
            chosen = &themes[i];
    if (!chosen)
        return false;
    paint = mono || !has_colors() ? mono_paint : chosen->paint;
    if (paint == mono_paint)
        return true;
    start_color();
    use_default_colors();
    for (int i = 0; i < STYLE_COUNT; i++)
        init_pair((short)(i + 1), paint[i].colour, DEFAULT);
    return true;
}

/* ---- cells */

/* Spacing characters stand in columns of their own; the C library, which curses and most terminals go by, may count
 * fewer or more columns than the canvas. What it has no room for is left out, and what does not come to the same width
 * is shown as U+FFFD, so that the columns after it stand where they should. */
static int put_parts(int row, int col, const struct cell_glyph *g)
{
    const struct paint *p = &paint[g->style];
    short pair = (short)(p->colour == DEFAULT ? 0 : g->style + 1);
    wchar_t part[CELL_MARKS + 1];
    cchar_t cell;
    int used = 0, width = 0;
    for (int i = 0; i < CELL_MARKS && g->text[i];) {
        int n = 0;
        width = wcwidth((wchar_t)g->text[i]);
        if (width < 1 || used + width > g->width)
            break;
        part[n++] = (wchar_t)g->text[i++];
        for (; i < CELL_MARKS && g->text[i] && wcwidth((wchar_t)g->text[i]) == 0; i++)
            if (g->text[i] != 0xFE0F) /* makes some signs wider than they count */
                part[n++] = (wchar_t)g->text[i];
        part[n] = L'\0';
        setcchar(&cell, part, p->attributes, pair, NULL);
        mvadd_wch(row, col + used, &cell); /* in the last corner it says ERR though it is there */
        used += width;
    }
    return used;
}

void theme_put(int row, int col, const struct cell_glyph *g)
{
    struct cell_glyph blank = {.text = {' '}, .width = 1, .style = g->style}, unknown = {.text = {0xFFFD}, .width = 1, .style = g->style};
    int used = put_parts(row, col, g->text[0] ? g : &blank);
    if (used == 0)
        used = put_parts(row, col, &unknown);
    for (; used < g->width; used++)
        put_parts(row, col + used, &blank);
}

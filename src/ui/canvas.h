/* SPDX-License-Identifier: MIT
 *
 * The frame as a grid of cells. Screens draw the whole frame here every turn;
 * what shows it (a terminal, a test) reads the cells. Every text goes through
 * one filter on its way in, so that no control, escape or bidi character of
 * any record can reach a terminal; widths are by grapheme.
 */
#ifndef ONWARD_UI_CANVAS_H
#define ONWARD_UI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "onward/text.h"

/* What a text is, not how it looks: theme.c says how. Never the only sign of anything. */
enum style {
    STYLE_PLAIN,
    STYLE_TITLE,  /* header line, column heads */
    STYLE_DIM,    /* units, hints, what is less important */
    STYLE_FOCUS,  /* the selected row's first column, the focused field's label */
    STYLE_ALERT,  /* an error, a stop, a safeguarding alert */
    STYLE_WARN,   /* late, shut gate */
    STYLE_GOOD,   /* open gate, done */
    STYLE_FIELD,  /* what can be typed into */
    STYLE_KEY,    /* a key in the footer */
    STYLE_COUNT
};

#define CELL_MARKS 4
struct cell_glyph { /* one column */
    uint32_t text[CELL_MARKS]; /* a grapheme's code points (a base and up to three marks), 0-ended when shorter; text[0] 0: blank */
    uint8_t width;             /* 1; 2 for a wide one; 0 for the right half of a wide one */
    uint8_t style;             /* enum style */
};

struct area {
    int row, col, rows, cols;
};

struct canvas {
    int rows, cols;
    struct cell_glyph *cells;       /* rows * cols */
    int cursor_row, cursor_col;     /* on the focused item, always */
    bool ascii;                     /* boxes of + - |, clip mark ~; other characters are folded to ASCII or ? */
    bool linear;                    /* one thing a line, no boxes, for screen readers */
};

void canvas_init(struct canvas *c, int rows, int cols);
void canvas_resize(struct canvas *c, int rows, int cols); /* contents are gone */
void canvas_clear(struct canvas *c);
void canvas_free(struct canvas *c);
struct area canvas_area(const struct canvas *c); /* all of it */

/* Draws one line of text in at most `width` columns from (row, col), clipped there with a mark (… or ~) when it is
 * longer, and says how many columns it took. Newlines show as a sign. Off the canvas: nothing is drawn. */
int canvas_text(struct canvas *c, int row, int col, int width, enum style style, const char *text);
int canvas_fmt(struct canvas *c, int row, int col, int width, enum style style, const char *fmt, ...) PRINTF_LIKE(6, 7);
/* Draws text in an area, breaking at blanks (and newlines), from its `skip`th line on; says how many lines the whole text
 * has at that width. With c NULL it only counts. The last line that fits gets the clip mark where more follows. */
int canvas_wrap(struct canvas *c, struct area a, enum style style, const char *text, int skip);
void canvas_fill(struct canvas *c, struct area a, enum style style);                /* blanks */
void canvas_restyle(struct canvas *c, struct area a, enum style style);             /* keeps the text */
/* A frame round the area with a title in its top line, its inside blanked; gives the inside. In linear form: no frame, a title line. */
struct area canvas_box(struct canvas *c, struct area a, const char *title);
/* Where the cursor stands; the focused item calls it. */
void canvas_cursor(struct canvas *c, int row, int col);

/* One row as text without trailing blanks, appended; for tests, captures and screen dumps. */
void canvas_row(const struct canvas *c, int row, struct buf *out);

#endif

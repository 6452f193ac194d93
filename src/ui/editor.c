/* SPDX-License-Identifier: MIT
 *
 * The line editor (see editor.h). The text is valid UTF-8 at any moment, the
 * cursor stands between graphemes: what looks like one sign is passed and
 * deleted as one. Long lines of an editor of lines are broken at blanks for
 * drawing only; no break is ever put into the text.
 */
#include "editor.h"

#include <stdlib.h>
#include <string.h>

#include <unigbrk.h>
#include <unistr.h>

#define MOST_BYTES 4000

void editor_init(struct editor *ed, size_t most, bool lines)
{
    *ed = (struct editor){.most = most ? most : MOST_BYTES, .lines = lines};
}

static void wipe(struct editor *ed)
{
    if (ed->text.data)
        explicit_bzero(ed->text.data, ed->text.cap);
    buf_clear(&ed->text);
    ed->at = 0;
}

void editor_free(struct editor *ed)
{
    wipe(ed);
    buf_free(&ed->text);
}

const char *editor_text(const struct editor *ed)
{
    return buf_text(&ed->text);
}

/* ---- what may come in */

/* Signs that no field may hold: text_is_clean refuses them. */
static bool is_unfit(ucs4_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static void add_mended(struct buf *out, ucs4_t c, bool lines)
{
    uint8_t bytes[6];
    if (c == '\t' || (c == '\n' && !lines))
        c = ' ';
    else if (c != '\n' && is_unfit(c))
        c = 0xFFFD;
    int n = u8_uctomb(bytes, c, sizeof bytes);
    if (n > 0)
        buf_add(out, (const char *)bytes, (size_t)n);
}

/* Any bytes as text for this editor; the line ends of all systems count. */
static void mend(const char *bytes, size_t n, bool lines, struct buf *out)
{
    for (size_t i = 0; i < n;) {
        ucs4_t c;
        i += (size_t)u8_mbtouc(&c, (const uint8_t *)bytes + i, n - i);
        if (c == '\r') {
            c = '\n';
            i += i < n && bytes[i] == '\n';
        }
        add_mended(out, c, lines);
    }
}

/* ---- places in the text */

static size_t line_start(const struct editor *ed, size_t at)
{
    const char *text = editor_text(ed);
    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const struct editor *ed, size_t at)
{
    return at + strcspn(editor_text(ed) + at, "\n");
}

/* The end of the grapheme that begins at `at`. Breaks are found as utf8_width finds them (u8_grapheme_next of libunistring
 * 1.0 looks at pairs only and cuts a family of emoji), in a piece that is made larger where a grapheme fills it. */
static size_t after(const struct editor *ed, size_t at)
{
    const char *text = editor_text(ed) + at;
    size_t left = ed->text.len - at;
    if (left < 2 || !((text[0] | text[1]) & 0x80))
        return at + (left > 0);
    for (size_t n = 64;; n *= 2) {
        size_t piece = n < left ? n : left, to = 1;
        char *breaks = xmalloc(piece);
        u8_grapheme_breaks((const uint8_t *)text, piece, breaks);
        while (to < piece && !breaks[to])
            to++;
        free(breaks);
        if (to < piece || piece == left)
            return at + to;
    }
}

static size_t before(const struct editor *ed, size_t at)
{
    if (at == 0)
        return 0;
    size_t from = line_start(ed, at);
    if (from == at)
        return at - 1; /* the newline */
    for (size_t next; (next = after(ed, from)) < at;)
        from = next;
    return from;
}

/* A mark put behind a letter joins it: the cursor goes on to the end of the grapheme that it would stand in. */
static void settle(struct editor *ed)
{
    size_t at = line_start(ed, ed->at);
    while (at < ed->at)
        at = after(ed, at);
    ed->at = at;
}

static bool is_blank(const struct editor *ed, size_t at)
{
    return editor_text(ed)[at] == ' ' || editor_text(ed)[at] == '\n';
}

static size_t word_start(const struct editor *ed)
{
    size_t at = ed->at;
    while (at > 0 && is_blank(ed, at - 1))
        at--;
    while (at > 0 && !is_blank(ed, at - 1))
        at--;
    return at;
}

/* ---- changes */

static void insert(struct editor *ed, const char *s, size_t n)
{
    struct buf *b = &ed->text;
    buf_add(b, s, n); /* makes the room */
    memmove(b->data + ed->at + n, b->data + ed->at, b->len - n - ed->at);
    memcpy(b->data + ed->at, s, n);
    ed->at += n;
    settle(ed);
}

static void cut(struct editor *ed, size_t from, size_t to)
{
    struct buf *b = &ed->text;
    if (from >= to)
        return;
    memmove(b->data + from, b->data + to, b->len - to + 1);
    explicit_bzero(b->data + b->len - (to - from), to - from);
    b->len -= to - from;
    ed->at = from;
    settle(ed);
}

bool editor_paste(struct editor *ed, const char *bytes, size_t n)
{
    struct buf text = {0};
    mend(bytes, n, ed->lines, &text);
    ed->full = text.len > ed->most || ed->text.len > ed->most - text.len;
    if (!ed->full && text.len)
        insert(ed, text.data, text.len);
    if (text.data && ed->secret)
        explicit_bzero(text.data, text.cap);
    buf_free(&text);
    return !ed->full;
}

void editor_set(struct editor *ed, const char *text)
{
    struct buf mended = {0};
    mend(text, strlen(text), ed->lines, &mended);
    wipe(ed);
    ed->full = false;
    if (mended.len)
        buf_add(&ed->text, mended.data, mended.len);
    buf_free(&mended);
    ed->at = ed->text.len;
}

/* ---- keys */

/* Of one grapheme. */
static size_t columns_of(const struct editor *ed, size_t at, size_t next)
{
    const char *text = editor_text(ed);
    char few[64];
    if (next - at == 1 && text[at] >= ' ')
        return 1;
    char *part = next - at < sizeof few ? few : xmalloc(next - at + 1);
    memcpy(part, text + at, next - at);
    part[next - at] = '\0';
    size_t columns = utf8_width(part);
    if (part != few)
        free(part);
    return columns;
}

static size_t columns_between(const struct editor *ed, size_t from, size_t to)
{
    size_t columns = 0;
    for (size_t next; from < to; from = next) {
        next = after(ed, from);
        columns += columns_of(ed, from, next);
    }
    return columns;
}

/* The place in the line from `start` on that is nearest to that column. */
static size_t at_column(const struct editor *ed, size_t start, size_t column)
{
    size_t at = start, end = line_end(ed, start), columns = 0;
    while (at < end && columns < column) {
        size_t next = after(ed, at);
        columns += columns_of(ed, at, next);
        at = next;
    }
    return at;
}

/* One line up or down; false when there is none. */
static bool move_line(struct editor *ed, bool down)
{
    size_t start = line_start(ed, ed->at), end = line_end(ed, ed->at);
    if (!ed->lines || (down ? end == ed->text.len : start == 0))
        return false;
    size_t to = down ? end + 1 : line_start(ed, start - 1);
    ed->at = at_column(ed, to, columns_between(ed, start, ed->at));
    return true;
}

static bool type(struct editor *ed, int32_t key)
{
    uint8_t bytes[6];
    int n = key >= 0x20 && key != PRESS_RUBOUT && key < PRESS_UP ? u8_uctomb(bytes, (ucs4_t)key, sizeof bytes) : 0;
    if (n > 0)
        editor_paste(ed, (const char *)bytes, (size_t)n);
    return n > 0;
}

bool editor_key(struct editor *ed, int32_t key)
{
    ed->full = false;
    switch (key) {
    case PRESS_LEFT:
    case CTRL('b'):
        ed->at = before(ed, ed->at);
        return true;
    case PRESS_RIGHT:
    case CTRL('f'):
        ed->at = ed->at < ed->text.len ? after(ed, ed->at) : ed->at;
        return true;
    case PRESS_HOME:
    case CTRL('a'):
        ed->at = line_start(ed, ed->at);
        return true;
    case PRESS_END:
    case CTRL('e'):
        ed->at = line_end(ed, ed->at);
        return true;
    case PRESS_UP:
    case PRESS_DOWN:
        return move_line(ed, key == PRESS_DOWN);
    case PRESS_RUBOUT:
    case CTRL('h'):
        cut(ed, before(ed, ed->at), ed->at);
        return true;
    case PRESS_DELETE:
    case CTRL('d'):
        if (ed->at < ed->text.len)
            cut(ed, ed->at, after(ed, ed->at));
        return true;
    case CTRL('k'):
        cut(ed, ed->at, line_end(ed, ed->at));
        return true;
    case CTRL('u'):
        cut(ed, line_start(ed, ed->at), ed->at);
        return true;
    case CTRL('w'):
        cut(ed, word_start(ed), ed->at);
        return true;
    case PRESS_NEWLINE:
        if (ed->lines)
            editor_paste(ed, "\n", 1);
        return ed->lines;
    default:
        return type(ed, key);
    }
}

/* ---- drawing */

struct text_row {
    size_t from, to; /* bytes drawn */
    size_t next;     /* where the next row begins */
    bool last;
};

/* The row of an editor of lines that begins at `from`: up to a newline, or broken behind the last blank that fits. One
 * column is left for the cursor behind the last sign. */
static struct text_row row_from(const struct editor *ed, size_t from, int cols)
{
    const char *text = editor_text(ed);
    size_t room = cols > 2 ? (size_t)cols - 1 : 1, end = line_end(ed, from), at = from, blank = 0, columns = 0;
    while (at < end) {
        size_t next = after(ed, at), width = columns_of(ed, at, next);
        if (columns + width > room && at > from)
            break;
        columns += width;
        blank = text[at] == ' ' ? next : blank;
        at = next;
    }
    if (at == end)
        return (struct text_row){from, end, end + 1, end == ed->text.len};
    size_t to = blank > from ? blank : at;
    return (struct text_row){from, to, to, false};
}

int editor_rows(const struct editor *ed, int cols)
{
    int rows = 1;
    if (!ed->lines)
        return 1;
    for (struct text_row r = row_from(ed, 0, cols); !r.last; r = row_from(ed, r.next, cols))
        rows++;
    return rows;
}

static bool holds(const struct text_row *r, size_t at)
{
    return r->last || at < r->next;
}

static void draw_part(const struct editor *ed, struct canvas *c, int row, int col, int width, size_t from, size_t to)
{
    char *part = xstrndup(editor_text(ed) + from, to - from);
    canvas_text(c, row, col, width, STYLE_FIELD, part);
    free(part);
}

static void draw_lines(const struct editor *ed, struct canvas *c, struct area a, bool focus)
{
    int cursor = 0;
    struct text_row r = row_from(ed, 0, a.cols);
    for (; focus && !holds(&r, ed->at); r = row_from(ed, r.next, a.cols))
        cursor++;
    if (focus)
        canvas_cursor(c, a.row + (cursor < a.rows ? cursor : a.rows - 1), a.col + (int)columns_between(ed, r.from, ed->at));
    int skip = focus && cursor >= a.rows ? cursor - a.rows + 1 : 0;
    r = row_from(ed, 0, a.cols);
    for (int i = 0; i < skip + a.rows; i++) {
        if (i >= skip)
            draw_part(ed, c, a.row + i - skip, a.col, a.cols, r.from, r.to);
        if (r.last)
            break;
        r = row_from(ed, r.next, a.cols);
    }
}

/* The first byte shown of a line that is longer than the area: it moves by half an area at a time, so that typing on at
 * the end does not redraw the line at every key. */
static size_t first_shown(const struct editor *ed, int cols)
{
    size_t room = (size_t)cols, half = room / 2 ? room / 2 : 1, columns = columns_between(ed, 0, ed->at);
    if (columns < room)
        return 0;
    return at_column(ed, 0, ((columns - room) / half + 1) * half);
}

static void draw_line(const struct editor *ed, struct canvas *c, struct area a, bool focus)
{
    size_t from = focus ? first_shown(ed, a.cols) : 0;
    int mark = from && a.cols > 1 ? canvas_text(c, a.row, a.col, 1, STYLE_FIELD, c->ascii ? "~" : "…") : 0;
    if (mark)
        from = after(ed, from); /* the mark covers it */
    draw_part(ed, c, a.row, a.col + mark, a.cols - mark, from, ed->text.len);
    if (focus)
        canvas_cursor(c, a.row, a.col + mark + (from < ed->at ? (int)columns_between(ed, from, ed->at) : 0));
}

static void draw_secret(const struct editor *ed, struct canvas *c, struct area a, bool focus)
{
    int col = 0, cursor = 0;
    for (size_t at = 0; at < ed->text.len && col < a.cols - 1; at = after(ed, at), col++) {
        canvas_text(c, a.row, a.col + col, 1, STYLE_FIELD, c->ascii ? "*" : "•");
        cursor += at < ed->at;
    }
    if (focus)
        canvas_cursor(c, a.row, a.col + cursor);
}

void editor_draw(const struct editor *ed, struct canvas *c, struct area a, bool focus)
{
    if (a.rows < 1 || a.cols < 1)
        return;
    canvas_fill(c, a, STYLE_FIELD);
    if (ed->secret)
        draw_secret(ed, c, a, focus);
    else if (ed->lines)
        draw_lines(ed, c, a, focus);
    else
        draw_line(ed, c, a, focus);
}

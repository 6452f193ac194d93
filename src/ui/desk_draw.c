/* SPDX-License-Identifier: MIT
 *
 * The frame: header, the screens over one another, status line, footer. All
 * of it is painted every turn from what the desk knows.
 */
#include <stdio.h>
#include <string.h>

#include "desk_inside.h"

#define FOOTER_WORDS 6

/* What bounds the view that is seen: "limit: debt  sorted by Name  3 tagged". */
static void say_mode(const struct desk *d, const struct screen *s, struct buf *out)
{
    struct view *v = s->type->view ? s->type->view(s) : NULL;
    size_t tags = v ? view_tags(v, NULL) : 0;
    if (v && *view_limit_text(v))
        buf_fmt(out, "limit: %s  ", view_limit_text(v));
    if (v && *view_sorted_by(v))
        buf_fmt(out, "sorted by %s  ", view_sorted_by(v));
    if (tags)
        buf_fmt(out, "%zu tagged  ", tags);
    if (d->session && session_is_read_only(d->session))
        buf_str(out, "read-only  ");
    if (d->session)
        buf_str(out, session_login(d->session));
}

/* The screen whose header and footer count: under dialogs the first that is none. */
static struct screen *whole_screen(const struct desk *d)
{
    struct screen *s = d->top;
    while (s->type->dialog && s->under)
        s = s->under;
    return s;
}

static void draw_header(struct desk *d, const struct screen *s, struct area a)
{
    struct canvas *c = &d->canvas;
    struct buf right = {0}, head = {0};
    say_mode(d, s, &right);
    int wide = (int)utf8_width(buf_text(&right));
    int room = a.cols - wide - 3 < a.cols / 2 ? a.cols / 2 : a.cols - wide - 3;
    canvas_fill(c, a, STYLE_TITLE);
    int at = 1 + canvas_text(c, a.row, a.col + 1, room - 1, STYLE_TITLE, s->type->title);
    if (s->type->headline)
        s->type->headline(s, &head);
    if (head.len)
        canvas_fmt(c, a.row, a.col + at, room - at, STYLE_TITLE, "  %s", buf_text(&head));
    int left = a.cols - room - 2;
    canvas_text(c, a.row, a.col + a.cols - 1 - (wide < left ? wide : left), left, STYLE_TITLE, buf_text(&right));
    buf_free(&right);
    buf_free(&head);
}

static int draw_key(struct canvas *c, struct area a, int at, const char *keys, const char *word)
{
    char first[16];
    size_t n = strcspn(keys, " ");
    if (n >= sizeof first || at + (int)n + 2 + (int)utf8_width(word) > a.cols)
        return at;
    memcpy(first, keys, n);
    first[n] = '\0';
    at += canvas_text(c, a.row, a.col + at, a.cols - at, STYLE_KEY, first);
    at += 1 + canvas_text(c, a.row, a.col + at + 1, a.cols - at - 1, STYLE_DIM, word);
    return at + 2;
}

static void draw_footer(struct desk *d, struct screen *s, struct area a)
{
    bool with_view = s->type->view && s->type->view(s);
    int at = 1, words = 0;
    struct area keys = a;
    keys.cols -= s->type->typing ? 0 : 8; /* room for the one that is always there */
    for (size_t i = 0; words < FOOTER_WORDS; i++) {
        const struct command *c = command_at(s->type, with_view, i);
        if (!c)
            break;
        if (!c->brief || !*c->keys || (s->type->typing && !(c->flags & COMMAND_TYPING)) || !desk_offers(s, c))
            continue;
        at = draw_key(&d->canvas, keys, at, c->keys, c->brief);
        words++;
    }
    if (!s->type->typing)
        draw_key(&d->canvas, a, at, "?", "keys");
}

static void draw_small(struct canvas *c)
{
    struct area a = canvas_area(c);
    char text[160];
    snprintf(text, sizeof text, "onward needs a window of %dx%d; this one is %dx%d. Make it larger, or press q to leave (text is kept).",
             LAYOUT_COLS_LEAST, LAYOUT_ROWS_LEAST, c->cols, c->rows);
    canvas_wrap(c, a, STYLE_PLAIN, text, 0);
    canvas_cursor(c, 0, 0);
}

/* A dialog stands over the screen it is about; read aloud line by line it stands alone. Of several the last is drawn. */
static void draw_bodies(struct desk *d, struct screen *whole, struct area body)
{
    bool seen = whole == d->top || !d->canvas.linear;
    if (seen && whole->type->draw)
        whole->type->draw(whole, &d->canvas, body);
    if (whole != d->top && d->top->type->draw)
        d->top->type->draw(d->top, &d->canvas, body);
}

/* How tall the view is has been known since it was drawn: where it held too few rows for that, they are read now. */
static bool has_filled(struct screen *s)
{
    struct err e = {0};
    struct view *v = s->type->view ? s->type->view(s) : NULL;
    if (!v || !view_is_short(v))
        return false;
    if (view_fill(v, &e))
        return true;
    desk_error(s, &e);
    return false;
}

/* A message longer than its line takes lines from the body: what to do next stands at its end. Where text is typed it does
 * not: a form has its own place for what is wrong. */
#define MESSAGE_LINES 4

static void draw_message(struct desk *d, struct area a)
{
    struct area text = {a.row, a.col + 1, 1, a.cols - 2};
    if (!d->message[0])
        return;
    int lines = canvas_wrap(NULL, text, d->message_style, d->message, 0);
    int most = d->top->type->typing ? 1 : MESSAGE_LINES;
    text.rows = lines < most ? lines : most;
    text.row = a.row + 1 - text.rows;
    canvas_fill(&d->canvas, (struct area){text.row, a.col, text.rows, a.cols}, STYLE_PLAIN);
    canvas_wrap(&d->canvas, text, d->message_style, d->message, 0);
}

static void draw_screens(struct desk *d, const struct layout *l)
{
    canvas_clear(&d->canvas);
    canvas_cursor(&d->canvas, 0, 0);
    draw_header(d, whole_screen(d), l->header);
    draw_bodies(d, whole_screen(d), l->body);
}

const struct canvas *desk_draw(struct desk *d)
{
    struct canvas *c = &d->canvas;
    struct layout l = layout_of(c->rows, c->cols);
    canvas_clear(c);
    canvas_cursor(c, 0, 0);
    if (!d->top)
        return c;
    if (!l.fits) {
        draw_small(c);
        return c;
    }
    draw_screens(d, &l);
    if (has_filled(whole_screen(d)))
        draw_screens(d, &l);
    draw_message(d, l.status);
    draw_footer(d, d->top, l.footer);
    return c;
}

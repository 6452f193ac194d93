/* SPDX-License-Identifier: MIT
 *
 * The picture of a form: a block of lines for each field (its text, and under
 * it what is left to choose from, what is wrong and what changed), scrolled so
 * that the focused one is seen.
 */
#include <stdio.h>
#include <string.h>

#include "form_inside.h"

enum {
    LABEL_MOST = 24,
    NOTE_LEAST = 2, NOTE_LONG = 3, NOTE_MOST = 6, /* lines of a note; a long one has more from the start */
    OFFER_LINES = 6,
    HINT_LEAST = 16, /* columns that make a hint beside a field worth it */
};

/* Where things stand on a line. */
struct columns {
    int label, text, cols; /* width of labels; first column of texts; all */
    bool linear;           /* a label of its own width, nothing beside anything */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static bool is_needed(const struct form_field *ff)
{
    return ff->field->flags & FIELD_REQUIRED;
}

static int label_columns(const struct form_field *ff)
{
    return (int)utf8_width(ff->field->label) + (is_needed(ff) ? 2 : 0);
}

static struct columns columns_of(const struct form *f, int cols, bool linear)
{
    struct columns at = {.cols = cols, .linear = linear};
    for (size_t i = 0; i < f->n; i++)
        if (form_is_seen(f, &f->fields[i]) && label_columns(&f->fields[i]) > at.label)
            at.label = label_columns(&f->fields[i]);
    at.label = least(at.label, least(LABEL_MOST, cols / 3));
    at.text = at.label + 3;
    return at;
}

static int text_column(const struct columns *at, const struct form_field *ff)
{
    return at->linear ? least(label_columns(ff) + 3, at->cols / 2) : at->text;
}

/* Columns that the longest text worth seeing takes. */
static int wanted_columns(const struct field *field)
{
    switch (field->kind) {
    case FIELD_FLAG:
        return 5;
    case FIELD_TIME:
    case FIELD_INT:
        return 8;
    case FIELD_DATE:
    case FIELD_PARTIAL:
    case FIELD_NHS:
    case FIELD_POSTCODE:
        return 16;
    case FIELD_PHONE:
    case FIELD_REF:
        return 24;
    case FIELD_CHOICE:
        return 32;
    case FIELD_TEXT:
        return field->max > 0 && field->max < 60 ? (int)field->max + 1 : 60;
    default:
        return 72;
    }
}

static int text_columns(const struct columns *at, const struct form_field *ff)
{
    int room = at->cols - text_column(at, ff);
    int wanted = wanted_columns(ff->field);
    if (form_has_choices(ff->field) && ff->field->kind != FIELD_FLAG && wanted < 48)
        wanted = 48;
    return least(room, wanted) > 1 ? least(room, wanted) : 1;
}

static int text_rows(const struct columns *at, const struct form_field *ff)
{
    if (!ff->editor.lines)
        return 1;
    int rows = editor_rows(&ff->editor, text_columns(at, ff));
    int from = ff->field->max > 300 || ff->field->size > 600 ? NOTE_LONG : NOTE_LEAST;
    return rows < from ? from : least(rows, NOTE_MOST);
}

/* ---- what stands beside and under a text */

/* "minutes; 14:05" of the focused field, or what a date was read as. */
static void hint_of(const struct form *f, const struct form_field *ff, struct buf *out)
{
    const struct field *field = ff->field;
    if (*ff->read_as) {
        buf_str(out, ff->read_as);
        return;
    }
    if (ff != form_focused(f))
        return;
    if (field->unit)
        buf_str(out, field->unit);
    if (field->help)
        buf_fmt(out, "%s%s", out->len ? "; " : "", field->help);
    if (field->kind == FIELD_FLAG)
        buf_fmt(out, "%sy or n", out->len ? "; " : "");
    else if (field->kind == FIELD_NOTE)
        buf_fmt(out, "%s^J: a new line", out->len ? "; " : "");
    else if (form_has_several(field))
        buf_fmt(out, "%scommas between several", out->len ? "; " : "");
}

static bool hint_fits_beside(const struct columns *at, const struct form_field *ff, const char *hint)
{
    int room = at->cols - text_column(at, ff) - text_columns(at, ff) - 2;
    return !at->linear && (room >= (int)utf8_width(hint) || room >= HINT_LEAST * 2);
}

/* Lines are drawn at `line` of the whole form; what is scrolled away or below the area is only counted. */
struct painter {
    struct canvas *c; /* NULL: only count */
    bool linear;
    struct area a;
    int top, line;
};

static int row_of(const struct painter *p, int line)
{
    int row = line - p->top;
    return p->c && row >= 0 && row < p->a.rows ? p->a.row + row : -1;
}

static void draw_at(const struct painter *p, int line, int col, int cols, enum style style, const char *text)
{
    int row = row_of(p, line);
    if (row >= 0 && cols > 0)
        canvas_text(p->c, row, p->a.col + col, cols, style, text);
}

/* Wrapped text from the painter's line on; moves past it. */
static void draw_under(struct painter *p, int col, enum style style, const char *text)
{
    int cols = p->a.cols - col > 1 ? p->a.cols - col : 1;
    int lines = canvas_wrap(NULL, (struct area){0, 0, 1, cols}, style, text, 0);
    int first = p->line < p->top ? p->top : p->line, last = least(p->line + lines, p->top + p->a.rows);
    if (p->c && first < last)
        canvas_wrap(p->c, (struct area){p->a.row + first - p->top, p->a.col + col, last - first, cols}, style, text, first - p->line);
    p->line += lines;
}

/* ---- what is left to choose from */

static bool offers_anything(const struct form *f)
{
    const struct form_field *ff = form_focused(f);
    return ff && f->offers.n && f->offers.open && ff->field->kind != FIELD_FLAG;
}

static void draw_offer(const struct painter *p, int col, const struct offer *offer, bool picked)
{
    int room = p->a.cols - col, row = row_of(p, p->line);
    if (row < 0 || room < 4)
        return;
    enum style style = picked ? STYLE_FOCUS : STYLE_PLAIN;
    canvas_text(p->c, row, p->a.col + col, 1, style, picked ? ">" : " ");
    int at = 2 + canvas_text(p->c, row, p->a.col + col + 2, room - 2, style, offer->label);
    if (*offer->group && at + 4 < room)
        canvas_text(p->c, row, p->a.col + col + at + 2, room - at - 2, STYLE_DIM, offer->group);
}

/* Under the field, the picked one among them, and how many more there are; fewer where there is little room. */
static void draw_offers(const struct form *f, struct painter *p, int col)
{
    const struct offers *o = &f->offers;
    int n = (int)o->n, room = p->a.rows && p->a.rows < OFFER_LINES + 3 ? p->a.rows / 2 + 1 : OFFER_LINES;
    int rows = n <= room + 1 ? n : room; /* "and 1 more" takes the line that the one would have */
    int from = o->picked >= rows ? (int)o->picked - rows + 1 : 0;
    for (int i = from; i < from + rows; i++, p->line++)
        draw_offer(p, col, &o->rows[i], i == o->picked);
    if (n > from + rows) {
        char more[32];
        snprintf(more, sizeof more, "  and %d more", n - from - rows);
        draw_at(p, p->line++, col, p->a.cols - col, STYLE_DIM, more);
    }
}

/* ---- one field */

static void draw_label(const struct painter *p, const struct columns *at, const struct form_field *ff, bool focus)
{
    int col = text_column(at, ff) - 3;
    enum style style = focus ? STYLE_FOCUS : STYLE_PLAIN;
    if (focus && !at->linear)
        draw_at(p, p->line, 0, 1, STYLE_FOCUS, ">");
    draw_at(p, p->line, at->linear ? 0 : 1, is_needed(ff) ? col - 2 : col, style, ff->field->label);
    if (is_needed(ff)) {
        int wide = least((int)utf8_width(ff->field->label), col - 2);
        draw_at(p, p->line, (at->linear ? 0 : 1) + wide, 2, style, " *");
    }
    if (at->linear)
        draw_at(p, p->line, least(label_columns(ff), col), 1, style, ":");
}

static void draw_text(const struct painter *p, const struct columns *at, const struct form_field *ff, bool focus)
{
    int rows = text_rows(at, ff), from = p->line < p->top ? p->top : p->line;
    int to = least(p->line + rows, p->top + p->a.rows);
    if (!p->c || from >= to)
        return;
    editor_draw(&ff->editor, p->c,
                (struct area){p->a.row + from - p->top, p->a.col + text_column(at, ff), to - from, text_columns(at, ff)}, focus);
}

static void draw_field(const struct form *f, struct painter *p, const struct columns *at, const struct form_field *ff, bool focus)
{
    struct buf hint = {0};
    int text = text_column(at, ff), beside = text + text_columns(at, ff) + 2;
    if (focus || *ff->read_as)
        hint_of(f, ff, &hint);
    bool is_beside = hint_fits_beside(at, ff, buf_text(&hint));
    draw_label(p, at, ff, focus);
    draw_text(p, at, ff, focus);
    if (is_beside)
        draw_at(p, p->line, beside, p->a.cols - beside, STYLE_DIM, buf_text(&hint));
    p->line += text_rows(at, ff);
    if (focus && offers_anything(f))
        draw_offers(f, p, text);
    if (focus && form_offers_none(f) && !*ff->wrong)
        draw_under(p, text, STYLE_DIM, "  nothing in the list begins so; take letters away");
    if (hint.len && !is_beside)
        draw_under(p, text, STYLE_DIM, buf_text(&hint));
    if (*ff->wrong) {
        struct buf wrong = {0};
        buf_fmt(&wrong, "! %s", ff->wrong);
        draw_under(p, text, STYLE_ALERT, buf_text(&wrong));
        buf_free(&wrong);
    }
    if (*ff->changed)
        draw_under(p, text, STYLE_WARN, ff->changed);
    buf_free(&hint);
}

/* ---- all of it */

/* Draws, or counts with p->c NULL; the focused field's first and last line. */
static void draw_all(const struct form *f, struct painter *p, bool focus, int *first, int *last)
{
    struct columns at = columns_of(f, p->a.cols, p->linear);
    if (*f->problem)
        draw_under(p, 0, STYLE_ALERT, f->problem);
    for (size_t i = 0; i < f->n; i++) {
        const struct form_field *ff = &f->fields[i];
        bool focused = focus && ff == form_focused(f);
        if (!form_is_seen(f, ff))
            continue;
        if (focused)
            *first = p->line;
        draw_field(f, p, &at, ff, focused);
        if (focused)
            *last = p->line - 1;
    }
}

int form_lines(const struct form *f)
{
    struct painter p = {.a = {0, 0, 0, f->cols}};
    int first, last;
    draw_all(f, &p, false, &first, &last);
    return p.line;
}

/* All of the focused field is seen, or its beginning; nothing is scrolled in vain. */
static void scroll(struct form *f, int rows, int lines, int first, int last)
{
    if (last >= f->top + rows)
        f->top = last - rows + 1;
    f->top = least(f->top, lines - rows);
    f->top = *f->problem && last < rows ? 0 : least(f->top, first); /* what is wrong with the whole stands first */
    if (f->top < 0)
        f->top = 0;
}

int form_draw_part(struct form *f, struct canvas *c, struct area a, bool focus)
{
    struct painter count = {.linear = c->linear, .a = a}, p = {.c = c, .linear = c->linear, .a = a};
    int first = 0, last = 0;
    if (a.rows < 1 || a.cols < 8)
        return 0;
    f->cols = a.cols;
    draw_all(f, &count, focus, &first, &last);
    scroll(f, a.rows, count.line, first, last);
    p.top = f->top;
    draw_all(f, &p, focus, &first, &last);
    return least(count.line, a.rows);
}

void form_draw(struct form *f, struct canvas *c, struct area a)
{
    (void)form_draw_part(f, c, a, true);
}

void form_legend(const struct form *f, struct buf *out)
{
    size_t more = 0;
    bool needed = false;
    for (size_t i = 0; i < f->n; i++) {
        more += f->fields[i].more;
        needed = needed || (form_is_seen(f, &f->fields[i]) && is_needed(&f->fields[i]));
    }
    if (needed)
        buf_str(out, "* must be given");
    if (more)
        buf_fmt(out, "%s^O: %s%zu more field%s", out->len ? "    " : "", f->all ? "without " : "", more, more == 1 ? "" : "s");
}

/* SPDX-License-Identifier: MIT
 *
 * Dialogs: a question, a line to type, a choice, a text to read. Each is a
 * screen that is pushed; its answer goes to the screen that asked once it is
 * gone.
 */
#include <stdlib.h>
#include <string.h>

#include "chooser.h"
#include "desk.h"
#include "pane.h"

/* True for keys that leave a dialog. */
static bool leaves(int32_t key)
{
    return key == PRESS_ESC || key == PRESS_QUIT || key == CTRL('c');
}

/* ---- yes or no */

struct ask {
    struct screen base;
    struct screen *over;
    char *title, *question;
    void (*yes)(struct screen *over);
};

static void ask_close(struct screen *self)
{
    struct ask *a = (struct ask *)self;
    free(a->title);
    free(a->question);
}

static void ask_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct ask *a = (struct ask *)self;
    int columns = c->cols < 72 ? c->cols - 4 : 68;
    int lines = canvas_wrap(NULL, (struct area){0, 0, 1, columns}, STYLE_PLAIN, a->question, 0);
    (void)body;
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, lines + 2, columns), a->title);
    struct area text = {in.row, in.col, in.rows - 2, in.cols};
    canvas_wrap(c, text, STYLE_PLAIN, a->question, 0);
    int at = canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_KEY, "y");
    at += canvas_text(c, in.row + in.rows - 1, in.col + at, in.cols - at, STYLE_PLAIN, " or Enter: yes    ");
    at += canvas_text(c, in.row + in.rows - 1, in.col + at, in.cols - at, STYLE_KEY, "n");
    canvas_text(c, in.row + in.rows - 1, in.col + at, in.cols - at, STYLE_PLAIN, " or Esc: no");
    canvas_cursor(c, in.row + in.rows - 1, in.col);
}

static bool ask_event(struct screen *self, const struct event *ev)
{
    struct ask *a = (struct ask *)self;
    if (ev->kind != EVENT_KEY)
        return true;
    if (ev->key == 'y' || ev->key == 'Y' || ev->key == PRESS_ENTER) {
        desk_close(self, false);
        a->yes(a->over);
    } else if (ev->key == 'n' || ev->key == 'N' || ev->key == 'q' || leaves(ev->key)) {
        desk_close(self, false);
    } else {
        desk_say(self, "y says yes, n says no.");
    }
    return true;
}

static const struct screen_type ask_dialog = {
    .name = "question", .title = "Question", .size = sizeof(struct ask), .dialog = true, .typing = true,
    .close = ask_close, .draw = ask_draw, .event = ask_event,
};

void dialog_ask(struct screen *over, const char *title, const char *question, void (*yes)(struct screen *over))
{
    struct ask *a = (struct ask *)desk_open(over, &ask_dialog, NULL);
    a->over = over;
    a->title = xstrdup(title);
    a->question = xstrdup(question);
    a->yes = yes;
}

/* ---- one line */

struct line {
    struct screen base;
    struct screen *over;
    char *title, *label;
    struct editor editor;
    void (*done)(struct screen *over, const char *text);
};

static void line_close(struct screen *self)
{
    struct line *l = (struct line *)self;
    free(l->title);
    free(l->label);
    editor_free(&l->editor);
}

static void line_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct line *l = (struct line *)self;
    int columns = c->cols - 6 < 90 ? c->cols - 6 : 90;
    int lines = canvas_wrap(NULL, (struct area){0, 0, 1, columns}, STYLE_DIM, l->label, 0);
    (void)body;
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, lines + 3, columns), l->title);
    canvas_wrap(c, (struct area){in.row, in.col, in.rows - 3, in.cols}, STYLE_DIM, l->label, 0);
    struct area field = {in.row + in.rows - 3, in.col, 1, in.cols};
    canvas_fill(c, field, STYLE_FIELD);
    editor_draw(&l->editor, c, field, true);
    canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, l->editor.full ? "No more text fits here." : "Enter does it, Esc leaves it.");
}

static bool line_event(struct screen *self, const struct event *ev)
{
    struct line *l = (struct line *)self;
    if (ev->kind == EVENT_PASTE) {
        editor_paste(&l->editor, ev->paste, ev->length);
    } else if (ev->key == PRESS_ENTER) {
        char *text = xstrdup(editor_text(&l->editor));
        desk_close(self, false);
        l->done(l->over, text);
        explicit_bzero(text, strlen(text)); /* it may be a password */
        free(text);
    } else if (leaves(ev->key)) {
        desk_close(self, false);
    } else if (!editor_key(&l->editor, ev->key)) {
        desk_say(self, "Type a text; Enter does it, Esc leaves it.");
    }
    return true;
}

static const struct screen_type line_dialog = {
    .name = "line", .title = "Line", .size = sizeof(struct line), .dialog = true, .typing = true,
    .close = line_close, .draw = line_draw, .event = line_event,
};

static struct line *line_open(struct screen *over, const char *title, const char *label, void (*done)(struct screen *, const char *))
{
    struct line *l = (struct line *)desk_open(over, &line_dialog, NULL);
    l->over = over;
    l->title = xstrdup(title);
    l->label = xstrdup(label);
    l->done = done;
    editor_init(&l->editor, 500, false);
    return l;
}

void dialog_line(struct screen *over, const char *title, const char *label, const char *initial,
                 void (*done)(struct screen *over, const char *text))
{
    struct line *l = line_open(over, title, label, done);
    editor_set(&l->editor, initial);
}

void dialog_secret(struct screen *over, const char *title, const char *label, void (*done)(struct screen *over, const char *text))
{
    line_open(over, title, label, done)->editor.secret = true;
}

/* ---- a choice */

struct pick {
    struct screen base;
    struct screen *over;
    char *title;
    struct chooser chooser;
    void (*done)(struct screen *over, const char *key);
};

static const struct view_column pick_columns[] = {
    {.key = "key", .label = "", .width = 0},
    {.key = "label", .label = "", .width = 20, .grows = true},
    {.key = "hint", .label = "", .width = 16, .grows = true},
};

static void pick_close(struct screen *self)
{
    struct pick *p = (struct pick *)self;
    free(p->title);
    chooser_free(&p->chooser);
}

static void pick_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct pick *p = (struct pick *)self;
    int rows = (int)view_rows(p->chooser.view), most = body.rows - 6 > 3 ? body.rows - 6 : 3;
    int columns = c->cols - 6 < 90 ? c->cols - 6 : 90;
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, (rows < most ? rows : most) + 4, columns), p->title);
    chooser_draw(&p->chooser, c, (struct area){in.row, in.col, in.rows - 1, in.cols}, "Type to narrow: ");
    canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, "Enter takes it, Esc leaves it.");
}

static bool pick_event(struct screen *self, const struct event *ev)
{
    struct pick *p = (struct pick *)self;
    enum chosen chosen = chooser_event(&p->chooser, ev, "label");
    const char *key = chosen == CHOSEN ? view_key(p->chooser.view) : NULL;
    if (chosen != CHOOSING)
        desk_close(self, false);
    if (key)
        p->done(p->over, key);
    return true;
}

static const struct screen_type pick_dialog = {
    .name = "choice", .title = "Choice", .size = sizeof(struct pick), .dialog = true, .typing = true,
    .close = pick_close, .draw = pick_draw, .event = pick_event,
};

void dialog_pick(struct screen *over, const char *title, const struct choice_row *rows, size_t n,
                 void (*done)(struct screen *over, const char *key))
{
    struct pick *p = (struct pick *)desk_open(over, &pick_dialog, NULL);
    p->over = over;
    p->title = xstrdup(title);
    p->done = done;
    chooser_init(&p->chooser, pick_columns, sizeof pick_columns / sizeof *pick_columns, "Nothing begins like that; take some letters away.");
    for (size_t i = 0; i < n; i++)
        view_add(p->chooser.view, (const char *const[]){rows[i].key, rows[i].label, rows[i].hint ? rows[i].hint : ""});
}

/* ---- text to read */

struct text {
    struct screen base;
    char *title;
    struct pane pane;
};

static void text_close(struct screen *self)
{
    struct text *t = (struct text *)self;
    free(t->title);
    pane_free(&t->pane);
}

static void text_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct text *t = (struct text *)self;
    int columns = c->cols - 6 < 100 ? c->cols - 6 : 100;
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, body.rows - 2, columns), t->title);
    pane_draw(&t->pane, c, (struct area){in.row, in.col, in.rows - 1, in.cols});
    canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, "Up, Down, PgUp, PgDn move; Esc or q goes back.");
    canvas_cursor(c, in.row, in.col);
}

static bool text_event(struct screen *self, const struct event *ev)
{
    struct text *t = (struct text *)self;
    int page = t->pane.shown > 1 ? t->pane.shown - 1 : 1;
    if (ev->kind != EVENT_KEY)
        return true;
    if (ev->key == 'q' || ev->key == PRESS_ENTER || leaves(ev->key))
        desk_close(self, false);
    else if (ev->key == 'j' || ev->key == PRESS_DOWN)
        pane_scroll(&t->pane, 1);
    else if (ev->key == 'k' || ev->key == PRESS_UP)
        pane_scroll(&t->pane, -1);
    else if (ev->key == ' ' || ev->key == PRESS_PAGE_DOWN)
        pane_scroll(&t->pane, page);
    else if (ev->key == PRESS_PAGE_UP)
        pane_scroll(&t->pane, -page);
    else if (ev->key == PRESS_HOME)
        pane_scroll(&t->pane, -t->pane.drawn);
    else if (ev->key == PRESS_END)
        pane_scroll(&t->pane, t->pane.drawn);
    return true;
}

static const struct screen_type text_dialog = {
    .name = "text", .title = "Text", .size = sizeof(struct text), .dialog = true, .typing = true,
    .close = text_close, .draw = text_draw, .event = text_event,
};

/* Every line of the text is one of the pane, which wraps it. */
void dialog_text(struct screen *over, const char *title, const char *text)
{
    struct text *t = (struct text *)desk_open(over, &text_dialog, NULL);
    t->title = xstrdup(title);
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = text + strcspn(text, "\n");
        char *line = xstrndup(end == text ? " " : text, end == text ? 1 : (size_t)(end - text));
        pane_add(&t->pane, "", STYLE_PLAIN, line);
        free(line);
    }
}

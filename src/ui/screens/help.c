/* SPDX-License-Identifier: MIT
 *
 * The keys of the screen below, as its command tables have them: typing
 * narrows, Enter does the one that is chosen.
 */
#include <string.h>

#include "desk.h"

struct help {
    struct screen base;
    struct screen *about;
    struct view *view;
    struct editor typed;
};

static const struct view_column columns[] = {
    {.key = "name", .label = "", .width = 0},
    {.key = "keys", .label = "Key", .width = 10},
    {.key = "what", .label = "What it does", .width = 30, .grows = true},
    {.key = "called", .label = "By name, after :", .width = 22, .last = true},
};

static bool help_open(struct screen *self, const void *args, struct err *e)
{
    struct help *h = (struct help *)self;
    (void)args, (void)e;
    h->about = self->under;
    h->view = view_by_hand(columns, sizeof columns / sizeof *columns);
    view_set_empty(h->view, "No key of this screen has that word; Backspace widens again.");
    editor_init(&h->typed, 60, false);
    bool with_view = h->about->type->view && h->about->type->view(h->about);
    for (size_t i = 0;; i++) {
        const struct command *c = command_at(h->about->type, with_view, i);
        if (!c)
            break;
        if (desk_offers(h->about, c) && (!h->about->type->typing || (c->flags & COMMAND_TYPING)))
            view_add(h->view, (const char *const[]){c->name, *c->keys ? c->keys : ":", c->help, c->name});
    }
    return true;
}

static void help_close(struct screen *self)
{
    struct help *h = (struct help *)self;
    view_free(h->view);
    editor_free(&h->typed);
}

static void help_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct help *h = (struct help *)self;
    const char *about = h->about->type->help ? h->about->type->help : "";
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, body.rows - 2, c->cols - 6 < 110 ? c->cols - 6 : 110), h->about->type->title);
    int lines = *about ? canvas_wrap(c, (struct area){in.row, in.col, 4, in.cols}, STYLE_PLAIN, about, 0) : 0;
    lines = lines > 4 ? 4 : lines;
    int row = in.row + lines + 1;
    int at = canvas_text(c, row, in.col, in.cols, STYLE_DIM, "Type to find: ");
    editor_draw(&h->typed, c, (struct area){row, in.col + at, 1, in.cols - at}, true);
    view_draw(h->view, c, (struct area){row + 1, in.col, in.rows - lines - 3, in.cols}, false);
    canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, "Enter does it, Up and Down choose, Esc goes back. : does anything by its name.");
}

static bool help_event(struct screen *self, const struct event *ev)
{
    struct help *h = (struct help *)self;
    struct err e = {0};
    bool ok = true;
    if (ev->kind == EVENT_PASTE) {
        editor_paste(&h->typed, ev->paste, ev->length);
        ok = view_limit(h->view, editor_text(&h->typed), &e);
    } else if (ev->key == PRESS_ESC || ev->key == PRESS_HELP || ev->key == PRESS_QUIT || ev->key == CTRL('c')) {
        desk_close(self, false);
    } else if (ev->key == PRESS_ENTER) {
        const char *name = view_key(h->view);
        desk_close(self, false);
        if (name)
            desk_command(h->about, name);
    } else if (ev->key == PRESS_DOWN || ev->key == PRESS_UP) {
        ok = view_move(h->view, ev->key == PRESS_DOWN ? 1 : -1, &e);
    } else if (ev->key == PRESS_PAGE_DOWN || ev->key == PRESS_PAGE_UP) {
        ok = view_page(h->view, ev->key == PRESS_PAGE_DOWN ? 1 : -1, &e);
    } else if (editor_key(&h->typed, ev->key)) {
        ok = view_limit(h->view, editor_text(&h->typed), &e);
    }
    if (!ok)
        desk_error(self, &e);
    return true;
}

const struct screen_type help_screen = {
    .name = "keys", .title = "Keys", .help = "The keys of the screen it was opened over.",
    .size = sizeof(struct help), .dialog = true, .typing = true,
    .open = help_open, .close = help_close, .draw = help_draw, .event = help_event,
};

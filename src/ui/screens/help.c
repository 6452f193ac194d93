/* SPDX-License-Identifier: MIT
 *
 * The keys of the screen below, as its command tables have them: typing
 * narrows, Enter does the one that is chosen.
 */
#include "chooser.h"
#include "desk.h"

struct help {
    struct screen base;
    struct screen *about;
    struct chooser chooser;
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
    chooser_init(&h->chooser, columns, sizeof columns / sizeof *columns, "No key of this screen has that word; Backspace widens again.");
    bool with_view = h->about->type->view && h->about->type->view(h->about);
    for (size_t i = 0;; i++) {
        const struct command *c = command_at(h->about->type, with_view, i);
        if (!c)
            break;
        if (desk_offers(h->about, c) && (!h->about->type->typing || (c->flags & COMMAND_TYPING)))
            view_add(h->chooser.view, (const char *const[]){c->name, *c->keys ? c->keys : ":", c->help, c->name});
    }
    return true;
}

static void help_close(struct screen *self)
{
    chooser_free(&((struct help *)self)->chooser);
}

static void help_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct help *h = (struct help *)self;
    const char *about = h->about->type->help ? h->about->type->help : "";
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, body.rows - 2, c->cols - 6 < 110 ? c->cols - 6 : 110), h->about->type->title);
    int lines = *about ? canvas_wrap(c, (struct area){in.row, in.col, 4, in.cols}, STYLE_PLAIN, about, 0) : 0;
    lines = lines > 4 ? 4 : lines;
    chooser_draw(&h->chooser, c, (struct area){in.row + lines + 1, in.col, in.rows - lines - 2, in.cols}, "Type to find: ");
    canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, "Enter does it, Up and Down choose, Esc goes back. : does anything by its name.");
}

static bool help_event(struct screen *self, const struct event *ev)
{
    struct help *h = (struct help *)self;
    bool again = ev->kind == EVENT_KEY && ev->key == PRESS_HELP; /* the key that opened it closes it */
    enum chosen chosen = again ? CHOSEN_NONE : chooser_event(&h->chooser, ev, NULL);
    const char *name = chosen == CHOSEN ? view_key(h->chooser.view) : NULL;
    if (chosen != CHOOSING)
        desk_close(self, false);
    if (name)
        desk_command(h->about, name);
    return true;
}

const struct screen_type help_screen = {
    .name = "keys", .title = "Keys", .help = "The keys of the screen it was opened over.",
    .size = sizeof(struct help), .dialog = true, .typing = true,
    .open = help_open, .close = help_close, .draw = help_draw, .event = help_event,
};

/* SPDX-License-Identifier: MIT
 *
 * What was typed and not saved, kept through a crash, a kill or a lost line:
 * offered at the start, opened again by Enter.
 */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

struct drafts {
    struct screen base;
    struct view *view;
};

static const struct view_column columns[] = {
    {.key = "id", .label = "", .width = 0},
    {.key = "title", .label = "What you were writing", .width = 30, .grows = true},
    {.key = "at", .label = "Kept", .width = 17},
    {.key = "form", .label = "", .width = 0},
    {.key = "about", .label = "", .width = 0},
};

static bool add(void *ctx, const struct draft *d)
{
    char id[140], at[INSTANT_SIZE];
    snprintf(id, sizeof id, "%s/%s", d->form, d->about);
    instant_format(d->saved_at, at);
    at[10] = ' ';
    at[16] = '\0';
    view_add(ctx, (const char *const[]){id, d->title, at, d->form, d->about});
    return true;
}

static bool drafts_refresh(struct screen *self, struct err *e)
{
    struct drafts *w = (struct drafts *)self;
    view_clear(w->view);
    return draft_each(desk_session(self->desk), add, w->view, e);
}

static bool drafts_open(struct screen *self, const void *args, struct err *e)
{
    struct drafts *w = (struct drafts *)self;
    (void)args;
    w->view = view_by_hand(columns, sizeof columns / sizeof *columns);
    view_set_empty(w->view, "Nothing is unsaved. What you type into a form is kept here until it is saved.");
    if (drafts_refresh(self, e))
        return true;
    view_free(w->view);
    return false;
}

static void drafts_close(struct screen *self)
{
    view_free(((struct drafts *)self)->view);
}

static struct view *drafts_view(const struct screen *self)
{
    return ((const struct drafts *)self)->view;
}

static void drafts_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct drafts *w = (struct drafts *)self;
    canvas_text(c, body.row, body.col + 1, body.cols - 1, STYLE_PLAIN,
                view_rows(w->view) ? "Typed and not saved: Enter goes on with it, D throws it away, q keeps it." : "");
    view_draw(w->view, c, (struct area){body.row + 2, body.col, body.rows - 2, body.cols}, true);
}

/* The form of the selected draft and what it is about, copied: the view is read again meanwhile. */
static bool chosen(struct drafts *w, char form[64], char about[64])
{
    return view_key(w->view) && text_copy(form, 64, view_cell(w->view, "form")) && text_copy(about, 64, view_cell(w->view, "about"));
}

static const struct screen_type *type_of(const char *form)
{
    for (size_t i = 0; screen_types[i]; i++)
        if (strcmp(screen_types[i]->name, form) == 0 && screen_types[i]->resume)
            return screen_types[i];
    return NULL;
}

static void go_on(struct screen *self)
{
    struct drafts *w = (struct drafts *)self;
    struct draft d = {0};
    struct err e = {0};
    char form[64], about[64];
    bool found = false;
    if (!chosen(w, form, about))
        return;
    const struct screen_type *type = type_of(form);
    if (!type || !draft_find(desk_session(self->desk), form, about, &found, &d, &e) || !found)
        desk_say(self, "That text cannot be opened any more.");
    else if (!type->resume(self, &d, &e))
        desk_error(self, &e);
    draft_free(&d);
}

static void throw_away(struct screen *over)
{
    struct drafts *w = (struct drafts *)over;
    struct err e = {0};
    char form[64], about[64];
    if (!chosen(w, form, about))
        return;
    if (!draft_drop(desk_session(over->desk), form, about, &e) || !drafts_refresh(over, &e))
        desk_error(over, &e);
    else
        desk_say(over, "Thrown away.");
}

static void ask_throw_away(struct screen *self)
{
    if (view_key(((struct drafts *)self)->view))
        dialog_ask(self, "Throw away", "Throw this text away for good?", throw_away);
}

static const struct command commands[] = {
    {.name = "go on with it", .help = "Opens the form again with what you had typed.", .keys = "Enter", .brief = "go on", .run = go_on},
    {.name = "throw it away", .help = "Throws the text away, after asking.", .keys = "D", .brief = "throw away", .run = ask_throw_away},
    {.name = NULL},
};

const struct screen_type drafts_screen = {
    .name = "drafts", .title = "Unsaved text",
    .help = "What you typed into a form and did not save: it is kept here through a crash or a lost line, until it is saved or thrown away.",
    .size = sizeof(struct drafts), .commands = commands,
    .open = drafts_open, .close = drafts_close, .draw = drafts_draw, .view = drafts_view, .refresh = drafts_refresh,
};

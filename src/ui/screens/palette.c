/* SPDX-License-Identifier: MIT
 *
 * Any command by its name: those of the screen below, the screens, every verb
 * of the engine as a form, and any reference as the record it names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chooser.h"
#include "desk.h"

struct palette {
    struct screen base;
    struct screen *about;
    struct chooser chooser;
};

static const struct view_column columns[] = {
    {.key = "id", .label = "", .width = 0},
    {.key = "name", .label = "Command", .width = 26},
    {.key = "keys", .label = "Key", .width = 6},
    {.key = "help", .label = "What it does", .width = 20, .grows = true},
};

static void add_commands(struct palette *p)
{
    bool with_view = p->about->type->view && p->about->type->view(p->about);
    char id[96];
    for (size_t i = 0;; i++) {
        const struct command *c = command_at(p->about->type, with_view, i);
        if (!c)
            break;
        if ((c->flags & COMMAND_HIDDEN) || !desk_offers(p->about, c))
            continue;
        snprintf(id, sizeof id, "command:%s", c->name);
        view_add(p->chooser.view, (const char *const[]){id, c->name, c->keys, c->help});
    }
}

static void add_screens(struct palette *p)
{
    unsigned roles = session_roles(desk_session(p->base.desk));
    char id[96], name[96], key[16];
    for (size_t i = 0; screen_types[i]; i++) {
        const struct screen_type *t = screen_types[i];
        if (!t->home || (t->roles && !(t->roles & roles)))
            continue;
        snprintf(id, sizeof id, "screen:%s", t->name);
        snprintf(name, sizeof name, "go to %s", t->name);
        snprintf(key, sizeof key, "g %s", t->home);
        view_add(p->chooser.view, (const char *const[]){id, name, key, t->help ? t->help : ""});
    }
}

static void add_verbs(struct palette *p)
{
    unsigned roles = session_roles(desk_session(p->base.desk));
    char id[96];
    for (size_t i = 0; verb_at(i); i++) {
        const struct verb *v = verb_at(i);
        if (!(v->roles & roles) || v->reads)
            continue;
        snprintf(id, sizeof id, "verb:%s", v->name);
        view_add(p->chooser.view, (const char *const[]){id, v->name, "", v->help});
    }
}

static bool palette_open(struct screen *self, const void *args, struct err *e)
{
    struct palette *p = (struct palette *)self;
    (void)args, (void)e;
    p->about = self->under;
    p->chooser.view = view_by_hand(columns, sizeof columns / sizeof *columns);
    view_set_empty(p->chooser.view, "No command has those words. If it is a reference (PE-, SP-, HO-), Enter opens its record.");
    editor_init(&p->chooser.typed, 100, false);
    add_commands(p);
    if (desk_session(self->desk)) {
        add_screens(p);
        add_verbs(p);
    }
    return true;
}

static void palette_close(struct screen *self)
{
    chooser_free(&((struct palette *)self)->chooser);
}

static void palette_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct palette *p = (struct palette *)self;
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, body.rows - 4, c->cols - 6 < 110 ? c->cols - 6 : 110), "Any command");
    chooser_draw(&p->chooser, c, (struct area){in.row, in.col, in.rows - 1, in.cols}, ": ");
    canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, "Tab completes, Enter does it, Esc goes back.");
}

/* Its form; what is in focus goes to the arguments of the same name. */
static void run_verb_by_name(struct screen *about, const char *name)
{
    const struct verb *v = verb_find(name);
    struct act act = {.form = {.verb = v->name}};
    size_t n = 0;
    for (size_t i = 0; i < v->count && n < 3; i++) {
        if (!(v->args[i].flags & FIELD_POSITIONAL) || !desk_subject(about, v->args[i].key))
            continue;
        if (!act.about)
            act.about = v->args[i].key;
        else
            act.with[n++] = v->args[i].key;
    }
    if (strstr(name, " edit") && act.about) {
        static char show[64];
        snprintf(show, sizeof show, "%.*s show", (int)strcspn(name, " "), name);
        act.form.show = verb_find(show) ? show : NULL;
    }
    desk_act(about, &act);
}

static void run_chosen(struct screen *about, const char *id)
{
    const char *what = strchr(id, ':') + 1;
    if (text_starts(id, "command:")) {
        desk_command(about, what);
    } else if (text_starts(id, "verb:")) {
        run_verb_by_name(about, what);
    } else {
        for (size_t i = 0; screen_types[i]; i++)
            if (strcmp(screen_types[i]->name, what) == 0)
                desk_go(about, screen_types[i]);
    }
}

/* A reference as it is said: opens what it names. False when it is none. */
static bool open_reference(struct screen *about, const char *typed)
{
    struct open_args args = {0};
    const struct screen_type *type = &person_screen;
    if (text_starts(typed, "PE-") || text_starts(typed, "pe-"))
        args.person = typed;
    else if (text_starts(typed, "SP-") || text_starts(typed, "sp-"))
        args.referral = typed;
    else if (text_starts(typed, "HO-") || text_starts(typed, "ho-"))
        args.handoff = typed;
    else
        return false;
    if (args.handoff)
        type = &handoff_screen;
    desk_open(about, type, &args);
    return true;
}

static void take(struct palette *p)
{
    struct screen *about = p->about;
    char typed[128], id[128] = "";
    text_put(typed, sizeof typed, editor_text(&p->chooser.typed));
    text_trim(typed);
    if (view_key(p->chooser.view))
        text_put(id, sizeof id, view_key(p->chooser.view));
    desk_close(&p->base, false);
    if (open_reference(about, typed)) /* or the desk has said why not */
        return;
    if (*id)
        run_chosen(about, id);
    else
        desk_say(about, "There is no command \"%s\".", typed);
}

/* The whole name in place of what is typed; a key more narrows the list to it. */
static void complete(struct palette *p)
{
    struct err impossible = {0};
    char *name = xstrdup(view_cell(p->chooser.view, "name"));
    if (*name)
        editor_set(&p->chooser.typed, name);
    if (view_limit(p->chooser.view, editor_text(&p->chooser.typed), &impossible))
        view_select(p->chooser.view, name);
    free(name);
}

static bool palette_event(struct screen *self, const struct event *ev)
{
    struct palette *p = (struct palette *)self;
    if (ev->kind == EVENT_KEY && ev->key == PRESS_TAB) {
        complete(p);
        return true;
    }
    switch (chooser_event(&p->chooser, ev, "name")) {
    case CHOSEN:
        take(p);
        break;
    case CHOSEN_NONE:
        desk_close(self, false);
        break;
    case CHOOSING:
        break;
    }
    return true;
}

const struct screen_type palette_screen = {
    .name = "command", .title = "Any command", .help = "Every command by its name.",
    .size = sizeof(struct palette), .dialog = true, .typing = true,
    .open = palette_open, .close = palette_close, .draw = palette_draw, .event = palette_event,
};

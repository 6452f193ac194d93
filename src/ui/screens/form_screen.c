/* SPDX-License-Identifier: MIT
 *
 * The form of a verb over the screen it was asked from. What is typed is kept
 * as a draft all the while; one kept from before comes back when the same form
 * is opened again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"

#define NAME_MOST 52   /* bytes of a draft's name before its digest */
#define LINES_LEAST 10 /* of a form, so that a list of choices has room in a short one.. */
#define LINES_MORE 4   /* .. and a hint or some choices in a longer one without scrolling */

struct form_dialog {
    struct screen base;
    struct form *form;
    struct screen *over;
    void (*done)(struct screen *over, const struct outcome *o);
    char about[64];     /* of its draft: verb and references */
    char title[160];
    int rows;           /* inside the box; it grows with the form and never shrinks */
    bool asking;        /* what to do with the text, on leaving */
};

struct opening {
    const struct form_spec *spec;
    const struct form_about *about;
    const struct draft *draft; /* instead of those two */
};

/* ---- what its draft is called */

static bool names_something(const struct verb *v, const char *key)
{
    bool known = field_find(v->args, v->count, key) || (v->record && field_find(v->record->fields, v->record->count, key));
    return known && strcmp(key, "version") != 0;
}

/* "referral contact SP-4K7Q-9XD3": the verb and all that is fixed; of many references the first and their number. Which the
 * others are, and what has no room, is told by a digest: what was typed about one thing must never open for another. */
static void name_draft(const struct form_spec *spec, const struct form_about *about, char out[64])
{
    const struct verb *v = verb_find(spec->verb);
    struct buf name = {0};
    char digest[SHA256_HEX];
    buf_str(&name, spec->verb);
    for (size_t i = 0; v && i < about->n_fixed; i++)
        if (names_something(v, about->fixed[i].key))
            buf_fmt(&name, " %s", about->fixed[i].value);
    if (about->n_refs > 1)
        buf_fmt(&name, " %s and %zu", about->refs[0], about->n_refs - 1);
    size_t shown = name.len < NAME_MOST ? name.len : NAME_MOST;
    for (size_t i = 1; i < about->n_refs; i++)
        buf_fmt(&name, " %s", about->refs[i]);
    if (about->n_refs > 1 || !text_copy(out, 64, buf_text(&name))) {
        while ((name.data[shown] & 0xC0) == 0x80) /* within a letter */
            shown--;
        sha256_hex(name.data, name.len, digest);
        snprintf(out, 64, "%.*s #%.8s", (int)shown, name.data, digest);
    }
    buf_free(&name);
}

/* ---- opening */

static bool may_write(struct screen *self, const struct form_spec *spec, struct err *e)
{
    const struct verb *v = verb_find(spec->verb);
    if (!v || v->reads || !session_is_read_only(desk_session(self->desk)))
        return true;
    return err_rule(e, "read-only", "This desk is open for looking only; %% lets you write again.");
}

/* The form with the text of a draft of the same, if there is one and it can still be opened. Where the store fails it is
 * not known, and an empty form would write over it. */
static bool kept_before(struct form_dialog *d, struct err *e)
{
    struct session *s = desk_session(d->base.desk);
    struct draft draft = {0};
    bool found = false;
    if (!draft_find(s, d->base.type->name, d->about, &found, &draft, e))
        return false;
    if (found)
        d->form = form_of_draft(s, draft.text, e);
    d->base.kept = d->form ? xstrdup(draft.text) : NULL;
    draft_free(&draft);
    return d->form || !found || (e->code != ERR_STORE && e->code != ERR_BUSY);
}

static bool open_new(struct form_dialog *d, const struct opening *o, struct err *e)
{
    static const struct form_about nothing;
    const struct form_about *about = o->about ? o->about : &nothing;
    const struct verb *v = verb_find(o->spec->verb);
    name_draft(o->spec, about, d->about);
    size_t verb = strlen(o->spec->verb);
    snprintf(d->title, sizeof d->title, "%.120s%s", v ? v->help : "", strlen(d->about) > verb ? d->about + verb : "");
    if (!may_write(&d->base, o->spec, e))
        return false;
    if (!kept_before(d, e))
        return false;
    if (d->form)
        desk_say(&d->base, "This is what you had typed here and not saved. Esc, then x, throws it away.");
    else
        d->form = form_new(desk_session(d->base.desk), o->spec, about, e);
    return d->form;
}

static bool form_open(struct screen *self, const void *args, struct err *e)
{
    struct form_dialog *d = (struct form_dialog *)self;
    const struct opening *o = args;
    if (!o)
        return err_set(e, ERR_INVALID, "A form opens from what it is about: choose a command on a screen.");
    if (!o->draft)
        return open_new(d, o, e);
    text_put(d->about, sizeof d->about, o->draft->about);
    text_put(d->title, sizeof d->title, o->draft->title);
    d->form = form_of_draft(desk_session(self->desk), o->draft->text, e);
    self->kept = d->form ? xstrdup(o->draft->text) : NULL;
    return d->form;
}

static void form_close(struct screen *self)
{
    form_free(((struct form_dialog *)self)->form);
}

void dialog_form(struct screen *over, const struct form_spec *spec, const struct form_about *about,
                 void (*done)(struct screen *over, const struct outcome *o))
{
    struct form_dialog *d = (struct form_dialog *)desk_open(over, &form_screen, &(struct opening){.spec = spec, .about = about});
    if (!d)
        return;
    d->over = over;
    d->done = done;
}

void dialog_form_focus(struct desk *d, const char *key)
{
    struct screen *top = desk_top(d);
    if (top->type == &form_screen)
        (void)form_focus(((struct form_dialog *)top)->form, key);
}

static bool form_resume(struct screen *below, const struct draft *draft, struct err *e)
{
    struct form_dialog *d = (struct form_dialog *)desk_open(below, &form_screen, &(struct opening){.draft = draft});
    if (!d) /* the desk has said why */
        return err_set(e, ERR_NOT_FOUND, "What this was about cannot be opened any more; D throws the text away.");
    d->over = below;
    return true;
}

/* ---- drafts */

static char *form_keep(struct screen *self, char about[64], char title[160])
{
    struct form_dialog *d = (struct form_dialog *)self;
    text_put(about, 64, d->about);
    text_put(title, 160, d->title);
    return form_is_changed(d->form) ? form_draft(d->form) : NULL;
}

static void keep_and_leave(struct form_dialog *d)
{
    struct err e = {0};
    struct draft draft = {.text = form_draft(d->form)};
    text_put(draft.form, sizeof draft.form, d->base.type->name);
    text_put(draft.about, sizeof draft.about, d->about);
    text_put(draft.title, sizeof draft.title, d->title);
    bool ok = draft_keep(desk_session(d->base.desk), &draft, &e);
    draft_free(&draft);
    if (!ok) {
        desk_error(&d->base, &e);
        return;
    }
    desk_say(&d->base, "Kept. The same form opens with it again; :unsaved text shows all that is kept.");
    desk_close(&d->base, false);
}

static void throw_away(struct form_dialog *d)
{
    desk_drop_draft(&d->base);
    desk_say(&d->base, "Thrown away; nothing was changed.");
    desk_close(&d->base, false);
}

/* ---- saving and leaving */

static void save(struct screen *self)
{
    struct form_dialog *d = (struct form_dialog *)self;
    struct screen *over = d->over;
    void (*done)(struct screen *over, const struct outcome *o) = d->done;
    struct outcome o = {0};
    struct err e = {0};
    if (!form_save(d->form, &o, &e)) {
        desk_error(self, &e);
        return;
    }
    desk_drop_draft(self);
    desk_close(self, false);
    desk_refresh(over->desk);
    desk_say(over, "%s", buf_text(&o.text));
    if (done)
        done(over, &o);
    outcome_free(&o);
}

static void leave(struct screen *self)
{
    struct form_dialog *d = (struct form_dialog *)self;
    if (form_is_changed(d->form)) {
        d->asking = true;
        return;
    }
    desk_drop_draft(self);
    desk_close(self, false);
}

/* ---- events */

static bool answer(struct form_dialog *d, int32_t key)
{
    d->asking = false;
    if (key == 'k' || key == 'K')
        keep_and_leave(d);
    else if (key == 'x' || key == 'X')
        throw_away(d);
    else
        d->asking = key != PRESS_ESC;
    return true;
}

static bool form_typed(struct screen *self, const struct event *ev)
{
    struct form_dialog *d = (struct form_dialog *)self;
    if (d->asking)
        return ev->kind == EVENT_KEY ? answer(d, ev->key) : true;
    switch (form_event(d->form, ev)) {
    case FORM_GOES_ON:
        return true;
    case FORM_WANTS_SAVE:
        save(self);
        return true;
    case FORM_WANTS_LEAVE:
        leave(self);
        return true;
    case FORM_NOT_MINE:
        break;
    }
    if (ev->kind == EVENT_KEY && key_in("Tab Down", ev->key))
        desk_say(self, "That was the last field; Enter or ^S saves.");
    else if (ev->kind == EVENT_KEY && key_in("Backtab Up", ev->key))
        desk_say(self, "That is the first field.");
    else
        return ev->kind == EVENT_PASTE;
    return true;
}

static const struct command commands[] = {
    {.name = "save", .help = "Saves what was typed.", .keys = "^S", .brief = "save", .flags = COMMAND_TYPING | COMMAND_WRITES, .run = save},
    {.name = "leave the form", .help = "Leaves the form; where text was typed it asks what is to become of it.", .keys = "Esc",
     .brief = "leave", .flags = COMMAND_TYPING, .run = leave},
    {.name = NULL},
};

/* ---- the picture */

static void draw_asking(struct canvas *c, struct area in)
{
    static const struct {
        const char *key, *words;
    } ways[] = {{"k", " keep what you typed for later   "}, {"x", " throw it away   "}, {"Esc", " go on typing"}};
    int row = in.row + in.rows - 1, at = 0;
    canvas_fill(c, (struct area){row, in.col, 1, in.cols}, STYLE_PLAIN);
    canvas_cursor(c, row, in.col);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        at += canvas_text(c, row, in.col + at, in.cols - at, STYLE_KEY, ways[i].key);
        at += canvas_text(c, row, in.col + at, in.cols - at, STYLE_PLAIN, ways[i].words);
    }
}

/* Two lines stand under the form: an empty one and what its signs mean. */
static void form_paint(struct screen *self, struct canvas *c, struct area body)
{
    struct form_dialog *d = (struct form_dialog *)self;
    struct buf legend = {0};
    int wanted = form_lines(d->form) + LINES_MORE < LINES_LEAST ? LINES_LEAST : form_lines(d->form) + LINES_MORE;
    d->rows = wanted + 2 > d->rows ? wanted + 2 : d->rows;
    int rows = d->rows + 2 < body.rows ? d->rows + 2 : body.rows;
    struct area in = canvas_box(c, (struct area){body.row, body.col, rows, body.cols}, form_title(d->form));
    form_draw(d->form, c, (struct area){in.row, in.col, in.rows > 2 ? in.rows - 2 : in.rows, in.cols});
    form_legend(d->form, &legend);
    if (d->asking)
        draw_asking(c, in);
    else if (in.rows > 2)
        canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM, buf_text(&legend));
    buf_free(&legend);
}

const struct screen_type form_screen = {
    .name = "form", .title = "Form",
    .help = "A form: Tab and Enter go to the next field, ^S saves. In a field with a list, type the beginning of what you mean or go "
            "through it with the Right and Left keys. A day may be typed as 28/02/1970, today, fri, +7 or +2w. What you type is kept until it is "
            "saved or thrown away.",
    .size = sizeof(struct form_dialog), .commands = commands, .dialog = true, .typing = true,
    .open = form_open, .close = form_close, .draw = form_paint, .event = form_typed, .draft = form_keep, .resume = form_resume,
};

/* SPDX-License-Identifier: MIT
 *
 * A form's fields, their texts and the keys that move among them (see form.h).
 * Choosing is form_choices.c, what the store has form_present.c, saving
 * form_save.c, drafts form_draft.c, the picture form_draw.c.
 */
#include <stdlib.h>
#include <string.h>

#include "form_inside.h"

#define FIELD_BYTES 4000 /* a text too long for its field can be typed, and is told so; this much of it */

void form_put(char **at, const char *text)
{
    char *copy = xstrdup(text);
    free(*at);
    *at = copy;
}

/* ---- what a form is made of */

const struct field *form_verb_field(const struct verb *v, const char *key, bool *in_record)
{
    const struct field *field = field_find(v->args, v->count, key);
    *in_record = !field && v->record;
    return *in_record ? field_find(v->record->fields, v->record->count, key) : field;
}

const struct field *form_first_ref(const struct verb *v)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->args[i].kind == FIELD_REF)
            return &v->args[i];
    return NULL;
}

const char *form_fixed(const struct form *f, const char *key)
{
    for (size_t i = 0; i < f->n_fixed; i++)
        if (strcmp(f->fixed[i].key, key) == 0)
            return f->fixed[i].value;
    return NULL;
}

void form_fix(struct form *f, const char *key, const char *value)
{
    for (size_t i = 0; i < f->n_fixed; i++)
        if (strcmp(f->fixed[i].key, key) == 0) {
            free((char *)f->fixed[i].value);
            f->fixed[i].value = xstrdup(value);
            return;
        }
    f->fixed = xrealloc(f->fixed, (f->n_fixed + 1) * sizeof *f->fixed);
    f->fixed[f->n_fixed++] = (struct typed){xstrdup(key), xstrdup(value)};
}

struct form_field *form_field_of(const struct form *f, const char *key)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->fields[i].field->key, key) == 0)
            return &f->fields[i];
    return NULL;
}

struct form_field *form_focused(const struct form *f)
{
    return f->at < f->n ? &f->fields[f->at] : NULL;
}

bool form_is_seen(const struct form *f, const struct form_field *ff)
{
    return f->all || !ff->more;
}

/* The program sets it, the caller did, or the form does by itself (`version`, and `yes`, which saving says). */
static bool is_asked(const struct form *f, const struct field *field, bool in_record)
{
    bool by_form = !in_record && (strcmp(field->key, "version") == 0 || strcmp(field->key, "yes") == 0);
    return !(field->flags & FIELD_AUTO) && !by_form && !form_fixed(f, field->key) && !form_field_of(f, field->key) &&
           !(f->n_refs && field == form_first_ref(f->verb));
}

static void add_field(struct form *f, const struct field *field, bool in_record, bool more)
{
    if (!is_asked(f, field, in_record))
        return;
    f->fields = xrealloc(f->fields, (f->n + 1) * sizeof *f->fields);
    struct form_field *ff = &f->fields[f->n++];
    size_t most = 2 * field->size > FIELD_BYTES ? 2 * field->size : FIELD_BYTES;
    *ff = (struct form_field){.field = field, .in_record = in_record, .more = more};
    editor_init(&ff->editor, most, field->kind == FIELD_NOTE);
    ff->editor.secret = field->flags & FIELD_SECRET;
    form_put(&ff->present, "");
    form_put(&ff->opened, "");
    form_put(&ff->wrong, "");
    form_put(&ff->read_as, "");
    form_put(&ff->changed, "");
}

/* Those that the verb cannot do without are never behind ^O. */
static void add_rest(struct form *f, const struct field *fields, size_t count, bool in_record)
{
    for (size_t i = 0; i < count; i++) {
        bool needed = !in_record && (fields[i].flags & FIELD_REQUIRED);
        add_field(f, &fields[i], in_record, f->keys && !needed);
    }
}

static bool add_fields(struct form *f, struct err *e)
{
    for (char **key = f->keys; key && *key; key++) {
        bool in_record;
        const struct field *field = form_verb_field(f->verb, *key, &in_record);
        if (!field)
            return err_field(e, *key, "\"%s\" has no field %s.", f->verb->name, *key);
        add_field(f, field, in_record, false);
    }
    if (f->only && f->keys)
        return true;
    add_rest(f, f->verb->args, f->verb->count, false);
    if (f->verb->record)
        add_rest(f, f->verb->record->fields, f->verb->record->count, true);
    return true;
}

/* ---- opening */

static void take_spec(struct form *f, const struct form_spec *spec)
{
    size_t n = 0;
    f->title = spec->title ? xstrdup(spec->title) : NULL;
    f->show = spec->show ? xstrdup(spec->show) : NULL;
    f->only = spec->only;
    if (!spec->keys)
        return;
    while (spec->keys[n])
        n++;
    f->keys = xcalloc(n + 1, sizeof *f->keys);
    for (size_t i = 0; i < n; i++)
        f->keys[i] = xstrdup(spec->keys[i]);
}

static bool take_fixed(struct form *f, const struct form_about *about, struct err *e)
{
    const struct verb *show = f->show ? verb_find(f->show) : NULL;
    for (size_t i = 0; i < about->n_fixed; i++) {
        const struct typed *w = &about->fixed[i];
        bool in_record;
        if (!form_verb_field(f->verb, w->key, &in_record) && !(show && field_find(show->args, show->count, w->key)))
            return err_field(e, w->key, "\"%s\" has no field %s.", f->verb->name, w->key);
        form_fix(f, w->key, w->value);
    }
    return true;
}

/* One reference is a fixed word, several are run through one after another. */
static void take_refs(struct form *f, const struct form_about *about)
{
    const struct field *ref = form_first_ref(f->verb);
    if (about->n_refs == 1 && ref)
        form_fix(f, ref->key, about->refs[0]);
    if (about->n_refs < 2)
        return;
    f->refs = xcalloc(about->n_refs, sizeof *f->refs);
    for (size_t i = 0; i < about->n_refs; i++)
        f->refs[f->n_refs++] = xstrdup(about->refs[i]);
}

static bool take_initial(struct form *f, const struct form_about *about, struct err *e)
{
    for (size_t i = 0; i < about->n_initial; i++) {
        bool in_record;
        struct form_field *ff = form_field_of(f, about->initial[i].key);
        if (ff && about->initial[i].value)
            form_put_value(f, ff, about->initial[i].value);
        else if (!ff && !form_verb_field(f->verb, about->initial[i].key, &in_record))
            return err_field(e, about->initial[i].key, "\"%s\" has no field %s.", f->verb->name, about->initial[i].key);
    }
    return true;
}

static bool take_present(struct form *f, struct err *e)
{
    if (!f->show)
        return true;
    if (!form_read_present(f, e))
        return false;
    for (size_t i = 0; i < f->n; i++)
        form_put_value(f, &f->fields[i], f->fields[i].present);
    return true;
}

static void open_at_first(struct form *f)
{
    for (size_t i = 0; i < f->n; i++) {
        form_put(&f->fields[i].opened, form_value(&f->fields[i]));
        if (f->at == f->n && form_is_seen(f, &f->fields[i]))
            f->at = i;
    }
    form_offer(f);
}

struct form *form_new(struct session *s, const struct form_spec *spec, const struct form_about *about, struct err *e)
{
    struct form *f = xcalloc(1, sizeof *f);
    static const struct form_about nothing;
    about = about ? about : &nothing;
    f->session = s;
    f->cols = 76;
    f->offers.picked = -1;
    f->verb = verb_find(spec->verb);
    form_put(&f->problem, "");
    if (!f->verb) {
        err_set(e, ERR_INVALID, "There is no \"%s\".", spec->verb);
        form_free(f);
        return NULL;
    }
    f->scratch = xcalloc(1, f->verb->size ? f->verb->size : 1);
    take_spec(f, spec);
    take_refs(f, about);
    if (!take_fixed(f, about, e) || !add_fields(f, e) || !take_present(f, e) || !take_initial(f, about, e)) {
        form_free(f);
        return NULL;
    }
    f->at = f->n;
    open_at_first(f);
    return f;
}

static void field_free(struct form_field *ff)
{
    editor_free(&ff->editor);
    free(ff->meaning.shown);
    free(ff->meaning.value);
    free(ff->present);
    free(ff->opened);
    free(ff->wrong);
    free(ff->read_as);
    free(ff->changed);
}

void form_free(struct form *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n; i++)
        field_free(&f->fields[i]);
    for (size_t i = 0; i < f->n_fixed; i++) {
        free((char *)f->fixed[i].key);
        free((char *)f->fixed[i].value);
    }
    for (size_t i = 0; i < f->n_refs; i++)
        free(f->refs[i]);
    for (char **key = f->keys; key && *key; key++)
        free(*key);
    if (f->verb && f->scratch)
        explicit_bzero(f->scratch, f->verb->size); /* it may have held a password */
    form_offers_clear(&f->offers);
    free(f->fields);
    free(f->fixed);
    free(f->refs);
    free(f->keys);
    free(f->scratch);
    free(f->title);
    free(f->show);
    free(f->problem);
    free(f);
}

/* ---- one field's text */

bool form_is_as_meant(const struct form_field *ff)
{
    return ff->meaning.shown && strcmp(editor_text(&ff->editor), ff->meaning.shown) == 0;
}

const char *form_value(const struct form_field *ff)
{
    const char *text = form_is_as_meant(ff) ? ff->meaning.value : editor_text(&ff->editor);
    return text_is_blank(text) ? "" : text;
}

const char *form_text(const struct form *f, const char *key)
{
    const struct form_field *ff = form_field_of(f, key);
    return ff ? form_value(ff) : "";
}

void form_set(struct form *f, const char *key, const char *text)
{
    struct form_field *ff = form_field_of(f, key);
    if (!ff)
        return;
    form_put_value(f, ff, text);
    form_put(&ff->wrong, "");
    if (ff == form_focused(f))
        form_offer(f);
}

bool form_focus(struct form *f, const char *key)
{
    struct form_field *ff = form_field_of(f, key);
    if (ff)
        form_focus_on(f, ff);
    return ff;
}

bool form_is_changed(const struct form *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(form_value(&f->fields[i]), f->fields[i].opened) != 0)
            return true;
    return false;
}

const char *form_title(const struct form *f)
{
    return f->title ? f->title : f->verb->help;
}

/* ---- moving */

void form_focus_on(struct form *f, struct form_field *ff)
{
    f->at = (size_t)(ff - f->fields);
    f->all = f->all || ff->more;
    form_offer(f);
}

void form_unfocus(struct form *f)
{
    if (form_focused(f))
        (void)form_settle(f, form_focused(f));
    f->at = f->n;
    form_offer(f);
}

/* The nearest field in that direction; NULL past the first and the last. */
static struct form_field *neighbour(const struct form *f, int by)
{
    for (size_t i = f->at + (size_t)by; i < f->n; i += (size_t)by) /* wraps below 0 to beyond n */
        if (form_is_seen(f, &f->fields[i]))
            return &f->fields[i];
    return NULL;
}

static enum form_result step(struct form *f, int by)
{
    struct form_field *to = neighbour(f, by);
    if (form_focused(f))
        (void)form_settle(f, form_focused(f));
    if (!to)
        return FORM_NOT_MINE;
    form_focus_on(f, to);
    return FORM_GOES_ON;
}

static enum form_result enter(struct form *f)
{
    return step(f, 1) == FORM_NOT_MINE ? FORM_WANTS_SAVE : FORM_GOES_ON;
}

static enum form_result show_others(struct form *f)
{
    struct form_field *ff = form_focused(f);
    f->all = !f->all;
    if (!ff || form_is_seen(f, ff))
        return FORM_GOES_ON;
    struct form_field *to = neighbour(f, -1) ? neighbour(f, -1) : neighbour(f, 1);
    if (!to) { /* there is nothing but the others */
        f->all = true;
        return FORM_GOES_ON;
    }
    (void)form_settle(f, ff);
    form_focus_on(f, to);
    return FORM_GOES_ON;
}

/* ---- typing */

static void was_typed(struct form *f, struct form_field *ff)
{
    form_put(&ff->wrong, "");
    form_put(&ff->read_as, "");
    if (ff->editor.full)
        form_put(&ff->wrong, "There is no room for that here; nothing of it was taken.");
    form_offer(f);
}

static enum form_result type(struct form *f, const struct event *ev)
{
    struct form_field *ff = form_focused(f);
    if (!ff)
        return FORM_NOT_MINE;
    if (ev->kind == EVENT_PASTE)
        (void)editor_paste(&ff->editor, ev->paste, ev->length); /* where it was too much, `full` says so */
    else if (form_has_choices(ff->field) && form_choice_key(f, ev->key))
        return FORM_GOES_ON;
    else if (!editor_key(&ff->editor, ev->key))
        return FORM_NOT_MINE;
    was_typed(f, ff);
    return FORM_GOES_ON;
}

enum form_result form_event(struct form *f, const struct event *ev)
{
    struct form_field *ff = form_focused(f);
    if (ev->kind == EVENT_PASTE)
        return type(f, ev);
    if (ev->kind != EVENT_KEY)
        return FORM_NOT_MINE;
    if ((ev->key == PRESS_UP || ev->key == PRESS_DOWN) && ff && editor_key(&ff->editor, ev->key))
        return FORM_GOES_ON;
    switch (ev->key) {
    case PRESS_TAB:
    case PRESS_DOWN:
        return step(f, 1);
    case PRESS_BACKTAB:
    case PRESS_UP:
        return step(f, -1);
    case PRESS_ENTER:
        return enter(f);
    case CTRL('s'):
        if (ff)
            (void)form_settle(f, ff);
        return FORM_WANTS_SAVE;
    case PRESS_ESC:
        return FORM_WANTS_LEAVE;
    case CTRL('o'):
        return show_others(f);
    default:
        return type(f, ev);
    }
}

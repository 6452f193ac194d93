/* SPDX-License-Identifier: MIT
 *
 * Saving a form: all fields are read, what differs from the store goes to the
 * verb, and what the engine says no to is put where it belongs: beside the
 * field, or over the form.
 */
#include <stdlib.h>
#include <string.h>

#include "form_inside.h"

static bool has_changed(const struct form_field *ff)
{
    return strcmp(form_value(ff), ff->present) != 0;
}

/* "-" empties what the store has. */
static const char *word_of(const struct form_field *ff)
{
    return *form_value(ff) ? form_value(ff) : "-";
}

/* An argument that must be there and is neither typed nor in the store. A record's are the engine's to ask for: a verb may
 * know some by itself. */
static bool is_missing(struct form_field *ff)
{
    if (ff->in_record || !(ff->field->flags & FIELD_REQUIRED) || *form_value(ff) || *ff->present)
        return false;
    form_put(&ff->wrong, "this is needed");
    return true;
}

static bool is_fit(struct form *f, struct form_field *ff)
{
    return form_settle(f, ff) && !is_missing(ff) && (!has_changed(ff) || form_parse(f, ff, word_of(ff)));
}

bool form_check(struct form *f, struct err *e)
{
    struct form_field *first = NULL;
    for (size_t i = 0; i < f->n; i++)
        if (!is_fit(f, &f->fields[i]) && !first)
            first = &f->fields[i];
    if (!first)
        return true;
    form_focus_on(f, first);
    size_t n = strlen(first->wrong);
    return err_field(e, first->field->key, "%s: %s%s", first->field->label, first->wrong, n && first->wrong[n - 1] == '.' ? "" : ".");
}

static size_t words_of(struct form *f, struct typed *words)
{
    size_t n = 0;
    bool in_record;
    for (size_t i = 0; i < f->n_fixed; i++)
        if (form_verb_field(f->verb, f->fixed[i].key, &in_record))
            words[n++] = f->fixed[i];
    for (size_t i = 0; i < f->n; i++)
        if (has_changed(&f->fields[i]))
            words[n++] = (struct typed){f->fields[i].field->key, word_of(&f->fields[i])};
    return n;
}

static bool run(struct form *f, struct outcome *o, struct err *e)
{
    struct typed *words = xcalloc(f->n_fixed + f->n + 1, sizeof *words);
    size_t n = words_of(f, words);
    bool ok = f->n_refs ? verb_run_each(f->session, f->verb, (const char *const *)f->refs, f->n_refs, words, n, o, e)
                        : verb_run(f->session, f->verb, words, n, o, e);
    free(words);
    return ok;
}

/* Who and when, in the engine's words, without its advice for those who must begin again. */
static void say_over_form(struct form *f, const struct err *e)
{
    struct buf text = {0};
    const char *end = strstr(e->text, ": now version");
    buf_add(&text, e->text, end ? (size_t)(end - e->text) : strlen(e->text));
    if (end)
        buf_str(&text, ". What you typed is still here: see what is there now beside it, then save again.");
    form_put(&f->problem, buf_text(&text));
    buf_free(&text);
}

static void say_wrong(struct form *f, struct err *e)
{
    struct form_field *ff = form_field_of(f, e->field);
    struct err again = {0};
    if (ff) {
        form_put(&ff->wrong, form_plain_text(ff->field, e->text));
        form_focus_on(f, ff);
        return;
    }
    if (e->code == ERR_CONFLICT && !form_meet_change(f, &again))
        *e = again; /* it is gone, or out of sight */
    say_over_form(f, e);
}

bool form_save(struct form *f, struct outcome *o, struct err *e)
{
    form_put(&f->problem, "");
    for (size_t i = 0; i < f->n; i++)
        form_put(&f->fields[i].changed, "");
    if (!form_check(f, e))
        return false;
    if (run(f, o, e))
        return true;
    outcome_free(o);
    say_wrong(f, e);
    return false;
}

/* SPDX-License-Identifier: MIT
 *
 * What a command does that is a verb of the engine: whom it is about (what is
 * in focus, or all that is tagged), its form or its one question, and what is
 * said afterwards.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk_inside.h"

#define NAMED 3 /* of many, how many are named before "and 9 more" */

/* One run of an act: the references found and the words that go along. */
struct act_run {
    const struct act *act;
    char *refs[VIEW_TAGS];
    size_t n_refs;
    struct typed fixed[12]; /* values owned where they are references */
    size_t n_fixed;
    char *owned[4];
    size_t n_owned;
    struct buf names;       /* of the first rows, for the one question */
};

static void run_free(struct act_run *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n_refs; i++)
        free(r->refs[i]);
    for (size_t i = 0; i < r->n_owned; i++)
        free(r->owned[i]);
    buf_free(&r->names);
    free(r);
}

static void add_fixed(struct act_run *r, const char *key, const char *value)
{
    r->fixed[r->n_fixed++] = (struct typed){key, value};
}

static void add_ref(struct act_run *r, const char *ref)
{
    for (size_t i = 0; i < r->n_refs; i++)
        if (strcmp(r->refs[i], ref) == 0)
            return;
    r->refs[r->n_refs++] = xstrdup(ref);
}

/* The tagged rows' references of the kind, and the names of the first of them. */
static void gather_tagged(struct act_run *r, struct view *v)
{
    const char *keys[VIEW_TAGS];
    size_t tags = view_tags(v, keys);
    for (size_t i = 0; i < tags; i++) {
        const char *ref = view_tag_cell(v, i, r->act->about), *name = view_tag_cell(v, i, "name");
        size_t before = r->n_refs;
        ref = *ref ? ref : keys[i];
        add_ref(r, ref);
        if (r->n_refs > before && r->n_refs <= NAMED)
            buf_fmt(&r->names, "%s%s", r->names.len ? ", " : "", *name ? name : ref);
    }
    if (r->n_refs > NAMED)
        buf_fmt(&r->names, " and %zu more", r->n_refs - NAMED);
}

static bool gather(struct screen *self, struct act_run *r)
{
    const struct act *act = r->act;
    struct view *v = self->type->view ? self->type->view(self) : NULL;
    bool many = self->desk->on_tagged && v;
    if (act->about && many) /* and never the row in focus, where those tagged went meanwhile */
        gather_tagged(r, v);
    const char *one = act->about && !many ? desk_subject(self, act->about) : NULL;
    if (one)
        add_ref(r, one);
    if (act->about && !r->n_refs) {
        desk_say(self, "Choose a %s first: nothing of that kind is in focus.", act->about);
        return false;
    }
    if (r->n_refs == 1)
        add_fixed(r, act->about, r->refs[0]);
    for (size_t i = 0; i < sizeof act->with / sizeof *act->with && act->with[i]; i++) {
        const char *ref = desk_subject(self, act->with[i]);
        if (ref)
            add_fixed(r, act->with[i], r->owned[r->n_owned++] = xstrdup(ref));
    }
    for (size_t i = 0; i < sizeof act->preset / sizeof *act->preset && act->preset[i].key; i++)
        add_fixed(r, act->preset[i].key, act->preset[i].value);
    return true;
}

static void say_outcome(struct screen *self, const struct outcome *o, bool ok, const struct err *e)
{
    if (ok)
        desk_say(self, "%s", buf_text(&o->text));
    else
        desk_error(self, e);
}

static void run_sure(struct screen *over)
{
    struct act_run *r = over->desk->act;
    struct outcome o = {0};
    struct err e = {0};
    const struct verb *v = verb_find(r->act->form.verb);
    bool many = r->n_refs > 1;
    bool ok = many ? verb_run_each(over->desk->session, v, (const char *const *)r->refs, r->n_refs, r->fixed, r->n_fixed, &o, &e)
                   : verb_run(over->desk->session, v, r->fixed, r->n_fixed, &o, &e);
    over->desk->act = NULL;
    run_free(r);
    desk_refresh(over->desk);
    say_outcome(over, &o, ok, &e);
    outcome_free(&o);
}

static void ask_sure(struct screen *self, struct act_run *r)
{
    struct buf question = {0};
    buf_str(&question, r->act->sure);
    if (r->n_refs > 1)
        buf_fmt(&question, " %zu: %s.", r->n_refs, buf_text(&r->names));
    run_free(self->desk->act);
    self->desk->act = r;
    dialog_ask(self, r->act->form.title ? r->act->form.title : r->act->form.verb, buf_text(&question), run_sure);
    buf_free(&question);
}

static void open_form(struct screen *self, struct act_run *r)
{
    char title[200];
    struct form_spec spec = r->act->form;
    struct form_about about = {r->fixed, r->n_fixed, r->act->initial, 0, (const char *const *)r->refs, r->n_refs};
    while (about.n_initial < sizeof r->act->initial / sizeof *r->act->initial && r->act->initial[about.n_initial].key)
        about.n_initial++;
    if (r->n_refs > 1) {
        snprintf(title, sizeof title, "%s (%zu: %.120s)", spec.title ? spec.title : spec.verb, r->n_refs, buf_text(&r->names));
        spec.title = title;
    }
    dialog_form(self, &spec, &about, NULL);
    run_free(r);
}

void desk_act(struct screen *self, const struct act *act)
{
    struct act_run *r = xcalloc(1, sizeof *r);
    r->act = act;
    if (!gather(self, r))
        run_free(r);
    else if (act->sure)
        ask_sure(self, r);
    else
        open_form(self, r);
}

void act_forget(struct desk *d)
{
    run_free(d->act);
    d->act = NULL;
}

bool desk_run(struct screen *self, const char *verb, const struct typed *words, size_t n)
{
    struct outcome o = {0};
    struct err e = {0};
    bool ok = verb_run(self->desk->session, verb_find(verb), words, n, &o, &e);
    if (ok)
        desk_refresh(self->desk);
    say_outcome(self, &o, ok, &e);
    outcome_free(&o);
    return ok;
}

json_t *desk_show(struct screen *self, const char *verb, const char *ref, struct err *e)
{
    struct outcome o = {0};
    struct typed word = {NULL, ref};
    json_t *doc = NULL;
    if (verb_run(self->desk->session, verb_find(verb), &word, 1, &o, e)) {
        doc = json_incref(o.detail);
        if (!doc)
            err_set(e, ERR_NOT_FOUND, "There is nothing to show of %s.", ref);
    }
    outcome_free(&o);
    return doc;
}

/* ---- undo */

static void do_undo(struct screen *over)
{
    desk_run(over, "undo", &(struct typed){"yes", "yes"}, 1);
}

static void do_redo(struct screen *over)
{
    desk_run(over, "redo", &(struct typed){"yes", "yes"}, 1);
}

void desk_undo(struct screen *self, const char *verb)
{
    struct outcome o = {0};
    struct err e = {0};
    if (!verb_run(self->desk->session, verb_find(verb), NULL, 0, &o, &e)) {
        desk_error(self, &e);
    } else {
        struct buf question = {0}; /* the engine's sentence ends in how to say it on the command line */
        const char *text = buf_text(&o.text), *end = strstr(text, " Say it again");
        buf_add(&question, text, end ? (size_t)(end - text) : strlen(text));
        dialog_ask(self, strcmp(verb, "undo") == 0 ? "Undo" : "Do again", buf_text(&question),
                   strcmp(verb, "undo") == 0 ? do_undo : do_redo);
        buf_free(&question);
    }
    outcome_free(&o);
}

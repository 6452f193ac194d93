/* SPDX-License-Identifier: MIT
 *
 * Several verbs as one action: what a person sees as one thing (taking a
 * referral in) is made of the verbs that are there, in one transaction and one
 * undo step. A later step may be about the record that an earlier one made.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/run.h"
#include "engine/work.h"

struct together {
    struct session *s;
    const struct verb_step *steps;
    size_t n;
    struct outcome *outcomes;
    size_t *at;       /* the step that runs */
    struct user user; /* as it was: one may edit oneself */
};

static const struct field *subject_of(const struct verb *v)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->args[i].kind == FIELD_REF)
            return &v->args[i];
    die("%s is about no record", v->name);
}

static const struct verb *verb_of(const struct verb_step *step)
{
    const struct verb *v = verb_find(step->verb);
    return v ? v : (die("there is no verb %s", step->verb), NULL);
}

static bool run_step(const struct together *t, size_t i, struct err *e)
{
    const struct verb_step *step = &t->steps[i];
    const struct verb *v = verb_of(step);
    struct typed *words = xcalloc(step->n + 1, sizeof *words);
    if (step->n)
        memcpy(words, step->words, step->n * sizeof *words);
    if (step->of)
        words[step->n] = (struct typed){subject_of(v)->key, t->outcomes[step->of - 1].ref};
    bool ok = verb_run(t->s, v, words, step->n + (step->of != 0), &t->outcomes[i], e);
    free(words);
    return ok;
}

/* Runs inside db_transact, perhaps more than once: everything it made before is dropped first. */
static bool attempt(struct db *db, void *ctx, struct err *e)
{
    struct together *t = ctx;
    (void)db;
    for (size_t i = 0; i < t->n; i++)
        outcome_free(&t->outcomes[i]);
    t->s->user = t->user;
    *t->s->work = (struct session_work){.open = true};
    err_clear(e);
    for (*t->at = 0; *t->at < t->n; ++*t->at)
        if (!run_step(t, *t->at, e))
            return run_failed(t->s, e);
    return (undo_finish_step(t->s, e) && work_flush(t->s, e)) || run_failed(t->s, e);
}

/* What the refused step was about, as typed; "" where an earlier step was to make it. */
static const char *typed_subject(const struct verb_step *step)
{
    const struct verb *v = verb_of(step);
    for (size_t i = 0; i < step->n && !step->of; i++) {
        const struct field *f = step->words[i].key ? field_find(v->args, v->count, step->words[i].key) : NULL;
        if (f && f->kind == FIELD_REF)
            return step->words[i].value;
    }
    return "";
}

bool verb_run_together(struct session *s, const struct verb_step *steps, size_t n, struct outcome *outcomes, size_t *at,
                       struct err *e)
{
    struct together t = {s, steps, n, outcomes, at, s->user};
    bool ok = db_transact(s->db, "together", attempt, &t, e);
    s->work->open = false;
    if (ok)
        return true;
    s->user = t.user;
    for (size_t i = 0; i < n; i++)
        outcome_free(&outcomes[i]);
    if (*at < n) {
        s->verb = verb_of(&steps[*at]);
        run_log_refusal(s, typed_subject(&steps[*at]), e);
        s->verb = NULL;
    }
    return false;
}

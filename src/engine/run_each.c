/* SPDX-License-Identifier: MIT
 *
 * One verb for many records: each runs as it would alone, but all stand or
 * fall together, in one transaction and one undo step.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/run.h"
#include "engine/work.h"

enum { MOST_AT_ONCE = 100 };

struct each {
    struct session *s;
    const struct verb *v;
    const char *const *refs;
    size_t n_refs, n_words;
    struct typed *words; /* the first is the reference's */
    struct outcome *o;
    struct user user;    /* as it was: one may edit oneself */
    const char *failed;  /* reference */
};

/* Of all together: how many, and in full what was done only in part. */
static void add_outcome(struct outcome *all, const struct outcome *one)
{
    text_put(all->kind, sizeof all->kind, one->kind);
    text_put(all->ref, sizeof all->ref, one->ref);
    text_put(all->state, sizeof all->state, one->state);
    all->partly = all->partly || one->partly;
    if (one->partly)
        outcome_say(all, "%s", buf_text(&one->text));
}

static bool run_one(struct each *c, const char *ref, struct err *e)
{
    struct outcome one = {0};
    c->words[0].value = c->failed = ref;
    bool ok = verb_run(c->s, c->v, c->words, c->n_words, &one, e);
    if (ok)
        add_outcome(c->o, &one);
    outcome_free(&one);
    return ok;
}

/* Runs inside db_transact, perhaps more than once. */
static bool attempt(struct db *db, void *ctx, struct err *e)
{
    struct each *c = ctx;
    bool ok = true;
    (void)db;
    outcome_free(c->o);
    c->s->user = c->user;
    *c->s->work = (struct session_work){.open = true};
    err_clear(e);
    outcome_say(c->o, "Done for %zu.", c->n_refs);
    for (size_t i = 0; ok && i < c->n_refs; i++)
        ok = run_one(c, c->refs[i], e);
    if (ok)
        c->failed = NULL;
    engine_step_title(c->s, "%s, %zu at once", c->v->name, c->n_refs);
    return (ok && undo_finish_step(c->s, e) && work_flush(c->s, e)) || run_failed(c->s, e);
}

static const struct field *first_reference(const struct verb *v)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->args[i].kind == FIELD_REF)
            return &v->args[i];
    return NULL;
}

static bool run_all(struct each *c, struct err *e)
{
    struct session *s = c->s;
    bool ok = db_transact(s->db, c->v->name, attempt, c, e);
    s->work->open = false;
    if (ok)
        return true;
    outcome_free(c->o);
    s->user = c->user;
    run_log_refusal(s, c->failed ? c->failed : "", e);
    return c->failed ? err_prefix(e, "Nothing was done. %s", c->failed) : false;
}

bool verb_run_each(struct session *s, const struct verb *v, const char *const *refs, size_t n_refs, const struct typed *words,
                   size_t n, struct outcome *o, struct err *e)
{
    const struct field *about = first_reference(v);
    struct each c = {.s = s, .v = v, .refs = refs, .n_refs = n_refs, .n_words = n + 1, .o = o, .user = s->user};
    if (!about || v->reads)
        return err_set(e, ERR_INVALID, "\"%s\" cannot be done for many at once.", v->name);
    if (n_refs < 1 || n_refs > MOST_AT_ONCE)
        return err_set(e, ERR_INVALID, "\"%s\" can be done for 1 to %d at once, not for %zu.", v->name, MOST_AT_ONCE, n_refs);
    c.words = xcalloc(c.n_words, sizeof *c.words);
    c.words[0].key = about->key;
    if (n)
        memcpy(c.words + 1, words, n * sizeof *words);
    bool ok = run_all(&c, e);
    free(c.words);
    return ok;
}

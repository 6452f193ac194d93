/* SPDX-License-Identifier: MIT
 *
 * Running a verb: words into arguments, role, one transaction with its audit
 * rows and undo step; what was refused or denied is audited too, in a
 * transaction of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/run.h"
#include "engine/work.h"

static void known_keys(const struct field *fields, size_t n, struct buf *out)
{
    for (size_t i = 0; i < n; i++)
        if (!(fields[i].flags & FIELD_AUTO))
            buf_fmt(out, "%s%s", out->len ? ", " : "", fields[i].key);
}

static bool unknown_key(const struct run_target *to, const char *key, struct err *e)
{
    struct buf keys = {0};
    known_keys(to->fields, to->count, &keys);
    if (to->record)
        known_keys(to->record->fields, to->record->count, &keys);
    err_field(e, key, "There is no %s= here. Known: %s.", key, keys.len ? buf_text(&keys) : "nothing");
    buf_free(&keys);
    return false;
}

static const struct field *next_positional(const struct run_target *to, uint64_t given)
{
    for (size_t i = 0; i < to->count; i++)
        if ((to->fields[i].flags & FIELD_POSITIONAL) && !(given & UINT64_C(1) << i))
            return &to->fields[i];
    return NULL;
}

/* The field a word is for, the record it goes into, and its bit. NULL with e when there is none. */
static const struct field *field_of_word(const struct run_target *to, const struct typed *w, uint64_t given, void **record,
                                         size_t *bit, struct err *e)
{
    const struct field *f = w->key ? field_find(to->fields, to->count, w->key) : next_positional(to, given);
    *record = to->args;
    *bit = f ? (size_t)(f - to->fields) : 0;
    if (!f && w->key && to->record && (f = field_find(to->record->fields, to->record->count, w->key))) {
        *record = (char *)to->args + to->record_at;
        *bit = to->count + (size_t)(f - to->record->fields);
    }
    if (!f && w->key)
        unknown_key(to, w->key, e);
    else if (!f)
        err_set(e, ERR_INVALID, "\"%s\" is one word too many; write values as key=value.", w->value);
    return f;
}

bool run_parse(struct session *s, const struct run_target *to, const struct typed *words, size_t n_words, uint64_t *given,
               struct err *e)
{
    for (size_t i = 0; i < n_words; i++) {
        void *record;
        size_t bit;
        const struct field *f = field_of_word(to, &words[i], *given, &record, &bit, e);
        if (!f)
            return false;
        if (f->flags & FIELD_AUTO)
            return err_field(e, f->key, "%s is set by the program and cannot be typed.", f->label);
        if (*given & UINT64_C(1) << bit)
            return err_field(e, f->key, "%s was given twice.", f->key);
        if (!field_parse(f, record, words[i].value, session_today(s), e))
            return false;
        *given |= UINT64_C(1) << bit;
    }
    return true;
}

/* ---- transactions */

bool engine_begin(struct session *s, const char *where, struct err *e)
{
    bool outermost = !s->work->open;
    if (!db_begin(s->db, where, e))
        return false;
    if (outermost)
        *s->work = (struct session_work){.open = true, .no_undo = true};
    return true;
}

bool engine_commit(struct session *s, struct err *e)
{
    /* Nested begins share one piece of work: the head is written when the outermost ends. */
    if (!work_flush(s, e)) {
        engine_rollback(s);
        return false;
    }
    bool ok = db_commit(s->db, e);
    if (!db_in_transaction(s->db))
        s->work->open = false;
    return ok;
}

void engine_rollback(struct session *s)
{
    db_rollback(s->db);
    if (!db_in_transaction(s->db))
        s->work->open = false;
}

struct transaction {
    struct session *s;
    engine_work *fn;
    void *ctx;
    bool outermost;
};

static bool transaction_attempt(struct db *db, void *ctx, struct err *e)
{
    struct transaction *t = ctx;
    (void)db;
    if (t->outermost)
        *t->s->work = (struct session_work){.open = true, .no_undo = true};
    err_clear(e);
    return t->fn(t->s, t->ctx, e) && work_flush(t->s, e);
}

bool engine_transact(struct session *s, const char *where, engine_work *fn, void *ctx, struct err *e)
{
    struct transaction t = {s, fn, ctx, !s->work->open};
    bool ok = db_transact(s->db, where, transaction_attempt, &t, e);
    if (t.outermost)
        s->work->open = false;
    return ok;
}

/* ---- verbs */

struct call {
    struct session *s;
    const struct verb *v;
    const void *args;
    uint64_t given;
    struct outcome *o;
    struct user user; /* as it was: one may edit oneself */
};

/* Runs inside db_transact, perhaps more than once: everything it made before is dropped first. */
static bool attempt(struct db *db, void *ctx, struct err *e)
{
    struct call *c = ctx;
    (void)db;
    outcome_free(c->o);
    c->s->user = c->user;
    *c->s->work = (struct session_work){.open = true};
    err_clear(e);
    return (c->v->run(c->s, c->args, c->given, c->o, e) && undo_finish_step(c->s, e) && work_flush(c->s, e)) ||
           run_failed(c->s, e);
}

bool run_failed(struct session *s, struct err *e)
{
    if (db_has_failed(s->db) && e->code != ERR_STORE && e->code != ERR_BUSY)
        err_set(e, ERR_STORE, "The store could not be read to the end, so nothing was done. Try again; if it stays so, see `onward verify`.");
    return false;
}

/* What was said no to is kept, an attempt at a record out of sight too: which verb, which rule, about whom. Failing
 * to write it must not hide the refusal itself. */
static void audit_refusal(struct session *s, const char *ref, const struct err *why)
{
    struct err ignored;
    char about[REF_SIZE] = "";
    if (audit_subject(s->db, ref, about, &ignored) &&
        engine_log(s, why->code == ERR_REFUSED ? "refused" : "denied", "", ref, about, why->rule, &ignored))
        return;
    err_clear(&ignored);
}

static bool is_refusal(struct session *s, const struct err *e)
{
    return e->code == ERR_REFUSED || e->code == ERR_DENIED || (e->code == ERR_NOT_FOUND && s->work->out_of_sight);
}

void run_log_refusal(struct session *s, const char *ref, const struct err *e)
{
    if (is_refusal(s, e))
        audit_refusal(s, ref, e);
    s->work->out_of_sight = false;
}

static bool not_yours(struct session *s, const char *name, struct err *e)
{
    char roles_text[128];
    return err_set(e, ERR_DENIED, "%s is not yours to do (your roles: %s). Ask a manager.", name,
                   roles_words(session_roles(s), roles_text));
}

bool run_denied(struct session *s, const char *name, struct err *e)
{
    not_yours(s, name, e);
    audit_refusal(s, name, e);
    return false;
}

static bool may_write(struct session *s, const char *name, struct err *e)
{
    return !s->read_only ||
           err_rule(e, "read-only", "This desk is open for looking only, and %s changes something. Nothing was done; leave "
                                    "read-only to do it.", name);
}

bool run_may_write(struct session *s, const char *name, struct err *e)
{
    if (may_write(s, name, e))
        return true;
    audit_refusal(s, name, e);
    return false;
}

/* The reference that the arguments begin with, for the audit of a refusal. */
static const char *subject(const struct verb *v, const void *args)
{
    if (v->count && v->args[0].kind == FIELD_REF)
        return field_text(&v->args[0], args);
    return "";
}

bool verb_call(struct session *s, const struct verb *v, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct verb *outer = s->verb;
    bool within = s->work->open; /* a larger transaction (demonstration, import): the caller commits */
    s->verb = v;
    bool ok = ((session_roles(s) & v->roles) || not_yours(s, v->name, e)) && (v->reads || may_write(s, v->name, e));
    if (ok && within) {
        ok = v->run(s, args, given, o, e);
    } else if (ok) {
        struct call c = {s, v, args, given, o, s->user};
        ok = db_transact(s->db, v->name, attempt, &c, e);
        s->work->open = false;
        if (!ok)
            s->user = c.user;
    }
    if (!ok && !within)
        run_log_refusal(s, subject(v, args), e);
    s->verb = outer;
    return ok;
}

bool verb_run(struct session *s, const struct verb *v, const struct typed *words, size_t n, struct outcome *o, struct err *e)
{
    uint64_t given = 0;
    void *args = xcalloc(1, v->size ? v->size : 1);
    struct run_target to = {v->args, v->count, v->record, v->record_at, args};
    fields_init(v->args, v->count, args);
    if (v->record)
        record_init(v->record, (char *)args + v->record_at);
    bool ok = run_parse(s, &to, words, n, &given, e) && fields_complete(v->args, v->count, args, e) &&
              verb_call(s, v, args, given, o, e);
    free(args);
    return ok;
}

/* ---- outcomes */

void outcome_free(struct outcome *o)
{
    buf_free(&o->text);
    json_decref(o->detail);
    *o = (struct outcome){0};
}

void outcome_say(struct outcome *o, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = xvformat(fmt, args);
    va_end(args);
    if (o->text.len)
        buf_char(&o->text, ' ');
    buf_str(&o->text, text);
    free(text);
}

void outcome_of(struct outcome *o, const struct record_type *t, const void *record)
{
    text_put(o->kind, sizeof o->kind, t->name);
    text_put(o->ref, sizeof o->ref, record_ref(t, record));
    const struct field *f = field_find(t->fields, t->count, "state");
    if (f)
        text_put(o->state, sizeof o->state, field_text(f, record));
    o->version = record_version(t, record);
}

json_t *record_json(const struct record_type *t, const void *record)
{
    json_t *o = json_object();
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (f->kind == FIELD_KEY || (f->flags & FIELD_SECRET))
            continue;
        if (f->kind == FIELD_INT && field_int(f, record) != FIELD_ABSENT)
            json_object_set_new(o, f->key, json_integer(field_int(f, record)));
        else if (f->kind == FIELD_FLAG && field_int(f, record) != FIELD_ABSENT)
            json_object_set_new(o, f->key, json_boolean(field_int(f, record) == 1));
        else if (!field_is_empty(f, record)) {
            struct buf b = {0};
            if (f->kind == FIELD_INSTANT) {
                char at[INSTANT_SIZE];
                instant_format(field_int(f, record), at);
                buf_str(&b, at);
            } else {
                field_format(f, record, &b);
            }
            json_object_set_new(o, f->key, json_string(buf_text(&b)));
            buf_free(&b);
        }
    }
    return o;
}

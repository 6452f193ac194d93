/* SPDX-License-Identifier: MIT
 *
 * Undo and redo: the last step of this user, as a new audited event, named
 * before it is done. A step is the changes that one verb made, kept as images
 * of the fields that differ. It is refused once another edit stands on top,
 * once something has left in a batch, and for consent: a new decision
 * corrects that. What is put back is put back into the world as it is now: the
 * rules of an open record hold, and every gate is asked again.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/directory.h"
#include "engine/people.h"
#include "engine/referrals.h"
#include "engine/work.h"
#include "store/referrals.h"
#include "store/undo.h"

/* What undo may touch. `removable`: a record that the step made may be taken away again. */
struct undoable {
    const struct record_type *type;
    bool removable;
};
static const struct undoable undoables[] = {
    {&person_type, false}, {&referral_type, false},    {&need_type, true},      {&contact_type, true},
    {&risk_type, true},    {&plan_item_type, true},    {&signpost_type, true},  {&flag_type, true},
    {&answer_type, true},  {&organisation_type, false}, {&service_type, false}, {&agreement_type, false},
    {&handoff_type, false}, {&referral_source_type, true},
};

static const struct undoable *undoable_find(const char *name)
{
    for (size_t i = 0; i < sizeof undoables / sizeof *undoables; i++)
        if (strcmp(undoables[i].type->name, name) == 0)
            return &undoables[i];
    return NULL;
}

static char *image(const struct record_type *t, const void *record, const void *other)
{
    json_t *o = json_object();
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if ((int)i == t->version || (other && field_equal(f, record, other)))
            continue;
        struct buf b = {0};
        field_format(f, record, &b);
        json_object_set_new(o, f->key, json_string(buf_text(&b)));
        buf_free(&b);
    }
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    return text;
}

static bool open_step(struct session *s, struct err *e)
{
    struct session_work *w = s->work;
    if (w->step_id)
        return true;
    struct undo_step st = {.id = engine_id(s), .user_id = s->user.id, .at = session_now(s), .state = "done"};
    w->step_id = st.id;
    return undo_step_insert(s->db, &st, e);
}

bool undo_remember(struct session *s, const struct record_type *t, const void *before, const void *after, struct err *e)
{
    struct session_work *w = s->work;
    if (w->no_undo)
        return true;
    if (!undoable_find(t->name))
        w->is_final = true;
    if (!open_step(s, e))
        return false;
    if (w->is_final)
        return true;
    char *was = before ? image(t, before, after) : NULL;
    char *is = image(t, after, before);
    struct undo_change c = {.id = engine_id(s), .step_id = w->step_id, .record = t->name, .record_id = record_id(t, after)};
    c.before = was ? was : "";
    c.after = is;
    c.version = record_version(t, after);
    bool ok = undo_change_insert(s->db, &c, e);
    free(was);
    free(is);
    return ok;
}

void engine_final(struct session *s)
{
    s->work->is_final = true;
}

void engine_step_title(struct session *s, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = xvformat(fmt, args);
    va_end(args);
    if (!text_copy(s->work->title, sizeof s->work->title, text))
        s->work->title[0] = '\0';
    free(text);
}

bool undo_finish_step(struct session *s, struct err *e)
{
    struct session_work *w = s->work;
    /* What only took something away is a step too, so that undo does not reach past it. */
    if (w->is_final && !w->no_undo && !open_step(s, e))
        return false;
    if (!w->step_id)
        return true;
    if (!*w->title)
        engine_step_title(s, "%s %s", s->verb ? s->verb->name : "change", w->first_ref);
    return undo_step_close(s->db, w->step_id, w->title, w->is_final ? "final" : "done", e);
}

/* ---- what a step has touched, to be looked at when it is whole again */

struct ids {
    int64_t *at;
    size_t count;
};
struct touched {
    struct ids persons, organisations;
    struct ids referrals, handoffs; /* those that are open again */
    struct ids ended;               /* referrals that are open no longer */
};

static void touch(struct ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (ids->at[i] == id)
            return;
    ids->at = xrealloc(ids->at, (ids->count + 1) * sizeof *ids->at);
    ids->at[ids->count++] = id;
}

static void touched_free(struct touched *t)
{
    free(t->persons.at);
    free(t->organisations.at);
    free(t->referrals.at);
    free(t->handoffs.at);
    free(t->ended.at);
}

/* Whom the record is about; *p is absent for an entry of the directory. What one may no longer see one may not change
 * back either. */
static bool person_of(struct session *s, const struct record_type *t, const void *record, struct person *p, struct err *e)
{
    int64_t id;
    record_init(&person_type, p);
    if (!record_person_id(s, t, record, &id, e))
        return false;
    if (id == FIELD_ABSENT || find_person_by_id(s, id, p, e))
        return true;
    return e->code == ERR_NOT_FOUND ? err_rule(e, "undo", "What you did last is about a record that you may no longer see; ask those who may.")
                                    : false;
}

static int64_t organisation_of(const struct record_type *t, const void *record)
{
    const struct field *f = field_find(t->fields, t->count, "organisation_id");
    return f ? field_int(f, record) : record_id(t, record);
}

/* What was planned since would stand open in an episode that is not, or for a need (NULL: any) that is not there. */
static bool nothing_planned(struct session *s, int64_t referral_id, const char *need, struct err *e)
{
    char ref[REF_SIZE] = "";
    void *rows;
    size_t n;
    if (!referral_children(s->db, &handoff_type, referral_id, &rows, &n, e))
        return false;
    const struct handoff *h = rows;
    for (size_t i = 0; i < n; i++)
        if (handoff_is_open(h[i].state) && (need ? strcmp(h[i].need, need) == 0 : !handoff_has_left(h[i].state)))
            text_put(ref, sizeof ref, h[i].ref);
    free(rows);
    return !*ref || err_rule(e, "undo", "%s was planned since; withdraw it first.", ref);
}

/* `was` is absent for a record that is made again. */
static void note_touched(struct touched *all, const struct record_type *t, const void *was, const void *is, const struct person *p)
{
    if (p->id != FIELD_ABSENT)
        touch(&all->persons, p->id);
    else
        touch(&all->organisations, organisation_of(t, is));
    const struct referral *r = is, *r_was = was;
    if (t == &referral_type && r_was && referral_is_open(r->state) != referral_is_open(r_was->state))
        touch(referral_is_open(r->state) ? &all->referrals : &all->ended, r->id);
    const struct handoff *h = is, *h_was = was;
    if (t == &handoff_type && h_was && handoff_is_open(h->state) && !handoff_is_open(h_was->state))
        touch(&all->handoffs, h->id);
}

static bool still_may_be_open(struct session *s, const struct touched *all, struct err *e)
{
    struct episode ep;
    struct handoff h;
    for (size_t i = 0; i < all->referrals.count; i++)
        if (!episode_find_by_id(s, all->referrals.at[i], &ep, e) || !episode_may_open(s, &ep, "undo", e))
            return false;
    for (size_t i = 0; i < all->ended.count; i++)
        if (!nothing_planned(s, all->ended.at[i], NULL, e))
            return false;
    for (size_t i = 0; i < all->handoffs.count; i++)
        if (!record_load(s->db, &handoff_type, all->handoffs.at[i], &h, e) || !handoff_may_be_open(s, &h, e))
            return false;
    return true;
}

/* Gates, and corrections to what was sent after the step. */
static bool what_follows(struct session *s, const struct touched *all, int64_t since, struct recheck_counts *c, struct err *e)
{
    for (size_t i = 0; i < all->persons.count; i++)
        if (!handoffs_mark_update_since(s, all->persons.at[i], since, e) || !handoffs_recheck_person(s, all->persons.at[i], c, e))
            return false;
    for (size_t i = 0; i < all->organisations.count; i++)
        if (!handoffs_recheck_organisation(s, all->organisations.at[i], c, e))
            return false;
    return true;
}

/* ---- doing it */

struct undo_args {
    int64_t yes;
};
static const struct field undo_fields[] = {
    {"yes", "Yes", FIELD_FLAG, 0, FIELD_INT_AT(undo_args, yes), .help = "do it; without, it is only named"},
};

/* Puts the fields of an image into a record. */
static bool apply_image(const struct record_type *t, const char *text, void *record, struct err *e)
{
    json_error_t je;
    json_t *o = json_loads(text, 0, &je);
    if (!o)
        return err_set(e, ERR_STORE, "The undo record cannot be read; run verify.");
    const char *key;
    json_t *value;
    json_object_foreach (o, key, value) {
        const struct field *f = field_find(t->fields, t->count, key);
        if (f && !field_load(f, record, json_string_value(value))) {
            json_decref(o);
            return err_set(e, ERR_STORE, "The undo record of %s cannot be read; run verify.", t->label);
        }
    }
    json_decref(o);
    return true;
}

static bool changed_since(const struct record_type *t, const void *record, struct err *e)
{
    return err_set(e, ERR_CONFLICT, "%s %s was changed again since; mend it by hand.", t->label, record_ref(t, record));
}

struct change_row { /* a change read out of the store: applying it uses the same connection */
    int64_t id, record_id, version;
    char record[32];
    char *before, *after;
};

/* What has left cannot be taken back. That a correction is due can, until it has gone. */
static bool may_be_put_back(const struct record_type *t, const void *now, const void *next, struct err *e)
{
    const struct handoff *h = now;
    if (t != &handoff_type || h->exported_at == FIELD_ABSENT)
        return true;
    for (size_t i = 0; i < t->count; i++)
        if ((int)i != t->version && strcmp(t->fields[i].key, "update_due") != 0 && !field_equal(&t->fields[i], now, next))
            return err_rule(e, "undo", "%s has left in a package; send a correction or withdraw it.", h->ref);
    return true;
}

static bool change_back(struct session *s, const struct change_row *c, const struct record_type *t, const void *now, void *next,
                        const struct person *p, bool backwards, struct err *e)
{
    if (!apply_image(t, backwards ? c->before : c->after, next, e) || !may_be_put_back(t, now, next, e) ||
        !engine_update(s, t, now, next, p->ref, e))
        return false;
    if (t == &person_type && !person_terms_write(s, next, e)) /* found by what the record says now */
        return false;
    if (t == &handoff_type && !handoff_note_undone(s, now, next, backwards ? "undo" : "redo", e))
        return false;
    return undo_change_set_version(s->db, c->id, record_version(t, next), e);
}

/* One change put back (or done again): the record must stand as the step left it. `now` and `next` have room for it. */
static bool change_record(struct session *s, const struct change_row *c, const struct undoable *u, void *now, void *next,
                          bool backwards, struct touched *all, struct err *e)
{
    const struct record_type *t = u->type;
    struct person p;
    bool made = !*c->before, again = made && !backwards, ok;
    if (made && !u->removable)
        return err_rule(e, "undo", "A %s that was made cannot be unmade; mark it as error or discard it.", t->label);
    record_init(t, next);
    if (again ? !apply_image(t, c->after, next, e) : !record_load(s->db, t, c->record_id, now, e))
        return false;
    if (!again)
        memcpy(next, now, t->size);
    if (!person_of(s, t, next, &p, e))
        return false;
    if (!again && t->version >= 0 && record_version(t, now) != c->version)
        return changed_since(t, now, e);
    const struct need *gone = t == &need_type && made && !again ? now : NULL;
    if (gone && !nothing_planned(s, gone->referral_id, gone->code, e))
        return false;
    if (made)
        ok = again ? engine_insert(s, t, next, p.ref, e) : engine_remove(s, t, now, p.ref, e);
    else
        ok = change_back(s, c, t, now, next, &p, backwards, e);
    if (ok)
        note_touched(all, t, made ? NULL : now, next, &p);
    return ok;
}

static bool apply_change(struct session *s, const struct change_row *c, bool backwards, struct touched *all, struct err *e)
{
    const struct undoable *u = undoable_find(c->record);
    if (!u)
        return err_set(e, ERR_STORE, "The undo record names an unknown record type; run verify.");
    void *now = xcalloc(1, u->type->size), *next = xcalloc(1, u->type->size);
    bool ok = change_record(s, c, u, now, next, backwards, all, e);
    free(now);
    free(next);
    return ok;
}

static bool load_changes(struct session *s, int64_t step_id, bool backwards, struct change_row **rows, size_t *n,
                         struct err *e)
{
    struct stmt *st = undo_changes(s->db, step_id, backwards, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        *rows = xrealloc(*rows, (*n + 1) * sizeof **rows);
        struct change_row *c = &(*rows)[(*n)++];
        *c = (struct change_row){.id = col_int(st, 0), .record_id = col_int(st, 2), .version = col_int(st, 5)};
        text_put(c->record, sizeof c->record, col_text(st, 1));
        c->before = xstrdup(col_text(st, 3));
        c->after = xstrdup(col_text(st, 4));
    }
    return step != STEP_FAILED;
}

static bool apply_step(struct session *s, const struct undo_step *st, bool backwards, struct recheck_counts *c, struct err *e)
{
    struct change_row *rows = NULL;
    struct touched all = {0};
    size_t n = 0;
    bool ok = load_changes(s, st->id, backwards, &rows, &n, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = apply_change(s, &rows[i], backwards, &all, e);
    ok = ok && still_may_be_open(s, &all, e) && what_follows(s, &all, st->at, c, e);
    touched_free(&all);
    for (size_t i = 0; i < n; i++) {
        free(rows[i].before);
        free(rows[i].after);
    }
    free(rows);
    return ok && undo_step_set_state(s->db, st->id, backwards ? "undone" : "done", e);
}

static bool name_or_do(struct session *s, const struct undo_step *st, bool backwards, bool yes, struct outcome *o,
                       struct err *e)
{
    const char *word = backwards ? "Undo" : "Redo";
    char at[INSTANT_SIZE];
    instant_format_uk(st->at, at);
    text_put(o->kind, sizeof o->kind, "step");
    o->detail = json_pack("{s:s, s:s, s:b}", "title", st->title, "at", at, "done", yes);
    if (!yes) {
        outcome_say(o, "%s: %s, %s? Say it again with --yes.", word, st->title, at);
        return true;
    }
    struct recheck_counts c = {0};
    s->work->no_undo = true;
    if (!apply_step(s, st, backwards, &c, e))
        return false;
    outcome_say(o, "%s: %s, %s. Done.", word, st->title, at);
    directory_say_recheck(o, &c);
    return true;
}

static bool undo_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct undo_args *a = args;
    (void)given;
    struct undo_step st;
    bool found;
    if (!undo_step_done(s->db, s->user.id, &found, &st, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "There is nothing of yours to undo.");
    if (strcmp(st.state, "final") == 0)
        return err_rule(e, "undo", "The last thing you did (%s) cannot be undone: record what is right instead.", st.title);
    return name_or_do(s, &st, true, a->yes == 1, o, e);
}

static bool redo_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct undo_args *a = args;
    (void)given;
    struct undo_step done = {0}, st;
    bool found;
    if (!undo_step_done(s->db, s->user.id, &found, &done, e))
        return false;
    if (!undo_step_undone(s->db, s->user.id, found ? done.id : 0, &found, &st, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "There is nothing of yours to redo.");
    return name_or_do(s, &st, false, a->yes == 1, o, e);
}

static const struct verb undo_verb = {.name = "undo",
                                      .help = "Names your last step, and with --yes undoes it.",
                                      .roles = ROLE_ANY,
                                      .args = undo_fields,
                                      .count = 1,
                                      .size = sizeof(struct undo_args),
                                      .run = undo_run};
static const struct verb redo_verb = {.name = "redo",
                                      .help = "Names the step you undid last, and with --yes does it again.",
                                      .roles = ROLE_ANY,
                                      .args = undo_fields,
                                      .count = 1,
                                      .size = sizeof(struct undo_args),
                                      .run = redo_run};
const struct verb *const undo_verbs[] = {&undo_verb, &redo_verb, NULL};

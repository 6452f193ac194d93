/* SPDX-License-Identifier: MIT
 *
 * Who is it? A row's person is the record with its NHS number, else the one
 * with its key; a record whose date of birth or NHS number contradicts the
 * row refuses it, because one of the two is wrong and a person has to look.
 * Otherwise the row makes a record, and a record of the same name and birthday
 * is offered as a likely duplicate, never merged. What is on a record already
 * stays: where the file differs the report says so. Records that the acting
 * user may not know of match nothing and are never named.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/people.h"
#include "exchange/import_people.h"
#include "onward/match.h"
#include "onward/workflow.h"

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* ---- the index of this batch's persons, by anything that finds one */

static size_t slot_of(const struct people_import *p, char kind, const char *text)
{
    uint32_t hash = 2166136261u ^ (unsigned char)kind;
    for (const char *c = text; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t i = hash & (p->index_size - 1);
    while (p->index_keys[i] && (p->index_keys[i][0] != kind || strcmp(p->index_keys[i] + 1, text) != 0))
        i = (i + 1) & (p->index_size - 1);
    return i;
}

static struct who *indexed(const struct people_import *p, char kind, const char *text)
{
    return text ? p->index[slot_of(p, kind, text)] : NULL;
}

/* The first to come keeps its place. */
static void index_add(struct people_import *p, char kind, const char *text, struct who *who)
{
    if (!text)
        return;
    size_t i = slot_of(p, kind, text), n = strlen(text);
    if (p->index[i])
        return;
    char *key = arena_take(&p->arena, n + 2);
    key[0] = kind;
    memcpy(key + 1, text, n + 1);
    p->index_keys[i] = key;
    p->index[i] = who;
}

static void index_reset(struct people_import *p)
{
    for (size_t i = 0; i < p->index_size; i++) {
        p->index[i] = NULL;
        p->index_keys[i] = NULL;
    }
}

/* ---- asking the store */

static bool ask_probe(struct people_import *p, struct err *e)
{
    p->probe.count = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct staged *st = &p->staged[i];
        const char **cells = bulk_row(&p->probe);
        if (st->refused)
            continue;
        cells[PROBE_NHS] = st->person[p->nhs];
        cells[PROBE_SCHEME] = st->has_own_key ? p->im->map.scheme : "import-file";
        cells[PROBE_KEY] = st->has_own_key || !p->of_referrals ? st->key : NULL;
        cells[PROBE_NAME_BORN] = st->name_born;
        cells[PROBE_REFERRAL_KEY] = p->of_referrals ? st->referral[field_index(&referral_type, "source_key")] : NULL;
    }
    struct batch_cells batch = {p->probe.cells, p->probe.count, PROBE_CELLS};
    return db_batch(p->im->s->db, &batch, e);
}

static void add_likely(struct people_import *p, struct staged *st, int64_t id, struct who *who)
{
    for (const struct likely *l = st->likely; l; l = l->next)
        if (l->id == id)
            return;
    struct likely *l = arena_take(&p->arena, sizeof *l);
    *l = (struct likely){.next = st->likely, .id = id, .who = who};
    st->likely = l;
}

enum probe_answer { BY_NHS, BY_KEY, BY_NAME, BY_REFERRAL_KEY };

/* The oldest record of several has the smallest key. */
static void take_answer(struct people_import *p, enum probe_answer which, struct stmt *s)
{
    struct staged *st = &p->staged[col_int(s, 0)];
    int64_t *id = which == BY_NHS ? &st->by_nhs : &st->by_key;
    if (which == BY_REFERRAL_KEY)
        st->known_referral = arena_text(&p->arena, col_text(s, 1));
    else if (which == BY_NAME)
        add_likely(p, st, col_int(s, 1), NULL);
    else if (!*id || col_int(s, 1) < *id)
        *id = col_int(s, 1);
}

static bool ask_store(struct people_import *p, struct err *e)
{
    static struct stmt *(*const asks[])(struct db *, struct err *) = {
        [BY_NHS] = bulk_persons_by_nhs, [BY_KEY] = bulk_persons_by_key, [BY_NAME] = bulk_persons_by_name_born,
        [BY_REFERRAL_KEY] = bulk_referrals_by_key,
    };
    size_t n = p->of_referrals ? BY_REFERRAL_KEY + 1 : BY_REFERRAL_KEY;
    if (!ask_probe(p, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct stmt *s = asks[i](p->im->s->db, e);
        enum step step = STEP_FAILED;
        while (s && (step = stmt_step(s, e)) == STEP_ROW)
            take_answer(p, (enum probe_answer)i, s);
        if (step == STEP_FAILED)
            return false;
    }
    return true;
}

/* ---- persons in the store */

static bool load_who(struct people_import *p, int64_t id, struct who **out, struct err *e)
{
    struct person record = {.merged_into = id};
    const int64_t *hidden;
    size_t hidden_count;
    *out = indexed(p, 'i', arena_int(&p->arena, id));
    if (*out)
        return true;
    while (record.merged_into != FIELD_ABSENT)
        if (!record_load(p->im->s->db, &person_type, record.merged_into, &record, e))
            return false;
    if (!hidden_persons(p->im->s, &hidden, &hidden_count, e))
        return false;
    const char *kept_id = arena_int(&p->arena, record.id);
    struct who *who = indexed(p, 'i', kept_id);
    if (!who) {
        const char **cells = arena_take(&p->arena, person_type.count * sizeof *cells);
        bulk_cells(&p->arena, &person_type, &record, cells);
        who = arena_take(&p->arena, sizeof *who);
        *who = (struct who){.id = record.id, .ref = arena_text(&p->arena, record.ref), .cells = cells, .risks = "",
                            .is_hidden = id_in(hidden, hidden_count, record.id)};
        index_add(p, 'i', kept_id, who);
    }
    index_add(p, 'i', arena_int(&p->arena, id), who); /* found by a record that was merged into it, too */
    *out = who;
    return true;
}

/* Loads whom rows were found to be. `found` holds each once. */
static bool load_found(struct people_import *p, struct who **found, size_t *count, struct err *e)
{
    *count = 0;
    for (size_t i = 0; i < p->count; i++) {
        const int64_t ids[] = {p->staged[i].by_nhs, p->staged[i].by_key};
        for (int k = 0; k < 2; k++) {
            struct who *who;
            if (!ids[k])
                continue;
            if (!load_who(p, ids[k], &who, e))
                return false;
            if (!who->is_listed)
                found[(*count)++] = who;
            who->is_listed = true;
        }
    }
    return true;
}

static void take_course(struct people_import *p, struct who *who, struct stmt *s)
{
    struct course *c = arena_take(&p->arena, sizeof *c);
    *c = (struct course){.next = who->courses, .ref = arena_text(&p->arena, col_text(s, 1)), .state = arena_text(&p->arena, col_text(s, 2))};
    c->received_on = col_null(s, 3) ? NULL : arena_text(&p->arena, col_text(s, 3));
    c->source = col_null(s, 4) ? NULL : arena_text(&p->arena, col_text(s, 4));
    who->courses = c;
}

static void take_risk(struct people_import *p, struct who *who, struct stmt *s)
{
    struct buf b = {0};
    buf_fmt(&b, "%s%s%s", who->risks, *who->risks ? "," : "", col_text(s, 1));
    who->risks = arena_text(&p->arena, b.data);
    buf_free(&b);
}

/* What the found persons have already: referrals, and risks in force. */
static bool load_courses(struct people_import *p, struct who **found, size_t count, struct err *e)
{
    const char **ids = arena_take(&p->arena, (count + 1) * sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = arena_int(&p->arena, found[i]->id);
    struct batch_cells batch = {ids, count, 1};
    if (!count || !p->of_referrals)
        return true;
    if (!db_batch(p->im->s->db, &batch, e))
        return false;
    struct stmt *s = bulk_referrals_of_persons(p->im->s->db, e);
    enum step step = STEP_FAILED;
    while (s && (step = stmt_step(s, e)) == STEP_ROW)
        take_course(p, found[col_int(s, 0)], s);
    if (step == STEP_FAILED || !(s = bulk_risks_of_persons(p->im->s->db, e)))
        return false;
    while ((step = stmt_step(s, e)) == STEP_ROW)
        take_risk(p, found[col_int(s, 0)], s);
    return step != STEP_FAILED;
}

/* ---- who is it */

static void warn_differs(struct people_import *p, struct staged *st, const struct who *who)
{
    struct buf b = {0};
    for (size_t i = 0; i < p->shape.count; i++) {
        int cell = field_index(&person_type, p->shape.fields[i].key);
        if (cell < 0 || p->shape.fields[i].offset >= sizeof(struct person) || !st->person[cell] || same(st->person[cell], who->cells[cell]))
            continue;
        buf_fmt(&b, "%s%s", b.len ? ", " : "", p->shape.fields[i].key);
    }
    if (b.len) {
        struct buf text = {0};
        buf_fmt(&text, "The record of the person was kept as it is; the file differs in: %s.", b.data);
        stage_warn(p, st, "person differs", text.data);
        buf_free(&text);
    }
    buf_free(&b);
}

/* False, and the row is refused, where the record says otherwise. */
static bool agrees(struct people_import *p, struct staged *st, const struct who *who, const char *found_by)
{
    const int cells[] = {p->born, p->nhs};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        const char *ours = who->cells[cells[i]], *theirs = st->person[cells[i]];
        if (!ours || !theirs || same(ours, theirs))
            continue;
        const struct field *f = &person_type.fields[cells[i]];
        char why[256];
        snprintf(why, sizeof why, "%s: the %s is that of %s, which has another %s. One of the two is wrong: mend the file or the record.", f->key,
                 found_by, who->ref, f->key);
        stage_refuse(st, &p->arena, f->key, why);
        return false;
    }
    return true;
}

static void find_who(struct people_import *p, struct staged *st, const char **found_by)
{
    struct who *hidden = NULL;
    struct { struct who *who; const char *by; } tries[] = {
        {st->by_nhs ? indexed(p, 'i', arena_int(&p->arena, st->by_nhs)) : NULL, "NHS number"},
        {indexed(p, 'n', st->person[p->nhs]), "NHS number"},
        {st->by_key ? indexed(p, 'i', arena_int(&p->arena, st->by_key)) : NULL, "key"},
        {indexed(p, 'k', st->has_own_key ? st->key : NULL), "key"},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries && !st->who; i++) {
        if (tries[i].who && tries[i].who->is_hidden)
            hidden = tries[i].who;
        else if (tries[i].who) {
            st->who = tries[i].who;
            *found_by = tries[i].by;
        }
    }
    if (hidden && !st->who)
        add_likely(p, st, hidden->id, hidden);
}

static const char *new_ref(struct people_import *p, const char *prefix, struct err *e)
{
    char ref[REF_SIZE];
    return engine_ref(p->im->s, prefix, ref, e) ? arena_text(&p->arena, ref) : NULL;
}

static bool make_who(struct people_import *p, struct staged *st, struct err *e)
{
    struct who *twin = indexed(p, 'b', st->name_born);
    if (twin)
        add_likely(p, st, twin->id, twin);
    struct who *who = arena_take(&p->arena, sizeof *who);
    *who = (struct who){.is_new = true, .id = engine_id(p->im->s), .cells = st->person, .risks = ""};
    if (!(who->ref = new_ref(p, person_type.prefix, e)))
        return false;
    st->who = who;
    st->makes_person = true;
    index_add(p, 'n', st->person[p->nhs], who);
    index_add(p, 'k', st->has_own_key ? st->key : NULL, who);
    index_add(p, 'b', st->name_born, who);
    return true;
}

/* Found twice: by itself and by a record that was merged into it. */
static bool is_repeated(const struct likely *first, const struct likely *l)
{
    while (first != l && first->who != l->who)
        first = first->next;
    return first != l;
}

/* Keeps of the records that may be the same person those that are likely enough. */
static bool weigh_likely(struct people_import *p, struct staged *st, struct err *e)
{
    struct likely **at = &st->likely;
    struct person *mine = xmalloc(sizeof *mine), *theirs = xmalloc(sizeof *theirs);
    bool ok = true;
    if (st->likely)
        bulk_record(&person_type, st->person, mine);
    while (ok && *at) {
        struct likely *l = *at;
        struct duplicate_result r = {0};
        ok = l->who || load_who(p, l->id, &l->who, e);
        if (!ok)
            break;
        bulk_record(&person_type, l->who->cells, theirs);
        duplicate_score(mine, theirs, &r);
        l->score = r.score;
        l->reasons = arena_text(&p->arena, r.reasons);
        if (r.score < DUPLICATE_LIKELY || is_repeated(st->likely, l))
            *at = l->next;
        else
            at = &l->next;
    }
    free(mine);
    free(theirs);
    return ok;
}

/* ---- is the referral known */

static const char *cell_of_referral(const struct staged *st, const char *key)
{
    return st->referral[field_index(&referral_type, key)];
}

static void leave(struct people_import *p, struct staged *st, const char *ref, const char *why)
{
    st->fate = FATE_UNCHANGED;
    st->ref = ref;
    st->why = arena_text(&p->arena, why);
}

/* The same person, day and source is the same referral: spreadsheets have no keys. */
static void meet_courses(struct people_import *p, struct staged *st)
{
    const char *state = cell_of_referral(st, "state"), *received = cell_of_referral(st, "received_on"), *source = cell_of_referral(st, "source");
    for (const struct course *c = st->who->courses; c; c = c->next)
        if (same(c->received_on, received) && same(c->source, source)) {
            leave(p, st, c->ref, "The same person, day of receipt and source are there already; that referral was kept as it is.");
            return;
        }
    bool beside = false;
    for (const struct course *c = st->who->courses; c && !beside; c = c->next)
        beside = referral_is_open(c->state) && referral_is_open(state);
    int second = field_index(&referral_type, "second_reason");
    if (beside && !st->referral[second]) {
        st->referral[second] = "Imported with another open one";
        stage_warn(p, st, "second open referral", "The person has another open referral.");
    }
}

static void add_course(struct people_import *p, struct staged *st)
{
    struct course *c = arena_take(&p->arena, sizeof *c);
    *c = (struct course){.next = st->who->courses, .ref = st->ref, .state = cell_of_referral(st, "state"),
                         .received_on = cell_of_referral(st, "received_on"), .source = cell_of_referral(st, "source")};
    st->who->courses = c;
}

static bool resolve_referral(struct people_import *p, struct staged *st, struct err *e)
{
    int area = p->neighbourhood, own = field_index(&referral_type, "neighbourhood");
    meet_courses(p, st);
    if (st->fate == FATE_UNCHANGED)
        return true;
    if (!st->referral[own])
        st->referral[own] = st->who->cells[area];
    if (!(st->ref = new_ref(p, referral_type.prefix, e)))
        return false;
    add_course(p, st);
    return true;
}

static bool resolve_row(struct people_import *p, struct staged *st, struct err *e)
{
    const char *found_by = "";
    if (st->known_referral) {
        leave(p, st, st->known_referral, "Imported before.");
        return true;
    }
    find_who(p, st, &found_by);
    if (!st->who) {
        if (!make_who(p, st, e) || !weigh_likely(p, st, e))
            return false;
    } else {
        st->likely = NULL;
        if (!agrees(p, st, st->who, found_by))
            return true;
        warn_differs(p, st, st->who);
        if (!p->of_referrals)
            leave(p, st, st->who->ref, "");
    }
    if (p->of_referrals)
        return resolve_referral(p, st, e);
    if (st->makes_person)
        st->ref = st->who->ref;
    return true;
}

bool resolve_batch(struct people_import *p, struct err *e)
{
    struct who **found = xcalloc(2 * p->count + 1, sizeof(struct who *));
    size_t count;
    index_reset(p);
    bool ok = ask_store(p, e) && load_found(p, found, &count, e) && load_courses(p, found, count, e);
    for (size_t i = 0; ok && i < p->count; i++)
        if (!p->staged[i].refused)
            ok = resolve_row(p, &p->staged[i], e);
    free(found);
    return ok;
}

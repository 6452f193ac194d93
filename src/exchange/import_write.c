/* SPDX-License-Identifier: MIT
 *
 * A resolved batch into the store: the rows of every table are gathered, then
 * each table takes its own in one statement. Every record made has its audit
 * row with a digest of the row it came from, chained in the order of the file;
 * summary counts are gathered for the end.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/people.h"
#include "exchange/import_people.h"

/* ---- cells */

static const char *int_text(struct people_import *p, int64_t value)
{
    return arena_int(&p->arena, value);
}

static void set(const struct record_type *t, const char **cells, const char *key, const char *value)
{
    cells[field_index(t, key)] = value;
}

static void set_made(struct people_import *p, const struct record_type *t, const char **cells)
{
    set(t, cells, "created_at", int_text(p, p->im->now));
    set(t, cells, "created_by", int_text(p, p->im->s->user.id));
}

static const char *new_ref(struct people_import *p, const struct record_type *t, struct err *e)
{
    char ref[REF_SIZE];
    return engine_ref(p->im->s, t->prefix, ref, e) ? arena_text(&p->arena, ref) : NULL;
}

static const char *new_id(struct people_import *p)
{
    return int_text(p, engine_id(p->im->s));
}

/* ---- audit */

static void add_audit(struct people_import *p, const struct record_type *t, const char *ref, const char *about, const char *digest)
{
    struct buf fields = {0};
    buf_fmt(&fields, "row=%s", digest);
    struct audit_row r = {.effect = "made", .record = t->name, .ref = ref, .about = about, .fields = arena_text(&p->arena, fields.data)};
    char *prev = arena_take(&p->arena, SHA256_HEX), *hash = arena_take(&p->arena, SHA256_HEX);
    audit_seal(p->im->s, &r, p->im->now, prev, hash);
    const char **cells = bulk_row(&p->bulk[BULK_AUDIT]);
    const char *values[] = {int_text(p, r.seq), int_text(p, r.at), r.login, r.acting_as, r.verb, r.effect,
                            r.record,           r.ref,             r.about, r.fields,    r.prev, r.hash};
    memcpy(cells, values, sizeof values);
    buf_free(&fields);
}

/* ---- a person */

struct adding_terms {
    struct people_import *p;
    const char *person_id;
};

static void add_term(void *ctx, const char *term)
{
    struct adding_terms *a = ctx;
    const char **cells = bulk_row(&a->p->bulk[BULK_TERM]);
    cells[0] = arena_text(&a->p->arena, term);
    cells[1] = a->person_id;
}

static void add_terms(struct people_import *p, const struct staged *st, const char *id)
{
    struct adding_terms a = {p, id};
    for (size_t i = 0; i < st->term_count; i++) {
        const char **cells = bulk_row(&p->bulk[BULK_TERM]);
        cells[0] = st->terms[i];
        cells[1] = id;
    }
    person_term_compact(st->who->ref, add_term, &a);
}

/* Their key; a person of a file without keys is known by the line of the file. */
static void add_identifier(struct people_import *p, const struct staged *st, const char *id)
{
    if (!st->has_own_key && p->of_referrals)
        return;
    const char **cells = bulk_row(&p->bulk[BULK_IDENTIFIER]);
    cells[0] = new_id(p);
    cells[1] = id;
    cells[2] = st->has_own_key ? p->im->map.scheme : "import-file";
    cells[3] = st->key;
}

static void add_offers(struct people_import *p, struct staged *st, const char *id)
{
    bool told = false;
    for (const struct likely *l = st->likely; l; l = l->next) {
        const char **cells = bulk_row(&p->bulk[BULK_OFFER]);
        const char *values[] = {new_id(p), id, int_text(p, l->who->id), int_text(p, l->score), l->reasons, int_text(p, p->im->now)};
        memcpy(cells, values, sizeof values);
        if (l->who->is_hidden)
            continue;
        char why[160];
        snprintf(why, sizeof why, "May be %s: onward person duplicates %s.", l->who->ref, st->who->ref);
        if (!told)
            stage_warn(p, st, "likely duplicate", why);
        told = true;
    }
    p->im->report.duplicates += told;
}

static void add_person(struct people_import *p, struct staged *st)
{
    const char *id = int_text(p, st->who->id);
    const char **cells = bulk_row(&p->bulk[BULK_PERSON]);
    memcpy(cells, st->person, person_type.count * sizeof *cells);
    set(&person_type, cells, "id", id);
    set(&person_type, cells, "ref", st->who->ref);
    set(&person_type, cells, "version", "1");
    set_made(p, &person_type, cells);
    add_identifier(p, st, id);
    add_terms(p, st, id);
    add_offers(p, st, id);
    add_audit(p, &person_type, st->who->ref, st->who->ref, st->digest);
    if (p->of_referrals)
        p->im->report.people++;
}

/* ---- a referral and what belongs to it */

static const char *cell(const struct staged *st, const char *key)
{
    return st->referral[field_index(&referral_type, key)];
}

/* As a record again, as far as the summary looks. */
static const struct referral *counted(struct people_import *p, const struct staged *st)
{
    static const char *const keys[] = {"state", "received_on", "source", "neighbourhood", "closed_on", "close_reason"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct field *f = field_find(referral_type.fields, referral_type.count, keys[i]);
        const char *text = cell(st, keys[i]);
        text_put((char *)p->counting + f->offset, f->size, text ? text : "");
    }
    return p->counting;
}

static bool add_needs(struct people_import *p, const struct staged *st, const char *referral_id, const struct referral *r, struct err *e)
{
    char code[CODE_SIZE];
    bool is_main = true;
    for (const char *at = st->needs; at && (at = codes_next(at, code)); is_main = false) {
        const char **cells = bulk_row(&p->bulk[BULK_NEED]);
        set(&need_type, cells, "id", new_id(p));
        set(&need_type, cells, "version", "1");
        set(&need_type, cells, "referral_id", referral_id);
        set(&need_type, cells, "code", arena_text(&p->arena, code));
        set(&need_type, cells, "found", "presenting");
        set(&need_type, cells, "is_main", is_main ? "1" : "0");
        set_made(p, &need_type, cells);
        if (!summary_of_need(r, code, 1, tally_add, p->tally, e))
            return false;
    }
    return true;
}

/* Those that are not on the record already. */
static bool add_risks(struct people_import *p, struct staged *st, struct err *e)
{
    char kind[CODE_SIZE];
    for (const char *at = st->risks; at && (at = codes_next(at, kind));) {
        if (codes_have(st->who->risks, kind) || (strcmp(kind, "none_known") == 0 && *st->who->risks))
            continue;
        const char **cells = bulk_row(&p->bulk[BULK_RISK]), *ref = new_ref(p, &risk_type, e);
        if (!ref)
            return false;
        set(&risk_type, cells, "id", new_id(p));
        set(&risk_type, cells, "ref", ref);
        set(&risk_type, cells, "version", "1");
        set(&risk_type, cells, "person_id", int_text(p, st->who->id));
        set(&risk_type, cells, "kind", arena_text(&p->arena, kind));
        set(&risk_type, cells, "note", st->risk_note);
        set(&risk_type, cells, "recorded_at", int_text(p, p->im->now));
        set(&risk_type, cells, "recorded_by", int_text(p, p->im->s->user.id));
        struct buf all = {0};
        buf_fmt(&all, "%s%s%s", st->who->risks, *st->who->risks ? "," : "", kind);
        st->who->risks = arena_text(&p->arena, all.data);
        buf_free(&all);
    }
    return true;
}

/* A decision recorded here may be newer than the file: only a new record takes the file's. That the file says no is told. */
static bool add_consent(struct people_import *p, struct staged *st, struct err *e)
{
    if (!st->consent)
        return true;
    if (!st->makes_person) {
        if (strcmp(st->consent[field_index(&consent_type, "decision")], "given") != 0)
            stage_warn(p, st, "contact_consent", "The file does not say that they may be contacted; the record of the person decides: look at it.");
        return true;
    }
    const char *ref = new_ref(p, &consent_type, e);
    if (!ref)
        return false;
    set(&consent_type, st->consent, "id", new_id(p));
    set(&consent_type, st->consent, "ref", ref);
    set(&consent_type, st->consent, "person_id", int_text(p, st->who->id));
    set(&consent_type, st->consent, "recorded_at", int_text(p, p->im->now));
    set(&consent_type, st->consent, "recorded_by", int_text(p, p->im->s->user.id));
    memcpy(bulk_row(&p->bulk[BULK_CONSENT]), st->consent, consent_type.count * sizeof *st->consent);
    return true;
}

static void count_never_asked(struct people_import *p, const struct staged *st, const struct referral *r)
{
    int64_t *never = p->im->report.never_asked;
    if (!referral_is_open(r->state))
        return;
    never[NEVER_SAFEGUARDING] += strcmp(cell(st, "safeguarding"), "not_asked") == 0;
    never[NEVER_RISK] += !*st->who->risks;
    never[NEVER_CONSENT] += st->makes_person && !st->consent;
}

static bool add_referral(struct people_import *p, struct staged *st, struct err *e)
{
    const char *id = new_id(p);
    const char **cells = bulk_row(&p->bulk[BULK_REFERRAL]);
    memcpy(cells, st->referral, referral_type.count * sizeof *cells);
    set(&referral_type, cells, "id", id);
    set(&referral_type, cells, "ref", st->ref);
    set(&referral_type, cells, "version", "1");
    set(&referral_type, cells, "person_id", int_text(p, st->who->id));
    set_made(p, &referral_type, cells);
    const struct referral *r = counted(p, st);
    if (!summary_of_referral(r, 1, tally_add, p->tally, e) || !add_needs(p, st, id, r, e) || !add_risks(p, st, e) ||
        !add_consent(p, st, e))
        return false;
    count_never_asked(p, st, r);
    add_audit(p, &referral_type, st->ref, st->who->ref, st->digest);
    return true;
}

/* ---- the batch */

static int by_term(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    int order = strcmp(x[0], y[0]);
    return order ? order : strcmp(x[1], y[1]);
}

/* In order of term, neighbours in the index are written together. A key may be spelt like another term: no pair goes in twice. */
static void sort_terms(struct bulk_rows *terms)
{
    size_t n = 0;
    if (terms->count)
        qsort(terms->cells, terms->count, 2 * sizeof *terms->cells, by_term);
    for (size_t i = 0; i < terms->count; i++) {
        const char **cells = terms->cells + 2 * i;
        if (n && by_term(cells, terms->cells + 2 * (n - 1)) == 0)
            continue;
        memmove(terms->cells + 2 * n++, cells, 2 * sizeof *cells);
    }
    terms->count = n;
}

bool write_batch(struct people_import *p, struct err *e)
{
    for (size_t i = 0; i < BULK_TABLES; i++)
        p->bulk[i].count = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct staged *st = &p->staged[i];
        if (st->makes_person)
            add_person(p, st);
        if (p->of_referrals && st->fate == FATE_ADDED && !add_referral(p, st, e))
            return false;
    }
    sort_terms(&p->bulk[BULK_TERM]);
    for (size_t i = 0; i < BULK_TABLES; i++)
        if (!bulk_insert(p->im->s->db, (enum bulk_table)i, &p->bulk[i], e))
            return false;
    return true;
}

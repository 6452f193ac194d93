/* SPDX-License-Identifier: MIT
 *
 * One row of a team's spreadsheet: what it may say, the rules a referral from
 * another system must meet (R03), and its cells. What the old system never
 * asked is not made up: safeguarding is "not asked", which shuts its gate;
 * consent and risk have no record at all, which the worklist tells.
 */
#include <string.h>

#include "engine/people.h"
#include "exchange/import_people.h"
#include "onward/consent.h"
#include "onward/workflow.h"

/* ---- fields */

static const struct field own_fields[] = {
    {"person_key", "Key of the person", FIELD_TEXT, 0, FIELD_TEXT_AT(import_row, person_key), .help = "in the old system; the map names its scheme"},
};
static const struct field referral_fields[] = {
    {"worker", "Worker", FIELD_CODE, 0, FIELD_TEXT_AT(import_row, worker), .set = "user"},
    {"needs", "Needs", FIELD_CODES, 0, FIELD_TEXT_AT(import_row, needs), .set = "need"},
    {"risks", "Risks", FIELD_CODES, FIELD_PERSONAL, FIELD_TEXT_AT(import_row, risks), .set = "risk"},
    {"risk_note", "About the risks", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(import_row, risk_note), .max = 150},
    {"contact_consent", "Consent to be contacted", FIELD_CHOICE, 0, FIELD_TEXT_AT(import_row, contact_consent), .choices = consent_decisions},
    {"contact_consent_on", "Consent to be contacted since", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(import_row, contact_consent_on)},
    {"contact_consent_how", "How consent was given", FIELD_CHOICE, 0, FIELD_TEXT_AT(import_row, contact_consent_how), .choices = consent_hows},
};

int field_index(const struct record_type *t, const char *key)
{
    const struct field *f = field_find(t->fields, t->count, key);
    return f ? (int)(f - t->fields) : -1;
}

static bool is_one_of(const char *key, const char *const *keys)
{
    while (*keys && strcmp(*keys, key) != 0)
        keys++;
    return *keys;
}

/* Set by the program in daily work, but known by an old system. */
static const char *const imported_auto[] = {"state", "last_try_on", "last_reached_on", NULL};
/* A restricted record is made by hand, with those who may know of it; the neighbourhood is the person's column. */
static const char *const never[] = {"restricted", NULL}, *const of_person[] = {"neighbourhood", NULL};
static const char *const needed[] = {"state", "received_on", NULL};

static size_t add_fields(const struct record_type *t, size_t offset, const char *const *not_these, struct field *out)
{
    size_t n = 0;
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if ((f->flags & FIELD_AUTO && !is_one_of(f->key, imported_auto)) || is_one_of(f->key, not_these))
            continue;
        out[n] = *f;
        out[n].offset += offset;
        if (is_one_of(f->key, imported_auto))
            out[n].flags = f->kind == FIELD_DATE ? FIELD_PAST : 0;
        if (t == &referral_type && is_one_of(f->key, needed))
            out[n].flags |= FIELD_REQUIRED;
        n++;
    }
    return n;
}

size_t import_fields(bool of_referrals, struct field fields[IMPORT_FIELDS_MOST])
{
    size_t n = add_fields(&person_type, offsetof(struct import_row, person), never, fields);
    memcpy(fields + n, own_fields, sizeof own_fields);
    n += sizeof own_fields / sizeof *own_fields;
    if (!of_referrals)
        return n;
    n += add_fields(&referral_type, offsetof(struct import_row, referral), of_person, fields + n);
    memcpy(fields + n, referral_fields, sizeof referral_fields);
    return n + sizeof referral_fields / sizeof *referral_fields;
}

/* ---- R03 */

static bool is(const char *text, const char *code)
{
    return strcmp(text, code) == 0;
}

static bool check_closed(const struct referral *r, struct err *e)
{
    if (!is(r->state, "closed"))
        return (!*r->closed_on && !*r->close_reason) ||
               err_field(e, "state", "state: it has a closing day or reason, so its state is closed; empty those, or say closed.");
    if (!*r->closed_on)
        return err_field(e, "closed_on", "closed_on: say on which day it was closed.");
    if (!*r->close_reason)
        return err_field(e, "close_reason", "close_reason: say why it was closed.");
    return strcmp(r->closed_on, r->received_on) >= 0 ||
           err_field(e, "closed_on", "closed_on: %s is before it was received, %s.", r->closed_on, r->received_on);
}

static bool check_state(const struct import_row *row, struct err *e)
{
    const struct referral *r = &row->referral;
    if (!workflow_to(MACHINE_REFERRAL, "", "import", r->state))
        return err_field(e, "state", "state: %s is no state that a referral can come in with; say received, waiting, allocated, active, "
                                     "paused or closed.", r->state);
    bool works = is(r->state, "allocated") || is(r->state, "active") || is(r->state, "paused");
    if (works && !*row->worker)
        return err_field(e, "worker", "worker: a referral that is %s has a worker; name them by login, or say waiting.", r->state);
    if (is(r->state, "paused") && !*r->paused_until)
        return err_field(e, "paused_until", "paused_until: say until when it is paused.");
    return check_closed(r, e);
}

/* The day on which the state was entered, as far as the file says. */
static const char *state_day(const struct referral *r)
{
    const char *days[] = {
        is(r->state, "closed") ? r->closed_on : "",
        is(r->state, "active") || is(r->state, "paused") ? r->begun_on : "",
        is(r->state, "allocated") ? r->allocated_on : "",
        is(r->state, "waiting") ? r->accepted_on : "",
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (*days[i])
            return days[i];
    return r->received_on;
}

/* What reopening a closed one goes back to. */
static const char *before_closing(const struct import_row *row)
{
    const struct referral *r = &row->referral;
    if (*r->begun_on && *row->worker)
        return "active";
    if (*row->worker)
        return "allocated";
    return *r->accepted_on ? "waiting" : "received";
}

enum { NOON = 12 * 60 };

bool import_referral_fits(struct import_row *row, struct err *e)
{
    struct referral *r = &row->referral;
    if (!check_state(row, e))
        return false;
    r->state_at = instant_of_day(date_parse(state_day(r)), NOON);
    if (is(r->state, "closed"))
        text_put(r->state_before, sizeof r->state_before, before_closing(row));
    if (!*r->safeguarding)
        text_put(r->safeguarding, sizeof r->safeguarding, "not_asked");
    text_put(r->neighbourhood, sizeof r->neighbourhood, row->person.neighbourhood);
    return true;
}

/* ---- workers */

static bool set_worker(struct people_import *p, struct err *e)
{
    struct import_row *row = p->row;
    size_t i = 0;
    if (!*row->worker)
        return true;
    while (i < p->worker_count && !is(p->workers[i].login, row->worker))
        i++;
    if (i == p->worker_count) {
        struct user u;
        if (!find_user(p->im->s, row->worker, &u, e))
            return false;
        p->workers = xrealloc(p->workers, (i + 1) * sizeof *p->workers);
        p->worker_count++;
        text_put(p->workers[i].login, sizeof p->workers[i].login, u.login);
        p->workers[i].id = u.id;
        p->workers[i].is_active = u.active == 1 && roles_parse(u.roles) & ROLE_CARE;
    }
    if (!p->workers[i].is_active && !is(row->referral.state, "closed"))
        return err_field(e, "worker", "worker: %s is no worker now, so cannot have open work; name another.", row->worker);
    row->referral.worker_id = p->workers[i].id;
    return true;
}

/* ---- cells */

void stage_refuse(struct staged *st, struct arena *a, const char *reason, const char *why)
{
    st->fate = FATE_REFUSED;
    st->reason = arena_text(a, *reason ? reason : "row");
    st->refused = arena_text(a, why);
}

void stage_warn(struct people_import *p, struct staged *st, const char *reason, const char *what)
{
    struct buf b = {0};
    buf_fmt(&b, "%s%s%s", st->warned ? st->warned : "", st->warned ? " " : "", what);
    st->warned = arena_text(&p->arena, b.data);
    buf_free(&b);
    report_reason(&p->im->report, reason, false);
}

static const char *kept(struct arena *a, const char *text)
{
    return *text ? arena_text(a, text) : NULL;
}

struct term_list {
    struct arena *arena;
    const char **terms;
    size_t count;
};
enum { TERMS_MOST = 32 };

static void add_term(void *ctx, const char *term)
{
    struct term_list *l = ctx;
    for (size_t i = 0; i < l->count; i++)
        if (is(l->terms[i], term))
            return;
    if (l->count < TERMS_MOST)
        l->terms[l->count++] = arena_text(l->arena, term);
}

/* Two more come when the person is made: their reference and their key. */
static void stage_terms(struct people_import *p, struct staged *st)
{
    const char *terms[TERMS_MOST];
    struct term_list l = {&p->arena, terms, 0};
    struct buf name_born = {0};
    person_terms(&p->row->person, add_term, &l);
    if (st->has_own_key)
        person_term_compact(st->key, add_term, &l);
    st->terms = arena_take(&p->arena, (l.count + 1) * sizeof *st->terms);
    memcpy(st->terms, terms, l.count * sizeof *terms);
    st->term_count = l.count;
    person_term_name_born(&p->row->person, &name_born);
    st->name_born = kept(&p->arena, buf_text(&name_born));
    buf_free(&name_born);
}

/* Consent to be contacted, where it can be relied on; a decision that lacks something is asked again. */
static void stage_consent(struct people_import *p, struct staged *st)
{
    const struct import_row *row = p->row;
    struct consent c;
    struct err why;
    if (!*row->contact_consent)
        return;
    record_init(&consent_type, &c);
    text_put(c.purpose, sizeof c.purpose, "contact");
    text_put(c.decision, sizeof c.decision, row->contact_consent);
    text_put(c.how, sizeof c.how, row->contact_consent_how);
    text_put(c.valid_from, sizeof c.valid_from, *row->contact_consent_on ? row->contact_consent_on : row->referral.received_on);
    if (is(c.decision, "not_sought"))
        text_put(c.reason, sizeof c.reason, "Not asked (imported)");
    if (consent_check(&c, date_parse(row->person.date_of_birth), p->im->today, (int)session_setting(p->im->s, SET_CONSENT_MONTHS), &why)) {
        st->consent = arena_take(&p->arena, consent_type.count * sizeof *st->consent);
        bulk_cells(&p->arena, &consent_type, &c, st->consent);
        return;
    }
    struct buf b = {0};
    buf_fmt(&b, "contact_consent: it cannot be taken over, ask again. %s", why.text);
    stage_warn(p, st, "contact_consent", b.data);
    buf_free(&b);
}

static void add_cells(struct buf *b, const char *const *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_str(b, cells[i] ? cells[i] : "");
        buf_char(b, '\x1f');
    }
}

/* A keyed digest over everything the row came to: what the audit row of each record made of it carries. */
static void stage_digest(struct people_import *p, struct staged *st)
{
    const char *rest[] = {st->key, st->needs, st->risks, st->risk_note};
    struct buf b = {0};
    char digest[33];
    add_cells(&b, st->person, person_type.count);
    if (st->referral)
        add_cells(&b, st->referral, referral_type.count);
    if (st->consent)
        add_cells(&b, st->consent, consent_type.count);
    add_cells(&b, rest, sizeof rest / sizeof *rest);
    keyed_digest(p->im->s->audit_key, b.data, b.len, digest);
    st->digest = arena_text(&p->arena, digest);
    buf_free(&b);
}

/* Their key with the scheme that the map names; where they have none, this line of this file. */
static bool whole_key(const struct people_import *p, size_t line, const char *theirs, char *out, size_t size, const char *field, struct err *e)
{
    int n = *theirs ? snprintf(out, size, "%s:%s", p->im->map.scheme, theirs) : snprintf(out, size, "%.12s:%zu", p->im->sha256, line);
    return (n >= 0 && (size_t)n < size) ||
           err_field(e, field, "%s: with the scheme in front it is longer than %zu bytes.", field, size - 1);
}

static bool complete(struct people_import *p, const struct csv_row *row, struct staged *st, struct err *e)
{
    struct import_row *r = p->row;
    char key[LINE_SIZE], source_key[CODE_SIZE];
    st->has_own_key = *r->person_key;
    if (st->has_own_key)
        text_put(key, sizeof key, r->person_key);
    else if (!whole_key(p, row->line, "", key, sizeof key, "person_key", e))
        return false;
    st->key = arena_text(&p->arena, key);
    if (!p->of_referrals)
        return true;
    if (!import_referral_fits(r, e) || !set_worker(p, e) ||
        !whole_key(p, row->line, r->referral.source_key, source_key, sizeof source_key, "source_key", e))
        return false;
    text_put(r->referral.source_key, sizeof r->referral.source_key, source_key);
    return true;
}

static struct staged *next_row(struct people_import *p, size_t line)
{
    struct staged *st = &p->staged[p->count++];
    *st = (struct staged){.line = line};
    return st;
}

void stage_bad(struct people_import *p, size_t line, const struct err *e)
{
    stage_refuse(next_row(p, line), &p->arena, e->field, e->text);
}

void stage_row(struct people_import *p, const struct csv_row *row)
{
    struct staged *st = next_row(p, row->line);
    struct buf warned = {0};
    struct err e = {0};
    bool ok = row_read(p->rows, row, p->row, &warned, &e) && complete(p, row, st, &e);
    if (warned.len)
        st->warned = arena_text(&p->arena, warned.data);
    buf_free(&warned);
    if (!ok) {
        stage_refuse(st, &p->arena, e.field, e.text);
        return;
    }
    st->person = arena_take(&p->arena, person_type.count * sizeof *st->person);
    bulk_cells(&p->arena, &person_type, &p->row->person, st->person);
    stage_terms(p, st);
    if (p->of_referrals) {
        st->referral = arena_take(&p->arena, referral_type.count * sizeof *st->referral);
        bulk_cells(&p->arena, &referral_type, &p->row->referral, st->referral);
        st->needs = kept(&p->arena, p->row->needs);
        st->risks = kept(&p->arena, p->row->risks);
        st->risk_note = kept(&p->arena, p->row->risk_note);
        stage_consent(p, st);
    }
    stage_digest(p, st);
}

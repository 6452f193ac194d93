/* SPDX-License-Identifier: MIT
 *
 * fill_handoffs STORE HANDOFFS ORGANISATIONS [WORKERS]
 *
 * Makes a store with so many queued handoffs to so many organisations, every
 * gate open, two handoffs a person. With WORKERS the store is there already
 * and these people are theirs (w001, w002, ..) in turn. Records go straight
 * into their tables, without the audit rows that verbs would write: what is
 * measured is the night that follows, or the desk.
 */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "engine/core.h"

static const char *const needs[] = {"money_debt", "housing", "isolation", "food",
                                    "digital",    "caring",  "transport", "falls"};
enum { NEEDS = sizeof needs / sizeof *needs, PER_PERSON = 2 };

struct filling {
    struct session *s;
    struct organisation *organisations;
    struct service *services;
    long organisation_count;
    int64_t *workers;
    long worker_count; /* 0: all is the acting user's */
    struct err *e;
};

static int64_t fixed_clock(void)
{
    return BENCH_NOW;
}

#define SET(record, member, ...) snprintf((record)->member, sizeof(record)->member, __VA_ARGS__)

static bool put(struct filling *f, const struct record_type *t, void *record)
{
    return record_insert(f->s->db, t, record, f->e);
}

/* Empty but for its key and, where the type has them, its reference. */
static bool begin(struct filling *f, const struct record_type *t, void *record)
{
    char *at = record;
    record_init(t, record);
    *(int64_t *)(void *)(at + t->fields[t->id].offset) = engine_id(f->s);
    return !t->prefix || engine_ref(f->s, t->prefix, at + t->fields[t->ref].offset, f->e);
}

static bool organisation(struct filling *f, long i)
{
    struct organisation *o = &f->organisations[i];
    struct service *v = &f->services[i];
    struct agreement a;
    if (!begin(f, &organisation_type, o))
        return false;
    SET(o, code, "org-%03ld", i + 1);
    SET(o, name, "Made-up Organisation %ld", i + 1);
    SET(o, fold_name, "made up organisation %ld", i + 1);
    SET(o, status, "active");
    SET(o, profile, "%s", i % 2 ? "spreadsheet" : "machine");
    o->version = 1;
    o->created_at = BENCH_NOW;
    if (!put(f, &organisation_type, o) || !begin(f, &agreement_type, &a))
        return false;
    a.organisation_id = o->id;
    a.version = a.nhs_number = a.risk_note = a.summary = a.death = 1;
    SET(&a, starts_on, "2026-01-01");
    SET(&a, ends_on, "2027-12-31");
    SET(&a, categories, "identity,needs,risks,health,notes");
    a.created_at = BENCH_NOW;
    if (!put(f, &agreement_type, &a) || !begin(f, &service_type, v))
        return false;
    v->organisation_id = o->id;
    v->version = 1;
    SET(v, name, "Advice and company %ld", i + 1);
    SET(v, fold_name, "advice and company %ld", i + 1);
    SET(v, status, "active");
    SET(v, capacity, "capacity");
    SET(v, needs, "money_debt,housing,isolation,food,digital,caring,transport,falls");
    v->created_at = BENCH_NOW;
    return put(f, &service_type, v);
}

static bool consent(struct filling *f, const struct person *p, const char *purpose,
                    const char *recipients)
{
    struct consent c;
    if (!begin(f, &consent_type, &c))
        return false;
    c.person_id = p->id;
    SET(&c, purpose, "%s", purpose);
    SET(&c, decision, "given");
    SET(&c, recipients, "%s", recipients);
    SET(&c, categories, "identity,needs,risks,health,notes");
    SET(&c, how, "phone");
    SET(&c, valid_from, "2026-11-02");
    SET(&c, expires_on, "2027-11-02");
    c.recorded_at = BENCH_NOW;
    c.recorded_by = f->s->user.id;
    return put(f, &consent_type, &c);
}

static bool handoff(struct filling *f, const struct referral *r, const struct service *v,
                    const char *need_code)
{
    struct need n;
    struct handoff h;
    if (!begin(f, &need_type, &n))
        return false;
    n.referral_id = r->id;
    n.version = 1;
    SET(&n, code, "%s", need_code);
    SET(&n, found, "presenting");
    n.created_at = BENCH_NOW;
    n.created_by = f->s->user.id;
    if (!put(f, &need_type, &n) || !begin(f, &handoff_type, &h))
        return false;
    h.version = h.revision = 1;
    h.referral_id = r->id;
    h.person_id = r->person_id;
    SET(&h, need, "%s", need_code);
    h.service_id = v->id;
    h.organisation_id = v->organisation_id;
    SET(&h, state, "queued");
    h.state_at = h.queued_at = h.created_at = BENCH_NOW;
    h.worker_told = 1;
    SET(&h, summary,
        "Letters about money lie unopened; would like somebody beside them when they are "
        "read.\nPrefers mornings.");
    SET(&h, goals, "To know what is owed, and to whom");
    h.created_by = f->s->user.id;
    return put(f, &handoff_type, &h);
}

/* One person with a case under way, consent and two handoffs. */
static bool person(struct filling *f, long i)
{
    struct person p;
    struct referral r;
    char recipients[2 * CODE_SIZE + 2];
    const struct service *v[PER_PERSON] = {&f->services[i % f->organisation_count],
                                           &f->services[(i * 7 + 3) % f->organisation_count]};
    if (!begin(f, &person_type, &p))
        return false;
    p.version = 1;
    SET(&p, given_name, "Amara%ld", i);
    SET(&p, family_name, "Quillfeather");
    date_format(DATE_OF(1940, 1, 1) + (day_t)(i % 20000), p.date_of_birth);
    SET(&p, phone, "07700 900%03ld", i % 1000);
    SET(&p, address, "%ld Loom Lane, Salford", 1 + i % 180);
    SET(&p, postcode, "M27 %ldAA", i % 10);
    SET(&p, neighbourhood, "swinton");
    p.created_at = BENCH_NOW;
    p.created_by = f->s->user.id;
    if (!put(f, &person_type, &p) || !begin(f, &referral_type, &r))
        return false;
    r.person_id = p.id;
    r.version = 1;
    SET(&r, state, "active");
    r.state_at = r.created_at = BENCH_NOW;
    SET(&r, received_on, "2026-11-02");
    SET(&r, source, "gp_practice");
    SET(&r, neighbourhood, "swinton");
    SET(&r, safeguarding, "none");
    r.created_by = f->s->user.id;
    r.worker_id = f->worker_count ? f->workers[i % f->worker_count] : f->s->user.id;
    const char *second =
        v[1] == v[0] ? "" : f->organisations[(i * 7 + 3) % f->organisation_count].code;
    snprintf(recipients, sizeof recipients, "%s%s%s",
             f->organisations[i % f->organisation_count].code, *second ? "," : "", second);
    if (!put(f, &referral_type, &r) || !consent(f, &p, "contact", "") ||
        !consent(f, &p, "share", recipients))
        return false;
    for (long n = 0; n < PER_PERSON; n++)
        if (!handoff(f, &r, v[n], needs[(i + n) % NEEDS]))
            return false;
    return true;
}

static bool find_workers(struct filling *f)
{
    for (long i = 0; i < f->worker_count; i++) {
        struct user u;
        char login[32];
        snprintf(login, sizeof login, "w%03ld", i + 1);
        if (!find_user(f->s, login, &u, f->e))
            return false;
        f->workers[i] = u.id;
    }
    return true;
}

static bool fill(struct filling *f, long handoffs)
{
    if (!engine_begin(f->s, __func__, f->e) || !find_workers(f))
        return false;
    for (long i = 0; i < f->organisation_count; i++)
        if (!organisation(f, i))
            return false;
    for (long i = 0; i < handoffs / PER_PERSON; i++)
        if (!person(f, i))
            return false;
    return engine_commit(f->s, f->e);
}

int main(int argc, char **argv)
{
    struct err e = {0};
    struct passwd *account = getpwuid(getuid());
    long handoffs = argc > 3 ? strtol(argv[2], NULL, 10) : 0;
    struct filling f = {.organisation_count = argc > 3 ? strtol(argv[3], NULL, 10) : 0,
                        .worker_count = argc > 4 ? strtol(argv[4], NULL, 10) : 0,
                        .e = &e};
    if (handoffs < 1 || f.organisation_count < 1 || f.worker_count < 0 || !account) {
        fputs("fill_handoffs STORE HANDOFFS ORGANISATIONS [WORKERS]\n", stderr);
        return 2;
    }
    struct session_options o = {
        .url = argv[1], .os_account = account->pw_name, .clock = fixed_clock, .seed = 1};
    f.organisations = xcalloc((size_t)f.organisation_count, sizeof *f.organisations);
    f.services = xcalloc((size_t)f.organisation_count, sizeof *f.services);
    f.workers = xcalloc((size_t)f.worker_count + 1, sizeof *f.workers);
    f.s = f.worker_count ? session_open(&o, &e) : session_create(&o, false, &e);
    bool ok = f.s && fill(&f, handoffs);
    if (!ok)
        fprintf(stderr, "fill_handoffs: %s\n", e.text);
    session_close(f.s);
    free(f.organisations);
    free(f.services);
    free(f.workers);
    return !ok;
}

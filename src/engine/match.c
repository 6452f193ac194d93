/* SPDX-License-Identifier: MIT
 *
 * `match`: which services could take this need of this person, ranked, with
 * the reasons for and against each, and for each that could not the one gate
 * that shut it out. The rule is match_service; here its records are loaded:
 * the services that name the need, and what our own handoffs say of their
 * organisations.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/shelf.h"
#include "onward/match.h"
#include "store/directory.h"

struct match_args {
    char referral[REF_SIZE], need[CODE_SIZE];
};
static const struct field match_fields[] = {
    ARG_REFERRAL(match_args),
    {"need", "Need", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(match_args, need), .set = "need"},
};

/* ---- what our own record says */

/* How a state counts: has the organisation been asked, and did it take the person on? */
static bool was_accepted(const char *state)
{
    static const char *const accepted[] = {"accepted", "in_progress", "on_hold", "completed",
                                           "failed"};
    for (size_t i = 0; i < COUNT_OF(accepted); i++)
        if (strcmp(state, accepted[i]) == 0)
            return true;
    return false;
}

static bool was_stopped(const char *state)
{
    return strcmp(state, "withdrawing") == 0 || strcmp(state, "withdrawn") == 0 ||
           strcmp(state, "error") == 0;
}

static bool count_states(struct session *s, int64_t organisation_id, struct match_facts *f,
                         struct err *e)
{
    struct stmt *st = organisation_handoffs(s->db, organisation_id, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        const char *state = col_text(st, 0);
        if (handoff_has_left(state) && !was_stopped(state))
            f->asked += col_int(st, 1);
        if (was_accepted(state))
            f->accepted += col_int(st, 1);
    }
    return step != STEP_FAILED;
}

static int by_size(const void *a, const void *b)
{
    day_t x = *(const day_t *)a, y = *(const day_t *)b;
    return (x > y) - (x < y);
}

static bool median_days(struct session *s, int64_t organisation_id, struct match_facts *f,
                        struct err *e)
{
    day_t days[100];
    size_t n = 0;
    struct stmt *st = organisation_answers(s->db, organisation_id, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        day_t answered = date_parse(col_text(st, 1));
        if (answered != DATE_NONE && !col_null(st, 0) && n < COUNT_OF(days))
            days[n++] = answered - instant_day(col_int(st, 0));
    }
    if (step == STEP_FAILED)
        return false;
    qsort(days, n, sizeof *days, by_size);
    f->median_reply_days = n ? days[n / 2] : FIELD_ABSENT;
    return true;
}

/* ---- the services */

struct candidate {
    struct service service;
    char organisation[CODE_SIZE], organisation_name[LONG_SIZE];
    struct match_result result;
};

static int by_rank(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return match_compare(&x->result, &x->service, &y->result, &y->service);
}

/* What is known of an organisation, once for all of its services. */
struct known {
    struct organisation organisation;
    bool has_agreement;
    struct agreement agreement;
    struct match_facts facts;
};

static bool know(struct session *s, struct shelf *shelf, int64_t organisation_id,
                 const struct known **out, struct err *e)
{
    struct known k = {.facts.median_reply_days = FIELD_ABSENT};
    bool there;
    day_t today = session_today(s);
    *out = shelf_get(shelf, organisation_id, &there);
    if (there)
        return true;
    if (!record_load(s->db, &organisation_type, organisation_id, &k.organisation, e) ||
        !agreement_of(s->db, organisation_id, today, &k.has_agreement, &k.agreement, e) ||
        !count_states(s, organisation_id, &k.facts, e) ||
        !median_days(s, organisation_id, &k.facts, e))
        return false;
    /* The rule wants one in date or none. */
    if (k.has_agreement &&
        (date_parse(k.agreement.starts_on) > today || date_parse(k.agreement.ends_on) < today))
        k.has_agreement = false;
    *out = shelf_put(shelf, organisation_id, &k, sizeof k);
    return true;
}

static bool judge(struct session *s, struct shelf *shelf, const struct person *p, const char *need,
                  struct candidate *c, struct err *e)
{
    const struct known *k;
    if (!know(s, shelf, c->service.organisation_id, &k, e))
        return false;
    struct match_question q = {
        .person = p,
        .need = need,
        .on = session_today(s),
        .service = &c->service,
        .organisation = &k->organisation,
        .agreement = k->has_agreement ? &k->agreement : NULL,
        .facts = k->facts,
        .verify_days = (int)session_setting(s, SET_VERIFY_DAYS),
    };
    text_put(c->organisation, sizeof c->organisation, k->organisation.code);
    text_put(c->organisation_name, sizeof c->organisation_name, k->organisation.name);
    match_service(&q, &c->result);
    return true;
}

struct candidates {
    struct candidate *at;
    size_t count;
};

static bool gather(struct session *s, const char *need, struct candidates *all, struct err *e)
{
    struct stmt *st = services_for_need(s->db, need, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        all->at = xrealloc(all->at, (all->count + 1) * sizeof *all->at);
        struct candidate *c = &all->at[all->count++];
        memset(c, 0, sizeof *c);
        c->service.id = col_int(st, 0);
    }
    for (size_t i = 0; step != STEP_FAILED && i < all->count; i++)
        if (!record_load(s->db, &service_type, all->at[i].service.id, &all->at[i].service, e))
            return false;
    return step != STEP_FAILED;
}

/* ---- the answer */

static json_t *reasons(const char (*texts)[120], size_t n)
{
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(a, json_string(texts[i]));
    return a;
}

static void say_candidate(struct outcome *o, const struct candidate *c, size_t place)
{
    const struct match_result *r = &c->result;
    buf_fmt(&o->text, "%s%zu. %s %s (%s), %d of 100", place > 1 ? "\n" : "", place, c->service.ref,
            c->service.name, c->organisation, r->score);
    for (size_t i = 0; i < r->n_for; i++)
        buf_fmt(&o->text, "%s%s", i ? "; " : "\n   for: ", r->reasons_for[i]);
    for (size_t i = 0; i < r->n_against; i++)
        buf_fmt(&o->text, "%s%s", i ? "; " : "\n   against: ", r->reasons_against[i]);
}

static void answer(const struct candidates *all, struct outcome *o)
{
    json_t *candidates = json_array(), *excluded = json_array();
    size_t place = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct candidate *c = &all->at[i];
        const struct match_result *r = &c->result;
        json_t *row = json_pack("{s:s, s:s, s:s, s:s}", "service", c->service.ref, "name",
                                c->service.name, "organisation", c->organisation,
                                "organisation_name", c->organisation_name);
        if (r->excluded) {
            json_object_set_new(row, "gate", json_string(r->gate));
            json_object_set_new(row, "why", json_string(r->why));
            json_array_append_new(excluded, row);
            continue;
        }
        say_candidate(o, c, ++place);
        json_object_set_new(row, "score", json_integer(r->score));
        json_object_set_new(row, "for", reasons(r->reasons_for, r->n_for));
        json_object_set_new(row, "against", reasons(r->reasons_against, r->n_against));
        json_array_append_new(candidates, row);
    }
    if (!place)
        outcome_say(o, "No service in the directory can take this now; %zu name the need.",
                    all->count);
    o->detail = json_pack("{s:o, s:o}", "candidates", candidates, "excluded", excluded);
}

static bool run_match(struct session *s, const void *args, uint64_t given, struct outcome *o,
                      struct err *e)
{
    const struct match_args *a = args;
    struct referral r;
    struct person p;
    struct candidates all = {0};
    struct shelf *shelf = shelf_new();
    bool ok = find_referral(s, a->referral, &r, &p, e) &&
              codes_check(s, match_fields, COUNT_OF(match_fields), a, given, e) &&
              engine_audit(s, "opened", "referral", r.ref, p.ref, "", e) &&
              gather(s, a->need, &all, e);
    for (size_t i = 0; ok && i < all.count; i++)
        ok = judge(s, shelf, &p, a->need, &all.at[i], e);
    if (ok) {
        if (all.count)
            qsort(all.at, all.count, sizeof *all.at, by_rank);
        outcome_of(o, &referral_type, &r);
        answer(&all, o);
    }
    free(all.at);
    shelf_free(shelf);
    return ok;
}

static const struct verb match_verb = {
    .name = "match",
    .help = "Ranks the services that could take a need, with the reasons for and against.",
    .roles = ROLE_CARE,
    .args = match_fields,
    .count = COUNT_OF(match_fields),
    .size = sizeof(struct match_args),
    .run = run_match,
    .reads = true};
const struct verb *const match_verbs[] = {&match_verb, NULL};

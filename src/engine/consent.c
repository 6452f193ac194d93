/* SPDX-License-Identifier: MIT
 *
 * Recording consent decisions: one verb for each kind, one way of doing it.
 * A decision is a new row and is never changed or undone; a new one corrects
 * it. What follows happens in the same step: handoffs that a refusal or
 * withdrawal stands against are withdrawn, those waiting for consent go, and
 * details that may no longer be shared are taken back by an update.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/consents.h"
#include "engine/handoffs.h"
#include "store/handoffs.h"

struct consent_args {
    char person[REF_SIZE];
    char to[CODES_SIZE];
    struct consent consent;
};
static const struct field consent_fields[] = {
    ARG_PERSON(consent_args),
    {"to", "Organisations", FIELD_CODES, 0, FIELD_TEXT_AT(consent_args, to), .set = "organisation", .help = "the same as recipients="},
};

static bool decide(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e);

#define CONSENT_VERB(words, phrase)                                                                             \
    {.name = words, .help = phrase, .roles = ROLE_CARE, .args = consent_fields, .count = COUNT_OF(consent_fields), \
     .size = sizeof(struct consent_args), .run = decide, .record = &consent_type, .record_at = offsetof(struct consent_args, consent)}

static const struct decision {
    struct verb verb;
    const char *code;
} decisions[] = {
    {CONSENT_VERB("consent give", "Records that consent was given: to whom, for what, which details."), "given"},
    {CONSENT_VERB("consent refuse", "Records that consent was refused."), "refused"},
    {CONSENT_VERB("consent withdraw", "Records that consent was withdrawn; what is under way is stopped."), "withdrawn"},
    {CONSENT_VERB("consent not-sought", "Records why consent was not asked for."), "not_sought"},
    {CONSENT_VERB("consent best-interests", "Records a best interests decision: one organisation, who decided, review date."),
     "best_interests"},
    {CONSENT_VERB("consent legal-duty", "Records a legal duty to share: which, with whom, review date."), "legal_duty"},
};

/* The decision that the running verb records. */
static const struct decision *decision_of(const struct verb *v)
{
    for (size_t i = 0; i < COUNT_OF(decisions); i++)
        if (&decisions[i].verb == v)
            return &decisions[i];
    die("%s records no consent decision", v->name);
}

static bool is_about_evaluation(const struct consent *c)
{
    return strcmp(c->purpose, "evaluation") == 0;
}

static bool denies(const struct decision *d)
{
    return strcmp(d->code, "refused") == 0 || strcmp(d->code, "withdrawn") == 0;
}

/* Permits sharing, by the person's own decision or without it. */
static bool permits(const struct decision *d)
{
    return !denies(d) && strcmp(d->code, "not_sought") != 0;
}

bool consent_append(struct session *s, struct consent *c, const struct person *p, struct err *e)
{
    c->person_id = p->id;
    engine_final(s);
    return engine_insert(s, &consent_type, c, p->ref, e);
}

/* ---- what is typed into what is recorded */

static void put_when_empty(char *field, size_t size, const char *text)
{
    if (!*field)
        text_put(field, size, text);
}

static bool take_recipients(const struct consent_args *a, struct consent *c, struct err *e)
{
    if (*a->to && *c->recipients)
        return err_field(e, "to", "Name the organisations once: to= and recipients= are the same.");
    put_when_empty(c->recipients, sizeof c->recipients, a->to);
    return true;
}

static bool decision_complete(struct session *s, const struct consent_args *a, const struct decision *d, const struct person *p,
                              struct consent *c, struct err *e)
{
    if (*c->decision && strcmp(c->decision, d->code) != 0)
        return err_field(e, "decision", "The decision comes with the verb: this one records \"%s\".",
                         choice_label(consent_decisions, d->code));
    if (!take_recipients(a, c, e))
        return false;
    text_put(c->decision, sizeof c->decision, d->code);
    put_when_empty(c->purpose, sizeof c->purpose, "share");
    if (permits(d) && strcmp(c->purpose, "share") == 0)
        put_when_empty(c->categories, sizeof c->categories, "identity,needs"); /* the least that a handoff needs */
    return codes_check(s, consent_type.fields, consent_type.count, c, UINT64_MAX, e) &&
           consent_check(c, date_parse(p->date_of_birth), session_today(s), (int)session_setting(s, SET_CONSENT_MONTHS), e) &&
           fields_complete(consent_type.fields, consent_type.count, c, e);
}

/* ---- what follows */

/* Does a refusal or withdrawal stand against this handoff? */
static bool stands_against(struct session *s, const struct consent *rows, size_t n, const struct handoff *h, bool *against,
                           struct err *e)
{
    struct organisation org;
    struct consent_answer a;
    if (!record_load(s->db, &organisation_type, h->organisation_id, &org, e))
        return false;
    struct consent_question q = {.rows = rows, .count = n, .organisation = org.code, .need = h->need,
                                 .categories = CATEGORY_LEAST, .on = session_today(s)};
    consent_covers(&q, &a);
    *against = !a.covers && (a.word == CONSENT_REFUSED || a.word == CONSENT_WITHDRAWN);
    return true;
}

static bool gather(struct stmt *st, int64_t **ids, size_t *n, struct err *e)
{
    enum step step = STEP_FAILED;
    *ids = NULL;
    *n = 0;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        *ids = xrealloc(*ids, (*n + 1) * sizeof **ids);
        (*ids)[(*n)++] = col_int(st, 0);
    }
    return step != STEP_FAILED;
}

bool consent_stops(struct session *s, struct handoff *h, void *ctx, struct err *e)
{
    (void)ctx;
    return handoff_withdraw_one(s, h, "consent_withdrawn", "", e);
}

bool consents_against(struct session *s, int64_t person_id, consent_against_fn *fn, void *ctx, int64_t *n, struct err *e)
{
    struct consent *rows = NULL;
    int64_t *ids = NULL;
    size_t n_rows, n_ids;
    bool ok = consents_load(s, person_id, &rows, &n_rows, e) &&
              gather(handoff_ids_of_person(s->db, person_id, NULL, e), &ids, &n_ids, e);
    for (size_t i = 0; ok && i < n_ids; i++) {
        struct handoff h;
        bool against = false;
        ok = record_load(s->db, &handoff_type, ids[i], &h, e);
        if (!ok || !workflow_find(MACHINE_HANDOFF, h.state, "withdraw"))
            continue;
        ok = stands_against(s, rows, n_rows, &h, &against, e);
        if (ok && against && fn)
            ok = fn(s, &h, ctx, e);
        *n += ok && against;
    }
    free(rows);
    free(ids);
    return ok;
}

struct follow_up {
    int64_t withdrawn;
    struct recheck_counts gates;
};

static bool follow_up(struct session *s, const struct decision *d, const struct consent *c, struct follow_up *f, struct err *e)
{
    bool in_part = (categories_parse(c->categories) & CATEGORY_LEAST) != CATEGORY_LEAST;
    if (is_about_evaluation(c)) /* nothing that leaves depends on it */
        return true;
    if (denies(d) && !consents_against(s, c->person_id, consent_stops, NULL, &f->withdrawn, e))
        return false;
    /* A part taken back leaves handoffs running without it: an update row says so. */
    if (denies(d) && in_part && !handoffs_mark_update(s, c->person_id, e))
        return false;
    return handoffs_recheck_person(s, c->person_id, &f->gates, e);
}

static void say_follow_up(struct outcome *o, const struct person *p, const struct follow_up *f)
{
    if (f->withdrawn)
        outcome_say(o, "%lld handoff%s withdrawn; those that have left get a stop tonight.", (long long)f->withdrawn,
                    f->withdrawn == 1 ? " is" : "s are");
    if (f->gates.released)
        outcome_say(o, "%lld held handoff%s now.", (long long)f->gates.released, f->gates.released == 1 ? " can go" : "s can go");
    if (f->gates.held)
        outcome_say(o, "%lld handoff%s now held: `onward handoff list person=%s state=held` says why.", (long long)f->gates.held,
                    f->gates.held == 1 ? " is" : "s are", p->ref);
    o->partly = f->gates.held > 0;
    json_object_set_new(o->detail, "withdrawn", json_integer(f->withdrawn));
    json_object_set_new(o->detail, "released", json_integer(f->gates.released));
    json_object_set_new(o->detail, "held", json_integer(f->gates.held));
}

static void say_decision(struct outcome *o, const struct consent *c, const struct person *p)
{
    outcome_say(o, "%s: %s, %s", c->ref, choice_label(consent_purposes, c->purpose), choice_label(consent_decisions, c->decision));
    if (*c->recipients)
        buf_fmt(&o->text, ", %s", c->recipients);
    if (*c->expires_on)
        buf_fmt(&o->text, ", until %s", c->expires_on);
    else if (*c->review_on)
        buf_fmt(&o->text, ", to be reviewed on %s", c->review_on);
    buf_fmt(&o->text, ". It cannot be undone: a new decision corrects it (`onward consent show %s`).", p->ref);
}

static bool decide(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct consent_args *a = args;
    const struct decision *d = decision_of(s->verb);
    struct consent c = a->consent;
    struct person p;
    struct follow_up f = {0};
    (void)given;
    if (!find_person(s, a->person, &p, e) || !decision_complete(s, a, d, &p, &c, e))
        return false;
    engine_step_title(s, "%s for %s", s->verb->name, p.ref);
    if (!consent_append(s, &c, &p, e) || !follow_up(s, d, &c, &f, e))
        return false;
    outcome_of(o, &consent_type, &c);
    o->detail = json_pack("{s:s}", "person", p.ref);
    say_decision(o, &c, &p);
    say_follow_up(o, &p, &f);
    return true;
}

const struct verb *const consent_verbs[] = {
    &decisions[0].verb, &decisions[1].verb, &decisions[2].verb, &decisions[3].verb,
    &decisions[4].verb, &decisions[5].verb, &consent_show,      NULL,
};

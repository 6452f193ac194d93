/* SPDX-License-Identifier: MIT
 *
 * What is known when a handoff is judged: the records behind it, and the
 * gates asked of them. One home for both, so that the desk, the sending verb
 * and the night ask the same question of the same records.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/consents.h"
#include "engine/handoffs.h"
#include "engine/shelf.h"
#include "store/directory.h"
#include "store/handoffs.h"

struct handoff_facts *handoff_facts_new(void)
{
    struct handoff_facts *f = xcalloc(1, sizeof *f);
    f->directory = shelf_new();
    f->agreements = shelf_new();
    f->services = shelf_new();
    f->workers = shelf_new();
    return f;
}

void handoff_facts_free(struct handoff_facts *f)
{
    if (!f)
        return;
    shelf_free(f->directory);
    shelf_free(f->agreements);
    shelf_free(f->services);
    shelf_free(f->workers);
    free(f->consents);
    free(f);
}

/* A record by key, read once. */
static bool kept(struct session *s, struct shelf *sh, const struct record_type *t, int64_t id,
                 const void **out, struct err *e)
{
    bool known;
    *out = shelf_get(sh, id, &known);
    if (known)
        return true;
    void *record = xcalloc(1, t->size);
    bool ok = record_load(s->db, t, id, record, e);
    if (ok)
        *out = shelf_put(sh, id, record, t->size);
    free(record);
    return ok;
}

static bool kept_agreement(struct session *s, struct handoff_facts *f, int64_t organisation_id,
                           struct err *e)
{
    bool known, found;
    struct agreement a;
    f->agreement = shelf_get(f->agreements, organisation_id, &known);
    if (known)
        return true;
    if (!agreement_of(s->db, organisation_id, session_today(s), &found, &a, e))
        return false;
    f->agreement = shelf_put(f->agreements, organisation_id, found ? &a : NULL, sizeof a);
    return true;
}

static bool load_person(struct session *s, struct handoff_facts *f, int64_t person_id,
                        struct err *e)
{
    if (f->person.id == person_id)
        return true;
    free(f->consents);
    f->consents = NULL;
    f->consent_count = 0;
    f->person.id = 0;
    return record_load(s->db, &person_type, person_id, &f->person, e) &&
           consents_load(s, person_id, &f->consents, &f->consent_count, e);
}

bool handoff_facts_load(struct session *s, struct handoff_facts *f, const struct handoff *h,
                        struct err *e)
{
    const void *organisation, *service, *worker = NULL;
    if (!load_person(s, f, h->person_id, e))
        return false;
    if (f->referral.id != h->referral_id &&
        !record_load(s->db, &referral_type, h->referral_id, &f->referral, e))
        return false;
    if (!kept(s, f->directory, &organisation_type, h->organisation_id, &organisation, e) ||
        !kept(s, f->services, &service_type, h->service_id, &service, e) ||
        !kept_agreement(s, f, h->organisation_id, e))
        return false;
    if (f->referral.worker_id != FIELD_ABSENT &&
        !kept(s, f->workers, &user_type, f->referral.worker_id, &worker, e))
        return false;
    f->organisation = organisation;
    f->service = service;
    f->worker = worker;
    return true;
}

bool handoff_facts_ask(struct session *s, struct handoff_facts *f, const struct handoff *h,
                       struct gate_state out[GATE_COUNT])
{
    day_t today = session_today(s);
    struct consent_question cq = {
        .rows = f->consents,
        .count = f->consent_count,
        .organisation = f->organisation->code,
        .need = h->need,
        .categories = f->agreement ? categories_parse(f->agreement->categories) | CATEGORY_LEAST
                                   : CATEGORY_LEAST,
        .on = today,
        .expiring_days = (int)session_setting(s, SET_CONSENT_EXPIRING_DAYS),
    };
    consent_covers(&cq, &f->consent);
    struct gate_question q = {
        .person = &f->person,
        .referral = &f->referral,
        .organisation = f->organisation,
        .agreement = f->agreement,
        .service = f->service,
        .need = h->need,
        .need_label = session_code_label(s, "need", h->need),
        .consent = f->consent,
        .contact = consent_to_contact(f->consents, f->consent_count, today),
        .on = today,
    };
    return gates_ask(&q, out);
}

bool handoff_ask_gates(struct session *s, const struct handoff *h,
                       struct gate_state out[GATE_COUNT], struct consent_answer *answer, bool *open,
                       struct err *e)
{
    struct handoff_facts *f = handoff_facts_new();
    bool ok = handoff_facts_load(s, f, h, e);
    if (ok) {
        *open = handoff_facts_ask(s, f, h, out);
        if (answer) {
            *answer = f->consent;
            answer->basis = NULL; /* stands in the facts, which go now */
        }
    }
    handoff_facts_free(f);
    return ok;
}

bool handoff_keep_gates(struct session *s, const struct handoff *h,
                        const struct gate_state gates[GATE_COUNT], struct err *e)
{
    if (!handoff_gates_clear(s->db, h->id, e))
        return false;
    for (int i = 0; i < GATE_COUNT; i++)
        if (!gates[i].open && !handoff_gate_add(s->db, h->id, gate_names[i], gates[i].reason, e))
            return false;
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * Freezing: what is due to an organisation becomes a batch in the store, in
 * one transaction with the change of state of every row. The gates are asked
 * inside it; a withdraw row passes none.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/nightly.h"
#include "exchange/package.h"
#include "store/batches.h"
#include "store/directory.h"

/* One organisation's batch in the making. */
struct freezing {
    struct night *n;
    int64_t organisation_id;
    struct organisation organisation;
    struct handoff_facts *facts;
    struct package package;
    struct handoff_row row;
    struct batch batch;
    bool made;
    int64_t rows[3];
    struct recheck_counts gates;
    json_t *updates, *handoffs;
};

/* ---- rows */

/* An update waits, and says why, until its gates are open. */
static void keep_waiting(struct freezing *f, const struct handoff *h,
                         const struct gate_state gates[GATE_COUNT])
{
    json_t *reasons = json_array();
    for (int i = 0; i < GATE_COUNT; i++)
        if (!gates[i].open)
            json_array_append_new(reasons, json_string(gates[i].reason));
    json_array_append_new(f->updates,
                          json_pack("{s:s, s:o}", "handoff", h->ref, "reasons", reasons));
}

/* May the row go? A new one that may not is held. */
static bool passes_gates(struct freezing *f, struct handoff *h, enum row_action action,
                         bool *passes, struct err *e)
{
    struct session *s = f->n->s;
    struct gate_state gates[GATE_COUNT];
    *passes = true;
    switch (action) {
    case ROW_WITHDRAW:
        return handoff_facts_load(s, f->facts, h, e);
    case ROW_NEW:
        if (!handoff_recheck(s, f->facts, h, &f->gates, e))
            return false;
        *passes = strcmp(h->state, "queued") == 0;
        return true;
    case ROW_UPDATE:
        if (!handoff_facts_load(s, f->facts, h, e))
            return false;
        *passes = handoff_facts_ask(s, f->facts, h, gates);
        if (!*passes)
            keep_waiting(f, h, gates);
        return true;
    }
    return true;
}

static bool freeze_row(struct freezing *f, int64_t handoff_id, struct err *e)
{
    struct session *s = f->n->s;
    struct handoff h;
    enum row_action action;
    bool passes;
    if (!record_load(s->db, &handoff_type, handoff_id, &h, e))
        return false;
    if (!handoff_row_due(&h, &action))
        return true;
    if (!passes_gates(f, &h, action, &passes, e))
        return false;
    if (!passes)
        return true;
    if (!handoff_row_of(s, f->facts, &h, action, &f->row, e))
        return false;
    package_add(&f->package, &f->row, action, h.id);
    f->rows[action]++;
    if (f->handoffs)
        json_array_append_new(f->handoffs, json_pack("{s:s, s:s}", "handoff", h.ref, "action",
                                                     row_action_names[action]));
    return handoff_freeze(s, &h, action, &f->batch, f->facts->service, e);
}

static bool freeze_rows(struct freezing *f, struct err *e)
{
    int64_t *ids = NULL, last = 0;
    size_t count = 0, room = 0;
    enum step step = STEP_FAILED;
    struct stmt *st = night_rows_due(f->n->s->db, f->organisation_id, e);
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        if (count == room) {
            room = room ? room * 2 : 64;
            ids = xrealloc(ids, room * sizeof *ids);
        }
        if (col_int(st, 0) != last)
            ids[count++] = last = col_int(st, 0);
    }
    bool ok = step != STEP_FAILED;
    for (size_t i = 0; ok && i < count; i++)
        ok = freeze_row(f, ids[i], e);
    free(ids);
    return ok;
}

/* ---- the batch */

/* ORG-YYYYMMDD-NNN, the next number of the day: void ones have burned theirs. */
static bool name_batch(struct freezing *f, int64_t *standing, struct err *e)
{
    const struct night *n = f->n;
    struct session *s = n->s;
    struct batch *b = &f->batch;
    int64_t burned;
    struct buf name = {0};
    if (!batch_count(s->db, f->organisation_id, n->date, &burned, standing, e) ||
        !batch_last(s->db, f->organisation_id, b->previous, e))
        return false;
    buf_fmt(&name, "%s-%.4s%.2s%.2s-%03lld", f->organisation.code, n->date, n->date + 5,
            n->date + 8, (long long)burned + 1);
    text_put(b->name, sizeof b->name, buf_text(&name));
    buf_free(&name);
    b->id = engine_id(s);
    b->organisation_id = f->organisation_id;
    text_put(b->run_on, sizeof b->run_on, n->date);
    text_put(b->state, sizeof b->state, "frozen");
    text_put(b->profile, sizeof b->profile, f->organisation.profile);
    b->bom = f->organisation.bom;
    b->created_at = session_now(s);
    return true;
}

/* On Mondays, where it is wanted, a reply list goes although nothing is new: once, and not to ask
 * about nothing. */
static bool list_is_due(const struct freezing *f, int64_t standing, bool *due, struct err *e)
{
    const struct organisation *o = &f->organisation;
    *due = o->weekly_list == 1 && strcmp(o->status, "active") == 0 &&
           date_weekday(date_parse(f->n->date)) == 0 && standing == 0;
    if (!*due)
        return true;
    struct stmt *st = night_rows_open(f->n->s->db, o->id, e);
    enum step step = st ? stmt_step(st, e) : STEP_FAILED;
    *due = step == STEP_ROW;
    if (*due)
        stmt_done(st);
    return step != STEP_FAILED;
}

/* Not that of the facts: a list of replies alone has loaded none. */
static bool agreement_now(struct freezing *f, struct agreement *a, bool *found, struct err *e)
{
    return agreement_of(f->n->s->db, f->organisation_id, session_today(f->n->s), found, a, e);
}

static bool freeze(struct session *s, void *ctx, struct err *e)
{
    struct freezing *f = ctx;
    struct agreement agreement;
    int64_t standing;
    bool list_due, has_agreement;
    f->made = false;
    f->gates = (struct recheck_counts){0};
    memset(f->rows, 0, sizeof f->rows);
    json_array_clear(f->updates);
    json_array_clear(f->handoffs);
    handoff_facts_free(f->facts);
    f->facts = handoff_facts_new();
    package_free(&f->package);
    package_init(&f->package, &f->organisation);
    record_init(&batch_type, &f->batch);
    if (!name_batch(f, &standing, e) || !freeze_rows(f, e) ||
        !list_is_due(f, standing, &list_due, e))
        return false;
    if (!f->package.count && !list_due)
        return true;
    f->made = true;
    return agreement_now(f, &agreement, &has_agreement, e) &&
           package_keep(s, &f->package, &f->organisation, has_agreement ? &agreement : NULL,
                        &f->batch, e);
}

/* Most organisations have nothing due on most nights: those cost a query, not a transaction. */
static bool is_anything_due(struct night *n, const struct organisation *o, bool *due, struct err *e)
{
    struct stmt *st = night_rows_due(n->s->db, o->id, e);
    enum step step = st ? stmt_step(st, e) : STEP_FAILED;
    *due = step == STEP_ROW || o->weekly_list == 1;
    if (step == STEP_ROW)
        stmt_done(st);
    return step != STEP_FAILED;
}

static void tell(struct freezing *f)
{
    struct night *n = f->n;
    n->gates.released += f->gates.released;
    n->gates.held += f->gates.held;
    json_array_extend(n->updates, f->updates);
    if (!f->made)
        return;
    struct night_batch *told = night_batch(n, &f->batch, f->organisation.code);
    memcpy(told->rows, f->rows, sizeof told->rows);
    told->handoffs = json_incref(f->handoffs);
}

bool night_freeze(struct night *n, int64_t organisation_id, bool *made, struct err *e)
{
    struct freezing f = {.n = n, .organisation_id = organisation_id};
    bool due;
    *made = false;
    if (!record_load(n->s->db, &organisation_type, organisation_id, &f.organisation, e) ||
        !is_anything_due(n, &f.organisation, &due, e))
        return false;
    if (!due)
        return true;
    f.updates = json_array();
    f.handoffs = n->o->dry_run ? json_array() : NULL;
    bool ok = engine_transact(n->s, __func__, freeze, &f, e);
    if (ok)
        tell(&f);
    *made = ok && f.made;
    handoff_facts_free(f.facts);
    handoff_row_free(&f.row);
    package_free(&f.package);
    json_decref(f.updates);
    json_decref(f.handoffs);
    return ok;
}

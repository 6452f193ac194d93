/* SPDX-License-Identifier: MIT
 *
 * What a change elsewhere does to many handoffs: the gates asked again, open
 * ones withdrawn, corrections marked, and the reply clock. Keys are gathered
 * first and each handoff is loaded and judged by itself, so that no statement
 * is read while its rows change.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/handoffs.h"
#include "store/handoffs.h"

struct keys {
    int64_t *at;
    size_t count, room;
};

static bool keys_gather(struct keys *k, struct stmt *st, struct err *e)
{
    enum step step;
    if (!st)
        return false;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        if (k->count == k->room) {
            k->room = k->room ? k->room * 2 : 32;
            k->at = xrealloc(k->at, k->room * sizeof *k->at);
        }
        k->at[k->count++] = col_int(st, 0);
    }
    return step != STEP_FAILED;
}

/* Does something to each handoff of the keys, and frees the keys. */
typedef bool each_fn(struct session *s, struct handoff *h, void *ctx, struct err *e);
static bool keys_each(struct session *s, struct keys *k, bool gathered, each_fn *fn, void *ctx,
                      struct err *e)
{
    struct handoff h;
    bool ok = gathered;
    for (size_t i = 0; ok && i < k->count; i++)
        ok = record_load(s->db, &handoff_type, k->at[i], &h, e) && fn(s, &h, ctx, e);
    free(k->at);
    return ok;
}

/* ---- the gates again */

void handoff_held_long_words(struct session *s, const struct handoff *h, struct buf *words)
{
    buf_fmt(words,
            "Held for over %lld days; nothing else is in the way. Still wanted? Say so with "
            "`onward handoff again %s`, "
            "or withdraw it.",
            (long long)session_setting(s, SET_HELD_DAYS), h->ref);
}

static bool ask_worker_again(struct session *s, const struct handoff *h, struct err *e)
{
    struct buf words = {0};
    handoff_held_long_words(s, h, &words);
    bool ok = handoff_gates_clear(s->db, h->id, e) &&
              handoff_gate_add(s->db, h->id, "again", buf_text(&words), e);
    buf_free(&words);
    return ok;
}

bool handoff_recheck(struct session *s, struct handoff_facts *f, struct handoff *h,
                     struct recheck_counts *c, struct err *e)
{
    struct gate_state gates[GATE_COUNT];
    bool is_held = strcmp(h->state, "held") == 0;
    if (!is_held && strcmp(h->state, "queued") != 0)
        return true;
    if (!handoff_facts_load(s, f, h, e))
        return false;
    bool open = handoff_facts_ask(s, f, h, gates);
    if (is_held && open) {
        if (clock_held_long(engine_clock_rules(s), h))
            return ask_worker_again(s, h, e);
        c->released++;
        return handoff_move(
            s, h,
            &(struct handoff_step){.action = "release", .how = "run", .reply_id = FIELD_ABSENT}, e);
    }
    if (open)
        return true;
    if (!is_held) {
        c->held++;
        if (!handoff_move(
                s, h,
                &(struct handoff_step){.action = "recheck", .how = "run", .reply_id = FIELD_ABSENT},
                e))
            return false;
    }
    return handoff_keep_gates(s, h, gates, e);
}

struct recheck {
    struct handoff_facts *facts;
    struct recheck_counts *counts;
};

static bool recheck_each(struct session *s, struct handoff *h, void *ctx, struct err *e)
{
    struct recheck *r = ctx;
    return handoff_recheck(s, r->facts, h, r->counts, e);
}

static bool recheck_keys(struct session *s, struct keys *k, bool gathered, struct recheck_counts *c,
                         struct err *e)
{
    struct recheck r = {handoff_facts_new(), c};
    bool ok = keys_each(s, k, gathered, recheck_each, &r, e);
    handoff_facts_free(r.facts);
    return ok;
}

bool handoffs_recheck_person(struct session *s, int64_t person_id, struct recheck_counts *c,
                             struct err *e)
{
    struct keys k = {0};
    bool gathered = keys_gather(&k, handoff_ids_of_person(s->db, person_id, NULL, e), e);
    return recheck_keys(s, &k, gathered, c, e);
}

bool handoffs_recheck_organisation(struct session *s, int64_t organisation_id,
                                   struct recheck_counts *c, struct err *e)
{
    struct keys k = {0};
    bool gathered =
        keys_gather(&k, handoff_ids_of_organisation(s->db, organisation_id, "held", e), e) &&
        keys_gather(&k, handoff_ids_of_organisation(s->db, organisation_id, "queued", e), e);
    return recheck_keys(s, &k, gathered, c, e);
}

bool handoffs_recheck_service(struct session *s, int64_t service_id, struct recheck_counts *c,
                              struct err *e)
{
    struct keys k = {0};
    bool gathered = keys_gather(&k, handoff_ids_of_service(s->db, service_id, "held", e), e) &&
                    keys_gather(&k, handoff_ids_of_service(s->db, service_id, "queued", e), e);
    return recheck_keys(s, &k, gathered, c, e);
}

bool handoffs_recheck_all(struct session *s, struct recheck_counts *c, struct err *e)
{
    struct keys k = {0};
    bool gathered = keys_gather(&k, handoff_ids_in_state(s->db, "held", e), e) &&
                    keys_gather(&k, handoff_ids_in_state(s->db, "queued", e), e);
    return recheck_keys(s, &k, gathered, c, e);
}

/* ---- withdrawing many */

struct withdrawal {
    const char *reason;
    int64_t organisation_id; /* FIELD_ABSENT: all */
    bool leave_sent_running;
    int64_t withdrawn, left;
};

static bool withdraw_each(struct session *s, struct handoff *h, void *ctx, struct err *e)
{
    struct withdrawal *w = ctx;
    if (!handoff_is_open(h->state) ||
        (w->organisation_id != FIELD_ABSENT && w->organisation_id != h->organisation_id))
        return true;
    if (w->leave_sent_running && handoff_has_left(h->state)) {
        w->left++;
        return true;
    }
    w->withdrawn++;
    return handoff_withdraw_one(s, h, w->reason, NULL, e);
}

bool handoffs_withdraw_person(struct session *s, int64_t person_id, const char *organisation,
                              const char *reason, int64_t *n, struct err *e)
{
    struct withdrawal w = {.reason = reason, .organisation_id = FIELD_ABSENT};
    struct organisation org;
    struct keys k = {0};
    if (organisation) {
        if (!record_load_ref(s->db, &organisation_type, organisation, &org, e))
            return false;
        w.organisation_id = org.id;
    }
    bool gathered = keys_gather(&k, handoff_ids_of_person(s->db, person_id, NULL, e), e);
    bool ok = keys_each(s, &k, gathered, withdraw_each, &w, e);
    if (ok)
        *n = w.withdrawn;
    return ok;
}

bool handoffs_withdraw_referral(struct session *s, int64_t referral_id, const char *reason,
                                bool leave_sent_running, int64_t *n, int64_t *left, struct err *e)
{
    struct withdrawal w = {.reason = reason,
                           .organisation_id = FIELD_ABSENT,
                           .leave_sent_running = leave_sent_running};
    struct keys k = {0};
    bool gathered = keys_gather(&k, handoff_ids_of_referral(s->db, referral_id, NULL, e), e);
    bool ok = keys_each(s, &k, gathered, withdraw_each, &w, e);
    if (ok) {
        *n = w.withdrawn;
        *left = w.left;
    }
    return ok;
}

/* ---- corrections */

static bool mark_each(struct session *s, struct handoff *h, void *ctx, struct err *e)
{
    const int64_t *since = ctx;
    struct handoff before = *h;
    if (!handoff_takes_update(h->state) || (since && h->exported_at <= *since))
        return true;
    h->update_due = 1;
    return handoff_write(s, &before, h, e);
}

bool handoffs_mark_update(struct session *s, int64_t person_id, struct err *e)
{
    struct keys k = {0};
    bool gathered = keys_gather(&k, handoff_ids_of_person(s->db, person_id, NULL, e), e);
    return keys_each(s, &k, gathered, mark_each, NULL, e);
}

bool handoffs_mark_update_since(struct session *s, int64_t person_id, int64_t at, struct err *e)
{
    struct keys k = {0};
    bool gathered = keys_gather(&k, handoff_ids_of_person(s->db, person_id, NULL, e), e);
    return keys_each(s, &k, gathered, mark_each, &at, e);
}

bool handoffs_mark_update_referral(struct session *s, int64_t referral_id, struct err *e)
{
    struct keys k = {0};
    bool gathered = keys_gather(&k, handoff_ids_of_referral(s->db, referral_id, NULL, e), e);
    return keys_each(s, &k, gathered, mark_each, NULL, e);
}

/* ---- the reply clock */

static bool clock_each(struct session *s, struct handoff *h, void *ctx, struct err *e)
{
    int64_t *moved = ctx;
    if (!clock_reply_over(engine_clock_rules(s), h))
        return true;
    ++*moved;
    return handoff_move(
        s, h,
        &(struct handoff_step){.action = "no_response", .how = "run", .reply_id = FIELD_ABSENT}, e);
}

bool handoffs_let_clocks_act(struct session *s, int64_t *moved, struct err *e)
{
    static const char *const waiting[] = {"exported", "delivered", "acknowledged"};
    struct keys k = {0};
    char today[DATE_SIZE];
    date_format(session_today(s), today);
    bool gathered = true;
    for (size_t i = 0; gathered && i < sizeof waiting / sizeof *waiting; i++)
        gathered = keys_gather(&k, handoff_ids_reply_before(s->db, waiting[i], today, e), e);
    return keys_each(s, &k, gathered, clock_each, moved, e);
}

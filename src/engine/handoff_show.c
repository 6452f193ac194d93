/* SPDX-License-Identifier: MIT
 *
 * One handoff as a document: its state, gates, events, answers, the batches
 * it went in, and the very row that would leave. Opening it is logged first.
 */
#include <string.h>

#include "engine/handoff_row.h"
#include "engine/handoff_verbs.h"
#include "store/handoffs.h"

struct show_args {
    char handoff[REF_SIZE];
};
static const struct field show_fields[] = {ARG_HANDOFF(show_args)};

static bool find_and_log(struct session *s, const char *ref, struct handoff *h, struct person *p,
                         struct err *e)
{
    return find_handoff(s, ref, h, p, e) &&
           engine_audit(s, "opened", "handoff", h->ref, p->ref, "", e);
}

/* ---- gates */

static void add_gate(json_t *gates, const char *gate, bool open, const char *reason)
{
    json_array_append_new(
        gates, json_pack("{s:s, s:b, s:s}", "gate", gate, "open", open, "reason", reason));
}

/* All gates as they stand now. One held for long shows the question to its worker as one more. */
static bool gates_now(struct session *s, const struct handoff *h, json_t *gates, bool *open,
                      struct buf *words, struct err *e)
{
    struct gate_state state[GATE_COUNT];
    if (!handoff_ask_gates(s, h, state, NULL, open, e))
        return false;
    for (int i = 0; i < GATE_COUNT; i++) {
        add_gate(gates, gate_names[i], state[i].open, state[i].reason);
        buf_fmt(words, "%s%s: %s. %s", words->len ? "\n" : "", gate_labels[i],
                state[i].open ? "open" : "shut", state[i].reason);
    }
    if (*open && clock_held_long(engine_clock_rules(s), h)) {
        static const char reason[] =
            "It was held for long: say that it is still wanted with `onward handoff again`.";
        *open = false;
        add_gate(gates, "again", false, reason);
        buf_fmt(words, "\nStill wanted: not known. %s", reason);
    }
    return true;
}

static bool run_why(struct session *s, const void *args, uint64_t given, struct outcome *o,
                    struct err *e)
{
    const struct show_args *a = args;
    struct handoff h;
    struct person p;
    struct buf words = {0};
    bool open;
    (void)given;
    if (!find_and_log(s, a->handoff, &h, &p, e))
        return false;
    json_t *gates = json_array();
    if (!gates_now(s, &h, gates, &open, &words, e)) {
        json_decref(gates);
        buf_free(&words);
        return false;
    }
    outcome_of(o, &handoff_type, &h);
    outcome_say(o, "%s %s\n%s", h.ref,
                open ? "may go: every gate is open." : "may not go:", buf_text(&words));
    buf_free(&words);
    o->detail = json_pack("{s:s, s:b, s:o}", "handoff", h.ref, "open", open, "gates", gates);
    return true;
}
const struct verb handoff_why = {
    .name = "handoff why",
    .help = "Says for every gate whether it is open, and what would open it.",
    .roles = ROLE_CARE | ROLE_REP,
    .args = show_fields,
    .count = COUNT_OF(show_fields),
    .size = sizeof(struct show_args),
    .run = run_why,
    .reads = true};

/* ---- parts of the document */

static void drop_personal(json_t *o, const struct record_type *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->fields[i].flags & FIELD_PERSONAL)
            json_object_del(o, t->fields[i].key);
}

static void set_text(json_t *o, const char *key, const char *text)
{
    if (*text)
        json_object_set_new(o, key, json_string(text));
}

/* Rows of a statement as objects: column i under keys[i], empty ones left out. */
static bool rows_of(struct stmt *st, const char *const *keys, size_t n, json_t *out, struct err *e)
{
    enum step step;
    if (!st)
        return false;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        json_t *row = json_object();
        for (size_t i = 0; i < n; i++)
            set_text(row, keys[i], col_text(st, (int)i));
        json_array_append_new(out, row);
    }
    return step != STEP_FAILED;
}

static bool events_of(struct session *s, const struct handoff *h, bool masked, json_t *out,
                      struct err *e)
{
    static const char *const keys[] = {"on_date", "event", "from", "to",
                                       "effect",  "how",   "note", "by"};
    char at[INSTANT_SIZE];
    enum step step;
    struct stmt *st = handoff_events(s->db, h->id, e);
    if (!st)
        return false;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        json_t *row = json_object();
        instant_format(col_int(st, 0), at);
        set_text(row, "at", at);
        for (size_t i = 0; i < COUNT_OF(keys); i++)
            if (!(masked && strcmp(keys[i], "note") == 0))
                set_text(row, keys[i], col_text(st, (int)i + 1));
        json_array_append_new(out, row);
    }
    return step != STEP_FAILED;
}

static bool replies_of(struct session *s, const struct handoff *h, bool masked, json_t *out,
                       struct err *e)
{
    struct reply r;
    enum step step;
    struct stmt *st = handoff_replies(s->db, h->id, e);
    if (!st)
        return false;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        record_read(st, 0, &reply_type, &r);
        json_t *row = record_json(&reply_type, &r);
        if (masked)
            drop_personal(row, &reply_type);
        json_array_append_new(out, row);
    }
    return step != STEP_FAILED;
}

enum row_action handoff_next_row(const struct handoff *h)
{
    if (handoff_owes_stop(h))
        return ROW_WITHDRAW;
    return h->exported_at == FIELD_ABSENT ? ROW_NEW : ROW_UPDATE;
}

/* The row that would leave now, and of its columns those that may not, with why. */
static bool add_row(struct session *s, const struct handoff *h, json_t *d, struct err *e)
{
    struct handoff_row row = {0};
    json_t *texts = json_object(), *withheld = json_object();
    bool ok = handoff_row_fill(s, h, handoff_next_row(h), &row, e);
    for (int c = 0; ok && c < HANDOFF_COLUMN_COUNT; c++) {
        json_object_set_new(texts, handoff_columns[c].name,
                            json_string(handoff_row_text(&row, (enum handoff_column)c)));
        if (row.withheld[c] && c != COL_WITHDRAW_REASON)
            json_object_set_new(withheld, handoff_columns[c].name, json_string(row.withheld[c]));
    }
    json_object_set_new(d, "row", texts);
    json_object_set_new(d, "withheld", withheld);
    handoff_row_free(&row);
    return ok;
}

/* References and names in place of the internal keys that record_json leaves out. */
static bool add_references(struct session *s, const struct handoff *h, const struct person *p,
                           json_t *d, struct err *e)
{
    struct referral r;
    struct service v;
    struct organisation g;
    struct handoff before;
    struct batch b;
    if (!record_load(s->db, &referral_type, h->referral_id, &r, e) ||
        !record_load(s->db, &service_type, h->service_id, &v, e) ||
        !record_load(s->db, &organisation_type, h->organisation_id, &g, e))
        return false;
    struct buf name = {0};
    buf_fmt(&name, "%s %s", p->given_name, p->family_name);
    json_object_del(d, "ref");
    set_text(d, "handoff", h->ref);
    set_text(d, "person", p->ref);
    set_text(d, "name", buf_text(&name));
    set_text(d, "referral", r.ref);
    set_text(d, "need_label", session_code_label(s, "need", h->need));
    set_text(d, "service", v.ref);
    set_text(d, "service_name", v.name);
    set_text(d, "organisation", g.code);
    set_text(d, "organisation_name", g.name);
    set_text(d, "state_label", choice_label(handoff_states, h->state));
    buf_free(&name);
    if (h->previous_id != FIELD_ABSENT) {
        if (!record_load(s->db, &handoff_type, h->previous_id, &before, e))
            return false;
        set_text(d, "previous", before.ref);
    }
    if (h->stop_batch_id != FIELD_ABSENT) {
        if (!record_load(s->db, &batch_type, h->stop_batch_id, &b, e))
            return false;
        set_text(d, "stop_batch", b.name);
    }
    json_object_set_new(d, "stop_owed", json_boolean(handoff_owes_stop(h)));
    return true;
}

static json_t *add_array(json_t *d, const char *key)
{
    json_t *a = json_array();
    json_object_set_new(d, key, a);
    return a;
}

static bool document(struct session *s, const struct handoff *h, struct person *p, json_t *d,
                     struct err *e)
{
    static const char *const batch_keys[] = {"batch",  "run_on", "state",
                                             "row_id", "action", "sha256"};
    bool masked = engine_sight(s, p) != SIGHT_FULL, open;
    struct buf words = {0};
    if (masked) {
        drop_personal(d, &handoff_type);
        person_mask(p);
    }
    bool ok = add_references(s, h, p, d, e) &&
              gates_now(s, h, add_array(d, "gates"), &open, &words, e) &&
              events_of(s, h, masked, add_array(d, "events"), e) &&
              replies_of(s, h, masked, add_array(d, "replies"), e) &&
              rows_of(handoff_batches(s->db, h->id, e), batch_keys, COUNT_OF(batch_keys),
                      add_array(d, "batches"), e);
    buf_free(&words);
    return ok && (masked || add_row(s, h, d, e));
}

static bool run_show(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct show_args *a = args;
    struct handoff h;
    struct person p;
    (void)given;
    if (!find_and_log(s, a->handoff, &h, &p, e))
        return false;
    json_t *d = record_json(&handoff_type, &h);
    if (!document(s, &h, &p, d, e)) {
        json_decref(d);
        return false;
    }
    outcome_of(o, &handoff_type, &h);
    o->detail = d;
    return true;
}
const struct verb handoff_show = {
    .name = "handoff show",
    .help = "Shows a handoff: gates, events, answers, batches, and the very row that would leave.",
    .roles = ROLE_CARE | ROLE_REP,
    .args = show_fields,
    .count = COUNT_OF(show_fields),
    .size = sizeof(struct show_args),
    .run = run_show,
    .reads = true};

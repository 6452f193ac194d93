/* SPDX-License-Identifier: MIT
 *
 * One episode as a document: the referral, a header of what must be known of
 * the person before ringing, everything recorded under it, and what is next.
 * A representative gets it masked: states, times and references.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/consents.h"
#include "engine/referrals.h"
#include "store/referrals.h"

/* A record as JSON; `masked` leaves out what is personal. */
static json_t *record_shown(const struct record_type *t, const void *record, bool masked)
{
    json_t *o = record_json(t, record);
    for (size_t i = 0; masked && i < t->count; i++)
        if (t->fields[i].flags & FIELD_PERSONAL)
            json_object_del(o, t->fields[i].key);
    return o;
}

static json_t *array_in(json_t *doc, const char *key)
{
    json_t *a = json_array();
    json_object_set_new(doc, key, a);
    return a;
}

static const char *login_of(struct session *s, int64_t user_id, struct user *u)
{
    struct err unknown;
    if (user_id == FIELD_ABSENT || !record_load(s->db, &user_type, user_id, u, &unknown))
        return "";
    return u->login;
}

/* ---- the person, above everything else */

static bool add_header(struct session *s, const struct episode *ep, bool masked, json_t *doc, struct err *e)
{
    static const char *const keys[] = {"given_name",
                                       "family_name",
                                       "preferred_name",
                                       "pronouns",
                                       "date_of_birth",
                                       "nhs_number",
                                       "gp_practice",
                                       "phone",
                                       "email",
                                       "contact_method",
                                       "contact_note",
                                       "voicemail_ok",
                                       "safe_times",
                                       "language",
                                       "interpreter_language",
                                       "communication_needs",
                                       "adjustments",
                                       "representative",
                                       "representative_relation",
                                       "representative_phone",
                                       "died_on"};
    struct consent *rows;
    size_t n;
    if (!consents_load(s, ep->person.id, &rows, &n, e))
        return false;
    struct person p = ep->person;
    if (masked)
        person_mask(&p);
    json_t *all = record_json(&person_type, &p), *header = json_object();
    json_object_set_new(header, "person", json_string(p.ref));
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (json_object_get(all, keys[i]))
            json_object_set(header, keys[i], json_object_get(all, keys[i]));
    json_decref(all);
    int expiring = (int)session_setting(s, SET_CONSENT_EXPIRING_DAYS);
    day_t today = session_today(s);
    json_object_set_new(header, "consent",
                        json_pack("{s:s, s:s}", "share",
                                  consent_word_text(consent_standing(rows, n, today, expiring)),
                                  "contact",
                                  consent_word_text(consent_to_contact(rows, n, today))));
    free(rows);
    json_object_set_new(doc, "header", header);
    return true;
}

/* ---- what is recorded under it */

/* Words and references in place of the internal keys that record_json leaves out. */
static void add_words(struct session *s, const struct record_type *t, const void *record,
                      const char *const *plan_refs, json_t *row)
{
    struct user u;
    if (t == &need_type) {
        const struct need *n = record;
        json_object_set_new(row, "label", json_string(session_code_label(s, "need", n->code)));
    } else if (t == &contact_type) {
        const struct contact *c = record;
        json_object_set_new(row, "by", json_string(login_of(s, c->created_by, &u)));
    } else if (t == &risk_type) {
        const struct risk *r = record;
        json_object_set_new(row, "label", json_string(session_code_label(s, "risk", r->kind)));
    } else if (t == &plan_item_type && *plan_refs) {
        json_object_set_new(row, "parent", json_string(*plan_refs));
    }
}

/* The reference of the item that a plan item stands under. */
static const char *parent_ref(const struct plan_item *items, size_t n, const struct plan_item *item)
{
    for (size_t i = 0; i < n; i++)
        if (item->parent_id == items[i].id)
            return items[i].ref;
    return NULL;
}

static bool add_children(struct session *s, const struct record_type *t, int64_t parent_id,
                         bool masked, json_t *out, struct err *e)
{
    void *rows;
    size_t n;
    if (!referral_children(s->db, t, parent_id, &rows, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        const void *record = (const char *)rows + i * t->size;
        const char *parent = t == &plan_item_type ? parent_ref(rows, n, record) : NULL;
        json_t *row = record_shown(t, record, masked);
        add_words(s, t, record, &parent, row);
        json_array_append_new(out, row);
    }
    free(rows);
    return true;
}

static bool add_handoffs(struct session *s, int64_t referral_id, json_t *out, struct err *e)
{
    static const char *const keys[] = {"handoff",      "need",         "state",
                                       "state_at",     "urgent",       "service",
                                       "service_name", "organisation", "organisation_name",
                                       "reply_by",     "last_reply_on"};
    struct stmt *st = referral_handoffs(s->db, referral_id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        json_t *row = json_object();
        for (size_t i = 0; i < COUNT_OF(keys); i++)
            if (!col_null(st, (int)i) && strcmp(keys[i], "state_at") != 0 && strcmp(keys[i], "urgent") != 0)
                json_object_set_new(row, keys[i], json_string(col_text(st, (int)i)));
        char at[INSTANT_SIZE];
        instant_format(col_int(st, 3), at);
        json_object_set_new(row, "state_at", json_string(at));
        json_object_set_new(row, "urgent", json_boolean(col_int(st, 4) == 1));
        json_object_set_new(row, "label", json_string(choice_label(handoff_states, col_text(st, 2))));
        json_array_append_new(out, row);
    }
    return step != STEP_FAILED;
}

static bool fill(struct session *s, const struct episode *ep, bool masked, json_t *doc, struct err *e)
{
    static const struct {
        const char *key;
        const struct record_type *type;
    } parts[] = {
        {"needs", &need_type},   {"contacts", &contact_type}, {"plan", &plan_item_type},     {"signposts", &signpost_type},
        {"flags", &flag_type},   {"answers", &answer_type},   {"sources", &referral_source_type},
    };
    struct user worker;
    json_object_set_new(doc, "referral", json_string(ep->was.ref));
    json_object_set_new(doc, "person", json_string(ep->person.ref));
    json_object_set_new(doc, "state_label", json_string(choice_label(referral_states, ep->was.state)));
    json_object_set_new(doc, "worker", json_string(login_of(s, ep->was.worker_id, &worker)));
    if (!add_header(s, ep, masked, doc, e) ||
        (!masked && !add_children(s, &risk_type, ep->person.id, false, array_in(doc, "risks"), e)) ||
        !add_handoffs(s, ep->was.id, array_in(doc, "handoffs"), e))
        return false;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (!add_children(s, parts[i].type, ep->was.id, masked, array_in(doc, parts[i].key), e))
            return false;
    return worklist_of_referral(s, ep->was.id, masked, array_in(doc, "next"), e);
}

/* ---- the verb */

struct show_args {
    char referral[REF_SIZE];
};
static const struct field show_fields[] = {ARG_REFERRAL(show_args)};

static bool show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct show_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_find(s, a->referral, &ep, e))
        return false;
    bool masked = engine_sight(s, &ep.person) != SIGHT_FULL;
    if (!engine_audit(s, "opened", "referral", ep.was.ref, ep.person.ref, masked ? "masked" : "", e))
        return false;
    outcome_of(o, &referral_type, &ep.was);
    o->detail = record_shown(&referral_type, &ep.was, masked);
    return fill(s, &ep, masked, o->detail, e);
}
const struct verb referral_show = {
    .name = "referral show",
    .help = "Shows an episode with everything recorded under it; the look is logged.",
    .roles = ROLE_CARE | ROLE_REP,
    .args = show_fields,
    .count = COUNT_OF(show_fields),
    .size = sizeof(struct show_args),
    .run = show_run,
    .reads = true,
};

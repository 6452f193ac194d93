/* SPDX-License-Identifier: MIT
 *
 * Two records that are one person: a person's decision, never the program's.
 * Everything goes over to the record kept; the other stays as a signpost that
 * its reference resolves through. What the records disagree on stays with the
 * one kept, and the other's word is kept beside it: its name as a further
 * name, its NHS number and reference as identifiers. The stricter consent
 * holds until the person is asked again, and the stricter restriction.
 */
#include "engine/person_merge.h"

#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/consents.h"
#include "engine/handoffs.h"
#include "engine/work.h"
#include "store/handoffs.h"
#include "store/pairs.h"
#include "store/people.h"

/* ---- lists of ids */

json_t *merge_ids(json_t *moved, const char *key)
{
    json_t *ids = json_object_get(moved, key);
    if (!ids) {
        ids = json_array();
        json_object_set_new(moved, key, ids);
    }
    return ids;
}

void ids_add(json_t *ids, int64_t id)
{
    json_array_append_new(ids, json_integer(id));
}

bool ids_have(const json_t *ids, int64_t id)
{
    size_t i;
    json_t *one;
    json_array_foreach (ids, i, one)
        if (json_integer_value(one) == id)
            return true;
    return false;
}

bool ids_gather(struct stmt *st, json_t *ids, struct err *e)
{
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        ids_add(ids, col_int(st, 0));
    return step != STEP_FAILED;
}

/* ---- what goes over */

static struct stmt *all_handoffs(struct db *db, int64_t person_id, struct err *e)
{
    return handoff_ids_of_person(db, person_id, NULL, e);
}

const struct merge_part merge_parts[] = {
    {&person_name_type, person_names},       {&person_identifier_type, person_identifiers},
    {&consent_type, consent_ids_of_person},  {&risk_type, risk_ids_of_person},
    {&referral_type, referral_ids_of_person}, {&handoff_type, all_handoffs},
    {NULL, NULL},
};

static void change_owner(const struct record_type *t, void *record, int64_t to)
{
    *(int64_t *)(void *)((char *)record + t->fields[t->person].offset) = to;
    struct handoff *h = t == &handoff_type ? record : NULL;
    if (h && handoff_takes_update(h->state))
        h->update_due = 1;
}

bool merge_move(struct session *s, const struct record_type *t, int64_t id, int64_t from, const struct person *to, struct err *e)
{
    void *before = xcalloc(1, t->size), *after = xcalloc(1, t->size);
    struct err why;
    bool ok = true;
    if (record_load(s->db, t, id, before, &why)) {
        memcpy(after, before, t->size);
        if (field_int(&t->fields[t->person], before) == from) {
            change_owner(t, after, to->id);
            ok = engine_update(s, t, before, after, to->ref, e);
        }
    } else if (why.code != ERR_NOT_FOUND) { /* taken away since: nothing to move */
        *e = why;
        ok = false;
    }
    free(before);
    free(after);
    return ok;
}

static bool move_all(struct session *s, const struct person *from, const struct person *to, json_t *moved, struct err *e)
{
    for (const struct merge_part *part = merge_parts; part->type; part++) {
        json_t *ids = merge_ids(moved, part->type->name), *one;
        size_t i;
        if (!ids_gather(part->ids(s->db, from->id, e), ids, e))
            return false;
        json_array_foreach (ids, i, one)
            if (!merge_move(s, part->type, json_integer_value(one), from->id, to, e))
                return false;
    }
    return true;
}

bool merge_updates_due(struct session *s, int64_t person_id, json_t *ids, struct err *e)
{
    json_t *all = json_array(), *one;
    size_t i;
    bool ok = ids_gather(all_handoffs(s->db, person_id, e), all, e);
    json_array_foreach (all, i, one) {
        struct handoff h;
        ok = ok && record_load(s->db, &handoff_type, json_integer_value(one), &h, e);
        if (ok && h.update_due == 1)
            ids_add(ids, h.id);
    }
    json_decref(all);
    return ok;
}

/* ---- what the dropped record said */

static bool add_identifier(struct session *s, const struct person *keep, const char *scheme, const char *value, json_t *added,
                           struct err *e)
{
    struct person_identifier i;
    record_init(&person_identifier_type, &i);
    i.person_id = keep->id;
    text_put(i.scheme, sizeof i.scheme, scheme);
    text_put(i.value, sizeof i.value, value);
    if (!engine_insert(s, &person_identifier_type, &i, keep->ref, e))
        return false;
    ids_add(merge_ids(added, "person_identifier"), i.id);
    return true;
}

static bool add_name(struct session *s, const struct person *keep, const struct person *drop, json_t *added, struct err *e)
{
    struct person_name n;
    if (strcmp(keep->given_name, drop->given_name) == 0 && strcmp(keep->family_name, drop->family_name) == 0)
        return true;
    record_init(&person_name_type, &n);
    n.person_id = keep->id;
    text_put(n.kind, sizeof n.kind, "alias");
    text_put(n.given_name, sizeof n.given_name, drop->given_name);
    text_put(n.family_name, sizeof n.family_name, drop->family_name);
    if (!engine_insert(s, &person_name_type, &n, keep->ref, e))
        return false;
    ids_add(merge_ids(added, "person_name"), n.id);
    return true;
}

static bool keep_its_word(struct session *s, const struct person *keep, const struct person *drop, json_t *moved, struct err *e)
{
    json_t *added = json_object();
    json_object_set_new(moved, "added", added);
    bool other_number = *keep->nhs_number && *drop->nhs_number && strcmp(keep->nhs_number, drop->nhs_number) != 0;
    return add_name(s, keep, drop, added, e) && add_identifier(s, keep, "reference", drop->ref, added, e) &&
           (!other_number || add_identifier(s, keep, "nhs_number", drop->nhs_number, added, e));
}

/* Fields that are empty on the record kept take the other's value. */
static void fill_from(struct person *keep, const struct person *drop, json_t *moved)
{
    json_t *filled = merge_ids(moved, "filled");
    for (size_t i = 0; i < person_type.count; i++) {
        const struct field *f = &person_type.fields[i];
        if ((f->flags & FIELD_AUTO) || strcmp(f->key, "restricted") == 0 || !field_is_empty(f, keep) || field_is_empty(f, drop))
            continue;
        field_copy(f, keep, drop);
        json_array_append_new(filled, json_string(f->key));
    }
}

/* Who knew of a restricted record is still who knows: of two restricted ones, those who knew of both. */
static bool narrow_access(struct session *s, struct person *keep, const struct person *drop, json_t *moved, struct err *e)
{
    if (drop->restricted != 1)
        return true;
    json_t *of_keep = merge_ids(moved, "access"), *of_drop = json_array(), *one;
    json_object_set_new(moved, "restricted", json_boolean(keep->restricted == 1));
    size_t i;
    bool ok = ids_gather(person_access_users(s->db, keep->id, e), of_keep, e) &&
              ids_gather(person_access_users(s->db, drop->id, e), of_drop, e) && person_access_clear(s->db, keep->id, e);
    json_array_foreach (of_drop, i, one)
        if (ok && (keep->restricted != 1 || ids_have(of_keep, json_integer_value(one))))
            ok = person_access_add(s->db, keep->id, json_integer_value(one), e);
    keep->restricted = 1;
    json_decref(of_drop);
    cache_drop(s);
    return ok;
}

/* ---- what follows */

static bool say_refusals_again(struct session *s, const struct person *keep, const struct consent_stricter *rows, size_t n,
                               json_t *moved, struct err *e)
{
    json_t *ids = merge_ids(moved, "consents");
    for (size_t i = 0; i < n; i++) {
        struct consent c = rows[i].row;
        if (!consent_append(s, &c, keep, e))
            return false;
        if (rows[i].from_dropped)
            ids_add(ids, c.id);
    }
    return true;
}

/* A line of the worklist, until somebody has settled it. */
struct flagging {
    const struct person *keep;
    json_t *flags;
};

static bool put_flag(struct session *s, const struct flagging *to, struct flag *f, int64_t referral_id, struct err *e)
{
    f->referral_id = referral_id;
    today_text(s, f->due_on);
    if (!engine_insert(s, &flag_type, f, to->keep->ref, e))
        return false;
    ids_add(to->flags, f->id);
    return true;
}

static bool flag_pair(struct session *s, const struct flagging *to, int64_t referral_id, const char *first, const char *second,
                      struct err *e)
{
    struct flag f;
    record_init(&flag_type, &f);
    snprintf(f.message, sizeof f.message, "Two open handoffs to one service since two records were merged: %s and %s. Withdraw one.",
             first, second);
    return put_flag(s, to, &f, referral_id, e);
}

/* What left on one record's consent goes on behind the other's refusal until the person was asked. */
static bool flag_uncovered(struct session *s, struct handoff *h, void *ctx, struct err *e)
{
    struct flag f;
    if (!handoff_has_left(h->state))
        return true;
    record_init(&flag_type, &f);
    snprintf(f.message, sizeof f.message, "Since two records were merged a refusal stands against %s. Ask the person; withdraw it if it "
                                          "stands.", h->ref);
    return put_flag(s, ctx, &f, h->referral_id, e);
}

/* Two open handoffs to one service, one from each record, become a line of the worklist. */
static bool flag_doubled(struct session *s, const struct person *keep, json_t *moved, struct outcome *o, struct err *e)
{
    const struct flagging to = {keep, merge_ids(moved, "flags")};
    const json_t *went = merge_ids(moved, handoff_type.name);
    struct stmt *st = handoffs_doubled(s->db, keep->id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        if (ids_have(went, col_int(st, 0)) == ids_have(went, col_int(st, 3)) || !handoff_is_open(col_text(st, 2)) ||
            !handoff_is_open(col_text(st, 5)))
            continue;
        outcome_say(o, "%s and %s are open with one service: a flag is on the worklist.", col_text(st, 1), col_text(st, 4));
        if (!flag_pair(s, &to, col_int(st, 6), col_text(st, 1), col_text(st, 4), e)) {
            stmt_done(st);
            return false;
        }
    }
    return step != STEP_FAILED;
}

static bool settle_offer(struct session *s, const struct person *keep, const struct person *drop, struct err *e)
{
    struct likeness like = {.other = *keep};
    bool found;
    int64_t id;
    return person_offer(s, drop, &like, "", e) && offer_find(s->db, drop->id, keep->id, &found, &id, e) &&
           offer_decide(s->db, id, "merged", e);
}

static bool ask_gates_again(struct session *s, const struct person *keep, struct outcome *o, struct err *e)
{
    struct recheck_counts c = {0};
    int64_t against = 0;
    if (!handoffs_recheck_person(s, keep->id, &c, e) || !consents_against(s, keep->id, NULL, NULL, &against, e))
        return false;
    if (against)
        outcome_say(o, "The stricter consent holds: %lld handoff%s not covered. Ask the person, then record what they say; "
                       "withdraw those that have left and are not wanted.",
                    (long long)against, against == 1 ? " is" : "s are");
    o->partly = c.held > 0;
    return true;
}

/* ---- person merge */

struct merge_args {
    char keep[REF_SIZE], drop[REF_SIZE];
};
static const struct field merge_fields[] = {
    {"keep", "Record kept", FIELD_REF, FIELD_POSITIONAL | FIELD_REQUIRED, FIELD_TEXT_AT(merge_args, keep), .help = "PE-....-...."},
    {"drop", "Record merged into it", FIELD_REF, FIELD_POSITIONAL | FIELD_REQUIRED, FIELD_TEXT_AT(merge_args, drop)},
};

static bool may_merge(const struct merge_args *a, const struct person *keep, const struct person *drop, struct err *e)
{
    if (keep->id == drop->id)
        return err_rule(e, "merge", "%s and %s are one record already.", a->keep, a->drop);
    if (!*keep->died_on != !*drop->died_on)
        return err_rule(e, "merge", "One of the two is recorded as died, the other is not: record the death on both with "
                                    "`onward person died`, or see whether they are two people.");
    return true;
}

static bool bring_over(struct session *s, const struct person *keep, const struct person *drop, json_t *moved, struct outcome *o,
                       struct err *e)
{
    struct consent *of_keep = NULL, *of_drop = NULL;
    struct consent_stricter *again = NULL;
    size_t n_keep, n_drop;
    int64_t uncovered = 0;
    bool ok = consents_load(s, keep->id, &of_keep, &n_keep, e) && consents_load(s, drop->id, &of_drop, &n_drop, e);
    if (ok) {
        size_t n = consent_stricter(of_keep, n_keep, of_drop, n_drop, session_today(s), &again);
        ok = move_all(s, drop, keep, moved, e) && say_refusals_again(s, keep, again, n, moved, e) &&
             keep_its_word(s, keep, drop, moved, e) && flag_doubled(s, keep, moved, o, e) &&
             consents_against(s, keep->id, flag_uncovered, &(struct flagging){keep, merge_ids(moved, "flags")}, &uncovered, e);
    }
    free(of_keep);
    free(of_drop);
    free(again);
    return ok;
}

static bool write_both(struct session *s, const struct person *keep, const struct person *drop, json_t *moved, struct err *e)
{
    struct person kept = *keep, dropped = *drop;
    fill_from(&kept, drop, moved);
    dropped.merged_into = keep->id;
    return narrow_access(s, &kept, drop, moved, e) && person_write(s, keep, &kept, e) &&
           engine_update(s, &person_type, drop, &dropped, drop->ref, e) && person_terms_write(s, &dropped, e);
}

/* Those that the merge made due, so that taking it apart can tell them from others. */
static bool remember_due(struct session *s, const struct person *keep, const json_t *due_before, json_t *moved, struct err *e)
{
    json_t *now = json_array(), *due = merge_ids(moved, "due"), *one;
    size_t i;
    bool ok = merge_updates_due(s, keep->id, now, e);
    json_array_foreach (now, i, one)
        if (!ids_have(due_before, json_integer_value(one)))
            json_array_append(due, one);
    json_decref(now);
    return ok;
}

static bool remember(struct session *s, const struct person *keep, const struct person *drop, const json_t *moved, struct err *e)
{
    struct merge m = {.id = engine_id(s), .kept_id = keep->id, .dropped_id = drop->id, .merged_at = session_now(s),
                      .merged_by = s->user.id, .moved = json_dumps(moved, JSON_COMPACT)};
    bool ok = merge_insert(s->db, &m, e) && engine_audit(s, "merged", "person", drop->ref, keep->ref, "", e);
    free(m.moved);
    return ok;
}

static bool merge_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct merge_args *a = args;
    struct person keep, drop;
    (void)given;
    if (!find_person(s, a->keep, &keep, e) || !find_person(s, a->drop, &drop, e) || !may_merge(a, &keep, &drop, e))
        return false;
    engine_final(s);
    engine_step_title(s, "merged %s into %s", drop.ref, keep.ref);
    json_t *moved = json_object(), *due_before = json_array();
    bool ok = merge_updates_due(s, keep.id, due_before, e) && merge_updates_due(s, drop.id, due_before, e) &&
              bring_over(s, &keep, &drop, moved, o, e) && write_both(s, &keep, &drop, moved, e) &&
              settle_offer(s, &keep, &drop, e) && remember_due(s, &keep, due_before, moved, e) &&
              remember(s, &keep, &drop, moved, e) && ask_gates_again(s, &keep, o, e);
    json_decref(moved);
    json_decref(due_before);
    if (!ok || !record_load(s->db, &person_type, keep.id, &keep, e))
        return false;
    outcome_of(o, &person_type, &keep);
    outcome_say(o, "%s is part of %s now and its reference still works. `onward person unmerge %s` takes them apart.", drop.ref,
                keep.ref, drop.ref);
    return true;
}

const struct verb person_merge = VERB("person merge", "Joins two records of one person: KEEP stays, DROP becomes part of it.",
                                      ROLE_CARE, merge_fields, merge_args, merge_run);

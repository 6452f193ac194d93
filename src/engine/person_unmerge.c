/* SPDX-License-Identifier: MIT
 *
 * Taking a merge apart: what went over goes back by the list that the merge
 * kept, and what was recorded meanwhile on an episode that goes back goes with
 * it. A refusal or withdrawal recorded while the two were one holds for both.
 * Where rows have left meanwhile, updates put right what recipients hold.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/consents.h"
#include "engine/handoffs.h"
#include "engine/person_merge.h"
#include "engine/work.h"
#include "store/handoffs.h"
#include "store/pairs.h"
#include "store/people.h"

/* The merge at hand: both records as they stand, and what it moved. */
struct unmerging {
    struct merge merge;
    json_t *moved;
    struct person kept, dropped;
};

/* ---- going back */

static bool ids_back(struct session *s, const struct unmerging *u, const struct record_type *t, const json_t *ids, struct err *e)
{
    size_t i;
    json_t *one;
    json_array_foreach (ids, i, one)
        if (!merge_move(s, t, json_integer_value(one), u->kept.id, &u->dropped, e))
            return false;
    return true;
}

/* Handoffs made meanwhile on the episodes that go back. */
static bool newer_handoffs_back(struct session *s, const struct unmerging *u, struct err *e)
{
    json_t *ids = json_array(), *one;
    size_t i;
    bool ok = true;
    json_array_foreach (merge_ids(u->moved, referral_type.name), i, one)
        ok = ok && ids_gather(handoff_ids_of_referral(s->db, json_integer_value(one), NULL, e), ids, e);
    ok = ok && ids_back(s, u, &handoff_type, ids, e);
    json_decref(ids);
    return ok;
}

static bool all_back(struct session *s, const struct unmerging *u, struct err *e)
{
    for (const struct merge_part *part = merge_parts; part->type; part++)
        if (!ids_back(s, u, part->type, merge_ids(u->moved, part->type->name), e))
            return false;
    return ids_back(s, u, &consent_type, merge_ids(u->moved, "consents"), e) && newer_handoffs_back(s, u, e);
}

static bool remove_added(struct session *s, const struct unmerging *u, struct err *e)
{
    json_t *added = json_object_get(u->moved, "added");
    static const struct record_type *const types[] = {&person_name_type, &person_identifier_type};
    for (size_t t = 0; t < COUNT_OF(types); t++) {
        size_t i;
        json_t *one;
        json_array_foreach (json_object_get(added, types[t]->name), i, one) {
            union {
                struct person_name name;
                struct person_identifier identifier;
            } record;
            if (!record_load(s->db, types[t], json_integer_value(one), &record, e) ||
                !engine_remove(s, types[t], &record, u->kept.ref, e))
                return false;
        }
    }
    return true;
}

static bool resolve_flags(struct session *s, const struct unmerging *u, struct err *e)
{
    size_t i;
    json_t *one;
    json_array_foreach (json_object_get(u->moved, "flags"), i, one) {
        struct flag before, after;
        if (!record_load(s->db, &flag_type, json_integer_value(one), &before, e))
            return false;
        if (*before.resolved_on)
            continue;
        after = before;
        today_text(s, after.resolved_on);
        text_put(after.resolved_note, sizeof after.resolved_note, "The two records were taken apart");
        if (!engine_update(s, &flag_type, &before, &after, u->kept.ref, e))
            return false;
    }
    return true;
}

/* ---- consent */

/* What was refused while they were one was refused by one of the two: nobody can say which. */
static bool refusals_for_both(struct session *s, const struct unmerging *u, struct err *e)
{
    struct consent *rows = NULL;
    size_t n;
    bool ok = consents_load(s, u->kept.id, &rows, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        struct consent c = rows[i];
        if (c.id < u->merge.id || (strcmp(c.decision, "refused") != 0 && strcmp(c.decision, "withdrawn") != 0))
            continue;
        c.id = c.recorded_at = c.recorded_by = FIELD_ABSENT;
        *c.ref = '\0';
        ok = consent_append(s, &c, &u->dropped, e);
    }
    free(rows);
    return ok;
}

/* ---- the two rows */

/* Empties the fields that the merge filled, where nobody has changed them since. */
static void empty_filled(struct person *kept, const struct unmerging *u)
{
    size_t i;
    json_t *key;
    json_array_foreach (json_object_get(u->moved, "filled"), i, key) {
        const struct field *f = field_find(person_type.fields, person_type.count, json_string_value(key));
        if (f && field_equal(f, kept, &u->dropped))
            fields_init(f, 1, kept);
    }
}

static bool widen_access(struct session *s, struct person *kept, const struct unmerging *u, struct err *e)
{
    json_t *access = json_object_get(u->moved, "access"), *one;
    if (!access)
        return true;
    kept->restricted = json_is_true(json_object_get(u->moved, "restricted"));
    bool ok = person_access_clear(s->db, kept->id, e);
    size_t i;
    json_array_foreach (access, i, one)
        ok = ok && person_access_add(s->db, kept->id, json_integer_value(one), e);
    cache_drop(s);
    return ok;
}

static bool write_both(struct session *s, const struct unmerging *u, struct err *e)
{
    struct person kept = u->kept, dropped = u->dropped;
    empty_filled(&kept, u);
    dropped.merged_into = FIELD_ABSENT;
    return widen_access(s, &kept, u, e) && engine_update(s, &person_type, &u->kept, &kept, kept.ref, e) &&
           engine_update(s, &person_type, &u->dropped, &dropped, dropped.ref, e) && person_terms_write(s, &kept, e) &&
           person_terms_write(s, &dropped, e);
}

/* ---- what recipients hold */

/* An update is due for what has left since the merge; one that only the merge made due is not. */
static bool settle_updates(struct session *s, const struct unmerging *u, const struct person *p, int64_t *due, struct err *e)
{
    json_t *all = json_array(), *one;
    size_t i;
    bool ok = ids_gather(handoff_ids_of_person(s->db, p->id, NULL, e), all, e);
    json_array_foreach (all, i, one) {
        struct handoff before, after;
        bool left = false;
        ok = ok && record_load(s->db, &handoff_type, json_integer_value(one), &before, e) &&
             handoff_left_since(s->db, before.id, u->merge.merged_at, &left, e);
        if (!ok || !handoff_takes_update(before.state))
            continue;
        after = before;
        if (left)
            after.update_due = 1;
        else if (ids_have(json_object_get(u->moved, "due"), before.id))
            after.update_due = 0;
        *due += left;
        ok = engine_update(s, &handoff_type, &before, &after, p->ref, e);
    }
    json_decref(all);
    return ok;
}

static bool what_follows(struct session *s, const struct unmerging *u, struct outcome *o, struct err *e)
{
    struct recheck_counts c = {0};
    int64_t due = 0, offer;
    bool found;
    if (!settle_updates(s, u, &u->kept, &due, e) || !settle_updates(s, u, &u->dropped, &due, e) ||
        !offer_find(s->db, u->kept.id, u->dropped.id, &found, &offer, e) ||
        (found && !offer_decide(s->db, offer, "different", e)) || !handoffs_recheck_person(s, u->kept.id, &c, e) ||
        !handoffs_recheck_person(s, u->dropped.id, &c, e))
        return false;
    if (due)
        outcome_say(o, "%lld handoff%s left in between: corrections go out tonight.", (long long)due, due == 1 ? " has" : "s have");
    if (c.held)
        outcome_say(o, "%lld handoff%s now held.", (long long)c.held, c.held == 1 ? " is" : "s are");
    o->partly = c.held > 0;
    return true;
}

/* ---- person unmerge */

struct unmerge_args {
    char person[REF_SIZE];
};
static const struct field unmerge_fields[] = {
    {"person", "Person", FIELD_REF, FIELD_POSITIONAL | FIELD_REQUIRED, FIELD_TEXT_AT(unmerge_args, person),
     .help = "the record that was merged into another, or the one kept (its last merge)"},
};

static bool find_merge(struct session *s, const char *ref, struct unmerging *u, struct err *e)
{
    struct person seen, named; /* `seen` is the kept one where `named` was dropped: it decides what the user may know */
    bool found;
    if (!find_person(s, ref, &seen, e) || !record_load_ref(s->db, &person_type, ref, &named, e))
        return false;
    bool dropped = named.merged_into != FIELD_ABSENT;
    if (!(dropped ? merge_of_dropped(s->db, named.id, &found, &u->merge, e) : merge_of_kept(s->db, named.id, &found, &u->merge, e)))
        return false;
    if (!found)
        return err_rule(e, "unmerge", "%s was never merged with another record, or has been taken apart already.", ref);
    u->moved = json_loads(u->merge.moved, 0, NULL);
    if (!u->moved)
        return err_set(e, ERR_STORE, "What the merge of %s moved cannot be read; run verify.", ref);
    if (!record_load(s->db, &person_type, u->merge.kept_id, &u->kept, e) ||
        !record_load(s->db, &person_type, u->merge.dropped_id, &u->dropped, e))
        return false;
    if (u->kept.merged_into != FIELD_ABSENT)
        return err_rule(e, "unmerge", "%s was itself merged into %s afterwards: take that apart first.", u->kept.ref, seen.ref);
    return true;
}

static bool unmerge(struct session *s, const struct unmerging *u, struct outcome *o, struct err *e)
{
    engine_final(s);
    engine_step_title(s, "took %s and %s apart", u->kept.ref, u->dropped.ref);
    if (!all_back(s, u, e) || !remove_added(s, u, e) || !resolve_flags(s, u, e) || !refusals_for_both(s, u, e) ||
        !write_both(s, u, e) || !merge_set_undone(s->db, u->merge.id, session_now(s), e) ||
        !engine_audit(s, "unmerged", "person", u->dropped.ref, u->kept.ref, "", e) || !what_follows(s, u, o, e))
        return false;
    struct person dropped;
    if (!record_load(s->db, &person_type, u->dropped.id, &dropped, e))
        return false;
    outcome_of(o, &person_type, &dropped);
    outcome_say(o, "%s stands by itself again. What was begun meanwhile stays with %s; look through it.", dropped.ref, u->kept.ref);
    return true;
}

static bool unmerge_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct unmerge_args *a = args;
    struct unmerging u = {.moved = NULL};
    (void)given;
    bool ok = find_merge(s, a->person, &u, e) && unmerge(s, &u, o, e);
    json_decref(u.moved);
    free(u.merge.moved);
    return ok;
}

const struct verb person_unmerge = VERB("person unmerge", "Takes two merged records apart again.", ROLE_CARE, unmerge_fields,
                                        unmerge_args, unmerge_run);

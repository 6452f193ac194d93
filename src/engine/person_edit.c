/* SPDX-License-Identifier: MIT
 *
 * Recording a person and changing what is recorded. A new record is looked
 * for before it is made: one that is likely there already is refused until
 * the worker says why it is another person. A likely one that the worker may
 * not know of stops nothing and is offered to those who may.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/handoffs.h"
#include "engine/people.h"
#include "store/people.h"

/* ---- what both check */

/* Fields of the record that have verbs of their own. */
static bool has_own_verb(const struct verb *v, uint64_t given, const struct person *p, struct err *e)
{
    for (size_t i = 0; i < person_type.count; i++) {
        const struct field *f = &person_type.fields[i];
        if (!(given & UINT64_C(1) << (v->count + i)))
            continue;
        if (strcmp(f->key, "restricted") == 0)
            return err_field(e, f->key, "Who may know of a record is set by `onward person restrict` and `person unrestrict`.");
        if (strcmp(f->key, "died_on") == 0 && *p->died_on)
            return err_field(e, f->key, "A death is recorded by `onward person died`, which also stops what is under way.");
    }
    return true;
}

static bool codes_known(struct session *s, const struct verb *v, uint64_t given, const struct person *p, struct err *e)
{
    return codes_check(s, person_type.fields, person_type.count, p, given >> v->count, e);
}

static void say_offers(struct outcome *o, const struct person *p, const struct likeness *likes, size_t n)
{
    size_t seen = 0;
    for (size_t i = 0; i < n; i++)
        seen += !likes[i].hidden;
    if (seen)
        outcome_say(o, "Kept as a possible duplicate of %zu other record%s: `onward person duplicates %s`.", seen,
                    seen == 1 ? "" : "s", p->ref);
}

static bool offer_all(struct session *s, const struct person *p, const struct likeness *likes, size_t n, const char *said,
                      struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (!person_offer(s, p, &likes[i], likes[i].hidden ? "" : said, e))
            return false;
    return true;
}

/* ---- person add */

struct add_args {
    struct person person;
    int64_t is_new;
    char new_reason[LONG_SIZE];
};
static const struct field add_fields[] = {
    {"new", "Another person", FIELD_FLAG, 0, FIELD_INT_AT(add_args, is_new), .help = "yes: it is not the person already recorded"},
    {"new_reason", "Why another", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(add_args, new_reason), .max = ARG_LONG,
     .help = "how you know"},
};

/* Names the likely records that this user may see; false when there is one. */
static bool none_is_there(const struct likeness *likes, size_t n, struct err *e)
{
    struct buf there = {0};
    size_t named = 0;
    for (size_t i = 0; i < n && named < 5; i++)
        if (!likes[i].hidden)
            buf_fmt(&there, "%s%s (%s)", named++ ? "; " : "", likes[i].other.ref, likes[i].reasons);
    if (named)
        err_rule(e, "duplicate",
                 "This person is probably recorded already: %s. Open that record; if it is someone else, add new=yes "
                 "new_reason=.. and say how you know.",
                 there.data);
    buf_free(&there);
    return !named;
}

static bool may_be_added(const struct add_args *a, const struct likeness *likes, size_t n, struct err *e)
{
    if (a->is_new != 1)
        return none_is_there(likes, n, e);
    return *a->new_reason || err_field(e, "new_reason", "Say in a few words how you know that it is another person.");
}

static bool add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct add_args *a = args;
    struct person p = a->person;
    struct likeness *likes;
    size_t n;
    if (!fields_complete(person_type.fields, person_type.count, &p, e) || !has_own_verb(&person_add, given, &p, e) ||
        !codes_known(s, &person_add, given, &p, e) || !person_likenesses(s, &p, &likes, &n, e))
        return false;
    bool ok = may_be_added(a, likes, n, e) && engine_insert(s, &person_type, &p, "", e) && person_terms_write(s, &p, e) &&
              offer_all(s, &p, likes, n, a->new_reason, e);
    if (ok) {
        engine_step_title(s, "added %s", p.ref);
        outcome_of(o, &person_type, &p);
        outcome_say(o, "%s is recorded. Next: `onward consent give %s purpose=contact how=..`, then `onward referral start %s ..`.",
                    p.ref, p.ref, p.ref);
        say_offers(o, &p, likes, n);
    }
    free(likes);
    return ok;
}

const struct verb person_add = {
    .name = "person add",
    .help = "Records a person, after looking whether they are there already.",
    .roles = ROLE_CARE,
    .args = add_fields, .count = COUNT_OF(add_fields), .size = sizeof(struct add_args),
    .run = add_run,
    .record = &person_type, .record_at = offsetof(struct add_args, person),
};

/* ---- person edit */

struct edit_args {
    char ref[REF_SIZE];
    int64_t version;
    struct person person;
};
static const struct field edit_fields[] = {
    {"person", "Person", FIELD_REF, FIELD_POSITIONAL | FIELD_REQUIRED, FIELD_TEXT_AT(edit_args, ref),
     .help = "their reference, PE-....-...."},
    ARG_VERSION(edit_args),
};

/* "phone=DIGEST>DIGEST postcode=.." as the labels of the fields, once each. */
static void add_field_labels(const char *fields, struct buf *out)
{
    char *copy = xstrdup(fields), *rest = copy;
    for (char *part; (part = strsep(&rest, " "));) {
        char *end = strchr(part, '=');
        if (end)
            *end = '\0';
        const struct field *f = field_find(person_type.fields, person_type.count, part);
        if (f && !strstr(buf_text(out), f->label))
            buf_fmt(out, "%s%s", out->len ? ", " : "", f->label);
    }
    free(copy);
}

/* CONFLICT in words: who changed what since the version that the user saw. */
static bool changed_meanwhile(struct session *s, const struct person *now, int64_t seen, struct err *e)
{
    struct stmt *st = person_changes(s->db, now->ref, now->version > seen ? now->version - seen : 1, e);
    struct buf labels = {0};
    char who[CODE_SIZE] = "someone", at[INSTANT_SIZE] = "";
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        if (!*at) { /* the newest */
            instant_format_uk(col_int(st, 0), at);
            text_put(who, sizeof who, *col_text(st, 2) ? col_text(st, 2) : col_text(st, 1));
        }
        add_field_labels(col_text(st, 3), &labels);
    }
    if (step != STEP_FAILED)
        err_set(e, ERR_CONFLICT, "%s was changed by %s at %s (%s) since you opened it: now version %lld, yours is %lld. "
                                 "Look at it again and repeat what is still right.",
                now->ref, who, at, labels.len ? labels.data : "other fields", (long long)now->version, (long long)seen);
    buf_free(&labels);
    return false;
}

/* What handoffs.csv carries of a person. */
static const char *const sent_fields[] = {
    "given_name", "family_name", "preferred_name", "date_of_birth", "nhs_number", "phone", "email", "address", "postcode",
    "contact_method", "contact_note", "voicemail_ok", "safe_times", "communication_needs", "interpreter_language",
    "representative", "representative_phone",
};

static bool sent_details_differ(const struct person *a, const struct person *b)
{
    for (size_t i = 0; i < COUNT_OF(sent_fields); i++)
        if (!field_equal(field_find(person_type.fields, person_type.count, sent_fields[i]), a, b))
            return true;
    return false;
}

bool person_write(struct session *s, const struct person *before, struct person *after, struct err *e)
{
    return engine_update(s, &person_type, before, after, after->ref, e) && person_terms_write(s, after, e) &&
           (!sent_details_differ(before, after) || handoffs_mark_update(s, after->id, e));
}

/* A gate asks a person's age and neighbourhood; what opens or shuts one is said. */
static bool recheck(struct session *s, const struct person *p, struct outcome *o, struct err *e)
{
    struct recheck_counts c = {0};
    if (!handoffs_recheck_person(s, p->id, &c, e))
        return false;
    if (c.held)
        outcome_say(o, "%lld of their handoffs now held: `onward handoff list person=%s state=held` says why.",
                    (long long)c.held, p->ref);
    if (c.released)
        outcome_say(o, "%lld held before can go.", (long long)c.released);
    o->partly = c.held > 0;
    return true;
}

static bool edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct edit_args *a = args;
    struct person before, after;
    struct likeness *likes = NULL;
    size_t n = 0;
    if (!find_person(s, a->ref, &before, e))
        return false;
    if (a->version != FIELD_ABSENT && a->version != before.version)
        return changed_meanwhile(s, &before, a->version, e);
    after = before;
    if (!fields_merge(person_type.fields, person_type.count, &after, &a->person, given >> person_edit.count, e) ||
        !has_own_verb(&person_edit, given, &after, e) || !codes_known(s, &person_edit, given, &after, e) ||
        !fields_complete(person_type.fields, person_type.count, &after, e))
        return false;
    engine_step_title(s, "changed %s", before.ref);
    bool ok = person_write(s, &before, &after, e) && person_likenesses(s, &after, &likes, &n, e) &&
              offer_all(s, &after, likes, n, "", e);
    if (ok) {
        outcome_of(o, &person_type, &after);
        outcome_say(o, after.version == before.version ? "Nothing was different." : "%s was changed.", after.ref);
        say_offers(o, &after, likes, n);
        ok = recheck(s, &after, o, e);
    }
    free(likes);
    return ok;
}

const struct verb person_edit = {
    .name = "person edit",
    .help = "Changes what is recorded of a person; \"-\" empties a field.",
    .roles = ROLE_CARE,
    .args = edit_fields, .count = COUNT_OF(edit_fields), .size = sizeof(struct edit_args),
    .run = edit_run,
    .record = &person_type, .record_at = offsetof(struct edit_args, person),
};

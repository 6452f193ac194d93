/* SPDX-License-Identifier: MIT
 *
 * Records that may be one person: finding the likely ones among a bounded set
 * of candidates, keeping the pairs, listing them, and saying that two are
 * different. A pair is shown to those only who may see both records, so that
 * an offer never tells of a restricted person.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/people.h"
#include "onward/match.h"
#include "store/pairs.h"
#include "store/people.h"

/* ---- candidates */

#define CANDIDATES_EACH 300 /* of one way of looking; the newest where there are more */

struct candidates {
    int64_t *ids;
    size_t count, cap;
};

static void add_candidate(struct candidates *c, int64_t id)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->ids[i] == id)
            return;
    if (c->count == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 64;
        c->ids = xrealloc(c->ids, c->cap * sizeof *c->ids);
    }
    c->ids[c->count++] = id;
}

/* Takes the ids of a statement, which may be NULL with e set. */
static bool add_all(struct candidates *c, struct stmt *st, int64_t own, struct err *e)
{
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        if (col_int(st, 0) != own)
            add_candidate(c, col_int(st, 0));
    return step != STEP_FAILED;
}

static bool by_term(struct session *s, struct candidates *c, const struct person *p, const char *first, const char *second,
                    struct err *e)
{
    struct buf whole = {0}, term = {0};
    buf_fmt(&whole, "%s %s", first, second);
    text_fold(whole.data, &term);
    bool ok = !term.len || add_all(c, person_ids_by_term(s->db, term.data, CANDIDATES_EACH, e), p->id, e);
    buf_free(&whole);
    buf_free(&term);
    return ok;
}

struct term_looking {
    struct session *s;
    struct candidates *c;
    int64_t own;
    bool ok;
    struct err *e;
};

/* Telephone and postcode are terms among the person's own; words of names are too common to look by. */
static void look_by_digits(void *ctx, const char *term)
{
    struct term_looking *l = ctx;
    if (l->ok && strpbrk(term, "0123456789") && !strchr(term, '-'))
        l->ok = add_all(l->c, person_ids_by_term(l->s->db, term, CANDIDATES_EACH, l->e), l->own, l->e);
}

static bool find_candidates(struct session *s, const struct person *p, struct candidates *c, struct err *e)
{
    struct term_looking l = {s, c, p->id, true, e};
    if (*p->nhs_number && !add_all(c, person_ids_by_nhs_number(s->db, p->nhs_number, CANDIDATES_EACH, e), p->id, e))
        return false;
    if (*p->date_of_birth && !add_all(c, person_ids_by_birth(s->db, p->date_of_birth, CANDIDATES_EACH, e), p->id, e))
        return false;
    if (!by_term(s, c, p, p->family_name, p->given_name, e) || !by_term(s, c, p, p->given_name, p->family_name, e))
        return false;
    person_terms(p, look_by_digits, &l);
    return l.ok;
}

static int more_likely(const void *a, const void *b)
{
    const struct likeness *x = a, *y = b;
    if (x->score != y->score)
        return y->score - x->score;
    return strcmp(x->other.ref, y->other.ref);
}

bool person_likenesses(struct session *s, const struct person *p, struct likeness **out, size_t *n, struct err *e)
{
    struct candidates c = {0};
    struct likeness *found = NULL;
    size_t count = 0;
    bool ok = find_candidates(s, p, &c, e);
    for (size_t i = 0; ok && i < c.count; i++) {
        struct person other;
        struct duplicate_result r;
        ok = record_load(s->db, &person_type, c.ids[i], &other, e);
        if (!ok || other.merged_into != FIELD_ABSENT)
            continue;
        duplicate_score(p, &other, &r);
        if (r.score < DUPLICATE_LIKELY)
            continue;
        found = xrealloc(found, (count + 1) * sizeof *found);
        found[count] = (struct likeness){.other = other, .score = r.score};
        text_put(found[count].reasons, sizeof found[count].reasons, r.reasons);
        found[count++].hidden = engine_sight(s, &other) == SIGHT_NONE;
    }
    free(c.ids);
    if (!ok) {
        free(found);
        return false;
    }
    if (count)
        qsort(found, count, sizeof *found, more_likely);
    *out = found;
    *n = count;
    return true;
}

/* ---- offers */

bool person_offer(struct session *s, const struct person *p, const struct likeness *like, const char *said, struct err *e)
{
    bool found;
    int64_t id;
    if (!offer_find(s->db, p->id, like->other.id, &found, &id, e))
        return false;
    if (found)
        return true;
    struct offer o = {.id = engine_id(s), .person_id = p->id, .other_id = like->other.id, .score = like->score,
                      .created_at = session_now(s)};
    struct buf reasons = {0};
    buf_str(&reasons, like->reasons);
    if (*said)
        buf_fmt(&reasons, "; said to be another person: %s", said);
    text_put(o.reasons, sizeof o.reasons, buf_text(&reasons));
    buf_free(&reasons);
    return offer_insert(s->db, &o, e);
}

/* ---- the list "person duplicates" */

struct duplicates_filter {
    char person[REF_SIZE];
};
static const struct field duplicates_filters[] = {
    {"person", "Person", FIELD_REF, FIELD_POSITIONAL, FIELD_TEXT_AT(duplicates_filter, person), .help = "only their pairs"},
};
static const struct column duplicates_columns[] = {
    {"pair", "Pair", FIELD_TEXT, 25, 0, NULL, NULL}, /* both references: what after= takes */
    {"person", "Person", FIELD_REF, 12, 0, NULL, NULL},
    {"name", "Name", FIELD_TEXT, 22, FIELD_PERSONAL, NULL, NULL},
    {"date_of_birth", "Born", FIELD_DATE, 11, FIELD_PERSONAL, NULL, NULL},
    {"other", "Other record", FIELD_REF, 12, 0, NULL, NULL},
    {"other_name", "Its name", FIELD_TEXT, 22, FIELD_PERSONAL, NULL, NULL},
    {"other_date_of_birth", "Born", FIELD_DATE, 11, FIELD_PERSONAL, NULL, NULL},
    {"score", "Likely", FIELD_INT, 6, 0, NULL, NULL},
    {"reasons", "Because", FIELD_TEXT, 40, FIELD_PERSONAL, NULL, NULL},
    {"offered_at", "Offered", FIELD_INSTANT, 16, 0, NULL, NULL},
};

/* Page key: "PE-....-....+PE-....-....", both records of the last pair shown. */
static bool after_pair(struct session *s, const char *after, int64_t *before, struct err *e)
{
    *before = INT64_MAX;
    if (!*after)
        return true;
    char first[REF_SIZE], second[REF_SIZE], *typed = xstrdup(after), *plus = strchr(typed, '+');
    if (plus)
        *plus = '\0';
    bool read = plus && ref_parse(typed, first) && ref_parse(plus + 1, second);
    free(typed);
    int64_t a, b;
    bool found = false;
    if (read && (!person_id_of_ref(s->db, first, &a, e) || !person_id_of_ref(s->db, second, &b, e) ||
                 !offer_find(s->db, a, b, &found, before, e)))
        return false;
    return found || err_field(e, "after", "There is no pair %s; give the pair of the last row of the page before.", after);
}

static bool give_pair(const struct list *l, struct list_run *r, struct stmt *st, const struct person *p,
                      const struct person *other, struct err *e)
{
    char pair[2 * REF_SIZE + 2], at[INSTANT_SIZE];
    struct buf name = {0}, other_name = {0};
    snprintf(pair, sizeof pair, "%s+%s", p->ref, other->ref);
    buf_fmt(&name, "%s %s", p->given_name, p->family_name);
    buf_fmt(&other_name, "%s %s", other->given_name, other->family_name);
    instant_format(col_int(st, 5), at);
    const struct cell cells[] = {
        {pair, FIELD_ABSENT},           {p->ref, FIELD_ABSENT},   {name.data, FIELD_ABSENT},
        {p->date_of_birth, FIELD_ABSENT}, {other->ref, FIELD_ABSENT}, {other_name.data, FIELD_ABSENT},
        {other->date_of_birth, FIELD_ABSENT}, {col_text(st, 3), col_int(st, 3)}, {col_text(st, 4), FIELD_ABSENT},
        {at, col_int(st, 5)},
    };
    bool ok = r->row(r->ctx, l, cells, e);
    buf_free(&name);
    buf_free(&other_name);
    return ok;
}

static bool duplicates_run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                           struct err *e)
{
    const struct duplicates_filter *f = filters;
    struct person one = {0};
    int64_t before, shown = 0;
    (void)given;
    if ((*f->person && !find_person(s, f->person, &one, e)) || !after_pair(s, r->after, &before, e))
        return false;
    struct stmt *st = offers_open(s->db, one.id, e);
    enum step step = STEP_FAILED;
    r->total = 0;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        struct person p, other;
        if (!record_load(s->db, &person_type, col_int(st, 1), &p, e) ||
            !record_load(s->db, &person_type, col_int(st, 2), &other, e)) {
            stmt_done(st);
            return false;
        }
        if (engine_sight(s, &p) != SIGHT_FULL || engine_sight(s, &other) != SIGHT_FULL)
            continue;
        r->total++;
        if (col_int(st, 0) >= before || (r->limit > 0 && shown == r->limit))
            continue;
        shown++;
        if (!give_pair(l, r, st, &p, &other, e)) {
            stmt_done(st);
            return false;
        }
    }
    return step != STEP_FAILED;
}

const struct list person_duplicates = {
    .name = "person duplicates",
    .help = "Records that may be one person, newest first; merge them, or say that they are different.",
    .roles = ROLE_CARE,
    .columns = duplicates_columns, .columns_count = COUNT_OF(duplicates_columns),
    .filters = duplicates_filters, .filters_count = COUNT_OF(duplicates_filters), .filters_size = sizeof(struct duplicates_filter),
    .run = duplicates_run,
};

/* ---- person different */

struct different_args {
    char person[REF_SIZE], other[REF_SIZE];
};
static const struct field different_fields[] = {
    ARG_PERSON(different_args),
    {"other", "Other record", FIELD_REF, FIELD_POSITIONAL | FIELD_REQUIRED, FIELD_TEXT_AT(different_args, other)},
};

static bool different_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct different_args *a = args;
    struct person p, other;
    bool found;
    int64_t id;
    (void)given;
    if (!find_person(s, a->person, &p, e) || !find_person(s, a->other, &other, e))
        return false;
    if (p.id == other.id)
        return err_field(e, "other", "%s and %s are one record already; `onward person unmerge` takes it apart.", a->person, a->other);
    if (!offer_find(s->db, p.id, other.id, &found, &id, e))
        return false;
    if (!found) { /* kept as settled, so that the pair is not offered later */
        struct likeness like = {.other = other};
        if (!person_offer(s, &p, &like, "", e) || !offer_find(s->db, p.id, other.id, &found, &id, e))
            return false;
    }
    engine_final(s);
    if (!offer_decide(s->db, id, "different", e) ||
        !engine_audit(s, "changed", "person", p.ref, p.ref, "different people", e) ||
        !engine_audit(s, "changed", "person", other.ref, other.ref, "different people", e))
        return false;
    outcome_of(o, &person_type, &p);
    outcome_say(o, "%s and %s are kept as two people and are not offered again.", p.ref, other.ref);
    return true;
}

const struct verb person_different =
    VERB("person different", "Says that two records are two people, so that they are not offered again.", ROLE_CARE,
         different_fields, different_args, different_run);

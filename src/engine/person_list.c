/* SPDX-License-Identifier: MIT
 *
 * Finding people and listing them. Search is one box: every part of what was
 * typed must begin some term of the person. It is answered in the order of
 * terms over a bounded number of persons, so that a key pressed costs the
 * same among a thousand people and a million.
 */
#include <string.h>

#include "engine/args.h"
#include "engine/people.h"
#include "store/people.h"

static const struct column people_columns[] = {
    {"person", "Person", FIELD_REF, 12, 0, NULL, NULL},
    {"name", "Name", FIELD_TEXT, 24, FIELD_PERSONAL, NULL, NULL},
    {"date_of_birth", "Born", FIELD_DATE, 11, FIELD_PERSONAL, NULL, NULL},
    {"nhs_number", "NHS number", FIELD_NHS, 12, FIELD_PERSONAL, NULL, NULL},
    {"postcode", "Postcode", FIELD_POSTCODE, 8, FIELD_PERSONAL, NULL, NULL},
    {"neighbourhood", "Neighbourhood", FIELD_CODE, 18, 0, NULL, "neighbourhood"},
    {"phone", "Telephone", FIELD_PHONE, 14, FIELD_PERSONAL, NULL, NULL},
    {"gp_practice", "GP practice", FIELD_ODS, 9, 0, NULL, NULL},
    {"contact_method", "Contact", FIELD_CHOICE, 14, 0, contact_methods, NULL},
    {"died_on", "Died", FIELD_DATE, 11, 0, NULL, NULL},
};

/* ---- person list */

struct list_filter {
    char neighbourhood[CODE_SIZE], gp_practice[10], date_of_birth[DATE_SIZE];
};
static const struct field list_filters[] = {
    {"neighbourhood", "Neighbourhood", FIELD_CODE, 0, FIELD_TEXT_AT(list_filter, neighbourhood), .set = "neighbourhood"},
    {"gp_practice", "GP practice", FIELD_ODS, 0, FIELD_TEXT_AT(list_filter, gp_practice), .set = "practice"},
    {"date_of_birth", "Date of birth", FIELD_DATE, FIELD_PERSONAL, FIELD_TEXT_AT(list_filter, date_of_birth)},
};

static bool list_run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                     struct err *e)
{
    const struct list_filter *f = filters;
    bool masked = !(session_roles(s) & ROLE_CARE), want_total = r->want_total;
    struct buf areas = {0};
    if (masked && *f->date_of_birth) /* it would tell what the mask hides */
        return err_field(e, "date_of_birth", "Your role does not look people up by their date of birth.");
    if (!codes_check(s, list_filters, COUNT_OF(list_filters), f, given & 1, e))
        return false;
    struct person_query q = {.neighbourhood = f->neighbourhood, .gp_practice = f->gp_practice,
                             .date_of_birth = f->date_of_birth, .user_id = s->user.id, .areas = ""};
    if (!list_page(s, r, person_id_of_ref, &q.page, e))
        return false;
    if (masked) {
        buf_fmt(&areas, ",%s,", s->user.neighbourhoods);
        q.areas = areas.data;
    }
    struct stmt *st = person_list_rows(s->db, &q, e);
    r->want_total = false; /* counted by a statement of its own */
    bool ok = st && list_rows(s, l, r, st, 2, 1, 0, e) && (!want_total || person_list_count(s->db, &q, &r->total, e));
    r->want_total = want_total;
    buf_free(&areas);
    return ok;
}

const struct list person_list = {
    .name = "person list",
    .help = "People, newest record first.",
    .roles = ROLE_CARE | ROLE_REP,
    .columns = people_columns, .columns_count = COUNT_OF(people_columns),
    .filters = list_filters, .filters_count = COUNT_OF(list_filters), .filters_size = sizeof(struct list_filter),
    .run = list_run, .both_ways = true,
};

/* ---- person find */

#define FOUND_MOST 200   /* persons: more are no answer, the worker types on */
#define COUNTED_MOST 1000 /* terms of a prefix counted to tell the rare one, and looked at; a person may have a few that begin alike */

struct find_filter {
    char text[LINE_SIZE];
};
static const struct field find_filters[] = {
    {"text", "Text", FIELD_TEXT, FIELD_POSITIONAL | FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(find_filter, text), .max = ARG_LINE,
     .help = "names in any order, date of birth, NHS number, telephone, postcode or reference"},
};

struct found {
    int64_t ids[FOUND_MOST];
    size_t count;
};

static bool collect(struct found *f, struct stmt *st, struct err *e)
{
    enum step step = STEP_FAILED;
    while (st && f->count < FOUND_MOST && (step = stmt_step(st, e)) == STEP_ROW) {
        size_t i = 0;
        while (i < f->count && f->ids[i] != col_int(st, 0))
            i++;
        if (i == f->count)
            f->ids[f->count++] = col_int(st, 0);
    }
    if (step == STEP_ROW)
        stmt_done(st);
    return step != STEP_FAILED;
}

/* A full name is a term of its own, "family given": asked for as typed, and with the last word as the family name. */
static bool find_whole_names(struct session *s, const struct person_search *q, struct found *f, struct err *e)
{
    struct buf as_typed = {0}, turned = {0};
    buf_str(&turned, q->prefix[q->count - 1]);
    for (size_t i = 0; i < q->count; i++) {
        buf_fmt(&as_typed, "%s%s", i ? " " : "", q->prefix[i]);
        if (i + 1 < q->count)
            buf_fmt(&turned, " %s", q->prefix[i]);
    }
    const char *first = as_typed.data, *second = turned.data;
    bool ok = collect(f, person_ids_by_prefixes(s->db, &first, 1, FOUND_MOST, e), e) &&
              (f->count == FOUND_MOST || collect(f, person_ids_by_prefixes(s->db, &second, 1, FOUND_MOST, e), e));
    buf_free(&as_typed);
    buf_free(&turned);
    return ok;
}

/* Every prefix in any order; the rarest leads, and of one that is not rare the first terms are looked at. */
static bool find_parts(struct session *s, const struct person_search *q, struct found *f, struct err *e)
{
    const char *prefixes[SEARCH_TERMS];
    int64_t fewest = INT64_MAX;
    for (size_t i = 0; i < q->count; i++) {
        int64_t n = 0;
        prefixes[i] = q->prefix[i];
        if (q->count > 1 && !person_terms_counted(s->db, q->prefix[i], COUNTED_MOST, &n, e))
            return false;
        if (n < fewest) {
            fewest = n;
            prefixes[i] = prefixes[0];
            prefixes[0] = q->prefix[i];
        }
    }
    return collect(f, person_ids_by_prefixes(s->db, prefixes, q->count, COUNTED_MOST, e), e);
}

static bool give_person(const struct list *l, struct list_run *r, const struct person *p, struct err *e)
{
    struct buf name = {0};
    buf_fmt(&name, "%s %s", p->given_name, p->family_name);
    const char *texts[] = {p->ref,           name.data, p->date_of_birth, p->nhs_number,     p->postcode,
                           p->neighbourhood, p->phone,  p->gp_practice,   p->contact_method, p->died_on};
    struct cell cells[COUNT_OF(texts)];
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        cells[i] = (struct cell){texts[i], FIELD_ABSENT};
    bool ok = r->row(r->ctx, l, cells, e);
    buf_free(&name);
    return ok;
}

/* The page of what was found: from after `after` on, at most `limit`; all in sight are counted. */
static bool give_page(struct session *s, const struct list *l, struct list_run *r, const struct found *f, struct err *e)
{
    bool started = !*r->after;
    int64_t given = 0;
    r->total = 0;
    for (size_t i = 0; i < f->count; i++) {
        struct person p;
        if (!record_load(s->db, &person_type, f->ids[i], &p, e))
            return false;
        if (engine_sight(s, &p) != SIGHT_FULL)
            continue;
        r->total++;
        if (started && (r->limit == 0 || given++ < r->limit) && !give_person(l, r, &p, e))
            return false;
        started = started || strcmp(p.ref, r->after) == 0;
    }
    return true;
}

static bool find_run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                     struct err *e)
{
    const struct find_filter *a = filters;
    struct person_search q;
    struct found f = {.count = 0};
    (void)given;
    if (!person_search_parse(a->text, session_today(s), &q))
        return err_field(e, "text", "Type a name, a date of birth, an NHS or telephone number, a postcode or a reference.");
    if (q.only_names && q.count > 1 && !find_whole_names(s, &q, &f, e))
        return false;
    if (f.count < FOUND_MOST && !find_parts(s, &q, &f, e))
        return false;
    return give_page(s, l, r, &f, e);
}

const struct list person_find = {
    .name = "person find",
    .help = "Finds people by whatever is known of them; at most 200, so type on where there are more.",
    .roles = ROLE_CARE,
    .columns = people_columns, .columns_count = COUNT_OF(people_columns),
    .filters = find_filters, .filters_count = COUNT_OF(find_filters), .filters_size = sizeof(struct find_filter),
    .run = find_run,
};

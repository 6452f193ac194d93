/* SPDX-License-Identifier: MIT
 *
 * The list "person like": who is probably recorded already as the person that
 * is being typed in, with the reasons. It is the very question that recording
 * a person asks, put before anything is written. Records that the user may
 * not know of are not among them.
 */
#include <stdlib.h>

#include "engine/args.h"
#include "engine/people.h"
#include "onward/match.h"

#define WHAT(member, words, kind, limit) \
    {#member, words, kind, FIELD_PERSONAL, FIELD_TEXT_AT(person, member), .max = limit}
static const struct field like_filters[] = {
    WHAT(given_name, "Given name", FIELD_TEXT, 35),
    WHAT(family_name, "Family name", FIELD_TEXT, 35),
    WHAT(preferred_name, "Likes to be called", FIELD_TEXT, ARG_LINE),
    WHAT(date_of_birth, "Date of birth", FIELD_DATE, 0),
    WHAT(nhs_number, "NHS number", FIELD_NHS, 0),
    WHAT(phone, "Telephone", FIELD_PHONE, 0),
    WHAT(postcode, "Postcode", FIELD_POSTCODE, 0),
};
static const struct column like_columns[] = {
    {"person", "Person", FIELD_REF, 12, 0, NULL, NULL},
    {"name", "Name", FIELD_TEXT, 24, FIELD_PERSONAL, NULL, NULL},
    {"date_of_birth", "Born", FIELD_DATE, 11, FIELD_PERSONAL, NULL, NULL},
    {"nhs_number", "NHS number", FIELD_NHS, 12, FIELD_PERSONAL, NULL, NULL},
    {"phone", "Telephone", FIELD_PHONE, 14, FIELD_PERSONAL, NULL, NULL},
    {"postcode", "Postcode", FIELD_POSTCODE, 8, FIELD_PERSONAL, NULL, NULL},
    {"neighbourhood", "Neighbourhood", FIELD_CODE, 18, 0, NULL, "neighbourhood"},
    {"score", "Likely", FIELD_INT, 6, 0, NULL, NULL},
    {"reasons", "Because", FIELD_TEXT, 40, FIELD_PERSONAL, NULL, NULL},
};

static bool give(const struct list *l, struct list_run *r, const struct likeness *like, struct err *e)
{
    const struct person *p = &like->other;
    struct buf name = {0}, score = {0};
    buf_fmt(&name, "%s %s", p->given_name, p->family_name);
    buf_fmt(&score, "%d", like->score);
    const struct cell cells[] = {
        {p->ref, FIELD_ABSENT},           {name.data, FIELD_ABSENT},   {p->date_of_birth, FIELD_ABSENT},
        {p->nhs_number, FIELD_ABSENT},    {p->phone, FIELD_ABSENT},    {p->postcode, FIELD_ABSENT},
        {p->neighbourhood, FIELD_ABSENT}, {score.data, like->score}, {like->reasons, FIELD_ABSENT},
    };
    bool ok = r->row(r->ctx, l, cells, e);
    buf_free(&name);
    buf_free(&score);
    return ok;
}

static bool like_run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                     struct err *e)
{
    struct person p;
    struct likeness *likes;
    size_t n;
    record_init(&person_type, &p);
    for (size_t i = 0; i < COUNT_OF(like_filters); i++)
        if (given & UINT64_C(1) << i)
            field_copy(&like_filters[i], &p, filters);
    if (!person_likenesses(s, &p, &likes, &n, e))
        return false;
    bool ok = true, started = !*r->after;
    int64_t shown = 0;
    r->total = 0;
    for (size_t i = 0; ok && i < n; i++) {
        if (engine_sight(s, &likes[i].other) != SIGHT_FULL)
            continue;
        r->total++;
        if (started && (r->limit == 0 || shown++ < r->limit))
            ok = give(l, r, &likes[i], e);
        started = started || text_equal_fold(likes[i].other.ref, r->after);
    }
    free(likes);
    return ok;
}

const struct list person_like = {
    .name = "person like",
    .help = "People who are probably recorded already: likely to be the one described, most likely first.",
    .roles = ROLE_CARE,
    .columns = like_columns, .columns_count = COUNT_OF(like_columns),
    .filters = like_filters, .filters_count = COUNT_OF(like_filters), .filters_size = sizeof(struct person),
    .run = like_run,
};

/* SPDX-License-Identifier: MIT
 *
 * The directory: what its verbs share, the neighbourhoods, and the table of
 * its verbs and lists. Organisations, services and agreements have a file
 * each.
 */
#include "engine/directory.h"

#include <string.h>

#include "engine/work.h"
#include "store/admin.h"

void directory_fold(const char *name, char out[LONG_SIZE])
{
    struct buf b = {0};
    text_fold(name, &b);
    if (!b.len) /* nothing but signs: it sorts as it stands */
        buf_str(&b, name);
    size_t n = b.len;
    if (n >= LONG_SIZE) /* a compatibility letter may fold to several */
        for (n = LONG_SIZE - 1; n > 0 && ((unsigned char)b.data[n] & 0xC0) == 0x80; n--)
            ;
    memcpy(out, buf_text(&b), n);
    out[n] = '\0';
    buf_free(&b);
}

void directory_say_recheck(struct outcome *o, const struct recheck_counts *c)
{
    if (c->released)
        outcome_say(o, "%lld held %s again.", (long long)c->released,
                    c->released == 1 ? "handoff goes" : "handoffs go");
    if (c->held)
        outcome_say(o, "%lld %s now held; `onward handoff list held=yes` says why.",
                    (long long)c->held, c->held == 1 ? "handoff is" : "handoffs are");
    o->partly = o->partly || c->held > 0;
}

/* ---- neighbourhoods */

static bool check_code(const char *code, struct err *e)
{
    for (const char *c = code; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-'))
            return err_field(e, "code",
                             "Code: use small letters, digits and hyphens, like eccles-irlam.");
    return true;
}

static bool run_neighbourhood_add(struct session *s, const void *args, uint64_t given,
                                  struct outcome *o, struct err *e)
{
    struct neighbourhood n = *(const struct neighbourhood *)args, there;
    struct err absent;
    if (!fields_complete(neighbourhood_type.fields, neighbourhood_type.count, &n, e) ||
        !check_code(n.code, e))
        return false;
    if (record_load_ref(s->db, &neighbourhood_type, n.code, &there, &absent))
        return err_field(e, "code", "Code: there is a neighbourhood %s already.", n.code);
    if (!was_given(s->verb, given, "active"))
        n.active = 1;
    if (!engine_insert(s, &neighbourhood_type, &n, "", e))
        return false;
    cache_drop(s);
    outcome_of(o, &neighbourhood_type, &n);
    outcome_say(o, "Neighbourhood %s was added.", n.code);
    return true;
}
const struct verb neighbourhood_add = {.name = "neighbourhood add",
                                       .help = "Adds a neighbourhood: code and name.",
                                       .roles = KEEPERS,
                                       .size = sizeof(struct neighbourhood),
                                       .run = run_neighbourhood_add,
                                       .record = &neighbourhood_type};

struct neighbourhood_edit_args {
    char neighbourhood[CODE_SIZE];
    int64_t version;
    struct neighbourhood record;
};
static const struct field neighbourhood_edit_fields[] = {
    {"neighbourhood", "Neighbourhood", FIELD_CODE, FIELD_POSITIONAL | FIELD_REQUIRED,
     FIELD_TEXT_AT(neighbourhood_edit_args, neighbourhood), .help = "its code"},
    ARG_VERSION(neighbourhood_edit_args),
};

static bool run_neighbourhood_edit(struct session *s, const void *args, uint64_t given,
                                   struct outcome *o, struct err *e)
{
    const struct neighbourhood_edit_args *a = args;
    struct neighbourhood before, after;
    if (!record_load_ref(s->db, &neighbourhood_type, a->neighbourhood, &before, e) ||
        !engine_unchanged(s, &neighbourhood_type, &before, a->version, e))
        return false;
    after = before;
    if (!fields_merge(neighbourhood_type.fields, neighbourhood_type.count, &after, &a->record,
                      record_given(s->verb, given), e))
        return false;
    if (strcmp(after.code, before.code) != 0)
        return err_field(e, "code",
                         "The code of a neighbourhood stands in every record of its people; add a "
                         "new one instead.");
    if (!engine_update(s, &neighbourhood_type, &before, &after, "", e))
        return false;
    cache_drop(s);
    outcome_of(o, &neighbourhood_type, &after);
    outcome_say(o, "Neighbourhood %s was changed.", after.code);
    return true;
}
const struct verb neighbourhood_edit = {
    .name = "neighbourhood edit",
    .help = "Changes the name of a neighbourhood, or takes it out of use.",
    .roles = KEEPERS,
    .args = neighbourhood_edit_fields,
    .count = COUNT_OF(neighbourhood_edit_fields),
    .size = sizeof(struct neighbourhood_edit_args),
    .run = run_neighbourhood_edit,
    .record = &neighbourhood_type,
    .record_at = offsetof(struct neighbourhood_edit_args, record)};

static bool run_neighbourhood_show(struct session *s, const void *args, uint64_t given,
                                   struct outcome *o, struct err *e)
{
    const struct neighbourhood_edit_args *a = args;
    struct neighbourhood n;
    (void)given;
    if (!record_load_ref(s->db, &neighbourhood_type, a->neighbourhood, &n, e))
        return false;
    outcome_of(o, &neighbourhood_type, &n);
    o->detail = record_json(&neighbourhood_type, &n);
    return true;
}

static const struct verb neighbourhood_show = {.name = "neighbourhood show",
                                        .help = "Shows a neighbourhood.",
                                        .roles = ROLE_ANY,
                                        .args = neighbourhood_edit_fields,
                                        .count = 1,
                                        .size = sizeof(struct neighbourhood_edit_args),
                                        .run = run_neighbourhood_show,
                                        .reads = true};

/* In the order of the table's columns, behind its key. */
static const struct column neighbourhood_columns[] = {
    {.key = "neighbourhood", .label = "Neighbourhood", .kind = FIELD_TEXT, .width = 24},
    {.key = "version", .label = "Version", .kind = FIELD_INT, .width = 7},
    {.key = "name", .label = "Name", .kind = FIELD_TEXT, .width = 32},
    {.key = "active", .label = "Active", .kind = FIELD_FLAG, .width = 6},
};

static bool run_neighbourhood_list(struct session *s, const struct list *l, const void *filters,
                                   uint64_t given, struct list_run *r, struct err *e)
{
    (void)filters;
    (void)given;
    struct stmt *st = neighbourhoods_all(s->db, e);
    return st && list_rows(s, l, r, st, 1, -1, -1, e);
}
const struct list neighbourhood_list = {.name = "neighbourhood list",
                                        .help = "Neighbourhoods, by code.",
                                        .roles = ROLE_ANY,
                                        .columns = neighbourhood_columns,
                                        .columns_count = COUNT_OF(neighbourhood_columns),
                                        .run = run_neighbourhood_list};

const struct verb *const directory_verbs[] = {
    &organisation_add, &organisation_edit, &organisation_show,  &service_add,
    &service_edit,     &service_show,      &agreement_add,      &agreement_edit,
    &agreement_show,   &neighbourhood_add, &neighbourhood_edit, &neighbourhood_show, NULL,
};
const struct list *const directory_lists[] = {&organisation_list, &service_list, &agreement_list,
                                              &neighbourhood_list, NULL};

/* SPDX-License-Identifier: MIT
 *
 * Services of organisations. The rows of service_need, by which matching
 * finds them, are kept in step with their list of needs here.
 */
#include <string.h>

#include "engine/directory.h"
#include "store/directory.h"

static bool check_service(struct session *s, const struct service *v, struct err *e)
{
    if (!fields_complete(service_type.fields, service_type.count, v, e))
        return false;
    if (v->min_age != FIELD_ABSENT && v->max_age != FIELD_ABSENT && v->min_age > v->max_age)
        return err_field(e, "max_age", "Oldest: at least the youngest age (%lld).",
                         (long long)v->min_age);
    return codes_check(s, service_type.fields, service_type.count, v, UINT64_MAX, e);
}

/* ---- add */

struct add_args {
    char organisation[CODE_SIZE];
    struct service record;
};
static const struct field add_fields[] = {ARG_ORGANISATION(add_args)};

static bool run_add(struct session *s, const void *args, uint64_t given, struct outcome *o,
                    struct err *e)
{
    const struct add_args *a = args;
    struct service v = a->record;
    struct organisation g;
    (void)given;
    if (!find_organisation(s, a->organisation, &g, e))
        return false;
    v.organisation_id = g.id;
    if (!*v.status)
        text_put(v.status, sizeof v.status, "active");
    if (!*v.capacity)
        text_put(v.capacity, sizeof v.capacity, "unknown");
    directory_fold(v.name, v.fold_name);
    if (!check_service(s, &v, e) || !engine_insert(s, &service_type, &v, "", e) ||
        !service_needs_set(s->db, v.id, v.needs, e))
        return false;
    engine_step_title(s, "added service %s", v.ref);
    outcome_of(o, &service_type, &v);
    outcome_say(o, "Service %s of %s was added.", v.ref, g.code);
    if (!*v.needs)
        outcome_say(
            o, "It names no need yet, so nothing is matched to it: onward service edit %s needs=..",
            v.ref);
    return true;
}
const struct verb service_add = {.name = "service add",
                                 .help = "Adds a service of an organisation.",
                                 .roles = KEEPERS,
                                 .args = add_fields,
                                 .count = COUNT_OF(add_fields),
                                 .size = sizeof(struct add_args),
                                 .run = run_add,
                                 .record = &service_type,
                                 .record_at = offsetof(struct add_args, record)};

/* ---- edit */

#define ARG_SERVICE(type) ARG_SUBJECT(type, service, "Service", "its reference, SV-....-....")

struct edit_args {
    char service[REF_SIZE];
    int64_t version;
    char verified[DATE_SIZE];
    struct service record;
};
static const struct field edit_fields[] = {
    ARG_SERVICE(edit_args),
    ARG_VERSION(edit_args),
    {"verified", "Verified on", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(edit_args, verified),
     .help = "the day its entry was checked, such as today"},
};

/* What a worker may change: what a telephone call to the service tells. */
static bool may_change(struct session *s, uint64_t given, struct err *e)
{
    if (session_roles(s) & KEEPERS)
        return true;
    for (size_t i = 0; i < service_type.count; i++)
        if ((given & UINT64_C(1) << i) &&
            !codes_have("capacity,capacity_note,verified_on", service_type.fields[i].key))
            return err_set(
                e, ERR_DENIED,
                "A worker changes capacity, capacity_note and verified; for %s= ask a manager.",
                service_type.fields[i].key);
    return true;
}

static bool store_needs(struct session *s, const struct service *before,
                        const struct service *after, struct err *e)
{
    if (strcmp(before->needs, after->needs) == 0)
        return true;
    engine_final(s); /* undo would bring back the list, but not its index */
    return service_needs_set(s->db, after->id, after->needs, e);
}

static bool run_edit(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct edit_args *a = args;
    struct service before, after;
    struct recheck_counts c = {0};
    uint64_t fields = record_given(s->verb, given);
    if (!may_change(s, fields, e) || !find_service(s, a->service, &before, e) ||
        !engine_unchanged(s, &service_type, &before, a->version, e))
        return false;
    after = before;
    if (!fields_merge(service_type.fields, service_type.count, &after, &a->record, fields, e))
        return false;
    if (*a->verified)
        text_put(after.verified_on, sizeof after.verified_on, a->verified);
    directory_fold(after.name, after.fold_name);
    if (!check_service(s, &after, e) || !engine_update(s, &service_type, &before, &after, "", e) ||
        !store_needs(s, &before, &after, e) || !handoffs_recheck_service(s, after.id, &c, e))
        return false;
    engine_step_title(s, "changed service %s", after.ref);
    outcome_of(o, &service_type, &after);
    outcome_say(o, "Service %s was changed.", after.ref);
    directory_say_recheck(o, &c);
    return true;
}
const struct verb service_edit = {
    .name = "service edit",
    .help = "Changes a service; a worker its capacity and the day it was checked.",
    .roles = KEEPERS | ROLE_WORKER,
    .args = edit_fields,
    .count = COUNT_OF(edit_fields),
    .size = sizeof(struct edit_args),
    .run = run_edit,
    .record = &service_type,
    .record_at = offsetof(struct edit_args, record)};

/* ---- show */

struct show_args {
    char service[REF_SIZE];
};
static const struct field show_fields[] = {ARG_SERVICE(show_args)};

static bool add_details(struct session *s, const struct service *v, json_t *out, struct err *e)
{
    struct stmt *st = service_details(s->db, v->id, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW)
        json_array_append_new(
            out, json_pack("{s:s, s:s}", "kind", col_text(st, 0), "text", col_text(st, 1)));
    return step != STEP_FAILED;
}

static bool run_show(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct show_args *a = args;
    struct service v;
    struct organisation g;
    (void)given;
    if (!find_service(s, a->service, &v, e) ||
        !record_load(s->db, &organisation_type, v.organisation_id, &g, e))
        return false;
    outcome_of(o, &service_type, &v);
    json_t *details = json_array();
    o->detail = record_json(&service_type, &v);
    json_object_del(o->detail, "ref");
    json_object_del(o->detail, "fold_name");
    json_object_set_new(o->detail, "service", json_string(v.ref));
    json_object_set_new(o->detail, "organisation", json_string(g.code));
    json_object_set_new(o->detail, "organisation_name", json_string(g.name));
    json_object_set_new(o->detail, "details", details);
    return add_details(s, &v, details, e);
}
const struct verb service_show = {.name = "service show",
                                  .help = "Shows a service.",
                                  .roles = ROLE_ANY,
                                  .args = show_fields,
                                  .count = COUNT_OF(show_fields),
                                  .size = sizeof(struct show_args),
                                  .run = run_show,
                                  .reads = true};

/* ---- list */

struct list_filters {
    char organisation[CODE_SIZE], need[CODE_SIZE], neighbourhood[CODE_SIZE], status[CODE_SIZE],
        capacity[CODE_SIZE];
    char name[LONG_SIZE], unverified_since[DATE_SIZE];
};
static const struct field filter_fields[] = {
    {"organisation", "Organisation", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, organisation),
     .set = "organisation"},
    {"need", "Need", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, need), .set = "need"},
    {"neighbourhood", "Neighbourhood", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, neighbourhood),
     .set = "neighbourhood", .help = "that it covers"},
    {"status", "Status", FIELD_CHOICE, 0, FIELD_TEXT_AT(list_filters, status),
     .choices = service_statuses},
    {"capacity", "Capacity", FIELD_CHOICE, 0, FIELD_TEXT_AT(list_filters, capacity),
     .choices = capacities},
    {"name", "Name", FIELD_TEXT, 0, FIELD_TEXT_AT(list_filters, name), .help = "as it begins"},
    {"unverified_since", "Not verified since", FIELD_DATE, 0,
     FIELD_TEXT_AT(list_filters, unverified_since)},
};
static const struct column columns[] = {
    {.key = "service", .label = "Service", .kind = FIELD_REF, .width = 12},
    {.key = "name", .label = "Name", .kind = FIELD_TEXT, .width = 32},
    {.key = "organisation", .label = "Organisation", .kind = FIELD_TEXT, .width = 18},
    {.key = "organisation_name", .label = "Their name", .kind = FIELD_TEXT, .width = 0},
    {.key = "status",
     .label = "Status",
     .kind = FIELD_CHOICE,
     .width = 10,
     .choices = service_statuses},
    {.key = "needs", .label = "Needs", .kind = FIELD_CODES, .width = 24, .set = "need"},
    {.key = "areas",
     .label = "Neighbourhoods",
     .kind = FIELD_CODES,
     .width = 16,
     .set = "neighbourhood"},
    {.key = "capacity",
     .label = "Capacity",
     .kind = FIELD_CHOICE,
     .width = 12,
     .choices = capacities},
    {.key = "remote", .label = "Remote", .kind = FIELD_FLAG, .width = 6},
    {.key = "agreement_ends_on", .label = "Agreement ends", .kind = FIELD_DATE, .width = 10},
    {.key = "verified_on", .label = "Verified on", .kind = FIELD_DATE, .width = 10},
    {.key = "version", .label = "Version", .kind = FIELD_INT, .width = 7},
};

static bool run_list(struct session *s, const struct list *l, const void *filters, uint64_t given,
                     struct list_run *run, struct err *e)
{
    const struct list_filters *f = filters;
    struct service last = {0};
    struct organisation g = {.id = FIELD_ABSENT};
    struct buf name = {0};
    int64_t total = -1;
    if (!codes_check(s, filter_fields, COUNT_OF(filter_fields), f, given, e) ||
        (*f->organisation && !find_organisation(s, f->organisation, &g, e)) ||
        (*run->after && !find_service(s, run->after, &last, e)))
        return false;
    text_fold(f->name, &name);
    struct directory_query q = {.after_name = last.fold_name,
                                .after_id = last.id,
                                .organisation_id = g.id,
                                .name = buf_text(&name),
                                .status = f->status,
                                .need = f->need,
                                .area = f->neighbourhood,
                                .capacity = f->capacity,
                                .verified_before = f->unverified_since,
                                .limit = run->limit};
    struct stmt *st = service_list_rows(s->db, &q, e);
    bool ok = st && list_rows(s, l, run, st, 0, -1, -1, e) &&
              (!run->want_total || service_list_count(s->db, &q, &total, e));
    run->total = total;
    buf_free(&name);
    return ok;
}
const struct list service_list = {.name = "service list",
                                  .help = "Services, by name.",
                                  .roles = ROLE_ANY,
                                  .columns = columns,
                                  .columns_count = COUNT_OF(columns),
                                  .filters = filter_fields,
                                  .filters_count = COUNT_OF(filter_fields),
                                  .filters_size = sizeof(struct list_filters),
                                  .run = run_list};

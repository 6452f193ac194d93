/* SPDX-License-Identifier: MIT
 *
 * Data-sharing agreements: what may leave to an organisation, from when and
 * until when. A change opens or shuts the gates of what waits for them.
 */
#include <string.h>

#include "engine/directory.h"
#include "store/directory.h"

#define ARG_AGREEMENT(type) ARG_SUBJECT(type, agreement, "Agreement", "its reference, AG-....-....")

static bool check_agreement(const struct agreement *a, struct err *e)
{
    if (!fields_complete(agreement_type.fields, agreement_type.count, a, e))
        return false;
    return strcmp(a->ends_on, a->starts_on) >= 0 ||
           err_field(e, "ends_on", "Ends on: a day not before it starts (%s).", a->starts_on);
}

static void warn_least(const struct agreement *a, struct outcome *o)
{
    if ((categories_parse(a->categories) & CATEGORY_LEAST) != CATEGORY_LEAST)
        outcome_say(
            o, "Without identity and needs among what may be shared no handoff can go to them.");
}

/* ---- add */

struct add_args {
    char organisation[CODE_SIZE];
    struct agreement record;
};
static const struct field add_fields[] = {ARG_ORGANISATION(add_args)};

static bool run_add(struct session *s, const void *args, uint64_t given, struct outcome *o,
                    struct err *e)
{
    const struct add_args *in = args;
    struct agreement a = in->record;
    struct organisation g;
    struct recheck_counts c = {0};
    (void)given;
    if (!find_organisation(s, in->organisation, &g, e))
        return false;
    a.organisation_id = g.id;
    if (!check_agreement(&a, e) || !engine_insert(s, &agreement_type, &a, "", e) ||
        !handoffs_recheck_organisation(s, g.id, &c, e))
        return false;
    engine_step_title(s, "added agreement %s", a.ref);
    outcome_of(o, &agreement_type, &a);
    outcome_say(o, "Agreement %s with %s runs from %s to %s.", a.ref, g.code, a.starts_on,
                a.ends_on);
    warn_least(&a, o);
    directory_say_recheck(o, &c);
    return true;
}
const struct verb agreement_add = {.name = "agreement add",
                                   .help = "Adds a data-sharing agreement with an organisation.",
                                   .roles = KEEPERS,
                                   .args = add_fields,
                                   .count = COUNT_OF(add_fields),
                                   .size = sizeof(struct add_args),
                                   .run = run_add,
                                   .record = &agreement_type,
                                   .record_at = offsetof(struct add_args, record)};

/* ---- edit */

struct edit_args {
    char agreement[REF_SIZE];
    int64_t version;
    struct agreement record;
};
static const struct field edit_fields[] = {ARG_AGREEMENT(edit_args), ARG_VERSION(edit_args)};

static bool find_agreement(struct session *s, const char *ref, struct agreement *out, struct err *e)
{
    return record_load_ref(s->db, &agreement_type, ref, out, e);
}

static bool run_edit(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct edit_args *in = args;
    struct agreement before, after;
    struct recheck_counts c = {0};
    if (!find_agreement(s, in->agreement, &before, e) ||
        !engine_unchanged(s, &agreement_type, &before, in->version, e))
        return false;
    after = before;
    if (!fields_merge(agreement_type.fields, agreement_type.count, &after, &in->record,
                      record_given(s->verb, given), e) ||
        !check_agreement(&after, e) || !engine_update(s, &agreement_type, &before, &after, "", e) ||
        !handoffs_recheck_organisation(s, after.organisation_id, &c, e))
        return false;
    engine_step_title(s, "changed agreement %s", after.ref);
    outcome_of(o, &agreement_type, &after);
    outcome_say(o, "Agreement %s was changed: %s to %s.", after.ref, after.starts_on,
                after.ends_on);
    warn_least(&after, o);
    directory_say_recheck(o, &c);
    return true;
}
const struct verb agreement_edit = {.name = "agreement edit",
                                    .help = "Changes a data-sharing agreement.",
                                    .roles = KEEPERS,
                                    .args = edit_fields,
                                    .count = COUNT_OF(edit_fields),
                                    .size = sizeof(struct edit_args),
                                    .run = run_edit,
                                    .record = &agreement_type,
                                    .record_at = offsetof(struct edit_args, record)};

/* ---- show, list */

struct show_args {
    char agreement[REF_SIZE];
};
static const struct field show_fields[] = {ARG_AGREEMENT(show_args)};

static bool run_show(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct show_args *in = args;
    struct agreement a;
    struct organisation g;
    (void)given;
    if (!find_agreement(s, in->agreement, &a, e) ||
        !record_load(s->db, &organisation_type, a.organisation_id, &g, e))
        return false;
    outcome_of(o, &agreement_type, &a);
    o->detail = record_json(&agreement_type, &a);
    json_object_del(o->detail, "ref");
    json_object_set_new(o->detail, "agreement", json_string(a.ref));
    json_object_set_new(o->detail, "organisation", json_string(g.code));
    return true;
}
const struct verb agreement_show = {.name = "agreement show",
                                    .help = "Shows a data-sharing agreement.",
                                    .roles = ROLE_ANY,
                                    .args = show_fields,
                                    .count = COUNT_OF(show_fields),
                                    .size = sizeof(struct show_args),
                                    .run = run_show,
                                    .reads = true};

struct list_filters {
    char organisation[CODE_SIZE], ends_before[DATE_SIZE];
};
static const struct field filter_fields[] = {
    {"organisation", "Organisation", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, organisation),
     .set = "organisation"},
    {"ends_before", "Ends before", FIELD_DATE, 0, FIELD_TEXT_AT(list_filters, ends_before)},
};
static const struct column columns[] = {
    {.key = "agreement", .label = "Agreement", .kind = FIELD_REF, .width = 12},
    {.key = "organisation", .label = "Organisation", .kind = FIELD_TEXT, .width = 18},
    {.key = "organisation_name", .label = "Their name", .kind = FIELD_TEXT, .width = 0},
    {.key = "starts_on", .label = "Starts on", .kind = FIELD_DATE, .width = 10},
    {.key = "ends_on", .label = "Ends on", .kind = FIELD_DATE, .width = 10},
    {.key = "categories",
     .label = "What may be shared",
     .kind = FIELD_CHOICES,
     .width = 24,
     .choices = data_categories},
    {.key = "nhs_number", .label = "NHS number", .kind = FIELD_FLAG, .width = 10},
    {.key = "risk_note", .label = "Risk note", .kind = FIELD_FLAG, .width = 9},
    {.key = "summary", .label = "Summary", .kind = FIELD_FLAG, .width = 7},
    {.key = "death", .label = "Death", .kind = FIELD_FLAG, .width = 5},
    {.key = "signed_by", .label = "Signed by", .kind = FIELD_TEXT, .width = 20},
    {.key = "version", .label = "Version", .kind = FIELD_INT, .width = 7},
};

static bool run_list(struct session *s, const struct list *l, const void *filters, uint64_t given,
                     struct list_run *run, struct err *e)
{
    const struct list_filters *f = filters;
    struct agreement last = {0};
    struct organisation g = {.id = FIELD_ABSENT};
    int64_t total = -1;
    (void)given;
    if ((*f->organisation && !find_organisation(s, f->organisation, &g, e)) ||
        (*run->after && !find_agreement(s, run->after, &last, e)))
        return false;
    struct agreement_query q = {.organisation_id = g.id,
                                .ends_before = f->ends_before,
                                .after_end = last.ends_on,
                                .after_id = last.id,
                                .limit = run->limit};
    struct stmt *st = agreement_list_rows(s->db, &q, e);
    bool ok = st && list_rows(s, l, run, st, 0, -1, -1, e) &&
              (!run->want_total || agreement_list_count(s->db, &q, &total, e));
    run->total = total;
    return ok;
}
const struct list agreement_list = {.name = "agreement list",
                                    .help = "Data-sharing agreements, the first to end first.",
                                    .roles = ROLE_ANY,
                                    .columns = columns,
                                    .columns_count = COUNT_OF(columns),
                                    .filters = filter_fields,
                                    .filters_count = COUNT_OF(filter_fields),
                                    .filters_size = sizeof(struct list_filters),
                                    .run = run_list};

/* SPDX-License-Identifier: MIT
 *
 * Organisations. The code names a spool folder, so an admin or manager sets
 * it and it never changes; it is never made from the name.
 */
#include <string.h>

#include "engine/directory.h"
#include "store/directory.h"

static bool is_code_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* [a-z0-9][a-z0-9-]{1,31} (handoff.md) */
static bool check_organisation_code(const char *code, struct err *e)
{
    size_t n = strlen(code);
    bool ok = n >= 2 && n <= 32 && *code != '-';
    for (size_t i = 0; ok && i < n; i++)
        ok = is_code_char(code[i]);
    return ok || err_field(e, "code",
                           "Code: 2 to 32 small letters, digits and hyphens, no hyphen first, like "
                           "salford-advice.");
}

static void default_text(char *at, size_t size, const char *text)
{
    if (!*at)
        text_put(at, size, text);
}

static bool run_add(struct session *s, const void *args, uint64_t given, struct outcome *o,
                    struct err *e)
{
    struct organisation g = *(const struct organisation *)args, there;
    struct err absent;
    (void)given;
    default_text(g.status, sizeof g.status, "active");
    default_text(g.profile, sizeof g.profile, "machine");
    if (!fields_complete(organisation_type.fields, organisation_type.count, &g, e) ||
        !check_organisation_code(g.code, e))
        return false;
    if (record_load_ref(s->db, &organisation_type, g.code, &there, &absent))
        return err_field(e, "code", "Code: there is an organisation %s already.", g.code);
    directory_fold(g.name, g.fold_name);
    if (!engine_insert(s, &organisation_type, &g, "", e))
        return false;
    engine_step_title(s, "added organisation %s", g.code);
    outcome_of(o, &organisation_type, &g);
    outcome_say(o,
                "Organisation %s was added. Next its agreement (`onward agreement add %s ..`) and "
                "its services (`onward service add %s ..`).",
                g.code, g.code, g.code);
    return true;
}
const struct verb organisation_add = {.name = "organisation add",
                                      .help = "Adds an organisation: code and name.",
                                      .roles = KEEPERS,
                                      .size = sizeof(struct organisation),
                                      .run = run_add,
                                      .record = &organisation_type};

/* ---- edit */

struct edit_args {
    char organisation[CODE_SIZE];
    int64_t version;
    struct organisation record;
};
static const struct field edit_fields[] = {ARG_ORGANISATION(edit_args), ARG_VERSION(edit_args)};

/* Handoffs of a state at an organisation, counted where `fits` says so. */
static bool count_handoffs(struct session *s, int64_t organisation_id,
                           bool (*fits)(const char *state), int64_t *n, struct err *e)
{
    struct stmt *st = organisation_handoffs(s->db, organisation_id, e);
    if (!st)
        return false;
    *n = 0;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW)
        if (fits(col_text(st, 0)))
            *n += col_int(st, 1);
    return step != STEP_FAILED;
}

static bool warn_open(struct session *s, const struct organisation *g, struct outcome *o,
                      struct err *e)
{
    int64_t n;
    if (!count_handoffs(s, g->id, handoff_is_open, &n, e))
        return false;
    if (n) {
        o->partly = true;
        outcome_say(o,
                    "It still has %lld open %s: `onward handoff list organisation=%s`. Withdraw or "
                    "re-route them.",
                    (long long)n, n == 1 ? "handoff" : "handoffs", g->code);
    }
    return true;
}

static bool run_edit(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct edit_args *a = args;
    struct organisation before, after;
    struct recheck_counts c = {0};
    if (!find_organisation(s, a->organisation, &before, e) ||
        !engine_unchanged(s, &organisation_type, &before, a->version, e))
        return false;
    after = before;
    if (!fields_merge(organisation_type.fields, organisation_type.count, &after, &a->record,
                      record_given(s->verb, given), e))
        return false;
    if (strcmp(after.code, before.code) != 0)
        return err_field(e, "code", "The code names the folder of what was sent, and stays.");
    directory_fold(after.name, after.fold_name);
    bool status_changed = strcmp(after.status, before.status) != 0;
    if (!fields_complete(organisation_type.fields, organisation_type.count, &after, e) ||
        !engine_update(s, &organisation_type, &before, &after, "", e) ||
        (status_changed && !handoffs_recheck_organisation(s, after.id, &c, e)))
        return false;
    engine_step_title(s, "changed organisation %s", after.code);
    outcome_of(o, &organisation_type, &after);
    outcome_say(o, "Organisation %s was changed.", after.code);
    directory_say_recheck(o, &c);
    return !status_changed || strcmp(after.status, "active") == 0 || warn_open(s, &after, o, e);
}
const struct verb organisation_edit = {.name = "organisation edit",
                                       .help = "Changes an organisation, or pauses or closes it.",
                                       .roles = KEEPERS,
                                       .args = edit_fields,
                                       .count = COUNT_OF(edit_fields),
                                       .size = sizeof(struct edit_args),
                                       .run = run_edit,
                                       .record = &organisation_type,
                                       .record_at = offsetof(struct edit_args, record)};

/* ---- show */

struct show_args {
    char organisation[CODE_SIZE];
};
static const struct field show_fields[] = {ARG_ORGANISATION(show_args)};

/* Every record of a statement as an object, its reference under `key`. */
static bool add_records(struct stmt *st, const struct record_type *t, const char *key, json_t *out,
                        struct err *e)
{
    if (!st)
        return false;
    void *record = xcalloc(1, t->size);
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        record_read(st, 0, t, record);
        json_t *row = record_json(t, record);
        json_object_set(row, key, json_object_get(row, "ref"));
        json_object_del(row, "ref");
        json_object_del(row, "fold_name");
        json_array_append_new(out, row);
    }
    free(record);
    return step != STEP_FAILED;
}

static bool add_counts(struct session *s, int64_t organisation_id, json_t *out, struct err *e)
{
    struct stmt *st = organisation_handoffs(s->db, organisation_id, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW)
        json_object_set_new(out, col_text(st, 0), json_integer(col_int(st, 1)));
    return step != STEP_FAILED;
}

static bool run_show(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct show_args *a = args;
    struct organisation g;
    (void)given;
    if (!find_organisation(s, a->organisation, &g, e))
        return false;
    outcome_of(o, &organisation_type, &g);
    json_t *d = o->detail = record_json(&organisation_type, &g);
    json_t *agreements = json_array(), *services = json_array(), *counts = json_object();
    json_object_del(d, "fold_name");
    json_object_set_new(d, "organisation", json_string(g.code));
    json_object_set_new(d, "agreements", agreements);
    json_object_set_new(d, "services", services);
    json_object_set_new(d, "handoffs", counts);
    return add_records(agreements_of(s->db, g.id, e), &agreement_type, "agreement", agreements,
                       e) &&
           add_records(services_of(s->db, g.id, e), &service_type, "service", services, e) &&
           add_counts(s, g.id, counts, e);
}
const struct verb organisation_show = {
    .name = "organisation show",
    .help = "Shows an organisation: agreements, services, handoffs by state.",
    .roles = ROLE_ANY,
    .args = show_fields,
    .count = COUNT_OF(show_fields),
    .size = sizeof(struct show_args),
    .run = run_show,
    .reads = true};

/* ---- list */

struct list_filters {
    char name[LONG_SIZE], status[CODE_SIZE], unverified_since[DATE_SIZE];
};
static const struct field filter_fields[] = {
    {"name", "Name", FIELD_TEXT, 0, FIELD_TEXT_AT(list_filters, name), .help = "as it begins"},
    {"status", "Status", FIELD_CHOICE, 0, FIELD_TEXT_AT(list_filters, status),
     .choices = organisation_statuses},
    {"unverified_since", "Not verified since", FIELD_DATE, 0,
     FIELD_TEXT_AT(list_filters, unverified_since)},
};
static const struct column columns[] = {
    {.key = "organisation", .label = "Code", .kind = FIELD_TEXT, .width = 18},
    {.key = "name", .label = "Name", .kind = FIELD_TEXT, .width = 32},
    {.key = "status",
     .label = "Status",
     .kind = FIELD_CHOICE,
     .width = 8,
     .choices = organisation_statuses},
    {.key = "phone", .label = "Telephone", .kind = FIELD_PHONE, .width = 14},
    {.key = "email", .label = "E-mail", .kind = FIELD_EMAIL, .width = 24},
    {.key = "profile",
     .label = "File profile",
     .kind = FIELD_CHOICE,
     .width = 12,
     .choices = profiles},
    {.key = "delivery", .label = "Delivery", .kind = FIELD_TEXT, .width = 12},
    {.key = "services", .label = "Services", .kind = FIELD_INT, .width = 8},
    {.key = "agreement_ends_on", .label = "Agreement ends", .kind = FIELD_DATE, .width = 10},
    {.key = "verified_on", .label = "Verified on", .kind = FIELD_DATE, .width = 10},
    {.key = "version", .label = "Version", .kind = FIELD_INT, .width = 7},
};

static bool run_list(struct session *s, const struct list *l, const void *filters, uint64_t given,
                     struct list_run *run, struct err *e)
{
    const struct list_filters *f = filters;
    struct organisation last = {0};
    struct buf name = {0};
    int64_t total = -1;
    (void)given;
    if (*run->after && !find_organisation(s, run->after, &last, e))
        return false;
    text_fold(f->name, &name);
    struct directory_query q = {.after_name = last.fold_name,
                                .after_id = last.id,
                                .name = buf_text(&name),
                                .status = f->status,
                                .verified_before = f->unverified_since,
                                .limit = run->limit};
    struct stmt *st = organisation_list_rows(s->db, &q, e);
    bool ok = st && list_rows(s, l, run, st, 0, -1, -1, e) &&
              (!run->want_total || organisation_list_count(s->db, &q, &total, e));
    run->total = total;
    buf_free(&name);
    return ok;
}
const struct list organisation_list = {.name = "organisation list",
                                       .help = "Organisations, by name.",
                                       .roles = ROLE_ANY,
                                       .columns = columns,
                                       .columns_count = COUNT_OF(columns),
                                       .filters = filter_fields,
                                       .filters_count = COUNT_OF(filter_fields),
                                       .filters_size = sizeof(struct list_filters),
                                       .run = run_list};

/* SPDX-License-Identifier: MIT
 *
 * What a service sets for itself: settings, holidays, consent wordings, coded
 * lists; and the backup of it all.
 */
#include <string.h>

#include "engine/run.h"
#include "engine/work.h"
#include "store/admin.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define KEEPERS (ROLE_ADMIN | ROLE_MANAGER)

static void say_kind(struct outcome *o, const char *kind, const char *ref)
{
    text_put(o->kind, sizeof o->kind, kind);
    text_put(o->ref, sizeof o->ref, ref);
}

/* These tables have no undo: a change of them is a step that undo stops at. */
static bool log_change(struct session *s, const char *effect, const struct record_type *t, const void *before, const void *after,
                       struct err *e)
{
    engine_final(s);
    return audit_change(s, effect, t, before, after, "", e);
}

/* ---- settings */

struct setting_args {
    char key[CODE_SIZE];
    int64_t value;
};
static const struct field setting_fields[] = {
    {"setting", "Setting", FIELD_TEXT, FIELD_REQUIRED | FIELD_POSITIONAL, FIELD_TEXT_AT(setting_args, key)},
    {"value", "Value", FIELD_INT, FIELD_REQUIRED, FIELD_INT_AT(setting_args, value), .max = INT64_MAX},
};

static const struct record_type setting_type = {.name = "setting", .label = "setting", .size = sizeof(struct setting_args), .fields = setting_fields,
                                                .count = COUNT(setting_fields), .id = -1, .ref = 0, .version = -1, .person = -1};

static int known_setting(const char *key, struct err *e)
{
    int i = setting_find(key);
    if (i < 0)
        err_field(e, "setting", "There is no setting %s; see onward setting list.", key);
    return i;
}

static bool setting_edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct setting_args *a = args;
    (void)given;
    int i = known_setting(a->key, e);
    if (i < 0)
        return false;
    const struct setting_row *row = &setting_rows[i];
    if (a->value < row->min || a->value > row->max)
        return err_field(e, "value", "%s: write a number from %lld to %lld (%s).", row->key, (long long)row->min,
                         (long long)row->max, row->unit);
    char value[24];
    struct setting_args before = *a;
    before.value = session_setting(s, (enum setting)i);
    snprintf(value, sizeof value, "%lld", (long long)a->value);
    if (!setting_set(s->db, row->key, value, e) || !log_change(s, "changed", &setting_type, &before, a, e))
        return false;
    cache_drop(s);
    say_kind(o, "setting", row->key);
    outcome_say(o, "%s is now %s %s.", row->key, value, row->unit);
    return true;
}

static json_t *setting_json(struct session *s, int i)
{
    const struct setting_row *row = &setting_rows[i];
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:s, s:s}", "setting", row->key, "value",
                     (json_int_t)session_setting(s, (enum setting)i), "default", (json_int_t)row->value, "min",
                     (json_int_t)row->min, "max", (json_int_t)row->max, "unit", row->unit, "help", row->help);
}

static bool setting_show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct setting_args *a = args;
    (void)given;
    int i = known_setting(a->key, e);
    if (i < 0)
        return false;
    say_kind(o, "setting", a->key);
    o->detail = setting_json(s, i);
    return true;
}

static const struct column setting_columns[] = {
    {"setting", "Setting", FIELD_TEXT, 26, 0, NULL, NULL}, {"value", "Value", FIELD_INT, 12, 0, NULL, NULL},
    {"default", "Default", FIELD_INT, 12, 0, NULL, NULL},  {"unit", "Unit", FIELD_TEXT, 14, 0, NULL, NULL},
    {"help", "What it is", FIELD_TEXT, 50, 0, NULL, NULL},
};

static bool setting_list_run(struct session *s, const struct list *l, const void *filters, uint64_t given,
                             struct list_run *r, struct err *e)
{
    (void)filters;
    (void)given;
    r->total = SETTING_COUNT;
    for (int i = 0; i < SETTING_COUNT && (r->limit == 0 || i < r->limit); i++) {
        const struct setting_row *row = &setting_rows[i];
        char now[24], was[24];
        int64_t value = session_setting(s, (enum setting)i);
        snprintf(now, sizeof now, "%lld", (long long)value);
        snprintf(was, sizeof was, "%lld", (long long)row->value);
        struct cell cells[] = {{row->key, FIELD_ABSENT}, {now, value}, {was, row->value}, {row->unit, FIELD_ABSENT},
                               {row->help, FIELD_ABSENT}};
        if (!r->row(r->ctx, l, cells, e))
            return false;
    }
    return true;
}

/* ---- holidays */

struct holiday_args {
    char on[DATE_SIZE];
    char name[65];
    int64_t working;
};
static const struct field holiday_fields[] = {
    {"on", "Day", FIELD_DATE, FIELD_REQUIRED | FIELD_POSITIONAL, FIELD_TEXT_AT(holiday_args, on)},
    {"name", "Name", FIELD_TEXT, FIELD_REQUIRED, FIELD_TEXT_AT(holiday_args, name), .max = 60},
    {"working", "Working day", FIELD_FLAG, 0, FIELD_INT_AT(holiday_args, working),
     .help = "yes: a bank holiday that is a working day that year"},
};

static const struct record_type holiday_type = {.name = "holiday", .label = "holiday", .size = sizeof(struct holiday_args), .fields = holiday_fields,
                                                .count = COUNT(holiday_fields), .id = -1, .ref = 0, .version = -1, .person = -1};

static bool holiday_add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct holiday_args *a = args;
    (void)given;
    if (!holiday_set(s->db, a->on, a->working != 1, a->name, e) || !log_change(s, "made", &holiday_type, NULL, a, e))
        return false;
    cache_drop(s);
    say_kind(o, "holiday", a->on);
    outcome_say(o, "%s is %s now.", a->on, a->working == 1 ? "a working day" : "a holiday");
    return true;
}

static bool holiday_show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct holiday_args *a = args;
    (void)given;
    day_t day = date_parse(a->on);
    const struct holidays *h = &engine_clock_rules(s)->holidays;
    const char *name = bank_holiday_by_rule(day);
    for (size_t i = 0; i < h->count; i++)
        if (h->rows[i].day == day)
            name = h->rows[i].name;
    if (!name)
        return err_set(e, ERR_NOT_FOUND, "%s is no bank holiday, and none was added.", a->on);
    say_kind(o, "holiday", a->on);
    o->detail = json_pack("{s:s, s:s, s:b}", "on", a->on, "name", name, "working", is_workday(day, h));
    return true;
}

static const struct column holiday_columns[] = {
    {"on", "Day", FIELD_DATE, 12, 0, NULL, NULL},
    {"holiday", "Holiday", FIELD_FLAG, 8, 0, NULL, NULL},
    {"name", "Name", FIELD_TEXT, 40, 0, NULL, NULL},
};

static bool holiday_list_run(struct session *s, const struct list *l, const void *filters, uint64_t given,
                             struct list_run *r, struct err *e)
{
    (void)filters;
    (void)given;
    struct stmt *st = holidays_all(s->db, e);
    return st && list_rows(s, l, r, st, 0, -1, -1, e);
}

/* ---- wordings: never edited, a new version is a new row */

static bool wording_add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    struct wording w = *(const struct wording *)args;
    (void)given;
    w.active = 1;
    if (!fields_complete(wording_type.fields, wording_type.count, &w, e) || !engine_insert(s, &wording_type, &w, "", e))
        return db_was_duplicate(s->db) ? err_field(e, "code", "Code: there is a wording %s already; give the new one its own code.", w.code)
                                       : false;
    cache_drop(s);
    outcome_of(o, &wording_type, &w);
    outcome_say(o, "Wording %s was added.", w.code);
    return true;
}

struct wording_args {
    char code[CODE_SIZE];
    int64_t active;
};
static const struct field wording_fields[] = {
    {"wording", "Wording", FIELD_TEXT, FIELD_REQUIRED | FIELD_POSITIONAL, FIELD_TEXT_AT(wording_args, code)},
    {"active", "In use", FIELD_FLAG, FIELD_REQUIRED, FIELD_INT_AT(wording_args, active), .help = "no: offered no longer"},
};

static bool wording_edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct wording_args *a = args;
    (void)given;
    struct wording before, after;
    if (!record_load_ref(s->db, &wording_type, a->code, &before, e))
        return false;
    after = before;
    after.active = a->active;
    if (!engine_update(s, &wording_type, &before, &after, "", e))
        return false;
    cache_drop(s);
    outcome_of(o, &wording_type, &after);
    outcome_say(o, "Wording %s is %s.", after.code, after.active ? "in use" : "no longer offered");
    return true;
}

static bool wording_show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct wording_args *a = args;
    (void)given;
    struct wording w;
    if (!record_load_ref(s->db, &wording_type, a->code, &w, e))
        return false;
    outcome_of(o, &wording_type, &w);
    o->detail = record_json(&wording_type, &w);
    return true;
}

static const struct column wording_columns[] = {
    {"wording", "Code", FIELD_TEXT, 16, 0, NULL, NULL},
    {"purpose", "Purpose", FIELD_TEXT, 10, 0, NULL, NULL},
    {"text", "Text", FIELD_NOTE, 60, 0, NULL, NULL},
    {"active", "In use", FIELD_FLAG, 6, 0, NULL, NULL},
};

static bool wording_list_run(struct session *s, const struct list *l, const void *filters, uint64_t given,
                             struct list_run *r, struct err *e)
{
    (void)filters;
    (void)given;
    struct stmt *st = wordings_all(s->db, e);
    return st && list_rows(s, l, r, st, 1, -1, -1, e);
}

/* ---- coded lists */

struct code_args {
    char set[CODE_SIZE], code[CODE_SIZE], label[LINE_SIZE], grouping[LINE_SIZE], snomed[20];
    int64_t sort, active;
};
static const struct field code_fields[] = {
    {"set", "List", FIELD_TEXT, FIELD_REQUIRED | FIELD_POSITIONAL, FIELD_TEXT_AT(code_args, set), .help = "need, source, ..."},
    {"code", "Code", FIELD_TEXT, FIELD_REQUIRED | FIELD_POSITIONAL, FIELD_TEXT_AT(code_args, code)},
    {"label", "Words", FIELD_TEXT, 0, FIELD_TEXT_AT(code_args, label), .max = 70},
    {"grouping", "Heading", FIELD_TEXT, 0, FIELD_TEXT_AT(code_args, grouping), .max = 70},
    {"snomed", "SNOMED CT", FIELD_SNOMED, 0, FIELD_TEXT_AT(code_args, snomed)},
    {"sort", "Order", FIELD_INT, 0, FIELD_INT_AT(code_args, sort), .max = 100000},
    {"active", "In use", FIELD_FLAG, 0, FIELD_INT_AT(code_args, active)},
};

/* The row as it stands, copied into a; *found false when there is none. */
static bool code_load(struct session *s, struct code_args *a, bool *found, bool *set_known, struct err *e)
{
    struct code_args there = *a;
    *found = *set_known = false;
    struct stmt *st = codes_all(s->db, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        if (strcmp(col_text(st, 0), a->set) != 0)
            continue;
        *set_known = true;
        if (strcmp(col_text(st, 1), a->code) != 0)
            continue;
        *found = true;
        text_put(there.label, sizeof there.label, col_text(st, 2));
        text_put(there.grouping, sizeof there.grouping, col_text(st, 3));
        there.sort = col_int(st, 4);
        there.active = col_int(st, 5);
        text_put(there.snomed, sizeof there.snomed, col_text(st, 6));
    }
    *a = there;
    return step != STEP_FAILED;
}

static const struct record_type code_type = {.name = "code", .label = "code", .size = sizeof(struct code_args), .fields = code_fields,
                                             .count = COUNT(code_fields), .id = -1, .ref = 1, .version = -1, .person = -1};

/* `before` NULL: it is new. */
static bool code_write(struct session *s, const struct code_args *before, const struct code_args *a, struct outcome *o, struct err *e)
{
    struct code_row row = {a->set, a->code, a->label, a->grouping, a->snomed, a->sort, a->active};
    struct record_type of_set = code_type; /* a code says which it is only with its list: "code need", "housing" */
    char name[CODE_SIZE + 8];
    snprintf(name, sizeof name, "code %s", a->set);
    of_set.name = name;
    if (!code_set_row(s->db, &row, e) || !log_change(s, before ? "changed" : "made", &of_set, before, a, e))
        return false;
    cache_drop(s);
    say_kind(o, "code", a->code);
    outcome_say(o, "%s %s: %s%s.", a->set, a->code, a->label, a->active ? "" : " (no longer in use)");
    return true;
}

static bool code_add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    struct code_args a = *(const struct code_args *)args, there = a;
    bool found, set_known;
    if (!code_load(s, &there, &found, &set_known, e))
        return false;
    if (!set_known)
        return err_field(e, "set", "There is no coded list %s; see onward code list.", a.set);
    if (found)
        return err_field(e, "code", "%s is in the list already; change it with onward code edit.", a.code);
    if (!*a.label)
        return err_field(e, "label", "Words: say what people will read on screen.");
    for (const char *c = a.code; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_' || *c == '-'))
            return err_field(e, "code", "Code: use small letters, digits, underscore and hyphen.");
    a.active = was_given(s->verb, given, "active") ? a.active : 1;
    a.sort = a.sort == FIELD_ABSENT ? 1000 : a.sort;
    return code_write(s, NULL, &a, o, e);
}

static bool code_edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    struct code_args a = *(const struct code_args *)args;
    bool found, set_known;
    if (!code_load(s, &a, &found, &set_known, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "There is no code %s in the list %s.", a.code, a.set);
    const struct code_args before = a;
    return fields_merge(code_fields, COUNT(code_fields), &a, args, given, e) && code_write(s, &before, &a, o, e);
}

static bool code_show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    struct code_args a = *(const struct code_args *)args;
    bool found, set_known;
    (void)given;
    if (!code_load(s, &a, &found, &set_known, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "There is no code %s in the list %s.", a.code, a.set);
    say_kind(o, "code", a.code);
    o->detail = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "set", a.set, "code", a.code, "label", a.label, "grouping",
                          a.grouping, "snomed", a.snomed, "active", a.active == 1);
    return true;
}

static const struct column code_columns[] = {
    {"set", "List", FIELD_TEXT, 16, FIELD_NAMES, NULL, NULL}, {"code", "Code", FIELD_TEXT, 22, FIELD_NAMES, NULL, NULL},
    {"label", "Words", FIELD_TEXT, 36, 0, NULL, NULL},   {"grouping", "Heading", FIELD_TEXT, 20, 0, NULL, NULL},
    {"sort", "Order", FIELD_INT, 6, 0, NULL, NULL},      {"active", "In use", FIELD_FLAG, 6, 0, NULL, NULL},
    {"snomed", "SNOMED CT", FIELD_TEXT, 18, 0, NULL, NULL},
};
struct code_filter {
    char set[CODE_SIZE];
};
static const struct field code_filters[] = {
    {"set", "List", FIELD_TEXT, FIELD_POSITIONAL, FIELD_TEXT_AT(code_filter, set)},
};

struct set_only {
    const char *set;
    struct list_run *outer;
    int64_t seen, given;
};

static bool in_set(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct set_only *f = ctx;
    if (*f->set && strcmp(cells[0].text, f->set) != 0)
        return true;
    f->seen++;
    if (f->outer->limit > 0 && f->given == f->outer->limit)
        return true;
    f->given++;
    return f->outer->row(f->outer->ctx, l, cells, e);
}

/* A few hundred rows at most: read whole, the wanted list kept. */
static bool code_list_run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                          struct err *e)
{
    const struct code_filter *f = filters;
    (void)given;
    struct set_only only = {f->set, r, 0, 0};
    struct list_run all = {.row = in_set, .ctx = &only};
    struct stmt *st = codes_all(s->db, e);
    if (!st || !list_rows(s, l, &all, st, 0, -1, -1, e))
        return false;
    r->total = only.seen;
    return true;
}

/* ---- backup: audited first, so that the copy tells of itself */

bool session_backup(struct session *s, const char *file, struct err *e)
{
    if (!(session_roles(s) & (ROLE_ADMIN | ROLE_MANAGER | ROLE_NIGHTLY)))
        return run_denied(s, "backup", e);
    return engine_log(s, "exported", "store", "backup", "", "", e) && db_backup(s->db, file, e);
}

bool session_restore(const char *url, const char *file, struct err *e)
{
    return db_restore(url, file, e);
}

#define VERB(var, verb_name, words, who, table, n, args_type, function, reading)                                         \
    static const struct verb var = {.name = verb_name, .help = words, .roles = who, .args = table, .count = n,           \
                                    .size = sizeof(struct args_type), .run = function, .reads = reading}
VERB(setting_edit, "setting edit", "Sets a setting.", KEEPERS, setting_fields, 2, setting_args, setting_edit_run, false);
VERB(setting_show, "setting show", "Shows a setting and its range.", ROLE_ANY, setting_fields, 1, setting_args, setting_show_run, true);
VERB(holiday_add, "holiday add", "Adds a one-off holiday, or takes one away for a year.", KEEPERS, holiday_fields, 3, holiday_args, holiday_add_run, false);
VERB(holiday_edit, "holiday edit", "Changes a one-off holiday.", KEEPERS, holiday_fields, 3, holiday_args, holiday_add_run, false);
VERB(holiday_show, "holiday show", "Shows what a day is: a bank holiday by rule, a one-off, or none.", ROLE_ANY, holiday_fields, 1, holiday_args, holiday_show_run, true);
VERB(wording_edit, "wording edit", "Takes a wording out of use, or back into it.", KEEPERS, wording_fields, 2, wording_args, wording_edit_run, false);
VERB(wording_show, "wording show", "Shows a wording.", ROLE_ANY, wording_fields, 1, wording_args, wording_show_run, true);
VERB(code_add, "code add", "Adds a code to a coded list.", KEEPERS, code_fields, COUNT(code_fields), code_args, code_add_run, false);
VERB(code_edit, "code edit", "Changes the words of a code, or takes it out of use.", KEEPERS, code_fields, COUNT(code_fields), code_args, code_edit_run, false);
VERB(code_show, "code show", "Shows a code.", ROLE_ANY, code_fields, 2, code_args, code_show_run, true);
static const struct verb wording_add = {.name = "wording add", .help = "Adds a version of the words that people hear before they decide.",
                                        .roles = KEEPERS, .size = sizeof(struct wording), .run = wording_add_run, .record = &wording_type};
const struct verb *const config_verbs[] = {&setting_edit, &setting_show, &holiday_add, &holiday_edit, &holiday_show, &wording_add, &wording_edit,
                                           &wording_show, &code_add, &code_edit, &code_show, NULL};

#define LIST(var, list_name, words, table, filter_table, n_filters, filter_size, function)                                  \
    static const struct list var = {.name = list_name, .help = words, .roles = ROLE_ANY, .columns = table,                   \
                                    .columns_count = COUNT(table), .filters = filter_table, .filters_count = n_filters,     \
                                    .filters_size = filter_size, .run = function}
LIST(setting_list, "setting list", "Every setting, its value and its default.", setting_columns, NULL, 0, 0, setting_list_run);
LIST(holiday_list, "holiday list", "One-off holidays and moves; the others are by rule.", holiday_columns, NULL, 0, 0, holiday_list_run);
LIST(wording_list, "wording list", "The wordings of consent.", wording_columns, NULL, 0, 0, wording_list_run);
LIST(code_list, "code list", "Coded lists, all or one.", code_columns, code_filters, 1, sizeof(struct code_filter), code_list_run);
const struct list *const config_lists[] = {&setting_list, &holiday_list, &wording_list, &code_list, NULL};

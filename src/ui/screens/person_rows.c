/* SPDX-License-Identifier: MIT
 *
 * The rows of each of a person's tabs, made from the documents when these were
 * read. A row's key is the place of its part ("contacts/3"), which stays when
 * later parts are added.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "onward/clock.h"
#include "person.h"
#include "values.h"

#define KEY_MOST 48

static struct session *session_of(const struct case_file *f)
{
    return desk_session(f->base.desk);
}

/* ---- columns */

/* clang-format off: a column a line */
static const struct view_column summary_columns[] = {
    {.key = "id", .label = ""},
    {.key = "label", .label = "", .width = 24},
    {.key = "value", .label = "", .width = 40, .grows = true},
};
static const struct view_column need_columns[] = {
    {.key = "id", .label = ""},
    {.key = "need", .label = "Need", .width = 26, .grows = true},
    {.key = "severity", .label = "How bad", .width = 7},
    {.key = "main", .label = "Main", .width = 4},
    {.key = "handoff", .label = "Handed on", .width = 18, .grows = true},
    {.key = "outcome", .label = "Outcome", .width = 14, .grows = true},
    {.key = "note", .label = "Note", .width = 20, .grows = true, .last = true},
};
static const struct view_column consent_columns[] = {
    {.key = "id", .label = ""},
    {.key = "on", .label = "From", .width = 11},
    {.key = "decision", .label = "Decision", .width = 12},
    {.key = "purpose", .label = "What for", .width = 18, .grows = true},
    {.key = "whom", .label = "Towards whom", .width = 16, .grows = true},
    {.key = "until", .label = "Until", .width = 11},
};
static const struct view_column handoff_columns[] = {
    {.key = "id", .label = ""},
    {.key = "state", .label = "State", .width = 16},
    {.key = "need", .label = "Need", .width = 16, .grows = true},
    {.key = "service", .label = "Service", .width = 20, .grows = true},
    {.key = "since", .label = "Since", .width = 11},
    {.key = "organisation", .label = "Organisation", .width = 20, .grows = true, .last = true},
    {.key = "reply_by", .label = "Reply by", .width = 11, .last = true},
};
static const struct view_column contact_columns[] = {
    {.key = "id", .label = ""},
    {.key = "on", .label = "Date", .width = 11},
    {.key = "mode", .label = "How", .width = 9},
    {.key = "outcome", .label = "What came of it", .width = 15},
    {.key = "note", .label = "Note", .width = 20, .grows = true},
    {.key = "by", .label = "By", .width = 10, .last = true},
};
static const struct view_column plan_columns[] = {
    {.key = "id", .label = ""},
    {.key = "kind", .label = "What", .width = 10},
    {.key = "text", .label = "In their words", .width = 30, .grows = true},
    {.key = "who", .label = "Who", .width = 10},
    {.key = "due", .label = "When", .width = 11},
    {.key = "status", .label = "Status", .width = 11},
};
static const struct view_column outcome_columns[] = {
    {.key = "id", .label = ""},
    {.key = "need", .label = "Need", .width = 24, .grows = true},
    {.key = "outcome", .label = "What came of it", .width = 24, .grows = true},
    {.key = "on", .label = "On", .width = 11},
    {.key = "note", .label = "Note", .width = 14, .grows = true},
};
static const struct view_column timeline_columns[] = {
    {.key = "id", .label = ""},
    {.key = "on", .label = "Date", .width = 11},
    {.key = "what", .label = "What", .width = 22},
    {.key = "text", .label = "", .width = 30, .grows = true},
};
/* clang-format on */

#define COLUMNS(table) table, sizeof table / sizeof *table
static const struct tab {
    const struct view_column *columns;
    size_t n;
    const char *empty;
} tabs[TAB_COUNT] = {
    [TAB_SUMMARY] = {COLUMNS(summary_columns), "Nothing is recorded."},
    [TAB_NEEDS] = {COLUMNS(need_columns), "No need is recorded yet: a adds one. Without a referral, i begins one first."},
    [TAB_CONSENT] = {COLUMNS(consent_columns), "No decision is recorded yet: c takes consent, or records why it was not sought."},
    [TAB_HANDOFFS] = {COLUMNS(handoff_columns), "Nothing was handed on yet: r hands a need to a service."},
    [TAB_CONTACTS] = {COLUMNS(contact_columns), "Nobody has tried to reach them yet: C logs a contact, M a call without an answer."},
    [TAB_PLAN] = {COLUMNS(plan_columns), "There is no plan yet: a adds a strength, a need, a goal or an action."},
    [TAB_OUTCOMES] = {COLUMNS(outcome_columns), "Outcomes are of needs, and no need is recorded yet."},
    [TAB_TIMELINE] = {COLUMNS(timeline_columns), "Nothing has happened yet."},
};

/* ---- the groups of the summary */

static const char *group_of(const struct view *v, size_t row)
{
    static const char *const groups[][2] = {
        {"next/", "What is next"}, {"person/", "The person"}, {"referral/", "This referral"}, {"", "Also recorded"},
    };
    const char *key = view_key_at(v, row);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (key && text_starts(key, groups[i][0]))
            return groups[i][1];
    return NULL;
}

static enum style look_of_next(const struct view *v, size_t row)
{
    const char *key = view_key_at(v, row);
    return key && text_starts(key, "next/") ? STYLE_WARN : STYLE_PLAIN;
}

struct view *person_new_view(enum person_tab tab)
{
    struct view *v = view_by_hand(tabs[tab].columns, tabs[tab].n);
    view_set_empty(v, tabs[tab].empty);
    if (tab == TAB_SUMMARY) {
        view_set_heading(v, group_of);
        view_set_style(v, look_of_next);
    }
    return v;
}

/* ---- helpers of rows */

static void key_of(char key[KEY_MOST], const char *kind, size_t i)
{
    snprintf(key, KEY_MOST, "%s/%zu", kind, i);
}

static void add_summary(struct case_file *f, const char *key, const char *label, const char *value)
{
    if (*value)
        view_add(f->views[TAB_SUMMARY], (const char *const[]){key, label, value});
}

static void field_words(struct case_file *f, const struct record_type *t, const char *key, const json_t *doc, struct buf *out)
{
    const struct field *field = field_find(t->fields, t->count, key);
    buf_clear(out);
    if (field)
        value_of(session_of(f), field, doc, out);
}

/* ---- summary */

static const char *const person_keys[] = {
    "phone", "contact_method", "contact_note", "voicemail_ok", "safe_times", "email", "address", "postcode", "neighbourhood", "date_of_birth",
    "nhs_number", "gp_practice", "about_me", "preferred_name", "title", "pronouns", "language", "interpreter_language", "communication_needs",
    "adjustments", "impairment", "mobility", "representative", "representative_relation", "representative_phone", "accommodation", "gender",
    "ethnicity", "sexual_orientation", "died_on",
};
static const char *const referral_keys[] = {
    "reason", "state", "received_on", "source", "referrer_name", "referrer_role", "referrer_organisation", "referrer_practice",
    "referrer_phone", "referrer_email", "urgent", "safeguarding", "safeguarding_note", "safe_by", "safe_why", "begun_on", "last_try_on",
    "last_reached_on", "call_back_on", "pause_reason", "paused_until", "plan_agreed", "plan_review_on", "gp_action", "closed_on",
    "close_reason", "close_note", "move_reason", "second_reason",
};

/* "Flat 20, 49 Oakum Street, Salford" */
static void in_one_line(struct buf *words)
{
    struct buf line = {0};
    for (const char *c = buf_text(words); *c; c++) {
        if (*c == '\n')
            buf_str(&line, ", ");
        else
            buf_char(&line, *c);
    }
    buf_free(words);
    *words = line;
}

static void add_fields(struct case_file *f, const char *kind, const struct record_type *t, const json_t *doc, const char *const *keys, size_t n)
{
    struct buf words = {0};
    char key[KEY_MOST];
    for (size_t i = 0; i < n; i++) {
        const struct field *field = field_find(t->fields, t->count, keys[i]);
        field_words(f, t, keys[i], doc, &words);
        in_one_line(&words);
        snprintf(key, sizeof key, "%s/%s", kind, keys[i]);
        if (field && strcmp(buf_text(&words), "No") != 0) /* a flag that is not set says nothing here */
            add_summary(f, key, field->label, buf_text(&words));
    }
    buf_free(&words);
}

static const char *task_label(const char *task)
{
    for (size_t i = 0; i < TASK_COUNT; i++)
        if (strcmp(task_names[i], task) == 0)
            return task_labels[i];
    return task;
}

static void say_next(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    (void)f;
    buf_str(label, task_label(doc_text(row, "task")));
    buf_fmt(value, "%s. %s", doc_text(row, "what"), doc_text(row, "stops"));
}

static void say_risk(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    (void)f;
    buf_str(label, *doc_text(row, "ended_on") ? "Risk, over" : "Risk");
    buf_fmt(value, "%s%s%s", doc_text(row, "label"), *doc_text(row, "note") ? ": " : "", doc_text(row, "note"));
}

static void say_flag(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    char day[DAY_SHOWN];
    (void)f;
    bool settled = *doc_text(row, "resolved_on");
    doc_day(doc_text(row, settled ? "resolved_on" : "due_on"), day);
    buf_str(label, settled ? "Flag, settled" : "Flag");
    buf_fmt(value, "%s: %s", day, doc_text(row, "message"));
}

static void say_answer(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    char day[DAY_SHOWN];
    (void)f;
    bool told = *doc_text(row, "told_on");
    doc_day(doc_text(row, told ? "told_on" : "owed_on"), day);
    buf_str(label, "Answer to the referrer");
    buf_fmt(value, told ? "%s: told on %s, %s" : "%s: owed since %s%s", choice_label(answer_events, doc_text(row, "event")), day,
            doc_text(row, "told"));
}

static void say_source(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    char day[DAY_SHOWN];
    doc_day(doc_text(row, "received_on"), day);
    buf_str(label, "Also asked by");
    buf_fmt(value, "%s  %s  %s", session_code_label(session_of(f), "source", doc_text(row, "source")), day, doc_text(row, "referrer_name"));
}

static void say_signpost(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    char day[DAY_SHOWN];
    (void)f;
    doc_day(doc_text(row, "on_date"), day);
    buf_str(label, "Signposted");
    buf_fmt(value, "%s  %s  %s", day, doc_text(row, "to_name"), doc_text(row, "contact"));
}

static void say_name(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    (void)f;
    buf_str(label, choice_label(person_name_kinds, doc_text(row, "kind")));
    buf_fmt(value, "%s %s", doc_text(row, "given_name"), doc_text(row, "family_name"));
}

static void say_identifier(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    (void)f;
    buf_str(label, "Number elsewhere");
    buf_fmt(value, "%s %s", doc_text(row, "scheme"), doc_text(row, "value"));
}

static void say_duplicate(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    (void)f;
    buf_str(label, "May be the same person");
    buf_fmt(value, "%s: %s", doc_text(row, "person"), doc_text(row, "reasons"));
}

static void say_access(struct case_file *f, const json_t *row, struct buf *label, struct buf *value)
{
    (void)f;
    buf_str(label, "May know of the record");
    buf_str(value, json_string_value(row));
}

/* Arrays of the documents as rows of the summary. */
static const struct summary_part {
    const char *kind;
    bool of_person;
    void (*say)(struct case_file *f, const json_t *row, struct buf *label, struct buf *value);
} next_part = {"next", false, say_next}, also_parts[] = {
    {"risks", false, say_risk},       {"flags", false, say_flag},       {"answers", false, say_answer},        {"sources", false, say_source},
    {"signposts", false, say_signpost}, {"names", true, say_name},      {"identifiers", true, say_identifier}, {"duplicates", true, say_duplicate},
    {"access", true, say_access},
};

static void add_part(struct case_file *f, const struct summary_part *p)
{
    size_t i;
    const json_t *row;
    json_array_foreach(json_object_get(p->of_person ? f->record : f->episode, p->kind), i, row) {
        struct buf label = {0}, value = {0};
        char key[KEY_MOST];
        key_of(key, p->kind, i);
        p->say(f, row, &label, &value);
        add_summary(f, key, buf_text(&label), buf_text(&value));
        buf_free(&label);
        buf_free(&value);
    }
}

static void fill_summary(struct case_file *f)
{
    add_part(f, &next_part);
    add_fields(f, "person", &person_type, f->record, person_keys, sizeof person_keys / sizeof *person_keys);
    if (f->episode)
        add_fields(f, "referral", &referral_type, f->episode, referral_keys, sizeof referral_keys / sizeof *referral_keys);
    for (size_t i = 0; i < sizeof also_parts / sizeof *also_parts; i++)
        add_part(f, &also_parts[i]);
}

/* ---- needs and outcomes */

/* "Held: Debt advice; Declined: .." of the handoffs of a need. */
static void say_handoffs(const struct case_file *f, const char *need, struct buf *out)
{
    size_t i;
    const json_t *h;
    json_array_foreach(json_object_get(f->episode, "handoffs"), i, h)
        if (strcmp(doc_text(h, "need"), need) == 0)
            buf_fmt(out, "%s%s: %s", out->len ? "; " : "", doc_text(h, "label"), doc_text(h, "service_name"));
}

static void fill_needs(struct case_file *f)
{
    size_t i;
    const json_t *need;
    json_array_foreach(json_object_get(f->episode, "needs"), i, need) {
        struct buf handoffs = {0};
        char key[KEY_MOST], severity[16] = "";
        int64_t bad = json_integer_value(json_object_get(need, "severity"));
        key_of(key, "needs", i);
        if (bad)
            snprintf(severity, sizeof severity, "%lld of 5", (long long)bad);
        say_handoffs(f, doc_text(need, "code"), &handoffs);
        view_add(f->views[TAB_NEEDS],
                 (const char *const[]){key, doc_text(need, "label"), severity, doc_is(need, "is_main") ? "main" : "", buf_text(&handoffs),
                                       session_code_label(session_of(f), "need_outcome", doc_text(need, "outcome")), doc_text(need, "note")});
        buf_free(&handoffs);
    }
}

static void fill_outcomes(struct case_file *f)
{
    size_t i;
    const json_t *need;
    json_array_foreach(json_object_get(f->episode, "needs"), i, need) {
        char key[KEY_MOST], day[DAY_SHOWN];
        const char *outcome = doc_text(need, "outcome");
        key_of(key, "needs", i);
        doc_day(doc_text(need, "outcome_on"), day);
        view_add(f->views[TAB_OUTCOMES],
                 (const char *const[]){key, doc_text(need, "label"),
                                       *outcome ? session_code_label(session_of(f), "need_outcome", outcome) : "not said yet", day,
                                       doc_text(need, "outcome_note")});
    }
}

/* ---- consent, handoffs, contacts, plan */

void person_say_recipients(const struct case_file *f, const json_t *decision, struct buf *out)
{
    size_t i;
    bool first = true;
    const json_t *o;
    json_array_foreach(json_object_get(f->consent, "organisations"), i, o) {
        if (*doc_text(o, "need") || !codes_have(doc_text(decision, "recipients"), doc_text(o, "organisation")))
            continue;
        buf_fmt(out, "%s%s", first ? "" : ", ", doc_text(o, "organisation_name"));
        first = false;
    }
}

static void fill_consent(struct case_file *f)
{
    const json_t *all = json_object_get(f->consent, "decisions");
    for (size_t i = json_array_size(all); i-- > 0;) { /* newest first */
        const json_t *d = json_array_get(all, i);
        struct buf whom = {0};
        char key[KEY_MOST], on[DAY_SHOWN], until[DAY_SHOWN];
        key_of(key, "decisions", i);
        doc_day(doc_text(d, "valid_from"), on);
        doc_day(doc_text(d, "expires_on"), until);
        person_say_recipients(f, d, &whom);
        view_add(f->views[TAB_CONSENT], (const char *const[]){key, on, doc_text(d, "decision_label"),
                                                              choice_label(consent_purposes, doc_text(d, "purpose")), buf_text(&whom), until});
        buf_free(&whom);
    }
}

static void fill_handoffs(struct case_file *f)
{
    const json_t *all = json_object_get(f->episode, "handoffs");
    for (size_t i = json_array_size(all); i-- > 0;) {
        const json_t *h = json_array_get(all, i);
        char key[KEY_MOST], since[DAY_SHOWN], by[DAY_SHOWN];
        key_of(key, "handoffs", i);
        doc_day(doc_text(h, "state_at"), since);
        doc_day(doc_text(h, "reply_by"), by);
        view_add(f->views[TAB_HANDOFFS],
                 (const char *const[]){key, doc_text(h, "label"), session_code_label(session_of(f), "need", doc_text(h, "need")),
                                       doc_text(h, "service_name"), since, doc_text(h, "organisation_name"), by});
    }
}

static void fill_contacts(struct case_file *f)
{
    const json_t *all = json_object_get(f->episode, "contacts");
    for (size_t i = json_array_size(all); i-- > 0;) {
        const json_t *c = json_array_get(all, i);
        char key[KEY_MOST], on[DAY_SHOWN];
        key_of(key, "contacts", i);
        doc_day(doc_text(c, "on_date"), on);
        view_add(f->views[TAB_CONTACTS],
                 (const char *const[]){key, on, choice_label(contact_modes, doc_text(c, "mode")),
                                       choice_label(contact_outcomes, doc_text(c, "outcome")), doc_text(c, "note"), doc_text(c, "by")});
    }
}

/* An item, then those that are part of it, one step further in. */
static void add_plan_items(struct case_file *f, const json_t *all, const char *parent, int depth)
{
    size_t i;
    const json_t *item;
    json_array_foreach(all, i, item) {
        char key[KEY_MOST], kind[64];
        struct buf due = {0};
        if (strcmp(doc_text(item, "parent"), parent) != 0)
            continue;
        key_of(key, "plan", i);
        snprintf(kind, sizeof kind, "%*s%s", depth, "", choice_label(plan_kinds, doc_text(item, "kind")));
        field_words(f, &plan_item_type, "due", item, &due);
        view_add(f->views[TAB_PLAN], (const char *const[]){key, kind, doc_text(item, "text"), doc_text(item, "who"), buf_text(&due),
                                                           choice_label(plan_statuses, doc_text(item, "status"))});
        buf_free(&due);
        if (depth < 8 && *doc_text(item, "ref"))
            add_plan_items(f, all, doc_text(item, "ref"), depth + 1);
    }
}

static void fill_plan(struct case_file *f)
{
    add_plan_items(f, json_object_get(f->episode, "plan"), "", 0);
}

void person_fill(struct case_file *f, enum person_tab tab)
{
    static void (*const fills[TAB_COUNT])(struct case_file *) = {
        [TAB_SUMMARY] = fill_summary,   [TAB_NEEDS] = fill_needs, [TAB_CONSENT] = fill_consent,   [TAB_HANDOFFS] = fill_handoffs,
        [TAB_CONTACTS] = fill_contacts, [TAB_PLAN] = fill_plan,   [TAB_OUTCOMES] = fill_outcomes, [TAB_TIMELINE] = person_fill_timeline,
    };
    view_clear(f->views[tab]);
    fills[tab](f);
}

/* SPDX-License-Identifier: MIT
 *
 * What can be done with one part of a person's documents, by its kind: whose
 * reference it gives to a verb, how it is shown whole, how it is changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "document.h"
#include "duty.h"
#include "person.h"
#include "values.h"

/* ---- which one */

const json_t *part_of(const struct case_file *f, const char *key)
{
    enum { DOCS = 3 };
    const json_t *docs[DOCS] = {f->episode, f->record, f->consent}; /* the first is NULL where there is no referral */
    char kind[32];
    size_t n = strcspn(key, "/");
    if (n >= sizeof kind || !key[n])
        return NULL;
    memcpy(kind, key, n);
    kind[n] = '\0';
    if (strcmp(kind, "person") == 0)
        return f->record;
    if (strcmp(kind, "referral") == 0)
        return f->episode;
    for (size_t i = 0; i < DOCS; i++)
        if (json_is_array(json_object_get(docs[i], kind)))
            return json_array_get(json_object_get(docs[i], kind), (size_t)strtoul(key + n + 1, NULL, 10));
    return NULL;
}

const json_t *part_in_focus(const struct case_file *f, char kind[32])
{
    const char *key = view_key(f->views[f->tab]);
    if (kind)
        snprintf(kind, 32, "%.*s", key ? (int)strcspn(key, "/") : 0, key ? key : "");
    return key ? part_of(f, key) : NULL;
}

const json_t *part_next(const struct case_file *f)
{
    char kind[32];
    const json_t *part = f->tab == TAB_SUMMARY ? part_in_focus(f, kind) : NULL;
    return part && strcmp(kind, "next") == 0 ? part : json_array_get(json_object_get(f->episode, "next"), 0);
}

/* ---- the kinds */

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct part_kind {
    const char *kind;                 /* of the array in the documents */
    const struct record_type *type;   /* its fields; NULL: said otherwise */
    const char *subject, *ref;        /* the argument that takes its reference, and where that stands; NULL none */
    struct form_spec edit;            /* by the version that is shown */
    const struct act *act;            /* what `e` does instead */
    void (*open)(struct screen *self);/* what Enter does; NULL: shows it whole */
} part_kinds[] = {
    {"person", &person_type, .act = &act_person_edit},
    {"referral", &referral_type, .act = &act_referral_edit},
    {.kind = "needs", .type = &need_type, .subject = "need", .ref = "code",
     .edit = {"need edit", "Change the need", KEYS("severity", "found", "main", "note"), true}},
    {.kind = "contacts", .type = &contact_type},
    {"handoffs", NULL, "handoff", "handoff", .open = part_open_handoff},
    {"decisions", &consent_type, .open = case_consent},
    {"plan", &plan_item_type, "item", "ref",
     .edit = {"plan edit", "Change the plan", KEYS("text", "status", "who", "due", "importance", "confidence", "outcome", "code", "parent"), true}},
    {"flags", &flag_type, "flag", "ref", .act = &act_flag_done},
    {"risks", &risk_type, "risk", "ref", .act = &act_risk_end},
    {.kind = "signposts", .type = &signpost_type},
    {.kind = "answers", .type = &answer_type},
    {.kind = "sources", .type = &referral_source_type},
    {.kind = "names", .type = &person_name_type},
    {.kind = "identifiers", .type = &person_identifier_type},
    {"duplicates", NULL, "other", "person", .act = &act_merge, .open = part_open_other},
};

static const struct part_kind *kind_of(const char *kind)
{
    for (size_t i = 0; i < sizeof part_kinds / sizeof *part_kinds; i++)
        if (strcmp(part_kinds[i].kind, kind) == 0)
            return &part_kinds[i];
    return NULL;
}

const char *part_subject(const struct case_file *f, const char *kind)
{
    char of[32];
    const json_t *part = f->on_next ? part_next(f) : part_in_focus(f, of);
    const struct part_kind *k = f->on_next || !part ? NULL : kind_of(of);
    const char *ref = NULL;
    if (k && k->subject && (strcmp(k->subject, kind) == 0 || (strcmp(kind, "drop") == 0 && strcmp(k->subject, "other") == 0)))
        ref = doc_text(part, k->ref);
    else if (part && (strcmp(kind, "handoff") == 0 || strcmp(kind, "flag") == 0 || strcmp(kind, "need") == 0))
        ref = doc_text(part, kind); /* of a task, or of a handoff's need */
    return ref && *ref ? ref : NULL;
}

/* ---- reading it whole */

static void say_handoff(const struct case_file *f, struct pane *p, const json_t *h)
{
    struct session *s = desk_session(f->base.desk);
    char day[DAY_SHOWN];
    pane_add(p, "State", STYLE_PLAIN, doc_text(h, "label"));
    doc_day(doc_text(h, "state_at"), day);
    pane_add(p, "Since", STYLE_PLAIN, day);
    pane_add(p, "Need", STYLE_PLAIN, session_code_label(s, "need", doc_text(h, "need")));
    pane_add(p, "Service", STYLE_PLAIN, doc_text(h, "service_name"));
    pane_add(p, "Organisation", STYLE_PLAIN, doc_text(h, "organisation_name"));
    doc_day(doc_text(h, "reply_by"), day);
    pane_add(p, "Reply by", STYLE_PLAIN, day);
    doc_day(doc_text(h, "last_reply_on"), day);
    pane_add(p, "Last heard of", STYLE_PLAIN, day);
    pane_add(p, "Reference", STYLE_PLAIN, doc_text(h, "handoff"));
}

static void say_next(struct pane *p, const json_t *next)
{
    char day[DAY_SHOWN];
    doc_day(doc_text(next, "due"), day);
    pane_add(p, "What", STYLE_PLAIN, doc_text(next, "what"));
    pane_add(p, "Due", STYLE_PLAIN, day);
    pane_add(p, "What to do", STYLE_PLAIN, doc_text(next, "stops"));
    pane_fmt(p, "d", STYLE_DIM, "%s", duty_words(doc_text(next, "task")));
}

void part_say(const struct case_file *f, struct pane *p)
{
    char kind[32];
    const json_t *part = part_in_focus(f, kind);
    const struct part_kind *k = part ? kind_of(kind) : NULL;
    const char *label = f->tab == TAB_SUMMARY ? view_cell(f->views[f->tab], "label") : "";
    if (part && strcmp(kind, "next") == 0)
        say_next(p, part);
    else if (part && strcmp(kind, "handoffs") == 0)
        say_handoff(f, p, part);
    else if (*label) /* of the summary a row is one value */
        pane_add(p, label, STYLE_PLAIN, view_cell(f->views[f->tab], "value"));
    else if (k && k->type)
        pane_record(p, desk_session(f->base.desk), k->type, part);
}

static void read_whole(struct screen *self)
{
    struct case_file *f = (struct case_file *)self;
    struct pane p = {0};
    struct buf text = {0};
    part_say(f, &p);
    for (size_t i = 0; i < p.n; i++)
        buf_fmt(&text, "%s%s%s\n", p.lines[i].label, *p.lines[i].label ? ": " : "", p.lines[i].value);
    if (text.len)
        dialog_text(self, person_tab_names[f->tab], buf_text(&text));
    else
        desk_say(self, "There is no more to show here.");
    buf_free(&text);
    pane_free(&p);
}

void part_open_handoff(struct screen *self)
{
    const char *handoff = part_subject((struct case_file *)self, "handoff");
    if (handoff)
        desk_open(self, &handoff_screen, &(struct open_args){.handoff = handoff});
}

void part_open_other(struct screen *self)
{
    const char *other = part_subject((struct case_file *)self, "other");
    if (other)
        desk_open(self, &person_screen, &(struct open_args){.person = other});
}

void part_open(struct screen *self)
{
    struct case_file *f = (struct case_file *)self;
    char kind[32];
    const json_t *part = part_in_focus(f, kind);
    const struct part_kind *k = kind_of(kind);
    if (part && strcmp(kind, "next") == 0) {
        f->on_next = true;
        duty_open(self, doc_text(part, "task"));
    } else if (part && k && k->open) {
        k->open(self);
    } else {
        read_whole(self);
    }
}

/* ---- changing it */

static const char *argument_text(const json_t *part, const char *key, char number[24])
{
    const json_t *v = json_object_get(part, strcmp(key, "main") == 0 ? "is_main" : key);
    if (json_is_boolean(v))
        return json_is_true(v) ? "yes" : "no";
    if (!json_is_integer(v))
        return json_is_string(v) ? json_string_value(v) : "";
    snprintf(number, 24, "%lld", (long long)json_integer_value(v));
    return number;
}

#define INITIAL_MOST 12

/* The form with what the part has now, against the version that is shown. */
static void edit_form(struct case_file *f, const struct part_kind *k, const json_t *part)
{
    char version[24], numbers[INITIAL_MOST][24];
    struct typed fixed[3] = {{k->subject, doc_text(part, k->ref)}, {"version", argument_text(part, "version", version)}, {"referral", f->referral}};
    struct typed initial[INITIAL_MOST];
    size_t n = 0;
    for (; n < INITIAL_MOST && k->edit.keys[n]; n++)
        initial[n] = (struct typed){k->edit.keys[n], argument_text(part, k->edit.keys[n], numbers[n])};
    size_t n_fixed = strcmp(k->subject, "need") == 0 ? 3 : 2; /* a need is known within its referral alone */
    dialog_form(&f->base, &k->edit, &(struct form_about){.fixed = fixed, .n_fixed = n_fixed, .initial = initial, .n_initial = n}, NULL);
}

/* Of the summary a row is one field: its form begins there. The row's key ends with the field's. */
static void edit_field(struct screen *self, const struct act *act)
{
    char key[64];
    const char *row = view_key(((struct case_file *)self)->views[((struct case_file *)self)->tab]);
    bool is_field = row && strchr(row, '/') && text_copy(key, sizeof key, strchr(row, '/') + 1);
    desk_act(self, act);
    if (is_field)
        dialog_form_focus(self->desk, key);
}

void part_edit(struct screen *self)
{
    struct case_file *f = (struct case_file *)self;
    char kind[32];
    const json_t *part = part_in_focus(f, kind);
    const struct part_kind *k = part ? kind_of(kind) : NULL;
    if (f->tab == TAB_OUTCOMES && part)
        desk_act(self, &act_outcome);
    else if (k && k->act)
        edit_field(self, k->act);
    else if (k && k->edit.verb)
        edit_form(f, k, part);
    else if (part && strcmp(kind, "answers") == 0)
        case_answer(self);
    else if (k && k->open)
        k->open(self);
    else if (part && strcmp(kind, "contacts") == 0)
        desk_say(self, "A contact stays as it was logged. u takes back your last step, C logs another.");
    else
        desk_say(self, "This is not changed here; d does what is next, a adds.");
}

/* SPDX-License-Identifier: MIT
 *
 * Entries of the directory in words, and the verbs about them (see
 * directory_show.h).
 */
#include "directory_show.h"

#include <string.h>

#include "document.h"
#include "entry.h"
#include "onward/records.h"
#include "values.h"

/* ---- a row, told in a few lines */

/* The column's value in words, `none` where it is empty. */
static void tell(struct pane *p, struct session *s, const struct view *v, const char *label, const char *key, const char *none)
{
    const struct list *l = view_list(v);
    struct buf words = {0};
    for (size_t i = 0; i < l->columns_count; i++)
        if (strcmp(l->columns[i].key, key) == 0)
            value_words(s, l->columns[i].kind, l->columns[i].choices, l->columns[i].set, view_cell(v, key), &words);
    pane_add(p, label, STYLE_PLAIN, words.len ? buf_text(&words) : none);
    buf_free(&words);
}

static bool is_over(struct session *s, const char *ends_on)
{
    char today[DATE_SIZE];
    date_format(session_today(s), today);
    return strcmp(ends_on, today) < 0;
}

/* `ends_on` of their last agreement: without one in force nothing can be handed to them. */
static void tell_agreement(struct pane *p, struct session *s, const char *ends_on)
{
    char day[DAY_SHOWN];
    doc_day(ends_on, day);
    if (!*ends_on)
        pane_add(p, "Agreement", STYLE_WARN, "none: nothing can be handed to them");
    else if (is_over(s, ends_on))
        pane_fmt(p, "Agreement", STYLE_WARN, "ended on %s: nothing can be handed to them", day);
    else
        pane_fmt(p, "Agreement", STYLE_PLAIN, "until %s", day);
}

static void tell_service(struct pane *p, struct session *s, const struct view *v)
{
    bool remote = strcmp(view_cell(v, "remote"), "1") == 0;
    pane_fmt(p, "", STYLE_TITLE, "%s, %s", view_cell(v, "name"), view_cell(v, "organisation_name"));
    tell(p, s, v, "For", "needs", "no need is named yet, so that nothing is matched to it");
    tell(p, s, v, "Where", "areas", remote ? "the whole borough, by telephone or online" : "the whole borough");
    if (strcmp(view_cell(v, "status"), "active") == 0)
        tell(p, s, v, "Room", "capacity", "");
    else
        pane_add(p, "Status", STYLE_WARN, choice_label(service_statuses, view_cell(v, "status")));
    tell_agreement(p, s, view_cell(v, "agreement_ends_on"));
    tell(p, s, v, "Checked", "verified_on", "never");
}

static void tell_organisation(struct pane *p, struct session *s, const struct view *v)
{
    pane_fmt(p, "", STYLE_TITLE, "%s (%s)", view_cell(v, "name"), view_cell(v, "organisation"));
    tell(p, s, v, "Status", "status", "");
    tell(p, s, v, "Telephone", "phone", "");
    tell(p, s, v, "E-mail", "email", "");
    tell(p, s, v, "Packages", "delivery", "are sent to them by hand");
    tell_agreement(p, s, view_cell(v, "agreement_ends_on"));
}

static void tell_agreed(struct pane *p, struct session *s, const struct view *v)
{
    bool over = is_over(s, view_cell(v, "ends_on"));
    char day[DAY_SHOWN];
    doc_day(view_cell(v, "ends_on"), day);
    pane_fmt(p, "", STYLE_TITLE, "%s, %s", view_cell(v, "organisation_name"), view_cell(v, "agreement"));
    pane_fmt(p, over ? "Ended on" : "Until", over ? STYLE_WARN : STYLE_PLAIN, "%s", day);
    tell(p, s, v, "Shared", "categories", "nothing");
    tell(p, s, v, "NHS number", "nhs_number", "");
    tell(p, s, v, "A death said", "death", "");
    tell(p, s, v, "Signed by", "signed_by", "");
}

/* ---- shown whole */

static void heading(struct buf *out, const char *title, const json_t *rows)
{
    buf_fmt(out, "\n%s%s\n", title, json_array_size(rows) ? "" : ": none");
}

static void service_more(struct buf *out, struct session *s, const json_t *doc)
{
    const json_t *details = json_object_get(doc, "details"), *d;
    size_t i;
    (void)s;
    buf_fmt(out, "Organisation: %s (%s)\n", doc_text(doc, "organisation_name"), doc_text(doc, "organisation"));
    json_array_foreach(details, i, d)
        entry_line(out, doc_text(d, "kind"), doc_text(d, "text"));
}

static void say_agreements(struct buf *out, const json_t *agreements)
{
    const json_t *a;
    size_t i;
    char from[DAY_SHOWN], until[DAY_SHOWN];
    heading(out, "Agreements", agreements);
    json_array_foreach(agreements, i, a) {
        doc_day(doc_text(a, "starts_on"), from);
        doc_day(doc_text(a, "ends_on"), until);
        buf_fmt(out, "  %s  %s to %s: ", doc_text(a, "agreement"), from, until);
        doc_labels(doc_text(a, "categories"), data_categories, out);
        buf_char(out, '\n');
    }
}

static void organisation_more(struct buf *out, struct session *s, const json_t *doc)
{
    const json_t *services = json_object_get(doc, "services"), *handoffs = json_object_get(doc, "handoffs"), *r;
    const char *state;
    size_t i;
    (void)s;
    say_agreements(out, json_object_get(doc, "agreements"));
    heading(out, "Services", services);
    json_array_foreach(services, i, r)
        buf_fmt(out, "  %s  %s: %s, %s\n", doc_text(r, "service"), doc_text(r, "name"), choice_label(service_statuses, doc_text(r, "status")),
                choice_label(capacities, doc_text(r, "capacity")));
    buf_fmt(out, "\nHandoffs%s\n", json_object_size(handoffs) ? "" : ": none");
    json_object_foreach((json_t *)handoffs, state, r)
        buf_fmt(out, "  %s: %lld\n", choice_label(handoff_states, state), (long long)json_integer_value(r));
}

static void agreement_more(struct buf *out, struct session *s, const json_t *doc)
{
    (void)s;
    entry_line(out, "Organisation", doc_text(doc, "organisation"));
}

void directory_show(struct screen *self, const struct directory_kind *k, const char *ref)
{
    char verb[32];
    struct err e = {0};
    struct buf text = {0};
    snprintf(verb, sizeof verb, "%s show", k->name);
    json_t *doc = desk_show(self, verb, ref, &e);
    if (doc) {
        struct session *s = desk_session(self->desk);
        entry_record(&text, s, k->record, doc);
        k->more(&text, s, doc);
        dialog_text(self, *doc_text(doc, "name") ? doc_text(doc, "name") : ref, buf_text(&text));
    } else {
        desk_error(self, &e);
    }
    buf_free(&text);
    json_decref(doc);
}

/* ---- what is done with them */

#define KEYS(...) .keys = (const char *const[]){__VA_ARGS__, NULL}

#define SERVES "description", "needs", "areas", "capacity", "phone", "email", "verified_on"
static const struct act service_add = {
    .form = {.verb = "service add", .title = "Add a service", KEYS("organisation", "name", SERVES)},
};
static const struct act service_edit = {
    .form = {.verb = "service edit", .title = "Change a service", .show = "service show",
             KEYS("name", "description", "status", "needs", "areas", "capacity", "capacity_note", "phone", "email", "verified")},
    .about = "service",
};
static const struct act service_checked = {
    .form = {.verb = "service edit", .title = "Checked today"}, .about = "service", .preset = {{"verified", "today"}},
    .sure = "Were these entries all checked today?",
};
static const struct act organisation_add = {
    .form = {.verb = "organisation add", .title = "Add an organisation", KEYS("name", "code", "phone", "email", "profile", "delivery", "verified_on")},
};
static const struct act organisation_edit = {
    .form = {.verb = "organisation edit", .title = "Change an organisation", .show = "organisation show",
             KEYS("name", "status", "phone", "email", "website", "address", "postcode", "profile", "delivery", "verified_on")},
    .about = "organisation",
};
static const struct act organisation_checked = {
    .form = {.verb = "organisation edit", .title = "Checked today"}, .about = "organisation", .preset = {{"verified_on", "today"}},
    .sure = "Were these entries all checked today?",
};
#define AGREED "starts_on", "ends_on", "categories", "nhs_number", "risk_note", "summary", "death", "signed_by"
static const struct act agreement_edit = {
    .form = {.verb = "agreement edit", .title = "Change an agreement", .show = "agreement show", KEYS(AGREED)}, .about = "agreement",
};
static const struct act agreement_add = {
    .form = {.verb = "agreement add", .title = "Add a data-sharing agreement", KEYS("organisation", AGREED)},
};

const struct act directory_room = {
    .form = {.verb = "service edit", .title = "Has it room?", .show = "service show", KEYS("capacity", "capacity_note", "verified"), .only = true},
    .about = "service", .initial = {{"verified", "today"}},
};
const struct act directory_agree = {
    .form = {.verb = "agreement add", .title = "Add a data-sharing agreement", KEYS(AGREED)}, .about = "organisation",
};
const struct act directory_serve = {
    .form = {.verb = "service add", .title = "Add a service", KEYS("name", SERVES)}, .about = "organisation",
};
const struct act directory_pause = {
    .form = {.verb = "organisation edit", .title = "Pause"}, .about = "organisation", .preset = {{"status", "paused"}},
    .sure = "Pause? Nothing is handed to them until they are active again; what waits for them is held.",
};
const struct act directory_gone = {
    .form = {.verb = "organisation edit", .title = "Close"}, .about = "organisation", .preset = {{"status", "closed"}},
    .sure = "Close? Nothing is handed to them any more, and what waits for them is held.",
};
const struct act directory_active = {
    .form = {.verb = "organisation edit", .title = "Open again"}, .about = "organisation", .preset = {{"status", "active"}},
    .sure = "Open again? What was held for this reason goes with the next night.",
};

const struct directory_kind directory_service = {
    .name = "service", .record = &service_type, .tell = tell_service, .more = service_more,
    .of_organisation = true, .add = &service_add, .edit = &service_edit, .checked = &service_checked,
};
const struct directory_kind directory_organisation = {
    .name = "organisation", .record = &organisation_type, .tell = tell_organisation, .more = organisation_more,
    .add = &organisation_add, .edit = &organisation_edit, .checked = &organisation_checked,
};
const struct directory_kind directory_agreement = {
    .name = "agreement", .record = &agreement_type, .tell = tell_agreed, .more = agreement_more,
    .of_organisation = true, .add = &agreement_add, .edit = &agreement_edit,
};

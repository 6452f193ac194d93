/* SPDX-License-Identifier: MIT
 *
 * Everything that happened to a person in an episode in one order of days,
 * newest first: the steps of the referral, contacts, needs and their outcomes,
 * consent, handoffs, the plan, signposts, flags, answers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "person.h"
#include "values.h"

/* Where only the day is known: after the instants ("2026-..") of that day. */
#define LATE_IN_DAY "8"

struct happening {
    char when[64];  /* the day, then the instant or its place in the day: sorts as text */
    char key[48];
    char what[48];
    char *text;
};
struct happenings {
    struct case_file *f;
    struct happening *all;
    size_t n, room;
};

static void add(struct happenings *h, const char *key, const char *day, const char *at, const char *what, const char *text)
{
    if (!*day)
        return;
    if (h->n == h->room)
        h->all = xrealloc(h->all, (h->room = h->room ? 2 * h->room : 64) * sizeof *h->all);
    struct happening *row = &h->all[h->n++];
    snprintf(row->when, sizeof row->when, "%.10s %.30s", day, at);
    snprintf(row->key, sizeof row->key, "%.47s", key);
    snprintf(row->what, sizeof row->what, "%.47s", what);
    row->text = xstrdup(text);
}

/* ---- one kind each: how a part of the documents is said */

static void say_contact(struct case_file *f, const json_t *row, struct buf *text)
{
    (void)f;
    buf_fmt(text, "%s, %s%s%s", choice_label(contact_modes, doc_text(row, "mode")), choice_label(contact_outcomes, doc_text(row, "outcome")),
            *doc_text(row, "note") ? ": " : "", doc_text(row, "note"));
}

static void say_handoff(struct case_file *f, const json_t *row, struct buf *text)
{
    buf_fmt(text, "%s: %s, %s", doc_text(row, "label"), doc_text(row, "service_name"),
            session_code_label(desk_session(f->base.desk), "need", doc_text(row, "need")));
}

static void say_decision(struct case_file *f, const json_t *row, struct buf *text)
{
    buf_fmt(text, "%s: %s%s", doc_text(row, "decision_label"), choice_label(consent_purposes, doc_text(row, "purpose")),
            *doc_text(row, "recipients") ? ", " : "");
    person_say_recipients(f, row, text);
}

static void say_need(struct case_file *f, const json_t *row, struct buf *text)
{
    (void)f;
    buf_str(text, doc_text(row, "label"));
}

static void say_outcome(struct case_file *f, const json_t *row, struct buf *text)
{
    buf_fmt(text, "%s: %s", doc_text(row, "label"), session_code_label(desk_session(f->base.desk), "need_outcome", doc_text(row, "outcome")));
}

static void say_plan(struct case_file *f, const json_t *row, struct buf *text)
{
    (void)f;
    buf_fmt(text, "%s: %s", choice_label(plan_kinds, doc_text(row, "kind")), doc_text(row, "text"));
}

static void say_signpost(struct case_file *f, const json_t *row, struct buf *text)
{
    (void)f;
    buf_fmt(text, "%s  %s", doc_text(row, "to_name"), doc_text(row, "contact"));
}

static void say_flag(struct case_file *f, const json_t *row, struct buf *text)
{
    (void)f;
    buf_str(text, doc_text(row, "message"));
}

static void say_answer(struct case_file *f, const json_t *row, struct buf *text)
{
    (void)f;
    buf_fmt(text, "%s: %s", choice_label(answer_events, doc_text(row, "event")), doc_text(row, "told"));
}

static void say_source(struct case_file *f, const json_t *row, struct buf *text)
{
    buf_str(text, session_code_label(desk_session(f->base.desk), "source", doc_text(row, "source")));
}

static const struct kind {
    const char *kind, *day, *at, *what, *tail; /* at NULL: not known; tail: of the key, where a part is there twice */
    void (*say)(struct case_file *f, const json_t *row, struct buf *text);
} kinds[] = {
    {"contacts", "on_date", "created_at", "Contact", "", say_contact},
    {"handoffs", "state_at", "state_at", "Handoff", "", say_handoff},
    {"decisions", "valid_from", "recorded_at", "Consent", "", say_decision},
    {"needs", "created_at", "created_at", "Need", "", say_need},
    {"needs", "outcome_on", NULL, "Outcome", "/outcome", say_outcome},
    {"plan", "created_at", "created_at", "Plan", "", say_plan},
    {"signposts", "on_date", "created_at", "Signposted", "", say_signpost},
    {"flags", "created_at", "created_at", "Flag set", "", say_flag},
    {"flags", "resolved_on", NULL, "Flag settled", "/settled", say_flag},
    {"answers", "told_on", NULL, "Referrer told", "", say_answer},
    {"sources", "received_on", "created_at", "Also asked", "", say_source},
};

static void add_kind(struct happenings *h, const struct kind *k)
{
    size_t i;
    const json_t *row, *all = json_object_get(h->f->episode, k->kind);
    json_array_foreach(all ? all : json_object_get(h->f->consent, k->kind), i, row) {
        struct buf text = {0};
        char key[48];
        snprintf(key, sizeof key, "%s/%zu%s", k->kind, i, k->tail);
        k->say(h->f, row, &text);
        add(h, key, doc_text(row, k->day), k->at ? doc_text(row, k->at) : LATE_IN_DAY, k->what, buf_text(&text));
        buf_free(&text);
    }
}

/* The steps that the referral itself remembers, each with its place in a day on which several were taken. */
static void add_steps(struct happenings *h)
{
    static const struct {
        const char *key, *place, *what;
    } steps[] = {
        {"received_on", "0", "Received"},    {"accepted_on", "10", "Accepted"},  {"allocated_on", "11", "Given to a worker"},
        {"begun_on", "12", "Began together"}, {"closed_on", "9", "Closed"},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char key[48];
        const char *text = strcmp(steps[i].key, "closed_on") == 0     ? choice_label(close_reasons, doc_text(h->f->episode, "close_reason"))
                           : strcmp(steps[i].key, "received_on") == 0 ? doc_text(h->f->episode, "reason")
                                                                      : "";
        snprintf(key, sizeof key, "referral/%s", steps[i].key);
        add(h, key, doc_text(h->f->episode, steps[i].key), steps[i].place, steps[i].what, text);
    }
}

static int newest_first(const void *a, const void *b)
{
    const struct happening *x = a, *y = b;
    int order = strcmp(y->when, x->when);
    return order ? order : strcmp(y->key, x->key);
}

void person_fill_timeline(struct case_file *f)
{
    struct happenings h = {.f = f};
    add_steps(&h);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        add_kind(&h, &kinds[i]);
    if (h.n > 1)
        qsort(h.all, h.n, sizeof *h.all, newest_first);
    for (size_t i = 0; i < h.n; i++) {
        char date[DATE_SIZE], day[DAY_SHOWN];
        snprintf(date, sizeof date, "%.10s", h.all[i].when);
        doc_day(date, day);
        view_add(f->views[TAB_TIMELINE], (const char *const[]){h.all[i].key, day, h.all[i].what, h.all[i].text});
        free(h.all[i].text);
    }
    free(h.all);
}

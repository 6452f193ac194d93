/* SPDX-License-Identifier: MIT
 *
 * One handoff, laid out in rows under headings: every gate with what would
 * open it, the very row that would leave and what is withheld from it, what
 * the organisation answered, and how it came to be so. Until it has left the
 * gates come first, afterwards the answers.
 */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "document.h"
#include "handoff_inside.h"
#include "onward/consent.h"
#include "onward/workflow.h"

static const struct view_column columns[] = {
    {.key = "key", .label = "", .width = 0},
    {.key = "what", .label = "", .width = 26},
    {.key = "state", .label = "", .width = 4},
    {.key = "text", .label = "", .width = 30, .grows = true},
    {.key = "section", .label = "", .width = 0},
    {.key = "whole", .label = "", .width = 0},
};

static const char *heading(const struct view *v, size_t row)
{
    return view_cell_at(v, row, "section");
}

static enum style style_of(const struct view *v, size_t row)
{
    const char *state = view_cell_at(v, row, "state");
    if (strcmp(state, "shut") == 0)
        return STYLE_WARN;
    return strcmp(state, "open") == 0 ? STYLE_GOOD : STYLE_PLAIN;
}

struct view *handoff_one_view(void)
{
    struct view *v = view_by_hand(columns, sizeof columns / sizeof *columns);
    view_set_heading(v, heading);
    view_set_style(v, style_of);
    return v;
}

struct row {
    const char *key, *what, *state, *text, *section;
    const char *whole; /* NULL: the text */
};

static void add(struct handoff_screen *w, const struct row *r)
{
    view_add(w->views[AT_ONE], (const char *const[]){r->key, r->what, r->state, r->text, r->section, r->whole ? r->whole : r->text});
}

/* ---- gates, and the way to open each */

static void ask_safeguarding(struct screen *self);
static void resume(struct screen *self);

static void still_wanted(struct screen *self)
{
    handoff_run(self, "handoff again");
}

static const struct opening {
    const char *gate;
    const char *how;                   /* what opens it, for a worker */
    void (*open)(struct screen *self); /* NULL: somebody else opens it */
} openings[] = {
    {"consent", "Enter takes consent now: the words to read out, then the form for this organisation and this need.", handoff_take_consent},
    {"organisation", "Ask your manager: agreements stand in the Directory (g d).", NULL},
    {"service", "r chooses another service. What a service has room for is changed in the Directory (g d).", NULL},
    {"safeguarding", "Enter answers the safeguarding question, or records that handing on is safe.", ask_safeguarding},
    {"referral", "Enter resumes a paused referral.", resume},
    {"columns", "Ask your manager to have the agreement widened (Directory, g d).", NULL},
    {"again", "Enter says that it is still wanted.", still_wanted},
};

static const struct opening *opening_of(const char *gate)
{
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (strcmp(openings[i].gate, gate) == 0)
            return &openings[i];
    return NULL;
}

static const char *gate_label(const char *gate)
{
    for (int i = 0; i < GATE_COUNT; i++)
        if (strcmp(gate_names[i], gate) == 0)
            return gate_labels[i];
    return "Still wanted";
}

static void add_gates(struct handoff_screen *w)
{
    const json_t *gates = json_object_get(w->doc, "gates"), *g;
    size_t i;
    json_array_foreach(gates, i, g) {
        const char *gate = doc_text(g, "gate"), *reason = doc_text(g, "reason");
        const struct opening *opening = opening_of(gate);
        bool open = doc_is(g, "open");
        struct buf key = {0}, whole = {0};
        buf_fmt(&key, "gate/%s", gate);
        buf_fmt(&whole, "%s%s%s", reason, open || !opening ? "" : "\n", open || !opening ? "" : opening->how);
        add(w, &(struct row){buf_text(&key), gate_label(gate), open ? "open" : "shut", reason, "Gates: all must be open", buf_text(&whole)});
        buf_free(&key);
        buf_free(&whole);
    }
}

static void question_picked(struct screen *over, const char *key)
{
    desk_act(over, strcmp(key, "safe") == 0 ? &act_safe : &act_safeguarding);
}

static void ask_safeguarding(struct screen *self)
{
    static const struct choice_row rows[] = {
        {"answer", "Answer the safeguarding question", "no concern, a concern"},
        {"safe", "Record that handing on is safe", "while a concern is open"},
    };
    dialog_pick(self, "Safeguarding", rows, sizeof rows / sizeof *rows, question_picked);
}

static void resume(struct screen *self)
{
    desk_act(self, &act_resume);
}

/* ---- the row that would leave */

static const char *row_section(const json_t *row)
{
    const char *action = doc_text(row, "action");
    if (strcmp(action, "withdraw") == 0)
        return "The stop that is sent";
    return strcmp(action, "update") == 0 ? "The row that a correction sends" : "The very row that would leave";
}

static void add_column(struct handoff_screen *w, const char *section, const char *column, const char *text, const char *why)
{
    struct buf key = {0}, whole = {0};
    buf_fmt(&key, "row/%s", column);
    buf_fmt(&whole, "%s%s%s", text, *text && *why ? "\n" : "", why);
    add(w, &(struct row){buf_text(&key), column, "", *text ? text : why, section, buf_text(&whole)});
    buf_free(&key);
    buf_free(&whole);
}

static void add_row(struct handoff_screen *w)
{
    json_t *row = json_object_get(w->doc, "row"), *withheld = json_object_get(w->doc, "withheld"), *value;
    const char *column, *section = row_section(row);
    bool is_stop = strcmp(doc_text(row, "action"), "withdraw") == 0;
    struct buf empty = {0};
    json_object_foreach(row, column, value) {
        const char *text = json_string_value(value), *why = doc_text(withheld, column);
        if (*text)
            add_column(w, section, column, text, why);
        else if (!*why)
            buf_fmt(&empty, "%s%s", empty.len ? ", " : "", column);
    }
    if (is_stop) { /* it says nothing else, and needs no list of it */
        buf_free(&empty);
        return;
    }
    if (empty.len)
        add_column(w, section, "left empty", buf_text(&empty), "Nothing of this is recorded.");
    json_object_foreach(withheld, column, value)
        if (!*doc_text(row, column))
            add_column(w, "Withheld from it", column, "", json_string_value(value));
    buf_free(&empty);
}

/* ---- what is known, answers, history */

static void add_fact(struct handoff_screen *w, const char *label, const char *value)
{
    if (*value)
        add(w, &(struct row){label, label, "", value, "Now", NULL});
}

static void add_day_fact(struct handoff_screen *w, const char *label, const char *key)
{
    char day[DAY_SHOWN];
    doc_day(doc_text(w->doc, key), day);
    add_fact(w, label, day);
}

/* Of a decline or of a failure: a code, or what they wrote. */
static const char *reason_label(const struct handoff_screen *w, const char *reason)
{
    struct session *s = desk_session(w->base.desk);
    const char *label = session_code_label(s, "decline_reason", reason);
    return strcmp(label, reason) == 0 ? session_code_label(s, "fail_reason", reason) : label;
}

static const char *outcome_label(const struct handoff_screen *w, const char *outcome)
{
    return session_code_label(desk_session(w->base.desk), "handoff_outcome", outcome);
}

static void add_facts(struct handoff_screen *w)
{
    bool stopped = *doc_text(w->doc, "stop_reason") != '\0';
    if (doc_is(w->doc, "urgent"))
        add_fact(w, "Urgent", *doc_text(w->doc, "rung_on") ? "they were rung too" : "ring them too, then d says that they were rung");
    if (!doc_is(w->doc, "worker_told"))
        add_fact(w, "News", "they answered; d says that you have read it");
    if (doc_is(w->doc, "stop_owed"))
        add_fact(w, "Stop", "owed, and open until they confirm it; d records that they did");
    if (stopped)
        add_fact(w, "Why stopped", choice_label(stop_reasons, doc_text(w->doc, "stop_reason")));
    add_day_fact(w, "Stop confirmed", "stop_confirmed_on");
    if (workflow_find(MACHINE_HANDOFF, handoff_state(w), "no_response")) /* the clock runs */
        add_day_fact(w, "Answer due by", "reply_by");
    add_day_fact(w, "Expected on", "expected_on");
    add_fact(w, "Declined by", choice_label(decliners, doc_text(w->doc, "declined_by")));
    add_fact(w, "Reason", reason_label(w, doc_text(w->doc, "reason")));
    add_fact(w, "Outcome", outcome_label(w, doc_text(w->doc, "outcome")));
    add_fact(w, "Their reference", doc_text(w->doc, "their_reference"));
    add_fact(w, "Their worker", doc_text(w->doc, "their_worker"));
    add_fact(w, "Follows", doc_text(w->doc, "previous"));
    add_day_fact(w, "Reviewed", "reviewed_on");
}

static void say_part(struct buf *out, const char *text)
{
    if (*text)
        buf_fmt(out, "%s%s", out->len ? ", " : "", text);
}

static void add_answers(struct handoff_screen *w)
{
    const json_t *replies = json_object_get(w->doc, "replies");
    char key[32], day[DAY_SHOWN];
    for (size_t i = json_array_size(replies); i-- > 0;) {
        const json_t *r = json_array_get(replies, i);
        struct buf what = {0}, text = {0};
        doc_day(doc_text(r, "on_date"), day);
        snprintf(key, sizeof key, "answer/%zu", i);
        buf_fmt(&what, "%s, %s", day, choice_label(reply_statuses, doc_text(r, "status")));
        say_part(&text, choice_label(reply_hows, doc_text(r, "how")));
        say_part(&text, doc_text(r, "said_by"));
        say_part(&text, reason_label(w, doc_text(r, "reason")));
        say_part(&text, outcome_label(w, doc_text(r, "outcome")));
        if (*doc_text(r, "note"))
            buf_fmt(&text, ": %s", doc_text(r, "note"));
        if (strcmp(doc_text(r, "verdict"), "applied") != 0 && *doc_text(r, "why"))
            buf_fmt(&text, " (%s)", doc_text(r, "why"));
        add(w, &(struct row){key, buf_text(&what), "", buf_text(&text), "What they said", NULL});
        buf_free(&what);
        buf_free(&text);
    }
}

static void add_events(struct handoff_screen *w)
{
    const json_t *events = json_object_get(w->doc, "events");
    char key[32], day[DAY_SHOWN];
    for (size_t i = json_array_size(events); i-- > 0;) {
        const json_t *ev = json_array_get(events, i);
        struct buf text = {0};
        doc_day(doc_text(ev, "on_date"), day);
        snprintf(key, sizeof key, "event/%zu", i);
        buf_str(&text, choice_label(handoff_states, doc_text(ev, "to")));
        if (strcmp(doc_text(ev, "effect"), "implied") == 0)
            say_part(&text, "as what they said implies");
        say_part(&text, doc_text(ev, "note"));
        if (*doc_text(ev, "by"))
            buf_fmt(&text, " (%s)", doc_text(ev, "by"));
        add(w, &(struct row){key, day, "", buf_text(&text), "How it came to be so, the newest first", NULL});
        buf_free(&text);
    }
}

static void add_packages(struct handoff_screen *w)
{
    const json_t *batches = json_object_get(w->doc, "batches"), *b;
    char key[80], day[DAY_SHOWN];
    size_t i;
    json_array_foreach(batches, i, b) {
        struct buf text = {0};
        doc_day(doc_text(b, "run_on"), day);
        snprintf(key, sizeof key, "package/%zu", i);
        buf_fmt(&text, "%s, row %s (%s), run of %s", choice_label(batch_states, doc_text(b, "state")), doc_text(b, "row_id"),
                doc_text(b, "action"), day);
        add(w, &(struct row){key, doc_text(b, "batch"), "", buf_text(&text), "Packages it went in", NULL});
        buf_free(&text);
    }
}

/* ---- the whole */

/* Is something of it still to leave, so that gates and row mean anything? */
static bool may_leave(const struct handoff_screen *w)
{
    return handoff_is_open(handoff_state(w)) || doc_is(w->doc, "stop_owed");
}

static void lay_out_leaving(struct handoff_screen *w)
{
    if (!may_leave(w))
        return;
    if (!doc_is(w->doc, "stop_owed")) /* no gate holds a stop back */
        add_gates(w);
    if (json_object_get(w->doc, "row"))
        add_row(w);
}

static void lay_out(struct handoff_screen *w)
{
    bool has_left = *doc_text(w->doc, "exported_at") != '\0';
    if (!has_left)
        lay_out_leaving(w);
    add_facts(w);
    add_answers(w);
    if (has_left)
        lay_out_leaving(w);
    add_events(w);
    add_packages(w);
}

bool handoff_read_one(struct handoff_screen *w, struct err *e)
{
    json_t *doc = desk_show(&w->base, "handoff show", w->handoff, e);
    if (!doc)
        return false;
    json_decref(w->doc);
    w->doc = doc;
    text_put(w->handoff, sizeof w->handoff, doc_text(doc, "handoff"));
    text_put(w->person, sizeof w->person, doc_text(doc, "person"));
    text_put(w->referral, sizeof w->referral, doc_text(doc, "referral"));
    text_put(w->need, sizeof w->need, doc_text(doc, "need"));
    view_clear(w->views[AT_ONE]);
    lay_out(w);
    return view_load(w->views[AT_ONE], e);
}

bool handoff_go_to_shut(struct handoff_screen *w)
{
    struct view *v = w->views[AT_ONE];
    for (size_t i = 0; i < view_rows(v); i++)
        if (strcmp(view_cell_at(v, i, "state"), "shut") == 0)
            return view_select(v, view_key_at(v, i));
    return false;
}

void handoff_open_row(struct screen *self)
{
    struct view *v = ((struct handoff_screen *)self)->views[AT_ONE];
    const char *key = view_key(v);
    const struct opening *opening = key && text_starts(key, "gate/") ? opening_of(key + strlen("gate/")) : NULL;
    if (!key)
        return;
    if (!opening || strcmp(view_cell(v, "state"), "open") == 0)
        dialog_text(self, view_cell(v, "what"), view_cell(v, "whole"));
    else if (opening->open)
        opening->open(self);
    else
        desk_say(self, "%s", opening->how);
}

/* What a worker can do about each state. */
static const struct {
    const char *state, *next;
} next_steps[] = {
    {"draft", "Not sent: s sends it tonight, w drops it."},
    {"held", "It goes by itself once the shut gates are open."},
    {"queued", "Until then e changes it and w takes it back."},
    {"exported", "Its package waits to be sent: see Tonight (g n)."},
    {"delivered", "y records what they say."},
    {"acknowledged", "y records what they say next."},
    {"waitlisted", "y records what they say next."},
    {"accepted", "y records what they say next."},
    {"in_progress", "y records what they say next."},
    {"on_hold", "y records what they say next."},
    {"declined", "r asks another service."},
    {"no_response", "Ring them and press y, or r asks another service."},
    {"failed", "r asks another service."},
    {"withdrawing", "d when they confirm."},
};

static const char *next_step(const char *state)
{
    for (size_t i = 0; i < sizeof next_steps / sizeof *next_steps; i++)
        if (strcmp(next_steps[i].state, state) == 0)
            return next_steps[i].next;
    return "";
}

void handoff_one_draw_top(const struct handoff_screen *w, struct canvas *c, struct area a)
{
    char since[DAY_SHOWN];
    const char *state = handoff_state(w);
    int left = a.col + 1, wide = a.cols - 1;
    doc_day(doc_text(w->doc, "state_at"), since);
    int at = canvas_text(c, a.row, left, wide, STYLE_TITLE, doc_text(w->doc, "need_label"));
    at += canvas_text(c, a.row, left + at, wide - at, STYLE_PLAIN, " to ");
    at += canvas_text(c, a.row, left + at, wide - at, STYLE_TITLE, doc_text(w->doc, "service_name"));
    canvas_fmt(c, a.row, left + at, wide - at, STYLE_PLAIN, ", %s", doc_text(w->doc, "organisation_name"));
    at = canvas_fmt(c, a.row + 1, left, wide, STYLE_TITLE, "%s", doc_text(w->doc, "state_label"));
    canvas_fmt(c, a.row + 1, left + at, wide - at, STYLE_PLAIN, " since %s. %s", since, next_step(state));
}

/* SPDX-License-Identifier: MIT
 *
 * Choosing what to hand off and to whom: the needs of the episode with what
 * is under way for each, then the services that `match` ranks, with their
 * reasons, and those it excludes with the one gate that does. Choosing a
 * service plans the handoff, so that its gates can be asked; nothing is sent.
 */
#include <stdio.h>
#include <string.h>

#include "document.h"
#include "handoff_inside.h"
#include "onward/workflow.h"

static struct session *session_of(const struct handoff_screen *w)
{
    return desk_session(w->base.desk);
}

static bool read_episode(struct handoff_screen *w, struct err *e)
{
    json_t *doc = desk_show(&w->base, "referral show", w->referral, e);
    if (!doc)
        return false;
    json_decref(w->episode);
    w->episode = doc;
    text_put(w->person, sizeof w->person, doc_text(doc, "person"));
    return true;
}

/* ---- needs */

static const struct view_column need_columns[] = {
    {.key = "key", .label = "", .width = 0},
    {.key = "need", .label = "Need", .width = 34},
    {.key = "severity", .label = "How bad", .width = 12},
    {.key = "under_way", .label = "Handed off", .width = 24, .grows = true},
    {.key = "whole", .label = "", .width = 0},
};

struct view *handoff_needs_view(void)
{
    struct view *v = view_by_hand(need_columns, sizeof need_columns / sizeof *need_columns);
    view_set_empty(v, "No need is recorded yet. Record what they need first: a on the Needs tab of the person.");
    return v;
}

/* "Held with Money line; Completed with The shed" of one need. */
static void say_under_way(const json_t *episode, const char *need, struct buf *out)
{
    const json_t *handoffs = json_object_get(episode, "handoffs"), *h;
    size_t i;
    json_array_foreach(handoffs, i, h)
        if (strcmp(doc_text(h, "need"), need) == 0)
            buf_fmt(out, "%s%s: %s", out->len ? "; " : "", doc_text(h, "label"), doc_text(h, "service_name"));
}

static void add_need(struct handoff_screen *w, const json_t *need)
{
    char severity[24] = "";
    struct buf under_way = {0}, whole = {0};
    const char *code = doc_text(need, "code"), *note = doc_text(need, "note");
    json_int_t bad = json_integer_value(json_object_get(need, "severity"));
    if (bad)
        snprintf(severity, sizeof severity, "%d of 5%s", (int)bad, doc_is(need, "is_main") ? " main" : "");
    say_under_way(w->episode, code, &under_way);
    if (*note)
        buf_fmt(&whole, "%s\n", note);
    if (under_way.len)
        buf_fmt(&whole, "%s.\n", buf_text(&under_way));
    buf_str(&whole, "Enter shows the services that could take this need.");
    view_add(w->views[AT_NEEDS],
             (const char *const[]){code, doc_text(need, "label"), severity, buf_text(&under_way), buf_text(&whole)});
    buf_free(&under_way);
    buf_free(&whole);
}

bool handoff_read_needs(struct handoff_screen *w, struct err *e)
{
    const json_t *needs, *need;
    size_t i;
    if (!read_episode(w, e))
        return false;
    view_clear(w->views[AT_NEEDS]);
    needs = json_object_get(w->episode, "needs");
    json_array_foreach(needs, i, need)
        add_need(w, need);
    return view_load(w->views[AT_NEEDS], e);
}

void handoff_choose_need(struct screen *self)
{
    struct handoff_screen *w = (struct handoff_screen *)self;
    const char *need = view_key(w->views[AT_NEEDS]);
    struct err e = {0};
    if (!need) {
        desk_say(self, "There is no need to hand off yet; record one on the Needs tab of the person.");
        return;
    }
    text_put(w->need, sizeof w->need, need);
    if (handoff_read_services(w, &e) && view_home(w->views[AT_SERVICES], &e))
        w->step = AT_SERVICES;
    else
        desk_error(self, &e);
}

/* ---- services */

static const char under_way[] = "Under way already", can_take[] = "Can take it, the best first", cannot_take[] = "Cannot take it now";

static const struct view_column service_columns[] = {
    {.key = "key", .label = "", .width = 0},
    {.key = "place", .label = "", .width = 2},
    {.key = "service", .label = "Service", .width = 24, .grows = true},
    {.key = "organisation", .label = "Organisation", .width = 20},
    {.key = "note", .label = "", .width = 22, .grows = true},
    {.key = "section", .label = "", .width = 0},
    {.key = "whole", .label = "", .width = 0},
};

static const char *service_heading(const struct view *v, size_t row)
{
    return view_cell_at(v, row, "section");
}

struct view *handoff_services_view(void)
{
    struct view *v = view_by_hand(service_columns, sizeof service_columns / sizeof *service_columns);
    view_set_heading(v, service_heading);
    view_set_empty(v, "No service in the directory names this need. Look under another need (Esc), or ask for one to be added.");
    return v;
}

static void add_service(struct handoff_screen *w, const char *key, const char *place, const json_t *s, const char *note, const char *section,
                        const char *whole)
{
    const char *name = doc_text(s, "name");
    view_add(w->views[AT_SERVICES], (const char *const[]){key, place, *name ? name : doc_text(s, "service_name"),
                                                          doc_text(s, "organisation_name"), note, section, whole});
}

static void say_reasons(struct buf *out, const char *label, const json_t *reasons)
{
    size_t i;
    const json_t *reason;
    json_array_foreach(reasons, i, reason)
        buf_fmt(out, "%s%s", i ? "; " : label, json_string_value(reason));
    if (json_array_size(reasons))
        buf_str(out, ".\n");
}

static void add_candidate(struct handoff_screen *w, size_t place, const json_t *s)
{
    const json_t *against = json_object_get(s, "against");
    const char *note = json_string_value(json_array_get(against, 0));
    char number[24];
    struct buf whole = {0};
    snprintf(number, sizeof number, "%zu", place);
    say_reasons(&whole, "For: ", json_object_get(s, "for"));
    say_reasons(&whole, "Against: ", against);
    buf_fmt(&whole, "%d of 100. Enter plans a handoff to it and shows its gates; nothing is sent yet.",
            (int)json_integer_value(json_object_get(s, "score")));
    add_service(w, doc_text(s, "service"), number, s, note ? note : "nothing against it", can_take, buf_text(&whole));
    buf_free(&whole);
}

static void add_under_way(struct handoff_screen *w)
{
    const json_t *handoffs = json_object_get(w->episode, "handoffs"), *h;
    size_t i;
    json_array_foreach(handoffs, i, h)
        if (strcmp(doc_text(h, "need"), w->need) == 0 && handoff_is_open(doc_text(h, "state")))
            add_service(w, doc_text(h, "handoff"), "", h, doc_text(h, "label"), under_way, "Enter opens this handoff.");
}

/* The answer of `match` (the caller's to decref); NULL with e. */
static json_t *ask_match(struct handoff_screen *w, struct err *e)
{
    const struct typed words[] = {{"referral", w->referral}, {"need", w->need}};
    struct outcome o = {0};
    json_t *doc = verb_run(session_of(w), verb_find("match"), words, sizeof words / sizeof *words, &o, e) ? json_incref(o.detail) : NULL;
    outcome_free(&o);
    return doc;
}

bool handoff_read_services(struct handoff_screen *w, struct err *e)
{
    json_t *match = read_episode(w, e) ? ask_match(w, e) : NULL, *s;
    size_t i;
    if (!match)
        return false;
    view_clear(w->views[AT_SERVICES]);
    add_under_way(w);
    json_array_foreach(json_object_get(match, "candidates"), i, s)
        add_candidate(w, i + 1, s);
    json_array_foreach(json_object_get(match, "excluded"), i, s)
        add_service(w, doc_text(s, "service"), "", s, doc_text(s, "why"), cannot_take, doc_text(s, "why"));
    json_decref(match);
    return view_load(w->views[AT_SERVICES], e);
}

/* ---- planning */

static void plan(struct screen *self)
{
    struct handoff_screen *w = (struct handoff_screen *)self;
    struct typed words[3] = {{"service", view_key(w->views[AT_SERVICES])}, {"referral", w->referral}, {"need", w->need}};
    bool follows = *w->follows != '\0';
    struct outcome o = {0};
    struct err e = {0};
    if (follows)
        words[1] = (struct typed){"handoff", w->follows};
    if (!verb_run(session_of(w), verb_find(follows ? "handoff re-route" : "handoff plan"), words, follows ? 2 : 3, &o, &e)) {
        desk_error(self, &e);
    } else {
        text_put(w->handoff, sizeof w->handoff, o.ref);
        w->step = AT_ONE;
        desk_refresh(self->desk);
        desk_say(self, "%s is planned and not sent: see its gates, then s sends it tonight.", w->handoff);
    }
    outcome_free(&o);
}

void handoff_choose_service(struct screen *self)
{
    struct handoff_screen *w = (struct handoff_screen *)self;
    struct view *v = w->views[AT_SERVICES];
    const char *section = view_cell(v, "section");
    struct buf question = {0};
    if (!view_key(v)) {
        desk_say(self, "There is no service to choose here.");
    } else if (strcmp(section, under_way) == 0) {
        desk_open(self, &handoff_screen, &(struct open_args){.handoff = view_key(v)});
    } else if (strcmp(section, cannot_take) == 0) {
        buf_fmt(&question, "%s Plan it all the same? It is held until that has changed.", view_cell(v, "whole"));
        dialog_ask(self, view_cell(v, "service"), buf_text(&question), plan);
    } else {
        plan(self);
    }
    buf_free(&question);
}

void handoff_choose_draw_top(const struct handoff_screen *w, struct canvas *c, struct area a)
{
    if (w->step == AT_NEEDS) {
        canvas_text(c, a.row, a.col + 1, a.cols - 1, STYLE_PLAIN, "Which need is to be handed off?");
        return;
    }
    int at = canvas_text(c, a.row, a.col + 1, a.cols - 1, STYLE_TITLE, session_code_label(session_of(w), "need", w->need));
    canvas_fmt(c, a.row, a.col + 1 + at, a.cols - 1 - at, STYLE_PLAIN, "%s: who should help?",
               *w->follows ? ", asked of another service" : "");
}

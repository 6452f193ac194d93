/* SPDX-License-Identifier: MIT
 *
 * Consent of one person: how it stands today for each purpose and each
 * organisation, every decision newest first, and the words to read out before
 * a new one. What covers what is the engine's to say: the document of
 * `consent show` is laid out in rows here.
 */
#include <stdlib.h>
#include <string.h>

#include "consent_form.h"
#include "desk.h"
#include "document.h"
#include "onward/records.h"

#define PURPOSES 3

struct consent_screen {
    struct screen base;
    char person[REF_SIZE];
    char recipients[CODE_SIZE], need[CODE_SIZE]; /* of the handoff it was opened for; "" */
    json_t *doc;
    struct consent_words words[PURPOSES]; /* in the order of consent_purposes */
    struct view *view;
};

static const struct view_column columns[] = {
    {.key = "key", .label = "", .width = 0},
    {.key = "what", .label = "For", .width = 35},
    {.key = "state", .label = "Stands", .width = 14},
    {.key = "text", .label = "", .width = 20, .grows = true},
    {.key = "section", .label = "", .width = 0},
    {.key = "whole", .label = "", .width = 0},
    {.key = "purpose", .label = "", .width = 0},
    {.key = "organisation", .label = "", .width = 0},
    {.key = "need", .label = "", .width = 0},
};

/* ---- rows */

static const char section_now[] = "How it stands today", section_decisions[] = "Decisions, the newest first";

struct row {
    const char *key, *what, *state, *text, *section, *whole, *purpose, *organisation, *need;
};

static void add_row(struct consent_screen *w, const struct row *r)
{
    view_add(w->view, (const char *const[]){r->key, r->what, r->state, r->text, r->section, r->whole, r->purpose, r->organisation, r->need});
}

static const struct consent_words *words_of(const struct consent_screen *w, const char *purpose)
{
    for (size_t i = 0; i < PURPOSES; i++)
        if (strcmp(consent_purposes[i].code, purpose) == 0)
            return &w->words[i];
    die("%s is no purpose of consent", purpose);
}

static void say_words(const struct consent_screen *w, const char *purpose, struct buf *out)
{
    const struct consent_words *words = words_of(w, purpose);
    if (*words->code)
        buf_fmt(out, "To read out (%s): %s", words->code, buf_text(&words->text));
    else
        buf_str(out, "No words are in use for this; a manager adds them in Admin, under wordings.");
}

static void add_purpose(struct consent_screen *w, const struct choice *purpose)
{
    struct buf whole = {0};
    say_words(w, purpose->code, &whole);
    add_row(w, &(struct row){purpose->code, purpose->label, doc_text(w->doc, purpose->code), "", section_now, buf_text(&whole),
                             purpose->code, "", ""});
    buf_free(&whole);
}

static void add_organisation(struct consent_screen *w, const json_t *o)
{
    const char *code = doc_text(o, "organisation"), *need = doc_text(o, "need"), *reason = doc_text(o, "reason");
    struct buf key = {0}, what = {0}, text = {0}, whole = {0};
    buf_fmt(&key, "share/%s/%s", code, need);
    if (*need)
        buf_fmt(&what, "    about %s", session_code_label(desk_session(w->base.desk), "need", need));
    else
        buf_fmt(&what, "  %s", doc_text(o, "organisation_name"));
    doc_labels(doc_text(o, "categories"), data_categories, &text);
    if (text.len)
        buf_fmt(&whole, "%s may be told: %s.\n", doc_text(o, "organisation_name"), buf_text(&text));
    if (*reason)
        buf_fmt(&whole, "%s\n", reason);
    say_words(w, "share", &whole);
    add_row(w, &(struct row){buf_text(&key), buf_text(&what), doc_text(o, "standing"), text.len ? buf_text(&text) : reason, section_now,
                             buf_text(&whole), "share", code, need});
    buf_free(&key);
    buf_free(&what);
    buf_free(&text);
    buf_free(&whole);
}

static void add_standing(struct consent_screen *w)
{
    const json_t *organisations = json_object_get(w->doc, "organisations"), *o;
    size_t i;
    for (const struct choice *p = consent_purposes; p->code; p++) {
        add_purpose(w, p);
        if (strcmp(p->code, "share") == 0)
            json_array_foreach(organisations, i, o)
                add_organisation(w, o);
    }
}

/* The names of the organisations that a decision names; the words for none. */
static void say_recipients(const struct consent_screen *w, const json_t *decision, struct buf *out)
{
    const json_t *organisations = json_object_get(w->doc, "organisations"), *o;
    size_t i, n = 0;
    json_array_foreach(organisations, i, o)
        if (!*doc_text(o, "need") && codes_have(doc_text(decision, "recipients"), doc_text(o, "organisation")))
            buf_fmt(out, "%s%s", n++ ? ", " : "", doc_text(o, "organisation_name"));
    if (!n)
        buf_str(out, "everybody");
}

static void say_field(struct buf *out, const char *label, const char *value)
{
    if (*value)
        buf_fmt(out, "%s: %s. ", label, value);
}

static void say_codes(struct buf *out, const char *label, const char *codes, const struct choice *choices)
{
    struct buf labels = {0};
    doc_labels(codes, choices, &labels);
    say_field(out, label, buf_text(&labels));
    buf_free(&labels);
}

static void say_day(struct buf *out, const char *label, const char *when)
{
    char day[DAY_SHOWN];
    doc_day(when, day);
    say_field(out, label, day);
}

static void say_needs(const struct consent_screen *w, const char *codes, struct buf *out)
{
    char code[CODE_SIZE];
    struct buf labels = {0};
    for (const char *at = codes; (at = codes_next(at, code)) && *code;)
        buf_fmt(&labels, "%s%s", labels.len ? ", " : "", session_code_label(desk_session(w->base.desk), "need", code));
    say_field(out, "About", labels.len ? buf_text(&labels) : "every need");
    buf_free(&labels);
}

/* All that was recorded of one decision. */
static void say_decision(const struct consent_screen *w, const json_t *c, struct buf *out)
{
    bool share = strcmp(doc_text(c, "purpose"), "share") == 0;
    if (share) {
        buf_str(out, "With ");
        say_recipients(w, c, out);
        buf_str(out, ". ");
        say_needs(w, doc_text(c, "needs"), out);
        say_codes(out, "May be told", doc_text(c, "categories"), data_categories);
    }
    say_codes(out, "How", doc_text(c, "how"), consent_hows);
    say_codes(out, "Decided by", doc_text(c, "given_by"), consent_givers);
    say_field(out, "Their name", doc_text(c, "given_by_name"));
    say_field(out, "Decided by", doc_text(c, "decider"));
    say_field(out, "Interpreter", doc_text(c, "interpreter"));
    say_codes(out, "Capacity", doc_text(c, "capacity"), capacity_answers);
    say_field(out, "Assessed by", doc_text(c, "capacity_by"));
    say_day(out, "Assessed on", doc_text(c, "capacity_on"));
    say_day(out, "Holds from", doc_text(c, "valid_from"));
    say_day(out, "Until", doc_text(c, "expires_on"));
    say_day(out, "Review on", doc_text(c, "review_on"));
    say_field(out, "Reason", doc_text(c, "reason"));
    say_field(out, "Words heard", doc_text(c, "wording"));
    say_field(out, "Recorded by", doc_text(c, "recorded_by"));
    say_field(out, "Reference", doc_text(c, "ref"));
}

static void add_decision(struct consent_screen *w, const json_t *c)
{
    char day[DAY_SHOWN];
    const char *purpose = doc_text(c, "purpose");
    struct buf text = {0}, whole = {0};
    doc_day(doc_text(c, "recorded_at"), day);
    buf_str(&text, day);
    if (strcmp(purpose, "share") == 0) {
        buf_str(&text, ", ");
        say_recipients(w, c, &text);
    }
    say_decision(w, c, &whole);
    add_row(w, &(struct row){doc_text(c, "ref"), choice_label(consent_purposes, purpose), doc_text(c, "decision_label"), buf_text(&text),
                             section_decisions, buf_text(&whole), purpose, "", ""});
    buf_free(&text);
    buf_free(&whole);
}

static bool consent_refresh(struct screen *self, struct err *e)
{
    struct consent_screen *w = (struct consent_screen *)self;
    json_t *doc = desk_show(self, "consent show", w->person, e);
    if (!doc)
        return false;
    json_decref(w->doc);
    w->doc = doc;
    for (size_t i = 0; i < PURPOSES; i++)
        if (!consent_words_for(desk_session(self->desk), consent_purposes[i].code, &w->words[i], e))
            return false;
    view_clear(w->view);
    add_standing(w);
    const json_t *decisions = json_object_get(doc, "decisions");
    for (size_t i = json_array_size(decisions); i-- > 0;)
        add_decision(w, json_array_get(decisions, i));
    return view_load(w->view, e);
}

/* ---- the screen */

static const char *heading(const struct view *v, size_t row)
{
    return view_cell_at(v, row, "section");
}

/* Whom and what a handoff at whose gate we stand is about. */
static bool take_handoff(struct consent_screen *w, const char *handoff, struct err *e)
{
    json_t *h = desk_show(&w->base, "handoff show", handoff, e);
    if (!h)
        return false;
    text_put(w->person, sizeof w->person, doc_text(h, "person"));
    text_put(w->recipients, sizeof w->recipients, doc_text(h, "organisation"));
    text_put(w->need, sizeof w->need, doc_text(h, "need"));
    json_decref(h);
    return true;
}

static void consent_close(struct screen *self)
{
    struct consent_screen *w = (struct consent_screen *)self;
    for (size_t i = 0; i < PURPOSES; i++)
        consent_words_free(&w->words[i]);
    view_free(w->view);
    json_decref(w->doc);
}

static bool consent_open(struct screen *self, const void *args, struct err *e)
{
    struct consent_screen *w = (struct consent_screen *)self;
    const struct open_args *a = args;
    const char *person = a && a->person ? a->person : desk_subject(self->under, "person");
    if (a && a->handoff && !take_handoff(w, a->handoff, e))
        return false;
    if (!*w->person && !person)
        return err_set(e, ERR_NOT_FOUND, "Consent is of one person: open the person first, f finds them.");
    if (!*w->person && !text_copy(w->person, sizeof w->person, person))
        return err_set(e, ERR_NOT_FOUND, "There is no person of that reference.");
    w->view = view_by_hand(columns, sizeof columns / sizeof *columns);
    view_set_heading(w->view, heading);
    if (!consent_refresh(self, e)) {
        consent_close(self);
        return false;
    }
    view_select(w->view, "share");
    return true;
}

static void consent_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct consent_screen *w = (struct consent_screen *)self;
    struct area list, detail;
    layout_split(body, true, &list, &detail);
    view_draw(w->view, c, list, true);
    struct area text = {detail.row + 1, detail.col + 1, detail.rows - 1, detail.cols - 2};
    canvas_text(c, detail.row, detail.col + 1, detail.cols - 1, STYLE_TITLE, view_cell(w->view, "what"));
    canvas_wrap(c, text, STYLE_PLAIN, view_cell(w->view, "whole"), 0);
}

static void consent_headline(const struct screen *self, struct buf *out)
{
    const struct consent_screen *w = (const struct consent_screen *)self;
    buf_fmt(out, "%s  %s  sharing: %s", doc_text(w->doc, "name"), w->person, doc_text(w->doc, "share"));
}

static struct view *consent_view(const struct screen *self)
{
    return ((const struct consent_screen *)self)->view;
}

static const char *consent_subject(const struct screen *self, const char *kind)
{
    return strcmp(kind, "person") == 0 ? ((const struct consent_screen *)self)->person : NULL;
}

/* ---- commands */

/* What the selected row is about; on the row of sharing as a whole, what the handoff is about that it was opened for. */
static struct consent_about about_row(const struct consent_screen *w)
{
    const char *purpose = view_cell(w->view, "purpose"), *organisation = view_cell(w->view, "organisation"), *need = view_cell(w->view, "need");
    return (struct consent_about){w->person, *purpose ? purpose : "share", *organisation ? organisation : w->recipients,
                                  *need || *organisation ? need : w->need};
}

static void record(struct screen *self, const char *verb)
{
    struct consent_about about = about_row((struct consent_screen *)self);
    consent_record(self, verb, &about);
}

static void give_form(struct screen *self)
{
    record(self, "consent give");
}

static void give(struct screen *self)
{
    consent_read_out(self, about_row((struct consent_screen *)self).purpose, give_form);
}

static void refuse(struct screen *self)
{
    record(self, "consent refuse");
}

/* Only of what the row names: on the row of sharing as a whole, all of it. */
static void withdraw(struct screen *self)
{
    struct view *v = consent_view(self);
    struct consent_about about = about_row((struct consent_screen *)self);
    about.recipients = view_cell(v, "organisation");
    about.needs = view_cell(v, "need");
    consent_record(self, "consent withdraw", &about);
}

static void not_sought(struct screen *self)
{
    record(self, "consent not-sought");
}

static void best_interests(struct screen *self)
{
    record(self, "consent best-interests");
}

static void legal_duty(struct screen *self)
{
    record(self, "consent legal-duty");
}

static void show_whole(struct screen *self)
{
    struct consent_screen *w = (struct consent_screen *)self;
    if (view_key(w->view))
        dialog_text(self, view_cell(w->view, "what"), view_cell(w->view, "whole"));
}

static const struct command commands[] = {
    {.name = "give consent", .help = "Shows the words to read out, then asks for whom, for what and how it was given.", .keys = "a",
     .brief = "give", .flags = COMMAND_WRITES, .run = give},
    {.name = "refuse consent", .help = "Records that the person said no.", .keys = "R", .brief = "refuse", .flags = COMMAND_WRITES, .run = refuse},
    {.name = "withdraw consent", .help = "Withdraws what the row is about, at once; a reason may be given. Says what was stopped.", .keys = "w",
     .brief = "withdraw", .flags = COMMAND_WRITES, .run = withdraw},
    {.name = "show it whole", .help = "The row's text in full: reasons, words, everything recorded.", .keys = "Enter", .brief = "whole", .run = show_whole},
    {.name = "consent not sought", .help = "Records why consent was not asked for.", .keys = "", .flags = COMMAND_WRITES, .run = not_sought},
    {.name = "best interests decision", .help = "Records a decision in the best interests of a person who lacks capacity for it: one organisation, who decided, review date.",
     .keys = "", .flags = COMMAND_WRITES, .run = best_interests},
    {.name = "legal duty to share", .help = "Records a legal duty to share without consent: which duty, with whom, review date.", .keys = "",
     .flags = COMMAND_WRITES, .run = legal_duty},
    {.name = NULL},
};

const struct screen_type consent_screen = {
    .name = "consent", .title = "Consent",
    .help = "What a person agreed to: to be contacted, to have details shared with named organisations, to take part in evaluation. Read out the "
            "words below, then record what they say. A decision is never changed: a new one takes its place.",
    .size = sizeof(struct consent_screen), .commands = commands, .roles = ROLE_CARE, .record = true,
    .open = consent_open, .close = consent_close, .draw = consent_draw, .headline = consent_headline, .view = consent_view,
    .subject = consent_subject, .refresh = consent_refresh,
};

/* SPDX-License-Identifier: MIT
 *
 * The needs of one referral, in the grid of all that there are: what is
 * recorded is marked, with how bad it is, and the need in focus is said in
 * full below, with what came of it and who was asked to help.
 */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "pane.h"
#include "screens/need_grid.h"

struct needs {
    struct screen base;
    char referral[REF_SIZE];
    json_t *doc;          /* of `referral show` */
    struct need_grid grid;
    struct pane pane;     /* the need in focus */
};

enum { PANE_ROWS = 7, DIGITS = 16 };

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

/* What is recorded of a need; NULL: nothing. */
static const json_t *need_of(const struct needs *w, const char *code)
{
    size_t i;
    const json_t *row;
    json_array_foreach (json_object_get(w->doc, "needs"), i, row) {
        if (strcmp(text_of(row, "code"), code) == 0)
            return row;
    }
    return NULL;
}

static const json_t *need_in_focus(const struct needs *w)
{
    const struct need_cell *cell = need_grid_focus(&w->grid);
    return cell ? need_of(w, cell->code) : NULL;
}

/* ---- in words */

static void say_handoffs(struct needs *w, const char *code)
{
    size_t i;
    const json_t *h;
    json_array_foreach (json_object_get(w->doc, "handoffs"), i, h) {
        if (strcmp(text_of(h, "need"), code) == 0)
            pane_fmt(&w->pane, "Handed to", STYLE_PLAIN, "%s, %s: %s (%s)", text_of(h, "service_name"), text_of(h, "organisation_name"),
                     text_of(h, "label"), text_of(h, "handoff"));
    }
}

static void say_need(struct needs *w, const struct need_cell *cell, const json_t *need)
{
    static const char *const how_bad[] = {"not said", "1, slight", "2", "3", "4", "5, a crisis"};
    struct session *s = desk_session(w->base.desk);
    const struct field *found = field_find(need_type.fields, need_type.count, "found");
    pane_add(&w->pane, "How bad", STYLE_PLAIN, how_bad[cell->severity]);
    pane_fmt(&w->pane, "Found", STYLE_PLAIN, "%s%s", choice_label(found->choices, text_of(need, "found")),
             cell->main ? "; it is the main need" : "");
    pane_add(&w->pane, "Note", STYLE_PLAIN, text_of(need, "note"));
    if (*text_of(need, "outcome"))
        pane_fmt(&w->pane, "What came of it", STYLE_GOOD, "%s%s%s", session_code_label(s, "need_outcome", text_of(need, "outcome")),
                 *text_of(need, "outcome_note") ? ": " : "", text_of(need, "outcome_note"));
    say_handoffs(w, cell->code);
}

static void fill_pane(struct needs *w)
{
    const struct need_cell *cell = need_grid_focus(&w->grid);
    const json_t *need = need_in_focus(w);
    pane_free(&w->pane);
    if (!cell)
        return;
    pane_heading(&w->pane, cell->label);
    if (need)
        say_need(w, cell, need);
    else
        pane_add(&w->pane, "", STYLE_DIM, "Not a need of this referral. Enter adds it.");
}

static bool has_handoff(const struct needs *w, const char *code)
{
    size_t i;
    const json_t *h;
    json_array_foreach (json_object_get(w->doc, "handoffs"), i, h) {
        if (strcmp(text_of(h, "need"), code) == 0)
            return true;
    }
    return false;
}

static void fill_grid(struct needs *w)
{
    for (size_t i = 0; i < w->grid.n; i++) {
        struct need_cell *cell = &w->grid.cells[i];
        const json_t *need = need_of(w, cell->code);
        json_int_t severity = json_integer_value(json_object_get(need, "severity"));
        cell->on = need;
        cell->main = json_is_true(json_object_get(need, "is_main"));
        cell->severity = severity >= 1 && severity <= 5 ? (int)severity : 0;
        text_put(cell->tail, sizeof cell->tail, *text_of(need, "outcome") ? "ended" : need && has_handoff(w, cell->code) ? "handed" : "");
    }
    fill_pane(w);
}

/* ---- the screen */

static bool read_again(struct screen *self, struct err *e)
{
    struct needs *w = (struct needs *)self;
    json_t *doc = desk_show(self, "referral show", w->referral, e);
    if (!doc)
        return false;
    json_decref(w->doc);
    w->doc = doc;
    fill_grid(w);
    return true;
}

static void clear(struct screen *self)
{
    struct needs *w = (struct needs *)self;
    json_decref(w->doc);
    need_grid_free(&w->grid);
    pane_free(&w->pane);
}

/* The cursor begins on the need that was asked for, else on the main one. */
static void focus_on(struct needs *w, const char *code)
{
    for (size_t i = 0; i < w->grid.n; i++)
        if (code ? strcmp(w->grid.cells[i].code, code) == 0 : w->grid.cells[i].main)
            w->grid.at = i;
}

static bool open(struct screen *self, const void *args, struct err *e)
{
    struct needs *w = (struct needs *)self;
    const struct open_args *a = args;
    const char *ref = a && a->referral ? a->referral : self->under ? desk_subject(self->under, "referral") : NULL;
    if (!ref || !text_copy(w->referral, sizeof w->referral, ref))
        return err_set(e, ERR_INVALID, "Needs belong to a referral: open a person first.");
    if (!need_grid_init(&w->grid, desk_session(self->desk), false, e) || !read_again(self, e)) {
        clear(self);
        return false;
    }
    focus_on(w, a ? a->need : NULL);
    fill_pane(w);
    return true;
}

static void draw(struct screen *self, struct canvas *c, struct area body)
{
    struct needs *w = (struct needs *)self;
    struct area grid = {body.row, body.col + 1, body.rows - PANE_ROWS - 1, body.cols - 2};
    pane_draw(&w->pane, c, (struct area){body.row + body.rows - PANE_ROWS, body.col + 1, PANE_ROWS, body.cols - 2});
    need_grid_draw(&w->grid, c, grid, true);
}

static void headline(const struct screen *self, struct buf *out)
{
    const struct needs *w = (const struct needs *)self;
    const json_t *header = json_object_get(w->doc, "header");
    buf_fmt(out, "%s %s, %s: %s", text_of(header, "given_name"), text_of(header, "family_name"), w->referral, text_of(w->doc, "state_label"));
}

static const char *subject(const struct screen *self, const char *kind)
{
    const struct needs *w = (const struct needs *)self;
    const struct need_cell *cell = need_grid_focus(&w->grid);
    if (strcmp(kind, "person") == 0)
        return text_of(w->doc, "person");
    if (strcmp(kind, "referral") == 0)
        return w->referral;
    return strcmp(kind, "need") == 0 && cell ? cell->code : NULL;
}

/* ---- what is done to a need */

static bool is_recorded(const struct screen *self)
{
    return need_in_focus((const struct needs *)self);
}
static bool is_not_recorded(const struct screen *self)
{
    const struct needs *w = (const struct needs *)self;
    return need_grid_focus(&w->grid) && !need_in_focus(w);
}

static const char *number_of(const json_t *o, const char *key, char out[DIGITS])
{
    json_t *v = json_object_get(o, key);
    snprintf(out, DIGITS, "%d", (int)json_integer_value(v));
    return json_is_integer(v) ? out : "";
}

static void add_need(struct screen *self)
{
    static const char *const keys[] = {"severity", "found", "main", "note", NULL};
    struct needs *w = (struct needs *)self;
    const struct need_cell *cell = need_grid_focus(&w->grid);
    char title[LINE_SIZE + 32];
    snprintf(title, sizeof title, "Add a need: %s", cell->label);
    const struct form_spec spec = {.verb = "need add", .title = title, .keys = keys};
    const struct typed fixed[] = {{"referral", w->referral}, {"need", cell->code}};
    const struct typed initial[] = {{"found", "presenting"}};
    dialog_form(self, &spec, &(struct form_about){.fixed = fixed, .n_fixed = 2, .initial = initial, .n_initial = 1}, NULL);
}

static void edit_need(struct screen *self)
{
    static const char *const keys[] = {"severity", "found", "main", "note", NULL};
    struct needs *w = (struct needs *)self;
    const struct need_cell *cell = need_grid_focus(&w->grid);
    const json_t *need = need_in_focus(w);
    char title[LINE_SIZE + 32], version[DIGITS], severity[DIGITS];
    snprintf(title, sizeof title, "Change a need: %s", cell->label);
    const struct form_spec spec = {.verb = "need edit", .title = title, .keys = keys};
    const struct typed fixed[] = {{"referral", w->referral}, {"need", cell->code}, {"version", number_of(need, "version", version)}};
    const struct typed initial[] = {{"severity", number_of(need, "severity", severity)}, {"found", text_of(need, "found")},
                                    {"main", cell->main ? "yes" : "no"}, {"note", text_of(need, "note")}};
    dialog_form(self, &spec, &(struct form_about){.fixed = fixed, .n_fixed = 3, .initial = initial, .n_initial = 4}, NULL);
}

static void open_need(struct screen *self)
{
    if (is_recorded(self))
        edit_need(self);
    else if (is_not_recorded(self))
        add_need(self);
}

static void outcome_of_need(struct screen *self)
{
    static const char *const keys[] = {"outcome", "note", "on", NULL};
    struct needs *w = (struct needs *)self;
    const struct need_cell *cell = need_grid_focus(&w->grid);
    const json_t *need = need_in_focus(w);
    char title[LINE_SIZE + 32];
    snprintf(title, sizeof title, "What came of it: %s", cell->label);
    const struct form_spec spec = {.verb = "need outcome", .title = title, .keys = keys};
    const struct typed fixed[] = {{"referral", w->referral}, {"need", cell->code}};
    const struct typed initial[] = {{"outcome", text_of(need, "outcome")}, {"note", text_of(need, "outcome_note")},
                                    {"on", text_of(need, "outcome_on")}};
    dialog_form(self, &spec, &(struct form_about){.fixed = fixed, .n_fixed = 2, .initial = initial, .n_initial = 3}, NULL);
}

static void change(struct screen *self, const char *key, const char *value)
{
    struct needs *w = (struct needs *)self;
    char version[DIGITS];
    const struct typed words[] = {{"referral", w->referral}, {"need", need_grid_focus(&w->grid)->code},
                                  {"version", number_of(need_in_focus(w), "version", version)}, {key, value}};
    desk_run(self, "need edit", words, 4);
}

static void make_main(struct screen *self)
{
    change(self, "main", "yes");
}

static void refer(struct screen *self)
{
    struct needs *w = (struct needs *)self;
    desk_open(self, &handoff_screen, &(struct open_args){.referral = w->referral, .need = need_grid_focus(&w->grid)->code});
}

static void show_consent(struct screen *self)
{
    desk_open(self, &consent_screen, &(struct open_args){.person = subject(self, "person")});
}

static bool event(struct screen *self, const struct event *ev)
{
    struct needs *w = (struct needs *)self;
    if (ev->kind != EVENT_KEY)
        return false;
    if (need_grid_move(&w->grid, ev->key)) {
        fill_pane(w);
        return true;
    }
    if (ev->key < '1' || ev->key > '5' || !is_recorded(self))
        return false;
    change(self, "severity", (const char[]){(char)ev->key, '\0'});
    return true;
}

static const struct command commands[] = {
    {.name = "open the need", .help = "Opens the form of the need in focus: to add it, or to change what is recorded of it.", .keys = "Enter",
     .brief = "open", .flags = COMMAND_WRITES, .run = open_need},
    {.name = "add this need", .help = "Records the need in focus for this referral.", .keys = "a", .brief = "add", .flags = COMMAND_WRITES,
     .run = add_need, .can = is_not_recorded},
    {.name = "change this need", .help = "Changes how bad it is, how it was found, the note; 1 to 5 alone say how bad it is.", .keys = "e",
     .brief = "change", .flags = COMMAND_WRITES, .run = edit_need, .can = is_recorded},
    {.name = "make it the main need", .help = "Marks the need in focus as the main one of this referral.", .keys = "m", .brief = "main",
     .flags = COMMAND_WRITES, .run = make_main, .can = is_recorded},
    {.name = "what came of this need", .help = "Records the outcome of the need in focus.", .keys = "h", .brief = "outcome",
     .flags = COMMAND_WRITES, .run = outcome_of_need, .can = is_recorded},
    {.name = "refer this need", .help = "Starts handing the need in focus to a service, at its gates.", .keys = "r", .brief = "refer",
     .run = refer, .can = is_recorded},
    {.name = "consent", .help = "Shows what the person agreed to.", .keys = "c", .run = show_consent},
    {.name = NULL},
};

const struct screen_type needs_screen = {
    .name = "needs", .title = "Needs",
    .help = "What this person needs help with, in the grid of all that can be recorded. Arrows move; what is marked is recorded, with how bad "
            "it is from 1 to 5; below stands the need in focus, what came of it and who was asked to help.",
    .size = sizeof(struct needs), .commands = commands, .roles = ROLE_CARE, .record = true,
    .open = open, .close = clear, .draw = draw, .event = event, .headline = headline, .subject = subject, .refresh = read_again,
};

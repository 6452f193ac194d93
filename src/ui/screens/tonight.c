/* SPDX-License-Identifier: MIT
 *
 * Tonight: what goes by organisation, what is held and why, as a difference
 * from last night; and the packages that went, delivered or not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "document.h"
#include "onward/records.h"
#include "saved_views.h"

#define RUN_WIDTH 33 /* of the words on how the night is run */

/* What tonight comes to, for the line above the rows. */
struct tally {
    int goes, held, fresh_goes, fresh_held;
};
struct tonight {
    struct screen base;
    struct saved_views saved;
    struct tally all;
};

static const char *heading(const struct view *v, size_t row)
{
    if (strcmp(view_cell_at(v, row, "fate"), "held") == 0)
        return "Held";
    return view_cell_at(v, row, "organisation_name");
}

static enum style style_of(const struct view *v, size_t row)
{
    return strcmp(view_cell_at(v, row, "fate"), "held") == 0 ? STYLE_WARN : STYLE_PLAIN;
}

static enum style package_style(const struct view *v, size_t row)
{
    return strcmp(view_cell_at(v, row, "state"), "published") == 0 ? STYLE_WARN : STYLE_PLAIN;
}

static const struct view_column row_columns[] = {
    {.key = "is_new", .label = "Fresh", .width = 5},
    {.key = "action", .label = "What", .width = 10},
    {.key = "name", .label = NULL, .width = 20},
    {.key = "service_name", .label = NULL, .width = 18, .grows = true},
    {.key = "since", .label = NULL, .width = 11},
    {.key = "why", .label = NULL, .width = 30, .grows = true, .last = true},
    {.key = "worker", .label = NULL, .width = 12, .last = true},
};
static const struct view_column package_columns[] = {
    {.key = "batch", .label = "Package", .width = 30},
    {.key = "run_on", .label = NULL, .width = 11},
    {.key = "state", .label = NULL, .width = 13},
    {.key = "rows", .label = NULL, .width = 5},
    {.key = "delivered", .label = "Sent", .width = 10, .grows = true},
};
#define NIGHT .list = "tonight", .columns = row_columns, .n_columns = sizeof row_columns / sizeof *row_columns, .heading = heading, .style = style_of
static const struct saved_view views[] = {
    {.name = "Everything", NIGHT, .empty = "Nothing goes tonight and nothing is held. A handoff stands here once s has sent it."},
    {.name = "Mine", NIGHT, .mine = true, .empty = "Nothing of your people goes tonight, and nothing is held."},
    {.name = "Packages", .list = "batch list", .columns = package_columns, .n_columns = sizeof package_columns / sizeof *package_columns,
     .style = package_style, .empty = "No package was made yet. The night makes one for each organisation: onward nightly, on the command line."},
};
enum { EVERYTHING, MINE, PACKAGES };

static struct tonight *tonight_of(const struct screen *self)
{
    return (struct tonight *)self;
}

static struct view *tonight_view(const struct screen *self)
{
    return saved_views_shown(&tonight_of(self)->saved);
}

static bool shows_packages(const struct screen *self)
{
    return tonight_of(self)->saved.shown == PACKAGES;
}

/* ---- reading */

static void note(struct tally *t, bool held, bool fresh)
{
    *(held ? &t->held : &t->goes) += 1;
    *(held ? &t->fresh_held : &t->fresh_goes) += fresh;
}

static bool count(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct tally *t = ctx;
    bool held = false, fresh = false;
    (void)e;
    for (size_t i = 0; i < l->columns_count; i++) {
        if (strcmp(l->columns[i].key, "fate") == 0)
            held = strcmp(cells[i].text, "held") == 0;
        if (strcmp(l->columns[i].key, "is_new") == 0)
            fresh = cells[i].number == 1;
    }
    note(t, held, fresh);
    return true;
}

/* From the rows shown, where those are all there is: each is judged as it is read, which takes its time. */
static bool count_shown(const struct tonight *w, struct tally *t)
{
    struct view *v = saved_views_shown(&w->saved);
    if (w->saved.shown != EVERYTHING || *view_limit_text(v) || view_total(v) < 0)
        return false;
    for (size_t i = 0; i < view_rows(v); i++)
        note(t, strcmp(view_cell_at(v, i, "fate"), "held") == 0, strcmp(view_cell_at(v, i, "is_new"), "1") == 0);
    return true;
}

static bool count_all(struct tonight *w, struct session *s, struct err *e)
{
    struct tally all = {0};
    struct list_run r = {.row = count, .ctx = &all};
    if (!count_shown(w, &all) && !list_call(s, list_find("tonight"), NULL, 0, "screen", &r, e))
        return false;
    w->all = all;
    return true;
}

static bool tonight_refresh(struct screen *self, struct err *e)
{
    struct tonight *w = tonight_of(self);
    struct session *s = desk_session(self->desk);
    return saved_views_show(&w->saved, s, (long)w->saved.shown, e) && count_all(w, s, e);
}

static bool tonight_open(struct screen *self, const void *args, struct err *e)
{
    struct tonight *w = tonight_of(self);
    struct session *s = desk_session(self->desk);
    (void)args;
    if (!saved_views_open(&w->saved, s, views, sizeof views / sizeof *views, e))
        return false;
    if (count_all(w, s, e))
        return true;
    saved_views_close(&w->saved);
    return false;
}

static void tonight_close(struct screen *self)
{
    saved_views_close(&tonight_of(self)->saved);
}

static bool tonight_event(struct screen *self, const struct event *ev)
{
    return saved_views_key(&tonight_of(self)->saved, self, ev);
}

static const char *tonight_subject(const struct screen *self, const char *kind)
{
    struct view *v = tonight_view(self);
    if (strcmp(kind, "batch") == 0)
        return shows_packages(self) ? view_key(v) : NULL;
    static const char *const kinds[] = {"handoff", "person", "referral", "organisation"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0 && view_key(v) && *view_cell(v, kind))
            return view_cell(v, kind);
    return NULL;
}

static bool waits_by_hand(const struct screen *self)
{
    return shows_packages(self) && strcmp(view_cell(tonight_view(self), "state"), "published") == 0;
}

/* ---- drawing */

static void draw_summary(const struct tonight *w, struct canvas *c, struct area a)
{
    canvas_fmt(c, a.row, a.col + 1, a.cols - 1, STYLE_PLAIN, "%d go%s tonight, %d of them fresh since last night. %d held, %d fresh.", w->all.goes,
               w->all.goes == 1 ? "es" : "", w->all.fresh_goes, w->all.held, w->all.fresh_held);
}

/* Rows like the selected one among those held by the view: the same organisation, the same fate. */
static int rows_alike(struct view *v)
{
    const char *organisation = view_cell(v, "organisation"), *fate = view_cell(v, "fate");
    int n = 0;
    for (size_t i = 0; i < view_rows(v); i++)
        n += strcmp(view_cell_at(v, i, "organisation"), organisation) == 0 && strcmp(view_cell_at(v, i, "fate"), fate) == 0;
    return n;
}

static void say_row(struct view *v, struct session *s, struct buf *out)
{
    const char *why = view_cell(v, "why");
    int n = rows_alike(v);
    buf_fmt(out, "%s to %s, %s.\n", session_code_label(s, "need", view_cell(v, "need")), view_cell(v, "service_name"),
            view_cell(v, "organisation_name"));
    if (*why)
        buf_fmt(out, "%s\nEnter opens it with the way to open each gate.", why);
    else
        buf_fmt(out, "%d row%s to this organisation tonight. Enter opens it; w there takes it back.", n, n == 1 ? "" : "s");
}

static void tonight_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct tonight *w = tonight_of(self);
    struct area list, detail;
    struct view *v = tonight_view(self);
    struct buf text = {0};
    saved_views_draw(&w->saved, c, (struct area){body.row, body.col, 1, body.cols});
    canvas_text(c, body.row, body.col + body.cols - RUN_WIDTH, RUN_WIDTH, STYLE_DIM, "To run the night: onward nightly");
    draw_summary(w, c, (struct area){body.row + 1, body.col, 1, body.cols});
    layout_split((struct area){body.row + 2, body.col, body.rows - 2, body.cols}, true, &list, &detail);
    view_draw(v, c, list, true);
    if (view_key(v) && shows_packages(self))
        buf_str(&text, waits_by_hand(self) ? "It waits to be sent by hand: d says who sent it, and how. Enter shows its rows."
                                           : "Enter shows its rows and every try at delivery.");
    else if (view_key(v))
        say_row(v, desk_session(self->desk), &text);
    canvas_text(c, detail.row, detail.col + 1, detail.cols - 1, STYLE_TITLE, view_cell(v, shows_packages(self) ? "batch" : "name"));
    canvas_wrap(c, (struct area){detail.row + 1, detail.col + 1, detail.rows - 1, detail.cols - 2}, STYLE_PLAIN, buf_text(&text), 0);
    buf_free(&text);
}

/* ---- a package */

static void say_line(struct buf *out, const char *label, const char *value)
{
    if (*value)
        buf_fmt(out, "%s: %s\n", label, value);
}

static void say_day(struct buf *out, const char *label, const char *when)
{
    char day[DAY_SHOWN];
    doc_day(when, day);
    say_line(out, label, day);
}

static void say_package(const json_t *doc, struct buf *out)
{
    const json_t *rows = json_object_get(doc, "rows"), *tries = json_object_get(doc, "deliveries"), *r;
    char day[DAY_SHOWN];
    size_t i;
    say_line(out, "Organisation", doc_text(doc, "organisation"));
    say_line(out, "State", choice_label(batch_states, doc_text(doc, "state")));
    say_day(out, "Run of", doc_text(doc, "run_on"));
    say_day(out, "Sent on", doc_text(doc, "delivered_at"));
    say_line(out, "Sent by", doc_text(doc, "delivered_by"));
    say_line(out, "Sent how", doc_text(doc, "delivered_how"));
    say_line(out, "Why void", doc_text(doc, "void_reason"));
    say_line(out, "Package before", doc_text(doc, "previous"));
    say_line(out, "SHA-256", doc_text(doc, "sha256"));
    buf_fmt(out, "\nRows: %zu\n", json_array_size(rows));
    json_array_foreach(rows, i, r)
        buf_fmt(out, "  %s  %s  %s: %s\n", doc_text(r, "handoff"), doc_text(r, "row_id"), doc_text(r, "action"),
                choice_label(handoff_states, doc_text(r, "state")));
    buf_str(out, "\nTries at delivery\n");
    json_array_foreach(tries, i, r) {
        doc_day(doc_text(r, "at"), day);
        buf_fmt(out, "  %s  %s: %s%s%s\n", day, doc_text(r, "command"), doc_is(r, "ok") ? "done" : "failed",
                *doc_text(r, "note") ? ", " : "", doc_text(r, "note"));
    }
    if (!json_array_size(tries))
        buf_str(out, "  none\n");
}

static void show_package(struct screen *self)
{
    struct err e = {0};
    const char *batch = tonight_subject(self, "batch");
    json_t *doc = desk_show(self, "batch show", batch, &e);
    struct buf text = {0};
    if (doc) {
        say_package(doc, &text);
        dialog_text(self, batch, buf_text(&text));
    } else {
        desk_error(self, &e);
    }
    buf_free(&text);
    json_decref(doc);
}

/* ---- commands */

static void open_row(struct screen *self)
{
    if (!view_key(tonight_view(self)))
        desk_say(self, "There is no row to open.");
    else if (shows_packages(self))
        show_package(self);
    else
        desk_open(self, &handoff_screen, &(struct open_args){.handoff = tonight_subject(self, "handoff")});
}

static void consent(struct screen *self)
{
    desk_open(self, &consent_screen, &(struct open_args){.handoff = tonight_subject(self, "handoff")});
}

static bool has_handoff(const struct screen *self)
{
    return tonight_subject(self, "handoff") != NULL;
}

static void next_view(struct screen *self)
{
    saved_views_step(&tonight_of(self)->saved, self, 1);
}

static void previous_view(struct screen *self)
{
    saved_views_step(&tonight_of(self)->saved, self, -1);
}

static const struct command commands[] = {
    {.name = "open", .help = "Opens the handoff, or shows the package: its rows and every try at delivery.", .keys = "Enter", .brief = "open", .run = open_row},
    {.name = "consent", .help = "The Consent screen of the person of this row, ready for this organisation and need.", .keys = "c",
     .brief = "consent", .roles = ROLE_CARE, .run = consent, .can = has_handoff},
    {.name = "package was sent", .help = "Records that the package was sent by hand: by whom, and how.", .keys = "d", .brief = "was sent",
     .flags = COMMAND_WRITES, .roles = ROLE_CARE | ROLE_NIGHTLY, .act = &act_delivered, .can = waits_by_hand},
    {.name = "next view", .help = "Everything, mine, packages; 1, 2 and 3 show them too.", .keys = "]", .brief = "next view", .run = next_view},
    {.name = "previous view", .help = "Packages, mine, everything.", .keys = "[", .flags = COMMAND_HIDDEN, .run = previous_view},
    {.name = NULL},
};

const struct screen_type tonight_screen = {
    .name = "tonight", .title = "Tonight",
    .help = "What the next run of the night sends, by organisation, and what it holds and why; fresh is what last night did not have. The night is "
            "run from the command line: onward nightly. The packages view has what went, and what waits to be sent by hand.",
    .size = sizeof(struct tonight), .commands = commands, .roles = ROLE_CARE | ROLE_REP, .home = "n",
    .open = tonight_open, .close = tonight_close, .draw = tonight_draw, .event = tonight_event, .view = tonight_view,
    .subject = tonight_subject, .refresh = tonight_refresh,
};

/* SPDX-License-Identifier: MIT
 *
 * Caseload: the referrals in scope, by saved views, limited, sorted, tagged.
 * The pane shows the columns of the list alone; the record is opened, and
 * that logged, by Enter.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "pane.h"
#include "saved_views.h"
#include "tabs.h"
#include "values.h"

enum { MINE, QUIET, TRIAGE, WAITING, ALL_OPEN, CLOSED, AREA, VIEW_COUNT };

struct caseload {
    struct screen base;
    struct saved_view table[VIEW_COUNT];
    struct saved_views saved;
    char quiet_days[24], area[64]; /* what the views of that name are limited to */
    struct pane pane;
};

/* clang-format off: a column a line */
static const struct view_column columns[] = {
    {.key = "name", .label = "Name", .width = 20, .grows = true},
    {.key = "state", .label = "State", .width = 20, .grows = true},
    {.key = "received_on", .label = "Received", .width = 11},
    {.key = "last_reached_on", .label = "Reached", .width = 11},
    {.key = "worker", .label = "Worker", .width = 8},
    {.key = "neighbourhood", .label = "Neighbourhood", .width = 18, .grows = true, .last = true},
};
/* For who sees names masked: the reference is what can be told apart and said. */
static const struct view_column masked_columns[] = {
    {.key = "referral", .label = "Referral", .width = 12},
    {.key = "state", .label = "State", .width = 20, .grows = true},
    {.key = "received_on", .label = "Received", .width = 11},
    {.key = "last_reached_on", .label = "Reached", .width = 11},
    {.key = "neighbourhood", .label = "Neighbourhood", .width = 13, .grows = true},
    {.key = "worker", .label = "Worker", .width = 8, .last = true},
};
/* clang-format on */

/* What the pane says, first what a narrow list has no room for. */
static const char *const pane_keys[] = {
    "name", "state", "neighbourhood", "source", "needs", "handoffs", "urgent", "close_reason", "closed_on", "received_on", "last_reached_on",
    "worker", "referral", "person", NULL,
};
static const char *const names[VIEW_COUNT] = {"Mine", "Quiet", "Triage", "Waiting", "All open", "Closed", "Area"};

static struct caseload *caseload_of(const struct screen *self)
{
    return (struct caseload *)self;
}

static struct view *caseload_view(const struct screen *self)
{
    return saved_views_shown(&caseload_of(self)->saved);
}

static enum style look_of(const struct view *v, size_t row)
{
    const char *urgent = view_cell_at(v, row, "urgent");
    return strcmp(urgent, "yes") == 0 || strcmp(urgent, "1") == 0 ? STYLE_WARN : STYLE_PLAIN;
}

/* What each view is limited to; a worker's own where they have cases of their own. */
static void make_table(struct caseload *w, struct session *s)
{
    bool own = (session_roles(s) & ROLE_WORKER) != 0, masked = !(session_roles(s) & ROLE_CARE);
    snprintf(w->quiet_days, sizeof w->quiet_days, "%lld", (long long)session_setting(s, SET_QUIET_DAYS));
    const struct saved_view table[VIEW_COUNT] = {
        [MINE] = {.where = {{"open", "yes"}}, .mine = true, .empty = "No open case is yours. i takes a new referral; 5 shows all that are open."},
        [QUIET] = {.where = {{"open", "yes"}, {"quiet", w->quiet_days}}, .mine = own, .empty = "Everybody was reached lately; nobody is quiet."},
        [TRIAGE] = {.where = {{"state", "received"}}, .empty = "No referral waits for triage. New ones come by intake (i) and import."},
        [WAITING] = {.where = {{"state", "waiting"}}, .empty = "Nobody is on the waiting list."},
        [ALL_OPEN] = {.where = {{"open", "yes"}}, .empty = "No referral is open. i takes a new one."},
        [CLOSED] = {.where = {{"state", "closed"}}, .empty = "No referral is closed yet."},
        [AREA] = {.where = {{"open", "yes"}, {"neighbourhood", w->area}}, .empty = "No referral is open in this neighbourhood. 7 chooses another."},
    };
    memcpy(w->table, table, sizeof table);
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        w->table[i].name = names[i];
        w->table[i].list = "referral list";
        w->table[i].columns = masked ? masked_columns : columns;
        w->table[i].n_columns = masked ? sizeof masked_columns / sizeof *masked_columns : sizeof columns / sizeof *columns;
        w->table[i].style = look_of;
    }
}

static void caseload_close(struct screen *self)
{
    struct caseload *w = caseload_of(self);
    saved_views_close(&w->saved);
    pane_free(&w->pane);
}

static bool caseload_open(struct screen *self, const void *args, struct err *e)
{
    struct caseload *w = caseload_of(self);
    struct session *s = desk_session(self->desk);
    (void)args;
    make_table(w, s);
    if (!saved_views_open(&w->saved, s, w->table, VIEW_COUNT, e))
        return false;
    if ((session_roles(s) & ROLE_WORKER) || saved_views_show(&w->saved, s, ALL_OPEN, e))
        return true;
    caseload_close(self);
    return false;
}

static bool caseload_refresh(struct screen *self, struct err *e)
{
    return view_load(caseload_view(self), e);
}

static void caseload_headline(const struct screen *self, struct buf *out)
{
    const struct caseload *w = caseload_of(self);
    int64_t total = view_total(caseload_view(self));
    buf_str(out, w->saved.shown == AREA ? session_code_label(desk_session(self->desk), "neighbourhood", w->area) : names[w->saved.shown]);
    if (total >= 0)
        buf_fmt(out, ": %lld", (long long)total);
}

static const char *caseload_subject(const struct screen *self, const char *kind)
{
    const struct view *v = caseload_view(self);
    bool known = strcmp(kind, "person") == 0 || strcmp(kind, "referral") == 0;
    return known && view_key(v) && *view_cell(v, kind) ? view_cell(v, kind) : NULL;
}

static void caseload_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct caseload *w = caseload_of(self);
    struct area list, detail, rest = {body.row + 1, body.col, body.rows - 1, body.cols};
    tabs_draw(c, body.row, body.col, body.cols, names, VIEW_COUNT, w->saved.shown);
    layout_split(rest, desk_pane(self->desk), &list, &detail);
    view_draw(caseload_view(self), c, list, true);
    pane_clear(&w->pane);
    if (detail.rows > 0)
        pane_row(&w->pane, desk_session(self->desk), caseload_view(self), pane_keys);
    detail.col++;
    detail.cols--;
    pane_draw(&w->pane, c, detail);
}

/* ---- the views */

static void show(struct screen *self, long which)
{
    struct err e = {0};
    if (!saved_views_show(&caseload_of(self)->saved, desk_session(self->desk), which, &e))
        desk_error(self, &e);
}

static void show_area(struct screen *over, const char *code)
{
    struct caseload *w = caseload_of(over);
    if (!text_copy(w->area, sizeof w->area, code))
        return;
    if (w->saved.views[AREA])
        view_where(w->saved.views[AREA], "neighbourhood", w->area);
    show(over, AREA);
}

struct areas {
    struct choice_row rows[200];
    size_t n;
};

static bool add_area(void *ctx, const char *code, const char *label, const char *group)
{
    struct areas *a = ctx;
    (void)group;
    a->rows[a->n++] = (struct choice_row){xstrdup(code), xstrdup(label), ""};
    return a->n < sizeof a->rows / sizeof *a->rows;
}

static void choose_area(struct screen *self)
{
    struct areas a = {.n = 0};
    struct err e = {0};
    if (!session_codes(desk_session(self->desk), "neighbourhood", "", add_area, &a, &e))
        desk_error(self, &e);
    else
        dialog_pick(self, "Which neighbourhood?", a.rows, a.n, show_area);
    for (size_t i = 0; i < a.n; i++) {
        free((char *)a.rows[i].key);
        free((char *)a.rows[i].label);
    }
}

/* The one of an area is only gone to when one was chosen. */
static void step_view(struct screen *self, long by)
{
    const struct caseload *w = caseload_of(self);
    long n = *w->area ? VIEW_COUNT : AREA;
    show(self, ((long)w->saved.shown + by + n) % n);
}

static void next_view(struct screen *self)
{
    step_view(self, 1);
}

static void previous_view(struct screen *self)
{
    step_view(self, -1);
}

#define SHOW(name, which)                 \
    static void name(struct screen *self) \
    {                                     \
        show(self, which);                \
    }
SHOW(show_mine, MINE)
SHOW(show_quiet, QUIET)
SHOW(show_triage, TRIAGE)
SHOW(show_waiting, WAITING)
SHOW(show_all, ALL_OPEN)
SHOW(show_closed, CLOSED)

static void open_case(struct screen *self)
{
    struct open_args args = {.person = caseload_subject(self, "person"), .referral = caseload_subject(self, "referral")};
    if (args.referral)
        desk_open(self, &person_screen, &args);
    else
        desk_say(self, "There is no row to open; 5 shows all open cases.");
}

/* clang-format off: a command a line or two */
#define VIEW_KEY(title, digit, go, words) {.name = title, .help = words, .keys = digit, .run = go}
#define BULK .flags = COMMAND_WRITES | COMMAND_EACH, .roles = ROLE_CARE
static const struct command commands[] = {
    {.name = "open", .help = "Opens the person; the look is logged.", .keys = "Enter", .brief = "open", .run = open_case},
    CASE_COMMANDS,
    {.name = "next view", .help = "Goes to the next saved view.", .keys = "]", .brief = "view", .run = next_view},
    {.name = "previous view", .help = "Goes to the saved view before.", .keys = "[", .run = previous_view},
    VIEW_KEY("my open cases", "1", show_mine, "Open cases of yours."),
    VIEW_KEY("quiet cases", "2", show_quiet, "Open cases in which nobody was reached for long."),
    VIEW_KEY("waiting for triage", "3", show_triage, "Referrals that came in and wait for triage."),
    VIEW_KEY("waiting list", "4", show_waiting, "Referrals on the waiting list."),
    VIEW_KEY("all open cases", "5", show_all, "Every open case that you may see."),
    VIEW_KEY("closed cases", "6", show_closed, "Closed cases, the newest referral first."),
    VIEW_KEY("cases of an area", "7", choose_area, "Open cases of a neighbourhood that you choose."),
    {.name = "accept", .help = "Accepts referrals onto the waiting list.", .keys = "", BULK, .act = &act_accept, .can = case_has_referral},
    {.name = "give to a worker", .help = "Gives referrals to a worker.", .keys = "G", BULK, .act = &act_allocate, .can = case_has_referral},
    {.name = "move to another worker", .help = "Moves cases to another worker, with a reason.", .keys = "W", BULK, .act = &act_reallocate, .can = case_has_referral},
    {.name = "back to the waiting list", .help = "Returns cases to the waiting list, with a reason.", .keys = "B", BULK, .act = &act_return, .can = case_has_referral},
    {.name = "pause", .help = "Pauses cases until a day.", .keys = "P", BULK, .act = &act_pause, .can = case_has_referral},
    {.name = "hand over a leaver's cases", .help = "Moves every case of one worker to another, as one step.", .keys = "", .flags = COMMAND_WRITES,
     .roles = ROLE_MANAGER, .act = &act_reallocate_all},
    {.name = "resume", .help = "Goes on with a paused case.", .keys = "", BULK, .act = &act_resume, .can = case_has_referral},
    {.name = NULL},
};
/* clang-format on */

const struct screen_type caseload_screen = {
    .name = "caseload", .title = "Caseload",
    .help = "The cases you may see. 1 to 7, [ and ] go through saved views; l limits by words or by state=, worker=, need=, quiet=; "
            "t tags rows and ; does the next command for all of them at once.",
    .size = sizeof(struct caseload), .commands = commands, .roles = ROLE_CARE | ROLE_REP, .home = "c",
    .open = caseload_open, .close = caseload_close, .draw = caseload_draw, .headline = caseload_headline, .view = caseload_view,
    .subject = caseload_subject, .refresh = caseload_refresh,
};

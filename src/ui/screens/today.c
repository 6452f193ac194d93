/* SPDX-License-Identifier: MIT
 *
 * Today: what needs the one who sits here, grouped overdue, today and soon,
 * the most pressing first, and below it what stops the line in focus. Tab
 * comes back here for the next case.
 */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "document.h"
#include "duty.h"
#include "pane.h"

#define PANE_ROWS 5

struct today {
    struct screen base;
    struct view *view;
    struct pane pane;
    bool mine; /* of a manager: their own cases alone, not the whole service */
};

static const struct view_column columns[] = {
    {.key = "title", .label = "What it is", .width = 19},
    {.key = "name", .label = "Name", .width = 18, .grows = true},
    {.key = "what", .label = "What", .width = 30, .grows = true},
    {.key = "late", .label = "Late", .width = 4},
    {.key = "due", .label = "Due", .width = 11, .last = true},
};

static struct today *today_of(const struct screen *self)
{
    return (struct today *)self;
}

/* Days late of a row; negative: to come. */
static long late_of(const struct view *v, size_t row)
{
    int64_t n = 0;
    return text_to_int(view_cell_at(v, row, "late"), INT32_MIN, INT32_MAX, &n) ? (long)n : 0;
}

static const char *group_of(const struct view *v, size_t row)
{
    long late = late_of(v, row);
    return late > 0 ? "Overdue" : late == 0 ? "Today" : "Soon";
}

static enum style look_of(const struct view *v, size_t row)
{
    return late_of(v, row) > 0 ? STYLE_WARN : STYLE_PLAIN;
}

static bool today_refresh(struct screen *self, struct err *e)
{
    struct today *t = today_of(self);
    view_where(t->view, "mine", t->mine ? "yes" : NULL);
    return view_load(t->view, e);
}

static void today_close(struct screen *self)
{
    view_free(today_of(self)->view);
    pane_free(&today_of(self)->pane);
}

static bool today_open(struct screen *self, const void *args, struct err *e)
{
    struct today *t = today_of(self);
    (void)args;
    t->view = view_new(desk_session(self->desk), "worklist", columns, sizeof columns / sizeof *columns);
    view_where(t->view, "by_day", "yes");
    view_set_heading(t->view, group_of);
    view_set_style(t->view, look_of);
    view_set_empty(t->view, "Nothing needs you now. What falls due, is answered or flagged comes here by itself. "
                            "i takes a new referral, g c goes to your cases.");
    if (today_refresh(self, e))
        return true;
    today_close(self);
    return false;
}

static struct view *today_view(const struct screen *self)
{
    return today_of(self)->view;
}

static void today_headline(const struct screen *self, struct buf *out)
{
    const struct today *t = today_of(self);
    size_t overdue = 0, n = view_rows(t->view);
    for (size_t i = 0; i < n; i++)
        overdue += late_of(t->view, i) > 0;
    buf_fmt(out, "%zu to do, %zu overdue%s", n, overdue, t->mine ? ", my own cases" : "");
}

static const char *today_subject(const struct screen *self, const char *kind)
{
    static const char *const kinds[] = {"person", "referral", "handoff", "flag", "batch"};
    const struct view *v = today_of(self)->view;
    for (size_t i = 0; view_key(v) && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0 && *view_cell(v, kind))
            return view_cell(v, kind);
    return NULL;
}

/* ---- the picture */

static void say_due(struct pane *p, const struct view *v)
{
    char day[DAY_SHOWN];
    long late = late_of(v, (size_t)view_selected(v));
    bool workdays = strcmp(view_cell(v, "workdays"), "yes") == 0 || strcmp(view_cell(v, "workdays"), "1") == 0;
    const char *unit = workdays ? (late == 1 || late == -1 ? "working day" : "working days") : late == 1 || late == -1 ? "day" : "days";
    doc_day(view_cell(v, "due"), day);
    if (late > 0)
        pane_fmt(p, "Due", STYLE_WARN, "%s, %ld %s late", day, late, unit);
    else if (late < 0)
        pane_fmt(p, "Due", STYLE_PLAIN, "%s, in %ld %s", day, -late, unit);
    else
        pane_fmt(p, "Due", STYLE_PLAIN, "%s, today", day);
}

static void say_line(struct pane *p, const struct view *v)
{
    const char *words = duty_words(view_cell(v, "task"));
    pane_clear(p);
    if (view_selected(v) < 0)
        return;
    pane_fmt(p, "", STYLE_TITLE, "%s: %s%s%s", view_cell(v, "title"), view_cell(v, "name"), *view_cell(v, "name") ? ". " : "", view_cell(v, "what"));
    pane_add(p, "What to do", STYLE_PLAIN, view_cell(v, "stops"));
    say_due(p, v);
    pane_fmt(p, "d", STYLE_PLAIN, "%s", words);
}

static void today_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct today *t = today_of(self);
    struct area list = {body.row, body.col, body.rows - PANE_ROWS - 1, body.cols};
    struct area detail = {body.row + body.rows - PANE_ROWS, body.col + 1, PANE_ROWS, body.cols - 2};
    if (desk_pane(self->desk))
        layout_split(body, true, &list, &detail);
    view_draw(t->view, c, list, true);
    say_line(&t->pane, t->view);
    pane_draw(&t->pane, c, detail);
}

/* ---- commands */

static void open_line(struct screen *self)
{
    char task[32];
    const struct view *v = today_of(self)->view;
    if (view_key(v) && text_copy(task, sizeof task, view_cell(v, "task")))
        duty_open(self, task);
    else
        desk_say(self, "Nothing needs you now.");
}

static void do_line(struct screen *self)
{
    char task[32];
    const struct view *v = today_of(self)->view;
    if (view_key(v) && text_copy(task, sizeof task, view_cell(v, "task")))
        duty_do(self, task);
    else
        desk_say(self, "Nothing needs you now.");
}

static void mine_or_all(struct screen *self)
{
    struct err e = {0};
    today_of(self)->mine = !today_of(self)->mine;
    if (!today_refresh(self, &e))
        desk_error(self, &e);
}

static const struct command commands[] = {
    {.name = "open", .help = "Opens the record where this is worked on.", .keys = "Enter", .brief = "open", .run = open_line},
    {.name = "done with the next action", .help = "Does what stops this line, or offers what may: a form, a question, a screen.", .keys = "d",
     .brief = "do it", .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = do_line},
    CASE_COMMANDS,
    {.name = "my own cases, or the whole service", .help = "A manager's own lines alone, or those of the whole service.", .keys = "] [",
     .roles = ROLE_MANAGER, .run = mine_or_all},
    {.name = NULL},
};

const struct screen_type today_screen = {
    .name = "today", .title = "Today",
    .help = "What needs you now, the most pressing first, and what would stop each line. A line goes by itself when its cause is gone. "
            "Tab goes through the cases one after the other.",
    .size = sizeof(struct today), .commands = commands, .roles = ROLE_CARE, .home = "t",
    .open = today_open, .close = today_close, .draw = today_draw, .headline = today_headline, .view = today_view, .subject = today_subject,
    .refresh = today_refresh,
};

/* SPDX-License-Identifier: MIT
 *
 * A spreadsheet (CSV) of people, referrals or services: first looked at, which
 * says of every row what would become of it and writes nothing, then taken in.
 */
#include "bring_in.h"

#include <string.h>

#include "asked.h"
#include "onward/exchange.h"
#include "pane.h"

enum { KIND, FILE_NAME, MAP, LINES };
enum stage { ASKING, LOOKED, TAKEN };

struct bring_in {
    struct screen base;
    struct asked asked;
    enum stage stage;
    struct pane report;
};

static const struct choice kinds[] = {{"referrals", "Referrals"}, {"people", "People"}, {"services", "Services"}, {NULL, NULL}};
static const struct asked_line lines[LINES] = {
    [KIND] = {"What is in it", "Left and Right choose; referrals bring their people along", kinds},
    [FILE_NAME] = {"File", "a CSV file; of services also a folder of Open Referral UK", NULL},
    [MAP] = {"Mapping", "which column is which; empty where they have our names", NULL},
};

static struct bring_in *bring_in_of(const struct screen *self)
{
    return (struct bring_in *)self;
}

static bool bring_in_open(struct screen *self, const void *args, struct err *e)
{
    (void)args;
    if (!desk_session(self->desk))
        return err_set(e, ERR_INVALID, "There is no store open to bring anything into.");
    asked_open(&bring_in_of(self)->asked, lines, LINES);
    return true;
}

static void bring_in_close(struct screen *self)
{
    asked_close(&bring_in_of(self)->asked);
    pane_free(&bring_in_of(self)->report);
}

/* ---- looking and taking */

static void say_report(struct bring_in *w, const json_t *report)
{
    struct buf text = {0};
    import_words(report, &text);
    pane_free(&w->report);
    char *rest = text.data, *line;
    while (rest && (line = strsep(&rest, "\n")))
        pane_add(&w->report, "", STYLE_PLAIN, line);
    buf_free(&text);
}

/* In full: it may name a line and a way to mend it. */
static void say_wrong(struct bring_in *w, const struct err *e)
{
    w->stage = ASKING;
    pane_free(&w->report);
    pane_add(&w->report, "", STYLE_ALERT, e->text);
}

static bool import(struct bring_in *w, bool dry_run, struct err *e)
{
    const char *map = asked_text(&w->asked, MAP);
    struct import_options o = {.kind = asked_text(&w->asked, KIND), .path = asked_text(&w->asked, FILE_NAME), .map = *map ? map : NULL,
                               .dry_run = dry_run};
    json_t *report = NULL;
    bool partly = false;
    if (!*o.path)
        return err_field(e, "file", "File: say where it lies, for example /home/me/referrals.csv.");
    if (!import_file(desk_session(w->base.desk), &o, &report, &partly, e))
        return false;
    say_report(w, report);
    w->stage = json_is_true(json_object_get(report, "again")) ? ASKING : dry_run ? LOOKED : TAKEN;
    json_decref(report);
    return true;
}

static void look(struct screen *self)
{
    struct bring_in *w = bring_in_of(self);
    struct err e = {0};
    if (!import(w, true, &e))
        say_wrong(w, &e);
    else if (w->stage == LOOKED)
        desk_say(self, "Nothing was written yet. ^S takes it in; or mend the file and press Enter to look again.");
    else
        desk_say(self, "This very file is in already.");
}

static void take(struct screen *self)
{
    struct bring_in *w = bring_in_of(self);
    struct err e = {0};
    if (w->stage != LOOKED) {
        desk_say(self, "Enter looks at the file first.");
        return;
    }
    bool ok = import(w, false, &e);
    desk_refresh(self->desk);
    if (ok)
        desk_say(self, "It is in the store. Esc goes back.");
    else
        say_wrong(w, &e);
}

static void back(struct screen *self)
{
    desk_close(self, bring_in_of(self)->stage == TAKEN);
}

/* What was looked at is not what stands there any more. */
static void changed(struct bring_in *w)
{
    w->stage = ASKING;
    pane_free(&w->report);
}

static bool scrolls(struct pane *report, const struct event *ev)
{
    int page = report->shown > 1 ? report->shown - 1 : 1;
    if (ev->kind != EVENT_KEY || (ev->key != PRESS_PAGE_UP && ev->key != PRESS_PAGE_DOWN))
        return false;
    pane_scroll(report, ev->key == PRESS_PAGE_DOWN ? page : -page);
    return true;
}

static bool is_move(const struct event *ev)
{
    return ev->kind == EVENT_KEY && key_in("Tab Backtab Up Down", ev->key);
}

static bool bring_in_event(struct screen *self, const struct event *ev)
{
    struct bring_in *w = bring_in_of(self);
    if (scrolls(&w->report, ev))
        return true;
    if (ev->kind == EVENT_KEY && (key_in("^S Esc F10 ^C", ev->key) || (ev->key == PRESS_ENTER && w->asked.at > KIND && *asked_text(&w->asked, FILE_NAME))))
        return false;
    if (asked_event(&w->asked, ev)) {
        if (!is_move(ev) && ev->key != PRESS_ENTER)
            changed(w);
        return true;
    }
    return is_move(ev) || ev->kind == EVENT_PASTE;
}

/* ---- the picture */

static void bring_in_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct bring_in *w = bring_in_of(self);
    struct area in = {body.row + 1, body.col + 1, body.rows - 1, body.cols - 2};
    asked_draw(&w->asked, c, (struct area){in.row, in.col, 2 * LINES, in.cols});
    struct area report = {in.row + 2 * LINES + 1, in.col, in.rows - 2 * LINES - 1, in.cols};
    if (w->stage == ASKING && !w->report.n)
        canvas_wrap(c, report, STYLE_DIM,
                    "Enter looks at the file and says what would become of each row; nothing is written by that. With a large file it takes a "
                    "while, and the screen stands still meanwhile. No consent to share is ever taken from a file.",
                    0);
    else
        pane_draw(&w->report, c, report);
}

static const struct command commands[] = {
    {.name = "look at the file", .help = "Reads the file and says what would become of each row; nothing is written.", .keys = "Enter", .brief = "look",
     .flags = COMMAND_TYPING, .run = look},
    {.name = "take it in", .help = "Takes in what was looked at, all of it in one step; rows that are refused stay out.", .keys = "^S",
     .brief = "take it in", .flags = COMMAND_TYPING | COMMAND_WRITES, .run = take},
    {.name = "leave the file", .help = "Goes back; what was only looked at leaves nothing behind.", .keys = "Esc F10 ^C", .brief = "back",
     .flags = COMMAND_TYPING, .run = back},
    {.name = NULL},
};

const struct screen_type bring_in_screen = {
    .name = "bring in", .title = "Bring in a spreadsheet",
    .help = "A CSV file of people, referrals or services. It is looked at first, and every row that would be refused is named by its line.",
    .size = sizeof(struct bring_in), .commands = commands, .roles = ROLE_MANAGER | ROLE_ADMIN, .typing = true,
    .open = bring_in_open, .close = bring_in_close, .draw = bring_in_draw, .event = bring_in_event,
};

/* ---- what next */

void bring_in_next_steps(struct screen *over)
{
    dialog_text(over, "What comes next",
                "The store is empty, and you have every role in it.\n\n"
                "1. Who works here: g a goes to Admin; a adds a user, with the account of this machine that they act from.\n"
                "2. Who can help: g d goes to the Directory; 2, then a, adds an organisation, then its agreement (3) and its services (1).\n"
                "   A file of services comes in by :bring in a spreadsheet\n"
                "3. Who is cared for: i takes a new referral; a file of referrals comes in by :bring in a spreadsheet\n"
                "4. Words of consent, neighbourhoods and settings stand in Admin as they usually are: look whether they are yours.\n"
                "5. Your own password: :password\n\n"
                "? shows the keys of any screen, : any command by its name. This text comes again by :ways to begin");
}

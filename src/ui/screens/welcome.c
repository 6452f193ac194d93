/* SPDX-License-Identifier: MIT
 *
 * Where there is no store yet: what onward is, and three ways to begin. Each
 * asks a line or two, makes a store and sits down in it; what could not be
 * made leaves nothing behind but the words why.
 */
#include <string.h>

#include "asked.h"
#include "bring_in.h"
#include "desk.h"
#include "onward/demo.h"

#define STORE_USUAL "./onward.db"
#define PEOPLE_MOST 1000000

struct welcome {
    struct screen base;
    size_t at;                 /* the way in focus */
    const struct way *way;     /* the one that asks; NULL: still choosing */
    struct asked asked;
    struct err wrong;          /* why it could not be begun, in full under what is asked */
};

struct way {
    const char *title, *hint;  /* in the list of ways */
    const char *words;         /* over what it asks */
    const struct asked_line *lines;
    size_t n;
    void (*open)(struct welcome *w);
    void (*begin)(struct welcome *w, struct err *e); /* its end is a desk, or e */
};

/* ---- what all ways end in */

static struct session_options options(const struct welcome *w, const char *url)
{
    const struct desk_options *o = desk_options(w->base.desk);
    return (struct session_options){.url = url, .os_account = o->os_account, .as = o->as, .clock = o->clock};
}

/* The desk is the session's from here on, and this screen is gone; NULL when there is no screen to show. */
static struct screen *sit_down(struct welcome *w, struct session *s)
{
    struct desk *d = w->base.desk;
    desk_set_session(d, s);
    desk_enter(d);
    return desk_is_leaving(d) ? NULL : desk_top(d);
}

static struct screen *make_store(struct welcome *w, struct err *e)
{
    struct session_options o = options(w, asked_text(&w->asked, 0));
    if (!*o.url) {
        err_field(e, "store", "Store: say where it is to lie, for example %s.", STORE_USUAL);
        return NULL;
    }
    struct session *s = session_create(&o, false, e);
    return s ? sit_down(w, s) : NULL;
}

/* Where it lies, and how to come back where that is not what was named already. */
static void say_where(const struct welcome *w, const char *store, struct buf *out)
{
    const char *named = desk_options(w->base.desk)->url;
    buf_fmt(out, "A new store was made: %s.", store);
    if (!named || strcmp(named, store) != 0)
        buf_fmt(out, " To open it again: onward --db %s", store);
}

static void open_store(struct welcome *w)
{
    const char *named = desk_options(w->base.desk)->url;
    asked_set(&w->asked, 0, named && *named ? named : STORE_USUAL);
}

/* ---- 1: the made-up borough */

enum { FOLDER, PEOPLE };

static void open_demo(struct welcome *w)
{
    asked_set(&w->asked, FOLDER, "./onward-demo");
    asked_set(&w->asked, PEOPLE, "2000");
}

static void say_demo(struct screen *over, const char *folder, const char *login)
{
    struct buf text = {0};
    buf_fmt(&text,
            "Nobody in it exists. You sit here as %s, one of its workers, on an ordinary working day: Today says who needs you.\n\n"
            "To come back: onward --db %s/onward.db --as %s\n"
            "As somebody else: --as LOGIN; onward user list --db %s/onward.db says who there is.\n"
            "Away with it: delete the folder %s.\n\n"
            "? shows the keys of any screen, : any command by its name.",
            login, folder, login, folder, folder);
    dialog_text(over, "A made-up borough", buf_text(&text));
    buf_free(&text);
}

static bool make_demo(struct welcome *w, const char *folder, struct err *e)
{
    const struct desk_options *d = desk_options(w->base.desk);
    struct demo_options o = {.folder = folder, .os_account = d->os_account, .seed = 1, .clock = d->clock};
    json_t *summary = NULL;
    if (!*folder)
        return err_field(e, "folder", "Folder: say where it is to be made, for example ./onward-demo.");
    if (!text_to_int(asked_text(&w->asked, PEOPLE), 1, PEOPLE_MOST, &o.people))
        return err_field(e, "people", "People: a number from 1 to %d.", PEOPLE_MOST);
    bool ok = demo_make(&o, &summary, e);
    json_decref(summary);
    return ok;
}

static void begin_demo(struct welcome *w, struct err *e)
{
    const char *folder = asked_text(&w->asked, FOLDER);
    struct buf url = {0};
    bool ok = make_demo(w, folder, e);
    buf_fmt(&url, "%s/onward.db", folder);
    struct session_options o = options(w, buf_text(&url));
    if (!o.as)
        o.as = DEMO_LOGIN;
    struct session *s = ok ? session_open(&o, e) : NULL;
    buf_free(&url);
    struct screen *first = s ? sit_down(w, s) : NULL;
    if (first)
        say_demo(first, folder, o.as);
}

/* ---- 2: a spreadsheet */

static void begin_file(struct welcome *w, struct err *e)
{
    struct screen *first = make_store(w, e);
    struct buf text = {0};
    if (!first)
        return;
    desk_open(first, &bring_in_screen, NULL);
    say_where(w, asked_text(&w->asked, 0), &text);
    desk_say(desk_top(first->desk), "%s", buf_text(&text));
    buf_free(&text);
}

/* ---- 3: from nothing */

static void set_password(struct screen *over)
{
    desk_command(over, "password");
}

static void begin_fresh(struct welcome *w, struct err *e)
{
    struct screen *first = make_store(w, e);
    struct buf text = {0};
    if (!first)
        return;
    bring_in_next_steps(first);
    say_where(w, asked_text(&w->asked, 0), &text);
    buf_str(&text, "\n\nSet a password now? It unlocks this desk when you left it for a while; without one anybody here can.");
    dialog_ask(desk_top(first->desk), "A password", buf_text(&text), set_password);
    buf_free(&text);
}

/* ---- the three */

static const struct asked_line demo_lines[] = {
    [FOLDER] = {"Folder", "a new one; all of it stands in there", NULL},
    [PEOPLE] = {"People", "2000 take about ten seconds", NULL},
};
static const struct asked_line store_lines[] = {
    {"Store", "a file on this machine, or postgresql://.. of one that many use", NULL},
};
static const struct way ways[] = {
    {.title = "Try a made-up borough", .hint = "two years of work of twelve workers; nobody in it exists",
     .words = "A borough is made up and lives through two years of referrals, calls, consents and handoffs, so that there is something to see in "
              "every screen. It needs some seconds; the screen stands still meanwhile. Enter on the last line begins.",
     .lines = demo_lines, .n = sizeof demo_lines / sizeof *demo_lines, .open = open_demo, .begin = begin_demo},
    {.title = "Bring in a spreadsheet", .hint = "people, referrals or services (CSV), looked at before any is taken",
     .words = "First a store is made, then the file is looked at: every row that would be refused is named by its line, and nothing is written until "
              "you say so. Enter goes on.",
     .lines = store_lines, .n = sizeof store_lines / sizeof *store_lines, .open = open_store, .begin = begin_file},
    {.title = "Start fresh", .hint = "an empty store; you are its first user, with every role",
     .words = "An empty store is made, with the usual words of consent, neighbourhoods and settings, and you as its first user. Enter makes it.",
     .lines = store_lines, .n = sizeof store_lines / sizeof *store_lines, .open = open_store, .begin = begin_fresh},
};
#define WAYS (sizeof ways / sizeof *ways)

static struct welcome *welcome_of(const struct screen *self)
{
    return (struct welcome *)self;
}

static void welcome_close(struct screen *self)
{
    asked_close(&welcome_of(self)->asked);
}

/* ---- keys */

static void choose(struct welcome *w, size_t which)
{
    w->at = which;
    w->way = &ways[which];
    asked_open(&w->asked, w->way->lines, w->way->n);
    w->way->open(w);
}

static void go_on(struct screen *self)
{
    struct welcome *w = welcome_of(self);
    err_clear(&w->wrong);
    if (!w->way)
        choose(w, w->at);
    else
        w->way->begin(w, &w->wrong);
}

static void back(struct screen *self)
{
    struct welcome *w = welcome_of(self);
    asked_close(&w->asked);
    err_clear(&w->wrong);
    w->way = NULL;
}

static bool asks(const struct screen *self)
{
    return welcome_of(self)->way != NULL;
}

static void leave(struct screen *self)
{
    desk_leave(self->desk);
}

static bool choosing(struct welcome *w, int32_t key)
{
    if (key_in("Enter ^C F10", key))
        return false;
    if (key >= '1' && key < '1' + (int32_t)WAYS)
        choose(w, (size_t)(key - '1'));
    else if (key_in("j Down Tab", key))
        w->at = (w->at + 1) % WAYS;
    else if (key_in("k Up Backtab", key))
        w->at = (w->at + WAYS - 1) % WAYS;
    else if (key == 'q')
        leave(&w->base);
    else
        desk_say(&w->base, "1, 2 or 3 chooses a way to begin; q leaves.");
    return true;
}

static bool welcome_event(struct screen *self, const struct event *ev)
{
    struct welcome *w = welcome_of(self);
    if (!w->way)
        return ev->kind != EVENT_KEY || choosing(w, ev->key);
    if (asked_event(&w->asked, ev))
        return true;
    if (ev->kind == EVENT_KEY && key_in("Enter Esc ^C F10", ev->key))
        return false;
    desk_say(self, "Type what it asks; Enter goes on, Esc goes back.");
    return true;
}

/* ---- the picture */

static void draw_ways(const struct welcome *w, struct canvas *c, struct area a)
{
    for (size_t i = 0; i < WAYS; i++) {
        int row = a.row + 3 * (int)i;
        bool focus = i == w->at;
        if (focus) {
            canvas_text(c, row, a.col, 1, STYLE_FOCUS, ">");
            canvas_cursor(c, row, a.col + 2);
        }
        canvas_fmt(c, row, a.col + 2, a.cols - 2, STYLE_KEY, "%zu", i + 1);
        canvas_text(c, row, a.col + 5, a.cols - 5, focus ? STYLE_FOCUS : STYLE_PLAIN, ways[i].title);
        canvas_text(c, row + 1, a.col + 5, a.cols - 5, STYLE_DIM, ways[i].hint);
    }
}

static void draw_begin(const struct welcome *w, struct canvas *c, struct area in)
{
    const char *url = desk_options(w->base.desk)->url;
    int used = canvas_wrap(c, in, STYLE_PLAIN,
                           "onward keeps the referrals of a social prescribing service: who needs somebody, what was agreed with them, who can help. "
                           "Every night it hands on what people consented to, and shows in the morning what came back.",
                           0);
    struct area where = {in.row + used + 1, in.col, 2, in.cols};
    struct buf text = {0};
    if (url)
        buf_fmt(&text, "There is no store at %s yet. How would you like to begin?", url);
    else
        buf_str(&text, "There is no store yet. How would you like to begin?");
    used += canvas_wrap(c, where, STYLE_PLAIN, buf_text(&text), 0);
    buf_free(&text);
    draw_ways(w, c, (struct area){in.row + used + 2, in.col, in.rows - used - 2, in.cols});
}

static void welcome_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct welcome *w = welcome_of(self);
    struct area in = {body.row + 1, body.col + 1, body.rows - 1, (body.cols < 100 ? body.cols : 100) - 2};
    if (!w->way) {
        draw_begin(w, c, in);
        return;
    }
    canvas_text(c, in.row, in.col, in.cols, STYLE_TITLE, w->way->title);
    int used = 2 + canvas_wrap(c, (struct area){in.row + 2, in.col, 5, in.cols}, STYLE_PLAIN, w->way->words, 0);
    used += 1 + 2 * (int)w->way->n;
    asked_draw(&w->asked, c, (struct area){in.row + used - 2 * (int)w->way->n, in.col, 2 * (int)w->way->n, in.cols});
    canvas_wrap(c, (struct area){in.row + used + 1, in.col, in.rows - used - 1, in.cols}, STYLE_ALERT, w->wrong.text, 0);
}

static const struct command commands[] = {
    {.name = "go on", .help = "Chooses the way in focus; on the last line it begins.", .keys = "Enter", .brief = "go on", .flags = COMMAND_TYPING,
     .run = go_on},
    {.name = "back to the ways", .help = "Back to the three ways to begin; nothing was made.", .keys = "Esc", .brief = "back", .flags = COMMAND_TYPING,
     .run = back, .can = asks},
    {.name = "leave the welcome", .help = "Leaves onward; nothing was made.", .keys = "^C F10", .brief = "leave", .flags = COMMAND_TYPING, .run = leave},
    {.name = NULL},
};

const struct screen_type welcome_screen = {
    .name = "welcome", .title = "Welcome to onward",
    .help = "The first start, where there is no store yet: a made-up borough to try, a spreadsheet to bring in, or an empty store.",
    .size = sizeof(struct welcome), .commands = commands, .typing = true,
    .close = welcome_close, .draw = welcome_draw, .event = welcome_event,
};

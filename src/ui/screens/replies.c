/* SPDX-License-Identifier: MIT
 *
 * Replies: what organisations answered since it was last looked at, and the
 * answers that were refused or match nothing, with what would be right.
 */
#include <string.h>

#include "acts.h"
#include "handoff_answer.h"
#include "saved_views.h"

struct replies {
    struct screen base;
    struct saved_views saved;
};

static const struct view_column news_columns[] = {
    {.key = "since", .label = "Since", .width = 17},
    {.key = "name", .label = NULL, .width = 20},
    {.key = "state", .label = "They say", .width = 16},
    {.key = "service_name", .label = "Service", .width = 20, .grows = true},
    {.key = "need", .label = NULL, .width = 20, .last = true},
    {.key = "worker", .label = NULL, .width = 12, .last = true},
};
static const struct view_column unknown_columns[] = {
    {.key = "read", .label = "Read", .width = 17},
    {.key = "organisation", .label = NULL, .width = 16},
    {.key = "verdict", .label = "What", .width = 10, .last = true},
    {.key = "handoff", .label = NULL, .width = 12},
    {.key = "why", .label = NULL, .width = 20, .grows = true},
};
#define NEWS .list = "handoff list", .columns = news_columns, .n_columns = sizeof news_columns / sizeof *news_columns, .where = {{"news", "yes"}}
static const struct saved_view views[] = {
    {.name = "News of mine", NEWS, .mine = true, .empty = "No news of your people. What organisations answer comes with the night's run; y on a handoff records what they say by telephone."},
    {.name = "All news", NEWS, .empty = "No news. What organisations answer comes with the night's run."},
    {.name = "Not understood", .list = "reply list", .columns = unknown_columns, .n_columns = sizeof unknown_columns / sizeof *unknown_columns,
     .empty = "Every answer was understood. Rows that are refused or match no handoff stand here until somebody settles them."},
};
enum { NEWS_OF_MINE, ALL_NEWS, NOT_UNDERSTOOD };

static struct replies *replies_of(const struct screen *self)
{
    return (struct replies *)self;
}

static bool shows_news(const struct screen *self)
{
    return replies_of(self)->saved.shown != NOT_UNDERSTOOD;
}

static bool replies_open(struct screen *self, const void *args, struct err *e)
{
    struct replies *w = replies_of(self);
    struct session *s = desk_session(self->desk);
    (void)args;
    if (!saved_views_open(&w->saved, s, views, sizeof views / sizeof *views, e))
        return false;
    return view_rows(saved_views_shown(&w->saved)) || (session_roles(s) & ROLE_WORKER) || saved_views_show(&w->saved, s, ALL_NEWS, e);
}

static void replies_close(struct screen *self)
{
    saved_views_close(&replies_of(self)->saved);
}

static struct view *replies_view(const struct screen *self)
{
    return saved_views_shown(&replies_of(self)->saved);
}

static bool replies_refresh(struct screen *self, struct err *e)
{
    struct saved_views *saved = &replies_of(self)->saved;
    return saved_views_show(saved, desk_session(self->desk), (long)saved->shown, e);
}

static bool replies_event(struct screen *self, const struct event *ev)
{
    return saved_views_key(&replies_of(self)->saved, self, ev);
}

static const char *replies_subject(const struct screen *self, const char *kind)
{
    struct view *v = replies_view(self);
    if (strcmp(kind, "reply") == 0)
        return shows_news(self) ? NULL : view_key(v);
    static const char *const kinds[] = {"handoff", "person", "referral", "organisation"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0 && view_key(v))
            return view_cell(v, kind);
    return NULL;
}

/* ---- drawing */

static void say_news(struct view *v, struct session *s, struct buf *out)
{
    if (!view_key(v))
        return;
    buf_fmt(out, "%s to %s, %s.\n", session_code_label(s, "need", view_cell(v, "need")), view_cell(v, "service_name"),
            view_cell(v, "organisation"));
    buf_str(out, "Enter opens it: what they said, and what is next. d says that you have read it.");
}

static void say_unknown(struct view *v, struct buf *out)
{
    if (!view_key(v))
        return;
    buf_fmt(out, "%s\n%s, line %s, row %s.", view_cell(v, "why"), view_cell(v, "file"), view_cell(v, "line"), view_cell(v, "row_id"));
    if (*view_cell(v, "note"))
        buf_fmt(out, " They wrote: %s", view_cell(v, "note"));
    buf_str(out, *view_cell(v, "handoff") ? "\ny records what they meant, d settles the row." : "\nd settles the row.");
}

static void replies_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct replies *w = replies_of(self);
    struct area list, detail;
    struct view *v = replies_view(self);
    struct buf text = {0};
    saved_views_draw(&w->saved, c, (struct area){body.row, body.col, 1, body.cols});
    layout_split((struct area){body.row + 1, body.col, body.rows - 1, body.cols}, true, &list, &detail);
    view_draw(v, c, list, true);
    if (shows_news(self))
        say_news(v, desk_session(self->desk), &text);
    else
        say_unknown(v, &text);
    canvas_text(c, detail.row, detail.col + 1, detail.cols - 1, STYLE_TITLE, view_cell(v, shows_news(self) ? "name" : "organisation"));
    canvas_wrap(c, (struct area){detail.row + 1, detail.col + 1, detail.rows - 1, detail.cols - 2}, STYLE_PLAIN, buf_text(&text), 0);
    buf_free(&text);
}

/* ---- commands */

static void open_handoff(struct screen *self)
{
    const char *handoff = replies_subject(self, "handoff");
    if (handoff && *handoff)
        desk_open(self, &handoff_screen, &(struct open_args){.handoff = handoff});
    else
        desk_say(self, "This row names no handoff that we know; find it by the organisation, or settle the row with d.");
}

static const struct act settle_act = {
    .form = {.verb = "reply settle", .title = "Settle this answer: what was done about it?"}, .about = "reply",
};
static const struct act word_act = {
    .form = {.verb = "reply word add", .title = "What a word of theirs means", .keys = (const char *const[]){"word", "status", NULL}},
    .with = {"organisation"},
};

static void done(struct screen *self)
{
    const char *handoff = replies_subject(self, "handoff");
    if (!shows_news(self))
        desk_act(self, &settle_act);
    else if (desk_on_tagged(self))
        desk_act(self, &act_seen);
    else if (handoff)
        desk_run(self, "handoff seen", &(struct typed){"handoff", handoff}, 1);
}

static void consent(struct screen *self)
{
    desk_open(self, &consent_screen, &(struct open_args){.handoff = replies_subject(self, "handoff")});
}

static bool has_handoff(const struct screen *self)
{
    const char *handoff = replies_subject(self, "handoff");
    return handoff && *handoff;
}

static bool has_row(const struct screen *self)
{
    return view_key(replies_view(self)) != NULL;
}

static bool is_unknown(const struct screen *self)
{
    return !shows_news(self) && has_row(self);
}

static void next_view(struct screen *self)
{
    saved_views_step(&replies_of(self)->saved, self, 1);
}

static void previous_view(struct screen *self)
{
    saved_views_step(&replies_of(self)->saved, self, -1);
}

static const struct command commands[] = {
    {.name = "open", .help = "Opens the handoff: what they said, and what is next.", .keys = "Enter", .brief = "open", .run = open_handoff},
    {.name = "done", .help = "You have read the news; of an answer that was not understood: settles it, with a note.", .keys = "d", .brief = "done",
     .flags = COMMAND_WRITES | COMMAND_EACH, .run = done, .can = has_row},
    {.name = "what they said", .help = "Records what the organisation said by telephone, e-mail or visit: one letter chooses the status.", .keys = "y",
     .brief = "they said", .flags = COMMAND_WRITES, .run = handoff_answer, .can = has_handoff},
    {.name = "next view", .help = "News of mine, all news, not understood; 1, 2 and 3 show them too.", .keys = "]", .brief = "next view", .run = next_view},
    {.name = "previous view", .help = "Not understood, all news, news of mine.", .keys = "[", .flags = COMMAND_HIDDEN, .run = previous_view},
    {.name = "consent", .help = "The Consent screen of the person of this row.", .keys = "c", .run = consent, .can = has_handoff},
    {.name = "what a word means", .help = "Says which status a word of this organisation means, so that it is understood from then on.", .keys = "",
     .flags = COMMAND_WRITES, .roles = ROLE_MANAGER | ROLE_ADMIN, .act = &word_act, .can = is_unknown},
    {.name = NULL},
};

const struct screen_type replies_screen = {
    .name = "replies", .title = "Replies",
    .help = "What came back from organisations: news of handoffs until you have read it, and answers that were refused or match nothing until "
            "somebody settles them.",
    .size = sizeof(struct replies), .commands = commands, .roles = ROLE_CARE, .home = "r",
    .open = replies_open, .close = replies_close, .draw = replies_draw, .event = replies_event, .view = replies_view,
    .subject = replies_subject, .refresh = replies_refresh,
};

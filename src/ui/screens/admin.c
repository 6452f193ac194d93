/* SPDX-License-Identifier: MIT
 *
 * Admin: what the house keeps (admin_parts.c), the audit log, and the proof
 * of the store. Who may not see a part does not have its tab.
 */
#include <string.h>

#include "admin.h"
#include "document.h"
#include "entry.h"
#include "onward/exchange.h"
#include "pane.h"
#include "tabs.h"

struct admin {
    struct screen base;
    const struct admin_part *parts[SAVED_VIEWS]; /* those of this user's roles */
    struct saved_view table[SAVED_VIEWS];
    const char *names[SAVED_VIEWS];
    size_t n;
    struct saved_views saved;
    struct pane pane;
};

static struct admin *admin_of(const struct screen *self)
{
    return (struct admin *)self;
}

static struct view *admin_view(const struct screen *self)
{
    return saved_views_shown(&admin_of(self)->saved);
}

static const struct admin_part *part_of(const struct screen *self)
{
    return admin_of(self)->parts[admin_of(self)->saved.shown];
}

/* ---- reading */

static void choose_parts(struct admin *w, unsigned roles)
{
    for (size_t i = 0; i < admin_part_count && w->n < SAVED_VIEWS; i++) {
        const struct admin_part *p = &admin_parts[i];
        if (!(list_find(p->view.list)->roles & roles))
            continue;
        w->parts[w->n] = p;
        w->table[w->n] = p->view;
        w->names[w->n++] = p->view.name;
    }
}

static void admin_close(struct screen *self)
{
    saved_views_close(&admin_of(self)->saved);
    pane_free(&admin_of(self)->pane);
}

static bool admin_open(struct screen *self, const void *args, struct err *e)
{
    struct admin *w = admin_of(self);
    struct session *s = desk_session(self->desk);
    (void)args;
    choose_parts(w, session_roles(s));
    return saved_views_open(&w->saved, s, w->table, w->n, e);
}

static bool admin_refresh(struct screen *self, struct err *e)
{
    return view_load(admin_view(self), e);
}

static bool admin_event(struct screen *self, const struct event *ev)
{
    return saved_views_key(&admin_of(self)->saved, self, ev);
}

static void admin_headline(const struct screen *self, struct buf *out)
{
    int64_t total = view_total(admin_view(self));
    buf_str(out, part_of(self)->title);
    if (total >= 0)
        buf_fmt(out, ": %lld", (long long)total);
}

/* The column of a kind is called as it is, but for a login, which is a user's. A word that no organisation has is anyone's. */
static const char *admin_subject(const struct screen *self, const char *kind)
{
    const struct view *v = admin_view(self);
    const struct admin_part *p = part_of(self);
    if (!p->kind || !view_key(v))
        return NULL;
    if (strcmp(kind, "login") == 0)
        return strcmp(p->kind, "user") == 0 ? view_cell(v, "user") : NULL;
    if (strcmp(kind, "organisation") == 0 && strcmp(p->kind, "word") == 0)
        return *view_cell(v, kind) ? view_cell(v, kind) : "all";
    bool known = strcmp(kind, p->kind) == 0 || (p->add_of && strcmp(kind, p->add_of) == 0);
    return known ? view_cell(v, kind) : NULL;
}

static void admin_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct admin *w = admin_of(self);
    struct area list, detail, rest = {body.row + 1, body.col, body.rows - 1, body.cols};
    tabs_draw(c, body.row, body.col, body.cols, w->names, w->n, w->saved.shown);
    layout_split(rest, true, &list, &detail);
    view_draw(admin_view(self), c, list, true);
    pane_clear(&w->pane);
    entry_pane(&w->pane, desk_session(self->desk), admin_view(self));
    pane_draw(&w->pane, c, (struct area){detail.row, detail.col + 1, detail.rows, detail.cols - 2});
}

/* ---- adding and changing */

static bool may(const struct screen *self, const struct act *act)
{
    return act && (verb_find(act->form.verb)->roles & session_roles(desk_session(self->desk)));
}

static bool can_add(const struct screen *self)
{
    return may(self, part_of(self)->add);
}

static bool can_edit(const struct screen *self)
{
    return view_key(admin_view(self)) && may(self, part_of(self)->edit);
}

static bool is_user(const struct screen *self)
{
    return admin_subject(self, "login") != NULL;
}

static bool is_audit(const struct screen *self)
{
    return strcmp(part_of(self)->view.list, "audit") == 0;
}

static void add(struct screen *self)
{
    const struct admin_part *p = part_of(self);
    struct act act = *p->add;
    if (p->add_of && view_key(admin_view(self)))
        act.initial[0] = (struct typed){p->add_of, admin_subject(self, p->add_of)};
    desk_act(self, &act);
}

/* The form says which one: its fields need not. */
static void edit(struct screen *self)
{
    const struct admin_part *p = part_of(self);
    struct act act = *p->edit;
    struct buf title = {0};
    buf_fmt(&title, "%s: %s", act.form.title, admin_subject(self, p->kind));
    act.form.title = buf_text(&title);
    if (strcmp(p->kind, "word") == 0)
        act.initial[0] = (struct typed){"status", view_cell(admin_view(self), "status")};
    desk_act(self, &act);
    buf_free(&title);
}

static void show(struct screen *self)
{
    struct buf text = {0};
    entry_row(&text, desk_session(self->desk), admin_view(self));
    if (text.len)
        dialog_text(self, part_of(self)->title, buf_text(&text));
    else
        desk_say(self, "There is no row to show.");
    buf_free(&text);
}

/* ---- the audit log of one record */

static void limit_to(struct screen *over, const char *text)
{
    struct buf limit = {0};
    struct err e = {0};
    if (*text)
        buf_fmt(&limit, "ref=%s", text);
    if (!view_limit(admin_view(over), buf_text(&limit), &e))
        desk_error(over, &e);
    buf_free(&limit);
}

static void one_reference(struct screen *self)
{
    dialog_line(self, "Audit log of one record", "Its reference, code or login (PE-, SP-, HO-, SV-, salford-advice ..); empty shows all", "",
                limit_to);
}

/* ---- proof of the store */

static void say_proof(const json_t *report, bool sound, struct buf *out)
{
    long long rows = json_integer_value(json_object_get(report, "audit_rows")), erased = json_integer_value(json_object_get(report, "audit_erased")),
              batches = json_integer_value(json_object_get(report, "batch_count"));
    buf_fmt(out, "%s\n\n", sound ? "All is as it should be." : "Something is not as it was written. Keep this store as it is and look at a backup.");
    entry_line(out, "The store itself", doc_text(report, "store"));
    buf_fmt(out, "Audit log, %lld rows: %s\n", rows, doc_text(report, "audit"));
    if (erased)
        buf_fmt(out, "  of which erased by rule: %lld\n", erased);
    entry_line(out, "Head of the log", doc_text(report, "audit_head"));
    entry_line(out, "Counts that are kept", doc_text(report, "summaries"));
    buf_fmt(out, "Packages, %lld: %s\n", batches, doc_text(report, "batches"));
}

static void verify(struct screen *over)
{
    struct err e = {0};
    struct buf text = {0};
    json_t *report = NULL;
    bool sound = false;
    if (store_verify(desk_session(over->desk), desk_options(over->desk)->spool, &report, &sound, &e)) {
        say_proof(report, sound, &text);
        dialog_text(over, sound ? "Proved" : "Not proved", buf_text(&text));
    } else {
        desk_error(over, &e);
    }
    buf_free(&text);
    json_decref(report);
}

static void ask_verify(struct screen *self)
{
    dialog_ask(self, "Prove the store",
               "This reads the whole store, every row of the audit log and every package that went. With a large store that takes minutes, and "
               "this desk stands still meanwhile; others go on working. Begin?",
               verify);
}

/* ---- commands */

static void next_view(struct screen *self)
{
    saved_views_step(&admin_of(self)->saved, self, 1);
}

static void previous_view(struct screen *self)
{
    saved_views_step(&admin_of(self)->saved, self, -1);
}

static const struct command commands[] = {
    {.name = "show", .help = "Shows the row whole.", .keys = "Enter", .brief = "show", .run = show},
    {.name = "add", .help = "Adds a row to what this view shows.", .keys = "a", .brief = "add", .flags = COMMAND_WRITES, .run = add, .can = can_add},
    {.name = "edit", .help = "Changes the row.", .keys = "e", .brief = "edit", .flags = COMMAND_WRITES, .run = edit, .can = can_edit},
    {.name = "next view", .help = "Goes on through the views; their numbers show them too.", .keys = "]", .brief = "view", .run = next_view},
    {.name = "previous view", .help = "Goes back through the views.", .keys = "[", .flags = COMMAND_HIDDEN, .run = previous_view},
    {.name = "password of the user", .help = "Sets the password of the user in focus, which unlocks their desk.", .keys = "",
     .flags = COMMAND_WRITES, .roles = ROLE_ADMIN, .act = &admin_password, .can = is_user},
    {.name = "log of one record", .help = "Shows the audit log of one reference, code or login.", .keys = "F", .brief = "of one record",
     .run = one_reference, .can = is_audit},
    {.name = "verify", .help = "Proves that the store, the audit log and the packages are as they were written.", .keys = "",
     .roles = ROLE_AUDITOR | ROLE_MANAGER | ROLE_ADMIN, .run = ask_verify},
    {.name = NULL},
};

const struct screen_type admin_screen = {
    .name = "admin", .title = "Admin",
    .help = "What the service sets for itself: users, settings, holidays, neighbourhoods, wordings of consent, codes and words of replies; the audit "
            "log, looks behind the mask, and the proof of the store (:verify).",
    .size = sizeof(struct admin), .commands = commands, .roles = ROLE_ADMIN | ROLE_AUDITOR | ROLE_MANAGER, .home = "a",
    .open = admin_open, .close = admin_close, .draw = admin_draw, .event = admin_event, .headline = admin_headline, .view = admin_view,
    .subject = admin_subject, .refresh = admin_refresh,
};

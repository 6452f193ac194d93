/* SPDX-License-Identifier: MIT
 *
 * The commands that are the same on every screen, and those of every screen
 * with a view. Footer, help, palette and manual read these tables.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk_inside.h"
#include "onward/exchange.h"
#include "screens/bring_in.h"

static struct view *view_of(const struct screen *self)
{
    return self->type->view(self);
}

static void tell(struct screen *self, bool ok, const struct err *e)
{
    if (!ok)
        desk_error(self, e);
}

/* ---- moving */

static void down(struct screen *self)
{
    struct err e = {0};
    tell(self, view_move(view_of(self), 1, &e), &e);
}
static void up(struct screen *self)
{
    struct err e = {0};
    tell(self, view_move(view_of(self), -1, &e), &e);
}
static void page_down(struct screen *self)
{
    struct err e = {0};
    tell(self, view_page(view_of(self), 1, &e), &e);
}
static void page_up(struct screen *self)
{
    struct err e = {0};
    tell(self, view_page(view_of(self), -1, &e), &e);
}
static void home(struct screen *self)
{
    struct err e = {0};
    tell(self, view_home(view_of(self), &e), &e);
}
static void end(struct screen *self)
{
    struct err e = {0};
    tell(self, view_end(view_of(self), &e), &e);
}

/* ---- limiting, searching, sorting, tagging */

static void limit_to(struct screen *over, const char *text)
{
    struct err e = {0};
    tell(over, view_limit(view_of(over), text, &e), &e);
}

static void limit(struct screen *self)
{
    struct buf label = {0};
    const struct list *l = view_list(view_of(self));
    buf_str(&label, "Words that the rows must have");
    for (size_t i = 0; l && i < l->filters_count; i++)
        buf_fmt(&label, "%s%s=", i ? "  " : ", or ", l->filters[i].key);
    dialog_line(self, "Limit", buf_text(&label), view_limit_text(view_of(self)), limit_to);
    buf_free(&label);
}

static void seek(struct screen *self, bool back)
{
    if (!view_search(view_of(self), self->desk->sought, back))
        desk_say(self, "\"%s\" is in none of the rows; l limits the whole list.", self->desk->sought);
}

static void search_for(struct screen *over, const char *text)
{
    if (*text && !text_copy(over->desk->sought, sizeof over->desk->sought, text))
        desk_say(over, "That is too long to search for.");
    else if (*over->desk->sought)
        seek(over, false);
}

static void search(struct screen *self)
{
    dialog_line(self, "Search in these rows", *self->desk->sought ? "Text; none: the same as before" : "Text", "", search_for);
}

static void search_on(struct screen *self)
{
    if (*self->desk->sought)
        seek(self, false);
    else
        search(self);
}

static void search_back(struct screen *self)
{
    if (*self->desk->sought)
        seek(self, true);
    else
        search(self);
}

static void sort(struct screen *self)
{
    struct err e = {0};
    tell(self, view_sort(view_of(self), false, &e), &e);
}

static void sort_back(struct screen *self)
{
    struct err e = {0};
    tell(self, view_sort(view_of(self), true, &e), &e);
}

static void tag(struct screen *self)
{
    struct err e = {0};
    tell(self, view_tag(view_of(self), &e), &e);
}

static void tag_those(struct screen *over, const char *text)
{
    struct err e = {0};
    bool ok = view_tag_all(view_of(over), text, &e);
    tell(over, ok, &e);
    if (ok)
        desk_say(over, "%zu tagged: ; and then a key acts on all of them; Esc takes the tags away.", view_tags(view_of(over), NULL));
}

static void tag_all(struct screen *self)
{
    dialog_line(self, "Tag", "Words that the rows to tag have; empty: all that are shown", "", tag_those);
}

static void on_tagged(struct screen *self)
{
    desk_await_tagged(self->desk);
}

static void pane(struct screen *self)
{
    desk_toggle_pane(self->desk);
}

/* ---- export of what is shown */

static bool write_rows(struct screen *self, int fd, int64_t *rows, struct err *e)
{
    struct view *v = view_of(self);
    struct typed words[32];
    size_t n_words = view_words(v, words, sizeof words / sizeof *words), n_keys = 0;
    const char **keys = view_shown_keys(v, &n_keys);
    bool ok = keys ? export_rows(self->desk->session, view_list(v), words, n_words, keys, n_keys, true, fd, rows, e)
                   : export_list(self->desk->session, view_list(v), words, n_words, true, fd, rows, e);
    free(keys);
    return ok;
}

/* A file that is there already is never written over; one that could not be finished is taken away again. */
static void export_to(struct screen *over, const char *path)
{
    struct err e = {0};
    int64_t rows = 0;
    int fd = *path ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (!*path)
        return;
    if (fd < 0) {
        desk_say(over, "Nothing was exported, choose another name: %s (%s).", strerror(errno), path);
        return;
    }
    bool ok = write_rows(over, fd, &rows, &e);
    if (close(fd) != 0 && ok)
        ok = err_set(&e, ERR_STORE, "%s could not be written to the end: %s.", path, strerror(errno));
    if (!ok && unlink(path) != 0)
        err_prefix(&e, "What is in %s is not whole", path);
    if (!ok)
        desk_error(over, &e);
    else
        desk_say(over, "%lld rows are in %s: exactly those shown, in their order.", (long long)rows, path);
}

void desk_export(struct screen *self)
{
    char day[DATE_SIZE], path[128];
    const struct list *l = view_list(view_of(self));
    if (!l) {
        desk_say(self, "These rows are a part of one record; a list can be exported: Caseload, Today, Directory ..");
        return;
    }
    date_format(session_today(self->desk->session), day);
    snprintf(path, sizeof path, "%s-%s.csv", l->name, day);
    for (char *c = path; *c; c++)
        if (*c == ' ')
            *c = '-';
    dialog_line(self, "Export the rows shown", "File (CSV, safe for a spreadsheet)", path, export_to);
}

const struct command view_commands[] = {
    {.name = "next row", .help = "Moves down.", .keys = "j Down", .flags = COMMAND_HIDDEN, .run = down},
    {.name = "previous row", .help = "Moves up.", .keys = "k Up", .flags = COMMAND_HIDDEN, .run = up},
    {.name = "page down", .help = "Moves down by a screen.", .keys = "PgDn Space", .flags = COMMAND_HIDDEN, .run = page_down},
    {.name = "page up", .help = "Moves up by a screen.", .keys = "PgUp", .flags = COMMAND_HIDDEN, .run = page_up},
    {.name = "first row", .help = "Moves to the first row.", .keys = "Home", .flags = COMMAND_HIDDEN, .run = home},
    {.name = "last row", .help = "Moves to the last row.", .keys = "End", .flags = COMMAND_HIDDEN, .run = end},
    {.name = "limit", .help = "Shows only the rows you ask for, by words or key=value; Esc shows all again.", .keys = "l", .brief = "limit", .run = limit},
    {.name = "search", .help = "Goes to the next row with a text.", .keys = "/", .run = search},
    {.name = "search on", .help = "Goes to the next row with the same text.", .keys = "n", .flags = COMMAND_HIDDEN, .run = search_on},
    {.name = "search back", .help = "Goes to the row before with the same text.", .keys = "N", .flags = COMMAND_HIDDEN, .run = search_back},
    {.name = "tag", .help = "Tags the row, or takes its tag away; Esc takes all away.", .keys = "t", .run = tag},
    {.name = "tag by words", .help = "Tags every row shown that has the words you give; at most 100.", .keys = "T", .run = tag_all},
    {.name = "act on tagged", .help = "The next command acts on all tagged rows, as one step that one undo takes back.", .keys = ";", .run = on_tagged},
    {.name = "sort by the next column", .help = "Sorts the rows by the next column.", .keys = "o", .run = sort},
    {.name = "turn the order round", .help = "Turns the order of the rows round.", .keys = "O", .run = sort_back},
    {.name = "detail pane", .help = "Shows or hides the pane that follows the cursor.", .keys = "z", .run = pane},
    {.name = "export", .help = "Writes the rows shown to a CSV file, in their order.", .keys = "x", .run = desk_export},
    {.name = NULL},
};

/* ---- everywhere */

static void help(struct screen *self)
{
    desk_open(self, &help_screen, NULL);
}

static void palette(struct screen *self)
{
    desk_open(self, &palette_screen, NULL);
}

static void undo(struct screen *self)
{
    desk_undo(self, "undo");
}

static void redo(struct screen *self)
{
    desk_undo(self, "redo");
}

static void read_only(struct screen *self)
{
    struct session *s = self->desk->session;
    session_set_read_only(s, !session_is_read_only(s));
    desk_say(self, "%s", session_is_read_only(s) ? "Read-only: nothing can be changed from here until % is pressed again."
                                                 : "Changes can be made again.");
}

static void leave(struct screen *over)
{
    desk_leave(over->desk);
}

static void leave_asked(struct screen *self)
{
    dialog_ask(self, "Leave onward", "Leave onward? What you typed and did not save is kept for the next time.", leave);
}

/* Esc takes away what bounds the rows before it goes back; q goes back at once. */
static void back(struct screen *self)
{
    if (self->under)
        desk_close(self, false);
    else
        leave_asked(self);
}

static void escape(struct screen *self)
{
    struct view *v = self->type->view ? view_of(self) : NULL;
    struct err e = {0};
    if (v && view_tags(v, NULL))
        view_untag(v);
    else if (v && *view_limit_text(v))
        tell(self, view_limit(v, "", &e), &e);
    else if (self->under)
        desk_close(self, false);
    else
        desk_say(self, "This is the first screen; q leaves onward.");
}

static void next_record(struct screen *self)
{
    desk_step(self, 1);
}

static void previous_record(struct screen *self)
{
    desk_step(self, -1);
}

static void go(struct screen *self)
{
    desk_await_go(self->desk);
}

static void find(struct screen *self)
{
    desk_open(self, &find_screen, NULL);
}

static void intake(struct screen *self)
{
    desk_open(self, &intake_screen, NULL);
}

static void drafts(struct screen *self)
{
    desk_open(self, &drafts_screen, NULL);
}

static void lock(struct screen *self)
{
    desk_lock(self->desk);
}

static void redraw(struct screen *self)
{
    desk_refresh(self->desk);
}

/* It is typed twice, since nobody sees it; between the two it is kept, and gone then. */
static void forget_secret(struct desk *d)
{
    if (d->secret)
        explicit_bzero(d->secret, strlen(d->secret));
    free(d->secret);
    d->secret = NULL;
}

static void password_again(struct screen *over, const char *text)
{
    struct desk *d = over->desk;
    const struct typed words[] = {{"login", session_login(d->session)}, {"password", text}};
    if (d->secret && strcmp(d->secret, text) == 0)
        desk_run(over, "user password", words, 2);
    else
        desk_say(over, "The two are not the same, so nothing was set. :password begins again.");
    forget_secret(d);
}

static void password_once(struct screen *over, const char *text)
{
    forget_secret(over->desk);
    over->desk->secret = xstrdup(text);
    dialog_secret(over, "Set a password", "The same again", password_again);
}

static void bring_in(struct screen *self)
{
    desk_open(self, &bring_in_screen, NULL);
}

static void set_password(struct screen *self)
{
    dialog_secret(self, "Set a password", "A password that unlocks this desk when you left it, and opens it in the morning", password_once);
}

const struct command desk_commands[] = {
    {.name = "find a person", .help = "Finds people by name, date of birth, NHS number, telephone, postcode or reference, as you type.",
     .keys = "f", .brief = "find", .roles = ROLE_CARE, .run = find},
    {.name = "new referral", .help = "Takes a new referral: safety, who, contact, asked by, needs, check.", .keys = "i", .brief = "new referral",
     .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = intake},
    {.name = "next case", .help = "Opens the next case that needs you.", .keys = "Tab", .brief = "next case", .roles = ROLE_CARE, .run = desk_next_case},
    {.name = "next record", .help = "The next record of the list this one was opened from.", .keys = "J", .flags = COMMAND_HIDDEN, .run = next_record},
    {.name = "previous record", .help = "The record before it in the list this one was opened from.", .keys = "K", .flags = COMMAND_HIDDEN, .run = previous_record},
    {.name = "go to a screen", .help = "The next key names the screen: t Today, c Caseload ..", .keys = "g", .brief = "go to", .run = go},
    {.name = "command", .help = "Any command or screen by its name, or a reference (PE-, SP-, HO-).", .keys = ":", .brief = "any command", .run = palette},
    {.name = "keys", .help = "The keys of this screen; type to find one, Enter does it.", .keys = "? F1", .flags = COMMAND_TYPING, .run = help},
    {.name = "undo", .help = "Names your last step and, when you say yes, undoes it.", .keys = "u", .flags = COMMAND_WRITES, .run = undo},
    {.name = "redo", .help = "Names the step you undid last and, when you say yes, does it again.", .keys = "^R", .flags = COMMAND_WRITES, .run = redo},
    {.name = "read-only", .help = "Turns changes off for this session, or on again.", .keys = "%", .run = read_only},
    {.name = "back", .help = "Back to the screen before; from the first one it leaves.", .keys = "q F10", .run = back},
    {.name = "clear or back", .help = "Takes tags away, then the limit, then goes back.", .keys = "Esc", .flags = COMMAND_HIDDEN, .run = escape},
    {.name = "read again", .help = "Reads everything on the screen again and draws it anew.", .keys = "^L", .flags = COMMAND_HIDDEN, .run = redraw},
    {.name = "unsaved text", .help = "What you typed and did not save, to go on with.", .keys = "", .run = drafts},
    {.name = "bring in a spreadsheet", .help = "Looks at a CSV file of people, referrals or services, then takes it in.", .keys = "",
     .flags = COMMAND_WRITES, .roles = ROLE_MANAGER | ROLE_ADMIN, .run = bring_in},
    {.name = "ways to begin", .help = "What a store that is still empty needs next.", .keys = "", .roles = ROLE_MANAGER | ROLE_ADMIN,
     .run = bring_in_next_steps},
    {.name = "lock", .help = "Locks the desk; your password unlocks it.", .keys = "", .run = lock},
    {.name = "password", .help = "Sets the password that unlocks your desk.", .keys = "", .run = set_password},
    {.name = "leave", .help = "Leaves onward; what you typed is kept.", .keys = "^C", .flags = COMMAND_TYPING, .run = leave_asked},
    {.name = NULL},
};

const struct command *command_at(const struct screen_type *t, bool with_view, size_t i)
{
    enum { TABLES = 3 };
    const struct command *tables[TABLES] = {t->commands, with_view ? view_commands : NULL, desk_commands};
    for (size_t k = 0; k < TABLES; k++)
        for (const struct command *c = tables[k]; c && c->name; c++)
            if (i-- == 0)
                return c;
    return NULL;
}

bool desk_offers(const struct screen *self, const struct command *c)
{
    struct session *s = self->desk->session;
    if (c->roles && (!s || !(session_roles(s) & c->roles)))
        return false;
    if ((c->flags & COMMAND_WRITES) && s && session_is_read_only(s))
        return false;
    return !c->can || c->can(self);
}

void desk_run_command(struct screen *self, const struct command *c)
{
    struct session *s = self->desk->session;
    bool many = self->desk->on_tagged;
    if ((c->flags & COMMAND_WRITES) && s && session_is_read_only(s))
        desk_say(self, "This session is read-only; %% turns changes on again.");
    else if (!desk_offers(self, c))
        desk_say(self, "\"%s\" cannot be done here now; ? shows what can.", c->name);
    else if (many && !(c->flags & COMMAND_EACH))
        desk_say(self, "\"%s\" is done for one row at a time.", c->name);
    else if (c->act)
        desk_act(self, c->act);
    else
        c->run(self);
}

bool desk_command(struct screen *self, const char *name)
{
    bool with_view = self->type->view && self->type->view(self);
    for (size_t i = 0;; i++) {
        const struct command *c = command_at(self->type, with_view, i);
        if (!c)
            return false;
        if (strcmp(c->name, name) == 0) {
            desk_run_command(self, c);
            return true;
        }
    }
}

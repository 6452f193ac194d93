/* SPDX-License-Identifier: MIT
 *
 * The directory: services, organisations and agreements, and what of them has
 * gone stale. A worker says here whether a service has room and that its entry
 * was checked; those who keep the directory change the rest.
 */
#include <string.h>

#include "directory_show.h"
#include "saved_views.h"
#include "tabs.h"

#define KEEPERS (ROLE_MANAGER | ROLE_ADMIN)

enum { SERVICES, ORGANISATIONS, AGREEMENTS, STALE, ENDING, VIEW_COUNT };

struct directory {
    struct screen base;
    struct saved_view table[VIEW_COUNT];
    struct saved_views saved;
    char stale_before[DATE_SIZE], ends_before[DATE_SIZE]; /* what the last two views are limited to */
    struct pane pane;
};

/* clang-format off: a column a line */
static const struct view_column service_columns[] = {
    {.key = "name", .label = "Service", .width = 20, .grows = true},
    {.key = "organisation", .label = NULL, .width = 16},
    {.key = "status", .label = NULL, .width = 8},
    {.key = "capacity", .label = NULL, .width = 12},
    {.key = "verified_on", .label = "Checked", .width = 11},
    {.key = "agreement_ends_on", .label = "Agreement", .width = 11, .last = true},
    {.key = "service", .label = "Reference", .width = 12, .last = true},
};
static const struct view_column organisation_columns[] = {
    {.key = "name", .label = NULL, .width = 20, .grows = true},
    {.key = "status", .label = NULL, .width = 8},
    {.key = "services", .label = NULL, .width = 8},
    {.key = "agreement_ends_on", .label = "Agreement", .width = 11},
    {.key = "verified_on", .label = "Checked", .width = 11},
    {.key = "phone", .label = NULL, .width = 14, .last = true},
    {.key = "organisation", .label = NULL, .width = 18, .last = true},
};
static const struct view_column agreement_columns[] = {
    {.key = "organisation_name", .label = "Organisation", .width = 18, .grows = true},
    {.key = "starts_on", .label = "From", .width = 11},
    {.key = "ends_on", .label = "Until", .width = 11},
    {.key = "nhs_number", .label = NULL, .width = 10},
    {.key = "risk_note", .label = NULL, .width = 9},
    {.key = "agreement", .label = "Reference", .width = 12, .last = true},
    {.key = "signed_by", .label = NULL, .width = 20, .last = true},
};
/* clang-format on */
static const char *const names[VIEW_COUNT] = {"Services", "Organisations", "Agreements", "Gone stale", "Ending"};

static struct directory *directory_of(const struct screen *self)
{
    return (struct directory *)self;
}

static struct view *directory_view(const struct screen *self)
{
    return saved_views_shown(&directory_of(self)->saved);
}

/* What the rows of the view that is shown are. */
static const struct directory_kind *kind_of(const struct screen *self)
{
    static const struct directory_kind *const kinds[VIEW_COUNT] = {
        &directory_service, &directory_organisation, &directory_agreement, &directory_service, &directory_agreement,
    };
    return kinds[directory_of(self)->saved.shown];
}

static bool keeps(const struct screen *self)
{
    return session_roles(desk_session(self->desk)) & KEEPERS;
}

/* ---- reading */

static enum style look_of(const struct view *v, size_t row)
{
    const char *status = view_cell_at(v, row, "status");
    return *status && strcmp(status, "active") != 0 ? STYLE_DIM : STYLE_PLAIN;
}

static void make_table(struct directory *w, struct session *s)
{
    day_t today = session_today(s);
    date_format(today - (day_t)session_setting(s, SET_VERIFY_DAYS), w->stale_before);
    date_format(today + (day_t)session_setting(s, SET_AGREEMENT_EXPIRING_DAYS), w->ends_before);
#define ROWS(list_name, columns_of) .list = list_name, .columns = columns_of, .n_columns = sizeof columns_of / sizeof *columns_of, .style = look_of
    const struct saved_view table[VIEW_COUNT] = {
        [SERVICES] = {ROWS("service list", service_columns),
                      .empty = "No service is here yet. Those who keep the directory add one with a, or bring in a file of them "
                               "(:bring in a spreadsheet)."},
        [ORGANISATIONS] = {ROWS("organisation list", organisation_columns),
                           .empty = "No organisation is here yet. Those who keep the directory add one with a; then its agreement and its services."},
        [AGREEMENTS] = {ROWS("agreement list", agreement_columns),
                        .empty = "There is no data-sharing agreement yet. Without one nothing can be handed to an organisation; a adds one."},
        [STALE] = {ROWS("service list", service_columns), .where = {{"unverified_since", w->stale_before}},
                   .empty = "Every service was checked lately. One comes here when nobody has checked its entry for long."},
        [ENDING] = {ROWS("agreement list", agreement_columns), .where = {{"ends_before", w->ends_before}},
                    .empty = "No agreement has ended or ends soon."},
    };
    memcpy(w->table, table, sizeof table);
    for (size_t i = 0; i < VIEW_COUNT; i++)
        w->table[i].name = names[i];
}

static void directory_close(struct screen *self)
{
    saved_views_close(&directory_of(self)->saved);
    pane_free(&directory_of(self)->pane);
}

static bool directory_open(struct screen *self, const void *args, struct err *e)
{
    struct directory *w = directory_of(self);
    (void)args;
    make_table(w, desk_session(self->desk));
    return saved_views_open(&w->saved, desk_session(self->desk), w->table, VIEW_COUNT, e);
}

static bool directory_refresh(struct screen *self, struct err *e)
{
    return view_load(directory_view(self), e);
}

static bool directory_event(struct screen *self, const struct event *ev)
{
    return saved_views_key(&directory_of(self)->saved, self, ev);
}

static void directory_headline(const struct screen *self, struct buf *out)
{
    int64_t total = view_total(directory_view(self));
    buf_str(out, names[directory_of(self)->saved.shown]);
    if (total >= 0)
        buf_fmt(out, ": %lld", (long long)total);
}

static const char *directory_subject(const struct screen *self, const char *kind)
{
    const struct view *v = directory_view(self);
    bool known = strcmp(kind, kind_of(self)->name) == 0 || strcmp(kind, "organisation") == 0;
    return known && view_key(v) ? view_cell(v, kind) : NULL;
}

static void directory_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct directory *w = directory_of(self);
    struct area list, detail, rest = {body.row + 1, body.col, body.rows - 1, body.cols};
    tabs_draw(c, body.row, body.col, body.cols, names, VIEW_COUNT, w->saved.shown);
    layout_split(rest, true, &list, &detail);
    view_draw(directory_view(self), c, list, true);
    pane_clear(&w->pane);
    if (view_key(directory_view(self)))
        kind_of(self)->tell(&w->pane, desk_session(self->desk), directory_view(self));
    pane_draw(&w->pane, c, (struct area){detail.row, detail.col + 1, detail.rows, detail.cols - 2});
}

/* ---- commands */

static bool has_row(const struct screen *self)
{
    return view_key(directory_view(self)) != NULL;
}

static void show(struct screen *self)
{
    if (has_row(self))
        directory_show(self, kind_of(self), directory_subject(self, kind_of(self)->name));
    else
        desk_say(self, "There is no row to show.");
}

/* Of the organisation in focus, which may be changed. */
static void add(struct screen *self)
{
    struct act act = *kind_of(self)->add;
    if (kind_of(self)->of_organisation && has_row(self))
        act.initial[0] = (struct typed){"organisation", directory_subject(self, "organisation")};
    desk_act(self, &act);
}

static bool is_service(const struct screen *self)
{
    return kind_of(self) == &directory_service && has_row(self);
}

static bool is_organisation(const struct screen *self)
{
    return kind_of(self) == &directory_organisation && has_row(self);
}

static bool can_edit(const struct screen *self)
{
    return has_row(self) && (keeps(self) || is_service(self));
}

static bool can_check(const struct screen *self)
{
    return can_edit(self) && kind_of(self)->checked;
}

/* A worker changes what a call to the service tells. */
static void edit(struct screen *self)
{
    desk_act(self, keeps(self) ? kind_of(self)->edit : &directory_room);
}

static void checked_today(struct screen *self)
{
    const struct act *act = kind_of(self)->checked;
    const struct typed words[] = {{act->about, directory_subject(self, act->about)}, act->preset[0]};
    if (desk_on_tagged(self))
        desk_act(self, act);
    else
        desk_run(self, act->form.verb, words, 2);
}

static void next_view(struct screen *self)
{
    saved_views_step(&directory_of(self)->saved, self, 1);
}

static void previous_view(struct screen *self)
{
    saved_views_step(&directory_of(self)->saved, self, -1);
}

static const struct command commands[] = {
    {.name = "show", .help = "Shows the entry whole; of an organisation its agreements, services and handoffs too.", .keys = "Enter", .brief = "show",
     .run = show},
    {.name = "checked today", .help = "Says that the entry was checked today, by a call or on their page.", .keys = "v", .brief = "checked today",
     .flags = COMMAND_WRITES | COMMAND_EACH, .roles = KEEPERS | ROLE_WORKER, .run = checked_today, .can = can_check},
    {.name = "room", .help = "Says whether a service has room, a waiting list or none, and that it was checked today.", .keys = "p", .brief = "room",
     .flags = COMMAND_WRITES, .roles = KEEPERS | ROLE_WORKER, .act = &directory_room, .can = is_service},
    {.name = "add", .help = "Adds a service, an organisation or an agreement: what this view shows.", .keys = "a", .brief = "add", .flags = COMMAND_WRITES,
     .roles = KEEPERS, .run = add},
    {.name = "edit", .help = "Changes the entry; a worker what a call to the service tells.", .keys = "e", .brief = "edit", .flags = COMMAND_WRITES,
     .roles = KEEPERS | ROLE_WORKER, .run = edit, .can = can_edit},
    {.name = "next view", .help = "Goes on through the views; their numbers show them too.", .keys = "]", .brief = "view", .run = next_view},
    {.name = "previous view", .help = "Goes back through the views.", .keys = "[", .flags = COMMAND_HIDDEN, .run = previous_view},
    {.name = "pause the organisation", .help = "Nothing new is handed to them until they are active again.", .keys = "P",
     .flags = COMMAND_WRITES | COMMAND_EACH, .roles = KEEPERS, .act = &directory_pause, .can = is_organisation},
    {.name = "close the organisation", .help = "They are gone: nothing is handed to them any more.", .keys = "D",
     .flags = COMMAND_WRITES | COMMAND_EACH, .roles = KEEPERS, .act = &directory_gone, .can = is_organisation},
    {.name = "open the organisation again", .help = "They are active again, and what waited for them goes.", .keys = "",
     .flags = COMMAND_WRITES | COMMAND_EACH, .roles = KEEPERS, .act = &directory_active, .can = is_organisation},
    {.name = "agreement with them", .help = "Adds a data-sharing agreement with the organisation in focus.", .keys = "", .flags = COMMAND_WRITES,
     .roles = KEEPERS, .act = &directory_agree, .can = has_row},
    {.name = "service of theirs", .help = "Adds a service of the organisation in focus.", .keys = "", .flags = COMMAND_WRITES, .roles = KEEPERS,
     .act = &directory_serve, .can = has_row},
    {.name = NULL},
};

const struct screen_type directory_screen = {
    .name = "directory", .title = "Directory",
    .help = "Who can help: services with what they are for and whether they have room, organisations, and the agreements under which anything may be "
            "handed to them. Gone stale has what nobody has checked for long. l limits, for example by need=housing neighbourhood=swinton.",
    .size = sizeof(struct directory), .commands = commands, .home = "d",
    .open = directory_open, .close = directory_close, .draw = directory_draw, .event = directory_event, .headline = directory_headline,
    .view = directory_view, .subject = directory_subject, .refresh = directory_refresh,
};

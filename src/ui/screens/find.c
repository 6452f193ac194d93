/* SPDX-License-Identifier: MIT
 *
 * Find: one line to type whatever is known of a person into, the people it
 * finds below, as it is typed.
 */
#include <string.h>

#include "document.h"
#include "desk.h"
#include "onward/role.h"

struct find {
    struct screen base;
    struct view *view;
    struct editor typed;
    char why[256];     /* why nothing was looked for */
    bool looked;       /* the view has what the text finds */
};

static const struct view_column columns[] = {
    {.key = "name", .label = "Name", .width = 24, .grows = true},
    {.key = "date_of_birth", .label = "Born", .width = 11},
    {.key = "postcode", .label = "Postcode", .width = 8},
    {.key = "phone", .label = "Telephone", .width = 13},
    {.key = "nhs_number", .label = "NHS number", .width = 12},
    {.key = "neighbourhood", .label = "Neighbourhood", .width = 20, .last = true},
    {.key = "person", .label = "Reference", .width = 12, .last = true},
};

static struct find *find_of(const struct screen *self)
{
    return (struct find *)self;
}

/* Looks for what is typed. A text of which nothing can be looked for is no error while typing: it is said. */
static bool look(struct find *f, struct err *e)
{
    const char *text = editor_text(&f->typed);
    f->why[0] = '\0';
    f->looked = false;
    if (text_is_blank(text))
        return true;
    view_where(f->view, "text", text);
    f->looked = view_load(f->view, e);
    if (f->looked || e->code != ERR_INVALID)
        return f->looked;
    text_put(f->why, sizeof f->why, "Type a name, a date of birth, a telephone or NHS number, a postcode or a reference.");
    err_clear(e);
    return true;
}

static bool find_open(struct screen *self, const void *args, struct err *e)
{
    struct find *f = find_of(self);
    (void)args;
    (void)e;
    f->view = view_new(desk_session(self->desk), "person find", columns, sizeof columns / sizeof *columns);
    view_set_empty(f->view, "Nobody is found by that. Take letters away, or try the telephone number, the postcode or the date of birth. "
                            "^N begins a new referral.");
    editor_init(&f->typed, 120, false);
    return true;
}

static void find_close(struct screen *self)
{
    view_free(find_of(self)->view);
    editor_free(&find_of(self)->typed);
}

static bool find_refresh(struct screen *self, struct err *e)
{
    return look(find_of(self), e);
}

static struct view *find_view(const struct screen *self)
{
    return find_of(self)->view;
}

static const char *find_subject(const struct screen *self, const char *kind)
{
    const struct find *f = find_of(self);
    return f->looked && strcmp(kind, "person") == 0 && view_key(f->view) ? view_cell(f->view, "person") : NULL;
}

static void find_headline(const struct screen *self, struct buf *out)
{
    const struct find *f = find_of(self);
    if (f->looked && view_rows(f->view))
        buf_fmt(out, "%lld found", (long long)view_total(f->view));
}

static void find_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct find *f = find_of(self);
    struct area rest = {body.row + 2, body.col, body.rows - 2, body.cols};
    int at = canvas_text(c, body.row, body.col + 1, body.cols - 1, STYLE_DIM, "Find: ");
    struct area line = {body.row, body.col + 1 + at, 1, body.cols - at - 2};
    canvas_fill(c, line, STYLE_FIELD);
    if (f->looked)
        view_draw(f->view, c, rest, false);
    else
        canvas_wrap(c, (struct area){rest.row, rest.col + 1, rest.rows, rest.cols - 2}, STYLE_DIM,
                    *f->why ? f->why : "Names in any order, a date of birth (28/02/1970), an NHS or telephone number, a postcode, a reference: "
                                       "the beginning of each is enough.", 0);
    editor_draw(&f->typed, c, line, true);
}

static bool move(struct find *f, int32_t key, bool *ok, struct err *e)
{
    if (key == PRESS_DOWN || key == PRESS_UP)
        *ok = view_move(f->view, key == PRESS_DOWN ? 1 : -1, e);
    else if (key == PRESS_PAGE_DOWN || key == PRESS_PAGE_UP)
        *ok = view_page(f->view, key == PRESS_PAGE_DOWN ? 1 : -1, e);
    else
        return false;
    return true;
}

static bool find_event(struct screen *self, const struct event *ev)
{
    struct find *f = find_of(self);
    struct err e = {0};
    bool ok = true;
    if (ev->kind == EVENT_PASTE) {
        editor_paste(&f->typed, ev->paste, ev->length);
        ok = look(f, &e);
    } else if (ev->key == PRESS_ESC || ev->key == PRESS_QUIT) {
        desk_close(self, true);
    } else if (f->looked && move(f, ev->key, &ok, &e)) {
        ;
    } else if (editor_key(&f->typed, ev->key)) {
        ok = look(f, &e);
    } else {
        return false;
    }
    if (!ok)
        desk_error(self, &e);
    return true;
}

static void open_found(struct screen *self)
{
    const char *person = find_subject(self, "person");
    if (person)
        desk_open(self, &person_screen, &(struct open_args){.person = person});
    else
        desk_say(self, "Nobody is found yet: type on, or take letters away.");
}

static void begin(struct screen *self)
{
    desk_open(self, &intake_screen, NULL);
}

static const struct command commands[] = {
    {.name = "open", .help = "Opens the person; the look is logged.", .keys = "Enter", .brief = "open", .flags = COMMAND_TYPING, .run = open_found},
    {.name = "begin a referral", .help = "Begins a referral of somebody who is not found.", .keys = "^N", .brief = "new referral",
     .flags = COMMAND_TYPING, .run = begin},
    {.name = NULL},
};

const struct screen_type find_screen = {
    .name = "find", .title = "Find a person",
    .help = "Type whatever is known: the beginnings of names in any order, a date of birth, a number, a postcode. Up and Down choose, Enter opens.",
    .size = sizeof(struct find), .commands = commands, .roles = ROLE_CARE, .typing = true,
    .open = find_open, .close = find_close, .draw = find_draw, .event = find_event, .headline = find_headline, .view = find_view,
    .subject = find_subject, .refresh = find_refresh,
};

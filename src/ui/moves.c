/* SPDX-License-Identifier: MIT
 *
 * Going from one record to the next without losing the list it came from, and
 * the keys that wait for a second one.
 */
#include <stdlib.h>
#include <string.h>

#include "desk_inside.h"

void desk_await_go(struct desk *d)
{
    struct buf text = {0};
    unsigned roles = d->session ? session_roles(d->session) : 0;
    buf_str(&text, "Go to:");
    for (size_t i = 0; screen_types[i]; i++)
        if (screen_types[i]->home && (!screen_types[i]->roles || (screen_types[i]->roles & roles)))
            buf_fmt(&text, "  %s %s", screen_types[i]->home, screen_types[i]->title);
    desk_say(d->top, "%s", buf_text(&text));
    buf_free(&text);
    d->going = true;
}

void desk_await_tagged(struct desk *d)
{
    struct view *v = d->top->type->view(d->top);
    size_t n = view_tags(v, NULL);
    d->on_tagged = n > 0;
    if (n)
        desk_say(d->top, "Act on %zu tagged: press the command's key.", n);
    else
        desk_say(d->top, "Nothing is tagged; t tags a row, T by words.");
}

/* The first screen below with a view: where the record that is shown came from. */
static struct screen *list_below(struct screen *self)
{
    for (struct screen *s = self->under; s; s = s->under)
        if (s->type->view && s->type->view(s))
            return s;
    return NULL;
}

void desk_step(struct screen *self, int by)
{
    struct screen *below = self->type->follow ? list_below(self) : NULL;
    struct err e = {0};
    if (!below) {
        desk_say(self, "There is no list to go through here.");
        return;
    }
    struct view *v = below->type->view(below);
    long before = view_selected(v);
    char *key = view_key(v) ? xstrdup(view_key(v)) : NULL;
    bool ok = view_move(v, by, &e);
    bool moved = ok && view_key(v) && (!key || strcmp(key, view_key(v)) != 0 || before != view_selected(v));
    free(key);
    if (!ok || (moved && !self->type->follow(self, below, &e)))
        desk_error(self, &e);
    else if (!moved)
        desk_say(self, by > 0 ? "That was the last of the list." : "That was the first of the list.");
}

/* Down the worklist to the next row about somebody else than the one who is left. Where their line went with what was
 * done, the next one stands in its place already. */
static bool next_person(struct view *v, const char *left, struct err *e)
{
    char person[64];
    if (!text_copy(person, sizeof person, left ? left : view_cell(v, "person")) || (left && strcmp(view_cell(v, "person"), left) != 0))
        return true;
    for (;;) {
        long before = view_selected(v);
        if (!view_move(v, 1, e))
            return false;
        if (view_selected(v) == before)
            return err_set(e, ERR_NOT_FOUND, "That was the last one on your list. g t goes back to Today.");
        if (strcmp(view_cell(v, "person"), person) != 0)
            return true;
    }
}

void desk_next_case(struct screen *self)
{
    struct desk *d = self->desk;
    struct screen *bottom = self;
    struct err e = {0};
    while (bottom->under)
        bottom = bottom->under;
    if (bottom->type != &today_screen) {
        desk_go(self, &today_screen);
        return;
    }
    struct view *v = bottom->type->view(bottom);
    if (view_selected(v) < 0) {
        desk_say(self, "Nothing needs you now.");
        return;
    }
    if (self != bottom && !next_person(v, desk_subject(self, "person"), &e)) {
        desk_error(self, &e);
        return;
    }
    keep_drafts(d);
    while (d->top != bottom)
        desk_close(d->top, false);
    if (!desk_command(bottom, "open"))
        desk_say(bottom, "That cannot be opened.");
}

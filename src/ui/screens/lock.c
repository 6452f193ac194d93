/* SPDX-License-Identifier: MIT
 *
 * The lock: the screen over a desk that was left, and the way in where a
 * password is set. It shows nothing of what is below it but whose desk it is.
 * Every key is its own, so that no command can be reached from here.
 */
#include <string.h>

#include "desk.h"

#define PASSWORD_BYTES 128
#define BOX_COLUMNS 56

struct lock {
    struct screen base;
    struct editor password;
    bool has_password;
};

static struct lock *lock_of(const struct screen *self)
{
    return (struct lock *)self;
}

static bool lock_open(struct screen *self, const void *args, struct err *e)
{
    struct lock *l = lock_of(self);
    (void)args;
    if (!desk_session(self->desk))
        return err_set(e, ERR_INVALID, "There is no store open that could be locked.");
    editor_init(&l->password, PASSWORD_BYTES, false);
    l->password.secret = true;
    l->has_password = session_has_password(desk_session(self->desk));
    return true;
}

static void lock_close(struct screen *self)
{
    editor_free(&lock_of(self)->password);
}

/* ---- the picture */

static const char *what_now(const struct lock *l)
{
    if (!l->has_password)
        return "No password is set: any key goes on, q leaves.";
    return l->base.under ? "Enter goes on, ^C leaves; what you typed is kept." : "Enter goes on, ^C leaves.";
}

static void lock_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct lock *l = lock_of(self);
    const char *login = session_login(desk_session(self->desk));
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, 5, BOX_COLUMNS), self->under ? "This desk is locked" : "Sign in");
    (void)body;
    canvas_fmt(c, in.row, in.col, in.cols, STYLE_PLAIN, "%s %s", self->under ? "It is the desk of" : "You are", login);
    canvas_text(c, in.row + 4, in.col, in.cols, STYLE_DIM, what_now(l));
    canvas_cursor(c, in.row + 4, in.col);
    if (!l->has_password)
        return;
    int at = canvas_text(c, in.row + 2, in.col, in.cols, STYLE_FOCUS, "Password") + 1;
    struct area field = {in.row + 2, in.col + at, 1, in.cols - at};
    canvas_fill(c, field, STYLE_FIELD);
    editor_draw(&l->password, c, field, true);
}

/* ---- keys */

static void unlock(struct screen *self)
{
    struct lock *l = lock_of(self);
    struct err e = {0};
    if (l->has_password && !*editor_text(&l->password)) {
        desk_say(self, "Type the password, then Enter; ^C leaves.");
        return;
    }
    bool ok = session_unlock(desk_session(self->desk), editor_text(&l->password), &e);
    editor_set(&l->password, "");
    if (ok)
        desk_unlocked(self);
    else
        desk_error(self, &e);
}

static void leave(struct screen *self)
{
    desk_leave(self->desk);
}

static void typed(struct lock *l, const struct event *ev)
{
    if (ev->kind == EVENT_PASTE)
        editor_paste(&l->password, ev->paste, ev->length);
    else if (!editor_key(&l->password, ev->key))
        desk_say(&l->base, "Type the password, then Enter; ^C leaves.");
    if (l->password.full)
        desk_say(&l->base, "No password is longer than %d characters.", PASSWORD_BYTES);
}

static bool lock_event(struct screen *self, const struct event *ev)
{
    struct lock *l = lock_of(self);
    bool key = ev->kind == EVENT_KEY;
    if (key && (ev->key == CTRL('c') || ev->key == PRESS_QUIT || (ev->key == 'q' && !l->has_password)))
        leave(self);
    else if (key && (ev->key == PRESS_ENTER || !l->has_password))
        unlock(self);
    else if (l->has_password)
        typed(l, ev);
    return true;
}

static const struct command commands[] = {
    {.name = "unlock", .help = "Goes on where you were, with your password; without one any key does.", .keys = "Enter", .brief = "go on",
     .flags = COMMAND_TYPING, .run = unlock},
    {.name = "leave from the lock", .help = "Leaves onward and asks nothing; what was typed is kept.", .keys = "^C F10", .brief = "leave",
     .flags = COMMAND_TYPING, .run = leave},
    {.name = NULL},
};

const struct screen_type lock_screen = {
    .name = "lock", .title = "onward",
    .help = "A desk that was left locks itself. The password of whose desk it is unlocks it; a wrong one makes the next try wait.",
    .size = sizeof(struct lock), .commands = commands, .typing = true,
    .open = lock_open, .close = lock_close, .draw = lock_draw, .event = lock_event,
};

/* SPDX-License-Identifier: MIT
 *
 * The stack of screens: who gets an event, what is drawn over what, when text
 * is kept, when others' changes are read, when the desk locks itself. A screen
 * that is closed while it runs is freed when the event is over.
 */
#include "desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk_inside.h"
#include "hint.h"

#define POLL_MS 1000  /* change notice and drafts; a change shows within two seconds */
#define MINUTE_MS INT64_C(60000)

struct desk *desk_new(const struct desk_options *o)
{
    struct desk *d = xcalloc(1, sizeof *d);
    d->options = *o;
    d->session = o->session;
    canvas_init(&d->canvas, o->rows, o->cols);
    d->canvas.ascii = o->ascii;
    d->canvas.linear = o->linear;
    d->typed_at = d->polled_at = o->ticks();
    return d;
}

static void screen_free(struct screen *s)
{
    if (s->type->close)
        s->type->close(s);
    free(s->kept);
    free(s);
}

static void free_closed(struct desk *d)
{
    while (d->closed) {
        struct screen *s = d->closed;
        d->closed = s->under;
        screen_free(s);
    }
}

struct session *desk_release(struct desk *d)
{
    struct session *session = d->session;
    while (d->top) {
        struct screen *s = d->top;
        d->top = s->under;
        screen_free(s);
    }
    free_closed(d);
    act_forget(d);
    if (d->secret)
        explicit_bzero(d->secret, strlen(d->secret));
    free(d->secret);
    canvas_free(&d->canvas);
    free(d);
    return session;
}

void desk_free(struct desk *d)
{
    if (d)
        session_close(desk_release(d));
}

struct session *desk_session(struct desk *d)
{
    return d->session;
}

void desk_set_session(struct desk *d, struct session *s)
{
    session_close(d->session);
    d->session = s;
}

const struct desk_options *desk_options(const struct desk *d)
{
    return &d->options;
}

struct screen *desk_top(const struct desk *d)
{
    return d->top;
}

int64_t desk_ticks(const struct desk *d)
{
    return d->options.ticks();
}

bool desk_pane(const struct desk *d)
{
    return d->pane;
}

bool desk_on_tagged(const struct screen *self)
{
    return self->desk->on_tagged;
}

void desk_toggle_pane(struct desk *d)
{
    d->pane = !d->pane;
}

bool desk_is_leaving(const struct desk *d)
{
    return d->leaving;
}

/* ---- the status line */

static void say(struct desk *d, enum style style, const char *text)
{
    struct buf words = {0};
    const struct screen *on = d->top;
    while (on && on->type->dialog)
        on = on->under;
    hint_for_desk(text, on, &words);
    d->message_style = style;
    snprintf(d->message, sizeof d->message, "%s", buf_text(&words));
    buf_free(&words);
}

/* Where the store failed, what is said in the same turn later on (that the step itself was done) does not hide it. */
static void say_error(struct desk *d, const struct err *e)
{
    say(d, STYLE_ALERT, e->text);
    if (e->code == ERR_STORE || e->code == ERR_BUSY)
        snprintf(d->trouble, sizeof d->trouble, "%s", e->text);
}

static void say_with_trouble(struct desk *d, const char *text)
{
    struct buf words = {0};
    buf_fmt(&words, "%s But: %s ^L reads again.", text, d->trouble);
    say(d, STYLE_ALERT, buf_text(&words));
    buf_free(&words);
}

void desk_say(struct screen *self, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = xvformat(fmt, args);
    va_end(args);
    if (*self->desk->trouble)
        say_with_trouble(self->desk, text);
    else
        say(self->desk, STYLE_PLAIN, text);
    free(text);
}

void desk_error(struct screen *self, const struct err *e)
{
    say_error(self->desk, e);
}

/* ---- the stack */

static struct screen *push(struct desk *d, const struct screen_type *type, const void *args)
{
    struct err e = {0};
    struct screen *s = xcalloc(1, type->size);
    s->type = type;
    s->desk = d;
    s->under = d->top;
    if (type->open && !type->open(s, args, &e)) {
        free(s);
        say_error(d, &e);
        return NULL;
    }
    if (s->under == d->top) {
        d->top = s;
    } else { /* its opening pushed something: that stays above it */
        struct screen *above = d->top;
        while (above->under != s->under)
            above = above->under;
        above->under = s;
    }
    return s;
}

struct screen *desk_open(struct screen *over, const struct screen_type *type, const void *args)
{
    return push(over->desk, type, args);
}

static void pop(struct desk *d)
{
    struct screen *s = d->top;
    d->top = s->under;
    s->under = d->closed;
    d->closed = s;
}

static bool is_open(const struct desk *d, const struct screen *self)
{
    for (const struct screen *s = d->top; s; s = s->under)
        if (s == self)
            return true;
    return false;
}

/* Gone underfoot: nothing to show any more. What was being typed over it outlives it. */
static void close_gone(struct desk *d, struct screen *s, const struct err *e)
{
    bool kept = false;
    keep_drafts(d);
    for (bool last = false; !last; pop(d)) {
        last = d->top == s;
        kept = kept || d->top->kept;
    }
    if (kept)
        desk_say(d->top, "%s What you typed is kept: :unsaved text has it.", e->text);
}

static void read_again(struct desk *d, struct screen *s)
{
    struct err e = {0};
    if (!s->type->refresh || s->type->refresh(s, &e))
        return;
    say_error(d, &e);
    if (e.code == ERR_NOT_FOUND && s->under && is_open(d, s))
        close_gone(d, s, &e);
}

void desk_close(struct screen *self, bool changed)
{
    struct desk *d = self->desk;
    if (!is_open(d, self))
        return;
    while (d->top != self)
        pop(d);
    pop(d);
    if (!d->top)
        d->leaving = true;
    else if (changed)
        read_again(d, d->top);
}

void desk_go(struct screen *from, const struct screen_type *type)
{
    struct desk *d = from->desk;
    keep_drafts(d);
    while (d->top && d->top->under)
        pop(d);
    if (d->top && d->top->type == type)
        read_again(d, d->top);
    else
        push(d, type, NULL);
}

void desk_refresh(struct desk *d)
{
    struct err e = {0};
    if (d->session && !session_mark(d->session, &d->mark, &e))
        say_error(d, &e);
    for (struct screen *s = d->top, *next; s; s = next) {
        next = s->under;
        read_again(d, s);
    }
}

const char *desk_subject(const struct screen *self, const char *kind)
{
    const char *person = NULL; /* what is below counts only while it is about the same one */
    for (const struct screen *s = self; s; s = s->under) {
        const char *of = s->type->subject ? s->type->subject(s, "person") : NULL;
        if (person && of && strcmp(of, person) != 0)
            return NULL;
        const char *ref = s->type->subject ? s->type->subject(s, kind) : NULL;
        if (ref && *ref)
            return ref;
        person = of ? of : person;
    }
    return NULL;
}

/* ---- drafts */

void desk_drop_draft(struct screen *self)
{
    struct err e = {0};
    char about[64] = "", title[160] = "";
    char *text = self->type->draft ? self->type->draft(self, about, title) : NULL;
    free(text);
    if (!draft_drop(self->desk->session, self->type->name, about, &e))
        desk_error(self, &e);
    free(self->kept);
    self->kept = NULL;
}

static void keep_draft(struct desk *d, struct screen *s)
{
    struct err e = {0};
    struct draft draft = {0};
    char *text = s->type->draft(s, draft.about, draft.title);
    if (text && (!s->kept || strcmp(text, s->kept) != 0)) {
        text_put(draft.form, sizeof draft.form, s->type->name);
        draft.text = text;
        if (draft_keep(d->session, &draft, &e)) {
            free(s->kept);
            s->kept = xstrdup(text);
        } else {
            err_prefix(&e, "What you type is not kept in the store yet, stay on this screen");
            say_error(d, &e);
        }
    }
    free(text);
}

void keep_drafts(struct desk *d)
{
    d->kept_at = desk_ticks(d);
    for (struct screen *s = d->top; s && d->session; s = s->under)
        if (s->type->draft)
            keep_draft(d, s);
}

/* ---- coming and going */

void desk_leave(struct desk *d)
{
    keep_drafts(d);
    d->leaving = true;
}

void desk_lock(struct desk *d)
{
    struct err e = {0};
    if (!d->session || (d->top && d->top->type == &lock_screen))
        return;
    keep_drafts(d);
    d->message[0] = '\0';
    d->going = d->on_tagged = false; /* the next key is the lock's, not the second of two */
    if (!session_log_locked(d->session, &e))
        say_error(d, &e);
    push(d, &lock_screen, NULL);
}

static const struct screen_type *first_screen(const struct desk *d)
{
    unsigned roles = session_roles(d->session);
    for (size_t i = 0; screen_types[i]; i++)
        if (screen_types[i]->home && (!screen_types[i]->roles || (screen_types[i]->roles & roles)))
            return screen_types[i];
    return &admin_screen;
}

static bool count_draft(void *ctx, const struct draft *draft)
{
    (void)draft;
    ++*(int *)ctx;
    return true;
}

void desk_enter(struct desk *d)
{
    struct err e = {0};
    int drafts = 0;
    while (d->top)
        pop(d);
    if (!session_log_login(d->session, &e) || !session_mark(d->session, &d->mark, &e))
        say_error(d, &e);
    if (!push(d, first_screen(d), NULL)) {
        d->leaving = true;
        return;
    }
    if (!session_has_password(d->session) && !d->message[0])
        desk_say(d->top, "No password is set: anybody here could unlock this desk. :password sets one.");
    if (!draft_each(d->session, count_draft, &drafts, &e))
        say_error(d, &e);
    else if (drafts)
        push(d, &drafts_screen, NULL);
}

void desk_start(struct desk *d)
{
    if (!d->session)
        d->leaving = !push(d, &welcome_screen, NULL);
    else if (session_has_password(d->session))
        d->leaving = !push(d, &lock_screen, NULL);
    else
        desk_enter(d);
}

void desk_unlocked(struct screen *lock)
{
    struct desk *d = lock->desk;
    bool at_start = !lock->under;
    if (at_start) {
        desk_enter(d);
        return;
    }
    desk_close(lock, false);
    desk_refresh(d);
}

/* ---- time */

/* What others changed: lists are read again, a record only when it is the one that changed (reading it is logged). */
static bool note_change(void *ctx, const char *about)
{
    struct desk *d = ctx;
    d->changed = true;
    for (struct screen *s = d->top; s; s = s->under) {
        const char *person = s->type->record && s->type->subject ? s->type->subject(s, "person") : NULL;
        if (person && strcmp(person, about) == 0)
            s->stale = true;
    }
    return true;
}

static void look_for_changes(struct desk *d)
{
    struct err e = {0};
    d->changed = false;
    if (!session_changes(d->session, &d->mark, note_change, d, &e)) {
        err_prefix(&e, "The store cannot be read now; what you type stays here");
        say_error(d, &e);
        return;
    }
    for (struct screen *s = d->changed ? d->top : NULL, *next; s; s = next) {
        next = s->under;
        if (s->type->record && !s->stale)
            continue;
        s->stale = false;
        read_again(d, s);
    }
}

static void pass_time(struct desk *d)
{
    int64_t now = desk_ticks(d);
    bool locked = d->top && d->top->type == &lock_screen;
    if (!d->session || locked || now - d->polled_at < POLL_MS)
        return;
    d->polled_at = now;
    look_for_changes(d);
    if (now - d->kept_at >= POLL_MS)
        keep_drafts(d);
    if (now - d->typed_at >= session_setting(d->session, SET_LOCK_MINUTES) * MINUTE_MS)
        desk_lock(d);
}

/* ---- events */

static bool go_to(struct desk *d, int32_t key)
{
    unsigned roles = session_roles(d->session);
    d->going = false;
    for (size_t i = 0; screen_types[i]; i++) {
        const struct screen_type *t = screen_types[i];
        if (t->home && key_in(t->home, key) && (!t->roles || (t->roles & roles))) {
            desk_go(d->top, t);
            return true;
        }
    }
    desk_say(d->top, "No screen has that key.");
    return true;
}

static void on_key(struct desk *d, int32_t key)
{
    struct screen *s = d->top;
    bool with_view = s->type->view && s->type->view(s);
    for (size_t i = 0;; i++) {
        const struct command *c = command_at(s->type, with_view, i);
        if (!c)
            break;
        if (key_in(c->keys, key) && (!s->type->typing || (c->flags & COMMAND_TYPING))) {
            desk_run_command(s, c);
            return;
        }
    }
    char name[16];
    key_label(key, name);
    if (key == PRESS_NONE)
        desk_say(s, "That key has no meaning here; %s shows those that have.", s->type->typing ? "F1" : "?");
    else
        desk_say(s, "%s does nothing here; %s shows the keys.", name, s->type->typing ? "F1" : "?");
}

static void on_input(struct desk *d, const struct event *ev)
{
    struct screen *s = d->top;
    bool tagged = d->on_tagged;
    d->typed_at = desk_ticks(d);
    d->message[0] = d->trouble[0] = '\0';
    if (d->going && ev->kind == EVENT_KEY) {
        go_to(d, ev->key);
        return;
    }
    if (s->type->event && s->type->event(s, ev))
        ;
    else if (ev->kind == EVENT_PASTE)
        desk_say(s, "Pasted text is text: open a field first, then paste it there.");
    else
        on_key(d, ev->key);
    if (tagged)
        d->on_tagged = false;
    if (desk_ticks(d) - d->kept_at >= POLL_MS)
        keep_drafts(d);
}

/* Under the least size nothing is shown, so that nothing is done blindly: only leaving. */
static void on_small(struct desk *d, const struct event *ev)
{
    if (ev->kind == EVENT_KEY && ev->key == 'q')
        desk_leave(d);
}

void desk_event(struct desk *d, const struct event *ev)
{
    if (ev->kind == EVENT_RESIZE)
        canvas_resize(&d->canvas, ev->rows, ev->cols);
    else if (ev->kind == EVENT_HANGUP)
        desk_leave(d);
    else if (d->leaving || !d->top)
        d->leaving = true;
    else if (ev->kind != EVENT_TICK && !layout_of(d->canvas.rows, d->canvas.cols).fits)
        on_small(d, ev);
    else if (ev->kind != EVENT_TICK)
        on_input(d, ev);
    if (!d->leaving)
        pass_time(d);
    free_closed(d);
}

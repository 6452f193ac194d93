/* SPDX-License-Identifier: MIT
 *
 * The desk: a stack of screens over one session. Events go in, the frame comes
 * out; nothing here knows a terminal, so that a test sits at it as a person
 * does. A screen is one file with one const struct screen_type; a dialog is a
 * screen that is pushed on the stack and calls back. Commands stand in tables:
 * footer, `?`, `:` and the manual are made from them, keys only point at them.
 */
#ifndef ONWARD_UI_DESK_H
#define ONWARD_UI_DESK_H

#include "canvas.h"
#include "form.h"
#include "key.h"
#include "layout.h"
#include "view.h"

struct screen;

/* ---- commands */

enum command_flag {
    COMMAND_WRITES = 1,   /* changes the store: not offered when the session is read-only */
    COMMAND_TYPING = 2,   /* works also while text is being typed (its keys are no printable characters) */
    COMMAND_EACH = 4,     /* may act on all tagged rows: `;` then its key */
    COMMAND_HIDDEN = 8,   /* stands in no footer and no palette (moving): in `?` and the manual only */
};

/* What a command does when it is a verb of the engine: its form opens (or, where nothing is to be typed, one question is
 * asked and it runs). References come from what is in focus. */
struct act {
    struct form_spec form;
    const char *about;          /* kind of the verb's subject: "person", "referral", "handoff", "need" ..; NULL none. Its argument has the same key */
    const char *with[3];        /* further kinds whose references are given to the arguments of the same key (where in focus) */
    struct typed preset[4];     /* fixed values, NULL-ended keys */
    struct typed initial[4];    /* put into the fields, may be changed */
    const char *sure;           /* no field to type: the question, for example "Begin working together?"; NULL: a form */
};

struct command {
    const char *name;           /* in the palette and the manual: "log a contact". No two alike on a screen */
    const char *help;           /* one sentence for `?` and the manual */
    const char *keys;           /* "a", "j Down": names of key.h; "" none (palette only) */
    const char *brief;          /* its word in the footer ("log contact"); NULL: not there. The first six that can are shown */
    unsigned flags, roles;      /* roles 0: everybody; hiding is a courtesy, the engine checks */
    void (*run)(struct screen *self);             /* one of run and act */
    const struct act *act;
    bool (*can)(const struct screen *self);       /* NULL: always */
    const char *verb;           /* of one with `run`: the verb it does, so that sentences of the engine can name it; NULL none */
};

/* ---- screens */

struct screen_type {
    const char *name;           /* "today": its name in the palette where `home` is set, in drafts and in tests */
    const char *title;          /* "Today" */
    const char *help;           /* what it is for, two or three sentences, the head of its `?` */
    size_t size;                /* of the struct that begins with struct screen */
    const struct command *commands; /* its own, ends with a NULL name */
    unsigned roles;             /* who has it; 0: everybody */
    const char *home;           /* its key from anywhere by `g` and this letter, or NULL: not reached by name */
    bool dialog;                /* drawn over the screen below */
    bool typing;                /* printable keys are text, not commands */
    bool record;                /* shows one person's record, whose every reading is logged: read again only when that person's changed */
    /* `args` as the opener and the screen agree (NULL from the palette). False with e: it is not pushed; close is not called. */
    bool (*open)(struct screen *self, const void *args, struct err *e);
    void (*close)(struct screen *self);
    /* Draws into the body (a dialog: the whole canvas; it makes its own box). Must call canvas_cursor. */
    void (*draw)(struct screen *self, struct canvas *c, struct area body);
    /* Before the commands are looked at; true when it was taken. NULL: none. Typing screens take their text here. */
    bool (*event)(struct screen *self, const struct event *ev);
    /* Appends what stands beside the title: the person's alerts, counts. NULL: nothing. */
    void (*headline)(const struct screen *self, struct buf *out);
    /* The view that moving, limiting, searching, tagging, sorting and export are about. NULL: none. */
    struct view *(*view)(const struct screen *self);
    /* The reference of that kind that is in focus; NULL none. */
    const char *(*subject)(const struct screen *self, const char *kind);
    /* Reads again: after one's own or somebody else's change. */
    bool (*refresh)(struct screen *self, struct err *e);
    /* J and K: the view of a screen below has moved on; show its selected record. NULL: J and K do nothing here. */
    bool (*follow)(struct screen *self, const struct screen *below, struct err *e);
    /* Typed text to keep (the caller frees); NULL: nothing to keep. Asked once a second and on leaving. `about` (always) and
     * `title` of struct draft are filled by it, `form` is the screen's name. */
    char *(*draft)(struct screen *self, char about[64], char title[160]);
    /* Opens itself again from a draft's text: pushes. NULL: it has none. */
    bool (*resume)(struct screen *below, const struct draft *d, struct err *e);
};

struct desk;
struct screen {
    const struct screen_type *type;
    struct desk *desk;
    struct screen *under;       /* NULL: the bottom one */
    char *kept;                 /* desk.c's own: the draft as last kept */
    bool stale;                 /* desk.c's own: its record was changed by somebody */
};

/* ---- the desk */

struct desk_options {
    struct session *session;    /* NULL: none yet (an empty start: the welcome screen opens one) */
    int rows, cols;
    bool ascii, linear;
    int64_t (*ticks)(void);     /* milliseconds that only go forward: idle lock, change notice, drafts */
    const char *url;            /* of the store, for words on screen and the welcome screen */
    const char *spool;          /* folder of packages, for words; NULL none */
    const char *os_account;
    int64_t (*clock)(void);
    const char *as;             /* --as, for the welcome screen's session_open; NULL */
};
struct desk; /* its inside is desk.c's; what screens need of it has a function */
struct desk *desk_new(const struct desk_options *o);
/* Where there is no session the welcome screen; where a password is set the lock; then what desk_enter does. */
void desk_start(struct desk *d);
/* Logged in: the first screen of the user's roles, and over it the drafts left from before. For the lock and the welcome screen. */
void desk_enter(struct desk *d);
/* The right password was given at this lock: back to what was locked, or in. */
void desk_unlocked(struct screen *lock);
void desk_free(struct desk *d);                    /* closes every screen and the session */
struct session *desk_release(struct desk *d);      /* the same, but the session is the caller's */
void desk_event(struct desk *d, const struct event *ev);
const struct canvas *desk_draw(struct desk *d);    /* the whole frame; valid until the next event */
bool desk_is_leaving(const struct desk *d);

struct session *desk_session(struct desk *d);
void desk_set_session(struct desk *d, struct session *s); /* the welcome screen made one: the desk owns it */
const struct desk_options *desk_options(const struct desk *d);
struct screen *desk_top(const struct desk *d);
int64_t desk_ticks(const struct desk *d);
bool desk_on_tagged(const struct screen *self);    /* while a command runs: it is to act on all that is tagged */
bool desk_pane(const struct desk *d);              /* is the pane that follows the cursor wanted (z)? off at first */

/* Pushes a screen; NULL with the error said on the status line. */
struct screen *desk_open(struct screen *over, const struct screen_type *type, const void *args);
/* Pops it and all above it; keeps no draft. The one below is refreshed when `changed`. */
void desk_close(struct screen *self, bool changed);
/* Goes to a screen of the palette: the stack is cut to the bottom and it is opened there. */
void desk_go(struct screen *from, const struct screen_type *type);
void desk_leave(struct desk *d);                   /* ends, with drafts kept */
void desk_drop_draft(struct screen *self);         /* its text was saved or thrown away */
void desk_lock(struct desk *d);

/* The status line: what was done and what comes next; stays until the next key's own. */
void desk_say(struct screen *self, const char *fmt, ...) PRINTF_LIKE(2, 3);
void desk_error(struct screen *self, const struct err *e);
/* Every screen of the stack reads again (after one's own change; others' come by themselves). */
void desk_refresh(struct desk *d);

/* The reference of that kind in focus: this screen's, else that of one below about the same person; NULL none. */
const char *desk_subject(const struct screen *self, const char *kind);
/* Runs a verb without a form: says its sentences or the error, refreshes. Words as for verb_run. */
bool desk_run(struct screen *self, const char *verb, const struct typed *words, size_t n);
/* The document of a reading verb about one reference (the caller's to decref); NULL with the error in e. */
MUST_CHECK json_t *desk_show(struct screen *self, const char *verb, const char *ref, struct err *e);
/* What a command with an act does; also for screens that decide by themselves. */
void desk_act(struct screen *self, const struct act *act);
/* Runs a command, or says why it cannot be done here now. */
void desk_run_command(struct screen *self, const struct command *c);
/* May it be offered here now (roles, read-only, its own condition)? */
bool desk_offers(const struct screen *self, const struct command *c);
/* Runs the command of that name that this screen has (its own, the view's or everybody's); false when there is none. */
bool desk_command(struct screen *self, const char *name);
/* ---- dialogs (dialog.c). Callbacks get the screen that asked, after the dialog is gone. */
void dialog_ask(struct screen *over, const char *title, const char *question, void (*yes)(struct screen *over));
void dialog_line(struct screen *over, const char *title, const char *label, const char *initial,
                 void (*done)(struct screen *over, const char *text));
void dialog_secret(struct screen *over, const char *title, const char *label, void (*done)(struct screen *over, const char *text));
struct choice_row {
    const char *key, *label, *hint; /* copied */
};
/* A list to choose from, narrowed by typing. */
void dialog_pick(struct screen *over, const char *title, const struct choice_row *rows, size_t n,
                 void (*done)(struct screen *over, const char *key));
/* Text to read, scrolled. */
void dialog_text(struct screen *over, const char *title, const char *text);
/* A form (form_screen.c); `done` when it was saved, NULL: the outcome's sentences are said and all is refreshed anyway. */
void dialog_form(struct screen *over, const struct form_spec *spec, const struct form_about *about,
                 void (*done)(struct screen *over, const struct outcome *o));
/* Goes to that field of the form that is open; nothing where none is, or where it has no such field. */
void dialog_form_focus(struct desk *d, const char *key);

/* ---- the one list of commands */
extern const struct command desk_commands[];  /* everywhere */
extern const struct command view_commands[];  /* where there is a view */
/* Each command of a screen type in order: its own, the view's (`with_view`), everybody's; NULL past the last. */
const struct command *command_at(const struct screen_type *t, bool with_view, size_t i);
/* Those for moving about (commands.c). */
void desk_undo(struct screen *self, const char *verb); /* "undo" or "redo": names the step, asks, does */
void desk_next_case(struct screen *self);
void desk_step(struct screen *self, int by);
void desk_export(struct screen *self);
void desk_toggle_pane(struct desk *d);
void desk_await_go(struct desk *d);     /* the next key names a screen */
void desk_await_tagged(struct desk *d); /* the next command acts on what is tagged */

/* ---- every type there is, NULL-ended (screens/screens.c) */
extern const struct screen_type *const screen_types[];
extern const struct screen_type today_screen, caseload_screen, person_screen, find_screen, intake_screen, needs_screen, consent_screen,
    handoff_screen, closing_screen, directory_screen, tonight_screen, replies_screen, admin_screen, lock_screen, welcome_screen, drafts_screen,
    help_screen, palette_screen, form_screen;

/* What openers agree on with screens. */
struct open_args {
    const char *person, *referral, *handoff, *need; /* references (need: its code); NULL none */
};

#endif

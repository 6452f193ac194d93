/* SPDX-License-Identifier: MIT
 *
 * A form: the fields of one verb, the texts typed for them, and a message
 * beside each. It needs no terminal. Leaving a field parses it and shows what
 * is wrong; saving parses all and runs the verb through the engine's one door;
 * an error that names a field puts the focus there. Nothing typed is lost by
 * an error. Every verb has a form by its table alone; `keys` only chooses and
 * orders.
 */
#ifndef ONWARD_UI_FORM_H
#define ONWARD_UI_FORM_H

#include "editor.h"
#include "onward/desk.h"

struct form_spec {
    const char *verb;         /* "referral contact" */
    const char *title;        /* NULL: the verb's help */
    const char *const *keys;  /* fields shown first, in order, NULL-ended; NULL: all */
    bool only;                /* the others are not offered at all (else ^O shows them) */
    const char *show;         /* reading verb whose document has the present values ("person show"), for an edit; NULL: an addition */
};

struct form;
/* `fixed` goes to the verb as it is and is not shown (the references it is about, the version seen); `initial` is put into
 * the fields. All texts are copied. `refs`: when there is more than one, the verb runs for each in one step (they take
 * the place of the verb's first reference). NULL with e when the present values could not be read. */
struct form_about {
    const struct typed *fixed;
    size_t n_fixed;
    const struct typed *initial;
    size_t n_initial;
    const char *const *refs;
    size_t n_refs;
};
MUST_CHECK struct form *form_new(struct session *s, const struct form_spec *spec, const struct form_about *about, struct err *e);
void form_free(struct form *f);

enum form_result { FORM_NOT_MINE, FORM_GOES_ON, FORM_WANTS_SAVE, FORM_WANTS_LEAVE };
/* Tab, Enter, Down: next field; Backtab, Up: previous (past the last and the first they are not the form's); Enter on the
 * last, or ^S anywhere: save; Esc: leave; ^O: the other fields. In a field of choices typing narrows, Right and Left go through what is left, a code, a label or its beginning
 * is taken. Everything printable is text. */
enum form_result form_event(struct form *f, const struct event *ev);
/* Runs the verb. False: e, shown in the form too, focus on the field at fault; on CONFLICT the fields that differ show
 * what is there now, and the next save goes against that version. */
MUST_CHECK bool form_save(struct form *f, struct outcome *o, struct err *e);
/* Reads every field, which says beside it what is wrong; INVALID for the first that is, with the focus there. Saving does it. */
MUST_CHECK bool form_check(struct form *f, struct err *e);
void form_draw(struct form *f, struct canvas *c, struct area a);
const char *form_title(const struct form *f);
int form_lines(const struct form *f); /* rows it would like at the width it was last drawn with, but for hint and list of the focused field */
/* One of several forms on a screen: without the focus it has no cursor, no hint and no list of choices. Says how many rows
 * of the area it took. */
int form_draw_part(struct form *f, struct canvas *c, struct area a, bool focus);
/* What its signs mean, for a line under it: "* must be given    ^O: 12 more fields"; nothing where there is nothing. */
void form_legend(const struct form *f, struct buf *out);

/* One field's text, for screens with rules of layout of their own. */
const char *form_text(const struct form *f, const char *key); /* as the verb takes it once understood (a code for its label), else as typed; "" none or no such field */
void form_set(struct form *f, const char *key, const char *text);
bool form_focus(struct form *f, const char *key);
void form_unfocus(struct form *f); /* leaves the field in focus: none is until form_focus. For screens of several forms */

/* Drafts: true when something differs from what it opened with. */
bool form_is_changed(const struct form *f);
char *form_draft(struct form *f);                            /* the JSON text of a draft, caller's; fixed and refs included, secrets not */
/* A form again from a draft's text, its verb and present values included. */
MUST_CHECK struct form *form_of_draft(struct session *s, const char *text, struct err *e);

#endif

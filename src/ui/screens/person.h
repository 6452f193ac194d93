/* SPDX-License-Identifier: MIT
 *
 * The file of one person: who they are and what must be known before ringing,
 * always in sight, over eight tabs. Every row of a tab is one part of one of
 * three documents and has its place there as its key: "contacts/3" is the
 * fourth contact of the episode. person.c has the screen, person_head.c what
 * stands above the tabs, person_rows.c and person_timeline.c the rows of each
 * tab, person_parts.c what can be done with one row, person_commands.c the
 * commands.
 */
#ifndef ONWARD_UI_PERSON_H
#define ONWARD_UI_PERSON_H

#include "desk.h"
#include "onward/ident.h"
#include "onward/records.h"
#include "onward/role.h"
#include "pane.h"

enum person_tab { TAB_SUMMARY, TAB_NEEDS, TAB_CONSENT, TAB_HANDOFFS, TAB_CONTACTS, TAB_PLAN, TAB_OUTCOMES, TAB_TIMELINE, TAB_COUNT };
extern const char *const person_tab_names[TAB_COUNT];

struct case_file {
    struct screen base;
    char person[REF_SIZE], referral[REF_SIZE]; /* referral: the episode shown; "" when there is none */
    json_t *record;                            /* of `person show` */
    json_t *episode;                           /* of `referral show`; NULL when there is none */
    json_t *consent;                           /* of `consent show`; NULL until a tab needs it */
    enum person_tab tab;
    struct view *views[TAB_COUNT];
    struct pane head, pane;                    /* above the tabs; of the row in focus */
    bool on_next;                              /* what is being done is about the next task, not the row in focus */
};

/* Brings a tab of a person's screen to the front. */
void person_go_to(struct screen *self, enum person_tab tab);
/* Shows another episode of the same person. */
void person_choose_episode(struct screen *self);

extern const struct command person_commands[];

/* person_head.c */
void person_fill_head(struct case_file *f);
void person_headline(const struct screen *self, struct buf *out);

/* person_rows.c */
struct view *person_new_view(enum person_tab tab);
void person_fill(struct case_file *f, enum person_tab tab);
/* Appends the names of the organisations that a consent decision is towards. */
void person_say_recipients(const struct case_file *f, const json_t *decision, struct buf *out);
/* person_timeline.c */
void person_fill_timeline(struct case_file *f);

/* person_parts.c */
/* The part of the documents that a key of a row names; NULL when there is none. */
const json_t *part_of(const struct case_file *f, const char *key);
/* That of the row in focus; NULL: none. `kind` (may be NULL) becomes its first word, "contacts". */
const json_t *part_in_focus(const struct case_file *f, char kind[32]);
/* Its reference under the key of the argument that takes it ("handoff", "need", "item", "risk", "flag"); NULL: it has none. */
const char *part_subject(const struct case_file *f, const char *kind);
void part_say(const struct case_file *f, struct pane *p);
void part_open(struct screen *self);
void part_open_handoff(struct screen *self);
void part_open_other(struct screen *self); /* the record that may be the same person's */
void part_edit(struct screen *self);
/* The first task of the episode, or the one in focus on the Summary. */
const json_t *part_next(const struct case_file *f);

#endif

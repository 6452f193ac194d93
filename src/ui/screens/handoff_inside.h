/* SPDX-License-Identifier: MIT
 *
 * The inside of the Handoff screen: handoff.c (the screen and its commands),
 * handoff_choose.c (which need, which service), handoff_one.c (one handoff).
 */
#ifndef ONWARD_UI_HANDOFF_INSIDE_H
#define ONWARD_UI_HANDOFF_INSIDE_H

#include "desk.h"
#include "onward/records.h"

enum handoff_step { AT_NEEDS, AT_SERVICES, AT_ONE, HANDOFF_STEPS };

struct handoff_screen {
    struct screen base;
    enum handoff_step step;
    char person[REF_SIZE], referral[REF_SIZE], need[CODE_SIZE];
    char handoff[REF_SIZE]; /* AT_ONE: the one that is shown */
    char follows[REF_SIZE]; /* AT_SERVICES: the one that is asked of another service; "" for a new one */
    json_t *episode;        /* of `referral show`, while choosing */
    json_t *doc;            /* AT_ONE: of `handoff show` */
    struct view *views[HANDOFF_STEPS];
};

/* Each reads its step anew and lays it out in its view's rows. */
MUST_CHECK bool handoff_read_needs(struct handoff_screen *w, struct err *e);
MUST_CHECK bool handoff_read_services(struct handoff_screen *w, struct err *e);
MUST_CHECK bool handoff_read_one(struct handoff_screen *w, struct err *e);
struct view *handoff_needs_view(void);
struct view *handoff_services_view(void);
struct view *handoff_one_view(void);

/* Enter on the selected row of each step. */
void handoff_choose_need(struct screen *self);
void handoff_choose_service(struct screen *self);
/* Selects the first gate that is shut; false: all are open, or it shows none. */
bool handoff_go_to_shut(struct handoff_screen *w);
void handoff_open_row(struct screen *self);

/* The two lines above the rows. */
void handoff_choose_draw_top(const struct handoff_screen *w, struct canvas *c, struct area a);
void handoff_one_draw_top(const struct handoff_screen *w, struct canvas *c, struct area a);

/* The handoff's state, "" while choosing. */
const char *handoff_state(const struct handoff_screen *w);
/* Consent for this organisation and need: the words, then the form. */
void handoff_take_consent(struct screen *self);
/* Runs a verb of the handoff that asks nothing more. */
void handoff_run(struct screen *self, const char *verb);

#endif

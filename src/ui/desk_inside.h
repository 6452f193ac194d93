/* SPDX-License-Identifier: MIT
 *
 * The desk's inside: desk.c, desk_draw.c and commands.c alone.
 */
#ifndef ONWARD_UI_DESK_INSIDE_H
#define ONWARD_UI_DESK_INSIDE_H

#include "desk.h"

struct desk {
    struct desk_options options;
    struct session *session;
    struct screen *top, *closed;   /* closed: to be freed when the event is over */
    struct canvas canvas;
    char message[1024];
    enum style message_style;
    char trouble[768];             /* the store failed in this turn: said along with whatever else is said */
    bool leaving, pane;
    bool going;                    /* after g: the next key names a screen */
    bool on_tagged;                /* after ;: the next command acts on what is tagged */
    bool changed;                  /* while others' changes are looked at */
    int64_t typed_at, polled_at, kept_at; /* ticks */
    int64_t mark;                  /* of the log, as last read */
    char sought[128];              /* of / */
    char *secret;                  /* a password between its two typings */
    struct act_run *act;           /* the act that waits for its yes */
};
void keep_drafts(struct desk *d);
void act_forget(struct desk *d); /* act.c: the one that waits for its yes */

#endif

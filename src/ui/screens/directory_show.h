/* SPDX-License-Identifier: MIT
 *
 * What the directory holds: of each kind of entry how its row is told, how it
 * is shown whole, and the verbs that add and change it.
 */
#ifndef ONWARD_UI_DIRECTORY_SHOW_H
#define ONWARD_UI_DIRECTORY_SHOW_H

#include "desk.h"
#include "pane.h"

struct directory_kind {
    const char *name;                 /* of its subject and its reading verb: "service" */
    const struct record_type *record;
    void (*tell)(struct pane *p, struct session *s, const struct view *v); /* the row in focus, by its list's columns */
    void (*more)(struct buf *out, struct session *s, const json_t *doc);   /* under its fields; NULL nothing */
    bool of_organisation;             /* adding one asks for its organisation */
    const struct act *add, *edit;
    const struct act *checked;        /* sure; its first preset is the day; NULL: none */
};
extern const struct directory_kind directory_service, directory_organisation, directory_agreement;

/* Reads it and shows it whole, over that screen. */
void directory_show(struct screen *self, const struct directory_kind *k, const char *ref);

extern const struct act directory_room;                                 /* of the service in focus */
extern const struct act directory_pause, directory_gone, directory_active, directory_agree, directory_serve; /* of the organisation */

#endif

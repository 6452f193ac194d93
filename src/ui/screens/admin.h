/* SPDX-License-Identifier: MIT
 *
 * What the house keeps beside people and the directory: users, settings,
 * holidays, areas, wordings, codes, the log, looks behind the mask and words
 * of replies. Each is a list of the engine and the verbs that add and change.
 */
#ifndef ONWARD_UI_ADMIN_H
#define ONWARD_UI_ADMIN_H

#include "saved_views.h"

struct admin_part {
    struct saved_view view;        /* its name as a tab */
    const char *title;             /* the same in full */
    const char *kind;              /* what its rows are for the verbs: "user"; NULL: no verb is about one */
    const struct act *add, *edit;  /* NULL: neither */
    const char *add_of;            /* column whose value in focus an addition begins with, or NULL */
};
extern const struct admin_part admin_parts[];
extern const size_t admin_part_count;
extern const struct act admin_password; /* of the user in focus */

#endif

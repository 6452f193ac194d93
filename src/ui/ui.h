/* SPDX-License-Identifier: MIT
 *
 * The door to the desk for the command that opens it.
 */
#ifndef ONWARD_UI_UI_H
#define ONWARD_UI_UI_H

#include "onward/session.h"

struct ui_options {
    const struct session_options *session; /* url NULL: none named; os_account, as, clock as for the command line */
    const char *spool;
    bool ascii, linear, mono, read_only;
    const char *theme;                     /* NULL: dark */
};
/* Sits at the desk until it is left. False with e when it could not be opened (no terminal, not this user's). */
MUST_CHECK bool ui_run(const struct ui_options *o, struct err *e);
/* The key section of the manual, in roff, from the command tables. */
void ui_manual(void);

#endif

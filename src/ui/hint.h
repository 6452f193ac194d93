/* SPDX-License-Identifier: MIT
 *
 * The engine's sentences name the next step as the command line has it
 * ("`onward handoff send HO-..`"). At the desk the same verb is reached by the
 * key of a command, or by a name after a colon.
 */
#ifndef ONWARD_UI_HINT_H
#define ONWARD_UI_HINT_H

#include "desk.h"

/* Appends the text with each command of the command line that is a verb as the desk says it: by the command that the screen
 * offers for it ("C (log a contact)", ":begin working together"), else, or without a screen, ":handoff send". What is no verb
 * (a list, a command about files) stays as it is. */
void hint_for_desk(const char *text, const struct screen *on, struct buf *out);

#endif

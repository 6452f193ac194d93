/* SPDX-License-Identifier: MIT
 *
 * The engine's sentences name the next step as the command line has it
 * ("`onward handoff send HO-..`"). At the desk the same verb is reached by its
 * name after a colon.
 */
#ifndef ONWARD_UI_HINT_H
#define ONWARD_UI_HINT_H

#include "onward/text.h"

/* Appends the text with each command of the command line that is a verb as the desk says it: ":handoff send". What is no
 * verb (a list, a command about files) stays as it is. */
void hint_for_desk(const char *text, struct buf *out);

#endif

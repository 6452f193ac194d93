/* SPDX-License-Identifier: MIT
 *
 * Bringing a spreadsheet in, from a new store or from any desk that may.
 */
#ifndef ONWARD_UI_BRING_IN_H
#define ONWARD_UI_BRING_IN_H

#include "desk.h"

extern const struct screen_type bring_in_screen;
/* What a store that is still empty needs next, to read. */
void bring_in_next_steps(struct screen *over);

#endif

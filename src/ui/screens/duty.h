/* SPDX-License-Identifier: MIT
 *
 * What each kind of line of the worklist asks for: where it is worked on, and
 * what being done with it means. One table for Today and Person.
 */
#ifndef ONWARD_UI_DUTY_H
#define ONWARD_UI_DUTY_H

#include "desk.h"

/* Opens where a task (its code) is worked on: the person at the right tab, a handoff, the replies .. `self` has the
 * references in focus. */
void duty_open(struct screen *self, const char *task);
/* Does what the task asks for, or offers what it may be. */
void duty_do(struct screen *self, const char *task);
/* What duty_do does, for the screen ("log the contact"); "" of an unknown task. */
const char *duty_words(const char *task);

#endif

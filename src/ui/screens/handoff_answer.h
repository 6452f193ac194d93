/* SPDX-License-Identifier: MIT
 *
 * Recording what an organisation said by telephone, e-mail or visit about the
 * handoff in focus.
 */
#ifndef ONWARD_UI_HANDOFF_ANSWER_H
#define ONWARD_UI_HANDOFF_ANSWER_H

#include "desk.h"

/* Asks which status, then why where that is owed, then opens the form. */
void handoff_answer(struct screen *self);

#endif

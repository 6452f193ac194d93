/* SPDX-License-Identifier: MIT
 *
 * The words of the workflow tables, for refusals and for the diagram.
 */
#ifndef ONWARD_MODEL_WORKFLOW_WORDS_H
#define ONWARD_MODEL_WORKFLOW_WORDS_H

#include "onward/workflow.h"

/* "turn away" for turn_away; the code itself when unknown. */
const char *workflow_action_label(const char *action);
/* "Waiting for triage" for received. */
const char *workflow_state_label(enum machine m, const char *state);

#endif

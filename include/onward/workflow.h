/* SPDX-License-Identifier: MIT
 *
 * The two machines, as tables: the only place that knows which move is legal.
 * Row codes (R01 .. R16, H01 .. H25) are the rule codes that refusals carry.
 */
#ifndef ONWARD_WORKFLOW_H
#define ONWARD_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "onward/err.h"
#include "onward/text.h"

enum machine { MACHINE_REFERRAL, MACHINE_HANDOFF };

/* One legal move. `to` "=" means the state stays; "<" the state before (reopen); "" that the record goes (discard). */
struct move {
    const char *code;   /* "R04" */
    const char *from;   /* a state code, "" for none (start, import, plan) */
    const char *action; /* "accept" */
    const char *to;
    unsigned roles;     /* enum role bits that may do it by hand */
    const char *needs;  /* in words: what must be there first, "" for nothing */
};

extern const struct move referral_moves[], handoff_moves[];
extern const size_t referral_move_count, handoff_move_count;

/* Actions. Referral: start submit discard import accept turn_away allocate
 * reallocate contact begin decline unable_to_contact pause return resume close
 * reopen error. Handoff: plan send release recheck export void deliver
 * reply_received reply_accepted reply_waiting_list reply_declined no_response
 * reply_started reply_on_hold reply_completed reply_could_not_complete
 * withdraw stop_confirmed reply_other review re_route reopen error.
 * (send goes to queued or held, as the gates say: two rows.) */

/* The row for (from, action), or NULL. Where two rows fit (send; void) the
 * first is given and `workflow_to` tells whether a target state is among them. */
const struct move *workflow_find(enum machine m, const char *from, const char *action);
bool workflow_to(enum machine m, const char *from, const char *action, const char *to);

/* Is the move legal for these roles? On false e is REFUSED (there is no
 * row; rule "R00" or "H00"; text says what state it is in, in the words on
 * screen, and what could be done instead) or DENIED (rule: the row's code). */
MUST_CHECK bool workflow_allows(enum machine m, const char *from, const char *action, unsigned role_bits, struct err *e);

/* Claims about states. */
bool referral_is_open(const char *state);      /* received .. paused */
bool handoff_is_open(const char *state);       /* not ended: draft .. on_hold, declined not counted */
bool handoff_has_left(const char *state);      /* exported or later, withdrawing included */
bool handoff_takes_update(const char *state);  /* exported .. on_hold */

/* The handoff states passed over when a reply takes `from` to `to` (for
 * example delivered -> completed implies acknowledged, accepted, in_progress).
 * Fills out[] (at most 6), returns how many. */
size_t handoff_implied(const char *from, const char *to, const char *out[6]);

/* What FHIR calls a handoff state: Task.status (R4) and a business status. */
struct task_status {
    const char *state, *status, *business;
};
extern const struct task_status handoff_task_status[]; /* ends with a NULL state */

/* The diagram of both machines, from the tables. */
void workflow_dot(struct buf *out);
void workflow_markdown(struct buf *out);

#endif

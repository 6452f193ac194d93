/* SPDX-License-Identifier: MIT
 *
 * What the verbs of a handoff share among themselves.
 */
#ifndef ONWARD_ENGINE_HANDOFF_VERBS_H
#define ONWARD_ENGINE_HANDOFF_VERBS_H

#include "engine/args.h"
#include "engine/handoffs.h"

#define ARG_HANDOFF(type) ARG_SUBJECT(type, handoff, "Handoff", "its reference, HO-....-....")

/* Finds a handoff within scope and asks the workflow table whether this user may make the move now.
 */
MUST_CHECK bool handoff_for(struct session *s, const char *ref, const char *action,
                            struct handoff *h, struct person *p, struct err *e);

/* Completes and inserts a draft whose referral, person, need, service, organisation and wishes are
 * filled (H01). Refused while another is open for the same need and service; names the one before
 * otherwise. */
MUST_CHECK bool handoff_make(struct session *s, const struct referral *r, const struct person *p,
                             struct handoff *h, struct err *e);

/* The state that an action leads to, wherever it starts. */
const char *handoff_target(const char *action);
/* A reply may skip steps: the state whose row of the table it is judged by. That of the handoff
 * where it has one, else the last of the steps passed over. */
const char *handoff_reply_from(const char *state, const char *action);

/* What an organisation says, or leaves unsaid, is news to the worker whose case it is unless it was
 * they who wrote it down (`handoff seen` says that they have read it). */
MUST_CHECK bool handoff_tell_worker(struct session *s, struct handoff *h,
                                    const struct handoff_step *step, struct err *e);

/* As handoff_withdraw_one, by hand (desk) or by the program (run). */
MUST_CHECK bool handoff_withdraw_as(struct session *s, struct handoff *h, const char *reason,
                                    const char *note, const char *how, struct err *e);

/* Writes down who confirmed a stop, and moves a withdrawing handoff to withdrawn. `step` has
 * on_date and how. */
MUST_CHECK bool handoff_confirm_stop(struct session *s, struct handoff *h,
                                     const struct handoff_step *step, const char *note,
                                     struct err *e);

/* handoff_apply_reply with the day on which they expect to have room. */
MUST_CHECK bool handoff_apply_told(struct session *s, struct handoff *h, struct reply *r,
                                   const char *order_key, bool on_withdraw_row,
                                   const char *expected_on, struct err *e);

/* The row that would leave next for a handoff in this state. */
enum row_action handoff_next_row(const struct handoff *h);

extern const struct verb handoff_plan, handoff_send, handoff_withdraw, handoff_error,
    handoff_reopen, handoff_again, handoff_update, handoff_rung, handoff_seen, handoff_reply,
    handoff_stop_confirmed, handoff_review, handoff_re_route, handoff_why, handoff_show;

#endif

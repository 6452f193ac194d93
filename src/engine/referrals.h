/* SPDX-License-Identifier: MIT
 *
 * Referral work that several verbs share, and what other subjects ask of it.
 * All inside the caller's transaction.
 */
#ifndef ONWARD_ENGINE_REFERRALS_H
#define ONWARD_ENGINE_REFERRALS_H

#include "engine/args.h"

/* A referral as it was found and as it shall be, with its person. It is written once, by
 * episode_move or episode_write, so that undo has one step to take back. */
struct episode {
    struct referral was, now;
    struct person person;
};

/* Finds it within scope. */
MUST_CHECK bool episode_find(struct session *s, const char *ref, struct episode *ep, struct err *e);
MUST_CHECK bool episode_find_by_id(struct session *s, int64_t referral_id, struct episode *ep,
                                   struct err *e);
/* Finds it and asks the workflow table whether this user may make the move now. */
MUST_CHECK bool episode_for(struct session *s, const char *ref, const char *action, struct episode *ep,
                            struct err *e);
/* Enters the state that the table names for `action`, writes `now`, fills the outcome and names the step for
 * undo: "accepted SP-4K7Q-9XD3", `done` being "accepted". `o` may be NULL. */
MUST_CHECK bool episode_move(struct session *s, struct episode *ep, const char *action, const char *done,
                             struct outcome *o, struct err *e);
/* Writes `now` in the state it has. */
MUST_CHECK bool episode_write(struct session *s, struct episode *ep, const char *done, struct outcome *o,
                              struct err *e);
/* Asks the gates of the person's held and queued handoffs again and says what came of it. */
MUST_CHECK bool episode_recheck(struct session *s, const struct episode *ep, struct outcome *o,
                                struct err *e);

/* REFUSED unless it is open (or a draft, where `draft_too`). */
MUST_CHECK bool episode_must_be_open(const struct episode *ep, bool draft_too, struct err *e);
/* REFUSED for one that was entered in error. */
MUST_CHECK bool episode_must_count(const struct episode *ep, struct err *e);
/* REFUSED (`rule`) when the person died, or has another open referral and `now` gives no second_reason. */
MUST_CHECK bool episode_may_open(struct session *s, const struct episode *ep, const char *rule,
                                 struct err *e);
/* An answer to the safeguarding question, checked and put into `now`. `note_key`: what the note's argument is called. */
MUST_CHECK bool episode_safeguarding(struct episode *ep, const char *answer, const char *note,
                                     const char *note_key, struct err *e);

/* ---- endings (referral_end.c) */

/* May this reason be given by this way of ending (turn_away, close)? INVALID (reason) says which may. */
MUST_CHECK bool ending_allows(const char *action, const char *reason, struct err *e);
/* Sets the closing day, reason and note of `now`, and forgets a call-back; the move is the caller's. */
void episode_end(struct session *s, struct episode *ep, const char *reason, const char *note);
/* Withdraws the open handoffs of an episode that ended for this reason; `leave_sent`: those that left
 * go on, and are named. */
MUST_CHECK bool ending_stops(struct session *s, const struct episode *ep, const char *reason,
                             bool leave_sent, struct outcome *o, struct err *e);
/* A person died: closes every open referral with that reason and withdraws every open handoff (with a stop
 * owed for those that left). Counts are added. */
MUST_CHECK bool referral_close_for_death(struct session *s, const struct person *p, int64_t *closed,
                                        int64_t *withdrawn, struct err *e);

/* ---- the answer that a referrer is owed (answer.c) */

/* Owes it: accepted, turned_away, declined, closed. A self-referral has no one to answer. */
MUST_CHECK bool answer_owe(struct session *s, const struct episode *ep, const char *event,
                           struct outcome *o, struct err *e);
/* What was owed and need not be told any more is settled with those words: `all`, or the endings alone. */
MUST_CHECK bool answers_settle(struct session *s, const struct episode *ep, bool all, const char *why,
                               struct err *e);
/* The letter as text (letter.c). REFUSED while what the GP is asked to do is not said. */
MUST_CHECK bool letter_write(struct session *s, const struct episode *ep, const struct answer *a,
                             struct buf *text, struct buf *csv, struct err *e);

/* ---- what is next (worklist.c) */

/* The task lines of one episode, as JSON rows of the worklist; `masked` as a representative may read them. */
MUST_CHECK bool worklist_of_referral(struct session *s, int64_t referral_id, bool masked,
                                     json_t *out, struct err *e);

/* ---- verbs, gathered in referral.c in the order of the manual */
extern const struct verb referral_start, referral_submit, referral_discard, referral_edit, referral_source_verb;
extern const struct verb referral_accept, referral_turn_away, referral_allocate, referral_reallocate, referral_reallocate_all,
    referral_return;
extern const struct verb referral_begin, referral_pause, referral_resume, referral_safeguarding, referral_safe;
extern const struct verb referral_decline, referral_unable, referral_close, referral_reopen, referral_error;
extern const struct verb referral_show;
/* ---- and in need.c */
extern const struct verb risk_add, risk_end, signpost_add, flag_add, flag_done;

#endif

/* SPDX-License-Identifier: MIT
 *
 * Handoff work that other verbs and the exchange layer ask for. All inside
 * the caller's transaction.
 *
 * A night's rows in the words of this file:
 *   freeze    handoff_freeze     the row goes into a batch: new, update or withdraw
 *   void      handoff_unfreeze   that batch never leaves
 *   deliver   handoff_delivered  the batch has left (batch_set_delivered does it for all its rows)
 */
#ifndef ONWARD_ENGINE_HANDOFFS_H
#define ONWARD_ENGINE_HANDOFFS_H

#include "engine/core.h"

struct shelf;
struct reply;

/* ---- what is known when a handoff is judged */

/* The records behind one handoff. Loading the next handoff keeps what is the same: the directory is
 * read once, person and referral once for rows that stand together. Valid inside one transaction.
 */
struct handoff_facts {
    struct person person;
    struct referral referral;
    struct consent *consents; /* of the person */
    size_t consent_count;
    const struct organisation *organisation;
    const struct agreement *agreement; /* the one in date, else the latest, NULL when none */
    const struct service *service;
    const struct user *worker;     /* NULL: nobody yet */
    struct consent_answer consent; /* filled by handoff_facts_ask */
    struct shelf *directory, *agreements, *services, *workers;
};
struct handoff_facts *handoff_facts_new(void);
void handoff_facts_free(struct handoff_facts *f);
MUST_CHECK bool handoff_facts_load(struct session *s, struct handoff_facts *f,
                                   const struct handoff *h, struct err *e);
/* Asks every gate of what was loaded, today. True when all are open. */
bool handoff_facts_ask(struct session *s, struct handoff_facts *f, const struct handoff *h,
                       struct gate_state out[GATE_COUNT]);

/* Asks every gate of a handoff now. `answer` may be NULL. Loads what it needs. */
MUST_CHECK bool handoff_ask_gates(struct session *s, const struct handoff *h,
                                  struct gate_state out[GATE_COUNT], struct consent_answer *answer,
                                  bool *open, struct err *e);
/* Keeps the shut gates of a held handoff, in words, and takes away what was kept before. */
MUST_CHECK bool handoff_keep_gates(struct session *s, const struct handoff *h,
                                   const struct gate_state gates[GATE_COUNT], struct err *e);

/* ---- moving */

/* Moves a handoff: checks the table, records events (implied ones too), writes. The record is
 * updated in place. Moves made by hand (desk, phone, email, visit) are checked against the user's
 * roles, moves made by the program (run, file) are not. Fills the dates that go with the state
 * entered (queued_at, exported_at, delivered_at, reply_by, state_before). */
struct handoff_step {
    const char *action; /* of the workflow table */
    const char *to;     /* target where the row leaves a choice, else NULL */
    const char *how;    /* run, desk, file, phone, email, visit */
    const char *note;
    int64_t reply_id;    /* FIELD_ABSENT: none */
    const char *on_date; /* NULL: today */
};
MUST_CHECK bool handoff_move(struct session *s, struct handoff *h, const struct handoff_step *step,
                             struct err *e);
/* The same for a record that the caller has changed besides: `before` is as it was loaded. */
MUST_CHECK bool handoff_move_from(struct session *s, const struct handoff *before,
                                  struct handoff *h, const struct handoff_step *step,
                                  struct err *e);
/* An event that moved nothing. */
MUST_CHECK bool handoff_note_event(struct session *s, const struct handoff *h,
                                   const struct handoff_step *step, const char *effect,
                                   struct err *e);
/* Undo or redo put it from one state into another, past the table. */
MUST_CHECK bool handoff_note_undone(struct session *s, const struct handoff *before,
                                    const struct handoff *h, const char *action, struct err *e);
/* REFUSED (H01) unless it may be open: its referral is, and no other handoff asks this service for
 * this need of this person. */
MUST_CHECK bool handoff_may_be_open(struct session *s, const struct handoff *h, struct err *e);
/* Writes a change that is no move: the person it is about is looked up for the audit. */
MUST_CHECK bool handoff_write(struct session *s, const struct handoff *before, struct handoff *h,
                              struct err *e);

/* Releases held, holds queued as the gates now say (H04, H05), for all that a change may touch.
 * Counts are added. One held for longer than the setting waits for a worker's word (`handoff
 * again`). */
struct recheck_counts {
    int64_t released, held;
};
MUST_CHECK bool handoffs_recheck_person(struct session *s, int64_t person_id,
                                        struct recheck_counts *c, struct err *e);
MUST_CHECK bool handoffs_recheck_organisation(struct session *s, int64_t organisation_id,
                                              struct recheck_counts *c, struct err *e);
MUST_CHECK bool handoffs_recheck_service(struct session *s, int64_t service_id,
                                         struct recheck_counts *c, struct err *e);
MUST_CHECK bool handoffs_recheck_all(struct session *s, struct recheck_counts *c, struct err *e);
/* One of them: `f` may carry over from the one before. */
MUST_CHECK bool handoff_recheck(struct session *s, struct handoff_facts *f, struct handoff *h,
                                struct recheck_counts *c, struct err *e);

/* What is asked of the worker when nothing is in the way of one that was held for long. */
void handoff_held_long_words(struct session *s, const struct handoff *h, struct buf *words);

/* H12: exported, delivered and acknowledged handoffs whose reply time is over. *moved is added to.
 */
MUST_CHECK bool handoffs_let_clocks_act(struct session *s, int64_t *moved, struct err *e);

/* ---- stopping */

/* Withdraws (H18/H19): not yet left -> withdrawn; left -> withdrawing with a stop owed. `reason` is
 * a stop reason. */
MUST_CHECK bool handoff_withdraw_one(struct session *s, struct handoff *h, const char *reason,
                                     const char *note, struct err *e);
/* All open ones of a person whose recipient the predicate names (organisation code NULL: all); or
 * of a referral. Returns how many in *n. */
MUST_CHECK bool handoffs_withdraw_person(struct session *s, int64_t person_id,
                                         const char *organisation, const char *reason, int64_t *n,
                                         struct err *e);
MUST_CHECK bool handoffs_withdraw_referral(struct session *s, int64_t referral_id,
                                           const char *reason, bool leave_sent_running, int64_t *n,
                                           int64_t *left, struct err *e);
/* A row of it left, or may have: its state says so, or its batch was void after a try at delivery. */
bool handoff_was_sent(const struct handoff *h);
/* A stop is owed and nobody has confirmed it. */
bool handoff_owes_stop(const struct handoff *h);

/* ---- what organisations say */

/* One answer of an organisation, from a file or told at the desk, on the same rows. Judges it
 * (order, date, legality), applies or keeps as history, and inserts the reply record. r->verdict
 * and r->why say what became of it. The caller fills status, on_date, how and what came with them;
 * `order_key` orders answers of one date by strcmp (batch, file, row); "" for one told at the desk,
 * which counts in the order of telling. `on_withdraw_row`: it names the withdraw row itself, which
 * alone confirms a stop. */
MUST_CHECK bool handoff_apply_reply(struct session *s, struct handoff *h, struct reply *r,
                                    const char *order_key, bool on_withdraw_row, struct err *e);
/* The first half alone: what would become of it. A refusal's rule and words are in *why. */
enum reply_fate { REPLY_MOVES, REPLY_NEWS, REPLY_HISTORY, REPLY_SAME, REPLY_STOPS, REPLY_REFUSED };
enum reply_fate handoff_judge_reply(struct session *s, const struct handoff *h,
                                    const struct reply *r, const char *order_key,
                                    bool on_withdraw_row, struct err *why);

/* ---- corrections */

/* May a correction still go? While it runs corrections go by themselves; after an answer that ended
 * it only by a worker's decision (`handoff update`); after a stop or a mark as error never. */
bool handoff_takes_correction(const struct handoff *h);
/* A person's details that a recipient holds have changed: marks exported .. on_hold handoffs
 * update_due. */
MUST_CHECK bool handoffs_mark_update(struct session *s, int64_t person_id, struct err *e);
/* The same for what was written after `at`: what went before holds what the person's details are now. */
MUST_CHECK bool handoffs_mark_update_since(struct session *s, int64_t person_id, int64_t at,
                                           struct err *e);
MUST_CHECK bool handoffs_mark_update_referral(struct session *s, int64_t referral_id,
                                              struct err *e);

/* ---- the night's rows */

enum row_action { ROW_NEW, ROW_UPDATE, ROW_WITHDRAW };
extern const char *const row_action_names[]; /* new update withdraw */
/* Has it a row to send, as it stands now, and which? *action is left alone when not. */
bool handoff_row_due(const struct handoff *h, enum row_action *action);
/* The revision that this row carries: a new row that of the handoff, the others one more. */
int64_t handoff_row_revision(const struct handoff *h, enum row_action action);
/* "HO-4K7Q-9XD3-2" */
void handoff_row_id(const struct handoff *h, enum row_action action, char out[32]);
/* The day by which the organisation should have answered a row that leaves on `from`. */
void handoff_reply_by(struct session *s, const struct service *service, day_t from,
                      char out[DATE_SIZE]);

/* The row stands in a batch from now on. New: queued -> exported (H06). Update: no longer due.
 * Withdraw: the stop is on its way, still owed. `service` may be NULL: it is looked up for the
 * reply time of a new row. */
MUST_CHECK bool handoff_freeze(struct session *s, struct handoff *h, enum row_action action,
                               const struct batch *b, const struct service *service, struct err *e);
/* Its batch is void (H06b). New: exported -> `to` (held, with its gates to be kept by the caller; queued;
 * withdrawn). Update and withdraw rows are due again. `may_have_left`: a try was made, so that they may hold the
 * row all the same: exported_at stays, and with it whatever stop is owed, or will be when it is withdrawn.
 * Otherwise a row that was stopped in the meantime is withdrawn whatever `to` says, no stop owed. */
MUST_CHECK bool handoff_unfreeze(struct session *s, struct handoff *h, enum row_action action,
                                 const struct batch *b, const char *to, bool may_have_left,
                                 struct err *e);
/* H07 for one row of a delivered batch; rows that have moved on meanwhile only keep the date. */
MUST_CHECK bool handoff_delivered(struct session *s, struct handoff *h,
                                  const struct handoff_step *how, struct err *e);
/* The batch has left: published -> delivered, and H07 for its new rows. */
MUST_CHECK bool batch_set_delivered(struct session *s, struct batch *b, const char *by,
                                    const char *how, bool by_hand, struct err *e);

#endif

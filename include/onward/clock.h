/* SPDX-License-Identifier: MIT
 *
 * Clocks and the worklist: what is due, how late, and what would stop it.
 * Tasks are derived from the record, never typed and never stale. Pure: the
 * engine loads the facts of a referral, a handoff, ... and asks.
 */
#ifndef ONWARD_CLOCK_H
#define ONWARD_CLOCK_H

#include "onward/records.h"
#include "onward/workday.h"

/* In rank order: the first is the most pressing. */
enum task {
    TASK_STOP,            /* a stop not confirmed */
    TASK_SAFEGUARDING,    /* a concern open, or the question not yet answered */
    TASK_RING_URGENT,     /* an urgent handoff: ring them too */
    TASK_FLAG,            /* a dated flag */
    TASK_CALL_BACK,       /* an agreed call-back */
    TASK_DECLINED,        /* a declined or failed handoff to review */
    TASK_TRIAGE,          /* triage overdue or due */
    TASK_FIRST_CONTACT,
    TASK_HELD,            /* a held handoff that a worker can free */
    TASK_UNDELIVERED,     /* a batch not delivered */
    TASK_UNMATCHED,       /* a reply that matched nothing or was refused */
    TASK_ANSWER,          /* a referrer not yet answered */
    TASK_QUIET,           /* nobody reached for too long */
    TASK_NO_REPLY,        /* no reply, or no news, from an organisation */
    TASK_CONSENT,         /* consent expired or expiring */
    TASK_REVIEW,          /* plan review, pause over, best interests review */
    TASK_IMPORTED,        /* an imported item the old system never asked */
    TASK_DRAFT,
    TASK_COUNT
};
extern const char *const task_names[TASK_COUNT];  /* stop safeguarding ring_urgent ... */
extern const char *const task_labels[TASK_COUNT]; /* words on screen */

struct task_line {
    enum task task;
    day_t due;        /* the day it is (was) due */
    int late;         /* days late (working days where the clock counts those); negative: still to come */
    bool workdays;
    char what[192];   /* "No one has reached them for 21 days"; of a flag its message, which is personal */
    char stops[160];  /* what would stop it: "Log a contact that reached them" */
};

/* The settings that clocks need, read once. */
struct clock_rules {
    int64_t setting[32]; /* by enum setting */
    struct holidays holidays;
    day_t today;
};

/* Facts that are not in the referral record itself. */
struct referral_facts {
    int64_t attempt_days;             /* different days on which contact was tried */
    int64_t has_risk;                 /* a risk row or "no known risks" */
    int64_t open_handoffs;
    char consent_expires_on[DATE_SIZE]; /* earliest expiry of a share consent in force, or "" */
    int64_t contact_not_asked;        /* imported without contact consent */
};
/* Task lines of one referral (at most 8). Returns how many. */
size_t clock_referral(const struct clock_rules *r, const struct referral *ref, const struct referral_facts *f, struct task_line out[8]);
/* Task lines of one handoff (at most 4): stop, ring urgent, draft, declined, held, no reply, no news. */
size_t clock_handoff(const struct clock_rules *r, const struct handoff *h, struct task_line out[4]);
size_t clock_flag(const struct clock_rules *r, const struct flag *f, struct task_line out[1]);
size_t clock_answer(const struct clock_rules *r, const struct answer *a, struct task_line out[1]);
/* Is the reply time of this handoff over (H12)? */
bool clock_reply_over(const struct clock_rules *r, const struct handoff *h);
/* Held for so long (since it was held, or last said to be wanted) that the worker is asked before it is queued again? */
bool clock_held_long(const struct clock_rules *r, const struct handoff *h);
/* Worklist order: rank, then lateness, then due, then reference; a total order. */
int task_compare(const struct task_line *a, const char *ref_a, const struct task_line *b, const char *ref_b);

#endif

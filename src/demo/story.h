/* SPDX-License-Identifier: MIT
 *
 * What happens to people. A story says how far an episode gets and how it
 * ends; a twist is something out of the ordinary in one that is open; a
 * course is what an organisation makes of a handoff. Planning a life turns
 * its story into dated events.
 */
#ifndef ONWARD_DEMO_STORY_H
#define ONWARD_DEMO_STORY_H

#include "demo/borough.h"

enum event_kind {
    EV_ROUND, /* the directory is verified; arg: which round */
    EV_NIGHT, /* the nightly run; the packages of the last one go to the post later that morning */
    EV_POST,
    EV_JOINED,   /* the list of another team is imported */
    EV_REFERRED, /* recorded, asked whether they may be contacted, the referral typed in and, but
                    for a draft, submitted */
    EV_TRIAGE,   /* accepted with needs and risks, or turned away */
    EV_ANSWERED, /* the referrer is told what is owed */
    EV_ALLOCATED,
    EV_TRY,   /* a try that reaches nobody; arg: which */
    EV_FIRST, /* the first talk: begun, or declined */
    EV_SHARE, /* asked what may be shared with whom */
    EV_PLAN,
    EV_CONTACT, /* arg: 1 for the last before the end, 2 for one with a call-back */
    EV_OUT,     /* a handoff planned and sent; arg: which */
    EV_PHONED,  /* the organisation rang; arg: out * STAGES_MOST + stage */
    EV_REVIEW,  /* a decline or failure looked at; arg: which out */
    EV_NUDGE,   /* a silent organisation is rung; arg: which out */
    EV_STOPPED, /* stops that are owed are confirmed by telephone */
    EV_END,
    EV_ODD, /* the twist, or the turn of a rarer story */
};
#define STAGES_MOST 5
#define STAGE_STOPPED 31 /* of an answer_due: the stop is confirmed */

/* How far an episode gets, in order. */
enum reach { TO_DRAFT, TO_RECEIVED, TO_TRIAGED, TO_WAITING, TO_ALLOCATED, TO_TALK, TO_WORK };

struct story {
    const char *word;
    int weight; /* of STORY_CARDS people */
    enum reach reach;
    int young, old;    /* days before today that it was received */
    const char *close; /* close reason, "" for one that is open; of a turned away one too */
};
enum { STORY_CARDS = 200 };
extern const struct story stories[];
extern const size_t story_count;

enum twist {
    PLAIN,
    QUIET,
    VERY_QUIET,
    CALL_BACK,
    FLAGGED,
    CONCERN,
    CONCERN_SAFE,
    REFUSED,
    WITHDRAWN,
    WITHDRAWN_CONFIRMED,
    EXPIRED,
    EXPIRING,
    NOT_COVERING,
    NO_RECORD,
    NOT_SOUGHT,
    BEST_INTERESTS,
    LEGAL_DUTY,
    PARENT_DECIDES,
    COMPETENT,
    INTERPRETED,
    NO_ROOM,
    NO_AGREEMENT,
    AGREEMENT_ENDED,
    RESTRICTED,
    LIKENESS,
    MERGED,
    URGENT,
    URGENT_RUNG,
    OUT_ERROR,
    ON_HOLD,
    OUT_DRAFT,
    SECOND,
    LONG_HELD,
    REALLOCATED,
    MOVED_HOUSE,
    ANOTHER_SOURCE,
    WAITING_LIST,
    SILENT,
    TWISTS
};

struct course_stage {
    const char *status; /* NULL ends them */
    int low, high;      /* days after it was sent */
};
struct course {
    const char *word;
    int weight; /* of a hundred handoffs */
    struct course_stage stages[STAGES_MOST];
};
enum course_number {
    COMPLETES,
    QUICK,
    WAITS,
    DECLINES,
    PERSON_DECLINES,
    SILENCE,
    FAILS,
    HOLDS,
    COURSES
};
extern const struct course courses[COURSES];

/* Deals out stories and twists to all lives, and plans every one of them. */
void stories_deal(struct borough *b);
void events_sort(struct borough *b);
void borough_add_event(struct borough *b, const struct life *l, enum event_kind kind, int arg,
                       day_t day, int minute);

/* Neighbourhood, needs and age of somebody, by their number. */
void life_draw(const struct borough *b, struct life *l);
const struct story *story_of(const struct life *l);
/* The stream of a life in some matter (a word): no other matter disturbs it. */
struct chance life_chance(const struct borough *b, const struct life *l, const char *about);

#endif

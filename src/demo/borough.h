/* SPDX-License-Identifier: MIT
 *
 * The inside of a borough in the making. Its history is lived, not written
 * down: every person has a story (story.h), the story is a list of dated
 * events, all events of everybody are put in order of time, and each is done
 * through the verbs that a worker uses, with the clock standing at its time.
 * Nights between them are real nightly runs, and organisations answer by
 * files in the spool.
 *
 *   demo.c        the whole, from an empty folder to tonight
 *   clock.c       the time of the borough, and acting as someone at that time
 *   staff.c       users and practices        directory.c  organisations, services
 *   people.c      who somebody is            story.c      what happens to them, and when
 *   begin.c work.c out.c end.c odd.c         the events themselves
 *   night.c       nightly runs, deliveries   answers.c    reply files
 *   archive.c     the many whose episodes were over before all this, and a list that was imported
 *   words*.c names.c places.c                the words
 */
#ifndef ONWARD_DEMO_BOROUGH_H
#define ONWARD_DEMO_BOROUGH_H

#include "demo/chance.h"
#include "demo/places.h"
#include "engine/core.h"
#include "onward/demo.h"

/* ---- what stands in the directory */

#define ORGANISATIONS_MOST 64
#define SERVICES_MOST 400

/* How an organisation's agreement stands today. */
enum agreement_kind { AGREED, AGREED_ENDING, AGREED_ENDED, NOT_AGREED };
struct demo_organisation {
    char code[CODE_SIZE];
    const char *name;
    char phone[36];
    enum agreement_kind agreement;
    bool slow_mail;  /* somebody forgets to send what the last night made for them */
    size_t services; /* how many of demo_service are theirs, from `first` on */
    size_t first;
};
struct demo_service {
    char ref[REF_SIZE];
    size_t organisation;
    const char *needs, *areas; /* comma-separated codes; areas "" for the whole borough */
    int min_age, max_age;      /* -1: any */
    bool full;                 /* no capacity */
};

/* ---- what lies ahead of everybody */

/* Something that is to happen to somebody (story.h). */
struct event {
    day_t day;
    int16_t minute; /* after midnight */
    uint8_t kind;   /* enum event_kind */
    uint8_t arg;    /* which of several: handoff, attempt */
    uint32_t life;
    uint32_t order; /* as planned: breaks ties */
};

#define OUT_MOST 4
/* A handoff as it is planned for a person. */
struct out {
    char ref[REF_SIZE];
    uint16_t service; /* index */
    uint8_t need;     /* index among the person's needs */
    uint8_t course;   /* enum course_number */
    bool urgent;
    bool follows; /* another one's place is taken: not planned again */
};

#define NEEDS_MOST 3
struct life {
    uint64_t number;
    uint8_t story, twist;
    uint8_t neighbourhood, worker, need_count, out_count;
    int16_t age;
    const char *needs[NEEDS_MOST];
    day_t begins; /* received */
    char person[REF_SIZE], referral[REF_SIZE];
    char name[NAME_SIZE]; /* as they like to be called */
    char street[64];
    uint8_t pronoun; /* 0 she, 1 he, 2 they */
    uint8_t practice;
    uint8_t talks; /* had so far */
    struct out out[OUT_MOST];
};

/* A word of an organisation that it has not sent yet. */
struct answer_due {
    uint32_t life;
    uint8_t out, stage;
    day_t on;
    size_t organisation;
};

#define WORKERS 12
#define REPS 2

struct borough {
    const struct demo_options *o;
    struct session *s;
    char spool[4096];
    uint64_t seed;
    int64_t now;              /* the clock of the session */
    day_t first, last, today; /* the history runs from first to last, the last working day before today */
    struct user lead, manager, admin, auditor, night, workers[WORKERS], reps[REPS];

    struct demo_organisation organisations[ORGANISATIONS_MOST];
    size_t organisation_count;
    struct demo_service services[SERVICES_MOST];
    size_t service_count;

    int load[WORKERS], open_load[WORKERS]; /* lives given to each worker so far */
    struct life *lives;
    size_t life_count;
    int64_t joined_from, joined_count; /* numbers of those on the list of the team that joined */
    struct event *events;
    size_t event_count, event_room;
    day_t *nights;
    size_t night_count;
    struct answer_due *answers;
    size_t answer_count, answer_room;
    json_t *sent;        /* batches of the last night */
    size_t late_batches; /* of the last nights, so far */
    size_t turned_away;  /* so far, for their reasons */
    int64_t files;       /* reply files written */
    size_t done;         /* people, for progress */
};

/* ---- time and acting (clock.c) */

int64_t borough_clock(void); /* the session's clock: that of the one borough in the making */
void borough_begin(struct borough *b);
void borough_end(void);
/* The clock stands at that minute of that day, or stays where it is when that is past. */
void borough_at(struct borough *b, day_t day, int minute);

/* Runs a verb as a user, with words as on the command line; absent values are left out. `ref` may
 * be NULL. */
MUST_CHECK bool borough_act(struct borough *b, const struct user *as, const char *verb,
                            char ref[REF_SIZE], const struct typed *words, size_t n, struct err *e);
#define ACT(b, as, ref, e, verb, ...)                                                              \
    borough_act(b, as, verb, ref, (const struct typed[]){__VA_ARGS__},                             \
                sizeof((const struct typed[]){__VA_ARGS__}) / sizeof(struct typed), e)
/* Write transactions round many acts: one is open between these. */
MUST_CHECK bool borough_open(struct borough *b, struct err *e);
MUST_CHECK bool borough_commit(struct borough *b, struct err *e);

/* The working day on or after `d`; on or before it. */
day_t borough_workday(day_t d);
day_t borough_workday_before(day_t d);
/* A date, a number as text, in place. */
const char *iso_into(day_t d, char out[DATE_SIZE]);
const char *digits_into(int64_t n, char out[24]);
#define ISO(day) iso_into(day, (char[DATE_SIZE]){""})
#define DIGITS(n) digits_into(n, (char[24]){""})

/* ---- parts */

MUST_CHECK bool borough_staff(struct borough *b, struct err *e);
MUST_CHECK bool borough_directory(struct borough *b, struct err *e);
/* Rounds of telephone calls that verify entries of the directory. */
MUST_CHECK bool borough_verify_directory(struct borough *b, int round, struct err *e);
#define DIRECTORY_ROUNDS 2
/* A service that answers the need of this person on that day, different for each `turn`; SIZE_MAX
 * when there is none. */
size_t borough_service(const struct borough *b, const struct life *l, const char *need, int turn);
/* A service to which nothing may go: its organisation's agreement stands so (`full` false), or it
 * has no room. */
size_t borough_odd_service(const struct borough *b, enum agreement_kind kind, bool full);

/* Fills a person's record by number: the same number, the same person. */
void borough_person(const struct borough *b, struct life *l, struct person *p);
void borough_told(const struct life *l, const char *org, struct told *t);

/* The verbs of one event. */
MUST_CHECK bool borough_event(struct borough *b, const struct event *ev, struct err *e);

/* Which nights there are, and their events. */
void borough_nights(struct borough *b);
MUST_CHECK bool borough_night(struct borough *b, day_t day, struct err *e);
/* The packages of the last night go to the post. */
MUST_CHECK bool borough_post(struct borough *b, day_t day, struct err *e);
/* The first night after a day; DATE_NONE when there is none. */
day_t borough_night_after(const struct borough *b, day_t day);

void borough_answer(struct borough *b, const struct life *l, size_t out, size_t stage, day_t on);
/* Writes the files of every organisation that has something to say of days before `before`. */
MUST_CHECK bool borough_write_answers(struct borough *b, day_t before, struct err *e);
/* What lies in the in-trays besides: spreadsheets, doubles, half of an upload. */
MUST_CHECK bool borough_mess(struct borough *b, struct err *e);

/* People of earlier years, by number. */
MUST_CHECK bool borough_archive(struct borough *b, int64_t from, int64_t count, struct err *e);
/* The list of the team that joined. */
MUST_CHECK bool borough_join(struct borough *b, struct err *e);

#endif

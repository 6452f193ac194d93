/* SPDX-License-Identifier: MIT
 *
 * Intake, its inside: one screen over six steps, each of them a few items (a
 * question answered by one key, a form over the fields of one verb, the grid
 * of needs). Nothing is written before the last item; then all of it goes to
 * the engine as one action. intake.c has the screen and its keys,
 * intake_items.c the tables and what an item needs, intake_likely.c who is
 * probably known already, intake_known.c a person who is, intake_submit.c the
 * check page and the verbs, intake_draft.c keeping and going on, intake_draw.c
 * the picture.
 */
#ifndef ONWARD_UI_INTAKE_H
#define ONWARD_UI_INTAKE_H

#include "desk.h"
#include "onward/records.h"
#include "pane.h"
#include "screens/need_grid.h"

enum intake_step { STEP_SAFE, STEP_WHO, STEP_CONTACT, STEP_ASKED, STEP_NEEDS, STEP_CHECK, STEPS };

enum intake_item {
    ITEM_SAFE,       /* is anyone at risk of harm now? */
    ITEM_CONCERN,    /* the stop, and what the concern is */
    ITEM_PERSON,     /* a new person */
    ITEM_KNOWN,      /* or one who is recorded already */
    ITEM_AGREED,     /* may we contact them? */
    ITEM_GIVEN,      /* how they agreed */
    ITEM_GIVEN_FOR,  /* how, and by whom, where it was not simply they themselves */
    ITEM_NOT_SOUGHT, /* why they were not asked */
    ITEM_REACH,      /* how to reach them */
    ITEM_SOURCE,     /* who asks, and for what */
    ITEM_REFERRER,   /* the referrer, where it is not the person */
    ITEM_NEEDS,
    ITEM_RISK,       /* are risks known? */
    ITEM_RISKS,      /* which */
    ITEM_SUBMIT,
    ITEMS
};

struct intake;

/* What is asked with one key. */
struct key_answer {
    char key;
    const char *words, *said;        /* beside the key, and on the check page; NULL: past the last */
    bool (*can)(const struct intake *in); /* NULL: always */
};
struct question {
    const char *ask;
    struct key_answer answers[6];
};

struct item_type {
    enum intake_step step;
    const char *name;                /* in drafts */
    const struct question *question; /* asked by one key; NULL: not */
    const char *verb, *otherwise;    /* the verb its fields are of; `otherwise` for a known person (reaching) or one more source */
    const char *const *keys, *const *needed; /* NULL-ended; needed: besides what the verb requires */
    const struct typed *initial;     /* NULL, or ends with a NULL key */
    bool (*applies)(const struct intake *in);
};
extern const struct item_type intake_items[ITEMS];

/* What is compared of a person who is probably the one. */
enum { LIKE_NAME, LIKE_BORN, LIKE_NHS, LIKE_PHONE, LIKE_POSTCODE, LIKE_ROWS, LIKELY_MOST = 3 };
struct likely {
    char person[REF_SIZE], reasons[256]; /* reasons "": found by the name alone */
    char value[LIKE_ROWS][2 * NAME_SIZE];
    const char *word[LIKE_ROWS];         /* "same", "differs", "not recorded"; "": nothing typed */
};

struct intake {
    struct screen base;
    char began[INSTANT_SIZE];        /* tells one draft from another */
    enum intake_item at;
    char answers[ITEMS];             /* key of the answer; 0: none yet */
    struct form *forms[ITEMS];       /* NULL where the item was not reached yet */
    const char *form_verbs[ITEMS];   /* whose fields they have */
    struct need_grid needs;
    char wording[CODE_SIZE];         /* the words in use for being contacted */
    char *wording_text;
    struct likely likely[LIKELY_MOST];
    size_t n_likely;
    long chosen;                     /* the likely one in focus; -1: typing */
    struct buf looked;               /* what was typed when it was last looked for */
    char *another_reason;            /* how it is known that it is somebody else; NULL: not said */
    json_t *known;                   /* document of the person who is recorded already; NULL: a new one */
    char open_referral[REF_SIZE];    /* an open one of theirs, or "" */
    bool adds_source;                /* to that one, instead of a new referral */
    char *second_reason;             /* why a second one; NULL: not said */
    struct pane words;               /* of whom is known already, or of all the answers: to be drawn */
};

/* ---- intake_items.c */
bool item_applies(const struct intake *in, enum intake_item it);
/* The next (or before) one that applies; `it` itself where there is none. */
enum intake_item item_after(const struct intake *in, enum intake_item it);
enum intake_item item_before(const struct intake *in, enum intake_item it);
const char *item_verb(const struct intake *in, enum intake_item it); /* NULL: no form */
/* Makes the form of an item that has one and not yet; anew where its verb is another by now, the texts kept. */
MUST_CHECK bool item_prepare(struct intake *in, enum intake_item it, struct err *e);
/* Has all it needs? INVALID names the field. */
MUST_CHECK bool item_ready(struct intake *in, enum intake_item it, struct err *e);
/* The texts of its form as words for the verb, those that are empty left out; says how many. */
size_t item_words(const struct intake *in, enum intake_item it, struct typed *words, size_t most);
const struct key_answer *item_answer(const struct intake *in, enum intake_item it); /* NULL: none yet */
/* Appends the texts of its form in words: "Telephone 07700 900123, Postcode M27 4AA". */
void item_say(struct intake *in, enum intake_item it, struct buf *out);
const char *intake_text(const struct intake *in, enum intake_item it, const char *key);
void intake_name(const struct intake *in, struct buf *out); /* of the person, as far as typed */

/* ---- intake_likely.c */
/* Looks for who is probably meant, where what is typed has changed. */
MUST_CHECK bool likely_look(struct intake *in, struct err *e);
bool likely_is_probable(const struct intake *in); /* recording a new person would be refused */
void likely_draw(const struct intake *in, struct canvas *c, struct area a);

/* ---- intake_known.c */
/* Takes the person who is recorded already; asks what to do about a referral that is open. Logged as a look. */
MUST_CHECK bool known_take(struct intake *in, const char *person, struct err *e);
MUST_CHECK bool known_read(struct intake *in, const char *person, struct err *e); /* without asking anything */
void known_forget(struct intake *in);
const char *known_ref(const struct intake *in); /* NULL: a new person */
/* Canonical text of a field of theirs, "" none. */
const char *known_text(const struct intake *in, const char *key);
void known_say(const struct intake *in, struct pane *out);

/* ---- intake_submit.c */
void intake_fill_check(struct intake *in);
void intake_submit(struct intake *in);

/* ---- intake_draft.c */
char *intake_draft(struct screen *self, char about[64], char title[160]);
bool intake_resume(struct screen *below, const struct draft *d, struct err *e);
bool intake_has_text(const struct intake *in);
MUST_CHECK bool intake_drop_draft(struct intake *in, struct err *e);

/* ---- intake_draw.c */
void intake_draw(struct screen *self, struct canvas *c, struct area body);

/* ---- intake.c */
/* Goes to an item, its form ready. */
void intake_go(struct intake *in, enum intake_item it);
void intake_go_on(struct intake *in);
/* Shows what is wrong and puts the focus there. */
void intake_fault(struct intake *in, enum intake_item it, const struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Consent and the gates of a disclosure. Pure: the caller loads the records,
 * these functions say yes, or no with every reason in words. Nothing leaves
 * without them.
 */
#ifndef ONWARD_CONSENT_H
#define ONWARD_CONSENT_H

#include "onward/records.h"

/* Data categories, one bit each. */
enum category {
    CATEGORY_IDENTITY = 1, /* identity and contact */
    CATEGORY_NEEDS = 2,
    CATEGORY_RISKS = 4,
    CATEGORY_HEALTH = 8,
    CATEGORY_NOTES = 16,
};
#define CATEGORY_ALL 31u
#define CATEGORY_LEAST (CATEGORY_IDENTITY | CATEGORY_NEEDS) /* without these a handoff cannot be made */
unsigned categories_parse(const char *codes);

/* What a screen shows of a person's consent. */
enum consent_word {
    CONSENT_NO_RECORD, CONSENT_GIVEN, CONSENT_EXPIRING, CONSENT_EXPIRED, CONSENT_REFUSED,
    CONSENT_WITHDRAWN, CONSENT_NOT_COVERING, CONSENT_BEST_INTERESTS, CONSENT_LEGAL_DUTY, CONSENT_NOT_SOUGHT
};
const char *consent_word_text(enum consent_word w);

struct consent_question {
    const struct consent *rows;  /* every consent row of the person, in the order recorded */
    size_t count;
    const char *organisation;    /* code */
    const char *need;            /* code */
    unsigned categories;         /* asked for */
    day_t on;
    int expiring_days;           /* 28: how early "expiring" shows */
};
struct consent_answer {
    bool covers;                 /* the least categories are covered */
    unsigned categories;         /* those asked for that are covered */
    enum consent_word word;
    const struct consent *basis; /* the row that decides identity: given, best interests or legal duty; NULL when none */
    char reason[512];            /* every reason, in words; "" when all is covered */
};
/* The rule: for each purpose, recipient, need and category the decision
 * recorded last that touches it decides. A backdated "given" never overrides
 * a withdrawal recorded later; a withdrawal or refusal that names no
 * recipient covers all; refusing (or withdrawing) contact shuts everything but
 * a legal duty; best interests and legal duty name one organisation and have a
 * review date, past which they no longer cover. A given consent is valid from
 * valid_from to expires_on inclusive. */
void consent_covers(const struct consent_question *q, struct consent_answer *a);
/* May the person be contacted on that day? (purpose contact) */
enum consent_word consent_to_contact(const struct consent *rows, size_t count, day_t on);
/* Does the person take part in evaluation? (purpose evaluation) */
enum consent_word consent_to_evaluation(const struct consent *rows, size_t count, day_t on);
/* The person's standing as one word over all recipients, for list columns. */
enum consent_word consent_standing(const struct consent *rows, size_t count, day_t on, int expiring_days);

/* Is this a decision that may be recorded? Checks what each kind needs (a
 * reason for not_sought, decider and one organisation and review date for best
 * interests, capacity and age: under 16 competence or parental responsibility,
 * from 16 capacity assumed unless assessed ...) and fills what follows from it
 * (expires_on 12 months after valid_from unless set). `born` may be DATE_NONE. */
MUST_CHECK bool consent_check(struct consent *c, day_t born, day_t today, int valid_months, struct err *e);

/* Two records turned out to be one person: which refusals and withdrawals of
 * one would be overridden by what the other gave later? Each comes back as a
 * decision to record last (from_dropped says whose it was), narrowed to the
 * recipient and categories at stake, so that the stricter consent holds until the person is
 * asked again. *out is the caller's (free). */
struct consent_stricter {
    struct consent row; /* without key, reference, person and recorder */
    bool from_dropped;
};
size_t consent_stricter(const struct consent *kept, size_t n_kept, const struct consent *dropped, size_t n_dropped, day_t today,
                        struct consent_stricter **out);

/* ---- gates */
enum gate { GATE_CONSENT, GATE_ORGANISATION, GATE_SERVICE, GATE_SAFEGUARDING, GATE_REFERRAL, GATE_COLUMNS, GATE_COUNT };
struct gate_state {
    bool open;
    char reason[512]; /* in words: why shut and how to open it; when open, why (short) */
};
extern const char *const gate_names[GATE_COUNT]; /* consent organisation service safeguarding referral columns */
extern const char *const gate_labels[GATE_COUNT];

struct gate_question {
    const struct person *person;
    const struct referral *referral;
    const struct organisation *organisation;
    const struct agreement *agreement; /* the one in date, else the latest, NULL when none */
    const struct service *service;
    const char *need;
    const char *need_label;            /* for words */
    struct consent_answer consent;     /* from consent_covers with the agreement's categories */
    enum consent_word contact;         /* from consent_to_contact */
    day_t on;
};
/* Fills all gates; true when every one is open. */
bool gates_ask(const struct gate_question *q, struct gate_state out[GATE_COUNT]);

#endif

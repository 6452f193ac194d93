/* SPDX-License-Identifier: MIT
 *
 * Matching a need to services, and records to persons: ranked, explained,
 * never decided by the program.
 */
#ifndef ONWARD_MATCH_H
#define ONWARD_MATCH_H

#include "onward/records.h"

struct match_facts { /* what our own record says of a service's organisation */
    int64_t median_reply_days; /* FIELD_ABSENT: no replies yet */
    int64_t asked, accepted;   /* handoffs sent; accepted or further */
};
struct match_question {
    const struct person *person;
    const char *need;
    day_t on;
    const struct service *service;
    const struct organisation *organisation;
    const struct agreement *agreement; /* in date, or NULL */
    struct match_facts facts;
    int verify_days;
};
#define MATCH_REASONS 8
struct match_result {
    bool excluded;
    char gate[32];                    /* the one hard gate that excluded it: status need area age agreement capacity */
    char why[160];
    int score;                        /* 0..100 */
    int64_t median_reply_days;        /* as in the facts, for match_compare */
    size_t n_for, n_against;
    char reasons_for[MATCH_REASONS][120], reasons_against[MATCH_REASONS][120];
};
void match_service(const struct match_question *q, struct match_result *out);
/* Order of candidates: excluded ones last, score, then median reply, then verified last, then reference; a total order. */
int match_compare(const struct match_result *a, const struct service *sa, const struct match_result *b, const struct service *sb);

/* How likely are two records one person? 0..100 with reasons: NHS number
 * equal (and valid) 100 unless the date of birth differs; names (folded,
 * swapped, nicknames by distance), date of birth (equal, day and month
 * swapped, one digit off), telephone digits, postcode. */
struct duplicate_result {
    int score;
    char reasons[256];
};
#define DUPLICATE_LIKELY 70
void duplicate_score(const struct person *a, const struct person *b, struct duplicate_result *out);

#endif

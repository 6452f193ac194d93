/* SPDX-License-Identifier: MIT
 *
 * Does a service fit a person and a need? The hard conditions, each by
 * itself: the gates of a disclosure and the matching of needs to services ask
 * the same ones.
 */
#ifndef ONWARD_MODEL_FIT_H
#define ONWARD_MODEL_FIT_H

#include "onward/records.h"

struct fit_question {
    const struct organisation *organisation;
    const struct agreement *agreement; /* NULL: none */
    const struct service *service;
    const char *need, *need_label;
    const char *date_of_birth, *neighbourhood;
    day_t on;
};

/* Each is true when the condition holds; otherwise `why` says what is in the way and what would mend it. */
#define FIT_WHY 256
bool fit_organisation(const struct fit_question *q, char why[FIT_WHY]); /* active */
bool fit_agreement(const struct fit_question *q, char why[FIT_WHY]);    /* in date */
bool fit_status(const struct fit_question *q, char why[FIT_WHY]);       /* the service is active */
bool fit_need(const struct fit_question *q, char why[FIT_WHY]);
bool fit_area(const struct fit_question *q, char why[FIT_WHY]);         /* or by telephone or online */
bool fit_age(const struct fit_question *q, char why[FIT_WHY]);
bool fit_capacity(const struct fit_question *q, char why[FIT_WHY]);     /* not "no room"; a waiting list is no hindrance */

#endif

/* SPDX-License-Identifier: MIT
 *
 * A person's consent rows, loaded for a rule, and what a decision does to
 * handoffs under way.
 */
#ifndef ONWARD_ENGINE_CONSENTS_H
#define ONWARD_ENGINE_CONSENTS_H

#include "engine/core.h"

/* All consent rows of the person in the order recorded; *rows is the caller's (free). */
MUST_CHECK bool consents_load(struct session *s, int64_t person_id, struct consent **rows, size_t *n, struct err *e);

/* Handoffs, not ended, that a recorded refusal or withdrawal stands against: each is counted into *n and given to `fn`,
 * which may be NULL. */
typedef bool consent_against_fn(struct session *s, struct handoff *h, void *ctx, struct err *e);
MUST_CHECK bool consents_against(struct session *s, int64_t person_id, consent_against_fn *fn, void *ctx, int64_t *n, struct err *e);
/* Withdraws it: what a recorded refusal or withdrawal does. */
consent_against_fn consent_stops;

/* Records a decision as it stands, after consent_check: the row itself and nothing that follows from it. */
MUST_CHECK bool consent_append(struct session *s, struct consent *c, const struct person *p, struct err *e);

extern const struct verb consent_show;

#endif

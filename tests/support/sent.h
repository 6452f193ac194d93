/* SPDX-License-Identifier: MIT
 *
 * Handoffs that have left, without the nightly run: for tests of what comes
 * after. Each fails the test when it cannot.
 */
#ifndef ONWARD_TESTS_SENT_H
#define ONWARD_TESTS_SENT_H

#include "onward/records.h"
#include "onward/session.h"

/* A person with consent, an active referral and a handoff to the debt service that is queued. Any
 * may be NULL. */
void sent_queued(struct session *s, char person[64], char referral[64], char handoff[64]);
/* Freezes a handoff's row (new, update, withdraw) into a batch of its own, published. */
void sent_export(struct session *s, const char *handoff, const char *action, char batch[64]);
/* sent_queued, sent_export of the new row, `batch delivered`. */
void sent_delivered(struct session *s, char person[64], char referral[64], char handoff[64]);
/* The handoff as it stands in the store. */
struct handoff sent_look(struct session *s, const char *handoff);
/* Fails the test unless the handoff is in this state. */
void sent_is(struct session *s, const char *handoff, const char *state);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A person's episode in tests: shorthands to the early states, and what the
 * document of a referral says.
 */
#ifndef ONWARD_TESTS_EPISODE_H
#define ONWARD_TESTS_EPISODE_H

#include "support/world.h"

#define LINE(...) episode_line(__VA_ARGS__)
/* A line by format; good until the fourth call after. */
const char *episode_line(const char *fmt, ...);

/* Shorthands; world_referral makes one that is active. */
void episode_received(struct session *s, const char *person,
                      char ref[64]); /* asks contact consent too */
void episode_received_again(struct session *s, const char *person, char ref[64]);
void episode_waiting(struct session *s, const char *person, char ref[64]);
void episode_allocated(struct session *s, const char *person, char ref[64]); /* to worker */

/* What `referral show` says; "" stands for a key that is not there. */
void assert_field(struct session *s, const char *ref, const char *key, const char *value);
void assert_count(struct session *s, const char *ref, const char *array, size_t n);
void assert_handoff(struct session *s, const char *ref, const char *handoff, const char *state);
void assert_answer(struct session *s, const char *ref, const char *event); /* owed and not told */
bool has_row(const json_t *rows, const char *key, const char *value);

/* The line of that task on that referral, borrowed from the rows of a worklist, or NULL. */
const json_t *task_line(const json_t *rows, const char *task, const char *ref);
void assert_task(struct session *s, const char *words, const char *task, const char *ref,
                 bool there);
/* On, or off, both worklists: of the service (s is lead) and of the worker whose case it is. */
void assert_due(struct session *s, const char *task, const char *ref);
void assert_done(struct session *s, const char *task, const char *ref);

/* A page of `referral list`: references into refs, how many are returned; the total must be 5. */
size_t episode_page(struct session *s, const char *after, int64_t limit, char refs[][64],
                    size_t most);

#endif

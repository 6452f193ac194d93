/* SPDX-License-Identifier: MIT
 *
 * A small world for tests: a fresh store on the engine under test with users
 * of every role, one organisation with an agreement and a debt service, and a
 * clock that stands at Monday 2026-11-23 09:00 until a test moves it.
 */
#ifndef ONWARD_TESTS_WORLD_H
#define ONWARD_TESTS_WORLD_H

#include "onward/session.h"

/* Acts as "lead", who has every role. Users: worker, worker2, rep (swinton), manager, admin, auditor, night. */
struct session *world_open(void);
/* Another session on the same store as that user. */
struct session *world_as(const char *login);
/* A session with lead's own account that has no --as. */
const char *world_url(void);
void world_close(struct session *s); /* each session; drops the store with the last */
/* Keys and references of the sessions opened from here on are the same in every run; 0: not, as at first. */
void world_seed(uint64_t seed);
uint64_t world_next_seed(void); /* for a session that a test opens itself: no two alike, 0 without a seed */

void world_now(int64_t utc_ms); /* sets the clock */
void world_day(int days);       /* moves it by days */
int64_t world_clock(void);

/* Runs a verb written as on the command line: "referral accept SP-..", values with blanks in 'single quotes'. */
bool world_do(struct session *s, const char *line, struct outcome *o, struct err *e);
/* The same, which must succeed; the reference that the outcome names is put into ref (may be NULL). Prints the error and fails the test otherwise. */
void world_must(struct session *s, const char *line, char ref[64]);
/* The same, which must be refused with this code (and rule or field when not NULL). */
void world_no(struct session *s, const char *line, enum err_code code, const char *rule_or_field);
/* Runs a list and gives its rows as a JSON array (caller's). */
json_t *world_list(struct session *s, const char *line);
/* The detail of a reading verb (caller's). */
json_t *world_show(struct session *s, const char *line);

/* Shorthands of the daily work. Each fails the test when it cannot. */
void world_person(struct session *s, char person[64]); /* a fresh made-up adult in swinton, no two alike */
void world_referral(struct session *s, const char *person, char referral[64]); /* active, with contact consent, risk, need money_debt, worker allocated and begun */
void world_consent(struct session *s, const char *person); /* given to salford-advice, all needs, identity and needs */
const char *world_service(void); /* reference of the debt service of salford-advice */

#endif

/* SPDX-License-Identifier: MIT
 *
 * Nights in tests: a spool of their own, runs, files dropped and looked at,
 * and everything that a run may change as one text to compare.
 */
#ifndef ONWARD_TESTS_NIGHT_H
#define ONWARD_TESTS_NIGHT_H

#include "onward/exchange.h"
#include "onward/text.h"

/* A fresh spool's path inside a fresh folder; night_spool_drop removes both. */
const char *night_spool(void);
void night_spool_drop(const char *spool);

/* A run that must come to this status; the report is the caller's. Prints the error and fails the
 * test otherwise. */
json_t *night_run(struct session *s, const struct nightly_options *o, enum nightly_status status);
/* The same without a look at the report. */
void night_must(struct session *s, const char *spool, enum nightly_status status);

/* Does a file of the spool exist; its bytes ("" when it does not). */
bool night_has(const char *spool, const char *path);
void night_read(const char *spool, const char *path, struct buf *out);
void night_write(const char *spool, const char *path, const void *data, size_t len);
/* Drops a reply of salford-advice. */
void night_reply(const char *spool, const char *name, const char *text);

/* Every file under out/ and in/ with its bytes, by path. Times and the audit head of manifests are
 * blanked out. */
void night_files(const char *spool, struct buf *out);
/* Every row of every table but nightly_run, as text. */
void night_store(struct session *s, struct buf *out);

/* The state of a batch. */
void night_batch_is(struct session *s, const char *batch, const char *state);
/* The line of a handoff in handoffs.csv of a batch of salford-advice ("" when it is not there). */
void night_row(const char *spool, const char *batch, const char *handoff, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 *
 * For tests of imports: files made from text, an import of them, and what the
 * store holds afterwards.
 */
#ifndef ONWARD_TESTS_IMPORTING_H
#define ONWARD_TESTS_IMPORTING_H

#include "onward/exchange.h"

/* A folder for the files of one test, and its end. */
void importing_begin(void);
void importing_end(void);

/* Writes a file into the folder; its path lives until importing_end. */
const char *importing_file(const char *name, const char *text);
const char *importing_bytes(const char *name, const void *data, size_t n);
/* Path of a file or folder of the shared data, or NULL after saying that it is not there. */
const char *importing_shared(const char *name);

/* Imports; fails the test when it cannot. The report is the caller's. */
json_t *importing_must(struct session *s, const char *kind, const char *path, const char *map);
json_t *importing_dry(struct session *s, const char *kind, const char *path, const char *map);
/* Imports what must be refused whole; its error. */
struct err importing_no(struct session *s, const char *kind, const char *path, const char *map);

/* Numbers and texts of a report: "added", "reasons.nhs_number.refused"; fate of a line: its word and reason ("" when it has none). */
int64_t importing_count(const json_t *report, const char *path);
const char *importing_why(const json_t *report, int64_t line);

/* Rows of a table. */
int64_t importing_rows(struct session *s, const char *table);
/* One text of the store: the first column of the first row of a query of the test's own. Freed with importing_end. */
const char *importing_ask(struct session *s, const char *sql);
/* How many rows every table has that an import writes, and the audit head: one text to compare. Freed with importing_end. */
const char *importing_snapshot(struct session *s);
/* The audit chain and the counts are right. */
void importing_sound(struct session *s);

#endif

/* SPDX-License-Identifier: MIT
 *
 * How the verbs of a person's episode are written: arguments that many have,
 * the const entry of a verb, and taking arguments over into a record. An
 * argument that sets a field of a record has that field's key, kind and
 * limits (a test compares them).
 */
#ifndef ONWARD_ENGINE_ARGS_H
#define ONWARD_ENGINE_ARGS_H

#include "engine/core.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Most characters of a text (Social Prescribing Information Standard). */
enum { ARG_LINE = 70, ARG_LONG = 150, ARG_NOTE = 2000 };

/* The record that a verb is about, first and without its key. */
#define ARG_SUBJECT(type, member, words, example) \
    {#member, words, FIELD_REF, FIELD_POSITIONAL | FIELD_REQUIRED, FIELD_TEXT_AT(type, member), .help = example}
#define ARG_REFERRAL(type) ARG_SUBJECT(type, referral, "Referral", "its reference, SP-....-....")
#define ARG_PERSON(type) ARG_SUBJECT(type, person, "Person", "their reference, PE-....-....")

/* Of an edit: the version that the user saw. */
#define ARG_VERSION(type) \
    {"version", "Version", FIELD_INT, 0, FIELD_INT_AT(type, version), .min = 1, .max = INT64_MAX, \
     .help = "of the record as you saw it: refused when it has changed since"}

#define VERB(words, phrase, who, table, type, function) \
    {.name = words, .help = phrase, .roles = who, .args = table, .count = COUNT_OF(table), .size = sizeof(struct type), \
     .run = function}

/* Copies the given arguments that have a field of the same key in `t` from one record to another, both of type `t`. */
void args_take(const struct field *args, size_t count, uint64_t given, const struct record_type *t,
               void *to, const void *from);

/* Today as it stands in a record. */
void today_text(struct session *s, char out[DATE_SIZE]);
/* INVALID (`field`) for a date that is not later than today. "" passes. */
MUST_CHECK bool only_in_future(struct session *s, const char *field, const char *date, struct err *e);

#endif

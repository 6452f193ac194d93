/* SPDX-License-Identifier: MIT
 *
 * Reading the documents of the engine's `show` verbs.
 */
#ifndef ONWARD_UI_DOCUMENT_H
#define ONWARD_UI_DOCUMENT_H

#include <jansson.h>

#include "onward/date.h"
#include "onward/field.h"

#define DAY_SHOWN 16

const char *doc_text(const json_t *doc, const char *key); /* "" when there is none */
bool doc_is(const json_t *doc, const char *key);          /* there and true */
/* "23 Nov 2026" of a date or an instant; "" of "". */
void doc_day(const char *when, char out[DAY_SHOWN]);
/* Appends the labels of comma-separated codes, joined by ", ". */
void doc_labels(const char *codes, const struct choice *choices, struct buf *out);

#endif

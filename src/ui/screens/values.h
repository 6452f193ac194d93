/* SPDX-License-Identifier: MIT
 *
 * Values of documents and list rows in the words for people: labels of codes,
 * days as they are said, yes and no.
 */
#ifndef ONWARD_UI_VALUES_H
#define ONWARD_UI_VALUES_H

#include "onward/field.h"
#include "onward/session.h"
#include "pane.h"

/* Appends the canonical text of a value of such a kind as people read it. */
void value_words(struct session *s, enum field_kind kind, const struct choice *choices, const char *set, const char *canonical, struct buf *out);
/* The same of a document's value under the field's key; nothing where it has none. */
void value_of(struct session *s, const struct field *f, const json_t *doc, struct buf *out);
/* A line for each field of the type that the document has, those that the program needs alone left out. */
void pane_record(struct pane *p, struct session *s, const struct record_type *t, const json_t *doc);
/* A line for each of these columns (NULL-ended) of the row in focus of a view over a list: nothing but what the list has. */
struct view;
void pane_row(struct pane *p, struct session *s, const struct view *v, const char *const *keys);

#endif

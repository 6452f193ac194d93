/* SPDX-License-Identifier: MIT
 *
 * An entry of the directory or of the house as text, a line for each thing
 * that is known of it: what dialogs that show one whole have inside.
 */
#ifndef ONWARD_UI_ENTRY_H
#define ONWARD_UI_ENTRY_H

#include <jansson.h>

#include "onward/field.h"
#include "onward/session.h"
#include "pane.h"

/* "Label: value"; nothing where there is no value. */
void entry_line(struct buf *out, const char *label, const char *value);
/* A line for each field of the record that the document has and that people set. */
void entry_record(struct buf *out, struct session *s, const struct record_type *t, const json_t *doc);
struct view;
/* A line for each column of the row in focus that is for people. */
void entry_row(struct buf *out, struct session *s, const struct view *v);
void entry_pane(struct pane *p, struct session *s, const struct view *v);

#endif

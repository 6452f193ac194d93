/* SPDX-License-Identifier: MIT
 *
 * An entry as text (see entry.h).
 */
#include "entry.h"

#include <string.h>

#include "document.h"
#include "values.h"
#include "view.h"

void entry_line(struct buf *out, const char *label, const char *value)
{
    if (*value)
        buf_fmt(out, "%s: %s\n", label, value);
}

void entry_record(struct buf *out, struct session *s, const struct record_type *t, const json_t *doc)
{
    struct buf words = {0};
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (f->kind == FIELD_KEY || (f->flags & (FIELD_AUTO | FIELD_SECRET)))
            continue;
        buf_clear(&words);
        value_of(s, f, doc, &words);
        entry_line(out, f->label, buf_text(&words));
    }
    buf_free(&words);
}

/* The cell of the row in focus in words; nothing of what is for programs alone. */
static void cell_words(struct session *s, const struct view *v, const struct column *c, struct buf *out)
{
    const char *text = view_cell(v, c->key);
    char day[DAY_SHOWN];
    buf_clear(out);
    if (c->kind == FIELD_INSTANT && *text) { /* to the second: in a log it matters */
        doc_day(text, day);
        buf_fmt(out, "%s, %.8s UTC", day, strchr(text, 'T') ? strchr(text, 'T') + 1 : "");
    } else if (c->width && strcmp(c->key, "version") != 0) {
        value_words(s, c->kind, c->choices, c->set, text, out);
    }
}

void entry_row(struct buf *out, struct session *s, const struct view *v)
{
    struct buf words = {0};
    const struct list *l = view_list(v);
    for (size_t i = 0; view_key(v) && i < l->columns_count; i++) {
        cell_words(s, v, &l->columns[i], &words);
        entry_line(out, l->columns[i].label, buf_text(&words));
    }
    buf_free(&words);
}

void entry_pane(struct pane *p, struct session *s, const struct view *v)
{
    struct buf words = {0};
    const struct list *l = view_list(v);
    for (size_t i = 0; view_key(v) && i < l->columns_count; i++) {
        cell_words(s, v, &l->columns[i], &words);
        pane_add(p, l->columns[i].label, STYLE_PLAIN, buf_text(&words));
    }
    buf_free(&words);
}

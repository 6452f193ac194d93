/* SPDX-License-Identifier: MIT
 *
 * Values in words (see values.h). The forms themselves are field_show's; what
 * is added is what it cannot know: the labels of codes that are rows of the
 * store.
 */
#include "values.h"

#include <string.h>

#include "document.h"
#include "view.h"

#define VALUE_MOST 8192 /* longer than any field */

/* One value as a record of one field, so that field_show can be asked. */
union value {
    char text[VALUE_MOST];
    int64_t number;
};

static void add_labels(struct session *s, const char *set, const char *codes, struct buf *out)
{
    char code[64];
    bool first = true;
    for (const char *at = codes; (at = codes_next(at, code)) && *code; first = false)
        buf_fmt(out, "%s%s", first ? "" : ", ", session_code_label(s, set, code));
}

void value_words(struct session *s, enum field_kind kind, const struct choice *choices, const char *set, const char *canonical, struct buf *out)
{
    char day[DAY_SHOWN];
    struct field f = {.key = "value", .label = "", .kind = kind, .size = VALUE_MOST, .choices = choices};
    union value v;
    if (!*canonical)
        return;
    if (set && (kind == FIELD_CODE || kind == FIELD_CODES || kind == FIELD_ODS)) {
        add_labels(s, set, canonical, out);
    } else if (kind == FIELD_DATE || kind == FIELD_INSTANT) {
        doc_day(canonical, day);
        buf_str(out, *day ? day : canonical);
    } else if (kind == FIELD_CHOICES) {
        doc_labels(canonical, choices, out);
    } else if (field_load(&f, &v, canonical)) {
        field_show(&f, &v, out);
    } else {
        buf_str(out, canonical);
    }
}

void value_of(struct session *s, const struct field *f, const json_t *doc, struct buf *out)
{
    const json_t *value = json_object_get(doc, f->key);
    if (json_is_boolean(value))
        buf_str(out, json_is_true(value) ? "Yes" : "No");
    else if (json_is_integer(value))
        buf_fmt(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_string(value))
        value_words(s, f->kind, f->choices, f->set, json_string_value(value), out);
}

void pane_record(struct pane *p, struct session *s, const struct record_type *t, const json_t *doc)
{
    struct buf words = {0};
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (f->kind == FIELD_KEY || (int)i == t->version)
            continue;
        buf_clear(&words);
        value_of(s, f, doc, &words);
        pane_add(p, f->label, STYLE_PLAIN, buf_text(&words));
    }
    buf_free(&words);
}

static void pane_cell(struct pane *p, struct session *s, const struct view *v, const struct column *c)
{
    struct buf words = {0};
    value_words(s, c->kind, c->choices, c->set, view_cell(v, c->key), &words);
    pane_add(p, c->label, STYLE_PLAIN, buf_text(&words));
    buf_free(&words);
}

void pane_row(struct pane *p, struct session *s, const struct view *v, const char *const *keys)
{
    const struct list *l = view_list(v);
    for (; *keys && l && view_key(v); keys++)
        for (size_t i = 0; i < l->columns_count; i++)
            if (strcmp(l->columns[i].key, *keys) == 0)
                pane_cell(p, s, v, &l->columns[i]);
}

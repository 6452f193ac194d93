/* SPDX-License-Identifier: MIT
 *
 * What the store has of the record that a form changes: read from the document
 * of a reading verb (which is logged as a look), by key; and read again when
 * somebody else changed it while the form was open.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form_inside.h"

/* ---- finding the record in the document */

static bool is_text(const json_t *object, const char *key, const char *text)
{
    const char *is = json_string_value(json_object_get(object, key));
    return is && strcmp(is, text) == 0;
}

/* An element named by a fixed word: by its reference, or by its code where the list is called after the word ("needs"). */
static bool is_named(const struct form *f, const char *list, const json_t *element)
{
    for (size_t i = 0; i < f->n_fixed; i++) {
        const struct typed *w = &f->fixed[i];
        if (is_text(element, "ref", w->value) || (text_starts(list, w->key) && is_text(element, "code", w->value)))
            return true;
    }
    return false;
}

/* The document is the record's own, or holds it in one of its lists (a need of a referral, an item of a plan). */
static const json_t *record_in(const struct form *f, const json_t *doc)
{
    const char *key;
    json_t *value, *element;
    size_t i;
    json_object_foreach ((json_t *)doc, key, value)
        json_array_foreach (value, i, element)
            if (json_is_object(element) && is_named(f, key, element))
                return element;
    return doc;
}

static void add_text(const json_t *value, struct buf *out)
{
    size_t i;
    json_t *item;
    if (json_is_string(value))
        buf_str(out, json_string_value(value));
    else if (json_is_integer(value))
        buf_fmt(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_boolean(value))
        buf_str(out, json_is_true(value) ? "yes" : "no");
    json_array_foreach (value, i, item)
        if (json_is_string(item))
            buf_fmt(out, "%s%s", out->len ? "," : "", json_string_value(item));
}

/* A flag of a record may be called is_.. there. */
static void present_value(const json_t *record, const struct field *field, struct buf *out)
{
    char is_key[80];
    const json_t *value = json_object_get(record, field->key);
    snprintf(is_key, sizeof is_key, "is_%s", field->key);
    add_text(value ? value : json_object_get(record, is_key), out);
}

/* ---- reading */

/* The caller's to decref; NULL with e. */
static json_t *read_document(struct form *f, struct err *e)
{
    const struct verb *show = verb_find(f->show);
    struct outcome o = {0};
    struct typed *words = xcalloc(f->n_fixed + 1, sizeof *words);
    json_t *doc = NULL;
    size_t n = 0;
    for (size_t i = 0; show && i < f->n_fixed; i++)
        if (field_find(show->args, show->count, f->fixed[i].key))
            words[n++] = f->fixed[i];
    if (!show)
        err_set(e, ERR_INVALID, "There is no \"%s\".", f->show);
    else if (verb_run(f->session, show, words, n, &o, e) && !(doc = json_incref(o.detail)))
        err_set(e, ERR_NOT_FOUND, "\"%s\" shows nothing.", f->show);
    outcome_free(&o);
    free(words);
    return doc;
}

static void take_version(struct form *f, const json_t *record)
{
    char text[24];
    const json_t *version = json_object_get(record, "version");
    if (!field_find(f->verb->args, f->verb->count, "version") || !json_is_integer(version))
        return;
    snprintf(text, sizeof text, "%lld", (long long)json_integer_value(version));
    form_fix(f, "version", text);
}

bool form_read_present(struct form *f, struct err *e)
{
    json_t *doc = read_document(f, e);
    if (!doc)
        return false;
    const json_t *record = record_in(f, doc);
    for (size_t i = 0; i < f->n; i++) {
        struct buf value = {0};
        present_value(record, f->fields[i].field, &value);
        form_put(&f->fields[i].present, buf_text(&value));
        buf_free(&value);
    }
    if (!form_fixed(f, "version")) /* a caller that gives one means that one */
        take_version(f, record);
    json_decref(doc);
    return true;
}

/* ---- somebody else's change */

static void say_changed(struct form *f, struct form_field *ff, const char *word, const char *value)
{
    struct buf text = {0};
    buf_fmt(&text, "%s: ", word);
    if (*value) {
        struct buf shown = {0};
        form_show_value(f, ff, value, &shown);
        buf_str(&text, buf_text(&shown));
        buf_free(&shown);
    } else {
        buf_str(&text, "(empty)");
    }
    form_put(&ff->changed, buf_text(&text));
    buf_free(&text);
}

/* What was typed here stays, with what is there now beside it; what was not, follows, with what was there before. */
static void meet(struct form *f, struct form_field *ff, const char *now)
{
    bool typed_here = strcmp(form_value(ff), ff->present) != 0;
    if (strcmp(now, ff->present) == 0 || strcmp(now, form_value(ff)) == 0) {
        form_put(&ff->changed, "");
    } else if (typed_here) {
        say_changed(f, ff, "now", now);
    } else {
        say_changed(f, ff, "was", ff->present);
        form_put_value(f, ff, now);
        form_put(&ff->opened, form_value(ff));
    }
    form_put(&ff->present, now);
}

bool form_meet_change(struct form *f, struct err *e)
{
    json_t *doc = f->show ? read_document(f, e) : NULL;
    if (!doc)
        return !f->show;
    const json_t *record = record_in(f, doc);
    for (size_t i = 0; i < f->n; i++) {
        struct buf now = {0};
        present_value(record, f->fields[i].field, &now);
        meet(f, &f->fields[i], buf_text(&now));
        buf_free(&now);
    }
    take_version(f, record);
    json_decref(doc);
    return true;
}

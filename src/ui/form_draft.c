/* SPDX-License-Identifier: MIT
 *
 * A form as the text of a draft, and back: its verb, what it is about, and the
 * fields that were typed into, with what the store had of them then. All else
 * of the record is read again when the form opens again, which is logged; what
 * changed meanwhile is a conflict like any other. Secrets stay out.
 */
#include <stdlib.h>
#include <string.h>

#include "form_inside.h"

static json_t *text_json(const char *text)
{
    json_t *t = json_string(text);
    return t ? t : json_string("");
}

static json_t *texts_json(char *const *texts, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, text_json(texts[i]));
    return array;
}

static size_t count(char *const *texts)
{
    size_t n = 0;
    while (texts && texts[n])
        n++;
    return n;
}

static json_t *field_json(const struct form_field *ff)
{
    json_t *o = json_object();
    json_object_set_new(o, "text", text_json(editor_text(&ff->editor)));
    json_object_set_new(o, "value", text_json(form_value(ff)));
    json_object_set_new(o, "present", text_json(ff->present));
    json_object_set_new(o, "opened", text_json(ff->opened));
    return o;
}

static bool is_kept(const struct form_field *ff)
{
    bool as_found = strcmp(form_value(ff), ff->present) == 0 && strcmp(form_value(ff), ff->opened) == 0;
    return !as_found && !(ff->field->flags & FIELD_SECRET);
}

char *form_draft(struct form *f)
{
    json_t *doc = json_object(), *fixed = json_object(), *fields = json_object();
    json_object_set_new(doc, "verb", text_json(f->verb->name));
    if (f->title)
        json_object_set_new(doc, "title", text_json(f->title));
    if (f->show)
        json_object_set_new(doc, "show", text_json(f->show));
    if (f->keys)
        json_object_set_new(doc, "keys", texts_json(f->keys, count(f->keys)));
    json_object_set_new(doc, "only", json_boolean(f->only));
    json_object_set_new(doc, "all", json_boolean(f->all));
    json_object_set_new(doc, "refs", texts_json(f->refs, f->n_refs));
    for (size_t i = 0; i < f->n_fixed; i++)
        json_object_set_new(fixed, f->fixed[i].key, text_json(f->fixed[i].value));
    for (size_t i = 0; i < f->n; i++)
        if (is_kept(&f->fields[i]))
            json_object_set_new(fields, f->fields[i].field->key, field_json(&f->fields[i]));
    json_object_set_new(doc, "fixed", fixed);
    json_object_set_new(doc, "fields", fields);
    if (form_focused(f))
        json_object_set_new(doc, "focus", text_json(form_focused(f)->field->key));
    char *text = json_dumps(doc, JSON_COMPACT);
    json_decref(doc);
    return text;
}

/* ---- and back */

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* The texts of an array, NULL-ended; borrowed from it, the array itself is the caller's. */
static const char **texts_of(const json_t *array)
{
    size_t i;
    json_t *text;
    const char **texts = xcalloc(json_array_size(array) + 1, sizeof *texts);
    json_array_foreach (array, i, text)
        texts[i] = or_empty(json_string_value(text));
    return texts;
}

static void put_field(struct form *f, struct form_field *ff, const json_t *kept)
{
    const char *text = or_empty(text_at(kept, "text")), *value = or_empty(text_at(kept, "value"));
    form_put_value(f, ff, value);
    if (strcmp(editor_text(&ff->editor), text) != 0 && strcmp(value, text) == 0) /* half typed: as it was */
        editor_set(&ff->editor, text);
    form_put(&ff->opened, or_empty(text_at(kept, "opened")));
    if (f->show)
        form_put(&ff->present, or_empty(text_at(kept, "present")));
}

static struct form *open_again(struct session *s, const json_t *doc, const struct form_about *about, struct err *e)
{
    const json_t *keys = json_object_get(doc, "keys");
    const char **key_texts = texts_of(keys), *key;
    struct form_spec spec = {.verb = or_empty(text_at(doc, "verb")), .title = text_at(doc, "title"), .show = text_at(doc, "show"),
                             .keys = keys ? key_texts : NULL, .only = json_is_true(json_object_get(doc, "only"))};
    struct form *f = form_new(s, &spec, about, e);
    json_t *kept;
    free(key_texts);
    if (!f)
        return NULL;
    json_object_foreach (json_object_get(doc, "fields"), key, kept)
        if (form_field_of(f, key))
            put_field(f, form_field_of(f, key), kept);
    f->all = json_is_true(json_object_get(doc, "all"));
    form_focus(f, or_empty(text_at(doc, "focus")));
    return f;
}

struct form *form_of_draft(struct session *s, const char *text, struct err *e)
{
    json_t *doc = json_loads(text, 0, NULL), *fixed = json_object_get(doc, "fixed"), *value;
    const json_t *refs = json_object_get(doc, "refs");
    struct typed *words = xcalloc(json_object_size(fixed) + 1, sizeof *words);
    const char **ref_texts = texts_of(refs), *key;
    struct form_about about = {.fixed = words, .refs = ref_texts, .n_refs = json_array_size(refs)};
    struct form *f = NULL;
    json_object_foreach (fixed, key, value)
        words[about.n_fixed++] = (struct typed){key, or_empty(json_string_value(value))};
    if (doc)
        f = open_again(s, doc, &about, e);
    else
        err_set(e, ERR_INVALID, "This text was not kept whole and cannot be opened again.");
    free(words);
    free(ref_texts);
    json_decref(doc);
    return f;
}

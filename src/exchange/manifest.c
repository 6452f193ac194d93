/* SPDX-License-Identifier: MIT
 *
 * Builds the descriptor with jansson, which keeps keys in the order in which
 * they were set. Every set that fails makes the object NULL, and NULL goes
 * up: one check at the end is enough.
 */
#include "exchange/manifest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Sets key to value and returns the object; NULL if either is NULL, with the other freed. */
static json_t *with(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *with_text(json_t *object, const char *key, const char *text)
{
    return text == NULL || *text == '\0' ? object : with(object, key, json_string(text));
}

static json_t *append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        json_decref(array);
        return NULL;
    }
    return array;
}

static json_t *with_list(json_t *object, const char *key, const char *const *texts)
{
    if (texts == NULL) {
        return object;
    }
    json_t *array = json_array();
    for (; *texts != NULL; texts++) {
        array = append(array, json_string(*texts));
    }
    return with(object, key, array);
}

static json_t *field_json(const struct manifest_column *c)
{
    json_t *field = json_object();
    field = with_text(field, "name", c->name);
    field = with_text(field, "type", c->type);
    field = with_text(field, "description", c->description);
    if (c->is_required || c->choices != NULL) {
        json_t *constraints = json_object();
        constraints = c->is_required ? with(constraints, "required", json_true()) : constraints;
        constraints = with_list(constraints, "enum", c->choices);
        field = with(field, "constraints", constraints);
    }
    return field;
}

static json_t *schema_json(const struct manifest_file *f)
{
    json_t *fields = json_array();
    for (size_t i = 0; i < f->column_count; i++) {
        fields = append(fields, field_json(&f->columns[i]));
    }
    json_t *schema = with(json_object(), "fields", fields);
    return with(schema, "missingValues", json_pack("[s]", ""));
}

static json_t *dialect_json(void)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:b}", "delimiter", ",", "lineTerminator", "\r\n",
                     "quoteChar", "\"", "doubleQuote", 1, "header", 1);
}

/* "handoffs.csv" is the resource handoffs. */
static json_t *stem_json(const char *path)
{
    return json_stringn(path, strcspn(path, "."));
}

static json_t *resource_json(const struct manifest_file *f)
{
    json_t *resource = with(json_object(), "name", stem_json(f->path));
    resource = with_text(resource, "path", f->path);
    resource = with_text(resource, "profile", "tabular-data-resource");
    resource = with_text(resource, "format", "csv");
    resource = with_text(resource, "mediatype", "text/csv");
    resource = with_text(resource, "encoding", "utf-8");
    resource = with(resource, "bytes", json_integer((json_int_t)f->bytes));
    resource = with(resource, "hash", json_sprintf("sha256:%s", f->sha256));
    resource = with(resource, "rows", json_integer((json_int_t)f->rows));
    resource = with(resource, "dialect", dialect_json());
    return with(resource, "schema", schema_json(f));
}

static json_t *package_json(const struct manifest *m)
{
    json_t *resources = json_array();
    for (size_t i = 0; i < m->file_count; i++) {
        resources = append(resources, resource_json(&m->files[i]));
    }
    json_t *package = json_object();
    package = with_text(package, "profile", "tabular-data-package");
    package = with_text(package, "name", m->batch);
    package = with_text(package, "id", m->batch);
    package = with_text(package, "title", m->title);
    package = with_text(package, "created", m->created);
    package = with(package, "onward:format", json_integer(m->format));
    package = with_text(package, "onward:organisation", m->organisation);
    package = with_text(package, "onward:run_date", m->run_date);
    package = with_text(package, "onward:previous_batch", m->previous_batch);
    package = with_text(package, "onward:profile", m->profile);
    package = with_text(package, "onward:audit_head", m->audit_head);
    package = with_list(package, "onward:withheld", m->withheld);
    return with(package, "resources", resources);
}

bool manifest_build(const struct manifest *m, struct buf *out, struct err *e)
{
    json_t *package = package_json(m);
    char *text = package == NULL ? NULL : json_dumps(package, JSON_INDENT(2));
    json_decref(package);
    if (text == NULL) {
        return err_set(e, ERR_INVALID,
                       "The manifest of batch %s cannot be written: one of its texts is not UTF-8.",
                       m->batch);
    }
    buf_clear(out);
    buf_str(out, text);
    buf_char(out, '\n');
    free(text);
    return true;
}

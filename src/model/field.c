/* SPDX-License-Identifier: MIT
 *
 * Fields in their records: finding them, reading and comparing what they
 * hold, records empty and complete, and lists of codes. Reading what people
 * type is field_parse.c, writing it for them is field_show.c.
 */
#include <string.h>

#include "onward/field.h"

const struct field *field_find(const struct field *fields, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

bool field_is_number(const struct field *f)
{
    switch (f->kind) {
    case FIELD_INT:
    case FIELD_FLAG:
    case FIELD_INSTANT:
    case FIELD_KEY:
        return true;
    default:
        return false;
    }
}

static const void *at(const struct field *f, const void *record)
{
    return (const char *)record + f->offset;
}

const char *field_text(const struct field *f, const void *record)
{
    if (field_is_number(f))
        die("field %s is kept as a number", f->key);
    return at(f, record);
}

int64_t field_int(const struct field *f, const void *record)
{
    if (!field_is_number(f))
        die("field %s is kept as text", f->key);
    return *(const int64_t *)at(f, record);
}

bool field_is_empty(const struct field *f, const void *record)
{
    return field_is_number(f) ? field_int(f, record) == FIELD_ABSENT : !*field_text(f, record);
}

bool field_equal(const struct field *f, const void *a, const void *b)
{
    if (field_is_number(f))
        return field_int(f, a) == field_int(f, b);
    return strcmp(field_text(f, a), field_text(f, b)) == 0;
}

void field_copy(const struct field *f, void *to, const void *from)
{
    memcpy((char *)to + f->offset, at(f, from), f->size);
}

/* What a field holds when nobody said anything. */
static int64_t number_for_none(const struct field *f)
{
    return f->kind == FIELD_FLAG && !(f->flags & FIELD_UNASKED) ? 0 : FIELD_ABSENT;
}

void fields_init(const struct field *fields, size_t count, void *record)
{
    for (size_t i = 0; i < count; i++) {
        char *place = (char *)record + fields[i].offset;
        if (field_is_number(&fields[i]))
            *(int64_t *)(void *)place = number_for_none(&fields[i]);
        else
            memset(place, 0, fields[i].size);
    }
}

void record_init(const struct record_type *t, void *record)
{
    memset(record, 0, t->size);
    fields_init(t->fields, t->count, record);
}

bool fields_complete(const struct field *fields, size_t count, const void *record, struct err *e)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *f = &fields[i];
        if (!(f->flags & FIELD_REQUIRED) || !field_is_empty(f, record))
            continue;
        if (f->help)
            return err_field(e, f->key, "%s: this is needed (%s)", f->key, f->help);
        return err_field(e, f->key, "%s: this is needed", f->key);
    }
    return true;
}

bool field_load(const struct field *f, void *record, const char *canonical)
{
    char *place = (char *)record + f->offset;
    if (!field_is_number(f))
        return text_copy(place, f->size, canonical);

    int64_t value = number_for_none(f);
    if (*canonical &&
        !(f->kind == FIELD_INSTANT ? instant_parse(canonical, &value)
                                   : text_to_int(canonical, INT64_MIN + 1, INT64_MAX, &value)))
        return false;
    *(int64_t *)(void *)place = value;
    return true;
}

/* ---- choices and lists of codes */

const char *choice_label(const struct choice *choices, const char *code)
{
    for (const struct choice *c = choices; c->code; c++)
        if (strcmp(c->code, code) == 0)
            return c->label;
    return code;
}

bool choice_has(const struct choice *choices, const char *code)
{
    for (const struct choice *c = choices; c->code; c++)
        if (strcmp(c->code, code) == 0)
            return true;
    return false;
}

/* Blanks and empty items count for nothing; an item too long to be a code is none. */
const char *codes_next(const char *codes, char out[64])
{
    for (;;) {
        codes += strspn(codes, ", ");
        size_t n = strcspn(codes, ",");
        if (n == 0)
            return NULL;
        const char *rest = codes + n;
        while (codes[n - 1] == ' ')
            n--;
        if (n < 64) {
            memcpy(out, codes, n);
            out[n] = '\0';
            return rest;
        }
        codes = rest;
    }
}

bool codes_have(const char *codes, const char *code)
{
    char one[64];
    for (const char *rest = codes_next(codes, one); rest; rest = codes_next(rest, one))
        if (strcmp(one, code) == 0)
            return true;
    return false;
}

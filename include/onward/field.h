/* SPDX-License-Identifier: MIT
 *
 * Each field is described once. A `struct field` row says where a value stands
 * in its record, what it may hold and what it is called; form, list column,
 * CSV header, `key=value` argument, audit difference and the store's bind and
 * read all use the row. SQL text, layouts and rules are written by hand.
 *
 * At rest in a record: text kinds are char arrays ("" means none); numbers,
 * flags, instants and keys are int64_t (FIELD_ABSENT means none, where the
 * column may be NULL).
 */
#ifndef ONWARD_FIELD_H
#define ONWARD_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "onward/date.h"
#include "onward/err.h"
#include "onward/text.h"

#define FIELD_ABSENT INT64_MIN

enum field_kind {
    FIELD_TEXT,     /* one line */
    FIELD_NOTE,     /* lines */
    FIELD_INT,      /* min..max */
    FIELD_FLAG,     /* 0 or 1; typed yes/no/y/n/1/0/true/false */
    FIELD_DATE,     /* YYYY-MM-DD at rest, typed loosely */
    FIELD_PARTIAL,  /* YYYY, YYYY-MM or YYYY-MM-DD */
    FIELD_TIME,     /* HH:MM */
    FIELD_INSTANT,  /* UTC milliseconds */
    FIELD_CHOICE,   /* one of `choices` (a closed list that rules depend on) */
    FIELD_CHOICES,  /* comma-separated codes of `choices` */
    FIELD_CODE,     /* one code of the code set `set` (rows of the store) */
    FIELD_CODES,    /* comma-separated codes of `set` */
    FIELD_NHS,      /* check_nhs_number */
    FIELD_POSTCODE, /* check_postcode: kept even when malformed */
    FIELD_PHONE,
    FIELD_EMAIL,
    FIELD_ODS,
    FIELD_SNOMED,
    FIELD_REF,      /* a reference, any spelling in, canonical at rest */
    FIELD_KEY,      /* an internal key */
};

enum field_flag {
    FIELD_REQUIRED = 1,
    FIELD_AUTO = 2,       /* set by the program: never given by a person */
    FIELD_PERSONAL = 4,   /* identifies a person: masked for a rep, never in a log */
    FIELD_POSITIONAL = 8, /* verb arguments: may be given without its key, in order */
    FIELD_SECRET = 16,    /* never shown, never in a value table (a password) */
    FIELD_PAST = 32,      /* a date that is not after today */
    FIELD_UNASKED = 64,   /* a flag that may also be FIELD_ABSENT: never asked */
    FIELD_NAMES = 128,    /* list columns: those that together say which row it is, where the first alone does not */
};

struct choice {
    const char *code, *label;
};

struct field {
    const char *key, *label;
    enum field_kind kind;
    unsigned flags;
    size_t offset, size;           /* in the record */
    int64_t min, max;              /* a number's range (both 0: any); a date's first day is min (0: any);
                                      a text's most characters is max (0: size - 1 bytes) */
    const struct choice *choices;  /* ends with a NULL code */
    const char *set;               /* code set of FIELD_CODE(S): need, organisation, neighbourhood, user, ...;
                                      NULL: a code of its own. FIELD_ODS with "practice" is a GP practice's */
    const char *unit, *help;       /* help: one phrase; may be NULL */
};

/* Rows are written with these; the offset macro checks the member's type. */
#define FIELD_TEXT_AT(type, member) \
    .offset = offsetof(struct type, member), \
    .size = sizeof(((struct type *)0)->member) * (size_t)_Generic(&((struct type *)0)->member[0], char *: 1)
#define FIELD_INT_AT(type, member) \
    .offset = offsetof(struct type, member), \
    .size = sizeof(((struct type *)0)->member) * (size_t)_Generic(&((struct type *)0)->member, int64_t *: 1)

/* A record type: its table of fields in the order of its columns. */
struct record_type {
    const char *name;              /* table name and audit word: "person" */
    const char *label;             /* for people: "person" */
    size_t size;                   /* sizeof(struct ...) */
    const struct field *fields;
    size_t count;
    int id, ref, version, person;  /* field indexes, -1 where there is none; person: person_id */
    const char *prefix;            /* of its references: "PE"; NULL when it has none */
};

const struct field *field_find(const struct field *fields, size_t count, const char *key); /* NULL */

/* Reads what a person typed into the record: trims, checks, makes canonical.
 * "" or "-" empties the field (an error for a required one). Code sets are not
 * looked up here (model has no store): FIELD_CODE takes any [a-z0-9_-] word,
 * folding case and blanks to '_'; the engine checks membership. INVALID names
 * the field, what is wrong and what would be right. `today` serves relative dates. */
MUST_CHECK bool field_parse(const struct field *f, void *record, const char *text, day_t today, struct err *e);
/* The canonical text (codes, ISO dates, digits); "" for none. Appended to out. */
void field_format(const struct field *f, const void *record, struct buf *out);
/* Reads what field_format wrote, unchecked but for size: values at rest are never judged again. False when it does not fit. */
MUST_CHECK bool field_load(const struct field *f, void *record, const char *canonical);
/* The text for people: choice labels, dates as 23 Nov 2026, yes/no, NHS 3-3-4. Codes of sets stay codes. */
void field_show(const struct field *f, const void *record, struct buf *out);
bool field_is_empty(const struct field *f, const void *record);
bool field_equal(const struct field *f, const void *a, const void *b);
void field_copy(const struct field *f, void *to, const void *from);
const char *choice_label(const struct choice *choices, const char *code); /* the code itself when unknown */
bool choice_has(const struct choice *choices, const char *code);

const char *field_text(const struct field *f, const void *record);       /* text kinds only */
int64_t field_int(const struct field *f, const void *record);           /* number kinds only */
bool field_is_number(const struct field *f);                            /* kept as int64_t */

/* Empties a record: texts "", numbers FIELD_ABSENT, flags 0. */
void record_init(const struct record_type *t, void *record);
void fields_init(const struct field *fields, size_t count, void *record);
/* Checks that every FIELD_REQUIRED field is there. INVALID names the first that is not. */
MUST_CHECK bool fields_complete(const struct field *fields, size_t count, const void *record, struct err *e);

/* True when comma-separated `codes` holds `code`. */
bool codes_have(const char *codes, const char *code);
/* The next code of a comma-separated list: copies it to out, returns the rest, or NULL at the end. */
const char *codes_next(const char *codes, char out[64]);

#endif

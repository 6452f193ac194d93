/* SPDX-License-Identifier: MIT
 *
 * How the field tables of the records are written: a row's key is the name of
 * the struct's member and of the column, so all three are said once.
 */
#ifndef ONWARD_MODEL_ROWS_H
#define ONWARD_MODEL_ROWS_H

#include "onward/records.h"

/* clang-format off */
#define TEXT(type, member) .key = #member, FIELD_TEXT_AT(type, member)
#define NUMBER(type, member) .key = #member, FIELD_INT_AT(type, member)

/* Rows that many records have. */
#define ID_ROW(type) {NUMBER(type, id), .label = "Key", .kind = FIELD_KEY, .flags = FIELD_AUTO}
#define REF_ROW(type) {TEXT(type, ref), .label = "Reference", .kind = FIELD_REF, .flags = FIELD_AUTO}
#define VERSION_ROW(type) {NUMBER(type, version), .label = "Version", .kind = FIELD_INT, .flags = FIELD_AUTO}
#define PARENT_ROW(type, member, words) {NUMBER(type, member), .label = words, .kind = FIELD_KEY, .flags = FIELD_AUTO}
#define MADE_AT_ROW(type) {NUMBER(type, created_at), .label = "Recorded at", .kind = FIELD_INSTANT, .flags = FIELD_AUTO}
#define MADE_BY_ROW(type) {NUMBER(type, created_by), .label = "Recorded by", .kind = FIELD_KEY, .flags = FIELD_AUTO}

#define RECORD_TYPE(type, rows) .size = sizeof(struct type), .fields = rows, .count = sizeof rows / sizeof *rows
/* clang-format on */

/* Most characters of a text. Names and lines: Social Prescribing Information Standard v1.1. */
enum {
    NAME_CHARS = 35,
    LINE_CHARS = 70,
    LONG_CHARS = 150,
    NOTE_CHARS = 2000,
    ADDRESS_CHARS = 179, /* five lines of 35 and their ends */
};

/* The first day that a date of birth may be. */
#define BORN_FROM DATE_OF(1880, 1, 1)

#endif

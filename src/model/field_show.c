/* SPDX-License-Identifier: MIT
 *
 * Writing what a field holds: canonical text for files, audit and undo, and
 * words for people, where nothing that could drive a terminal passes.
 */
#include <stdio.h>
#include <string.h>

#include "onward/check.h"
#include "onward/field.h"

void field_format(const struct field *f, const void *record, struct buf *out)
{
    if (field_is_empty(f, record))
        return;
    if (!field_is_number(f)) {
        buf_str(out, field_text(f, record));
    } else if (f->kind == FIELD_INSTANT) {
        char text[INSTANT_SIZE];
        instant_format(field_int(f, record), text);
        buf_str(out, text);
    } else {
        buf_fmt(out, "%lld", (long long)field_int(f, record));
    }
}

/* "1970", "Feb 1970" or "28 Feb 1970" for a date at rest, whole or partial. */
static void show_date(const char *at_rest, struct buf *out)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, day;
    int parts = sscanf(at_rest, "%4d-%2d-%2d", &year, &month, &day);
    if (parts >= 2 && (month < 1 || month > 12))
        parts = 0;
    if (parts == 3)
        buf_fmt(out, "%d %s %04d", day, months[month - 1], year);
    else if (parts == 2)
        buf_fmt(out, "%s %04d", months[month - 1], year);
    else
        text_show(at_rest, false, out);
}

static void show_choices(const struct choice *choices, const char *codes, struct buf *out)
{
    char code[64];
    bool first = true;
    for (const char *rest = codes_next(codes, code); rest; rest = codes_next(rest, code)) {
        if (!first)
            buf_str(out, ", ");
        text_show(choice_label(choices, code), false, out);
        first = false;
    }
}

static void show_instant(int64_t ms, struct buf *out)
{
    char text[INSTANT_SIZE], date[DATE_SIZE];
    instant_format_uk(ms, text);
    snprintf(date, sizeof date, "%.10s", text);
    show_date(date, out);
    buf_str(out, text + strlen(date));
}

void field_show(const struct field *f, const void *record, struct buf *out)
{
    if (field_is_empty(f, record))
        return;
    char spaced[13];
    switch (f->kind) {
    case FIELD_DATE:
    case FIELD_PARTIAL:
        show_date(field_text(f, record), out);
        break;
    case FIELD_FLAG:
        buf_str(out, field_int(f, record) ? "yes" : "no");
        break;
    case FIELD_INSTANT:
        show_instant(field_int(f, record), out);
        break;
    case FIELD_CHOICE:
        text_show(choice_label(f->choices, field_text(f, record)), false, out);
        break;
    case FIELD_CHOICES:
        show_choices(f->choices, field_text(f, record), out);
        break;
    case FIELD_CODES: {
        static const struct choice none[] = {{NULL, NULL}};
        show_choices(none, field_text(f, record), out);
        break;
    }
    case FIELD_NHS:
        if (strlen(field_text(f, record)) == 10) {
            nhs_number_show(field_text(f, record), spaced);
            buf_str(out, spaced);
            break;
        }
        text_show(field_text(f, record), false, out); /* masked */
        break;
    case FIELD_INT:
    case FIELD_KEY:
        buf_fmt(out, "%lld", (long long)field_int(f, record));
        break;
    default:
        text_show(field_text(f, record), f->kind == FIELD_NOTE, out);
    }
}

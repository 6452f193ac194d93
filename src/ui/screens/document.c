/* SPDX-License-Identifier: MIT
 *
 * Reading the documents of the engine's `show` verbs (see document.h).
 */
#include "document.h"

#include <stdio.h>
#include <string.h>

const char *doc_text(const json_t *doc, const char *key)
{
    const char *text = json_string_value(json_object_get(doc, key));
    return text ? text : "";
}

bool doc_is(const json_t *doc, const char *key)
{
    return json_is_true(json_object_get(doc, key));
}

void doc_day(const char *when, char out[DAY_SHOWN])
{
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t at;
    int year, month, day;
    day_t d = date_parse(when);
    if (d == DATE_NONE && instant_parse(when, &at))
        d = instant_day(at);
    out[0] = '\0';
    if (d == DATE_NONE)
        return;
    date_to_ymd(d, &year, &month, &day);
    snprintf(out, DAY_SHOWN, "%d %s %d", day % 100, months[month - 1], year % 10000);
}

void doc_labels(const char *codes, const struct choice *choices, struct buf *out)
{
    char code[64];
    bool first = true;
    for (const char *at = codes; (at = codes_next(at, code)) && *code; first = false)
        buf_fmt(out, "%s%s", first ? "" : ", ", choice_label(choices, code));
}

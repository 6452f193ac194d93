/* SPDX-License-Identifier: MIT
 *
 * Reading what people type. One function a kind turns the trimmed text into
 * the form at rest, or says what is wrong and what would be right. Messages
 * begin with the field's key. They repeat what was typed only where it cannot
 * be a person's name: errors are shown, but also written into reports.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onward/check.h"
#include "onward/field.h"
#include "onward/ident.h"

PRINTF_LIKE(3, 4)
static bool wrong(struct err *e, const struct field *f, const char *fmt, ...)
{
    char text[sizeof(((struct err *)0)->text)];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return err_field(e, f->key, "%s: %s", f->key, text);
}

/* The same for what a check said. */
static bool wrong_because(struct err *e, const struct field *f, const struct err *check)
{
    return wrong(e, f, "%s", check->text);
}

static bool may_be_a_name(const char *text)
{
    for (; *text; text++)
        if ((*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z') || *text & 0x80)
            return true;
    return false;
}

/* What was typed, for a message; "this" where it may not be repeated. */
struct echo {
    char text[64];
};
static struct echo echo(const struct field *f, const char *typed)
{
    struct echo out = {""};
    char why[64];
    bool secret = f->flags & FIELD_SECRET || (f->flags & FIELD_PERSONAL && may_be_a_name(typed));
    if (secret || !text_is_clean(typed, false, why) || !text_copy(out.text, sizeof out.text, typed))
        text_put(out.text, sizeof out.text, "this");
    return out;
}

/* ---- text */

static bool parse_text(const struct field *f, const char *typed, day_t today, void *at,
                       struct err *e)
{
    (void)today;
    char why[64];
    if (!text_is_clean(typed, f->kind == FIELD_NOTE, why))
        return wrong(e, f, "there is %s in it, which cannot be kept; take it out", why);
    size_t length = utf8_length(typed);
    if (f->max > 0 && length > (size_t)f->max)
        return wrong(e, f, "this has %zu characters, the most is %lld", length, (long long)f->max);
    if (!text_copy(at, f->size, typed))
        return wrong(e, f,
                     "this takes %zu bytes, the most is %zu (an accented letter takes 2 or more)",
                     strlen(typed), f->size - 1);
    return true;
}

/* Line ends of any system become newlines. */
static void mend_line_ends(char *s)
{
    char *to = s;
    for (; *s; s++) {
        if (*s == '\r' && s[1] == '\n')
            continue;
        *to++ = *s == '\r' ? '\n' : *s;
    }
    *to = '\0';
}

/* ---- numbers and flags */

static bool parse_int(const struct field *f, const char *typed, day_t today, void *at,
                      struct err *e)
{
    (void)today;
    bool bounded = f->min != 0 || f->max != 0;
    int64_t min = bounded ? f->min : INT64_MIN + 1, max = bounded ? f->max : INT64_MAX;
    if (text_to_int(typed, min, max, at))
        return true;
    const char *blank = f->unit ? " " : "", *unit = f->unit ? f->unit : "";
    if (!bounded)
        return wrong(e, f, "%s is no whole number%s%s", echo(f, typed).text, blank, unit);
    return wrong(e, f, "%s is no whole number from %lld to %lld%s%s", echo(f, typed).text,
                 (long long)min, (long long)max, blank, unit);
}

static bool parse_flag(const struct field *f, const char *typed, day_t today, void *at,
                       struct err *e)
{
    (void)today;
    static const char *const words[2][4] = {{"no", "n", "0", "false"}, {"yes", "y", "1", "true"}};
    for (int value = 0; value < 2; value++)
        for (int i = 0; i < 4; i++)
            if (text_equal_fold(typed, words[value][i])) {
                *(int64_t *)at = value;
                return true;
            }
    return wrong(e, f, "%s is neither yes nor no", echo(f, typed).text);
}

static bool parse_key(const struct field *f, const char *typed, day_t today, void *at,
                      struct err *e)
{
    (void)today;
    return text_to_int(typed, 1, INT64_MAX, at) || wrong(e, f, "%s is no key", echo(f, typed).text);
}

/* ---- dates and times */

#define DATE_ADVICE "write it like 28/02/1970, today, fri or +2w"

static bool parse_date(const struct field *f, const char *typed, day_t today, void *at,
                       struct err *e)
{
    day_t d = f->flags & FIELD_PAST ? date_parse_past(typed, today) : date_parse_loose(typed, today);
    if (d == DATE_NONE)
        return wrong(e, f, "%s is no date; " DATE_ADVICE, echo(f, typed).text);

    char iso[DATE_SIZE], limit[DATE_SIZE];
    date_format(d, iso);
    if (f->flags & FIELD_PAST && d > today) {
        date_format(today, limit);
        return wrong(e, f, "%s is still to come; a date up to today, %s, is wanted here", iso,
                     limit);
    }
    if (f->min != 0 && d < f->min) {
        date_format((day_t)f->min, limit);
        return wrong(e, f, "%s is too long ago; the first day that is taken is %s", iso, limit);
    }
    text_put(at, f->size, iso);
    return true;
}

static bool parse_partial(const struct field *f, const char *typed, day_t today, void *at,
                          struct err *e)
{
    char out[DATE_SIZE];
    if (!date_parse_partial(typed, today, out))
        return wrong(e, f,
                     "%s is no date; write a year, a month or a day: 1970, 1970-02 or 1970-02-28",
                     echo(f, typed).text);
    text_put(at, f->size, out);
    return true;
}

/* 9:30, 09.30 and 0930 are all half past nine. */
static bool parse_time(const struct field *f, const char *typed, day_t today, void *at,
                       struct err *e)
{
    (void)today;
    size_t n = strspn(typed, "0123456789");
    const char *minutes = typed + n;
    bool marked = n >= 1 && n <= 2 && (*minutes == ':' || *minutes == '.');
    if (marked)
        minutes++;
    else if (n == 4)
        minutes = typed + 2;
    size_t hours_length = marked ? n : 2;

    char hours[3] = "";
    int64_t h, m;
    if ((marked || n == 4) && strlen(minutes) == 2)
        memcpy(hours, typed, hours_length);
    if (!text_to_int(hours, 0, 23, &h) || *minutes == '+' || *minutes == '-' ||
        !text_to_int(minutes, 0, 59, &m))
        return wrong(e, f, "%s is no time of day; write it like 09:30 or 14:05",
                     echo(f, typed).text);
    char out[8];
    snprintf(out, sizeof out, "%02d:%02d", (int)h, (int)m);
    text_put(at, f->size, out);
    return true;
}

static bool parse_instant(const struct field *f, const char *typed, day_t today, void *at,
                          struct err *e)
{
    (void)today;
    return instant_parse(typed, at) ||
           wrong(e, f, "%s is no date and time; write it like 2026-11-23T09:00:00Z",
                 echo(f, typed).text);
}

/* ---- codes */

/* The code meant by `typed` (n bytes): case folded, blanks as '_'. False when it is no code. */
static bool canonical_code(const char *typed, size_t n, char out[64])
{
    while (n > 0 && typed[n - 1] == ' ')
        n--;
    if (n == 0 || n >= 64)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = typed[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        else if (c == ' ')
            c = '_';
        else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr("_-.", c))
            return false;
        out[i] = c;
    }
    out[n] = '\0';
    return true;
}

/* The choice that `typed` (n bytes) names by its code or its label, or NULL. */
static const char *choice_meant(const struct choice *choices, const char *typed, size_t n)
{
    char code[64], label[128];
    bool is_code = canonical_code(typed, n, code);
    bool is_label = n < sizeof label;
    if (is_label) {
        memcpy(label, typed, n);
        label[n] = '\0';
    }
    for (const struct choice *c = choices; c->code; c++)
        if ((is_code && strcmp(code, c->code) == 0) ||
            (is_label && text_equal_fold(label, c->label)))
            return c->code;
    return NULL;
}

static bool no_choice(struct err *e, const struct field *f, const char *typed)
{
    struct buf all = {0};
    for (const struct choice *c = f->choices; c->code; c++)
        buf_fmt(&all, "%s%s", all.len ? ", " : "", c->code);
    wrong(e, f, "%s is not one of: %s", echo(f, typed).text, buf_text(&all));
    buf_free(&all);
    return false;
}

static bool no_code(struct err *e, const struct field *f, const char *typed)
{
    return wrong(e, f, "%s is no code; a code is a word of letters, digits, _ and -",
                 echo(f, typed).text);
}

/* The one code or choice that `typed` (n bytes) stands for. */
static bool code_meant(const struct field *f, const char *typed, size_t n, char out[64])
{
    if (!f->choices)
        return canonical_code(typed, n, out);
    const char *code = choice_meant(f->choices, typed, n);
    if (code)
        text_put(out, 64, code);
    return code;
}

static bool parse_code(const struct field *f, const char *typed, day_t today, void *at,
                       struct err *e)
{
    (void)today;
    char code[64];
    if (!code_meant(f, typed, strlen(typed), code) || !text_copy(at, f->size, code))
        return f->choices ? no_choice(e, f, typed) : no_code(e, f, typed);
    return true;
}

/* Repeats and empty items are dropped; the order typed is kept. */
static bool parse_codes(const struct field *f, const char *typed, day_t today, void *at,
                        struct err *e)
{
    (void)today;
    struct buf list = {0};
    bool ok = true;
    for (const char *p = typed; ok && *p;) {
        p += strspn(p, ", ");
        size_t n = strcspn(p, ",");
        char code[64];
        if (n > 0 && !code_meant(f, p, n, code)) {
            char *item = xstrndup(p, n);
            ok = f->choices ? no_choice(e, f, item) : no_code(e, f, item);
            free(item);
        } else if (n > 0 && !codes_have(buf_text(&list), code)) {
            buf_fmt(&list, "%s%s", list.len ? "," : "", code);
        }
        p += n;
    }
    if (ok && list.len == 0 && f->flags & FIELD_REQUIRED)
        ok = wrong(e, f, "this is needed");
    if (ok && !text_copy(at, f->size, buf_text(&list)))
        ok = wrong(e, f, "these are too many codes for one field: %zu bytes, the most is %zu",
                   list.len, f->size - 1);
    buf_free(&list);
    return ok;
}

/* ---- identifiers */

static bool parse_nhs(const struct field *f, const char *typed, day_t today, void *at,
                      struct err *e)
{
    (void)today;
    struct err why;
    char digits[11];
    if (!check_nhs_number(typed, digits, &why))
        return wrong_because(e, f, &why);
    text_put(at, f->size, digits);
    return true;
}

static bool parse_postcode(const struct field *f, const char *typed, day_t today, void *at,
                           struct err *e)
{
    (void)today;
    char out[9];
    if (!check_postcode(typed, out) && !*out)
        return wrong(e, f, "this is too long for a postcode; write it like M6 5FW");
    char why[64];
    if (!text_is_clean(out, false, why))
        return wrong(e, f, "there is %s in it, which cannot be kept; take it out", why);
    text_put(at, f->size, out);
    return true;
}

static bool parse_phone(const struct field *f, const char *typed, day_t today, void *at,
                        struct err *e)
{
    (void)today;
    struct err why;
    char out[36];
    if (!check_phone(typed, out, &why))
        return wrong_because(e, f, &why);
    text_put(at, f->size, out);
    return true;
}

static bool parse_email(const struct field *f, const char *typed, day_t today, void *at,
                        struct err *e)
{
    (void)today;
    struct err why;
    char out[256];
    if (!check_email(typed, out, &why))
        return wrong_because(e, f, &why);
    text_put(at, f->size, out);
    return true;
}

static bool parse_ods(const struct field *f, const char *typed, day_t today, void *at,
                      struct err *e)
{
    (void)today;
    struct err why;
    char out[10];
    bool practice = f->set && strcmp(f->set, "practice") == 0;
    if (!(practice ? check_gp_practice_code(typed, out, &why) : check_ods_code(typed, out, &why)))
        return wrong_because(e, f, &why);
    text_put(at, f->size, out);
    return true;
}

static bool parse_snomed(const struct field *f, const char *typed, day_t today, void *at,
                         struct err *e)
{
    (void)today;
    struct err why;
    char out[19];
    if (!check_snomed(typed, out, &why))
        return wrong_because(e, f, &why);
    text_put(at, f->size, out);
    return true;
}

static bool parse_ref(const struct field *f, const char *typed, day_t today, void *at,
                      struct err *e)
{
    (void)today;
    char out[REF_SIZE];
    if (!ref_parse(typed, out))
        return wrong(
            e, f,
            "%s is no reference; they look like SP-4K7Q-9XD3, and the last character checks "
            "the others, so one of them may be mistyped",
            echo(f, typed).text);
    text_put(at, f->size, out);
    return true;
}

/* ---- one field */

typedef bool parse_fn(const struct field *f, const char *typed, day_t today, void *at,
                      struct err *e);
static parse_fn *const parsers[] = {
    [FIELD_TEXT] = parse_text,   [FIELD_NOTE] = parse_text,
    [FIELD_INT] = parse_int,     [FIELD_FLAG] = parse_flag,
    [FIELD_DATE] = parse_date,   [FIELD_PARTIAL] = parse_partial,
    [FIELD_TIME] = parse_time,   [FIELD_INSTANT] = parse_instant,
    [FIELD_CHOICE] = parse_code, [FIELD_CHOICES] = parse_codes,
    [FIELD_CODE] = parse_code,   [FIELD_CODES] = parse_codes,
    [FIELD_NHS] = parse_nhs,     [FIELD_POSTCODE] = parse_postcode,
    [FIELD_PHONE] = parse_phone, [FIELD_EMAIL] = parse_email,
    [FIELD_ODS] = parse_ods,     [FIELD_SNOMED] = parse_snomed,
    [FIELD_REF] = parse_ref,     [FIELD_KEY] = parse_key,
};

static bool parse_trimmed(const struct field *f, void *record, char *typed, day_t today,
                          struct err *e)
{
    if (!*typed || strcmp(typed, "-") == 0) {
        if (f->flags & FIELD_REQUIRED)
            return wrong(e, f, "this is needed and cannot be empty");
        fields_init(f, 1, record);
        return true;
    }
    size_t bad;
    if (!utf8_valid(typed, strlen(typed), &bad))
        return wrong(e, f, "byte %zu of this is no UTF-8 text; save it as UTF-8 and try again",
                     bad + 1);
    if (f->kind == FIELD_NOTE)
        mend_line_ends(typed);
    return parsers[f->kind](f, typed, today, (char *)record + f->offset, e);
}

bool field_parse(const struct field *f, void *record, const char *text, day_t today, struct err *e)
{
    char small[512];
    size_t size = strlen(text) + 1;
    char *typed = size <= sizeof small ? small : xmalloc(size);
    memcpy(typed, text, size);
    text_trim(typed);
    bool ok = parse_trimmed(f, record, typed, today, e);
    if (typed != small)
        free(typed);
    return ok;
}

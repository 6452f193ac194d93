/* SPDX-License-Identifier: MIT
 *
 * Guarding is one-to-one: an apostrophe is added to every text that is an
 * apostrophe or more in front of something dangerous, and a blank to every gap
 * of a number whose gaps are where ours would be. So undoing needs no rule of
 * its own: of the few texts a cell can have come from, it is the one whose
 * guarded form is the cell, or none and the cell was never guarded.
 */
#include "exchange/csv_guard.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "onward/check.h"

enum { LONGEST_SHOWN = 11 }; /* digits that a spreadsheet shows without an exponent */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- formulas */

static bool is_trigger(ucs4_t u)
{
    static const ucs4_t triggers[] = {
        '=',    '+',    '-',    '@',    '\t', '\r', '\n', /* */
        0xFF1D, 0xFF0B, 0xFF0D, 0xFF20,                   /* full-width */
        0xFE66, 0xFE62, 0xFE63, 0xFE6B,                   /* small */
    };
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++) {
        if (u == triggers[i]) {
            return true;
        }
    }
    return false;
}

/* What a program may drop before it looks for a formula. */
static bool is_skipped(ucs4_t u)
{
    return u < 0x20 || (u >= 0x7F && u < 0xA0) || uc_is_property_white_space(u) ||
           uc_is_property_default_ignorable_code_point(u);
}

static bool begins_formula(const char *s)
{
    const uint8_t *at = (const uint8_t *)s;
    ucs4_t u;
    while ((at = u8_next(&u, at)) != NULL) {
        if (is_trigger(u)) {
            return true;
        }
        if (!is_skipped(u)) {
            return false;
        }
    }
    return false;
}

/* True when a spreadsheet would take such digits for a quantity and lose some. */
static bool loses_digits(const char *digits, size_t n)
{
    return (*digits == '0' && n > 1) || n > LONGEST_SHOWN;
}

/* Digits that would be damaged, with nothing but blanks round them. */
static bool is_damaged_number(const char *s)
{
    const uint8_t *at = (const uint8_t *)s;
    const uint8_t *digits = at;
    ucs4_t u;
    while ((at = u8_next(&u, at)) != NULL && is_skipped(u)) {
        digits = at;
    }
    size_t n = strspn((const char *)digits, "0123456789");
    at = digits + n;
    while ((at = u8_next(&u, at)) != NULL) {
        if (!is_skipped(u)) {
            return false;
        }
    }
    return loses_digits((const char *)digits, n);
}

/* ---- numbers with gaps */

/* Reads "+"? digits ( blanks digits )*, and gives it without its blanks. */
static bool squeeze(const char *s, struct buf *digits)
{
    buf_clear(digits);
    if (*s == '+') {
        buf_char(digits, *s++);
    }
    for (;;) {
        if (!is_digit(*s)) {
            return false;
        }
        while (is_digit(*s)) {
            buf_char(digits, *s++);
        }
        if (*s == '\0') {
            return true;
        }
        while (*s == ' ') {
            s++;
        }
    }
}

/* Where digits (from squeeze) are parted: offsets of the first digit of the
 * second and third group, 0 for no such group. */
struct groups {
    size_t second, third;
};

static struct groups groups_of(const char *digits)
{
    char nhs[11];
    size_t n = strlen(digits);
    if (n == 13 && text_starts(digits, "+44")) {
        return (struct groups){3, 7};
    }
    if (n == 10 && *digits != '+' && check_nhs_number(digits, nhs, NULL)) {
        return (struct groups){3, 6};
    }
    if (*digits == '+' && n > 6) {
        return (struct groups){6, 0};
    }
    if (n > 5 && loses_digits(digits, n)) {
        return (struct groups){5, 0};
    }
    return (struct groups){0, 0};
}

/* Copies s with `change` blanks more (or fewer) in every gap. */
static void widen_gaps(const char *s, int change, struct buf *out)
{
    buf_clear(out);
    for (; *s; s++) {
        if (*s == ' ' && s[-1] != ' ' && change < 0) {
            continue;
        }
        if (*s == ' ' && s[-1] != ' ' && change > 0) {
            buf_char(out, ' ');
        }
        buf_char(out, *s);
    }
}

/* True when s has gaps, and has them exactly where `g` parts its digits. */
static bool has_gaps_at(const char *s, struct groups g)
{
    size_t digits = 0;
    size_t found = 0;
    for (const char *p = s; *p; p++) {
        if (*p != ' ') {
            digits++;
        } else if (p[-1] != ' ') {
            size_t expected = found == 0 ? g.second : found == 1 ? g.third : 0;
            if (digits != expected) {
                return false;
            }
            found++;
        }
    }
    return found > 0 && found == (size_t)(g.second > 0) + (g.third > 0);
}

static void part(const char *digits, struct groups g, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; digits[i]; i++) {
        if (i > 0 && (i == g.second || i == g.third)) {
            buf_char(out, ' ');
        }
        buf_char(out, digits[i]);
    }
}

/* Guards a number of a CSV_DIGITS column by its blanks. False when it is none,
 * or has too few digits to part and no blank of its own. */
static bool guard_number(const char *text, struct buf *out)
{
    struct buf digits = {0};
    bool done = squeeze(text, &digits);
    if (done) {
        struct groups g = groups_of(buf_text(&digits));
        if (has_gaps_at(text, g)) {
            widen_gaps(text, 1, out);
        } else if (strchr(text, ' ') == NULL && g.second > 0) {
            part(text, g, out);
        } else if (strchr(text, ' ') == NULL &&
                   (*text == '+' || loses_digits(text, strlen(text)))) {
            done = false;
        } else {
            buf_clear(out);
            buf_str(out, text);
        }
    }
    buf_free(&digits);
    return done;
}

/* ---- the two doors */

void csv_guard(const char *text, enum csv_kind kind, struct buf *out)
{
    if (kind == CSV_DIGITS && guard_number(text, out)) {
        return;
    }
    const char *core = text + strspn(text, "'");
    buf_clear(out);
    if (begins_formula(core) || is_damaged_number(core)) {
        buf_char(out, '\'');
    }
    buf_str(out, text);
}

static bool guards_to(const char *text, enum csv_kind kind, const char *cell)
{
    struct buf guarded = {0};
    csv_guard(text, kind, &guarded);
    bool same = strcmp(buf_text(&guarded), cell) == 0;
    buf_free(&guarded);
    return same;
}

void csv_unguard(const char *text, enum csv_kind kind, struct buf *out)
{
    if (*text == '\'') {
        buf_clear(out);
        buf_str(out, text + 1);
        if (guards_to(buf_text(out), kind, text)) {
            return;
        }
    } else if (kind == CSV_DIGITS && squeeze(text, out) && strchr(text, ' ') != NULL) {
        if (guards_to(buf_text(out), kind, text)) {
            return;
        }
        widen_gaps(text, -1, out);
        if (guards_to(buf_text(out), kind, text)) {
            return;
        }
    }
    buf_clear(out);
    buf_str(out, text);
}

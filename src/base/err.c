/* SPDX-License-Identifier: MIT
 *
 * Filling a struct err. Every text is first formatted into a buffer of its
 * own, because callers pass parts of the same error as arguments; text over
 * the limit is clipped at a character boundary.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "onward/err.h"

/* Copies as much of `src` as fits, never half a UTF-8 character. */
static void clip(char *dst, size_t cap, const char *src)
{
    size_t n = strlen(src);
    if (n >= cap) {
        n = cap - 1;
        while (n > 0 && ((unsigned char)src[n] & 0xC0) == 0x80)
            n--;
    }
    memmove(dst, src, n);
    dst[n] = '\0';
}

PRINTF_LIKE(5, 0)
static void fill(struct err *e, enum err_code code, const char *field, const char *rule,
                 const char *fmt, va_list ap)
{
    if (!e)
        return;
    struct err made = {.code = code};
    char text[sizeof made.text + 1]; /* one more, so that clip() sees that there was more */
    if (vsnprintf(text, sizeof text, fmt, ap) < 0)
        clip(text, sizeof text, fmt);
    clip(made.field, sizeof made.field, field);
    clip(made.rule, sizeof made.rule, rule);
    clip(made.text, sizeof made.text, text);
    *e = made;
}

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fill(e, code, "", "", fmt, ap);
    va_end(ap);
    return false;
}

bool err_field(struct err *e, const char *field, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fill(e, ERR_INVALID, field, "", fmt, ap);
    va_end(ap);
    return false;
}

bool err_rule(struct err *e, const char *rule, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fill(e, ERR_REFUSED, "", rule, fmt, ap);
    va_end(ap);
    return false;
}

bool err_prefix(struct err *e, const char *fmt, ...)
{
    if (!e)
        return false;
    struct err what;
    va_list ap;
    va_start(ap, fmt);
    fill(&what, e->code, "", "", fmt, ap);
    va_end(ap);

    char text[sizeof what.text + sizeof e->text + 2];
    snprintf(text, sizeof text, "%s: %s", what.text, e->text);
    clip(e->text, sizeof e->text, text);
    return false;
}

void err_clear(struct err *e)
{
    if (e)
        *e = (struct err){.code = ERR_NONE};
}

const char *err_name(enum err_code code)
{
    static const char *const names[] = {
        [ERR_NONE] = "none",         [ERR_INVALID] = "invalid", [ERR_NOT_FOUND] = "not_found",
        [ERR_CONFLICT] = "conflict", [ERR_REFUSED] = "refused", [ERR_DENIED] = "denied",
        [ERR_BUSY] = "busy",         [ERR_STORE] = "store",
    };
    return (size_t)code < sizeof names / sizeof *names ? names[code] : "none";
}

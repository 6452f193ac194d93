/* SPDX-License-Identifier: MIT
 *
 * Hostile characters: which may not be stored, and how any text at all is
 * made safe to show. Escape and C1 controls can drive a terminal, bidi
 * overrides and isolates can make a line read as another one.
 */
#include <stdio.h>
#include <string.h>

#include <unistr.h>

#include "onward/text.h"

static bool is_control(ucs4_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

static bool is_bidi_control(ucs4_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static const char *fault_of(ucs4_t c, bool lines)
{
    if (c == '\n' || c == '\t')
        return lines ? NULL : c == '\n' ? "a line break" : "a tab";
    if (is_control(c))
        return "a control character";
    if (is_bidi_control(c))
        return "a text-direction character";
    if (c == 0xFEFF)
        return "a byte order mark";
    return NULL;
}

bool text_is_clean(const char *s, bool lines, char why[64])
{
    const uint8_t *p = (const uint8_t *)s, *end = p + strlen(s);
    while (p < end) {
        if (*p >= 0x20 && *p < 0x7F) {
            p++;
            continue;
        }
        ucs4_t c;
        int n = u8_mbtoucr(&c, p, (size_t)(end - p));
        if (n < 0) {
            snprintf(why, 64, "a byte that is not UTF-8 (0x%02X)", (unsigned)*p);
            return false;
        }
        const char *fault = fault_of(c, lines);
        if (fault) {
            snprintf(why, 64, "%s (U+%04X)", fault, (unsigned)c);
            return false;
        }
        p += n;
    }
    return true;
}

/* The character to show in place of c, or c itself. */
static ucs4_t visible(ucs4_t c, bool lines)
{
    if (c == '\n')
        return lines ? c : 0x23CE; /* return symbol */
    if (c == '\t' && lines)
        return c;
    if (c < 0x20)
        return 0x2400 + c; /* control pictures */
    if (c == 0x7F)
        return 0x2421; /* symbol for delete */
    if (is_control(c) || is_bidi_control(c) || c == 0xFEFF)
        return 0x2426; /* symbol for substitute: these have no picture of their own */
    return c;
}

void text_show(const char *s, bool lines, struct buf *out)
{
    const uint8_t *p = (const uint8_t *)s, *end = p + strlen(s);
    while (p < end) {
        const uint8_t *plain = p;
        while (p < end && *p >= 0x20 && *p < 0x7F)
            p++;
        buf_add(out, (const char *)plain, (size_t)(p - plain));
        if (p == end)
            break;
        ucs4_t c;
        p += u8_mbtouc(&c, p, (size_t)(end - p)); /* invalid bytes read as U+FFFD */
        uint8_t bytes[6];
        int n = u8_uctomb(bytes, visible(c, lines), sizeof bytes);
        buf_add(out, (const char *)bytes, (size_t)n);
    }
    buf_add(out, "", 0);
}

/* SPDX-License-Identifier: MIT
 *
 * Questions about UTF-8: is it valid, how many characters, how many columns.
 * Plain ASCII, which is nearly all there is, is answered without asking
 * libunistring.
 */
#include <stdlib.h>
#include <string.h>

#include <unigbrk.h>
#include <unistr.h>
#include <uniwidth.h>

#include "onward/text.h"

/* Length of the ASCII run at the start of s. */
static size_t ascii_run(const char *s, size_t n)
{
    size_t i = 0;
    for (uint64_t eight; i + sizeof eight <= n; i += sizeof eight) {
        memcpy(&eight, s + i, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < n && !(s[i] & 0x80))
        i++;
    return i;
}

bool utf8_valid(const char *s, size_t n, size_t *bad)
{
    size_t ascii = ascii_run(s, n);
    if (ascii == n)
        return true;
    const uint8_t *wrong = u8_check((const uint8_t *)s + ascii, n - ascii);
    if (wrong && bad)
        *bad = (size_t)(wrong - (const uint8_t *)s);
    return !wrong;
}

size_t utf8_length(const char *s)
{
    size_t n = strlen(s), ascii = ascii_run(s, n);
    return ascii + u8_mbsnlen((const uint8_t *)s + ascii, n - ascii);
}

/* A terminal gives a grapheme one cell or two, however many characters build
 * it: a base with its marks, a flag of two letters, a family of emoji. */
static int grapheme_width(const uint8_t *s, const uint8_t *end)
{
    int width = 0;
    while (s < end) {
        ucs4_t c;
        s += u8_mbtouc(&c, s, (size_t)(end - s));
        int w = uc_width(c, "UTF-8");
        width += w > 0 ? w : 0;
    }
    return width < 2 ? width : 2;
}

size_t utf8_width(const char *s)
{
    size_t n = strlen(s), width = 0;
    const uint8_t *p = (const uint8_t *)s;
    if (ascii_run(s, n) == n) {
        for (; *p; p++)
            width += *p >= ' ' && *p < 0x7F;
        return width;
    }
    char few[256], *starts = n <= sizeof few ? few : xmalloc(n);
    u8_grapheme_breaks(p, n, starts);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && !starts[to]; to++)
            ;
        width += (size_t)grapheme_width(p + from, p + to);
    }
    if (starts != few)
        free(starts);
    return width;
}

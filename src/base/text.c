/* SPDX-License-Identifier: MIT
 *
 * Small dealings with text in bounded buffers: copy whole or not at all, trim,
 * compare, read an integer, measure how far two words are apart.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <unistr.h>

#include "onward/text.h"

bool text_copy(char *dst, size_t cap, const char *src)
{
    size_t n = strlen(src);
    if (n >= cap)
        return false;
    memmove(dst, src, n + 1);
    return true;
}

void text_put(char *dst, size_t cap, const char *src)
{
    if (!text_copy(dst, cap, src))
        die("a text of %zu bytes does not fit %zu", strlen(src), cap);
}

void text_roff(const char *s, struct buf *out)
{
    for (; *s; s++)
        if (*s == '\\')
            buf_str(out, "\\e");
        else if (*s == '-')
            buf_str(out, "\\-");
        else if (*s == '^')
            buf_str(out, "\\(ha");
        else
            buf_char(out, *s);
}

/* What counts as blank at the ends of a text. */
static const struct blank {
    size_t n;
    const char *bytes;
} blanks[] = {
    {1, " "},
    {1, "\t"},
    {1, "\n"},
    {1, "\r"},
    {1, "\v"},
    {1, "\f"},
    {2, "\xC2\xA0"},     /* U+00A0 no-break space */
    {3, "\xE2\x80\x8B"}, /* U+200B zero-width space */
    {3, "\xEF\xBB\xBF"}, /* U+FEFF byte order mark */
};

/* Bytes of the blank at the start (or at the end) of the n bytes at s, 0 when there is none. */
static size_t blank_at(const char *s, size_t n, bool at_end)
{
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        const struct blank *b = &blanks[i];
        if (b->n <= n && memcmp(at_end ? s + n - b->n : s, b->bytes, b->n) == 0)
            return b->n;
    }
    return 0;
}

/* The part of s without its outer blanks. */
static const char *inner(const char *s, size_t *n)
{
    size_t len = strlen(s), step;
    while ((step = blank_at(s, len, false)) > 0) {
        s += step;
        len -= step;
    }
    while ((step = blank_at(s, len, true)) > 0)
        len -= step;
    *n = len;
    return s;
}

void text_trim(char *s)
{
    size_t n;
    const char *from = inner(s, &n);
    memmove(s, from, n);
    s[n] = '\0';
}

bool text_copy_trimmed(char *dst, size_t cap, const char *src)
{
    size_t n;
    const char *from = inner(src, &n);
    if (n >= cap)
        return false;
    memmove(dst, from, n);
    dst[n] = '\0';
    return true;
}

bool text_is_blank(const char *s)
{
    size_t n;
    inner(s, &n);
    return n == 0;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool text_equal_fold(const char *a, const char *b)
{
    while (*a && ascii_lower(*a) == ascii_lower(*b)) {
        a++;
        b++;
    }
    return ascii_lower(*a) == ascii_lower(*b);
}

bool text_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool text_to_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
    const char *digits = *s == '+' || *s == '-' ? s + 1 : s;
    size_t n = strspn(digits, "0123456789");
    if (n == 0 || digits[n])
        return false;
    errno = 0;
    long long value = strtoll(s, NULL, 10);
    if (errno || value < min || value > max)
        return false;
    *out = value;
    return true;
}

enum { DISTANCE_MAX = 64 };

static int first_characters(const char *s, ucs4_t out[DISTANCE_MAX])
{
    int n = 0;
    const uint8_t *p = (const uint8_t *)s, *end = p + strlen(s);
    while (p < end && n < DISTANCE_MAX)
        p += u8_mbtouc(&out[n++], p, (size_t)(end - p));
    return n;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Lowrance and Wagner 1975: d[i][j] is the distance of the first i of `a` and
 * the first j of `b`. Beside the three usual steps, two characters may change
 * places, with what stands between them deleted and inserted. */
int text_distance(const char *a, const char *b)
{
    ucs4_t x[DISTANCE_MAX], y[DISTANCE_MAX];
    int n = first_characters(a, x), m = first_characters(b, y);
    int d[DISTANCE_MAX + 1][DISTANCE_MAX + 1];
    int last_row[DISTANCE_MAX + 1] = {0}; /* last i above where x[i] was y[j], 0 for none */

    for (int j = 0; j <= m; j++)
        d[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int last_match = 0; /* last j to the left where y[j] was x[i] */
        d[i][0] = i;
        for (int j = 1; j <= m; j++) {
            bool same = x[i - 1] == y[j - 1];
            int best = d[i - 1][j - 1] + !same;
            best = least(best, least(d[i - 1][j], d[i][j - 1]) + 1);
            int r = last_row[j], c = last_match;
            if (r > 0 && c > 0)
                best = least(best, d[r - 1][c - 1] + (i - r - 1) + 1 + (j - c - 1));
            d[i][j] = best;
            if (same)
                last_match = j;
        }
        for (int j = 1; j <= m; j++)
            if (x[i - 1] == y[j - 1])
                last_row[j] = i;
    }
    return d[n][m];
}

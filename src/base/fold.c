/* SPDX-License-Identifier: MIT
 *
 * The search form of a text: only lower-case letters and digits without
 * marks, words parted by one blank, so that it can stand in a LIKE pattern or
 * a full-text query as it is. An ASCII character costs one table look-up;
 * any other goes through libunistring by itself, which gives the same as the
 * whole text would, because what decomposition reorders is dropped here.
 */
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "onward/text.h"

/* What becomes of an ASCII character: itself or its lower case, ' ' where a
 * word ends, NUL where it vanishes. Sixteen a row: the two of controls, then
 * from the blank, the 0, the @, the P, the grave accent and the p on. */
static const char ascii_fold[128 + 1] = "                "
                                        "                "
                                        "       \0      \0 "
                                        "0123456789      "
                                        " abcdefghijklmno"
                                        "pqrstuvwxyz     "
                                        "\0abcdefghijklmno"
                                        "pqrstuvwxyz     ";

/* What people type for an apostrophe: acute accent, modifier letter, single
 * quotation marks, prime. */
static bool is_apostrophe(ucs4_t c)
{
    return c == 0x00B4 || c == 0x02BC || c == 0x2018 || c == 0x2019 || c == 0x2032;
}

/* Letters that Unicode does not decompose but people type plainly. */
static const struct plain {
    ucs4_t from;
    const char *to;
} plain_forms[] = {
    {0x00C6, "ae"}, {0x00D0, "d"},  {0x00D8, "o"},  {0x00DE, "th"}, {0x00E6, "ae"},
    {0x00F0, "d"},  {0x00F8, "o"},  {0x00FE, "th"}, {0x0110, "d"},  {0x0111, "d"},
    {0x0126, "h"},  {0x0127, "h"},  {0x0131, "i"},  {0x0141, "l"},  {0x0142, "l"},
    {0x0152, "oe"}, {0x0153, "oe"}, {0x0166, "t"},  {0x0167, "t"},
};

static int compare_plain(const void *key, const void *row)
{
    ucs4_t a = *(const ucs4_t *)key, b = ((const struct plain *)row)->from;
    return (a > b) - (a < b);
}

struct folding {
    struct buf *out;
    size_t start;   /* where this text began in out */
    bool word_over; /* a blank is due before the next character */
};

static void put(struct folding *f, const char *s, size_t n)
{
    if (f->word_over && f->out->len > f->start)
        buf_char(f->out, ' ');
    f->word_over = false;
    buf_add(f->out, s, n);
}

static void fold_ascii(struct folding *f, uint8_t c)
{
    char to = ascii_fold[c];
    if (to == ' ')
        f->word_over = true;
    else if (to)
        put(f, &to, 1);
}

/* One character after decomposition and case folding. */
static void fold_decomposed(struct folding *f, ucs4_t c, const uint8_t *bytes, size_t n)
{
    if (c < 0x80)
        fold_ascii(f, (uint8_t)c);
    else if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
        put(f, (const char *)bytes, n);
    else if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Cf))
        f->word_over = true;
}

static void fold_unicode(struct folding *f, ucs4_t c, const uint8_t *bytes, size_t n)
{
    if (is_apostrophe(c))
        return;
    const struct plain *plain = bsearch(&c, plain_forms, sizeof plain_forms / sizeof *plain_forms,
                                        sizeof *plain_forms, compare_plain);
    if (plain) {
        put(f, plain->to, strlen(plain->to));
        return;
    }
    uint8_t space[128]; /* the longest compatibility form has 18 characters (U+FDFA) */
    size_t len = sizeof space;
    uint8_t *form = u8_casefold(bytes, n, NULL, UNINORM_NFKD, space, &len);
    if (!form)
        die("out of memory while folding text");
    for (size_t i = 0; i < len;) {
        ucs4_t part;
        int step = u8_mbtouc(&part, form + i, len - i);
        fold_decomposed(f, part, form + i, (size_t)step);
        i += (size_t)step;
    }
    if (form != space)
        free(form);
}

void text_fold(const char *s, struct buf *out)
{
    struct folding f = {.out = out, .start = out->len};
    const uint8_t *p = (const uint8_t *)s, *end = p + strlen(s);
    buf_add(out, "", 0); /* an empty form is a text too */
    while (p < end) {
        if (*p < 0x80) {
            fold_ascii(&f, *p++);
            continue;
        }
        ucs4_t c;
        int n = u8_mbtoucr(&c, p, (size_t)(end - p));
        if (n > 0) {
            fold_unicode(&f, c, p, (size_t)n);
            p += n;
        } else { /* no UTF-8: a word ends here */
            f.word_over = true;
            p++;
        }
    }
}

bool text_same_words(const char *a, const char *b)
{
    struct buf x = {0}, y = {0};
    text_fold(a, &x);
    text_fold(b, &y);
    bool same = strcmp(buf_text(&x), buf_text(&y)) == 0;
    buf_free(&x);
    buf_free(&y);
    return same;
}

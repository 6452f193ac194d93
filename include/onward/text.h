/* SPDX-License-Identifier: MIT
 *
 * Text: UTF-8 in bounded buffers. Nothing here cuts in silence: a copy that
 * does not fit is refused. Unicode work (folding, width, graphemes) is
 * libunistring's; what is left here is the few forms onward needs of it.
 */
#ifndef ONWARD_TEXT_H
#define ONWARD_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "onward/err.h"

/* A growing byte string. Always NUL-terminated once anything was added. */
struct buf {
    char *data;
    size_t len, cap;
};
void buf_add(struct buf *b, const char *s, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_clear(struct buf *b); /* length 0, memory kept */
void buf_free(struct buf *b);  /* memory gone, zeroed struct */
const char *buf_text(const struct buf *b); /* never NULL */

/* True when `s` (n bytes) is valid UTF-8; *bad is the offset of the first bad byte otherwise (may be NULL). */
bool utf8_valid(const char *s, size_t n, size_t *bad);
/* Characters (code points) in valid UTF-8. */
size_t utf8_length(const char *s);
/* Columns on a terminal: by grapheme, wide characters two, combining none. */
size_t utf8_width(const char *s);

/* Copies `src` whole into dst[cap] or leaves dst as it was and returns false. */
MUST_CHECK bool text_copy(char *dst, size_t cap, const char *src);
/* As text_copy for text known to fit; dies when it does not. */
void text_put(char *dst, size_t cap, const char *src);
/* As text_copy, without the outer blanks that text_trim removes. */
MUST_CHECK bool text_copy_trimmed(char *dst, size_t cap, const char *src);
/* Removes leading and trailing blanks (ASCII blanks, NBSP, zero-width space, BOM) in place. */
void text_trim(char *s);
bool text_is_blank(const char *s);
bool text_equal_fold(const char *a, const char *b); /* ASCII case ignored */
bool text_starts(const char *s, const char *prefix);

/* Appends the search form of a text: compatibility-decomposed, marks stripped,
 * case folded, apostrophes and full stops dropped, anything else that is no
 * letter or digit a blank, runs of blanks one blank, trimmed. Letters that
 * Unicode does not decompose but people type plainly count as plain (Polish l
 * with stroke as l). "O'Brien-Ångström" gives "obrien angstrom". Bytes that
 * are no UTF-8 count as blanks. Truncation is impossible: out grows. */
void text_fold(const char *s, struct buf *out);
bool text_same_words(const char *a, const char *b); /* their search forms are equal */

/* True for text that may be stored as one line: valid UTF-8, no control
 * characters, no bidi override or isolate (U+202A-202E, U+2066-2069), no
 * U+FEFF. `lines` allows newline and tab. On false *why is a phrase for the
 * person ("a control character (U+0007)") in a static buffer-free form:
 * written to why[64]. */
bool text_is_clean(const char *s, bool lines, char why[64]);

/* Appends `s` as it may be shown on a terminal or in a log: control, bidi and
 * escape characters become visible symbols, invalid bytes U+FFFD, newlines
 * become U+23CE when `lines` is false. */
void text_show(const char *s, bool lines, struct buf *out);

/* Appends `s` as roff reads it in the middle of a line, for manual pages. */
void text_roff(const char *s, struct buf *out);

/* Parses a whole decimal integer (optional sign, nothing else) in [min, max]. */
bool text_to_int(const char *s, int64_t min, int64_t max, int64_t *out);

/* Edit distance (Damerau-Levenshtein on code points, at most 64 of each). */
int text_distance(const char *a, const char *b);

#endif

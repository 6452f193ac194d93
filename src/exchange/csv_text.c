/* SPDX-License-Identifier: MIT
 *
 * Encoding and delimiter of a CSV file, and the kinds of file that only look
 * like one by name. UTF-8 is libunistring's to judge; what is here is the
 * counting, the Windows-1252 table and the words for the person who has to
 * save the file again.
 */
#include "exchange/csv_text.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <unistr.h>

enum { CHUNK = 64 * 1024, UTF16_SAMPLE = 1024 };

#define SAVE_AS "Open it in the spreadsheet program and save it as \"CSV UTF-8 (comma delimited)\"."

/* How files begin that are no CSV, whatever their name says. */
static const struct {
    const char *bytes;
    size_t len;
    const char *what;
} strangers[] = {
    {"PK\x03\x04", 4, "a workbook (.xlsx or .ods)"},
    {"\xD0\xCF\x11\xE0", 4, "an old Excel workbook (.xls)"},
    {"%PDF-", 5, "a PDF"},
    {"\xFF\xFE", 2, "UTF-16 (\"Unicode text\")"},
    {"\xFE\xFF", 2, "UTF-16 (\"Unicode text\")"},
};

/* Code points of bytes 80 to 9F; 0 where there is none. Above that the byte is
 * the code point. Source: the WHATWG and Unicode tables for windows-1252,
 * without their stop-gap C1 mappings. */
static const uint16_t windows_1252[32] = {
    /* 80 */ 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    /* 88 */ 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    /* 90 */ 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    /* 98 */ 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

const char *csv_encoding_name(enum csv_encoding encoding)
{
    return encoding == CSV_UTF8 ? "UTF-8" : "Windows-1252";
}

size_t csv_from_windows_1252(const char *s, size_t n, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        uint16_t u = c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c;
        if (c >= 0x80 && u == 0) {
            return SIZE_MAX;
        }
        if (u < 0x80) {
            out[len++] = (char)u;
        } else if (u < 0x800) {
            out[len++] = (char)(0xC0 | (u >> 6));
            out[len++] = (char)(0x80 | (u & 0x3F));
        } else {
            out[len++] = (char)(0xE0 | (u >> 12));
            out[len++] = (char)(0x80 | ((u >> 6) & 0x3F));
            out[len++] = (char)(0x80 | (u & 0x3F));
        }
    }
    return len;
}

/* Bytes read at `at` (fewer than asked only at the end of the file), or -1. */
static ssize_t read_at(int fd, char *into, size_t n, off_t at, struct err *e)
{
    size_t have = 0;
    while (have < n) {
        ssize_t got = pread(fd, into + have, n - have, at + (off_t)have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            err_set(e, ERR_STORE, "The file cannot be read: %s.", strerror(errno));
            return -1;
        }
        if (got == 0) {
            break;
        }
        have += (size_t)got;
    }
    return (ssize_t)have;
}

/* The physical line (from 1) of the byte at `end`; CR, LF and CRLF each end one. */
static bool line_at(int fd, off_t end, size_t *line, struct err *e)
{
    char chunk[CHUNK];
    char before = 0;
    *line = 1;
    for (off_t at = 0; at < end;) {
        size_t want = end - at < CHUNK ? (size_t)(end - at) : CHUNK;
        ssize_t n = read_at(fd, chunk, want, at, e);
        if (n < 0) {
            return false;
        }
        if (n == 0) {
            break;
        }
        for (ssize_t i = 0; i < n; i++) {
            if (chunk[i] == '\r' || (chunk[i] == '\n' && before != '\r')) {
                ++*line;
            }
            before = chunk[i];
        }
        at += n;
    }
    return true;
}

struct tally {
    uint64_t sequences; /* valid, of two bytes or more */
    uint64_t broken;    /* bytes that belong to no valid sequence */
};

/* Counts through s; returns the bytes judged, all of them but for a sequence
 * that the end of a chunk cuts in two (`is_last`: nothing follows). */
static size_t count_utf8(const char *s, size_t n, bool is_last, struct tally *t)
{
    size_t i = 0;
    while (i < n) {
        uint64_t word;
        while (n - i >= sizeof word) {
            memcpy(&word, s + i, sizeof word);
            if (word & UINT64_C(0x8080808080808080)) {
                break;
            }
            i += sizeof word;
        }
        while (i < n && !(s[i] & 0x80)) {
            i++;
        }
        while (i < n && (s[i] & 0x80)) {
            ucs4_t u;
            int len = u8_mbtoucr(&u, (const uint8_t *)s + i, n - i);
            if (len == -2 && !is_last) {
                return i;
            }
            t->sequences += len > 0;
            t->broken += len <= 0;
            i += len > 0 ? (size_t)len : 1;
        }
    }
    return n;
}

/* One pass over [begin, end): tally and NUL bytes. */
static bool scan(int fd, off_t begin, off_t end, struct tally *t, struct err *e)
{
    char chunk[CHUNK];
    size_t kept = 0; /* a cut sequence, moved to the front */
    for (off_t at = begin; at < end;) {
        size_t want = sizeof chunk - kept;
        if (end - at < (off_t)want) {
            want = (size_t)(end - at);
        }
        ssize_t got = read_at(fd, chunk + kept, want, at, e);
        if (got < 0) {
            return false;
        }
        if ((size_t)got < want) {
            return err_set(e, ERR_STORE, "The file became shorter while it was read; try again.");
        }
        const char *nul = memchr(chunk + kept, 0, want);
        if (nul != NULL) {
            size_t line;
            return line_at(fd, at + (nul - chunk) - (off_t)kept, &line, e) &&
                   err_set(
                       e, ERR_INVALID,
                       "Line %zu holds a NUL byte, which no text has. The file is damaged or of "
                       "another kind. " SAVE_AS,
                       line);
        }
        at += got;
        size_t have = kept + want;
        size_t judged = count_utf8(chunk, have, at >= end, t);
        kept = have - judged;
        memmove(chunk, chunk + judged, kept);
    }
    return true;
}

static bool looks_like_utf16(const char *s, size_t n)
{
    size_t zeros = 0;
    n = n < UTF16_SAMPLE ? n : UTF16_SAMPLE;
    for (size_t i = 0; i < n; i++) {
        zeros += s[i] == 0;
    }
    return n >= 4 && zeros * 4 >= n;
}

static bool refuse_strangers(const char *s, size_t n, struct err *e)
{
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        if (n >= strangers[i].len && memcmp(s, strangers[i].bytes, strangers[i].len) == 0) {
            return err_set(e, ERR_INVALID, "This is %s, not a CSV file in UTF-8. " SAVE_AS,
                           strangers[i].what);
        }
    }
    if (looks_like_utf16(s, n)) {
        return err_set(e, ERR_INVALID,
                       "This is UTF-16 (\"Unicode text\"), not a CSV file in UTF-8. " SAVE_AS);
    }
    return true;
}

/* Counts each delimiter outside quotes on the first line that holds more than blanks. */
static bool sniff_delimiter(const char *s, size_t n, char *delimiter, struct err *e)
{
    static const char known[] = {',', ';', '\t'};
    static const char *const names[] = {"commas", "semicolons", "tabs"};
    size_t count[3] = {0};
    bool quoted = false;
    size_t i = 0;
    while (i < n && strchr(" \t\r\n,;", s[i]) != NULL) {
        i++;
    }
    if (i == n) {
        return err_set(e, ERR_INVALID,
                       "The file has no header row: its first line must name the columns.");
    }
    for (; i < n && (quoted || (s[i] != '\r' && s[i] != '\n')); i++) {
        quoted ^= s[i] == '"';
        for (size_t k = 0; k < 3 && !quoted; k++) {
            count[k] += s[i] == known[k];
        }
    }
    size_t best = 0;
    for (size_t k = 1; k < 3; k++) {
        best = count[k] > count[best] ? k : best;
    }
    for (size_t k = 0; k < 3; k++) {
        if (k != best && count[k] == count[best] && count[k] > 0) {
            return err_set(
                e, ERR_INVALID,
                "The header row holds as many %s as %s, so it is not clear which of them "
                "separates the columns. Separate them by commas.",
                names[best], names[k]);
        }
    }
    *delimiter = known[best];
    return true;
}

bool csv_sniff(int fd, off_t size, struct csv_shape *out, struct err *e)
{
    char head[CHUNK];
    char last;
    struct csv_shape shape = {.end = size};
    struct tally tally = {0};

    if (size == 0) {
        return err_set(e, ERR_INVALID, "The file is empty: it has not even a header row.");
    }
    ssize_t n = read_at(fd, head, sizeof head, 0, e);
    if (n < 0 || !refuse_strangers(head, (size_t)n, e)) {
        return false;
    }
    if (n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) {
        shape.has_bom = true;
        shape.begin = 3;
    }
    ssize_t tail = read_at(fd, &last, 1, size - 1, e);
    if (tail < 0) {
        return false;
    }
    if (tail == 1 && last == 0x1A) {
        shape.end--;
    }
    size_t header_len = (size_t)((n < shape.end ? n : shape.end) - shape.begin);
    if (!scan(fd, shape.begin, shape.end, &tally, e) ||
        !sniff_delimiter(head + shape.begin, header_len, &shape.delimiter, e)) {
        return false;
    }
    bool is_utf8 = tally.broken == 0 || shape.has_bom || tally.sequences > tally.broken;
    shape.encoding = is_utf8 ? CSV_UTF8 : CSV_WINDOWS_1252;
    shape.is_damaged = is_utf8 && tally.broken > 0;
    *out = shape;
    return true;
}

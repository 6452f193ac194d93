/* SPDX-License-Identifier: MIT
 *
 * What kind of text is this file? Looks at a whole CSV file once, in constant
 * memory, before any row is taken from it: encoding, byte order mark,
 * delimiter, and everything that makes a file no CSV at all (a workbook, a
 * PDF, UTF-16, a NUL byte).
 *
 * The encoding is a property of the file, not of a row: decided row by row,
 * one stray byte would have its own row read as Windows-1252 and the same
 * name a line further down as UTF-8. So one pass counts the valid multi-byte
 * sequences and the bytes that fit none:
 *   nothing broken                 UTF-8
 *   broken, with a BOM, or with    UTF-8 that was damaged: rows that hold a
 *   more sequences than breakage   broken byte are refused, the rest is good
 *   otherwise                      Windows-1252 from end to end
 * Accented Windows-1252 text is almost never valid UTF-8, so the counts do
 * not come near each other in practice. The pass costs about a tenth of parsing.
 */
#ifndef ONWARD_EXCHANGE_CSV_TEXT_H
#define ONWARD_EXCHANGE_CSV_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "onward/err.h"

enum csv_encoding { CSV_UTF8, CSV_WINDOWS_1252 };

struct csv_shape {
    enum csv_encoding encoding;
    bool has_bom;
    bool is_damaged; /* UTF-8 in which some bytes are not */
    char delimiter;  /* ',' ';' or TAB */
    off_t begin;     /* first byte after a BOM */
    off_t end;       /* one past the last byte; a final 0x1A is left out */
};

/* Describes the regular file `fd` of `size` bytes by pread, so its offset
 * stays. The delimiter is the one of , ; TAB that stands most often outside
 * quotes on the header line; a tie is an error, none means one column.
 * Errors: INVALID (empty, no header in the first 64 KiB, another kind of file,
 * UTF-16, a NUL byte with its line), STORE (unreadable). */
MUST_CHECK bool csv_sniff(int fd, off_t size, struct csv_shape *out, struct err *e);

/* "UTF-8" or "Windows-1252". */
const char *csv_encoding_name(enum csv_encoding encoding);

/* Converts n bytes of Windows-1252 into `out` (room for 3n). Returns the bytes
 * written, or SIZE_MAX at one of the five bytes that mean nothing (81 8D 8F 90 9D). */
size_t csv_from_windows_1252(const char *s, size_t n, char *out);

#endif

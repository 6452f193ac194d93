/* SPDX-License-Identifier: MIT
 *
 * The wrapper round libcsv 3.0.3, which is fast and sound when used like this
 * and not otherwise. Its traps, and what is done here about each:
 *   a callback cannot stop the parse        never fed past the end of a physical line, so
 *                                           at most one row ends in a call
 *   after an error csv_fini() "succeeds"    any short return is final: csv_free, never
 *   and hands out the half row              csv_fini, never csv_parse again
 *   an unclosed quote swallows the file     STRICT and STRICT_FINI together, and no row is
 *   and its buffer grows with it            fed beyond row_bytes, which caps the buffer
 *   out of memory is only a short return    xrealloc as its allocator
 *   line numbers drift over blank lines     physical lines are counted here
 *   a BOM, NUL, UTF-16, 0x1A                csv_sniff, before the first byte is fed
 * A line of blanks is not fed at all: libcsv says nothing about it, and a row
 * would seem to begin there.
 */
#include "exchange/csv_read.h"

#include <csv.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/csv_window.h"
#include "onward/text.h"

const struct csv_limits csv_import_limits = {
    .file_bytes = UINT64_C(1) << 30,
    .rows = 10000000,
    .columns = 256,
    .field_bytes = 64 << 10,
    .row_bytes = 1 << 20,
};
const struct csv_limits csv_reply_limits = {
    .file_bytes = UINT64_C(50) << 20,
    .rows = 200000,
    .columns = 256,
    .field_bytes = 64 << 10,
    .row_bytes = 1 << 20,
};

/* What libcsv has delivered of the row in hand. */
struct fields {
    char *text; /* NUL-terminated fields one after the other */
    size_t len, cap;
    size_t *start;      /* of each field in text */
    const char **field; /* the same as pointers, once the row is whole */
    size_t keep;        /* fields beyond this many are counted, not kept */
    size_t count;
    size_t last_filled; /* one past the last field with something in it */
    size_t too_long;    /* number (from 1) of a field over the limit, or 0 */
    size_t undecodable; /* number (from 1) of a field with a byte its encoding lacks, or 0 */
    bool is_whole;      /* the row has ended */
};

struct csv_reader {
    int fd;
    struct csv_limits limits;
    struct csv_shape shape;
    struct csv_parser parser;
    struct csv_window window;
    struct fields got;
    size_t row_line;   /* physical line of the row in hand */
    size_t quote_line; /* where the quote that may be open was opened */
    size_t rows;
    struct csv_row header;
    struct err failure; /* code is ERR_NONE while all is well */
};

/* ---- libcsv's callbacks */

static size_t decode(const struct csv_reader *r, const char *s, size_t n, char *out)
{
    if (r->shape.encoding == CSV_WINDOWS_1252) {
        return csv_from_windows_1252(s, n, out);
    }
    if (r->shape.is_damaged && !utf8_valid(s, n, NULL)) {
        return SIZE_MAX;
    }
    memcpy(out, s, n);
    return n;
}

static void on_field(void *s, size_t n, void *ctx)
{
    struct csv_reader *r = ctx;
    struct fields *got = &r->got;
    size_t i = got->count++;
    if (n > 0) {
        got->last_filled = got->count;
    }
    if (n > r->limits.field_bytes && got->too_long == 0) {
        got->too_long = got->count;
    }
    if (i >= got->keep || got->too_long) {
        return;
    }
    size_t len = decode(r, s, n, got->text + got->len);
    if (len == SIZE_MAX) {
        got->undecodable = got->undecodable ? got->undecodable : got->count;
        len = 0;
    }
    got->start[i] = got->len;
    got->len += len;
    got->text[got->len++] = '\0';
}

static void on_row(int end, void *ctx)
{
    struct csv_reader *r = ctx;
    (void)end;
    r->got.is_whole = true;
}

/* Room for the text of `row_bytes` of row, so that on_field need not ask. */
static void reserve(struct csv_reader *r, size_t row_bytes)
{
    size_t most = row_bytes * (r->shape.encoding == CSV_UTF8 ? 1 : 3) + r->got.keep;
    if (most > r->got.cap) {
        r->got.cap = most * 2;
        r->got.text = xrealloc(r->got.text, r->got.cap);
    }
}

/* ---- failures */

static enum csv_next fail(struct csv_reader *r, struct err *e)
{
    csv_free(&r->parser);
    if (e != NULL) {
        *e = r->failure;
    }
    return CSV_FAILED;
}

static bool row_too_long(struct csv_reader *r)
{
    return err_set(
        &r->failure, ERR_INVALID,
        "The row that begins on line %zu is longer than %zu bytes. Most likely a quote opened "
        "on line %zu is never closed.",
        r->row_line, r->limits.row_bytes, r->quote_line);
}

static bool stray_quote(struct csv_reader *r)
{
    return err_set(
        &r->failure, ERR_INVALID,
        "Line %zu has a double quote where none can stand. A field that holds one must be "
        "in double quotes as a whole, and each quote inside it doubled.",
        r->window.line);
}

static bool unclosed_quote(struct csv_reader *r)
{
    return err_set(
        &r->failure, ERR_INVALID,
        "The quote opened on line %zu is never closed, so it is not known where its field "
        "ends.",
        r->quote_line);
}

/* ---- rows */

static bool is_blank(const struct csv_reader *r, const struct csv_piece *piece)
{
    const char *blanks = r->shape.delimiter == '\t' ? " \r\n" : " \t\r\n";
    for (size_t i = 0; i < piece->len; i++) {
        if (strchr(blanks, piece->text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/* Where a piece leaves a quote open, that quote was opened in this piece if
 * the row began or a field ended in it. */
static bool feed(struct csv_reader *r, const struct csv_piece *piece)
{
    struct csv_window *w = &r->window;
    size_t count_before = r->got.count;
    size_t row_bytes = w->next + piece->len - w->row;
    if (w->next == w->row) {
        r->quote_line = w->line;
    }
    if (row_bytes > r->limits.row_bytes) {
        return row_too_long(r);
    }
    reserve(r, row_bytes);
    if (csv_parse(&r->parser, piece->text, piece->len, on_field, on_row, r) != piece->len) {
        return stray_quote(r);
    }
    if (r->got.count > count_before) {
        r->quote_line = w->line;
    }
    csv_window_take(w, piece);
    return true;
}

static void begin_row(struct csv_reader *r)
{
    struct fields *got = &r->got;
    r->window.row = r->window.next;
    r->row_line = r->window.line;
    got->len = got->count = got->last_filled = got->too_long = got->undecodable = 0;
    got->is_whole = false;
}

/* Reads until a row is whole: true with is_whole, or at the end of the file
 * without it, or false with r->failure. */
static bool read_row(struct csv_reader *r)
{
    struct csv_window *w = &r->window;
    struct csv_piece piece;
    begin_row(r);
    while (!r->got.is_whole) {
        if (!csv_window_piece(w, &piece, &r->failure)) {
            return false;
        }
        if (piece.len == 0) {
            return csv_fini(&r->parser, on_field, on_row, r) == 0 || unclosed_quote(r);
        }
        if (w->next == w->row && is_blank(r, &piece)) {
            csv_window_take(w, &piece);
            begin_row(r);
        } else if (!feed(r, &piece)) {
            return false;
        }
    }
    return true;
}

/* As read_row, past rows that hold nothing but delimiters. */
static bool read_filled_row(struct csv_reader *r)
{
    do {
        if (!read_row(r)) {
            return false;
        }
    } while (r->got.is_whole && r->got.last_filled == 0);
    return true;
}

static void take_row(struct csv_reader *r, struct csv_row *row)
{
    const struct csv_window *w = &r->window;
    struct fields *got = &r->got;
    size_t end = w->next;
    if (end > w->row && w->data[end - 1] == '\n') {
        end--;
    }
    if (end > w->row && w->data[end - 1] == '\r') {
        end--;
    }
    *row = (struct csv_row){.line = r->row_line, .raw = w->data + w->row, .raw_len = end - w->row};
    row->fields = got->field;
}

/* Why the row cannot be taken, or true. */
static bool judge_row(const struct csv_reader *r, struct err *e)
{
    const struct fields *got = &r->got;
    size_t width = r->header.count;
    if (got->too_long) {
        return err_set(e, ERR_INVALID, "Line %zu: field %zu is longer than %zu bytes.", r->row_line,
                       got->too_long, r->limits.field_bytes);
    }
    if (got->last_filled > width) {
        return err_set(e, ERR_INVALID,
                       "Line %zu has %zu fields where the header has %zu. A field that holds the "
                       "separator must be in double quotes.",
                       r->row_line, got->last_filled, width);
    }
    if (got->count < width) {
        return err_set(e, ERR_INVALID, "Line %zu has %zu fields where the header has %zu.",
                       r->row_line, got->count, width);
    }
    if (got->undecodable) {
        return err_set(
            e, ERR_INVALID,
            "Line %zu: field %zu holds a byte that is no character in %s. Type the field "
            "again.",
            r->row_line, got->undecodable, csv_encoding_name(r->shape.encoding));
    }
    return true;
}

enum csv_next csv_next(struct csv_reader *r, struct csv_row *row, struct err *e)
{
    if (r->failure.code != ERR_NONE || !read_filled_row(r)) {
        return fail(r, e);
    }
    if (!r->got.is_whole) {
        return CSV_END;
    }
    if (++r->rows > r->limits.rows) {
        err_set(&r->failure, ERR_INVALID, "The file has more than %zu rows.", r->limits.rows);
        return fail(r, e);
    }
    take_row(r, row);
    if (!judge_row(r, e)) {
        return CSV_BAD_ROW;
    }
    row->count = r->header.count;
    for (size_t i = 0; i < row->count; i++) {
        r->got.field[i] = r->got.text + r->got.start[i];
    }
    return CSV_ROW;
}

/* ---- the header */

static bool check_name(const struct csv_row *header, size_t i, struct err *e)
{
    const char *name = header->fields[i];
    if (*name == '\0') {
        return err_set(e, ERR_INVALID, "Line %zu: column %zu of the header has no name.",
                       header->line, i + 1);
    }
    for (size_t k = 0; k < i; k++) {
        if (csv_same_column(header->fields[k], name)) {
            return err_set(e, ERR_INVALID,
                           "Line %zu: the header names \"%s\" twice, in columns %zu and %zu.",
                           header->line, name, k + 1, i + 1);
        }
    }
    return true;
}

/* The first row that is not blank becomes r->header, in memory of its own. */
static bool read_header(struct csv_reader *r, struct err *e)
{
    struct fields *got = &r->got;
    struct csv_row first;
    if (!read_filled_row(r)) {
        fail(r, e);
        return false;
    }
    if (!got->is_whole) {
        return err_set(e, ERR_INVALID,
                       "The file has no header row: its first line must name the columns.");
    }
    if (got->last_filled > r->limits.columns) {
        return err_set(e, ERR_INVALID, "Line %zu: the header has %zu columns; the limit is %zu.",
                       r->row_line, got->last_filled, r->limits.columns);
    }
    take_row(r, &first);
    r->header.count = got->last_filled;
    r->header.line = first.line;
    if (!judge_row(r, e)) {
        return false;
    }
    char **names = xcalloc(r->header.count, sizeof *names);
    for (size_t i = 0; i < r->header.count; i++) {
        names[i] = xstrdup(got->text + got->start[i]);
        text_trim(names[i]);
    }
    r->header.fields = (const char *const *)names;
    r->header.raw = xstrndup(first.raw, first.raw_len);
    r->header.raw_len = first.raw_len;
    for (size_t i = 0; i < r->header.count; i++) {
        if (!check_name(&r->header, i, e)) {
            return false;
        }
    }
    got->keep = r->header.count;
    return true;
}

const struct csv_row *csv_header(const struct csv_reader *r)
{
    return &r->header;
}

int csv_column(const struct csv_reader *r, const char *name)
{
    for (size_t i = 0; i < r->header.count; i++) {
        if (csv_same_column(r->header.fields[i], name)) {
            return (int)i;
        }
    }
    return -1;
}

static const char *skip_spacing(const char *s)
{
    for (;;) {
        if (*s == '_' || isspace((unsigned char)*s)) {
            s++;
        } else if (s[0] == '\xC2' && s[1] == '\xA0') { /* NBSP */
            s += 2;
        } else {
            return s;
        }
    }
}

bool csv_same_column(const char *a, const char *b)
{
    for (;; a++, b++) {
        a = skip_spacing(a);
        b = skip_spacing(b);
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b)) {
            return false;
        }
        if (*a == '\0') {
            return true;
        }
    }
}

enum csv_encoding csv_encoding(const struct csv_reader *r)
{
    return r->shape.encoding;
}

char csv_delimiter(const struct csv_reader *r)
{
    return r->shape.delimiter;
}

/* ---- open and close */

static bool check_file(int fd, const struct csv_limits *limits, off_t *size, struct err *e)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        return err_set(e, ERR_STORE, "The file cannot be read: %s.", strerror(errno));
    }
    if (!S_ISREG(st.st_mode)) {
        return err_set(e, ERR_INVALID,
                       "This is not a file but a folder or a device; give a CSV file.");
    }
    if ((uint64_t)st.st_size > limits->file_bytes) {
        return err_set(e, ERR_INVALID, "The file is %jd bytes long; the limit is %ju.",
                       (intmax_t)st.st_size, (uintmax_t)limits->file_bytes);
    }
    *size = st.st_size;
    return true;
}

static void start_parser(struct csv_reader *r)
{
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&r->parser, (unsigned char)r->shape.delimiter);
    csv_set_realloc_func(&r->parser, xrealloc);
    csv_set_blk_size(&r->parser, CSV_CHUNK); /* its own step of 128 bytes makes long fields slow */
}

static struct csv_reader *open_reader(int fd, const struct csv_limits *limits, struct err *e)
{
    struct csv_reader *r = xcalloc(1, sizeof *r);
    off_t size = 0;
    r->fd = fd;
    r->limits = *limits;
    if (!check_file(fd, limits, &size, e) || !csv_sniff(fd, size, &r->shape, e)) {
        csv_close(r);
        return NULL;
    }
    start_parser(r);
    csv_window_init(&r->window, fd, r->shape.begin, r->shape.end);
    r->got.keep = limits->columns;
    r->got.start = xcalloc(limits->columns, sizeof *r->got.start);
    r->got.field = xcalloc(limits->columns, sizeof *r->got.field);
    return r;
}

struct csv_reader *csv_open_fd(int fd, const struct csv_limits *limits, struct err *e)
{
    struct csv_reader *r = open_reader(fd, limits, e);
    if (r != NULL && !read_header(r, e)) {
        csv_close(r);
        return NULL;
    }
    return r;
}

struct csv_reader *csv_open_headless(int fd, const char *const *names, size_t count,
                                     const struct csv_limits *limits, struct err *e)
{
    struct csv_reader *r = open_reader(fd, limits, e);
    if (r == NULL) {
        return NULL;
    }
    if (count > limits->columns) {
        err_set(e, ERR_INVALID, "%zu columns are named; the limit is %zu.", count, limits->columns);
        csv_close(r);
        return NULL;
    }
    char **own = xcalloc(count, sizeof *own);
    for (size_t i = 0; i < count; i++) {
        own[i] = xstrdup(names[i]);
    }
    r->header = (struct csv_row){.fields = (const char *const *)own, .count = count};
    r->got.keep = count;
    return r;
}

struct csv_reader *csv_open(const char *path, const struct csv_limits *limits, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE, "The file %s cannot be opened: %s.",
                path, strerror(errno));
        return NULL;
    }
    return csv_open_fd(fd, limits, e);
}

void csv_close(struct csv_reader *r)
{
    if (r == NULL) {
        return;
    }
    csv_free(&r->parser); /* a parser never started is all zero, which csv_free takes */
    for (size_t i = 0; r->header.fields != NULL && i < r->header.count; i++) {
        free((char *)r->header.fields[i]);
    }
    free((void *)r->header.fields);
    free((char *)r->header.raw);
    csv_window_free(&r->window);
    free(r->got.text);
    free(r->got.start);
    free((void *)r->got.field);
    close(r->fd);
    free(r);
}

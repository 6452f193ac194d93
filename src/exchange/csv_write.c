/* SPDX-License-Identifier: MIT
 *
 * The writer. libcsv's own is not used: it cuts short in silence and writes
 * nothing at all for an empty pointer, which shifts the columns.
 */
#include "exchange/csv_write.h"

#include <errno.h>
#include <string.h>

enum { FLUSH_AT = 128 * 1024 };

void csv_writer_init(struct csv_writer *w, enum csv_profile profile, bool bom, int fd)
{
    *w = (struct csv_writer){.profile = profile, .delimiter = ',', .fd = fd, .io = &io_system};
    if (bom) {
        buf_str(&w->out, "\xEF\xBB\xBF");
    }
}

void csv_writer_free(struct csv_writer *w)
{
    buf_free(&w->out);
    buf_free(&w->cell);
}

static void flush(struct csv_writer *w)
{
    if (w->failure == 0 && !io_write_all(w->io, w->fd, buf_text(&w->out), w->out.len)) {
        w->failure = errno;
    }
    buf_clear(&w->out);
}

static void separate(struct csv_writer *w)
{
    if (w->in_row) {
        buf_char(&w->out, w->delimiter);
    } else {
        w->row_at = w->out.len;
    }
    w->in_row = true;
}

/* Quotes for what separates, for blanks that a reader would trim and for what
 * it would take for a byte order mark. */
static bool needs_quotes(const char *s, size_t n)
{
    return n > 0 && (strpbrk(s, "\",;\t\r\n") != NULL || s[0] == ' ' || s[n - 1] == ' ' ||
                     text_starts(s, "\xEF\xBB\xBF"));
}

void csv_cell(struct csv_writer *w, enum csv_kind kind, const char *text)
{
    separate(w);
    if (w->profile == CSV_SPREADSHEET) {
        csv_guard(text, kind, &w->cell);
        text = buf_text(&w->cell);
    }
    size_t n = strlen(text);
    if (!needs_quotes(text, n)) {
        buf_add(&w->out, text, n);
        return;
    }
    buf_char(&w->out, '"');
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        buf_add(&w->out, text, (size_t)(quote - text) + 1);
        buf_char(&w->out, '"');
    }
    buf_str(&w->out, text);
    buf_char(&w->out, '"');
}

void csv_raw_cells(struct csv_writer *w, const char *raw, size_t n)
{
    separate(w);
    buf_add(&w->out, raw, n);
}

void csv_end_row(struct csv_writer *w)
{
    if (w->out.len == w->row_at) {
        buf_str(&w->out, "\"\""); /* one empty cell: a blank line would be no row */
    }
    buf_add(&w->out, "\r\n", 2);
    w->in_row = false;
    if (w->fd >= 0 && w->out.len >= FLUSH_AT) {
        flush(w);
    }
}

bool csv_writer_finish(struct csv_writer *w, struct err *e)
{
    if (w->fd >= 0) {
        flush(w);
    }
    if (w->failure != 0) {
        return err_set(e, ERR_STORE, "The file cannot be written: %s.", strerror(w->failure));
    }
    return true;
}

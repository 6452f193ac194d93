/* SPDX-License-Identifier: MIT
 *
 * Reads a file through a buffer that begins at the row in hand and finds the
 * ends of physical lines in it. memchr does the finding; the place of the next
 * LF is remembered, so that a file of CR endings is not searched to its end
 * for every line.
 */
#include "exchange/csv_window.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void csv_window_init(struct csv_window *w, int fd, off_t begin, off_t end)
{
    *w = (struct csv_window){.fd = fd, .at = begin, .end = end, .line = 1};
    w->cap = CSV_CHUNK;
    w->data = xmalloc(w->cap);
}

void csv_window_free(struct csv_window *w)
{
    free(w->data);
    *w = (struct csv_window){0};
}

/* Reads more behind what is there; the row in hand moves to the front. */
static bool refill(struct csv_window *w, struct err *e)
{
    memmove(w->data, w->data + w->row, w->len - w->row);
    w->len -= w->row;
    w->next -= w->row;
    w->row = 0;
    w->lf_end = 0;
    if (w->cap < w->len + CSV_CHUNK) {
        w->cap = 2 * (w->len + CSV_CHUNK);
        w->data = xrealloc(w->data, w->cap);
    }
    size_t want = w->end - w->at < CSV_CHUNK ? (size_t)(w->end - w->at) : CSV_CHUNK;
    ssize_t n;
    do {
        n = pread(w->fd, w->data + w->len, want, w->at);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        return err_set(e, ERR_STORE, "The file cannot be read: %s.", strerror(errno));
    }
    if (n == 0) {
        return err_set(e, ERR_STORE, "The file became shorter while it was read; try again.");
    }
    w->len += (size_t)n;
    w->at += n;
    return true;
}

/* One past the ending of the line at `next`; 0 when the window does not hold
 * it, or holds its CR but not what follows. */
static size_t line_end(struct csv_window *w, bool is_last)
{
    if (w->lf_end <= w->next) {
        const char *lf = memchr(w->data + w->next, '\n', w->len - w->next);
        w->lf_end = lf == NULL ? w->len + 1 : (size_t)(lf - w->data) + 1;
    }
    const char *cr = memchr(w->data + w->next, '\r', w->lf_end - 1 - w->next);
    if (cr == NULL) {
        return w->lf_end > w->len ? 0 : w->lf_end;
    }
    size_t end = (size_t)(cr - w->data) + 1;
    if (end == w->len) {
        return is_last ? end : 0;
    }
    return end + (w->data[end] == '\n');
}

bool csv_window_piece(struct csv_window *w, struct csv_piece *piece, struct err *e)
{
    for (;;) {
        bool is_last = w->at >= w->end;
        size_t end = line_end(w, is_last);
        size_t have = w->len - w->next;
        bool is_line = end != 0 && end - w->next <= CSV_CHUNK;
        if (is_line || have > CSV_CHUNK || is_last) {
            *piece = (struct csv_piece){.text = w->data + w->next, .ends_line = is_line};
            piece->len = is_line ? end - w->next : have > CSV_CHUNK ? CSV_CHUNK : have;
            return true;
        }
        if (!refill(w, e)) {
            return false;
        }
    }
}

void csv_window_take(struct csv_window *w, const struct csv_piece *piece)
{
    w->next += piece->len;
    w->line += piece->ends_line;
}

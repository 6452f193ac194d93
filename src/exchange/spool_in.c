/* SPDX-License-Identifier: MIT
 *
 * Replies: what lies in an organisation's in-tray, and putting things onto its
 * two shelves without ever overwriting. What is dropped there has names that
 * others chose: they are only ever looked up below the tray, never followed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "exchange/spool_folder.h"
#include "onward/text.h"

/* ---- the in-tray */

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name);
    size_t m = strlen(end);
    return n > m && strcasecmp(name + n - m, end) == 0;
}

static bool is_in_progress(const char *name)
{
    return *name == '.' || *name == '~' || ends_with(name, "~") || ends_with(name, ".part") ||
           ends_with(name, ".filepart") || ends_with(name, ".crdownload") ||
           ends_with(name, ".tmp");
}

static bool list_one(const struct folder *f, const char *name, void *ctx, struct err *e)
{
    struct spool_replies *list = ctx;
    struct stat st;
    if (is_in_progress(name)) {
        return true;
    }
    if (fstatat(f->fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT || folder_failed(f, name, "looked at", e);
    }
    if (!S_ISREG(st.st_mode)) {
        return true;
    }
    list->rows = xrealloc(list->rows, (list->count + 1) * sizeof *list->rows);
    struct spool_reply *r = &list->rows[list->count++];
    *r = (struct spool_reply){.bytes = st.st_size, .is_csv = ends_with(name, ".csv")};
    r->changed_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    text_put(r->name, sizeof r->name, name);
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct spool_reply *x = a;
    const struct spool_reply *y = b;
    return strcmp(x->name, y->name);
}

bool spool_list_replies(const struct spool *s, const char *org, struct spool_replies *out,
                        struct err *e)
{
    struct spool_replies list = {0};
    struct folder in;
    struct err why = {0};
    if (!folder_open(s, org, AREA_IN, false, &in, &why)) {
        if (why.code != ERR_NOT_FOUND) {
            return err_set(e, why.code, "%s", why.text);
        }
        *out = list;
        return true;
    }
    bool ok = folder_each(&in, list_one, &list, e);
    folder_close(&in);
    if (!ok) {
        spool_replies_free(&list);
        return false;
    }
    if (list.count > 0) {
        qsort(list.rows, list.count, sizeof *list.rows, by_name);
    }
    *out = list;
    return true;
}

void spool_replies_free(struct spool_replies *r)
{
    free(r->rows);
    *r = (struct spool_replies){0};
}

/* A name in the tray, not a way out of it. */
static bool check_name(const char *name, struct err *e)
{
    bool ok = *name != '\0' && *name != '.' && strchr(name, '/') == NULL &&
              strlen(name) < SPOOL_NAME_SIZE;
    return ok || err_set(e, ERR_INVALID, "This is not the name of a file in the in-tray.");
}

int spool_open_reply(const struct spool *s, const char *org, const char *name, struct err *e)
{
    struct folder in;
    struct stat st;
    if (!check_name(name, e) || !folder_open(s, org, AREA_IN, false, &in, e)) {
        return -1;
    }
    int fd = io_open(s->io, in.fd, name, O_RDONLY | O_NONBLOCK, 0);
    if (fd < 0) {
        folder_failed(&in, name, "opened", e);
    } else if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        (void)io_close(s->io, fd);
        fd = -1;
        err_set(e, ERR_INVALID, "In the spool, %s/%s is not a plain file.", in.path, name);
    }
    folder_close(&in);
    return fd;
}

/* ---- the shelves */

static enum spool_area area_of(enum spool_shelf shelf)
{
    return shelf == SPOOL_DONE ? AREA_DONE : AREA_REJECTED;
}

/* "reply.csv" with 2 is "reply.2.csv"; with 1 it is itself. False when that is too long. */
static bool numbered(const char *name, int number, char out[SPOOL_NAME_SIZE])
{
    const char *dot = strrchr(name, '.');
    int stem = dot == NULL || dot == name ? (int)strlen(name) : (int)(dot - name);
    int n = number == 1
                ? snprintf(out, SPOOL_NAME_SIZE, "%s", name)
                : snprintf(out, SPOOL_NAME_SIZE, "%.*s.%d%s", stem, name, number, name + stem);
    return n > 0 && n < SPOOL_NAME_SIZE;
}

/* A file on its way to a shelf; `data` is NULL when its bytes are of no interest. */
struct parcel {
    const struct folder *from;
    const char *from_name;
    const char *name;
    const struct spool_file *data;
};

/* Renames to the first free name, which it gives. With `data`, a taken name that holds the same
 * bytes will do, and what would have been renamed is removed. */
static bool shelve(const struct parcel *p, const struct folder *shelf, char name[SPOOL_NAME_SIZE],
                   struct err *e)
{
    for (int number = 1; number < 10000 && numbered(p->name, number, name); number++) {
        bool same = false;
        if (io_rename(shelf->io, p->from->fd, p->from_name, shelf->fd, name)) {
            return true;
        }
        if (errno != EEXIST) {
            return folder_failed(p->from, p->from_name, "moved", e);
        }
        if (p->data != NULL && !folder_same(shelf, name, p->data->data, p->data->len, &same, e)) {
            return false;
        }
        if (same) {
            return folder_remove(p->from, p->from_name, e);
        }
    }
    return err_set(e, ERR_STORE, "In the spool, %s has no name left for another %s.", shelf->path,
                   p->name);
}

bool spool_move_reply(const struct spool *s, const char *org, const char *name,
                      enum spool_shelf shelf, char placed[SPOOL_NAME_SIZE], struct err *e)
{
    char shelved[SPOOL_NAME_SIZE];
    struct folder in, to;
    if (!check_name(name, e) || !folder_open(s, org, AREA_IN, false, &in, e)) {
        return false;
    }
    bool ok = folder_open(s, org, area_of(shelf), true, &to, e);
    if (ok) {
        const struct parcel p = {.from = &in, .from_name = name, .name = name};
        ok = shelve(&p, &to, shelved, e) && folder_sync(&to, e) && folder_sync(&in, e);
        folder_close(&to);
    }
    folder_close(&in);
    if (ok) {
        memcpy(placed, shelved, sizeof shelved);
    }
    return ok;
}

bool spool_put(const struct spool *s, const char *org, enum spool_shelf shelf,
               const struct spool_file *file, char placed[SPOOL_NAME_SIZE], struct err *e)
{
    static const char tmp[] = SPOOL_TMP "file";
    char shelved[SPOOL_NAME_SIZE];
    struct folder to;
    if (!check_name(file->name, e) || !folder_open(s, org, area_of(shelf), true, &to, e)) {
        return false;
    }
    const struct parcel p = {.from = &to, .from_name = tmp, .name = file->name, .data = file};
    bool ok = folder_remove(&to, tmp, e) && folder_write(&to, tmp, file->data, file->len, e) &&
              shelve(&p, &to, shelved, e);
    if (!ok) {
        struct err ignored; /* the next run sweeps what cannot be removed now */
        (void)!folder_remove(&to, tmp, &ignored);
    }
    ok = ok && folder_sync(&to, e);
    folder_close(&to);
    if (ok) {
        memcpy(placed, shelved, sizeof shelved);
    }
    return ok;
}

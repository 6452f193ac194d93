/* SPDX-License-Identifier: MIT
 *
 * Folders and files below the spool's root: opened a step at a time without
 * following links, written once and made durable. Every call that can change
 * or prove something goes through the io_ops table.
 */
#include "exchange/spool_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "onward/text.h"

enum { FOLDER_MODE = 0750, FILE_MODE = 0640, SPOOL_UMASK = 0027 };

static const struct {
    const char *before, *after; /* of the organisation's code */
} areas[AREA_COUNT] = {
    [AREA_OUT] = {"out/", ""},
    [AREA_IN] = {"in/", ""},
    [AREA_DONE] = {"in/", "/done"},
    [AREA_REJECTED] = {"in/", "/rejected"},
};

bool folder_failed(const struct folder *f, const char *name, const char *verb, struct err *e)
{
    const char *reason = strerror(errno);
    enum err_code code = errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE;
    const char *slash = *f->path != '\0' && name != NULL ? "/" : "";
    return err_set(e, code, "In the spool, %s%s%s cannot be %s: %s.", f->path, slash,
                   name == NULL ? "" : name, verb, reason);
}

static int open_within(const struct io_ops *io, int dir, const char *name)
{
    return io_open(io, dir, name, O_RDONLY | O_DIRECTORY, 0);
}

static void name_path(struct folder *f, const char *parent, const char *name)
{
    int n = snprintf(f->path, sizeof f->path, "%s%s%s", parent, *parent ? "/" : "", name);
    if (n < 0 || (size_t)n >= sizeof f->path) {
        die("a path below the spool is too long: %s", name);
    }
}

bool folder_enter(const struct folder *parent, const char *name, struct folder *out)
{
    struct folder f = {.io = parent->io};
    name_path(&f, parent->path, name);
    f.fd = open_within(f.io, parent->fd, name);
    if (f.fd < 0) {
        return false;
    }
    *out = f;
    return true;
}

void folder_close(struct folder *f)
{
    (void)io_close(f->io, f->fd); /* nothing was written through it */
    f->fd = -1;
}

bool folder_sync(const struct folder *f, struct err *e)
{
    return io_sync(f->io, f->fd) || folder_failed(f, NULL, "made durable", e);
}

/* The umask is the process's: it is ours only while something is created. */
static bool make_folder(const struct folder *parent, const char *name)
{
    mode_t before = umask(SPOOL_UMASK);
    bool ok = io_make_folder(parent->io, parent->fd, name, FOLDER_MODE);
    umask(before);
    return ok;
}

static int create_file(const struct folder *f, const char *name)
{
    mode_t before = umask(SPOOL_UMASK);
    int fd = io_open(f->io, f->fd, name, O_WRONLY | O_CREAT | O_EXCL, FILE_MODE);
    umask(before);
    return fd;
}

bool folder_make(const struct folder *parent, const char *name, struct folder *out, struct err *e)
{
    if (!make_folder(parent, name) && errno != EEXIST) {
        return folder_failed(parent, name, "made", e);
    }
    return folder_enter(parent, name, out) || folder_failed(parent, name, "opened as a folder", e);
}

/* One step of folder_open. The parent is synced even when the folder was there:
 * the run that made it may have ended before it could. */
static bool step(const struct folder *parent, const char *name, bool make, struct folder *out,
                 struct err *e)
{
    if (!make) {
        return folder_enter(parent, name, out) ||
               folder_failed(parent, name, "opened as a folder", e);
    }
    if (!folder_make(parent, name, out, e)) {
        return false;
    }
    if (!folder_sync(parent, e)) {
        folder_close(out);
        return false;
    }
    return true;
}

bool folder_open(const struct spool *s, const char *org, enum spool_area area, bool make,
                 struct folder *out, struct err *e)
{
    char path[sizeof out->path];
    char *rest = NULL;
    if (!spool_check_organisation(org, e)) {
        return false;
    }
    struct folder at = {.io = s->io, .fd = open_within(s->io, s->root, ".")};
    if (at.fd < 0) {
        return folder_failed(&at, "its root", "opened", e);
    }
    snprintf(path, sizeof path, "%s%s%s", areas[area].before, org, areas[area].after);
    for (char *name = strtok_r(path, "/", &rest); name != NULL; name = strtok_r(NULL, "/", &rest)) {
        struct folder next = {.fd = -1};
        bool ok = step(&at, name, make, &next, e);
        folder_close(&at);
        if (!ok) {
            return false;
        }
        at = next;
    }
    *out = at;
    return true;
}

bool folder_write(const struct folder *f, const char *name, const void *data, size_t len,
                  struct err *e)
{
    int fd = create_file(f, name);
    if (fd < 0) {
        return folder_failed(f, name, "created", e);
    }
    bool ok = (io_write_all(f->io, fd, data, len) && io_sync(f->io, fd)) ||
              folder_failed(f, name, "written", e);
    if (!io_close(f->io, fd) && ok) {
        ok = folder_failed(f, name, "written", e);
    }
    return ok;
}

static bool holds(const struct io_ops *io, int fd, const char *data, size_t len, bool *same)
{
    char chunk[16 * 1024];
    for (;;) {
        ssize_t n = io_read(io, fd, chunk, sizeof chunk);
        if (n < 0) {
            return false;
        }
        if (n == 0) {
            *same = len == 0;
            return true;
        }
        if ((size_t)n > len || memcmp(chunk, data, (size_t)n) != 0) {
            *same = false;
            return true;
        }
        data += n;
        len -= (size_t)n;
    }
}

bool folder_same(const struct folder *f, const char *name, const void *data, size_t len, bool *same,
                 struct err *e)
{
    int fd = io_open(f->io, f->fd, name, O_RDONLY | O_NONBLOCK, 0);
    if (fd < 0 && (errno == ENOENT || errno == ELOOP)) {
        *same = false;
        return true;
    }
    if (fd < 0) {
        return folder_failed(f, name, "read", e);
    }
    bool ok = holds(f->io, fd, data, len, same) || folder_failed(f, name, "read", e);
    (void)io_close(f->io, fd);
    return ok;
}

bool folder_each(const struct folder *f, folder_visit *visit, void *ctx, struct err *e)
{
    int fd = open_within(f->io, f->fd, ".");
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (dir == NULL) {
        return folder_failed(f, NULL, "listed", e);
    }
    bool ok = true;
    while (ok) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            ok = errno == 0 || folder_failed(f, NULL, "listed", e);
            break;
        }
        bool is_self = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        ok = is_self || visit(f, entry->d_name, ctx, e);
    }
    closedir(dir);
    return ok;
}

static bool remove_file(const struct folder *f, const char *name, void *ctx, struct err *e)
{
    (void)ctx;
    return io_remove(f->io, f->fd, name, 0) || errno == ENOENT ||
           folder_failed(f, name, "removed", e);
}

bool folder_remove(const struct folder *f, const char *name, struct err *e)
{
    struct folder inner;
    if (io_remove(f->io, f->fd, name, 0) || errno == ENOENT) {
        return true;
    }
    if (errno != EISDIR || !folder_enter(f, name, &inner)) {
        return folder_failed(f, name, "removed", e);
    }
    bool ok = folder_each(&inner, remove_file, NULL, e);
    folder_close(&inner);
    return ok &&
           (io_remove(f->io, f->fd, name, AT_REMOVEDIR) || folder_failed(f, name, "removed", e));
}

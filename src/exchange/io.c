/* SPDX-License-Identifier: MIT
 *
 * The real system calls, and the retry after a signal.
 */
#include "exchange/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int system_open(int dir, const char *name, int flags, mode_t mode)
{
    return openat(dir, name, flags, mode);
}

static int system_rename(int from_dir, const char *from, int to_dir, const char *to)
{
    return renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

const struct io_ops io_system = {
    .open = system_open,
    .read = read,
    .write = write,
    .sync = fsync,
    .make_folder = mkdirat,
    .rename = system_rename,
    .remove = unlinkat,
    .close = close,
};

#define AGAIN_AFTER_SIGNAL(result, call)                                                           \
    do {                                                                                           \
        (result) = (call);                                                                         \
    } while ((result) < 0 && errno == EINTR)

int io_open(const struct io_ops *io, int dir, const char *name, int flags, mode_t mode)
{
    int fd;
    AGAIN_AFTER_SIGNAL(fd, io->open(dir, name, flags | O_CLOEXEC | O_NOFOLLOW, mode));
    return fd;
}

ssize_t io_read(const struct io_ops *io, int fd, void *into, size_t n)
{
    ssize_t got;
    AGAIN_AFTER_SIGNAL(got, io->read(fd, into, n));
    return got;
}

bool io_write_all(const struct io_ops *io, int fd, const void *from, size_t n)
{
    const char *at = from;
    while (n > 0) {
        ssize_t put;
        AGAIN_AFTER_SIGNAL(put, io->write(fd, at, n));
        if (put < 0) {
            return false;
        }
        at += put;
        n -= (size_t)put;
    }
    return true;
}

bool io_sync(const struct io_ops *io, int fd)
{
    int rc;
    AGAIN_AFTER_SIGNAL(rc, io->sync(fd));
    return rc == 0;
}

bool io_make_folder(const struct io_ops *io, int dir, const char *name, mode_t mode)
{
    int rc;
    AGAIN_AFTER_SIGNAL(rc, io->make_folder(dir, name, mode));
    return rc == 0;
}

bool io_rename(const struct io_ops *io, int from_dir, const char *from, int to_dir, const char *to)
{
    int rc;
    AGAIN_AFTER_SIGNAL(rc, io->rename(from_dir, from, to_dir, to));
    return rc == 0;
}

bool io_remove(const struct io_ops *io, int dir, const char *name, int flags)
{
    int rc;
    AGAIN_AFTER_SIGNAL(rc, io->remove(dir, name, flags));
    return rc == 0;
}

bool io_close(const struct io_ops *io, int fd)
{
    return io->close(fd) == 0 || errno == EINTR;
}

/* SPDX-License-Identifier: MIT
 *
 * The system calls that put files in place, as a table, so that a test can
 * make the nth of them fail. The functions here add what every caller needs:
 * a call that a signal interrupted is made again, and a write goes on until
 * all of it is written. They return as the call does: -1 and errno.
 */
#ifndef ONWARD_EXCHANGE_IO_H
#define ONWARD_EXCHANGE_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct io_ops {
    int (*open)(int dir, const char *name, int flags, mode_t mode); /* openat */
    ssize_t (*read)(int fd, void *into, size_t n);
    ssize_t (*write)(int fd, const void *from, size_t n);
    int (*sync)(int fd);                                   /* fsync */
    int (*make_folder)(int dir, const char *name, mode_t); /* mkdirat */
    /* renameat2 that never replaces: EEXIST */
    int (*rename)(int from_dir, const char *from, int to_dir, const char *to);
    int (*remove)(int dir, const char *name, int flags); /* unlinkat */
    int (*close)(int fd);
};
extern const struct io_ops io_system;

/* Always with O_CLOEXEC and O_NOFOLLOW. */
int io_open(const struct io_ops *io, int dir, const char *name, int flags, mode_t mode);
ssize_t io_read(const struct io_ops *io, int fd, void *into, size_t n);
bool io_write_all(const struct io_ops *io, int fd, const void *from, size_t n);
/* Never called again on a descriptor it failed on: the kernel may have dropped the pages and then
 * says yes. */
bool io_sync(const struct io_ops *io, int fd);
bool io_make_folder(const struct io_ops *io, int dir, const char *name, mode_t mode);
bool io_rename(const struct io_ops *io, int from_dir, const char *from, int to_dir, const char *to);
bool io_remove(const struct io_ops *io, int dir, const char *name, int flags);
/* On Linux the descriptor is gone whatever close says; EINTR is no failure then. */
bool io_close(const struct io_ops *io, int fd);

#endif

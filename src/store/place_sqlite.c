/* SPDX-License-Identifier: MIT
 *
 * The place of a SQLite store on disk: who may read it, and on what kind of
 * file system it may lie. The file is made before SQLite opens it, because
 * SQLite would make it readable for others, and -wal and -shm take over its
 * mode. Only here does the process open(2) a store's file, and only one that
 * it has just made, which no connection of the process can have open.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "store/sqlite.h"

#ifndef CIFS_SUPER_MAGIC
#define CIFS_SUPER_MAGIC 0xFF534D42
#endif
#ifndef SMB2_SUPER_MAGIC
#define SMB2_SUPER_MAGIC 0xFE534D42
#endif

/* Their locks and shared memory do not hold what SQLite needs of them. */
static const struct {
    uint32_t type;
    const char *name;
} network[] = {
    {NFS_SUPER_MAGIC, "NFS"},
    {SMB_SUPER_MAGIC, "SMB"},
    {SMB2_SUPER_MAGIC, "SMB"},
    {CIFS_SUPER_MAGIC, "SMB"},
};

static bool is_local(const char *path, struct err *e)
{
    struct statfs fs;
    if (statfs(path, &fs) != 0)
        return err_set(e, ERR_STORE, "Cannot look at %s: %s.", path, strerror(errno));
    for (size_t i = 0; i < sizeof network / sizeof *network; i++)
        if ((uint32_t)fs.f_type == network[i].type)
            return err_set(e, ERR_STORE,
                           "%s lies on a network file system (%s), where a store can be damaged. "
                           "Keep it on a disk of this machine, or use PostgreSQL.",
                           path, network[i].name);
    return true;
}

static bool make_folder(char *path, struct err *e)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    char *slash = strrchr(path, '/');
    if (errno != ENOENT || !slash || slash == path)
        return err_set(e, ERR_STORE, "Cannot make the folder %s: %s.", path, strerror(errno));
    *slash = '\0';
    bool ok = make_folder(path, e);
    *slash = '/';
    return ok && (mkdir(path, 0700) == 0 ||
                  err_set(e, ERR_STORE, "Cannot make the folder %s: %s.", path, strerror(errno)));
}

bool sqlite_file_make(const char *path, struct err *e)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd);
        return true;
    }
    if (errno == EEXIST)
        return err_set(
            e, ERR_STORE,
            "%s exists already; it is left as it is. Choose another name for a new store.", path);
    return err_set(e, ERR_STORE, "Cannot make the store %s: %s.", path, strerror(errno));
}

bool sqlite_place_make(const char *path, struct err *e)
{
    char *folder = xstrdup(path);
    char *slash = strrchr(folder, '/'); /* always there: see url.c */
    slash[slash == folder] = '\0';
    bool ok = make_folder(folder, e) && is_local(folder, e) && sqlite_file_make(path, e);
    free(folder);
    return ok;
}

bool sqlite_place_check(const char *path, struct err *e)
{
    struct stat st;
    if (stat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return err_set(e, ERR_NOT_FOUND,
                       "There is no store at %s. Check the name, or make a new store there.", path);
    if (stat(path, &st) != 0)
        return err_set(e, ERR_STORE, "Cannot look at %s: %s.", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_STORE, "%s is not a file. A store is a file.", path);
    return is_local(path, e);
}

void sqlite_discard(const struct store_url *url)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    struct buf name = {0};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        buf_clear(&name);
        buf_fmt(&name, "%s%s", url->place, endings[i]);
        unlink(name.data);
    }
    buf_free(&name);
}

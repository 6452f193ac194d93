/* SPDX-License-Identifier: MIT
 *
 * The night's copy of the store: one a date, the last seven kept.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/nightly.h"

enum { BACKUPS_KEPT = 7 };
#define PREFIX "onward-"

static const char *ending(const struct night *n)
{
    return db_engine(n->s->db) == DB_SQLITE ? ".db" : ".dump";
}

/* onward-2026-11-23.db */
static bool is_backup(const struct night *n, const char *name)
{
    char date[DATE_SIZE];
    size_t len = strlen(PREFIX) + DATE_SIZE - 1;
    if (!text_starts(name, PREFIX) || strlen(name) <= len || strcmp(name + len, ending(n)) != 0)
        return false;
    memcpy(date, name + strlen(PREFIX), DATE_SIZE - 1);
    date[DATE_SIZE - 1] = '\0';
    return date_parse(date) != DATE_NONE;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in order of date; what cannot be removed tonight is removed tomorrow. */
static void remove_old(const struct night *n, const char *folder)
{
    char **names = NULL;
    size_t count = 0;
    DIR *d = opendir(folder);
    for (const struct dirent *entry; d && (entry = readdir(d));) {
        if (!is_backup(n, entry->d_name))
            continue;
        names = xrealloc(names, (count + 1) * sizeof *names);
        names[count++] = xstrdup(entry->d_name);
    }
    if (count)
        qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        if (i + BACKUPS_KEPT < count)
            (void)unlinkat(dirfd(d), names[i], 0);
        free(names[i]);
    }
    free(names);
    if (d)
        closedir(d);
}

/* A copy that cannot be made is told of; what the night did stands. */
bool night_backup(struct night *n, struct err *e)
{
    struct buf folder = {0}, file = {0};
    struct err why = {0};
    (void)e;
    if (n->o->backup && !*n->o->backup)
        return true;
    if (n->o->backup)
        buf_str(&folder, n->o->backup);
    else
        buf_fmt(&folder, "%s/backup", n->folder);
    buf_fmt(&file, "%s/" PREFIX "%s%s", folder.data, n->date, ending(n));
    bool ok =
        mkdir(folder.data, 0700) == 0 || errno == EEXIST ||
        err_set(&why, ERR_STORE, "The folder %s cannot be made: %s.", folder.data, strerror(errno));
    ok = ok && (access(file.data, F_OK) == 0 || session_backup(n->s, file.data, &why));
    if (ok)
        remove_old(n, folder.data);
    if (!ok || !text_copy(n->backup, sizeof n->backup, file.data))
        snprintf(n->backup_failed, sizeof n->backup_failed, "%.250s", why.text);
    buf_free(&folder);
    buf_free(&file);
    return true;
}

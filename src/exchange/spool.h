/* SPDX-License-Identifier: MIT
 *
 * The spool: folders through which files go to partner organisations and come
 * back. Nothing appears in it half-done: a batch folder is built under
 * another name, made durable and renamed once; a single file likewise. Every
 * step may fail or be cut off, and the same call again ends in the same bytes.
 *
 *   out/ORG/BATCH/           what goes out, never changed once it is there
 *   in/ORG/                  replies are dropped here
 *   in/ORG/done/, rejected/  replies that were read, and what was refused
 *   .tmp-*                   something that was never finished
 *
 * Everything is reached from the descriptor of the root, a step at a time and
 * never through a symbolic link. Folders are 0750 and files 0640 whatever
 * umask the program was started with. One process at a time writes (the
 * nightly run's lock). Errors are STORE where nothing else is said, and name
 * the path below the spool.
 */
#ifndef ONWARD_EXCHANGE_SPOOL_H
#define ONWARD_EXCHANGE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exchange/io.h"
#include "onward/err.h"

#define SPOOL_NAME_SIZE 256

struct spool {
    int root;
    const struct io_ops *io;
};

/* NOT_FOUND when there is no such folder. */
MUST_CHECK bool spool_open(struct spool *s, const char *path, struct err *e);
void spool_close(struct spool *s);

/* An organisation's code: [a-z0-9][a-z0-9-]{1,31}. INVALID otherwise, with words. */
MUST_CHECK bool spool_check_organisation(const char *code, struct err *e);

/* Makes the organisation's folders that are missing. */
MUST_CHECK bool spool_prepare(const struct spool *s, const char *org, struct err *e);
/* Removes what earlier runs left unfinished (.tmp-*). Missing folders are no error. */
MUST_CHECK bool spool_sweep(const struct spool *s, const char *org, struct err *e);

/* ---- out */

struct spool_file {
    const char *name; /* [a-z0-9][a-z0-9._-]*, at most 64 characters */
    const void *data;
    size_t len;
};

/* Publishes out/ORG/BATCH with these files, written in this order (manifest
 * last); `batch` is ORG-YYYYMMDD-NNN. Where the folder is there already, its
 * files are compared: equal is success, anything else CONFLICT, and nothing is
 * touched. INVALID for a name that is not allowed. */
MUST_CHECK bool spool_publish(const struct spool *s, const char *org, const char *batch,
                              const struct spool_file *files, size_t count, struct err *e);

/* Takes out/ORG/BATCH away again: a batch that is void must not be sent by anyone. Missing is no error. */
MUST_CHECK bool spool_withdraw(const struct spool *s, const char *org, const char *batch, struct err *e);

/* ---- in */

/* A file in in/ORG that someone has dropped there. Folders, symbolic links, dot
 * files and names of uploads in progress (.part, .filepart, .crdownload, .tmp,
 * "~" at either end) are not listed. */
struct spool_reply {
    char name[SPOOL_NAME_SIZE];
    int64_t bytes;
    int64_t
        changed_ns; /* time of last change, since 1970: with bytes tells a file that still grows */
    bool is_csv;    /* by name; other kinds are to be set aside */
};
struct spool_replies {
    struct spool_reply *rows; /* by name */
    size_t count;
};
/* None when in/ORG does not exist. Free with spool_replies_free. */
MUST_CHECK bool spool_list_replies(const struct spool *s, const char *org,
                                   struct spool_replies *out, struct err *e);
void spool_replies_free(struct spool_replies *r);

/* A descriptor to read in/ORG/NAME from, or -1 (NOT_FOUND; INVALID when it is no plain file). */
MUST_CHECK int spool_open_reply(const struct spool *s, const char *org, const char *name,
                                struct err *e);

enum spool_shelf { SPOOL_DONE, SPOOL_REJECTED };

/* Moves in/ORG/NAME onto a shelf. A name that is taken there gets a number
 * ("reply.2.csv"): nothing is overwritten. `placed` is the name it has now. */
MUST_CHECK bool spool_move_reply(const struct spool *s, const char *org, const char *name,
                                 enum spool_shelf shelf, char placed[SPOOL_NAME_SIZE],
                                 struct err *e);

/* Writes a file onto a shelf, whole or not at all. A file of that name with the
 * same bytes is success; with others, the new one gets a number as above. */
MUST_CHECK bool spool_put(const struct spool *s, const char *org, enum spool_shelf shelf,
                          const struct spool_file *file, char placed[SPOOL_NAME_SIZE],
                          struct err *e);

#endif

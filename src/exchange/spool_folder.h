/* SPDX-License-Identifier: MIT
 *
 * What the two halves of the spool (publishing in spool_out.c, replies in
 * spool_in.c) do to folders. A folder knows its path below the spool, so that
 * every error can name it.
 */
#ifndef ONWARD_EXCHANGE_SPOOL_FOLDER_H
#define ONWARD_EXCHANGE_SPOOL_FOLDER_H

#include "exchange/spool.h"

#define SPOOL_TMP ".tmp-"
#define SPOOL_NAME_CHARS "abcdefghijklmnopqrstuvwxyz0123456789"

struct folder {
    const struct io_ops *io;
    int fd;
    char path[384]; /* below the spool, without a slash at its end */
};

/* The folders of an organisation, outer ones first. */
enum spool_area { AREA_OUT, AREA_IN, AREA_DONE, AREA_REJECTED, AREA_COUNT };

/* Opens one of them. `make`: creates what is missing on the way and makes every
 * step durable; without it a missing one is NOT_FOUND. INVALID for a code that is none. */
MUST_CHECK bool folder_open(const struct spool *s, const char *org, enum spool_area area, bool make,
                            struct folder *out, struct err *e);
/* A folder within a folder. False with errno set when it cannot be opened; the caller words it. */
MUST_CHECK bool folder_enter(const struct folder *parent, const char *name, struct folder *out);
/* As folder_enter, making the folder where it is missing. */
MUST_CHECK bool folder_make(const struct folder *parent, const char *name, struct folder *out,
                            struct err *e);
void folder_close(struct folder *f);

/* "PATH/NAME cannot be VERB: REASON." from errno; name may be NULL. Returns false. */
bool folder_failed(const struct folder *f, const char *name, const char *verb, struct err *e);

MUST_CHECK bool folder_sync(const struct folder *f, struct err *e);
/* Creates a file that must not exist, and makes its bytes durable. */
MUST_CHECK bool folder_write(const struct folder *f, const char *name, const void *data, size_t len,
                             struct err *e);
/* Whether the file of that name holds just these bytes; false in *same when there is none. */
MUST_CHECK bool folder_same(const struct folder *f, const char *name, const void *data, size_t len,
                            bool *same, struct err *e);
/* Removes a file, or a folder and the files in it. Missing is no error. */
MUST_CHECK bool folder_remove(const struct folder *f, const char *name, struct err *e);

/* Calls `visit` with every name in the folder but . and .. until it returns false. */
typedef bool folder_visit(const struct folder *f, const char *name, void *ctx, struct err *e);
MUST_CHECK bool folder_each(const struct folder *f, folder_visit *visit, void *ctx, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The spool's root, the organisations' folders in it, and what an ended run
 * left behind.
 */
#include "exchange/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "exchange/spool_folder.h"
#include "onward/text.h"

bool spool_open(struct spool *s, const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE,
                       "The spool %s cannot be opened: %s.", path, strerror(errno));
    }
    *s = (struct spool){.root = fd, .io = &io_system};
    return true;
}

void spool_close(struct spool *s)
{
    close(s->root);
    s->root = -1;
}

bool spool_check_organisation(const char *code, struct err *e)
{
    size_t n = strlen(code);
    if (n < 2 || n > 32 || *code == '-' || strspn(code, SPOOL_NAME_CHARS "-") != n) {
        return err_field(e, "code",
                         "An organisation's code is 2 to 32 small letters, digits and hyphens, and "
                         "does not begin "
                         "with a hyphen: \"mind-salford\".");
    }
    return true;
}

bool spool_prepare(const struct spool *s, const char *org, struct err *e)
{
    for (int area = 0; area < AREA_COUNT; area++) {
        struct folder f;
        if (!folder_open(s, org, (enum spool_area)area, true, &f, e)) {
            return false;
        }
        folder_close(&f);
    }
    return true;
}

static bool sweep_one(const struct folder *f, const char *name, void *ctx, struct err *e)
{
    (void)ctx;
    return !text_starts(name, SPOOL_TMP) || folder_remove(f, name, e);
}

bool spool_sweep(const struct spool *s, const char *org, struct err *e)
{
    for (int area = 0; area < AREA_COUNT; area++) {
        struct folder f;
        struct err why = {0};
        bool ok = folder_open(s, org, (enum spool_area)area, false, &f, &why);
        if (ok) {
            ok = folder_each(&f, sweep_one, NULL, &why);
            folder_close(&f);
        }
        if (!ok && why.code != ERR_NOT_FOUND) {
            return err_set(e, why.code, "%s", why.text);
        }
    }
    return true;
}

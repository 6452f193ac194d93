/* SPDX-License-Identifier: MIT
 *
 * Publishing a batch: build the folder under another name, make it durable,
 * rename it once, make that durable. Cut off anywhere, the folder is either
 * not there or whole; done again, it is found to be the same.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "exchange/spool_folder.h"
#include "onward/text.h"

/* A batch as it is handed from step to step. */
struct batch {
    const char *name;
    const struct spool_file *files;
    size_t count;
};

/* ORG-YYYYMMDD-NNN, where NNN may grow longer. */
static bool check_batch(const char *org, const char *name, struct err *e)
{
    static const char digits[] = "0123456789";
    bool ok = text_starts(name, org);
    if (ok) {
        const char *date = name + strlen(org);
        ok = date[0] == '-' && strspn(date + 1, digits) == 8 && date[9] == '-';
        if (ok) {
            size_t n = strspn(date + 10, digits);
            ok = n >= 3 && n <= 9 && date[10 + n] == '\0';
        }
    }
    return ok || err_set(e, ERR_INVALID, "A batch of %s is named %s-YYYYMMDD-NNN.", org, org);
}

static bool check_files(const struct batch *b, struct err *e)
{
    for (size_t i = 0; i < b->count; i++) {
        const char *name = b->files[i].name;
        size_t n = strlen(name);
        if (n < 1 || n > 64 || strchr(SPOOL_NAME_CHARS, *name) == NULL ||
            strspn(name, SPOOL_NAME_CHARS "._-") != n) {
            return err_set(e, ERR_INVALID,
                           "A file of a batch has a name of at most 64 small letters, digits, "
                           "dots, hyphens and "
                           "underscores, and begins with a letter or digit.");
        }
    }
    return true;
}

/* The batch folder is there: true when it holds what would be written. */
static bool compare(const struct folder *there, const struct batch *b, struct err *e)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct spool_file *f = &b->files[i];
        bool same;
        if (!folder_same(there, f->name, f->data, f->len, &same, e)) {
            return false;
        }
        if (!same) {
            return err_set(e, ERR_CONFLICT,
                           "In the spool, %s is there already, but its %s is not what was recorded "
                           "for this batch. "
                           "Stop: send nothing of it, and find out who changed it.",
                           there->path, f->name);
        }
    }
    return true;
}

static bool fill(const struct folder *building, const struct batch *b, struct err *e)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct spool_file *f = &b->files[i];
        if (!folder_write(building, f->name, f->data, f->len, e)) {
            return false;
        }
    }
    return folder_sync(building, e);
}

static bool build(const struct folder *out, const char *tmp, const struct batch *b, struct err *e)
{
    struct folder building;
    if (!folder_make(out, tmp, &building, e)) {
        return false;
    }
    bool ok = fill(&building, b, e);
    folder_close(&building);
    return ok && (io_rename(out->io, out->fd, tmp, out->fd, b->name) ||
                  folder_failed(out, b->name, "put in place", e));
}

static bool build_anew(const struct folder *out, const struct batch *b, struct err *e)
{
    char tmp[128];
    snprintf(tmp, sizeof tmp, SPOOL_TMP "%s", b->name);
    if (!folder_remove(out, tmp, e)) {
        return false;
    }
    bool ok = build(out, tmp, b, e);
    if (!ok) {
        struct err ignored; /* the next run sweeps what cannot be removed now */
        (void)!folder_remove(out, tmp, &ignored);
    }
    return ok;
}

static bool publish(const struct folder *out, const struct batch *b, struct err *e)
{
    struct folder there;
    if (folder_enter(out, b->name, &there)) {
        bool same = compare(&there, b, e);
        folder_close(&there);
        return same;
    }
    if (errno != ENOENT) {
        return folder_failed(out, b->name, "opened as a folder", e);
    }
    return build_anew(out, b, e);
}

bool spool_publish(const struct spool *s, const char *org, const char *batch,
                   const struct spool_file *files, size_t count, struct err *e)
{
    const struct batch b = {.name = batch, .files = files, .count = count};
    struct folder out;
    if (!spool_check_organisation(org, e) || !check_batch(org, batch, e) || !check_files(&b, e) ||
        !folder_open(s, org, AREA_OUT, true, &out, e)) {
        return false;
    }
    /* The last sync also when the folder was there: the run that made it may have ended before it.
     */
    bool ok = publish(&out, &b, e) && folder_sync(&out, e);
    folder_close(&out);
    return ok;
}

/* Gone under its own name in one step, then piece by piece; the next run sweeps what is left. */
static bool take_away(const struct folder *out, const char *batch, struct err *e)
{
    char tmp[128];
    snprintf(tmp, sizeof tmp, SPOOL_TMP "%s", batch);
    if (!folder_remove(out, tmp, e)) {
        return false;
    }
    if (!io_rename(out->io, out->fd, batch, out->fd, tmp)) {
        return errno == ENOENT || folder_failed(out, batch, "taken away", e);
    }
    return folder_sync(out, e) && folder_remove(out, tmp, e);
}

bool spool_withdraw(const struct spool *s, const char *org, const char *batch, struct err *e)
{
    struct folder out;
    struct err why = {0};
    if (!check_batch(org, batch, e)) {
        return false;
    }
    if (!folder_open(s, org, AREA_OUT, false, &out, &why)) {
        return why.code == ERR_NOT_FOUND || err_set(e, why.code, "%s", why.text);
    }
    bool ok = take_away(&out, batch, e);
    folder_close(&out);
    return ok;
}

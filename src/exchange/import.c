/* SPDX-License-Identifier: MIT
 *
 * The frame round every import: whose role it is, whether this very file was
 * read before, one transaction for the whole of it, its audit row, its
 * report. A file is in whole or not at all; rows that are refused are told by
 * line and stay out. A dry run does everything and takes it all back.
 *
 * One transaction a file means that desks wait while a large one is written:
 * large imports belong to the evening.
 */
#include "exchange/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/run.h"
#include "exchange/replies.h"
#include "store/feed.h"

struct import_kind {
    struct verb verb; /* its name stands in the audit rows */
    const char *kind;
    import_fn *run;
    bool takes_folder;
};
static const struct import_kind kinds[] = {
    {{.name = "import people", .roles = ROLE_MANAGER}, "people", import_people, false},
    {{.name = "import referrals", .roles = ROLE_MANAGER}, "referrals", import_referrals, false},
    {{.name = "import practices", .roles = ROLE_MANAGER | ROLE_ADMIN}, "practices", import_practices, false},
    {{.name = "import services", .roles = ROLE_MANAGER | ROLE_ADMIN}, "services", import_services, true},
};

/* ---- the file */

bool file_sha256(int fd, struct sha256 *h, struct err *e)
{
    enum { CHUNK = 256 * 1024 };
    char *chunk = xmalloc(CHUNK);
    off_t at = 0;
    ssize_t n;
    while ((n = pread(fd, chunk, CHUNK, at)) > 0 || (n < 0 && errno == EINTR)) {
        if (n < 0)
            continue;
        sha256_add(h, chunk, (size_t)n);
        at += n;
    }
    free(chunk);
    return n == 0 || err_set(e, ERR_STORE, "The file cannot be read: %s.", strerror(errno));
}

static bool open_path(struct import *im, const struct import_kind *k, struct err *e)
{
    struct stat st;
    const char *path = im->o->path;
    if (stat(path, &st) != 0)
        return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE, "%s cannot be opened: %s.", path, strerror(errno));
    if (S_ISDIR(st.st_mode) && k->takes_folder)
        return hsds_sha256(path, im->sha256, e);
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_INVALID, "%s is no file; give a CSV file%s.", path, k->takes_folder ? " or a folder of them" : "");
    im->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (im->fd < 0)
        return err_set(e, ERR_STORE, "%s cannot be opened: %s.", path, strerror(errno));
    struct sha256 h;
    unsigned char digest[32];
    sha256_init(&h);
    if (!file_sha256(im->fd, &h, e))
        return false;
    sha256_end(&h, digest);
    hex_encode(digest, sizeof digest, im->sha256);
    return true;
}

struct csv_reader *import_reader(struct import *im, struct err *e)
{
    const struct map_rules *columns = &im->map.columns;
    int fd = dup(im->fd);
    if (fd < 0) {
        err_set(e, ERR_STORE, "%s cannot be read: %s.", im->o->path, strerror(errno));
        return NULL;
    }
    if (!columns->count)
        return csv_open_fd(fd, &im->limits, e);
    const char **names = xcalloc(columns->count, sizeof *names);
    for (size_t i = 0; i < columns->count; i++)
        names[i] = columns->rows[i].from;
    struct csv_reader *r = csv_open_headless(fd, names, columns->count, &im->limits, e);
    free(names);
    return r;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

/* ---- the transaction */

static bool audit_file(struct import *im, struct err *e)
{
    char name[33], fields[160];
    const char *base = base_name(im->o->path);
    keyed_digest(im->s->audit_key, base, strlen(base), name);
    snprintf(fields, sizeof fields, "sha256=%s name=%s", im->sha256, name);
    return engine_audit(im->s, "imported", im->o->kind, "", "", fields, e);
}

static bool note_file(struct import *im, struct err *e)
{
    const struct import_report *r = &im->report;
    struct imported_file f = {.id = engine_id(im->s), .kind = im->o->kind, .sha256 = im->sha256, .name = base_name(im->o->path),
                              .read_at = im->now, .row_count = r->rows, .added = r->fate[FATE_ADDED],
                              .changed = r->fate[FATE_CHANGED], .refused = r->fate[FATE_REFUSED]};
    return imported_file_put(im->s->db, &f, e);
}

/* A file that changed under our eyes is not the file of the hash. */
static bool unchanged(const struct import *im, const struct stat *before, struct err *e)
{
    struct stat after;
    return im->fd < 0 ||
           (fstat(im->fd, &after) == 0 && after.st_size == before->st_size && after.st_mtim.tv_sec == before->st_mtim.tv_sec &&
            after.st_mtim.tv_nsec == before->st_mtim.tv_nsec) ||
           err_set(e, ERR_INVALID, "%s was changed while it was being read. Nothing was taken; try again.", im->o->path);
}

static bool run(struct import *im, const struct import_kind *k, const struct stat *before, bool *again, struct err *e)
{
    bool found;
    int64_t refused = 0;
    if (!imported_file_find(im->s->db, k->kind, im->sha256, &found, &refused, e))
        return false;
    /* One with refused rows may be read again, with a better map: what is in is known by its key. */
    *again = found && !refused;
    return *again || (audit_file(im, e) && k->run(im, e) && note_file(im, e) && unchanged(im, before, e));
}

static bool in_transaction(struct import *im, const struct import_kind *k, bool *again, struct err *e)
{
    struct stat before = {0};
    if (im->fd >= 0 && fstat(im->fd, &before) != 0)
        return err_set(e, ERR_STORE, "%s cannot be read: %s.", im->o->path, strerror(errno));
    if (!engine_begin(im->s, __func__, e))
        return false;
    const struct verb *was = im->s->verb;
    im->s->verb = &k->verb;
    bool ok = run(im, k, &before, again, e);
    im->s->verb = was;
    if (ok && !*again && !im->o->dry_run)
        ok = engine_commit(im->s, e);
    else
        engine_rollback(im->s);
    return ok;
}

/* ---- the report */

static json_t *reasons_json(const struct import_report *r)
{
    json_t *o = json_object();
    for (size_t i = 0; i < r->reason_count; i++)
        json_object_set_new(o, r->reasons[i].reason, json_pack("{s:I, s:I}", "refused", (json_int_t)r->reasons[i].refused, "warned",
                                                               (json_int_t)r->reasons[i].warned));
    return o;
}

static json_t *report_json(struct import *im, bool again)
{
    struct import_report *r = &im->report;
    json_t *o = json_pack("{s:s, s:s, s:s, s:I}", "kind", im->o->kind, "file", im->o->path, "sha256", im->sha256, "rows",
                          (json_int_t)r->rows);
    for (int i = 0; i < FATES; i++)
        json_object_set_new(o, fate_names[i], json_integer(r->fate[i]));
    json_object_set_new(o, "warnings", json_integer(r->warnings));
    json_object_set_new(o, "duplicates", json_integer(r->duplicates));
    json_object_set_new(o, "again", json_boolean(again));
    json_object_set_new(o, "dry_run", json_boolean(im->o->dry_run));
    if (strcmp(im->o->kind, "referrals") == 0) {
        json_object_set_new(o, "people", json_integer(r->people));
        json_object_set_new(o, "never_asked", json_pack("{s:I, s:I, s:I}", "safeguarding", (json_int_t)r->never_asked[NEVER_SAFEGUARDING],
                                                        "consent", (json_int_t)r->never_asked[NEVER_CONSENT], "risk",
                                                        (json_int_t)r->never_asked[NEVER_RISK]));
    }
    if (r->note.len)
        json_object_set_new(o, "note", json_string(r->note.data));
    json_object_set_new(o, "reasons", reasons_json(r));
    json_object_set_new(o, "fates_left_out", json_integer(r->fates_told - (int64_t)json_array_size(r->fates)));
    json_object_set_new(o, "fates", r->fates ? json_incref(r->fates) : json_array());
    return o;
}

/* ---- the door */

static void init_limits(struct import *im)
{
    im->limits = csv_import_limits;
    im->limits.file_bytes = (uint64_t)session_setting(im->s, SET_IMPORT_FILE_BYTES);
    im->limits.field_bytes = (size_t)session_setting(im->s, SET_FIELD_BYTES);
    im->limits.columns = (size_t)session_setting(im->s, SET_FILE_COLUMNS);
}

static const struct import_kind *kind_find(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return &kinds[i];
    return NULL;
}

bool import_file(struct session *s, const struct import_options *o, json_t **report, bool *partly, struct err *e)
{
    if (!o->dry_run && !run_may_write(s, "import", e))
        return false;
    if (strcmp(o->kind, "replies") == 0)
        return import_replies(s, o, report, partly, e);
    const struct import_kind *k = kind_find(o->kind);
    if (!k)
        return err_field(e, "kind", "%s cannot be imported; say people, referrals, services, practices or replies.", o->kind);
    if (!(session_roles(s) & k->verb.roles))
        return run_denied(s, k->verb.name, e);
    struct import im = {.s = s, .o = o, .fd = -1, .now = session_now(s), .today = session_today(s), .report.every_row = o->dry_run};
    bool again = false;
    init_limits(&im);
    bool ok = map_read(o->map, &im.map, e) && open_path(&im, k, e) && in_transaction(&im, k, &again, e);
    if (ok) {
        *report = report_json(&im, again);
        *partly = im.report.fate[FATE_REFUSED] > 0;
    }
    json_decref(im.report.fates);
    buf_free(&im.report.note);
    map_free(&im.map);
    if (im.fd >= 0)
        close(im.fd);
    return ok;
}

/* SPDX-License-Identifier: MIT
 *
 * `onward import replies`: one reply file from anywhere, read as the night
 * reads those of the in-trays. The file stays where it is; what was refused
 * stands in the report.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/run.h"
#include "exchange/replies.h"

static int open_file(const char *path, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE, "%s cannot be opened: %s.", path,
                strerror(errno));
    } else if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        fd = -1;
        err_set(e, ERR_INVALID, "%s is no plain file.", path);
    }
    return fd;
}

static json_t *report_of(const struct import_options *o, const struct replies_result *r)
{
    const struct replies_counts *n = &r->counts;
    return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:O}", "kind",
                     "replies", "file", o->path, "sha256", r->sha256, "rows", (json_int_t)n->rows,
                     "added", (json_int_t)0, "changed", (json_int_t)n->applied, "unchanged",
                     (json_int_t)n->history + n->same, "refused",
                     (json_int_t)n->refused + n->unmatched, "unmatched", (json_int_t)n->unmatched,
                     "warnings", (json_int_t)0, "duplicates", (json_int_t)0, "again", r->is_known,
                     "fates", r->fates);
}

/* A dry run is the same work, undone. */
static bool read_it(struct session *s, const struct import_options *o,
                    const struct organisation *org, int fd, struct replies_result *r, struct err *e)
{
    const char *name = strrchr(o->path, '/') ? strrchr(o->path, '/') + 1 : o->path;
    if (!o->dry_run)
        return replies_read_file(s, org, name, fd, NULL, NULL, r, e);
    if (!engine_begin(s, __func__, e))
        return false;
    bool ok = replies_read_file(s, org, name, fd, NULL, NULL, r, e);
    engine_rollback(s);
    return ok;
}

bool import_replies(struct session *s, const struct import_options *o, json_t **report,
                    bool *partly, struct err *e)
{
    static const struct verb as = {.name = "import replies", .roles = ROLE_CARE | ROLE_NIGHTLY};
    struct organisation org;
    struct replies_result r = {0};
    if (!(session_roles(s) & as.roles))
        return run_denied(s, as.name, e);
    if (!o->organisation)
        return err_field(e, "organisation", "Say whose replies they are: --organisation CODE.");
    if (!find_organisation(s, o->organisation, &org, e))
        return false;
    int fd = open_file(o->path, e);
    if (fd < 0)
        return false;
    const struct verb *outer = s->verb;
    s->verb = &as;
    r.fates = json_array();
    bool ok = read_it(s, o, &org, fd, &r, e);
    s->verb = outer;
    close(fd);
    if (ok && r.is_refused)
        ok = err_set(e, ERR_INVALID, "%s was refused whole: %s", o->path, r.why);
    if (ok) {
        *report = report_of(o, &r);
        *partly = r.counts.refused + r.counts.unmatched > 0;
    }
    replies_result_free(&r);
    return ok;
}

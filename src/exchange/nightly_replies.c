/* SPDX-License-Identifier: MIT
 *
 * The in-trays: which files are whole, what each came to, and where it lies
 * afterwards. What a partner is to see (rejects, reasons) is put beside the
 * file before the store forgets how to make it again, so that a run cut off
 * anywhere is finished by the next one.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/nightly.h"

bool night_look_at_replies(struct night *n, struct err *e)
{
    for (size_t i = 0; n->has_spool && i < n->organisation_count; i++)
        if (!spool_list_replies(&n->spool, n->organisations[i].code, &n->organisations[i].seen, e))
            return false;
    return true;
}

/* One file of an in-tray. */
struct incoming {
    struct night *n;
    const struct organisation *o;
    const struct spool_reply *seen;
};

/* Whole when it is now, after all of it was read, as it was when the run began. */
static bool is_settled(const struct spool_reply *seen, int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && st.st_size == seen->bytes &&
           (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec == seen->changed_ns;
}

/* "reply.csv" and ".rejects.csv" make "reply.rejects.csv". */
static void name_beside(const char *name, const char *end, char out[SPOOL_NAME_SIZE])
{
    const char *dot = strrchr(name, '.');
    size_t stem = dot && dot != name ? (size_t)(dot - name) : strlen(name);
    if (stem + strlen(end) >= SPOOL_NAME_SIZE)
        stem = SPOOL_NAME_SIZE - 1 - strlen(end);
    while (stem && ((unsigned char)name[stem] & 0xC0) == 0x80)
        stem--;
    snprintf(out, SPOOL_NAME_SIZE, "%.*s%s", (int)stem, name, end);
}

static bool put_beside(const struct incoming *in, const char *end, const char *data, size_t len,
                       struct err *e)
{
    char name[SPOOL_NAME_SIZE], placed[SPOOL_NAME_SIZE];
    name_beside(in->seen->name, end, name);
    struct spool_file file = {name, data, len};
    return spool_put(&in->n->spool, in->o->code, SPOOL_REJECTED, &file, placed, e);
}

static bool put_note(const struct incoming *in, const char *why, struct err *e)
{
    struct buf note = {0};
    buf_fmt(&note, "%s could not be read.\r\n%s\r\n", in->seen->name, why);
    bool ok = put_beside(in, ".why.txt", note.data, note.len, e);
    buf_free(&note);
    return ok;
}

static bool shelve(const struct incoming *in, enum spool_shelf shelf, struct err *e)
{
    char placed[SPOOL_NAME_SIZE];
    return in->n->o->dry_run ||
           spool_move_reply(&in->n->spool, in->o->code, in->seen->name, shelf, placed, e);
}

/* Before the file's transaction ends. */
static bool keep(void *ctx, const struct replies_result *r, struct err *e)
{
    const struct incoming *in = ctx;
    if (in->n->o->dry_run)
        return true;
    if (r->is_refused)
        return put_note(in, r->why, e);
    return !r->rejects.len || put_beside(in, ".rejects.csv", r->rejects.data, r->rejects.len, e);
}

static void add_counts(struct night *n, const struct replies_result *r)
{
    struct replies_counts *sum = &n->replies;
    sum->rows += r->counts.rows;
    sum->applied += r->counts.applied;
    sum->history += r->counts.history;
    sum->same += r->counts.same;
    sum->refused += r->counts.refused;
    sum->unmatched += r->counts.unmatched;
    n->reply_files += !r->is_known;
    n->known_files += r->is_known;
    n->refused_files += r->is_refused;
}

static bool read_settled(struct incoming *in, int fd, struct err *e)
{
    struct replies_result r = {0};
    bool ok = replies_read_file(in->n->s, in->o, in->seen->name, fd, keep, in, &r, e);
    if (ok) {
        add_counts(in->n, &r);
        ok = shelve(in, r.is_refused ? SPOOL_REJECTED : SPOOL_DONE, e);
    }
    replies_result_free(&r);
    return ok;
}

/* No CSV by its name. */
static bool set_aside(struct incoming *in, struct err *e)
{
    in->n->set_aside++;
    return in->n->o->dry_run || (put_note(in,
                                          "We read CSV files only. Open it in your spreadsheet "
                                          "program, choose \"Save as\" and the type "
                                          "\"CSV UTF-8 (comma delimited)\", and send that file.",
                                          e) &&
                                 shelve(in, SPOOL_REJECTED, e));
}

static bool take(struct incoming *in, struct err *e)
{
    char digest[SHA256_HEX];
    struct err why = {0};
    int fd = spool_open_reply(&in->n->spool, in->o->code, in->seen->name, &why);
    if (fd < 0 && why.code == ERR_STORE)
        return err_set(e, why.code, "%s", why.text);
    bool is_whole = fd >= 0 && replies_digest(fd, digest, &why) && is_settled(in->seen, fd);
    bool ok = true;
    if (!is_whole)
        in->n->waiting_files++;
    else if (in->seen->is_csv)
        ok = read_settled(in, fd, e);
    else
        ok = set_aside(in, e);
    if (fd >= 0)
        close(fd);
    return ok;
}

bool night_read_replies(struct night *n, struct err *e)
{
    for (size_t i = 0; i < n->organisation_count; i++) {
        const struct spool_replies *seen = &n->organisations[i].seen;
        struct organisation o;
        if (seen->count &&
            !record_load(n->s->db, &organisation_type, n->organisations[i].id, &o, e))
            return false;
        for (size_t k = 0; k < seen->count; k++)
            if (!take(&(struct incoming){n, &o, &seen->rows[k]}, e))
                return false;
    }
    return true;
}

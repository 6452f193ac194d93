/* SPDX-License-Identifier: MIT
 *
 * Reading a reply file (see replies.h): once to see that all of it is CSV,
 * once more to keep its rows.
 */
#include "exchange/replies.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/handoffs.h"
#include "exchange/csv_write.h"
#include "exchange/replies_row.h"
#include "store/batches.h"
#include "store/replies.h"

void replies_result_free(struct replies_result *r)
{
    buf_free(&r->rejects);
    json_decref(r->fates);
    *r = (struct replies_result){0};
}

bool replies_digest(int fd, char out[SHA256_HEX], struct err *e)
{
    struct sha256 h;
    unsigned char digest[32], chunk[16 * 1024];
    off_t at = 0;
    ssize_t n;
    sha256_init(&h);
    while ((n = pread(fd, chunk, sizeof chunk, at)) > 0 || (n < 0 && errno == EINTR)) {
        if (n > 0)
            sha256_add(&h, chunk, (size_t)n);
        at += n > 0 ? n : 0;
    }
    if (n < 0)
        return err_set(e, ERR_STORE, "The file cannot be read: %s.", strerror(errno));
    sha256_end(&h, digest);
    hex_encode(digest, sizeof digest, out);
    return true;
}

/* A reply file in hand. */
struct reading {
    struct session *s;
    const struct organisation *o;
    struct buf name; /* as it may be shown: other people chose it */
    int fd;
    replies_keep *keep;
    void *ctx;
    struct replies_result *out;

    struct csv_reader *csv;
    struct reply_columns columns;
    struct csv_writer rejects;
};

static struct csv_reader *open_csv(struct reading *r, struct err *e)
{
    struct csv_limits limits = csv_reply_limits;
    limits.file_bytes = (uint64_t)session_setting(r->s, SET_REPLY_FILE_BYTES);
    limits.rows = (size_t)session_setting(r->s, SET_REPLY_FILE_ROWS);
    limits.columns = (size_t)session_setting(r->s, SET_FILE_COLUMNS);
    limits.field_bytes = (size_t)session_setting(r->s, SET_FIELD_BYTES);
    int own = fcntl(r->fd, F_DUPFD_CLOEXEC, 0);
    if (own < 0) {
        err_set(e, ERR_STORE, "The file cannot be read: %s.", strerror(errno));
        return NULL;
    }
    return csv_open_fd(own, &limits, e);
}

/* Is it CSV to its end, with a header that we understand? */
static bool look_through(struct reading *r, struct err *e)
{
    struct csv_row row;
    struct err row_why;
    struct csv_reader *csv = open_csv(r, e);
    bool ok = csv && reply_columns_find(csv, &r->columns, e);
    enum csv_next next = CSV_ROW;
    while (ok && next != CSV_END) {
        next = csv_next(csv, &row, &row_why);
        if (next == CSV_FAILED)
            ok = err_set(e, row_why.code, "%s", row_why.text);
    }
    csv_close(csv);
    return ok;
}

/* ---- rejects */

/* A name for one column more: "why", or "why_2" in a file of rejects that came back. */
static void free_name(const struct csv_reader *csv, const char *wish, struct buf *out)
{
    buf_clear(out);
    buf_str(out, wish);
    for (int n = 2; csv_column(csv, out->data) >= 0; n++) {
        buf_clear(out);
        buf_fmt(out, "%s_%d", wish, n);
    }
}

static void begin_rejects(struct reading *r)
{
    const struct csv_row *header = csv_header(r->csv);
    struct buf name = {0};
    csv_writer_free(&r->rejects);
    csv_writer_init(&r->rejects, CSV_MACHINE, csv_encoding(r->csv) == CSV_UTF8, -1);
    r->rejects.delimiter = csv_delimiter(r->csv);
    csv_raw_cells(&r->rejects, header->raw, header->raw_len);
    free_name(r->csv, "line", &name);
    csv_cell(&r->rejects, CSV_TEXT, name.data);
    free_name(r->csv, "why", &name);
    csv_cell(&r->rejects, CSV_TEXT, name.data);
    csv_end_row(&r->rejects);
    buf_free(&name);
}

/* The row stays in the file's own encoding; beside Windows-1252 our words keep to what both have.
 */
static void add_reject(struct reading *r, const struct csv_row *row, const char *why)
{
    struct buf line = {0}, words = {0};
    buf_fmt(&line, "%zu", row->line);
    buf_str(&words, why);
    if (csv_encoding(r->csv) == CSV_WINDOWS_1252)
        for (size_t i = 0; i < words.len; i++)
            if ((unsigned char)words.data[i] >= 0x80)
                words.data[i] = '?';
    csv_raw_cells(&r->rejects, row->raw, row->raw_len);
    csv_cell(&r->rejects, CSV_TEXT, line.data);
    csv_cell(&r->rejects, CSV_TEXT, buf_text(&words));
    csv_end_row(&r->rejects);
    buf_free(&line);
    buf_free(&words);
}

static void add_fate(struct reading *r, const struct csv_row *row, const char *fate,
                     const char *ref, const char *why)
{
    if (r->out->fates)
        json_array_append_new(r->out->fates,
                              json_pack("{s:I, s:s, s:s, s:s}", "line", (json_int_t)row->line,
                                        "fate", fate, "ref", ref, "why", why));
}

/* ---- rows */

/* As much of an error's text as the record has room for. */
static void put_why(struct reply *reply, const char *why)
{
    size_t n = strlen(why);
    if (n >= sizeof reply->why)
        n = sizeof reply->why - 1;
    while (n && ((unsigned char)why[n] & 0xC0) == 0x80)
        n--;
    memcpy(reply->why, why, n);
    reply->why[n] = '\0';
}

static void complete(const struct reading *r, const struct csv_row *row, struct reply *reply)
{
    reply->organisation_id = r->o->id;
    reply->file_id = r->out->file_id;
    reply->line = (int64_t)row->line;
    text_put(reply->how, sizeof reply->how, "file");
}

/* Kept, shown to a worker until settled, and given back; moves nothing. */
static bool refuse(struct reading *r, const struct csv_row *row, struct reply *reply,
                   const char *verdict, const struct err *why, struct err *e)
{
    bool is_refused = strcmp(verdict, "refused") == 0;
    complete(r, row, reply);
    text_put(reply->verdict, sizeof reply->verdict, verdict);
    put_why(reply, why->text);
    add_reject(r, row, why->text);
    add_fate(r, row, verdict, reply->row_id, why->text);
    *(is_refused ? &r->out->counts.refused : &r->out->counts.unmatched) += 1;
    return engine_insert(r->s, &reply_type, reply, "", e);
}

/* How the row that is answered was sent to them. */
struct sent_row {
    bool any;         /* some row of the handoff was */
    bool is_withdraw; /* the very row named, and it is a withdraw row */
    int64_t batch_id; /* of the row named, else of the last one */
};

static bool find_sent(struct reading *r, const struct handoff *h, const struct reply_words *w,
                      struct sent_row *out, struct err *e)
{
    char row_id[48];
    *out = (struct sent_row){0};
    snprintf(row_id, sizeof row_id, "%s-%lld", h->ref, (long long)w->revision);
    struct stmt *st = batch_rows_sent(r->s->db, h->id, r->o->id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        bool is_named = strcmp(col_text(st, 0), row_id) == 0;
        if (!out->any || is_named)
            out->batch_id = col_int(st, 2);
        out->any = true;
        if (is_named) {
            out->is_withdraw = strcmp(col_text(st, 1), "withdraw") == 0;
            stmt_done(st);
            return true;
        }
    }
    return step != STEP_FAILED;
}

/* "batch file row", each as wide as the widest: strcmp orders them. */
static void order_of(const struct sent_row *sent, const struct reply *reply, char key[64])
{
    snprintf(key, 64, "%019lld %019lld %09lld", (long long)sent->batch_id,
             (long long)reply->file_id, (long long)reply->line);
}

static void count_verdict(struct replies_counts *n, const char *verdict)
{
    if (strcmp(verdict, "applied") == 0)
        n->applied++;
    else if (strcmp(verdict, "same") == 0)
        n->same++;
    else if (strcmp(verdict, "refused") == 0)
        n->refused++;
    else
        n->history++;
}

static bool apply(struct reading *r, const struct csv_row *row, struct handoff *h,
                  struct reply_words *w, const struct sent_row *sent, struct err *e)
{
    char key[64];
    complete(r, row, &w->reply);
    order_of(sent, &w->reply, key);
    if (!handoff_apply_reply(r->s, h, &w->reply, key, sent->is_withdraw, e))
        return false;
    count_verdict(&r->out->counts, w->reply.verdict);
    add_fate(r, row, w->reply.verdict, h->ref, w->reply.why);
    if (strcmp(w->reply.verdict, "refused") == 0)
        add_reject(r, row, w->reply.why);
    return true;
}

static bool is_about_the_row(const struct err *why)
{
    return why->code == ERR_INVALID || why->code == ERR_NOT_FOUND || why->code == ERR_REFUSED;
}

/* A row about a handoff that is there: theirs, sent, no newer than what was sent, and understood?
 */
static bool match(struct reading *r, const struct csv_row *row, struct handoff *h,
                  struct reply_words *w, struct err *e)
{
    struct sent_row sent = {0};
    struct err why = {0};
    if (h->organisation_id == r->o->id && !find_sent(r, h, w, &sent, e))
        return false;
    if (!sent.any) {
        err_set(&why, ERR_REFUSED, "%s was never sent to %s.", h->ref, r->o->code);
        return refuse(r, row, &w->reply, "refused", &why, e);
    }
    w->reply.handoff_id = h->id;
    if (w->revision > h->revision)
        err_set(&why, ERR_REFUSED, "%s-%lld was never sent; the last one is %s-%lld.", h->ref,
                (long long)w->revision, h->ref, (long long)h->revision);
    else if (reply_row_read(r->s, r->o->code, &r->columns, row, w, &why))
        return apply(r, row, h, w, &sent, e);
    if (is_about_the_row(&why))
        return refuse(r, row, &w->reply, "refused", &why, e);
    *e = why;
    return false;
}

static bool keep_row(struct reading *r, const struct csv_row *row, struct err *e)
{
    struct reply_words w;
    struct handoff h;
    struct err why = {0};
    if (reply_row_is_blank(&r->columns, row))
        return true;
    r->out->counts.rows++;
    if (!reply_row_reference(&r->columns, row, &w, &why))
        return refuse(r, row, &w.reply, "unmatched", &why, e);
    if (record_load_ref(r->s->db, &handoff_type, w.reference, &h, &why))
        return match(r, row, &h, &w, e);
    if (is_about_the_row(&why)) {
        err_set(&why, ERR_NOT_FOUND, "There is no handoff %s.", w.reference);
        return refuse(r, row, &w.reply, "unmatched", &why, e);
    }
    *e = why;
    return false;
}

static bool keep_bad_row(struct reading *r, const struct csv_row *row, const struct err *why,
                         struct err *e)
{
    struct reply reply;
    record_init(&reply_type, &reply);
    r->out->counts.rows++;
    return refuse(r, row, &reply, "refused", why, e);
}

static bool keep_rows(struct reading *r, struct err *e)
{
    struct csv_row row;
    struct err why;
    for (;;) {
        bool ok = true;
        switch (csv_next(r->csv, &row, &why)) {
        case CSV_ROW:
            ok = keep_row(r, &row, e);
            break;
        case CSV_BAD_ROW:
            ok = keep_bad_row(r, &row, &why, e);
            break;
        case CSV_END:
            return true;
        case CSV_FAILED:
            ok = err_set(e, why.code, "%s", why.text);
            break;
        }
        if (!ok)
            return false;
    }
}

/* ---- files */

static struct reply_file file_row(const struct reading *r)
{
    const struct replies_result *out = r->out;
    return (struct reply_file){
        .id = out->file_id,
        .organisation_id = r->o->id,
        .name = buf_text(&r->name),
        .sha256 = out->sha256,
        .read_at = session_now(r->s),
        .row_count = out->counts.rows,
        .applied = out->counts.applied,
        .refused = out->counts.refused,
        .unmatched = out->counts.unmatched,
        .verdict = out->is_refused ? "refused" : "read",
        .why = out->why,
    };
}

/* A file that was refused whole and comes again is the same file. */
static bool begin_file(struct reading *r, struct err *e)
{
    bool was_read;
    if (!reply_file_find(r->s->db, r->o->id, r->out->sha256, &r->out->file_id, &was_read, e))
        return false;
    if (r->out->file_id)
        return true;
    r->out->file_id = engine_id(r->s);
    struct reply_file f = file_row(r);
    return reply_file_add(r->s->db, &f, e);
}

static bool end_file(struct reading *r, struct err *e)
{
    struct reply_file f = file_row(r);
    return reply_file_set(r->s->db, &f, e);
}

/* An answer proves that the batch arrived, whatever we know of its way. */
static bool note_arrivals(struct reading *r, struct err *e)
{
    struct batch b;
    for (;;) {
        struct stmt *st = batches_answered(r->s->db, r->out->file_id, e);
        enum step step = st ? stmt_step(st, e) : STEP_FAILED;
        if (step != STEP_ROW)
            return step == STEP_DONE;
        record_read(st, 0, &batch_type, &b);
        stmt_done(st);
        if (!batch_set_delivered(r->s, &b, r->o->code, "they answered it", false, e))
            return false;
    }
}

static bool keep_file(struct session *s, void *ctx, struct err *e)
{
    struct reading *r = ctx;
    struct replies_result *out = r->out;
    (void)s;
    out->counts = (struct replies_counts){0};
    json_array_clear(out->fates);
    buf_clear(&out->rejects);
    if (!begin_file(r, e))
        return false;
    csv_close(r->csv);
    r->csv = open_csv(r, e);
    if (!r->csv)
        return false;
    begin_rejects(r);
    if (!keep_rows(r, e) || !end_file(r, e) || !note_arrivals(r, e))
        return false;
    if (out->counts.refused + out->counts.unmatched)
        buf_add(&out->rejects, r->rejects.out.data, r->rejects.out.len);
    return !r->keep || r->keep(r->ctx, out, e);
}

static bool keep_refusal(struct session *s, void *ctx, struct err *e)
{
    struct reading *r = ctx;
    (void)s;
    return begin_file(r, e) && end_file(r, e) && (!r->keep || r->keep(r->ctx, r->out, e));
}

bool replies_read_file(struct session *s, const struct organisation *o, const char *name, int fd,
                       replies_keep *keep, void *ctx, struct replies_result *out, struct err *e)
{
    struct reading r = {.s = s, .o = o, .fd = fd, .keep = keep, .ctx = ctx, .out = out};
    struct err why = {0};
    if (!replies_digest(fd, out->sha256, e) ||
        !reply_file_find(s->db, o->id, out->sha256, &out->file_id, &out->is_known, e))
        return false;
    if (out->is_known)
        return true;
    out->is_refused = !look_through(&r, &why);
    if (out->is_refused && why.code != ERR_INVALID) {
        *e = why;
        return false;
    }
    text_put(out->why, sizeof out->why, why.text);
    text_show(name, false, &r.name);
    bool ok = engine_transact(s, __func__, out->is_refused ? keep_refusal : keep_file, &r, e);
    buf_free(&r.name);
    csv_close(r.csv);
    csv_writer_free(&r.rejects);
    return ok;
}

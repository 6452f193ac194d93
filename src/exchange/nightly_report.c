/* SPDX-License-Identifier: MIT
 *
 * What a night came to: an object for a monitor, the same in words for a
 * person, and the exit status of both. What is new is found by comparison
 * with the report of the run before.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/nightly.h"
#include "store/batches.h"

/* ---- held, and since when */

/* The references held by the last run's report, as keys. */
static json_t *held_before(struct night *n, struct err *e)
{
    struct buf text = {0};
    json_t *before = json_object(), *held;
    size_t i;
    if (!nightly_last_report(n->s->db, &text, e)) {
        json_decref(before);
        before = NULL;
    }
    json_t *report = before ? json_loadb(buf_text(&text), text.len, 0, NULL) : NULL;
    json_array_foreach(json_object_get(report, "held"), i, held) json_object_set_new(
        before, json_string_value(json_object_get(held, "handoff")), json_true());
    json_decref(report);
    buf_free(&text);
    return before;
}

static json_t *new_held(const char *ref, json_t *before, int64_t *fresh)
{
    bool is_new = !json_object_get(before, ref);
    *fresh += is_new;
    return json_pack("{s:s, s:b, s:[]}", "handoff", ref, "new", is_new, "reasons");
}

static bool read_held(struct night *n, json_t *held, int64_t *fresh, struct err *e)
{
    json_t *before = held_before(n, e), *last = NULL;
    struct stmt *st = before ? night_held(n->s->db, e) : NULL;
    enum step step = STEP_FAILED;
    int64_t id = 0;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        if (col_int(st, 0) != id) {
            id = col_int(st, 0);
            last = new_held(col_text(st, 1), before, fresh);
            json_array_append_new(held, last);
        }
        if (!col_null(st, 2))
            json_array_append_new(json_object_get(last, "reasons"), json_string(col_text(st, 3)));
    }
    json_decref(before);
    return step != STEP_FAILED;
}

/* ---- the object */

static json_t *batch_json(const struct night_batch *b)
{
    json_t *o = json_pack(
        "{s:s, s:s, s:I, s:s, s:b, s:I, s:I, s:I}", "batch", b->name, "organisation",
        b->organisation, "rows",
        (json_int_t)b->rows[ROW_NEW] + b->rows[ROW_UPDATE] + b->rows[ROW_WITHDRAW], "sha256",
        b->sha256, "delivered", b->is_delivered, "new", (json_int_t)b->rows[ROW_NEW], "changed",
        (json_int_t)b->rows[ROW_UPDATE], "withdrawn", (json_int_t)b->rows[ROW_WITHDRAW]);
    if (b->has_failed)
        json_object_set_new(o, "failed", json_string(b->why));
    if (b->handoffs)
        json_object_set(o, "handoffs", b->handoffs);
    return o;
}

static void add_batches(const struct night *n, json_t *standing, json_t *voided)
{
    for (size_t i = 0; i < n->batch_count; i++) {
        const struct night_batch *b = &n->batches[i];
        if (b->is_void)
            json_array_append_new(voided,
                                  json_pack("{s:s, s:s, s:s}", "batch", b->name, "organisation",
                                            b->organisation, "why", b->why));
        else
            json_array_append_new(standing, batch_json(b));
    }
}

static json_t *replies_json(const struct night *n)
{
    const struct replies_counts *r = &n->replies;
    return json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "files", (json_int_t)n->reply_files,
        "applied", (json_int_t)r->applied, "refused", (json_int_t)r->refused, "unmatched",
        (json_int_t)r->unmatched, "history", (json_int_t)r->history, "same", (json_int_t)r->same,
        "files_refused", (json_int_t)n->refused_files, "files_known", (json_int_t)n->known_files,
        "files_waiting", (json_int_t)n->waiting_files, "set_aside", (json_int_t)n->set_aside);
}

static json_t *backup_json(const struct night *n)
{
    if (n->o->dry_run)
        return json_null();
    return *n->backup_failed ? json_pack("{s:s}", "failed", n->backup_failed)
                             : json_pack("{s:s}", "file", n->backup);
}

static enum nightly_status status_of(const struct night *n, int64_t newly_held)
{
    bool partly = newly_held || n->gates.held || n->replies.refused || n->replies.unmatched ||
                  n->refused_files || n->set_aside || *n->backup_failed;
    for (size_t i = 0; i < n->batch_count; i++) {
        if (n->batches[i].has_failed)
            return NIGHTLY_UNDELIVERED;
        partly = partly || n->batches[i].is_void;
    }
    return partly ? NIGHTLY_PARTLY : NIGHTLY_DONE;
}

bool night_report(struct night *n, json_t **report, enum nightly_status *status, struct err *e)
{
    json_t *batches = json_array(), *voided = json_array(), *held = json_array();
    int64_t newly_held = 0;
    bool ok = read_held(n, held, &newly_held, e);
    add_batches(n, batches, voided);
    json_t *o = json_pack(
        "{s:s, s:I, s:b, s:o, s:o, s:O, s:o, s:I, s:I, s:O, s:o, s:{s:I}, s:o}", "date", n->date,
        "run", (json_int_t)n->number, "dry_run", n->o->dry_run, "batches", batches, "void", voided,
        "waiting", n->waiting, "held", held, "newly_held", (json_int_t)newly_held, "released",
        (json_int_t)n->gates.released, "updates_waiting", n->updates, "replies", replies_json(n),
        "clocks", "no_response", (json_int_t)n->no_response, "backup", backup_json(n));
    if (!ok) {
        json_decref(o);
        return false;
    }
    *status = status_of(n, newly_held);
    *report = o;
    return true;
}

/* ---- in words */

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

static long long number_of(const json_t *o, const char *key)
{
    return (long long)json_integer_value(json_object_get(o, key));
}

static const char *plural(long long n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

static void batches_words(const json_t *report, bool is_dry, struct buf *out)
{
    const json_t *batches = json_object_get(report, "batches"), *b;
    size_t i;
    if (!json_array_size(batches))
        buf_fmt(out, "Nothing %s.\n", is_dry ? "would go" : "new went out");
    json_array_foreach(batches, i, b)
    {
        long long rows = number_of(b, "rows");
        buf_fmt(out, "%s to %s: ", text_of(b, "batch"), text_of(b, "organisation"));
        if (rows)
            buf_fmt(out, "%lld %s (%lld new, %lld changed, %lld withdrawn)", rows,
                    plural(rows, "row", "rows"), number_of(b, "new"), number_of(b, "changed"),
                    number_of(b, "withdrawn"));
        else
            buf_str(out, "the week's reply list");
        if (json_object_get(b, "failed"))
            buf_fmt(out, " - NOT DELIVERED: %s", text_of(b, "failed"));
        else if (is_dry)
            buf_str(out, " would go");
        else
            buf_str(out, json_is_true(json_object_get(b, "delivered")) ? " - delivered"
                                                                       : " - ready to be sent");
        buf_char(out, '\n');
        const json_t *rows_of = json_object_get(b, "handoffs"), *row;
        size_t k;
        json_array_foreach(rows_of, k, row)
            buf_fmt(out, "    %s %s\n", text_of(row, "handoff"), text_of(row, "action"));
    }
    json_array_foreach(json_object_get(report, "void"), i, b) buf_fmt(
        out, "%s is void and will never be sent: %s\n", text_of(b, "batch"), text_of(b, "why"));
    if (json_array_size(json_object_get(report, "waiting")))
        buf_fmt(out,
                "Waiting to be sent by hand (then: onward batch delivered BATCH by=.. how=..):\n");
    json_array_foreach(json_object_get(report, "waiting"), i, b)
        buf_fmt(out, "    %s\n", json_string_value(b));
}

static void reasons_words(const json_t *entry, struct buf *out)
{
    const json_t *reason;
    size_t i;
    json_array_foreach(json_object_get(entry, "reasons"), i, reason)
        buf_fmt(out, " %s", json_string_value(reason));
    buf_char(out, '\n');
}

static void held_words(const json_t *report, struct buf *out)
{
    const json_t *h;
    size_t i;
    if (number_of(report, "released"))
        buf_fmt(out, "Released: %lld.\n", number_of(report, "released"));
    json_array_foreach(json_object_get(report, "held"), i, h)
    {
        buf_fmt(out, "Held%s: %s:", json_is_true(json_object_get(h, "new")) ? " (new)" : "",
                text_of(h, "handoff"));
        reasons_words(h, out);
    }
    json_array_foreach(json_object_get(report, "updates_waiting"), i, h)
    {
        buf_fmt(out, "A correction waits: %s:", text_of(h, "handoff"));
        reasons_words(h, out);
    }
}

/* Counts that are worth a line when they are not 0. */
static void replies_words(const json_t *report, struct buf *out)
{
    static const struct {
        const char *key, *words;
    } counts[] = {
        {"applied", "rows applied"},
        {"history", "kept as history"},
        {"same", "said before"},
        {"refused", "refused"},
        {"unmatched", "matching nothing"},
        {"files_refused", "files refused whole"},
        {"files_known", "files read before"},
        {"files_waiting", "files still arriving"},
        {"set_aside", "files that are no CSV"},
    };
    const json_t *r = json_object_get(report, "replies");
    long long files = number_of(r, "files");
    buf_fmt(out, "Replies: %lld %s read", files, plural(files, "file", "files"));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (number_of(r, counts[i].key))
            buf_fmt(out, "; %s: %lld", counts[i].words, number_of(r, counts[i].key));
    buf_str(out, ".\n");
    long long silent = number_of(json_object_get(report, "clocks"), "no_response");
    if (silent)
        buf_fmt(out, "No reply in time: %lld.\n", silent);
}

void nightly_words(const json_t *report, struct buf *out)
{
    bool is_dry = json_is_true(json_object_get(report, "dry_run"));
    const json_t *backup = json_object_get(report, "backup");
    buf_fmt(out, is_dry ? "If the run of %s went now:\n" : "The run of %s:\n",
            text_of(report, "date"));
    batches_words(report, is_dry, out);
    held_words(report, out);
    replies_words(report, out);
    if (json_object_get(backup, "failed"))
        buf_fmt(out, "NO BACKUP: %s\n", text_of(backup, "failed"));
    else if (json_object_get(backup, "file"))
        buf_fmt(out, "Backup: %s\n", text_of(backup, "file"));
}

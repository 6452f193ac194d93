/* SPDX-License-Identifier: MIT
 *
 * Sending: a batch of the store becomes a folder of the spool and leaves by
 * the organisation's delivery command, or waits to be sent by hand. Before
 * every try the gates of every row are asked again, in the transaction that
 * records the try. If one has shut, the batch is void: its number is burned,
 * its folder taken away, its rows go back to where they came from.
 *
 * Once a try was recorded nobody can be sure that nothing left: whatever stop is
 * owed for a row that was in any such batch, now or later, goes to them.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/nightly.h"
#include "exchange/package.h"
#include "store/batches.h"

struct batch_line {
    int64_t handoff_id;
    enum row_action action;
};
/* One batch on its way out. */
struct sending {
    struct night *n;
    struct batch *b;
    struct batch was;         /* as it was before the transaction */
    const char *organisation; /* code */
    const char *command;      /* name of the delivery command; "": by hand */
    bool is_try;              /* a delivery is about to be tried: record it */
    struct batch_line *lines;
    size_t count;
    struct handoff_facts *facts;
    int64_t try_id; /* 0: no try was recorded */
    int64_t held;
    char why[256];   /* why it is void; "" when it is not */
    char stuck[256]; /* why the folder of a void one could not be taken away */
};

/* ---- the gates again */

static enum row_action action_of(const char *name)
{
    enum row_action action = ROW_NEW;
    while (strcmp(row_action_names[action], name) != 0)
        action++;
    return action;
}

static bool load_lines(struct sending *d, struct err *e)
{
    struct stmt *st = batch_rows_of(d->n->s->db, d->b->id, e);
    enum step step = STEP_FAILED;
    d->count = 0;
    d->lines = xrealloc(d->lines, (size_t)(d->b->row_count + 1) * sizeof *d->lines);
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        if ((int64_t)d->count == d->b->row_count) {
            stmt_done(st);
            return err_set(e, ERR_STORE, "%s has more rows than it was frozen with; run verify.",
                           d->b->name);
        }
        d->lines[d->count++] = (struct batch_line){col_int(st, 3), action_of(col_text(st, 2))};
    }
    return step != STEP_FAILED;
}

/* May this row still leave? `why` is the first shut gate in words. */
static bool may_leave(struct sending *d, const struct batch_line *line, struct handoff *h,
                      struct gate_state gates[GATE_COUNT], bool *open, struct err *e)
{
    struct session *s = d->n->s;
    *open = true;
    if (line->action == ROW_WITHDRAW)
        return true;
    if (!record_load(s->db, &handoff_type, line->handoff_id, h, e) ||
        !handoff_facts_load(s, d->facts, h, e))
        return false;
    *open =
        handoff_facts_ask(s, d->facts, h, gates) && !handoff_owes_stop(h) &&
        (line->action == ROW_UPDATE ? handoff_takes_correction(h) : handoff_takes_update(h->state));
    return true;
}

static void say_why(struct sending *d, const struct handoff *h,
                    const struct gate_state gates[GATE_COUNT])
{
    int shut = 0;
    while (shut < GATE_COUNT && gates[shut].open)
        shut++;
    const char *reason =
        shut < GATE_COUNT ? gates[shut].reason : choice_label(handoff_states, h->state);
    snprintf(d->why, sizeof d->why, "%s: %.200s", h->ref, reason);
}

static bool find_shut(struct sending *d, struct err *e)
{
    struct gate_state gates[GATE_COUNT];
    struct handoff h;
    for (size_t i = 0; i < d->count; i++) {
        bool open;
        if (!may_leave(d, &d->lines[i], &h, gates, &open, e))
            return false;
        if (!open) {
            say_why(d, &h, gates);
            return true;
        }
    }
    return true;
}

/* ---- void */

/* Where a new row goes back to. Held with its gates, withdrawn where the consent was, queued when
 * it may go at once. */
static bool give_back_new(struct sending *d, struct handoff *h, struct err *e)
{
    struct session *s = d->n->s;
    struct gate_state gates[GATE_COUNT];
    bool may_have_left;
    if (!handoff_facts_load(s, d->facts, h, e) || !delivery_tried(s->db, h->id, &may_have_left, e))
        return false;
    bool open = handoff_facts_ask(s, d->facts, h, gates);
    bool withdrawn = !gates[GATE_CONSENT].open && d->facts->consent.word == CONSENT_WITHDRAWN;
    const char *to = open ? "queued" : withdrawn ? "withdrawn" : "held";
    if (!handoff_unfreeze(s, h, ROW_NEW, d->b, to, may_have_left, e))
        return false;
    if (strcmp(h->state, "held") != 0)
        return true;
    d->held++;
    return handoff_keep_gates(s, h, gates, e);
}

static bool give_back(struct sending *d, const struct batch_line *line, struct err *e)
{
    struct session *s = d->n->s;
    struct handoff h;
    if (!record_load(s->db, &handoff_type, line->handoff_id, &h, e))
        return false;
    return line->action == ROW_NEW ? give_back_new(d, &h, e)
                                   : handoff_unfreeze(s, &h, line->action, d->b, NULL, false, e);
}

/* The folder goes before the store says so: cut off in between, the next run finds the batch as it
 * was. A folder that will not go must not keep the rows: someone is told to take it away. */
static void take_folder_away(struct sending *d)
{
    struct err why = {0};
    d->stuck[0] = '\0';
    if (!d->n->o->dry_run && !spool_withdraw(&d->n->spool, d->organisation, d->b->name, &why))
        snprintf(d->stuck, sizeof d->stuck,
                 "void, but its folder is still there, take it away by hand: %.180s", why.text);
}

static bool make_void(struct sending *d, struct err *e)
{
    struct session *s = d->n->s;
    for (size_t i = 0; i < d->count; i++)
        if (!give_back(d, &d->lines[i], e))
            return false;
    take_folder_away(d);
    text_put(d->b->state, sizeof d->b->state, "void");
    text_put(d->b->void_reason, sizeof d->b->void_reason, d->why);
    return engine_update(s, &batch_type, &d->was, d->b, "", e);
}

/* ---- the try */

/* Asks, and voids or records that a delivery is being tried. */
static bool ask(struct session *s, void *ctx, struct err *e)
{
    struct sending *d = ctx;
    if (!record_load(s->db, &batch_type, d->was.id, d->b, e))
        return false;
    d->was = *d->b;
    d->why[0] = '\0';
    d->held = d->try_id = 0;
    handoff_facts_free(d->facts);
    d->facts = handoff_facts_new();
    if (!load_lines(d, e) || !find_shut(d, e))
        return false;
    if (*d->why)
        return make_void(d, e);
    if (!d->is_try || d->n->o->dry_run)
        return true;
    d->try_id = engine_id(s);
    return delivery_begin(s->db, d->try_id, d->b->id, session_now(s),
                          *d->command ? d->command : "folder", e);
}

/* The batch's entry in the report, with its rows counted. */
static struct night_batch *tell(const struct sending *d)
{
    struct night_batch *told = night_batch(d->n, d->b, d->organisation);
    memset(told->rows, 0, sizeof told->rows);
    for (size_t i = 0; i < d->count; i++)
        told->rows[d->lines[i].action]++;
    return told;
}

static bool ask_now(struct sending *d, struct err *e)
{
    struct night *n = d->n;
    d->was = *d->b;
    d->organisation = night_organisation_code(n, d->b->organisation_id);
    bool ok = engine_transact(n->s, __func__, ask, d, e);
    handoff_facts_free(d->facts);
    d->facts = NULL;
    if (ok && *d->why) {
        struct night_batch *told = tell(d);
        told->is_void = true;
        told->has_failed = *d->stuck != '\0';
        text_put(told->why, sizeof told->why, *d->stuck ? d->stuck : d->why);
        n->gates.held += d->held;
    }
    return ok;
}

bool night_ask_again(struct night *n, struct batch *b, struct err *e)
{
    struct sending d = {.n = n, .b = b, .command = ""};
    bool ok = ask_now(&d, e);
    free(d.lines);
    return ok;
}

/* ---- out */

/* What became of the try. */
struct outcome_of_try {
    struct sending *d;
    bool is_in_place, is_delivered;
    const char *note;
};

static bool keep_try(struct session *s, void *ctx, struct err *e)
{
    struct outcome_of_try *t = ctx;
    struct sending *d = t->d;
    struct batch was;
    if (!record_load(s->db, &batch_type, d->b->id, &was, e))
        return false;
    *d->b = was;
    if (t->is_in_place && strcmp(was.state, "frozen") == 0) {
        text_put(d->b->state, sizeof d->b->state, "published");
        d->b->published_at = session_now(s);
        if (!engine_update(s, &batch_type, &was, d->b, "", e))
            return false;
    }
    if (t->is_delivered && !batch_set_delivered(s, d->b, session_login(s), d->command, false, e))
        return false;
    bool ok = t->is_delivered || (t->is_in_place && !*d->command);
    return !d->try_id || !t->note || delivery_end(s->db, d->try_id, ok, t->note, e);
}

static bool note_failure(struct sending *d, const char *why, bool is_in_place, struct err *e)
{
    struct outcome_of_try t = {.d = d, .is_in_place = is_in_place, .note = why};
    struct night_batch *told = tell(d);
    told->has_failed = true;
    snprintf(told->why, sizeof told->why, "%.250s", why);
    return engine_transact(d->n->s, __func__, keep_try, &t, e);
}

static bool run_command(struct sending *d, struct err *e)
{
    struct night *n = d->n;
    char note[DELIVERY_NOTE_SIZE];
    struct buf folder = {0};
    const struct delivery_command *c = deliver_find(n->commands, d->command);
    if (!c) {
        snprintf(note, sizeof note, "there is no delivery command %.60s", d->command);
        return note_failure(d, note, true, e);
    }
    buf_fmt(&folder, "%s/out/%s/%s", n->folder, d->organisation, d->b->name);
    bool ok = deliver_run(c, buf_text(&folder), session_setting(n->s, SET_DELIVERY_SECONDS), note);
    buf_free(&folder);
    if (!ok)
        return note_failure(d, note, true, e);
    struct outcome_of_try t = {.d = d, .is_in_place = true, .is_delivered = true, .note = note};
    if (!engine_transact(n->s, __func__, keep_try, &t, e))
        return false;
    tell(d)->is_delivered = true;
    return true;
}

/* The folder is there with the bytes of the day it was frozen; then the command, if there is one.
 */
static bool put_and_deliver(struct sending *d, const struct package_files *files, struct err *e)
{
    struct night *n = d->n;
    struct spool_file list[3];
    struct err why = {0};
    package_files_list(files, list);
    if (!spool_publish(&n->spool, d->organisation, d->b->name, list, 3, &why))
        return note_failure(d, why.text, false, e);
    struct outcome_of_try t = {
        .d = d, .is_in_place = true, .note = *d->command ? NULL : "put in place"};
    if (d->try_id && !engine_transact(n->s, __func__, keep_try, &t, e))
        return false;
    if (*d->command)
        return run_command(d, e);
    json_array_append_new(n->waiting, json_string(d->b->name));
    return true;
}

/* Nothing of a batch leaves that is not as it was frozen. */
static bool send_files(struct sending *d, struct err *e)
{
    struct package_files files = {0};
    char why[256] = "";
    bool ok = package_load(d->n->s->db, d->b, &files, e);
    if (files.is_erased)
        snprintf(why, sizeof why, "its rows were erased");
    if (*files.wrong)
        snprintf(why, sizeof why, "%s: run onward verify", files.wrong);
    ok = ok && (*why ? note_failure(d, why, false, e) : put_and_deliver(d, &files, e));
    package_files_free(&files);
    return ok;
}

bool night_send(struct night *n, struct batch *b, struct err *e)
{
    struct organisation o;
    struct sending d = {.n = n, .b = b};
    if (!record_load(n->s->db, &organisation_type, b->organisation_id, &o, e))
        return false;
    d.command = n->commands ? o.delivery : "";
    d.is_try = *d.command || strcmp(b->state, "frozen") == 0;
    bool ok = ask_now(&d, e) && (*d.why || n->o->dry_run || send_files(&d, e));
    free(d.lines);
    return ok;
}

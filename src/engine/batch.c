/* SPDX-License-Identifier: MIT
 *
 * Batches at the desk: what was written for whom, and that it has left when a
 * person says so. Building, publishing and delivering by command is the
 * nightly run's (src/exchange).
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/handoffs.h"
#include "engine/work.h"
#include "store/handoffs.h"

/* ---- delivered */

/* H07 for each new row; what the organisation said or we stopped in the meantime stays said. */
static bool deliver_rows(struct session *s, const struct batch *b, const struct handoff_step *step,
                         struct err *e)
{
    int64_t *ids = NULL;
    size_t n = 0;
    struct handoff h;
    struct stmt *st = batch_new_handoffs(s->db, b->id, e);
    if (!st)
        return false;
    enum step read;
    while ((read = stmt_step(st, e)) == STEP_ROW) {
        if ((n & (n - 1)) == 0) /* room doubles at every power of two */
            ids = xrealloc(ids, (n ? n * 2 : 1) * sizeof *ids);
        ids[n++] = col_int(st, 0);
    }
    bool ok = read != STEP_FAILED;
    for (size_t i = 0; ok && i < n; i++)
        ok = record_load(s->db, &handoff_type, ids[i], &h, e) && handoff_delivered(s, &h, step, e);
    free(ids);
    return ok;
}

bool batch_set_delivered(struct session *s, struct batch *b, const char *by, const char *how,
                         bool by_hand, struct err *e)
{
    struct batch before = *b;
    struct handoff_step step = {.action = "deliver",
                                .how = by_hand ? "desk" : "run",
                                .note = b->name,
                                .reply_id = FIELD_ABSENT};
    if (strcmp(b->state, "published") != 0)
        return err_rule(e, "H07", "%s is not waiting to be sent (%s).", b->name,
                        choice_label(batch_states, b->state));
    text_put(b->state, sizeof b->state, "delivered");
    b->delivered_at = session_now(s);
    text_put(b->delivered_by, sizeof b->delivered_by, by);
    text_put(b->delivered_how, sizeof b->delivered_how, how);
    return engine_update(s, &batch_type, &before, b, "", e) && deliver_rows(s, b, &step, e);
}

struct delivered_args {
    char batch[CODE_SIZE], by[LINE_SIZE], how[LINE_SIZE];
};
static const struct field delivered_fields[] = {
    {"batch", "Batch", FIELD_TEXT, FIELD_POSITIONAL | FIELD_REQUIRED,
     FIELD_TEXT_AT(delivered_args, batch), .help = "its name, ORG-YYYYMMDD-NNN"},
    {"by", "By", FIELD_TEXT, FIELD_REQUIRED, FIELD_TEXT_AT(delivered_args, by), .max = ARG_LINE,
     .help = "who sent it"},
    {"how", "How", FIELD_TEXT, FIELD_REQUIRED, FIELD_TEXT_AT(delivered_args, how), .max = ARG_LINE,
     .help = "secure mail, by hand"},
};

static bool find_batch(struct session *s, const char *name, struct batch *b, struct err *e)
{
    return record_load_ref(s->db, &batch_type, name, b, e);
}

static bool run_delivered(struct session *s, const void *args, uint64_t given, struct outcome *o,
                          struct err *e)
{
    const struct delivered_args *a = args;
    struct batch b;
    (void)given;
    if (!find_batch(s, a->batch, &b, e) || !batch_set_delivered(s, &b, a->by, a->how, true, e))
        return false;
    engine_final(s);
    engine_step_title(s, "delivered %s", b.name);
    outcome_of(o, &batch_type, &b);
    outcome_say(o, "%s was sent by %s (%s): %lld %s.", b.name, b.delivered_by, b.delivered_how,
                (long long)b.row_count, b.row_count == 1 ? "row" : "rows");
    return true;
}
static const struct verb batch_delivered =
    VERB("batch delivered", "Records that a package was sent, by whom and how.",
         ROLE_CARE | ROLE_NIGHTLY, delivered_fields, delivered_args, run_delivered);

/* ---- show */

/* Rows of persons whom this user may not know of are left out. */
static bool add_rows(struct session *s, const struct batch *b, json_t *rows, struct err *e)
{
    const int64_t *hidden;
    size_t n;
    if (!hidden_persons(s, &hidden, &n, e))
        return false;
    struct stmt *st = batch_rows_shown(s->db, b->id, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        if (id_in(hidden, n, col_int(st, 6)))
            continue;
        json_array_append_new(rows, json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "row",
                                              (json_int_t)col_int(st, 0), "row_id", col_text(st, 1),
                                              "action", col_text(st, 2), "handoff", col_text(st, 3),
                                              "state", col_text(st, 4), "sha256", col_text(st, 5)));
    }
    return step != STEP_FAILED;
}

static bool add_tries(struct session *s, const struct batch *b, json_t *tries, struct err *e)
{
    char at[INSTANT_SIZE];
    struct stmt *st = batch_deliveries(s->db, b->id, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        instant_format(col_int(st, 0), at);
        json_array_append_new(tries, json_pack("{s:s, s:s, s:b, s:s}", "at", at, "command",
                                               col_text(st, 1), "ok", col_int(st, 2) == 1, "note",
                                               col_text(st, 3)));
    }
    return step != STEP_FAILED;
}

struct show_args {
    char batch[CODE_SIZE];
};
static const struct field show_fields[] = {
    {"batch", "Batch", FIELD_TEXT, FIELD_POSITIONAL | FIELD_REQUIRED,
     FIELD_TEXT_AT(show_args, batch), .help = "its name, ORG-YYYYMMDD-NNN"},
};

static bool run_show(struct session *s, const void *args, uint64_t given, struct outcome *o,
                     struct err *e)
{
    const struct show_args *a = args;
    struct batch b;
    struct organisation g;
    (void)given;
    if (!find_batch(s, a->batch, &b, e) ||
        !record_load(s->db, &organisation_type, b.organisation_id, &g, e))
        return false;
    outcome_of(o, &batch_type, &b);
    o->detail = record_json(&batch_type, &b);
    json_t *rows = json_array(), *tries = json_array();
    json_object_del(o->detail, "name");
    json_object_set_new(o->detail, "batch", json_string(b.name));
    json_object_set_new(o->detail, "organisation", json_string(g.code));
    json_object_set_new(o->detail, "rows", rows);
    json_object_set_new(o->detail, "deliveries", tries);
    return add_rows(s, &b, rows, e) && add_tries(s, &b, tries, e);
}
static const struct verb batch_show = {
    .name = "batch show",
    .help = "Shows a package: its rows, what became of them, every try at delivery.",
    .roles = ROLE_CARE | ROLE_NIGHTLY,
    .args = show_fields,
    .count = COUNT_OF(show_fields),
    .size = sizeof(struct show_args),
    .run = run_show,
    .reads = true};

/* ---- list */

struct list_filters {
    char organisation[CODE_SIZE], state[CODE_SIZE], on[DATE_SIZE];
};
static const struct field filter_fields[] = {
    {"organisation", "Organisation", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, organisation),
     .set = "organisation"},
    {"state", "State", FIELD_CHOICE, 0, FIELD_TEXT_AT(list_filters, state),
     .choices = batch_states},
    {"on", "Run of", FIELD_DATE, 0, FIELD_TEXT_AT(list_filters, on)},
};
static const struct column columns[] = {
    {.key = "batch", .label = "Batch", .kind = FIELD_TEXT, .width = 30},
    {.key = "organisation", .label = "Organisation", .kind = FIELD_TEXT, .width = 18},
    {.key = "run_on", .label = "Run of", .kind = FIELD_DATE, .width = 10},
    {.key = "state", .label = "State", .kind = FIELD_CHOICE, .width = 14, .choices = batch_states},
    {.key = "rows", .label = "Rows", .kind = FIELD_INT, .width = 6},
    {.key = "sha256", .label = "SHA-256", .kind = FIELD_TEXT, .width = 16},
    {.key = "delivered", .label = "Sent at", .kind = FIELD_INSTANT, .width = 16},
};

static bool run_list(struct session *s, const struct list *l, const void *filters, uint64_t given,
                     struct list_run *run, struct err *e)
{
    const struct list_filters *f = filters;
    struct batch_query q = {.organisation_id = FIELD_ABSENT,
                            .state = f->state,
                            .run_on = f->on};
    struct organisation g;
    int64_t total = -1;
    (void)given;
    if (*f->organisation) {
        if (!find_organisation(s, f->organisation, &g, e))
            return false;
        q.organisation_id = g.id;
    }
    if (!list_page(s, run, batch_id_of_name, &q.page, e))
        return false;
    struct stmt *st = batch_list_rows(s->db, &q, e);
    bool ok = st && list_rows(s, l, run, st, 0, -1, -1, e) &&
              (!run->want_total || batch_list_count(s->db, &q, &total, e));
    run->total = total;
    return ok;
}

static const struct list batch_list = {
    .name = "batch list",
    .help = "Packages, newest first.",
    .roles = ROLE_CARE | ROLE_REP | ROLE_NIGHTLY,
    .columns = columns,
    .columns_count = COUNT_OF(columns),
    .filters = filter_fields,
    .filters_count = COUNT_OF(filter_fields),
    .filters_size = sizeof(struct list_filters),
    .run = run_list,
    .both_ways = true,
};

const struct list *const batch_lists[] = {&batch_list, NULL};
const struct verb *const batch_verbs[] = {&batch_show, &batch_delivered, NULL};

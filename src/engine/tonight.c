/* SPDX-License-Identifier: MIT
 *
 * `tonight`: what the next nightly run would send as the record stands, and
 * what it would hold and why. Each is judged as the run will judge it, its
 * gates asked now, and nothing is written. Where a night has more than
 * ASKED_MOST the others stand as they were last judged. Two things that the
 * run does first are not known here, and `onward nightly --dry-run` tells
 * them: the replies it will read, and a package still waiting to be sent whose
 * rows go again because one of them may no longer leave.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/args.h"
#include "engine/handoffs.h"
#include "engine/work.h"
#include "store/handoffs.h"
#include "store/tonight.h"

/* A tenth of a second or so; a borough's night has some hundred. */
enum { ASKED_MOST = 5000 };

static const struct choice fates[] = {{"goes", "Goes tonight"}, {"held", "Held"}, {NULL, NULL}};
static const struct choice actions[] = {
    {"new", "New"}, {"update", "Correction"}, {"withdraw", "Stop"}, {NULL, NULL}};

struct entry {
    int64_t id;
    char ref[REF_SIZE];
    enum row_action action;
    bool goes;
    bool turned; /* judged otherwise than it stands in the store */
};
struct tonight {
    struct session *s;
    struct handoff_facts *facts;
    struct entry *all; /* first what goes, then what is held, each by organisation */
    size_t count, room;
    int64_t last_run;
};

/* ---- judging */

/* Its gates as of now; false with the first half of why it stays, in words. */
static bool may_go(struct tonight *t, const struct handoff *h, struct buf *why)
{
    struct gate_state gates[GATE_COUNT];
    if (handoff_facts_ask(t->s, t->facts, h, gates)) {
        if (strcmp(h->state, "held") != 0 || !clock_held_long(engine_clock_rules(t->s), h))
            return true;
        handoff_held_long_words(t->s, h, why);
        return false;
    }
    for (int i = 0; i < GATE_COUNT; i++)
        if (!gates[i].open)
            buf_fmt(why, "%s%s", why->len ? " " : "", gates[i].reason);
    return false;
}

/* Why it was held when it was last judged. */
static bool why_kept(struct tonight *t, const struct handoff *h, struct buf *why, struct err *e)
{
    struct stmt *st = handoff_gates(t->s->db, h->id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        buf_fmt(why, "%s%s", why->len ? " " : "", col_text(st, 1));
    return step != STEP_FAILED;
}

/* Has the handoff something to send tonight, or is it held? Then `out` says what and whether it may. */
static bool judge(struct tonight *t, const struct handoff *h, bool *is_on, struct entry *out, struct err *e)
{
    bool held = strcmp(h->state, "held") == 0;
    *out = (struct entry){.id = h->id, .action = ROW_NEW, .goes = !held};
    text_put(out->ref, sizeof out->ref, h->ref);
    *is_on = handoff_row_due(h, &out->action) || held;
    if (!*is_on || out->action == ROW_WITHDRAW || t->count >= ASKED_MOST)
        return true;
    struct buf why = {0};
    bool ok = handoff_facts_load(t->s, t->facts, h, e);
    if (ok) {
        out->goes = may_go(t, h, &why);
        out->turned = out->goes == held && out->action == ROW_NEW;
    }
    buf_free(&why);
    return ok;
}

static bool add(struct tonight *t, int64_t id, struct err *e)
{
    struct handoff h;
    struct entry en;
    bool is_on;
    if (!record_load(t->s->db, &handoff_type, id, &h, e) || !judge(t, &h, &is_on, &en, e))
        return false;
    if (!is_on)
        return true;
    if (t->count == t->room)
        t->all = xrealloc(t->all, (t->room = t->room ? 2 * t->room : 64) * sizeof *t->all);
    t->all[t->count++] = en;
    return true;
}

/* What goes before what is held, each in the order it came; of one fate alone where asked. */
static void order(struct tonight *t, const char *fate)
{
    struct entry *sorted = xcalloc(t->count ? t->count : 1, sizeof *sorted);
    size_t n = 0;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < t->count; i++)
            if (t->all[i].goes == (round == 0) && (!*fate || strcmp(fate, fates[round].code) == 0))
                sorted[n++] = t->all[i];
    free(t->all);
    t->all = sorted;
    t->count = n;
}

static bool gather(struct tonight *t, const struct tonight_query *q, const char *fate, struct err *e)
{
    struct stmt *st = tonight_handoffs(t->s->db, q, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        if (!add(t, col_int(st, 0), e)) {
            stmt_done(st);
            return false;
        }
    order(t, fate);
    return step != STEP_FAILED && tonight_last_run(t->s->db, &t->last_run, e);
}

/* ---- rows */

enum { COLUMN_COUNT = 17 };
static const struct column columns[COLUMN_COUNT] = {
    {.key = "handoff", .label = "Handoff", .kind = FIELD_REF, .width = 12},
    {.key = "fate", .label = "Tonight", .kind = FIELD_CHOICE, .width = 12, .choices = fates},
    {.key = "is_new", .label = "New", .kind = FIELD_FLAG, .width = 4},
    {.key = "action", .label = "Row", .kind = FIELD_CHOICE, .width = 10, .choices = actions},
    {.key = "person", .label = "Person", .kind = FIELD_REF, .width = 12},
    {.key = "name", .label = "Name", .kind = FIELD_TEXT, .width = 24, .flags = FIELD_PERSONAL},
    {.key = "organisation", .label = "Organisation", .kind = FIELD_TEXT, .width = 18},
    {.key = "organisation_name", .label = "Organisation's name", .kind = FIELD_TEXT, .width = 24},
    {.key = "service_name", .label = "Service", .kind = FIELD_TEXT, .width = 24},
    {.key = "need", .label = "Need", .kind = FIELD_CODE, .width = 20, .set = "need"},
    {.key = "why", .label = "Why held", .kind = FIELD_TEXT, .width = 40},
    {.key = "since", .label = "Since", .kind = FIELD_DATE, .width = 11},
    {.key = "urgent", .label = "Urgent", .kind = FIELD_FLAG, .width = 6},
    {.key = "worker", .label = "Worker", .kind = FIELD_TEXT, .width = 12},
    {.key = "referral", .label = "Referral", .kind = FIELD_REF, .width = 12},
    {.key = "service", .label = "Service's reference", .kind = FIELD_REF, .width = 12},
    {.key = "batch", .label = "Last went in", .kind = FIELD_TEXT, .width = 20},
};

/* When it came to be so. A correction is marked by a change of the handoff: its last one. */
static bool since_when(struct tonight *t, const struct entry *en, const struct handoff *h, int64_t *at, struct err *e)
{
    bool found;
    char login[64];
    *at = en->action == ROW_WITHDRAW ? h->stop_owed_at : h->state_at;
    return en->action != ROW_UPDATE || audit_last_change(t->s->db, "handoff", h->ref, &found, at, login, e);
}

static bool why_held(struct tonight *t, const struct entry *en, const struct handoff *h, struct buf *why, struct err *e)
{
    if (en->goes)
        return true;
    if (may_go(t, h, why)) /* beyond ASKED_MOST, and its gates have opened since */
        return why_kept(t, h, why, e);
    return true;
}

static bool give(struct tonight *t, const struct list *l, struct list_run *r, const struct entry *en, struct err *e)
{
    const struct handoff_facts *f = t->facts;
    struct handoff h;
    struct buf why = {0}, name = {0};
    char batch[CODE_SIZE], since[DATE_SIZE];
    int64_t at;
    if (!record_load(t->s->db, &handoff_type, en->id, &h, e) || !handoff_facts_load(t->s, t->facts, &h, e) ||
        !since_when(t, en, &h, &at, e) || !tonight_last_batch(t->s->db, h.id, batch, sizeof batch, e) ||
        !why_held(t, en, &h, &why, e)) {
        buf_free(&why);
        return false;
    }
    date_format(instant_day(at), since);
    if (engine_sight(t->s, &f->person) == SIGHT_FULL)
        buf_fmt(&name, "%s %s", f->person.given_name, f->person.family_name);
    else
        buf_str(&name, "•••");
    const struct cell cells[COLUMN_COUNT] = {
        {h.ref, FIELD_ABSENT},
        {fates[!en->goes].code, FIELD_ABSENT},
        {"", en->turned || at > t->last_run},
        {row_action_names[en->action], FIELD_ABSENT},
        {f->person.ref, FIELD_ABSENT},
        {buf_text(&name), FIELD_ABSENT},
        {f->organisation->code, FIELD_ABSENT},
        {f->organisation->name, FIELD_ABSENT},
        {f->service->name, FIELD_ABSENT},
        {h.need, FIELD_ABSENT},
        {buf_text(&why), FIELD_ABSENT},
        {since, FIELD_ABSENT},
        {"", h.urgent},
        {f->worker ? f->worker->login : "", FIELD_ABSENT},
        {f->referral.ref, FIELD_ABSENT},
        {f->service->ref, FIELD_ABSENT},
        {batch, FIELD_ABSENT},
    };
    bool ok = r->row(r->ctx, l, cells, e);
    buf_free(&why);
    buf_free(&name);
    return ok;
}

/* ---- the list */

struct tonight_filters {
    char organisation[CODE_SIZE], worker[CODE_SIZE], fate[CODE_SIZE];
};
static const struct field filter_fields[] = {
    {"organisation", "Organisation", FIELD_CODE, 0, FIELD_TEXT_AT(tonight_filters, organisation), .set = "organisation"},
    {"worker", "Worker", FIELD_CODE, 0, FIELD_TEXT_AT(tonight_filters, worker), .set = "user", .help = "login: whose people"},
    {"fate", "Tonight", FIELD_CHOICE, 0, FIELD_TEXT_AT(tonight_filters, fate), .choices = fates},
};

static bool resolve(struct session *s, const struct tonight_filters *f, struct tonight_query *q, struct err *e)
{
    struct organisation g = {.id = FIELD_ABSENT};
    struct user u = {.id = FIELD_ABSENT};
    if ((*f->organisation && !find_organisation(s, f->organisation, &g, e)) || (*f->worker && !find_user(s, f->worker, &u, e)))
        return false;
    q->organisation_id = g.id;
    q->worker_id = u.id;
    return true;
}

static size_t place_of(const struct tonight *t, const char *ref)
{
    size_t i = 0;
    while (i < t->count && strcmp(t->all[i].ref, ref) != 0)
        i++;
    return i;
}

static bool give_page(struct tonight *t, const struct list *l, struct list_run *r, struct err *e)
{
    size_t first = *r->after ? place_of(t, r->after) : 0;
    if (*r->after && first++ == t->count)
        return err_set(e, ERR_NOT_FOUND, "%s is no longer in this list; read it from its start.", r->after);
    for (size_t i = first; i < t->count && (r->limit == 0 || i < first + (size_t)r->limit); i++)
        if (!give(t, l, r, &t->all[i], e))
            return false;
    return true;
}

static bool run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r, struct err *e)
{
    const struct tonight_filters *f = filters;
    struct tonight t = {.s = s};
    struct tonight_query q = {.user_id = s->user.id};
    struct buf areas = {0};
    if (!codes_check(s, filter_fields, COUNT_OF(filter_fields), f, given, e) || !resolve(s, f, &q, e))
        return false;
    if (!engine_sees_all(s))
        buf_fmt(&areas, ",%s,", s->user.neighbourhoods);
    q.areas = buf_text(&areas);
    t.facts = handoff_facts_new();
    bool ok = gather(&t, &q, f->fate, e) && give_page(&t, l, r, e);
    r->total = (int64_t)t.count;
    handoff_facts_free(t.facts);
    free(t.all);
    buf_free(&areas);
    return ok;
}

static const struct list tonight = {
    .name = "tonight",
    .help = "What goes tonight, by organisation, and what is held and why.",
    .roles = ROLE_CARE | ROLE_REP,
    .columns = columns, .columns_count = COLUMN_COUNT,
    .filters = filter_fields, .filters_count = COUNT_OF(filter_fields), .filters_size = sizeof(struct tonight_filters),
    .run = run,
};
const struct list *const tonight_lists[] = {&tonight, NULL};

/* SPDX-License-Identifier: MIT
 *
 * `referral list`: one query for the caseload, its exports and reports,
 * newest first.
 */
#include <string.h>

#include "engine/args.h"
#include "store/referrals.h"

struct list_filters {
    char state[CODE_SIZE], worker[CODE_SIZE], neighbourhood[CODE_SIZE], person[REF_SIZE], need[CODE_SIZE];
    int64_t open, quiet;
};
static const struct field filter_fields[] = {
    {"state", "State", FIELD_CHOICE, 0, FIELD_TEXT_AT(list_filters, state), .choices = referral_states},
    {"open", "Open", FIELD_FLAG, 0, FIELD_INT_AT(list_filters, open), .help = "yes: received to paused"},
    {"worker", "Worker", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, worker), .set = "user",
     .help = "login"},
    {"neighbourhood", "Neighbourhood", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, neighbourhood),
     .set = "neighbourhood"},
    {"person", "Person", FIELD_REF, 0, FIELD_TEXT_AT(list_filters, person)},
    {"need", "Need", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, need), .set = "need"},
    {"quiet", "Quiet for", FIELD_INT, 0, FIELD_INT_AT(list_filters, quiet), .min = 0, .max = 3650,
     .unit = "days", .help = "nobody reached for so many days"},
};

/* In the order of referral_list_rows, after the person's neighbourhood. */
static const struct column columns[] = {
    {.key = "referral", .label = "Referral", .kind = FIELD_REF, .width = 12},
    {.key = "person", .label = "Person", .kind = FIELD_REF, .width = 12},
    {.key = "name", .label = "Name", .kind = FIELD_TEXT, .width = 24, .flags = FIELD_PERSONAL},
    {.key = "state",
     .label = "State",
     .kind = FIELD_CHOICE,
     .width = 20,
     .choices = referral_states},
    {.key = "received_on", .label = "Received", .kind = FIELD_DATE, .width = 11},
    {.key = "worker", .label = "Worker", .kind = FIELD_TEXT, .width = 12},
    {.key = "neighbourhood",
     .label = "Neighbourhood",
     .kind = FIELD_CODE,
     .width = 18,
     .set = "neighbourhood"},
    {.key = "last_reached_on", .label = "Last reached", .kind = FIELD_DATE, .width = 11},
    {.key = "urgent", .label = "Urgent", .kind = FIELD_FLAG, .width = 6},
    {.key = "source", .label = "Source", .kind = FIELD_CODE, .width = 16, .set = "source"},
    {.key = "close_reason",
     .label = "Why closed",
     .kind = FIELD_CHOICE,
     .width = 18,
     .choices = close_reasons},
    {.key = "closed_on", .label = "Closed", .kind = FIELD_DATE, .width = 11},
    {.key = "needs", .label = "Needs", .kind = FIELD_INT, .width = 5},
    {.key = "handoffs", .label = "Open handoffs", .kind = FIELD_INT, .width = 5},
};

static bool resolve(struct session *s, const struct list_filters *f, struct referral_query *q,
                    char reached_before[DATE_SIZE], struct err *e)
{
    struct user u = {.id = FIELD_ABSENT};
    struct person p = {.id = FIELD_ABSENT};
    if ((*f->worker && !find_user(s, f->worker, &u, e)) || (*f->person && !find_person(s, f->person, &p, e)))
        return false;
    q->worker_id = u.id;
    q->person_id = p.id;
    *reached_before = '\0';
    if (f->quiet != FIELD_ABSENT)
        date_format(session_today(s) - (day_t)f->quiet, reached_before);
    q->reached_before = reached_before;
    return true;
}

/* Scope stands in the query too, so that the total counts what may be seen; list_rows masks. */
static void scope(struct session *s, struct referral_query *q, struct buf *areas)
{
    q->user_id = s->user.id;
    if (!engine_sees_all(s))
        buf_fmt(areas, ",%s,", s->user.neighbourhoods);
    q->areas = buf_text(areas);
}

static bool run_list(struct session *s, const struct list *l, const void *filters, uint64_t given,
                     struct list_run *run, struct err *e)
{
    const struct list_filters *f = filters;
    struct referral_query q = {.state = f->state,
                               .neighbourhood = f->neighbourhood,
                               .need = f->need,
                               .open = f->open == 1};
    char reached_before[DATE_SIZE];
    bool want_total = run->want_total;
    if (!codes_check(s, filter_fields, COUNT_OF(filter_fields), f, given, e) ||
        !resolve(s, f, &q, reached_before, e) ||
        !list_page(s, run, referral_id_of_ref, &q.page, e))
        return false;
    struct buf areas = {0};
    scope(s, &q, &areas);
    struct stmt *st = referral_list_rows(s->db, &q, e);
    run->want_total = false; /* counted by a statement of its own */
    bool ok = st && list_rows(s, l, run, st, 1, 0, -1, e) &&
              (!want_total || referral_list_count(s->db, &q, &run->total, e));
    run->want_total = want_total;
    buf_free(&areas);
    return ok;
}

static const struct list referral_list = {
    .name = "referral list", .help = "Referrals, the newest first.", .roles = ROLE_CARE | ROLE_REP,
    .columns = columns, .columns_count = COUNT_OF(columns),
    .filters = filter_fields, .filters_count = COUNT_OF(filter_fields), .filters_size = sizeof(struct list_filters),
    .run = run_list, .both_ways = true,
};
const struct list *const referral_lists[] = {&referral_list, NULL};

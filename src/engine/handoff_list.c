/* SPDX-License-Identifier: MIT
 *
 * `handoff list`: one query, newest first; and the table of the handoff's
 * verbs.
 */
#include <string.h>

#include "engine/handoff_verbs.h"
#include "store/handoffs.h"

struct list_filters {
    char state[CODE_SIZE], need[CODE_SIZE], organisation[CODE_SIZE], service[REF_SIZE],
        worker[CODE_SIZE];
    char neighbourhood[CODE_SIZE], person[REF_SIZE], referral[REF_SIZE];
    int64_t held, news;
};
static const struct field filter_fields[] = {
    {"state", "State", FIELD_CHOICE, 0, FIELD_TEXT_AT(list_filters, state),
     .choices = handoff_states},
    {"need", "Need", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, need), .set = "need"},
    {"organisation", "Organisation", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, organisation),
     .set = "organisation"},
    {"service", "Service", FIELD_REF, 0, FIELD_TEXT_AT(list_filters, service)},
    {"worker", "Worker", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, worker), .set = "user"},
    {"neighbourhood", "Neighbourhood", FIELD_CODE, 0, FIELD_TEXT_AT(list_filters, neighbourhood),
     .set = "neighbourhood"},
    {"person", "Person", FIELD_REF, 0, FIELD_TEXT_AT(list_filters, person)},
    {"referral", "Referral", FIELD_REF, 0, FIELD_TEXT_AT(list_filters, referral)},
    {"held", "Held", FIELD_FLAG, 0, FIELD_INT_AT(list_filters, held),
     .help = "yes: the held ones, and why"},
    {"news", "News", FIELD_FLAG, 0, FIELD_INT_AT(list_filters, news),
     .help = "yes: answered since the worker looked; `handoff seen` takes one off"},
};

/* In the order of handoff_list_rows, after person's key and neighbourhood. */
static const struct column columns[] = {
    {.key = "handoff", .label = "Handoff", .kind = FIELD_REF, .width = 12},
    {.key = "person", .label = "Person", .kind = FIELD_REF, .width = 12},
    {.key = "name", .label = "Name", .kind = FIELD_TEXT, .width = 24, .flags = FIELD_PERSONAL},
    {.key = "referral", .label = "Referral", .kind = FIELD_REF, .width = 12},
    {.key = "need", .label = "Need", .kind = FIELD_CODE, .width = 20, .set = "need"},
    {.key = "service", .label = "Service", .kind = FIELD_REF, .width = 12},
    {.key = "service_name", .label = "Service name", .kind = FIELD_TEXT, .width = 24},
    {.key = "organisation", .label = "Organisation", .kind = FIELD_TEXT, .width = 18},
    {.key = "state",
     .label = "State",
     .kind = FIELD_CHOICE,
     .width = 18,
     .choices = handoff_states},
    {.key = "since", .label = "Since", .kind = FIELD_INSTANT, .width = 10},
    {.key = "urgent", .label = "Urgent", .kind = FIELD_FLAG, .width = 6},
    {.key = "reply_by", .label = "Reply by", .kind = FIELD_DATE, .width = 10},
    {.key = "worker", .label = "Worker", .kind = FIELD_TEXT, .width = 12},
    {.key = "neighbourhood",
     .label = "Neighbourhood",
     .kind = FIELD_CODE,
     .width = 16,
     .set = "neighbourhood"},
    {.key = "why", .label = "Why held", .kind = FIELD_TEXT, .width = 40},
};

static bool resolve(struct session *s, const struct list_filters *f, struct handoff_query *q,
                    struct err *e)
{
    struct organisation g = {.id = FIELD_ABSENT};
    struct service v = {.id = FIELD_ABSENT};
    struct user u = {.id = FIELD_ABSENT};
    struct person p = {.id = FIELD_ABSENT};
    struct referral r = {.id = FIELD_ABSENT};
    if ((*f->organisation && !find_organisation(s, f->organisation, &g, e)) ||
        (*f->service && !find_service(s, f->service, &v, e)) ||
        (*f->worker && !find_user(s, f->worker, &u, e)) ||
        (*f->person && !find_person(s, f->person, &p, e)) ||
        (*f->referral && !find_referral(s, f->referral, &r, NULL, e)))
        return false;
    q->organisation_id = g.id;
    q->service_id = v.id;
    q->worker_id = u.id;
    q->person_id = p.id;
    q->referral_id = r.id;
    return true;
}

/* Scope stands in the query too, so that the total counts what may be seen; list_rows masks. */
static void scope(struct session *s, struct handoff_query *q, struct buf *areas)
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
    struct handoff_query q = {.state = f->held == 1 ? "held" : f->state,
                              .neighbourhood = f->neighbourhood,
                              .need = f->need,
                              .news = f->news == 1};
    struct buf areas = {0};
    int64_t total = -1;
    if (f->held == 1 && *f->state && strcmp(f->state, "held") != 0)
        return err_field(e, "state", "held=yes lists the held ones; leave state= out.");
    if (!codes_check(s, filter_fields, COUNT_OF(filter_fields), f, given, e) ||
        !resolve(s, f, &q, e) || !list_page(s, run, handoff_id_of_ref, &q.page, e))
        return false;
    scope(s, &q, &areas);
    struct stmt *st = handoff_list_rows(s->db, &q, e);
    bool ok = st && list_rows(s, l, run, st, 2, 1, 0, e) &&
              (!run->want_total || handoff_list_count(s->db, &q, &total, e));
    run->total = total;
    buf_free(&areas);
    return ok;
}

static const struct list handoff_list = {
    .name = "handoff list",
    .help = "Handoffs, newest first.",
    .roles = ROLE_CARE | ROLE_REP,
    .columns = columns,
    .columns_count = COUNT_OF(columns),
    .filters = filter_fields,
    .filters_count = COUNT_OF(filter_fields),
    .filters_size = sizeof(struct list_filters),
    .run = run_list,
    .both_ways = true,
};

const struct list *const handoff_lists[] = {&handoff_list, NULL};
const struct verb *const handoff_verbs[] = {
    &handoff_plan,     &handoff_send,   &handoff_why,    &handoff_again,          &handoff_update,
    &handoff_rung,     &handoff_seen,   &handoff_withdraw, &handoff_reply,        &handoff_stop_confirmed,
    &handoff_review,   &handoff_re_route, &handoff_reopen, &handoff_error,        &handoff_show,
    NULL,
};

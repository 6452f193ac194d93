/* SPDX-License-Identifier: MIT
 *
 * Keeps the counts of store/summary.c in step, change by change: what a
 * record counted for before goes down, what it counts for now goes up.
 */
#include <string.h>

#include "engine/verify.h"
#include "engine/work.h"
#include "store/summary.h"

static bool counted(const struct referral *r)
{
    return strcmp(r->state, "draft") != 0 && strcmp(r->state, "error") != 0;
}

static void month_of(const char *date, char out[8])
{
    snprintf(out, 8, "%.7s", date);
}

bool summary_of_referral(const struct referral *r, int64_t delta, summary_fn *add, void *ctx, struct err *e)
{
    char month[8];
    month_of(r->received_on, month);
    if (!add(ctx, "referral_state", "", r->neighbourhood, r->state, delta, e))
        return false;
    if (counted(r) && !add(ctx, "referral_received", month, r->neighbourhood, r->source, delta, e))
        return false;
    if (strcmp(r->state, "closed") != 0)
        return true;
    month_of(r->closed_on, month);
    return add(ctx, "referral_closed", month, r->neighbourhood, r->close_reason, delta, e);
}

bool summary_of_need(const struct referral *r, const char *code, int64_t delta, summary_fn *add, void *ctx, struct err *e)
{
    char month[8];
    month_of(r->received_on, month);
    return !counted(r) || add(ctx, "need", month, r->neighbourhood, code, delta, e);
}

static bool add_now(void *ctx, const char *measure, const char *month, const char *neighbourhood, const char *code, int64_t delta,
                    struct err *e)
{
    struct session *s = ctx;
    return summary_add(s->db, measure, month, neighbourhood, code, delta, e);
}

static bool count_referral(struct session *s, const struct referral *r, int64_t delta, struct err *e)
{
    return summary_of_referral(r, delta, add_now, s, e);
}

static bool count_need(struct session *s, const struct referral *r, const char *code, int64_t delta, struct err *e)
{
    return summary_of_need(r, code, delta, add_now, s, e);
}

/* The needs of a referral count under its month and neighbourhood: they move with it. */
static bool move_needs(struct session *s, const struct referral *was, const struct referral *is, struct err *e)
{
    if (counted(was) == counted(is) && strncmp(was->received_on, is->received_on, 7) == 0 &&
        strcmp(was->neighbourhood, is->neighbourhood) == 0)
        return true;
    struct stmt *st = summary_needs_of(s->db, is->id, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW)
        if (!count_need(s, was, col_text(st, 0), -1, e) || !count_need(s, is, col_text(st, 0), 1, e)) {
            stmt_done(st);
            return false;
        }
    return step != STEP_FAILED;
}

static bool same_referral_counts(const struct referral *a, const struct referral *b)
{
    return strcmp(a->state, b->state) == 0 && strncmp(a->received_on, b->received_on, 7) == 0 &&
           strcmp(a->neighbourhood, b->neighbourhood) == 0 && strcmp(a->source, b->source) == 0 &&
           strcmp(a->close_reason, b->close_reason) == 0 && strncmp(a->closed_on, b->closed_on, 7) == 0;
}

static bool referral_changed(struct session *s, const struct referral *was, const struct referral *is, struct err *e)
{
    if (was && is && same_referral_counts(was, is))
        return true;
    return (!was || count_referral(s, was, -1, e)) && (!is || count_referral(s, is, 1, e)) &&
           (!was || !is || move_needs(s, was, is, e));
}

static bool count_own_need(struct session *s, const struct need *n, int64_t delta, struct err *e)
{
    struct referral r;
    return record_load(s->db, &referral_type, n->referral_id, &r, e) && count_need(s, &r, n->code, delta, e);
}

static bool need_changed(struct session *s, const struct need *was, const struct need *is, struct err *e)
{
    if (was && is && strcmp(was->code, is->code) == 0)
        return true;
    return (!was || count_own_need(s, was, -1, e)) && (!is || count_own_need(s, is, 1, e));
}

static bool handoff_changed(struct session *s, const struct handoff *was, const struct handoff *is, struct err *e)
{
    if (was && is && strcmp(was->state, is->state) == 0)
        return true;
    return (!was || summary_add(s->db, "handoff_state", "", "", was->state, -1, e)) &&
           (!is || summary_add(s->db, "handoff_state", "", "", is->state, 1, e));
}

bool summary_changed(struct session *s, const struct record_type *t, const void *before, const void *after, struct err *e)
{
    if (t == &referral_type)
        return referral_changed(s, before, after, e);
    if (t == &need_type)
        return need_changed(s, before, after, e);
    if (t == &handoff_type)
        return handoff_changed(s, before, after, e);
    return true;
}

bool summary_prove(struct session *s, int64_t *differ, char first[160], struct err *e)
{
    *differ = 0;
    *first = '\0';
    struct stmt *st = summary_differences(s->db, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW)
        if ((*differ)++ == 0)
            snprintf(first, 160, "%s %s %s %s: kept %lld, facts %lld", col_text(st, 0), col_text(st, 1), col_text(st, 2),
                     col_text(st, 3), (long long)col_int(st, 4), (long long)col_int(st, 5));
    return step != STEP_FAILED;
}

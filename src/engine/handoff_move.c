/* SPDX-License-Identifier: MIT
 *
 * Moving one handoff: the table says whether and where, the dates that go
 * with a state are set, events are kept (steps passed over too), the record
 * is written. Every change of a handoff's state in onward comes through
 * handoff_move.
 */
#include <string.h>

#include "engine/handoff_verbs.h"
#include "store/handoffs.h"

static bool is_by_hand(const char *how)
{
    return strcmp(how, "run") != 0 && strcmp(how, "file") != 0;
}

bool handoff_write(struct session *s, const struct handoff *before, struct handoff *h,
                   struct err *e)
{
    char about[REF_SIZE];
    return handoff_person_ref(s->db, h->person_id, about, e) &&
           engine_update(s, &handoff_type, before, h, about, e);
}

static bool add_event(struct session *s, const struct handoff *h, const struct handoff_step *step,
                      const char *action, const char *from, const char *to, const char *effect,
                      struct err *e)
{
    char today[DATE_SIZE];
    date_format(session_today(s), today);
    struct handoff_event ev = {
        .id = engine_id(s),
        .handoff_id = h->id,
        .at = session_now(s),
        .on_date = step->on_date && *step->on_date ? step->on_date : today,
        .event = action,
        .state_from = from,
        .state_to = to,
        .effect = effect,
        .how = step->how,
        .reply_id = step->reply_id,
        .note = step->note,
        .by_user = s->user.id,
    };
    return handoff_event_add(s->db, &ev, e);
}

bool handoff_note_event(struct session *s, const struct handoff *h, const struct handoff_step *step,
                        const char *effect, struct err *e)
{
    return add_event(s, h, step, step->action, h->state, h->state, effect, e);
}

bool handoff_note_undone(struct session *s, const struct handoff *before, const struct handoff *h,
                         const char *action, struct err *e)
{
    struct handoff_step step = {.action = action, .how = "desk", .reply_id = FIELD_ABSENT};
    return strcmp(before->state, h->state) == 0 ||
           (handoff_gates_clear(s->db, h->id, e) &&
            add_event(s, h, &step, action, before->state, h->state, "moved", e));
}

/* The action that leads from one state to another, for steps that a reply passed over. */
static const char *action_between(const char *from, const char *to, const char *otherwise)
{
    for (size_t i = 0; i < handoff_move_count; i++)
        if (strcmp(handoff_moves[i].from, from) == 0 && strcmp(handoff_moves[i].to, to) == 0)
            return handoff_moves[i].action;
    return otherwise;
}

static bool add_events(struct session *s, const struct handoff *h, const struct handoff_step *step,
                       const char *from, const char *to, struct err *e)
{
    const char *implied[6], *at = from;
    size_t n = text_starts(step->action, "reply_") ? handoff_implied(from, to, implied) : 0;
    for (size_t i = 0; i < n; i++) {
        if (!add_event(s, h, step, action_between(at, implied[i], step->action), at, implied[i],
                       "implied", e))
            return false;
        at = implied[i];
    }
    return add_event(s, h, step, step->action, at, to, "moved", e);
}

const char *handoff_target(const char *action)
{
    for (size_t i = 0; i < handoff_move_count; i++)
        if (strcmp(handoff_moves[i].action, action) == 0)
            return handoff_moves[i].to;
    return "";
}

const char *handoff_reply_from(const char *state, const char *action)
{
    const char *implied[6];
    if (!text_starts(action, "reply_") || !handoff_takes_update(state) ||
        workflow_find(MACHINE_HANDOFF, state, action))
        return state;
    size_t n = handoff_implied(state, handoff_target(action), implied);
    return n ? implied[n - 1] : state;
}

/* Where the move leads, as the table says. */
static bool target(const struct handoff *h, const char *from, const struct handoff_step *step,
                   char to[CODE_SIZE], struct err *e)
{
    const char *state = step->to;
    if (state && !workflow_to(MACHINE_HANDOFF, from, step->action, state))
        return err_rule(e, "H00", "%s: %s does not lead to %s.", h->ref, step->action,
                        choice_label(handoff_states, state));
    if (!state)
        state = workflow_find(MACHINE_HANDOFF, from, step->action)->to;
    if (strcmp(state, "=") == 0)
        state = h->state;
    else if (strcmp(state, "<") == 0)
        state = h->state_before;
    if (!*state)
        return err_rule(e, "H24", "%s has no earlier state to go back to.", h->ref);
    text_put(to, CODE_SIZE, state);
    return true;
}

/* The reply time runs from delivery once there is one. */
static void restart_reply_time(struct session *s, struct handoff *h)
{
    day_t by = date_parse(h->reply_by);
    if (by != DATE_NONE && h->exported_at != FIELD_ABSENT)
        date_format(by - instant_day(h->exported_at) + session_today(s), h->reply_by);
}

static void enter(struct session *s, struct handoff *h, const char *to)
{
    if (strcmp(h->state, to) == 0)
        return;
    text_put(h->state_before, sizeof h->state_before, h->state);
    text_put(h->state, sizeof h->state, to);
    h->state_at = session_now(s);
    if (strcmp(to, "queued") == 0) {
        h->queued_at = h->state_at;
    } else if (strcmp(to, "exported") == 0) {
        h->exported_at = h->state_at;
    } else if (strcmp(to, "delivered") == 0) {
        h->delivered_at = h->state_at;
        restart_reply_time(s, h);
    }
    if (!handoff_takes_update(to)) /* after an ending only a worker's own decision sends one */
        h->update_due = 0;
}

bool handoff_tell_worker(struct session *s, struct handoff *h, const struct handoff_step *step,
                         struct err *e)
{
    bool is_news = text_starts(step->action, "reply_") || strcmp(step->action, "no_response") == 0;
    bool by_them = false;
    struct referral r;
    if (is_by_hand(step->how)) {
        if (!record_load(s->db, &referral_type, h->referral_id, &r, e))
            return false;
        by_them = r.worker_id == s->user.id;
    }
    if (by_them || is_news)
        h->worker_told = by_them;
    return true;
}

bool handoff_move_from(struct session *s, const struct handoff *before, struct handoff *h,
                       const struct handoff_step *step, struct err *e)
{
    char from[CODE_SIZE], to[CODE_SIZE];
    unsigned allowed = is_by_hand(step->how) ? session_roles(s) : ROLE_ANY;
    const char *counts_from = handoff_reply_from(h->state, step->action);
    if (!workflow_allows(MACHINE_HANDOFF, counts_from, step->action, allowed, e) ||
        !target(h, counts_from, step, to, e))
        return false;
    text_put(from, sizeof from, h->state);
    enter(s, h, to);
    if (!handoff_tell_worker(s, h, step, e))
        return false;
    if (strcmp(from, "held") == 0 && strcmp(to, "held") != 0 &&
        !handoff_gates_clear(s->db, h->id, e))
        return false;
    return add_events(s, h, step, from, to, e) && handoff_write(s, before, h, e);
}

bool handoff_move(struct session *s, struct handoff *h, const struct handoff_step *step,
                  struct err *e)
{
    struct handoff before = *h;
    return handoff_move_from(s, &before, h, step, e);
}

/* ---- withdrawing */

bool handoff_owes_stop(const struct handoff *h)
{
    return *h->stop_reason && !*h->stop_confirmed_on;
}

bool handoff_was_sent(const struct handoff *h)
{
    return handoff_has_left(h->state) || h->exported_at != FIELD_ABSENT;
}

bool handoff_withdraw_as(struct session *s, struct handoff *h, const char *reason, const char *note,
                         const char *how, struct err *e)
{
    struct handoff before = *h;
    struct buf words = {0};
    buf_fmt(&words, "%s%s%s", choice_label(stop_reasons, reason), note && *note ? ": " : "",
            note ? note : "");
    struct handoff_step step = {
        .action = "withdraw", .how = how, .note = buf_text(&words), .reply_id = FIELD_ABSENT};
    h->update_due = 0;
    if (handoff_was_sent(h)) {
        text_put(h->stop_reason, sizeof h->stop_reason, reason);
        h->stop_owed_at = session_now(s);
        h->stop_batch_id = FIELD_ABSENT;
    }
    bool ok = handoff_move_from(s, &before, h, &step, e);
    if (!ok)
        *h = before;
    buf_free(&words);
    return ok;
}

/* For cascades (a consent withdrawn, a referral closed), whose own verb was checked. */
bool handoff_withdraw_one(struct session *s, struct handoff *h, const char *reason,
                          const char *note, struct err *e)
{
    return handoff_withdraw_as(s, h, reason, note, "run", e);
}

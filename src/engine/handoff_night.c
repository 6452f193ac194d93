/* SPDX-License-Identifier: MIT
 *
 * What a night does to a handoff: its row is frozen into a batch, the batch
 * is void and gives it back, or the batch has left. The run itself (which
 * rows, which files, which tries) is the exchange layer's.
 */
#include <stdio.h>
#include <string.h>

#include "engine/handoffs.h"
#include "store/handoffs.h"

const char *const row_action_names[] = {"new", "update", "withdraw"};

bool handoff_row_due(const struct handoff *h, enum row_action *action)
{
    if (handoff_owes_stop(h))
        *action = ROW_WITHDRAW;
    else if (strcmp(h->state, "queued") == 0)
        *action = ROW_NEW;
    else if (h->update_due == 1 && handoff_takes_correction(h))
        *action = ROW_UPDATE;
    else
        return false;
    return *action != ROW_WITHDRAW || h->stop_batch_id == FIELD_ABSENT;
}

int64_t handoff_row_revision(const struct handoff *h, enum row_action action)
{
    return action == ROW_NEW ? h->revision : h->revision + 1;
}

void handoff_row_id(const struct handoff *h, enum row_action action, char out[32])
{
    snprintf(out, 32, "%s-%lld", h->ref, (long long)handoff_row_revision(h, action));
}

void handoff_reply_by(struct session *s, const struct service *service, day_t from,
                      char out[DATE_SIZE])
{
    int64_t days = service->reply_days != FIELD_ABSENT ? service->reply_days
                                                       : session_setting(s, SET_REPLY_DAYS);
    date_format(from + (day_t)days, out);
}

static bool freeze_new(struct session *s, struct handoff *h, const struct batch *b,
                       const struct service *service, struct err *e)
{
    struct handoff before = *h;
    struct service loaded;
    if (!service) {
        if (!record_load(s->db, &service_type, h->service_id, &loaded, e))
            return false;
        service = &loaded;
    }
    handoff_reply_by(s, service, session_today(s), h->reply_by);
    struct handoff_step step = {
        .action = "export", .how = "run", .note = b->name, .reply_id = FIELD_ABSENT};
    return handoff_move_from(s, &before, h, &step, e);
}

bool handoff_freeze(struct session *s, struct handoff *h, enum row_action action,
                    const struct batch *b, const struct service *service, struct err *e)
{
    if (action == ROW_NEW)
        return freeze_new(s, h, b, service, e);
    struct handoff before = *h;
    struct handoff_step step = {
        .action = "export", .how = "run", .note = b->name, .reply_id = FIELD_ABSENT};
    h->revision = handoff_row_revision(h, action);
    h->update_due = 0;
    if (action == ROW_WITHDRAW)
        h->stop_batch_id = b->id;
    return handoff_note_event(s, h, &step, "history", e) && handoff_write(s, &before, h, e);
}

/* When the row never left, a stop that was asked for meanwhile has nobody to stop. */
static bool unfreeze_new(struct session *s, struct handoff *h, const struct batch *b,
                         const char *to, bool may_have_left, struct err *e)
{
    struct handoff before = *h;
    struct handoff_step step = {
        .action = "void", .to = to, .how = "run", .note = b->name, .reply_id = FIELD_ABSENT};
    bool is_stopped = handoff_owes_stop(h) && h->stop_batch_id == FIELD_ABSENT;
    if (strcmp(h->state, "exported") != 0 && (!is_stopped || may_have_left))
        return true;
    if (may_have_left && strcmp(to, "withdrawn") == 0)
        return handoff_withdraw_one(s, h, "consent_withdrawn", NULL, e);
    if (is_stopped)
        h->stop_reason[0] = '\0';
    if (!may_have_left)
        h->exported_at = FIELD_ABSENT;
    h->reply_by[0] = '\0';
    h->update_due = 0;
    if (strcmp(h->state, "withdrawing") == 0) {
        step.action = "stop_confirmed";
        step.to = NULL;
    } else if (is_stopped) { /* marked as error: it stays so */
        return handoff_note_event(s, h, &step, "history", e) && handoff_write(s, &before, h, e);
    }
    return handoff_move_from(s, &before, h, &step, e);
}

bool handoff_unfreeze(struct session *s, struct handoff *h, enum row_action action,
                      const struct batch *b, const char *to, bool may_have_left, struct err *e)
{
    if (action == ROW_NEW)
        return unfreeze_new(s, h, b, to, may_have_left, e);
    struct handoff before = *h;
    struct handoff_step step = {
        .action = "void", .how = "run", .note = b->name, .reply_id = FIELD_ABSENT};
    if (action == ROW_UPDATE)
        h->update_due = handoff_takes_correction(h);
    else if (h->stop_batch_id == b->id)
        h->stop_batch_id = FIELD_ABSENT;
    return handoff_note_event(s, h, &step, "history", e) && handoff_write(s, &before, h, e);
}

bool handoff_delivered(struct session *s, struct handoff *h, const struct handoff_step *how,
                       struct err *e)
{
    if (strcmp(h->state, "exported") == 0)
        return handoff_move(s, h, how, e);
    struct handoff before = *h;
    if (h->delivered_at == FIELD_ABSENT)
        h->delivered_at = session_now(s);
    return handoff_write(s, &before, h, e);
}

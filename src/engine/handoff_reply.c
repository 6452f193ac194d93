/* SPDX-License-Identifier: MIT
 *
 * What organisations say of a handoff. One judgement for answers by file and
 * for answers told at the desk: is it new, is it in order, is it legal. Then
 * the handoff moves, takes news, or the answer is kept as history; the answer
 * itself is always kept, with what became of it.
 */
#include <string.h>

#include "engine/handoff_verbs.h"
#include "store/handoffs.h"

static bool is_file(const struct reply *r)
{
    return strcmp(r->how, "file") == 0;
}

/* ---- judging */

static void action_of(const struct reply *r, char action[CODE_SIZE])
{
    struct buf b = {0};
    buf_fmt(&b, "reply_%s", r->status);
    text_put(action, CODE_SIZE,
             strcmp(r->status, "stopped") == 0 ? "stop_confirmed" : buf_text(&b));
    buf_free(&b);
}

/* Has this been said before, word for word? */
static bool said_before(struct session *s, const struct handoff *h, const struct reply *r,
                        bool *said, struct err *e)
{
    struct stmt *st = handoff_replies(s->db, h->id, e);
    struct reply was;
    if (!st)
        return false;
    *said = false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        record_read(st, 0, &reply_type, &was);
        if (strcmp(was.verdict, "refused") == 0 || strcmp(was.status, r->status) != 0 ||
            strcmp(was.on_date, r->on_date) != 0 || strcmp(was.declined_by, r->declined_by) != 0 ||
            strcmp(was.reason, r->reason) != 0 || strcmp(was.outcome, r->outcome) != 0 ||
            strcmp(was.note, r->note) != 0 ||
            strcmp(was.their_reference, r->their_reference) != 0 ||
            strcmp(was.their_worker, r->their_worker) != 0)
            continue;
        *said = true;
        stmt_done(st);
        return true;
    }
    return step != STEP_FAILED;
}

/* Nobody can answer what they have not had, nor on a day that has not come. */
static bool date_is_possible(struct session *s, const struct handoff *h, const struct reply *r,
                             bool on_withdraw_row, struct err *why)
{
    day_t on = date_parse(r->on_date);
    day_t sent = instant_day(on_withdraw_row && h->stop_owed_at != FIELD_ABSENT ? h->stop_owed_at
                                                                                : h->exported_at);
    char first[DATE_SIZE];
    date_format(sent, first);
    if (on == DATE_NONE)
        return err_rule(why, "reply.date",
                        "%s: the answer has no date; give the day on which they said it.", h->ref);
    if (on > session_today(s))
        return err_rule(why, "reply.date",
                        "%s: %s is still to come; give the day on which they said it.", h->ref,
                        r->on_date);
    if (on < sent)
        return err_rule(why, "reply.date",
                        "%s was sent on %s; an answer of %s is before that. Check the date.",
                        h->ref, first, r->on_date);
    return true;
}

/* Answers of one date: files in the order of their keys, anything told at the desk in the order of
 * telling. */
static bool is_older(const struct handoff *h, const struct reply *r, const char *order_key)
{
    int by_date = strcmp(r->on_date, h->last_reply_on);
    if (!*h->last_reply_on || by_date > 0)
        return false;
    return by_date < 0 ||
           (*order_key && *h->last_reply_key && strcmp(order_key, h->last_reply_key) < 0);
}

/* After a stop (or a mark as error) answers are history, but for the one that confirms it. */
static enum reply_fate judge_stopped(const struct handoff *h, const struct reply *r,
                                     bool on_withdraw_row)
{
    bool confirms = strcmp(r->status, "stopped") == 0 || strcmp(r->status, "received") == 0;
    return handoff_owes_stop(h) && on_withdraw_row && confirms ? REPLY_STOPS : REPLY_HISTORY;
}

static enum reply_fate judge_move(struct session *s, const struct handoff *h, const struct reply *r,
                                  struct err *why)
{
    char action[CODE_SIZE];
    action_of(r, action);
    if (strcmp(r->status, "did_not_attend") == 0)
        return handoff_is_open(h->state) ? REPLY_NEWS : REPLY_HISTORY;
    if (strcmp(r->status, "stopped") == 0) {
        err_rule(
            why, "reply.no_stop",
            "%s: no stop was asked for. If they will do no more, that is \"could not complete\".",
            h->ref);
        return REPLY_REFUSED;
    }
    if (strcmp(h->state, handoff_target(action)) == 0 && handoff_is_open(h->state))
        return REPLY_NEWS;
    unsigned who = is_file(r) ? ROLE_ANY : session_roles(s);
    bool legal =
        workflow_allows(MACHINE_HANDOFF, handoff_reply_from(h->state, action), action, who, why);
    return legal ? REPLY_MOVES : REPLY_REFUSED;
}

enum reply_fate handoff_judge_reply(struct session *s, const struct handoff *h,
                                    const struct reply *r, const char *order_key,
                                    bool on_withdraw_row, struct err *why)
{
    bool said;
    if (h->exported_at == FIELD_ABSENT) {
        err_rule(why, "reply.never_sent",
                 "%s was never sent to them; an answer to it must be meant for another.", h->ref);
        return REPLY_REFUSED;
    }
    if (!date_is_possible(s, h, r, on_withdraw_row, why) || !said_before(s, h, r, &said, why))
        return REPLY_REFUSED;
    /* "Stopped" said of the row before and of the withdraw row is two answers, and the second counts. */
    if (*h->stop_reason && judge_stopped(h, r, on_withdraw_row) == REPLY_STOPS)
        return REPLY_STOPS;
    if (said)
        return REPLY_SAME;
    if (*h->stop_reason)
        return REPLY_HISTORY;
    if (is_older(h, r, order_key))
        return REPLY_HISTORY;
    return judge_move(s, h, r, why);
}

/* ---- applying */

/* Their words as one of our codes: "No capacity" is no_capacity, what we have no code for is
 * "other" (or "not known", where a set has no other). The words themselves stay in the reply. */
static void coded(struct session *s, const char *set, const char *words, char out[CODE_SIZE])
{
    static const char other[] = "other";
    char code[CODE_SIZE];
    size_t n = strlen(words);
    *out = '\0';
    if (!n)
        return;
    text_put(out, CODE_SIZE, session_code_label(s, set, other) != other ? other : "not_known");
    if (n >= sizeof code)
        return;
    for (size_t i = 0; i <= n; i++) {
        char c = words[i];
        code[i] = c == ' ' || c == '-' ? '_' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    if (session_code_label(s, set, code) != code)
        text_put(out, CODE_SIZE, code);
}

static void take_news(struct session *s, struct handoff *h, const struct reply *r,
                      const char *order_key, const char *expected_on)
{
    text_put(h->last_reply_on, sizeof h->last_reply_on, r->on_date);
    text_put(h->last_reply_key, sizeof h->last_reply_key, order_key);
    if (*r->their_reference)
        text_put(h->their_reference, sizeof h->their_reference, r->their_reference);
    if (*r->their_worker)
        text_put(h->their_worker, sizeof h->their_worker, r->their_worker);
    if (*expected_on)
        text_put(h->expected_on, sizeof h->expected_on, expected_on);
    if (strcmp(r->status, "declined") == 0) {
        text_put(h->declined_by, sizeof h->declined_by, r->declined_by);
        coded(s, "decline_reason", r->reason, h->reason);
    } else if (strcmp(r->status, "could_not_complete") == 0) {
        coded(s, "fail_reason", r->reason, h->reason);
    } else if (strcmp(r->status, "completed") == 0) {
        coded(s, "handoff_outcome", r->outcome, h->outcome);
        text_put(h->outcome_on, sizeof h->outcome_on, r->on_date);
    }
}

bool handoff_confirm_stop(struct session *s, struct handoff *h, const struct handoff_step *step,
                          const char *note, struct err *e)
{
    struct handoff before = *h;
    text_put(h->stop_confirmed_on, sizeof h->stop_confirmed_on, step->on_date);
    text_put(h->stop_confirmed_how, sizeof h->stop_confirmed_how, step->how);
    if (!text_copy(h->stop_confirmed_note, sizeof h->stop_confirmed_note, note))
        return err_field(e, "by", "Who said it, to whom: at most %zu characters.",
                         sizeof h->stop_confirmed_note - 1);
    if (strcmp(h->state, "withdrawing") == 0)
        return handoff_move_from(s, &before, h, step, e);
    return handoff_note_event(s, h, step, "history", e) && handoff_write(s, &before, h, e);
}

struct fate_words {
    const char *verdict, *why;
};
static const struct fate_words fates[] = {
    [REPLY_MOVES] = {"applied", ""},
    [REPLY_NEWS] = {"applied", ""},
    [REPLY_HISTORY] = {"history",
                       "something later is known, or it was stopped: kept, moves nothing"},
    [REPLY_SAME] = {"same", "they said this before"},
    [REPLY_STOPS] = {"applied", ""},
    [REPLY_REFUSED] = {"refused", ""},
};

static bool keep_reply(struct session *s, const struct handoff *h, struct reply *r,
                       enum reply_fate fate, const struct err *why, struct err *e)
{
    char about[REF_SIZE];
    struct buf words = {0};
    r->id = engine_id(s);
    r->handoff_id = h->id;
    r->organisation_id = h->organisation_id;
    text_put(r->verdict, sizeof r->verdict, fates[fate].verdict);
    buf_str(&words, fate == REPLY_REFUSED ? why->text : fates[fate].why);
    if (!text_copy(r->why, sizeof r->why, buf_text(&words)))
        text_put(r->why, sizeof r->why, why->rule);
    buf_free(&words);
    return handoff_person_ref(s->db, h->person_id, about, e) &&
           engine_insert(s, &reply_type, r, about, e);
}

static bool apply(struct session *s, struct handoff *h, const struct reply *r, enum reply_fate fate,
                  const char *order_key, const char *expected_on, struct err *e)
{
    struct handoff before = *h;
    char action[CODE_SIZE];
    struct handoff_step step = {
        .action = action, .how = r->how, .reply_id = r->id, .on_date = r->on_date};
    action_of(r, action);
    switch (fate) {
    case REPLY_MOVES:
        take_news(s, h, r, order_key, expected_on);
        return handoff_move_from(s, &before, h, &step, e);
    case REPLY_NEWS:
        take_news(s, h, r, order_key, expected_on);
        return handoff_tell_worker(s, h, &step, e) &&
               handoff_note_event(s, h, &step, "history", e) && handoff_write(s, &before, h, e);
    case REPLY_STOPS:
        text_put(action, sizeof action, "stop_confirmed");
        return handoff_confirm_stop(s, h, &step, "", e);
    case REPLY_HISTORY:
        return handoff_note_event(s, h, &step, "history", e);
    case REPLY_SAME:
    case REPLY_REFUSED:
        return true;
    }
    return true;
}

bool handoff_apply_told(struct session *s, struct handoff *h, struct reply *r,
                        const char *order_key, bool on_withdraw_row, const char *expected_on,
                        struct err *e)
{
    struct err why = {0};
    enum reply_fate fate = handoff_judge_reply(s, h, r, order_key, on_withdraw_row, &why);
    if (why.code == ERR_STORE || why.code == ERR_BUSY) {
        *e = why;
        return false;
    }
    return keep_reply(s, h, r, fate, &why, e) && apply(s, h, r, fate, order_key, expected_on, e);
}

bool handoff_apply_reply(struct session *s, struct handoff *h, struct reply *r,
                         const char *order_key, bool on_withdraw_row, struct err *e)
{
    return handoff_apply_told(s, h, r, order_key, on_withdraw_row, "", e);
}

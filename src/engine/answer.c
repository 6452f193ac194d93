/* SPDX-License-Identifier: MIT
 *
 * Answering the referrer: what is owed, the letter that answers it, and that
 * it went. Until it is told, an answer is a line of the worklist.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/referrals.h"
#include "store/referrals.h"

static bool load_answers(struct session *s, const struct episode *ep, struct answer **rows,
                         size_t *n, struct err *e)
{
    void *all;
    if (!referral_children(s->db, &answer_type, ep->was.id, &all, n, e))
        return false;
    *rows = all;
    return true;
}

/* Answers still owed from before go with the new one to whoever has it. */
static bool pass_on(struct session *s, const struct episode *ep, int64_t worker_id, struct err *e)
{
    struct answer *rows;
    size_t n;
    if (!load_answers(s, ep, &rows, &n, e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct answer now = rows[i];
        now.worker_id = worker_id;
        ok = *now.told_on || engine_update(s, &answer_type, &rows[i], &now, ep->person.ref, e);
    }
    free(rows);
    return ok;
}

bool answer_owe(struct session *s, const struct episode *ep, const char *event, struct outcome *o,
                struct err *e)
{
    struct answer a;
    int64_t worker_id = ep->now.worker_id == FIELD_ABSENT ? s->user.id : ep->now.worker_id;
    if (strcmp(ep->was.source, "self") == 0)
        return true;
    if (!pass_on(s, ep, worker_id, e))
        return false;
    record_init(&answer_type, &a);
    a.referral_id = ep->was.id;
    a.worker_id = worker_id;
    text_put(a.event, sizeof a.event, event);
    today_text(s, a.owed_on);
    if (!engine_insert(s, &answer_type, &a, ep->person.ref, e))
        return false;
    outcome_say(o,
                "The referrer is owed an answer: `onward referral letter %s`, then `onward "
                "referral told %s told=..`.",
                ep->was.ref, ep->was.ref);
    return true;
}

static bool settle(struct session *s, const struct episode *ep, const struct answer *was,
                   const char *told, const char *on, struct err *e)
{
    struct answer now = *was;
    text_put(now.told, sizeof now.told, told);
    text_put(now.told_on, sizeof now.told_on, on);
    now.told_by = s->user.id;
    return engine_update(s, &answer_type, was, &now, ep->person.ref, e);
}

bool answers_settle(struct session *s, const struct episode *ep, bool all, const char *why, struct err *e)
{
    struct answer *rows;
    size_t n;
    char today[DATE_SIZE];
    if (!load_answers(s, ep, &rows, &n, e))
        return false;
    today_text(s, today);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        if (!*rows[i].told_on && (all || strcmp(rows[i].event, "accepted") != 0))
            ok = settle(s, ep, &rows[i], why, today, e);
    free(rows);
    return ok;
}

/* ---- letter */

struct letter_args {
    char referral[REF_SIZE];
    char event[CODE_SIZE];
};
static const struct field letter_fields[] = {
    ARG_REFERRAL(letter_args),
    {"event", "About", FIELD_CHOICE, 0, FIELD_TEXT_AT(letter_args, event), .choices = answer_events,
     .help = "the answer owed last unless given"},
};

/* The answer that was asked for, else the last one. */
static bool choose(struct session *s, const struct episode *ep, const char *event,
                   struct answer *out, struct err *e)
{
    struct answer *rows;
    size_t n;
    bool found = false;
    if (!load_answers(s, ep, &rows, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!*event || strcmp(rows[i].event, event) == 0) {
            *out = rows[i];
            found = true;
        }
    free(rows);
    return found || err_rule(e, "letter", "No answer%s%s is owed for %s, so there is no letter.",
                             *event ? " about: " : "",
                             *event ? choice_label(answer_events, event) : "", ep->was.ref);
}

static bool letter_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct letter_args *a = args;
    struct episode ep;
    struct answer answer;
    (void)given;
    if (!episode_find(s, a->referral, &ep, e) || !choose(s, &ep, a->event, &answer, e))
        return false;
    struct buf text = {0}, csv = {0};
    bool ok = letter_write(s, &ep, &answer, &text, &csv, e) &&
              engine_audit(s, "exported", "referral", ep.was.ref, ep.person.ref, "letter", e);
    if (ok) {
        outcome_of(o, &referral_type, &ep.was);
        buf_str(&o->text, buf_text(&text));
        o->detail =
            json_pack("{s:s, s:s, s:s, s:s, s:s}", "referral", ep.was.ref, "person", ep.person.ref,
                      "event", answer.event, "letter", buf_text(&text), "csv", buf_text(&csv));
    }
    buf_free(&text);
    buf_free(&csv);
    return ok;
}
static const struct verb referral_letter = {
    .name = "referral letter",
    .help = "Writes the letter that answers the referrer.",
    .roles = ROLE_CARE,
    .args = letter_fields,
    .count = COUNT_OF(letter_fields),
    .size = sizeof(struct letter_args),
    .run = letter_run,
    .reads = true,
};

/* ---- told */

struct told_args {
    char referral[REF_SIZE];
    struct answer a;
};
static const struct field told_fields[] = {
    ARG_REFERRAL(told_args),
    {"told", "Told how", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(told_args, a.told), .max = ARG_LINE,
     .help = "letter, e-mail, telephone"},
    {"on", "On", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(told_args, a.told_on), .help = "today unless given"},
    {"event", "About", FIELD_CHOICE, 0, FIELD_TEXT_AT(told_args, a.event), .choices = answer_events,
     .help = "every answer owed unless given"},
};

static bool told_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct told_args *a = args;
    struct episode ep;
    struct answer *rows;
    size_t n, told = 0;
    char on[DATE_SIZE];
    (void)given;
    if (!episode_find(s, a->referral, &ep, e) || !load_answers(s, &ep, &rows, &n, e))
        return false;
    text_put(on, sizeof on, a->a.told_on);
    if (!*on)
        today_text(s, on);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        if (*rows[i].told_on || (*a->a.event && strcmp(rows[i].event, a->a.event) != 0))
            continue;
        ok = strcmp(on, rows[i].owed_on) >= 0
                 ? settle(s, &ep, &rows[i], a->a.told, on, e)
                 : err_field(e, "on",
                             "The answer is owed since %s; it cannot have been told before.",
                             rows[i].owed_on);
        told++;
    }
    free(rows);
    if (!ok)
        return false;
    if (!told)
        return err_rule(e, "told", "The referrer of %s is owed no such answer.", ep.was.ref);
    engine_step_title(s, "told the referrer of %s", ep.was.ref);
    outcome_of(o, &referral_type, &ep.was);
    outcome_say(o, "The referrer of %s was told on %s.", ep.was.ref, on);
    return true;
}
static const struct verb referral_told =
    VERB("referral told", "Records that the referrer was answered, how and when.",
         ROLE_CARE, told_fields, told_args, told_run);

const struct verb *const answer_verbs[] = {&referral_letter, &referral_told, NULL};

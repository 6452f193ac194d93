/* SPDX-License-Identifier: MIT
 *
 * How an episode ends, and how an ending is taken back. One table says which
 * reason goes with which way of ending, whether every need must have its
 * outcome, and what the organisations are told of why a handoff stops.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/handoffs.h"
#include "engine/referrals.h"
#include "store/referrals.h"

static const struct ending {
    const char *reason;  /* of close_reasons */
    const char *actions; /* comma-separated: by which a person may give it */
    bool outcomes;       /* every need needs one (R14) */
    const char *stop;    /* of stop_reasons */
} endings[] = {
    {"completed", "close", true, "no_longer_needed"},
    {"person_declined", "decline", false, "no_longer_needed"},
    {"disengaged", "close", true, "no_longer_needed"},
    {"unable_to_contact", "unable_to_contact", false, "no_longer_needed"},
    {"moved_away", "turn_away,close", false, "moved"},
    {"died", "", false, "died"},
    {"transferred", "turn_away,close", false, "no_longer_needed"},
    {"not_appropriate", "turn_away,close", true, "no_longer_needed"},
    {"no_capacity", "turn_away,close", true, "no_longer_needed"},
    {"needs_met_elsewhere", "turn_away,close", true, "no_longer_needed"},
    {"duplicate", "turn_away,close", false, "sent_in_error"},
};

static const struct ending *ending_of(const char *reason)
{
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (strcmp(endings[i].reason, reason) == 0)
            return &endings[i];
    die("close reason %s has no row in the table of endings", reason);
}

bool ending_allows(const char *action, const char *reason, struct err *e)
{
    const struct ending *end = ending_of(reason);
    if (codes_have(end->actions, action))
        return true;
    if (strcmp(reason, "person_declined") == 0)
        return err_field(e, "reason", "That a person declined has its own command: onward referral decline.");
    if (strcmp(reason, "unable_to_contact") == 0)
        return err_field(
            e, "reason",
            "That nobody was reached has its own command: onward referral unable-to-contact.");
    if (strcmp(reason, "died") == 0)
        return err_field(e, "reason",
                         "Record the death once, on the person: onward person died REF on=.. It "
                         "closes the referral too.");
    struct buf fit = {0};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (codes_have(endings[i].actions, action))
            buf_fmt(&fit, "%s%s", fit.len ? ", " : "", endings[i].reason);
    err_field(e, "reason", "\"%s\" does not go with this. Known: %s.", reason, buf_text(&fit));
    buf_free(&fit);
    return false;
}

void episode_end(struct session *s, struct episode *ep, const char *reason, const char *note)
{
    today_text(s, ep->now.closed_on);
    text_put(ep->now.close_reason, sizeof ep->now.close_reason, reason);
    text_put(ep->now.close_note, sizeof ep->now.close_note, note);
    *ep->now.call_back_on = '\0';
}

/* The references of handoffs that left and go on without the episode. */
static bool left_to_run(struct session *s, const struct episode *ep, json_t *refs,
                        struct buf *words, struct err *e)
{
    void *rows;
    size_t n;
    if (!referral_children(s->db, &handoff_type, ep->was.id, &rows, &n, e))
        return false;
    const struct handoff *h = rows;
    for (size_t i = 0; i < n; i++)
        if (handoff_has_left(h[i].state) && handoff_is_open(h[i].state) &&
            strcmp(h[i].state, "withdrawing") != 0) {
            json_array_append_new(refs, json_string(h[i].ref));
            buf_fmt(words, "%s%s", words->len ? ", " : "", h[i].ref);
        }
    free(rows);
    return true;
}

/* Withdraws the open handoffs of an episode that ends; `leave_sent`: those that left go on, and are named. */
static bool stop_handoffs(struct session *s, const struct episode *ep, const char *stop,
                          bool leave_sent, struct outcome *o, struct err *e)
{
    int64_t withdrawn = 0, left = 0;
    if (!handoffs_withdraw_referral(s, ep->was.id, stop, leave_sent, &withdrawn, &left, e))
        return false;
    json_t *refs = json_array();
    struct buf words = {0};
    bool ok = left_to_run(s, ep, refs, &words, e);
    if (ok && withdrawn)
        outcome_say(o, "%lld open %s withdrawn; what had left is stopped with tonight's packages.",
                    (long long)withdrawn, withdrawn == 1 ? "handoff is" : "handoffs are");
    if (ok && words.len)
        outcome_say(o, "Left to run: %s. Replies go to the last worker, else to the manager.",
                    buf_text(&words));
    if (ok && !o->detail)
        o->detail = json_pack("{s:I, s:O}", "withdrawn", (json_int_t)withdrawn, "left_to_run", refs);
    json_decref(refs);
    buf_free(&words);
    return ok;
}

bool ending_stops(struct session *s, const struct episode *ep, const char *reason, bool leave_sent,
                  struct outcome *o, struct err *e)
{
    return stop_handoffs(s, ep, ending_of(reason)->stop, leave_sent, o, e);
}

/* ---- decline, unable to contact */

struct note_args {
    char referral[REF_SIZE];
    char note[LONG_SIZE];
};
static const struct field note_fields[] = {
    ARG_REFERRAL(note_args),
    {"note", "Note", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(note_args, note), .max = ARG_LONG},
};

static bool decline_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                        struct err *e)
{
    const struct note_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "decline", &ep, e))
        return false;
    episode_end(s, &ep, "person_declined", a->note);
    if (!episode_move(s, &ep, "decline", "recorded as declined", o, e))
        return false;
    outcome_say(o, "%s is closed: declined by the person.", ep.was.ref);
    return ending_stops(s, &ep, "person_declined", false, o, e) &&
           answer_owe(s, &ep, "declined", o, e);
}
const struct verb referral_decline =
    VERB("referral decline", "Closes a referral because the person declined.",
         ROLE_CARE, note_fields, note_args, decline_run);

static bool unable_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct note_args *a = args;
    struct episode ep;
    int64_t days, wanted = session_setting(s, SET_ATTEMPT_DAYS);
    (void)given;
    if (!episode_for(s, a->referral, "unable_to_contact", &ep, e) ||
        !referral_attempt_days(s->db, ep.was.id, &days, e))
        return false;
    if (days < wanted)
        return err_rule(e, "R11",
                        "Contact with %s was tried on %lld different %s; %lld are needed. Log each "
                        "try: onward referral contact %s mode=.. outcome=..",
                        ep.was.ref, (long long)days, days == 1 ? "day" : "days", (long long)wanted,
                        ep.was.ref);
    episode_end(s, &ep, "unable_to_contact", a->note);
    if (!episode_move(s, &ep, "unable_to_contact", "closed as unable to contact", o, e))
        return false;
    outcome_say(o, "%s is closed: unable to contact, after tries on %lld days.", ep.was.ref, (long long)days);
    return ending_stops(s, &ep, "unable_to_contact", false, o, e) &&
           answer_owe(s, &ep, "closed", o, e);
}
const struct verb referral_unable =
    VERB("referral unable-to-contact", "Closes a referral after tries on enough different days.",
         ROLE_CARE, note_fields, note_args, unable_run);

/* ---- close */

struct close_args {
    char referral[REF_SIZE];
    char reason[CODE_SIZE];
    char note[LONG_SIZE];
    int64_t leave_sent;
};
static const struct field close_fields[] = {
    ARG_REFERRAL(close_args),
    {"reason", "Reason", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(close_args, reason),
     .choices = close_reasons},
    {"note", "Note", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(close_args, note), .max = ARG_LONG},
    {"leave_sent", "Leave what was sent", FIELD_FLAG, 0, FIELD_INT_AT(close_args, leave_sent),
     .help = "yes: handoffs that left go on without us"},
};

static bool needs_have_outcomes(struct session *s, const struct episode *ep, struct err *e)
{
    void *rows;
    size_t n;
    if (!referral_children(s->db, &need_type, ep->was.id, &rows, &n, e))
        return false;
    const struct need *need = rows;
    struct buf missing = {0};
    for (size_t i = 0; i < n; i++)
        if (!*need[i].outcome)
            buf_fmt(&missing, "%s%s", missing.len ? ", " : "", need[i].code);
    free(rows);
    bool ok = !missing.len || err_rule(e, "R14",
                                       "Every need has its outcome first; missing: %s. For each: "
                                       "onward need outcome %s need=.. outcome=..",
                                       buf_text(&missing), ep->was.ref);
    buf_free(&missing);
    return ok;
}

static bool close_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct close_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "close", &ep, e) || !ending_allows("close", a->reason, e))
        return false;
    const struct ending *end = ending_of(a->reason);
    if (end->outcomes && !needs_have_outcomes(s, &ep, e))
        return false;
    episode_end(s, &ep, a->reason, a->note);
    if (!episode_move(s, &ep, "close", "closed", o, e))
        return false;
    outcome_say(o, "%s is closed: %s.", ep.was.ref, choice_label(close_reasons, a->reason));
    return ending_stops(s, &ep, a->reason, a->leave_sent == 1, o, e) && answer_owe(s, &ep, "closed", o, e);
}
const struct verb referral_close =
    VERB("referral close", "Closes a referral, every need with its outcome; open handoffs are withdrawn.",
         ROLE_CARE, close_fields, close_args, close_run);

bool referral_close_for_death(struct session *s, const struct person *p, int64_t *closed,
                              int64_t *withdrawn, struct err *e)
{
    void *rows;
    size_t n;
    int64_t stopped = 0;
    if (!handoffs_withdraw_person(s, p->id, NULL, ending_of("died")->stop, &stopped, e) ||
        !referral_children(s->db, &referral_type, p->id, &rows, &n, e))
        return false;
    *withdrawn += stopped;
    const struct referral *r = rows;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        if (!referral_is_open(r[i].state))
            continue;
        struct episode ep = {.was = r[i], .now = r[i], .person = *p};
        episode_end(s, &ep, "died", "");
        ok = workflow_allows(MACHINE_REFERRAL, r[i].state, "close", session_roles(s), e) &&
             episode_move(s, &ep, "close", "closed", NULL, e) &&
             answers_settle(s, &ep, true, "not needed: the person died", e);
        ++*closed;
    }
    free(rows);
    return ok;
}

/* ---- reopen, mark as error */

struct reason_args {
    char referral[REF_SIZE];
    char reason[LONG_SIZE];
};
static const struct field reason_fields[] = {
    ARG_REFERRAL(reason_args),
    {"reason", "Reason", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, FIELD_TEXT_AT(reason_args, reason),
     .max = ARG_LONG},
};

static bool reopen_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct reason_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "reopen", &ep, e) || !episode_may_open(s, &ep, "R15", e))
        return false;
    if (!referral_is_open(ep.was.state_before))
        return err_rule(e, "R15",
                        "%s came closed from an import, so there is no state to go back to: start "
                        "a new referral.",
                        ep.was.ref);
    *ep.now.closed_on = *ep.now.close_reason = *ep.now.close_note = '\0';
    text_put(ep.now.move_reason, sizeof ep.now.move_reason, a->reason);
    if (!episode_move(s, &ep, "reopen", "reopened", o, e) ||
        !answers_settle(s, &ep, false, "not needed: reopened", e))
        return false;
    outcome_say(o, "%s is open again: %s. Handoffs that were withdrawn stay so; plan new ones.", ep.was.ref,
                choice_label(referral_states, ep.now.state));
    return true;
}
const struct verb referral_reopen =
    VERB("referral reopen", "Reopens a closed referral in the state it had before.",
         ROLE_CARE, reason_fields, reason_args, reopen_run);

static bool error_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct reason_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_for(s, a->referral, "error", &ep, e))
        return false;
    text_put(ep.now.move_reason, sizeof ep.now.move_reason, a->reason);
    *ep.now.call_back_on = '\0';
    if (!episode_move(s, &ep, "error", "marked as error", o, e) ||
        !answers_settle(s, &ep, true, "not needed: entered in error", e))
        return false;
    outcome_say(o, "%s is marked as entered in error; it leaves every count and is kept.", ep.was.ref);
    return stop_handoffs(s, &ep, "sent_in_error", false, o, e);
}
const struct verb referral_error =
    VERB("referral error", "Marks a referral as entered in error; open handoffs are withdrawn.",
         ROLE_CARE, reason_fields, reason_args, error_run);

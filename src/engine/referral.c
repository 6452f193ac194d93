/* SPDX-License-Identifier: MIT
 *
 * A person's episode: finding it, moving it through the workflow table and
 * writing it once. The verbs stand beside it: referral_start.c (until it is
 * received), referral_triage.c (who takes it), referral_course.c (working
 * together), referral_end.c (how it ends), referral_show.c and referral_list.c.
 */
#include "engine/referrals.h"

#include <string.h>

#include "engine/handoffs.h"
#include "store/referrals.h"

bool episode_find(struct session *s, const char *ref, struct episode *ep, struct err *e)
{
    if (!find_referral(s, ref, &ep->was, &ep->person, e))
        return false;
    ep->now = ep->was;
    return true;
}

bool episode_find_by_id(struct session *s, int64_t referral_id, struct episode *ep, struct err *e)
{
    struct referral r;
    return record_load(s->db, &referral_type, referral_id, &r, e) && episode_find(s, r.ref, ep, e);
}

bool episode_for(struct session *s, const char *ref, const char *action, struct episode *ep, struct err *e)
{
    return episode_find(s, ref, ep, e) &&
           workflow_allows(MACHINE_REFERRAL, ep->was.state, action, session_roles(s), e);
}

static void enter_state(struct session *s, struct episode *ep, const char *action)
{
    const struct move *m = workflow_find(MACHINE_REFERRAL, ep->was.state, action);
    if (!m)
        die("no move %s from %s: ask workflow_allows first", action, ep->was.state);
    const char *to = strcmp(m->to, "<") == 0 ? ep->was.state_before : m->to;
    if (strcmp(to, "=") == 0 || strcmp(to, ep->was.state) == 0)
        return;
    text_put(ep->now.state_before, sizeof ep->now.state_before, ep->was.state);
    text_put(ep->now.state, sizeof ep->now.state, to);
    ep->now.state_at = session_now(s);
}

bool episode_move(struct session *s, struct episode *ep, const char *action, const char *done,
                  struct outcome *o, struct err *e)
{
    enter_state(s, ep, action);
    return episode_write(s, ep, done, o, e);
}

bool episode_write(struct session *s, struct episode *ep, const char *done, struct outcome *o,
                   struct err *e)
{
    engine_step_title(s, "%s %s", done, ep->was.ref);
    if (!engine_update(s, &referral_type, &ep->was, &ep->now, ep->person.ref, e))
        return false;
    if (o)
        outcome_of(o, &referral_type, &ep->now);
    return true;
}

bool episode_recheck(struct session *s, const struct episode *ep, struct outcome *o, struct err *e)
{
    struct recheck_counts c = {0};
    if (!handoffs_recheck_person(s, ep->person.id, &c, e))
        return false;
    if (c.held)
        outcome_say(o,
                    "%lld of their handoffs %s now held: `onward handoff list person=%s "
                    "state=held` says why.",
                    (long long)c.held, c.held == 1 ? "is" : "are", ep->person.ref);
    if (c.released)
        outcome_say(o, "%lld held %s again.", (long long)c.released,
                    c.released == 1 ? "handoff goes" : "handoffs go");
    o->partly = o->partly || c.held > 0;
    return true;
}

/* ---- what must be so */

bool episode_must_be_open(const struct episode *ep, bool draft_too, struct err *e)
{
    const char *state = ep->was.state;
    if (referral_is_open(state) || (draft_too && strcmp(state, "draft") == 0))
        return true;
    if (strcmp(state, "draft") == 0)
        return err_rule(e, "referral.open", "%s is still a draft: submit it first.", ep->was.ref);
    if (strcmp(state, "closed") == 0)
        return err_rule(e, "referral.open",
                        "%s is closed: reopen it first, or start a new referral.", ep->was.ref);
    return err_rule(e, "referral.open", "%s was entered in error: nothing more is recorded on it.",
                    ep->was.ref);
}

bool episode_must_count(const struct episode *ep, struct err *e)
{
    if (strcmp(ep->was.state, "error") != 0)
        return true;
    return err_rule(e, "referral.open", "%s was entered in error: nothing more is recorded on it.",
                    ep->was.ref);
}

bool episode_may_open(struct session *s, const struct episode *ep, const char *rule, struct err *e)
{
    if (*ep->person.died_on)
        return err_rule(e, rule, "%s has died; no referral can be open.", ep->person.ref);
    if (*ep->now.second_reason)
        return true;
    char other[REF_SIZE];
    if (!referral_open_of_person(s->db, ep->person.id, ep->now.id, other, e))
        return false;
    return !*other ||
           err_rule(e, rule,
                    "%s already has an open referral, %s. Add this one to it as another source "
                    "(`onward referral source %s ..`), or say why a second is needed with "
                    "second_reason=.",
                    ep->person.ref, other, other);
}

/* Unless it is "none" from the first, the answer is explained: the next reader must know what was found. */
bool episode_safeguarding(struct episode *ep, const char *answer, const char *note,
                          const char *note_key, struct err *e)
{
    bool concern = strcmp(answer, "concern") == 0, was_concern = strcmp(ep->was.safeguarding, "concern") == 0;
    if (strcmp(answer, ep->was.safeguarding) == 0 && !*note)
        return true;
    if (strcmp(answer, "not_asked") == 0)
        return err_field(
            e, "safeguarding",
            "\"Not asked\" is what an import records; answer none, concern or not_yet.");
    if ((concern || was_concern) && !*note)
        return err_field(e, note_key, "Say in %s= %s.", note_key,
                         concern ? "what the concern is" : "how the concern was settled");
    text_put(ep->now.safeguarding, sizeof ep->now.safeguarding, answer);
    if (*note)
        text_put(ep->now.safeguarding_note, sizeof ep->now.safeguarding_note, note);
    /* An earlier "handing on is safe" was said of an earlier concern. */
    *ep->now.safe_by = *ep->now.safe_why = *ep->now.safe_on = '\0';
    return true;
}

const struct verb *const referral_verbs[] = {
    &referral_start,
    &referral_submit,
    &referral_discard,
    &referral_edit,
    &referral_source_verb,
    &referral_accept,
    &referral_turn_away,
    &referral_allocate,
    &referral_reallocate,
    &referral_reallocate_all,
    &referral_return,
    &referral_begin,
    &referral_pause,
    &referral_resume,
    &referral_safeguarding,
    &referral_safe,
    &referral_decline,
    &referral_unable,
    &referral_close,
    &referral_reopen,
    &referral_error,
    &referral_show,
    NULL,
};

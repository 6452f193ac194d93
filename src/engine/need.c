/* SPDX-License-Identifier: MIT
 *
 * The needs of a person in an episode, each with its outcome in the end. One
 * of them is the main one: naming another takes the mark from the first.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/referrals.h"
#include "store/referrals.h"

/* `n` is the need in the arguments; its code is given as need=. */
#define ABOUT_NEED(type)                                                                                      \
    {"severity", "How bad", FIELD_INT, 0, FIELD_INT_AT(type, n.severity), .min = 1, .max = 5,                 \
     .help = "1 slight, 5 a crisis"},                                                                         \
    {"found", "Found", FIELD_CHOICE, 0, FIELD_TEXT_AT(type, n.found), .choices = need_founds},                \
    {"main", "Main need", FIELD_FLAG, 0, FIELD_INT_AT(type, n.is_main)},                                      \
    {"note", "Note", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(type, n.note), .max = ARG_LONG}
#define WHICH_NEED(type)                                                                                      \
    {                                                                                                         \
        "need", "Need", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(type, n.code), .set = "need"                \
    }

struct need_args {
    char referral[REF_SIZE];
    struct need n;
};
static const struct field need_fields[] = {ARG_REFERRAL(need_args), WHICH_NEED(need_args), ABOUT_NEED(need_args)};

/* Takes the mark of the main need from whichever has it. */
static bool unmark_main(struct session *s, const struct episode *ep, const char *but, struct err *e)
{
    void *rows;
    size_t n;
    if (!referral_children(s->db, &need_type, ep->was.id, &rows, &n, e))
        return false;
    const struct need *need = rows;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct need after = need[i];
        after.is_main = 0;
        if (need[i].is_main == 1 && strcmp(need[i].code, but) != 0)
            ok = engine_update(s, &need_type, &need[i], &after, ep->person.ref, e);
    }
    free(rows);
    return ok;
}

static bool is_first(struct session *s, const struct episode *ep, bool *first, struct err *e)
{
    void *rows;
    size_t n;
    if (!referral_children(s->db, &need_type, ep->was.id, &rows, &n, e))
        return false;
    free(rows);
    *first = n == 0;
    return true;
}

static void say_of_need(struct session *s, const struct episode *ep, const struct need *n,
                        struct outcome *o, const char *done)
{
    outcome_of(o, &referral_type, &ep->was);
    engine_step_title(s, "%s need %s of %s", done, n->code, ep->was.ref);
    outcome_say(o, "%s: %s %s.", ep->was.ref, session_code_label(s, "need", n->code), done);
    o->detail = json_pack("{s:s}", "need", n->code);
}

static bool add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct need_args *a = args;
    struct episode ep;
    struct need known, n = a->n;
    bool found, first;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, true, e) ||
        !codes_check(s, need_fields, COUNT_OF(need_fields), a, given, e) ||
        !need_of_referral(s->db, ep.was.id, n.code, &found, &known, e) || !is_first(s, &ep, &first, e))
        return false;
    if (found)
        return err_field(e, "need", "%s has the need %s already: onward need edit %s need=%s ..",
                         ep.was.ref, n.code, ep.was.ref, n.code);
    n.referral_id = ep.was.id;
    if (!*n.found)
        text_put(n.found, sizeof n.found, "presenting");
    if (first && !was_given(s->verb, given, "main"))
        n.is_main = 1;
    if ((n.is_main == 1 && !unmark_main(s, &ep, n.code, e)) ||
        !engine_insert(s, &need_type, &n, ep.person.ref, e))
        return false;
    say_of_need(s, &ep, &n, o, "added");
    return true;
}
static const struct verb need_add =
    VERB("need add", "Adds a need to a referral.", ROLE_CARE, need_fields, need_args, add_run);

/* The need that the arguments name, to be changed. */
static bool named_need(struct session *s, const struct need_args *a, struct episode *ep,
                       struct need *n, struct err *e)
{
    bool found;
    if (!need_of_referral(s->db, ep->was.id, a->n.code, &found, n, e))
        return false;
    return found || err_set(e, ERR_NOT_FOUND, "%s has no need %s: onward need add %s need=%s",
                            ep->was.ref, a->n.code, ep->was.ref, a->n.code);
}

static const struct field edit_fields[] = {
    ARG_REFERRAL(need_args),
    WHICH_NEED(need_args),
    {"version", "Version", FIELD_INT, 0, FIELD_INT_AT(need_args, n.version), .min = 1, .max = INT64_MAX,
     .help = "of the need as you saw it: refused when it has changed since"},
    ABOUT_NEED(need_args),
};

static bool edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct need_args *a = args;
    struct episode ep;
    struct need was;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, true, e) ||
        !named_need(s, a, &ep, &was, e) ||
        !engine_unchanged(s, &need_type, &was, a->n.version, e))
        return false;
    struct need now = was;
    args_take(edit_fields, COUNT_OF(edit_fields), given, &need_type, &now, &a->n);
    if (was_given(s->verb, given, "main"))
        now.is_main = a->n.is_main;
    if (!*now.found)
        return err_field(e, "found", "Found may be changed but not emptied.");
    if ((now.is_main == 1 && !unmark_main(s, &ep, now.code, e)) ||
        !engine_update(s, &need_type, &was, &now, ep.person.ref, e))
        return false;
    say_of_need(s, &ep, &now, o, "changed");
    return true;
}
static const struct verb need_edit =
    VERB("need edit", "Changes what is said of a need.", ROLE_CARE, edit_fields, need_args, edit_run);

/* ---- outcome */

static const struct field outcome_fields[] = {
    ARG_REFERRAL(need_args),
    WHICH_NEED(need_args),
    {"outcome", "Outcome", FIELD_CODE, FIELD_REQUIRED, FIELD_TEXT_AT(need_args, n.outcome),
     .set = "need_outcome"},
    {"on", "On", FIELD_DATE, FIELD_PAST, FIELD_TEXT_AT(need_args, n.outcome_on),
     .help = "today unless given"},
    {"note", "Note", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(need_args, n.outcome_note), .max = ARG_LONG},
};

/* Also of a closed episode: what came of a need may be heard of later. */
static bool outcome_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                        struct err *e)
{
    const struct need_args *a = args;
    struct episode ep;
    struct need was;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_count(&ep, e) ||
        !codes_check(s, outcome_fields, COUNT_OF(outcome_fields), a, given, e) ||
        !named_need(s, a, &ep, &was, e))
        return false;
    struct need now = was;
    text_put(now.outcome, sizeof now.outcome, a->n.outcome);
    text_put(now.outcome_note, sizeof now.outcome_note, a->n.outcome_note);
    text_put(now.outcome_on, sizeof now.outcome_on, a->n.outcome_on);
    if (!*now.outcome_on)
        today_text(s, now.outcome_on);
    if (!engine_update(s, &need_type, &was, &now, ep.person.ref, e))
        return false;
    say_of_need(s, &ep, &now, o, "has its outcome");
    return true;
}
static const struct verb need_outcome =
    VERB("need outcome", "Records what came of a need.",
         ROLE_CARE, outcome_fields, need_args, outcome_run);

const struct verb *const need_verbs[] = {
    &need_add, &need_edit, &need_outcome, &risk_add, &risk_end, &signpost_add, &flag_add, &flag_done, NULL,
};

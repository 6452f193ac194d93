/* SPDX-License-Identifier: MIT
 *
 * The plan: strengths, needs in the person's words, goals (importance 1-10)
 * and their actions (confidence 1-10), as the Social Prescribing Information
 * Standard nests them; and its review with the person.
 */
#include <string.h>

#include "engine/referrals.h"

/* What each kind may stand under and may carry. */
static const struct kind_rule {
    const char *kind, *parents;
    bool importance, confidence, status;
} kind_rules[] = {
    {"strength", "", false, false, false},
    {"need", "", false, false, false},
    {"goal", "need", true, false, true},
    {"action", "goal", false, true, true},
};

static const struct kind_rule *kind_rule(const char *kind)
{
    for (size_t i = 0; i < COUNT_OF(kind_rules); i++)
        if (strcmp(kind_rules[i].kind, kind) == 0)
            return &kind_rules[i];
    die("plan kind %s has no rule", kind);
}

/* `p` is the item in the arguments. */
#define ABOUT_ITEM(type)                                                                                      \
    {"text", "Text", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(type, p.text), .max = ARG_LONG,                \
     .help = "in the person's own words"},                                                                    \
    {"code", "Need", FIELD_CODE, 0, FIELD_TEXT_AT(type, p.code), .set = "need"},                              \
    {"parent", "Part of", FIELD_REF, 0, FIELD_TEXT_AT(type, parent),                                          \
     .help = "an action's goal, a goal's need, PL-....-...."},                                                \
    {"importance", "Importance", FIELD_INT, 0, FIELD_INT_AT(type, p.importance), .min = 1, .max = 10,         \
     .help = "of a goal, 1 to 10"},                                                                           \
    {"confidence", "Confidence", FIELD_INT, 0, FIELD_INT_AT(type, p.confidence), .min = 1, .max = 10,         \
     .help = "that an action will be done, 1 to 10"},                                                         \
    {"who", "Who", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(type, p.who), .max = ARG_LINE,                   \
     .help = "who does it"},                                                                                  \
    {"due", "When", FIELD_PARTIAL, 0, FIELD_TEXT_AT(type, p.due), .help = "a day, a month or a year"},        \
    {"status", "Status", FIELD_CHOICE, 0, FIELD_TEXT_AT(type, p.status), .choices = plan_statuses},           \
    {"outcome", "Outcome", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(type, p.outcome), .max = ARG_LONG}

static bool check_item(const struct plan_item *p, struct err *e)
{
    const struct kind_rule *k = kind_rule(p->kind);
    const char *label = choice_label(plan_kinds, p->kind);
    if (!*p->text)
        return err_field(e, "text", "Say it in text=, in the person's own words.");
    if (p->importance != FIELD_ABSENT && !k->importance)
        return err_field(e, "importance", "Importance is of a goal; this is: %s.", label);
    if (p->confidence != FIELD_ABSENT && !k->confidence)
        return err_field(e, "confidence", "Confidence is of an action; this is: %s.", label);
    if (*p->status && !k->status)
        return err_field(e, "status", "Goals and actions have a status; this is: %s.", label);
    return true;
}

/* The item that this one stands under: of the same plan and the right kind. */
static bool under(struct session *s, const char *parent, struct plan_item *p, struct err *e)
{
    struct plan_item up;
    const struct kind_rule *k = kind_rule(p->kind);
    if (!find_of_person(s, &plan_item_type, parent, &up, NULL, e))
        return false;
    if (up.referral_id != p->referral_id)
        return err_field(e, "parent", "%s belongs to another plan.", up.ref);
    if (strcmp(up.kind, k->parents) != 0)
        return err_field(
            e, "parent",
            "%s (%s) cannot hold this: an action stands under a goal, a goal under a need.", up.ref,
            choice_label(plan_kinds, up.kind));
    p->parent_id = up.id;
    return true;
}

/* ---- add */

struct add_args {
    char referral[REF_SIZE];
    char parent[REF_SIZE];
    struct plan_item p;
};
static const struct field add_fields[] = {
    ARG_REFERRAL(add_args),
    {"kind", "Kind", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(add_args, p.kind), .choices = plan_kinds},
    ABOUT_ITEM(add_args),
};

static void speak(struct session *s, const struct episode *ep, const struct plan_item *p,
                  const char *done, struct outcome *o)
{
    engine_step_title(s, "%s %s", done, p->ref);
    outcome_of(o, &plan_item_type, p);
    outcome_say(o, "%s: %s %s %s.", ep->was.ref, choice_label(plan_kinds, p->kind), p->ref, done);
    o->detail = json_pack("{s:s}", "referral", ep->was.ref);
}

static bool add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct add_args *a = args;
    struct episode ep;
    struct plan_item p = a->p;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, false, e) ||
        !codes_check(s, add_fields, COUNT_OF(add_fields), a, given, e) || !check_item(&p, e))
        return false;
    p.referral_id = ep.was.id;
    p.parent_id = FIELD_ABSENT;
    if (!*p.status && kind_rule(p.kind)->status)
        text_put(p.status, sizeof p.status, "planned");
    if ((*a->parent && !under(s, a->parent, &p, e)) ||
        !engine_insert(s, &plan_item_type, &p, ep.person.ref, e))
        return false;
    speak(s, &ep, &p, "added", o);
    return true;
}
static const struct verb plan_add =
    VERB("plan add", "Adds a strength, need, goal or action to the plan.",
         ROLE_CARE, add_fields, add_args, add_run);

/* ---- edit */

struct edit_args {
    char item[REF_SIZE];
    int64_t version;
    char parent[REF_SIZE];
    struct plan_item p;
};
static const struct field edit_fields[] = {
    ARG_SUBJECT(edit_args, item, "Item", "its reference, PL-....-...."),
    ARG_VERSION(edit_args),
    ABOUT_ITEM(edit_args),
};

static bool edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct edit_args *a = args;
    struct episode ep;
    struct plan_item was;
    if (!find_of_person(s, &plan_item_type, a->item, &was, NULL, e) ||
        !episode_find_by_id(s, was.referral_id, &ep, e) || !episode_must_be_open(&ep, false, e) ||
        !engine_unchanged(s, &plan_item_type, &was, a->version, e) ||
        !codes_check(s, edit_fields, COUNT_OF(edit_fields), a, given, e))
        return false;
    struct plan_item now = was;
    args_take(edit_fields, COUNT_OF(edit_fields), given, &plan_item_type, &now, &a->p);
    if (!check_item(&now, e) || (*a->parent && !under(s, a->parent, &now, e)) ||
        !engine_update(s, &plan_item_type, &was, &now, ep.person.ref, e))
        return false;
    speak(s, &ep, &now, "changed", o);
    return true;
}
static const struct verb plan_edit =
    VERB("plan edit", "Changes an item of the plan.", ROLE_CARE, edit_fields, edit_args, edit_run);

/* ---- review */

static const struct choice agreed_or_not[] = {{"yes", "Agreed"}, {"no", "Not agreed"}, {NULL, NULL}};

struct review_args {
    char referral[REF_SIZE];
    char agreed[CODE_SIZE];
    char review_on[DATE_SIZE];
};
static const struct field review_fields[] = {
    ARG_REFERRAL(review_args),
    {"agreed", "Agreed", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(review_args, agreed),
     .choices = agreed_or_not, .help = "with the person or who speaks for them"},
    {"review_on", "Next review on", FIELD_DATE, 0, FIELD_TEXT_AT(review_args, review_on),
     .help = "in 12 weeks unless given"},
};

static bool review_run(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct review_args *a = args;
    struct episode ep;
    (void)given;
    if (!episode_find(s, a->referral, &ep, e) || !episode_must_be_open(&ep, false, e) ||
        !only_in_future(s, "review_on", a->review_on, e))
        return false;
    text_put(ep.now.plan_agreed, sizeof ep.now.plan_agreed, a->agreed);
    text_put(ep.now.plan_review_on, sizeof ep.now.plan_review_on, a->review_on);
    if (!*ep.now.plan_review_on)
        date_format(session_today(s) + (day_t)session_setting(s, SET_PLAN_REVIEW_DAYS),
                    ep.now.plan_review_on);
    if (!episode_write(s, &ep, "reviewed the plan of", o, e))
        return false;
    outcome_say(o, "Plan of %s: %s. Next review on %s.", ep.was.ref,
                choice_label(agreed_or_not, a->agreed), ep.now.plan_review_on);
    return true;
}
static const struct verb plan_review =
    VERB("plan review", "Records a review of the plan and the day of the next.",
         ROLE_CARE, review_fields, review_args, review_run);

const struct verb *const plan_verbs[] = {&plan_add, &plan_edit, &plan_review, NULL};

/* SPDX-License-Identifier: MIT
 *
 * Every verb and every list, gathered once, in the order of the manual.
 */
#include <string.h>

#include "engine/core.h"

static const struct verb *const *const verb_groups[] = {
    person_verbs,  consent_verbs, referral_verbs, contact_verbs,   need_verbs,  plan_verbs,     answer_verbs,
    match_verbs,   handoff_verbs, batch_verbs,    reply_verbs,    directory_verbs, user_verbs, config_verbs, worklist_verbs, undo_verbs,
};
static const struct list *const *const list_groups[] = {
    person_lists,    referral_lists, handoff_lists,  tonight_lists, batch_lists,     reply_lists,
    directory_lists, user_lists, config_lists,    worklist_lists, audit_lists,
};

const struct verb *verb_at(size_t i)
{
    for (size_t g = 0; g < sizeof verb_groups / sizeof *verb_groups; g++)
        for (size_t k = 0; verb_groups[g][k]; k++)
            if (i-- == 0)
                return verb_groups[g][k];
    return NULL;
}

const struct list *list_at(size_t i)
{
    for (size_t g = 0; g < sizeof list_groups / sizeof *list_groups; g++)
        for (size_t k = 0; list_groups[g][k]; k++)
            if (i-- == 0)
                return list_groups[g][k];
    return NULL;
}

const struct verb *verb_find(const char *name)
{
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)); i++)
        if (strcmp(v->name, name) == 0)
            return v;
    return NULL;
}

const struct list *list_find(const char *name)
{
    const struct list *l;
    for (size_t i = 0; (l = list_at(i)); i++)
        if (strcmp(l->name, name) == 0)
            return l;
    return NULL;
}

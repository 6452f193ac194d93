/* SPDX-License-Identifier: MIT
 *
 * A death: one verb closes the episodes and stops every handoff. Reminders
 * fall silent because nothing is left open that could be due.
 */
#include "engine/args.h"
#include "engine/people.h"
#include "engine/referrals.h"

struct died_args {
    char person[REF_SIZE];
    char on[DATE_SIZE];
};
static const struct field died_fields[] = {
    ARG_PERSON(died_args),
    {"on", "Died on", FIELD_DATE, FIELD_REQUIRED | FIELD_PAST, FIELD_TEXT_AT(died_args, on)},
};

static bool died_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct died_args *a = args;
    struct person before, after;
    int64_t closed = 0, stopped = 0;
    (void)given;
    if (!find_person(s, a->person, &before, e))
        return false;
    if (*before.died_on)
        return err_rule(e, "died", "The death of %s is recorded already; correct the date with `onward person edit %s died_on=-` first.",
                        before.ref, before.ref);
    after = before;
    text_put(after.died_on, sizeof after.died_on, a->on);
    engine_step_title(s, "recorded the death of %s", before.ref);
    if (!engine_update(s, &person_type, &before, &after, before.ref, e) ||
        !referral_close_for_death(s, &after, &closed, &stopped, e))
        return false;
    outcome_of(o, &person_type, &after);
    outcome_say(o, "Recorded. %lld referral%s closed, %lld handoff%s stopped.", (long long)closed, closed == 1 ? "" : "s",
                (long long)stopped, stopped == 1 ? "" : "s");
    if (stopped)
        outcome_say(o, "Stops go out tonight and stay on the worklist until they are confirmed.");
    return true;
}

const struct verb person_died =
    VERB("person died", "Records a death: closes the episodes and stops every handoff.", ROLE_CARE, died_fields, died_args, died_run);

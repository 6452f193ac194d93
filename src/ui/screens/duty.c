/* SPDX-License-Identifier: MIT
 *
 * The worklist's tasks and what to do about them (see duty.h). The codes are
 * the engine's; what may be done now is its business too: a step that does not
 * fit is refused with the reason.
 */
#include "duty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "handoff_answer.h"
#include "person.h"

#define STEPS 4

struct step {
    const char *name;
    const struct act *act;             /* one of act and run */
    void (*run)(struct screen *self);
};

static void open_person(struct screen *self, enum person_tab tab);
static void open_handoff(struct screen *self);

static void open_replies(struct screen *self)
{
    desk_open(self, &replies_screen, NULL);
}

static void open_tonight(struct screen *self)
{
    desk_open(self, &tonight_screen, NULL);
}

static const struct duty {
    const char *task, *words;
    enum person_tab tab;               /* where it is worked on, unless `open` says */
    void (*open)(struct screen *self);
    struct step steps[STEPS];          /* several: one is chosen */
} duties[] = {
    {"stop", "record that they confirmed the stop", .open = open_handoff, .steps = {{"", &act_stop_confirmed}}},
    {"safeguarding", "record the answer", .tab = TAB_SUMMARY, .steps = {{"", &act_safeguarding}}},
    {"ring_urgent", "record that you rang them", .open = open_handoff, .steps = {{"", &act_rung}}},
    {"flag", "settle the flag", .tab = TAB_SUMMARY, .steps = {{"", &act_flag_done}}},
    {"call_back", "log the contact", .tab = TAB_CONTACTS, .steps = {{"", &act_contact}}},
    {"declined", "review it", .open = open_handoff, .steps = {{"", &act_review}}},
    {"triage", "accept, allocate or turn away", .tab = TAB_SUMMARY,
     .steps = {{"Accept it onto the waiting list", &act_accept}, {"Give it to a worker", &act_allocate}, {"Turn it away", &act_turn_away}}},
    {"first_contact", "log the contact", .tab = TAB_SUMMARY, .steps = {{"", &act_contact}}},
    {"held", "open its gates", .open = open_handoff, .steps = {{"", .run = open_handoff}}},
    {"undelivered", "record that the package was sent", .open = open_tonight, .steps = {{"", &act_delivered}}},
    {"unmatched", "see the reply", .open = open_replies, .steps = {{"", .run = open_replies}}},
    {"answer", "read the letter, record how they were told", .tab = TAB_SUMMARY, .steps = {{"", .run = case_answer}}},
    {"quiet", "log the contact", .tab = TAB_CONTACTS, .steps = {{"", &act_contact}}},
    {"no_reply", "record what they say", .open = open_handoff, .steps = {{"", .run = handoff_answer}}},
    {"consent", "ask them again", .tab = TAB_CONSENT, .steps = {{"", .run = case_consent}}},
    {"review", "review the plan, or resume, pause or close", .tab = TAB_PLAN,
     .steps = {{"The plan was reviewed with them", &act_plan_review}, {"Go on working together", &act_resume},
               {"Pause until a day", &act_pause}, {"Close", .run = case_close}}},
    {"imported", "ask, and record the answer", .tab = TAB_SUMMARY,
     .steps = {{"Safeguarding: is anyone at risk of harm?", &act_safeguarding}, {"Risks, or that none is known", &act_risk},
               {"Consent to be contacted", .run = case_consent}}},
    {"draft", "submit or discard it", .tab = TAB_SUMMARY,
     .steps = {{"Submit it: it waits for triage", &act_submit}, {"Discard it", &act_discard}}},
};

static const struct duty *duty_of(const char *task)
{
    for (size_t i = 0; i < sizeof duties / sizeof *duties; i++)
        if (strcmp(duties[i].task, task) == 0)
            return &duties[i];
    return NULL;
}

/* A draft is of a referral or of a handoff. */
static bool is_about_handoff(const struct screen *self, const char *task)
{
    return strcmp(task, "draft") == 0 && self->type->subject(self, "handoff");
}

const char *duty_words(const char *task)
{
    const struct duty *d = duty_of(task);
    return d ? d->words : "";
}

/* ---- opening */

static void open_person(struct screen *self, enum person_tab tab)
{
    struct open_args args = {.person = self->type->subject(self, "person"), .referral = self->type->subject(self, "referral")};
    struct screen *s = self->type == &person_screen ? self : args.person || args.referral ? desk_open(self, &person_screen, &args) : NULL;
    if (s)
        person_go_to(s, tab);
}

/* Over the person whose handoff it is, so that going back leads there. */
static void open_handoff(struct screen *self)
{
    char handoff[64];
    const char *ref = self->type->subject(self, "handoff");
    if (!ref || !text_copy(handoff, sizeof handoff, ref)) {
        desk_say(self, "The handoff that this is about is not known.");
        return;
    }
    open_person(self, TAB_HANDOFFS);
    desk_open(desk_top(self->desk), &handoff_screen, &(struct open_args){.handoff = handoff});
}

void duty_open(struct screen *self, const char *task)
{
    const struct duty *d = duty_of(task);
    if (d && d->open)
        d->open(self);
    else if (is_about_handoff(self, task))
        open_handoff(self);
    else
        open_person(self, d ? d->tab : TAB_SUMMARY);
}

/* ---- doing */

static void take(struct screen *self, const struct step *s)
{
    const struct command c = {.name = s->name, .flags = s->act ? COMMAND_WRITES : 0, .roles = ROLE_CARE, .act = s->act, .run = s->run};
    desk_run_command(self, &c);
}

/* The key of a choice is its task and its place: "triage 2". */
static void take_chosen(struct screen *over, const char *key)
{
    char task[32];
    size_t n = strcspn(key, " ");
    if (n >= sizeof task || !key[n])
        return;
    memcpy(task, key, n);
    task[n] = '\0';
    const struct duty *d = duty_of(task);
    size_t i = (size_t)(key[n + 1] - '0');
    if (d && i < STEPS)
        take(over, &d->steps[i]);
}

static void choose(struct screen *self, const struct duty *d)
{
    struct choice_row rows[STEPS];
    char keys[STEPS][40];
    size_t n = 0;
    while (n < STEPS && d->steps[n].name) {
        snprintf(keys[n], sizeof keys[n], "%s %zu", d->task, n);
        rows[n] = (struct choice_row){keys[n], d->steps[n].name, ""};
        n++;
    }
    dialog_pick(self, "What next?", rows, n, take_chosen);
}

void duty_do(struct screen *self, const char *task)
{
    const struct duty *d = duty_of(task);
    if (!d)
        desk_say(self, "There is nothing to be done for this line.");
    else if (is_about_handoff(self, task))
        open_handoff(self);
    else if (d->steps[1].name)
        choose(self, d);
    else
        take(self, &d->steps[0]);
}

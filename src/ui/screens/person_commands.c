/* SPDX-License-Identifier: MIT
 *
 * The commands of a person's screen. What is seldom done has no key: `:` finds
 * it by the words that workers use.
 */
#include <string.h>

#include "acts.h"
#include "document.h"
#include "duty.h"
#include "person.h"

/* ---- tabs */

static void next_tab(struct screen *self)
{
    person_go_to(self, (enum person_tab)((((struct case_file *)self)->tab + 1) % TAB_COUNT));
}

static void previous_tab(struct screen *self)
{
    person_go_to(self, (enum person_tab)((((struct case_file *)self)->tab + TAB_COUNT - 1) % TAB_COUNT));
}

#define GO_TO(name, tab)                   \
    static void name(struct screen *self)  \
    {                                      \
        person_go_to(self, tab);           \
    }
GO_TO(go_summary, TAB_SUMMARY)
GO_TO(go_needs, TAB_NEEDS)
GO_TO(go_consent, TAB_CONSENT)
GO_TO(go_handoffs, TAB_HANDOFFS)
GO_TO(go_contacts, TAB_CONTACTS)
GO_TO(go_plan, TAB_PLAN)
GO_TO(go_outcomes, TAB_OUTCOMES)
GO_TO(go_timeline, TAB_TIMELINE)

/* ---- adding: what the tab is of */

static void add_needs(struct screen *self)
{
    desk_open(self, &needs_screen, &(struct open_args){.person = desk_subject(self, "person"), .referral = desk_subject(self, "referral")});
}

static void add_contact(struct screen *self)
{
    desk_act(self, &act_contact);
}

static void add_to_plan(struct screen *self)
{
    desk_act(self, &act_plan_add);
}

static void add_outcome(struct screen *self)
{
    desk_act(self, &act_outcome);
}

static void add_of_summary(struct screen *over, const char *key)
{
    static const struct {
        const char *key;
        const struct act *act;
    } kinds[] = {
        {"risk", &act_risk}, {"flag", &act_flag}, {"signpost", &act_signpost}, {"source", &act_source}, {"name", &act_name},
        {"identifier", &act_identifier},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].key, key) == 0)
            desk_act(over, kinds[i].act);
}

static void choose_addition(struct screen *self)
{
    static const struct choice_row rows[] = {
        {"risk", "A risk, or that none is known", ""},      {"flag", "A flag: a message for a day", ""},
        {"signpost", "A signpost: a name and number", ""},  {"source", "Somebody else asked too", ""},
        {"name", "Another name of the person", ""},         {"identifier", "Their number elsewhere", ""},
    };
    dialog_pick(self, "Add", rows, sizeof rows / sizeof *rows, add_of_summary);
}

static void add(struct screen *self)
{
    static void (*const adds[TAB_COUNT])(struct screen *) = {
        [TAB_SUMMARY] = choose_addition, [TAB_NEEDS] = add_needs,   [TAB_CONSENT] = case_consent, [TAB_HANDOFFS] = case_refer,
        [TAB_CONTACTS] = add_contact,    [TAB_PLAN] = add_to_plan,  [TAB_OUTCOMES] = add_outcome, [TAB_TIMELINE] = add_contact,
    };
    adds[((struct case_file *)self)->tab](self);
}

/* ---- what is next */

static void done(struct screen *self)
{
    struct case_file *f = (struct case_file *)self;
    const json_t *next = part_next(f);
    if (!next) {
        desk_say(self, "Nothing is due here. Tab goes to the next case that needs you.");
        return;
    }
    f->on_next = true;
    duty_do(self, doc_text(next, "task"));
}

static bool has_need(const struct screen *self)
{
    return part_subject((const struct case_file *)self, "need") != NULL;
}

static bool has_duplicate(const struct screen *self)
{
    return part_subject((const struct case_file *)self, "other") != NULL;
}

#define WRITES .flags = COMMAND_WRITES, .roles = ROLE_CARE
#define MOVE(title, verb_act, words) {.name = title, .help = words, .keys = "", WRITES, .act = &verb_act, .can = case_has_referral}
#define OF_PERSON(title, verb_act, words) {.name = title, .help = words, .keys = "", WRITES, .act = &verb_act}
#define TAB_KEY(tab, digit, go) {.name = tab, .help = "Brings this tab to the front.", .keys = digit, .flags = COMMAND_HIDDEN, .run = go}

/* clang-format off: a command a line or two */
const struct command person_commands[] = {
    {.name = "done with what is next", .help = "Does what is next for this person, or the task in focus on the Summary.", .keys = "d", .brief = "do next",
     WRITES, .run = done},
    {.name = "open", .help = "Shows the row whole, or opens its handoff, its consent, its task.", .keys = "Enter", .brief = "open", .run = part_open},
    CASE_COMMANDS,
    {.name = "add", .help = "Adds what this tab is of: a need, a contact, a goal ..", .keys = "a", .brief = "add", WRITES, .run = add},
    {.name = "edit", .help = "Changes the row in focus.", .keys = "e", .brief = "edit", WRITES, .run = part_edit},
    {.name = "next tab", .help = "Goes to the tab on the right.", .keys = "Right ]", .flags = COMMAND_HIDDEN, .run = next_tab},
    {.name = "previous tab", .help = "Goes to the tab on the left.", .keys = "Left [", .flags = COMMAND_HIDDEN, .run = previous_tab},
    TAB_KEY("summary", "1", go_summary), TAB_KEY("needs", "2", go_needs), TAB_KEY("consent decisions", "3", go_consent),
    TAB_KEY("handoffs", "4", go_handoffs), TAB_KEY("contacts", "5", go_contacts), TAB_KEY("plan", "6", go_plan),
    TAB_KEY("outcomes", "7", go_outcomes), TAB_KEY("timeline", "8", go_timeline),
    {.name = "another referral", .help = "Shows another referral of the same person.", .keys = "E", .run = person_choose_episode},

    MOVE("accept", act_accept, "Accepts the referral onto the waiting list."),
    MOVE("turn away", act_turn_away, "Turns the referral away, with a reason the referrer may read."),
    MOVE("give to a worker", act_allocate, "Gives the referral to a worker."),
    MOVE("move to another worker", act_reallocate, "Gives the case to another worker, with a reason."),
    MOVE("back to the waiting list", act_return, "Returns the case to the waiting list, with a reason."),
    MOVE("begin working together", act_begin, "They were reached and want to work together."),
    MOVE("pause", act_pause, "Pauses the work until a day; handoffs are held meanwhile."),
    MOVE("resume", act_resume, "Goes on after a pause."),
    MOVE("submit the draft", act_submit, "Submits a referral that is a draft."),
    MOVE("discard the draft", act_discard, "Throws a referral away that is a draft."),
    MOVE("the person declined", act_decline, "Closes the referral: the person does not want it."),
    MOVE("unable to contact", act_unable, "Closes the referral after tries on enough different days."),
    MOVE("reopen", act_reopen, "Reopens a closed referral."),
    MOVE("entered in error", act_error, "Marks the referral as a mistake; its handoffs are stopped."),
    MOVE("somebody else asked too", act_source, "Adds another source to this referral."),
    MOVE("put the referral right", act_referral_edit, "Changes the referral's own details."),
    MOVE("safeguarding", act_safeguarding, "Answers the safeguarding question: a concern, none, or not yet known."),
    MOVE("handing on is safe", act_safe, "Records who decided that handing on is safe while a concern is open."),
    OF_PERSON("add a risk", act_risk, "Records a risk, or that none is known."),
    MOVE("signpost", act_signpost, "Records a name and number given to the person."),
    {.name = "letter to the referrer", .help = "Shows the letter that answers the referrer.", .keys = "", .roles = ROLE_CARE, .run = case_letter,
     .can = case_has_referral},
    MOVE("the referrer was told", act_told, "Records how and when the referrer was answered."),
    MOVE("add to the plan", act_plan_add, "Adds a strength, a need, a goal or an action."),
    MOVE("review the plan", act_plan_review, "Records a review and the day of the next one."),
    {.name = "outcome of the need", .help = "Records what came of the need in focus.", .keys = "h", WRITES, .act = &act_outcome, .can = has_need},

    OF_PERSON("change the person's details", act_person_edit, "Name, telephone, address, language and all the rest."),
    OF_PERSON("another name", act_name, "Records a previous name, an alias or the legal name."),
    OF_PERSON("number elsewhere", act_identifier, "Records what another system calls the person."),
    OF_PERSON("the person died", act_died, "Records a death: closes the referrals and stops every handoff."),
    {.name = "join the two records", .help = "Joins the possible duplicate in focus to this record.", .keys = "", WRITES, .act = &act_merge, .can = has_duplicate},
    {.name = "they are two people", .help = "The possible duplicate in focus is somebody else.", .keys = "", WRITES, .act = &act_different, .can = has_duplicate},
    OF_PERSON("take merged records apart", act_unmerge, "Undoes a merge of two records."),
    {.name = "restrict the record", .help = "Only named users may know of this record.", .keys = "", .flags = COMMAND_WRITES, .roles = ROLE_MANAGER, .act = &act_restrict},
    {.name = "open the record to the team", .help = "Takes a restriction away.", .keys = "", .flags = COMMAND_WRITES, .roles = ROLE_MANAGER, .act = &act_unrestrict},
    {.name = "unmask", .help = "Shows this one record unmasked for a while, with a reason that is logged.", .keys = "", .flags = COMMAND_WRITES,
     .roles = ROLE_REP, .act = &act_unmask},
    {.name = NULL},
};

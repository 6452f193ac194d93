/* SPDX-License-Identifier: MIT
 *
 * What is done with a case from wherever it is in focus: Today, Caseload and
 * Person have the same keys for it. Each is a verb of the engine with the
 * fields a worker needs first.
 */
#ifndef ONWARD_UI_ACTS_H
#define ONWARD_UI_ACTS_H

#include "desk.h"
#include "onward/role.h"

extern const struct act act_contact, act_no_answer, act_note, act_flag, act_flag_done;
extern const struct act act_accept, act_turn_away, act_allocate, act_reallocate, act_reallocate_all, act_return, act_begin, act_pause, act_resume, act_submit,
    act_discard, act_decline, act_unable, act_close, act_reopen, act_error, act_source, act_referral_edit;
extern const struct act act_safeguarding, act_safe, act_risk, act_risk_end, act_signpost, act_told, act_outcome;
extern const struct act act_plan_add, act_plan_review, act_stop_confirmed, act_rung, act_seen, act_review, act_delivered;
extern const struct act act_person_edit, act_name, act_identifier, act_died, act_restrict, act_unrestrict, act_merge, act_unmerge, act_different,
    act_unmask;

/* Whose references are those in focus. */
void case_consent(struct screen *self);
void case_refer(struct screen *self);
void case_close(struct screen *self);   /* one case: needs and reason; tagged ones: one reason for all */
void case_letter(struct screen *self);  /* the letter to the referrer, to read */
void case_answer(struct screen *self);  /* the letter, then how the referrer was told */
bool case_has_referral(const struct screen *self);
bool case_has_person(const struct screen *self);

/* Rows of a command table. */
#define CASE_COMMANDS                                                                                                                       \
    {.name = "log a contact", .help = "Logs a call, visit or message: what came of it, then a note.", .keys = "C", .brief = "log contact",  \
     .flags = COMMAND_WRITES, .roles = ROLE_CARE, .act = &act_contact, .can = case_has_referral},                                           \
    {.name = "no answer", .help = "Logs a telephone call that got no answer; a note if you like.", .keys = "M", .brief = "no answer",       \
     .flags = COMMAND_WRITES, .roles = ROLE_CARE, .act = &act_no_answer, .can = case_has_referral},                                         \
    {.name = "write a note", .help = "A note in one line, then how it came: logged as a contact.", .keys = "A", .flags = COMMAND_WRITES,    \
     .roles = ROLE_CARE, .act = &act_note, .can = case_has_referral},                                                                       \
    {.name = "consent", .help = "Consent of this person: what they agreed to, and taking or withdrawing it.", .keys = "c",                  \
     .roles = ROLE_CARE, .run = case_consent, .can = case_has_person},                                                                      \
    {.name = "refer", .help = "Hands a need on to a service, beginning at its gates.", .keys = "r", .roles = ROLE_CARE, .run = case_refer,  \
     .can = case_has_referral},                                                                                                             \
    {.name = "set a flag", .help = "A message to yourself that comes back on its day.", .keys = "!",                                        \
     .flags = COMMAND_WRITES | COMMAND_EACH, .roles = ROLE_CARE, .act = &act_flag},                                                         \
    {.name = "close", .help = "Closes the referral with a reason and what came of each need.", .keys = "D",                                 \
     .flags = COMMAND_WRITES | COMMAND_EACH, .roles = ROLE_CARE, .run = case_close}

#endif

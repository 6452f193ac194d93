/* SPDX-License-Identifier: MIT
 *
 * The acts of a case as rows of text (see acts.h): verb, title, and which
 * fields come first; all the others of the verb stand behind ^O.
 */
#include "acts.h"

#include <string.h>

#include "onward/text.h"

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ABOUT_REFERRAL .about = "referral"
#define ABOUT_PERSON .about = "person"
#define ABOUT_HANDOFF .about = "handoff"

/* clang-format off: an act a few lines */

/* ---- contact */

const struct act act_contact = {
    .form = {.verb = "referral contact", .title = "Log a contact", .keys = KEYS("outcome", "mode", "note")},
    ABOUT_REFERRAL, .initial = {{"mode", "phone"}},
};
const struct act act_no_answer = {
    .form = {.verb = "referral contact", .title = "A call that got no answer", .keys = KEYS("note")},
    ABOUT_REFERRAL, .preset = {{"mode", "phone"}, {"outcome", "no_answer"}},
};
const struct act act_note = {
    .form = {.verb = "referral contact", .title = "Write a note", .keys = KEYS("note")},
    ABOUT_REFERRAL, .preset = {{"mode", "desk"}, {"outcome", "note"}},
};
const struct act act_flag = {
    .form = {.verb = "flag", .title = "Set a flag", .keys = KEYS("message", "due")}, ABOUT_REFERRAL,
};
const struct act act_flag_done = {
    .form = {.verb = "flag done", .title = "The flag is dealt with", .keys = KEYS("note")}, .about = "flag",
};

/* ---- the course of a referral */

const struct act act_accept = {
    .form = {.verb = "referral accept", .title = "Accept"}, ABOUT_REFERRAL, .sure = "Accept this referral onto the waiting list?",
};
const struct act act_turn_away = {
    .form = {.verb = "referral turn-away", .title = "Turn away", .keys = KEYS("reason", "note")}, ABOUT_REFERRAL,
};
const struct act act_allocate = {
    .form = {.verb = "referral allocate", .title = "Give to a worker", .keys = KEYS("worker")}, ABOUT_REFERRAL,
};
const struct act act_reallocate = {
    .form = {.verb = "referral reallocate", .title = "Move to another worker", .keys = KEYS("worker", "reason")}, ABOUT_REFERRAL,
};
const struct act act_reallocate_all = {
    .form = {.verb = "referral reallocate-all", .title = "Hand over a leaver's cases", .keys = KEYS("from", "to", "reason")},
};
const struct act act_return = {
    .form = {.verb = "referral return", .title = "Back to the waiting list", .keys = KEYS("reason")}, ABOUT_REFERRAL,
};
const struct act act_begin = {
    .form = {.verb = "referral begin", .title = "Begin working together"}, ABOUT_REFERRAL, .preset = {{"agreed", "yes"}},
    .sure = "Were they reached, and do they want to work together?",
};
const struct act act_pause = {
    .form = {.verb = "referral pause", .title = "Pause", .keys = KEYS("reason", "until")}, ABOUT_REFERRAL,
};
const struct act act_resume = {
    .form = {.verb = "referral resume", .title = "Resume"}, ABOUT_REFERRAL, .sure = "Go on working together?",
};
const struct act act_submit = {
    .form = {.verb = "referral submit", .title = "Submit"}, ABOUT_REFERRAL, .sure = "Submit this draft, so that it waits for triage?",
};
const struct act act_discard = {
    .form = {.verb = "referral discard", .title = "Discard"}, ABOUT_REFERRAL,
    .sure = "Discard this draft? Only its reference is kept.",
};
const struct act act_decline = {
    .form = {.verb = "referral decline", .title = "The person declined", .keys = KEYS("note")}, ABOUT_REFERRAL,
};
const struct act act_unable = {
    .form = {.verb = "referral unable-to-contact", .title = "Unable to contact", .keys = KEYS("note")}, ABOUT_REFERRAL,
};
const struct act act_close = {
    .form = {.verb = "referral close", .title = "Close", .keys = KEYS("reason", "note")}, ABOUT_REFERRAL,
};
const struct act act_reopen = {
    .form = {.verb = "referral reopen", .title = "Reopen", .keys = KEYS("reason")}, ABOUT_REFERRAL,
};
const struct act act_error = {
    .form = {.verb = "referral error", .title = "Entered in error", .keys = KEYS("reason")}, ABOUT_REFERRAL,
};
const struct act act_source = {
    .form = {.verb = "referral source", .title = "Someone else asked too", .keys = KEYS("source", "referrer_name", "reason")}, ABOUT_REFERRAL,
};
const struct act act_referral_edit = {
    .form = {.verb = "referral edit", .title = "Put the referral right", .show = "referral show",
             .keys = KEYS("reason", "source", "received_on", "urgent", "gp_action", "call_back_on", "plan_review_on", "referrer_name",
                          "referrer_role", "referrer_organisation", "referrer_practice", "referrer_phone", "referrer_email")},
    ABOUT_REFERRAL,
};

/* ---- safety, plan, answering */

const struct act act_safeguarding = {
    .form = {.verb = "referral safeguarding", .title = "Is anyone at risk of harm?", .keys = KEYS("answer", "note")}, ABOUT_REFERRAL,
};
const struct act act_safe = {
    .form = {.verb = "referral safe", .title = "Handing on is safe", .keys = KEYS("by", "why")}, ABOUT_REFERRAL,
};
const struct act act_risk = {
    .form = {.verb = "risk add", .title = "Record a risk, or that none is known", .keys = KEYS("kind", "note")}, ABOUT_PERSON,
};
const struct act act_risk_end = {
    .form = {.verb = "risk end", .title = "The risk is over", .keys = KEYS("on")}, .about = "risk",
};
const struct act act_signpost = {
    .form = {.verb = "signpost", .title = "Signpost", .keys = KEYS("to", "contact", "reason")}, ABOUT_REFERRAL,
};
const struct act act_told = {
    .form = {.verb = "referral told", .title = "How was the referrer told?", .keys = KEYS("told", "on")}, ABOUT_REFERRAL,
    .initial = {{"told", "letter"}},
};
const struct act act_plan_add = {
    .form = {.verb = "plan add", .title = "Add to the plan", .keys = KEYS("kind", "text", "who", "due", "importance", "confidence", "parent")},
    ABOUT_REFERRAL,
};
const struct act act_plan_review = {
    .form = {.verb = "plan review", .title = "Review the plan", .keys = KEYS("agreed", "review_on")}, ABOUT_REFERRAL,
    .initial = {{"agreed", "yes"}},
};

const struct act act_outcome = {
    .form = {.verb = "need outcome", .title = "What came of the need?", .keys = KEYS("outcome", "note", "on")}, ABOUT_REFERRAL,
    .with = {"need"},
};

/* ---- handoffs and packages, as far as they are one step */

const struct act act_stop_confirmed = {
    .form = {.verb = "handoff stop-confirmed", .title = "They confirmed the stop", .keys = KEYS("by", "how", "on", "to")}, ABOUT_HANDOFF,
    .initial = {{"how", "phone"}},
};
const struct act act_rung = {
    .form = {.verb = "handoff rung", .title = "Rung"}, ABOUT_HANDOFF, .sure = "Have you rung them about this urgent handoff today?",
};
const struct act act_seen = {
    .form = {.verb = "handoff seen", .title = "Seen"}, ABOUT_HANDOFF, .sure = "Have you read what they answered?",
};
const struct act act_review = {
    .form = {.verb = "handoff review", .title = "Is that the end of it?", .keys = KEYS("final", "note")}, ABOUT_HANDOFF,
};
const struct act act_delivered = {
    .form = {.verb = "batch delivered", .title = "The package was sent", .keys = KEYS("by", "how")}, .about = "batch",
};

/* ---- the person */

const struct act act_person_edit = {
    .form = {.verb = "person edit", .title = "Change what is recorded of the person", .show = "person show",
             .keys = KEYS("given_name", "family_name", "preferred_name", "phone", "contact_method", "contact_note", "safe_times", "voicemail_ok",
                          "email", "address", "postcode", "neighbourhood", "date_of_birth", "nhs_number", "gp_practice", "language",
                          "interpreter_language", "communication_needs", "adjustments", "representative", "representative_phone", "about_me")},
    ABOUT_PERSON,
};
const struct act act_name = {
    .form = {.verb = "person name", .title = "Another name of the person", .keys = KEYS("kind", "given_name", "family_name")}, ABOUT_PERSON,
};
const struct act act_identifier = {
    .form = {.verb = "person identifier", .title = "Their number elsewhere", .keys = KEYS("scheme", "value")}, ABOUT_PERSON,
};
const struct act act_died = {
    .form = {.verb = "person died", .title = "The person died: every handoff stops", .keys = KEYS("on")}, ABOUT_PERSON,
};
const struct act act_restrict = {
    .form = {.verb = "person restrict", .title = "Only these users may know of the record", .keys = KEYS("users")}, ABOUT_PERSON,
};
const struct act act_unrestrict = {
    .form = {.verb = "person unrestrict", .title = "Open to the team"}, ABOUT_PERSON, .sure = "Open this record to the whole team again?",
};
const struct act act_merge = {
    .form = {.verb = "person merge", .title = "Join another record of the same person to this one", .keys = KEYS("drop")},
    .about = "keep", .with = {"drop"},
};
const struct act act_unmerge = {
    .form = {.verb = "person unmerge", .title = "Take apart"}, ABOUT_PERSON, .sure = "Take the two merged records apart again?",
};
const struct act act_different = {
    .form = {.verb = "person different", .title = "Two records, two people", .keys = KEYS("other")}, ABOUT_PERSON,
    .with = {"other"},
};
const struct act act_unmask = {
    .form = {.verb = "person unmask", .title = "Show this one record unmasked for a while", .keys = KEYS("reason")}, ABOUT_PERSON,
};

/* ---- those that are no verb by themselves */

bool case_has_referral(const struct screen *self)
{
    return desk_subject(self, "referral") != NULL;
}

bool case_has_person(const struct screen *self)
{
    return desk_subject(self, "person") != NULL;
}

void case_consent(struct screen *self)
{
    desk_open(self, &consent_screen, &(struct open_args){.person = desk_subject(self, "person"), .referral = desk_subject(self, "referral")});
}

void case_refer(struct screen *self)
{
    desk_open(self, &handoff_screen,
              &(struct open_args){.person = desk_subject(self, "person"), .referral = desk_subject(self, "referral"), .need = desk_subject(self, "need")});
}

void case_close(struct screen *self)
{
    if (desk_on_tagged(self))
        desk_act(self, &act_close);
    else if (case_has_referral(self))
        desk_open(self, &closing_screen, &(struct open_args){.referral = desk_subject(self, "referral")});
    else
        desk_say(self, "There is no referral here to close.");
}

/* The letter says at its top what the GP is asked to do, so that this is asked where it was never said. */
static void ask_gp_action(struct screen *self, void (*then)(struct screen *over, const struct outcome *o))
{
    const struct form_spec spec = {.verb = "referral edit", .title = "What is the GP asked to do? \"none\" is an answer",
                                   .keys = KEYS("gp_action"), .only = true};
    const struct typed fixed[] = {{"referral", desk_subject(self, "referral")}};
    dialog_form(self, &spec, &(struct form_about){.fixed = fixed, .n_fixed = 1}, then);
}

static bool letter_of(struct screen *self, struct outcome *o, void (*then)(struct screen *over, const struct outcome *o))
{
    struct err e = {0};
    struct typed word = {NULL, desk_subject(self, "referral")};
    bool ok = verb_run(desk_session(self->desk), verb_find("referral letter"), &word, 1, o, &e);
    if (!ok && strcmp(e.rule, "letter") == 0)
        ask_gp_action(self, then);
    else if (!ok)
        desk_error(self, &e);
    return ok;
}

static void letter_again(struct screen *over, const struct outcome *o)
{
    (void)o;
    case_letter(over);
}

static void answer_again(struct screen *over, const struct outcome *o)
{
    (void)o;
    case_answer(over);
}

void case_letter(struct screen *self)
{
    struct outcome o = {0};
    if (letter_of(self, &o, letter_again))
        dialog_text(self, "The letter to the referrer", buf_text(&o.text));
    outcome_free(&o);
}

/* The form stands under the letter: read it, then say how it was sent. */
void case_answer(struct screen *self)
{
    struct outcome o = {0};
    if (letter_of(self, &o, answer_again)) {
        desk_act(self, &act_told);
        dialog_text(desk_top(self->desk), "The letter to the referrer; Esc goes on to how it was told", buf_text(&o.text));
    }
    outcome_free(&o);
}

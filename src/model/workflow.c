/* SPDX-License-Identifier: MIT
 *
 * The two machines. The tables say every legal move, who may make it by hand
 * and what it needs; the few functions below only look rows up and say in
 * words why there is none. What a move needs is checked by the verb that makes
 * it, which knows the record.
 *
 * A rule that starts from several states is written once, as a macro of its
 * state, and stands once for each of them.
 */
#include "onward/workflow.h"

#include <string.h>

#include "onward/field.h"
#include "onward/records.h"
#include "onward/role.h"
#include "workflow_words.h"

#define CARE ROLE_CARE
#define NIGHT ROLE_NIGHTLY
#define TOLD (ROLE_CARE | ROLE_NIGHTLY)  /* an answer comes by file, or by telephone to a worker */
#define REVIEW (ROLE_CARE | ROLE_REP)

/* ---- a referral: a person's episode with the service */

#define R03(to) {"R03", "", "import", to, CARE, "dates and worker as the file says; what was never asked stays not asked"}
#define R06(from) {"R06", from, "allocate", "allocated", CARE, "a worker who covers the neighbourhood"}
#define R07(from) {"R07", from, "reallocate", "=", CARE, "a worker who covers the neighbourhood, and a reason"}
#define R08(from) {"R08", from, "contact", "=", CARE, "how, and what came of it"}
#define R10(from) {"R10", from, "decline", "closed", CARE, "the person's own word"}
#define R12b(from) {"R12b", from, "return", "waiting", CARE, "a reason"}
#define R14(from) {"R14", from, "close", "closed", CARE, "a reason, an outcome for every need, every open handoff withdrawn or left to run"}
#define R16(from) {"R16", from, "error", "error", CARE, "a reason; open handoffs are withdrawn"}

const struct move referral_moves[] = {
    {"R01", "", "start", "draft", CARE, ""},
    {"R02", "draft", "submit", "received", CARE, "source, reason, the safeguarding question, consent to be contacted or why it was not sought"},
    {"R02b", "draft", "discard", "", CARE, ""},
    R03("received"), R03("waiting"), R03("allocated"), R03("active"), R03("paused"), R03("closed"),
    {"R04", "received", "accept", "waiting", CARE, "at least one need, and risk recorded"},
    {"R05", "received", "turn_away", "closed", CARE, "a coded reason and a note"},
    R06("received"), R06("waiting"),
    R07("allocated"), R07("active"), R07("paused"),
    R08("received"), R08("waiting"), R08("allocated"), R08("active"), R08("paused"), R08("closed"),
    {"R09", "allocated", "begin", "active", CARE, "a contact that reached the person, who agreed"},
    R10("received"), R10("waiting"), R10("allocated"), R10("active"), R10("paused"),
    {"R11", "allocated", "unable_to_contact", "closed", CARE, "tries on at least three different days"},
    {"R12", "active", "pause", "paused", CARE, "a reason and a review date to come"},
    R12b("allocated"), R12b("active"), R12b("paused"),
    {"R13", "paused", "resume", "active", CARE, ""},
    R14("received"), R14("waiting"), R14("allocated"), R14("active"), R14("paused"),
    {"R15", "closed", "reopen", "<", CARE, "a reason"},
    R16("draft"), R16("received"), R16("waiting"), R16("allocated"), R16("active"), R16("paused"), R16("closed"),
};
const size_t referral_move_count = sizeof referral_moves / sizeof *referral_moves;

/* ---- a handoff: one need of one person, to one service of one organisation */

#define H06b(to) {"H06b", "exported", "void", to, NIGHT, "its batch has not left"}
#define H08(from) {"H08", from, "reply_received", "acknowledged", TOLD, ""}
#define H09(from) {"H09", from, "reply_accepted", "accepted", TOLD, ""}
#define H10(from) {"H10", from, "reply_waiting_list", "waitlisted", TOLD, ""}
#define H11(from) {"H11", from, "reply_declined", "declined", TOLD, "by whom, and a coded reason"}
#define H12(from) {"H12", from, "no_response", "no_response", NIGHT, "the reply time is over"}
#define H13(from) {"H13", from, "reply_started", "in_progress", TOLD, ""}
#define H16(from) {"H16", from, "reply_completed", "completed", TOLD, "a coded outcome"}
#define H17(from) {"H17", from, "reply_could_not_complete", "failed", TOLD, "a reason"}
#define H18(from) {"H18", from, "withdraw", "withdrawn", CARE, "a reason; nothing has left the building"}
#define H19(from) {"H19", from, "withdraw", "withdrawing", CARE, "a reason; a stop goes with the next batch"}
#define H22(from) {"H22", from, "review", "=", REVIEW, ""}
#define H23(from) {"H23", from, "re_route", "=", CARE, "another service"}
#define H24(from) {"H24", from, "reopen", "<", CARE, "a reason"}
#define H25(from) {"H25", from, "error", "error", CARE, "a reason; where it was sent, a stop is owed"}

const struct move handoff_moves[] = {
    {"H01", "", "plan", "draft", CARE, "an open referral and one of its needs"},
    {"H02", "draft", "send", "queued", CARE, "every gate open"},
    {"H03", "draft", "send", "held", CARE, "a gate is shut"},
    {"H04", "held", "release", "queued", NIGHT, "every gate open"},
    {"H05", "queued", "recheck", "held", NIGHT, "a gate is shut"},
    {"H06", "queued", "export", "exported", NIGHT, "every gate open"},
    H06b("held"), H06b("withdrawn"), H06b("queued"),
    {"H07", "exported", "deliver", "delivered", TOLD, "the delivery command, or who sent it and how"},
    H08("exported"), H08("delivered"), H08("no_response"),
    H09("exported"), H09("delivered"), H09("acknowledged"), H09("waitlisted"), H09("no_response"),
    H10("exported"), H10("delivered"), H10("acknowledged"), H10("no_response"), H10("accepted"),
    H11("exported"), H11("delivered"), H11("acknowledged"), H11("waitlisted"), H11("no_response"),
    H11("accepted"), H11("in_progress"), H11("on_hold"),
    H12("exported"), H12("delivered"), H12("acknowledged"),
    H13("exported"), H13("delivered"), H13("acknowledged"), H13("accepted"), H13("waitlisted"), H13("no_response"),
    {"H14", "in_progress", "reply_on_hold", "on_hold", TOLD, ""},
    {"H15", "on_hold", "reply_started", "in_progress", TOLD, ""},
    H16("exported"), H16("delivered"), H16("acknowledged"), H16("waitlisted"), H16("no_response"),
    H16("accepted"), H16("in_progress"), H16("on_hold"),
    H17("exported"), H17("delivered"), H17("acknowledged"), H17("waitlisted"), H17("no_response"),
    H17("accepted"), H17("in_progress"), H17("on_hold"),
    H18("draft"), H18("held"), H18("queued"),
    H19("exported"), H19("delivered"), H19("acknowledged"), H19("waitlisted"), H19("no_response"),
    H19("accepted"), H19("in_progress"), H19("on_hold"),
    {"H20", "withdrawing", "stop_confirmed", "withdrawn", TOLD, "their answer to the stop: by whom, to whom, when"},
    {"H21", "withdrawing", "reply_other", "=", TOLD, ""},
    H22("declined"), H22("failed"),
    H23("declined"), H23("no_response"), H23("failed"),
    H24("declined"), H24("completed"), H24("failed"),
    H25("draft"), H25("held"), H25("queued"), H25("exported"), H25("delivered"), H25("acknowledged"),
    H25("waitlisted"), H25("accepted"), H25("declined"), H25("no_response"), H25("in_progress"),
    H25("on_hold"), H25("completed"), H25("failed"), H25("withdrawing"), H25("withdrawn"),
};
const size_t handoff_move_count = sizeof handoff_moves / sizeof *handoff_moves;

/* Business statuses never repeat a status. A stop that is asked for is in progress until it is
 * confirmed (BSeR and 360X: 5.2, cancellation requested). */
const struct task_status handoff_task_status[] = {
    {"draft", "draft", "planned"},
    {"held", "draft", "held"},
    {"queued", "draft", "queued"},
    {"exported", "requested", "ready-to-send"},
    {"delivered", "requested", "sent"},
    {"acknowledged", "received", "acknowledged"},
    {"waitlisted", "accepted", "waiting-list"},
    {"accepted", "accepted", "agreed"},
    {"declined", "rejected", "declined"},
    {"no_response", "requested", "no-reply"},
    {"in_progress", "in-progress", "started"},
    {"on_hold", "on-hold", "paused"},
    {"completed", "completed", "outcome-known"},
    {"failed", "failed", "not-possible"},
    {"withdrawing", "in-progress", "cancellation-requested"},
    {"withdrawn", "cancelled", "withdrawn"},
    {"error", "entered-in-error", "made-in-error"},
    {NULL, NULL, NULL},
};

/* ---- looking up */

struct moves {
    const struct move *rows;
    size_t count;
};

static struct moves moves_of(enum machine m)
{
    return m == MACHINE_REFERRAL ? (struct moves){referral_moves, referral_move_count}
                                 : (struct moves){handoff_moves, handoff_move_count};
}

static bool is_from(const struct move *row, const char *from, const char *action)
{
    return strcmp(row->from, from) == 0 && strcmp(row->action, action) == 0;
}

const struct move *workflow_find(enum machine m, const char *from, const char *action)
{
    struct moves all = moves_of(m);
    for (size_t i = 0; i < all.count; i++)
        if (is_from(&all.rows[i], from, action))
            return &all.rows[i];
    return NULL;
}

bool workflow_to(enum machine m, const char *from, const char *action, const char *to)
{
    struct moves all = moves_of(m);
    for (size_t i = 0; i < all.count; i++)
        if (is_from(&all.rows[i], from, action) && strcmp(all.rows[i].to, to) == 0)
            return true;
    return false;
}

/* ---- refusing in words */

static const struct choice action_labels[] = {
    {"start", "start"},
    {"submit", "submit"},
    {"discard", "discard"},
    {"import", "import"},
    {"accept", "accept"},
    {"turn_away", "turn away"},
    {"allocate", "allocate"},
    {"reallocate", "reallocate"},
    {"contact", "log contact"},
    {"begin", "begin"},
    {"decline", "person declines"},
    {"unable_to_contact", "unable to contact"},
    {"pause", "pause"},
    {"return", "return to the list"},
    {"resume", "resume"},
    {"close", "close"},
    {"reopen", "reopen"},
    {"error", "mark as error"},
    {"plan", "plan"},
    {"send", "send"},
    {"release", "release"},
    {"recheck", "recheck"},
    {"export", "export"},
    {"void", "void the batch"},
    {"deliver", "deliver"},
    {"reply_received", "reply: received"},
    {"reply_accepted", "reply: accepted"},
    {"reply_waiting_list", "reply: waiting list"},
    {"reply_declined", "reply: declined"},
    {"no_response", "reply time over"},
    {"reply_started", "reply: started"},
    {"reply_on_hold", "reply: on hold"},
    {"reply_completed", "reply: completed"},
    {"reply_could_not_complete", "reply: could not complete"},
    {"withdraw", "withdraw"},
    {"stop_confirmed", "stop confirmed"},
    {"reply_other", "any other reply"},
    {"review", "review"},
    {"re_route", "re-route"},
    {NULL, NULL},
};

const char *workflow_action_label(const char *action)
{
    return choice_label(action_labels, action);
}

const char *workflow_state_label(enum machine m, const char *state)
{
    return choice_label(m == MACHINE_REFERRAL ? referral_states : handoff_states, state);
}

/* "Waiting for triage" or "On the waiting list": where the action is legal. */
static void add_starts(struct buf *b, enum machine m, const char *action)
{
    struct moves all = moves_of(m);
    const char *waiting = NULL;
    bool first = true;
    for (size_t i = 0; i < all.count; i++) {
        const struct move *row = &all.rows[i];
        if (strcmp(row->action, action) != 0 || (waiting && strcmp(row->from, waiting) == 0))
            continue;
        if (waiting) {
            buf_fmt(b, "%s\"%s\"", first ? "" : ", ", workflow_state_label(m, waiting));
            first = false;
        }
        waiting = row->from;
    }
    if (waiting && *waiting)
        buf_fmt(b, "%s\"%s\"", first ? "" : " or ", workflow_state_label(m, waiting));
    else if (waiting)
        buf_str(b, "a new one");
}

/* What a person can do from here, the rows that only the nightly run takes left out. */
static void add_ways_out(struct buf *b, enum machine m, const char *from)
{
    struct moves all = moves_of(m);
    const char *last = "";
    size_t n = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct move *row = &all.rows[i];
        if (strcmp(row->from, from) != 0 || row->roles == NIGHT || strcmp(row->action, last) == 0)
            continue;
        buf_fmt(b, "%s%s", n++ ? ", " : " What can be done now: ", workflow_action_label(row->action));
        last = row->action;
    }
    buf_str(b, n ? "." : " Nothing more can be done with it.");
}

static bool refuse(enum machine m, const char *from, const char *action, struct err *e)
{
    const char *noun = m == MACHINE_REFERRAL ? "referral" : "handoff";
    struct buf b = {0}, starts = {0};
    add_starts(&starts, m, action);
    if (*from)
        buf_fmt(&b, "This %s is \"%s\"", noun, workflow_state_label(m, from));
    else
        buf_fmt(&b, "There is no %s yet", noun);
    if (starts.len)
        buf_fmt(&b, "; \"%s\" is for %s.", workflow_action_label(action), buf_text(&starts));
    else
        buf_fmt(&b, "; no %s knows \"%s\".", noun, action);
    add_ways_out(&b, m, from);
    err_rule(e, m == MACHINE_REFERRAL ? "R00" : "H00", "%s", buf_text(&b));
    buf_free(&starts);
    buf_free(&b);
    return false;
}

static bool deny(const struct move *row, unsigned role_bits, struct err *e)
{
    char may[128], has[128];
    roles_words(row->roles, may);
    roles_words(role_bits, has);
    err_set(e, ERR_DENIED, "\"%s\" is for: %s. You are: %s.", workflow_action_label(row->action), may,
            *has ? has : "none of the roles");
    if (e)
        text_put(e->rule, sizeof e->rule, row->code);
    return false;
}

bool workflow_allows(enum machine m, const char *from, const char *action, unsigned role_bits, struct err *e)
{
    const struct move *row = workflow_find(m, from, action);
    if (!row)
        return refuse(m, from, action, e);
    return (row->roles & role_bits) || deny(row, role_bits, e);
}

/* ---- claims about states */

/* How far a handoff is on the way delivered (1), acknowledged (2), accepted (3), started (4):
 * `at` is what the state shows to have happened, `says` is one more than what a reply that names
 * the state implies. "Could not complete" comes after accepting; whether they started is not said. */
struct claims {
    const char *state;
    bool is_open, has_left, takes_update;
    int at, says;
};
static const struct claims handoff_claims[] = {
    {"draft", true, false, false, 0, 0},
    {"held", true, false, false, 0, 0},
    {"queued", true, false, false, 0, 0},
    {"exported", true, true, true, 0, 0},
    {"delivered", true, true, true, 1, 1},
    {"acknowledged", true, true, true, 2, 2},
    {"waitlisted", true, true, true, 2, 3},
    {"accepted", true, true, true, 3, 3},
    {"declined", false, true, false, 3, 3},
    {"no_response", true, true, true, 1, 1},
    {"in_progress", true, true, true, 4, 4},
    {"on_hold", true, true, true, 4, 5},
    {"completed", false, true, false, 5, 5},
    {"failed", false, true, false, 4, 4},
    {"withdrawing", false, true, false, 0, 0},
};

static const struct claims *claims_of(const char *state)
{
    static const struct claims none = {.state = ""};
    for (size_t i = 0; i < sizeof handoff_claims / sizeof *handoff_claims; i++)
        if (strcmp(handoff_claims[i].state, state) == 0)
            return &handoff_claims[i];
    return &none;
}

bool referral_is_open(const char *state)
{
    return codes_have("received,waiting,allocated,active,paused", state);
}

bool handoff_is_open(const char *state)
{
    return claims_of(state)->is_open;
}

bool handoff_has_left(const char *state)
{
    return claims_of(state)->has_left;
}

bool handoff_takes_update(const char *state)
{
    return claims_of(state)->takes_update;
}

size_t handoff_implied(const char *from, const char *to, const char *out[6])
{
    static const char *const way[] = {"delivered", "acknowledged", "accepted", "in_progress"};
    size_t n = 0;
    for (int step = claims_of(from)->at + 1; step < claims_of(to)->says; step++)
        out[n++] = way[step - 1];
    return n;
}

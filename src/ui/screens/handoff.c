/* SPDX-License-Identifier: MIT
 *
 * The Handoff screen, three steps of one way: which need, which service, then
 * one handoff with its gates and the row that would leave. Choosing is
 * handoff_choose.c's, the one handoff handoff_one.c's.
 */
#include <string.h>

#include "acts.h"
#include "consent_form.h"
#include "document.h"
#include "handoff_answer.h"
#include "handoff_inside.h"
#include "onward/workflow.h"

static struct view *handoff_view(const struct screen *self)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    return w->views[w->step];
}

const char *handoff_state(const struct handoff_screen *w)
{
    return w->step == AT_ONE ? doc_text(w->doc, "state") : "";
}

/* ---- opening, reading */

static bool handoff_refresh(struct screen *self, struct err *e)
{
    static bool (*const reads[HANDOFF_STEPS])(struct handoff_screen *, struct err *) = {
        [AT_NEEDS] = handoff_read_needs, [AT_SERVICES] = handoff_read_services, [AT_ONE] = handoff_read_one};
    struct handoff_screen *w = (struct handoff_screen *)self;
    return reads[w->step](w, e);
}

static void handoff_close(struct screen *self)
{
    struct handoff_screen *w = (struct handoff_screen *)self;
    for (int i = 0; i < HANDOFF_STEPS; i++)
        view_free(w->views[i]);
    json_decref(w->episode);
    json_decref(w->doc);
}

/* A handoff is shown; a referral has a service chosen for it, for its need where one is said; with all three another service
 * than the handoff's is chosen. */
static bool take_args(struct handoff_screen *w, const struct open_args *a, struct err *e)
{
    const char *referral = a && a->referral ? a->referral : desk_subject(w->base.under, "referral");
    bool ok = true;
    if (a && a->handoff && !(a->referral && a->need)) {
        w->step = AT_ONE;
        ok = text_copy(w->handoff, sizeof w->handoff, a->handoff);
    } else if (!referral) {
        return err_set(e, ERR_NOT_FOUND, "A handoff begins with a person who has an open referral: open the person first, f finds them.");
    } else {
        w->step = a && a->need ? AT_SERVICES : AT_NEEDS;
        ok = text_copy(w->referral, sizeof w->referral, referral) && (!a || !a->need || text_copy(w->need, sizeof w->need, a->need)) &&
             (!a || !a->handoff || text_copy(w->follows, sizeof w->follows, a->handoff));
    }
    return ok || err_set(e, ERR_INVALID, "That is no reference.");
}

static bool handoff_open(struct screen *self, const void *args, struct err *e)
{
    struct handoff_screen *w = (struct handoff_screen *)self;
    if (!take_args(w, args, e))
        return false;
    w->views[AT_NEEDS] = handoff_needs_view();
    w->views[AT_SERVICES] = handoff_services_view();
    w->views[AT_ONE] = handoff_one_view();
    if (!handoff_refresh(self, e)) {
        handoff_close(self);
        return false;
    }
    if (w->step == AT_NEEDS && view_rows(w->views[AT_NEEDS]) == 1) /* nothing to choose */
        handoff_choose_need(self);
    if (w->step == AT_ONE)
        (void)handoff_go_to_shut(w);
    return true;
}

/* J and K: the handoff that the list below stands on now. */
static bool handoff_follow(struct screen *self, const struct screen *below, struct err *e)
{
    struct handoff_screen *w = (struct handoff_screen *)self;
    char before[REF_SIZE];
    const char *ref = below->type->subject ? below->type->subject(below, "handoff") : NULL;
    if (w->step != AT_ONE || !ref || !*ref)
        return err_set(e, ERR_NOT_FOUND, "There is no handoff in that row; J goes on to the next.");
    text_put(before, sizeof before, w->handoff);
    if (!text_copy(w->handoff, sizeof w->handoff, ref))
        return err_set(e, ERR_INVALID, "%s is no reference of a handoff.", ref);
    if (handoff_read_one(w, e))
        return handoff_go_to_shut(w) || view_home(w->views[AT_ONE], e);
    text_put(w->handoff, sizeof w->handoff, before);
    return false;
}

/* ---- drawing */

static void handoff_draw(struct screen *self, struct canvas *c, struct area body)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    struct area top = {body.row, body.col, 2, body.cols}, list, detail;
    struct view *v = w->views[w->step];
    if (w->step == AT_ONE)
        handoff_one_draw_top(w, c, top);
    else
        handoff_choose_draw_top(w, c, top);
    layout_split((struct area){body.row + 2, body.col, body.rows - 2, body.cols}, true, &list, &detail);
    view_draw(v, c, list, true);
    canvas_text(c, detail.row, detail.col + 1, detail.cols - 1, STYLE_TITLE,
                view_cell(v, w->step == AT_ONE ? "what" : w->step == AT_NEEDS ? "need" : "service"));
    canvas_wrap(c, (struct area){detail.row + 1, detail.col + 1, detail.rows - 1, detail.cols - 2}, STYLE_PLAIN, view_cell(v, "whole"), 0);
}

static void handoff_headline(const struct screen *self, struct buf *out)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    if (w->step == AT_ONE) {
        buf_fmt(out, "%s  %s  %s%s", w->handoff, doc_text(w->doc, "name"), w->person, doc_is(w->doc, "urgent") ? "  URGENT" : "");
        return;
    }
    const json_t *header = json_object_get(w->episode, "header");
    buf_fmt(out, "%s %s  %s", doc_text(header, "given_name"), doc_text(header, "family_name"), w->person);
}

static const char *handoff_subject(const struct screen *self, const char *kind)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    if (strcmp(kind, "person") == 0)
        return w->person;
    if (strcmp(kind, "referral") == 0)
        return w->referral;
    if (strcmp(kind, "need") == 0)
        return w->step == AT_NEEDS ? view_key(w->views[AT_NEEDS]) : w->need;
    return strcmp(kind, "handoff") == 0 && w->step == AT_ONE ? w->handoff : NULL;
}

/* Back goes from the services to the needs where there was a choice; a handoff that is left unsent is said to be so. */
static bool handoff_event(struct screen *self, const struct event *ev)
{
    struct handoff_screen *w = (struct handoff_screen *)self;
    struct view *v = w->views[w->step];
    bool back = ev->kind == EVENT_KEY && (ev->key == 'q' || ev->key == PRESS_QUIT ||
                                          (ev->key == PRESS_ESC && !*view_limit_text(v) && !view_tags(v, NULL)));
    if (back && w->step == AT_SERVICES && view_rows(w->views[AT_NEEDS]) > 1) {
        w->step = AT_NEEDS;
        return true;
    }
    if (!back || strcmp(handoff_state(w), "draft") != 0)
        return false;
    struct screen *under = self->under;
    desk_close(self, true);
    desk_say(under, "%s stays planned. It is not sent: open it and press s when it may go.", w->handoff);
    return true;
}

/* ---- commands */

static bool is_one(const struct screen *self)
{
    return ((const struct handoff_screen *)self)->step == AT_ONE;
}

static bool may(const struct screen *self, const char *action)
{
    return workflow_find(MACHINE_HANDOFF, handoff_state((const struct handoff_screen *)self), action) != NULL;
}

void handoff_run(struct screen *self, const char *verb)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    struct typed word = {"handoff", w->handoff};
    desk_run(self, verb, &word, 1);
}

static void open_row(struct screen *self)
{
    static void (*const opens[HANDOFF_STEPS])(struct screen *) = {
        [AT_NEEDS] = handoff_choose_need, [AT_SERVICES] = handoff_choose_service, [AT_ONE] = handoff_open_row};
    opens[((struct handoff_screen *)self)->step](self);
}

static bool may_send(const struct screen *self)
{
    return may(self, "send");
}

static void send_it(struct screen *self)
{
    handoff_run(self, "handoff send");
}

static void consent_form(struct screen *over)
{
    const struct handoff_screen *w = (const struct handoff_screen *)over;
    consent_record(over, "consent give", &(struct consent_about){w->person, "share", doc_text(w->doc, "organisation"), w->need});
}

void handoff_take_consent(struct screen *self)
{
    consent_read_out(self, "share", consent_form);
}

/* While choosing there is no organisation yet to agree to: the person's consent as a whole. */
static void all_consent(struct screen *self)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    desk_open(self, &consent_screen, &(struct open_args){.person = w->person, .handoff = w->step == AT_ONE ? w->handoff : NULL});
}

static void take_consent(struct screen *self)
{
    if (is_one(self))
        handoff_take_consent(self);
    else
        all_consent(self);
}

static bool may_change(const struct screen *self)
{
    return handoff_is_open(handoff_state((const struct handoff_screen *)self)) || may(self, "reopen");
}

static bool may_withdraw(const struct screen *self)
{
    return may(self, "withdraw");
}

static bool may_answer(const struct screen *self)
{
    return handoff_has_left(handoff_state((const struct handoff_screen *)self));
}

static bool may_refer(const struct screen *self)
{
    return is_one(self);
}

/* To another service: after a decline, silence or failure as what follows this one, else for its referral anew. */
static void refer(struct screen *self)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    bool follows = may(self, "re_route");
    desk_open(self, &handoff_screen,
              &(struct open_args){.referral = w->referral, .need = w->need, .handoff = follows ? w->handoff : NULL});
}

static bool is_stop_owed(const struct screen *self)
{
    return is_one(self) && doc_is(((const struct handoff_screen *)self)->doc, "stop_owed");
}

static bool is_news(const struct screen *self)
{
    return is_one(self) && !doc_is(((const struct handoff_screen *)self)->doc, "worker_told");
}

static bool is_to_ring(const struct screen *self)
{
    const struct handoff_screen *w = (const struct handoff_screen *)self;
    return is_one(self) && doc_is(w->doc, "urgent") && !*doc_text(w->doc, "rung_on") && handoff_is_open(handoff_state(w));
}

static bool is_held(const struct screen *self)
{
    return strcmp(handoff_state((const struct handoff_screen *)self), "held") == 0;
}

static void seen(struct screen *self)
{
    handoff_run(self, "handoff seen");
}

static void rung(struct screen *self)
{
    handoff_run(self, "handoff rung");
}

static void again(struct screen *self)
{
    handoff_run(self, "handoff again");
}

/* What this handoff asks of its worker, the most pressing first. */
static void done(struct screen *self)
{
    if (is_stop_owed(self))
        desk_act(self, &act_stop_confirmed);
    else if (is_to_ring(self))
        rung(self);
    else if (is_news(self))
        seen(self);
    else if (is_held(self) && handoff_go_to_shut((struct handoff_screen *)self))
        handoff_open_row(self);
    else
        desk_say(self, "This handoff asks nothing of you now.");
}

static bool has_next(const struct screen *self)
{
    return is_stop_owed(self) || is_to_ring(self) || is_news(self) || is_held(self);
}

static bool may_review(const struct screen *self)
{
    return may(self, "review");
}

static bool may_reopen(const struct screen *self)
{
    return may(self, "reopen");
}

static bool may_mark_error(const struct screen *self)
{
    return may(self, "error");
}

static const struct act change_act = {
    .form = {.verb = "handoff update", .title = "Change what the handoff says", .keys = (const char *const[]){"summary", "goals", "urgent", NULL},
             .show = "handoff show"},
    .about = "handoff",
};
static const struct act withdraw_act = {.form = {.verb = "handoff withdraw", .title = "Withdraw the handoff"}, .about = "handoff"};
static const struct act reopen_act = {.form = {.verb = "handoff reopen", .title = "Take back an answer sent by mistake"}, .about = "handoff"};
static const struct act error_act = {.form = {.verb = "handoff error", .title = "Entered in error"}, .about = "handoff"};

static const struct command commands[] = {
    {.name = "open", .help = "Chooses the need or service; at a shut gate, opens the way to open it; else shows the row whole.", .keys = "Enter",
     .brief = "open", .run = open_row},
    {.name = "send tonight", .help = "Sends the planned handoff tonight; where a gate is shut it is held, and says why.", .keys = "s", .brief = "send",
     .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = send_it, .can = may_send, .verb = "handoff send"},
    {.name = "take consent", .help = "The words to read out, then the form for this organisation and this need, without leaving.", .keys = "c",
     .brief = "consent", .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = take_consent},
    {.name = "what they said", .help = "Records what the organisation said by telephone, e-mail or visit: one letter chooses the status.", .keys = "y",
     .brief = "they said", .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = handoff_answer, .can = may_answer},
    {.name = "done", .help = "Done with what it asks of you: the stop is confirmed, they were rung, the news is read; where it is held, opens its shut gate.", .keys = "d", .brief = "done",
     .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = done, .can = has_next},
    {.name = "change", .help = "Changes summary, goals or urgency; where it has left, a correction goes.", .keys = "e", .brief = "change",
     .flags = COMMAND_WRITES, .roles = ROLE_CARE, .act = &change_act, .can = may_change},
    {.name = "withdraw", .help = "Withdraws it; where it has left they are told to stop.", .keys = "w", .brief = "withdraw", .flags = COMMAND_WRITES,
     .roles = ROLE_CARE, .act = &withdraw_act, .can = may_withdraw},
    {.name = "refer to a service", .help = "Chooses a service for this need: another one after a decline, silence or failure.", .keys = "r",
     .brief = "other service", .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = refer, .can = may_refer,
     .verb = "handoff re-route"},
    {.name = "all consent of this person", .help = "The Consent screen: how consent stands, every decision.", .keys = "", .roles = ROLE_CARE,
     .run = all_consent},
    {.name = "news is read", .help = "Says that you have read what they answered.", .keys = "", .flags = COMMAND_WRITES, .roles = ROLE_CARE, .run = seen,
     .can = is_news},
    {.name = "they were rung", .help = "Records that they were rung about an urgent handoff, today.", .keys = "", .flags = COMMAND_WRITES,
     .roles = ROLE_CARE, .run = rung, .can = is_to_ring},
    {.name = "still wanted", .help = "Says that a handoff held for long is still wanted.", .keys = "", .flags = COMMAND_WRITES, .roles = ROLE_CARE,
     .run = again, .can = is_held},
    {.name = "stop confirmed", .help = "Records that they confirmed the stop: who said so, to whom, when.", .keys = "", .flags = COMMAND_WRITES,
     .roles = ROLE_CARE, .act = &act_stop_confirmed, .can = is_stop_owed},
    {.name = "review", .help = "Reviews one that was declined or not completed: it rests, or goes back to the worker with a note.", .keys = "",
     .flags = COMMAND_WRITES, .act = &act_review, .can = may_review},
    {.name = "reopen", .help = "Takes back an answer that was sent by mistake.", .keys = "", .flags = COMMAND_WRITES, .roles = ROLE_CARE,
     .act = &reopen_act, .can = may_reopen},
    {.name = "entered in error", .help = "Marks it as entered in error; where it has left a stop is owed.", .keys = "", .flags = COMMAND_WRITES,
     .roles = ROLE_CARE, .act = &error_act, .can = may_mark_error},
    {.name = NULL},
};

const struct screen_type handoff_screen = {
    .name = "handoff", .title = "Handoff",
    .help = "One need of one person, to one service. Choose the need, then the service; then see every gate, what would open it, and the very row "
            "that would leave. Nothing is sent before s, and s is undone by u until the night.",
    .size = sizeof(struct handoff_screen), .commands = commands, .roles = ROLE_CARE | ROLE_REP, .record = true,
    .open = handoff_open, .close = handoff_close, .draw = handoff_draw, .event = handoff_event, .headline = handoff_headline,
    .view = handoff_view, .subject = handoff_subject, .refresh = handoff_refresh, .follow = handoff_follow,
};

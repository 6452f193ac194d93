/* SPDX-License-Identifier: MIT
 *
 * Intake in one go: the screen, its keys, and the way from item to item.
 */
#include "screens/intake.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- from item to item */

/* Every form of the step is there, so that what comes is seen. */
static bool prepare_step(struct intake *in, enum intake_step step, struct err *e)
{
    for (int it = ITEM_SAFE; it <= ITEM_SUBMIT; it++)
        if (intake_items[it].step == step && item_applies(in, (enum intake_item)it) && !item_prepare(in, (enum intake_item)it, e))
            return false;
    return true;
}

/* The first field of the item's form, or the last where one comes back to it. */
static void focus_form(struct intake *in, enum intake_item it, bool last)
{
    const char *const *key = intake_items[it].keys;
    bool focused = false;
    for (; in->forms[it] && *key && (last || !focused); key++)
        focused |= form_focus(in->forms[it], *key);
}

static void go_to(struct intake *in, enum intake_item it, bool last)
{
    struct err e = {0};
    if (in->forms[in->at])
        form_unfocus(in->forms[in->at]);
    if (!prepare_step(in, intake_items[it].step, &e)) {
        desk_error(&in->base, &e);
        return;
    }
    in->at = it;
    focus_form(in, it, last);
    pane_clear(&in->words);
    if (it == ITEM_KNOWN)
        known_say(in, &in->words);
    else if (intake_items[it].step == STEP_CHECK)
        intake_fill_check(in);
}

void intake_go(struct intake *in, enum intake_item it)
{
    go_to(in, it, false);
}

void intake_fault(struct intake *in, enum intake_item it, const struct err *e)
{
    intake_go(in, it);
    if (in->forms[it] && *e->field)
        (void)form_focus(in->forms[it], e->field);
    struct err again = {0};
    if (it == ITEM_PERSON && e->code == ERR_REFUSED && likely_look(in, &again) && in->n_likely)
        in->chosen = 0;
    desk_error(&in->base, e);
}

/* Looks whether the item has all it needs; stays there, with the words for it, where it has not. */
static bool may_leave(struct intake *in, enum intake_item it)
{
    struct err e = {0};
    if (in->forms[it])
        form_unfocus(in->forms[it]);
    if (item_ready(in, it, &e))
        return true;
    intake_fault(in, it, &e);
    return false;
}

void intake_go_on(struct intake *in)
{
    if (in->at == ITEM_CONCERN)
        desk_say(&in->base, "Stop here until you have done this; then ^G goes on.");
    else if (may_leave(in, in->at))
        intake_go(in, item_after(in, in->at));
}

static void go_back(struct screen *self)
{
    struct intake *in = (struct intake *)self;
    in->chosen = -1;
    go_to(in, item_before(in, in->at), true);
}

static void pass_stop(struct screen *self)
{
    struct intake *in = (struct intake *)self;
    if (may_leave(in, ITEM_CONCERN))
        intake_go(in, item_after(in, ITEM_CONCERN));
}

/* To the last item, or to the first that still lacks something. */
static void go_to_check(struct screen *self)
{
    struct intake *in = (struct intake *)self;
    if (in->at == ITEM_CONCERN) {
        intake_go_on(in);
        return;
    }
    in->chosen = -1;
    for (int it = ITEM_SAFE; it < ITEM_SUBMIT; it++)
        if (item_applies(in, (enum intake_item)it) && !may_leave(in, (enum intake_item)it))
            return;
    intake_go(in, ITEM_SUBMIT);
}

/* ---- keeping, throwing away, going on */

static void throw_away(struct intake *in)
{
    struct err e = {0};
    if (!intake_drop_draft(in, &e))
        desk_error(&in->base, &e);
    desk_close(&in->base, false);
}

static void keep(struct intake *in)
{
    struct draft d = {0};
    struct err e = {0};
    text_put(d.form, sizeof d.form, intake_screen.name);
    d.text = intake_draft(&in->base, d.about, d.title);
    if (d.text && !draft_keep(desk_session(in->base.desk), &d, &e)) {
        desk_error(&in->base, &e);
    } else {
        struct screen *under = in->base.under;
        desk_close(&in->base, false);
        if (under)
            desk_say(under, "Kept as it is; :unsaved goes on with it.");
    }
    free(d.text);
}

static void leave_as(struct screen *over, const char *key)
{
    struct intake *in = (struct intake *)over;
    if (strcmp(key, "keep") == 0)
        keep(in);
    else if (strcmp(key, "throw") == 0)
        throw_away(in);
}

static void leave(struct screen *self)
{
    static const struct choice_row ways[] = {
        {"on", "Go on with it", ""},
        {"keep", "Keep it for later", "it is offered at the next start, and by :unsaved"},
        {"throw", "Throw it away", "nothing of it is recorded"},
    };
    struct intake *in = (struct intake *)self;
    if (in->chosen >= 0)
        in->chosen = -1;
    else if (intake_has_text(in))
        dialog_pick(self, "Leave this referral", ways, sizeof ways / sizeof *ways, leave_as);
    else
        throw_away(in);
}

/* ---- one of those who are likely */

static bool can_choose(const struct screen *self)
{
    const struct intake *in = (const struct intake *)self;
    return in->at == ITEM_PERSON && in->n_likely && in->chosen < 0;
}

static void choose(struct screen *self)
{
    ((struct intake *)self)->chosen = 0;
}

static void another_is_said(struct screen *over, const char *text)
{
    struct intake *in = (struct intake *)over;
    if (text_is_blank(text))
        return;
    free(in->another_reason);
    in->another_reason = xstrdup(text);
    in->chosen = -1;
    intake_go_on(in);
}

static void none_of_them(struct intake *in)
{
    if (likely_is_probable(in))
        dialog_line(&in->base, "Somebody else", "How do you know that it is another person?", "", another_is_said);
    else
        in->chosen = -1;
}

static bool choose_key(struct intake *in, int32_t key)
{
    struct err e = {0};
    if (key == PRESS_LEFT || key == PRESS_UP || key == PRESS_BACKTAB)
        in->chosen -= in->chosen > 0;
    else if (key == PRESS_RIGHT || key == PRESS_DOWN || key == PRESS_TAB)
        in->chosen += in->chosen + 1 < (long)in->n_likely;
    else if (key == PRESS_PAGE_UP)
        in->chosen = -1;
    else if (key == 'n' || key == 'N')
        none_of_them(in);
    else if (key == PRESS_ENTER && !known_take(in, in->likely[in->chosen].person, &e))
        desk_error(&in->base, &e);
    else
        return key == PRESS_ENTER;
    return true;
}

static void forget_known(struct screen *self)
{
    known_forget((struct intake *)self);
}

static bool is_known(const struct screen *self)
{
    const struct intake *in = (const struct intake *)self;
    return in->known && intake_items[in->at].step == STEP_WHO;
}

/* ---- keys of an item */

static bool moves_on(int32_t key)
{
    return key == PRESS_ENTER || key == PRESS_TAB || key == PRESS_DOWN;
}
static bool moves_back(int32_t key)
{
    return key == PRESS_BACKTAB || key == PRESS_UP;
}

static bool question_key(struct intake *in, enum intake_item it, int32_t key)
{
    const struct key_answer *a = intake_items[it].question->answers;
    char letter = key > 0 && key < 128 ? (char)tolower((int)key) : 0;
    for (; a->words; a++)
        if (a->key == letter && (!a->can || a->can(in))) {
            in->answers[it] = letter;
            if (it != ITEM_AGREED || letter != 'n' || may_leave(in, it))
                intake_go(in, item_after(in, it));
            return true;
        }
    return false;
}

static bool form_key(struct intake *in, const struct event *ev)
{
    struct err e = {0};
    switch (form_event(in->forms[in->at], ev)) {
    case FORM_WANTS_SAVE:
        intake_go_on(in);
        return true;
    case FORM_GOES_ON:
        if (in->at == ITEM_PERSON && !likely_look(in, &e))
            desk_error(&in->base, &e);
        return true;
    default:
        return false;
    }
}

static bool step_key(struct intake *in, int32_t key)
{
    if (in->at != ITEM_SUBMIT || key < '1' || key > '0' + STEPS)
        return false;
    for (int it = ITEM_SAFE; it <= ITEM_SUBMIT; it++)
        if (intake_items[it].step == (enum intake_step)(key - '1') && item_applies(in, (enum intake_item)it)) {
            intake_go(in, (enum intake_item)it);
            return true;
        }
    return false;
}

static bool item_key(struct intake *in, const struct event *ev)
{
    int32_t key = ev->key;
    if (in->chosen >= 0)
        return choose_key(in, key);
    if (in->forms[in->at] && form_key(in, ev))
        return true;
    enum intake_item asked = in->at == ITEM_SUBMIT && item_applies(in, ITEM_RISK) ? ITEM_RISK : in->at; /* it stands above */
    if (intake_items[asked].question && question_key(in, asked, key))
        return true;
    if (in->at == ITEM_NEEDS && (need_grid_move(&in->needs, key) || need_grid_mark(&in->needs, key)))
        return true;
    if (step_key(in, key))
        return true;
    if (moves_back(key))
        go_back(&in->base);
    else if (moves_on(key) && in->at != ITEM_SUBMIT)
        intake_go_on(in);
    else
        return false;
    return true;
}

/* What the commands below have, wherever one is. */
static bool is_command(int32_t key)
{
    return key == PRESS_ESC || key == CTRL('s') || key == CTRL('p') || key == CTRL('g') || key == PRESS_PAGE_DOWN;
}

static bool event(struct screen *self, const struct event *ev)
{
    struct intake *in = (struct intake *)self;
    if (ev->kind == EVENT_PASTE)
        return in->forms[in->at] && in->chosen < 0 && form_key(in, ev);
    return ev->kind == EVENT_KEY && !is_command(ev->key) && item_key(in, ev);
}

/* ---- commands */

static bool is_at_stop(const struct screen *self)
{
    return ((const struct intake *)self)->at == ITEM_CONCERN;
}
static bool is_not_at_stop(const struct screen *self)
{
    return !is_at_stop(self);
}

/* At the end it is taken in, once everything is there. */
static void go_on(struct screen *self)
{
    struct intake *in = (struct intake *)self;
    if (in->at == ITEM_SUBMIT)
        go_to_check(self);
    if (in->at == ITEM_SUBMIT)
        intake_submit(in);
    else
        intake_go_on(in);
}

static bool is_past_first(const struct screen *self)
{
    return ((const struct intake *)self)->at != ITEM_SAFE;
}

static const struct command commands[] = {
    {.name = "next", .help = "The next field, question or step; at the end it takes everything in as one step: the person, their consent, the "
                             "referral and its needs.", .keys = "Enter", .brief = "next", .flags = COMMAND_TYPING, .run = go_on, .can = is_not_at_stop},
    {.name = "go on after the stop", .help = "Goes on once you have acted on the concern.", .keys = "^G", .brief = "done, go on",
     .flags = COMMAND_TYPING, .run = pass_stop, .can = is_at_stop},
    {.name = "look at who is known", .help = "Goes to the people who are probably meant, to take one of them.", .keys = "PgDn",
     .brief = "one of these", .flags = COMMAND_TYPING, .run = choose, .can = can_choose},
    {.name = "somebody else", .help = "Takes back that it is the person shown; the names are typed again.", .keys = "^N",
     .brief = "somebody else", .flags = COMMAND_TYPING, .run = forget_known, .can = is_known},
    {.name = "check the answers", .help = "Goes to the last step, or to what is still missing.", .keys = "^S", .brief = "check",
     .flags = COMMAND_TYPING, .run = go_to_check},
    {.name = "one step back", .help = "Goes back to the question or form before this one; nothing is lost.", .keys = "^P",
     .brief = "step back", .flags = COMMAND_TYPING, .run = go_back, .can = is_past_first},
    {.name = "leave the referral", .help = "Asks whether to keep what is typed, throw it away or go on.", .keys = "Esc", .brief = "leave",
     .flags = COMMAND_TYPING, .run = leave},
    {.name = NULL},
};

/* ---- the screen */

/* The newest words in use that ask whether somebody may be contacted. */
static bool take_wording(void *ctx, const char *code, const char *label, const char *group)
{
    struct intake *in = ctx;
    (void)label;
    if (strcmp(group, "contact") == 0)
        text_put(in->wording, sizeof in->wording, code);
    return true;
}

static bool read_wording(struct intake *in, struct err *e)
{
    if (!session_codes(desk_session(in->base.desk), "wording", "", take_wording, in, e))
        return false;
    if (!*in->wording)
        return true;
    json_t *doc = desk_show(&in->base, "wording show", in->wording, e);
    const char *text = json_string_value(json_object_get(doc, "text"));
    in->wording_text = text ? xstrdup(text) : NULL;
    json_decref(doc);
    return doc;
}

static void clear(struct screen *self)
{
    struct intake *in = (struct intake *)self;
    for (size_t i = 0; i < ITEMS; i++)
        form_free(in->forms[i]);
    need_grid_free(&in->needs);
    pane_free(&in->words);
    buf_free(&in->looked);
    json_decref(in->known);
    free(in->wording_text);
    free(in->another_reason);
    free(in->second_reason);
}

static bool open(struct screen *self, const void *args, struct err *e)
{
    struct intake *in = (struct intake *)self;
    const struct open_args *a = args;
    struct session *s = desk_session(self->desk);
    in->chosen = -1;
    instant_format(session_now(s), in->began);
    bool ok = need_grid_init(&in->needs, s, true, e) && read_wording(in, e) &&
              (!a || !a->person || known_read(in, a->person, e));
    if (!ok)
        clear(self);
    return ok;
}

static void headline(const struct screen *self, struct buf *out)
{
    const struct intake *in = (const struct intake *)self;
    intake_name(in, out);
    if (in->known)
        buf_fmt(out, " (%s)", known_ref(in));
    if (in->answers[ITEM_SAFE] == 'y')
        buf_fmt(out, "%sCONCERN OPEN", out->len ? ", " : "");
}

static const char *subject(const struct screen *self, const char *kind)
{
    const struct intake *in = (const struct intake *)self;
    return strcmp(kind, "person") == 0 ? known_ref(in) : NULL;
}

const struct screen_type intake_screen = {
    .name = "intake", .title = "New referral",
    .help = "Takes a referral in: is anyone at risk, who is it, may we contact them, who asks and for what, which needs. Enter goes on, "
            "^P back, ^S to the check page; nothing is recorded before you take it in there. What you type is kept if the line is lost.",
    .size = sizeof(struct intake), .commands = commands, .roles = ROLE_CARE, .typing = true,
    .open = open, .close = clear, .draw = intake_draw, .event = event, .headline = headline, .subject = subject,
    .draft = intake_draft, .resume = intake_resume,
};

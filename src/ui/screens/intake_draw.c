/* SPDX-License-Identifier: MIT
 *
 * What intake looks like: the line of steps, and below it the items of the
 * step one is at.
 */
#include "screens/intake.h"

#include <string.h>

static const char stop_text[] =
    "If anyone is in danger at this moment ring 999. Stay with the person, on the line or in the room, if that is safe for you.\n"
    "\n"
    "A child or young person: tell the council's Bridge Partnership, now.\n"
    "An adult: tell the council's adult social care team, now.\n"
    "Then tell your safeguarding lead, today, and write down below what was said, in their own words.\n"
    "\n"
    "It is recorded as an open concern: nothing is handed to any organisation until a named person has decided that it is safe.";

static void draw_steps(const struct intake *in, struct canvas *c, struct area a)
{
    static const char *const names[STEPS] = {"1 Safe?", "2 Who", "3 Contact", "4 Asked by", "5 Needs", "6 Check"};
    enum intake_step now = intake_items[in->at].step;
    int at = 1;
    for (int i = 0; i < STEPS; i++) {
        bool is = i == (int)now;
        enum style style = is ? STYLE_FOCUS : i < (int)now ? STYLE_PLAIN : STYLE_DIM;
        at += canvas_fmt(c, a.row, a.col + at, a.cols - at, style, "%s%s%s", is ? "[" : " ", names[i], is ? "]" : " ");
        at++;
    }
}

/* Each draws itself from the top of its area and says how many rows it took. */

static int answer_columns(const struct key_answer *a)
{
    return (int)strlen(a->words) + 7; /* its key, marks and what keeps it from the next */
}

/* Side by side, or one a line where they do not fit. */
static int draw_question(const struct intake *in, enum intake_item it, struct canvas *c, struct area a)
{
    const struct question *q = intake_items[it].question;
    bool focus = in->at == it;
    int row = a.row + 1, at = 2, all = 2;
    for (const struct key_answer *answer = q->answers; answer->words; answer++)
        all += !answer->can || answer->can(in) ? answer_columns(answer) : 0;
    canvas_text(c, a.row, a.col, a.cols, focus ? STYLE_FOCUS : STYLE_PLAIN, q->ask);
    if (focus)
        canvas_cursor(c, row, a.col + at);
    for (const struct key_answer *answer = q->answers; answer->words; answer++) {
        if (answer->can && !answer->can(in))
            continue;
        bool is = in->answers[it] == answer->key;
        int n = canvas_fmt(c, row, a.col + at, a.cols - at, STYLE_KEY, "%s%c", is ? "[" : " ", answer->key);
        canvas_fmt(c, row, a.col + at + n, a.cols - at - n, is ? STYLE_TITLE : STYLE_PLAIN, " %s%s", answer->words, is ? "]" : "");
        if (all > a.cols || c->linear)
            row++;
        else
            at += answer_columns(answer) - 1;
    }
    return row - a.row + (all > a.cols || c->linear ? 0 : 1);
}

/* The one in focus has what it offers among its lines: what stands below moves down. */
static int draw_form(const struct intake *in, enum intake_item it, struct canvas *c, struct area a)
{
    return form_draw_part(in->forms[it], c, a, in->at == it && in->chosen < 0);
}

static int draw_wording(const struct intake *in, struct canvas *c, struct area a)
{
    canvas_text(c, a.row, a.col, a.cols, STYLE_DIM, "Read aloud, or say it in your own words:");
    int rows = canvas_wrap(c, (struct area){a.row + 1, a.col + 2, a.rows - 1, a.cols - 4}, STYLE_PLAIN,
                           in->wording_text ? in->wording_text : "(No wording for being contacted is in use; a manager adds one.)", 0);
    return rows + 2;
}

static int draw_concern(const struct intake *in, struct canvas *c, struct area a)
{
    canvas_text(c, a.row, a.col, a.cols, STYLE_ALERT, "STOP: someone may be at risk of harm");
    int rows = 2 + canvas_wrap(c, (struct area){a.row + 2, a.col, a.rows - 5, a.cols}, STYLE_PLAIN, stop_text, 0) + 1;
    struct area left = {a.row + rows, a.col, a.rows - rows - 2, a.cols};
    rows += draw_form(in, ITEM_CONCERN, c, left);
    canvas_text(c, a.row + rows + 1, a.col, a.cols, STYLE_KEY, "^G goes on once you have done this.");
    return rows + 2;
}

static int draw_person(const struct intake *in, struct canvas *c, struct area a)
{
    int rows = draw_form(in, ITEM_PERSON, c, a);
    likely_draw(in, c, (struct area){a.row + rows + 1, a.col, a.rows - rows - 1, a.cols});
    return a.rows;
}

static int draw_words(const struct intake *in, struct canvas *c, struct area a, const char *below)
{
    struct intake *own = (struct intake *)in;
    pane_draw(&own->words, c, (struct area){a.row, a.col, a.rows - 2, a.cols});
    int rows = own->words.drawn < a.rows - 2 ? own->words.drawn : a.rows - 2;
    canvas_text(c, a.row + rows + 1, a.col, a.cols, STYLE_DIM, below);
    if (*below)
        canvas_cursor(c, a.row + rows + 1, a.col);
    return rows + 2;
}

static int draw_needs(struct intake *in, struct canvas *c, struct area a)
{
    const struct need_cell *cell = need_grid_focus(&in->needs);
    need_grid_draw(&in->needs, c, (struct area){a.row, a.col, a.rows - 3, a.cols}, true);
    if (cell)
        canvas_fmt(c, a.row + a.rows - 2, a.col, a.cols, STYLE_PLAIN, "%s%s%s. %zu marked.", cell->label, cell->on ? ": marked" : "",
                   cell->main ? ", the main one" : "", need_grid_count(&in->needs));
    canvas_text(c, a.row + a.rows - 1, a.col, a.cols, STYLE_DIM,
                "A letter or Space marks; 1 slight to 5 a crisis; m the main one; Enter: next");
    return a.rows;
}

static int draw_safe(const struct intake *in, struct canvas *c, struct area a)
{
    int rows = canvas_wrap(c, a, STYLE_PLAIN,
                           "First of all, whoever asks and for whatever: is the person, a child, or anybody else in danger, or being hurt, "
                           "neglected or used? You need not be sure.", 0) + 1;
    return rows + draw_question(in, ITEM_SAFE, c, (struct area){a.row + rows, a.col, a.rows - rows, a.cols});
}

static int draw_item(struct intake *in, enum intake_item it, struct canvas *c, struct area a)
{
    switch (it) {
    case ITEM_SAFE:
        return draw_safe(in, c, a);
    case ITEM_PERSON:
        return draw_person(in, c, a);
    case ITEM_KNOWN:
        return draw_words(in, c, a, "Enter goes on with them; ^N: it is somebody else.");
    case ITEM_NEEDS:
        return draw_needs(in, c, a);
    case ITEM_SUBMIT:
        return draw_words(in, c, a, in->at == it ? "Enter takes it in; a digit goes back to that step." : "");
    default:
        return intake_items[it].question ? draw_question(in, it, c, a) : draw_form(in, it, c, a);
    }
}

void intake_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct intake *in = (struct intake *)self;
    enum intake_step step = intake_items[in->at].step;
    struct area a = {body.row + 2, body.col + 1, body.rows - 2, body.cols - 2};
    draw_steps(in, c, body);
    if (in->at == ITEM_CONCERN) { /* the stop has the screen for itself */
        draw_concern(in, c, a);
        return;
    }
    if (in->at == ITEM_AGREED) {
        int rows = draw_wording(in, c, a);
        a.row += rows;
        a.rows -= rows;
    }
    struct area whole = a, focused = {0};
    for (int it = ITEM_SAFE; it <= ITEM_SUBMIT && a.rows > 0; it++) {
        if (intake_items[it].step != step || !item_applies(in, (enum intake_item)it) || (intake_items[it].verb && !in->forms[it]))
            continue;
        if (it == (int)in->at)
            focused = a;
        int rows = draw_item(in, (enum intake_item)it, c, a) + (intake_items[it].question ? 1 : 0);
        a.row += rows;
        a.rows -= rows;
    }
    if (!focused.rows) { /* no room for it below the others */
        focused = whole;
        canvas_fill(c, whole, STYLE_PLAIN);
    }
    draw_item(in, in->at, c, focused); /* last: what it offers lies over the others */
}

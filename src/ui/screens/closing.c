/* SPDX-License-Identifier: MIT
 *
 * Closing a referral: what came of each need, the reason, a note, in one form
 * that is saved as one step or not at all. Each answer is one of a few words:
 * Left and Right go through them, typing goes to the one that begins so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "document.h"
#include "onward/records.h"
#include "onward/role.h"

#define QUESTIONS_MOST 40
#define LABEL_COLUMNS 26

struct question {
    char key[CODE_SIZE];    /* the need's code; of the last two "reason", "leave_sent" */
    char *label;
    bool of_need;
    const char *set;        /* code set of the answers of a need */
    long at;                /* the answer; -1: none */
    char was[CODE_SIZE];    /* a need's outcome that is recorded already */
};
struct answers {
    char code[32][CODE_SIZE];
    char *label[32];
    size_t n;
};
struct closing {
    struct screen base;
    char person[REF_SIZE], referral[REF_SIZE];
    struct question questions[QUESTIONS_MOST];
    size_t n, focus;                     /* focus n: the note */
    struct answers outcomes, reasons, yes_no;
    struct editor note;
    char typed[32];                      /* the beginning of an answer, in the question in focus */
    char why[256];                       /* what was wrong with it */
};

static struct closing *closing_of(const struct screen *self)
{
    return (struct closing *)self;
}

/* ---- the questions */

static bool add_answer(void *ctx, const char *code, const char *label, const char *group)
{
    struct answers *a = ctx;
    (void)group;
    if (a->n == sizeof a->code / sizeof *a->code || !text_copy(a->code[a->n], sizeof a->code[a->n], code))
        return false;
    a->label[a->n++] = xstrdup(label);
    return true;
}

static const struct answers *answers_of(const struct closing *w, const struct question *q)
{
    return q->of_need ? &w->outcomes : strcmp(q->key, "reason") == 0 ? &w->reasons : &w->yes_no;
}

static long find_answer(const struct answers *a, const char *code)
{
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->code[i], code) == 0)
            return (long)i;
    return -1;
}

static void ask(struct closing *w, const char *key, const char *label, bool of_need, const char *answer)
{
    struct question *q = &w->questions[w->n];
    if (w->n == QUESTIONS_MOST || !text_copy(q->key, sizeof q->key, key) || !text_copy(q->was, sizeof q->was, answer))
        return;
    q->label = xstrdup(label);
    q->of_need = of_need;
    q->at = find_answer(answers_of(w, q), answer);
    w->n++;
}

static void ask_all(struct closing *w, const json_t *episode)
{
    size_t i;
    const json_t *need;
    json_array_foreach(json_object_get(episode, "needs"), i, need)
        ask(w, doc_text(need, "code"), doc_text(need, "label"), true, doc_text(need, "outcome"));
    ask(w, "reason", "Reason", false, "");
    if (json_array_size(json_object_get(episode, "handoffs")))
        ask(w, "leave_sent", "Leave what was sent", false, "no");
}

static void closing_close(struct screen *self)
{
    struct closing *w = closing_of(self);
    struct answers *all[] = {&w->outcomes, &w->reasons, &w->yes_no, NULL};
    for (size_t i = 0; all[i]; i++)
        while (all[i]->n)
            free(all[i]->label[--all[i]->n]);
    while (w->n)
        free(w->questions[--w->n].label);
    editor_free(&w->note);
}

static bool closing_open(struct screen *self, const void *args, struct err *e)
{
    struct closing *w = closing_of(self);
    const struct open_args *a = args;
    if (!a || !a->referral)
        return err_set(e, ERR_INVALID, "Choose a referral first.");
    json_t *episode = desk_show(self, "referral show", a->referral, e);
    bool ok = episode && session_codes(desk_session(self->desk), "need_outcome", "", add_answer, &w->outcomes, e);
    for (const struct choice *c = close_reasons; ok && c->code; c++)
        add_answer(&w->reasons, c->code, c->label, "");
    add_answer(&w->yes_no, "no", "No: they are told to stop", "");
    add_answer(&w->yes_no, "yes", "Yes: they go on without us", "");
    editor_init(&w->note, LONG_SIZE - 1, false);
    if (ok) {
        text_put(w->referral, sizeof w->referral, doc_text(episode, "referral"));
        text_put(w->person, sizeof w->person, doc_text(episode, "person"));
        ask_all(w, episode);
    } else {
        closing_close(self);
    }
    json_decref(episode);
    return ok;
}

static const char *closing_subject(const struct screen *self, const char *kind)
{
    const struct closing *w = closing_of(self);
    return strcmp(kind, "person") == 0 ? w->person : strcmp(kind, "referral") == 0 ? w->referral : NULL;
}

/* ---- the picture */

static void draw_question(const struct closing *w, struct canvas *c, struct area a, size_t i)
{
    const struct question *q = &w->questions[i];
    const struct answers *answers = answers_of(w, q);
    bool focus = w->focus == i;
    canvas_text(c, a.row, a.col, LABEL_COLUMNS, focus ? STYLE_FOCUS : STYLE_PLAIN, q->label);
    struct area field = {a.row, a.col + LABEL_COLUMNS + 1, 1, a.cols - LABEL_COLUMNS - 1};
    canvas_fill(c, field, STYLE_FIELD);
    canvas_text(c, field.row, field.col, field.cols, STYLE_FIELD, q->at < 0 ? "" : answers->label[q->at]);
    if (focus)
        canvas_cursor(c, field.row, field.col);
}

static void closing_draw(struct screen *self, struct canvas *c, struct area body)
{
    struct closing *w = closing_of(self);
    int rows = (int)w->n + 6, columns = c->cols - 6 < 76 ? c->cols - 6 : 76;
    (void)body;
    struct area in = canvas_box(c, layout_dialog(c->rows, c->cols, rows, columns), "Close the referral");
    int fit = in.rows - 5, top = (int)w->focus >= fit ? (int)w->focus - fit + 1 : 0; /* the focus stays in sight */
    canvas_text(c, in.row, in.col, in.cols, STYLE_DIM, "What came of each need, and why it ends?");
    for (int i = top; i < (int)w->n && i - top < fit; i++)
        draw_question(w, c, (struct area){in.row + 1 + i - top, in.col, 1, in.cols}, (size_t)i);
    struct area note = {in.row + in.rows - 4, in.col + LABEL_COLUMNS + 1, 1, in.cols - LABEL_COLUMNS - 1};
    canvas_text(c, note.row, in.col, LABEL_COLUMNS, w->focus == w->n ? STYLE_FOCUS : STYLE_PLAIN, "Note");
    canvas_fill(c, note, STYLE_FIELD);
    editor_draw(&w->note, c, note, w->focus == w->n);
    canvas_wrap(c, (struct area){in.row + in.rows - 3, in.col, 2, in.cols}, STYLE_ALERT, w->why, 0);
    canvas_text(c, in.row + in.rows - 1, in.col, in.cols, STYLE_DIM,
                w->focus == w->n ? "Enter or ^S closes the referral, Esc leaves it open." : "Left, Right or typing chooses; Enter goes on, ^S closes, Esc leaves.");
}

/* ---- saving: all or nothing */

static void show_fault(struct closing *w, size_t at, const struct err *e)
{
    size_t step = 0;
    w->focus = w->n - 1;
    for (size_t i = 0; i < w->n; i++) {
        if (w->questions[i].of_need ? w->questions[i].at >= 0 && step++ == at : strcmp(w->questions[i].key, "reason") == 0 && at >= step)
            w->focus = i;
    }
    if (strcmp(e->field, "note") == 0)
        w->focus = w->n;
    for (size_t i = 0; i < w->n && strcmp(e->rule, "R14") == 0; i++)
        if (w->questions[i].of_need && w->questions[i].at < 0) {
            w->focus = i;
            break;
        }
}

static void save(struct screen *self)
{
    struct closing *w = closing_of(self);
    struct typed words[QUESTIONS_MOST][3], last[4] = {{"referral", w->referral}};
    struct verb_step steps[QUESTIONS_MOST + 1];
    struct outcome outcomes[QUESTIONS_MOST + 1] = {{.version = 0}};
    struct err e = {0};
    size_t n = 0, n_last = 1, at = 0;
    for (size_t i = 0; i < w->n; i++) {
        const struct question *q = &w->questions[i];
        const char *answer = q->at < 0 ? "" : answers_of(w, q)->code[q->at];
        if (!q->of_need) {
            last[n_last++] = (struct typed){q->key, answer};
        } else if (*answer && strcmp(answer, q->was) != 0) {
            words[n][0] = (struct typed){"referral", w->referral};
            words[n][1] = (struct typed){"need", q->key};
            words[n][2] = (struct typed){"outcome", answer};
            steps[n] = (struct verb_step){.verb = "need outcome", .words = words[n], .n = 3};
            n++;
        }
    }
    if (*editor_text(&w->note))
        last[n_last++] = (struct typed){"note", editor_text(&w->note)};
    steps[n] = (struct verb_step){.verb = "referral close", .words = last, .n = n_last};
    n++;
    bool ok = verb_run_together(desk_session(self->desk), steps, n, outcomes, &at, &e);
    if (ok) {
        struct screen *under = self->under;
        struct desk *d = self->desk;
        desk_drop_draft(self);
        desk_close(self, false);
        desk_refresh(d);
        desk_say(under, "%s", buf_text(&outcomes[n - 1].text));
    } else {
        show_fault(w, at, &e);
        snprintf(w->why, sizeof w->why, "%.255s",
                 strcmp(e.rule, "R14") == 0 ? "For this reason every need needs an answer first, this one too." : e.text);
    }
    for (size_t i = 0; i < n; i++)
        outcome_free(&outcomes[i]);
}

/* ---- keys */

static void next_answer(struct closing *w, int by)
{
    struct question *q = &w->questions[w->focus];
    long n = (long)answers_of(w, q)->n;
    if (n)
        q->at = q->at < 0 ? (by > 0 ? 0 : n - 1) : (q->at + by + n) % n;
}

static bool begins(const char *label, const char *typed)
{
    size_t i = 0;
    while (typed[i] && (label[i] | 32) == (typed[i] | 32))
        i++;
    return !typed[i];
}

/* To the answer that begins with what is typed; where none goes on so, a letter begins anew: the next that begins with it. */
static bool answer_by_typing(struct closing *w, int32_t key)
{
    struct question *q = &w->questions[w->focus];
    const struct answers *a = answers_of(w, q);
    size_t n = strlen(w->typed), from = q->at < 0 ? 0 : (size_t)q->at;
    if (key < ' ' || key > '~')
        return false;
    for (; n + 1 < sizeof w->typed; from++, n = 0) {
        w->typed[n] = (char)key;
        w->typed[n + 1] = '\0';
        for (size_t i = 0; i < a->n; i++)
            if (begins(a->label[(from + i) % a->n], w->typed)) {
                q->at = (long)((from + i) % a->n);
                return true;
            }
        if (n == 0)
            break;
    }
    w->typed[0] = '\0';
    return false;
}

static bool move_focus(struct closing *w, int32_t key)
{
    bool on = key == PRESS_ENTER || key == PRESS_TAB || key == PRESS_DOWN, back = key == PRESS_BACKTAB || key == PRESS_UP;
    if (on && w->focus < w->n)
        w->focus++;
    else if (back && w->focus)
        w->focus--;
    else
        return on || back;
    w->why[0] = w->typed[0] = '\0';
    return true;
}

static bool answer_key(struct closing *w, int32_t key)
{
    w->why[0] = '\0';
    if (key != PRESS_LEFT && key != PRESS_RIGHT && key != PRESS_RUBOUT && key != PRESS_DELETE)
        return answer_by_typing(w, key);
    if (key == PRESS_LEFT || key == PRESS_RIGHT)
        next_answer(w, key == PRESS_LEFT ? -1 : 1);
    else
        w->questions[w->focus].at = -1;
    w->typed[0] = '\0';
    return true;
}

static void leave(struct screen *over)
{
    desk_drop_draft(over);
    desk_close(over, false);
}

static bool closing_event(struct screen *self, const struct event *ev)
{
    struct closing *w = closing_of(self);
    bool in_note = w->focus == w->n;
    if (ev->kind == EVENT_PASTE) {
        if (in_note)
            editor_paste(&w->note, ev->paste, ev->length);
        else
            desk_say(self, "Here one answer is chosen; text goes into the note.");
        return true;
    }
    if (ev->key == PRESS_ESC)
        dialog_ask(self, "Leave", "Leave the referral open, and forget these answers?", leave);
    else if (ev->key == CTRL('s') || (in_note && ev->key == PRESS_ENTER))
        save(self);
    else if (!move_focus(w, ev->key) && !(in_note ? editor_key(&w->note, ev->key) : answer_key(w, ev->key)))
        desk_say(self, in_note ? "Type a note, or Enter to close the referral." : "No answer begins like that; Left and Right go through them.");
    return true;
}

/* ---- drafts */

static char *closing_draft(struct screen *self, char about[64], char title[160])
{
    struct closing *w = closing_of(self);
    json_t *doc = json_object();
    bool any = *editor_text(&w->note) != '\0';
    text_put(about, 64, w->referral);
    snprintf(title, 160, "Closing %s", w->referral);
    for (size_t i = 0; i < w->n; i++) {
        const struct question *q = &w->questions[i];
        const char *answer = q->at < 0 ? "" : answers_of(w, q)->code[q->at];
        any = any || (strcmp(q->key, "leave_sent") != 0 && strcmp(answer, q->was) != 0);
        json_object_set_new(doc, q->key, json_string(answer));
    }
    json_object_set_new(doc, "note", json_string(editor_text(&w->note)));
    json_object_set_new(doc, "referral", json_string(w->referral));
    char *text = any ? json_dumps(doc, JSON_COMPACT) : NULL;
    json_decref(doc);
    return text;
}

static bool closing_resume(struct screen *below, const struct draft *d, struct err *e)
{
    json_error_t fault;
    json_t *doc = json_loads(d->text, 0, &fault);
    struct screen *s = doc ? desk_open(below, &closing_screen, &(struct open_args){.referral = doc_text(doc, "referral")}) : NULL;
    for (size_t i = 0; s && i < closing_of(s)->n; i++) {
        struct question *q = &closing_of(s)->questions[i];
        q->at = find_answer(answers_of(closing_of(s), q), doc_text(doc, q->key));
    }
    if (s)
        editor_set(&closing_of(s)->note, doc_text(doc, "note"));
    json_decref(doc);
    return s || err_set(e, ERR_NOT_FOUND, "The referral of this text cannot be opened any more.");
}

static const struct command commands[] = {
    {.name = NULL},
};

const struct screen_type closing_screen = {
    .name = "closing", .title = "Close the referral",
    .help = "What came of each need, the reason and a note: saved as one step that one undo takes back. Where the reason asks for no "
            "outcomes a need may stay without. Left, Right or typing chooses an answer, Enter goes on, ^S closes the referral.",
    .size = sizeof(struct closing), .commands = commands, .roles = ROLE_CARE, .dialog = true, .typing = true, .record = true,
    .open = closing_open, .close = closing_close, .draw = closing_draw, .event = closing_event, .subject = closing_subject,
    .draft = closing_draft, .resume = closing_resume,
};

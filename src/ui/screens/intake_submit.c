/* SPDX-License-Identifier: MIT
 *
 * The end of intake: the answers in words, to be looked over, and the verbs
 * that they come to, given to the engine as one action. What the engine
 * refuses leads back to the item, and the field, that it is about.
 */
#include "screens/intake.h"

#include <stdlib.h>
#include <string.h>

/* ---- the check page */

static void say_answer(const struct intake *in, enum intake_item it, struct buf *out)
{
    const struct key_answer *a = item_applies(in, it) ? item_answer(in, it) : NULL;
    if (a)
        buf_str(out, a->said);
}

static void say_form(struct intake *in, enum intake_item it, struct buf *out)
{
    if (item_applies(in, it))
        item_say(in, it, out);
}

static void say_who(struct intake *in, struct buf *out)
{
    if (in->known)
        buf_fmt(out, "%s %s, recorded as %s", known_text(in, "given_name"), known_text(in, "family_name"), known_ref(in));
    else
        item_say(in, ITEM_PERSON, out);
    if (in->adds_source)
        buf_fmt(out, "; this is another source of %s", in->open_referral);
    if (in->second_reason)
        buf_fmt(out, "; a second referral beside %s: %s", in->open_referral, in->second_reason);
    if (in->another_reason)
        buf_fmt(out, "; another person than those like them: %s", in->another_reason);
}

static void say_need(const struct need_cell *cell, void *ctx)
{
    struct buf *out = ctx;
    buf_fmt(out, "%s%s", out->len ? ", " : "", cell->label);
    if (cell->severity || cell->main)
        buf_str(out, cell->main ? cell->severity ? " (main, " : " (main)" : " (");
    if (cell->severity)
        buf_fmt(out, "%d of 5)", cell->severity);
}

/* The needs marked, the main one first: else the first that is recorded becomes it. */
typedef void need_fn(const struct need_cell *cell, void *ctx);
static void each_need(const struct intake *in, need_fn *fn, void *ctx)
{
    for (int main = 1; main >= 0; main--)
        for (size_t i = 0; i < in->needs.n; i++)
            if (in->needs.cells[i].on && in->needs.cells[i].main == main)
                fn(&in->needs.cells[i], ctx);
}

void intake_fill_check(struct intake *in)
{
    static const char *const labels[STEP_CHECK] = {"1 Safe?", "2 Who", "3 Contact", "4 Asked by", "5 Needs"};
    struct buf words[STEP_CHECK] = {{0}};
    say_answer(in, ITEM_SAFE, &words[STEP_SAFE]);
    say_form(in, ITEM_CONCERN, &words[STEP_SAFE]);
    say_who(in, &words[STEP_WHO]);
    if (in->adds_source) {
        buf_str(&words[STEP_CONTACT], "as on record");
        buf_str(&words[STEP_NEEDS], "as on record");
    } else {
        say_answer(in, ITEM_AGREED, &words[STEP_CONTACT]);
        say_form(in, ITEM_GIVEN, &words[STEP_CONTACT]);
        say_form(in, ITEM_GIVEN_FOR, &words[STEP_CONTACT]);
        say_form(in, ITEM_NOT_SOUGHT, &words[STEP_CONTACT]);
        say_form(in, ITEM_REACH, &words[STEP_CONTACT]);
        each_need(in, say_need, &words[STEP_NEEDS]);
        if (!words[STEP_NEEDS].len)
            buf_str(&words[STEP_NEEDS], "none yet; one is needed before it can be accepted");
    }
    say_form(in, ITEM_SOURCE, &words[STEP_ASKED]);
    say_form(in, ITEM_REFERRER, &words[STEP_ASKED]);
    pane_clear(&in->words);
    for (size_t i = 0; i < STEP_CHECK; i++) {
        pane_add(&in->words, labels[i], i == STEP_SAFE && in->answers[ITEM_SAFE] == 'y' ? STYLE_ALERT : STYLE_PLAIN,
                 words[i].len ? buf_text(&words[i]) : "not answered yet");
        buf_free(&words[i]);
    }
}

/* ---- the verbs */

enum { WORDS_MOST = 24 };
struct part {
    struct typed words[WORDS_MOST];
    size_t n, of;
    const char *verb;
    enum intake_item item; /* that it comes from */
};
struct action {
    struct part *parts;
    size_t n, referral; /* the part that starts the referral, from 1 */
};

static struct part *add_part(struct action *a, const char *verb, enum intake_item item, size_t of)
{
    struct part *p = &a->parts[a->n++];
    *p = (struct part){.verb = verb, .item = item, .of = of};
    return p;
}

static void add_word(struct part *p, const char *key, const char *value)
{
    if (p->n == WORDS_MOST)
        die("intake: %s has too many words", p->verb);
    p->words[p->n++] = (struct typed){key, value};
}

static void add_form(struct part *p, const struct intake *in, enum intake_item it)
{
    if (item_applies(in, it))
        p->n += item_words(in, it, p->words + p->n, WORDS_MOST - p->n);
}

/* The person: made, or what was said of reaching them changed. Gives the part that names them; 0: they are known. */
static size_t add_person(struct action *a, const struct intake *in)
{
    if (!in->known) {
        struct part *p = add_part(a, "person add", ITEM_PERSON, 0);
        add_form(p, in, ITEM_PERSON);
        add_form(p, in, ITEM_REACH);
        if (in->another_reason) {
            add_word(p, "new", "yes");
            add_word(p, "new_reason", in->another_reason);
        }
        return a->n;
    }
    struct part *p = add_part(a, "person edit", ITEM_REACH, 0);
    for (const char *const *key = intake_items[ITEM_REACH].keys; in->forms[ITEM_REACH] && *key; key++)
        if (strcmp(intake_text(in, ITEM_REACH, *key), known_text(in, *key)) != 0)
            add_word(p, *key, intake_text(in, ITEM_REACH, *key));
    if (p->n)
        add_word(p, "person", known_ref(in));
    else
        a->n--;
    return 0;
}

static struct part *add_about_person(struct action *a, const struct intake *in, const char *verb, enum intake_item item, size_t person)
{
    struct part *p = add_part(a, verb, item, person);
    if (!person)
        add_word(p, "person", known_ref(in));
    return p;
}

static void add_consent(struct action *a, const struct intake *in, size_t person)
{
    enum intake_item item = item_applies(in, ITEM_GIVEN) ? ITEM_GIVEN : item_applies(in, ITEM_GIVEN_FOR) ? ITEM_GIVEN_FOR : ITEM_NOT_SOUGHT;
    if (!item_applies(in, item))
        return;
    struct part *p = add_about_person(a, in, intake_items[item].verb, item, person);
    add_word(p, "purpose", "contact");
    if (item != ITEM_NOT_SOUGHT && *in->wording)
        add_word(p, "wording", in->wording);
    add_form(p, in, item);
}

static void add_risk(struct action *a, const struct intake *in, size_t person)
{
    if (in->answers[ITEM_RISK] != 'n' && in->answers[ITEM_RISK] != 'r')
        return;
    bool none = in->answers[ITEM_RISK] == 'n';
    struct part *p = add_about_person(a, in, "risk add", none ? ITEM_RISK : ITEM_RISKS, person);
    if (none)
        add_word(p, "kind", "none_known");
    add_form(p, in, ITEM_RISKS);
}

static const char *safeguarding(const struct intake *in)
{
    return in->answers[ITEM_SAFE] == 'y' ? "concern" : in->answers[ITEM_SAFE] == 'n' ? "none" : "not_yet";
}

static void add_need(const struct need_cell *cell, void *ctx)
{
    static const char *const digits[] = {"", "1", "2", "3", "4", "5"};
    struct action *a = ctx;
    struct part *p = add_part(a, "need add", ITEM_NEEDS, a->referral);
    add_word(p, "need", cell->code);
    if (cell->severity)
        add_word(p, "severity", digits[cell->severity]);
    if (cell->main)
        add_word(p, "main", "yes");
}

static void add_referral(struct action *a, const struct intake *in, size_t person)
{
    struct part *p = add_about_person(a, in, "referral start", ITEM_SOURCE, person);
    a->referral = a->n;
    add_word(p, "safeguarding", safeguarding(in));
    add_form(p, in, ITEM_CONCERN);
    add_form(p, in, ITEM_SOURCE);
    add_form(p, in, ITEM_REFERRER);
    if (in->second_reason)
        add_word(p, "second_reason", in->second_reason);
    each_need(in, add_need, a);
    add_part(a, "referral submit", ITEM_SOURCE, a->referral);
}

static void add_source(struct action *a, const struct intake *in)
{
    struct part *p;
    if (in->answers[ITEM_SAFE] == 'y') {
        p = add_part(a, "referral safeguarding", ITEM_CONCERN, 0);
        add_word(p, "referral", in->open_referral);
        add_word(p, "answer", "concern");
        add_word(p, "note", intake_text(in, ITEM_CONCERN, "safeguarding_note"));
    }
    p = add_part(a, "referral source", ITEM_SOURCE, 0);
    add_word(p, "referral", in->open_referral);
    add_form(p, in, ITEM_SOURCE);
    add_form(p, in, ITEM_REFERRER);
}

static void gather(struct action *a, const struct intake *in)
{
    a->parts = xcalloc(8 + in->needs.n, sizeof *a->parts);
    a->n = 0;
    if (in->adds_source) {
        add_source(a, in);
        return;
    }
    size_t person = add_person(a, in);
    add_consent(a, in, person);
    add_risk(a, in, person);
    add_referral(a, in, person);
}

/* ---- doing it */

static bool has_key(enum intake_item it, const char *key)
{
    for (const char *const *k = intake_items[it].keys; k && *k; k++)
        if (strcmp(*k, key) == 0)
            return true;
    return false;
}

/* To the item that has the field at fault, else to where the refused verb comes from. */
static void lead_back(struct intake *in, const struct part *p, const struct err *e)
{
    enum intake_item to = p->item;
    bool of_consent = to == ITEM_GIVEN || to == ITEM_GIVEN_FOR || to == ITEM_NOT_SOUGHT;
    if (strcmp(p->verb, "referral submit") == 0 || (of_consent && !has_key(to, e->field)))
        to = ITEM_AGREED; /* what is missing is consent to be contacted, or consent of another kind */
    for (int it = ITEM_SAFE; it < ITEM_SUBMIT && *e->field; it++)
        if (in->forms[it] && item_applies(in, (enum intake_item)it) && strcmp(item_verb(in, (enum intake_item)it), p->verb) == 0 &&
            has_key((enum intake_item)it, e->field))
            to = (enum intake_item)it;
    if (strcmp(e->rule, "duplicate") == 0)
        buf_clear(&in->looked); /* somebody was recorded meanwhile: look again */
    intake_fault(in, to, e);
}

/* On to the person's record, the new referral in focus. */
static void show_result(struct intake *in, const struct part *last, const struct outcome *o)
{
    struct screen *under = in->base.under;
    char person[REF_SIZE] = "", referral[64];
    bool source = in->adds_source;
    struct err e;
    text_put(referral, sizeof referral, o[last->of ? last->of - 1 : 0].ref);
    if (source)
        text_put(referral, sizeof referral, in->open_referral);
    text_put(person, sizeof person, in->known ? known_ref(in) : o[0].ref);
    if (!intake_drop_draft(in, &e))
        desk_error(&in->base, &e);
    desk_close(&in->base, true);
    const struct open_args args = {.person = person, .referral = referral};
    if (under && desk_open(under, &person_screen, &args))
        under = desk_top(under->desk);
    if (under)
        desk_say(under, source ? "%s has another source now." : "%s is received and waits for triage.", referral);
}

/* Something typed is at fault, not the store or what this desk may do. */
static bool is_about_an_item(const struct err *e)
{
    return e->code == ERR_INVALID || (e->code == ERR_REFUSED && strcmp(e->rule, "read-only") != 0);
}

void intake_submit(struct intake *in)
{
    struct action a;
    struct err e = {0};
    gather(&a, in);
    struct verb_step *steps = xcalloc(a.n, sizeof *steps);
    struct outcome *outcomes = xcalloc(a.n, sizeof *outcomes);
    size_t at = 0;
    for (size_t i = 0; i < a.n; i++)
        steps[i] = (struct verb_step){a.parts[i].verb, a.parts[i].words, a.parts[i].n, a.parts[i].of};
    if (verb_run_together(desk_session(in->base.desk), steps, a.n, outcomes, &at, &e))
        show_result(in, &a.parts[a.n - 1], outcomes);
    else if (at < a.n && is_about_an_item(&e))
        lead_back(in, &a.parts[at], &e);
    else
        desk_error(&in->base, &e);
    for (size_t i = 0; i < a.n; i++)
        outcome_free(&outcomes[i]);
    free(outcomes);
    free(steps);
    free(a.parts);
}

/* SPDX-License-Identifier: MIT
 *
 * Recording a consent decision (see consent_form.h): one table says which
 * fields each kind of decision is asked for, the rest is behind ^O.
 */
#include "consent_form.h"

#include <stdio.h>
#include <string.h>

#include "document.h"
#include "onward/records.h"

/* ---- the words */

struct words_wanted {
    const char *purpose;
    struct consent_words *found;
};

static const struct cell *cell_of(const struct list *l, const struct cell *cells, const char *key)
{
    for (size_t i = 0; i < l->columns_count; i++)
        if (strcmp(l->columns[i].key, key) == 0)
            return &cells[i];
    die("%s has no column %s", l->name, key);
}

/* Versions stand in the order of their codes: the last in use is the one. */
static bool take_words(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct words_wanted *w = ctx;
    (void)e;
    if (cell_of(l, cells, "active")->number != 1 || strcmp(cell_of(l, cells, "purpose")->text, w->purpose) != 0)
        return true;
    text_put(w->found->code, sizeof w->found->code, cell_of(l, cells, "wording")->text);
    buf_clear(&w->found->text);
    buf_str(&w->found->text, cell_of(l, cells, "text")->text);
    return true;
}

bool consent_words_for(struct session *s, const char *purpose, struct consent_words *w, struct err *e)
{
    struct words_wanted wanted = {purpose, w};
    struct list_run r = {.row = take_words, .ctx = &wanted};
    return list_call(s, list_find("wording list"), NULL, 0, "screen", &r, e);
}

void consent_words_free(struct consent_words *w)
{
    buf_free(&w->text);
}

void consent_read_out(struct screen *over, const char *purpose, void (*agreed)(struct screen *over))
{
    struct consent_words w = {.code = ""};
    struct buf question = {0};
    struct err e = {0};
    if (!consent_words_for(desk_session(over->desk), purpose, &w, &e))
        desk_error(over, &e);
    else if (!*w.code)
        agreed(over);
    else {
        buf_fmt(&question, "%s\n \nDo they agree? Then say how, for whom and which details.", buf_text(&w.text));
        dialog_ask(over, "Read this out", buf_text(&question), agreed);
    }
    buf_free(&question);
    consent_words_free(&w);
}

/* ---- the forms */

/* What each decision asks first, about sharing and about the other purposes. */
static const struct decision {
    const char *verb, *title, *code;
    const char *share[10], *other[8];
    bool heard;           /* the words in use are put down as heard */
    bool permits;         /* opens with the least that a handoff tells */
    struct typed initial; /* key NULL: none */
} decisions[] = {
    {.verb = "consent give", .title = "Consent given", .code = "given", .heard = true, .permits = true, .initial = {"given_by", "person"},
     .share = {"how", "recipients", "needs", "categories", "given_by", "capacity", "given_by_name", "wording", "expires_on"},
     .other = {"how", "given_by", "capacity", "given_by_name", "wording", "expires_on"}},
    {.verb = "consent refuse", .title = "Consent refused", .code = "refused", .heard = true,
     .share = {"reason", "recipients", "needs", "categories", "how"}, .other = {"reason", "how"}},
    {.verb = "consent withdraw", .title = "Consent withdrawn", .code = "withdrawn", .share = {"reason"}, .other = {"reason"}},
    {.verb = "consent not-sought", .title = "Consent not sought", .code = "not_sought", .share = {"reason", "recipients"}, .other = {"reason"}},
    {.verb = "consent best-interests", .title = "Best interests decision", .code = "best_interests", .permits = true,
     .initial = {"capacity", "lacks_capacity"},
     .share = {"recipients", "decider", "reason", "review_on", "capacity_by", "capacity_on", "needs", "categories"},
     .other = {"decider", "reason", "review_on", "capacity_by", "capacity_on"}},
    {.verb = "consent legal-duty", .title = "Legal duty to share", .code = "legal_duty", .permits = true,
     .share = {"recipients", "reason", "review_on", "needs", "categories"}, .other = {"reason", "review_on"}},
};

static const struct decision *decision_of(const char *verb)
{
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++)
        if (strcmp(decisions[i].verb, verb) == 0)
            return &decisions[i];
    die("%s records no consent decision", verb);
}

/* In one line: what was recorded and what it set going. The screens show the rest. */
static void say_done(struct screen *over, const struct outcome *o)
{
    long long withdrawn = json_integer_value(json_object_get(o->detail, "withdrawn"));
    long long released = json_integer_value(json_object_get(o->detail, "released"));
    long long held = json_integer_value(json_object_get(o->detail, "held"));
    struct buf text = {0};
    desk_refresh(over->desk);
    buf_fmt(&text, "%s is recorded.", o->ref);
    if (withdrawn)
        buf_fmt(&text, " Stopped: %lld handoff%s; those that have left are told tonight.", withdrawn, withdrawn == 1 ? "" : "s");
    if (released)
        buf_fmt(&text, " %lld held handoff%s tonight.", released, released == 1 ? " goes" : "s go");
    if (held)
        buf_fmt(&text, " %lld handoff%s now held.", held, held == 1 ? " is" : "s are");
    if (!withdrawn && !released && !held)
        buf_str(&text, " It cannot be undone: a new decision corrects it.");
    desk_say(over, "%s", buf_text(&text));
    buf_free(&text);
}

static void put(struct typed *room, size_t *n, const char *key, const char *value)
{
    if (*value)
        room[(*n)++] = (struct typed){key, value};
}

void consent_record(struct screen *over, const char *verb, const struct consent_about *about)
{
    const struct decision *d = decision_of(verb);
    bool share = strcmp(about->purpose, "share") == 0, withdraws = strcmp(d->code, "withdrawn") == 0;
    struct consent_words w = {.code = ""};
    struct typed initial[5], fixed[5] = {{"person", about->person}, {"purpose", about->purpose}, {"decision", d->code}};
    struct form_about fa = {.fixed = fixed, .n_fixed = 3, .initial = initial};
    struct buf title = {0};
    struct err e = {0};
    if (d->heard && !consent_words_for(desk_session(over->desk), about->purpose, &w, &e)) {
        desk_error(over, &e);
        return;
    }
    buf_fmt(&title, "%s: %s", d->title, choice_label(consent_purposes, about->purpose));
    if (share && withdraws) { /* said in the title, so that one key does it */
        put(fixed, &fa.n_fixed, "recipients", about->recipients);
        put(fixed, &fa.n_fixed, "needs", about->needs);
        buf_fmt(&title, ", %s", *about->recipients ? about->recipients : "with everybody");
    } else if (share) {
        put(initial, &fa.n_initial, "recipients", about->recipients);
        put(initial, &fa.n_initial, "needs", about->needs);
        put(initial, &fa.n_initial, "categories", d->permits ? "identity,needs" : "");
    }
    put(initial, &fa.n_initial, "wording", w.code);
    if (d->initial.key)
        put(initial, &fa.n_initial, d->initial.key, d->initial.value);
    dialog_form(over, &(struct form_spec){.verb = verb, .title = buf_text(&title), .keys = share ? d->share : d->other}, &fa, say_done);
    buf_free(&title);
    consent_words_free(&w);
}

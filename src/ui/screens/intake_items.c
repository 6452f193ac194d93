/* SPDX-License-Identifier: MIT
 *
 * The items of intake in order, and what each needs before the next. Fields,
 * limits and what is required are those of the verbs' own tables.
 */
#include "screens/intake.h"

#include <stdlib.h>
#include <string.h>

/* ---- which apply */

static bool is_known(const struct intake *in)
{
    return in->known;
}
static bool is_new(const struct intake *in)
{
    return !in->known;
}
static bool is_concern(const struct intake *in)
{
    return in->answers[ITEM_SAFE] == 'y';
}
static bool is_new_referral(const struct intake *in)
{
    return !in->adds_source;
}
static bool has_agreed(const struct intake *in)
{
    return !in->adds_source && in->answers[ITEM_AGREED] == 'y';
}
static bool has_agreed_otherwise(const struct intake *in)
{
    return !in->adds_source && in->answers[ITEM_AGREED] == 'o';
}
static bool was_not_asked(const struct intake *in)
{
    return !in->adds_source && in->answers[ITEM_AGREED] == 'a';
}
static bool is_to_be_reached(const struct intake *in)
{
    return !in->adds_source && in->answers[ITEM_AGREED] != 'n';
}
static bool has_risks(const struct intake *in)
{
    return !in->adds_source && in->answers[ITEM_RISK] == 'r';
}
static bool is_asked_by_another(const struct intake *in)
{
    const char *source = intake_text(in, ITEM_SOURCE, "source");
    return *source && strcmp(source, "self") != 0;
}

/* ---- the questions */

static const struct question is_safe = {
    "Is anyone at risk of harm now?",
    {
        {'n', "no one is at risk now", "no one is at risk of harm now", NULL},
        {'y', "yes, or it may be", "SOMEONE MAY BE AT RISK", NULL},
        {'k', "not known yet: ask at first contact", "not known yet: ask at first contact", NULL},
    },
};
static const struct question may_contact = {
    "Do they agree that we contact them?",
    {
        {'y', "yes", "they agreed to be contacted", NULL},
        {'o', "through somebody, or under 16", "agreed to be contacted", NULL},
        {'n', "no", "they do not want to be contacted", NULL},
        {'a', "not asked", "not asked yet", NULL},
        {'l', "as on record", "as on record", is_known},
    },
};
static const struct question any_risks = {
    "Are there risks to them, or to whoever visits?",
    {
        {'n', "none known", "none known", NULL},
        {'r', "yes: write one down", "yes", NULL},
        {'l', "not asked yet", "not asked yet", is_new},
        {'l', "as on record", "as on record", is_known},
    },
};

/* ---- the forms */

#define KEYS(...) (const char *const[]){__VA_ARGS__, NULL}
#define CONTACT_PREFERENCES "contact_method", "voicemail_ok", "safe_times", "contact_note", "communication_needs", "interpreter_language"

static const struct typed by_phone[] = {{"how", "phone"}, {NULL, NULL}};

const struct item_type intake_items[ITEMS] = {
    [ITEM_SAFE] = {STEP_SAFE, "safe", .question = &is_safe},
    [ITEM_CONCERN] = {STEP_SAFE, "concern", .verb = "referral start", .otherwise = "referral start", .keys = KEYS("safeguarding_note"),
                      .needed = KEYS("safeguarding_note"), .applies = is_concern},
    [ITEM_PERSON] = {STEP_WHO, "person", .verb = "person add", .otherwise = "person add",
                     .keys = KEYS("given_name", "family_name", "date_of_birth", "phone", "postcode", "neighbourhood", "nhs_number",
                                  "address", "gp_practice"),
                     .applies = is_new},
    [ITEM_KNOWN] = {STEP_WHO, "known", .applies = is_known},
    [ITEM_AGREED] = {STEP_CONTACT, "agreed", .question = &may_contact, .applies = is_new_referral},
    [ITEM_GIVEN] = {STEP_CONTACT, "given", .verb = "consent give", .otherwise = "consent give", .keys = KEYS("how"), .initial = by_phone,
                    .applies = has_agreed},
    [ITEM_GIVEN_FOR] = {STEP_CONTACT, "given_for", .verb = "consent give", .otherwise = "consent give",
                        .keys = KEYS("given_by", "given_by_name", "capacity", "capacity_by", "capacity_on", "interpreter", "how"),
                        .initial = by_phone, .applies = has_agreed_otherwise},
    [ITEM_NOT_SOUGHT] = {STEP_CONTACT, "not_sought", .verb = "consent not-sought", .otherwise = "consent not-sought",
                         .keys = KEYS("reason"), .needed = KEYS("reason"), .applies = was_not_asked},
    [ITEM_REACH] = {STEP_CONTACT, "reach", .verb = "person add", .otherwise = "person edit", .keys = KEYS(CONTACT_PREFERENCES),
                    .applies = is_to_be_reached},
    [ITEM_SOURCE] = {STEP_ASKED, "source", .verb = "referral start", .otherwise = "referral source",
                     .keys = KEYS("source", "reason", "urgent", "received_on"), .needed = KEYS("source", "reason")},
    [ITEM_REFERRER] = {STEP_ASKED, "referrer", .verb = "referral start", .otherwise = "referral source",
                       .keys = KEYS("referrer_name", "referrer_role", "referrer_organisation", "referrer_practice", "referrer_phone",
                                    "referrer_email"),
                       .applies = is_asked_by_another},
    [ITEM_NEEDS] = {STEP_NEEDS, "needs", .applies = is_new_referral},
    [ITEM_RISK] = {STEP_CHECK, "risk", .question = &any_risks, .applies = is_new_referral},
    [ITEM_RISKS] = {STEP_CHECK, "risks", .verb = "risk add", .otherwise = "risk add", .keys = KEYS("kind", "note"), .applies = has_risks},
    [ITEM_SUBMIT] = {STEP_CHECK, "submit"},
};

bool item_applies(const struct intake *in, enum intake_item it)
{
    return !intake_items[it].applies || intake_items[it].applies(in);
}

enum intake_item item_after(const struct intake *in, enum intake_item it)
{
    enum intake_item next = it;
    while (next < ITEM_SUBMIT)
        if (item_applies(in, ++next))
            return next;
    return it;
}

enum intake_item item_before(const struct intake *in, enum intake_item it)
{
    enum intake_item before = it;
    while (before > ITEM_SAFE)
        if (item_applies(in, --before))
            return before;
    return it;
}

const char *item_verb(const struct intake *in, enum intake_item it)
{
    bool other = it == ITEM_REACH ? in->known != NULL : in->adds_source;
    return other ? intake_items[it].otherwise : intake_items[it].verb;
}

/* ---- fields and texts */

static const struct field *field_of(const struct verb *v, const char *key, size_t *record_at)
{
    const struct field *f = field_find(v->args, v->count, key);
    *record_at = 0;
    if (!f && v->record) {
        f = field_find(v->record->fields, v->record->count, key);
        *record_at = v->record_at;
    }
    return f;
}

const char *intake_text(const struct intake *in, enum intake_item it, const char *key)
{
    return in->forms[it] ? form_text(in->forms[it], key) : "";
}

void intake_name(const struct intake *in, struct buf *out)
{
    const char *given = in->known ? known_text(in, "given_name") : intake_text(in, ITEM_PERSON, "given_name");
    const char *family = in->known ? known_text(in, "family_name") : intake_text(in, ITEM_PERSON, "family_name");
    buf_fmt(out, "%s%s%s", given, *given && *family ? " " : "", family);
}

size_t item_words(const struct intake *in, enum intake_item it, struct typed *words, size_t most)
{
    size_t n = 0;
    for (const char *const *key = intake_items[it].keys; in->forms[it] && key && *key && n < most; key++)
        if (*form_text(in->forms[it], *key))
            words[n++] = (struct typed){*key, form_text(in->forms[it], *key)};
    return n;
}

/* ---- making a form, and making it anew */

enum { FIELDS_MOST = 16 };

/* What a field begins with: what was typed into the form before it, what is on record, or what is usual. */
static const char *first_text(const struct intake *in, enum intake_item it, const char *key)
{
    if (in->forms[it])
        return form_text(in->forms[it], key);
    if (it == ITEM_REACH && in->known)
        return known_text(in, key);
    for (const struct typed *w = intake_items[it].initial; w && w->key; w++)
        if (strcmp(w->key, key) == 0)
            return w->value;
    return "";
}

bool item_prepare(struct intake *in, enum intake_item it, struct err *e)
{
    const struct item_type *t = &intake_items[it];
    const char *name = item_verb(in, it), *keys[FIELDS_MOST + 1] = {NULL};
    struct typed initial[FIELDS_MOST];
    size_t n = 0, record_at;
    if (!name || (in->forms[it] && in->form_verbs[it] == name))
        return true;
    for (const char *const *key = t->keys; *key; key++)
        if (field_of(verb_find(name), *key, &record_at)) {
            keys[n] = *key;
            initial[n++] = (struct typed){*key, first_text(in, it, *key)};
        }
    const struct form_spec spec = {.verb = name, .keys = keys, .only = true};
    const struct form_about about = {.initial = initial, .n_initial = n};
    struct form *f = form_new(desk_session(in->base.desk), &spec, &about, e);
    if (!f)
        return false;
    form_unfocus(f);
    form_free(in->forms[it]);
    in->forms[it] = f;
    in->form_verbs[it] = name;
    return true;
}

/* ---- has it all it needs? */

const struct key_answer *item_answer(const struct intake *in, enum intake_item it)
{
    const struct question *q = intake_items[it].question;
    for (const struct key_answer *a = q ? q->answers : NULL; a && a->words; a++)
        if (a->key == in->answers[it] && (!a->can || a->can(in)))
            return a;
    return NULL;
}

static bool is_needed(const struct item_type *t, const struct field *f)
{
    for (const char *const *key = t->needed; key && *key; key++)
        if (strcmp(*key, f->key) == 0)
            return true;
    return f->flags & FIELD_REQUIRED;
}

static bool form_ready(struct intake *in, enum intake_item it, struct err *e)
{
    const struct verb *v = verb_find(in->form_verbs[it]);
    size_t record_at;
    if (!form_check(in->forms[it], e))
        return false;
    for (const char *const *key = intake_items[it].keys; *key; key++) {
        const struct field *f = field_of(v, *key, &record_at);
        if (f && is_needed(&intake_items[it], f) && !*form_text(in->forms[it], *key))
            return err_field(e, *key, "%s: this is needed.", f->label);
    }
    return true;
}

bool item_ready(struct intake *in, enum intake_item it, struct err *e)
{
    if (!item_prepare(in, it, e))
        return false;
    if (intake_items[it].question && !item_answer(in, it))
        return err_set(e, ERR_INVALID, "One key answers: %s", intake_items[it].question->ask);
    if (it == ITEM_AGREED && in->answers[it] == 'n')
        return err_set(e, ERR_REFUSED, "They do not want to be contacted, so nothing is taken in. Esc throws it away; y or a if that is not so.");
    if (it == ITEM_PERSON && likely_is_probable(in) && !in->another_reason)
        return err_set(e, ERR_REFUSED, "Probably recorded already: Enter takes the one shown, n says that it is somebody else.");
    return !in->forms[it] || form_ready(in, it, e);
}

/* ---- in words */

void item_say(struct intake *in, enum intake_item it, struct buf *out)
{
    struct session *s = desk_session(in->base.desk);
    const struct verb *v = in->forms[it] ? verb_find(in->form_verbs[it]) : NULL;
    char *args = v ? xcalloc(1, v->size) : NULL;
    struct err e;
    for (const char *const *key = intake_items[it].keys; v && *key; key++) {
        size_t record_at;
        const struct field *f = field_of(v, *key, &record_at);
        const char *text = form_text(in->forms[it], *key);
        if (!f || !*text || !field_parse(f, args + record_at, text, session_today(s), &e))
            continue;
        buf_fmt(out, "%s%s: ", out->len ? "; " : "", f->label);
        if (f->kind == FIELD_CODE && f->set)
            buf_str(out, session_code_label(s, f->set, field_text(f, args + record_at)));
        else
            field_show(f, args + record_at, out);
    }
    free(args);
}

/* SPDX-License-Identifier: MIT
 *
 * What was typed into an intake and not submitted, as text: kept every second
 * and through a crash, and an intake again at the next start.
 */
#include "screens/intake.h"

#include <stdlib.h>
#include <string.h>

bool intake_has_text(const struct intake *in)
{
    struct typed words[1];
    for (size_t i = 0; i < ITEMS; i++)
        if (i != ITEM_GIVEN && item_words(in, (enum intake_item)i, words, 1)) /* how it was given is filled in already */
            return true;
    return in->known || need_grid_count(&in->needs);
}

static json_t *forms_json(struct intake *in)
{
    json_t *forms = json_object();
    for (size_t i = 0; i < ITEMS; i++) {
        struct typed words[24];
        size_t n = item_words(in, (enum intake_item)i, words, 24);
        json_t *texts = n ? json_object() : NULL;
        for (size_t k = 0; k < n; k++)
            json_object_set_new(texts, words[k].key, json_string(words[k].value));
        if (texts)
            json_object_set_new(forms, intake_items[i].name, texts);
    }
    return forms;
}

static json_t *answers_json(const struct intake *in)
{
    json_t *answers = json_object();
    for (size_t i = 0; i < ITEMS; i++)
        if (in->answers[i])
            json_object_set_new(answers, intake_items[i].name, json_stringn(&in->answers[i], 1));
    return answers;
}

static json_t *needs_json(const struct intake *in)
{
    json_t *needs = json_array();
    for (size_t i = 0; i < in->needs.n; i++)
        if (in->needs.cells[i].on)
            json_array_append_new(needs, json_pack("{s:s, s:i, s:b}", "code", in->needs.cells[i].code, "severity",
                                                   in->needs.cells[i].severity, "main", in->needs.cells[i].main));
    return needs;
}

char *intake_draft(struct screen *self, char about[64], char title[160])
{
    struct intake *in = (struct intake *)self;
    text_put(about, 64, in->began);
    snprintf(title, 160, "a new referral, at step %d of %d%s%s", intake_items[in->at].step + 1, STEPS, in->known ? ": " : "",
             in->known ? known_ref(in) : "");
    if (!intake_has_text(in))
        return NULL;
    json_t *o = json_pack("{s:s, s:s, s:o, s:o, s:o, s:b, s:s*, s:s*, s:s*, s:s*}", "began", in->began, "at", intake_items[in->at].name,
                          "answers", answers_json(in), "forms", forms_json(in), "needs", needs_json(in), "adds_source",
                          in->adds_source, "person", known_ref(in), "open_referral", *in->open_referral ? in->open_referral : NULL,
                          "second", in->second_reason, "another", in->another_reason);
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    return text;
}

/* ---- and back */

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

static enum intake_item item_named(const char *name)
{
    for (size_t i = 0; i < ITEMS; i++)
        if (strcmp(intake_items[i].name, name) == 0)
            return (enum intake_item)i;
    return ITEM_SAFE;
}

static bool fill_form(struct intake *in, enum intake_item it, const json_t *texts, struct err *e)
{
    const char *key;
    json_t *value;
    if (!item_prepare(in, it, e))
        return false;
    json_object_foreach ((json_t *)texts, key, value) {
        if (in->forms[it] && json_is_string(value))
            form_set(in->forms[it], key, json_string_value(value));
    }
    return true;
}

static void fill_needs(struct intake *in, const json_t *needs)
{
    size_t i;
    const json_t *row;
    json_array_foreach (needs, i, row) {
        struct need_cell *cell = need_grid_find(&in->needs, text_of(row, "code"));
        if (!cell)
            continue;
        cell->on = true;
        cell->main = json_is_true(json_object_get(row, "main"));
        cell->severity = (int)json_integer_value(json_object_get(row, "severity"));
    }
}

static bool fill(struct intake *in, const json_t *o, struct err *e)
{
    const char *name;
    json_t *value;
    json_object_foreach (json_object_get(o, "answers"), name, value) {
        in->answers[item_named(name)] = json_is_string(value) ? json_string_value(value)[0] : 0;
    }
    if (*text_of(o, "person") && !known_read(in, text_of(o, "person"), e))
        return false;
    in->adds_source = json_is_true(json_object_get(o, "adds_source"));
    if (!text_copy(in->began, sizeof in->began, text_of(o, "began")) ||
        !text_copy(in->open_referral, sizeof in->open_referral, text_of(o, "open_referral")))
        return err_set(e, ERR_INVALID, "That text cannot be opened any more.");
    in->second_reason = *text_of(o, "second") ? xstrdup(text_of(o, "second")) : NULL;
    in->another_reason = *text_of(o, "another") ? xstrdup(text_of(o, "another")) : NULL;
    fill_needs(in, json_object_get(o, "needs"));
    json_object_foreach (json_object_get(o, "forms"), name, value) {
        if (!fill_form(in, item_named(name), value, e))
            return false;
    }
    return likely_look(in, e);
}

/* The cursor goes where the last text is. */
static void focus_last_text(struct intake *in)
{
    for (const char *const *key = intake_items[in->at].keys; in->forms[in->at] && key && *key; key++)
        if (*intake_text(in, in->at, *key))
            (void)form_focus(in->forms[in->at], *key);
}

bool intake_resume(struct screen *below, const struct draft *d, struct err *e)
{
    json_t *o = json_loads(d->text, 0, NULL);
    if (!o)
        return err_set(e, ERR_INVALID, "That text cannot be read any more.");
    struct intake *in = (struct intake *)desk_open(below, &intake_screen, NULL);
    bool ok = in && fill(in, o, e);
    if (ok) {
        intake_go(in, item_named(text_of(o, "at")));
        focus_last_text(in);
    } else if (in)
        desk_close(&in->base, false);
    else
        err_set(e, ERR_STORE, "The intake could not be opened.");
    json_decref(o);
    return ok;
}

bool intake_drop_draft(struct intake *in, struct err *e)
{
    return draft_drop(desk_session(in->base.desk), intake_screen.name, in->began, e);
}

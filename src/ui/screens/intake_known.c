/* SPDX-License-Identifier: MIT
 *
 * A person who is recorded already: their record is opened (and that is
 * logged), and where a referral of theirs is open the worker says whether this
 * is one more source of it or a second referral.
 */
#include "screens/intake.h"

#include <stdlib.h>
#include <string.h>

const char *known_text(const struct intake *in, const char *key)
{
    const json_t *v = json_object_get(in->known, key);
    return json_is_boolean(v) ? (json_is_true(v) ? "yes" : "no") : json_is_string(v) ? json_string_value(v) : "";
}

const char *known_ref(const struct intake *in)
{
    return in->known ? known_text(in, "person") : NULL;
}

void known_forget(struct intake *in)
{
    json_decref(in->known);
    in->known = NULL;
    in->open_referral[0] = '\0';
    in->adds_source = false;
    free(in->second_reason);
    in->second_reason = NULL;
    in->chosen = -1;
    intake_go(in, ITEM_PERSON);
}

bool known_read(struct intake *in, const char *person, struct err *e)
{
    json_t *doc = desk_show(&in->base, "person show", person, e);
    if (!doc)
        return false;
    json_decref(in->known);
    in->known = doc;
    in->chosen = -1;
    return true;
}

static bool take_referral(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct intake *in = ctx;
    (void)l;
    (void)e;
    text_put(in->open_referral, sizeof in->open_referral, cells[0].text); /* the list's first column is its reference */
    return true;
}

static void second_is_said(struct screen *over, const char *text)
{
    struct intake *in = (struct intake *)over;
    if (text_is_blank(text)) {
        desk_say(over, "A second open referral needs a reason; or add this as another source.");
        known_forget(in);
        return;
    }
    in->second_reason = xstrdup(text);
    intake_go(in, item_after(in, ITEM_KNOWN));
}

static void say_what_to_do(struct screen *over, const char *key)
{
    struct intake *in = (struct intake *)over;
    if (strcmp(key, "other") == 0) {
        known_forget(in);
    } else if (strcmp(key, "second") == 0) {
        intake_go(in, ITEM_KNOWN);
        dialog_line(over, "A second referral", "Why a second one, beside the one that is open?", "", second_is_said);
    } else {
        in->adds_source = true;
        intake_go(in, item_after(in, ITEM_KNOWN));
    }
}

static void ask_what_to_do(struct intake *in)
{
    static const struct choice_row ways[] = {
        {"source", "Add this as another source of it", "somebody else asked too"},
        {"second", "Open a second referral", "asks for the reason"},
        {"other", "Somebody else: back to the names", ""},
    };
    char title[96];
    snprintf(title, sizeof title, "%s is open for them already", in->open_referral);
    intake_go(in, ITEM_KNOWN);
    dialog_pick(&in->base, title, ways, sizeof ways / sizeof *ways, say_what_to_do);
}

bool known_take(struct intake *in, const char *person, struct err *e)
{
    if (!known_read(in, person, e))
        return false;
    const struct typed words[] = {{"person", known_ref(in)}, {"open", "yes"}};
    struct list_run r = {.limit = 1, .row = take_referral, .ctx = in};
    in->open_referral[0] = '\0';
    if (!list_call(desk_session(in->base.desk), list_find("referral list"), words, 2, "screen", &r, e))
        return false;
    if (*in->open_referral)
        ask_what_to_do(in);
    else
        intake_go(in, item_after(in, ITEM_KNOWN));
    return true;
}

/* ---- in words */

static void say_field(const struct intake *in, struct pane *out, const char *key)
{
    const struct field *f = field_find(person_type.fields, person_type.count, key);
    struct person p;
    struct buf words = {0};
    record_init(&person_type, &p);
    if (field_load(f, &p, known_text(in, key))) {
        if (f->kind == FIELD_CODE && f->set)
            buf_str(&words, session_code_label(desk_session(in->base.desk), f->set, field_text(f, &p)));
        else
            field_show(f, &p, &words);
    }
    pane_add(out, f->label, STYLE_PLAIN, buf_text(&words));
    buf_free(&words);
}

void known_say(const struct intake *in, struct pane *out)
{
    static const char *const keys[] = {"date_of_birth", "phone", "postcode", "neighbourhood", "nhs_number"};
    const json_t *alert;
    size_t i;
    pane_fmt(out, "Recorded as", STYLE_TITLE, "%s %s, %s", known_text(in, "given_name"), known_text(in, "family_name"), known_ref(in));
    for (i = 0; i < sizeof keys / sizeof *keys; i++)
        say_field(in, out, keys[i]);
    json_array_foreach (json_object_get(in->known, "alerts"), i, alert) {
        pane_add(out, "Mind", STYLE_ALERT, json_string_value(json_object_get(alert, "text")));
    }
    if (*in->open_referral)
        pane_fmt(out, "Open referral", STYLE_WARN, "%s%s", in->open_referral,
                 in->adds_source ? ": this is added as another source" : in->second_reason ? ": this is a second one" : "");
}

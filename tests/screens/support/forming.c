/* SPDX-License-Identifier: MIT
 *
 * A form in a test's hands (see forming.h).
 */
#include "screens/support/forming.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct forming forming;
static struct buf frame_text;

int forming_begin(void **state)
{
    (void)state;
    forming.s = world_open();
    world_person(forming.s, forming.person);
    world_referral(forming.s, forming.person, forming.referral);
    return 0;
}

int forming_end(void **state)
{
    (void)state;
    buf_free(&frame_text);
    world_close(forming.s);
    return 0;
}

/* ---- at the keys */

enum form_result keys(struct form *f, const char *text)
{
    enum form_result result = FORM_NOT_MINE;
    for (const char *p = text; *p;) {
        struct event ev = {.kind = EVENT_KEY, .key = *p};
        size_t n = *p == '<' ? strcspn(p, ">") : 0;
        if (n) {
            char name[16];
            snprintf(name, sizeof name, "%.*s", (int)n - 1, p + 1);
            ev.key = key_named(name);
            assert_int_not_equal(ev.key, PRESS_NONE);
            p += n;
        }
        result = form_event(f, &ev);
        p++;
    }
    return result;
}

void paste(struct form *f, const char *bytes, size_t n)
{
    form_event(f, &(struct event){.kind = EVENT_PASTE, .paste = bytes, .length = n});
}

const char *frame(struct form *f, int rows, int cols, bool linear)
{
    struct canvas c = {0};
    canvas_init(&c, rows, cols);
    canvas_clear(&c);
    c.linear = linear;
    form_draw(f, &c, canvas_area(&c));
    assert_in_range(c.cursor_row, 0, rows - 1);
    assert_in_range(c.cursor_col, 0, cols - 1);
    buf_clear(&frame_text);
    for (int row = 0; row < rows; row++) {
        canvas_row(&c, row, &frame_text);
        buf_char(&frame_text, '\n');
    }
    canvas_free(&c);
    return buf_text(&frame_text);
}

void seen(struct form *f, const char *text)
{
    if (!strstr(frame(f, 22, 76, false), text))
        fail_msg("\"%s\" is not in:\n%s", text, buf_text(&frame_text));
}

void unseen(struct form *f, const char *text)
{
    if (strstr(frame(f, 22, 76, false), text))
        fail_msg("\"%s\" is in:\n%s", text, buf_text(&frame_text));
}

/* ---- forms */

struct form *open_form(const struct form_spec *spec, const struct form_about *about)
{
    struct err e = {0};
    struct form *f = form_new(forming.s, spec, about, &e);
    if (!f)
        fail_msg("%s: %s", spec->verb, e.text);
    return f;
}

struct form *form_about_one(const struct form_spec *spec, const char *key, const char *ref)
{
    struct typed fixed = {key, ref};
    return open_form(spec, &(struct form_about){.fixed = &fixed, .n_fixed = 1});
}

struct form *contact_form(void)
{
    return form_about_one(&(struct form_spec){.verb = "referral contact", .keys = KEYS("mode", "outcome", "note", "call_back_on", "on")},
                          "referral", forming.referral);
}

struct form *person_form(void)
{
    return form_about_one(&(struct form_spec){.verb = "person edit", .show = "person show"}, "person", forming.person);
}

void saves(struct form *f)
{
    struct outcome o = {0};
    struct err e = {0};
    if (!form_save(f, &o, &e))
        fail_msg("%s [%s %s]", e.text, err_name(e.code), e.field);
    outcome_free(&o);
}

void does_not_save(struct form *f, enum err_code code, const char *field)
{
    struct outcome o = {0};
    struct err e = {0};
    assert_false(form_save(f, &o, &e));
    assert_int_equal(e.code, code);
    assert_string_equal(e.field, field);
    outcome_free(&o);
}

const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "";
}

void person_has(const char *key, const char *value)
{
    json_t *doc = world_show(forming.s, LINE("person show %s", forming.person));
    assert_string_equal(text_of(doc, key), value);
    json_decref(doc);
}

json_t *last_contact(void)
{
    json_t *doc = world_show(forming.s, LINE("referral show %s", forming.referral)), *found = NULL, *row;
    size_t i;
    json_array_foreach (json_object_get(doc, "contacts"), i, row)
        if (*text_of(row, "note"))
            found = row;
    json_incref(found);
    json_decref(doc);
    return found;
}

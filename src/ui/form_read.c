/* SPDX-License-Identifier: MIT
 *
 * Between a field's text on screen and what the verb is given: labels, dates
 * and numbers as people read them one way, what they typed the other way. All
 * that is shown can be typed again and means the same.
 */
#include <stdlib.h>
#include <string.h>

#include "form_inside.h"

static void *record_of(const struct form *f, const struct form_field *ff)
{
    return (char *)f->scratch + (ff->in_record ? f->verb->record_at : 0);
}

const char *form_plain_text(const struct field *field, const char *text)
{
    const char *const heads[] = {field->key, field->label};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        if (strncmp(text, heads[i], n) == 0 && strncmp(text + n, ": ", 2) == 0)
            return text + n + 2;
    }
    return text;
}

bool form_parse(struct form *f, struct form_field *ff, const char *value)
{
    struct err e = {0};
    if (field_parse(ff->field, record_of(f, ff), value, session_today(f->session), &e))
        return true;
    form_put(&ff->wrong, form_plain_text(ff->field, e.text));
    return false;
}

/* ---- from the verb to the screen */

/* Kinds whose text for people is another one, and can be read again. */
static bool has_text_for_people(const struct field *field)
{
    return field->kind == FIELD_DATE || field->kind == FIELD_FLAG || field->kind == FIELD_NHS;
}

void form_show_value(struct form *f, const struct form_field *ff, const char *value, struct buf *out)
{
    struct err e = {0};
    if (form_has_choices(ff->field) && ff->field->kind != FIELD_FLAG)
        form_show_codes(f, ff->field, value, out);
    else if (*value && has_text_for_people(ff->field) &&
             field_parse(ff->field, record_of(f, ff), value, session_today(f->session), &e))
        field_show(ff->field, record_of(f, ff), out);
    else
        buf_str(out, value);
}

void form_put_value(struct form *f, struct form_field *ff, const char *value)
{
    struct buf shown = {0};
    form_show_value(f, ff, value, &shown);
    editor_set(&ff->editor, buf_text(&shown));
    form_put(&ff->meaning.shown, editor_text(&ff->editor));
    form_put(&ff->meaning.value, value);
    form_put(&ff->read_as, "");
    buf_free(&shown);
}

/* ---- from the screen to the verb */

/* A day is said with its weekday, whatever way it was typed: it is what people check. */
static void say_what_was_read(struct form *f, struct form_field *ff)
{
    static const char *const weekdays[] = {"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "};
    const struct field *field = ff->field;
    struct buf read = {0};
    if (field->kind != FIELD_DATE && field->kind != FIELD_PARTIAL && field->kind != FIELD_NHS && field->kind != FIELD_TIME)
        return;
    day_t day = field->kind == FIELD_NHS ? DATE_NONE : date_parse(field_text(field, record_of(f, ff)));
    if (day != DATE_NONE)
        buf_str(&read, weekdays[date_weekday(day)]);
    field_show(field, record_of(f, ff), &read);
    if (strcmp(buf_text(&read), editor_text(&ff->editor)) != 0)
        form_put(&ff->read_as, buf_text(&read));
    buf_free(&read);
}

bool form_settle(struct form *f, struct form_field *ff)
{
    form_put(&ff->wrong, "");
    form_put(&ff->read_as, "");
    if (!*form_value(ff))
        return true;
    if (form_has_choices(ff->field) && !form_read_choice(f, ff))
        return false;
    if (strcmp(form_value(ff), ff->present) == 0)
        return true; /* at rest: never judged again */
    if (!form_parse(f, ff, form_value(ff))) {
        form_say_labels(ff);
        return false;
    }
    say_what_was_read(f, ff);
    return true;
}

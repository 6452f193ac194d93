/* SPDX-License-Identifier: MIT
 *
 * A few lines to fill in (see asked.h).
 */
#include "asked.h"

#include <stdlib.h>
#include <string.h>

#define PATH_BYTES 1000

void asked_open(struct asked *a, const struct asked_line *lines, size_t n)
{
    *a = (struct asked){.lines = lines, .n = n};
    for (size_t i = 0; i < n; i++) {
        editor_init(&a->texts[i], PATH_BYTES, false);
        if (lines[i].choices)
            editor_set(&a->texts[i], lines[i].choices[0].code);
    }
}

void asked_close(struct asked *a)
{
    for (size_t i = 0; i < a->n; i++)
        editor_free(&a->texts[i]);
    *a = (struct asked){0};
}

void asked_set(struct asked *a, size_t line, const char *text)
{
    editor_set(&a->texts[line], text);
}

const char *asked_text(struct asked *a, size_t line)
{
    char *trimmed = xstrdup(editor_text(&a->texts[line]));
    text_trim(trimmed);
    if (strcmp(trimmed, editor_text(&a->texts[line])) != 0)
        editor_set(&a->texts[line], trimmed);
    free(trimmed);
    return editor_text(&a->texts[line]);
}

/* ---- keys */

static size_t chosen(const struct asked *a)
{
    const struct choice *choices = a->lines[a->at].choices;
    size_t i = 0;
    while (choices[i].code && strcmp(choices[i].code, editor_text(&a->texts[a->at])) != 0)
        i++;
    return i;
}

static bool choose(struct asked *a, int32_t key)
{
    const struct choice *choices = a->lines[a->at].choices;
    size_t n = 0, at = chosen(a);
    while (choices[n].code)
        n++;
    if (!n)
        return false;
    if (key == PRESS_RIGHT || key == ' ')
        at = (at + 1) % n;
    else if (key == PRESS_LEFT)
        at = (at + n - 1) % n;
    for (size_t i = 0; i < n; i++)
        if (key == choices[i].code[0])
            at = i;
    bool mine = at != chosen(a);
    editor_set(&a->texts[a->at], choices[at].code);
    return mine;
}

static bool go(struct asked *a, int by)
{
    size_t to = a->at + (size_t)by;
    if (to >= a->n)
        return false;
    a->at = to;
    return true;
}

bool asked_event(struct asked *a, const struct event *ev)
{
    struct editor *ed = &a->texts[a->at];
    bool free_text = !a->lines[a->at].choices;
    if (ev->kind == EVENT_PASTE)
        return free_text && editor_paste(ed, ev->paste, ev->length);
    if (ev->kind != EVENT_KEY)
        return false;
    if (ev->key == PRESS_TAB || ev->key == PRESS_DOWN || ev->key == PRESS_ENTER)
        return go(a, 1);
    if (ev->key == PRESS_BACKTAB || ev->key == PRESS_UP)
        return go(a, -1);
    return free_text ? editor_key(ed, ev->key) : choose(a, ev->key);
}

/* ---- the picture */

static int label_columns(const struct asked *a)
{
    int widest = 0;
    for (size_t i = 0; i < a->n; i++)
        widest = (int)utf8_width(a->lines[i].label) > widest ? (int)utf8_width(a->lines[i].label) : widest;
    return widest;
}

static void draw_choices(const struct asked *a, size_t line, struct canvas *c, struct area field, bool focus)
{
    const struct choice *choices = a->lines[line].choices;
    for (int at = 0; choices->code && at < field.cols; choices++) {
        bool is = strcmp(choices->code, editor_text(&a->texts[line])) == 0;
        if (is && focus)
            canvas_cursor(c, field.row, field.col + at);
        at += 1 + canvas_fmt(c, field.row, field.col + at, field.cols - at, is ? STYLE_FOCUS : STYLE_DIM, is ? "[%s]" : " %s ", choices->label);
    }
}

void asked_draw(const struct asked *a, struct canvas *c, struct area area)
{
    int labels = label_columns(a) + 2;
    for (size_t i = 0; i < a->n && 2 * (int)i < area.rows; i++) {
        bool focus = i == a->at;
        int row = area.row + 2 * (int)i;
        struct area field = {row, area.col + labels, 1, area.cols - labels};
        canvas_text(c, row, area.col, labels - 1, focus ? STYLE_FOCUS : STYLE_PLAIN, a->lines[i].label);
        if (a->lines[i].choices) {
            draw_choices(a, i, c, field, focus);
        } else {
            canvas_fill(c, field, STYLE_FIELD);
            editor_draw(&a->texts[i], c, field, focus);
        }
        if (a->lines[i].hint)
            canvas_text(c, row + 1, field.col, field.cols, STYLE_DIM, a->lines[i].hint);
    }
}

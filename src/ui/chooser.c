/* SPDX-License-Identifier: MIT
 *
 * A list that typing narrows (see chooser.h).
 */
#include "chooser.h"

#include <string.h>

#define TYPED_MOST 100

void chooser_init(struct chooser *c, const struct view_column *columns, size_t n, const char *empty)
{
    c->view = view_by_hand(columns, n);
    view_set_empty(c->view, empty);
    editor_init(&c->typed, TYPED_MOST, false);
}

void chooser_free(struct chooser *c)
{
    view_free(c->view);
    editor_free(&c->typed);
}

static void prefer(struct chooser *c, const char *first)
{
    struct buf typed = {0}, text = {0};
    bool found = false;
    text_fold(editor_text(&c->typed), &typed);
    for (size_t i = 0; typed.len && !found && i < view_rows(c->view); i++) {
        buf_clear(&text);
        text_fold(view_cell_at(c->view, i, first), &text);
        found = text_starts(buf_text(&text), buf_text(&typed)) && view_select(c->view, view_key_at(c->view, i));
    }
    buf_free(&typed);
    buf_free(&text);
}

/* Rows by hand are held whole: reading them cannot fail, and any words limit them. */
static void narrow(struct chooser *c, const char *first)
{
    struct err impossible = {0};
    if (view_limit(c->view, editor_text(&c->typed), &impossible) && view_home(c->view, &impossible) && first)
        prefer(c, first);
}

enum chosen chooser_event(struct chooser *c, const struct event *ev, const char *first)
{
    struct err impossible = {0};
    bool moved = true;
    if (ev->kind == EVENT_PASTE) {
        editor_paste(&c->typed, ev->paste, ev->length);
        narrow(c, first);
        return CHOOSING;
    }
    switch (ev->key) {
    case PRESS_ENTER:
        return CHOSEN;
    case PRESS_ESC:
    case PRESS_QUIT:
    case CTRL('c'):
        return CHOSEN_NONE;
    case PRESS_DOWN:
        moved = view_move(c->view, 1, &impossible);
        break;
    case PRESS_UP:
        moved = view_move(c->view, -1, &impossible);
        break;
    case PRESS_PAGE_DOWN:
        moved = view_page(c->view, 1, &impossible);
        break;
    case PRESS_PAGE_UP:
        moved = view_page(c->view, -1, &impossible);
        break;
    default:
        if (editor_key(&c->typed, ev->key))
            narrow(c, first);
    }
    (void)moved;
    return CHOOSING;
}

void chooser_draw(struct chooser *c, struct canvas *canvas, struct area a, const char *prompt)
{
    int at = canvas_text(canvas, a.row, a.col, a.cols, STYLE_DIM, prompt);
    editor_draw(&c->typed, canvas, (struct area){a.row, a.col + at, 1, a.cols - at}, true);
    view_draw(c->view, canvas, (struct area){a.row + 1, a.col, a.rows - 1, a.cols}, false);
}

/* SPDX-License-Identifier: MIT
 *
 * The needs there are as a grid to choose from, under their headings (wider
 * determinants, lifestyle, others). Intake marks in it what the person wants
 * help with; the Needs screen shows in it what is recorded. It knows no verb.
 */
#ifndef ONWARD_UI_NEED_GRID_H
#define ONWARD_UI_NEED_GRID_H

#include "canvas.h"
#include "onward/desk.h"
#include "onward/records.h"
#include "onward/session.h"

struct need_cell {
    char code[CODE_SIZE], label[LINE_SIZE], group[LINE_SIZE];
    char letter;        /* that marks it */
    bool on, main;
    int severity;       /* 1..5; 0: not said */
    char tail[12];      /* one word behind the label: "main", "handed" */
    int row, col;       /* where it stands in the grid, as last laid out: line, column */
};
struct need_grid {
    struct need_cell *cells;
    size_t n, at;       /* at: in focus */
    bool letters;       /* shown, and they mark */
    int top;            /* first line drawn where not all fit */
};

/* Every need in use. */
MUST_CHECK bool need_grid_init(struct need_grid *g, struct session *s, bool letters, struct err *e);
void need_grid_free(struct need_grid *g);
struct need_cell *need_grid_find(struct need_grid *g, const char *code); /* NULL: not in use any more */
struct need_cell *need_grid_focus(const struct need_grid *g);           /* NULL: there is none at all */
/* Arrows, Home and End. */
bool need_grid_move(struct need_grid *g, int32_t key);
/* Space turns the need in focus on or off, its letter any; 1 to 5 says how bad, 0 takes that back; m makes it the main one. */
bool need_grid_mark(struct need_grid *g, int32_t key);
size_t need_grid_count(const struct need_grid *g);                       /* of those on */
void need_grid_draw(struct need_grid *g, struct canvas *c, struct area a, bool focus);

#endif

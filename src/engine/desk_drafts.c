/* SPDX-License-Identifier: MIT
 *
 * Drafts: what a user typed into a form and has not saved. They are no
 * records: nothing is versioned, logged or undone, and nobody else reads them.
 */
#include <stdlib.h>

#include "engine/work.h"
#include "store/drafts.h"

struct keeping {
    const char *form, *about;
    const struct draft *draft; /* NULL: away with it */
};

static bool keep_or_drop(struct session *s, void *ctx, struct err *e)
{
    const struct keeping *k = ctx;
    if (!k->draft)
        return draft_row_delete(s->db, s->user.login, k->form, k->about, e);
    return draft_row_put(s->db, s->user.login, k->form, k->about, k->draft->title, session_now(s), k->draft->text, e);
}

/* Typing goes on while a draft is kept: it does not wait for its turn, the next second tries again. */
#define DRAFT_PATIENCE_MS 200

bool draft_keep(struct session *s, const struct draft *d, struct err *e)
{
    struct keeping k = {d->form, d->about, d};
    int patience = db_patience(s->db);
    db_set_patience(s->db, DRAFT_PATIENCE_MS);
    bool ok = engine_transact(s, __func__, keep_or_drop, &k, e);
    db_set_patience(s->db, patience);
    return ok;
}

bool draft_drop(struct session *s, const char *form, const char *about, struct err *e)
{
    struct keeping k = {form, about, NULL};
    return engine_transact(s, __func__, keep_or_drop, &k, e);
}

static void draft_read(struct stmt *st, struct draft *out)
{
    *out = (struct draft){.saved_at = col_int(st, 3), .text = xstrdup(col_text(st, 4))};
    text_put(out->form, sizeof out->form, col_text(st, 0));
    text_put(out->about, sizeof out->about, col_text(st, 1));
    text_put(out->title, sizeof out->title, col_text(st, 2));
}

bool draft_find(struct session *s, const char *form, const char *about, bool *found, struct draft *out, struct err *e)
{
    struct stmt *st = draft_row(s->db, s->user.login, form, about, e);
    enum step step = st ? stmt_step(st, e) : STEP_FAILED;
    if (step == STEP_FAILED)
        return false;
    *found = step == STEP_ROW;
    if (*found) {
        draft_read(st, out);
        stmt_done(st);
    }
    return true;
}

/* All are read before the first is handed out: whoever gets one may keep or drop drafts. */
bool draft_each(struct session *s, draft_fn *each, void *ctx, struct err *e)
{
    struct draft *drafts = NULL;
    size_t n = 0;
    struct stmt *st = draft_rows(s->db, s->user.login, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        drafts = xrealloc(drafts, (n + 1) * sizeof *drafts);
        draft_read(st, &drafts[n++]);
    }
    for (size_t i = 0; step == STEP_DONE && i < n && each(ctx, &drafts[i]);)
        i++;
    for (size_t i = 0; i < n; i++)
        draft_free(&drafts[i]);
    free(drafts);
    return step == STEP_DONE;
}

void draft_free(struct draft *d)
{
    free(d->text);
    *d = (struct draft){0};
}

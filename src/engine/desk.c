/* SPDX-License-Identifier: MIT
 *
 * A desk's session: notice of what others changed, looking only, and
 * patience with a question that takes long. Drafts, codes for pickers and the
 * lock have files of their own (desk_*.c).
 */
#include "engine/work.h"

/* ---- change notice */

bool session_mark(struct session *s, int64_t *mark, struct err *e)
{
    struct audit_head head;
    if (!audit_head_read(s->db, &head, e))
        return false;
    *mark = head.seq;
    return true;
}

/* A setting, a code or a holiday may be what changed: none that was read before is trusted any more. */
static bool tell(struct session *s, struct stmt *st, change_fn *each, void *ctx, struct err *e)
{
    enum step step = STEP_FAILED;
    cache_drop(s);
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        if (!each(ctx, col_text(st, 0))) {
            stmt_done(st);
            break;
        }
    return step != STEP_FAILED;
}

/* The rows up to the head that was read are there with it; those after it are for the next time. */
bool session_changes(struct session *s, int64_t *mark, change_fn *each, void *ctx, struct err *e)
{
    int64_t now;
    if (!session_mark(s, &now, e) || (now != *mark && !tell(s, audit_changes(s->db, *mark, now, e), each, ctx, e)))
        return false;
    *mark = now;
    return true;
}

/* ---- read-only, patience */

void session_set_read_only(struct session *s, bool on)
{
    s->read_only = on;
}

bool session_is_read_only(const struct session *s)
{
    return s->read_only;
}

void session_on_wait(struct session *s, bool (*keep_on)(void *ctx), void *ctx)
{
    db_on_wait(s->db, keep_on, ctx);
}

void session_set_patience(struct session *s, int ms)
{
    db_set_patience(s->db, ms);
}

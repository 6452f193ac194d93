/* SPDX-License-Identifier: MIT
 *
 * Lists: one query each, the same for screen, report, export and cron. Scope
 * is applied here: rows out of sight are left out and not counted, personal
 * cells are masked for a rep.
 */
#include <string.h>

#include "engine/run.h"
#include "engine/work.h"

struct row_scope {
    const int64_t *hidden;
    size_t hidden_count;
    bool whole_service; /* sees every neighbourhood unmasked */
};

static bool row_scope(struct session *s, struct row_scope *scope, struct err *e)
{
    scope->whole_service = engine_sees_all(s);
    return hidden_persons(s, &scope->hidden, &scope->hidden_count, e);
}

static enum sight row_sight(struct session *s, const struct row_scope *scope, struct stmt *st, int area_col, int person_col)
{
    if (person_col >= 0 && id_in(scope->hidden, scope->hidden_count, col_int(st, person_col)))
        return SIGHT_NONE;
    if (scope->whole_service)
        return SIGHT_FULL;
    if (area_col < 0) /* of nobody's neighbourhood: personal cells are for those who see persons */
        return SIGHT_MASKED;
    return role_sight(session_roles(s), s->user.neighbourhoods, col_text(st, area_col));
}

static bool is_number(enum field_kind k)
{
    return k == FIELD_INT || k == FIELD_FLAG || k == FIELD_INSTANT || k == FIELD_KEY;
}

static void read_cell(const struct column *c, struct stmt *st, int n, bool masked, char instant[INSTANT_SIZE], struct cell *out)
{
    out->number = is_number(c->kind) && !col_null(st, n) ? col_int(st, n) : FIELD_ABSENT;
    out->text = col_text(st, n);
    if (masked && (c->flags & FIELD_PERSONAL) && *out->text) {
        out->text = "•••";
        out->number = FIELD_ABSENT;
    } else if (c->kind == FIELD_INSTANT) {
        instant_format(out->number == FIELD_ABSENT ? 0 : out->number, instant);
        out->text = instant;
    }
}

#define MAX_COLUMNS 48

bool list_rows(struct session *s, const struct list *l, struct list_run *r, struct stmt *st, int first, int area_col,
               int person_col, struct err *e)
{
    struct row_scope scope;
    struct cell cells[MAX_COLUMNS];
    char instants[MAX_COLUMNS][INSTANT_SIZE];
    if (l->columns_count > MAX_COLUMNS)
        die("list %s has too many columns", l->name);
    if (!row_scope(s, &scope, e)) {
        stmt_done(st);
        return false;
    }
    int64_t given = 0;
    r->total = 0;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        enum sight sight = row_sight(s, &scope, st, area_col, person_col);
        if (sight == SIGHT_NONE)
            continue;
        r->total++;
        if (r->limit > 0 && given == r->limit) {
            if (r->want_total)
                continue;
            stmt_done(st);
            break;
        }
        for (size_t i = 0; i < l->columns_count; i++)
            read_cell(&l->columns[i], st, first + (int)i, sight == SIGHT_MASKED, instants[i], &cells[i]);
        given++;
        if (!r->row(r->ctx, l, cells, e)) {
            stmt_done(st);
            return false;
        }
    }
    if (!r->want_total)
        r->total = -1;
    return step != STEP_FAILED;
}

void list_row_name(const struct list *l, const struct cell *cells, struct buf *out)
{
    size_t named = 0;
    for (size_t i = 0; i < l->columns_count; i++)
        if (l->columns[i].flags & FIELD_NAMES)
            buf_fmt(out, "%s%s", named++ ? "\x1f" : "", cells[i].text);
    if (!named)
        buf_str(out, cells[0].text);
}

bool list_page(struct session *s, const struct list_run *r, row_key_fn *key_of, struct page *out, struct err *e)
{
    int64_t key = 0;
    struct err why = {0};
    *out = PAGE_WHOLE;
    out->backwards = r->backwards;
    out->limit = r->limit;
    if (*r->after && !key_of(s->db, r->after, &key, &why) && !(r->itself && why.code == ERR_NOT_FOUND)) {
        *e = why;
        return false;
    }
    if (r->itself) {
        out->above = key - 1;
        out->below = key + 1; /* a row that is gone has no key: none is 0 */
    } else if (*r->after && r->backwards) {
        out->above = key;
    } else if (*r->after) {
        out->below = key;
    }
    return true;
}

/* Rows and total of one moment. What could not be read to its end never passes for a short list. */
static bool run_in_snapshot(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                            struct err *e)
{
    if (!db_begin_read(s->db, e))
        return false;
    bool ok = l->run(s, l, filters, given, r, e) && !db_has_failed(s->db);
    if (!ok)
        run_failed(s, e);
    db_end_read(s->db);
    return ok;
}

bool list_call(struct session *s, const struct list *l, const struct typed *words, size_t n, const char *purpose,
               struct list_run *r, struct err *e)
{
    if (!(session_roles(s) & l->roles))
        return run_denied(s, l->name, e);
    if ((r->backwards || r->itself) && !l->both_ways)
        return err_set(e, ERR_INVALID, "The list \"%s\" is read from its start only.", l->name);
    uint64_t given = 0;
    void *filters = xcalloc(1, l->filters_size ? l->filters_size : 1);
    struct run_target to = {.fields = l->filters, .count = l->filters_count, .args = filters};
    fields_init(l->filters, l->filters_count, filters);
    bool ok = run_parse(s, &to, words, n, &given, e) &&
              (strcmp(purpose, "export") != 0 || engine_log(s, "exported", "", l->name, "", "", e)) &&
              run_in_snapshot(s, l, filters, given, r, e);
    free(filters);
    if (!ok && !s->work->open)
        run_log_refusal(s, l->name, e);
    return ok;
}

/* SPDX-License-Identifier: MIT
 *
 * The codes that a picker offers for a field with a code set. Most sets are
 * kept by the session (cache.c); those with a table of their own are read
 * there, practices, of which there are many thousand, by the index on how
 * their names begin.
 */
#include <ctype.h>
#include <string.h>

#include "engine/work.h"
#include "store/admin.h"
#include "store/directory.h"

enum { MOST_CODES = 200 };

struct picker {
    struct buf like; /* in its search form, with a blank before it */
    code_fn *each;
    void *ctx;
    int given;
    bool is_over;
};

static bool has_word_like(const struct picker *p, const char *text)
{
    struct buf words = {0};
    buf_char(&words, ' ');
    text_fold(text, &words);
    bool has = strstr(words.data, p->like.data) != NULL;
    buf_free(&words);
    return has;
}

static bool offer(void *ctx, const char *code, const char *label, const char *group)
{
    struct picker *p = ctx;
    if (has_word_like(p, code) || has_word_like(p, label))
        p->is_over = !p->each(p->ctx, code, label, group) || ++p->given == MOST_CODES;
    return !p->is_over;
}

/* Rows of code, name and what tells one from another of that name. */
static bool offer_rows(struct picker *p, struct stmt *st, struct err *e)
{
    struct buf label = {0};
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        buf_clear(&label);
        buf_fmt(&label, "%s%s%s", col_text(st, 1), *col_text(st, 2) ? ", " : "", col_text(st, 2));
        if (!offer(p, col_text(st, 0), label.data, "")) {
            stmt_done(st);
            break;
        }
    }
    buf_free(&label);
    return step != STEP_FAILED;
}

static bool offer_practices(struct session *s, struct picker *p, struct err *e)
{
    const char *like = p->like.data + 1;
    struct buf code = {0};
    for (const char *c = like; *c; c++)
        buf_char(&code, (char)toupper((unsigned char)*c));
    bool ok = offer_rows(p, practices_named(s->db, like, MOST_CODES, e), e);
    if (ok && *like && !p->is_over)
        ok = offer_rows(p, practices_coded(s->db, code.data, like, MOST_CODES - p->given, e), e);
    buf_free(&code);
    return ok;
}

static const struct {
    const char *set;
    struct stmt *(*rows)(struct db *db, struct err *e);
} tables[] = {
    {"organisation", organisations_offered},
    {"service", services_offered},
    {"user", workers_offered},
};

static bool offer_set(struct session *s, const char *set, struct picker *p, struct err *e)
{
    if (strcmp(set, "practice") == 0)
        return offer_practices(s, p, e);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(set, tables[i].set) == 0)
            return offer_rows(p, tables[i].rows(s->db, e), e);
    return cache_each_code(s, set, offer, p, e);
}

bool session_codes(struct session *s, const char *set, const char *like, code_fn *each, void *ctx, struct err *e)
{
    struct picker p = {.each = each, .ctx = ctx};
    buf_char(&p.like, ' ');
    text_fold(like, &p.like);
    bool ok = offer_set(s, set, &p, e);
    buf_free(&p.like);
    return ok;
}

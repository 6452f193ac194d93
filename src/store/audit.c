/* SPDX-License-Identifier: MIT
 *
 * Statements of the audit chain. The head row is updated, not only read, when
 * it is locked: that takes the row lock on PostgreSQL too, so sequence numbers
 * have no gaps and writers no retries.
 */
#include "store/audit.h"

#include "onward/text.h"

#define AUDIT_COLUMNS "seq, at, login, acting_as, verb, effect, record, ref, about, fields, prev, hash"

static void read_head(struct stmt *s, struct audit_head *h)
{
    h->seq = col_int(s, 0);
    text_put(h->hash, sizeof h->hash, col_text(s, 1));
    h->at = col_int(s, 2);
    h->ref_number = col_int(s, 3);
    h->last_id = col_int(s, 4);
}

static bool one_head(struct db *db, const char *sql, struct audit_head *h, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    enum step step = stmt_step(s, e);
    if (step == STEP_ROW)
        read_head(s, h);
    if (step != STEP_FAILED)
        stmt_done(s);
    if (step == STEP_DONE)
        return err_set(e, ERR_STORE, "The audit log has lost its head row; restore a backup.");
    return step == STEP_ROW;
}

bool audit_head_lock(struct db *db, struct audit_head *h, struct err *e)
{
    static const char sql[] = "UPDATE audit_head SET seq = seq WHERE id = 1 RETURNING seq, hash, at, ref_number, last_id";
    return one_head(db, sql, h, e);
}

bool audit_head_read(struct db *db, struct audit_head *h, struct err *e)
{
    static const char sql[] = "SELECT seq, hash, at, ref_number, last_id FROM audit_head WHERE id = 1";
    return one_head(db, sql, h, e);
}

bool audit_head_write(struct db *db, const struct audit_head *h, struct err *e)
{
    static const char sql[] = "UPDATE audit_head SET seq = $1, hash = $2, at = $3, ref_number = $4, last_id = $5 WHERE id = 1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, h->seq);
    stmt_text_raw(s, 2, h->hash);
    stmt_int(s, 3, h->at);
    stmt_int(s, 4, h->ref_number);
    stmt_int(s, 5, h->last_id);
    return stmt_run(s, e) >= 0;
}

bool audit_row_insert(struct db *db, const struct audit_row *r, struct err *e)
{
    static const char sql[] = "INSERT INTO audit (" AUDIT_COLUMNS ") "
                              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, r->seq);
    stmt_int(s, 2, r->at);
    const char *texts[] = {r->login, r->acting_as, r->verb, r->effect, r->record,
                           r->ref,   r->about,     r->fields, r->prev, r->hash};
    for (int i = 0; i < 10; i++)
        stmt_text_raw(s, 3 + i, texts[i]);
    return stmt_run(s, e) >= 0;
}

bool audit_value_insert(struct db *db, const struct audit_value *v, struct err *e)
{
    static const char sql[] = "INSERT INTO audit_value (seq, field, salt, value_before, value_after) "
                              "VALUES ($1, $2, $3, $4, $5)";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_int(s, 1, v->seq);
    stmt_text_raw(s, 2, v->field);
    stmt_text_raw(s, 3, v->salt);
    stmt_text(s, 4, v->before);
    stmt_text(s, 5, v->after);
    return stmt_run(s, e) >= 0;
}

struct stmt *audit_changes(struct db *db, int64_t seq, int64_t last, struct err *e)
{
    static const char sql[] = "SELECT about FROM audit WHERE seq > $1 AND seq <= $2 "
                              "AND effect IN ('made', 'changed', 'removed') ORDER BY seq";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_int(s, 1, seq);
    stmt_int(s, 2, last);
    return s;
}

struct stmt *audit_rows_from(struct db *db, int64_t seq, struct err *e)
{
    static const char sql[] = "SELECT " AUDIT_COLUMNS " FROM audit WHERE seq >= $1 ORDER BY seq";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, seq);
    return s;
}

struct stmt *audit_values_from(struct db *db, int64_t seq, struct err *e)
{
    static const char sql[] = "SELECT seq, field, salt, value_before, value_after, erased_on FROM audit_value "
                              "WHERE seq >= $1 ORDER BY seq, field";
    struct stmt *s = db_prepare(db, sql, e);
    if (s)
        stmt_int(s, 1, seq);
    return s;
}

#define IN_SIGHT "AND ($3 = 1 OR a.about IS NULL OR NOT EXISTS (SELECT 1 FROM person p WHERE p.ref = a.about AND p.restricted = 1 " \
                 "AND NOT EXISTS (SELECT 1 FROM person_access x WHERE x.person_id = p.id AND x.user_id = $4))) "
#define ALL(columns) "SELECT " columns " FROM audit a WHERE a.seq > $1 AND a.seq < $2 " IN_SIGHT
#define ONE(columns) ALL(columns) "AND a.ref = $5 UNION " ALL(columns) "AND a.about = $5 "

static struct stmt *list_prepare(struct db *db, const char *sql, const struct audit_query *q, int64_t above, int64_t below,
                                 struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return NULL;
    stmt_int(s, 1, above);
    stmt_int(s, 2, below);
    stmt_int(s, 3, q->whole);
    stmt_int(s, 4, q->user_id);
    if (*q->ref)
        stmt_text(s, 5, q->ref);
    return s;
}

struct stmt *audit_list_rows(struct db *db, const struct audit_query *q, struct err *e)
{
#define SHOWN "a.seq, a.at, a.login, a.acting_as, a.verb, a.effect, a.record, a.ref, a.about"
    static const char *const all[] = {ALL(SHOWN) "ORDER BY a.seq DESC LIMIT CAST($5 AS BIGINT)",
                                      ALL(SHOWN) "ORDER BY a.seq ASC LIMIT CAST($5 AS BIGINT)"};
    static const char *const one[] = {ONE(SHOWN) "ORDER BY 1 DESC LIMIT CAST($6 AS BIGINT) /*sort*/",
                                      ONE(SHOWN) "ORDER BY 1 ASC LIMIT CAST($6 AS BIGINT) /*sort*/"};
#undef SHOWN
    struct stmt *s = list_prepare(db, (*q->ref ? one : all)[q->page.backwards], q, q->page.above, q->page.below, e);
    if (s)
        stmt_int(s, *q->ref ? 6 : 5, page_limit(&q->page));
    return s;
}

static bool one_int(struct stmt *s, int64_t *out, struct err *e)
{
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    *out = col_int(s, 0);
    stmt_done(s);
    return true;
}

/* About persons that the user may not know of: those are few and lead. */
static bool count_hidden(struct db *db, const struct audit_query *q, int64_t below, int64_t *count, struct err *e)
{
    static const char sql[] = "SELECT count(*) FROM person p CROSS JOIN audit a WHERE p.restricted = 1 AND NOT EXISTS "
                              "(SELECT 1 FROM person_access x WHERE x.person_id = p.id AND x.user_id = $1) "
                              "AND a.about = p.ref AND a.seq < $2 /*scan*/";
    struct stmt *s = db_prepare(db, sql, e);
    if (s) {
        stmt_int(s, 1, q->user_id);
        stmt_int(s, 2, below);
    }
    return one_int(s, count, e);
}

/* The rows of the chain have no gaps, so that all of them are known by the number of the last. */
bool audit_list_count(struct db *db, const struct audit_query *q, int64_t below, int64_t *count, struct err *e)
{
    static const char one[] = "SELECT count(*) FROM (" ONE("a.seq") ") found /*scan*/ /*sort*/";
    struct audit_head head = {.seq = 0};
    int64_t hidden = 0;
    if (*q->ref)
        return one_int(list_prepare(db, one, q, 0, below, e), count, e);
    if (!audit_head_read(db, &head, e) || (!q->whole && !count_hidden(db, q, below, &hidden, e)))
        return false;
    *count = (below <= head.seq ? (below > 0 ? below - 1 : 0) : head.seq) - hidden;
    return true;
}

void audit_row_read(struct stmt *s, struct audit_row *r)
{
    *r = (struct audit_row){.seq = col_int(s, 0),
                            .at = col_int(s, 1),
                            .login = col_text(s, 2),
                            .acting_as = col_text(s, 3),
                            .verb = col_text(s, 4),
                            .effect = col_text(s, 5),
                            .record = col_text(s, 6),
                            .ref = col_text(s, 7),
                            .about = col_text(s, 8),
                            .fields = col_text(s, 9),
                            .prev = col_text(s, 10),
                            .hash = col_text(s, 11)};
}

bool audit_last_change(struct db *db, const char *record, const char *ref, bool *found, int64_t *at, char login[64], struct err *e)
{
    static const char sql[] = "SELECT at, login, acting_as FROM audit WHERE ref = $1 AND record = $2 "
                              "AND effect IN ('made', 'changed') ORDER BY seq DESC LIMIT 1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, ref);
    stmt_text(s, 2, record);
    enum step step = stmt_step(s, e);
    *found = step == STEP_ROW;
    if (*found) {
        *at = col_int(s, 0);
        text_put(login, 64, *col_text(s, 2) ? col_text(s, 2) : col_text(s, 1));
        stmt_done(s);
    }
    return step != STEP_FAILED;
}

bool audit_subject(struct db *db, const char *ref, char about[REF_SIZE], struct err *e)
{
    static const char sql[] = "SELECT p.ref FROM person p WHERE p.ref = $1 "
                              "UNION ALL SELECT p.ref FROM referral r JOIN person p ON p.id = r.person_id WHERE r.ref = $1 "
                              "UNION ALL SELECT p.ref FROM handoff h JOIN person p ON p.id = h.person_id WHERE h.ref = $1";
    struct stmt *s = db_prepare(db, sql, e);
    if (!s)
        return false;
    stmt_text(s, 1, ref);
    enum step step = stmt_step(s, e);
    text_put(about, REF_SIZE, step == STEP_ROW ? col_text(s, 0) : "");
    if (step == STEP_ROW)
        stmt_done(s);
    return step != STEP_FAILED;
}

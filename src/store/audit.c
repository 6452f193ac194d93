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

struct stmt *audit_list_rows(struct db *db, const char *ref, int64_t below, struct err *e)
{
#define ROWS "SELECT a.seq, a.at, a.login, a.acting_as, a.verb, a.effect, a.record, a.ref, a.about, p.id " \
             "FROM audit a LEFT JOIN person p ON p.ref = a.about "
    static const char all[] = ROWS "WHERE a.seq < $1 ORDER BY a.seq DESC";
    /* Both indexes end in seq, so the union comes in order without a sort. */
    static const char one[] = ROWS "WHERE a.ref = $2 AND a.seq < $1 UNION " ROWS
                              "WHERE a.about = $2 AND a.seq < $1 ORDER BY 1 DESC /*sort*/";
#undef ROWS
    struct stmt *s = db_prepare(db, *ref ? one : all, e);
    if (!s)
        return NULL;
    stmt_int(s, 1, below);
    if (*ref)
        stmt_text(s, 2, ref);
    return s;
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

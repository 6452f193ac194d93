/* SPDX-License-Identifier: MIT
 *
 * The audit log as it is written and proved. A row says who did what to which
 * record and, field by field, a keyed digest of the value before and after;
 * the values stand beside in audit_value and may be erased there. Each row's
 * hash covers the hash before and a length-prefixed form of the row, so that
 * no two rows read alike. The head row is locked at the first audit row of a
 * transaction and written back once at its end.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/verify.h"
#include "engine/work.h"

bool work_head(struct session *s, struct err *e)
{
    struct session_work *w = s->work;
    if (w->has_head)
        return true;
    if (!audit_head_lock(s->db, &w->head, e))
        return false;
    w->has_head = true;
    id_maker_after(&s->ids, w->head.last_id);
    return true;
}

bool work_flush(struct session *s, struct err *e)
{
    struct session_work *w = s->work;
    if (!w->head_dirty)
        return true;
    w->head_dirty = false;
    w->head.last_id = id_last(&s->ids);
    return audit_head_write(s->db, &w->head, e);
}

static void hash_part(struct sha256 *h, const char *text)
{
    char len[24];
    int n = snprintf(len, sizeof len, "%zu:", strlen(text));
    sha256_add(h, len, (size_t)n);
    sha256_add(h, text, strlen(text));
}

static void hash_row(const struct audit_row *r, char out[SHA256_HEX])
{
    struct sha256 h;
    unsigned char digest[32];
    char seq[24], at[24];
    snprintf(seq, sizeof seq, "%lld", (long long)r->seq);
    snprintf(at, sizeof at, "%lld", (long long)r->at);
    const char *parts[] = {r->prev, seq,       at,     r->login, r->acting_as, r->verb,
                           r->effect, r->record, r->ref, r->about, r->fields};
    sha256_init(&h);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash_part(&h, parts[i]);
    sha256_end(&h, digest);
    hex_encode(digest, sizeof digest, out);
}

/* r->prev and r->hash are the caller's buffers from here on. */
void audit_seal(struct session *s, struct audit_row *r, int64_t at, char prev[SHA256_HEX], char hash[SHA256_HEX])
{
    struct session_work *w = s->work;
    memcpy(prev, w->head.hash, SHA256_HEX);
    r->seq = w->head.seq + 1;
    r->at = at;
    r->login = *s->as_from ? s->as_from : s->user.login;
    r->acting_as = *s->as_from ? s->user.login : "";
    r->verb = s->verb ? s->verb->name : "";
    r->prev = prev;
    hash_row(r, hash);
    r->hash = hash;
    w->head.seq = r->seq;
    w->head.at = at;
    memcpy(w->head.hash, hash, SHA256_HEX);
    w->head_dirty = true;
}

static bool append_at(struct session *s, struct audit_row r, int64_t at, struct err *e)
{
    char prev[SHA256_HEX], hash[SHA256_HEX];
    audit_seal(s, &r, at, prev, hash);
    return audit_row_insert(s->db, &r, e);
}

/* A clock that went back by more than this is told of in the log, once: order is by number, never by time. */
#define CLOCK_SLACK_MS 60000

static bool append(struct session *s, struct audit_row r, struct err *e)
{
    if (!work_head(s, e))
        return false;
    int64_t now = session_now(s);
    struct audit_row back = {.effect = "clock_back", .record = "", .ref = "", .about = "", .fields = ""};
    if (now + CLOCK_SLACK_MS < s->work->head.at && !append_at(s, back, now, e))
        return false;
    return append_at(s, r, now, e);
}

bool engine_audit(struct session *s, const char *effect, const char *record, const char *ref, const char *about,
                  const char *fields, struct err *e)
{
    struct audit_row r = {.effect = effect, .record = record, .ref = ref, .about = about, .fields = fields};
    return append(s, r, e);
}

bool engine_log(struct session *s, const char *effect, const char *record, const char *ref, const char *about, const char *fields,
                struct err *e)
{
    if (!engine_begin(s, __func__, e))
        return false;
    if (engine_audit(s, effect, record, ref, about, fields, e))
        return engine_commit(s, e);
    engine_rollback(s);
    return false;
}

/* The digest of one value: keyed, salted, bound to its field. "" for no value. */
static void digest_value(const struct session *s, const char *salt, const char *field, const char *value, char out[33])
{
    if (!*value) {
        *out = '\0';
        return;
    }
    struct buf b = {0};
    buf_fmt(&b, "%s|%s|%s", salt, field, value);
    keyed_digest(s->audit_key, b.data, b.len, out);
    buf_free(&b);
}

static void make_salt(struct session *s, char out[17])
{
    unsigned char raw[8];
    engine_random(s, raw, sizeof raw);
    hex_encode(raw, sizeof raw, out);
}

/* One field that differs: its digests go to the row's fields, its values are kept for after the row. */
struct kept_value {
    const char *field;
    char salt[17];
    struct buf before, after;
};

static bool is_audited(const struct field *f)
{
    return f->kind != FIELD_KEY && strcmp(f->key, "version") != 0 && strcmp(f->key, "ref") != 0;
}

bool audit_name(struct session *s, const struct record_type *t, const void *record, struct audit_name *out, struct err *e)
{
    const struct field *of = t->ref < 0 ? field_find(t->fields, t->count, "referral_id") : NULL;
    struct referral r;
    out->ref = record_ref(t, record);
    snprintf(out->record, sizeof out->record, "%.60s%s%.60s", t->name, of && *out->ref ? " " : "", of ? out->ref : "");
    if (!of)
        return true;
    if (!record_load(s->db, &referral_type, field_int(of, record), &r, e))
        return false;
    text_put(out->of_episode, sizeof out->of_episode, r.ref);
    out->ref = out->of_episode;
    return true;
}

bool audit_change(struct session *s, const char *effect, const struct record_type *t, const void *before,
                  const void *after, const char *about, struct err *e)
{
    struct kept_value *kept = xcalloc(t->count, sizeof *kept);
    size_t n = 0;
    struct buf fields = {0};
    for (size_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (!is_audited(f) || (before && after && field_equal(f, before, after)))
            continue;
        struct kept_value *k = &kept[n];
        if (before)
            field_format(f, before, &k->before);
        if (after)
            field_format(f, after, &k->after);
        if (!k->before.len && !k->after.len)
            continue;
        n++;
        k->field = f->key;
        make_salt(s, k->salt);
        char was[33], is[33];
        digest_value(s, k->salt, f->key, buf_text(&k->before), was);
        digest_value(s, k->salt, f->key, buf_text(&k->after), is);
        buf_fmt(&fields, "%s%s=%s>%s", fields.len ? " " : "", f->key, was, is);
    }
    struct audit_name name;
    bool ok = audit_name(s, t, after ? after : before, &name, e);
    if (ok && t == &person_type) /* whose reference nobody had before it was made */
        about = name.ref;
    ok = ok && engine_audit(s, effect, name.record, name.ref, about, buf_text(&fields), e);
    for (size_t i = 0; ok && i < n; i++) {
        const struct field *f = field_find(t->fields, t->count, kept[i].field);
        struct audit_value v = {.seq = s->work->head.seq, .field = f->key, .salt = kept[i].salt};
        v.before = buf_text(&kept[i].before);
        v.after = buf_text(&kept[i].after);
        if (!(f->flags & FIELD_SECRET))
            ok = audit_value_insert(s->db, &v, e);
    }
    for (size_t i = 0; i < n; i++) {
        buf_free(&kept[i].before);
        buf_free(&kept[i].after);
    }
    free(kept);
    buf_free(&fields);
    return ok;
}

/* ---- proof */

static void break_at(struct audit_proof *p, int64_t seq, const char *why)
{
    if (p->broken_at)
        return;
    p->broken_at = seq;
    text_put(p->why, sizeof p->why, why);
}

/* Walks the rows: no gap, each hash as it should be, each prev the hash before. */
static bool prove_rows(struct session *s, struct audit_proof *p, struct err *e)
{
    struct stmt *st = audit_rows_from(s->db, 0, e);
    if (!st)
        return false;
    char prev[SHA256_HEX] = "", hash[SHA256_HEX];
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        struct audit_row r;
        audit_row_read(st, &r);
        p->rows++;
        hash_row(&r, hash);
        if (r.seq != p->rows)
            break_at(p, p->rows, "a row is missing");
        else if (strcmp(r.prev, prev) != 0)
            break_at(p, r.seq, "it does not follow from the row before");
        else if (strcmp(r.hash, hash) != 0)
            break_at(p, r.seq, "it was changed after it was written");
        if (p->broken_at) {
            stmt_done(st);
            return true;
        }
        memcpy(prev, hash, sizeof prev);
    }
    if (step == STEP_FAILED)
        return false;
    struct audit_head head;
    if (!audit_head_read(s->db, &head, e))
        return false;
    if (head.seq != p->rows || strcmp(head.hash, prev) != 0)
        break_at(p, p->rows + 1, "rows at the end are missing");
    text_put(p->head, sizeof p->head, head.hash);
    return true;
}

/* True when the row's fields hold "field=DIGEST>DIGEST" as these values give it. */
static bool digests_agree(struct session *s, const char *fields, const struct audit_value *v)
{
    char was[33], is[33];
    digest_value(s, v->salt, v->field, v->before, was);
    digest_value(s, v->salt, v->field, v->after, is);
    struct buf want = {0};
    buf_fmt(&want, "%s=%s>%s", v->field, was, is);
    bool agree = false;
    for (const char *at = fields; !agree && (at = strstr(at, want.data)); at++)
        agree = (at == fields || at[-1] == ' ') && (at[want.len] == ' ' || at[want.len] == '\0');
    buf_free(&want);
    return agree;
}

/* Values and rows come in the same order of seq: one merged walk. */
static bool prove_values(struct session *s, struct audit_proof *p, struct err *e)
{
    struct stmt *values = audit_values_from(s->db, 0, e);
    struct stmt *rows = values ? audit_rows_from(s->db, 0, e) : NULL;
    if (!rows)
        return false;
    struct audit_row r = {.fields = ""};
    enum step step, row_step = STEP_ROW;
    while ((step = stmt_step(values, e)) == STEP_ROW) {
        struct audit_value v = {col_int(values, 0), col_text(values, 1), col_text(values, 2),
                                col_text(values, 3), col_text(values, 4), col_text(values, 5)};
        while (r.seq < v.seq && (row_step = stmt_step(rows, e)) == STEP_ROW)
            audit_row_read(rows, &r);
        if (row_step != STEP_ROW)
            break;
        if (*v.erased_on)
            p->erased++;
        else if (!digests_agree(s, r.fields, &v))
            break_at(p, v.seq, "a value beside it was changed");
    }
    if (step == STEP_ROW)
        stmt_done(values);
    if (row_step == STEP_ROW)
        stmt_done(rows);
    return step != STEP_FAILED && row_step != STEP_FAILED;
}

bool audit_prove(struct session *s, struct audit_proof *p, struct err *e)
{
    *p = (struct audit_proof){0};
    return prove_rows(s, p, e) && (p->broken_at || prove_values(s, p, e));
}

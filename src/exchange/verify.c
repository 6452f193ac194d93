/* SPDX-License-Identifier: MIT
 *
 * Proof of the store and of what was sent: the engine's own check, the audit
 * chain, the counts, and every batch rebuilt from its rows and compared with
 * its digests, with the chain that its manifest names and with the files
 * that were put in place.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/run.h"
#include "engine/verify.h"
#include "exchange/package.h"
#include "exchange/spool_folder.h"
#include "onward/exchange.h"
#include "store/audit.h"
#include "store/batches.h"

/* A batch's claim on the chain: this digest was its head. */
struct claim {
    char head[SHA256_HEX], batch[CODE_SIZE];
    bool is_true;
};
struct proving {
    struct session *s;
    struct spool spool;
    bool has_spool;
    struct claim *claims;
    size_t claim_count;
    int64_t batches, wrong;
    char first[320]; /* what is wrong first, and where */
};

static void say_wrong(struct proving *p, const char *batch, const char *what)
{
    if (p->wrong++ == 0)
        snprintf(p->first, sizeof p->first, "%s: %s", batch, what);
}

/* ---- files */

/* Every byte of a folder that is there. `what` is set to what is wrong, "" when nothing is. */
static bool compare_folder(const struct folder *there, const struct package_files *files,
                           char what[192], struct err *e)
{
    struct spool_file list[3];
    bool same = true;
    package_files_list(files, list);
    for (size_t i = 0; same && i < 3; i++) {
        if (!folder_same(there, list[i].name, list[i].data, list[i].len, &same, e))
            return false;
        if (!same)
            snprintf(what, 192, "its %s in the spool is not what was recorded", list[i].name);
    }
    return true;
}

/* *found: the batch's folder is in the spool. Erased payloads leave nothing to compare. */
static bool check_folder(struct proving *p, const struct batch *b, const char *organisation,
                         const struct package_files *files, bool *found, char what[192],
                         struct err *e)
{
    struct folder out, there;
    struct err why = {0};
    *found = false;
    if (!p->has_spool)
        return true;
    if (!folder_open(&p->spool, organisation, AREA_OUT, false, &out, &why))
        return why.code == ERR_NOT_FOUND || err_set(e, why.code, "%s", why.text);
    *found = folder_enter(&out, b->name, &there);
    bool ok = *found || errno == ENOENT || folder_failed(&out, b->name, "opened", e);
    if (*found && strcmp(b->state, "void") == 0)
        snprintf(what, 192, "it is void, but its folder is still in the spool");
    else if (*found && !files->is_erased)
        ok = compare_folder(&there, files, what, e);
    if (*found)
        folder_close(&there);
    folder_close(&out);
    return ok;
}

/* ---- one batch */

static void claim(struct proving *p, const struct batch *b, const struct package_files *files)
{
    char head[SHA256_HEX] = "";
    if (!package_audit_head(files, head)) {
        say_wrong(p, b->name, "its manifest names no head of the audit log");
        return;
    }
    p->claims = xrealloc(p->claims, (p->claim_count + 1) * sizeof *p->claims);
    struct claim *c = &p->claims[p->claim_count++];
    *c = (struct claim){0};
    memcpy(c->head, head, sizeof c->head);
    text_put(c->batch, sizeof c->batch, b->name);
}

static bool prove_batch(struct proving *p, const struct batch *b, bool *found, struct err *e)
{
    struct package_files files = {0};
    struct organisation o;
    char what[192] = "";
    *found = false;
    p->batches++;
    bool ok = record_load(p->s->db, &organisation_type, b->organisation_id, &o, e) &&
              package_load(p->s->db, b, &files, e) &&
              check_folder(p, b, o.code, &files, found, what, e);
    if (ok && *files.wrong)
        say_wrong(p, b->name, files.wrong);
    else if (ok && *what)
        say_wrong(p, b->name, what);
    if (ok)
        claim(p, b, &files);
    package_files_free(&files);
    return ok;
}

static int by_head(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    return strcmp(x->head, y->head);
}

static size_t first_claim(const struct proving *p, const char *head)
{
    size_t low = 0, high = p->claim_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strcmp(p->claims[mid].head, head) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* One walk along the chain settles all claims. */
static bool prove_claims(struct proving *p, struct err *e)
{
    struct stmt *st;
    struct audit_row row;
    enum step step = STEP_FAILED;
    if (!p->claim_count)
        return true;
    qsort(p->claims, p->claim_count, sizeof *p->claims, by_head);
    st = audit_rows_from(p->s->db, 0, e);
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        audit_row_read(st, &row);
        for (size_t i = first_claim(p, row.hash);
             i < p->claim_count && strcmp(p->claims[i].head, row.hash) == 0; i++)
            p->claims[i].is_true = true;
    }
    for (size_t i = 0; i < p->claim_count; i++)
        if (!p->claims[i].is_true)
            say_wrong(
                p, p->claims[i].batch,
                "the head of the audit log that its manifest names is not in the log any more");
    return step != STEP_FAILED;
}

/* ---- all batches */

static bool next_batch(struct db *db, int64_t after, struct batch *b, bool *found, struct err *e)
{
    struct stmt *st = batches_from(db, after, e);
    enum step step = st ? stmt_step(st, e) : STEP_FAILED;
    *found = step == STEP_ROW;
    if (*found) {
        record_read(st, 0, &batch_type, b);
        stmt_done(st);
    }
    return step != STEP_FAILED;
}

static bool prove_batches(struct proving *p, struct err *e)
{
    struct batch b = {0};
    bool found, in_place;
    for (;;) {
        if (!next_batch(p->s->db, b.id, &b, &found, e))
            return false;
        if (!found)
            return prove_claims(p, e);
        if (!prove_batch(p, &b, &in_place, e))
            return false;
    }
}

/* ---- reports */

static void begin(struct proving *p, struct session *s, const char *spool)
{
    struct err none;
    *p = (struct proving){.s = s};
    p->has_spool = spool && spool_open(&p->spool, spool, &none);
}

static void end(struct proving *p)
{
    if (p->has_spool)
        spool_close(&p->spool);
    free(p->claims);
}

static json_t *batches_words(const struct proving *p)
{
    if (!p->wrong)
        return json_string("ok");
    return p->wrong == 1 ? json_string(p->first)
                         : json_sprintf("%s (and %lld more)", p->first, (long long)p->wrong - 1);
}

static bool prove_all(struct proving *p, json_t *report, bool *sound, struct err *e)
{
    struct audit_proof audit;
    int64_t differ;
    char first[160];
    if (!audit_prove(p->s, &audit, e) || !summary_prove(p->s, &differ, first, e) ||
        !prove_batches(p, e))
        return false;
    json_object_set_new(report, "audit",
                        audit.broken_at ? json_sprintf("broken at row %lld: %s",
                                                       (long long)audit.broken_at, audit.why)
                                        : json_string("ok"));
    json_object_set_new(report, "audit_rows", json_integer((json_int_t)audit.rows));
    json_object_set_new(report, "audit_head", json_string(audit.head));
    if (audit.erased)
        json_object_set_new(report, "audit_erased", json_integer((json_int_t)audit.erased));
    json_object_set_new(report, "summaries",
                        differ ? json_sprintf("%lld differ: %s", (long long)differ, first)
                               : json_string("ok"));
    json_object_set_new(report, "batches", batches_words(p));
    json_object_set_new(report, "batch_count", json_integer((json_int_t)p->batches));
    *sound = !audit.broken_at && !differ && !p->wrong;
    return true;
}

bool store_verify(struct session *s, const char *spool, json_t **report, bool *sound, struct err *e)
{
    struct proving p;
    struct err why;
    if (!(session_roles(s) & (ROLE_AUDITOR | ROLE_MANAGER | ROLE_ADMIN | ROLE_NIGHTLY)))
        return run_denied(s, "verify", e);
    bool whole = db_check(s->db, &why);
    json_t *o = json_pack("{s:s}", "store", whole ? "ok" : why.text);
    if (!db_begin_read(s->db, e)) {
        json_decref(o);
        return false;
    }
    begin(&p, s, spool);
    bool ok = prove_all(&p, o, sound, e);
    end(&p);
    db_end_read(s->db);
    if (!ok) {
        json_decref(o);
        return false;
    }
    *sound = *sound && whole;
    *report = o;
    return true;
}

bool batch_verify(struct session *s, const char *batch, const char *spool, json_t **report,
                  bool *sound, struct err *e)
{
    struct proving p;
    struct batch b;
    bool found = false;
    if (!(session_roles(s) & (ROLE_AUDITOR | ROLE_CARE | ROLE_ADMIN | ROLE_NIGHTLY)))
        return run_denied(s, "handoff verify", e);
    if (!record_load_ref(s->db, &batch_type, batch, &b, e) || !db_begin_read(s->db, e))
        return false;
    begin(&p, s, spool);
    bool ok = prove_batch(&p, &b, &found, e) && prove_claims(&p, e);
    if (ok) {
        *sound = !p.wrong;
        *report = json_pack("{s:s, s:s, s:I, s:s, s:o, s:s}", "batch", b.name, "state", b.state,
                            "rows", (json_int_t)b.row_count, "sha256", b.sha256, "proof",
                            batches_words(&p), "folder", found ? "compared" : "not there");
    }
    end(&p);
    db_end_read(s->db);
    return ok;
}

/* SPDX-License-Identifier: MIT
 *
 * The nightly run: its lock, its steps in order, and what it came to. A dry
 * run is the same work in one transaction that is undone at the end, with
 * every step that writes files left out.
 */
#include "exchange/nightly.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/run.h"
#include "engine/verify.h"
#include "store/batches.h"

static const struct verb nightly_verb = {.name = "nightly", .roles = ROLE_NIGHTLY};

/* ---- what the run knows of batches and organisations */

struct night_batch *night_batch(struct night *n, const struct batch *b, const char *organisation)
{
    for (size_t i = 0; i < n->batch_count; i++)
        if (strcmp(n->batches[i].name, b->name) == 0)
            return &n->batches[i];
    n->batches = xrealloc(n->batches, (n->batch_count + 1) * sizeof *n->batches);
    struct night_batch *made = &n->batches[n->batch_count++];
    *made = (struct night_batch){0};
    text_put(made->name, sizeof made->name, b->name);
    text_put(made->organisation, sizeof made->organisation, organisation);
    text_put(made->sha256, sizeof made->sha256, b->sha256);
    return made;
}

const char *night_organisation_code(const struct night *n, int64_t organisation_id)
{
    for (size_t i = 0; i < n->organisation_count; i++)
        if (n->organisations[i].id == organisation_id)
            return n->organisations[i].code;
    return "";
}

static bool load_organisations(struct night *n, struct err *e)
{
    struct stmt *st = night_organisations(n->s->db, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        n->organisations =
            xrealloc(n->organisations, (n->organisation_count + 1) * sizeof *n->organisations);
        struct night_organisation *o = &n->organisations[n->organisation_count++];
        *o = (struct night_organisation){.id = col_int(st, 0)};
        text_put(o->code, sizeof o->code, col_text(st, 1));
    }
    return step != STEP_FAILED;
}

/* ---- spool and lock */

/* A folder that is missing is made in a parent that is there. */
static bool open_spool(struct night *n, struct err *e)
{
    const char *path = n->o->spool;
    struct err why = {0};
    if (!n->o->dry_run && mkdir(path, 0750) != 0 && errno != EEXIST)
        return err_set(e, ERR_STORE, "The spool %s cannot be made: %s.", path, strerror(errno));
    n->has_spool = spool_open(&n->spool, path, &why);
    if (!n->has_spool)
        return n->o->dry_run && why.code == ERR_NOT_FOUND ? true
                                                          : err_set(e, ERR_STORE, "%s", why.text);
    n->spool.io = n->io;
    return realpath(path, n->folder) ||
           err_set(e, ERR_STORE, "The spool %s cannot be found: %s.", path, strerror(errno));
}

static bool is_held_by_another(int fd, struct err *e)
{
    char who[192] = "";
    ssize_t got = pread(fd, who, sizeof who - 1, 0);
    who[got > 0 ? got : 0] = '\0';
    text_trim(who);
    return err_set(
        e, ERR_BUSY,
        "Another nightly run is under way (%s). Nothing was done; it will do what is due.",
        *who ? who : "it has not said who it is yet");
}

static void say_who(int fd, struct session *s)
{
    char host[128] = "?", since[INSTANT_SIZE], who[256];
    (void)gethostname(host, sizeof host - 1);
    instant_format(session_now(s), since);
    int n = snprintf(who, sizeof who, "%s, process %ld on %s, since %s\n", session_login(s),
                     (long)getpid(), host, since);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, who, (size_t)n, 0) != n)
        return; /* who holds it is a courtesy; that it is held is not in the text */
}

/* The lock is the kernel's and goes with the process; the file only says who. A dry run takes none,
 * but does not run beside a real one. -1 with e, or a descriptor; *none where there is nothing to
 * lock. */
static int take_lock(struct night *n, bool *none, struct err *e)
{
    int flags = n->o->dry_run ? O_RDONLY : O_RDWR | O_CREAT;
    int fd = n->has_spool
                 ? openat(n->spool.root, ".nightly.lock", flags | O_CLOEXEC | O_NOFOLLOW, 0640)
                 : -1;
    *none = fd < 0 && n->o->dry_run && (!n->has_spool || errno == ENOENT);
    if (*none)
        return -1;
    if (fd < 0) {
        err_set(e, ERR_STORE, "The lock of the spool cannot be opened: %s.", strerror(errno));
        return -1;
    }
    if (flock(fd, (n->o->dry_run ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            is_held_by_another(fd, e);
        else
            err_set(e, ERR_STORE, "The spool cannot be locked: %s.", strerror(errno));
        close(fd);
        return -1;
    }
    if (!n->o->dry_run)
        say_who(fd, n->s);
    return fd;
}

/* ---- steps */

/* On a log that was changed nothing is built. */
static bool prove_store(struct night *n, struct err *e)
{
    struct audit_proof proof;
    if (n->o->unproved)
        return true;
    if (!db_begin_read(n->s->db, e))
        return false;
    bool ok = audit_prove(n->s, &proof, e);
    db_end_read(n->s->db);
    if (!ok || !proof.broken_at)
        return ok;
    return err_set(e, ERR_STORE,
                   "The audit log is broken at row %lld: %s. Nothing was done. Keep this store as "
                   "it is and run "
                   "onward verify.",
                   (long long)proof.broken_at, proof.why);
}

static bool sweep(struct night *n, struct err *e)
{
    for (size_t i = 0; !n->o->dry_run && i < n->organisation_count; i++)
        if (!spool_sweep(&n->spool, n->organisations[i].code, e))
            return false;
    return true;
}

enum { VOID_DAYS = 31 };

/* The folder of a void batch that would not go in its own run. */
static bool take_away_void(struct night *n, struct err *e)
{
    char since[DATE_SIZE];
    struct err why;
    date_format(session_today(n->s) - VOID_DAYS, since);
    struct stmt *st = n->o->dry_run ? NULL : batches_void(n->s->db, since, e);
    enum step step = n->o->dry_run ? STEP_DONE : STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        (void)!spool_withdraw(&n->spool, night_organisation_code(n, col_int(st, 1)),
                              col_text(st, 0), &why);
    return step != STEP_FAILED;
}

static bool let_clocks_act(struct session *s, void *ctx, struct err *e)
{
    struct night *n = ctx;
    n->no_response = 0;
    return handoffs_let_clocks_act(s, &n->no_response, e);
}

static bool clocks(struct night *n, struct err *e)
{
    return engine_transact(n->s, __func__, let_clocks_act, n, e);
}

static bool recheck(struct session *s, void *ctx, struct err *e)
{
    struct night *n = ctx;
    n->gates = (struct recheck_counts){0};
    return handoffs_recheck_all(s, &n->gates, e);
}

static bool hold_or_release(struct night *n, struct err *e)
{
    return engine_transact(n->s, __func__, recheck, n, e);
}

/* Batches that have not left, oldest first. */
static bool undelivered(struct night *n, struct batch **batches, size_t *count, struct err *e)
{
    struct stmt *st = batches_undelivered(n->s->db, e);
    enum step step = STEP_FAILED;
    *batches = NULL;
    *count = 0;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        *batches = xrealloc(*batches, (*count + 1) * sizeof **batches);
        record_read(st, 0, &batch_type, *batches + (*count)++);
    }
    return step != STEP_FAILED;
}

/* Those of earlier runs first: a void one gives its rows to tonight's. */
static bool ask_for_old(struct night *n, struct err *e)
{
    struct batch *batches;
    size_t count;
    bool ok = undelivered(n, &batches, &count, e);
    for (size_t i = 0; ok && i < count; i++)
        ok = night_ask_again(n, &batches[i], e);
    free(batches);
    return ok;
}

static bool freeze_all(struct night *n, struct err *e)
{
    bool made;
    for (size_t i = 0; i < n->organisation_count; i++)
        if (!night_freeze(n, n->organisations[i].id, &made, e))
            return false;
    return true;
}

/* What cannot be sent tonight because gates go on shutting goes tomorrow. */
enum { SENDING_ROUNDS = 4 };

/* A batch that turns out void gives its rows to the next number, which goes in the next round. */
static bool send_all(struct night *n, struct err *e)
{
    int64_t sent_up_to = 0;
    bool ok = true, again = true;
    for (int round = 0; ok && again && round < SENDING_ROUNDS; round++) {
        struct batch *batches;
        size_t count;
        int64_t last = sent_up_to;
        again = false;
        ok = undelivered(n, &batches, &count, e);
        for (size_t i = 0; ok && i < count; i++) {
            bool made = false;
            if (batches[i].id <= sent_up_to)
                continue;
            last = batches[i].id;
            ok = night_send(n, &batches[i], e);
            if (ok && strcmp(batches[i].state, "void") == 0)
                ok = night_freeze(n, batches[i].organisation_id, &made, e);
            again = again || made;
        }
        sent_up_to = last;
        free(batches);
    }
    return ok;
}

static bool backup(struct night *n, struct err *e)
{
    return n->o->dry_run || night_backup(n, e);
}

static bool (*const steps[])(struct night *n, struct err *e) = {
    sweep,       take_away_void, night_read_replies, clocks, hold_or_release,
    ask_for_old, freeze_all,     send_all,           backup,
};

/* ---- the run */

static bool begin_run(struct session *s, void *ctx, struct err *e)
{
    struct night *n = ctx;
    n->run_id = engine_id(s);
    return nightly_run_count(s->db, n->date, &n->number, e) && ++n->number > 0 &&
           nightly_run_begin(s->db, n->run_id, n->date, session_now(s), e);
}

struct run_end {
    const struct night *n;
    const char *report;
};

static bool end_run(struct session *s, void *ctx, struct err *e)
{
    const struct run_end *end = ctx;
    return nightly_run_end(s->db, end->n->run_id, session_now(s), end->report, e) &&
           engine_audit(s, "ran", "nightly_run", end->n->date, "", "", e);
}

static bool keep_report(struct night *n, const json_t *report, struct err *e)
{
    char *text = json_dumps(report, JSON_COMPACT);
    bool ok = engine_transact(n->s, __func__, end_run, &(struct run_end){n, text}, e);
    free(text);
    return ok;
}

static bool run_steps(struct night *n, json_t **report, enum nightly_status *status, struct err *e)
{
    bool ok = engine_transact(n->s, __func__, begin_run, n, e);
    for (size_t i = 0; ok && i < sizeof steps / sizeof *steps; i++)
        ok = steps[i](n, e);
    ok = ok && night_report(n, report, status, e);
    if (ok && !keep_report(n, *report, e)) {
        json_decref(*report);
        *report = NULL;
        return false;
    }
    return ok;
}

static bool rehearse(struct night *n, json_t **report, enum nightly_status *status, struct err *e)
{
    if (!engine_begin(n->s, __func__, e))
        return false;
    bool ok = run_steps(n, report, status, e);
    engine_rollback(n->s);
    return ok;
}

static bool run_locked(struct night *n, json_t **report, enum nightly_status *status, struct err *e)
{
    if (!load_organisations(n, e) || !night_look_at_replies(n, e) || !prove_store(n, e))
        return false;
    return n->o->dry_run ? rehearse(n, report, status, e) : run_steps(n, report, status, e);
}

/* The clock of the session is the clock of the run. */
static bool check_date(struct night *n, struct err *e)
{
    date_format(session_today(n->s), n->date);
    if (!n->o->date || strcmp(n->o->date, n->date) == 0)
        return true;
    if (date_parse(n->o->date) == DATE_NONE)
        return err_field(e, "date", "\"%s\" is no date; write it as 2026-11-23.", n->o->date);
    return err_field(e, "date", "The run of %s needs the clock of that day, and it is %s.",
                     n->o->date, n->date);
}

static bool prepare(struct night *n, struct err *e)
{
    if (!check_date(n, e))
        return false;
    if (n->o->delivery && !(n->commands = deliver_load(n->o->delivery, e)))
        return false;
    return open_spool(n, e);
}

static void clear(struct night *n)
{
    for (size_t i = 0; i < n->organisation_count; i++)
        spool_replies_free(&n->organisations[i].seen);
    for (size_t i = 0; i < n->batch_count; i++)
        json_decref(n->batches[i].handoffs);
    free(n->organisations);
    free(n->batches);
    json_decref(n->waiting);
    json_decref(n->updates);
    deliver_free(n->commands);
    if (n->has_spool)
        spool_close(&n->spool);
}

static enum nightly_status status_of_error(const struct err *e)
{
    return e->code == ERR_BUSY ? NIGHTLY_LOCKED : NIGHTLY_UNFIT;
}

bool nightly_run_with(struct session *s, const struct nightly_options *o, const struct io_ops *io,
                      json_t **report, enum nightly_status *status, struct err *e)
{
    struct night n = {.s = s, .o = o, .io = io, .waiting = json_array(), .updates = json_array()};
    const struct verb *outer = s->verb;
    bool none = false;
    int lock = -1;
    bool ok = (session_roles(s) & nightly_verb.roles) || run_denied(s, nightly_verb.name, e);
    ok = ok && (o->dry_run || run_may_write(s, nightly_verb.name, e));
    s->verb = &nightly_verb;
    ok = ok && prepare(&n, e) && ((lock = take_lock(&n, &none, e)) >= 0 || none) &&
         run_locked(&n, report, status, e);
    s->verb = outer;
    if (lock >= 0)
        close(lock);
    if (!ok)
        *status = status_of_error(e);
    clear(&n);
    return ok;
}

bool nightly_run(struct session *s, const struct nightly_options *o, json_t **report,
                 enum nightly_status *status, struct err *e)
{
    return nightly_run_with(s, o, &io_system, report, status, e);
}

/* SPDX-License-Identifier: MIT
 *
 * A night cut off anywhere: every system call on the spool and every commit
 * of the store fails once, and ends the process once. Whatever happened, the
 * next run leaves the packages, trays and records of an undisturbed night.
 * On SQLite alone: the store is a file that can be copied for each case.
 */
#include <errno.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "engine/core.h"
#include "exchange/nightly.h"
#include "support/night.h"
#include "support/sent.h"
#include "support/testdb.h"
#include "support/world.h"

/* ---- the trap: the nth step fails, or is the last thing that the process does */

static struct {
    int at, steps;
    bool ends_process;
} trap;
enum { ENDED = 42 };

static bool sprung(void)
{
    if (++trap.steps != trap.at)
        return false;
    if (trap.ends_process)
        _exit(ENDED);
    errno = EIO;
    return true;
}

static int trap_open(int dir, const char *name, int flags, mode_t mode)
{
    return sprung() ? -1 : io_system.open(dir, name, flags, mode);
}
static ssize_t trap_read(int fd, void *into, size_t n)
{
    return sprung() ? -1 : io_system.read(fd, into, n);
}
static ssize_t trap_write(int fd, const void *from, size_t n)
{
    if (sprung()) { /* the disk is full in the middle of it */
        (void)!io_system.write(fd, from, n / 2);
        errno = ENOSPC;
        return -1;
    }
    return io_system.write(fd, from, n);
}
static int trap_sync(int fd)
{
    return sprung() ? -1 : io_system.sync(fd);
}
static int trap_make_folder(int dir, const char *name, mode_t mode)
{
    return sprung() ? -1 : io_system.make_folder(dir, name, mode);
}
static int trap_rename(int from_dir, const char *from, int to_dir, const char *to)
{
    return sprung() ? -1 : io_system.rename(from_dir, from, to_dir, to);
}
static int trap_remove(int dir, const char *name, int flags)
{
    return sprung() ? -1 : io_system.remove(dir, name, flags);
}
static int trap_close(int fd)
{
    bool fails = sprung();
    int closed = io_system.close(fd);
    if (fails)
        errno = EIO;
    return fails ? -1 : closed;
}
static const struct io_ops trapped = {trap_open,        trap_read,   trap_write,  trap_sync,
                                      trap_make_folder, trap_rename, trap_remove, trap_close};

static int on_commit(void *unused)
{
    (void)unused;
    return sprung();
}

/* Every connection that is opened from now on. */
static int watch_commits(sqlite3 *db, const char **why, const struct sqlite3_api_routines *api)
{
    (void)why;
    (void)api;
    sqlite3_commit_hook(db, on_commit, NULL);
    return SQLITE_OK;
}

/* One run of a night with the trap set. */
static bool run_trapped(const char *url, const char *spool, const char *delivery, struct err *e)
{
    json_t *report = NULL;
    enum nightly_status status;
    struct session_options o = {.url = url, .os_account = "world", .clock = world_clock};
    struct nightly_options n = {.spool = spool, .delivery = delivery, .backup = "/nowhere/backup"};
    struct session *s = session_open(&o, e);
    if (!s)
        return false;
    bool ok = nightly_run_with(s, &n, &trapped, &report, &status, e);
    json_decref(report);
    session_close(s);
    return ok;
}

/* ---- a night with everything in it */

static char line[2048];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

/* Where the cases run, and what is copied there for each. */
static const char *folder;
static char seed_store[256], seed_spool[256], delivery[256];

/* An undelivered batch with a gate that has shut, a correction, a stop, new rows to two
 * organisations, a delivery command that works, and replies of every kind. */
static void make_seed(void)
{
    char person[64], paused[64], gone[64], corrected[64], handoff[4][64], service[64];
    struct err e = {0};
    struct session *s = world_open();
    const char *spool = seed_spool;
    world_must(s,
               "organisation add code=other-help name='Other Help (made up)' phone='0161 496 0300' "
               "delivery=send",
               NULL);
    world_must(s,
               "agreement add other-help starts_on=2026-01-01 ends_on=2027-12-31 "
               "categories=identity,needs",
               NULL);
    world_must(s,
               "service add other-help name='Money club' needs=money_debt capacity=capacity "
               "verified_on=2026-11-01",
               service);
    sent_queued(s, person, paused, handoff[0]);
    sent_queued(s, gone, NULL, handoff[1]);
    sent_queued(s, corrected, NULL, handoff[2]);
    night_must(s, spool, NIGHTLY_DONE);
    world_must(s, "batch delivered salford-advice-20261123-001 by='Sam Link' how='secure mail'",
               NULL);
    world_day(1);
    sent_queued(s, NULL, paused, handoff[3]);
    night_must(s, spool, NIGHTLY_DONE);
    world_day(1);
    world_must(s, LINE("referral pause %s reason='In hospital' until=2026-12-20", paused), NULL);
    world_must(s, LINE("consent withdraw %s reason='not given'", gone), NULL);
    world_must(s, LINE("person edit %s phone='07700 900 777'", corrected), NULL);
    sent_queued(s, person, paused, handoff[3]);
    world_must(s,
               LINE("consent give %s recipients=other-help categories=identity,needs how=phone "
                    "wording=share-1",
                    person),
               NULL);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", paused, service), handoff[3]);
    world_must(s, LINE("handoff send %s", handoff[3]), NULL);
    night_write(
        spool, "in/salford-advice/good.csv", line,
        (size_t)snprintf(line, sizeof line,
                         "row_id,status,date\n%s-1,accepted,24/11/2026\n%s-1,Yes,24/11/2026\n",
                         handoff[0], handoff[2]));
    night_reply(spool, "bad.csv", "name,answer\nx,y\n");
    night_reply(spool, "reply.xlsx", "PK");
    if (!session_backup(s, seed_store, &e))
        fail_msg("%s", e.text);
    world_close(s);
}

/* One case's own store and spool. */
struct place {
    char store[256], spool[256], url[300];
};

static struct place copy_seed(int number)
{
    struct place p;
    char command[2048];
    snprintf(p.store, sizeof p.store, "%s/%d.db", folder, number);
    snprintf(p.spool, sizeof p.spool, "%s/%d.spool", folder, number);
    snprintf(p.url, sizeof p.url, "sqlite:%s?journal=truncate", p.store);
    snprintf(command, sizeof command, "cp -p '%s' '%s' && cp -rp '%s' '%s'", seed_store, p.store,
             seed_spool, p.spool);
    assert_int_equal(system(command), 0);
    return p;
}

static void drop(const struct place *p)
{
    char command[2048];
    snprintf(command, sizeof command, "rm -rf '%s' '%s' '%s'-*", p->store, p->spool, p->store);
    assert_int_equal(system(command), 0);
}

/* ---- what the night left */

static const struct {
    const char *sql;
    int columns;
} records[] = {
    {"SELECT ref, state, revision, update_due, stop_reason, reply_by, last_reply_on FROM handoff "
     "ORDER BY ref /*scan*/",
     7},
    {"SELECT h.ref, g.gate, g.reason FROM handoff_gate g JOIN handoff h ON h.id = g.handoff_id "
     "ORDER BY 1, 2 /*scan*/ /*sort*/",
     3},
    {"SELECT h.ref, v.event, v.state_from, v.state_to, v.effect FROM handoff_event v JOIN handoff "
     "h ON h.id = v.handoff_id ORDER BY v.id /*scan*/",
     5},
    {"SELECT name, state, row_count, sha256, replies_sha256, previous FROM batch ORDER BY name "
     "/*scan*/",
     6},
    {"SELECT name, sha256, applied, refused, unmatched, verdict, why FROM reply_file ORDER BY name "
     "/*scan*/ /*sort*/",
     7},
    {"SELECT row_id, status, on_date, verdict, why FROM reply ORDER BY row_id /*scan*/ /*sort*/",
     5},
};

static void look(const struct place *p, struct buf *out)
{
    struct err e = {0};
    struct buf files = {0};
    struct session_options o = {.url = p->url, .os_account = "world", .clock = world_clock};
    struct session *s = session_open(&o, &e);
    assert_non_null(s);
    night_files(p->spool, out);
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        struct stmt *st = db_prepare(s->db, records[i].sql, &e);
        while (st && stmt_step(st, &e) == STEP_ROW) {
            for (int c = 0; c < records[i].columns; c++)
                buf_fmt(out, "%s|", col_text(st, c));
            buf_char(out, '\n');
        }
    }
    buf_free(&files);
    session_close(s);
}

static void differs(int n, const char *how, const struct buf *want, const struct buf *got)
{
    size_t i = 0, from;
    const char *a = buf_text(want), *b = buf_text(got);
    while (a[i] && a[i] == b[i])
        i++;
    from = i > 200 ? i - 200 : 0;
    fail_msg("step %d %s: the night is another.\n--- want\n%.400s\n--- got\n%.400s", n, how,
             a + from, b + from);
}

/* The undisturbed night; its number of steps. */
static int undisturbed(struct buf *want)
{
    struct place p = copy_seed(0);
    struct err e;
    trap.at = trap.steps = 0;
    assert_true(run_trapped(p.url, p.spool, delivery, &e));
    int steps = trap.steps;
    look(&p, want);
    assert_non_null(strstr(buf_text(want), "|void|"));
    assert_non_null(strstr(buf_text(want), "|delivered|"));
    assert_non_null(strstr(buf_text(want), ",withdraw,"));
    assert_non_null(strstr(buf_text(want), ",update,"));
    assert_non_null(strstr(buf_text(want), "good.rejects.csv"));
    drop(&p);
    return steps;
}

static void finish_and_compare(int n, const char *how, const struct place *p,
                               const struct buf *want)
{
    struct buf got = {0};
    struct err e;
    trap.at = 0;
    if (!run_trapped(p->url, p->spool, delivery, &e))
        fail_msg("step %d %s: the next run could not be done: %s", n, how, e.text);
    look(p, &got);
    if (strcmp(buf_text(want), buf_text(&got)) != 0)
        differs(n, how, want, &got);
    buf_free(&got);
}

/* ---- the tests. Every step ends the process; of failures every second is enough, kinds come in
 * runs. */

static void a_step_that_fails_is_made_good_by_the_next_run(void **state)
{
    (void)state;
    struct buf want = {0};
    if (!folder) {
        print_message("# the store must be a file that can be copied for each case\n");
        skip();
    }
    int steps = undisturbed(&want);
    for (int n = 1; n <= steps; n += 2) {
        struct place p = copy_seed(n);
        struct err e;
        trap.at = n;
        trap.steps = 0;
        (void)run_trapped(p.url, p.spool, delivery, &e);
        finish_and_compare(n, "failed", &p, &want);
        drop(&p);
    }
    buf_free(&want);
}

static void end_process_at(int n, const struct place *p)
{
    char number[16], now[32];
    int status;
    pid_t pid;
    snprintf(number, sizeof number, "%d", n);
    snprintf(now, sizeof now, "%lld", (long long)world_clock());
    char *argv[] = {(char[]){"night"},
                    number,
                    (char *)(uintptr_t)p->url,
                    (char *)(uintptr_t)p->spool,
                    delivery,
                    now,
                    NULL};
    char *env[] = {NULL};
    assert_int_equal(posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, env), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != ENDED)
        fail_msg("step %d: the child came to %d", n, status);
}

static void a_run_that_ends_anywhere_is_finished_by_the_next(void **state)
{
    (void)state;
    struct buf want = {0};
    if (!folder) {
        print_message("# the store must be a file that can be copied for each case\n");
        skip();
    }
    int steps = undisturbed(&want);
    for (int n = 1; n <= steps; n++) {
        struct place p = copy_seed(n);
        end_process_at(n, &p);
        finish_and_compare(n, "ended it", &p, &want);
        drop(&p);
    }
    buf_free(&want);
}

/* Hundreds of nights: where nothing waits for a disk, if there is such a place. */
static char in_memory[] = "/dev/shm/onward-nights.XXXXXX";

static int set_up(void **state)
{
    (void)state;
    if (!testdb_is_sqlite())
        return 0;
    folder = mkdtemp(in_memory) ? strdup(in_memory) : testdb_folder();
    snprintf(seed_store, sizeof seed_store, "%s/seed.db", folder);
    snprintf(seed_spool, sizeof seed_spool, "%s/seed.spool", folder);
    snprintf(delivery, sizeof delivery, "%s/commands", folder);
    FILE *f = fopen(delivery, "w");
    if (!f || fputs("send: /bin/true {folder}\n", f) < 0 || fclose(f) != 0 ||
        chmod(delivery, 0600) != 0)
        return -1;
    make_seed();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    if (folder)
        testdb_folder_drop(folder);
    return 0;
}

/* As a child: n url spool delivery now. */
static int be_the_child(char **argv)
{
    trap.at = atoi(argv[1]);
    trap.ends_process = true;
    world_now(strtoll(argv[5], NULL, 10));
    struct err e;
    if (!run_trapped(argv[2], argv[3], argv[4], &e))
        print_error("%s\n", e.text);
    return 0;
}

int main(int argc, char **argv)
{
    sqlite3_auto_extension((void (*)(void))watch_commits);
    if (argc == 6)
        return be_the_child(argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_that_fails_is_made_good_by_the_next_run),
        cmocka_unit_test(a_run_that_ends_anywhere_is_finished_by_the_next),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

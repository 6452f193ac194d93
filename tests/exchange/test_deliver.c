/* SPDX-License-Identifier: MIT
 *
 * Delivery commands: which file is trusted, how a command runs, and what its
 * end does to the batch.
 */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "exchange/deliver.h"
#include "support/night.h"
#include "support/sent.h"
#include "support/testdb.h"
#include "support/world.h"

#define FIRST "salford-advice-20261123-001"
#define SECOND "salford-advice-20261123-002"

static char line[4096];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static const char *folder;

/* A file in the test's folder; its path lives until the next call. */
static const char *put(const char *name, const char *text, mode_t mode)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static const char *script(const char *name, const char *body)
{
    return put(name, LINE("#!/bin/sh\n%s\n", body), 0755);
}

/* ---- the file */

static void no_file(const char *text, mode_t mode, enum err_code code, const char *words)
{
    struct err e = {0};
    struct delivery_commands *c = deliver_load(put("commands", text, mode), &e);
    deliver_free(c);
    assert_null(c);
    assert_int_equal(e.code, code);
    if (!strstr(e.text, words))
        fail_msg("\"%s\" does not say \"%s\"", e.text, words);
}

static void a_file_that_others_could_change_is_refused(void **state)
{
    (void)state;
    no_file("x: /bin/true {folder}\n", 0664, ERR_STORE, "others");
    no_file("x: /bin/true {folder}\n", 0646, ERR_STORE, "others");
    struct err e;
    assert_null(deliver_load("/nowhere/commands", &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_null(deliver_load("/dev", &e));
    if (geteuid() == 0) {
        assert_int_equal(chown(put("commands", "x: /bin/true {folder}\n", 0644), 65534, 65534), 0);
        assert_null(deliver_load(LINE("%s/commands", folder), &e));
        assert_int_equal(e.code, ERR_STORE);
    }
    unlink(LINE("%s/commands", folder));
}

static void a_line_that_is_none_is_named(void **state)
{
    (void)state;
    no_file("# a comment\n\nx /bin/true {folder}\n", 0600, ERR_INVALID, "line 3");
    no_file("x: true {folder}\n", 0600, ERR_INVALID, "absolute path");
    no_file("x: /bin/true\n", 0600, ERR_INVALID, "{folder}");
    no_file("x: /bin/{folder} y\n", 0600, ERR_INVALID, "{folder}");
    no_file("x: /bin/true {folder}\nx: /bin/false {folder}\n", 0600, ERR_INVALID, "twice");
    no_file(": /bin/true {folder}\n", 0600, ERR_INVALID, "line 1");
}

/* ---- running */

static bool run(const char *commands, const char *name, const char *path, int64_t seconds,
                char note[DELIVERY_NOTE_SIZE])
{
    struct err e = {0};
    struct delivery_commands *all = deliver_load(put("commands", commands, 0600), &e);
    if (!all)
        fail_msg("%s", e.text);
    assert_null(deliver_find(all, "nobody"));
    bool ok = deliver_run(deliver_find(all, name), path, seconds, note);
    deliver_free(all);
    return ok;
}

static void arguments_reach_the_program_as_they_stand(void **state)
{
    (void)state;
    char commands[4096], note[DELIVERY_NOTE_SIZE];
    struct buf got = {0};
    snprintf(commands, sizeof commands, "copy: %s $HOME ;id --to={folder}/x\n",
             script("copy", "{ for a in \"$@\"; do echo \"[$a]\"; done; env | sort; } > "
                            "\"$(dirname \"$0\")/got\""));
    setenv("ONWARD_SECRET", "not for them", 1);
    assert_true(run(commands, "copy", "/spool/out/a b;c", 10, note));
    unsetenv("ONWARD_SECRET");
    night_read(folder, "got", &got);
    assert_non_null(strstr(buf_text(&got), "[$HOME]\n[;id]\n[--to=/spool/out/a b;c/x]\n"));
    assert_null(strstr(buf_text(&got), "not for them"));
    assert_string_equal(note, "exit status 0");
    buf_free(&got);
}

static void every_bad_end_is_said(void **state)
{
    (void)state;
    char commands[4096], note[DELIVERY_NOTE_SIZE];
    snprintf(commands, sizeof commands, "three: %s {folder}\n", script("three", "exit 3"));
    assert_false(run(commands, "three", "/x", 10, note));
    assert_string_equal(note, "exit status 3");
    snprintf(commands, sizeof commands, "shot: %s {folder}\n", script("shot", "kill -9 $$"));
    assert_false(run(commands, "shot", "/x", 10, note));
    assert_string_equal(note, "ended by signal 9");
    assert_false(run("gone: /nowhere/program {folder}\n", "gone", "/x", 10, note));
    assert_non_null(strstr(note, "No such file"));
}

/* Whoever the command starts holds the writing end of a pipe: its end is theirs. */
static void a_command_that_does_not_end_is_ended_with_all_it_started(void **state)
{
    (void)state;
    char commands[4096], note[DELIVERY_NOTE_SIZE], byte;
    assert_int_equal(mkfifo(LINE("%s/alive", folder), 0600), 0);
    int alive = open(line, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(alive >= 0);
    snprintf(commands, sizeof commands, "slow: %s {folder}\n",
             script("slow", "exec 3> \"$(dirname \"$0\")/alive\"; echo >&3; sleep 600 & wait"));
    assert_false(run(commands, "slow", "/x", 1, note));
    assert_string_equal(note, "stopped after 1 seconds");
    assert_int_equal(read(alive, &byte, 1), 1); /* it had begun */
    struct pollfd end = {.fd = alive};
    assert_int_equal(poll(&end, 1, 10000), 1); /* nobody is left */
    assert_true(end.revents & POLLHUP);
    close(alive);
}

/* ---- in the night */

static json_t *night(struct session *s, const char *spool, const char *commands,
                     enum nightly_status status)
{
    char path[4096];
    strcpy(path, put("commands", commands, 0600));
    return night_run(s, &(struct nightly_options){.spool = spool, .delivery = path}, status);
}

static size_t tries(struct session *s, const char *batch)
{
    json_t *detail = world_show(s, LINE("batch show %s", batch));
    size_t n = json_array_size(json_object_get(detail, "deliveries"));
    json_decref(detail);
    return n;
}

static void a_command_that_succeeds_delivers_the_batch(void **state)
{
    (void)state;
    char handoff[64], commands[4096];
    const char *spool = night_spool();
    struct buf got = {0};
    struct session *s = world_open();
    world_must(s, "organisation edit salford-advice delivery=copy", NULL);
    sent_queued(s, NULL, NULL, handoff);
    snprintf(commands, sizeof commands, "copy: %s {folder}\n",
             script("copy", "cat \"$1\"/handoffs.csv > \"$(dirname \"$0\")/arrived\""));
    json_t *report = night(s, spool, commands, NIGHTLY_DONE);
    const json_t *b = json_array_get(json_object_get(report, "batches"), 0);
    assert_true(json_is_true(json_object_get(b, "delivered")));
    assert_int_equal(json_array_size(json_object_get(report, "waiting")), 0);
    json_decref(report);
    night_read(folder, "arrived", &got);
    assert_non_null(strstr(buf_text(&got), handoff));
    night_batch_is(s, FIRST, "delivered");
    sent_is(s, handoff, "delivered");
    json_decref(night(s, spool, commands, NIGHTLY_DONE)); /* once delivered, never tried again */
    assert_int_equal(tries(s, FIRST), 1);
    buf_free(&got);
    world_close(s);
    night_spool_drop(spool);
}

static void an_undelivered_batch_is_tried_at_every_run(void **state)
{
    (void)state;
    char handoff[64], commands[4096];
    const char *spool = night_spool();
    struct session *s = world_open();
    world_must(s, "organisation edit salford-advice delivery=copy", NULL);
    sent_queued(s, NULL, NULL, handoff);
    snprintf(commands, sizeof commands, "copy: %s {folder}\n", script("copy", "exit 1"));
    json_t *report = night(s, spool, commands, NIGHTLY_UNDELIVERED);
    const json_t *b = json_array_get(json_object_get(report, "batches"), 0);
    assert_string_equal(json_string_value(json_object_get(b, "failed")), "exit status 1");
    json_decref(report);
    night_batch_is(s, FIRST, "published");
    sent_is(s, handoff, "exported");
    json_decref(night(s, spool, "other: /bin/true {folder}\n", NIGHTLY_UNDELIVERED));
    assert_int_equal(tries(s, FIRST), 2);
    json_decref(night(s, spool, "copy: /bin/true {folder}\n", NIGHTLY_DONE));
    assert_int_equal(tries(s, FIRST), 3);
    sent_is(s, handoff, "delivered");
    world_close(s);
    night_spool_drop(spool);
}

static void a_gate_that_shut_between_two_tries_voids_the_batch_and_owes_the_stop(void **state)
{
    (void)state;
    char person[64], gone[64], stays[64];
    const char *spool = night_spool();
    struct buf row = {0};
    struct session *s = world_open();
    world_must(s, "organisation edit salford-advice delivery=copy", NULL);
    sent_queued(s, person, NULL, gone);
    sent_queued(s, NULL, NULL, stays);
    json_decref(night(s, spool, "copy: /bin/false {folder}\n", NIGHTLY_UNDELIVERED));
    world_must(s, LINE("consent withdraw %s reason='not given'", person), NULL);
    json_decref(night(s, spool, "copy: /bin/true {folder}\n", NIGHTLY_PARTLY));
    night_batch_is(s, FIRST, "void");
    night_batch_is(s, SECOND, "delivered");
    assert_int_equal(tries(s, FIRST), 1);
    assert_false(night_has(spool, "out/salford-advice/" FIRST));
    sent_is(s, stays, "delivered");
    sent_is(s, gone, "withdrawing"); /* the failed try may have brought it there */
    night_row(spool, SECOND, gone, &row);
    assert_non_null(strstr(buf_text(&row), ",withdraw,"));
    buf_free(&row);
    world_close(s);
    night_spool_drop(spool);
}

static void a_file_of_commands_that_is_unfit_stops_the_run_before_anything(void **state)
{
    (void)state;
    char handoff[64], path[4096];
    const char *spool = night_spool();
    json_t *report = NULL;
    enum nightly_status status;
    struct err e;
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    strcpy(path, put("commands", "copy: /bin/true {folder}\n", 0666));
    assert_false(nightly_run(s, &(struct nightly_options){.spool = spool, .delivery = path},
                             &report, &status, &e));
    assert_int_equal(status, NIGHTLY_UNFIT);
    sent_is(s, handoff, "queued");
    world_close(s);
    night_spool_drop(spool);
}

static int make_folder(void **state)
{
    (void)state;
    folder = testdb_folder();
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    testdb_folder_drop(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_others_could_change_is_refused),
        cmocka_unit_test(a_line_that_is_none_is_named),
        cmocka_unit_test(arguments_reach_the_program_as_they_stand),
        cmocka_unit_test(every_bad_end_is_said),
        cmocka_unit_test(a_command_that_does_not_end_is_ended_with_all_it_started),
        cmocka_unit_test(a_command_that_succeeds_delivers_the_batch),
        cmocka_unit_test(an_undelivered_batch_is_tried_at_every_run),
        cmocka_unit_test(a_gate_that_shut_between_two_tries_voids_the_batch_and_owes_the_stop),
        cmocka_unit_test(a_file_of_commands_that_is_unfit_stops_the_run_before_anything),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}

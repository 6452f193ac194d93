/* SPDX-License-Identifier: MIT
 *
 * The proof of a store: each thing that somebody could have changed is found,
 * and where.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/core.h"
#include "support/night.h"
#include "support/sent.h"
#include "support/world.h"

#define FIRST "salford-advice-20261123-001"
#define OUT "out/salford-advice/" FIRST

struct proved {
    struct session *s;
    const char *spool;
};

static struct proved begin(void)
{
    struct proved t = {world_open(), night_spool()};
    sent_queued(t.s, NULL, NULL, NULL);
    sent_queued(t.s, NULL, NULL, NULL);
    night_must(t.s, t.spool, NIGHTLY_DONE);
    return t;
}

static void end(struct proved *t)
{
    world_close(t->s);
    night_spool_drop(t->spool);
}

/* Changes the store behind the program's back. */
static void tamper(struct session *s, const char *sql)
{
    struct err e = {0};
    struct stmt *st = db_begin(s->db, __func__, &e) ? db_prepare(s->db, sql, &e) : NULL;
    if (!st || stmt_run(st, &e) != 1 || !db_commit(s->db, &e))
        fail_msg("%s: %s", sql, e.text);
}

static void store_says(struct proved *t, bool is_sound, const char *key, const char *words)
{
    json_t *report = NULL;
    bool sound;
    struct err e = {0};
    if (!store_verify(t->s, t->spool, &report, &sound, &e))
        fail_msg("verify: %s", e.text);
    const char *said = json_string_value(json_object_get(report, key));
    if (sound != is_sound || !said || !strstr(said, words))
        fail_msg("%s: \"%s\", not \"%s\" (sound: %d)", key, said ? said : "", words, sound);
    json_decref(report);
}

static void batch_says(struct proved *t, bool is_sound, const char *words)
{
    json_t *report = NULL;
    bool sound;
    struct err e = {0};
    if (!batch_verify(t->s, FIRST, t->spool, &report, &sound, &e))
        fail_msg("verify: %s", e.text);
    const char *said = json_string_value(json_object_get(report, "proof"));
    if (sound != is_sound || !strstr(said, words))
        fail_msg("\"%s\", not \"%s\"", said, words);
    json_decref(report);
}

static void what_nobody_touched_is_sound(void **state)
{
    (void)state;
    struct proved t = begin();
    static const char *const keys[] = {"store", "audit", "summaries", "batches"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        store_says(&t, true, keys[i], "ok");
    batch_says(&t, true, "ok");
    end(&t);
}

static void an_edited_audit_row_is_found(void **state)
{
    (void)state;
    struct proved t = begin();
    tamper(t.s, "UPDATE audit SET login = 'someone' WHERE seq = 7");
    store_says(&t, false, "audit", "row 7");
    end(&t);
}

static void a_removed_last_row_is_found(void **state)
{
    (void)state;
    struct proved t = begin();
    tamper(t.s, "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit) /*scan*/");
    store_says(&t, false, "audit", "missing");
    end(&t);
}

static void a_wrong_count_is_found(void **state)
{
    (void)state;
    struct proved t = begin();
    tamper(t.s, "UPDATE summary SET count = count + 1 WHERE measure = 'handoff_state' AND month = "
                "'' AND neighbourhood = '' AND code = "
                "'exported'");
    store_says(&t, false, "summaries", "handoff_state");
    end(&t);
}

/* What is changed in the store, and what is said of it. */
static void a_changed_batch_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *words;
    } cases[] = {
        {"UPDATE batch_row SET payload = payload || ' ' WHERE row_no = 2 /*scan*/",
         "-1 is not what was frozen"},
        {"UPDATE batch_row SET sha256 = replace(sha256, substr(sha256, 1, 1), 'g') WHERE row_no = "
         "1 /*scan*/",
         "-1 is not what was frozen"},
        {"DELETE FROM batch_row WHERE row_no = 2 /*scan*/", "rows are missing or were added"},
        {"UPDATE batch SET sha256 = replace(sha256, substr(sha256, 1, 1), 'g') /*scan*/",
         "handoffs.csv is not what was frozen"},
        {"UPDATE batch SET replies = replies || 'x' /*scan*/", "reply.csv is not what was frozen"},
        {"UPDATE batch SET manifest = replace(manifest, '\"sha256:', '\"sha256:0') /*scan*/",
         "datapackage.json is not what was frozen"},
        {"UPDATE batch SET manifest = replace(manifest, 'audit_head\": \"', 'audit_head\": \"0') "
         "/*scan*/",
         "and 1 more"},
        {"UPDATE batch SET manifest = replace(manifest, 'Salford', 'Selford') /*scan*/",
         "datapackage.json in the spool"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct proved t = begin();
        tamper(t.s, cases[i].sql);
        store_says(&t, false, "batches", FIRST);
        batch_says(&t, false, cases[i].words);
        end(&t);
    }
}

static void a_manifest_whose_head_is_not_in_the_chain_is_found(void **state)
{
    (void)state;
    struct proved t = begin();
    struct buf manifest = {0}, sql = {0};
    night_read(t.spool, OUT "/datapackage.json", &manifest);
    char *head = strstr(buf_text(&manifest), "audit_head\": \"") + strlen("audit_head\": \"");
    char other[65];
    memcpy(other, head, 64);
    other[64] = '\0';
    other[0] = other[0] == 'a' ? 'b' : 'a';
    buf_fmt(&sql, "UPDATE batch SET manifest = replace(manifest, '%.64s', '%s') /*scan*/", head,
            other);
    tamper(t.s, sql.data);
    memcpy(head, other, 64);
    night_write(t.spool, OUT "/datapackage.json", manifest.data, manifest.len);
    batch_says(&t, false, "not in the log any more");
    store_says(&t, false, "batches", "not in the log any more");
    buf_free(&manifest);
    world_close(t.s);
    buf_free(&sql); /* statements are known by the address of their text */
    night_spool_drop(t.spool);
}

static void a_changed_file_is_found(void **state)
{
    (void)state;
    static const char *const files[] = {"handoffs.csv", "reply.csv", "datapackage.json"};
    for (size_t i = 0; i < 3; i++) {
        struct proved t = begin();
        struct buf bytes = {0};
        char path[256];
        snprintf(path, sizeof path, OUT "/%s", files[i]);
        night_read(t.spool, path, &bytes);
        bytes.data[bytes.len / 2] ^= 1;
        night_write(t.spool, path, bytes.data, bytes.len);
        batch_says(&t, false, files[i]);
        store_says(&t, false, "batches", files[i]);
        buf_free(&bytes);
        end(&t);
    }
}

static void a_folder_that_was_sent_away_is_not_missed(void **state)
{
    (void)state;
    struct proved t = begin();
    char from[4096], to[4096];
    snprintf(from, sizeof from, "%s/" OUT, t.spool);
    snprintf(to, sizeof to, "%s/sent", t.spool);
    world_must(t.s, "batch delivered " FIRST " by='Sam Link' how='secure mail'", NULL);
    assert_int_equal(rename(from, to), 0);
    batch_says(&t, true, "ok");
    store_says(&t, true, "batches", "ok");
    end(&t);
}

static void proofs_are_for_those_who_may(void **state)
{
    (void)state;
    struct proved t = begin();
    struct session *auditor = world_as("auditor"), *rep = world_as("rep");
    json_t *report = NULL;
    bool sound;
    struct err e;
    assert_true(store_verify(auditor, t.spool, &report, &sound, &e));
    json_decref(report);
    assert_false(store_verify(rep, t.spool, &report, &sound, &e));
    assert_int_equal(e.code, ERR_DENIED);
    assert_false(batch_verify(t.s, "salford-advice-20261123-999", t.spool, &report, &sound, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    world_close(rep);
    world_close(auditor);
    end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_touched_is_sound),
        cmocka_unit_test(an_edited_audit_row_is_found),
        cmocka_unit_test(a_removed_last_row_is_found),
        cmocka_unit_test(a_wrong_count_is_found),
        cmocka_unit_test(a_changed_batch_is_found),
        cmocka_unit_test(a_manifest_whose_head_is_not_in_the_chain_is_found),
        cmocka_unit_test(a_changed_file_is_found),
        cmocka_unit_test(a_folder_that_was_sent_away_is_not_missed),
        cmocka_unit_test(proofs_are_for_those_who_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

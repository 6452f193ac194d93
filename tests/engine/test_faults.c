/* SPDX-License-Identifier: MIT
 *
 * A store that fails at its nth call, for n = 1, 2, 3 .. until the verb gets
 * through: each failure is told as one, nothing is half done, the audit chain
 * and the counts are whole, and the same words work once the store does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/verify.h"
#include "engine/work.h"
#include "store/audit.h"
#include "support/episode.h"
#include "support/faultdb.h"
#include "support/sent.h"
#include "support/testdb.h"

static long stride = 1; /* from one try to the next */

/* What the lines below are about. */
static struct subjects {
    char person[64], twin[64], referral[64], sent[64], draft[64], batch[64];
} it;

static void make_subjects(struct session *s)
{
    char queued[64];
    sent_delivered(s, it.person, it.referral, it.sent);
    world_must(s, LINE("need add %s need=housing", it.referral), NULL);
    world_must(s, LINE("handoff plan %s need=housing service=%s", it.referral, world_service()),
               it.draft);
    sent_queued(s, it.twin, NULL, queued);
    sent_export(s, queued, "new", it.batch);
}

/* {person} and the like become references. */
static const char *about(const char *words)
{
    static char out[512];
    const struct {
        const char *name, *ref;
    } names[] = {
        {"{person}", it.person},        {"{twin}", it.twin},
        {"{referral}", it.referral},    {"{sent}", it.sent},
        {"{draft}", it.draft},          {"{batch}", it.batch},
        {"{service}", world_service()},
    };
    size_t n = 0;
    while (*words) {
        const char *put = NULL;
        for (size_t i = 0; !put && i < sizeof names / sizeof *names; i++)
            if (strncmp(words, names[i].name, strlen(names[i].name)) == 0) {
                put = names[i].ref;
                words += strlen(names[i].name);
            }
        if (put)
            n += (size_t)snprintf(out + n, sizeof out - n, "%s", put);
        else
            out[n++] = *words++;
    }
    out[n] = '\0';
    return out;
}

static int64_t audit_rows(struct session *s)
{
    struct audit_head head;
    struct err e = {0};
    assert_true(audit_head_read(s->db, &head, &e));
    return head.seq;
}

static void assert_whole(struct session *s, const char *line)
{
    struct audit_proof p;
    struct err e = {0};
    int64_t differ;
    char first[160];
    if (!audit_prove(s, &p, &e) || p.broken_at)
        fail_msg("%s: audit row %lld: %s%s", line, (long long)p.broken_at, p.why, e.text);
    if (!summary_prove(s, &differ, first, &e) || differ)
        fail_msg("%s: %s%s", line, first, e.text);
}

/* Nothing was written, and no transaction is left open that the next verb would be a part of. */
static void assert_untouched(struct session *s, int64_t rows, const char *line, long n)
{
    if (db_in_transaction(s->db) || s->work->open)
        fail_msg("%s: call %ld failed and left its transaction open", line, n);
    if (audit_rows(s) != rows)
        fail_msg("%s: call %ld failed and something was kept", line, n);
}

/* Runs the line in a session of its own whose nth call fails. True when it got through. `cold`: the
 * coded lists, some hundred rows, are read by the verb and not before. */
static bool attempt(const char *line, bool cold, long n)
{
    struct session *s = world_as("world");
    struct outcome o = {0};
    struct err e = {0};
    int64_t rows = audit_rows(s);
    if (!cold)
        session_code_label(s, "need", "food");
    faultdb_fail_at(s->db, n);
    bool done = world_do(s, line, &o, &e), failed = faultdb_has_failed();
    faultdb_unwrap(s->db);
    outcome_free(&o);
    if (done && failed)
        fail_msg("%s: call %ld failed and the verb says it was done", line, n);
    if (!done && !failed)
        fail_msg("%s: %s [%s]", line, e.text, err_name(e.code));
    if (!done && e.code != ERR_STORE)
        fail_msg("%s: call %ld failed and was told as %s: %s", line, n, err_name(e.code), e.text);
    if (!done)
        assert_untouched(s, rows, line, n);
    else if (audit_rows(s) == rows)
        fail_msg("%s: was done and is not in the audit log", line);
    world_close(s);
    return done;
}

static void a_verb_whose_store_fails_leaves_nothing_half_done(void **state)
{
    static const char *const lines[] = {
        /* one person's story, each line after the others were done */
        "person add given_name=Oda family_name=Brightwater date_of_birth=1951-03-02 "
        "neighbourhood=swinton",
        "person edit {person} phone='0161 496 0777' neighbourhood=broughton",
        "person show {person}",
        "referral start {twin} source=gp_practice reason='Cold home' second_reason='Another "
        "matter'",
        "referral contact {referral} mode=phone outcome=reached note='Rang back'",
        "referral reallocate {referral} worker=worker2 reason='Holiday'",
        "referral show {referral}",
        "need add {referral} need=food main=yes",
        "risk add {person} kind=falls",
        "match {referral} need=money_debt",
        "handoff send {draft}",
        "handoff reply {sent} status=accepted how=phone by='Their desk'",
        "handoff show {sent}",
        "batch delivered {batch} by='Sam Link' how='secure mail'",
        "referral pause {referral} reason='Away' until=2026-12-10",
        "undo yes=yes",
        "redo yes=yes",
        "handoff withdraw {sent} reason=no_longer_needed",
        "handoff error {sent} reason='Wrong person'",
        "consent withdraw {twin}",
        "referral close {referral} reason=moved_away",
        "person restrict {person} users=world,worker",
        "person merge {person} {twin}",
        "person died {person} on=2026-11-20",
        "service edit {service} capacity=no_capacity",
        "setting edit quiet_days value=21",
        "user edit worker2 neighbourhoods=swinton",
    };
    struct session *s = world_open();
    (void)state;
    make_subjects(s);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char words[512];
        snprintf(words, sizeof words, "%s", about(lines[i]));
        for (long n = 1; !attempt(words, i == 0, n); n += stride)
            ;
        assert_whole(s, words);
    }
    world_close(s);
}

/* ---- lists */

static bool count_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    (void)l, (void)cells, (void)e;
    ++*(long *)ctx;
    return true;
}

/* A list that could not be read to its end never passes for a short one. */
static void a_list_whose_store_fails_says_so(void **state)
{
    static const struct {
        const char *name, *key, *value;
    } lists[] = {
        {"person list", NULL, NULL},       {"person find", "text", "quill"},
        {"person duplicates", NULL, NULL}, {"referral list", "open", "yes"},
        {"handoff list", NULL, NULL},      {"batch list", NULL, NULL},
        {"worklist", NULL, NULL},          {"worklist", "mine", "yes"},
        {"audit", "below", "9"}, /* it grows with each try */
        {"organisation list", NULL, NULL}, {"person unmasked", NULL, NULL},
    };
    char hidden[64];
    struct session *s = world_open();
    (void)state;
    make_subjects(s);
    world_must(s,
               "person add given_name=Amara family_name=Quillfeatheraa date_of_birth=1940-01-01 "
               "neighbourhood=swinton "
               "new=yes new_reason='A test'",
               hidden);
    world_must(s, LINE("person restrict %s users=world", hidden), NULL);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        long whole = -1, seen = 0;
        for (long n = 0; n >= 0; n += n ? stride : 1) {
            struct session *one = world_as("world");
            struct typed word = {lists[i].key, lists[i].value};
            struct list_run r = {.row = count_row, .ctx = &seen, .want_total = true};
            struct err e = {0};
            int64_t rows = audit_rows(one);
            seen = 0;
            faultdb_fail_at(one->db, n);
            bool done =
                list_call(one, list_find(lists[i].name), &word, word.key != NULL, "export", &r, &e);
            bool failed = faultdb_has_failed();
            faultdb_unwrap(one->db);
            if (n == 0)
                whole = seen;
            if (done && failed)
                fail_msg("%s: call %ld failed and %ld of %ld rows pass for the whole",
                         lists[i].name, n, seen, whole);
            if (!done && !failed)
                fail_msg("%s: %s [%s]", lists[i].name, e.text, err_name(e.code));
            if (!done && e.code != ERR_STORE)
                fail_msg("%s: call %ld failed and was told as %s: %s", lists[i].name, n,
                         err_name(e.code), e.text);
            if (db_in_transaction(one->db) || one->work->open)
                fail_msg("%s: call %ld failed and left its transaction open", lists[i].name, n);
            assert_true(audit_rows(one) <= rows + 1);
            world_close(one);
            if (n > 0 && done)
                break;
        }
    }
    assert_whole(s, "lists");
    world_close(s);
}

int main(void)
{
    if (!testdb_is_sqlite()) /* each try is a connection of its own, which takes its time there */
        stride = 7;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verb_whose_store_fails_leaves_nothing_half_done),
        cmocka_unit_test(a_list_whose_store_fails_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Replies as they come back from spreadsheets: what is understood, what is
 * refused and in which words, and that nothing is half-applied or lost.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/handoffs.h"
#include "exchange/nightly.h"
#include "support/night.h"
#include "support/sent.h"
#include "support/world.h"

#define IN "in/salford-advice/"
#define FIRST "salford-advice-20261123-001"

static char line[8192];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

/* A world with handoffs that were sent on 2026-11-23 and a clock at the 25th. */
struct sent {
    struct session *s;
    const char *spool;
    char handoff[3][64], person[3][64];
};

static struct sent begin(void)
{
    struct sent t = {.s = world_open(), .spool = night_spool()};
    for (int i = 0; i < 3; i++)
        sent_queued(t.s, t.person[i], NULL, t.handoff[i]);
    night_must(t.s, t.spool, NIGHTLY_DONE);
    world_day(2);
    return t;
}

static void end(struct sent *t)
{
    world_close(t->s);
    night_spool_drop(t->spool);
}

/* Counts of the run's replies. */
struct counts {
    json_int_t files, applied, refused, unmatched, history, same, files_refused, files_known,
        files_waiting, set_aside;
};

static struct counts read_replies(struct sent *t, enum nightly_status status)
{
    json_t *report = night_run(t->s, &(struct nightly_options){.spool = t->spool}, status);
    const json_t *r = json_object_get(report, "replies");
#define COUNT(key) .key = json_integer_value(json_object_get(r, #key))
    struct counts n = {COUNT(files),         COUNT(applied),     COUNT(refused),
                       COUNT(unmatched),     COUNT(history),     COUNT(same),
                       COUNT(files_refused), COUNT(files_known), COUNT(files_waiting),
                       COUNT(set_aside)};
    json_decref(report);
    return n;
}

static void file_says(struct sent *t, const char *path, const char *words)
{
    struct buf text = {0};
    night_read(t->spool, path, &text);
    if (!text.len)
        fail_msg("there is no %s", path);
    if (!strstr(text.data, words))
        fail_msg("%s does not say \"%s\":\n%s", path, words, text.data);
    buf_free(&text);
}

/* A text with the handoff's reference wherever it has @. */
static void put_ref(const char *text, const char *ref, char *out, size_t room)
{
    size_t n = 0;
    for (; *text; text++)
        n += (size_t)(*text == '@' ? snprintf(out + n, room - n, "%s", ref)
                                   : snprintf(out + n, room - n, "%c", *text));
    assert_true(n < room);
}

/* ---- what is understood */

static void what_spreadsheets_do_to_a_reply_is_read(void **state)
{
    (void)state;
    /* @ is the handoff's reference; each must lead to `to` */
    static const struct {
        const char *text, *to;
    } cases[] = {
        {"row_id,status,date\r\n@-1,accepted,23/11/2026\r\n", "accepted"},
        {"\xEF\xBB\xBFrow_id,status,date\r\n@-1,accepted,2026-11-23\r\n", "accepted"},
        {"row_id;status;date\n@-1;Accepted ;23-Nov-26\n", "accepted"},
        {"row_id\tstatus\tdate\n@-1\twaiting\t24/11/26\n", "waitlisted"},
        {"Date,STATUS,Row ID\n24 Nov 2026,In Progress,@-1\n", "in_progress"},
        {"reference,status,date\n@,received,23.11.2026\n", "acknowledged"},
        {"row_id,status,date,note,,,\n@-1,Could not complete,24/11/2026,\"two\nlines\",,,\n",
         "failed"},
        {"row_id,status,date,note\n,,,\n\n@-1,done,24/11/2026,caf\xE9\n,,,\n", "completed"},
        {"row_id,status,date,declined_by,reason\n@-1,Turned down,24/11/2026,us,No capacity\n",
         "declined"},
        {"row_id,status,date\n @ - 1 ,ON HOLD!,24/11/2026\n", "on_hold"},
        {"row_id,status,date\n@-1,did not attend,24/11/2026\n",
         "delivered"}, /* it moves nothing, but the batch arrived */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sent t = begin();
        char text[512];
        put_ref(cases[i].text, t.handoff[0], text, sizeof text);
        night_reply(t.spool, "reply.csv", text);
        json_decref(night_run(t.s, &(struct nightly_options){.spool = t.spool}, NIGHTLY_DONE));
        struct handoff h = sent_look(t.s, t.handoff[0]);
        if (strcmp(h.state, cases[i].to) != 0)
            fail_msg("case %zu led to %s, not %s", i, h.state, cases[i].to);
        assert_true(night_has(t.spool, IN "done/reply.csv"));
        end(&t);
    }
}

static void spellings_of_a_reference_are_one(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct sent t = begin();
        char id[64], text[256];
        const char *ref = t.handoff[0];
        switch (i) {
        case 0:
            snprintf(id, sizeof id, "%.2s-%.4s-%.4s-1", ref, ref + 3, ref + 8);
            break;
        case 1:
            snprintf(id, sizeof id, "%.2s%.4s%.4s1", ref, ref + 3, ref + 8);
            break;
        case 2:
            snprintf(id, sizeof id, "%.2s %.4s %.4s 1", ref, ref + 3, ref + 8);
            break;
        default:
            snprintf(id, sizeof id, " %.2s-%.4s-%.4s-1 ", ref, ref + 3, ref + 8);
            break;
        }
        for (char *c = id; i == 3 && *c; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
        snprintf(text, sizeof text, "row_id,status,date\n%s,accepted,23/11/2026\n", id);
        night_reply(t.spool, "reply.csv", text);
        assert_int_equal(read_replies(&t, NIGHTLY_DONE).applied, 1);
        sent_is(t.s, t.handoff[0], "accepted");
        end(&t);
    }
}

static void the_reply_list_as_we_sent_it_says_nothing(void **state)
{
    (void)state;
    struct sent t = begin();
    struct buf list = {0};
    night_read(t.spool, "out/salford-advice/" FIRST "/reply.csv", &list);
    night_reply(t.spool, "reply.csv", buf_text(&list));
    struct counts n = read_replies(&t, NIGHTLY_DONE);
    assert_int_equal(n.files, 1);
    assert_int_equal(n.applied + n.refused + n.unmatched, 0);
    sent_is(t.s, t.handoff[0], "exported");
    buf_free(&list);
    end(&t);
}

static void an_answer_proves_that_the_batch_arrived(void **state)
{
    (void)state;
    struct sent t = begin();
    night_reply(t.spool, "reply.csv",
                LINE("row_id,status,date\n%s-1,received,24/11/2026\n", t.handoff[0]));
    read_replies(&t, NIGHTLY_DONE);
    night_batch_is(t.s, FIRST, "delivered");
    sent_is(t.s, t.handoff[0], "acknowledged");
    sent_is(t.s, t.handoff[1], "delivered");
    end(&t);
}

/* ---- what is refused, row by row */

static void a_row_that_cannot_be_understood_is_refused_alone(void **state)
{
    (void)state;
    /* @ is the second handoff */
    static const struct {
        const char *row, *why;
    } cases[] = {
        {"@-1,Yes,24/11/2026,", "reply word add salford-advice word='Yes'"},
        {"@-1,,24/11/2026,they rang", "no status"},
        {"@-1,accepted,,", "no date"},
        {"@-1,accepted,31/02/2026,", "is no date"},
        {"@-1,accepted,yesterday,", "is no date"},
        {"@-1,accepted,+1,", "is no date"},
        {"@-1,accepted,26/11/2026,", "still to come"},
        {"@-1,accepted,22/11/2026,", "before that"},
        {"@-2,accepted,24/11/2026,", "was never sent"},
        {"@-x,accepted,24/11/2026,", "is no reference of ours"},
        {"HO-0000-0000-1,accepted,24/11/2026,", ""},
        {"=cmd|' /C calc'!A0,accepted,24/11/2026,", "is no reference of ours"},
        {"@-1,stopped,24/11/2026,", "no stop was asked for"},
        {"@-1,accepted", "2 fields"},
        {"@-1,accepted,24/11/2026,a\x07"
         "bell",
         "note"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sent t = begin();
        struct buf rejects = {0};
        char bad[256], text[1024];
        put_ref(cases[i].row, t.handoff[1], bad, sizeof bad);
        snprintf(
            text, sizeof text,
            "row_id,status,date,note\n%s-1,accepted,24/11/2026,\n%s\n%s-1,accepted,24/11/2026,\n",
            t.handoff[0], bad, t.handoff[2]);
        night_reply(t.spool, "reply.csv", text);
        struct counts n = read_replies(&t, NIGHTLY_PARTLY);
        if (n.applied != 2 || n.refused + n.unmatched != 1)
            fail_msg("case %zu: %lld applied, %lld refused", i, (long long)n.applied,
                     (long long)n.refused);
        sent_is(t.s, t.handoff[0], "accepted");
        sent_is(t.s, t.handoff[1], "delivered");
        sent_is(t.s, t.handoff[2], "accepted");
        assert_true(night_has(t.spool, IN "done/reply.csv"));
        file_says(&t, IN "rejected/reply.rejects.csv", "row_id,status,date,note,line,why\r\n");
        file_says(&t, IN "rejected/reply.rejects.csv", bad);
        file_says(&t, IN "rejected/reply.rejects.csv", ",3,");
        file_says(&t, IN "rejected/reply.rejects.csv", cases[i].why);
        json_t *waiting = world_list(t.s, "reply list");
        assert_int_equal(json_array_size(waiting), 1);
        json_decref(waiting);
        buf_free(&rejects);
        end(&t);
    }
}

static void a_row_of_another_organisation_is_refused(void **state)
{
    (void)state;
    struct sent t = begin();
    world_must(t.s,
               "organisation add code=other-help name='Other Help (made up)' phone='0161 496 0300'",
               NULL);
    snprintf(line, sizeof line, "row_id,status,date\n%s-1,accepted,24/11/2026\n", t.handoff[0]);
    night_write(t.spool, "in/other-help/reply.csv", line, strlen(line));
    assert_int_equal(read_replies(&t, NIGHTLY_PARTLY).refused, 1);
    sent_is(t.s, t.handoff[0], "exported");
    file_says(&t, "in/other-help/rejected/reply.rejects.csv", "was never sent to other-help");
    end(&t);
}

static void a_reply_for_what_was_never_sent_is_refused(void **state)
{
    (void)state;
    struct sent t = begin();
    char queued[64];
    sent_queued(t.s, NULL, NULL, queued);
    night_reply(t.spool, "reply.csv",
                LINE("row_id,status,date\n%s-1,accepted,24/11/2026\n", queued));
    assert_int_equal(read_replies(&t, NIGHTLY_PARTLY).refused, 1);
    sent_is(t.s, queued, "exported"); /* it goes tonight, after the replies were read */
    end(&t);
}

static void a_rejects_file_that_is_mended_and_comes_back_is_read(void **state)
{
    (void)state;
    struct sent t = begin();
    struct buf rejects = {0};
    night_reply(t.spool, "reply.csv",
                LINE("row_id;status;date\n%s-1;We said yes;24/11/2026\n", t.handoff[0]));
    assert_int_equal(read_replies(&t, NIGHTLY_PARTLY).refused, 1);
    night_read(t.spool, IN "rejected/reply.rejects.csv", &rejects);
    night_reply(t.spool, "again.csv", buf_text(&rejects));
    assert_int_equal(read_replies(&t, NIGHTLY_PARTLY).refused,
                     1); /* still unknown; the header grows no double names */
    file_says(&t, IN "rejected/again.rejects.csv", "line;why;line_2;why_2");
    world_must(t.s, "reply word add salford-advice word='we  SAID yes' status=accepted", NULL);
    night_read(t.spool, IN "rejected/again.rejects.csv", &rejects);
    night_reply(t.spool, "third.csv", buf_text(&rejects));
    assert_int_equal(read_replies(&t, NIGHTLY_DONE).applied, 1);
    sent_is(t.s, t.handoff[0], "accepted");
    buf_free(&rejects);
    end(&t);
}

static void an_organisations_word_is_its_own(void **state)
{
    (void)state;
    struct sent t = begin();
    world_must(t.s,
               "organisation add code=other-help name='Other Help (made up)' phone='0161 496 0300'",
               NULL);
    world_must(t.s, "reply word add other-help word='yes' status=accepted", NULL);
    world_must(t.s, "reply word add salford-advice word='done' status=received", NULL);
    night_reply(t.spool, "reply.csv",
                LINE("row_id,status,date\n%s-1,yes,24/11/2026\n%s-1,done,24/11/2026\n",
                     t.handoff[0], t.handoff[1]));
    struct counts n = read_replies(&t, NIGHTLY_PARTLY);
    assert_int_equal(n.refused, 1);
    assert_int_equal(n.applied, 1);
    sent_is(t.s, t.handoff[1], "acknowledged");
    struct session *worker = world_as("worker");
    world_no(worker, "reply word add all word='yes' status=accepted", ERR_DENIED, NULL);
    world_no(t.s, "reply word add all word='yes' status=perhaps", ERR_INVALID, "status");
    world_no(t.s, "reply word add all word='!!' status=accepted", ERR_INVALID, "word");
    world_close(worker);
    end(&t);
}

static void a_refused_reply_is_settled_once(void **state)
{
    (void)state;
    struct sent t = begin();
    night_reply(t.spool, "reply.csv",
                LINE("row_id,status,date\n%s-1,Yes,24/11/2026\n", t.handoff[0]));
    read_replies(&t, NIGHTLY_PARTLY);
    json_t *waiting = world_list(t.s, "reply list");
    const json_t *row = json_array_get(waiting, 0);
    assert_string_equal(json_string_value(json_object_get(row, "handoff")), t.handoff[0]);
    assert_string_equal(json_string_value(json_object_get(row, "person")), t.person[0]);
    assert_string_equal(json_string_value(json_object_get(row, "file")), "reply.csv");
    char settle[128];
    snprintf(settle, sizeof settle, "reply settle %s note='Rang them'",
             json_string_value(json_object_get(row, "reply")));
    json_decref(waiting);
    world_must(t.s, settle, NULL);
    world_no(t.s, settle, ERR_REFUSED, "reply.settled");
    waiting = world_list(t.s, "reply list");
    assert_int_equal(json_array_size(waiting), 0);
    json_decref(waiting);
    end(&t);
}

/* ---- order and stops */

static void older_answers_and_repeated_ones_move_nothing(void **state)
{
    (void)state;
    struct sent t = begin();
    night_reply(t.spool, "a.csv",
                LINE("row_id,status,date\n%s-1,accepted,25/11/2026\n", t.handoff[0]));
    night_reply(t.spool, "b.csv",
                LINE("row_id,status,date\n%s-1,received,24/11/2026\n", t.handoff[0]));
    night_reply(t.spool, "c.csv",
                LINE("row_id,status,date\n\n%s-1,accepted,25/11/2026\n", t.handoff[0]));
    struct counts n = read_replies(&t, NIGHTLY_DONE);
    assert_int_equal(n.applied, 1);
    assert_int_equal(n.history, 1);
    assert_int_equal(n.same, 1);
    sent_is(t.s, t.handoff[0], "accepted");
    end(&t);
}

static void only_the_withdraw_row_confirms_a_stop(void **state)
{
    (void)state;
    struct sent t = begin();
    world_must(t.s, "batch delivered " FIRST " by='Sam Link' how='secure mail'", NULL);
    world_must(t.s, LINE("consent withdraw %s reason='not given'", t.person[0]), NULL);
    night_must(t.s, t.spool, NIGHTLY_DONE);
    night_reply(t.spool, "old.csv",
                LINE("row_id,reference,status,date\n%s-1,%s,stopped,25/11/2026\n", t.handoff[0],
                     t.handoff[0]));
    assert_int_equal(read_replies(&t, NIGHTLY_DONE).history, 1);
    sent_is(t.s, t.handoff[0], "withdrawing");
    night_reply(t.spool, "new.csv",
                LINE("row_id,reference,status,date\n%s-2,%s,stopped,25/11/2026\n", t.handoff[0],
                     t.handoff[0]));
    assert_int_equal(read_replies(&t, NIGHTLY_DONE).applied, 1);
    sent_is(t.s, t.handoff[0], "withdrawn");
    end(&t);
}

/* ---- files */

static void the_same_bytes_again_do_nothing(void **state)
{
    (void)state;
    struct sent t = begin();
    snprintf(line, sizeof line,
             "row_id,status,date\n%s-1,accepted,24/11/2026\n%s-1,Yes,24/11/2026\n", t.handoff[0],
             t.handoff[1]);
    night_reply(t.spool, "a.csv", line);
    read_replies(&t, NIGHTLY_PARTLY);
    struct buf store = {0}, after = {0};
    night_store(t.s, &store);
    night_reply(t.spool, "b.csv", line);
    struct counts n = read_replies(&t, NIGHTLY_DONE);
    assert_int_equal(n.files, 0);
    assert_int_equal(n.files_known, 1);
    night_store(t.s, &after);
    assert_string_equal(buf_text(&store), buf_text(&after));
    assert_true(night_has(t.spool, IN "done/b.csv"));
    assert_false(night_has(t.spool, IN "rejected/b.rejects.csv"));
    buf_free(&store);
    buf_free(&after);
    end(&t);
}

static void a_file_that_is_no_reply_is_refused_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len;
        const char *why;
    } cases[] = {
#define TEXT(t) t, sizeof(t) - 1
        {TEXT(""), "empty"},
        {TEXT("name,answer\nx,y\n"), "row_id (or reference) and status"},
        {TEXT("row_id,answer\nx,y\n"), "status among them"},
        {TEXT("status,date\naccepted,24/11/2026\n"), "row_id (or reference) among them"},
        {TEXT("row_id,status,status,date\n"), "status"},
        {TEXT("\xFF\xFEr\0o\0w\0"), "UTF-16"},
        {TEXT("row_id,status,date\nHO,acc\0epted,x\n"), "NUL"},
        {TEXT("row_id,status,date\nHO-1,\"accepted,24/11/2026\nHO-2,accepted,24/11/2026\n"),
         "quot"},
        {TEXT("PK\x03\x04 a workbook by another name"), "workbook"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sent t = begin();
        struct buf why = {0};
        night_write(t.spool, IN "reply.csv", cases[i].text, cases[i].len);
        struct counts n = read_replies(&t, NIGHTLY_PARTLY);
        assert_int_equal(n.files_refused, 1);
        assert_int_equal(n.applied + n.refused, 0);
        assert_true(night_has(t.spool, IN "rejected/reply.csv"));
        assert_false(night_has(t.spool, IN "done/reply.csv"));
        night_read(t.spool, IN "rejected/reply.why.txt", &why);
        if (!strstr(buf_text(&why), cases[i].why))
            fail_msg("case %zu: \"%s\" does not say \"%s\"", i, buf_text(&why), cases[i].why);
        buf_free(&why);
        end(&t);
    }
}

static void nothing_of_a_file_with_an_unclosed_quote_is_kept(void **state)
{
    (void)state;
    struct sent t = begin();
    night_reply(t.spool, "reply.csv",
                LINE("row_id,status,date\n%s-1,accepted,24/11/2026\n%s-1,\"accepted,24/11/2026\n",
                     t.handoff[0], t.handoff[1]));
    assert_int_equal(read_replies(&t, NIGHTLY_PARTLY).files_refused, 1);
    sent_is(t.s, t.handoff[0], "exported");
    end(&t);
}

static void limits_are_settings_and_say_so(void **state)
{
    (void)state;
    struct sent t = begin();
    world_must(t.s, "setting edit reply_file_rows value=2", NULL);
    night_reply(t.spool, "rows.csv",
                LINE("row_id,status,date\n%s-1,accepted,24/11/2026\n%s-1,accepted,24/11/"
                     "2026\n%s-1,accepted,24/11/2026\n",
                     t.handoff[0], t.handoff[1], t.handoff[2]));
    assert_int_equal(read_replies(&t, NIGHTLY_PARTLY).files_refused, 1);
    file_says(&t, IN "rejected/rows.why.txt", "2");
    sent_is(t.s, t.handoff[0], "exported");
    end(&t);
}

static void other_kinds_of_file_are_set_aside_with_a_note(void **state)
{
    (void)state;
    struct sent t = begin();
    night_reply(t.spool, "reply.xlsx", "PK");
    assert_int_equal(read_replies(&t, NIGHTLY_PARTLY).set_aside, 1);
    assert_true(night_has(t.spool, IN "rejected/reply.xlsx"));
    file_says(&t, IN "rejected/reply.why.txt", "CSV UTF-8");
    end(&t);
}

static void a_file_in_upload_waits(void **state)
{
    (void)state;
    static const char *const names[] = {"reply.csv.part", "~reply.csv", "reply.csv~", ".reply.csv"};
    struct sent t = begin();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        night_reply(t.spool, names[i],
                    LINE("row_id,status,date\n%s-1,accepted,24/11/2026\n", t.handoff[0]));
    struct counts n = read_replies(&t, NIGHTLY_DONE);
    assert_int_equal(n.files, 0);
    sent_is(t.s, t.handoff[0], "exported");
    end(&t);
}

/* Somebody's upload goes on while the run looks: one byte more whenever a file is opened for
 * reading. */
static char growing[4096];
static int open_and_grow(int dir, const char *name, int flags, mode_t mode)
{
    int fd = io_system.open(dir, name, flags, mode);
    if (fd >= 0 && strcmp(name, "reply.csv") == 0) {
        FILE *f = fopen(growing, "a");
        assert_non_null(f);
        fputc('\n', f);
        fclose(f);
    }
    return fd;
}

static void a_file_that_still_grows_waits(void **state)
{
    (void)state;
    struct sent t = begin();
    struct io_ops grows = io_system;
    struct nightly_options o = {.spool = t.spool};
    json_t *report = NULL;
    enum nightly_status status;
    struct err e;
    grows.open = open_and_grow;
    night_reply(t.spool, "reply.csv",
                LINE("row_id,status,date\n%s-1,accepted,24/11/2026\n", t.handoff[0]));
    snprintf(growing, sizeof growing, "%s/" IN "reply.csv", t.spool);
    assert_true(nightly_run_with(t.s, &o, &grows, &report, &status, &e));
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(report, "replies"), "files_waiting")),
        1);
    json_decref(report);
    sent_is(t.s, t.handoff[0], "exported");
    assert_int_equal(read_replies(&t, NIGHTLY_DONE).applied, 1);
    end(&t);
}

/* ---- import */

static void a_reply_file_is_imported_from_anywhere(void **state)
{
    (void)state;
    struct sent t = begin();
    char path[4096];
    struct import_options o = {
        .kind = "replies", .path = path, .organisation = "salford-advice", .dry_run = true};
    json_t *report = NULL;
    bool partly = false;
    struct err e;
    struct buf store = {0}, after = {0};
    snprintf(path, sizeof path, "%s/elsewhere.csv", t.spool);
    snprintf(line, sizeof line,
             "row_id,status,date\n%s-1,accepted,24/11/2026\n%s-1,Yes,24/11/2026\n", t.handoff[0],
             t.handoff[1]);
    night_write(t.spool, "elsewhere.csv", line, strlen(line));
    night_store(t.s, &store);
    for (int dry = 1; dry >= 0; dry--) {
        o.dry_run = dry;
        assert_true(import_replies(t.s, &o, &report, &partly, &e));
        assert_true(partly);
        assert_int_equal(json_integer_value(json_object_get(report, "changed")), 1);
        assert_int_equal(json_integer_value(json_object_get(report, "refused")), 1);
        const json_t *fate = json_array_get(json_object_get(report, "fates"), 1);
        assert_int_equal(json_integer_value(json_object_get(fate, "line")), 3);
        assert_string_equal(json_string_value(json_object_get(fate, "fate")), "refused");
        json_decref(report);
        night_store(t.s, &after);
        assert_true((strcmp(buf_text(&store), buf_text(&after)) == 0) == (dry == 1));
    }
    sent_is(t.s, t.handoff[0], "accepted");
    assert_true(import_replies(t.s, &o, &report, &partly, &e));
    assert_true(json_is_true(json_object_get(report, "again")));
    json_decref(report);
    o.organisation = NULL;
    assert_false(import_replies(t.s, &o, &report, &partly, &e));
    assert_int_equal(e.code, ERR_INVALID);
    buf_free(&store);
    buf_free(&after);
    end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_spreadsheets_do_to_a_reply_is_read),
        cmocka_unit_test(spellings_of_a_reference_are_one),
        cmocka_unit_test(the_reply_list_as_we_sent_it_says_nothing),
        cmocka_unit_test(an_answer_proves_that_the_batch_arrived),
        cmocka_unit_test(a_row_that_cannot_be_understood_is_refused_alone),
        cmocka_unit_test(a_row_of_another_organisation_is_refused),
        cmocka_unit_test(a_reply_for_what_was_never_sent_is_refused),
        cmocka_unit_test(a_rejects_file_that_is_mended_and_comes_back_is_read),
        cmocka_unit_test(an_organisations_word_is_its_own),
        cmocka_unit_test(a_refused_reply_is_settled_once),
        cmocka_unit_test(older_answers_and_repeated_ones_move_nothing),
        cmocka_unit_test(only_the_withdraw_row_confirms_a_stop),
        cmocka_unit_test(the_same_bytes_again_do_nothing),
        cmocka_unit_test(a_file_that_is_no_reply_is_refused_whole),
        cmocka_unit_test(nothing_of_a_file_with_an_unclosed_quote_is_kept),
        cmocka_unit_test(limits_are_settings_and_say_so),
        cmocka_unit_test(other_kinds_of_file_are_set_aside_with_a_note),
        cmocka_unit_test(a_file_in_upload_waits),
        cmocka_unit_test(a_file_that_still_grows_waits),
        cmocka_unit_test(a_reply_file_is_imported_from_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

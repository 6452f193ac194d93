/* SPDX-License-Identifier: MIT
 *
 * The list of what goes tonight says what the run would do, row for row, and
 * what it would hold, whatever has happened since the gates were last asked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"
#include "support/night.h"
#include "support/sent.h"

static struct session *s;
static const char *spool;

static int begin(void **state)
{
    (void)state;
    s = world_open();
    spool = night_spool();
    return 0;
}

static int end(void **state)
{
    (void)state;
    night_spool_drop(spool);
    world_close(s);
    return 0;
}

static const char *text(const json_t *row, const char *key)
{
    const char *value = json_string_value(json_object_get(row, key));
    return value ? value : "";
}

/* The row of a handoff, borrowed; NULL when it is not there. */
static const json_t *row_of(const json_t *rows, const char *handoff)
{
    const json_t *row;
    size_t i;
    json_array_foreach(rows, i, row)
        if (strcmp(text(row, "handoff"), handoff) == 0)
            return row;
    return NULL;
}

static void assert_row(const char *handoff, const char *fate, const char *action, int is_new, const char *why)
{
    json_t *rows = world_list(s, "tonight");
    const json_t *row = row_of(rows, handoff);
    if (!row)
        fail_msg("%s is not in the list", handoff);
    assert_string_equal(text(row, "fate"), fate);
    assert_string_equal(text(row, "action"), action);
    assert_int_equal(json_integer_value(json_object_get(row, "is_new")), is_new);
    if (!*why)
        assert_string_equal(text(row, "why"), "");
    else if (!strstr(text(row, "why"), why))
        fail_msg("%s is held because: %s", handoff, text(row, "why"));
    json_decref(rows);
}

static void add_words(json_t *words, const char *fate, const char *handoff, const char *action)
{
    json_object_set_new(words, LINE("%s %s %s", fate, handoff, action), json_true());
}

/* "goes HO-.. new" of each, from the rehearsal of the run. */
static json_t *rehearsed(void)
{
    struct err e = {0};
    enum nightly_status status;
    json_t *report = NULL, *words = json_object();
    const json_t *batch, *row;
    size_t i, k;
    if (!nightly_run(s, &(struct nightly_options){.spool = spool, .dry_run = true}, &report, &status, &e))
        fail_msg("dry run: %s", e.text);
    json_array_foreach(json_object_get(report, "batches"), i, batch)
        json_array_foreach(json_object_get(batch, "handoffs"), k, row)
            add_words(words, "goes", text(row, "handoff"), text(row, "action"));
    json_array_foreach(json_object_get(report, "held"), i, row)
        add_words(words, "held", text(row, "handoff"), "new");
    json_array_foreach(json_object_get(report, "updates_waiting"), i, row)
        add_words(words, "held", text(row, "handoff"), "update");
    json_decref(report);
    return words;
}

static void assert_list_is_the_rehearsal(size_t n)
{
    json_t *expected = rehearsed(), *rows = world_list(s, "tonight"), *found = json_object();
    const json_t *row;
    size_t i;
    json_array_foreach(rows, i, row)
        add_words(found, text(row, "fate"), text(row, "handoff"), text(row, "action"));
    if (!json_equal(expected, found))
        fail_msg("the run: %s\nthe list: %s", json_dumps(expected, JSON_SORT_KEYS), json_dumps(found, JSON_SORT_KEYS));
    assert_int_equal(json_object_size(found), n);
    assert_int_equal(json_array_size(rows), n);
    json_decref(expected);
    json_decref(found);
    json_decref(rows);
}

/* One of each kind: new, held, to be corrected, corrected but held, stopped. */
static void the_list_is_what_the_rehearsal_of_the_run_says(void **state)
{
    (void)state;
    char going[64], held[64], held_person[64], corrected[64], corrected_person[64], waiting[64], waiting_person[64], stopped[64];
    sent_queued(s, corrected_person, NULL, corrected);
    sent_queued(s, waiting_person, NULL, waiting);
    sent_queued(s, NULL, NULL, stopped);
    assert_list_is_the_rehearsal(3);
    night_must(s, spool, NIGHTLY_DONE);
    assert_list_is_the_rehearsal(0);
    world_must(s, "batch delivered salford-advice-20261123-001 by='Sam Link' how='secure mail'", NULL);
    world_day(1);
    world_must(s, LINE("person edit %s phone='0161 496 0444'", corrected_person), NULL);
    world_must(s, LINE("person edit %s phone='0161 496 0445'", waiting_person), NULL);
    world_must(s, LINE("handoff withdraw %s reason=no_longer_needed", stopped), NULL);
    sent_queued(s, NULL, NULL, going);
    sent_queued(s, held_person, NULL, held);
    world_must(s, LINE("consent not-sought %s purpose=share reason='Could not be asked'", held_person), NULL);
    assert_list_is_the_rehearsal(5);
    assert_row(going, "goes", "new", 1, "");
    assert_row(corrected, "goes", "update", 1, "");
    assert_row(stopped, "goes", "withdraw", 1, "");
    assert_row(held, "held", "new", 1, "onsent");
    /* By the end of the agreement everything but the stop stays. */
    world_day(2000);
    assert_list_is_the_rehearsal(5);
    assert_row(stopped, "goes", "withdraw", 1, "");
    assert_row(going, "held", "new", 1, "greement");
    assert_row(waiting, "held", "update", 1, "greement");
}

static void what_was_held_last_night_is_not_new(void **state)
{
    (void)state;
    char person[64], handoff[64];
    sent_queued(s, person, NULL, handoff);
    assert_row(handoff, "goes", "new", 1, "");
    world_must(s, LINE("consent not-sought %s purpose=share reason='Could not be asked'", person), NULL);
    assert_row(handoff, "held", "new", 1, "onsent");
    night_must(s, spool, NIGHTLY_PARTLY);
    world_day(1);
    assert_row(handoff, "held", "new", 0, "onsent");
    world_consent(s, person);
    assert_row(handoff, "goes", "new", 1, "");
}

static size_t count(struct session *by, const char *line)
{
    json_t *rows = world_list(by, line);
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

static void filters_pages_and_sight(void **state)
{
    (void)state;
    char person[64], held[64], handoff[64];
    sent_queued(s, person, NULL, held);
    world_must(s, LINE("consent not-sought %s purpose=share reason='Could not be asked'", person), NULL);
    for (int i = 0; i < 3; i++)
        sent_queued(s, person, NULL, handoff);
    assert_int_equal(count(s, "tonight"), 4);
    assert_int_equal(count(s, "tonight fate=goes"), 3);
    assert_int_equal(count(s, "tonight fate=held"), 1);
    assert_int_equal(count(s, "tonight worker=worker"), 4);
    assert_int_equal(count(s, "tonight worker=worker2"), 0);
    assert_int_equal(count(s, "tonight organisation=salford-advice fate=goes"), 3);
    json_t *rows = world_list(s, "tonight");
    assert_string_equal(text(json_array_get(rows, 3), "handoff"), held); /* what is held comes last */
    json_decref(rows);

    struct session *rep = world_as("rep"), *worker = world_as("worker");
    rows = world_list(rep, "tonight");
    assert_int_equal(json_array_size(rows), 4);
    assert_string_equal(text(json_array_get(rows, 0), "name"), "•••");
    json_decref(rows);
    world_must(s, LINE("person edit %s neighbourhood=broughton", person), NULL);
    assert_int_equal(count(rep, "tonight"), 3);
    world_must(s, LINE("person restrict %s users=world", person), NULL);
    assert_int_equal(count(worker, "tonight"), 3);
    assert_int_equal(count(s, "tonight"), 4);
    world_close(rep);
    world_close(worker);
}

struct page {
    char last[64];
    size_t n;
};
static bool keep_last(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct page *p = ctx;
    (void)l;
    (void)e;
    snprintf(p->last, sizeof p->last, "%s", cells[0].text);
    p->n++;
    return true;
}

static void it_is_read_page_by_page(void **state)
{
    (void)state;
    struct err e = {0};
    struct page p = {.n = 0};
    struct list_run r = {.limit = 2, .row = keep_last, .ctx = &p, .want_total = true};
    for (int i = 0; i < 5; i++)
        sent_queued(s, NULL, NULL, NULL);
    for (size_t seen = 2; seen <= 6; seen += 2) {
        assert_true(list_call(s, list_find("tonight"), NULL, 0, "screen", &r, &e));
        assert_int_equal(p.n, seen < 5 ? seen : 5);
        assert_int_equal(r.total, 5);
        strcpy(r.after, p.last);
    }
    strcpy(r.after, "HO-2222-2222");
    assert_false(list_call(s, list_find("tonight"), NULL, 0, "screen", &r, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(the_list_is_what_the_rehearsal_of_the_run_says),
        TEST(what_was_held_last_night_is_not_new),
        TEST(filters_pages_and_sight),
        TEST(it_is_read_page_by_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

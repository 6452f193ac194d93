/* SPDX-License-Identifier: MIT
 *
 * Long lists are read in pages from either end, and for one row of them. Page
 * by page from the end is the list turned round, whatever the filter and
 * whoever looks; a row by itself is in the list or it is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/core.h"
#include "support/episode.h"
#include "support/sent.h"

enum { MOST = 400 };
struct names {
    char at[MOST][64];
    size_t n;
};

static bool add_name(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct names *names = ctx;
    (void)l;
    (void)e;
    assert_true(names->n < MOST);
    snprintf(names->at[names->n++], 64, "%s", cells[0].text);
    return true;
}

static struct names read_list(struct session *s, const char *list, const struct typed *words, size_t n, struct list_run r)
{
    struct names names = {.n = 0};
    struct err e = {0};
    r.row = add_name;
    r.ctx = &names;
    if (!list_call(s, list_find(list), words, n, "screen", &r, &e))
        fail_msg("%s: %s", list, e.text);
    return names;
}

/* Everything page by page from one end. */
static struct names read_pages(struct session *s, const char *list, const struct typed *words, size_t n, bool backwards)
{
    struct names all = {.n = 0};
    struct names page;
    struct list_run r = {.limit = 2, .backwards = backwards};
    do {
        page = read_list(s, list, words, n, r);
        assert_true(page.n <= 2);
        for (size_t i = 0; i < page.n; i++)
            strcpy(all.at[all.n++], page.at[i]);
        if (page.n)
            strcpy(r.after, page.at[page.n - 1]);
    } while (page.n);
    return all;
}

static void assert_pages(struct session *s, const char *list, const char *key, const char *value)
{
    const struct typed words[] = {{key, value}};
    size_t n = key ? 1 : 0;
    struct names whole = read_list(s, list, words, n, (struct list_run){.limit = 0});
    struct names forwards = read_pages(s, list, words, n, false), backwards = read_pages(s, list, words, n, true);
    if (forwards.n != whole.n || backwards.n != whole.n)
        fail_msg("%s %s=%s: %zu rows, %zu by pages, %zu backwards", list, n ? key : "", n ? value : "", whole.n, forwards.n,
                 backwards.n);
    for (size_t i = 0; i < whole.n; i++) {
        struct list_run one = {.itself = true};
        strcpy(one.after, whole.at[i]);
        struct names itself = read_list(s, list, words, n, one);
        assert_string_equal(forwards.at[i], whole.at[i]);
        assert_string_equal(backwards.at[whole.n - 1 - i], whole.at[i]);
        assert_int_equal(itself.n, 1);
        assert_string_equal(itself.at[0], whole.at[i]);
    }
}

static void make_borough(struct session *s)
{
    static void (*const courses[])(struct session *, const char *, char[64]) = {
        episode_received, episode_waiting, episode_allocated, world_referral};
    char person[64], referral[64], handoff[64], batch[64];
    for (int i = 0; i < 8; i++) {
        world_person(s, person);
        courses[i % 4](s, person, referral);
        if (i % 3 == 0)
            world_must(s, LINE("person edit %s neighbourhood=broughton", person), NULL);
    }
    world_must(s, LINE("referral error %s reason='Typed in twice'", referral), NULL);
    for (int i = 0; i < 5; i++) {
        sent_queued(s, person, referral, handoff);
        if (i % 2)
            sent_export(s, handoff, "new", batch);
    }
    world_must(s, LINE("person restrict %s users=world", person), NULL);
}

static void from_the_end_a_list_is_itself_turned_round(void **state)
{
    (void)state;
    static const struct {
        const char *list, *key, *value;
    } cases[] = {
        {"referral list", NULL, NULL},
        {"referral list", "open", "yes"},
        {"referral list", "state", "active"},
        {"referral list", "worker", "worker"},
        {"referral list", "need", "money_debt"},
        {"referral list", "quiet", "0"},
        {"referral list", "neighbourhood", "swinton"},
        {"handoff list", NULL, NULL},
        {"handoff list", "state", "queued"},
        {"handoff list", "need", "money_debt"},
        {"handoff list", "organisation", "salford-advice"},
        {"handoff list", "worker", "worker"},
        {"handoff list", "neighbourhood", "swinton"},
        {"person list", NULL, NULL},
        {"person list", "neighbourhood", "broughton"},
        {"person list", "gp_practice", "P87001"},
        {"batch list", NULL, NULL},
        {"batch list", "organisation", "salford-advice"},
    };
    static const char *const users[] = {"world", "worker", "rep"};
    struct session *s = world_open();
    make_borough(s);
    for (size_t u = 0; u < 3; u++) {
        struct session *other = world_as(users[u]);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            assert_pages(other, cases[i].list, cases[i].key, cases[i].value);
        world_close(other);
    }
    assert_pages(s, "audit", "below", "60");
    assert_pages(s, "audit", "ref", "share-1");
    assert_pages(s, "reply list", NULL, NULL);
    world_close(s);
}

static void the_log_of_a_person_is_read_from_either_end(void **state)
{
    (void)state;
    char person[64], referral[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    assert_pages(s, "audit", "ref", person);
    struct names one = read_list(s, "audit", (struct typed[]){{"ref", person}}, 1, (struct list_run){.backwards = true, .limit = 1});
    struct names all = read_list(s, "audit", (struct typed[]){{"ref", person}}, 1, (struct list_run){.limit = 0});
    assert_true(all.n > 5);
    assert_string_equal(one.at[0], all.at[all.n - 1]);
    world_close(s);
}

static void a_row_that_is_no_longer_in_the_list_is_not_given(void **state)
{
    (void)state;
    char person[64], referral[64];
    struct session *s = world_open(), *worker = world_as("worker");
    world_person(s, person);
    world_referral(s, person, referral);
    struct list_run one = {.itself = true};
    strcpy(one.after, referral);
    const struct typed active = {"state", "active"};
    assert_int_equal(read_list(worker, "referral list", &active, 1, one).n, 1);
    world_must(s, LINE("referral pause %s reason=person_away until=2026-12-24", referral), NULL);
    assert_int_equal(read_list(worker, "referral list", &active, 1, one).n, 0);
    assert_int_equal(read_list(worker, "referral list", NULL, 0, one).n, 1);
    world_must(s, LINE("person restrict %s users=world", person), NULL);
    assert_int_equal(read_list(worker, "referral list", NULL, 0, one).n, 0);
    strcpy(one.after, "SP-2222-2222");
    assert_int_equal(read_list(worker, "referral list", NULL, 0, one).n, 0);
    one.after[0] = '\0';
    assert_int_equal(read_list(worker, "referral list", NULL, 0, one).n, 0);
    world_close(worker);
    world_close(s);
}

static void a_list_that_is_read_from_its_start_only_says_so(void **state)
{
    (void)state;
    struct session *s = world_open();
    const struct list *l;
    for (size_t i = 0; (l = list_at(i)); i++) {
        struct err e = {0};
        struct names names = {.n = 0};
        struct list_run r = {.backwards = true, .row = add_name, .ctx = &names, .limit = 1};
        struct list_run one = {.itself = true, .row = add_name, .ctx = &names};
        if (l->both_ways)
            continue;
        assert_false(list_call(s, l, NULL, 0, "screen", &r, &e));
        assert_int_equal(e.code, ERR_INVALID);
        assert_false(list_call(s, l, NULL, 0, "screen", &one, &e));
        assert_int_equal(e.code, ERR_INVALID);
    }
    world_close(s);
}

static bool compare_name(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct buf *seen = ctx, name = {0};
    (void)e;
    buf_char(&name, '\n');
    list_row_name(l, cells, &name);
    assert_true(name.len > 1);
    buf_char(&name, '\n');
    if (strstr(buf_text(seen), name.data))
        fail_msg("%s: two rows are called %s", l->name, name.data);
    buf_str(seen, name.data + 1);
    buf_free(&name);
    return true;
}

static void a_row_has_a_name_of_its_own_in_every_list(void **state)
{
    (void)state;
    struct session *s = world_open();
    const struct list *l;
    make_borough(s);
    for (size_t i = 0; (l = list_at(i)); i++) {
        struct err e = {0};
        struct buf seen = {0};
        struct list_run r = {.row = compare_name, .ctx = &seen};
        const struct typed text = {"text", "amara"};
        size_t n = strcmp(l->name, "person find") == 0;
        buf_char(&seen, '\n');
        if (!list_call(s, l, &text, n, "screen", &r, &e))
            fail_msg("%s: %s", l->name, e.text);
        buf_free(&seen);
    }
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_the_end_a_list_is_itself_turned_round),
        cmocka_unit_test(the_log_of_a_person_is_read_from_either_end),
        cmocka_unit_test(a_row_that_is_no_longer_in_the_list_is_not_given),
        cmocka_unit_test(a_list_that_is_read_from_its_start_only_says_so),
        cmocka_unit_test(a_row_has_a_name_of_its_own_in_every_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

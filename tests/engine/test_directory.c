/* SPDX-License-Identifier: MIT
 *
 * The directory: codes, who may change what, versions, and that the index of
 * needs says what the services say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/sent.h"
#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static size_t count(struct session *s, const char *list)
{
    json_t *rows = world_list(s, list);
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

static void a_code_names_a_folder(void **state)
{
    (void)state;
    static const char *const good[] = {"ab", "a-b", "9lives", "a12345678901234567890123456789-x"};
    static const char *const bad[] = {
        "a", "-ab", "a_b", "a.b", "a/b", "../up", "a1234567890123456789012345678901x2", ""};
    struct session *s = world_open();
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        world_must(s, LINE("organisation add code=%s name='Made up'", good[i]), NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        world_no(s, LINE("organisation add code=%s name='Made up'", bad[i]), ERR_INVALID, "code");
    world_no(s, "organisation add name='Made up'", ERR_INVALID,
             "code"); /* never made from the name */
    world_no(s, "organisation add code=ab name='Twice'", ERR_INVALID, "code");
    world_no(s, "organisation edit ab code=cd", ERR_INVALID, "code");
    world_close(s);
}

static void who_keeps_what(void **state)
{
    (void)state;
    static const struct {
        const char *login, *words;
        bool may;
    } cases[] = {
        {"worker", "organisation add code=new-one name='Made up'", false},
        {"rep", "organisation edit salford-advice phone='0161 496 0300'", false},
        {"manager", "organisation edit salford-advice phone='0161 496 0300'", true},
        {"admin", "organisation edit salford-advice email=office@example.org", true},
        {"worker",
         "agreement add salford-advice starts_on=2026-01-01 ends_on=2026-12-31 "
         "categories=identity,needs",
         false},
        {"manager",
         "agreement add salford-advice starts_on=2026-01-01 ends_on=2026-12-31 "
         "categories=identity,needs",
         true},
        {"worker", "neighbourhood add code=kersal name=Kersal", false},
        {"manager", "neighbourhood add code=kersal name=Kersal", true},
    };
    struct session *s = world_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct session *as = world_as(cases[i].login);
        if (cases[i].may)
            world_must(as, cases[i].words, NULL);
        else
            world_no(as, cases[i].words, ERR_DENIED, NULL);
        world_close(as);
    }
    struct session *worker = world_as("worker");
    world_must(worker,
               LINE("service edit %s capacity=waitlist capacity_note='Eight weeks' verified=today",
                    world_service()),
               NULL);
    world_no(worker, LINE("service edit %s name='Better name'", world_service()), ERR_DENIED, NULL);
    world_close(worker);
    struct session *auditor = world_as("auditor");
    assert_int_equal(count(auditor, "organisation list"), 1);
    world_close(auditor);
    json_t *v = world_show(s, LINE("service show %s", world_service()));
    assert_string_equal(json_string_value(json_object_get(v, "verified_on")), "2026-11-23");
    assert_string_equal(json_string_value(json_object_get(v, "capacity")), "waitlist");
    json_decref(v);
    world_close(s);
}

static void an_edit_of_an_older_copy_is_a_conflict(void **state)
{
    (void)state;
    struct session *s = world_open();
    world_must(s, "organisation edit salford-advice version=1 phone='0161 496 0300'", NULL);
    world_no(s, "organisation edit salford-advice version=1 phone='0161 496 0301'", ERR_CONFLICT,
             NULL);
    world_must(s, "organisation edit salford-advice version=2 phone='0161 496 0301'", NULL);
    world_must(s, LINE("service edit %s version=1 fees=none", world_service()), NULL);
    world_no(s, LINE("service edit %s version=1 fees=none", world_service()), ERR_CONFLICT, NULL);
    world_close(s);
}

static void the_index_of_needs_follows_the_service(void **state)
{
    (void)state;
    struct session *s = world_open();
    assert_int_equal(count(s, "service list need=housing"), 1);
    world_must(s, LINE("service edit %s needs=money_debt,food", world_service()), NULL);
    assert_int_equal(count(s, "service list need=housing"), 0);
    assert_int_equal(count(s, "service list need=food"), 1);
    world_no(s, LINE("service edit %s needs=money_debt,nonsense", world_service()), ERR_INVALID,
             "needs");
    assert_int_equal(count(s, "service list need=food"), 1);
    world_close(s);
}

static void what_cannot_be_is_invalid(void **state)
{
    (void)state;
    static const struct {
        const char *words, *field;
    } cases[] = {
        {"service add salford-advice needs=food", "name"},
        {"service add salford-advice name=X min_age=60 max_age=50", "max_age"},
        {"service add salford-advice name=X areas=atlantis", "areas"},
        {"service add salford-advice name=X capacity=plenty", "capacity"},
        {"agreement add salford-advice starts_on=2026-02-01 ends_on=2026-01-31 categories=identity",
         "ends_on"},
        {"agreement add salford-advice starts_on=2026-02-01 categories=identity", "ends_on"},
        {"agreement add salford-advice starts_on=2026-02-01 ends_on=2026-12-31 categories=gossip",
         "categories"},
        {"neighbourhood add code='Not Good!' name=X", "code"},
        {"neighbourhood add code=swinton name=X", "code"},
        {"neighbourhood edit swinton code=other", "code"},
        {"organisation edit salford-advice status=gone", "status"},
        {"organisation edit salford-advice name=", "name"},
    };
    struct session *s = world_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        world_no(s, cases[i].words, ERR_INVALID, cases[i].field);
    world_no(s, "service add no-such name=X", ERR_NOT_FOUND, NULL);
    world_no(s, "organisation show no-such", ERR_NOT_FOUND, NULL);
    world_close(s);
}

static void closing_an_organisation_warns_of_what_is_open(void **state)
{
    (void)state;
    char waiting[64], left[64];
    struct outcome o = {0};
    struct err e;
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, waiting);
    sent_delivered(s, NULL, NULL, left);
    assert_true(world_do(s, "organisation edit salford-advice status=closed", &o, &e));
    assert_true(o.partly);
    assert_non_null(strstr(buf_text(&o.text), "2 open handoffs"));
    outcome_free(&o);
    sent_is(s, waiting, "held");
    sent_is(s, left, "delivered");
    world_close(s);
}

static void lists_go_by_name_page_by_page(void **state)
{
    (void)state;
    struct session *s = world_open();
    world_must(s, "organisation add code=b-two name='Éccles Food Club'", NULL);
    world_must(s, "organisation add code=a-one name='eccles allotment'", NULL);
    json_t *rows = world_list(s, "organisation list name=ecc");
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "organisation")),
                        "a-one");
    json_decref(rows);
    assert_int_equal(count(s, "organisation list status=active"), 3);
    assert_int_equal(count(s, "organisation list unverified_since=2026-01-01"), 3);
    assert_int_equal(
        count(s,
              "service list organisation=salford-advice neighbourhood=swinton capacity=capacity"),
        1);
    assert_int_equal(count(s, "service list organisation=a-one"), 0);
    assert_int_equal(count(s, "service list unverified_since=2026-01-01"), 0);
    assert_int_equal(count(s, "agreement list ends_before=2027-01-01"), 0);
    assert_int_equal(count(s, "agreement list"), 1);
    assert_int_equal(count(s, "neighbourhood list"), 5);
    world_must(s, "organisation add code=signs name='!!!'", NULL); /* nothing to search by */
    assert_int_equal(count(s, "organisation list"), 4);
    world_close(s);
}

static bool keep_code(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    char(*last)[64] = ctx;
    (void)l;
    (void)e;
    snprintf(*last, sizeof *last, "%s", cells[0].text);
    return true;
}

static void a_page_begins_behind_the_last_and_the_total_is_of_all(void **state)
{
    (void)state;
    static const char *const order[] = {"a-one", "b-two", "salford-advice"};
    struct session *s = world_open();
    struct err e = {0};
    char last[64] = "";
    world_must(s, "organisation add code=b-two name='Beta'", NULL);
    world_must(s, "organisation add code=a-one name='Alpha'", NULL);
    for (size_t i = 0; i < 3; i++) {
        struct list_run r = {.limit = 1, .row = keep_code, .ctx = &last, .want_total = true};
        snprintf(r.after, sizeof r.after, "%s", last);
        assert_true(list_call(s, list_find("organisation list"), NULL, 0, "screen", &r, &e));
        assert_string_equal(last, order[i]);
        assert_int_equal(r.total, 3);
    }
    world_close(s);
}

static void showing_an_organisation_shows_what_belongs_to_it(void **state)
{
    (void)state;
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, NULL);
    json_t *g = world_show(s, "organisation show salford-advice");
    assert_string_equal(json_string_value(json_object_get(g, "organisation")), "salford-advice");
    assert_int_equal(json_array_size(json_object_get(g, "agreements")), 1);
    assert_int_equal(json_array_size(json_object_get(g, "services")), 1);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(g, "handoffs"), "queued")),
                     1);
    json_decref(g);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_names_a_folder),
        cmocka_unit_test(who_keeps_what),
        cmocka_unit_test(an_edit_of_an_older_copy_is_a_conflict),
        cmocka_unit_test(the_index_of_needs_follows_the_service),
        cmocka_unit_test(what_cannot_be_is_invalid),
        cmocka_unit_test(closing_an_organisation_warns_of_what_is_open),
        cmocka_unit_test(lists_go_by_name_page_by_page),
        cmocka_unit_test(a_page_begins_behind_the_last_and_the_total_is_of_all),
        cmocka_unit_test(showing_an_organisation_shows_what_belongs_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

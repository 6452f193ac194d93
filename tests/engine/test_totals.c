/* SPDX-License-Identifier: MIT
 *
 * Totals of the long lists. They are not counted row by row but taken from
 * counts that are kept, so that a million referrals cost no more than ten:
 * each filter's total has to be the number of rows that the same user sees.
 * (world_list compares the two for every list it runs.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/episode.h"
#include "support/sent.h"

/* Episodes in every part of their course, one of them of somebody restricted. */
static void make_borough(struct session *s)
{
    static void (*const courses[])(struct session *, const char *, char[64]) = {
        episode_received, episode_waiting, episode_allocated, world_referral};
    char person[64], referral[64];
    for (int i = 0; i < 8; i++) {
        world_person(s, person);
        courses[i % 4](s, person, referral);
        world_must(s,
                   LINE("person edit %s neighbourhood=%s", person, i % 3 ? "swinton" : "broughton"),
                   NULL);
    }
    world_must(s, LINE("referral error %s reason='Typed in twice'", referral), NULL);
    world_person(s, person);
    world_must(s, LINE("referral start %s source=hospital reason='Not finished'", person), NULL);
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("person restrict %s users=world", person), NULL);
}

static void a_total_is_the_number_of_rows_in_sight_whatever_the_filter(void **state)
{
    (void)state;
    static const char *const words[] = {
        "",
        " open=yes",
        " state=active",
        " state=draft",
        " state=error",
        " quiet=0",
        " worker=worker",
        " need=money_debt",
        " need=faith_culture",
        " neighbourhood=swinton",
        " open=yes neighbourhood=broughton",
        " open=yes worker=worker",
        " state=active need=money_debt",
        " open=yes quiet=0",
        " state=allocated neighbourhood=swinton",
        " need=money_debt neighbourhood=swinton",
    };
    static const char *const users[] = {"world", "worker", "rep"};
    struct session *s = world_open();
    make_borough(s);
    size_t seen[3] = {0};
    for (size_t u = 0; u < 3; u++) {
        struct session *other = world_as(users[u]);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            json_t *rows = world_list(other, LINE("referral list%s", words[i]));
            seen[u] = i ? seen[u] : json_array_size(rows);
            json_decref(rows);
        }
        world_close(other);
    }
    assert_int_equal(seen[0], 10);
    assert_int_equal(seen[1], 9); /* without the restricted one */
    assert_true(seen[2] > 0 && seen[2] < 9);
    world_close(s);
}

static void a_list_of_people_of_one_practice_holds_those_alone(void **state)
{
    (void)state;
    struct session *s = world_open();
    char here[64], there[64];
    world_person(s, here);
    world_person(s, there);
    world_must(s, LINE("person edit %s gp_practice=P87099", there), NULL);
    json_t *rows = world_list(s, "person list gp_practice=P87099");
    assert_int_equal(json_array_size(rows), 1);
    assert_true(has_row(rows, "person", there));
    json_decref(rows);
    world_close(s);
}

/* Persons merged, taken apart again and restricted; handoffs of each; the log about them. world_list compares. */
static void totals_of_people_handoffs_and_log_are_the_rows_in_sight(void **state)
{
    (void)state;
    static const char *const lists[] = {
        "person list", "person list neighbourhood=swinton", "person list neighbourhood=broughton", "person list gp_practice=P87001",
        "handoff list", "handoff list state=queued", "handoff list state=exported", "handoff list need=money_debt",
        "handoff list organisation=salford-advice", "handoff list organisation=salford-advice state=queued", "handoff list news=yes",
        "handoff list worker=worker", "handoff list neighbourhood=swinton", "handoff list held=yes"};
    static const char *const logs[] = {"audit", "audit below=40", "audit below=0", "audit ref=salford-advice"};
    static const char *const users[] = {"world", "worker", "rep"}, *const keepers[] = {"world", "manager", "auditor"};
    struct session *s = world_open();
    char person[64], other[64], third[64], handoff[64];
    make_borough(s);
    world_person(s, person);
    world_person(s, other);
    world_person(s, third);
    world_must(s, LINE("person merge %s %s", person, other), NULL);
    world_must(s, LINE("person merge %s %s", third, person), NULL);
    world_person(s, other);
    world_must(s, LINE("person merge %s %s", third, other), NULL);
    world_must(s, LINE("person unmerge %s", other), NULL);
    sent_queued(s, NULL, NULL, handoff);
    sent_export(s, handoff, "new", other);
    sent_queued(s, person, NULL, NULL);
    world_must(s, LINE("person restrict %s users=world", person), NULL);
    for (size_t u = 0; u < 3; u++) {
        struct session *user = world_as(users[u]), *keeper = world_as(keepers[u]);
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
            json_decref(world_list(user, lists[i]));
        for (size_t i = 0; i < sizeof logs / sizeof *logs; i++)
            json_decref(world_list(keeper, logs[i]));
        world_close(user);
        world_close(keeper);
    }
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_is_the_number_of_rows_in_sight_whatever_the_filter),
        cmocka_unit_test(a_list_of_people_of_one_practice_holds_those_alone),
        cmocka_unit_test(totals_of_people_handoffs_and_log_are_the_rows_in_sight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

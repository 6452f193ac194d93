/* SPDX-License-Identifier: MIT
 *
 * Two people at one record: who edits a version that is no longer the newest
 * is told who changed it and when, and nothing of theirs is written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"
#include "support/sent.h"

static void every_edit_tells_who_was_there_first(void **state)
{
    char person[64], referral[64], handoff[64], item[64], agreement[64];
    struct session *s = world_open(), *other;
    (void)state;
    sent_delivered(s, person, referral, handoff);
    world_must(s, LINE("plan add %s kind=goal text='Sleep through'", referral), item);
    world_must(s,
               "agreement add salford-advice starts_on=2027-01-01 ends_on=2028-01-01 "
               "categories=identity,needs",
               agreement);
    char service[64];
    snprintf(service, sizeof service, "%s", world_service());
    const struct {
        const char *verb, *ref, *change;
    } edits[] = {
        {"person edit", person, "about_me='Likes gardens'"},
        {"referral edit", referral, "gp_action=none"},
        {"need edit", referral, "need=money_debt severity=2"},
        {"plan edit", item, "text='Sleep through the night'"},
        {"handoff update", handoff, "summary='Moved to Eccles'"},
        {"organisation edit", "salford-advice", "phone='0161 496 0299'"},
        {"service edit", service, "capacity_note='Ring first'"},
        {"agreement edit", agreement, "signed_by='Their trustees'"},
        {"neighbourhood edit", "swinton", "name='Swinton and Pendlebury'"},
        {"user edit", "worker2", "phone='0161 496 0199'"},
    };
    other = world_as("manager");
    world_must(s, "user edit manager roles=manager,admin,worker", NULL);
    world_close(other);
    other = world_as("manager");
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct outcome o = {0};
        struct err e = {0};
        char line[256];
        snprintf(line, sizeof line, "%s %s %s", edits[i].verb, edits[i].ref, edits[i].change);
        world_now(world_clock() + 60000);
        world_must(other, line, NULL);
        snprintf(line, sizeof line, "%s %s %s version=999", edits[i].verb, edits[i].ref,
                 edits[i].change);
        if (world_do(s, line, &o, &e))
            fail_msg("%s: was done over somebody else's edit", line);
        if (e.code != ERR_CONFLICT || !strstr(e.text, "manager") || !strstr(e.text, "09:"))
            fail_msg("%s: [%s] %s", line, err_name(e.code), e.text);
        outcome_free(&o);
    }
    world_close(other);
    world_close(s);
}

/* The version that a verb or document gives is the one to edit by. */
static void an_edit_of_the_newest_version_is_done(void **state)
{
    char person[64], referral[64], line[256];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    json_t *doc = world_show(s, LINE("referral show %s", referral));
    json_int_t of_referral = json_integer_value(json_object_get(doc, "version"));
    json_int_t of_need = json_integer_value(
        json_object_get(json_array_get(json_object_get(doc, "needs"), 0), "version"));
    json_decref(doc);
    snprintf(line, sizeof line, "referral edit %s version=%lld gp_action=none", referral,
             (long long)of_referral);
    world_must(s, line, NULL);
    world_no(s, line, ERR_CONFLICT, NULL);
    snprintf(line, sizeof line, "need edit %s need=money_debt version=%lld severity=5", referral,
             (long long)of_need);
    world_must(s, line, NULL);
    world_no(s, line, ERR_CONFLICT, NULL);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_edit_tells_who_was_there_first),
        cmocka_unit_test(an_edit_of_the_newest_version_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

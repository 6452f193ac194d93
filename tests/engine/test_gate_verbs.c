/* SPDX-License-Identifier: MIT
 *
 * The gates as the verbs meet them: each shuts by what happens elsewhere,
 * holds what was queued, says why, and lets go by itself when it opens.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/handoffs.h"
#include "support/sent.h"
#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static json_t *gate_of(json_t *why, const char *name)
{
    size_t i;
    json_t *gate;
    json_array_foreach(json_object_get(why, "gates"), i,
                       gate) if (strcmp(json_string_value(json_object_get(gate, "gate")), name) ==
                                 0) return gate;
    return NULL;
}

/* `handoff why` says exactly this gate shut (NULL: none), in words. */
static void shut_by(struct session *s, const char *handoff, const char *gate)
{
    size_t i;
    json_t *why = world_show(s, LINE("handoff why %s", handoff)), *g;
    assert_int_equal(json_is_true(json_object_get(why, "open")), gate == NULL);
    json_array_foreach(json_object_get(why, "gates"), i, g)
    {
        const char *name = json_string_value(json_object_get(g, "gate"));
        bool open = json_is_true(json_object_get(g, "open"));
        if (open == (gate && strcmp(name, gate) == 0))
            fail_msg("gate %s is %s: %s", name, open ? "open" : "shut",
                     json_string_value(json_object_get(g, "reason")));
        assert_true(strlen(json_string_value(json_object_get(g, "reason"))) > 0);
    }
    json_decref(why);
}

static void recheck(struct session *s, struct recheck_counts *c)
{
    struct err e = {0};
    *c = (struct recheck_counts){0};
    if (!engine_begin(s, __func__, &e) || !handoffs_recheck_all(s, c, &e) || !engine_commit(s, &e))
        fail_msg("recheck: %s", e.text);
}

static void why_has_exactly_the_promised_keys(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    json_t *why = world_show(s, LINE("handoff why %s", handoff));
    assert_int_equal(json_object_size(why), 3);
    assert_string_equal(json_string_value(json_object_get(why, "handoff")), handoff);
    assert_true(json_is_true(json_object_get(why, "open")));
    assert_int_equal(json_array_size(json_object_get(why, "gates")), GATE_COUNT);
    json_t *gate = gate_of(why, "consent");
    assert_int_equal(json_object_size(gate), 3);
    json_decref(why);
    world_close(s);
}

/* What shuts a gate, which one, and what opens it again. %s: the service, the agreement or the
 * referral. */
struct shutting {
    const char *gate, *shut, *open;
    char what;
};

static void each_change_holds_and_its_end_releases(void **state)
{
    (void)state;
    static const struct shutting cases[] = {
        {"organisation", "organisation edit salford-advice status=paused",
         "organisation edit salford-advice status=active", '-'},
        {"organisation", "agreement edit %s ends_on=2026-11-22",
         "agreement edit %s ends_on=2027-12-31", 'a'},
        {"service", "service edit %s capacity=no_capacity", "service edit %s capacity=waitlist",
         's'},
        {"service", "service edit %s status=temporarily_closed", "service edit %s status=active",
         's'},
        {"service", "service edit %s areas=broughton", "service edit %s areas=swinton,broughton",
         's'},
        {"service", "service edit %s needs=housing", "service edit %s needs=money_debt", 's'},
        {"service", "service edit %s min_age=99", "service edit %s min_age=18", 's'},
        {"columns", "agreement edit %s categories=identity",
         "agreement edit %s categories=identity,needs", 'a'},
    };
    char handoff[64], referral[64], agreement[64];
    struct session *s = world_open();
    sent_queued(s, NULL, referral, handoff);
    json_t *agreements = world_list(s, "agreement list organisation=salford-advice");
    snprintf(agreement, sizeof agreement, "%s",
             json_string_value(json_object_get(json_array_get(agreements, 0), "agreement")));
    json_decref(agreements);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *what = cases[i].what == 'a' ? agreement : world_service();
        char words[256];
        const char *at = strstr(cases[i].shut, "%s");
        snprintf(words, sizeof words, "%.*s%s%s", at ? (int)(at - cases[i].shut) : 0, cases[i].shut,
                 at ? what : cases[i].shut, at ? at + 2 : "");
        world_must(s, words, NULL);
        struct handoff h = sent_look(s, handoff);
        if (strcmp(h.state, "held") != 0)
            fail_msg("%s: %s", words, h.state);
        shut_by(s, handoff, cases[i].gate);
        at = strstr(cases[i].open, "%s");
        snprintf(words, sizeof words, "%.*s%s%s", at ? (int)(at - cases[i].open) : 0, cases[i].open,
                 at ? what : cases[i].open, at ? at + 2 : "");
        world_must(s, words, NULL);
        h = sent_look(s, handoff);
        if (strcmp(h.state, "queued") != 0)
            fail_msg("%s: %s", words, h.state);
    }
    world_close(s);
}

static void what_time_shuts_the_night_holds(void **state)
{
    (void)state;
    char handoff[64];
    struct recheck_counts c;
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    recheck(s, &c);
    assert_int_equal(c.held + c.released, 0);
    world_day(366); /* the consent has run out */
    recheck(s, &c);
    assert_int_equal(c.held, 1);
    shut_by(s, handoff, "consent");
    recheck(s, &c); /* again: nothing more to do */
    assert_int_equal(c.held + c.released, 0);
    world_close(s);
}

static void a_pause_holds_and_a_resume_releases(void **state)
{
    (void)state;
    char handoff[64], referral[64];
    struct session *s = world_open();
    sent_queued(s, NULL, referral, handoff);
    world_must(s, LINE("referral pause %s reason='In hospital' until=2026-12-01", referral), NULL);
    sent_is(s, handoff, "held");
    shut_by(s, handoff, "referral");
    world_must(s, LINE("referral resume %s", referral), NULL);
    sent_is(s, handoff, "queued");
    world_close(s);
}

static void a_held_handoff_keeps_every_shut_gate_in_words(void **state)
{
    (void)state;
    char handoff[64], referral[64];
    struct session *s = world_open();
    sent_queued(s, NULL, referral, handoff);
    world_must(s, "organisation edit salford-advice status=paused", NULL);
    world_must(s, LINE("service edit %s capacity=no_capacity", world_service()), NULL);
    json_t *shown = world_show(s, LINE("handoff show %s", handoff));
    size_t i, shut = 0;
    json_t *gate;
    json_array_foreach(json_object_get(shown, "gates"), i, gate) shut +=
        json_is_false(json_object_get(gate, "open"));
    assert_int_equal(shut, 2);
    json_decref(shown);
    world_must(s, "organisation edit salford-advice status=active", NULL);
    sent_is(s, handoff, "held"); /* one gate is still shut */
    shut_by(s, handoff, "service");
    world_close(s);
}

static void opening_a_handoff_is_logged(void **state)
{
    (void)state;
    char handoff[64];
    struct session *s = world_open();
    sent_queued(s, NULL, NULL, handoff);
    json_decref(world_show(s, LINE("handoff show %s", handoff)));
    json_t *rows = world_list(s, LINE("audit %s", handoff));
    size_t i, opened = 0;
    json_t *row;
    json_array_foreach(rows, i, row) opened +=
        strcmp(json_string_value(json_object_get(row, "effect")), "opened") == 0;
    assert_int_equal(opened, 1);
    json_decref(rows);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(why_has_exactly_the_promised_keys),
        cmocka_unit_test(each_change_holds_and_its_end_releases),
        cmocka_unit_test(what_time_shuts_the_night_holds),
        cmocka_unit_test(a_pause_holds_and_a_resume_releases),
        cmocka_unit_test(a_held_handoff_keeps_every_shut_gate_in_words),
        cmocka_unit_test(opening_a_handoff_is_logged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * `match`: candidates with reasons, the excluded with the gate that shut
 * them out, what our own record adds, the same order every time.
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

static json_t *row_of(json_t *rows, const char *service)
{
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row) if (strcmp(json_string_value(json_object_get(row, "service")),
                                                service) == 0) return row;
    return NULL;
}

static void a_candidate_has_reasons_and_an_excluded_service_its_gate(void **state)
{
    (void)state;
    static const struct {
        const char *words, *gate;
    } cases[] = {
        {"status=inactive", "status"},
        {"areas=broughton", "area"},
        {"min_age=100", "age"},
    };
    char person[64], referral[64], service[3][64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    for (size_t i = 0; i < 3; i++)
        world_must(
            s,
            LINE(
                "service add salford-advice name='Other %zu' needs=money_debt capacity=capacity %s",
                i, cases[i].words),
            service[i]);
    json_t *m = world_show(s, LINE("match %s need=money_debt", referral));
    assert_int_equal(json_object_size(m), 2);
    json_t *candidates = json_object_get(m, "candidates"),
           *excluded = json_object_get(m, "excluded");
    assert_int_equal(json_array_size(candidates), 1);
    json_t *best = row_of(candidates, world_service());
    assert_non_null(best);
    assert_string_equal(json_string_value(json_object_get(best, "organisation")), "salford-advice");
    assert_true(json_array_size(json_object_get(best, "for")) > 0);
    assert_true(json_is_array(json_object_get(best, "against")));
    assert_true(json_integer_value(json_object_get(best, "score")) > 0);
    assert_int_equal(json_array_size(excluded), 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(
            json_string_value(json_object_get(row_of(excluded, service[i]), "gate")),
            cases[i].gate);
    assert_string_equal(
        json_string_value(json_object_get(row_of(excluded, service[0]), "name")), "Other 0");
    json_decref(m);
    world_close(s);
}

static void an_organisation_without_agreement_is_excluded(void **state)
{
    (void)state;
    char person[64], referral[64], service[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, "organisation add code=eccles-help name='Eccles Help (made up)'", NULL);
    world_must(s, "service add eccles-help name='Debt help' needs=money_debt capacity=capacity",
               service);
    json_t *m = world_show(s, LINE("match %s need=money_debt", referral));
    assert_string_equal(
        json_string_value(json_object_get(row_of(json_object_get(m, "excluded"), service), "gate")),
        "agreement");
    json_decref(m);
    world_must(s,
               "agreement add eccles-help starts_on=2026-01-01 ends_on=2026-11-22 "
               "categories=identity,needs",
               NULL);
    m = world_show(s, LINE("match %s need=money_debt", referral));
    assert_non_null(row_of(json_object_get(m, "excluded"), service)); /* it ended yesterday */
    json_decref(m);
    world_must(s,
               "agreement add eccles-help starts_on=2026-11-23 ends_on=2027-11-22 "
               "categories=identity,needs",
               NULL);
    m = world_show(s, LINE("match %s need=money_debt", referral));
    assert_non_null(row_of(json_object_get(m, "candidates"), service));
    json_decref(m);
    world_close(s);
}

/* Two organisations alike but for how they answered. */
static void our_own_record_decides_between_equals(void **state)
{
    (void)state;
    char person[64], referral[64], other[64], handoff[64];
    struct session *s = world_open();
    world_must(s, "organisation add code=eccles-help name='Eccles Help (made up)'", NULL);
    world_must(s,
               "agreement add eccles-help starts_on=2026-01-01 ends_on=2027-12-31 "
               "categories=identity,needs,notes",
               NULL);
    world_must(s,
               "service add eccles-help name='Debt advice' needs=money_debt,housing "
               "capacity=capacity verified_on=2026-11-01",
               other);
    for (int i = 0; i < 6; i++) {
        sent_delivered(s, NULL, NULL, handoff);
        world_must(s,
                   LINE("handoff reply %s status=declined declined_by=provider reason=no_capacity "
                        "how=phone",
                        handoff),
                   NULL);
    }
    world_person(s, person);
    world_referral(s, person, referral);
    json_t *m = world_show(s, LINE("match %s need=money_debt", referral));
    json_t *candidates = json_object_get(m, "candidates");
    assert_int_equal(json_array_size(candidates), 2);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(candidates, 0), "service")), other);
    json_decref(m);
    world_close(s);
}

static void the_order_is_the_same_every_time(void **state)
{
    (void)state;
    char person[64], referral[64];
    struct session *s = world_open();
    world_person(s, person);
    world_referral(s, person, referral);
    for (int i = 0; i < 5; i++)
        world_must(s, "service add salford-advice name='Twin' needs=money_debt capacity=capacity",
                   NULL);
    json_t *a = world_show(s, LINE("match %s need=money_debt", referral)),
           *b = world_show(s, LINE("match %s need=money_debt", referral));
    assert_true(json_equal(a, b));
    json_decref(a);
    json_decref(b);
    world_no(s, LINE("match %s need=unheard_of", referral), ERR_INVALID, "need");
    struct session *rep = world_as("rep");
    world_no(rep, LINE("match %s need=money_debt", referral), ERR_DENIED, NULL);
    world_close(rep);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_candidate_has_reasons_and_an_excluded_service_its_gate),
        cmocka_unit_test(an_organisation_without_agreement_is_excluded),
        cmocka_unit_test(our_own_record_decides_between_equals),
        cmocka_unit_test(the_order_is_the_same_every_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

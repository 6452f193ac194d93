/* SPDX-License-Identifier: MIT
 *
 * Roles: their words, whom they may see, which cases a worker may be given.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/records.h"
#include "onward/role.h"

static void every_role_has_a_bit_and_unknown_words_have_none(void **state)
{
    (void)state;
    unsigned all = 0;
    for (const struct choice *c = user_roles; c->code; c++) {
        unsigned one = roles_parse(c->code);
        assert_int_equal(__builtin_popcount(one), 1);
        assert_int_equal(all & one, 0);
        all |= one;
    }
    assert_int_equal(all, ROLE_ANY);
    assert_int_equal(roles_parse("worker,rep"), ROLE_WORKER | ROLE_REP);
    assert_int_equal(roles_parse("Worker,root,manag"), 0);
    assert_int_equal(roles_parse(""), 0);
}

static void roles_are_written_as_words(void **state)
{
    (void)state;
    char words[128];
    assert_string_equal(roles_words(ROLE_WORKER | ROLE_REP, words), "worker, rep");
    assert_string_equal(roles_words(0, words), "");
    assert_string_equal(roles_words(ROLE_ANY, words),
                        "worker, rep, manager, admin, auditor, nightly");
    assert_int_equal(roles_parse(roles_words(ROLE_ANY, words)), ROLE_ANY);
}

static const struct {
    unsigned roles;
    const char *own, *neighbourhood;
    enum sight sight;
} sights[] = {
    {ROLE_WORKER, "", "broughton", SIGHT_FULL},
    {ROLE_WORKER, "swinton", "broughton", SIGHT_FULL}, /* a worker sees the people of the team */
    {ROLE_MANAGER, "", "", SIGHT_FULL},
    {ROLE_REP, "broughton", "broughton", SIGHT_MASKED},
    {ROLE_REP, "swinton,broughton", "broughton", SIGHT_MASKED},
    {ROLE_REP, "swinton", "broughton", SIGHT_NONE},
    {ROLE_REP, "broughton-east", "broughton", SIGHT_NONE},
    {ROLE_REP, "", "broughton", SIGHT_NONE},
    {ROLE_REP, "broughton", "", SIGHT_NONE}, /* nobody knows whose it is */
    {ROLE_REP | ROLE_MANAGER, "swinton", "broughton", SIGHT_FULL},
    {ROLE_REP | ROLE_ADMIN, "swinton", "broughton", SIGHT_NONE},
    {ROLE_ADMIN, "broughton", "broughton", SIGHT_NONE},
    {ROLE_AUDITOR, "broughton", "broughton", SIGHT_NONE},
    {ROLE_NIGHTLY, "broughton", "broughton", SIGHT_NONE},
    {0, "broughton", "broughton", SIGHT_NONE},
};

static void whom_a_role_sees_is_denied_unless_granted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sights / sizeof *sights; i++)
        if (role_sight(sights[i].roles, sights[i].own, sights[i].neighbourhood) != sights[i].sight)
            fail_msg("roles %u of [%s] see [%s] wrongly", sights[i].roles, sights[i].own,
                     sights[i].neighbourhood);
}

static void a_worker_covers_their_neighbourhoods_or_the_whole_borough(void **state)
{
    (void)state;
    assert_true(role_covers(ROLE_WORKER, "", "swinton"));
    assert_true(role_covers(ROLE_WORKER, "eccles,swinton", "swinton"));
    assert_false(role_covers(ROLE_WORKER, "eccles", "swinton"));
    assert_true(role_covers(ROLE_WORKER, "eccles", "")); /* not known yet */
    assert_false(role_covers(ROLE_MANAGER, "", "swinton"));
    assert_false(role_covers(ROLE_REP, "swinton", "swinton"));
    assert_true(role_covers(ROLE_MANAGER | ROLE_WORKER, "", "swinton"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_role_has_a_bit_and_unknown_words_have_none),
        cmocka_unit_test(roles_are_written_as_words),
        cmocka_unit_test(whom_a_role_sees_is_denied_unless_granted),
        cmocka_unit_test(a_worker_covers_their_neighbourhoods_or_the_whole_borough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * One verb for many records: all of them or none, one undo step, bounded, and
 * under the same rules as one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/desk.h"
#include "support/episode.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
enum { REFERRALS = 3 };

static struct session *s;
static char ref[REFERRALS][64];
static const char *refs[REFERRALS];

static int begin(void **state)
{
    char person[64];
    (void)state;
    s = world_open();
    for (size_t i = 0; i < REFERRALS; i++) {
        world_person(s, person);
        world_referral(s, person, ref[i]);
        refs[i] = ref[i];
    }
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_close(s);
    return 0;
}

static bool pause_all(struct session *who, size_t n, struct outcome *o, struct err *e)
{
    static const struct typed words[] = {{"reason", "In hospital"}, {"until", "2026-12-20"}};
    return verb_run_each(who, verb_find("referral pause"), refs, n, words, COUNT(words), o, e);
}

static void refused(bool ok, struct outcome *o, const struct err *e, enum err_code code)
{
    assert_false(ok);
    assert_int_equal(e->code, code);
    assert_null(o->text.data);
    assert_null(o->detail);
}

static void all_are_done_in_one_step(void **state)
{
    struct outcome o = {0};
    struct err e = {0};
    (void)state;
    assert_true(pause_all(s, REFERRALS, &o, &e));
    assert_string_equal(buf_text(&o.text), "Done for 3.");
    assert_string_equal(o.kind, "referral");
    outcome_free(&o);
    for (size_t i = 0; i < REFERRALS; i++)
        assert_field(s, refs[i], "state", "paused");
    world_must(s, "undo yes=yes", NULL);
    for (size_t i = 0; i < REFERRALS; i++)
        assert_field(s, refs[i], "state", "active");
    world_must(s, "redo yes=yes", NULL);
    assert_field(s, refs[2], "state", "paused");
}

static void one_that_cannot_stops_all_and_is_named(void **state)
{
    struct outcome o = {0};
    struct err e = {0};
    (void)state;
    world_must(s, LINE("referral pause %s reason=Away until=2026-12-01", refs[1]), NULL);
    refused(pause_all(s, REFERRALS, &o, &e), &o, &e, ERR_REFUSED);
    assert_non_null(strstr(e.text, refs[1]));
    assert_null(strstr(e.text, refs[0]));
    assert_field(s, refs[0], "state", "active");
    assert_field(s, refs[2], "state", "active");
    json_t *rows = world_list(s, LINE("audit ref=%s", refs[1]));
    assert_true(has_row(rows, "effect", "refused"));
    json_decref(rows);
}

static void it_is_bounded_and_for_verbs_about_one_record(void **state)
{
    static const char *many[101];
    struct outcome o = {0};
    struct err e = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = refs[0];
    refused(verb_run_each(s, verb_find("referral pause"), many, COUNT(many), NULL, 0, &o, &e), &o, &e, ERR_INVALID);
    assert_non_null(strstr(e.text, "100"));
    refused(verb_run_each(s, verb_find("referral pause"), many, 0, NULL, 0, &o, &e), &o, &e, ERR_INVALID);
    refused(verb_run_each(s, verb_find("user password"), refs, 2, NULL, 0, &o, &e), &o, &e, ERR_INVALID);
    refused(verb_run_each(s, verb_find("referral show"), refs, 2, NULL, 0, &o, &e), &o, &e, ERR_INVALID);
}

static void words_are_checked_as_for_one(void **state)
{
    static const struct typed wrong[] = {{"until", "soon"}};
    struct outcome o = {0};
    struct err e = {0};
    (void)state;
    refused(verb_run_each(s, verb_find("referral pause"), refs, 2, wrong, 1, &o, &e), &o, &e, ERR_INVALID);
    assert_string_equal(e.field, "until");
    refused(verb_run_each(s, verb_find("referral pause"), refs, 2, NULL, 0, &o, &e), &o, &e, ERR_INVALID);
    assert_string_equal(e.field, "reason");
}

static void roles_and_read_only_hold(void **state)
{
    struct outcome o = {0};
    struct err e = {0};
    struct session *rep = world_as("rep");
    (void)state;
    refused(pause_all(rep, 2, &o, &e), &o, &e, ERR_DENIED);
    world_close(rep);
    session_set_read_only(s, true);
    refused(pause_all(s, 2, &o, &e), &o, &e, ERR_REFUSED);
    assert_string_equal(e.rule, "read-only");
    session_set_read_only(s, false);
    assert_true(pause_all(s, 2, &o, &e));
    outcome_free(&o);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_are_done_in_one_step),
        TEST(one_that_cannot_stops_all_and_is_named),
        TEST(it_is_bounded_and_for_verbs_about_one_record),
        TEST(words_are_checked_as_for_one),
        TEST(roles_and_read_only_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

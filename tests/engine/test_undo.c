/* SPDX-License-Identifier: MIT
 *
 * Undo and redo through the verbs: named before it is done, refused where it
 * would lie, and each a new audited event.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/world.h"

static char line[512];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static const char *text_of(json_t *doc, const char *key, char out[256])
{
    const char *v = json_string_value(json_object_get(doc, key));
    snprintf(out, 256, "%s", v ? v : "");
    json_decref(doc);
    return out;
}

static void state_is(struct session *s, const char *referral, const char *state)
{
    char now[256];
    json_t *rows = world_list(s, "referral list");
    size_t i;
    json_t *row;
    *now = '\0';
    json_array_foreach (rows, i, row)
        if (strcmp(json_string_value(json_object_get(row, "referral")), referral) == 0)
            snprintf(now, sizeof now, "%s", json_string_value(json_object_get(row, "state")));
    json_decref(rows);
    assert_string_equal(now, state);
}

static void undo_names_the_step_and_does_nothing_until_told(void **state)
{
    char person[64], referral[64], title[256];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("referral pause %s reason='In hospital' until=2026-12-10", referral), NULL);
    struct outcome o = {0};
    struct err e = {0};
    assert_true(world_do(s, "undo", &o, &e));
    assert_non_null(strstr(text_of(json_incref(o.detail), "title", title), referral));
    outcome_free(&o);
    state_is(s, referral, "paused");
    world_must(s, "undo yes=yes", NULL);
    state_is(s, referral, "active");
    world_close(s);
}

static void redo_does_again_what_was_undone(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("referral pause %s reason='Away' until=2026-12-10", referral), NULL);
    world_must(s, "undo yes=yes", NULL);
    world_must(s, "redo yes=yes", NULL);
    state_is(s, referral, "paused");
    world_must(s, "undo yes=yes", NULL);
    state_is(s, referral, "active");
    world_must(s, "redo yes=yes", NULL);
    state_is(s, referral, "paused");
    world_close(s);
}

static void a_note_made_by_mistake_goes_away_and_its_audit_row_stays(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    json_t *rows = world_list(s, LINE("audit ref=%s", person));
    size_t before = json_array_size(rows);
    json_decref(rows);
    world_must(s, LINE("flag %s message='Ring the daughter' due=2026-11-30", referral), NULL);
    world_must(s, "undo yes=yes", NULL);
    rows = world_list(s, LINE("audit ref=%s", person));
    assert_true(json_array_size(rows) > before);
    json_decref(rows);
    world_close(s);
}

static void a_record_changed_since_is_not_undone(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    world_must(s, LINE("referral pause %s reason='Away' until=2026-12-10", referral), NULL);
    struct session *other = world_as("worker2");
    world_must(other, LINE("referral resume %s", referral), NULL);
    world_close(other);
    world_no(s, "undo yes=yes", ERR_CONFLICT, NULL);
    state_is(s, referral, "active");
    world_close(s);
}

static void one_users_undo_leaves_anothers_step_alone(void **state)
{
    char person[64], referral[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_referral(s, person, referral);
    struct session *other = world_as("worker2");
    world_no(other, "undo", ERR_NOT_FOUND, NULL);
    world_close(other);
    world_close(s);
}

static void a_consent_decision_is_final(void **state)
{
    char person[64];
    struct session *s = world_open();
    (void)state;
    world_person(s, person);
    world_consent(s, person);
    world_no(s, "undo yes=yes", ERR_REFUSED, "undo");
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undo_names_the_step_and_does_nothing_until_told),
        cmocka_unit_test(redo_does_again_what_was_undone),
        cmocka_unit_test(a_note_made_by_mistake_goes_away_and_its_audit_row_stays),
        cmocka_unit_test(a_record_changed_since_is_not_undone),
        cmocka_unit_test(one_users_undo_leaves_anothers_step_alone),
        cmocka_unit_test(a_consent_decision_is_final),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

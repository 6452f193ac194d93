/* SPDX-License-Identifier: MIT
 *
 * Who is probably recorded already, asked before anything is written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/episode.h"

#define ANNIE "given_name=Elizabeth family_name=Wetherlam date_of_birth=1951-03-07 phone='07700 900321' postcode='M27 4ZZ'"

static void whoever_recording_would_refuse_is_shown_with_the_reasons(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *reason; /* NULL: nobody is likely */
    } cases[] = {
        {"given_name=Elizabeth family_name=Wetherlam date_of_birth=1951-03-07", "same date of birth"},
        {"given_name=Betty family_name=wetherlam date_of_birth=1951-03-07", "given names of one person"},
        {"given_name=Wetherlam family_name=Elizabeth date_of_birth=1951-03-07", "swapped"},
        {"given_name=Elizabeth family_name=Wetherlam phone='07700 900321' postcode='M27 4ZZ'", "same telephone"},
        {"given_name=Elizabeth family_name=Wetherlam date_of_birth=1988-01-01", NULL},
        {"family_name=Wetherlam", NULL},
        {"", NULL},
    };
    struct session *s = world_open();
    char person[64];
    world_must(s, "person add neighbourhood=swinton " ANNIE, person);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *rows = world_list(s, LINE("person like %s", cases[i].typed)), *row = json_array_get(rows, 0);
        assert_int_equal(json_array_size(rows), cases[i].reason != NULL);
        if (row) {
            assert_string_equal(json_string_value(json_object_get(row, "person")), person);
            if (!strstr(json_string_value(json_object_get(row, "reasons")), cases[i].reason))
                fail_msg("%s: %s", cases[i].typed, json_string_value(json_object_get(row, "reasons")));
        }
        json_decref(rows);
    }
    world_close(s);
}

static void a_restricted_record_is_not_given_away(void **state)
{
    (void)state;
    struct session *s = world_open(), *other = world_as("worker2");
    char person[64];
    world_must(s, "person add neighbourhood=swinton " ANNIE, person);
    world_must(s, LINE("person restrict %s users=worker", person), NULL);
    json_t *rows = world_list(other, "person like " ANNIE);
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    world_close(other);
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_recording_would_refuse_is_shown_with_the_reasons),
        cmocka_unit_test(a_restricted_record_is_not_given_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

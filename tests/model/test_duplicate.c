/* SPDX-License-Identifier: MIT
 *
 * How likely two records are one person: pairs that a person should look at,
 * pairs that they should not be bothered with, and a score that is the same
 * both ways round. Everyone here is made up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/match.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* given|family|born|nhs|phone|postcode|preferred */
static struct person person_of(const char *line)
{
    struct person p;
    record_init(&person_type, &p);
    struct {
        char *at;
        size_t size;
    } fields[] = {
        {p.given_name, sizeof p.given_name}, {p.family_name, sizeof p.family_name}, {p.date_of_birth, sizeof p.date_of_birth},
        {p.nhs_number, sizeof p.nhs_number}, {p.phone, sizeof p.phone},             {p.postcode, sizeof p.postcode},
        {p.preferred_name, sizeof p.preferred_name},
    };
    for (size_t i = 0; i < COUNT(fields); i++) {
        size_t n = strcspn(line, "|");
        assert_true(n < fields[i].size);
        memcpy(fields[i].at, line, n);
        fields[i].at[n] = '\0';
        line += n + (line[n] == '|');
    }
    return p;
}

static const struct {
    const char *a, *b;
    bool likely;
    const char *reason; /* within the reasons; NULL: any */
} pairs[] = {
    /* NHS number */
    {"Ann|Made|1980-05-01|9990000018", "Anne|Maid|1980-05-01|9990000018", true, "same NHS number"},
    {"Ann|Made||9990000018", "X|Y||9990000018", true, "same NHS number"},
    {"Ann|Made|1980-05-01|9990000018", "Ann|Made|1980-01-05|9990000018", true, "day and month of birth swapped"},
    {"Ann|Made|1980-05-01|9990000018", "Bo|Other|1944-11-30|9990000018", true, "dates of birth differ"},
    {"Ann|Made|1980-05-01|9990000018", "Ann|Other||9990000026", false, "NHS numbers differ"},
    {"Ann|Made||9990000019", "Bo|Other||9990000019", false, NULL}, /* no valid number, so none */

    /* names and date of birth */
    {"Ann|Made|1980-05-01", "Ann|Made|1980-05-01", true, "same names; same date of birth"},
    {"ANN|O'Made|1980-05-01", "ann|omade|1980-05-01", true, "same names"},
    {"Zo\xC3\xAB|Made|1980-05-01", "Zoe|Made|1980-05-01", true, "same names"},
    {"Ann|Made|1980-05-01", "Made|Ann|1980-05-01", true, "given and family name swapped"},
    {"Bob|Made|1980-05-01", "Robert|Made|1980-05-01", true, "given names of one person"},
    {"Muhammad|Made|1980-05-01", "Mohammed|Made|1980-05-01", true, "given names of one person"},
    {"Ann|Made|1980-05-01||||Nancy", "Nancy|Made|1980-05-01", true, "given names of one person"},
    {"Catherine|Made|1980-05-01|||M6 5FW", "Cathrine|Made|1980-05-01|||M6 5FW", true, "names nearly the same"},
    {"Ann|Made|1980-05-01", "Ann|Made|1980-01-05", true, "day and month of birth swapped"},
    {"Ann|Made|1980-05-01|||M6 5FW", "Ann|Made|1980-05-02|||M6 5FW", true, "one digit apart"},
    {"Ann|Made|1980-05-01||0161 496 0101|M6 5FW", "Ann|Other|1980-05-01||0161 496 0101|M6 5FW", true, "same given name"},
    {"Ann|Made|||0161 496 0101|M6 5FW", "Ann|Made|||0161 496 0101|M6 5FW", true, "same telephone; same postcode"},
    {"Ann|Made|||0161 496 0101|M6 5FW", "Ann|Made|||+44 161 496 0101|M6 5FW", true, "same telephone"},
    {"Ann|Made|||(0161) 4960101|M6 5FW", "Ann|Made|||0044 161 496 0101|M6 5FW", true, "same telephone"},

    /* not to be bothered with */
    {"Ann|Made|1980-05-01", "Bo|Other|1980-05-01", false, "same date of birth"},
    {"Ann|Made", "Ann|Made", false, "same names"}, /* a name alone */
    {"Ann|Made|1980-05-01", "Ann|Made|1944-11-30", false, "dates of birth differ"},
    {"Ann|Made|1980-05-01||0161 496 0101|M6 5FW", "Bo|Made|1980-05-01||0161 496 0101|M6 5FW", false, "same family name"}, /* twins */
    {"Ann|Made|1980-05-01||0161 496 0101|M6 5FW", "Ann|Made|1950-11-30||0161 496 0101|M6 5FW", false, "dates of birth differ"}, /* mother, daughter */
    {"Bo|Made|1980-05-01||0161 496 0101|M6 5FW", "Cy|Other|1944-11-30||0161 496 0101|M6 5FW", false, NULL}, /* a household */
    {"Al|Ho|1980-05-01|||M6 5FW", "Cal|Ho|1980-05-01|||M6 5FW", false, NULL}, /* short names are not near */
    {"||||", "||||", false, NULL}, /* nothing is no likeness */
    {"||||12", "||||12", false, NULL},
};

static void likely_pairs_are_offered_and_others_are_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        struct person a = person_of(pairs[i].a), b = person_of(pairs[i].b);
        struct duplicate_result r;
        duplicate_score(&a, &b, &r);
        if ((r.score >= DUPLICATE_LIKELY) != pairs[i].likely || (pairs[i].reason && !strstr(r.reasons, pairs[i].reason)))
            fail_msg("%s / %s: %d, %s", pairs[i].a, pairs[i].b, r.score, r.reasons);
    }
}

static void one_nhs_number_is_one_person_unless_the_births_differ(void **state)
{
    (void)state;
    static const struct {
        const char *b;
        int score;
    } cases[] = {
        {"Bo|Other|1980-05-01|9990000018", 100},
        {"Bo|Other||9990000018", 100},
        {"Bo|Other|1980-01-05|9990000018", 90},
        {"Ann|Made|1944-11-30|9990000018", 85},
        {"Bo|Other|1944-11-30|9990000018", DUPLICATE_LIKELY},
    };
    struct person a = person_of("Ann|Made|1980-05-01|9990000018");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct person b = person_of(cases[i].b);
        struct duplicate_result r;
        duplicate_score(&a, &b, &r);
        assert_int_equal(r.score, cases[i].score);
    }
}

/* Every record of the table against every other. */
static void the_score_is_the_same_both_ways_and_within_0_and_100(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * COUNT(pairs); i++)
        for (size_t j = 0; j < 2 * COUNT(pairs); j++) {
            struct person a = person_of(i % 2 ? pairs[i / 2].a : pairs[i / 2].b), b = person_of(j % 2 ? pairs[j / 2].a : pairs[j / 2].b);
            struct duplicate_result ab, ba;
            duplicate_score(&a, &b, &ab);
            duplicate_score(&b, &a, &ba);
            assert_int_equal(ab.score, ba.score);
            assert_string_equal(ab.reasons, ba.reasons);
            assert_in_range(ab.score, 0, 100);
        }
}

static void reasons_hold_no_values_of_the_records(void **state)
{
    (void)state;
    struct person a = person_of("Ann|Made|1980-05-01|9990000018|0161 496 0101|M6 5FW|Nan");
    struct duplicate_result r;
    duplicate_score(&a, &a, &r);
    static const char *const values[] = {"Ann", "Made", "1980", "9990", "0161", "M6", "Nan"};
    for (size_t i = 0; i < COUNT(values); i++)
        assert_null(strstr(r.reasons, values[i]));
    assert_string_equal(r.reasons, "same NHS number; same names; same date of birth; same telephone; same postcode");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likely_pairs_are_offered_and_others_are_not),
        cmocka_unit_test(one_nhs_number_is_one_person_unless_the_births_differ),
        cmocka_unit_test(the_score_is_the_same_both_ways_and_within_0_and_100),
        cmocka_unit_test(reasons_hold_no_values_of_the_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

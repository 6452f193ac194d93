/* SPDX-License-Identifier: MIT
 *
 * Which refusals are said again when two records are found to be one person.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "onward/consent.h"

/* Decisions in the order recorded over both records. */
struct said {
    char side; /* k kept, d dropped, 0 the end */
    const char *decision, *purpose, *recipients, *needs, *categories;
};
#define ALL "identity,needs,risks,health,notes"
#define LEAST "identity,needs"

static size_t rows_of(const struct said *all, char side, struct consent out[8])
{
    size_t n = 0;
    for (int i = 0; all[i].side; i++) {
        if (all[i].side != side)
            continue;
        struct consent *c = &out[n++];
        record_init(&consent_type, c);
        c->id = i + 1;
        text_put(c->decision, sizeof c->decision, all[i].decision);
        text_put(c->purpose, sizeof c->purpose, all[i].purpose);
        text_put(c->recipients, sizeof c->recipients, all[i].recipients);
        text_put(c->needs, sizeof c->needs, all[i].needs);
        text_put(c->categories, sizeof c->categories, all[i].categories);
    }
    return n;
}

static void only_refusals_that_would_be_overridden_are_said_again(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        struct said said[6];
        const char *again; /* "k decision purpose recipients needs categories; ..." */
    } cases[] = {
        {"nothing refused", {{'k', "given", "share", "a", "", LEAST}, {'d', "given", "share", "b", "", LEAST}}, ""},
        {"refused, given later on the other", {{'k', "withdrawn", "share", "", "", ALL}, {'d', "given", "share", "a,b", "", LEAST}},
         "k withdrawn share a  identity,needs; k withdrawn share b  identity,needs; "},
        {"the same the other way round", {{'d', "refused", "share", "", "", ALL}, {'k', "given", "share", "a", "", LEAST}},
         "d refused share a  identity,needs; "},
        {"refused last: it decides anyway", {{'d', "given", "share", "a", "", LEAST}, {'k', "withdrawn", "share", "", "", ALL}}, ""},
        {"refused to another", {{'k', "withdrawn", "share", "b", "", ALL}, {'d', "given", "share", "a", "", LEAST}}, ""},
        {"refused for another need", {{'k', "withdrawn", "share", "", "debt", ALL}, {'d', "given", "share", "a", "food", LEAST}}, ""},
        {"refused for a need of all", {{'k', "withdrawn", "share", "", "debt", ALL}, {'d', "given", "share", "a", "", LEAST}},
         "k withdrawn share a debt identity,needs; "},
        {"answered since by its own record",
         {{'k', "withdrawn", "share", "", "", ALL}, {'k', "given", "share", "a", "", LEAST}, {'d', "given", "share", "a", "", LEAST}}, ""},
        {"answered for a part of what was given",
         {{'k', "withdrawn", "share", "", "", ALL}, {'k', "given", "share", "a", "", LEAST}, {'d', "given", "share", "a", "", LEAST ",health"}},
         "k withdrawn share a  health; "},
        {"answered for one need alone",
         {{'k', "withdrawn", "share", "", "", ALL}, {'k', "given", "share", "a", "debt", LEAST}, {'d', "given", "share", "a", "", LEAST}},
         "k withdrawn share a  identity,needs; "},
        {"a legal duty stands", {{'k', "withdrawn", "share", "", "", ALL}, {'d', "legal_duty", "share", "a", "", LEAST}}, ""},
        {"best interests do not override what they said themselves",
         {{'k', "withdrawn", "share", "", "", ALL}, {'d', "best_interests", "share", "a", "", LEAST}}, "k withdrawn share a  identity,needs; "},
        {"contact", {{'k', "refused", "contact", "", "", "identity"}, {'d', "given", "contact", "", "", "identity"}},
         "k refused contact   identity; "},
        {"contact answered", {{'k', "refused", "contact", "", "", "identity"}, {'k', "given", "contact", "", "", "identity"},
                              {'d', "given", "contact", "", "", "identity"}}, ""},
        {"another purpose", {{'k', "refused", "evaluation", "", "", "identity"}, {'d', "given", "share", "a", "", LEAST}}, ""},
        {"not sought is no refusal", {{'k', "not_sought", "share", "", "", ALL}, {'d', "given", "share", "a", "", LEAST}}, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct consent kept[8], dropped[8];
        struct consent_stricter *again;
        size_t n_kept = rows_of(cases[i].said, 'k', kept), n_dropped = rows_of(cases[i].said, 'd', dropped);
        size_t n = consent_stricter(kept, n_kept, dropped, n_dropped, DATE_OF(2026, 11, 23), &again);
        struct buf got = {0};
        for (size_t k = 0; k < n; k++) {
            const struct consent *c = &again[k].row;
            buf_fmt(&got, "%c %s %s %s %s %s; ", again[k].from_dropped ? 'd' : 'k', c->decision, c->purpose, c->recipients, c->needs,
                    c->categories);
            assert_string_equal(c->valid_from, "2026-11-23");
            assert_string_equal(c->ref, "");
        }
        free(again);
        if (strcmp(buf_text(&got), cases[i].again) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", cases[i].what, buf_text(&got), cases[i].again);
        buf_free(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_refusals_that_would_be_overridden_are_said_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

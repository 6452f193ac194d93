/* SPDX-License-Identifier: MIT
 *
 * An argument that sets a field of a record is described as the record
 * describes it: same kind, limits, codes and privacy. Asked of every verb
 * whose arguments carry a record.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/core.h"

static const struct {
    const char *verb;
    const struct record_type *type;
} carriers[] = {
    {"referral start", &referral_type},    {"referral edit", &referral_type}, {"referral source", &referral_source_type},
    {"referral contact", &contact_type},   {"need add", &need_type},          {"need edit", &need_type},
    {"risk add", &risk_type},              {"plan add", &plan_item_type},     {"plan edit", &plan_item_type},
    {"flag", &flag_type},                  {"signpost", &signpost_type},      {"referral told", &answer_type},
};

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void arguments_are_described_as_their_records_do(void **state)
{
    (void)state;
    size_t compared = 0;
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++) {
        const struct verb *v = verb_find(carriers[i].verb);
        const struct record_type *t = carriers[i].type;
        assert_non_null(v);
        for (size_t k = 0; k < v->count; k++) {
            const struct field *a = &v->args[k], *f = field_find(t->fields, t->count, a->key);
            if (!f || a->kind == FIELD_REF || f - t->fields == t->version) /* the version seen sets nothing */
                continue;
            unsigned privacy = FIELD_PERSONAL | FIELD_PAST | FIELD_SECRET;
            if (a->kind != f->kind || a->size != f->size || a->min != f->min || a->max != f->max || a->choices != f->choices ||
                !same(a->set, f->set) || (a->flags & privacy) != (f->flags & privacy))
                fail_msg("%s: %s= is not described as %s.%s is", v->name, a->key, t->name, f->key);
            compared++;
        }
    }
    assert_true(compared > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(arguments_are_described_as_their_records_do)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

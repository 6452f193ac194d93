/* SPDX-License-Identifier: MIT
 *
 * The field tables of the records: well formed, in step with their structs,
 * and honest about what is personal and what only the program sets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "onward/records.h"

static const struct record_type *const types[] = {
    &neighbourhood_type,
    &wording_type,
    &user_type,
    &person_type,
    &consent_type,
    &risk_type,
    &referral_type,
    &answer_type,
    &need_type,
    &contact_type,
    &plan_item_type,
    &signpost_type,
    &flag_type,
    &organisation_type,
    &agreement_type,
    &service_type,
    &handoff_type,
    &batch_type,
    &reply_type,
    &person_name_type,
    &person_identifier_type,
    &referral_source_type,
};
enum { TYPES = sizeof types / sizeof *types };

#define CHECK(t, f, claim)                                                                         \
    do {                                                                                           \
        if (!(claim))                                                                              \
            fail_msg("%s.%s: not so: %s", (t)->name, (f)->key, #claim);                            \
    } while (0)

/* Calls check for every field of every type. */
static void each_field(void (*check)(const struct record_type *t, const struct field *f))
{
    for (size_t i = 0; i < TYPES; i++)
        for (size_t j = 0; j < types[i]->count; j++)
            check(types[i], &types[i]->fields[j]);
}

static bool is_word(const char *s)
{
    return *s && !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-")];
}

static void has_a_key_and_a_label(const struct record_type *t, const struct field *f)
{
    CHECK(t, f, is_word(f->key));
    CHECK(t, f, f->label && *f->label);
    CHECK(t, f, field_find(t->fields, t->count, f->key) == f); /* keys are unique */
}

static void every_field_has_its_own_key_and_a_label(void **state)
{
    (void)state;
    each_field(has_a_key_and_a_label);
}

/* A member that the table forgot would leave a hole of its size. */
static void every_table_covers_its_struct_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < TYPES; i++) {
        const struct record_type *t = types[i];
        size_t end = 0;
        for (size_t j = 0; j < t->count; j++) {
            const struct field *f = &t->fields[j];
            size_t hole = field_is_number(f) ? (8 - end % 8) % 8 : 0;
            CHECK(t, f, f->offset == end + hole);
            CHECK(t, f, f->size > 0);
            end = f->offset + f->size;
        }
        assert_true(end <= t->size && t->size - end < 8);
    }
}

static size_t least_size(enum field_kind kind)
{
    switch (kind) {
    case FIELD_DATE:
    case FIELD_PARTIAL:
        return DATE_SIZE;
    case FIELD_TIME:
        return 6;
    case FIELD_NHS:
        return 11;
    case FIELD_POSTCODE:
        return 9;
    case FIELD_PHONE:
        return 36;
    case FIELD_EMAIL:
        return 256;
    case FIELD_ODS:
        return 10;
    case FIELD_SNOMED:
        return 19;
    case FIELD_REF:
        return REF_SIZE;
    case FIELD_CHOICE:
    case FIELD_CODE:
        return CODE_SIZE;
    case FIELD_CHOICES:
    case FIELD_CODES:
        return CODES_SIZE;
    default:
        return 2;
    }
}

static void has_room(const struct record_type *t, const struct field *f)
{
    if (field_is_number(f)) {
        CHECK(t, f, f->size == sizeof(int64_t));
        CHECK(t, f, f->min <= f->max);
        return;
    }
    CHECK(t, f, f->size >= least_size(f->kind));
    CHECK(t, f, f->max >= 0 && (size_t)f->max <= f->size - 1);
}

static void every_field_has_room_for_what_its_kind_writes(void **state)
{
    (void)state;
    each_field(has_room);
}

static void check_list(const char *name, const struct choice *list)
{
    if (!list[0].code)
        fail_msg("%s: no choices", name);
    size_t joined = 0;
    for (const struct choice *c = list; c->code; c++) {
        if (!is_word(c->code) || !c->label || !*c->label)
            fail_msg("%s: choice %s", name, c->code);
        if (strlen(c->code) >= CODE_SIZE)
            fail_msg("%s: %s is too long", name, c->code);
        for (const struct choice *d = list; d < c; d++)
            if (strcmp(c->code, d->code) == 0 || strcmp(c->label, d->label) == 0)
                fail_msg("%s: %s stands twice", name, c->code);
        joined += strlen(c->code) + 1;
    }
    if (joined > CODES_SIZE)
        fail_msg("%s: all of it does not fit a list", name);
}

static void has_what_its_kind_needs(const struct record_type *t, const struct field *f)
{
    bool chosen = f->kind == FIELD_CHOICE || f->kind == FIELD_CHOICES;
    CHECK(t, f, chosen == (f->choices != NULL));
    if (chosen)
        check_list(f->key, f->choices);
    CHECK(t, f, f->kind != FIELD_CODES || f->set);

    static const char known[] =
        "need,source,ethnicity,gender,sexual_orientation,nhs_number_status,accommodation,"
        "risk,need_outcome,handoff_outcome,decline_reason,fail_reason,language,"
        "organisation,neighbourhood,user,practice,wording";
    CHECK(t, f, !f->set || codes_have(known, f->set));
}

static void closed_lists_have_choices_and_open_ones_a_known_set(void **state)
{
    (void)state;
    each_field(has_what_its_kind_needs);
}

static void every_closed_list_has_codes_and_labels(void **state)
{
    (void)state;
    const struct choice *const lists[] = {
        referral_states,
        handoff_states,
        batch_states,
        close_reasons,
        safeguarding_answers,
        contact_modes,
        contact_outcomes,
        consent_purposes,
        consent_decisions,
        consent_hows,
        consent_givers,
        capacity_answers,
        data_categories,
        reply_statuses,
        decliners,
        stop_reasons,
        organisation_statuses,
        service_statuses,
        capacities,
        profiles,
        user_roles,
        plan_kinds,
        plan_statuses,
        need_founds,
        answer_events,
        contact_methods,
        reply_hows,
        person_name_kinds,
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        check_list(lists[i][0].code, lists[i]);
}

static void names_only(const struct record_type *t, int index, const char *key)
{
    const struct field *f = field_find(t->fields, t->count, key);
    if (index < 0 ? f != NULL : f != &t->fields[index])
        fail_msg("%s: index %d is not %s", t->name, index, key);
}

static void the_indexes_of_a_type_point_at_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const struct record_type *type;
        const char *key, *prefix;
    } refs[] = {
        {&person_type, "ref", "PE"},         {&consent_type, "ref", "CO"},
        {&risk_type, "ref", "RK"},           {&referral_type, "ref", "SP"},
        {&contact_type, "ref", "CT"},        {&plan_item_type, "ref", "PL"},
        {&flag_type, "ref", "FL"},           {&agreement_type, "ref", "AG"},
        {&service_type, "ref", "SV"},        {&handoff_type, "ref", "HO"},
        {&user_type, "login", NULL},         {&organisation_type, "code", NULL},
        {&wording_type, "code", NULL},       {&batch_type, "name", NULL},
        {&neighbourhood_type, "code", NULL},
    };
    size_t with_ref = 0;
    for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
        const struct record_type *t = refs[i].type;
        names_only(t, t->ref, refs[i].key);
        assert_true((refs[i].prefix == NULL) == (t->prefix == NULL));
        if (t->prefix)
            assert_string_equal(t->prefix, refs[i].prefix);
    }
    for (size_t i = 0; i < TYPES; i++) {
        names_only(types[i], types[i]->id, "id");
        names_only(types[i], types[i]->version, "version");
        names_only(types[i], types[i]->person, "person_id");
        with_ref += types[i]->ref >= 0;
    }
    assert_int_equal(with_ref, sizeof refs / sizeof *refs);
}

static bool ends(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static void is_honest_about_who_sets_it(const struct record_type *t, const struct field *f)
{
    bool of_the_program = f->kind == FIELD_KEY || f->kind == FIELD_INSTANT ||
                          f->kind == FIELD_REF || strcmp(f->key, "version") == 0 ||
                          strcmp(f->key, "state") == 0 || strcmp(f->key, "state_before") == 0 ||
                          strcmp(f->key, "fold_name") == 0 || ends(f->key, "_at") ||
                          f->flags & FIELD_SECRET;
    CHECK(t, f, !of_the_program || f->flags & FIELD_AUTO);
    CHECK(t, f, !(f->flags & FIELD_AUTO && f->flags & FIELD_REQUIRED));
    CHECK(t, f, !(f->flags & FIELD_PAST) || f->kind == FIELD_DATE);
    CHECK(t, f, !(f->flags & FIELD_UNASKED) || f->kind == FIELD_FLAG);
}

static void what_the_program_sets_is_never_asked_of_people(void **state)
{
    (void)state;
    each_field(is_honest_about_who_sets_it);
}

static void what_identifies_a_person_is_marked(void **state)
{
    (void)state;
    static const struct {
        const struct record_type *type;
        const char *keys;
    } personal[] = {
        {&person_type,
         "given_name,family_name,preferred_name,date_of_birth,nhs_number,phone,email,address,"
         "postcode,"
         "contact_note,safe_times,representative,representative_phone,about_me,ethnicity,"
         "sexual_orientation,communication_needs,adjustments"},
        {&person_name_type, "given_name,family_name"},
        {&person_identifier_type, "value"},
        {&referral_source_type, "reason,referrer_name"},
        {&consent_type, "given_by_name,reason,decider"},
        {&risk_type, "note"},
        {&referral_type,
         "reason,referrer_name,safeguarding_note,safe_why,close_note,pause_reason,gp_action"},
        {&need_type, "note,outcome_note"},
        {&contact_type, "note"},
        {&plan_item_type, "text,who,outcome"},
        {&signpost_type, "reason"},
        {&flag_type, "message,resolved_note"},
        {&handoff_type, "summary,goals,stop_confirmed_note"},
        {&reply_type, "note,reason,outcome"},
    };
    for (size_t i = 0; i < sizeof personal / sizeof *personal; i++) {
        const struct record_type *t = personal[i].type;
        char key[64];
        for (const char *rest = codes_next(personal[i].keys, key); rest;
             rest = codes_next(rest, key)) {
            const struct field *f = field_find(t->fields, t->count, key);
            assert_non_null(f);
            CHECK(t, f, f->flags & FIELD_PERSONAL);
        }
    }
}

/* What a list shows a reviewer, and what a scope is decided by, must not be masked. */
static void what_scope_and_counts_need_is_not_personal(void **state)
{
    (void)state;
    static const char *const keys[] = {"ref",         "state", "neighbourhood", "need",
                                       "received_on", "kind",  "status"};
    for (size_t i = 0; i < TYPES; i++)
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const struct field *f = field_find(types[i]->fields, types[i]->count, keys[k]);
            if (f)
                CHECK(types[i], f, !(f->flags & FIELD_PERSONAL));
        }
}

static void an_empty_person_was_never_asked_about_voicemail(void **state)
{
    (void)state;
    struct person p;
    memset(&p, 0x5A, sizeof p);
    record_init(&person_type, &p);
    assert_true(p.voicemail_ok == FIELD_ABSENT);
    assert_true(p.merged_into == FIELD_ABSENT);
    assert_int_equal(p.restricted, 0);
    assert_string_equal(p.given_name, "");
    assert_string_equal(p.died_on, "");
}

static void a_person_has_at_least_two_names(void **state)
{
    (void)state;
    struct person p;
    struct err e = {0};
    record_init(&person_type, &p);
    assert_false(fields_complete(person_type.fields, person_type.count, &p, &e));
    assert_string_equal(e.field, "given_name");
    text_put(p.given_name, sizeof p.given_name, "Aoife");
    assert_false(fields_complete(person_type.fields, person_type.count, &p, &e));
    assert_string_equal(e.field, "family_name");
    text_put(p.family_name, sizeof p.family_name, "Example");
    assert_true(fields_complete(person_type.fields, person_type.count, &p, &e));
}

/* A name of 35 four-byte characters is within the standard's limit and must fit. */
static void limits_in_characters_leave_room_for_any_script(void **state)
{
    (void)state;
    char name[36 * 4 + 1] = "";
    for (int i = 0; i < 35; i++)
        strcat(name, "\xF0\xA0\xAE\xB7");
    struct person p;
    struct err e = {0};
    record_init(&person_type, &p);
    const struct field *f = field_find(person_type.fields, person_type.count, "family_name");
    assert_true(field_parse(f, &p, name, DATE_OF(2026, 11, 23), &e));
    strcat(name, "\xF0\xA0\xAE\xB7");
    assert_false(field_parse(f, &p, name, DATE_OF(2026, 11, 23), &e));
    assert_string_equal(e.text, "family_name: this has 36 characters, the most is 35");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_has_its_own_key_and_a_label),
        cmocka_unit_test(every_table_covers_its_struct_in_order),
        cmocka_unit_test(every_field_has_room_for_what_its_kind_writes),
        cmocka_unit_test(closed_lists_have_choices_and_open_ones_a_known_set),
        cmocka_unit_test(every_closed_list_has_codes_and_labels),
        cmocka_unit_test(the_indexes_of_a_type_point_at_what_they_say),
        cmocka_unit_test(what_the_program_sets_is_never_asked_of_people),
        cmocka_unit_test(what_identifies_a_person_is_marked),
        cmocka_unit_test(what_scope_and_counts_need_is_not_personal),
        cmocka_unit_test(an_empty_person_was_never_asked_about_voicemail),
        cmocka_unit_test(a_person_has_at_least_two_names),
        cmocka_unit_test(limits_in_characters_leave_room_for_any_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

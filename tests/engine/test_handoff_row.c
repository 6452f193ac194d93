/* SPDX-License-Identifier: MIT
 *
 * The row that leaves: every column under its data category, what agreement
 * and consent both allow and nothing else, and no blank that reads as "none".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/handoff_row.h"
#include "support/sent.h"
#include "support/world.h"

static char line[1024];
#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)

static void fill(struct session *s, const char *handoff, enum row_action action,
                 struct handoff_row *row)
{
    struct err e = {0};
    struct handoff h = sent_look(s, handoff);
    if (!handoff_row_fill(s, &h, action, row, &e))
        fail_msg("row of %s: %s", handoff, e.text);
}

static void is(const struct handoff_row *row, enum handoff_column c, const char *text)
{
    if (strcmp(handoff_row_text(row, c), text) != 0)
        fail_msg("%s is \"%s\", not \"%s\"", handoff_columns[c].name, handoff_row_text(row, c),
                 text);
}

/* A handoff of a person about whom every column could say something. */
static void full(struct session *s, char person[64], char handoff[64])
{
    char referral[64];
    sent_queued(s, person, referral, handoff);
    world_must(s,
               LINE("person edit %s nhs_number=9990000018 email=someone@example.org address='1 "
                    "Made Up Street' "
                    "contact_method=no_telephone contact_note='Never ring after six' "
                    "voicemail_ok=no safe_times=mornings "
                    "communication_needs='Large print' interpreter_language=bsl representative='A "
                    "Neighbour' "
                    "representative_phone='0161 496 0999'",
                    person),
               NULL);
    world_must(s, LINE("handoff update %s goals='To sleep again'", handoff), NULL);
}

static char agreement[64];
static void agree(struct session *s, const char *words)
{
    json_t *rows = world_list(s, "agreement list organisation=salford-advice");
    snprintf(agreement, sizeof agreement, "%s",
             json_string_value(json_object_get(json_array_get(rows, 0), "agreement")));
    json_decref(rows);
    world_must(s, LINE("agreement edit %s %s", agreement, words), NULL);
}

static void consent(struct session *s, const char *person, const char *categories)
{
    world_must(
        s,
        LINE("consent give %s recipients=salford-advice categories=%s how=phone wording=share-1",
             person, categories),
        NULL);
}

static void what_agreement_and_consent_both_allow_leaves(void **state)
{
    (void)state;
    /* Which data leave for an agreement and a consent: nhs number, risk note, summary, goals. */
    static const struct {
        const char *agreement, *consent;
        bool nhs, risk, summary, goals;
    } cases[] = {
        {"categories=identity,needs,risks,health,notes nhs_number=yes risk_note=yes summary=yes",
         "identity,needs,risks,health,notes", true, true, true, true},
        {"categories=identity,needs,risks,health,notes nhs_number=no risk_note=no summary=no",
         "identity,needs,risks,health,notes", false, false, false, true},
        {"categories=identity,needs nhs_number=yes risk_note=yes summary=yes",
         "identity,needs,risks,health,notes", true, false, false, false},
        {"categories=identity,needs,risks,health,notes nhs_number=yes risk_note=yes summary=yes",
         "identity,needs", true, false, false, false},
        {"categories=identity,needs,risks nhs_number=no risk_note=yes summary=no",
         "identity,needs,risks,health", false, true, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char person[64], handoff[64];
        struct handoff_row row = {0};
        struct session *s = world_open();
        full(s, person, handoff);
        agree(s, cases[i].agreement);
        world_must(s, LINE("consent withdraw %s reason='asks to say it anew'", person), NULL);
        consent(s, person, cases[i].consent);
        fill(s, handoff, ROW_NEW, &row);
        is(&row, COL_NHS_NUMBER, cases[i].nhs ? "9990000018" : "");
        is(&row, COL_RISK_NOTE, cases[i].risk ? "no known risks" : "not shared: ring Sam Link");
        is(&row, COL_SUMMARY, cases[i].summary ? "Council tax letters unopened since May" : "");
        is(&row, COL_GOALS, cases[i].goals ? "To sleep again" : "");
        is(&row, COL_NEED_CODE, "money_debt");
        is(&row, COL_CONTACT_NOTE, "Never ring after six");
        is(&row, COL_COMMUNICATION_NEEDS, "Large print");
        is(&row, COL_VOICEMAIL_OK, "no");
        is(&row, COL_BASIS, "consent");
        is(&row, COL_CONSENT_GIVEN_ON, "2026-11-23");
        is(&row, COL_PRIORITY, "routine");
        is(&row, COL_WORKER, "Sam Link");
        is(&row, COL_REPLY_BY, "2026-12-07");
        is(&row, COL_WITHDRAW_REASON, "");
        handoff_row_free(&row);
        world_close(s);
    }
}

static void nothing_of_the_person_leaves_where_nothing_is_covered(void **state)
{
    (void)state;
    char person[64], handoff[64];
    struct handoff_row row = {0};
    struct session *s = world_open();
    full(s, person, handoff);
    world_must(s, LINE("consent withdraw %s", person), NULL);
    fill(s, handoff, ROW_NEW, &row);
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++)
        if (handoff_columns[c].category && c != COL_RISK_NOTE)
            is(&row, (enum handoff_column)c, "");
    is(&row, COL_RISK_NOTE, "not shared: ring Sam Link");
    handoff_row_free(&row);
    world_close(s);
}

static void a_withdraw_row_says_five_things_and_no_more(void **state)
{
    (void)state;
    char person[64], handoff[64], row_id[80];
    struct handoff_row row = {0};
    struct session *s = world_open();
    sent_delivered(s, person, NULL, handoff);
    world_must(s, LINE("handoff withdraw %s reason=consent_withdrawn", handoff), NULL);
    fill(s, handoff, ROW_WITHDRAW, &row);
    snprintf(row_id, sizeof row_id, "%s-2", handoff);
    is(&row, COL_ROW_ID, row_id);
    is(&row, COL_ACTION, "withdraw");
    is(&row, COL_REFERENCE, handoff);
    is(&row, COL_SERVICE, "Debt advice");
    is(&row, COL_WITHDRAW_REASON, "Consent withdrawn");
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++)
        if (!handoff_columns[c].on_withdraw)
            is(&row, (enum handoff_column)c, "");
    handoff_row_free(&row);
    world_close(s);
}

static void a_death_is_said_only_where_the_agreement_lets_it(void **state)
{
    (void)state;
    char handoff[64];
    struct handoff_row row = {0};
    struct session *s = world_open();
    sent_delivered(s, NULL, NULL, handoff);
    world_must(s, LINE("handoff withdraw %s reason=died", handoff), NULL);
    fill(s, handoff, ROW_WITHDRAW, &row);
    is(&row, COL_WITHDRAW_REASON, "Died");
    agree(s, "death=no");
    fill(s, handoff, ROW_WITHDRAW, &row);
    is(&row, COL_WITHDRAW_REASON, "No longer needed");
    handoff_row_free(&row);
    world_close(s);
}

static void a_blank_never_reads_as_none(void **state)
{
    (void)state;
    char person[64], handoff[64];
    struct handoff_row row = {0};
    struct session *s = world_open();
    sent_queued(s, person, NULL, handoff);
    agree(s, "categories=identity,needs,risks risk_note=yes");
    consent(s, person, "identity,needs,risks");
    fill(s, handoff, ROW_NEW, &row);
    is(&row, COL_RISK_NOTE, "no known risks");
    is(&row, COL_VOICEMAIL_OK, "not asked");
    world_must(s, LINE("risk add %s kind=lone_visit note='Two dogs'", person), NULL);
    fill(s, handoff, ROW_NEW, &row);
    is(&row, COL_RISK_NOTE, "Not to be visited alone: Two dogs");
    handoff_row_free(&row);
    world_close(s);
}

static void an_earlier_handoff_is_named_only_to_those_who_had_it(void **state)
{
    (void)state;
    char person[64], referral[64], first[64], again[64], elsewhere[64], other[64];
    struct handoff_row row = {0};
    struct session *s = world_open();
    sent_delivered(s, person, referral, first);
    world_must(
        s,
        LINE("handoff reply %s status=declined declined_by=provider reason=no_capacity how=phone",
             first),
        NULL);
    world_must(s, "organisation add code=eccles-help name='Eccles Help (made up)'", NULL);
    world_must(s, "service add eccles-help name='Debt help' needs=money_debt capacity=capacity",
               other);
    world_must(s, LINE("handoff re-route %s service=%s", first, other), elsewhere);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", referral, world_service()),
               again);
    fill(s, again, ROW_NEW, &row);
    is(&row, COL_PREVIOUS_REFERENCE, first);
    fill(s, elsewhere, ROW_NEW, &row);
    is(&row, COL_PREVIOUS_REFERENCE, "");
    handoff_row_free(&row);
    world_close(s);
}

static void the_preview_is_the_very_row(void **state)
{
    (void)state;
    char person[64], handoff[64];
    struct handoff_row row = {0};
    struct session *s = world_open();
    full(s, person, handoff);
    fill(s, handoff, ROW_NEW, &row);
    json_t *shown = world_show(s, LINE("handoff show %s", handoff)),
           *preview = json_object_get(shown, "row");
    assert_int_equal(json_object_size(preview), HANDOFF_COLUMN_COUNT);
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++)
        is(&row, (enum handoff_column)c,
           json_string_value(json_object_get(preview, handoff_columns[c].name)));
    json_decref(shown);
    handoff_row_free(&row);
    world_close(s);
}

static const char *withheld(json_t *shown, const char *column)
{
    return json_string_value(json_object_get(json_object_get(shown, "withheld"), column));
}

static void what_is_withheld_says_by_whom(void **state)
{
    (void)state;
    char person[64], handoff[64];
    struct session *s = world_open();
    full(s, person, handoff);
    json_t *shown = world_show(s, LINE("handoff show %s", handoff));
    assert_null(withheld(shown, "given_name"));
    assert_null(withheld(shown, "withdraw_reason"));
    assert_string_equal(withheld(shown, "nhs_number"), "Their agreement does not name it.");
    json_decref(shown);
    consent(s, person, "identity,needs");
    world_must(s, LINE("consent refuse %s to=salford-advice categories=notes", person), NULL);
    shown = world_show(s, LINE("handoff show %s", handoff));
    assert_string_equal(withheld(shown, "goals"), "The person has not agreed to it.");
    json_decref(shown);
    world_close(s);
}

static void ways_to_reach_a_person_share_the_category_of_how_not_to(void **state)
{
    (void)state;
    static const enum handoff_column ways[] = {COL_PHONE, COL_EMAIL, COL_ADDRESS};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(handoff_columns[ways[i]].category,
                         handoff_columns[COL_CONTACT_NOTE].category);
        assert_int_equal(handoff_columns[ways[i]].category,
                         handoff_columns[COL_COMMUNICATION_NEEDS].category);
    }
    assert_int_equal(handoff_columns[COL_CONTACT_NOTE].extra, EXTRA_NONE);
    assert_int_equal(handoff_columns[COL_COMMUNICATION_NEEDS].extra, EXTRA_NONE);
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++) {
        assert_non_null(handoff_columns[c].name);
        assert_true(strlen(handoff_columns[c].description) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_agreement_and_consent_both_allow_leaves),
        cmocka_unit_test(nothing_of_the_person_leaves_where_nothing_is_covered),
        cmocka_unit_test(a_withdraw_row_says_five_things_and_no_more),
        cmocka_unit_test(a_death_is_said_only_where_the_agreement_lets_it),
        cmocka_unit_test(a_blank_never_reads_as_none),
        cmocka_unit_test(an_earlier_handoff_is_named_only_to_those_who_had_it),
        cmocka_unit_test(the_preview_is_the_very_row),
        cmocka_unit_test(what_is_withheld_says_by_whom),
        cmocka_unit_test(ways_to_reach_a_person_share_the_category_of_how_not_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

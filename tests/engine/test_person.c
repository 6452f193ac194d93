/* SPDX-License-Identifier: MIT
 *
 * Recording, changing and finding people. All through verbs and lists on a
 * real store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/sent.h"
#include "support/world.h"

#define LINE(...) (snprintf(line, sizeof line, __VA_ARGS__), line)
static char line[1024];

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "";
}

/* The persons that a list names, as "PE-.. PE-..", and how many. */
static size_t persons_of(struct session *s, const char *words, char out[512])
{
    json_t *rows = world_list(s, words), *row;
    size_t i, n = json_array_size(rows);
    *out = '\0';
    json_array_foreach (rows, i, row)
        snprintf(out + strlen(out), 512 - strlen(out), "%s%s", i ? " " : "", text_of(row, "person"));
    json_decref(rows);
    return n;
}

static void a_person_is_recorded_and_shown(void **state)
{
    (void)state;
    struct session *s = world_open();
    char ref[64];
    world_must(s, "person add given_name='Ifeoma' family_name='Quillfeather' date_of_birth=03/02/1961 nhs_number='999 000 0018' "
                  "phone='0161 496 0123' postcode='m27 1aa' neighbourhood=swinton voicemail_ok=no "
                  "communication_needs='large print'", ref);
    json_t *doc = world_show(s, LINE("person show %s", ref));
    assert_string_equal(text_of(doc, "person"), ref);
    assert_string_equal(text_of(doc, "given_name"), "Ifeoma");
    assert_string_equal(text_of(doc, "date_of_birth"), "1961-02-03");
    assert_string_equal(text_of(doc, "nhs_number"), "9990000018");
    assert_string_equal(text_of(doc, "postcode"), "M27 1AA");
    assert_int_equal(json_integer_value(json_object_get(doc, "age")), 65);
    assert_int_equal(json_array_size(json_object_get(doc, "alerts")), 2);
    assert_string_equal(text_of(json_object_get(doc, "consent"), "share"), "No record");
    json_decref(doc);
    world_close(s);
}

static void what_cannot_be_is_refused_with_its_field(void **state)
{
    (void)state;
    struct session *s = world_open();
    static const struct {
        const char *words, *field;
    } cases[] = {
        {"person add family_name=Umber", "given_name"},
        {"person add given_name=Ola family_name=Umber date_of_birth=31/02/1990", "date_of_birth"},
        {"person add given_name=Ola family_name=Umber date_of_birth=2030-01-01", "date_of_birth"},
        {"person add given_name=Ola family_name=Umber nhs_number=9990000019", "nhs_number"},
        {"person add given_name=Ola family_name=Umber neighbourhood=atlantis", "neighbourhood"},
        {"person add given_name=Ola family_name=Umber restricted=yes", "restricted"},
        {"person add given_name=Ola family_name=Umber died_on=2020-01-01", "died_on"},
        {"person add given_name=Ola family_name=Umber version=7", "version"},
        {"person add given_name=Ola family_name=Umber shoe_size=7", "shoe_size"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        world_no(s, cases[i].words, ERR_INVALID, cases[i].field);
    world_close(s);
}

static void a_person_who_is_there_is_not_recorded_twice_unless_said_why(void **state)
{
    (void)state;
    struct session *s = world_open();
    struct outcome o = {0};
    struct err e = {0};
    char first[64], second[64], all[512];
    world_must(s, "person add given_name=Ines family_name=Thistlewood date_of_birth=1950-05-04 nhs_number=9990000026", first);
    assert_false(world_do(s, "person add given_name=Inez family_name=Thistlewood date_of_birth=1950-05-04 nhs_number=9990000026", &o, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_string_equal(e.rule, "duplicate");
    assert_non_null(strstr(e.text, first));
    assert_null(strstr(e.text, "Thistlewood"));
    assert_int_equal(persons_of(s, "person duplicates", all), 0);

    world_no(s, "person add given_name=Inez family_name=Thistlewood date_of_birth=1950-05-04 new=yes", ERR_INVALID, "new_reason");
    world_must(s, "person add given_name=Inez family_name=Thistlewood date_of_birth=1950-05-04 nhs_number=9990000026 new=yes "
                  "new_reason='her twin, seen together'", second);
    json_t *rows = world_list(s, "person duplicates");
    assert_int_equal(json_array_size(rows), 1);
    json_t *row = json_array_get(rows, 0);
    assert_string_equal(text_of(row, "person"), second);
    assert_string_equal(text_of(row, "other"), first);
    assert_non_null(strstr(text_of(row, "reasons"), "her twin"));
    assert_true(json_integer_value(json_object_get(row, "score")) >= 70);
    json_decref(rows);

    world_must(s, LINE("person different %s %s", first, second), NULL);
    assert_int_equal(persons_of(s, LINE("person duplicates %s", second), all), 0);
    world_must(s, LINE("person edit %s phone='0161 496 0777'", second), NULL); /* looked at again, not offered again */
    assert_int_equal(persons_of(s, "person duplicates", all), 0);
    world_close(s);
}

static void an_edit_changes_what_is_given_and_nothing_else(void **state)
{
    (void)state;
    struct session *s = world_open();
    char ref[64];
    world_must(s, "person add given_name=Efua family_name=Obanye phone='0161 496 0111' email=efua@example.org", ref);
    world_must(s, LINE("person edit %s phone='0161 496 0222' email=-", ref), NULL);
    json_t *doc = world_show(s, LINE("person show %s", ref));
    assert_string_equal(text_of(doc, "phone"), "0161 496 0222");
    assert_string_equal(text_of(doc, "email"), "");
    assert_string_equal(text_of(doc, "family_name"), "Obanye");
    assert_int_equal(json_integer_value(json_object_get(doc, "version")), 2);
    json_decref(doc);
    world_must(s, LINE("person edit %s phone='0161 496 0222'", ref), NULL); /* the same: no new version */
    doc = world_show(s, LINE("person show %s", ref));
    assert_int_equal(json_integer_value(json_object_get(doc, "version")), 2);
    json_decref(doc);
    world_no(s, LINE("person edit %s family_name=-", ref), ERR_INVALID, "family_name");
    world_no(s, LINE("person edit %s died_on=2026-01-01", ref), ERR_INVALID, "died_on");
    world_no(s, LINE("person edit %s restricted=yes", ref), ERR_INVALID, "restricted");
    world_close(s);
}

static void an_edit_of_an_older_version_says_who_changed_what(void **state)
{
    (void)state;
    struct session *s = world_open(), *other = world_as("worker");
    struct outcome o = {0};
    struct err e = {0};
    char ref[64];
    world_must(s, "person add given_name=Bilal family_name=Zarecki", ref);
    world_must(other, LINE("person edit %s version=1 phone='0161 496 0333'", ref), NULL);
    assert_false(world_do(s, LINE("person edit %s version=1 email=b@example.org", ref), &o, &e));
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_non_null(strstr(e.text, "worker"));
    assert_non_null(strstr(e.text, "Telephone"));
    assert_non_null(strstr(e.text, "2026-11-23 09:00"));
    assert_null(strstr(e.text, "E-mail"));
    world_must(s, LINE("person edit %s version=2 email=b@example.org", ref), NULL);
    world_close(other);
    world_close(s);
}

static void one_box_finds_a_person_by_whatever_is_known(void **state)
{
    (void)state;
    struct session *s = world_open();
    char ref[64], other[64], all[512], compact[64];
    world_must(s, "person add given_name='Seán Óg' family_name='O’Brien-Ångström' preferred_name=Johnny date_of_birth=1950-02-28 "
                  "nhs_number=9990000034 phone='+44 161 496 0123' postcode='M6 5FW' neighbourhood=broughton", ref);
    world_must(s, "person add given_name=Seana family_name=Smith date_of_birth=1981-07-01 phone='07700 900456' postcode='M6 8AA'", other);
    world_must(s, LINE("person name %s kind=previous family_name=Fitzwilliam", ref), NULL);
    world_must(s, LINE("person identifier %s scheme=housing value='TEN/00417'", ref), NULL);
    snprintf(compact, sizeof compact, "%.2s%.4s%.4s", ref, ref + 3, ref + 8);
    static const char *const finding[] = {
        "obrien", "OBRIEN sean", "sean obr", "seán ang", "og sean obrien", "johnny", "fitzw", "28/02/1950", "1950-02-28", "999 000 0034",
        "9990000034", "0161 496 0123", "0161496", "01614960123", "m6 5fw", "M65F", "sean 28/02/1950", "ten00417",
    };
    for (size_t i = 0; i < sizeof finding / sizeof *finding; i++) {
        persons_of(s, LINE("person find '%s'", finding[i]), all);
        if (strcmp(all, ref) != 0)
            fail_msg("%s found \"%s\"", finding[i], all);
    }
    persons_of(s, LINE("person find %s", compact), all);
    assert_string_equal(all, ref);
    persons_of(s, LINE("person find '%s'", ref), all);
    assert_string_equal(all, ref);
    assert_int_equal(persons_of(s, "person find sea", all), 2);
    assert_int_equal(persons_of(s, "person find m6", all), 2);
    assert_int_equal(persons_of(s, "person find 'sean smithers'", all), 0);
    assert_int_equal(persons_of(s, "person find 'brien'", all), 0); /* beginnings of words, not middles */
    world_must(s, LINE("person edit %s given_name=Shaun", ref), NULL);
    assert_int_equal(persons_of(s, "person find 'sean og'", all), 0); /* terms follow the record */
    assert_int_equal(persons_of(s, "person find shaun", all), 1);
    world_close(s);
}

static void recipients_are_told_of_details_they_hold_and_of_no_others(void **state)
{
    (void)state;
    struct session *s = world_open();
    char ref[64], handoff[64];
    sent_delivered(s, ref, NULL, handoff);
    world_must(s, LINE("person edit %s accommodation=- gender=- about_me='likes to sing'", ref), NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 0);
    world_must(s, LINE("person edit %s phone='0161 496 0999'", ref), NULL);
    assert_int_equal(sent_look(s, handoff).update_due, 1);
    world_close(s);
}

static void undoing_an_edit_makes_the_person_found_as_before(void **state)
{
    (void)state;
    struct session *s = world_open();
    char ref[64], all[512];
    world_must(s, "person add given_name=Dougal family_name=Umber", ref);
    world_must(s, LINE("person edit %s family_name=Zarecki", ref), NULL);
    assert_int_equal(persons_of(s, "person find umber", all), 0);
    world_must(s, "undo yes=yes", NULL);
    assert_int_equal(persons_of(s, "person find umber", all), 1);
    assert_int_equal(persons_of(s, "person find zarecki", all), 0);
    world_close(s);
}

static bool keep_page(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    (void)l;
    (void)e;
    snprintf(ctx, 64, "%s", cells[0].text);
    return true;
}

static void pages_of_a_list_go_by_key_and_meet(void **state)
{
    (void)state;
    struct session *s = world_open();
    char ref[5][64], last[64] = "";
    for (int i = 0; i < 5; i++)
        world_person(s, ref[i]);
    static const char *const names[] = {"person list", "person find"};
    for (size_t k = 0; k < 2; k++) {
        struct typed text = {NULL, "M27"};
        struct list_run r = {.limit = 2, .row = keep_page, .ctx = last, .want_total = true};
        struct err e = {0};
        char seen[512] = "";
        for (int page = 0; page < 3; page++) {
            *last = '\0';
            assert_true(list_call(s, list_find(names[k]), &text, k, "screen", &r, &e));
            assert_int_equal(r.total, 5);
            assert_null(strstr(seen, last));
            strcat(seen, last);
            strcpy(r.after, last);
        }
        assert_string_equal(last, k == 0 ? ref[0] : ref[4]); /* newest first; by term */
    }
    world_close(s);
}

static void the_list_is_filtered_by_neighbourhood(void **state)
{
    (void)state;
    struct session *s = world_open();
    char one[64], two[64], all[512];
    world_person(s, one);
    world_must(s, "person add given_name=Hollis family_name=Umber neighbourhood=broughton date_of_birth=1970-01-01", two);
    assert_int_equal(persons_of(s, "person list", all), 2);
    persons_of(s, "person list neighbourhood=broughton", all);
    assert_string_equal(all, two);
    persons_of(s, "person list neighbourhood=swinton", all);
    assert_string_equal(all, one);
    persons_of(s, "person list date_of_birth=1970-01-01", all);
    assert_string_equal(all, two);
    world_close(s);
}

static void a_death_closes_episodes_and_stops_handoffs(void **state)
{
    (void)state;
    struct session *s = world_open();
    char person[64], referral[64], handoff[64];
    world_person(s, person);
    world_referral(s, person, referral);
    world_consent(s, person);
    world_must(s, LINE("handoff plan %s need=money_debt service=%s", referral, world_service()), handoff);
    world_must(s, LINE("handoff send %s", handoff), NULL);
    world_no(s, LINE("person died %s on=2026-11-24", person), ERR_INVALID, "on");
    world_must(s, LINE("person died %s on=2026-11-20", person), NULL);
    json_t *doc = world_show(s, LINE("person show %s", person));
    assert_string_equal(text_of(doc, "died_on"), "2026-11-20");
    assert_string_equal(text_of(json_array_get(json_object_get(doc, "referrals"), 0), "state"), "closed");
    assert_string_equal(text_of(json_array_get(json_object_get(doc, "referrals"), 0), "close_reason"), "died");
    json_decref(doc);
    json_t *rows = world_list(s, LINE("handoff list person=%s", person));
    assert_string_equal(text_of(json_array_get(rows, 0), "state"), "withdrawn");
    json_decref(rows);
    world_no(s, LINE("person died %s on=2026-11-20", person), ERR_REFUSED, "died");
    world_close(s);
}

static void roles_without_content_open_nobody(void **state)
{
    (void)state;
    struct session *s = world_open();
    static const char *const logins[] = {"admin", "auditor"};
    char ref[64];
    world_person(s, ref);
    for (size_t i = 0; i < 2; i++) {
        struct session *other = world_as(logins[i]);
        world_no(other, LINE("person show %s", ref), ERR_DENIED, NULL);
        world_no(other, LINE("person edit %s phone=-", ref), ERR_DENIED, NULL);
        struct err e = {0};
        struct list_run r = {.row = keep_page, .ctx = line};
        assert_false(list_call(other, list_find("person list"), NULL, 0, "screen", &r, &e));
        assert_int_equal(e.code, ERR_DENIED);
        world_close(other);
    }
    world_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_recorded_and_shown),
        cmocka_unit_test(what_cannot_be_is_refused_with_its_field),
        cmocka_unit_test(a_person_who_is_there_is_not_recorded_twice_unless_said_why),
        cmocka_unit_test(an_edit_changes_what_is_given_and_nothing_else),
        cmocka_unit_test(an_edit_of_an_older_version_says_who_changed_what),
        cmocka_unit_test(one_box_finds_a_person_by_whatever_is_known),
        cmocka_unit_test(recipients_are_told_of_details_they_hold_and_of_no_others),
        cmocka_unit_test(undoing_an_edit_makes_the_person_found_as_before),
        cmocka_unit_test(pages_of_a_list_go_by_key_and_meet),
        cmocka_unit_test(the_list_is_filtered_by_neighbourhood),
        cmocka_unit_test(a_death_closes_episodes_and_stops_handoffs),
        cmocka_unit_test(roles_without_content_open_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * The first start: three ways to begin where there is no store yet, each of
 * which ends at a desk, and leaves nothing behind where it could not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "screens/support/seat.h"
#include "support/importing.h"
#include "support/testdb.h"

#define HEAD "given_name,family_name,date_of_birth,state,received_on,source\n"
#define GOOD HEAD "Amara,Quill,1961-02-03,received,2026-11-02,self\nBilal,Quill,1972-03-04,received,2026-11-03,self\n"
#define MIXED GOOD "Cerys,Quill,1980-04-05,received,2099-01-01,self\n"

static struct seat *seat;
static const char *folder;
static char store[512];

static int begin(void **state)
{
    (void)state;
    world_now(INT64_C(1795424400000)); /* Monday 2026-11-23 09:00 */
    importing_begin();
    folder = testdb_folder();
    snprintf(store, sizeof store, "%s/new.db", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    seat_close(seat);
    testdb_folder_drop(folder);
    importing_end();
    return 0;
}

/* Sits down where there is no store; `url` as it was named, NULL not at all. */
static void sit(const char *url)
{
    seat = seat_with(&(struct desk_options){.rows = 24, .cols = 80, .url = url, .os_account = "world"});
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Types a text as a person does; a path may hold what would be a key's name. */
static void type(const char *text)
{
    for (; *text; text++)
        seat_keys(seat, *text == '<' ? "<lt>" : (const char[]){*text, '\0'});
}

static void three_ways_are_offered_in_words(void **state)
{
    (void)state;
    sit("./onward.db");
    seat_has(seat, "There is no store at ./onward.db yet.");
    seat_golden(seat, "welcome");
    seat_keys(seat, "<Down><Down><Enter>");
    seat_has(seat, "Start fresh");
    seat_golden(seat, "welcome_fresh");
    seat_keys(seat, "<Esc><Up><Up><Enter>");
    seat_has(seat, "./onward-demo");
    seat_golden(seat, "welcome_demo");
    seat_keys(seat, "<Esc>2");
    seat_golden(seat, "welcome_file");
}

static void no_store_named_means_the_usual_one(void **state)
{
    (void)state;
    sit(NULL);
    seat_has(seat, "There is no store yet.");
    seat_keys(seat, "3");
    seat_has(seat, "./onward.db");
}

static void fresh_makes_a_store_offers_a_password_and_says_what_comes_next(void **state)
{
    (void)state;
    sit(store);
    seat_keys(seat, "3<Enter>");
    seat_has(seat, "Set a password now?");
    assert_true(is_there(store));
    seat_keys(seat, "n");
    seat_has(seat, "What comes next");
    seat_golden(seat, "welcome_next");
    seat_keys(seat, "q");
    seat_has(seat, "Today");
    seat_keys(seat, ":ways to begin<Enter>");
    seat_has(seat, "What comes next");
    seat_keys(seat, "q");
    assert_string_equal(session_login(desk_session(seat_desk(seat))), "world");
}

static void the_password_is_set_there_and_then(void **state)
{
    (void)state;
    sit(store);
    seat_keys(seat, "3<Enter>y");
    seat_keys(seat, "three plain words<Enter>three plain words<Enter>");
    assert_true(session_has_password(desk_session(seat_desk(seat))));
}

static void what_cannot_be_made_says_why_and_leaves_nothing(void **state)
{
    (void)state;
    sit(store);
    seat_keys(seat, "3<C-u>");
    seat_keys(seat, "<Enter>");
    seat_has(seat, "say where it is to lie");
    type("mysql://somewhere");
    seat_keys(seat, "<Enter>");
    seat_has(seat, "unknown engine");
    seat_keys(seat, "<C-u>");
    type(importing_file("there.db", "what somebody else wrote"));
    seat_keys(seat, "<Enter>");
    assert_null(desk_session(seat_desk(seat)));
    assert_false(is_there(store));
    seat_keys(seat, "<C-u>");
    type(store);
    seat_keys(seat, "<Enter>");
    seat_has(seat, "Set a password now?");
}

static void a_made_up_borough_seats_a_worker_in_it(void **state)
{
    char url[600];
    (void)state;
    sit(NULL);
    seat_keys(seat, "1<C-u>");
    snprintf(url, sizeof url, "%s/demo", folder);
    type(url);
    seat_keys(seat, "<Enter><C-u>none<Enter>");
    seat_has(seat, "a number from 1 to 1000000");
    assert_false(is_there(url));
    seat_keys(seat, "<C-u>40<Enter>");
    seat_has(seat, "A made-up borough");
    seat_has(seat, "You sit here as gloria");
    seat_keys(seat, "q");
    seat_has(seat, "Today");
    assert_string_equal(session_login(desk_session(seat_desk(seat))), "gloria");
}

static void a_borough_is_not_made_over_another(void **state)
{
    char url[600];
    (void)state;
    sit(NULL);
    snprintf(url, sizeof url, "%s/onward.db", folder);
    FILE *f = fopen(url, "w");
    assert_non_null(f);
    fclose(f);
    seat_keys(seat, "1<C-u>");
    type(folder);
    seat_keys(seat, "<Enter><Enter>");
    assert_null(desk_session(seat_desk(seat)));
    seat_has(seat, "There is a borough in");
}

/* A new store, at the screen that brings a file in. */
static void sit_before_file(void)
{
    sit(store);
    seat_keys(seat, "2<Enter>");
    seat_has(seat, "Bring in a spreadsheet");
    assert_true(is_there(store));
}

static int64_t people(void)
{
    return importing_rows(desk_session(seat_desk(seat)), "person");
}

static void a_file_is_looked_at_before_it_is_taken(void **state)
{
    (void)state;
    sit_before_file();
    seat_has(seat, "A new store was made: ");
    seat_keys(seat, "<Right><Left>");
    seat_golden(seat, "bring_in");
    seat_keys(seat, "<Enter>");
    type(importing_file("referrals.csv", GOOD));
    seat_keys(seat, "<C-s>");
    seat_has(seat, "Enter looks at the file first.");
    seat_keys(seat, "<Enter>");
    seat_has(seat, "Nothing was written yet.");
    seat_has(seat, "2 people new"); /* the line is broken where the path is long */
    assert_int_equal(people(), 0);
    seat_keys(seat, "<C-s>");
    seat_has(seat, "It is in the store.");
    assert_int_equal(people(), 2);
    seat_keys(seat, "<C-s>");
    seat_has(seat, "Enter looks at the file first.");
    seat_keys(seat, "<Enter>");
    seat_has(seat, "This very file is in already.");
    seat_keys(seat, "<Esc>");
    seat_has(seat, "Today");
    assert_int_equal(people(), 2);
}

static void rows_that_are_refused_are_named_by_their_line(void **state)
{
    (void)state;
    sit_before_file();
    seat_keys(seat, "<Enter>");
    type(importing_file("mixed.csv", MIXED));
    seat_keys(seat, "<Enter>");
    seat_has(seat, "refused"); /* where the line breaks hangs on the path */
    seat_has(seat, "Line 4 refused");
    seat_keys(seat, "<PgDn><PgUp>x");
    seat_hasnt(seat, "Line 4 refused");
    seat_keys(seat, "<C-s>");
    seat_has(seat, "Enter looks at the file first.");
    assert_int_equal(people(), 0);
}

static void what_is_in_it_and_its_mapping_are_said(void **state)
{
    (void)state;
    sit_before_file();
    seat_keys(seat, "<Right>");
    seat_has(seat, "[People]");
    seat_keys(seat, "<Tab>");
    type(importing_file("people.csv", "First,Last,date_of_birth\nAmara,Quill,1961-02-03\n"));
    seat_keys(seat, "<Enter>");
    seat_hasnt(seat, "1 added");
    seat_keys(seat, "<Tab>");
    type(importing_file("people.map", "field given_name = First\nfield family_name = Last\n"));
    seat_keys(seat, "<Enter>");
    seat_has(seat, "1 row, 1 added");
    seat_keys(seat, "<C-s>");
    assert_int_equal(people(), 1);
}

static void a_file_that_is_not_there_says_so(void **state)
{
    (void)state;
    sit_before_file();
    seat_keys(seat, "<Enter>/nowhere/at all.csv<Enter>");
    seat_has(seat, "/nowhere/at all.csv cannot be opened");
    seat_keys(seat, "<Esc>");
    seat_has(seat, "Today");
    seat_keys(seat, ":bring in a spreadsheet<Enter>");
    seat_has(seat, "Bring in a spreadsheet");
}

static void leaving_makes_nothing(void **state)
{
    (void)state;
    sit(store);
    seat_keys(seat, "3<C-c>");
    assert_true(desk_is_leaving(seat_desk(seat)));
    assert_false(is_there(store));
}

static void q_leaves_and_no_other_command_is_there_yet(void **state)
{
    static const char *const keys[] = {":", "?", "u", "%", "gd", "f", "i", "<Esc>", "<F1>", "<C-l>", "<C-r>", "<PgDn>", "x", "/"};
    (void)state;
    sit(store);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        seat_keys(seat, keys[i]);
        assert_ptr_equal(desk_top(seat_desk(seat))->type, &welcome_screen);
    }
    seat_paste(seat, "3\n", 2);
    seat_wait(seat, 60 * 60 * 1000);
    seat_has(seat, "There is no store at");
    seat_keys(seat, "q");
    assert_true(desk_is_leaving(seat_desk(seat)));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(three_ways_are_offered_in_words),
        TEST(no_store_named_means_the_usual_one),
        TEST(fresh_makes_a_store_offers_a_password_and_says_what_comes_next),
        TEST(the_password_is_set_there_and_then),
        TEST(what_cannot_be_made_says_why_and_leaves_nothing),
        TEST(a_made_up_borough_seats_a_worker_in_it),
        TEST(a_borough_is_not_made_over_another),
        TEST(a_file_is_looked_at_before_it_is_taken),
        TEST(rows_that_are_refused_are_named_by_their_line),
        TEST(what_is_in_it_and_its_mapping_are_said),
        TEST(a_file_that_is_not_there_says_so),
        TEST(leaving_makes_nothing),
        TEST(q_leaves_and_no_other_command_is_there_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

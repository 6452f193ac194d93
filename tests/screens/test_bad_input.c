/* SPDX-License-Identifier: MIT
 *
 * What bad input gets, from a person, a clipboard, another desk or the store:
 * a line that says what and what to do, text kept, the desk alive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/core.h"
#include "screens/support/sitting.h"
#include "support/faultdb.h"

#define MEGABYTE 1000000

static struct desk *desk(void)
{
    return seat_desk(sitting.seat);
}

static void keys(const char *text)
{
    seat_keys(sitting.seat, text);
}

static void has(const char *text)
{
    seat_has(sitting.seat, text);
}

static void sit(void)
{
    sitting_at(&person_screen, &(struct open_args){.person = sitting.person, .referral = sitting.referral});
}

/* The status line, without blanks at its ends; until the next call. */
static const char *status(void)
{
    static char line[2048];
    const struct canvas *c = desk_draw(desk());
    struct buf text = {0};
    canvas_row(c, layout_of(c->rows, c->cols).status.row, &text);
    snprintf(line, sizeof line, "%s", buf_text(&text));
    text_trim(line);
    buf_free(&text);
    return line;
}

static void alive(void)
{
    if (desk_is_leaving(desk()))
        fail_msg("the desk is gone");
}

static void something_is_said(void)
{
    alive();
    if (!*status())
        fail_msg("nothing is said:\n%s", seat_text(sitting.seat));
}

static size_t contacts(void)
{
    json_t *doc = world_show(sitting.s, LINE("referral show %s", sitting.referral));
    size_t n = json_array_size(json_object_get(doc, "contacts"));
    json_decref(doc);
    return n;
}

/* Every cell is something that a terminal may be sent. */
static void cells_are_harmless(void)
{
    const struct canvas *c = desk_draw(desk());
    for (int i = 0; i < c->rows * c->cols; i++)
        for (int k = 0; k < CELL_MARKS && c->cells[i].text[k]; k++) {
            uint32_t u = c->cells[i].text[k];
            if (u < 0x20 || (u >= 0x7F && u < 0xA0) || (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069))
                fail_msg("U+%04X is on the screen", (unsigned)u);
        }
}

/* ---- what is typed */

static void text_over_length_is_refused_with_words_and_kept(void **state)
{
    static char note[6001];
    (void)state;
    sit();
    memset(note, 'n', sizeof note - 1);
    keys("Cr<Enter><Enter>");
    keys(note);
    keys("<C-s>");
    has("Note: this has 6000 characters, the most is 2000.");
    has("nnnn");
    sitting_at(&find_screen, NULL);
    keys(note);
    alive();
    has("nnnn");
}

static void dates_that_cannot_be_say_so_and_stay(void **state)
{
    static const char *const dates[] = {"31/02/2026", "2026-13-45", "99/99/9999", "yesterday week", "0", "1/1/0000", "29/2/2025"};
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        size_t before = contacts();
        sit();
        keys("!Ring back<Tab>");
        keys(dates[i]);
        keys("<C-s>");
        something_is_said();
        has(dates[i]);
        has("Ring back");
        assert_int_equal(contacts(), before);
        keys("<Esc>x");
    }
}

static void a_key_without_meaning_says_where_the_keys_are(void **state)
{
    static const struct screen_type *const types[] = {&today_screen, &caseload_screen, &directory_screen, &tonight_screen, &replies_screen};
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        sitting_at(types[i], NULL);
        keys("~");
        has("~ does nothing here; ? shows the keys.");
        desk_event(desk(), &(struct event){.kind = EVENT_KEY, .key = PRESS_NONE});
        has("That key has no meaning here");
    }
}

/* ---- what is pasted */

static void paste(const char *text)
{
    seat_paste(sitting.seat, text, strlen(text));
}

static void a_paste_of_a_megabyte_is_cut_with_words_wherever_it_lands(void **state)
{
    static const struct {
        const char *keys, *words; /* words NULL: whatever is said */
    } places[] = {
        {"", "Pasted text is text"}, {"Cr<Enter><Enter>", "There is no room for that here"}, {"f", NULL}, {":", NULL}, {"?", NULL}, {"gcl", "No more text fits here."},
        {"inOttoline<Enter>", NULL}, {"gc/", "No more text fits here."},
    };
    (void)state;
    char *text = xcalloc(1, MEGABYTE + 1);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        memset(text, i % 2 ? 'a' : '\n', MEGABYTE);
        for (size_t at = 0; at < MEGABYTE; at += 7)
            text[at] = 'b';
        sit();
        keys(places[i].keys);
        paste(text);
        alive();
        if (places[i].words)
            has(places[i].words);
        keys("<Enter><Esc><Esc>");
        alive();
    }
    free(text);
}

static void pasted_sequences_and_broken_text_are_text(void **state)
{
    static const char *const texts[] = {
        "\033[2J\033[31mred\033]0;title\007", "\033[200~q\033[201~", "\xff\xfe\xc3(", "\xc0\xaf\xed\xa0\x80", "\xe2\x80\xae" "evil\xe2\x81\xa6",
        "bell\a backspace\b del\x7f", "line\r\nline\tline", "\xc2\x9b" "2J",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t before = contacts();
        sit();
        keys("Cr<Enter><Enter>");
        paste(texts[i]);
        cells_are_harmless();
        keys("<C-s>");
        something_is_said();
        assert_int_equal(contacts(), before + 1);
        keys("5");
        cells_are_harmless();
        keys("f");
        paste(texts[i]);
        cells_are_harmless();
        keys("<Enter><Esc>");
        alive();
    }
}

/* ---- what goes underfoot */

static void a_referral_closed_underfoot_keeps_the_note(void **state)
{
    (void)state;
    sit();
    keys("Cr<Enter><Enter>Has the letters");
    world_must(sitting.s, LINE("referral error %s reason='Wrong person'", sitting.referral), NULL);
    keys("<C-s>");
    something_is_said();
    has("Has the letters");
    seat_wait(sitting.seat, 2000);
    alive();
    has("Has the letters");
}

static void a_record_merged_underfoot_leads_to_the_one_kept(void **state)
{
    char other[64];
    (void)state;
    world_person(sitting.s, other);
    sitting_at(&person_screen, &(struct open_args){.person = other});
    world_must(sitting.s, LINE("person merge %s %s", sitting.person, other), NULL);
    seat_wait(sitting.seat, 2000);
    alive();
    keys("8e<Esc>e<C-s>");
    alive();
    keys("<C-l>");
    has("Quillfeather");
}

static void a_draft_discarded_underfoot_says_so(void **state)
{
    char person[64], referral[64];
    (void)state;
    world_person(sitting.s, person);
    world_must(sitting.s, LINE("referral start %s source=self reason='Lonely' safeguarding=none", person), referral);
    sitting_at(&person_screen, &(struct open_args){.person = person, .referral = referral});
    keys("!Ask again<Tab>tomorrow");
    world_must(sitting.s, LINE("referral discard %s", referral), NULL);
    keys("<C-s>");
    something_is_said();
    seat_wait(sitting.seat, 2000);
    keys("<C-l>");
    alive();
}

static void a_record_restricted_underfoot_is_not_shown_any_more(void **state)
{
    (void)state;
    sit();
    has("Quillfeather");
    world_must(sitting.s, LINE("person restrict %s users=world", sitting.person), NULL);
    seat_wait(sitting.seat, 2000);
    something_is_said();
    seat_hasnt(sitting.seat, "Quillfeather");
}

static void a_handoff_withdrawn_underfoot_is_not_sent(void **state)
{
    (void)state;
    sitting_plan();
    sitting_at(&handoff_screen, &(struct open_args){.handoff = sitting.handoff});
    world_must(sitting.s, LINE("handoff withdraw %s reason=no_longer_needed", sitting.handoff), NULL);
    keys("s");
    something_is_said();
    sitting_is("withdrawn");
}

/* ---- the store */

static const char *store_path(void)
{
    return world_url() + strlen("sqlite:");
}

static struct db *store(void)
{
    return desk_session(desk())->db;
}

static void on_store(const char *sql)
{
    struct err e = {0};
    if (!db_script(store(), sql, &e))
        fail_msg("%s: %s", sql, e.text);
}

static void a_store_that_another_program_holds_is_said_and_the_next_try_works(void **state)
{
    (void)state;
    size_t before = contacts();
    sit();
    keys("Cr<Enter><Enter>Has the letters");
    faultdb_hold(store());
    keys("<C-s>");
    has("Another program holds the store");
    has("Has the letters");
    seat_wait(sitting.seat, 2000); /* nor can the draft be kept */
    has("Has the letters");
    something_is_said();
    faultdb_unwrap(store());
    keys("<C-s>");
    has("Logged on");
    assert_int_equal(contacts(), before + 1);
}

static void log_long_note(void)
{
    static char note[1801];
    memset(note, 'n', sizeof note - 1);
    keys("Cr<Enter><Enter>");
    keys(note);
    keys("<C-s>");
}

static void a_full_disk_is_said_and_the_text_stays(void **state)
{
    size_t before = contacts(), logged = 0;
    (void)state;
    sit();
    on_store("PRAGMA max_page_count = 1"); /* no more pages than it has; some have room */
    for (log_long_note(); strstr(seat_text(sitting.seat), "Logged on") && logged < 50; log_long_note())
        logged++;
    has("full;"); /* one word of it: where the line breaks hangs on the path */
    has("nnnn");
    assert_int_equal(contacts(), before + logged);
    on_store("PRAGMA max_page_count = 1000000");
    keys("<C-s>");
    has("Logged on");
    assert_int_equal(contacts(), before + logged + 1);
}

static void a_store_whose_file_is_gone_leaves_the_desk_alive(void **state)
{
    char aside[4096];
    (void)state;
    sit();
    keys("Cr<Enter><Enter>Has the letters");
    snprintf(aside, sizeof aside, "%s.aside", store_path());
    assert_int_equal(rename(store_path(), aside), 0);
    keys("<C-s>");
    something_is_said();
    seat_wait(sitting.seat, 2000);
    keys("<C-l>gtgc");
    alive();
    assert_int_equal(rename(aside, store_path()), 0);
}

/* ---- the window */

static void a_window_of_any_size_says_what_it_needs(void **state)
{
    static const int sizes[][2] = {{5, 20}, {1, 1}, {1, 200}, {200, 1}, {23, 80}, {24, 79}};
    (void)state;
    sit();
    keys("Cr<Enter><Enter>Has the letters");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        seat_size(sitting.seat, sizes[i][0], sizes[i][1]);
        keys("<C-s>x");
        alive();
    }
    seat_size(sitting.seat, 24, 80);
    has("Has the letters");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, sitting_begin, sitting_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_over_length_is_refused_with_words_and_kept),
        TEST(dates_that_cannot_be_say_so_and_stay),
        TEST(a_key_without_meaning_says_where_the_keys_are),
        TEST(a_paste_of_a_megabyte_is_cut_with_words_wherever_it_lands),
        TEST(pasted_sequences_and_broken_text_are_text),
        TEST(a_referral_closed_underfoot_keeps_the_note),
        TEST(a_record_merged_underfoot_leads_to_the_one_kept),
        TEST(a_draft_discarded_underfoot_says_so),
        TEST(a_record_restricted_underfoot_is_not_shown_any_more),
        TEST(a_handoff_withdrawn_underfoot_is_not_sent),
        TEST(a_store_that_another_program_holds_is_said_and_the_next_try_works),
        TEST(a_full_disk_is_said_and_the_text_stays),
        TEST(a_store_whose_file_is_gone_leaves_the_desk_alive),
        TEST(a_window_of_any_size_says_what_it_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

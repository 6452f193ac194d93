/* SPDX-License-Identifier: MIT
 *
 * The Replies screen: news until it is read, and answers that were not
 * understood until somebody settles them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "screens/support/sitting.h"
#include "support/night.h"
#include "support/sent.h"

static const char *spool;

/* Two handoffs sent and answered by file: one accepted, one in a word that nobody knows; and a row that matches nothing. */
static int begin(void **state)
{
    char other[64];
    sitting_begin(state);
    spool = night_spool();
    sent_queued(sitting.s, sitting.person, sitting.referral, sitting.handoff);
    sent_queued(sitting.s, NULL, NULL, other);
    night_must(sitting.s, spool, NIGHTLY_DONE);
    world_day(1);
    night_reply(spool, "reply.csv",
                LINE("row_id,status,date,note\n%s-1,accepted,23/11/2026,Will ring her\n%s-1,Maybe,23/11/2026,\nHO-0000-0000-1,accepted,23/11/2026,\n",
                     sitting.handoff, other));
    night_must(sitting.s, spool, NIGHTLY_PARTLY);
    return 0;
}

static int end(void **state)
{
    night_spool_drop(spool);
    return sitting_end(state);
}

static size_t rows_of(const char *line)
{
    json_t *rows = world_list(sitting.s, line);
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

static void news_stands_until_it_is_read(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_has(sitting.seat, "[1 News of mine]");
    seat_has(sitting.seat, "Accepted");
    seat_golden(sitting.seat, "replies_news");
    seat_keys(sitting.seat, "d");
    seat_has(sitting.seat, "No news of your people.");
    assert_int_equal(rows_of("handoff list news=yes"), 0);
}

static void enter_opens_the_handoff_with_what_they_said(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "<Enter>");
    seat_has(sitting.seat, "What they said");
    seat_has(sitting.seat, "Will ring her");
    seat_keys(sitting.seat, "d");
    seat_has(sitting.seat, "is read");
    seat_keys(sitting.seat, "<Esc>");
    seat_has(sitting.seat, "No news of your people.");
}

static void news_is_read_by_its_name_in_the_palette(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "<Enter>:news is read<Enter>");
    assert_int_equal(rows_of("handoff list news=yes"), 0);
}

static void tagged_news_is_read_in_one_step(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "t;dy");
    assert_int_equal(rows_of("handoff list news=yes"), 0);
}

static void what_was_not_understood_says_why_and_is_settled(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "3");
    seat_has(sitting.seat, "[3 Not understood]");
    seat_has(sitting.seat, "Maybe");
    seat_has(sitting.seat, "d settles the row.");
    seat_golden(sitting.seat, "replies_unknown");
    assert_int_equal(rows_of("reply list"), 2);
    seat_keys(sitting.seat, "drang them<C-s>");
    assert_int_equal(rows_of("reply list"), 1);
}

static void a_row_that_names_no_handoff_cannot_be_opened(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "3/there is no<Enter><Enter>");
    seat_has(sitting.seat, "This row names no handoff that we know");
}

static void what_they_meant_is_recorded_by_telephone(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "3/maybe<Enter>ya<Enter><C-s>");
    assert_int_equal(rows_of("handoff list state=accepted"), 2);
}

static void a_manager_says_what_a_word_means(void **state)
{
    (void)state;
    text_put(sitting.login, sizeof sitting.login, "manager");
    sitting_at(&replies_screen, NULL);
    seat_has(sitting.seat, "[2 All news]");
    seat_keys(sitting.seat, "3/maybe<Enter>:what a word means<Enter>Maybe<Tab>waiting<C-s>");
    json_t *rows = world_list(sitting.s, "reply word list");
    assert_true(has_row(rows, "word", "maybe"));
    json_decref(rows);
}

static void the_views_go_round(void **state)
{
    (void)state;
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "[");
    seat_has(sitting.seat, "[3 Not understood]");
    seat_keys(sitting.seat, "]]");
    seat_has(sitting.seat, "[2 All news]");
    seat_keys(sitting.seat, "c");
    seat_has(sitting.seat, "How it stands today");
}

static void next_record_goes_through_the_list(void **state)
{
    (void)state;
    world_must(sitting.s, LINE("handoff reply %s status=started how=phone", sitting.handoff), NULL);
    sitting_at(&replies_screen, NULL);
    seat_keys(sitting.seat, "<Enter>J");
    seat_has(sitting.seat, "That was the last of the list.");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(news_stands_until_it_is_read),
        TEST(enter_opens_the_handoff_with_what_they_said),
        TEST(news_is_read_by_its_name_in_the_palette),
        TEST(tagged_news_is_read_in_one_step),
        TEST(what_was_not_understood_says_why_and_is_settled),
        TEST(a_row_that_names_no_handoff_cannot_be_opened),
        TEST(what_they_meant_is_recorded_by_telephone),
        TEST(a_manager_says_what_a_word_means),
        TEST(the_views_go_round),
        TEST(next_record_goes_through_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

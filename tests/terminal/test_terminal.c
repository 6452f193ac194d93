/* SPDX-License-Identifier: MIT
 *
 * What a terminal does to the desk, with the real program on a real
 * pseudo-terminal: coming and going, sizes, keys and pastes of any bytes,
 * signals, crashes, lost lines.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "onward/desk.h"
#include "terminal/support/program.h"

static void ends_well(void)
{
    int status = emulator_wait(e);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- coming and going */

static void leaving_gives_the_terminal_back_as_it_was(void **state)
{
    (void)state;
    sit();
    emulator_keys(e, "qy");
    ends_well();
    emulator_is_sane(e);
    emulator_hasnt(e, "Today");
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Nothing follows it, so that it must be told from a sequence by time alone: 25 ms, not the second that is usual. */
static void esc_answers_at_once(void **state)
{
    (void)state;
    sit();
    keys("q");
    emulator_has(e, "Leave onward?");
    int64_t from = now_ms();
    emulator_send(e, "\033", 1);
    emulator_await_gone(e, "Leave onward?");
    assert_true(now_ms() - from < 700);
}

static void a_terminal_that_cannot_do_it_is_told_what_would(void **state)
{
    const struct {
        const char *const *env;
        const char *const *options;
        const char *says;
    } cases[] = {
        {ENV("TERM=dumb"), NULL, "TERM is \"dumb\""},
        {ENV("TERM=dumb"), OPTIONS("--linear"), "--linear needs"},
        {ENV("TERM=no-such-terminal"), NULL, "TERM is \"no-such-terminal\""},
        {ENV("TERM"), NULL, "TERM is not set"},
        {ENV("TERM="), NULL, "TERM is not set"},
        {NULL, OPTIONS("--theme", "tartan"), "There is no theme"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        start(cases[i].options, cases[i].env, 24, 300);
        int status = emulator_wait(e);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 2);
        emulator_has(e, cases[i].says);
        if (strstr(cases[i].says, "TERM"))
            emulator_has(e, "onward help");
        const char *bytes = emulator_bytes(e, &n);
        if (cases[i].env)
            assert_null(memchr(bytes, 27, n));
        emulator_is_sane(e);
    }
}

static void without_a_terminal_it_says_so(void **state)
{
    char command[5000];
    (void)state;
    snprintf(command, sizeof command, "'%s' --db '%s' desk </dev/null 2>&1 | grep -q 'needs a terminal'", program, world_url());
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "'%s' </dev/null | grep -q 'Store and files'", program);
    assert_int_equal(system(command), 0);
}

/* ---- sizes */

static void every_size_is_survived_and_the_screen_is_whole_again(void **state)
{
    static const struct {
        int rows, cols;
        const char *shows;
    } sizes[] = {
        {24, 79, "needs a window"}, {1, 1, ""},  {5, 20, "onward needs"}, {300, 1000, "Today"}, {1, 300, "needs"}, {300, 1, ""},
        {50, 200, "Today"},         {2, 80, ""}, {24, 80, "Today"},
    };
    (void)state;
    sit();
    char *before = xstrdup(emulator_text(e));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        emulator_resize(e, sizes[i].rows, sizes[i].cols);
        emulator_sync(e);
        emulator_has(e, sizes[i].shows);
    }
    assert_string_equal(emulator_text(e), before);
    free(before);
    keys("jjkk");
    emulator_has(e, "Today");
}

static void a_small_window_says_what_it_needs_and_can_be_left(void **state)
{
    (void)state;
    start(NULL, NULL, 5, 20);
    emulator_sync(e);
    emulator_has(e, "onward needs");
    keys("ij\r");
    emulator_keys(e, "q");
    ends_well();
    emulator_is_sane(e);
}

/* ---- keys and bytes that are none */

/* The screen but for the status line, where it is said that a key means nothing. */
static char *but_status(void)
{
    struct buf b = {0};
    for (int row = 0; row < 24; row++)
        if (row != 22)
            buf_fmt(&b, "%s\n", emulator_row(e, row));
    return b.data;
}

static void what_is_no_key_is_swallowed_whole(void **state)
{
    static const char *const junk[] = {
        "\033[?1;2c",                  /* an answer to a question nobody asked */
        "\033[24;80R",
        "\033[<0;10;10M\033[<0;10;10m", /* mouse reports, new and old */
        "\033[M qi",
        "\033]52;c;qqii\a",
        "\033]0;iiqq\033\\",
        "\033P1$r0iq\033\\",
        "\033_iq\033\\",
        "\033^iq\033\\",
        "\033Xiq\033\\",
        "\033[[D",
        "\033[99;99;99i",
        "\033[?2026;2$y",
        "\033[I\033[O",
        "\033Oi",
        "\033Ni",
        "\033q",                       /* with Alt */
        "\033\303\251",
        "\033[27;5;105~",
        "\033[105;5u",
        "\033[201~",                   /* the end of a paste that never began */
        "\302\233",                    /* U+009B */
        "\302\205",
    };
    (void)state;
    sit();
    char *before = but_status();
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++) {
        send(junk[i]);
        char *after = but_status();
        if (strcmp(before, after) != 0)
            fail_msg("case %zu did something:\n%s", i, emulator_text(e));
        free(after);
    }
    free(before);
}

static void a_sequence_that_never_ends_does_not_take_the_next_keys_for_long(void **state)
{
    (void)state;
    sit();
    emulator_send(e, "\033[12", 4);
    emulator_await(e, "no meaning");
    keys("?");
    emulator_has(e, "Esc");
}

static void keys_are_known_however_the_terminal_sends_them(void **state)
{
    static const char *const same[][8] = {
        {"\033OB", "\033[B", "j", "\033[1;2B"},            /* down */
        {"\033OF", "\033[F", "\033[4~", "\033[8~", "\033[1;5F"}, /* end */
    };
    (void)state;
    more_people(4);
    sit();
    keys("gc");
    for (size_t k = 0; k < sizeof same / sizeof *same; k++) {
        int row = -1, col;
        for (size_t i = 0; same[k][i]; i++) {
            int there;
            send("\033[H");
            send(same[k][i]);
            emulator_cursor(e, &there, &col);
            if (i)
                assert_int_equal(there, row);
            row = there;
        }
    }
}

static void what_is_no_utf8_is_shown_as_such(void **state)
{
    (void)state;
    sit();
    keys("f");
    send("a\377b\303(c\342\202");
    emulator_send(e, "d", 1);
    emulator_sync(e);
    emulator_has(e, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD(c");
}

/* ---- pastes */

#define PASTE "\033[200~"
#define PASTED "\033[201~"

static void pasted_commands_are_text(void **state)
{
    (void)state;
    sit();
    send(PASTE "qyqy\ri:leave\r\033[A\003" PASTED);
    emulator_has(e, "Pasted text is text");
    emulator_has(e, "Today");
    keys("f");
    send(PASTE "quilly" PASTED);
    emulator_has(e, "quilly");
}

static void a_paste_without_end_is_taken_after_a_silence(void **state)
{
    (void)state;
    sit();
    keys("f");
    emulator_send(e, PASTE "quillo", 12);
    emulator_await(e, "quillo");
    keys("x");
    emulator_has(e, "quillox");
}

static void a_paste_of_a_megabyte_is_no_trouble(void **state)
{
    size_t n = 1 << 20;
    char *much = xmalloc(n);
    (void)state;
    memset(much, 'q', n);
    for (size_t i = 0; i < n; i += 61)
        much[i] = i % 2 ? '\033' : '\n';
    sit();
    for (int in_a_field = 0; in_a_field < 2; in_a_field++) {
        emulator_send(e, PASTE, 6);
        emulator_send(e, much, n);
        send(PASTED);
        assert_true(emulator_is_running(e));
        emulator_has(e, in_a_field ? "Find" : "Pasted text is text");
        if (!in_a_field)
            keys("f");
    }
    free(much);
    emulator_send(e, "\033", 1);
    emulator_sync(e);
    emulator_has(e, "Today");
}

static void a_held_key_never_falls_behind(void **state)
{
    char held[501];
    size_t n;
    (void)state;
    memset(held, 'j', 500);
    held[500] = '\0';
    sit();
    emulator_forget(e);
    send(held);
    emulator_bytes(e, &n);
    assert_true(n < 4000); /* some frames, not five hundred */
}

/* ---- stopping and being stopped */

static void it_stops_for_the_shell_and_comes_back(void **state)
{
    char command[5000];
    (void)state;
    e = emulator_start(OPTIONS("bash", "--norc", "--noprofile", "--noediting", "-i"), ENV("PS1=ready: "), 24, 80);
    emulator_await(e, "ready:");
    snprintf(command, sizeof command, "clear; bash -c \"'%s' --db '%s'; true\"\r", program, world_url());
    emulator_send(e, command, strlen(command));
    emulator_await(e, "Today");
    emulator_sync(e);
    char *before = xstrdup(emulator_text(e));
    emulator_keys(e, "<C-z>");
    emulator_await(e, "Stopped");
    emulator_await(e, "ready:");
    static const char resume[] = "fg; PS1='fin''ished: '\r";
    emulator_send(e, resume, sizeof resume - 1);
    emulator_await(e, "Today");
    emulator_sync(e);
    assert_string_equal(emulator_text(e), before);
    free(before);
    emulator_keys(e, "qy");
    emulator_await(e, "finished:");
    emulator_send(e, "exit\r", 5);
    emulator_wait(e);
}

static void with_nobody_to_bring_it_back_it_stays(void **state)
{
    (void)state;
    sit(); /* a program without a shell: the kernel stops no orphan */
    keys("<C-z>");
    emulator_has(e, "Today");
    keys("?");
    assert_true(emulator_is_running(e));
}

static bool drop_draft(void *session, const struct draft *d)
{
    struct err wrong = {0};
    return draft_drop(session, d->form, d->about, &wrong);
}

static void drop_drafts(void)
{
    struct err wrong = {0};
    struct session *worker = world_as("worker");
    assert_true(draft_each(worker, drop_draft, worker, &wrong));
    world_close(worker);
}

static void a_signal_to_end_keeps_what_was_typed(void **state)
{
    static const int numbers[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, 0};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sit();
        keys("i");
        keys("n<Tab>Quill");
        if (numbers[i])
            emulator_signal(e, numbers[i]);
        else
            emulator_hang_up(e);
        ends_well();
        if (numbers[i])
            emulator_is_sane(e);
        start(NULL, NULL, 24, 80);
        emulator_sync(e);
        emulator_has(e, "Unsaved text");
        keys("<Enter>");
        emulator_has(e, "Quill");
        keys("<Esc>"); /* kept for later, or as the form asks */
        emulator_end(e);
        e = NULL;
        drop_drafts();
    }
}

static void a_crash_gives_the_terminal_back(void **state)
{
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sit();
        emulator_signal(e, numbers[i]);
        int status = emulator_wait(e);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), numbers[i]);
        emulator_is_sane(e);
    }
}

int main(void)
{
    if (!find_program())
        return 1;
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(leaving_gives_the_terminal_back_as_it_was),
        TEST(esc_answers_at_once),
        TEST(a_terminal_that_cannot_do_it_is_told_what_would),
        TEST(without_a_terminal_it_says_so),
        TEST(every_size_is_survived_and_the_screen_is_whole_again),
        TEST(a_small_window_says_what_it_needs_and_can_be_left),
        TEST(what_is_no_key_is_swallowed_whole),
        TEST(a_sequence_that_never_ends_does_not_take_the_next_keys_for_long),
        TEST(keys_are_known_however_the_terminal_sends_them),
        TEST(what_is_no_utf8_is_shown_as_such),
        TEST(pasted_commands_are_text),
        TEST(a_paste_without_end_is_taken_after_a_silence),
        TEST(a_paste_of_a_megabyte_is_no_trouble),
        TEST(a_held_key_never_falls_behind),
        TEST(it_stops_for_the_shell_and_comes_back),
        TEST(with_nobody_to_bring_it_back_it_stays),
        TEST(a_signal_to_end_keeps_what_was_typed),
        TEST(a_crash_gives_the_terminal_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

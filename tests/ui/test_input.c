/* SPDX-License-Identifier: MIT
 *
 * Bytes of any kind become keys and pastes, the same however they are cut
 * into packets, and nothing that is no key becomes one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "input.h"

/* All events of the bytes, given in packets of `packet` bytes, as words: key names, "-" for none, "[..]" for a paste. */
static char *heard(const char *bytes, size_t n, size_t packet)
{
    struct input in = {0};
    struct buf out = {0};
    struct event ev;
    input_define(&in, "\033q7", PRESS_HOME); /* of a made-up terminal */
    input_define(&in, "\013", PRESS_UP);     /* refused: ^K means ^K */
    buf_str(&out, "");
    for (size_t at = 0; at < n || input_patience(&in) >= 0;) {
        bool silence = at >= n;
        if (!silence) {
            size_t some = n - at < packet ? n - at : packet;
            input_add(&in, bytes + at, some);
            at += some;
        }
        while (input_next(&in, silence, &ev)) {
            char name[16] = "-";
            if (ev.kind == EVENT_PASTE)
                buf_fmt(&out, "[%.*s] ", (int)ev.length, ev.paste);
            else if (ev.key != PRESS_NONE)
                key_label(ev.key, name);
            if (ev.kind == EVENT_KEY)
                buf_fmt(&out, "%s ", name);
        }
    }
    input_free(&in);
    return out.data;
}

static const struct {
    const char *bytes, *means;
} cases[] = {
    {"aZ ?", "a Z Space ? "},
    {"\r\n\t\177\b\003\032", "Enter ^J Tab Backspace Backspace ^C ^Z "},
    {"\303\251\342\202\254\360\237\230\200", "\303\251 \342\202\254 \360\237\230\200 "},
    {"\033", "Esc "},
    {"\033\033", "Esc Esc "},
    {"\033\033[A", "Esc Up "},
    {"\033[A\033[B\033[C\033[D\033OA\033OB\033OC\033OD", "Up Down Right Left Up Down Right Left "},
    {"\033[H\033OH\033[1~\033[7~\033[F\033OF\033[4~\033[8~", "Home Home Home Home End End End End "},
    {"\033[3~\033[5~\033[6~\033[Z\033OP\033[11~\033[[A\033[21~", "Del PgUp PgDn Backtab F1 F1 F1 F10 "},
    {"\033[1;5A\033[1;2D\033[3;2~\033O5C", "Up Left Del Right "},
    {"\033OM\033Oq\033Ok", "Enter 1 + "},
    {"\033q7x", "Home x "},
    {"\013", "^K "},
    /* no keys */
    {"\033[99~x", "- x "},
    {"\033[?1;2cx", "- x "},
    {"\033[1;2Px", "- x "},
    {"\033[<0;10;10Mx", "- x "},
    {"\033[M !!x", "- x "},
    {"\033[[Zx", "- x "},
    {"\033]52;c;abc\ax", "- x "},
    {"\033]52;c;abc\033\\x", "- x "},
    {"\033Pabc\033\\x", "- x "},
    {"\033_abc\033\\\033^abc\033\\\033Xabc\033\\x", "- - - x "},
    {"\033]abc\033[A", "- Up "},     /* a string broken off by another sequence */
    {"\033[12\rx", "- Enter x "},    /* broken off by a control character */
    {"\033[12\303\251", "- \303\251 "},
    {"\033zx", "- x "},              /* with Alt */
    {"\033\303\251x", "- x "},
    {"\033[201~x", "- x "},
    {"\033[12", "- "},
    {"\033]abc", "- "},
    {"\033O", "- "},
    {"\302\233x", "- x "},           /* U+009B */
    /* no UTF-8 */
    {"\377x", "\357\277\275 x "},
    {"\303(", "\357\277\275 ( "},
    {"\303", "\357\277\275 "},
    {"\300\200", "\357\277\275 \357\277\275 "},
    {"\355\240\200", "\357\277\275 \357\277\275 \357\277\275 "},
    /* pastes */
    {"\033[200~q\ry\033[201~x", "[q\ry] x "},
    {"\033[200~\033[201~x", "[] x "},
    {"\033[200~a\033[A\033[20b\033[201~\033[201~", "[a\033[A\033[20b] - "},
    {"\033[200~abc\033[20", "[abc\033[20] "},
    {"\033[200~a\033[201~\033[200~b\033[201~", "[a] [b] "},
};

static void keys_are_told_from_what_is_none_however_they_are_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t packet = 1; packet < 12; packet++) {
            char *out = heard(cases[i].bytes, strlen(cases[i].bytes), packet);
            if (strcmp(out, cases[i].means) != 0)
                fail_msg("case %zu in packets of %zu: \"%s\", not \"%s\"", i, packet, out, cases[i].means);
            free(out);
        }
}

static void nul_is_no_key(void **state)
{
    (void)state;
    char *out = heard("\0x", 2, 2);
    assert_string_equal(out, "- x ");
    free(out);
}

static void a_sequence_waits_longer_than_esc_and_a_paste_longest(void **state)
{
    struct input in = {0};
    struct event ev;
    (void)state;
    assert_int_equal(input_patience(&in), -1);
    input_add(&in, "\033", 1);
    int esc = input_patience(&in);
    assert_int_equal(esc, 25);
    assert_false(input_next(&in, false, &ev));
    input_add(&in, "[", 1);
    assert_true(input_patience(&in) > esc);
    input_add(&in, "200~", 4);
    assert_false(input_next(&in, false, &ev));
    assert_int_equal(input_patience(&in), 1000);
    input_free(&in);
}

static void what_never_ends_ends(void **state)
{
    struct input in = {0};
    struct event ev;
    (void)state;
    input_add(&in, "\033]", 2);
    for (int i = 0; i < 5000; i++)
        input_add(&in, "x", 1);
    assert_true(input_next(&in, false, &ev));
    assert_int_equal(ev.key, PRESS_NONE);
    assert_false(input_next(&in, false, &ev));
    input_free(&in);
}

static void a_paste_is_held_up_to_its_bound(void **state)
{
    enum { PART = 1 << 16 };
    char *part = xmalloc(PART);
    struct input in = {0};
    struct event ev;
    (void)state;
    memset(part, 'p', PART);
    input_add(&in, "\033[200~", 6);
    for (size_t n = 0; n < INPUT_PASTE_MOST + PART; n += PART) {
        input_add(&in, part, PART);
        assert_false(input_next(&in, false, &ev));
    }
    input_add(&in, "\033[201~z", 7);
    assert_true(input_next(&in, false, &ev));
    assert_int_equal(ev.kind, EVENT_PASTE);
    assert_int_equal(ev.length, INPUT_PASTE_MOST);
    assert_true(input_next(&in, false, &ev));
    assert_int_equal(ev.key, 'z');
    assert_null(in.paste.data);
    input_free(&in);
    free(part);
}

/* A seeded flood of bytes that sequences are made of: every event is a key that there is. */
static void any_bytes_are_some_keys(void **state)
{
    static const char letters[] = "\033\033\033[[]OP_\\\a;012~ABMmq \302\233\377\r";
    uint32_t seed = 20261123;
    struct input in = {0};
    struct event ev;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 1664525 + 1013904223;
        char c = letters[(seed >> 16) % (sizeof letters - 1)];
        input_add(&in, &c, 1);
        while (input_next(&in, seed >> 28 == 0, &ev))
            if (ev.kind == EVENT_KEY)
                assert_true(ev.key > 0 && ev.key <= PRESS_NONE);
    }
    input_free(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_told_from_what_is_none_however_they_are_cut),
        cmocka_unit_test(nul_is_no_key),
        cmocka_unit_test(a_sequence_waits_longer_than_esc_and_a_paste_longest),
        cmocka_unit_test(what_never_ends_ends),
        cmocka_unit_test(a_paste_is_held_up_to_its_bound),
        cmocka_unit_test(any_bytes_are_some_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

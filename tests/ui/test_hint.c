/* SPDX-License-Identifier: MIT
 *
 * The engine's next steps in the desk's words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hint.h"

static void a_step_of_the_command_line_is_a_name_after_a_colon(void **state)
{
    static const struct {
        const char *engine, *desk;
    } cases[] = {
        {"Send it with `onward handoff send HO-0000-0000`.", "Send it with :handoff send."},
        {"HO-1 is planned. Send it with `onward handoff send HO-1`; `onward handoff why HO-1` asks.", "HO-1 is planned. Send it with :handoff send; :handoff why asks."},
        {"Log it: onward referral contact SP-0000-0000 mode=.. outcome=..", "Log it: :referral contact"},
        {"That has its own command: onward referral decline.", "That has its own command: :referral decline."},
        {"Record it: onward person died REF on=.. It closes.", "Record it: :person died It closes."},
        {"`onward handoff list held=yes` says why.", "`onward handoff list held=yes` says why."},
        {"Sent onward today.", "Sent onward today."},
        {"", ""},
        {"onward ", "onward "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        hint_for_desk(cases[i].engine, NULL, &out);
        assert_string_equal(buf_text(&out), cases[i].desk);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_step_of_the_command_line_is_a_name_after_a_colon)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * onward desk, or onward without words at a terminal: sits down at the desk.
 */
#include "../ui/ui.h"
#include "cli.h"

int command_desk(struct cli *c)
{
    struct err e = {0};
    char spool[4096];
    struct session_options session = {.url = cli_store(c), .os_account = c->os_account, .as = c->as, .clock = cli_clock};
    struct ui_options o = {.session = &session, .spool = cli_spool(c, spool), .ascii = c->ascii, .linear = c->linear, .mono = c->mono,
                           .read_only = c->read_only, .theme = c->theme};
    return ui_run(&o, &e) ? STATUS_DONE : cli_fail(c, &e);
}

void print_keys(void)
{
    ui_manual();
}

/* SPDX-License-Identifier: MIT
 *
 * onward: reads the command line, picks the command, runs it.
 */
#include <locale.h>
#include <stdio.h>

#include "cli/cli.h"

int main(int argc, char **argv)
{
    struct cli c = {0};
    struct err e = {0};
    setlocale(LC_CTYPE, "C.UTF-8");
    int status = cli_parse(&c, argc, argv, &e) ? cli_run(&c) : cli_fail(&c, &e);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("onward: the output could not be written");
        return status ? status : STATUS_UNFIT;
    }
    return status;
}

/* SPDX-License-Identifier: MIT
 *
 * Asking for a password: at the terminal twice and without echo, from a pipe
 * one line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli.h"

static char *read_line(void)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n = getline(&line, &cap, stdin);
    if (n < 0) {
        free(line);
        return NULL;
    }
    line[strcspn(line, "\r\n")] = '\0';
    return line;
}

static char *ask_once(const char *prompt, bool terminal)
{
    struct termios old, quiet;
    if (!terminal || tcgetattr(STDIN_FILENO, &old) != 0)
        return read_line();
    quiet = old;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    fprintf(stderr, "%s: ", prompt);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    char *line = read_line();
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
    fputc('\n', stderr);
    return line;
}

char *read_secret(const char *label, struct err *e)
{
    bool terminal = isatty(STDIN_FILENO) == 1;
    char *first = ask_once(label, terminal);
    char *again = first && terminal ? ask_once("Again", terminal) : NULL;
    bool same = first && (!terminal || (again && strcmp(first, again) == 0));
    free(again);
    if (!same) {
        free(first);
        err_set(e, ERR_INVALID, "The two were not the same, or nothing was typed. Nothing was changed.");
        return NULL;
    }
    return first;
}

/* SPDX-License-Identifier: MIT
 *
 * The program in an emulator over a small world (see program.h).
 */
#include "terminal/support/program.h"

#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct session *lead;
struct emulator *e;
char program[4096];
char person[64], referral[64];

/* Whoever runs the test is the worker. */
int begin(void **state)
{
    char line[400];
    const struct passwd *account = getpwuid(getuid());
    (void)state;
    lead = world_open();
    snprintf(line, sizeof line, "user edit worker os_account='%s'", account ? account->pw_name : "");
    world_must(lead, line, NULL);
    world_person(lead, person);
    world_referral(lead, person, referral);
    return 0;
}

int end(void **state)
{
    (void)state;
    emulator_end(e);
    e = NULL;
    world_close(lead);
    return 0;
}

void start(const char *const *options, const char *const *env, int rows, int cols)
{
    const char *argv[16] = {program, "--db", world_url()};
    size_t n = 3;
    for (; options && *options; options++)
        argv[n++] = *options;
    emulator_end(e);
    e = emulator_start(argv, env, rows, cols);
}

void sit_with(const char *const *options, const char *const *env)
{
    start(options, env, 24, 80);
    emulator_sync(e);
    emulator_has(e, "Today");
}

void sit(void)
{
    sit_with(NULL, NULL);
}

void keys(const char *typed)
{
    emulator_keys(e, typed);
    emulator_sync(e);
}

void send(const char *bytes)
{
    emulator_send(e, bytes, strlen(bytes));
    emulator_sync(e);
}

void more_people(int n)
{
    while (n-- > 0) {
        char other[64], ref[64];
        world_person(lead, other);
        world_referral(lead, other, ref);
    }
}

bool find_program(void)
{
    const char *named = getenv("ONWARD_PROGRAM");
    if (realpath(named ? named : "build/onward", program))
        return true;
    puts("1..0 # SKIP the program is not built: set ONWARD_PROGRAM");
    return false;
}

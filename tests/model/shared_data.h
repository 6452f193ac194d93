/* SPDX-License-Identifier: MIT
 *
 * The public reference data that tests of the model read as oracles. It stands
 * beside the checkout (or where ONWARD_SHARED says) and is never copied into
 * it; a test that does not find it says so and skips.
 */
#ifndef ONWARD_TESTS_SHARED_DATA_H
#define ONWARD_TESTS_SHARED_DATA_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Opens a file of the shared data, or skips the test. */
static inline FILE *shared_open(const char *name)
{
    const char *root = getenv("ONWARD_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/data/%s", root ? root : "../shared", name);
    FILE *f = fopen(path, "rb");
    if (!f) {
        print_message("%s is not there\n", path);
        skip();
    }
    return f;
}

/* Copies column `n` (from 0) of a CSV line without quoted line breaks into out[cap]. */
static inline bool csv_column(const char *line, int n, char *out, size_t cap)
{
    size_t len = 0;
    bool quoted = false;
    for (; *line && *line != '\r' && *line != '\n'; line++) {
        if (*line == '"')
            quoted = !quoted;
        else if (*line == ',' && !quoted)
            n--;
        else if (n == 0 && len + 1 < cap)
            out[len++] = *line;
    }
    out[len] = '\0';
    return n <= 0;
}

#endif

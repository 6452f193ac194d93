/* SPDX-License-Identifier: MIT
 *
 * onward demo DIR: the made-up borough.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "onward/demo.h"

#define PEOPLE 2000
#define PEOPLE_MOST 1000000

static void progress(int64_t done, int64_t of)
{
    fprintf(stderr, "\r%lld of %lld people", (long long)done, (long long)of);
    if (done == of)
        fputc('\n', stderr);
}

static bool read_options(struct cli *c, struct demo_options *o, struct err *e)
{
    int64_t seed = 1;
    size_t n;
    const struct typed *words = cli_rest(c, &n);
    o->people = PEOPLE;
    for (size_t i = 0; i < n; i++) {
        const struct typed *w = &words[i];
        if (!w->key && !o->folder)
            o->folder = w->value;
        else if (w->key && strcmp(w->key, "people") == 0) {
            if (!text_to_int(w->value, 1, PEOPLE_MOST, &o->people))
                return err_field(e, "people", "--people takes a number from 1 to %d.", PEOPLE_MOST);
        } else if (w->key && strcmp(w->key, "seed") == 0) {
            if (!text_to_int(w->value, 1, INT64_MAX, &seed))
                return err_field(e, "seed", "--seed takes a whole number from 1 up.");
        } else {
            return err_set(e, ERR_INVALID, "\"%s\" is not a word that demo knows: onward demo DIR [--people N] [--seed S].",
                           w->key ? w->key : w->value);
        }
    }
    o->seed = (uint64_t)seed;
    return o->folder || err_set(e, ERR_INVALID, "Name the folder to make it in: onward demo DIR.");
}

int command_demo(struct cli *c)
{
    struct err e = {0};
    json_t *summary = NULL;
    struct demo_options o = {.os_account = c->os_account, .clock = cli_clock};
    if (isatty(STDERR_FILENO))
        o.progress = progress;
    if (!read_options(c, &o, &e) || !demo_make(&o, &summary, &e))
        return cli_fail(c, &e);
    if (c->json) {
        print_json(summary);
    } else {
        printf("A made-up borough stands in %s (nobody in it exists):\n", o.folder);
        print_document(summary);
    }
    json_decref(summary);
    return STATUS_DONE;
}

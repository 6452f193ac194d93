/* SPDX-License-Identifier: MIT
 *
 * From words to what runs: a command of the table, else a verb of the engine,
 * else a list; the longest name of up to three words wins.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

const struct command commands[] = {
    {"desk", "desk [--ascii] [--linear] [--mono] [--theme dark|light|contrast] [--read-only]",
     "Opens the desk, where the day's work is done; onward without words does the same at a terminal.", command_desk},
    {"init", "init", "Makes a new, empty store; you become its first user, with every role.", command_init},
    {"demo", "demo DIR [--people N] [--seed S]", "Makes a made-up borough in DIR: onward.db and spool/.", command_demo},
    {"nightly", "nightly [--date D] [--dry-run]", "The night's work: reads replies, holds or releases, writes and delivers the packages.", command_nightly},
    {"import", "import people|referrals|services|practices|replies PATH [--map FILE] [--organisation CODE] [--dry-run]",
     "Reads a file of somebody else's.", command_import},
    {"export", "export people|referrals|handoffs [K=V ..] [--profile machine|spreadsheet]",
     "Writes a list as CSV: the rows and order that the list shows.", command_export},
    {"handoff verify", "handoff verify BATCH", "Proves what a package held when it was sent.", command_verify_batch},
    {"verify", "verify", "Proves the store, the audit log, the counts and the packages.", command_verify},
    {"backup", "backup FILE", "Copies the whole store to FILE.", command_backup},
    {"restore", "restore FILE", "Makes the store anew from a backup; one that exists is refused.", command_restore},
    {"workflow", "workflow [--dot|--markdown]", "Prints the two workflows from their tables.", command_workflow},
    {"help", "help [COMMAND]", "Lists the commands, or explains one.", command_help},
    {"version", "version", "Prints the version.", command_version},
    {NULL, NULL, NULL, NULL},
};

/* The first `most` words as a name; false when fewer have no key. */
static bool leading_words(const struct cli *c, size_t most, char name[128])
{
    *name = '\0';
    if (c->n < most)
        return false;
    size_t used = 0;
    for (size_t i = 0; i < most; i++) {
        size_t len = strlen(c->words[i].value);
        if (c->words[i].key || used + len + 2 > 128)
            return false;
        if (i)
            name[used++] = ' ';
        memcpy(name + used, c->words[i].value, len + 1);
        used += len;
    }
    return true;
}

static const struct command *command_find(const char *name)
{
    for (const struct command *k = commands; k->name; k++)
        if (strcmp(k->name, name) == 0)
            return k;
    return NULL;
}

int cli_run(struct cli *c)
{
    char name[128];
    for (size_t most = 3; most > 0; most--) {
        if (!leading_words(c, most, name))
            continue;
        const struct command *k = command_find(name);
        const struct verb *v = verb_find(name);
        const struct list *l = list_find(name);
        c->at = most;
        if (k)
            return k->run(c);
        if (v)
            return run_verb(c, v);
        if (l)
            return run_list(c, l);
    }
    c->at = 0;
    if (!c->n)
        return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? command_desk(c) : command_help(c);
    struct err e;
    err_set(&e, ERR_INVALID, "There is no command \"%s\". See onward help.", c->words[0].value);
    return cli_fail(c, &e);
}

/* SPDX-License-Identifier: MIT
 *
 * The command line: options and words as typed, and one function a command.
 * Most commands are the engine's verbs and lists, run by name; what is left is
 * the commands about whole stores and files. Exit statuses: 0 done, 1 done but
 * something refused or newly held, 2 usage or an invalid value, 3 locked, 4
 * store or spool unfit, 5 delivery failed, 6 a rule refused, 7 not yours, 8
 * not found, 9 changed by someone else.
 */
#ifndef ONWARD_CLI_H
#define ONWARD_CLI_H

#include <stdio.h>

#include "onward/session.h"

enum status { STATUS_DONE = 0, STATUS_PARTLY = 1, STATUS_USAGE = 2, STATUS_LOCKED = 3, STATUS_UNFIT = 4, STATUS_UNDELIVERED = 5 };

#define MAX_WORDS 128

struct cli {
    const char *db, *as, *spool, *delivery, *map, *organisation, *profile;
    const char *date;       /* --date as typed, or NULL */
    bool json, dry_run, dot, markdown, manual, keys;
    bool ascii, linear, mono, read_only; /* of the desk */
    const char *theme;
    const char *os_account;
    struct typed words[MAX_WORDS]; /* command words and its values */
    size_t n;               /* words */
    size_t at;              /* words taken by the command's name */
};

/* Reads argv into *c. False: e says what is wrong with the usage. */
MUST_CHECK bool cli_parse(struct cli *c, int argc, char **argv, struct err *e);
/* The words after the command's name. */
const struct typed *cli_rest(const struct cli *c, size_t *n);
/* The nth word after the command's name that has no key, or NULL. */
const char *cli_word(const struct cli *c, size_t n);

/* The injected clock: --date, else ONWARD_NOW, else the system's. */
MUST_CHECK bool cli_set_clock(const char *date, struct err *e);
int64_t cli_clock(void);

/* Opens the store as the acting user; NULL with e. */
MUST_CHECK struct session *cli_open(const struct cli *c, struct err *e);
MUST_CHECK struct session *cli_create(const struct cli *c, struct err *e); /* a new store */
const char *cli_store(const struct cli *c); /* the url in use */
const char *cli_spool(const struct cli *c, char path[4096]); /* --spool, ONWARD_SPOOL, or spool beside the SQLite file; NULL when none follows */

/* Prints the error (text on stderr, code in JSON on stdout) and gives its exit status. */
int cli_fail(const struct cli *c, const struct err *e);

/* A command: its name is one to three words. */
struct command {
    const char *name, *usage, *help;
    int (*run)(struct cli *c);
};
extern const struct command commands[]; /* ends with a NULL name; those that are not verbs or lists */
/* Finds and runs what the words name. */
int cli_run(struct cli *c);

/* secret.c: asked for at the terminal without echo, or read from a pipe; the caller's to free, NULL with e. */
MUST_CHECK char *read_secret(const char *label, struct err *e);

/* out.c, table.c */
void print_text(FILE *to, const char *text);                 /* through the filter that keeps control characters from terminals */
void print_json(const json_t *doc);                          /* one line */
void print_document(const json_t *doc);                      /* nested "Label: value" lines */
int run_verb(struct cli *c, const struct verb *v);
int run_list(struct cli *c, const struct list *l);

void print_manual(void); /* help_manual.c: the manual's command section, in roff */
void print_keys(void);   /* command_desk.c: its key section */

/* One file each. */
int command_desk(struct cli *c);
int command_init(struct cli *c);
int command_demo(struct cli *c);
int command_version(struct cli *c);
int command_help(struct cli *c);
int command_nightly(struct cli *c);
int command_import(struct cli *c);
int command_export(struct cli *c);
int command_verify(struct cli *c);
int command_verify_batch(struct cli *c);
int command_backup(struct cli *c);
int command_restore(struct cli *c);
int command_workflow(struct cli *c);

#endif

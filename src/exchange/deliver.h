/* SPDX-License-Identifier: MIT
 *
 * Delivery commands: named argument lists in a file that belongs to the host's
 * administrator. Inside the program an organisation only chooses a name, so
 * nobody there can set a command line. One a line:
 *
 *   # comment
 *   name: /usr/bin/program argument argument {folder}
 *
 * Arguments are parted by blanks, there is no quoting, and {folder} (which
 * must stand in one of them) becomes the path of the batch folder. Commands
 * run without a shell, with an environment of their own and a time limit.
 */
#ifndef ONWARD_EXCHANGE_DELIVER_H
#define ONWARD_EXCHANGE_DELIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "onward/err.h"

struct delivery_commands;
struct delivery_command;

/* NOT_FOUND; STORE when others than root and the running user may change the file; INVALID names
 * the line. */
MUST_CHECK struct delivery_commands *deliver_load(const char *path, struct err *e);
void deliver_free(struct delivery_commands *c);
/* NULL when there is none of that name. */
const struct delivery_command *deliver_find(const struct delivery_commands *c, const char *name);

#define DELIVERY_NOTE_SIZE 192

/* Runs it for a folder (an absolute path). True when it ended with status 0 in time; `note` says
 * how it ended. */
bool deliver_run(const struct delivery_command *c, const char *folder, int64_t seconds,
                 char note[DELIVERY_NOTE_SIZE]);

#endif

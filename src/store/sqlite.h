/* SPDX-License-Identifier: MIT
 *
 * What the parts of the SQLite driver share: the connection, the wording of
 * its failures, the guarded checkpoint, the plan check, the batch table.
 */
#ifndef ONWARD_STORE_SQLITE_H
#define ONWARD_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/driver.h"
#include "store/queue.h"

#define SQLITE_APPLICATION_ID 0x6f6e7764 /* "onwd" */
/* Frames in the write-ahead log (4 KiB each) above which a commit copies them into the file. */
#define CHECKPOINT_FRAMES 1000

/* How long a write waits where nobody said (db_set_patience): in the queue of our own programs; behind it, where a
 * foreign program holds the lock or hosts share no semaphores. */
#define QUEUE_WAIT_MS 20000
#define BUSY_TIMEOUT_MS 5000

struct sqlite_db {
    struct db db;
    sqlite3 *handle;
    sqlite3 *checkpointer; /* second connection, made when first needed */
    char *path;
    struct queue queue;
    int frames; /* in the write-ahead log after our last commit; 0 without one */
    struct batch_cells batch;
    bool roomy; /* keeps the pages that batches need */
};

/* Notes the failure `rc` of `handle` with the connection and words it. Always false. */
bool sqlite_failure(struct sqlite_db *q, sqlite3 *handle, int rc, struct err *e);
/* Words a failure outside any open connection of ours. Always false. */
bool sqlite_say(sqlite3 *handle, const char *path, int rc, struct err *e);

/* Puts a connection, whatever it is for, into the state that the safety of the file rests on;
 * SQLITE_OK or why not. */
MUST_CHECK int sqlite_harden(sqlite3 *handle);
/* One integer by a pragma or query; false when there is none. */
bool sqlite_number(sqlite3 *handle, const char *sql, int64_t *out);

/* Copies committed frames into the file such that Debian 12's SQLite 3.40
 * cannot lose any (its WAL-reset bug): the write lock is held meanwhile. */
void sqlite_checkpoint(struct sqlite_db *q);

/* False, with the offending row of the plan, when `sql` scans or sorts without admitting it. */
bool sqlite_plan_is_admitted(sqlite3 *handle, const char *sql, char row[256]);

void sqlite_batch_register(struct sqlite_db *q);

/* The place of a file: makes the file (0600), for a store its folder too
 * (0700); refuses what exists and, for a store, network file systems. */
MUST_CHECK bool sqlite_file_make(const char *path, struct err *e);
MUST_CHECK bool sqlite_place_make(const char *path, struct err *e);
MUST_CHECK bool sqlite_place_check(const char *path, struct err *e);
void sqlite_discard(const struct store_url *url);

MUST_CHECK bool sqlite_backup(struct db *db, const char *file, struct err *e);
MUST_CHECK bool sqlite_restore(const struct store_url *url, const char *file, struct err *e);
MUST_CHECK bool sqlite_integrity(struct db *db, struct err *e);

#endif

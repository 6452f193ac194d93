/* SPDX-License-Identifier: MIT
 *
 * The inside of a night: what the run knows while it goes through its steps.
 * Each step is safe to repeat; what it came to is kept here for the report.
 *
 *   nightly.c          the lock, the steps in order, what the run came to
 *   nightly_replies.c  replies in the in-trays
 *   nightly_freeze.c   rows that are due become batches in the store
 *   nightly_send.c     batches become files and leave, or are void
 *   nightly_backup.c   a copy of the store
 *   nightly_report.c   the report, as JSON and in words
 */
#ifndef ONWARD_EXCHANGE_NIGHTLY_H
#define ONWARD_EXCHANGE_NIGHTLY_H

#include <limits.h>

#include "engine/handoffs.h"
#include "exchange/deliver.h"
#include "exchange/replies.h"
#include "exchange/spool.h"
#include "onward/exchange.h"

/* What became of one batch in this run. */
struct night_batch {
    char name[CODE_SIZE], organisation[CODE_SIZE];
    char sha256[SHA256_HEX];
    int64_t rows[3]; /* by enum row_action */
    bool is_void, is_delivered, has_failed;
    char why[256];    /* why it is void or could not leave */
    json_t *handoffs; /* a dry run: [{"handoff","action"}] */
};
struct night_organisation {
    int64_t id;
    char code[CODE_SIZE];
    struct spool_replies seen; /* what lay in its in-tray when the run began */
};
struct night {
    struct session *s;
    const struct nightly_options *o;
    const struct io_ops *io;
    struct spool spool;
    bool has_spool;        /* a dry run makes none */
    char folder[PATH_MAX]; /* of the spool, absolute */
    char date[DATE_SIZE];
    int64_t number; /* of this run among those of its date, from 1 */
    int64_t run_id;
    struct delivery_commands *commands;
    struct night_organisation *organisations;
    size_t organisation_count;

    struct night_batch *batches;
    size_t batch_count;
    json_t *waiting; /* names of batches that wait to be sent by hand */
    json_t *updates; /* [{"handoff","reasons"}]: update rows that the gates keep back */
    struct recheck_counts gates;
    int64_t no_response;
    struct replies_counts replies;
    int64_t reply_files, refused_files, waiting_files, set_aside, known_files;
    char backup[PATH_MAX], backup_failed[256];
};

/* nightly_run with the system calls of the spool given (a test makes one of them fail). */
MUST_CHECK bool nightly_run_with(struct session *s, const struct nightly_options *o,
                                 const struct io_ops *io, json_t **report,
                                 enum nightly_status *status, struct err *e);

/* The entry of a batch, made when there is none. Borrowed until the next call. */
struct night_batch *night_batch(struct night *n, const struct batch *b, const char *organisation);
const char *night_organisation_code(const struct night *n, int64_t organisation_id);

MUST_CHECK bool
night_look_at_replies(struct night *n,
                      struct err *e); /* what lies there now; before anything else */
MUST_CHECK bool night_read_replies(struct night *n, struct err *e);

/* Freezes what is due to one organisation; *made false when nothing is. */
MUST_CHECK bool night_freeze(struct night *n, int64_t organisation_id, bool *made, struct err *e);
/* Asks the gates of every row of a batch that has not left; void when one has shut. */
MUST_CHECK bool night_ask_again(struct night *n, struct batch *b, struct err *e);
/* The same, then puts the batch in place and has it delivered. What goes wrong with files or
 * commands is noted. */
MUST_CHECK bool night_send(struct night *n, struct batch *b, struct err *e);

MUST_CHECK bool night_backup(struct night *n, struct err *e);

/* The report; *status what it comes to. Reads the last run's. */
MUST_CHECK bool night_report(struct night *n, json_t **report, enum nightly_status *status,
                             struct err *e);

#endif

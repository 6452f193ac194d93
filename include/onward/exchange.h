/* SPDX-License-Identifier: MIT
 *
 * Files in and out: the nightly run and its packages, replies, imports from
 * other people's files, exports of lists, and the proof of the store. The
 * reports are JSON objects (the caller's to decref); their shapes are in the
 * manual and do not change.
 */
#ifndef ONWARD_EXCHANGE_H
#define ONWARD_EXCHANGE_H

#include "onward/session.h"

struct nightly_options {
    const char *spool;    /* folder; made when missing, its parent must exist */
    const char *delivery; /* file of delivery commands, or NULL: none */
    const char *backup;   /* folder for the run's backup, or NULL: SPOOL/backup; "": none */
    const char *date;     /* YYYY-MM-DD, or NULL: today */
    bool dry_run;         /* writes nothing; the report says what would go, as a difference from the last run */
    bool unproved;        /* the store is being made by the caller (the demonstration): its audit log is not walked first */
};
/* What a run came to, as its exit status. */
enum nightly_status { NIGHTLY_DONE = 0, NIGHTLY_PARTLY = 1, NIGHTLY_LOCKED = 3, NIGHTLY_UNFIT = 4, NIGHTLY_UNDELIVERED = 5 };
/* {"date","run","batches":[{"batch","organisation","rows","sha256","delivered"}],"held":[{"handoff","reasons":[]}],
 *  "released","replies":{"files","applied","refused","unmatched"},"clocks":{..}}. False with e when nothing was done
 * (BUSY: another run holds the lock, and the text says who). */
MUST_CHECK bool nightly_run(struct session *s, const struct nightly_options *o, json_t **report, enum nightly_status *status, struct err *e);
/* The report as text for a person. */
void nightly_words(const json_t *report, struct buf *out);

struct import_options {
    const char *kind;         /* people, referrals, services, practices, replies */
    const char *path;         /* a file; for services a file or an HSDS folder */
    const char *map;          /* mapping file, or NULL */
    const char *organisation; /* replies: whose */
    bool dry_run;             /* says every row's fate, changes nothing */
};
/* {"kind","file","sha256","rows","added","changed","unchanged","refused","warnings","duplicates","again":bool,"fates":[{"line","fate","ref","why"}]}
 * `partly` when some rows were refused. */
MUST_CHECK bool import_file(struct session *s, const struct import_options *o, json_t **report, bool *partly, struct err *e);
void import_words(const json_t *report, struct buf *out);

/* Writes exactly the rows and order of the list as CSV to a descriptor; counts them. */
MUST_CHECK bool export_list(struct session *s, const struct list *l, const struct typed *words, size_t n, bool spreadsheet, int fd, int64_t *rows, struct err *e);

/* The same of some rows: those whose names (list_row_name) are `names`, in that order. What is no longer in the list as
 * these words filter it is left out; *rows is how many were written. Where two rows of a list have one name (two lines of
 * the worklist that say the same) that name stands twice for both. Cost: of a list both_ways that of the
 * rows, of any other one reading of the whole list. */
MUST_CHECK bool export_rows(struct session *s, const struct list *l, const struct typed *words, size_t n, const char *const *names, size_t n_names,
                            bool spreadsheet, int fd, int64_t *rows, struct err *e);

/* {"store":"ok","audit":"ok","audit_rows","audit_head","summaries":"ok","batches":"ok"}; anything else than "ok" says what
 * is wrong and where. *sound is false then. `spool` NULL: published files are not compared. */
MUST_CHECK bool store_verify(struct session *s, const char *spool, json_t **report, bool *sound, struct err *e);
/* Proves one batch: rebuilds its files, compares every hash and, where the folder is there, every byte. */
MUST_CHECK bool batch_verify(struct session *s, const char *batch, const char *spool, json_t **report, bool *sound, struct err *e);

#endif

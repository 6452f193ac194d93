/* SPDX-License-Identifier: MIT
 *
 * What the imports share: one file of somebody else's on its way in, its
 * report, and the parts of reading it. import.c frames every import (role,
 * sameness of the file, one transaction, audit); each kind has its own file.
 */
#ifndef ONWARD_EXCHANGE_IMPORT_H
#define ONWARD_EXCHANGE_IMPORT_H

#include "engine/work.h"
#include "exchange/csv_read.h"
#include "exchange/map.h"
#include "onward/exchange.h"

/* ---- the report (import_report.c) */

enum fate { FATE_ADDED, FATE_CHANGED, FATE_UNCHANGED, FATE_REFUSED, FATES };
extern const char *const fate_names[FATES];

enum { FATES_KEPT = 1000 }; /* in the report: memory stays the same whatever the file */

/* One reason of refusals and warnings: a field, or a word for what is wrong. */
struct reason_count {
    char reason[64];
    int64_t refused, warned;
};
struct import_report {
    bool every_row; /* a dry run tells what becomes of every row, not of the odd ones only */
    int64_t rows, fate[FATES], warnings, duplicates;
    int64_t people;        /* records of persons made by a file of referrals */
    int64_t never_asked[3]; /* referrals without an answer about safeguarding, consent to be contacted, risk */
    struct reason_count reasons[128];
    size_t reason_count;
    json_t *fates;
    int64_t fates_told; /* those beyond FATES_KEPT counted too */
    struct buf note;    /* what is to be said of the import as a whole */
};
enum never_asked { NEVER_SAFEGUARDING, NEVER_CONSENT, NEVER_RISK };
/* What became of a row; `why` in words, or "". */
void report_fate(struct import_report *r, size_t line, enum fate fate, const char *ref, const char *why);
/* Counts a refusal or a warning under its reason. */
void report_reason(struct import_report *r, const char *reason, bool refused);

/* ---- an import under way */

struct import {
    struct session *s;
    const struct import_options *o;
    struct map map;
    struct csv_limits limits;
    int fd;              /* of the file; -1 for a folder. Each reader takes a copy */
    char sha256[SHA256_HEX];
    int64_t now;
    day_t today;
    struct import_report report;
};
/* A reader of the file from its start; its columns are those of the map where that names them. */
MUST_CHECK struct csv_reader *import_reader(struct import *im, struct err *e);

/* The kinds. Each runs inside the import's transaction. */
typedef bool import_fn(struct import *im, struct err *e);
import_fn import_people, import_referrals, import_practices, import_services;

/* SHA-256 of the files of an HSDS folder, names and bytes, in order of name. */
MUST_CHECK bool hsds_sha256(const char *folder, char out[SHA256_HEX], struct err *e);
MUST_CHECK bool file_sha256(int fd, struct sha256 *h, struct err *e);

#endif

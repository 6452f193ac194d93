/* SPDX-License-Identifier: MIT
 *
 * Directory entries on their way in: a service with its organisation, and
 * what else the feed says of it. A flat file (import_services.c) and an HSDS
 * folder (hsds.c) both end in directory_put.
 */
#ifndef ONWARD_EXCHANGE_IMPORT_SERVICES_H
#define ONWARD_EXCHANGE_IMPORT_SERVICES_H

#include "exchange/import.h"

struct entry_detail {
    const char *kind; /* phone, location, schedule, contact, cost, language, accessibility, area, term, note */
    char *key, *text; /* key: in the feed, "" for none */
};
struct entry {
    struct organisation organisation; /* source_key set: theirs */
    struct service service;           /* likewise */
    struct entry_detail *details;
    size_t detail_count;
    size_t line;        /* of the file of services */
    struct buf warned;  /* sentences */
};
/* Empties it for the next service; frees what it holds. */
void entry_reset(struct entry *n);
/* Copies the text; "" adds nothing. */
void entry_detail(struct entry *n, const char *kind, const char *key, const char *text);

struct directory {
    struct import *im;
    char feed[CODE_SIZE];
    int64_t next_code;        /* of dir-N */
    int64_t new_organisations;
};
MUST_CHECK bool directory_begin(struct directory *d, struct import *im, struct err *e);
/* Adds the entry or brings it up to date, and tells its fate. What the feed leaves empty stays as it is here. */
MUST_CHECK bool directory_put(struct directory *d, struct entry *n, struct err *e);
void directory_refuse(struct directory *d, size_t line, const struct err *why);
/* Says in the report what an admin has to do next. */
void directory_end(struct directory *d);

/* An HSDS folder. */
MUST_CHECK bool hsds_import(struct directory *d, const char *folder, struct err *e);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Imports of people and referrals, from inside. Rows are read and checked one
 * by one into text cells (stage), a few thousand at a time; then the whole
 * batch is looked up in the store, each row finds or makes its person
 * (resolve), and what is new goes in by one statement a table (write).
 *
 *   import_people.c    the loop: rows, batches, fates
 *   import_stage.c     one row: fields, R03's rules, cells
 *   import_resolve.c   who is it, and is this referral known?
 *   import_write.c     records, search terms, audit rows, counts
 */
#ifndef ONWARD_EXCHANGE_IMPORT_PEOPLE_H
#define ONWARD_EXCHANGE_IMPORT_PEOPLE_H

#include "exchange/import_row.h"
#include "store/bulk.h"

/* What a row of a team's spreadsheet may say. */
struct import_row {
    struct person person;
    struct referral referral;
    char person_key[LINE_SIZE]; /* their key of the person */
    char worker[CODE_SIZE];
    char needs[CODES_SIZE], risks[CODES_SIZE], risk_note[LONG_SIZE];
    char contact_consent[CODE_SIZE], contact_consent_on[DATE_SIZE], contact_consent_how[CODE_SIZE];
};
enum { IMPORT_FIELDS_MOST = 112 };

/* Fills `fields` with the fields of a file of that kind; how many. */
size_t import_fields(bool of_referrals, struct field fields[IMPORT_FIELDS_MOST]);
/* R03: may a referral come in like this? Completes what follows from the state. */
MUST_CHECK bool import_referral_fits(struct import_row *row, struct err *e);

/* ---- a batch */

struct course { /* a referral of a person who is known already */
    struct course *next;
    const char *ref, *state, *received_on, *source; /* NULL for none */
};
/* A person of this batch: one in the store, or one that a row of it makes. */
struct who {
    int64_t id;
    const char *ref;
    const char *const *cells; /* of person_type */
    bool is_new, is_hidden;   /* hidden: the acting user may not know of the record */
    bool is_listed;           /* among those looked up in the store */
    struct course *courses;
    const char *risks; /* kinds in force, comma-separated, or "" */
};
struct likely { /* another record of the same name and birthday */
    struct likely *next;
    int64_t id;
    struct who *who; /* once it is loaded, or of an earlier row of the batch */
    int score;
    const char *reasons;
};
struct staged {
    size_t line;
    const char *refused, *reason; /* why not, in words and as a field; NULL when it is good */
    const char *warned;           /* sentences, or NULL */
    const char **person, **referral, **consent; /* cells; NULL for none */
    const char *key;                            /* person_key, or this row of this file */
    bool has_own_key;
    const char *name_born, *needs, *risks, *risk_note;
    const char **terms;
    size_t term_count;
    const char *digest; /* of the whole row */
    int64_t by_nhs, by_key;
    struct likely *likely;
    const char *known_referral; /* reference of the one with this source_key */
    struct who *who;
    bool makes_person; /* this row makes the record of its person */
    enum fate fate;
    const char *ref, *why; /* for the report */
};

enum { BATCH_ROWS = 5000, BATCH_BYTES = 12 * 1024 * 1024 };

struct tally; /* summary counts of the whole file */

struct people_import {
    struct import *im;
    bool of_referrals;
    struct field fields[IMPORT_FIELDS_MOST];
    struct row_shape shape;
    struct row_reader *rows;
    struct import_row *row;    /* the one being read */
    struct referral *counting; /* what the summary counts of a referral */
    struct { char login[CODE_SIZE]; int64_t id; bool is_active; } *workers;
    size_t worker_count;
    int nhs, born, neighbourhood; /* cells of a person */
    struct arena arena;
    struct staged *staged;
    size_t count;
    struct who **index; /* by text: "nNHS", "kKEY", "bNAME BORN", "iID"; open addressing */
    const char **index_keys;
    size_t index_size;
    struct bulk_rows bulk[BULK_TABLES], probe;
    struct tally *tally;
};

void stage_row(struct people_import *p, const struct csv_row *row);
/* A row that cannot even be read. */
void stage_bad(struct people_import *p, size_t line, const struct err *e);
MUST_CHECK bool resolve_batch(struct people_import *p, struct err *e);
MUST_CHECK bool write_batch(struct people_import *p, struct err *e);

/* Index of a field of a record type. */
int field_index(const struct record_type *t, const char *key);
void stage_refuse(struct staged *st, struct arena *a, const char *reason, const char *why);
/* One sentence more. */
void stage_warn(struct people_import *p, struct staged *st, const char *reason, const char *what);

struct tally *tally_new(void);
void tally_free(struct tally *t);
bool tally_add(void *tally, const char *measure, const char *month, const char *neighbourhood, const char *code, int64_t delta, struct err *e);
MUST_CHECK bool tally_write(const struct tally *t, struct db *db, struct err *e);

#endif

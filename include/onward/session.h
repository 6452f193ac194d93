/* SPDX-License-Identifier: MIT
 *
 * The engine's one door. A session is one acting user on one store with an
 * injected clock. Every verb runs in one transaction: load, ask the rule,
 * write, audit. Every list is one query for screen, report, export and cron.
 * Roles, scope, consent and versions are checked here and nowhere else.
 */
#ifndef ONWARD_SESSION_H
#define ONWARD_SESSION_H

#include <jansson.h>

#include "onward/date.h"
#include "onward/err.h"
#include "onward/field.h"
#include "onward/ident.h"
#include "onward/role.h"
#include "onward/settings.h"

struct session; /* opaque outside src/engine, src/exchange and src/demo */

struct session_options {
    const char *url;        /* see `onward help`: a path, sqlite:PATH, postgresql://... */
    const char *os_account; /* who runs the program, from the operating system */
    const char *as;         /* --as LOGIN, or NULL */
    int64_t (*clock)(void); /* UTC milliseconds; the caller's, so that --date and ONWARD_NOW reach everything */
    uint64_t seed;          /* 0: random keys; else deterministic (demonstration, tests) */
};
/* Opens a store that exists as its acting user: the one bound to os_account, or
 * `as` where that user is a service account or the store is a demonstration
 * store. DENIED when there is none. */
MUST_CHECK struct session *session_open(const struct session_options *o, struct err *e);
/* Makes a new store with the rows a new store starts with, and a user with
 * every role bound to os_account. `demonstration` marks the store as one. */
MUST_CHECK struct session *session_create(const struct session_options *o, bool demonstration, struct err *e);
void session_close(struct session *s);

/* Copies the whole store to a file that does not exist yet; makes a store at a url from such a file. */
MUST_CHECK bool session_backup(struct session *s, const char *file, struct err *e);
MUST_CHECK bool session_restore(const char *url, const char *file, struct err *e);

int64_t session_now(struct session *s);
day_t session_today(struct session *s);
const char *session_login(const struct session *s);
unsigned session_roles(const struct session *s);
int64_t session_setting(struct session *s, enum setting which);

/* ---- verbs */

/* What a verb did. Zero it before, outcome_free after. */
struct outcome {
    char kind[32];       /* "person", "referral", "handoff", ...: the key of `ref` in JSON */
    char ref[64];        /* reference, or a code or name where the record has no reference */
    char state[32];
    int64_t version;     /* of the record now; 0 when it has none */
    struct buf text;     /* sentences for the person */
    json_t *detail;      /* more keys for JSON (an object), or NULL */
    bool partly;         /* done, but something was refused or newly held: exit status 1 */
};
void outcome_free(struct outcome *o);

struct verb {
    const char *name;          /* "referral accept" */
    const char *help;          /* one sentence */
    unsigned roles;            /* enum role bits */
    const struct field *args;  /* one table; FIELD_POSITIONAL ones may come without key, in order */
    size_t count;
    size_t size;               /* of the args record */
    /* `given` has bit i set when args[i] was given, and bit count + i when the
     * record's field i was (see `record` below); together at most 64. */
    bool (*run)(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e);
    bool reads;                /* opens records, writes nothing but the audit: o->detail is the document */
    /* A verb that adds or edits a record takes its fields by their own table:
     * the args record holds one at offset `record_at`. Keys are looked for in
     * args first, then here. NULL: none. */
    const struct record_type *record;
    size_t record_at;
};
const struct verb *verb_at(size_t i); /* in the order of the manual; NULL past the last */
const struct verb *verb_find(const char *name);

/* One key=value as typed. key NULL: positional. */
struct typed {
    const char *key, *value;
};
/* Parses the words, checks the role, runs the verb in one transaction and
 * writes its audit rows; refusals and denials are audited too. A session that
 * is read-only (desk.h) refuses verbs that write. */
MUST_CHECK bool verb_run(struct session *s, const struct verb *v, const struct typed *words, size_t n, struct outcome *o, struct err *e);
/* The same for a caller that has the record of arguments already (`given` all that it set). */
MUST_CHECK bool verb_call(struct session *s, const struct verb *v, const void *args, uint64_t given, struct outcome *o, struct err *e);
/* Runs the verb once for each of up to 100 references, which take the place of its first argument of kind FIELD_REF: all
 * of them in one transaction and one undo step, or none. An error is prefixed by the reference it is about. */
MUST_CHECK bool verb_run_each(struct session *s, const struct verb *v, const char *const *refs, size_t n_refs, const struct typed *words,
                              size_t n, struct outcome *o, struct err *e);
/* One verb of an action that is several. */
struct verb_step {
    const char *verb;
    const struct typed *words;
    size_t n;
    size_t of; /* the step (from 1) whose reference is this verb's first argument of kind FIELD_REF; 0: the words say it */
};
/* Runs the steps in order: all of them in one transaction and one undo step, which the last one names, or none. The n
 * outcomes, zeroed before, are filled. False: *at is the step (from 0) that was refused, n where none was; the error is
 * that verb's own. */
MUST_CHECK bool verb_run_together(struct session *s, const struct verb_step *steps, size_t n, struct outcome *outcomes, size_t *at,
                                  struct err *e);

/* ---- lists */

struct column {
    const char *key, *label;
    enum field_kind kind;
    int width;                     /* columns on screen that suit it; 0: for programs, not shown */
    unsigned flags;                /* FIELD_PERSONAL columns are masked for a rep; FIELD_NAMES: see list_row_name */
    const struct choice *choices;  /* FIELD_CHOICE: labels */
    const char *set;               /* FIELD_CODE: code set of labels */
};
struct cell {
    const char *text; /* canonical; "" when none. Borrowed until the row function returns */
    int64_t number;   /* number kinds; FIELD_ABSENT when none */
};
struct list_run;
struct list {
    const char *name;              /* "referral list" */
    const char *help;
    unsigned roles;
    const struct column *columns;
    size_t columns_count;
    const struct field *filters;   /* key=value arguments; limit and after are common to all and not repeated here */
    size_t filters_count, filters_size;
    /* Calls row for each match, in the list's one order. */
    bool (*run)(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r, struct err *e);
    bool both_ways;                /* may be read backwards, and for one row of it */
};
typedef bool row_fn(void *ctx, const struct list *l, const struct cell *cells, struct err *e);
struct list_run {
    int64_t limit;   /* 0: all */
    char after[64];  /* reference (or code) of the last row of the page before; "" from the start */
    bool backwards;  /* the rows before `after`, the nearest first; after "" the last rows, from the end. Only lists both_ways */
    bool itself;     /* the row that `after` names and no other, if it is (still) in the list. Only lists both_ways */
    row_fn *row;
    void *ctx;
    int64_t total;   /* filled: rows that match, whatever the limit; -1 when not asked */
    bool want_total;
};
const struct list *list_at(size_t i); /* NULL past the last */
const struct list *list_find(const char *name);
/* Parses the filters, checks role and scope, runs the query; an export is audited (`purpose` "export"). */
MUST_CHECK bool list_call(struct session *s, const struct list *l, const struct typed *words, size_t n, const char *purpose, struct list_run *r, struct err *e);

/* What a row is called within its list, appended to `out`: the text of its first column (a reference, as `after` takes
 * it) or, where columns are FIELD_NAMES, the texts of those, as one word for programs. */
void list_row_name(const struct list *l, const struct cell *cells, struct buf *out);

/* The label of a code of a data-row code set, cached; the code itself when unknown. Borrowed from the session. */
const char *session_code_label(struct session *s, const char *set, const char *code);

#endif

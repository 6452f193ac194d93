/* SPDX-License-Identifier: MIT
 *
 * The inside of an open write transaction: the audit head that it holds, and
 * the undo step that it is making. Only the core's own files include this.
 */
#ifndef ONWARD_ENGINE_WORK_H
#define ONWARD_ENGINE_WORK_H

#include "engine/core.h"
#include "onward/desk.h"
#include "store/audit.h"

struct session_work {
    bool open;             /* a write transaction is under way */
    bool has_head, head_dirty;
    struct audit_head head;
    bool no_undo;          /* undo itself, imports and the nightly run make no step */
    bool is_final;         /* something in this step may not be undone */
    bool out_of_sight;     /* a record was asked for that this user may not know of */
    int64_t step_id;       /* 0: no step yet */
    char title[256];
    char first_ref[64];    /* of the first record written: names the step when nobody else does */
};

struct session_cache {
    bool has_settings, has_holidays, has_codes;
    int64_t setting[SETTING_COUNT];
    struct holiday *holidays;
    struct clock_rules rules;
    struct code_entry *codes;
    size_t code_count;
    int64_t *hidden;       /* restricted persons this user may not know of, as of the last list */
    size_t hidden_count;
};

/* audit.c */
MUST_CHECK bool work_head(struct session *s, struct err *e); /* locks and loads the head once a transaction */
MUST_CHECK bool work_flush(struct session *s, struct err *e);
/* Makes the row the next of the chain (seq, who, verb, prev, hash) and moves the head past it; the caller, who
 * holds the head, writes the row in this transaction. */
void audit_seal(struct session *s, struct audit_row *r, int64_t at, char prev[SHA256_HEX], char hash[SHA256_HEX]);
/* What the log calls a record: its type and its reference. One without a reference of its own that belongs to an
 * episode stands under that of the episode, where people look, and says which it is: "need housing", SP-.... */
struct audit_name {
    const char *ref; /* into the record, or into this struct */
    char record[2 * CODE_SIZE], of_episode[REF_SIZE];
};
MUST_CHECK bool audit_name(struct session *s, const struct record_type *t, const void *record, struct audit_name *out, struct err *e);
MUST_CHECK bool audit_change(struct session *s, const char *effect, const struct record_type *t, const void *before, const void *after, const char *about, struct err *e);
/* undo.c */
MUST_CHECK bool undo_remember(struct session *s, const struct record_type *t, const void *before, const void *after, struct err *e);
MUST_CHECK bool undo_finish_step(struct session *s, struct err *e);
/* summary.c */
MUST_CHECK bool summary_changed(struct session *s, const struct record_type *t, const void *before, const void *after, struct err *e);
/* What a referral, and a need of it, count for; `add` is handed each count. */
typedef bool summary_fn(void *ctx, const char *measure, const char *month, const char *neighbourhood, const char *code, int64_t delta, struct err *e);
MUST_CHECK bool summary_of_referral(const struct referral *r, int64_t delta, summary_fn *add, void *ctx, struct err *e);
MUST_CHECK bool summary_of_need(const struct referral *r, const char *code, int64_t delta, summary_fn *add, void *ctx, struct err *e);
/* cache.c */
void cache_drop(struct session *s); /* after settings, codes, holidays, users or access changed */
void cache_free(struct session *s);
/* Each active code of a set that is kept here (not of one that has a table of its own), in the order for people. */
MUST_CHECK bool cache_each_code(struct session *s, const char *set, code_fn *each, void *ctx, struct err *e);
MUST_CHECK bool hidden_persons(struct session *s, const int64_t **ids, size_t *n, struct err *e);
bool id_in(const int64_t *ids, size_t n, int64_t id); /* ids ascending */

/* The reference (or code, login) of a record; "" when its type has none. */
const char *record_ref(const struct record_type *t, const void *record);
int64_t record_id(const struct record_type *t, const void *record);
/* The person that a record is about, itself or by its referral; FIELD_ABSENT for an entry of the directory and the like. */
MUST_CHECK bool record_person_id(struct session *s, const struct record_type *t, const void *record, int64_t *id, struct err *e);
int64_t record_version(const struct record_type *t, const void *record);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What every verb is made of: the session's inside, finding records within
 * scope, and the one write path that checks the version, writes the audit
 * rows, keeps the summaries and remembers what undo needs. Verbs never write
 * a record in any other way.
 */
#ifndef ONWARD_ENGINE_CORE_H
#define ONWARD_ENGINE_CORE_H

#include "onward/clock.h"
#include "onward/consent.h"
#include "onward/records.h"
#include "onward/session.h"
#include "onward/workflow.h"
#include "store/db.h"
#include "store/page.h"
#include "store/record.h"

struct session {
    struct db *db;
    struct user user;          /* the acting user */
    char as_from[CODE_SIZE];   /* login of the account behind --as, or "" */
    bool demonstration;
    bool read_only;            /* nothing but the log is written (desk.h) */
    int64_t (*clock)(void);
    struct id_maker ids;
    uint64_t random_drawn;     /* of a seeded session: how much randomness was used */
    unsigned char audit_key[32];
    const struct verb *verb;   /* running, for audit and undo; NULL outside */
    struct session_work *work; /* of the open write transaction: audit head, references, undo step (core.c) */
    struct session_cache *cache; /* settings, holidays, code labels (cache.c) */
};

/* ---- transactions: verbs run inside one already; imports and the nightly run open their own */
MUST_CHECK bool engine_begin(struct session *s, const char *where, struct err *e);
MUST_CHECK bool engine_commit(struct session *s, struct err *e); /* flushes the audit head */
void engine_rollback(struct session *s);
/* One transaction round `fn`, which may be run again from the start when the engine says that it lost a race:
 * it changes nothing but the store and what it begins by resetting. Inside another one it is a part of that. */
typedef bool engine_work(struct session *s, void *ctx, struct err *e);
MUST_CHECK bool engine_transact(struct session *s, const char *where, engine_work *fn, void *ctx, struct err *e);

/* Who acts from here on: for a caller that does the work of several people in one transaction (the demonstration). */
void engine_act_as(struct session *s, const struct user *u);

/* ---- keys and references */
int64_t engine_id(struct session *s);
/* At most 32 bytes; repeatable in a seeded session. */
void engine_random(struct session *s, void *out, size_t n);
MUST_CHECK bool engine_ref(struct session *s, const char *prefix, char out[REF_SIZE], struct err *e);

/* ---- writing. `about` is the reference of the person it concerns, or "". */
/* Fills id, ref (when the type has a prefix), version 1, created_at/created_by (or recorded_..) where
 * the record leaves them absent; inserts; audit "made" with every non-empty field. */
MUST_CHECK bool engine_insert(struct session *s, const struct record_type *t, void *record, const char *about, struct err *e);
/* Writes the fields that differ (none: nothing happens, true), version + 1 in `after`; audit "changed" with before and after. */
MUST_CHECK bool engine_update(struct session *s, const struct record_type *t, const void *before, void *after, const char *about, struct err *e);
/* CONFLICT, in words who changed it and when, where the record is no longer of the version that was seen.
 * FIELD_ABSENT: nobody said what they saw. */
MUST_CHECK bool engine_unchanged(struct session *s, const struct record_type *t, const void *record, int64_t seen, struct err *e);
MUST_CHECK bool engine_remove(struct session *s, const struct record_type *t, const void *record, const char *about, struct err *e);
/* An audit row without a record change: effect opened, exported, refused, denied, login, ... `fields` in words, no values, no names. */
MUST_CHECK bool engine_audit(struct session *s, const char *effect, const char *record, const char *ref, const char *about, const char *fields, struct err *e);
/* The same in a transaction of its own (or a part of the open one). */
MUST_CHECK bool engine_log(struct session *s, const char *effect, const char *record, const char *ref, const char *about, const char *fields, struct err *e);
/* This step may not be undone (a consent decision, something that left). */
void engine_final(struct session *s);
/* The words undo names the step by: "closed SP-4K7Q-9XD3". */
void engine_step_title(struct session *s, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* ---- finding, within scope. NOT_FOUND hides what the user may not see; DENIED when the role never sees such. */
/* Resolves merged records to the one kept. */
MUST_CHECK bool find_person(struct session *s, const char *ref, struct person *out, struct err *e);
MUST_CHECK bool find_person_by_id(struct session *s, int64_t id, struct person *out, struct err *e);
MUST_CHECK bool find_referral(struct session *s, const char *ref, struct referral *out, struct person *person, struct err *e);
MUST_CHECK bool find_handoff(struct session *s, const char *ref, struct handoff *out, struct person *person, struct err *e);
/* Any other record of a person or of an episode that has a reference (flag, risk, plan item ..), with its person. */
MUST_CHECK bool find_of_person(struct session *s, const struct record_type *t, const char *ref, void *out, struct person *person, struct err *e);
MUST_CHECK bool find_organisation(struct session *s, const char *code, struct organisation *out, struct err *e);
MUST_CHECK bool find_service(struct session *s, const char *ref, struct service *out, struct err *e); /* SV-.. reference */
MUST_CHECK bool find_user(struct session *s, const char *login, struct user *out, struct err *e);
/* May this user see that person at all, and how? Restricted records: only those named. */
enum sight engine_sight(struct session *s, const struct person *p);
/* Sees persons of every neighbourhood, unmasked (restricted ones apart): who cares for them, and the nightly run's own
 * user. To be it besides another role gives no more than that role. */
bool engine_sees_all(struct session *s);
/* Replaces every FIELD_PERSONAL text of the person by "•••" (what a rep sees). */
void person_mask(struct person *p);

/* ---- codes */
/* INVALID (field) when `code` is not an active row of the set; sets organisation, neighbourhood, user and practice look in their tables. Lists nearby codes in the text. */
MUST_CHECK bool code_check(struct session *s, const struct field *f, const char *code, struct err *e);
/* Every FIELD_CODE(S) of the record that is given (bit set). */
MUST_CHECK bool codes_check(struct session *s, const struct field *fields, size_t n, const void *record, uint64_t given, struct err *e);

/* Copies the given fields of an edit's argument record onto a loaded record of the same table; FIELD_AUTO ones are refused (INVALID). */
MUST_CHECK bool fields_merge(const struct field *fields, size_t n, void *to, const void *from, uint64_t given, struct err *e);
/* True when the argument (or record field) named `key` was given. */
bool was_given(const struct verb *v, uint64_t given, const char *key);
/* The bits of the verb's record alone, for fields_merge and codes_check. */
uint64_t record_given(const struct verb *v, uint64_t given);

/* ---- clocks */
const struct clock_rules *engine_clock_rules(struct session *s);

/* ---- outcomes */
void outcome_say(struct outcome *o, const char *fmt, ...) PRINTF_LIKE(2, 3); /* one sentence more */
void outcome_of(struct outcome *o, const struct record_type *t, const void *record); /* kind, ref, state, version from the record */
/* The record as a JSON object by its field table; internal keys left out, masked persons masked by the caller. */
json_t *record_json(const struct record_type *t, const void *record);

/* ---- lists */
/* Steps the bound statement to its end, handing each row to r->row until r->limit. Columns: column
 * `first` + i is the list's column i. `area_col` (-1: none) is a result column with the neighbourhood code
 * the row belongs to: rows out of a rep's sight are left out, FIELD_PERSONAL cells masked. `person_col`
 * (-1: none) holds the person's id where restricted rows must be left out (looked up in a per-run set). */
MUST_CHECK bool list_rows(struct session *s, const struct list *l, struct list_run *r, struct stmt *st, int first, int area_col, int person_col, struct err *e);

/* The page that a run asks of a list in falling order of key; `key_of` finds the key of the row that r->after names. */
typedef bool row_key_fn(struct db *db, const char *after, int64_t *key, struct err *e);
MUST_CHECK bool list_page(struct session *s, const struct list_run *r, row_key_fn *key_of, struct page *out, struct err *e);

/* The verbs and lists of each engine file, gathered in verbs.c. */
extern const struct verb *const person_verbs[], *const consent_verbs[], *const referral_verbs[], *const contact_verbs[],
    *const need_verbs[], *const plan_verbs[], *const handoff_verbs[], *const answer_verbs[], *const directory_verbs[],
    *const user_verbs[], *const config_verbs[], *const batch_verbs[], *const reply_verbs[], *const undo_verbs[], *const worklist_verbs[], *const match_verbs[]; /* each ends with NULL */
extern const struct list *const person_lists[], *const referral_lists[], *const handoff_lists[], *const tonight_lists[], *const directory_lists[],
    *const user_lists[], *const config_lists[], *const batch_lists[], *const reply_lists[], *const worklist_lists[], *const audit_lists[]; /* each ends with NULL */

#endif

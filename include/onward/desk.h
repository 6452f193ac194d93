/* SPDX-License-Identifier: MIT
 *
 * What somebody who sits at a desk needs of the engine beside verbs and lists:
 * text that is typed and not yet saved, notice of what others changed, the
 * codes a picker offers, the lock on a desk that was left, and patience with
 * what takes long. All of it is the acting user's own.
 */
#ifndef ONWARD_DESK_H
#define ONWARD_DESK_H

#include "onward/session.h"

/* ---- drafts: what was typed into a form and not saved yet. No record, so no
 * audit and no undo; each user has their own, in a read-only session too. One a form and subject. */
struct draft {
    char form[64];    /* "intake", "referral contact": what offers it knows */
    char about[64];   /* the reference the form is about, or "" */
    char title[160];  /* how it is offered: words and references, no names */
    int64_t saved_at; /* UTC milliseconds, set when it is kept */
    char *text;       /* the typed texts, a JSON object; the caller's on keeping, owned after reading */
};
/* Keeps it in place of an earlier one of the same form and subject, at once and durably. */
MUST_CHECK bool draft_keep(struct session *s, const struct draft *d, struct err *e);
MUST_CHECK bool draft_find(struct session *s, const char *form, const char *about, bool *found, struct draft *out, struct err *e);
/* Away with it; true also when there is none. */
MUST_CHECK bool draft_drop(struct session *s, const char *form, const char *about, struct err *e);
/* Each of this user's, newest first, until `each` says false; it may keep and drop drafts meanwhile. */
typedef bool draft_fn(void *ctx, const struct draft *d);
MUST_CHECK bool draft_each(struct session *s, draft_fn *each, void *ctx, struct err *e);
void draft_free(struct draft *d);

/* ---- change notice */
/* Where the log stands now. */
MUST_CHECK bool session_mark(struct session *s, int64_t *mark, struct err *e);
/* Moves *mark to where the log stands and tells of each record made, changed or removed in between (a look is no change)
 * the reference of the person it was about ("" none), until `each` says false; it must not use the session. One row is
 * read when nothing happened. */
typedef bool change_fn(void *ctx, const char *about);
MUST_CHECK bool session_changes(struct session *s, int64_t *mark, change_fn *each, void *ctx, struct err *e);

/* ---- codes for a picker */
/* `group` is the heading a code stands under, where its set has such: "Lifestyle" of a need, "Health" of a source, the
 * purpose of a wording; else "". A service's label names its organisation too, a practice's its postcode. It must not use
 * the session. */
typedef bool code_fn(void *ctx, const char *code, const char *label, const char *group);
/* Each active code of a set, whatever table it stands in (organisation, neighbourhood, user, service, practice, wording
 * too), in the order for people, whose code or label has a word that begins as `like` ("" all), until `each` says false
 * or 200 were given. Of practices, which are thousands, those whose name or code begins so. For set "user" those who may
 * be given a case: active workers. Neither closed organisations nor services that have ended. An unknown set has none. */
MUST_CHECK bool session_codes(struct session *s, const char *set, const char *like, code_fn *each, void *ctx, struct err *e);

/* ---- the lock */
bool session_has_password(const struct session *s); /* as of the opening, the last unlocking, or set here since */
/* The desk starts, or was locked: logged ("login", "locked"). */
MUST_CHECK bool session_log_login(struct session *s, struct err *e);
MUST_CHECK bool session_log_locked(struct session *s, struct err *e);
/* True and logged ("unlocked") with the right password, or when none is set. DENIED otherwise, logged ("failed login")
 * and counted in the store, so that a new start does not begin anew: the text says when the next try is taken. Tries
 * that come too early are neither looked at nor counted: before 1 s after the third wrong one, doubling up to 5 minutes.
 * The session has its user as the store has them from then on (roles, neighbourhoods); one who is active no longer is
 * DENIED. */
MUST_CHECK bool session_unlock(struct session *s, const char *password, struct err *e);

/* ---- read-only: verbs that write, the nightly run and imports (but for dry runs) are REFUSED (rule "read-only") while
 * it is on; looks are logged as ever. */
void session_set_read_only(struct session *s, bool on);
bool session_is_read_only(const struct session *s);

/* ---- patience */
/* `keep_on` is asked a few times in a second while the store works on one question; false stops it: the question then
 * fails with ERR_BUSY "Stopped." and nothing is done. NULL takes it away. It must not use the session. Verbs are not
 * stopped, those that read neither, since they write the log. Where an engine of the store has no such means
 * (PostgreSQL) the question runs to its end. */
void session_on_wait(struct session *s, bool (*keep_on)(void *ctx), void *ctx);

/* How long a save waits for its turn (an import, another desk) before it is BUSY and nothing is changed; 0: 20 s, as a
 * script waits. Drafts wait a fifth of a second whatever is set: they are tried again. */
void session_set_patience(struct session *s, int ms);

#endif

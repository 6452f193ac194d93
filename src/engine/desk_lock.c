/* SPDX-License-Identifier: MIT
 *
 * The lock on a desk that was left: its password, and patience with wrong
 * ones. Tries are counted with the user in the store, so that neither a new
 * start nor a second desk begins anew.
 */
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "engine/work.h"

bool session_has_password(const struct session *s)
{
    return *s->user.password;
}

bool session_log_login(struct session *s, struct err *e)
{
    return engine_log(s, "login", "user", s->user.login, "", "", e);
}

bool session_log_locked(struct session *s, struct err *e)
{
    return engine_log(s, "locked", "user", s->user.login, "", "", e);
}

/* How long after so many wrong tries the next one is taken: 1 s after three, doubling up to 5 minutes. */
static int64_t pause_ms(int64_t wrong_tries)
{
    enum { AT_ONCE = 3, DOUBLINGS = 8 };
    if (wrong_tries < AT_ONCE)
        return 0;
    return wrong_tries - AT_ONCE > DOUBLINGS ? 300000 : INT64_C(1000) << (wrong_tries - AT_ONCE);
}

/* A last try that lies ahead was made before the clock was set back, and says nothing. */
static int64_t left_to_wait_ms(const struct user *u, int64_t now)
{
    int64_t since = u->last_try_at == FIELD_ABSENT ? -1 : now - u->last_try_at, pause = pause_ms(u->failed_tries);
    return since < 0 || since >= pause ? 0 : pause - since;
}

static void say_when(struct err *why, const char *what, int64_t ms)
{
    int64_t seconds = (ms + 999) / 1000;
    if (seconds == 0)
        err_set(why, ERR_DENIED, "%s Try again.", what);
    else
        err_set(why, ERR_DENIED, "%s The next try is taken in %lld %s.", what, (long long)seconds,
                seconds == 1 ? "second" : "seconds");
}

static bool is_password(const struct user *u, const char *password, bool *is, struct err *e)
{
    errno = 0;
    *is = !*u->password || crypto_pwhash_str_verify(u->password, password, strlen(password)) == 0;
    return *is || errno != ENOMEM ||
           err_set(e, ERR_STORE, "There is not enough memory to look at the password (64 MiB); close something and try again.");
}

struct unlocking {
    const char *password;
    struct user user; /* as the store has it now */
    struct err why;   /* it stays locked: what is kept of that is kept all the same */
};

static bool let_in(struct session *s, struct unlocking *u, struct err *e)
{
    struct user before = u->user;
    u->user.failed_tries = 0;
    return engine_update(s, &user_type, &before, &u->user, "", e) && engine_audit(s, "unlocked", "user", before.login, "", "", e);
}

static bool count_wrong(struct session *s, struct unlocking *u, struct err *e)
{
    struct user before = u->user;
    u->user.failed_tries++;
    u->user.last_try_at = session_now(s);
    say_when(&u->why, "That is not the password.", pause_ms(u->user.failed_tries));
    return engine_update(s, &user_type, &before, &u->user, "", e) &&
           engine_audit(s, "failed login", "user", before.login, "", "", e);
}

/* The log's head is taken first: two desks try one after the other. */
static bool try_password(struct session *s, void *ctx, struct err *e)
{
    struct unlocking *u = ctx;
    bool is;
    err_clear(&u->why);
    if (!work_head(s, e) || !record_load(s->db, &user_type, s->user.id, &u->user, e))
        return false;
    if (u->user.active != 1) {
        err_set(&u->why, ERR_DENIED, "The user %s is not active any more. Ask an admin.", u->user.login);
        return true;
    }
    int64_t wait = *u->user.password ? left_to_wait_ms(&u->user, session_now(s)) : 0;
    if (wait) {
        say_when(&u->why, "There were too many wrong tries, and this one was not looked at.", wait);
        return true;
    }
    if (!is_password(&u->user, u->password, &is, e))
        return false;
    return is ? let_in(s, u, e) : count_wrong(s, u, e);
}

bool session_unlock(struct session *s, const char *password, struct err *e)
{
    struct unlocking u = {.password = password};
    if (!engine_transact(s, __func__, try_password, &u, e))
        return false;
    if (u.why.code != ERR_NONE) {
        if (e)
            *e = u.why;
        return false;
    }
    s->user = u.user;
    return true;
}

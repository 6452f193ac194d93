/* SPDX-License-Identifier: MIT
 *
 * Opening and making a store as an acting user, the session's clock and keys,
 * and the rows that every new store starts with.
 */
#include <string.h>

#include "engine/work.h"
#include "store/admin.h"

int64_t session_now(struct session *s)
{
    return s->clock();
}

day_t session_today(struct session *s)
{
    return instant_day(s->clock());
}

const char *session_login(const struct session *s)
{
    return s->user.login;
}

unsigned session_roles(const struct session *s)
{
    return s->user.active == 1 ? roles_parse(s->user.roles) : 0;
}

int64_t engine_id(struct session *s)
{
    struct err ignored; /* without the head the write that this key is for fails too, and says why */
    if (s->work->open && !work_head(s, &ignored))
        return 0;
    s->work->head_dirty = s->work->open; /* the next program goes on behind this key */
    return id_next(&s->ids, session_now(s));
}

void engine_random(struct session *s, void *out, size_t n)
{
    if (!s->ids.seed) {
        random_bytes(out, n);
        return;
    }
    struct sha256 h;
    unsigned char digest[32];
    uint64_t part[2] = {s->ids.seed, s->random_drawn++};
    sha256_init(&h);
    sha256_add(&h, part, sizeof part);
    sha256_end(&h, digest);
    memcpy(out, digest, n < sizeof digest ? n : sizeof digest);
}

bool engine_ref(struct session *s, const char *prefix, char out[REF_SIZE], struct err *e)
{
    if (!work_head(s, e))
        return false;
    ref_make(prefix, (uint64_t)++s->work->head.ref_number, out);
    s->work->head_dirty = true;
    return true;
}

static struct session *session_new(const struct session_options *o)
{
    struct session *s = xcalloc(1, sizeof *s);
    s->work = xcalloc(1, sizeof *s->work);
    s->cache = xcalloc(1, sizeof *s->cache);
    s->clock = o->clock;
    id_maker_init(&s->ids, o->seed);
    return s;
}

void session_close(struct session *s)
{
    if (!s)
        return;
    db_close(s->db);
    cache_free(s);
    free(s->work);
    free(s);
}

static bool hex_decode(const char *hex, unsigned char *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned byte;
        if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
            return false;
        out[i] = (unsigned char)byte;
    }
    return true;
}

static bool load_meta(struct session *s, struct err *e)
{
    struct buf key = {0}, demo = {0};
    bool has_key, has_demo;
    bool ok = meta_get(s->db, "audit_key", &has_key, &key, e) && meta_get(s->db, "demonstration", &has_demo, &demo, e);
    if (ok && (!has_key || key.len != 64 || !hex_decode(key.data, s->audit_key, 32)))
        ok = err_set(e, ERR_STORE, "The store has lost the key of its audit log; restore a backup.");
    s->demonstration = ok && has_demo;
    buf_free(&key);
    buf_free(&demo);
    return ok;
}

void engine_act_as(struct session *s, const struct user *u)
{
    s->user = *u;
}

/* The user bound to the account; in its place the one named by --as, where that is allowed. */
static bool become(struct session *s, const struct session_options *o, struct err *e)
{
    bool found;
    struct user own;
    if (!user_by_account(s->db, o->os_account, &found, &own, e))
        return false;
    if (!found || own.active != 1)
        return err_set(e, ERR_DENIED,
                       "No active user of this store is bound to the account \"%s\". An admin binds it: "
                       "onward user add login=.. name=.. roles=.. os_account=%s",
                       o->os_account, o->os_account);
    s->user = own;
    if (!o->as || strcmp(o->as, own.login) == 0)
        return true;
    struct user other;
    struct err unlogged;
    bool may = own.service == 1 || s->demonstration;
    if (!may || !record_load_ref(s->db, &user_type, o->as, &other, e) || other.active != 1) {
        if (!engine_log(s, "denied", "user", o->as, "", "acting as another", &unlogged))
            err_clear(&unlogged);
        return may ? err_set(e, ERR_DENIED, "There is no active user %s to act as.", o->as)
                   : err_set(e, ERR_DENIED, "Only a service account may act as another user (--as).");
    }
    s->user = other;
    text_put(s->as_from, sizeof s->as_from, own.login);
    return engine_log(s, "acted_as", "user", other.login, "", "", e);
}

struct session *session_open(const struct session_options *o, struct err *e)
{
    struct session *s = session_new(o);
    s->db = db_open(o->url, DB_OPEN, e);
    if (s->db && load_meta(s, e) && become(s, o, e))
        return s;
    session_close(s);
    return NULL;
}

/* ---- a new store */

static const struct {
    const char *code, *name;
} first_neighbourhoods[] = {
    {"broughton", "Broughton"},
    {"eccles-irlam", "Eccles and Irlam"},
    {"ordsall-claremont", "Ordsall and Claremont"},
    {"swinton", "Swinton"},
    {"walkden-little-hulton", "Walkden and Little Hulton"},
};

static const struct {
    const char *code, *purpose, *text;
} first_wordings[] = {
    {"contact-1", "contact",
     "We would like to contact you about the help you asked for. We will only use the ways of contacting you that you choose. You can tell us to stop at any time."},
    {"share-1", "share",
     "With your agreement we will give the organisation we have just named only what it needs to help you: who you are, how to reach you, and what you would like help with. "
     "We will not share anything you ask us not to. You can change your mind at any time, about all of it or a part of it, and it will not affect any other care you receive."},
    {"evaluation-1", "evaluation",
     "We would like to use what you tell us about how things went to improve the service. Your name is never used. You can say no, and you can change your mind later."},
};

static bool make_neighbourhoods(struct session *s, struct err *e)
{
    for (size_t i = 0; i < sizeof first_neighbourhoods / sizeof *first_neighbourhoods; i++) {
        struct neighbourhood n;
        record_init(&neighbourhood_type, &n);
        text_put(n.code, sizeof n.code, first_neighbourhoods[i].code);
        text_put(n.name, sizeof n.name, first_neighbourhoods[i].name);
        n.active = 1;
        if (!engine_insert(s, &neighbourhood_type, &n, "", e))
            return false;
    }
    return true;
}

static bool make_wordings(struct session *s, struct err *e)
{
    for (size_t i = 0; i < sizeof first_wordings / sizeof *first_wordings; i++) {
        struct wording w;
        record_init(&wording_type, &w);
        text_put(w.code, sizeof w.code, first_wordings[i].code);
        text_put(w.purpose, sizeof w.purpose, first_wordings[i].purpose);
        text_put(w.text, sizeof w.text, first_wordings[i].text);
        w.active = 1;
        if (!engine_insert(s, &wording_type, &w, "", e))
            return false;
    }
    return true;
}

static bool make_holidays(struct session *s, struct err *e)
{
    for (size_t i = 0; i < holiday_one_off_count; i++) {
        char on[DATE_SIZE];
        date_format(holiday_one_offs[i].day, on);
        if (!holiday_set(s->db, on, holiday_one_offs[i].is_holiday, holiday_one_offs[i].name, e))
            return false;
    }
    return true;
}

/* A login out of an account name: what a login may hold, nothing else. */
static void login_of(const char *account, char out[CODE_SIZE])
{
    size_t n = 0;
    for (const char *c = account; *c && n < CODE_SIZE - 1; c++)
        out[n++] = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ? *c : '-';
    out[n] = '\0';
}

static bool make_first_user(struct session *s, const char *os_account, struct err *e)
{
    struct user u;
    record_init(&user_type, &u);
    login_of(os_account, u.login);
    text_put(u.name, sizeof u.name, u.login);
    if (!text_copy(u.os_account, sizeof u.os_account, os_account))
        return err_set(e, ERR_INVALID, "The name of this account is too long to be bound to a user.");
    text_put(u.roles, sizeof u.roles, "worker,rep,manager,admin,auditor,nightly");
    u.active = 1;
    u.service = 0;
    u.failed_tries = 0;
    s->user = u;
    if (!engine_insert(s, &user_type, &u, "", e))
        return false;
    s->user = u;
    return true;
}

static bool make_meta(struct session *s, bool demonstration, struct err *e)
{
    char hex[65];
    engine_random(s, s->audit_key, sizeof s->audit_key);
    hex_encode(s->audit_key, sizeof s->audit_key, hex);
    s->demonstration = demonstration;
    return meta_set(s->db, "audit_key", hex, e) && (!demonstration || meta_set(s->db, "demonstration", "1", e));
}

static bool make_first_rows(struct session *s, const struct session_options *o, bool demonstration, struct err *e)
{
    if (!engine_begin(s, __func__, e))
        return false;
    if (make_meta(s, demonstration, e) && make_first_user(s, o->os_account, e) && make_neighbourhoods(s, e) &&
        make_wordings(s, e) && make_holidays(s, e) && engine_commit(s, e))
        return true;
    engine_rollback(s);
    return false;
}

struct session *session_create(const struct session_options *o, bool demonstration, struct err *e)
{
    struct session *s = session_new(o);
    s->db = db_open(o->url, DB_CREATE, e);
    if (s->db && make_first_rows(s, o, demonstration, e))
        return s;
    session_close(s);
    return NULL;
}

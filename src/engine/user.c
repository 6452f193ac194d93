/* SPDX-License-Identifier: MIT
 *
 * Users: who may act, with which roles, from which account, and the password
 * that unlocks a desk (argon2id by libsodium).
 */
#include <sodium.h>
#include <string.h>

#include "engine/args.h"
#include "engine/work.h"
#include "store/admin.h"

static bool check_roles(const char *codes, struct err *e)
{
    char code[CODE_SIZE];
    for (const char *at = codes; (at = codes_next(at, code)) && *code;)
        if (!roles_parse(code))
            return err_field(e, "roles", "Roles: %s is none; write worker, rep, manager, admin, auditor or nightly.", code);
    return *codes || err_field(e, "roles", "Roles: a user has at least one.");
}

static bool check_user(struct session *s, const struct user *u, struct err *e)
{
    for (const char *c = u->login; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-' || *c == '.' || *c == '_'))
            return err_field(e, "login", "Login: use small letters, digits, hyphen, point and underscore.");
    return check_roles(u->roles, e) && codes_check(s, user_type.fields, user_type.count, u, UINT64_MAX, e);
}

/* An account acts as one user. */
static bool account_is_free(struct session *s, const struct user *u, struct err *e)
{
    struct user there;
    bool found = false;
    if (*u->os_account && !user_by_account(s->db, u->os_account, &found, &there, e))
        return false;
    return !found || there.id == u->id ||
           err_field(e, "os_account", "Account: %s acts as the user %s already; an account acts as one user.", u->os_account, there.login);
}

static bool user_add_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    struct user u = *(const struct user *)args, there;
    struct err absent;
    (void)given;
    if (!fields_complete(user_type.fields, user_type.count, &u, e) || !check_user(s, &u, e))
        return false;
    if (record_load_ref(s->db, &user_type, u.login, &there, &absent))
        return err_field(e, "login", "Login: there is a user %s already.", u.login);
    u.active = 1;
    u.failed_tries = 0;
    if (!account_is_free(s, &u, e) || !engine_insert(s, &user_type, &u, "", e))
        return false;
    cache_drop(s);
    outcome_of(o, &user_type, &u);
    outcome_say(o, "User %s was added.", u.login);
    return true;
}

struct user_edit_args {
    char subject[CODE_SIZE];
    int64_t version;
    struct user user;
};
static const struct field user_edit_fields[] = {
    {"user", "User", FIELD_TEXT, FIELD_REQUIRED | FIELD_POSITIONAL, FIELD_TEXT_AT(user_edit_args, subject), .help = "login"},
    ARG_VERSION(user_edit_args),
};

/* What stands in the log stays, and no admin locks the last door behind themselves. */
static bool may_become(struct session *s, const struct user *before, const struct user *after, struct err *e)
{
    bool was_admin = (roles_parse(before->roles) & ROLE_ADMIN) != 0, is_admin = after->active == 1 && (roles_parse(after->roles) & ROLE_ADMIN);
    if (strcmp(before->login, after->login) != 0)
        return err_field(e, "login", "The login stands in the log of what they did, and stays; add another user instead.");
    if (before->id == s->user.id && was_admin && !is_admin)
        return err_rule(e, "user.self", "You are an admin: another admin takes that from you, so that one is always left.");
    return account_is_free(s, after, e);
}

static bool user_edit_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct user_edit_args *a = args;
    struct user before, after;
    if (!find_user(s, a->subject, &before, e) || !engine_unchanged(s, &user_type, &before, a->version, e))
        return false;
    after = before;
    if (!fields_merge(user_type.fields, user_type.count, &after, &a->user, record_given(s->verb, given), e) ||
        !check_user(s, &after, e) || !may_become(s, &before, &after, e) || !engine_update(s, &user_type, &before, &after, "", e))
        return false;
    if (after.id == s->user.id)
        s->user = after;
    cache_drop(s);
    outcome_of(o, &user_type, &after);
    outcome_say(o, "User %s was changed.", after.login);
    return true;
}

struct login_args {
    char login[CODE_SIZE];
    char password[129];
};
static const struct field login_fields[] = {
    {"login", "Login", FIELD_TEXT, FIELD_REQUIRED | FIELD_POSITIONAL, FIELD_TEXT_AT(login_args, login)},
    {"password", "Password", FIELD_TEXT, FIELD_SECRET, FIELD_TEXT_AT(login_args, password),
     .help = "asked for at the keyboard when not given"},
};

static bool user_show_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct login_args *a = args;
    struct user u;
    (void)given;
    if (!find_user(s, a->login, &u, e))
        return false;
    outcome_of(o, &user_type, &u);
    o->detail = record_json(&user_type, &u);
    return true;
}

/* 64 MiB and three passes, about a tenth of a second: RFC 9106's second choice as libsodium has it. */
#define PASSWORD_PASSES 3
#define PASSWORD_BYTES (64u << 20)

/* One's own, or an admin for anyone. */
static bool user_password_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct login_args *a = args;
    struct user before, after;
    (void)given;
    if (!find_user(s, a->login, &before, e))
        return false;
    if (before.id != s->user.id && !(session_roles(s) & ROLE_ADMIN))
        return err_set(e, ERR_DENIED, "Only an admin sets another user's password.");
    if (strlen(a->password) < 8)
        return err_field(e, "password", "Password: at least eight characters; three words you remember are better.");
    after = before;
    if (crypto_pwhash_str(after.password, a->password, strlen(a->password), PASSWORD_PASSES, PASSWORD_BYTES) != 0)
        return err_set(e, ERR_STORE, "There is not enough memory to make the password safe (64 MiB); close something and try again.");
    after.failed_tries = 0;
    if (!engine_update(s, &user_type, &before, &after, "", e))
        return false;
    if (after.id == s->user.id)
        s->user = after;
    outcome_of(o, &user_type, &after);
    outcome_say(o, "The password of %s was set.", after.login);
    return true;
}

static const struct column user_columns[] = {
    {"user", "Login", FIELD_TEXT, 16, 0, NULL, NULL},
    {"name", "Name", FIELD_TEXT, 24, 0, NULL, NULL},
    {"roles", "Roles", FIELD_TEXT, 24, 0, NULL, NULL},
    {"neighbourhoods", "Neighbourhoods", FIELD_TEXT, 24, 0, NULL, NULL},
    {"os_account", "Account", FIELD_TEXT, 12, 0, NULL, NULL},
    {"service", "Service", FIELD_FLAG, 7, 0, NULL, NULL},
    {"active", "Active", FIELD_FLAG, 6, 0, NULL, NULL},
};

static bool user_list_run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                          struct err *e)
{
    (void)filters;
    (void)given;
    struct stmt *st = users_listed(s->db, e);
    return st && list_rows(s, l, r, st, 0, -1, -1, e);
}

static const struct verb user_add = {.name = "user add",
                                     .help = "Adds a user: login, name, roles, and the account they act from.",
                                     .roles = ROLE_ADMIN,
                                     .size = sizeof(struct user),
                                     .run = user_add_run,
                                     .record = &user_type};
static const struct verb user_edit = {.name = "user edit",
                                      .help = "Changes a user.",
                                      .roles = ROLE_ADMIN,
                                      .args = user_edit_fields,
                                      .count = COUNT_OF(user_edit_fields),
                                      .size = sizeof(struct user_edit_args),
                                      .run = user_edit_run,
                                      .record = &user_type,
                                      .record_at = offsetof(struct user_edit_args, user)};
static const struct verb user_show = {.name = "user show",
                                      .help = "Shows a user.",
                                      .roles = ROLE_ADMIN | ROLE_MANAGER,
                                      .args = login_fields,
                                      .count = 1,
                                      .size = sizeof(struct login_args),
                                      .run = user_show_run,
                                      .reads = true};
static const struct verb user_password = {.name = "user password",
                                          .help = "Sets a password, which unlocks a desk that was left.",
                                          .roles = ROLE_ANY,
                                          .args = login_fields,
                                          .count = 2,
                                          .size = sizeof(struct login_args),
                                          .run = user_password_run};
const struct verb *const user_verbs[] = {&user_add, &user_edit, &user_show, &user_password, NULL};

static const struct list user_list = {.name = "user list",
                                      .help = "Users, by login.",
                                      .roles = ROLE_ADMIN | ROLE_MANAGER | ROLE_AUDITOR,
                                      .columns = user_columns,
                                      .columns_count = sizeof user_columns / sizeof *user_columns,
                                      .run = user_list_run};
const struct list *const user_lists[] = {&user_list, NULL};

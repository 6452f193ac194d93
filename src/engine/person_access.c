/* SPDX-License-Identifier: MIT
 *
 * Who may know of a person: restricted records, which only named users know
 * of, and a representative's look behind the mask, which takes a reason, ends
 * by itself, and is listed.
 */
#include <string.h>

#include "engine/args.h"
#include "engine/people.h"
#include "engine/work.h"
#include "store/people.h"

/* ---- restrict, unrestrict */

struct restrict_args {
    char person[REF_SIZE];
    char users[CODES_SIZE];
};
static const struct field restrict_fields[] = {
    ARG_PERSON(restrict_args),
    {"users", "Users", FIELD_CODES, FIELD_REQUIRED, FIELD_TEXT_AT(restrict_args, users), .set = "user",
     .help = "the logins of those who may know of the record"},
};

static bool set_restricted(struct session *s, const struct person *p, bool restricted, const char *logins, struct err *e)
{
    struct person after = *p;
    after.restricted = restricted;
    engine_final(s);
    if (p->restricted == 1 && !engine_audit(s, "access_taken", "person", p->ref, p->ref, "", e))
        return false;
    if (!person_access_clear(s->db, p->id, e) || !engine_update(s, &person_type, p, &after, p->ref, e))
        return false;
    char login[CODE_SIZE];
    for (const char *at = logins; at && (at = codes_next(at, login)) && *login;) {
        struct user u;
        if (!find_user(s, login, &u, e) || !person_access_add(s->db, p->id, u.id, e) ||
            !engine_audit(s, "access_given", "user", u.login, p->ref, "", e))
            return false;
    }
    cache_drop(s); /* the session keeps the list of records hidden from its user */
    return true;
}

static bool restrict_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct restrict_args *a = args;
    struct person p;
    if (!find_person(s, a->person, &p, e) || !codes_check(s, restrict_fields, COUNT_OF(restrict_fields), a, given, e) ||
        !set_restricted(s, &p, true, a->users, e))
        return false;
    engine_step_title(s, "restricted %s", p.ref);
    outcome_of(o, &person_type, &p);
    outcome_say(o, "Only %s may know of %s now.", a->users, p.ref);
    if (!codes_have(a->users, s->user.login))
        outcome_say(o, "You are not among them.");
    return true;
}

const struct verb person_restrict =
    VERB("person restrict", "Lets only named users know of a record.", ROLE_MANAGER, restrict_fields, restrict_args, restrict_run);

struct person_args {
    char person[REF_SIZE];
};
static const struct field person_fields[] = {ARG_PERSON(person_args)};

static bool unrestrict_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct person_args *a = args;
    struct person p;
    (void)given;
    if (!find_person(s, a->person, &p, e) || !set_restricted(s, &p, false, "", e))
        return false;
    engine_step_title(s, "unrestricted %s", p.ref);
    outcome_of(o, &person_type, &p);
    outcome_say(o, "%s is seen by the whole team again.", p.ref);
    return true;
}

const struct verb person_unrestrict =
    VERB("person unrestrict", "Opens a restricted record to the team again.", ROLE_MANAGER, person_fields, person_args, unrestrict_run);

/* ---- unmask */

struct unmask_args {
    char person[REF_SIZE];
    char reason[LONG_SIZE];
};
static const struct field unmask_fields[] = {
    ARG_PERSON(unmask_args),
    {"reason", "Reason", FIELD_TEXT, FIELD_REQUIRED, FIELD_TEXT_AT(unmask_args, reason), .max = ARG_LONG},
};

static bool unmask_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct unmask_args *a = args;
    struct person p;
    char until[INSTANT_SIZE];
    (void)given;
    if (!find_person(s, a->person, &p, e))
        return false;
    int64_t now = session_now(s);
    struct unmask u = {.id = engine_id(s), .user_id = s->user.id, .person_id = p.id, .reason = a->reason, .from_at = now,
                       .until_at = now + session_setting(s, SET_UNMASK_MINUTES) * 60000};
    if (!unmask_insert(s->db, &u, e) || !engine_audit(s, "unmasked", "person", p.ref, p.ref, "", e))
        return false;
    instant_format_uk(u.until_at, until);
    outcome_of(o, &person_type, &p);
    outcome_say(o, "You see %s unmasked until %s. The look and its reason are listed.", p.ref, until);
    return true;
}

const struct verb person_unmask =
    VERB("person unmask", "Shows a representative one record unmasked for a while, with a reason.", ROLE_REP, unmask_fields,
         unmask_args, unmask_run);

static const struct column unmasked_columns[] = {
    {"at", "From", FIELD_INSTANT, 16, FIELD_NAMES, NULL, NULL}, /* what after= takes */
    {"person", "Person", FIELD_REF, 12, FIELD_NAMES, NULL, NULL},
    {"user", "User", FIELD_TEXT, 16, FIELD_NAMES, NULL, NULL},
    {"reason", "Reason", FIELD_TEXT, 40, FIELD_PERSONAL, NULL, NULL},
    {"until", "Until", FIELD_INSTANT, 16, 0, NULL, NULL},
};

static bool unmasked_run(struct session *s, const struct list *l, const void *filters, uint64_t given, struct list_run *r,
                         struct err *e)
{
    int64_t before = INT64_MAX;
    (void)filters;
    (void)given;
    if (*r->after && !instant_parse(r->after, &before))
        return err_field(e, "after", "Give the time in the last row of the page before.");
    struct stmt *st = unmask_rows(s->db, before, e);
    return st && list_rows(s, l, r, st, 1, -1, 0, e);
}

const struct list person_unmasked = {
    .name = "person unmasked",
    .help = "Looks behind the mask: who, whom, when and why; newest first.",
    .roles = ROLE_MANAGER | ROLE_AUDITOR,
    .columns = unmasked_columns, .columns_count = COUNT_OF(unmasked_columns),
    .run = unmasked_run,
};

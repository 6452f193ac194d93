/* SPDX-License-Identifier: MIT
 *
 * Further names and identifiers of a person: what they were called, what
 * other systems call them. The person is found by all of them.
 */
#include "engine/args.h"
#include "engine/people.h"

/* ---- person name */

struct name_args {
    char person[REF_SIZE];
    struct person_name name;
};
static const struct field name_fields[] = {ARG_PERSON(name_args)};

static bool name_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct name_args *a = args;
    struct person_name n = a->name;
    struct person p;
    (void)given;
    if (!fields_complete(person_name_type.fields, person_name_type.count, &n, e))
        return false;
    if (!*n.given_name && !*n.family_name)
        return err_field(e, "family_name", "Give at least one of given_name= and family_name=.");
    if (!find_person(s, a->person, &p, e))
        return false;
    n.person_id = p.id;
    if (!engine_insert(s, &person_name_type, &n, p.ref, e) || !person_terms_write(s, &p, e))
        return false;
    outcome_of(o, &person_type, &p);
    outcome_say(o, "%s is also found by that name now.", p.ref);
    return true;
}

const struct verb person_name_add = {
    .name = "person name",
    .help = "Records another name of a person: a previous one, an alias, the legal one.",
    .roles = ROLE_CARE,
    .args = name_fields, .count = COUNT_OF(name_fields), .size = sizeof(struct name_args),
    .run = name_run,
    .record = &person_name_type, .record_at = offsetof(struct name_args, name),
};

/* ---- person identifier */

struct identifier_args {
    char person[REF_SIZE];
    struct person_identifier identifier;
};
static const struct field identifier_fields[] = {ARG_PERSON(identifier_args)};

static bool identifier_run(struct session *s, const void *args, uint64_t given, struct outcome *o, struct err *e)
{
    const struct identifier_args *a = args;
    struct person_identifier i = a->identifier;
    struct person p;
    (void)given;
    if (!fields_complete(person_identifier_type.fields, person_identifier_type.count, &i, e) ||
        !find_person(s, a->person, &p, e))
        return false;
    i.person_id = p.id;
    if (!engine_insert(s, &person_identifier_type, &i, p.ref, e) || !person_terms_write(s, &p, e))
        return false;
    outcome_of(o, &person_type, &p);
    outcome_say(o, "%s is also found by that number now.", p.ref);
    return true;
}

const struct verb person_identifier_add = {
    .name = "person identifier",
    .help = "Records what another system calls a person.",
    .roles = ROLE_CARE,
    .args = identifier_fields, .count = COUNT_OF(identifier_fields), .size = sizeof(struct identifier_args),
    .run = identifier_run,
    .record = &person_identifier_type, .record_at = offsetof(struct identifier_args, identifier),
};

/* SPDX-License-Identifier: MIT
 *
 * Finding records within scope. What a user may not know of is "not found",
 * in the same words as what is not there; a role that never sees such records
 * is told so.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/work.h"
#include "store/admin.h"

/* Restricted records are open to the users named for them and to the nightly run, which must send their stops. */
static bool may_know(struct session *s, const struct person *p, bool *may, struct err *e)
{
    *may = p->restricted != 1;
    if (*may || (s->user.id && session_roles(s) == ROLE_NIGHTLY))
        return *may = true, true;
    return person_access_has(s->db, p->id, s->user.id, may, e);
}

bool engine_sees_all(struct session *s)
{
    return (session_roles(s) & ROLE_CARE) || session_roles(s) == ROLE_NIGHTLY;
}

enum sight engine_sight(struct session *s, const struct person *p)
{
    struct err e;
    bool may, unmasked;
    if (!may_know(s, p, &may, &e) || !may)
        return SIGHT_NONE;
    enum sight sight = role_sight(session_roles(s), s->user.neighbourhoods, p->neighbourhood);
    if (engine_sees_all(s))
        sight = SIGHT_FULL;
    if (sight == SIGHT_MASKED && unmask_in_force(s->db, s->user.id, p->id, session_now(s), &unmasked, &e) && unmasked)
        sight = SIGHT_FULL;
    return sight;
}

static bool not_found(struct err *e, const char *what, const char *ref)
{
    return err_set(e, ERR_NOT_FOUND, "There is no %s %s. Check the reference.", what, ref);
}

static bool in_scope(struct session *s, const struct person *p, const char *what, const char *ref, struct err *e)
{
    if (!(session_roles(s) & (ROLE_CARE | ROLE_REP | ROLE_NIGHTLY)))
        return err_set(e, ERR_DENIED, "Your role does not open people's records.");
    if (engine_sight(s, p) != SIGHT_NONE)
        return true;
    s->work->out_of_sight = true;
    return not_found(e, what, ref);
}

static bool follow_merge(struct session *s, struct person *p, struct err *e)
{
    while (p->merged_into != FIELD_ABSENT)
        if (!record_load(s->db, &person_type, p->merged_into, p, e))
            return false;
    return true;
}

/* "No such record" in words that do not tell it from one out of sight. */
static bool load_ref(struct session *s, const struct record_type *t, const char *ref, void *out, struct err *e)
{
    if (record_load_ref(s->db, t, ref, out, e))
        return true;
    return e->code == ERR_NOT_FOUND ? not_found(e, t->label, ref) : false;
}

bool find_person(struct session *s, const char *ref, struct person *out, struct err *e)
{
    struct person p;
    if (!load_ref(s, &person_type, ref, &p, e) || !follow_merge(s, &p, e) || !in_scope(s, &p, "person", ref, e))
        return false;
    *out = p;
    return true;
}

bool find_person_by_id(struct session *s, int64_t id, struct person *out, struct err *e)
{
    struct person p;
    if (!record_load(s->db, &person_type, id, &p, e) || !follow_merge(s, &p, e) || !in_scope(s, &p, "person", "there", e))
        return false;
    *out = p;
    return true;
}

static bool person_of(struct session *s, int64_t person_id, const char *what, const char *ref, struct person *out, struct err *e)
{
    struct person p;
    if (!record_load(s->db, &person_type, person_id, &p, e) || !follow_merge(s, &p, e) || !in_scope(s, &p, what, ref, e))
        return false;
    if (out)
        *out = p;
    return true;
}

static int64_t key_of(const struct record_type *t, const void *record, const char *key)
{
    const struct field *f = field_find(t->fields, t->count, key);
    return f ? field_int(f, record) : FIELD_ABSENT;
}

bool record_person_id(struct session *s, const struct record_type *t, const void *record, int64_t *id, struct err *e)
{
    struct referral r;
    int64_t referral_id = key_of(t, record, "referral_id");
    *id = t == &person_type ? record_id(t, record) : key_of(t, record, "person_id");
    if (*id != FIELD_ABSENT || referral_id == FIELD_ABSENT)
        return true;
    if (!record_load(s->db, &referral_type, referral_id, &r, e))
        return false;
    *id = r.person_id;
    return true;
}

bool find_of_person(struct session *s, const struct record_type *t, const char *ref, void *out, struct person *person, struct err *e)
{
    void *record = xcalloc(1, t->size);
    int64_t id;
    bool ok = load_ref(s, t, ref, record, e) && record_person_id(s, t, record, &id, e) &&
              person_of(s, id, t->label, ref, person, e);
    if (ok)
        memcpy(out, record, t->size);
    free(record);
    return ok;
}

bool find_referral(struct session *s, const char *ref, struct referral *out, struct person *person, struct err *e)
{
    return find_of_person(s, &referral_type, ref, out, person, e);
}

bool find_handoff(struct session *s, const char *ref, struct handoff *out, struct person *person, struct err *e)
{
    return find_of_person(s, &handoff_type, ref, out, person, e);
}

bool find_organisation(struct session *s, const char *code, struct organisation *out, struct err *e)
{
    return load_ref(s, &organisation_type, code, out, e);
}

bool find_service(struct session *s, const char *ref, struct service *out, struct err *e)
{
    return load_ref(s, &service_type, ref, out, e);
}

bool find_user(struct session *s, const char *login, struct user *out, struct err *e)
{
    return load_ref(s, &user_type, login, out, e);
}

void person_mask(struct person *p)
{
    for (size_t i = 0; i < person_type.count; i++) {
        const struct field *f = &person_type.fields[i];
        if ((f->flags & FIELD_PERSONAL) && !field_is_number(f) && !field_is_empty(f, p))
            memset((char *)p + f->offset, 0, f->size);
    }
    text_put(p->given_name, sizeof p->given_name, "•••");
    text_put(p->family_name, sizeof p->family_name, "•••");
}

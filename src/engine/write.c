/* SPDX-License-Identifier: MIT
 *
 * The one write path: every record goes in, changes or goes away here, with
 * its version, audit row, summary counts and undo image in the same
 * transaction.
 */
#include <string.h>

#include "engine/work.h"

static void *at_field(const struct record_type *t, const void *record, int index)
{
    return index < 0 ? NULL : (char *)(uintptr_t)record + t->fields[index].offset;
}

int64_t record_id(const struct record_type *t, const void *record)
{
    return *(const int64_t *)at_field(t, record, t->id);
}

int64_t record_version(const struct record_type *t, const void *record)
{
    const int64_t *v = at_field(t, record, t->version);
    return v ? *v : 0;
}

/* Records without a reference of their own are spoken of by their people-facing key. */
const char *record_ref(const struct record_type *t, const void *record)
{
    static const char *const keys[] = {"code", "login", "name"};
    const char *ref = at_field(t, record, t->ref);
    if (ref)
        return ref;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct field *f = field_find(t->fields, t->count, keys[i]);
        if (f && !(f->flags & FIELD_PERSONAL))
            return field_text(f, record);
    }
    return "";
}

static void set_when_absent(const struct record_type *t, void *record, const char *key, int64_t value)
{
    const struct field *f = field_find(t->fields, t->count, key);
    if (!f)
        return;
    int64_t *at = (int64_t *)(void *)((char *)record + f->offset);
    if (*at == FIELD_ABSENT || *at == 0)
        *at = value;
}

static void name_step(struct session *s, const struct record_type *t, const void *record)
{
    if (!*s->work->first_ref)
        text_put(s->work->first_ref, sizeof s->work->first_ref, record_ref(t, record));
}

bool engine_insert(struct session *s, const struct record_type *t, void *record, const char *about, struct err *e)
{
    set_when_absent(t, record, "id", engine_id(s));
    set_when_absent(t, record, "version", 1);
    set_when_absent(t, record, "created_at", session_now(s));
    set_when_absent(t, record, "created_by", s->user.id);
    set_when_absent(t, record, "recorded_at", session_now(s));
    set_when_absent(t, record, "recorded_by", s->user.id);
    char *ref = at_field(t, record, t->ref);
    if (ref && !*ref && t->prefix && !engine_ref(s, t->prefix, ref, e))
        return false;
    if (!record_insert(s->db, t, record, e))
        return false;
    name_step(s, t, record);
    return audit_change(s, "made", t, NULL, record, about, e) && summary_changed(s, t, NULL, record, e) &&
           undo_remember(s, t, NULL, record, e);
}

static bool differs(const struct record_type *t, const void *a, const void *b)
{
    for (size_t i = 0; i < t->count; i++)
        if ((int)i != t->version && !field_equal(&t->fields[i], a, b))
            return true;
    return false;
}

bool engine_update(struct session *s, const struct record_type *t, const void *before, void *after, const char *about,
                   struct err *e)
{
    if (!differs(t, before, after))
        return true;
    int64_t was = record_version(t, before);
    if (t->version >= 0)
        *(int64_t *)at_field(t, after, t->version) = was + 1;
    if (!record_update_from(s->db, t, before, after, was, e))
        return false;
    name_step(s, t, after);
    return audit_change(s, "changed", t, before, after, about, e) && summary_changed(s, t, before, after, e) &&
           undo_remember(s, t, before, after, e);
}

bool engine_unchanged(struct session *s, const struct record_type *t, const void *record, int64_t seen, struct err *e)
{
    struct audit_name name;
    int64_t now = record_version(t, record), at = 0;
    char who[CODE_SIZE] = "someone", when[INSTANT_SIZE];
    bool found;
    if (seen == FIELD_ABSENT || seen == now)
        return true;
    if (!audit_name(s, t, record, &name, e) || !audit_last_change(s->db, name.record, name.ref, &found, &at, who, e))
        return false;
    instant_format_uk(at, when);
    return err_set(e, ERR_CONFLICT, "%s was changed by %s%s%s since you opened it: now version %lld, yours is %lld. Look at it again "
                                    "and repeat what is still right.",
                   name.ref, who, found ? " at " : "", found ? when : "", (long long)now, (long long)seen);
}

bool engine_remove(struct session *s, const struct record_type *t, const void *record, const char *about, struct err *e)
{
    struct audit_name name;
    if (!audit_name(s, t, record, &name, e) || !record_delete(s->db, t, record_id(t, record), e))
        return false;
    name_step(s, t, record);
    return engine_audit(s, "removed", name.record, name.ref, about, "", e) &&
           summary_changed(s, t, record, NULL, e);
}

bool fields_merge(const struct field *fields, size_t n, void *to, const void *from, uint64_t given, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        if (!(given & UINT64_C(1) << i))
            continue;
        if (fields[i].flags & FIELD_AUTO)
            return err_field(e, fields[i].key, "%s is set by the program and cannot be typed.", fields[i].label);
        field_copy(&fields[i], to, from);
    }
    return true;
}

bool was_given(const struct verb *v, uint64_t given, const char *key)
{
    const struct field *f = field_find(v->args, v->count, key);
    if (f)
        return (given & UINT64_C(1) << (f - v->args)) != 0;
    f = v->record ? field_find(v->record->fields, v->record->count, key) : NULL;
    return f && (record_given(v, given) & UINT64_C(1) << (f - v->record->fields));
}

uint64_t record_given(const struct verb *v, uint64_t given)
{
    return given >> v->count;
}

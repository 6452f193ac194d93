/* SPDX-License-Identifier: MIT
 *
 * What a session reads once: settings, holidays, the labels of coded lists.
 * Dropped whole when the session changes any of them. The restricted persons
 * that its user may not know of are few and are read for every list, so that
 * a restriction holds at once in every open session.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/work.h"
#include "store/admin.h"

struct code_entry {
    char *set, *code, *label, *grouping;
    bool active;
};

static void drop_codes(struct session_cache *c)
{
    for (size_t i = 0; i < c->code_count; i++) {
        free(c->codes[i].set);
        free(c->codes[i].code);
        free(c->codes[i].label);
        free(c->codes[i].grouping);
    }
    free(c->codes);
    c->codes = NULL;
    c->code_count = 0;
}

void cache_drop(struct session *s)
{
    struct session_cache *c = s->cache;
    drop_codes(c);
    free(c->holidays);
    free(c->hidden);
    *c = (struct session_cache){0};
}

void cache_free(struct session *s)
{
    cache_drop(s);
    free(s->cache);
}

static bool load_settings(struct session *s, struct err *e)
{
    struct session_cache *c = s->cache;
    for (int i = 0; i < SETTING_COUNT; i++)
        c->setting[i] = setting_rows[i].value;
    struct stmt *st = settings_all(s->db, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        int i = setting_find(col_text(st, 0));
        if (i >= 0 && !text_to_int(col_text(st, 1), setting_rows[i].min, setting_rows[i].max, &c->setting[i]))
            c->setting[i] = setting_rows[i].value;
    }
    c->has_settings = step != STEP_FAILED;
    return c->has_settings;
}

int64_t session_setting(struct session *s, enum setting which)
{
    struct err e;
    if (!s->cache->has_settings && !load_settings(s, &e))
        return setting_rows[which].value;
    return s->cache->setting[which];
}

static bool load_holidays(struct session *s, struct err *e)
{
    struct session_cache *c = s->cache;
    struct stmt *st = holidays_all(s->db, e);
    if (!st)
        return false;
    size_t n = 0;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        c->holidays = xrealloc(c->holidays, (n + 1) * sizeof *c->holidays);
        c->holidays[n].day = date_parse(col_text(st, 0));
        c->holidays[n].is_holiday = col_int(st, 1) == 1;
        text_put(c->holidays[n].name, sizeof c->holidays[n].name, col_text(st, 2));
        n++;
    }
    c->rules.holidays = (struct holidays){c->holidays, n};
    c->has_holidays = step != STEP_FAILED;
    return c->has_holidays;
}

const struct clock_rules *engine_clock_rules(struct session *s)
{
    struct session_cache *c = s->cache;
    struct err e;
    if (!c->has_holidays && !load_holidays(s, &e))
        c->rules.holidays = (struct holidays){holiday_one_offs, holiday_one_off_count};
    for (int i = 0; i < SETTING_COUNT; i++)
        c->rules.setting[i] = session_setting(s, (enum setting)i);
    c->rules.today = session_today(s);
    return &c->rules;
}

static void add_code(struct session_cache *c, const char *set, const char *code, const char *label,
                     const char *grouping, bool active)
{
    c->codes = xrealloc(c->codes, (c->code_count + 1) * sizeof *c->codes);
    c->codes[c->code_count++] = (struct code_entry){xstrdup(set), xstrdup(code), xstrdup(label), xstrdup(grouping), active};
}

static bool load_codes(struct session *s, struct err *e)
{
    struct session_cache *c = s->cache;
    drop_codes(c); /* of a loading that failed midway */
    struct stmt *st = codes_all(s->db, e);
    if (!st)
        return false;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW)
        add_code(c, col_text(st, 0), col_text(st, 1), col_text(st, 2), col_text(st, 3), col_int(st, 5) == 1);
    if (step == STEP_FAILED || !(st = neighbourhoods_all(s->db, e)))
        return false;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        struct neighbourhood n;
        record_read(st, 0, &neighbourhood_type, &n);
        add_code(c, "neighbourhood", n.code, n.name, "", n.active == 1);
    }
    if (step == STEP_FAILED || !(st = wordings_all(s->db, e)))
        return false;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        struct wording w;
        record_read(st, 0, &wording_type, &w);
        add_code(c, "wording", w.code, w.code, w.purpose, w.active == 1);
    }
    c->has_codes = step != STEP_FAILED;
    return c->has_codes;
}

static const struct code_entry *code_entry(struct session *s, const char *set, const char *code)
{
    struct session_cache *c = s->cache;
    struct err e;
    if (!c->has_codes && !load_codes(s, &e))
        return NULL;
    for (size_t i = 0; i < c->code_count; i++)
        if (strcmp(c->codes[i].code, code) == 0 && strcmp(c->codes[i].set, set) == 0)
            return &c->codes[i];
    return NULL;
}

const char *session_code_label(struct session *s, const char *set, const char *code)
{
    const struct code_entry *c = code_entry(s, set, code);
    return c ? c->label : code;
}

bool cache_each_code(struct session *s, const char *set, code_fn *each, void *ctx, struct err *e)
{
    struct session_cache *c = s->cache;
    if (!c->has_codes && !load_codes(s, e))
        return false;
    for (size_t i = 0; i < c->code_count; i++)
        if (c->codes[i].active && strcmp(c->codes[i].set, set) == 0 &&
            !each(ctx, c->codes[i].code, c->codes[i].label, c->codes[i].grouping))
            break;
    return true;
}

/* A store whose practices were never imported takes any well-formed code. */
static bool practice_in_table(struct session *s, const char *code, bool *found, struct err *e)
{
    bool any;
    if (!practice_known(s->db, code, found, e) || (!*found && !practice_any(s->db, &any, e)))
        return false;
    *found = *found || !any;
    return true;
}

/* Sets that are tables too large to keep: each is asked. */
static bool in_table(struct session *s, const char *set, const char *code, bool *found, struct err *e)
{
    if (strcmp(set, "practice") == 0)
        return practice_in_table(s, code, found, e);
    const struct record_type *t = strcmp(set, "user") == 0 ? &user_type : &organisation_type;
    void *record = xcalloc(1, t->size);
    struct err inner;
    *found = record_load_ref(s->db, t, code, record, &inner);
    free(record);
    if (!*found && inner.code != ERR_NOT_FOUND) {
        *e = inner;
        return false;
    }
    return true;
}

static void list_codes(struct session *s, const char *set, struct buf *out)
{
    const struct session_cache *c = s->cache;
    for (size_t i = 0; i < c->code_count; i++)
        if (c->codes[i].active && strcmp(c->codes[i].set, set) == 0)
            buf_fmt(out, "%s%s", out->len ? ", " : "", c->codes[i].code);
}

bool code_check(struct session *s, const struct field *f, const char *code, struct err *e)
{
    bool table = strcmp(f->set, "organisation") == 0 || strcmp(f->set, "user") == 0 || strcmp(f->set, "practice") == 0;
    bool found = false;
    if (table) {
        if (!in_table(s, f->set, code, &found, e))
            return false;
        return found || err_field(e, f->key, "%s: there is no %s with the code %s.", f->label, f->set, code);
    }
    const struct code_entry *c = code_entry(s, f->set, code);
    if (c && c->active)
        return true;
    struct buf all = {0};
    list_codes(s, f->set, &all);
    err_field(e, f->key, "%s: %s is not one of the codes in use: %s.", f->label, code, buf_text(&all));
    buf_free(&all);
    return false;
}

bool codes_check(struct session *s, const struct field *fields, size_t n, const void *record, uint64_t given, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i];
        if (!f->set || !(given & UINT64_C(1) << i) || field_is_empty(f, record))
            continue;
        char code[CODE_SIZE];
        for (const char *at = field_text(f, record); (at = codes_next(at, code)) && *code;)
            if (!code_check(s, f, code, e))
                return false;
    }
    return true;
}

bool id_in(const int64_t *ids, size_t n, int64_t id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ids[mid] == id)
            return true;
        if (ids[mid] < id)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

bool hidden_persons(struct session *s, const int64_t **ids, size_t *n, struct err *e)
{
    struct session_cache *c = s->cache;
    struct stmt *st = restricted_hidden_from(s->db, s->user.id, e);
    if (!st)
        return false;
    c->hidden_count = 0;
    enum step step;
    while ((step = stmt_step(st, e)) == STEP_ROW) {
        c->hidden = xrealloc(c->hidden, (c->hidden_count + 1) * sizeof *c->hidden);
        c->hidden[c->hidden_count++] = col_int(st, 0);
    }
    *ids = c->hidden;
    *n = c->hidden_count;
    return step != STEP_FAILED;
}

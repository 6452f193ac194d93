/* SPDX-License-Identifier: MIT
 *
 * A directory entry into the store, keyed on feed and the feed's own key. A
 * new organisation is paused and has no agreement, so nothing can be handed to
 * it before an admin has seen it. Its code is "dir-" and a number: a code
 * names a folder and is never made from a name.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/directory.h"
#include "exchange/import_services.h"
#include "store/directory.h"
#include "store/feed.h"

/* ---- entries */

void entry_reset(struct entry *n)
{
    for (size_t i = 0; i < n->detail_count; i++) {
        free(n->details[i].key);
        free(n->details[i].text);
    }
    free(n->details);
    buf_free(&n->warned);
    record_init(&organisation_type, &n->organisation);
    record_init(&service_type, &n->service);
    n->details = NULL;
    n->detail_count = 0;
}

static int by_detail(const void *a, const void *b)
{
    const struct entry_detail *x = a, *y = b;
    int order = strcmp(x->kind, y->kind);
    order = order ? order : strcmp(x->key, y->key);
    return order ? order : strcmp(x->text, y->text);
}

void entry_detail(struct entry *n, const char *kind, const char *key, const char *text)
{
    if (text_is_blank(text))
        return;
    n->details = xrealloc(n->details, (n->detail_count + 1) * sizeof *n->details);
    struct entry_detail *d = &n->details[n->detail_count++];
    *d = (struct entry_detail){kind, xstrdup(key), xstrdup(text)};
    text_trim(d->text);
}

/* ---- the feed */

static void feed_name(const char *path, char out[CODE_SIZE])
{
    size_t end = strlen(path), n = 0;
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    for (size_t i = start; i < end && n < 40 && path[i] != '.'; i++) {
        char c = path[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        out[n++] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ? c : '-';
    }
    out[n] = '\0';
    if (!n)
        text_put(out, CODE_SIZE, "feed");
}

bool directory_begin(struct directory *d, struct import *im, struct err *e)
{
    *d = (struct directory){.im = im};
    if (*im->map.feed)
        text_put(d->feed, sizeof d->feed, im->map.feed);
    else
        feed_name(im->o->path, d->feed);
    return directory_codes_count(im->s->db, &d->next_code, e);
}

void directory_refuse(struct directory *d, size_t line, const struct err *why)
{
    report_reason(&d->im->report, *why->field ? why->field : "row", true);
    report_fate(&d->im->report, line, FATE_REFUSED, "", why->text);
}

void directory_end(struct directory *d)
{
    buf_fmt(&d->im->report.note, "Feed %s. ", d->feed);
    if (d->new_organisations)
        buf_fmt(&d->im->report.note,
                "%lld new %s paused, under a code dir-N, until an admin has seen it: to hand on to one, make it active (onward "
                "organisation edit dir-N status=active) and give it an agreement.",
                (long long)d->new_organisations, d->new_organisations == 1 ? "organisation is" : "organisations are");
}

/* ---- records */

/* What the feed owns. The rest (status and code of an organisation, capacity, reply days, when we verified it) is ours. */
static const char *const of_organisation[] = {"name", "phone", "email", "website", "address", "postcode", NULL};
static const char *const of_service[] = {"name", "description", "status", "needs", "areas", "min_age", "max_age", "remote", "postcode",
                                         "languages", "access", "phone", "email", "url", "fees", "source_modified", "assured_on", NULL};

static void take_over(const struct record_type *t, const char *const *keys, void *ours, const void *theirs)
{
    for (; *keys; keys++) {
        const struct field *f = field_find(t->fields, t->count, *keys);
        if (!field_is_empty(f, theirs))
            field_copy(f, ours, theirs);
    }
}

static bool free_code(struct directory *d, char out[CODE_SIZE], struct err *e)
{
    struct organisation there;
    for (;;) {
        snprintf(out, CODE_SIZE, "dir-%lld", (long long)++d->next_code);
        if (!record_load_ref(d->im->s->db, &organisation_type, out, &there, e))
            return e->code == ERR_NOT_FOUND;
    }
}

static bool put_organisation(struct directory *d, const struct organisation *theirs, struct organisation *out, bool *changed, struct err *e)
{
    bool found;
    struct organisation before;
    if (!organisation_of_feed(d->im->s->db, d->feed, theirs->source_key, &found, &before, e))
        return false;
    *out = found ? before : *theirs;
    take_over(&organisation_type, of_organisation, out, theirs);
    directory_fold(out->name, out->fold_name);
    if (found) {
        bool ok = engine_update(d->im->s, &organisation_type, &before, out, "", e);
        *changed = ok && out->version != before.version;
        return ok;
    }
    text_put(out->feed, sizeof out->feed, d->feed);
    text_put(out->status, sizeof out->status, "paused");
    text_put(out->profile, sizeof out->profile, "machine");
    d->new_organisations++;
    *changed = true;
    return free_code(d, out->code, e) && engine_insert(d->im->s, &organisation_type, out, "", e);
}

/* They were written in this order. */
static bool details_differ(struct directory *d, const struct entry *n, int64_t service_id, bool *differ, struct err *e)
{
    size_t i = 0;
    struct stmt *s = service_details(d->im->s->db, service_id, e);
    enum step step = STEP_FAILED;
    *differ = false;
    while (s && (step = stmt_step(s, e)) == STEP_ROW) {
        *differ = *differ || i >= n->detail_count || strcmp(n->details[i].kind, col_text(s, 0)) != 0 ||
                  strcmp(n->details[i].text, col_text(s, 1)) != 0;
        i++;
    }
    *differ = *differ || i != n->detail_count;
    return step != STEP_FAILED;
}

static bool put_details(struct directory *d, struct entry *n, int64_t service_id, bool *changed, struct err *e)
{
    bool differ;
    if (n->detail_count)
        qsort(n->details, n->detail_count, sizeof *n->details, by_detail);
    if (!details_differ(d, n, service_id, &differ, e))
        return false;
    if (!differ)
        return true;
    *changed = true;
    if (!feed_details_clear(d->im->s->db, service_id, e))
        return false;
    for (size_t i = 0; i < n->detail_count; i++)
        if (!service_detail_add(d->im->s->db, engine_id(d->im->s), service_id, n->details[i].kind, n->details[i].key, n->details[i].text, e))
            return false;
    return true;
}

static bool put_service(struct directory *d, const struct entry *n, int64_t organisation_id, struct service *out, enum fate *fate, struct err *e)
{
    bool found;
    struct service before;
    struct recheck_counts held = {0};
    const struct service *theirs = &n->service;
    if (!service_of_feed(d->im->s->db, d->feed, theirs->source_key, &found, &before, e))
        return false;
    *out = found ? before : *theirs;
    take_over(&service_type, of_service, out, theirs);
    out->organisation_id = organisation_id;
    directory_fold(out->name, out->fold_name);
    if (found) {
        if (!engine_update(d->im->s, &service_type, &before, out, "", e))
            return false;
        *fate = out->version != before.version ? FATE_CHANGED : FATE_UNCHANGED;
        return *fate == FATE_UNCHANGED || (service_needs_set(d->im->s->db, out->id, out->needs, e) &&
                                           handoffs_recheck_service(d->im->s, out->id, &held, e));
    }
    *fate = FATE_ADDED;
    text_put(out->feed, sizeof out->feed, d->feed);
    if (!*out->status)
        text_put(out->status, sizeof out->status, "active");
    text_put(out->capacity, sizeof out->capacity, "unknown");
    return engine_insert(d->im->s, &service_type, out, "", e) && service_needs_set(d->im->s->db, out->id, out->needs, e);
}

bool directory_put(struct directory *d, struct entry *n, struct err *e)
{
    struct organisation organisation;
    struct service service;
    bool changed = false;
    enum fate fate;
    if (!put_organisation(d, &n->organisation, &organisation, &changed, e) || !put_service(d, n, organisation.id, &service, &fate, e) ||
        !put_details(d, n, service.id, &changed, e))
        return false;
    if (fate == FATE_UNCHANGED && changed)
        fate = FATE_CHANGED;
    d->im->report.warnings += n->warned.len > 0;
    report_fate(&d->im->report, n->line, fate, d->im->o->dry_run && fate == FATE_ADDED ? "" : service.ref, buf_text(&n->warned));
    return true;
}

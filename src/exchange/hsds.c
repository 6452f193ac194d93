/* SPDX-License-Identifier: MIT
 *
 * A directory as a folder of CSV files: Open Referral HSDS 3 and its UK
 * profile (ORUK 3), a file a table, named in the singular or the plural.
 * Keys are text and only compared: live feeds are full of keys that are no
 * UUIDs. What we have no field for, and what does not fit its field, becomes
 * a detail of the service; nothing is cut.
 * Source: docs.openreferral.org (HSDS 3.0), openreferraluk.org (ORUK 3.0).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange/import_services.h"
#include "exchange/sheet.h"
#include "onward/check.h"

enum table {
    ORGANIZATIONS, SERVICES, LOCATIONS, ADDRESSES, SERVICES_AT_LOCATIONS, SERVICE_AREAS, PHONES, CONTACTS, SCHEDULES, COSTS, LANGUAGES,
    ACCESSIBILITY, ATTRIBUTES, TERMS, TABLES
};
static const char *const names[TABLES][2] = {
    [ORGANIZATIONS] = {"organizations", "organization"},
    [SERVICES] = {"services", "service"},
    [LOCATIONS] = {"locations", "location"},
    [ADDRESSES] = {"addresses", "address"},
    [SERVICES_AT_LOCATIONS] = {"service_at_location", "service_at_locations"},
    [SERVICE_AREAS] = {"service_areas", "service_area"},
    [PHONES] = {"phones", "phone"},
    [CONTACTS] = {"contacts", "contact"},
    [SCHEDULES] = {"schedules", "schedule"},
    [COSTS] = {"cost_options", "cost_option"},
    [LANGUAGES] = {"languages", "language"},
    [ACCESSIBILITY] = {"accessibility", "accessibilities"},
    [ATTRIBUTES] = {"attributes", "attribute"},
    [TERMS] = {"taxonomy_terms", "taxonomy_term"},
};

struct hsds {
    struct directory *d;
    struct sheet sheet[TABLES];
    struct entry entry; /* in hand */
    size_t service;     /* its row */
};

/* ---- the files */

/* A descriptor, or -1 without error where the folder has no such file. */
static int open_table(int folder, enum table t)
{
    char file[64];
    for (int i = 0; i < 2; i++) {
        snprintf(file, sizeof file, "%s.csv", names[t][i]);
        int fd = openat(folder, file, O_RDONLY | O_CLOEXEC);
        if (fd >= 0)
            return fd;
    }
    return -1;
}

static int open_folder(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        err_set(e, ERR_STORE, "%s cannot be opened: %s.", path, strerror(errno));
    return fd;
}

bool hsds_sha256(const char *path, char out[SHA256_HEX], struct err *e)
{
    struct sha256 h;
    unsigned char digest[32];
    int folder = open_folder(path, e);
    bool ok = folder >= 0;
    sha256_init(&h);
    for (int t = 0; ok && t < TABLES; t++) {
        int fd = open_table(folder, (enum table)t);
        sha256_add(&h, names[t][0], strlen(names[t][0]) + 1);
        ok = fd < 0 || file_sha256(fd, &h, e);
        if (fd >= 0)
            close(fd);
    }
    if (folder >= 0)
        close(folder);
    sha256_end(&h, digest);
    hex_encode(digest, sizeof digest, out);
    return ok;
}

static bool read_tables(struct hsds *h, const char *path, struct err *e)
{
    int folder = open_folder(path, e);
    bool ok = folder >= 0;
    for (int t = 0; ok && t < TABLES; t++) {
        int fd = open_table(folder, (enum table)t);
        if (fd >= 0 && !sheet_read(fd, &csv_reply_limits, &h->sheet[t], e))
            ok = err_prefix(e, "%s.csv", names[t][0]);
    }
    if (folder >= 0)
        close(folder);
    for (int t = ORGANIZATIONS; ok && t <= SERVICES; t++)
        if (!h->sheet[t].columns)
            ok = err_set(e, ERR_INVALID, "%s has no %s.csv; a directory has at least organizations.csv and services.csv.", path, names[t][0]);
    return ok;
}

/* ---- cells into fields */

static void warn(struct hsds *h, const char *reason, const char *what)
{
    buf_fmt(&h->entry.warned, "%s%s", h->entry.warned.len ? " " : "", what);
    report_reason(&h->d->im->report, reason, false);
}

/* One line of it, without the quotes that some feeds put round numbers. */
static char *one_line(const char *text)
{
    char *out = xstrdup(text);
    for (char *c = out; *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    text_trim(out);
    size_t n = strlen(out);
    if (n >= 2 && out[0] == '"' && out[n - 1] == '"') {
        memmove(out, out + 1, n - 2);
        out[n - 2] = '\0';
    }
    return out;
}

/* What does not fit its field is kept among the details. */
static void put(struct hsds *h, const struct record_type *t, void *record, const char *key, const char *text)
{
    const struct field *f = field_find(t->fields, t->count, key);
    struct err e;
    if (text_is_blank(text))
        return;
    char *line = f->kind == FIELD_NOTE ? xstrdup(text) : one_line(text);
    if (!field_parse(f, record, line, h->d->im->today, &e)) {
        struct buf note = {0};
        buf_fmt(&note, "%s: %s", f->label, text);
        entry_detail(&h->entry, "note", "", note.data);
        buf_clear(&note);
        buf_fmt(&note, "%s. It is kept as a note.", e.text);
        warn(h, key, note.data);
        buf_free(&note);
    }
    free(line);
}

static const char *cell(const struct hsds *h, enum table t, size_t row, const char *column)
{
    return sheet_cell(&h->sheet[t], row, column);
}

static void put_service(struct hsds *h, const char *key, const char *column)
{
    put(h, &service_type, &h->entry.service, key, cell(h, SERVICES, h->service, column));
}

/* Non-empty cells in a row: "a, b". */
static void add_cells(const struct hsds *h, struct buf *out, enum table t, size_t row, const char *const *columns)
{
    for (; *columns; columns++) {
        char *text = one_line(cell(h, t, row, *columns));
        if (*text)
            buf_fmt(out, "%s%s", out->len ? ", " : "", text);
        free(text);
    }
}

/* ---- the parts of a service */

static void take_status(struct hsds *h)
{
    const char *status = cell(h, SERVICES, h->service, "status");
    const struct choice *c = service_statuses;
    while (c->code && !map_same(c->code, status))
        c++;
    if (!c->code && *status)
        warn(h, "status", "status: it is none of active, inactive, defunct, temporarily closed; taken as inactive.");
    text_put(h->entry.service.status, sizeof h->entry.service.status, c->code ? c->code : *status ? "inactive" : "active");
}

static void take_modified(struct hsds *h)
{
    const char *modified = cell(h, SERVICES, h->service, "last_modified");
    if (!text_copy_trimmed(h->entry.service.source_modified, sizeof h->entry.service.source_modified, modified)) {
        int64_t ms;
        if (instant_parse(modified, &ms))
            instant_format(ms, h->entry.service.source_modified);
        else
            warn(h, "last_modified", "last_modified: this is no date and time.");
    }
}

/* What one table says of the service, each row a detail: the columns joined, found by `column`. */
static const struct part {
    enum table table;
    const char *kind;
    const char *columns[8];
} parts[] = {
    {PHONES, "phone", {"number", "extension", "type", "description"}},
    {CONTACTS, "contact", {"name", "title", "department", "email"}},
    {SCHEDULES, "schedule", {"freq", "byday", "bymonthday", "opens_at", "closes_at", "description", "notes"}},
    {COSTS, "cost", {"option", "currency", "amount", "amount_description", "valid_from", "valid_to"}},
    {LANGUAGES, "language", {"name", "code", "note"}},
    {SERVICE_AREAS, "area", {"name", "description"}},
};

static void take_part(struct hsds *h, const struct part *part, size_t row)
{
    struct buf text = {0};
    add_cells(h, &text, part->table, row, part->columns);
    entry_detail(&h->entry, part->kind, cell(h, part->table, row, "id"), buf_text(&text));
    buf_free(&text);
}

static void take_parts(struct hsds *h, const char *column, const char *value)
{
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        size_t row;
        for (size_t i = 0; (row = sheet_find(&h->sheet[parts[k].table], column, value, i)) != SIZE_MAX; i++) {
            /* one that names its service belongs there, whatever else it names */
            const char *own = cell(h, parts[k].table, row, "service_id");
            if (strcmp(column, "service_id") == 0 || !*own)
                take_part(h, &parts[k], row);
        }
    }
}

static void take_phone(struct hsds *h, const char *service_id)
{
    size_t row;
    for (size_t i = 0; (row = sheet_find(&h->sheet[PHONES], "service_id", service_id, i)) != SIZE_MAX; i++) {
        struct err e;
        char *number = one_line(cell(h, PHONES, row, "number")), phone[36];
        bool ok = !*h->entry.service.phone && check_phone(number, phone, &e);
        free(number);
        if (ok)
            text_put(h->entry.service.phone, sizeof h->entry.service.phone, phone);
    }
}

static void add_code(char codes[CODES_SIZE], const char *code)
{
    struct buf b = {0};
    if (!codes_have(codes, code)) {
        buf_fmt(&b, "%s%s%s", codes, *codes ? "," : "", code);
        if (b.len < CODES_SIZE)
            text_put(codes, CODES_SIZE, b.data);
        buf_free(&b);
    }
}

/* Those of our coded languages; every one is a detail anyway. */
static void take_languages(struct hsds *h, const char *service_id)
{
    const struct field *f = field_find(service_type.fields, service_type.count, "languages");
    size_t row;
    for (size_t i = 0; (row = sheet_find(&h->sheet[LANGUAGES], "service_id", service_id, i)) != SIZE_MAX; i++) {
        struct err e;
        const char *code = cell(h, LANGUAGES, row, "code");
        if (*code && strlen(code) < CODE_SIZE && code_check(h->d->im->s, f, code, &e))
            add_code(h->entry.service.languages, code);
    }
}

static bool is_neighbourhood(struct hsds *h, const char *name, char code[CODE_SIZE])
{
    const struct field *f = field_find(service_type.fields, service_type.count, "areas");
    const char *mapped = map_value(&h->d->im->map, "areas", name);
    struct err e;
    return text_copy(code, CODE_SIZE, mapped ? mapped : name) && code_check(h->d->im->s, f, code, &e);
}

/* Only where every area is a neighbourhood of ours: one that is not may be the whole borough. */
static void take_areas(struct hsds *h, const char *service_id)
{
    char codes[CODES_SIZE] = "", code[CODE_SIZE];
    size_t row;
    for (size_t i = 0; (row = sheet_find(&h->sheet[SERVICE_AREAS], "service_id", service_id, i)) != SIZE_MAX; i++) {
        if (!is_neighbourhood(h, cell(h, SERVICE_AREAS, row, "name"), code))
            return;
        add_code(codes, code);
    }
    text_put(h->entry.service.areas, sizeof h->entry.service.areas, codes);
}

/* A need by whatever the map calls the term: its key, taxonomy:code, code, URI or name. */
static void take_need(struct hsds *h, size_t term)
{
    char curie[256];
    const char *code = cell(h, TERMS, term, "code");
    snprintf(curie, sizeof curie, "%s:%s", cell(h, TERMS, term, "taxonomy"), code);
    const char *words[] = {cell(h, TERMS, term, "id"), curie, code, cell(h, TERMS, term, "term_uri"), cell(h, TERMS, term, "name")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *need = *words[i] ? map_value(&h->d->im->map, "needs", words[i]) : NULL;
        if (need) {
            if (strcmp(need, "-") != 0)
                add_code(h->entry.service.needs, need);
            return;
        }
    }
}

static void take_terms(struct hsds *h, const char *service_id)
{
    static const char *const columns[] = {"taxonomy", "code", "name", NULL};
    size_t row;
    for (size_t i = 0; (row = sheet_find(&h->sheet[ATTRIBUTES], "link_id", service_id, i)) != SIZE_MAX; i++) {
        size_t term = sheet_find(&h->sheet[TERMS], "id", cell(h, ATTRIBUTES, row, "taxonomy_term_id"), 0);
        if (term == SIZE_MAX)
            continue;
        struct buf text = {0};
        add_cells(h, &text, TERMS, term, columns);
        entry_detail(&h->entry, "term", cell(h, TERMS, term, "id"), buf_text(&text));
        buf_free(&text);
        take_need(h, term);
    }
}

/* ---- places */

static void take_postcode(struct hsds *h, size_t address)
{
    char canonical[9];
    const char *postcode = cell(h, ADDRESSES, address, "postal_code");
    if (*h->entry.service.postcode || !*postcode)
        return;
    put(h, &service_type, &h->entry.service, "postcode", postcode);
    if (*h->entry.service.postcode && !check_postcode(h->entry.service.postcode, canonical))
        warn(h, "postcode", "postcode: this is not formed like a UK postcode; it is kept as it stands.");
}

static void take_location(struct hsds *h, const char *location_id)
{
    static const char *const of_address[] = {"address_1", "address_2", "city", "state_province", "postal_code", NULL};
    static const char *const of_access[] = {"description", "details", NULL};
    size_t place = sheet_find(&h->sheet[LOCATIONS], "id", location_id, 0), row;
    if (place == SIZE_MAX)
        return;
    struct buf text = {0};
    buf_str(&text, cell(h, LOCATIONS, place, "name"));
    for (size_t i = 0; (row = sheet_find(&h->sheet[ADDRESSES], "location_id", location_id, i)) != SIZE_MAX; i++) {
        add_cells(h, &text, ADDRESSES, row, of_address);
        take_postcode(h, row);
    }
    entry_detail(&h->entry, "location", location_id, buf_text(&text));
    for (size_t i = 0; (row = sheet_find(&h->sheet[ACCESSIBILITY], "location_id", location_id, i)) != SIZE_MAX; i++) {
        buf_clear(&text);
        add_cells(h, &text, ACCESSIBILITY, row, of_access);
        entry_detail(&h->entry, "accessibility", cell(h, ACCESSIBILITY, row, "id"), buf_text(&text));
    }
    buf_free(&text);
}

/* By telephone or online wherever the person lives: every place it has is a virtual one. */
static void take_locations(struct hsds *h, const char *service_id)
{
    size_t row, places = 0, virtual = 0;
    for (size_t i = 0; (row = sheet_find(&h->sheet[SERVICES_AT_LOCATIONS], "service_id", service_id, i)) != SIZE_MAX; i++) {
        const char *location_id = cell(h, SERVICES_AT_LOCATIONS, row, "location_id");
        size_t place = sheet_find(&h->sheet[LOCATIONS], "id", location_id, 0);
        take_location(h, location_id);
        take_parts(h, "service_at_location_id", cell(h, SERVICES_AT_LOCATIONS, row, "id"));
        places++;
        virtual += place != SIZE_MAX && map_same(cell(h, LOCATIONS, place, "location_type"), "virtual");
    }
    h->entry.service.remote = places && virtual == places;
}

/* ---- a service */

static bool take_organisation(struct hsds *h, struct err *e)
{
    const char *id = cell(h, SERVICES, h->service, "organization_id");
    size_t row = sheet_find(&h->sheet[ORGANIZATIONS], "id", id, 0);
    struct organisation *o = &h->entry.organisation;
    if (row == SIZE_MAX)
        return err_field(e, "organization_id", "organization_id: organizations.csv has no organisation with that id.");
    if (!text_copy(o->source_key, sizeof o->source_key, id))
        return err_field(e, "organization_id", "organization_id: an id of more than %zu bytes cannot be kept.", sizeof o->source_key - 1);
    put(h, &organisation_type, o, "name", cell(h, ORGANIZATIONS, row, "name"));
    put(h, &organisation_type, o, "email", cell(h, ORGANIZATIONS, row, "email"));
    put(h, &organisation_type, o, "website", *cell(h, ORGANIZATIONS, row, "website") ? cell(h, ORGANIZATIONS, row, "website")
                                                                                    : cell(h, ORGANIZATIONS, row, "uri"));
    return *o->name || err_field(e, "name", "name: the organisation of this service has no name that can be kept.");
}

static bool take_service(struct hsds *h, struct err *e)
{
    static const char *const fields[][2] = {
        {"name", "name"}, {"description", "description"}, {"url", "url"}, {"email", "email"}, {"min_age", "minimum_age"},
        {"max_age", "maximum_age"}, {"assured_on", "assured_date"},
    };
    const char *id = cell(h, SERVICES, h->service, "id");
    struct service *v = &h->entry.service;
    if (!*id || !text_copy(v->source_key, sizeof v->source_key, id))
        return err_field(e, "id", "id: a service has an id of 1 to %zu bytes.", sizeof v->source_key - 1);
    if (!take_organisation(h, e))
        return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_service(h, fields[i][0], fields[i][1]);
    put_service(h, "fees", *cell(h, SERVICES, h->service, "fees_description") ? "fees_description" : "fees");
    take_status(h);
    take_modified(h);
    take_phone(h, id);
    take_languages(h, id);
    take_areas(h, id);
    take_terms(h, id);
    take_parts(h, "service_id", id);
    take_locations(h, id);
    return *v->name || err_field(e, "name", "name: a service has a name of at most 150 characters.");
}

static bool first_of_its_id(struct hsds *h, struct err *e)
{
    size_t first = sheet_find(&h->sheet[SERVICES], "id", cell(h, SERVICES, h->service, "id"), 0);
    return first == h->service || first == SIZE_MAX ||
           err_field(e, "id", "id: line %zu has this id already.", h->sheet[SERVICES].rows[first].line);
}

/* What does not belong to our coded list of needs is the map's mistake, not the feed's. */
static bool check_needs(struct hsds *h, struct err *e)
{
    const struct map_rules *values = &h->d->im->map.values;
    const struct field *f = field_find(service_type.fields, service_type.count, "needs");
    for (size_t i = 0; i < values->count; i++) {
        const struct map_rule *r = &values->rows[i];
        if (strcmp(r->key, "needs") == 0 && strcmp(r->to, "-") != 0 && !code_check(h->d->im->s, f, r->to, e))
            return err_prefix(e, "%s, line %zu", h->d->im->map.path, r->line);
    }
    return true;
}

static bool put_all(struct hsds *h, struct err *e)
{
    const struct sheet *services = &h->sheet[SERVICES];
    for (h->service = 0; h->service < services->count; h->service++) {
        struct err why;
        h->d->im->report.rows++;
        entry_reset(&h->entry);
        h->entry.line = services->rows[h->service].line;
        if (!first_of_its_id(h, &why) || !take_service(h, &why))
            directory_refuse(h->d, h->entry.line, &why);
        else if (!directory_put(h->d, &h->entry, e))
            return false;
    }
    return true;
}

bool hsds_import(struct directory *d, const char *folder, struct err *e)
{
    struct hsds *h = xcalloc(1, sizeof *h);
    h->d = d;
    bool ok = read_tables(h, folder, e) && check_needs(h, e) && put_all(h, e);
    entry_reset(&h->entry);
    for (int t = 0; t < TABLES; t++)
        sheet_free(&h->sheet[t]);
    free(h);
    return ok;
}

/* SPDX-License-Identifier: MIT
 *
 * Services from one flat file, a row a service with its organisation, through
 * a mapping; or from an HSDS folder (hsds.c). Without a column of keys a
 * service is known by its organisation, name and place.
 */
#include "exchange/import_services.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/import_row.h"

#define DETAIL_SIZE 8001

/* What a row may say. The details are text of any lines, each its own kind. */
struct flat_row {
    struct organisation organisation;
    struct service service;
    char location[DETAIL_SIZE], schedule[DETAIL_SIZE], contact[DETAIL_SIZE], cost[DETAIL_SIZE], accessibility[DETAIL_SIZE],
        area[DETAIL_SIZE], term[DETAIL_SIZE], note[DETAIL_SIZE];
};

#define DETAIL(kind, words) {#kind, words, FIELD_NOTE, 0, FIELD_TEXT_AT(flat_row, kind), .max = 4000}

static const struct field detail_fields[] = {
    DETAIL(location, "Location"), DETAIL(schedule, "Opening times"), DETAIL(contact, "Contact"), DETAIL(cost, "Costs"),
    DETAIL(accessibility, "Accessibility"), DETAIL(area, "Area served"), DETAIL(term, "Terms"), DETAIL(note, "Notes"),
};
/* Their names in a flat file, where organisation and service stand side by side. */
static const char *const organisation_keys[][2] = {
    {"source_key", "organisation_key"}, {"name", "organisation_name"}, {"phone", "organisation_phone"}, {"email", "organisation_email"},
    {"website", "organisation_website"}, {"address", "organisation_address"}, {"postcode", "organisation_postcode"},
};
static const char *const service_keys[][2] = {
    {"source_key", "service_key"}, {"name", "name"}, {"description", "description"}, {"status", "status"}, {"needs", "needs"},
    {"areas", "areas"}, {"min_age", "min_age"}, {"max_age", "max_age"}, {"remote", "remote"}, {"postcode", "postcode"},
    {"languages", "languages"}, {"access", "access"}, {"phone", "phone"}, {"email", "email"}, {"url", "url"}, {"fees", "fees"},
    {"source_modified", "last_modified"}, {"assured_on", "assured_date"},
};
enum {
    N_DETAILS = sizeof detail_fields / sizeof *detail_fields, N_ORGANISATION = sizeof organisation_keys / sizeof *organisation_keys,
    N_SERVICE = sizeof service_keys / sizeof *service_keys, N_FIELDS = N_DETAILS + N_ORGANISATION + N_SERVICE,
};

static struct field field_as(const struct record_type *t, size_t offset, const char *const names[2])
{
    struct field f = *field_find(t->fields, t->count, names[0]);
    f.offset += offset;
    f.flags &= ~(unsigned)(FIELD_AUTO | FIELD_REQUIRED);
    if (strcmp(names[0], names[1]) != 0)
        f.key = f.label = names[1];
    if (strcmp(names[0], "name") == 0)
        f.flags |= FIELD_REQUIRED;
    return f;
}

static void init_fields(struct field fields[N_FIELDS])
{
    size_t n = 0;
    for (size_t i = 0; i < N_ORGANISATION; i++)
        fields[n++] = field_as(&organisation_type, offsetof(struct flat_row, organisation), organisation_keys[i]);
    for (size_t i = 0; i < N_SERVICE; i++)
        fields[n++] = field_as(&service_type, offsetof(struct flat_row, service), service_keys[i]);
    memcpy(fields + n, detail_fields, sizeof detail_fields);
}

/* ---- rows */

struct flat {
    struct directory *d;
    struct row_reader *rows;
    struct flat_row *row, *blank;
    struct entry entry;
    char **keys; /* of the services so far: made-up ones are told apart */
    size_t key_count;
};

static bool is_taken(const struct flat *f, const char *key)
{
    for (size_t i = 0; i < f->key_count; i++)
        if (strcmp(f->keys[i], key) == 0)
            return true;
    return false;
}

static void take_key(struct flat *f, const char *key)
{
    f->keys = xrealloc(f->keys, (f->key_count + 1) * sizeof *f->keys);
    f->keys[f->key_count++] = xstrdup(key);
}

/* Organisation, name and place, as a short digest: the same again when the file comes again. */
static void make_key(const struct flat *f, char out[LINE_SIZE])
{
    const struct flat_row *row = f->row;
    char digest[SHA256_HEX];
    struct buf b = {0};
    buf_fmt(&b, "%s\x1f%s\x1f%s\x1f%s", row->organisation.source_key, row->service.name, row->location, row->service.postcode);
    sha256_hex(b.data, b.len, digest);
    buf_free(&b);
    snprintf(out, LINE_SIZE, "made-%.16s", digest);
    for (int n = 2; is_taken(f, out); n++)
        snprintf(out, LINE_SIZE, "made-%.16s-%d", digest, n);
}

static bool take_keys(struct flat *f, struct err *e)
{
    struct flat_row *row = f->row;
    if (!*row->organisation.source_key &&
        !text_copy(row->organisation.source_key, sizeof row->organisation.source_key, row->organisation.name))
        return err_field(e, "organisation_key", "organisation_key: the name is too long to be the key; give a column of keys.");
    if (!*row->service.source_key)
        make_key(f, row->service.source_key);
    else if (is_taken(f, row->service.source_key))
        return err_field(e, "service_key", "service_key: another line of the file has this key.");
    take_key(f, row->service.source_key);
    return true;
}

static bool read_row(struct flat *f, const struct csv_row *row, struct err *e)
{
    entry_reset(&f->entry);
    f->entry.line = row->line;
    if (!row_read(f->rows, row, f->row, &f->entry.warned, e) || !take_keys(f, e))
        return false;
    f->entry.organisation = f->row->organisation;
    f->entry.service = f->row->service;
    for (size_t i = 0; i < N_DETAILS; i++)
        entry_detail(&f->entry, detail_fields[i].key, "", field_text(&detail_fields[i], f->row));
    return true;
}

static bool read_rows(struct flat *f, struct csv_reader *csv, struct err *e)
{
    for (;;) {
        struct csv_row row;
        struct err why;
        enum csv_next next = csv_next(csv, &row, e);
        if (next == CSV_FAILED || next == CSV_END)
            return next == CSV_END;
        f->d->im->report.rows++;
        if (next == CSV_BAD_ROW)
            directory_refuse(f->d, row.line, e);
        else if (!read_row(f, &row, &why))
            directory_refuse(f->d, row.line, &why);
        else if (!directory_put(f->d, &f->entry, e))
            return false;
    }
}

static bool import_flat(struct directory *d, struct err *e)
{
    struct field fields[N_FIELDS];
    struct flat f = {.d = d, .row = xcalloc(1, sizeof *f.row), .blank = xcalloc(1, sizeof *f.blank)};
    struct row_shape shape = {.fields = fields, .count = N_FIELDS, .size = sizeof *f.row, .blank = f.blank,
                              .tolerated = 1u << FIELD_PHONE | 1u << FIELD_EMAIL | 1u << FIELD_INT | 1u << FIELD_DATE};
    init_fields(fields);
    record_init(&organisation_type, &f.blank->organisation);
    record_init(&service_type, &f.blank->service);
    text_put(f.blank->service.status, sizeof f.blank->service.status, "active");
    struct csv_reader *csv = import_reader(d->im, e);
    f.rows = csv ? row_reader_new(d->im, csv_header(csv), &shape, e) : NULL;
    bool ok = f.rows && read_rows(&f, csv, e);
    for (size_t i = 0; i < f.key_count; i++)
        free(f.keys[i]);
    free(f.keys);
    entry_reset(&f.entry);
    row_reader_free(f.rows);
    csv_close(csv);
    free(f.row);
    free(f.blank);
    return ok;
}

bool import_services(struct import *im, struct err *e)
{
    struct directory d;
    if (!directory_begin(&d, im, e) || !(im->fd < 0 ? hsds_import(&d, im->o->path, e) : import_flat(&d, e)))
        return false;
    directory_end(&d);
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * Fitting columns to fields, and reading rows (import_row.h). A field may be
 * fed by several columns: a list takes the codes of all of them, a note their
 * lines, other text their words.
 */
#include "exchange/import_row.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/csv_guard.h"
#include "exchange/import_codes.h"
#include "onward/check.h"

struct feed {
    const struct field *field;
    size_t *columns;
    size_t count;
    struct memo *memo; /* of coded fields */
    bool has_values;   /* the map has words for it though it holds no codes */
};
struct row_reader {
    struct import *im;
    const struct row_shape *shape;
    struct words *words;
    char **names; /* of the columns, for messages */
    size_t name_count;
    struct feed *feeds;
    size_t feed_count;
    void *blank;   /* a record with the defaults */
    void *scratch;
    struct buf cell, joined;
};

/* ---- fitting */

static const struct field *find_field(const struct row_shape *shape, const char *key)
{
    return field_find(shape->fields, shape->count, key);
}

static struct feed *feed_of(struct row_reader *r, const struct field *f)
{
    for (size_t i = 0; i < r->feed_count; i++)
        if (r->feeds[i].field == f)
            return &r->feeds[i];
    return NULL;
}

static void add_feed(struct row_reader *r, const struct field *f, size_t column)
{
    struct feed *feed = feed_of(r, f);
    if (!feed) {
        r->feeds = xrealloc(r->feeds, (r->feed_count + 1) * sizeof *r->feeds);
        feed = &r->feeds[r->feed_count++];
        *feed = (struct feed){.field = f, .memo = words_coded(f) ? memo_new() : NULL};
        feed->has_values = !feed->memo && map_has_values(&r->im->map, f->key);
    }
    feed->columns = xrealloc(feed->columns, (feed->count + 1) * sizeof *feed->columns);
    feed->columns[feed->count++] = column;
}

static void list_names(const struct row_reader *r, struct buf *out)
{
    for (size_t i = 0; i < r->name_count; i++)
        buf_fmt(out, "%s\"%s\"", i ? ", " : "", r->names[i]);
}

static bool unknown_field(const struct row_reader *r, const struct map_rule *rule, struct err *e)
{
    struct buf keys = {0};
    for (size_t i = 0; i < r->shape->count; i++)
        buf_fmt(&keys, "%s%s", i ? ", " : "", r->shape->fields[i].key);
    err_set(e, ERR_INVALID, "%s, line %zu: there is no field %s. Known: %s.", r->im->map.path, rule->line, rule->key, buf_text(&keys));
    buf_free(&keys);
    return false;
}

static bool no_column(const struct row_reader *r, const struct map_rule *rule, struct err *e)
{
    struct buf names = {0};
    list_names(r, &names);
    err_set(e, ERR_INVALID, "%s, line %zu: the file has no column \"%s\". It has: %s.", r->im->map.path, rule->line, rule->from,
            buf_text(&names));
    buf_free(&names);
    return false;
}

/* The columns that the map names. `taken` marks them. */
static bool fit_mapped(struct row_reader *r, bool *taken, struct err *e)
{
    const struct map *map = &r->im->map;
    for (size_t i = 0; i < map->fields.count; i++) {
        const struct map_rule *rule = &map->fields.rows[i];
        const struct field *f = find_field(r->shape, rule->key);
        if (!f)
            return unknown_field(r, rule, e);
        size_t c = 0;
        while (c < r->name_count && !map_same(r->names[c], rule->from))
            c++;
        if (c == r->name_count)
            return no_column(r, rule, e);
        add_feed(r, f, c);
        taken[c] = true;
    }
    for (size_t i = 0; i < map->values.count; i++)
        if (!find_field(r->shape, map->values.rows[i].key))
            return unknown_field(r, &map->values.rows[i], e);
    return true;
}

static const struct field *named_like(const struct row_shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (map_same(name, shape->fields[i].key) || map_same(name, shape->fields[i].label))
            return &shape->fields[i];
    return NULL;
}

/* The others, by name. A field that is fed already takes no second column by chance. */
static bool fit_named(struct row_reader *r, const bool *taken, struct err *e)
{
    struct buf unknown = {0};
    for (size_t c = 0; c < r->name_count; c++) {
        if (taken[c] || map_ignores(&r->im->map, r->names[c]))
            continue;
        const struct field *f = named_like(r->shape, r->names[c]);
        if (f && !feed_of(r, f))
            add_feed(r, f, c);
        else if (!r->im->map.ignores_others)
            buf_fmt(&unknown, "%s\"%s\"", unknown.len ? ", " : "", r->names[c]);
    }
    bool ok = !unknown.len || err_set(e, ERR_INVALID,
                                      "It is not known what these columns hold: %s. Say it in a mapping file (--map): a line such as "
                                      "`field given_name = First name` or `ignore First name` for each.",
                                      buf_text(&unknown));
    buf_free(&unknown);
    return ok;
}

static bool fit(struct row_reader *r, struct err *e)
{
    bool *taken = xcalloc(r->name_count, sizeof *taken);
    bool ok = fit_mapped(r, taken, e) && fit_named(r, taken, e);
    free(taken);
    return ok;
}

static bool default_text(struct row_reader *r, const struct field *f, const char *text, struct err *e)
{
    if (!words_coded(f))
        return field_parse(f, r->blank, text, r->im->today, e);
    struct memo *m = memo_new();
    const char *canonical = words_read(r->words, m, f, r->scratch, text, r->im->today, e);
    bool ok = canonical && field_load(f, r->blank, canonical);
    memo_free(m);
    return ok;
}

static bool fit_defaults(struct row_reader *r, struct err *e)
{
    const struct map *map = &r->im->map;
    memcpy(r->blank, r->shape->blank, r->shape->size);
    for (size_t i = 0; i < map->defaults.count; i++) {
        const struct map_rule *rule = &map->defaults.rows[i];
        const struct field *f = find_field(r->shape, rule->key);
        if (!f)
            return unknown_field(r, rule, e);
        if (!default_text(r, f, rule->to, e))
            return err_prefix(e, "%s, line %zu", map->path, rule->line);
    }
    return true;
}

static bool fit_required(struct row_reader *r, struct err *e)
{
    for (size_t i = 0; i < r->shape->count; i++) {
        const struct field *f = &r->shape->fields[i];
        if (f->flags & FIELD_REQUIRED && !feed_of(r, f) && field_is_empty(f, r->blank))
            return err_field(e, f->key,
                             "No column holds %s (%s). Name it in the header or in a mapping file: field %s = .., or default %s = ..",
                             f->key, f->label, f->key, f->key);
    }
    return true;
}

struct row_reader *row_reader_new(struct import *im, const struct csv_row *header, const struct row_shape *shape, struct err *e)
{
    struct row_reader *r = xcalloc(1, sizeof *r);
    *r = (struct row_reader){.im = im, .shape = shape, .blank = xcalloc(1, shape->size), .scratch = xcalloc(1, shape->size)};
    r->names = xcalloc(header->count, sizeof *r->names);
    r->name_count = header->count;
    for (size_t i = 0; i < header->count; i++)
        r->names[i] = xstrdup(header->fields[i]);
    r->words = words_load(im->s, &im->map, e);
    if (r->words && fit(r, e) && fit_defaults(r, e) && fit_required(r, e))
        return r;
    row_reader_free(r);
    return NULL;
}

void row_reader_free(struct row_reader *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->name_count; i++)
        free(r->names[i]);
    free(r->names);
    for (size_t i = 0; i < r->feed_count; i++) {
        free(r->feeds[i].columns);
        memo_free(r->feeds[i].memo);
    }
    free(r->feeds);
    words_free(r->words);
    free(r->blank);
    free(r->scratch);
    buf_free(&r->cell);
    buf_free(&r->joined);
    free(r);
}

bool row_has(const struct row_reader *r, const char *key)
{
    const struct field *f = find_field(r->shape, key);
    for (size_t i = 0; f && i < r->feed_count; i++)
        if (r->feeds[i].field == f)
            return true;
    return f && !field_is_empty(f, r->blank);
}

/* ---- reading */

/* The text that a spreadsheet guard (csv_guard.h) was put round, if one was. The blanks by which it guards numbers stay: nobody
 * can tell them from those that a person typed, and the number is the same. Borrowed. */
static const char *bare(struct row_reader *r, const char *cell)
{
    if (*cell != '\'')
        return cell;
    csv_unguard(cell, CSV_TEXT, &r->cell);
    return buf_text(&r->cell);
}

/* What the row says of the field: the cell, or the filled cells of several columns. "" for nothing. *column is the first of them. */
static const char *cell_of(struct row_reader *r, const struct feed *feed, const struct csv_row *row, size_t *column)
{
    *column = feed->columns[0];
    if (feed->count == 1)
        return bare(r, row->fields[*column]);
    const char *separator = feed->memo ? ";" : feed->field->kind == FIELD_NOTE ? "\n" : " ";
    buf_clear(&r->joined);
    for (size_t i = feed->count; i-- > 0;)
        if (!text_is_blank(row->fields[feed->columns[i]]))
            *column = feed->columns[i];
    for (size_t i = 0; i < feed->count; i++) {
        const char *cell = bare(r, row->fields[feed->columns[i]]);
        if (!text_is_blank(cell))
            buf_fmt(&r->joined, "%s%s", r->joined.len ? separator : "", cell);
    }
    return buf_text(&r->joined);
}

static bool read_field(struct row_reader *r, const struct feed *feed, const char *cell, void *record, struct err *e)
{
    const struct field *f = feed->field;
    if (feed->memo) {
        const char *canonical = words_read(r->words, feed->memo, f, r->scratch, cell, r->im->today, e);
        return canonical && field_load(f, record, canonical);
    }
    const char *mapped = feed->has_values ? map_value(&r->im->map, f->key, cell) : NULL;
    return field_parse(f, record, mapped ? mapped : cell, r->im->today, e);
}

static void warn(struct row_reader *r, const struct field *f, const char *column, const char *what, struct buf *warned)
{
    buf_fmt(warned, "%sColumn \"%s\": %s", warned->len ? " " : "", column, what);
    report_reason(&r->im->report, f->key, false);
}

/* A malformed postcode is kept: official data holds them too. */
static void warn_of_postcode(struct row_reader *r, const struct field *f, const void *record, const char *column, struct buf *warned)
{
    char canonical[9];
    if (f->kind == FIELD_POSTCODE && !field_is_empty(f, record) && !check_postcode(field_text(f, record), canonical))
        warn(r, f, column, "postcode: this is not formed like a UK postcode (M6 5FW); it is kept as it stands.", warned);
}

bool row_read(struct row_reader *r, const struct csv_row *row, void *record, struct buf *warned, struct err *e)
{
    memcpy(record, r->blank, r->shape->size);
    for (size_t i = 0; i < r->feed_count; i++) {
        const struct feed *feed = &r->feeds[i];
        size_t column;
        const char *cell = cell_of(r, feed, row, &column);
        if (!*cell || text_is_blank(cell))
            continue;
        if (read_field(r, feed, cell, record, e)) {
            warn_of_postcode(r, feed->field, record, r->names[column], warned);
        } else if (r->shape->tolerated & 1u << feed->field->kind && e->code == ERR_INVALID) {
            fields_init(feed->field, 1, record);
            warn(r, feed->field, r->names[column], e->text, warned);
        } else {
            return err_prefix(e, "Column \"%s\"", r->names[column]);
        }
    }
    return fields_complete(r->shape->fields, r->shape->count, record, e);
}

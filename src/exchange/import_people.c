/* SPDX-License-Identifier: MIT
 *
 * People and referrals from a team's spreadsheet: the loop over its rows, a
 * batch at a time, in memory that does not grow with the file.
 */
#include "exchange/import_people.h"

#include <stdlib.h>
#include <string.h>

/* ---- making and unmaking */

static bool needs_scheme(const struct people_import *p, struct err *e)
{
    bool keyed = row_has(p->rows, "person_key") || (p->of_referrals && row_has(p->rows, "source_key"));
    return !keyed || *p->im->map.scheme ||
           err_set(e, ERR_INVALID, "Keys of another system (person_key, source_key) mean something only there: name it in the mapping file, "
                                   "like `scheme swinton-team`.");
}

static void init_fields(struct people_import *p)
{
    p->row = xcalloc(1, sizeof *p->row);
    p->counting = xcalloc(1, sizeof *p->counting);
    record_init(&person_type, &p->row->person);
    record_init(&referral_type, &p->row->referral);
    struct import_row *blank = xmalloc(sizeof *blank);
    *blank = *p->row;
    p->shape = (struct row_shape){.fields = p->fields, .count = import_fields(p->of_referrals, p->fields), .size = sizeof *p->row, .blank = blank};
    p->nhs = field_index(&person_type, "nhs_number");
    p->born = field_index(&person_type, "date_of_birth");
    p->neighbourhood = field_index(&person_type, "neighbourhood");
}

static void init_batch(struct people_import *p)
{
    p->staged = xcalloc(BATCH_ROWS, sizeof *p->staged);
    for (p->index_size = 1; p->index_size < (size_t)16 * BATCH_ROWS;)
        p->index_size *= 2;
    p->index = xcalloc(p->index_size, sizeof(struct who *));
    p->index_keys = xcalloc(p->index_size, sizeof *p->index_keys);
    for (size_t i = 0; i < BULK_TABLES; i++)
        p->bulk[i].columns = bulk_columns((enum bulk_table)i);
    p->probe.columns = PROBE_CELLS;
    p->tally = tally_new();
}

static void clear(struct people_import *p)
{
    row_reader_free(p->rows);
    free(p->row);
    free(p->counting);
    free((void *)p->shape.blank);
    free(p->workers);
    free(p->staged);
    free(p->index);
    free(p->index_keys);
    for (size_t i = 0; i < BULK_TABLES; i++)
        bulk_free(&p->bulk[i]);
    bulk_free(&p->probe);
    arena_free(&p->arena);
    tally_free(p->tally);
}

/* ---- fates */

static void tell(struct people_import *p, const struct staged *st)
{
    struct import_report *r = &p->im->report;
    struct buf why = {0};
    r->rows++;
    if (st->refused)
        report_reason(r, st->reason, true);
    else if (st->warned)
        r->warnings++;
    buf_str(&why, st->refused ? st->refused : st->why ? st->why : "");
    if (!st->refused && st->warned)
        buf_fmt(&why, "%s%s", why.len ? " " : "", st->warned);
    /* what a dry run would make has no reference yet */
    const char *ref = st->ref && !(p->im->o->dry_run && st->fate == FATE_ADDED) ? st->ref : "";
    report_fate(r, st->line, st->fate, ref, buf_text(&why));
    buf_free(&why);
}

/* ---- the loop */

static bool flush(struct people_import *p, struct err *e)
{
    if (!p->count)
        return true;
    if (!resolve_batch(p, e) || !write_batch(p, e))
        return false;
    for (size_t i = 0; i < p->count; i++)
        tell(p, &p->staged[i]);
    p->count = 0;
    arena_reset(&p->arena);
    return true;
}

static bool read_rows(struct people_import *p, struct csv_reader *csv, struct err *e)
{
    for (;;) {
        struct csv_row row;
        switch (csv_next(csv, &row, e)) {
        case CSV_FAILED:
            return false;
        case CSV_END:
            return flush(p, e) && tally_write(p->tally, p->im->s->db, e);
        case CSV_BAD_ROW:
            stage_bad(p, row.line, e);
            break;
        case CSV_ROW:
            stage_row(p, &row);
            break;
        }
        if ((p->count == BATCH_ROWS || p->arena.used > BATCH_BYTES) && !flush(p, e))
            return false;
    }
}

static bool import(struct import *im, bool of_referrals, struct err *e)
{
    struct csv_reader *csv = import_reader(im, e);
    struct people_import *p = xcalloc(1, sizeof *p);
    *p = (struct people_import){.im = im, .of_referrals = of_referrals};
    init_fields(p);
    init_batch(p);
    p->rows = csv ? row_reader_new(im, csv_header(csv), &p->shape, e) : NULL;
    bool ok = p->rows && needs_scheme(p, e) && read_rows(p, csv, e);
    clear(p);
    free(p);
    csv_close(csv);
    return ok;
}

bool import_people(struct import *im, struct err *e)
{
    return import(im, false, e);
}

bool import_referrals(struct import *im, struct err *e)
{
    return import(im, true, e);
}

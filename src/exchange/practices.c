/* SPDX-License-Identifier: MIT
 *
 * GP practices from the NHS ODS file "epraccur": 27 columns in a fixed order,
 * published without a header (a header in front is stepped over). A code that
 * is there is brought up to date. A malformed postcode is kept: the official
 * file holds some.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange/import.h"
#include "onward/check.h"
#include "store/bulk.h"

/* NHS Digital, "GP practices" file specification; the columns we take by name, the others numbered. */
static const char *const columns[] = {
    "code", "name", "national grouping", "health geography", "address 1", "address 2", "address 3", "address 4", "address 5",
    "postcode", "opened", "closed", "status", "sub-type", "commissioner", "joined", "left", "telephone", "18", "19", "20",
    "amended", "22", "provider", "24", "prescribing setting", "26",
};
enum epraccur { CODE = 0, NAME = 1, ADDRESS = 4, ADDRESS_LINES = 5, POSTCODE = 9, OPENED = 10, CLOSED = 11, STATUS = 12, COMMISSIONER = 14,
              TELEPHONE = 17, SETTING = 25, COLUMNS = sizeof columns / sizeof *columns };
enum { PRACTICE_BATCH = 5000, SLOTS = 4 * PRACTICE_BATCH };

struct practices {
    struct import *im;
    struct arena arena;
    struct bulk_rows rows, changed; /* of one batch: as read; those to be written */
    struct {
        size_t line;
        const char *warned;
        bool is_known, is_same;
    } about[PRACTICE_BATCH];
    size_t slot[SLOTS]; /* row number + 1, by code */
};

static const char *status_of(const char *code)
{
    static const char *const words[][2] = {{"A", "active"}, {"C", "closed"}, {"D", "dormant"}, {"P", "proposed"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], code) == 0)
            return words[i][1];
    return NULL;
}

static const char *kept(struct practices *p, const char *text)
{
    return *text ? arena_text(&p->arena, text) : NULL;
}

static bool read_day(struct practices *p, const char *text, const char *which, const char **out, struct err *e)
{
    char day[DATE_SIZE];
    day_t d = *text ? date_parse_loose(text, p->im->today) : DATE_NONE;
    if (*text && d == DATE_NONE)
        return err_field(e, which, "%s: %.20s is no date; the file writes 20261123.", which, text);
    date_format(d, day);
    *out = kept(p, day);
    return true;
}

static const char *address_of(struct practices *p, const char *const *fields)
{
    struct buf b = {0};
    for (size_t i = 0; i < ADDRESS_LINES; i++)
        if (*fields[ADDRESS + i])
            buf_fmt(&b, "%s%s", b.len ? "\n" : "", fields[ADDRESS + i]);
    const char *address = kept(p, buf_text(&b));
    buf_free(&b);
    return address;
}

static bool is_clean(const char *const *fields, struct err *e)
{
    char why[64];
    for (size_t i = 0; i < COLUMNS; i++)
        if (!text_is_clean(fields[i], false, why))
            return err_field(e, columns[i], "%s: there is %s in it, which cannot be kept.", columns[i], why);
    return true;
}

static bool read_practice(struct practices *p, const char *const *fields, const char **cells, const char **warned, struct err *e)
{
    char code[10], postcode[9];
    struct buf fold = {0};
    if (!is_clean(fields, e) || !check_ods_code(fields[CODE], code, e))
        return false;
    if (!*fields[NAME])
        return err_field(e, "name", "name: this is needed and cannot be empty.");
    cells[PRACTICE_STATUS] = status_of(fields[STATUS]);
    if (!cells[PRACTICE_STATUS])
        return err_field(e, "status", "status: it is A, C, D or P.");
    if (!read_day(p, fields[OPENED], "opened", &cells[PRACTICE_OPENED], e) || !read_day(p, fields[CLOSED], "closed", &cells[PRACTICE_CLOSED], e))
        return false;
    if (!check_postcode(fields[POSTCODE], postcode) && *fields[POSTCODE])
        *warned = "postcode: this is not formed like a UK postcode; it is kept as it stands.";
    text_fold(fields[NAME], &fold);
    cells[PRACTICE_CODE] = arena_text(&p->arena, code);
    cells[PRACTICE_NAME] = arena_text(&p->arena, fields[NAME]);
    cells[PRACTICE_ADDRESS] = address_of(p, fields);
    cells[PRACTICE_POSTCODE] = kept(p, *postcode ? postcode : fields[POSTCODE]);
    cells[PRACTICE_PHONE] = kept(p, fields[TELEPHONE]);
    cells[PRACTICE_SETTING] = kept(p, fields[SETTING]);
    cells[PRACTICE_COMMISSIONER] = kept(p, fields[COMMISSIONER]);
    cells[PRACTICE_FOLD_NAME] = arena_text(&p->arena, fold.data);
    buf_free(&fold);
    return true;
}

/* ---- a batch */

static void compare(struct practices *p, struct stmt *s)
{
    size_t n = (size_t)col_int(s, 0);
    const char **cells = p->rows.cells + n * PRACTICE_CELLS;
    p->about[n].is_known = p->about[n].is_same = true;
    for (int i = 0; i < PRACTICE_CELLS; i++)
        if (strcmp(cells[i] ? cells[i] : "", col_text(s, i + 1)) != 0)
            p->about[n].is_same = false;
}

static bool compare_all(struct practices *p, struct err *e)
{
    struct batch_cells batch = {p->rows.cells, p->rows.count, PRACTICE_CELLS};
    if (!db_batch(p->im->s->db, &batch, e))
        return false;
    struct stmt *s = bulk_practices_now(p->im->s->db, e);
    enum step step = STEP_FAILED;
    while (s && (step = stmt_step(s, e)) == STEP_ROW)
        compare(p, s);
    return step != STEP_FAILED;
}

static bool flush(struct practices *p, struct err *e)
{
    if (!p->rows.count)
        return true;
    if (!compare_all(p, e))
        return false;
    for (size_t i = 0; i < p->rows.count; i++) {
        const char **cells = p->rows.cells + i * PRACTICE_CELLS;
        if (!p->about[i].is_same)
            memcpy(bulk_row(&p->changed), cells, PRACTICE_CELLS * sizeof *cells);
        enum fate fate = p->about[i].is_same ? FATE_UNCHANGED : p->about[i].is_known ? FATE_CHANGED : FATE_ADDED;
        p->im->report.warnings += p->about[i].warned != NULL;
        report_fate(&p->im->report, p->about[i].line, fate, cells[PRACTICE_CODE], p->about[i].warned ? p->about[i].warned : "");
    }
    bool ok = bulk_insert(p->im->s->db, BULK_PRACTICE, &p->changed, e);
    p->rows.count = p->changed.count = 0;
    memset(p->slot, 0, sizeof p->slot);
    arena_reset(&p->arena);
    return ok;
}

/* The earlier row of the batch with that code, or the row in hand, which is noted: one statement changes a practice once. */
static size_t first_of(struct practices *p, const char *code)
{
    size_t own = p->rows.count - 1;
    uint32_t hash = 2166136261u;
    for (const char *c = code; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t i = hash % SLOTS;
    while (p->slot[i] && strcmp(p->rows.cells[(p->slot[i] - 1) * PRACTICE_CELLS + PRACTICE_CODE], code) != 0)
        i = (i + 1) % SLOTS;
    if (!p->slot[i])
        p->slot[i] = own + 1;
    return p->slot[i] - 1;
}

static void refuse(struct practices *p, size_t line, const struct err *why)
{
    report_reason(&p->im->report, *why->field ? why->field : "row", true);
    report_fate(&p->im->report, line, FATE_REFUSED, "", why->text);
}

static bool read_once(struct practices *p, const char *const *fields, const char **cells, const char **warned, struct err *e)
{
    if (!read_practice(p, fields, cells, warned, e))
        return false;
    size_t first = first_of(p, cells[PRACTICE_CODE]);
    return first == p->rows.count - 1 || err_field(e, "code", "code: %s is on line %zu already.", cells[PRACTICE_CODE], p->about[first].line);
}

static bool take_row(struct practices *p, const struct csv_row *row, struct err *e)
{
    struct err why;
    const char *warned = NULL;
    if (p->rows.count == PRACTICE_BATCH && !flush(p, e))
        return false;
    const char **cells = bulk_row(&p->rows);
    size_t i = p->rows.count - 1;
    if (!read_once(p, row->fields, cells, &warned, &why)) {
        p->rows.count--;
        refuse(p, row->line, &why);
        return true;
    }
    p->about[i].line = row->line;
    p->about[i].warned = warned;
    p->about[i].is_known = p->about[i].is_same = false;
    if (warned)
        report_reason(&p->im->report, "postcode", false);
    return true;
}

/* ---- the file */

/* A header has no code and no status where a practice has them. */
static bool is_header(const struct csv_row *row)
{
    char code[10];
    struct err no;
    return !check_ods_code(row->fields[CODE], code, &no) && !status_of(row->fields[STATUS]);
}

static bool read_rows(struct practices *p, struct csv_reader *csv, struct err *e)
{
    for (bool is_first = true;; is_first = false) {
        struct csv_row row;
        switch (csv_next(csv, &row, e)) {
        case CSV_FAILED:
            return false;
        case CSV_END:
            return flush(p, e);
        case CSV_BAD_ROW:
            if (is_first)
                return err_set(e, ERR_INVALID, "This is not the ODS file of GP practices (epraccur.csv), which has %d columns.", COLUMNS);
            p->im->report.rows++;
            refuse(p, row.line, e);
            break;
        case CSV_ROW:
            if (is_first && is_header(&row))
                break;
            p->im->report.rows++;
            if (!take_row(p, &row, e))
                return false;
            break;
        }
    }
}

bool import_practices(struct import *im, struct err *e)
{
    int fd = dup(im->fd);
    struct csv_reader *csv = fd < 0 ? NULL : csv_open_headless(fd, columns, COLUMNS, &im->limits, e);
    if (fd < 0)
        return err_set(e, ERR_STORE, "%s cannot be read: %s.", im->o->path, strerror(errno));
    if (!csv)
        return false;
    struct practices *p = xcalloc(1, sizeof *p);
    p->im = im;
    p->rows.columns = p->changed.columns = PRACTICE_CELLS;
    bool ok = read_rows(p, csv, e);
    bulk_free(&p->rows);
    bulk_free(&p->changed);
    arena_free(&p->arena);
    free(p);
    csv_close(csv);
    return ok;
}

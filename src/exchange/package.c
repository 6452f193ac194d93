/* SPDX-License-Identifier: MIT
 *
 * Making a batch (see package.h).
 */
#include "exchange/package.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/manifest.h"
#include "store/audit.h"
#include "store/batches.h"

/* ---- handoffs.csv */

static enum csv_profile profile_of(const char *profile)
{
    return strcmp(profile, "spreadsheet") == 0 ? CSV_SPREADSHEET : CSV_MACHINE;
}

static void begin_rows(struct csv_writer *w, const char *profile, bool bom)
{
    csv_writer_init(w, profile_of(profile), bom && profile_of(profile) == CSV_SPREADSHEET, -1);
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++)
        csv_cell(w, CSV_TEXT, handoff_columns[c].name);
    csv_end_row(w);
}

void package_init(struct package *p, const struct organisation *o)
{
    *p = (struct package){0};
    begin_rows(&p->csv, o->profile, o->bom == 1);
}

void package_free(struct package *p)
{
    csv_writer_free(&p->csv);
    free(p->rows);
}

void package_add(struct package *p, const struct handoff_row *row, enum row_action action,
                 int64_t handoff_id)
{
    if (p->count == p->room) {
        p->room = p->room ? p->room * 2 : 64;
        p->rows = xrealloc(p->rows, p->room * sizeof *p->rows);
    }
    struct package_row *r = &p->rows[p->count++];
    *r = (struct package_row){.action = action, .handoff_id = handoff_id, .at = p->csv.out.len};
    text_put(r->row_id, sizeof r->row_id, handoff_row_text(row, COL_ROW_ID));
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++)
        csv_cell(&p->csv, handoff_columns[c].digits ? CSV_DIGITS : CSV_TEXT,
                 handoff_row_text(row, (enum handoff_column)c));
    csv_end_row(&p->csv);
    r->len = p->csv.out.len - r->at - strlen("\r\n");
}

/* ---- reply.csv */

static const char *const statuses_asked[] = {
    "received", "waiting list", "accepted",           "declined", "started",
    "on hold",  "completed",    "could not complete", "stopped"};

static const struct manifest_column return_columns[] = {
    {"row_id", "string", "The row that this answers", true, NULL},
    {"reference", "string", "The handoff", true, NULL},
    {"who", "string", "Initials, to tell rows apart", false, NULL},
    {"service", "string", "The service asked for", true, NULL},
    {"last_status", "string", "What we last heard; please leave it", false, NULL},
    {"last_date", "date", "When; please leave it", false, NULL},
    {"status", "string",
     "One of: received, waiting list, accepted, declined, started, on hold, completed, could not "
     "complete, stopped",
     false, NULL},
    {"date", "date", "The day of that status", false, NULL},
    {"declined_by", "string", "us or person", false, NULL},
    {"reason", "string", "Why it was declined or could not be completed", false, NULL},
    {"outcome", "string", "What came of it", false, NULL},
    {"note", "string", "Anything else we should know", false, NULL},
    {"your_reference", "string", "Your own reference", false, NULL},
    {"worker", "string", "Who works with the person", false, NULL},
};
enum { RETURN_COLUMNS = sizeof return_columns / sizeof *return_columns, RETURN_ASKED = 6 };

static const char *known_status(const char *state)
{
    static const struct {
        const char *state;
        size_t status; /* of statuses_asked */
    } known[] = {{"acknowledged", 0},
                 {"waitlisted", 1},
                 {"accepted", 2},
                 {"in_progress", 4},
                 {"on_hold", 5}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].state, state) == 0)
            return statuses_asked[known[i].status];
    return "";
}

static void add_initial(struct buf *out, const char *name)
{
    size_t n = *name ? 1 : 0;
    while (((unsigned char)name[n] & 0xC0) == 0x80)
        n++;
    buf_add(out, name, n);
}

/* One open row from night_rows_open. */
static void write_open(struct csv_writer *w, struct stmt *st)
{
    struct buf row_id = {0}, who = {0};
    bool is_stop = *col_text(st, 4) != '\0';
    buf_fmt(&row_id, "%s-%lld", col_text(st, 0), (long long)col_int(st, 1));
    if (!is_stop) {
        add_initial(&who, col_text(st, 5));
        add_initial(&who, col_text(st, 6));
    }
    csv_cell(w, CSV_TEXT, buf_text(&row_id));
    csv_cell(w, CSV_TEXT, col_text(st, 0));
    csv_cell(w, CSV_TEXT, buf_text(&who));
    csv_cell(w, CSV_TEXT, col_text(st, 7));
    csv_cell(w, CSV_TEXT, is_stop ? "please stop" : known_status(col_text(st, 2)));
    csv_cell(w, CSV_TEXT, is_stop ? "" : col_text(st, 3));
    for (int c = RETURN_ASKED; c < RETURN_COLUMNS; c++)
        csv_cell(w, CSV_TEXT, "");
    csv_end_row(w);
    buf_free(&row_id);
    buf_free(&who);
}

/* The rows of this batch, frozen already, are among those that are open. */
static bool write_replies(struct session *s, const struct organisation *o, struct buf *out,
                          size_t *rows, struct err *e)
{
    struct csv_writer w;
    csv_writer_init(&w, profile_of(o->profile),
                    o->bom == 1 && profile_of(o->profile) == CSV_SPREADSHEET, -1);
    for (int c = 0; c < RETURN_COLUMNS; c++)
        csv_cell(&w, CSV_TEXT, return_columns[c].name);
    csv_end_row(&w);
    struct stmt *st = night_rows_open(s->db, o->id, e);
    enum step step = STEP_FAILED;
    *rows = 0;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        write_open(&w, st);
        ++*rows;
    }
    buf_add(out, buf_text(&w.out), w.out.len);
    csv_writer_free(&w);
    return step != STEP_FAILED;
}

/* ---- datapackage.json */

static void name_columns(const struct agreement *a,
                         struct manifest_column columns[HANDOFF_COLUMN_COUNT],
                         const char *withheld[HANDOFF_COLUMN_COUNT + 1])
{
    static const char *const actions[] = {"new", "update", "withdraw", NULL};
    size_t n = 0;
    for (int c = 0; c < HANDOFF_COLUMN_COUNT; c++) {
        const struct handoff_column_row *row = &handoff_columns[c];
        columns[c] = (struct manifest_column){row->name, row->type, row->description, row->required,
                                              c == COL_ACTION ? actions : NULL};
        if (!handoff_column_agreed(a, (enum handoff_column)c))
            withheld[n++] = row->name;
    }
    withheld[n] = NULL;
}

static bool write_manifest(struct session *s, const struct organisation *o,
                           const struct agreement *a, const struct batch *b,
                           const struct manifest_file files[2], struct buf *out, struct err *e)
{
    struct manifest_column columns[HANDOFF_COLUMN_COUNT];
    const char *withheld[HANDOFF_COLUMN_COUNT + 1];
    struct manifest_file named[2] = {files[0], files[1]};
    char created[INSTANT_SIZE];
    struct audit_head head;
    struct buf title = {0};
    if (!audit_head_read(s->db, &head, e))
        return false;
    name_columns(a, columns, withheld);
    named[0].columns = columns;
    named[0].column_count = HANDOFF_COLUMN_COUNT;
    instant_format(b->created_at, created);
    buf_fmt(&title, "Handoffs to %s", o->name);
    struct manifest m = {
        .batch = b->name,
        .title = buf_text(&title),
        .created = created,
        .organisation = o->code,
        .run_date = b->run_on,
        .previous_batch = b->previous,
        .profile = b->profile,
        .format = PACKAGE_FORMAT,
        .audit_head = head.hash,
        .withheld = withheld,
        .files = named,
        .file_count = 2,
    };
    bool ok = manifest_build(&m, out, e);
    buf_free(&title);
    return ok;
}

/* ---- into the store */

static bool keep_rows(struct session *s, struct package *p, const struct batch *b, struct err *e)
{
    char digest[SHA256_HEX];
    for (size_t i = 0; i < p->count; i++) {
        const struct package_row *r = &p->rows[i];
        char *line = p->csv.out.data + r->at;
        sha256_hex(line, r->len, digest);
        line[r->len] = '\0'; /* where the line ends */
        struct batch_row row = {
            b->id,         (int64_t)i + 1, r->row_id, row_action_names[r->action],
            r->handoff_id, line,           digest};
        bool ok = batch_row_add(s->db, &row, e);
        line[r->len] = '\r';
        if (!ok)
            return false;
    }
    return true;
}

bool package_keep(struct session *s, struct package *p, const struct organisation *o,
                  const struct agreement *a, struct batch *b, struct err *e)
{
    struct batch_files files = {0};
    size_t open_rows;
    b->row_count = (int64_t)p->count;
    sha256_hex(p->csv.out.data, p->csv.out.len, b->sha256);
    bool ok = write_replies(s, o, &files.replies, &open_rows, e);
    if (ok) {
        sha256_hex(files.replies.data, files.replies.len, files.replies_sha256);
        const struct manifest_file named[2] = {
            {.path = PACKAGE_ROWS, .bytes = p->csv.out.len, .rows = p->count, .sha256 = b->sha256},
            {.path = PACKAGE_REPLIES,
             .bytes = files.replies.len,
             .rows = open_rows,
             .sha256 = files.replies_sha256,
             .columns = return_columns,
             .column_count = RETURN_COLUMNS},
        };
        ok = write_manifest(s, o, a, b, named, &files.manifest, e) &&
             engine_insert(s, &batch_type, b, "", e) && batch_files_set(s->db, b->id, &files, e) &&
             keep_rows(s, p, b, e);
    }
    buf_free(&files.replies);
    buf_free(&files.manifest);
    return ok;
}

/* ---- from the store */

/* What is found first is what is said. */
static void say_wrong(struct package_files *f, const char *what, const char *how)
{
    if (!*f->wrong)
        snprintf(f->wrong, sizeof f->wrong, "%s %s", what, how);
}

#define CHANGED "is not what was frozen"

static bool load_rows(struct db *db, const struct batch *b, struct package_files *f, struct err *e)
{
    struct csv_writer w;
    char digest[SHA256_HEX];
    int64_t count = 0;
    enum step step = STEP_FAILED;
    begin_rows(&w, b->profile, b->bom == 1);
    struct stmt *st = batch_rows_of(db, b->id, e);
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        const char *line = col_text(st, 4);
        count++;
        if (col_null(st, 4)) {
            f->is_erased = true;
            continue;
        }
        sha256_hex(line, strlen(line), digest);
        if (strcmp(digest, col_text(st, 5)) != 0)
            say_wrong(f, col_text(st, 1), CHANGED);
        csv_raw_cells(&w, line, strlen(line));
        csv_end_row(&w);
    }
    f->rows = w.out;
    w.out = (struct buf){0};
    csv_writer_free(&w);
    if (step == STEP_FAILED)
        return false;
    sha256_hex(f->rows.data, f->rows.len, digest);
    if (count != b->row_count)
        say_wrong(f, "rows", "are missing or were added");
    else if (!f->is_erased && strcmp(digest, b->sha256) != 0)
        say_wrong(f, PACKAGE_ROWS, CHANGED);
    return true;
}

/* The digest that the manifest gives for one of the files. */
static const char *manifest_digest(json_t *manifest, size_t file)
{
    static const char prefix[] = "sha256:";
    const char *hash = json_string_value(
        json_object_get(json_array_get(json_object_get(manifest, "resources"), file), "hash"));
    return hash && text_starts(hash, prefix) ? hash + strlen(prefix) : "";
}

static void prove_manifest(const struct batch *b, const char *replies_sha256,
                           struct package_files *f)
{
    json_t *manifest = json_loadb(buf_text(&f->manifest), f->manifest.len, 0, NULL);
    if (strcmp(manifest_digest(manifest, 0), b->sha256) != 0 ||
        strcmp(manifest_digest(manifest, 1), replies_sha256) != 0)
        say_wrong(f, MANIFEST_NAME, CHANGED);
    json_decref(manifest);
}

bool package_load(struct db *db, const struct batch *b, struct package_files *f, struct err *e)
{
    struct batch_files kept = {0};
    char digest[SHA256_HEX];
    bool ok = load_rows(db, b, f, e) && batch_files_get(db, b->id, &kept, e);
    f->replies = kept.replies;
    f->manifest = kept.manifest;
    if (!ok)
        return false;
    sha256_hex(buf_text(&f->replies), f->replies.len, digest);
    if (!f->is_erased && strcmp(digest, kept.replies_sha256) != 0)
        say_wrong(f, PACKAGE_REPLIES, CHANGED);
    prove_manifest(b, kept.replies_sha256, f);
    return true;
}

void package_files_free(struct package_files *f)
{
    buf_free(&f->rows);
    buf_free(&f->replies);
    buf_free(&f->manifest);
}

void package_files_list(const struct package_files *f, struct spool_file out[3])
{
    out[0] = (struct spool_file){PACKAGE_ROWS, buf_text(&f->rows), f->rows.len};
    out[1] = (struct spool_file){PACKAGE_REPLIES, buf_text(&f->replies), f->replies.len};
    out[2] = (struct spool_file){MANIFEST_NAME, buf_text(&f->manifest), f->manifest.len};
}

bool package_audit_head(const struct package_files *f, char head[SHA256_HEX])
{
    json_t *manifest = json_loadb(buf_text(&f->manifest), f->manifest.len, 0, NULL);
    const char *named = json_string_value(json_object_get(manifest, "onward:audit_head"));
    bool ok = named && text_copy(head, SHA256_HEX, named);
    json_decref(manifest);
    return ok;
}

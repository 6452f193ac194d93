/* SPDX-License-Identifier: MIT
 *
 * Understanding one row (see replies_row.h). Words for statuses are rows of
 * the store, an organisation's own before everybody's; a word that is not
 * there is refused with an offer to map it, never guessed.
 */
#include "exchange/replies_row.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/csv_guard.h"
#include "store/replies.h"

/* Headers by which people call a column, the one of reply.csv first. Case, blanks and underscores
 * do not count. */
static const char *const names[REPLY_COLUMN_COUNT][5] = {
    [REPLY_ROW_ID] = {"row_id", "row"},
    [REPLY_REFERENCE] = {"reference", "ref", "handoff"},
    [REPLY_STATUS] = {"status"},
    [REPLY_DATE] = {"date", "status_date", "date_of_status"},
    [REPLY_DECLINED_BY] = {"declined_by"},
    [REPLY_REASON] = {"reason"},
    [REPLY_OUTCOME] = {"outcome"},
    [REPLY_NOTE] = {"note", "notes", "comment", "comments"},
    [REPLY_YOUR_REFERENCE] = {"your_reference", "your_ref"},
    [REPLY_WORKER] = {"worker", "your_worker"},
};

static int find_column(const struct csv_reader *r, enum reply_column c)
{
    int at = -1;
    for (size_t i = 0; at < 0 && names[c][i]; i++)
        at = csv_column(r, names[c][i]);
    return at;
}

bool reply_columns_find(const struct csv_reader *r, struct reply_columns *c, struct err *e)
{
    for (int i = 0; i < REPLY_COLUMN_COUNT; i++)
        c->at[i] = find_column(r, (enum reply_column)i);
    bool has_row = c->at[REPLY_ROW_ID] >= 0 || c->at[REPLY_REFERENCE] >= 0;
    if (has_row && c->at[REPLY_STATUS] >= 0)
        return true;
    return err_set(e, ERR_INVALID,
                   "The first line must name the columns, with %s among them, as in the reply.csv "
                   "that we sent.",
                   has_row                    ? "status"
                   : c->at[REPLY_STATUS] >= 0 ? "row_id (or reference)"
                                              : "row_id (or reference) and status");
}

/* The text of a cell as it was before a spreadsheet profile guarded it; "" where there is no such
 * column. */
static void cell_text(const struct reply_columns *c, const struct csv_row *row,
                      enum reply_column which, struct buf *out)
{
    buf_clear(out);
    if (c->at[which] >= 0)
        csv_unguard(row->fields[c->at[which]], CSV_TEXT, out);
    if (out->len) {
        text_trim(out->data);
        out->len = strlen(out->data);
    }
}

bool reply_row_is_blank(const struct reply_columns *c, const struct csv_row *row)
{
    for (int i = REPLY_STATUS; i < REPLY_COLUMN_COUNT; i++)
        if (c->at[i] >= 0 && !text_is_blank(row->fields[c->at[i]]))
            return false;
    return true;
}

/* ---- what it is about */

enum { REF_CHARS = 10 };

/* "HO-4K7Q-9XD3-2" in any spelling: letters and digits alone, ten of the reference, the rest its
 * revision. */
static bool split_row_id(const char *text, struct reply_words *out)
{
    char plain[32];
    size_t n = 0;
    for (const char *t = text; *t; t++) {
        if (!isalnum((unsigned char)*t))
            continue;
        if (n + 1 == sizeof plain)
            return false;
        plain[n++] = *t;
    }
    plain[n] = '\0';
    if (n < REF_CHARS ||
        (n > REF_CHARS && !text_to_int(plain + REF_CHARS, 1, INT32_MAX, &out->revision)))
        return false;
    plain[REF_CHARS] = '\0';
    return ref_parse(plain, out->reference);
}

static void keep_row_id(struct reply *r, const char *text)
{
    if (!text_copy(r->row_id, sizeof r->row_id, text))
        text_put(r->row_id, sizeof r->row_id, "(too long)");
}

bool reply_row_reference(const struct reply_columns *c, const struct csv_row *row,
                         struct reply_words *out, struct err *e)
{
    struct buf id = {0}, ref = {0};
    struct reply_words other = {0};
    record_init(&reply_type, &out->reply);
    out->reference[0] = '\0';
    out->revision = 0;
    cell_text(c, row, REPLY_ROW_ID, &id);
    cell_text(c, row, REPLY_REFERENCE, &ref);
    const char *named = id.len ? id.data : buf_text(&ref);
    keep_row_id(&out->reply, named);
    bool ok = true;
    if (!*named)
        ok = err_field(e, "row_id", "The row names no handoff: row_id and reference are empty.");
    else if (!split_row_id(named, out))
        ok = err_field(e, "row_id",
                       "\"%.60s\" is no reference of ours; they look like HO-4K7Q-9XD3-1.", named);
    else if (id.len && ref.len &&
             (!split_row_id(ref.data, &other) || strcmp(other.reference, out->reference) != 0))
        ok = err_field(e, "reference",
                       "row_id says %s and reference says %.60s; they must name the same.",
                       out->reference, ref.data);
    if (ok && out->revision)
        snprintf(out->reply.row_id, sizeof out->reply.row_id, "%s-%lld", out->reference,
                 (long long)out->revision);
    buf_free(&id);
    buf_free(&ref);
    return ok;
}

/* ---- what it says */

static bool read_status(struct session *s, const char *organisation, const char *word,
                        struct reply *r, struct err *e)
{
    struct buf folded = {0};
    text_fold(word, &folded);
    bool ok = reply_word_status(s->db, organisation, buf_text(&folded), r->status, e);
    buf_free(&folded);
    if (!ok || *r->status)
        return ok;
    if (!*word)
        return err_field(
            e, "status",
            "The row says something but has no status: received, waiting list, accepted, declined, "
            "started, on hold, completed, could not complete or stopped.");
    return err_field(e, "status",
                     "\"%.60s\" is no status that we know. Where it means one, map it: onward "
                     "reply word add %s word='%.60s' "
                     "status=..",
                     word, organisation, word);
}

/* A day that somebody wrote down, not one counted from the day of reading. */
static bool read_date(struct session *s, const char *text, struct reply *r, struct err *e)
{
    day_t today = session_today(s);
    bool is_counted = !strpbrk(text, "0123456789") || *text == '+' || *text == '-';
    day_t on = *text && !is_counted ? date_parse_loose(text, today) : DATE_NONE;
    if (!*text)
        return err_field(e, "date", "The row has no date: write the day of the status.");
    if (on == DATE_NONE)
        return err_field(e, "date", "\"%.40s\" is no date; write it as 23/11/2026 or 2026-11-23.",
                         text);
    date_format(on, r->on_date);
    return true;
}

static bool read_decliner(const char *text, struct reply *r, struct err *e)
{
    static const char *const words[][2] = {
        {"us", "provider"},       {"we", "provider"},      {"organisation", "provider"},
        {"provider", "provider"}, {"service", "provider"}, {"person", "person"},
        {"the person", "person"}, {"client", "person"},    {"them", "person"},
    };
    struct buf folded = {0};
    bool ok = !*text;
    text_fold(text, &folded);
    for (size_t i = 0; !ok && i < sizeof words / sizeof *words; i++)
        if (strcmp(buf_text(&folded), words[i][0]) == 0) {
            text_put(r->declined_by, sizeof r->declined_by, words[i][1]);
            ok = true;
        }
    buf_free(&folded);
    return ok || err_field(e, "declined_by", "declined_by is us or person, not \"%.60s\".", text);
}

/* Texts that go into a field of their own as they are. */
static const struct {
    enum reply_column column;
    const char *key;
} texts[] = {
    {REPLY_REASON, "reason"},       {REPLY_OUTCOME, "outcome"},
    {REPLY_NOTE, "note"},           {REPLY_YOUR_REFERENCE, "their_reference"},
    {REPLY_WORKER, "their_worker"},
};

static bool read_texts(struct session *s, const struct reply_columns *c, const struct csv_row *row,
                       struct buf *text, struct reply *r, struct err *e)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct field *f = field_find(reply_type.fields, reply_type.count, texts[i].key);
        cell_text(c, row, texts[i].column, text);
        if (!field_parse(f, r, buf_text(text), session_today(s), e))
            return err_prefix(e, "%s", names[texts[i].column][0]);
    }
    return true;
}

bool reply_row_read(struct session *s, const char *organisation, const struct reply_columns *c,
                    const struct csv_row *row, struct reply_words *out, struct err *e)
{
    struct buf text = {0};
    struct reply *r = &out->reply;
    cell_text(c, row, REPLY_STATUS, &text);
    bool ok = read_status(s, organisation, buf_text(&text), r, e);
    if (ok) {
        cell_text(c, row, REPLY_DATE, &text);
        ok = read_date(s, buf_text(&text), r, e);
    }
    if (ok) {
        cell_text(c, row, REPLY_DECLINED_BY, &text);
        ok = read_decliner(buf_text(&text), r, e);
    }
    ok = ok && read_texts(s, c, row, &text, r, e);
    buf_free(&text);
    return ok;
}

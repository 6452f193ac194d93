/* SPDX-License-Identifier: MIT
 *
 * Search before create: while a new person is typed, those who are probably
 * recorded already stand beside each other, field by field. The engine says
 * who is likely; where nobody is, those of the name typed are shown.
 */
#include "screens/intake.h"

#include <stdlib.h>
#include <string.h>

#include "onward/check.h"

/* What the engine is asked with, of what is typed. */
static const char *const asked[] = {"given_name", "family_name", "date_of_birth", "nhs_number", "phone", "postcode"};
enum { ASKED = sizeof asked / sizeof *asked, LEAST_LETTERS = 3, LABEL = 12, COLUMN_LEAST = 30 };

static const struct row {
    const char *column, *label; /* of the list; for people */
} rows[LIKE_ROWS] = {
    [LIKE_NAME] = {"name", "Name"},
    [LIKE_BORN] = {"date_of_birth", "Born"},
    [LIKE_NHS] = {"nhs_number", "NHS number"},
    [LIKE_PHONE] = {"phone", "Telephone"},
    [LIKE_POSTCODE] = {"postcode", "Postcode"},
};

static const struct field *person_field(const char *key)
{
    return field_find(person_type.fields, person_type.count, key);
}

/* What is typed, as a record: what cannot be read yet is left out. */
static void typed_person(const struct intake *in, struct person *p)
{
    struct err e = {0};
    record_init(&person_type, p);
    for (size_t i = 0; i < ASKED; i++) {
        const char *text = intake_text(in, ITEM_PERSON, asked[i]);
        if (*text && !field_parse(person_field(asked[i]), p, text, session_today(desk_session(in->base.desk)), &e))
            err_clear(&e); /* half typed */
    }
}

static const char *compared(const char *typed, const char *theirs)
{
    return !*typed ? "" : !*theirs ? "not recorded" : text_same_words(typed, theirs) ? "same" : "differs";
}

struct looking {
    struct intake *in;
    struct person typed;
};

static const char *cell_of(const struct list *l, const struct cell *cells, const char *column)
{
    for (size_t i = 0; i < l->columns_count; i++)
        if (strcmp(l->columns[i].key, column) == 0)
            return cells[i].text;
    return "";
}

static void take_row(struct likely *to, size_t row, const struct person *typed, const char *theirs)
{
    struct buf words = {0};
    if (row == LIKE_NAME) {
        struct buf name = {0};
        buf_fmt(&name, "%s %s", typed->given_name, typed->family_name);
        to->word[row] = compared(text_is_blank(name.data) ? "" : name.data, theirs);
        buf_free(&name);
        buf_str(&words, theirs);
    } else {
        const struct field *f = person_field(rows[row].column);
        struct person p;
        record_init(&person_type, &p);
        to->word[row] = compared(field_text(f, typed), theirs);
        if (field_load(f, &p, theirs))
            field_show(f, &p, &words);
    }
    text_put(to->value[row], sizeof to->value[row], buf_text(&words));
    buf_free(&words);
}

static bool take(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct looking *look = ctx;
    (void)e;
    if (look->in->n_likely == LIKELY_MOST)
        return true;
    struct likely *to = &look->in->likely[look->in->n_likely++];
    *to = (struct likely){.reasons = ""};
    text_put(to->person, sizeof to->person, cell_of(l, cells, "person"));
    text_put(to->reasons, sizeof to->reasons, cell_of(l, cells, "reasons"));
    for (size_t i = 0; i < LIKE_ROWS; i++)
        take_row(to, i, &look->typed, cell_of(l, cells, rows[i].column));
    return true;
}

static bool call(struct intake *in, const char *list, const struct typed *words, size_t n, int64_t limit, row_fn *row, void *ctx,
                 struct err *e)
{
    struct list_run r = {.limit = limit, .row = row, .ctx = ctx};
    return list_call(desk_session(in->base.desk), list_find(list), words, n, "screen", &r, e);
}

static bool look_for_likely(struct looking *look, struct err *e)
{
    struct typed words[ASKED];
    size_t n = 0;
    for (size_t i = 0; i < ASKED; i++)
        if (*field_text(person_field(asked[i]), &look->typed))
            words[n++] = (struct typed){asked[i], field_text(person_field(asked[i]), &look->typed)};
    return call(look->in, "person like", words, n, LIKELY_MOST, take, look, e);
}

static bool look_for_name(struct looking *look, struct err *e)
{
    struct buf name = {0};
    buf_fmt(&name, "%s %s", look->typed.given_name, look->typed.family_name);
    text_trim(name.data);
    const struct typed words[] = {{"text", name.data}};
    bool ok = strlen(name.data) < LEAST_LETTERS || call(look->in, "person find", words, 1, LIKELY_MOST, take, look, e);
    buf_free(&name);
    return ok;
}

/* ---- the neighbourhood of others at the postcode, where all say the same */

static bool take_neighbourhood(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    char *area = ctx;
    const char *theirs = cell_of(l, cells, "neighbourhood");
    (void)e;
    if (!*area)
        text_put(area, CODE_SIZE, *theirs ? theirs : "-");
    else if (strcmp(area, theirs) != 0)
        text_put(area, CODE_SIZE, "-");
    return true;
}

static bool offer_neighbourhood(struct intake *in, struct err *e)
{
    char postcode[9], area[CODE_SIZE] = "";
    if (*intake_text(in, ITEM_PERSON, "neighbourhood") || !check_postcode(intake_text(in, ITEM_PERSON, "postcode"), postcode))
        return true;
    const struct typed words[] = {{"text", postcode}};
    if (!call(in, "person find", words, 1, 20, take_neighbourhood, area, e))
        return false;
    if (*area && strcmp(area, "-") != 0)
        form_set(in->forms[ITEM_PERSON], "neighbourhood", area);
    return true;
}

/* ---- */

static void what_is_typed(const struct intake *in, struct buf *out)
{
    for (size_t i = 0; i < ASKED; i++)
        buf_fmt(out, "%s\n", intake_text(in, ITEM_PERSON, asked[i]));
}

bool likely_look(struct intake *in, struct err *e)
{
    struct buf now = {0};
    what_is_typed(in, &now);
    if (strcmp(buf_text(&now), buf_text(&in->looked)) == 0) {
        buf_free(&now);
        return true;
    }
    buf_free(&in->looked);
    in->looked = now;
    struct looking look = {.in = in};
    typed_person(in, &look.typed);
    in->n_likely = 0;
    in->chosen = -1;
    return look_for_likely(&look, e) && (in->n_likely || look_for_name(&look, e)) && offer_neighbourhood(in, e);
}

bool likely_is_probable(const struct intake *in)
{
    return in->n_likely && *in->likely[0].reasons;
}

/* ---- drawing */

/* Nothing is said of what none of those shown has. */
static bool is_said(const struct intake *in, size_t first, size_t shown, size_t row)
{
    for (size_t i = first; i < first + shown; i++)
        if (*in->likely[i].value[row])
            return true;
    return false;
}

static enum style style_of(const char *word)
{
    return strcmp(word, "same") == 0 ? STYLE_GOOD : strcmp(word, "differs") == 0 ? STYLE_WARN : STYLE_DIM;
}

static void draw_value(const struct likely *like, size_t row, struct canvas *c, struct area a)
{
    const char *word = like->word[row];
    int kept = *word ? (int)strlen(word) + 2 : 0;
    int at = canvas_text(c, a.row, a.col, a.cols - kept, STYLE_PLAIN, like->value[row]);
    canvas_text(c, a.row, a.col + at + (at ? 2 : 0), a.cols - at, style_of(word), word);
}

static const char *how_to(const struct intake *in)
{
    if (in->chosen >= 0)
        return "Is it one of these? Left Right, Enter: this one, n: none of them, Esc: type on";
    return likely_is_probable(in) ? "Probably recorded already (PgDn: take one of these)"
                                  : "Recorded with that name (PgDn: take one of these)";
}

void likely_draw(const struct intake *in, struct canvas *c, struct area a)
{
    if (!in->n_likely) {
        canvas_text(c, a.row, a.col, a.cols, STYLE_DIM, in->looked.len > ASKED ? "Nobody like this is recorded yet." : "");
        return;
    }
    size_t most = (size_t)((a.cols - LABEL) / COLUMN_LEAST), chosen = in->chosen >= 0 ? (size_t)in->chosen : 0;
    size_t shown = in->n_likely < most ? in->n_likely : most < 1 ? 1 : most, first = chosen >= shown ? chosen - shown + 1 : 0;
    int width = (a.cols - LABEL) / (int)shown, line = a.row + 2, end = a.row + a.rows;
    canvas_text(c, a.row, a.col, a.cols, likely_is_probable(in) ? STYLE_WARN : STYLE_DIM, how_to(in));
    for (size_t i = first; i < first + shown && a.rows > 1; i++) {
        bool focus = in->chosen == (long)i;
        int col = a.col + LABEL + (int)(i - first) * width;
        canvas_fmt(c, a.row + 1, col, width - 1, focus ? STYLE_FOCUS : STYLE_TITLE, "%s%s", focus ? "> " : "", in->likely[i].person);
        if (focus)
            canvas_cursor(c, a.row + 1, col);
    }
    for (size_t row = 0; row < LIKE_ROWS && line < end; row++) {
        if (!is_said(in, first, shown, row))
            continue;
        canvas_text(c, line, a.col, LABEL, STYLE_DIM, rows[row].label);
        for (size_t i = first; i < first + shown; i++)
            draw_value(&in->likely[i], row, c, (struct area){line, a.col + LABEL + (int)(i - first) * width, 1, width - 1});
        line++;
    }
    if (line < end && *in->likely[chosen].reasons)
        canvas_fmt(c, line, a.col, a.cols, STYLE_DIM, "%s: %s", in->likely[chosen].person, in->likely[chosen].reasons);
}

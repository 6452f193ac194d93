/* SPDX-License-Identifier: MIT
 *
 * What a person is found by. Terms and what is typed to find them are made
 * here, side by side, so that they meet: both go through text_fold, telephone
 * numbers are digits from the leading zero on, postcodes lose their blank,
 * references their hyphens.
 */
#include <string.h>

#include "engine/people.h"
#include "onward/check.h"
#include "store/people.h"

/* ---- the forms */

/* The digits of a telephone number as dialled in the UK, without an extension; "" when there are none. */
static void phone_digits(const char *phone, char out[32])
{
    size_t n = 0;
    for (const char *p = phone; *p && n + 1 < 32; p++) {
        if (*p >= '0' && *p <= '9')
            out[n++] = *p;
        else if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'))
            break;
    }
    out[n] = '\0';
    const char *national = text_starts(out, "0044") ? out + 4 : *phone == '+' && text_starts(out, "44") ? out + 2 : NULL;
    if (!national)
        return;
    /* Never unset: out begins with what is skipped.
     * NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
    national += *national == '0'; /* +44 (0)161 */
    char rest[32];
    text_put(rest, sizeof rest, national);
    snprintf(out, 32, "0%.30s", rest);
}

/* Folded, and without blanks: "M6 5FW" is "m65fw", "PE-4K7Q-9XD3" is "pe4k7q9xd3". */
static void compact(const char *text, struct buf *out)
{
    struct buf folded = {0};
    text_fold(text, &folded);
    for (const char *p = buf_text(&folded); *p; p++)
        if (*p != ' ')
            buf_char(out, *p);
    buf_free(&folded);
}

/* ---- terms of a person */

struct emitting {
    person_term_fn *emit;
    void *ctx;
};

static void emit_term(const struct emitting *to, const char *term)
{
    if (*term)
        to->emit(to->ctx, term);
}

static void emit_compact(const struct emitting *to, const char *text)
{
    struct buf term = {0};
    compact(text, &term);
    emit_term(to, buf_text(&term));
    buf_free(&term);
}

static void emit_words(const struct emitting *to, const char *name)
{
    struct buf folded = {0};
    text_fold(name, &folded);
    char *rest = folded.data;
    for (char *word; (word = strsep(&rest, " "));)
        emit_term(to, word);
    buf_free(&folded);
}

/* Each word, and the whole as "family given", which finds a full name at once among many of either part. */
static void emit_name(const struct emitting *to, const char *given, const char *family)
{
    emit_words(to, given);
    emit_words(to, family);
    struct buf whole = {0}, folded = {0};
    buf_fmt(&whole, "%s %s", family, given);
    text_fold(whole.data, &folded);
    if (strchr(buf_text(&folded), ' '))
        emit_term(to, folded.data);
    buf_free(&whole);
    buf_free(&folded);
}

void person_term_compact(const char *text, person_term_fn *emit, void *ctx)
{
    struct emitting to = {emit, ctx};
    emit_compact(&to, text);
}

void person_term_name_born(const struct person *p, struct buf *out)
{
    if (!*p->date_of_birth || !*p->family_name || !*p->given_name)
        return;
    struct buf whole = {0};
    buf_fmt(&whole, "%s %s", p->family_name, p->given_name);
    text_fold(whole.data, out);
    buf_fmt(out, " %s", p->date_of_birth);
    buf_free(&whole);
}

void person_terms(const struct person *p, person_term_fn *emit, void *ctx)
{
    struct emitting to = {emit, ctx};
    struct buf name_born = {0};
    char digits[32];
    emit_name(&to, p->given_name, p->family_name);
    emit_words(&to, p->preferred_name);
    person_term_name_born(p, &name_born);
    emit_term(&to, buf_text(&name_born));
    buf_free(&name_born);
    phone_digits(p->phone, digits);
    emit_term(&to, digits);
    emit_term(&to, p->nhs_number);
    emit_term(&to, p->date_of_birth);
    emit_compact(&to, p->postcode);
    emit_compact(&to, p->ref);
}

/* ---- writing them */

struct writing {
    struct session *s;
    int64_t person_id;
    bool ok;
    struct err *e;
};

static void write_term(void *ctx, const char *term)
{
    struct writing *w = ctx;
    w->ok = w->ok && person_term_insert(w->s->db, w->person_id, term, w->e);
}

static bool write_other_names(struct session *s, const struct emitting *to, int64_t person_id, struct err *e)
{
    struct stmt *st = person_names(s->db, person_id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        struct person_name n;
        record_read(st, 0, &person_name_type, &n);
        emit_name(to, n.given_name, n.family_name);
    }
    return step != STEP_FAILED;
}

static bool write_identifiers(struct session *s, const struct emitting *to, int64_t person_id, struct err *e)
{
    struct stmt *st = person_identifiers(s->db, person_id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        struct person_identifier i;
        record_read(st, 0, &person_identifier_type, &i);
        emit_compact(to, i.value);
    }
    return step != STEP_FAILED;
}

bool person_terms_write(struct session *s, const struct person *p, struct err *e)
{
    if (!person_terms_clear(s->db, p->id, e))
        return false;
    if (p->merged_into != FIELD_ABSENT)
        return true; /* found by the record that it was merged into */
    struct writing w = {s, p->id, true, e};
    struct emitting to = {write_term, &w};
    person_terms(p, write_term, &w);
    return w.ok && write_other_names(s, &to, p->id, e) && write_identifiers(s, &to, p->id, e) && w.ok;
}

/* ---- what is typed to find them */

static bool only_of(const char *text, const char *characters)
{
    return text[strspn(text, characters)] == '\0';
}

/* A text that is one thing besides a name: a reference, a date, digits of a number, a postcode. */
static bool special_term(const char *text, day_t today, struct buf *out)
{
    char ref[REF_SIZE], postcode[9], digits[32], iso[DATE_SIZE];
    day_t day = strpbrk(text, "0123456789") && !strchr("+-", *text) && strlen(text) >= 6 ? date_parse_loose(text, today)
                                                                                        : DATE_NONE;
    if (ref_parse(text, ref)) {
        compact(ref, out);
    } else if (day != DATE_NONE && day <= today) {
        date_format(day, iso);
        buf_str(out, iso);
    } else if (only_of(text, "0123456789 +()-")) {
        phone_digits(text, digits);
        if (strlen(digits) < 3)
            return false;
        buf_str(out, digits);
    } else if (check_postcode(text, postcode)) {
        compact(postcode, out);
    } else {
        return false;
    }
    return true;
}

static void add_prefix(struct person_search *q, const char *prefix)
{
    if (*prefix && q->count < SEARCH_TERMS && text_copy(q->prefix[q->count], sizeof q->prefix[0], prefix))
        q->count++;
}

static void add_token(struct person_search *q, const char *token, day_t today)
{
    struct buf term = {0};
    if (special_term(token, today, &term)) {
        q->only_names = false;
        add_prefix(q, buf_text(&term));
    } else {
        text_fold(token, &term);
        char *rest = term.data;
        for (char *word; (word = strsep(&rest, " "));)
            add_prefix(q, word);
    }
    buf_free(&term);
}

bool person_search_parse(const char *text, day_t today, struct person_search *out)
{
    *out = (struct person_search){.only_names = true};
    char *typed = xstrdup(text);
    text_trim(typed);
    struct buf whole = {0};
    if (special_term(typed, today, &whole)) {
        out->only_names = false;
        add_prefix(out, buf_text(&whole));
    } else {
        char *rest = typed;
        for (char *token; (token = strsep(&rest, " \t,"));)
            if (*token)
                add_token(out, token, today);
    }
    buf_free(&whole);
    free(typed);
    return out->count > 0;
}

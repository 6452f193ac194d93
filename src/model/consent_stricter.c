/* SPDX-License-Identifier: MIT
 *
 * The stricter consent of two records of one person. In the common history
 * the decision recorded last decides, so a refusal on one record would be
 * overridden by what the other record gave later without knowing of it. Such
 * refusals are said again at the end, for the recipients and categories at
 * stake. One that its own record answered later, for all of its needs, stands
 * no more; a legal duty is no consent and is left alone.
 */
#include <stdlib.h>
#include <string.h>

#include "onward/consent.h"

static bool denies(const struct consent *c)
{
    return strcmp(c->decision, "refused") == 0 || strcmp(c->decision, "withdrawn") == 0;
}

static bool gives(const struct consent *c)
{
    return strcmp(c->decision, "given") == 0 || strcmp(c->decision, "best_interests") == 0;
}

static bool is_duty(const struct consent *c)
{
    return strcmp(c->decision, "legal_duty") == 0;
}

/* An empty list of codes stands for all. */
static bool overlap(const char *a, const char *b)
{
    char code[64];
    if (!*a || !*b)
        return true;
    for (const char *at = a; (at = codes_next(at, code)) && *code;)
        if (codes_have(b, code))
            return true;
    return false;
}

static bool within(const char *part, const char *whole)
{
    char code[64];
    if (!*whole)
        return true;
    if (!*part)
        return false;
    for (const char *at = part; (at = codes_next(at, code)) && *code;)
        if (!codes_have(whole, code))
            return false;
    return true;
}

struct rows {
    const struct consent *at;
    size_t count;
};

/* What is asked of a refusal: does it still stand towards this recipient, for this category? */
struct question {
    const struct consent *no;
    struct rows own, other;
    const char *to;    /* "" where the purpose has no recipients */
    unsigned category; /* one bit; 0 where the purpose has no categories */
};

/* Later, of the same purpose, and touching the same. */
static bool comes_after(const struct consent *later, const struct question *q)
{
    return later->id > q->no->id && strcmp(later->purpose, q->no->purpose) == 0 &&
           (!*q->to || !*later->recipients || codes_have(later->recipients, q->to)) && overlap(q->no->needs, later->needs) &&
           (!q->category || (categories_parse(later->categories) & q->category));
}

/* Would something of the other record override it, and has nothing answered it? */
static bool at_stake(const struct question *q)
{
    bool overridden = false;
    for (size_t i = 0; i < q->own.count; i++) {
        const struct consent *c = &q->own.at[i];
        if (comes_after(c, q) && (is_duty(c) || (gives(c) && within(q->no->needs, c->needs))))
            return false;
    }
    for (size_t i = 0; i < q->other.count; i++) {
        const struct consent *c = &q->other.at[i];
        if (!comes_after(c, q))
            continue;
        if (is_duty(c))
            return false;
        overridden = overridden || gives(c);
    }
    return overridden;
}

/* The categories of a refusal at stake towards one recipient, as codes; "" when none. */
static void categories_at_stake(struct question *q, struct buf *out)
{
    for (const struct choice *c = data_categories; c->code; c++) {
        q->category = categories_parse(c->code);
        if (codes_have(q->no->categories, c->code) && at_stake(q))
            buf_fmt(out, "%s%s", out->len ? "," : "", c->code);
    }
}

/* ---- saying it again */

struct again {
    struct consent_stricter *rows;
    size_t count;
    day_t today;
    bool from_dropped;
};

static void say_again(struct again *a, const struct consent *no, const char *to, const char *categories)
{
    a->rows = xrealloc(a->rows, (a->count + 1) * sizeof *a->rows);
    a->rows[a->count] = (struct consent_stricter){*no, a->from_dropped};
    struct consent *c = &a->rows[a->count++].row;
    c->id = c->person_id = c->recorded_at = c->recorded_by = FIELD_ABSENT;
    *c->ref = *c->expires_on = '\0';
    text_put(c->recipients, sizeof c->recipients, to);
    text_put(c->categories, sizeof c->categories, categories);
    date_format(a->today, c->valid_from);
    text_put(c->reason, sizeof c->reason, "Two records were found to be one person; this holds until they are asked again");
}

/* Each recipient of what the other record gave, once. */
static void say_to_each(struct again *a, struct question q)
{
    struct buf seen = {0};
    for (size_t i = 0; i < q.other.count; i++) {
        char to[64];
        for (const char *at = q.other.at[i].recipients; (at = codes_next(at, to));) {
            struct buf categories = {0};
            q.to = to;
            if ((!*q.no->recipients || codes_have(q.no->recipients, to)) && !codes_have(buf_text(&seen), to))
                categories_at_stake(&q, &categories);
            if (categories.len)
                say_again(a, q.no, to, categories.data);
            buf_fmt(&seen, "%s,", to);
            buf_free(&categories);
        }
    }
    buf_free(&seen);
}

static void say_side(struct again *a, struct rows own, struct rows other)
{
    for (size_t i = 0; i < own.count; i++) {
        struct question q = {.no = &own.at[i], .own = own, .other = other, .to = ""};
        if (!denies(q.no))
            continue;
        if (strcmp(q.no->purpose, "share") == 0)
            say_to_each(a, q);
        else if (at_stake(&q))
            say_again(a, q.no, "", q.no->categories);
    }
}

size_t consent_stricter(const struct consent *kept, size_t n_kept, const struct consent *dropped, size_t n_dropped, day_t today,
                        struct consent_stricter **out)
{
    const struct rows k = {kept, n_kept}, d = {dropped, n_dropped};
    struct again a = {.today = today};
    say_side(&a, k, d);
    a.from_dropped = true;
    say_side(&a, d, k);
    *out = a.rows;
    return a.count;
}

/* SPDX-License-Identifier: MIT
 *
 * What a person's recorded decisions allow. One rule: for each purpose,
 * recipient, need and data category the decision recorded last that touches
 * it decides. "Last" is the order of the rows, which is the order recorded;
 * dates only say from when until when the deciding row holds.
 *
 * What a row touches errs towards shut: a refusal, a withdrawal or a "not
 * sought" that names no organisation touches all of them, a consent touches
 * only those it names, a best interests decision or a legal duty only the one.
 */
#include "onward/consent.h"

#include <ctype.h>
#include <string.h>

#include "words.h"

enum { CATEGORY_COUNT = 5 };

unsigned categories_parse(const char *codes)
{
    unsigned bits = 0;
    for (unsigned i = 0; data_categories[i].code; i++)
        if (codes_have(codes, data_categories[i].code))
            bits |= 1u << i;
    return bits;
}

const char *consent_word_text(enum consent_word w)
{
    static const char *const texts[] = {
        [CONSENT_NO_RECORD] = "No record",
        [CONSENT_GIVEN] = "Given",
        [CONSENT_EXPIRING] = "Expiring",
        [CONSENT_EXPIRED] = "Expired",
        [CONSENT_REFUSED] = "Refused",
        [CONSENT_WITHDRAWN] = "Withdrawn",
        [CONSENT_NOT_COVERING] = "Not covering this",
        [CONSENT_BEST_INTERESTS] = "Best interests",
        [CONSENT_LEGAL_DUTY] = "Legal duty",
        [CONSENT_NOT_SOUGHT] = "Not sought",
    };
    return texts[w];
}

/* ---- one row */

static bool is_for(const struct consent *c, const char *purpose)
{
    return strcmp(c->purpose, purpose) == 0;
}

/* The word that a row's decision has, dates apart. */
static enum consent_word decision_of(const struct consent *c)
{
    static const struct {
        const char *decision;
        enum consent_word word;
    } words[] = {
        {"given", CONSENT_GIVEN},
        {"refused", CONSENT_REFUSED},
        {"withdrawn", CONSENT_WITHDRAWN},
        {"best_interests", CONSENT_BEST_INTERESTS},
        {"legal_duty", CONSENT_LEGAL_DUTY},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(c->decision, words[i].decision) == 0)
            return words[i].word;
    return CONSENT_NOT_SOUGHT;
}

static bool is_no(enum consent_word w)
{
    return w == CONSENT_REFUSED || w == CONSENT_WITHDRAWN;
}

static bool permits(enum consent_word w)
{
    return w == CONSENT_GIVEN || w == CONSENT_EXPIRING || w == CONSENT_BEST_INTERESTS || w == CONSENT_LEGAL_DUTY;
}

static day_t last_day(const struct consent *c)
{
    return date_parse(decision_of(c) == CONSENT_GIVEN ? c->expires_on : c->review_on);
}

/* What the row says on that day. A last day that is not recorded has passed. */
static enum consent_word word_on(const struct consent *c, day_t on, int expiring_days)
{
    enum consent_word word = decision_of(c);
    if (!permits(word))
        return word;
    if (date_parse(c->valid_from) > on)
        return CONSENT_NOT_COVERING;
    if (last_day(c) < on)
        return CONSENT_EXPIRED;
    return word == CONSENT_GIVEN && last_day(c) - on <= expiring_days ? CONSENT_EXPIRING : word;
}

static bool names(const struct consent *c, const char *organisation)
{
    switch (decision_of(c)) {
    case CONSENT_GIVEN:
        return codes_have(c->recipients, organisation);
    case CONSENT_BEST_INTERESTS:
    case CONSENT_LEGAL_DUTY:
        return strcmp(c->recipients, organisation) == 0;
    default:
        return !*c->recipients || codes_have(c->recipients, organisation);
    }
}

static bool is_about(const struct consent *c, const char *need)
{
    return !*c->needs || codes_have(c->needs, need);
}

/* ---- the rule */

struct records {
    const struct consent *rows;
    size_t count;
};

/* The row that decides on a category, or NULL. */
static const struct consent *deciding(struct records all, const char *organisation, const char *need, unsigned category)
{
    for (size_t i = all.count; i-- > 0;) {
        const struct consent *c = &all.rows[i];
        if (is_for(c, "share") && names(c, organisation) && is_about(c, need) &&
            (categories_parse(c->categories) & category))
            return c;
    }
    return NULL;
}

/* The row that says whether they agree to a purpose that names no recipient (contact, evaluation), or NULL. "Not sought"
 * is no answer of theirs, so it counts only where there is none. */
static const struct consent *deciding_purpose(struct records all, const char *purpose)
{
    const struct consent *not_sought = NULL;
    for (size_t i = all.count; i-- > 0;) {
        const struct consent *c = &all.rows[i];
        if (!is_for(c, purpose))
            continue;
        if (decision_of(c) != CONSENT_NOT_SOUGHT)
            return c;
        if (!not_sought)
            not_sought = c;
    }
    return not_sought;
}

/* The answer for one category: who wants no contact is passed on to nobody, but where the law demands it. */
struct decided {
    const struct consent *row; /* NULL: none touches it */
    enum consent_word word;
};

static struct decided decide(struct records all, const struct consent_question *q, unsigned category)
{
    const struct consent *contact = deciding_purpose(all, "contact");
    struct decided d = {.row = deciding(all, q->organisation, q->need, category), .word = CONSENT_NO_RECORD};
    for (size_t i = 0; i < all.count; i++)
        if (is_for(&all.rows[i], "share"))
            d.word = CONSENT_NOT_COVERING;
    if (d.row)
        d.word = word_on(d.row, q->on, q->expiring_days);
    if (contact && is_no(decision_of(contact)) && d.word != CONSENT_LEGAL_DUTY)
        d = (struct decided){contact, decision_of(contact)};
    return d;
}

/* ---- the reasons */

/* Which part of the question no row touches. */
static void say_missing(const struct consent_question *q, struct buf *b)
{
    bool is_named = false, is_need = false;
    for (size_t i = 0; i < q->count; i++) {
        const struct consent *c = &q->rows[i];
        bool touches = is_for(c, "share") && names(c, q->organisation);
        is_named = is_named || touches;
        is_need = is_need || (touches && is_about(c, q->need));
    }
    if (!is_named)
        buf_fmt(b, "no consent names %s", q->organisation);
    else if (!is_need)
        buf_fmt(b, "what is recorded for %s is not about this need (%s)", q->organisation, q->need);
    else
        buf_fmt(b, "not among what %s may be told", q->organisation);
}

static void say_why(const struct consent_question *q, const struct decided *d, struct buf *b)
{
    char day[WORDS_DAY];
    if (!d->row) {
        if (d->word == CONSENT_NO_RECORD)
            buf_str(b, "no consent to share is recorded");
        else
            say_missing(q, b);
        return;
    }
    const char *subject = is_for(d->row, "contact") ? "being contacted" : "sharing";
    bool is_given = decision_of(d->row) == CONSENT_GIVEN;
    switch (d->word) {
    case CONSENT_EXPIRED:
        words_day(last_day(d->row), day);
        buf_fmt(b, is_given ? "consent expired on %s" : "the decision without consent was to be reviewed by %s", day);
        break;
    case CONSENT_NOT_COVERING:
        buf_fmt(b, "the decision holds only from %s", words_day(date_parse(d->row->valid_from), day));
        break;
    case CONSENT_REFUSED:
        buf_fmt(b, "%s was refused on %s", subject, words_day(date_parse(d->row->valid_from), day));
        break;
    case CONSENT_WITHDRAWN:
        buf_fmt(b, "consent to %s was withdrawn on %s", subject, words_day(date_parse(d->row->valid_from), day));
        break;
    default:
        buf_fmt(b, "consent was not sought (%s)", words_day(date_parse(d->row->valid_from), day));
        break;
    }
}

static bool is_same(const struct decided *a, const struct decided *b)
{
    return a->row == b->row && a->word == b->word;
}

/* One sentence for each different answer: "Risks, Notes: not among what salford-advice may be told." */
static void say_reasons(const struct consent_question *q, const struct decided all[CATEGORY_COUNT], unsigned asked, char out[512])
{
    unsigned said = 0;
    *out = '\0';
    for (unsigned i = 0; i < CATEGORY_COUNT; i++) {
        if (!(asked & ~said & (1u << i)) || permits(all[i].word))
            continue;
        struct buf which = {0}, why = {0};
        unsigned group = 0;
        for (unsigned j = i; j < CATEGORY_COUNT; j++) {
            if (!(asked & (1u << j)) || !is_same(&all[i], &all[j]))
                continue;
            group |= 1u << j;
            buf_fmt(&which, "%s%s", which.len ? ", " : "", data_categories[j].label);
        }
        said |= group;
        say_why(q, &all[i], &why);
        if (group == asked) {
            why.data[0] = (char)toupper((unsigned char)why.data[0]);
            words_add(out, 512, " ", "%s.", buf_text(&why));
        } else {
            words_add(out, 512, " ", "%s: %s.", buf_text(&which), buf_text(&why));
        }
        buf_free(&which);
        buf_free(&why);
    }
}

/* ---- the questions */

void consent_covers(const struct consent_question *q, struct consent_answer *a)
{
    struct records all = {q->rows, q->count};
    struct decided decided[CATEGORY_COUNT];
    unsigned asked = q->categories | CATEGORY_LEAST, covered = 0;

    for (unsigned i = 0; i < CATEGORY_COUNT; i++) {
        decided[i] = decide(all, q, 1u << i);
        if (permits(decided[i].word))
            covered |= 1u << i;
    }
    const struct decided *identity = &decided[0], *needs = &decided[1];
    *a = (struct consent_answer){
        .covers = (covered & CATEGORY_LEAST) == CATEGORY_LEAST,
        .categories = covered & q->categories,
        .word = permits(identity->word) && !permits(needs->word) ? needs->word : identity->word,
        .basis = permits(identity->word) ? identity->row : NULL,
    };
    say_reasons(q, decided, asked, a->reason);
}

static enum consent_word standing_for(const struct consent *rows, size_t count, const char *purpose, day_t on)
{
    const struct consent *c = deciding_purpose((struct records){rows, count}, purpose);
    return c ? word_on(c, on, -1) : CONSENT_NO_RECORD;
}

enum consent_word consent_to_contact(const struct consent *rows, size_t count, day_t on)
{
    return standing_for(rows, count, "contact", on);
}

enum consent_word consent_to_evaluation(const struct consent *rows, size_t count, day_t on)
{
    return standing_for(rows, count, "evaluation", on);
}

/* Of two words the one that a list column should show: what needs care first, then what holds. */
static enum consent_word foremost(enum consent_word a, enum consent_word b)
{
    static const enum consent_word order[] = {
        CONSENT_EXPIRING,     CONSENT_GIVEN,   CONSENT_BEST_INTERESTS, CONSENT_LEGAL_DUTY, CONSENT_EXPIRED,
        CONSENT_NOT_COVERING, CONSENT_REFUSED, CONSENT_WITHDRAWN,      CONSENT_NOT_SOUGHT,
    };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return CONSENT_NO_RECORD;
}

/* The answers to every question that one row raises: each of its organisations, each of its needs. */
static enum consent_word standing_of(struct records all, const struct consent *c, struct consent_question q)
{
    char organisation[64] = "", need[64] = "";
    enum consent_word word = CONSENT_NO_RECORD;
    const char *o = codes_next(c->recipients, organisation);
    do {
        const char *n = codes_next(c->needs, need);
        do {
            q.organisation = organisation;
            q.need = need;
            word = foremost(word, decide(all, &q, CATEGORY_IDENTITY).word);
            n = n ? codes_next(n, need) : NULL;
        } while (n);
        need[0] = '\0';
        o = o ? codes_next(o, organisation) : NULL;
    } while (o);
    return word;
}

enum consent_word consent_standing(const struct consent *rows, size_t count, day_t on, int expiring_days)
{
    struct records all = {rows, count};
    struct consent_question q = {.on = on, .expiring_days = expiring_days};
    const struct consent *contact = deciding_purpose(all, "contact");
    enum consent_word word = contact && is_no(decision_of(contact)) ? decision_of(contact) : CONSENT_NO_RECORD;
    for (size_t i = 0; i < count; i++)
        if (is_for(&rows[i], "share"))
            word = foremost(word, standing_of(all, &rows[i], q));
    return word;
}

/* SPDX-License-Identifier: MIT
 *
 * What recorded decisions allow: cases by table, and random histories against
 * a second, naive wording of the rule.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/consent.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define TODAY "2026-11-23"
#define ALL "identity,needs,risks,health,notes"

/* A decision as a line: purpose decision recipients needs categories from until, '-' for none. */
static struct consent row_of(const char *line)
{
    struct consent c;
    char word[7][128];
    size_t n = 0, len = 0;
    record_init(&consent_type, &c);
    memset(word, 0, sizeof word);
    for (; *line; line++) {
        if (*line != ' ') {
            word[n][len++] = *line;
        } else if (len) {
            n++;
            len = 0;
        }
        assert_in_range(n, 0, 6);
    }
    for (size_t i = 0; i < 7; i++)
        if (strcmp(word[i], "-") == 0)
            word[i][0] = '\0';
    text_put(c.purpose, sizeof c.purpose, word[0]);
    text_put(c.decision, sizeof c.decision, word[1]);
    text_put(c.recipients, sizeof c.recipients, word[2]);
    text_put(c.needs, sizeof c.needs, word[3]);
    text_put(c.categories, sizeof c.categories, word[4]);
    text_put(c.valid_from, sizeof c.valid_from, word[5]);
    bool is_given = strcmp(c.decision, "given") == 0;
    text_put(is_given ? c.expires_on : c.review_on, DATE_SIZE, word[6]);
    return c;
}

static void ask(const char *const *lines, const char *organisation, const char *need, unsigned categories, const char *on,
                struct consent rows[8], struct consent_answer *a)
{
    size_t n = 0;
    for (; n < 8 && lines[n]; n++)
        rows[n] = row_of(lines[n]);
    struct consent_question q = {.rows = rows, .count = n, .organisation = organisation, .need = need,
                                 .categories = categories, .on = date_parse(on), .expiring_days = 28};
    consent_covers(&q, a);
}

/* ---- one home for the codes */

static void categories_are_bits_in_the_order_of_the_list(void **state)
{
    (void)state;
    assert_int_equal(categories_parse("identity"), CATEGORY_IDENTITY);
    assert_int_equal(categories_parse("needs"), CATEGORY_NEEDS);
    assert_int_equal(categories_parse("risks"), CATEGORY_RISKS);
    assert_int_equal(categories_parse("health"), CATEGORY_HEALTH);
    assert_int_equal(categories_parse("notes"), CATEGORY_NOTES);
    assert_int_equal(categories_parse(ALL), CATEGORY_ALL);
    assert_int_equal(categories_parse(""), 0);
    assert_int_equal(categories_parse("names"), 0);
}

/* ---- cases */

#define GIVEN_A "share given a - identity,needs 2026-11-01 2027-10-31"

static const struct a_case {
    const char *says;
    const char *rows[6];
    const char *on;
    bool covers;
    enum consent_word word;
    const char *reason; /* within the reason; "" where all is covered */
} cases[] = {
    {"nothing recorded", {NULL}, TODAY, false, CONSENT_NO_RECORD, "No consent to share is recorded."},
    {"only contact recorded", {"contact given - - identity 2026-11-01 2027-10-31"}, TODAY, false, CONSENT_NO_RECORD, "No consent to share"},
    {"only evaluation recorded", {"evaluation given - - identity 2026-11-01 2027-10-31"}, TODAY, false, CONSENT_NO_RECORD, "No consent to share"},
    {"given", {GIVEN_A}, TODAY, true, CONSENT_GIVEN, ""},
    {"given on this day", {GIVEN_A}, "2026-11-01", true, CONSENT_GIVEN, ""},
    {"the day before it begins", {GIVEN_A}, "2026-10-31", false, CONSENT_NOT_COVERING, "holds only from 1 Nov 2026"},
    {"29 days before its end", {GIVEN_A}, "2027-10-02", true, CONSENT_GIVEN, ""},
    {"28 days before its end", {GIVEN_A}, "2027-10-03", true, CONSENT_EXPIRING, ""},
    {"its last day", {GIVEN_A}, "2027-10-31", true, CONSENT_EXPIRING, ""},
    {"the day after its end", {GIVEN_A}, "2027-11-01", false, CONSENT_EXPIRED, "Consent expired on 31 Oct 2027."},
    {"given with no end recorded", {"share given a - identity,needs 2026-11-01 -"}, TODAY, false, CONSENT_EXPIRED, "an unknown day"},
    {"given to another", {"share given b - identity,needs 2026-11-01 2027-10-31"}, TODAY, false, CONSENT_NOT_COVERING, "No consent names a."},
    {"given to several", {"share given b,a - identity,needs 2026-11-01 2027-10-31"}, TODAY, true, CONSENT_GIVEN, ""},
    {"given to nobody by name", {"share given - - identity,needs 2026-11-01 2027-10-31"}, TODAY, false, CONSENT_NOT_COVERING, "No consent names a."},
    {"given for another need", {"share given a housing identity,needs 2026-11-01 2027-10-31"}, TODAY, false, CONSENT_NOT_COVERING, "not about this need (debt)"},
    {"given for this need", {"share given a housing,debt identity,needs 2026-11-01 2027-10-31"}, TODAY, true, CONSENT_GIVEN, ""},
    {"identity alone", {"share given a - identity 2026-11-01 2027-10-31"}, TODAY, false, CONSENT_NOT_COVERING, "Needs: not among what a may be told."},
    {"needs alone", {"share given a - needs 2026-11-01 2027-10-31"}, TODAY, false, CONSENT_NOT_COVERING, "Identity and contact: not among what a may be told."},
    {"least from two decisions", {"share given a - identity 2026-11-01 2027-10-31", "share given a - needs 2026-11-02 2027-10-31"}, TODAY, true, CONSENT_GIVEN, ""},
    {"refused", {"share refused a - " ALL " 2026-11-03 -"}, TODAY, false, CONSENT_REFUSED, "Sharing was refused on 3 Nov 2026."},
    {"refused for all", {"share refused - - " ALL " 2026-11-03 -"}, TODAY, false, CONSENT_REFUSED, "refused on 3 Nov 2026"},
    {"refused for another", {GIVEN_A, "share refused b - " ALL " 2026-11-03 -"}, TODAY, true, CONSENT_GIVEN, ""},
    {"withdrawn", {GIVEN_A, "share withdrawn a - " ALL " 2026-11-03 -"}, TODAY, false, CONSENT_WITHDRAWN, "Consent to sharing was withdrawn on 3 Nov 2026."},
    {"withdrawn for all", {GIVEN_A, "share withdrawn - - " ALL " 2026-11-03 -"}, TODAY, false, CONSENT_WITHDRAWN, "withdrawn on 3 Nov 2026"},
    {"withdrawn for another", {GIVEN_A, "share withdrawn b - " ALL " 2026-11-03 -"}, TODAY, true, CONSENT_GIVEN, ""},
    {"withdrawn for another need", {GIVEN_A, "share withdrawn - housing " ALL " 2026-11-03 -"}, TODAY, true, CONSENT_GIVEN, ""},
    {"withdrawn for this need", {GIVEN_A, "share withdrawn - housing,debt " ALL " 2026-11-03 -"}, TODAY, false, CONSENT_WITHDRAWN, "withdrawn on"},
    {"withdrawn for needs alone", {GIVEN_A, "share withdrawn - - needs 2026-11-03 -"}, TODAY, false, CONSENT_WITHDRAWN, "Needs: consent to sharing was withdrawn"},
    {"withdrawn for what is not asked", {GIVEN_A, "share withdrawn - - risks 2026-11-03 -"}, TODAY, true, CONSENT_GIVEN, ""},
    {"withdrawal dated later is at once", {GIVEN_A, "share withdrawn - - " ALL " 2026-12-24 -"}, TODAY, false, CONSENT_WITHDRAWN, "withdrawn"},
    {"given again after withdrawal", {"share withdrawn - - " ALL " 2026-11-03 -", GIVEN_A}, TODAY, true, CONSENT_GIVEN, ""},
    {"backdated given recorded later", {"share withdrawn - - " ALL " 2026-11-03 -", "share given a - identity,needs 2026-10-01 2027-09-30"}, TODAY, true, CONSENT_GIVEN, ""},
    {"newer dates recorded earlier", {"share given a - identity,needs 2026-11-20 2027-11-19", "share withdrawn - - " ALL " 2026-11-03 -"}, TODAY, false, CONSENT_WITHDRAWN, "withdrawn on 3 Nov 2026"},
    {"not sought", {"share not_sought - - " ALL " 2026-11-03 -"}, TODAY, false, CONSENT_NOT_SOUGHT, "Consent was not sought (3 Nov 2026)."},
    {"not sought opens nothing", {"share refused a - " ALL " 2026-11-03 -", "share not_sought a - " ALL " 2026-11-04 -"}, TODAY, false, CONSENT_NOT_SOUGHT, "not sought"},
    {"best interests", {"share best_interests a - identity,needs 2026-11-01 2026-11-30"}, TODAY, true, CONSENT_BEST_INTERESTS, ""},
    {"best interests on its review date", {"share best_interests a - identity,needs 2026-11-01 2026-11-30"}, "2026-11-30", true, CONSENT_BEST_INTERESTS, ""},
    {"best interests past review", {"share best_interests a - identity,needs 2026-11-01 2026-11-22"}, TODAY, false, CONSENT_EXPIRED, "to be reviewed by 22 Nov 2026"},
    {"best interests with no review date", {"share best_interests a - identity,needs 2026-11-01 -"}, TODAY, false, CONSENT_EXPIRED, "to be reviewed"},
    {"best interests for two at once", {"share best_interests a,b - identity,needs 2026-11-01 2026-11-30"}, TODAY, false, CONSENT_NOT_COVERING, "No consent names a."},
    {"best interests for nobody by name", {"share best_interests - - identity,needs 2026-11-01 2026-11-30"}, TODAY, false, CONSENT_NOT_COVERING, "No consent names a."},
    {"legal duty", {"share legal_duty a - identity,needs 2026-11-01 2026-11-30"}, TODAY, true, CONSENT_LEGAL_DUTY, ""},
    {"legal duty past review", {"share legal_duty a - identity,needs 2026-11-01 2026-11-22"}, TODAY, false, CONSENT_EXPIRED, "to be reviewed by 22 Nov 2026"},
    {"legal duty after a refusal", {"share refused - - " ALL " 2026-11-03 -", "share legal_duty a - identity,needs 2026-11-04 2026-11-30"}, TODAY, true, CONSENT_LEGAL_DUTY, ""},
    {"contact refused after given", {GIVEN_A, "contact refused - - identity 2026-11-03 -"}, TODAY, false, CONSENT_REFUSED, "Being contacted was refused on 3 Nov 2026."},
    {"contact refused before given", {"contact refused - - identity 2026-11-03 -", GIVEN_A}, TODAY, false, CONSENT_REFUSED, "Being contacted was refused"},
    {"contact withdrawn", {"contact given - - identity 2026-11-01 2027-10-31", GIVEN_A, "contact withdrawn - - identity 2026-11-03 -"}, TODAY, false, CONSENT_WITHDRAWN, "Consent to being contacted was withdrawn on 3 Nov 2026."},
    {"contact given again", {GIVEN_A, "contact refused - - identity 2026-11-03 -", "contact given - - identity 2026-11-05 2027-11-04"}, TODAY, true, CONSENT_GIVEN, ""},
    {"contact not sought after a refusal", {GIVEN_A, "contact refused - - identity 2026-11-03 -", "contact not_sought - - identity 2026-11-05 -"}, TODAY, false, CONSENT_REFUSED, "Being contacted was refused"},
    {"contact refused, best interests", {"share best_interests a - identity,needs 2026-11-01 2026-11-30", "contact refused - - identity 2026-11-03 -"}, TODAY, false, CONSENT_REFUSED, "Being contacted"},
    {"contact refused, legal duty", {"share legal_duty a - identity,needs 2026-11-01 2026-11-30", "contact refused - - identity 2026-11-03 -"}, TODAY, true, CONSENT_LEGAL_DUTY, ""},
    {"contact refused, legal duty past review", {"share legal_duty a - identity,needs 2026-11-01 2026-11-22", "contact refused - - identity 2026-11-03 -"}, TODAY, false, CONSENT_REFUSED, "Being contacted"},
    {"contact consent expired", {GIVEN_A, "contact given - - identity 2025-11-01 2026-10-31"}, TODAY, true, CONSENT_GIVEN, ""},
};

static void each_history_has_its_answer_and_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct a_case *c = &cases[i];
        struct consent rows[8];
        struct consent_answer a;
        ask(c->rows, "a", "debt", CATEGORY_LEAST, c->on, rows, &a);
        bool says = *c->reason ? strstr(a.reason, c->reason) != NULL : !*a.reason;
        if (a.covers != c->covers || a.word != c->word || !says)
            fail_msg("%s: %s, %s, \"%s\"", c->says, a.covers ? "covers" : "does not cover", consent_word_text(a.word), a.reason);
        assert_int_equal((a.categories & CATEGORY_LEAST) == CATEGORY_LEAST, c->covers);
        if (c->covers)
            assert_non_null(a.basis);
    }
}

static void every_word_is_reached_by_a_case(void **state)
{
    (void)state;
    for (enum consent_word w = CONSENT_NO_RECORD; w <= CONSENT_NOT_SOUGHT; w++) {
        bool reached = false;
        for (size_t i = 0; i < COUNT(cases); i++)
            reached = reached || cases[i].word == w;
        assert_true(reached);
        assert_true(*consent_word_text(w));
    }
}

static void a_backdated_given_never_overrides_a_withdrawal(void **state)
{
    (void)state;
    /* Recorded first, dated after the withdrawal: dates do not decide. */
    const char *const rows[] = {"share given a - " ALL " 2026-11-20 2027-11-19", "share withdrawn - - " ALL " 2026-11-01 -", NULL};
    struct consent kept[8];
    struct consent_answer a;
    ask(rows, "a", "debt", CATEGORY_ALL, TODAY, kept, &a);
    assert_false(a.covers);
    assert_int_equal(a.categories, 0);
    assert_null(a.basis);
}

static void what_is_not_covered_is_named_and_the_rest_goes(void **state)
{
    (void)state;
    const char *const rows[] = {GIVEN_A, "share refused - - risks 2026-11-03 -", NULL};
    struct consent kept[8];
    struct consent_answer a;
    ask(rows, "a", "debt", CATEGORY_ALL, TODAY, kept, &a);
    assert_true(a.covers);
    assert_int_equal(a.categories, CATEGORY_LEAST);
    assert_int_equal(a.word, CONSENT_GIVEN);
    assert_ptr_equal(a.basis, &kept[0]);
    assert_string_equal(a.reason, "Risks: sharing was refused on 3 Nov 2026. "
                                  "Health summary, Notes: not among what a may be told.");
}

static void only_what_was_asked_for_is_answered(void **state)
{
    (void)state;
    const char *const rows[] = {"share given a - " ALL " 2026-11-01 2027-10-31", NULL};
    struct consent kept[8];
    struct consent_answer a;
    ask(rows, "a", "debt", CATEGORY_LEAST | CATEGORY_RISKS, TODAY, kept, &a);
    assert_int_equal(a.categories, CATEGORY_LEAST | CATEGORY_RISKS);
    assert_string_equal(a.reason, "");
}

static void reasons_never_hold_a_name(void **state)
{
    (void)state;
    struct consent row = row_of("share withdrawn - - " ALL " 2026-11-03 -");
    text_put(row.given_by_name, sizeof row.given_by_name, "Made Up");
    text_put(row.reason, sizeof row.reason, "Made Up said so");
    text_put(row.decider, sizeof row.decider, "Made Up");
    struct consent_question q = {.rows = &row, .count = 1, .organisation = "a", .need = "debt",
                                 .categories = CATEGORY_ALL, .on = date_parse(TODAY)};
    struct consent_answer a;
    consent_covers(&q, &a);
    assert_null(strstr(a.reason, "Made"));
}

/* ---- contact and standing */

static void contact_is_as_last_said_on_the_day(void **state)
{
    (void)state;
    static const struct {
        const char *rows[4];
        const char *on;
        enum consent_word word;
    } contact[] = {
        {{NULL}, TODAY, CONSENT_NO_RECORD},
        {{GIVEN_A}, TODAY, CONSENT_NO_RECORD},
        {{"contact given - - identity 2026-11-01 2027-10-31"}, TODAY, CONSENT_GIVEN},
        {{"contact given - - identity 2026-11-01 2027-10-31"}, "2027-10-31", CONSENT_GIVEN},
        {{"contact given - - identity 2026-11-01 2027-10-31"}, "2027-11-01", CONSENT_EXPIRED},
        {{"contact given - - identity 2026-11-01 2027-10-31", "contact refused - - identity 2026-11-02 -"}, TODAY, CONSENT_REFUSED},
        {{"contact withdrawn - - identity 2026-11-02 -", "contact given - - identity 2026-11-01 2027-10-31"}, TODAY, CONSENT_GIVEN},
        {{"contact not_sought - - identity 2026-11-02 -"}, TODAY, CONSENT_NOT_SOUGHT},
        {{"contact refused - - identity 2026-11-02 -", "contact not_sought - - identity 2026-11-03 -"}, TODAY, CONSENT_REFUSED},
        {{"contact best_interests - - identity 2026-11-02 2026-11-30"}, TODAY, CONSENT_BEST_INTERESTS},
    };
    for (size_t i = 0; i < COUNT(contact); i++) {
        struct consent rows[4];
        size_t n = 0;
        for (; n < 4 && contact[i].rows[n]; n++)
            rows[n] = row_of(contact[i].rows[n]);
        assert_int_equal(consent_to_contact(rows, n, date_parse(contact[i].on)), contact[i].word);
    }
}

static void standing_is_the_foremost_word_over_all_recipients(void **state)
{
    (void)state;
    static const struct {
        const char *rows[4];
        enum consent_word word;
    } standing[] = {
        {{NULL}, CONSENT_NO_RECORD},
        {{"contact given - - identity 2026-11-01 2027-10-31"}, CONSENT_NO_RECORD},
        {{GIVEN_A}, CONSENT_GIVEN},
        {{GIVEN_A, "share withdrawn b - " ALL " 2026-11-03 -"}, CONSENT_GIVEN},
        {{"share given a,b - " ALL " 2026-11-01 2027-10-31", "share withdrawn b - " ALL " 2026-11-03 -"}, CONSENT_GIVEN},
        {{GIVEN_A, "share withdrawn - - " ALL " 2026-11-03 -"}, CONSENT_WITHDRAWN},
        {{"share given a debt identity,needs 2026-11-01 2027-10-31", "share withdrawn a housing " ALL " 2026-11-03 -"}, CONSENT_GIVEN},
        {{"share given a debt identity,needs 2026-11-01 2027-10-31", "share withdrawn a debt " ALL " 2026-11-03 -"}, CONSENT_WITHDRAWN},
        {{GIVEN_A, "share withdrawn a debt " ALL " 2026-11-03 -"}, CONSENT_GIVEN}, /* for other needs it stands */
        {{GIVEN_A, "share given b - identity,needs 2025-12-01 2026-11-30"}, CONSENT_EXPIRING},
        {{"share given b - identity,needs 2025-11-01 2026-10-31"}, CONSENT_EXPIRED},
        {{"share refused - - " ALL " 2026-11-03 -"}, CONSENT_REFUSED},
        {{"share not_sought - - " ALL " 2026-11-03 -"}, CONSENT_NOT_SOUGHT},
        {{"share best_interests a - identity,needs 2026-11-01 2026-11-30"}, CONSENT_BEST_INTERESTS},
        {{GIVEN_A, "contact refused - - identity 2026-11-03 -"}, CONSENT_REFUSED},
        {{"contact withdrawn - - identity 2026-11-03 -"}, CONSENT_WITHDRAWN},
    };
    for (size_t i = 0; i < COUNT(standing); i++) {
        struct consent rows[4];
        size_t n = 0;
        for (; n < 4 && standing[i].rows[n]; n++)
            rows[n] = row_of(standing[i].rows[n]);
        enum consent_word word = consent_standing(rows, n, date_parse(TODAY), 28);
        if (word != standing[i].word)
            fail_msg("standing %zu: %s", i, consent_word_text(word));
    }
}

/* ---- random histories against the rule in other words */

static uint64_t seed;
static unsigned pick(unsigned n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % n;
}

static void pick_codes(char out[CODES_SIZE], const char *const *codes, unsigned n, bool may_be_none)
{
    unsigned bits = may_be_none && pick(2) ? 0 : 1 + pick((1u << n) - 1);
    *out = '\0';
    for (unsigned i = 0; i < n; i++)
        if (bits & (1u << i)) {
            if (*out)
                strcat(out, ",");
            strcat(out, codes[i]);
        }
}

static const char *const some_organisations[] = {"a", "b", "c"};
static const char *const some_needs[] = {"debt", "housing"};
static const char *const all_categories[] = {"identity", "needs", "risks", "health", "notes"};

static struct consent random_row(day_t today)
{
    static const char *const decisions[] = {"given", "given", "given", "refused", "withdrawn", "not_sought", "best_interests", "legal_duty"};
    struct consent c;
    record_init(&consent_type, &c);
    text_put(c.purpose, sizeof c.purpose, pick(6) ? "share" : pick(3) ? "contact" : "evaluation");
    text_put(c.decision, sizeof c.decision, decisions[pick(COUNT(decisions))]);
    pick_codes(c.recipients, some_organisations, COUNT(some_organisations), true);
    pick_codes(c.needs, some_needs, COUNT(some_needs), true);
    pick_codes(c.categories, all_categories, COUNT(all_categories), false);
    day_t from = today - 30 + (day_t)pick(40), until = from + (day_t)pick(60);
    date_format(from, c.valid_from);
    date_format(until, c.expires_on);
    date_format(until, c.review_on);
    return c;
}

/* The rule as a person would explain it: leave out what does not touch the question, take the last that is left. */
static bool naive_covers(const struct consent *rows, size_t n, const char *organisation, const char *need, const char *category, day_t on)
{
    const struct consent *touching[64], *contact = NULL;
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        const struct consent *c = &rows[i];
        bool yes = strcmp(c->decision, "given") == 0;
        bool without = strcmp(c->decision, "best_interests") == 0 || strcmp(c->decision, "legal_duty") == 0;
        if (strcmp(c->purpose, "contact") == 0 && strcmp(c->decision, "not_sought") != 0)
            contact = c;
        if (strcmp(c->purpose, "share") != 0 || !codes_have(c->categories, category))
            continue;
        if (*c->needs && !codes_have(c->needs, need))
            continue;
        if (*c->recipients ? !codes_have(c->recipients, organisation) : yes || without)
            continue;
        if (without && strchr(c->recipients, ','))
            continue;
        touching[left++] = c;
    }
    if (left == 0)
        return false;
    const struct consent *last = touching[left - 1];
    bool is_duty = strcmp(last->decision, "legal_duty") == 0;
    if (contact && (strcmp(contact->decision, "refused") == 0 || strcmp(contact->decision, "withdrawn") == 0) && !is_duty)
        return false;
    if (!is_duty && strcmp(last->decision, "given") != 0 && strcmp(last->decision, "best_interests") != 0)
        return false;
    return date_parse(last->valid_from) <= on &&
           on <= date_parse(strcmp(last->decision, "given") == 0 ? last->expires_on : last->review_on);
}

static void random_histories_agree_with_the_naive_rule(void **state)
{
    (void)state;
    day_t today = date_parse(TODAY);
    size_t covered = 0, questions = 0;
    seed = 20261123;
    for (int history = 0; history < 3000; history++) {
        struct consent rows[12];
        size_t n = pick(COUNT(rows) + 1);
        for (size_t i = 0; i < n; i++)
            rows[i] = random_row(today);
        for (size_t o = 0; o < COUNT(some_organisations); o++)
            for (size_t d = 0; d < COUNT(some_needs); d++) {
                unsigned naive = 0;
                for (unsigned k = 0; k < COUNT(all_categories); k++)
                    if (naive_covers(rows, n, some_organisations[o], some_needs[d], all_categories[k], today))
                        naive |= 1u << k;
                struct consent_question q = {.rows = rows, .count = n, .organisation = some_organisations[o], .need = some_needs[d],
                                             .categories = CATEGORY_ALL, .on = today, .expiring_days = 28};
                struct consent_answer a;
                consent_covers(&q, &a);
                assert_int_equal(a.categories, naive);
                assert_int_equal(a.covers, (naive & CATEGORY_LEAST) == CATEGORY_LEAST);
                assert_int_equal(!*a.reason, naive == CATEGORY_ALL);
                assert_int_equal(a.basis != NULL, (naive & CATEGORY_IDENTITY) != 0);
                covered += a.covers;
                questions++;
            }
    }
    assert_in_range(covered, questions / 50, questions / 2); /* both answers are common enough to mean something */
}

static void a_withdrawal_for_all_shuts_whatever_came_before(void **state)
{
    (void)state;
    day_t today = date_parse(TODAY);
    seed = 4;
    for (int history = 0; history < 500; history++) {
        struct consent rows[9];
        size_t n = pick(8);
        for (size_t i = 0; i < n; i++)
            rows[i] = random_row(today);
        rows[n] = row_of("share withdrawn - - " ALL " 2000-01-01 -");
        for (size_t o = 0; o < COUNT(some_organisations); o++) {
            struct consent_question q = {.rows = rows, .count = n + 1, .organisation = some_organisations[o], .need = "debt",
                                         .categories = CATEGORY_ALL, .on = today};
            struct consent_answer a;
            consent_covers(&q, &a);
            assert_int_equal(a.categories, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(categories_are_bits_in_the_order_of_the_list),
        cmocka_unit_test(each_history_has_its_answer_and_its_reason),
        cmocka_unit_test(every_word_is_reached_by_a_case),
        cmocka_unit_test(a_backdated_given_never_overrides_a_withdrawal),
        cmocka_unit_test(what_is_not_covered_is_named_and_the_rest_goes),
        cmocka_unit_test(only_what_was_asked_for_is_answered),
        cmocka_unit_test(reasons_never_hold_a_name),
        cmocka_unit_test(contact_is_as_last_said_on_the_day),
        cmocka_unit_test(standing_is_the_foremost_word_over_all_recipients),
        cmocka_unit_test(random_histories_agree_with_the_naive_rule),
        cmocka_unit_test(a_withdrawal_for_all_shuts_whatever_came_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

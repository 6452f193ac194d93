/* SPDX-License-Identifier: MIT
 *
 * How likely two records are one person. The score only puts a pair before a
 * person, who decides; it never merges. Names and a date of birth that agree
 * make a likely pair by themselves, as do names with telephone and postcode;
 * a household (family name, telephone, postcode, even the birthday of twins)
 * does not. What is compared is symmetric, so that the order of a pair never
 * matters. Reasons are words about the records, never values from them.
 */
#include <stdlib.h>
#include <string.h>

#include "onward/check.h"
#include "onward/match.h"
#include "words.h"

enum {
    NAMES_SAME = 45, NAMES_SWAPPED = 40, GIVEN_KNOWN_AS = 38, NAMES_NEAR = 32,
    GIVEN_SAME = 12, FAMILY_SAME = 8,
    BORN_SAME = 35, BORN_SWAPPED = 25, BORN_NEAR = 20, BORN_OTHER = -20,
    PHONE_SAME = 15, POSTCODE_SAME = 10,
    NHS_OTHER = -30,
    NHS_BORN_NEAR = 90, NHS_NAMES_SAME = 85, NHS_ALONE = DUPLICATE_LIKELY,
};

#define REASONS sizeof(((struct duplicate_result *)0)->reasons)

struct finding {
    int points;
    const char *reason; /* NULL: nothing to say */
};

/* ---- names */

/* Names that people go by (folded), the first of a row being the one it is short for. A name may stand in several rows. */
static const char *const nicknames[][6] = {
    {"abigail", "abbie", "abby", "gail"},
    {"alexander", "alex", "al", "sandy", "sasha"},
    {"alexandra", "alex", "sandra", "sandy", "sasha"},
    {"andrew", "andy", "drew"},
    {"anthony", "tony", "ant"},
    {"barbara", "barb", "babs"},
    {"benjamin", "ben", "benny"},
    {"catherine", "kate", "cathy", "katy", "kathleen", "katherine"},
    {"christine", "chris", "chrissie", "tina", "christina"},
    {"christopher", "chris", "kit"},
    {"daniel", "dan", "danny"},
    {"david", "dave", "davey"},
    {"deborah", "debbie", "deb", "debra"},
    {"dorothy", "dot", "dolly", "dottie"},
    {"edward", "ed", "eddie", "ted", "ned"},
    {"elizabeth", "liz", "beth", "betty", "lizzie", "eliza"},
    {"frances", "fran", "frankie"},
    {"frederick", "fred", "freddie"},
    {"geoffrey", "geoff", "jeff", "jeffrey"},
    {"george", "georgie"},
    {"harold", "harry", "hal"},
    {"henry", "harry", "hal"},
    {"jacqueline", "jackie", "jacqui"},
    {"james", "jim", "jimmy", "jamie"},
    {"jennifer", "jenny", "jen"},
    {"john", "jack", "johnny", "jon"},
    {"jonathan", "jon", "jonny"},
    {"joseph", "joe", "joey"},
    {"joshua", "josh"},
    {"kenneth", "ken", "kenny"},
    {"lawrence", "larry", "laurie", "laurence"},
    {"leslie", "les", "lesley"},
    {"margaret", "maggie", "meg", "peggy", "marge", "rita"},
    {"matthew", "matt", "matty"},
    {"michael", "mike", "mick", "micky"},
    {"mohammed", "muhammad", "mohamed", "mohammad", "muhammed", "mo"},
    {"nicholas", "nick", "nicky"},
    {"nicola", "nicky", "nikki"},
    {"pamela", "pam"},
    {"patricia", "pat", "patsy", "trish", "tricia"},
    {"patrick", "pat", "paddy"},
    {"peter", "pete"},
    {"philip", "phil", "phillip"},
    {"raymond", "ray"},
    {"rebecca", "becky", "becca"},
    {"richard", "rick", "dick", "richie", "rich"},
    {"robert", "bob", "rob", "bobby", "robbie", "bert"},
    {"ronald", "ron", "ronnie"},
    {"samantha", "sam", "sammy"},
    {"samuel", "sam", "sammy"},
    {"stephen", "steve", "steven", "stevie"},
    {"susan", "sue", "susie", "suzanne"},
    {"terence", "terry"},
    {"theresa", "terry", "tess", "teresa"},
    {"thomas", "tom", "tommy"},
    {"timothy", "tim"},
    {"victoria", "vicky", "tori"},
    {"william", "bill", "will", "billy", "liam"},
    {"yvonne", "eve"},
};

static bool is_in_row(const char *const row[6], const char *name)
{
    for (size_t i = 0; i < 6 && row[i]; i++)
        if (strcmp(row[i], name) == 0)
            return true;
    return false;
}

static bool is_nickname(const char *a, const char *b)
{
    for (size_t i = 0; i < sizeof nicknames / sizeof *nicknames; i++)
        if (is_in_row(nicknames[i], a) && is_in_row(nicknames[i], b))
            return true;
    return false;
}

struct names {
    struct buf given, family, preferred; /* folded */
};

static void fold_names(const struct person *p, struct names *n)
{
    *n = (struct names){0};
    text_fold(p->given_name, &n->given);
    text_fold(p->family_name, &n->family);
    text_fold(p->preferred_name, &n->preferred);
}

static void names_free(struct names *n)
{
    buf_free(&n->given);
    buf_free(&n->family);
    buf_free(&n->preferred);
}

static bool same(const struct buf *a, const struct buf *b)
{
    return a->len > 0 && strcmp(buf_text(a), buf_text(b)) == 0;
}

/* A slip of the keyboard: one in a name of four letters or more, two from eight. */
static bool near(const struct buf *a, const struct buf *b)
{
    size_t least = a->len < b->len ? a->len : b->len;
    return least >= 4 && text_distance(buf_text(a), buf_text(b)) <= (least >= 8 ? 2 : 1);
}

/* Goes one by a name that is short for the other's, or that the other is called by? */
static bool known_as(const struct names *a, const struct names *b)
{
    return is_nickname(buf_text(&a->given), buf_text(&b->given)) || same(&a->preferred, &b->given) || same(&b->preferred, &a->given);
}

static struct finding compare_names(const struct names *a, const struct names *b)
{
    bool given = same(&a->given, &b->given), family = same(&a->family, &b->family);
    if (given && family)
        return (struct finding){NAMES_SAME, "same names"};
    if (same(&a->given, &b->family) && same(&a->family, &b->given))
        return (struct finding){NAMES_SWAPPED, "given and family name swapped"};
    if (family && known_as(a, b))
        return (struct finding){GIVEN_KNOWN_AS, "same family name, given names of one person"};
    if ((given || near(&a->given, &b->given)) && (family || near(&a->family, &b->family)))
        return (struct finding){NAMES_NEAR, "names nearly the same"};
    if (given)
        return (struct finding){GIVEN_SAME, "same given name"};
    if (family)
        return (struct finding){FAMILY_SAME, "same family name"};
    return (struct finding){0, NULL};
}

/* ---- date of birth */

/* Day and month exchanged, as when a date was read the American way. */
static bool is_day_month_swapped(const char *a, const char *b)
{
    return strncmp(a, b, 5) == 0 && strncmp(a + 5, b + 8, 2) == 0 && strncmp(a + 8, b + 5, 2) == 0;
}

static int digits_apart(const char *a, const char *b)
{
    int n = 0;
    for (size_t i = 0; i < DATE_SIZE - 1; i++)
        n += a[i] != b[i];
    return n;
}

static struct finding compare_born(const char *a, const char *b)
{
    if (date_parse(a) == DATE_NONE || date_parse(b) == DATE_NONE)
        return (struct finding){0, NULL};
    if (strcmp(a, b) == 0)
        return (struct finding){BORN_SAME, "same date of birth"};
    if (is_day_month_swapped(a, b))
        return (struct finding){BORN_SWAPPED, "day and month of birth swapped"};
    if (digits_apart(a, b) == 1)
        return (struct finding){BORN_NEAR, "date of birth one digit apart"};
    return (struct finding){BORN_OTHER, "dates of birth differ"};
}

/* ---- telephone, postcode */

/* The digits of a UK number without 0, 0044 or +44 in front. */
static void phone_digits(const char *phone, char out[36])
{
    size_t n = 0;
    for (const char *c = phone; *c && n < 35; c++)
        if (*c >= '0' && *c <= '9')
            out[n++] = *c;
    out[n] = '\0';
    size_t skip = text_starts(out, "0044") ? 4 : text_starts(out, "44") && n > 10 ? 2 : 0;
    /* Never unset: out begins with what is skipped.
     * NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
    if (out[skip] == '0')
        skip++;
    memmove(out, out + skip, n - skip + 1);
}

static struct finding compare_phone(const char *a, const char *b)
{
    char x[36], y[36];
    phone_digits(a, x);
    phone_digits(b, y);
    if (strlen(x) < 6 || strcmp(x, y) != 0)
        return (struct finding){0, NULL};
    return (struct finding){PHONE_SAME, "same telephone"};
}

static struct finding compare_postcode(const char *a, const char *b)
{
    if (!*a || strcmp(a, b) != 0)
        return (struct finding){0, NULL};
    return (struct finding){POSTCODE_SAME, "same postcode"};
}

/* ---- NHS number */

enum nhs { NHS_UNKNOWN, NHS_EQUAL, NHS_DIFFERENT };

static enum nhs compare_nhs(const char *a, const char *b)
{
    char x[11], y[11];
    if (!check_nhs_number(a, x, NULL) || !check_nhs_number(b, y, NULL))
        return NHS_UNKNOWN;
    return strcmp(x, y) == 0 ? NHS_EQUAL : NHS_DIFFERENT;
}

/* One number, so one person, unless the dates of birth say that it was given to the wrong one. */
static int nhs_score(int names, int born)
{
    if (born == BORN_SWAPPED || born == BORN_NEAR)
        return NHS_BORN_NEAR;
    if (born != BORN_OTHER)
        return 100;
    return names >= NAMES_NEAR ? NHS_NAMES_SAME : NHS_ALONE;
}

/* ---- the score */

static void add(struct duplicate_result *out, struct finding f)
{
    out->score += f.points;
    if (f.reason)
        words_add(out->reasons, REASONS, "; ", "%s", f.reason);
}

void duplicate_score(const struct person *a, const struct person *b, struct duplicate_result *out)
{
    struct names na, nb;
    fold_names(a, &na);
    fold_names(b, &nb);
    enum nhs nhs = compare_nhs(a->nhs_number, b->nhs_number);
    struct finding names = compare_names(&na, &nb), born = compare_born(a->date_of_birth, b->date_of_birth);

    *out = (struct duplicate_result){0};
    if (nhs == NHS_EQUAL)
        add(out, (struct finding){0, "same NHS number"});
    add(out, names);
    add(out, born);
    add(out, compare_phone(a->phone, b->phone));
    add(out, compare_postcode(a->postcode, b->postcode));
    if (nhs == NHS_DIFFERENT)
        add(out, (struct finding){NHS_OTHER, "NHS numbers differ"});
    if (nhs == NHS_EQUAL)
        out->score = nhs_score(names.points, born.points);
    if (out->score > 100)
        out->score = 100;
    if (out->score < 0)
        out->score = 0;
    names_free(&na);
    names_free(&nb);
}

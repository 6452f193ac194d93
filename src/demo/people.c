/* SPDX-License-Identifier: MIT
 *
 * Who somebody is, made from their number: name, age, where they live, how
 * they may be reached and what is to be kept in mind.
 */
#include <stdio.h>
#include <string.h>

#include "demo/borough.h"
#include "demo/names.h"
#include "demo/words.h"

/* ---- identifiers that are nobody's */

/* Every number of a person gives another six digits behind 999, the range that is never issued;
 * where their check digit would be 10 there is no such number, and the person has none. */
enum { NHS_NUMBERS = 1000000, NHS_STRIDE = 368787 };

static void make_nhs_number(const struct borough *b, uint64_t number, char out[11])
{
    unsigned six =
        (unsigned)((number % NHS_NUMBERS * NHS_STRIDE + b->seed % NHS_NUMBERS) % NHS_NUMBERS);
    int sum = 0;
    snprintf(out, 11, "999%06u", six);
    for (int i = 0; i < 9; i++)
        sum += (out[i] - '0') * (10 - i);
    int check = (11 - sum % 11) % 11;
    if (check == 10) {
        *out = '\0';
        return;
    }
    out[9] = (char)('0' + check);
    out[10] = '\0';
}

/* Of the ranges that Ofcom keeps for drama. */
static void make_phone(struct chance *c, char out[36])
{
    int last = chance_between(c, 0, 999);
    switch (chance_index(c, 5)) {
    case 0:
        snprintf(out, 36, "0161 496 0%03d", last);
        break;
    case 1:
        snprintf(out, 36, "01632 960%03d", last);
        break;
    default:
        snprintf(out, 36, "07700 900%03d", last);
    }
}

/* ---- names */

static const char *one_of(const char *const *names, struct chance *c)
{
    size_t n = 0;
    while (names[n])
        n++;
    return names[chance_index(c, n)];
}

static const struct heritage *draw_heritage(struct chance *c)
{
    int total = 0;
    for (size_t i = 0; i < heritage_count; i++)
        total += heritages[i].weight;
    int at = chance_between(c, 0, total - 1);
    size_t i = 0;
    while (at >= heritages[i].weight)
        at -= heritages[i++].weight;
    return &heritages[i];
}

enum pronoun { SHE, HE, THEY };

static void make_name(struct life *l, struct person *p, const struct heritage *h, struct chance *c)
{
    l->pronoun = (uint8_t)(chance_percent(c, 60) ? SHE : chance_percent(c, 97) ? HE : THEY);
    text_put(p->gender, sizeof p->gender,
             l->pronoun == SHE  ? "female"
             : l->pronoun == HE ? "male"
                                : "non_binary");
    text_put(p->given_name, sizeof p->given_name, one_of(l->pronoun == HE ? h->men : h->women, c));
    text_put(p->family_name, sizeof p->family_name, one_of(h->families, c));
    if (chance_percent(c, 4)) { /* two names at once */
        struct buf both = {0};
        buf_fmt(&both, "%s-%s", p->family_name, one_of(h->families, c));
        if (utf8_length(both.data) <= 35)
            text_put(p->family_name, sizeof p->family_name, both.data);
        buf_free(&both);
    }
    if (chance_percent(c, 6))
        text_put(p->preferred_name, sizeof p->preferred_name,
                 one_of(l->pronoun == HE ? h->men : h->women, c));
    if (chance_percent(c, 45) && l->age >= 18)
        text_put(p->title, sizeof p->title,
                 l->pronoun == HE        ? "Mr"
                 : l->pronoun == THEY    ? "Mx"
                 : chance_percent(c, 50) ? "Mrs"
                                         : "Ms");
    if (l->pronoun == THEY || chance_percent(c, 3))
        text_put(p->pronouns, sizeof p->pronouns,
                 l->pronoun == HE    ? "he/him"
                 : l->pronoun == SHE ? "she/her"
                                     : "they/them");
    text_put(l->name, sizeof l->name, p->given_name);
    if (*p->preferred_name && strlen(p->preferred_name) < sizeof l->name)
        text_put(l->name, sizeof l->name, p->preferred_name);
}

static void make_background(const struct life *l, struct person *p, const struct heritage *h, struct chance *c)
{
    static const char *const orientations[] = {"heterosexual", "not_known", "not_stated",
                                               "gay_lesbian",  "bisexual",  "not_sure"};
    static const int weights[] = {46, 40, 8, 3, 2, 1};
    if (chance_percent(c, 88))
        text_put(p->ethnicity, sizeof p->ethnicity,
                 chance_percent(c, 4)
                     ? "z"
                     : h->ethnicity[chance_percent(c, 80) ? 0 : chance_index(c, 3)]);
    if (chance_percent(c, 75) && l->age >= 16) /* nobody asks a child */
        text_put(p->sexual_orientation, sizeof p->sexual_orientation,
                 orientations[chance_weighted(c, weights, 6)]);
    if (*h->language && chance_percent(c, 70))
        text_put(p->language, sizeof p->language, h->language);
    if (*p->language && chance_percent(c, 35))
        text_put(p->interpreter_language, sizeof p->interpreter_language, h->language);
}

/* ---- where and how */

static void make_home(struct life *l, struct person *p, struct chance *c)
{
    static const char *const homes[] = {"owner_occupier",
                                        "council_tenant",
                                        "housing_association",
                                        "private_tenant",
                                        "with_family_friends",
                                        "sheltered",
                                        "supported",
                                        "temporary",
                                        "asylum_accommodation",
                                        "sofa_surfing",
                                        "not_known"};
    static const int weights[] = {26, 22, 18, 14, 6, 5, 2, 2, 1, 1, 3};
    struct address a;
    place_address(c, l->neighbourhood, &a);
    text_put(l->street, sizeof l->street, a.street);
    text_put(p->neighbourhood, sizeof p->neighbourhood, places[l->neighbourhood].code);
    text_put(p->accommodation, sizeof p->accommodation,
             homes[chance_weighted(c, weights, sizeof weights / sizeof *weights)]);
    if (strcmp(p->accommodation, "sofa_surfing") == 0) {
        text_put(p->address, sizeof p->address, "No fixed abode, letters to the practice");
        text_put(p->postcode, sizeof p->postcode, "ZZ99 3VZ");
        return;
    }
    text_put(p->address, sizeof p->address, a.lines);
    text_put(p->postcode, sizeof p->postcode, a.postcode);
}

/* One of the lines, when chance has it. */
static void maybe(struct chance *c, int percent, const struct lines *from, const struct told *t,
                  char *out, size_t size)
{
    struct buf text = {0};
    if (!chance_percent(c, percent))
        return;
    tell(&text, from->at[chance_index(c, from->count)].text, t, c);
    if (!text_copy(out, size, buf_text(&text)))
        die("too long for a demonstration: %s", text.data);
    buf_free(&text);
}

static void make_contact(struct person *p, const struct told *t, struct chance *c)
{
    static const char *const methods[] = {"telephone", "sms",   "letter",
                                          "email",     "visit", "no_telephone"};
    static const int weights[] = {52, 22, 8, 6, 6, 6};
    if (chance_percent(c, 90))
        make_phone(c, p->phone);
    if (chance_percent(c, 28))
        snprintf(p->email, sizeof p->email, "person%u@mail.example",
                 (unsigned)chance_index(c, 900000) + 100000);
    if (chance_percent(c, 60))
        text_put(p->contact_method, sizeof p->contact_method,
                 methods[chance_weighted(c, weights, 6)]);
    if (strcmp(p->contact_method, "no_telephone") == 0)
        text_put(p->contact_note, sizeof p->contact_note, "No telephone contact, please write");
    else
        maybe(c, 12, &contact_note_lines, t, p->contact_note, sizeof p->contact_note);
    if (*p->phone && chance_percent(c, 65))
        p->voicemail_ok = chance_percent(c, 75) ? 1 : 0;
    maybe(c, 6, &safe_times_lines, t, p->safe_times, sizeof p->safe_times);
}

static void make_care(struct person *p, const struct told *t, struct chance *c)
{
    maybe(c, 9, &communication_lines, t, p->communication_needs, sizeof p->communication_needs);
    maybe(c, 8, &adjustment_lines, t, p->adjustments, sizeof p->adjustments);
    maybe(c, 14, &mobility_lines, t, p->mobility, sizeof p->mobility);
    maybe(c, 9, &impairment_lines, t, p->impairment, sizeof p->impairment);
    maybe(c, 16, &about_me_lines, t, p->about_me, sizeof p->about_me);
}

/* A parent of a child, someone near to a person of great age. */
static void make_representative(const struct life *l, struct person *p, const struct heritage *h,
                                struct chance *c)
{
    bool is_child = l->age < 16;
    if (!is_child && !(l->age > 78 && chance_percent(c, 30)))
        return;
    struct buf name = {0};
    buf_fmt(&name, "%s %s", one_of(h->women, c), p->family_name);
    if (text_copy(p->representative, sizeof p->representative, name.data)) {
        text_put(p->representative_relation, sizeof p->representative_relation,
                 is_child ? "Mother" : "Daughter");
        make_phone(c, p->representative_phone);
    }
    buf_free(&name);
}

static void make_numbers(const struct borough *b, struct life *l, struct person *p,
                         struct chance *c)
{
    day_t born = b->today - (day_t)(l->age * 365 + l->age / 4) - chance_between(c, 2, 340);
    date_format(born, p->date_of_birth);
    size_t practice = chance_index(c, practice_count);
    while (practice_places[practice].neighbourhood != l->neighbourhood)
        practice = (practice + 1) % practice_count;
    l->practice = (uint8_t)practice;
    if (!chance_percent(c, 3))
        text_put(p->gp_practice, sizeof p->gp_practice, practice_places[practice].code);
    make_nhs_number(b, l->number, p->nhs_number);
    bool has = *p->nhs_number && !chance_percent(c, 5);
    if (!has)
        *p->nhs_number = '\0';
    text_put(p->nhs_number_status, sizeof p->nhs_number_status,
             has ? chance_percent(c, 85) ? "number-present-and-verified"
                                         : "number-present-but-not-traced"
                 : "trace-required");
}

void borough_person(const struct borough *b, struct life *l, struct person *p)
{
    struct chance c = chance_of(b->seed, "person", l->number);
    const struct heritage *h = draw_heritage(&c);
    struct told t;
    record_init(&person_type, p);
    make_name(l, p, h, &c);
    borough_told(l, "", &t);
    make_background(l, p, h, &c);
    make_home(l, p, &c);
    make_contact(p, &t, &c);
    make_care(p, &t, &c);
    make_representative(l, p, h, &c);
    make_numbers(b, l, p, &c);
}

void borough_told(const struct life *l, const char *org, struct told *t)
{
    static const struct told pronouns[] = {
        [SHE] = {.she = "she",
                 .her = "her",
                 .him = "her",
                 .self = "herself",
                 .was = "was",
                 .has = "has"},
        [HE] = {.she = "he",
                .her = "his",
                .him = "him",
                .self = "himself",
                .was = "was",
                .has = "has"},
        [THEY] = {.she = "they",
                  .her = "their",
                  .him = "them",
                  .self = "themselves",
                  .was = "were",
                  .has = "have"},
    };
    *t = pronouns[l->pronoun];
    t->name = l->name;
    t->org = *org ? org : "them";
    t->practice = practice_places[l->practice].name;
    t->street = l->street;
}

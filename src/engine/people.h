/* SPDX-License-Identifier: MIT
 *
 * People: what the verbs on a person share, and what imports ask of them. All
 * inside the caller's transaction.
 *
 * A person's search terms are rewritten whenever the person, a name or an
 * identifier is written. A likeness is another record that may be the same
 * person: it is offered, never merged by the program.
 */
#ifndef ONWARD_ENGINE_PEOPLE_H
#define ONWARD_ENGINE_PEOPLE_H

#include "engine/core.h"

/* ---- search terms (person_terms.c) */

/* Hands out each term of the person's own row: words of the names, "family given", telephone digits, NHS
 * number, date of birth, postcode without blank, reference without hyphens; folded. */
typedef void person_term_fn(void *ctx, const char *term);
void person_terms(const struct person *p, person_term_fn *emit, void *ctx);
/* The term of a number or reference as it is searched for: folded, without blanks. None for "". */
void person_term_compact(const char *text, person_term_fn *emit, void *ctx);
/* One of the terms of a person: "family given 1970-02-28", by which an import asks for records of the same
 * name and birthday. Empty when either is missing. Appended. */
void person_term_name_born(const struct person *p, struct buf *out);
/* Rewrites the terms of a person in the store: the row's own, and those of further names and identifiers. */
MUST_CHECK bool person_terms_write(struct session *s, const struct person *p, struct err *e);

/* What was typed into the one box of search, as beginnings of terms. */
struct person_search {
    char prefix[4][128];
    size_t count;
    bool only_names; /* every prefix is a word of a name */
};
/* False when there is nothing to look for. */
bool person_search_parse(const char *text, day_t today, struct person_search *out);

/* ---- likenesses (person_likeness.c) */

struct likeness {
    struct person other;
    int score;
    char reasons[256];
    bool hidden; /* a restricted record that the acting user may not know of */
};
/* The records likely to be the same person (score DUPLICATE_LIKELY and up), most likely first; *out is the caller's (free). */
MUST_CHECK bool person_likenesses(struct session *s, const struct person *p, struct likeness **out, size_t *n, struct err *e);
/* Keeps the pair for someone to settle; a pair that is kept already stays as it is. `said`: words given at entry, or "". */
MUST_CHECK bool person_offer(struct session *s, const struct person *p, const struct likeness *like, const char *said, struct err *e);

/* ---- writing (person_edit.c) */

/* Writes a changed person, their search terms, and what follows: details that recipients hold go out as updates. */
MUST_CHECK bool person_write(struct session *s, const struct person *before, struct person *after, struct err *e);

/* ---- for the table of verbs */

extern const struct verb person_add, person_edit, person_show, person_name_add, person_identifier_add, person_different,
    person_merge, person_unmerge, person_died, person_restrict, person_unrestrict, person_unmask;
extern const struct list person_find, person_list, person_like, person_duplicates, person_unmasked;

#endif

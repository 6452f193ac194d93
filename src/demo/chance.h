/* SPDX-License-Identifier: MIT
 *
 * Chance that repeats: small streams of numbers out of the seed of a borough,
 * one a person, so that what happens to one does not depend on how many
 * others there are; and sentences with slots, filled by such a stream.
 */
#ifndef ONWARD_DEMO_CHANCE_H
#define ONWARD_DEMO_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "onward/text.h"

struct chance {
    uint64_t state;
};
/* The stream of subject `number` in the matter `about` (a word). */
struct chance chance_of(uint64_t seed, const char *about, uint64_t number);
uint64_t chance_next(struct chance *c);
int chance_between(struct chance *c, int low, int high); /* both included */
size_t chance_index(struct chance *c, size_t n);         /* 0 .. n - 1 */
bool chance_percent(struct chance *c, int percent);
/* Index of a weight out of an array, as often as it weighs. */
size_t chance_weighted(struct chance *c, const int *weights, size_t n);

/* Who a sentence is about. */
struct told {
    const char *name; /* as they like to be called */
    const char *she, *her, *him,
        *self; /* she her her herself, he his him himself, they their them themselves */
    const char *was, *has;
    const char *org; /* the organisation in play, "them" when there is none */
    const char *practice, *street;
};

/* Appends a sentence. "{a|b|c}" takes one of its parts; <name> <she> <her> <him> <self> <was> <has>
 * <org> <practice> <street> are slots, a capital (<She>) begins the word with one; "{3-9}" takes a
 * number of the range. */
void tell(struct buf *out, const char *sentence, const struct told *who, struct chance *c);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Names of people who do not exist, by where their families come from, with
 * the languages that go with them.
 */
#ifndef ONWARD_DEMO_NAMES_H
#define ONWARD_DEMO_NAMES_H

#include <stddef.h>

struct heritage {
    const char *word;         /* for the reader of this table */
    int weight;               /* in a thousand people */
    const char *ethnicity[3]; /* codes; the first is the likeliest */
    const char *language;     /* code, "" where English is all that is spoken */
    const char *const *women, *const *men, *const *families; /* each ends with NULL */
};
extern const struct heritage heritages[];
extern const size_t heritage_count;

#endif

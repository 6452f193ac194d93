/* SPDX-License-Identifier: MIT
 *
 * A mapping file: how somebody else's columns and words are read as ours.
 * Plain text, a rule a line; blank lines and lines that begin with # are for
 * people. What holds = : , or blanks at its ends stands in quotes, ' or ".
 *
 *     scheme swinton-team              whose keys person_key and source_key are
 *     feed street-support              services: where the entries come from
 *     field given_name = First name    our field = their column; a column may feed
 *     field needs = Need 1             several fields, and a list (needs, risks)
 *     field needs = Need 2             may be fed by several columns
 *     value source: "GP surgery" = gp_practice      their word = our code; - for none
 *     need 'esdServiceType:242' = caring            short for value needs:
 *     default state = received         where a row leaves the field empty
 *     ignore Notes (old)               a column that is not taken
 *     ignore *                         every column that nothing else names
 *     columns NHS No, First name       a file without header row: its columns
 *
 * Columns and words are compared without regard to case, blanks, marks and
 * punctuation. A column that is named like one of our fields, by key or by
 * label, needs no line; every other one must be mapped or ignored, so that
 * nothing is left out unnoticed.
 */
#ifndef ONWARD_EXCHANGE_MAP_H
#define ONWARD_EXCHANGE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "onward/err.h"

struct map_rule {
    size_t line;
    char *key;  /* our field; NULL for ignore and columns */
    char *from; /* their column or word; NULL for default */
    char *to;   /* our value; NULL for field, ignore and columns */
};
struct map_rules {
    struct map_rule *rows;
    size_t count;
};
struct map {
    const char *path; /* NULL: none was given */
    struct map_rules fields, values, defaults, ignored, columns;
    bool ignores_others;
    char scheme[32], feed[32];
};

/* `path` NULL gives an empty map. NOT_FOUND, STORE, or INVALID with the line. Free with map_free, also on failure. */
MUST_CHECK bool map_read(const char *path, struct map *out, struct err *e);
void map_free(struct map *m);

/* Equal but for case, blanks, marks and punctuation. */
bool map_same(const char *a, const char *b);
/* Our value for their word in that field; NULL when the map says nothing of it. */
const char *map_value(const struct map *m, const char *key, const char *word);
bool map_has_values(const struct map *m, const char *key);
bool map_ignores(const struct map *m, const char *column); /* by name */

#endif

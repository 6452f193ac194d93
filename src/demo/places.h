/* SPDX-License-Identifier: MIT
 *
 * Where the made-up people live: streets that are not there, in the postcode
 * districts of the five neighbourhoods, and practices that do not exist.
 */
#ifndef ONWARD_DEMO_PLACES_H
#define ONWARD_DEMO_PLACES_H

#include <stddef.h>

#include "demo/chance.h"

#define NEIGHBOURHOODS 5
struct neighbourhood_place {
    const char *code, *name;
    int weight;                 /* of a hundred people */
    const char *town;           /* the line of the address behind the street */
    const char *districts[3];   /* postcode districts, likeliest first */
    const char *const *streets; /* ends with NULL */
};
extern const struct neighbourhood_place places[NEIGHBOURHOODS];

struct practice_place {
    const char *code, *name;
    int neighbourhood;
};
extern const struct practice_place practice_places[];
extern const size_t practice_count;

struct address {
    char street[64]; /* without the number */
    char lines[160];
    char postcode[9];
};
/* Number, street and a postcode that belongs to that stretch of it. */
void place_address(struct chance *c, int neighbourhood, struct address *out);
/* A postcode somewhere in the neighbourhood, for a building. */
void place_postcode(struct chance *c, int neighbourhood, char out[9]);

#endif

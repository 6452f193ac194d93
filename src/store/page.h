/* SPDX-License-Identifier: MIT
 *
 * A page of a long list, whose rows stand in falling order of a key that an
 * index serves: the rows between two keys, from either end. No page costs
 * more than another, wherever in the list it lies.
 */
#ifndef ONWARD_STORE_PAGE_H
#define ONWARD_STORE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

struct page {
    int64_t above, below; /* neither belongs to the page; keys are greater than 0 */
    bool backwards;       /* from the smallest key up: the list read from its end */
    int64_t limit;        /* 0: all */
};
#define PAGE_WHOLE ((struct page){.below = INT64_MAX})

static inline int64_t page_limit(const struct page *p)
{
    return p->limit > 0 ? p->limit : INT64_MAX;
}

#endif

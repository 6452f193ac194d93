/* SPDX-License-Identifier: MIT
 *
 * The shelf: keys in ascending order beside their items. Directories are
 * small, so inserting in order costs less than hashing would save.
 */
#include "engine/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "onward/err.h"

struct shelf {
    int64_t *keys;
    void **items;
    size_t count, room;
};

struct shelf *shelf_new(void)
{
    return xcalloc(1, sizeof(struct shelf));
}

void shelf_free(struct shelf *sh)
{
    if (!sh)
        return;
    for (size_t i = 0; i < sh->count; i++)
        free(sh->items[i]);
    free(sh->items);
    free(sh->keys);
    free(sh);
}

/* Where the key stands, or would. */
static size_t place_of(const struct shelf *sh, int64_t key)
{
    size_t low = 0, high = sh->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sh->keys[mid] < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const void *shelf_get(const struct shelf *sh, int64_t key, bool *known)
{
    size_t at = place_of(sh, key);
    *known = at < sh->count && sh->keys[at] == key;
    return *known ? sh->items[at] : NULL;
}

const void *shelf_put(struct shelf *sh, int64_t key, const void *item, size_t size)
{
    size_t at = place_of(sh, key);
    if (sh->count == sh->room) {
        sh->room = sh->room ? sh->room * 2 : 16;
        sh->keys = xrealloc(sh->keys, sh->room * sizeof *sh->keys);
        sh->items = xrealloc(sh->items, sh->room * sizeof *sh->items);
    }
    memmove(sh->keys + at + 1, sh->keys + at, (sh->count - at) * sizeof *sh->keys);
    memmove(sh->items + at + 1, sh->items + at, (sh->count - at) * sizeof *sh->items);
    sh->count++;
    sh->keys[at] = key;
    sh->items[at] = item ? memcpy(xmalloc(size), item, size) : NULL;
    return sh->items[at];
}

/* SPDX-License-Identifier: MIT
 *
 * A shelf keeps records by key for the length of one piece of work, so that a
 * night's hundred thousand rows read each of a few hundred organisations once.
 */
#ifndef ONWARD_ENGINE_SHELF_H
#define ONWARD_ENGINE_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shelf;
struct shelf *shelf_new(void);
void shelf_free(struct shelf *sh); /* and every item */
/* The item of a key, borrowed; *known tells a kept NULL from a key never put. */
const void *shelf_get(const struct shelf *sh, int64_t key, bool *known);
/* Keeps a copy of `item` (NULL: nothing there) and returns it. */
const void *shelf_put(struct shelf *sh, int64_t key, const void *item, size_t size);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Summary counts of a whole import, kept in memory: a few thousand groups
 * whatever the size of the file, written once at its end.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/import_people.h"
#include "store/summary.h"

struct group {
    const char *measure;
    char month[8], neighbourhood[CODE_SIZE], code[CODE_SIZE];
    int64_t count;
};
struct tally {
    struct group **slot; /* open addressing, a power of two long */
    size_t size, used;
};

struct tally *tally_new(void)
{
    struct tally *t = xcalloc(1, sizeof *t);
    t->size = 1024;
    t->slot = xcalloc(t->size, sizeof(struct group *));
    return t;
}

void tally_free(struct tally *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->size; i++)
        free(t->slot[i]);
    free(t->slot);
    free(t);
}

static uint32_t hash_more(uint32_t hash, const char *text)
{
    do
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    while (*text++);
    return hash;
}

static uint32_t hash_of(const char *measure, const char *month, const char *neighbourhood, const char *code)
{
    return hash_more(hash_more(hash_more(hash_more(2166136261u, measure), month), neighbourhood), code);
}

static size_t slot_of(const struct tally *t, const char *measure, const char *month, const char *neighbourhood, const char *code)
{
    size_t i = hash_of(measure, month, neighbourhood, code) & (t->size - 1);
    for (const struct group *g; (g = t->slot[i]); i = (i + 1) & (t->size - 1))
        if (strcmp(g->measure, measure) == 0 && strcmp(g->month, month) == 0 && strcmp(g->neighbourhood, neighbourhood) == 0 &&
            strcmp(g->code, code) == 0)
            break;
    return i;
}

static void grow(struct tally *t)
{
    struct tally bigger = {.size = t->size * 2, .used = t->used};
    bigger.slot = xcalloc(bigger.size, sizeof(struct group *));
    for (size_t i = 0; i < t->size; i++)
        if (t->slot[i])
            bigger.slot[slot_of(&bigger, t->slot[i]->measure, t->slot[i]->month, t->slot[i]->neighbourhood, t->slot[i]->code)] = t->slot[i];
    free(t->slot);
    *t = bigger;
}

/* A summary_fn (engine/work.h): measures are literals there. */
bool tally_add(void *tally, const char *measure, const char *month, const char *neighbourhood, const char *code, int64_t delta,
               struct err *e)
{
    struct tally *t = tally;
    (void)e;
    size_t i = slot_of(t, measure, month, neighbourhood, code);
    if (!t->slot[i]) {
        if (2 * t->used >= t->size) {
            grow(t);
            i = slot_of(t, measure, month, neighbourhood, code);
        }
        struct group *g = t->slot[i] = xcalloc(1, sizeof *g);
        g->measure = measure;
        text_put(g->month, sizeof g->month, month);
        text_put(g->neighbourhood, sizeof g->neighbourhood, neighbourhood);
        text_put(g->code, sizeof g->code, code);
        t->used++;
    }
    t->slot[i]->count += delta;
    return true;
}

bool tally_write(const struct tally *t, struct db *db, struct err *e)
{
    for (size_t i = 0; i < t->size; i++) {
        const struct group *g = t->slot[i];
        if (g && !summary_add(db, g->measure, g->month, g->neighbourhood, g->code, g->count, e))
            return false;
    }
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * See chance.h. The numbers are splitmix64, whose streams may start anywhere.
 */
#include "demo/chance.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += GOLDEN;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct chance chance_of(uint64_t seed, const char *about, uint64_t number)
{
    struct chance c = {seed};
    for (const char *p = about; *p; p++)
        c.state = (c.state ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
    c.state ^= chance_next(&(struct chance){number});
    chance_next(&c);
    return c;
}

size_t chance_index(struct chance *c, size_t n)
{
    return (size_t)(((chance_next(c) >> 32) * n) >> 32);
}

int chance_between(struct chance *c, int low, int high)
{
    return low + (int)chance_index(c, (size_t)high - (size_t)low + 1);
}

bool chance_percent(struct chance *c, int percent)
{
    return (int)chance_index(c, 100) < percent;
}

size_t chance_weighted(struct chance *c, const int *weights, size_t n)
{
    int total = 0;
    for (size_t i = 0; i < n; i++)
        total += weights[i];
    int at = (int)chance_index(c, (size_t)total);
    size_t i = 0;
    while (at >= weights[i])
        at -= weights[i++];
    return i;
}

/* ---- sentences */

/* "3-9": both ends whole numbers. */
static bool is_range(const char *text, size_t n, int *low, int *high)
{
    char copy[16];
    int end = 0;
    if (n >= sizeof copy)
        return false;
    memcpy(copy, text, n);
    copy[n] = '\0';
    return sscanf(copy, "%d-%d%n", low, high, &end) == 2 && (size_t)end == n && *low <= *high;
}

static void tell_choice(struct buf *out, const char *text, size_t n, struct chance *c)
{
    int low, high;
    size_t parts = 1;
    if (is_range(text, n, &low, &high)) {
        buf_fmt(out, "%d", chance_between(c, low, high));
        return;
    }
    for (size_t i = 0; i < n; i++)
        parts += text[i] == '|';
    size_t wanted = chance_index(c, parts);
    const char *end = text + n;
    for (; wanted; wanted--)
        text = (const char *)memchr(text, '|', (size_t)(end - text)) + 1;
    const char *bar = memchr(text, '|', (size_t)(end - text));
    buf_add(out, text, (size_t)((bar ? bar : end) - text));
}

static const char *slot_value(const struct told *w, const char *slot)
{
    const struct {
        const char *slot, *value;
    } slots[] = {{"name", w->name},         {"she", w->she},      {"her", w->her}, {"him", w->him},
                 {"self", w->self},         {"was", w->was},      {"has", w->has}, {"org", w->org},
                 {"practice", w->practice}, {"street", w->street}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (strcmp(slots[i].slot, slot) == 0)
            return slots[i].value;
    die("a sentence of the demonstration has the unknown slot <%s>", slot);
}

static void tell_slot(struct buf *out, const char *text, size_t n, const struct told *who)
{
    char slot[16];
    if (n >= sizeof slot)
        n = sizeof slot - 1; /* no slot is as long as that: slot_value says so */
    memcpy(slot, text, n);
    slot[n] = '\0';
    bool capital = isupper((unsigned char)slot[0]);
    slot[0] = (char)tolower((unsigned char)slot[0]);
    const char *value = slot_value(who, slot);
    if (capital) {
        buf_char(out, (char)toupper((unsigned char)*value));
        value++;
    }
    buf_str(out, value);
}

void tell(struct buf *out, const char *sentence, const struct told *who, struct chance *c)
{
    for (const char *p = sentence; *p; p++) {
        if (*p != '{' && *p != '<') {
            buf_char(out, *p);
            continue;
        }
        const char *end = strchr(p, *p == '{' ? '}' : '>');
        if (!end)
            die("a sentence of the demonstration is not closed: %s", sentence);
        if (*p == '{')
            tell_choice(out, p + 1, (size_t)(end - p - 1), c);
        else
            tell_slot(out, p + 1, (size_t)(end - p - 1), who);
        p = end;
    }
}

/* SPDX-License-Identifier: MIT
 *
 * Keys and references. A reference has ten symbols s0..s9 (two prefix letters,
 * seven data characters, one check character), read as elements of GF(32)
 * with a primitive element a: the check makes a^9 s0 + a^8 s1 + ... + s9 zero.
 * All weights differ and none is zero, so that any one wrong character and any
 * two that changed places show. Nothing in a reference is secret; the
 * permutation only keeps neighbours from looking alike.
 */
#include <string.h>

#include "onward/date.h"
#include "onward/err.h"
#include "onward/ident.h"

enum { COUNTER_BITS = 22, REF_DATA = 7, REF_BITS = 35 };
#define EPOCH_MS (DATE_OF(2024, 1, 1) * INT64_C(86400000))
#define COUNTER_MASK ((UINT32_C(1) << COUNTER_BITS) - 1)
#define REF_MASK ((UINT64_C(1) << REF_BITS) - 1)

/* The finaliser of splitmix64: every bit of x moves half of the result; 0 gives 0. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

void id_maker_init(struct id_maker *m, uint64_t seed)
{
    *m = (struct id_maker){.last_ms = EPOCH_MS - 1, .seed = seed};
}

/* Where the counter starts in a new millisecond: in the lower half, so that
 * two million keys follow before the millisecond is used up. */
static uint32_t counter_start(const struct id_maker *m)
{
    uint32_t start;
    if (m->seed)
        start = (uint32_t)mix(m->seed ^ mix((uint64_t)m->last_ms));
    else
        random_bytes(&start, sizeof start);
    return start & (COUNTER_MASK >> 1);
}

int64_t id_next(struct id_maker *m, int64_t now_ms)
{
    if (now_ms > m->last_ms) {
        m->last_ms = now_ms;
        m->counter = counter_start(m);
    } else if (m->counter < COUNTER_MASK && m->last_ms >= EPOCH_MS) {
        m->counter++;
    } else { /* borrow from the next millisecond */
        m->last_ms++;
        m->counter = counter_start(m);
    }
    int64_t since = m->last_ms - EPOCH_MS;
    if (since >> 41)
        die("the clock is past 2093: keys have no room for it");
    return since << COUNTER_BITS | m->counter;
}

void id_maker_after(struct id_maker *m, int64_t id)
{
    if (id <= id_last(m))
        return;
    m->last_ms = (id >> COUNTER_BITS) + EPOCH_MS;
    m->counter = (uint32_t)id & COUNTER_MASK;
}

int64_t id_last(const struct id_maker *m)
{
    return m->last_ms < EPOCH_MS ? 0 : (m->last_ms - EPOCH_MS) << COUNTER_BITS | m->counter;
}

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Odd factors and right shifts undo: a permutation of the numbers below 2^35. */
static uint64_t permute(uint64_t x)
{
    x = (x * UINT64_C(0x5B9E3779B1)) & REF_MASK;
    x ^= x >> 18;
    x = (x * UINT64_C(0x2C1B3C6D35)) & REF_MASK;
    return x ^ (x >> 17);
}

/* Value of a data character as people write it, or -1. */
static int symbol_value(char c)
{
    if (c == 'O')
        return 0;
    if (c == 'I' || c == 'L')
        return 1;
    const char *at = c ? strchr(symbols, c) : NULL;
    return at ? (int)(at - symbols) : -1;
}

/* Value of a prefix letter. The four letters that are no data characters take
 * the place of digits, which no prefix has: all 26 differ. */
static int letter_value(char c)
{
    static const char odd_letters[] = "OILU";
    if (c < 'A' || c > 'Z')
        return -1;
    const char *odd = strchr(odd_letters, c);
    return odd ? (int)(odd - odd_letters) : symbol_value(c);
}

/* Multiplies by the primitive element of GF(32), x^5 = x^2 + 1. */
static int times_a(int x)
{
    x <<= 1;
    return x & 32 ? x ^ 0x25 : x;
}

static void write_ref(const char prefix[3], const char data[REF_DATA + 1], char out[REF_SIZE])
{
    char ref[REF_SIZE] = "";
    memcpy(ref, prefix, 2);
    ref[2] = '-';
    memcpy(ref + 3, data, 4);
    ref[7] = '-';
    memcpy(ref + 8, data + 4, 4);
    memcpy(out, ref, sizeof ref);
}

void ref_make(const char prefix[3], uint64_t number, char out[REF_SIZE])
{
    int first = letter_value(prefix[0]), second = first < 0 ? -1 : letter_value(prefix[1]);
    if (second < 0 || prefix[2])
        die("a reference prefix is two capitals");

    /* the upper bits of a larger number are mixed in; below 2^35 they are 0 and change nothing */
    uint64_t x = permute(number & REF_MASK) ^ (mix(number >> REF_BITS) & REF_MASK);
    int sum = times_a(first) ^ second;
    char data[REF_DATA + 1];
    for (int i = 0; i < REF_DATA; i++) {
        int value = (int)(x >> (REF_BITS - 5 * (i + 1)) & 31);
        data[i] = symbols[value];
        sum = times_a(sum) ^ value;
    }
    data[REF_DATA] = symbols[times_a(sum)];
    write_ref(prefix, data, out);
}

bool ref_parse(const char *text, char out[REF_SIZE])
{
    char prefix[3] = "", data[REF_DATA + 1];
    int sum = 0, n = 0;
    for (; *text; text++) {
        char c = *text;
        if (c == '-' || c == ' ' || (c >= '\t' && c <= '\r'))
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - ('a' - 'A'));
        int value = n < 2 ? letter_value(c) : symbol_value(c);
        if (value < 0 || n == 2 + REF_DATA + 1)
            return false;
        if (n < 2)
            prefix[n] = c;
        else
            data[n - 2] = symbols[value];
        sum = times_a(sum) ^ value;
        n++;
    }
    if (n != 2 + REF_DATA + 1 || sum != 0)
        return false;
    write_ref(prefix, data, out);
    return true;
}

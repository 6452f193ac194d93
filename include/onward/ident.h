/* SPDX-License-Identifier: MIT
 *
 * Keys, references and digests. A key is a 63-bit integer: milliseconds since
 * 2024-01-01 in the high 41 bits, then a 22-bit counter that starts at random,
 * so that keys sort by time and never repeat within a maker. A reference is
 * what people quote: two letters for the kind and eight characters of
 * Crockford base 32, the last a check character: "SP-4K7Q-9XD3".
 */
#ifndef ONWARD_IDENT_H
#define ONWARD_IDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_maker {
    int64_t last_ms;  /* never goes back, even when the clock does */
    uint32_t counter; /* 22 bits */
    uint64_t seed;    /* 0: random (libsodium); else deterministic, for demonstration and tests */
};
void id_maker_init(struct id_maker *m, uint64_t seed);
int64_t id_next(struct id_maker *m, int64_t now_ms);
/* The next key will be greater than `id`, whatever the clock says. */
void id_maker_after(struct id_maker *m, int64_t id);
/* The last key made (0: none yet), or the floor given to id_maker_after. */
int64_t id_last(const struct id_maker *m);

#define REF_SIZE 16 /* "SP-XXXX-XXXX" and NUL, with room */

/* Makes the reference of a key: `prefix` is two capitals (PE person, SP
 * referral, HO handoff ...). Seven data characters come from a 35-bit
 * permutation of `number`, the eighth checks them. Distinct numbers below
 * 2^35 give distinct references. */
void ref_make(const char prefix[3], uint64_t number, char out[REF_SIZE]);

/* Reads a reference as people write it: any case, with or without hyphens and
 * blanks, O for 0, I and L for 1. True and the canonical form in `out` when
 * the check character agrees. */
bool ref_parse(const char *text, char out[REF_SIZE]);

#define SHA256_HEX 65
struct sha256 {
    _Alignas(16) unsigned char opaque[128];
};
void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *data, size_t n);
void sha256_end(struct sha256 *h, unsigned char out[32]);
void sha256_hex(const void *data, size_t n, char out[SHA256_HEX]);
void hex_encode(const unsigned char *data, size_t n, char *out /* 2n + 1 */);
/* Keyed digest (HMAC-SHA-256), first 16 bytes as 32 hex digits. */
void keyed_digest(const unsigned char key[32], const void *data, size_t n, char out[33]);
void random_bytes(void *out, size_t n);

#endif

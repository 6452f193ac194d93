/* SPDX-License-Identifier: MIT
 *
 * Digests and random bytes, all libsodium's. The state of a running SHA-256
 * lives in the caller's struct, so that no header of libsodium is needed to
 * use it.
 */
#include <string.h>

#include <sodium.h>

#include "onward/err.h"
#include "onward/ident.h"

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct sha256),
               "struct sha256 too small");
_Static_assert(_Alignof(crypto_hash_sha256_state) <= _Alignof(struct sha256),
               "struct sha256 not aligned");
_Static_assert(crypto_auth_hmacsha256_KEYBYTES == 32, "keys of 32 bytes");

static crypto_hash_sha256_state *state_of(struct sha256 *h)
{
    return (crypto_hash_sha256_state *)(void *)h->opaque;
}

void sha256_init(struct sha256 *h)
{
    crypto_hash_sha256_init(state_of(h));
}

void sha256_add(struct sha256 *h, const void *data, size_t n)
{
    if (n > 0)
        crypto_hash_sha256_update(state_of(h), data, n);
}

void sha256_end(struct sha256 *h, unsigned char out[32])
{
    crypto_hash_sha256_final(state_of(h), out);
}

void sha256_hex(const void *data, size_t n, char out[SHA256_HEX])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, data, n);
    sha256_end(&h, digest);
    hex_encode(digest, sizeof digest, out);
}

void hex_encode(const unsigned char *data, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[data[i] >> 4];
        out[2 * i + 1] = digits[data[i] & 15];
    }
    out[2 * n] = '\0';
}

void keyed_digest(const unsigned char key[32], const void *data, size_t n, char out[33])
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256(mac, data, n, key);
    hex_encode(mac, 16, out);
}

void random_bytes(void *out, size_t n)
{
    if (sodium_init() < 0)
        die("the system gives no random numbers");
    randombytes_buf(out, n);
}

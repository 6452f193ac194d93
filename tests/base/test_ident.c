/* SPDX-License-Identifier: MIT
 *
 * Keys, references and digests.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "onward/ident.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define NOW INT64_C(1795429230000) /* 2026-11-23T10:20:30Z */

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char *const prefixes[] = {"PE", "SP", "HO", "UL", "ZI"};

/* The i-th of 2,000 references: small numbers, large ones and keys. */
static void sample(int i, char out[REF_SIZE])
{
    uint64_t number = (uint64_t)i;
    if (i % 3 == 1)
        number = (number * UINT64_C(17179869)) & ((UINT64_C(1) << 35) - 1);
    else if (i % 3 == 2)
        number = (number << 40) + number * 12345;
    ref_make(prefixes[(size_t)i % COUNT(prefixes)], number, out);
}

static void keys_rise_even_when_the_clock_steps_back(void **state)
{
    (void)state;
    static const int64_t steps[] = {0, 0, 1, 0, -3600000, 5, 3600000, 0, -1, 7200000, 1};
    for (uint64_t seed = 0; seed < 3; seed++) {
        struct id_maker m;
        id_maker_init(&m, seed);
        int64_t last = 0, now = NOW;
        for (int i = 0; i < 50000; i++) {
            now += steps[(size_t)i % COUNT(steps)];
            int64_t id = id_next(&m, now);
            assert_true(id > last);
            last = id;
        }
    }
}

static void a_key_carries_its_time(void **state)
{
    (void)state;
    struct id_maker m;
    id_maker_init(&m, 0);
    int64_t id = id_next(&m, NOW);
    assert_true((id >> 22) == NOW - INT64_C(1704067200000));
    id_maker_init(&m, 0);
    assert_true(id_next(&m, 0) > 0); /* a clock before 2024 */
}

static void a_used_up_millisecond_borrows_from_the_next(void **state)
{
    (void)state;
    for (int64_t now = NOW; now < NOW + 2; now++) { /* an odd and an even one */
        struct id_maker m;
        id_maker_init(&m, 7);
        int64_t first = id_next(&m, now), last = first;
        for (int i = 0; i < 4500000; i++) {
            int64_t id = id_next(&m, now);
            if (id <= last)
                fail_msg("key %d does not rise", i);
            last = id;
        }
        assert_true(last >> 22 > first >> 22);
        assert_true(id_next(&m, now) > last);
    }
}

static void a_seed_repeats_and_no_seed_does_not(void **state)
{
    (void)state;
    struct id_maker a, b, c;
    id_maker_init(&a, 99);
    id_maker_init(&b, 99);
    id_maker_init(&c, 100);
    int same_as_c = 0;
    for (int i = 0; i < 100; i++) {
        int64_t id = id_next(&a, NOW + i);
        assert_true(id == id_next(&b, NOW + i));
        same_as_c += id == id_next(&c, NOW + i);
    }
    assert_true(same_as_c < 3);

    int same = 0;
    id_maker_init(&a, 0);
    id_maker_init(&b, 0);
    for (int i = 0; i < 100; i++)
        same += id_next(&a, NOW + i) == id_next(&b, NOW + i);
    assert_true(same < 3);
}

static void references_go_round(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        char ref[REF_SIZE], back[REF_SIZE];
        sample(i, ref);
        assert_int_equal(strlen(ref), 12);
        assert_memory_equal(ref, prefixes[(size_t)i % COUNT(prefixes)], 2);
        assert_int_equal(ref[2], '-');
        assert_int_equal(ref[7], '-');
        assert_true(ref_parse(ref, back));
        assert_string_equal(back, ref);
    }
}

/* People have these on paper: how they are made can never change. */
static void references_on_paper_stay_as_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *prefix;
        uint64_t number;
        const char *ref;
    } cases[] = {
        {"SP", 0, "SP-0000-000D"},
        {"SP", 1, "SP-VCZ0-8MN6"},
        {"PE", 1, "PE-VCZ0-8MND"},
        {"HO", 12345678901, "HO-4GR6-WADS"},
        {"UL", (UINT64_C(1) << 35) - 1, "UL-2E6K-XCNG"},
        {"SP", UINT64_C(383000000000000001), "SP-WPD7-1HHB"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char ref[REF_SIZE];
        ref_make(cases[i].prefix, cases[i].number, ref);
        assert_string_equal(ref, cases[i].ref);
    }
}

static void any_one_wrong_character_shows(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        char ref[REF_SIZE], wrong[REF_SIZE], out[REF_SIZE];
        sample(i, ref);
        for (size_t at = 0; at < 12; at++) {
            if (ref[at] == '-')
                continue;
            memcpy(wrong, ref, sizeof wrong);
            const char *with = at < 2 ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" : symbols;
            for (; *with; with++) {
                wrong[at] = *with;
                if (*with != ref[at] && ref_parse(wrong, out))
                    fail_msg("%s was read as %s", wrong, out);
            }
        }
    }
}

static void any_two_neighbours_changed_show(void **state)
{
    (void)state;
    int tried = 0;
    for (int i = 0; i < 2000; i++) {
        char ref[REF_SIZE], out[REF_SIZE];
        sample(i, ref);
        for (size_t at = 0; at < 11; at++) {
            size_t next = ref[at + 1] == '-' ? at + 2 : at + 1;
            bool data = at >= 3 || next < 2; /* both of the prefix or both behind it */
            if (!data || ref[at] == '-' || ref[at] == ref[next])
                continue;
            char wrong[REF_SIZE];
            memcpy(wrong, ref, sizeof wrong);
            wrong[at] = ref[next];
            wrong[next] = ref[at];
            tried++;
            if (ref_parse(wrong, out))
                fail_msg("%s was read as %s", wrong, out);
        }
    }
    assert_true(tried > 14000);
}

static int compare_refs(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void distinct_numbers_give_distinct_references(void **state)
{
    (void)state;
    enum { N = 60000 };
    char(*refs)[REF_SIZE] = calloc(N, sizeof *refs);
    assert_non_null(refs);
    for (uint64_t i = 0; i < N; i++) {
        /* a run from 0, a run to 2^35 - 1, and one in steps between them */
        uint64_t k = i / 3, top = (UINT64_C(1) << 35) - 1;
        uint64_t number = i % 3 == 0 ? k : i % 3 == 1 ? top - k : (k + 1) << 20;
        ref_make("SP", number, refs[i]);
    }
    qsort(refs, N, sizeof *refs, compare_refs);
    for (size_t i = 1; i < N; i++)
        if (strcmp(refs[i - 1], refs[i]) == 0)
            fail_msg("%s twice", refs[i]);
    free(refs);
}

static void neighbours_do_not_look_alike(void **state)
{
    (void)state;
    int alike = 0;
    for (uint64_t i = 1; i < 1000; i++) {
        char a[REF_SIZE], b[REF_SIZE];
        ref_make("SP", i, a);
        ref_make("SP", i + 1, b);
        alike += memcmp(a, b, 7) == 0;
    }
    assert_true(alike < 5);
}

static void references_are_read_as_people_write_them(void **state)
{
    (void)state;
    char ref[REF_SIZE], back[REF_SIZE], typed[64];
    int with_0 = 0, with_1 = 0;
    for (uint64_t n = 0; n < 500; n++) {
        ref_make("HO", n, ref);
        size_t len = 0;
        typed[len++] = ' ';
        for (const char *c = ref; *c; c++) {
            bool data = c >= ref + 3;
            with_0 += data && *c == '0';
            with_1 += data && *c == '1';
            if (*c == '-')
                continue;
            char as = data && *c == '0' ? 'o' : data && *c == '1' ? (n % 2 ? 'l' : 'I') : *c;
            typed[len++] = as >= 'A' && as <= 'Z' && n % 3 ? (char)(as + 32) : as;
            if (n % 5 == 0)
                typed[len++] = ' ';
        }
        typed[len] = '\0';
        assert_true(ref_parse(typed, back));
        assert_string_equal(back, ref);
    }
    assert_true(with_0 > 50 && with_1 > 50);
}

static void what_is_no_reference_leaves_out_alone(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "SP",
        "SP-0000",
        "SP-0000-000",
        "SP-0000-0000-0",
        "12-0000-0000",
        "S1-0000-0000",
        "SP-000U-0000",
        "SP_0000_0000",
        "SP-00\xC3\xA9-0000",
        "--",
        "SPSPSPSPSPSP",
        "ZZ-ZZZZ-ZZZZ-ZZZZ",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        char out[REF_SIZE] = "before";
        assert_false(ref_parse(wrong[i], out));
        assert_string_equal(out, "before");
    }
}

/* FIPS 180-4 examples. */
static void sha256_gives_the_published_digests(void **state)
{
    (void)state;
    char hex[SHA256_HEX];
    sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    struct sha256 h; /* in pieces of every length */
    unsigned char digest[32], text[5050];
    size_t at = 0;
    memset(text, 'a', sizeof text);
    sha256_init(&h);
    for (size_t n = 0; n <= 100; at += n++)
        sha256_add(&h, text + at, n);
    assert_int_equal(at, sizeof text);
    sha256_end(&h, digest);
    char pieces[SHA256_HEX];
    hex_encode(digest, sizeof digest, pieces);
    sha256_hex(text, sizeof text, hex);
    assert_string_equal(pieces, hex);
}

static void a_keyed_digest_depends_on_key_and_text(void **state)
{
    (void)state;
    static const unsigned char key[32] = "test key of onward, 32 bytes lo";
    unsigned char other[32];
    char one[33], two[33];
    memcpy(other, key, sizeof other);
    other[31] ^= 1;
    keyed_digest(key, "9990000018", 10, one);
    /* python3 -c "import hmac; print(hmac.new(key, b'9990000018', 'sha256').hexdigest()[:32])" */
    assert_string_equal(one, "da17ee5d161bdef80debe0323d8debd6");
    keyed_digest(other, "9990000018", 10, two);
    assert_string_not_equal(one, two);
    keyed_digest(key, "9990000026", 10, two);
    assert_string_not_equal(one, two);
}

static void random_bytes_differ(void **state)
{
    (void)state;
    unsigned char a[32] = {0}, b[32] = {0};
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_rise_even_when_the_clock_steps_back),
        cmocka_unit_test(a_key_carries_its_time),
        cmocka_unit_test(a_used_up_millisecond_borrows_from_the_next),
        cmocka_unit_test(a_seed_repeats_and_no_seed_does_not),
        cmocka_unit_test(references_go_round),
        cmocka_unit_test(references_on_paper_stay_as_they_are),
        cmocka_unit_test(any_one_wrong_character_shows),
        cmocka_unit_test(any_two_neighbours_changed_show),
        cmocka_unit_test(distinct_numbers_give_distinct_references),
        cmocka_unit_test(neighbours_do_not_look_alike),
        cmocka_unit_test(references_are_read_as_people_write_them),
        cmocka_unit_test(what_is_no_reference_leaves_out_alone),
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(a_keyed_digest_depends_on_key_and_text),
        cmocka_unit_test(random_bytes_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * The manifest of a batch: the whole descriptor of a small package, byte for
 * byte, and what a reader of data packages relies on in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "exchange/manifest.h"

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static const char *const actions[] = {"new", "update", "withdraw", NULL};
static const char *const withheld[] = {"nhs_number", "summary", NULL};
static const struct manifest_column columns[] = {
    {.name = "row_id", .type = "string", .description = "Reference and revision", .is_required = true},
    {.name = "action", .type = "string", .description = "What to do", .is_required = true, .choices = actions},
    {.name = "reply_by", .type = "date", .description = "Siân's \"date\""},
};
static const struct manifest_file files[] = {
    {.path = "handoffs.csv", .bytes = 1234, .rows = 2, .sha256 = HASH, .columns = columns, .column_count = 3},
    {.path = "reply.csv", .bytes = 99, .rows = 0, .sha256 = HASH, .columns = columns, .column_count = 1},
};
static const struct manifest batch = {
    .batch = "mind-salford-20261123-001",
    .title = "Referrals for mind-salford",
    .created = "2026-11-23T02:00:00.000Z",
    .organisation = "mind-salford",
    .run_date = "2026-11-23",
    .profile = "spreadsheet",
    .format = 1,
    .audit_head = HASH,
    .withheld = withheld,
    .files = files,
    .file_count = 2,
};

static const char dialect[] = "      \"dialect\": {\n"
                              "        \"delimiter\": \",\",\n"
                              "        \"lineTerminator\": \"\\r\\n\",\n"
                              "        \"quoteChar\": \"\\\"\",\n"
                              "        \"doubleQuote\": true,\n"
                              "        \"header\": true\n"
                              "      },\n";

static void the_descriptor_is_the_same_bytes_every_time(void **state)
{
    struct buf expected = {0}, first = {0}, second = {0};
    struct err e = {0};
    (void)state;
    buf_str(&expected, "{\n"
                       "  \"profile\": \"tabular-data-package\",\n"
                       "  \"name\": \"mind-salford-20261123-001\",\n"
                       "  \"id\": \"mind-salford-20261123-001\",\n"
                       "  \"title\": \"Referrals for mind-salford\",\n"
                       "  \"created\": \"2026-11-23T02:00:00.000Z\",\n"
                       "  \"onward:format\": 1,\n"
                       "  \"onward:organisation\": \"mind-salford\",\n"
                       "  \"onward:run_date\": \"2026-11-23\",\n"
                       "  \"onward:profile\": \"spreadsheet\",\n"
                       "  \"onward:audit_head\": \"" HASH "\",\n"
                       "  \"onward:withheld\": [\n    \"nhs_number\",\n    \"summary\"\n  ],\n"
                       "  \"resources\": [\n");
    buf_str(&expected, "    {\n"
                       "      \"name\": \"handoffs\",\n"
                       "      \"path\": \"handoffs.csv\",\n"
                       "      \"profile\": \"tabular-data-resource\",\n"
                       "      \"format\": \"csv\",\n"
                       "      \"mediatype\": \"text/csv\",\n"
                       "      \"encoding\": \"utf-8\",\n"
                       "      \"bytes\": 1234,\n"
                       "      \"hash\": \"sha256:" HASH "\",\n"
                       "      \"rows\": 2,\n");
    buf_str(&expected, dialect);
    buf_str(&expected,
            "      \"schema\": {\n"
            "        \"fields\": [\n"
            "          {\n"
            "            \"name\": \"row_id\",\n"
            "            \"type\": \"string\",\n"
            "            \"description\": \"Reference and revision\",\n"
            "            \"constraints\": {\n              \"required\": true\n            }\n"
            "          },\n"
            "          {\n"
            "            \"name\": \"action\",\n"
            "            \"type\": \"string\",\n"
            "            \"description\": \"What to do\",\n"
            "            \"constraints\": {\n"
            "              \"required\": true,\n"
            "              \"enum\": [\n"
            "                \"new\",\n                \"update\",\n                \"withdraw\"\n"
            "              ]\n            }\n"
            "          },\n"
            "          {\n"
            "            \"name\": \"reply_by\",\n"
            "            \"type\": \"date\",\n"
            "            \"description\": \"Siân's \\\"date\\\"\"\n"
            "          }\n"
            "        ],\n"
            "        \"missingValues\": [\n          \"\"\n        ]\n"
            "      }\n"
            "    },\n");
    assert_true(manifest_build(&batch, &first, &e));
    assert_memory_equal(first.data, expected.data, expected.len);
    assert_true(manifest_build(&batch, &second, &e));
    assert_string_equal(buf_text(&first), buf_text(&second));
    buf_free(&expected);
    buf_free(&first);
    buf_free(&second);
}

static void every_file_is_a_resource_with_its_hash_and_schema(void **state)
{
    struct buf text = {0};
    struct err e = {0};
    (void)state;
    assert_true(manifest_build(&batch, &text, &e));
    json_t *package = json_loads(buf_text(&text), JSON_REJECT_DUPLICATES, NULL);
    json_t *resources = json_object_get(package, "resources");
    assert_int_equal(json_array_size(resources), 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *resource = json_array_get(resources, i);
        json_t *fields = json_object_get(json_object_get(resource, "schema"), "fields");
        assert_string_equal(json_string_value(json_object_get(resource, "path")), files[i].path);
        assert_int_equal(json_integer_value(json_object_get(resource, "bytes")), files[i].bytes);
        assert_int_equal(json_integer_value(json_object_get(resource, "rows")), files[i].rows);
        assert_string_equal(json_string_value(json_object_get(resource, "hash")), "sha256:" HASH);
        assert_int_equal(json_array_size(fields), files[i].column_count);
    }
    json_decref(package);
    buf_free(&text);
}

static void what_is_not_known_is_left_out(void **state)
{
    const struct manifest bare = {.batch = "a1-20261123-001", .format = 1, .previous_batch = ""};
    struct buf text = {0};
    struct err e = {0};
    (void)state;
    assert_true(manifest_build(&bare, &text, &e));
    assert_string_equal(buf_text(&text), "{\n"
                                         "  \"profile\": \"tabular-data-package\",\n"
                                         "  \"name\": \"a1-20261123-001\",\n"
                                         "  \"id\": \"a1-20261123-001\",\n"
                                         "  \"onward:format\": 1,\n"
                                         "  \"resources\": []\n"
                                         "}\n");
    buf_free(&text);
}

static void a_text_that_is_not_utf8_is_refused_and_nothing_written(void **state)
{
    const struct manifest_column broken_column = {.name = "a", .type = "string", .description = "caf\xE9"};
    const struct manifest_file broken_file = {
        .path = "a.csv", .sha256 = HASH, .columns = &broken_column, .column_count = 1};
    const char *const broken_list[] = {"fine", "\xFF", NULL};
    const struct manifest broken[] = {
        {.batch = "b", .title = "\xC3"},
        {.batch = "b", .withheld = broken_list},
        {.batch = "b", .files = &broken_file, .file_count = 1},
    };
    struct buf text = {0};
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct err e = {0};
        assert_false(manifest_build(&broken[i], &text, &e));
        assert_int_equal(e.code, ERR_INVALID);
        assert_int_equal(text.len, 0);
    }
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_descriptor_is_the_same_bytes_every_time),
        cmocka_unit_test(every_file_is_a_resource_with_its_hash_and_schema),
        cmocka_unit_test(what_is_not_known_is_left_out),
        cmocka_unit_test(a_text_that_is_not_utf8_is_refused_and_nothing_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

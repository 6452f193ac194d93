/* SPDX-License-Identifier: MIT
 *
 * Reading CSV as spreadsheets, mail programs and accidents leave it: a table
 * of files with the transcript each one must give, then limits, raw bytes,
 * line numbers across read boundaries, and files made at random whose
 * contents are known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "exchange/csv_read.h"
#include "onward/text.h"

/* ---- files that exist only as long as their descriptor */

static int file_of(const void *bytes, size_t n)
{
    int fd = memfd_create("csv", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), n);
    return fd;
}

static struct csv_reader *open_bytes(const void *bytes, size_t n, const struct csv_limits *limits, struct err *e)
{
    return csv_open_fd(file_of(bytes, n), limits, e);
}

static void add_fields(struct buf *out, const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        buf_fmt(out, "%s%s", i ? "|" : "", row->fields[i]);
    }
}

/* What reading gives, as one text: "[a|b]" the header, "2<x|y>" a row with its
 * line, "3!why;" a bad row, "!!why" a failure, "." the end, "refused: why". */
static void transcribe(const void *bytes, size_t n, const struct csv_limits *limits, struct buf *out)
{
    struct err e = {0};
    struct csv_row row;
    struct csv_reader *r = open_bytes(bytes, n, limits, &e);
    buf_clear(out);
    if (r == NULL) {
        buf_fmt(out, "refused: %s", e.text);
        return;
    }
    buf_str(out, "[");
    add_fields(out, csv_header(r));
    buf_str(out, "]");
    enum csv_next got;
    while ((got = csv_next(r, &row, &e)) == CSV_ROW || got == CSV_BAD_ROW) {
        if (got == CSV_BAD_ROW) {
            buf_fmt(out, "%zu!%s;", row.line, e.text);
            continue;
        }
        buf_fmt(out, "%zu<", row.line);
        add_fields(out, &row);
        buf_str(out, ">");
    }
    if (got == CSV_END) {
        buf_str(out, ".");
    } else {
        buf_fmt(out, "!!%s", e.text);
    }
    csv_close(r);
}

#define SAVE_AS " Open it in the spreadsheet program and save it as \"CSV UTF-8 (comma delimited)\"."
#define STRAY                                                                                            \
    " has a double quote where none can stand. A field that holds one must be in double quotes as a "    \
    "whole, and each quote inside it doubled."
#define UNCLOSED " is never closed, so it is not known where its field ends."
#define NO_HEADER "refused: The file has no header row: its first line must name the columns."
#define TOO_MANY " A field that holds the separator must be in double quotes."

#define BYTES(s) s, sizeof(s) - 1
static const struct {
    const char *name, *bytes;
    size_t len;
    const char *transcript;
} files[] = {
    /* ordinary */
    {"crlf", BYTES("a,b\r\n1,2\r\n"), "[a|b]2<1|2>."},
    {"lf", BYTES("a,b\n1,2\n"), "[a|b]2<1|2>."},
    {"cr of old macs", BYTES("a,b\r1,2\r3,4\r"), "[a|b]2<1|2>3<3|4>."},
    {"mixed newlines", BYTES("a,b\r1,2\n3,4\r\n5,6"), "[a|b]2<1|2>3<3|4>4<5|6>."},
    {"no final newline", BYTES("a,b\n1,2"), "[a|b]2<1|2>."},
    {"empty last field at the end of the file", BYTES("a,b\n1,"), "[a|b]2<1|>."},
    {"header alone", BYTES("a,b\r\n"), "[a|b]."},
    {"header alone without newline", BYTES("a"), "[a]."},
    {"one column", BYTES("a\n1\n\n2\n"), "[a]2<1>4<2>."},
    {"quoted separator, quote and newline", BYTES("a,b\n\"1,\"\"x\"\"\",\"y\r\nz\"\n3,4\n"),
     "[a|b]2<1,\"x\"|y\r\nz>4<3|4>."},
    {"empty and quoted empty are the same", BYTES("a,b,c\n,\"\",x\n"), "[a|b|c]2<||x>."},
    {"blanks round unquoted fields go, quoted stay", BYTES("a,b\n  1 ,\" 2 \" \n"), "[a|b]2<1| 2 >."},
    {"nbsp is text", BYTES("a,b\n\xC2\xA0x,y\n"), "[a|b]2<\xC2\xA0x|y>."},
    {"utf-8 text", BYTES("a,b\nSi\xC3\xA2n,\xE2\x82\xAC\xF0\x9F\x98\x80\n"),
     "[a|b]2<Si\xC3\xA2n|\xE2\x82\xAC\xF0\x9F\x98\x80>."},
    {"spreadsheet error text is text", BYTES("a,b\n#REF!,=1+1\n"), "[a|b]2<#REF!|=1+1>."},

    /* delimiters */
    {"semicolons", BYTES("a;b\n1,5;2\n"), "[a|b]2<1,5|2>."},
    {"tabs", BYTES("a\tb\tc\n1\t\t3\n"), "[a|b|c]2<1||3>."},
    {"tabs with a row of tabs", BYTES("a\tb\n\t\n1\t2\n"), "[a|b]3<1|2>."},
    {"delimiters inside quotes do not count", BYTES("\"a,x,y,z\";b\n1;2\n"), "[a,x,y,z|b]2<1|2>."},
    {"most frequent delimiter", BYTES("a,x;b;c\n1;2;3\n"), "[a,x|b|c]2<1|2|3>."},
    {"as many commas as semicolons", BYTES("a,b;c\n"),
     "refused: The header row holds as many commas as semicolons, so it is not clear which of them "
     "separates the columns. Separate them by commas."},

    /* blank rows, extra separators, wrong counts */
    {"blank rows are skipped and counted", BYTES("\r\n\r\na,b\r\n\r\n  \r\n1,2\r\n,\r\n3,4\r\n"),
     "[a|b]6<1|2>8<3|4>."},
    {"trailing separators", BYTES("a,b,,,\n1,2,,,\n3,4\n5,6,,\n"), "[a|b]2<1|2>3<3|4>4<5|6>."},
    {"too many fields", BYTES("a,b\n1,2,3\n4,5\n"),
     "[a|b]2!Line 2 has 3 fields where the header has 2." TOO_MANY ";3<4|5>."},
    {"too few fields", BYTES("a,b,c\n1,2\n4,5,6\n"),
     "[a|b|c]2!Line 2 has 2 fields where the header has 3.;3<4|5|6>."},
    {"lines after quoted newlines", BYTES("a,b\n\"1\n\n1\",2\n\n9\n3,4\n"),
     "[a|b]2<1\n\n1|2>6!Line 6 has 1 fields where the header has 2.;7<3|4>."},

    /* headers */
    {"header names are trimmed", BYTES(" a ,\"b \",\"\xC2\xA0""c\"\n1,2,3\n"), "[a|b|c]2<1|2|3>."},
    {"quoted newline in the header", BYTES("\"a\nx\",b\n1,2\n"), "[a\nx|b]3<1|2>."},
    {"empty file", BYTES(""), "refused: The file is empty: it has not even a header row."},
    {"only blank lines", BYTES("\r\n \r\n\t\n"), NO_HEADER},
    {"only separators", BYTES(",,,\n,,\n"), NO_HEADER},
    {"only a bom", BYTES("\xEF\xBB\xBF"), NO_HEADER},
    {"only ctrl-z", BYTES("\x1A"), NO_HEADER},
    {"only quotes", BYTES("\"\"\n"), NO_HEADER},
    {"column without a name", BYTES("a,,c\n"), "refused: Line 1: column 2 of the header has no name."},
    {"same column twice", BYTES("\nDate of birth,b,date_OF_Birth\n"),
     "refused: Line 2: the header names \"date_OF_Birth\" twice, in columns 1 and 3."},

    /* byte order marks and encodings */
    {"bom", BYTES("\xEF\xBB\xBF" "a,b\n1,2\n"), "[a|b]2<1|2>."},
    {"bom before a quoted header", BYTES("\xEF\xBB\xBF\"name, full\",\"x\"\n1,2\n"), "[name, full|x]2<1|2>."},
    {"windows-1252", BYTES("a,b\nSi\xE2n \x80,\x93x\x94\n"),
     "[a|b]2<Si\xC3\xA2n \xE2\x82\xAC|\xE2\x80\x9Cx\xE2\x80\x9D>."},
    {"windows-1252 quoted and in the header", BYTES("pr\xE9nom;b\n\"Zo\xEB;\";\xFF\n"),
     "[pr\xC3\xA9nom|b]2<Zo\xC3\xAB;|\xC3\xBF>."},
    {"undefined in windows-1252", BYTES("a,b\n\xE9,\x81\n1,2\n\x8D,1\n1,\x8F\n1,\x90\n1,\x9D\n\xE9,3\n"),
     "[a|b]2!Line 2: field 2 holds a byte that is no character in Windows-1252. Type the field again.;"
     "3<1|2>"
     "4!Line 4: field 1 holds a byte that is no character in Windows-1252. Type the field again.;"
     "5!Line 5: field 2 holds a byte that is no character in Windows-1252. Type the field again.;"
     "6!Line 6: field 2 holds a byte that is no character in Windows-1252. Type the field again.;"
     "7!Line 7: field 2 holds a byte that is no character in Windows-1252. Type the field again.;"
     "8<\xC3\xA9|3>."},
    {"one broken byte among utf-8 does not turn the file", BYTES("a,b\nSi\xC3\xA2n,\xC3\xA9\nx\xE9,2\n3,4\n"),
     "[a|b]2<Si\xC3\xA2n|\xC3\xA9>"
     "3!Line 3: field 1 holds a byte that is no character in UTF-8. Type the field again.;4<3|4>."},
    {"a bom promises utf-8", BYTES("\xEF\xBB\xBF" "a,b\n\xE9,2\n3,4\n"),
     "[a|b]2!Line 2: field 1 holds a byte that is no character in UTF-8. Type the field again.;3<3|4>."},
    {"surrogates and overlong forms are no utf-8", BYTES("\xEF\xBB\xBF" "a,b\n\xED\xA0\x80,2\n\xC0\xAF,4\n"),
     "[a|b]2!Line 2: field 1 holds a byte that is no character in UTF-8. Type the field again.;"
     "3!Line 3: field 1 holds a byte that is no character in UTF-8. Type the field again.;."},
    {"utf-8 cut in the last character", BYTES("\xEF\xBB\xBF" "a,b\n1,\xC3"),
     "[a|b]2!Line 2: field 2 holds a byte that is no character in UTF-8. Type the field again.;."},
    {"utf-16 little endian", BYTES("\xFF\xFE" "a\0,\0b\0\n\0"),
     "refused: This is UTF-16 (\"Unicode text\"), not a CSV file in UTF-8." SAVE_AS},
    {"utf-16 big endian", BYTES("\xFE\xFF\0a\0,\0b\0\n"),
     "refused: This is UTF-16 (\"Unicode text\"), not a CSV file in UTF-8." SAVE_AS},
    {"utf-16 without a mark", BYTES("a\0,\0b\0\n\0"),
     "refused: This is UTF-16 (\"Unicode text\"), not a CSV file in UTF-8." SAVE_AS},
    {"utf-16 big endian without a mark", BYTES("\0a\0,\0b\0\n"),
     "refused: This is UTF-16 (\"Unicode text\"), not a CSV file in UTF-8." SAVE_AS},
    {"workbook", BYTES("PK\x03\x04\x14\0\6\0"),
     "refused: This is a workbook (.xlsx or .ods), not a CSV file in UTF-8." SAVE_AS},
    {"old workbook", BYTES("\xD0\xCF\x11\xE0\xA1\xB1"),
     "refused: This is an old Excel workbook (.xls), not a CSV file in UTF-8." SAVE_AS},
    {"pdf", BYTES("%PDF-1.7\n"), "refused: This is a PDF, not a CSV file in UTF-8." SAVE_AS},

    /* what is no text, and what is no CSV */
    {"nul", BYTES("a,b\r\n1,2\r\n\r\nx\0y,2\n"),
     "refused: Line 4 holds a NUL byte, which no text has. The file is damaged or of another kind." SAVE_AS},
    {"nul at the end", BYTES("a,b\n1,2\n\0"),
     "refused: Line 3 holds a NUL byte, which no text has. The file is damaged or of another kind." SAVE_AS},
    {"ctrl-z at the end", BYTES("a,b\r\n1,2\r\n\x1A"), "[a|b]2<1|2>."},
    {"ctrl-z elsewhere is text", BYTES("a,b\n1\x1A,2\n"), "[a|b]2<1\x1A|2>."},
    {"quote in an unquoted field", BYTES("a,b\n1,2\nO\"Brien,x\n"), "[a|b]2<1|2>!!Line 3" STRAY},
    {"text after a closing quote", BYTES("a,b\n\"x\"y,2\n3,4\n"), "[a|b]!!Line 2" STRAY},
    {"text after a closing quote, lines later", BYTES("a,b\n\"x\n\n\"y,2\n"), "[a|b]!!Line 4" STRAY},
    {"stray quote in the header", BYTES("a,b\"c\n1,2\n"), "refused: Line 1" STRAY},
    {"unclosed quote", BYTES("a,b\n1,2\n3,\"4\n5,6\n7,8\n"), "[a|b]2<1|2>!!The quote opened on line 3" UNCLOSED},
    {"unclosed quote after a quoted newline", BYTES("a,b\n\"1\n1\",\"2\n3,4\n"),
     "[a|b]!!The quote opened on line 3" UNCLOSED},
    {"unclosed quote in the header", BYTES("\n\"a,b\n1,2\n"), "refused: The quote opened on line 2" UNCLOSED},
    {"quote alone at the end", BYTES("a,b\n1,\""), "[a|b]!!The quote opened on line 2" UNCLOSED},
};

static void every_kind_of_file_reads_or_is_refused_as_told(void **state)
{
    struct buf got = {0};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        transcribe(files[i].bytes, files[i].len, &csv_reply_limits, &got);
        if (strcmp(buf_text(&got), files[i].transcript) != 0) {
            fail_msg("%s:\n  got    %s\n  wanted %s", files[i].name, buf_text(&got), files[i].transcript);
        }
    }
    buf_free(&got);
}

static void encoding_and_delimiter_are_reported(void **state)
{
    static const struct {
        const char *bytes;
        enum csv_encoding encoding;
        char delimiter;
    } cases[] = {
        {"a,b\n", CSV_UTF8, ','},
        {"a;\xC3\xA9\n", CSV_UTF8, ';'},
        {"a\t\xE9\n", CSV_WINDOWS_1252, '\t'},
        {"alone\n", CSV_UTF8, ','},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        struct csv_reader *r = open_bytes(cases[i].bytes, strlen(cases[i].bytes), &csv_reply_limits, &e);
        assert_non_null(r);
        assert_int_equal(csv_encoding(r), cases[i].encoding);
        assert_int_equal(csv_delimiter(r), cases[i].delimiter);
        csv_close(r);
    }
    assert_string_equal(csv_encoding_name(CSV_WINDOWS_1252), "Windows-1252");
}

static void columns_are_found_by_any_spelling(void **state)
{
    static const char bytes[] = "Row ID,DATE of_birth,\"your\xC2\xA0reference\"\n";
    struct err e = {0};
    struct csv_reader *r = open_bytes(bytes, sizeof bytes - 1, &csv_reply_limits, &e);
    (void)state;
    assert_non_null(r);
    assert_int_equal(csv_column(r, "row_id"), 0);
    assert_int_equal(csv_column(r, "date_of_birth"), 1);
    assert_int_equal(csv_column(r, "your_reference"), 2);
    assert_int_equal(csv_column(r, "row"), -1);
    assert_int_equal(csv_column(r, "row_id_2"), -1);
    csv_close(r);
}

static void raw_bytes_are_the_row_as_it_came(void **state)
{
    static const char bytes[] = "\n h ,\"i\"\r\n \xE9, \"2\r\n\"\"\" ,,\r\nx\n\n7,8\r9,\x81";
    static const struct {
        enum csv_next kind;
        const char *raw;
    } rows[] = {
        {CSV_ROW, " \xE9, \"2\r\n\"\"\" ,,"},
        {CSV_BAD_ROW, "x"},
        {CSV_ROW, "7,8"},
        {CSV_BAD_ROW, "9,\x81"},
    };
    struct err e = {0};
    struct csv_row row;
    struct csv_reader *r = open_bytes(bytes, sizeof bytes - 1, &csv_reply_limits, &e);
    (void)state;
    assert_non_null(r);
    assert_int_equal(csv_header(r)->raw_len, 7);
    assert_memory_equal(csv_header(r)->raw, " h ,\"i\"", 7);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(csv_next(r, &row, &e), rows[i].kind);
        assert_int_equal(row.raw_len, strlen(rows[i].raw));
        assert_memory_equal(row.raw, rows[i].raw, row.raw_len);
    }
    assert_int_equal(csv_next(r, &row, &e), CSV_END);
    assert_int_equal(csv_next(r, &row, &e), CSV_END);
    csv_close(r);
}

static void a_failed_reader_stays_failed(void **state)
{
    static const char bytes[] = "a,b\nx\"y,2\n3,4\n";
    struct err first = {0}, again = {0};
    struct csv_row row;
    struct csv_reader *r = open_bytes(bytes, sizeof bytes - 1, &csv_reply_limits, &first);
    (void)state;
    assert_non_null(r);
    assert_int_equal(csv_next(r, &row, &first), CSV_FAILED);
    assert_int_equal(csv_next(r, &row, &again), CSV_FAILED);
    assert_string_equal(first.text, again.text);
    assert_int_equal(first.code, ERR_INVALID);
    csv_close(r);
}

static void limits_refuse_with_the_number(void **state)
{
    static const struct {
        struct csv_limits limits;
        const char *bytes, *transcript;
    } cases[] = {
        {{15, 9, 9, 9, 99}, "a,b\n1,2\n3,4\n5,6", "[a|b]2<1|2>3<3|4>4<5|6>."},
        {{14, 9, 9, 9, 99}, "a,b\n1,2\n3,4\n5,6", "refused: The file is 15 bytes long; the limit is 14."},
        {{99, 2, 9, 9, 99}, "a,b\n1,2\n\n,\n3,4\n", "[a|b]2<1|2>5<3|4>."},
        {{99, 1, 9, 9, 99}, "a,b\n1,2\n3,4\n", "[a|b]2<1|2>!!The file has more than 1 rows."},
        {{99, 9, 2, 9, 99}, "a,b,,\n1,2\n", "[a|b]2<1|2>."},
        {{99, 9, 2, 9, 99}, "a,b,c\n1,2\n", "refused: Line 1: the header has 3 columns; the limit is 2."},
        {{99, 9, 9, 3, 99}, "a,b\nxyz,2\nwxyz,2\n3,4\n",
         "[a|b]2<xyz|2>3!Line 3: field 1 is longer than 3 bytes.;4<3|4>."},
        {{99, 9, 9, 3, 99}, "abcd,b\n", "refused: Line 1: field 1 is longer than 3 bytes."},
        {{99, 9, 9, 9, 8}, "a,b\n1,\"2\n3,4\n5,6\n",
         "[a|b]!!The row that begins on line 2 is longer than 8 bytes. Most likely a quote opened on line 2 "
         "is never closed."},
    };
    struct buf got = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        transcribe(cases[i].bytes, strlen(cases[i].bytes), &cases[i].limits, &got);
        assert_string_equal(buf_text(&got), cases[i].transcript);
    }
    buf_free(&got);
}

static long peak_kib(void)
{
    struct rusage u;
    assert_int_equal(getrusage(RUSAGE_SELF, &u), 0);
    return u.ru_maxrss;
}

/* 200 MB behind one quote: refused at the row limit, and the memory never used. */
static void a_quote_bomb_is_refused_early(void **state)
{
    enum { BLOCK = 1 << 20, BLOCKS = 200 };
    char *block = malloc(BLOCK);
    int fd = file_of("a,b\n1,2\n3,\"", 11);
    struct err e = {0};
    struct csv_row row;
    (void)state;
    memset(block, 'x', BLOCK);
    for (int i = 0; i < BLOCKS; i++) {
        assert_int_equal(write(fd, block, BLOCK), BLOCK);
    }
    long before = peak_kib();
    struct csv_reader *r = csv_open_fd(fd, &csv_import_limits, &e);
    assert_non_null(r);
    assert_int_equal(csv_next(r, &row, &e), CSV_ROW);
    assert_int_equal(csv_next(r, &row, &e), CSV_FAILED);
    assert_string_equal(e.text, "The row that begins on line 3 is longer than 1048576 bytes. Most likely a "
                                "quote opened on line 3 is never closed.");
    csv_close(r);
    assert_true(peak_kib() - before < 16 * 1024);
    free(block);
}

static void sixty_five_thousand_columns_are_refused(void **state)
{
    struct buf file = {0}, got = {0};
    (void)state;
    for (int i = 0; i < 65000; i++) {
        buf_fmt(&file, "%sc%d", i ? "," : "", i);
    }
    buf_str(&file, "\n1,2\n");
    transcribe(file.data, file.len, &csv_import_limits, &got);
    assert_string_equal(buf_text(&got), "refused: Line 1: the header has 65000 columns; the limit is 256.");

    buf_clear(&file);
    buf_str(&file, "a,b\n1,2");
    for (int i = 2; i < 65000; i++) {
        buf_str(&file, ",3");
    }
    buf_str(&file, "\n4,5");
    for (int i = 2; i < 65000; i++) {
        buf_str(&file, ",");
    }
    transcribe(file.data, file.len, &csv_import_limits, &got);
    assert_string_equal(buf_text(&got),
                        "[a|b]2!Line 2 has 65000 fields where the header has 2." TOO_MANY ";3<4|5>.");
    buf_free(&file);
    buf_free(&got);
}

static void a_field_at_its_limit_is_kept_and_over_it_refused(void **state)
{
    struct buf file = {0};
    struct err e = {0};
    struct csv_row row;
    (void)state;
    for (size_t n = csv_reply_limits.field_bytes; n <= csv_reply_limits.field_bytes + 1; n++) {
        buf_clear(&file);
        buf_str(&file, "a,b\n\"");
        for (size_t i = 0; i < n; i++) {
            buf_char(&file, i % 1000 == 0 ? '\n' : 'x');
        }
        buf_str(&file, "\",2\n3,4\n");
        struct csv_reader *r = open_bytes(file.data, file.len, &csv_reply_limits, &e);
        assert_non_null(r);
        bool fits = n == csv_reply_limits.field_bytes;
        assert_int_equal(csv_next(r, &row, &e), fits ? CSV_ROW : CSV_BAD_ROW);
        assert_int_equal(row.raw_len, n + 4);
        if (fits) {
            assert_int_equal(strlen(row.fields[0]), n);
        }
        assert_int_equal(csv_next(r, &row, &e), CSV_ROW);
        assert_int_equal(row.line, 2 + (n + 999) / 1000 + 1);
        csv_close(r);
    }
    buf_free(&file);
}

static size_t count_of(const struct buf *file, const char *what)
{
    size_t n = 0;
    for (const char *s = buf_text(file); (s = strstr(s, what)) != NULL; s += strlen(what)) {
        n++;
    }
    return n;
}

/* Every alignment of a row ending with the 64 KiB at which the file is read. */
static void nothing_depends_on_where_a_read_ends(void **state)
{
    static const char *const endings[] = {"\r\n", "\n", "\r"};
    struct buf file = {0};
    struct err e = {0};
    struct csv_row row;
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        for (size_t shift = 0; shift < 24; shift++) {
            buf_clear(&file);
            buf_fmt(&file, "a,b%s", endings[k]);
            size_t pad = 65536 - 12 + shift - file.len;
            for (size_t i = 0; i < pad; i++) {
                buf_char(&file, i % 64 == 60 ? ',' : 'x');
                if (i % 64 == 63) {
                    buf_str(&file, endings[k]);
                    i += strlen(endings[k]);
                }
            }
            buf_fmt(&file, "%s\"\xC3\xA9,%s\",2%s\xC3\xA9,4", endings[k], endings[k], endings[k]);
            struct csv_reader *r = open_bytes(file.data, file.len, &csv_reply_limits, &e);
            assert_non_null(r);
            assert_int_equal(csv_encoding(r), CSV_UTF8);
            enum csv_next got;
            size_t line = 0;
            bool seen = false;
            while ((got = csv_next(r, &row, &e)) != CSV_END) {
                assert_true(got == CSV_ROW || got == CSV_BAD_ROW);
                assert_true(row.line > line);
                line = row.line;
                if (got == CSV_ROW && strncmp(row.fields[0], "\xC3\xA9,", 3) == 0) {
                    assert_string_equal(row.fields[0] + 3, endings[k]);
                    seen = true;
                }
            }
            assert_true(seen);
            assert_int_equal(line, count_of(&file, endings[k]) + 1);
            assert_string_equal(row.fields[0], "\xC3\xA9");
            csv_close(r);
        }
    }
    buf_free(&file);
}

/* ---- files made at random */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static size_t below(uint64_t *seed, size_t n)
{
    return (size_t)(next_random(seed) % n);
}

static const char *pick_ending(uint64_t *seed)
{
    static const char *const endings[] = {"\r\n", "\n", "\r"};
    return endings[below(seed, 3)];
}

/* Writes a field whose value is known, quoted where it must be and sometimes where not. */
static void add_field(struct buf *file, struct buf *value, size_t *lines, char delimiter, uint64_t *seed)
{
    static const char *const parts[] = {"x", "\xC3\xA9", "\"", ",", ";", "\t", " ", "'", "=1"};
    bool quote = below(seed, 4) == 0;
    size_t n = below(seed, 5);
    struct buf body = {0};
    for (size_t i = 0; i < n; i++) {
        bool newline = below(seed, 12) == 0;
        /* LF alone: a CR after it would be a second line, before it the same */
        const char *part = newline ? "\n" : parts[below(seed, sizeof parts / sizeof *parts)];
        buf_str(&body, part);
        *lines += newline;
        quote = quote || newline || *part == '"' || *part == delimiter || *part == ' ' || *part == '\t';
    }
    buf_str(value, buf_text(&body));
    if (quote) {
        buf_char(file, '"');
    }
    for (size_t i = 0; i < body.len; i++) {
        buf_fmt(file, body.data[i] == '"' ? "\"\"" : "%c", body.data[i]);
    }
    if (quote) {
        buf_char(file, '"');
    }
    buf_free(&body);
}

static void random_files_read_back_what_was_written(void **state)
{
    struct buf file = {0}, expected = {0}, got = {0};
    uint64_t seed = 20261123;
    (void)state;
    for (int round = 0; round < 300; round++) {
        char delimiter = ",;\t"[below(&seed, 3)];
        size_t line = 2;
        buf_clear(&file);
        buf_clear(&expected);
        buf_fmt(&file, "%sa%cb%c\"c\"%s", below(&seed, 2) ? "\xEF\xBB\xBF" : "", delimiter, delimiter,
                pick_ending(&seed));
        buf_str(&expected, "[a|b|c]");
        size_t rows = below(&seed, 20);
        for (size_t i = 0; i < rows; i++) {
            if (below(&seed, 5) == 0) {
                buf_str(&file, "\r\n \r\n");
                line += 2;
            }
            size_t lines = 0;
            buf_fmt(&expected, "%zu<always", line);
            buf_str(&file, "always");
            for (int k = 0; k < 2; k++) {
                buf_char(&file, delimiter);
                buf_char(&expected, '|');
                add_field(&file, &expected, &lines, delimiter, &seed);
            }
            buf_str(&expected, ">");
            if (below(&seed, 4) == 0) {
                buf_fmt(&file, "%c%c", delimiter, delimiter);
            }
            /* never LF after a CR of the line before: that would be one ending */
            buf_str(&file, below(&seed, 2) ? "\r\n" : "\n");
            line += lines + 1;
        }
        buf_str(&expected, ".");
        transcribe(file.data, file.len, &csv_reply_limits, &got);
        assert_string_equal(buf_text(&got), buf_text(&expected));
    }
    buf_free(&file);
    buf_free(&expected);
    buf_free(&got);
}

/* Any bytes at all: reading ends, lines only go forward, and raw rows lie in the file in order. */
static void any_bytes_end_in_rows_or_an_error(void **state)
{
    static const char alphabet[] = "\",;\t\r\n ab\xC3\xA9\x81\x1A";
    uint64_t seed = 7;
    (void)state;
    for (int round = 0; round < 4000; round++) {
        char bytes[64] = "a,b\n";
        size_t n = 4 + below(&seed, sizeof bytes - 4);
        struct err e = {0};
        struct csv_row row;
        for (size_t i = 4; i < n; i++) {
            bytes[i] = alphabet[below(&seed, sizeof alphabet - 1)];
        }
        struct csv_reader *r = open_bytes(bytes, n, &csv_reply_limits, &e);
        if (r == NULL) {
            assert_true(e.text[0] != '\0');
            continue;
        }
        size_t line = 1, at = 0, rows = 0;
        enum csv_next got;
        while ((got = csv_next(r, &row, &e)) == CSV_ROW || got == CSV_BAD_ROW) {
            assert_true(row.line > line && ++rows < sizeof bytes);
            line = row.line;
            const char *found = memmem(bytes + at, n - at, row.raw, row.raw_len);
            assert_non_null(found);
            at = (size_t)(found - bytes) + row.raw_len;
        }
        csv_close(r);
    }
}

static void what_is_no_file_is_refused(void **state)
{
    struct err e = {0};
    (void)state;
    assert_null(csv_open("/nonexistent/reply.csv", &csv_reply_limits, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_null(csv_open("/", &csv_reply_limits, &e));
    assert_int_equal(e.code, ERR_INVALID);
    assert_null(csv_open("/dev/zero", &csv_reply_limits, &e));
    assert_int_equal(e.code, ERR_INVALID);
    csv_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_file_reads_or_is_refused_as_told),
        cmocka_unit_test(encoding_and_delimiter_are_reported),
        cmocka_unit_test(columns_are_found_by_any_spelling),
        cmocka_unit_test(raw_bytes_are_the_row_as_it_came),
        cmocka_unit_test(a_failed_reader_stays_failed),
        cmocka_unit_test(limits_refuse_with_the_number),
        cmocka_unit_test(a_quote_bomb_is_refused_early),
        cmocka_unit_test(sixty_five_thousand_columns_are_refused),
        cmocka_unit_test(a_field_at_its_limit_is_kept_and_over_it_refused),
        cmocka_unit_test(nothing_depends_on_where_a_read_ends),
        cmocka_unit_test(random_files_read_back_what_was_written),
        cmocka_unit_test(any_bytes_end_in_rows_or_an_error),
        cmocka_unit_test(what_is_no_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

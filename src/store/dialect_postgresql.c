/* SPDX-License-Identifier: MIT
 *
 * Reading SQL text just far enough for PostgreSQL: where comments and quotes
 * end, whole words, and the numbers of parameters. Two words of schema.sql
 * mean less there than in SQLite: INTEGER (32 bits) and BLOB (unknown).
 */
#include <ctype.h>
#include <string.h>

#include "store/postgresql.h"

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Length of what stands at `s` and is not to be looked into: comment, string, quoted name; 0 for
 * anything else. */
static size_t opaque(const char *s)
{
    const char *end;
    if (text_starts(s, "--"))
        return strcspn(s, "\n");
    if (text_starts(s, "/*"))
        return (end = strstr(s + 2, "*/")) ? (size_t)(end + 2 - s) : strlen(s);
    if (*s == '\'' || *s == '"') /* a doubled quote inside is the start of the next */
        return (end = strchr(s + 1, *s)) ? (size_t)(end + 1 - s) : strlen(s);
    return 0;
}

static const char *translated(const char *word, size_t len)
{
    static const char *const words[][2] = {{"INTEGER", "BIGINT"}, {"BLOB", "BYTEA"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i][0]) == len && memcmp(words[i][0], word, len) == 0)
            return words[i][1];
    return NULL;
}

void pg_dialect(const char *sql, struct buf *out)
{
    while (*sql) {
        size_t len = opaque(sql);
        const char *other = NULL;
        if (!len) {
            while (is_word(sql[len]))
                len++;
            other = translated(sql, len);
        }
        len = len ? len : 1;
        buf_add(out, other ? other : sql, other ? strlen(other) : len);
        sql += len;
    }
}

int pg_parameters(const char *sql)
{
    int count = 0;
    while (*sql) {
        size_t len = opaque(sql);
        if (!len && *sql == '$') {
            int n = 0;
            for (len = 1; len < 5 && isdigit((unsigned char)sql[len]); len++)
                n = n * 10 + sql[len] - '0';
            count = n > count ? n : count;
        }
        sql += len ? len : 1;
    }
    return count;
}

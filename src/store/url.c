/* SPDX-License-Identifier: MIT
 *
 * The url of a store: which engine, where, and how it journals. PostgreSQL's
 * own urls go to libpq as they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "store/driver.h"

static const struct {
    const char *name;
    enum journal journal;
} journals[] = {
    {"wal", JOURNAL_WAL},
    {"truncate", JOURNAL_TRUNCATE},
};

static bool parse_option(const char *option, struct store_url *out, struct err *e)
{
    static const char journal_is[] = "journal=";
    if (text_starts(option, journal_is))
        for (size_t i = 0; i < sizeof journals / sizeof *journals; i++)
            if (strcmp(option + strlen(journal_is), journals[i].name) == 0) {
                out->journal = journals[i].journal;
                return true;
            }
    return err_set(
        e, ERR_INVALID,
        "The store's address has an unknown option \"%s\". Known: journal=wal, journal=truncate.",
        option);
}

/* A relative path gets ./ in front: SQLite gives other meanings to "file:..." and ":memory:". */
static char *file_path(const char *text, size_t len)
{
    struct buf b = {0};
    if (*text != '/')
        buf_str(&b, "./");
    buf_add(&b, text, len);
    return b.data;
}

bool store_url_parse(const char *url, struct store_url *out, struct err *e)
{
    static const char scheme[] = "sqlite:";
    *out = (struct store_url){.engine = DB_SQLITE};
    if (text_starts(url, "postgresql://") || text_starts(url, "postgres://")) {
        out->engine = DB_POSTGRESQL;
        out->place = xstrdup(url);
        return true;
    }
    bool has_scheme = text_starts(url, scheme);
    const char *path = has_scheme ? url + strlen(scheme) : url;
    const char *option = has_scheme ? strchr(path, '?') : NULL;
    size_t len = option ? (size_t)(option - path) : strlen(path);
    if (!len)
        return err_set(
            e, ERR_INVALID,
            "The store's address is empty. Give a path, sqlite:PATH or postgresql://...");
    if (!has_scheme && strstr(path, "://"))
        return err_set(e, ERR_INVALID,
                       "The store's address names an unknown engine. Give a path, sqlite:PATH or "
                       "postgresql://...");
    if (option && !parse_option(option + 1, out, e))
        return false;
    out->place = file_path(path, len);
    return true;
}

void store_url_clear(struct store_url *url)
{
    free(url->place);
    *url = (struct store_url){0};
}

/* SPDX-License-Identifier: MIT
 *
 * Fresh places for stores (see testdb.h): a folder of its own for SQLite, a
 * database of its own for PostgreSQL.
 */
#include "support/testdb.h"

#include <ftw.h>
#include <postgresql/libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "onward/err.h"
#include "onward/text.h"

static const char store_name[] = "/store.db";

static const char *variable(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

bool testdb_is_sqlite(void)
{
    const char *engine = variable("ONWARD_TEST_ENGINE", "sqlite");
    if (strcmp(engine, "sqlite") != 0 && strcmp(engine, "postgresql") != 0)
        die("ONWARD_TEST_ENGINE is %s; it can be sqlite or postgresql", engine);
    return strcmp(engine, "sqlite") == 0;
}

const char *testdb_folder(void)
{
    struct buf b = {0};
    buf_fmt(&b, "%s/onward-test-XXXXXX", variable("TMPDIR", "/tmp"));
    if (!mkdtemp(b.data))
        die("cannot make a folder like %s", b.data);
    return b.data;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

void testdb_folder_drop(const char *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free((char *)folder);
}

/* Runs CREATE DATABASE or DROP DATABASE on the server of ONWARD_TEST_PG. */
static void on_server(const char *sql)
{
    PGconn *conn = PQconnectdb(variable("ONWARD_TEST_PG", ""));
    PGresult *r = PQexec(conn, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        die("ONWARD_TEST_PG: %s: %s", sql, PQerrorMessage(conn));
    PQclear(r);
    PQfinish(conn);
}

static const char *postgresql_url(void)
{
    static int made;
    struct buf url = {0}, sql = {0};
    const char *base = variable("ONWARD_TEST_PG", NULL);
    if (!base)
        die("ONWARD_TEST_ENGINE=postgresql needs ONWARD_TEST_PG, which tests/support/postgres.sh "
            "prints");
    buf_fmt(&url, "%s%cdbname=onward_test_%d_%d", base, strchr(base, '?') ? '&' : '?',
            (int)getpid(), ++made);
    buf_fmt(&sql, "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
            strrchr(url.data, '=') + 1);
    on_server(sql.data);
    buf_free(&sql);
    return url.data;
}

const char *testdb_url(void)
{
    if (!testdb_is_sqlite())
        return postgresql_url();
    const char *folder = testdb_folder();
    const char *journal = variable("ONWARD_TEST_JOURNAL", NULL);
    struct buf url = {0};
    buf_fmt(&url, "sqlite:%s%s%s%s", folder, store_name, journal ? "?journal=" : "",
            journal ? journal : "");
    free((char *)folder);
    return url.data;
}

void testdb_drop(const char *url)
{
    if (text_starts(url, "sqlite:")) {
        char *folder = xstrdup(url + strlen("sqlite:"));
        *strstr(folder, store_name) = '\0';
        testdb_folder_drop(folder);
    } else {
        struct buf sql = {0};
        buf_fmt(&sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", strrchr(url, '=') + 1);
        on_server(sql.data);
        buf_free(&sql);
    }
    free((char *)url);
}

/* SPDX-License-Identifier: MIT
 *
 * Backup and restore of a PostgreSQL store by pg_dump and pg_restore, which
 * are the server's own and know its catalogue. They get the connection in
 * their environment, never on a command line that others can read.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/postgresql.h"

#define ENVIRONMENT 64 /* more than libpq has settings */

/* PGHOST, PGDATABASE, PGPASSWORD .. as the connection has them, and what a program needs to run;
 * NULL at the end. */
static void environment_of(PGconn *conn, char *out[ENVIRONMENT])
{
    static const char *const kept[] = {"PATH", "HOME", "LANG", "LC_ALL"};
    size_t n = 0;
    struct buf b = {0};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = getenv(kept[i]);
        buf_clear(&b);
        buf_fmt(&b, "%s=%s", kept[i], value ? value : "");
        if (value)
            out[n++] = xstrdup(b.data);
    }
    PQconninfoOption *options = pq.PQconninfo(conn);
    for (PQconninfoOption *o = options; o && o->keyword && n < ENVIRONMENT - 1; o++) {
        buf_clear(&b);
        buf_fmt(&b, "%s=%s", o->envvar ? o->envvar : "", o->val ? o->val : "");
        if (o->envvar && o->val && *o->val)
            out[n++] = xstrdup(b.data);
    }
    pq.PQconninfoFree(options);
    buf_free(&b);
    out[n] = NULL;
}

/* The first line of what the program said; the lines after it can hold values. */
static void first_line(int fd, struct buf *out)
{
    char chunk[512];
    ssize_t n;
    while ((n = read(fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0 && !memchr(buf_text(out), '\n', out->len))
            buf_add(out, chunk, (size_t)n);
    if (out->len)
        out->data[strcspn(out->data, "\n")] = '\0';
}

static int spawn(char *const argv[], char *const environment[], int error_fd, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t as_usual;
    sigemptyset(&as_usual);
    sigaddset(&as_usual, SIGPIPE);
    sigaddset(&as_usual, SIGXFSZ);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &as_usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, error_fd, 2);
    int rc = posix_spawnp(pid, argv[0], &files, &attributes, argv, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return rc;
}

static bool run_tool(PGconn *conn, char *const argv[], struct err *e)
{
    char *environment[ENVIRONMENT];
    struct buf said = {0};
    int ends[2], status = -1;
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(e, ERR_STORE, "Cannot start %s: %s.", argv[0], strerror(errno));
    environment_of(conn, environment);
    int rc = spawn(argv, environment, ends[1], &pid);
    close(ends[1]);
    if (rc == 0) {
        first_line(ends[0], &said);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    close(ends[0]);
    for (char **v = environment; *v; v++)
        free(*v);
    bool ok = rc == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (rc != 0)
        err_set(e, ERR_STORE, "Cannot start %s: %s. It comes with the package postgresql-client.",
                argv[0], strerror(rc));
    else if (!ok)
        err_set(e, ERR_STORE, "%s failed: %s", argv[0], buf_text(&said));
    buf_free(&said);
    return ok;
}

/* The schema that holds the store, for the caller to free; NULL with e. */
static char *schema_name(struct pg_db *q, struct err *e)
{
    PGresult *r = pq.PQexec(q->conn, "SELECT current_schema()");
    char *name = NULL;
    if (pq.PQresultStatus(r) == PGRES_TUPLES_OK)
        name = xstrdup(pq.PQgetvalue(r, 0, 0));
    else
        pg_failure(q, r, e);
    pq.PQclear(r);
    return name;
}

bool pg_backup(struct db *db, const char *file, struct err *e)
{
    struct pg_db *q = (struct pg_db *)db;
    char *name = schema_name(q, e);
    if (!name)
        return false;
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0 || err_set(e, ERR_STORE, "Cannot make %s: %s.", file, strerror(errno));
    struct buf schema = {0}, target = {0};
    buf_fmt(&schema, "--schema=\"%s\"", name); /* quoted: a name, not a pattern */
    buf_fmt(&target, "--file=%s", file);
    char *argv[] = {"pg_dump",   "--format=custom", "--no-owner", "--no-privileges",
                    schema.data, target.data,       NULL};
    ok = ok && run_tool(q->conn, argv, e);
    if (ok && fsync(fd) != 0)
        ok = err_set(e, ERR_STORE, "Cannot sync %s: %s.", file, strerror(errno));
    if (fd >= 0)
        close(fd);
    free(name);
    buf_free(&schema);
    buf_free(&target);
    return ok;
}

/* Into the schema of the url alone, which a dump of another schema does not fill: the check that
 * follows finds no store then. */
static bool restore_into(struct pg_db *q, const char *file, struct err *e)
{
    char *name = schema_name(q, e);
    if (!name)
        return false;
    struct buf schema = {0}, database = {0};
    buf_fmt(&schema, "--schema=%s", name);
    buf_fmt(&database, "--dbname=%s", pq.PQdb(q->conn));
    char *source = xstrdup(file);
    char *argv[] = {"pg_restore",
                    "--no-owner",
                    "--no-privileges",
                    "--exit-on-error",
                    "--single-transaction",
                    schema.data,
                    database.data,
                    source,
                    NULL};
    bool ok = run_tool(q->conn, argv, e);
    free(name);
    free(source);
    buf_free(&schema);
    buf_free(&database);
    return ok;
}

static bool count(struct db *db, const char *sql, int64_t *out, struct err *e)
{
    struct stmt *s = db_prepare(db, sql, e);
    if (!s || stmt_step(s, e) != STEP_ROW)
        return false;
    *out = col_int(s, 0);
    stmt_done(s);
    return true;
}

bool pg_restore(const struct store_url *url, const char *file, struct err *e)
{
    int64_t tables;
    struct db *db = pg_open(url, DB_CREATE, e);
    bool ok = db && count(db, db->driver->count_tables, &tables, e);
    if (ok && tables)
        ok =
            err_set(e, ERR_STORE,
                    "There are tables there already. A restore needs an empty database or schema.");
    ok = ok && restore_into((struct pg_db *)db, file, e);
    db_close(db);
    return ok;
}

/* The server checks its pages as it reads them; what it can leave behind is an index or a rule that
 * was never finished. */
bool pg_check(struct db *db, struct err *e)
{
    static const char sql[] = "SELECT (SELECT count(*) FROM pg_catalog.pg_index i JOIN "
                              "pg_catalog.pg_class c ON c.oid = i.indexrelid "
                              "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                              "WHERE n.nspname = current_schema() AND NOT i.indisvalid) "
                              "+ (SELECT count(*) FROM pg_catalog.pg_constraint k JOIN "
                              "pg_catalog.pg_namespace n ON n.oid = k.connamespace "
                              "WHERE n.nspname = current_schema() AND NOT k.convalidated)";
    int64_t bad;
    if (!count(db, sql, &bad, e))
        return false;
    return !bad || err_set(e, ERR_STORE,
                           "The store has %d indexes or rules that are not valid. Reindex it, or "
                           "restore a backup.",
                           (int)bad);
}

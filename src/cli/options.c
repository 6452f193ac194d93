/* SPDX-License-Identifier: MIT
 *
 * Words of the command line into struct cli; who runs the program, when, and
 * on which store.
 */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

/* Options with a value and those without; any other --key VALUE is a value of the command. */
struct option {
    const char *name;
    size_t offset;
    bool flag;
};
#define TEXT(n, m) {n, offsetof(struct cli, m), false}
#define FLAG(n, m) {n, offsetof(struct cli, m), true}
static const struct option options[] = {
    TEXT("db", db),     TEXT("as", as),         TEXT("spool", spool),   TEXT("delivery", delivery), TEXT("map", map),
    TEXT("date", date), TEXT("organisation", organisation), TEXT("profile", profile), FLAG("json", json),
    FLAG("dry-run", dry_run), FLAG("dot", dot), FLAG("markdown", markdown), FLAG("manual", manual), FLAG("keys", keys),
    FLAG("ascii", ascii), FLAG("linear", linear), FLAG("mono", mono), FLAG("read-only", read_only), TEXT("theme", theme),
};

static const struct option *option_find(const char *name)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static bool add_word(struct cli *c, const char *key, const char *value, struct err *e)
{
    if (c->n == MAX_WORDS)
        return err_set(e, ERR_INVALID, "That is more than %d words.", MAX_WORDS);
    c->words[c->n++] = (struct typed){key, value};
    return true;
}

/* key=value where what stands before '=' could be a key; anything else is a word. */
static bool split(char *arg, const char **key, const char **value)
{
    size_t n = strspn(arg, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    if (!n || arg[n] != '=')
        return false;
    arg[n] = '\0';
    *key = arg;
    *value = arg + n + 1;
    return true;
}

static bool take_option(struct cli *c, char *name, char **next, bool *used_next, struct err *e)
{
    const char *key, *value;
    bool joined = split(name, &key, &value);
    const struct option *o = option_find(name);
    *used_next = false;
    if (strcmp(name, "yes") == 0 && !joined)
        return add_word(c, "yes", "yes", e);
    if (strcmp(name, "help") == 0) {
        memmove(c->words + 1, c->words, (c->n < MAX_WORDS ? c->n : MAX_WORDS - 1) * sizeof *c->words);
        c->words[0] = (struct typed){NULL, "help"};
        c->n += c->n < MAX_WORDS;
        return true;
    }
    if (o && o->flag) {
        *(bool *)((char *)c + o->offset) = true;
        return true;
    }
    if (!joined && !*next)
        return err_set(e, ERR_INVALID, "--%s wants a value.", name);
    if (!joined) {
        value = *next;
        *used_next = true;
    }
    if (o) {
        *(const char **)(void *)((char *)c + o->offset) = value;
        return true;
    }
    for (char *p = name; *p; p++)
        if (*p == '-')
            *p = '_';
    return add_word(c, name, value, e);
}

bool cli_parse(struct cli *c, int argc, char **argv, struct err *e)
{
    for (int i = 1; i < argc; i++) {
        const char *key, *value;
        bool used_next = false;
        if (strncmp(argv[i], "--", 2) == 0 && argv[i][2]) {
            if (!take_option(c, argv[i] + 2, argv + i + 1, &used_next, e))
                return false;
        } else if (split(argv[i], &key, &value)) {
            if (!add_word(c, key, value, e))
                return false;
        } else if (!add_word(c, NULL, argv[i], e)) {
            return false;
        }
        i += used_next;
    }
    if (!c->db)
        c->db = getenv("ONWARD_DB");
    struct passwd *pw = getpwuid(getuid());
    c->os_account = pw ? pw->pw_name : "";
    return cli_set_clock(c->date, e);
}

const struct typed *cli_rest(const struct cli *c, size_t *n)
{
    *n = c->n - c->at;
    return c->words + c->at;
}

const char *cli_word(const struct cli *c, size_t n)
{
    for (size_t i = c->at; i < c->n; i++)
        if (!c->words[i].key && n-- == 0)
            return c->words[i].value;
    return NULL;
}

/* ---- the clock: an offset on the system's, fixed when ONWARD_NOW names an instant */

static int64_t fixed_ms, offset_ms;
static bool is_fixed;

static int64_t system_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t cli_clock(void)
{
    return is_fixed ? fixed_ms : system_ms() + offset_ms;
}

bool cli_set_clock(const char *date, struct err *e)
{
    const char *now = getenv("ONWARD_NOW");
    if (now && *now) {
        if (!instant_parse(now, &fixed_ms))
            return err_field(e, "ONWARD_NOW", "ONWARD_NOW is \"%s\"; write it as 2026-11-23T09:00:00Z.", now);
        is_fixed = true;
    }
    if (!date)
        return true;
    int64_t ms = cli_clock();
    day_t day = date_parse_loose(date, instant_day(ms));
    if (day == DATE_NONE)
        return err_field(e, "date", "--date %s is no date; write it as 2026-11-23.", date);
    int64_t moved = instant_of_day(day, instant_uk_minutes(ms));
    fixed_ms = moved;
    offset_ms = moved - ms;
    return true;
}

/* ---- the store and the spool */

static const char *default_db(char path[4096])
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data == '/')
        snprintf(path, 4096, "%s/onward/onward.db", data);
    else
        snprintf(path, 4096, "%s/.local/share/onward/onward.db", home && *home ? home : ".");
    return path;
}

static char default_path[4096];

static const char *store_url(const struct cli *c)
{
    return c->db && *c->db ? c->db : default_db(default_path);
}

struct session *cli_open(const struct cli *c, struct err *e)
{
    struct session_options o = {.url = store_url(c), .os_account = c->os_account, .as = c->as, .clock = cli_clock};
    return session_open(&o, e);
}

struct session *cli_create(const struct cli *c, struct err *e)
{
    struct session_options o = {.url = store_url(c), .os_account = c->os_account, .clock = cli_clock};
    return session_create(&o, false, e);
}

const char *cli_store(const struct cli *c)
{
    return store_url(c);
}

const char *cli_spool(const struct cli *c, char path[4096])
{
    const char *env = getenv("ONWARD_SPOOL");
    if (c->spool)
        return c->spool;
    if (env && *env)
        return env;
    const char *db = store_url(c);
    if (strncmp(db, "postgresql://", 13) == 0 || strncmp(db, "postgres://", 11) == 0)
        return NULL;
    if (strncmp(db, "sqlite:", 7) == 0)
        db += 7;
    const char *slash = strrchr(db, '/');
    if (slash)
        snprintf(path, 4096, "%.*s/spool", (int)(slash - db), db);
    else
        snprintf(path, 4096, "spool");
    return path;
}

/* SPDX-License-Identifier: MIT
 *
 * For tests of imports (importing.h). Tests may put questions of their own to
 * the store; their text is kept, since statements are known by its address.
 */
#include "support/importing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "engine/core.h"
#include "support/testdb.h"

static const char *folder;
static char **kept;
static size_t kept_count;

/* Each text once: statements are known by the address of theirs. */
static char *keep(char *text)
{
    for (size_t i = 0; i < kept_count; i++)
        if (strcmp(kept[i], text) == 0) {
            free(text);
            return kept[i];
        }
    kept = xrealloc(kept, (kept_count + 1) * sizeof *kept);
    return kept[kept_count++] = text;
}

void importing_begin(void)
{
    folder = testdb_folder();
}

void importing_end(void)
{
    testdb_folder_drop(folder);
    while (kept_count)
        free(kept[--kept_count]);
    free(kept);
    kept = NULL;
}

const char *importing_bytes(const char *name, const void *data, size_t n)
{
    struct buf path = {0};
    buf_fmt(&path, "%s/%s", folder, name);
    FILE *f = fopen(path.data, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return keep(path.data);
}

const char *importing_file(const char *name, const char *text)
{
    return importing_bytes(name, text, strlen(text));
}

const char *importing_shared(const char *name)
{
    const char *root = getenv("ONWARD_SHARED");
    struct stat st;
    struct buf path = {0};
    buf_fmt(&path, "%s/data/%s", root && *root ? root : "../shared", name);
    const char *kept_path = keep(path.data);
    if (stat(kept_path, &st) == 0)
        return kept_path;
    print_message("%s is not there\n", kept_path);
    return NULL;
}

static json_t *import(struct session *s, const char *kind, const char *path, const char *map, bool dry_run, struct err *e)
{
    struct import_options o = {.kind = kind, .path = path, .map = map, .dry_run = dry_run};
    json_t *report = NULL;
    bool partly = false;
    if (!import_file(s, &o, &report, &partly, e))
        return NULL;
    assert_int_equal(partly, json_integer_value(json_object_get(report, "refused")) > 0);
    return report;
}

static json_t *must(struct session *s, const char *kind, const char *path, const char *map, bool dry_run)
{
    struct err e = {0};
    json_t *report = import(s, kind, path, map, dry_run, &e);
    if (!report)
        fail_msg("%s: %s [%s %s]", path, e.text, err_name(e.code), e.field);
    return report;
}

json_t *importing_must(struct session *s, const char *kind, const char *path, const char *map)
{
    return must(s, kind, path, map, false);
}

json_t *importing_dry(struct session *s, const char *kind, const char *path, const char *map)
{
    return must(s, kind, path, map, true);
}

struct err importing_no(struct session *s, const char *kind, const char *path, const char *map)
{
    struct err e = {0};
    json_t *report = import(s, kind, path, map, false, &e);
    if (report)
        fail_msg("%s was taken, and should have been refused", path);
    return e;
}

int64_t importing_count(const json_t *report, const char *path)
{
    char part[64];
    const json_t *at = report;
    while (*path) {
        size_t n = strcspn(path, ".");
        snprintf(part, sizeof part, "%.*s", (int)n, path);
        at = json_object_get(at, part);
        path += n + (path[n] == '.');
    }
    return json_is_boolean(at) ? json_is_true(at) : json_integer_value(at);
}

const char *importing_why(const json_t *report, int64_t line)
{
    size_t i;
    json_t *f;
    json_array_foreach (json_object_get(report, "fates"), i, f) {
        if (json_integer_value(json_object_get(f, "line")) != line)
            continue;
        struct buf b = {0};
        buf_fmt(&b, "%s: %s", json_string_value(json_object_get(f, "fate")), json_string_value(json_object_get(f, "why")));
        return keep(b.data);
    }
    return "";
}

const char *importing_ask(struct session *s, const char *sql)
{
    struct err e = {0};
    struct buf question = {0};
    buf_fmt(&question, "%s /*scan*/ /*sort*/", sql);
    const char *text = keep(question.data);
    struct stmt *st = db_prepare(s->db, text, &e);
    if (!st)
        fail_msg("%s: %s", sql, e.text);
    enum step step = stmt_step(st, &e);
    char *answer = keep(xstrdup(step == STEP_ROW ? col_text(st, 0) : ""));
    if (step == STEP_FAILED)
        fail_msg("%s: %s", sql, e.text);
    if (step == STEP_ROW)
        stmt_done(st);
    return answer;
}

int64_t importing_rows(struct session *s, const char *table)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    return strtoll(importing_ask(s, sql), NULL, 10);
}

const char *importing_snapshot(struct session *s)
{
    static const char *const tables[] = {"person", "person_term", "person_identifier", "referral", "need", "consent", "risk",
                                         "duplicate_offer", "audit", "audit_value", "summary", "import_file", "practice", "organisation",
                                         "service", "service_need", "service_detail", "undo_step"};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        buf_fmt(&b, "%s %lld\n", tables[i], (long long)importing_rows(s, tables[i]));
    buf_fmt(&b, "counted %s\n", importing_ask(s, "SELECT sum(count) FROM summary"));
    buf_str(&b, importing_ask(s, "SELECT hash || ' ' || seq || ' ' || ref_number FROM audit_head"));
    return keep(b.data);
}

void importing_sound(struct session *s)
{
    struct err e = {0};
    json_t *report = NULL;
    bool sound = false;
    if (!store_verify(s, NULL, &report, &sound, &e))
        fail_msg("store_verify: %s", e.text);
    if (!sound)
        fail_msg("not sound: %s", json_dumps(report, 0));
    json_decref(report);
}

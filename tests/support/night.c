/* SPDX-License-Identifier: MIT
 *
 * See night.h.
 */
#include "support/night.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/core.h"
#include "support/testdb.h"
#include "support/world.h"

/* ---- the spool */

const char *night_spool(void)
{
    struct buf path = {0};
    const char *folder = testdb_folder();
    buf_fmt(&path, "%s/spool", folder);
    free((void *)(uintptr_t)folder);
    return path.data;
}

void night_spool_drop(const char *spool)
{
    char *folder = strdup(spool);
    *strrchr(folder, '/') = '\0';
    testdb_folder_drop(folder);
    free((void *)(uintptr_t)spool);
}

static char path_text[4096];
static const char *in_spool(const char *spool, const char *path)
{
    assert_true(snprintf(path_text, sizeof path_text, "%s/%s", spool, path) <
                (int)sizeof path_text);
    return path_text;
}

bool night_has(const char *spool, const char *path)
{
    return access(in_spool(spool, path), F_OK) == 0;
}

void night_read(const char *spool, const char *path, struct buf *out)
{
    char chunk[4096];
    size_t n;
    FILE *f = fopen(in_spool(spool, path), "rb");
    buf_clear(out);
    while (f && (n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, chunk, n);
    if (f)
        fclose(f);
}

void night_write(const char *spool, const char *path, const void *data, size_t len)
{
    in_spool(spool, path);
    for (char *slash = strchr(path_text + strlen(spool), '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(path_text, 0750);
        *slash = '/';
    }
    FILE *f = fopen(path_text, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

void night_reply(const char *spool, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "in/salford-advice/%s", name);
    night_write(spool, path, text, strlen(text));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Blanks out what may differ between two runs of one night: "key": "..." */
static void blank(struct buf *text, const char *key)
{
    char *at = strstr(buf_text(text), key);
    for (at = at ? at + strlen(key) : NULL; at && *at != '"'; at++)
        *at = '_';
}

static void add_file(const char *spool, const char *path, struct buf *out)
{
    struct buf bytes = {0};
    night_read(spool, path, &bytes);
    if (strstr(path, "datapackage.json")) {
        blank(&bytes, "\"created\": \"");
        blank(&bytes, "\"onward:audit_head\": \"");
    }
    buf_fmt(out, "== %s\n", path);
    buf_add(out, buf_text(&bytes), bytes.len);
    buf_free(&bytes);
}

static void walk(const char *spool, const char *path, struct buf *out)
{
    char *names[256], inner[2048];
    size_t n = 0;
    DIR *d = opendir(in_spool(spool, path));
    for (const struct dirent *entry; d && (entry = readdir(d));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && n < 256)
            names[n++] = strdup(entry->d_name);
    if (!d && night_has(spool, path))
        add_file(spool, path, out);
    if (d)
        closedir(d);
    if (n)
        qsort(names, n, sizeof *names, by_text);
    for (size_t i = 0; i < n; i++) {
        snprintf(inner, sizeof inner, "%s/%s", path, names[i]);
        walk(spool, inner, out);
        free(names[i]);
    }
}

void night_files(const char *spool, struct buf *out)
{
    buf_clear(out);
    walk(spool, "out", out);
    walk(spool, "in", out);
}

/* ---- runs */

json_t *night_run(struct session *s, const struct nightly_options *o, enum nightly_status status)
{
    json_t *report = NULL;
    enum nightly_status got = NIGHTLY_UNFIT;
    struct err e = {0};
    if (!nightly_run(s, o, &report, &got, &e))
        fail_msg("nightly: %s (%s)", e.text, err_name(e.code));
    if (got != status) {
        struct buf words = {0};
        nightly_words(report, &words);
        fail_msg("nightly came to %d, not %d:\n%s", (int)got, (int)status, buf_text(&words));
    }
    return report;
}

void night_must(struct session *s, const char *spool, enum nightly_status status)
{
    json_decref(night_run(s, &(struct nightly_options){.spool = spool}, status));
}

/* ---- the store */

static const struct {
    const char *sql;
    int columns;
} tables[] = {
    {"SELECT 'handoff', " HANDOFF_COLUMNS " FROM handoff ORDER BY id /*scan*/", 45},
    {"SELECT 'handoff_event', id, handoff_id, event, state_from, state_to, effect FROM "
     "handoff_event ORDER BY id /*scan*/",
     7},
    {"SELECT 'handoff_gate', handoff_id, gate, reason FROM handoff_gate ORDER BY handoff_id, gate "
     "/*scan*/",
     4},
    {"SELECT 'batch', " BATCH_COLUMNS
     ", replies, replies_sha256, manifest FROM batch ORDER BY id /*scan*/",
     21},
    {"SELECT 'batch_row', batch_id, row_no, row_id, action, payload, sha256 FROM batch_row ORDER "
     "BY batch_id, row_no /*scan*/",
     7},
    {"SELECT 'delivery', id, batch_id, command, ok, note FROM delivery ORDER BY id /*scan*/", 6},
    {"SELECT 'reply_file', id, name, sha256, applied, refused, unmatched, verdict FROM reply_file "
     "ORDER BY id /*scan*/",
     8},
    {"SELECT 'reply', " REPLY_COLUMNS " FROM reply ORDER BY id /*scan*/", 22},
    {"SELECT 'summary', measure, month, neighbourhood, code, count FROM summary ORDER BY measure, "
     "month, neighbourhood, code /*scan*/",
     6},
};

void night_store(struct session *s, struct buf *out)
{
    struct err e;
    buf_clear(out);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct stmt *st = db_prepare(s->db, tables[i].sql, &e);
        enum step step = STEP_FAILED;
        while (st && (step = stmt_step(st, &e)) == STEP_ROW) {
            for (int c = 0; c < tables[i].columns; c++)
                buf_fmt(out, "%s|", col_text(st, c));
            buf_char(out, '\n');
        }
        if (step == STEP_FAILED)
            fail_msg("%s: %s", tables[i].sql, e.text);
    }
}

void night_batch_is(struct session *s, const char *batch, const char *state)
{
    struct batch b;
    struct err e;
    if (!record_load_ref(s->db, &batch_type, batch, &b, &e))
        fail_msg("%s: %s", batch, e.text);
    assert_string_equal(b.state, state);
}

void night_row(const char *spool, const char *batch, const char *handoff, struct buf *out)
{
    char path[512];
    struct buf bytes = {0};
    snprintf(path, sizeof path, "out/salford-advice/%s/handoffs.csv", batch);
    night_read(spool, path, &bytes);
    buf_clear(out);
    for (const char *line = buf_text(&bytes); *line;
         line += strcspn(line, "\n") + (strchr(line, '\n') != NULL))
        if (text_starts(line, handoff)) {
            buf_add(out, line, strcspn(line, "\r"));
            break;
        }
    buf_free(&bytes);
}

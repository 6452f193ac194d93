/* SPDX-License-Identifier: MIT
 *
 * Commands about a whole store: init, verify, backup, restore, and the
 * workflow and version that need none.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "onward/exchange.h"
#include "onward/workflow.h"

static int say(const struct cli *c, json_t *doc, const char *text)
{
    if (c->json)
        print_json(doc);
    else
        printf("%s\n", text);
    json_decref(doc);
    return STATUS_DONE;
}

static int no_words(const struct cli *c)
{
    struct err e;
    if (c->n == c->at)
        return STATUS_DONE;
    err_set(&e, ERR_INVALID, "\"%s\" is one word too many.", c->words[c->at].value);
    return cli_fail(c, &e);
}

static const char *one_file(const struct cli *c, struct err *e)
{
    const char *file = cli_word(c, 0);
    if (!file || c->n != c->at + 1) {
        err_set(e, ERR_INVALID, "Name one file.");
        return NULL;
    }
    return file;
}

int command_init(struct cli *c)
{
    struct err e = {0};
    if (no_words(c))
        return STATUS_USAGE;
    struct session *s = cli_create(c, &e);
    if (!s)
        return cli_fail(c, &e);
    struct buf text = {0};
    buf_fmt(&text, "A new store was made: %s\nYou are its user \"%s\", with every role.\nNext: onward organisation add, or onward import.",
            cli_store(c), session_login(s));
    int status = say(c, json_pack("{s:s, s:s}", "store", cli_store(c), "user", session_login(s)), buf_text(&text));
    buf_free(&text);
    session_close(s);
    return status;
}

static void verify_words(const json_t *report, bool sound)
{
    print_document(report);
    puts(sound ? "All is as it should be." : "Something is not as it was written. Keep this store as it is and look at a backup.");
}

static int print_proof(struct cli *c, struct session *s, bool ok, json_t *report, bool sound, const struct err *e)
{
    int status = !ok ? cli_fail(c, e) : sound ? STATUS_DONE : STATUS_UNFIT;
    if (ok && c->json)
        print_json(report);
    else if (ok)
        verify_words(report, sound);
    json_decref(report);
    session_close(s);
    return status;
}

int command_verify(struct cli *c)
{
    struct err e = {0};
    json_t *report = NULL;
    bool sound = false;
    char path[4096];
    if (no_words(c))
        return STATUS_USAGE;
    struct session *s = cli_open(c, &e);
    bool ok = s && store_verify(s, cli_spool(c, path), &report, &sound, &e);
    return print_proof(c, s, ok, report, sound, &e);
}

int command_verify_batch(struct cli *c)
{
    struct err e = {0};
    json_t *report = NULL;
    bool sound = false;
    char path[4096];
    const char *batch = one_file(c, &e);
    struct session *s = batch ? cli_open(c, &e) : NULL;
    bool ok = s && batch_verify(s, batch, cli_spool(c, path), &report, &sound, &e);
    return print_proof(c, s, ok, report, sound, &e);
}

int command_backup(struct cli *c)
{
    struct err e = {0};
    const char *file = one_file(c, &e);
    struct session *s = file ? cli_open(c, &e) : NULL;
    bool ok = s && session_backup(s, file, &e);
    session_close(s);
    return ok ? say(c, json_pack("{s:s}", "backup", file), "The store was copied; keep the copy as safe as the store.") : cli_fail(c, &e);
}

int command_restore(struct cli *c)
{
    struct err e = {0};
    const char *file = one_file(c, &e);
    if (!file || !session_restore(cli_store(c), file, &e))
        return cli_fail(c, &e);
    return say(c, json_pack("{s:s, s:s}", "store", cli_store(c), "from", file), "The store was made anew. Now: onward verify");
}

int command_workflow(struct cli *c)
{
    struct buf text = {0};
    if (no_words(c))
        return STATUS_USAGE;
    c->dot ? workflow_dot(&text) : workflow_markdown(&text);
    if (c->json) {
        json_t *doc = json_pack("{s:s}", c->dot ? "dot" : "markdown", buf_text(&text));
        print_json(doc);
        json_decref(doc);
    } else {
        fputs(buf_text(&text), stdout);
    }
    buf_free(&text);
    return STATUS_DONE;
}

int command_version(struct cli *c)
{
    return no_words(c) ? STATUS_USAGE : say(c, json_pack("{s:s}", "version", ONWARD_VERSION), "onward " ONWARD_VERSION);
}

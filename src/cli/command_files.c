/* SPDX-License-Identifier: MIT
 *
 * Commands that read and write files: nightly, import, export.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "onward/exchange.h"

static void print_report(const struct cli *c, const json_t *report, void (*words)(const json_t *, struct buf *))
{
    if (c->json) {
        print_json(report);
        return;
    }
    struct buf text = {0};
    words(report, &text);
    print_text(stdout, buf_text(&text));
    buf_free(&text);
}

int command_nightly(struct cli *c)
{
    struct err e = {0};
    json_t *report = NULL;
    enum nightly_status status = NIGHTLY_UNFIT;
    char path[4096];
    const char *env = getenv("ONWARD_DELIVERY");
    struct nightly_options o = {.spool = cli_spool(c, path), .delivery = c->delivery ? c->delivery : env, .dry_run = c->dry_run};
    struct session *s = NULL;
    if (c->n != c->at)
        err_set(&e, ERR_INVALID, "nightly takes --date, --dry-run, --spool and --delivery, no other word.");
    else if (!o.spool)
        err_set(&e, ERR_INVALID, "Say where the packages go: --spool FOLDER or ONWARD_SPOOL.");
    else
        s = cli_open(c, &e);
    bool ok = s && nightly_run(s, &o, &report, &status, &e);
    int exit_status = ok ? (int)status : cli_fail(c, &e);
    if (ok)
        print_report(c, report, nightly_words);
    json_decref(report);
    session_close(s);
    return exit_status;
}

int command_import(struct cli *c)
{
    struct err e = {0};
    json_t *report = NULL;
    bool partly = false;
    struct import_options o = {cli_word(c, 0), cli_word(c, 1), c->map, c->organisation, c->dry_run};
    struct session *s = NULL;
    if (!o.kind || !o.path || c->n != c->at + 2)
        err_set(&e, ERR_INVALID, "Say what and which file: onward import people|referrals|services|practices|replies PATH.");
    else
        s = cli_open(c, &e);
    bool ok = s && import_file(s, &o, &report, &partly, &e);
    int status = !ok ? cli_fail(c, &e) : partly ? STATUS_PARTLY : STATUS_DONE;
    if (ok)
        print_report(c, report, import_words);
    json_decref(report);
    session_close(s);
    return status;
}

static const struct {
    const char *what, *list;
} exports[] = {{"people", "person list"}, {"referrals", "referral list"}, {"handoffs", "handoff list"}};

static const struct list *export_of(const char *what)
{
    for (size_t i = 0; what && i < sizeof exports / sizeof *exports; i++)
        if (strcmp(exports[i].what, what) == 0)
            return list_find(exports[i].list);
    return NULL;
}

int command_export(struct cli *c)
{
    struct err e = {0};
    int64_t rows = 0;
    size_t n;
    const struct list *l = export_of(cli_word(c, 0));
    const struct typed *words = cli_rest(c, &n);
    bool spreadsheet = !c->profile || strcmp(c->profile, "spreadsheet") == 0;
    struct session *s = NULL;
    if (!l || words[0].key)
        err_set(&e, ERR_INVALID, "Say what: onward export people|referrals|handoffs [K=V ..].");
    else if (!spreadsheet && strcmp(c->profile, "machine") != 0)
        err_field(&e, "profile", "--profile is spreadsheet (cells that a spreadsheet would run are guarded) or machine.");
    else
        s = cli_open(c, &e);
    bool ok = s && export_list(s, l, words + 1, n - 1, spreadsheet, STDOUT_FILENO, &rows, &e);
    session_close(s);
    return ok ? STATUS_DONE : cli_fail(c, &e);
}

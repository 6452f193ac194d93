/* SPDX-License-Identifier: MIT
 *
 * What an organisation said (see handoff_answer.h). One table says which form
 * each status has; a decline or failure is asked why from its coded list. One
 * letter chooses a status: no hint begins a word as a later status does.
 */
#include "handoff_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onward/records.h"

static const struct said {
    const char *status, *hint;
    const char *verb;       /* NULL: "handoff reply" */
    const char *reason_set; /* the list that the reason is of; NULL: none is asked */
    const char *keys[8];
} said[] = {
    {"received", "they have it", NULL, NULL, {"by", "note", "how", "on"}},
    {"accepted", "they take it", NULL, NULL, {"by", "note", "worker", "reference", "how", "on"}},
    {"waiting_list", "expected when?", NULL, NULL, {"expected", "by", "note", "how", "on"}},
    {"started", "they see the person", NULL, NULL, {"by", "note", "worker", "how", "on"}},
    {"completed", "then the result", NULL, NULL, {"outcome", "note", "by", "how", "on"}},
    {"declined", "by whom, and why", NULL, "decline_reason", {"declined_by", "note", "by", "how", "on"}},
    {"could_not_complete", "begun, not finished", NULL, "fail_reason", {"note", "by", "how", "on"}},
    {"on_hold", "they pause it", NULL, NULL, {"note", "by", "how", "on"}},
    {"did_not_attend", "news, moves nothing", NULL, NULL, {"note", "by", "how", "on"}},
    {"stopped", "they confirm the stop", "handoff stop-confirmed", NULL, {"by", "how", "on", "to"}},
};
enum { SAID = sizeof said / sizeof *said };

static const struct said *said_of(const char *status)
{
    for (size_t i = 0; i < SAID; i++)
        if (strcmp(said[i].status, status) == 0)
            return &said[i];
    die("%s is no answer", status);
}

static void open_form(struct screen *over, const struct said *a, const char *reason)
{
    struct typed fixed[3] = {{"handoff", desk_subject(over, "handoff")}};
    const struct typed phone = {"how", "phone"};
    struct form_about about = {.fixed = fixed, .n_fixed = 1, .initial = &phone, .n_initial = 1};
    char title[120];
    if (!a->verb)
        fixed[about.n_fixed++] = (struct typed){"status", a->status};
    if (*reason)
        fixed[about.n_fixed++] = (struct typed){"reason", reason};
    snprintf(title, sizeof title, "They said: %s", choice_label(reply_statuses, a->status));
    dialog_form(over, &(struct form_spec){.verb = a->verb ? a->verb : "handoff reply", .title = title, .keys = a->keys}, &about, NULL);
}

/* The key of a reason is "status/reason", so that nothing need be remembered in between. */
static void reason_picked(struct screen *over, const char *key)
{
    char status[64];
    size_t n = strcspn(key, "/");
    snprintf(status, sizeof status, "%.*s", (int)n, key);
    open_form(over, said_of(status), key + n + 1);
}

struct reasons {
    const char *status;
    struct choice_row rows[200];
    size_t n;
};

static bool add_reason(void *ctx, const char *code, const char *label, const char *group)
{
    struct reasons *r = ctx;
    struct buf key = {0};
    (void)group;
    buf_fmt(&key, "%s/%s", r->status, code);
    r->rows[r->n++] = (struct choice_row){key.data, xstrdup(label), ""};
    return r->n < sizeof r->rows / sizeof *r->rows;
}

static void ask_reason(struct screen *over, const struct said *a)
{
    struct reasons r = {.status = a->status};
    struct err e = {0};
    if (session_codes(desk_session(over->desk), a->reason_set, "", add_reason, &r, &e))
        dialog_pick(over, "Why?", r.rows, r.n, reason_picked);
    else
        desk_error(over, &e);
    for (size_t i = 0; i < r.n; i++) {
        free((char *)r.rows[i].key);
        free((char *)r.rows[i].label);
    }
}

static void status_picked(struct screen *over, const char *status)
{
    const struct said *a = said_of(status);
    if (a->reason_set)
        ask_reason(over, a);
    else
        open_form(over, a, "");
}

void handoff_answer(struct screen *self)
{
    struct choice_row rows[SAID];
    if (!desk_subject(self, "handoff")) {
        desk_say(self, "Choose a handoff first: what did who say?");
        return;
    }
    for (size_t i = 0; i < SAID; i++)
        rows[i] = (struct choice_row){said[i].status, choice_label(reply_statuses, said[i].status), said[i].hint};
    dialog_pick(self, "What did they say?", rows, SAID, status_picked);
}

/* SPDX-License-Identifier: MIT
 *
 * The audit log as a list, newest first: who did what to which record.
 * Auditors see it whole; there is no person's content in it. To others what is
 * about a restricted person does not show.
 */
#include <string.h>

#include "engine/work.h"

static const struct column columns[] = {
    {"seq", "No", FIELD_INT, 8, 0, NULL, NULL},          {"at", "When", FIELD_INSTANT, 24, 0, NULL, NULL},
    {"login", "Who", FIELD_TEXT, 12, 0, NULL, NULL},     {"acting_as", "As", FIELD_TEXT, 12, 0, NULL, NULL},
    {"verb", "What", FIELD_TEXT, 22, 0, NULL, NULL},     {"effect", "Effect", FIELD_TEXT, 9, 0, NULL, NULL},
    {"record", "Record", FIELD_TEXT, 12, 0, NULL, NULL}, {"ref", "Reference", FIELD_TEXT, 14, 0, NULL, NULL},
    {"person", "About", FIELD_TEXT, 14, 0, NULL, NULL},
};
struct audit_filter {
    char ref[CODE_SIZE];
    int64_t below;
};
static const struct field filters[] = {
    {"ref", "Reference", FIELD_TEXT, FIELD_POSITIONAL, FIELD_TEXT_AT(audit_filter, ref)},
    {"below", "Before number", FIELD_INT, 0, FIELD_INT_AT(audit_filter, below), .max = INT64_MAX},
};

static bool seq_of(struct db *db, const char *after, int64_t *seq, struct err *e)
{
    (void)db;
    return text_to_int(after, 1, INT64_MAX - 1, seq) || err_field(e, "after", "after= takes the number of the last row you saw.");
}

static bool run(struct session *s, const struct list *l, const void *args, uint64_t given, struct list_run *r, struct err *e)
{
    const struct audit_filter *f = args;
    char canonical[REF_SIZE];
    struct audit_query q = {.ref = ref_parse(f->ref, canonical) ? canonical : f->ref, .user_id = s->user.id};
    int64_t below = f->below == FIELD_ABSENT ? INT64_MAX : f->below, total = -1;
    (void)given;
    q.whole = (session_roles(s) & ROLE_AUDITOR) != 0; /* a log with gaps proves nothing */
    if (!list_page(s, r, seq_of, &q.page, e))
        return false;
    if (q.page.below > below)
        q.page.below = below;
    struct stmt *st = audit_list_rows(s->db, &q, e);
    bool ok = st && list_rows(s, l, r, st, 0, -1, -1, e) && (!r->want_total || audit_list_count(s->db, &q, below, &total, e));
    r->total = total;
    return ok;
}

static const struct list audit_list = {.name = "audit",
                                       .help = "The audit log, newest first: all, or of one reference.",
                                       .roles = ROLE_AUDITOR | ROLE_ADMIN | ROLE_MANAGER,
                                       .columns = columns,
                                       .columns_count = sizeof columns / sizeof *columns,
                                       .filters = filters,
                                       .filters_count = 2,
                                       .filters_size = sizeof(struct audit_filter),
                                       .run = run,
                                       .both_ways = true};
const struct list *const audit_lists[] = {&audit_list, NULL};

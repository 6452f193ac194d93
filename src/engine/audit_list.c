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

static bool run(struct session *s, const struct list *l, const void *args, uint64_t given, struct list_run *r, struct err *e)
{
    const struct audit_filter *f = args;
    char ref[CODE_SIZE], canonical[REF_SIZE];
    (void)given;
    text_put(ref, sizeof ref, ref_parse(f->ref, canonical) ? canonical : f->ref);
    struct stmt *st = audit_list_rows(s->db, ref, f->below == FIELD_ABSENT ? INT64_MAX : f->below, e);
    bool all = (session_roles(s) & ROLE_AUDITOR) != 0; /* a log with gaps proves nothing */
    return st && list_rows(s, l, r, st, 0, -1, all ? -1 : 9, e);
}

static const struct list audit_list = {.name = "audit",
                                       .help = "The audit log, newest first: all, or of one reference.",
                                       .roles = ROLE_AUDITOR | ROLE_ADMIN | ROLE_MANAGER,
                                       .columns = columns,
                                       .columns_count = sizeof columns / sizeof *columns,
                                       .filters = filters,
                                       .filters_count = 2,
                                       .filters_size = sizeof(struct audit_filter),
                                       .run = run};
const struct list *const audit_lists[] = {&audit_list, NULL};

/* SPDX-License-Identifier: MIT
 *
 * What organisations' answers leave to do: words for statuses that only a
 * person can map, and answers that were refused or match nothing until
 * somebody has dealt with them.
 */
#include <string.h>

#include "engine/args.h"
#include "store/replies.h"

/* ---- words */

struct word_args {
    char organisation[CODE_SIZE], word[LINE_SIZE], status[CODE_SIZE];
};
static const struct field word_fields[] = {
    {"organisation", "Organisation", FIELD_CODE, FIELD_POSITIONAL | FIELD_REQUIRED,
     FIELD_TEXT_AT(word_args, organisation), .help = "its code, or all"},
    {"word", "Word", FIELD_TEXT, FIELD_REQUIRED, FIELD_TEXT_AT(word_args, word), .max = ARG_LINE,
     .help = "as they write it"},
    {"status", "Status", FIELD_CHOICE, FIELD_REQUIRED, FIELD_TEXT_AT(word_args, status),
     .choices = reply_statuses},
};

static bool run_word_add(struct session *s, const void *args, uint64_t given, struct outcome *o,
                         struct err *e)
{
    const struct word_args *a = args;
    struct organisation org = {0};
    struct buf folded = {0};
    bool for_all = strcmp(a->organisation, "all") == 0;
    (void)given;
    if (!for_all && !find_organisation(s, a->organisation, &org, e))
        return false;
    text_fold(a->word, &folded);
    bool ok = folded.len || err_field(e, "word", "Word: there must be a letter or digit in it.");
    ok = ok && reply_word_set(s->db, org.code, buf_text(&folded), a->status, e) &&
         engine_audit(s, "changed", "reply_alias", a->organisation, "", a->status, e);
    engine_final(s);
    if (ok) {
        text_put(o->kind, sizeof o->kind, "word");
        text_put(o->ref, sizeof o->ref, folded.len < sizeof o->ref ? folded.data : a->status);
        outcome_say(o,
                    "\"%s\" from %s means \"%s\" from now on. Rows that were refused for it are in "
                    "the rejects file: put that into the "
                    "in-tray again.",
                    a->word, for_all ? "anyone" : org.code,
                    choice_label(reply_statuses, a->status));
    }
    buf_free(&folded);
    return ok;
}
static const struct verb word_add =
    VERB("reply word add", "Says which status an organisation's word means.",
         ROLE_ADMIN | ROLE_MANAGER, word_fields, word_args, run_word_add);

static const struct column word_columns[] = {
    {.key = "organisation", .label = "Organisation", .kind = FIELD_TEXT, .width = 20, .flags = FIELD_NAMES},
    {.key = "word", .label = "Word", .kind = FIELD_TEXT, .width = 30, .flags = FIELD_NAMES},
    {.key = "status",
     .label = "Means",
     .kind = FIELD_CHOICE,
     .width = 20,
     .choices = reply_statuses},
};

static bool run_word_list(struct session *s, const struct list *l, const void *filters,
                          uint64_t given, struct list_run *r, struct err *e)
{
    (void)filters;
    (void)given;
    struct stmt *st = reply_words(s->db, e);
    return st && list_rows(s, l, r, st, 0, -1, -1, e);
}
static const struct list word_list = {
    .name = "reply word list",
    .help = "Words for statuses, and what they mean; without organisation: from anyone.",
    .roles = ROLE_ANY,
    .columns = word_columns,
    .columns_count = COUNT_OF(word_columns),
    .run = run_word_list,
};

/* ---- answers that wait */

static const struct column waiting_columns[] = {
    {.key = "reply", .label = "Reply", .kind = FIELD_TEXT, .width = 19},
    {.key = "organisation", .label = "Organisation", .kind = FIELD_TEXT, .width = 18},
    {.key = "file", .label = "File", .kind = FIELD_TEXT, .width = 20},
    {.key = "line", .label = "Line", .kind = FIELD_INT, .width = 6},
    {.key = "row_id", .label = "Row", .kind = FIELD_TEXT, .width = 16},
    {.key = "handoff", .label = "Handoff", .kind = FIELD_REF, .width = 12},
    {.key = "person", .label = "Person", .kind = FIELD_REF, .width = 12},
    {.key = "status",
     .label = "Status",
     .kind = FIELD_CHOICE,
     .width = 14,
     .choices = reply_statuses},
    {.key = "on", .label = "Date", .kind = FIELD_DATE, .width = 10},
    {.key = "note", .label = "Note", .kind = FIELD_NOTE, .width = 30, .flags = FIELD_PERSONAL},
    {.key = "verdict", .label = "Verdict", .kind = FIELD_TEXT, .width = 10},
    {.key = "why", .label = "Why", .kind = FIELD_TEXT, .width = 50},
    {.key = "read", .label = "Read", .kind = FIELD_INSTANT, .width = 16},
};
/* Behind the columns of the list stand the person's key and neighbourhood. */
enum { PERSON_COLUMN = COUNT_OF(waiting_columns), AREA_COLUMN };

static bool number_of(struct db *db, const char *after, int64_t *id, struct err *e)
{
    (void)db;
    return text_to_int(after, 1, INT64_MAX - 1, id) ||
           err_field(e, "after", "after= takes the reply number of the last row you saw.");
}

static bool run_waiting(struct session *s, const struct list *l, const void *filters,
                        uint64_t given, struct list_run *r, struct err *e)
{
    struct page page;
    int64_t total = -1;
    (void)filters;
    (void)given;
    if (!list_page(s, r, number_of, &page, e))
        return false;
    struct stmt *st = replies_waiting(s->db, &page, s->user.id, e);
    bool ok = st && list_rows(s, l, r, st, 0, AREA_COLUMN, PERSON_COLUMN, e) &&
              (!r->want_total || replies_waiting_count(s->db, s->user.id, &total, e));
    r->total = total;
    return ok;
}
static const struct list waiting_list = {
    .name = "reply list",
    .help = "Answers that were refused or match nothing, until they are settled; newest first.",
    .roles = ROLE_CARE,
    .columns = waiting_columns,
    .columns_count = COUNT_OF(waiting_columns),
    .run = run_waiting,
    .both_ways = true,
};

/* ---- settling */

struct settle_args {
    char reply[CODE_SIZE], note[LONG_SIZE];
};
static const struct field settle_fields[] = {
    {"reply", "Reply", FIELD_TEXT, FIELD_POSITIONAL | FIELD_REQUIRED,
     FIELD_TEXT_AT(settle_args, reply), .help = "its number in the list"},
    {"note", "What was done", FIELD_TEXT, FIELD_PERSONAL, FIELD_TEXT_AT(settle_args, note),
     .max = ARG_LONG},
};

/* What was done is said after why it waited; where both do not fit, why it waited gives way. */
static void add_note(struct reply *r, const char *note)
{
    struct buf why = {0};
    if (!*note)
        return;
    buf_fmt(&why, "%s Settled: %s", r->why, note);
    if (!text_copy(r->why, sizeof r->why, buf_text(&why)))
        text_put(r->why, sizeof r->why, note);
    buf_free(&why);
}

static bool is_waiting(const struct reply *r)
{
    return !*r->settled_on &&
           (strcmp(r->verdict, "refused") == 0 || strcmp(r->verdict, "unmatched") == 0);
}

/* The answer, and the person that it is about (all empty when it matched nothing), where the user
 * may know of them. */
static bool find_reply(struct session *s, const char *number, struct reply *r, struct person *p,
                       struct err *e)
{
    struct handoff h;
    int64_t id;
    record_init(&reply_type, r);
    record_init(&person_type, p);
    if (!text_to_int(number, 1, INT64_MAX, &id))
        return err_field(e, "reply", "Reply: write its number as it stands in onward reply list.");
    bool found = record_load(s->db, &reply_type, id, r, e) &&
                 (r->handoff_id == FIELD_ABSENT ||
                  (record_load(s->db, &handoff_type, r->handoff_id, &h, e) &&
                   find_person_by_id(s, h.person_id, p, e)));
    if (!found && e->code == ERR_NOT_FOUND)
        err_set(e, ERR_NOT_FOUND, "There is no answer %s; see onward reply list.", number);
    return found;
}

static bool run_settle(struct session *s, const void *args, uint64_t given, struct outcome *o,
                       struct err *e)
{
    const struct settle_args *a = args;
    struct reply before, after;
    struct person p;
    (void)given;
    if (!find_reply(s, a->reply, &before, &p, e))
        return false;
    if (!is_waiting(&before))
        return err_rule(e, "reply.settled", "There is nothing to settle: it was %s%s%s.",
                        before.verdict, *before.settled_on ? ", settled on " : "",
                        before.settled_on);
    after = before;
    today_text(s, after.settled_on);
    add_note(&after, a->note);
    if (!engine_update(s, &reply_type, &before, &after, p.ref, e))
        return false;
    engine_final(s);
    text_put(o->kind, sizeof o->kind, "reply");
    text_put(o->ref, sizeof o->ref, a->reply);
    outcome_say(o, "Settled.");
    return true;
}
static const struct verb reply_settle = VERB(
    "reply settle", "Takes a refused or unmatched answer off the list: somebody dealt with it.",
    ROLE_CARE, settle_fields, settle_args, run_settle);

const struct verb *const reply_verbs[] = {&word_add, &reply_settle, NULL};
const struct list *const reply_lists[] = {&word_list, &waiting_list, NULL};

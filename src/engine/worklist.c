/* SPDX-License-Identifier: MIT
 *
 * What next: the lines that the clocks derive from the record, the most
 * pressing first. Nothing is typed and nothing is kept, so a line goes the
 * moment its cause does. A worker sees what is theirs; a manager the whole
 * service, where of each kind the most pressing are looked at.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/consents.h"
#include "engine/referrals.h"
#include "store/worklist.h"

/* Of each kind; far more than a screen holds, few enough to answer at once among a million. */
enum { SERVICE_MOST = 100 };

struct entry {
    struct task_line line;
    char person[REF_SIZE], referral[REF_SIZE], handoff[REF_SIZE], flag[REF_SIZE];
    char batch[CODE_SIZE];
    char name[2 * NAME_SIZE];
};
struct entries {
    struct session *s;
    const struct clock_rules *rules;
    struct entry *all;
    size_t n, room;
    struct seen { /* keys of candidates taken, where kinds overlap */
        int64_t *ids;
        size_t n, room;
    } seen;
};

static struct entry *add_entry(struct entries *l, const struct task_line *line)
{
    if (l->n == l->room)
        l->all = xrealloc(l->all, (l->room = l->room ? 2 * l->room : 64) * sizeof *l->all);
    l->all[l->n] = (struct entry){.line = *line};
    return &l->all[l->n++];
}

static void add_lines(struct entries *l, const struct task_line *lines, size_t n,
                      const struct worklist_row *row, const char *handoff, const char *flag)
{
    for (size_t i = 0; i < n; i++) {
        struct entry *en = add_entry(l, &lines[i]);
        text_put(en->person, sizeof en->person, row->person);
        text_put(en->referral, sizeof en->referral, row->referral);
        text_put(en->name, sizeof en->name, row->name);
        text_put(en->handoff, sizeof en->handoff, handoff);
        text_put(en->flag, sizeof en->flag, flag);
    }
}

/* True the first time a key is seen; there are a thousand or two at most. */
static bool is_new(struct seen *seen, int64_t id)
{
    for (size_t i = 0; i < seen->n; i++)
        if (seen->ids[i] == id)
            return false;
    if (seen->n == seen->room)
        seen->ids = xrealloc(seen->ids, (seen->room = seen->room ? 2 * seen->room : 64) * sizeof *seen->ids);
    seen->ids[seen->n++] = id;
    return true;
}

/* ---- when consent ends */

/* The day on which the consent that decides on this organisation and need ends; "" where none decides. */
static void expiry_for(const struct consent *rows, size_t n, const char *organisation,
                       const char *need, char earliest[DATE_SIZE])
{
    for (size_t i = 0; i < n; i++) {
        struct consent_question q = {.rows = rows, .count = n, .organisation = organisation, .need = need,
                                     .categories = CATEGORY_LEAST, .on = date_parse(rows[i].expires_on)};
        struct consent_answer a;
        if (strcmp(rows[i].purpose, "share") != 0 || q.on == DATE_NONE)
            continue;
        consent_covers(&q, &a);
        if (a.basis == &rows[i] && (!*earliest || strcmp(rows[i].expires_on, earliest) < 0))
            text_put(earliest, DATE_SIZE, rows[i].expires_on);
    }
}

static bool consent_expiry(struct session *s, const struct referral *r, char earliest[DATE_SIZE],
                           struct err *e)
{
    struct consent *rows;
    size_t n;
    *earliest = '\0';
    if (!consents_load(s, r->person_id, &rows, &n, e))
        return false;
    struct stmt *st = worklist_recipients(s->db, r->id, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW)
        expiry_for(rows, n, col_text(st, 0), col_text(st, 1), earliest);
    free(rows);
    return step != STEP_FAILED;
}

/* ---- candidates */

static bool take_referral(void *ctx, const struct worklist_row *row, struct err *e)
{
    struct entries *l = ctx;
    const struct referral *r = row->record;
    struct referral_facts facts = row->facts;
    struct task_line lines[8];
    if (!is_new(&l->seen, r->id))
        return true;
    if (row->consents_expire && !consent_expiry(l->s, r, facts.consent_expires_on, e))
        return false;
    add_lines(l, lines, clock_referral(l->rules, r, &facts, lines), row, "", "");
    return true;
}

static bool take_handoff(void *ctx, const struct worklist_row *row, struct err *e)
{
    struct entries *l = ctx;
    const struct handoff *h = row->record;
    struct task_line lines[4];
    (void)e;
    if (is_new(&l->seen, h->id))
        add_lines(l, lines, clock_handoff(l->rules, h, lines), row, h->ref, "");
    return true;
}

static bool take_flag(void *ctx, const struct worklist_row *row, struct err *e)
{
    struct entries *l = ctx;
    const struct flag *f = row->record;
    struct task_line lines[1];
    (void)e;
    add_lines(l, lines, clock_flag(l->rules, f, lines), row, "", f->ref);
    return true;
}

static bool take_answer(void *ctx, const struct worklist_row *row, struct err *e)
{
    struct entries *l = ctx;
    struct task_line lines[1];
    (void)e;
    add_lines(l, lines, clock_answer(l->rules, row->record, lines), row, "", "");
    return true;
}

static struct task_line line_since(const struct clock_rules *rules, enum task task, day_t due)
{
    return (struct task_line){.task = task, .due = due, .late = rules->today - due};
}

static bool take_batches(struct entries *l, const struct worklist_query *q, struct err *e)
{
    struct stmt *st = worklist_batches(l->s->db, q, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        struct task_line line = line_since(l->rules, TASK_UNDELIVERED, date_parse(col_text(st, 1)));
        snprintf(line.what, sizeof line.what, "Package for %s is not delivered", col_text(st, 2));
        snprintf(line.stops, sizeof line.stops,
                 "Send it, then: onward batch delivered %s by=.. how=..", col_text(st, 0));
        text_put(add_entry(l, &line)->batch, CODE_SIZE, col_text(st, 0));
    }
    return step != STEP_FAILED;
}

static bool take_replies(struct entries *l, const struct worklist_query *q, struct err *e)
{
    struct stmt *st = worklist_replies(l->s->db, q, e);
    enum step step = STEP_FAILED;
    while (st && (step = stmt_step(st, e)) == STEP_ROW) {
        struct task_line line = line_since(l->rules, TASK_UNMATCHED, instant_day(col_int(st, 3)));
        snprintf(line.what, sizeof line.what, "Reply of %s about %.40s: %.80s", col_text(st, 2),
                 *col_text(st, 0) ? col_text(st, 0) : "an unnamed row", col_text(st, 1));
        text_put(line.stops, sizeof line.stops, "Ring them, and record what they meant with handoff reply");
        struct entry *en = add_entry(l, &line);
        text_put(en->handoff, sizeof en->handoff, col_text(st, 4));
        text_put(en->referral, sizeof en->referral, col_text(st, 5));
    }
    return step != STEP_FAILED;
}

/* ---- gathering and order */

static const char *reference(const struct entry *en)
{
    return *en->handoff ? en->handoff : *en->flag ? en->flag : *en->referral ? en->referral : en->batch;
}

static int by_rank(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return task_compare(&x->line, reference(x), &y->line, reference(y));
}

/* Overdue, today, to come; within each by rank. */
static int by_day(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int early = (x->line.late > 0) - (x->line.late < 0), late = (y->line.late > 0) - (y->line.late < 0);
    return early != late ? late - early : by_rank(a, b);
}

static void day_back(struct session *s, int64_t days, char out[DATE_SIZE])
{
    date_format(session_today(s) - (day_t)days, out);
}

static bool gather(struct entries *l, enum worklist_scope scope, int64_t key, struct err *e)
{
    struct session *s = l->s;
    char today[DATE_SIZE], quiet[DATE_SIZE], no_news[DATE_SIZE], expiring[DATE_SIZE];
    today_text(s, today);
    day_back(s, session_setting(s, SET_QUIET_DAYS), quiet);
    day_back(s, session_setting(s, SET_NEWS_DAYS), no_news);
    day_back(s, -session_setting(s, SET_CONSENT_EXPIRING_DAYS), expiring);
    struct worklist_query q = {.scope = scope,
                               .key = key,
                               .user_id = s->user.id,
                               .today = today,
                               .quiet = quiet,
                               .no_news = no_news,
                               .expiring = expiring,
                               .most = SERVICE_MOST};
    bool ok = worklist_each(s->db, &q, &referral_type, take_referral, l, e) &&
              worklist_each(s->db, &q, &handoff_type, take_handoff, l, e) &&
              worklist_each(s->db, &q, &flag_type, take_flag, l, e) &&
              worklist_each(s->db, &q, &answer_type, take_answer, l, e) &&
              (scope == WORKLIST_REFERRAL || take_replies(l, &q, e)) &&
              (scope != WORKLIST_SERVICE || take_batches(l, &q, e));
    free(l->seen.ids);
    if (ok && l->n > 1)
        qsort(l->all, l->n, sizeof *l->all, by_rank);
    return ok;
}

bool worklist_of_referral(struct session *s, int64_t referral_id, bool masked, json_t *out,
                          struct err *e)
{
    struct entries l = {.s = s, .rules = engine_clock_rules(s)};
    bool ok = gather(&l, WORKLIST_REFERRAL, referral_id, e);
    for (size_t i = 0; ok && i < l.n; i++) {
        const struct entry *en = &l.all[i];
        bool hide = masked && en->line.task == TASK_FLAG; /* its words are a worker's own */
        char due[DATE_SIZE];
        date_format(en->line.due, due);
        json_array_append_new(out,
                              json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s}", "task",
                                        task_names[en->line.task], "what",
                                        hide ? "•••" : en->line.what, "due", due, "late",
                                        en->line.late, "stops", en->line.stops, "handoff",
                                        en->handoff, "flag", en->flag));
    }
    free(l.all);
    return ok;
}

/* ---- the list */

struct worklist_filters {
    char worker[CODE_SIZE];
    int64_t mine, by_day;
};
static const struct field filter_fields[] = {
    {"worker", "Worker", FIELD_CODE, 0, FIELD_TEXT_AT(worklist_filters, worker), .set = "user",
     .help = "login; a manager may look at any"},
    {"mine", "Mine", FIELD_FLAG, 0, FIELD_INT_AT(worklist_filters, mine),
     .help = "yes: a manager's own cases alone"},
    {"by_day", "By day", FIELD_FLAG, 0, FIELD_INT_AT(worklist_filters, by_day),
     .help = "yes: first what is overdue, then today's, then what is to come"},
};

enum { COLUMN_COUNT = 14 };
static const struct column columns[COLUMN_COUNT] = {
    {.key = "rank", .label = "Rank", .kind = FIELD_INT, .width = 0},
    {.key = "task", .label = "Task", .kind = FIELD_TEXT, .width = 0, .flags = FIELD_NAMES},
    {.key = "title", .label = "What it is", .kind = FIELD_TEXT, .width = 24},
    {.key = "what", .label = "What", .kind = FIELD_TEXT, .width = 50, .flags = FIELD_NAMES},
    {.key = "due", .label = "Due", .kind = FIELD_DATE, .width = 11, .flags = FIELD_NAMES},
    {.key = "late", .label = "Late", .kind = FIELD_INT, .width = 5},
    {.key = "workdays", .label = "In working days", .kind = FIELD_FLAG, .width = 0},
    {.key = "stops", .label = "What stops it", .kind = FIELD_TEXT, .width = 40},
    {.key = "person", .label = "Person", .kind = FIELD_REF, .width = 12},
    {.key = "referral", .label = "Referral", .kind = FIELD_REF, .width = 12, .flags = FIELD_NAMES},
    {.key = "handoff", .label = "Handoff", .kind = FIELD_REF, .width = 12, .flags = FIELD_NAMES},
    {.key = "flag", .label = "Flag", .kind = FIELD_REF, .width = 12, .flags = FIELD_NAMES},
    {.key = "batch", .label = "Package", .kind = FIELD_TEXT, .width = 20, .flags = FIELD_NAMES},
    {.key = "name", .label = "Name", .kind = FIELD_TEXT, .width = 24, .flags = FIELD_PERSONAL},
};

static bool give(const struct list *l, struct list_run *r, const struct entry *en, struct err *e)
{
    char due[DATE_SIZE];
    date_format(en->line.due, due);
    const struct cell cells[COLUMN_COUNT] = {
        {"", (int64_t)en->line.task + 1},
        {task_names[en->line.task], FIELD_ABSENT},
        {task_labels[en->line.task], FIELD_ABSENT},
        {en->line.what, FIELD_ABSENT},
        {due, FIELD_ABSENT},
        {"", en->line.late},
        {"", en->line.workdays},
        {en->line.stops, FIELD_ABSENT},
        {en->person, FIELD_ABSENT},
        {en->referral, FIELD_ABSENT},
        {en->handoff, FIELD_ABSENT},
        {en->flag, FIELD_ABSENT},
        {en->batch, FIELD_ABSENT},
        {en->name, FIELD_ABSENT},
    };
    return r->row(r->ctx, l, cells, e);
}

/* Whose: a manager's is the whole service unless narrowed, a worker's only ever their own. */
static bool scope_of(struct session *s, const struct worklist_filters *f,
                     enum worklist_scope *scope, int64_t *key, struct err *e)
{
    bool manager = (session_roles(s) & ROLE_MANAGER) != 0;
    struct user u = s->user;
    if (*f->worker && !find_user(s, f->worker, &u, e))
        return false;
    if (u.id != s->user.id && !manager)
        return err_set(e, ERR_DENIED, "Only a manager looks at another worker's worklist.");
    *scope = manager && !*f->worker && f->mine != 1 ? WORKLIST_SERVICE : WORKLIST_WORKER;
    *key = u.id;
    return true;
}

static bool worklist_run(struct session *s, const struct list *l, const void *filters,
                         uint64_t given, struct list_run *r, struct err *e)
{
    struct entries all = {.s = s, .rules = engine_clock_rules(s)};
    enum worklist_scope scope = WORKLIST_WORKER;
    int64_t key = FIELD_ABSENT;
    (void)given;
    if (*r->after)
        return err_set(e, ERR_INVALID,
                       "The worklist has no pages: what is on top changes as the work is done. "
                       "Raise the limit instead.");
    bool ok = scope_of(s, filters, &scope, &key, e) && gather(&all, scope, key, e);
    if (ok && all.n > 1 && ((const struct worklist_filters *)filters)->by_day == 1)
        qsort(all.all, all.n, sizeof *all.all, by_day);
    for (size_t i = 0; ok && i < all.n && (r->limit == 0 || (int64_t)i < r->limit); i++)
        ok = give(l, r, &all.all[i], e);
    r->total = (int64_t)all.n;
    free(all.all);
    return ok;
}

static const struct list worklist = {
    .name = "worklist", .help = "What needs doing next, the most pressing first.", .roles = ROLE_CARE,
    .columns = columns, .columns_count = COLUMN_COUNT,
    .filters = filter_fields, .filters_count = COUNT_OF(filter_fields), .filters_size = sizeof(struct worklist_filters),
    .run = worklist_run,
};
const struct list *const worklist_lists[] = {&worklist, NULL};
const struct verb *const worklist_verbs[] = {NULL};

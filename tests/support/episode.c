/* SPDX-License-Identifier: MIT
 *
 * See episode.h.
 */
#include "support/episode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

const char *episode_line(const char *fmt, ...)
{
    static char lines[4][1024];
    static unsigned next;
    char *line = lines[next++ % 4];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof lines[0], fmt, args);
    va_end(args);
    return line;
}

void episode_received_again(struct session *s, const char *person, char ref[64])
{
    world_must(
        s,
        LINE("referral start %s source=gp_practice reason='Letters and money' safeguarding=none",
             person),
        ref);
    world_must(s, LINE("referral submit %s", ref), NULL);
}

void episode_received(struct session *s, const char *person, char ref[64])
{
    world_must(s, LINE("consent give %s purpose=contact how=phone wording=contact-1", person),
               NULL);
    episode_received_again(s, person, ref);
}

void episode_waiting(struct session *s, const char *person, char ref[64])
{
    episode_received(s, person, ref);
    world_must(s, LINE("need add %s need=money_debt", ref), NULL);
    world_must(s, LINE("risk add %s kind=none_known", person), NULL);
    world_must(s, LINE("referral accept %s", ref), NULL);
}

void episode_allocated(struct session *s, const char *person, char ref[64])
{
    episode_waiting(s, person, ref);
    world_must(s, LINE("referral allocate %s worker=worker", ref), NULL);
}

static json_t *document(struct session *s, const char *ref)
{
    return world_show(s, LINE("referral show %s", ref));
}

void assert_field(struct session *s, const char *ref, const char *key, const char *value)
{
    json_t *doc = document(s, ref);
    const char *is = json_string_value(json_object_get(doc, key));
    if (strcmp(is ? is : "", value) != 0)
        fail_msg("%s of %s is \"%s\", not \"%s\"", key, ref, is ? is : "", value);
    json_decref(doc);
}

void assert_count(struct session *s, const char *ref, const char *array, size_t n)
{
    json_t *doc = document(s, ref);
    assert_int_equal(json_array_size(json_object_get(doc, array)), n);
    json_decref(doc);
}

bool has_row(const json_t *rows, const char *key, const char *value)
{
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        const char *is = json_string_value(json_object_get(row, key));
        if (is && strcmp(is, value) == 0)
            return true;
    }
    return false;
}

void assert_handoff(struct session *s, const char *ref, const char *handoff, const char *state)
{
    json_t *doc = document(s, ref), *row;
    size_t i;
    const char *is = "not there";
    json_array_foreach(
        json_object_get(doc, "handoffs"), i,
        row) if (strcmp(json_string_value(json_object_get(row, "handoff")), handoff) == 0) is =
        json_string_value(json_object_get(row, "state"));
    if (strcmp(is, state) != 0)
        fail_msg("%s of %s is %s, not %s", handoff, ref, is, state);
    json_decref(doc);
}

void assert_answer(struct session *s, const char *ref, const char *event)
{
    json_t *doc = document(s, ref), *row;
    size_t i;
    bool owed = false;
    json_array_foreach(json_object_get(doc, "answers"), i, row) owed =
        owed || (strcmp(json_string_value(json_object_get(row, "event")), event) == 0 &&
                 !json_object_get(row, "told_on"));
    assert_true(owed);
    json_decref(doc);
}

/* ---- the worklist */

/* The line of that task on that referral, or NULL; its rows are the caller's. */
const json_t *task_line(const json_t *rows, const char *task, const char *ref)
{
    size_t i;
    json_t *row;
    json_array_foreach(
        rows, i,
        row) if (strcmp(json_string_value(json_object_get(row, "task")), task) == 0 &&
                 strcmp(json_string_value(json_object_get(row, "referral")), ref) == 0) return row;
    return NULL;
}

void assert_task(struct session *s, const char *words, const char *task, const char *ref,
                 bool there)
{
    json_t *rows = world_list(s, words);
    if (!task_line(rows, task, ref) == there)
        fail_msg("%s: %s of %s %s", words, task, ref, there ? "is missing" : "is still there");
    json_decref(rows);
}

/* For the service (lead) and for the worker whose case it is. */
void assert_due(struct session *s, const char *task, const char *ref)
{
    assert_task(s, "worklist", task, ref, true);
    assert_task(s, "worklist worker=worker", task, ref, true);
}

void assert_done(struct session *s, const char *task, const char *ref)
{
    assert_task(s, "worklist", task, ref, false);
    assert_task(s, "worklist worker=worker", task, ref, false);
}

/* ---- pages of the list */

struct page {
    char (*refs)[64];
    size_t n, most;
};

static bool keep(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    struct page *p = ctx;
    (void)l;
    (void)e;
    assert_true(p->n < p->most);
    strcpy(p->refs[p->n++], cells[0].text);
    return true;
}

size_t episode_page(struct session *s, const char *after, int64_t limit, char refs[][64],
                    size_t most)
{
    struct page p = {refs, 0, most};
    struct list_run r = {.limit = limit, .row = keep, .ctx = &p, .want_total = true};
    struct err e;
    strcpy(r.after, after);
    assert_true(list_call(s, list_find("referral list"), NULL, 0, "screen", &r, &e));
    assert_int_equal(r.total, 5);
    return p.n;
}

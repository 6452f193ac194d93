/* SPDX-License-Identifier: MIT
 *
 * See sent.h.
 */
#include "support/sent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/handoffs.h"
#include "support/world.h"

/* Of the world, so that no test's names depend on those before it. */
static size_t batches(struct session *s)
{
    json_t *rows = world_list(s, "batch list");
    size_t n = json_array_size(rows);
    json_decref(rows);
    return n;
}

void sent_queued(struct session *s, char person[64], char referral[64], char handoff[64])
{
    char p[64], r[64], h[64], line[256];
    world_person(s, p);
    world_referral(s, p, r);
    world_consent(s, p);
    snprintf(line, sizeof line,
             "handoff plan %s need=money_debt service=%s summary='Council tax letters unopened "
             "since May'",
             r, world_service());
    world_must(s, line, h);
    snprintf(line, sizeof line, "handoff send %s", h);
    world_must(s, line, NULL);
    sent_is(s, h, "queued");
    if (person)
        strcpy(person, p);
    if (referral)
        strcpy(referral, r);
    if (handoff)
        strcpy(handoff, h);
}

static bool insert_batch(struct session *s, const struct handoff *h, size_t number, struct batch *b, struct err *e)
{
    static const char sql[] = "INSERT INTO batch (id, name, version, organisation_id, run_on, "
                              "state, row_count, sha256, profile, bom, replies_sha256, "
                              "manifest, created_at, published_at) VALUES ($1, $2, 1, $3, $4, "
                              "'published', 1, 'x', 'machine', 0, 'x', '{}', $5, $5)";
    char today[DATE_SIZE];
    date_format(session_today(s), today);
    record_init(&batch_type, b);
    b->id = engine_id(s);
    snprintf(b->name, sizeof b->name, "salford-advice-20261123-%03zu", number % 1000);
    struct stmt *st = db_prepare(s->db, sql, e);
    if (!st)
        return false;
    stmt_int(st, 1, b->id);
    stmt_text(st, 2, b->name);
    stmt_int(st, 3, h->organisation_id);
    stmt_text(st, 4, today);
    stmt_int(st, 5, session_now(s));
    return stmt_run(st, e) == 1;
}

static bool insert_row(struct session *s, const struct handoff *h, enum row_action action,
                       const struct batch *b, struct err *e)
{
    static const char sql[] =
        "INSERT INTO batch_row (batch_id, row_no, row_id, action, handoff_id, payload, sha256) "
        "VALUES ($1, 1, $2, $3, $4, '', 'x')";
    char row_id[32];
    handoff_row_id(h, action, row_id);
    struct stmt *st = db_prepare(s->db, sql, e);
    if (!st)
        return false;
    stmt_int(st, 1, b->id);
    stmt_text(st, 2, row_id);
    stmt_text(st, 3, row_action_names[action]);
    stmt_int(st, 4, h->id);
    return stmt_run(st, e) == 1;
}

static enum row_action action_of(const char *name)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(row_action_names[i], name) == 0)
            return (enum row_action)i;
    fail_msg("no row action %s", name);
    return ROW_NEW;
}

void sent_export(struct session *s, const char *handoff, const char *action, char batch[64])
{
    struct err e = {0};
    struct handoff h;
    struct batch b;
    enum row_action a = action_of(action);
    size_t number = batches(s) + 1;
    bool ok = engine_begin(s, __func__, &e) &&
              record_load_ref(s->db, &handoff_type, handoff, &h, &e) &&
              insert_batch(s, &h, number, &b, &e) && insert_row(s, &h, a, &b, &e) &&
              handoff_freeze(s, &h, a, &b, NULL, &e) && engine_commit(s, &e);
    if (!ok)
        fail_msg("export %s: %s", handoff, e.text);
    if (batch)
        strcpy(batch, b.name);
}

void sent_delivered(struct session *s, char person[64], char referral[64], char handoff[64])
{
    char h[64], batch[64], line[256];
    sent_queued(s, person, referral, h);
    sent_export(s, h, "new", batch);
    snprintf(line, sizeof line, "batch delivered %s by='Sam Link' how='secure mail'", batch);
    world_must(s, line, NULL);
    sent_is(s, h, "delivered");
    strcpy(handoff, h);
}

struct handoff sent_look(struct session *s, const char *handoff)
{
    struct handoff h;
    struct err e = {0};
    if (!record_load_ref(s->db, &handoff_type, handoff, &h, &e))
        fail_msg("%s: %s", handoff, e.text);
    return h;
}

void sent_is(struct session *s, const char *handoff, const char *state)
{
    struct handoff h = sent_look(s, handoff);
    assert_string_equal(h.state, state);
}

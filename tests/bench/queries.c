/* SPDX-License-Identifier: MIT
 *
 * queries STORE SAMPLES
 *
 * Times what a worker waits for, through the engine's own doors in one
 * process, on a store of `make bench`: finding a person letter by letter,
 * opening a person and a case, the worklist, pages of the list of referrals.
 * Beside them, as the floor, the same look-ups as bare prepared statements.
 * All queries take turns, so that whatever else the machine does falls on all
 * of them; the processor's own time tells that apart. Prints JSON:
 * name -> {p50_ms, p99_ms, cpu_p50_ms, cpu_p99_ms, samples, rows}.
 */
#include <pwd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "onward/session.h"

enum { PAGE = 40, LETTERS = 6, TIMINGS = 40, NAME = 160 };

/* One that is far from its aim need not be asked a thousand times to show it. */
enum { LONG_ENOUGH_MS = 15000, FEWEST = 20 };

struct timing {
    const char *name;
    struct samples wall, cpu;
    double spent_ms;
    int64_t rows;
};
struct start {
    double wall, cpu;
};
struct bench {
    struct session *s;
    sqlite3 *raw;
    sqlite3_stmt *subject, *worker, *by_nhs, *by_ref, *by_prefix;
    int64_t first_id, last_id, workers;
    uint64_t chance;
    struct timing timings[TIMINGS];
    size_t count;
};

/* Somebody of the store, picked by chance, and some worker of it. */
struct subject {
    char referral[REF_SIZE], person[REF_SIZE], given_name[NAME], family_name[NAME], nhs_number[16],
        worker[NAME];
};

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "queries: %s: %s\n", what, why);
    exit(1);
}

static uint64_t below(struct bench *b, uint64_t n)
{
    b->chance = b->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (b->chance >> 20) % n;
}

/* ---- timing */

static struct timing *timing_of(struct bench *b, const char *name)
{
    for (size_t i = 0; i < b->count; i++)
        if (strcmp(b->timings[i].name, name) == 0)
            return &b->timings[i];
    if (b->count == TIMINGS)
        fail(name, "one query too many");
    b->timings[b->count] = (struct timing){.name = name};
    return &b->timings[b->count++];
}

static bool is_enough(const struct timing *t)
{
    return t->spent_ms > LONG_ENOUGH_MS && t->wall.count >= FEWEST;
}

static struct start start(void)
{
    return (struct start){now_ms(), clock_ms(CLOCK_THREAD_CPUTIME_ID)};
}

static void note(struct timing *t, struct start at, int64_t rows)
{
    double wall = now_ms() - at.wall;
    samples_add(&t->wall, wall);
    samples_add(&t->cpu, clock_ms(CLOCK_THREAD_CPUTIME_ID) - at.cpu);
    t->spent_ms += wall;
    t->rows += rows;
}

/* ---- through the engine */

static bool count_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    int64_t *rows = ctx;
    (void)l, (void)cells, (void)e;
    ++*rows;
    return true;
}

struct asked {
    const char *name, *list, *key, *value, *after;
    int64_t limit;
    bool total;
};

static void ask_list(struct bench *b, const struct asked *q)
{
    struct timing *t = timing_of(b, q->name);
    struct typed word = {q->key, q->value};
    struct err e = {0};
    int64_t rows = 0;
    struct list_run run = {
        .limit = q->limit, .row = count_row, .ctx = &rows, .want_total = q->total};
    if (is_enough(t))
        return;
    if (q->after)
        snprintf(run.after, sizeof run.after, "%s", q->after);
    struct start at = start();
    if (!list_call(b->s, list_find(q->list), &word, q->value ? 1 : 0, "screen", &run, &e))
        fail(q->name, e.text);
    note(t, at, rows);
}

static void ask_verb(struct bench *b, const char *name, const char *verb, const char *ref)
{
    struct timing *t = timing_of(b, name);
    struct typed word = {NULL, ref};
    struct outcome o = {0};
    struct err e = {0};
    struct start at = start();
    if (!verb_run(b->s, verb_find(verb), &word, 1, &o, &e))
        fail(name, e.text);
    note(t, at, 1);
    outcome_free(&o);
}

/* ---- bare statements */

static sqlite3_stmt *prepare(struct bench *b, const char *sql)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(b->raw, sql, -1, &st, NULL) != SQLITE_OK)
        fail(sql, sqlite3_errmsg(b->raw));
    return st;
}

/* Steps to the end, fetching every column, as whoever shows them must. */
static int64_t step_all(sqlite3_stmt *st)
{
    int64_t rows = 0;
    while (sqlite3_step(st) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(st); i++)
            sqlite3_column_text(st, i);
        rows++;
    }
    sqlite3_reset(st);
    return rows;
}

static void ask_raw(struct bench *b, const char *name, sqlite3_stmt *st, const char *first,
                    const char *second)
{
    struct timing *t = timing_of(b, name);
    struct start at = start();
    sqlite3_bind_text(st, 1, first, -1, SQLITE_STATIC);
    if (second)
        sqlite3_bind_text(st, 2, second, -1, SQLITE_STATIC);
    note(t, at, step_all(st));
}

/* ---- whom to ask about */

static int64_t number(struct bench *b, const char *sql)
{
    sqlite3_stmt *st = prepare(b, sql);
    int64_t n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
    sqlite3_finalize(st);
    return n;
}

static void copy(char *to, size_t size, sqlite3_stmt *st, int column)
{
    const char *text = (const char *)sqlite3_column_text(st, column);
    snprintf(to, size, "%s", text ? text : "");
}

static void pick(struct bench *b, struct subject *s)
{
    sqlite3_bind_int64(b->subject, 1,
                       b->first_id + (int64_t)below(b, (uint64_t)(b->last_id - b->first_id) + 1));
    if (sqlite3_step(b->subject) != SQLITE_ROW)
        fail("sample", "the store holds no referrals");
    copy(s->referral, sizeof s->referral, b->subject, 0);
    copy(s->person, sizeof s->person, b->subject, 1);
    copy(s->given_name, sizeof s->given_name, b->subject, 2);
    copy(s->family_name, sizeof s->family_name, b->subject, 3);
    copy(s->nhs_number, sizeof s->nhs_number, b->subject, 4);
    sqlite3_reset(b->subject);
    sqlite3_bind_int64(b->worker, 1, (int64_t)below(b, (uint64_t)b->workers));
    if (sqlite3_step(b->worker) != SQLITE_ROW)
        fail("sample", "the store has no workers");
    copy(s->worker, sizeof s->worker, b->worker, 0);
    sqlite3_reset(b->worker);
}

/* The first letters of a name. */
static void beginning(const char *name, int letters, char out[NAME])
{
    size_t n = 0;
    for (int i = 0; i < letters && name[n]; i++)
        do
            n++;
        while (((unsigned char)name[n] & 0xC0) == 0x80);
    snprintf(out, NAME, "%.*s", (int)n, name);
}

/* ---- one round of everything */

static void ask_people(struct bench *b, const struct subject *who)
{
    static const char *const typed[LETTERS] = {"person_find_1_letter",  "person_find_2_letters",
                                               "person_find_3_letters", "person_find_4_letters",
                                               "person_find_5_letters", "person_find_6_letters"};
    char text[2 * NAME + 1], part[NAME];
    for (int i = 0; i < LETTERS; i++) {
        beginning(who->family_name, i + 1, text);
        ask_list(b, &(struct asked){
                        .name = typed[i], .list = "person find", .value = text, .limit = PAGE});
    }
    beginning(who->family_name, 3, part);
    snprintf(text, sizeof text, "%s %s", who->given_name, part);
    ask_list(
        b, &(struct asked){
               .name = "person_find_typing", .list = "person find", .value = text, .limit = PAGE});
    snprintf(text, sizeof text, "%s %s", who->given_name, who->family_name);
    ask_list(b,
             &(struct asked){
                 .name = "person_find_name", .list = "person find", .value = text, .limit = PAGE});
    if (*who->nhs_number)
        ask_list(b, &(struct asked){.name = "person_find_nhs_number",
                                    .list = "person find",
                                    .value = who->nhs_number,
                                    .limit = PAGE});
    ask_list(b, &(struct asked){.name = "person_list_first", .list = "person list", .limit = PAGE});
    ask_list(b, &(struct asked){.name = "person_list_practice",
                                .list = "person list",
                                .key = "gp_practice",
                                .value = "P87001",
                                .limit = PAGE});
    ask_list(b,
             &(struct asked){
                 .name = "person_list_total", .list = "person list", .limit = PAGE, .total = true});
    ask_verb(b, "person_show", "person show", who->person);
}

static void ask_referrals(struct bench *b, const struct subject *who)
{
    static const char list[] = "referral list";
    const struct asked pages[] = {
        {"referral_list_first", list, NULL, NULL, NULL, PAGE, false},
        {"referral_list_middle", list, NULL, NULL, who->referral, PAGE, false},
        {"referral_list_total", list, NULL, NULL, NULL, PAGE, true},
        {"referral_list_worker", list, "worker", who->worker, NULL, PAGE, false},
        {"referral_list_worker_total", list, "worker", who->worker, NULL, PAGE, true},
        {"referral_list_active", list, "state", "active", NULL, PAGE, false},
        {"referral_list_active_total", list, "state", "active", NULL, PAGE, true},
        {"referral_list_waiting", list, "state", "waiting", NULL, PAGE, false},
        {"referral_list_closed_middle", list, "state", "closed", who->referral, PAGE, false},
        {"referral_list_neighbourhood", list, "neighbourhood", "swinton", who->referral, PAGE,
         false},
        {"referral_list_need", list, "need", "falls", who->referral, PAGE, false},
        {"referral_list_need_of_nobody", list, "need", "faith_culture", NULL, PAGE, false},
        {"referral_list_open", list, "open", "yes", NULL, PAGE, false},
        {"referral_list_open_total", list, "open", "yes", NULL, PAGE, true},
        {"referral_list_quiet", list, "quiet", "30", NULL, PAGE, false},
        {"worklist_worker", "worklist", "worker", who->worker, NULL, 0, true},
        {"worklist_service", "worklist", NULL, NULL, NULL, 0, true},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        ask_list(b, &pages[i]);
    ask_verb(b, "referral_show", "referral show", who->referral);
}

static void ask_floors(struct bench *b, const struct subject *who)
{
    char from[NAME], past[NAME + 4];
    ask_raw(b, "floor_person_by_nhs_number", b->by_nhs, who->nhs_number, NULL);
    ask_raw(b, "floor_referral_by_reference", b->by_ref, who->referral, NULL);
    beginning(who->family_name, 3, from);
    snprintf(past, sizeof past, "%s\xF4\x8F\xBF\xBF", from);
    ask_raw(b, "floor_40_people_by_term", b->by_prefix, from, past);
}

static void report(struct bench *b)
{
    json_t *all = json_object();
    for (size_t i = 0; i < b->count; i++) {
        struct timing *t = &b->timings[i];
        if (!t->wall.count)
            continue;
        json_object_set_new(
            all, t->name,
            json_pack("{s:f, s:f, s:f, s:f, s:I, s:f}", "p50_ms", samples_at(&t->wall, 0.5),
                      "p99_ms", samples_at(&t->wall, 0.99), "cpu_p50_ms", samples_at(&t->cpu, 0.5),
                      "cpu_p99_ms", samples_at(&t->cpu, 0.99), "samples", (json_int_t)t->wall.count,
                      "rows", (double)t->rows / (double)t->wall.count));
        free(t->wall.ms);
        free(t->cpu.ms);
    }
    json_dumpf(all, stdout, JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
    putchar('\n');
    json_decref(all);
}

/* ---- the store */

static int64_t fixed_clock(void)
{
    return BENCH_NOW;
}

static void open_all(struct bench *b, const char *store)
{
    struct passwd *account = getpwuid(getuid());
    struct session_options o = {
        .url = store, .os_account = account ? account->pw_name : "", .clock = fixed_clock};
    struct err e = {0};
    if (!(b->s = session_open(&o, &e)))
        fail(store, e.text);
    if (sqlite3_open_v2(store, &b->raw, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        fail(store, sqlite3_errmsg(b->raw));
    sqlite3_exec(b->raw, "PRAGMA cache_size = -16000", NULL, NULL, NULL);
    b->first_id = number(b, "SELECT min(id) FROM referral");
    b->last_id = number(b, "SELECT max(id) FROM referral");
    b->workers = number(b, "SELECT count(*) FROM app_user WHERE login LIKE 'w%'");
    b->subject =
        prepare(b, "SELECT r.ref, p.ref, p.given_name, p.family_name, p.nhs_number FROM referral r "
                   "JOIN person p ON p.id = r.person_id WHERE r.id >= ?1 ORDER BY r.id LIMIT 1");
    b->worker = prepare(
        b, "SELECT login FROM app_user WHERE login LIKE 'w%' ORDER BY login LIMIT 1 OFFSET ?1");
    b->by_nhs = prepare(b, "SELECT * FROM person WHERE nhs_number = ?1");
    b->by_ref = prepare(b, "SELECT * FROM referral WHERE ref = ?1");
    b->by_prefix = prepare(
        b,
        "SELECT p.* FROM person_term t JOIN person p ON p.id = t.person_id "
        "WHERE t.term >= lower(?1) AND t.term < lower(?2) ORDER BY t.term, t.person_id LIMIT 40");
}

static void close_all(struct bench *b)
{
    sqlite3_stmt *const all[] = {b->subject, b->worker, b->by_nhs, b->by_ref, b->by_prefix};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(b->raw);
    session_close(b->s);
}

int main(int argc, char **argv)
{
    static struct bench b = {.chance = 1};
    long samples = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (samples < 1) {
        fputs("queries STORE SAMPLES\n", stderr);
        return 2;
    }
    open_all(&b, argv[1]);
    for (long i = 0; i < samples; i++) {
        struct subject who;
        pick(&b, &who);
        ask_people(&b, &who);
        ask_referrals(&b, &who);
        ask_floors(&b, &who);
    }
    report(&b);
    close_all(&b);
    return 0;
}

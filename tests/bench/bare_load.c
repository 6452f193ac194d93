/* SPDX-License-Identifier: MIT
 *
 * bare_load STORE FILE
 *
 * The floor under `onward import referrals`: the same file into the same
 * tables with the same indexes, pragmas and single transaction, by prepared
 * statements a row at a time. It believes every cell, chains no audit row and
 * reports nothing; keys, references and search terms are made as onward makes
 * them, so that both stores weigh the same. bench.sh checks that they hold
 * equally many rows in every table.
 */
#include <csv.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "engine/people.h"

#define SCHEME "bench"
#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"
#define NO_DIGEST "row=00000000000000000000000000000000"

/* The columns of referrals_csv.c, in its order. */
enum file_column {
    SOURCE_KEY,
    PERSON_KEY,
    NHS_NUMBER,
    GIVEN_NAME,
    FAMILY_NAME,
    DATE_OF_BIRTH,
    GENDER,
    PHONE,
    ADDRESS,
    POSTCODE,
    NEIGHBOURHOOD,
    GP_PRACTICE,
    RECEIVED_ON,
    SOURCE,
    REFERRER_NAME,
    REFERRER_PRACTICE,
    REASON,
    URGENT,
    SAFEGUARDING,
    RISKS,
    CONTACT_CONSENT,
    CONTACT_CONSENT_HOW,
    NEEDS,
    STATE,
    WORKER,
    ACCEPTED_ON,
    ALLOCATED_ON,
    BEGUN_ON,
    CLOSED_ON,
    CLOSE_REASON,
    COLUMNS
};

/* ---- statements */

enum statement {
    FIND,
    PERSON,
    IDENTIFIER,
    TERM,
    REFERRAL,
    NEED,
    RISK,
    CONSENT,
    AUDIT,
    WORKER_ID,
    SUMMARY,
    IMPORT_FILE,
    STATEMENTS
};
static const char *const sql[STATEMENTS] = {
    [FIND] =
        "SELECT i.person_id, p.ref FROM person_identifier i JOIN person p ON p.id = i.person_id "
        "WHERE i.scheme = '" SCHEME "' AND i.value = ?1",
    [PERSON] = "INSERT INTO person (id, ref, version, given_name, family_name, date_of_birth, "
               "gender, nhs_number, gp_practice, phone, "
               "address, postcode, neighbourhood, restricted, created_at, created_by) "
               "VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13, ?14)",
    [IDENTIFIER] =
        "INSERT INTO person_identifier (id, person_id, scheme, value) VALUES (?1, ?2, '" SCHEME
        "', ?3)",
    [TERM] = "INSERT OR IGNORE INTO person_term (term, person_id) VALUES (?1, ?2)",
    [REFERRAL] =
        "INSERT INTO referral (id, ref, version, person_id, state, state_before, state_at, "
        "received_on, source, referrer_name, "
        "referrer_practice, reason, urgent, neighbourhood, worker_id, safeguarding, accepted_on, "
        "allocated_on, begun_on, "
        "closed_on, close_reason, source_key, created_at, created_by) VALUES (?1, ?2, 1, ?3, ?4, "
        "?5, ?6, ?7, ?8, ?9, ?10, "
        "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, '" SCHEME ":' || ?21, ?22, ?23)",
    [NEED] =
        "INSERT INTO need (id, version, referral_id, code, found, is_main, created_at, created_by) "
        "VALUES (?1, 1, ?2, ?3, 'presenting', ?4, ?5, ?6)",
    [RISK] = "INSERT INTO risk (id, ref, version, person_id, kind, recorded_at, recorded_by) "
             "VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)",
    [CONSENT] = "INSERT INTO consent (id, ref, person_id, purpose, decision, categories, how, "
                "valid_from, expires_on, recorded_at, "
                "recorded_by) VALUES (?1, ?2, ?3, 'contact', ?4, 'identity', ?5, ?6, ?6, ?7, ?8)",
    [AUDIT] = "INSERT INTO audit (seq, at, login, acting_as, verb, effect, record, ref, about, "
              "fields, prev, hash) "
              "VALUES (?1, ?2, 'bench', '', 'import referrals', ?3, ?4, ?5, ?6, '" NO_DIGEST
              "', '" NO_HASH "', '" NO_HASH "')",
    [WORKER_ID] = "SELECT id FROM app_user WHERE login = ?1",
    [SUMMARY] = "INSERT INTO summary (measure, month, neighbourhood, code, count) VALUES (?1, ?2, "
                "?3, ?4, ?5)",
    [IMPORT_FILE] = "INSERT INTO import_file (id, kind, sha256, name, read_at, row_count, added, "
                    "changed, refused) "
                    "VALUES (?1, 'referrals', '" NO_HASH "', 'bench', ?2, ?3, ?3, 0, 0)",
};

/* ---- counts by month, neighbourhood and code */

enum { GROUPS = 1 << 16 };
struct group {
    char key[160]; /* measure|month|neighbourhood|code */
    int64_t count;
};

struct loader {
    sqlite3 *db;
    sqlite3_stmt *st[STATEMENTS];
    struct id_maker ids;
    uint64_t refs;
    int64_t user, seq, rows;
    char *cell[COLUMNS + 1];
    size_t cells, used;
    char text[1 << 17]; /* of one row */
    struct group *groups;
    struct person person;
    int64_t person_id;
    char person_ref[REF_SIZE];
};

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "bare_load: %s: %s\n", what, why);
    exit(1);
}

static void count(struct loader *l, const char *measure, const char *date, const char *area,
                  const char *code)
{
    char key[sizeof l->groups->key];
    uint32_t hash = 2166136261u;
    snprintf(key, sizeof key, "%s|%.7s|%s|%s", measure, date, area, code);
    for (const char *c = key; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t i = hash % GROUPS;
    while (*l->groups[i].key && strcmp(l->groups[i].key, key) != 0)
        i = (i + 1) % GROUPS;
    memcpy(l->groups[i].key, key, sizeof key);
    l->groups[i].count++;
}

/* ---- binding and running */

static void put_text(struct loader *l, enum statement s, int n, const char *text)
{
    if (*text)
        sqlite3_bind_text(l->st[s], n, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(l->st[s], n);
}

static void put_int(struct loader *l, enum statement s, int n, int64_t value)
{
    sqlite3_bind_int64(l->st[s], n, value);
}

static void run(struct loader *l, enum statement s)
{
    if (sqlite3_step(l->st[s]) != SQLITE_DONE)
        fail(sql[s], sqlite3_errmsg(l->db));
    sqlite3_reset(l->st[s]);
}

static int64_t put_id(struct loader *l, enum statement s)
{
    int64_t id = id_next(&l->ids, BENCH_NOW);
    put_int(l, s, 1, id);
    return id;
}

/* The reference stays bound: it must live until the statement has run. */
static void put_ref(struct loader *l, enum statement s, const char *prefix, char ref[REF_SIZE])
{
    ref_make(prefix, ++l->refs, ref);
    put_text(l, s, 2, ref);
}

static void put_made(struct loader *l, enum statement s, int n)
{
    put_int(l, s, n, BENCH_NOW);
    put_int(l, s, n + 1, l->user);
}

static void audit(struct loader *l, const char *effect, const char *record, const char *ref,
                  const char *about)
{
    put_int(l, AUDIT, 1, ++l->seq);
    put_int(l, AUDIT, 2, BENCH_NOW);
    sqlite3_bind_text(l->st[AUDIT], 3, effect, -1, SQLITE_STATIC);
    sqlite3_bind_text(l->st[AUDIT], 4, record, -1, SQLITE_STATIC);
    sqlite3_bind_text(l->st[AUDIT], 5, ref, -1, SQLITE_STATIC);
    sqlite3_bind_text(l->st[AUDIT], 6, about, -1, SQLITE_STATIC);
    run(l, AUDIT);
}

/* ---- a row */

static void put_term(void *ctx, const char *term)
{
    struct loader *l = ctx;
    put_text(l, TERM, 1, term);
    put_int(l, TERM, 2, l->person_id);
    run(l, TERM);
}

static void put_terms(struct loader *l)
{
    struct person *p = &l->person;
    text_put(p->ref, sizeof p->ref, l->person_ref);
    text_put(p->given_name, sizeof p->given_name, l->cell[GIVEN_NAME]);
    text_put(p->family_name, sizeof p->family_name, l->cell[FAMILY_NAME]);
    text_put(p->date_of_birth, sizeof p->date_of_birth, l->cell[DATE_OF_BIRTH]);
    text_put(p->nhs_number, sizeof p->nhs_number, l->cell[NHS_NUMBER]);
    text_put(p->phone, sizeof p->phone, l->cell[PHONE]);
    text_put(p->postcode, sizeof p->postcode, l->cell[POSTCODE]);
    person_terms(p, put_term, l);
    person_term_compact(l->cell[PERSON_KEY], put_term, l);
}

static void put_new_person(struct loader *l)
{
    static const enum file_column columns[] = {GIVEN_NAME, FAMILY_NAME,  DATE_OF_BIRTH, GENDER,
                                               NHS_NUMBER, GP_PRACTICE,  PHONE,         ADDRESS,
                                               POSTCODE,   NEIGHBOURHOOD};
    char ref[REF_SIZE];
    l->person_id = put_id(l, PERSON);
    put_ref(l, PERSON, "PE", l->person_ref);
    for (int i = 0; i < (int)(sizeof columns / sizeof *columns); i++)
        put_text(l, PERSON, 3 + i, l->cell[columns[i]]);
    put_made(l, PERSON, 13);
    run(l, PERSON);
    put_id(l, IDENTIFIER);
    put_int(l, IDENTIFIER, 2, l->person_id);
    put_text(l, IDENTIFIER, 3, l->cell[PERSON_KEY]);
    run(l, IDENTIFIER);
    put_terms(l);
    put_id(l, RISK);
    put_ref(l, RISK, "RK", ref);
    put_int(l, RISK, 3, l->person_id);
    put_text(l, RISK, 4, l->cell[RISKS]);
    put_made(l, RISK, 5);
    run(l, RISK);
    put_id(l, CONSENT);
    put_ref(l, CONSENT, "CO", ref);
    put_int(l, CONSENT, 3, l->person_id);
    put_text(l, CONSENT, 4, l->cell[CONTACT_CONSENT]);
    put_text(l, CONSENT, 5, l->cell[CONTACT_CONSENT_HOW]);
    put_text(l, CONSENT, 6, l->cell[RECEIVED_ON]);
    put_made(l, CONSENT, 7);
    run(l, CONSENT);
    audit(l, "made", "person", l->person_ref, l->person_ref);
}

static void find_or_put_person(struct loader *l)
{
    put_text(l, FIND, 1, l->cell[PERSON_KEY]);
    bool found = sqlite3_step(l->st[FIND]) == SQLITE_ROW;
    if (found) {
        l->person_id = sqlite3_column_int64(l->st[FIND], 0);
        text_put(l->person_ref, sizeof l->person_ref,
                 (const char *)sqlite3_column_text(l->st[FIND], 1));
    }
    sqlite3_reset(l->st[FIND]);
    if (!found)
        put_new_person(l);
}

static void put_worker(struct loader *l, int n)
{
    sqlite3_bind_null(l->st[REFERRAL], n);
    if (!*l->cell[WORKER])
        return;
    put_text(l, WORKER_ID, 1, l->cell[WORKER]);
    if (sqlite3_step(l->st[WORKER_ID]) == SQLITE_ROW)
        put_int(l, REFERRAL, n, sqlite3_column_int64(l->st[WORKER_ID], 0));
    sqlite3_reset(l->st[WORKER_ID]);
}

static void put_needs(struct loader *l, int64_t referral)
{
    bool is_main = true;
    for (char *code; (code = strsep(&l->cell[NEEDS], ";")); is_main = false) {
        put_id(l, NEED);
        put_int(l, NEED, 2, referral);
        put_text(l, NEED, 3, code);
        put_int(l, NEED, 4, is_main);
        put_made(l, NEED, 5);
        run(l, NEED);
        count(l, "need", l->cell[RECEIVED_ON], l->cell[NEIGHBOURHOOD], code);
    }
}

static void put_referral(struct loader *l)
{
    static const struct {
        int n;
        enum file_column column;
    } columns[] = {
        {4, STATE},          {7, RECEIVED_ON},        {8, SOURCE},
        {9, REFERRER_NAME},  {10, REFERRER_PRACTICE}, {11, REASON},
        {13, NEIGHBOURHOOD}, {15, SAFEGUARDING},      {16, ACCEPTED_ON},
        {17, ALLOCATED_ON},  {18, BEGUN_ON},          {19, CLOSED_ON},
        {20, CLOSE_REASON},  {21, SOURCE_KEY},
    };
    bool closed = strcmp(l->cell[STATE], "closed") == 0;
    char ref[REF_SIZE];
    int64_t id = put_id(l, REFERRAL);
    put_ref(l, REFERRAL, "SP", ref);
    put_int(l, REFERRAL, 3, l->person_id);
    put_text(l, REFERRAL, 5, closed ? "active" : "");
    put_int(l, REFERRAL, 6, BENCH_NOW);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        put_text(l, REFERRAL, columns[i].n, l->cell[columns[i].column]);
    put_int(l, REFERRAL, 12, strcmp(l->cell[URGENT], "yes") == 0);
    put_worker(l, 14);
    put_made(l, REFERRAL, 22);
    run(l, REFERRAL);
    put_needs(l, id);
    audit(l, "made", "referral", ref, l->person_ref);
    count(l, "referral_state", "", l->cell[NEIGHBOURHOOD], l->cell[STATE]);
    count(l, "referral_received", l->cell[RECEIVED_ON], l->cell[NEIGHBOURHOOD], l->cell[SOURCE]);
    if (closed)
        count(l, "referral_closed", l->cell[CLOSED_ON], l->cell[NEIGHBOURHOOD],
              l->cell[CLOSE_REASON]);
    l->rows++;
}

/* ---- the file */

static void on_cell(void *cell, size_t len, void *ctx)
{
    struct loader *l = ctx;
    if (l->cells > COLUMNS || l->used + len + 1 > sizeof l->text)
        fail("file", "a row is too long");
    l->cell[l->cells++] = memcpy(l->text + l->used, cell, len);
    l->text[l->used + len] = '\0';
    l->used += len + 1;
}

static void on_row(int end, void *ctx)
{
    struct loader *l = ctx;
    (void)end;
    if (l->cells != COLUMNS)
        fail("file", "a row has other columns than referrals_csv writes");
    if (strcmp(l->cell[SOURCE_KEY], "source_key") != 0) {
        find_or_put_person(l);
        put_referral(l);
    }
    l->cells = l->used = 0;
}

static void read_file(struct loader *l, const char *path)
{
    static char chunk[1 << 16];
    struct csv_parser p;
    ssize_t n;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || csv_init(&p, CSV_STRICT) != 0)
        fail(path, "cannot be read");
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        if (csv_parse(&p, chunk, (size_t)n, on_cell, on_row, l) != (size_t)n)
            fail(path, csv_strerror(csv_error(&p)));
    csv_fini(&p, on_cell, on_row, l);
    csv_free(&p);
    close(fd);
}

static void put_counts(struct loader *l)
{
    for (size_t i = 0; i < GROUPS; i++) {
        char *rest = l->groups[i].key;
        if (!*rest)
            continue;
        for (int n = 1; n <= 4; n++)
            sqlite3_bind_text(l->st[SUMMARY], n, strsep(&rest, "|"), -1, SQLITE_STATIC);
        put_int(l, SUMMARY, 5, l->groups[i].count);
        run(l, SUMMARY);
    }
}

/* ---- the store, with the pragmas of src/store */

static void execute(struct loader *l, const char *text)
{
    if (sqlite3_exec(l->db, text, NULL, NULL, NULL) != SQLITE_OK)
        fail(text, sqlite3_errmsg(l->db));
}

static int64_t number(struct loader *l, const char *text)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(l->db, text, -1, &st, NULL) != SQLITE_OK ||
        sqlite3_step(st) != SQLITE_ROW)
        fail(text, sqlite3_errmsg(l->db));
    int64_t n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return n;
}

static void open_store(struct loader *l, const char *store)
{
    if (sqlite3_open_v2(store, &l->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        fail(store, sqlite3_errmsg(l->db));
    sqlite3_wal_autocheckpoint(l->db, 0);
    execute(l, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; "
               "PRAGMA temp_store = MEMORY;"
               "PRAGMA cell_size_check = ON; PRAGMA cache_size = -16000");
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(l->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &l->st[i], NULL) !=
            SQLITE_OK)
            fail(sql[i], sqlite3_errmsg(l->db));
    l->user = number(l, "SELECT min(id) FROM app_user");
    l->seq = number(l, "SELECT seq FROM audit_head");
    l->refs = (uint64_t)number(l, "SELECT ref_number FROM audit_head");
    id_maker_init(&l->ids, 0);
    id_maker_after(&l->ids, number(l, "SELECT last_id FROM audit_head"));
}

static void close_store(struct loader *l)
{
    execute(l, "PRAGMA wal_checkpoint(PASSIVE)");
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(l->st[i]);
    sqlite3_close(l->db);
}

int main(int argc, char **argv)
{
    static struct loader l;
    if (argc != 3) {
        fputs("bare_load STORE FILE\n", stderr);
        return 2;
    }
    l.groups = xcalloc(GROUPS, sizeof *l.groups);
    record_init(&person_type, &l.person);
    open_store(&l, argv[1]);
    execute(&l, "BEGIN IMMEDIATE");
    audit(&l, "imported", "referrals", "", "");
    read_file(&l, argv[2]);
    put_counts(&l);
    put_id(&l, IMPORT_FILE);
    put_int(&l, IMPORT_FILE, 2, BENCH_NOW);
    put_int(&l, IMPORT_FILE, 3, l.rows);
    run(&l, IMPORT_FILE);
    execute(&l, "COMMIT");
    close_store(&l);
    free(l.groups);
    return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * See world.h.
 */
#include "support/world.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/testdb.h"

#define MONDAY INT64_C(1795424400000) /* 2026-11-23T09:00:00Z */

static int64_t now_ms;
static const char *url;
static int open_sessions, persons;
static uint64_t seed;
static char service_ref[64];

int64_t world_clock(void)
{
    return now_ms;
}

void world_now(int64_t utc_ms)
{
    now_ms = utc_ms;
}

void world_day(int days)
{
    now_ms += (int64_t)days * 86400000;
}

const char *world_url(void)
{
    return url;
}

const char *world_service(void)
{
    return service_ref;
}

static void fail_with(const char *line, const struct err *e)
{
    fail_msg("%s: %s [%s%s]", line, e->text, err_name(e->code), e->field);
}

void world_seed(uint64_t first)
{
    seed = first;
}

uint64_t world_next_seed(void)
{
    return seed ? seed++ : 0;
}

struct session *world_as(const char *login)
{
    struct err e;
    struct session_options o = {.url = url, .os_account = "world", .as = login, .clock = world_clock, .seed = world_next_seed()};
    struct session *s = session_open(&o, &e);
    if (!s)
        fail_with("session_open", &e);
    open_sessions++;
    return s;
}

void world_close(struct session *s)
{
    session_close(s);
    if (--open_sessions == 0) {
        testdb_drop(url);
        url = NULL;
    }
}

struct session *world_open(void)
{
    static const char *const setup[] = {
        "user edit world name='Lead Worker'",
        "user add login=worker name='Sam Link' roles=worker phone='0161 496 0101'",
        "user add login=worker2 name='Alex Link' roles=worker phone='0161 496 0102'",
        "user add login=rep name='Robin Rep' roles=rep neighbourhoods=swinton",
        "user add login=manager name='Chris Lead' roles=manager",
        "user add login=admin name='Jo Admin' roles=admin",
        "user add login=auditor name='Pat Audit' roles=auditor",
        "user add login=night name='Nightly run' roles=nightly",
        "organisation add code=salford-advice name='Salford Advice (made up)' phone='0161 496 0200'",
        "agreement add salford-advice starts_on=2026-01-01 ends_on=2027-12-31 categories=identity,needs,notes "
        "nhs_number=no risk_note=yes summary=yes death=yes",
    };
    struct err e;
    now_ms = MONDAY;
    persons = 0;
    url = testdb_url();
    struct session_options o = {.url = url, .os_account = "world", .clock = world_clock, .seed = world_next_seed()};
    struct session *s = session_create(&o, true, &e);
    if (!s)
        fail_with("session_create", &e);
    open_sessions = 1;
    for (size_t i = 0; i < sizeof setup / sizeof *setup; i++)
        world_must(s, setup[i], NULL);
    world_must(s, "service add salford-advice name='Debt advice' needs=money_debt,housing capacity=capacity verified_on=2026-11-01",
               service_ref);
    return s;
}

/* Cuts a line into words at blanks, single quotes kept together, key=value split at the first '='. */
struct words {
    char text[2048];
    struct typed word[64];
    size_t n;
};

static void cut(const char *line, struct words *w)
{
    char *out = w->text;
    w->n = 0;
    assert_true(strlen(line) < sizeof w->text);
    for (const char *c = line; *c;) {
        while (*c == ' ')
            c++;
        if (!*c)
            break;
        struct typed *word = &w->word[w->n++];
        *word = (struct typed){NULL, out};
        for (bool quoted = false; *c && (quoted || *c != ' '); c++) {
            if (*c == '\'') {
                quoted = !quoted;
            } else if (*c == '=' && !quoted && !word->key) {
                *out++ = '\0';
                word->key = word->value;
                word->value = out;
            } else {
                *out++ = *c;
            }
        }
        *out++ = '\0';
    }
}

/* The longest run of leading words that names a verb or a list. */
static size_t name_of(const struct words *w, size_t most, char name[64])
{
    name[0] = '\0';
    size_t n = 0;
    for (; n < most && n < w->n && !w->word[n].key; n++) {
        if (n)
            strcat(name, " ");
        strcat(name, w->word[n].value);
    }
    return n;
}

bool world_do(struct session *s, const char *line, struct outcome *o, struct err *e)
{
    struct words w;
    char name[64];
    cut(line, &w);
    for (size_t most = 3; most > 0; most--) {
        size_t n = name_of(&w, most, name);
        const struct verb *v = n == most ? verb_find(name) : NULL;
        if (v)
            return verb_run(s, v, w.word + n, w.n - n, o, e);
    }
    fail_msg("no verb in: %s", line);
    return false;
}

void world_must(struct session *s, const char *line, char ref[64])
{
    struct outcome o = {0};
    struct err e = {0};
    if (!world_do(s, line, &o, &e))
        fail_with(line, &e);
    if (ref)
        strcpy(ref, o.ref);
    outcome_free(&o);
}

void world_no(struct session *s, const char *line, enum err_code code, const char *rule_or_field)
{
    struct outcome o = {0};
    struct err e = {0};
    if (world_do(s, line, &o, &e))
        fail_msg("%s: was done, and should have been refused", line);
    if (e.code != code)
        fail_with(line, &e);
    if (rule_or_field && strcmp(e.rule, rule_or_field) != 0 && strcmp(e.field, rule_or_field) != 0)
        fail_msg("%s: rule %s field %s, not %s (%s)", line, e.rule, e.field, rule_or_field, e.text);
    outcome_free(&o);
}

static bool add_row(void *ctx, const struct list *l, const struct cell *cells, struct err *e)
{
    json_t *row = json_object();
    (void)e;
    for (size_t i = 0; i < l->columns_count; i++)
        if (cells[i].number != FIELD_ABSENT && l->columns[i].kind != FIELD_INSTANT)
            json_object_set_new(row, l->columns[i].key, json_integer(cells[i].number));
        else
            json_object_set_new(row, l->columns[i].key, json_string(cells[i].text));
    json_array_append_new(ctx, row);
    return true;
}

json_t *world_list(struct session *s, const char *line)
{
    struct words w;
    char name[64];
    struct err e = {0};
    cut(line, &w);
    for (size_t most = 3; most > 0; most--) {
        size_t n = name_of(&w, most, name);
        const struct list *l = n == most ? list_find(name) : NULL;
        if (!l)
            continue;
        json_t *rows = json_array();
        struct list_run r = {.row = add_row, .ctx = rows, .want_total = true};
        if (!list_call(s, l, w.word + n, w.n - n, "screen", &r, &e))
            fail_with(line, &e);
        assert_int_equal(r.total, json_array_size(rows));
        return rows;
    }
    fail_msg("no list in: %s", line);
    return NULL;
}

json_t *world_show(struct session *s, const char *line)
{
    struct outcome o = {0};
    struct err e = {0};
    if (!world_do(s, line, &o, &e))
        fail_with(line, &e);
    json_t *detail = json_incref(o.detail);
    outcome_free(&o);
    return detail;
}

void world_person(struct session *s, char person[64])
{
    static const char *const given[] = {"Amara", "Bilal", "Cerys", "Dougal", "Efua", "Farrukh", "Grainne", "Hollis", "Ines", "Jarek"};
    static const char *const family[] = {"Quillfeather", "Obanye", "Thistlewood", "Zarecki", "Umber", "Vantongeren", "Lockwood-Pye", "Marchbanks"};
    char line[512];
    int i = persons++;
    snprintf(line, sizeof line,
             "person add given_name='%s' family_name='%s%c%c' date_of_birth=19%02d-%02d-%02d phone='07700 900%03d' "
             "postcode='M27 %dAA' neighbourhood=swinton gp_practice=P87001 new=yes new_reason='made for a test'",
             given[i % 10], family[(i / 10) % 8], 'a' + i % 26, 'a' + (i / 26) % 26, 40 + i % 55, 1 + i % 12, 1 + i % 28, i % 1000,
             i % 10);
    world_must(s, line, person);
}

void world_referral(struct session *s, const char *person, char referral[64])
{
    char line[512];
#define STEP(...) (snprintf(line, sizeof line, __VA_ARGS__), line)
    world_must(s, STEP("consent give %s purpose=contact how=phone wording=contact-1", person), NULL);
    world_must(s, STEP("referral start %s source=gp_practice reason='Worried about letters and money' safeguarding=none", person), referral);
    world_must(s, STEP("referral submit %s", referral), NULL);
    world_must(s, STEP("need add %s need=money_debt severity=4 found=presenting main=yes", referral), NULL);
    world_must(s, STEP("risk add %s kind=none_known", person), NULL);
    world_must(s, STEP("referral accept %s", referral), NULL);
    world_must(s, STEP("referral allocate %s worker=worker", referral), NULL);
    world_must(s, STEP("referral contact %s mode=phone outcome=reached note='Wants help with the council tax letters'", referral), NULL);
    world_must(s, STEP("referral begin %s agreed=yes", referral), NULL);
}

void world_consent(struct session *s, const char *person)
{
    char line[512];
    world_must(s, STEP("consent give %s recipients=salford-advice categories=identity,needs,notes how=phone wording=share-1", person), NULL);
}

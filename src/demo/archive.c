/* SPDX-License-Identifier: MIT
 *
 * Those who come into the borough by import, as a service's old spreadsheets
 * do: the people of earlier years, whose episodes were over before all this,
 * in as many files as it takes; and, a few weeks ago, the list of a small
 * team that joined, with open episodes and things that were never asked.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "demo/scene.h"
#include "exchange/csv_write.h"
#include "onward/exchange.h"

/* Columns that are fields of the person, as they stand in the record; then those of the episode. */
static const char *const person_columns[] = {
    "given_name", "family_name",   "preferred_name",    "title",       "date_of_birth", "gender",
    "ethnicity",  "nhs_number",    "nhs_number_status", "gp_practice", "phone",         "address",
    "postcode",   "neighbourhood", "contact_method",    "language",    "accommodation"};
enum episode_column {
    STATE,
    RECEIVED,
    SOURCE,
    REASON,
    NEEDS,
    RISKS,
    SAFEGUARDING,
    CONSENT,
    CONSENT_HOW,
    WORKER,
    ACCEPTED,
    BEGUN,
    REACHED,
    PAUSED_UNTIL,
    CLOSED,
    CLOSE_REASON,
    CLOSE_NOTE,
    EPISODE_COLUMNS
};
/* clang-format off: a row a line */
static const char *const episode_columns[EPISODE_COLUMNS] = {
    [STATE] = "state",
    [RECEIVED] = "received_on",
    [SOURCE] = "source",
    [REASON] = "reason",
    [NEEDS] = "needs",
    [RISKS] = "risks",
    [SAFEGUARDING] = "safeguarding",
    [CONSENT] = "contact_consent",
    [CONSENT_HOW] = "contact_consent_how",
    [WORKER] = "worker",
    [ACCEPTED] = "accepted_on",
    [BEGUN] = "begun_on",
    [REACHED] = "last_reached_on",
    [PAUSED_UNTIL] = "paused_until",
    [CLOSED] = "closed_on",
    [CLOSE_REASON] = "close_reason",
    [CLOSE_NOTE] = "close_note",
};
/* clang-format on */
enum { PERSON_COLUMNS_COUNT = sizeof person_columns / sizeof *person_columns };

/* One row in the making. */
struct row {
    struct life l;
    struct person p;
    struct scene sc;
    char cells[EPISODE_COLUMNS][NOTE_SIZE];
};

static void put(struct row *r, enum episode_column c, const char *text)
{
    text_put(r->cells[c], sizeof r->cells[c], text);
}

static void put_day(struct row *r, enum episode_column c, day_t day)
{
    date_format(day, r->cells[c]);
}

static void begin_row(struct borough *b, struct row *r, uint64_t number)
{
    r->l = (struct life){.number = number};
    memset(r->cells, 0, sizeof r->cells);
    life_draw(b, &r->l);
    borough_person(b, &r->l, &r->p);
    r->sc = (struct scene){.b = b,
                           .l = &r->l,
                           .c = life_chance(b, &r->l, "archive"),
                           .words = words_of(r->l.needs[0], r->l.age)};
    borough_told(&r->l, "", &r->sc.told);
    bool gp = chance_percent(&r->sc.c, 78);
    put(r, SOURCE, gp ? "gp_practice" : "self");
    scene_line(&r->sc, gp ? &r->sc.words->gp : &r->sc.words->self, r->l.needs[0], r->cells[REASON],
               NOTE_SIZE);
    struct buf needs = {0};
    for (size_t i = 0; i < r->l.need_count; i++)
        buf_fmt(&needs, "%s%s", i ? "," : "", r->l.needs[i]);
    put(r, NEEDS, buf_text(&needs));
    buf_free(&needs);
}

static void write_row(struct csv_writer *w, const struct row *r)
{
    struct buf text = {0};
    for (size_t i = 0; i < PERSON_COLUMNS_COUNT; i++) {
        buf_clear(&text);
        field_format(field_find(person_type.fields, person_type.count, person_columns[i]), &r->p,
                     &text);
        csv_cell(w, CSV_TEXT, buf_text(&text));
    }
    for (size_t i = 0; i < EPISODE_COLUMNS; i++)
        csv_cell(w, CSV_TEXT, r->cells[i]);
    csv_end_row(w);
    buf_free(&text);
}

static void write_header(struct csv_writer *w)
{
    for (size_t i = 0; i < PERSON_COLUMNS_COUNT; i++)
        csv_cell(w, CSV_TEXT, person_columns[i]);
    for (size_t i = 0; i < EPISODE_COLUMNS; i++)
        csv_cell(w, CSV_TEXT, episode_columns[i]);
    csv_end_row(w);
}

/* ---- files */

typedef void fill_fn(struct borough *b, struct row *r, int64_t number);

static bool write_file(struct borough *b, const char *path, int64_t from, int64_t count,
                       fill_fn *fill, struct err *e)
{
    struct csv_writer w;
    struct row *r = xcalloc(1, sizeof *r);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        free(r);
        return err_set(e, ERR_STORE, "%s cannot be written: %s.", path, strerror(errno));
    }
    csv_writer_init(&w, CSV_MACHINE, false, fd);
    write_header(&w);
    for (int64_t i = from; i < from + count; i++) {
        begin_row(b, r, (uint64_t)i);
        fill(b, r, i);
        write_row(&w, r);
    }
    bool ok = csv_writer_finish(&w, e);
    csv_writer_free(&w);
    close(fd);
    free(r);
    return ok;
}

static bool import_rows(struct borough *b, const char *name, int64_t from, int64_t count,
                        fill_fn *fill, struct err *e)
{
    struct buf path = {0};
    json_t *report = NULL;
    bool partly = false;
    buf_fmt(&path, "%s/%s", b->o->folder, name);
    const struct import_options o = {.kind = "referrals", .path = path.data};
    engine_act_as(b->s, &b->manager);
    bool ok = write_file(b, path.data, from, count, fill, e) &&
              import_file(b->s, &o, &report, &partly, e);
    (void)unlink(path.data); /* what was in it is in the store */
    if (ok && partly) {
        char *why = json_dumps(json_object_get(report, "fates"), JSON_COMPACT);
        ok = err_set(e, ERR_STORE, "The demonstration cannot read its own file: %.300s", why);
        free(why);
    }
    json_decref(report);
    buf_free(&path);
    return ok;
}

/* ---- earlier years */

static void fill_old(struct borough *b, struct row *r, int64_t number)
{
    /* clang-format off: a row a line */
    static const struct {
        const char *reason;
        int weight;
        bool begun;
        const struct lines *notes;
    } ends[] = {
        {"completed", 58, true, &close_completed_notes},
        {"person_declined", 14, false, &close_declined_notes},
        {"disengaged", 10, true, &close_disengaged_notes},
        {"unable_to_contact", 8, false, &close_unable_notes},
        {"moved_away", 3, true, &close_moved_notes},
        {"needs_met_elsewhere", 4, true, &close_elsewhere_notes},
        {"transferred", 2, true, &close_transferred_notes},
    };
    /* clang-format on */
    enum { ENDS = sizeof ends / sizeof *ends };
    int weights[ENDS];
    struct chance *c = &r->sc.c;
    (void)number;
    for (size_t i = 0; i < ENDS; i++)
        weights[i] = ends[i].weight;
    size_t end = chance_weighted(c, weights, ENDS);
    day_t received = borough_workday(b->first - chance_between(c, 240, 3200));
    put(r, STATE, "closed");
    put_day(r, RECEIVED, received);
    put_day(r, ACCEPTED, received + chance_between(c, 0, 3));
    if (ends[end].begun) {
        put_day(r, BEGUN, received + chance_between(c, 5, 20));
        put_day(r, REACHED, received + chance_between(c, 21, 60));
    }
    put_day(r, CLOSED,
            received + (ends[end].begun ? chance_between(c, 61, 210) : chance_between(c, 6, 40)));
    put(r, CLOSE_REASON, ends[end].reason);
    scene_line(&r->sc, ends[end].notes, "", r->cells[CLOSE_NOTE], LONG_SIZE);
    put(r, SAFEGUARDING, "none");
    put(r, RISKS, "none_known");
    put(r, CONSENT, r->l.age < 16 ? "" : "given");
    put(r, CONSENT_HOW, r->l.age < 16 ? "" : "phone");
}

enum { FILE_ROWS = 20000 };

bool borough_archive(struct borough *b, int64_t from, int64_t count, struct err *e)
{
    for (int64_t done = 0; done < count; done += FILE_ROWS) {
        char name[64];
        snprintf(name, sizeof name, "earlier-years-%03d.csv", (int)(done / FILE_ROWS + 1));
        b->now += 60000;
        if (!import_rows(b, name, from + done, count - done < FILE_ROWS ? count - done : FILE_ROWS,
                         fill_old, e) ||
            !borough_commit(b, e) || !borough_open(b, e))
            return false;
        b->done += FILE_ROWS;
        if (b->o->progress)
            b->o->progress((int64_t)b->done < b->o->people ? (int64_t)b->done : b->o->people,
                           b->o->people);
    }
    return true;
}

/* ---- the list of a team that joined */

/* Much was never asked: that shuts gates and makes lines of the worklist. */
static void fill_joined(struct borough *b, struct row *r, int64_t number)
{
    static const char *const states[] = {"active", "allocated", "waiting", "active",
                                         "paused", "received",  "active",  "closed"};
    struct chance *c = &r->sc.c;
    const char *state = states[number % 8];
    day_t joined = instant_day(b->now),
          received = borough_workday_before(joined - chance_between(c, 12, 90));
    bool closed = strcmp(state, "closed") == 0,
         works = strcmp(state, "active") == 0 || strcmp(state, "paused") == 0;
    size_t w = (size_t)number % WORKERS;
    while (!role_covers(ROLE_WORKER, b->workers[w].neighbourhoods, places[r->l.neighbourhood].code))
        w = (w + 1) % WORKERS;
    put(r, STATE, state);
    put_day(r, RECEIVED, received);
    if (works || closed || strcmp(state, "allocated") == 0)
        put(r, WORKER, b->workers[w].login);
    if (works) {
        put_day(r, BEGUN, received + chance_between(c, 4, 10));
        put_day(r, REACHED, joined - chance_between(c, 0, 1));
    }
    if (strcmp(state, "paused") == 0)
        put_day(r, PAUSED_UNTIL, b->today + chance_between(c, 3, 20));
    if (closed) {
        put_day(r, CLOSED, joined - 3);
        put(r, CLOSE_REASON, "completed");
    }
    if (r->l.age >= 16 && chance_percent(c, 40)) {
        put(r, CONSENT, "given");
        put(r, CONSENT_HOW, "phone");
    }
    put(r, RISKS, chance_percent(c, 45) ? "none_known" : "");
    put(r, SAFEGUARDING, chance_percent(c, 35) ? "none" : "");
}

bool borough_join(struct borough *b, struct err *e)
{
    return !b->joined_count || import_rows(b, "lantern-shaft-team.csv", b->joined_from,
                                           b->joined_count, fill_joined, e);
}

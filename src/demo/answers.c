/* SPDX-License-Identifier: MIT
 *
 * What organisations send back: reply files as spreadsheets and tired people
 * make them, dropped into the in-trays of the spool. Every organisation has a
 * habit of its own; the nightly run has to read them all.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "demo/scene.h"

/* ---- who has something to say */

void borough_answer(struct borough *b, const struct life *l, size_t out, size_t stage, day_t on)
{
    if (b->answer_count == b->answer_room) {
        b->answer_room = b->answer_room ? 2 * b->answer_room : 1024;
        b->answers = xrealloc(b->answers, b->answer_room * sizeof *b->answers);
    }
    b->answers[b->answer_count++] =
        (struct answer_due){.life = (uint32_t)(l - b->lives),
                            .out = (uint8_t)out,
                            .stage = (uint8_t)stage,
                            .on = on,
                            .organisation = b->services[l->out[out].service].organisation};
}

static const char *status_of(const struct borough *b, const struct answer_due *a)
{
    return a->stage == STAGE_STOPPED
               ? "stopped"
               : courses[b->lives[a->life].out[a->out].course].stages[a->stage].status;
}

/* ---- habits */

enum answer_cell {
    CELL_ROW,
    CELL_REFERENCE,
    CELL_STATUS,
    CELL_DATE,
    CELL_DECLINED_BY,
    CELL_REASON,
    CELL_OUTCOME,
    CELL_NOTE,
    CELL_YOURS,
    CELL_WORKER,
    CELLS
};
enum date_habit { DATE_ISO, DATE_SLASHES, DATE_SHORT, DATE_MONTH };
enum word_habit { WORD_PLAIN, WORD_CAPITAL, WORD_TRAILING, WORD_ALIAS, WORD_SHOUTING };

struct habit {
    char delimiter;
    const char *line_end;
    bool bom, windows, quotes, trailing, blank_lines;
    enum date_habit date;
    enum word_habit word;
    const char *headers[CELLS];
    enum answer_cell order[CELLS];
};
#define HEADERS                                                                                    \
    {                                                                                              \
        "row_id", "reference", "status", "date", "declined_by", "reason", "outcome", "note",       \
            "your_reference", "worker"                                                             \
    }
#define IN_ORDER                                                                                   \
    {                                                                                              \
        CELL_ROW, CELL_REFERENCE, CELL_STATUS, CELL_DATE, CELL_DECLINED_BY, CELL_REASON,           \
            CELL_OUTCOME, CELL_NOTE, CELL_YOURS, CELL_WORKER                                       \
    }
#define MOVED                                                                                      \
    {                                                                                              \
        CELL_STATUS, CELL_DATE, CELL_NOTE, CELL_REFERENCE, CELL_ROW, CELL_WORKER, CELL_YOURS,      \
            CELL_OUTCOME, CELL_REASON, CELL_DECLINED_BY                                            \
    }
/* clang-format off: a row a line */
static const struct habit habits[] = {
    {',', "\r\n", .headers = HEADERS, .order = IN_ORDER},
    {';', "\r\n", .bom = true, .date = DATE_SLASHES, .word = WORD_CAPITAL, .headers = HEADERS,
     .order = IN_ORDER},
    {',', "\r\n", .windows = true, .date = DATE_SHORT, .word = WORD_TRAILING, .headers = HEADERS,
     .order = IN_ORDER},
    {'\t', "\n", .date = DATE_MONTH, .word = WORD_CAPITAL, .order = IN_ORDER,
     .headers = {"Row ID", "Reference", "Status ", "Date", "Declined by", "Reason", "Outcome",
                 "Notes", "Your reference", "Worker"}},
    {',', "\r\n", .trailing = true, .blank_lines = true, .date = DATE_SLASHES, .word = WORD_ALIAS,
     .headers = HEADERS, .order = MOVED},
    {',', "\n", .bom = true, .quotes = true, .date = DATE_ISO, .word = WORD_ALIAS,
     .headers = HEADERS, .order = IN_ORDER},
    {';', "\r\n", .windows = true, .blank_lines = true, .date = DATE_SLASHES, .word = WORD_SHOUTING,
     .order = MOVED,
     .headers = {"ROW_ID", "REFERENCE", "STATUS", "DATE", "DECLINED_BY", "REASON", "OUTCOME",
                 "NOTE", "YOUR_REFERENCE", "WORKER"}},
};
/* clang-format on */
enum { HABITS = sizeof habits / sizeof *habits };

static const struct habit *habit_of(size_t organisation)
{
    return &habits[organisation % HABITS];
}

static void write_date(const struct habit *h, day_t on, char out[24])
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int y, m, d;
    date_to_ymd(on, &y, &m, &d);
    switch (h->date) {
    case DATE_ISO:
        snprintf(out, 24, "%04d-%02d-%02d", y, m, d);
        break;
    case DATE_SLASHES:
        snprintf(out, 24, "%02d/%02d/%04d", d, m, y);
        break;
    case DATE_SHORT:
        snprintf(out, 24, "%d/%d/%02d", d, m, y % 100);
        break;
    case DATE_MONTH:
        snprintf(out, 24, "%d-%s-%02d", d, months[m - 1], y % 100);
        break;
    }
}

/* "waiting_list" as they write it. */
static void write_word(const struct habit *h, const char *status, char out[40])
{
    /* clang-format off: a row a line */
    static const char *const aliases[][2] = {
        {"received", "Got it"},
        {"waiting_list", "waiting"},
        {"declined", "turned down"},
        {"started", "under way"},
        {"on_hold", "paused"},
        {"completed", "Done"},
        {"could_not_complete", "unable to complete"},
        {"stopped", "stop confirmed"},
    };
    /* clang-format on */
    const char *said = status;
    for (size_t i = 0; h->word == WORD_ALIAS && i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i][0], status) == 0)
            said = aliases[i][1];
    snprintf(out, 40, "%s%s", said, h->word == WORD_TRAILING ? " " : "");
    for (char *c = out; *c; c++) {
        *c = *c == '_' ? ' ' : *c;
        if (*c >= 'a' && *c <= 'z' &&
            (h->word == WORD_SHOUTING || (c == out && h->word != WORD_PLAIN)))
            *c = (char)(*c - 'a' + 'A');
    }
}

/* A cell, quoted where it must be or where the habit is to. */
static void add_cell(struct buf *out, const struct habit *h, const char *text)
{
    bool quote = h->quotes || strchr(text, h->delimiter) || strpbrk(text, "\"\r\n");
    if (!quote) {
        buf_str(out, text);
        return;
    }
    buf_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text);
    }
    buf_char(out, '"');
}

static void add_line(struct buf *out, const struct habit *h, const char *const cells[CELLS])
{
    for (size_t i = 0; i < CELLS; i++) {
        if (i)
            buf_char(out, h->delimiter);
        add_cell(out, h, cells[h->order[i]] ? cells[h->order[i]] : "");
    }
    if (h->trailing)
        for (int i = 0; i < 3; i++)
            buf_char(out, h->delimiter);
    buf_str(out, h->line_end);
}

/* The few characters beyond ASCII that notes hold, as Windows-1252 has them. */
static void to_windows(struct buf *text)
{
    static const char *const letters[][2] = {{"\xc2\xa3", "\xa3"},
                                             {"\xc3\xa9", "\xe9"},
                                             {"\xe2\x80\x93", "\x96"},
                                             {"\xe2\x80\x99", "\x92"}};
    struct buf out = {0};
    for (const char *p = buf_text(text); *p;) {
        size_t i = 0;
        while (i < sizeof letters / sizeof *letters && !text_starts(p, letters[i][0]))
            i++;
        bool known = i < sizeof letters / sizeof *letters;
        buf_add(&out, known ? letters[i][1] : (unsigned char)*p < 0x80 ? p : "?", 1);
        p += known ? strlen(letters[i][0]) : 1;
    }
    buf_free(text);
    *text = out;
}

/* ---- files */

static bool put_file(struct borough *b, const char *organisation, const char *name,
                     const char *data, size_t len, struct err *e)
{
    struct buf path = {0};
    buf_str(&path, b->spool);
    const char *const folders[] = {"", "/in", "/", organisation};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        buf_str(&path, folders[i]);
        if (i != 2 && mkdir(path.data, 0750) != 0 && errno != EEXIST)
            return err_set(e, ERR_STORE, "%s cannot be made: %s.", path.data, strerror(errno));
    }
    buf_fmt(&path, "/%s", name);
    int fd = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    bool ok = fd >= 0 && write(fd, data, len) == (ssize_t)len;
    if (!ok)
        err_set(e, ERR_STORE, "%s cannot be written: %s.", path.data, strerror(errno));
    if (fd >= 0)
        close(fd);
    buf_free(&path);
    return ok;
}

/* What the answer says, in the words that go with its status. */
struct said {
    char row[32], word[40], date[24], yours[24], note[NOTE_SIZE];
    const char *declined_by, *reason, *outcome, *worker;
};

static void say(struct borough *b, const struct answer_due *a, const struct handoff *h,
                const struct habit *habit, struct said *s)
{
    static const char *const reasons[] = {"No capacity", "Out of area", "Not eligible",
                                          "Needs too complex", "full up"};
    static const char *const failures[] = {"Did not attend", "Could not reach", "Person stopped",
                                           "moved"};
    static const char *const outcomes[] = {"Need met", "Partly met", "Advice given", "Taking part",
                                           "Support continues"};
    static const char *const names[] = {"Sheila", "Mo", "Oksana", "Bev", "Tunde", "Carys"};
    const char *status = status_of(b, a);
    struct life *l = &b->lives[a->life];
    struct scene sc = {
        .b = b, .l = l, .c = chance_of(b->seed, "answer", (l->number * 8 + a->out) * 8 + a->stage)};
    bool declined = strcmp(status, "declined") == 0,
         failed = strcmp(status, "could_not_complete") == 0,
         done = strcmp(status, "completed") == 0;
    bool by_person = l->out[a->out].course == PERSON_DECLINES;
    const struct lines *notes = declined                              ? &decline_notes
                                : failed                              ? &fail_notes
                                : done                                ? &complete_notes
                                : strcmp(status, "waiting_list") == 0 ? &waiting_notes
                                                                      : &reply_notes;
    borough_told(l, "", &sc.told);
    *s = (struct said){.declined_by = declined ? by_person ? "person" : "us" : "",
                       .worker = names[chance_index(&sc.c, 6)]};
    s->reason = declined ? by_person ? "Person declined" : reasons[chance_index(&sc.c, 5)]
                : failed ? failures[chance_index(&sc.c, 4)]
                         : "";
    s->outcome = done ? outcomes[chance_index(&sc.c, 5)] : "";
    snprintf(s->row, sizeof s->row, "%s-%lld", h->ref, (long long)h->revision);
    snprintf(s->yours, sizeof s->yours, "%c%c-%04d", b->organisations[a->organisation].code[0] - 32,
             b->organisations[a->organisation].code[1] - 32, chance_between(&sc.c, 1, 2999));
    write_word(habit, status, s->word);
    write_date(habit, a->on, s->date);
    if (chance_percent(&sc.c, 45))
        scene_line(&sc, notes, "", s->note, sizeof s->note);
    if (*s->note && habit->quotes)
        text_put(strchr(s->note, '\0'), sizeof s->note - strlen(s->note), "\nThanks");
}

/* Is there still something to be said of it? */
static bool is_timely(const struct borough *b, const struct answer_due *a, const struct handoff *h)
{
    char action[CODE_SIZE];
    if (a->stage == STAGE_STOPPED)
        return *h->stop_reason && !*h->stop_confirmed_on && h->stop_batch_id != FIELD_ABSENT;
    snprintf(action, sizeof action, "reply_%s", status_of(b, a));
    return h->delivered_at != FIELD_ABSENT && !*h->stop_reason &&
           a->on >= instant_day(h->delivered_at) &&
           (strcmp(action, "reply_on_hold") == 0 ||
            workflow_find(MACHINE_HANDOFF, h->state, action));
}

/* A later word on the same handoff in the same file takes its place; a pause needs the start before
 * it. */
static bool is_overtaken(const struct borough *b, const struct answer_due *a, day_t before)
{
    for (size_t i = 0; i < b->answer_count; i++) {
        const struct answer_due *x = &b->answers[i];
        if (x->life == a->life && x->out == a->out && x->stage > a->stage && x->on < before &&
            strcmp(status_of(b, x), "on_hold") != 0)
            return true;
    }
    return false;
}

static bool add_answer(struct borough *b, const struct answer_due *a, const struct habit *habit,
                       struct buf *file, size_t *rows, struct err *e)
{
    struct handoff h;
    struct said s;
    const char *ref = b->lives[a->life].out[a->out].ref;
    if (!*ref)
        return true;
    if (!record_load_ref(b->s->db, &handoff_type, ref, &h, e))
        return false;
    if (!is_timely(b, a, &h))
        return true;
    say(b, a, &h, habit, &s);
    const char *const cells[CELLS] = {[CELL_ROW] = s.row,
                                      [CELL_REFERENCE] = h.ref,
                                      [CELL_STATUS] = s.word,
                                      [CELL_DATE] = s.date,
                                      [CELL_DECLINED_BY] = s.declined_by,
                                      [CELL_REASON] = s.reason,
                                      [CELL_OUTCOME] = s.outcome,
                                      [CELL_NOTE] = s.note,
                                      [CELL_YOURS] = s.yours,
                                      [CELL_WORKER] = s.worker};
    add_line(file, habit, cells);
    if (habit->blank_lines && *rows % 4 == 1)
        buf_str(file, habit->line_end);
    ++*rows;
    return true;
}

/* Rows that ought not to be there: what every nightly run meets sooner or later. */
static void add_strays(struct borough *b, size_t organisation, day_t before,
                       const struct habit *habit, struct buf *file)
{
    char ref[REF_SIZE], row[32], date[24];
    struct chance c =
        chance_of(b->seed, "strays", organisation * 4096 + (size_t)(b->last - before + 1));
    bool tonight = before > b->last;
    if (before < b->last - 12 || (tonight ? organisation % 5 != 2 : !chance_percent(&c, 10)))
        return;
    ref_make("HO", UINT64_C(30000000000) + (uint64_t)before * ORGANISATIONS_MOST + organisation,
             ref);
    snprintf(row, sizeof row, "%s-1", ref);
    write_date(habit, before - 1, date);
    const char *const never_sent[CELLS] = {[CELL_ROW] = row,
                                           [CELL_REFERENCE] = ref,
                                           [CELL_STATUS] = "accepted",
                                           [CELL_DATE] = date,
                                           [CELL_NOTE] = "think this one is yours"};
    add_line(file, habit, never_sent);
    for (size_t tries = 0; tries < b->life_count; tries++) {
        const struct life *l = &b->lives[chance_index(&c, b->life_count)];
        if (!l->out_count || !*l->out[0].ref ||
            b->services[l->out[0].service].organisation != organisation)
            continue;
        const char *const yes[CELLS] = {[CELL_REFERENCE] = l->out[0].ref,
                                        [CELL_STATUS] = "Yes",
                                        [CELL_DATE] = date,
                                        [CELL_WORKER] = "Bev"};
        add_line(file, habit, yes);
        break;
    }
}

static void file_name(size_t organisation, day_t before, char out[64])
{
    char date[DATE_SIZE];
    date_format(before - 1, date);
    switch (organisation % 4) {
    case 0:
        snprintf(out, 64, "reply-%s.csv", date);
        break;
    case 1:
        snprintf(out, 64, "Copy of reply %s.csv", date);
        break;
    case 2:
        snprintf(out, 64, "%s reply (2).csv", date);
        break;
    default:
        snprintf(out, 64, "REPLY_%s.CSV", date);
        break;
    }
}

static bool write_file(struct borough *b, size_t organisation, day_t before, struct err *e)
{
    const struct habit *h = habit_of(organisation);
    struct buf file = {0};
    size_t rows = 0;
    bool ok = true;
    if (h->bom)
        buf_str(&file, "\xef\xbb\xbf");
    add_line(&file, h, h->headers);
    for (size_t i = 0; ok && i < b->answer_count; i++) {
        const struct answer_due *a = &b->answers[i];
        if (a->organisation == organisation && a->on < before && !is_overtaken(b, a, before))
            ok = add_answer(b, a, h, &file, &rows, e);
    }
    if (ok && rows) {
        char name[64];
        add_strays(b, organisation, before, h, &file);
        if (h->windows)
            to_windows(&file);
        file_name(organisation, before, name);
        ok = put_file(b, b->organisations[organisation].code, name, file.data, file.len, e);
        b->files++;
        if (ok && before > b->last && organisation % 4 == 1) /* sent twice, to be sure */
            ok = put_file(b, b->organisations[organisation].code, "reply again.csv", file.data,
                          file.len, e);
    }
    buf_free(&file);
    return ok;
}

bool borough_write_answers(struct borough *b, day_t before, struct err *e)
{
    bool due[ORGANISATIONS_MOST] = {false};
    for (size_t i = 0; i < b->answer_count; i++)
        if (b->answers[i].on < before)
            due[b->answers[i].organisation] = true;
    for (size_t i = 0; i < b->organisation_count; i++)
        if (due[i] && !write_file(b, i, before, e))
            return false;
    size_t kept = 0;
    for (size_t i = 0; i < b->answer_count; i++)
        if (b->answers[i].on >= before)
            b->answers[kept++] = b->answers[i];
    b->answer_count = kept;
    return true;
}

bool borough_mess(struct borough *b, struct err *e)
{
    static const char sheet[] = "PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00xl/workbook.xml";
    static const char half[] = "row_id,reference,status,da";
    static const char notes[] = "Hi,please find attached,,\nDorothy is off until Monday,,,\n";
    return put_file(b, b->organisations[9].code, "replies november.xlsx", sheet, sizeof sheet - 1,
                    e) &&
           put_file(b, b->organisations[0].code, "reply.csv.part", half, sizeof half - 1, e) &&
           put_file(b, b->organisations[13].code, "covering note.csv", notes, sizeof notes - 1, e);
}

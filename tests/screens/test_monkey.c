/* SPDX-License-Identifier: MIT
 *
 * The key monkey: seeded random events at a desk over a busy store, while
 * somebody else changes and removes records underfoot. It knows no screen; it
 * draws most of its keys from the tables of commands. After each event the
 * frame must be whole.
 *
 * ONWARD_MONKEY_EVENTS and ONWARD_MONKEY_SEED set how long and which; the seed
 * is printed first. ONWARD_MONKEY_TRACE=FROM prints each event from that one on.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/verify.h"
#include "engine/work.h"
#include "screens/support/busy.h"
#include "support/episode.h"
#include "support/testdb.h"

#ifdef __SANITIZE_ADDRESS__
#define EVENTS 200000
#else
#define EVENTS 50000
#endif
#define A_WORLD 10000 /* events in one store, then a fresh one */
#define A_LOOK 1000   /* events between two looks at the store */
#define MINUTE INT64_C(60000)

static struct monkey {
    uint64_t state, seed;
    int64_t event, events, trace;
    struct seat *seat;
    int32_t next[256]; /* keys that are on their way */
    size_t next_at, next_n;
    int64_t large;     /* frames over 80x250 */
    int64_t typing;    /* events in a row at one screen of text */
    char did[96];      /* the last event, for words */
} m;

/* ---- chance (splitmix64) */

static uint64_t draw(void)
{
    uint64_t z = m.state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t below(size_t n)
{
    return (size_t)(draw() % n);
}

static bool chance(size_t percent)
{
    return below(100) < percent;
}

#define ONE_OF(list) ((list)[below(sizeof(list) / sizeof *(list))])

static _Noreturn void give_up(const char *why)
{
    const char *frame = m.seat && !desk_is_leaving(seat_desk(m.seat)) ? seat_text(m.seat) : "";
    fail_msg("seed %" PRIu64 ", event %" PRId64 " (%s): %s\n%s", m.seed, m.event, m.did, why, frame);
    abort();
}

static struct desk *desk(void)
{
    return seat_desk(m.seat);
}

static struct screen *top(void)
{
    return desk_top(desk());
}

/* ---- the store */

static void look_at_store(void)
{
    struct session *s = desk_session(desk());
    struct err e = {0};
    int64_t mark;
    if (db_in_transaction(s->db) || s->work->open)
        give_up("a transaction is open between two keys");
    if (!session_mark(s, &mark, &e))
        give_up(e.text);
}

static void prove_store(void)
{
    struct audit_proof p;
    struct err e = {0};
    int64_t differ;
    char first[160];
    if (!audit_prove(busy.s, &p, &e) || p.broken_at)
        give_up(LINE("audit row %" PRId64 ": %s%s", p.broken_at, p.why, e.text));
    if (!summary_prove(busy.s, &differ, first, &e) || differ)
        give_up(LINE("%s%s", first, e.text));
}

static struct session *some_session(void)
{
    static const char *const logins[] = {"worker", "worker", "worker", "worker2", "world", "world", "manager", "rep", "admin", "auditor"};
    struct err e = {0};
    struct session *s = NULL;
    for (int tries = 0; !s && tries < 30; tries++) {
        const struct session_options o = {.url = world_url(), .os_account = "world", .as = ONE_OF(logins), .clock = world_clock,
                                          .seed = world_next_seed()};
        s = session_open(&o, &e);
    }
    return s;
}

/* Into the middle of things. */
static void open_something(void)
{
    const struct screen_type *const types[] = {&person_screen, &person_screen, &handoff_screen, &handoff_screen, &consent_screen, &needs_screen, &closing_screen,
                                               &caseload_screen, &directory_screen, &tonight_screen, &replies_screen, &admin_screen};
    const char *const handoffs[] = {busy.planned, busy.held, busy.queued, busy.sent, busy.answered, NULL, NULL};
    size_t who = below(BUSY_PEOPLE);
    struct open_args args = {.person = busy.person[who], .referral = busy.referral[who], .handoff = ONE_OF(handoffs)};
    desk_open(top(), ONE_OF(types), &args);
}

/* Sits down as one of them; where whoever administers has shut them all out, in a fresh store. */
static void sit_down(void)
{
    struct session *s = some_session();
    if (!s) {
        prove_store();
        world_close(busy.s);
        busy_open();
        s = some_session();
    }
    m.seat = seat_with(&(struct desk_options){.session = s, .rows = 24, .cols = 80, .url = world_url(), .os_account = "world",
                                              .linear = chance(5), .ascii = chance(5)});
    m.next_at = m.next_n = 0;
    if (chance(70) && strcmp(top()->type->name, "lock") != 0)
        open_something();
}

static void get_up(void)
{
    seat_close(m.seat);
    m.seat = NULL;
}

static void begin_world(void)
{
    busy_open();
    sit_down();
}

static void end_world(void)
{
    get_up();
    prove_store();
    world_close(busy.s);
}

/* ---- what the other one does meanwhile */

static void underfoot(void)
{
    size_t who = below(BUSY_PEOPLE), other = below(BUSY_PEOPLE);
    const char *p = busy.person[who], *r = busy.referral[who];
    const char *const handoffs[] = {busy.planned, busy.held, busy.queued, busy.sent, busy.answered};
    const char *h = ONE_OF(handoffs);
    const char *const lines[] = {
        LINE("referral discard %s", r),
        LINE("person merge %s %s", p, busy.person[other]),
        LINE("referral close %s reason=completed note='Done'", r),
        LINE("handoff withdraw %s", h),
    };
    const char *const more[] = {
        LINE("person restrict %s users=world", p),
        LINE("consent withdraw %s purpose=share", p),
        LINE("referral reallocate %s worker=worker2 reason='Holiday'", r),
        LINE("handoff reply %s status=accepted by='Ms Example' how=phone", h),
    };
    struct outcome o = {0};
    struct err e = {0};
    const char *line = chance(50) ? ONE_OF(lines) : ONE_OF(more);
    snprintf(m.did, sizeof m.did, "another desk: %.70s", line);
    if (!world_do(busy.s, line, &o, &e) && e.code == ERR_STORE)
        give_up(e.text);
    outcome_free(&o);
}

/* ---- events */

static void happen(const struct event *ev)
{
    desk_event(desk(), ev);
}

static void press(int32_t key)
{
    char label[16];
    key_label(key, label);
    /* no path leads out of the folder that the monkey sits in */
    if (key == '/' && strcmp(top()->type->name, "line") == 0)
        key = '-';
    snprintf(m.did, sizeof m.did, "key %s on %s", label, top()->type->name);
    happen(&(struct event){.kind = EVENT_KEY, .key = key});
}

/* Text and then a key are typed one by one from here on. */
static void type(const char *text, int32_t then)
{
    m.next_at = m.next_n = 0;
    for (const char *c = text; *c && m.next_n + 1 < sizeof m.next / sizeof *m.next; c++)
        m.next[m.next_n++] = (unsigned char)*c;
    m.next[m.next_n++] = then;
}

/* One that is not to end the sitting all the time, nor to shut the monkey out for good. */
static bool avoided(const struct command *c)
{
    return strstr(c->name, "password") || ((strcmp(c->name, "leave") == 0 || strcmp(c->name, "back") == 0) && chance(80));
}

static const struct command *some_command(bool with_keys)
{
    bool with_view = top()->type->view && top()->type->view(top());
    size_t n = 0;
    while (command_at(top()->type, with_view, n))
        n++;
    for (int tries = 0; tries < 20; tries++) {
        const struct command *c = command_at(top()->type, with_view, below(n));
        if ((*c->keys || !with_keys) && !avoided(c))
            return c;
    }
    return NULL;
}

static int32_t some_key_of(const char *names)
{
    char each[8][16];
    size_t n = 0;
    for (const char *c = names; *c && n < 8; c += strspn(c, " ")) {
        size_t length = strcspn(c, " ");
        snprintf(each[n++], sizeof each[0], "%.*s", (int)length, c);
        c += length;
    }
    return key_named(each[below(n)]);
}

static void press_in_text(void)
{
    static const int32_t keys[] = {PRESS_ENTER, PRESS_ENTER, PRESS_ENTER, PRESS_TAB,  PRESS_TAB,  PRESS_BACKTAB, PRESS_DOWN, PRESS_UP, PRESS_RIGHT,
                                   PRESS_LEFT,  PRESS_ESC,   CTRL('s'),   CTRL('s'),  CTRL('o'),  CTRL('p'),     CTRL('u'),  'y',      'n',
                                   'x',         'k',         '1',         PRESS_HELP, PRESS_HOME, PRESS_PAGE_DOWN};
    static const int32_t leave[] = {'x', 'x', 'k', 'y', PRESS_ENTER, PRESS_ENTER, PRESS_ENTER, PRESS_ESC};
    static const char *const words[] = {"phone", "reached", "none", "yes", "no", "worker", "2026-11-23", "today", "31/12/2026", "swinton", "self",
                                        "salford", "Quillfeather", "Amara", "money", "housing", "3", "07700 900123", "M27 4AB", "1951-03-07", "accepted",
                                        "declined", "He said he would ring back on Friday", "completed", "other", "Tring", "e", "a"};
    if (chance(9)) { /* away from here: a question may follow */
        type("", ONE_OF(leave));
        press(PRESS_ESC);
    } else if (chance(40))
        type(ONE_OF(words), chance(70) ? PRESS_TAB : PRESS_ENTER);
    else
        press(ONE_OF(keys));
}

/* The g that waits for a screen's letter mostly gets one. */
static void go_on(void)
{
    static const char homes[] = "tcadnrtcadnr?";
    if (chance(80))
        type("", homes[below(sizeof homes - 1)]);
}

static void press_of_tables(void)
{
    if (top()->type->typing && chance(90)) {
        press_in_text();
        return;
    }
    const struct command *c = some_command(true);
    if (!c)
        return;
    if (strcmp(c->name, "go to a screen") == 0)
        go_on();
    press(some_key_of(c->keys));
}

static void press_anything(void)
{
    static const int32_t odd[] = {0x301, 0x202E, 0x2066, 0x4E2D, 0x627, 0x1F469, 0x200D, 0xFFFD, 0x85, 0x9B, 0xE9, 0x10FFFF, 0xFEFF, 0xA0};
    press(chance(85) ? (int32_t)(' ' + below(95)) : ONE_OF(odd));
}

static void press_control(void)
{
    if (chance(60))
        press((int32_t)(1 + below(31)));
    else
        press((int32_t)(PRESS_UP + (int32_t)below(PRESS_NONE - PRESS_UP + 1)));
}

static void paste(void)
{
    static const char *const texts[] = {"iq%uq", "\033[2J\033[1;1Hq", "two\nlines\r\nhere", "\xff\xfe\xc3(", "e\xcc\x81\xcc\x81\xcc\x81", "\xe2\x80\xae" "evil",
                                        "a\tb", "Mr O'Brien-Ångström", "=cmd|'x'!A1", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80"};
    char long_text[9000];
    const char *text = ONE_OF(texts);
    size_t n = strlen(text);
    if (chance(10)) {
        n = below(sizeof long_text);
        for (size_t i = 0; i < n; i++)
            long_text[i] = (char)(draw() & 255);
        for (char *c = long_text; n && (c = memchr(c, '/', n - (size_t)(c - long_text)));)
            *c = '-';
        text = long_text;
    }
    snprintf(m.did, sizeof m.did, "paste of %zu on %s", n, top()->type->name);
    happen(&(struct event){.kind = EVENT_PASTE, .paste = text, .length = n});
}

static void pass_time(void)
{
    int64_t ms = chance(3) ? 20 * MINUTE : (int64_t)below(2500);
    snprintf(m.did, sizeof m.did, "%" PRId64 " ms", ms);
    if (chance(3))
        world_now(world_clock() + (int64_t)below(36) * 60 * MINUTE);
    seat_wait(m.seat, ms);
}

/* Nearly always a size that somebody has; fewer than one frame in a hundred is over 80x250. */
static void resize(void)
{
    int rows = 24, cols = 80;
    if (chance(30)) {
        rows = 1 + (int)below(24);
        cols = 1 + (int)below(80);
    } else if (chance(50)) {
        rows = 24 + (int)below(57);
        cols = 80 + (int)below(171);
    } else if (chance(15) && m.large * 200 < m.event) {
        rows = 1 + (int)below(300);
        cols = 1 + (int)below(1000);
    }
    snprintf(m.did, sizeof m.did, "size %dx%d", rows, cols);
    happen(&(struct event){.kind = EVENT_RESIZE, .rows = rows, .cols = cols});
}

static void hang_up(void)
{
    snprintf(m.did, sizeof m.did, "hang-up");
    seat_hang_up(m.seat);
}

static void by_name(void)
{
    char line[128];
    const struct command *c = some_command(false);
    if (!c)
        return;
    snprintf(line, sizeof line, "%s", c->name);
    type(line, PRESS_ENTER);
    press(':');
}

static const struct {
    size_t weight; /* in a thousand */
    void (*act)(void);
} acts[] = {
    {700, press_of_tables}, {70, press_anything}, {40, press_control}, {40, paste}, {80, pass_time},
    {20, resize},           {2, hang_up},         {40, by_name},       {8, underfoot},
};

static void act(void)
{
    size_t at = below(1000);
    m.typing = top()->type->typing && !top()->type->dialog ? m.typing + 1 : 0;
    if (m.typing > 150) { /* enough of that */
        m.typing = 0;
        hang_up();
        return;
    }
    if (m.next_at < m.next_n && chance(98)) {
        press(m.next[m.next_at++]);
        return;
    }
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (at < acts[i].weight) {
            acts[i].act();
            return;
        }
        at -= acts[i].weight;
    }
}

/* ---- the frame */

static bool is_harmless(uint32_t u)
{
    return u >= 0x20 && !(u >= 0x7F && u < 0xA0) && !(u >= 0x202A && u <= 0x202E) && !(u >= 0x2066 && u <= 0x2069) && u != 0x200E && u != 0x200F &&
           u != 0xFEFF;
}

static void look_at_cells(const struct canvas *c)
{
    for (int i = 0; i < c->rows * c->cols; i++) {
        const struct cell_glyph *g = &c->cells[i];
        for (int k = 0; k < CELL_MARKS && g->text[k]; k++)
            if (!is_harmless(g->text[k]))
                give_up(LINE("U+%04X stands in row %d, column %d", (unsigned)g->text[k], i / c->cols, i % c->cols));
        if (g->width > 2 || g->style >= STYLE_COUNT)
            give_up("a cell is no cell");
        if (g->width == 2 && ((i + 1) % c->cols == 0 || g[1].width != 0))
            give_up(LINE("half of a wide character in row %d, column %d", i / c->cols, i % c->cols));
    }
}

static bool is_blank(const struct canvas *c, int row)
{
    struct buf text = {0};
    canvas_row(c, row, &text);
    bool blank = text_is_blank(buf_text(&text));
    buf_free(&text);
    return blank;
}

static void look_at_frame(void)
{
    const struct canvas *c = desk_draw(desk());
    struct layout l = layout_of(c->rows, c->cols);
    m.large += c->rows > 80 || c->cols > 250;
    look_at_cells(c);
    if (c->cursor_row < 0 || c->cursor_row >= c->rows || c->cursor_col < 0 || c->cursor_col >= c->cols)
        give_up(LINE("the cursor is at %d, %d of %dx%d", c->cursor_row, c->cursor_col, c->rows, c->cols));
    if (l.fits && is_blank(c, l.header.row))
        give_up("the header is empty");
    if (l.fits && !top()->type->dialog && is_blank(c, l.footer.row))
        give_up("the footer is empty");
}

/* A large window is rarely looked at for long. */
static void back_to_size(void)
{
    const struct canvas *c = desk_draw(desk());
    if ((c->rows > 80 || c->cols > 250) && chance(50))
        happen(&(struct event){.kind = EVENT_RESIZE, .rows = 24, .cols = 80});
}

static void trace(void)
{
    if (m.trace && m.event >= m.trace)
        fprintf(stderr, "%" PRId64 " %s\n", m.event, m.did);
}

static void after_the_event(void)
{
    trace();
    if (desk_is_leaving(desk())) {
        get_up();
        sit_down();
    }
    look_at_frame();
    back_to_size();
    if (m.event % A_LOOK == 0)
        look_at_store();
}

/* ---- */

static int64_t variable(const char *name, int64_t otherwise)
{
    int64_t n;
    const char *text = getenv(name);
    return text && text_to_int(text, 1, INT64_MAX, &n) ? n : otherwise;
}

static void whatever_is_pressed_the_desk_lives_and_its_frame_is_whole(void **state)
{
    (void)state;
    m = (struct monkey){.seed = (uint64_t)variable("ONWARD_MONKEY_SEED", 20261123), .events = variable("ONWARD_MONKEY_EVENTS", EVENTS),
                        .trace = variable("ONWARD_MONKEY_TRACE", 0)};
    m.state = m.seed;
    fprintf(stderr, "monkey: ONWARD_MONKEY_SEED=%" PRIu64 " ONWARD_MONKEY_EVENTS=%" PRId64 "\n", m.seed, m.events);
    world_seed(m.seed);
    begin_world();
    for (m.event = 1; m.event <= m.events; m.event++) {
        act();
        after_the_event();
        if (m.event % A_WORLD == 0 && m.event < m.events) {
            end_world();
            begin_world();
        }
    }
    end_world();
    world_seed(0);
}

/* What it exports lies in a folder of its own. */
static int in_a_folder(void **state)
{
    const char *folder = testdb_folder();
    *state = (void *)folder;
    return chdir(folder);
}

static int out_of_it(void **state)
{
    int moved = chdir("/");
    testdb_folder_drop(*state);
    return moved;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_is_pressed_the_desk_lives_and_its_frame_is_whole, in_a_folder, out_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

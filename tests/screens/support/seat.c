/* SPDX-License-Identifier: MIT
 *
 * Sitting at a desk without a terminal (see seat.h).
 */
#include "screens/support/seat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct seat {
    struct desk *desk;
    struct buf text;
    bool of_world; /* the session is one of world.h's */
};

/* Time at a seat stands until it is moved: one clock for all seats of a test. */
static int64_t now_ms;

static int64_t seat_ticks(void)
{
    return now_ms;
}

struct seat *seat_with(const struct desk_options *o)
{
    struct seat *seat = xcalloc(1, sizeof *seat);
    struct desk_options options = *o;
    if (!options.ticks)
        options.ticks = seat_ticks;
    if (!options.clock)
        options.clock = world_clock;
    seat->desk = desk_new(&options);
    desk_start(seat->desk);
    return seat;
}

struct seat *seat_open(struct session *s, int rows, int cols)
{
    struct seat *seat = seat_with(&(struct desk_options){.session = s, .rows = rows, .cols = cols, .url = world_url(), .os_account = "world"});
    seat->of_world = true;
    return seat;
}

void seat_close(struct seat *seat)
{
    struct session *s = desk_release(seat->desk);
    if (seat->of_world)
        world_close(s);
    else
        session_close(s);
    buf_free(&seat->text);
    free(seat);
}

struct desk *seat_desk(struct seat *seat)
{
    return seat->desk;
}

static void happen(struct seat *seat, const struct event *ev)
{
    desk_event(seat->desk, ev);
    if (!desk_is_leaving(seat->desk))
        desk_draw(seat->desk);
}

/* One UTF-8 character as a code point; returns what follows it. */
static const char *next_character(const char *s, int32_t *key)
{
    unsigned char c = (unsigned char)*s++;
    int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    *key = more == 3 ? c & 7 : more == 2 ? c & 15 : more == 1 ? c & 31 : c;
    while (more-- > 0)
        *key = *key << 6 | (*s++ & 63);
    return s;
}

static const char *next_key(const char *s, int32_t *key)
{
    const char *end = *s == '<' ? strchr(s, '>') : NULL;
    char name[16];
    if (!end || end - s > 12)
        return next_character(s, key);
    snprintf(name, sizeof name, "%.*s", (int)(end - s - 1), s + 1);
    if (strncmp(name, "C-", 2) == 0)
        *key = CTRL(name[2]);
    else if (strcmp(name, "lt") == 0)
        *key = '<';
    else
        *key = key_named(strcmp(name, "BS") == 0 ? "Backspace" : name);
    if (*key == PRESS_NONE)
        fail_msg("there is no key <%s>", name);
    return end + 1;
}

int seat_keys(struct seat *seat, const char *keys)
{
    int n = 0;
    while (*keys && !desk_is_leaving(seat->desk)) {
        struct event ev = {.kind = EVENT_KEY};
        keys = next_key(keys, &ev.key);
        happen(seat, &ev);
        n++;
    }
    return n;
}

void seat_paste(struct seat *seat, const char *bytes, size_t n)
{
    happen(seat, &(struct event){.kind = EVENT_PASTE, .paste = bytes, .length = n});
}

void seat_size(struct seat *seat, int rows, int cols)
{
    happen(seat, &(struct event){.kind = EVENT_RESIZE, .rows = rows, .cols = cols});
}

void seat_wait(struct seat *seat, int64_t ms)
{
    now_ms += ms;
    happen(seat, &(struct event){.kind = EVENT_TICK});
}

void seat_hang_up(struct seat *seat)
{
    desk_event(seat->desk, &(struct event){.kind = EVENT_HANGUP});
}

const char *seat_text(struct seat *seat)
{
    const struct canvas *c = desk_draw(seat->desk);
    buf_clear(&seat->text);
    for (int row = 0; row < c->rows; row++) {
        canvas_row(c, row, &seat->text);
        buf_char(&seat->text, '\n');
    }
    return buf_text(&seat->text);
}

void seat_has(struct seat *seat, const char *text)
{
    const char *frame = seat_text(seat);
    if (!strstr(frame, text))
        fail_msg("\"%s\" is not on the screen:\n%s", text, frame);
}

void seat_hasnt(struct seat *seat, const char *text)
{
    const char *frame = seat_text(seat);
    if (strstr(frame, text))
        fail_msg("\"%s\" is on the screen:\n%s", text, frame);
}

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "r");
    struct buf b = {0};
    char part[4096];
    size_t n;
    if (!f)
        return NULL;
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(&b, part, n);
    fclose(f);
    return b.data ? b.data : xstrdup("");
}

/* References are drawn from randomness and stand in frames: each is shown as its prefix and the letters of the order in
 * which it first appears. */
static void settle_references(char *frame)
{
    char seen[64][13] = {{0}};
    size_t n = 0;
    for (char *p = frame; *p; p++) {
        bool ref = strlen(p) >= 12 && p[2] == '-' && p[7] == '-' && p[0] >= 'A' && p[0] <= 'Z' && p[1] >= 'A' && p[1] <= 'Z' &&
                   strspn(p + 3, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == 4 && strspn(p + 8, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") >= 4;
        if (!ref)
            continue;
        size_t i = 0;
        while (i < n && strncmp(seen[i], p, 12) != 0)
            i++;
        if (i == n && n < sizeof seen / sizeof *seen)
            memcpy(seen[n++], p, 12);
        char shown[40];
        snprintf(shown, sizeof shown, "%.2s-0000-%04zu", p, i + 1);
        memcpy(p, shown, 12);
        p += 11;
    }
}

void seat_golden(struct seat *seat, const char *name)
{
    char path[256];
    const char *how = getenv("ONWARD_GOLDEN");
    char *frame = xstrdup(seat_text(seat));
    settle_references(frame);
    snprintf(path, sizeof path, "tests/screens/golden/%s.txt", name);
    if (how && strcmp(how, "write") == 0) {
        FILE *f = fopen(path, "w");
        if (!f || fputs(frame, f) < 0 || fclose(f) != 0)
            fail_msg("%s cannot be written", path);
    } else {
        char *golden = read_file(path);
        if (!golden || strcmp(golden, frame) != 0)
            fail_msg("the frame is not the one in %s:\n%s\nit should be:\n%s", path, frame, golden ? golden : "(no such file)");
        free(golden);
    }
    free(frame);
}

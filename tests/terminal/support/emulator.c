/* SPDX-License-Identifier: MIT
 *
 * The program on a pseudo-terminal, its output read by libvterm (see
 * emulator.h).
 */
#include "terminal/support/emulator.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include <cmocka.h>
#include <vterm.h>

#include "onward/text.h"

#define PATIENCE_MS 20000

struct emulator {
    int fd;
    pid_t pid;
    bool ended;
    int status;
    VTerm *vt;
    VTermScreen *screen;
    bool alternate, cursor_hidden;
    int rows, cols, syncs;
    struct termios before;
    struct buf sent, text, row;
    size_t answered; /* in `sent`: what has been searched for answers */
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- libvterm */

static int on_property(VTermProp property, VTermValue *value, void *ctx)
{
    struct emulator *e = ctx;
    if (property == VTERM_PROP_ALTSCREEN)
        e->alternate = value->boolean;
    else if (property == VTERM_PROP_CURSORVISIBLE)
        e->cursor_hidden = !value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void make_screen(struct emulator *e)
{
    e->vt = vterm_new(e->rows, e->cols);
    vterm_set_utf8(e->vt, 1);
    e->screen = vterm_obtain_screen(e->vt);
    vterm_screen_set_callbacks(e->screen, &callbacks, e);
    vterm_screen_enable_altscreen(e->screen, 1);
    vterm_screen_reset(e->screen, 1);
}

/* ---- starting and ending */

static void set_environment(const char *const *changes)
{
    static const char *const plain[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "TZ=America/New_York", "ONWARD_SYNC=1",
                                        "ONWARD_NOW=2026-11-23T09:00:00Z", NULL};
    static const char *const gone[] = {"NO_COLOR", "LINES", "COLUMNS", "LANG", "LC_CTYPE", "ONWARD_DB", "ONWARD_SPOOL"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        unsetenv(gone[i]);
    for (const char *const *p = plain; *p; p++)
        putenv((char *)(uintptr_t)*p);
    for (const char *const *p = changes; p && *p; p++)
        strchr(*p, '=') ? putenv((char *)(uintptr_t)*p) : unsetenv(*p);
}

struct emulator *emulator_start(const char *const *argv, const char *const *env, int rows, int cols)
{
    struct emulator *e = xcalloc(1, sizeof *e);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    int slave;
    e->rows = rows;
    e->cols = cols;
    if (openpty(&e->fd, &slave, NULL, NULL, &size) != 0)
        fail_msg("no pseudo-terminal: %s", strerror(errno));
    tcgetattr(slave, &e->before);
    e->pid = fork();
    if (e->pid == 0) {
        close(e->fd);
        login_tty(slave);
        set_environment(env);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(slave);
    fcntl(e->fd, F_SETFL, O_NONBLOCK);
    make_screen(e);
    return e;
}

void emulator_end(struct emulator *e)
{
    if (!e)
        return;
    if (!e->ended) {
        kill(e->pid, SIGKILL);
        waitpid(e->pid, NULL, 0);
    }
    if (e->fd >= 0)
        close(e->fd);
    vterm_free(e->vt);
    buf_free(&e->sent);
    buf_free(&e->text);
    buf_free(&e->row);
    free(e);
}

/* ---- what it sends */

/* Takes what is there, waiting for it at most so long; false: nothing came, or the program has closed its end. */
static bool pump(struct emulator *e, int ms)
{
    struct pollfd p = {e->fd, POLLIN, 0};
    char bytes[1 << 16];
    if (e->fd < 0 || poll(&p, 1, ms) <= 0)
        return false;
    ssize_t n = read(e->fd, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    buf_add(&e->sent, bytes, (size_t)n);
    vterm_input_write(e->vt, bytes, (size_t)n);
    return true;
}

static void give_up(struct emulator *e, const char *what)
{
    fail_msg("%s never came; the screen:\n%s", what, emulator_text(e));
}

/* Reads on until `there` says so. */
static void await(struct emulator *e, bool (*there)(struct emulator *e, const char *what), const char *what)
{
    int64_t end = now_ms() + PATIENCE_MS;
    while (!there(e, what)) {
        bool came = pump(e, 50);
        if (!came && !emulator_is_running(e) && !pump(e, 0) && !there(e, what))
            give_up(e, what);
        if (now_ms() > end)
            give_up(e, what);
    }
}

static bool stands(struct emulator *e, const char *text)
{
    return strstr(emulator_text(e), text) != NULL;
}

void emulator_await(struct emulator *e, const char *text)
{
    await(e, stands, text);
}

static bool is_gone(struct emulator *e, const char *text)
{
    return !stands(e, text);
}

void emulator_await_gone(struct emulator *e, const char *text)
{
    await(e, is_gone, text);
}

static bool answered(struct emulator *e, const char *answer)
{
    const char *from = buf_text(&e->sent) + e->answered;
    return memmem(from, e->sent.len - e->answered, answer, strlen(answer)) != NULL;
}

void emulator_sync(struct emulator *e)
{
    char answer[32];
    snprintf(answer, sizeof answer, "\033]7770;%d\a", ++e->syncs);
    e->answered = e->sent.len > sizeof answer ? e->sent.len - sizeof answer : 0;
    emulator_send(e, "\033[7770~", 7);
    await(e, answered, answer);
}

/* ---- what is done to it */

void emulator_send(struct emulator *e, const char *bytes, size_t n)
{
    int64_t end = now_ms() + PATIENCE_MS;
    while (n) {
        struct pollfd p = {e->fd, POLLIN | POLLOUT, 0};
        if (poll(&p, 1, 100) < 0 && errno != EINTR)
            fail_msg("poll: %s", strerror(errno));
        if (p.revents & POLLIN)
            pump(e, 0);
        ssize_t taken = write(e->fd, bytes, n < 4096 ? n : 4096);
        if (taken < 0 && errno != EAGAIN && errno != EINTR)
            fail_msg("nobody reads any more: %s\n%s", strerror(errno), emulator_text(e));
        if (taken > 0)
            bytes += taken, n -= (size_t)taken;
        if (now_ms() > end)
            give_up(e, "the end of what was typed");
    }
}

static const struct {
    const char *name, *bytes;
} keys[] = {
    {"Enter", "\r"},       {"Esc", "\033"},       {"Tab", "\t"},          {"Backtab", "\033[Z"}, {"Up", "\033OA"},    {"Down", "\033OB"},
    {"Right", "\033OC"},   {"Left", "\033OD"},    {"PgUp", "\033[5~"},    {"PgDn", "\033[6~"},   {"Home", "\033OH"},  {"End", "\033OF"},
    {"Del", "\033[3~"},    {"BS", "\177"},        {"Space", " "},         {"lt", "<"},           {"F1", "\033OP"},    {"F10", "\033[21~"},
};

static void send_named(struct emulator *e, const char *name, size_t n)
{
    if (n == 3 && strncmp(name, "C-", 2) == 0) {
        char control = (char)(name[2] & 31);
        emulator_send(e, &control, 1);
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i].name) == n && strncmp(keys[i].name, name, n) == 0) {
            emulator_send(e, keys[i].bytes, strlen(keys[i].bytes));
            return;
        }
    fail_msg("there is no key <%.*s>", (int)n, name);
}

void emulator_keys(struct emulator *e, const char *typed)
{
    while (*typed) {
        size_t plain = strcspn(typed, "<");
        emulator_send(e, typed, plain);
        typed += plain;
        const char *end = *typed ? strchr(typed, '>') : NULL;
        if (!end)
            break;
        bool escape = strncmp(typed, "<Esc>", 5) == 0;
        send_named(e, typed + 1, (size_t)(end - typed - 1));
        if (escape) /* a person takes longer than a terminal to go on after Esc */
            emulator_sync(e);
        typed = end + 1;
    }
}

void emulator_resize(struct emulator *e, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    e->rows = rows;
    e->cols = cols;
    vterm_set_size(e->vt, rows, cols);
    ioctl(e->fd, TIOCSWINSZ, &size);
}

void emulator_signal(struct emulator *e, int number)
{
    kill(e->pid, number);
}

void emulator_hang_up(struct emulator *e)
{
    close(e->fd);
    e->fd = -1;
}

bool emulator_is_running(struct emulator *e)
{
    if (!e->ended && waitpid(e->pid, &e->status, WNOHANG) == e->pid)
        e->ended = true;
    return !e->ended;
}

int emulator_wait(struct emulator *e)
{
    int64_t end = now_ms() + PATIENCE_MS;
    while (emulator_is_running(e)) {
        if (!pump(e, 10) && e->fd < 0)
            poll(NULL, 0, 10);
        if (now_ms() > end)
            give_up(e, "the end of the program");
    }
    while (pump(e, 0))
        ;
    return e->status;
}

/* ---- what is seen */

static void add_cell(struct buf *out, const VTermScreenCell *cell)
{
    if (!cell->chars[0]) {
        buf_char(out, ' ');
        return;
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] && cell->chars[i] != UINT32_MAX; i++) {
        uint32_t u = cell->chars[i];
        if (u < 0x80)
            buf_char(out, (char)u);
        else if (u < 0x800)
            buf_fmt(out, "%c%c", (char)(0xC0 | u >> 6), (char)(0x80 | (u & 63)));
        else if (u < 0x10000)
            buf_fmt(out, "%c%c%c", (char)(0xE0 | u >> 12), (char)(0x80 | (u >> 6 & 63)), (char)(0x80 | (u & 63)));
        else
            buf_fmt(out, "%c%c%c%c", (char)(0xF0 | u >> 18), (char)(0x80 | (u >> 12 & 63)), (char)(0x80 | (u >> 6 & 63)),
                    (char)(0x80 | (u & 63)));
    }
}

static VTermScreenCell cell_at(struct emulator *e, int row, int col)
{
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(e->screen, (VTermPos){row, col}, &cell);
    return cell;
}

static void add_from(struct emulator *e, int row, int col, struct buf *out)
{
    for (; col < e->cols; col++) {
        VTermScreenCell cell = cell_at(e, row, col);
        add_cell(out, &cell);
    }
    while (out->len && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
}

const char *emulator_from(struct emulator *e, int row, int col)
{
    buf_clear(&e->row);
    add_from(e, row, col, &e->row);
    return buf_text(&e->row);
}

const char *emulator_row(struct emulator *e, int row)
{
    return emulator_from(e, row, 0);
}

const char *emulator_text(struct emulator *e)
{
    buf_clear(&e->text);
    for (int row = 0; row < e->rows; row++) {
        add_from(e, row, 0, &e->text);
        buf_char(&e->text, '\n');
    }
    return buf_text(&e->text);
}

void emulator_has(struct emulator *e, const char *text)
{
    if (!stands(e, text))
        fail_msg("\"%s\" is not on the screen:\n%s", text, emulator_text(e));
}

void emulator_hasnt(struct emulator *e, const char *text)
{
    if (stands(e, text))
        fail_msg("\"%s\" is on the screen:\n%s", text, emulator_text(e));
}

void emulator_find(struct emulator *e, const char *text, int *row, int *col)
{
    for (*row = 0; *row < e->rows; ++*row)
        for (*col = 0; *col < e->cols; ++*col)
            if (text_starts(emulator_from(e, *row, *col), text))
                return;
    fail_msg("\"%s\" is not on the screen:\n%s", text, emulator_text(e));
}

void emulator_cursor(struct emulator *e, int *row, int *col)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(e->vt), &at);
    *row = at.row;
    *col = at.col;
}

struct emulator_look emulator_look(struct emulator *e, int row, int col)
{
    VTermScreenCell cell = cell_at(e, row, col);
    return (struct emulator_look){.bold = cell.attrs.bold, .underline = cell.attrs.underline != 0, .reverse = cell.attrs.reverse,
                                  .coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)};
}

const char *emulator_bytes(struct emulator *e, size_t *n)
{
    *n = e->sent.len;
    return buf_text(&e->sent);
}

void emulator_forget(struct emulator *e)
{
    buf_clear(&e->sent);
}

void emulator_is_sane(struct emulator *e)
{
    struct termios now;
    assert_int_equal(tcgetattr(e->fd, &now), 0);
    assert_int_equal(now.c_iflag, e->before.c_iflag);
    assert_int_equal(now.c_oflag, e->before.c_oflag);
    assert_int_equal(now.c_lflag, e->before.c_lflag);
    if (e->alternate || e->cursor_hidden)
        fail_msg("the %s:\n%s", e->alternate ? "second screen was left on" : "cursor was left hidden", emulator_text(e));
    size_t n;
    const char *bytes = emulator_bytes(e, &n), *last = NULL;
    for (const char *p = bytes; (p = memmem(p, n - (size_t)(p - bytes), "\033[?2004", 7)); p += 7)
        last = p;
    if (last)
        assert_int_equal(last[7], 'l');
}

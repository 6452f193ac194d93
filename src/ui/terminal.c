/* SPDX-License-Identifier: MIT
 *
 * The terminal (see terminal.h): curses for what goes out, input.c for what
 * comes in. Signals are let in only while it waits for input, so that nothing
 * is ever done in the middle of something else; only a crash is answered at
 * once, with bytes that were prepared at the start.
 */
#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "input.h"
#include "theme.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define KEPT 256       /* events read ahead while the store works; what is typed beyond waits in the terminal */
#define ROWS_MOST 300  /* of a terminal that is larger only so much is used */
#define COLS_MOST 1000

/* One terminal a program: what signal handlers must reach cannot be handed to them. */
static struct {
    bool open;
    SCREEN *screen;
    int rows, cols;
    struct canvas shown;          /* as the terminal has it */
    bool ascii;
    bool garbled;                 /* it may have something else: all is sent anew */
    struct input input;
    struct event kept[KEPT];      /* read ahead: a ring */
    size_t kept_at, n_kept;
    bool ended;                   /* told to end, or the terminal is gone */
    volatile sig_atomic_t told_to_end, told_to_stop, went_on;
    bool may_stop;                /* there is a shell that brings it back */
    struct termios before;
    sigset_t mask_before, mask_waiting;
    char reset[512];              /* bytes that give the terminal back */
    size_t reset_length;
    bool sync_asked;
    int syncs;
} term;

static void send(const char *bytes, size_t n)
{
    while (n) {
        ssize_t sent = write(STDOUT_FILENO, bytes, n);
        if (sent < 0 && errno != EINTR)
            return; /* gone: the next wait for input says so */
        bytes += sent > 0 ? sent : 0;
        n -= sent > 0 ? (size_t)sent : 0;
    }
}

static void send_text(const char *text)
{
    send(text, strlen(text));
}

/* ---- signals */

static void on_signal(int number)
{
    if (number == SIGTSTP)
        term.told_to_stop = 1;
    else if (number == SIGCONT)
        term.went_on = 1;
    else if (number != SIGWINCH) /* that one only ends the wait: the size is looked at every time */
        term.told_to_end = 1;
}

static void on_crash(int number)
{
    send(term.reset, term.reset_length);
    tcsetattr(STDIN_FILENO, TCSANOW, &term.before);
    signal(number, SIG_DFL);
    raise(number);
}

static const int heard[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction a = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&a.sa_mask);
    sigaction(number, &a, NULL);
}

static void set_handlers(void)
{
    static char stack[1 << 16]; /* a stack that ran over cannot run a handler */
    sigset_t ours;
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    for (size_t i = 0; i < COUNT(crashes); i++)
        handle(crashes[i], on_crash, SA_ONSTACK | SA_NODEFER);
    handle(SIGPIPE, SIG_IGN, 0);
    sigemptyset(&ours);
    for (size_t i = 0; i < COUNT(heard); i++) {
        handle(heard[i], on_signal, 0);
        sigaddset(&ours, heard[i]);
    }
    sigprocmask(SIG_BLOCK, &ours, &term.mask_before);
    term.mask_waiting = term.mask_before;
    for (size_t i = 0; i < COUNT(heard); i++)
        sigdelset(&term.mask_waiting, heard[i]);
}

/* A second request to end must not cut short what is still being closed. */
static void unset_handlers(void)
{
    for (size_t i = 0; i < COUNT(crashes); i++)
        handle(crashes[i], SIG_DFL, 0);
    for (size_t i = 0; i < COUNT(heard); i++)
        handle(heard[i], heard[i] == SIGHUP || heard[i] == SIGTERM ? SIG_IGN : SIG_DFL, 0);
    sigprocmask(SIG_SETMASK, &term.mask_before, NULL);
}

/* ---- what this terminal can do */

static const char *capability(const char *name)
{
    const char *s = tigetstr(name);
    return s && s != (const char *)-1 ? s : "";
}

/* A capability's bytes without its pauses ("$<5>"), which nobody can wait for in a crash. */
static void add_reset(const char *bytes)
{
    while (*bytes && term.reset_length < sizeof term.reset) {
        if (bytes[0] == '$' && bytes[1] == '<' && strchr(bytes, '>'))
            bytes = strchr(bytes, '>') + 1;
        else
            term.reset[term.reset_length++] = *bytes++;
    }
}

static void prepare_reset(void)
{
    static const char *const names[] = {"sgr0", "op", "rmkx", "cnorm", "rmcup"};
    term.reset_length = 0;
    add_reset(PASTE_OFF);
    for (size_t i = 0; i < COUNT(names); i++)
        add_reset(capability(names[i]));
}

static void define_keys(void)
{
    static const struct {
        const char *name;
        int32_t key;
    } keys[] = {
        {"kcuu1", PRESS_UP},  {"kcud1", PRESS_DOWN},   {"kcub1", PRESS_LEFT},       {"kcuf1", PRESS_RIGHT},
        {"kpp", PRESS_PAGE_UP}, {"knp", PRESS_PAGE_DOWN}, {"khome", PRESS_HOME},    {"kend", PRESS_END},
        {"kdch1", PRESS_DELETE}, {"kcbt", PRESS_BACKTAB}, {"kbs", PRESS_RUBOUT},    {"kent", PRESS_ENTER},
        {"kf1", PRESS_HELP},  {"kf10", PRESS_QUIT},
    };
    for (size_t i = 0; i < COUNT(keys); i++)
        input_define(&term.input, capability(keys[i].name), keys[i].key);
    if (getenv("ONWARD_SYNC"))
        input_define(&term.input, "\033[7770~", PRESS_SYNC);
}

/* ---- opening and closing */

static bool refuse(struct err *e, const char *what)
{
    return err_set(e, ERR_INVALID,
                   "%s Set TERM to what your terminal is, for example TERM=xterm-256color (TERM=linux on a console). "
                   "Meanwhile every command works from the command line: onward help.",
                   what);
}

/* Asked before curses takes the terminal, which would write to it and keep memory where it fails. */
static bool can_move_its_cursor(void)
{
    int why;
    bool can = setupterm(NULL, STDOUT_FILENO, &why) == OK && *capability("cup");
    if (cur_term)
        del_curterm(cur_term);
    return can;
}

static bool usable(struct err *e)
{
    const char *name = getenv("TERM");
    char what[256];
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &term.before) != 0)
        return err_set(e, ERR_INVALID, "The desk needs a terminal to sit at. Without one use the commands: onward help.");
    if (!name || !*name)
        return refuse(e, "TERM is not set, so that nobody knows what this terminal can do.");
    snprintf(what, sizeof what, "TERM is \"%.60s\", %s, which --linear needs too.", name,
             strcmp(name, "dumb") == 0 ? "a terminal that cannot move its cursor" : "which is not known here or cannot move its cursor");
    if (can_move_its_cursor())
        term.screen = newterm(NULL, stdout, stdin);
    return term.screen || refuse(e, what);
}

static void set_up(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    typeahead(-1); /* what is typed meanwhile must not leave half a frame */
    leaveok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    curs_set(1);
}

static bool window_size(int *rows, int *cols)
{
    struct winsize w;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || !w.ws_row || !w.ws_col)
        return false;
    *rows = w.ws_row < ROWS_MOST ? w.ws_row : ROWS_MOST;
    *cols = w.ws_col < COLS_MOST ? w.ws_col : COLS_MOST;
    return true;
}

static void take_size(int rows, int cols)
{
    term.rows = rows;
    term.cols = cols;
    resizeterm(rows, cols);
    canvas_resize(&term.shown, rows, cols);
    term.garbled = true;
}

/* Away from the screen and back to it: at the ends, and where it stops for the shell. */
static void leave_screen(void)
{
    send_text(PASTE_OFF);
    endwin();
}

static void enter_screen(void)
{
    refresh();
    send_text(PASTE_ON);
    term.garbled = true;
}

bool terminal_open(const struct terminal_options *o, struct err *e)
{
    const char *no_colour = getenv("NO_COLOR");
    struct sigaction stop;
    int rows = 0, cols = 0;
    bool ok = usable(e);
    if (ok && !theme_set(o->theme, o->mono || (no_colour && *no_colour)))
        ok = err_set(e, ERR_INVALID, "There is no theme \"%s\"; there are dark, light and contrast.", o->theme);
    if (!ok && term.screen) {
        endwin();
        delscreen(term.screen);
        term.screen = NULL;
    }
    if (!ok)
        return false;
    term.may_stop = sigaction(SIGTSTP, NULL, &stop) != 0 || stop.sa_handler != SIG_IGN;
    set_up();
    if (!window_size(&rows, &cols))
        rows = LINES, cols = COLS;
    take_size(rows, cols);
    term.ascii = o->ascii;
    prepare_reset();
    define_keys();
    set_handlers();
    term.open = true;
    die_hook(terminal_close);
    enter_screen();
    return true;
}

void terminal_close(void)
{
    struct termios now;
    if (!term.open)
        return;
    term.open = false;
    die_hook(NULL);
    if (tcgetattr(STDIN_FILENO, &now) == 0) { /* still there: a dead one is written to no more */
        leave_screen();
        tcsetattr(STDIN_FILENO, TCSANOW, &term.before);
    }
    unset_handlers();
    delscreen(term.screen);
    canvas_free(&term.shown);
    input_free(&term.input);
}

void terminal_size(int *rows, int *cols)
{
    *rows = term.rows;
    *cols = term.cols;
}

/* ---- stopping for the shell */

/* As ^Z does where the terminal itself answers it: everything that was started together stops, a script around it too. */
static void stop(void)
{
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGTSTP);
    sigaddset(&both, SIGCONT);
    leave_screen();
    handle(SIGTSTP, SIG_DFL, 0);
    sigprocmask(SIG_UNBLOCK, &both, NULL);
    kill(0, SIGTSTP);
    sigprocmask(SIG_BLOCK, &both, NULL);
    handle(SIGTSTP, on_signal, 0);
    term.told_to_stop = 0;
    term.went_on = 1; /* also where nobody could stop it */
}

static void go_on(void)
{
    int rows = term.rows, cols = term.cols;
    term.went_on = 0;
    if (!isendwin())
        endwin(); /* stopped without asking: the shell had the terminal */
    enter_screen();
    if (!window_size(&rows, &cols))
        rows = term.rows;
    take_size(rows, cols);
}

/* ---- reading */

static struct event resize_event(void)
{
    return (struct event){.kind = EVENT_RESIZE, .rows = term.rows, .cols = term.cols};
}

/* What happened besides input: looked at on every turn. */
static bool happened(struct event *ev)
{
    int rows, cols;
    if (term.told_to_end)
        term.ended = true;
    if (term.told_to_stop)
        stop();
    if (term.ended) {
        *ev = (struct event){.kind = EVENT_HANGUP};
        return true;
    }
    if (term.went_on)
        go_on();
    else if (window_size(&rows, &cols) && (rows != term.rows || cols != term.cols))
        take_size(rows, cols);
    else
        return false;
    *ev = resize_event();
    return true;
}

/* The next event of what has been read. */
static bool next_input(bool silence, struct event *ev)
{
    if (!input_next(&term.input, silence, ev))
        return false;
    if (ev->kind != EVENT_KEY)
        return true;
    if (ev->key == PRESS_SYNC) {
        term.sync_asked = true;
        *ev = (struct event){.kind = EVENT_TICK};
    } else if (ev->key == CTRL('z') && term.may_stop) {
        stop();
        go_on();
        *ev = resize_event();
    } else if (ev->key == CTRL('l')) {
        term.garbled = true;
    }
    return true;
}

/* Waits for bytes; true when something came: bytes, their end, a signal. */
static bool listen_for(int ms)
{
    struct pollfd p = {STDIN_FILENO, POLLIN, 0};
    struct timespec t = {ms / 1000, ms % 1000 * 1000000L};
    char bytes[1 << 16];
    int ready = ppoll(&p, 1, &t, &term.mask_waiting);
    if (ready <= 0)
        return ready < 0; /* EINTR */
    ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
    if (n > 0)
        input_add(&term.input, bytes, (size_t)n);
    else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        term.ended = true;
    return true;
}

struct event terminal_read(int wait_ms)
{
    struct event ev;
    if (term.n_kept) {
        ev = term.kept[term.kept_at];
        term.kept_at = (term.kept_at + 1) % KEPT;
        term.n_kept--;
        return ev;
    }
    for (;;) {
        if (happened(&ev) || next_input(false, &ev))
            return ev;
        int patience = input_patience(&term.input);
        bool begun = patience >= 0 && patience <= wait_ms;
        if (listen_for(begun ? patience : wait_ms))
            continue;
        if (begun && next_input(true, &ev))
            return ev;
        return (struct event){.kind = EVENT_TICK};
    }
}

static struct event *kept_event(size_t i)
{
    return &term.kept[(term.kept_at + i) % KEPT];
}

/* Nothing is read ahead past a paste, whose bytes stand until the next event is read; past the end, which says itself on
 * every turn; nor past the frame that a test asks for. */
static bool read_ahead(void)
{
    struct event ev;
    enum event_kind last = term.n_kept ? kept_event(term.n_kept - 1)->kind : EVENT_TICK;
    if (term.n_kept == KEPT || term.sync_asked || last == EVENT_PASTE || last == EVENT_HANGUP)
        return false;
    if (!happened(&ev) && !next_input(false, &ev) && !(listen_for(0) && (happened(&ev) || next_input(false, &ev))))
        return false;
    *kept_event(term.n_kept++) = ev;
    return true;
}

bool terminal_pending(void)
{
    return term.n_kept || read_ahead();
}

bool terminal_stop_asked(void)
{
    while (read_ahead())
        ;
    for (size_t i = 0; i < term.n_kept; i++) {
        const struct event *ev = kept_event(i);
        if (ev->kind == EVENT_HANGUP)
            return true;
        if (ev->kind == EVENT_KEY && (ev->key == PRESS_ESC || ev->key == CTRL('c'))) {
            term.kept_at = (term.kept_at + i + 1) % KEPT; /* it, and what was typed before it, has been heard */
            term.n_kept -= i + 1;
            return true;
        }
    }
    return false;
}

/* ---- showing */

static bool same_cell(const struct cell_glyph *a, const struct cell_glyph *b)
{
    return a->width == b->width && a->style == b->style && memcmp(a->text, b->text, sizeof a->text) == 0;
}

void terminal_show(const struct canvas *c)
{
    if (c->rows != term.shown.rows || c->cols != term.shown.cols)
        canvas_resize(&term.shown, c->rows, c->cols);
    if (term.garbled) {
        clearok(curscr, TRUE);
        erase();
    }
    for (int row = 0; row < c->rows; row++)
        for (int col = 0; col < c->cols; col++) {
            size_t at = (size_t)row * (size_t)c->cols + (size_t)col;
            if (c->cells[at].width && (term.garbled || !same_cell(&c->cells[at], &term.shown.cells[at])))
                theme_put(row, col, &c->cells[at]);
        }
    memcpy(term.shown.cells, c->cells, (size_t)c->rows * (size_t)c->cols * sizeof *c->cells);
    term.garbled = false;
    move(c->cursor_row, c->cursor_col);
    refresh();
    if (term.sync_asked) {
        char answer[32];
        term.sync_asked = false;
        snprintf(answer, sizeof answer, "\033]7770;%d\a", ++term.syncs);
        send_text(answer);
    }
}

void terminal_notice(const char *text)
{
    int row = term.shown.rows - 2;
    struct cell_glyph unknown = {.width = 1, .style = STYLE_COUNT};
    if (row < 0 || term.ended)
        return;
    term.shown.ascii = term.ascii;
    canvas_fill(&term.shown, (struct area){row, 0, 1, term.shown.cols}, STYLE_PLAIN);
    canvas_text(&term.shown, row, 1, term.shown.cols - 1, STYLE_WARN, text);
    for (int col = 0; col < term.shown.cols; col++) {
        struct cell_glyph *g = &term.shown.cells[(size_t)row * (size_t)term.shown.cols + (size_t)col];
        if (g->width)
            theme_put(row, col, g);
        *g = unknown; /* the next frame writes the line anew */
    }
    refresh();
}

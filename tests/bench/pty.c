/* SPDX-License-Identifier: MIT
 *
 * pty SCRIPT COMMAND ..
 *
 * Sits at a terminal program as a person does: runs it on a pseudo-terminal of
 * 40 rows by 120 columns with a terminal (libvterm) behind it, presses keys as
 * the script says, and prints as JSON what each step took. A step is a line:
 *
 *   start NAME N TEXT          start it N times, each until TEXT is on screen; the last one stays
 *   key NAME N KEYS [| BACK]   N times: press KEYS, wait for the answer; then BACK, which is not counted
 *   type NAME N TEXT [| BACK]  the same with each character of TEXT a key of its own
 *   flood NAME N KEYS          KEYS N times at once, until the last answer
 *   send KEYS                  not counted
 *   expect TEXT                ends with an error where TEXT is not on screen, so that it is known what is measured
 *   idle NAME SECONDS          nothing is pressed
 *   memory NAME                the most that was resident since its start
 *
 * KEYS is text with names as in <Down> <Enter> <C-r>. An answer is over when
 * the program sleeps and has neither written nor been on the processor for
 * QUIET_MS, which are not counted: its time is that of its last byte.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include "bench.h"
#include "onward/text.h"

enum {
    ROWS = 40,
    COLS = 120,
    QUIET_MS = 40,
    START_MS = 20000, /* after which it does not start any more */
    ANSWER_MS = 20000,
    MOST_BYTES_A_CELL = 24,
};

struct seat {
    char **command;
    pid_t program;
    int fd;
    VTerm *terminal;
    VTermScreen *screen;
    bool gone; /* the program has closed its side */
    size_t bytes; /* written by it since last set to 0 */
};

struct answer {
    double first_ms, last_ms, cpu_ms;
    size_t bytes;
};

/* ---- the script's errors end the bench: what they would measure is not what is meant */

static const char *step; /* the line being done, for those errors */

/* Everything on it as text, valid until the next call. */
static const char *shown_on(const struct seat *t)
{
    static char text[ROWS * COLS * MOST_BYTES_A_CELL];
    VTermRect all = {.end_row = ROWS, .end_col = COLS};
    text[vterm_screen_get_text(t->screen, text, sizeof text - 1, all)] = '\0';
    return text;
}

static _Noreturn void fail(const struct seat *t, const char *why)
{
    fprintf(stderr, "pty: %s: %s\n%s\n", step, why, t->screen ? shown_on(t) : "");
    if (t->program > 0)
        kill(t->program, SIGKILL);
    exit(1);
}

/* ---- what the kernel counts */

static double processor_ms(const struct seat *t)
{
    char path[64];
    unsigned long long ns = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)t->program);
    FILE *f = fopen(path, "r");
    if (f && fscanf(f, "%llu", &ns) != 1)
        ns = 0;
    if (f)
        fclose(f);
    return (double)ns * 1e-6;
}

/* Waits for something other than the disk: neither runs nor waits for its turn to. */
static bool sleeps(const struct seat *t)
{
    char path[64], state = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)t->program);
    FILE *f = fopen(path, "r");
    if (f && fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
        state = 0;
    if (f)
        fclose(f);
    return state == 'S';
}

static double most_resident_mib(const struct seat *t)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)t->program);
    FILE *f = fopen(path, "r");
    while (f && !kib && fgets(line, sizeof line, f))
        if (sscanf(line, "VmHWM: %ld", &kib) != 1)
            kib = 0;
    if (f)
        fclose(f);
    return (double)kib / 1024;
}

/* ---- the terminal's two directions */

/* Takes what the program has written by then; the time of its arrival, 0 when there was nothing. */
static double take(struct seat *t, double wait_ms)
{
    static char chunk[65536];
    struct pollfd p = {t->fd, POLLIN, 0};
    if (t->gone || poll(&p, 1, wait_ms > 0 ? (int)wait_ms + 1 : 0) <= 0)
        return 0;
    ssize_t n = read(t->fd, chunk, sizeof chunk);
    double at = now_ms();
    if (n <= 0) {
        t->gone = n == 0 || (errno != EAGAIN && errno != EINTR);
        return 0;
    }
    t->bytes += (size_t)n;
    vterm_input_write(t->terminal, chunk, (size_t)n);
    return at;
}

/* Also what the terminal answers to the program's questions. */
static void give(const char *bytes, size_t n, void *seat)
{
    struct seat *t = seat;
    while (n && !t->gone) {
        ssize_t taken = write(t->fd, bytes, n);
        if (taken < 0) {
            take(t, 1);
            continue;
        }
        bytes += taken;
        n -= (size_t)taken;
    }
}

static const struct {
    const char *name;
    VTermKey key;
} named_keys[] = {{"Down", VTERM_KEY_DOWN},   {"Up", VTERM_KEY_UP},
                  {"Left", VTERM_KEY_LEFT},   {"Right", VTERM_KEY_RIGHT},
                  {"PgDn", VTERM_KEY_PAGEDOWN}, {"PgUp", VTERM_KEY_PAGEUP},
                  {"Home", VTERM_KEY_HOME},   {"End", VTERM_KEY_END},
                  {"Enter", VTERM_KEY_ENTER}, {"Esc", VTERM_KEY_ESCAPE},
                  {"Tab", VTERM_KEY_TAB},     {"BS", VTERM_KEY_BACKSPACE}};

/* <Down> as this program has asked to have it sent; false when no key is called that. */
static bool press_named(struct seat *t, const char *name, size_t n)
{
    if (n == 3 && name[0] == 'C' && name[1] == '-') {
        char control = (char)(name[2] & 0x1F);
        give(&control, 1, t);
        return true;
    }
    for (size_t i = 0; i < sizeof named_keys / sizeof *named_keys; i++)
        if (strlen(named_keys[i].name) == n && !memcmp(named_keys[i].name, name, n)) {
            vterm_keyboard_key(t->terminal, named_keys[i].key, VTERM_MOD_NONE);
            return true;
        }
    return false;
}

static void press(struct seat *t, const char *keys, size_t n)
{
    while (n) {
        const char *end = *keys == '<' ? memchr(keys, '>', n) : NULL;
        size_t length = end ? (size_t)(end - keys) + 1 : 1;
        if (!end || !press_named(t, keys + 1, length - 2))
            give(keys, length, t);
        keys += length;
        n -= length;
    }
}

/* ---- an answer */

static struct answer answer_to(struct seat *t, const char *keys, size_t n, long times)
{
    struct answer a = {0};
    while (take(t, 0))
        ;
    double before = processor_ms(t), used = before, start = now_ms();
    t->bytes = 0;
    for (long i = 0; i < times; i++)
        press(t, keys, n);
    for (;;) {
        double at = take(t, QUIET_MS), now_used = processor_ms(t);
        if (at) {
            a.first_ms = a.first_ms > 0 ? a.first_ms : at - start;
            a.last_ms = at - start;
        } else if ((now_used - used <= 0 && sleeps(t)) || t->gone) {
            break;
        }
        used = now_used;
        if (now_ms() - start > ANSWER_MS)
            fail(t, "there is no end to the answer");
    }
    if (t->gone)
        fail(t, "the program ended");
    a.cpu_ms = used - before;
    a.bytes = t->bytes;
    return a;
}

struct answers {
    struct samples first, last, cpu, bytes;
    size_t silent;
};

static void answers_add(struct answers *s, struct answer a)
{
    if (!a.bytes) {
        s->silent++;
        return;
    }
    samples_add(&s->first, a.first_ms);
    samples_add(&s->last, a.last_ms);
    samples_add(&s->cpu, a.cpu_ms);
    samples_add(&s->bytes, (double)a.bytes);
}

/* ---- telling */

static void tell(const char *name, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void tell(const char *name, const char *fmt, ...)
{
    static bool later;
    va_list args;
    printf("%s\"%s\": {", later ? ",\n " : "{", name);
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    putchar('}');
    later = true;
}

static void tell_answers(const char *name, struct answers *s)
{
    tell(name,
         "\"n\":%zu,\"silent\":%zu,\"first_ms\":%.3f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
         "\"cpu_ms\":%.3f,\"cpu_p99_ms\":%.3f,\"bytes\":%.0f",
         s->last.count, s->silent, samples_at(&s->first, 0.5), samples_at(&s->last, 0.5),
         samples_at(&s->last, 0.99), samples_at(&s->last, 1), samples_at(&s->cpu, 0.5),
         samples_at(&s->cpu, 0.99), samples_at(&s->bytes, 0.5));
    free(s->first.ms);
    free(s->last.ms);
    free(s->cpu.ms);
    free(s->bytes.ms);
}

/* ---- coming and going */

/* Hangs up, as closing the window does; kills what is still there after two seconds. */
static void leave(struct seat *t)
{
    if (t->program <= 0)
        return;
    kill(t->program, SIGHUP);
    for (double start = now_ms(); waitpid(t->program, NULL, WNOHANG) == 0;) {
        take(t, 5);
        if (now_ms() - start > 2000)
            kill(t->program, SIGKILL);
    }
    close(t->fd);
    vterm_free(t->terminal);
    *t = (struct seat){.command = t->command};
}

static double come(struct seat *t)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLS};
    t->terminal = vterm_new(ROWS, COLS);
    vterm_set_utf8(t->terminal, true);
    vterm_output_set_callback(t->terminal, give, t);
    t->screen = vterm_obtain_screen(t->terminal);
    vterm_screen_enable_altscreen(t->screen, true);
    vterm_screen_reset(t->screen, true);
    double start = now_ms();
    t->program = forkpty(&t->fd, NULL, NULL, &size);
    if (t->program == 0) {
        execvp(t->command[0], t->command);
        perror(t->command[0]);
        _exit(127);
    }
    if (t->program < 0 || fcntl(t->fd, F_SETFL, O_NONBLOCK) < 0)
        fail(t, strerror(errno));
    return start;
}

/* Until the text is there: when the first byte came, when the text. */
static struct answer start_once(struct seat *t, const char *text)
{
    struct answer a = {0};
    double start = come(t);
    while (a.last_ms <= 0) {
        double at = take(t, QUIET_MS);
        if (t->gone || now_ms() - start > START_MS)
            fail(t, "this text did not come on screen");
        if (at && a.first_ms <= 0)
            a.first_ms = at - start;
        if (at && strstr(shown_on(t), text))
            a.last_ms = at - start;
    }
    a.cpu_ms = processor_ms(t);
    a.bytes = t->bytes;
    return a;
}

/* ---- steps */

struct words {
    char name[64];
    long n;
    const char *rest; /* what follows, up to BACK */
    size_t length;
    const char *back; /* "" none */
};

static void do_start(struct seat *t, const struct words *w)
{
    struct answers s = {0};
    for (long i = 0; i < w->n; i++) {
        leave(t);
        answers_add(&s, start_once(t, w->rest));
        answer_to(t, "", 0, 0); /* all that is still to come */
    }
    tell_answers(w->name, &s);
}

static void do_key(struct seat *t, const struct words *w)
{
    struct answers s = {0};
    for (long i = 0; i < w->n; i++) {
        answers_add(&s, answer_to(t, w->rest, w->length, 1));
        if (*w->back)
            answer_to(t, w->back, strlen(w->back), 1);
    }
    tell_answers(w->name, &s);
}

static void do_type(struct seat *t, const struct words *w)
{
    struct answers s = {0};
    for (long i = 0; i < w->n; i++) {
        for (size_t at = 0, n; at < w->length; at += n) {
            for (n = 1; (w->rest[at + n] & 0xC0) == 0x80; n++)
                ;
            answers_add(&s, answer_to(t, w->rest + at, n, 1));
        }
        if (*w->back)
            answer_to(t, w->back, strlen(w->back), 1);
    }
    tell_answers(w->name, &s);
}

static void do_flood(struct seat *t, const struct words *w)
{
    struct answer a = answer_to(t, w->rest, w->length, w->n);
    tell(w->name, "\"keys\":%ld,\"last_ms\":%.3f,\"cpu_ms\":%.3f,\"bytes\":%zu", w->n, a.last_ms,
         a.cpu_ms, a.bytes);
}

static void do_send(struct seat *t, const struct words *w)
{
    answer_to(t, w->rest, w->length, 1);
}

static void do_expect(struct seat *t, const struct words *w)
{
    if (!strstr(shown_on(t), w->rest))
        fail(t, "this text is not on screen");
}

static void do_idle(struct seat *t, const struct words *w)
{
    double start = now_ms(), before = processor_ms(t);
    t->bytes = 0;
    for (double left; (left = start + (double)w->n * 1e3 - now_ms()) > 0;)
        take(t, left);
    tell(w->name, "\"seconds\":%ld,\"cpu_ms\":%.3f,\"bytes\":%zu", w->n, processor_ms(t) - before,
         t->bytes);
}

static void do_memory(struct seat *t, const struct words *w)
{
    tell(w->name, "\"mib\":%.1f", most_resident_mib(t));
}

static const struct {
    const char *name;
    bool has_name, has_number;
    void (*run)(struct seat *t, const struct words *w);
} steps[] = {{"start", true, true, do_start},   {"key", true, true, do_key},
             {"type", true, true, do_type},     {"flood", true, true, do_flood},
             {"send", false, false, do_send},   {"expect", false, false, do_expect},
             {"idle", true, true, do_idle},     {"memory", true, false, do_memory}};

static const char *skip_blanks(const char *s)
{
    while (isblank((unsigned char)*s))
        s++;
    return s;
}

/* The next word of a line, by its length; *s moves behind it and the blanks. */
static size_t next_word(const char **s, const char **word)
{
    *word = *s;
    size_t n = strcspn(*s, " \t");
    *s = skip_blanks(*s + n);
    return n;
}

static void do_line(struct seat *t, char *line)
{
    struct words w = {.back = ""};
    const char *s = skip_blanks(line), *word;
    size_t i = 0, n = next_word(&s, &word);
    while (i < sizeof steps / sizeof *steps &&
           (strlen(steps[i].name) != n || memcmp(steps[i].name, word, n)))
        i++;
    if (i == sizeof steps / sizeof *steps)
        fail(t, "there is no such step");
    if (steps[i].has_name) {
        n = next_word(&s, &word);
        snprintf(w.name, sizeof w.name, "%.*s", (int)n, word);
    }
    if (steps[i].has_number) {
        next_word(&s, &word);
        w.n = strtol(word, NULL, 10);
    }
    char *bar = strstr(line, " | ");
    if (bar) {
        *bar = '\0';
        w.back = bar + 3;
    }
    w.rest = s;
    w.length = strlen(s);
    if (!t->program && steps[i].run != do_start)
        fail(t, "nothing is started yet");
    steps[i].run(t, &w);
}

int main(int argc, char **argv)
{
    FILE *script = argc > 2 ? fopen(argv[1], "r") : NULL;
    struct seat t = {.command = argv + 2};
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    if (!script) {
        fputs("pty SCRIPT COMMAND ..\n", stderr);
        return 2;
    }
    setenv("TERM", "xterm-256color", true);
    while ((n = getline(&line, &room, script)) >= 0) {
        line[n && line[n - 1] == '\n' ? n - 1 : n] = '\0';
        step = line;
        if (*line && *line != '#')
            do_line(&t, line);
    }
    puts("}");
    leave(&t);
    free(line);
    fclose(script);
    return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * Reading the file of delivery commands and running one. The child gets its
 * own process group, so that a time limit ends all that it started, and
 * nothing of ours: no descriptor, no signal setting, no variable. Its standard
 * output is thrown away (ours may be JSON), its standard error is ours.
 */
#include "exchange/deliver.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "onward/text.h"

#define FOLDER "{folder}"

struct delivery_command {
    char *name;
    char **words; /* NULL-terminated; the first is the program */
    size_t count;
};
struct delivery_commands {
    struct delivery_command *at;
    size_t count;
};

/* ---- the file */

void deliver_free(struct delivery_commands *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++) {
        for (size_t k = 0; k < c->at[i].count; k++)
            free(c->at[i].words[k]);
        free(c->at[i].words);
        free(c->at[i].name);
    }
    free(c->at);
    free(c);
}

const struct delivery_command *deliver_find(const struct delivery_commands *c, const char *name)
{
    for (size_t i = 0; c && i < c->count; i++)
        if (strcmp(c->at[i].name, name) == 0)
            return &c->at[i];
    return NULL;
}

static void add_word(struct delivery_command *c, const char *word)
{
    c->words = xrealloc(c->words, (c->count + 2) * sizeof *c->words);
    c->words[c->count++] = xstrdup(word);
    c->words[c->count] = NULL;
}

/* "name: /program argument .." into the next command. The line is cut up. */
static bool read_command(struct delivery_commands *all, char *line, struct err *e)
{
    char *colon = strchr(line, ':'), *rest = NULL;
    bool has_folder = false;
    if (!colon || colon == line)
        return err_set(e, ERR_INVALID, "write \"name: /program argument .. " FOLDER "\"");
    *colon = '\0';
    text_trim(line);
    if (deliver_find(all, line))
        return err_set(e, ERR_INVALID, "the name %s is there twice", line);
    all->at = xrealloc(all->at, (all->count + 1) * sizeof *all->at);
    struct delivery_command *c = &all->at[all->count++];
    *c = (struct delivery_command){.name = xstrdup(line)};
    for (char *word = strtok_r(colon + 1, " \t", &rest); word;
         word = strtok_r(NULL, " \t", &rest)) {
        has_folder = has_folder || (c->count > 0 && strstr(word, FOLDER));
        add_word(c, word);
    }
    if (!c->count || c->words[0][0] != '/')
        return err_set(e, ERR_INVALID, "the program of %s must be an absolute path", c->name);
    return has_folder ||
           err_set(e, ERR_INVALID,
                   "%s has no " FOLDER " among its arguments, so it would not know what to send",
                   c->name);
}

static bool read_commands(struct delivery_commands *all, FILE *f, const char *path, struct err *e)
{
    char *line = NULL;
    size_t room = 0;
    bool ok = true;
    for (int number = 1; ok && getline(&line, &room, f) >= 0; number++) {
        line[strcspn(line, "\r\n")] = '\0';
        text_trim(line);
        if (!*line || *line == '#')
            continue;
        ok = read_command(all, line, e) || err_prefix(e, "%s, line %d", path, number);
    }
    if (ok && ferror(f))
        ok = err_set(e, ERR_STORE, "The delivery commands %s cannot be read.", path);
    free(line);
    return ok;
}

/* Whoever may write the file may run commands as we do: that must be nobody else. */
static bool is_ours(int fd, const char *path, struct err *e)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return err_set(e, ERR_STORE, "The delivery commands %s are not in a plain file.", path);
    if ((st.st_uid != 0 && st.st_uid != geteuid()) || (st.st_mode & (S_IWGRP | S_IWOTH)))
        return err_set(e, ERR_STORE,
                       "The delivery commands %s could be changed by others. The file must belong "
                       "to root or to the account "
                       "that runs this, and nobody else may write it (chmod go-w).",
                       path);
    return true;
}

struct delivery_commands *deliver_load(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE,
                "The delivery commands %s cannot be opened: %s.", path, strerror(errno));
        return NULL;
    }
    FILE *f = is_ours(fd, path, e) ? fdopen(fd, "r") : NULL;
    if (!f) {
        close(fd);
        return NULL;
    }
    struct delivery_commands *all = xcalloc(1, sizeof *all);
    bool ok = read_commands(all, f, path, e);
    fclose(f);
    if (ok)
        return all;
    deliver_free(all);
    return NULL;
}

/* ---- running */

static void put_folder(const char *word, const char *folder, struct buf *out)
{
    for (const char *at; (at = strstr(word, FOLDER)); word = at + strlen(FOLDER)) {
        buf_add(out, word, (size_t)(at - word));
        buf_str(out, folder);
    }
    buf_str(out, word);
}

static bool start(char *const argv[], pid_t *pid)
{
    struct buf home = {0};
    const struct passwd *account = getpwuid(geteuid());
    buf_fmt(&home, "HOME=%s", account ? account->pw_dir : "/");
    char *env[] = {(char[]){"PATH=/usr/local/bin:/usr/bin:/bin"}, (char[]){"LC_ALL=C.UTF-8"},
                   home.data, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                       POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setsigmask(&how, &none);
    int failure = posix_spawn(pid, argv[0], &files, &how, argv, env);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    buf_free(&home);
    errno = failure;
    return failure == 0;
}

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Has the child ended before the limit? Looks more and more seldom: no signal of the whole
 * program's is touched. */
static bool ends_in_time(pid_t pid, int64_t seconds, int *status)
{
    int64_t limit = monotonic_ms() + seconds * 1000;
    for (int pause_ms = 1;; pause_ms = pause_ms < 50 ? pause_ms * 2 : pause_ms) {
        if (waitpid(pid, status, WNOHANG) == pid)
            return true;
        if (monotonic_ms() >= limit)
            return false;
        poll(NULL, 0, pause_ms);
    }
}

static bool finish(pid_t pid, int64_t seconds, char note[DELIVERY_NOTE_SIZE])
{
    int status = 0;
    if (!ends_in_time(pid, seconds, &status)) {
        kill(-pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            continue;
        snprintf(note, DELIVERY_NOTE_SIZE, "stopped after %lld seconds", (long long)seconds);
        return false;
    }
    if (WIFSIGNALED(status))
        snprintf(note, DELIVERY_NOTE_SIZE, "ended by signal %d", WTERMSIG(status));
    else
        snprintf(note, DELIVERY_NOTE_SIZE, "exit status %d", WEXITSTATUS(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool deliver_run(const struct delivery_command *c, const char *folder, int64_t seconds,
                 char note[DELIVERY_NOTE_SIZE])
{
    struct buf *words = xcalloc(c->count, sizeof *words);
    char **argv = xcalloc(c->count + 1, sizeof *argv);
    for (size_t i = 0; i < c->count; i++) {
        put_folder(c->words[i], folder, &words[i]);
        argv[i] = words[i].data;
    }
    pid_t pid;
    bool ok = start(argv, &pid);
    if (ok)
        ok = finish(pid, seconds, note);
    else
        snprintf(note, DELIVERY_NOTE_SIZE, "%.120s cannot be started: %s", c->words[0],
                 strerror(errno));
    for (size_t i = 0; i < c->count; i++)
        buf_free(&words[i]);
    free(words);
    free(argv);
    return ok;
}

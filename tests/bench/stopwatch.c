/* SPDX-License-Identifier: MIT
 *
 * stopwatch [-n RUNS] [-i FILE] [-o FILE] COMMAND ..
 *
 * Runs a command and prints one line of JSON: wall and processor time, and
 * peak memory as the kernel counted it for that process alone. Its standard
 * input is FILE (-i) or empty, its output FILE (-o) or thrown away. Ends with
 * the command's own status as soon as that is not 0.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

extern char **environ;

struct totals {
    struct samples wall;
    double cpu_ms;
    long peak_kib;
};

static double ms_of(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec * 1e-3;
}

static int run_once(char **argv, const char *in, const char *out, struct totals *t)
{
    posix_spawn_file_actions_t files;
    struct rusage used;
    pid_t pid;
    int status;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, in, O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    double start = now_ms();
    int failed = posix_spawnp(&pid, argv[0], &files, NULL, argv, environ);
    if (failed || wait4(pid, &status, 0, &used) != pid) {
        fprintf(stderr, "stopwatch: %s: %s\n", argv[0], strerror(failed));
        return 127;
    }
    samples_add(&t->wall, now_ms() - start);
    posix_spawn_file_actions_destroy(&files);
    t->cpu_ms += ms_of(used.ru_utime) + ms_of(used.ru_stime);
    t->peak_kib = used.ru_maxrss > t->peak_kib ? used.ru_maxrss : t->peak_kib;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
    long runs = 1;
    const char *in = "/dev/null", *out = "/dev/null";
    for (int o; (o = getopt(argc, argv, "+n:i:o:")) != -1;) {
        if (o == 'n')
            runs = strtol(optarg, NULL, 10);
        else if (o == 'i')
            in = optarg;
        else if (o == 'o')
            out = optarg;
        else
            return 2;
    }
    struct totals t = {0};
    for (long i = 0; i < runs; i++) {
        int status = optind < argc ? run_once(argv + optind, in, out, &t) : 2;
        if (status) {
            fprintf(stderr, "stopwatch: %s ended with status %d\n",
                    optind < argc ? argv[optind] : "no command", status);
            return status;
        }
    }
    printf("{\"runs\":%ld,\"wall_s\":%.6f,\"wall_p99_s\":%.6f,\"cpu_s\":%.6f,\"peak_mib\":%.1f}\n",
           runs, samples_at(&t.wall, 0.5) / 1e3, samples_at(&t.wall, 0.99) / 1e3,
           t.cpu_ms / 1e3 / (double)runs, (double)t.peak_kib / 1024);
    free(t.wall.ms);
    return 0;
}

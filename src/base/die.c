/* SPDX-License-Identifier: MIT
 *
 * The end of the program on what cannot be continued from, and the memory
 * functions that lead to it. The hook is the one piece of ambient state in
 * the library: a terminal in raw mode must be given back whoever fails.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "onward/err.h"

static void (*restore_terminal)(void);

void die_hook(void (*restore)(void))
{
    restore_terminal = restore;
}

void die(const char *fmt, ...)
{
    void (*restore)(void) = restore_terminal;
    restore_terminal = NULL; /* a hook that dies itself must not be run again */
    if (restore)
        restore();

    va_list ap;
    va_start(ap, fmt);
    fputs("onward: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    abort();
}

static void *must(void *p, size_t n)
{
    if (!p)
        die("out of memory (%zu bytes wanted)", n);
    return p;
}

void *xmalloc(size_t n)
{
    return must(malloc(n ? n : 1), n);
}

void *xcalloc(size_t n, size_t size)
{
    return must(n && size ? calloc(n, size) : calloc(1, 1), size);
}

void *xrealloc(void *p, size_t n)
{
    return must(realloc(p, n ? n : 1), n);
}

char *xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = xmalloc(len + 1);
    memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *xvformat(const char *fmt, va_list args)
{
    char *text;
    if (vasprintf(&text, fmt, args) < 0)
        die("out of memory");
    return text;
}

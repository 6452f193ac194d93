/* SPDX-License-Identifier: MIT
 *
 * The one loop: read all that was typed, draw once, wait. And what is needed
 * before there is a desk: the terminal, the session, what the environment says
 * about characters.
 */
#include "ui.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk.h"
#include "terminal.h"

#define TICK_MS 1000
#define SAVE_PATIENCE_MS 3000 /* what a person waits for a save before they want to be told why */
#define EVENTS_A_TURN 4096 /* a paste of commands is worked off in turns, so that a frame shows now and then */

static int64_t ticks(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Does the environment say that this terminal shows UTF-8? Where its locale is not installed here its name says so. The
 * program's own text is UTF-8 in any case. */
static bool shows_utf8(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    locale_t own = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (own) {
        bool utf8 = strcmp(nl_langinfo_l(CODESET, own), "UTF-8") == 0;
        freelocale(own);
        return utf8;
    }
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *name = getenv(variables[i]);
        if (name && *name)
            return strcasestr(name, "utf-8") || strcasestr(name, "utf8");
    }
    return false;
}

static void show(struct desk *d)
{
    if (!desk_is_leaving(d))
        terminal_show(desk_draw(d));
}

static void hear(struct desk *d, struct event ev)
{
    desk_event(d, &ev);
}

/* The store has worked on one question for a moment. */
static bool keep_on(void *ctx)
{
    (void)ctx;
    terminal_notice("Still reading .. Esc stops it.");
    return !terminal_stop_asked();
}

/* The session may be another one than a turn ago. */
static void be_patient(struct desk *d)
{
    if (!desk_session(d))
        return;
    session_on_wait(desk_session(d), keep_on, NULL);
    session_set_patience(desk_session(d), SAVE_PATIENCE_MS);
}

static void sit(struct desk *d)
{
    be_patient(d);
    desk_start(d);
    while (!desk_is_leaving(d)) {
        be_patient(d);
        show(d);
        hear(d, terminal_read(TICK_MS));
        for (int n = 0; n < EVENTS_A_TURN && !desk_is_leaving(d) && terminal_pending(); n++)
            hear(d, terminal_read(0));
    }
}

/* A store that is not there yet is what the welcome screen is for; one that cannot be opened is an error. */
static bool open_session(const struct ui_options *o, struct session **s, struct err *e)
{
    *s = NULL;
    if (!o->session->url)
        return true;
    *s = session_open(o->session, e);
    if (!*s && e->code == ERR_NOT_FOUND) {
        err_clear(e);
        return true;
    }
    if (*s)
        session_set_read_only(*s, o->read_only);
    return *s != NULL;
}

bool ui_run(const struct ui_options *o, struct err *e)
{
    struct desk_options d = {.ascii = o->ascii || !shows_utf8(), .linear = o->linear, .ticks = ticks, .url = o->session->url,
                             .spool = o->spool, .os_account = o->session->os_account, .clock = o->session->clock, .as = o->session->as};
    struct terminal_options t = {.mono = o->mono, .ascii = d.ascii, .theme = o->theme};
    if (!open_session(o, &d.session, e))
        return false;
    if (!terminal_open(&t, e)) {
        session_close(d.session);
        return false;
    }
    terminal_size(&d.rows, &d.cols);
    struct desk *desk = desk_new(&d);
    sit(desk);
    desk_free(desk);
    terminal_close();
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * The tables of commands as a whole: no key twice, every word there, every act
 * one that its verb knows; and every command of every screen is run somewhere
 * and seen to have done something.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screens/bring_in.h"
#include "screens/support/busy.h"
#include "support/episode.h"

#define BRIEF_MOST 14

/* ---- what the tables say */

/* May it be reached on such a screen? Where text is typed most keys are text. */
static bool is_reached(const struct screen_type *t, const struct command *c)
{
    return !t->typing || (c->flags & COMMAND_TYPING);
}

static const char *word_at(const char *words, size_t i, char out[16])
{
    words += strspn(words, " ");
    while (i-- > 0 && *words) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    snprintf(out, 16, "%.*s", (int)strcspn(words, " "), words);
    return *out ? out : NULL;
}

/* A screen of text has its own way of leaving by ^C: its commands are looked at first. */
static bool takes_over_leaving(const struct screen_type *t, const struct command *common, const struct command *own)
{
    return t->typing && strcmp(common->name, "leave") == 0 && strncmp(own->name, "leave", 5) == 0;
}

static void no_key_means_two_things_on_a_screen(void **state)
{
    (void)state;
    char name[16];
    for (size_t k = 0; screen_types[k]; k++) {
        const struct screen_type *t = screen_types[k];
        for (size_t i = 0; command_at(t, t->view, i); i++)
            for (size_t j = 0; j < i; j++) {
                const struct command *c = command_at(t, t->view, i), *d = command_at(t, t->view, j);
                if (!is_reached(t, c) || !is_reached(t, d))
                    continue;
                if (takes_over_leaving(t, c, d))
                    continue;
                if (strcmp(c->name, d->name) == 0)
                    fail_msg("%s has \"%s\" twice", t->name, c->name);
                for (size_t w = 0; word_at(c->keys, w, name); w++)
                    if (key_in(d->keys, key_named(name)))
                        fail_msg("%s: %s is \"%s\" and \"%s\"", t->name, name, d->name, c->name);
            }
    }
}

static void every_command_has_a_name_help_a_key_that_there_is_and_one_thing_to_do(void **state)
{
    (void)state;
    char name[16];
    for (size_t k = 0; screen_types[k]; k++)
        for (size_t i = 0; command_at(screen_types[k], true, i); i++) {
            const struct command *c = command_at(screen_types[k], true, i);
            if (!*c->name || !c->help || strlen(c->help) < 8 || c->help[strlen(c->help) - 1] != '.')
                fail_msg("%s: \"%s\" has no name or no help", screen_types[k]->name, c->name);
            if (!c->run == !c->act)
                fail_msg("%s: \"%s\" does nothing, or two things", screen_types[k]->name, c->name);
            if (c->brief && (!*c->brief || utf8_width(c->brief) > BRIEF_MOST))
                fail_msg("%s: \"%s\" is long for a footer", screen_types[k]->name, c->brief);
            for (size_t w = 0; word_at(c->keys, w, name); w++)
                if (key_named(name) == PRESS_NONE)
                    fail_msg("%s: \"%s\" has the key \"%s\", which there is not", screen_types[k]->name, c->name, name);
            if ((c->flags & COMMAND_TYPING) && !*c->keys)
                fail_msg("%s: \"%s\" works while typing and has no key", screen_types[k]->name, c->name);
        }
}

/* Where text is typed a letter is text: only controls and named keys are commands. */
static void no_key_for_typing_is_a_character(void **state)
{
    (void)state;
    char name[16];
    for (size_t k = 0; screen_types[k]; k++)
        for (size_t i = 0; command_at(screen_types[k], true, i); i++) {
            const struct command *c = command_at(screen_types[k], true, i);
            if (!screen_types[k]->typing || !(c->flags & COMMAND_TYPING))
                continue;
            bool has_one = false;
            for (size_t w = 0; word_at(c->keys, w, name); w++)
                has_one |= key_named(name) < ' ' || key_named(name) >= PRESS_UP;
            if (!has_one)
                fail_msg("%s: \"%s\" can only be typed as text", screen_types[k]->name, c->name);
        }
}

static bool is_argument(const struct verb *v, const char *key)
{
    return field_find(v->args, v->count, key) || (v->record && field_find(v->record->fields, v->record->count, key));
}

static void assert_argument(const struct command *c, const struct verb *v, const char *key)
{
    if (key && !is_argument(v, key))
        fail_msg("\"%s\": %s has no \"%s\"", c->name, v->name, key);
}

static void every_act_is_one_that_its_verb_knows(void **state)
{
    (void)state;
    for (size_t k = 0; screen_types[k]; k++)
        for (size_t i = 0; command_at(screen_types[k], true, i); i++) {
            const struct command *c = command_at(screen_types[k], true, i);
            const struct act *act = c->act;
            if (!act)
                continue;
            const struct verb *v = verb_find(act->form.verb);
            if (!v)
                fail_msg("\"%s\": there is no verb \"%s\"", c->name, act->form.verb);
            if (!v->reads && !(c->flags & COMMAND_WRITES))
                fail_msg("\"%s\" writes and does not say so", c->name);
            if (act->form.show && !verb_find(act->form.show))
                fail_msg("\"%s\": there is no verb \"%s\"", c->name, act->form.show);
            assert_argument(c, v, act->about);
            for (size_t n = 0; n < 3; n++)
                assert_argument(c, v, act->with[n]);
            for (size_t n = 0; n < 4 && act->preset[n].key; n++)
                assert_argument(c, v, act->preset[n].key);
            for (size_t n = 0; n < 4 && act->initial[n].key; n++)
                assert_argument(c, v, act->initial[n].key);
            for (const char *const *key = act->form.keys; key && *key; key++)
                assert_argument(c, v, *key);
        }
}

static void every_screen_says_what_it_is_for(void **state)
{
    (void)state;
    for (size_t k = 0; screen_types[k]; k++) {
        const struct screen_type *t = screen_types[k];
        if (!t->name || !*t->name || !t->title || !*t->title || !t->help || strlen(t->help) < 20 || !t->draw)
            fail_msg("screen %zu (%s) lacks a name, a title, help or a picture", k, t->name);
        for (size_t j = 0; j < k; j++)
            if (strcmp(screen_types[j]->name, t->name) == 0 || (t->home && screen_types[j]->home && strcmp(screen_types[j]->home, t->home) == 0))
                fail_msg("%s and %s share a name or a key", t->name, screen_types[j]->name);
    }
}

/* ---- what they do */

/* A place where a screen is: who sits there, what about, and the keys that lead to a state of it. */
struct place {
    const struct screen_type *type;
    const char *keys;
    int who;             /* of busy's; -1 nobody, or TWIN */
    const char *handoff; /* of busy's, or NULL */
    const char *login;   /* NULL: world */
    bool opened;         /* the keys open it, from the first screen */
};
#define TWIN (-2) /* of the two that may be one */
#define AT(screen, how) {.type = &screen##_screen, .keys = how, .who = -1}
#define WITH(screen, whom, how) {.type = &screen##_screen, .keys = how, .who = whom}
#define OF(screen, which, how) {.type = &screen##_screen, .keys = how, .who = -1, .handoff = busy.which}
#define OPENED(screen, how) {.type = &screen##_screen, .keys = how, .who = -1, .opened = true}

static const struct place places[] = {
    AT(today, ""), AT(today, "<End>"), AT(today, "t"),
    AT(caseload, "5"), AT(caseload, "5<End>"), AT(caseload, "3"), AT(caseload, "4"), AT(caseload, "1"),
    AT(directory, ""), AT(directory, "<End>"), AT(directory, "2"), AT(directory, "2<End>"), AT(directory, "3"), AT(directory, "4"),
    AT(directory, "2Py"),
    AT(admin, ""), AT(admin, "<End>"), AT(admin, "2"), AT(admin, "3"), AT(admin, "4"), AT(admin, "5"), AT(admin, "6"), AT(admin, "7"), AT(admin, "8"),
    AT(admin, "9"),
    AT(tonight, ""), AT(tonight, "<End>"), AT(tonight, "3"), AT(tonight, "3<Down>"), AT(tonight, "3<End>"), AT(tonight, "2"),
    AT(replies, "2"), AT(replies, ""), AT(replies, "3"), AT(replies, "3<End>"),
    WITH(person, BUSY_ACTIVE, ""), WITH(person, BUSY_ACTIVE, "2"), WITH(person, BUSY_ACTIVE, "3"), WITH(person, BUSY_HELD, "4"),
    WITH(person, BUSY_ACTIVE, "5"), WITH(person, BUSY_ACTIVE, "6"), WITH(person, BUSY_ACTIVE, "7"), WITH(person, BUSY_ACTIVE, "8"),
    WITH(person, BUSY_ACTIVE, "8<End>"), WITH(person, BUSY_PAUSED, ""), WITH(person, BUSY_RECEIVED, ""), WITH(person, BUSY_CLOSED, ""),
    WITH(person, BUSY_ALLOCATED, "2"), WITH(person, BUSY_DRAFT, ""),
    {.type = &person_screen, .keys = "", .who = TWIN}, {.type = &person_screen, .keys = "<End>", .who = TWIN},
    {.type = &person_screen, .keys = "", .who = BUSY_ACTIVE, .login = "rep"},
    AT(intake, ""), AT(intake, "y"), AT(intake, "nElizabeth<Tab>Wetherlam<Tab>7/3/1951<Tab>"),
    AT(intake, "nElizabeth<Tab>Wetherlam<Tab>7/3/1951<Tab><PgDn><Enter>"), AT(intake, "nElizabeth<Tab>Wetherlam<Tab>7/3/1951<Tab><PgDn><Enter><C-p>"),
    WITH(needs, BUSY_ACTIVE, ""), WITH(needs, BUSY_ACTIVE, "<Down>"), WITH(needs, BUSY_ACTIVE, "<Right>"),
    WITH(consent, BUSY_SENT, ""), WITH(consent, BUSY_SENT, "<Down>"), WITH(consent, BUSY_SENT, "<End>"),
    WITH(handoff, BUSY_ACTIVE, ""), WITH(handoff, BUSY_WAITING, ""), OF(handoff, planned, ""), OF(handoff, held, ""), OF(handoff, queued, ""),
    OF(handoff, sent, ""), OF(handoff, sent, "<End>"), OF(handoff, answered, ""), OF(handoff, stopped, ""), OF(handoff, urgent, ""),
    OF(handoff, news, ""), /* last: what is read is no news any more */
    WITH(closing, BUSY_ACTIVE, ""), WITH(closing, BUSY_ACTIVE, "<Down>"),
    AT(find, ""), AT(find, "Quill"), AT(bring_in, ""),
    OPENED(form, "gcC"), OPENED(help, "?"), OPENED(palette, ":"), OPENED(lock, ":lock<Enter>"), OPENED(drafts, "gc5CRang twice<Esc>kAA note<Esc>k:unsaved text<Enter>"),
    OPENED(drafts, "gc5:unsaved text<Enter><End>"),
};

static struct seat *seat;

/* Sits down there; false where the screen is not on top. */
static bool sit(const struct place *p)
{
    struct open_args args = {.handoff = p->handoff};
    if (p->who >= 0) {
        args.person = busy.person[p->who];
        args.referral = busy.referral[p->who];
    }
    if (p->who == TWIN)
        args.person = busy.twin;
    seat = seat_open(world_as(p->login ? p->login : "world"), 24, 80);
    if (desk_top(seat_desk(seat))->type == &drafts_screen)
        seat_keys(seat, "<Esc>");
    if (!p->opened && !desk_open(desk_top(seat_desk(seat)), p->type, args.person || p->handoff ? &args : NULL))
        fail_msg("%s did not open: %s", p->type->name, seat_text(seat));
    seat_keys(seat, p->keys);
    return desk_top(seat_desk(seat))->type == p->type;
}

/* The frame, the cursor and what is on top, as one text; the caller frees it. */
static char *looks(void)
{
    const struct canvas *c = desk_draw(seat_desk(seat));
    struct buf b = {0};
    buf_fmt(&b, "%d %d %d", c->cursor_row, c->cursor_col, desk_pane(seat_desk(seat)));
    for (const struct screen *s = desk_top(seat_desk(seat)); s; s = s->under)
        buf_fmt(&b, " %s", s->type->name);
    buf_str(&b, seat_text(seat));
    return b.data;
}

/* At this place: is it offered, and does something show after it? */
static bool does_something(const struct command *c)
{
    struct desk *d = seat_desk(seat);
    if (!desk_offers(desk_top(d), c))
        return false;
    char *before = looks();
    desk_run_command(desk_top(d), c);
    desk_event(d, &(struct event){.kind = EVENT_TICK}); /* frees what was closed */
    bool seen = desk_is_leaving(d);
    char *after = seen ? NULL : looks();
    seen = seen || strcmp(before, after) != 0;
    free(before);
    free(after);
    return seen;
}

/* These do what cannot be seen where nothing has changed. */
static bool is_invisible(const struct command *c)
{
    return strcmp(c->name, "read again") == 0;
}

static bool is_tried(const struct screen_type *t, const struct command *c)
{
    bool tried = is_invisible(c);
    for (size_t i = 0; i < sizeof places / sizeof *places && !tried; i++) {
        if (places[i].type != t)
            continue;
        tried = sit(&places[i]) && does_something(c);
        seat_close(seat);
    }
    return tried;
}

static void every_command_of_every_screen_does_something_somewhere(void **state)
{
    (void)state;
    struct buf failed = {0};
    busy_open();
    for (size_t k = 0; screen_types[k]; k++) {
        const struct screen_type *t = screen_types[k];
        if (t == &welcome_screen) /* has no store: test_welcome */
            continue;
        for (size_t i = 0; command_at(t, t->view, i); i++) {
            const struct command *c = command_at(t, t->view, i);
            if (is_reached(t, c) && !is_tried(t, c))
                buf_fmt(&failed, "%s: \"%s\"\n", t->name, c->name);
        }
    }
    world_close(busy.s);
    if (failed.len)
        fail_msg("nothing is seen of:\n%s", buf_text(&failed));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_means_two_things_on_a_screen),
        cmocka_unit_test(every_command_has_a_name_help_a_key_that_there_is_and_one_thing_to_do),
        cmocka_unit_test(no_key_for_typing_is_a_character),
        cmocka_unit_test(every_act_is_one_that_its_verb_knows),
        cmocka_unit_test(every_screen_says_what_it_is_for),
        cmocka_unit_test(every_command_of_every_screen_does_something_somewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

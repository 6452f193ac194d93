/* SPDX-License-Identifier: MIT
 *
 * A store that fails under the desk at its nth call, for n = 1, 2, 3 .. until
 * the key gets through: each failure is said on the status line, what was
 * typed still stands in its form, the store has all of the step or nothing,
 * and the same key works once the store does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/core.h"
#include "engine/work.h"
#include "screens/support/sitting.h"
#include "support/faultdb.h"
#include "support/importing.h"
#include "support/sent.h"

#ifdef __SANITIZE_ADDRESS__
#define STRIDE 3 /* from one try to the next: the sanitized run is slow */
#else
#define STRIDE 1
#endif
#define RETRY 7 /* every so many failures the key is pressed again */
#define CALLS_MOST 3000

struct journey {
    const char *name;
    void (*arrange)(void);   /* rows that must be there; NULL: sitting's suffice */
    const struct screen_type *screen; /* where it begins; NULL: the first one */
    const char *before, *key; /* keys up to the one that meets the fault */
    const char *typed;       /* stands in the form and still does after a failure; NULL: nothing typed */
    const char *through;     /* on the screen once it got through */
    const char *again;       /* keys for another try; NULL: the same */
};

/* ---- what the store has, as one text */

static void facts(char out[512])
{
    static const char *const tables[] = {"person", "referral", "need", "risk", "contact", "consent", "handoff", "handoff_event", "undo_step"};
    int n = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        n += snprintf(out + n, 512 - (size_t)n, "%s %lld, ", tables[i], (long long)importing_rows(sitting.s, tables[i]));
    snprintf(out + n, 512 - (size_t)n, "%s", *sitting.handoff ? sent_look(sitting.s, sitting.handoff).state : "");
}

/* ---- one try */

static struct desk *desk(void)
{
    return seat_desk(sitting.seat);
}

static void sit(const struct journey *j)
{
    struct open_args args = {.person = sitting.person, .referral = sitting.referral, .handoff = *sitting.handoff ? sitting.handoff : NULL};
    if (sitting.seat)
        seat_close(sitting.seat);
    sitting.seat = seat_open(world_as("worker"), 24, 80);
    if (j->screen && !desk_open(desk_top(desk()), j->screen, &args))
        fail_msg("%s: it does not open:\n%s", j->name, seat_text(sitting.seat));
    seat_keys(sitting.seat, j->before);
    if (j->typed)
        seat_has(sitting.seat, j->typed);
}

/* Presses the key with the nth call failing; true when no call was the nth. */
static bool press(const struct journey *j, long n)
{
    struct session *s = desk_session(desk());
    faultdb_fail_at(s->db, n);
    seat_keys(sitting.seat, j->key);
    bool failed = faultdb_has_failed();
    faultdb_unwrap(s->db);
    if (db_in_transaction(s->db) || s->work->open)
        fail_msg("%s: call %ld failed and left its transaction open", j->name, n);
    return !failed;
}

static void failure_is_said(const struct journey *j, long n)
{
    const struct canvas *c = desk_draw(desk());
    struct layout l = layout_of(c->rows, c->cols);
    struct buf text = {0};
    canvas_row(c, l.status.row, &text);
    if (desk_is_leaving(desk()))
        fail_msg("%s: call %ld failed and the desk is gone", j->name, n);
    if (text_is_blank(buf_text(&text)))
        fail_msg("%s: call %ld failed and nothing is said:\n%s", j->name, n, seat_text(sitting.seat));
    if (c->cells[l.status.row * c->cols + 1].style != STYLE_ALERT)
        fail_msg("%s: call %ld failed and it is not said as an error: %s", j->name, n, buf_text(&text));
    buf_free(&text);
}

static void begin(const struct journey *j)
{
    sitting_begin(NULL);
    if (j->arrange)
        j->arrange();
}

static void end(void)
{
    sitting_end(NULL);
    sitting = (struct sitting){0};
}

/* Fails one call after the other until the key gets through; says how many tries that were. */
static long fail_all(const struct journey *j)
{
    char was[512], is[512];
    long tries = 0;
    begin(j);
    for (long n = 1; n < CALLS_MOST; n += STRIDE) {
        sit(j);
        facts(was);
        if (press(j, n)) {
            seat_has(sitting.seat, j->through);
            break;
        }
        tries++;
        failure_is_said(j, n);
        facts(is);
        bool done = strcmp(was, is) != 0;
        if (!done && j->typed)
            seat_has(sitting.seat, j->typed);
        if (!done && n % RETRY == 1) {
            seat_keys(sitting.seat, j->again ? j->again : j->key);
            seat_has(sitting.seat, j->through);
            done = true;
        }
        if (done) {
            end();
            begin(j);
        }
    }
    end();
    assert_true(tries > 0);
    return tries;
}

/* ---- the journeys */

static void quiet_for_long(void)
{
    world_day(20);
}

static void planned(void)
{
    world_consent(sitting.s, sitting.person);
    sitting_plan();
}

static void sent(void)
{
    sent_delivered(sitting.s, sitting.person, sitting.referral, sitting.handoff);
}

#define INTAKE "inOttoline<Enter>Pembrick<Enter>2/4/1961<Enter>07700 900512<Enter>M27 4AB<Enter>swinton<Enter><Enter><Enter><Enter>" \
               "y<Enter><Enter><Enter><Enter><Enter><Enter><Enter>self<Enter>Lonely<Enter><Enter><Enter>k3d4m<Enter>n"

static const struct journey journeys[] = {
    {"go to Today", quiet_for_long, NULL, "gc", "gt", NULL, "Quiet", NULL},
    {"open a person", quiet_for_long, NULL, "", "<Enter>", NULL, "Working together", NULL},
    {"look for a person", NULL, NULL, "fQu", "i", NULL, "Quillfeather", "<BS>i"},
    {"open a form", NULL, &person_screen, "", "C", NULL, "Log a contact", NULL},
    {"log a contact", NULL, &person_screen, "Cr<Enter><Enter>Has the letters", "<C-s>", "Has the letters", "Logged on", NULL},
    {"give consent", NULL, &consent_screen, "ayphone<Tab>salford<Tab><Tab><Tab>", "<C-s>", "By telephone", "sharing: Given", NULL},
    {"plan a handoff", NULL, &handoff_screen, "", "<Enter>", NULL, "is planned and not sent", NULL},
    {"send a handoff", planned, &handoff_screen, "", "s", NULL, "Goes tonight", NULL},
    {"submit an intake", NULL, NULL, INTAKE, "<Enter>", "Pembrick", "is received and waits for triage", NULL},
    {"record a reply", sent, &handoff_screen, "ya<Enter>Oksana<Tab>will ring on Friday", "<C-s>", "will ring on Friday", "Accepted since", NULL},
    {"undo", NULL, &person_screen, "M<Enter>u", "y", NULL, "Undo: logged", "uy"},
};

static void each_failure_is_said_and_leaves_all_or_nothing(void **state)
{
    (void)state;
    importing_begin();
    for (size_t i = 0; i < sizeof journeys / sizeof *journeys; i++)
        print_message("%s: %ld failures\n", journeys[i].name, fail_all(&journeys[i]));
    importing_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_failure_is_said_and_leaves_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

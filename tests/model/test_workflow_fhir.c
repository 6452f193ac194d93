/* SPDX-License-Identifier: MIT
 *
 * The handoff machine against the two published machines of a closed-loop
 * referral: HL7 SDOH Clinical Care (by Task.status) and BSeR with IHE 360X.
 * Each published move is legal here through the mapping, or stands in a list
 * of exceptions with its reason; an exception that becomes legal fails too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/shared_data.h"
#include "onward/records.h"
#include "onward/text.h"
#include "onward/workflow.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool is_recipients(const struct move *row)
{
    return text_starts(row->action, "reply_") || strcmp(row->action, "stop_confirmed") == 0;
}

/* ---- the mapping itself */

static void every_state_has_a_task_status_and_a_business_status_of_its_own(void **state)
{
    (void)state;
    static const char r4[] = "draft,requested,received,accepted,rejected,ready,cancelled,in-progress,on-hold,failed,completed,"
                             "entered-in-error";
    size_t n = 0;
    for (const struct choice *s = handoff_states; s->code; s++, n++) {
        assert_string_equal(handoff_task_status[n].state, s->code);
        assert_true(codes_have(r4, handoff_task_status[n].status));
        /* a business status never repeats a status */
        assert_false(codes_have(r4, handoff_task_status[n].business));
        for (size_t i = 0; i < n; i++)
            assert_string_not_equal(handoff_task_status[i].business, handoff_task_status[n].business);
    }
    assert_null(handoff_task_status[n].state);
}

/* ---- SDOH Clinical Care */

/* Its value set leaves out `received`: there a task stays requested until it is taken or not. */
static const char *gravity_status(const char *state)
{
    for (const struct task_status *t = handoff_task_status; t->state; t++)
        if (strcmp(t->state, state) == 0)
            return strcmp(t->status, "received") == 0 ? "requested" : t->status;
    return "";
}

static bool gravity_legal(const char *from, const char *to, const char *set_by)
{
    bool by_target = strstr(set_by, "target"), by_requester = strstr(set_by, "requester");
    for (size_t i = 0; i < handoff_move_count; i++) {
        const struct move *row = &handoff_moves[i];
        if (strcmp(gravity_status(row->from), from) == 0 && strcmp(gravity_status(row->to), to) == 0 &&
            (is_recipients(row) ? by_target : by_requester))
            return true;
    }
    return false;
}

static const struct exception {
    const char *from, *to, *reason;
} gravity_exceptions[] = {
    {"accepted", "on-hold", "a hold is of something started: they say started, then on hold"},
    {"accepted", "cancelled", "a stop is asked for and confirmed: two moves, the first leads to in-progress, cancellation-requested"},
    {"on-hold", "cancelled", "a stop is asked for and confirmed: two moves, the first leads to in-progress, cancellation-requested"},
};

static void each_move_of_sdoh_clinical_care_is_legal_or_a_known_exception(void **state)
{
    (void)state;
    FILE *f = shared_open("fhir/sdohcc_referral_task_transitions.csv");
    char line[512], from[64], to[64], set_by[64];
    size_t rows = 0, exceptions = 0;
    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f)) {
        csv_column(line, 0, from, sizeof from);
        csv_column(line, 1, to, sizeof to);
        csv_column(line, 2, set_by, sizeof set_by);
        rows++;
        if (strcmp(from, "*") == 0) {
            for (const struct choice *s = handoff_states; s->code; s++)
                if (strcmp(gravity_status(s->code), to) != 0)
                    assert_string_equal(workflow_find(MACHINE_HANDOFF, s->code, "error")->to, "error");
            continue;
        }
        const char *reason = NULL;
        for (size_t i = 0; i < COUNT(gravity_exceptions); i++)
            if (strcmp(gravity_exceptions[i].from, from) == 0 && strcmp(gravity_exceptions[i].to, to) == 0)
                reason = gravity_exceptions[i].reason;
        exceptions += reason != NULL;
        if (gravity_legal(from, to, set_by) != (reason == NULL))
            fail_msg("%s -> %s by %s: %s", from, to, set_by, reason ? "listed as an exception, but legal" : "neither legal nor listed");
    }
    fclose(f);
    assert_int_equal(rows, 18); /* 17 and the wildcard */
    assert_int_equal(exceptions, COUNT(gravity_exceptions));
}

/* ---- BSeR and 360X */

static const struct {
    const char *published, *states; /* of ours */
} bser_states[] = {
    {"1 Draft", "draft,held,queued"},
    {"2 Received", "exported,delivered,acknowledged,no_response"},
    {"3 Accepted", "accepted,waitlisted"},
    {"4 Rejected", "declined"},
    {"5.1 Active", "in_progress,on_hold"},
    {"5.1.1 In-Progress", "in_progress,on_hold"}, /* scheduled */
    {"5.1.2 In-Progress", "in_progress,on_hold"}, /* did not attend */
    {"5.1.3 In-Progress", "in_progress,on_hold"}, /* visit cancelled */
    {"5.1.4 In-Progress", "in_progress,on_hold"}, /* interim note */
    {"5.2 In-Progress", "withdrawing"},
    {"6 Cancelled", "withdrawn"},
    {"7 Completed", "completed"},
};

static const char *bser_ours(const char *published)
{
    for (size_t i = 0; i < COUNT(bser_states); i++)
        if (strcmp(bser_states[i].published, published) == 0)
            return bser_states[i].states;
    fail_msg("no state of ours for %s", published);
    return "";
}

static bool bser_legal(const char *actor, const char *from, const char *to)
{
    bool by_recipient = strcmp(actor, "Recipient") == 0;
    for (size_t i = 0; i < handoff_move_count; i++) {
        const struct move *row = &handoff_moves[i];
        if (codes_have(bser_ours(from), row->from) && codes_have(bser_ours(to), row->to) && is_recipients(row) == by_recipient)
            return true;
    }
    return false;
}

static const char visit[] = "visits are news of a handoff that is started, not states of it: kept, and move nothing";
static const struct {
    const char *tid, *reason;
} bser_exceptions[] = {
    {"24", "after a stop was sent an outcome is kept as history and moves nothing; only an answer to the stop does"},
};

/* A move among the sub-states of one state of ours: nothing to be legal. */
static bool is_within(const char *from, const char *to)
{
    return strcmp(bser_ours(from), bser_ours(to)) == 0;
}

static void each_move_of_bser_and_360x_is_legal_or_a_known_exception(void **state)
{
    (void)state;
    FILE *f = shared_open("fhir/bser_360x_harmonised_transitions.csv");
    char line[512], tid[8], actor[32], from[64], to[64];
    size_t rows = 0, exceptions = 0, visits = 0;
    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f)) {
        csv_column(line, 0, tid, sizeof tid);
        csv_column(line, 1, actor, sizeof actor);
        csv_column(line, 3, from, sizeof from);
        csv_column(line, 4, to, sizeof to);
        rows++;
        if (is_within(from, to)) {
            visits++;
            assert_true(text_starts(from, "5.1") && text_starts(to, "5.1"));
            continue;
        }
        const char *reason = NULL;
        for (size_t i = 0; i < COUNT(bser_exceptions); i++)
            if (strcmp(bser_exceptions[i].tid, tid) == 0)
                reason = bser_exceptions[i].reason;
        exceptions += reason != NULL;
        if (bser_legal(actor, from, to) != (reason == NULL))
            fail_msg("%s: %s -> %s by %s: %s", tid, from, to, actor, reason ? "listed as an exception, but legal" : "neither legal nor listed");
    }
    fclose(f);
    assert_int_equal(rows, 34);
    assert_int_equal(exceptions, COUNT(bser_exceptions));
    print_message("%zu of 34 moves are among visits: %s\n", visits, visit);
    assert_int_equal(visits, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_has_a_task_status_and_a_business_status_of_its_own),
        cmocka_unit_test(each_move_of_sdoh_clinical_care_is_legal_or_a_known_exception),
        cmocka_unit_test(each_move_of_bser_and_360x_is_legal_or_a_known_exception),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

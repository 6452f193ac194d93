/* SPDX-License-Identifier: MIT
 *
 * Every clock on the days around its edge, and the order of the worklist.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "onward/clock.h"
#include "onward/settings.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { NONE = -1000 }; /* no line */

static struct clock_rules rules_on(const char *today)
{
    struct clock_rules r = {.holidays = {holiday_one_offs, holiday_one_off_count}, .today = date_parse(today)};
    for (int i = 0; i < SETTING_COUNT; i++)
        r.setting[i] = setting_rows[i].value;
    return r;
}

/* Fills a record from "key=value;key=value" of canonical values. */
static void fill(const struct record_type *t, void *record, const char *words)
{
    record_init(t, record);
    while (*words) {
        char key[64], value[128];
        size_t k = strcspn(words, "="), v = strcspn(words + k + 1, ";");
        assert_true(k < sizeof key && v < sizeof value);
        memcpy(key, words, k);
        key[k] = '\0';
        memcpy(value, words + k + 1, v);
        value[v] = '\0';
        const struct field *f = field_find(t->fields, t->count, key);
        if (!f || !field_load(f, record, value))
            fail_msg("%s=%s", key, value);
        words += k + 1 + v;
        words += *words == ';';
    }
}

static const struct task_line *line_of(const struct task_line *lines, size_t n, enum task task)
{
    const struct task_line *found = NULL;
    for (size_t i = 0; i < n; i++) {
        assert_true(*lines[i].what && *lines[i].stops);
        if (lines[i].task != task)
            continue;
        assert_null(found); /* one line a clock */
        found = &lines[i];
    }
    return found;
}

/* A record on a day: the lateness of one task's line, or NONE; and words of it. */
struct a_case {
    const char *record, *today;
    enum task task;
    int late;
    const char *what; /* within what or stops; NULL: any */
};

static void compare(const struct a_case *c, const struct task_line *lines, size_t n)
{
    const struct task_line *line = line_of(lines, n, c->task);
    if (!line != (c->late == NONE))
        fail_msg("%s on %s: %s %s", c->record, c->today, line ? "a line" : "no line", task_names[c->task]);
    if (!line)
        return;
    if (line->late != c->late || (c->what && !strstr(line->what, c->what) && !strstr(line->stops, c->what)))
        fail_msg("%s on %s: late %d, \"%s\", \"%s\"", c->record, c->today, line->late, line->what, line->stops);
}

/* ---- referrals */

#define RECEIVED "state=received;received_on=2026-11-20;safeguarding=none" /* a Friday */
#define WAITING "state=waiting;received_on=2026-11-20;safeguarding=none"
#define ALLOCATED "state=allocated;received_on=2026-11-02;allocated_on=2026-11-05;safeguarding=none"
#define ACTIVE "state=active;received_on=2026-08-03;allocated_on=2026-08-10;begun_on=2026-08-24;safeguarding=none"

static const struct a_case referral_cases[] = {
    /* triage: 2 working days of receipt, here Friday to Tuesday */
    {RECEIVED, "2026-11-20", TASK_TRIAGE, -2, "Waiting for triage"},
    {RECEIVED, "2026-11-23", TASK_TRIAGE, -1, NULL},
    {RECEIVED, "2026-11-24", TASK_TRIAGE, 0, "Accept it"},
    {RECEIVED, "2026-11-25", TASK_TRIAGE, 1, NULL},
    {RECEIVED, "2026-11-30", TASK_TRIAGE, 4, NULL},
    {WAITING, "2026-11-25", TASK_TRIAGE, NONE, NULL},
    /* over Christmas 2026: Friday 25th, and Monday 28th for Boxing Day */
    {"state=received;received_on=2026-12-24;safeguarding=none", "2026-12-29", TASK_TRIAGE, -1, NULL},
    {"state=received;received_on=2026-12-24;safeguarding=none", "2026-12-30", TASK_TRIAGE, 0, NULL},
    {"state=received;received_on=2026-12-24;safeguarding=none", "2027-01-04", TASK_TRIAGE, 2, NULL},
    {"state=received;safeguarding=none;created_at=2026-11-20", "2026-11-24", TASK_TRIAGE, 0, NULL}, /* no date of receipt */

    /* first contact: 5 working days of receipt, here Friday the 27th */
    {WAITING, "2026-11-23", TASK_FIRST_CONTACT, -4, "Allocate it"},
    {WAITING, "2026-11-27", TASK_FIRST_CONTACT, 0, NULL},
    {WAITING, "2026-11-30", TASK_FIRST_CONTACT, 1, "nobody has tried"},
    {RECEIVED, "2026-11-30", TASK_FIRST_CONTACT, NONE, NULL},
    {ALLOCATED, "2026-11-09", TASK_FIRST_CONTACT, 0, "Log a try at contact"},
    {ALLOCATED, "2026-11-10", TASK_FIRST_CONTACT, 1, NULL},
    {ALLOCATED ";last_try_on=2026-11-10", "2026-11-30", TASK_FIRST_CONTACT, NONE, NULL},
    {ACTIVE, "2026-11-30", TASK_FIRST_CONTACT, NONE, NULL},

    /* quiet: 14 days without reaching them, very quiet 30 */
    {ACTIVE ";last_reached_on=2026-11-09", "2026-11-22", TASK_QUIET, NONE, NULL},
    {ACTIVE ";last_reached_on=2026-11-09", "2026-11-23", TASK_QUIET, 0, "No one has reached them for 14 days"},
    {ACTIVE ";last_reached_on=2026-11-09", "2026-12-08", TASK_QUIET, 15, "29 days"},
    {ACTIVE ";last_reached_on=2026-11-09", "2026-12-09", TASK_QUIET, 16, "Very quiet. No one has reached them for 30 days"},
    {ACTIVE ";last_reached_on=2026-11-09;last_try_on=2026-11-22", "2026-11-23", TASK_QUIET, 0, NULL}, /* a try is no contact */
    {ACTIVE, "2026-09-07", TASK_QUIET, 0, NULL}, /* never reached since begun */
    {ALLOCATED, "2026-11-30", TASK_QUIET, NONE, NULL}, /* that is first contact's */
    {ALLOCATED ";last_try_on=2026-11-06", "2026-11-18", TASK_QUIET, NONE, NULL},
    {ALLOCATED ";last_try_on=2026-11-06", "2026-11-19", TASK_QUIET, 0, "Log a contact that reached them"},
    {WAITING, "2027-06-01", TASK_QUIET, NONE, NULL},
    {"state=paused;received_on=2026-08-03;begun_on=2026-08-24;safeguarding=none;paused_until=2027-01-01", "2026-12-09", TASK_QUIET, NONE, NULL},

    /* reviews */
    {"state=paused;received_on=2026-08-03;begun_on=2026-08-24;safeguarding=none;paused_until=2026-12-01", "2026-11-30", TASK_REVIEW, NONE, NULL},
    {"state=paused;received_on=2026-08-03;begun_on=2026-08-24;safeguarding=none;paused_until=2026-12-01", "2026-12-01", TASK_REVIEW, 0, "Paused until 1 Dec 2026"},
    {"state=paused;received_on=2026-08-03;begun_on=2026-08-24;safeguarding=none;paused_until=2026-12-01", "2026-12-05", TASK_REVIEW, 4, "Resume"},
    {ACTIVE, "2026-11-15", TASK_REVIEW, NONE, NULL},
    {ACTIVE, "2026-11-16", TASK_REVIEW, 0, "reviewed on 16 Nov 2026"}, /* 12 weeks after it began */
    {ACTIVE ";plan_review_on=2026-12-01", "2026-11-30", TASK_REVIEW, NONE, NULL},
    {ACTIVE ";plan_review_on=2026-12-01", "2026-12-03", TASK_REVIEW, 2, NULL},
    {ALLOCATED, "2027-06-01", TASK_REVIEW, NONE, NULL},

    /* safeguarding */
    {"state=received;received_on=2026-11-20;safeguarding=concern", "2026-11-20", TASK_SAFEGUARDING, 0, "nothing is handed on"},
    {"state=active;received_on=2026-11-20;safeguarding=concern;safe_on=2026-11-22", "2026-11-23", TASK_SAFEGUARDING, 1, "safe on 22 Nov 2026"},
    {"state=active;safeguarding=concern;created_at=2026-11-20", "2026-11-23", TASK_SAFEGUARDING, 3, NULL},
    {"state=waiting;received_on=2026-11-20;safeguarding=not_yet", "2026-11-26", TASK_SAFEGUARDING, NONE, NULL},
    {"state=waiting;received_on=2026-11-20;safeguarding=not_yet", "2026-11-27", TASK_SAFEGUARDING, 0, "not answered"},
    {"state=allocated;received_on=2026-11-20;safeguarding=not_yet;last_reached_on=2026-11-23", "2026-11-23", TASK_SAFEGUARDING, 0, "Ask"},
    {"state=active;received_on=2026-11-02;safeguarding=none", "2026-11-23", TASK_SAFEGUARDING, NONE, NULL},
    {"state=active;received_on=2026-11-02;safeguarding=not_asked", "2026-11-23", TASK_SAFEGUARDING, NONE, NULL}, /* imported */
    {"state=active;received_on=2026-11-02", "2026-11-23", TASK_SAFEGUARDING, 14, NULL}, /* no answer at all */
    {"state=closed;received_on=2026-11-02;safeguarding=concern", "2026-11-23", TASK_SAFEGUARDING, NONE, NULL},

    {"state=active;received_on=2026-11-02;safeguarding=not_asked", "2026-11-23", TASK_IMPORTED, 21, "Never asked: safeguarding"},
    {RECEIVED, "2026-11-23", TASK_IMPORTED, NONE, NULL},

    /* an agreed call back */
    {ACTIVE ";call_back_on=2026-11-24", "2026-11-23", TASK_CALL_BACK, NONE, NULL},
    {ACTIVE ";call_back_on=2026-11-24", "2026-11-24", TASK_CALL_BACK, 0, "agreed"},
    {ACTIVE ";call_back_on=2026-11-24", "2026-11-26", TASK_CALL_BACK, 2, NULL},
    {"state=closed;received_on=2026-11-02;call_back_on=2026-11-24", "2026-11-26", TASK_CALL_BACK, NONE, NULL},

    {"state=draft;created_at=2026-11-20", "2026-11-23", TASK_DRAFT, 3, "Submit it"},
    {WAITING, "2026-11-23", TASK_DRAFT, NONE, NULL},
};

static void each_clock_of_a_referral_runs_out_on_its_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(referral_cases); i++) {
        const struct a_case *c = &referral_cases[i];
        struct clock_rules r = rules_on(c->today);
        struct referral_facts facts = {.has_risk = 1};
        struct referral ref;
        struct task_line out[8];
        fill(&referral_type, &ref, c->record);
        size_t n = clock_referral(&r, &ref, &facts, out);
        assert_in_range(n, 0, 8);
        compare(c, out, n);
    }
}

static void working_days_are_said_to_be_so(void **state)
{
    (void)state;
    struct clock_rules r = rules_on("2026-12-09");
    struct referral_facts facts = {.has_risk = 1};
    struct referral ref;
    struct task_line out[8];
    fill(&referral_type, &ref, RECEIVED);
    assert_int_equal(clock_referral(&r, &ref, &facts, out), 1);
    assert_true(out[0].workdays);
    assert_int_equal(out[0].due, date_parse("2026-11-24"));
    fill(&referral_type, &ref, ACTIVE ";last_reached_on=2026-11-09;plan_review_on=2027-01-01");
    assert_int_equal(clock_referral(&r, &ref, &facts, out), 1);
    assert_false(out[0].workdays);
}

static void a_holiday_that_a_manager_adds_counts(void **state)
{
    (void)state;
    static const struct holiday added[] = {{DATE_OF(2026, 11, 24), true, "Made up"}};
    struct clock_rules r = rules_on("2026-11-25");
    struct referral_facts facts = {.has_risk = 1};
    struct referral ref;
    struct task_line out[8];
    fill(&referral_type, &ref, RECEIVED);
    r.holidays = (struct holidays){added, 1};
    assert_int_equal(clock_referral(&r, &ref, &facts, out), 1);
    assert_int_equal(out[0].late, 0);
}

static void settings_move_the_clocks(void **state)
{
    (void)state;
    struct clock_rules r = rules_on("2026-11-23");
    struct referral_facts facts = {.has_risk = 1};
    struct referral ref;
    struct task_line out[8];
    fill(&referral_type, &ref, ACTIVE ";last_reached_on=2026-11-16;plan_review_on=2027-01-01");
    assert_int_equal(clock_referral(&r, &ref, &facts, out), 0);
    r.setting[SET_QUIET_DAYS] = 7;
    assert_int_equal(clock_referral(&r, &ref, &facts, out), 1);
}

static void what_an_old_system_never_asked_is_one_line(void **state)
{
    (void)state;
    struct clock_rules r = rules_on("2026-11-23");
    struct referral_facts facts = {.has_risk = 0, .contact_not_asked = 1};
    struct referral ref;
    struct task_line out[8];
    fill(&referral_type, &ref, "state=waiting;received_on=2026-11-20;last_try_on=2026-11-20;safeguarding=not_asked");
    assert_int_equal(clock_referral(&r, &ref, &facts, out), 1);
    assert_int_equal(out[0].task, TASK_IMPORTED);
    assert_string_equal(out[0].what, "Never asked: safeguarding, risk, consent to be contacted");
}

static void tries_on_enough_days_offer_to_close(void **state)
{
    (void)state;
    struct clock_rules r = rules_on("2026-11-30");
    struct referral ref;
    struct task_line out[8];
    fill(&referral_type, &ref, ALLOCATED ";last_try_on=2026-11-06");
    for (int days = 2; days <= 3; days++) {
        struct referral_facts facts = {.has_risk = 1, .attempt_days = days};
        assert_int_equal(clock_referral(&r, &ref, &facts, out), 1);
        assert_int_equal(strstr(out[0].stops, "unable to contact") != NULL, days == 3);
    }
}

static void consent_warns_twenty_eight_days_ahead(void **state)
{
    (void)state;
    static const struct {
        const char *today;
        int late;
        const char *what;
    } cases[] = {
        {"2026-11-02", NONE, NULL},
        {"2026-11-03", -28, "expires on 1 Dec 2026"},
        {"2026-12-01", 0, "expires on 1 Dec 2026"},
        {"2026-12-02", 1, "expired on 1 Dec 2026"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct clock_rules r = rules_on(cases[i].today);
        struct referral_facts facts = {.has_risk = 1, .consent_expires_on = "2026-12-01"};
        struct referral ref;
        struct task_line out[8];
        fill(&referral_type, &ref, WAITING ";last_try_on=2026-11-20");
        size_t n = clock_referral(&r, &ref, &facts, out);
        compare(&(struct a_case){"consent", cases[i].today, TASK_CONSENT, cases[i].late, cases[i].what}, out, n);
    }
}

/* ---- handoffs */

#define SENT(state) "state=" state ";exported_at=2026-11-10;reply_by=2026-11-24;state_at=2026-11-10"

static const struct a_case handoff_cases[] = {
    /* a stop that is owed, whatever the state */
    {"state=withdrawing;stop_reason=consent_withdrawn;stop_owed_at=2026-11-20", "2026-11-23", TASK_STOP, 3, "A stop is owed since 20 Nov 2026"},
    {"state=withdrawing;stop_reason=consent_withdrawn;stop_owed_at=2026-11-20;stop_batch_id=7", "2026-11-23", TASK_STOP, 3, "not confirmed since 20 Nov 2026"},
    {"state=error;stop_reason=sent_in_error;stop_owed_at=2026-11-23", "2026-11-23", TASK_STOP, 0, "ring them"},
    {"state=error;stop_reason=sent_in_error;stop_owed_at=2026-11-20;stop_confirmed_on=2026-11-22", "2026-11-23", TASK_STOP, NONE, NULL},
    {"state=withdrawn;stop_reason=died;stop_owed_at=2026-11-20;stop_confirmed_on=2026-11-22", "2026-11-23", TASK_STOP, NONE, NULL},
    {"state=withdrawn", "2026-11-23", TASK_STOP, NONE, NULL},

    {"state=queued;urgent=1;queued_at=2026-11-23", "2026-11-23", TASK_RING_URGENT, 0, "Ring them"},
    {"state=delivered;urgent=1;queued_at=2026-11-20;reply_by=2026-12-04", "2026-11-23", TASK_RING_URGENT, 3, NULL},
    {"state=delivered;urgent=1;queued_at=2026-11-20;reply_by=2026-12-04;rung_on=2026-11-21", "2026-11-23", TASK_RING_URGENT, NONE, NULL},
    {"state=accepted;urgent=1;queued_at=2026-11-20", "2026-11-23", TASK_RING_URGENT, NONE, NULL},
    {"state=held;urgent=1;state_at=2026-11-20", "2026-11-23", TASK_RING_URGENT, NONE, NULL},
    {"state=delivered;queued_at=2026-11-20;reply_by=2026-12-04", "2026-11-23", TASK_RING_URGENT, NONE, NULL},

    {"state=declined;last_reply_on=2026-11-20;declined_by=provider", "2026-11-23", TASK_DECLINED, 3, "Declined by them"},
    {"state=declined;last_reply_on=2026-11-20;declined_by=person", "2026-11-23", TASK_DECLINED, 3, "Declined by the person"},
    {"state=declined;last_reply_on=2026-11-20;reviewed_on=2026-11-21", "2026-11-23", TASK_DECLINED, NONE, NULL},
    {"state=failed;state_at=2026-11-22", "2026-11-23", TASK_DECLINED, 1, "could not complete"},
    {"state=completed;state_at=2026-11-22", "2026-11-23", TASK_DECLINED, NONE, NULL},

    {"state=held;state_at=2026-11-20", "2026-11-23", TASK_HELD, 3, "Held since 20 Nov 2026"},
    {"state=held;state_at=2026-10-26", "2026-11-23", TASK_HELD, 28, "Open the gates that it names"},
    {"state=held;state_at=2026-10-25", "2026-11-23", TASK_HELD, 29, "still wanted?"},
    {"state=held;state_at=2026-10-25;asked_again_on=2026-11-20", "2026-11-23", TASK_HELD, 29, "Open the gates that it names"},
    {"state=queued;state_at=2026-10-25", "2026-11-23", TASK_HELD, NONE, NULL},
    {"state=draft;state_at=2026-11-20", "2026-11-23", TASK_DRAFT, 3, "Planned, not sent"},

    /* the last day to reply is a day to reply */
    {SENT("exported"), "2026-11-24", TASK_NO_REPLY, NONE, NULL},
    {SENT("exported"), "2026-11-25", TASK_NO_REPLY, 1, "due by 24 Nov 2026"},
    {SENT("delivered"), "2026-11-25", TASK_NO_REPLY, 1, NULL},
    {SENT("acknowledged"), "2026-11-25", TASK_NO_REPLY, 1, NULL},
    {SENT("no_response"), "2026-11-30", TASK_NO_REPLY, 6, "re-route"},
    {"state=no_response;state_at=2026-11-20", "2026-11-23", TASK_NO_REPLY, 3, NULL},
    {SENT("completed"), "2027-11-25", TASK_NO_REPLY, NONE, NULL},
    {SENT("declined"), "2027-11-25", TASK_NO_REPLY, NONE, NULL},

    /* news: 56 days */
    {"state=accepted;last_reply_on=2026-09-28", "2026-11-22", TASK_NO_REPLY, NONE, NULL},
    {"state=accepted;last_reply_on=2026-09-28", "2026-11-23", TASK_NO_REPLY, 0, "No news since 28 Sep 2026"},
    {"state=waitlisted;last_reply_on=2026-09-28", "2026-11-24", TASK_NO_REPLY, 1, NULL},
    {"state=in_progress;last_reply_on=2026-09-28", "2026-11-24", TASK_NO_REPLY, 1, NULL},
    {"state=on_hold;state_at=2026-09-28", "2026-11-24", TASK_NO_REPLY, 1, NULL},
};

static void each_clock_of_a_handoff_runs_out_on_its_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(handoff_cases); i++) {
        const struct a_case *c = &handoff_cases[i];
        struct clock_rules r = rules_on(c->today);
        struct handoff h;
        struct task_line out[4];
        fill(&handoff_type, &h, c->record);
        size_t n = clock_handoff(&r, &h, out);
        assert_in_range(n, 0, 4);
        compare(c, out, n);
    }
}

static void reply_time_is_over_the_day_after_the_last(void **state)
{
    (void)state;
    static const struct {
        const char *record, *today;
        bool over;
    } cases[] = {
        {SENT("exported"), "2026-11-24", false},  {SENT("exported"), "2026-11-25", true},
        {SENT("delivered"), "2026-11-25", true},  {SENT("acknowledged"), "2026-11-25", true},
        {SENT("accepted"), "2026-11-25", false},  {SENT("waitlisted"), "2026-11-25", false},
        {SENT("withdrawing"), "2026-11-25", false}, {"state=delivered", "2026-11-25", false},
        {SENT("no_response"), "2026-11-25", false}, /* told once */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct clock_rules r = rules_on(cases[i].today);
        struct handoff h;
        fill(&handoff_type, &h, cases[i].record);
        assert_int_equal(clock_reply_over(&r, &h), cases[i].over);
    }
}

/* ---- flags and answers */

static void a_flag_shows_from_its_day_until_resolved(void **state)
{
    (void)state;
    static const struct a_case cases[] = {
        {"message=Ring about the bus pass;due_on=2026-11-24", "2026-11-23", TASK_FLAG, NONE, NULL},
        {"message=Ring about the bus pass;due_on=2026-11-24", "2026-11-24", TASK_FLAG, 0, "Ring about the bus pass"},
        {"message=Ring about the bus pass;due_on=2026-11-24", "2026-11-27", TASK_FLAG, 3, "Resolve"},
        {"message=Ring about the bus pass;due_on=2026-11-24;resolved_on=2026-11-25", "2026-11-27", TASK_FLAG, NONE, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct clock_rules r = rules_on(cases[i].today);
        struct flag f;
        struct task_line out[1];
        fill(&flag_type, &f, cases[i].record);
        compare(&cases[i], out, clock_flag(&r, &f, out));
    }
}

static void an_answer_is_owed_until_they_were_told(void **state)
{
    (void)state;
    static const struct a_case cases[] = {
        {"event=turned_away;owed_on=2026-11-20", "2026-11-23", TASK_ANSWER, 3, "Turned away"},
        {"event=closed;owed_on=2026-11-23", "2026-11-23", TASK_ANSWER, 0, "Send the letter"},
        {"event=closed;owed_on=2026-11-20;told_on=2026-11-21", "2026-11-23", TASK_ANSWER, NONE, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct clock_rules r = rules_on(cases[i].today);
        struct answer a;
        struct task_line out[1];
        fill(&answer_type, &a, cases[i].record);
        compare(&cases[i], out, clock_answer(&r, &a, out));
    }
}

/* ---- order */

static void tasks_rank_as_designed(void **state)
{
    (void)state;
    static const char *const ranked[] = {
        "stop", "safeguarding", "ring_urgent", "flag", "call_back", "declined", "triage", "first_contact", "held",
        "undelivered", "unmatched", "answer", "quiet", "no_reply", "consent", "review", "imported", "draft",
    };
    assert_int_equal(COUNT(ranked), TASK_COUNT);
    for (int i = 0; i < TASK_COUNT; i++) {
        assert_string_equal(task_names[i], ranked[i]);
        assert_true(*task_labels[i]);
        struct task_line a = {.task = (enum task)i, .late = -9, .due = 9}, b = {.task = (enum task)(i + 1), .late = 99};
        if (i + 1 < TASK_COUNT)
            assert_true(task_compare(&a, "Z", &b, "A") < 0); /* rank before lateness */
    }
    struct task_line late = {.late = 5, .due = 20}, less = {.late = 4, .due = 10}, early = {.late = 4, .due = 9};
    assert_true(task_compare(&late, "Z", &less, "A") < 0);
    assert_true(task_compare(&early, "Z", &less, "A") < 0);
    assert_true(task_compare(&less, "A", &less, "B") < 0);
    assert_int_equal(task_compare(&less, "A", &less, "A"), 0);
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static void the_order_of_the_worklist_is_total(void **state)
{
    (void)state;
    static const char *const refs[] = {"HO-1", "HO-2", "SP-1"};
    struct {
        struct task_line line;
        const char *ref;
    } all[3 * 3 * 2 * 3];
    size_t n = 0;
    for (unsigned task = 0; task < 3; task++)
        for (int late = -1; late < 2; late++)
            for (int due = 0; due < 2; due++)
                for (size_t ref = 0; ref < COUNT(refs); ref++) {
                    all[n].line = (struct task_line){.task = (enum task)task, .late = late, .due = due};
                    all[n++].ref = refs[ref];
                }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            int ij = task_compare(&all[i].line, all[i].ref, &all[j].line, all[j].ref);
            assert_int_equal(sign(ij), -sign(task_compare(&all[j].line, all[j].ref, &all[i].line, all[i].ref)));
            assert_int_equal(ij == 0, i == j);
            for (size_t k = 0; k < n; k++)
                if (ij < 0 && task_compare(&all[j].line, all[j].ref, &all[k].line, all[k].ref) < 0)
                    assert_true(task_compare(&all[i].line, all[i].ref, &all[k].line, all[k].ref) < 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_clock_of_a_referral_runs_out_on_its_day),
        cmocka_unit_test(working_days_are_said_to_be_so),
        cmocka_unit_test(a_holiday_that_a_manager_adds_counts),
        cmocka_unit_test(settings_move_the_clocks),
        cmocka_unit_test(what_an_old_system_never_asked_is_one_line),
        cmocka_unit_test(tries_on_enough_days_offer_to_close),
        cmocka_unit_test(consent_warns_twenty_eight_days_ahead),
        cmocka_unit_test(each_clock_of_a_handoff_runs_out_on_its_day),
        cmocka_unit_test(reply_time_is_over_the_day_after_the_last),
        cmocka_unit_test(a_flag_shows_from_its_day_until_resolved),
        cmocka_unit_test(an_answer_is_owed_until_they_were_told),
        cmocka_unit_test(tasks_rank_as_designed),
        cmocka_unit_test(the_order_of_the_worklist_is_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 *
 * Both machines, cell by cell. What is legal is drawn here a second time, as
 * a matrix of state and action, so that no slip in the tables goes unseen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "onward/records.h"
#include "onward/role.h"
#include "onward/workflow.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A cell: '.' illegal, '=' stays, '<' the state before, '-' removed, a digit or '*' one of several, else the letter of the state. */
struct matrix {
    enum machine machine;
    const char *none; /* rule of a refusal */
    const struct choice *states;
    const char *const *actions;
    size_t action_count;
    const char *roles; /* one letter an action: C care, N nightly, T care and nightly, R care and rep */
    const char *const (*rows)[2];
    size_t row_count;
    const char *letters; /* of the states, in the order of `states` */
    const char *several; /* "2qh" : what a cell of several leads to */
};

static const char *const referral_actions[] = {
    "start", "submit", "discard", "import", "accept", "turn_away", "allocate", "reallocate", "contact",
    "begin", "decline", "unable_to_contact", "pause", "return", "resume", "close", "reopen", "error",
};
static const char *const referral_rows[][2] = {
    {"",          "D..*.............."},
    {"draft",     ".R-..............E"},
    {"received",  "....WCL.=.C....C.E"},
    {"waiting",   "......L.=.C....C.E"},
    {"allocated", ".......==ACC.W.C.E"},
    {"active",    ".......==.C.PW.C.E"},
    {"paused",    ".......==.C..WAC.E"},
    {"closed",    "........=.......<E"},
    {"error",     ".................."},
};
static const struct matrix referral_matrix = {
    MACHINE_REFERRAL, "R00", referral_states, referral_actions, COUNT(referral_actions), "CCCCCCCCCCCCCCCCCC",
    referral_rows, COUNT(referral_rows), "DRWLAPCE", "*RWLAPC",
};

static const char *const handoff_actions[] = {
    "plan", "send", "release", "recheck", "export", "void", "deliver",
    "reply_received", "reply_accepted", "reply_waiting_list", "reply_declined", "no_response", "reply_started",
    "reply_on_hold", "reply_completed", "reply_could_not_complete",
    "withdraw", "stop_confirmed", "reply_other", "review", "re_route", "reopen", "error",
};
static const char *const handoff_rows[][2] = {
    {"",             "d......................"},
    {"draft",        ".2..............w.....e"},
    {"held",         "..q.............w.....e"},
    {"queued",       "...hx...........w.....e"},
    {"exported",     ".....3vkatnoi.cfg.....e"},
    {"delivered",    ".......katnoi.cfg.....e"},
    {"acknowledged", "........atnoi.cfg.....e"},
    {"waitlisted",   "........a.n.i.cfg.....e"},
    {"accepted",     ".........tn.i.cfg.....e"},
    {"declined",     "...................==<e"},
    {"no_response",  ".......katn.i.cfg...=.e"},
    {"in_progress",  "..........n..pcfg.....e"},
    {"on_hold",      "..........n.i.cfg.....e"},
    {"completed",    ".....................<e"},
    {"failed",       "...................==<e"},
    {"withdrawing",  ".................w=...e"},
    {"withdrawn",    "......................e"},
    {"error",        "......................."},
};
static const struct matrix handoff_matrix = {
    MACHINE_HANDOFF, "H00", handoff_states, handoff_actions, COUNT(handoff_actions), "CCNNNNTTTTTNTTTTCTTRCCC",
    handoff_rows, COUNT(handoff_rows), "dhqxvktanoipcfgwe", "2qh 3hwq",
};
static const struct matrix *const both[] = {&referral_matrix, &handoff_matrix};

static unsigned roles_of(char letter)
{
    switch (letter) {
    case 'C':
        return ROLE_WORKER | ROLE_MANAGER;
    case 'N':
        return ROLE_NIGHTLY;
    case 'T':
        return ROLE_WORKER | ROLE_MANAGER | ROLE_NIGHTLY;
    case 'R':
        return ROLE_WORKER | ROLE_MANAGER | ROLE_REP;
    }
    fail_msg("no role letter %c", letter);
    return 0;
}

static const char *state_of(const struct matrix *m, char letter)
{
    const char *at = strchr(m->letters, letter);
    assert_non_null(at);
    return m->states[at - m->letters].code;
}

/* The targets of a cell: pointers into out, how many. */
static size_t targets(const struct matrix *m, char cell, const char *out[8])
{
    static const char *const same = "=", *const before = "<", *const gone = "";
    size_t n = 0;
    if (cell == '=' || cell == '<' || cell == '-') {
        out[0] = cell == '=' ? same : cell == '<' ? before : gone;
        return 1;
    }
    const char *several = strchr(m->several, cell);
    if (!several || strchr(m->letters, cell)) {
        out[0] = state_of(m, cell);
        return 1;
    }
    for (several++; *several && *several != ' '; several++)
        out[n++] = state_of(m, *several);
    return n;
}

static void the_matrix_names_every_state_and_action(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(both); i++) {
        const struct matrix *m = both[i];
        size_t states = 0;
        while (m->states[states].code)
            states++;
        assert_int_equal(m->row_count, states + 1);
        assert_int_equal(strlen(m->letters), states);
        assert_int_equal(strlen(m->roles), m->action_count);
        for (size_t r = 0; r < m->row_count; r++) {
            assert_int_equal(strlen(m->rows[r][1]), m->action_count);
            assert_string_equal(m->rows[r][0], r ? m->states[r - 1].code : "");
        }
    }
    for (size_t i = 0; i < referral_move_count; i++) {
        size_t a = 0;
        while (a < COUNT(referral_actions) && strcmp(referral_actions[a], referral_moves[i].action) != 0)
            a++;
        assert_in_range(a, 0, COUNT(referral_actions) - 1);
    }
    for (size_t i = 0; i < handoff_move_count; i++) {
        size_t a = 0;
        while (a < COUNT(handoff_actions) && strcmp(handoff_actions[a], handoff_moves[i].action) != 0)
            a++;
        assert_in_range(a, 0, COUNT(handoff_actions) - 1);
    }
}

static void refused_in_words(const struct matrix *m, const char *from, const char *row, const char *action)
{
    struct err e = {0};
    assert_false(workflow_allows(m->machine, from, action, ROLE_ANY, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_string_equal(e.rule, m->none);
    if (*from)
        assert_non_null(strstr(e.text, choice_label(m->states, from)));
    bool ways_out = false;
    for (size_t a = 0; a < m->action_count; a++)
        ways_out = ways_out || (row[a] != '.' && m->roles[a] != 'N');
    assert_true((strstr(e.text, "What can be done now: ") != NULL) == ways_out);
    assert_true((strstr(e.text, "Nothing more can be done") != NULL) == !ways_out);
    assert_true(strlen(e.text) < sizeof e.text - 1); /* whole, not clipped */
}

static void every_cell_is_legal_for_its_roles_or_refused_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(both); i++) {
        const struct matrix *m = both[i];
        for (size_t r = 0; r < m->row_count; r++) {
            const char *from = m->rows[r][0], *row = m->rows[r][1];
            for (size_t a = 0; a < m->action_count; a++) {
                const struct move *found = workflow_find(m->machine, from, m->actions[a]);
                if (row[a] == '.') {
                    assert_null(found);
                    refused_in_words(m, from, row, m->actions[a]);
                    continue;
                }
                assert_non_null(found);
                for (unsigned roles = 0; roles <= ROLE_ANY; roles++) {
                    struct err e = {0};
                    bool allowed = workflow_allows(m->machine, from, m->actions[a], roles, &e);
                    assert_int_equal(allowed, (roles & roles_of(m->roles[a])) != 0);
                    if (allowed)
                        continue;
                    assert_int_equal(e.code, ERR_DENIED);
                    assert_string_equal(e.rule, found->code);
                }
            }
        }
    }
}

static void every_legal_cell_leads_where_the_matrix_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(both); i++) {
        const struct matrix *m = both[i];
        for (size_t r = 0; r < m->row_count; r++) {
            for (size_t a = 0; a < m->action_count; a++) {
                const char *from = m->rows[r][0], *want[8];
                size_t n = m->rows[r][1][a] == '.' ? 0 : targets(m, m->rows[r][1][a], want), led = 0;
                for (size_t t = 0; t < n; t++)
                    assert_true(workflow_to(m->machine, from, m->actions[a], want[t]));
                if (n)
                    assert_string_equal(workflow_find(m->machine, from, m->actions[a])->to, want[0]);
                static const char *const marks[] = {"=", "<", ""};
                for (const struct choice *s = m->states; s->code; s++)
                    led += workflow_to(m->machine, from, m->actions[a], s->code);
                for (size_t t = 0; t < COUNT(marks); t++)
                    led += workflow_to(m->machine, from, m->actions[a], marks[t]);
                assert_int_equal(led, n);
            }
        }
    }
}

static void every_rule_of_the_design_has_its_rows(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        size_t rows;
    } rules[] = {
        {"R01", 1}, {"R02", 1}, {"R02b", 1}, {"R03", 6}, {"R04", 1}, {"R05", 1}, {"R06", 2}, {"R07", 3}, {"R08", 6},
        {"R09", 1}, {"R10", 5}, {"R11", 1}, {"R12", 1}, {"R12b", 3}, {"R13", 1}, {"R14", 5}, {"R15", 1}, {"R16", 7},
        {"H01", 1}, {"H02", 1}, {"H03", 1}, {"H04", 1}, {"H05", 1}, {"H06", 1}, {"H06b", 3}, {"H07", 1}, {"H08", 3},
        {"H09", 5}, {"H10", 5}, {"H11", 8}, {"H12", 3}, {"H13", 6}, {"H14", 1}, {"H15", 1}, {"H16", 8}, {"H17", 8},
        {"H18", 3}, {"H19", 8}, {"H20", 1}, {"H21", 1}, {"H22", 2}, {"H23", 3}, {"H24", 3}, {"H25", 16},
    };
    size_t all = 0;
    for (size_t i = 0; i < COUNT(rules); i++) {
        size_t n = 0;
        for (size_t j = 0; j < referral_move_count; j++)
            n += strcmp(referral_moves[j].code, rules[i].code) == 0;
        for (size_t j = 0; j < handoff_move_count; j++)
            n += strcmp(handoff_moves[j].code, rules[i].code) == 0;
        assert_int_equal(n, rules[i].rows);
        all += n;
    }
    assert_int_equal(all, referral_move_count + handoff_move_count);
}

static void a_refusal_says_the_state_where_it_is_legal_and_what_to_do_instead(void **state)
{
    (void)state;
    struct err e;
    assert_false(workflow_allows(MACHINE_REFERRAL, "closed", "pause", ROLE_WORKER, &e));
    assert_string_equal(e.text, "This referral is \"Closed\"; \"pause\" is for \"Working together\". "
                                "What can be done now: log contact, reopen, mark as error.");
    assert_false(workflow_allows(MACHINE_REFERRAL, "active", "allocate", ROLE_WORKER, &e));
    assert_non_null(strstr(e.text, "\"allocate\" is for \"Waiting for triage\" or \"On the waiting list\"."));
    assert_false(workflow_allows(MACHINE_HANDOFF, "error", "withdraw", ROLE_WORKER, &e));
    assert_non_null(strstr(e.text, "\"Entered in error\""));
    assert_non_null(strstr(e.text, "Nothing more can be done with it."));
    assert_false(workflow_allows(MACHINE_REFERRAL, "", "close", ROLE_WORKER, &e));
    assert_non_null(strstr(e.text, "There is no referral yet"));
    assert_false(workflow_allows(MACHINE_HANDOFF, "queued", "plan", ROLE_WORKER, &e));
    assert_non_null(strstr(e.text, "\"plan\" is for a new one."));
    assert_false(workflow_allows(MACHINE_HANDOFF, "queued", "fly", ROLE_WORKER, &e));
    assert_non_null(strstr(e.text, "no handoff knows \"fly\""));
    assert_false(workflow_allows(MACHINE_HANDOFF, "queued", "export", ROLE_WORKER, &e));
    assert_string_equal(e.text, "\"export\" is for: nightly. You are: worker.");
    assert_false(workflow_allows(MACHINE_HANDOFF, "queued", "export", ROLE_WORKER, NULL));
}

static void states_are_open_left_or_take_an_update(void **state)
{
    (void)state;
    static const char open_referral[] = "received,waiting,allocated,active,paused";
    static const char open[] = "draft,held,queued,exported,delivered,acknowledged,waitlisted,accepted,no_response,in_progress,on_hold";
    static const char left[] = "exported,delivered,acknowledged,waitlisted,accepted,declined,no_response,in_progress,on_hold,"
                               "completed,failed,withdrawing";
    static const char update[] = "exported,delivered,acknowledged,waitlisted,accepted,no_response,in_progress,on_hold";
    for (const struct choice *s = referral_states; s->code; s++)
        assert_int_equal(referral_is_open(s->code), codes_have(open_referral, s->code));
    for (const struct choice *s = handoff_states; s->code; s++) {
        assert_int_equal(handoff_is_open(s->code), codes_have(open, s->code));
        assert_int_equal(handoff_has_left(s->code), codes_have(left, s->code));
        assert_int_equal(handoff_takes_update(s->code), codes_have(update, s->code));
    }
    assert_false(handoff_is_open("") || handoff_has_left("nonsense") || handoff_takes_update(""));
}

static void a_reply_implies_the_steps_that_it_skips(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *implied;
    } cases[] = {
        {"delivered", "completed", "acknowledged,accepted,in_progress"},
        {"exported", "completed", "delivered,acknowledged,accepted,in_progress"},
        {"exported", "acknowledged", "delivered"},
        {"delivered", "acknowledged", ""},
        {"delivered", "accepted", "acknowledged"},
        {"no_response", "accepted", "acknowledged"},
        {"waitlisted", "accepted", ""},
        {"waitlisted", "in_progress", "accepted"},
        {"accepted", "waitlisted", ""},
        {"exported", "waitlisted", "delivered,acknowledged"},
        {"delivered", "declined", "acknowledged"},
        {"accepted", "declined", ""},
        {"delivered", "failed", "acknowledged,accepted"},
        {"accepted", "failed", ""},
        {"accepted", "completed", "in_progress"},
        {"on_hold", "completed", ""},
        {"in_progress", "on_hold", ""},
        {"on_hold", "in_progress", ""},
        {"withdrawing", "withdrawn", ""},
        {"completed", "accepted", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *out[6];
        struct buf b = {0};
        size_t n = handoff_implied(cases[i].from, cases[i].to, out);
        assert_in_range(n, 0, 6);
        for (size_t j = 0; j < n; j++)
            buf_fmt(&b, "%s%s", j ? "," : "", out[j]);
        assert_string_equal(buf_text(&b), cases[i].implied);
        buf_free(&b);
    }
}

static void the_diagrams_show_every_state_and_every_move(void **state)
{
    (void)state;
    struct buf dot = {0}, md = {0};
    workflow_dot(&dot);
    workflow_markdown(&md);
    for (size_t i = 0; i < COUNT(both); i++)
        for (const struct choice *s = both[i]->states; s->code; s++) {
            char words[128];
            snprintf(words, sizeof words, "_%s [label=\"%s\"]", s->code, s->label);
            assert_non_null(strstr(dot.data, words));
            snprintf(words, sizeof words, "| %s | %s |", s->code, s->label);
            assert_non_null(strstr(md.data, words));
        }
    size_t edges = 0;
    for (const char *at = dot.data; (at = strstr(at, " -> ")); at++)
        edges++;
    assert_int_equal(edges, referral_move_count + handoff_move_count);
    assert_non_null(strstr(dot.data, "r_allocated -> r_active [label=\"R09 begin\"]"));
    assert_non_null(strstr(dot.data, "h_declined -> h_before [label=\"H24 reopen\"]"));
    assert_non_null(strstr(md.data, "| R06 | received, waiting | allocate | allocated | worker, manager | "));
    assert_non_null(strstr(md.data, "| R03 | (none) | import | received, waiting, allocated, active, paused, closed | "));
    assert_non_null(strstr(md.data, "| H06b | exported | void the batch | held, withdrawn, queued | nightly | "));
    assert_non_null(strstr(md.data, "| H22 | declined, failed | review | (same) | worker, rep, manager | "));
    buf_free(&dot);
    buf_free(&md);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_matrix_names_every_state_and_action),
        cmocka_unit_test(every_cell_is_legal_for_its_roles_or_refused_in_words),
        cmocka_unit_test(every_legal_cell_leads_where_the_matrix_says),
        cmocka_unit_test(every_rule_of_the_design_has_its_rows),
        cmocka_unit_test(a_refusal_says_the_state_where_it_is_legal_and_what_to_do_instead),
        cmocka_unit_test(states_are_open_left_or_take_an_update),
        cmocka_unit_test(a_reply_implies_the_steps_that_it_skips),
        cmocka_unit_test(the_diagrams_show_every_state_and_every_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

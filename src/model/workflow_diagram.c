/* SPDX-License-Identifier: MIT
 *
 * The diagram of both machines, written from the tables, so that what is
 * drawn is what the program does: as a Graphviz graph and as Markdown.
 */
#include <string.h>

#include "onward/records.h"
#include "onward/role.h"
#include "workflow_words.h"

struct drawing {
    enum machine machine;
    const char *title;
    char letter; /* first of its node names */
    const struct choice *states;
    const struct move *moves;
    size_t count;
};

static struct drawing drawing_of(enum machine m)
{
    if (m == MACHINE_REFERRAL)
        return (struct drawing){m, "Referral", 'r', referral_states, referral_moves, referral_move_count};
    return (struct drawing){m, "Handoff", 'h', handoff_states, handoff_moves, handoff_move_count};
}

/* The rule that a row writes out, its state apart. */
static bool is_same_rule(const struct move *a, const struct move *b)
{
    return strcmp(a->code, b->code) == 0 && strcmp(a->action, b->action) == 0;
}

/* ---- Graphviz */

/* The node a move ends at. Reopening goes to whatever came before: a node of its own. */
static const char *end_of(const struct move *row)
{
    if (strcmp(row->to, "=") == 0)
        return row->from;
    if (strcmp(row->to, "<") == 0)
        return "before";
    return *row->to ? row->to : "gone";
}

static void dot_machine(const struct drawing *d, struct buf *out)
{
    buf_fmt(out, "  subgraph cluster_%c {\n    label=\"%s\";\n", d->letter, d->title);
    buf_fmt(out, "    %c_start [shape=point];\n", d->letter);
    buf_fmt(out, "    %c_before [label=\"(the state before)\", shape=plaintext];\n", d->letter);
    if (d->machine == MACHINE_REFERRAL)
        buf_fmt(out, "    %c_gone [label=\"(removed)\", shape=plaintext];\n", d->letter);
    for (const struct choice *s = d->states; s->code; s++)
        buf_fmt(out, "    %c_%s [label=\"%s\"];\n", d->letter, s->code, s->label);
    for (size_t i = 0; i < d->count; i++) {
        const struct move *row = &d->moves[i];
        bool is_quiet = strcmp(row->action, "error") == 0;
        buf_fmt(out, "    %c_%s -> %c_%s [label=\"%s %s\"%s];\n", d->letter, *row->from ? row->from : "start", d->letter,
                end_of(row), row->code, workflow_action_label(row->action),
                is_quiet ? ", style=dotted, color=gray, fontcolor=gray, constraint=false" : "");
    }
    buf_str(out, "  }\n");
}

void workflow_dot(struct buf *out)
{
    static const enum machine both[] = {MACHINE_REFERRAL, MACHINE_HANDOFF};
    buf_str(out, "digraph onward {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n");
    for (size_t i = 0; i < 2; i++) {
        struct drawing d = drawing_of(both[i]);
        dot_machine(&d, out);
    }
    buf_str(out, "}\n");
}

/* ---- Markdown */

static void md_states(const struct drawing *d, struct buf *out)
{
    bool is_handoff = d->machine == MACHINE_HANDOFF;
    buf_str(out, is_handoff ? "| state | on screen | FHIR Task.status | business status |\n| --- | --- | --- | --- |\n"
                            : "| state | on screen |\n| --- | --- |\n");
    for (const struct choice *s = d->states; s->code; s++) {
        buf_fmt(out, "| %s | %s |", s->code, s->label);
        for (const struct task_status *t = handoff_task_status; is_handoff && t->state; t++)
            if (strcmp(t->state, s->code) == 0)
                buf_fmt(out, " %s | %s |", t->status, t->business);
        buf_char(out, '\n');
    }
}

/* Does an earlier row of the same rule, from `first` on, name this state too? */
static bool is_named(const struct drawing *d, size_t first, size_t i, bool by_from)
{
    for (size_t j = first; j < i; j++)
        if (strcmp(by_from ? d->moves[j].from : d->moves[j].to, by_from ? d->moves[i].from : d->moves[i].to) == 0)
            return true;
    return false;
}

static const char *word_for(const char *state)
{
    if (strcmp(state, "=") == 0)
        return "(same)";
    return strcmp(state, "<") == 0 ? "(the state before)" : *state ? state : "(none)";
}

static void md_states_of_rule(const struct drawing *d, size_t first, size_t end, bool by_from, struct buf *out)
{
    for (size_t i = first; i < end; i++)
        if (!is_named(d, first, i, by_from))
            buf_fmt(out, "%s%s", i == first ? "" : ", ", word_for(by_from ? d->moves[i].from : d->moves[i].to));
}

static void md_moves(const struct drawing *d, struct buf *out)
{
    char who[128];
    buf_str(out, "| # | from | action | to | who | needs |\n| --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0, end; i < d->count; i = end) {
        const struct move *row = &d->moves[i];
        for (end = i + 1; end < d->count && is_same_rule(row, &d->moves[end]);)
            end++;
        buf_fmt(out, "| %s | ", row->code);
        md_states_of_rule(d, i, end, true, out);
        buf_fmt(out, " | %s | ", workflow_action_label(row->action));
        md_states_of_rule(d, i, end, false, out);
        buf_fmt(out, " | %s | %s |\n", roles_words(row->roles, who), row->needs);
    }
}

void workflow_markdown(struct buf *out)
{
    static const enum machine both[] = {MACHINE_REFERRAL, MACHINE_HANDOFF};
    for (size_t i = 0; i < 2; i++) {
        struct drawing d = drawing_of(both[i]);
        buf_fmt(out, "%s## %s\n\n", i ? "\n" : "", d.title);
        md_states(&d, out);
        buf_char(out, '\n');
        md_moves(&d, out);
    }
}

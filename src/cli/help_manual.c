/* SPDX-License-Identifier: MIT
 *
 * The command section of the manual, in roff, from the same tables as the
 * commands: `make manual` puts it into onward.1 and a test keeps it in step.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"

static void put(const char *text)
{
    struct buf roff = {0};
    text_roff(text, &roff);
    fputs(buf_text(&roff), stdout);
    buf_free(&roff);
}

/* A line that begins with a point or a quote would be a request. */
static void put_line(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    put(text);
    putchar('\n');
}

static void put_keys(const struct field *fields, size_t n, bool *first)
{
    for (size_t i = 0; i < n; i++) {
        if (fields[i].flags & (FIELD_AUTO | FIELD_POSITIONAL | FIELD_SECRET))
            continue;
        fputs(*first ? "Keys: " : ", ", stdout);
        put(fields[i].key);
        if (fields[i].flags & FIELD_REQUIRED)
            putchar('*');
        *first = false;
    }
}

static void put_positional(const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fields[i].flags & FIELD_POSITIONAL) {
            fputs(" \\fI", stdout);
            for (const char *c = fields[i].key; *c; c++)
                putchar(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
            fputs("\\fR", stdout);
        }
}

static void put_entry(const char *name, const struct field *fields, size_t n, const struct record_type *record, const char *help)
{
    bool first = true;
    fputs(".TP\n\\fB", stdout);
    put(name);
    fputs("\\fR", stdout);
    put_positional(fields, n);
    putchar('\n');
    put_line(help);
    put_keys(fields, n, &first);
    if (record)
        put_keys(record->fields, record->count, &first);
    if (!first)
        puts(".");
}

void print_manual(void)
{
    puts(".SS Store and files");
    for (const struct command *k = commands; k->name; k++) {
        fputs(".TP\n\\fB", stdout);
        put(k->usage);
        puts("\\fR");
        put_line(k->help);
    }
    puts(".SS What you do\nA key with * must be given.");
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)); i++)
        put_entry(v->name, v->args, v->count, v->record, v->help);
    puts(".SS Lists\nEach takes limit=\\fIN\\fR (0: all) and after=\\fIREF\\fR (the last row of the page before).");
    const struct list *l;
    for (size_t i = 0; (l = list_at(i)); i++)
        put_entry(l->name, l->filters, l->filters_count, NULL, l->help);
}

/* SPDX-License-Identifier: MIT
 *
 * onward help: made from the tables of commands, verbs and lists, so that it
 * cannot say anything else than what runs.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"

static void print_entry(const char *name, const char *help)
{
    printf("  %-28s %s\n", name, help);
}

static void print_all(void)
{
    puts("onward [--db URL] [--as LOGIN] [--json] [--date D] COMMAND\n\nStore and files");
    for (const struct command *k = commands; k->name; k++)
        print_entry(k->name, k->help);
    puts("\nWhat you do (values are key=value; onward help COMMAND names them)");
    const struct verb *v;
    for (size_t i = 0; (v = verb_at(i)); i++)
        print_entry(v->name, v->help);
    puts("\nLists (with limit=N, after=REF)");
    const struct list *l;
    for (size_t i = 0; (l = list_at(i)); i++)
        print_entry(l->name, l->help);
}

static void print_field(const struct field *f)
{
    if (f->flags & FIELD_AUTO)
        return;
    printf("  %-24s %s%s%s", f->key, f->label, f->help ? "; " : "", f->help ? f->help : "");
    if (f->choices) {
        fputs(" (", stdout);
        for (const struct choice *c = f->choices; c->code; c++)
            printf("%s%s", c == f->choices ? "" : ", ", c->code);
        putchar(')');
    } else if (f->set) {
        printf(" (a code of %s)", f->set);
    }
    puts(f->flags & FIELD_REQUIRED ? " *" : "");
}

static void print_fields(const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        print_field(&fields[i]);
}

static void print_usage(const char *name, const struct field *fields, size_t n, bool more)
{
    printf("onward %s", name);
    for (size_t i = 0; i < n; i++)
        if (fields[i].flags & FIELD_POSITIONAL)
            printf(" %s%s%s", fields[i].flags & FIELD_REQUIRED ? "" : "[", fields[i].key, fields[i].flags & FIELD_REQUIRED ? "" : "]");
    puts(more ? " [key=value ..]\n" : "\n");
}

static void explain_verb(const struct verb *v)
{
    char who[128];
    print_usage(v->name, v->args, v->count, v->count > 0 || v->record);
    printf("%s For: %s.\n\n", v->help, roles_words(v->roles, who));
    print_fields(v->args, v->count);
    if (v->record)
        print_fields(v->record->fields, v->record->count);
    puts("\n* must be given");
}

static void explain_list(const struct list *l)
{
    char who[128];
    print_usage(l->name, l->filters, l->filters_count, true);
    printf("%s For: %s.\n\n", l->help, roles_words(l->roles, who));
    print_fields(l->filters, l->filters_count);
    print_entry("limit", "how many rows; 0: all");
    print_entry("after", "the last row of the page before");
}

int command_help(struct cli *c)
{
    char name[128] = "";
    size_t used = 0;
    for (size_t i = c->at; i < c->n; i++)
        used += (size_t)snprintf(name + used, used < sizeof name ? sizeof name - used : 0, "%s%s", used ? " " : "", c->words[i].value);
    if (!*name) {
        c->manual ? print_manual() : c->keys ? print_keys() : print_all();
        return STATUS_DONE;
    }
    const struct verb *v = verb_find(name);
    const struct list *l = list_find(name);
    for (const struct command *k = commands; k->name; k++)
        if (strcmp(k->name, name) == 0) {
            printf("onward %s\n\n%s\n", k->usage, k->help);
            return STATUS_DONE;
        }
    if (v)
        explain_verb(v);
    else if (l)
        explain_list(l);
    else {
        size_t len = strlen(name), found = 0;
        for (size_t i = 0; (v = verb_at(i)); i++)
            if (strncmp(v->name, name, len) == 0 && ++found)
                print_entry(v->name, v->help);
        for (size_t i = 0; (l = list_at(i)); i++)
            if (strncmp(l->name, name, len) == 0 && ++found)
                print_entry(l->name, l->help);
        if (!found) {
            struct err e;
            err_set(&e, ERR_INVALID, "There is no command \"%s\". See onward help.", name);
            return cli_fail(c, &e);
        }
    }
    return STATUS_DONE;
}
